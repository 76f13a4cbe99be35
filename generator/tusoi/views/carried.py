"""What was promised last year and what became of it: per organisation a tally whose columns add up, and every finding behind it."""

from __future__ import annotations

from dataclasses import dataclass

from tusoi import telling
from tusoi.dates import is_past
from tusoi.facts import CarryRow
from tusoi.views.order import name_key
from tusoi.views.pieces import FindingLine, finding_line
from tusoi.views.world import World, view

HEADS = ("Đơn vị", "Tổng số", "Đã khắc phục và được xác nhận", "Báo đã khắc phục, chờ xác nhận", "Đang khắc phục", "Chưa khắc phục", "Chưa trả lời")


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """One organisation's line of the tally."""

    organisation: str
    review: str
    """The review that answers; empty where there is none yet."""
    numbers: tuple[int, ...]
    """Total, then the columns, in the order of the heads."""
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class CarriedCycle:
    """The tally of one cycle."""

    cycle: str
    rows: tuple[CarriedRow, ...]
    sums: tuple[int, ...]
    answer_by: str
    """Until when organisations may answer, where that day has not come: nobody is late before it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """All cycles, the latest first."""

    heads: tuple[str, ...]
    cycles: tuple[CarriedCycle, ...]

    @property
    def latest(self) -> CarriedCycle | None:
        """The last cycle in which the answers are due: the one to look at."""
        return next((each for each in self.cycles if each.rows and not each.answer_by), None)


@view
def carried(world: World) -> Carried:
    """Gather what earlier findings became, cycle by cycle. Before the day on which answers are due, a public site names only those who have answered."""
    by_cycle: dict[str, list[CarryRow]] = {}
    for row in world.facts.carry:
        if row.total:
            by_cycle.setdefault(row.cycle, []).append(row)
    latest = sorted(by_cycle, key=lambda each: (_end(world, each), each), reverse=True)
    return Carried(HEADS, tuple(_cycle(world, each, by_cycle[each]) for each in latest))


def _cycle(world: World, cycle: str, rows: list[CarryRow]) -> CarriedCycle:
    answer_by = _answer_by(world, cycle)
    shown = [row for row in rows if row.review or not (answer_by and world.site.is_public)]
    made = tuple(_row(world, row) for row in sorted(shown, key=lambda row: (name_key(world, row.organisation), row.organisation)))
    return CarriedCycle(cycle, made, tuple(sum(column) for column in zip(*(row.numbers for row in made), strict=True)), answer_by)


def _row(world: World, row: CarryRow) -> CarriedRow:
    numbers = (row.total, row.resolved, row.claimed, row.in_progress, row.unresolved, row.unanswered)
    return CarriedRow(row.organisation, row.review.id if row.review else "", numbers, tuple(finding_line(world, each) for each in row.findings))


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
