"""Boards about dates: what is overdue, what is due soon, and which dates were asked to be moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tusoi import labels, telling
from tusoi.facts import ActionFacts, ActionState, MilestoneFacts, Postponed
from tusoi.labels import Label, Shape
from tusoi.record import Record
from tusoi.views.order import Group, by_organisation
from tusoi.views.pieces import rhythm
from tusoi.views.world import World, view

SOON: Final = 30
"""Days ahead that the board of what is due looks."""
_SETTLED: Final = (ActionState.COMPLETED, ActionState.VERIFIED, ActionState.EFFECTIVE, ActionState.STOPPED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """An action, or a step of one, whose date is near or has passed."""

    ref: str
    content: str
    step_of: str
    """The action's text where this is a step of it."""
    chips: tuple[Label, ...]
    due: str
    """The last agreed date; of a recurring duty, how often and until when."""
    first_due: str
    """The first promise, where another date was agreed later."""
    owner: str
    answers_now: str
    """The organisation that answers for it now, where the owner's own has ended."""
    obstacle: str
    plan: str
    organisation: str
    when: date


@dataclass(frozen=True, slots=True)
class Deadlines:
    """A board: by organisation A–Z, within each by date."""

    groups: tuple[Group[Deadline], ...]
    count: int
    own: int
    """How many actions count at all: without them an empty board says something else."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request to move a date."""

    ref: str
    of: str
    content: str
    chip: Label
    asked: str
    previous: str
    to: str
    days: int | None
    reason: str
    answer: str
    answered: str
    after_due: bool
    organisation: str
    when: date


@dataclass(frozen=True, slots=True)
class Requests:
    """All requests to move a date, by organisation A–Z."""

    groups: tuple[Group[Request], ...]
    count: int


@view
def overdue(world: World) -> Deadlines:
    """Gather what should have been done by the last agreed date and was not."""
    return _board(world, (each for action in world.facts.counted_actions() for each in _overdue(world, action)))


@view
def due_soon(world: World) -> Deadlines:
    """Gather what has to be done in the next days."""
    return _board(world, (each for action in world.facts.counted_actions() for each in _soon(world, action)))


@view
def requests(world: World) -> Requests:
    """Gather every request to move a date, and what came of it."""
    found = [each for action in world.facts.counted_actions() for each in _requests(action)]
    found.sort(key=lambda each: (each.when, each.ref))
    return Requests(by_organisation(world, found, lambda each: each.organisation), len(found))


def _board(world: World, found: Iterator[Deadline]) -> Deadlines:
    rows = sorted(found, key=lambda each: (each.when, each.ref))
    return Deadlines(by_organisation(world, rows, lambda each: each.organisation), len(rows), len(world.facts.counted_actions()))


def _overdue(world: World, action: ActionFacts) -> Iterator[Deadline]:
    if action.overdue_days:
        yield _deadline(world, action, None, labels.overdue(action.overdue_days))
        return
    if action.state in _SETTLED:
        return
    for milestone in action.milestones:
        if milestone.overdue_days:
            yield _deadline(world, action, milestone, labels.overdue(milestone.overdue_days))


def _soon(world: World, action: ActionFacts) -> Iterator[Deadline]:
    if action.state in _SETTLED:
        return
    if action.due_in_days is not None and action.due_in_days <= SOON:
        yield _deadline(world, action, None, _in_days(action.due_in_days))
    for milestone in action.milestones:
        if milestone.due and not milestone.reached:
            days = (milestone.due.last - world.facts.day).days
            if 0 <= days <= SOON:
                yield _deadline(world, action, milestone, _in_days(days))


def _in_days(days: int) -> Label:
    words = f"Còn {telling.number(days)} ngày" if days else "Đến hạn hôm nay"
    return Label(words, Shape.CLOCK, labels.Tone.MOVING)


def _deadline(world: World, action: ActionFacts, milestone: MilestoneFacts | None, chip: Label) -> Deadline:
    about = milestone or action
    content = str(action.part.data.get("content", ""))
    owner = str(action.part.data.get("owner", ""))
    first, last = telling.day(about.first_due), telling.day(about.due)
    return Deadline(
        ref=about.part.ref,
        content=str(milestone.part.data.get("content", "")) if milestone else content,
        step_of=telling.shortened(content) if milestone else "",
        chips=(chip, *(labels.postponement(each) for each in about.postponements[-1:] if each.result == "pending")),
        due=last or rhythm(action.part.data),
        first_due=first if first != last else "",
        owner=owner,
        answers_now=action.organisation if _has_ended(world, owner) else "",
        obstacle=action.blocked,
        plan=action.part.record.id,
        organisation=action.organisation,
        when=about.due.last if about.due else world.facts.day,
    )


def _has_ended(world: World, owner: str) -> bool:
    """Tell whether the organisation of a post is one that has ended."""
    thing = world.register.find(owner)
    facts = world.facts.organisations.get(thing.organisation) if isinstance(thing, Record) else None
    return facts is not None and not facts.in_force


def _requests(action: ActionFacts) -> Iterator[Request]:
    for facts in action.postponements:
        yield _request(action, str(action.part.data.get("content", "")), facts)
    for milestone in action.milestones:
        for facts in milestone.postponements:
            yield _request(action, str(milestone.part.data.get("content", "")), facts)


def _request(action: ActionFacts, content: str, facts: Postponed) -> Request:
    return Request(
        ref=facts.record.id,
        of=str(facts.record.data.get("of", "")),
        content=content,
        chip=labels.postponement(facts),
        asked=telling.day(facts.asked),
        previous=telling.day(facts.previous),
        to=telling.day(facts.to),
        days=facts.days,
        reason=str(facts.record.data.get("reason", "")),
        answer=facts.answer.id if facts.answer else "",
        answered=telling.on(facts.answer.data.get("date")) if facts.answer else "",
        after_due=facts.after_due,
        organisation=action.organisation,
        when=facts.asked,
    )
