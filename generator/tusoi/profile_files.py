"""Profiles as they are written, put on one shelf: each is judged by the schema of profiles, and adds to the one that it extends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final

from tusoi import rules, schema
from tusoi.key_names import nearest, noted
from tusoi.kinds import Kinds
from tusoi.problem import Path, Place, Problem, Severity, in_order, problem
from tusoi.profile import (
    Basis,
    Cadence,
    Level,
    Naming,
    Numbers,
    Profile,
    Quota,
    Requirement,
    Scheme,
    Section,
    Template,
    Term,
    Unit,
    Validity,
    Weight,
    Word,
    by_name,
)
from tusoi.record import Draft, Record

DEFAULT: Final = "party"
"""The profile that stands in where the project names none, or one that is not there."""
LISTS: Final = ("local_rules_for", "local_rules_basis", "lead_ranks")
_NAMED: Final = ("areas", "units", "schemes", "templates", "quotas")
"""The lists whose entries have an id: a profile's own entry takes the place of those of the same id."""
_SEVERITIES: Final = {"error": Severity.ERROR, "warning": Severity.WARNING, "information": Severity.INFO}

_Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Shelf:
    """All profiles that a project may choose."""

    records: Mapping[str, Record]
    broken: frozenset[str]
    """The names of those that could not be accepted, or that extend nothing that is there."""
    problems: tuple[Problem, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What a project may write: also the names of those that are broken, since their files are there."""
        return tuple(sorted({*self.records, *self.broken}))

    def has(self, name: str) -> bool:
        """Whether there is such a profile, sound or not."""
        return name in self.records or name in self.broken

    def profile(self, name: str) -> Profile:
        """Give a profile with all that it extends; where it is not there or broken, the default one in its place."""
        sound = name in self.records and name not in self.broken
        used = name if sound else DEFAULT
        titles = by_name((each, record.data["title"]) for each, record in self.records.items())
        return replace(_profile(used, _merged(self._chain(used))), names=titles, is_whole=sound)

    def unknown(self, name: str, place: Place) -> Problem:
        """Say that there is no profile of this name, and which there are."""
        near = nearest(name, self.names)
        return problem("X24", place, variant="near" if near else "", name=name, near=near, known=", ".join(self.names))

    def _chain(self, name: str) -> list[Record]:
        """Give a profile's records: the one at the bottom first."""
        chain: list[Record] = []
        while name:
            record = self.records[name]
            chain.insert(0, record)
            name = str(record.data.get("extends", ""))
        return chain


def shelf(packaged: Iterable[Draft], own: Iterable[Draft], kinds: Kinds, unread: Iterable[str] = ()) -> Shelf:
    """Judge the profiles of the package and those of the project. Raises ValueError where a packaged one is unusable: a mistake of the program."""
    ours, problems, _ = schema.accept(packaged, kinds)
    records = {each.id: each for each in ours}
    if problems or any(_entries(each, records) for each in ours):
        raise ValueError(problems)
    theirs, found, rejected = schema.accept(own, kinds)
    taken = [each for each in theirs if each.id in records]
    found += [problem("X24", each.place(), variant="taken", name=each.id) for each in taken]
    records |= {each.id: each for each in theirs if each.id not in records}
    broken = {*rejected, *unread} - {each.id for each in ours}
    for record in theirs:
        if record not in taken:
            wrong = [*_extends(record, records, broken), *_entries(record, records), *_unknown_rules(record)]
            found += wrong
            if any(each.code == "X24" for each in wrong):
                broken.add(record.id)
    broken |= {name for name in records if any(each in broken for each in _above(name, records))}
    return Shelf(MappingProxyType(records), frozenset(broken), in_order(found))


def _above(name: str, records: Mapping[str, Record]) -> list[str]:
    """Give a profile and those that it extends, as far as they are there, each once."""
    found: list[str] = []
    while name and name not in found:
        found.append(name)
        name = str(records[name].data.get("extends", "")) if name in records else ""
    return found


def _extends(record: Record, records: Mapping[str, Record], broken: set[str]) -> Iterator[Problem]:
    """A project's profile adds to one that is there, and not to itself."""
    name = record.data.get("extends")
    known = ", ".join(sorted(each for each in records if each != record.id))
    if name is None:
        yield problem("X24", record.place(), variant="alone", known=known)
    elif name not in records:
        if name not in broken:
            yield problem("X24", record.place("extends"), ("extends",), variant="extends", name=name, known=known)
    elif record.id in _above(str(name), records):
        yield problem("X24", record.place("extends"), ("extends",), variant="circle", name=name)


def _unknown_rules(record: Record) -> Iterator[Problem]:
    """What a profile says of a rule is about one that is there."""
    codes = [each.code for each in rules.all_rules()]
    for number, entry in enumerate(record.data.get("severities", ())):
        code = entry["rule"].partition(".")[0]
        if code not in codes:
            yield _wrong(record, ("severities", number, "rule"), "rule", rule=entry["rule"], known=", ".join(codes))


def _entries(record: Record, records: Mapping[str, Record]) -> list[Problem]:
    """What no schema can say of the entries of a profile."""
    return [*_dates(record), *_pairs(record, [records[each] for each in reversed(_above(record.id, records)) if each in records])]


def _dates(record: Record) -> Iterator[Problem]:
    """No entry ends before it begins, and no word is there twice on one day."""
    data = record.data
    for key, entries in data.items():
        if isinstance(entries, tuple):
            for number, entry in enumerate(entries):
                if _is_backwards(entry):
                    yield _wrong(record, (key, number, "to"), "order", start=entry["from"], end=entry["to"])
    for key in _NAMED:
        for (_, one), (number, other) in combinations(enumerate(data.get(key, ())), 2):
            if one["id"] == other["id"] and _validity(one).meets(_validity(other)):
                yield _wrong(record, (key, number, "id"), "twice", word=other["id"])


def _pairs(record: Record, chain: list[Record]) -> Iterator[Problem]:
    """What has to fit what else is in the profile: one limit counts at a time, and what replaces a word is a word."""
    merged = _merged(chain)
    counting = [each for each in merged.get("quotas", ()) if each.get("counts")]
    for number, entry in enumerate(record.data.get("quotas", ())):
        rival = next((each for each in counting if entry.get("counts") and each["id"] != entry["id"] and _compete(each, entry)), None)
        if rival:
            yield _wrong(record, ("quotas", number, "counts"), "counts", word=entry["id"], other=rival["id"])
    areas = {each["id"] for each in merged.get("areas", ())}
    for number, entry in enumerate(record.data.get("areas", ())):
        if entry.get("replaced_by", entry["id"]) not in areas:
            yield _wrong(record, ("areas", number, "replaced_by"), "replaced", word=entry["replaced_by"])


def _compete(one: _Entry, other: _Entry) -> bool:
    return one["level"] == other["level"] and one["for"] == other["for"] and _validity(one).meets(_validity(other))


def _is_backwards(entry: _Entry) -> bool:
    return "from" in entry and "to" in entry and not Validity(start=str(entry["from"])).meets(Validity(end=str(entry["to"])))


def _wrong(record: Record, path: Path, variant: str, **params: object) -> Problem:
    return noted("X25", record.source.place(path), path, params, variant=variant)


def _merged(chain: Iterable[Record]) -> dict[str, tuple[_Entry, ...]]:
    """Lay profiles over each other: own entries take the place of those of the same id, and come after all others."""
    merged: dict[str, tuple[_Entry, ...]] = {}
    for record in chain:
        for key, entries in record.data.items():
            if not isinstance(entries, tuple):
                continue
            earlier = merged.get(key, ())
            merged[key] = _replaced(earlier, entries) if key in _NAMED else (*earlier, *entries)
    merged["title"] = tuple(record.data["title"] for record in chain)
    return merged


def _replaced(earlier: tuple[_Entry, ...], own: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    """Put own entries where those of the same id stood, so that a word keeps its place in a list; new ones come last."""
    names = {each["id"] for each in own}
    kept: list[_Entry] = []
    done: set[str] = set()
    for each in earlier:
        if each["id"] not in names:
            kept.append(each)
        elif each["id"] not in done:
            done.add(each["id"])
            kept += [entry for entry in own if entry["id"] == each["id"]]
    return (*kept, *(entry for entry in own if entry["id"] not in done))


def _profile(name: str, merged: Mapping[str, tuple[_Entry, ...]]) -> Profile:
    def entries(key: str) -> tuple[_Entry, ...]:
        return merged.get(key, ())

    return Profile(
        name=name,
        title=entries("title")[-1],
        area_words=tuple(
            Word(each["id"], each["words"], _validity(each), each.get("replaced_by", ""), bool(each.get("high_risk"))) for each in entries("areas")
        ),
        units=tuple(Unit(each["id"], each["spellings"]) for each in entries("units")),
        schemes=tuple(map(_scheme, entries("schemes"))),
        templates=tuple(map(_template, entries("templates"))),
        limits=tuple(map(_quota, entries("quotas"))),
        number_sets=tuple(Numbers(_only_numbers(each), _validity(each)) for each in entries("numbers")),
        cadences=tuple(Cadence(each["of"], each["every"], _validity(each)) for each in entries("cadences")),
        weights=tuple(Weight(each["rule"], _SEVERITIES[each["severity"]], _validity(each)) for each in entries("severities")),
        labels=tuple(Naming(each["of"], each["words"], _validity(each)) for each in entries("labels")),
        terms=tuple(Term(each["say"], each["instead"], _validity(each)) for each in entries("terms")),
        requires=tuple(Requirement({key: each[key] for key in LISTS if key in each}, _validity(each)) for each in entries("requires")),
    )


def _validity(entry: _Entry) -> Validity:
    basis = tuple(Basis(each["number"], str(each.get("dated", ""))) for each in entry.get("basis", ()))
    return Validity(str(entry.get("from", "")), str(entry.get("to", "")), basis)


def _only_numbers(entry: _Entry) -> Mapping[str, float]:
    return {key: value for key, value in entry.items() if key not in ("from", "to", "basis")}


def _scheme(entry: _Entry) -> Scheme:
    criteria = tuple(Word(each["id"], each["words"]) for each in entry.get("criteria", ()))
    return Scheme(entry["id"], entry["words"], _validity(entry), tuple(map(_level, entry["levels"])), criteria, entry.get("note", {}))


def _level(entry: _Entry) -> Level:
    points = entry.get("points", {})
    return Level(entry["id"], entry["words"], bool(entry.get("top")), bool(entry.get("good")), (points.get("from"), points.get("below")))


def _template(entry: _Entry) -> Template:
    sections = tuple(Section(each["id"], each["words"], each.get("filled_by", ())) for each in entry["sections"])
    return Template(entry["id"], entry["words"], _validity(entry), entry["for"], sections, entry.get("note", {}))


def _quota(entry: _Entry) -> Quota:
    return Quota(
        id=entry["id"],
        whose=entry["for"],
        level=entry["level"],
        limit=entry["limit"],
        denominator=entry["denominator"],
        group=entry["group"],
        rounding=entry["rounding"],
        counts=bool(entry.get("counts")),
        smallest=entry.get("smallest", 1),
        severity=_SEVERITIES[entry["severity"]] if "severity" in entry else None,
        words=entry["words"],
        note=entry.get("note", {}),
        validity=_validity(entry),
    )
