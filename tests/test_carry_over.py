"""What each cycle asks about the findings before it, and the tally of the answers."""

from __future__ import annotations

from typing import Any

import pytest

from registers import Data, judged
from tusoi.facts import CarryColumn, CarryRow

DAY = "2026-06-30"


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
    assert sum(row.number(column) for column in CarryColumn) == row.total == len(row.findings) == len({each.part.ref for each in row.findings})
    return {column.value: row.number(column) for column in CarryColumn if row.number(column)}


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
        ("effectiveness", "confirmed", "resolved"),
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


def test_a_cycle_that_names_none_before_it_follows_the_last_that_is_related_to_it() -> None:
    unnamed = cycle(2023, "xa") | cycle(2024, "xa") | cycle(2025, "xa")
    assert rows(unnamed, review(2023, "F1"), review(2024, "F1"))["2025", "xa"].total == 2
    assert rows(cycle(2024, "xa", kind="term"), cycle(2025, "xa"), review(2024, "F1"))["2025", "xa"].total == 1
    assert rows(cycle(2025, "xa"), review(2024, "F1")) == {}


def test_cycles_are_related_by_their_organiser_or_by_those_that_they_are_for() -> None:
    others = cycle(2024, "xb")["huyen/cycles/2024"]
    bodies: dict[str, Data] = {"xb": body(), "khac": body()}
    by_another = {"khac/cycles/2024": others}
    assert set(rows(bodies, cycle(2025, "xa"), {"huyen/cycles/2024": others})) == {("2025", "xa")}
    assert rows(bodies, cycle(2025, "xa"), by_another) == {}
    assert set(rows(bodies, cycle(2025, "xa"), {"khac/cycles/2024": others | {"scope": ["xa"]}})) == {("2025", "xa")}
    successor = {"xc": body(lineage=[{"of": "xb", "how": "renamed", "date": "2025-07-01"}])}
    assert set(rows(bodies, successor, cycle(2025, "xc"), by_another)) == {("2025", "xc")}


def test_of_two_cycles_that_ended_on_one_day_the_one_of_the_same_kind_is_the_one_before() -> None:
    quarter = cycle(2024, "xa", kind="quarterly", **{"from": "2024-10-01"})["huyen/cycles/2024"]
    two = cycle(2024, "xa") | {"huyen/cycles/2024-q4": quarter} | cycle(2025, "xa")
    late = review(2024, "F1", concluded={"date": "2025-02-10"}) | {"xa/reviews/2024-q4": {**review(2024, "F1")["xa/reviews/2024"]}}
    late["xa/reviews/2024-q4"] |= {"cycle": "huyen/cycles/2024-q4", "concluded": {"date": "2025-02-10"}}
    assert rows(two, late)["2025", "xa"].total == 2


def test_the_cycle_that_is_named_counts_also_by_its_former_id() -> None:
    three = cycle(2023, "xa", formerly=["tinh/cycles/2023"]) | cycle(2024, "xa") | cycle(2025, "xa", previous="tinh/cycles/2023")
    found = rows(three, review(2023, "F1"), review(2024, "F1"))
    assert [each.part.ref for each in found["2025", "xa"].findings] == ["xa/reviews/2023#F1"]


@pytest.mark.parametrize("named", ["huyen/cycles/nowhere", "huyen/cycles/2025", "huyen/cycles/2026"])
def test_a_cycle_that_names_one_that_cannot_be_the_one_before_follows_the_last(named: str) -> None:
    found = rows(cycle(2024, "xa"), cycle(2025, "xa", previous=named), cycle(2026, "xa"), review(2024, "F1"))
    assert found["2025", "xa"].total == 1


