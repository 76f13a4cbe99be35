"""What was said of each action and finding: claims, checks, requests and answers, gathered once.

What a source tells never speaks of what counts, and nobody speaks of what does not concern them (`concerned`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from tusoi import concerned
from tusoi.dates import Span, span
from tusoi.facts import CarriedOver, Check, Report
from tusoi.lineage import Lineage
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


def gather(register: Register, lineage: Lineage) -> Evidence:
    """Read every record once."""
    found = Evidence()
    readers: dict[str, Callable[[Evidence, Register, Record], None]] = {
        "progress": partial(_progress, lineage=lineage),
        "verification": _verification,
        "review": partial(_review, lineage=lineage),
        "plan": partial(_plan, lineage=lineage),
        "postponement": _postponement,
        "answer": partial(_answer, lineage=lineage),
    }
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


def _progress(found: Evidence, register: Register, record: Record, lineage: Lineage) -> None:
    when = span(record.get("date"))
    plan = _spoken_of(register, record, record.get("of"))
    if isinstance(plan, Record) and when and _may_report(record, plan.parts_of("action"), register, lineage):
        found.last_report[plan.ref] = max(when.last, found.last_report.get(plan.ref, date.min))
    for entry in _entries(record):
        action = _spoken_of(register, record, inside(record, entry.get("action")))
        if isinstance(action, Part) and _may_report(record, [action], register, lineage):
            found.reports.setdefault(action.ref, []).append(Report(record, entry, when))


def _may_report(record: Record, actions: Iterable[Part], register: Register, lineage: Lineage) -> bool:
    return record.told or any(concerned.may_report(record, each, register, lineage) for each in actions)


def inside(record: Record, ref: object) -> str:
    """Write out the link to an action: `A1` is one of the plan that the record is about."""
    return str(ref) if "#" in str(ref) else f"{record.get('of')}#{ref}"


def _verification(found: Evidence, register: Register, record: Record) -> None:
    """Read what a verifier found. A check whose result is not stated says nothing: neither that it was confirmed nor that it was not.

    What is carried over is a finding. To confirm an answer about it confirms no action.
    """
    for entry in _entries(record):
        target = _spoken_of(register, record, entry.get("of")) if "result" in entry else None
        if isinstance(target, Part) and (target.kind == "finding" or entry.get("check") != "carry_over"):
            check = Check(record, entry, span(record.get("date")), entry.get("check", ""), entry["result"])
            found.checks.setdefault(target.ref, []).append(check)


def _review(found: Evidence, register: Register, record: Record, lineage: Lineage) -> None:
    """Read what a review says of earlier findings, once it has been submitted. The review of one post speaks of that post only.

    An answer that is not stated is none; nor is one about what is somebody else's.
    """
    if is_individual(record) or not (record.told or any(seal in record.data for seal in _SEALS)):
        return
    for entry in _entries(record, "carry_over"):
        finding = _spoken_of(register, record, entry.get("finding")) if "answer" in entry else None
        if isinstance(finding, Part) and (record.told or concerned.may_answer(record, finding, said(record), lineage)):
            found.carried.setdefault(finding.ref, []).append(CarriedOver(record, entry, said(record)))


def _plan(found: Evidence, register: Register, record: Record, lineage: Lineage) -> None:
    """Read what a plan does about the findings that it answers, once it is approved; and of which its own organisation says that they need no action."""
    if "approved" not in record.data and not record.told:
        return
    mended = partial(_mended, register, record, is_for_one_post=concerns_one_post(record, register), reach=concerned.reach(record, register))
    for action in record.parts_of("action"):
        for finding in sorted({target.ref for ref in action.data.get("findings", ()) if (target := mended(ref))}):
            found.acting.setdefault(finding, []).append(action)
    for entry in _entries(record, "no_action"):
        target = mended(entry.get("finding"))
        if target and (record.told or concerned.may_excuse(record, target, lineage)):
            found.excused.setdefault(target.ref, []).append((record, entry))


def _mended(register: Register, plan: Record, ref: object, *, is_for_one_post: bool, reach: frozenset[str]) -> Part | None:
    """Give the finding or issue that a plan is about. The plan of one post says nothing of what a whole body answers for."""
    target = _spoken_of(register, plan, ref)
    if not isinstance(target, Part) or not (plan.told or concerned.is_within(target, reach)):
        return None
    return target if not is_for_one_post or is_individual(target.record) else None


def _postponement(found: Evidence, register: Register, record: Record) -> None:
    if target := _spoken_of(register, record, record.get("of")):
        found.requests.setdefault(target.ref, []).append(record)


def _answer(found: Evidence, register: Register, record: Record, lineage: Lineage) -> None:
    asked = _spoken_of(register, record, record.get("of"))
    if not isinstance(asked, Record) or asked.kind != "postponement" or record.get("result") not in ("agreed", "refused"):
        return
    if record.told or concerned.may_agree(record, asked, register, lineage):
        found.answers[asked.ref] = record
