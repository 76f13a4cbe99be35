"""Records that are there and were most likely meant where somebody wrote only a piece of an id: `2025` for a cycle, `pho-bi-thu` for a post, `F1`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tusoi.key_names import nearest, slug
from tusoi.kinds import Kinds

Known = Mapping[str, Mapping[str, Any]]
"""What each record says, by its id."""
MOST_NAMED: Final = 6
_PART: Final = re.compile(r"#?([A-Za-z][1-9][0-9]{0,3}(?:\.[A-Za-z][1-9][0-9]{0,3})?)")


def folders(kinds: Kinds, wanted: Iterable[str]) -> frozenset[str]:
    """Give the folders in which records of these kinds are kept, in the folder of an organisation or in the common one."""
    named = (kinds[each] for each in wanted if each in kinds)
    return frozenset(each.plural for each in named if each.plural != each.name and each.folder != "root")


def named(known: Known, own: str, plurals: frozenset[str], name: str) -> Sequence[str]:
    """Give the records of that name: the organisation's own; where it has none, those that name the organisation; else any."""
    there = [each for each in _within(known, plurals) if each.rpartition("/")[2] == slug(name)]
    return _closest(known, own, there) or there


def alike(known: Known, own: str, plurals: frozenset[str], name: str) -> str:
    """Give the organisation's own record whose name is nearest; empty where none is near."""
    there = {each.rpartition("/")[2]: each for each in _within(known, plurals) if each.startswith(f"{own}/")}
    return there.get(nearest(slug(name), there), "")


def usual(known: Known, own: str, plurals: frozenset[str]) -> Sequence[str]:
    """Give what a link to such a record may be here: the organisation's own records, or those that name it."""
    return _closest(known, own, _within(known, plurals))


def part_id(text: str) -> str:
    """Give the id of a part that a text is, as ids are written: `a1.m2` is A1.M2. Empty where it is none."""
    found = _PART.fullmatch(text.strip())
    return found[1].upper() if found else ""


def bases(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the records that a record is about: a part that is named alone is probably in one of them."""
    of = data.get("of")
    yield from (each.partition("#")[0] for each in ((of,) if isinstance(of, str) else of if isinstance(of, list | tuple) else ()) if isinstance(each, str))


def listed(ids: Sequence[str]) -> str:
    """Write ids for a message that puts them between marks of code; a few of them, where there are many."""
    return "`, `".join(ids[:MOST_NAMED])


def _within(known: Known, plurals: frozenset[str]) -> list[str]:
    return sorted(each for each in known if (pieces := each.split("/"))[1:2] and pieces[1] in plurals)


def _closest(known: Known, own: str, there: Sequence[str]) -> Sequence[str]:
    return [each for each in there if each.startswith(f"{own}/")] or [each for each in there if own in _texts(known[each])]


def _texts(value: Any) -> Iterator[str]:
    """Give the texts anywhere in a value."""
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for each in inner:
        yield from _texts(each)
