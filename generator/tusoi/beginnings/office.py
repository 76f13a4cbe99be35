"""What all new records of a day share: gathered once, however many organisations begin one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tusoi import answered
from tusoi.answered import PETITIONS
from tusoi.dates import has_begun, span
from tusoi.evidence import first_day
from tusoi.facts import ActionFacts, ActionState, CarryColumn, CarryLine
from tusoi.posts import follower_of, organisation_of
from tusoi.record import Part, Record
from tusoi.rules import World


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that an organisation says is done and that nobody has checked: an action, or an answer about an earlier finding."""

    said: date
    of: ActionFacts | CarryLine


@dataclass(frozen=True)
class Office(World):
    """The world of the rules, with what the beginnings look for in it again and again."""

    @cached_property
    def cycles(self) -> tuple[Record, ...]:
        """The cycles that have been opened and have begun, the newest first."""
        opened = [each for each in self.register.of_kind("cycle") if "opened" in each.data and not each.told and has_begun(each.get("from"), self.facts.day)]
        begins = [(first_day(span(each.get("from"))), first_day(span(each.get("opened", "date"))), each.id) for each in opened]
        return tuple(each for _, each in sorted(zip(begins, opened, strict=True), key=lambda pair: pair[0], reverse=True))

    @cached_property
    def scopes(self) -> Mapping[str, frozenset[str]]:
        """Who stands on the day for those in the scope of each cycle that was opened, without those that are exempt; by the cycle's id."""
        return {each.id: frozenset(self.scope(each)) for each in self.cycles}

    def scope(self, cycle: Record) -> list[str]:
        """Give who stands on the day for those in a cycle's scope, without those that are exempt; in the order of the ids."""
        exempt = {self.family.id(str(each.get("of", ""))) for each in cycle.get("exemptions") or ()}
        named = [self.family.id(str(each)) for each in cycle.get("scope") or ()]
        end = span(cycle.get("to"))
        day = min(self.facts.day, end.last) if end else self.facts.day
        return sorted({body for each in named if each not in exempt for body in self.family.standing(each, day)})

    @cached_property
    def asked(self) -> Mapping[str, tuple[Record, ...]]:
        """What was asked and nobody has answered, by the organisation that may answer, the oldest first: more time, a correction, an opinion, a petition."""
        found: dict[str, list[tuple[date, str, Record]]] = {}
        for each in self.register.of_kind("postponement", "correction", "suggestion", "inspection"):
            if each.told or self._is_answered(each):
                continue
            when = first_day(span(each.get("date") or each.get("received") or each.get("issued", "date")))
            for who in sorted(set(self._answerers(each))):
                found.setdefault(who, []).append((when, each.id, each))
        return {who: tuple(each for _, _, each in sorted(all_of, key=lambda one: one[:2])) for who, all_of in found.items()}

    @cached_property
    def claims(self) -> Mapping[str, tuple[Claim, ...]]:
        """What waits for a check, by the organisation that says it is done: its actions first."""
        found: dict[str, list[Claim]] = {}
        for action in self.facts.counted_actions():
            if action.state is ActionState.COMPLETED:
                found.setdefault(action.organisation, []).append(Claim(first_day(action.claimed.when if action.claimed else None), action))
        for row in self.facts.carry:
            cycle = self.register.records.get(row.cycle)
            for line in row.lines if cycle and "closed" not in cycle.data else ():
                if line.answer and not line.check and line.column is not CarryColumn.UNRESOLVED:
                    found.setdefault(row.organisation, []).append(Claim(first_day(line.answer.when), line))
        return {who: tuple(claims) for who, claims in found.items()}

    def body(self, ref: object) -> str:
        """Give the organisation that answers on the day for the one that is named, or whose post is."""
        found = organisation_of(self.register, ref)
        return self.family.home(found, self.facts.day) if found else ""

    def _follower(self, plan: Record) -> str:
        found = follower_of(plan, self.register)
        return self.family.home(found, self.facts.day) if found else ""

    def _is_answered(self, asked: Record) -> bool:
        return bool(answered.settling(self.register, asked, self.family))

    def _answerers(self, asked: Record) -> Iterator[str]:
        """Give the organisations that may answer."""
        about = self.register.find(str(asked.get("of")))
        record = about.record if isinstance(about, Part) else about
        match asked.kind:
            case "postponement" if record:
                own = self.family.home(record.organisation, self.facts.day)
                approver = self.body(record.get("approved", "by"))
                above = self.family.parents(own, self.facts.day) if own in self.family.records else ()
                yield from (approver,) if approver and approver != own else (*above, *filter(None, (self._follower(record),)))
            case "correction" if record and asked.get("nature") == "correction" and record.organisation != asked.organisation:
                yield record.organisation
            case "inspection" if asked.get("channel") in PETITIONS:
                yield from (self.body(each) for each in asked.get("about") or ())
            case "suggestion" if asked.get("purpose") == "critique" and "issued" in asked.data:
                yield from (self.body(each) for each in asked.get("to") or ())
