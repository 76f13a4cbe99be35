"""Ratings of organisations by year: every number with its denominator, compared inside a peer group only, persons never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views import board
from tusoi.views.board import Board, BoardGroup, Column, Row
from tusoi.views.order import Group, name_key
from tusoi.views.quota_board import NO_GROUP, Shares, quota_readings
from tusoi.views.scales import level_word, levels_of, scheme_word
from tusoi.views.world import World, view


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
    body: str
    """The organisation that decided: where its record is kept."""
    signed_by: str
    """The post that signed."""
    document: str
    tally_by: str
    groups: tuple[PeerGroup, ...]
    totals: tuple[str, ...]
    quota: Shares
    """The share of the highest level, by every reading of its limit."""
    told: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """The board, the latest cycle first; the stories of sources apart."""

    cycles: tuple[Group[Decision], ...]
    told: tuple[Decision, ...]


_COLUMNS: Final = (
    Column("don-vi", "Đơn vị", filterable=True),
    Column("ky", "Kỳ kiểm điểm", filterable=True),
    Column("muc", "Mức đã quyết định", filterable=True),
    Column("tu-xep", "Đơn vị tự xếp"),
    Column("noi", "Nơi quyết định", filterable=True),
    Column("thang", "Thang xếp loại"),
    Column("can-cu", "Căn cứ"),
)


@view
def rated(world: World) -> Board:
    """Lay out the decided ratings as a board, by peer group: only inside one may organisations be compared."""
    lines: dict[str, list[tuple[str, Decision, Rating]]] = {}
    for cycle in decisions.make(world).cycles:
        for decision in cycle.rows:
            for group in decision.groups:
                lines.setdefault(group.title, []).extend((cycle.ref, decision, rating) for rating in group.ratings)
    ordered = sorted(lines, key=lambda title: (not title, sort_key(title)))
    groups = tuple(BoardGroup(title or _(NO_GROUP), _lines(world, lines[title])) for title in ordered)
    return Board(
        "xep-loai",
        _COLUMNS,
        groups,
        _("Chưa có quyết định xếp loại nào. Mức đề xuất chưa được quyết định thì không công khai."),
        by=Column("nhom", "Nhóm tương đồng", filterable=True),
    )


def _lines(world: World, found: list[tuple[str, Decision, Rating]]) -> tuple[Row, ...]:
    """A–Z; of one organisation the latest cycle stands first, as in the list of decisions."""
    ordered = sorted(found, key=lambda each: (name_key(world, each[2].organisation), each[2].organisation))
    return tuple(_line(world, *each) for each in ordered)


def _line(world: World, cycle: str, decision: Decision, rating: Rating) -> Row:
    return Row(
        (
            board.link(world, rating.organisation),
            board.link(world, cycle),
            board.words(rating.level),
            board.words(rating.self_rating),
            board.link(world, decision.ref.partition("/")[0]),
            board.words(decision.scheme),
            board.several(board.link(world, ref) for ref in rating.basis) if rating.basis else board.BLANK,
        )
    )


@view
def decisions(world: World) -> Decisions:
    """Gather the ratings that were decided; what is only proposed is shown to members alone."""
    found = [record for record in world.register.of_kind("classification") if record.told or "decided" in record.data or not world.site.is_public]
    own: dict[str, list[Decision]] = {}
    for record in found:
        if not record.told:
            own.setdefault(str(record.get("cycle") or ""), []).append(_decision(world, record))
    latest = sorted(own, key=lambda each: (_end(world, each), each), reverse=True)
    told = sorted((record for record in found if record.told), key=lambda record: (name_key(world, record.organisation), record.id))
    return Decisions(tuple(Group(world.titles.full(each), tuple(own[each]), each) for each in latest), tuple(_decision(world, record) for record in told))


def _decision(world: World, record: Record) -> Decision:
    decided = record.get("decided") or {}
    return Decision(
        ref=record.id,
        title=world.titles.of_record(record),
        scheme=scheme_word(world, record),
        decided=telling.on(decided.get("date")),
        body=record.organisation,
        signed_by=str(decided.get("by", "")),
        document=str(decided.get("document", {}).get("number", "")),
        tally_by=str(decided.get("tally_by", "")),
        groups=_peer_groups(world, record),
        totals=tuple(_total(world, each, str(record.data.get("scheme", "")), told=record.told) for each in record.data.get("totals", ())),
        quota=quota_readings.make(world, record),
        told=record.told,
    )


def _peer_groups(world: World, record: Record) -> tuple[PeerGroup, ...]:
    groups: dict[str, list[Part]] = {}
    for part in record.parts_of("rating"):
        body = world.register.find(str(part.data.get("of", "")))
        groups.setdefault(str(body.data.get("peer_group", "")) if body else "", []).append(part)
    return tuple(_peer_group(world, record, title, groups[title]) for title in sorted(groups, key=lambda each: (not each, each)))


def _peer_group(world: World, record: Record, title: str, parts: list[Part]) -> PeerGroup:
    ordered = sorted(parts, key=lambda part: name_key(world, str(part.data.get("of", ""))))
    stated = [str(part.data["level"]) for part in parts if "level" in part.data]
    unit = _("đơn vị")
    shares = tuple(
        Share(level_word(world, level, str(record.data.get("scheme", ""))), telling.figure({"value": stated.count(level), "of": len(parts), "unit": unit}))
        for level in levels_of(world, record)
        if level in stated and len(stated) == len(parts)
    )
    return PeerGroup(title or (_(NO_GROUP) if len(parts) > 1 else ""), tuple(_rating(world, part) for part in ordered), shares)


def _rating(world: World, part: Part) -> Rating:
    data = part.data
    scheme = str(part.record.data.get("scheme", ""))
    level = str(data.get("stated") or level_word(world, str(data.get("level", "")), scheme))
    reviews = (world.register.find(each) for each in data.get("basis", ()))
    own = next((str(each.data["self_rating"]) for each in reviews if isinstance(each, Record) and "self_rating" in each.data), "")
    return Rating(str(data.get("of", "")), level or _(labels.NOT_STATED), level_word(world, own, scheme), tuple(data.get("basis", ())))


def _total(world: World, stated: Mapping[str, Any], scheme: str, *, told: bool) -> str:
    level = level_word(world, str(stated.get("level", "")), scheme)
    reach = _("{level} trở lên", level=level) if stated.get("or_better") else level
    what = str(stated.get("what", "")) or reach
    words = telling.figure_line({**stated, "what": what}, told=told)
    return words if level.lower() in what.lower() else _("{words} (mức: {reach})", words=words, reach=reach)


def _end(world: World, cycle: str) -> str:
    record = world.register.find(cycle)
    return str(record.data.get("to", "")) if isinstance(record, Record) else ""
