"""Where the comments went: feedback rounds and their balance, critiques of mass organisations, petitions of residents, and how long answers took. Never who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from tusoi import answered, labels, telling
from tusoi.dates import Span, is_past, span
from tusoi.facts import FindingFacts
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views import board
from tusoi.views.board import BLANK, Board, Cell, Column, Row
from tusoi.views.world import World, view

_FEWEST: Final = 5
"""Of a round with fewer forms only the total is shown: whoever gave one could be guessed. A profile may ask for more forms, never for fewer."""
ANSWERED: Final = Label("Đã trả lời", Shape.FULL, Tone.GOOD)
UNANSWERED: Final = Label("Chưa trả lời", Shape.DASH, Tone.WAITING)
PASSED_ON: Final = Label("Chưa trả lời, đã chuyển nơi khác", Shape.DASH, Tone.WAITING)
BALANCED: Final = Label("Đủ: ý kiến nào cũng có nơi đến", Shape.FULL, Tone.GOOD)
UNBALANCED: Final = Label("Chưa đủ: có ý kiến chưa rõ đi đâu", Shape.CROSS, Tone.BAD)
COLLECTING: Final = Label("Đang lấy ý kiến: chưa công bố ý kiến nào", Shape.HALF, Tone.MOVING)
SIFTING: Final = Label("Đang gạn lọc: chưa công bố ý kiến nào", Shape.HALF, Tone.WAITING)
HELD: Final = Label("Lưu ở nơi khác", Shape.PAPER)
NOT_SAID: Final = Label("Đã tổng hợp, chưa ghi ý kiến đi đâu", Shape.DASH, Tone.WAITING)

_MIDDLE: Final = 5
"""Of fewer answers nobody says how long the middle one took: each stands in the table."""

_FEEDBACK: Final = (
    Column("dot", "Đợt góp ý"),
    Column("ky", "Kỳ kiểm điểm", filterable=True),
    Column("ket-thuc", "Kết thúc nhận", "date", sortable=True),
    Column("tong-hop", "Tổng hợp", "date"),
    Column("phieu", "Phiếu thu về", "number"),
    Column("nhan", "Ý kiến nhận", "number"),
    Column("tiep-thu", "Tiếp thu", "number"),
    Column("giai-trinh", "Giải trình", "number"),
    Column("lam-ro", "Đang làm rõ", "number"),
    Column("ngoai", "Ngoài phạm vi", "number"),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
)
_CRITIQUES: Final = (
    Column("phan-bien", "Ý kiến giám sát, phản biện"),
    Column("ve", "Về"),
    Column("noi-gui", "Nơi gửi", filterable=True),
    Column("ngay", "Ngày gửi", "date", sortable=True),
    Column("tinh-trang", "Trả lời", "chip", filterable=True),
    Column("tra-loi", "Nội dung trả lời"),
    Column("so-ngay", "Sau bao nhiêu ngày", "number"),
)
_PETITIONS: Final = (
    Column("kien-nghi", "Kiến nghị, khiếu nại"),
    Column("nhan", "Ngày nhận", "date", sortable=True),
    Column("tu", "Có từ", "date"),
    Column("tinh-trang", "Trả lời", "chip", filterable=True),
    Column("ngay-tra-loi", "Ngày trả lời", "date"),
    Column("so-ngay", "Sau bao nhiêu ngày", "number"),
    Column("nay", "Hạn chế nêu ra, nay ra sao", "chip"),
)
_BALANCE: Final = ("accepted", "explained", "in_clarification", "out_of_scope")


@view
def feedback(world: World) -> Board:
    """Gather the feedback rounds: forms, opinions, and where each opinion went. A small round shows its total only."""
    rounds = sorted((each for each in world.register.of_kind("feedback") if not each.told), key=lambda each: (str(each.get("opens") or ""), each.id))
    return Board(
        "y-kien-gop-y",
        _FEEDBACK,
        board.of_organisations(world, rounds, _asked_about, lambda each: _round(world, each)),
        _("Chưa có đợt lấy ý kiến góp ý nào do đơn vị ở đây tổ chức."),
        notes=(
            _("Ý kiến nhận = tiếp thu + giải trình + đang làm rõ + ngoài phạm vi. Không trang nào nêu ai góp ý."),
            _("Đợt thu về dưới {fewest} phiếu chỉ nêu tổng số.", fewest=fewest(world)),
            _("Từ khi mở đến khi tổng hợp xong, ý kiến còn được gạn lọc đúng sai: chưa ý kiến nào, con số nào về ý kiến được công bố."),
        ),
    )


@view
def critiques(world: World) -> Board:
    """Gather what mass organisations said of plans and their execution, and what was answered."""
    found = [each for each in world.register.of_kind("suggestion") if each.get("purpose") == "critique" and "issued" in each.data and not each.told]
    found.sort(key=lambda each: (str(span(each.get("issued", "date")) or ""), each.id))
    pairs = [(str(to).partition("/")[0], each) for each in found for to in dict.fromkeys(each.data.get("to", ()))]
    return Board(
        "giam-sat-phan-bien",
        _CRITIQUES,
        board.of_organisations(world, pairs, lambda each: each[0], lambda each: _critique(world, each[1])),
        _("Chưa có ý kiến giám sát, phản biện nào của Mặt trận hay đoàn thể được ghi ở đây."),
        notes=_times(world, found),
    )


@view
def petitions(world: World) -> Board:
    """Gather the petitions and complaints that were dealt with, and when they were answered."""
    found = [each for each in world.register.of_kind("inspection") if each.get("channel") in ("petition", "complaint") and not each.told]
    found.sort(key=lambda each: (str(span(each.get("received")) or ""), each.id))
    pairs = [(str(about), each) for each in found for about in each.data.get("about", ())]
    return Board(
        "kien-nghi",
        _PETITIONS,
        board.of_organisations(world, pairs, lambda each: each[0], lambda each: _petition(world, each[1])),
        _("Chưa có kiến nghị, khiếu nại nào của người dân được ghi ở đây."),
        notes=_times(world, found),
    )


def _asked_about(each: Record) -> str:
    """The organisation that a round is about; that of a post or plan, too."""
    return str(next(iter(each.data.get("about", ())), each.organisation)).partition("/")[0]


def _round(world: World, each: Record) -> Row:
    balance = each.get("balance") if is_compiled(each) else None
    few = is_few(world, each)
    numbers = [board.number(balance.get(key)) if balance and not few else BLANK for key in _BALANCE]
    return Row(
        (
            board.link(world, each.id),
            board.link(world, str(each.get("cycle") or "")),
            board.day(each.get("closes")) if "closes" in each.data else BLANK,
            _compiling(world, each),
            board.words(forms_words(world, each)) if each.get("forms") else BLANK,
            board.number(balance.get("received")) if balance and not few else BLANK,
            *numbers,
            board.states(_balanced(world, each, few=few)),
        )
    )


def forms_words(world: World, each: Record) -> str:
    """Write how many forms came back, wherever it stands; of few their number and that of those sent, and no share."""
    forms = each.get("forms") or {}
    if is_few(world, each):
        whole = f"/{telling.number(forms['of'])}" if "of" in forms else ""
        return f"{telling.number(forms['value'])}{whole} {forms.get('unit') or _('phiếu')}"
    return telling.figure(forms, told=each.told) if forms else ""


def fewest(world: World, each: Record | None = None) -> int:
    """Give the number of forms from which more than the total of a round is shown."""
    when = span(each.get("opens")) if each else world.facts.day
    return max(_FEWEST, world.profile.days("feedback_min_forms", when))


def is_few(world: World, each: Record) -> bool:
    """Whether so few forms came back that only their total may be shown."""
    returned = each.get("forms", "value")
    return returned is not None and returned < fewest(world, each)


def is_compiled(each: Record) -> bool:
    """Whether the opinions of a round were sifted: before that nothing of them is told. What a source tells was published there."""
    return each.told or "compiled" in each.data or "held_elsewhere" in each.data


def sifting(world: World, each: Record) -> Label:
    """Say how far a round is whose opinions were not sifted yet."""
    if "opened" not in each.data:
        return labels.STAGE["draft"]
    return SIFTING if is_past(each.get("closes"), world.facts.day) else COLLECTING


def compiling_due(world: World, each: Record) -> str:
    """Give the day by which the cycle wants the opinions compiled; empty where it says none."""
    cycle = world.register.find(str(each.get("cycle")))
    steps = cycle.get("steps") or () if isinstance(cycle, Record) else ()
    return next((telling.day(step["due"]) for step in steps if step.get("step") == "feedback" and "due" in step), "")


def _compiling(world: World, each: Record) -> Cell:
    """Say when a round was compiled, or by when it has to be."""
    if "compiled" in each.data:
        return board.day(each.get("compiled", "date"))
    due = compiling_due(world, each)
    return board.remark(_("Hạn {due}", due=due)) if due else BLANK


def _balanced(world: World, each: Record, *, few: bool) -> Label:
    balance = each.get("balance")
    if not is_compiled(each):
        return sifting(world, each)
    if "held_elsewhere" in each.data:
        return HELD
    if not balance:
        return NOT_SAID
    if few:
        return Label(_("Dưới {fewest} phiếu: chỉ nêu tổng số", fewest=fewest(world, each)), Shape.STOP)
    return BALANCED if balance.get("received") == sum(balance.get(key) or 0 for key in _BALANCE) else UNBALANCED


def _critique(world: World, each: Record) -> Row:
    sent = span(each.get("issued", "date"))
    answer = first_answer(world, each)
    return Row(
        (
            board.link(world, each.id),
            board.several(board.link(world, str(ref)) for ref in each.data.get("of", ())) if each.get("of") else BLANK,
            board.link(world, each.organisation),
            board.day(sent) if sent else BLANK,
            board.states(_answered(world, each, answer)),
            board.link(world, answer.id, telling.shortened(str(answer.get("text") or "")) or _("Xem trả lời")) if answer else BLANK,
            _days(sent, answer),
        )
    )


def _petition(world: World, each: Record) -> Row:
    received = span(each.get("received"))
    answer = first_answer(world, each)
    since = [str(part.data["since"]) for part in each.parts_of("finding") if "since" in part.data]
    facts = [world.facts.findings[part.ref] for part in each.parts_of("finding") if part.ref in world.facts.findings]
    return Row(
        (
            board.link(world, each.id),
            board.day(received) if received else board.remark(_(labels.NOT_WRITTEN)),
            board.words(telling.on(min(since))) if since else board.remark(_(labels.NOT_WRITTEN)),
            board.states(_answered(world, each, answer)),
            board.day(answer.get("date"), answer.id) if answer else BLANK,
            _days(received, answer),
            board.several(_now(world, one, named=len(facts) > 1) for one in facts) if facts else BLANK,
        )
    )


def _now(world: World, finding: FindingFacts, *, named: bool) -> Cell:
    """Say how what was found stands; of several, of which each is said."""
    state = labels.finding(finding)
    if not named:
        return board.states(state)
    about = board.of_part(world, finding.part)
    return replace(about, chips=(state,), csv=f"{about.plain} – {state.words}")


def first_answer(world: World, record: Record) -> Record | None:
    """Give the first answer to a record, or to one of its parts, that brings the matter to an end."""
    return next(iter(answered.settling(world.register, record, world.judgement.family)), None)


def _answered(world: World, each: Record, answer: Record | None) -> Label:
    if answer:
        return ANSWERED
    return PASSED_ON if any(answered.answers(world.register, each)) else UNANSWERED


def _days(start: Span | None, answer: Record | None) -> Cell:
    end = span(answer.get("date")) if answer else None
    return board.number((end.first - start.first).days) if start and end and start.exact and end.exact else BLANK


def _times(world: World, found: Iterable[Record]) -> tuple[str, ...]:
    """Say how many were answered, and how long the middle one took."""
    every = list(found)
    if not every:
        return ()
    answers = [(each, first_answer(world, each)) for each in every]
    taken = sorted(days for each, answer in answers if answer and (days := _taken(each, answer)) is not None)
    answered_ones = sum(answer is not None for each, answer in answers)
    values: dict[str, Any] = {"answered": telling.number(answered_ones), "total": telling.number(len(every)), "count": len(every)}
    if len(taken) < _MIDDLE:
        return (_("Đã trả lời {answered}/{total} ý kiến.", **values),)
    values["days"] = telling.number(taken[(len(taken) - 1) // 2])
    return (_("Đã trả lời {answered}/{total} ý kiến; một nửa được trả lời trong {days} ngày.", **values),)


def _taken(each: Record, answer: Record) -> int | None:
    """Days from the question to the answer; None where either day is not known."""
    start, end = span(each.get("issued", "date") or each.get("received")), span(answer.get("date"))
    return (end.first - start.first).days if start and end and start.exact and end.exact else None
