"""What was promised before and what became of it: each cycle asks about the findings that were open when the one before it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tusoi import finding_progress
from tusoi.dates import has_begun, span
from tusoi.evidence import first_day, is_individual
from tusoi.facts import CarriedOver, CarryRow, FindingFacts
from tusoi.lineage import Lineage
from tusoi.record import Record, Register

_CHECKED: Mapping[str, str] = {"confirmed": "resolved", "partly": "in_progress", "rejected": "unresolved"}
"""What a finding is that was said to be resolved, and was checked."""
_COLUMNS = ("resolved", "claimed", "in_progress", "unresolved", "unanswered")


@dataclass(frozen=True, slots=True)
class _Cycle:
    """A cycle whose ends are known."""

    record: Record
    begin: date
    end: date

    @property
    def id(self) -> str:
        """The cycle's id."""
        return self.record.id


def rows(findings: Mapping[str, FindingFacts], register: Register, lineage: Lineage, day: date) -> tuple[CarryRow, ...]:
    """Give a row for each cycle that has begun and has one before it, and each organisation in its scope that is not exempt.

    Whose row it is was settled when the cycle ended: after a merger within it, the successor's; until then, those that it takes over. Cycles that are told,
    withdrawn or not opened ask nothing.
    """
    cycles = {cycle.id: cycle for record in register.of_kind("cycle") if (cycle := _read(record))}
    reviews: dict[str, list[Record]] = {}
    for review in register.of_kind("review"):
        if not (review.told or is_individual(review)) and ("submitted" in review.data or "concluded" in review.data):
            reviews.setdefault(_id(review.get("cycle"), register), []).append(review)
    counted = [each for each in findings.values() if each.counts]
    found: list[CarryRow] = []
    for cycle in cycles.values():
        previous = _previous(cycle, cycles, register)
        if previous and has_begun(cycle.record.get("from"), day):
            asked = [each for each in counted if _is_asked(each, cycle, previous, cycles, register)]
            found += _of_cycle(cycle, asked, reviews.get(cycle.id, []), lineage, day)
    return tuple(sorted(found, key=lambda each: (each.cycle, each.organisation)))


def _read(record: Record) -> _Cycle | None:
    begin, end = span(record.get("from")), span(record.get("to"))
    if record.told or "opened" not in record.data or begin is None or end is None:
        return None
    return _Cycle(record, begin.first, end.last)


def _id(ref: object, register: Register) -> str:
    found = register.find(str(ref))
    return found.ref if found else str(ref)


def _previous(cycle: _Cycle, cycles: Mapping[str, _Cycle], register: Register) -> _Cycle | None:
    """Give the cycle before: the one that it names, else the last of its kind that ended before it ends and began before it begins."""
    named = cycle.record.get("previous")
    if named is not None:
        return cycles.get(_id(named, register))
    earlier = [each for each in cycles.values() if each.record.get("kind") == cycle.record.get("kind") and each.begin < cycle.begin and each.end < cycle.end]
    return max(earlier, key=lambda each: (each.end, each.id), default=None)


def _is_asked(finding: FindingFacts, cycle: _Cycle, previous: _Cycle, cycles: Mapping[str, _Cycle], register: Register) -> bool:
    """Whether a cycle asks about a finding: it was there when the one before ended, and nobody had confirmed it when this one began.

    The finding of a review belongs to the review's cycle, even where it was concluded after that cycle had ended.
    """
    if finding_progress.confirmation(finding.checks, finding.carried, before=cycle.begin):
        return False
    own = cycles.get(_id(finding.part.record.get("cycle"), register)) if finding.part.record.kind == "review" else None
    if own:
        return own.id == previous.id or (own.id != cycle.id and own.end <= previous.end)
    return finding.concluded is not None and finding.concluded.first <= previous.end


def _of_cycle(cycle: _Cycle, asked: list[FindingFacts], reviews: list[Record], lineage: Lineage, day: date) -> list[CarryRow]:
    settled = min(day, cycle.end)
    exempt = {lineage.id(each.get("of", "")) for each in cycle.record.get("exemptions") or ()}
    scope = [lineage.id(each) for each in cycle.record.get("scope") or ()]
    places = {place for each in scope if each not in exempt for place in lineage.standing(each, settled)}
    by_place: dict[str, list[FindingFacts]] = {}
    for finding in asked:
        by_place.setdefault(lineage.home(finding.about, settled), []).append(finding)
    heard: dict[str, list[Record]] = {}
    for review in reviews:
        heard.setdefault(lineage.home(review.organisation, settled), []).append(review)
    return [_row(cycle.id, place, by_place.get(place, []), heard.get(place, [])) for place in places]


def _row(cycle: str, organisation: str, findings: list[FindingFacts], reviews: list[Record]) -> CarryRow:
    """Make one row. Its review is the organisation's own; where it filed none, the last by id of those of the organisations that it took over."""
    heard = {review.id for review in reviews}
    columns = Counter(_column(finding, heard) for finding in findings)
    review = next((each for each in reversed(reviews) if each.organisation == organisation), reviews[-1] if reviews else None)
    return CarryRow(cycle, organisation, review, tuple(findings), **{column: columns[column] for column in _COLUMNS})


def _column(finding: FindingFacts, heard: set[str]) -> str:
    """Say what the reviews of the cycle answered, and whether the checker confirmed it. Without an answer it is unanswered, whatever else is known."""
    answers = [each for each in finding.carried if each.record.id in heard]
    return _with_check(answers[-1], finding) if answers else "unanswered"


def _with_check(answer: CarriedOver, finding: FindingFacts) -> str:
    said = str(answer.entry.get("answer"))
    if said != "resolved":
        return said
    later = [each for each in finding.checks if first_day(each.when) >= first_day(answer.when)]
    check = answer.check or finding.confirmed or (later[-1] if later else None)
    return _CHECKED[check.result] if check else "claimed"
