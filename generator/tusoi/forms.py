"""Which form a review follows, and which plans fill what the review leaves to them."""

from __future__ import annotations

from typing import Final

from tusoi.dates import span
from tusoi.evidence import is_individual
from tusoi.profile import Profile, Template
from tusoi.record import Record, Register
from tusoi.record_days import day_of

AT_ONCE: Final = "plan/actions/*/urgency"
"""What fills a section that no key of the review fills: the actions of its plan that are done at once."""


def template_of(review: Record, register: Register, profile: Profile) -> Template | None:
    """Give the form of a review: the one that it names, its cycle's, or the newest of those in force on its day."""
    cycle = register.find(str(review.get("cycle") or ""))
    whose = "individual" if is_individual(review) else "collective"
    for stated in (review.get("template"), cycle.get("template") if isinstance(cycle, Record) else None):
        found = profile.template(str(stated)) if stated else None
        if found and (found.whose == whose or stated == review.get("template")):
            return found
    when = day_of(review, register) or next((met for part in review.parts_of("session") if (met := span(part.data.get("from")))), None)
    return next(iter(profile.templates_in_force(when, whose)), None) if when else None


def plans_of(review: Record, register: Register) -> list[Record]:
    """Give the plans that answer a review and were approved, or are held elsewhere."""
    found = [plan for plan, link in register.sources_of(review.id, "plan") if link.path[0] == "of" and not plan.told]
    return [each for each in found if "approved" in each.data or "held_elsewhere" in each.data]
