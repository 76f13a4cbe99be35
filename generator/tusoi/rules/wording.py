"""A look for words that offend. It is a machine's: a person decides, and no page shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from tusoi.problem import Path, Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong

OFFENSIVE = (
    *("ngu dốt", "ngu xuẩn", "ngu ngốc", "đồ ngu", "dốt nát", "đần độn", "óc bã đậu", "vô học", "mất dạy", "vô liêm sỉ", "khốn nạn", "đê tiện", "hèn hạ"),
    *("đốn mạt", "trơ trẽn", "mặt dạn mày dày", "đồ súc vật", "đồ chó", "chó má", "ăn hại", "ăn bám", "sâu mọt", "bè lũ", "lũ chúng", "bọn chúng"),
    *("bọn người", "bọn này", "bọn ấy", "tay sai", "bịp bợm", "đạo đức giả", "kẻ phản bội", "tên phản bội", "đáng khinh", "thằng", "con mụ", "mụ ta", "gã ta"),
    *("hãy tẩy chay", "phải tẩy chay", "tống cổ", "đuổi cổ", "cho biết mặt", "vạch mặt", "hãy lật đổ", "hãy nổi dậy", "cùng nhau chống lại"),
    *("stupid", "idiot", "idiots", "moron", "scum", "traitor", "traitors", "bastard", "boycott them", "drive them out"),
)
"""Insults, and calls to turn against somebody (S2-17). Each stands as whole words; what a decent sentence may need is not here."""
_PATTERN = re.compile(r"(?<!\w)(" + "|".join(sorted(OFFENSIVE, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_FIRST = frozenset(each.split()[0] for each in OFFENSIVE)
"""The words with which one begins: most texts have none of them, and need no second look."""
_NO_TEXT = frozenset({"told_by", "missing", "formerly", "rows", "url", "id"})


@rule("R46", stage="always", kinds=(), source="S2-17", severity=Severity.WARNING, for_everybody=False)
def decent_words(record: Record, world: World) -> Iterator[Problem]:  # noqa: ARG001 -- every rule is given the same
    """A text criticises what was done and insults nobody, and it calls on nobody to turn against anybody. Only a list of words is looked up: a person decides.

    vi: Lời văn phê bình việc làm, không xúc phạm ai, không xúi giục, kích động. Máy chỉ dò theo một danh sách từ; đúng hay không do người đọc quyết định.
    """
    yield from offending(record)


def offending(record: Record) -> Iterator[Problem]:
    """Say which texts of a record have a word of the list."""
    for path, text in _texts(record.data, ()):
        written = unicodedata.normalize("NFC", text)
        if not _FIRST.isdisjoint(_WORD.findall(written.lower())) and (found := _PATTERN.search(written)):
            yield wrong("R46", record, *path, severity=Severity.WARNING, word=found[1])


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        if " " in data:  # what is one word is a link, a date or a word of a list
            yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if key not in _NO_TEXT:
                yield from _texts(value, (*path, key))
    elif isinstance(data, tuple):
        for number, value in enumerate(data):
            yield from _texts(value, (*path, number))
