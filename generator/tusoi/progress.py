"""Progress for a day: every state computed from what was claimed and confirmed, and totals that add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from tusoi import action_progress, carry_over, evidence, finding_progress, lineage, tallies
from tusoi.facts import Corrections, Facts
from tusoi.record import Part, Register

__all__ = ["Facts", "measure"]


def measure(register: Register, day: date, corrected: Corrections = MappingProxyType({})) -> Facts:
    """Judge a register as it was on the day (`asof.at`): each action, each finding, each organisation, and all of them together.

    `corrected` are the values of the register that are not what their records say (`corrections.apply`).
    """
    family = lineage.of(register)
    heard = evidence.gather(register, family)
    actions = {part.ref: action_progress.measure(part, heard, register, family, day) for part in _parts(register, "action")}
    findings = {part.ref: finding_progress.measure(part, heard, actions, family, day) for part in _parts(register, "finding")}
    return Facts(
        day=day,
        actions=MappingProxyType(actions),
        findings=MappingProxyType(findings),
        organisations=MappingProxyType(tallies.organisations(findings, actions, family, day)),
        whole=tallies.tally(findings.values(), actions.values()),
        carry=carry_over.rows(findings, register, family, day),
        corrections=corrected,
    )


def _parts(register: Register, kind: str) -> Iterator[Part]:
    """Give the parts of a kind, those of withdrawn records too: their pages stay."""
    return (part for record in register.records.values() for part in record.parts if part.kind == kind)
