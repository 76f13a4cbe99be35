"""Stated dates against the days on which they were recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registers import Data, kinds, register
from tusoi import recording
from tusoi.past import NO_PAST, Past, Step, Version

PLAN = "xa/plans/1"
GONE: Any = object()


def past(*said: tuple[str, str, Any]) -> Past:
    """Make a past of files: on which day, under which id, what it said; None where it could not be read, `GONE` where it was taken away."""
    steps = [Step(number, f"{number:040x}", date.fromisoformat(day)) for number, (day, _, _) in enumerate(said)]
    versions: dict[str, list[Version]] = {}
    for step, (_, name, data) in zip(steps, said, strict=True):
        versions.setdefault(name, []).append(Version(step, name, None if data is GONE else data, is_gone=data is GONE))
    return Past("f" * 40, tuple(steps), {name: tuple(each) for name, each in versions.items()})


def late(data: Data, known: Past, name: str = PLAN) -> list[tuple[str, int, str]]:
    """Say which dates of a record were recorded late: the way, the days, and when they were recorded."""
    made = register({name: data})
    return [("/".join(map(str, each.path)), each.days, each.step.day.isoformat()) for each in recording.late(made.records[name], made, known)]


def approved(when: Any) -> Data:
    return {"title": "Kế hoạch", "approved": {"date": when}}


APPROVED = approved("2025-01-10")


@pytest.mark.parametrize(
    ("stated", "day", "days"),
    [
        ("2025-01-10", "2025-02-09", 0),
        ("2025-01-10", "2025-02-10", 31),
        ("2025-01-10", "2025-05-01", 111),
        ("2025-01", "2025-03-02", 0),
        ("2025-01", "2025-03-03", 31),
        (2024, "2025-01-30", 0),
        (2024, "2025-01-31", 31),
        ("2025-01-10", "2025-01-01", 0),
    ],
)
def test_a_date_is_late_where_it_was_recorded_more_than_thirty_days_after_its_last_possible_day(stated: Any, day: str, days: int) -> None:
    data = approved(stated)
    assert late(data, past((day, PLAN, data))) == ([("approved/date", days, day)] if days else [])


def test_the_number_of_days_is_the_profiles() -> None:
    assert kinds().profile.days("late_record_days") == 30


@pytest.mark.parametrize(
    ("name", "key", "data"),
    [
        ("xa/progress/1", "date", {"date": "2025-01-10"}),
        ("xa/documents/1", "dated", {"dated": "2025-01-10"}),
        (PLAN, "consulted/date", {"consulted": {"date": "2025-01-10"}}),
        (PLAN, "withdrawn/date", {"withdrawn": {"date": "2025-01-10"}}),
    ],
)
def test_the_dates_of_a_record_are_its_own_that_of_each_seal_and_that_of_its_withdrawal(name: str, key: str, data: Data) -> None:
    assert late(data, past(("2025-05-01", name, data)), name) == [(key, 111, "2025-05-01")]


def test_of_what_belongs_to_no_organisation_here_nobody_says_how_late_it_came() -> None:
    data = {"dated": "2013-12-12"}
    assert late(data, past(("2025-05-01", "common/documents/1", data)), "common/documents/1") == []


def test_each_seal_was_recorded_when_it_was_recorded() -> None:
    both = {"consulted": {"date": "2025-01-01"}, "approved": {"date": "2025-01-10"}}
    known = past(("2025-01-02", PLAN, {"consulted": {"date": "2025-01-01"}}), ("2025-05-01", PLAN, both))
    assert late(both, known) == [("approved/date", 111, "2025-05-01")]


def test_of_a_date_that_was_changed_the_recording_of_the_one_that_stands_counts() -> None:
    known = past(("2025-01-10", PLAN, approved("2025-01-09")), ("2025-05-01", PLAN, APPROVED))
    assert late(APPROVED, known) == [("approved/date", 111, "2025-05-01")]
    back = past(("2025-01-10", PLAN, APPROVED), ("2025-03-01", PLAN, approved("2025-02-01")), ("2025-05-01", PLAN, APPROVED))
    assert late(APPROVED, back) == [("approved/date", 111, "2025-05-01")]


def test_the_same_date_written_otherwise_is_no_other_date() -> None:
    known = past(("2025-01-10", PLAN, approved("2024")), ("2025-05-01", PLAN, approved(2024)))
    assert late(approved(2024), known) == []


def test_other_changes_of_the_record_move_nothing() -> None:
    known = past(("2025-01-10", PLAN, APPROVED), ("2025-05-01", PLAN, {**APPROVED, "title": "Khác"}))
    assert late({**APPROVED, "title": "Khác"}, known) == []


def test_a_moved_record_follows_formerly() -> None:
    moved = {**APPROVED, "formerly": ["xa/plans/cu"]}
    known = past(("2025-01-10", "xa/plans/cu", APPROVED), ("2025-05-01", "xa/plans/cu", GONE), ("2025-05-02", PLAN, moved))
    assert late(moved, known) == []
    assert late(APPROVED, past(("2025-01-10", "xa/plans/cu", APPROVED), ("2025-05-01", PLAN, APPROVED))) == [("approved/date", 111, "2025-05-01")]


def test_what_a_source_tells_is_never_late() -> None:
    told = {**APPROVED, "told_by": ["common/sources/1"]}
    assert late(told, past(("2025-05-01", PLAN, told))) == []


def test_where_a_version_cannot_be_read_that_may_have_said_it_nothing_is_said() -> None:
    assert late(APPROVED, past(("2025-01-10", PLAN, None), ("2025-05-01", PLAN, APPROVED))) == []
    assert late(APPROVED, past(("2025-01-10", PLAN, approved("2025-01-09")), ("2025-01-11", PLAN, None), ("2025-05-01", PLAN, APPROVED))) == []
    known = past(("2025-05-01", PLAN, APPROVED), ("2025-05-02", PLAN, None), ("2025-05-03", PLAN, APPROVED))
    assert late(APPROVED, known) == [("approved/date", 111, "2025-05-01")]


def test_a_file_that_was_taken_away_and_put_back_had_said_it_before() -> None:
    known = past(("2025-01-10", PLAN, APPROVED), ("2025-02-01", PLAN, GONE), ("2025-05-01", PLAN, APPROVED))
    assert late(APPROVED, known) == []


def test_what_is_not_recorded_has_no_day() -> None:
    assert late(APPROVED, NO_PAST) == []
    assert late(APPROVED, past(("2025-05-01", PLAN, approved("2025-01-01")))) == []
    assert late({"title": "Kế hoạch"}, past(("2025-05-01", PLAN, {"title": "Kế hoạch"}))) == []


def test_what_was_recorded_after_the_day_is_not_known() -> None:
    known = past(("2025-05-01", PLAN, APPROVED))
    assert late(APPROVED, known.until(date(2025, 4, 30))) == []
    assert late(APPROVED, known.until(date(2025, 5, 1))) == [("approved/date", 111, "2025-05-01")]
