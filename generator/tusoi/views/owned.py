"""What belongs to whom: the records, findings and actions of an organisation, who follows up which plans, and what a post was given to do; never how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.dates import is_past, span
from tusoi.facts import ActionFacts, FindingFacts
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.pieces import rhythm
from tusoi.views.world import World

Thing = TypeVar("Thing")
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


def records_of(world: World, organisation: str) -> tuple[Record, ...]:
    """Give all records in the folder of an organisation, that of itself among them."""
    return world.once("records by organisation", _records).get(organisation, ())


def findings_of(world: World, organisation: str) -> tuple[FindingFacts, ...]:
    """Give what was found of an organisation, and what it answers for since it took over of whom it was found."""
    return world.once("findings by organisation", _findings).get(organisation, ())


def actions_of(world: World, organisation: str) -> tuple[ActionFacts, ...]:
    """Give the actions that count for which an organisation answers."""
    return world.once("actions by organisation", _actions).get(organisation, ())


def since_ended(world: World, ref: str) -> str:
    """Say of an organisation that is no more who took it over, or that it has ended; empty where it stands, or where the link names no organisation."""
    thing = world.register.find(ref) if ref else None
    if not isinstance(thing, Record) or thing.kind != "organisation":
        return ""
    family, day = world.judgement.family, world.facts.day
    if (now := family.home(thing.id, day)) != thing.id:
        return _("nay {organisation}", organisation=world.titles.full(now))
    return _("đã kết thúc hoạt động {when}", when=telling.on(thing.get("to"))) if is_past(thing.get("to"), day) else ""


def plans_followed_by(world: World, organisation: str) -> tuple[str, ...]:
    """Give the plans of others that an organisation follows up itself or through a group that it set up."""
    groups = (each.id for each in records_of(world, organisation) if each.kind == "group" and not each.withdrawn)
    return tuple(each for each in followed_plans(world, organisation, *groups) if world.register.records[each].organisation != organisation)


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


def _records(world: World) -> Mapping[str, tuple[Record, ...]]:
    return _grouped((each.organisation, each) for each in world.register.records.values())


def _findings(world: World) -> Mapping[str, tuple[FindingFacts, ...]]:
    return _grouped((whose, each) for each in world.facts.findings.values() for whose in dict.fromkeys((each.organisation, each.about)))


def _actions(world: World) -> Mapping[str, tuple[ActionFacts, ...]]:
    return _grouped((each.organisation, each) for each in world.facts.counted_actions())


def _grouped(pairs: Iterable[tuple[str, Thing]]) -> Mapping[str, tuple[Thing, ...]]:
    found: dict[str, list[Thing]] = {}
    for whose, each in pairs:
        found.setdefault(whose, []).append(each)
    return {whose: tuple(all_of_it) for whose, all_of_it in found.items()}


def _action(world: World, part: Part) -> OwnAction:
    facts = world.facts.actions.get(part.ref)
    due = telling.day(facts.due) if facts else telling.day(part.data.get("due"))
    return OwnAction(part.ref, str(part.data.get("content", "")), rhythm(part.data) or (_("Hạn {due}", due=due) if due else ""))


def _when(part: Part) -> tuple[str, tuple[str | int, ...]]:
    when = span(part.data.get("due") or part.data.get("from"))
    return when.last.isoformat() if when else _LAST, part.path


def _in_order(world: World, plans: Iterable[Record]) -> tuple[str, ...]:
    titles = {each.id: (sort_key(world.titles.full(each.organisation)), sort_key(world.titles.of_record(each)), each.id) for each in plans}
    return tuple(sorted(titles, key=lambda ref: titles[ref]))
