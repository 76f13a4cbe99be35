"""What differs between two versions of a record: a list of edits that loses nothing. Applied to the first version they give the second.

Items of a list are told apart by what names them (`id`, or what they are about), where each has such a name and no two have the same; else the list is
one value.
The order of keys is no content; the order of items is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

NAMING: Final = ("id", "of", "action", "finding", "who", "person")
"""The keys that say which item of a list it is, wherever it stands in the list."""
_ORDER: Final = "*"
"""What stands at the end of the way to a list whose items changed places."""

Way = tuple[str, ...]
"""The way to a value: keys, and what names items. `("actions", "id=A1", "due")`."""


class _Nothing:
    """What stands where there is no value."""

    def __repr__(self) -> str:
        """Say so."""
        return "NOTHING"


NOTHING: Final = _Nothing()


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that changed: `old` is `NOTHING` where it is new, `new` where it was taken away."""

    way: Way
    old: Any
    new: Any

    @property
    def is_order(self) -> bool:
        """Whether items of a list changed places: `old` and `new` are then their names."""
        return self.way[-1:] == (_ORDER,)


def edits(old: Any, new: Any, way: Way = ()) -> Iterator[Edit]:
    """Give the edits that make `new` of `old`, in the order of the keys of `new`; what was taken away comes last."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in (*new, *(key for key in old if key not in new)):
            yield from edits(old.get(key, NOTHING), new.get(key, NOTHING), (*way, str(key)))
        return
    if way and (key := naming(old)) and key == naming(new):
        before, after = items(old, key), items(new, key)
        for name in (*after, *(name for name in before if name not in after)):
            yield from edits(before.get(name, NOTHING), after.get(name, NOTHING), (*way, name))
        if list(after) != _expected(before, after):
            yield Edit((*way, _ORDER), tuple(before), tuple(after))
        return
    if not same(old, new):
        yield Edit(way, old, new)


def applied(data: Any, changes: Iterable[Edit]) -> Any:
    """Give what the edits make of a value, as plain dicts and lists; the value itself stays as it is."""
    made = plain(data)
    for each in changes:
        if not each.way:
            made = plain(each.new)
        elif each.is_order and isinstance(holder := _at(made, each.way[:-1]), list):  # a mapping may have a key of that name
            holder[:] = [_item(holder, name) for name in each.new]
        else:
            _put(_at(made, each.way[:-1]), each.way[-1], each.new)
    return made


def same(old: Any, new: Any) -> bool:
    """Whether two values say the same. A truth value is no number; `12` and `12.0` are the same number."""
    if isinstance(old, bool) != isinstance(new, bool):
        return False
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    if _is_list(old) and _is_list(new):
        return len(old) == len(new) and all(same(one, other) for one, other in zip(old, new, strict=True))
    return bool(old == new)


def naming(value: Any) -> str:
    """Give the key that tells the items of a list apart; empty where an item lacks it, two have the same, or there is no list with items."""
    if not _is_list(value) or not value or not all(isinstance(each, Mapping) for each in value):
        return ""
    texts = ((key, [each.get(key) for each in value]) for key in NAMING)
    return next((key for key, names in texts if all(isinstance(each, str) for each in names) and len(set(names)) == len(names)), "")


def items(value: Sequence[Mapping[str, Any]], key: str) -> dict[str, Any]:
    """Give the items of a list by their steps on a way: `id=A1`."""
    return {f"{key}={each[key]}": each for each in value}


def name_of(step: str) -> str:
    """Give what a step on a way names: `A1` of `id=A1`, and a key as it is."""
    key, mark, name = step.partition("=")
    return name if mark and key in NAMING else step


def plain(value: Any) -> Any:
    """Give a value as dicts and lists that may be changed."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if _is_list(value) else value


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _expected(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Give the order that the items have when what is gone is left out and what is new comes last."""
    return [*(name for name in before if name in after), *(name for name in after if name not in before)]


def _at(made: Any, way: Way) -> Any:
    for step in way:
        made = made[step] if isinstance(made, dict) else _item(made, step)
    return made


def _item(holder: list[Any], step: str) -> Any:
    return holder[_place(holder, step)]


def _place(holder: list[Any], step: str) -> int:
    """Give where an item is in its list; behind all others where it is not."""
    key, _, name = step.partition("=")
    return next((number for number, each in enumerate(holder) if isinstance(each, dict) and each.get(key) == name), len(holder))


def _put(holder: Any, step: str, value: Any) -> None:
    """Set, add or take away one value in a mapping or a list."""
    if isinstance(holder, dict):
        holder.pop(step, None)
        if value is not NOTHING:
            holder[step] = plain(value)
        return
    place = _place(holder, step)
    holder[place : place + 1] = [] if value is NOTHING else [plain(value)]
