"""Dates as people know them: a day, a month or a year, compared as intervals; an uncertain comparison says so."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

YEAR: Final = 365.25
"""The days of a year, as they are on average: for what lasts several."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a stated date may mean: both ends belong to it. A full date is a span of one day."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


def span(stated: object) -> Span | None:
    """Read `2019`, `"2019"`, `"2019-12"` or `"2019-12-05"`; None where nothing, or nothing of that form, is stated."""
    if isinstance(stated, bool) or stated is None:
        return None
    pieces = str(stated).split("-")
    try:
        numbers = [int(piece) for piece in pieces]
        if len(numbers) == 1:
            return Span(date(numbers[0], 1, 1), date(numbers[0], 12, 31))
        if len(numbers) == 2:  # noqa: PLR2004 -- a year and a month
            year, month = numbers
            return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        day = date(*numbers)
    except (ValueError, TypeError, OverflowError, calendar.IllegalMonthError):
        return None
    return Span(day, day)


def is_before(one: Span, other: Span) -> bool | None:
    """Whether the first is before the second: True, False, or None where the intervals leave it open."""
    if one.last < other.first:
        return True
    return False if one.first >= other.last else None


def has_begun(stated: object, day: date) -> bool:
    """Whether what is stated lies on or before the day, as far as it could (a bare year counts from its first day). False where nothing is stated."""
    when = span(stated)
    return when is not None and when.first <= day


def year_after(day: date) -> date:
    """Give the same day a year later; after 29 February, the last of that month."""
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def is_past(stated: object, day: date) -> bool:
    """Whether what is stated surely lies before the day. False where nothing is stated."""
    when = span(stated)
    return when is not None and when.last < day


def in_force(start: object, end: object, day: date) -> bool:
    """Whether the day lies between two stated ends, either of which may be left out; both ends belong to it."""
    begun = start is None or has_begun(start, day)
    return begun and not (end is not None and is_past(end, day))
