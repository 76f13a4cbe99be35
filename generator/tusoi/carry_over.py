"""What was promised before and what became of it: each cycle asks about the findings that were open when the one before it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tusoi import cycle_reviews, finding_progress
from tusoi.cycle_reviews import is_held
from tusoi.dates import has_begun, span
from tusoi.evidence import first_day, said
from tusoi.facts import CarriedOver, CarryColumn, CarryLine, CarryRow, Check, FindingFacts
from tusoi.lineage import Lineage
from tusoi.record import Record, Register

_SAID: Mapping[str, CarryColumn] = {
    "resolved": CarryColumn.CLAIMED,
    "in_progress": CarryColumn.IN_PROGRESS,
    "unresolved": CarryColumn.UNRESOLVED,
}
_CHECKED: Mapping[str, CarryColumn] = {
    "confirmed": CarryColumn.RESOLVED,
    "partly": CarryColumn.IN_PROGRESS,
    "rejected": CarryColumn.UNRESOLVED,
}
"""What a finding is that was said to be resolved, and was checked."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle that asks: opened, an organiser's own, and its ends are known."""

    record: Record
    begin: date
    end: date

    @property
    def id(self) -> str:
        """The cycle's id."""
        return self.record.id


def rows(findings: Mapping[str, FindingFacts], register: Register, lineage: Lineage, day: date) -> tuple[CarryRow, ...]:
    """Give a row for each cycle that has begun and has one before it, and each organisation that it asks.

    It asks those in its scope that are not exempt, and those that reviewed themselves in it all the same.
    Whose row it is was settled when the cycle ended: after a merger within it, the successor's; until then, those that it takes over. Cycles that are told,
    withdrawn or not opened ask nothing.
    """
    cycles = asking(register)
    reviews = cycle_reviews.by_cycle(register)
    found: list[CarryRow] = []
    for cycle in cycles.values():
        before = previous(cycle, cycles, register, lineage)
        if before and has_begun(cycle.record.get("from"), day):
            asked = [each for each in findings.values() if is_asked(each, cycle, before, cycles, register)]
            found += _of_cycle(cycle, asked, reviews.get(cycle.id, []), lineage, day)
    return tuple(sorted(found, key=lambda each: (each.cycle, each.organisation)))


def asking(register: Register) -> dict[str, Cycle]:
    """Give the cycles that ask, by their ids."""
    return {cycle.id: cycle for record in register.of_kind("cycle") if (cycle := _read(record))}


def previous(cycle: Cycle, cycles: Mapping[str, Cycle], register: Register, lineage: Lineage) -> Cycle | None:
    """Give the cycle before: the one that it names, if that one asks and ended before it; else the last of all that did, and that are related to it.

    So nothing is forgotten where a cycle names none, or one that cannot be the one before.
    """
    named = cycles.get(_id(cycle.record.get("previous"), register))
    if named and is_before(named, cycle):
        return named
    return last_before(cycle, cycles.values(), lineage)


def last_before(cycle: Cycle, cycles: Iterable[Cycle], lineage: Lineage) -> Cycle | None:
    """Give the last of some cycles that came before one and are related to it; of two that ended on one day, the one of its own kind."""
    kind = cycle.record.get("kind")
    earlier = (each for each in cycles if is_before(each, cycle) and _are_related(each, cycle, lineage))
    return max(earlier, key=lambda each: (each.end, each.record.get("kind") == kind, each.id), default=None)


def is_before(one: Cycle, other: Cycle) -> bool:
    """Whether a cycle began and ended before another one began and ended: neither within the other."""
    return one.begin < other.begin and one.end < other.end


def _are_related(one: Cycle, other: Cycle, lineage: Lineage) -> bool:
    """Whether two cycles have one organiser, or are for one organisation or for those that took it over."""
    day = max(one.end, other.end)
    if lineage.home(one.record.organisation, day) == lineage.home(other.record.organisation, day):
        return True
    scopes = [{lineage.home(lineage.id(each), day) for each in cycle.record.get("scope") or ()} for cycle in (one, other)]
    return bool(scopes[0] & scopes[1])


def speaks_for(review: Record, finding: FindingFacts, lineage: Lineage, otherwise: date) -> bool:
    """Whether a review has to speak of a finding: on its day the organisation answered for it. `otherwise` is the day where none is known."""
    when = said(review) or span(review.get("held_elsewhere", "submitted"))
    return lineage.home(finding.about, when.first if when else otherwise) == review.organisation


def is_of(finding: FindingFacts, cycle: Cycle, register: Register) -> bool:
    """Whether a finding belongs to a cycle: that of its review; any other source, to that within which it was concluded."""
    if finding.part.record.kind == "review":
        return _id(finding.part.record.get("cycle"), register) == cycle.id
    return finding.concluded is not None and cycle.begin <= finding.concluded.first <= cycle.end


def is_asked(finding: FindingFacts, cycle: Cycle, before: Cycle, cycles: Mapping[str, Cycle], register: Register) -> bool:
    """Whether a cycle asks about a finding that counts: it was there when the one before ended, and nobody had confirmed it when this one began.

    The finding of a review belongs to the review's cycle, even where it was concluded after that cycle had ended. What was concluded before the one before had
    ended was there, even where its own cycle went on.
    """
    if not finding.counts or finding_progress.confirmation(finding.checks, finding.carried, before=cycle.begin):
        return False
    own = cycles.get(_id(finding.part.record.get("cycle"), register)) if finding.part.record.kind == "review" else None
    if own and own.id == cycle.id:
        return False
    was_there = finding.concluded is not None and finding.concluded.first <= before.end
    return was_there or (own is not None and (own.id == before.id or own.end <= before.end))


