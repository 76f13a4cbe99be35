"""What came before an organisation and what follows it, and what went from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tusoi import labels, telling
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.owned import actions_of, findings_of
from tusoi.views.world import World


@dataclass(frozen=True, slots=True)
class Kin:
    """A body that came before or after an organisation."""

    ref: str
    words: str
    """How and when: `sáp nhập ngày 01/7/2025`."""
    carried: str
    """What was carried over, in a sentence; empty where nothing was."""


def predecessors(world: World, record: Record) -> Iterator[Kin]:
    """Give the bodies that an organisation followed, with what it took over from each."""
    for row in record.data.get("lineage", ()):
        before = world.judgement.family.id(str(row.get("of", "")))
        yield Kin(before, _how(world, row), _carried(world, before, record.id))


def successors(world: World, record: Record) -> Iterator[Kin]:
    """Give the bodies that followed an organisation, with what each took over."""
    for heir, link in world.register.sources_of(record.id, "organisation"):
        if link.path[0] == "lineage":
            yield Kin(heir.id, _how(world, heir.get(*link.path[:2])), _carried(world, record.id, heir.id))


def _how(world: World, row: object) -> str:
    kind = world.kind("organisation")
    if not kind or not hasattr(row, "get"):
        return ""
    how = labels.word(kind.schema, "lineage", "how", str(row.get("how", "")))
    return f"{how} {telling.on(row.get('date'))}".strip()


def _carried(world: World, before: str, after: str) -> str:
    """Count what was found of one body, or of those before it, and is answered for by another: all of it, and what is still to be mended."""
    whose = _with_those_before(world, before)
    taken = [each for each in findings_of(world, after) if each.counts and each.about in whose and each.organisation == after]
    actions = [each for each in actions_of(world, after) if each.part.record.organisation in whose]
    if not taken and not actions:
        return ""
    left = sum(each.is_open for each in actions)
    found = _("{number} hạn chế", number=telling.number(len(taken)), count=len(taken))
    promised = _("{number} việc", number=telling.number(len(actions)), count=len(actions))
    return _("Chuyển giao {found}, {promised}; còn {left} việc chưa xong.", found=found, promised=promised, left=telling.number(left), count=left)


def _with_those_before(world: World, organisation: str) -> set[str]:
    found: set[str] = set()
    waiting = [organisation]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [step.before for step in world.judgement.family.steps_to.get(here, ())]
    return found
