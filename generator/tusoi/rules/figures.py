"""Rules about numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tusoi.counted import figures, lacks_invited
from tusoi.posts import post
from tusoi.problem import Path, Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong

CODE = "R17"
TOLERANCE = 0.5
"""Percentage points between a stated percentage and the computed one (S3-04)."""
LEVELS = 4
"""How many levels make a classification complete."""


@rule(CODE, stage="always", kinds=(), source="S0-16 S1-13 S0-24 S1-09 S1-10 S2-04 S2-05 S2-12 S3-04")
def sum_check(record: Record, world: World) -> Iterator[Problem]:
    """A part is not larger than its whole, a stated percentage is the computed one within half a point (where a source states it otherwise, this is only pointed out), and the levels of a classification add up. There should be a number, not only words for it; a percentage should come with both its numbers, how many came to an event with how many were invited, and a unit of measure should be written as the profile writes it.

    vi: Số bộ phận không lớn hơn tổng số; tỷ lệ ghi trong hồ sơ chỉ được lệch không quá nửa điểm phần trăm so với tỷ lệ tính ra (nguồn ghi lệch thì chỉ nhắc); các mức xếp loại cộng lại phải bằng tổng số. Nên ghi con số chứ không chỉ lời ước chừng; tỷ lệ nên kèm đủ hai con số, số người dự nên kèm số được mời, đơn vị đo nên viết như bộ quy định viết.
    """  # noqa: E501 -- the docstring is published as it is
    stated = tuple(figures(record))
    for path, figure in stated:
        yield from _compared(record, path, figure) if "value" in figure and "of" in figure else _incomplete(record, path, figure)
        if "approx" in figure and ("value" in figure or "stated_percent" in figure):
            yield wrong(CODE, record, *path, "approx", variant="beside", severity=Severity.WARNING, approx=figure["approx"])
    yield from _units(record, [path for path, _ in stated], world)
    if record.kind == "classification":
        yield from _levels(record, world)
    if record.kind == "event" and not record.told and lacks_invited(record):
        yield wrong(CODE, record, "attended", "of", variant="invited", severity=Severity.WARNING)


def _compared(record: Record, path: Path, figure: Mapping[str, Any]) -> Iterator[Problem]:
    """Compare a number with its whole, and the percentage that is stated with the one that is computed. What is over, about or under is compared no further."""
    value, whole, stated, bound = figure["value"], figure["of"], figure.get("stated_percent"), figure.get("is", "exact")
    if value > whole and bound != "under":
        yield wrong(CODE, record, *path, "value", variant="part", value=_number(value), whole=_number(whole))
    elif stated is not None and bound == "exact" and abs(100 * value / whole - stated) > TOLERANCE:
        variant, severity = ("percent_told", Severity.WARNING) if record.told else ("percent", Severity.ERROR)
        params = {"stated": _number(stated), "computed": _number(round(100 * value / whole, 2))}
        yield wrong(CODE, record, *path, "stated_percent", variant=variant, severity=severity, **params)


def _incomplete(record: Record, path: Path, figure: Mapping[str, Any]) -> Iterator[Problem]:
    """Ask for the numbers behind a percentage, and for the number behind words. What a source leaves out nobody here can know."""
    if record.told:
        return
    if "stated_percent" in figure:
        yield wrong(CODE, record, *path, "stated_percent", variant="alone", severity=Severity.WARNING, stated=_number(figure["stated_percent"]))
    elif "value" not in figure:
        yield wrong(CODE, record, *path, "approx", variant="approx", severity=Severity.WARNING, approx=figure["approx"])


def _units(record: Record, paths: Iterable[Path], world: World) -> Iterator[Problem]:
    """Find units of measure that are written in a way of their own, of figures and of the record: numbers of one unit can then not be compared."""
    for path in ((), *paths):
        unit = record.get(*path, "unit")
        usual = world.profile.usual_unit(str(unit)) if unit else ""
        if usual:
            yield wrong(CODE, record, *path, "unit", variant="unit", severity=Severity.WARNING, unit=unit, usual=usual)


def _levels(record: Record, world: World) -> Iterator[Problem]:
    """Compare the totals of the levels with their whole, and with the rows where there are rows: of organisations, unless only posts are rated."""
    totals = [(number, each) for number, each in enumerate(record.data.get("totals", ())) if "value" in each and not each.get("or_better")]
    rated = [part for part in record.parts_of("rating") if "level" in part.data]
    bodies = [part for part in rated if post(world.register, part.data.get("of")) is None]
    rows = Counter(part.data["level"] for part in bodies or rated)
    if rows:
        for number, each in totals:
            if each["value"] != rows[each["level"]]:
                yield wrong(CODE, record, "totals", number, "value", variant="rows", value=_number(each["value"]), rows=rows[each["level"]])
        yield from _or_better(record, rows, world)
    wholes = {each["of"] for _, each in totals if "of" in each}
    added = sum(each["value"] for _, each in totals)
    if len(wholes) == 1 and all("of" in each for _, each in totals):
        (whole,) = wholes
        complete = len({each["level"] for _, each in totals}) == LEVELS
        if added > whole or (complete and added != whole):
            yield wrong(CODE, record, "totals", variant="levels", added=_number(added), whole=_number(whole))


def _or_better(record: Record, rows: Mapping[str, int], world: World) -> Iterator[Problem]:
    """Compare the totals that are of a level or better with the rows, where the scale is known: its levels stand in the order of the best first."""
    scheme = world.profile.scheme(str(record.get("scheme") or ""))
    levels = [each.id for each in scheme.levels] if scheme and scheme.levels and scheme.levels[0].is_top else []
    for number, each in enumerate(record.data.get("totals", ())):
        if each.get("or_better") and "value" in each and each["level"] in levels and each.get("is", "exact") == "exact":
            better = sum(rows.get(level, 0) for level in levels[: levels.index(each["level"]) + 1])
            if each["value"] != better:
                yield wrong(CODE, record, "totals", number, "value", variant="rows_better", value=_number(each["value"]), rows=better)


def _number(value: float) -> str:
    """Write a number as it stands in a record: without a point where it is whole."""
    return str(int(value)) if float(value).is_integer() else str(value)
