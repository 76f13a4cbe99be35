"""What each cycle asks about the findings before it, and the tally of the answers."""

from __future__ import annotations

from typing import Any

import pytest

from registers import Data, judged
from tusoi.facts import CarryRow

DAY = "2026-06-30"
COLUMNS = ("resolved", "claimed", "in_progress", "unresolved", "unanswered")


def body(**more: Any) -> Data:
    return {"name": "Đơn vị", "type": "party_committee", **more}


def cycle(year: int, *scope: str, **more: Any) -> dict[str, Data]:
    data = {"name": f"Năm {year}", "kind": "annual", "from": f"{year}-01-01", "to": f"{year}-12-31", "scope": list(scope), "steps": [{"step": "review"}]}
    return {f"huyen/cycles/{year}": {**data, "opened": {"date": f"{year}-02-01"}, **more}}


def review(year: int, *findings: str, of: str = "xa", answers: dict[str, str] | None = None, **more: Any) -> dict[str, Data]:
    """A concluded review; `answers` are by the finding, as `2024#F1` of the same organisation or as a whole link."""
    lines = [{"finding": ref if "/" in ref else f"{of}/reviews/{ref}", "answer": answer} for ref, answer in (answers or {}).items()]
    data: Data = {"cycle": f"huyen/cycles/{year}", "concluded": {"date": f"{year}-12-12"}}
    return {f"{of}/reviews/{year}": {**data, "findings": [{"id": each, "statement": "…"} for each in findings], "carry_over": lines, **more}}


def checked(day: str, of: str, result: str = "confirmed", check: str = "completion") -> dict[str, Data]:
    return {f"ub/verifications/{day}-{check}": {"date": day, "entries": [{"of": of, "check": check, "result": result}]}}


def rows(*parts: dict[str, Data], day: str = DAY) -> dict[tuple[str, str], CarryRow]:
    records: dict[str, Data] = {"huyen": body(), "ub": body(), "xa": body()}
    for part in parts:
        records |= part
    return {(row.cycle.rpartition("/")[2], row.organisation): row for row in judged(records, day).carry}


def columns(row: CarryRow) -> dict[str, int]:
    assert sum(getattr(row, column) for column in COLUMNS) == row.total == len(row.findings)
    return {column: getattr(row, column) for column in COLUMNS if getattr(row, column)}


BOTH = cycle(2024, "xa") | cycle(2025, "xa", previous="huyen/cycles/2024")


def test_the_columns_are_the_answers_beside_the_confirmations() -> None:
    answers = {"2024#F1": "resolved", "2024#F2": "resolved", "2024#F3": "in_progress", "2024#F4": "unresolved"}
    found = rows(
        BOTH, review(2024, "F1", "F2", "F3", "F4", "F5"), review(2025, answers=answers), checked("2025-12-20", "xa/reviews/2024#F1", check="carry_over")
    )
    assert list(found) == [("2025", "xa")]
    row = found["2025", "xa"]
    assert columns(row) == {"resolved": 1, "claimed": 1, "in_progress": 1, "unresolved": 1, "unanswered": 1}
    assert row.review
    assert row.review.id == "xa/reviews/2025"


@pytest.mark.parametrize(
    ("check", "result", "column"),
    [
        ("completion", "confirmed", "resolved"),
        ("carry_over", "partly", "in_progress"),
        ("carry_over", "rejected", "unresolved"),
        ("completion", "rejected", "unresolved"),
        ("completion", "partly", "in_progress"),
    ],
)
def test_what_the_checker_found_about_an_answer_decides_its_column(check: str, result: str, column: str) -> None:
    found = rows(BOTH, review(2024, "F1"), review(2025, answers={"2024#F1": "resolved"}), checked("2025-12-20", "xa/reviews/2024#F1", result, check))
    assert columns(found["2025", "xa"]) == {column: 1}


def test_without_an_answer_it_is_unanswered_whatever_else_is_known() -> None:
    found = rows(BOTH, review(2024, "F1"), review(2025), checked("2025-06-01", "xa/reviews/2024#F1"))
    assert columns(found["2025", "xa"]) == {"unanswered": 1}
    assert columns(rows(BOTH, review(2024, "F1"))["2025", "xa"]) == {"unanswered": 1}


def test_what_was_confirmed_before_the_cycle_began_is_not_asked_again() -> None:
    assert rows(BOTH, review(2024, "F1"), checked("2024-12-31", "xa/reviews/2024#F1"))["2025", "xa"].total == 0
    assert rows(BOTH, review(2024, "F1"), checked("2025-01-01", "xa/reviews/2024#F1"))["2025", "xa"].total == 1
    taken_back = checked("2024-12-20", "xa/reviews/2024#F1") | checked("2025-03-01", "xa/reviews/2024#F1", "rejected", "effectiveness")
    assert rows(BOTH, review(2024, "F1"), taken_back)["2025", "xa"].total == 0


