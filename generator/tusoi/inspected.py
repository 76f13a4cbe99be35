"""What inspections look at: their areas, and the years for which they count."""

from __future__ import annotations

from tusoi.dates import Span, is_before, span
from tusoi.record import Record


def areas(inspection: Record) -> frozenset[str]:
    """Give the ids of the areas that an inspection says it is about, and those of what it found."""
    return frozenset({*(inspection.get("areas") or ()), *(str(part.data["area"]) for part in inspection.parts_of("finding") if "area" in part.data)})


def is_concluded_in(inspection: Record, year: Span) -> bool:
    """Whether an inspection may have been concluded within a year."""
    return _is_within(span(inspection.get("concluded", "date")), year)


def is_planned_for(inspection: Record, year: Span) -> bool:
    """Whether an inspection was put on a programme within a year, or on one for it: a programme is often signed in the year before."""
    if "planned" not in inspection.data:
        return False
    return any(_is_within(span(when), year) for when in (inspection.get("planned", "date"), inspection.get("period")))


def _is_within(when: Span | None, year: Span) -> bool:
    """Whether a day, as far as it is known, may lie in a year."""
    return when is not None and not (is_before(when, year) or is_before(year, when))
