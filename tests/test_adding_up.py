"""Whatever the records say: totals add up, agree with a count by brute force, and do not depend on the order of anything."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brute_force import Brute
from brute_tally import BruteTally
from registers import Data, judged, register
from tusoi import asof, progress
from tusoi.facts import CarryColumn, Facts, FindingState, Tally

START = date(2025, 1, 1)
DAYS = 30
Records = dict[str, Data]


def on(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


class World:
    """Records made up at random, about a handful of organisations within a month: so that days, claims and bodies meet in every way."""

    def __init__(self, dice: random.Random) -> None:
        """Make them all."""
        self.dice = dice
        self.records: Records = {}
        self.bodies = [f"o{number}" for number in range(dice.randint(1, 6))]
        self.findings: list[str] = []
        self.reviews: list[str] = []
        self.actions: list[tuple[str, str]] = []
        for number, body in enumerate(self.bodies):
            self.records[body] = self.body(number)
        self.make(4, self.review)
        self.make(2, self.inspection)
        self.make(3, self.plan)
        self.make(7, self.report)
        self.make(7, self.check)
        self.make(3, self.postponement)
        self.cycles()

    def make(self, most: int, maker: Callable[[int], None]) -> None:
        """Make a few of a kind."""
        for number in range(self.dice.randint(0, most)):
            maker(number)

    def may(self, likely: float) -> bool:
        """Throw the dice."""
        return self.dice.random() < likely

    def some(self, things: list[Any], most: int) -> list[Any]:
        """Take a few, each once."""
        return self.dice.sample(things, self.dice.randint(0, min(most, len(things))))

    def day(self) -> str:
        """Take a day of the month."""
        return on(self.dice.randint(1, DAYS))

    def ends(self) -> Data:
        """Say at times since when and until when."""
        return {key: self.day() for key in ("from", "to") if self.may(0.15)}

    def header(self) -> Data:
        """Tell a record at times by a source, or withdraw it."""
        told: Data = {"told_by": ["common/sources/a"]} if self.may(0.1) else {}
        return told | ({"withdrawn": {"date": self.day(), "reason": "Nhầm"}} if self.may(0.1) else {})

    def body(self, number: int) -> Data:
        """Make an organisation, below and after some of those before it."""
        parents = [{"of": each, **self.ends()} for each in self.some(self.bodies[:number], 2)]
        lineage = [
            {"of": each, "how": self.dice.choice(["merged", "renamed", "split"]), "date": self.day()}
            for each in self.some(self.bodies[:number], 2)
            if self.may(0.4)
        ]
        return {"name": "Đơn vị", "type": "other", "parents": parents, "lineage": lineage, **self.ends()}

    def seals(self, *names: str) -> Data:
        """Set most of some seals."""
        return {name: {"date": self.day()} for name in names if self.may(0.8)}

    def review(self, number: int) -> None:
        """Make a review that answers for earlier findings."""
        name = f"{self.dice.choice(self.bodies)}/reviews/{number}"
        findings = [{"id": f"F{each}", "statement": "…"} for each in range(1, self.dice.randint(1, 3))]
        answers = [{"finding": each, "answer": self.dice.choice(["resolved", "in_progress", "unresolved"])} for each in self.some(self.findings, 3)]
        post: Data = {"of": "o0/roles/a"} if self.may(0.15) else {}
        self.records[name] = {"findings": findings, "carry_over": answers, **post, **self.seals("submitted", "concluded"), **self.header()}
        self.reviews.append(name)
        self.findings += [f"{name}#{each['id']}" for each in findings]

    def inspection(self, number: int) -> None:
        """Make an inspection of one or two."""
        name = f"o0/inspections/{number}"
        about = self.dice.sample(self.bodies, self.dice.randint(1, min(2, len(self.bodies))))
        responsible = [{"who": each, "share": self.dice.choice(["lead", "shared"])} for each in self.some(self.bodies, 2)]
        findings = [{"id": "F1", "statement": "…", "responsible": responsible}]
        self.records[name] = {"about": about, "findings": findings, **self.seals("concluded", "announced"), **self.header()}
        self.findings.append(f"{name}#F1")

    def plan(self, number: int) -> None:
        """Make a plan of a few actions."""
        sources = sorted({each.partition("#")[0] for each in self.findings})
        bases = self.some([*sources, *sources, *self.reviews], 3)
        own = sorted(each.partition("/")[0] for each in bases if "/reviews/" in each)
        name = f"{self.dice.choice(own or self.bodies) if self.may(0.7) else self.dice.choice(self.bodies)}/plans/{number}"
        # Mostly of what the plan follows, and at times of anything.
        reached = [each for each in self.findings if each.partition("#")[0] in bases] if self.may(0.8) else self.findings
        actions: list[Data] = []
        for each in range(1, self.dice.randint(1, 4)):
            recurs: Data = {"kind": "recurring"} if self.may(0.2) else {}
            dates = {key: self.day() for key in ("due", "until") if self.may(0.8)}
            owner: Data = {"owner": self.dice.choice(self.bodies)} if self.may(0.3) else {}
            actions.append({"id": f"A{each}", "findings": self.some(reached, 3), "content": "Việc", **owner, **recurs, **dates})
        excused = [{"finding": each, "reason": "Không cần."} for each in self.some(reached, 1) if self.may(0.4)]
        seals = self.seals("consulted", "approved") | (self.seals("ended") if self.may(0.2) else {})
        if "approved" in seals and self.may(0.3):
            seals["approved"]["by"] = self.dice.choice(self.bodies)
        follower: Data = {"followed_by": self.dice.choice(self.bodies)} if self.may(0.3) else {}
        self.records[name] = {"of": bases, "actions": actions, "no_action": excused, "reporting": "weekly", **follower, **seals, **self.header()}
        self.actions += [(name, action["id"]) for action in actions]

    def report(self, number: int) -> None:
        """Make a progress record about one action."""
        if not self.actions:
            return
        plan, action = self.dice.choice(self.actions)
        entry: Data = {"action": action}
        if self.may(0.8):
            entry["state"] = self.dice.choice(["started", "completed", "completed", "blocked", "stopped"])
        if self.may(0.2):
            entry["reached"] = ["M1"]
        if self.may(0.2):
            entry["obstacle"] = "Thiếu tiền."
        who = plan.partition("/")[0] if self.may(0.8) else self.dice.choice(self.bodies)
        self.records[f"{who}/progress/{number}"] = {"of": plan, "date": self.day(), "entries": [entry], **self.header()}

    def check(self, number: int) -> None:
        """Make a verification of a few things."""
        targets = [*self.findings, *(f"{plan}#{action}" for plan, action in self.actions)]
        entries = [
            {
                "of": each,
                "check": self.dice.choice(["completion", "completion", "effectiveness", "carry_over"]),
                "result": self.dice.choice(["confirmed", "confirmed", "partly", "rejected"]),
            }
            for each in self.some(targets, 3)
        ]
        self.records[f"o0/verifications/{number}"] = {"date": self.day(), "entries": entries, **self.header()}

    def cycles(self) -> None:
        """Make two cycles, put the reviews into them, and keep some reviews of the second elsewhere."""
        opened = {"opened": {"date": on(self.dice.randint(1, 14))}}
        kind = self.dice.choice(["annual", "annual", "thematic"])
        self.records["o0/cycles/1"] = {"kind": kind, "from": on(1), "to": on(10), "scope": self.bodies, "steps": [], "opened": {"date": on(1)}}
        exempt = [{"of": each, "reason": "Mới lập."} for each in self.some(self.bodies, 1) if self.may(0.3)]
        named: Data = self.dice.choice([{"previous": "o0/cycles/1"}, {"previous": "o0/cycles/1"}, {}, {"previous": "o0/cycles/2"}])
        more: Data = {"scope": self.some(self.bodies, 6), "exemptions": exempt, **named, **opened}
        self.records["o0/cycles/2"] = {"kind": "annual", "from": on(11), "to": on(22), "steps": [], **more}
        for name in self.reviews:
            self.records[name] |= self.dice.choice([{"cycle": "o0/cycles/1"}, {"cycle": "o0/cycles/2"}, {"cycle": "o0/cycles/2"}, {}])
        self.answers()
        for number in range(self.dice.randint(0, 2)):
            posts: Data = {"posts": 1} if self.may(0.3) else {}
            by = self.dice.choice(["Văn phòng", "Văn phòng", "Văn phòng Đơn vị"])
            stub = {"kind": "Báo cáo", "by": by, "submitted": self.day(), **posts}
            sealed = self.seals("concluded") if self.may(0.1) else {}
            self.records[f"{self.dice.choice(self.bodies)}/reviews/h{number}"] = {"cycle": "o0/cycles/2", "held_elsewhere": stub, **sealed, **self.header()}
        self.checks_of_answers()

    def answers(self) -> None:
        """Let some reviews of the second cycle answer for more of what was found before, and some organisations review themselves in both."""
        for number, first in enumerate([each for each in self.reviews if self.records[each].get("cycle") == "o0/cycles/1"]):
            if self.may(0.7):
                name = f"{first.partition('/')[0]}/reviews/z{number}"
                self.records[name] = {"cycle": "o0/cycles/2", "carry_over": [], **self.seals("submitted", "concluded"), **self.header()}
                self.reviews.append(name)
        for name in self.reviews:
            if self.records[name].get("cycle") == "o0/cycles/2" and self.may(0.7):
                said = {each["finding"] for each in self.records[name]["carry_over"]}
                asked = [each for each in self.findings if each not in said and not each.startswith(f"{name}#") and self.may(0.8)]
                self.records[name]["carry_over"] += [
                    {"finding": each, "answer": self.dice.choice(["resolved", "resolved", "in_progress", "unresolved"])} for each in asked
                ]

    def checks_of_answers(self) -> None:
        """Check some answers, and say of some checks which answer they are about."""
        given = [entry["finding"] for name in self.reviews for entry in self.records[name]["carry_over"]]
        checks = [
            {"of": each, "check": "carry_over", "result": self.dice.choice(["confirmed", "confirmed", "partly", "rejected"])} for each in self.some(given, 8)
        ]
        self.records["o0/verifications/c"] = {"date": on(self.dice.randint(20, DAYS)), "entries": checks}
        entries = [each for data in self.records.values() for each in data.get("entries", ()) if each.get("check") == "carry_over"]
        for entry in entries:
            if self.may(0.4):
                entry["answer"] = self.dice.choice(["resolved", "resolved", "in_progress", "unresolved"])

    def postponement(self, number: int) -> None:
        """Make a request to move a date, with its answers."""
        if not self.actions:
            return
        plan, action = self.dice.choice(self.actions)
        name = f"o0/postponements/{number}"
        self.records[name] = {"of": f"{plan}#{action}", "date": self.day(), "to": self.day(), "reason": "Chờ."}
        for each in range(self.dice.randint(0, 2)):
            result = self.dice.choice(["agreed", "agreed", "refused", "explained"])
            self.records[f"{self.dice.choice(self.bodies)}/answers/{number}-{each}"] = {"of": name, "date": self.day(), "result": result}


days = st.integers(0, DAYS + 5).map(lambda number: START + timedelta(days=number))
seeds = st.integers(0, 2**32 - 1)
many = settings(max_examples=60, deadline=None, derandomize=True)
most = settings(max_examples=200, deadline=None, derandomize=True)


def made(seed: int) -> Records:
    return World(random.Random(seed)).records


def counter(tally: Tally) -> Counter[str]:
    found = Counter({f"finding {state}": number for state, number in tally.findings.items()})
    found.update({f"action {state}": number for state, number in tally.actions.items()})
    found.update(overdue=tally.overdue, late=tally.late)
    return +found


def outline(facts: Facts) -> dict[str, Any]:
    """Everything that is counted or shown as a state, as plain values."""
    return {
        "actions": {
            ref: (each.organisation, each.state, each.late, each.overdue_days, each.stale_days, each.due_in_days) for ref, each in facts.actions.items()
        },
        "findings": {ref: (each.organisation, each.state, each.done, each.total, each.obstacle) for ref, each in facts.findings.items()},
        "organisations": {
            name: (each.in_force, each.parents, each.children, each.predecessors, each.successors, counter(each.own), counter(each.whole))
            for name, each in facts.organisations.items()
        },
        "whole": counter(facts.whole),
        "carry": carried(facts),
    }


def carried(facts: Facts) -> dict[tuple[str, str], tuple[str, dict[str, str], bool]]:
    """The rows of the tally: by cycle and organisation the review, the column of each finding, and whether the organisation may be rated."""
    return {
        (row.cycle, row.organisation): (
            row.review.id if row.review else "",
            {line.finding.part.ref: line.column.value for line in row.lines},
            row.is_complete,
        )
        for row in facts.carry
    }


@given(seeds, days)
@most
def test_progress_agrees_with_a_count_by_brute_force(seed: int, day: date) -> None:
    records = made(seed)
    facts, brute = judged(records, day), Brute(records, day.isoformat())
    assert {each.part.ref: (each.organisation, each.state.value) for each in facts.counted_findings()} == brute.findings()
    counted = facts.counted_actions()
    assert {each.part.ref: (each.organisation, each.state.value, each.overdue_days > 0, each.late is True) for each in counted} == brute.actions()
    for name, each in facts.organisations.items():
        assert counter(each.own) == brute.own(name)
        assert counter(each.whole) == brute.whole(name)
        assert set(each.parents) == brute.parents(name)
        assert each.in_force is brute.exists(name)


@given(seeds, days)
@most
def test_the_tally_agrees_with_a_count_by_brute_force(seed: int, day: date) -> None:
    records = made(seed)
    facts, brute = judged(records, day), BruteTally(records, day.isoformat())
    rows = carried(facts)
    assert rows == {("o0/cycles/2", place): brute.row("o0/cycles/2", place) for _, place in rows}
    assert brute.must_have_rows("o0/cycles/2") <= {place for _, place in rows}
    for row in facts.carry:
        assert sum(map(row.number, CarryColumn)) == row.total == len({each.part.ref for each in row.findings})
    listed = [line.finding.part.ref for row in facts.carry for line in row.lines]
    assert len(listed) == len(set(listed))


@given(seeds, days)
@many
def test_totals_add_up_from_action_and_finding_to_the_whole(seed: int, day: date) -> None:
    facts = judged(made(seed), day)
    bodies = facts.organisations.values()
    assert facts.whole.finding_total == len(facts.counted_findings())
    assert facts.whole.action_total == len(facts.counted_actions())
    assert sum((counter(each.own) for each in bodies), Counter()) == counter(facts.whole)
    for each in bodies:
        under = below(facts, each.record.id)
        if each.record.id not in under and all(len(facts.organisations[child].parents) == 1 for child in under):
            assert counter(each.whole) == counter(each.own) + sum((counter(facts.organisations[child].whole) for child in each.children), Counter())
    if all(len(each.parents) <= 1 for each in bodies) and all(name not in below(facts, name) for name in facts.organisations):
        assert sum((counter(each.whole) for each in bodies if not each.parents), Counter()) == counter(facts.whole)


def below(facts: Facts, name: str) -> set[str]:
    """All that stand below an organisation; itself too where it stands above itself."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        fresh = set(facts.organisations[waiting.pop()].children) - found
        found |= fresh
        waiting += fresh
    return found