def test_open_findings_of_all_earlier_cycles_and_all_sources_are_asked() -> None:
    inspection: dict[str, Data] = {
        "ub/inspections/a": {"about": ["xa"], "findings": [{"id": "F1", "statement": "…"}], "concluded": {"date": "2024-12-31"}},
        "ub/inspections/b": {"about": ["xa"], "findings": [{"id": "F1", "statement": "…"}], "concluded": {"date": "2025-01-01"}},
    }
    found = rows(cycle(2023, "xa"), BOTH, review(2023, "F1"), review(2024, "F1"), review(2025, "F1"), inspection)
    assert [each.part.ref for each in found["2025", "xa"].findings] == ["ub/inspections/a#F1", "xa/reviews/2023#F1", "xa/reviews/2024#F1"]
    assert [each.part.ref for each in found["2024", "xa"].findings] == ["xa/reviews/2023#F1"]
    assert ("2023", "xa") not in found


def test_a_review_concluded_after_its_cycle_belongs_to_it_all_the_same() -> None:
    late = review(2024, "F1", concluded={"date": "2025-02-10"})
    assert rows(BOTH, late)["2025", "xa"].total == 1
    assert rows(BOTH, late, day="2025-02-09")["2025", "xa"].total == 0


def test_what_does_not_count_is_not_asked() -> None:
    told = review(2024, "F1", told_by=["common/sources/a"])
    personal = review(2024, "F1", of="xa")
    personal["xa/reviews/2024"]["of"] = "xa/roles/bi-thu"
    assert rows(BOTH, told)["2025", "xa"].total == 0
    assert rows(BOTH, personal)["2025", "xa"].total == 0


def test_only_a_submitted_or_concluded_collective_review_answers() -> None:
    answer = review(2025, answers={"2024#F1": "resolved"})
    submitted = {"xa/reviews/2025": {**answer["xa/reviews/2025"], "submitted": {"date": "2025-12-01"}}}
    draft = {"xa/reviews/2025": {key: value for key, value in answer["xa/reviews/2025"].items() if key != "concluded"}}
    personal = {"xa/reviews/2025": {**answer["xa/reviews/2025"], "of": "xa/roles/bi-thu"}}
    assert columns(rows(BOTH, review(2024, "F1"), submitted, day="2025-12-05")["2025", "xa"]) == {"claimed": 1}
    for silent in (draft, personal):
        row = rows(BOTH, review(2024, "F1"), silent)["2025", "xa"]
        assert (columns(row), row.review) == ({"unanswered": 1}, None)


def test_the_answer_of_another_cycle_is_no_answer_to_this_one() -> None:
    found = rows(
        BOTH,
        cycle(2026, "xa", previous="huyen/cycles/2025"),
        review(2024, "F1"),
        review(2025, answers={"2024#F1": "in_progress"}),
        review(2026, answers={"2024#F1": "resolved"}),
        day="2026-12-31",
    )
    assert columns(found["2025", "xa"]) == {"in_progress": 1}
    assert columns(found["2026", "xa"]) == {"claimed": 1}


def test_a_cycle_that_names_none_before_it_follows_the_last_of_its_kind() -> None:
    unnamed = cycle(2023, "xa") | cycle(2024, "xa") | cycle(2025, "xa")
    assert rows(unnamed, review(2023, "F1"), review(2024, "F1"))["2025", "xa"].total == 2
    assert rows(cycle(2024, "xa", kind="term"), cycle(2025, "xa"), review(2024, "F1")) == {}
    assert rows(cycle(2025, "xa"), review(2024, "F1")) == {}


def test_the_cycle_that_is_named_counts_also_by_its_former_id() -> None:
    three = cycle(2023, "xa", formerly=["tinh/cycles/2023"]) | cycle(2024, "xa") | cycle(2025, "xa", previous="tinh/cycles/2023")
    found = rows(three, review(2023, "F1"), review(2024, "F1"))
    assert [each.part.ref for each in found["2025", "xa"].findings] == ["xa/reviews/2023#F1"]
    assert rows(cycle(2025, "xa", previous="huyen/cycles/nowhere"), cycle(2024, "xa")) == {}


def test_a_cycle_within_another_or_that_ends_with_it_is_not_the_one_before() -> None:
    this = cycle(2025, "xa")
    for begin, end in (("2025-03-01", "2025-06-30"), ("2025-01-01", "2025-06-30"), ("2024-06-01", "2025-12-31")):
        assert rows(this, cycle(2024, "xa", **{"from": begin, "to": end})) == {}
    assert set(rows(this, cycle(2024, "xa", **{"from": "2024-06-01", "to": "2025-06-30"}))) == {("2025", "xa")}


def test_rows_come_by_cycle_then_by_organisation() -> None:
    three = cycle(2023, "xa") | cycle(2024, "xc", "xa", "xb") | cycle(2025, "xb", "xa", "xc")
    found = list(rows(three, {each: body() for each in ("xc", "xb")}))
    assert found == [(year, each) for year in ("2024", "2025") for each in ("xa", "xb", "xc")]


