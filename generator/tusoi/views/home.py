"""The first page: what was promised, what became of it, where my organisation is; on a site of stories from articles, the stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tusoi import labels, telling
from tusoi.facts import FindingFacts, Tally
from tusoi.labels import Label
from tusoi.record import Record
from tusoi.views.findings import confirmation
from tusoi.views.order import Group, by_name
from tusoi.views.organisations_board import top_of
from tusoi.views.pieces import TallyView, finding_tally
from tusoi.views.world import World, view

_STORIES = ("suggestion", "review", "inspection", "plan", "progress", "verification", "classification", "cycle")
"""The kinds that tell something, in the order in which it happens."""
_SHORT = {"suggestion": "Được chỉ ra", "review": "Tự kiểm điểm", "inspection": "Kiểm tra, giám sát", "plan": "Hứa sửa", "progress": "Đã làm"}
_DEEDS = 3
"""Actions that the first page names of one shortcoming; the page of the shortcoming has all."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One record that a source tells."""

    ref: str
    kind: str


@dataclass(frozen=True, slots=True)
class StoryFinding:
    """One shortcoming that a source tells of: what was wrong, what was done, what came of it, who confirmed."""

    ref: str
    title: str
    deeds: tuple[str, ...]
    more: int
    """Actions that are not named here."""
    chip: Label
    outcome: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of one organisation: where it is, and its shortcomings."""

    organisation: str
    above: str
    """The organisation directly above it; empty where there is none."""
    findings: tuple[StoryFinding, ...]


@dataclass(frozen=True, slots=True)
class OtherRecords:
    """What else is told of one organisation, without a shortcoming."""

    organisation: str
    records: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the bar: where it begins and how wide it is, in percent."""

    tone: str
    shape: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Promises:
    """What was promised and what became of it."""

    tally: TallyView
    bar: tuple[Segment, ...]
    actions: int
    overdue: int
    organisations: int
    """Those that have named a finding."""


@dataclass(frozen=True, slots=True)
class Home:
    """The first page."""

    promises: Promises
    stories: tuple[Story, ...]
    """Those with a shortcoming, A–Z."""
    others: tuple[Group[OtherRecords], ...]
    """What else sources tell, by place."""
    only_stories: bool
    """Nothing here is an organisation's own record."""


@view
def home(world: World) -> Home:
    """Gather what the first page begins with."""
    whole: Tally = world.facts.whole
    own = {facts.organisation for facts in world.facts.counted_findings()}
    tally = finding_tally(whole)
    told = _told(world)
    stories = tuple(_stories(world, told))
    others = _others(world, told, {each.organisation for each in stories})
    kept = any(not record.told and record.kind not in ("project", "organisation", "role", "source", "document") for record in world.register.records.values())
    return Home(
        promises=Promises(tally, tuple(_bar(tally)), whole.action_total, whole.overdue, len(own)),
        stories=stories,
        others=others,
        only_stories=bool(stories or others) and not kept,
    )


def _bar(tally: TallyView) -> Iterator[Segment]:
    """Cut a bar into the shares of the states; the words and numbers stand below it."""
    start = 0
    for part in tally.some:
        yield Segment(part.label.tone, part.label.shape, _percent(start, tally.total), _percent(part.count, tally.total))
        start += part.count


def _percent(count: int, total: int) -> str:
    return f"{100 * count / total:.3f}"


def _told(world: World) -> dict[str, list[Record]]:
    """Gather what sources tell, by organisation."""
    told: dict[str, list[Record]] = {}
    for record in world.register.of_kind(*_STORIES):
        if record.told and record.organisation in world.facts.organisations:
            told.setdefault(record.organisation, []).append(record)
    return told


def _stories(world: World, told: dict[str, list[Record]]) -> Iterator[Story]:
    """Tell what was wrong and what became of it, by organisation A–Z."""
    for organisation in by_name(world, told):
        parts = [part.ref for record in told[organisation] for part in record.parts_of("finding")]
        findings = tuple(_finding(world, world.facts.findings[ref]) for ref in parts if ref in world.facts.findings)
        if findings:
            parents = world.facts.organisations[organisation].parents
            yield Story(organisation, parents[0] if parents else "", findings)


def _finding(world: World, facts: FindingFacts) -> StoryFinding:
    data = facts.part.data
    deeds = [telling.shortened(str(action.part.data.get("content", "")), 160) for action in facts.actions]
    said = confirmation(world, facts.part, facts)
    by = world.titles.full(said.by) if said.by else ""
    return StoryFinding(
        ref=facts.part.ref,
        title=telling.shortened(str(data.get("statement", "")), 160),
        deeds=tuple(deeds[:_DEEDS]) or ((str(data["remedy"]),) if "remedy" in data else ()),
        more=max(0, len(deeds) - _DEEDS),
        chip=labels.finding(facts),
        outcome=str(data.get("outcome", "")),
        confirmed=", ".join(each for each in (by, said.when) if each),
    )


def _others(world: World, told: dict[str, list[Record]], shown: set[str]) -> tuple[Group[OtherRecords], ...]:
    """Gather what else is told by place, A–Z: the highest organisation first, then those below it."""
    places: dict[str, list[str]] = {}
    for organisation in by_name(world, set(told) - shown):
        places.setdefault(top_of(world, organisation), []).append(organisation)
    return tuple(_place(world, place, places[place], told) for place in by_name(world, places))


def _place(world: World, place: str, organisations: Iterable[str], told: dict[str, list[Record]]) -> Group[OtherRecords]:
    ordered = sorted(organisations, key=lambda each: each != place)
    return Group(world.titles.full(place), tuple(OtherRecords(each, _lines(world, told[each])) for each in ordered), place)


def _lines(world: World, records: list[Record]) -> tuple[StoryLine, ...]:
    ordered = sorted(records, key=lambda record: (_STORIES.index(record.kind), record.id))
    return tuple(StoryLine(record.id, _SHORT.get(record.kind, world.titles.kind(record.kind))) for record in ordered)
