"""The first page: what was promised, what became of it, where my organisation is; on a site of stories from articles, the stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tusoi.facts import Tally
from tusoi.record import Record
from tusoi.views.order import Group, by_name
from tusoi.views.organisations_board import top_of
from tusoi.views.pieces import FindingLine, TallyView, finding_line, finding_tally
from tusoi.views.world import World, view

_STORIES = ("suggestion", "review", "inspection", "plan", "progress", "verification", "classification", "cycle")
"""The kinds that tell something, in the order in which it happens."""
_SHORT = {"suggestion": "Được chỉ ra", "review": "Tự kiểm điểm", "inspection": "Kiểm tra, giám sát", "plan": "Hứa sửa", "progress": "Đã làm"}


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One record that a source tells."""

    ref: str
    kind: str


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of one organisation: what was wrong, and the records that tell it."""

    organisation: str
    findings: tuple[FindingLine, ...]
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
    stories: tuple[Group[Story], ...]
    story_count: int
    """Organisations that stories are about."""
    only_stories: bool
    """Nothing here is an organisation's own record."""


@view
def home(world: World) -> Home:
    """Gather what the first page begins with."""
    whole: Tally = world.facts.whole
    own = {facts.organisation for facts in world.facts.counted_findings()}
    tally = finding_tally(whole)
    stories = _stories(world)
    kept = any(not record.told and record.kind not in ("project", "organisation", "role", "source", "document") for record in world.register.records.values())
    return Home(
        promises=Promises(tally, tuple(_bar(tally)), whole.action_total, whole.overdue, len(own)),
        stories=stories,
        story_count=sum(len(group.rows) for group in stories),
        only_stories=bool(stories) and not kept,
    )


def _bar(tally: TallyView) -> Iterator[Segment]:
    """Cut a bar into the shares of the states; the words and numbers stand below it."""
    start = 0
    for part in tally.some:
        yield Segment(part.label.tone, part.label.shape, _percent(start, tally.total), _percent(part.count, tally.total))
        start += part.count


def _percent(count: int, total: int) -> str:
    return f"{100 * count / total:.3f}"


def _stories(world: World) -> tuple[Group[Story], ...]:
    """Gather the stories by place, A–Z: the highest organisation first, then those below it."""
    told: dict[str, list[Record]] = {}
    for record in world.register.of_kind(*_STORIES):
        if record.told and record.organisation in world.facts.organisations:
            told.setdefault(record.organisation, []).append(record)
    places: dict[str, list[str]] = {}
    for organisation in by_name(world, told):
        places.setdefault(top_of(world, organisation), []).append(organisation)
    return tuple(_place(world, place, places[place], told) for place in by_name(world, places))


def _place(world: World, place: str, organisations: Iterable[str], told: dict[str, list[Record]]) -> Group[Story]:
    ordered = sorted(organisations, key=lambda each: each != place)
    return Group(world.titles.full(place), tuple(_story(world, each, told[each]) for each in ordered), place)


def _story(world: World, organisation: str, records: list[Record]) -> Story:
    findings = tuple(
        finding_line(world, world.facts.findings[part.ref]) for record in records for part in record.parts_of("finding") if part.ref in world.facts.findings
    )
    ordered = sorted(records, key=lambda record: (_STORIES.index(record.kind), record.id))
    lines = tuple(StoryLine(record.id, _SHORT.get(record.kind, world.titles.kind(record.kind))) for record in ordered)
    return Story(organisation, findings, lines)
