"""The words for promises: what was promised first, what was asked and answered, what was changed in the file, and how it came out against both dates.

The command and the pages say them in either language. The text of a record goes in as it is.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from tusoi import telling
from tusoi.dates import Span, span
from tusoi.facts import Postponed
from tusoi.first_promises import Terms
from tusoi.labels import Label, Shape, Tone
from tusoi.messages import has, say
from tusoi.promise_counts import Sum
from tusoi.record import Part
from tusoi.slippage import Moved, Outcome, Promise, asked_after
from tusoi.speech import language

_CHIPS: Final = {
    Outcome.KEPT: (Shape.FULL, Tone.GOOD),
    Outcome.NOT_KEPT: (Shape.CLOCK, Tone.WAITING),
    Outcome.AHEAD: (Shape.RING, Tone.QUIET),
    Outcome.NOT_KNOWN: (Shape.DASH, Tone.QUIET),
    Outcome.STOPPED: (Shape.STOP, Tone.QUIET),
    Outcome.TAKEN_AWAY: (Shape.STOP, Tone.WAITING),
    Outcome.RHYTHM: (Shape.PAPER, Tone.QUIET),
}


def when(stated: object, lang: str) -> str:
    """Write a date as far as it is known: as pages say it in the language that they speak, as machines have it in a report in another.

    What is no date stands in quotation marks, as stated.
    """
    known = stated if isinstance(stated, Span) else span(stated.isoformat() if isinstance(stated, date) else stated)
    if known is None:
        return f"“{stated}”"
    return telling.day(known) if lang == language() else iso(known)


def iso(known: Span) -> str:
    """Write a date as machines read it: `2025-03-31`, `2025-03`, `2025`; of any other span both ends."""
    first = known.first.isoformat()
    return next((each for each in (first, first[:7], first[:4]) if span(each) == known), f"{first}/{known.last.isoformat()}")


def terms(promised: Terms, lang: str) -> str:
    """Write what is promised: a date, or how often and between which days."""
    if not promised.recurs:
        return when(promised.due, lang)
    return ", ".join(each for each in (_every(promised, lang), _between(promised.since, promised.until, lang)) if each)


def apart(promised: Terms, other: Terms, lang: str) -> str:
    """Write of a rhythm only what is not the same in another; all of it where the other is none."""
    if not other.recurs:
        return terms(promised, lang)
    every = _every(promised, lang) if promised.every != other.every else ""
    since, until = (promised.since if promised.since != other.since else "", promised.until if promised.until != other.until else "")
    return ", ".join(each for each in (every, _between(since, until, lang)) if each) or terms(promised, lang)


def _every(promised: Terms, lang: str) -> str:
    name = f"ledger.every.{promised.every}"
    return say(name, lang) if has(name, lang) else f"“{promised.every}”" if promised.every else ""


def _between(since: str, until: str, lang: str) -> str:
    said = (say("ledger.since", lang, day=when(since, lang)) if since else "", say("ledger.until", lang, day=when(until, lang)) if until else "")
    return " ".join(each for each in said if each)


def ordinal(part: Part, lang: str) -> str:
    """Name an action or a milestone by its place in the plan: `Việc 2, mốc 1`. No reader ever sees an id."""
    outer, _, inner = part.id.partition(".")
    number = next(number for number, each in enumerate(part.record.parts_of("action"), 1) if each.id == outer)
    if not inner:
        return say("ledger.action", lang, number=number)
    steps = [each.id for each in part.record.parts_of("milestone") if each.id.startswith(f"{outer}.")]
    return say("ledger.milestone", lang, number=number, step=steps.index(part.id) + 1)


def first(promise: Promise, lang: str, length: int = 0) -> str:
    """Say what was promised first, and where its history is known, when that was recorded; `length` is how much of the commit's id is said, if any."""
    name = "ledger.rhythm" if promise.terms.recurs else "ledger.first"
    said = terms(promise.terms, lang)
    if promise.step is None:
        return say(name, lang, terms=said)
    day = when(promise.step.day, lang)
    if not length:
        return say(f"{name}.recorded", lang, terms=said, day=day)
    return say(f"{name}.commit", lang, terms=said, day=day, commit=promise.step.commit[:length])


