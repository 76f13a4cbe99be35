"""QR codes: an address as squares that a telephone reads. The only module that knows segno."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import segno

QUIET: Final = 4
"""So many squares around it stay white: the standard asks for them, and telephones need them."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code that can be drawn."""

    text: str
    """What it says."""
    size: int
    """How many squares it is wide and high, with the white ones around it."""
    path: str
    """Its dark squares as the path of an SVG in which a square is one wide and one high."""


def code(text: str) -> Code:
    """Make the QR code of a text; where an eighth of it is dirty or torn, it is read nevertheless. Raises ValueError where the text is too long."""
    made = segno.make_qr(text, error="m", boost_error=False)
    rows = list(made.matrix_iter(border=QUIET))
    return Code(text, len(rows), "".join(_row(number, row) for number, row in enumerate(rows)))


def _row(number: int, row: Iterable[int]) -> str:
    """Draw the dark squares of a row, those that touch each other in one stroke: between two that are drawn apart a printer may leave a hair of white."""
    path, start = "", 0
    for is_dark, squares in groupby(row):
        length = len(list(squares))
        if is_dark:
            path += f"M{start} {number}h{length}v1h-{length}z"
        start += length
    return path
