"""What superiors pointed out, and what came back: explanation, plan, the report after a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tusoi import labels, telling
from tusoi.dates import span
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.views import board
from tusoi.views.board import Board, Cell, Column, Row
from tusoi.views.order import Group, name_key
from tusoi.views.world import World, view

ANSWERED = Label("Đã trả lời", Shape.FULL, Tone.GOOD)
UNANSWERED = Label("Chưa có trả lời", Shape.DASH)
NOT_STATED = Label(f"{labels.NOT_STATED} trả lời", Shape.DASH)


@dataclass(frozen=True, slots=True)
class Pointed:
    """One issue that was pointed out."""

    ref: str
    statement: str
    nature: str
    chip: Label
    answers: tuple[str, ...]
    """Where it is answered."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A suggestion and what came back."""

    ref: str
    title: str
    to: tuple[str, ...]
    """The organisations."""
    posts: str
    issued: str
    issued_by: str
    issues: tuple[Pointed, ...]
    answered: int
    plans: tuple[str, ...]
    reports: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Threads:
    """The board: own suggestions by cycle, and the stories of sources apart."""

    cycles: tuple[Group[Thread], ...]
    told: tuple[Thread, ...]
    issues: int
    answered: int


_COLUMNS: Final = (
    Column("dieu", "Điều được gợi ý"),
    Column("loai", "Tính chất", filterable=True),
    Column("ky", "Kỳ kiểm điểm", filterable=True),
    Column("noi", "Nơi gợi ý", filterable=True),
    Column("ngay", "Ngày gợi ý", "date"),
    Column("tra-loi", "Trả lời", "chip", filterable=True),
    Column("o-dau", "Trả lời ở đâu"),
    Column("ke-hoach", "Kế hoạch khắc phục"),
    Column("bao-cao", "Báo cáo lại"),
)


@view
def suggested(world: World) -> Board:
    """Lay out what superiors pointed out as a board: an issue a line, under the organisation that it is addressed to."""
    lines = [
        (body, thread, point)
        for cycle in threads.make(world).cycles
        for thread in cycle.rows
        for body in dict.fromkeys(each.partition("/")[0] for each in thread.to)
        for point in thread.issues
    ]
    return Board(
        "goi-y",
        _COLUMNS,
        board.of_organisations(world, lines, lambda each: each[0], lambda each: _line(world, each[1], each[2])),
        "Chưa có gợi ý kiểm điểm nào được ban hành. Gợi ý còn là dự thảo thì chưa hiện ở đây.",
    )


def _line(world: World, thread: Thread, point: Pointed) -> Row:
    record = world.register.records[thread.ref]
    return Row(
        (
            board.link(world, point.ref, telling.shortened(point.statement), point.statement),
            board.words(point.nature),
            board.link(world, str(record.get("cycle") or "")),
            board.link(world, thread.issued_by),
            board.day(record.get("issued", "date")),
            board.states(point.chip),
            _refs(world, point.answers),
            _refs(world, thread.plans),
            _refs(world, thread.reports),
        )
    )


def _refs(world: World, refs: tuple[str, ...]) -> Cell:
    return board.several(board.link(world, ref) for ref in refs) if refs else board.BLANK


@view
def threads(world: World) -> Threads:
    """Gather the suggestions that were issued; in a draft nothing has been pointed out yet."""
    found = [_thread(world, record) for record in world.register.of_kind("suggestion") if record.told or "issued" in record.data]
    own = [each for each in found if not each.told]
    return Threads(
        cycles=_by_cycle(world, own),
        told=_in_order(world, (each for each in found if each.told)),
        issues=sum(len(each.issues) for each in own),
        answered=sum(each.answered for each in own),
    )


def _by_cycle(world: World, found: list[Thread]) -> tuple[Group[Thread], ...]:
    cycles: dict[str, list[Thread]] = {}
    for each in found:
        record = world.register.records[each.ref]
        cycles.setdefault(str(record.get("cycle") or ""), []).append(each)
    latest = sorted(cycles, key=lambda each: (_end(world, each), each), reverse=True)
    return tuple(Group(world.titles.full(each), _in_order(world, cycles[each]), each) for each in latest)


def _end(world: World, cycle: str) -> str:
    record = world.register.find(cycle)
    return str(record.data.get("to", "")) if isinstance(record, Record) else ""


def _in_order(world: World, found: Iterable[Thread]) -> tuple[Thread, ...]:
    return tuple(sorted(found, key=lambda each: (name_key(world, each.to[0]) if each.to else name_key(world, each.ref), each.ref)))


def _thread(world: World, record: Record) -> Thread:
    data = record.data
    to = tuple(str(each) for each in data.get("to", ()))
    bodies = tuple(each for each in to if "/" not in each)
    roles = len(to) - len(bodies)
    issues = tuple(_pointed(world, part) for part in record.parts_of("issue"))
    return Thread(
        ref=record.id,
        title=world.titles.of_record(record),
        to=bodies,
        posts=telling.figure(data["posts"], told=record.told) if "posts" in data else f"{telling.number(roles)} chức danh" if roles else "",
        issued=telling.day(record.get("issued", "date")),
        issued_by=record.organisation,
        issues=issues,
        answered=sum(bool(each.answers) for each in issues),
        plans=_plans(world, record),
        reports=_linking(world, record.id, "progress"),
        told=record.told,
    )


def _pointed(world: World, part: Part) -> Pointed:
    kind = world.kind("suggestion")
    nature = labels.word(kind.schema, "issues", "nature", str(part.data.get("nature", ""))) if kind else ""
    answers = _linking(world, part.ref, "review", "answer", "inspection")
    chip = ANSWERED if answers else NOT_STATED if part.told else UNANSWERED
    return Pointed(part.ref, str(part.data.get("statement", "")), telling.sentence_case(nature), chip, answers)


def _plans(world: World, record: Record) -> tuple[str, ...]:
    """Find the plans that mend what was pointed out: those made for it, and those of the reviews that answer it."""
    direct = _linking(world, record.id, "plan")
    reviews = {each for part in record.parts_of("issue") for each in _linking(world, part.ref, "review")}
    mending = (plan for part in record.parts_of("issue") for plan in _linking(world, part.ref, "plan"))
    return tuple(sorted({*direct, *mending, *(plan for review in reviews for plan in _linking(world, review, "plan"))}))


def _linking(world: World, ref: str, *kinds: str) -> tuple[str, ...]:
    found = {record.id: record for kind in kinds for record, link in world.register.sources_of(ref, kind) if link.path[-1] not in ("basis", "told_by")}
    return tuple(sorted(found, key=lambda each: (str(span(found[each].data.get("date")) or ""), each)))
