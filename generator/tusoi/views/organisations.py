"""An organisation: what was found and how far it is, plans and progress, ratings, what superiors pointed out, who oversees it, the stories told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.dates import in_force
from tusoi.facts import OrganisationFacts, Postponed
from tusoi.labels import Label
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.cycles import by_title
from tusoi.views.first_few import FirstFew, first_few
from tusoi.views.followed import SUGGESTION, purpose
from tusoi.views.organisation_findings import Found, found_of, latest_day
from tusoi.views.organisation_lineage import Kin, predecessors, successors
from tusoi.views.organisation_record import PETITIONS, SHOWN
from tusoi.views.owned import actions_of, records_of
from tusoi.views.pieces import enum_word, occasion
from tusoi.views.scales import level_word, scheme_word
from tusoi.views.threads import Story, story
from tusoi.views.world import World, view

_SUGGESTIONS: Final = 1
"""So many stand in sight: each has many lines of its own."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan and how far its actions are."""

    ref: str
    chip: Label | None
    done: int
    total: int
    overdue: int
    told: bool
    taken_over: str = ""
    """Whose it is, where another organisation made it and this one answers for it now."""


@dataclass(frozen=True, slots=True)
class PostponementLine:
    """A request to move a date: of what, from when to when, and what came of it."""

    ref: str
    of: str
    words: str
    chip: Label