def chip(promise: Promise) -> Label:
    """Give the state of a promise against its first date, for pages."""
    shape, tone = _CHIPS[promise.outcome]
    return Label(result(promise, "vi"), shape, tone)


def result(promise: Promise, lang: str) -> str:
    """Say in a few words what became of a promise against its first date."""
    if promise.outcome is Outcome.NOT_KEPT:
        name = "late" if promise.done else "given_up" if promise.is_given_up else "open"
        return say(f"ledger.not_kept.{name}", lang, days=_number(promise.days_late, lang))
    return say(f"ledger.outcome.{promise.outcome}", lang)


def against_first(promise: Promise, lang: str) -> str:
    """Say how a promise came out against its first date."""
    return _against(promise, promise.days_late, lang)


def against_agreed(promise: Promise, lang: str) -> str:
    """Say how it came out against the last agreed date; empty where that is the first one."""
    return "" if promise.agreed is None or promise.agreed == promise.first else _against(promise, promise.days_over, lang)


def _against(promise: Promise, days: int, lang: str) -> str:
    if promise.outcome not in (Outcome.KEPT, Outcome.NOT_KEPT, Outcome.AHEAD):
        return say(f"ledger.against.{promise.outcome}", lang)
    stands = "done" if promise.done else "given_up" if promise.is_given_up else "open"
    return say(f"ledger.against.{stands}.{'after' if days else 'in_time'}", lang, days=_number(days, lang))


def asked(request: Postponed, lang: str) -> str:
    """Say what a request asked for: until when, and by how many days."""
    name = "ledger.asked" if request.days is None else "ledger.asked.later" if request.days >= 0 else "ledger.asked.earlier"
    return say(name, lang, to=when(request.to, lang), days=_number(abs(request.days or 0), lang))


def timing(request: Postponed, lang: str) -> str:
    """Say how long before or after the agreed date a request was made; empty where that cannot be told."""
    days = asked_after(request)
    if days is None or request.then is None:
        return ""
    name = "after" if days > 0 else "before" if days else "on"
    return say(f"ledger.asked.{name}", lang, days=_number(abs(days), lang), due=when(request.then, lang))


def answered(request: Postponed, lang: str) -> str:
    """Say what came of a request."""
    stated = request.answer.get("date") if request.answer else None
    return say(f"ledger.answered.{request.result}", lang, day=when(stated, lang) if stated else "")


def moved(change: Moved, lang: str, *, is_copy: bool = False) -> str:
    """Say what was changed in the file, and on which day that was recorded."""
    name = "both" if change.before.says and change.after.says else "taken" if change.before.says else "put"
    what = "rhythm" if change.before.recurs or change.after.recurs else "due"
    day = when(change.step.day, lang)
    said = say(f"ledger.moved.{what}.{name}", lang, before=terms(change.before, lang), after=terms(change.after, lang), day=day)
    return say("ledger.moved.copied" if is_copy else "ledger.past.taken" if name == "taken" else f"ledger.past.{what}", lang, said=said)


def counted(each: Sum, lang: str, *, is_read: bool = True) -> list[str]:
    """Say a sum in sentences: the share with its denominator, what was asked, what was changed; then what is in no share."""
    said = [say("ledger.sum.kept", lang, kept=_number(each.kept, lang), of=_number(each.settled, lang)) if each.settled else say("ledger.sum.none", lang)]
    if each.median_days is not None:
        said.append(say("ledger.sum.median", lang, days=_number(each.median_days, lang)))
    if each.requests:
        numbers = {key: _number(getattr(each, key), lang) for key in ("requests", "agreed", "refused", "pending", "after_due")}
        said.append(say("ledger.sum.requests", lang, **numbers))
    if each.knows_moved and (is_read or each.moved):
        said.append(say("ledger.sum.moved", lang, count=_number(each.moved, lang)))
    elif is_read:
        said.append(say("ledger.unread", lang))
    besides = ((outcome, each.outcomes[outcome]) for outcome in Outcome if outcome not in (Outcome.KEPT, Outcome.NOT_KEPT))
    rest = [say(f"ledger.besides.{outcome}", lang, count=_number(count, lang)) for outcome, count in besides if count]
    if rest:
        said.append(say("ledger.sum.besides", lang, rest="; ".join(rest)))
    return said


def _number(value: float, lang: str) -> str:
    return telling.number(value) if lang == "vi" else f"{value:,g}"