@pytest.mark.parametrize("end", ["from", "to"])
def test_a_cycle_held_elsewhere_whose_ends_are_not_known_asks_nothing(end: str) -> None:
    held = {**BOTH["huyen/cycles/2025"], "held_elsewhere": {"kind": "Kế hoạch", "by": "Văn phòng"}}
    del held[end]
    assert rows(BOTH, {"huyen/cycles/2025": held}, review(2024, "F1")) == {}


@pytest.mark.parametrize(
    "change", [{"told_by": ["common/sources/a"]}, {"withdrawn": {"date": "2025-03-01", "reason": "Nhầm"}}, {"opened": {"date": "2026-07-01"}}]
)
def test_a_cycle_that_is_told_withdrawn_or_not_open_asks_nothing(change: Data) -> None:
    assert rows(BOTH, {"huyen/cycles/2025": {**BOTH["huyen/cycles/2025"], **change}}, review(2024, "F1")) == {}


def test_a_cycle_asks_from_the_day_it_begins_and_not_those_who_are_exempt() -> None:
    opened_early = cycle(2024, "xa") | cycle(2025, "xa", previous="huyen/cycles/2024", opened={"date": "2024-12-01"})
    assert rows(opened_early, review(2024, "F1"), day="2024-12-31") == {}
    assert len(rows(opened_early, review(2024, "F1"), day="2025-01-01")) == 1
    exempt = cycle(2025, "xa", "xb", previous="huyen/cycles/2024", exemptions=[{"of": "xa", "reason": "Mới thành lập."}])
    assert set(rows(cycle(2024, "xa"), exempt, {"xb": body()}, review(2024, "F1"))) == {("2025", "xb")}


MERGER = {
    "xb": body(to="2025-06-30"),
    "xa": body(to="2025-06-30"),
    "xm": body(**{"from": "2025-07-01"}, lineage=[{"of": each, "how": "merged", "date": "2025-07-01"} for each in ("xa", "xb")]),
}


def test_after_a_merger_the_successor_answers_for_both() -> None:
    records = (
        MERGER
        | cycle(2024, "xa", "xb", previous="huyen/cycles/2023")
        | cycle(2023, "xa", "xb")
        | cycle(2025, "xa", "xm", previous="huyen/cycles/2024")
        | review(2023, "F1")
        | review(2024, "F1", answers={"2023#F1": "unresolved"})
        | review(2024, "F1", of="xb")
        | review(2025, of="xm", answers={"xa/reviews/2023#F1": "resolved", "xb/reviews/2024#F1": "in_progress"})
    )
    found = rows(records)
    assert set(found) == {("2024", "xa"), ("2024", "xb"), ("2025", "xm")}
    assert columns(found["2024", "xa"]) == {"unresolved": 1}
    assert columns(found["2025", "xm"]) == {"claimed": 1, "in_progress": 1, "unanswered": 1}
    assert found["2025", "xm"].review
    assert set(rows(records, day="2025-06-30")) == {("2024", "xa"), ("2024", "xb"), ("2025", "xa"), ("2025", "xb")}


def test_the_review_of_a_row_is_its_own_before_that_of_a_predecessor() -> None:
    records = MERGER | cycle(2024, "xa", "xb") | cycle(2025, "xm", previous="huyen/cycles/2024") | review(2024, "F1")
    early = review(2025, answers={"2024#F1": "in_progress"}, concluded={"date": "2025-06-20"})
    row = rows(records, early)["2025", "xm"]
    assert row.review
    assert (row.review.id, columns(row)) == ("xa/reviews/2025", {"in_progress": 1})
    row = rows(records, early, review(2025, of="xm", answers={"xa/reviews/2024#F1": "resolved"}))["2025", "xm"]
    assert row.review
    assert (row.review.id, columns(row)) == ("xm/reviews/2025", {"claimed": 1})


def test_a_body_that_will_take_over_another_answers_for_itself_until_then() -> None:
    absorbing = {"xa": body(lineage=[{"of": "xb", "how": "merged", "date": "2027-01-01"}]), "xb": body()}
    found = rows(absorbing, cycle(2024, "xa"), cycle(2025, "xa"), review(2024, "F1"), review(2024, "F1", of="xb"))
    assert {place: row.total for (_, place), row in found.items()} == {"xa": 1}


def test_bodies_that_will_follow_each_other_in_a_circle_still_have_a_row() -> None:
    circle = {one: body(**{"from": 2027}, lineage=[{"of": other, "how": "renamed", "date": 2027}]) for one, other in (("xb", "xc"), ("xc", "xb"))}
    assert set(rows(circle, cycle(2024, "xb"), cycle(2025, "xb"))) == {("2025", "xb")}
