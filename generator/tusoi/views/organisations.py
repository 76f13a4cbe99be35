"""An organisation: what was found and how far it is, plans and progress, ratings, what superiors pointed out, who oversees it, the stories told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.dates import in_force, span
from tusoi.facts import FindingFacts, OrganisationFacts
from tusoi.labels import Label
from tusoi.record import Record
from tusoi.views.cycles import by_title
from tusoi.views.findings import raised_by
from tusoi.views.followed import SUGGESTION, purpose
from tusoi.views.organisation_record import PETITIONS, SHOWN
from tusoi.views.pieces import FindingLine, TallyView, enum_word, finding_line, finding_tally, occasion
from tusoi.views.scales import level_word, scheme_word
from tusoi.views.threads import Story, story
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Kin:
    """A body that came before or after this one."""

    ref: str
    words: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan and how far its actions are."""

    ref: str
    chip: Label | None
    done: int
    total: int
    overdue: int
    told: bool


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


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """What a superior pointed out, and which answers there are."""

    ref: str
    by: str
    when: str
    steps: tuple[Label, ...]


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
    tally: TallyView
    whole: TallyView | None
    """With everything below it; only where there is something below."""
    findings: tuple[FindingLine, ...]
    plans: tuple[PlanLine, ...]
    suggestions: tuple[SuggestionLine, ...]
    inspections: tuple[RecordLine, ...]
    ratings: tuple[RatingYear, ...]
    reviews: tuple[RecordLine, ...]
    reports: tuple[RecordLine, ...]
    roles: tuple[str, ...]
    speaks: tuple[tuple[str, tuple[RecordLine, ...]], ...]
    """What else is in its folder, by kind: what it suggested, verified, decided."""
    stories: tuple[Story, ...]
    told_findings: tuple[FindingLine, ...]
    told_records: tuple[RecordLine, ...]
    has_own: bool
    """Whether anything but stories is known."""
    told: bool


@view
def organisation(world: World, record: Record) -> OrganisationView:
    """Tell everything about an organisation."""
    facts = world.facts.organisations.get(record.id)
    data = record.data
    about = [each for each in world.facts.findings.values() if record.id in (each.organisation, each.about)]
    own = [each for each in about if not each.told]
    records = [each for each in world.register.records.values() if each.organisation == record.id and not each.withdrawn and each.id != record.id]
    stories = tuple(story(world, each) for each in _suggestions(world, record) if each.told and purpose(each) == SUGGESTION)
    own_records = [each for each in records if not each.told]
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
        predecessors=tuple(_predecessors(world, record)),
        successors=tuple(_successors(world, record)),
        tally=finding_tally(facts.own) if facts else TallyView((), 0),
        whole=finding_tally(facts.whole) if facts and facts.children and facts.whole.finding_total > facts.own.finding_total else None,
        findings=_lines(world, own),
        plans=tuple(_plan(world, each) for each in own_records if each.kind == "plan"),
        suggestions=tuple(_suggestion(world, each) for each in _suggestions(world, record) if not each.told and purpose(each) == SUGGESTION),
        inspections=_records(world, _inspections(world, record)),
        ratings=tuple(_ratings(world, record)),
        reviews=_records(world, (each for each in own_records if each.kind == "review")),
        reports=_records(world, (each for each in own_records if each.kind == "progress")),
        roles=tuple(each.id for each in own_records if each.kind == "role"),
        speaks=tuple(_speaks(world, own_records)),
        stories=stories,
        told_findings=_lines(world, [each for each in about if each.told]),
        told_records=_records(world, (each for each in _told(world, record, records))),
        has_own=bool(own or any(each.kind != "role" for each in own_records)),
        told=record.told,
    )


def _parents(record: Record, facts: OrganisationFacts | None) -> tuple[str, ...]:
    if facts and facts.in_force:
        return facts.parents
    return tuple(row["of"] for row in record.data.get("parents", ()) if "of" in row)


def _predecessors(world: World, record: Record) -> Iterator[Kin]:
    kind = world.kind("organisation")
    for row in record.data.get("lineage", ()):
        how = labels.word(kind.schema, "lineage", "how", str(row.get("how", ""))) if kind else ""
        yield Kin(str(row.get("of", "")), f"{how} {telling.on(row.get('date'))}".strip())


def _successors(world: World, record: Record) -> Iterator[Kin]:
    kind = world.kind("organisation")
    for heir, link in world.register.sources_of(record.id, "organisation"):
        if link.path[0] == "lineage":
            row = heir.get(*link.path[:2])
            how = labels.word(kind.schema, "lineage", "how", str(row.get("how", ""))) if kind else ""
            yield Kin(heir.id, f"{how} {telling.on(row.get('date'))}".strip())


