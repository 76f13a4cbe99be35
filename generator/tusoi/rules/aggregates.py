"""Rules about numbers that stand for many cases: what was counted, of what, and whether it can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tusoi.dates import Span, is_before, span
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, id_of

TURNS = re.compile(r"\b(lượt|instances?|times)\b", re.IGNORECASE)
"""Units that say themselves that each time counts."""
COUNTED = re.compile(
    r"\b(người|đảng viên|cán bộ|công chức|viên chức|hội viên|đoàn viên|cá nhân|chức danh|hộ|tổ chức|chi bộ|đảng bộ|đảng ủy|cấp ủy|đơn vị|cơ quan|"
    r"persons?|people|members?|officials?|posts?|households?|organi[sz]ations?|cells?|committees?|units?)\b",
    re.IGNORECASE,
)
"""Units of which one may be counted once, or each time."""
DATED = ("date", "issued", "concluded", "approved", "established", "submitted")
"""Where a record says when it came about."""


@rule("R18", stage="always", kinds=("inspection", "figures"), source="S2-07 S0-17 S2-08")
def counting_unit(record: Record, world: World) -> Iterator[Problem]:
    """A number of persons or organisations says whether each counts once or each time. A total that a record asserts says whether it holds the cases told one by one, and should be the number of records here, unless it is not itemised. A number of disciplinary measures should say whether they are proposed or decided.

    vi: Số người, số tổ chức phải ghi rõ mỗi người, mỗi nơi đếm một lần, hay đếm theo lượt. Tổng số được nêu phải ghi đã gồm các trường hợp kể riêng hay chưa, và nên bằng số hồ sơ có ở đây, trừ khi đã ghi là không liệt kê từng trường hợp. Số bị kỷ luật nên ghi rõ mới đề nghị hay đã quyết định.
    """  # noqa: E501 -- the docstring is published as it is
    key = "counts" if record.kind == "figures" else "figures"
    for number, figure in enumerate(record.get(key) or ()):
        unit = str(figure.get("unit", ""))
        if TURNS.search(unit):
            if figure.get("counting") == "distinct":
                yield wrong("R18", record, key, number, "counting", variant="turns", number=number + 1, unit=unit)
        elif COUNTED.search(unit) and "counting" not in figure:
            yield wrong("R18", record, key, number, "counting", variant="counting", number=number + 1, unit=unit)
        if figure.get("response") == "discipline" and "stage" not in figure and not record.told:
            yield wrong("R18", record, key, number, "stage", variant="stage", severity=Severity.WARNING, number=number + 1)
        if "of_kind" in figure:
            yield from _asserted(record, number, figure, world)


def _asserted(record: Record, number: int, figure: Mapping[str, Any], world: World) -> Iterator[Problem]:
    if "narrated" not in figure:
        yield wrong("R18", record, "counts", number, "narrated", variant="narrated", number=number + 1)
    elif not record.told and figure["narrated"] == "included" and figure.get("itemised") is not False and "value" in figure:
        here = sum(_is_counted(each, record, world) for each in world.register.of_kind(figure["of_kind"]))
        if here != figure["value"]:
            params = {"value": f"{figure['value']:g}", "here": here}
            yield wrong("R18", record, "counts", number, "value", variant="records", severity=Severity.WARNING, number=number + 1, **params)


def _is_counted(each: Record, figures: Record, world: World) -> bool:
    """Whether a record is one of those that a total speaks of: of whom it is about, else of who states it, and within its period."""
    about = {id_of(world.register, ref) for ref in figures.get("about") or ()} or {figures.organisation}
    when = next((found for key in DATED if (found := span(each.get(key, "date") if key != "date" else each.get(key)))), None)
    if each.told or each.organisation not in about or (when is None and "held_elsewhere" not in each.data):
        return False
    first, last = span(figures.get("from")), span(figures.get("to"))
    return when is None or not ((first and is_before(when, first)) or (last and is_before(Span(last.last, last.last), when)))


@rule("R37", stage="always", kinds=("figures", "review"), source="S2-01 S3-08")
def covers_all(record: Record, world: World) -> Iterator[Problem]:
    """Results by criterion name their set, with its version, and have a number for each criterion of it, and of no other; a concluded review says something of each criterion that its cycle asks about.

    vi: Kết quả soi theo tiêu chí phải ghi theo bộ nào, bản nào, có đủ số liệu từng tiêu chí của bộ ấy, không lẫn bộ khác; báo cáo kiểm điểm đã kết luận phải nói đến từng nội dung mà kỳ kiểm điểm yêu cầu.
    """  # noqa: E501 -- the docstring is published as it is
    if record.kind == "figures":
        if record.get("nature") == "assessment" and "criteria" not in record.data:
            yield wrong("R37", record, "criteria", variant="set")
        criteria, key = world.register.find(str(record.get("criteria"))), "counts"
    else:
        cycle = cycle_of(record, world.register) if "concluded" in record.data and "of" not in record.data and not record.told else None
        criteria, key = world.register.find(str(cycle.get("criteria"))) if cycle else None, "assessments"
    if not isinstance(criteria, Record):
        return
    wanted = {each.ref: each for each in criteria.parts_of("criterion")}
    given = {number: id_of(world.register, each["criterion"]) for number, each in enumerate(record.get(key) or ()) if "criterion" in each}
    for number, ref in given.items():
        if wanted and ref not in wanted and world.register.find(ref):
            yield wrong("R37", record, key, number, "criterion", variant="other", number=number + 1, criteria=criteria.get("name"))
    if left := [each.id for ref, each in wanted.items() if ref not in given.values()]:
        variant = "counts" if key == "counts" else "assessments"
        yield wrong("R37", record, key, variant=variant, left=", ".join(left), criteria=criteria.get("name"), ref=f"{criteria.id}#{left[0]}")


@rule("R54", stage="always", kinds=("indicator",), source="S2-11 S2-12", severity=Severity.WARNING)
def computable(indicator: Record, world: World) -> Iterator[Problem]:  # noqa: ARG001 -- every rule is given the same
    """What is to grow needs the number that it grows from, and a share needs its whole: without them nothing can be computed, and the page says so. This is no error: the document that sets the target may state no number to start from, and nobody should have to invent one. Where a source leaves it out, it is only noted.

    vi: Chỉ tiêu tăng, giảm cần số gốc, chỉ tiêu tỷ lệ cần tổng số: thiếu thì không tính được, và trang nói rõ như vậy. Không buộc phải sửa, vì văn bản giao chỉ tiêu có khi không nêu số gốc, và không ai phải nghĩ ra một con số. Nguồn không nêu thì chỉ ghi để biết.
    """  # noqa: E501 -- the docstring is published as it is
    told, severity = ("_told", Severity.INFO) if indicator.told else ("", Severity.WARNING)
    if indicator.get("measure") == "increase" and "value" not in (indicator.get("baseline") or {}):
        yield wrong("R54", indicator, "baseline", variant=f"baseline{told}", severity=severity)
    if indicator.get("measure") == "share":
        for number, each in enumerate(indicator.get("values") or ()):
            if "of" not in each:
                yield wrong("R54", indicator, "values", number, "of", variant=f"share{told}", severity=severity, number=number + 1)
