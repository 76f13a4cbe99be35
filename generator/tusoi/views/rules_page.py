"""The rules, as their docstrings say them, for everybody who wants to know what is asked of the records: a list, and a page for each with its example."""

from __future__ import annotations

from dataclasses import dataclass

from tusoi import explaining, report, rules
from tusoi.explaining import Explanation, Side
from tusoi.labels import Label, Shape, Tone
from tusoi.problem import Problem, Severity
from tusoi.speech import _
from tusoi.views.world import World, view

SEVERITIES = {
    Severity.ERROR: Label("Phải sửa", Shape.CROSS, Tone.BAD),
    Severity.WARNING: Label("Nên bổ sung", Shape.RING, Tone.WAITING),
    Severity.INFO: Label("Để biết", Shape.RING, Tone.QUIET),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in the list."""

    code: str
    name: str
    path: str
    statement: str
    chip: Label
    when: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the check says of the bad example."""

    chip: Label
    sentence: str
    hint: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """The page of one rule."""

    code: str
    name: str
    statement: str
    english: str
    chip: Label
    when: str
    kinds: str
    source: str
    sides: tuple[Side, ...]
    """The example: each file as it should be and as it should not."""
    said: tuple[Said, ...]


@view
def all_rules(world: World) -> tuple[RuleLine, ...]:
    """Gather the rules, by code."""
    told = (explaining.explained(each, world.register.kinds, "vi") for each in rules.all_rules())
    return tuple(_line(each) for each in told)


@view
def rule(world: World, each: rules.Rule) -> RuleView:
    """Explain one rule."""
    told = explaining.explained(each, world.register.kinds, "vi")
    return RuleView(
        code=told.code,
        name=explaining.name(told.code, "vi"),
        statement=told.statement,
        english=each.titles["en"],
        chip=SEVERITIES[told.severity],
        when=told.when,
        kinds="; ".join(told.kinds) or _("Mọi hồ sơ"),
        source=", ".join(told.sources),
        sides=tuple(told.example.sides()) if told.example else (),
        said=tuple(_said(problem) for problem in told.example.problems) if told.example else (),
    )


def _line(told: Explanation) -> RuleLine:
    name = explaining.name(told.code, "vi")
    return RuleLine(told.code, name, f"quy-tac/{told.code}.html", told.statement, SEVERITIES[told.severity], told.when)


def _said(problem: Problem) -> Said:
    return Said(SEVERITIES[problem.severity], report.sentence(problem, "vi"), report.hint(problem, "vi"))
