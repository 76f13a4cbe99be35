"""Organisations through time: who followed whom, who exists on a day, and who stands above whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tusoi.dates import Span, has_begun, in_force, is_past, span
from tusoi.record import Record, Register

_ENDING = ("merged", "renamed")
"""What ends the organisation before. A split leaves it there until its own `to`."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one organisation to the one that followed it."""

    before: str
    after: str
    how: str
    when: Span | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """All organisations of a register, with the steps between them. Ids are those of today: records that moved are followed."""

    register: Register
    records: Mapping[str, Record]
    steps: Mapping[str, tuple[Step, ...]]
    """By the organisation before; the earliest first."""
    steps_to: Mapping[str, tuple[Step, ...]]
    """The same, by the organisation after."""

    def id(self, ref: str) -> str:
        """Give the id of the organisation that a link names; the link itself where nothing is there."""
        found = self.register.find(ref)
        return found.id if isinstance(found, Record) else ref

    def home(self, organisation: str, day: date) -> str:
        """Give the organisation that answers on the day for what this one did: itself, or who took it over, however often.

        After a merger or a renaming that is the successor. After a split it is the organisation itself while it exists, then the first of its parts by id.
        """
        seen: set[str] = set()
        while organisation not in seen and (after := self._follower(organisation, day)):
            seen.add(organisation)
            organisation = after
        return organisation

    def successors(self, organisation: str, day: date) -> tuple[str, ...]:
        """Give the organisations that had followed this one by the day."""
        return tuple(sorted({step.after for step in self._taken(organisation, day)}))

    def standing(self, organisation: str, day: date) -> tuple[str, ...]:
        """Give who stands on the day where an organisation is named: who took it over, or, before it begins, those that it will follow."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [organisation]
        while waiting:
            here = waiting.pop()
            ahead = [step.before for step in self.steps_to.get(here, ()) if step.when is not None and step.when.first > day]
            if ahead and not self.is_in_force(here, day):
                waiting += [each for each in ahead if each not in seen]
                seen.update(ahead)
            else:
                found.add(self.home(here, day))
        return tuple(sorted(found or {organisation}))

    def is_in_force(self, organisation: str, day: date) -> bool:
        """Whether it exists on the day: between its ends, and neither merged into another nor renamed. A new name and a new part begin with the step."""
        record = self.records[organisation]
        if not in_force(record.get("from"), record.get("to"), day) or self._ended(organisation, day):
            return False
        return not any(each.get("how") != "merged" and _is_ahead(each.get("date"), day) for each in record.get("lineage") or ())

    def parents(self, organisation: str, day: date) -> tuple[str, ...]:
        """Give the bodies above it on the day, or those that took them over. Nobody stands above or below an organisation that does not exist."""
        if not self.is_in_force(organisation, day):
            return ()
        stated = [each for each in self.records[organisation].get("parents") or () if in_force(each.get("from"), each.get("to"), day)]
        found = {self.home(self.id(each.get("of", "")), day) for each in stated}
        return tuple(sorted(each for each in found - {organisation} if each in self.records and self.is_in_force(each, day)))

    def ancestors(self, organisation: str, day: date) -> frozenset[str]:
        """Give every body above it on the day, however far up."""
        found: set[str] = set()
        waiting = [organisation] if organisation in self.records else []
        while waiting:
            above = set(self.parents(waiting.pop(), day)) - found
            found |= above
            waiting += sorted(above)
        return frozenset(found - {organisation})

    def _follower(self, organisation: str, day: date) -> str:
        if ended := self._ended(organisation, day):
            return ended[0].after
        record = self.records.get(organisation)
        if record is None or not is_past(record.get("to"), day):
            return ""
        return min((step.after for step in self._taken(organisation, day)), default="")

    def _ended(self, organisation: str, day: date) -> list[Step]:
        return [step for step in self._taken(organisation, day) if step.how in _ENDING]

    def _taken(self, organisation: str, day: date) -> list[Step]:
        return [step for step in self.steps.get(organisation, ()) if step.when is not None and step.when.first <= day]


def of(register: Register) -> Lineage:
    """Read the organisations of a register."""
    records = {record.id: record for record in register.of_kind("organisation")}
    bare = Lineage(register, records, {}, {})
    before: dict[str, list[Step]] = {}
    after: dict[str, list[Step]] = {}
    for record in records.values():
        for each in record.get("lineage") or ():
            step = Step(bare.id(each.get("of", "")), record.id, each.get("how", ""), span(each.get("date")))
            if step.before != step.after:
                before.setdefault(step.before, []).append(step)
                after.setdefault(step.after, []).append(step)
    return Lineage(register, records, _in_order(before), _in_order(after))


def _is_ahead(stated: object, day: date) -> bool:
    return span(stated) is not None and not has_begun(stated, day)


def _in_order(steps: Mapping[str, list[Step]]) -> dict[str, tuple[Step, ...]]:
    return {each: tuple(sorted(taken, key=lambda step: (step.when.first if step.when else date.min, step.after, step.before))) for each, taken in steps.items()}