def test_what_was_concluded_before_the_cycle_before_had_ended_is_asked_even_where_its_own_cycle_went_on() -> None:
    long = cycle(2024, "xa", kind="thematic", **{"from": "2024-06-01", "to": "2025-03-31"})["huyen/cycles/2024"]
    own: dict[str, Data] = {"xa/reviews/ct": {**review(2024, "F1")["xa/reviews/2024"], "cycle": "huyen/cycles/ct", "concluded": {"date": "2024-11-05"}}}
    assert [each.part.ref for each in rows(BOTH, {"huyen/cycles/ct": long}, own)["2025", "xa"].findings] == ["xa/reviews/ct#F1"]
    own["xa/reviews/ct"]["concluded"] = {"date": "2025-01-05"}
    assert rows(BOTH, {"huyen/cycles/ct": long}, own)["2025", "xa"].total == 0


def test_what_another_organisation_answers_is_no_answer() -> None:
    foreign = review(2025, of="xb", answers={"xa/reviews/2024#F1": "resolved"})
    found = rows(BOTH, {"xb": body()}, review(2024, "F1"), review(2025), foreign)
    assert columns(found["2025", "xa"]) == {"unanswered": 1}
    assert not found["2025", "xa"].lines[0].finding.carried


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


# What was checked


def answered(answer: str, checked_answer: str = "", result: str = "confirmed", day: str = "2025-12-20") -> dict[str, Data]:
    """A carry-over check that says which answer it is about, beside the answer that the review gives today."""
    entry = {"of": "xa/reviews/2024#F1", "check": "carry_over", "result": result, **({"answer": checked_answer} if checked_answer else {})}
    return review(2024, "F1") | review(2025, answers={"2024#F1": answer}) | {"ub/verifications/a": {"date": day, "entries": [entry]}}


@pytest.mark.parametrize(
    ("answer", "checked_answer", "result", "column"),
    [
        ("resolved", "", "confirmed", "resolved"),
        ("resolved", "resolved", "confirmed", "resolved"),
        ("resolved", "in_progress", "confirmed", "claimed"),
        ("resolved", "unresolved", "rejected", "claimed"),
        ("in_progress", "resolved", "confirmed", "in_progress"),
        ("in_progress", "in_progress", "partly", "in_progress"),
        ("in_progress", "in_progress", "rejected", "unresolved"),
        ("unresolved", "unresolved", "rejected", "unresolved"),
    ],
)
def test_a_check_of_another_answer_says_nothing_of_the_one_that_stands(answer: str, checked_answer: str, result: str, column: str) -> None:
    row = rows(BOTH, answered(answer, checked_answer, result))["2025", "xa"]
    assert columns(row) == {column: 1}
    (line,) = row.lines
    assert line.answer
    assert line.answer.record.id == "xa/reviews/2025"
    assert (line.check is None) == (checked_answer not in ("", answer))


@pytest.mark.parametrize(("answer", "checked_answer"), [("resolved", "in_progress"), ("in_progress", "resolved"), ("in_progress", "in_progress")])
def test_a_finding_is_resolved_only_where_the_answer_and_the_check_say_so(answer: str, checked_answer: str) -> None:
    records: dict[str, Data] = {"huyen": body(), "ub": body(), "xa": body(), **BOTH}
    state = {word: judged(records | answered(*word), DAY).findings["xa/reviews/2024#F1"].state.value for word in ((answer, checked_answer), ("resolved",) * 2)}
    assert state["resolved", "resolved"] == "resolved"
    assert state[answer, checked_answer] in ("claimed", "in_progress")


def test_beside_each_answer_stands_what_the_checker_found() -> None:
    (line,) = rows(BOTH, answered("in_progress", "in_progress", "partly"))["2025", "xa"].lines
    assert line.check
    assert (line.check.record.id, line.check.result) == ("ub/verifications/a", "partly")
    (line,) = rows(BOTH, review(2024, "F1"), review(2025, answers={"2024#F1": "resolved"}))["2025", "xa"].lines
    assert line.check is None


def test_the_check_of_a_later_answer_says_nothing_of_an_earlier_one() -> None:
    three = BOTH | cycle(2026, "xa", previous="huyen/cycles/2025")
    answers = review(2025, answers={"2024#F1": "resolved"}), review(2026, answers={"2024#F1": "in_progress"})
    found = rows(three, review(2024, "F1"), *answers, checked("2026-12-20", "xa/reviews/2024#F1", check="carry_over"), day="2027-01-31")
    assert [columns(found[year, "xa"]) for year in ("2025", "2026")] == [{"claimed": 1}, {"in_progress": 1}]
    assert [line.check is None for year in ("2025", "2026") for line in found[year, "xa"].lines] == [True, False]


