"""The share of the highest level by every reading of its limit: beside each decision, and on a board by peer group. Only organisations are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import labels, quota_shares, telling
from tusoi.collation import sort_key
from tusoi.labels import Label, Shape, Tone
from tusoi.profile import Quota
from tusoi.quota_shares import Reading
from tusoi.record import Record
from tusoi.speech import N_, _, language
from tusoi.views import board
from tusoi.views.board import Board, BoardGroup, Column, Row
from tusoi.views.scales import level_word
from tusoi.views.world import World, view

NO_GROUP: Final = N_("Chưa xếp nhóm tương đồng")
_ROUNDED: Final = {"down": N_("làm tròn xuống"), "up": N_("làm tròn lên"), "nearest": N_("làm tròn đến số gần nhất")}
_GROUPS: Final = {"peer_group": N_("trong từng nhóm tương đồng"), "organiser": N_("trong phạm vi một nơi quyết định")}
_COMPARED: Final = Label("Nêu để so sánh", Shape.DASH)
_TOLD: Final = Label("Nguồn kể lại: không xét vượt hay không", Shape.DASH)
_KEPT: Final = Label("Trong giới hạn", Shape.FULL, Tone.GOOD)

_COLUMNS: Final = (
    Column("quyet-dinh", "Quyết định xếp loại"),
    Column("ngay", "Ngày", "date"),
    Column("cach-tinh", "Cách tính", filterable=True),
    Column("ty-le", "Tỷ lệ"),
    Column("gioi-han", "Giới hạn"),
    Column("xet", "Xét theo bộ quy định", "chip", filterable=True),
)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One reading of one limit, for one group."""

    group: str
    level: str
    share: str
    """`10/49 = 20,4 %`."""
    reading: str
    limit: str
    chip: Label


@dataclass(frozen=True, slots=True)
class Shares:
    """All readings for one body in one cycle, and what has to be said of them."""

    lines: tuple[ShareLine, ...]
    notes: tuple[str, ...]
    together: int
    """How many decisions count together."""


@view
def quota_readings(world: World, record: Record) -> Shares:
    """Show the share of each limited level by every declared reading; nothing of what is only proposed. A source's numbers are shown and never judged."""
    if not record.told and "decided" not in record.data:
        return Shares((), (), 0)
    records = quota_shares.together(record, world.register)
    found = [each for each in quota_shares.readings(records, world.register, world.profile) if each.top or each.whole]
    lines = tuple(_line(world, record, each) for each in found)
    return Shares(lines, tuple(dict.fromkeys(note for each in found for note in _notes(each))), len(records))


@view
def excellent_shares(world: World) -> Board:
    """Put every decided share in its peer group, A–Z. What sources tell is not here: nobody compares it."""
    groups: dict[str, list[tuple[Record, Reading]]] = {}
    for record in _last_decisions(world):
        for reading in quota_shares.readings(quota_shares.together(record, world.register), world.register, world.profile):
            groups.setdefault(reading.group, []).append((record, reading))
    return Board(
        "ty-le-xuat-sac",
        _COLUMNS,
        tuple(
            BoardGroup(title or _(NO_GROUP), tuple(_row(world, record, reading) for record, reading in groups[title]))
            for title in sorted(groups, key=lambda each: (not each, sort_key(each)))
        ),
        _("Chưa có quyết định xếp loại nào do chính các cấp ở đây đưa vào, nên chưa tính được tỷ lệ."),
        by=Column("nhom", "Nhóm tương đồng", filterable=True),
        notes=tuple(dict.fromkeys(note for each in groups.values() for _, reading in each for note in _notes(reading))),
    )


@view
def declared_limits(world: World) -> tuple[str, ...]:
    """Say which limits the profile declares, each with its dates and documents: also those for persons, whom no page counts."""
    return tuple(_declared(world, each) for each in world.profile.limits)


def _last_decisions(world: World) -> Iterator[Record]:
    """Give the last decision of each body in each cycle, by its day: the others count with it."""
    decided = [each for each in world.register.of_kind("classification") if not each.told and "decided" in each.data]
    last = (each for each in decided if quota_shares.together(each, world.register)[-1] is each)
    yield from sorted(last, key=lambda each: (str(each.get("decided", "date")), each.id), reverse=True)


