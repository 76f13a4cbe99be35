"""What a change of the records means in the life of a plan: dates asked for and answered, work reported and checked, papers sealed, ratings decided.

What no event tells is left for general words, so that nothing stays unsaid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import differences
from tusoi.dates import Span, span
from tusoi.diff import Change, Data, Diff, What
from tusoi.differences import Edit
from tusoi.evidence import inside
from tusoi.facts import Facts, Postponed
from tusoi.record import Part, Record, Register

PARTS_OF: Final[Mapping[str, str]] = {"plan": "action", "review": "finding", "inspection": "finding", "suggestion": "issue", "classification": "rating"}
"""The parts by which a record of a kind is measured."""
_PROMISED: Final = ("due", "every", "from", "until")
"""What an approved plan promises; only an agreed postponement moves it."""
_OF_A_PART: Final = 3
"""The length of the way to a key of an action: `actions`, `id=A1`, `due`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to move a date."""

    about: Part
    to: str
    number: int
    """The how manieth for this date; 0 where it counts for nothing on the day: not yet made, or told."""
    previous: Span | None
    """What had been agreed when it was asked."""
    overdue_days: int
    """By how many days that had passed when it was asked; 0 where it had not."""
    has_reason: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a request, a suggestion, a critique."""

    about: Record | Part
    """What was answered; of a request, the action or milestone that it is about."""
    by: str
    """The organisation whose answer it is."""
    result: str
    to: str = ""
    """The date that was asked for; empty where it was no request to move a date."""
    counts: bool = False
    """Whether it decides on the request, on the day: who answered may do so, and nobody has answered otherwise since."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What was said of an action in a report."""

    about: Part
    state: str
    obstacle: str
    told: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What somebody found about an action or a finding."""

    about: Part
    by: str
    check: str
    result: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record was sealed."""

    about: Record
    seal: str
    parts: int
    """How many parts it has of the kind by which it is measured."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A decided rating of an organisation."""

    about: Record
    organisation: str
    level: str
    by: str


@dataclass(frozen=True, slots=True)
class Repromised:
    """What an approved plan had promised is now otherwise, and no request asked for it."""

    about: Part
    key: str
    was: str
    now: str


