"""The ledger of promises: for every due date what was first promised, every request to move it, every change that went past that way, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from tusoi import lineage
from tusoi.access import PUBLIC
from tusoi.dates import Span, span
from tusoi.evidence import concerns_one_post, is_individual
from tusoi.facts import ActionFacts, ActionState, Facts, MilestoneFacts, Postponed
from tusoi.first_promises import Change, Recorded, Terms, as_promised, is_own, recorded, terms
from tusoi.past import Past, Step, Version
from tusoi.promises import is_late
from tusoi.record import Part, Record, Register

__all__ = ["EMPTY", "Ledger", "Moved", "Outcome", "Promise", "as_promised", "asked_after", "ledger"]


class Outcome(StrEnum):
    """What became of a promise by the day."""

    KEPT = "kept"
    """Done by the first date, as far as anybody says."""
    NOT_KEPT = "not_kept"
    """The first date has passed: done later, or not yet."""
    AHEAD = "ahead"
    """The first date has not passed, and nothing is claimed."""
    NOT_KNOWN = "not_known"
    """Nobody says when it was done, or the dates leave it open."""
    STOPPED = "stopped"
    """Given up before the first date had passed."""
    TAKEN_AWAY = "taken_away"
    """It no longer stands in the plan, or the plan is gone: what became of it nobody says."""
    RHYTHM = "rhythm"
    """A recurring duty: there is no one date by which it is done."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of a promised date, or of a rhythm, in the file."""

    step: Step
    """Where it was recorded."""
    before: Terms
    after: Terms
    """What the record said after; says nothing where the promise was taken away."""

    @property
    def stated(self) -> str:
        """What the record said before, as it stated it."""
        return str(self.before)

    @property
    def changed(self) -> str:
        """What it said after; empty where the promise was taken away."""
        return str(self.after)

    @property
    def days(self) -> int | None:
        """By how many days the date was moved; None where one of the two is no full date."""
        one, other = self.before.when, self.after.when
        return (other.first - one.first).days if one and other and one.exact and other.exact else None


@dataclass(frozen=True, slots=True)
class Promise:
    """One due date, or one rhythm: of an action, or of a milestone."""

    ref: str
    plan: str
    """The plan's id; of one that is gone the last that it had."""
    organisation: str
    """Where it counts: the organisation that owns the plan, or the one that took it over."""
    part: Part | None
    """None where it no longer stands in the records."""
    terms: Terms
    """What was promised first."""
    first: Span | None
    """The first date; None of a duty that recurs, and where what was stated is no date."""
    step: Step | None
    """Where the first promise was recorded; None where only the record says it, and nothing is known of its past."""
    outcome: Outcome
    agreed: Span | None = None
    """The last agreed date: the first, moved by what was agreed."""
    done: Span | None = None
    """When it was claimed or confirmed to be done."""
    days_late: int = 0
    """Days between the first date and the day it was done or stopped, or the day itself; 0 where the first date was kept or has not passed."""
    days_over: int = 0
    """The same against the last agreed date."""
    is_given_up: bool = False
    """Whether it was stopped: nothing more is done for it."""
    counts: bool = True
    """Whether it is in sums: not of the plan of one post."""
    postponements: tuple[Postponed, ...] = ()
    moved: tuple[Moved, ...] = ()
    """The changes that no agreed postponement made, oldest first."""
    copied: tuple[Moved, ...] = ()
    """The changes that only wrote an agreed date into the plan, or took it back out."""

    @property
    def is_recorded(self) -> bool:
        """Whether its past is known, so that it can be said whether it was changed."""
        return self.step is not None or bool(self.moved)

    @property
    def kept(self) -> bool | None:
        """Whether it was done by the first date; None where that is not known, or not yet."""
        return {Outcome.KEPT: True, Outcome.NOT_KEPT: False}.get(self.outcome)


@dataclass(frozen=True)
class Ledger:
    """All promises of a register on a day."""

    promises: Mapping[str, Promise] = field(default_factory=lambda: MappingProxyType({}))
    """By the reference of the action or milestone; by plan, then in the order of the ids."""
    by_plan: Mapping[str, tuple[Promise, ...]] = field(default_factory=lambda: MappingProxyType({}))
    is_read: bool = False
    """Whether anything is known of what was recorded by the day."""

    def of_action(self, ref: str) -> tuple[Promise, ...]:
        """Give the promises of an action: its own, then those of its milestones."""
        inside = self.by_plan.get(ref.partition("#")[0], ())
        return tuple(each for each in inside if each.ref == ref or each.ref.startswith(f"{ref}."))

    def only(self, wanted: Callable[[Promise], bool]) -> Ledger:
        """Give the ledger of some of the promises."""
        return _in_order(filter(wanted, self.promises.values()), is_read=self.is_read)