@given(seeds, days)
@many
def test_nothing_depends_on_the_order_of_records_parents_or_predecessors(seed: int, day: date) -> None:
    records = made(seed)
    turned = {
        name: {key: value[::-1] if key in ("parents", "lineage", "no_action", "of") and isinstance(value, list) else value for key, value in data.items()}
        for name, data in reversed(records.items())
    }
    assert outline(judged(records, day)) == outline(judged(turned, day))


@given(seeds, days)
@many
def test_a_finding_of_which_nobody_spoke_is_not_known_and_never_unresolved(seed: int, day: date) -> None:
    for each in judged(made(seed), day).findings.values():
        is_heard = bool(each.checks or each.carried or any(action.reports or action.checks for action in each.actions))
        if is_heard:
            assert each.state is not FindingState.NOT_KNOWN
        elif each.actions:
            assert each.state in (FindingState.NOT_KNOWN, FindingState.NO_ACTION)
        else:
            assert each.state in (FindingState.NOT_KNOWN, FindingState.NO_ACTION, FindingState.UNRESOLVED)  # where what was done about it was stopped


@given(seeds, days)
@many
def test_what_is_dated_later_changes_nothing(seed: int, day: date) -> None:
    made_up = register(made(seed))
    earlier = asof.at(made_up, day)
    again = asof.at(asof.at(made_up, day + timedelta(days=3)), day)
    assert {name: record.data for name, record in earlier.records.items()} == {name: record.data for name, record in again.records.items()}
    assert outline(progress.measure(earlier, day)) == outline(progress.measure(again, day))


