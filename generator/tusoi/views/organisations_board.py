"""The list of organisations: who is below whom, and by peer group, A–Z, each with what it promised and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.facts import FindingState, OrganisationFacts
from tusoi.speech import _
from tusoi.views.order import Group, by_name
from tusoi.views.pieces import TallyView, finding_tally
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One organisation in a list."""

    ref: str
    name: str
    kind: str
    parents: tuple[str, ...]
    tally: TallyView
    summary: str
    """What is said of its own findings in half a sentence."""
    told: bool
    in_force: bool
    successors: tuple[str, ...]
    ended: str


@dataclass(frozen=True, slots=True)
class Branch:
    """An organisation with those below it, A–Z."""

    line: OrganisationLine
    below: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Organisations:
    """All organisations: those that exist by who is above them and by peer group, those that ended, those that only newspapers tell of."""

    tree: tuple[Branch, ...]
    groups: tuple[Group[OrganisationLine], ...]
    ended: tuple[OrganisationLine, ...]
    told: tuple[Group[OrganisationLine], ...]

    @property
    def has_levels(self) -> bool:
        """Whether anybody stands above anybody."""
        return any(each.below for each in self.tree)


@view
def organisations(world: World) -> Organisations:
    """Gather the organisations."""
    lines = [_line(world, world.facts.organisations[each]) for each in by_name(world, world.facts.organisations)]
    own = [line for line in lines if line.in_force and not line.told]
    return Organisations(
        tree=_tree(own),
        groups=_by_peers(world, own),
        ended=tuple(line for line in lines if not line.in_force),
        told=_by_place(world, [line for line in lines if line.in_force and line.told]),
    )


def _line(world: World, facts: OrganisationFacts) -> OrganisationLine:
    data = facts.record.data
    kind = world.kind("organisation")
    tally = finding_tally(facts.own)
    resolved = facts.own.findings.get(FindingState.RESOLVED, 0)
    told = telling.number(resolved), telling.number(tally.total)
    return OrganisationLine(
        ref=facts.record.id,
        name=world.titles.full(facts.record.id),
        kind=labels.word(kind.schema, "type", str(data["type"])) if kind and "type" in data else "",
        parents=facts.parents,
        tally=tally,
        summary=_("{resolved}/{total} hạn chế đã khắc phục và được xác nhận", resolved=told[0], total=told[1], count=tally.total) if tally.total else "",
        told=facts.record.told,
        in_force=facts.in_force,
        successors=facts.successors,
        ended=telling.on(data.get("to")),
    )


def _tree(lines: list[OrganisationLine]) -> tuple[Branch, ...]:
    """Hang each organisation below the first of those above it that is here; nobody hangs below itself, however the parents are written."""
    here = {line.ref for line in lines}
    above = {line.ref: next((each for each in line.parents if each in here), "") for line in lines}
    below: dict[str, list[OrganisationLine]] = {}
    for line in lines:
        below.setdefault("" if _is_in_circle(line.ref, above) else above[line.ref], []).append(line)
    return tuple(_branch(each, below) for each in below.get("", ()))


def _branch(line: OrganisationLine, below: Mapping[str, list[OrganisationLine]]) -> Branch:
    return Branch(line, tuple(_branch(each, below) for each in below.get(line.ref, ())))


def _is_in_circle(ref: str, above: Mapping[str, str]) -> bool:
    """Whether the way up from an organisation leads back to it."""
    seen: set[str] = set()
    here = above[ref]
    while here and here not in seen and here != ref:
        seen.add(here)
        here = above[here]
    return here == ref


def _by_peers(world: World, lines: Iterable[OrganisationLine]) -> tuple[Group[OrganisationLine], ...]:
    groups: dict[str, list[OrganisationLine]] = {}
    for line in lines:
        title = str(world.register.records[line.ref].data.get("peer_group", ""))
        groups.setdefault(title, []).append(line)
    ordered = sorted(groups, key=lambda each: (not each, sort_key(each)))
    other = _("Các đơn vị khác") if len(groups) > 1 else ""
    return tuple(Group(title or other, tuple(groups[title])) for title in ordered)


def _by_place(world: World, lines: Iterable[OrganisationLine]) -> tuple[Group[OrganisationLine], ...]:
    groups: dict[str, list[OrganisationLine]] = {}
    for line in lines:
        groups.setdefault(top_of(world, line.ref), []).append(line)
    return tuple(Group(world.titles.full(each), tuple(groups[each]), each) for each in by_name(world, groups))


def top_of(world: World, organisation: str) -> str:
    """Give the highest organisation above this one: its place, as a reader would say."""
    here, seen = organisation, {organisation}
    while (facts := world.facts.organisations.get(here)) and facts.parents and facts.parents[0] not in seen and facts.parents[0] in world.facts.organisations:
        here = facts.parents[0]
        seen.add(here)
    return here
