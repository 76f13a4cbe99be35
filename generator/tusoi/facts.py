"""The answers that progress gives for one day: typed and frozen, so that rules and pages read them and nobody changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from tusoi.dates import Span
from tusoi.problem import Path
from tusoi.record import Part, Record, Value
from tusoi.standings import ActionStanding


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
    then: Span | None = None
    """What had been agreed on the day when it was asked."""


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
    ended: Span | None = None
    """When it was completed or stopped, as far as that stands."""
    report_due: date | None = None
    """The day on which the next report is due by the plan's rhythm, grace not included; None where none is asked for."""

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

    @property
    def standing(self) -> ActionStanding:
        """Where it is counted among promises."""
        if not self.is_open:
            return ActionStanding.DONE if self.done else _CLOSED[self.state]
        if self.overdue_days:
            return ActionStanding.OVERDUE
        if self.state is ActionState.IN_PROGRESS:
            return ActionStanding.MOVING
        if self.is_blocked:
            return ActionStanding.BLOCKED
        return ActionStanding.SILENT if self.stale_days else ActionStanding.PLANNED


_CLOSED: Final = {ActionState.COMPLETED: ActionStanding.CLAIMED, ActionState.STOPPED: ActionStanding.STOPPED}


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


class CarryColumn(StrEnum):
    """Where an earlier finding stands in the tally of a cycle: what was answered, and whether a checker confirmed it."""

    RESOLVED = "resolved"
    """Says resolved, and confirmed."""
    CLAIMED = "claimed"
    """Says resolved, waiting for confirmation."""
    IN_PROGRESS = "in_progress"
    UNRESOLVED = "unresolved"
    UNANSWERED = "unanswered"
    HELD = "held"
    """The review that answers is held elsewhere: nobody here can say what it answers, nor that nothing was answered."""


@dataclass(frozen=True, slots=True)
class CarryLine:
    """One earlier finding as a cycle asks for it: what the organisation answered beside what the checker found."""

    finding: FindingFacts
    column: CarryColumn
    answer: CarriedOver | None = None
    check: Check | None = None
    """What was found about the answer; None where nobody has checked it."""


@dataclass(frozen=True, slots=True)
class CarryRow:
    """One organisation's earlier findings, as a cycle asks for them. Each is in one column, so that the columns add up to the total."""

    cycle: str
    organisation: str
    review: Record | None
    """The review that answers: the organisation's own, else that of one that it took over; one held elsewhere where there is no other."""
    lines: tuple[CarryLine, ...]

    @property
    def findings(self) -> tuple[FindingFacts, ...]:
        """All earlier findings that had to be answered."""
        return tuple(each.finding for each in self.lines)

    @property
    def total(self) -> int:
        """How many they are."""
        return len(self.lines)

    def number(self, column: CarryColumn) -> int:
        """How many are in a column."""
        return sum(each.column is column for each in self.lines)

    @property
    def is_held(self) -> bool:
        """Whether the review is held elsewhere, and neither handed in nor concluded here."""
        return self.review is not None and "held_elsewhere" in self.review.data and not {"submitted", "concluded"} & self.review.data.keys()

    @property
    def is_complete(self) -> bool:
        """Whether the organisation may be rated: its review is concluded, or held elsewhere, and nothing is without an answer.

        A review that was concluded here by one that it took over will do; one that is held elsewhere says nothing of the whole, and has to be its own.
        """
        if self.review is None or self.number(CarryColumn.UNANSWERED):
            return False
        return self.review.organisation == self.organisation if self.is_held else "concluded" in self.review.data


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value that was corrected."""

    record: Record
    """The last correction that counts."""
    answer: Record | None
    """The answer by which the organisation agreed; None where it corrected its own record."""
    values: tuple[Value, ...]
    """All that it was, in the order of time: first what the record says, last what is right."""

    @property
    def stated(self) -> Value:
        """What the record says."""
        return self.values[0]

    @property
    def corrected(self) -> Value:
        """What is right."""
        return self.values[-1]


Corrections = Mapping[tuple[str, Path], Corrected]
"""By the id of the record and the way to the value in it."""


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
    corrections: Corrections = field(default_factory=dict)
    """The values of the register that are not what their records say, because they were corrected."""

    def counted_actions(self) -> list[ActionFacts]:
        """Give the actions that count: of approved plans that stand, and the organisations' own."""
        return [each for each in self.actions.values() if each.counts]

    def counted_findings(self) -> list[FindingFacts]:
        """Give the findings that count: concluded by an organisation about itself, or by who inspected it."""
        return [each for each in self.findings.values() if each.counts]
