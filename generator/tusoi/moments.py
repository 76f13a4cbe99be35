"""The records and what is judged of them at a moment: of the same records on another day, or as they were recorded at a step of their past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tusoi import asof, progress, schema
from tusoi.differences import plain
from tusoi.kinds import ORGANISATION, Kinds
from tusoi.record import Draft, Register, Source

if TYPE_CHECKING:
    from tusoi.facts import Facts
    from tusoi.past import Past, Version


@dataclass(frozen=True)
class Moment:
    """A register as it was, and its facts."""

    register: Register
    facts: Facts
    unread: int = 0
    """How many records of that moment cannot be judged: their files cannot be read, or are not as the schemas of today want them."""


def on_day(register: Register, day: date) -> Moment:
    """Give the records of a register as they were on a day that is not after its own."""
    then = asof.at(register, day)
    return Moment(then, progress.measure(then, day))


def recorded(past: Past, number: int, day: date, kinds: Kinds) -> Moment:
    """Give the records as they were recorded at a step, judged for a day."""
    versions = past.standing(number)
    drafts = [_draft(version) for version in versions if version.data is not None]
    records, _, rejected = schema.accept(drafts, kinds)
    unread = {version.id for version in versions if version.data is None}
    register = asof.at(Register.of(kinds, records, rejected | unread), day)
    return Moment(register, progress.measure(register, day), len((rejected | unread) - {record.id for record in records}))


def _draft(version: Version) -> Draft:
    pieces = version.id.split("/")
    plural = pieces[1] if len(pieces) > 1 else version.id if version.id == "project" else ORGANISATION
    data = plain(version.data)
    return Draft(version.id, plural, data, Source(f"records/{version.id}.yml"))
