"""Which level each organisation got in a cycle: what is only proposed is for members. Posts are found by no organisation's id, and so by nobody."""

from __future__ import annotations

from collections.abc import Mapping

from tusoi import cycle_reviews
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.scales import level_word
from tusoi.views.world import World


def bodies_of(world: World, cycle: Record) -> frozenset[str]:
    """Give the organisations that the scope of a cycle came to when it ended."""
    day, family = cycle_reviews.settled(cycle, world.facts.day), world.judgement.family
    return frozenset(body for each in cycle.get("scope") or () for body in family.standing(family.id(str(each)), day))


def levels(world: World, cycle: Record) -> Mapping[str, str]:
    """Give the level by the organisation that answered when the cycle ended: as decided, else, for members alone, as proposed."""
    proposed = {} if world.site.is_public else {of: _("{level} (đề xuất)", level=word) for of, word in _levels(world, cycle, is_decided=False).items()}
    return {**proposed, **decided(world, cycle)}


def decided(world: World, cycle: Record) -> Mapping[str, str]:
    """Give the decided levels alone."""
    return _levels(world, cycle, is_decided=True)


def _levels(world: World, cycle: Record, *, is_decided: bool) -> dict[str, str]:
    day, family = cycle_reviews.settled(cycle, world.facts.day), world.judgement.family
    found = (each for each, link in world.register.sources_of(cycle.id, "classification") if link.path == ("cycle",) and not each.told)
    parts = [part for each in found if ("decided" in each.data) is is_decided for part in each.parts_of("rating")]
    return {family.home(family.id(str(part.data["of"])), day): word for part in parts if (word := _word(world, part))}


def _word(world: World, part: Part) -> str:
    data = part.data
    return str(data.get("stated") or level_word(world, str(data.get("level", "")), str(part.record.data.get("scheme", ""))))
