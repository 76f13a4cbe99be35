"""A change to the records: both sides of it, record by record, and what is known of how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from tusoi import differences
from tusoi.differences import Edit, Way
from tusoi.past import NO_PAST, Past
from tusoi.problem import Path
from tusoi.record import Kind, Record, Register

_NO_DAYS: Final[Mapping[str, date]] = MappingProxyType({})
_NO_FAULTS: Final[Mapping[str, tuple[Path, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pair:
    """A record that was there, and what has become of it: under the same id, or under another that says so in `formerly`."""

    old: Record
    new: Record
    kind: Kind
    """As the side before the change has it: what is judged does not judge itself."""

    @property
    def has_moved(self) -> bool:
        """Whether it has another id now."""
        return self.old.id != self.new.id


@dataclass(frozen=True)
class Change:
    """What is there before and after a change."""

    before: Register
    after: Register
    day: date
    """The day on which the change is recorded."""
    past: Past = NO_PAST
    """What had been recorded before the change."""
    paths: tuple[str, ...] = ()
    """The files that it touches, below the project's folder; those outside of that with all their names."""
    derived: frozenset[str] = frozenset()
    """Those of them that a program writes from the records, and that say what it would write."""
    faults: Mapping[str, tuple[Path, ...]] = field(default_factory=lambda: _NO_FAULTS)
    """Where a record of before was no record as its schema asks, or led astray, by its id: there it may be mended."""
    days: Mapping[str, date] = field(default_factory=lambda: _NO_DAYS)
    """Where a record is recorded on another day than the rest: the day, by the id that it has afterwards."""
    authors: Mapping[str, frozenset[str]] | None = None
    """The keys of the persons who recorded each record that is new or changed, by its id; None where authorship is not judged."""

    def recorded(self, record: Record) -> date:
        """Give the day on which a record is recorded as it is afterwards."""
        return self.days.get(record.id, self.day)

    def kind_of(self, record: Record) -> Kind:
        """Give the kind of a record as the side before the change has it, or, where that does not know it, the other."""
        return self.before.kinds.get(record.kind) or self.after.kinds[record.kind]

    @cached_property
    def claimed(self) -> Mapping[str, Record]:
        """The records that say that they had another id before, by that id."""
        return {str(old): record for record in self.after.records.values() for old in record.get("formerly") or ()}

    def became(self, record: Record) -> Record | None:
        """Give what has become of a record that was there; None where nothing says it. A record that was there beside it, or of another kind, is not it."""
        if record.id in self.after.records or record.id in self.after.reserved:
            return self.after.records.get(record.id)
        heir = self.claimed.get(record.id)
        return heir if heir and heir.kind == record.kind and heir.id not in self.before.records else None

    @cached_property
    def origins(self) -> Mapping[str, Record]:
        """What each record was before, by the id that it has afterwards; what is new has none."""
        return {new.id: old for old in self.before.records.values() if (new := self.became(old))}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The records that were there and say something else now, or have moved."""
        found = ((old, self.after.records[name]) for name, old in self.origins.items())
        return tuple(Pair(old, new, self.before.kinds[old.kind]) for old, new in found if old.data != new.data or old.id != new.id)

    @cached_property
    def gone(self) -> tuple[Record, ...]:
        """The records that were there, and of which nothing says what has become of them. What can no longer be read is not gone."""
        return tuple(each for each in self.before.records.values() if each.id not in self.after.reserved and self.became(each) is None)

    @cached_property
    def added(self) -> tuple[Record, ...]:
        """The records that are new: not there before, and no other record with another id."""
        return tuple(each for each in self.after.records.values() if each.id not in self.origins and each.id not in self.before.reserved)

    @cached_property
    def cited(self) -> Mapping[str, tuple[Record, ...]]:
        """The records, of either side, that link to a record or part, by its reference as it is afterwards; links within a record are left out."""
        found: dict[str, list[Record]] = {}
        for register in (self.before, self.after):
            for record in register.records.values():
                for link in record.links:
                    target = self.name_of(link.target)
                    if link.path[:1] != ("formerly",) and target.partition("#")[0] not in (record.id, self.name_of(record.id)):
                        found.setdefault(target, []).append(record)
        return {target: tuple(records) for target, records in found.items()}

    def name_of(self, target: str) -> str:
        """Give what a link names, by the id that the record has afterwards."""
        name, mark, part = target.partition("#")
        record = self.after.find(name)
        return f"{record.ref if record else name}{mark}{part}"

    def edits(self, pair: Pair) -> Iterator[Edit]:
        """Give what differs in a record. A link that follows its record to another id is no difference; nor is what mends a fault of before."""
        faults = self.faults.get(pair.old.id, ())
        for edit in differences.edits(self.said(pair.old), self.said(pair.new)):
            paths = [path_of(side.data, edit.way) for side in (pair.old, pair.new)] if faults else []
            longest = max(paths, key=len, default=())
            if not any(each[: len(longest)] == longest[: len(each)] for each in faults):
                yield edit

    def said(self, record: Record) -> Any:
        """Give what a record says, with every link as it is after the change."""
        data = differences.plain(record.data)
        for link in record.links:
            if link.path[:1] != ("formerly",):
                _put(data, link.path, self.name_of(link.target))
        return data


def path_of(data: Any, way: Way) -> Path:
    """Give the way to a value with numbers instead of names, as far as it is there."""
    found: list[str | int] = []
    for step in way:
        key = _key(data, step)
        if key is None:
            break
        found.append(key)
        data = data[key]
    return tuple(found)


def at(data: Any, path: Path) -> Any:
    """Give the value at a path that is there."""
    for key in path:
        data = data[key]
    return data


def _key(data: Any, step: str) -> str | int | None:
    if isinstance(data, Mapping):
        return step if step in data else None
    name, _, value = step.partition("=")
    items = enumerate(data) if isinstance(data, list | tuple) else ()
    return next((number for number, each in items if isinstance(each, Mapping) and each.get(name) == value), None)


def _put(data: Any, path: Path, value: str) -> None:
    holder = at(data, path[:-1])
    holder[path[-1]] = value
