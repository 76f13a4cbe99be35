"""Whose addresses are whose: a file outside the repository that maps the keys of persons to addresses. No address leaves this module but to be compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tusoi.disk import content_of
from tusoi.strict_yaml import LARGEST, parse


class UnusableFileError(Exception):
    """The file cannot be used. The text is the reason, and the name of the sentence that says how to mend it: `people.<reason>`.

    `unread`: it is not there, or cannot be read; `inside`: it lies in the repository; `form`: it is no mapping in YAML or JSON; `entry`: at a key stands
    neither an address nor a list of addresses.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        """Where it is; 0 is the whole file. What stands there is not repeated."""


def read(file: Path, *kept_out: Path) -> Mapping[str, frozenset[str]]:
    """Give the keys of the persons by address, in small letters. Raises UnusableFileError, also where the file lies in one of some folders."""
    place = file.resolve()
    if any(place.is_relative_to(each.resolve()) for each in kept_out):
        raise UnusableFileError("inside")
    content, fault = content_of(place, LARGEST, "record")
    if fault:
        raise UnusableFileError("unread")
    parsed = parse(content, file.name)
    if not parsed.data:
        raise UnusableFileError("form", next((each.place.line for each in parsed.problems), 0))
    found: dict[str, set[str]] = {}
    for key, stated in parsed.data.items():
        addresses = stated if isinstance(stated, list) else [stated]
        if not addresses or not all(map(_is_address, addresses)):
            raise UnusableFileError("entry", parsed.source.key_place((key,)).line)
        for each in addresses:
            found.setdefault(each.strip().casefold(), set()).add(key)
    return {address: frozenset(keys) for address, keys in found.items()}


def _is_address(stated: Any) -> bool:
    return isinstance(stated, str) and "@" in stated.strip()[1:-1] and not any(each.isspace() for each in stated.strip())
