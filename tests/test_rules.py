"""Rules at their limits, and records of which nothing is asked."""

from __future__ import annotations

from datetime import date

import pytest

from registers import Data, kinds, register
from tusoi import progress, rules, schema
from tusoi.record import Draft, Source

DAY = date(2026, 3, 15)
PLAN: Data = {
    "of": ["xa/reviews/2024"],
    "followed_by": "huyen",
    "actions": [{"id": "A1", "content": "Làm.", "owner": "xa", "product": "Sổ", "due": "2025-03-31"}],
    "approved": {"date": "2025-01-01"},
}


def found(records: dict[str, Data]) -> list[str]:
    made = register(records)
    return [each.message for each in rules.run(made, progress.measure(made, DAY))]


@pytest.mark.parametrize(("due", "expected"), [("2025-07-03", []), ("2025-07-04", ["R02.milestones"])])
def test_only_what_takes_longer_than_half_a_year_wants_milestones(due: str, expected: list[str]) -> None:
    said = found({"xa/plans/2024": PLAN | {"actions": [{**PLAN["actions"][0], "due": due}]}})
    assert [each for each in said if each.startswith("R02")] == expected


@pytest.mark.parametrize(("stated", "expected"), [(50.5, []), (49.5, []), (50.51, ["R17.percent"]), (49.49, ["R17.percent"])])
def test_a_stated_percentage_may_be_half_a_point_off(stated: float, expected: list[str]) -> None:
    assert found({"xa/reviews/2024": {"figures": [{"value": 1, "of": 2, "unit": "hồ sơ", "stated_percent": stated}]}}) == expected


def test_nothing_is_asked_of_what_is_held_elsewhere_or_was_withdrawn() -> None:
    bare: Data = {"actions": [{"id": "A1"}], "followed_by": "huyen", "approved": {"date": "2025-01-01"}}
    held: Data = {"held_elsewhere": {"kind": "Kế hoạch", "by": "Văn phòng"}}
    assert {each.partition(".")[0] for each in found({"xa/plans/1": bare})} == {"R02"}
    assert found({"xa/plans/1": held}) == []
    assert found({"xa/plans/1": bare | {"withdrawn": {"date": "2025-02-01", "reason": "Nhầm."}}}) == []


def test_what_was_sealed_here_is_here_and_is_judged_though_it_says_that_it_is_elsewhere() -> None:
    bare: Data = {"actions": [{"id": "A1"}], "followed_by": "huyen", "approved": {"date": "2025-01-01"}}
    held: Data = {"held_elsewhere": {"kind": "Kế hoạch", "by": "Văn phòng"}}
    assert found({"xa/plans/1": bare | held}) == found({"xa/plans/1": bare})


@pytest.mark.parametrize("path", ["withdrawn/reason", "withdrawn/date"])
def test_why_and_when_a_record_was_withdrawn_no_source_can_leave_out(path: str) -> None:
    whole = {"date": "2025-02-01", "reason": "Nhầm."}
    left = {key: value for key, value in whole.items() if key != path.split("/")[1]}
    data: Data = {"title": "Kể", "told_by": ["common/sources/bao"], "missing": [path, "cycle"], "withdrawn": left}
    _, problems, rejected = schema.accept([Draft("xa/reviews/1", "reviews", data, Source("x.yml"))], kinds())
    assert rejected == {"xa/reviews/1"}
    assert ("S01", tuple(path.split("/"))) in {(each.code, each.path) for each in problems}
