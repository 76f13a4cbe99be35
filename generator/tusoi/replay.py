"""Records replayed as a history: one commit for each day on which something is dated, the same bytes every time. It is how the example gets a past.

Nothing is made up. A record comes on its first own day, without the seals that are set later: these come on theirs. What a source tells comes when the source
was published, and what states no day comes when everything that it names was there. What is older than the first record of an organisation's own, and what
has no day at all (organisations, posts, documents, pages), stands in the first commit; what is dated after the day of judgement, in the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any, Final
from zoneinfo import ZoneInfo

from tusoi import code_owners, flow
from tusoi.dates import Span, span
from tusoi.file_names import of_catalogue
from tusoi.labels import key_title
from tusoi.messages import say
from tusoi.record import Part, Record, Register
from tusoi.telling import day as written
from tusoi.titles import Titles

AUTHOR: Final = "Văn phòng <van-phong@minh-hoa.example>"
"""Who records: an office, and nobody."""
HOUR: Final = time(8)
BRANCH: Final = "refs/heads/main"
NOT_COPIED: Final = frozenset({"__pycache__", "site", ".git"})
_LANGUAGE: Final = "vi"
_HAPPENED: Final = ("date", "dated", "shown_on")
"""The keys that say when a record without seals came about."""
_TELLING: Final = ("period", "date", "from", "to")
"""The keys, wherever they stand, that say of when a record tells."""
_ALWAYS: Final = ("project", "organisation", "role")
"""What was there from the beginning."""
_WITH: Final = {"compiled": ("forms", "balance")}
"""What is not known before a seal is set, and comes with it: how many forms came back is counted when they are compiled."""
_OLDER: Final = ("document", "source")
"""What may be older than the records."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it is from a day on."""

    day: date
    path: str
    content: bytes | None
    """None where the file is taken away."""
    words: str = ""
    """What is recorded, for the message of the commit."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a record comes, and when each of its keys does that comes later."""

    first: date
    later: Mapping[str, date] = field(default_factory=dict)

    @property
    def last(self) -> date:
        """The day from which on it is as it is now."""
        return max((self.first, *self.later.values()))


def stream(folder: Path) -> bytes:
    """Give what `git fast-import` makes a repository of, whose last commit holds the files of the folder as they are."""
    tree = flow.read(folder)
    replayed = _Replay(folder, tree.register, flow.default_day(tree) or flow.today(tree))
    by_day: dict[date, list[Version]] = {}
    for version in replayed.versions():
        by_day.setdefault(version.day, []).append(version)
    commits = (_commit(day, by_day[day], tree.zone, is_first=number == 0) for number, day in enumerate(sorted(by_day)))
    return b"".join((*commits, b"done\n"))


