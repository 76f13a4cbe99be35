"""Totals: each finding and each action once, at the organisation where it counts; a parent is the sum over distinct organisations below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from tusoi.facts import ActionFacts, ActionState, FindingFacts, FindingState, OrganisationFacts, Tally
from tusoi.lineage import Lineage


@dataclass(slots=True)
class _Count:
    """A tally that is still being counted."""

    findings: Counter[FindingState] = field(default_factory=Counter)
    actions: Counter[ActionState] = field(default_factory=Counter)
    overdue: int = 0
    late: int = 0

    def add(self, other: _Count) -> None:
        """Add another count to this one."""
        self.findings.update(other.findings)
        self.actions.update(other.actions)
        self.overdue += other.overdue
        self.late += other.late

    def tally(self) -> Tally:
        """Give what was counted, every state with its number."""
        findings = {state: self.findings[state] for state in FindingState}
        actions = {state: self.actions[state] for state in ActionState}
        return Tally(MappingProxyType(findings), MappingProxyType(actions), self.overdue, self.late)


def tally(findings: Iterable[FindingFacts], actions: Iterable[ActionFacts]) -> Tally:
    """Count findings and actions by state, and the actions that are late and overdue; those that do not count are left out."""
    return _counted(findings, actions).tally()


def organisations(findings: Mapping[str, FindingFacts], actions: Mapping[str, ActionFacts], lineage: Lineage, day: date) -> dict[str, OrganisationFacts]:
    """Judge every organisation, in the order of the ids."""
    own = _by_organisation(findings.values(), actions.values())
    above = {each: lineage.parents(each, day) for each in lineage.records}
    below: dict[str, list[str]] = {}
    for each, parents in above.items():
        for parent in parents:
            below.setdefault(parent, []).append(each)
    whole: dict[str, _Count] = {each: _Count() for each in lineage.records}
    for each, count in own.items():
        for reached in _upwards(each, above):
            if reached in whole:
                whole[reached].add(count)
    before: dict[str, list[str]] = {}
    after = {each: lineage.successors(each, day) for each in lineage.records}
    for each, successors in after.items():
        for successor in successors:
            before.setdefault(successor, []).append(each)
    return {
        each: OrganisationFacts(
            record=record,
            in_force=lineage.is_in_force(each, day),
            parents=above[each],
            children=tuple(sorted(below.get(each, ()))),
            predecessors=tuple(sorted(before.get(each, ()))),
            successors=after[each],
            own=own.get(each, _Count()).tally(),
            whole=whole[each].tally(),
        )
        for each, record in sorted(lineage.records.items())
    }


def _counted(findings: Iterable[FindingFacts], actions: Iterable[ActionFacts]) -> _Count:
    count = _Count()
    for finding in findings:
        if finding.counts:
            count.findings[finding.state] += 1
    for action in actions:
        if action.counts:
            count.actions[action.state] += 1
            count.overdue += action.overdue_days > 0
            count.late += action.late is True
    return count


def _by_organisation(findings: Iterable[FindingFacts], actions: Iterable[ActionFacts]) -> dict[str, _Count]:
    sorted_findings: dict[str, list[FindingFacts]] = {}
    sorted_actions: dict[str, list[ActionFacts]] = {}
    for finding in findings:
        sorted_findings.setdefault(finding.organisation, []).append(finding)
    for action in actions:
        sorted_actions.setdefault(action.organisation, []).append(action)
    return {each: _counted(sorted_findings.get(each, ()), sorted_actions.get(each, ())) for each in sorted({*sorted_findings, *sorted_actions})}


def _upwards(organisation: str, above: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give an organisation and all above it, each once, however many ways lead there."""
    found = {organisation}
    waiting = [organisation]
    while waiting:
        fresh = set(above.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found
