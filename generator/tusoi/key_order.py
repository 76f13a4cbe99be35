"""The order in which the keys of a record stand: what it is, what it says, its seals, and at the end what is said about the record as a whole.

Within a record's lists and mappings the keys stand as the schema has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tusoi.record import Kind

CLOSING: Final = ("held_elsewhere", "figures", "note", "withdrawn", "rows")
"""Keys that every kind has, and that are written after everything else: a note speaks about what stands above it, and a record is withdrawn when it is done."""


def order_of(kind: Kind) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Give what says which keys stand in which order, by the keys that lead there; positions in lists are left out."""
    seals = tuple(name for name in kind.seals if name in _keys(kind.schema))
    last = (*seals, *CLOSING)
    whole = (*(name for name in _keys(kind.schema) if name not in last), *last)

    def order(path: tuple[str, ...]) -> tuple[str, ...]:
        return _keys(_at(kind.schema, path)) if path else whole

    return order


def _at(schema: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
    """Give the schema of what these keys lead to; an empty one where it says nothing about it."""
    here = schema
    for key in path:
        here = here.get("properties", {}).get(key, {})
        while isinstance(here.get("items"), Mapping):
            here = here["items"]
    return here


def _keys(schema: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(schema.get("properties", ()))
