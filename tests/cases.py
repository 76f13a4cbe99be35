"""Cases are folders: only the files that differ from the miniature, and `case.yml` with the day and every problem that is expected."""

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
        tree = lay_over(self.folder, scratch, self.told().get("without", ()))
        judged = flow.judge(flow.read(tree), date.fromisoformat(str(self.told()["day"])))
        return [line(each) for each in judged.problems]

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
    if (changes / "records").is_dir():
        shutil.copytree(changes / "records", tree / "records", dirs_exist_ok=True)
    for path in without if isinstance(without, list) else ():
        (tree / path).unlink()
    return tree


def all_cases() -> list[Case]:
    """Give every case, sorted."""
    return [Case(each.parent) for each in sorted(CASES.glob("R*/*/*/case.yml"))]
