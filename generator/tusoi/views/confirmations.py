"""Who confirmed what: every check of an organisation's own actions and findings, and what still waits for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tusoi import labels, telling
from tusoi.facts import ActionFacts, ActionState, Check, FindingFacts, FindingState
from tusoi.labels import Label
from tusoi.views.order import Group, by_organisation
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One check of one thing."""

    ref: str
    of: str
    title: str
    asked: str
    chip: Label
    when: str
    by: str
    method: str
    text: str
    organisation: str
    last: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is said to be done and was not checked."""

    of: str
    title: str
    chip: Label
    since: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The board."""

    checked: tuple[Group[Confirmed], ...]
    waiting: tuple[Group[Waiting], ...]
    count: int
    waiting_count: int


@view
def confirmations(world: World) -> Confirmations:
    """Gather the checks, and the claims that wait for one."""
    actions, findings = world.facts.counted_actions(), world.facts.counted_findings()
    found = {each for action in actions for each in _checks(world, action)} | {each for finding in findings for each in _checks(world, finding)}
    checked = sorted(found, key=lambda each: (each.last, each.ref, each.of), reverse=True)
    waiting = [*_claimed_findings(world, findings), *_claimed_actions(world, actions)]
    return Confirmations(
        by_organisation(world, checked, lambda each: each.organisation),
        by_organisation(world, waiting, lambda each: each.organisation),
        len(checked),
        len(waiting),
    )


def _checks(world: World, thing: ActionFacts | FindingFacts) -> Iterator[Confirmed]:
    for check in thing.checks:
        if not check.record.told:
            yield _confirmed(world, thing, check)


def _confirmed(world: World, thing: ActionFacts | FindingFacts, check: Check) -> Confirmed:
    kind = world.kind("verification")
    asked = labels.word(kind.schema, "entries", "check", check.check) if kind else ""
    return Confirmed(
        ref=check.record.id,
        of=thing.part.ref,
        title=world.titles.of_part(thing.part),
        asked=telling.sentence_case(asked),
        chip=labels.CHECK_RESULT[check.result],
        when=telling.day(check.when),
        by=str(check.record.data.get("by", "")),
        method=str(check.record.data.get("method", "")),
        text=str(check.entry.get("text", "")),
        organisation=thing.organisation,
        last=check.when.last if check.when else date.min,
    )


def _claimed_findings(world: World, findings: Iterable[FindingFacts]) -> Iterator[Waiting]:
    for each in findings:
        if each.state is FindingState.CLAIMED:
            yield Waiting(each.part.ref, world.titles.of_part(each.part), labels.FINDING[each.state], "", each.organisation)


def _claimed_actions(world: World, actions: Iterable[ActionFacts]) -> Iterator[Waiting]:
    for each in actions:
        if each.state is ActionState.COMPLETED:
            since = telling.on(each.claimed.when) if each.claimed else ""
            yield Waiting(each.part.ref, world.titles.of_part(each.part), labels.ACTION[each.state], since, each.organisation)
