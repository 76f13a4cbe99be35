"""Records into one register: every link leads to something of a kind that belongs there, every id is one record's, and no organisation stands above itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Final

from tusoi import key_names
from tusoi.dates import span
from tusoi.formats import pieces
from tusoi.key_names import noted
from tusoi.kinds import Kinds
from tusoi.problem import Path, Place, Problem, Severity, in_order, problem
from tusoi.record import Kind, Link, Part, Record, Register

_MOST_COMPARED: Final = 400
_MOST_NAMED: Final = 6
"""Ids among which the nearest one is looked for: of more, only those of the same organisation."""
_MOST_CIRCLES: Final = 20

_Edge = tuple[str, str, Path]
"""From an organisation to another, and where that is said."""


def register(records: Iterable[Record], kinds: Kinds, reserved: Iterable[str] = ()) -> Register:
    """Make the register; its `problems` are what is wrong with ids and links. `reserved` are the ids of files that are there and were not accepted."""
    once, twice = _one_per_id(records)
    reserved = frozenset(reserved)
    made = Register.of(kinds, once, reserved)
    found = [*twice, *_moved(made), *_without_organisation(made)]
    for record in made.records.values():
        for link in record.links:
            found += _wrong(made, kinds, record, link)
    found += _circles(made)
    return Register.of(kinds, once, reserved, in_order(found))


def is_draft(record: Record, kind: Kind) -> bool:
    """Whether a record is still being written: its kind has seals and none is set. Kinds without seals are final at birth."""
    return bool(kind.seals) and not any(seal in record.data for seal in kind.seals)


def _one_per_id(records: Iterable[Record]) -> tuple[list[Record], list[Problem]]:
    once: dict[str, Record] = {}
    problems = []
    for record in sorted(records, key=lambda each: (each.id, each.source.file)):
        if record.id in once:
            problems.append(problem("X03", record.place(), variant="files", also=once[record.id].place(), id=record.id, other=once[record.id].source.file))
        once.setdefault(record.id, record)
    return list(once.values()), problems


def _moved(register: Register) -> Iterator[Problem]:
    """Find former ids that are somebody's, claimed twice, or no ids of records."""
    claimed: dict[str, tuple[Record, Path]] = {}
    for record in register.records.values():
        for number, old in enumerate(record.data.get("formerly", ())):
            path = ("formerly", number)
            if "#" in old or ":" in old:
                yield problem("X03", record.place(*path), path, variant="part", id=old)
            elif old == record.id:
                yield problem("X03", record.place(*path), path, variant="itself", id=old)
            elif old in register.records:
                yield problem(
                    "X03", record.place(*path), path, variant="formerly", also=register.records[old].place(), id=old, other=register.records[old].source.file
                )
            elif old in claimed:
                other, where = claimed[old]
                yield problem("X03", record.place(*path), path, variant="twice", also=other.place(*where), id=old, other=other.source.file)
            claimed.setdefault(old, (record, path))


def _without_organisation(register: Register) -> Iterator[Problem]:
    """Find folders in which nobody says whose they are."""
    told: set[str] = set()
    for record in register.records.values():
        owner = record.organisation
        is_known = owner in register.records or owner in register.reserved or owner in told
        if not is_known and owner not in {record.id, "common"}:
            told.add(owner)
            yield problem("X07", record.place(), organisation=owner)


def _wrong(register: Register, kinds: Kinds, record: Record, link: Link) -> Iterator[Problem]:
    """Judge one link."""
    wanted = kinds.links(record.kind, link.path)
    root, target, part = pieces(link.target)
    place = record.place(*link.path)
    params = {"target": link.target, "record": target, "part": part, "root": root, **key_names.about(kinds[record.kind].schema, link.path)}
    if root:
        yield noted("X08", place, link.path, params, severity=Severity.WARNING)
        return
    found = register.find(link.target)
    if found is None and target not in register.reserved:
        severity = Severity.WARNING if is_draft(record, kinds[record.kind]) else Severity.ERROR
        variant, near = _meant(register, kinds, record, link)
        owner = register.find(target)
        also = owner.place() if isinstance(owner, Record) else None
        yield noted("X01", place, link.path, {"near": near, **params}, severity=severity, variant=variant, also=also)
    elif found is not None and found.kind not in wanted:
        yield _unfit(kinds, found, wanted, place, link.path, params)


