"""The shape of every board: columns, rows in groups, and what a row says on the screen, on paper and in the CSV file.

A board is a table that offices print and copy. Organisations stand A–Z, or by who oversees them; never worst first, and nothing sorts them another way.
Readers may put the rows of one organisation in another order, by a name or a date: the organisations stay where they are.
A view of a board gives a `Board`; the page is `{{ b.board(board, title) }}` of `_board.html.j2`, and `exports/csv_board.py` makes the file of the same cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeVar

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.dates import Span, span
from tusoi.labels import Label
from tusoi.record import Part
from tusoi.speech import _
from tusoi.views.order import by_organisation
from tusoi.views.world import World

Thing = TypeVar("Thing")

SEPARATOR: Final = "; "
"""What stands between several things of one cell in a CSV file."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row says in one column. Make it with the functions below."""

    text: str = ""
    ref: str = ""
    """A record, a part, or a page of the site, where the text leads."""
    chips: tuple[Label, ...] = ()
    parts: tuple[Cell, ...] = ()
    """Several things below each other, each with its own text and link."""
    quiet: bool = False
    """Whether it is a remark, such as “Chưa có trả lời”."""
    csv: str | None = None
    """What the file says where it is not what the screen says: the full text, or a date in ISO 8601."""
    choices: tuple[str, ...] = ()
    """What can be chosen in the filter of its column, where that is less than what it says: the state alone, without its days and reasons."""

    @property
    def plain(self) -> str:
        """What the CSV file says: all of it as one line of text."""
        return " ".join((self.csv if self.csv is not None else SEPARATOR.join(self._said())).split())

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen in the filter of its column: each part for itself, as the screen says it, unless it says itself what."""
        return self.choices or tuple(" ".join(each.split()) for each in self._said())

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not any(self._said())

    def _said(self) -> tuple[str, ...]:
        own = (self.text, *(chip.words for chip in self.chips), *(words for part in self.parts for words in part.values))
        return tuple(each for each in own if each)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key (also its name in the address of a filtered board), its head, and how its cells are laid out."""

    key: str
    head: str
    kind: Literal["text", "number", "date", "chip"] = "text"
    filterable: bool = False
    """Whether readers may choose one of its values; for columns with few different ones."""
    sortable: bool = False
    """Whether readers may put the rows of each group in its order: names A–Z, dates either way. Never numbers, nor where rows are organisations."""
    csv_head: str = ""
    """The head in the CSV file, where it has to say more."""

    def reworded(self, say: Callable[[str], str]) -> Column:
        """Give the same column with its head said otherwise."""
        return replace(self, head=say(self.head), csv_head=say(self.csv_head))


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a cell for each column, in their order."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Rows that belong together, below the name of what they belong to: mostly an organisation."""

    title: str
    rows: tuple[Row, ...]
    ref: str = ""
    anchor: str = ""
    """What an address names it by, where it is no record: `linh-vuc-land`."""
    said: str = ""
    """What stands for its rows where they are folded; without it their number."""


ORGANISATION: Final = Column("don-vi", "Đơn vị", filterable=True)
"""What boards are mostly grouped by."""
_LONG: Final = 12
"""A board of more rows is folded on a phone, where each is a card."""
OF_CHOICES: Final = frozenset({"tim", "sap"})
"""The names in an address of what every board lets readers choose: words, and the order. No column has them as its key."""


