"""What superiors pointed out, and what came back: explanation, plan, the report after a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tusoi import labels, telling
from tusoi.dates import Span, span, year_after
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import N_, _
from tusoi.views import board
from tusoi.views.board import Board, Cell, Column, Row
from tusoi.views.followed import COMMENT, SUGGESTION, purpose
from tusoi.views.order import Group, name_key
from tusoi.views.threads import explaining, is_draft
from tusoi.views.world import World, view

ANSWERED = Label("Đã trả lời", Shape.FULL, Tone.GOOD)
UNANSWERED = Label("Chưa có trả lời", Shape.DASH)
IN_DRAFT = Label("Mới trả lời trong bản dự thảo", Shape.DASH, Tone.WAITING)
NOT_STATED = Label("Nguồn không nêu trả lời", Shape.DASH)
NOT_SENT = N_("Chưa chuyển")


@dataclass(frozen=True, slots=True)
class Pointed:
    """One issue that was pointed out."""

    ref: str
    statement: str
    nature: str
    chip: Label
    answers: tuple[str, ...]
    """Where it is answered, in drafts, too."""

    @property
    def is_answered(self) -> bool:
        """Whether an answer was handed in, or a source tells of one."""
        return self.chip is ANSWERED


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
    Column("ngay", "Ngày gợi ý", "date", sortable=True),
    Column("tra-loi", "Trả lời", "chip", filterable=True),
    Column("o-dau", "Trả lời ở đâu"),
    Column("ke-hoach", "Kế hoạch khắc phục"),
    Column("bao-cao", "Báo cáo lại"),
)
_COMMENTS: Final = (
    Column("dieu", "Điều được nhận xét"),
    Column("loai", "Tính chất", filterable=True),
    Column("ky", "Kỳ kiểm điểm", filterable=True),
    Column("noi", "Nơi nhận xét", filterable=True),
    Column("ngay", "Ngày gửi", "date", sortable=True),
    Column("chuyen", "Đã chuyển tới", filterable=True),
    Column("ngay-chuyen", "Ngày chuyển", "date"),
    Column("ghi-nhan", "Ghi nhận thành hạn chế"),
)


@view
def suggested(world: World) -> Board:
    """Lay out what superiors pointed out as a board: an issue a line, under the organisation that it is addressed to."""
    lines = [
        (body, thread, point)
        for cycle in threads.make(world).cycles
        for thread in cycle.rows
        for body in _bodies(world.register.records[thread.ref])
        for point in thread.issues
    ]
    return Board(
        "goi-y",
        _COLUMNS,
        board.of_organisations(world, lines, lambda each: each[0], lambda each: _line(world, each[1], each[2])),
        _("Chưa có gợi ý kiểm điểm nào được ban hành. Gợi ý còn là dự thảo thì chưa hiện ở đây."),
    )


@view
def comments(world: World) -> Board:
    """Lay out what departments, the Front and mass organisations said of lower levels. It goes into suggestions and is none: nobody waits for an answer."""
    found = [each for each in world.register.of_kind("suggestion") if purpose(each) == COMMENT and "issued" in each.data and not each.told]
    found.sort(key=lambda each: (str(span(each.get("issued", "date")) or ""), each.id))
    lines = [(body, each, part) for each in found for body in _bodies(each) for part in each.parts_of("issue")]
    return Board(
        "nhan-xet",
        _COMMENTS,
        board.of_organisations(world, lines, lambda each: each[0], lambda each: _comment(world, each[1], each[2])),
        _("Chưa có cơ quan, ngành, đoàn thể nào gửi nhận xét về cấp dưới."),
        notes=(_("Nhận xét được chuyển tới tổ chỉ đạo để soạn gợi ý. Nhận xét chưa phải là gợi ý, nên đơn vị không phải trả lời ở đây."),),
    )


def _bodies(record: Record) -> tuple[str, ...]:
    """Give the organisations to which something is addressed, those of posts, too."""
    return tuple(dict.fromkeys(str(each).partition("/")[0] for each in record.data.get("to", ())))


def _comment(world: World, record: Record, part: Part) -> Row:
    to = str(record.get("sent", "to") or "")
    statement = str(part.data.get("statement", ""))
    findings = _findings(world, part)
    return Row(
        (
            board.link(world, part.ref, telling.shortened(statement), statement),
            board.words(_nature(world, part)),
            board.link(world, str(record.get("cycle") or "")),
            board.link(world, record.organisation),
            board.day(record.get("issued", "date")),
            board.link(world, to) if to else board.remark(_(NOT_SENT)),
            board.day(record.get("sent", "date")) if "sent" in record.data else board.BLANK,
            board.several(board.of_part(world, each) for each in findings) if findings else board.BLANK,
        )
    )


def _findings(world: World, part: Part) -> tuple[Part, ...]:
    """Give the findings that say they respond to it."""
    found = {each.ref: each for review, _ in world.register.sources_of(part.ref, "review") for each in review.parts_of("finding")}
    return tuple(each for each in found.values() if part.ref in each.data.get("answers", ()))


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
            board.several(_plan(world, each) for each in thread.plans) if thread.plans else board.BLANK,
            _refs(world, thread.reports) if thread.reports else _due(world, record),
        )
    )


def _due(world: World, record: Record) -> Cell:
    """Say until when it is to be reported what came of a suggestion, where nobody has."""
    issued = span(record.get("issued", "date"))
    if record.told or issued is None:
        return board.BLANK
    due = year_after(issued.last)
    when = telling.day(Span(due, due)).replace("\u00a0", " ")  # the last column is narrow
    if due < world.facts.day:
        return board.remark(_("Chưa có báo cáo sau một năm, hạn {when}", when=when))
    return board.remark(_("Chưa đến hạn: {when}", when=when))


def _refs(world: World, refs: tuple[str, ...]) -> Cell:
    return board.several(board.link(world, ref) for ref in refs) if refs else board.BLANK


def _plan(world: World, ref: str) -> Cell:
    """Name a plan that follows; of one that nobody has approved, that it is a draft."""
    return board.link(world, ref, _("{ref} (dự thảo)", ref=world.titles.full(ref))) if is_draft(world.register.records[ref]) else board.link(world, ref)


@view
def threads(world: World) -> Threads:
    """Gather the suggestions of superiors that were issued; in a draft nothing has been pointed out yet. Comments of departments and critiques are none."""
    found = [_thread(world, record) for record in world.register.of_kind("suggestion") if purpose(record) == SUGGESTION and _is_out(record)]
    own = [each for each in found if not each.told]
    return Threads(
        cycles=_by_cycle(world, own),
        told=_in_order(world, (each for each in found if each.told)),
        issues=sum(len(each.issues) for each in own),
        answered=sum(each.answered for each in own),
    )


def _is_out(record: Record) -> bool:
    return record.told or "issued" in record.data


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
        posts=telling.figure(data["posts"], told=record.told)
        if "posts" in data
        else _("{roles} chức danh", roles=telling.number(roles), count=roles)
        if roles
        else "",
        issued=telling.day(record.get("issued", "date")),
        issued_by=record.organisation,
        issues=issues,
        answered=sum(each.is_answered for each in issues),
        plans=_plans(world, record),
        reports=_linking(world, record.id, "progress"),
        told=record.told,
    )


def _pointed(world: World, part: Part) -> Pointed:
    answers = _explained(world, part) if part.told else _linking(world, part.ref, "review", "answer", "inspection")
    is_in = any(_is_handed_in(world.register.records[each]) for each in answers)
    chip = ANSWERED if is_in else IN_DRAFT if answers else NOT_STATED if part.told else UNANSWERED
    return Pointed(part.ref, str(part.data.get("statement", "")), _nature(world, part), chip, answers)


def _explained(world: World, part: Part) -> tuple[str, ...]:
    """Find where a source says that an issue was answered, as the page of the story does: that a finding takes it up is no answer yet."""
    return tuple(sorted({record.id for record, _ in explaining(world, part)}))


def _is_handed_in(answer: Record) -> bool:
    """Whether an answer is more than a draft: what a review says before it is handed in, nobody has answered."""
    return answer.kind == "answer" or answer.told or any(seal in answer.data for seal in ("submitted", "concluded", "held_elsewhere"))


def _nature(world: World, part: Part) -> str:
    kind = world.kind("suggestion")
    return telling.sentence_case(labels.word(kind.schema, "issues", "nature", str(part.data.get("nature", "")))) if kind else ""


def _plans(world: World, record: Record) -> tuple[str, ...]:
    """Find the plans that mend what was pointed out: those made for it, and those of the reviews that answer it."""
    direct = _linking(world, record.id, "plan")
    reviews = {each for part in record.parts_of("issue") for each in _linking(world, part.ref, "review")}
    mending = (plan for part in record.parts_of("issue") for plan in _linking(world, part.ref, "plan"))
    return tuple(sorted({*direct, *mending, *(plan for review in reviews for plan in _linking(world, review, "plan"))}))


def _linking(world: World, ref: str, *kinds: str) -> tuple[str, ...]:
    found = {record.id: record for kind in kinds for record, link in world.register.sources_of(ref, kind) if link.path[-1] not in ("basis", "told_by")}
    return tuple(sorted(found, key=lambda each: (str(span(found[each].data.get("date")) or ""), each)))
