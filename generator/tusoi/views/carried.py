"""What was promised last year and what became of it: per organisation a tally whose columns add up, and behind it each answer beside what the checker found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tusoi import carry_over, labels, telling
from tusoi.dates import is_past
from tusoi.facts import CarriedOver, CarryColumn, CarryLine, CarryRow, Check
from tusoi.labels import Label, Shape, Tone
from tusoi.speech import N_, _
from tusoi.views import board
from tusoi.views.board import Board, BoardGroup, Cell, Column, Row
from tusoi.views.order import name_key
from tusoi.views.world import World, view

TALLY: Final = {
    CarryColumn.RESOLVED: Column("da-xac-nhan", "Đã khắc phục và được xác nhận", "number"),
    CarryColumn.CLAIMED: Column("cho-xac-nhan", "Báo đã khắc phục, chờ xác nhận", "number"),
    CarryColumn.IN_PROGRESS: Column("dang", "Đang khắc phục", "number"),
    CarryColumn.UNRESOLVED: Column("chua", "Chưa khắc phục", "number"),
    CarryColumn.UNANSWERED: Column("chua-tra-loi", "Chưa trả lời", "number"),
    CarryColumn.HELD: Column("luu-noi-khac", "Trả lời lưu ở nơi khác", "number"),
}
_TALLY: Final = (
    Column("don-vi", "Đơn vị", filterable=True),
    Column("tong-so", "Tổng số", "number"),
    *TALLY.values(),
    Column("dieu-kien", "Điều kiện xếp loại", "chip", filterable=True),
)
_LINES: Final = (
    Column("han-che", "Hạn chế", sortable=True),
    Column("tra-loi", "Đơn vị trả lời", "chip", filterable=True),
    Column("noi-dung", "Nội dung trả lời"),
    Column("ngay-tra-loi", "Ngày trả lời", "date", sortable=True),
    Column("kiem-tra", "Kết quả kiểm tra", "chip", filterable=True),
    Column("ai", "Ai kiểm tra"),
    Column("ngay-kiem-tra", "Ngày kiểm tra", "date", sortable=True),
    Column("tinh-vao", "Tính vào cột", filterable=True),
)
_CHANGES: Final = (
    Column("han-che", "Hạn chế đã khắc phục", sortable=True),
    Column("thay-doi", "Thay đổi thấy được"),
    Column("ai", "Ai xác nhận"),
    Column("ngay", "Ngày xác nhận", "date", sortable=True),
)
_COMPLETE: Final = Label("Đã trả lời đủ", Shape.PAPER, Tone.QUIET)
_HELD: Final = Label("Theo báo cáo lưu ở nơi khác", Shape.PAPER, Tone.QUIET)
_INCOMPLETE: Final = Label("Chưa đủ để xếp loại", Shape.CLOCK, Tone.WAITING)
_ANSWERS: Final = {
    "resolved": Label("Đã khắc phục", Shape.RING_TICK, Tone.WAITING),
    "in_progress": Label("Đang khắc phục", Shape.HALF, Tone.MOVING),
    "unresolved": Label("Chưa khắc phục", Shape.CROSS, Tone.BAD),
}
"""The organisation's own words; the head of the column says whose they are."""
_EMPTY: Final = N_("Kỳ này chưa có đơn vị nào phải trả lời hạn chế của kỳ trước.")


@dataclass(frozen=True, slots=True)
class CarriedCycle:
    """The tally of one cycle."""

    cycle: str
    tally: Board
    """A row for each organisation."""
    lines: Board
    """A row for each earlier finding."""
    changes: Board
    """A row for each that is mended and confirmed: what people see of it."""
    sums: tuple[tuple[str, int], ...]
    """What each column comes to, the total first."""
    answer_by: str
    """Until when organisations may answer, where that day has not come: nobody is late before it."""
    rows: tuple[CarryRow, ...] = ()
    """What the tally is made of."""


@dataclass(frozen=True, slots=True)
class Carried:
    """All cycles, the latest first."""

    cycles: tuple[CarriedCycle, ...]

    @property
    def latest(self) -> CarriedCycle | None:
        """The last cycle in which the answers are due: the one to look at."""
        return next((each for each in self.cycles if each.tally.count and not each.answer_by), None)


@view
def carried(world: World) -> Carried:
    """Gather what earlier findings became, cycle by cycle. Before the day on which answers are due, a public site names only those who have answered."""
    by_cycle: dict[str, list[CarryRow]] = {}
    for row in world.facts.carry:
        if row.total:
            by_cycle.setdefault(row.cycle, []).append(row)
    latest = sorted(by_cycle, key=lambda each: (_end(world, each), each), reverse=True)
    return Carried(tuple(_cycle(world, each, by_cycle[each]) for each in latest))


