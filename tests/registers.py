"""Small registers made by hand: records as plain data, by id, with the parts and links that the real schemas give them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from tusoi import asof, flow, progress
from tusoi.facts import Facts
from tusoi.kinds import Kinds
from tusoi.record import Record, Register, Source

Data = dict[str, Any]
"""A record as it stands in its file."""


def kinds() -> Kinds:
    """Give the real kinds, read once, in the words of the profile `party`."""
    return flow.kinds()


def plural(name: str) -> str:
    """Say from an id what kind of record it is, as the loader does."""
    if name == "project":
        return name
    return name.split("/")[1] if "/" in name else "organisation"


@cache
def _kind_names() -> dict[str, str]:
    return {kind.plural: kind.name for kind in kinds().values()}


def record(name: str, data: Data) -> Record:
    """Make one record; the kind is the one of its folder. Nothing is asked of it: what it needs at once is the schema's business."""
    return kinds().record(_kind_names()[plural(name)], name, data, Source(f"records/{name}.yml"))


def register(*parts: Mapping[str, Data]) -> Register:
    """Make a register of records by id; of two with one id the later counts."""
    together = {name: data for part in parts for name, data in part.items()}
    return Register.of(kinds(), [record(name, data) for name, data in together.items()])


def judged(records: Mapping[str, Data] | Register, day: str | date) -> Facts:
    """Judge records as they were on a day."""
    made = records if isinstance(records, Register) else register(records)
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return progress.measure(asof.at(made, when), when)