@dataclass(frozen=True)
class _Replay:
    """The days on which the files of a folder came to be what they are."""

    folder: Path
    register: Register
    end: date
    """The day of judgement: nothing is recorded after it."""

    def versions(self) -> Iterator[Version]:
        """Give every version of every file, in the order of the files, and of each from the oldest on."""
        written = {record.source.file for record in self.register.records.values()} | self._named.keys()
        for path in sorted(each.relative_to(self.folder) for each in self.folder.rglob("*") if each.is_file()):
            if path.as_posix() == code_owners.FILE and code_owners.asked(self.register):
                yield from self._code_owners()
            elif not NOT_COPIED & set(path.parts) and path.as_posix() not in written:
                yield Version(self._day_of(path), path.as_posix(), (self.folder / path).read_bytes())
        for name in sorted(self._named):
            yield Version(min(self._named[name]), name, (self.folder / name).read_bytes())
        for record in self.register.records.values():
            yield from self._of(record)

    def _day_of(self, path: PurePath) -> date:
        """Give the day on which a file comes that is no record: a translation when the record is as it is now, everything else at the beginning."""
        own = of_catalogue(path.name)
        if own is None:
            return self.beginning
        record = next((each for each in self.register.records.values() if each.source.file == path.with_name(own[0]).as_posix()), None)
        return self.calendars[record.id].last if record else self.beginning

    def _code_owners(self) -> Iterator[Version]:
        """Give the file that is written from the organisations whenever it changes."""
        before = ""
        for day in sorted({self.beginning, self.end, *(each for each in code_owners.days(self.register) if self.beginning < each < self.end)}):
            text = code_owners.text(self.register, day)
            if text != before:
                yield Version(day, code_owners.FILE, text.encode(), say("replay.owners", _LANGUAGE) if before else "")
            before = text

    @cached_property
    def beginning(self) -> date:
        """The first day: that of the first record that an organisation made itself."""
        own = (each for record in self.register.records.values() if not record.told and record.kind not in _OLDER for each in self._own_days(record).values())
        return min((each.last for each in own if each.exact), default=self.end)

    def _of(self, record: Record) -> Iterator[Version]:
        """Give the versions of a record: on its first day without what comes later, then with more, and at last as it is."""
        calendar, former = self.calendars[record.id], self._formerly.get(record.id)
        text = (self.folder / record.source.file).read_bytes()
        if former and calendar.first < former.until:
            yield Version(former.until, former.file, None)
        for day in sorted(self._days(record)):
            missing = {key for key, comes in calendar.later.items() if comes > day}
            is_there = former is None or day >= former.until
            file = record.source.file if former is None or is_there else former.file
            yield Version(day, file, self._as_then(without(text, record, missing | (set() if is_there else {"formerly"})), day), self._words(record, day))

    def _days(self, record: Record) -> set[date]:
        """Give the days on which the file of a record changes: what comes later, its moving, and the moving of what it names."""
        calendar = self.calendars[record.id]
        moved = [former for former in self._formerly.values() if former.name == record.id or any(link.target.startswith(former.name) for link in record.links)]
        return {calendar.first, *calendar.later.values(), *(each.until for each in moved if each.until > calendar.first)}

    def _as_then(self, text: bytes, day: date) -> bytes:
        """Call the records that have moved by the ids that they had on a day."""
        for name, former in self._formerly.items():
            if day < former.until:
                text = re.sub(rb"(?<![\w/-])%b(?![\w/-])" % re.escape(name.encode()), former.id.encode(), text)
        return text

    def _words(self, record: Record, day: date) -> str:
        """Say what is recorded of a record on a day: a seal by its name, a draft as one, what a source tells as told, and that it has moved."""
        kind, calendar, former = self.register.kinds[record.kind], self.calendars[record.id], self._formerly.get(record.id)
        is_new = day == calendar.first
        here = {key for key in record.data if calendar.later.get(key, calendar.first) == day}
        seals = ", ".join(_small(key_title(kind.schema, name)) for name in kind.seals if name in here)
        is_draft = is_new and kind.seals and not seals and "held_elsewhere" not in record.data
        words = (
            "told" if record.told else "withdrawn" if "withdrawn" in here else "sealed" if seals else "draft" if is_draft else "record" if is_new else "renamed"
        )
        words = "moved" if former and former.until == day and not is_new else words
        return say(f"replay.{words}", _LANGUAGE, title=self._title(record, day), seal=seals)

    def _title(self, record: Record, day: date) -> str:
        """Name a record and the organisation in whose folder it is on a day."""
        former = self._formerly.get(record.id)
        title = self._titles.of_record(record)
        owner = self._titles.organisation(record) if former is None or day >= former.until else self._titles.full(former.id.split("/", 1)[0])
        return title if not owner or owner.casefold() in title.casefold() else f"{title} – {owner}"

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.register)

    @cached_property
    def _named(self) -> Mapping[str, list[date]]:
        """The attached files, each with the days of the records that name it."""
        found: dict[str, list[date]] = {}
        for record in self.register.records.values():
            for value in _values(record.data):
                path = value.get("path") if isinstance(value, Mapping) else None
                file = f"records/{record.organisation}/{path}"
                if isinstance(path, str) and path.startswith("files/") and (self.folder / file).is_file():
                    found.setdefault(file, []).append(self.calendars[record.id].first)
        return found

    @cached_property
    def _formerly(self) -> Mapping[str, _Former]:
        """The records that have moved, each with the id that it had until the organisation in whose folder it was ended."""
        found = {}
        for record in self.register.records.values():
            for old in record.data.get("formerly", ()):
                owner = self.register.records.get(str(old).split("/", 1)[0])
                ended = span(owner.get("to")) if owner else None
                if ended:
                    found[record.id] = _Former(record.id, str(old), ended.last)
        return found

    @cached_property
    def calendars(self) -> Mapping[str, Calendar]:
        """When each record comes."""
        dated = {record.id: self._dated(record) for record in self.register.records.values()}
        found: dict[str, Calendar] = {name: each for name, each in dated.items() if each}
        for record in self.register.records.values():
            if record.id not in found:
                found[record.id] = Calendar(self._within(self._undated(record, dated)))
        return found | self._drafts(found)

    def _dated(self, record: Record) -> Calendar | None:
        """Give the days of a record that states some; None where it states none."""
        if record.kind in _ALWAYS:
            return Calendar(self.beginning)
        told_by = [self.register.find(str(each)) for each in record.data.get("told_by", ())]
        shown = [found for each in told_by if isinstance(each, Record) and (found := span(each.get("shown_on")))]
        days = {key: self._within(each.last) for key, each in self._own_days(record).items()}
        if shown or record.told:
            return Calendar(self._within(max((each.last for each in shown), default=self.beginning)))
        if not days:
            return None
        for seal, keys in _WITH.items():
            days |= {key: days[seal] for key in keys if seal in days and key in record.data}
        first = min(days.values())
        return Calendar(first, {key: day for key, day in days.items() if day > first})

    def _own_days(self, record: Record) -> dict[str, Span]:
        """Give the days that a record states for itself, by the key that comes with each."""
        kind = self.register.kinds[record.kind]
        stated = {name: record.get(name, "date") for name in (*kind.seals, "withdrawn")}
        if not any(name in record.data for name in kind.seals):
            stated |= {"": record.get("held_elsewhere", "submitted") or next((record.get(key) for key in _HAPPENED if key in record.data), None)}
        return {key: found for key, each in stated.items() if (found := span(each))}

    def _undated(self, record: Record, dated: Mapping[str, Calendar | None]) -> date:
        """Give the day on which everything that a record names was there, and everything of which it tells had come to be."""
        named = (self.register.find(link.target) for link in record.links)
        ids = {each.record.id if isinstance(each, Part) else each.id for each in named if each}
        days = [calendar.last for each in ids if (calendar := dated.get(each))]
        for value in _values(record.data):
            spans = (span(value.get(key)) for key in _TELLING) if isinstance(value, Mapping) else ()
            days += [each.last if each.last <= self.end else each.first for each in spans if each]
        return max(days, default=self.beginning)

    def _drafts(self, found: Mapping[str, Calendar]) -> dict[str, Calendar]:
        """Let what another record names before its first seal be there by then, as a draft."""
        drafts: dict[str, Calendar] = {}
        for record in self.register.records.values():
            for link in record.links:
                thing = self.register.find(link.target)
                other = thing.record if isinstance(thing, Part) else thing
                if other is None or other.kind in _ALWAYS or not self.register.kinds[other.kind].seals or other.told:
                    continue
                calendar, first = drafts.get(other.id, found[other.id]), found[record.id].first
                if first < calendar.first:
                    seals = {key: day for key, day in self._days_of_seals(other).items() if key not in calendar.later}
                    drafts[other.id] = Calendar(first, {**seals, **calendar.later})
        return drafts

    def _days_of_seals(self, record: Record) -> dict[str, date]:
        return {key: self._within(each.last) for key, each in self._own_days(record).items() if key}

    def _within(self, day: date) -> date:
        return min(max(day, self.beginning), self.end)


