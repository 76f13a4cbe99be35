"""How far an action is on a day: claims and checks in the order of time, beside them what is late, overdue, stale or blocked."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tusoi.dates import Span, span
from tusoi.evidence import Evidence, concerns_one_post, first_day, inside
from tusoi.facts import ActionFacts, ActionState, Check, MilestoneFacts, Report
from tusoi.kinds import profile_of
from tusoi.lineage import Lineage
from tusoi.promises import days_past, is_late, promises
from tusoi.record import Part, Record, Register

_MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "half_yearly": 6}
_CONFIRMED = (ActionState.VERIFIED, ActionState.EFFECTIVE)
_OPEN = (ActionState.PLANNED, ActionState.IN_PROGRESS)


@dataclass(slots=True)
class _Walk:
    """An action on its way: what has become of it so far."""

    state: ActionState = ActionState.PLANNED
    begun: bool = False
    """Work has been reported or seen."""
    claimed: Report | None = None
    ended: Span | None = None
    """When it was completed or stopped, as far as that stands."""

    def hear(self, report: Report) -> None:
        """Take up what the owner says. What somebody else has confirmed, the owner's word does not change."""
        if self.state in _CONFIRMED:
            return
        said, reached = report.entry.get("state"), bool(report.entry.get("reached"))
        if said == "completed":
            if self.state is not ActionState.COMPLETED:
                self._to(ActionState.COMPLETED, report.when, report)
            return
        if said == "stopped":
            if self.state is not ActionState.STOPPED:
                self._to(ActionState.STOPPED, report.when)
            return
        if said in ("started", "blocked") or (reached and self.state is ActionState.STOPPED):
            self.begun = self.begun or said == "started" or reached
            self._to(ActionState.IN_PROGRESS if self.begun else ActionState.PLANNED)
            return
        if self.state is ActionState.PLANNED and (reached or "obstacle" not in report.entry):
            self._to(ActionState.IN_PROGRESS)

    def see(self, check: Check) -> None:
        """Take up what a verifier found."""
        is_effect = check.check == "effectiveness"
        if check.result == "confirmed":
            self._confirm(check, ActionState.EFFECTIVE if is_effect else ActionState.VERIFIED)
        elif check.result == "partly" and is_effect and self.state in (*_CONFIRMED, ActionState.COMPLETED):
            self.state = ActionState.VERIFIED if self.state in _CONFIRMED else self.state
        elif self.state is ActionState.STOPPED or (check.result == "rejected" and self.state is ActionState.PLANNED):
            return
        else:
            self._to(ActionState.IN_PROGRESS)

    def _confirm(self, check: Check, state: ActionState) -> None:
        if self.state is ActionState.STOPPED or self.ended is None:
            self.ended = check.when
        if self.state is not ActionState.EFFECTIVE:
            self.state = state
        self.begun = True

    def _to(self, state: ActionState, ended: Span | None = None, claimed: Report | None = None) -> None:
        self.state, self.ended, self.claimed = state, ended, claimed
        self.begun = self.begun or state in (ActionState.IN_PROGRESS, ActionState.COMPLETED)


def measure(action: Part, evidence: Evidence, register: Register, lineage: Lineage, day: date) -> ActionFacts:
    """Judge one action."""
    plan = action.record
    reports, checks = tuple(evidence.reports.get(action.ref, ())), tuple(evidence.checks.get(action.ref, ()))
    walk = _walked(reports, checks)
    draft = "approved" not in plan.data and not plan.told
    promised = not draft and not plan.told
    recurs = action.data.get("kind") == "recurring"
    first_due = span(action.data.get("until" if recurs else "due"))
    postponements, due = promises(action.ref, first_due, evidence)
    if recurs and not first_due:
        due = None
    is_open = walk.state in _OPEN
    overdue_days = days_past(due, day) if promised and is_open else 0
    late, late_days = _lateness(walk, first_due, day, is_told=plan.told)
    if recurs or draft:
        # A duty that recurs is late only where it has ended and nobody says so; a draft has promised nothing.
        late, late_days = overdue_days > 0, days_past(first_due, day) if overdue_days else 0
    report_due = _report_due(plan, evidence, day) if promised and is_open else None
    last = reports[-1].entry if reports and walk.state not in (ActionState.COMPLETED, *_CONFIRMED) else {}
    return ActionFacts(
        part=action,
        organisation=lineage.home(plan.organisation, day),
        state=walk.state,
        draft=draft,
        told=plan.told,
        first_due=None if recurs else first_due,
        due=None if recurs else due,
        late=late,
        late_days=late_days,
        overdue_days=overdue_days,
        due_in_days=(due.last - day).days if promised and is_open and not recurs and due and due.last >= day else None,
        stale_days=max(0, (day - report_due).days - grace_days(register)) if report_due else 0,
        blocked=_obstacle(last),
        reports=reports,
        checks=checks,
        postponements=postponements,
        milestones=tuple(
            _milestone(part, reports, evidence, day, is_running=promised and is_open)
            for part in plan.parts_of("milestone")
            if part.id.startswith(f"{action.id}.")
        ),
        claimed=walk.claimed,
        replaced_by=_replacement(reports, register) if walk.state is ActionState.STOPPED else "",
        is_blocked=is_open and (last.get("state") == "blocked" or "obstacle" in last),
        individual=concerns_one_post(plan, register),
        withdrawn=plan.withdrawn,
        ended=walk.ended,
        report_due=report_due,
    )


