"""What sources tell, for the first page: what was wrong, what was done, who checked. A few stand in sight, each organisation in turn; none is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

from tusoi import telling
from tusoi.facts import FindingFacts
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views.in_short import InShort, of_finding
from tusoi.views.order import Group, by_name
from tusoi.views.organisations_board import top_of
from tusoi.views.world import World

_TELLING: Final = ("suggestion", "review", "inspection", "plan", "progress", "verification", "classification", "cycle")
"""The kinds that tell something, in the order in which it happens."""
_SHORT: Final = {
    "suggestion": N_("Được chỉ ra"),
    "review": N_("Tự kiểm điểm"),
    "inspection": N_("Kiểm tra, giám sát"),
    "plan": N_("Hứa sửa"),
    "progress": N_("Đã làm"),
}
_DEEDS: Final = 3
"""Actions that the first page names of one shortcoming; the page of the shortcoming has all."""
_IN_SIGHT: Final = 5
"""Stories that stand in sight: many are read by nobody."""
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One record that a source tells."""

    ref: str
    kind: str


@dataclass(frozen=True, slots=True)
class Story:
    """One shortcoming that a source tells of: where, what was wrong, how far it is and who checked, what was done, what came of it."""

    ref: str
    organisation: str
    above: str
    """The organisation directly above it; empty where there is none."""
    title: str
    state: InShort
    deeds: tuple[str, ...]
    more: int
    """Actions that are not named here."""
    outcome: str


@dataclass(frozen=True, slots=True)
class OtherRecords:
    """What else is told of one organisation, without a shortcoming."""

    organisation: str
    records: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """Everything that sources tell: a few stories, A–Z; those that open on demand; and by place what has no shortcoming."""

    shown: tuple[Story, ...]
    folded: tuple[Story, ...]
    others: tuple[Group[OtherRecords], ...]

    @property
    def number(self) -> int:
        """How many stories there are."""
        return len(self.shown) + len(self.folded)

    @property
    def is_there(self) -> bool:
        """Whether anything is told at all."""
        return bool(self.shown or self.others)


def stories_of(world: World) -> Stories:
    """Gather what sources tell."""
    told = _told(world)
    by_organisation = {each: tuple(_of(world, each, told[each])) for each in by_name(world, told)}
    in_turn = [story for story in chain.from_iterable(zip_longest(*by_organisation.values())) if story]
    chosen = {story.ref for story in in_turn[:_IN_SIGHT]}
    ordered = [story for stories in by_organisation.values() for story in stories]
    others = {each for each, stories in by_organisation.items() if not stories}
    return Stories(
        shown=tuple(story for story in ordered if story.ref in chosen),
        folded=tuple(story for story in ordered if story.ref not in chosen),
        others=_others(world, told, others),
    )


def _told(world: World) -> dict[str, list[Record]]:
    """Gather what sources tell, by organisation."""
    told: dict[str, list[Record]] = {}
    for record in world.register.of_kind(*_TELLING):
        if record.told and not record.withdrawn and record.organisation in world.facts.organisations:
            told.setdefault(record.organisation, []).append(record)
    return told


def _of(world: World, organisation: str, records: Iterable[Record]) -> Iterator[Story]:
    """Tell the shortcomings of an organisation, in the order of its records."""
    parents = world.facts.organisations[organisation].parents
    for record in records:
        for part in record.parts_of("finding"):
            if facts := world.facts.findings.get(part.ref):
                yield _story(world, organisation, parents[0] if parents else "", facts)


def _story(world: World, organisation: str, above: str, facts: FindingFacts) -> Story:
    data = facts.part.data
    deeds = [telling.shortened(str(action.part.data.get("content", "")), _LONGEST) for action in facts.actions]
    return Story(
        ref=facts.part.ref,
        organisation=organisation,
        above=above,
        title=telling.shortened(str(data.get("statement", "")), _LONGEST),
        state=of_finding(world, facts),
        deeds=tuple(deeds[:_DEEDS]) or ((str(data["remedy"]),) if "remedy" in data else ()),
        more=max(0, len(deeds) - _DEEDS),
        outcome=str(data.get("outcome", "")),
    )


def _others(world: World, told: dict[str, list[Record]], organisations: set[str]) -> tuple[Group[OtherRecords], ...]:
    """Gather what else is told by place, A–Z: the highest organisation first, then those below it."""
    places: dict[str, list[str]] = {}
    for organisation in by_name(world, organisations):
        places.setdefault(top_of(world, organisation), []).append(organisation)
    return tuple(_place(world, place, places[place], told) for place in by_name(world, places))


def _place(world: World, place: str, organisations: Iterable[str], told: dict[str, list[Record]]) -> Group[OtherRecords]:
    ordered = sorted(organisations, key=lambda each: each != place)
    return Group(world.titles.full(place), tuple(OtherRecords(each, _lines(world, told[each])) for each in ordered), place)


def _lines(world: World, records: list[Record]) -> tuple[StoryLine, ...]:
    ordered = sorted(records, key=lambda record: (_TELLING.index(record.kind), record.id))
    return tuple(StoryLine(record.id, _(_SHORT[record.kind]) if record.kind in _SHORT else world.titles.kind(record.kind)) for record in ordered)