def column_by(line: CarryLine, day: date) -> CarryColumn:
    """Say where an earlier finding stood by what had been checked by a day."""
    finding = finding_progress.seen_by(line.finding, day)
    answer = next((each for each in finding.carried if line.answer and each.record.id == line.answer.record.id), None)
    return _column(answer, check_of(answer, finding)) if answer else line.column


def was_confirmed_by(line: CarryLine, day: date) -> bool:
    """Whether somebody had confirmed by a day that an earlier finding is resolved, whatever was answered."""
    return finding_progress.seen_by(line.finding, day).confirmed is not None


def check_of(answer: CarriedOver, finding: FindingFacts) -> Check | None:
    """Give what was found about an answer: the check of the answer itself; else what confirmed the finding, or was found of it later.

    What was found about another answer, of this cycle or of a later one, says nothing of this one.
    """
    if answer.check:
        return answer.check
    if answer.entry.get("answer") == "resolved" and finding.confirmed:
        return finding.confirmed
    since = [each for each in finding.checks if first_day(each.when) >= first_day(answer.when) and not _is_of_another(each, answer, finding)]
    return finding.confirmed if finding.confirmed in since else since[-1] if since else None


def is_of_what_came_after(answer: CarriedOver, check: Check) -> bool:
    """Whether a check looked at what was done after an answer that nothing is finished yet: then it neither confirms nor refuses what was answered."""
    return answer.entry.get("answer") != "resolved" and check is not answer.check


def _is_of_another(check: Check, answer: CarriedOver, finding: FindingFacts) -> bool:
    """Whether a check looked at the answer of another review, or at another one than this review gives today."""
    if check.check != "carry_over":
        return False
    seen = finding_progress.answered(check, finding.carried)
    return (seen is not None and seen.record.id != answer.record.id) or finding_progress.is_of_another(check, finding.carried)


def _read(record: Record) -> Cycle | None:
    begin, end = span(record.get("from")), span(record.get("to"))
    if record.told or "opened" not in record.data or begin is None or end is None:
        return None
    return Cycle(record, begin.first, end.last)


def _id(ref: object, register: Register) -> str:
    found = register.find(str(ref))
    return found.ref if found else str(ref)


def _of_cycle(cycle: Cycle, asked: list[FindingFacts], reviews: list[Record], lineage: Lineage, day: date) -> list[CarryRow]:
    settled = min(day, cycle.end)
    exempt = {lineage.id(each.get("of", "")) for each in cycle.record.get("exemptions") or ()}
    scope = [lineage.id(each) for each in cycle.record.get("scope") or ()]
    by_place: dict[str, list[FindingFacts]] = {}
    for finding in asked:
        by_place.setdefault(lineage.home(finding.about, settled), []).append(finding)
    heard: dict[str, list[Record]] = {}
    for review in reviews:
        heard.setdefault(lineage.home(review.organisation, settled), []).append(review)
    places = {place for each in scope if each not in exempt for place in lineage.standing(each, settled)} | set(heard)
    return [_row(cycle, place, by_place.get(place, []), heard.get(place, []), lineage) for place in places]


def _row(cycle: Cycle, organisation: str, findings: list[FindingFacts], reviews: list[Record], lineage: Lineage) -> CarryRow:
    """Make one row. Its review is the organisation's own; where it filed none, the last by id of those of the organisations that it took over."""
    own = cycle_reviews.of_organisation(organisation, reviews)
    others = [each for before in sorted({each.organisation for each in reviews}) for each in cycle_reviews.of_organisation(before, reviews)]
    review = max(own or others, key=lambda each: (not is_held(each), each.id), default=None)
    held = [each for each in own or others if is_held(each)]
    heard = {each.id for each in reviews if not is_held(each)}
    return CarryRow(cycle.id, organisation, review, tuple(_line(each, heard, held, cycle, lineage) for each in findings))


def _line(finding: FindingFacts, heard: set[str], held: list[Record], cycle: Cycle, lineage: Lineage) -> CarryLine:
    """Say what the reviews of the cycle answered, and whether the checker confirmed it. Without an answer it is unanswered, whatever else is known."""
    answers = [each for each in finding.carried if each.record.id in heard]
    if not answers:
        is_elsewhere = any(speaks_for(each, finding, lineage, cycle.end) for each in held)
        return CarryLine(finding, CarryColumn.HELD if is_elsewhere else CarryColumn.UNANSWERED)
    answer = answers[-1]
    check = check_of(answer, finding)
    return CarryLine(finding, _column(answer, check), answer, check)


def _column(answer: CarriedOver, check: Check | None) -> CarryColumn:
    said = _SAID[str(answer.entry.get("answer"))]
    if said is CarryColumn.CLAIMED and check:
        return _CHECKED[check.result]
    is_refused = said is CarryColumn.IN_PROGRESS and check is not None and check is answer.check and check.result == "rejected"
    return CarryColumn.UNRESOLVED if is_refused else said