Event = Asked | Answered | Reported | Checked | Sealed | Rated | Repromised


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change means."""

    events: tuple[Event, ...]
    rest: Data | None
    """What its record would have said before, had only the events happened."""
    is_whole: bool = False
    """Whether the events say all that a new record is for."""


def meaning(change: Change, diff: Diff) -> Meaning:
    """Give what a change means, and what is left to be said of it in general words."""
    record = diff.head.everything.records.get(change.id)
    if change.new is None or record is None or change.what is What.READABLE:
        return Meaning((), change.old)
    if change.old is None:
        found = tuple(_of_new(record, diff))
        return Meaning(found, None, record.kind in _READERS and len(found) == max(1, len(_entries(record))))
    said = [(edit, tuple(_of_edit(edit, change, record, diff))) for edit in change.edits]
    rest = differences.applied(change.old, [edit for edit, found in said if found])
    return Meaning(tuple(each for _, found in said for each in found), rest)


def _of_new(record: Record, diff: Diff) -> Iterator[Event]:
    register = diff.head.everything
    if record.kind in _READERS:
        yield from _READERS[record.kind](record, register, diff.head.facts)
        return
    for seal in register.kinds[record.kind].seals:
        if isinstance(record.get(seal), Mapping):
            yield from _sealed(record, seal, register)


def _of_edit(edit: Edit, change: Change, record: Record, diff: Diff) -> Iterator[Event]:
    """Give what one edit of a record means: a seal, or a date moved in a plan that was approved."""
    register = diff.head.everything
    old: Any = change.old
    if edit.way[0] in register.kinds[record.kind].seals and len(edit.way) == 1 and edit.old is differences.NOTHING and isinstance(edit.new, Mapping):
        yield from _sealed(record, edit.way[0], register)
    elif record.kind == "plan" and "approved" in old and "approved" in record.data and edit.way[-1] in _PROMISED and len(edit.way) >= _OF_A_PART:
        ids = [differences.name_of(step) for step in edit.way[1:-1] if "=" in step]
        part = register.find(f"{record.id}#{'.'.join(ids)}")
        if isinstance(part, Part) and edit.way[0] == "actions" and not record.told:
            yield Repromised(part, edit.way[-1], _text(edit.old), _text(edit.new))


def _sealed(record: Record, seal: str, register: Register) -> Iterator[Event]:
    yield Sealed(record, seal, len(record.parts_of(PARTS_OF.get(record.kind, ""))))
    if record.kind != "classification" or seal != "decided":
        return
    for part in record.parts_of("rating"):
        about = register.find(str(part.data.get("of")))
        if isinstance(about, Record) and about.kind == "organisation" and "level" in part.data:
            yield Rated(record, about.id, str(part.data["level"]), record.organisation)


def _asked(record: Record, register: Register, facts: Facts) -> Iterator[Event]:
    about = register.find(str(record.get("of")))
    if not isinstance(about, Part):
        return
    asked, reason = span(record.get("date")), bool(str(record.get("reason") or "").strip())
    if record.told or about.told or not asked:
        yield Asked(about, str(record.get("to")), 0, None, 0, reason)
        return
    requests = (each for each, _ in register.sources_of(about.ref, "postponement"))
    earlier = [each for each in requests if (when := span(each.get("date"))) and (when.first, each.id) < (asked.first, record.id)]
    previous = _agreed(about, facts, record, asked) or _first_due(about, facts)
    overdue = max(0, (asked.first - previous.last).days) if previous else 0
    yield Asked(about, str(record.get("to")), len(earlier) + 1, previous, overdue, reason)


def _agreed(about: Part, facts: Facts, record: Record, asked: Span) -> Span | None:
    """Give the date to which answers had moved the first promise when a request was made."""
    moves = [
        (answered.last, each.to)
        for each in _requests(about, facts)
        if each.result == "agreed" and each.record.id != record.id and each.answer and (answered := span(each.answer.get("date")))
    ]
    known = [to for when, to in sorted(moves) if when <= asked.first]
    return Span(known[-1], known[-1]) if known else None


def _first_due(about: Part, facts: Facts) -> Span | None:
    """Give the date that was promised first, as it counts on the day; else as the record has it."""
    action = facts.actions.get(_action_of(about))
    if about.kind != "action":
        return next((each.first_due for each in action.milestones if each.part.id == about.id), None) if action else span(about.data.get("due"))
    return action.first_due if action else span(about.data.get("due"))


def _action_of(about: Part) -> str:
    return about.ref if about.kind == "action" else about.ref.rpartition(".")[0]


def _requests(about: Part, facts: Facts) -> tuple[Postponed, ...]:
    """Give the requests to move the date of an action or a milestone, as they count on the day."""
    action = facts.actions.get(_action_of(about))
    if action is None:
        return ()
    return action.postponements if about.kind == "action" else next((each.postponements for each in action.milestones if each.part.id == about.id), ())


def _answered(record: Record, register: Register, facts: Facts) -> Iterator[Event]:
    question = register.find(str(record.get("of")))
    result = str(record.get("result") or "")
    if isinstance(question, Record) and question.kind == "postponement":
        about = register.find(str(question.get("of")))
        if isinstance(about, Part):
            counts = any(each.record.id == question.id and each.answer and each.answer.id == record.id for each in _requests(about, facts))
            yield Answered(about, record.organisation, result, str(question.get("to") or ""), counts)
    elif question is not None:
        yield Answered(question, record.organisation, result)


def _reported(record: Record, register: Register, facts: Facts) -> Iterator[Event]:
    del facts
    for entry in _entries(record):
        about = register.find(inside(record, entry.get("action")))
        if isinstance(about, Part):
            yield Reported(about, str(entry.get("state") or ""), str(entry.get("obstacle") or ""), record.told)


def _checked(record: Record, register: Register, facts: Facts) -> Iterator[Event]:
    del facts
    for entry in _entries(record):
        about = register.find(str(entry.get("of")))
        if isinstance(about, Part):
            yield Checked(about, record.organisation, str(entry.get("check") or ""), str(entry.get("result") or ""))


def _entries(record: Record) -> list[Mapping[str, Any]]:
    entries = record.get("entries")
    return [each for each in entries if isinstance(each, Mapping)] if isinstance(entries, tuple) else []


_READERS: Final = {"postponement": _asked, "answer": _answered, "progress": _reported, "verification": _checked}
"""Kinds of record that are final at birth, and what such a record means."""


def _text(value: object) -> str:
    return "" if value is differences.NOTHING else str(value)
