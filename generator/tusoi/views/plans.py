"""A plan: whose, for which findings, how many of its actions are done and confirmed, what is due next, and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import labels, telling
from tusoi.dates import span
from tusoi.facts import ActionFacts
from tusoi.labels import Label
from tusoi.record import Part, Record
from tusoi.rules.plans import LONG
from tusoi.speech import N_, _
from tusoi.views import histories, in_short
from tusoi.views.findings import FourParts
from tusoi.views.followed import HandoverLine, Voice, critiques, handovers
from tusoi.views.in_short import InShort
from tusoi.views.owned import since_ended
from tusoi.views.pieces import ActionLine, Event, Signature, action_line, enum_word, signatures
from tusoi.views.world import World, view

PARTS: Final = (N_("Nội dung cụ thể"), N_("Phương hướng"), N_("Lộ trình"), N_("Thời gian"))
"""The four parts of a plan that is complete: what is done, in which direction, on which way, and when."""


@dataclass(frozen=True, slots=True)
class NoAction:
    """A finding that needs no measure of its own, and why."""

    finding: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Mended:
    """Something that a plan mends, and how far that is."""

    ref: str
    chips: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next day on which something is due."""

    day: str
    days: str
    """`còn 36 ngày`."""
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The page of a plan."""

    title: str
    short: InShort
    owner: str
    mends: tuple[Mended, ...]
    """What it mends: the findings and issues of its actions."""
    next_due: NextDue | None
    told: bool
    of: tuple[str, ...]
    accountable: str
    direction: str
    four: FourParts
    followed_by: str
    follower_ended: str
    """That who follows it up is no more, and who took it over; empty where that one stands."""
    reporting: str
    seals: tuple[Signature, ...]
    end_reason: str
    actions: tuple[ActionLine, ...]
    no_action: tuple[NoAction, ...]
    history: tuple[Event, ...]
    consulted_with: tuple[str, ...]
    """Whom the draft was sent to for comments."""
    critiques: tuple[Voice, ...]
    handovers: tuple[HandoverLine, ...]
    has_reports: bool
    onward: tuple[tuple[str, str], ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@view
def plan(world: World, record: Record) -> PlanView:
    """Tell everything about a plan."""
    data = record.data
    facts = [world.facts.actions[part.ref] for part in record.parts_of("action") if part.ref in world.facts.actions]
    actions = [part.ref for part in record.parts_of("action")]
    return PlanView(
        title=world.titles.of_record(record),
        short=in_short.of_plan(world, record, facts),
        owner=record.organisation,
        mends=tuple(_mended(world, facts)),
        next_due=_next_due(facts),
        told=record.told,
        of=_refs(data.get("of")),
        accountable=str(data.get("accountable", "")),
        direction=str(data.get("direction", "")),
        four=FourParts(tuple(zip(map(_, PARTS), _four(record), strict=True)), record.told),
        followed_by=str(data.get("followed_by", "")),
        follower_ended=since_ended(world, str(data.get("followed_by", ""))),
        reporting=enum_word(world, record, "reporting"),
        seals=signatures(world, record),
        end_reason=str(record.get("ended", "reason") or ""),
        actions=tuple(action_line(world, each) for each in facts),
        no_action=tuple(
            NoAction(str(row["finding"]), str(row.get("reason", "")), str(row.get("by", ""))) for row in data.get("no_action", ()) if "finding" in row
        ),
        history=histories.of_plan(world, record, facts),
        consulted_with=_refs(record.get("consulted", "with")),
        critiques=critiques(world, (record.id, *actions)),
        handovers=handovers(world, (record.id, *actions)),
        has_reports=any(link.path == ("of",) for _report, link in world.register.sources_of(record.id, "progress")),
        onward=tuple((ref, world.titles.full(ref)) for ref in (*_refs(data.get("of")), record.organisation) if world.titles.path(ref)),
    )


def _mended(world: World, actions: Iterable[ActionFacts]) -> Iterator[Mended]:
    """Give what the actions mend, each once, with how far it is."""
    for ref in dict.fromkeys(str(each) for facts in actions for each in facts.part.data.get("findings", ())):
        thing = world.register.find(ref)
        found = world.facts.findings.get(thing.ref) if thing else None
        yield Mended(ref, (labels.finding(found),) if found else ())


def _next_due(actions: Iterable[ActionFacts]) -> NextDue | None:
    """Give the next day on which an action is due, and which are due on it."""
    ahead = [each for each in actions if each.due_in_days is not None]
    if not ahead:
        return None
    days = min(each.due_in_days or 0 for each in ahead)
    first = [each for each in ahead if each.due_in_days == days]
    left = _("còn {days} ngày", days=telling.number(days), count=days) if days else _("hôm nay")
    return NextDue(telling.day(first[0].due), left, tuple(each.part.ref for each in first))


def _refs(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _four(plan: Record) -> tuple[bool, bool, bool, bool]:
    """Say which of the four parts of a plan are there. Of a duty that recurs its rhythm is the way; what is done within half a year needs no steps."""
    actions = plan.parts_of("action")
    way = all(_has_way(each) for each in actions) if not plan.told else any("milestones" in each.data for each in actions)
    timed = all("due" in each.data or {"every", "from"} <= each.data.keys() for each in actions)
    return bool(actions) and all(each.data.get("content") for each in actions), bool(plan.get("direction")), bool(actions) and way, bool(actions) and timed


def _has_way(action: Part) -> bool:
    start, due = span(action.record.get("approved", "date")), span(action.data.get("due"))
    is_short = start is None or due is None or due.first - start.last <= LONG
    return "milestones" in action.data or ("due" in action.data and is_short) or {"every", "from"} <= action.data.keys()
