"""Rules about numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tusoi.problem import Path, Problem
from tusoi.record import Record
from tusoi.rules import World, rule, wrong

CODE = "R17"
TOLERANCE = 0.5
"""Percentage points between a stated percentage and the computed one (S3-04)."""


@rule(CODE, stage="always", kinds=(), source="S0-16 S0-24 S3-04")
def sum_check(record: Record, world: World) -> Iterator[Problem]:  # noqa: ARG001 -- every rule is given the same
    """A part is not larger than its whole, a stated percentage is the computed one within half a point, and the levels of a classification add up.

    vi: Số bộ phận không lớn hơn tổng số; tỷ lệ ghi trong hồ sơ chỉ được lệch không quá nửa điểm phần trăm so với tỷ lệ tính ra; các mức xếp loại cộng lại phải bằng tổng số.
    """  # noqa: E501 -- the docstring is published as it is
    for path, figure in figures(record.data):
        value, whole, stated = figure.get("value"), figure.get("of"), figure.get("stated_percent")
        if value is None or whole is None:
            continue
        if value > whole:
            yield wrong(CODE, record, *path, "value", variant="part", value=_number(value), whole=_number(whole))
        elif stated is not None and abs(100 * value / whole - stated) > TOLERANCE:
            yield wrong(CODE, record, *path, "stated_percent", variant="percent", stated=_number(stated), computed=_number(round(100 * value / whole, 2)))
    if record.kind == "classification":
        yield from _levels(record)


def figures(data: Any, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give every figure of a record with the way to it: what has a unit and a number."""
    if isinstance(data, Mapping):
        if "unit" in data and ("value" in data or "stated_percent" in data):
            yield path, data
        for key, value in data.items():
            yield from figures(value, (*path, key))
    elif isinstance(data, tuple):
        for number, value in enumerate(data):
            yield from figures(value, (*path, number))


def _levels(record: Record) -> Iterator[Problem]:
    """Compare the totals of the levels with their whole, and with the rows where there are rows."""
    totals = [(number, each) for number, each in enumerate(record.data.get("totals", ())) if "value" in each and not each.get("or_better")]
    rows = Counter(part.data["level"] for part in record.parts_of("rating") if "level" in part.data)
    if rows:
        for number, each in totals:
            if each["value"] != rows[each["level"]]:
                yield wrong(CODE, record, "totals", number, "value", variant="rows", value=_number(each["value"]), rows=rows[each["level"]])
    wholes = {each["of"] for _, each in totals if "of" in each}
    added = sum(each["value"] for _, each in totals)
    if len(wholes) == 1 and all("of" in each for _, each in totals):
        (whole,) = wholes
        complete = len({each["level"] for _, each in totals}) == LEVELS
        if added > whole or (complete and added != whole):
            yield wrong(CODE, record, "totals", variant="levels", added=_number(added), whole=_number(whole))


LEVELS = 4


def _number(value: float) -> str:
    """Write a number as it stands in a record: without a point where it is whole."""
    return str(int(value)) if float(value).is_integer() else str(value)
