"""Who has not handed in what, by who oversees them: for the day before anybody is rated, and for the letter that reminds.

Each cycle has two boards: what is missing, and every step of everybody. So nobody has to look for the first, and nobody stands before another for being late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tusoi import submissions, telling
from tusoi.collation import sort_key
from tusoi.dates import span
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.submissions import Submission, Submitted
from tusoi.views import board, waived
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.order import name_key
from tusoi.views.world import World, view

_LABELS: Final[Mapping[Submitted, Label]] = {
    Submitted.IN: Label("Đã nộp", Shape.FULL, Tone.GOOD),
    Submitted.HELD: Label("Đã nộp, lưu nơi khác", Shape.FULL, Tone.GOOD),
    Submitted.EXEMPT: Label("Được miễn", Shape.STOP),
    Submitted.NOT_NEEDED: Label("Không phải nộp", Shape.STOP),
    Submitted.WAITING: Label("Chưa đến hạn", Shape.RING),
    Submitted.MISSING: Label("Chưa nộp", Shape.CLOCK, Tone.BAD),
}
_WHAT: Final[Mapping[str, str]] = {
    "feedback": N_("Tổng hợp góp ý"),
    "review": N_("Báo cáo kiểm điểm"),
    "plan": N_("Kế hoạch khắc phục"),
}
_RULES: Final[Mapping[str, str]] = {"plan": "R03"}
"""The rule that asks for a step, where it can be waived."""
_IN: Final = (Submitted.IN, Submitted.HELD)
NOBODY: Final = N_("Chưa ghi nơi theo dõi")
_EARLY: Final = N_("Chưa đến hạn nộp nào của kỳ này, nên trang công khai chưa nêu đơn vị nào đã nộp hay chưa.")
_COLUMNS: Final = (
    Column("don-vi", "Đơn vị", filterable=True),
    Column("buoc", "Phải nộp", filterable=True),
    Column("han", "Hạn", "date"),
    Column("tinh-trang", "Tình trạng", "chip", filterable=True),
    Column("ngay-nop", "Ngày nộp", "date"),
    Column("don-doc", "Đôn đốc"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder to copy: to one organisation, about everything that is missing."""

    organisation: str
    text: str


@dataclass(frozen=True, slots=True)
class CycleBoard:
    """One cycle: what is missing, every step of everybody, and the letters for those who are late."""

    ref: str
    title: str
    missing: Board
    board: Board
    letters: tuple[Letter, ...]
    counts: str
    """How many of how many have handed in each thing."""
    closed_to_public: int
    """How many reports and plans are not due yet: until then a public site keeps back who has handed them in."""


@view
def submitted(world: World) -> tuple[CycleBoard, ...]:
    """Gather the cycles that were opened, the latest first. Until a due day has passed, a public site says nothing of who has not handed in yet."""
    cycles = [each for each in world.register.of_kind("cycle") if not each.told and "opened" in each.data]
    cycles.sort(key=lambda each: (str(span(each.get("to")) or ""), each.id), reverse=True)
    return tuple(made for made in (_cycle(world, each) for each in cycles) if made.board.count or made.closed_to_public)


def _cycle(world: World, cycle: Record) -> CycleBoard:
    found = submissions.of_cycle(world.register, cycle, world.facts.day)
    shown = [each for each in found if not world.site.is_public or not is_early(each, world)]
    name = cycle.id.replace("/", "-")
    none = _("Mọi bước đã đến hạn của kỳ này đều đã nộp, hoặc được miễn.") if shown else _(_EARLY)
    return CycleBoard(
        cycle.id,
        world.titles.full(cycle.id),
        _without_day(_board(world, f"con-thieu-{name}", [each for each in shown if each.state is Submitted.MISSING], none)),
        _board(world, f"chua-nop-{name}", shown, _EARLY),
        _letters(world, shown),
        _counts(shown),
        len(found) - len(shown),
    )