@given(seeds, days)
@many
def test_a_day_on_which_nothing_happens_changes_only_what_is_due_late_or_stale(seed: int, day: date) -> None:
    records = made(seed)
    following = day + timedelta(days=1)
    dues = {"due", "until"}
    assume(not any(text == following.isoformat() or (key == "to" and text == day.isoformat()) for key, text in dates(records) if key not in dues))
    before, after = judged(records, day), judged(records, following)
    assert {ref: (each.organisation, each.state) for ref, each in before.findings.items()} == {
        ref: (each.organisation, each.state) for ref, each in after.findings.items()
    }
    for ref, each in before.actions.items():
        then = after.actions[ref]
        assert (then.organisation, then.state, then.due, then.draft, then.blocked) == (each.organisation, each.state, each.due, each.draft, each.blocked)
        assert then.overdue_days - each.overdue_days in (0, 1)
        assert then.stale_days - each.stale_days in (0, 1)
        assert then.late or not each.late
    assert before.whole.findings == after.whole.findings
    assert before.whole.actions == after.whole.actions


def dates(value: Any, key: str = "") -> list[tuple[str, str]]:
    """Every text with the key under which it stands."""
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in dates(item, name)]
    if isinstance(value, list):
        return [found for item in value for found in dates(item, key)]
    return [(key, str(value))]


def test_the_made_up_records_reach_every_state() -> None:
    """Otherwise the tests above would say little."""
    seen: Counter[str] = Counter()
    for seed in range(600):
        facts = judged(made(seed), on(DAYS))
        seen.update(f"finding {each.state}" for each in facts.counted_findings())
        seen.update(f"action {each.state}" for each in facts.counted_actions())
        seen.update("overdue" for each in facts.counted_actions() if each.overdue_days)
        seen.update("moved" for each in facts.counted_actions() if each.due != each.first_due)
        seen.update("taken over" for each in facts.counted_findings() if each.organisation != each.about)
        seen.update(f"tally {line.column}" for row in facts.carry for line in row.lines)
        seen.update("complete" for row in facts.carry if row.is_complete and row.total)
        seen.update("two parents" for each in facts.organisations.values() if len(each.parents) > 1 and each.own.finding_total)
    assert len(seen) == 6 + 6 + 4 + len(CarryColumn) + 1
    assert min(seen.values()) >= 10, seen
