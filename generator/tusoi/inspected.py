"""What inspections look at: their areas, and the years for which they count."""

from __future__ import annotations

from datetime import date

from tusoi.dates import Span, is_before, span
from tusoi.record import Record


def areas(inspection: Record) -> frozenset[str]:
    """Give the ids of the areas that an inspection says it is about, and those of what it found."""
    return frozenset({*(inspection.get("areas") or ()), *(str(part.data["area"]) for part in inspection.parts_of("finding") if "area" in part.data)})


def is_concluded_in(inspection: Record, year: Span) -> bool:
    """Whether an inspection may have been concluded within a year."""
    return _is_within(span(inspection.get("concluded", "date")), year)


def is_planned_for(inspection: Record, year: Span) -> bool:
    """Whether an inspection on a programme is for a year: the year of the signature, or of the period where that is later.

    A programme is often signed in December for the next year: it does nothing for the year that ends. And what was done in a year is often looked at in the
    one after: the period then says what was looked at, not when.
    """
    if "planned" not in inspection.data:
        return False
    stated = [when for when in (span(inspection.get("planned", "date")), span(inspection.get("period"))) if when]
    return any(_is_within(when, year) for when in stated) and not any(is_before(year, when) for when in stated)


def is_left_over(inspection: Record, day: date) -> bool:
    """Whether an inspection on a programme was for a year that is over, and nobody has concluded it."""
    stated = [when for when in (span(inspection.get("planned", "date")), span(inspection.get("period"))) if when]
    is_waiting = "planned" in inspection.data and not {"concluded", "held_elsewhere"} & set(inspection.data)
    return is_waiting and bool(stated) and all(when.last < date(day.year, 1, 1) for when in stated)


def _is_within(when: Span | None, year: Span) -> bool:
    """Whether a day, as far as it is known, may lie in a year."""
    return when is not None and not (is_before(when, year) or is_before(year, when))
