"""Examples of rules, cut out of their cases: what `tusoi rules R01` and the rule's page show. `make bless` writes them anew.

Of the cases that break a rule the plainest is taken. Beside each file that it changes stands the file as it should be: the miniature's, in which nothing is
wrong, or that of a case that keeps the rule, whichever is more like it. Both are cut down to the lines that differ, a few lines around them, and the lines
that say where these belong.
"""

from __future__ import annotations

import difflib
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cases import SAMPLE, Case, all_cases
from tusoi import flow
from tusoi.explaining import CHANGED, EXAMPLES
from tusoi.problem import Problem
from tusoi.rules import NOT_STATED

PACKAGED = Path(flow.__file__).parent / EXAMPLES
WHOLE = 16
"""A file of so many lines is shown as a whole."""
AROUND = 2
"""How many lines are shown on each side of one that differs."""
MOST = 40
"""How many lines of a file are shown at most."""
LEFT_OUT = "# …"
MINIATURE = ""
"""In the place of a case that keeps the rule."""
ALL = ""
"""In the place of the ending of files."""

CHOSEN = {
    "R03": ("the-plan-is-still-a-draft", MINIATURE, "plans/2025.yml"),
    "R04": ("who-a-conclusion-is-addressed-to-has-no-plan", "one-plan-gives-the-other-organisation-an-action", "plans/2026-ket-luan.yml"),
    "R09": ("who-did-it-confirms-it", "the-mass-organisation-of-the-commune-confirms-it", "verifications/2026-03-10.yml"),
    "R10": ("nothing-shows-that-it-is-done", MINIATURE, ALL),
    "R11": ("a-plan-ends-on-the-owners-word", "a-plan-ends-when-somebody-else-has-looked", ALL),
    "R12": ("an-issue-is-not-explained", MINIATURE, ALL),
    "R16": ("ten-of-thirty-nine", "seven-of-thirty-nine", ALL),
    "R22": ("nobody-has-reported-a-year-after-the-suggestion", MINIATURE, ALL),
    "R23": ("a-critique-is-not-answered", "a-critique-is-answered-as-a-whole", ALL),
    "R29": ("a-promised-date-moves", MINIATURE, ALL),
    "R30": ("a-concluded-review-says-something-else", MINIATURE, ALL),
    "R33": ("a-post-that-was-addressed-has-no-review-of-its-own", "the-individual-review-is-held-elsewhere", ALL),
    "R34": ("a-neighbour-is-no-superior", MINIATURE, "suggestions/2026-an-mau.yml"),
    "R36": ("a-comment-was-never-sent-on", "the-comment-was-sent-on", ALL),
    "R39": ("a-section-of-the-form-is-empty", "a-section-may-be-written-out", ALL),
    "R40": ("nobody-looks-whether-it-has-stayed-so", "somebody-looks-whether-it-has-stayed-so", ALL),
    "R41": ("a-cell-has-no-assessor", "each-cell-has-an-assessor", ALL),
    "R43": ("a-long-lasting-finding-does-not-say-whether-help-was-asked-for", "a-long-lasting-finding-says-both", ALL),
    "R47": ("nothing-is-reported-of-a-hot-spot", "a-hot-spot-is-reported-on-within-the-month", ALL),
    "R48": ("what-is-to-be-done-at-once-is-due-in-four-months", "what-is-to-be-done-at-once-is-due-within-two-months", ALL),
    "R51": ("nobody-keeps-the-data", MINIATURE, ALL),
    "R53": ("concluded-and-not-answered", "who-petitioned-was-answered", ALL),
    "R55": ("it-does-not-copy-what-the-record-says", "a-figure-and-a-text-are-corrected", "corrections/2026-01-20.yml"),
    "R56": ("an-organisation-waives-a-rule-for-itself", "a-rule-does-not-bind-a-record-for-a-while", ALL),
    "R58": ("the-addressee-drafted-its-own-suggestion", "who-is-in-charge-drafted-it", ALL),
    "R60": ("one-post-alone-answers-for-most-findings", "one-post-alone-answers-for-three-of-five", "reviews/2025.yml"),
    "R63": ("the-district-is-left-out-between-province-and-commune", "the-district-carries-out-what-the-province-has-issued", ALL),
}
"""For rules where the plainest cases would teach the wrong thing – to move a day, or to leave a fact out: the case that breaks the rule, the one that keeps it,
and how the files end that are shown."""


@dataclass(frozen=True)
class Pair:
    """A file as it should be and as it should not be; empty where it should not be there, or is not there."""

    file: str
    good: str
    bad: str

    @property
    def weight(self) -> int:
        """How many lines differ."""
        good, bad = self.good.splitlines(), self.bad.splitlines()
        return len(good) + len(bad) - 2 * sum(block.size for block in difflib.SequenceMatcher(None, good, bad, autojunk=False).get_matching_blocks())


def made(code: str, scratch: Path) -> dict[str, Any] | None:
    """Make the example of a rule, as plain data; None where no case breaks it."""
    breaking, keeping = ([case for case in _cases() if case.name.startswith(f"{code}/{verdict}/")] for verdict in ("fail", "pass"))
    against: list[Case | None] = [None, *keeping]
    bad, good, end = CHOSEN.get(code, ("", MINIATURE, ALL))
    if bad:
        breaking = [case for case in breaking if case.folder.name == bad]
        against = [case for case in keeping if case.folder.name == good] if good else [None]
        assert breaking and against, f"CHOSEN names a case of {code} that is not there"  # noqa: PT018 -- either is the same mistake
    if not breaking:
        return None
    case = min(breaking, key=lambda each: _plainness(each, code, against))
    return {
        "case": case.name,
        "files": [_cut(each) for each in _pairs(case, against) if each.file.endswith(end)],
        "problems": [_plain(each) for each in _problems(case, scratch) if each.code == code],
    }


