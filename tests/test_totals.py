"""Where findings and actions count: organisations through time, and totals that add up."""

from __future__ import annotations

from typing import Any

import pytest

from registers import Data, judged
from tusoi.facts import Facts

DAY = "2025-12-31"


def body(**more: Any) -> Data:
    return {"name": "Đơn vị", "type": "party_committee", **more}


def below(*parents: str) -> list[Data]:
    return [{"of": each} for each in parents]


def reviewed(*organisations: str) -> dict[str, Data]:
    """A concluded review with one finding for each."""
    return {f"{each}/reviews/2024": {"findings": [{"id": "F1", "statement": "…"}], "concluded": {"date": "2024-12-12"}} for each in organisations}


def planned(*organisations: str) -> dict[str, Data]:
    """An approved plan with one action, overdue, for each."""
    line = {"id": "A1", "findings": ["nowhere/reviews/1#F1"], "content": "Việc", "due": "2025-03-31"}
    return {f"{each}/plans/2025": {"actions": [line], "approved": {"date": "2025-01-10"}} for each in organisations}


def own(facts: Facts) -> dict[str, int]:
    return {name: each.own.finding_total for name, each in facts.organisations.items() if each.own.finding_total}


def whole(facts: Facts) -> dict[str, int]:
    return {name: each.whole.finding_total for name, each in facts.organisations.items() if each.whole.finding_total}


def test_a_parent_is_the_sum_over_the_tree() -> None:
    facts = judged(
        {"tinh": body(), "huyen": body(parents=below("tinh")), "xa": body(parents=below("huyen")), "xb": body(parents=below("huyen")), "xc": body()}
        | reviewed("huyen", "xa", "xb", "xc")
        | planned("xa", "xb"),
        DAY,
    )
    assert own(facts) == {"huyen": 1, "xa": 1, "xb": 1, "xc": 1}
    assert whole(facts) == {"tinh": 3, "huyen": 3, "xa": 1, "xb": 1, "xc": 1}
    assert [facts.organisations[name].whole.overdue for name in ("tinh", "huyen", "xa", "xc")] == [2, 2, 1, 0]
    assert [facts.organisations[name].whole.late for name in ("tinh", "huyen", "xa", "xc")] == [2, 2, 1, 0]
    assert (facts.whole.finding_total, facts.whole.action_total, facts.whole.overdue, facts.whole.late) == (4, 2, 2, 2)
    assert facts.organisations["huyen"].children == ("xa", "xb")
    assert facts.organisations["huyen"].parents == ("tinh",)


def test_two_ways_up_do_not_count_twice() -> None:
    facts = judged(
        {"tinh": body(), "khoi": body(parents=below("tinh")), "huyen": body(parents=below("tinh")), "xa": body(parents=below("khoi", "huyen"))}
        | reviewed("xa"),
        DAY,
    )
    assert whole(facts) == {"tinh": 1, "khoi": 1, "huyen": 1, "xa": 1}
    assert facts.whole.finding_total == 1


def test_bodies_that_stand_above_each_other_are_counted_and_end() -> None:
    facts = judged({"xa": body(parents=below("xb")), "xb": body(parents=below("xa"))} | reviewed("xa"), DAY)
    assert whole(facts) == {"xa": 1, "xb": 1}


@pytest.mark.parametrize(("day", "parents"), [("2025-06-30", ("huyen",)), ("2025-07-01", ("tinh",))])
def test_the_tree_is_the_one_in_force_on_the_day(day: str, parents: tuple[str, ...]) -> None:
    facts = judged(
        {
            "tinh": body(),
            "huyen": body(to="2025-06-30", parents=[{"of": "tinh", "to": "2025-06-30"}]),
            "xa": body(parents=[{"of": "huyen", "to": "2025-06-30"}, {"of": "tinh", "from": "2025-07-01"}]),
        }
        | reviewed("xa", "huyen"),
        day,
    )
    assert facts.organisations["xa"].parents == parents
    assert facts.organisations["huyen"].in_force is (parents == ("huyen",))
    assert facts.whole.finding_total == 2