@dataclass(frozen=True, slots=True)
class Board:
    """A table of the site. Of several on one page each has its own name."""

    name: str
    """The name of its file: `gia-han` gives `bang/gia-han.csv`."""
    columns: tuple[Column, ...]
    groups: tuple[BoardGroup, ...]
    empty: str
    """Why there is nothing, in a full sentence, where there is no row."""
    by: Column | None = ORGANISATION
    """What the groups are; the first column of the CSV file, and no column of the table. None where the rows are in one group without a name."""
    foot: tuple[Cell, ...] = ()
    """Sums, one cell for each column: on the screen and on paper, never in the file. Where rows are chosen, numbers are added up anew."""
    sums: str = ""
    """What is said of the sums, below the table: while nothing is filtered out."""
    notes: tuple[str, ...] = ()
    """Sentences below the table, on paper, too."""

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the columns. Raises ValueError: a mistake of a view."""
        if any(len(cells) != len(self.columns) for cells in self._lines):
            raise ValueError(f"board {self.name}: every row needs {len(self.columns)} cells")
        if OF_CHOICES & {column.key for column in self.columns}:
            raise ValueError(f"board {self.name}: {', '.join(sorted(OF_CHOICES))} are no keys of columns")
        ordering = [column for column in self.columns if column.sortable]
        if ordering and (self.columns[0].key == ORGANISATION.key or any(column.kind not in ("text", "date") for column in ordering)):
            raise ValueError(f"board {self.name}: organisations are never put in another order, and nothing is by numbers or states")

    @property
    def path(self) -> str:
        """Where its CSV file is, from the root of the site."""
        return f"bang/{self.name}.csv"

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def folds(self) -> bool:
        """Whether the rows of each group are folded on a phone: where there are many, in several groups."""
        return self.count > _LONG and len([each for each in self.groups if each.rows]) > 1

    @property
    def hidden(self) -> frozenset[str]:
        """The columns of which no row says anything, by their keys: in the file only. The first is the head of each row and always there."""
        said = {column.key for cells in self._lines for column, cell in zip(self.columns, cells, strict=True) if not cell.is_blank}
        return frozenset(column.key for column in self.columns[1:] if column.key not in said)

    @property
    def width(self) -> int:
        """How many columns are seen."""
        return len(self.columns) - len(self.hidden)

    @property
    def heads(self) -> tuple[str, ...]:
        """The first line of the CSV file."""
        said = (self.by, *self.columns) if self.by else self.columns
        return tuple(each.csv_head or each.head for each in said)

    @property
    def filters(self) -> tuple[tuple[Column, tuple[str, ...]], ...]:
        """The columns that readers may filter by, with what they may choose: A–Z, each once. One value alone is no choice."""
        found = ((column, self._choices(column)) for column in ((self.by,) if self.by else ()) + self.columns if column.filterable)
        return tuple((column, choices) for column, choices in found if len(choices) > 1)

    @property
    def orders(self) -> tuple[Column, ...]:
        """The columns by which readers may put the rows of each group in order: none where no group has two rows that differ in it."""
        return tuple(
            column
            for place, column in enumerate(self.columns)
            if column.sortable and any(len({row.cells[place].plain for row in group.rows}) > 1 for group in self.groups)
        )

    def reworded(self, say: Callable[[str], str]) -> Board:
        """Give the same board with its heads and sentences said otherwise; what stands in its cells is left alone."""
        columns = tuple(each.reworded(say) for each in self.columns)
        by = self.by.reworded(say) if self.by else None
        return replace(self, columns=columns, by=by, empty=say(self.empty), notes=tuple(map(say, self.notes)), sums=say(self.sums))

    @property
    def _lines(self) -> list[tuple[Cell, ...]]:
        return [each.cells for each in self.rows] + ([self.foot] if self.foot else [])

    def _choices(self, column: Column) -> tuple[str, ...]:
        return tuple(sorted(set(self._values(column)), key=lambda each: (sort_key(each), each)))

    def _values(self, column: Column) -> Iterator[str]:
        if column is self.by:
            yield from (group.title for group in self.groups)
            return
        place = self.columns.index(column)
        for row in self.rows:
            yield from row.cells[place].values


BLANK: Final = Cell()


def words(text: object, full: str = "") -> Cell:
    """Make a cell of text; `full` is what the file says where the screen shortens."""
    return Cell(str(text or ""), csv=full or None)


def remark(text: str) -> Cell:
    """Make a cell that says why there is nothing: “Chưa có trả lời”."""
    return Cell(text, quiet=True)


def link(world: World, ref: str, text: str = "", full: str = "") -> Cell:
    """Make a cell that leads to a record or part, by its title or by `text`. Where nothing is there, the text says so; an empty ref makes a blank cell."""
    if not ref:
        return words(text, full)
    there = world.titles.path(ref) is not None
    title = world.titles.full(ref)
    return Cell(text or title, ref, csv=full or None) if there else Cell(title if text in ("", title) else f"{text} {title}", quiet=True)


def of_part(world: World, part: Part) -> Cell:
    """Make a cell that leads to a finding, an issue, an action …: its text, shortened on the screen and whole in the file."""
    full = next((str(part.data[key]) for key in ("statement", "content") if key in part.data), "")
    return link(world, part.ref, world.titles.of_part(part), full)


def number(value: float | None, ref: str = "") -> Cell:
    """Make a cell of a number: `1.949` on the screen, `1949` in the file. Blank where there is none. `ref` is where it leads."""
    return BLANK if value is None else Cell(telling.number(value), ref, csv=str(value))


def day(stated: object, ref: str = "") -> Cell:
    """Make a cell of a date as far as it is known: `05/12/2019` or `tháng 12/2019` on the screen, ISO 8601 in the file. `ref` is where it leads."""
    return Cell(telling.day(stated), ref, csv=_iso(stated))


def states(*chips: Label | None) -> Cell:
    """Make a cell of states; those that are None are left out."""
    return Cell(chips=tuple(each for each in chips if each))


def several(cells: Iterable[Cell]) -> Cell:
    """Make one cell of several, below each other."""
    parts = tuple(each for each in cells if not each.is_blank)
    return Cell(parts=parts, csv=SEPARATOR.join(each.plain for each in parts))


def of_organisations(
    world: World,
    things: Iterable[Thing],
    organisation: Callable[[Thing], str],
    row: Callable[[Thing], Row],
    said: Callable[[Sequence[Thing]], str] = lambda _things: "",
) -> tuple[BoardGroup, ...]:
    """Make a group of rows for each organisation, A–Z; within a group the rows keep their order. `said` is what stands for them where they are folded."""
    found = by_organisation(world, things, organisation)
    return tuple(BoardGroup(each.title, tuple(map(row, each.rows)), each.ref, said=said(each.rows)) for each in found)


def none_of_own(world: World, kind: str, none: str) -> str:
    """Say why there is nothing of organisations themselves, and where sources tell of such things, that these stand apart."""
    is_told = any(each.told for each in world.register.of_kind(kind))
    return _("{none} Những điều nguồn kể lại ở mục riêng bên dưới.", none=none) if is_told else none


def _iso(stated: object) -> str:
    """Write a date as machines read it: `2019-12-05`, `2019-12`, `2019`; of any other span both ends."""
    if not isinstance(stated, Span):
        return str(stated or "")
    first = stated.first.isoformat()
    whole = (first, first[: len("2019-12")], first[: len("2019")])
    return next((each for each in whole if span(each) == stated), f"{first}/{stated.last.isoformat()}")
