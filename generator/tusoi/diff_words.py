"""Sentences for what a diff found: "Xã An Mẫu, việc 2 (lập tổ quản lý đất đai): đề nghị gia hạn lần thứ 3, từ 01/3/2026 sang 01/6/2026, …"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tusoi import access, differences, key_names, labels
from tusoi.change_words import ChangeWords
from tusoi.collation import sort_key
from tusoi.dates import Span
from tusoi.diff import Change, Data, Diff, NumberChange, Side, StateChange, What, file_of
from tusoi.diff_events import PARTS_OF, Answered, Asked, Checked, Event, Rated, Reported, Repromised, Sealed, meaning
from tusoi.evidence import concerns_one_post, is_individual
from tusoi.facts import ActionFacts, ActionState, FindingFacts, FindingState
from tusoi.messages import has, say
from tusoi.record import Part, Record
from tusoi.record_names import RecordNames
from tusoi.telling import number, percent, sentence_case, shortened
from tusoi.titles import TEXT_OF_PART, Titles
from tusoi.value_words import low

_TEXT_LENGTH: Final = 60
_ORDER: Final = ("organisation", "role", "cycle", "suggestion", "feedback", "review", "inspection", "plan", "classification")
"""The kinds in whose order the records of an organisation are told of; others come after them."""
_MOVED_TO: Final = "formerly"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and what it stands under: an organisation's plan, review or other record."""

    order: tuple[object, ...]
    heading: str
    sentence: str
    of: str = ""
    """The id of the record whose change it tells."""


