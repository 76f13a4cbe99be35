"""Ratings of organisations by year: every number with its denominator, compared inside a peer group only, persons never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.record import Part, Record
from tusoi.views.order import Group, name_key
from tusoi.views.world import World, view

LEVELS: Final = ("excellent", "good", "completed", "not_completed")
NO_GROUP: Final = "Chưa xếp nhóm tương đồng"


@dataclass(frozen=True, slots=True)
class Rating:
    """One organisation's rating."""

    organisation: str
    level: str
    self_rating: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many reached a level."""

    level: str
    words: str


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Organisations that may be compared."""

    title: str
    ratings: tuple[Rating, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on ratings."""

    ref: str
    title: str
    scheme: str
    decided: str
    by: str
    document: str
    tally_by: str
    groups: tuple[PeerGroup, ...]
    totals: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """The board, the latest cycle first; the stories of sources apart."""

    cycles: tuple[Group[Decision], ...]
    told: tuple[Decision, ...]


@view
def decisions(world: World) -> Decisions:
    """Gather the ratings that were decided; what is only proposed is shown to members alone."""
    found = [record for record in world.register.of_kind("classification") if record.told or "decided" in record.data or not world.site.is_public]
    own: dict[str, list[Decision]] = {}
    for record in found:
        if not record.told:
            own.setdefault(str(record.data["cycle"]), []).append(_decision(world, record))
    latest = sorted(own, key=lambda each: (_end(world, each), each), reverse=True)
    told = sorted((record for record in found if record.told), key=lambda record: (name_key(world, record.organisation), record.id))
    return Decisions(tuple(Group(world.titles.full(each), tuple(own[each]), each) for each in latest), tuple(_decision(world, record) for record in told))


def _decision(world: World, record: Record) -> Decision:
    decided = record.get("decided") or {}
    return Decision(
        ref=record.id,
        title=world.titles.of_record(record),
        scheme=labels.scheme(str(record.data.get("scheme", ""))),
        decided=telling.on(decided.get("date")),
        by=str(decided.get("by", "")),
        document=str(decided.get("document", {}).get("number", "")),
        tally_by=str(decided.get("tally_by", "")),
        groups=_peer_groups(world, record),
        totals=tuple(_total(world, each, told=record.told) for each in record.data.get("totals", ())),
        told=record.told,
    )


def _peer_groups(world: World, record: Record) -> tuple[PeerGroup, ...]:
    groups: dict[str, list[Part]] = {}
    for part in record.parts_of("rating"):
        body = world.register.find(str(part.data.get("of", "")))
        groups.setdefault(str(body.data.get("peer_group", "")) if body else "", []).append(part)
    return tuple(_peer_group(world, title, groups[title]) for title in sorted(groups, key=lambda each: (not each, each)))


def _peer_group(world: World, title: str, parts: list[Part]) -> PeerGroup:
    ordered = sorted(parts, key=lambda part: name_key(world, str(part.data.get("of", ""))))
    stated = [str(part.data["level"]) for part in parts if "level" in part.data]
    unit = "đơn vị"
    shares = tuple(
        Share(level_words(world, level), telling.figure({"value": stated.count(level), "of": len(parts), "unit": unit}))
        for level in LEVELS
        if level in stated and len(stated) == len(parts)
    )
    return PeerGroup(title or (NO_GROUP if len(parts) > 1 else ""), tuple(_rating(world, part) for part in ordered), shares)


def _rating(world: World, part: Part) -> Rating:
    data = part.data
    level = str(data.get("stated") or level_words(world, str(data.get("level", ""))))
    reviews = (world.register.find(each) for each in data.get("basis", ()))
    own = next((str(each.data["self_rating"]) for each in reviews if isinstance(each, Record) and "self_rating" in each.data), "")
    return Rating(str(data.get("of", "")), level or labels.NOT_STATED, level_words(world, own), tuple(data.get("basis", ())))


def _total(world: World, stated: Mapping[str, Any], *, told: bool) -> str:
    level = level_words(world, str(stated.get("level", "")))
    reach = f"{level} trở lên" if stated.get("or_better") else level
    what = str(stated.get("what", "")) or reach
    words = telling.figure_line({**stated, "what": what}, told=told)
    return words if level.lower() in what.lower() else f"{words} (mức: {reach})"


def level_words(world: World, level: str) -> str:
    """Give the Vietnamese name of a level; empty where none is stated."""
    kind = world.kind("classification")
    return labels.word(kind.schema, "ratings", "level", level) if kind and level else ""


def _end(world: World, cycle: str) -> str:
    record = world.register.find(cycle)
    return str(record.data.get("to", "")) if isinstance(record, Record) else ""
