"""What a meeting on a cycle has before it, on one sheet: a row for each organisation, A–Z, and sums that add up.

Every column is that of another board, gathered by the organisation that answered when the cycle ended; nothing is counted here that is not public there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tusoi import cycle_reviews, submissions, telling
from tusoi.dates import span
from tusoi.facts import CarryColumn, CarryRow
from tusoi.labels import Label
from tusoi.record import Record
from tusoi.speech import _
from tusoi.submissions import Submission, Submitted
from tusoi.views import board, carried, cycle_ratings, submissions_board, suggestions_board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.cycle_steps import handed_in
from tusoi.views.order import by_name
from tusoi.views.owed import owed
from tusoi.views.world import World, view

_COLUMNS: Final = (
    Column("don-vi", "Đơn vị", filterable=True),
    Column("nop", "Báo cáo kiểm điểm", "chip", filterable=True),
    Column("tong-so", "Hạn chế kỳ trước", "number"),
    Column("da-xac-nhan", "Đã xong, được xác nhận", "number"),
    Column("cho-xac-nhan", "Báo xong, chờ xác nhận", "number"),
    Column("dang", "Đang khắc phục", "number"),
    Column("chua", "Chưa khắc phục", "number"),
    Column("chua-tra-loi", "Chưa trả lời", "number"),
    Column("luu-noi-khac", "Trả lời lưu ở nơi khác", "number"),
    Column("qua-han", "Trong đó có việc quá hạn", "number"),
    Column("goi-y", "Gợi ý đã trả lời", "number"),
    Column("chua-ke-hoach", "Kết luận chưa có kế hoạch", "number"),
    Column("muc", "Mức xếp loại", filterable=True),
)
_PARTS: Final = (
    CarryColumn.RESOLVED,
    CarryColumn.CLAIMED,
    CarryColumn.IN_PROGRESS,
    CarryColumn.UNRESOLVED,
    CarryColumn.UNANSWERED,
    CarryColumn.HELD,
)
_DONE: Final = (Submitted.IN, Submitted.HELD)
_NOT_ASKED: Final = (Submitted.EXEMPT, Submitted.NOT_NEEDED)
_LONG: Final = 16
"""More rows than these are printed closer, so that about fifty find room on one sheet."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The sheet of one cycle."""

    board: Board
    short: tuple[str, ...]
    """What it comes to, in sentences: each with its denominator."""
    adds_up: str
    """Whether the parts come to the totals."""
    is_long: bool
    is_open: bool
    """Whether something on it is still to be handed in, mended, answered or planned: then its numbers are those of a day."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One organisation. None is what nobody asks of it, or what may not be told yet."""

    organisation: str
    submitted: Submission | None
    is_early: bool
    carried: CarryRow | None
    points: tuple[int, int] | None
    """Of what superiors pointed out, how much was answered, and how much there is."""
    planless: int
    level: str

    @property
    def overdue(self) -> int:
        """How many earlier findings that are not confirmed as mended have an action that is overdue."""
        lines = self.carried.lines if self.carried else ()
        return sum(each.column is not CarryColumn.RESOLVED and any(one.overdue_days for one in each.finding.actions) for each in lines)


@view
def meeting(world: World, cycle: Record) -> Meeting | None:
    """Lay out the sheet of a cycle; None of one that a source tells, that nobody has opened, or that is for nobody."""
    if cycle.told or "opened" not in cycle.data:
        return None
    lines = world.once(f"meeting on {cycle.id}", lambda here: _lines(here, cycle))
    if not lines:
        return None
    name = f"tong-hop-{cycle.id.replace('/', '-')}"
    hidden = _needless(lines)
    groups = (BoardGroup("", tuple(_row(world, each, hidden) for each in lines)),)
    said = adds_up([each.carried for each in lines if each.carried], telling.named(world.facts.day) if is_open(world, cycle) else "")
    none = _("Kỳ này chưa có đơn vị nào phải kiểm điểm, nên chưa có gì để tổng hợp cho cuộc họp.")
    made = Board(name, _COLUMNS, groups, none, by=None, foot=_sums(lines, hidden), sums=said, notes=(_explained(world),))
    return Meeting(made, (*_short(lines), *_plans(world, cycle)), said, len(lines) > _LONG, is_open(world, cycle))


def is_open(world: World, cycle: Record) -> bool:
    """Whether the sheet of a cycle may say something else tomorrow."""
    return any(_waits(each) for each in world.once(f"meeting on {cycle.id}", lambda here: _lines(here, cycle)))


