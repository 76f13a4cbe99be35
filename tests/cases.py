"""Cases are folders: only the files that differ from the miniature, and `case.yml` with the day and every problem that is expected.

Where a case changes a line or two of a file of the miniature, `case.yml` says which: `edits: {records/…/2024.yml: [{old: …, new: …}]}`. Each `old` stands in
the file exactly once; without `new` it is taken away. So the case goes on holding when somebody else completes the file.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from tusoi import flow
from tusoi.problem import Problem

HERE = Path(__file__).parent
SAMPLE = HERE / "sample"
CASES = HERE / "cases"


@dataclass(frozen=True)
class Case:
    """One case: where it is, on which day it is judged, and what is expected."""

    folder: Path

    @property
    def name(self) -> str:
        """Give the name that the test bears: code, pass or fail, sentence."""
        return self.folder.relative_to(CASES).as_posix()

    def told(self) -> dict[str, object]:
        """Read `case.yml`."""
        return dict(yaml.safe_load((self.folder / "case.yml").read_text(encoding="utf-8")))

    def problems(self, scratch: Path) -> list[str]:
        """Judge the miniature with the case's files over it."""
        judged = flow.judge(flow.read(self.laid_over(scratch)), date.fromisoformat(str(self.told()["day"])))
        return [line(each) for each in judged.problems]

    def laid_over(self, scratch: Path) -> Path:
        """Write the miniature with the case's files over it."""
        return lay_over(self.folder, scratch, self.told().get("without", ()))

    def changed(self) -> dict[str, str]:
        """Give every record that the case adds or changes, with its text."""
        added = {each.relative_to(self.folder).as_posix(): each.read_text(encoding="utf-8") for each in sorted(self.folder.glob("records/**/*.yml"))}
        return added | edited(self.folder)

    def expected(self) -> list[str]:
        """Give what `case.yml` expects, one line for each problem."""
        return [str(each) for each in self.told()["problems"]]  # type: ignore[attr-defined]


def line(each: Problem) -> str:
    """Write a problem as cases expect it: `error R02.owner records/…/2024.yml actions/0/owner`."""
    return f"{each.severity} {each.message} {each.place.file} {'/'.join(str(key) for key in each.path)}".rstrip()


def lay_over(changes: Path, scratch: Path, without: object = ()) -> Path:
    """Copy the miniature to a scratch folder, put the changed files over it, and take away what the case leaves out."""
    tree = scratch / "tree"
    shutil.copytree(SAMPLE, tree)
    for name in ("profiles", "records"):
        if (changes / name).is_dir():
            shutil.copytree(changes / name, tree / name, dirs_exist_ok=True)
    for name, text in edited(changes).items():
        (tree / name).write_text(text, encoding="utf-8")
    for path in without if isinstance(without, list) else ():
        (tree / path).unlink()
    return tree


def edited(folder: Path) -> dict[str, str]:
    """Give the files of the miniature that a case edits, with their new text."""
    told = folder / "case.yml"
    wanted = (yaml.safe_load(told.read_text(encoding="utf-8")).get("edits") or {}) if told.is_file() else {}
    found: dict[str, str] = {}
    for name, edits in wanted.items():
        text = (SAMPLE / name).read_text(encoding="utf-8")
        for each in edits:
            assert text.count(each["old"]) == 1, f"{folder}: {name} has {text.count(each['old'])} times {each['old']!r}"
            text = text.replace(each["old"], each.get("new", ""))
        found[name] = text
    return found


def all_cases() -> list[Case]:
    """Give every case, sorted."""
    return [Case(each.parent) for each in sorted(CASES.glob("R*/*/*/case.yml"))]
