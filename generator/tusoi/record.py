"""The words of the register: records, their parts, their links, and where each value stands. Nothing here can be changed once made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from tusoi.problem import Path, Place, Problem

Value = str | bool | int | float | Mapping[str, Any] | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record stands: its file, and the line and column of each value and of each key, both from 1."""

    file: str
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path = ()) -> Place:
        """Give the place of the value at `path`, or of the nearest thing around it that is there."""
        for end in range(len(path), -1, -1):
            if mark := self.values.get(path[:end]):
                return Place(self.file, *mark)
        return Place(self.file)

    def key_place(self, path: Path) -> Place:
        """Give the place of the key that leads to `path`, or of the value where there is no key (an item of a list)."""
        mark = self.keys.get(path)
        return Place(self.file, *mark) if mark else self.place(path)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was read and not yet judged: plain dicts and lists, as the loader made them."""

    id: str
    """`vu-lang/plans/2020`; an organisation is its folder's name, the project is `project`."""
    plural: str
    """The folder that names the kind: `plans`; `organisation` and `project` for the two files that have none."""
    data: dict[str, Any]
    source: Source


@dataclass(frozen=True, slots=True)
class Kind:
    """What a schema says of one kind of record."""

    name: str
    plural: str
    words: Mapping[str, str]
    """The kind's name in each language: `{"vi": "Kế hoạch khắc phục", "en": "Remediation plan"}`."""
    seals: tuple[str, ...]
    """In the order in which they are set."""
    parts: tuple[tuple[Path, str, str], ...]
    """Where parts stand, their letter and their kind: `(("actions",), "A", "action"), (("actions", "milestones"), "M", "milestone")`."""
    folder: str
    """`organisation`, `common` or `root`: in whose folder records of this kind live."""
    access: str
    """Who may read such a record where it does not say so itself."""
    schema: Mapping[str, Any]
    """The schema with every reference resolved, for pages that show its keys and words."""


@dataclass(frozen=True, slots=True)
class Link:
    """From a value in a record to another record or part, as written."""

    source: str
    """The id of the record that holds the link."""
    path: Path
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """A finding, action, milestone, issue, session or rating inside a record."""

    record: Record = field(repr=False, compare=False)
    kind: str
    id: str
    """`F1`, or `A1.M1` for a part of a part."""
    path: Path
    data: Mapping[str, Any]

    @property
    def ref(self) -> str:
        """How links name it: `vu-lang/plans/2020#A1.M1`."""
        return f"{self.record.id}#{self.id}"

    @property
    def told(self) -> bool:
        """Whether the record only reports what a source says."""
        return self.record.told

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.record.source.place(self.path)


