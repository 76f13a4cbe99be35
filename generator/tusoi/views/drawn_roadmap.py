"""The roadmap of an action and of a plan, drawn: what was promised first, what was agreed later, what came of it, and the day of the numbers while it is open.

Each row is bars on one axis of time, with its words above them: so no words ever meet, however narrow the page and however large the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from tusoi import labels, telling
from tusoi.drawing import Axis, Tick
from tusoi.facts import ActionFacts, MilestoneFacts, Postponed
from tusoi.labels import Shape
from tusoi.record import Part, Record
from tusoi.speech import N_, _
from tusoi.views import drawn_lines, roadmap_words
from tusoi.views.drawn_lines import Course, Line, Look
from tusoi.views.world import World, view

_ACTUAL: Final = "actual"
_KEY: Final = {
    Look.PROMISED: N_("Thanh mảnh: đã hứa"),
    Shape.FLAG: N_("Hạn đầu"),
    Shape.CLOCK: N_("Hạn được gia hạn"),
    _ACTUAL: N_("Thanh dày: thực tế"),
    Look.MOVED: N_("Trong thời gian gia hạn"),
    Look.OVER: N_("Sau hạn"),
    Look.ABOUT: N_("Chỉ biết tháng hoặc năm"),
}
"""What looks and shapes mean, in the order in which it is explained."""
_YEAR: Final = 12
_LAST_PADDED_MONTH: Final = 2


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """What is drawn together, below its words."""

    id: str
    words: str
    """What it is: `Hứa lần đầu`, or the action's place in the plan."""
    ref: str
    """The action that it is about, in the picture of a plan; else empty."""
    content: str
    said: tuple[str, ...]
    """The dates and what came of them, in sentences."""
    lines: tuple[Line, ...]
    length: str
    """How long its time is, for who cannot see it."""


@dataclass(frozen=True, slots=True)
class TickLine:
    """A date below the axis."""

    tick: Tick
    words: str


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The picture of an action or of a plan."""

    id: str
    """What the ids in it begin with."""
    title: str
    said: tuple[str, ...]
    """What it shows, in sentences."""
    rows: tuple[RoadmapRow, ...]
    ticks: tuple[TickLine, ...]
    span: str
    """From when to when the axis goes, for who cannot see it."""
    today: str
    """The place of the day of the numbers; empty where nothing is open any more."""
    today_words: str
    key: tuple[tuple[str, str], ...]
    """The looks and shapes that occur in it, each with what it means."""
    heads: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to be looked at; else the sentences stand alone."""
        return any(row.lines for row in self.rows)


@view
def roadmap(world: World, it: Record | Part) -> Roadmap | None:
    """Draw a plan or an action. None where it has no action, or is none."""
    if isinstance(it, Part):
        action = world.facts.actions.get(it.ref)
        return _of_action(world, action) if action else None
    found = [each for part in it.parts_of("action") if (each := world.facts.actions.get(part.ref))]
    return _of_plan(world, it, found) if found else None


def _of_action(world: World, action: ActionFacts) -> Roadmap:
    day, name = world.facts.day, _name(action.part.ref)
    course = drawn_lines.of_action(action, day)
    steps = [(each, drawn_lines.of_milestone(each, action, day)) for each in action.milestones]
    axis = _axis([course, *(each for _step, each in steps)])
    rows = [*_promised(name, axis, course, action), *_came(name, axis, course, action, day), *_steps(name, axis, steps, action, day)]
    said = (*roadmap_words.of_action(action, day), roadmap_words.changed(world.ledger.promises.get(action.part.ref)))
    heads = (_("Mốc thời gian"), _("Ngày"), _("Ghi chú"))
    table = (*_events(action), *chain.from_iterable(_step_events(number, each) for number, each in enumerate(action.milestones, 1)))
    return _made(name, _("Lộ trình của việc này"), said, rows, axis, [course, *(each for _step, each in steps)], heads, table)