def written(example: dict[str, Any]) -> str:
    """Give the text of an example's file."""
    return json.dumps(example, ensure_ascii=False, indent=2) + "\n"


def _plainness(case: Case, code: str, against: list[Case | None]) -> tuple[object, ...]:
    """Order cases: an error first, of one problem, about a project's own records, in one file, with few lines that differ."""
    lines = case.expected()
    own = [line for line in lines if line.split()[1].split(".")[0] == code]
    pairs = _pairs(case, against)
    return (
        not any(line.startswith("error ") for line in own),
        any(line.split()[1].endswith(f".{NOT_STATED}") for line in own),
        len(lines),
        any(each.file == "records/project.yml" or "told_by:" in each.bad for each in pairs),
        len(pairs),
        sum(each.weight for each in pairs),
        case.name,
    )


def _pairs(case: Case, against: list[Case | None]) -> list[Pair]:
    """Give the files of a case that are not as they should be, beside those of the miniature, or of the case that is most like it and keeps the rule."""
    choices = [_against(case, other) for other in against]
    return min((each for each in choices if each), key=lambda pairs: sum(each.weight for each in pairs))


def _against(case: Case, other: Case | None) -> list[Pair]:
    """Compare the files of a case with those of another, or of the miniature."""
    good, bad = _files(other) if other else {}, _files(case)
    pairs = (Pair(file, *(files[file] if file in files else _original(file) for files in (good, bad))) for file in sorted(good.keys() | bad.keys()))
    return [each for each in pairs if each.good != each.bad]


@cache
def _cases() -> tuple[Case, ...]:
    return tuple(all_cases())


@cache
def _files(case: Case) -> dict[str, str]:
    """Give the files in which a case is not the miniature; those that it takes away are empty."""
    without = case.told().get("without", [])
    return {str(file): "" for file in (without if isinstance(without, list) else []) if str(file).endswith(".yml")} | case.changed()


def _original(file: str) -> str:
    """Give the miniature's file; empty where it has none."""
    place = SAMPLE / file
    return place.read_text(encoding="utf-8") if place.is_file() else ""


def _problems(case: Case, scratch: Path) -> tuple[Problem, ...]:
    """Judge the case."""
    return case.found(scratch)


def _plain(each: Problem) -> dict[str, Any]:
    return {"message": each.message, "severity": str(each.severity), "file": each.place.file, "params": dict(each.params)}


def _cut(pair: Pair) -> dict[str, Any]:
    """Cut both files down to the lines that differ and what they hang on. A line that is shown of one is shown of the other, too, where it has it."""
    good, bad = pair.good.splitlines(), pair.bad.splitlines()
    blocks = difflib.SequenceMatcher(None, good, bad, autojunk=False).get_matching_blocks()
    there = {block.a + number: block.b + number for block in blocks for number in range(block.size)}
    back = {number: place for place, number in there.items()}
    differing = set(range(len(good))) - there.keys(), set(range(len(bad))) - back.keys()
    shown = _kept(good, differing[0]), _kept(bad, differing[1])
    both = shown[0] | {back[each] for each in shown[1] if each in back}, shown[1] | {there[each] for each in shown[0] if each in there}
    return {
        "file": pair.file,
        "good": list(_shown(good, both[0], differing[0] if bad else set())),
        "bad": list(_shown(bad, both[1], differing[1] if good else set())),
    }


def _kept(lines: list[str], differing: set[int]) -> set[int]:
    """Give the lines to show: all of a short file; of another those that differ, their nearest neighbours, and the lines that they hang on."""
    if len(lines) <= WHOLE:
        return set(range(len(lines)))
    kept: set[int] = set()
    for number in differing:
        above = tuple(_above(lines, number))
        kept |= {number, *above, *_neighbours(lines, number, above[:1])}
    return kept


def _neighbours(lines: list[str], number: int, parent: tuple[int, ...]) -> set[int]:
    """Give the nearest lines before and after a line that hang on the same line as it does."""
    found: set[int] = set()
    for way in (range(number - 1, -1, -1), range(number + 1, len(lines))):
        alike = (each for each in way if tuple(_above(lines, each))[:1] == parent and lines[each].strip())
        found.update(itertools.islice(alike, AROUND))
    return found


def _shown(lines: list[str], kept: set[int], differing: set[int]) -> Iterator[str]:
    """Write the kept lines; where more than one line is left out, it is said."""
    gutter = " " * len(CHANGED)
    last = -1
    for number in (*sorted(kept)[:MOST], len(lines)):
        left_out = lines[last + 1 : number]
        if len(left_out) > 1:
            yield f"{gutter}{' ' * (len(left_out[0]) - len(left_out[0].lstrip()))}{LEFT_OUT}"
        else:
            yield from (f"{gutter}{line}" for line in left_out)
        if number < len(lines):
            yield f"{CHANGED if number in differing else gutter}{lines[number]}"
        last = number


def _above(lines: list[str], number: int) -> Iterator[int]:
    """Give the lines that a line hangs on, the nearest first: the item that it is in, then the name of the list."""
    depth = _depth(lines[number])
    for above in range(number - 1, -1, -1):
        if not depth:
            return
        if _depth(lines[above]) < depth and lines[above].strip():
            depth = _depth(lines[above])
            yield above


def _depth(line: str) -> int:
    """Say how far in a line begins. An item counts as one deeper, so that it hangs on the name of its list even where its dash stands under the name."""
    found = re.match(r"( *)(- )?", line)
    assert found is not None
    return len(found[1]) + bool(found[2])
