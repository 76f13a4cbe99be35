"""The rules of the domain: one small function each, with a stable code; its docstring is published in both languages.

To add a rule, write one function in the module of its family, its sentences in `locale/*/rules.po`, and its cases in `tests/cases/<code>/`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tusoi.collect import members
from tusoi.dates import is_past, span
from tusoi.facts import Facts
from tusoi.key_names import noted
from tusoi.problem import Path, Problem, Severity
from tusoi.record import Part, Record, Register


@dataclass(frozen=True, slots=True)
class World:
    """What a rule may look at besides the record it judges."""

    register: Register
    facts: Facts


NOT_STATED = "not_stated"
"""The variant of every rule for what a record's source leaves out: nobody is said to have failed."""
WAIVED = "waived"
"""The variant of every rule for what a waiver allows for now."""
UNWAIVABLE = frozenset({"R26", "R29", "R30", "R38", "R56"})
"""The rules that nobody may waive: what is safe to publish, what is honest about the past, and the rule about waivers itself."""

Check = Callable[[Record, World], Iterable[Problem]]
TreeCheck = Callable[[Register], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called, when it fires, and where it comes from."""

    code: str
    severity: Severity
    stage: str
    """The seal at which it fires, or `always`."""
    kinds: tuple[str, ...]
    source: str
    """The rows of the domain that ask for it."""
    check: Check | None
    of_tree: TreeCheck | None = None
    """For a rule that judges the tree as it is, whatever the day: withdrawn records and later ones, too."""
    needs: tuple[str, ...] = ()
    """The rules that the record must satisfy first: where one of them failed, this one is silent, so that one mistake gives one problem."""

    @property
    def titles(self) -> dict[str, str]:
        """The docstring: English first, Vietnamese after `vi:`."""
        english, _, vietnamese = (inspect.getdoc(self.check or self.of_tree) or "").partition("vi:")
        return {"vi": " ".join(vietnamese.split()), "en": " ".join(english.split())}

    def fires(self, record: Record) -> bool:
        """Whether the record is here and has come to the rule's stage."""
        return "held_elsewhere" not in record.data and (self.stage == "always" or self.stage in record.data)


def rule(  # noqa: PLR0913 -- each is one plain fact about the rule
    code: str, *, stage: str, kinds: tuple[str, ...], source: str, severity: Severity = Severity.ERROR, needs: tuple[str, ...] = ()
) -> Callable[[Check], Rule]:
    """Make a function a rule. An empty `kinds` means every kind."""
    return lambda check: Rule(code, severity, stage, kinds, source, check, needs=needs)


def rule_of_tree(code: str, *, source: str) -> Callable[[TreeCheck], Rule]:
    """Make a function a rule about the tree as a whole."""
    return lambda check: Rule(code, Severity.ERROR, "always", (), source, None, check)


def wrong(code: str, what: Record | Part, *path: str | int, variant: str = "", severity: Severity = Severity.ERROR, **params: object) -> Problem:
    """Say that a value of a record, or of a part, is wrong or not there."""
    record, start = (what.record, what.path) if isinstance(what, Part) else (what, ())
    full: Path = (*start, *path)
    return noted(code, record.source.place(full), full, params, variant=variant, severity=severity)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Give every rule there is, by code."""
    from tusoi import rules

    return members(rules, Rule, lambda each: each.code)


def run(register: Register, facts: Facts) -> Iterator[Problem]:
    """Judge every record by every rule that has come to its stage.

    Three things make less of an error: the value is one that the record's source leaves out, the record is older than the day from which the project
    enforces its rules, or a waiver says that the rule does not bind the record yet.
    """
    world = World(register, facts)
    enforced = register.project.get("enforce_from") if register.project else None
    waivers = _waivers(register, facts.day)
    for record in register.of_kind(*register.kinds):
        for which, found in judged(record, world):
            yield _waived(_softened(found, which, record, enforced), record, waivers.get(which.code, ()))


def judged(record: Record, world: World) -> Iterator[tuple[Rule, Problem]]:
    """Judge one record by the rules that have come to its stage, with what each finds before anything makes less of it."""
    ruled = {each.code: each for each in all_rules() if each.check and (not each.kinds or record.kind in each.kinds) and each.fires(record)}
    found: dict[str, list[Problem]] = {}

    def judge(code: str) -> list[Problem]:
        if code not in ruled:
            return []
        if code not in found:
            which = ruled[code]
            failed = any(each.severity is Severity.ERROR for needed in which.needs for each in judge(needed))
            found[code] = [] if failed or which.check is None else list(which.check(record, world))
        return found[code]

    for code, which in ruled.items():
        yield from ((which, each) for each in judge(code))


def run_on_tree(register: Register) -> Iterator[Problem]:
    """Judge the whole tree, as it is in its files, by the rules that know no day."""
    for each in all_rules():
        if each.of_tree:
            yield from each.of_tree(register)


def _softened(found: Problem, which: Rule, record: Record, enforced: object) -> Problem:
    if found.severity is not Severity.ERROR:
        return found
    if record.is_missing(found.path):
        return replace(found, severity=Severity.WARNING, variant=NOT_STATED, params=(("key", str(found.path[-1])),))
    start = span(enforced)
    old = start is not None and is_past(record.get(which.stage, "date"), start.first)
    return replace(found, severity=Severity.WARNING) if old else found


def _waivers(register: Register, day: date) -> dict[str, list[Record]]:
    """Give the waivers that are in force on the day, by the rule that they are for."""
    found: dict[str, list[Record]] = {}
    for waiver in register.of_kind("waiver"):
        if "approved" in waiver.data and not is_past(waiver.get("until"), day):
            found.setdefault(str(waiver.get("rule")), []).append(waiver)
    return found


def _waived(found: Problem, record: Record, waivers: Iterable[Record]) -> Problem:
    """Make information of what a waiver is for: the whole record, or the part in which the problem stands."""
    for waiver in waivers:
        if found.code not in UNWAIVABLE and is_within(found, record, str(waiver.get("of"))):
            until = str(waiver.get("until"))
            return replace(found, severity=Severity.INFO, variant=WAIVED, params=(("until", until),), also=waiver.place())
    return found


def is_within(found: Problem, record: Record, ref: str) -> bool:
    """Whether a problem stands in the record or part that a link names."""
    if ref == record.id:
        return True
    part = next((each for each in record.parts if each.ref == ref), None)
    return part is not None and found.path[: len(part.path)] == part.path