@dataclass(frozen=True, slots=True)
class RatingYear:
    """A rating of this organisation in a cycle."""

    cycle: str
    level: str
    stated: str
    scheme: str
    """The name of the scale; empty where none is stated."""
    stage: Label | None
    ref: str
    told: bool
    decided: str = ""
    """When it was decided."""
    basis: tuple[str, ...] = ()
    """The records that it rests on."""


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """What a superior pointed out, and which answers there are."""

    ref: str
    by: str
    when: str
    steps: tuple[Label, ...]
    raised: tuple[str, ...] = ()
    """What was pointed out."""
    answer: str = ""
    """What was said back to it, where anything was."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list."""

    ref: str
    when: str
    chip: Label | None


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The page of an organisation."""

    title: str
    type: str
    in_force: bool
    period: str
    parents: tuple[str, ...]
    children: tuple[str, ...]
    managed_by: tuple[str, ...]
    overseen_by: tuple[str, ...]
    peer_group: str
    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]
    found: Found
    plans: tuple[PlanLine, ...]
    postponements: tuple[PostponementLine, ...]
    """The latest first."""
    suggestions: FirstFew[SuggestionLine]
    inspections: tuple[RecordLine, ...]
    ratings: tuple[RatingYear, ...]
    reviews: tuple[RecordLine, ...]
    reports: tuple[RecordLine, ...]
    roles: tuple[str, ...]
    speaks: tuple[tuple[str, str, tuple[RecordLine, ...]], ...]
    """What else is in its folder, by kind: what it suggested, verified, decided."""
    stories: tuple[Story, ...]
    told_records: tuple[RecordLine, ...]
    has_own: bool
    """Whether anything but stories is known."""
    told: bool


@view
def organisation(world: World, record: Record) -> OrganisationView:
    """Tell everything about an organisation."""
    facts = world.facts.organisations.get(record.id)
    data = record.data
    found = found_of(world, record.id)
    records = [each for each in records_of(world, record.id) if not each.withdrawn and each.id != record.id]
    asked = [each for each in _suggestions(world, record) if purpose(each) == SUGGESTION]
    stories = tuple(story(world, each) for each in asked if each.told)
    own_records = [each for each in records if not each.told]
    requests = _postponements(world, record)
    return OrganisationView(
        title=world.titles.of_record(record),
        type=enum_word(world, record, "type"),
        in_force=facts.in_force if facts else True,
        period=telling.between(data.get("from"), data.get("to")),
        parents=_parents(record, facts),
        children=by_title(world, facts.children) if facts else (),
        managed_by=tuple(data.get("managed_by", ())),
        overseen_by=tuple(row["role"] for row in data.get("overseen_by", ()) if "role" in row and in_force(row.get("from"), row.get("to"), world.site.day)),
        peer_group=str(data.get("peer_group", "")),
        predecessors=tuple(predecessors(world, record)),
        successors=tuple(successors(world, record)),
        found=found,
        plans=tuple(_plans(world, record, own_records)),
        postponements=requests,
        suggestions=first_few((_suggestion(world, each) for each in asked if not each.told), _SUGGESTIONS),
        inspections=_records(world, _inspections(world, record)),
        ratings=tuple(_ratings(world, record)),
        reviews=_records(world, (each for each in own_records if each.kind == "review")),
        reports=_records(world, (each for each in own_records if each.kind == "progress")),
        roles=tuple(each.id for each in own_records if each.kind == "role"),
        speaks=tuple(_speaks(world, [each for each in own_records if each.id not in {line.ref for line in requests}])),
        stories=stories,
        told_records=_records(world, (each for each in _told(world, record, records))),
        has_own=bool(found.open or found.settled or found.drafts or any(each.kind != "role" for each in own_records)),
        told=record.told,
    )


def _parents(record: Record, facts: OrganisationFacts | None) -> tuple[str, ...]:
    if facts and facts.in_force:
        return facts.parents
    return tuple(row["of"] for row in record.data.get("parents", ()) if "of" in row)


def _plans(world: World, organisation: Record, own: Iterable[Record]) -> Iterator[PlanLine]:
    """Give the plans of an organisation, the latest first, then those for whose actions it answers since it took over who made them."""
    made = sorted((each for each in own if each.kind == "plan"), key=lambda each: (latest_day(each), each.id), reverse=True)
    yield from (_plan(world, each) for each in made)
    taken = {each.part.record.id: each.part.record for each in actions_of(world, organisation.id)}
    others = [each for each in taken.values() if each.organisation != organisation.id]
    others.sort(key=lambda each: (latest_day(each), each.id), reverse=True)
    yield from (replace(_plan(world, each), taken_over=each.organisation) for each in others)


def _plan(world: World, record: Record) -> PlanLine:
    facts = [world.facts.actions[part.ref] for part in record.parts_of("action") if part.ref in world.facts.actions]
    overdue = sum(bool(each.overdue_days) and not each.draft for each in facts)
    return PlanLine(record.id, labels.stage(record, world.kind("plan"), world.facts.day), sum(each.done for each in facts), len(facts), overdue, record.told)


def _postponements(world: World, organisation: Record) -> tuple[PostponementLine, ...]:
    """Give what was asked for the actions for which an organisation answers, and for their milestones."""
    found: dict[str, Postponed] = {}
    for action in actions_of(world, organisation.id):
        asked = (*action.postponements, *(each for milestone in action.milestones for each in milestone.postponements))
        found |= {each.record.id: each for each in asked}
    ordered = sorted(found.values(), key=lambda each: (each.asked, each.record.id), reverse=True)
    return tuple(PostponementLine(each.record.id, str(each.record.get("of") or ""), _asked(each), labels.postponement(each)) for each in ordered)


def _asked(each: Postponed) -> str:
    asked, to = telling.day(each.asked), telling.day(each.to)
    if each.then is None:
        return _("Đề nghị ngày {asked}: sang hạn {to}", asked=asked, to=to)
    return _("Đề nghị ngày {asked}: từ hạn {old} sang hạn {to}", asked=asked, old=telling.day(each.then), to=to)


def _suggestions(world: World, record: Record) -> list[Record]:
    """Give what was suggested to this organisation, newest first."""
    found = {each.id: each for each, link in world.register.sources_of(record.id, "suggestion") if link.path[0] == "to"}
    return sorted(found.values(), key=lambda each: (latest_day(each), each.id), reverse=True)


def _inspections(world: World, record: Record) -> Iterator[Record]:
    """Give the inspections of this organisation; what residents asked has a section of its own."""
    for each, link in world.register.sources_of(record.id, "inspection"):
        if link.path[0] == "about" and not each.told and each.get("channel") not in PETITIONS:
            yield each


def _suggestion(world: World, record: Record) -> SuggestionLine:
    told = story(world, record)
    if "issued" not in record.data:  # nobody has been asked anything yet
        return SuggestionLine(record.id, told.by, told.when, (labels.STAGE["draft"],))
    steps = [labels.step(step.name, draft=step.is_draft) if step.events else labels.not_there(step.absent) for step in told.steps[1:]]
    answer = next((event.text for step in told.steps[1:2] for event in step.events if event.text), "")
    return SuggestionLine(record.id, told.by, told.when, tuple(steps), told.raised, answer)


def _ratings(world: World, record: Record) -> Iterator[RatingYear]:
    kind = world.kind("classification")
    rows = [part for part in world.register.parts("rating") if part.data.get("of") == record.id]
    for part in sorted(rows, key=lambda each: (latest_day(each.record), each.ref), reverse=True):
        whole = part.record
        if world.site.is_public and "decided" not in whole.data and not whole.told:
            continue
        level = level_word(world, str(part.data.get("level", "")), str(whole.data.get("scheme", "")))
        stage = None if whole.told else labels.stage(whole, kind, world.facts.day)
        stated, scheme = str(part.data.get("stated", "")), scheme_word(world, whole)
        yield RatingYear(
            cycle=str(whole.data.get("cycle", "")),
            level=level,
            stated=stated,
            scheme=scheme,
            stage=stage,
            ref=f"{whole.id}#{part.id}",
            told=whole.told,
            decided=telling.day(whole.get("decided", "date")),
            basis=tuple(str(each) for each in part.data.get("basis", ())),
        )


def _records(world: World, records: Iterable[Record]) -> tuple[RecordLine, ...]:
    found = {each.id: each for each in records}
    ordered = sorted(found.values(), key=lambda each: (latest_day(each), each.id), reverse=True)
    return tuple(
        RecordLine(each.id, _unsaid(world, each), None if each.told else labels.stage(each, world.kind(each.kind), world.facts.day)) for each in ordered
    )


def _unsaid(world: World, record: Record) -> str:
    """Give when it was, unless its title says so."""
    when = occasion(world, record)
    return "" if " ".join(when.split()) in " ".join(world.titles.of_record(record).split()) else when


def _speaks(world: World, records: list[Record]) -> Iterator[tuple[str, str, tuple[RecordLine, ...]]]:
    """Give the records that stand in no other section, by kind."""
    shown = {"plan", "review", "progress", "role"} | SHOWN
    for kind in sorted({each.kind for each in records} - shown, key=lambda name: sort_key(world.titles.kind(name))):
        yield kind, world.titles.kind(kind), _records(world, (each for each in records if each.kind == kind))


def _told(world: World, record: Record, records: list[Record]) -> Iterator[Record]:
    """Give the stories that no suggestion begins: told records of this organisation, and told ones about it."""
    yield from (each for each in records if each.told and each.kind not in ("organisation", "role"))
    for link in world.register.links_to(record.id):
        other = world.register.records[link.source]
        if other.told and not other.withdrawn and other.kind in ("inspection", "suggestion"):
            yield other