def _waits(line: _Line) -> bool:
    is_missing = line.submitted is not None and line.submitted.state in (Submitted.WAITING, Submitted.MISSING)
    is_left = line.carried is not None and line.carried.number(CarryColumn.RESOLVED) < line.carried.total
    return is_missing or is_left or bool(line.planless) or (line.points is not None and line.points[0] < line.points[1])


def _lines(world: World, cycle: Record) -> tuple[_Line, ...]:
    if cycle.told or "opened" not in cycle.data:
        return ()
    handed = {each.organisation: each for each in submissions.of_cycle(world.register, cycle, world.facts.day) if each.step == "review"}
    rows = next((each.rows for each in carried.carried.make(world).cycles if each.cycle == cycle.id), ())
    early = {name for name, each in handed.items() if world.site.is_public and submissions_board.is_early(each, world)}
    earlier = {} if early else {each.organisation: each for each in rows}  # before that day, who has numbers would be who has handed in
    points, planless, levels = _points(world, cycle), _planless(world, cycle), cycle_ratings.levels(world, cycle)
    bodies = by_name(world, cycle_ratings.bodies_of(world, cycle) | handed.keys() | earlier.keys())
    return tuple(
        _Line(
            each,
            handed.get(each),
            each in early,
            earlier.get(each),
            points.get(each),
            planless.get(each, 0),
            levels.get(each, ""),
        )
        for each in bodies
    )


def _points(world: World, cycle: Record) -> Mapping[str, tuple[int, int]]:
    """Count what superiors pointed out to each organisation in a cycle, and what of it was answered: of several that were asked, each for itself."""
    day, family = cycle_reviews.settled(cycle, world.facts.day), world.judgement.family

    def at_home(ref: str) -> str:
        return family.home(family.id(ref.partition("/")[0]), day)

    found: dict[str, tuple[int, int]] = {}
    for thread in (each for group in suggestions_board.threads.make(world).cycles for each in group.rows):
        record = world.register.records[thread.ref]
        if world.register.find(str(record.get("cycle"))) is not cycle:
            continue
        bodies = {at_home(str(each)) for each in record.get("to") or ()}
        for body in bodies:
            own = [each for each in thread.issues if each.is_answered and (len(bodies) == 1 or body in map(at_home, each.answers))]
            answered, all_of_them = found.get(body, (0, 0))
            found[body] = answered + len(own), all_of_them + len(thread.issues)
    return found


def _planless(world: World, cycle: Record) -> Mapping[str, int]:
    """Count the conclusions up to the end of a cycle, and those of its reviews, whose organisation has no plan."""
    day, family = cycle_reviews.settled(cycle, world.facts.day), world.judgement.family
    found: dict[str, set[str]] = {}
    for each in owed(world):
        when = span(each.base.get("concluded", "date"))
        is_own = world.register.find(str(each.base.get("cycle"))) is cycle
        if each.wants_plan and (is_own or (when is not None and when.first <= day)):
            for named in each.named or (each.organisation,):
                found.setdefault(family.home(named, day), set()).add(each.base.id)
    return {body: len(bases) for body, bases in found.items()}


def _needless(lines: Iterable[_Line]) -> frozenset[CarryColumn]:
    """Give the columns that are seldom needed and here of nobody: they stand in the file only."""
    is_held = any(each.carried.number(CarryColumn.HELD) for each in lines if each.carried)
    return frozenset() if is_held else frozenset({CarryColumn.HELD})


def _row(world: World, line: _Line, hidden: frozenset[CarryColumn]) -> Row:
    row = line.carried
    return Row(
        (
            board.link(world, line.organisation),
            board.states(_handed_in(line)),
            board.number(row.total if row else None),
            *(_number(row.number(each) if row else None, is_hidden=each in hidden) for each in _PARTS),
            board.number(line.overdue if row else None),
            _share(line.points),
            board.number(line.planless),
            board.words(line.level),
        )
    )


def _number(value: int | None, *, is_hidden: bool) -> Cell:
    return Cell(csv=str(value)) if is_hidden and value is not None else board.number(value)


def _handed_in(line: _Line) -> Label | None:
    """Say whether the review was handed in, without days: there is room for two words."""
    if line.submitted is None:
        return None
    return submissions_board.early() if line.is_early else submissions_board.short(line.submitted)


def _share(share: tuple[int, int] | None) -> Cell:
    return board.words(f"{telling.number(share[0])}/{telling.number(share[1])}") if share else BLANK


