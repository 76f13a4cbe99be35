"""Boards of what is kept beside the findings: who covers whom, what is inspected next, what was handed over, corrected, learned, and allowed for now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tusoi import explaining, labels, telling
from tusoi.collation import sort_key
from tusoi.dates import is_past, span
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views import board, waived
from tusoi.views.beside import line
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.world import World, view

OPEN: Final = ("planned", "in_progress", "completed")

_GROUPS: Final = (
    Column("to", "Tổ"),
    Column("loai", "Loại tổ", filterable=True),
    Column("ky", "Kỳ kiểm điểm", filterable=True),
    Column("to-truong", "Tổ trưởng"),
    Column("so-nguoi", "Số thành viên", "number"),
    Column("phu-trach", "Phụ trách"),
)
_ASSIGNED: Final = (
    Column("viec", "Nhiệm vụ"),
    Column("giao-cho", "Giao cho"),
    Column("phu-trach", "Phụ trách"),
)
_HANDOVERS: Final = (
    Column("ngay", "Ngày bàn giao", "date", sortable=True),
    Column("chuc-danh", "Chức danh"),
    Column("con-mo", "Việc bàn giao"),
    Column("nay", "Nay ra sao", "chip"),
    Column("bien-ban", "Biên bản"),
)
_OF_RECORD: Final = Column("don-vi", "Nói về hồ sơ của", filterable=True)
_CORRECTIONS: Final = (
    Column("ve", "Về"),
    Column("loai", "Loại", filterable=True),
    Column("ngay", "Ngày", "date", sortable=True),
    Column("cua", "Của ai"),
    Column("da-ghi", "Đã ghi"),
    Column("dung-la", "Đúng là"),
    Column("noi-dung", "Nội dung"),
    Column("tra-loi", "Trả lời"),
)
_LESSONS: Final = (
    Column("bai-hoc", "Bài học, cách làm"),
    Column("loai", "Loại", filterable=True),
    Column("ky", "Kỳ kiểm điểm", filterable=True),
    Column("tu", "Rút từ"),
)
_WAIVERS: Final = (
    Column("quy-tac", "Quy tắc", filterable=True),
    Column("ho-so", "Hồ sơ"),
    Column("ly-do", "Lý do"),
    Column("cho-phep", "Nơi cho phép"),
    Column("den-ngay", "Đến ngày", "date", sortable=True),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
)


@view
def groups(world: World) -> Board:
    """Gather the working groups: lead, size, and whom each covers."""
    is_told = bool(told_groups.make(world).count)
    return _group_board(
        world,
        "to-cong-tac",
        [each for each in world.register.of_kind("group") if not each.told],
        _("Chưa có tổ nào do chính các đơn vị ở đây lập hồ sơ; những tổ mà nguồn kể lại ở mục riêng bên dưới.")
        if is_told
        else _("Chưa có tổ chỉ đạo, tổ công tác hay tổ giúp việc nào được ghi ở đây."),
    )


@view
def told_groups(world: World) -> Board:
    """The same of the groups that sources tell of."""
    found = [each for each in world.register.of_kind("group") if each.told]
    return _group_board(world, "to-cong-tac-nguon-ke", found, _("Không có tổ nào được nguồn kể lại."))


def _group_board(world: World, name: str, found: list[Record], empty: str) -> Board:
    return Board(name, _GROUPS, board.of_organisations(world, found, lambda each: each.organisation, lambda each: _group(world, each)), empty)


@view
def assignments(world: World) -> Board:
    """Gather who was given what in each cycle: which cells each assessor covers, which task each office has."""
    cycles = [each for each in world.register.of_kind("cycle") if not each.told and each.get("assignments")]
    cycles.sort(key=lambda each: (sort_key(world.titles.full(each.id)), each.id))
    return Board(
        "phan-cong",
        _ASSIGNED,
        tuple(BoardGroup(world.titles.full(each.id), tuple(_assigned(world, line) for line in each.data["assignments"]), each.id) for each in cycles),
        _("Chưa có kỳ kiểm điểm nào ghi phân công người phụ trách chi bộ, đơn vị."),
        by=Column("ky", "Kỳ kiểm điểm", filterable=True),
    )


@view
def handovers(world: World) -> Board:
    """Gather the handovers of posts, with what was still open, and how it stands now. Posts, never persons."""
    found = sorted((each for each in world.register.of_kind("handover") if not each.told), key=lambda each: (str(each.get("date")), each.id))
    return Board(
        "ban-giao",
        _HANDOVERS,
        board.of_organisations(world, found, lambda each: each.organisation, lambda each: _handover(world, each)),
        _("Chưa có lần bàn giao chức danh nào được ghi ở đây."),
    )


@view
def corrections(world: World) -> Board:
    """Gather the corrections and replies, with what was stated, what is right, and what was answered."""
    found = sorted(world.register.of_kind("correction"), key=lambda each: (str(each.get("date")), each.id))
    return Board(
        "dinh-chinh",
        _CORRECTIONS,
        board.of_organisations(world, found, lambda each: str(each.get("of")).partition("/")[0], lambda each: _correction(world, each)),
        _("Chưa có đính chính hay ý kiến phản hồi nào. Ai được nhắc tới ở đây đều có quyền phản hồi."),
        by=_OF_RECORD,
        notes=(_("Điều đã ghi không bị xóa: đính chính và phản hồi hiện ngay cạnh. Số tổng dùng số đã đính chính."),),
    )


@view
def lessons(world: World) -> Board:
    """Gather lessons, good practice and recognition."""
    found = [each for each in world.register.of_kind("lesson") if not each.told]
    none = _("Chưa có bài học, cách làm hay, khen thưởng nào được ghi ở đây.")
    return _lesson_board(world, "bai-hoc", found, board.none_of_own(world, "lesson", none))


@view
def told_lessons(world: World) -> Board:
    """The same of what sources tell."""
    found = [each for each in world.register.of_kind("lesson") if each.told]
    return _lesson_board(world, "bai-hoc-nguon-ke", found, _("Không có bài học nào được nguồn kể lại."))


def _lesson_board(world: World, name: str, found: list[Record], none: str) -> Board:
    lines = [(each, str(text)) for each in found for text in each.data.get("lessons", ())]
    return Board(name, _LESSONS, board.of_organisations(world, lines, lambda each: each[0].organisation, lambda each: _lesson(world, *each)), none)


@view
def waivers(world: World) -> Board:
    """Gather what is allowed for now, and until when."""
    found = sorted((each for each in world.register.of_kind("waiver") if not each.told), key=lambda each: (str(each.get("until")), each.id))
    return Board(
        "tam-chua-ap-dung",
        _WAIVERS,
        board.of_organisations(world, found, lambda each: str(each.get("of")).partition("/")[0], lambda each: _waiver(world, each)),
        _("Không có hồ sơ nào đang được tạm chưa áp dụng một quy tắc: mọi quy tắc có hiệu lực với mọi hồ sơ."),
    )


def _schema(world: World, name: str) -> Mapping[str, Any]:
    kind = world.kind(name)
    return kind.schema if kind else {}


def _several(world: World, refs: object) -> Cell:
    listed = [str(each) for each in refs] if isinstance(refs, tuple | list) else []
    return board.several(_any(world, ref) for ref in listed) if listed else BLANK


def _any(world: World, ref: str) -> Cell:
    """Link to a record by its title, to a part by its text."""
    thing = world.register.find(ref)
    return board.of_part(world, thing) if isinstance(thing, Part) else board.link(world, ref)


def _group(world: World, each: Record) -> Row:
    return Row(
        (
            board.link(world, each.id),
            board.words(telling.sentence_case(labels.word(_schema(world, "group"), "nature", str(each.get("nature"))))),
            board.link(world, str(each.get("cycle") or "")),
            board.link(world, str(each.get("lead"))) if "lead" in each.data else _unsaid(each),
            board.words(telling.figure(each.data["members"], told=each.told)) if "members" in each.data else _unsaid(each),
            _several(world, each.get("covers")) if "covers" in each.data else _unsaid(each),
        )
    )


def _unsaid(each: Record) -> Cell:
    """Say that a source leaves something out; of an organisation's own record nothing is said."""
    return board.remark(_(labels.NOT_STATED)) if each.told else BLANK


