"""The lines of a roadmap: from the facts of an action or a milestone to bars and marks on an axis of time.

A thin line is what was promised: it begins where the plan was approved and ends at the first date; where a later one was agreed, it goes on to it in another
look. A thick line is what came of it: to the day it was done or stopped, or, while it is open, to the day of the numbers; what lies after the date looks
otherwise. A date that is known to the month or the year only is drawn as long as that lasts. Of what a source tells nothing is late, and no day passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tusoi import labels
from tusoi.dates import Span, span
from tusoi.drawing import Axis, Piece
from tusoi.facts import ActionFacts, MilestoneFacts, Postponed
from tusoi.labels import Shape, Tone
from tusoi.promises import is_late


class Look(StrEnum):
    """How a stretch of a bar looks where it does not repeat the tone of a state."""

    PROMISED = "promised"
    MOVED = "dots"
    """The time by which a date was moved."""
    OVER = "hatch"
    """The time after the date."""
    ABOUT = "dashed"
    """A month or a year, of which the day is not known."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a line; `look` is a Look or a tone."""

    place: Piece
    look: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape at a place of a line."""

    x: str
    shape: Shape
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class Line:
    """A thin line of what was promised, or a thick one of what came of it."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    is_thin: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on it."""
        return not self.bars and not self.marks


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of the days of one promise."""

    start: date | None
    """When it was made; None where that is not known."""
    first: Span | None
    due: Span | None
    """The last agreed date, where it is not the first."""
    ended: Span | None
    today: date | None
    """The day of the numbers, where it is still open; None where it is not, or where nobody here can say."""
    shape: Shape = Shape.RING
    tone: Tone = Tone.QUIET
    late: bool = False
    """Whether it is known that the first date was not kept: only then is anything drawn as after it."""
    asked: tuple[date, ...] = ()
    """Other days that it was asked to be moved to."""

    @property
    def days(self) -> Iterator[date]:
        """Give every day that has to be on the axis."""
        for each in (self.first, self.due, self.ended):
            if each:
                yield from (each.first, each.last)
        yield from (each for each in (self.start, self.today, *self.asked) if each)


def of_action(action: ActionFacts, day: date) -> Course:
    """Gather the days of an action."""
    data = action.part.data
    recurs = data.get("kind") == "recurring"
    made = span(action.part.record.get("approved", "date"))
    since = span(data.get("from")) if recurs else None
    start = since or made
    first = span(data.get("until")) if recurs else action.first_due
    chip = labels.ACTION[action.state]
    return Course(
        start=start.first if start else None,
        first=first,
        due=action.due if action.due != action.first_due else None,
        ended=action.ended,
        today=day if is_running(action) and (start is None or start.first <= day) else None,
        shape=chip.shape,
        tone=chip.tone,
        late=bool(action.late) and not action.told,
        asked=tuple(each.to for each in action.postponements),
    )


def of_milestone(step: MilestoneFacts, action: ActionFacts, day: date) -> Course:
    """Gather the days of a milestone. Once its action is over, nobody waits for it any more."""
    made = span(action.part.record.get("approved", "date"))
    is_reached = step.reached is not None
    today = day if is_running(action) and not is_reached else None
    ended = step.reached.when if step.reached else None
    return Course(
        start=made.first if made else None,
        first=step.first_due,
        due=step.due if step.due != step.first_due else None,
        ended=ended,
        today=today,
        shape=Shape.RING_TICK if is_reached else Shape.RING,
        tone=Tone.WAITING if is_reached else Tone.QUIET,
        late=bool(is_late(step.first_due, ended, day)) and not action.told,
        asked=tuple(each.to for each in step.postponements),
    )


def is_running(action: ActionFacts) -> bool:
    """Whether days pass for an action: it is open, and promised by who has to keep it."""
    return action.is_open and not (action.told or action.draft or action.withdrawn)


def promised(axis: Axis, course: Course) -> Line:
    """Draw what was promised first."""
    if not course.first:
        return Line((), ())
    bars = [*_bar(axis, course.start, course.first.first, Look.PROMISED), *_about(axis, course.first)]
    return Line(tuple(bars), (Mark(axis.at(course.first.last), Shape.FLAG),))


def moved(axis: Axis, course: Course) -> Line:
    """Draw what was promised first and agreed later on one line."""
    line = promised(axis, course)
    if not course.due or not course.first:
        return line
    later = _bar(axis, course.first.last, course.due.last, Look.MOVED)
    return Line((*line.bars, *later), (*line.marks, Mark(axis.at(course.due.last), Shape.CLOCK, Tone.MOVING)))


def request(axis: Axis, course: Course, each: Postponed) -> Line:
    """Draw one request to move a date: where it was agreed, the time by which it moved it; else the day alone that was asked for."""
    chip = labels.postponement(each)
    mark = Mark(axis.at(each.to), chip.shape, chip.tone)
    if each.result != "agreed" or each.previous is None:
        return Line((), (mark,))
    before = _bar(axis, course.start, each.previous.last, Look.PROMISED)
    return Line((*before, *_bar(axis, each.previous.last, each.to, Look.MOVED)), (mark,))


def outcome(axis: Axis, course: Course) -> Line:
    """Draw what came of it. Nothing where nobody knows when it ended and no day passes."""
    until = course.ended.first if course.ended else course.today
    if until is None:
        return Line((), (), is_thin=False)
    bars = [*_until(axis, course, until), *(_about(axis, course.ended) if course.ended else ())]
    return Line(tuple(bars), (Mark(axis.at(until), course.shape, course.tone),), is_thin=False)


def _until(axis: Axis, course: Course, until: date) -> Iterator[Bar]:
    """Cut the way to an end where the first date and the agreed one lie."""
    agreed = course.due or course.first
    if not course.late or not course.first or not agreed:
        yield from _bar(axis, course.start, until, course.tone)
        return
    one, other = sorted((min(course.first.last, agreed.last), agreed.last))
    yield from _bar(axis, course.start, min(one, until), course.tone)
    if until > one and other > one:
        yield from _bar(axis, one, min(other, until), Look.MOVED)
    if until > other:
        yield from _bar(axis, max(other, course.start or other), until, Look.OVER)


def _about(axis: Axis, when: Span) -> Iterator[Bar]:
    """Draw the whole of a month or a year, where no day of it is known."""
    if not when.exact and (place := axis.of(when)):
        yield Bar(place, Look.ABOUT)


def _bar(axis: Axis, start: date | None, end: date, look: str) -> Iterator[Bar]:
    """Draw a stretch; nothing where its beginning is not known, or where it would run backwards."""
    if start is not None and (place := axis.piece(start, end)):
        yield Bar(place, look)