def _sums(lines: Iterable[_Line], hidden: frozenset[CarryColumn]) -> tuple[Cell, ...]:
    """Add the columns up; a column of which nobody says anything has no sum."""
    every = tuple(lines)
    rows = [each.carried for each in every if each.carried]
    return (
        board.words(_("Cộng")),
        _share(_handed(every)),
        board.number(sum(each.total for each in rows) if rows else None),
        *(_number(sum(each.number(part) for each in rows) if rows else None, is_hidden=part in hidden) for part in _PARTS),
        board.number(sum(each.overdue for each in every) if rows else None),
        _share(_pointed(every)),
        board.number(sum(each.planless for each in every)),
        _share(_rated(every)),
    )


def _handed(lines: Iterable[_Line]) -> tuple[int, int] | None:
    """Count who has handed in the review, of those that have to and whose day has passed."""
    asked = [each.submitted for each in lines if each.submitted and not each.is_early and each.submitted.state not in _NOT_ASKED]
    return (sum(each.state in _DONE for each in asked), len(asked)) if asked else None


def _pointed(lines: Iterable[_Line]) -> tuple[int, int] | None:
    points = [each.points for each in lines if each.points]
    return (sum(each[0] for each in points), sum(each[1] for each in points)) if points else None


def _rated(lines: Iterable[_Line]) -> tuple[int, int] | None:
    """Count who was rated, of those who are not exempt."""
    asked = [each for each in lines if each.level or each.submitted is None or each.submitted.state is not Submitted.EXEMPT]
    rated = sum(bool(each.level) for each in asked)
    return (rated, len(asked)) if rated else None


def _short(lines: tuple[_Line, ...]) -> Iterable[str]:
    if handed := _handed(lines):
        late = sum(bool(each.submitted.late_days) for each in lines if each.submitted and not each.is_early and each.submitted.state in _DONE)
        said = {"done": telling.number(handed[0]), "all": telling.number(handed[1]), "late": telling.number(late)}
        if late:
            yield _("{done}/{all} đơn vị đã nộp báo cáo kiểm điểm, trong đó {late} đơn vị nộp chậm.", count=handed[1], **said)
        else:
            yield _("{done}/{all} đơn vị đã nộp báo cáo kiểm điểm.", count=handed[1], **said)
    if due := max((each.submitted.due.last for each in lines if each.is_early and each.submitted and each.submitted.due), default=None):
        yield _("Trước hạn nộp ({day}), trang công khai không nêu đơn vị nào đã nộp; cấp trên xem ở trang nội bộ.", day=telling.named(due))
    rows = [each.carried for each in lines if each.carried]
    if total := sum(each.total for each in rows):
        done = sum(each.number(CarryColumn.RESOLVED) for each in rows)
        yield _("{done}/{all} hạn chế kỳ trước đã xong và được xác nhận.", done=telling.number(done), all=telling.number(total), count=total)
    if points := _pointed(lines):
        yield _("{done}/{all} điều gợi ý đã được trả lời.", done=telling.number(points[0]), all=telling.number(points[1]), count=points[1])


def _plans(world: World, cycle: Record) -> Iterable[str]:
    """Say how many have handed in their plan, once that day has come."""
    done, asked = handed_in(world, cycle, "plan")
    if asked:
        yield _("{done}/{all} đơn vị đã nộp kế hoạch khắc phục.", done=telling.number(done), all=telling.number(asked), count=asked)


def adds_up(rows: Iterable[CarryRow], when: str) -> str:
    """Say whether the parts come to the totals, and whether each finding is counted once; empty without findings. `when` is the day, if it matters."""
    every = tuple(rows)
    total = sum(each.total for each in every)
    parts = [count for part in _PARTS if (count := sum(each.number(part) for each in every)) or part is not CarryColumn.HELD]
    if not total:
        return ""
    once = len({finding.part.ref for each in every for finding in each.findings})
    said = {"parts": " + ".join(map(telling.number, parts)), "sum": telling.number(sum(parts)), "total": telling.number(total), "once": telling.number(once)}
    if sum(parts) == total == once:
        if when:
            return _("Số liệu khớp, tính đến {when}: {parts} = {total} hạn chế kỳ trước, mỗi hạn chế đếm một lần.", when=when, **said)
        return _("Số liệu khớp: {parts} = {total} hạn chế kỳ trước, mỗi hạn chế đếm một lần.", **said)
    return _("Số liệu chưa khớp: các cột cộng lại được {sum}, tổng số là {total}, số hạn chế khác nhau là {once}.", **said)


def _explained(world: World) -> str:
    """Say what the columns hold, and what is kept back."""
    if world.site.is_public:
        return _("Đơn vị xếp A–Z. “Trong đó có việc quá hạn” không cộng thêm vào tổng số. Mức xếp loại chỉ nêu khi đã quyết định.")
    return _("Đơn vị xếp A–Z. “Trong đó có việc quá hạn” không cộng thêm vào tổng số. Mức chưa quyết định ghi là đề xuất.")