def _assigned(world: World, line: Mapping[str, Any]) -> Row:
    return Row((board.words(line.get("task", "")), board.link(world, str(line.get("who") or "")), _several(world, line.get("covers"))))


def _handover(world: World, each: Record) -> Row:
    refs = [str(ref) for ref in each.data.get("open", ())]
    chips = [chip for ref in refs if (chip := _stands(world, ref))]
    return Row(
        (
            board.day(each.get("date"), each.id),
            board.link(world, str(each.get("of"))),
            _several(world, tuple(refs)) if refs else board.remark(_("Không còn việc nào mở")),
            board.states(*chips),
            board.words(_document(each)),
        )
    )


def _stands(world: World, ref: str) -> Label | None:
    thing = world.register.find(ref)
    ref = thing.ref if thing else ref
    if facts := world.facts.actions.get(ref):
        return labels.action(facts)[0] if labels.action(facts) else None
    finding = world.facts.findings.get(ref)
    return labels.finding(finding) if finding else None


def _document(each: Record) -> str:
    document = each.get("document") or {}
    return ", ".join(str(document[key]) for key in ("number", "title") if key in document)


def _correction(world: World, each: Record) -> Row:
    was = line(world, each).was
    answer = next((one for one, link in world.register.sources_of(each.id, "answer") if link.path[0] == "of"), None)
    return Row(
        (
            _any(world, str(each.get("of"))),
            board.words(telling.sentence_case(labels.word(_schema(world, "correction"), "nature", str(each.get("nature"))))),
            board.day(each.get("date"), each.id),
            board.link(world, str(each.get("by") or each.organisation)),
            board.words(was.stated if was else ""),
            board.words(was.corrected if was else ""),
            board.words(telling.shortened(str(each.get("text") or "")), full=str(each.get("text") or "")),
            board.link(world, answer.id, labels.word(_schema(world, "answer"), "result", str(answer.get("result")))) if answer else BLANK,
        )
    )


def _lesson(world: World, each: Record, text: str) -> Row:
    return Row(
        (
            board.link(world, each.id, text),
            board.words(telling.sentence_case(labels.word(_schema(world, "lesson"), "nature", str(each.get("nature"))))),
            board.link(world, str(each.get("cycle") or "")),
            _several(world, each.get("of")),
        )
    )


def _waiver(world: World, each: Record) -> Row:
    approved = "approved" in each.data
    over = is_past(each.get("until"), world.facts.day)
    label = Label("Chưa được phép", Shape.DASH, Tone.WAITING) if not approved else Label("Đã hết hạn", Shape.STOP) if over else labels.STAGE["opened"]
    until = span(each.get("until"))
    words = _("Tạm chưa áp dụng đến {until}", until=telling.named(until)) if approved and not over and until else label.words
    return Row(
        (
            Cell(explaining.name(str(each.get("rule")), "vi"), f"quy-tac/{each.get('rule')}.html"),
            _any(world, str(each.get("of"))),
            board.link(world, each.id, str(each.get("reason"))),
            board.link(world, each.organisation),
            board.day(each.get("until")),
            replace(board.states(Label(words, label.shape, label.tone)), choices=(_(waived.WAIVED) if words != label.words else words,)),
        )
    )
