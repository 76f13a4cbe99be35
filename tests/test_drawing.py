"""Where things stand in a picture: nothing leaves its frame, nothing touches what it should not, and the same facts always give the same places."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tusoi.dates import span
from tusoi.drawing import Axis, Piece, Tick, month_ends, percent, scaled

YEAR = Axis.over([date(2025, 1, 10), date(2025, 12, 24)])
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
LETTER = 8.2
"""The width of a digit in a date below an axis, in pixels: 16 px letters, measured."""
NARROWEST = 277
"""The width of an axis on the narrowest phone, 320 px, in pixels."""


def number(text: str) -> float:
    return float(text.removesuffix("%"))


def ends(piece: Piece) -> tuple[float, float]:
    return number(piece.x), number(piece.x) + number(piece.width)


def room(tick: Tick) -> tuple[float, float]:
    """Give from where to where a date is written on the narrowest phone, in pixels."""
    width = LETTER * len("01/2025")
    start = NARROWEST * number(tick.x) / 100 - {"start": 0, "middle": width / 2, "end": width}[tick.anchor]
    return start, start + width


class TestAxis:
    def test_it_goes_from_the_first_of_a_month_to_the_last_of_one(self) -> None:
        """So it does not move from day to day."""
        assert (YEAR.first, YEAR.last) == (date(2025, 1, 1), date(2025, 12, 31))
        assert Axis.over([date(2024, 2, 29)]) == Axis(date(2024, 2, 1), date(2024, 2, 29))
        with pytest.raises(ValueError, match="needs a day"):
            Axis.over([])

    def test_its_ends_are_the_ends_of_the_room(self) -> None:
        assert (YEAR.at(YEAR.first), YEAR.at(YEAR.last)) == ("0%", "100%")

    def test_what_lies_before_or_after_it_stands_at_its_ends(self) -> None:
        assert YEAR.at(date(1999, 1, 1)) == "0%"
        assert YEAR.at(date(2099, 1, 1)) == "100%"
        assert YEAR.piece(date(1999, 1, 1), date(2099, 1, 1)) == Piece("0%", "100%")

    def test_a_stretch_outside_or_backwards_is_none(self) -> None:
        assert YEAR.piece(date(2024, 1, 1), date(2024, 12, 31)) is None
        assert YEAR.piece(date(2026, 1, 1), date(2026, 2, 1)) is None
        assert YEAR.piece(date(2025, 3, 2), date(2025, 3, 1)) is None

    def test_one_day_is_wide_enough_to_be_seen_also_at_the_end(self) -> None:
        for day in (YEAR.first, date(2025, 6, 1), YEAR.last):
            piece = YEAR.piece(day, day)
            assert piece is not None
            assert number(piece.width) >= 0.5
            assert ends(piece)[1] <= 100

    def test_a_month_is_as_long_as_a_month(self) -> None:
        march, known = YEAR.of(span("2025-03")), YEAR.of(span("2025-03-31"))  # type: ignore[arg-type]
        assert march is not None
        assert known is not None
        assert number(march.width) == pytest.approx(100 * 30 / 364, abs=0.01)
        assert number(known.width) < 1

    @given(DAYS, DAYS, DAYS, DAYS)
    def test_nothing_ever_leaves_it_and_order_is_kept(self, one: date, other: date, start: date, end: date) -> None:
        axis = Axis.over([one, other])
        assert 0 <= number(axis.at(start)) <= 100
        if start <= end:
            assert axis.share(start) <= axis.share(end)
        if piece := axis.piece(start, end):
            first, last = ends(piece)
            assert -0.001 <= first < last <= 100.011

    @given(DAYS, st.integers(0, 40_000))
    def test_its_dates_never_touch_and_never_leave_it(self, one: date, length: int) -> None:
        ticks = Axis.over([one, min(date(2199, 1, 1), one + timedelta(days=length))]).ticks()
        assert ticks
        rooms = [room(each) for each in ticks]
        assert all(start >= -0.5 and end <= NARROWEST + 0.5 for start, end in rooms)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(rooms))
        assert all(each.day.day == 1 for each in ticks)

    def test_a_year_has_several_dates_and_a_decade_too(self) -> None:
        assert [each.day for each in YEAR.ticks()] == [date(2025, month, 1) for month in (1, 7)]
        decade = Axis.over([date(2016, 3, 1), date(2026, 3, 15)]).ticks()
        assert [each.day.year for each in decade] == [2019, 2022, 2025]


class TestBars:
    @given(st.lists(st.integers(0, 500), max_size=8), st.integers(0, 300))
    def test_pieces_touch_and_end_where_their_sum_ends(self, counts: list[int], more: int) -> None:
        most = sum(counts) + more
        pieces = scaled(counts, most)
        assert len(pieces) == len(counts)
        for earlier, later in pairwise(pieces):
            assert ends(earlier)[1] == pytest.approx(number(later.x), abs=0.011)
        if counts and most:
            assert ends(pieces[-1])[1] == pytest.approx(100 * sum(counts) / most, abs=0.011)
            assert all(number(each.width) == pytest.approx(100 * count / most, abs=0.011) for each, count in zip(pieces, counts, strict=True))

    def test_the_longest_fills_the_room_exactly(self) -> None:
        """Three thirds of a percent that is rounded are the whole all the same."""
        pieces = scaled([1, 1, 1], 3)
        assert [each.width for each in pieces] == ["33.33%", "33.34%", "33.33%"]
        assert sum(number(each.width) for each in pieces) == pytest.approx(100)

    def test_what_does_not_fit_is_refused(self) -> None:
        with pytest.raises(ValueError, match="does not fit"):
            scaled([2, 2], 3)
        with pytest.raises(ValueError, match="less than nothing"):
            scaled([4, -1], 5)

    def test_of_nothing_there_is_nothing(self) -> None:
        assert scaled([], 0) == ()
        assert scaled([0, 0], 0) == (Piece("0%", "0%"), Piece("0%", "0%"))


class TestDays:
    def test_ends_of_months_and_quarters_and_the_day_itself(self) -> None:
        assert month_ends(date(2025, 11, 9), date(2026, 2, 3)) == (date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 3))
        assert month_ends(date(2025, 5, 9), date(2026, 3, 15), 3) == (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 15))
        assert month_ends(date(2023, 5, 9), date(2026, 3, 15), 12) == (date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31), date(2026, 3, 15))

    def test_a_day_that_is_an_end_stands_once(self) -> None:
        assert month_ends(date(2025, 10, 1), date(2025, 12, 31), 3) == (date(2025, 12, 31),)
        assert month_ends(date(2025, 12, 31), date(2026, 1, 1), 3) == (date(2025, 12, 31), date(2026, 1, 1))

    @given(DAYS, st.integers(0, 5000), st.sampled_from([1, 3, 6, 12, 24, 120]))
    def test_they_are_in_order_and_inside(self, first: date, length: int, months: int) -> None:
        last = first + timedelta(days=length)
        days = month_ends(first, last, months)
        assert days[-1] == last
        assert all(first <= each <= last for each in days)
        assert all(earlier < later for earlier, later in pairwise(days))
        assert all((each + timedelta(days=1)).day == 1 for each in days[:-1])


@pytest.mark.parametrize(("share", "text"), [(0.0, "0%"), (37.5, "37.5%"), (33.333333, "33.33%"), (100.0, "100%"), (0.004, "0%"), (10.0, "10%")])
def test_a_share_is_always_written_the_same(share: float, text: str) -> None:
    assert percent(share) == text