@dataclass(frozen=True)
class DiffWords:
    """Says what a diff found. `is_public`: everybody reads it, so what is for members only is left out."""

    diff: Diff
    lang: str = "vi"
    is_public: bool = True

    def lines(self) -> list[Line]:
        """Say what became of the records: by organisation A–Z, then by plan, review and the rest."""
        found = [line for change in self.diff.changes for line in self._lines(change)]
        return sorted(found, key=lambda each: each.order)

    def states(self) -> list[Line]:
        """Say how findings and actions stood and stand, in the same order."""
        found = [self._state(each) for each in self.diff.states if not (self.is_public and (each.after.individual or self._is_hidden(each.part.record)))]
        return sorted(found, key=lambda each: each.order)

    def number(self, change: NumberChange) -> str:
        """Say what a total was and is, and of how many."""
        if not change.state and change.what in ("findings", "actions"):
            return f"{self._say(f'diff.number.{change.what}')}: {self._count(change.before)} → {self._count(change.after)}"
        name = self._say(f"diff.number.{change.what}.of" if change.state else f"diff.number.{change.what}", state=self._state_name(change))
        return f"{name}: {self._share(change.before, change.before_of)} → {self._share(change.after, change.after_of)}"

    def event(self, event: Event) -> str:
        """Say what happened."""
        match event:
            case Asked():
                said = self._asked(event)
            case Answered():
                said = self._answered(event)
            case Reported():
                said = self._reported(event)
            case Checked():
                name = f"diff.checked.{event.check}.{event.result}"
                said = self._say(name if has(name, self.lang) else "diff.checked", by=self._body(event.by))
            case Sealed():
                return self._sealed(event)
            case Rated():
                said = self._say("diff.rated", level=self._word(event.about.kind, ("ratings", 0, "level"), event.level), by=self._body(event.by))
                return self._ended(f"{self._body(event.organisation)}: {said}")
            case Repromised():
                said = self._repromised(event)
        return self._ended(f"{self._place(event.about)}: {said}{self._told(event.about)}")

    # ---- one change

    def _lines(self, change: Change) -> Iterator[Line]:
        """Say what became of one record: in general words, and what it means."""
        side = self.diff.base if change.new is None else self.diff.head
        record = side.everything.records.get(change.id)
        heading = self._heading(side, change.id)
        if record and self.is_public and self._is_hidden(record):
            closed = f"{self._say('diff.closed')} – {self._body(record.organisation)}"
            said = self._say("change.hidden") if change.edits else self._plain(change, None)[0]
            yield Line((*self._order(change.id, ""), (), "", change.id, 0), closed, self._ended(said), change.id)
            return
        meant, when = meaning(change, self.diff), str(record.get("date") or "") if record else ""
        if not meant.is_whole:
            for order, said in enumerate(self._plain(change, meant.rest)):
                yield Line((*self._order(change.id, change.kind), (), when, change.id, order), heading, self._ended(said), change.id)
        for order, event in enumerate(meant.events):
            about = _record(event.about)
            path = event.about.path if isinstance(event.about, Part) else (sort_key(self._body(event.organisation)),) if isinstance(event, Rated) else ()
            under = heading if about.id == change.id else self._heading(self.diff.head, about.id)
            yield Line((*self._order(about.id, about.kind), path, when, change.id, order), under, self.event(event), change.id)

    def _plain(self, change: Change, rest: Data | None) -> list[str]:
        """Say in general words what became of a record, but for what is told otherwise: `rest` is what it would have said before."""
        if change.new is None:
            return [self._say("change.gone" if change.what is What.REMOVED else "change.unread")]
        if change.old is None:
            said = self._say("change.readable" if change.what is What.READABLE else "change.new")
            return [f"{said}, {parts}" if (parts := self._parts(change)) else said]
        moved: list[str] = []
        old = differences.plain(rest)
        if change.what is What.MOVED:
            moved = [self._say("diff.moved", file=file_of(change.before))]
            old[_MOVED_TO] = change.new.get(_MOVED_TO)
        return [*moved, *self._changes.sentences(old, change.new, change.kind)]

    def _parts(self, change: Change) -> str:
        """Say how many parts a new record has, where no seal is there to say it with."""
        record = self.diff.head.everything.records.get(change.id)
        seals = record and any(each in record.data for each in self.diff.head.register.kinds[record.kind].seals)
        count = len(record.parts_of(PARTS_OF.get(record.kind, ""))) if record and not seals else 0
        return self._say("diff.with", parts=self._parts_of(change.kind, count)) if count else ""

    # ---- events

    def _asked(self, event: Asked) -> str:
        ordinal = "first" if event.number == 1 else "again" if event.number else "once"
        pieces = [self._say(f"diff.asked.{ordinal}", number=event.number)]
        to, previous = self._day(event.to), self._day(event.previous)
        pieces.append(self._say("diff.asked.from", old=previous, new=to) if previous else self._say("diff.asked.to", new=to))
        if event.overdue_days:
            pieces.append(self._say("diff.asked.after", days=self._count(event.overdue_days)))
        said = ", ".join(pieces)
        return said if event.has_reason else f"{said}. {self._say('diff.asked.reason')}"

    def _answered(self, event: Answered) -> str:
        by = self._body(event.by)
        if event.to and event.result in ("agreed", "refused"):
            return self._say(f"diff.answered.{event.result}.{'decided' if event.counts else 'said'}", by=by, to=self._day(event.to))
        return self._say("diff.answered", by=by, result=self._word("answer", ("result",), event.result))

    def _reported(self, event: Reported) -> str:
        state = self._word("progress", ("entries", 0, "state"), event.state) if event.state else ""
        said = self._say("diff.reported.state", state=state.removeprefix("báo ")) if state else self._say("diff.reported")
        return f"{said}, {self._say('diff.obstacle', text=shortened(event.obstacle, _TEXT_LENGTH))}" if event.obstacle else said

    def _sealed(self, event: Sealed) -> str:
        kind = self.diff.head.register.kinds[event.about.kind]
        said = self._changes.sealed(kind, event.seal, event.about.data[event.seal])
        return self._ended(f"{said}, {self._say('diff.with', parts=self._parts_of(kind.name, event.parts))}" if event.parts else said)

    def _repromised(self, event: Repromised) -> str:
        schema = key_names.at(self.diff.head.register.kinds["plan"].schema, (*event.about.path, event.key))
        was, now = (self._changes.values.of(schema, each) if each else self._say("diff.nothing") for each in (event.was, event.now))
        return self._say("diff.repromised", title=self._changes.title(schema, event.key), old=was, new=now)

    def _told(self, about: Record | Part) -> str:
        return f" ({self._say('diff.told')})" if about.told else ""

    # ---- names

    def _place(self, about: Record | Part) -> str:
        """Name what a sentence is about: the organisation, and the part by its number and its text."""
        if isinstance(about, Record):
            return self._titles.of_record(about)
        named = self._changes.values.number(about.id, about.kind)
        text = shortened(str(about.data.get(TEXT_OF_PART.get(about.kind, ""), "")), _TEXT_LENGTH)
        part = f"{named} ({low(text)})" if named and text else named or self._titles.of_part(about)
        return f"{self._body(about.record.organisation)}, {part}" if part else self._body(about.record.organisation)

    def _body(self, organisation: str) -> str:
        return self._titles.short(organisation) if organisation in self.diff.head.everything.records else self._before.short(organisation)

    def _heading(self, side: Side, name: str) -> str:
        names = self._names if side is self.diff.head else self._former_names
        return names.of_file(file_of(name), self.lang) or file_of(name)

    def _order(self, name: str, kind: str) -> tuple[object, ...]:
        organisation = name.partition("/")[0]
        is_shared = organisation not in self.diff.head.everything.records and organisation not in self.diff.base.everything.records
        return (is_shared, sort_key(self._body(organisation)), organisation, _ORDER.index(kind) if kind in _ORDER else len(_ORDER), name)

    def _is_hidden(self, record: Record) -> bool:
        if access.readers(record, self.diff.head.register.kinds) != access.PUBLIC or is_individual(record):
            return True
        if record.kind != "plan" or not isinstance(record.get("of"), tuple):
            return False
        if not all(isinstance(each, str) for each in record.get("of")):
            return True  # what it is about cannot be told: it may be one post
        return any(concerns_one_post(record, side.everything) for side in (self.diff.head, self.diff.base))

    # ---- values

    def _state(self, change: StateChange) -> Line:
        said = f"{self._place(change.part)}: {self._standing(change.before)} → {self._standing(change.after)}"
        record = change.part.record
        return Line((*self._order(record.id, record.kind), change.part.path), "", self._ended(said))

    def _standing(self, facts: ActionFacts | FindingFacts) -> str:
        if facts.withdrawn:
            return self._say("diff.withdrawn")
        if self.lang != "vi":
            return self._plain_state(facts)
        if isinstance(facts, ActionFacts):
            return ", ".join(low(each.words) for each in labels.action(facts))
        draft = f"{low(labels.STAGE['draft'].words)}, " if facts.draft else ""
        return f"{draft}{low(labels.finding(facts).words)}"

    def _plain_state(self, facts: ActionFacts | FindingFacts) -> str:
        pieces = ["draft"] if facts.draft else []
        pieces.append(str(facts.state).replace("_", " "))
        if isinstance(facts, ActionFacts) and not facts.told:
            pieces += [f"overdue by {facts.overdue_days} days"] if facts.overdue_days else []
            pieces += [f"postponement {facts.postponements[-1].result}"] if facts.postponements else []
            pieces += [f"report awaited for {facts.stale_days} days"] if facts.stale_days else []
        return ", ".join(pieces)

    def _state_name(self, change: NumberChange) -> str:
        if self.lang != "vi" or not change.state:
            return change.state.replace("_", " ")
        if change.what == "findings":
            return low(labels.FINDING[FindingState(change.state)].words)
        state = ActionState(change.state)
        return low(labels.UNREPORTED if state is ActionState.PLANNED else labels.ACTION[state].words)

    def _share(self, count: int, of: int) -> str:
        return f"{self._count(count)}/{self._count(of)}" + (f" ({percent(count, of)})" if of and self.lang == "vi" else "")

    def _count(self, count: int) -> str:
        return number(count) if self.lang == "vi" else str(count)

    def _parts_of(self, kind: str, count: int) -> str:
        word = self._changes.values.part_word(PARTS_OF.get(kind, ""))
        return f"{self._count(count)} {word}"

    def _word(self, kind: str, path: tuple[str | int, ...], value: str) -> str:
        return self._changes.values.of(key_names.at(self.diff.head.register.kinds[kind].schema, path), value)

    def _day(self, when: Span | str | None) -> str:
        if isinstance(when, Span) and self.lang != "vi":
            return when.first.isoformat() if when.exact else f"{when.first.isoformat()} – {when.last.isoformat()}"
        return self._changes.day(when) if when else ""

    def _ended(self, said: str) -> str:
        return sentence_case(said) if said.endswith((".", "?", "!")) else f"{sentence_case(said)}."

    def _say(self, name: str, **params: object) -> str:
        return say(name, self.lang, **params)

    @cached_property
    def _changes(self) -> ChangeWords:
        return ChangeWords(self.diff.head.register.kinds, self.lang, self._titles, self._before, self.is_public, has_quotes=True)

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.diff.head.everything)

    @cached_property
    def _before(self) -> Titles:
        return Titles(self.diff.base.everything)

    @cached_property
    def _names(self) -> RecordNames:
        return RecordNames(self.diff.head.everything)

    @cached_property
    def _former_names(self) -> RecordNames:
        return RecordNames(self.diff.base.everything)


def _record(about: Record | Part) -> Record:
    return about.record if isinstance(about, Part) else about
