"""How a record came to say what it says: day by day, what was recorded of it, in words. No names, addresses or hours, and nothing recorded after the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final

from tusoi import recording, telling
from tusoi.change_words import UNREAD, ChangeWords, Said
from tusoi.dates import Span, has_begun
from tusoi.editing import commit_address
from tusoi.labels import Label, Shape, Tone
from tusoi.past import Version
from tusoi.record import Kind, Part, Record
from tusoi.recording import Recording
from tusoi.speech import N_, _, language
from tusoi.views.pieces import Event, signature
from tusoi.views.world import World, view

_TOLD: Final = N_("Ghi lại theo nguồn")
_RECORDED: Final = Label("Hồ sơ được sửa", Shape.PAPER, Tone.QUIET)
_PROMISED: Final = frozenset({"kind", "due", "every", "from", "until"})
"""What an action or a milestone promises: once the plan is approved its history tells each change of these in the words of promises."""
_TOLD_IN_FULL: Final = ("action", "finding")
"""The parts whose pages tell in one history what was reported, checked and recorded."""
_Way = tuple[tuple[str, str], ...]
"""The way to a part: the key of each list, and the id of the item in it. `(("actions", "A1"),)`."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day on which a record changed."""

    on: date
    words: tuple[str, ...]
    address: str = ""
    """Where the host shows what was recorded; empty where several commits made the day, or where no host is named."""

    @property
    def day(self) -> str:
        """The day for readers."""
        return telling.day(self.on)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was recorded of a record or part, the oldest first."""

    days: tuple[Day, ...]
    remarks: tuple[str, ...]
    """What stands in sight: which dates were recorded late, or that a source is told."""

    @property
    def heading(self) -> str:
        """What stands in sight while the rest is folded."""
        number, last = len(self.days), self.days[-1].day
        if number == 1:
            return _("Quá trình ghi hồ sơ: ghi ngày {day}", day=last)
        return _("Quá trình ghi hồ sơ: {number} ngày có thay đổi, gần nhất ngày {day}", number=telling.number(number), day=last, count=number)


@view
def timeline(world: World, it: Record | Part | None) -> Timeline | None:
    """Tell what was recorded of a record or part on which day; None where nothing is known of it, and where the page's own history tells it."""
    if it is None or (isinstance(it, Part) and it.kind in _TOLD_IN_FULL):
        return None
    record = it.record if isinstance(it, Part) else it
    versions = world.past.of(record.id)
    way = _way(it) if isinstance(it, Part) else ()
    days = world.once(f"days of {it.ref}", lambda here: tuple(_days(here, record, versions, way)))  # the page of the organisation asks for them, too
    return Timeline(days, () if isinstance(it, Part) else tuple(_remarks(world, record))) if days else None


def recorded(world: World, part: Part) -> Iterator[Event]:
    """Tell what was changed in a part after it was first recorded, and that it came into a plan already in force; never what its history tells otherwise."""
    record = part.record
    for day in _days(world, record, world.past.of(record.id), _way(part), is_history=True):
        yield Event(Span(day.on, day.on), "; ".join(day.words), label=_RECORDED, told=record.told, address=day.address)


def late_words(world: World, record: Record, each: Recording) -> str:
    """Say of a stated date that it was recorded late, in neutral words: `Ban hành ngày 10/01/2025: ghi vào hệ thống sau 111 ngày`."""
    stated, days = _stated(world, record, each), telling.number(each.days)
    if each.stated.exact:
        return _("{stated}: ghi vào hệ thống sau {days} ngày", stated=stated, days=days, count=each.days)
    return _("{stated}: ghi vào hệ thống sau ít nhất {days} ngày", stated=stated, days=days, count=each.days)


def _stated(world: World, record: Record, each: Recording) -> str:
    """Name a stated date: by its seal, else by what the record is."""
    when, first = telling.on(each.stated), str(each.path[0])
    if first == "withdrawn":
        return _("Rút hồ sơ {when}", when=when)
    if len(each.path) > 1:
        return _("{what} {when}", what=signature(world, record, first).words, when=when)
    return _("{what} {when}", what=world.titles.kind(record.kind), when=when)


def _remarks(world: World, record: Record) -> Iterator[str]:
    if record.told:
        yield _(_TOLD)
    yield from (late_words(world, record, each) for each in recording.late(record, world.register, world.past))


def _way(part: Part) -> _Way:
    keys = [key for key in part.path if isinstance(key, str)]
    return tuple(zip(keys, part.id.split("."), strict=True))