def _of_plan(world: World, plan: Record, actions: Iterable[ActionFacts]) -> Roadmap:
    day, name = world.facts.day, _name(plan.id)
    courses = [(each, drawn_lines.of_action(each, day)) for each in actions]
    axis = _axis([course for _action, course in courses])
    rows = [_of_one(axis, number, action, course, day) for number, (action, course) in enumerate(courses, 1)]
    approved = telling.on(plan.get("approved", "date"))
    said = (_("Kế hoạch ban hành {when}; mỗi việc một dòng, cùng một trục thời gian.", when=approved),) if approved else ()
    heads = (_("Việc"), _("Hạn đầu"), _("Hạn đã gia hạn"), _("Xong hoặc dừng"), _("Tình trạng"))
    table = tuple(_line(number, action) for number, (action, _course) in enumerate(courses, 1))
    return _made(name, _("Lộ trình các việc"), said, rows, axis, [course for _action, course in courses], heads, table)


def _made(  # noqa: PLR0913, PLR0917 -- each is one plain thing of the picture
    name: str,
    title: str,
    said: Iterable[str],
    rows: Iterable[RoadmapRow],
    axis: Axis | None,
    courses: Iterable[Course],
    heads: tuple[str, ...],
    table: tuple[tuple[str, ...], ...],
) -> Roadmap:
    """Put the picture together."""
    drawn = tuple(rows)
    today = max((each.today for each in courses if each.today), default=None)
    used = _used(drawn)
    return Roadmap(
        id=name,
        title=title,
        said=tuple(each for each in said if each),
        rows=drawn,
        ticks=tuple(TickLine(each, _month(each.day, axis)) for each in axis.ticks()) if axis else (),
        span=_("Trục thời gian {period}.", period=telling.between(axis.first, axis.last)) if axis else "",
        today=axis.at(today) if axis and today else "",
        today_words=_("Tính đến ngày {day}", day=telling.day(today)) if today else "",
        key=tuple((look, _(words)) for look, words in _KEY.items() if look in used),
        heads=heads,
        table=table,
    )


def _used(rows: Iterable[RoadmapRow]) -> set[str]:
    """Give the looks and shapes that have to be explained. Where a row has one line, its words say what that is; of two, the thin one is what was promised."""
    found: set[str] = set()
    for row in rows:
        found |= {bar.look for line in row.lines for bar in line.bars} - {Look.PROMISED}
        if row.ref or len(row.lines) > 1:
            found |= {_ACTUAL, Look.PROMISED, *(mark.shape for line in row.lines if line.is_thin for mark in line.marks)}
    return found


def _axis(courses: Iterable[Course]) -> Axis | None:
    """Make the axis on which all of them lie; None where no day is known."""
    days = [day for each in courses for day in each.days]
    return Axis.over(days) if days else None


def _promised(name: str, axis: Axis | None, course: Course, action: ActionFacts) -> Iterator[RoadmapRow]:
    """Draw the first promise, and each request to move it."""
    if axis and course.first:
        words, said = roadmap_words.promise(action)
        length = roadmap_words.length(course.start, course.first)
        yield _row(f"{name}-hua", words, (said,), (drawn_lines.promised(axis, course),), length)
        for number, each in enumerate(action.postponements, 1):
            yield _asked(f"{name}-gia-han-{number}", axis, course, each)


def _asked(name: str, axis: Axis, course: Course, each: Postponed) -> RoadmapRow:
    added = _("thêm {days} ngày", days=telling.number(each.days), count=each.days) if each.days and each.days > 0 else ""
    to = _("đến {day}", day=telling.day(each.to))
    return _row(name, labels.postponement(each).words, (", ".join(words for words in (to, added) if words),), (drawn_lines.request(axis, course, each),))


def _came(name: str, axis: Axis | None, course: Course, action: ActionFacts, day: date) -> Iterator[RoadmapRow]:
    """Draw what came of it."""
    if axis and not action.draft:
        length = roadmap_words.length(course.start, course.ended)
        words = _("Theo lời kể của nguồn") if action.told else _("Thực tế")
        said = tuple(roadmap_words.outcome(action, day))[: None if drawn_lines.is_running(action) else 1]
        yield _row(f"{name}-thuc-te", words, said, (drawn_lines.outcome(axis, course),), length)


