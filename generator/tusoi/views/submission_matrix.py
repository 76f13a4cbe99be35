"""Who has handed in what, at one look: a cell with a shape and words for every organisation and every step of a cycle, A–Z.

Until a due day has passed, a public site says of nobody whether it has handed in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tusoi import submissions
from tusoi.labels import Label, Shape
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.submissions import Submission
from tusoi.views import submissions_board, waived
from tusoi.views.order import by_name
from tusoi.views.world import World, view

_EARLY: Final = Label("Chưa đến hạn", Shape.RING)
_NOT_ASKED: Final = Label("Không có bước này", Shape.DASH)
_HEADS: Final = {"feedback": N_("Tổng hợp góp ý"), "review": N_("Báo cáo kiểm điểm"), "plan": N_("Kế hoạch khắc phục")}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One organisation, with the state of each step."""

    ref: str
    cells: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture of a cycle."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@view
def submission_matrix(world: World, ref: str) -> Matrix | None:
    """Lay out a cycle, by its id; None where nobody has to hand in anything, or where nothing of it may be told yet."""
    cycle = world.register.find(ref)
    found = submissions.of_cycle(world.register, cycle, world.facts.day) if isinstance(cycle, Record) else ()
    if all(submissions_board.is_early(each, world) and world.site.is_public for each in found):
        return None
    steps = [step for step in submissions.STEPS if any(each.step == step for each in found)]
    by_place = {(each.organisation, each.step): each for each in found}
    bodies = by_name(world, (each.organisation for each in found))
    rows = tuple(MatrixRow(body, tuple(_cell(world, by_place.get((body, step))) for step in steps)) for body in bodies)
    title = _("Ai đã nộp bước nào – {cycle}", cycle=world.titles.full(ref))
    return Matrix(title, tuple(_(_HEADS[step]) for step in steps), rows)


def _cell(world: World, each: Submission | None) -> Label:
    """Say how an organisation stands with a step."""
    if each is None:
        return _NOT_ASKED
    if world.site.is_public and submissions_board.is_early(each, world):
        return _EARLY
    waiver = submissions_board.waiver_of(world, each)
    said = submissions_board.worded(each, waiver)
    if waiver:
        return replace(said, said=_("{state}. {waived}", state=said.words, waived=waived.words(waiver)))
    return replace(said, shape=Shape.CLOCK) if each.late_days else said