def _days(world: World, record: Record, versions: Iterable[Version], way: _Way, *, is_history: bool = False) -> Iterator[Day]:
    """Tell each day on which something changed; commits of one day are told together, and what changed nothing is not told."""
    walk = _Walk(world.once("timelines", _words), record, way, is_history)
    kind = world.kind(record.kind)
    for day, group in groupby(versions, key=lambda each: each.step.day):
        together = list(group)
        walk.begin()
        for version in together:
            walk.hear(version, _as_of(world, kind, version))
        if words := tuple(walk.told()):
            commits = list(dict.fromkeys(each.step.commit for each in together))
            yield Day(day, words, commit_address(world.site.host, commits[0]) if len(commits) == 1 else "")


def _words(world: World) -> ChangeWords:
    return ChangeWords(world.register.kinds, language(), world.titles, is_public=world.site.is_public)


def _as_of(world: World, kind: Kind | None, version: Version) -> Said:
    """Give what a version said, without what is dated after the day for which the site is made."""
    if version.data is None:
        return None if version.is_gone else UNREAD
    dated = (*(kind.seals if kind else ()), "withdrawn")
    later = {key for key in dated if isinstance(seal := version.data.get(key), Mapping) and "date" in seal and not has_begun(seal["date"], world.facts.day)}
    return {key: value for key, value in version.data.items() if key not in later} if later else version.data


@dataclass
class _Walk:
    """A record, or a part of it, on its way through the days."""

    words: ChangeWords
    record: Record
    way: _Way
    is_history: bool = False
    """Whether it becomes part of the history of its own page."""
    states: dict[str, Said] = field(default_factory=dict)
    """What the file of each id said last."""
    read: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What it said when it could be read last."""
    before: dict[str, Said] = field(default_factory=dict)
    read_before: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    touched: dict[str, None] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin another day."""
        self.before, self.read_before, self.touched = dict(self.states), dict(self.read), {}

    def hear(self, version: Version, said: Said) -> None:
        """Take up a version."""
        if version.id not in self.before and version.id not in self.touched:
            self._follow(version.id)
        self.states[version.id] = said
        self.touched[version.id] = None
        if isinstance(said, Mapping):
            self.read[version.id] = said

    def told(self) -> Iterator[str]:
        """Say what the day changed."""
        for name in self.touched:
            old, new, known = self.before.get(name), self.states[name], self.read_before.get(name)
            yield from self._of_part(known, new) if self.way else self._of_record(old, new, known)

    def _follow(self, name: str) -> None:
        """Let a record that moved go on from what it said under its former id. Where several became one, it begins anew."""
        former = [each for each in self.states if each != name]
        if len(former) == 1:
            self.before[name] = self.states[former[0]]
            if former[0] in self.read:
                self.read_before[name] = self.read[former[0]]

    def _of_record(self, old: Said, new: Said, known: Mapping[str, Any] | None) -> Iterator[str]:
        if old is None and isinstance(new, Mapping):
            first, *rest = self.words.sentences(None, new, self.record.kind)
            yield _(_TOLD) if self.record.told else first
            yield from rest
            return
        yield from self.words.sentences(old, new, self.record.kind)
        if old is UNREAD and isinstance(new, Mapping) and known is not None:
            yield from self.words.sentences(known, new, self.record.kind)

    def _of_part(self, known: Mapping[str, Any] | None, new: Said) -> Iterator[str]:
        """Say what changed in the part alone: all else is taken to be as it is now."""
        if not isinstance(new, Mapping):
            return
        was, now = _item(known, self.way), _item(new, self.way)
        if self.is_history:
            if was is None and not _is_in_force(known):
                return
            if _is_in_force(new):
                was, now = _without_promises(was), _without_promises(now)
        yield from self.words.sentences(_with(new, self.way, was), _with(new, self.way, now), self.record.kind)


def _is_in_force(data: Mapping[str, Any] | None) -> bool:
    """Whether a version of a plan was approved: what comes into it later was not there when it was promised."""
    return data is not None and isinstance(data.get("approved"), Mapping)


def _without_promises(item: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give an action without its promises, and without those of its milestones."""
    if item is None:
        return None
    kept = {key: value for key, value in item.items() if key not in _PROMISED}
    steps = kept.get("milestones")
    if isinstance(steps, list | tuple):
        kept["milestones"] = [{key: value for key, value in each.items() if key not in _PROMISED} if isinstance(each, Mapping) else each for each in steps]
    return kept


def _item(data: Any, way: _Way) -> Mapping[str, Any] | None:
    """Give the part at the end of a way; None where it is not there."""
    for key, name in way:
        listed = data.get(key) if isinstance(data, Mapping) else None
        there = listed if isinstance(listed, list | tuple) else ()
        data = next((each for each in there if isinstance(each, Mapping) and each.get("id") == name), None)
    return data if isinstance(data, Mapping) else None


def _with(data: Mapping[str, Any], way: _Way, item: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give a record whose lists along the way hold nothing but this part; nothing where there is none."""
    (key, name), *rest = way
    if rest:
        item = _with(_item(data, way[:1]) or {"id": name}, tuple(rest), item)
    return {**data, key: [item] if item is not None else []}
