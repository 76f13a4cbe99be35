"""By when there has to be a plan – what the conclusion says, what the cycle says, or what the profile says for all – and which findings want one."""

from __future__ import annotations

from datetime import timedelta

from tusoi.dates import Span, is_before, span
from tusoi.facts import Facts, FindingState
from tusoi.profile import Profile
from tusoi.record import Part, Record, Register


def plan_due(base: Record, register: Register, profile: Profile) -> Span | None:
    """Give the day by which the plan of a concluded review or inspection is due; None where it is not concluded, or nobody knows when.

    A plan comes after its conclusion: a day that had passed by then binds nobody, and the days that the profile grants count from the conclusion.
    """
    concluded = span(base.get("concluded", "date"))
    if "concluded" not in base.data:
        return None
    stated = span(base.get("concluded", "plan_due")) or _step(register.find(str(base.get("cycle"))))
    is_behind = stated is not None and concluded is not None and is_before(concluded, stated) is False
    if concluded is None or (stated and not is_behind):
        return stated
    last = concluded.last + timedelta(days=profile.days("plan_due_days", concluded))
    return Span(last, last)


def _step(cycle: object) -> Span | None:
    """Give the day by which a cycle wants the plans."""
    steps = cycle.get("steps") or () if isinstance(cycle, Record) else ()
    return next((due for each in steps if each.get("step") == "plan" and (due := span(each.get("due")))), None)


def is_seen_to(finding: Part, register: Register, facts: Facts) -> bool:
    """Whether a finding is settled, or an approved plan acts on it or on the issue to which it responds."""
    known = facts.findings[finding.ref]
    if known.state in (FindingState.RESOLVED, FindingState.NO_ACTION) or any(each.counts for each in known.actions):
        return True
    return any(is_acted_on(str(issue), register) for issue in finding.data.get("answers", ()))


def is_acted_on(issue: str, register: Register) -> bool:
    """Whether an approved plan acts on an issue, or says why no action is needed."""
    found = register.find(issue)
    sources = register.sources_of(found.ref, "plan") if found else ()
    return any("approved" in plan.data and not plan.told and link.path[0] != "of" for plan, link in sources)