def test_a_body_that_ended_stands_above_and_below_nobody_and_keeps_what_it_did() -> None:
    facts = judged({"tinh": body(), "huyen": body(to="2025-06-30", parents=below("tinh")), "xa": body(parents=below("huyen"))} | reviewed("huyen", "xa"), DAY)
    assert (facts.organisations["xa"].parents, facts.organisations["huyen"].parents) == ((), ())
    assert whole(facts) == {"huyen": 1, "xa": 1}


@pytest.mark.parametrize("how", ["merged", "renamed"])
def test_after_a_merger_or_a_renaming_the_successor_answers(how: str) -> None:
    records = (
        {
            "tinh": body(),
            "xa": body(parents=below("tinh")),
            "xm": body(parents=below("tinh"), lineage=[{"of": "xa", "how": how, "date": "2025-07-01"}]),
        }
        | reviewed("xa", "xm")
        | planned("xa")
    )
    before, after = judged(records, "2025-06-30"), judged(records, "2025-07-01")
    assert (own(before), own(after)) == ({"xa": 1, "xm": 1}, {"xm": 2})
    assert whole(after) == {"tinh": 2, "xm": 2}
    assert (after.findings["xa/reviews/2024#F1"].organisation, after.findings["xa/reviews/2024#F1"].about) == ("xm", "xa")
    assert after.actions["xa/plans/2025#A1"].organisation == "xm"
    assert (before.organisations["xa"].in_force, after.organisations["xa"].in_force) == (True, False)
    assert (before.organisations["xa"].successors, after.organisations["xa"].successors) == ((), ("xm",))
    assert (before.organisations["xm"].predecessors, after.organisations["xm"].predecessors) == ((), ("xa",))
    assert before.organisations["xm"].in_force is (how == "merged")
    assert after.organisations["tinh"].children == ("xm",)


def test_successors_are_followed_however_often() -> None:
    records = {
        "x1": body(),
        "x2": body(lineage=[{"of": "x1", "how": "renamed", "date": "2025-02-01"}]),
        "x3": body(lineage=[{"of": "x2", "how": "merged", "date": "2025-03"}]),
        "x4": body(lineage=[{"of": "x3", "how": "renamed", "date": 2026}]),
    } | reviewed("x1")
    assert [own(judged(records, day)) for day in ("2025-01-31", "2025-02-01", "2025-03-01", "2026-01-01")] == [{"x1": 1}, {"x2": 1}, {"x3": 1}, {"x4": 1}]


def test_those_below_a_merged_body_stand_below_its_successor() -> None:
    records = {"h1": body(), "xa": body(parents=below("h1")), "h2": body(lineage=[{"of": "h1", "how": "merged", "date": "2025-07-01"}])} | reviewed("xa")
    facts = judged(records, DAY)
    assert facts.organisations["xa"].parents == ("h2",)
    assert whole(facts) == {"h2": 1, "xa": 1}


def test_a_parent_that_nobody_describes_is_passed_over() -> None:
    facts = judged({"xa": body(parents=below("nowhere"))} | reviewed("xa"), DAY)
    assert facts.organisations["xa"].parents == ()


def test_a_body_that_takes_over_its_parent_is_not_above_itself() -> None:
    facts = judged({"h1": body(), "xa": body(parents=below("h1"), lineage=[{"of": "h1", "how": "merged", "date": "2025-07-01"}])} | reviewed("h1"), DAY)
    assert facts.organisations["xa"].parents == ()
    assert whole(facts) == {"xa": 1}


