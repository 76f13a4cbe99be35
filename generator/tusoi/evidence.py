"""What was said of each action and finding: claims, checks, requests and answers, gathered once. What a source tells never speaks of what counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tusoi.dates import Span, span
from tusoi.facts import CarriedOver, Check, Report
from tusoi.record import Part, Record, Register

_SEALS = ("submitted", "concluded")
"""A review speaks once it is submitted; where only its conclusion is recorded, from then on."""


@dataclass(slots=True)
class Evidence:
    """By the reference of what is spoken of; each list in the order of time, then of the ids."""

    reports: dict[str, list[Report]] = field(default_factory=dict)
    checks: dict[str, list[Check]] = field(default_factory=dict)
    carried: dict[str, list[CarriedOver]] = field(default_factory=dict)
    requests: dict[str, list[Record]] = field(default_factory=dict)
    """The postponements of an action or milestone."""
    answers: dict[str, Record] = field(default_factory=dict)
    """The last answer that agreed to or refused a postponement, by the postponement's id."""
    last_report: dict[str, date] = field(default_factory=dict)
    """The day of the last progress record, by the plan's id."""
    acting: dict[str, list[Part]] = field(default_factory=dict)
    """The actions that mend a finding."""
    excused: dict[str, list[tuple[Record, Mapping[str, Any]]]] = field(default_factory=dict)
    """The plans that say why a finding needs no action, with what they say."""
    recurring: dict[str, list[Part]] = field(default_factory=dict)
    """The findings that say that an earlier one has come back."""


def first_day(when: Span | None) -> date:
    """Give the day from which something counts; what has no date comes before all that has one."""
    return when.first if when else date.min


def is_individual(review: Record) -> bool:
    """Whether a record is the review of one post, or stands for such reviews that are held elsewhere."""
    return review.kind == "review" and (review.get("of") is not None or review.get("held_elsewhere", "posts") is not None)


def concerns_one_post(plan: Record, register: Register) -> bool:
    """Whether a plan follows nothing but reviews of single posts."""
    followed = [register.find(ref) for ref in plan.get("of") or ()]
    return bool(followed) and all(isinstance(each, Record) and is_individual(each) for each in followed)


def gather(register: Register) -> Evidence:
    """Read every record once."""
    found = Evidence()
    readers = {"progress": _progress, "verification": _verification, "review": _review, "plan": _plan, "postponement": _postponement, "answer": _answer}
    for record in sorted(register.of_kind(*readers), key=_when_and_who):
        readers[record.kind](found, register, record)
    for part in register.parts("finding"):
        if earlier := _spoken_of(register, part.record, part.data.get("recurrence_of")):
            found.recurring.setdefault(earlier.ref, []).append(part)
    return found


def _when_and_who(record: Record) -> tuple[date, date, str]:
    when = said(record)
    return (first_day(when), when.last if when else date.min, record.id)


def said(record: Record) -> Span | None:
    """Give the day on which a record spoke; None where it has not, or where a source does not say when."""
    for path in (("date",), *((seal, "date") for seal in _SEALS)):
        if when := span(record.get(*path)):
            return when
    return None


def _spoken_of(register: Register, speaker: Record, ref: object) -> Record | Part | None:
    """Give what a link names, where the speaker may speak of it."""
    target = register.find(ref) if isinstance(ref, str) else None
    return None if target is None or (speaker.told and not target.told) else target


def _entries(record: Record, key: str = "entries") -> Iterator[Mapping[str, Any]]:
    yield from record.get(key) or ()


def _progress(found: Evidence, register: Register, record: Record) -> None:
    when = span(record.get("date"))
    plan = _spoken_of(register, record, record.get("of"))
    if plan and when:
        found.last_report[plan.ref] = max(when.last, found.last_report.get(plan.ref, date.min))
    for entry in _entries(record):
        if action := _spoken_of(register, record, inside(record, entry.get("action"))):
            found.reports.setdefault(action.ref, []).append(Report(record, entry, when))


def inside(record: Record, ref: object) -> str:
    """Write out the link to an action: `A1` is one of the plan that the record is about."""
    return str(ref) if "#" in str(ref) else f"{record.get('of')}#{ref}"


def _verification(found: Evidence, register: Register, record: Record) -> None:
    """Read what a verifier found. A check whose result is not stated says nothing: neither that it was confirmed nor that it was not."""
    for entry in _entries(record):
        if "result" in entry and (target := _spoken_of(register, record, entry.get("of"))):
            check = Check(record, entry, span(record.get("date")), entry.get("check", ""), entry["result"])
            found.checks.setdefault(target.ref, []).append(check)


def _review(found: Evidence, register: Register, record: Record) -> None:
    """Read what a review says of earlier findings, once it has been submitted. The review of one post speaks of that post only.

    An answer that is not stated is none.
    """
    if is_individual(record) or not (record.told or any(seal in record.data for seal in _SEALS)):
        return
    for entry in _entries(record, "carry_over"):
        if "answer" in entry and (finding := _spoken_of(register, record, entry.get("finding"))):
            found.carried.setdefault(finding.ref, []).append(CarriedOver(record, entry, said(record)))


def _plan(found: Evidence, register: Register, record: Record) -> None:
    """Read what a plan does about findings, once it is approved."""
    if "approved" not in record.data and not record.told:
        return
    is_for_one_post = concerns_one_post(record, register)
    for action in record.parts_of("action"):
        named = {target.ref for ref in action.data.get("findings", ()) if (target := _mended(register, record, ref, is_for_one_post=is_for_one_post))}
        for finding in sorted(named):
            found.acting.setdefault(finding, []).append(action)
    for entry in _entries(record, "no_action"):
        if target := _mended(register, record, entry.get("finding"), is_for_one_post=is_for_one_post):
            found.excused.setdefault(target.ref, []).append((record, entry))


def _mended(register: Register, plan: Record, ref: object, *, is_for_one_post: bool) -> Part | None:
    """Give the finding or issue that a plan is about. The plan of one post says nothing of what a whole body answers for."""
    target = _spoken_of(register, plan, ref)
    return target if isinstance(target, Part) and (not is_for_one_post or is_individual(target.record)) else None


def _postponement(found: Evidence, register: Register, record: Record) -> None:
    if target := _spoken_of(register, record, record.get("of")):
        found.requests.setdefault(target.ref, []).append(record)


def _answer(found: Evidence, register: Register, record: Record) -> None:
    asked = _spoken_of(register, record, record.get("of"))
    if asked and record.get("result") in ("agreed", "refused"):
        found.answers[asked.ref] = record
