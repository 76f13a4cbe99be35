"""What one organisation owes on the day, on its own page: the same lines that the boards have, gathered from them, so that no page says less than another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tusoi import telling
from tusoi.dates import span
from tusoi.facts import CarryColumn, CarryRow
from tusoi.labels import Label, Tone, overdue
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views import board, deadlines, following_boards, submissions_board
from tusoi.views.board import Board, Cell
from tusoi.views.waived import WAIVED
from tusoi.views.world import World, view

_PLAN: Final = N_("Kế hoạch khắc phục")
_PLANLESS: Final = "bang/ket-luan-chua-co-ke-hoach.html"


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One thing that is owed."""

    what: Cell
    due: str
    """`hạn 31/01/2026`; of a recurring duty, how often."""
    state: Cell


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed of one nature, by the due day, and the board that has it, too."""

    title: str
    where: str
    lines: tuple[OwedLine, ...]


_Lines = Mapping[str, tuple[OwedLine, ...]]
"""By the organisation that owes them."""


@view
def still_owed(world: World, organisation: Record) -> tuple[Owing, ...]:
    """Give what should have been done by the day and is not: plans, reports, answers, actions. What is not due yet, or not asked for now, nobody owes."""
    if organisation.told:
        return ()
    found = ((title, where, lines.get(organisation.id, ())) for title, where, lines in world.once("still_owed", _gathered))
    return tuple(Owing(title, where, lines) for title, where, lines in found if lines)


@view
def soon_owed(world: World, organisation: Record) -> tuple[OwedLine, ...]:
    """Give what an organisation has to do in the next days: the lines that the board of what is due soon has."""
    return () if organisation.told else world.once("soon_owed", _gathered_soon).get(organisation.id, ())


def _gathered_soon(world: World) -> _Lines:
    made = deadlines.due_soon_board.make(world)
    keys = [column.key for column in made.columns]
    due, state = keys.index("han"), keys.index("tinh-trang")
    rows = ((group.ref, row.cells) for group in made.groups for row in group.rows)
    return _by_organisation((whose, OwedLine(cells[0], _due(cells[due]), cells[state])) for whose, cells in rows)


def _gathered(world: World) -> tuple[tuple[str, str, _Lines], ...]:
    """Gather what everybody owes: the title of each nature, its board, and the lines by organisation."""
    planless = following_boards.planless.make(world)
    return (
        (_("Nộp báo cáo, kế hoạch của kỳ kiểm điểm"), "bang/chua-nop.html", _missing(world, set(_planless_cycles(world, planless)))),
        (_("Lập kế hoạch sau kết luận"), _PLANLESS, _late(planless)),
        (_("Báo cáo kết quả thực hiện kết luận"), _PLANLESS, _late(following_boards.reports_due.make(world))),
        (_("Báo cáo sau một năm thực hiện gợi ý"), "bang/bao-cao-mot-nam.html", _late(following_boards.yearly.make(world))),
        (_("Báo cáo tiến độ kế hoạch"), "bang/qua-ky-bao-cao.html", _stale(world)),
        (_("Trả lời hạn chế kỳ trước"), "bang/nam-truoc.html", _unanswered(world)),
        (_("Việc quá hạn"), "bang/qua-han.html", _late(deadlines.overdue_board.make(world))),
    )


def _by_organisation(pairs: Iterable[tuple[str, OwedLine]]) -> _Lines:
    found: dict[str, list[OwedLine]] = {}
    for whose, line in pairs:
        found.setdefault(whose, []).append(line)
    return {whose: tuple(lines) for whose, lines in found.items()}


def _late(made: Board) -> _Lines:
    """Give the lines of a board whose day has passed."""
    keys = [column.key for column in made.columns]
    due, state = keys.index("han"), keys.index("tinh-trang")
    late = ((group.ref, row.cells) for group in made.groups for row in group.rows if any(chip.tone is Tone.BAD for chip in _chips(row.cells[state])))
    return _by_organisation((whose, OwedLine(cells[0], _due(cells[due]), cells[state])) for whose, cells in late)


def _is_waived(state: Cell) -> bool:
    """Whether nobody asks for it for now."""
    return _(WAIVED) in state.values


def _due(cell: Cell) -> str:
    """Say the day; of what has no day but a rhythm, the rhythm."""
    return _("hạn {due}", due=cell.text) if cell.csv else cell.text[:1].lower() + cell.text[1:]


def _chips(cell: Cell) -> Iterator[Label]:
    yield from cell.chips
    for part in cell.parts:
        yield from _chips(part)


def _missing(world: World, planless: set[tuple[str, str]]) -> _Lines:
    """Give what was not handed in in the cycles. A plan stands once: with the conclusion that asks for it, where that is known."""
    found = ((cycle, row.cells[:4]) for cycle in submissions_board.submitted.make(world) for row in cycle.missing.rows)
    return _by_organisation(
        (whose.ref, OwedLine(Cell(f"{step.text} – {cycle.title}", cycle.ref), _due(due), state))
        for cycle, (whose, step, due, state) in found
        if not _is_waived(state) and (step.text != _(_PLAN) or (whose.ref, cycle.ref) not in planless)
    )


def _planless_cycles(world: World, planless: Board) -> Iterator[tuple[str, str]]:
    """Give each organisation and cycle whose conclusion waits for its plan."""
    for group in planless.groups:
        for row in group.rows:
            base = world.register.find(row.cells[0].ref)
            cycle = world.register.find(str(base.get("cycle"))) if isinstance(base, Record) and base.kind == "review" else None
            if cycle:
                yield group.ref, cycle.ref


def _stale(world: World) -> _Lines:
    """Give the plans whose report is late, with the day on which it was due by the plan's rhythm and the days of grace."""
    made = following_boards.stale.make(world)
    state = [column.key for column in made.columns].index("tinh-trang")
    days: dict[str, int] = {}
    for each in world.facts.counted_actions():
        days[each.part.record.id] = max(each.stale_days, days.get(each.part.record.id, 0))
    found = ((group.ref, row.cells) for group in made.groups for row in group.rows if not _is_waived(row.cells[state]))
    return _by_organisation((whose, OwedLine(cells[0], _due_since(world, days.get(cells[0].ref, 0)), cells[state])) for whose, cells in found)


def _due_since(world: World, days: int) -> str:
    return _("hạn {due}", due=telling.day(world.facts.day - timedelta(days=days)))


def _unanswered(world: World) -> _Lines:
    """Give the cycles in which earlier findings should have been answered, and were not."""
    due = ((row, span(_answer_due(world, row))) for row in world.facts.carry if row.number(CarryColumn.UNANSWERED))
    return _by_organisation((row.organisation, _answer(world, row, when.last)) for row, when in due if when and when.last < world.facts.day)


def _answer(world: World, row: CarryRow, due: date) -> OwedLine:
    unanswered = row.number(CarryColumn.UNANSWERED)
    number, cycle = telling.number(unanswered), world.titles.full(row.cycle)
    words = _("{number} hạn chế chưa được trả lời – {cycle}", number=number, cycle=cycle, count=unanswered)
    return OwedLine(Cell(words, row.cycle), _("hạn {due}", due=telling.day(due)), board.states(overdue((world.facts.day - due).days)))


def _answer_due(world: World, row: CarryRow) -> object:
    """Give the day until which the answers were to come: that of the step, or the end of the cycle."""
    cycle = world.register.records.get(row.cycle)
    if cycle is None:
        return None
    dues = {str(step.get("step", "")): step.get("due") for step in cycle.get("steps") or ()}
    return dues.get("carry_over") or dues.get("review") or cycle.get("to")
