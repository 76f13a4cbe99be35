"""How far a finding is on a day: what was confirmed, what was answered, what its actions came to, and whether anybody has said anything at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tusoi import concerned
from tusoi.dates import span
from tusoi.evidence import Evidence, first_day, is_individual
from tusoi.facts import ActionFacts, ActionState, CarriedOver, Check, FindingFacts, FindingState
from tusoi.lineage import Lineage
from tusoi.record import Part, Record

_MOVED = (ActionState.IN_PROGRESS, ActionState.COMPLETED, ActionState.VERIFIED, ActionState.EFFECTIVE)
_CLAIMED = (ActionState.COMPLETED, ActionState.VERIFIED, ActionState.EFFECTIVE)
_ANSWERS: Mapping[str, FindingState] = {
    "resolved": FindingState.CLAIMED,
    "in_progress": FindingState.IN_PROGRESS,
    "unresolved": FindingState.UNRESOLVED,
}


@dataclass(frozen=True, slots=True)
class _Said:
    """All that was said of one finding, in the order of time."""

    checks: tuple[Check, ...]
    carried: tuple[CarriedOver, ...]
    actions: tuple[ActionFacts, ...]
    """Those that were not stopped."""
    stopped: tuple[ActionFacts, ...]


def measure(finding: Part, evidence: Evidence, actions: Mapping[str, ActionFacts], lineage: Lineage, day: date) -> FindingFacts:
    """Judge one finding. `actions` are all actions of the register, judged. The check of an answer that nobody has given says nothing, or nothing yet."""
    record = finding.record
    given = evidence.carried.get(finding.ref, ())
    checks = tuple(each for each in evidence.checks.get(finding.ref, ()) if each.check != "carry_over" or answered(each, given))
    carried = _checked(given, checks)
    mending = tuple(actions[each.ref] for each in evidence.acting.get(finding.ref, ()))
    under_way = tuple(each for each in mending if each.state is not ActionState.STOPPED)
    said = _Said(checks, carried, under_way, tuple(each for each in mending if each.state is ActionState.STOPPED))
    confirmed = confirmation(checks, carried)
    reason = _reason(finding, evidence)
    state = FindingState.RESOLVED if confirmed else FindingState.NO_ACTION if reason is not None else _state(said)
    about = concerned.about(finding, lineage)
    return FindingFacts(
        part=finding,
        organisation=lineage.home(about, day),
        about=about,
        state=state,
        draft="concluded" not in record.data and not record.told,
        told=record.told,
        done=sum(each.done for each in under_way),
        total=len(under_way),
        obstacle=_obstacle(said) if state in (FindingState.IN_PROGRESS, FindingState.UNRESOLVED) else "",
        reason=(reason or "") if state is FindingState.NO_ACTION else "",
        actions=mending,
        checks=checks,
        carried=carried,
        confirmed=confirmed,
        recurred=tuple(each.ref for each in evidence.recurring.get(finding.ref, ()) if _is_known(each.record)),
        concluded=span(record.get("concluded", "date")),
        individual=is_individual(record),
        withdrawn=record.withdrawn,
    )


def confirmation(checks: Sequence[Check], carried: Sequence[CarriedOver], before: date | None = None) -> Check | None:
    """Give the verification by which a finding is resolved; None where there is none, or where a later one no longer confirms it.

    `before` leaves out what was found on that day or later. Whoever checks an answer confirms what it says: where that is `in_progress`, it is not resolved.
    """
    standing: Check | None = None
    for check in checks:
        if before and first_day(check.when) >= before:
            break
        if check.result == "partly" and check.check == "effectiveness":
            continue
        is_resolved = check.result == "confirmed" and _is_about_resolved(check, carried)
        standing = (standing or check) if is_resolved else None
    return standing


def _checked(carried: Sequence[CarriedOver], checks: Sequence[Check]) -> tuple[CarriedOver, ...]:
    """Put beside each answer the last check of it."""
    found: dict[str, Check] = {}
    for check in checks:
        if check.check == "carry_over" and (answer := answered(check, carried)) and not is_of_another(check, carried):
            found[answer.record.id] = check
    return tuple(replace(each, check=found.get(each.record.id)) for each in carried)


def is_of_another(check: Check, carried: Sequence[CarriedOver]) -> bool:
    """Whether a check says that it is about another answer than the one that stands: then it says nothing of this one."""
    answer = answered(check, carried) if check.check == "carry_over" else None
    return answer is not None and check.entry.get("answer", answer.entry.get("answer")) != answer.entry.get("answer")


def _is_about_resolved(check: Check, carried: Sequence[CarriedOver]) -> bool:
    """Whether nothing that a check looked at says anything but `resolved`: neither the answer that stands, nor the one that the check says it saw."""
    if check.check != "carry_over":
        return True
    answer = answered(check, carried)
    return answer is not None and {answer.entry.get("answer"), *_stated(check)} == {"resolved"}


def answered(check: Check, carried: Sequence[CarriedOver]) -> CarriedOver | None:
    """Give the answer that a check is about: the last one given by then; where the check saw another, the next one, if that says so and came sooner after.

    Whoever checks shortly before a review is handed in looks at what the review is going to say.
    """
    given = [each for each in carried if first_day(each.when) <= first_day(check.when)]
    last, ahead = given[-1:], carried[len(given) : len(given) + 1]
    seen = _stated(check)
    is_ahead = bool(seen) and any(each.entry.get("answer") in seen for each in ahead) and not any(each.entry.get("answer") in seen for each in last)
    if is_ahead and (not last or first_day(ahead[0].when) - first_day(check.when) < first_day(check.when) - first_day(last[0].when)):
        return ahead[0]
    return last[0] if last else None


def _stated(check: Check) -> list[str]:
    """Give the answer that a check says it saw; empty where it does not say it."""
    return [str(check.entry["answer"])] if "answer" in check.entry else []


def seen_by(finding: FindingFacts, day: date) -> FindingFacts:
    """Give a finding as it had been checked by a day: whatever was found later made nothing wrong of what was decided by then."""
    checks = tuple(each for each in finding.checks if first_day(each.when) <= day)
    carried = _checked([replace(each, check=None) for each in finding.carried], checks)
    return replace(finding, checks=checks, carried=carried, confirmed=confirmation(checks, carried))


def _reason(finding: Part, evidence: Evidence) -> str | None:
    """Say why no action is needed; None where nobody says so, or where the plan that says so, or a later one, acts on it all the same."""
    excused = evidence.excused.get(finding.ref, ())
    if not excused:
        return None
    plan, entry = max(excused, key=lambda each: (_approved(each[0]), each[0].id))
    acting = {action.record.id: action.record for action in evidence.acting.get(finding.ref, ())}
    is_acted_on = plan.id in acting or any(_approved(each) > _approved(plan) for each in acting.values())
    return None if is_acted_on else str(entry.get("reason", ""))


def _approved(plan: Record) -> date:
    return first_day(span(plan.get("approved", "date")))


def _state(said: _Said) -> FindingState:
    """Judge a finding that nobody has confirmed and no plan excuses: the newest that was said of it counts."""
    refused = max((first_day(each.when) for each in said.checks if each.result in ("rejected", "partly")), default=None)
    answer = said.carried[-1] if said.carried else None
    moved = _newest(said)
    if answer and (moved is None or first_day(answer.when) >= moved):
        state = _ANSWERS.get(str(answer.entry.get("answer")), FindingState.NOT_KNOWN)
        is_refused = state is FindingState.CLAIMED and refused is not None and refused >= first_day(answer.when)
        if _stands(answer) and not is_refused:
            return state
    return _without_answer(said, refused if refused is None or moved is None or refused >= moved else None)


def _without_answer(said: _Said, refused: date | None) -> FindingState:
    """Judge where the last answer was refused, or is older than what the actions came to, or was never given."""
    acted = _acted(said, refused)
    if acted in (FindingState.CLAIMED, FindingState.IN_PROGRESS):
        return acted
    earlier = [str(each.entry.get("answer")) for each in said.carried if _stands(each)]
    last_check = said.checks[-1].result if said.checks else ""
    if last_check == "partly" or (earlier and earlier[-1] == "in_progress"):
        return FindingState.IN_PROGRESS
    return FindingState.UNRESOLVED if acted or earlier or last_check else FindingState.NOT_KNOWN


def _acted(said: _Said, refused: date | None) -> FindingState | None:
    """Judge by the actions; None where nobody has said anything of them: a plan alone tells neither that a finding is mended nor that it is not.

    Where the finding itself was refused after the last of them was reported, their claims do not stand.
    """
    if said.actions and refused is None and all(each.state in _CLAIMED for each in said.actions):
        return FindingState.CLAIMED
    if any(each.state in _MOVED for each in said.actions):
        return FindingState.IN_PROGRESS
    return FindingState.UNRESOLVED if any(each.reports or each.checks for each in (*said.actions, *said.stopped)) else None


def _newest(said: _Said) -> date | None:
    """Give the day of the last report or check of the finding's actions."""
    acted = (*said.actions, *said.stopped)
    reported = [first_day(each.when) for action in acted for each in action.reports]
    checked = [first_day(each.when) for action in acted for each in action.checks]
    return max([*reported, *checked], default=None)


def _stands(answer: CarriedOver) -> bool:
    """Whether an answer stands: nobody who checked it refused it. That something is unresolved no check makes better."""
    if answer.check is None or answer.entry.get("answer") == "unresolved":
        return True
    return answer.check.result == "confirmed" or (answer.check.result == "partly" and answer.entry.get("answer") == "in_progress")


def _obstacle(said: _Said) -> str:
    """Give the obstacle that was named last."""
    named = [(first_day(each.when), str(each.entry["obstacle"])) for each in said.carried[-1:] if "obstacle" in each.entry]
    named += [(first_day(action.reports[-1].when), action.blocked) for action in (*said.actions, *said.stopped) if action.blocked]
    return max(named, default=(date.min, ""))[1]


def _is_known(record: Record) -> bool:
    return record.told or ("concluded" in record.data and not is_individual(record))
