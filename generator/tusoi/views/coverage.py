"""What the sources ask for, row by row, and what answers it here: keys of records, rules, pages and example records, collected from their tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from tusoi import rules
from tusoi.kinds import Kinds
from tusoi.labels import Label, Shape, Tone
from tusoi.messages import catalogue
from tusoi.requirements import ASKED, KEY, PAGE, RULE, SHAPE
from tusoi.speech import N_, _, language
from tusoi.views import board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.world import World, view

WORKS: Final = Label("Đã có", Shape.FULL, Tone.GOOD)
PARTLY: Final = Label("Mới một phần", Shape.DASH, Tone.BAD)
LATER: Final = Label("Làm sau", Shape.HALF, Tone.WAITING)
LEFT_OUT: Final = Label("Không làm", Shape.STOP, Tone.QUIET)
NOTHING: Final = Label("Chưa có gì", Shape.CROSS, Tone.BAD)

ARTICLES: Final[Mapping[str, str]] = {
    "S0": N_("Bắc Sơn: gợi ý kiểm điểm"),
    "S1": N_("Nghệ An: kiểm điểm cuối năm"),
    "S2": N_("Bắc Mê: soi theo 27 biểu hiện"),
    "S3": N_("Đức Linh: kiểm điểm theo nghị quyết"),
    "S4": N_("Đắk Nông: khắc phục sau kiểm tra"),
}
"""The five articles whose rows these are, by the beginning of the row's id."""

_PARTS: Final[Mapping[str, str]] = {
    KEY: N_("chỗ ghi trong hồ sơ"),
    SHAPE: N_("chỗ ghi bắt buộc trong hồ sơ"),
    RULE: N_("quy tắc"),
    PAGE: N_("trang hiện ra"),
}
_BY_SHAPE: Final = N_("Lược đồ hồ sơ bắt buộc")

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
    """Why something comes later, or never will."""
    state: Label

    @property
    def lacking(self) -> tuple[str, ...]:
        """What the row asks for and nothing here names."""
        there = {KEY: self.keys, SHAPE: self.keys, RULE: self.rules, PAGE: self.pages}
        return tuple(part for part in ASKED.get(self.row, ()) if not there[part])


@view
def requirements(world: World, pages: Mapping[str, tuple[str, str]]) -> Board:
    """Show every row; `pages` gives the rows and the title of each page of the site, by its address."""
    answered = collect(world, pages)
    groups = tuple(
        BoardGroup(_(title), tuple(_row(world, pages, each) for each in answered if each.row.startswith(article))) for article, title in ARTICLES.items()
    )
    states = [each.state for each in answered]
    counts = "; ".join(f"{label.words}: {states.count(label)}/{len(states)}" for label in (WORKS, PARTLY, LATER, LEFT_OUT, NOTHING) if label in states)
    return Board(
        "doi-chieu-yeu-cau",
        _COLUMNS,
        groups,
        _("Không có dòng yêu cầu nào, vì danh mục các dòng đang trống."),
        by=Column("bai", "Bài", filterable=True),
        notes=(f"{counts}.", _("Bảng này được gom từ các thẻ trong lược đồ, quy tắc, trang và hồ sơ, không ai gõ tay.")),
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
    return replace(made, state=why[0] if why else _state(made))


def _state(each: Answered) -> Label:
    """A row works when everything that it asks for is there; one of several is not enough."""
    if each.lacking:
        return PARTLY if each.keys or each.rules or each.pages or each.records else NOTHING
    return WORKS


def _keys(kinds: Kinds) -> Mapping[str, tuple[str, ...]]:
    """Name the keys that serve each row; of a key inside a key the outer one's title comes first."""
    found = ((row, ": ".join((kind.words[language()], *titles[-2:]))) for kind in kinds.values() for row, titles in tagged(kind.schema))
    return _gathered(found)


def _rules() -> Mapping[str, tuple[str, ...]]:
    """Name the rules that judge for each row; those that are only listed judge nothing yet."""
    return _gathered((row, each.code) for each in rules.all_rules() if each.runs for row in each.source.split())


def _gathered(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row, what in pairs:
        found.setdefault(row, {})[what] = None
    return {row: tuple(all_of_it) for row, all_of_it in found.items()}


def _row(world: World, pages: Mapping[str, tuple[str, str]], each: Answered) -> Row:
    return Row(
        (
            board.words(each.row),
            _asked(each),
            board.states(each.state),
            _list([board.words(key) for key in each.keys]),
            _list([*_by_shape(each), *(Cell(code, f"quy-tac/{code}.html") for code in each.rules)]),
            _list([_page(world, pages, address, each.records) for address in each.pages]),
            _list([board.link(world, record) for record in each.records]),
        )
    )


def _asked(each: Answered) -> Cell:
    """Say what a row asks for, and below it what is still wanting, or why."""
    lacking = _("Còn thiếu: {parts}.", parts=", ".join(_(_PARTS[part]) for part in each.lacking)) if each.lacking and not each.reason else ""
    said = each.reason or lacking
    return board.several([board.words(each.words), board.remark(said)]) if said else board.words(each.words)


def _by_shape(each: Answered) -> list[Cell]:
    return [board.remark(_(_BY_SHAPE))] if each.keys and SHAPE in ASKED.get(each.row, ()) else []


def _page(world: World, pages: Mapping[str, tuple[str, str]], address: str, tagged: Sequence[str]) -> Cell:
    """Link to a single page; of one that each record of a kind has, to the page of a record that shows the row, or of the first there is."""
    if address.endswith(".html"):
        return Cell(pages[address][1], address)
    words = _("Trang của mỗi hồ sơ: {vi}", vi=Kinds.of(world.register.kinds).words(address)["vi"])
    there = _examples(world, address)
    chosen = next((each for each in tagged if each in there), next(iter(there), ""))
    return board.link(world, chosen, words) if chosen else board.words(words)


def _examples(world: World, name: str) -> Sequence[str]:
    """Give the records of a kind, or the parts of a name, those that were told of last: a source says less than an organisation does."""
    if name in world.register.kinds:
        found = ((each.told, each.id) for each in world.register.of_kind(name))
    else:
        records = world.register.of_kind(*world.register.kinds)
        found = ((each.told, part.ref) for each in records for part in each.parts if part.kind == name)
    return [ref for _, ref in sorted((bool(told), ref) for told, ref in found)]


def _list(cells: list[Cell]) -> Cell:
    return board.several(cells) if cells else BLANK
