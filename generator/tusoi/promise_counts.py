"""Sums of promises: how many were kept by their first dates, of how many; by action, plan, organisation, group of peers, and cycle. Never of posts or persons.

A share has one denominator: the promises that were done or whose first date has passed. What nobody knows, what was stopped in time, what was taken away and
what is still ahead stand beside it with their numbers, and are in no share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from tusoi.record import Record, Register
from tusoi.slippage import Ledger, Outcome, Promise


@dataclass(frozen=True, slots=True)
class Sum:
    """What became of some promises, and what was asked of their dates."""

    outcomes: Mapping[Outcome, int]
    """Every outcome with its number; together they are all promises."""
    median_days: float | None
    """The median of the days against the first date, of those that were not kept by it; None where all were."""
    agreed: int
    refused: int
    pending: int
    after_due: int
    """The requests that were made when the agreed date had already passed."""
    moved: int
    """The changes in the file that no agreed postponement made, as far as the past is known."""
    unread: int
    """The promises of whose past nothing is known."""

    @property
    def promised(self) -> int:
        """How many promises there are."""
        return sum(self.outcomes.values())

    @property
    def kept(self) -> int:
        """How many were kept by their first date."""
        return self.outcomes[Outcome.KEPT]

    @property
    def settled(self) -> int:
        """Of how many it can be said whether they were: the denominator."""
        return self.kept + self.outcomes[Outcome.NOT_KEPT]

    @property
    def requests(self) -> int:
        """How often it was asked to move a date."""
        return self.agreed + self.refused + self.pending

    @property
    def knows_moved(self) -> bool:
        """Whether the past of any of them is known, so that a number of changes can be given."""
        return self.unread < self.promised


def sum_of(promises: Iterable[Promise]) -> Sum:
    """Sum up promises; those that do not count are left out."""
    counted = [each for each in promises if each.counts]
    outcomes = Counter(each.outcome for each in counted)
    results = Counter(request.result for each in counted for request in each.postponements)
    late = [each.days_late for each in counted if each.outcome is Outcome.NOT_KEPT]
    return Sum(
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        median_days=median(late) if late else None,
        agreed=results["agreed"],
        refused=results["refused"],
        pending=results["pending"],
        after_due=sum(request.after_due for each in counted for request in each.postponements),
        moved=sum(len(each.moved) for each in counted),
        unread=sum(not each.is_recorded for each in counted),
    )


def by_action(ledger: Ledger) -> dict[str, Sum]:
    """Sum up by action, with its milestones: by the action's reference."""
    return _by(ledger, lambda each: f"{each.plan}#{each.ref.partition('#')[2].partition('.')[0]}")


def by_plan(ledger: Ledger) -> dict[str, Sum]:
    """Sum up by plan."""
    return _by(ledger, lambda each: each.plan)


def by_organisation(ledger: Ledger) -> dict[str, Sum]:
    """Sum up by organisation: its own promises, and those of the organisations that it took over."""
    return _by(ledger, lambda each: each.organisation)


def by_peer_group(ledger: Ledger, register: Register) -> dict[str, Sum]:
    """Sum up by group of peers; what belongs to an organisation without one stands under the empty name."""
    return _by(ledger, lambda each: peer_group(each.organisation, register))


def by_cycle(ledger: Ledger, register: Register) -> dict[str, Sum]:
    """Sum up by cycle; what belongs to none stands under the empty name."""
    return _by(ledger, lambda each: cycle_of(each.plan, register))


def peer_group(organisation: str, register: Register) -> str:
    """Give the group of peers of an organisation; empty where it says none."""
    record = register.find(organisation)
    return str(record.get("peer_group") or "") if isinstance(record, Record) else ""


def cycle_of(plan: str, register: Register) -> str:
    """Give the cycle of a plan: that of the first of what it answers that belongs to one. Empty where there is none, as after an inspection."""
    record = register.find(plan)
    of = record.get("of") or () if isinstance(record, Record) else ()
    answered = (register.find(str(each)) for each in of)
    cycles = (register.find(str(each.get("cycle"))) for each in answered if isinstance(each, Record) and each.get("cycle"))
    return next((each.ref for each in cycles if each is not None), "")


def _by(ledger: Ledger, name: Callable[[Promise], str]) -> dict[str, Sum]:
    """Sum up promises by a name; the names are in order."""
    named: dict[str, list[Promise]] = {}
    for each in ledger.promises.values():
        if each.counts:
            named.setdefault(name(each), []).append(each)
    return {each: sum_of(named[each]) for each in sorted(named)}
