"""How much room things take on the sheet of an organisation, so that what is chosen for it is known to fit before anybody prints it.

Lines are counted word by word with the widths of a wide typeface (DejaVu Sans), whatever the reader's own is; the other numbers are those of the
style of the sheet (`assets/organisation.css`). All lengths are millimetres.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from typing import Final

SHEET: Final = 269.0
"""The height of the sheet is 272; the rest is for what a printer rounds."""
WIDTH: Final = 179.0
SIZES: Final = (22.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
"""Sizes of its letters in points, the largest that has room for everything is taken."""
LARGE: Final = 12.0
"""In larger letters than these a sheet is laid out to be read from afar: a state below what it is of, the code at the foot."""
_POINT: Final = 0.3528
_LEADING: Final = 1.3
_BOLD: Final = 1.13
_SMALL: Final = 0.9
_WIDTHS: Final = {
    letter: width
    for letters, width in (
        ("ijlI'’", 0.28),
        (" .,:;/|", 0.34),
        ("frtJ()-", 0.42),
        ("cszLEF–", 0.6),
        ("kvxyTPY“”", 0.62),
        ("aeo", 0.62),
        ("ABCKRSVXZ", 0.7),
        ("DGHNOQU", 0.79),
        ("wM", 0.87),
    )
    for letter in letters
}
_STATE: Final = 56.0
_GAP: Final = 5.0
_FACT: Final = 135.0
_CODE: Final = 38.0
_LARGE_CODE: Final = 48.0


@functools.cache
def _width(letter: str) -> float:
    """Give the width of a letter in parts of its size; those of writings that we do not know are as wide as they are high."""
    if unicodedata.combining(letter):
        return 0.0
    base = unicodedata.normalize("NFD", letter)[0]
    is_ours = base < "\u0250"
    known = 0.64 if is_ours and (base.islower() or base.isdigit()) else 0.79 if is_ours and base.isupper() else 1.0
    return _WIDTHS.get(base, 1.0 if base in "mW" else known)


@functools.lru_cache(maxsize=4096)
def _wide(word: str) -> float:
    return sum(map(_width, word))


def lines(text: str, width: float, points: float, *, bold: bool = False, beside: str = "") -> int:
    """Count the lines that a text takes, and what stands behind it in smaller letters; a word that is longer than a line is broken where the line ends."""
    room = width / (points * _POINT * (_BOLD if bold else 1.0))
    count, filled, space = 1, 0.0, _width(" ")
    for long in (*map(_wide, text.split()), *(_wide(each) * _SMALL for each in beside.split())):
        if filled and filled + space + long > room:
            count, filled = count + 1, 0.0
        filled += long + (space if filled else 0.0)
        while filled > room:
            count, filled = count + 1, filled - room + 1.0
    return count if text.strip() else 0


def block(text: str, width: float, points: float, *, bold: bool = False, leading: float = _LEADING) -> float:
    """Give the height of a paragraph; nothing has none."""
    return lines(text, width, points, bold=bold) * points * leading * _POINT


def name(words: str, points: float) -> float:
    """Give the height of the name of a part of the sheet."""
    return block(words, WIDTH, max(11.5, 1.15 * points), bold=True) + 3.5


def row(words: str, beside: str, answer: str, state: str, points: float) -> float:
    """Give the height of a line of the sheet: what, with what stands behind it and what was answered; and its state beside or below it, with its sign."""
    sign = points * _POINT * 1.6
    if points > LARGE:
        said = lines(words, WIDTH, points, beside=beside) * points * _LEADING * _POINT + block(answer, WIDTH, points)
        return said + block(state, WIDTH - sign, points, bold=True) + 3.6
    width = WIDTH - _GAP - _STATE
    what = lines(words, width, points, beside=beside) * points * _LEADING * _POINT + block(answer, width, points)
    return max(what, block(state, _STATE - sign, points, bold=True)) + 1.8


def facts(all_facts: Iterable[tuple[str, str]], points: float) -> float:
    """Give the height of the facts."""
    if points > LARGE:
        return sum(block(said, WIDTH, points, bold=True) + block(words, WIDTH, points) + 3.0 for said, words in all_facts) + 5.0
    every = [max(block(said, WIDTH - _FACT - 4, points, bold=True), block(words, _FACT, points)) + 1.0 for said, words in all_facts]
    return sum(every) + 5.0 if every else 0.0


def tally(parts: Iterable[str], points: float) -> float:
    """Give the height of the states with their numbers, each with a sign before it and room behind it."""
    rows, filled = 0, WIDTH
    for each in parts:
        long = (_wide(each) * _BOLD + 1.6) * points * _POINT
        if filled + 6.0 + long > WIDTH:
            rows, filled = rows + 1, -6.0
        filled += 6.0 + long
    return rows * (points * _LEADING * _POINT + 1.0) + 4.2 if rows else 0.0


def head(title: str, status: str, others: Iterable[str], address: str, points: float) -> float:
    """Give the height of the head: the name, the first line, other lines, and the code with its address beside them."""
    width = WIDTH - (_CODE + 6.0 if address else 0.0)
    said = block(title, width, max(17.0, 1.4 * points), bold=True, leading=1.25) + 2.5 + block(f"--- {status}", width, max(11.0, 1.1 * points), bold=True) + 1.0
    said += sum(block(words, width, points) for words in others)
    code = _CODE + block(address, _CODE - 2, 7.5, leading=1.25) if address else 0.0
    return max(said, code) + 3.6


def foot(words: str, address: str, points: float) -> float:
    """Give the height of what stands last: on a sheet in large letters with the code of the address, if there is one."""
    if points > LARGE:
        beside = _LARGE_CODE + 6.0 if address else 0.0
        return max(block(words, WIDTH - beside, points), _LARGE_CODE if address else 0.0) + 4.7
    return block(words, WIDTH, points) + 1.7