def _walked(reports: tuple[Report, ...], checks: tuple[Check, ...]) -> _Walk:
    """Go through claims and checks in the order of time; of one day, the claims come first: a check answers them."""
    walk = _Walk()
    events: list[Report | Check] = [*reports, *checks]
    for event in sorted(events, key=lambda each: (first_day(each.when), isinstance(each, Check))):
        if isinstance(event, Check):
            walk.see(event)
        else:
            walk.hear(event)
    return walk


def was_done_by(action: ActionFacts, day: date) -> bool:
    """Whether an action had been confirmed, or was stopped, by a day: whatever was found later made nothing wrong of what was closed by then."""
    reports = tuple(each for each in action.reports if first_day(each.when) <= day)
    checks = tuple(each for each in action.checks if first_day(each.when) <= day)
    return _walked(reports, checks).state in (*_CONFIRMED, ActionState.STOPPED)


def _lateness(walk: _Walk, first_due: Span | None, day: date, *, is_told: bool) -> tuple[bool | None, int]:
    """Say whether the first promise was kept, and by how many days not. Of what a source tells, only what it says was completed can be late."""
    is_waiting = walk.state in _OPEN
    if walk.ended is None and (is_told or not is_waiting):
        return None, 0
    late = is_late(first_due, walk.ended, day)
    return late, days_past(first_due, walk.ended.first if walk.ended else day) if late else 0


def _report_due(plan: Record, evidence: Evidence, day: date) -> date | None:
    """Give the day on which the plan's next report is due. Uncertain dates count from their last day: nobody is blamed on a guess."""
    approved, reporting = span(plan.get("approved", "date")), plan.get("reporting")
    if reporting is None or approved is None or "ended" in plan.data:
        return None
    since = max(min(approved.last, day), min(evidence.last_report.get(plan.id, date.min), day))
    return _next_report(since, reporting)


def grace_days(register: Register) -> int:
    """Give the days after a report was due before it counts as missing: the project's, else the profile's."""
    said = register.project.get("cadences", "grace_days") if register.project else None
    return profile_of(register.kinds).days("grace_days") if said is None else int(said)


def _next_report(since: date, reporting: str) -> date:
    if reporting == "weekly":
        return since + timedelta(days=7)
    years, month = divmod(since.month - 1 + _MONTHS[reporting], 12)
    year = since.year + years
    return date(year, month + 1, min(since.day, calendar.monthrange(year, month + 1)[1]))


def _milestone(part: Part, reports: tuple[Report, ...], evidence: Evidence, day: date, *, is_running: bool) -> MilestoneFacts:
    first_due = span(part.data.get("due"))
    postponements, due = promises(part.ref, first_due, evidence)
    name = part.id.rpartition(".")[2]
    reached = next((report for report in reports if name in (report.entry.get("reached") or ())), None)
    return MilestoneFacts(part, first_due, due, reached, days_past(due, day) if is_running and not reached else 0, postponements)


def _obstacle(entry: Mapping[str, object]) -> str:
    return str(entry.get("obstacle") or (entry.get("text", "") if entry.get("state") == "blocked" else ""))


def _replacement(reports: tuple[Report, ...], register: Register) -> str:
    stop = next((report for report in reversed(reports) if "replaced_by" in report.entry), None)
    found = register.find(inside(stop.record, stop.entry["replaced_by"])) if stop else None
    return found.ref if isinstance(found, Part) else ""
