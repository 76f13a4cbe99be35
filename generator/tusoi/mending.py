"""A report that was only just recorded may be mended in place: its figures, its words and its evidence, for a few days, as long as nothing rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from tusoi.change import Change, Pair
from tusoi.dates import is_before, span
from tusoi.differences import Way
from tusoi.evidence import inside
from tusoi.past import readable
from tusoi.record import Record, Register

KIND: Final = "progress"
DAYS: Final = 3
"""How long, where the project does not say it (`grace_days`)."""
_WHOLE: Final = ("text", "figures")
_OF_ENTRIES: Final = ("text", "figures", "evidence")


def is_mendable(pair: Pair, way: Way) -> bool:
    """Whether what stands here may be mended at all: not what was claimed, of what, by whom or when."""
    is_words = way[0] in _WHOLE or (way[0] == "entries" and len(way) > 2 and way[2] in _OF_ENTRIES)  # noqa: PLR2004 -- entries, which one, what of it
    return pair.kind.name == KIND and is_words


def days(register: Register) -> int:
    """Say for how many days a report may be mended."""
    said = register.project.get("grace_days") if register.project else None
    return DAYS if said is None else int(said)


def first_recorded(pair: Pair, change: Change) -> date | None:
    """Give the day on which a record was first recorded; None where nothing is known of it."""
    return next((each.step.day for each in readable(change.past.of(pair.old.id))), None)


def is_in_time(pair: Pair, change: Change) -> bool:
    """Whether the days in which a report may be mended are not over yet."""
    first = first_recorded(pair, change)
    return first is not None and 0 <= (change.recorded(pair.new) - first).days <= days(change.before)


def rests_on(pair: Pair, change: Change) -> Record | None:
    """Give a record, of before or after, that rests on a report: that links to it, or checks afterwards what it reports."""
    citing = (record for ref, records in change.cited.items() if ref.partition("#")[0] == pair.new.id for record in records)
    return next(citing, None) or next(_checks(pair.old, change), None)


def _checks(report: Record, change: Change) -> Iterator[Record]:
    when = span(report.get("date"))
    actions = {change.name_of(inside(report, each.get("action"))) for each in report.get("entries") or ()}
    for register in (change.before, change.after):
        for check in register.of_kind("verification"):
            checked = span(check.get("date"))
            is_earlier = when is not None and checked is not None and is_before(checked, when)
            if not is_earlier and any(change.name_of(str(each.get("of"))) in actions for each in check.get("entries") or ()):
                yield check
