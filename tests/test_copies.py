"""Texts that stand twice: what is nearly the same, whose copy it is, and when nothing is said."""

from __future__ import annotations

import random
from datetime import date

import pytest

from registers import Data, register
from tusoi import copies, lineage, progress
from tusoi.copies import ALIKE, neighbours, print_of
from tusoi.rules import World
from tusoi.rules.texts import generic_text

DAY = date(2026, 3, 15)
TEXT = "Văn phòng đảng ủy gọi xác nhận lịch họp từng chi bộ trước ba ngày và ghi vào sổ."
NEARLY = "Văn phòng đảng ủy gọi xác nhận lịch họp của từng chi bộ trước ba ngày và ghi vào sổ."


def review(text: str, *, cycle: str = "tinh/cycles/2025", on: str = "", **more: object) -> Data:
    made: Data = {"cycle": cycle, "findings": [{"id": "F1", "statement": "Việc.", "remedy": text}], **more}
    return made | {"concluded": {"date": on}} if on else made


def plan(text: str, *, of: str, on: str = "", **more: object) -> Data:
    made: Data = {"of": [of], "actions": [{"id": "A1", "content": text, "owner": "a", **more}]}
    return made | {"approved": {"date": on}} if on else made


def said(records: dict[str, Data]) -> dict[str, str]:
    """Give by record which variant is said of its text, and of which other record."""
    made = register(records)
    world = World(made, progress.measure(made, DAY))
    found = [(record.id, each) for record in made.of_kind("review", "inspection", "plan") for each in generic_text.check(record, world)]  # type: ignore[misc]
    return {name: f"{each.variant} {dict(each.params)['other']}" for name, each in found if each.variant != "vague"}


def alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same."""
    (figures, pairs), (other_figures, other_pairs) = print_of(one), print_of(other)
    return figures == other_figures and len(pairs & other_pairs) >= ALIKE * len(pairs | other_pairs)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (TEXT, True),
        (NEARLY, True),
        (TEXT.upper(), True),
        (TEXT.replace(" và ", "; "), True),
        (TEXT.replace("ba", "3"), False),
        ("Văn phòng gọi trước ba ngày và ghi vào sổ.", False),
    ],
)
def test_nearly_the_same_is_most_of_the_words_and_all_of_the_figures(other: str, same: bool) -> None:  # noqa: FBT001 -- pytest gives it by position
    assert alike(TEXT, other) is same


def test_years_days_and_papers_are_what_one_changes_in_a_copy_and_do_not_count() -> None:
    text = "Đối chiếu sổ thu theo Công văn {} và trả lại 12 triệu đồng thu thừa trước ngày {} của năm {}."
    one, other = text.format("12-CV/HU", "30/6/2025", "2025"), text.format("90-CV/TU", "30/9/2026", "2026")
    assert alike(one, other)
    assert not alike(one, other.replace("12 triệu", "15 triệu"))


def test_the_later_one_is_told_and_the_first_is_nobodys_copy() -> None:
    records = {"a/reviews/1": review(TEXT, on="2025-01-05"), "b/reviews/1": review(NEARLY, on="2025-01-01")}
    assert said(records) == {"a/reviews/1": "copied b/reviews/1"}


def test_where_nobody_was_first_both_are_told() -> None:
    records = {"a/reviews/1": review(TEXT, on="2025-01-05"), "b/reviews/1": review(TEXT, on="2025-01-05")}
    assert said(records) == {"a/reviews/1": "copied b/reviews/1", "b/reviews/1": "copied a/reviews/1"}


def test_a_draft_is_never_first() -> None:
    records = {"a/reviews/1": review(TEXT), "b/reviews/1": review(TEXT, on="2025-01-05")}
    assert said(records) == {"a/reviews/1": "copied b/reviews/1"}


def test_one_organisation_may_say_the_same_within_one_cycle_and_not_in_two() -> None:
    first = review(TEXT, on="2025-01-05")
    assert said({"a/reviews/1": first, "a/reviews/2": review(TEXT, on="2025-02-05")}) == {}
    later = review(TEXT, cycle="tinh/cycles/2026", on="2026-01-05")
    assert said({"a/reviews/1": first, "a/reviews/2": later}) == {"a/reviews/2": "repeated a/reviews/1"}


def test_the_cycle_of_a_plan_is_that_of_the_review_it_answers() -> None:
    reviews = {"a/reviews/1": review("Một."), "a/reviews/2": review("Hai.", cycle="tinh/cycles/2026")}
    plans = {"a/plans/1": plan(TEXT, of="a/reviews/1", on="2025-01-05"), "a/plans/2": plan(TEXT, of="a/reviews/2", on="2026-01-05")}
    assert said(reviews | plans) == {"a/plans/2": "repeated a/plans/1"}
    recurring = {name: plan(TEXT, of=data["of"][0], on=data["approved"]["date"], kind="recurring") for name, data in plans.items()}
    assert said(reviews | recurring) == {}


def test_a_plan_may_speak_in_the_words_of_the_review() -> None:
    records = {"a/reviews/1": review(TEXT, on="2025-01-05"), "b/plans/1": plan(TEXT, of="a/reviews/1", on="2025-02-05")}
    assert said(records) == {}


def test_a_successor_goes_on_with_its_predecessors_words_in_the_same_cycle() -> None:
    records = {"a/reviews/1": review(TEXT, on="2025-01-05"), "b/reviews/1": review(TEXT, on="2025-08-05"), "a": {"name": "A"}, "b": {"name": "B"}}
    assert said(records) == {"b/reviews/1": "copied a/reviews/1"}
    merged: Data = {"name": "B", "lineage": [{"of": "a", "how": "merged", "date": "2025-07-01"}]}
    assert said(records | {"b": merged}) == {}


def test_short_texts_and_told_withdrawn_or_absent_records_are_left_out() -> None:
    first = {"b/reviews/1": review(TEXT, on="2025-01-01")}
    assert said({name: review("Dán lịch họp ở nhà văn hóa.", on="2025-01-01") for name in ("a/reviews/1", "b/reviews/1")}) == {}
    assert said(first | {"a/reviews/1": review(TEXT, on="2025-02-01", told_by=["common/sources/bao"])}) == {}
    assert said({"b/reviews/1": review(TEXT, on="2025-01-01", told_by=["common/sources/bao"]), "a/reviews/1": review(TEXT, on="2025-02-01")}) == {}
    assert said({"b/reviews/1": review(TEXT, on="2025-01-01", withdrawn={"date": "2025-01-02"}), "a/reviews/1": review(TEXT, on="2025-02-01")}) == {}
    elsewhere = review(TEXT, on="2025-01-01", held_elsewhere={"kind": "Báo cáo", "by": "Văn phòng"})
    assert said({"b/reviews/1": elsewhere, "a/reviews/1": review(TEXT, on="2025-02-01")}) == {}


def test_the_place_of_the_first_is_given() -> None:
    made = register({"a/reviews/1": review(TEXT, on="2025-01-05"), "b/reviews/1": review(TEXT, on="2025-01-01")})
    found = copies.of(made, DAY, lineage.of(made))
    assert {key: (copy.first.part.ref, copy.first.path) for key, copy in found.items()} == {
        ("a/reviews/1", ("findings", 0, "remedy")): ("b/reviews/1#F1", ("findings", 0, "remedy"))
    }


def test_no_pair_of_near_texts_is_overlooked() -> None:
    """Only texts that share a rare pair are compared: the outcome is that of comparing each with each."""
    chance = random.Random(24)
    texts = []
    for _ in range(60):
        text = [chance.choice("abcdefghij") for _ in range(12)]
        texts.append(text)
        texts += [[*text[:place], chance.choice("abcdefghij"), *text[place + 1 :]] for place in chance.sample(range(12), 3)]
    prints = list(dict.fromkeys(print_of(" ".join(each))[1] for each in texts))
    near = neighbours(prints)
    expected = {one: {other for other in prints if len(one & other) >= ALIKE * len(one | other)} for one in prints}
    assert {each: set(others) for each, others in near.items()} == expected
    assert any(len(others) > 1 for others in near.values())


def test_a_text_that_is_just_like_enough_is_found_by_the_last_pair_that_is_looked_at() -> None:
    short = frozenset(("m", f"{number:02}") for number in range(9))
    longer = short | {("z", "1"), ("z", "2"), ("z", "3")}
    assert len(short & longer) == ALIKE * len(short | longer)
    for order in ([short, longer], [longer, short]):
        assert all(set(others) == {short, longer} for others in neighbours(order).values())


def test_a_text_that_stands_everywhere_is_still_found_at_once() -> None:
    """A thousand organisations with one text: each is told of the first, and nothing is compared a million times."""
    records = {f"x{number:04}/reviews/1": review(TEXT, on=f"2025-01-{1 + (number > 0):02}") for number in range(1000)}
    made = register(records)
    found = copies.of(made, DAY, lineage.of(made))
    assert len(found) == 999
    assert {copy.first.part.record.id for copy in found.values()} == {"x0000/reviews/1"}
