"""What changed between two moments: this month, in the last one, since a cycle was opened or closed, between two tags. A–Z; nothing about persons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Final, TypeVar

from tusoi import labels, moments, telling
from tusoi.collation import sort_key
from tusoi.dates import span
from tusoi.differences import same
from tusoi.evidence import concerns_one_post, is_individual
from tusoi.facts import ActionFacts, ActionState, FindingState
from tusoi.kinds import Kinds
from tusoi.moments import Moment
from tusoi.past import Past, Tag
from tusoi.record import Part, Record
from tusoi.speech import N_, _
from tusoi.standings import ActionStanding
from tusoi.value_words import low
from tusoi.views.beside import ANSWERS
from tusoi.views.order import by_name
from tusoi.views.scales import level_word, scale_of
from tusoi.views.world import World, view

Thing = TypeVar("Thing")
_DAY: Final = timedelta(days=1)
_NOT_LISTED: Final = frozenset({"project", "role", "organisation"})
"""Kinds of which nobody asks what came of them: how the site is made, and which posts and bodies there are."""
_SEALED: Final = {"plan": "approved", "review": "concluded", "inspection": "concluded", "classification": "decided"}
"""The seal by which a record of a kind comes into force: it is told with that, not with its first draft."""
_CAME: Final = {"plan": N_("Kế hoạch được ban hành"), "review": N_("Kiểm điểm đã kết luận"), "inspection": N_("Kiểm tra, giám sát đã kết luận")}
_ADDED: Final = "+"
"""What stands before the kind of a new record, where a topic is one of new records."""
_MOVED: Final = N_("Việc đổi tình trạng")
_OVERDUE: Final = N_("Việc chuyển sang quá hạn")
_MENDED: Final = N_("Hạn chế đổi tình trạng")
_RATED: Final = N_("Xếp loại được quyết định")
_WITHDRAWN: Final = N_("Hồ sơ đã rút")
_EDITED: Final = N_("Hồ sơ được sửa")
_GONE: Final = N_("Không còn trong bộ hồ sơ")
_NEW: Final = N_("Chưa ban hành")
_ORDER: Final = (*_CAME.values(), "", _MOVED, _OVERDUE, _MENDED, _RATED, _EDITED, _WITHDRAWN, _GONE)
"""In which order what changed is told; new records of each kind stand where nothing is named."""
_TOTALS: Final = (N_("Việc báo đã xong, chờ xác nhận"), N_("Việc được xác nhận đã xong"), N_("Hạn chế đã khắc phục, hoặc không phải lập biện pháp riêng"))
_DONE: Final = (ActionState.VERIFIED, ActionState.EFFECTIVE)
_CLOSED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed: a link, or words where there is nothing to lead to, and how."""

    ref: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What changed of one nature."""

    title: str
    lines: tuple[Line, ...]
    of: int = 0
    """Of how many; 0 where there is nothing to compare with."""
    is_new: bool = False
    """Whether it is new records."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed at one organisation."""

    organisation: str
    topics: tuple[Topic, ...]

    @property
    def summary(self) -> str:
        """How many of each, in one line."""
        new = sum(len(each.lines) for each in self.topics if each.is_new)
        counts = [_("{topic}: {share}", topic=low(each.title), share=_share(len(each.lines), each.of)) for each in self.topics if not each.is_new]
        return "; ".join(([_("thêm {number} hồ sơ", number=telling.number(new), count=new)] if new else []) + counts)


