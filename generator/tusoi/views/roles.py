"""A post: what it is in charge of and was given to do, and its handovers. Never who holds it, and never how much it has to do: posts are not counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tusoi import labels
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.cycles import by_title
from tusoi.views.followed import HandoverLine, handovers
from tusoi.views.owned import OwnPlan, accountable_for, owned_actions
from tusoi.views.pieces import enum_word
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Task:
    """What a post was given in a cycle."""

    cycle: str
    covers: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """The page of a post."""

    title: str
    told: bool
    rank: str
    managed_by: str
    in_charge_of: tuple[str, ...]
    groups: tuple[str, ...]
    """Those that it leads."""
    tasks: tuple[Task, ...]
    plans: tuple[str, ...]
    """Those for which it answers as a whole."""
    actions: tuple[OwnPlan, ...]
    """What it was given to do in plans."""
    handovers: tuple[HandoverLine, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@view
def role_page(world: World, record: Record) -> RoleView:
    """Tell everything about a post."""
    named = {each.id for each, link in world.register.sources_of(record.id, "organisation") if link.path[0] == "overseen_by"}
    return RoleView(
        title=world.titles.of_record(record),
        told=record.told,
        rank=enum_word(world, record, "rank"),
        managed_by=str(record.data.get("managed_by", "")),
        in_charge_of=by_title(world, tuple(dict.fromkeys((*record.data.get("in_charge_of", ()), *sorted(named))))),
        groups=by_title(world, tuple({each.id: None for each, link in world.register.sources_of(record.id, "group") if link.path == ("lead",)})),
        tasks=tuple(_tasks(world, record)),
        plans=accountable_for(world, record),
        actions=owned_actions(world, record),
        handovers=handovers(world, (record.id,), ("of",)),
    )


def _tasks(world: World, record: Record) -> Iterator[Task]:
    for cycle, link in world.register.sources_of(record.id, "cycle"):
        if link.path[0] == "assignments":
            row = cycle.get(*link.path[:2]) or {}
            yield Task(cycle.id, by_title(world, tuple(row.get("covers", ()))), str(row.get("task", "")))
