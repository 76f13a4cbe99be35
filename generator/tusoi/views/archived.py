"""What is closed and older than two cycles: kept at its address, marked, left out of lists, and no longer for search engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from tusoi import telling
from tusoi.dates import has_begun, span
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.board import Board
from tusoi.views.open_matters import has_open_matters
from tusoi.views.order import Group, by_organisation
from tusoi.views.world import World, view

KEPT: Final = 2
"""Later yearly cycles for which a closed matter stays among the others."""
_KINDS: Final = ("review", "inspection", "suggestion", "plan", "progress")
"""What is archived, in the order in which it happens."""
_PARTS: Final = ("finding", "issue", "action")
_WHOLE: Final = frozenset({"tai-dien-keo-dai", "can-bo-sung"})
"""Boards about what lasts and comes back, and about what is still to be written: they leave nothing out."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The lines of a list: those that are still followed, and those that are only kept."""

    now: tuple[Any, ...]
    kept: tuple[Any, ...]
    since: str
    """The latest year of what is only kept; empty where there is none."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A record or a finding in the archive."""

    ref: str
    kind: str
    year: str


@view
def archived(world: World, it: Record | Part | None) -> str:
    """Say of which year a matter is that is only kept; nothing where it is still followed, or where there is no such thing."""
    return str(_archive(world).get(it.ref, "")) if it else ""


def is_archived(world: World, it: Record | Part | None) -> bool:
    """Whether it is only kept."""
    return it is not None and it.ref in _archive(world)


@view
def folded(world: World, lines: Iterable[Any]) -> Folded:
    """Divide the lines of a list: each is a ref, or has one."""
    archive, there = _archive(world), tuple(lines)
    kept = tuple(each for each in there if _ref(each) in archive)
    years = [archive[_ref(each)] for each in kept]
    return Folded(tuple(each for each in there if _ref(each) not in archive), kept, str(max(years)) if years else "")


@view
def archive(world: World) -> tuple[Group[KeptLine], ...]:
    """List what is only kept, by organisation A–Z: the latest year first, records before the findings in them."""
    found = [world.register.find(ref) for ref in _archive(world)]
    shown = [each for each in found if each is not None and each.kind in (*_KINDS, "finding")]
    shown.sort(key=lambda each: (-_archive(world)[each.ref], isinstance(each, Part), (*_KINDS, "finding").index(each.kind), each.ref))
    groups = by_organisation(world, shown, lambda each: _whose(world, each))
    return tuple(Group(group.title, tuple(_line(world, each) for each in group.rows), group.ref) for group in groups)


def without_archived(world: World, board: Board) -> Board:
    """Give a board without the rows of what is only kept, and say how many they are."""
    archive = _archive(world)
    if board.name in _WHOLE or not any(row.cells[0].ref in archive for row in board.rows):
        return board
    groups = tuple(replace(group, rows=tuple(row for row in group.rows if row.cells[0].ref not in archive)) for group in board.groups)
    left = sum(len(group.rows) for group in groups)
    gone = board.count - left
    note = _("{number} dòng đã kết thúc từ hơn hai kỳ trước nằm ở mục Lưu trữ.", number=telling.number(gone), count=gone)
    if not left:  # "none was ever issued" would not be true
        return replace(board, groups=(), empty=note)
    return replace(board, groups=tuple(group for group in groups if group.rows), notes=(*board.notes, note))


def _ref(line: Any) -> str:
    """Give what a line is about: it says so itself, or a line in it does."""
    return line if isinstance(line, str) else str(line.ref if hasattr(line, "ref") else line.line.ref)


def _whose(world: World, it: Record | Part) -> str:
    """Give the organisation that a finding is about, or in whose folder a record is."""
    finding = world.facts.findings.get(it.ref)
    return finding.about if finding else it.record.organisation if isinstance(it, Part) else it.organisation


def _line(world: World, it: Record | Part) -> KeptLine:
    return KeptLine(it.ref, _("Hạn chế") if isinstance(it, Part) else world.titles.kind(it.kind), str(_archive(world)[it.ref]))


def _archive(world: World) -> dict[str, int]:
    return world.once("archive", _gathered)


def _gathered(world: World) -> dict[str, int]:
    """Give the refs of all that is only kept, each with its year."""
    limit = _limit(world)
    if limit is None:
        return {}
    made: dict[str, int] = {}
    for record in world.register.of_kind(*_KINDS):
        year = None if record.told else _year(world, record)
        if year is None or year >= limit:
            continue
        parts = [part for part in record.parts if part.kind in _PARTS]
        there: list[Record | Part] = [record, *parts]
        made |= {each.ref: year for each in there if not _is_open(world, each)}
    return made


def _limit(world: World) -> int | None:
    """Give the year before which closed matters are only kept: the first of the last yearly cycles; None while there are not more of them."""
    yearly = [each for each in world.register.of_kind("cycle") if not each.told and each.get("kind") == "annual"]
    begun = [each for each in yearly if has_begun(each.get("from"), world.facts.day)]
    years = sorted({period.last.year for each in begun if (period := span(each.get("to") or each.get("from")))})
    return years[-1 - KEPT] if len(years) > KEPT else None


def _is_open(world: World, it: Record | Part) -> bool:
    """Whether something waits in it; a report on progress is as open as its plan."""
    if isinstance(it, Record) and it.kind == "progress":
        plan = world.register.find(str(it.get("of") or ""))
        return plan is None or has_open_matters(world, plan) or has_open_matters(world, it)
    return has_open_matters(world, it)


def _year(world: World, record: Record, depth: int = 0) -> int | None:
    """Give the year of a record: that of its cycle, else of what it follows, else of the day on which it was settled."""
    cycle = world.register.find(str(record.get("cycle") or ""))
    if isinstance(cycle, Record) and (period := span(cycle.get("to") or cycle.get("from"))):
        return period.last.year
    of = record.get("of") or ()
    bases = [world.register.find(str(each)) for each in ((of,) if isinstance(of, str) else of)]
    records = [each.record if isinstance(each, Part) else each for each in bases if each]
    years = [year for each in records if depth < KEPT and (year := _year(world, each, depth + 1)) is not None]
    if years:
        return max(years)
    kind = world.kind(record.kind)
    days = [when.last.year for seal in (kind.seals if kind else ()) if (when := span(record.get(seal, "date")))]
    return max(days) if days else None
