"""Plans and actions by who has to do with them: who follows up which plans, and what a post was given to do. Always as a list, never as a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.dates import is_past, span
from tusoi.record import Part, Record
from tusoi.views.pieces import rhythm
from tusoi.views.world import World

_LAST = "9999"


@dataclass(frozen=True, slots=True)
class OwnAction:
    """An action in the list of who does it."""

    ref: str
    content: str
    due: str
    """The last agreed date, or the rhythm of a recurring duty; empty where none is stated."""


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan with those of its actions that one post does."""

    plan: str
    actions: tuple[OwnAction, ...]


def since_ended(world: World, ref: str) -> str:
    """Say of an organisation that is no more who took it over, or that it has ended; empty where it stands, or where the link names no organisation."""
    thing = world.register.find(ref) if ref else None
    if not isinstance(thing, Record) or thing.kind != "organisation":
        return ""
    family, day = world.judgement.family, world.facts.day
    if (now := family.home(thing.id, day)) != thing.id:
        return f"nay {world.titles.full(now)}"
    return f"đã kết thúc hoạt động {telling.on(thing.get('to'))}" if is_past(thing.get("to"), day) else ""


def followed_plans(world: World, *refs: str) -> tuple[str, ...]:
    """Give the plans that an organisation or its groups follow up, by their owners and titles, A–Z."""
    found = {each.id: each for ref in refs for each, link in world.register.sources_of(ref, "plan") if link.path == ("followed_by",)}
    return _in_order(world, found.values())


def accountable_for(world: World, role: Record) -> tuple[str, ...]:
    """Give the plans for which a post answers as a whole, by their owners and titles, A–Z."""
    found = {each.id: each for each, link in world.register.sources_of(role.id, "plan") if link.path == ("accountable",)}
    return _in_order(world, found.values())


def owned_actions(world: World, role: Record) -> tuple[OwnPlan, ...]:
    """Give the actions that a post does: plan by plan, A–Z, and inside a plan by their dates."""
    plans: dict[str, Record] = {}
    own: dict[str, list[Part]] = {}
    for each, link in world.register.sources_of(role.id, "plan"):
        if link.path[-1] == "owner":
            plans[each.id] = each
            own.setdefault(each.id, []).extend(part for part in each.parts_of("action") if part.path == link.path[: len(part.path)])
    return tuple(OwnPlan(ref, tuple(_action(world, part) for part in sorted(own[ref], key=_when))) for ref in _in_order(world, plans.values()))


def _action(world: World, part: Part) -> OwnAction:
    facts = world.facts.actions.get(part.ref)
    due = telling.day(facts.due) if facts else telling.day(part.data.get("due"))
    return OwnAction(part.ref, str(part.data.get("content", "")), rhythm(part.data) or (f"Hạn {due}" if due else ""))


def _when(part: Part) -> tuple[str, tuple[str | int, ...]]:
    when = span(part.data.get("due") or part.data.get("from"))
    return when.last.isoformat() if when else _LAST, part.path


def _in_order(world: World, plans: Iterable[Record]) -> tuple[str, ...]:
    titles = {each.id: (sort_key(world.titles.full(each.organisation)), sort_key(world.titles.of_record(each)), each.id) for each in plans}
    return tuple(sorted(titles, key=lambda ref: titles[ref]))
