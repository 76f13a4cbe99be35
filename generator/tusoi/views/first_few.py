"""The first of some things in sight, the others a tap away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tusoi.views.world import World, view

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class FirstFew(Generic[Thing]):
    """Things of which only the first stand in sight."""

    shown: tuple[Thing, ...]
    rest: tuple[Thing, ...]

    @property
    def more(self) -> int:
        """How many are a tap away."""
        return len(self.rest)


def first_few(things: Iterable[Thing], number: int) -> FirstFew[Thing]:
    """Leave so many in sight."""
    every = tuple(things)
    return FirstFew(every[:number], every[number:])


@view
def in_sight(world: World, things: Iterable[Thing], number: int) -> FirstFew[Thing]:  # noqa: ARG001 -- pages call it as they call a view
    """Leave so many in sight of what a page has at hand."""
    return first_few(things, number)
