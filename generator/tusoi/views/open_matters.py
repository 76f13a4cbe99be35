"""Which pages depend on the day: those of whatever still waits for something. Any other page says the same tomorrow, and carries no day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tusoi import answered
from tusoi.dates import has_begun, is_past
from tusoi.facts import ActionFacts, ActionState, FindingFacts, FindingState
from tusoi.record import Part, Record
from tusoi.views import meeting
from tusoi.views.followed import SUGGESTION, purpose
from tusoi.views.owed import of_conclusion
from tusoi.views.threads import story
from tusoi.views.world import World, view

_SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
_CONFIRMED: Final = (ActionState.VERIFIED, ActionState.EFFECTIVE, ActionState.STOPPED)


@view
def open_matters(world: World, it: Record | Part) -> bool:
    """Whether something on the page of a record or part still waits to be done, confirmed, answered or decided: then the page says for which day it is."""
    return has_open_matters(world, it)


def has_open_matters(world: World, it: Record | Part) -> bool:
    """Say the same to other views."""
    if isinstance(it, Part):
        return _part(world, it)
    if it.kind in _KINDS:
        return _KINDS[it.kind](world, it)
    return _is_draft(world, it)


def _part(world: World, part: Part) -> bool:
    if part.kind == "issue":
        return _suggestion(world, part.record, [part])
    return _is_open(world, part.ref) or any(_is_open(world, each.ref) for each in part.record.parts if each.id.startswith(f"{part.id}."))


def _is_open(world: World, ref: str) -> bool:
    """Whether an action or a finding waits for something."""
    thing = world.register.find(ref)
    known = thing.ref if thing else ref
    action, finding = world.facts.actions.get(known), world.facts.findings.get(known)
    return (action is not None and _action(action)) or (finding is not None and _finding(finding))


def _action(action: ActionFacts) -> bool:
    asked = (*action.postponements, *(each for milestone in action.milestones for each in milestone.postponements))
    return not action.told and (action.state not in _CONFIRMED or any(each.result == "pending" for each in asked))


def _finding(finding: FindingFacts) -> bool:
    return (not finding.told and finding.state not in _SETTLED) or any(_action(each) for each in finding.actions)


def _is_draft(world: World, record: Record) -> bool:
    """Whether a record that is to be sealed is not yet: the first of its seals, or a later one that brings it into force, is still to come."""
    kind = world.kind(record.kind)
    if record.told or "held_elsewhere" in record.data or not kind or not kind.seals:
        return False
    return not any(seal in record.data for seal in kind.seals)


def _lacks(seal: str) -> Callable[[World, Record], bool]:
    """Wait for a seal."""
    return lambda _, record: not record.told and "held_elsewhere" not in record.data and seal not in record.data


def _has_open_parts(world: World, record: Record) -> bool:
    return any(_is_open(world, part.ref) for part in record.parts)


def _plan(world: World, plan: Record) -> bool:
    return _lacks("approved")(world, plan) or _has_open_parts(world, plan)


def _conclusion(world: World, record: Record) -> bool:
    """A review or an inspection waits until it is concluded, all that it found is settled, and everybody who has to act on it has a plan and has reported."""
    if _lacks("concluded")(world, record) or _has_open_parts(world, record):
        return True
    if record.get("channel") in answered.PETITIONS and not record.told and not answered.settling(world.register, record, world.judgement.family):
        return True
    return any(each.wants_plan or each.wants_report for each in of_conclusion(world, record)) or _is_shown_open(world, record)


def _is_shown_open(world: World, record: Record) -> bool:
    """Whether an action that a review shows without being its own is open: of the plan that was made for it."""
    plans = {each.id: each for each, link in world.register.sources_of(record.id, "plan") if link.path[0] == "of"}
    return any(_is_open(world, part.ref) for plan in plans.values() for part in plan.parts_of("action"))


def _suggestion(world: World, record: Record, issues: list[Part] | None = None) -> bool:
    """A superior's suggestion waits until each step of its thread is taken and what was decided is confirmed; what others say, until it is answered."""
    thread = story(world, record, issues)
    if any(_is_open(world, each.ref) for each in thread.measures):
        return True
    if record.told:
        return False
    if purpose(record) == SUGGESTION:
        return any(not step.events for step in thread.steps)
    return _is_draft(world, record) or not answered.settling(world.register, record, world.judgement.family)


def _cycle(world: World, record: Record) -> bool:
    """A cycle waits until it is closed; and after that, while anything on the sheet for its meeting is not settled."""
    return _lacks("closed")(world, record) or meeting.is_open(world, record)


def _organisation(world: World, record: Record) -> bool:
    """An organisation waits for the day on which it begins, and then has what it may write today; one that has ended waits for what it had begun."""
    facts = world.facts.organisations.get(record.organisation)
    is_running = facts is not None and facts.in_force and not record.told
    if is_running or ("from" in record.data and not has_begun(record.get("from"), world.facts.day)):
        return True
    return record.organisation in world.once("open_organisations", _with_open_matters)


def _with_open_matters(world: World) -> frozenset[str]:
    """Give the organisations that have something open: that it is about, in whose records it stands, or that answer for it on the day."""
    findings = [each for each in world.facts.findings.values() if _finding(each)]
    both: list[ActionFacts | FindingFacts] = [*(each for each in world.facts.actions.values() if _action(each)), *findings]
    return frozenset({each.about for each in findings} | {name for each in both for name in (each.organisation, each.part.record.organisation)})


def _asked(world: World, record: Record) -> bool:
    """What was asked waits for the answer that settles it; a correction of one's own record, and a reply, ask for nothing."""
    if record.told or (record.kind == "correction" and _asks_nobody(world, record)):
        return False
    return not answered.settling(world.register, record, world.judgement.family)


def _asks_nobody(world: World, record: Record) -> bool:
    thing = world.register.find(str(record.get("of") or ""))
    whose = thing.record.organisation if isinstance(thing, Part) else thing.organisation if thing else ""
    return record.get("nature") != "correction" or whose == record.organisation


def _handover(world: World, record: Record) -> bool:
    return any(_is_open(world, str(ref)) for ref in record.get("open") or ())


def _waiver(world: World, record: Record) -> bool:
    """A waiver waits for the day on which it ends."""
    return not is_past(record.get("until"), world.facts.day)


_KINDS: Final[Mapping[str, Callable[[World, Record], bool]]] = {
    "classification": _lacks("decided"),
    "correction": _asked,
    "cycle": _cycle,
    "feedback": _lacks("compiled"),
    "handover": _handover,
    "inspection": _conclusion,
    "organisation": _organisation,
    "plan": _plan,
    "postponement": _asked,
    "review": _conclusion,
    "suggestion": _suggestion,
    "waiver": _waiver,
}
"""What a record of a kind waits for. One of another kind waits for nothing once it is sealed."""
