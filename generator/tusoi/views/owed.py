"""What is owed after a conclusion: each organisation that has to act on it owes a plan, and later a report of what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from tusoi.dates import Span, span
from tusoi.evidence import is_individual
from tusoi.facts import ActionFacts, FindingFacts, FindingState
from tusoi.lineage import Lineage
from tusoi.plan_dues import is_seen_to, plan_due
from tusoi.record import Record
from tusoi.views.world import World

_SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
_DONE: Final = (*_SETTLED, FindingState.CLAIMED)
_BEFORE: Final = timedelta(days=30)
"""A report of progress so many days before the report is due is that report."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One organisation that has to act on one conclusion."""

    organisation: str
    """Who answers for it on the day."""
    base: Record
    named: tuple[str, ...]
    """The organisations that the conclusion names, where those are not the one that answers today."""
    plans: tuple[Record, ...]
    """Its own for this conclusion: approved, or held elsewhere."""
    drafts: tuple[Record, ...]
    shared: tuple[Record, ...]
    """Plans of others in which it owns an action for what was concluded."""
    is_settled: bool
    """Nothing of what concerns it is left to be planned."""
    plan_due: Span | None
    report_due: Span | None
    reports: tuple[Record, ...]
    """Reports of progress on its plans, in time."""
    is_done: bool
    """All that concerns it is said to be mended, or needs no action."""

    @property
    def wants_plan(self) -> bool:
        """Whether a plan is still to come."""
        return not (self.plans or self.shared or self.is_settled)

    @property
    def wants_report(self) -> bool:
        """Whether the report is still to come: nobody has reported about the day on which it is due, and not all is done."""
        if self.report_due is None or self.is_done:
            return False
        first = self.report_due.first - _BEFORE
        return not any(when and when.last >= first for when in (span(each.get("date")) for each in self.reports))


def owed(world: World) -> tuple[Owed, ...]:
    """Give everybody who has to act on a conclusion that found something: of an inspection each addressee, of a review the reviewed."""
    return world.once("owed", _gathered)


def _gathered(world: World) -> tuple[Owed, ...]:
    return tuple(each for base in world.register.of_kind("review", "inspection") for each in of_conclusion(world, base))


def of_conclusion(world: World, base: Record) -> tuple[Owed, ...]:
    """Give those who have to act on one conclusion; nobody where it is told, held elsewhere, not concluded, of one post, or found nothing."""
    if base.told or "concluded" not in base.data or "held_elsewhere" in base.data or not base.parts_of("finding") or is_individual(base):
        return ()
    family = world.judgement.family
    named = (base.get("concluded", "addressees") or base.get("about") or ()) if base.kind == "inspection" else (base.organisation,)
    homes: dict[str, list[str]] = {}
    for each in named:
        homes.setdefault(home(world, family, str(each)), []).append(family.id(str(each)))
    return tuple(_owed(world, family, base, each, tuple(ref for ref in homes[each] if ref != each)) for each in homes)


def home(world: World, family: Lineage, organisation: str) -> str:
    """Say who answers for an organisation on the day: itself, or who took it over, however often."""
    return family.home(family.id(organisation.partition("/")[0]), world.facts.day)


def _owed(world: World, family: Lineage, base: Record, organisation: str, named: tuple[str, ...]) -> Owed:
    made = {plan.id: plan for plan, link in world.register.sources_of(base.id, "plan") if link.path[0] == "of" and not plan.told}
    own = [plan for plan in made.values() if home(world, family, plan.organisation) == organisation]
    plans = tuple(plan for plan in own if "approved" in plan.data or "held_elsewhere" in plan.data)
    findings = _concerning(world, family, base, organisation)
    acting = [action for each in findings for action in each.actions if action.counts and _is_by(world, family, action, organisation)]
    shared = {action.part.record.id: action.part.record for action in acting if action.part.record not in plans}
    answered = {**{plan.id: plan for plan in plans}, **shared}
    reports = {each.id: each for plan in answered for each, link in world.register.sources_of(plan, "progress") if link.path[0] == "of"}
    return Owed(
        organisation=organisation,
        base=base,
        named=named,
        plans=plans,
        drafts=tuple(plan for plan in own if plan not in plans),
        shared=tuple(shared.values()),
        is_settled=_is_settled(world, base, findings),
        plan_due=plan_due(base, world.register, world.profile),
        report_due=span(base.get("concluded", "report_due")),
        reports=tuple(sorted(reports.values(), key=lambda each: (str(each.get("date") or ""), each.id))),
        is_done=all(each.state in _DONE for each in findings),
    )


def _concerning(world: World, family: Lineage, base: Record, organisation: str) -> list[FindingFacts]:
    """Give the findings that an organisation has to mend: those about it and those for which it answers; where none names it, all."""
    every = [world.facts.findings[part.ref] for part in base.parts_of("finding")]
    own = [each for each in every if organisation == each.organisation or organisation in _responsible(world, family, each)]
    return own or every


def _responsible(world: World, family: Lineage, finding: FindingFacts) -> set[str]:
    return {home(world, family, str(each["who"])) for each in finding.part.data.get("responsible", ()) if "who" in each}


def _is_by(world: World, family: Lineage, action: ActionFacts, organisation: str) -> bool:
    """Whether an action is in a plan of the organisation, or in its hands."""
    return organisation in {home(world, family, str(ref)) for ref in (action.part.record.organisation, action.part.data.get("owner", "")) if ref}


def _is_settled(world: World, base: Record, findings: list[FindingFacts]) -> bool:
    """Whether nothing is left to be planned. What another organisation does settles nothing for one that a conclusion is addressed to."""
    if base.kind == "review":
        return all(is_seen_to(each.part, world.register, world.facts) for each in findings)
    return all(each.state in _SETTLED for each in findings)
