"""Records into one register: every link leads to something of a kind that belongs there, every id is one record's, and no organisation stands above itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Final

from tusoi import key_names, nearby
from tusoi.dates import span
from tusoi.formats import pieces
from tusoi.key_names import noted
from tusoi.kinds import Kinds
from tusoi.problem import Path, Place, Problem, Severity, in_order, problem
from tusoi.record import Kind, Link, Part, Record, Register

_FEW: Final = 3
_MOST_COMPARED: Final = 400
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


def astray(register: Register) -> frozenset[str]:
    """Give the records of which nobody knows where they belong, since what they say they are about, or their cycle, is not there."""
    files = {each.source.file: each.id for each in register.records.values()}
    found = (each for each in register.problems if each.code in ("X01", "X02") and each.severity is Severity.ERROR and each.path[0] in ("of", "cycle"))
    return frozenset(files[each.place.file] for each in found)


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
    params |= {f"wanted_{language}": ", ".join(kinds.words(kind)[language] for kind in wanted) for language in key_names.LANGUAGES}
    if root:
        yield noted("X08", place, link.path, params, severity=Severity.WARNING)
        return
    if _follows(register, kinds, record, link):
        return
    found = register.find(link.target)
    if found is None and target not in register.reserved:
        severity = Severity.WARNING if is_draft(record, kinds[record.kind]) else Severity.ERROR
        variant, near = _meant(register, kinds, record, link)
        owner = register.find(target)
        also = owner.place() if isinstance(owner, Record) else None
        params |= {"near": near, **key_names.both("is", kinds.words(owner.kind) if owner else dict.fromkeys(key_names.LANGUAGES, ""))}
        yield noted("X01", place, link.path, params, severity=severity, variant=variant, also=also)
    elif found is not None and found.kind not in wanted:
        yield _unfit(register, kinds, found, wanted, place, link.path, params, record.organisation)


def _follows(register: Register, kinds: Kinds, record: Record, link: Link) -> bool:
    """Whether a link only leads astray because the record in which its part is looked for does: `A1`, where `of` names no plan. That is said once, there."""
    outline = kinds.shapes[record.kind].outline
    base = outline.at(link.path)
    if base is None or not base.base or link.path == (base.base,):
        return False
    named = record.get(base.base)
    here = outline.at((base.base,))
    if not isinstance(named, str) or here is None or pieces(named)[1] != pieces(link.target)[1]:
        return False
    found = register.find(named)
    return found is None or found.kind not in here.links


def _meant(register: Register, kinds: Kinds, record: Record, link: Link) -> tuple[str, str]:
    """Say what kind of dangling it is, and which link was most likely meant; of a record that is there, which parts it has."""
    wanted = kinds.links(record.kind, link.path)
    _, target, part = pieces(link.target)
    owner = register.find(target)
    holders = {kind.name for kind in kinds.values() for _, _, name in kind.parts if name in wanted}
    if isinstance(owner, Record):
        parts = [each.id for each in owner.parts if each.kind in wanted]
        return ("part", nearby.listed(parts)) if parts else ("no_part", _example(register, kinds, record.organisation, wanted))
    if "/" not in target:
        return _piece_of_an_id(register, kinds, record, link)
    ids = [each.id for each in register.records.values() if each.kind in {*wanted, *holders} and each is not record]
    top = target.partition("/")[0]
    is_known = top in register.records or top in register.reserved
    if is_known or len(ids) > _MOST_COMPARED:  # what one organisation has not yet is not what another has
        ids = [each for each in ids if each.split("/", 1)[0] == top][:_MOST_COMPARED]
    near = key_names.nearest(target, ids)
    near = f"{near}#{part}" if near and part else near
    if near and register.find(near):
        return "near", near
    beside = [each for each in ids if is_known and each.rpartition("/")[0] == target.rpartition("/")[0]]
    if beside:
        return "beside", nearby.listed(beside)
    return "", ""


def _piece_of_an_id(register: Register, kinds: Kinds, record: Record, link: Link) -> tuple[str, str]:
    """Say what was most likely meant by a name alone: a part of what the record is about, a record of the organisation, or an organisation."""
    wanted, known, own = kinds.links(record.kind, link.path), _known(register), record.organisation
    part = nearby.part_id(link.target)
    refs = [ref for base in nearby.bases(record.data) if part and (found := register.find(ref := f"{base}#{part}")) and found.kind in wanted]
    if refs:
        outline = kinds.shapes[record.kind].outline.at(link.path)
        return "near", part if outline and outline.base else refs[0]
    plurals = nearby.folders(kinds, wanted)
    same = [each for each in nearby.named(known, own, plurals, link.target) if each != record.id]
    if same:
        return ("near" if len(same) == 1 else "several"), nearby.listed(same)
    organisations = [each.id for each in register.of_kind("organisation")] if "organisation" in wanted else []
    near = key_names.nearest(link.target, organisations) or nearby.alike(known, own, plurals, link.target)
    if near:
        return "near", near
    return ("organisation", "") if "organisation" in wanted else ("short", _example(register, kinds, own, wanted))


def _known(register: Register) -> nearby.Known:
    return {each.id: each.data for each in register.records.values() if not each.withdrawn}


def _example(register: Register, kinds: Kinds, own: str, wanted: tuple[str, ...]) -> str:
    """Show a link of the right kind: one that is there, where one is close; else how such a link looks."""
    there = [each.ref for name in wanted for each in (register.of_kind(name) if name in kinds else register.parts(name)) if each.ref.startswith(f"{own}/")]
    close = there or nearby.usual(_known(register), own, nearby.folders(kinds, wanted))
    return nearby.listed(close) if close else kinds.example(wanted[0])


def _unfit(  # noqa: PLR0913, PLR0917 -- each is one plain fact about the link
    register: Register, kinds: Kinds, found: Record | Part, wanted: tuple[str, ...], place: Place, path: Path, params: Mapping[str, str], own: str
) -> Problem:
    """Say what a link leads to and where it should, with the nearest link of the right kind."""
    params = {**params, **key_names.both("is", kinds.words(found.kind))}
    if isinstance(found, Record):
        variant, also = "part", found.place()
        near = nearby.listed([part.ref for part in found.parts if part.kind in wanted][:_FEW])
    else:
        variant, also = "whole", found.place
        near = found.record.id if found.record.kind in wanted else ""
    if not near:
        variant, near = "", _example(register, kinds, own, wanted)
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
