"""Areas in which things go wrong easily: what was inspected there, what is on the programme, and which findings are open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from tusoi import inspected, labels
from tusoi.dates import Span
from tusoi.facts import FindingFacts, FindingState
from tusoi.labels import Label, Shape, Tone
from tusoi.profile import Word
from tusoi.record import Record
from tusoi.speech import N_, _, language
from tusoi.views import board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.order import name_key
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
_OPEN: Final = (
    Column("han-che", "Hạn chế"),
    Column("don-vi", "Đơn vị", filterable=True),
    Column("quy-dinh", "Quy định chưa thực hiện đúng"),
    Column("tinh-trang", "Nay ra sao", "chip", filterable=True),
)
_PAGE: Final = "bang/linh-vuc.html"
NO_AREA: Final = N_("Chưa ghi lĩnh vực")
_NO_RECORDS: Final = N_("Chưa đơn vị nào lập hồ sơ kiểm tra hay kiểm điểm ở đây, nên chưa có gì để đối chiếu. Chuyện lấy từ bài báo không tính vào bảng này.")


@view
def areas(world: World) -> Board:
    """Show every area of the profile, those that go wrong easily first, as the profile has them."""
    words = world.profile.areas(world.facts.day)
    ordered = sorted(words, key=lambda each: not each.high_risk)
    rows = tuple(_row(world, each) for each in ordered) if _has_own(world) else ()
    return Board(
        "linh-vuc",
        _COLUMNS,
        (BoardGroup("", rows),) if rows else (),
        _(_NO_RECORDS) if words else _("Bộ quy định của dự án không nêu lĩnh vực nào, nên không có gì để đối chiếu."),
        by=None,
        notes=(_("Kiểm tra đột xuất không bao giờ nêu trước. Lĩnh vực xếp theo bộ quy định của dự án, lĩnh vực dễ sai phạm đứng trước."),),
    )


@view
def open_by_area(world: World) -> Board:
    """Name the findings that are open, by area in the order of the profile; within an area by organisation A–Z."""
    found = [each for each in world.facts.counted_findings() if each.state not in _OVER]
    found.sort(key=lambda each: (name_key(world, each.organisation), each.part.ref))
    words = {each.id: each for each in world.profile.areas(world.facts.day)}
    ordered = sorted(words.values(), key=lambda each: not each.high_risk)
    groups = [BoardGroup(each.words.get(language(), each.words["vi"]), _open_rows(world, found, each.id), anchor=_anchor(each.id)) for each in ordered]
    other = tuple(_open_row(world, each) for each in found if each.part.data.get("area") not in words)
    return Board(
        "han-che-theo-linh-vuc",
        _OPEN,
        tuple(each for each in (*groups, BoardGroup(_(NO_AREA), other)) if each.rows),
        _("Không có hạn chế nào đang mở trong các kết luận ở đây."),
        by=Column("linh-vuc", "Lĩnh vực", filterable=True),
    )


def _has_own(world: World) -> bool:
    """Whether organisations keep records here that could say what was inspected: of sources' stories alone nothing is missing."""
    return any(not each.told for each in world.register.of_kind("inspection", "review"))


def _open_rows(world: World, found: Iterable[FindingFacts], area: str) -> tuple[Row, ...]:
    return tuple(_open_row(world, each) for each in found if each.part.data.get("area") == area)


def _open_row(world: World, each: FindingFacts) -> Row:
    return Row(
        (
            board.of_part(world, each.part),
            board.link(world, each.organisation),
            board.words(each.part.data.get("criterion", "")),
            board.states(labels.FINDING[each.state], labels.HOT_SPOT if each.part.data.get("priority") == "high" else None),
        )
    )


def _anchor(area: str) -> str:
    return f"linh-vuc-{area}"


def _row(world: World, area: Word) -> Row:
    touched = [each for each in world.register.of_kind("inspection") if not each.told and area.id in inspected.areas(each)]
    concluded = [each for each in touched if "concluded" in each.data]
    planned = [each for each in touched if "planned" in each.data and "concluded" not in each.data]
    found = [each for each in world.facts.counted_findings() if each.part.data.get("area") == area.id and each.state not in _OVER]
    return Row(
        (
            board.words(area.words.get(language(), area.words["vi"])),
            board.words(_("Có") if area.high_risk else _("Không")),
            board.states(_this_year(world, concluded, planned)) if area.high_risk else BLANK,
            _links(world, concluded),
            board.several(_planned(world, each) for each in planned) if planned else BLANK,
            board.number(len(found), f"{_PAGE}#{_anchor(area.id)}" if found else ""),
            board.number(len(_bodies(found))),
        )
    )


def _this_year(world: World, concluded: Iterable[Record], planned: Iterable[Record]) -> Label:
    year = Span(date(world.facts.day.year, 1, 1), date(world.facts.day.year, 12, 31))
    if any(inspected.is_concluded_in(each, year) for each in concluded):
        return COVERED
    return PLANNED if any(inspected.is_planned_for(each, year) for each in planned) else UNCOVERED


def _planned(world: World, each: Record) -> Cell:
    """Lead to what is on a programme, and say where its year has passed."""
    there = board.link(world, each.id)
    return board.several([there, board.remark(labels.LEFT_OVER.words)]) if inspected.is_left_over(each, world.facts.day) else there


def _links(world: World, found: list[Record]) -> Cell:
    return board.several(board.link(world, each.id) for each in found) if found else BLANK


def _bodies(found: Iterable[FindingFacts]) -> set[str]:
    return {each.organisation for each in found}
