"""The answers that progress gives for one day: typed and frozen, so that rules and pages read them and nobody changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tusoi.dates import Span
from tusoi.record import Part, Record


class ActionState(StrEnum):
    """How far an action is, computed from claims and verifications. `late`, `overdue`, `stale` and `blocked` stand beside it, never instead."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    """The owner says so; nobody has confirmed it."""
    VERIFIED = "verified"
    EFFECTIVE = "effective"
    STOPPED = "stopped"


class FindingState(StrEnum):
    """How far a finding is."""

    RESOLVED = "resolved"
    CLAIMED = "claimed"
    """The organisation says that it is mended; nobody has confirmed it."""
    IN_PROGRESS = "in_progress"
    UNRESOLVED = "unresolved"
    NO_ACTION = "no_action"
    NOT_KNOWN = "not_known"
    """Nobody has said anything: never counted as unresolved."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """A request to move a due date, and what came of it."""

    record: Record
    asked: date
    to: date
    result: str
    """`pending`, `agreed` or `refused`."""
    answer: Record | None
    previous: Span | None
    """What had been agreed before."""
    days: int | None
    """By how many days it would move what had been agreed."""
    after_due: bool
    """Whether it was asked when the date had already passed."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the owner said of one action on one day."""

    record: Record
    entry: Mapping[str, Any]
    when: Span | None
    """None where a source tells it without a date."""


@dataclass(frozen=True, slots=True)
class Check:
    """What a verifier found about one action or finding on one day."""

    record: Record
    entry: Mapping[str, Any]
    when: Span | None
    """None where a source tells it without a date."""
    check: str
    """`completion`, `effectiveness` or `carry_over`."""
    result: str
    """`confirmed`, `partly` or `rejected`."""


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """One step on the way of an action."""

    part: Part
    first_due: Span | None
    due: Span | None
    """The last agreed date."""
    reached: Report | None
    overdue_days: int
    postponements: tuple[Postponed, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action on the day."""

    part: Part
    organisation: str
    """Where it counts: the organisation that owns the plan, or the one that took it over."""
    state: ActionState
    draft: bool
    """The plan is not approved on the day. False where a source tells it: that is not stated."""
    told: bool
    first_due: Span | None
    due: Span | None
    """The last agreed date; the first promise where nothing was agreed."""
    late: bool | None
    """Not kept by the first promise. None where it cannot be told."""
    late_days: int
    """Days between the first promise and completion, or the day where it is not complete; 0 where not late."""
    overdue_days: int
    """Days since the last agreed date, where the action is neither verified, claimed complete nor stopped; else 0."""
    due_in_days: int | None
    """Days until the last agreed date; None where there is none, or where it has passed, or where the action is done or stopped."""
    stale_days: int
    """Days since a report was due by the plan's rhythm and grace; 0 where none is missing."""
    blocked: str
    """The obstacle that the last report names; empty where there is none."""
    reports: tuple[Report, ...] = ()
    checks: tuple[Check, ...] = ()
    postponements: tuple[Postponed, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    claimed: Report | None = None
    """The report that claims completion, where it stands: the first since work was last taken up."""
    replaced_by: str = ""
    """The reference of the action that takes its place, where it was stopped for one."""
    is_blocked: bool = False
    """The last report says that something stands in the way, whether or not it says what."""
    individual: bool = False
    """Of the review of one post: never counted."""
    withdrawn: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is in the totals: of an approved plan that stands, and the organisation's own."""
        return not (self.draft or self.told or self.individual or self.withdrawn)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done: neither claimed complete, nor confirmed, nor stopped."""
        return self.state in (ActionState.PLANNED, ActionState.IN_PROGRESS)

    @property
    def done(self) -> bool:
        """Confirmed by somebody else."""
        return self.state in (ActionState.VERIFIED, ActionState.EFFECTIVE)


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What a later review says of a finding, beside what the checker found."""

    record: Record
    """The review that answers."""
    entry: Mapping[str, Any]
    when: Span | None
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """One finding on the day."""

    part: Part
    organisation: str
    """Where it counts: the organisation it is about, or the one that took it over."""
    about: str
    """The organisation it was written about."""
    state: FindingState
    draft: bool
    """The review or inspection is not concluded on the day. False where a source tells it: that is not stated."""
    told: bool
    done: int
    """Actions confirmed."""
    total: int
    """Actions that mend it, without those that were stopped."""
    obstacle: str
    reason: str
    """Why no action is needed, where none is."""
    actions: tuple[ActionFacts, ...] = ()
    checks: tuple[Check, ...] = ()
    carried: tuple[CarriedOver, ...] = ()
    confirmed: Check | None = None
    """The verification that resolved it."""
    recurred: tuple[str, ...] = ()
    """Later findings that say this one has come back."""
    concluded: Span | None = None
    """When it was concluded; None in a draft, and where a source tells it without a date."""
    individual: bool = False
    """Of the review of one post: never counted."""
    withdrawn: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is in the totals: concluded, standing, and the organisation's own."""
        return not (self.draft or self.told or self.individual or self.withdrawn)

    @property
    def percent(self) -> int | None:
        """Actions confirmed, in percent; None without actions."""
        return round(100 * self.done / self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Tally:
    """Distinct findings and actions by state. Tallies add up."""

    findings: Mapping[FindingState, int] = field(default_factory=dict)
    actions: Mapping[ActionState, int] = field(default_factory=dict)
    overdue: int = 0
    late: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add state by state."""
        return Tally(
            {state: self.findings.get(state, 0) + other.findings.get(state, 0) for state in FindingState},
            {state: self.actions.get(state, 0) + other.actions.get(state, 0) for state in ActionState},
            self.overdue + other.overdue,
            self.late + other.late,
        )

    @property
    def finding_total(self) -> int:
        """All findings."""
        return sum(self.findings.values())

    @property
    def action_total(self) -> int:
        """All actions."""
        return sum(self.actions.values())


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """One organisation on the day."""

    record: Record
    in_force: bool
    """It exists on the day."""
    parents: tuple[str, ...]
    """The bodies above it on the day."""
    children: tuple[str, ...]
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    own: Tally
    whole: Tally
    """With everything below it on the day."""


@dataclass(frozen=True, slots=True)
class CarryRow:
    """One organisation's earlier findings, as a cycle asks for them: what it answered and what the checker confirmed. The columns add up to the total."""

    cycle: str
    organisation: str
    review: Record | None
    findings: tuple[FindingFacts, ...]
    resolved: int
    """Says resolved, and confirmed."""
    claimed: int
    """Says resolved, waiting for confirmation."""
    in_progress: int
    unresolved: int
    unanswered: int

    @property
    def total(self) -> int:
        """All earlier findings that had to be answered."""
        return len(self.findings)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is computed for one day."""

    day: date
    actions: Mapping[str, ActionFacts]
    """By the action's reference; those of drafts, of told and of withdrawn records are here too, and counted nowhere."""
    findings: Mapping[str, FindingFacts]
    organisations: Mapping[str, OrganisationFacts]
    whole: Tally
    carry: tuple[CarryRow, ...]
    """By cycle, then organisation, each by id."""

    def counted_actions(self) -> list[ActionFacts]:
        """Give the actions that count: of approved plans that stand, and the organisations' own."""
        return [each for each in self.actions.values() if each.counts]

    def counted_findings(self) -> list[FindingFacts]:
        """Give the findings that count: concluded by an organisation about itself, or by who inspected it."""
        return [each for each in self.findings.values() if each.counts]