def _cycle(world: World, cycle: str, rows: list[CarryRow]) -> CarriedCycle:
    answer_by = _answer_by(world, cycle)
    shown = [row for row in rows if row.review or not (answer_by and world.site.is_public)]
    ordered = sorted(shown, key=lambda row: (name_key(world, row.organisation), row.organisation))
    name = cycle.replace("/", "-")
    sums = tuple(sum(column) for column in zip(*map(_numbers, ordered), strict=True)) if ordered else ()
    tally = Board(
        f"nam-truoc-{name}",
        _TALLY,
        (BoardGroup("", tuple(_row(world, row) for row in ordered)),),
        _EMPTY,
        by=None,
        foot=(board.words(_("Cộng")), *map(board.number, sums), board.BLANK) if ordered else (),
        notes=(_("Mỗi hạn chế đếm một lần; các cột từ “Đã khắc phục và được xác nhận” cộng lại bằng tổng số."),),
    )
    groups = tuple(BoardGroup(world.titles.full(row.organisation), tuple(_line(world, row, each) for each in row.lines), row.organisation) for row in ordered)
    heads = (_("Tổng số"), *(column.head for column in TALLY.values()))
    lines = Board(f"tung-han-che-{name}", _LINES, groups, _EMPTY)
    return CarriedCycle(cycle, tally, lines, _changes(world, name, ordered), tuple(zip(heads, sums, strict=False)), answer_by, tuple(ordered))


def _changes(world: World, name: str, rows: Iterable[CarryRow]) -> Board:
    """Gather what changed for people where an earlier finding is mended and confirmed."""
    mended = [(row, [each for each in row.lines if each.column is CarryColumn.RESOLVED]) for row in rows]
    groups = tuple(
        BoardGroup(world.titles.full(row.organisation), tuple(_change(world, each) for each in lines), row.organisation) for row, lines in mended if lines
    )
    return Board(f"thay-doi-{name}", _CHANGES, groups, _("Kỳ này chưa có hạn chế nào của kỳ trước được xác nhận là đã khắc phục."))


def _change(world: World, line: CarryLine) -> Row:
    outcome = str(line.finding.part.data.get("outcome", ""))
    __, who, when = _checked(world, line.check or line.finding.confirmed)
    return Row((board.of_part(world, line.finding.part), board.words(outcome) if outcome else board.remark(_(labels.NOT_WRITTEN)), who, when))


def _numbers(row: CarryRow) -> tuple[int, ...]:
    return (row.total, *(row.number(column) for column in TALLY))


def _row(world: World, row: CarryRow) -> Row:
    label = _INCOMPLETE if not row.is_complete else _HELD if row.is_held else _COMPLETE
    return Row((board.link(world, row.organisation), *map(board.number, _numbers(row)), board.states(label)))


def _line(world: World, row: CarryRow, line: CarryLine) -> Row:
    head = TALLY[line.column].head
    answer = (*_answered(line.answer),) if line.answer else (_silent(world, row, line), board.BLANK, board.BLANK)
    return Row((board.of_part(world, line.finding.part), *answer, *_checked(world, line.check, line.answer), board.words(head)))


def _silent(world: World, row: CarryRow, line: CarryLine) -> Cell:
    """Say why there is no answer."""
    if line.column is not CarryColumn.HELD or row.review is None:
        return board.remark(_("Chưa trả lời"))
    held = row.review.data["held_elsewhere"]
    return board.link(world, row.review.id, _("Báo cáo lưu tại {by}", by=held["by"])) if "by" in held else board.remark(TALLY[line.column].head)


def _answered(answer: CarriedOver) -> Iterable[Cell]:
    entry = answer.entry
    said = [board.words(entry.get("text", ""))]
    if "degree" in entry:
        said.append(board.words(_("Mức độ: {figure}", figure=telling.figure(entry["degree"]))))
    if "obstacle" in entry:
        said.append(board.words(_("Còn vướng: {obstacle}", obstacle=entry["obstacle"])))
    yield board.states(_ANSWERS.get(str(entry.get("answer"))))
    yield board.several(said)
    yield board.day(answer.when, answer.record.id)


def check_label(answer: CarriedOver, check: Check) -> Label:
    """Say what was found about an answer: where it is not finished by its own words, a confirmation of later is none of the answer."""
    return (labels.CHECK_SINCE if carry_over.is_of_what_came_after(answer, check) else labels.CHECK_RESULT)[check.result]


def _checked(world: World, check: Check | None, answer: CarriedOver | None = None) -> Iterable[Cell]:
    """Say who looked at the answer, when, what they counted, and whether they agree."""
    if check is None:
        return board.remark(_("Chưa ai kiểm tra")), board.BLANK, board.BLANK
    by = str(check.record.data.get("by", ""))
    who = board.link(world, by) if by else board.remark(_(labels.NOT_WRITTEN))
    counted = (board.words(telling.figure_line(each)) for each in check.entry.get("figures", ()))
    return (
        board.states(check_label(answer, check) if answer else labels.CHECK_RESULT[check.result]),
        board.several((who, *counted)),
        board.day(check.when, check.record.id),
    )


def _answer_by(world: World, cycle: str) -> str:
    """Give the day until which answers may come, where it lies ahead: that of the step, or the end of the cycle."""
    record = world.register.records.get(cycle)
    if record is None:
        return ""
    steps = {str(step.get("step", "")): step.get("due") for step in record.data.get("steps", ())}
    due = steps.get("carry_over") or steps.get("review") or record.data.get("to")
    return "" if is_past(due, world.facts.day) else telling.on(due)


def _end(world: World, cycle: str) -> str:
    record = world.register.records.get(cycle)
    return str(record.data.get("to", "")) if record else ""
