"""Boards about dates: what is overdue, what is due soon, what is to be done at once, and which dates were asked to be moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tusoi import labels, promise_words, telling
from tusoi.dates import Span
from tusoi.facts import ActionFacts, ActionState, MilestoneFacts, Postponed
from tusoi.first_promises import Terms
from tusoi.labels import Label, Shape
from tusoi.record import Part, Record
from tusoi.slippage import Moved, Promise, asked_after
from tusoi.speech import N_, _
from tusoi.views import board
from tusoi.views.board import Board, BoardGroup, Cell, Column, Row
from tusoi.views.coming_dates import Coming, coming
from tusoi.views.order import Group, by_organisation
from tusoi.views.owed import Owed, owed
from tusoi.views.pieces import rhythm
from tusoi.views.promised import PAST_PROCEDURE, moved_rows, name_of
from tusoi.views.world import World, view

SOON: Final = 30
"""Days ahead that the board of what is due looks."""
ACTION: Final = N_("Việc")
AT_ONCE: Final = labels.IMMEDIATE.said
STEP: Final = N_("Mốc của việc")
PLAN: Final = N_("Lập kế hoạch")
REPORT: Final = N_("Báo cáo kết quả")
_IN_GRACE: Final = Label("Đã đến kỳ, chưa tính là quá kỳ", Shape.CLOCK, labels.Tone.MOVING)
_COMMON: Final = Label("Hạn chung của cả kỳ", Shape.PAPER, labels.Tone.QUIET)
_SETTLED: Final = (ActionState.COMPLETED, ActionState.VERIFIED, ActionState.EFFECTIVE, ActionState.STOPPED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """An action, a step of one, a plan or a report, whose date is near or has passed."""

    ref: str
    content: str
    step_of: str
    """The action's text where this is a step of it."""
    chips: tuple[Label, ...]
    due: str
    """The last agreed date; of a recurring duty, how often and until when."""
    first_due: str
    """The first promise, where another date was agreed later."""
    owner: str
    answers_now: str
    """The organisation that answers for it now, where the owner's own has ended."""
    obstacle: str
    plan: str
    organisation: str
    when: date
    spans: tuple[Span | None, Span | None] = (None, None)
    """The last agreed date and the first promise, where they differ."""
    nature: str = ACTION
    """What it is: an action, a step of one, a plan or a report that is due."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """A board: by organisation A–Z, within each by date."""

    groups: tuple[Group[Deadline], ...]
    count: int
    own: int
    """How many actions count at all: without them an empty board says something else."""


NO_PLAN: Final = N_("Chưa có kế hoạch nào do đơn vị ở đây ban hành, nên chưa có hạn nào để so. Chuyện lấy từ bài báo không bao giờ có ở bảng này.")
_DEADLINES: Final = (
    Column("viec", "Việc", sortable=True),
    Column("loai", "Loại", filterable=True),
    Column("tinh-trang", "Tình trạng", "chip"),
    Column("han", "Hạn", "date", sortable=True),
    Column("han-dau", "Hạn đầu", "date", sortable=True),
    Column("ai-lam", "Ai làm"),
    Column("vuong", "Còn vướng"),
    Column("ke-hoach", "Kế hoạch"),
)
_ASKED: Final = (
    Column("viec", "Việc", sortable=True),
    Column("tu-han", "Từ hạn", "date", sortable=True),
    Column("den-han", "Sang hạn", "date", sortable=True),
    Column("them", "Thêm (ngày)", "number"),
    Column("ngay-de-nghi", "Ngày đề nghị", "date", sortable=True),
    Column("han-da-qua", "Hạn đã qua khi đề nghị", filterable=True),
    Column("ly-do", "Lý do"),
    Column("tra-loi", "Trả lời", "chip", filterable=True),
    Column("ngay-tra-loi", "Ngày trả lời", "date", sortable=True),
    Column("ngay-ghi", "Ngày ghi vào hồ sơ", "date"),
)


@view
def overdue(world: World) -> Deadlines:
    """Gather what should have been done by the last agreed date and was not."""
    return _board(world, (each for action in world.facts.counted_actions() for each in _overdue(world, action)))


@view
def due_soon(world: World) -> Deadlines:
    """Gather what has to be done in the next days: actions and their steps, what conclusions ask for, reports in their rhythm, and steps of cycles."""
    promised = (each for action in world.facts.counted_actions() for each in _soon(world, action))
    asked = (each for one in owed(world) for each in _asked_soon(world, one))
    return _board(world, (*promised, *asked, *(_of_calendar(world, each) for each in coming(world, SOON))))


@view
def overdue_board(world: World) -> Board:
    """Lay out what is overdue as a board."""
    none = _("Không có việc nào quá hạn: mọi việc trong các kế hoạch đã ban hành đều đã xong hoặc còn trong hạn.")
    return _laid_out(world, "qua-han", overdue.make(world), none)


@view
def due_soon_board(world: World) -> Board:
    """Lay out what is due soon as a board."""
    none = _("Trong 30 ngày tới không có việc, kế hoạch, báo cáo hay bước nào của kỳ kiểm điểm đến hạn, tính từ ngày của số liệu.")
    return _laid_out(world, "den-han", due_soon.make(world), none)


@view
def at_once(world: World) -> Board:
    """Gather what is to be done at once and has not been claimed to be done, whenever it is due."""
    every = [each for each in world.facts.counted_actions() if each.part.data.get("urgency") == "immediate"]
    left = [each for each in every if each.state not in _SETTLED]
    found = _board(world, [_deadline(world, each, None, *labels.action(each)) for each in left])
    said = telling.number(len(every) - len(left)), telling.number(len(every))
    none = (
        _("Cả {said} việc làm ngay trong các kế hoạch đều đã được báo xong hoặc đã dừng.", said=said[1])
        if every
        else _("Chưa kế hoạch nào ghi việc phải làm ngay.")
    )
    made = _laid_out(world, "viec-lam-ngay", found, none)
    return replace(made, notes=(_("Đã báo xong hoặc đã dừng: {said}/{said_2} việc làm ngay.", said=said[0], said_2=said[1]),)) if every else made


@view
def requests(world: World) -> Board:
    """Gather every request to move a date, and every change that went past that way: by organisation A–Z, within each by the day of asking or recording."""
    asked = [
        (action.organisation, each.asked, each.record.id, _request(world, action, each)) for action in world.facts.counted_actions() for each in _asked(action)
    ]
    changed = [(home, day, promise.ref, _change(world, promise, each)) for home, day, promise, each in moved_rows(world)]
    found = sorted((*asked, *changed), key=lambda each: each[1:3])
    return Board(
        "gia-han",
        _ASKED,
        board.of_organisations(world, found, lambda each: each[0], lambda each: each[3]),
        _("Chưa có đơn vị nào đề nghị lùi hạn: hạn đang tính đều là hạn đầu tiên đã hứa."),
    )


def _board(world: World, found: Iterable[Deadline]) -> Deadlines:
    rows = sorted(found, key=lambda each: (each.when, each.ref))
    return Deadlines(by_organisation(world, rows, lambda each: each.organisation), len(rows), len(world.facts.counted_actions()))


def _laid_out(world: World, name: str, found: Deadlines, none: str) -> Board:
    groups = tuple(BoardGroup(group.title, tuple(_line(world, each) for each in group.rows), group.ref) for group in found.groups)
    return Board(name, _DEADLINES, groups, none if found.own else _(NO_PLAN))


def _line(world: World, each: Deadline) -> Row:
    content = board.link(world, each.ref, each.content)
    due, first = each.spans
    return Row(
        (
            board.several([content, board.remark(_("Một mốc của việc: {step_of}", step_of=each.step_of))]) if each.step_of else content,
            board.words(_(each.nature)),
            board.states(*each.chips),
            board.day(due) if due else board.remark(each.due),
            board.day(first) if first else board.BLANK,
            _owner(world, each),
            board.words(each.obstacle),
            board.link(world, each.plan),
        )
    )


def _owner(world: World, each: Deadline) -> Cell:
    """Name the post that does it; where its organisation has ended, who answers now."""
    owner = board.link(world, each.owner)
    if not each.answers_now:
        return owner
    now = _("Chức danh của đơn vị cũ; nay {answers_now} trả lời", answers_now=world.titles.full(each.answers_now))
    return board.several([owner, board.link(world, each.answers_now, now)])


def _overdue(world: World, action: ActionFacts) -> Iterator[Deadline]:
    if action.overdue_days:
        steps = max((each.overdue_days for each in action.milestones if each.overdue_days), default=0)
        later = (Label(_("Mốc trễ nhất: quá hạn {days} ngày", days=telling.number(steps), count=steps), Shape.CLOCK, labels.Tone.BAD),)
        yield _deadline(world, action, None, labels.overdue(action.overdue_days), *(later if steps > action.overdue_days else ()))
        return
    if action.state in _SETTLED:
        return
    for milestone in action.milestones:
        if milestone.overdue_days:
            yield _deadline(world, action, milestone, labels.overdue(milestone.overdue_days))


def _soon(world: World, action: ActionFacts) -> Iterator[Deadline]:
    if action.state in _SETTLED:
        return
    if action.due_in_days is not None and action.due_in_days <= SOON:
        yield _deadline(world, action, None, labels.in_days(action.due_in_days))
    for milestone in action.milestones:
        if milestone.due and not milestone.reached:
            days = (milestone.due.last - world.facts.day).days
            if 0 <= days <= SOON:
                yield _deadline(world, action, milestone, labels.in_days(days))


def _asked_soon(world: World, each: Owed) -> Iterator[Deadline]:
    """Give the plan and the report that are due soon after a conclusion."""
    if each.wants_plan and (days := _days_to(world, each.plan_due)) is not None:
        yield _of_conclusion(world, each, PLAN, _("Ban hành kế hoạch khắc phục theo: {id}", id=world.titles.full(each.base.id)), labels.in_days(days))
    if each.wants_report and (days := _days_to(world, each.report_due)) is not None:
        yield _of_conclusion(world, each, REPORT, _("Báo cáo kết quả thực hiện: {id}", id=world.titles.full(each.base.id)), labels.in_days(days))


def _days_to(world: World, due: Span | None) -> int | None:
    """Give the days until something is due; None where it is not soon."""
    days = (due.last - world.facts.day).days if due else -1
    return days if 0 <= days <= SOON else None


def _of_conclusion(world: World, each: Owed, nature: str, content: str, chip: Label) -> Deadline:
    due = each.plan_due if nature == PLAN else each.report_due
    plans = (*each.plans, *each.shared, *each.drafts)
    draft = Label("Đã có dự thảo", Shape.DASH, labels.Tone.WAITING) if nature == PLAN and each.drafts else None
    return Deadline(
        ref=each.base.id,
        content=content,
        step_of="",
        chips=tuple(label for label in (chip, draft) if label),
        due=telling.day(due),
        first_due="",
        owner=each.organisation,
        answers_now="",
        obstacle="",
        plan=plans[0].id if plans else "",
        organisation=each.organisation,
        when=due.last if due else world.facts.day,
        spans=(due, None),
        nature=nature,
    )


def _of_calendar(world: World, each: Coming) -> Deadline:
    """Give what the calendar brings. A report whose day has come is not late before its days of grace have passed."""
    days = (each.due.last - world.facts.day).days
    return Deadline(
        ref=each.ref,
        content=each.content,
        step_of="",
        chips=(labels.in_days(days) if days >= 0 else _IN_GRACE, *((_COMMON,) if each.is_common else ())),
        due=telling.day(each.due),
        first_due="",
        owner=each.organisation,
        answers_now="",
        obstacle="",
        plan=each.plan,
        organisation=each.organisation,
        when=each.due.last,
        spans=(each.due, None),
        nature=each.nature,
    )


def _deadline(world: World, action: ActionFacts, milestone: MilestoneFacts | None, *chips: Label) -> Deadline:
    about = milestone or action
    content = str(action.part.data.get("content", ""))
    owner = str(action.part.data.get("owner", ""))
    first, last = telling.day(about.first_due), telling.day(about.due)
    return Deadline(
        ref=about.part.ref,
        content=str(milestone.part.data.get("content", "")) if milestone else content,
        step_of=telling.shortened(content) if milestone else "",
        chips=(*chips, *(labels.postponement(each) for each in about.postponements[-1:] if each.result == "pending")),
        due=last or rhythm(action.part.data),
        first_due=first if first != last else "",
        owner=owner,
        answers_now=action.organisation if _has_ended(world, owner) else "",
        obstacle=action.blocked,
        plan=action.part.record.id,
        organisation=action.organisation,
        when=about.due.last if about.due else world.facts.day,
        spans=(about.due, about.first_due if first != last else None),
        nature=AT_ONCE if action.part.data.get("urgency") == "immediate" else STEP if milestone else ACTION,
    )


def _has_ended(world: World, owner: str) -> bool:
    """Tell whether the organisation of a post is one that has ended."""
    thing = world.register.find(owner)
    facts = world.facts.organisations.get(thing.organisation) if isinstance(thing, Record) else None
    return facts is not None and not facts.in_force


def _asked(action: ActionFacts) -> Iterator[Postponed]:
    yield from action.postponements
    for milestone in action.milestones:
        yield from milestone.postponements


def _request(world: World, action: ActionFacts, facts: Postponed) -> Row:
    cells = (
        _asked_for(world, action, str(facts.record.data.get("of", ""))),
        board.day(facts.previous),
        board.day(facts.to),
        board.number(facts.days),
        board.day(facts.asked, facts.record.id),
        _timing(facts),
        board.words(facts.record.data.get("reason", "")),
        board.states(labels.postponement(facts)),
        board.day(facts.answer.data.get("date"), facts.answer.id) if facts.answer else board.remark(_("Chưa có trả lời")),
        board.BLANK,
    )
    return Row(cells)


def _asked_for(world: World, action: ActionFacts, of: str) -> Cell:
    """Name the action; where another date is asked for one of its milestones only, that milestone and the action of which it is a step."""
    content, found = str(action.part.data.get("content", "")), world.register.find(of)
    if not isinstance(found, Part) or found.ref == action.part.ref:
        return board.link(world, of, content)
    return board.several([board.of_part(world, found), board.remark(_("Một mốc của việc: {step_of}", step_of=telling.shortened(content)))])


def _timing(facts: Postponed) -> Cell:
    """Say whether the agreed date had passed when the request was made, and how long before or after it was."""
    said, days = _("Có") if facts.after_due else _("Không"), asked_after(facts)
    if days is None:
        return board.words(said)
    about = (
        _("đã qua {days} ngày", days=telling.number(days), count=days)
        if days > 0
        else _("còn {number} ngày", number=telling.number(-days), count=-days)
        if days
        else _("đúng ngày đến hạn")
    )
    return Cell(f"{said}, {about}", choices=(said,))


def _change(world: World, promise: Promise, each: Moved) -> Row:
    """Tell a change that went past the procedure. The day on which it was recorded is none that the record states, and has a column of its own."""
    content = board.of_part(world, promise.part) if promise.part else board.several([board.remark(name_of(promise)), board.link(world, promise.plan)])
    return Row(
        (
            content,
            _stated(each.before, each.after),
            _stated(each.after, each.before) if each.after.says else board.remark(_("Bỏ khỏi hồ sơ")),
            board.number(each.days),
            board.BLANK,
            board.BLANK,
            board.BLANK,
            board.states(PAST_PROCEDURE),
            board.BLANK,
            board.day(Span(each.step.day, each.step.day)),
        )
    )


def _stated(promised: Terms, other: Terms) -> Cell:
    """Lay out what was promised: a date where it is one, else the text that stood there; of a rhythm what is not the same in the other."""
    if not promised.says:
        return board.remark(_("Không còn trong hồ sơ"))
    if promised.recurs:
        return board.words(promise_words.apart(promised, other, "vi"))
    return board.day(promised.when) if promised.when else board.words(promise_words.terms(promised, "vi"))
