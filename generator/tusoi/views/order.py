"""Organisations in the only order there is: A–Z, as Vietnamese dictionaries have it. Never by what they did or did not do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tusoi.collation import SortKey, sort_key
from tusoi.views.world import World

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Group(Generic[Thing]):
    """An organisation, or another heading, and what belongs to it."""

    title: str
    rows: tuple[Thing, ...]
    ref: str = ""
    """The organisation's id; empty where the heading is none."""


def name_key(world: World, organisation: str) -> SortKey:
    """Give the key of an organisation: its full name."""
    return sort_key(world.titles.full(organisation))


def by_name(world: World, organisations: Iterable[str]) -> tuple[str, ...]:
    """Sort organisations A–Z, each once."""
    return tuple(sorted(set(organisations), key=lambda each: (name_key(world, each), each)))


def by_organisation(world: World, things: Iterable[Thing], organisation: Callable[[Thing], str]) -> tuple[Group[Thing], ...]:
    """Group things by organisation, A–Z; within a group they keep their order."""
    grouped: dict[str, list[Thing]] = {}
    for thing in things:
        grouped.setdefault(organisation(thing), []).append(thing)
    return tuple(Group(world.titles.full(each), tuple(grouped[each]), each) for each in by_name(world, grouped))
