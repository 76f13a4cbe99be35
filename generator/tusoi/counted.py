"""What is counted: the figures of a record, whom they count, and which of them are so small that they point at somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tusoi.problem import Path
from tusoi.record import Record

SMALL: Final = 5
"""Counts of persons or households below this are not told."""
OPEN_EVENTS: Final = ("listening", "other")
"""Events that anybody may come to: nobody was invited by name, so there is no number of those invited."""

_PERSONS: Final = re.compile(
    r"(?:số )?(?:lượt )?(?:người|hộ|chủ hộ|gia đình|nhân khẩu|đảng viên|cán bộ|công chức|viên chức|nhân viên|ủy viên|đảng ủy viên|hội viên|đoàn viên|thành viên"
    r"|đại biểu|đội viên|công dân|cá nhân|lao động|công nhân|nông dân|học sinh|sinh viên|giáo viên|cử tri|quần chúng|phụ nữ|thanh niên|trẻ|cháu|bệnh nhân"
    r"|nạn nhân|nhân chứng|lãnh đạo|persons?|people|households?|famil(?:y|ies)|members?|children|pupils?|students?|teachers?|residents?|staff|employees?"
    r"|officials?)(?:\s|,|$)"
)
_INSTANCES: Final = "lượt"


def is_small(value: object, unit: str) -> bool:
    """Whether it is a count of persons or households so small that it points at somebody. None is no such count, and a post is no person."""
    return isinstance(value, int | float) and 0 < value < SMALL and _PERSONS.match(unit.strip().lower()) is not None


def whom(figure: Mapping[str, Any]) -> str:
    """Say what is counted, for the question whether it is persons: of instances without a word for whom, what `what` says."""
    unit = str(figure.get("unit", ""))
    return str(figure.get("what", "")) if unit.strip().lower() == _INSTANCES else unit


def figures(record: Record) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give every figure of a record with the way to it; the values of an indicator with the unit that all of them have."""
    yield from _within(record.data, ())
    if record.kind == "indicator":
        for number, row in enumerate(record.get("values") or ()):
            yield ("values", number), {"unit": record.get("unit"), **row}


def lacks_invited(event: Record) -> bool:
    """Whether an event that people were called to says how many came, and not how many were called."""
    attended = event.get("attended") or {}
    return "value" in attended and "of" not in attended and event.get("nature") not in OPEN_EVENTS


def _within(data: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Find what has a unit and a number, or says in words how much."""
    if isinstance(data, Mapping):
        if "unit" in data and any(key in data for key in ("value", "stated_percent", "approx")):
            yield path, data
        for key, value in data.items():
            yield from _within(value, (*path, key))
    elif isinstance(data, tuple):
        for number, value in enumerate(data):
            yield from _within(value, (*path, number))
