"""Boards of what should have followed: a plan after a conclusion, a report after a year, a report in every period."""

from __future__ import annotations

from datetime import date
from typing import Final

from tusoi import labels, lineage, telling
from tusoi.dates import Span, span, year_after
from tusoi.facts import ActionFacts
from tusoi.labels import Label, Shape, Tone
from tusoi.lineage import Lineage
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views import board, waived
from tusoi.views.board import BLANK, Board, Cell, Column, Row
from tusoi.views.followed import SUGGESTION, is_after_a_year, purpose
from tusoi.views.owed import Owed, home, owed
from tusoi.views.owned import since_ended
from tusoi.views.world import World, view

_PLANLESS: Final = (
    Column("ket-luan", "Kết luận"),
    Column("noi-ket-luan", "Nơi kết luận", filterable=True),
    Column("ngay", "Ngày kết luận", "date", sortable=True),
    Column("han", "Hạn có kế hoạch", "date", sortable=True),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
)
_REPORTS: Final = (
    Column("ket-luan", "Kết luận"),
    Column("noi-ket-luan", "Nơi kết luận", filterable=True),
    Column("han", "Hạn báo cáo", "date", sortable=True),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
    Column("cuoi", "Báo cáo gần nhất"),
    Column("theo-doi", "Nơi theo dõi", filterable=True),
)
_YEARLY: Final = (
    Column("goi-y", "Gợi ý"),
    Column("ngay", "Ngày gợi ý", "date", sortable=True),
    Column("han", "Hạn báo cáo", "date", sortable=True),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
    Column("bao-cao", "Báo cáo"),
    Column("noi-nghe", "Nơi nghe báo cáo"),
)
_OVERDUE: Final = N_("Quá hạn")
_STALE: Final = (
    Column("ke-hoach", "Kế hoạch"),
    Column("nhip", "Nhịp báo cáo", filterable=True),
    Column("cuoi", "Báo cáo gần nhất", "date", sortable=True),
    Column("tinh-trang", "Tình trạng", "chip"),
    Column("don-doc", "Đôn đốc"),
    Column("theo-doi", "Nơi theo dõi", filterable=True),
)


@view
def planless(world: World) -> Board:
    """Gather the conclusions whose organisation has no approved plan yet: of inspections for each addressee, of reviews with findings."""
    found = sorted((each for each in owed(world) if each.wants_plan), key=lambda each: (str(each.plan_due or ""), each.base.id))
    return Board(
        "ket-luan-chua-co-ke-hoach",
        _PLANLESS,
        board.of_organisations(world, found, lambda each: each.organisation, lambda each: _planless_row(world, each)),
        _("Mọi kết luận có nêu hạn chế ở đây đều đã có kế hoạch khắc phục được ban hành."),
    )


@view
def reports_due(world: World) -> Board:
    """Gather the conclusions of inspections whose addressee has a plan and has not yet reported what came of it."""
    waiting = [each for each in owed(world) if each.wants_report and not each.wants_plan]
    waiting.sort(key=lambda each: (str(each.report_due or ""), each.base.id))
    return Board(
        "ket-luan-chua-bao-cao",
        _REPORTS,
        board.of_organisations(world, waiting, lambda each: each.organisation, lambda each: _report_row(world, each)),
        _("Không có kết luận nào còn chờ đơn vị báo cáo kết quả thực hiện."),
        notes=(_("Báo cáo tiến độ trong 30 ngày trước hạn, hoặc sau đó, được coi là báo cáo kết quả. Đơn vị chưa có kế hoạch thì chỉ nêu ở bảng trên."),),
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
        _("Chưa có gợi ý kiểm điểm nào được ban hành, nên chưa có báo cáo nào phải chờ."),
        notes=(_("Một năm sau ngày gợi ý, nơi được gợi ý báo cáo đã làm được gì; nơi nghe báo cáo là tổ theo dõi hoặc đơn vị đã gợi ý."),),
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
        _("Mọi kế hoạch đang thực hiện đều có báo cáo đúng nhịp đã định."),
        notes=(_("Tính từ nhịp báo cáo ghi trong kế hoạch, cộng số ngày châm chước của dự án."),),
    )


def _planless_row(world: World, each: Owed) -> Row:
    draft = Label("Đã có dự thảo", Shape.DASH, Tone.WAITING) if each.drafts else None
    kinds = (_due_kind(world, each.plan_due), *((draft.words,) if draft else ()))
    return Row(
        (
            board.link(world, each.base.id),
            board.link(world, each.base.organisation),
            board.day(span(each.base.get("concluded", "date"))) if each.base.get("concluded", "date") else BLANK,
            board.day(each.plan_due) if each.plan_due else BLANK,
            waived.beside(world, _waiver(world, "R03", each), _due_label(world, each.plan_due), draft, kinds=kinds),
        )
    )


def _report_row(world: World, each: Owed) -> Row:
    last = each.reports[-1] if each.reports else None
    return Row(
        (
            board.link(world, each.base.id),
            board.link(world, each.base.organisation),
            board.day(each.report_due) if each.report_due else BLANK,
            waived.beside(world, _waiver(world, "R22", each), _due_label(world, each.report_due), kinds=(_due_kind(world, each.report_due),)),
            board.link(world, last.id, _("Báo cáo {date}", date=telling.named(last.get("date")))) if last else board.remark(_("Chưa có báo cáo nào")),
            _follower(world, str(each.base.get("concluded", "followed_by") or "")),
        )
    )


