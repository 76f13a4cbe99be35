"""Dates as people know them, compared as intervals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tusoi.dates import Span, has_begun, in_force, is_before, is_past, span


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [
        (2019, date(2019, 1, 1), date(2019, 12, 31)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-12-05", date(2019, 12, 5), date(2019, 12, 5)),
    ],
)
def test_a_stated_date_is_all_the_days_that_it_may_mean(stated: object, first: date, last: date) -> None:
    assert span(stated) == Span(first, last)


@pytest.mark.parametrize("stated", [None, True, "", "soon", "2019-13", "2019-02-30", "2019-1-1-1", 0, 10**9])
def test_what_is_no_date_is_not_known(stated: object) -> None:
    assert span(stated) is None


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2019", "2020", True),
        ("2020", "2019", False),
        ("2019-12", "2019", None),
        ("2019", "2019-06-01", None),
        ("2019-06-01", "2019-06-01", False),
        ("2019-06-01", "2019-06-02", True),
    ],
)
def test_an_uncertain_comparison_says_so(one: str, other: str, answer: bool | None) -> None:  # noqa: FBT001 -- a table
    here, there = span(one), span(other)
    assert here
    assert there
    assert is_before(here, there) is answer


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_full_dates_are_compared_as_days(one: date, other: date) -> None:
    here, there = span(one.isoformat()), span(other.isoformat())
    assert here
    assert there
    assert is_before(here, there) is (one < other)


@given(st.sampled_from(["2019", "2019-06", "2019-06-15", None]), st.dates(date(2018, 1, 1), date(2021, 1, 1)))
def test_what_is_past_has_begun(stated: str | None, day: date) -> None:
    assert not is_past(stated, day) or has_begun(stated, day)


def test_both_ends_of_a_period_belong_to_it() -> None:
    days = [date(2025, 6, 29), date(2025, 6, 30), date(2025, 7, 1)]
    assert [in_force("2025-06-30", "2025-06-30", day) for day in days] == [False, True, False]
    assert in_force(None, None, days[0])
