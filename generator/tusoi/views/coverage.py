"""What the sources ask for, row by row, and what answers it here: keys of records, rules, pages and example records, collected from their tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from tusoi import rules
from tusoi.kinds import Kinds
from tusoi.labels import Label, Shape, Tone
from tusoi.messages import catalogue
from tusoi.views import board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.world import World, view

WORKS: Final = Label("Đã có", Shape.FULL, Tone.GOOD)
LATER: Final = Label("Làm sau", Shape.HALF, Tone.WAITING)
LEFT_OUT: Final = Label("Không làm", Shape.STOP, Tone.QUIET)
NOTHING: Final = Label("Chưa có gì", Shape.CROSS, Tone.BAD)

ARTICLES: Final[Mapping[str, str]] = {
    "S0": "Bắc Sơn: gợi ý kiểm điểm",
    "S1": "Nghệ An: kiểm điểm cuối năm",
    "S2": "Bắc Mê: soi theo 27 biểu hiện",
    "S3": "Đức Linh: kiểm điểm theo nghị quyết",
    "S4": "Đắk Nông: khắc phục sau kiểm tra",
}
"""The five articles whose rows these are, by the beginning of the row's id."""

_COLUMNS: Final = (
    Column("dong", "Dòng"),
    Column("yeu-cau", "Yêu cầu"),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
    Column("ho-so", "Mục trong hồ sơ"),
    Column("quy-tac", "Quy tắc"),
    Column("trang", "Trang"),
    Column("vi-du", "Hồ sơ minh họa"),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One row and everything that names it."""

    row: str
    words: str
    keys: tuple[str, ...]
    """The keys of records, in words: `Kế hoạch khắc phục: Việc`."""
    rules: tuple[str, ...]
    pages: tuple[str, ...]
    """The addresses of single pages."""
    records: tuple[str, ...]
    reason: str
    """Why nothing answers it yet, or never will."""
    state: Label


@view
def requirements(world: World, pages: Mapping[str, tuple[str, str]]) -> Board:
    """Show every row; `pages` gives the rows and the title of each page of the site, by its address."""
    answered = collect(world, pages)
    groups = tuple(
        BoardGroup(title, tuple(_row(world, pages, each) for each in answered if each.row.startswith(article))) for article, title in ARTICLES.items()
    )
    states = [each.state for each in answered]
    counts = "; ".join(f"{label.words}: {states.count(label)}/{len(states)}" for label in (WORKS, LATER, LEFT_OUT, NOTHING) if label in states)
    return Board(
        "doi-chieu-yeu-cau",
        _COLUMNS,
        groups,
        "Không có dòng yêu cầu nào, vì danh mục các dòng đang trống.",
        by=Column("bai", "Bài", filterable=True),
        notes=(f"{counts}.", "Bảng này được gom từ các thẻ trong lược đồ, quy tắc, trang và hồ sơ, không ai gõ tay."),
    )


def collect(world: World, pages: Mapping[str, tuple[str, str]]) -> tuple[Answered, ...]:
    """Find what names each row, in the order of the rows."""
    keys, ruled = _keys(Kinds.of(world.register.kinds)), _rules()
    records = _gathered((row, record.id) for record in world.register.of_kind(*world.register.kinds) for row in record.data.get("rows", ()))
    shown = _gathered((row, address) for address, (named, _) in pages.items() for row in named.split())
    return tuple(_answered(row, words, keys, ruled, shown, records) for row, words in rows().items())


@cache
def rows() -> Mapping[str, str]:
    """Give every row there is, by its id, with its words."""
    found = {name.removeprefix("row."): words for name, words in catalogue("vi").items() if name.startswith("row.") and name.count(".") == 1}
    return dict(sorted(found.items()))


def reason(row: str) -> tuple[Label, str] | None:
    """Say why nothing answers a row: it comes later, or it was left out."""
    for name, label in (("later", LATER), ("left_out", LEFT_OUT)):
        if words := catalogue("vi").get(f"row.{row}.{name}"):
            return label, words
    return None


def tagged(schema: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each row that a schema names, with the titles of the keys that lead there."""
    for row in schema.get("x-rows", ()):
        yield row, ()
    for below in schema.get("properties", {}).values():
        for row, titles in tagged(below):
            yield row, (str(below.get("title", "")), *titles)
    if isinstance(schema.get("items"), Mapping):
        yield from tagged(schema["items"])


def _answered(  # noqa: PLR0913, PLR0917 -- one argument for each kind of tag
    row: str,
    words: str,
    keys: Mapping[str, tuple[str, ...]],
    ruled: Mapping[str, tuple[str, ...]],
    shown: Mapping[str, tuple[str, ...]],
    records: Mapping[str, tuple[str, ...]],
) -> Answered:
    why = reason(row)
    made = Answered(row, words, keys.get(row, ()), ruled.get(row, ()), shown.get(row, ()), records.get(row, ()), why[1] if why else "", NOTHING)
    return replace(made, state=why[0] if why else WORKS if made.keys or made.rules or made.pages or made.records else NOTHING)


def _keys(kinds: Kinds) -> Mapping[str, tuple[str, ...]]:
    """Name the keys that serve each row; of a key inside a key the outer one's title comes first."""
    found = ((row, ": ".join((kind.words["vi"], *titles[-2:]))) for kind in kinds.values() for row, titles in tagged(kind.schema))
    return _gathered(found)


def _rules() -> Mapping[str, tuple[str, ...]]:
    return _gathered((row, each.code) for each in rules.all_rules() for row in each.source.split())


def _gathered(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row, what in pairs:
        found.setdefault(row, {})[what] = None
    return {row: tuple(all_of_it) for row, all_of_it in found.items()}


def _row(world: World, pages: Mapping[str, tuple[str, str]], each: Answered) -> Row:
    return Row(
        (
            board.words(each.row),
            board.words(each.words),
            board.several([board.states(each.state), board.remark(each.reason)]) if each.reason else board.states(each.state),
            _list([board.words(key) for key in each.keys]),
            _list([Cell(code, f"quy-tac/{code}.html") for code in each.rules]),
            _list([_page(world, pages, address) for address in each.pages]),
            _list([board.link(world, record) for record in each.records]),
        )
    )


def _page(world: World, pages: Mapping[str, tuple[str, str]], address: str) -> Cell:
    """Link to a single page; name the kind of a page that each record of it has."""
    if address.endswith(".html"):
        return Cell(pages[address][1], address)
    return board.words(f"Trang của mỗi hồ sơ: {Kinds.of(world.register.kinds).words(address)['vi']}")


def _list(cells: list[Cell]) -> Cell:
    return board.several(cells) if cells else BLANK
