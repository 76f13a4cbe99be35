"""Due dates: the first promise, what was asked to move it, and the last date that was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tusoi.dates import Span, is_before, span
from tusoi.evidence import Evidence, first_day
from tusoi.facts import Postponed
from tusoi.record import Record

_Request = tuple[Record, date, date]
"""A postponement, the day it was asked, and the day it asks for."""


def promises(ref: str, first_due: Span | None, evidence: Evidence) -> tuple[tuple[Postponed, ...], Span | None]:
    """Give the requests to move a date, in the order in which they were asked, and the last agreed date.

    Only an answer that agrees moves anything; of several, the one that was given last counts. A request told without its dates moves nothing.
    """
    requests = [request for record in evidence.requests.get(ref, ()) if (request := _read(record))]
    agreed = first_due
    found: list[Postponed] = []
    for record, asked, to in sorted(requests, key=lambda each: _decided(each, evidence)):
        answer = evidence.answers.get(record.id)
        days = (to - agreed.first).days if agreed and agreed.exact else None
        known = _known(first_due, [each for each in requests if each[0] is not record], evidence, asked)
        result = answer.get("result") if answer else "pending"
        found.append(Postponed(record, asked, to, result, answer, agreed, days, known is not None and known.last < asked, known))
        if result == "agreed":
            agreed = Span(to, to)
    return tuple(sorted(found, key=lambda each: (each.asked, each.record.id))), agreed


def days_past(due: Span | None, day: date) -> int:
    """Give the days since the date has surely passed; 0 where it has not, or where there is none."""
    return max(0, (day - due.last).days) if due else 0


def is_late(due: Span | None, done: Span | None, day: date) -> bool | None:
    """Whether a promise was not kept: by the day it was done, or by the day itself where it is not done. None where the dates leave it open."""
    return is_before(due, done or Span(day, day)) if due else None


def _read(record: Record) -> _Request | None:
    asked, to = span(record.get("date")), span(record.get("to"))
    return (record, asked.first, to.last) if asked and to else None


def _decided(request: _Request, evidence: Evidence) -> tuple[date, str, date, str]:
    """Put requests in the order of their answers; those that wait for one come last."""
    record, asked, _ = request
    answer = evidence.answers.get(record.id)
    return (_day(answer), answer.id, asked, record.id) if answer else (date.max, "", asked, record.id)


def _known(first_due: Span | None, requests: Iterable[_Request], evidence: Evidence, day: date) -> Span | None:
    """Give the date that had been agreed by a day."""
    answered = sorted((_decided(each, evidence), each[2]) for each in requests if (answer := evidence.answers.get(each[0].id)) and _day(answer) <= day)
    moves = [to for (_, _, _, name), to in answered if evidence.answers[name].get("result") == "agreed"]
    return Span(moves[-1], moves[-1]) if moves else first_due


def _day(answer: Record) -> date:
    return first_day(span(answer.get("date")))
