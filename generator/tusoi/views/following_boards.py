"""Boards of what should have followed: a plan after a conclusion, a report after a year, a report in every period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tusoi import labels, lineage, telling
from tusoi.dates import Span, span, year_after
from tusoi.evidence import is_individual
from tusoi.facts import ActionFacts
from tusoi.labels import Label, Shape, Tone
from tusoi.lineage import Lineage
from tusoi.plan_dues import is_seen_to, plan_due
from tusoi.record import Record
from tusoi.views import board
from tusoi.views.board import BLANK, Board, Cell, Column, Row
from tusoi.views.world import World, view

_PLANLESS: Final = (
    Column("ket-luan", "Kết luận"),
    Column("noi-ket-luan", "Nơi kết luận", filterable=True),
    Column("ngay", "Ngày kết luận", "date"),
    Column("han", "Hạn có kế hoạch", "date"),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
)
_YEARLY: Final = (
    Column("goi-y", "Gợi ý"),
    Column("ngay", "Ngày gợi ý", "date"),
    Column("han", "Hạn báo cáo", "date"),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
    Column("bao-cao", "Báo cáo"),
    Column("noi-nghe", "Nơi nghe báo cáo"),
)
_STALE: Final = (
    Column("ke-hoach", "Kế hoạch"),
    Column("nhip", "Nhịp báo cáo", filterable=True),
    Column("cuoi", "Báo cáo gần nhất", "date"),
    Column("tinh-trang", "Tình trạng", "chip"),
    Column("don-doc", "Đôn đốc"),
    Column("theo-doi", "Nơi theo dõi", filterable=True),
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A conclusion that an organisation has no plan for yet."""

    organisation: str
    base: Record
    concluded: Span | None
    due: Span | None
    draft: Record | None


@view
def planless(world: World) -> Board:
    """Gather the conclusions whose organisation has no approved plan yet: of inspections for each addressee, of reviews with findings."""
    found = sorted(_planless(world), key=lambda each: (str(each.due or ""), each.base.id))
    return Board(
        "ket-luan-chua-co-ke-hoach",
        _PLANLESS,
        board.of_organisations(world, found, lambda each: each.organisation, lambda each: _planless_row(world, each)),
        "Mọi kết luận có nêu hạn chế ở đây đều đã có kế hoạch khắc phục được ban hành.",
    )


@view
def yearly(world: World) -> Board:
    """Gather the suggestions that were issued, with the report that is due a year after each."""
    issued = [each for each in world.register.of_kind("suggestion") if _is_followed(each)]
    issued.sort(key=lambda each: (str(span(each.get("issued", "date")) or ""), each.id))
    family = lineage.of(world.register)
    pairs = [(organisation, each) for each in issued for organisation in _bodies(world, family, each)]
    return Board(
        "bao-cao-mot-nam",
        _YEARLY,
        board.of_organisations(world, pairs, lambda each: each[0], lambda each: _yearly_row(world, family, *each)),
        "Chưa có gợi ý kiểm điểm nào được ban hành, nên chưa có báo cáo nào phải chờ.",
        notes=("Một năm sau ngày gợi ý, nơi được gợi ý báo cáo đã làm được gì; nơi nghe báo cáo là tổ theo dõi hoặc đơn vị đã gợi ý.",),
    )


@view
def stale(world: World) -> Board:
    """Gather the plans whose report is late by their own rhythm."""
    late: dict[str, list[ActionFacts]] = {}
    for action in world.facts.counted_actions():
        if action.stale_days:
            late.setdefault(action.part.record.id, []).append(action)
    plans = [late[each] for each in sorted(late)]
    return Board(
        "qua-ky-bao-cao",
        _STALE,
        board.of_organisations(world, plans, lambda each: each[0].organisation, lambda each: _stale_row(world, each)),
        "Mọi kế hoạch đang thực hiện đều có báo cáo đúng nhịp đã định.",
        notes=("Tính từ nhịp báo cáo ghi trong kế hoạch, cộng số ngày châm chước của dự án.",),
    )


def _planless(world: World) -> Iterator[_Waiting]:
    family = lineage.of(world.register)
    for base in world.register.of_kind("review", "inspection"):
        if base.told or "concluded" not in base.data or "held_elsewhere" in base.data or not base.parts_of("finding"):
            continue
        if base.kind == "review" and is_individual(base):
            continue
        is_settled = all(is_seen_to(each, world.register, world.facts) for each in base.parts_of("finding"))
        named = base.get("concluded", "addressees") or base.get("about") or () if base.kind == "inspection" else (base.organisation,)
        for organisation in dict.fromkeys(_home(world, family, str(each)) for each in named):
            made = (plan for plan, link in world.register.sources_of(base.id, "plan") if link.path[0] == "of")
            plans = [plan for plan in made if _home(world, family, plan.organisation) == organisation]
            if not any("approved" in plan.data or "held_elsewhere" in plan.data for plan in plans) and not is_settled:
                yield _Waiting(
                    organisation, base, span(base.get("concluded", "date")), plan_due(base, world.register, world.profile), plans[0] if plans else None
                )


