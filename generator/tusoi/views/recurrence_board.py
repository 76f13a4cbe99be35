"""What comes back, what lasts and what everybody looks at first: findings that recur, that have been there for years, or that are hot spots."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tusoi import labels, telling
from tusoi.dates import YEAR, Span, span
from tusoi.facts import FindingFacts, FindingState
from tusoi.labels import Label, Shape, Tone
from tusoi.speech import _
from tusoi.views import board
from tusoi.views.board import BLANK, Board, Cell, Column, Row
from tusoi.views.world import World, view

_OVER: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
_COLUMNS: Final = (
    Column("han-che", "Hạn chế", sortable=True),
    Column("linh-vuc", "Lĩnh vực", filterable=True),
    Column("dau-hieu", "Dấu hiệu", "chip", filterable=True),
    Column("lan-truoc", "Lần trước"),
    Column("nguyen-nhan", "Nguyên nhân"),
    Column("ho-tro", "Đề nghị cấp trên hỗ trợ"),
    Column("tinh-trang", "Nay ra sao", "chip", filterable=True),
)


@view
def recurring(world: World) -> Board:
    """Gather the findings that recur or have lasted for as many years as the profile calls long, and the open ones of high priority."""
    found = [each for each in world.facts.counted_findings() if _recurs(each) or since(world, each) or _is_chronic(each) or _is_hot(each)]
    found.sort(key=lambda each: (str(each.concluded or ""), each.part.ref))
    return Board(
        "tai-dien-keo-dai",
        _COLUMNS,
        board.of_organisations(world, found, lambda each: each.organisation, lambda each: _row(world, each)),
        _("Chưa có hạn chế nào được ghi là tái diễn, kéo dài nhiều năm mà chưa xong, hoặc nổi cộm."),
        notes=(
            _("Việc tái diễn mở lại bằng một hạn chế mới, có dẫn tới hạn chế cũ; hạn chế cũ giữ nguyên kết quả đã xác nhận lúc ấy."),
            _("Vấn đề nổi cộm còn chưa khắc phục xong thì tháng nào cũng phải có báo cáo."),
        ),
    )


def _recurs(each: FindingFacts) -> bool:
    return "recurrence_of" in each.part.data or bool(each.recurred)


def _is_hot(each: FindingFacts) -> bool:
    return each.part.data.get("priority") == "high" and each.state not in _OVER


def _is_chronic(each: FindingFacts) -> bool:
    """Whether it is said to have lasted for years, whoever knows since when, and is still not over."""
    return each.part.data.get("chronic") is True and "since" not in each.part.data and each.state not in _OVER


def since(world: World, each: FindingFacts) -> str:
    """Since when a finding has been there, where that is as long as the profile calls long-standing and it is not resolved; else empty."""
    when = span(each.part.data.get("since")) or each.concluded
    return telling.on(each.part.data.get("since") or when) if when and each.state not in _OVER and _lasts(world, when) else ""


def _lasts(world: World, when: Span) -> bool:
    return (world.facts.day - when.last).days >= int(world.profile.days("chronic_years", world.facts.day) * YEAR)


def _row(world: World, each: FindingFacts) -> Row:
    data = each.part.data
    lasting = since(world, each)
    chips = (
        labels.RECURRING if "recurrence_of" in data else None,
        Label("Đã tái diễn sau đó", Shape.LOOP, Tone.BAD) if each.recurred else None,
        labels.LONG_STANDING if _is_chronic(each) else Label(_("Kéo dài từ {when}", when=lasting), Shape.LOOP, Tone.WAITING) if lasting else None,
        labels.HOT_SPOT if _is_hot(each) else None,
    )
    before = [str(data["recurrence_of"])] if "recurrence_of" in data else []
    return Row(
        (
            board.of_part(world, each.part),
            board.words(_area(world, each)),
            _signs(chips),
            board.several(_cell(world, ref) for ref in (*before, *each.recurred)) if before or each.recurred else BLANK,
            board.several(board.words(cause.get("text", "")) for cause in data.get("causes", ())) if data.get("causes") else board.remark(_("Chưa ghi")),
            _support(data.get("support_requested")),
            replace(board.states(labels.finding(each)), choices=(labels.FINDING[each.state].words,)),
        )
    )


def _signs(chips: tuple[Label | None, ...]) -> Cell:
    """Make a cell of signs; the filter has that it lasts without since when."""
    choices = tuple((labels.LONG_STANDING if each.tone is Tone.WAITING else each).words for each in chips if each)
    return replace(board.states(*chips), choices=choices)


def _cell(world: World, ref: str) -> Cell:
    facts = world.facts.findings.get(ref)
    return board.of_part(world, facts.part) if facts else board.link(world, ref)


def _support(stated: object) -> Cell:
    return board.remark(_("Chưa ghi")) if stated is None else board.words(_("Có") if stated else _("Không"))


def _area(world: World, each: FindingFacts) -> str:
    kind = world.kind(each.part.record.kind)
    return telling.sentence_case(labels.word(kind.schema, "findings", "area", str(each.part.data.get("area", "")))) if kind else ""
