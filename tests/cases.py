"""Cases are folders: only the files that differ from the miniature, and `case.yml` with the day and every problem that is expected.

Where a case changes a line or two of a file of the miniature, `case.yml` says which: `edits: {records/…/2024.yml: [{old: …, new: …}]}`. Each `old` stands in
the file exactly once; without `new` it is taken away. So the case goes on holding when somebody else completes the file.

A case of a rule about changes is the change from the miniature to what the case makes of it. `before` says, like `edits`, in what the miniature differs first,
and the folder `before` has what else is there; `recorded` is the day on which that was recorded.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from tusoi import flow, gate, rules
from tusoi.change import Change
from tusoi.past import Past, Step, Version
from tusoi.problem import Problem, in_order

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
        return [line(each) for each in self.found(scratch)]

    def found(self, scratch: Path) -> tuple[Problem, ...]:
        """Judge the miniature with the case's files over it, and, for a rule about changes, what differs from the miniature."""
        day = date.fromisoformat(str(self.told()["day"]))
        tree = flow.read(self.laid_over(scratch))
        problems = flow.judge(tree, day).problems
        if not self.compares:
            return problems
        before = flow.read(lay_over(self.folder, scratch / "before", only_before=True))
        assert before.problems == ()
        recorded = self.told().get("recorded")
        change = Change(before.register, tree.register, day, _recorded(before, date.fromisoformat(str(recorded))) if recorded else Past("", (), {}))
        return in_order([*problems, *gate.problems(change)])

    @property
    def compares(self) -> bool:
        """Whether it is a case of a rule about changes."""
        return any(each.of_change for each in rules.all_rules() if self.name.startswith(f"{each.code}/"))

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


def _recorded(tree: flow.Tree, day: date) -> Past:
    """Give the past of a tree that was recorded as a whole on a day."""
    step = Step(0, "0" * 40, day)
    return Past(step.commit, (step,), {name: (Version(step, name, record.data),) for name, record in tree.register.records.items()})


def lay_over(changes: Path, scratch: Path, without: object = (), *, only_before: bool = False) -> Path:
    """Copy the miniature to a scratch folder, put the changed files over it, and take away what the case leaves out."""
    tree = scratch / "tree"
    shutil.copytree(SAMPLE, tree)
    for name in ("before/records", *(("profiles", "records") if not only_before else ())):
        if (changes / name).is_dir():
            shutil.copytree(changes / name, tree / name.removeprefix("before/"), dirs_exist_ok=True)
    for name, text in edited(changes, "before").items() if only_before else edited(changes).items():
        (tree / name).write_text(text, encoding="utf-8")
    for path in without if isinstance(without, list) else ():
        (tree / path).unlink()
    return tree


def edited(folder: Path, *keys: str) -> dict[str, str]:
    """Give the files of the miniature that a case edits, with their new text."""
    told = folder / "case.yml"
    said = yaml.safe_load(told.read_text(encoding="utf-8")) if told.is_file() else {}
    found: dict[str, str] = {}
    for name, edits in ((name, edits) for key in keys or ("before", "edits") for name, edits in (said.get(key) or {}).items()):
        text = found.get(name) or (SAMPLE / name).read_text(encoding="utf-8")
        for each in edits:
            assert text.count(each["old"]) == 1, f"{folder}: {name} has {text.count(each['old'])} times {each['old']!r}"
            text = text.replace(each["old"], each.get("new", ""))
        found[name] = text
    return found


def all_cases() -> list[Case]:
    """Give every case, sorted."""
    return [Case(each.parent) for each in sorted(CASES.glob("R*/*/*/case.yml"))]
