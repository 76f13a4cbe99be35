"""The steps of a cycle: by when, by whom, whether the day has passed, and where records can show it how many of how many organisations have taken the step.

Until the day of a step has passed, a public site says nothing of who has taken it. What nobody can know from the records is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, submissions, telling
from tusoi.dates import span
from tusoi.facts import CarryColumn
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.submissions import Submission, Submitted
from tusoi.views import submissions_board
from tusoi.views.cycle_ratings import bodies_of, decided
from tusoi.views.world import World

_PASSED: Final = Label("Đã qua", Shape.CLOCK)
_HANDED_IN: Final = N_("{done}/{all} đơn vị đã nộp")
_ANSWERED: Final = N_("{done}/{all} đơn vị đã trả lời đủ")
_RATED: Final = N_("{done}/{all} đơn vị đã có mức xếp loại được quyết định")
_DONE: Final = (Submitted.IN, Submitted.HELD)
_NOT_ASKED: Final = (Submitted.EXEMPT, Submitted.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a cycle."""

    name: str
    due: str
    by: str
    """Who was given it; empty where every organisation does it itself."""
    text: str
    states: tuple[Label, ...] = ()
    """Whether its day has passed, and how many have taken it, as far as anybody can tell."""


def steps(world: World, record: Record) -> tuple[StepLine, ...]:
    """Give the steps of a cycle in its own order."""
    kind = world.kind(record.kind)
    schema = kind.schema if kind else {}
    return tuple(
        StepLine(
            labels.word(schema, "steps", "step", str(step.get("step", ""))),
            telling.day(step.get("due")),
            str(step.get("by", "")),
            str(step.get("text", "")),
            tuple(_states(world, record, step)),
        )
        for step in record.data.get("steps", ())
    )


def _states(world: World, cycle: Record, step: Mapping[str, Any]) -> Iterator[Label]:
    """Say how a step stands; nothing of a cycle that a source tells or that nobody has opened."""
    if cycle.told or "opened" not in cycle.data:
        return
    due = span(step.get("due"))
    days = (due.last - world.facts.day).days if due else 0
    if due and days < 0:
        yield _PASSED
    elif due and "closed" not in cycle.data:
        yield labels.in_days(days)
    if counted := _counted(world, cycle, str(step.get("step")), is_over=due is not None and days < 0):
        yield counted


def _counted(world: World, cycle: Record, step: str, *, is_over: bool) -> Label | None:
    """Say how many of how many organisations have taken a step."""
    if step in submissions.STEPS:
        return _share(*handed_in(world, cycle, step), _HANDED_IN)
    if world.site.is_public and not is_over:
        return None
    if step == "carry_over":
        rows = [each for each in world.facts.carry if each.cycle == cycle.id and each.total]
        return _share(sum(not each.number(CarryColumn.UNANSWERED) for each in rows), len(rows), _ANSWERED)
    if step == "classification":
        exempt = {each.organisation for each in submissions.of_cycle(world.register, cycle, world.facts.day) if each.state is Submitted.EXEMPT}
        bodies = bodies_of(world, cycle) - exempt
        rated = decided(world, cycle)
        return _share(sum(each in rated for each in bodies), len(bodies), _RATED)
    return None


def handed_in(world: World, cycle: Record, step: str) -> tuple[int, int]:
    """Count the organisations that have handed in what a step asks for, and those that are asked, as far as the site may tell it."""
    asked = [each for each in _shown(world, cycle) if each.step == step and each.state not in _NOT_ASKED]
    return sum(each.state in _DONE for each in asked), len(asked)


def _shown(world: World, cycle: Record) -> list[Submission]:
    """Give what has to be handed in, as far as the site may tell it: the same as the board of who has not handed in."""
    found = submissions.of_cycle(world.register, cycle, world.facts.day)
    return [each for each in found if not (world.site.is_public and submissions_board.is_early(each, world))]


def _share(done: int, total: int, words: str) -> Label | None:
    """Make a label of a number with its denominator; None where nobody is asked."""
    if not total:
        return None
    said = _(words, done=telling.number(done), all=telling.number(total), count=total)
    if done == total:
        return Label(said, Shape.FULL, Tone.GOOD)
    return Label(said, Shape.HALF if done else Shape.RING, Tone.WAITING)
