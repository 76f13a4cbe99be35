"""What is settled: from when on a record stays as it is, and what may still be added to it. The schemas say so (`x-settled`), once for each kind.

Some things hold for every record, settled or not: a seal that was set stays as it was set, and so does `withdrawn`; former ids are not forgotten. And some
may always be done: to withdraw, to set a later seal, to move, to say who may read it and from when. What a source tells is settled from the first day; what
its record says is missing may be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from tusoi.change import Change, Pair
from tusoi.differences import NOTHING, Edit, Way, name_of, same
from tusoi.record import Kind, Record

BIRTH: Final = "birth"
"""In the place of a seal: records of the kind are settled as soon as they are there."""
WITHDRAWN: Final = "withdrawn"
FORMERLY: Final = "formerly"
TOLD: Final = "told_by"
MISSING: Final = "missing"
_HEADER: Final = (WITHDRAWN, FORMERLY, TOLD)
_HIDES: Final = "publish_not_before"
_FREE: Final = ("access", _HIDES)
_ANY: Final = "*"


class Breach(StrEnum):
    """What an edit does that nobody may do."""

    SEAL = "seal"
    WITHDRAWN = "withdrawn"
    FORMERLY = "formerly"
    TOLD = "told"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Broken:
    """An edit that nobody may make, of a record that was there."""

    pair: Pair
    edit: Edit
    breach: Breach


@dataclass(frozen=True, slots=True)
class Settling:
    """When the records of a kind are settled, and where something may be added afterwards: once, and then never changed."""

    at: str
    later: tuple[Way, ...] = ()


def settling(kind: Kind) -> Settling | None:
    """Say when the records of a kind are settled; None where they live on."""
    said = kind.schema.get("x-settled")
    return Settling(said["at"], tuple(tuple(each.split("/")) for each in said.get("later", ()))) if said else None


def is_settled(record: Record, kind: Kind) -> bool:
    """Whether a record stays as it is."""
    when = settling(kind)
    return when is not None and (record.told or when.at == BIRTH or when.at in record.data)


def is_born_settled(kind: Kind) -> bool:
    """Whether the records of a kind are settled as soon as they are there."""
    when = settling(kind)
    return when is not None and when.at == BIRTH


def seals(kind: Kind) -> tuple[str, ...]:
    """Give what stays as it was set in every record of a kind."""
    return (*kind.seals, WITHDRAWN)


def broken(change: Change) -> Iterator[Broken]:
    """Give every edit of a change that nobody may make. What becomes of `told_by` as a whole is not said here."""
    for pair in change.pairs:
        for edit in change.edits(pair):
            if breach := _breach(pair, edit):
                yield Broken(pair, edit, breach)


def _breach(pair: Pair, edit: Edit) -> Breach | None:
    if pair.old.told and pair.new.told and _fills_in(pair.old, edit):
        return None
    key = edit.way[0]
    if key in pair.kind.seals or key in _HEADER:
        return _of_header(pair, edit)
    if key in _FREE and not (key == _HIDES and is_settled(pair.old, pair.kind) and _hides(edit)):
        return None
    if not is_settled(pair.old, pair.kind) or _is_foreseen(pair.kind, edit):
        return None
    return _how(pair.old, edit)


def _hides(edit: Edit) -> bool:
    """Whether a record would be shown later than it was to be: what stands already would vanish for a time, with all that rests on it."""
    return edit.new is not NOTHING and (edit.old is NOTHING or str(edit.new) > str(edit.old))


def _of_header(pair: Pair, edit: Edit) -> Breach | None:
    """Say what an edit does to what every record keeps, settled or not."""
    key = edit.way[0]
    if key == FORMERLY:
        return None if grew(_without(edit, pair.new.id)) else Breach.FORMERLY
    if key == TOLD:
        return Breach.TOLD if pair.old.told and pair.new.told and not grew(edit) else None
    if key not in pair.old.data:
        return None
    return Breach.WITHDRAWN if key == WITHDRAWN else Breach.SEAL


def _how(old: Record, edit: Edit) -> Breach:
    if old.told:
        return Breach.TOLD
    if edit.is_order:
        return Breach.ORDER
    if edit.old is NOTHING:
        return Breach.ADDED
    return Breach.REMOVED if edit.new is NOTHING else Breach.CHANGED


def _fills_in(old: Record, edit: Edit) -> bool:
    """Whether an edit fills in what a record says its source leaves out, or says that less is left out."""
    if edit.way == (MISSING,):
        return {str(each) for each in _listed(edit.new)} <= {str(each) for each in _listed(edit.old)}
    return edit.old is NOTHING and old.is_missing(tuple(name_of(step) for step in edit.way))


def _is_foreseen(kind: Kind, edit: Edit) -> bool:
    """Whether the schema of a kind foresees that this is added later."""
    when = settling(kind)
    return when is not None and any(_is_addition(edit, pattern) for pattern in when.later)


def _is_addition(edit: Edit, pattern: Way) -> bool:
    if edit.is_order:
        return (*edit.way[:-1], _ANY) == pattern and _keeps_order(edit.old, edit.new)
    if (*edit.way, _ANY) == pattern:
        return grew(edit)
    is_there = len(edit.way) == len(pattern) and all(wanted in (_ANY, step) for wanted, step in zip(pattern, edit.way, strict=True))
    return is_there and edit.old is NOTHING


def grew(edit: Edit) -> bool:
    """Whether a list has all that it had, in the same order, and perhaps more."""
    left = list(_listed(edit.new))
    for wanted in _listed(edit.old):
        place = next((number for number, each in enumerate(left) if same(wanted, each)), None)
        if place is None:
            return False
        del left[: place + 1]
    return True


def _without(edit: Edit, name: str) -> Edit:
    """Leave out the id that a record has again: it cannot be one that it had before."""
    return Edit(edit.way, tuple(each for each in _listed(edit.old) if each != name), edit.new)


def _keeps_order(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    return [each for each in new if each in old] == [each for each in old if each in new]


def _listed(value: Any) -> tuple[Any, ...]:
    if value is NOTHING or value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def set_seals(record: Record, kind: Kind) -> Mapping[str, Any]:
    """Give the seals that a record bears, in their order, with what each says."""
    return {name: record.data[name] for name in kind.seals if name in record.data}
