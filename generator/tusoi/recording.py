"""Stated and recorded: the dates that a record states, against the days on which Git recorded those statements. No recorded day ever stands in for a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi.dates import Span, span
from tusoi.kinds import profile_of
from tusoi.past import Past, Step, Version
from tusoi.problem import Path
from tusoi.record import Kind, Record, Register

COMMON: Final = "common"
_OWN: Final = ("date", "dated")
"""The keys that say when a record without seals came about."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A date that a record states, and where that statement was recorded first."""

    path: Path
    """The way to the date in the record: `("approved", "date")`."""
    stated: Span
    step: Step

    @property
    def days(self) -> int:
        """By how many days it was recorded after what is stated: surely so many, for a partial date counts from its last day. 0 where it was not after it."""
        return max(0, (self.step.day - self.stated.last).days)


def recordings(record: Record, kind: Kind | None, past: Past) -> tuple[Recording, ...]:
    """Give every date that a record states and of which it is known when it was recorded.

    None of a record that only tells what a source says, nor of what belongs to no organisation here: nobody here could have recorded it sooner.
    """
    if record.told or record.organisation == COMMON:
        return ()
    versions = past.of(record.id)
    found = ((path, when, _first(versions, path, when)) for path in paths(kind) if (when := span(record.get(*path))))
    return tuple(Recording(path, when, step) for path, when, step in found if step)


def late(record: Record, register: Register, past: Past) -> tuple[Recording, ...]:
    """Give the dates that were recorded more than `late_record_days` after what they state, by the profile in force when they were recorded."""
    profile = profile_of(register.kinds)
    found = recordings(record, register.kinds.get(record.kind), past)
    return tuple(each for each in found if each.days > profile.days("late_record_days", Span(each.step.day, each.step.day)))


def paths(kind: Kind | None) -> Iterator[Path]:
    """Give the ways to the dates that say when a record of a kind came about, was sealed, or was withdrawn."""
    yield from ((key,) for key in _OWN)
    yield from ((seal, "date") for seal in (kind.seals if kind else ()))
    yield ("withdrawn", "date")


def _first(versions: tuple[Version, ...], path: Path, stated: Span) -> Step | None:
    """Give where the statement that stands was recorded first.

    None where the last version that can be read does not say it (it is not recorded yet), and where one that cannot be read may have said it sooner.
    """
    first: Step | None = None
    is_certain = True
    for version in reversed(versions):
        if version.data is None:
            is_certain = is_certain and version.is_gone
        elif span(_at(version.data, path)) == stated:
            first, is_certain = version.step, True
        else:
            break
    return first if is_certain else None


def _at(data: Mapping[str, Any], path: Path) -> Any:
    value: Any = data
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
