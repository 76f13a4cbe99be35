"""Indicators and aggregate figures: what was to be reached, what was, and what cannot be computed because nobody states the number it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tusoi import labels, telling
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views import board
from tusoi.views.board import BLANK, Board, Column, Row
from tusoi.views.measures import is_few_persons, left_of, stages_of
from tusoi.views.world import World, view

REACHED: Final = Label("Đạt", Shape.FULL, Tone.GOOD)
NOT_REACHED: Final = Label("Chưa đạt", Shape.HALF, Tone.WAITING)
NO_BASELINE: Final = Label("Không tính được: không có số gốc", Shape.DASH)
NO_BASELINE_TOLD: Final = Label("Không tính được: nguồn không nêu số gốc", Shape.DASH)
NO_TOTAL: Final = Label("Không tính được: không có tổng số", Shape.DASH)
NO_VALUE: Final = Label("Chưa có kết quả", Shape.RING)
NO_VALUE_TOLD: Final = Label("Nguồn không nêu kết quả", Shape.DASH)

_INDICATORS: Final = (
    Column("chi-tieu", "Chỉ tiêu"),
    Column("ky", "Kỳ"),
    Column("goc", "Số gốc", "number"),
    Column("phai-dat", "Phải đạt"),
    Column("dat-duoc", "Đạt được", "number"),
    Column("con-lai", "Còn lại", "number"),
    Column("tinh-ra", "Tính ra", "number"),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
)
_FIGURES: Final = (
    Column("so-lieu", "Số liệu tổng hợp"),
    Column("ky", "Kỳ"),
    Column("dem-gi", "Đếm gì"),
    Column("con-so", "Con số", "number"),
    Column("cach-dem", "Cách đếm", filterable=True),
    Column("buoc", "Đến bước nào", filterable=True),
    Column("o-day", "Có hồ sơ ở đây"),
)


@view
def indicators(world: World) -> Board:
    """Gather the indicators, period by period."""
    found = [each for each in world.register.of_kind("indicator") if not each.told]
    none = _("Chưa có chỉ tiêu nào được ghi ở đây, nên chưa có gì để so.")
    return _indicator_board(world, "chi-tieu", found, board.none_of_own(world, "indicator", none))


@view
def told_indicators(world: World) -> Board:
    """The same of those that sources tell of, with what they leave out: nothing is compared."""
    found = [each for each in world.register.of_kind("indicator") if each.told]
    return _indicator_board(world, "chi-tieu-nguon-ke", found, _("Không có chỉ tiêu nào được nguồn kể lại."))


def _indicator_board(world: World, name: str, found: list[Record], none: str) -> Board:
    lines = [(each, value) for each in found for value in each.get("values") or (None,)]
    groups = board.of_organisations(world, lines, lambda each: each[0].organisation, lambda each: _indicator(world, *each))
    note = _("Chỉ tiêu tăng tính so với số gốc; chỉ tiêu tỷ lệ tính trên tổng số. Thiếu số gốc hoặc tổng số thì không tính, không ước lượng.")
    return Board(name, _INDICATORS, groups, none, notes=(note,))


@view
def aggregates(world: World) -> Board:
    """Gather the totals that are not itemised: each with how it was counted, and how many such cases have a record here."""
    found = [each for each in world.register.of_kind("figures") if not each.told]
    none = _("Chưa có số liệu tổng hợp nào về kiểm tra, giám sát hay xử lý được ghi ở đây.")
    return _figure_board(world, "so-lieu-tong-hop", found, board.none_of_own(world, "figures", none))


@view
def told_aggregates(world: World) -> Board:
    """The same of the totals that sources state."""
    found = [each for each in world.register.of_kind("figures") if each.told]
    return _figure_board(world, "so-lieu-tong-hop-nguon-ke", found, _("Không có số liệu tổng hợp nào được nguồn nêu."))


def _figure_board(world: World, name: str, found: list[Record], none: str) -> Board:
    lines = [(each, count) for each in found for count in each.data.get("counts", ())]
    groups = board.of_organisations(world, lines, lambda each: each[0].organisation, lambda each: _count(world, *each))
    note = _("“Lượt” không phải là người hay tổ chức: một nơi có thể được đếm nhiều lượt. “Đề nghị” chưa phải là quyết định.")
    return Board(name, _FIGURES, groups, none, notes=(note,))


def _indicator(world: World, each: Record, value: Mapping[str, Any] | None) -> Row:
    reached = computed(each, value)
    unit = "%" if each.get("measure") in ("increase", "share") else str(each.get("unit"))
    is_few = value is not None and is_few_persons(value, str(each.get("unit")))
    return Row(
        (
            board.link(world, each.id),
            board.words(telling.between(each.get("from"), each.get("to")) if value is None else telling.sentence_case(telling.on(value["period"]))),
            board.words(telling.figure(each.data["baseline"], told=each.told)) if "baseline" in each.data else BLANK,
            board.words(_target(each, unit)),
            board.words(_value(each, value)) if value else BLANK,
            board.words(left_of(each, value)) if value else BLANK,
            board.words(f"{telling.number(round(reached, 1))} {unit}") if reached is not None and not is_few else BLANK,
            board.states(_state(each, value, reached)),
        )
    )


def computed(each: Record, value: Mapping[str, Any] | None) -> float | None:
    """Give what an indicator comes to in a period, in its own measure: percent of increase, percent of a total, or the level. None where it cannot be told."""
    if value is None:
        return None
    match each.get("measure"):
        case "increase":
            base = each.get("baseline", "value")
            return 100 * (value["value"] - base) / base if base else None
        case "share":
            return 100 * value["value"] / value["of"] if "of" in value else None
    return float(value["value"])


def _target(each: Record, unit: str) -> str:
    low, high = each.get("target", "from"), each.get("target", "to")
    if low is None:
        return ""
    said = f"{telling.number(low)}–{telling.number(high)} {unit}" if high is not None else f"{telling.number(low)} {unit}"
    return _("tăng {said}", said=said) if each.get("measure") == "increase" else said


def _value(each: Record, value: Mapping[str, Any]) -> str:
    return telling.figure({**{key: value[key] for key in ("value", "of") if key in value}, "unit": str(each.get("unit"))}, told=each.told)


def _state(each: Record, value: Mapping[str, Any] | None, reached: float | None) -> Label:
    if each.get("measure") == "increase" and each.get("baseline", "value") is None:
        return NO_BASELINE_TOLD if each.told else NO_BASELINE
    if value is None:
        return NO_VALUE_TOLD if each.told else NO_VALUE
    if reached is None:
        return NO_TOTAL
    low = each.get("target", "from")
    return NO_VALUE if low is None else REACHED if reached >= low else NOT_REACHED


def _count(world: World, each: Record, count: Mapping[str, Any]) -> Row:
    kind = world.kind("figures")
    schema = kind.schema if kind else {}
    return Row(
        (
            board.link(world, each.id),
            board.words(telling.between(each.get("from"), each.get("to"))),
            board.words(_what(world, count)),
            board.words(telling.figure(count, told=each.told)),
            board.words(labels.word(schema, "counts", "counting", str(count["counting"]))) if "counting" in count else board.remark(_unsaid(each)),
            board.words(stages_of(world, each, count)),
            board.words(_itemised(world, count)),
        )
    )


def _what(world: World, count: Mapping[str, Any]) -> str:
    """Say what is counted, and for which criterion."""
    criterion = world.register.find(str(count["criterion"])) if "criterion" in count else None
    said = [str(criterion.data.get("text", "")).removesuffix(".")] if isinstance(criterion, Part) else []
    return " – ".join([*said, *([str(count["what"])] if "what" in count else [])])


def _unsaid(each: Record) -> str:
    return _(labels.NOT_STATED) if each.told else _(labels.NOT_WRITTEN)


def _itemised(world: World, count: Mapping[str, Any]) -> str:
    """Say how many of an asserted total have a record here, and whether the cases told one by one are in it."""
    kind = str(count.get("of_kind") or "")
    if not kind:
        return _("Chỉ có tổng số") if count.get("itemised") is False else ""
    here = len(list(world.register.of_kind(kind)))
    narrated = {"included": _("tổng số đã gồm"), "besides": _("ngoài tổng số này"), "unknown": _("không rõ đã gồm hay chưa")}.get(
        str(count.get("narrated")), ""
    )
    return _("{here} hồ sơ{value}", here=telling.number(here), value=f", {narrated}" if narrated else "", count=here)
