"""The register as it was on a day: the records of this tree, without what is dated after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from tusoi.dates import span
from tusoi.record import Kind, Record, Register

_HAPPENED = ("date", "dated")
"""The keys that say when a record without seals came about: a report, a request, an answer, a check; a document."""


def at(register: Register, day: date) -> Register:
    """Give the register as it was on the day. A partial date counts from its first day, and what has no date is there.

    What is left out stays reserved: a link to it leads nowhere on this day, and does not dangle.
    """
    judged = {record.id: _at(record, register.kinds.get(record.kind), day) for record in register.records.values()}
    kept = [record for record in judged.values() if record is not None]
    left_out = {name for name, record in judged.items() if record is None}
    return Register.of(register.kinds, kept, register.reserved | left_out, register.problems)


def _at(record: Record, kind: Kind | None, day: date) -> Record | None:
    """Give the record as it was on the day; None where it was not there yet."""
    if _is_later(record.get("publish_not_before"), day):
        return None
    seals = [name for name in (kind.seals if kind else ()) if name in record.data]
    later = {name for name in seals if _is_later(record.get(name, "date"), day)}
    if seals:
        if len(later) == len(seals):
            return None
    elif _is_later(record.get("held_elsewhere", "submitted"), day) or any(_is_later(record.get(key), day) for key in _HAPPENED):
        return None
    if _is_later(record.get("withdrawn", "date"), day):
        later.add("withdrawn")
    return _without(record, later) if later else record


def _is_later(stated: object, day: date) -> bool:
    """Whether what is stated surely begins after the day. False where nothing is stated."""
    when = span(stated)
    return when is not None and when.first > day


def _without(record: Record, keys: set[str]) -> Record:
    """Make the record anew without some of its keys, and without the links that stand in them. No part stands in a seal."""
    data = MappingProxyType({key: value for key, value in record.data.items() if key not in keys})
    links = tuple(link for link in record.links if link.path[0] not in keys)
    made = replace(record, data=data, parts=(), links=links)
    parts = tuple(replace(part, record=made) for part in record.parts)
    # A part knows its record and the record its parts: one of the two has to be told afterwards, and nobody else has seen the record yet.
    object.__setattr__(made, "parts", parts)
    return made