def _due_label(world: World, due: Span | None) -> Label:
    days = (world.facts.day - due.last).days if due else 0
    if days > 0:
        return Label(_("Quá hạn {days} ngày", days=telling.number(days), count=days), Shape.CLOCK, Tone.BAD)
    return Label("Chưa đến hạn" if due else "Chưa đặt hạn", Shape.RING)


def _due_kind(world: World, due: Span | None) -> str:
    """Give the state without its days, to be chosen in the filter."""
    return _(_OVERDUE) if due and due.last < world.facts.day else _due_label(world, due).words


def _waiver(world: World, rule: str, each: Owed) -> Record | None:
    """Give what allows for now that something is owed: for the conclusion, or for its plans."""
    return waived.in_force(world, rule, each.base.id, *(plan.id for plan in (*each.plans, *each.shared)))


def _is_followed(suggestion: Record) -> bool:
    return not suggestion.told and "issued" in suggestion.data and purpose(suggestion) == SUGGESTION


def _bodies(world: World, family: Lineage, suggestion: Record) -> tuple[str, ...]:
    """The organisations that it is addressed to: those of posts, too."""
    return tuple(dict.fromkeys(home(world, family, str(each)) for each in suggestion.data.get("to", ())))


def _yearly_row(world: World, family: Lineage, organisation: str, suggestion: Record) -> Row:
    issued = span(suggestion.get("issued", "date"))
    due = year_after(issued.last) if issued else None
    reports = [each for each, link in world.register.sources_of(suggestion.id, "progress") if link.path[0] == "of"]
    own = sorted((each for each in reports if home(world, family, each.organisation) == organisation), key=lambda each: str(each.get("date")))
    last = own[-1] if own else None
    return Row(
        (
            board.link(world, suggestion.id),
            board.day(issued) if issued else BLANK,
            board.day(due.isoformat()) if due else BLANK,
            _yearly_state(world, suggestion, last, due),
            board.link(world, last.id, _("Báo cáo {date}", date=telling.named(last.get("date")))) if last else BLANK,
            board.link(world, str(last.get("heard_by") or "")) if last else BLANK,
        )
    )


def _yearly_label(report: Record | None, due: date | None, day: date) -> Label:
    if report:
        is_whole = due is None or is_after_a_year(report, due)
        return Label("Đã báo cáo", Shape.FULL, Tone.GOOD) if is_whole else Label("Mới có báo cáo giữa chừng", Shape.HALF, Tone.MOVING)
    if due is None:
        return Label("Chưa rõ hạn", Shape.DASH)
    if due < day:
        return Label(_("Quá hạn {days} ngày", days=telling.number((day - due).days), count=(day - due).days), Shape.CLOCK, Tone.BAD)
    return Label("Chưa đến hạn", Shape.RING)


def _yearly_state(world: World, suggestion: Record, report: Record | None, due: date | None) -> Cell:
    """Say how the report stands; that nobody asks for it for now is said of one that is late only."""
    label = _yearly_label(report, due, world.facts.day)
    if label.tone is not Tone.BAD:
        return board.states(label)
    return waived.beside(world, waived.in_force(world, "R22", suggestion.id), label, kinds=(_(_OVERDUE),))


def _stale_row(world: World, actions: list[ActionFacts]) -> Row:
    plan = actions[0].part.record
    reports = [span(each.get("date")) for each, link in world.register.sources_of(plan.id, "progress") if link.path[0] == "of"]
    latest = max((each for each in reports if each), key=lambda each: each.last, default=None)
    kind = world.kind("plan")
    days = max(each.stale_days for each in actions)
    waiver = waived.in_force(world, "R21", plan.id, *(each.part.ref for each in actions))
    return Row(
        (
            board.link(world, plan.id),
            board.words(labels.word(kind.schema, "reporting", str(plan.get("reporting") or "")) if kind else ""),
            board.day(latest) if latest else board.remark(_("Chưa có báo cáo nào")),
            waived.beside(world, waiver, Label(_("Quá kỳ báo cáo {days} ngày", days=telling.number(days), count=days), Shape.CLOCK, Tone.WAITING)),
            reminded(world, plan.id),
            _follower(world, str(plan.get("followed_by") or "")),
        )
    )


def _follower(world: World, ref: str) -> Cell:
    """Name who follows up; of a body that is no more, who took it over, or that it has ended."""
    ended = since_ended(world, ref)
    return board.link(world, ref, f"{world.titles.full(ref)} ({ended})" if ended else "")


def reminded(world: World, ref: str) -> Cell:
    """Say how often and when last somebody was reminded of a record."""
    sent = sorted((each for each, link in world.register.sources_of(ref, "reminder") if link.path[0] == "of"), key=lambda each: str(each.get("date")))
    return board.link(world, sent[-1].id, _("Lần {sent}, {date}", sent=len(sent), date=telling.on(sent[-1].get("date")))) if sent else BLANK
