"""All organisations A–Z, by the names of today and by those before: for who looks without scripts, or does not know what to search for."""

from __future__ import annotations

from dataclasses import dataclass

from tusoi.views.order import by_name
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Listed:
    """The organisations of a site."""

    now: tuple[str, ...]
    before: tuple[tuple[str, tuple[str, ...]], ...]
    """Those that have ended, each with those that took it over."""


@view
def listed(world: World) -> Listed:
    """List every organisation once."""
    names = by_name(world, world.facts.organisations)
    known = [(each, world.facts.organisations[each]) for each in names]
    return Listed(
        now=tuple(each for each, facts in known if facts.in_force),
        before=tuple((each, by_name(world, facts.successors)) for each, facts in known if not facts.in_force),
    )
