"""Areas in which things go wrong easily: what was inspected there, what is on the programme, and how many findings are open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from tusoi import inspected
from tusoi.dates import Span
from tusoi.facts import FindingFacts, FindingState
from tusoi.labels import Label, Shape, Tone
from tusoi.profile import Word
from tusoi.record import Record
from tusoi.views import board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.world import World, view

_OVER: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
UNCOVERED: Final = Label("Năm nay chưa có cuộc kiểm tra nào", Shape.DASH, Tone.WAITING)
COVERED: Final = Label("Đã kiểm tra trong năm", Shape.FULL, Tone.GOOD)
PLANNED: Final = Label("Đã lên kế hoạch trong năm", Shape.RING_TICK, Tone.MOVING)

_COLUMNS: Final = (
    Column("linh-vuc", "Lĩnh vực"),
    Column("muc", "Dễ sai phạm", filterable=True),
    Column("nam-nay", "Năm nay", "chip", filterable=True),
    Column("ket-luan", "Cuộc kiểm tra đã kết luận"),
    Column("ke-hoach", "Cuộc kiểm tra đã lên kế hoạch"),
    Column("han-che", "Hạn chế đang mở", "number"),
    Column("don-vi", "Ở bao nhiêu đơn vị", "number"),
)


@view
def areas(world: World) -> Board:
    """Show every area of the profile, those that go wrong easily first, as the profile has them."""
    words = world.profile.areas(world.facts.day)
    ordered = sorted(words, key=lambda each: not each.high_risk)
    rows = tuple(_row(world, each) for each in ordered)
    return Board(
        "linh-vuc",
        _COLUMNS,
        (BoardGroup("", rows),) if rows else (),
        "Bộ quy định của dự án không nêu lĩnh vực nào, nên không có gì để đối chiếu.",
        by=None,
        notes=("Kiểm tra đột xuất không bao giờ nêu trước. Lĩnh vực xếp theo bộ quy định của dự án, lĩnh vực dễ sai phạm đứng trước.",),
    )


def _row(world: World, area: Word) -> Row:
    touched = [each for each in world.register.of_kind("inspection") if not each.told and area.id in inspected.areas(each)]
    concluded = [each for each in touched if "concluded" in each.data]
    planned = [each for each in touched if "planned" in each.data and "concluded" not in each.data]
    found = [each for each in world.facts.counted_findings() if each.part.data.get("area") == area.id and each.state not in _OVER]
    return Row(
        (
            board.words(area.words["vi"]),
            board.words("Có" if area.high_risk else "Không"),
            board.states(_this_year(world, concluded, planned)) if area.high_risk else BLANK,
            _links(world, concluded),
            _links(world, planned),
            board.number(len(found)),
            board.number(len(_bodies(found))),
        )
    )


def _this_year(world: World, concluded: Iterable[Record], planned: Iterable[Record]) -> Label:
    year = Span(date(world.facts.day.year, 1, 1), date(world.facts.day.year, 12, 31))
    if any(inspected.is_concluded_in(each, year) for each in concluded):
        return COVERED
    return PLANNED if any(inspected.is_planned_for(each, year) for each in planned) else UNCOVERED


def _links(world: World, found: list[Record]) -> Cell:
    return board.several(board.link(world, each.id) for each in found) if found else BLANK


def _bodies(found: Iterable[FindingFacts]) -> set[str]:
    return {each.organisation for each in found}