# Held elsewhere


def held(year: int = 2025, of: str = "xa", **more: Any) -> dict[str, Data]:
    stub = {"kind": "Báo cáo kiểm điểm", "by": "Văn phòng", "submitted": f"{year}-12-10", **more}
    return {f"{of}/reviews/{year}-luu": {"cycle": f"huyen/cycles/{year}", "held_elsewhere": stub}}


def test_what_a_review_held_elsewhere_answers_has_a_column_of_its_own() -> None:
    row = rows(BOTH, review(2024, "F1", "F2"), held())["2025", "xa"]
    assert columns(row) == {"held": 2}
    assert (row.is_held, row.is_complete) == (True, True)
    row = rows(BOTH, review(2024, "F1"), held(), day="2025-12-09")["2025", "xa"]
    assert (columns(row), row.review, row.is_complete) == ({"unanswered": 1}, None, False)


def test_the_individual_reviews_held_elsewhere_answer_for_nobody_else() -> None:
    row = rows(BOTH, review(2024, "F1"), held(posts=1))["2025", "xa"]
    assert (columns(row), row.review) == ({"unanswered": 1}, None)


def test_a_review_that_is_here_answers_and_not_one_held_elsewhere_beside_it() -> None:
    row = rows(BOTH, review(2024, "F1", "F2"), review(2025, answers={"2024#F1": "unresolved"}), held())["2025", "xa"]
    assert columns(row) == {"unresolved": 1, "unanswered": 1}
    assert row.review
    assert (row.review.id, row.is_complete) == ("xa/reviews/2025", False)


def test_after_a_merger_a_review_held_elsewhere_stands_for_its_own_organisation_only() -> None:
    records = MERGER | cycle(2024, "xa", "xb") | cycle(2025, "xm", previous="huyen/cycles/2024") | review(2024, "F1") | review(2024, "F1", of="xb")
    early = held(of="xb", submitted="2025-06-20")
    row = rows(records, early)["2025", "xm"]
    assert {line.finding.part.ref: line.column.value for line in row.lines} == {"xa/reviews/2024#F1": "unanswered", "xb/reviews/2024#F1": "held"}
    row = rows(records, early, review(2025, of="xm"))["2025", "xm"]
    assert columns(row) == {"unanswered": 2}
    assert columns(rows(records, held(of="xm"))["2025", "xm"]) == {"held": 2}


# Who is asked


def test_who_reviews_itself_is_asked_though_nobody_counted_it_in() -> None:
    outside = cycle(2024, "xa") | cycle(2025, "xb", previous="huyen/cycles/2024")
    assert columns(rows(outside, {"xb": body()}, review(2024, "F1"), review(2025))["2025", "xa"]) == {"unanswered": 1}
    exempt = cycle(2025, "xa", previous="huyen/cycles/2024", exemptions=[{"of": "xa", "reason": "Mới thành lập."}])
    assert columns(rows(cycle(2024, "xa"), exempt, review(2024, "F1"), review(2025))["2025", "xa"]) == {"unanswered": 1}


@pytest.mark.parametrize(
    ("seals", "answers", "is_complete"),
    [
        (("submitted", "concluded"), {"2024#F1": "resolved"}, True),
        (("submitted",), {"2024#F1": "resolved"}, False),
        (("concluded",), {}, False),
    ],
)
def test_a_row_is_complete_when_the_review_is_concluded_and_everything_answered(seals: tuple[str, ...], answers: dict[str, str], is_complete: bool) -> None:  # noqa: FBT001 -- a column of the table
    this = review(2025, answers=answers)["xa/reviews/2025"]
    del this["concluded"]
    sealed = {"xa/reviews/2025": this | {seal: {"date": "2025-12-12"} for seal in seals}}
    assert rows(BOTH, review(2024, "F1"), sealed)["2025", "xa"].is_complete is is_complete