def _board(world: World, name: str, found: Iterable[Submission], none: str) -> Board:
    return Board(
        name,
        _COLUMNS,
        _by_overseer(world, found),
        none,
        by=Column("theo-doi", "Nơi theo dõi", filterable=True),
        notes=(_("Bản dự thảo đã ghi ngày nộp thì tính là đã nộp."),),
    )


def _without_day(whole: Board) -> Board:
    """Leave out the day on which something was handed in: what is missing has none."""
    place = [column.key for column in whole.columns].index("ngay-nop")
    groups = (replace(group, rows=tuple(Row((*row.cells[:place], *row.cells[place + 1 :])) for row in group.rows)) for group in whole.groups)
    return replace(whole, columns=(*whole.columns[:place], *whole.columns[place + 1 :]), groups=tuple(groups))


def is_early(each: Submission, world: World) -> bool:
    """Whether the due day has not passed: until then a public site says nothing of it."""
    return each.due is None or each.due.last >= world.facts.day


def _by_overseer(world: World, found: Iterable[Submission]) -> tuple[BoardGroup, ...]:
    groups: dict[str, list[Submission]] = {}
    for each in found:
        groups.setdefault(_overseer(world, each), []).append(each)
    ordered = sorted(groups, key=lambda ref: (not ref, sort_key(world.titles.full(ref)) if ref else (), ref))
    return tuple(BoardGroup(world.titles.full(ref) if ref else _(NOBODY), _rows(world, groups[ref]), ref) for ref in ordered)


def _overseer(world: World, each: Submission) -> str:
    """Who oversees the organisation: the group that covers it in the cycle, else the post in charge of it, else the body above it."""
    for group, link in world.register.sources_of(each.organisation, "group"):
        if link.path[0] == "covers" and group.get("cycle") in (None, each.cycle.id):
            return group.id
    for role, link in world.register.sources_of(each.organisation, "role"):
        if link.path[0] == "in_charge_of":
            return role.id
    facts = world.facts.organisations.get(each.organisation)
    return facts.parents[0] if facts and facts.parents else ""


def _rows(world: World, found: list[Submission]) -> tuple[Row, ...]:
    ordered = sorted(found, key=lambda each: (name_key(world, each.organisation), each.organisation, submissions.STEPS.index(each.step)))
    return tuple(_row(world, each) for each in ordered)


def _row(world: World, each: Submission) -> Row:
    what = board.link(world, each.record.id, _(_WHAT[each.step])) if each.record else board.words(_(_WHAT[each.step]))
    return Row(
        (
            board.link(world, each.organisation),
            what,
            board.day(each.due) if each.due else BLANK,
            _state(world, each),
            board.day(each.when) if each.when else BLANK,
            _reminders(world, each),
        )
    )


def _state(world: World, each: Submission) -> Cell:
    """Say how it stands; why it is exempt, or until when nobody asks for it, stands beside the state. The filter has the state alone."""
    label = _LABELS[each.state]
    waiver = waiver_of(world, each)
    parts = [board.states(worded(each, waiver))]
    parts += [board.remark(each.reason)] if each.reason and each.state is Submitted.EXEMPT else []
    parts += [waived.told(world, waiver)] if waiver else []
    kind = _("Đã nộp chậm") if each.state in _IN and each.late_days else label.words
    return replace(board.several(parts), choices=(kind, _(waived.WAIVED)) if waiver else (kind,))


def worded(each: Submission, waiver: Record | None = None) -> Label:
    """Say how an organisation stands with a step, and by how many days it is late: of what nobody asks for now, by a `waiver`, no days are counted."""
    label = _LABELS[each.state]
    if waiver:
        return replace(label, tone=Tone.WAITING)
    if each.state is Submitted.MISSING:
        return replace(label, said=_("{state}, quá hạn {days} ngày", state=label.words, days=telling.number(each.days), count=each.days))
    if each.state in _IN and each.late_days:
        return replace(
            label, said=_("{state}, chậm {days} ngày", state=label.words, days=telling.number(each.late_days), count=each.late_days), tone=Tone.WAITING
        )
    return replace(label, said=_("Chưa nộp, chưa đặt hạn")) if each.state is Submitted.WAITING and each.due is None else label


