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


@dataclass(frozen=True, slots=True)
class Tag:
    """A name that somebody gave to a commit of the main line."""

    name: str
    number: int
    """The last step that had changed a record by then; -1 where none had."""
    day: date
    """The day of the commit that bears it."""


@dataclass(frozen=True)
class Past:
    """All versions of all records up to a step, oldest first."""

    head: str
    """The commit up to which it goes."""
    steps: tuple[Step, ...]
    """The steps that changed a record."""
    versions: Mapping[str, tuple[Version, ...]]
    """By the id that the file had then."""
    tags: tuple[Tag, ...] = ()
    """In the order of the main line."""

    def until(self, day: date) -> Past:
        """Give the past as far as it had been recorded on a day."""
        if all(each.day <= day for each in self.steps) and all(each.day <= day for each in self.tags):
            return self
        versions = {name: kept for name, all_of in self.versions.items() if (kept := tuple(each for each in all_of if each.step.day <= day))}
        steps = tuple(each for each in self.steps if each.day <= day)
        return Past(self.head, steps, versions, tuple(each for each in self.tags if each.day <= day))

    def of(self, name: str) -> tuple[Version, ...]:
        """Give the versions of a record, oldest first, also those that it had under its former ids: `formerly` alone says which these are.

        Where a former id is left, that is no end: only where the record itself is taken away is a version gone. A former id counts up to the step in which the
        record appeared under the id that names it; what is put there later is another record.
        """
        found: dict[tuple[int, str], Version] = {}
        asked = {(name, len(self.steps) and self.steps[-1].number + 1)}
        seen: set[tuple[str, int]] = set()
        while asked:
            some, end = asked.pop()
            seen.add((some, end))
            start, is_there = 0, False
            for each in self.versions.get(some, ()):
                if each.step.number >= end:
                    break
                start = start if is_there else each.step.number
                is_there = not each.is_gone
                found[each.step.number, some] = each
                asked |= {(former, start) for former in _former(each)} - seen
        told = [found[at] for at in sorted(found)]
        told.sort(key=lambda each: (each.step.number, not each.is_gone))
        return tuple(each for each, then in zip(told, [*told[1:], None], strict=False) if not each.is_gone or then is None or then.id == each.id)

    def standing(self, number: int) -> list[Version]:
        """Give what each record said after a step, those that were there, in the order of their ids."""
        last = ((next((each for each in reversed(all_of) if each.step.number <= number), None)) for _, all_of in sorted(self.versions.items()))
        return [each for each in last if each is not None and not each.is_gone]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids that any record ever had."""
        return frozenset(self.versions)


NO_PAST = Past("", (), {})
"""Where nothing is recorded: no repository, or no commit."""


def readable(versions: tuple[Version, ...]) -> Iterator[Version]:
    """Give the versions that say something."""
    return (each for each in versions if each.data is not None)


def _former(version: Version) -> Iterator[str]:
    former = version.data.get("formerly") if version.data else None
    return (each for each in former if isinstance(each, str)) if isinstance(former, list | tuple) else iter(())
