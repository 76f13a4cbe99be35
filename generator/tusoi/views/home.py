"""The first page: what was promised and what became of it, what presses, what superiors pointed out; of a site of stories, the stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import telling
from tusoi.facts import CarryColumn, FindingState
from tusoi.labels import FINDING, STANDING, Label, Shape, Tone
from tusoi.standings import ActionStanding
from tusoi.views.carried import carried
from tusoi.views.latest_changes import LatestChange, latest_changes
from tusoi.views.order import name_key
from tusoi.views.pieces import TallyPart, TallyView, action_tally
from tusoi.views.pressing import Dates, dates_of
from tusoi.views.stories import Stories, stories_of
from tusoi.views.suggestions_board import threads
from tusoi.views.world import World, view

_FRAME: Final = frozenset({"project", "organisation", "role", "source", "document"})
"""Kinds that say who and where, and not yet what was promised or done."""
_LEADING: Final = (ActionStanding.DONE, ActionStanding.CLAIMED, ActionStanding.MOVING, ActionStanding.OVERDUE)
"""What a reader asks first of promised actions: these four stand there even at nought."""
_CARRY: Final = {
    CarryColumn.RESOLVED: Label("Đã khắc phục và được xác nhận", Shape.FULL, Tone.GOOD),
    CarryColumn.CLAIMED: Label("Báo đã khắc phục, chờ xác nhận", Shape.RING_TICK, Tone.WAITING),
    CarryColumn.IN_PROGRESS: FINDING[FindingState.IN_PROGRESS],
    CarryColumn.UNRESOLVED: FINDING[FindingState.UNRESOLVED],
    CarryColumn.UNANSWERED: Label("Chưa trả lời", Shape.DASH, Tone.QUIET),
    CarryColumn.HELD: Label("Trả lời lưu ở nơi khác", Shape.PAPER, Tone.QUIET),
}
_FEW: Final = 3
"""Points without an answer that are named; more than that are only counted."""
_WIDE: Final = 9
"""Percent of a bar in which the shape of a state has room."""
_LONGEST: Final = 110


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: where it begins, how wide it is, and where its shape stands, in percent; no shape where there is no room."""

    tone: str
    shape: str
    start: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class Promises:
    """What was promised and what became of it."""

    keys: tuple[TallyPart, ...]
    """The four states that a reader asks for."""
    rest: tuple[TallyPart, ...]
    """The other states that occur."""
    total: int
    """Actions that were promised."""
    bar: tuple[Segment, ...]
    organisations: int
    """Those that promised them."""
    findings: int
    resolved: int
    """Findings that are mended and confirmed."""


@dataclass(frozen=True, slots=True)
class LastYear:
    """What became of the findings of earlier cycles, in the last cycle whose answers are due."""

    cycle: str
    tally: TallyView
    bar: tuple[Segment, ...]
    resolved: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A point that was pointed out to an organisation and not answered yet."""

    organisation: str
    ref: str
    statement: str


@dataclass(frozen=True, slots=True)
class PointedOut:
    """How many points superiors pointed out, and how many were answered."""

    points: int
    answered: int
    waiting: tuple[Waiting, ...]
    """Those without an answer, organisations A–Z; none where they are many."""


@dataclass(frozen=True, slots=True)
class Home:
    """The first page."""

    promises: Promises
    last_year: LastYear | None
    dates: Dates
    pointed: PointedOut
    latest: tuple[LatestChange, ...]
    stories: Stories
    has_own: bool
    """Whether anything here is an organisation's own record."""


@view
def home(world: World) -> Home:
    """Gather what the first page shows."""
    own = any(not each.told and each.kind not in _FRAME for each in world.register.records.values())
    return Home(_promises(world), _last_year(world), dates_of(world), _pointed_out(world), latest_changes(world), stories_of(world), own)


def _promises(world: World) -> Promises:
    actions = world.facts.counted_actions()
    tally = action_tally(actions)
    parts = dict(zip(STANDING, tally.parts, strict=True))
    return Promises(
        keys=tuple(parts[each] for each in _LEADING),
        rest=tuple(part for each, part in parts.items() if part.count and each not in _LEADING),
        total=tally.total,
        bar=tuple(_bar(tally)),
        organisations=len({each.organisation for each in actions}),
        findings=world.facts.whole.finding_total,
        resolved=world.facts.whole.findings.get(FindingState.RESOLVED, 0),
    )


def _bar(tally: TallyView) -> Iterator[Segment]:
    """Cut a bar into the shares of the states; the words and numbers stand beside it."""
    start = 0
    for part in tally.some:
        shape = part.label.shape if 100 * part.count >= _WIDE * tally.total else ""
        places = (100 * each / tally.total for each in (start, part.count, start + part.count / 2))
        yield Segment(part.label.tone, shape, *(f"{each:.3f}" for each in places))
        start += part.count


def _last_year(world: World) -> LastYear | None:
    latest = carried.make(world).latest
    if latest is None:
        return None
    total, *numbers = (number for _head, number in latest.sums)
    parts = tuple(TallyPart(_CARRY[column], number, telling.percent(number, total)) for column, number in zip(CarryColumn, numbers, strict=True))
    tally = TallyView(parts, total)
    return LastYear(latest.cycle, tally, tuple(_bar(tally)), numbers[0])


def _pointed_out(world: World) -> PointedOut:
    found = threads.make(world)
    waiting = [
        Waiting(body, point.ref, telling.shortened(point.statement, _LONGEST))
        for cycle in found.cycles
        for thread in cycle.rows
        for point in thread.issues
        for body in thread.to[:1]
        if not point.is_answered
    ]
    named = sorted(waiting, key=lambda each: (name_key(world, each.organisation), each.ref)) if len(waiting) <= _FEW else []
    return PointedOut(found.issues, found.answered, tuple(named))