@dataclass(frozen=True, slots=True)
class Window:
    """The time between two moments, and what changed in it."""

    anchor: str
    title: str
    period: str
    totals: tuple[tuple[str, str], ...]
    """What is counted, and its number with that of which it is a part."""
    groups: tuple[Changed, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Frame:
    """A window before it is looked through."""

    anchor: str
    title: str
    start: date
    end: date
    before: Moment
    after: Moment


@view
def changes_between(world: World) -> tuple[Window, ...]:
    """Give each window that there is: the month that runs; the last whole one; the time since a cycle was opened or closed; that between the last two tags."""
    made = [_window(world, frame) for frame in _by_day(world)]
    return (*made, *_between_tags(world))


def _by_day(world: World) -> Iterator[_Frame]:
    """Compare the same records on two days."""
    today = world.facts.day
    if today.year == date.min.year:  # no calendar goes further back
        return
    first = today.replace(day=1)
    end = first - _DAY
    last = moments.on_day(world.register, end)
    yield _Frame("thang-nay", _("Từ đầu {month} đến nay", month=telling.day(f"{first:%Y-%m}")), first, today, last, Moment(world.register, world.facts))
    start = end.replace(day=1)
    yield _Frame("thang", _("Trong {month}", month=telling.day(f"{end:%Y-%m}")), start, end, moments.on_day(world.register, start - _DAY), last)
    if turn := _turn(world, end):
        when, words = turn
        yield _Frame("ky", words, when, end, moments.on_day(world.register, when - _DAY), last)


def _turn(world: World, end: date) -> tuple[date, str] | None:
    """Give the last day by then on which a cycle was closed or opened, and the words for what was done; a partial date says too little."""
    words = {"opened": N_("Từ khi mở kỳ: {cycle}"), "closed": N_("Từ khi kết thúc kỳ: {cycle}")}
    found = []
    for cycle in world.register.of_kind("cycle"):
        for seal, done in words.items():
            when = None if cycle.told else span(cycle.get(seal, "date"))
            if when and when.exact and when.last <= end:
                found.append((when.last, cycle.id, _(done, cycle=world.titles.of_record(cycle))))
    return (max(found)[0], max(found)[2]) if found else None


def _between_tags(world: World) -> Iterator[Window]:
    """Compare what was recorded at the last two tags of the main line that do not name the same records."""
    kinds = world.register.kinds
    last: dict[int, Tag] = {}
    for tag in world.past.tags:
        if tag.number >= 0:
            last[tag.number] = tag
    if len(last) > 1 and isinstance(kinds, Kinds):
        one, other = (last[number] for number in sorted(last)[-2:])
        before, after = (moments.recorded(world.past, each.number, each.day, kinds) for each in (one, other))
        frame = _Frame("ban", _("Từ bản {first} đến bản {second}", first=one.name, second=other.name), one.day, other.day, before, after)
        unread = before.unread + after.unread
        made = _window(world, frame, _edited(world, world.past, one, other))
        yield replace(made, notes=(_unread(unread),)) if unread else made


def _unread(number: int) -> str:
    return _("{number} tệp hồ sơ của hai bản này không đọc được theo cách ghi hiện nay nên không so sánh.", number=telling.number(number), count=number)


@dataclass
class _Comparison:
    """Two moments, and what is found to be different, by organisation and topic."""

    world: World
    before: Moment
    after: Moment
    found: dict[str, dict[str, list[Line]]] = field(default_factory=dict)

    def add(self, organisation: str, topic: str, ref: str, words: str = "") -> None:
        self.found.setdefault(self.name(organisation), {}).setdefault(topic, []).append(Line(ref, words))

    def name(self, ref: str) -> str:
        """Give the ref that something has today: records move."""
        thing = self.world.register.find(ref)
        return thing.ref if thing else ref

    def records(self, moment: Moment) -> dict[str, Record]:
        """Give the records of a moment that are told here, by the ids that they have today."""
        return {self.name(each.id): each for each in moment.register.records.values() if _is_told_here(each, moment)}


def _is_told_here(record: Record, moment: Moment) -> bool:
    """Whether a record is an organisation's own and about no single post."""
    is_about_one = is_individual(record) or (record.kind == "plan" and concerns_one_post(record, moment.register))
    return not (record.told or is_about_one or record.kind in _NOT_LISTED)


def _window(world: World, frame: _Frame, edited: Iterable[Record] = ()) -> Window:
    comparison = _Comparison(world, frame.before, frame.after)
    _compare_records(comparison)
    for record in edited:
        if not any(line.ref == record.id for topic in comparison.found.get(record.organisation, {}).values() for line in topic):
            comparison.add(record.organisation, _EDITED, record.id)
    totals = (*_compare_actions(comparison), *_compare_findings(comparison))
    groups = tuple(_changed(comparison, each) for each in by_name(world, comparison.found))
    bodies = {each.record.id for each in frame.after.facts.organisations.values() if each.in_force and not each.record.told}
    whole = (_("Đơn vị có thay đổi"), _share(sum(each.organisation in bodies for each in groups), len(bodies)))
    period = telling.between(frame.start.isoformat(), frame.end.isoformat())
    return Window(frame.anchor, frame.title, period, (whole, *totals) if groups else (), groups)


def _changed(comparison: _Comparison, organisation: str) -> Changed:
    """Give the topics of an organisation in the order in which they were found, those that are a part of a whole with its number."""
    facts = comparison.after.facts
    actions = sum(comparison.name(each.organisation) == organisation for each in facts.counted_actions())
    findings = sum(comparison.name(each.organisation) == organisation for each in facts.counted_findings())
    wholes = {_MOVED: actions, _OVERDUE: actions, _MENDED: findings}
    topics = comparison.found[organisation]
    named = [(_ORDER.index(each if each in _ORDER else ""), _title(comparison.world, each), each) for each in topics]
    ordered = sorted(named, key=lambda each: (each[0], sort_key(each[1])))
    return Changed(organisation, tuple(Topic(title, tuple(topics[each]), wholes.get(each, 0), each.startswith(_ADDED)) for place, title, each in ordered))


def _title(world: World, topic: str) -> str:
    """Name a topic."""
    return _("Thêm hồ sơ: {kind}", kind=low(world.titles.kind(topic.removeprefix(_ADDED)))) if topic.startswith(_ADDED) else _(topic)


def _compare_records(comparison: _Comparison) -> None:
    """Say which records came, came into force, were decided, were withdrawn or are no longer there."""
    before, after = comparison.records(comparison.before), comparison.records(comparison.after)
    for name, record in after.items():
        old, seal = before.get(name), _SEALED.get(record.kind, "")
        if record.withdrawn:
            if old and not old.withdrawn:
                comparison.add(record.organisation, _WITHDRAWN, name)
        elif seal and seal in record.data and not (old and seal in old.data):
            _came(comparison, name, record)
        elif not old:
            comparison.add(record.organisation, f"{_ADDED}{record.kind}", name, _said(record))
    for name, record in before.items():
        if name not in after and record.id not in comparison.after.register.reserved and comparison.world.register.find(name) is None:
            comparison.add(record.organisation, _GONE, "", comparison.world.titles.kind(record.kind))


def _came(comparison: _Comparison, name: str, record: Record) -> None:
    """Tell of a record that came into force; of a decision what it says of each organisation."""
    world = comparison.world
    if record.kind != "classification":
        number = len(record.parts_of("action" if record.kind == "plan" else "finding"))
        words = _("{number} việc", number=telling.number(number), count=number)
        if record.kind != "plan":
            words = _("{number} hạn chế", number=telling.number(number), count=number)
        comparison.add(record.organisation, _CAME[record.kind], name, words)
        return
    scale = scale_of(world, record)
    for rating in record.parts_of("rating"):
        of = comparison.after.register.find(str(rating.data.get("of", "")))
        if isinstance(of, Record) and of.kind == "organisation":
            comparison.add(of.id, _RATED, name, level_word(world, str(rating.data.get("level", "")), scale.id if scale else ""))


def _said(record: Record) -> str:
    """Say in a word or two what a request or an answer says."""
    if record.kind == "postponement" and "to" in record.data:
        return _("xin lùi hạn đến {when}", when=telling.named(record.get("to")))
    if record.kind == "answer" and (label := ANSWERS.get(str(record.get("result") or ""))):
        return label.words.lower()
    return ""


def _compare_actions(comparison: _Comparison) -> Iterator[tuple[str, str]]:
    """Say which actions are in another state than before, and which have become overdue; give their numbers."""
    before = {comparison.name(each.part.ref): each for each in comparison.before.facts.counted_actions()}
    after = {comparison.name(each.part.ref): each for each in comparison.after.facts.counted_actions()}
    for ref, each in after.items():
        old = before.get(ref)
        if (old and old.state is not each.state) or (not old and each.state is not ActionState.PLANNED):
            comparison.add(each.organisation, _MOVED, ref, _turned(_stage(old) if old else _(_NEW), _stage(each)))
        if each.overdue_days and not (old and old.overdue_days):
            comparison.add(each.organisation, _OVERDUE, ref, _("hạn {day}", day=telling.day(each.due)) if each.due else "")
    counted = partial(_newly, before, after)
    total = len(after)
    yield _(_TOTALS[0]), _share(counted(lambda each: each.state is ActionState.COMPLETED), total)
    yield _(_TOTALS[1]), _share(counted(lambda each: each.state in _DONE), total)
    yield _(_OVERDUE), _share(counted(lambda each: each.overdue_days > 0), total)


def _stage(facts: ActionFacts) -> str:
    """Say how far an action is. What is late, or owes a report, is never called one whose time has not come."""
    is_silent = facts.state is ActionState.PLANNED and facts.standing is not ActionStanding.PLANNED
    return _(labels.UNREPORTED) if is_silent else labels.ACTION[facts.state].words


def _compare_findings(comparison: _Comparison) -> Iterator[tuple[str, str]]:
    """Say which findings are in another state than before; give how many were settled."""
    before = {comparison.name(each.part.ref): each for each in comparison.before.facts.counted_findings()}
    after = {comparison.name(each.part.ref): each for each in comparison.after.facts.counted_findings()}
    for ref, each in after.items():
        old = before.get(ref)
        if old and old.state is not each.state:
            comparison.add(each.organisation, _MENDED, ref, _turned(labels.FINDING[old.state].words, labels.FINDING[each.state].words))
    yield _(_TOTALS[2]), _share(_newly(before, after, lambda each: each.state in _CLOSED), len(after))


def _newly(before: dict[str, Thing], after: dict[str, Thing], holds: Callable[[Thing], bool]) -> int:
    """Count those of which something holds that did not hold before."""
    return sum(holds(each) and not (ref in before and holds(before[ref])) for ref, each in after.items())


def _edited(world: World, past: Past, before: Tag, after: Tag) -> Iterator[Record]:
    """Give the records of today whose files said something else at the second tag than at the first, without those that came or went."""
    then, now = ({_today(world, each.id): each.data for each in past.standing(tag.number)} for tag in (before, after))
    for name, data in now.items():
        record = world.register.records.get(name)
        if (
            record
            and data is not None
            and then.get(name) is not None
            and not same(then[name], data)
            and record.kind not in _NOT_LISTED
            and not is_individual(record)
        ):
            yield record


def _today(world: World, name: str) -> str:
    thing = world.register.find(name)
    return thing.record.id if isinstance(thing, Part) else thing.id if thing else name


def _turned(old: str, new: str) -> str:
    return f"{old} → {new}"


def _share(part: int, whole: int) -> str:
    return f"{telling.number(part)}/{telling.number(whole)}" if whole else telling.number(part)