EMPTY = Ledger()


def ledger(register: Register, facts: Facts, past: Past) -> Ledger:
    """Give the promises of a register that has every date as it was first promised (`as_promised`), with what was recorded of them."""
    plans = [each for each in register.of_kind("plan") if is_own(each)]
    said = {plan.id: recorded(past.of(plan.id)) for plan in plans}
    family = lineage.of(register)
    found = [each for action in facts.actions.values() if action.part.record.id in said for each in _of_action(action, said[action.part.record.id], facts.day)]
    for plan in plans:
        counts = not concerns_one_post(plan, register)
        there = {part.id for part in plan.parts}
        gone = {name: each for name, each in said[plan.id].items() if name not in there}
        found += _taken_away(plan.id, gone, family.home(plan.organisation, facts.day), counts=counts)
    for name, versions in _gone_plans(register, past):
        home = family.home(name.partition("/")[0], facts.day)
        found += _taken_away(name, recorded(versions), home, counts=_is_for_all(versions, register))
    return _in_order(found, is_read=bool(past.steps))


def asked_after(each: Postponed) -> int | None:
    """Give by how many days the agreed date had passed when a request was made; negative where it was made before. None where that date is not a full one."""
    return (each.asked - each.then.last).days if each.then and each.then.exact else None


def _of_action(action: ActionFacts, said: Mapping[str, Recorded], day: date) -> Iterator[Promise]:
    """Give the promises of one action: its own, and those of its milestones."""
    if (promised := terms(action.part.data)).says:
        yield _promise(action, action, Outcome.RHYTHM if promised.recurs else _outcome(action), said, day)
    for step in action.milestones:
        if terms(step.part.data).says:
            yield _promise(action, step, _reached(step, action, day), said, day)


def _promise(action: ActionFacts, about: ActionFacts | MilestoneFacts, outcome: Outcome, said: Mapping[str, Recorded], day: date) -> Promise:
    """Tell of one promise: that of an action, or of one of its milestones."""
    part, promised, past = about.part, terms(about.part.data), said.get(about.part.id)
    ended = action.ended if about is action else about.reached.when if isinstance(about, MilestoneFacts) and about.reached else None
    until = ended or Span(day, day)
    moved, copied = _changes(past.changes if past else (), promised, about.postponements)
    first, agreed = (None, None) if promised.recurs else (promised.when, about.due)
    return Promise(
        ref=part.ref,
        plan=part.record.id,
        organisation=action.organisation,
        part=part,
        terms=promised,
        first=first,
        step=past.step if past else None,
        outcome=outcome,
        agreed=agreed,
        done=None if promised.recurs or (about is action and action.state is ActionState.STOPPED) else ended,
        days_late=_days(first, until) if outcome is Outcome.NOT_KEPT else 0,
        days_over=_days(agreed, until) if outcome in (Outcome.KEPT, Outcome.NOT_KEPT, Outcome.AHEAD) else 0,
        is_given_up=about is action and action.state is ActionState.STOPPED,
        counts=not action.individual,
        postponements=about.postponements,
        moved=moved,
        copied=copied,
    )


def _outcome(action: ActionFacts) -> Outcome:
    """Say what became of the promise of an action that is done once."""
    if action.late:
        return Outcome.NOT_KEPT
    if action.state is ActionState.STOPPED:
        return Outcome.STOPPED
    if action.late is None:
        return Outcome.NOT_KNOWN
    return Outcome.AHEAD if action.is_open else Outcome.KEPT


def _reached(step: MilestoneFacts, action: ActionFacts, day: date) -> Outcome:
    """Say what became of the promise of a milestone. Where its action is over and nobody reported it, nobody knows when it was reached."""
    if not step.reached and not action.is_open:
        is_ahead = action.state is ActionState.STOPPED and is_late(step.first_due, action.ended, day) is False
        return Outcome.STOPPED if is_ahead else Outcome.NOT_KNOWN
    if step.reached and step.reached.when is None:
        return Outcome.NOT_KNOWN
    late = is_late(step.first_due, step.reached.when if step.reached else None, day)
    if late is None:
        return Outcome.NOT_KNOWN
    if late:
        return Outcome.NOT_KEPT
    return Outcome.KEPT if step.reached else Outcome.AHEAD


