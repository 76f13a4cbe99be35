"""A board to a CSV file (RFC 4180) that opens in a spreadsheet as it is.

* UTF-8 with a byte order mark: without it a spreadsheet shows broken Vietnamese letters.
* Commas; every cell in quotes; each row is one line, ended by LF, which every spreadsheet reads and which keeps the file the same in Git on every system.
* Numbers with a point and dates in ISO 8601, so that they sort and add up everywhere.
* A cell that a spreadsheet would take for a formula gets an apostrophe before it: a record is written by people, and a file from here must never run anything.

`assets/boards.js` writes the same text of the rows that are shown; a test holds the two together.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from tusoi.views.board import Board

BYTE_ORDER_MARK: Final = "\ufeff"
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FORMULA: Final = re.compile(r"(^|;)(?=\s*[=+\-@＝＋－＠]|[\t\r])")  # noqa: RUF001 -- the wide forms that spreadsheets take for the narrow ones
"""Where a formula could begin: at the start, and after a semicolon, which some spreadsheets take for the border of a cell."""


def text(board: Board) -> str:
    """Write a board: its heads, then each row, with the group's name in the first cell."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(map(safe, board.heads))
    writer.writerows(map(safe, line) for line in _lines(board))
    return BYTE_ORDER_MARK + file.getvalue()


def safe(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula. A plain number stays one."""
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub(r"\1'", cell)


def _lines(board: Board) -> Iterator[list[str]]:
    for group in board.groups:
        for row in group.rows:
            yield [*([" ".join(group.title.split())] if board.by else []), *(cell.plain for cell in row.cells)]
