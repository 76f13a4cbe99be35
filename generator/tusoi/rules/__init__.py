"""The rules of the domain: one small function each, with a stable code; its docstring is published in both languages.

To add a rule, write one function in the module of its family, its sentences in `locale/*/rules.po`, and its cases in `tests/cases/<code>/`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
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

    @property
    def titles(self) -> dict[str, str]:
        """The docstring: English first, Vietnamese after `vi:`."""
        english, _, vietnamese = (inspect.getdoc(self.check or self.of_tree) or "").partition("vi:")
        return {"vi": " ".join(vietnamese.split()), "en": " ".join(english.split())}

    def fires(self, record: Record) -> bool:
        """Whether the record is here and has come to the rule's stage."""
        return "held_elsewhere" not in record.data and (self.stage == "always" or self.stage in record.data)


def rule(code: str, *, stage: str, kinds: tuple[str, ...], source: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Rule]:
    """Make a function a rule. An empty `kinds` means every kind."""
    return lambda check: Rule(code, severity, stage, kinds, source, check)


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

    Two things make a warning of an error: the value is one that the record's source leaves out, or the record is older than the day from which the project
    enforces its rules.
    """
    world = World(register, facts)
    enforced = register.project.get("enforce_from") if register.project else None
    for each in all_rules():
        if each.check is None:
            continue
        kinds = each.kinds or tuple(register.kinds)
        for record in register.of_kind(*kinds):
            if each.fires(record):
                for found in each.check(record, world):
                    yield _softened(found, each, record, enforced)


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