def _days(due: Span | None, until: Span) -> int:
    """Give the days from a date to another, as far as they have surely passed."""
    return max(0, (until.first - due.last).days) if due else 0


def _changes(changes: Iterable[Change], first: Terms, postponements: Iterable[Postponed]) -> tuple[tuple[Moved, ...], tuple[Moved, ...]]:
    """Tell the changes that went past the procedure from those that only wrote down what had been agreed by then, or took it back out."""
    moved: list[Moved] = []
    copied: list[Moved] = []
    for each in changes:
        agreed = {str(request.to) for request in postponements if _is_agreed(request, each.step.day)}
        dates = [_date(each.before), _date(each.after)]
        is_copy = dates[1] in agreed or (dates[0] in agreed and each.after == first)
        (copied if is_copy else moved).append(Moved(each.step, each.before, each.after))
    return tuple(moved), tuple(copied)


def _date(said: Terms) -> str:
    return said.until if said.recurs else said.due


def _is_agreed(request: Postponed, day: date) -> bool:
    """Whether a request had been agreed to by a day, as its answer states."""
    answered = span(request.answer.get("date")) if request.answer else None
    return request.result == "agreed" and answered is not None and answered.first <= day


def _taken_away(plan: str, said: Mapping[str, Recorded], organisation: str, *, counts: bool) -> Iterator[Promise]:
    """Give the promises that no longer stand anywhere: only the versions know them."""
    for name, each in said.items():
        if not each.first.says and not each.changes:
            continue
        moved = tuple(Moved(change.step, change.before, change.after) for change in each.changes)
        promised = each.first if each.first.says else each.changes[0].before
        first = None if promised.recurs else promised.when
        yield Promise(f"{plan}#{name}", plan, organisation, None, promised, first, each.step, Outcome.TAKEN_AWAY, counts=counts, moved=moved)


def _gone_plans(register: Register, past: Past) -> Iterator[tuple[str, tuple[Version, ...]]]:
    """Give the plans whose files were taken away and that live on under no other id, each with its versions."""
    moved = _former(past)
    for name, own in past.versions.items():
        if "/plans/" not in name or not own[-1].is_gone or name in register.reserved or register.find(name) is not None:
            continue
        versions = past.of(name)
        last = next((each.data for each in reversed(versions) if each.data is not None), None)
        if last is not None and "withdrawn" not in last and name not in moved:
            yield name, versions


def _former(past: Past) -> frozenset[str]:
    """Give the ids that some record once had, as any version says: what moved is not gone, whether or not it may be shown today."""
    stated = (each.data.get("formerly") for versions in past.versions.values() for each in versions if each.data)
    return frozenset(str(old) for each in stated if isinstance(each, list | tuple) for old in each)


def _is_for_all(versions: Iterable[Version], register: Register) -> bool:
    """Whether the promises of a plan that is gone are in sums: as far as can be seen it was open to all, and no plan of one post."""
    last = next(each.data for each in reversed(tuple(versions)) if each.data is not None)
    stated = last.get("of")
    of = [register.find(str(each)) for each in stated] if isinstance(stated, list | tuple) else []
    is_open = last.get("access", PUBLIC) == PUBLIC
    return is_open and bool(of) and all(isinstance(each, Record) for each in of) and not all(isinstance(each, Record) and is_individual(each) for each in of)


def _in_order(found: Iterable[Promise], *, is_read: bool) -> Ledger:
    """Put promises by plan, then in the order of the ids: the second action before the tenth, an action before its milestones."""
    promises = sorted(found, key=lambda each: (each.plan, [int(digits) for digits in re.findall(r"\d+", each.ref.partition("#")[2])], each.ref))
    by_plan: dict[str, list[Promise]] = {}
    for each in promises:
        by_plan.setdefault(each.plan, []).append(each)
    plans = {name: tuple(inside) for name, inside in by_plan.items()}
    return Ledger(MappingProxyType({each.ref: each for each in promises}), MappingProxyType(plans), is_read)
