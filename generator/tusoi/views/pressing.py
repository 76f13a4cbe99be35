"""What is late and what is due soon, for the first page: organisations A–Z, with the action in words where there are few; never worst first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import telling
from tusoi.labels import Label
from tusoi.views.coming_dates import NATURES
from tusoi.views.deadlines import Deadline, Deadlines, due_soon, overdue
from tusoi.views.order import Group
from tusoi.views.world import World

_FEW: Final = 5
"""Things, or organisations, that stand in sight; more than that are read by nobody in passing."""
_LONGEST: Final = 110


@dataclass(frozen=True, slots=True)
class PressingLine:
    """What presses at one organisation: one thing in words, or how many things."""

    organisation: str
    number: int
    ref: str = ""
    content: str = ""
    """Empty where there are several."""
    chip: Label | None = None


@dataclass(frozen=True, slots=True)
class Pressing:
    """What presses: how many actions, how many steps of others, and whose."""

    lines: tuple[PressingLine, ...]
    actions: int
    """Actions, and plans and reports that are asked for."""
    steps: int
    """Steps of actions that are themselves still in time."""
    calendar: int = 0
    """What the calendar brings besides: reports in their rhythm, steps of cycles; as many as the board has rows of them."""

    @property
    def number(self) -> int:
        """All together."""
        return self.actions + self.steps

    @property
    def are_few(self) -> bool:
        """Whether all stand in sight."""
        return len(self.lines) <= _FEW


@dataclass(frozen=True, slots=True)
class Dates:
    """What is late and what is due soon; `own` says of how many promised actions."""

    late: Pressing
    soon: Pressing
    own: int


def dates_of(world: World) -> Dates:
    """Gather what presses."""
    late, soon = overdue.make(world), due_soon.make(world)
    return Dates(_pressing(late), _pressing(soon), late.own)


def _pressing(found: Deadlines) -> Pressing:
    calendar = sum(row.nature in NATURES for group in found.groups for row in group.rows)
    groups = tuple(Group(group.title, tuple(row for row in group.rows if row.nature not in NATURES), group.ref) for group in found.groups)
    count = sum(len(group.rows) for group in groups)
    steps = sum(bool(row.step_of) for group in groups for row in group.rows)
    all_of_them = {group.ref: len(group.rows) for group in found.groups}
    lines = (line for group in groups for line in _lines(group, all_of_them[group.ref], are_few=count <= _FEW))
    return Pressing(tuple(lines), count - steps, steps, calendar)


def _lines(group: Group[Deadline], rows: int, *, are_few: bool) -> Iterator[PressingLine]:
    """Tell each thing in words where there are few of them, or where an organisation has no other; else how many rows the board has of it."""
    if not are_few and len(group.rows) > 1:
        yield PressingLine(group.ref, rows)
        return
    for each in group.rows:
        yield PressingLine(group.ref, 1, each.ref, telling.shortened(each.content, _LONGEST), each.chips[0])
