"""Whom a thing concerns: who reports on an action, answers for a finding, says that it needs none, or agrees to a later day. Nobody else's word moves anything.

What a source tells of what a source tells is not judged here: it counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tusoi.dates import Span, span
from tusoi.lineage import Lineage
from tusoi.posts import organisation_of, persons, post
from tusoi.record import Part, Record, Register

_AT_LAST: Final = date.max
"""What has no date is judged by who answers in the end."""


def about(finding: Part, lineage: Lineage) -> str:
    """Give the organisation that a finding is about: the reviewed; of an inspection, the inspected.

    Where several were inspected it is the one that leads the responsibility for the finding, by itself or by one of its posts; where none is named, the first
    that the inspection names.
    """
    record = finding.record
    if record.kind != "inspection":
        return record.organisation
    inspected = [lineage.id(each) for each in record.get("about") or ()]
    leads = [lineage.id(str(each["who"]).partition("/")[0]) for each in finding.data.get("responsible", ()) if each.get("share") == "lead" and "who" in each]
    return next((each for each in leads if each in inspected), inspected[0] if inspected else record.organisation)


def may_report(progress: Record, action: Part, register: Register, lineage: Lineage) -> bool:
    """Whether somebody may report on an action: the organisation that promised it, the one whose post does it, or who took these over."""
    owner = organisation_of(register, _owner(action))
    return _is_one_of(progress.organisation, [action.record.organisation, owner], span(progress.get("date")), lineage)


def may_answer(review: Record, finding: Part, when: Span | None, lineage: Lineage) -> bool:
    """Whether the review of an organisation may answer for an earlier finding: one about itself, about those that it took over, or of an inspection of it."""
    return _is_one_of(review.organisation, _subjects(finding, lineage), when, lineage)


def may_excuse(plan: Record, what: Part, lineage: Lineage) -> bool:
    """Whether a plan may say that a finding, or an issue that was suggested, needs no action: those may that it is about."""
    return _is_one_of(plan.organisation, _subjects(what, lineage), span(plan.get("approved", "date")), lineage)


def may_agree(answer: Record, asked: Record, register: Register, lineage: Lineage) -> bool:
    """Whether somebody may answer a request to move a day: who approved the plan, who follows it up, or a body above; never the post that does the action.

    Nor may the same person in another post. Where the records name none of these, anybody may but the organisation itself.
    """
    target, when = register.find(str(asked.get("of"))), span(answer.get("date"))
    if not isinstance(target, Part):
        return False
    plan, day = target.record, when.last if when else _AT_LAST
    by, owner = post(register, answer.get("by")), post(register, _owner(target))
    if (by and owner and by.id == owner.id) or is_one_person(answer, asked, register):
        return False
    own = lineage.home(plan.organisation, day)
    answering = lineage.home(organisation_of(register, answer.get("by")) or answer.organisation, day)
    approver = register.find(str(plan.get("approved", "by")))
    if answering == own:
        return by is not None and by is approver
    named = [organisation_of(register, each) for each in (plan.get("approved", "by"), plan.get("followed_by"))]
    managers = lineage.records[own].get("managed_by") or () if own in lineage.records else ()
    known = {lineage.home(each, day) for each in (*named, *map(lineage.id, managers)) if each} | lineage.ancestors(own, day)
    return answering in known or not known - {own}


def is_one_person(answer: Record, asked: Record, register: Register) -> bool:
    """Whether who answers a request to move a day surely is, in another post, the person who does the action on the day of the answer."""
    target, when = register.find(str(asked.get("of"))), span(answer.get("date"))
    by, owner = post(register, answer.get("by")), post(register, _owner(target)) if isinstance(target, Part) else None
    return by is not None and owner is not None and by.id != owner.id and bool(persons(by, when) & persons(owner, when))


def may_settle(answer: Record, asked: Record | Part, lineage: Lineage) -> bool:
    """Whether somebody may answer what was asked: of a suggestion those to whom it is addressed; of a petition who received it, and those whom it is about."""
    record = asked.record if isinstance(asked, Part) else asked
    if record.kind == "suggestion":
        others = [organisation_of(lineage.register, each) for each in record.get("to") or ()]
    elif record.kind == "inspection":
        named = (*(record.get("about") or ()), *(record.get("concluded", "addressees") or ()))
        others = [record.organisation, *(organisation_of(lineage.register, each) for each in named)]
    else:
        return True
    answering = organisation_of(lineage.register, answer.get("by")) or answer.organisation
    return _is_one_of(answering, others, span(answer.get("date")), lineage)


def reach(plan: Record, register: Register) -> frozenset[str]:
    """Give the findings and issues that a plan may speak of: those of what it answers, the issues to which they respond, and what is carried over there."""
    return frozenset(each for ref in plan.get("of") or () for each in _within(register.find(str(ref)), register))


def is_within(what: Part, reached: frozenset[str]) -> bool:
    """Whether a plan that reaches so far may speak of a finding or an issue. Of what was withdrawn any plan may, so that nothing in it is lost."""
    return what.ref in reached or (what.kind == "finding" and what.record.withdrawn)


def _within(base: Record | Part | None, register: Register) -> Iterator[str]:
    if not isinstance(base, Record):
        return
    for part in base.parts_of("finding"):
        yield part.ref
        yield from _resolved(part.data.get("answers", ()), register)
    yield from (part.ref for part in base.parts_of("issue"))
    yield from _resolved((each.get("finding") for each in base.get("carry_over") or ()), register)


def _resolved(refs: Iterable[object], register: Register) -> Iterator[str]:
    found = (register.find(str(each)) for each in refs)
    return (each.ref for each in found if each)


def _subjects(what: Part, lineage: Lineage) -> list[str]:
    """Give the organisations that a finding or an issue is about."""
    record = what.record
    if what.kind == "issue":
        return [organisation_of(lineage.register, each) for each in record.get("to") or ()]
    inspected = [lineage.id(each) for each in record.get("about") or ()] if record.kind == "inspection" else []
    return [about(what, lineage), *inspected]


def _owner(action: Part) -> object:
    """Give the post that does an action; of a milestone, the one that does its action."""
    name = action.id.partition(".")[0]
    return next((each.data.get("owner") for each in action.record.parts_of("action") if each.id == name), None)


def _is_one_of(organisation: str, others: list[str], when: Span | None, lineage: Lineage) -> bool:
    """Whether an organisation is, on the first or the last of the days that are meant, one with any of some others."""
    days = {when.first, when.last} if when else {_AT_LAST}
    return any(lineage.home(organisation, day) == lineage.home(each, day) for day in days for each in others if each)
