"""What the calendar brings, besides what was promised: the next report of each plan, the report a year after a suggestion, the steps of the cycles that go on.

Only what is stated, or follows from what is stated. Who is exempt is not asked. Until a step is due, a public site says nothing of who has taken it: there it
stands for all that have to, as the day that is set for them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tusoi import labels, submissions
from tusoi.dates import Span, span, year_after
from tusoi.facts import ActionFacts, CarryColumn
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.submissions import Submission, Submitted
from tusoi.views import waived
from tusoi.views.followed import SUGGESTION, is_after_a_year, purpose
from tusoi.views.order import by_name
from tusoi.views.owed import home, owed
from tusoi.views.world import World

REPORT: Final = N_("Báo cáo tiến độ")
YEARLY: Final = N_("Báo cáo sau một năm")
STEP: Final = N_("Bước của kỳ kiểm điểm")
NATURES: Final = frozenset({REPORT, YEARLY, STEP})
"""What the calendar brings; all else was promised, or asked for by a conclusion."""
_OWN_STEPS: Final[Mapping[str, str]] = {
    "feedback": N_("Nộp tổng hợp góp ý – {cycle}"),
    "review": N_("Nộp báo cáo kiểm điểm – {cycle}"),
    "plan": N_("Ban hành kế hoạch khắc phục – {cycle}"),
    "carry_over": N_("Trả lời từng hạn chế kỳ trước – {cycle}"),
}
"""The steps that every organisation takes for itself."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that an organisation has to do by a day."""

    organisation: str
    ref: str
    """Where it is told: the plan, the suggestion, the cycle."""
    content: str
    nature: str
    due: Span
    is_common: bool = False
    """Whether the day is that of all organisations, and nothing is said of whether this one has done it."""

    @property
    def plan(self) -> str:
        """The plan, where it is one that is reported on."""
        return self.ref if self.nature == REPORT else ""


def coming(world: World, days: int) -> tuple[Coming, ...]:
    """Give what falls due within so many days; and reports whose day has come and whose days of grace have not yet passed."""
    found = (*_reports(world), *_yearly(world), *(each for cycle in _running(world) for each in _steps(world, cycle)))
    return tuple(each for each in found if (each.due.last - world.facts.day).days <= days)


def _reports(world: World) -> Iterator[Coming]:
    """Give the next report of each plan by its own rhythm, unless it is late: that is on another board."""
    plans: dict[str, list[ActionFacts]] = {}
    for action in world.facts.counted_actions():
        if action.report_due and not action.stale_days:
            plans.setdefault(action.part.record.id, []).append(action)
    for plan in sorted(plans):
        first = plans[plan][0]
        if first.report_due and not waived.in_force(world, "R21", plan, *(each.part.ref for each in plans[plan])):
            yield Coming(first.organisation, plan, _("Báo cáo tiến độ: {plan}", plan=world.titles.full(plan)), REPORT, _on(first.report_due))


def _yearly(world: World) -> Iterator[Coming]:
    """Give the reports that are due a year after suggestions, of those who have not made any."""
    family = world.judgement.family
    for each in world.register.of_kind("suggestion"):
        issued = span(each.get("issued", "date"))
        if each.told or not issued or purpose(each) != SUGGESTION or (due := year_after(issued.last)) < world.facts.day:
            continue
        reports = (report for report, __ in world.register.sources_of(each.id, "progress") if is_after_a_year(report, due))
        said = {home(world, family, report.organisation) for report in reports}
        for body in by_name(world, (home(world, family, str(ref)) for ref in each.get("to") or ())):
            if body not in said and not waived.in_force(world, "R22", each.id):
                yield Coming(body, each.id, _("Báo cáo sau một năm thực hiện: {suggestion}", suggestion=world.titles.full(each.id)), YEARLY, _on(due))


def _on(day: date) -> Span:
    return Span(day, day)


def _running(world: World) -> Iterator[Record]:
    """Give the cycles that were opened and not closed."""
    yield from (each for each in world.register.of_kind("cycle") if "opened" in each.data and "closed" not in each.data and not each.told)


def _steps(world: World, cycle: Record) -> Iterator[Coming]:
    """Give the steps of a cycle that lie ahead: its own ones for each organisation, the others for who was given them."""
    yield from (_own(world, each.cycle, each.organisation, each.step, each.due) for each in _submissions(world, cycle) if each.due)
    for step in cycle.get("steps") or ():
        due = span(step.get("due"))
        if not due or due.last < world.facts.day or step.get("step") in submissions.STEPS:
            continue
        if step.get("step") == "carry_over":
            yield from (_own(world, cycle, body, "carry_over", due) for body in _answering(world, cycle))
        elif not _is_decided(world, cycle, step):
            yield _given(world, cycle, step, due)


def _own(world: World, cycle: Record, organisation: str, step: str, due: Span) -> Coming:
    is_common = world.site.is_public and step != "plan"
    return Coming(organisation, cycle.id, _(_OWN_STEPS[step], cycle=world.titles.full(cycle.id)), STEP, due, is_common)


def _submissions(world: World, cycle: Record) -> Iterator[Submission]:
    """Give what has to be handed in and is not due yet. A plan for which a conclusion waits is due after that conclusion, and stands there."""
    waiting = {(each.organisation, str(each.base.get("cycle"))) for each in owed(world) if each.wants_plan}
    for each in submissions.of_cycle(world.register, cycle, world.facts.day):
        is_ahead = each.due is not None and each.due.last >= world.facts.day
        if not is_ahead or each.state in (Submitted.EXEMPT, Submitted.NOT_NEEDED):
            continue
        if each.step == "plan" and (each.organisation, cycle.id) in waiting:
            continue
        if each.state is Submitted.WAITING or (world.site.is_public and each.step != "plan"):
            yield each


def _answering(world: World, cycle: Record) -> Iterator[str]:
    """Give the organisations that have to answer for earlier findings: on the site of the members, those that have not answered them all."""
    for row in world.facts.carry:
        if row.cycle == cycle.id and row.total and (world.site.is_public or row.number(CarryColumn.UNANSWERED)):
            yield row.organisation


def _is_decided(world: World, cycle: Record, step: Mapping[str, Any]) -> bool:
    """Whether a record shows that a step of those above is over: whoever has it, or keeps the cycle, decided the ratings."""
    family = world.judgement.family
    whose = {home(world, family, str(each)) for each in (step.get("by") or cycle.organisation, cycle.organisation)}
    made = (each for each, link in world.register.sources_of(cycle.id, "classification") if link.path == ("cycle",))
    return step.get("step") == "classification" and any("decided" in each.data and home(world, family, each.organisation) in whose for each in made)


def _given(world: World, cycle: Record, step: Mapping[str, Any], due: Span) -> Coming:
    """Give a step of those above to who was given it, else to who keeps the cycle."""
    who = home(world, world.judgement.family, str(step.get("by") or cycle.organisation))
    kind = world.kind(cycle.kind)
    name = labels.word(kind.schema, "steps", "step", str(step.get("step"))) if kind else ""
    return Coming(who, cycle.id, _("{step} – {cycle}", step=name, cycle=world.titles.full(cycle.id)), STEP, due)