def _steps(name: str, axis: Axis | None, steps: Iterable[tuple[MilestoneFacts, Course]], action: ActionFacts, day: date) -> Iterator[RoadmapRow]:
    """Draw the milestones, each with both of its lines."""
    for number, (step, course) in enumerate(steps, 1):
        lines = (drawn_lines.moved(axis, course), drawn_lines.outcome(axis, course)) if axis else ()
        said = tuple(roadmap_words.milestone(step, action, day))
        content = str(step.part.data.get("content", ""))
        yield _row(f"{name}-moc-{number}", _("Mốc {number}", number=number), said, lines, roadmap_words.length(course.start, course.first), content)


def _of_one(axis: Axis | None, number: int, action: ActionFacts, course: Course, day: date) -> RoadmapRow:
    """Draw one action of a plan."""
    lines = (drawn_lines.moved(axis, course), drawn_lines.outcome(axis, course)) if axis else ()
    content, said = telling.shortened(str(action.part.data.get("content", ""))), tuple(roadmap_words.of_action(action, day))
    length = roadmap_words.length(course.start, course.first)
    return _row(_name(action.part.ref), _("Việc {number}", number=number), said, lines, length, content, action.part.ref)


def _row(  # noqa: PLR0913, PLR0917 -- the same
    name: str, words: str, said: tuple[str, ...], lines: Iterable[Line], length: str = "", content: str = "", ref: str = ""
) -> RoadmapRow:
    return RoadmapRow(name, words, ref, content, said, tuple(each for each in lines if not each.is_empty), length)


def _events(action: ActionFacts) -> Iterator[tuple[str, ...]]:
    """Give what is known of an action's dates, for the table."""
    if made := roadmap_words.made(action):
        yield _("Ban hành kế hoạch"), telling.day(made), ""
    if action.first_due:
        yield _("Hạn đầu"), telling.day(action.first_due), ""
    yield from (_request(each) for each in action.postponements)
    if action.ended:
        yield labels.ACTION[action.state].words if not action.told else _("Xong theo lời kể"), telling.day(action.ended), ""
    for each in action.checks:
        yield _("Kiểm tra"), telling.day(each.when) or _(labels.NOT_STATED), labels.CHECK_RESULT[each.result].words


def _request(each: Postponed) -> tuple[str, ...]:
    said = _("sang {day}: {answer}", day=telling.day(each.to), answer=labels.postponement(each).words)
    return _("Đề nghị gia hạn"), telling.day(each.asked), said


def _step_events(number: int, step: MilestoneFacts) -> Iterator[tuple[str, ...]]:
    """Give what is known of a milestone's dates, for the table."""
    if step.first_due:
        yield _("Mốc {number}: hạn đầu", number=number), telling.day(step.first_due), ""
    yield from (_request(each) for each in step.postponements)
    if step.reached:
        yield _("Mốc {number}: báo đạt", number=number), telling.day(step.reached.when) or _(labels.NOT_WRITTEN), ""


def _line(number: int, action: ActionFacts) -> tuple[str, ...]:
    """Give an action's line of the table."""
    moved = telling.day(action.due) if action.due != action.first_due else ""
    state = "; ".join(each.words for each in labels.action(action))
    return _("Việc {number}", number=number), telling.day(action.first_due), moved, telling.day(action.ended), state


def _name(ref: str) -> str:
    """Make the beginning of ids from a ref."""
    return "lo-trinh-" + ref.replace("/", "-").replace("#", "-").replace(".", "-")


def _month(day: date, axis: Axis | None) -> str:
    """Write the date below an axis: the year alone where only years stand there."""
    if axis and all(each.day.month == 1 for each in axis.ticks()) and len(axis.ticks()) > 1:
        return str(day.year)
    month = f"{day.month:02d}" if day.month <= _LAST_PADDED_MONTH else str(day.month)
    return _("{month}/{year}", month=month, year=day.year)