@dataclass(frozen=True, slots=True)
class _Former:
    """Where a record was before it moved."""

    name: str
    id: str
    until: date

    @property
    def file(self) -> str:
        """Its file then."""
        return f"records/{self.id}.yml"


def without(text: bytes, record: Record, keys: set[str]) -> bytes:
    """Give the text of a record without some of its top keys: their lines, and the comments right above them. All else stays as it is."""
    lines = text.splitlines(keepends=True)
    starts = sorted((mark[0] - 1, str(path[0])) for path, mark in record.source.keys.items() if len(path) == 1)
    bounds = [_above(lines, start) if number else start for number, (start, _) in enumerate(starts)]
    kept = lines[: bounds[0]] if bounds else lines
    for (_, key), start, end in zip(starts, bounds, [*bounds[1:], len(lines)], strict=True):
        kept += [] if key in keys else lines[start:end]
    return b"".join(kept)


def _above(lines: list[bytes], start: int) -> int:
    """Give the first line of the comments that stand right above a key."""
    while start and lines[start - 1].startswith(b"#"):
        start -= 1
    return start


def _values(data: Any) -> Iterator[Any]:
    """Give a value and every value within it."""
    yield data
    for each in data.values() if isinstance(data, Mapping) else data if isinstance(data, tuple) else ():
        yield from _values(each)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _commit(day: date, versions: list[Version], zone: str, *, is_first: bool) -> bytes:
    """Write one commit, as `git fast-import` reads it."""
    moment = datetime.combine(day, HOUR, ZoneInfo(zone))
    who = f"{AUTHOR} {int(moment.timestamp())} {moment:%z}"
    message = _message(day, [each.words for each in versions if each.words], is_first=is_first).encode()
    head = f"commit {BRANCH}\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode()
    return b"".join((head, message, b"\n", *(_file(each) for each in versions), b"\n"))


def _file(version: Version) -> bytes:
    if version.content is None:
        return f"D {version.path}\n".encode()
    return b"".join((f"M 100644 inline {version.path}\ndata {len(version.content)}\n".encode(), version.content, b"\n"))


def _message(day: date, words: list[str], *, is_first: bool) -> str:
    """Say in words what was recorded: the one thing, or how many, then each."""
    if len(words) == 1 and not is_first:
        return f"{words[0]}\n"
    name = "replay.began" if is_first else "replay.several"
    return "\n".join((say(name, _LANGUAGE, count=len(words), day=written(day.isoformat())), "", *(f"- {each}" for each in words), ""))
