"""The past of the records: what each said, step by step, on the main line of their repository.

Three times never mix: when something happened (its `date`), when it was recorded (the day of a step), and the day for which it is judged. No day of a step
ever stands in for a date that a record should state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One commit of the main line, as it may be told: without names, addresses or hours."""

    number: int
    """Its place on the main line, from 0."""
    commit: str
    day: date
    """The day on which it was recorded, in the project's time zone."""
    author: str = field(default="", repr=False)
    """The address of its author, for `--people` alone; no page ever shows it."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a file of the records said from a step on."""

    step: Step
    id: str
    """The id that the record had then."""
    data: Mapping[str, Any] | None
    """What it said, as the file has it; None where the file was gone, or could not be read."""
    is_gone: bool = False


@dataclass(frozen=True)
class Past:
    """All versions of all records up to a step, oldest first."""

    head: str
    """The commit up to which it goes."""
    steps: tuple[Step, ...]
    """The steps that changed a record."""
    versions: Mapping[str, tuple[Version, ...]]
    """By the id that the file had then."""

    def until(self, day: date) -> Past:
        """Give the past as far as it had been recorded on a day."""
        if all(each.day <= day for each in self.steps):
            return self
        versions = {name: kept for name, all_of in self.versions.items() if (kept := tuple(each for each in all_of if each.step.day <= day))}
        return Past(self.head, tuple(each for each in self.steps if each.day <= day), versions)

    def of(self, name: str) -> tuple[Version, ...]:
        """Give the versions of a record, oldest first, also those that it had under its former ids: `formerly` alone says which these are.

        Where a former id is left, that is no end: only where the record itself is taken away is a version gone.
        """
        return self._followed(name, frozenset())

    def _followed(self, name: str, seen: frozenset[str]) -> tuple[Version, ...]:
        own = self.versions.get(name, ())
        former = {str(old) for each in own for old in _listed(each.data)} - seen - {name}
        if not former:
            return own
        start = own[0].step.number
        earlier = [each for old in former for each in self._followed(old, seen | former | {name}) if not each.is_gone and each.step.number <= start]
        return (*sorted(earlier, key=lambda each: (each.step.number, each.id)), *own)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids that any record ever had."""
        return frozenset(self.versions)


NO_PAST = Past("", (), {})
"""Where nothing is recorded: no repository, or no commit."""


def readable(versions: tuple[Version, ...]) -> Iterator[Version]:
    """Give the versions that say something."""
    return (each for each in versions if each.data is not None)


def _listed(data: Mapping[str, Any] | None) -> tuple[object, ...]:
    former = data.get("formerly") if data else None
    return tuple(former) if isinstance(former, list | tuple) else ()