def _meant(register: Register, kinds: Kinds, record: Record, link: Link) -> tuple[str, str]:
    """Say what kind of dangling it is, and which link was most likely meant; of a record that is there, which parts it has."""
    wanted = kinds.links(record.kind, link.path)
    _, target, part = pieces(link.target)
    owner = register.find(target)
    if isinstance(owner, Record):
        return "part", ", ".join(each.id for each in owner.parts if each.kind in wanted) or "–"
    holders = {kind.name for kind in kinds.values() for _, _, name in kind.parts if name in wanted}
    ids = [each.id for each in register.records.values() if each.kind in {*wanted, *holders} and each is not record]
    top, mark, _ = target.partition("/")
    is_known = bool(mark) and (top in register.records or top in register.reserved)
    if is_known or len(ids) > _MOST_COMPARED:  # what one organisation has not yet is not what another has
        ids = [each for each in ids if each.split("/", 1)[0] == top][:_MOST_COMPARED]
    near = key_names.nearest(target, ids)
    near = f"{near}#{part}" if near and part else near
    if near and register.find(near):
        return "near", near
    beside = [each for each in ids if is_known and each.rpartition("/")[0] == target.rpartition("/")[0]]
    if beside:
        return "beside", ", ".join(beside[:_MOST_NAMED]) + (" …" if len(beside) > _MOST_NAMED else "")
    return "" if mark else "organisation", ""


def _unfit(kinds: Kinds, found: Record | Part, wanted: tuple[str, ...], place: Place, path: Path, params: Mapping[str, str]) -> Problem:  # noqa: PLR0913, PLR0917 -- each is one plain fact about the link
    """Say what a link leads to and where it should, with the nearest link of the right kind."""
    params = {**params, **key_names.both("is", kinds.words(found.kind))}
    params |= {f"wanted_{language}": ", ".join(kinds.words(kind)[language] for kind in wanted) for language in key_names.LANGUAGES}
    if isinstance(found, Record):
        variant, also = "part", found.place()
        near = ", ".join([part.ref for part in found.parts if part.kind in wanted][:3])
    else:
        variant, also = "whole", found.place
        near = found.record.id if found.record.kind in wanted else ""
    if not near:
        variant, near = "", kinds.example(wanted[0])
    return noted("X02", place, path, {"near": near, **params}, variant=variant, also=also)


def _circles(register: Register) -> list[Problem]:
    """Find organisations that stand above themselves on some day, or that follow themselves."""
    found: dict[frozenset[str], Problem] = {}
    organisations = list(register.of_kind("organisation"))
    parents = [(edge, *_surely(record, edge[2])) for record in organisations for edge in _edges(register, record, "parents")]
    days = sorted({start for _, start, _ in parents})
    for day in days:
        for circle in _rounds([edge for edge, start, end in parents if start <= day <= end]):
            found.setdefault(frozenset(edge[0] for edge in circle), _circle(register, circle, "parents"))
    for circle in _rounds([edge for record in organisations for edge in _edges(register, record, "lineage")]):
        found.setdefault(frozenset({"lineage", *(edge[0] for edge in circle)}), _circle(register, circle, "lineage"))
    return list(found.values())[:_MOST_CIRCLES]


def _edges(register: Register, record: Record, key: str) -> Iterator[_Edge]:
    for number, item in enumerate(record.data.get(key, ())):
        target = register.find(item.get("of", ""))
        if isinstance(target, Record) and target.kind == "organisation":
            yield record.id, target.id, (key, number, "of")


def _surely(record: Record, path: Path) -> tuple[str, str]:
    """Give the first and the last day on which a relation surely holds: an uncertain overlap is no problem."""
    item = record.get(*path[:-1])
    start, end = span(item.get("from")), span(item.get("to"))
    return (start.last.isoformat() if start else "0000"), (end.first.isoformat() if end else "9999")


def _rounds(edges: list[_Edge]) -> Iterator[list[_Edge]]:
    """Give circles among the edges, one after the other, each without an edge of those before it."""
    left = {(one, other): (one, other, path) for one, other, path in reversed(edges)}
    for _ in range(_MOST_CIRCLES):
        graph: dict[str, list[str]] = {}
        for one, other in sorted(left):
            graph.setdefault(one, []).append(other)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            # The nodes come so that each is above the one before it, and the first is repeated at the end.
            nodes: list[str] = list(reversed(error.args[1]))
            circle = [left[pair] for pair in pairwise(nodes)]
            first = min(range(len(circle)), key=lambda number: circle[number][0])
            yield circle[first:] + circle[:first]
            del left[circle[first][:2]]
        else:
            return


def _circle(register: Register, circle: list[_Edge], key: str) -> Problem:
    start, *rest = circle
    place = register.records[start[0]].place(*start[2])
    also = register.records[rest[0][0]].place(*rest[0][2]) if rest else None
    chain = " → ".join([*(edge[0] for edge in circle), start[0]])
    files = ", ".join(register.records[edge[0]].source.file for edge in circle)
    return problem("X04", place, start[2], variant=key if rest else f"{key}_itself", also=also, chain=chain, files=files, organisation=start[0])