def test_a_split_leaves_the_finding_where_it_is_until_that_body_ends() -> None:
    parts = {f"x{letter}": body(lineage=[{"of": "xm", "how": "split", "date": "2025-03-01"}]) for letter in "ba"}
    lasting, ending = judged({"xm": body()} | parts | reviewed("xm"), DAY), judged({"xm": body(to="2025-06-30")} | parts | reviewed("xm"), DAY)
    assert (own(lasting), own(ending)) == ({"xm": 1}, {"xa": 1})
    assert lasting.organisations["xm"].in_force
    assert lasting.organisations["xm"].successors == ("xa", "xb")
    assert not judged({"xm": body()} | parts, "2025-02-28").organisations["xa"].in_force


def test_bodies_that_follow_each_other_in_a_circle_end_somewhere() -> None:
    circle = {one: body(lineage=[{"of": other, "how": "renamed", "date": "2025-01-01"}]) for one, other in (("xa", "xb"), ("xb", "xa"))}
    assert judged(circle | reviewed("xa", "xb"), DAY).whole.finding_total == 2
    assert judged(circle | reviewed("xa"), "2024-12-31").whole.finding_total == 1


def test_an_organisation_whose_lineage_a_source_does_not_date_is_followed_by_nobody() -> None:
    facts = judged({"xa": body(), "xm": body(told_by=["common/sources/a"], lineage=[{"of": "xa", "how": "merged"}])} | reviewed("xa"), DAY)
    assert own(facts) == {"xa": 1}
    assert facts.organisations["xm"].in_force


def test_an_organisation_that_moved_is_found_by_its_former_id() -> None:
    facts = judged({"tinh": body(formerly=["tinh-cu"]), "xa": body(parents=below("tinh-cu"))} | reviewed("xa"), DAY)
    assert whole(facts) == {"tinh": 1, "xa": 1}


def inspection(about: list[str], **more: Any) -> dict[str, Data]:
    return {"ub/inspections/1": {"about": about, "findings": [{"id": "F1", "statement": "…", **more}], "concluded": {"date": "2025-02-01"}}}


@pytest.mark.parametrize(
    ("about", "responsible", "place"),
    [
        (["xa"], [], "xa"),
        (["xb", "xa"], [], "xb"),
        (["xb", "xa"], [{"who": "xa", "share": "lead"}], "xa"),
        (["xb", "xa"], [{"who": "xb", "share": "shared"}, {"who": "xa/roles/bi-thu", "share": "lead"}], "xa"),
        (["xb", "xa"], [{"who": "ub", "share": "lead"}, {"posts": {"value": 2, "unit": "chức danh"}, "share": "lead"}], "xb"),
        (["xa"], [{"who": "xb", "share": "lead"}], "xa"),
    ],
)
def test_what_an_inspection_finds_counts_at_the_inspected(about: list[str], responsible: list[Data], place: str) -> None:
    facts = judged({"ub": body(), "xa": body(), "xb": body()} | inspection(about, responsible=responsible), DAY)
    assert own(facts) == {place: 1}


def test_an_inspection_counts_once_it_is_concluded() -> None:
    records = {"ub": body(), "xa": body()} | inspection(["xa"])
    assert (own(judged(records, "2025-01-31")), own(judged(records, "2025-02-01"))) == ({}, {"xa": 1})
    records["ub/inspections/1"]["announced"] = {"date": "2025-01-15"}
    facts = judged(records, "2025-01-31")
    assert (own(facts), facts.findings["ub/inspections/1#F1"].draft) == ({}, True)


def test_a_finding_of_a_body_that_nobody_describes_is_in_the_whole() -> None:
    facts = judged({"ub": body()} | inspection(["nowhere"]), DAY)
    assert facts.findings["ub/inspections/1#F1"].organisation == "nowhere"
    assert facts.whole.finding_total == 1


def test_every_state_has_a_number() -> None:
    facts = judged({"xa": body()}, DAY)
    assert set(facts.whole.findings) == {"resolved", "claimed", "in_progress", "unresolved", "no_action", "not_known"}
    assert set(facts.organisations["xa"].own.actions) == {"planned", "in_progress", "completed", "verified", "effective", "stopped"}
    assert facts.whole + facts.whole == facts.whole
