"""Where things stand in a picture: dates on an axis of time, shares of a bar. Pure functions of dates and numbers; templates draw what they give.

Every place and width is a share of the room there is, in percent, as text: shapes in SVG take percents, and so one picture fits a phone, a screen and a sheet
of paper without being stretched. No words are placed here: they stand in the page's own text, which wraps and grows as the reader wants it. Only the short
dates below an axis are put at their places, so few of them that they never touch.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Final

from tusoi.dates import Span

_PARTS: Final = 10_000
"""A whole is cut into hundredths of a percent."""
_STEPS: Final = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240, 600)
"""Months between two dates below an axis."""
_WRITTEN: Final = 24.0
"""The room that such a date takes with some space around it, in percent: measured on the narrowest phone."""
_LEAST: Final = 0.6
"""The least width of what lasts one day: less would not be seen."""
_YEAR: Final = 12
_MONTH: Final = 30
"""The days of a month, roughly: to leave out steps that are too short without counting."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: where it begins and how wide it is."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A date below an axis: the first of a month."""

    x: str
    day: date
    anchor: str
    """On which side of its place its words stand: `start`, `middle` or `end`."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time, in whole months, so that it does not move from day to day."""

    first: date
    last: date

    @classmethod
    def over(cls, days: Iterable[date]) -> Axis:
        """Make the axis of some days: from the beginning of the first one's month to the end of the last one's. Raises ValueError where there is none."""
        every = sorted(days)
        if not every:
            raise ValueError("an axis needs a day")
        one, other = every[0], every[-1]
        return cls(one.replace(day=1), other.replace(day=calendar.monthrange(other.year, other.month)[1]))

    def share(self, day: date) -> float:
        """Give how far along a day is, in percent; what lies outside stands at the end that is nearer."""
        days = (self.last - self.first).days
        return min(100.0, max(0.0, 100.0 * (day - self.first).days / days))

    def at(self, day: date) -> str:
        """Give the place of a day."""
        return percent(self.share(day))

    def piece(self, start: date, end: date) -> Piece | None:
        """Give the stretch between two days, as far as it lies on the axis; None where they are in the wrong order, or where all of it lies outside."""
        if end < start or end < self.first or start > self.last:
            return None
        one, other = self.share(start), self.share(end)
        width = max(_LEAST, other - one)
        one = min(one, 100.0 - width)
        return Piece(percent(one), percent(width))

    def of(self, when: Span) -> Piece | None:
        """Give the stretch of a date that is known to the month or to the year only."""
        return self.piece(when.first, when.last)

    def ticks(self) -> tuple[Tick, ...]:
        """Give the dates to be written below: as many as never touch each other."""
        for step in (each for each in _STEPS if (self.last - self.first).days / (_MONTH * each) <= 100 / _WRITTEN + 2):
            found = tuple(self._firsts(step))
            rooms = [_room(self.share(each)) for each in found]
            if all(earlier[1] <= later[0] for earlier, later in pairwise(rooms)):
                return tuple(Tick(self.at(each), each, _anchor(self.share(each))) for each in found)
        return ()

    def _firsts(self, step: int) -> Iterator[date]:
        """Give the first days of months, every so many months, counted from a January."""
        months = self.first.year * _YEAR + self.first.month - 1
        until = self.last.year * _YEAR + self.last.month - 1
        for each in range(-(-months // step) * step, until + 1, step):
            yield date(each // _YEAR, each % _YEAR + 1, 1)


def percent(share: float) -> str:
    """Write a share as SVG takes it: `37.5%`; the same number is always written the same."""
    return f"{round(share, 2):.2f}".rstrip("0").rstrip(".") + "%"


def scaled(counts: Sequence[int], most: int) -> tuple[Piece, ...]:
    """Cut a bar into pieces by numbers, in their order, where `most` would fill the room: they touch, and end where their sum ends. Of nothing, none.

    Raises ValueError where a number is negative, or where they do not fit.
    """
    if any(count < 0 for count in counts):
        raise ValueError("a piece of less than nothing")
    ends = [_hundredths(each, most) for each in accumulate(counts)]
    starts = [0, *ends][: len(ends)]
    return tuple(Piece(percent(start / 100), percent((end - start) / 100)) for start, end in zip(starts, ends, strict=True))


def month_ends(first: date, last: date, months: int = 1) -> tuple[date, ...]:
    """Give the last days of months, or of every so many months, between two days, and the second of these as it is: what is counted ends there."""
    begun, over = (each.year * _YEAR + each.month for each in (first, last))
    ends = (_last_of(each) for each in range(-(-begun // months) * months, over + 1, months))
    return (*(each for each in ends if each < last), last)


def _last_of(month: int) -> date:
    """Give the last day of a month, counted from a January on."""
    year, number = divmod(month - 1, _YEAR)
    return date(year, number + 1, calendar.monthrange(year, number + 1)[1])


def _hundredths(count: int, most: int) -> int:
    """Give a share in hundredths of a percent."""
    if not 0 <= count <= most:
        raise ValueError("a bar that does not fit")
    return round(_PARTS * count / most) if most else 0


def _anchor(place: float) -> str:
    """Say on which side of its place a date is written: across it, but beside it where it would leave the axis."""
    return "start" if place < _WRITTEN / 2 else "end" if place > 100 - _WRITTEN / 2 else "middle"


def _room(place: float) -> tuple[float, float]:
    """Give from where to where a date at a place is written."""
    start = place - {"start": 0.0, "middle": _WRITTEN / 2, "end": _WRITTEN}[_anchor(place)]
    return start, start + _WRITTEN