def _home(world: World, family: Lineage, organisation: str) -> str:
    """Who answers for it on the day: itself, or who took it over, however often."""
    return family.home(family.id(organisation), world.facts.day)


def _planless_row(world: World, each: _Waiting) -> Row:
    days = (world.facts.day - each.due.last).days if each.due else 0
    if days > 0:
        label = Label(f"Quá hạn {telling.number(days)} ngày", Shape.CLOCK, Tone.BAD)
    else:
        label = Label("Chưa đến hạn" if each.due else "Chưa đặt hạn", Shape.RING)
    draft = Label("Đã có dự thảo", Shape.DASH, Tone.WAITING) if each.draft else None
    return Row(
        (
            board.link(world, each.base.id),
            board.link(world, each.base.organisation),
            board.day(each.concluded) if each.concluded else BLANK,
            board.day(each.due) if each.due else BLANK,
            board.states(label, draft),
        )
    )


def _is_followed(suggestion: Record) -> bool:
    return not suggestion.told and "issued" in suggestion.data and suggestion.get("purpose") in (None, "suggestion")


def _bodies(world: World, family: Lineage, suggestion: Record) -> tuple[str, ...]:
    """The organisations that it is addressed to: those of posts, too."""
    found = (str(each).partition("/")[0] for each in suggestion.data.get("to", ()))
    return tuple(dict.fromkeys(_home(world, family, each) for each in found))


def _yearly_row(world: World, family: Lineage, organisation: str, suggestion: Record) -> Row:
    issued = span(suggestion.get("issued", "date"))
    due = year_after(issued.last) if issued else None
    reports = [each for each, link in world.register.sources_of(suggestion.id, "progress") if link.path[0] == "of"]
    own = sorted((each for each in reports if _home(world, family, each.organisation) == organisation), key=lambda each: str(each.get("date")))
    last = own[-1] if own else None
    return Row(
        (
            board.link(world, suggestion.id),
            board.day(issued) if issued else BLANK,
            board.day(due.isoformat()) if due else BLANK,
            board.states(_yearly_label(last, due, world.facts.day)),
            board.link(world, last.id, f"Báo cáo {telling.on(last.get('date'))}") if last else BLANK,
            board.link(world, str(last.get("heard_by") or "")) if last else BLANK,
        )
    )


def _yearly_label(report: Record | None, due: date | None, day: date) -> Label:
    if report:
        when = span(report.get("date"))
        early = due is not None and when is not None and when.last < due - timedelta(days=92)
        return Label("Mới có báo cáo giữa chừng", Shape.HALF, Tone.MOVING) if early else Label("Đã báo cáo", Shape.FULL, Tone.GOOD)
    if due is None:
        return Label("Chưa rõ hạn", Shape.DASH)
    if due < day:
        return Label(f"Quá hạn {telling.number((day - due).days)} ngày", Shape.CLOCK, Tone.BAD)
    return Label("Chưa đến hạn", Shape.RING)


def _stale_row(world: World, actions: list[ActionFacts]) -> Row:
    plan = actions[0].part.record
    reports = [span(each.get("date")) for each, link in world.register.sources_of(plan.id, "progress") if link.path[0] == "of"]
    latest = max((each for each in reports if each), key=lambda each: each.last, default=None)
    kind = world.kind("plan")
    days = max(each.stale_days for each in actions)
    return Row(
        (
            board.link(world, plan.id),
            board.words(labels.word(kind.schema, "reporting", str(plan.get("reporting") or "")) if kind else ""),
            board.day(latest) if latest else board.remark("Chưa có báo cáo nào"),
            board.states(Label(f"Quá kỳ báo cáo {telling.number(days)} ngày", Shape.CLOCK, Tone.WAITING)),
            reminded(world, plan.id),
            board.link(world, str(plan.get("followed_by") or "")),
        )
    )


def reminded(world: World, ref: str) -> Cell:
    """Say how often and when last somebody was reminded of a record."""
    sent = sorted((each for each, link in world.register.sources_of(ref, "reminder") if link.path[0] == "of"), key=lambda each: str(each.get("date")))
    return board.link(world, sent[-1].id, f"Lần {len(sent)}, {telling.on(sent[-1].get('date'))}") if sent else BLANK