def short(each: Submission) -> Label:
    """Say the same in few words, without days."""
    label = _LABELS[each.state]
    if each.state in _IN and each.late_days:
        return replace(label, said=_("Đã nộp, chậm"), tone=Tone.WAITING)
    return replace(label, said=_("Chưa đặt hạn")) if each.state is Submitted.WAITING and each.due is None else label


def early() -> Label:
    """Say of one whose day has not come no more than that."""
    return _LABELS[Submitted.WAITING]


def waiver_of(world: World, each: Submission) -> Record | None:
    """Give what allows for now that a step is missing."""
    if each.state is not Submitted.MISSING or each.step not in _RULES:
        return None
    return waived.in_force(world, _RULES[each.step], *(base.id for base in submissions.reviews(world.register, each.cycle, each.organisation)))


def _reminders(world: World, each: Submission) -> Cell:
    """Say when and how often the organisation was reminded of this step; of what is missing also that no reminder is known."""
    sent = sorted(
        (record for record, link in world.register.sources_of(each.organisation, "reminder") if link.path[0] == "to" and _is_about(record, each)),
        key=lambda record: str(record.get("date")),
    )
    none = board.remark(_("Chưa ghi lần nào")) if each.state is Submitted.MISSING else BLANK
    return board.link(world, sent[-1].id, _("Lần {sent}, {date}", sent=len(sent), date=telling.on(sent[-1].get("date")))) if sent else none


def _is_about(reminder: Record, each: Submission) -> bool:
    return reminder.get("of") == each.cycle.id and reminder.get("step") in (None, each.step)


def _letters(world: World, found: Iterable[Submission]) -> tuple[Letter, ...]:
    """Write to each organisation about everything that is missing; nobody is reminded of what is not asked of them for now."""
    late: dict[str, list[Submission]] = {}
    for each in found:
        if each.state is Submitted.MISSING and waiver_of(world, each) is None:
            late.setdefault(each.organisation, []).append(each)
    return tuple(Letter(ref, _letter(world, ref, late[ref])) for ref in sorted(late, key=lambda ref: (name_key(world, ref), ref)))


def _letter(world: World, organisation: str, late: list[Submission]) -> str:
    listed = "; ".join(_("{what} (hạn {due})", what=_(_WHAT[each.step]).lower(), due=telling.day(each.due)) for each in late)
    cycle = world.titles.full(late[0].cycle.id)
    return _(
        "Kính gửi {organisation}: tính đến {day}, chúng tôi chưa nhận được {listed} của {cycle}. Đề nghị đơn vị gửi, hoặc cho biết vướng mắc và ngày sẽ gửi.",
        organisation=world.titles.full(organisation),
        day=telling.on(world.facts.day),
        listed=listed,
        cycle=cycle,
    )


def _counts(found: Iterable[Submission]) -> str:
    """Say for each thing how many have handed it in, of those that have to."""
    said = []
    every = list(found)
    for step in submissions.STEPS:
        asked = [each for each in every if each.step == step and each.state not in (Submitted.EXEMPT, Submitted.NOT_NEEDED)]
        if asked:
            done = [each for each in asked if each.state in _IN]
            late = sum(each.late_days > 0 for each in done)
            words = _("{what}: {done}/{asked} đơn vị đã nộp", what=_(_WHAT[step]).lower(), done=telling.number(len(done)), asked=telling.number(len(asked)))
            said.append(_("{words}, trong đó {late} đơn vị nộp chậm", words=words, late=telling.number(late), count=late) if late else words)
    return telling.sentence_case("; ".join(said))
