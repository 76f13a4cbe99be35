"""Ids that come back as something else: an id, or the id of a part, leads whoever follows it to what it first named, also years later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Final

from tusoi.change import Change, Pair
from tusoi.differences import same
from tusoi.kinds import Kinds
from tusoi.past import readable
from tusoi.problem import Problem, problem
from tusoi.record import Part, Record, Source
from tusoi.settled import is_settled

CODE: Final = "H02"
_ALIKE: Final = 0.9
"""So much of two parts is the same where one is the other with another id."""


def problems(change: Change) -> Iterator[Problem]:
    """Find ids that name something else now. Of what is settled R30 speaks; a draft that nobody has cited is its writer's own."""
    for record in change.added:
        yield from _record(record, change)
    for pair in change.pairs:
        if not is_settled(pair.old, pair.kind):
            yield from _parts_again(pair, change)
            yield from _parts_elsewhere(pair, change)
    yield from _claims(change)


def _record(record: Record, change: Change) -> Iterator[Problem]:
    """A new record under an id that another one had: unless it is that record, put back as it was."""
    earlier = _versions(record.id, record.kind, change)
    if earlier and not _says_the_same(earlier[-1], record, change):
        yield problem(CODE, record.place(), variant="record", id=record.id)


def _claims(change: Change) -> Iterator[Problem]:
    """A record that says it had an id that another had and left before this change: unless it is that record, put back as it was."""
    for name, record in change.claimed.items():
        old = change.origins.get(record.id)
        is_known = name in change.before.records or (old is not None and name in (old.get("formerly") or ()))
        if is_known or name not in change.past.ids:
            continue
        earlier = _versions(name, record.kind, change)
        if old or not earlier or not _says_the_same(earlier[-1], record, change):
            path = ("formerly", list(record.get("formerly")).index(name))
            yield problem(CODE, record.place(*path), path, variant="claimed", id=name)


def _parts_again(pair: Pair, change: Change) -> Iterator[Problem]:
    """A part that is new, under an id that an earlier version of the record gave to another."""
    old = {each.id for each in pair.old.parts}
    new = [each for each in pair.new.parts if each.id not in old]
    earlier = _versions(pair.old.id, pair.old.kind, change) if new else []
    was_sealed = any(seal in each.data for each in (*earlier, pair.old) for seal in pair.kind.seals)
    for part in new:
        had = [found for each in earlier for found in each.parts if found.id == part.id]
        is_free = not was_sealed and part.ref not in change.cited
        if had and not is_free and not any(_alike(each, part) for each in had):
            yield _said("part", part, change)


def _parts_elsewhere(pair: Pair, change: Change) -> Iterator[Problem]:
    """A part that others link to, and that has another id now, or whose id another has."""
    old, new = ({each.id: each for each in side.parts} for side in (pair.old, pair.new))
    for name, part in old.items():
        ref = f"{pair.new.id}#{name}"
        if ref not in change.cited:
            continue
        now = new.get(name)
        if now is None:
            renamed = next((each for other, each in new.items() if other not in old and each.kind == part.kind and _alike(part, each)), None)
            if renamed:
                yield _said("renumbered", renamed, change, cited=part)
        elif not _alike(part, now) and any(other != name and each.kind == now.kind and _alike(each, now) for other, each in old.items()):
            yield _said("swapped", now, change)


def _said(variant: str, part: Part, change: Change, *, cited: Part | None = None) -> Problem:
    named = f"{part.record.id}#{(cited or part).id}"
    citing = next(iter(change.cited.get(named, ())), None)
    also = citing.place() if citing else None
    return problem(CODE, part.place, part.path, variant=variant, also=also, id=part.id.rpartition(".")[2], old=(cited or part).id.rpartition(".")[2], ref=named)


def _versions(name: str, kind: str, change: Change) -> list[Record]:
    """Give what was recorded of an id before the change, oldest first, as far as it can be read."""
    kinds = Kinds.of(change.before.kinds)
    project = change.before.project
    root = str(project.get("root") or "") if project else ""
    made = kinds if kind in kinds else Kinds.of(change.after.kinds)
    found = [each.data for each in readable(change.past.of(name))]
    return [made.record(kind, name, data, Source(name), root) for data in found if data is not None]


def _says_the_same(old: Record, new: Record, change: Change) -> bool:
    """Whether two records say the same, apart from where they were."""
    one, other = ({key: value for key, value in change.said(each).items() if key != "formerly"} for each in (old, new))
    return same(one, other)


def _alike(one: Part, other: Part) -> bool:
    """Whether two parts are one, perhaps with a word mended."""
    here, there = _words(one.data), _words(other.data)
    return here == there or SequenceMatcher(None, here, there, autojunk=False).ratio() >= _ALIKE


def _words(data: Any) -> list[str]:
    """Give all words of a part but those that name parts."""
    if isinstance(data, Mapping):
        return [word for key, value in data.items() if key != "id" for word in _words(value)]
    if isinstance(data, list | tuple):
        return [word for value in data for word in _words(value)]
    return str(data).split()
