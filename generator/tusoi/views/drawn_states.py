"""Where organisations stand, drawn: what became of earlier shortcomings by organisation, for how many days actions are overdue, and ratings by year.

Organisations stand A–Z within their group of peers. Days are of actions, never of persons. What a source tells is in none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.facts import CarryColumn, CarryRow
from tusoi.promise_counts import peer_group
from tusoi.record import Part, Record
from tusoi.speech import N_, _
from tusoi.views import drawn_bars
from tusoi.views.carried import CarriedCycle
from tusoi.views.drawn_bars import BarGroup, BarRow, Bars, Counted, Fill
from tusoi.views.order import by_name
from tusoi.views.scales import level_word, levels_of
from tusoi.views.world import World, view

_CARRIED: Final = {
    CarryColumn.RESOLVED: (Fill.GOOD, N_("được xác nhận")),
    CarryColumn.CLAIMED: (Fill.LINES, N_("chờ xác nhận")),
    CarryColumn.IN_PROGRESS: (Fill.DOTS, N_("đang khắc phục")),
    CarryColumn.UNRESOLVED: (Fill.HATCH, N_("chưa khắc phục")),
    CarryColumn.UNANSWERED: (Fill.DASHED, N_("chưa trả lời")),
    CarryColumn.HELD: (Fill.PLAIN, N_("trả lời lưu ở nơi khác")),
}
_BANDS: Final = (
    (1, 30, N_("1–30 ngày")),
    (31, 90, N_("31–90 ngày")),
    (91, 365, N_("91–365 ngày")),
    (366, None, N_("trên 365 ngày")),
)
"""Days since the last agreed date: from, to, and their words."""
_LEVELS: Final = (Fill.SOLID, Fill.DOTS, Fill.LIGHT, Fill.PLAIN, Fill.DASHED)
"""The looks of levels, the highest first; whatever comes after the fifth looks like it, and has its words."""
_FEW: Final = 12
"""So many organisations have their words beside each piece; of more, the words stand once."""
_OTHERS: Final = N_("Các đơn vị khác")


@view
def drawn_carried(world: World, cycle: CarriedCycle) -> Bars | None:
    """Draw what became of the earlier shortcomings of a cycle, by organisation; None where there are none."""
    if not cycle.rows:
        return None
    name = "hinh-" + cycle.cycle.replace("/", "-")
    most = max(row.total for row in cycle.rows)
    rows = {row.organisation: row for row in cycle.rows}
    groups = _peers(world, rows)
    whole = sum(row.total for row in cycle.rows)
    done = sum(row.number(CarryColumn.RESOLVED) for row in cycle.rows)
    drawn = tuple(BarGroup(title, tuple(_carried(f"{name}-{each}", rows[each], most) for each in names)) for title, names in groups)
    return Bars(
        id=name,
        title=_("Mỗi đơn vị còn bao nhiêu"),
        said=(
            _("Cả kỳ: {share} hạn chế của các kỳ trước đã khắc phục và được xác nhận.", share=drawn_bars.share(done, whole)),
            _("Mỗi thanh là một đơn vị, thanh dài hơn là nhiều hạn chế hơn; số liệu của từng cột ở bảng ngay bên dưới."),
        ),
        groups=drawn,
        key=drawn_bars.key(row for group in drawn for row in group.rows) if len(rows) > _FEW else (),
    )


def _carried(name: str, row: CarryRow, most: int) -> BarRow:
    counts = [Counted(fill, row.number(column), _(words)) for column, (fill, words) in _CARRIED.items()]
    said = _("{share} được xác nhận", share=drawn_bars.share(row.number(CarryColumn.RESOLVED), row.total))
    return drawn_bars.row(name, counts, most, said=said, ref=row.organisation)


@view
def drawn_overdue(world: World) -> Bars | None:
    """Draw for how many days actions are overdue, in bands; None where none is."""
    late = [each.overdue_days for each in world.facts.counted_actions() if each.overdue_days]
    if not late:
        return None
    counts = [sum(first <= days and (last is None or days <= last) for days in late) for first, last, _words in _BANDS]
    bands = [(_(words), count) for count, (_first, _last, words) in zip(counts, _BANDS, strict=True)]
    return Bars(
        id="hinh-qua-han",
        title=_("Quá hạn bao lâu"),
        said=(
            _(
                "{late} việc quá hạn trong {total} việc đã hứa, tính từ hạn mới nhất đã được đồng ý; mốc của việc không đếm ở hình này.",
                late=telling.number(len(late)),
                total=telling.number(len(world.facts.counted_actions())),
                count=len(late),
            ),
        ),
        groups=(BarGroup("", tuple(_band(f"hinh-qua-han-{number}", *each, len(late), max(counts)) for number, each in enumerate(bands, 1))),),
        heads=(_("Quá hạn"), _("Số việc"), _("Tỷ lệ")),
        table=tuple((words, telling.number(count), telling.percent(count, len(late))) for words, count in bands),
    )


def _band(name: str, words: str, count: int, total: int, most: int) -> BarRow:
    numbers = {"late": telling.number(count), "total": telling.number(total), "percent": telling.percent(count, total)}
    return drawn_bars.row(name, [Counted(Fill.HATCH, count, "")], most, said=_("{late}/{total} việc ({percent})", **numbers), title=words)


@view
def drawn_ratings(world: World) -> Bars | None:
    """Draw the ratings that were decided, by year, within each group of peers; None where nothing was decided."""
    found: dict[str, list[tuple[Record, list[Part]]]] = {}
    for record in _decided(world):
        peers: dict[str, list[Part]] = {}
        for part in record.parts_of("rating"):
            if "level" in part.data:
                peers.setdefault(peer_group(str(part.data.get("of", "")), world.register), []).append(part)
        for title, parts in peers.items():
            found.setdefault(title, []).append((record, parts))
    if not found:
        return None
    ordered = sorted(found, key=lambda each: (not each, sort_key(each)))
    most = max(len(parts) for lines in found.values() for _record, parts in lines)
    groups = tuple(_years(world, f"hinh-xep-loai-{number}", title, found[title], most) for number, title in enumerate(ordered, 1))
    return Bars(
        id="hinh-xep-loai",
        title=_("Mỗi mức bao nhiêu đơn vị"),
        said=(_("Mỗi thanh là một quyết định; mẫu số là số đơn vị cùng nhóm tương đồng đã được xếp loại trong quyết định ấy. Mức chưa quyết định không vẽ."),),
        groups=groups,
        heads=(_("Nhóm tương đồng"), _("Kỳ kiểm điểm"), _("Mức"), _("Số đơn vị"), _("Tỷ lệ")),
        table=tuple(line for title in ordered for record, parts in found[title] for line in _lines(world, title, record, parts)),
    )


def _years(world: World, name: str, title: str, lines: Sequence[tuple[Record, list[Part]]], most: int) -> BarGroup:
    """Make the bars of one group of peers, the earliest first."""
    return BarGroup(title or _(_OTHERS), tuple(_year(world, f"{name}-{number}", record, parts, most) for number, (record, parts) in enumerate(lines, 1)))


def _year(world: World, name: str, record: Record, parts: Sequence[Part], most: int) -> BarRow:
    total = len(parts)
    counts = [
        Counted(fill, count, _("{level} ({percent})", level=word, percent=telling.percent(count, total))) for fill, word, count in _levels(world, record, parts)
    ]
    said = _("{total} đơn vị", total=telling.number(total), count=total)
    return drawn_bars.row(name, counts, most, said=said, ref=str(record.get("cycle") or record.id))


def _lines(world: World, title: str, record: Record, parts: Sequence[Part]) -> Iterable[tuple[str, ...]]:
    """Give the lines of the table: one for each level that somebody got."""
    cycle = world.titles.full(str(record.get("cycle") or record.id))
    for _fill, word, count in _levels(world, record, parts):
        if count:
            yield title or _(_OTHERS), cycle, word, f"{telling.number(count)}/{telling.number(len(parts))}", telling.percent(count, len(parts))


def _levels(world: World, record: Record, parts: Iterable[Part]) -> list[tuple[Fill, str, int]]:
    """Count by level, the highest first, each with its look."""
    counts = Counter(str(part.data["level"]) for part in parts)
    scheme = str(record.data.get("scheme", ""))
    return [(_LEVELS[min(place, len(_LEVELS) - 1)], level_word(world, level, scheme), counts[level]) for place, level in enumerate(levels_of(world, record))]


def _decided(world: World) -> list[Record]:
    """Give the decisions of organisations themselves, the earliest first."""
    found = [each for each in world.register.of_kind("classification") if "decided" in each.data and not each.told]
    return sorted(found, key=lambda each: (str(each.get("decided", "date") or ""), each.id))


def _peers(world: World, organisations: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Put organisations into their groups of peers, both A–Z; those without one come last."""
    groups: dict[str, list[str]] = {}
    for each in by_name(world, organisations):
        groups.setdefault(peer_group(each, world.register), []).append(each)
    named = any(groups)
    return [(title or (_(_OTHERS) if named else ""), groups[title]) for title in sorted(groups, key=lambda each: (not each, sort_key(each)))]
