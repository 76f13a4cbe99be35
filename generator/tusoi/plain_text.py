"""From the bytes of a file to its text: UTF-8, one kind of line end, no character that can not be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MARK_OF_UTF8 = b"\xef\xbb\xbf"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_FORBIDDEN_IN_VALUE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why bytes are no text of ours: the sentence, and the line and column from 0."""

    code: str
    at: tuple[int, int]
    variant: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def text_of(content: bytes) -> str | Unreadable:
    """Read UTF-8 with or without a byte order mark, with the line ends of any system."""
    content = content.removeprefix(_MARK_OF_UTF8)
    try:
        text = _with_one_kind_of_line_end(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        readable = _with_one_kind_of_line_end(content[: error.start].decode("utf-8"))
        return Unreadable("L06", mark_of(readable, len(readable)))
    if found := _FORBIDDEN.search(text):
        character = found.group()
        return Unreadable("L07", mark_of(text, found.start()), _kind(character), {"character": _code_point(character)})
    return text


def hidden_character(value: str) -> str:
    """Give the first character that may not be in a value, as `U+0000`: escapes in double quotes can write any; empty where there is none."""
    found = _FORBIDDEN_IN_VALUE.search(value)
    return _code_point(found.group()) if found else ""


def first_tab(text: str, end: int, quoted: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Give the line and column, from 0, of the first tab before `end` that is not between quotes; None where there is none."""
    found = text.find("\t", 0, end)
    for start, stop in quoted:
        if 0 <= found < start:
            break
        if found < stop:
            found = text.find("\t", stop, end)
    return mark_of(text, found) if found >= 0 else None


def mark_of(text: str, index: int) -> tuple[int, int]:
    """Give the line and column of a character, from 0."""
    return text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1


def short(text: str) -> str:
    """Keep a sentence readable however long the text that it quotes."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60] + "…"  # noqa: PLR2004 -- about half a line


def _with_one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _kind(character: str) -> str:
    if character == "\x00":
        return "nul"
    return "control" if character < "\xa0" else "invisible"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
