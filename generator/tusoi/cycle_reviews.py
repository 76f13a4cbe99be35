"""Which reviews speak for whole organisations in a cycle: those that were handed in or concluded here, and those that are held elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeVar

from tusoi.dates import span
from tusoi.evidence import is_individual
from tusoi.facts import CarryRow, Facts, FindingFacts
from tusoi.lineage import Lineage
from tusoi.record import Record, Register

_SHORTEST: Final = 8
"""Words; shorter remarks are alike by chance."""

Key = TypeVar("Key")
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class ByCycle:
    """What rules look for again and again, gathered once: by the id of a cycle and that of the organisation that answered when the cycle ended."""

    rows: Mapping[tuple[str, str], CarryRow]
    reviews: Mapping[tuple[str, str], tuple[Record, ...]]
    """Those that speak, in the order of their ids."""
    suggestions: Mapping[tuple[str, str], tuple[Record, ...]]
    """Those that are addressed to it as such, or to one that it took over; in the order of their ids."""
    findings: Mapping[str, tuple[FindingFacts, ...]]
    """Those that count, by the organisation that answers for them on the day."""
    sightings: Mapping[str, tuple[tuple[Record, int], ...]]
    """The entries of verifications that tell the same, word for word and figure for figure; in the order of time."""


def gather(register: Register, facts: Facts, lineage: Lineage) -> ByCycle:
    """Go through the register once."""
    ends = {each.id: settled(each, facts.day) for each in register.of_kind("cycle")}

    def home(cycle: str, organisation: str) -> tuple[str, str]:
        return cycle, lineage.home(organisation, ends.get(cycle, facts.day))

    reviews = [(home(cycle, each.organisation), each) for cycle, spoken in by_cycle(register).items() for each in spoken]
    suggestions = {
        (home(_id(each, register), target.id), each.id): each
        for each in register.of_kind("suggestion")
        for target in map(register.find, each.get("to") or ())
        if isinstance(target, Record) and target.kind == "organisation" and not each.told
    }
    return ByCycle(
        rows=MappingProxyType({(each.cycle, each.organisation): each for each in facts.carry}),
        reviews=_grouped(reviews, lambda each: each.id),
        suggestions=_grouped([(key, each) for (key, _), each in suggestions.items()], lambda each: each.id),
        findings=_grouped([(each.organisation, each) for each in facts.counted_findings()], lambda each: each.part.ref),
        sightings=_grouped(_sightings(register), lambda each: f"{each[0].get('date')} {each[0].id} {each[1]:04}"),
    )


def sighting(entry: Mapping[str, Any]) -> str:
    """Give what an entry of a verification tells, for comparing; empty where it is so short that two may well be alike by chance."""
    text = " ".join(str(entry.get("text", "")).lower().split())
    if "figures" not in entry and text.count(" ") < _SHORTEST:
        return ""
    return f"{text} {entry.get('figures')} {entry.get('evidence')}"


def _sightings(register: Register) -> Iterator[tuple[str, tuple[Record, int]]]:
    for record in register.of_kind("verification"):
        for number, entry in enumerate(record.get("entries") or ()):
            if not record.told and (seen := sighting(entry)):
                yield seen, (record, number)


def settled(cycle: Record, day: date) -> date:
    """Give the day on which it is settled who answers in a cycle: that on which it ends, or the day itself while it goes on."""
    end = span(cycle.get("to"))
    return min(day, end.last) if end else day


def by_cycle(register: Register) -> dict[str, list[Record]]:
    """Give the reviews that speak in each cycle, by the cycle's id; each list in the order of the ids."""
    found: dict[str, list[Record]] = {}
    for review in register.of_kind("review"):
        if _speaks(review, register):
            found.setdefault(_id(review, register), []).append(review)
    return found


def is_held(review: Record) -> bool:
    """Whether a review is held elsewhere. What was handed in or concluded here is here, whatever else it says."""
    return "held_elsewhere" in review.data and not _is_sealed(review)


def is_kept_by_itself(review: Record, register: Register) -> bool:
    """Whether a review that is not here is said to lie with the organisation itself: that is not elsewhere, and nobody else has seen it."""
    own = register.records.get(review.organisation)
    name = str(own.get("name") or "") if own else ""
    return is_held(review) and bool(name) and name.lower() in str(review.get("held_elsewhere", "by")).lower()


def of_organisation(organisation: str, reviews: Iterable[Record]) -> list[Record]:
    """Give the reviews of one organisation. One that is held elsewhere stands for those that are not here, and says nothing beside one that is."""
    own = [review for review in reviews if review.organisation == organisation]
    return [review for review in own if not is_held(review)] or own


def _speaks(review: Record, register: Register) -> bool:
    """Whether it is an organisation's own word about itself as a whole: no draft, nobody's story, not the review of one post, and not one that it keeps."""
    is_elsewhere = is_held(review) and not is_kept_by_itself(review, register)
    return not (review.told or is_individual(review)) and (_is_sealed(review) or is_elsewhere)


def _is_sealed(review: Record) -> bool:
    return "submitted" in review.data or "concluded" in review.data


def _id(record: Record, register: Register) -> str:
    ref = str(record.get("cycle"))
    found = register.find(ref)
    return found.ref if found else ref


def _grouped(pairs: Iterable[tuple[Key, Thing]], order: Callable[[Thing], str]) -> Mapping[Key, tuple[Thing, ...]]:
    found: dict[Key, list[Thing]] = {}
    for key, thing in pairs:
        found.setdefault(key, []).append(thing)
    return MappingProxyType({key: tuple(sorted(things, key=order)) for key, things in found.items()})
