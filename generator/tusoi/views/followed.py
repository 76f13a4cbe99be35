"""What follows a plan, an action or an organisation from outside: reminders, counted; critiques and comments with their answers; handovers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from tusoi import labels, telling
from tusoi.dates import Span, span
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.pieces import Event, in_time, seal_span
from tusoi.views.world import World

SUGGESTION: Final = "suggestion"
COMMENT: Final = "sector_comment"
CRITIQUE: Final = "critique"
ANSWERED: Final = Label("Đã trả lời", Shape.FULL, Tone.GOOD)
UNANSWERED: Final = Label("Chưa trả lời", Shape.DASH, Tone.WAITING)
_LATE: Final = "9999-12-31"
_BEFORE: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody outside said of a plan, an action or an organisation, and what was answered."""

    ref: str
    by: str
    when: str
    points: tuple[str, ...]
    chip: Label | None
    """Whether it was answered; None where nobody has to, and of what is told."""
    answers: tuple[Event, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A handover in a list."""

    ref: str
    of: str
    when: str


def is_after_a_year(report: Record, due: date) -> bool:
    """Whether a report on a suggestion is the one that is due a year after it: not one of more than three months before."""
    when = span(report.get("date"))
    return when is None or when.last >= due - _BEFORE


def purpose(record: Record) -> str:
    """Say what a suggestion is: one of a superior, the comment of a department, or a critique."""
    return str(record.get("purpose") or SUGGESTION)


def reminders(world: World, here: str, others: Iterable[str] = ()) -> tuple[Event, ...]:
    """Tell of each reminder about the record or part of a page, and about others that are shown there: which time it was, in time."""
    found = {each.id: each for ref in (here, *others) for each in _sent(world, ref)}
    return in_time(reminder_event(world, each, here=here) for each in found.values())


def reminders_to(world: World, organisation: str) -> tuple[Event, ...]:
    """Tell of the reminders that an organisation, or one of its posts, received."""
    found = [each for each in world.register.of_kind("reminder") if any(_is_to(world, ref, organisation) for ref in each.get("to") or ())]
    return in_time(reminder_event(world, each, organisation) for each in found)


def reminder_event(world: World, each: Record, to: str = "", here: str = "") -> Event:
    """Tell of one reminder: `Đôn đốc lần 2`. Where the page is about what it is about, that goes without saying."""
    of = str(each.get("of") or "")
    thing = world.register.find(of)
    by = str(each.get("by") or each.organisation)
    words = _("Đôn đốc lần {time}", time=telling.number(time_of(world, each, to)))
    what = world.titles.full(of) if of and (thing is None or thing.ref != here) else ""
    step = step_word(world, each)
    about = "; ".join(word for word in (step, what) if word)
    words = f"{words}: {about} – {world.titles.full(by)}" if about else f"{words} – {world.titles.full(by)}"
    return Event(span(each.get("date")), words, each.id, str(each.get("text") or ""), told=each.told)


def step_word(world: World, each: Record) -> str:
    """Name the step that a reminder is about."""
    kind = world.kind("reminder")
    return labels.word(kind.schema, "step", str(each.get("step"))) if kind and each.get("step") else ""


def time_of(world: World, each: Record, to: str = "") -> int:
    """Count which time somebody was reminded of the same thing: those before it that went to one of the same bodies, or to the one that is named."""
    bodies = {to} if to else {_body(world, ref) for ref in each.get("to") or ()}
    same = [
        other
        for other in _sent(world, str(each.get("of") or ""))
        if other.get("step") == each.get("step") and (other is each or bodies & {_body(world, ref) for ref in other.get("to") or ()})
    ]
    return sorted(same, key=_when).index(each) + 1 if each in same else 1


def critiques(world: World, refs: Iterable[str]) -> tuple[Voice, ...]:
    """Give what was said of some records or parts by who watches them, in time."""
    found = {each.id: each for ref in refs for each, link in world.register.sources_of(ref, "suggestion") if link.path[0] == "of"}
    return tuple(voice(world, each) for each in sorted(found.values(), key=_when))


def voice(world: World, each: Record) -> Voice:
    """Show a critique or a comment, and what was answered."""
    answers = in_time(answer_event(world, answer) for answer in answers_to(world, each))
    waits = purpose(each) == CRITIQUE and "issued" in each.data and not each.told
    chip = ANSWERED if answers and not each.told else UNANSWERED if waits else None
    points = tuple(str(part.data.get("statement", "")) for part in each.parts_of("issue"))
    return Voice(each.id, each.organisation, telling.day(seal_span(each, "issued", "sent")), points, chip, answers, each.told)


def answers_to(world: World, each: Record) -> tuple[Record, ...]:
    """Give the answers to a record or to one of its parts."""
    refs = (each.id, *(part.ref for part in each.parts))
    found = {answer.id: answer for ref in refs for answer, link in world.register.sources_of(ref, "answer") if link.path == ("of",)}
    return tuple(sorted(found.values(), key=_when))


def answer_event(world: World, answer: Record) -> Event:
    """Tell of an answer: who gave it, and what it says."""
    kind = world.kind("answer")
    result = str(answer.get("result") or "")
    words = telling.sentence_case(labels.word(kind.schema, "result", result)) if kind and result else _("Trả lời")
    by = str(answer.get("by") or answer.organisation)
    return Event(span(answer.get("date")), f"{words} – {world.titles.full(by)}", answer.id, str(answer.get("text") or ""), told=answer.told)


def handovers(world: World, refs: Iterable[str], paths: tuple[str, ...] = ("open",)) -> tuple[HandoverLine, ...]:
    """Give the handovers that name some records or parts, in time."""
    found = {each.id: each for ref in refs for each, link in world.register.sources_of(ref, "handover") if link.path[0] in paths}
    return tuple(HandoverLine(each.id, str(each.get("of") or ""), telling.day(each.get("date"))) for each in sorted(found.values(), key=_when))


def stands(world: World, ref: str) -> tuple[Label, ...]:
    """Say how something that was handed over stands on the day."""
    thing = world.register.find(ref)
    known = thing.ref if thing else ref
    if facts := world.facts.actions.get(known):
        return labels.action(facts)[:2]
    finding = world.facts.findings.get(known)
    return (labels.finding(finding),) if finding else ()


def _sent(world: World, ref: str) -> list[Record]:
    thing = world.register.find(ref)
    return [each for each, link in world.register.sources_of(thing.ref, "reminder") if link.path == ("of",)] if thing else []


def _is_to(world: World, ref: object, organisation: str) -> bool:
    return _body(world, ref) == organisation


def _body(world: World, ref: object) -> str:
    """Give the organisation that is reminded, or whose post is."""
    thing = world.register.find(str(ref))
    record = thing.record if isinstance(thing, Part) else thing
    return record.organisation if record else str(ref).partition("/")[0]


def _when(record: Record) -> tuple[str, str]:
    stated: Any = record.get("date") or record.get("issued", "date") or record.get("sent", "date")
    when: Span | None = span(stated)
    return when.first.isoformat() if when else _LATE, record.id
