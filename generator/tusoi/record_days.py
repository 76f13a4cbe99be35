"""The day of a record: the day by whose regulations it is judged."""

from __future__ import annotations

from tusoi.dates import Span, span
from tusoi.record import Record, Register

_HAPPENED = ("date", "dated")
"""The keys that say when a record without seals came about."""


def day_of(record: Record, register: Register) -> Span | None:
    """Give the day of a record, as far as it is known: that of its last seal, its own date, or else the end of its cycle. None where nothing says it.

    A cycle is of the day on which it was opened: what is chosen for it then goes on being right when it is closed.
    """
    kind = register.kinds.get(record.kind)
    seals = kind.seals if kind else ()
    stated = [record.get(seal, "date") for seal in (seals if record.kind == "cycle" else reversed(seals))]
    stated += [record.get(key) for key in _HAPPENED]
    if record.kind == "cycle":
        stated += [record.get("to"), record.get("from")]
    cycle = register.find(str(record.get("cycle") or ""))
    if isinstance(cycle, Record):
        stated += [cycle.get("to"), cycle.get("from")]
    return next((found for each in stated if (found := span(each))), None)
