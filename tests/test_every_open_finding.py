"""The experiment: of N findings that were open at the end of a cycle, each that is left out, or settled in silence, is caught: N of N.

`pytest -s tests/test_every_open_finding.py` prints how many of how many. Each trial changes one thing in the miniature or in the example as it stands.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases import SAMPLE
from registers import Data
from tusoi import asof, flow, progress, rules
from tusoi.facts import CarryColumn, CarryLine, CarryRow, Facts, FindingState
from tusoi.record import Record, Register, Source

DAY = date(2026, 3, 15)
EXAMPLE = Path(flow.HERE) / "example"
SHORT = 8
"""Words: a shorter remark is no fingerprint."""
TREES = {"sample": SAMPLE, "example": EXAMPLE}
Records = dict[str, Data]


@dataclass(frozen=True)
class Outcome:
    """What is known and said after a change."""

    facts: Facts
    said: frozenset[str]
    """What the three rules say, each with the record in which it stands and the finding that it names."""

    def line(self, trial: Trial) -> CarryLine | None:
        """Give what the tally says of a finding."""
        return next((line for row in self.facts.carry if row.cycle == trial.row.cycle for line in row.lines if line.finding.part.ref == trial.ref), None)


@dataclass(frozen=True)
class Trial:
    """A finding that a cycle asks about, and the answer that it was given."""

    row: CarryRow
    line: CarryLine

    @property
    def ref(self) -> str:
        """The finding."""
        return self.line.finding.part.ref

    @property
    def source(self) -> str:
        """The record that found it."""
        return self.line.finding.part.record.id

    @property
    def review(self) -> str:
        """The review that answers."""
        assert self.line.answer
        return self.line.answer.record.id


Act = Callable[[Records, Trial], None]


def thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: thawed(item) for key, item in value.items()}
    return [thawed(item) for item in value] if isinstance(value, tuple) else value


@functools.cache
def originals(name: str) -> Mapping[str, Record]:
    """The records as they stand. A check of an answer says which answer it is about, as R13 asks."""
    found = {each: thawed(record.data) for each, record in flow.read(TREES[name]).register.records.items()}
    for data in found.values():
        for entry in data.get("entries", ()):
            if entry.get("check") == "carry_over":
                entry.setdefault("answer", last_answer(found, entry["of"], str(data["date"])))
    return {each: record(each, data) for each, data in found.items()}


def last_answer(records: Mapping[str, Any], ref: str, day: str) -> str:
    """The answer that a check of a day was about."""
    given = [(str(data["submitted"]["date"]), each["answer"]) for data in records.values() for each in data.get("carry_over", ()) if each["finding"] == ref]
    return str(max(each for each in given if each[0] <= day)[1])


def record(name: str, data: Data) -> Record:
    plurals = {kind.plural: kind.name for kind in flow.kinds().values()}
    return flow.kinds().record(plurals.get(plural(name), plural(name)), name, data, Source(name))


@functools.cache
def start(name: str) -> Outcome:
    return outcome(name, fresh(name))


def fresh(name: str) -> Records:
    """The records as plain data that may be changed."""
    return {each: thawed(record.data) for each, record in originals(name).items()}


def checks(records: Records) -> Iterator[Data]:
    return (entry for data in records.values() for entry in data.get("entries", ()) if "check" in entry)


def outcome(name: str, records: Records) -> Outcome:
    """Judge the records of a tree after a change. What did not change is not made anew."""
    there = originals(name)
    made = [there[each] if each in there and thawed(there[each].data) == data else record(each, data) for each, data in records.items()]
    now = asof.at(Register.of(flow.kinds(), made), DAY)
    world = rules.World(now, progress.measure(now, DAY))
    problems = [found for rule in speaking() for each in now.of_kind(*rule.kinds) if rule.fires(each) and rule.check for found in rule.check(each, world)]
    return Outcome(world.facts, frozenset(f"{each.message} {each.place.file} {dict(each.params).get('ref', '')}" for each in problems))


@functools.cache
def speaking() -> tuple[rules.Rule, ...]:
    """The rules that stand between an open finding and a rating."""
    return tuple(each for each in rules.all_rules() if each.code in ("R13", "R14", "R15"))


def plural(name: str) -> str:
    return name.split("/")[1] if "/" in name else name if name == "project" else "organisation"


def trials(name: str) -> list[Trial]:
    """Every finding that was open at the end of a cycle and was answered in the next one."""
    return [Trial(row, line) for row in start(name).facts.carry for line in row.lines if line.answer]


# What somebody might do. Each changes the records of one trial.


def remove(records: Records, trial: Trial) -> None:
    """Leave the answer out."""
    review = records[trial.review]
    review["carry_over"] = [entry for entry in review["carry_over"] if entry["finding"] != trial.ref]


def call_it_resolved(records: Records, trial: Trial) -> None:
    """Say that it is resolved though nobody has confirmed it, and rate the organisation at the highest level."""
    (entry,) = (each for each in records[trial.review]["carry_over"] if each["finding"] == trial.ref)
    entry["answer"] = "resolved"
    for data in records.values():
        data["entries"] = [each for each in data.get("entries", ()) if not (each.get("of") == trial.ref and confirms(each))]
    rate(records, trial)


def confirms(check: Data) -> bool:
    """Whether a check says that a finding is resolved: without it, nothing does."""
    return bool(check["result"] == "confirmed" and check.get("answer", "resolved") == "resolved")


def rate(records: Records, trial: Trial) -> None:
    """Decide the highest level."""
    rating = {"id": "R1", "of": trial.row.organisation, "level": "excellent", "basis": [trial.review], "criteria": [{"id": "remediation"}]}
    decided = {"date": "2026-03-10", "tally_by": trial.row.organisation}
    records[f"{trial.row.organisation}/classifications/thu"] = {"cycle": trial.row.cycle, "scheme": "party/2025", "ratings": [rating], "decided": decided}


def copy_a_verification(records: Records, trial: Trial) -> None:
    """Say that it is resolved, and file a copy of what confirmed something else."""
    call_it_resolved(records, trial)
    name, other = next((each, data) for each, data in sorted(records.items()) if any(map(confirms, checks({each: data}))))
    records[f"{name}-sao"] = {**other, "date": "2026-03-01"}


def point_a_copy_here(records: Records, trial: Trial) -> None:
    """The same, and let the copy speak of this finding."""
    call_it_resolved(records, trial)
    for name, data in sorted(records.items()):
        for entry in checks({name: data}):
            if confirms(entry) and len(str(entry.get("text", "")).split()) > SHORT:
                records[f"{name}-sao"] = {**data, "entries": [{**entry, "of": trial.ref, "check": "completion"}]}
                return


def point_to_another(records: Records, trial: Trial) -> None:
    """Let the answer speak of another finding."""
    others = [each["finding"] for each in records[trial.review]["carry_over"] if each["finding"] != trial.ref]
    (entry,) = (each for each in records[trial.review]["carry_over"] if each["finding"] == trial.ref)
    entry["finding"] = others[0] if others else f"{trial.review}#F1"


def rename(records: Records, trial: Trial) -> None:
    """Give the finding another id where it was found."""
    (part,) = (each for each in records[trial.source]["findings"] if each["id"] == trial.ref.rpartition("#")[2])
    part["id"] = "F99"


def copy_what_found_it(records: Records, trial: Trial) -> None:
    """Copy the record that found it: the copy was answered by nobody, and confirmed by nobody."""
    records[f"{trial.source}-sao"] = records[trial.source]


def drop_from_the_scope(records: Records, trial: Trial) -> None:
    """Leave the answer out, and the organisation out of the cycle."""
    remove(records, trial)
    cycle = records[trial.row.cycle]
    cycle["scope"] = [each for each in cycle["scope"] if each != trial.row.organisation]
    cycle["exemptions"] = [{"of": trial.row.organisation, "reason": "Không tính."}]


def answer_for_another_cycle(records: Records, trial: Trial) -> None:
    """Move the review to the cycle before, and rate the organisation."""
    records[trial.review]["cycle"] = records[trial.row.cycle]["previous"]
    rate(records, trial)


def take_back_the_conclusion(records: Records, trial: Trial) -> None:
    """Make the review that answers a draft again, and rate the organisation."""
    for each in {review.id for review in heard(trial)}:
        records[each] = {key: value for key, value in records[each].items() if key not in ("submitted", "concluded")}
    rate(records, trial)


def heard(trial: Trial) -> Iterator[Record]:
    yield from (line.answer.record for line in trial.row.lines if line.answer)


UNCONFIRMED: tuple[Act, ...] = (call_it_resolved, copy_a_verification)
TO_BE_SAID: dict[Act, tuple[str, ...]] = {
    remove: ("R13.unanswered",),
    call_it_resolved: ("R15", "R13.changed"),
    copy_a_verification: ("R15", "R13.changed"),
    point_a_copy_here: ("R13.copied",),
    point_to_another: ("R13.unanswered",),
    rename: ("R13.unanswered",),
    copy_what_found_it: ("R13.unanswered",),
    drop_from_the_scope: ("R13.unanswered",),
    answer_for_another_cycle: ("R14.review",),
    take_back_the_conclusion: ("R14.review",),
}
"""What somebody might do, and what has to be said then: one of these at least, and nothing of the sort was said before."""


def is_caught(before: Outcome, after: Outcome, trial: Trial, act: Act) -> bool:
    """Whether something new is said, and the finding does not pass for resolved where it did not before, or where nobody confirms it any more."""
    new = {each.split()[0] for each in after.said - before.said}
    line, finding = after.line(trial), after.facts.findings.get(trial.ref)
    in_tally = line is not None and line.column is CarryColumn.RESOLVED
    in_state = finding is not None and finding.state is FindingState.RESOLVED
    if act is point_a_copy_here:
        return bool(new & set(TO_BE_SAID[act]))
    if act not in UNCONFIRMED:
        in_tally = in_tally and trial.line.column is not CarryColumn.RESOLVED
        in_state = in_state and trial.line.finding.state is not FindingState.RESOLVED
    return bool(new & set(TO_BE_SAID[act])) and not (in_tally or in_state)


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("act", TO_BE_SAID, ids=lambda act: act.__name__)
def test_each_open_finding_is_missed_when_it_is_left_out_or_settled_in_silence(name: str, act: Act) -> None:
    caught = []
    for trial in trials(name):
        records = fresh(name)
        act(records, trial)
        caught.append((trial.ref, is_caught(start(name), outcome(name, records), trial, act)))
    print(f"\n{name}, {act.__name__}: caught {sum(is_so for _, is_so in caught)} of {len(caught)}")  # noqa: T201 -- the result of the experiment
    assert [ref for ref, is_so in caught if not is_so] == []
    assert caught


@pytest.mark.parametrize("name", TREES)
def test_what_is_not_answered_yet_keeps_its_organisation_from_being_rated(name: str) -> None:
    """Otherwise the experiment would leave out just what it is about."""
    rows = start(name).facts.carry
    assert all(not row.is_complete for row in rows if row.number(CarryColumn.UNANSWERED))
    assert sum(row.total for row in rows) == len(trials(name)) + sum(row.number(each) for row in rows for each in (CarryColumn.UNANSWERED, CarryColumn.HELD))


@pytest.mark.parametrize("name", TREES)
def test_a_copied_record_does_not_copy_what_was_done(name: str) -> None:
    """The copy of a review, or of a plan: nothing in it was answered, reported or confirmed."""
    for source in sorted({trial.source for trial in trials(name)}):
        records = fresh(name)
        plans = [each for each, data in records.items() if plural(each) == "plans" and source in data.get("of", ())]
        for each in (source, *plans):
            records[f"{each}-sao"] = records[each]
        facts = outcome(name, records).facts
        copies = [each for ref, each in facts.findings.items() if ref.startswith(f"{source}-sao#")]
        assert copies
        assert {each.state for each in copies} == {FindingState.NOT_KNOWN}
        assert {each.state.value for ref, each in facts.actions.items() for plan in plans if ref.startswith(f"{plan}-sao#")} <= {"planned"}
