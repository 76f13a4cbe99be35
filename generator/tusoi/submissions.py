"""Who has handed in what: each step of a cycle, for each organisation in its scope, with its due day and its exemption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tusoi import lineage
from tusoi.dates import Span, span
from tusoi.evidence import is_individual
from tusoi.kinds import profile_of
from tusoi.lineage import Lineage
from tusoi.plan_dues import plan_due
from tusoi.record import Record, Register


class Submitted(StrEnum):
    """How one organisation stands with one step."""

    IN = "in"
    HELD = "held"
    """It is held elsewhere, and counts."""
    EXEMPT = "exempt"
    NOT_NEEDED = "not_needed"
    """The step has nothing to do: a review without findings needs no plan."""
    WAITING = "waiting"
    """Not in, and the due day has not passed, or nobody has set one."""
    MISSING = "missing"
    """Not in, and the due day has passed."""


STEPS: Final = ("feedback", "review", "plan")
"""The steps that each organisation of a cycle takes for itself, and that a record shows."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One organisation and one step of a cycle."""

    cycle: Record
    organisation: str
    """Who answers for it on the due day: after a merger the successor."""
    step: str
    due: Span | None
    state: Submitted
    record: Record | None
    when: Span | None
    """When it was handed in."""
    reason: str
    """Why it is exempt."""
    days: int
    """Days since the due day, where it is missing; else 0."""

    @property
    def late_days(self) -> int:
        """By how many days it came after the due day, at least; 0 where it came in time, or nobody can tell."""
        return max(0, (self.when.first - self.due.last).days) if self.when and self.due else 0


def of_cycle(register: Register, cycle: Record, day: date) -> tuple[Submission, ...]:
    """Judge every step that the cycle names, once for every organisation that its scope comes to; nothing for a cycle that is told or not opened.

    Whoever took over several hands in once, and is exempt where all of them are.
    """
    if cycle.told or "opened" not in cycle.data:
        return ()
    family = lineage.of(register)
    dues = {each["step"]: span(each.get("due")) for each in cycle.get("steps") or () if each.get("step") in STEPS}
    exempt = {family.id(each.get("of", "")): str(each.get("reason", "")) for each in cycle.get("exemptions") or ()}
    found: list[Submission] = []
    for step in (each for each in STEPS if each in dues):
        due = dues[step]
        asked: dict[str, list[str]] = {}
        for named in _scope(cycle, family):
            for body in family.standing(named, _settled(due, day)):
                asked.setdefault(body, []).append(named)
        for body, before in asked.items():
            reason = exempt[before[0]] if exempt.keys() >= set(before) else None
            found.append(_judged(register, cycle, body, step, due, reason, day))
    return tuple(found)


def _scope(cycle: Record, family: Lineage) -> list[str]:
    return list(dict.fromkeys(family.id(each) for each in cycle.get("scope") or ()))


def _settled(due: Span | None, day: date) -> date:
    """The day on which it is settled who has to hand in: the due day, or today where that is ahead or unknown."""
    return min(due.last, day) if due else day


def _judged(  # noqa: PLR0913, PLR0917 -- each is one plain fact
    register: Register, cycle: Record, organisation: str, step: str, due: Span | None, exempt: str | None, day: date
) -> Submission:
    record = next(_found(register, cycle, organisation, step), None)
    if step == "plan":
        due = _due_after_all(register, cycle, organisation, due)
    state = _state(record, due, day)
    if state in (Submitted.WAITING, Submitted.MISSING):
        if exempt is not None:
            state = Submitted.EXEMPT
        elif step == "plan" and _has_no_finding(register, cycle, organisation):
            state = Submitted.NOT_NEEDED
    days = (day - due.last).days if due and state is Submitted.MISSING else 0
    return Submission(cycle, organisation, step, due, state, record, handed_in(record) if record else None, exempt or "", days)


def _due_after_all(register: Register, cycle: Record, organisation: str, due: Span | None) -> Span | None:
    """Give the day by which the plan is due where the review says another, or was concluded after the day that the cycle gives: as rules ask for it."""
    profile = profile_of(register.kinds)
    own = [when for each in reviews(register, cycle, organisation) if (when := plan_due(each, register, profile))]
    return max(own, key=lambda each: each.last, default=due)


def _state(record: Record | None, due: Span | None, day: date) -> Submitted:
    if record:
        return Submitted.HELD if "held_elsewhere" in record.data else Submitted.IN
    return Submitted.MISSING if due and due.last < day else Submitted.WAITING


def handed_in(record: Record) -> Span | None:
    """When a record was handed in: its first seal of that kind, or what is said of one that is held elsewhere."""
    stated = (record.get(seal, "date") for seal in ("submitted", "concluded", "approved", "compiled", "decided"))
    return next((when for each in (*stated, record.get("held_elsewhere", "submitted")) if (when := span(each))), None)


def _found(register: Register, cycle: Record, organisation: str, step: str) -> Iterator[Record]:
    match step:
        case "review":
            yield from reviews(register, cycle, organisation)
        case "plan":
            bases = {each.id for each in reviews(register, cycle, organisation)}
            for base in sorted(bases):
                yield from (plan for plan, link in register.sources_of(base, "plan") if link.path[0] == "of" and _is_in(plan, "approved"))
        case "feedback":
            for each in register.of_kind("feedback"):
                if _is_of(register, each, cycle) and organisation in each.data.get("about", ()) and _is_in(each, "compiled"):
                    yield each


def reviews(register: Register, cycle: Record, organisation: str) -> Iterator[Record]:
    """Give the reviews of an organisation in a cycle that were handed in: its own, not those of its posts."""
    for each in register.of_kind("review"):
        own = each.organisation == organisation and not is_individual(each) and not each.told
        if own and _is_of(register, each, cycle) and _is_in(each, "submitted", "concluded"):
            yield each


def _is_of(register: Register, record: Record, cycle: Record) -> bool:
    return register.find(str(record.get("cycle"))) is cycle


def _is_in(record: Record, *seals: str) -> bool:
    return "held_elsewhere" in record.data or any(seal in record.data for seal in seals)


def _has_no_finding(register: Register, cycle: Record, organisation: str) -> bool:
    """Whether the organisation has concluded its review, and found nothing."""
    found = list(reviews(register, cycle, organisation))
    return bool(found) and all("concluded" in each.data and not each.parts_of("finding") for each in found)
