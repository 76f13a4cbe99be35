"""The forms of values that schemas name with `format`: one function each, given to both validators, so that they can not differ.

A function is asked only about texts and says True of anything else; the range of a bare year is in the schema, as `minimum` and `maximum`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PART = r"[A-Z][1-9][0-9]{0,3}(?:\.[A-Z][1-9][0-9]{0,3})?"
_LINK = re.compile(rf"(?:([a-z0-9-]+):)?([a-z0-9-]+(?:/[a-z0-9-]+/[a-z0-9-]+)?)(?:#({_PART}))?")
_SHORT = re.compile(rf"#?({_PART})")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")


def is_date(value: object) -> bool:
    """Whether it is a day of the calendar: `2025-03-31`."""
    return not isinstance(value, str) or (len(value) == len("2025-03-31") and is_partial_date(value))


def is_partial_date(value: object) -> bool:
    """Whether it is a year, a month or a day: `2019`, `2019-12`, `2019-12-05`."""
    if not isinstance(value, str):
        return True
    found = _DATE.fullmatch(value)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def is_link(value: object) -> bool:
    """Whether it has the form of a link: `[root:]organisation[/kinds/name][#Part[.Part]]`."""
    return not isinstance(value, str) or _LINK.fullmatch(value) is not None


def is_part_link(value: object) -> bool:
    """Whether it is a link, or the id of a part alone: `A1`, `A1.M1`."""
    return not isinstance(value, str) or _SHORT.fullmatch(value) is not None or is_link(value)


def is_time_zone(value: object) -> bool:
    """Whether the machine knows the time zone: `Asia/Ho_Chi_Minh`."""
    if not isinstance(value, str):
        return True
    try:
        return bool(ZoneInfo(value).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def is_address(value: object) -> bool:
    """Whether it is an address of the web: `https://…`, with a host and nobody's name or password, and nothing that would end it early in a page."""
    if not isinstance(value, str):
        return True
    try:
        pieces = urlsplit(value)
        return pieces.scheme in ("http", "https") and bool(pieces.hostname) and "@" not in pieces.netloc and not _NOT_IN_ADDRESSES.search(value)
    except ValueError:
        return False


FORMATS: Final[dict[str, Callable[[object], bool]]] = {
    "date": is_date,
    "partial-date": is_partial_date,
    "link": is_link,
    "part-link": is_part_link,
    "time-zone": is_time_zone,
    "uri": is_address,
}


def pieces(link: str) -> tuple[str, str, str]:
    """Take a link apart: the root it names, the record, the part; what is not there is the empty text. A link of another form is all record."""
    found = _LINK.fullmatch(link)
    return (found[1] or "", found[2], found[3] or "") if found else ("", link, "")


def whole_link(link: str, base: object, root: str) -> str:
    """Write a link out: `A1` below the record that `base` names, and without the name of the project's own root."""
    found = _SHORT.fullmatch(link)
    if found and isinstance(base, str):
        return f"{whole_link(base, None, root).partition('#')[0]}#{found[1]}"
    return link.removeprefix(f"{root}:") if root else link