def _lines(world: World, findings: Iterable[FindingFacts]) -> tuple[FindingLine, ...]:
    """Newest occasions first; inside one, in the order of the record."""
    by_record: dict[str, list[FindingFacts]] = {}
    for each in findings:
        by_record.setdefault(each.part.record.id, []).append(each)
    records = sorted(by_record, key=lambda ref: (_when(world.register.records[ref]), ref), reverse=True)
    return tuple(_line(world, each) for ref in records for each in by_record[ref])


def _line(world: World, facts: FindingFacts) -> FindingLine:
    """Make a line of a finding that says who raised it, as its own page does; a review that says nothing of it is the organisation's own."""
    line = finding_line(world, facts)
    raised = [each.words for each in raised_by(world, facts.part)]
    if facts.part.record.kind != "review" or not raised:
        return line
    return replace(line, found_by=f"{'; '.join(raised)} ({occasion(world, facts.part.record)})")


def _when(record: Record) -> str:
    for key in ("concluded", "submitted", "issued", "approved", "decided", "opened", "announced", "proposed"):
        if when := span(record.get(key, "date")):
            return when.last.isoformat()
    when = span(record.get("date") or record.get("to") or record.get("from"))
    return when.last.isoformat() if when else ""


def _plan(world: World, record: Record) -> PlanLine:
    facts = [world.facts.actions[part.ref] for part in record.parts_of("action") if part.ref in world.facts.actions]
    overdue = sum(bool(each.overdue_days) and not each.draft for each in facts)
    return PlanLine(record.id, labels.stage(record, world.kind("plan"), world.facts.day), sum(each.done for each in facts), len(facts), overdue, record.told)


def _suggestions(world: World, record: Record) -> list[Record]:
    """Give what was suggested to this organisation, newest first."""
    found = {each.id: each for each, link in world.register.sources_of(record.id, "suggestion") if link.path[0] == "to"}
    return sorted(found.values(), key=lambda each: (_when(each), each.id), reverse=True)


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
    return SuggestionLine(record.id, told.by, told.when, tuple(steps))


def _ratings(world: World, record: Record) -> Iterator[RatingYear]:
    kind = world.kind("classification")
    rows = [part for part in world.register.parts("rating") if part.data.get("of") == record.id]
    for part in sorted(rows, key=lambda each: (_when(each.record), each.ref), reverse=True):
        whole = part.record
        if world.site.is_public and "decided" not in whole.data and not whole.told:
            continue
        level = level_word(world, str(part.data.get("level", "")), str(whole.data.get("scheme", "")))
        stage = None if whole.told else labels.stage(whole, kind, world.facts.day)
        stated, scheme = str(part.data.get("stated", "")), scheme_word(world, whole)
        yield RatingYear(str(whole.data.get("cycle", "")), level, stated, scheme, stage, f"{whole.id}#{part.id}", whole.told)


def _records(world: World, records: Iterable[Record]) -> tuple[RecordLine, ...]:
    found = {each.id: each for each in records}
    ordered = sorted(found.values(), key=lambda each: (_when(each), each.id), reverse=True)
    return tuple(
        RecordLine(each.id, _unsaid(world, each), None if each.told else labels.stage(each, world.kind(each.kind), world.facts.day)) for each in ordered
    )


def _unsaid(world: World, record: Record) -> str:
    """Give when it was, unless its title says so."""
    when = occasion(world, record)
    return "" if " ".join(when.split()) in " ".join(world.titles.of_record(record).split()) else when


def _speaks(world: World, records: list[Record]) -> Iterator[tuple[str, tuple[RecordLine, ...]]]:
    shown = {"plan", "review", "progress", "role"} | SHOWN
    for kind in sorted({each.kind for each in records} - shown, key=lambda name: sort_key(world.titles.kind(name))):
        yield world.titles.kind(kind), _records(world, (each for each in records if each.kind == kind))


def _told(world: World, record: Record, records: list[Record]) -> Iterator[Record]:
    """Give the stories that no suggestion begins: told records of this organisation, and told ones about it."""
    yield from (each for each in records if each.told and each.kind not in ("organisation", "role"))
    for link in world.register.links_to(record.id):
        other = world.register.records[link.source]
        if other.told and not other.withdrawn and other.kind in ("inspection", "suggestion"):
            yield other
