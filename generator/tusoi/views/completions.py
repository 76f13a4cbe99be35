"""What is still to be mended or added in the organisations' own records, in a person's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tusoi import labels, report
from tusoi.labels import Label
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.speech import N_, _, language
from tusoi.views import board
from tusoi.views.board import Board, BoardGroup, Cell, Column, Row
from tusoi.views.order import Group, by_name
from tusoi.views.world import World, view

NOT_AN_ORGANISATION: Final = N_("Phần chung")


@dataclass(frozen=True, slots=True)
class ToComplete:
    """One thing to mend or to add, in a person's words."""

    severity: str
    chip: Label
    sentence: str
    hint: str
    line: int
    code: str
    beside: tuple[str, int] | None
    """The record and the line to look at beside it: where the same text stands, what it contradicts."""


@dataclass(frozen=True, slots=True)
class FileToComplete:
    """A file and what is to be done with it."""

    file: str
    ref: str
    """The record, where it could be read."""
    rows: tuple[ToComplete, ...]


@dataclass(frozen=True, slots=True)
class Completions:
    """The board."""

    groups: tuple[Group[FileToComplete], ...]
    errors: int
    warnings: int


_SEVERITY: Mapping[Severity, Label] = {
    Severity.ERROR: Label("Phải sửa", labels.Shape.CROSS, labels.Tone.BAD),
    Severity.WARNING: Label("Nên bổ sung", labels.Shape.RING, labels.Tone.WAITING),
}


@view
def to_complete(world: World) -> Completions:
    """Gather what is to be mended or added. Records that a source tells are never here: what a newspaper leaves out is nobody's fault."""
    by_file = {record.source.file: record for record in world.register.records.values()}
    found: dict[str, dict[str, list[Problem]]] = {}
    shown = [each for each in world.problems if each.severity in _SEVERITY and not ((record := by_file.get(each.place.file)) and _is_left_out(record))]
    for each in shown:
        pieces = each.place.file.split("/")
        organisation = pieces[1] if len(pieces) > 2 and pieces[0] == "records" else ""  # noqa: PLR2004 -- records/<organisation>/…
        found.setdefault(organisation if organisation in world.register.records else "", {}).setdefault(each.place.file, []).append(each)
    ordered = (*by_name(world, (key for key in found if key)), *(key for key in found if not key))
    groups = tuple(_completions(world, each, found[each], by_file) for each in ordered)
    return Completions(groups, sum(each.severity is Severity.ERROR for each in shown), sum(each.severity is Severity.WARNING for each in shown))


def _is_left_out(record: Record) -> bool:
    """Whether what is wrong with it is nobody's work: of what a source tells; or the steward's alone, who is told by the check: of the project's own record."""
    return bool(record.told) or record.kind == "project"


_COLUMNS: Final = (
    Column("ho-so", "Hồ sơ"),
    Column("muc", "Mức", "chip", filterable=True),
    Column("dieu", "Điều cần bổ sung"),
    Column("cach", "Cách sửa"),
    Column("doi-chieu", "Đối chiếu với"),
    Column("dong", "Dòng", "number"),
    Column("quy-tac", "Quy tắc", filterable=True),
    Column("tep", "Tệp"),
)


@view
def completion_lines(world: World) -> Board:
    """Lay out what is to be mended or added as a board: one thing a line."""
    found = to_complete.make(world)
    groups = tuple(BoardGroup(group.title, tuple(_line(world, file, each) for file in group.rows for each in file.rows), group.ref) for group in found.groups)
    return Board("can-bo-sung", _COLUMNS, groups, _("Hồ sơ của các đơn vị không có chỗ nào phải sửa hay nên bổ sung."))


def _line(world: World, file: FileToComplete, each: ToComplete) -> Row:
    plain = {"sentence": each.sentence.replace("`", ""), "hint": each.hint.replace("`", "")}
    return Row(
        (
            board.link(world, file.ref) if file.ref else board.remark(_("Hồ sơ chưa đọc được")),
            board.states(each.chip),
            board.words(plain["sentence"]),
            board.words(plain["hint"]),
            _beside(world, each),
            board.number(each.line) if each.line else board.BLANK,
            Cell(each.code, f"quy-tac/{each.code}.html") if each.code.startswith("R") else board.words(each.code),
            board.words(file.file),
        )
    )


def _beside(world: World, each: ToComplete) -> Cell:
    if each.beside is None:
        return board.BLANK
    ref, line = each.beside
    said = f"{world.titles.full(ref)} – {world.titles.organisation(world.register.records[ref])}"
    return board.link(world, ref, _("{record}, dòng {line}", record=said, line=line) if line else said)


def _completions(world: World, organisation: str, files: Mapping[str, list[Problem]], by_file: Mapping[str, Record]) -> Group[FileToComplete]:
    rows = tuple(
        FileToComplete(file, by_file[file].id if file in by_file else "", tuple(_row(each, by_file) for each in files[file])) for file in sorted(files)
    )
    return Group(world.titles.full(organisation) if organisation else _(NOT_AN_ORGANISATION), rows, organisation)


def _row(each: Problem, by_file: Mapping[str, Record]) -> ToComplete:
    lang = language()
    other = by_file.get(each.also.file) if each.also else None
    beside = (other.id, each.also.line) if each.also and other else None
    return ToComplete(str(each.severity), _SEVERITY[each.severity], report.sentence(each, lang), report.hint(each, lang), each.place.line, each.code, beside)
