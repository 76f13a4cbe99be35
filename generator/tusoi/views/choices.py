"""Every name by which a reader may look for an organisation, A–Z: those of today, and those from before a merger, which lead to who answers now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.facts import OrganisationFacts
from tusoi.views.world import World, view

_FEW: Final = 12
"""Names that stand in sight: more of them are found by typing, or open on demand."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One name."""

    name: str
    ref: str
    """Where it leads; empty where the name is one of before."""
    short: str = ""
    """A shorter name that is no part of the whole."""
    how: str = ""
    """What happened to it: `merged`, `renamed` or `split`."""
    now: tuple[str, ...] = ()
    """Who answers for it now."""
    since: str = ""
    ended: str = ""
    """When it ended, where nobody followed it."""
    has_promised: bool = False
    """Whether shortcomings or promises of it are told here."""


@dataclass(frozen=True, slots=True)
class Choices:
    """All names, and how many of them are those of today."""

    names: tuple[Choice, ...]
    number: int

    @property
    def first(self) -> tuple[Choice, ...]:
        """Those of today that most come for, as long as they are few: who named shortcomings or promised something."""
        found = tuple(each for each in self.names if each.has_promised)
        return found if len(found) <= _FEW < len(self.names) else ()

    @property
    def are_few(self) -> bool:
        """Whether all names stand in sight."""
        return len(self.names) <= _FEW


@view
def choices(world: World) -> Choices:
    """Gather the names: of organisations that keep records here, or, where there is none, of those that sources tell of."""
    bodies = world.facts.organisations
    own = [each for each in bodies.values() if not each.record.told]
    found = sorted(_choices(world, own or bodies.values()), key=lambda each: (sort_key(each.name), each.ref))
    return Choices(tuple(found), sum(not (each.now or each.ended) for each in found))


def _choices(world: World, bodies: Iterable[OrganisationFacts]) -> Iterator[Choice]:
    for each in bodies:
        ref, name = each.record.id, world.titles.full(each.record.id)
        short = str(each.record.data.get("short_name", ""))
        short = "" if short.casefold() in name.casefold() else short
        if each.in_force:
            yield Choice(name, ref, short, has_promised=bool(each.own.finding_total or each.own.action_total))
        elif each.successors:
            how, since = _ending(world, each)
            now = dict.fromkeys(world.judgement.family.home(heir, world.facts.day) for heir in each.successors)
            yield Choice(name, ref, short, how, tuple(now), since)
        else:
            yield Choice(name, ref, short, ended=telling.on(each.record.data.get("to")))


def _ending(world: World, facts: OrganisationFacts) -> tuple[str, str]:
    """Say how an organisation ended, and when."""
    for heir in facts.successors:
        for row in world.facts.organisations[heir].record.data.get("lineage", ()):
            thing = world.register.find(str(row.get("of", "")))
            if thing is not None and thing.ref == facts.record.id:
                return str(row.get("how", "")), telling.on(row.get("date"))
    return "", ""