def _line(world: World, record: Record, reading: Reading) -> ShareLine:
    level = level_word(world, reading.quota.level, str(record.data.get("scheme", "")))
    words = telling.sentence_case(reading.quota.words.get(language(), reading.quota.words["vi"]))
    said = _("{words} (cách bộ quy định dùng để xét)", words=words) if reading.quota.counts else words
    return ShareLine(reading.group, level, _share(reading, told=record.told), said, _limit(reading), _verdict(record, reading))


def _row(world: World, record: Record, reading: Reading) -> Row:
    return Row(
        (
            board.link(world, record.id),
            board.day(record.get("decided", "date")),
            board.words(telling.sentence_case(reading.quota.words.get(language(), reading.quota.words["vi"]))),
            board.words(_share(reading, told=False)),
            board.words(_limit(reading)),
            board.states(_verdict(record, reading)),
        )
    )


def _share(reading: Reading, *, told: bool) -> str:
    if reading.whole is None:
        return _(labels.NOT_STATED) if told else _(labels.NOT_WRITTEN)
    share = telling.percent(reading.top, reading.whole)
    return f"{telling.number(reading.top)}/{telling.number(reading.whole)} {f'= {share}' if share else _('(không có mẫu số)')}"


def _limit(reading: Reading) -> str:
    """Say the limit, and how many that is: `20 %, làm tròn xuống: nhiều nhất 7`."""
    limit = telling.percents(reading.quota.limit)
    if reading.allowed is None or not reading.is_judged:
        return limit
    return _(
        "{limit}, {rounded}: nhiều nhất {allowed}",
        limit=limit,
        rounded=_(_ROUNDED[reading.quota.rounding]),
        allowed=telling.number(reading.allowed),
        count=reading.allowed,
    )


def _verdict(record: Record, reading: Reading) -> Label:
    if record.told:
        return _TOLD
    if not reading.quota.counts:
        return _COMPARED
    if reading.whole is None:
        return Label("Chưa đủ số để xét", Shape.DASH)
    if not reading.is_judged:
        return Label(_("Không xét: mẫu số dưới {smallest}", smallest=telling.number(reading.quota.smallest), count=reading.quota.smallest), Shape.DASH)
    return Label(_("Vượt {over} đơn vị", over=telling.number(reading.over), count=reading.over), Shape.CROSS, Tone.BAD) if reading.over else _KEPT


def _notes(reading: Reading) -> Iterator[str]:
    if reading.is_derived and reading.whole is not None:
        yield (
            _(
                "Số {whole} không ghi sẵn mà suy ra: số đạt từ mức tốt trở lên trừ đi số ở mức cao nhất, nếu hai con số nói về cùng các đơn vị.",
                whole=telling.number(reading.whole),
                count=reading.whole,
            )
        )


def _declared(world: World, quota: Quota) -> str:
    level = level_word(world, quota.level)
    period = telling.between(quota.validity.start, quota.validity.end)
    basis = "; ".join(f"{each.number} {telling.on(each.dated)}".strip() for each in quota.validity.basis)
    said = _(
        "{level}: không quá {limit} {name}, {groups}, {rounded}",
        level=telling.sentence_case(level),
        limit=telling.percents(quota.limit),
        name=quota.words.get(language(), quota.words["vi"]),
        groups=_(_GROUPS[quota.group]),
        rounded=_(_ROUNDED[quota.rounding]),
    )
    small = _("mẫu số dưới {smallest} thì không xét", smallest=telling.number(quota.smallest), count=quota.smallest) if quota.smallest > 1 else ""
    rest = ", ".join(
        each
        for each in (small, _("hiệu lực {period}", period=period) if period else "", _("căn cứ {basis}", basis=basis) if basis else _("chưa tìm thấy văn bản"))
        if each
    )
    return f"{said} ({_use(quota)}; {rest}). {quota.note.get('vi', '')}".strip()


def _use(quota: Quota) -> str:
    if quota.whose == "individual":
        return _("trang này không đếm cá nhân")
    return _("dùng để xét") if quota.counts else _("nêu để so sánh")
