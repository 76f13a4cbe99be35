"""What lies on the desk of whoever writes a new record: the register on a day, and what of it concerns one organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from tusoi.beginnings import Node, noted
from tusoi.beginnings.office import Office
from tusoi.dates import Span, span
from tusoi.evidence import first_day
from tusoi.facts import ActionFacts, FindingFacts, FindingState
from tusoi.kinds import ORGANISATION
from tusoi.problem import Problem
from tusoi.record import Kind, Part, Record, Register
from tusoi.rules.cycle_records import id_of

SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
FOR_OTHERS: Final = ("advisory_body", "inspection_body", "mass_org", "agency")
"""The bodies that work for the committee above them: they look at what is below it, as it does."""


@dataclass(frozen=True)
class Desk:
    """One organisation, and what its new record is about, where that is said."""

    world: Office
    organisation: str = ""
    about: Record | Part | None = None
    problems: Sequence[Problem] = ()
    name: str = ""
    """The name that somebody has chosen for the new record: `2025` says which cycle it is for."""
    is_blank: bool = False
    """For a template that anybody may copy on any day: no date is proposed."""

    @property
    def register(self) -> Register:
        """All records, as they were on the day."""
        return self.world.register

    @property
    def day(self) -> date:
        """The day on which it is written."""
        return self.world.facts.day

    @property
    def today(self) -> str | None:
        """The same, as a record has it; None where no day is proposed."""
        return None if self.is_blank else self.day.isoformat()

    @property
    def stamp(self) -> str:
        """The day in the name of a file."""
        return self.day.isoformat()

    @property
    def record(self) -> Record | None:
        """The organisation's own record."""
        return self.world.family.records.get(self.organisation)

    @property
    def type(self) -> str:
        """What sort of organisation it is."""
        return str(self.record.get("type") or "") if self.record else ""

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the records; so it is, too, where nobody has said."""
        project = self.register.project
        return not project or project.get("audience") != "members"

    @property
    def about_record(self) -> Record | None:
        """The record that the new one is about, or in which that part stands."""
        return self.about.record if isinstance(self.about, Part) else self.about

    def is_about(self, *kinds: str) -> bool:
        """Whether the new record is said to be about something of these kinds."""
        return self.about is not None and self.about.kind in kinds

    def own(self, *kinds: str) -> list[Record]:
        """Give the organisation's own records of some kinds; nothing that only a source tells."""
        return [each for kind in kinds for each in self.world.held_by.get((self.organisation, kind), ()) if not each.told]

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The organisation and those that it took over: what they promised, it answers for."""
        found: dict[str, None] = {}
        waiting = [self.organisation]
        while waiting:
            here = waiting.pop()
            facts = self.world.facts.organisations.get(here)
            if here not in found and self.world.family.home(here, self.day) == self.organisation:
                found[here] = None
                waiting += facts.predecessors if facts else ()
        return tuple(found) or (self.organisation,)

    def answered_for(self, kind: str) -> list[Record]:
        """Give the records of a kind for which the organisation answers: its own, and those of the organisations that it took over."""
        return [each for folder in self.folders for each in self.world.held_by.get((folder, kind), ()) if not each.told]

    def posts(self, organisation: str, *ranks: str) -> list[Record]:
        """Give the posts of an organisation, those of some ranks only where any are named."""
        return [each for each in self.world.held_by.get((organisation, "role"), ()) if not ranks or each.get("rank") in ranks]

    def head(self, organisation: str = "") -> str | None:
        """Give the post that heads an organisation, or else the committee above it; None where the records have neither."""
        own = organisation or self.organisation
        heads = (post.id for each in (own, *self.above(own)) for post in self.posts(each, "head"))
        return next(heads, None)

    def named_posts(self, value: Node) -> Node:
        """Give a value beneath the posts that the organisation has, each with its id: who has to write one can copy it."""
        posts = tuple(each.id for each in self.posts(self.organisation))
        if posts:
            return noted(value, "posts", names=posts)
        return noted(value, "no_posts") if self.organisation else value

    def above(self, organisation: str = "") -> tuple[str, ...]:
        """Give the bodies directly above an organisation."""
        own = organisation or self.organisation
        return self.world.family.parents(own, self.day) if own in self.world.family.records else ()

    def below(self, organisation: str = "") -> tuple[str, ...]:
        """Give the organisations directly below one."""
        facts = self.world.facts.organisations.get(organisation or self.organisation)
        return facts.children if facts else ()

    def beside(self, organisation: str, kind: str) -> list[str]:
        """Give the bodies of a type that stand directly below an organisation: the mass organisations of a commune, the inspection body of a province."""
        return [each for each in self.below(organisation) if self.world.family.records[each].get("type") == kind]

    @property
    def has_cells(self) -> bool:
        """Whether organisations that review themselves stand directly below."""
        return bool(self.beside(self.organisation, "party_cell") or self.beside(self.organisation, "party_committee"))

    @cached_property
    def reach(self) -> frozenset[str]:
        """The organisations that this one oversees: those below it, and, for a body that works for a committee, the committee and those below that."""
        return self._all_below(self.above() if self.type in FOR_OTHERS else [self.organisation]) - {self.organisation}

    def _all_below(self, roots: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(roots)
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting += self.below(here)
        return frozenset(found)

    @cached_property
    def cycle(self) -> Record | None:
        """The cycle for which the organisation writes: the one that is named; else the first of those that wait for its review; else the newest."""
        if self.about_record and self.about_record.kind == "cycle":
            return self.about_record
        named = (each for each in self.asking if last_piece(each.id) == self.name)
        return next(named, None) or next(iter(self.open_cycles or self.asking), None)

    @property
    def asking(self) -> list[Record]:
        """The cycles that have the organisation in their scope, the newest first."""
        return [each for each in self.world.cycles if self.organisation in self.world.scopes[each.id]]

    @cached_property
    def open_cycles(self) -> list[Record]:
        """Those in which it has concluded no review, and that are not closed: first those whose day for the review has passed, the oldest before all."""
        reviewed = {id_of(self.register, each.get("cycle")) for each in self.own("review") if each.get("of") is None and _is_over(each)}
        waiting = [each for each in self.asking if each.id not in reviewed and "closed" not in each.data]
        dues = {each.id: due.last for each in waiting if (due := self.due(each, "review")) and due.last < self.day}
        return [*sorted((each for each in waiting if each.id in dues), key=lambda each: dues[each.id]), *(each for each in waiting if each.id not in dues)]

    def review_in(self, cycle: Record | None) -> Record | None:
        """Give the organisation's own review in a cycle, be it a draft."""
        own = (each for each in self.own("review") if each.get("of") is None and cycle and id_of(self.register, each.get("cycle")) == cycle.id)
        return next(own, None)

    @property
    def run(self) -> Record | None:
        """The newest cycle that the organisation runs, or that is run above it."""
        if self.about_record and self.about_record.kind == "cycle":
            return self.about_record
        family = self.world.family
        above = family.ancestors(self.organisation, self.day) if self.record else ()
        homes = [(each, family.home(each.organisation, self.day)) for each in self.world.cycles]
        own = next((each for each, who in homes if who == self.organisation), None)
        return own or next((each for each, who in homes if who in above), None)

    def scope(self, cycle: Record) -> list[str]:
        """Give who stands on the day for those in a cycle's scope, without those that are exempt; in the order of the ids."""
        return self.world.scope(cycle)

    def due(self, cycle: Record | None, step: str) -> Span | None:
        """Give the day by which a cycle wants a step."""
        steps = cycle.get("steps") or () if cycle else ()
        return next((span(each.get("due")) for each in steps if each.get("step") == step), None)

    def open_actions(self, plans: Iterable[Record]) -> list[ActionFacts]:
        """Give the actions of plans that are still to be done, in the order of the plans."""
        facts = self.world.facts.actions
        return [facts[part.ref] for plan in plans for part in plan.parts_of("action") if part.ref in facts and facts[part.ref].is_open]

    def approved_plans(self) -> list[Record]:
        """Give the approved plans for which the organisation answers and that have not ended, the newest first."""
        found = [each for each in self.answered_for("plan") if "approved" in each.data and "ended" not in each.data]
        return sorted(found, key=lambda each: (first_day(span(each.get("approved", "date"))), each.id), reverse=True)

    def open_findings(self) -> list[FindingFacts]:
        """Give what the organisation has still to mend, from whatever source, in the order of the records."""
        found = self.world.by_cycle.findings.get(self.organisation, ())
        return [each for each in found if each.state not in SETTLED]

    def sources(self, ref: str, kind: str, key: str) -> Iterator[Record]:
        """Give the records of a kind that name something under a key."""
        return (each for each, link in self.register.sources_of(ref, kind) if link.path[0] == key and not each.told)

    def body(self, ref: object) -> str:
        """Give the organisation that answers on the day for the one that is named, or whose post is."""
        return self.world.body(ref)

    def seal(self, *, by: bool = True, document: bool = True, **more: Node) -> dict[str, Node]:
        """Give what a seal says: the day, who set it, with which document."""
        wanted: dict[str, Node] = {"date": None}
        if by:
            wanted["by"] = self.head()
        if document:
            wanted["document"] = {"number": None, "date": None}
        return wanted | more

    def id_of(self, kind: Kind, name: str, *, is_chosen: bool) -> str:
        """Give the id of a new record; a name that was only proposed gives way where another record has it."""
        if kind.folder == "root":
            return kind.name
        if kind.name == ORGANISATION:
            return self.organisation or name
        folder = f"{'common' if kind.folder == 'common' or not self.organisation else self.organisation}/{kind.plural}"
        names = (name, *(f"{name}-{number}" for number in range(2, 100)))
        return next(f"{folder}/{each}" for each in names if is_chosen or not self.is_taken(f"{folder}/{each}"))

    def is_taken(self, record_id: str) -> bool:
        """Whether a record has this id, or had it before it moved, or one that could not be read has it, or one that is dated later."""
        return record_id in self.register.reserved or self.register.find(record_id) is not None


def _is_over(review: Record) -> bool:
    """Whether nothing more is written in a review: it is concluded, or held elsewhere."""
    return "concluded" in review.data or "held_elsewhere" in review.data


def last_piece(ref: str) -> str:
    """Give the name of a record without its folder: `2026-q1`."""
    return ref.partition("#")[0].rsplit("/", 1)[-1]
