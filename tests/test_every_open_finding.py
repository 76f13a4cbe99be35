"""The experiment: of N findings that were open at the end of a cycle, each that is left out, or settled in silence, is caught: N of N.

`pytest -s tests/test_every_open_finding.py` prints how many of how many. Each trial changes one thing in the miniature or in the example as it stands.
Where there is nothing to do of the kind – no plan to empty, no merger to forget – the trial is left out, and not counted as caught.
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
    """What the rules say, each with the record in which it stands and the finding that it names."""

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
    return tuple(each for each in rules.all_rules() if each.code in ("R05", "R11", "R13", "R14", "R15", "R61", "R69"))


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


def unconfirm(records: Records, trial: Trial) -> None:
    """Nobody has confirmed it."""
    for data in records.values():
        data["entries"] = [each for each in data.get("entries", ()) if not (each.get("of") == trial.ref and confirms(each))]


def hold_it_elsewhere(records: Records, trial: Trial) -> None:
    """Leave the answer out, and say beside the concluded review that it is held elsewhere."""
    remove(records, trial)
    records[trial.review]["held_elsewhere"] = {"kind": "Báo cáo", "by": "Văn phòng cấp trên"}


def keep_it_at_home(records: Records, trial: Trial) -> None:
    """Withdraw the reviews, say of another that it lies with the organisation itself, and rate the organisation."""
    withdraw(records, *{review.id for review in heard(trial)})
    name = records[trial.row.organisation]["name"]
    stub = {"kind": "Báo cáo", "by": f"Văn phòng {name}", "submitted": "2025-12-20"}
    records[f"{trial.row.organisation}/reviews/luu"] = {"cycle": trial.row.cycle, "held_elsewhere": stub}
    rate(records, trial)


def exempt_and_rate(records: Records, trial: Trial) -> None:
    """Withdraw the reviews, let the organisation off, and rate it."""
    unconfirm(records, trial)
    withdraw(records, *{review.id for review in heard(trial)})
    records[trial.row.cycle]["exemptions"] = [{"of": trial.row.organisation, "reason": "Không tính."}]
    rate(records, trial)


def withdraw(records: Records, *names: str) -> None:
    for each in names:
        records[each]["withdrawn"] = {"date": "2026-03-05", "reason": "Ghi nhầm."}


def refile(records: Records, trial: Trial) -> None:
    """Leave the answer out, withdraw the record that found it, and file that one anew without it. What a plan excused with a reason is not lost."""
    if any(each["finding"] == trial.ref for data in records.values() for each in data.get("no_action", ())):
        raise NothingToDoError
    remove(records, trial)
    unconfirm(records, trial)
    whole = records[trial.source]
    records[f"{trial.source}-moi"] = {**whole, "findings": [each for each in whole["findings"] if each["id"] != trial.ref.rpartition("#")[2]]}
    withdraw(records, trial.source)


def excuse_from_elsewhere(records: Records, trial: Trial) -> None:
    """Leave the answer out, and let another organisation say that it needs no action."""
    remove(records, trial)
    excused = [{"finding": trial.ref, "reason": "Không cần."}]
    records[f"{another(records, trial)}/plans/thu"] = {"of": [trial.source], "no_action": excused, "approved": {"date": "2026-03-01"}}


def excuse_in_its_own_plan(records: Records, trial: Trial) -> None:
    """Say in the plan that acts on it that it needs no action, and end the plan."""
    unconfirm(records, trial)
    plan = acting(records, trial)[-1]
    records[plan]["no_action"] = [{"finding": trial.ref, "reason": "Không cần."}]


def act_in_a_draft_only(records: Records, trial: Trial) -> None:
    """Take its actions out of the approved plans, and put one into a draft."""
    named = {trial.ref, *thawed(trial.line.finding.part.data.get("answers", ()))}
    for plan in acting(records, trial):
        records[plan]["actions"] = [each for each in records[plan]["actions"] if not named & set(each["findings"])]
    records[f"{acting_body(trial)}/plans/thu"] = {"of": [trial.source], "actions": [{"id": "A1", "findings": [trial.ref], "content": "Sẽ làm."}]}


def report_from_elsewhere(records: Records, trial: Trial) -> None:
    """Let another organisation report that all its actions are done."""
    plan = acting(records, trial)[-1]
    entries = [{"action": each["id"], "state": "completed"} for each in records[plan]["actions"] if trial.ref in each["findings"]]
    who = another(records, trial)
    records[f"{who}/progress/thu"] = {"of": plan, "date": "2026-03-10", "by": f"{who}/roles/bi-thu", "entries": entries}


def answer_from_elsewhere(records: Records, trial: Trial) -> None:
    """Leave the answer out, and let another organisation's review say that it is resolved."""
    remove(records, trial)
    entry = {"finding": trial.ref, "answer": "resolved"}
    records[f"{another(records, trial)}/reviews/thu"] = {"cycle": trial.row.cycle, "carry_over": [entry], "concluded": {"date": "2025-12-12"}}


def agree_to_ones_own_delay(records: Records, trial: Trial) -> None:
    """Ask for a later day for one of its actions, and agree to it as the post that does it."""
    plan = acting(records, trial)[-1]
    action = next(each for each in records[plan]["actions"] if trial.ref in each["findings"])
    body = plan.partition("/")[0]
    records[f"{body}/postponements/thu"] = {"of": f"{plan}#{action['id']}", "date": "2026-03-01", "to": "2027-12-31", "reason": "Chờ."}
    records[f"{body}/answers/thu"] = {"of": f"{body}/postponements/thu", "date": "2026-03-02", "by": action["owner"], "result": "agreed"}