@dataclass(frozen=True, slots=True)
class Record:
    """One file of the records, accepted by its schema."""

    kind: str
    id: str
    data: Mapping[str, Any]
    source: Source
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def ref(self) -> str:
        """How links name it: its id."""
        return self.id

    @property
    def organisation(self) -> str:
        """The id of the organisation in whose folder it is; `common` and `project` for what belongs to none."""
        return self.id.split("/", 1)[0]

    @property
    def told(self) -> bool:
        """Whether it only reports what a source says of somebody."""
        return bool(self.data.get("told_by"))

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back: its page stays, counts leave it out."""
        return "withdrawn" in self.data

    def get(self, *path: str | int) -> Any:
        """Give the value at `path`, or None where the record says nothing."""
        value: Any = self.data
        for key in path:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def place(self, *path: str | int) -> Place:
        """Give the place of the value at `path`, or of the nearest thing around it."""
        return self.source.place(path)

    def parts_of(self, kind: str) -> tuple[Part, ...]:
        """Give the parts of one kind, in the order of the file."""
        return tuple(part for part in self.parts if part.kind == kind)

    def is_missing(self, path: Path) -> bool:
        """Whether the record says that its source leaves out the value at `path` (or what is around it). `path` may be given with numbers or part ids."""
        if not self.told:
            return False
        return any(_covers(stated.split("/"), path, self.data) for stated in self.data.get("missing", ()))


def _covers(stated: list[str], path: Path, data: Any) -> bool:
    """Whether the stated path, whose pieces may be part ids (`findings/F1/causes`) or `*`, is `path` or leads to it."""
    if len(stated) > len(path):
        return False
    here: Any = data
    for name, key in zip(stated, path, strict=False):
        there = None
        if isinstance(here, list | tuple) and isinstance(key, int) and key < len(here):
            there = here[key]
        elif isinstance(here, Mapping):
            there = here.get(str(key))
        part_id = there.get("id") if isinstance(there, Mapping) else None
        if name not in ("*", str(key), part_id):
            return False
        here = there
    return True


@dataclass(frozen=True)
class Register:
    """All records of a tree, with the ways between them."""

    kinds: Mapping[str, Kind]
    records: Mapping[str, Record]
    """By id, in the order of the ids."""
    reserved: frozenset[str] = frozenset()
    """Ids of files that are there and could not be accepted: links to them do not dangle."""
    problems: tuple[Problem, ...] = ()
    _parts: Mapping[str, Part] = field(default_factory=dict, repr=False)
    _moved: Mapping[str, str] = field(default_factory=dict, repr=False)
    _back: Mapping[str, tuple[Link, ...]] = field(default_factory=dict, repr=False)

    @staticmethod
    def of(kinds: Mapping[str, Kind], records: Iterable[Record], reserved: Iterable[str] = (), problems: Iterable[Problem] = ()) -> Register:
        """Make a register; the order in which records come does not matter."""
        by_id = {record.id: record for record in sorted(records, key=lambda each: each.id)}
        parts = {part.ref: part for record in by_id.values() for part in record.parts}
        moved = {old: record.id for record in by_id.values() for old in record.data.get("formerly", ()) if old not in by_id}
        back: dict[str, list[Link]] = {}
        for record in by_id.values():
            for link in record.links:
                back.setdefault(_resolve(link.target, moved), []).append(link)
        return Register(
            kinds=kinds,
            records=MappingProxyType(by_id),
            reserved=frozenset(reserved),
            problems=tuple(problems),
            _parts=MappingProxyType(parts),
            _moved=MappingProxyType(moved),
            _back=MappingProxyType({target: tuple(links) for target, links in back.items()}),
        )

    @property
    def project(self) -> Record | None:
        """The record that says what counts, where there is one."""
        return self.records.get("project")

    def of_kind(self, *kinds: str) -> Iterator[Record]:
        """Give the records of these kinds, in the order of their ids, without those that were withdrawn."""
        return (record for record in self.records.values() if record.kind in kinds and not record.withdrawn)

    def parts(self, *kinds: str) -> Iterator[Part]:
        """Give the parts of these kinds, in the order of their records, without those of withdrawn records."""
        return (part for record in self.records.values() if not record.withdrawn for part in record.parts if part.kind in kinds)

    def find(self, ref: str) -> Record | Part | None:
        """Give what a link names, following records that moved; None where nothing is there."""
        ref = _resolve(ref, self._moved)
        return self._parts.get(ref) if "#" in ref else self.records.get(ref)

    def links_to(self, ref: str) -> tuple[Link, ...]:
        """Give the links that name exactly this record or part."""
        return self._back.get(ref, ())

    def sources_of(self, ref: str, kind: str) -> Iterator[tuple[Record, Link]]:
        """Give the records of one kind that link to `ref`, each with its link; withdrawn ones are left out."""
        for link in self.links_to(ref):
            record = self.records[link.source]
            if record.kind == kind and not record.withdrawn:
                yield record, link


def _resolve(ref: str, moved: Mapping[str, str]) -> str:
    """Follow `formerly`, at most as often as there are moved records."""
    record, mark, part = ref.partition("#")
    for _ in range(len(moved)):
        if record not in moved:
            break
        record = moved[record]
    return f"{record}{mark}{part}"


def frozen(value: Any) -> Any:
    """Make plain dicts and lists unchangeable, at every depth."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(item) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return value