def check_before_it_is_answered(records: Records, trial: Trial) -> None:
    """Leave every answer out, and confirm the answer in the year in which it was found."""
    unconfirm(records, trial)
    for data in records.values():
        data["carry_over"] = [entry for entry in data.get("carry_over", ()) if entry["finding"] != trial.ref]
    entry = {"of": trial.ref, "check": "carry_over", "result": "confirmed"}
    found = str(records[trial.source]["concluded"]["date"])
    records["ubkt/verifications/thu"] = {"date": f"{found[:4]}-12-31", "by": "ubkt/roles/1", "method": "Xem sổ.", "entries": [entry]}


def name_no_cycle_before(records: Records, trial: Trial) -> None:
    """Leave the answer out, and let the cycle name none before it, and be of a kind of its own."""
    remove(records, trial)
    records[trial.row.cycle]["kind"] = "ad_hoc"
    records[trial.row.cycle].pop("previous")


def name_a_wrong_cycle_before(records: Records, trial: Trial) -> None:
    """Leave the answer out, and let the cycle name itself as the one before."""
    remove(records, trial)
    records[trial.row.cycle]["previous"] = trial.row.cycle


def forget_the_merger(records: Records, trial: Trial) -> None:
    """Leave the answer out, and say of nobody that they took over the organisation that it was about."""
    remove(records, trial)
    unconfirm(records, trial)
    if trial.line.finding.about == trial.row.organisation:
        raise NothingToDoError
    successor = records[trial.row.organisation]
    successor["lineage"] = [each for each in successor["lineage"] if each["of"] != trial.line.finding.about]


class NothingToDoError(Exception):
    """A trial in which there is nothing to do of the kind."""


def acting(records: Records, trial: Trial) -> list[str]:
    """The approved plans that act on it, of the organisation that it was about."""
    named = {trial.ref, *thawed(trial.line.finding.part.data.get("answers", ()))}
    plans = sorted(each for each, data in records.items() if plural(each) == "plans" and "approved" in data and trial.source in data.get("of", ()))
    found = [each for each in plans if any(named & set(action["findings"]) for action in records[each].get("actions", ()))]
    if not any(trial.ref in action["findings"] for each in found[-1:] for action in records[each]["actions"]):
        raise NothingToDoError
    return found


def acting_body(trial: Trial) -> str:
    return trial.line.finding.about


def another(records: Records, trial: Trial) -> str:
    """An organisation whom it does not concern."""
    concerned = {trial.line.finding.about, trial.row.organisation, trial.source.partition("/")[0]}
    owners = {str(each.get("owner", "")).partition("/")[0] for data in records.values() for each in data.get("actions", ())}
    bodies = sorted(each for each in records if plural(each) == "organisation" and each not in concerned | owners)
    return bodies[0]


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
    hold_it_elsewhere: ("R13.unanswered",),
    keep_it_at_home: ("R14.kept",),
    exempt_and_rate: ("R14.exempt",),
    refile: ("R69.withdrawn",),
    excuse_from_elsewhere: ("R05.not_its_own",),
    excuse_in_its_own_plan: ("R05.both",),
    act_in_a_draft_only: ("R05.uncovered",),
    report_from_elsewhere: ("R61.report",),
    answer_from_elsewhere: ("R61.carry_over",),
    agree_to_ones_own_delay: ("R61.postponement",),
    check_before_it_is_answered: ("R61.unanswered",),
    name_no_cycle_before: ("R13.unanswered",),
    name_a_wrong_cycle_before: ("R13.previous",),
    forget_the_merger: ("R69.ended",),
}
"""What somebody might do, and what has to be said then: one of these at least, and nothing of the sort was said before."""
EXCUSING: tuple[Act, ...] = (excuse_from_elsewhere, excuse_in_its_own_plan)


def is_caught(before: Outcome, after: Outcome, trial: Trial, act: Act) -> bool:
    """Whether something new is said, and the finding does not pass for resolved or excused where it did not before, or nobody confirms it any more."""
    new = {each.split()[0] for each in after.said - before.said}
    line, finding = after.line(trial), after.facts.findings.get(trial.ref)
    in_tally = line is not None and line.column is CarryColumn.RESOLVED
    settled = (FindingState.RESOLVED, *((FindingState.NO_ACTION,) if act in EXCUSING else ()))
    in_state = finding is not None and finding.state in settled
    if act is point_a_copy_here:
        return bool(new & set(TO_BE_SAID[act]))
    if act not in UNCONFIRMED:
        in_tally = in_tally and trial.line.column is not CarryColumn.RESOLVED
        in_state = in_state and trial.line.finding.state not in settled
    return bool(new & set(TO_BE_SAID[act])) and not (in_tally or in_state)


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("act", TO_BE_SAID, ids=lambda act: act.__name__)
def test_each_open_finding_is_missed_when_it_is_left_out_or_settled_in_silence(name: str, act: Act) -> None:
    caught = []
    for trial in trials(name):
        records = fresh(name)
        try:
            act(records, trial)
        except NothingToDoError:
            continue
        caught.append((trial.ref, is_caught(start(name), outcome(name, records), trial, act)))
    print(f"\n{name}, {act.__name__}: caught {sum(is_so for _, is_so in caught)} of {len(caught)}")  # noqa: T201 -- the result of the experiment
    assert [ref for ref, is_so in caught if not is_so] == []
    assert caught or (name, act) == ("sample", forget_the_merger)


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
