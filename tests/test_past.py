"""The past, built by hand: which versions are those of a record, and what had been recorded by a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tusoi.past import NO_PAST, Past, Step, Tag, Version, readable

Said = Mapping[str, tuple[str, ...] | str]
"""What a step did: the former ids that a record names from then on, or `gone`, or `?` where it cannot be read."""


def past(*said: Said, days: tuple[int, ...] = ()) -> Past:
    """Give a past of these steps, a day apart unless `days` says otherwise."""
    steps = tuple(Step(number, f"c{number}", date(2025, 1, days[number] if days else number + 1)) for number in range(len(said)))
    versions: dict[str, list[Version]] = {}
    for step, changes in zip(steps, said, strict=True):
        for name, how in changes.items():
            data: dict[str, Any] | None = None if isinstance(how, str) else {"formerly": list(how)} if how else {}
            versions.setdefault(name, []).append(Version(step, name, data, is_gone=how == "gone"))
    return Past("head", steps, {name: tuple(each) for name, each in versions.items()})


def told(found: tuple[Version, ...]) -> str:
    """Write versions down: the step, the id, and what it was."""
    return " ".join(f"{each.step.number}{each.id}{'–' if each.is_gone else '?' if each.data is None else ''}" for each in found)


@pytest.mark.parametrize(
    ("said", "name", "expected"),
    [
        pytest.param([{"a": ()}, {"a": ()}], "a", "0a 1a", id="a record that stayed"),
        pytest.param([{"a": ()}], "b", "", id="a record that never was"),
        pytest.param([{"a": ()}, {"a": "gone"}], "a", "0a 1a–", id="taken away"),
        pytest.param([{"a": ()}, {"a": "gone"}, {"a": ()}, {"a": "gone"}], "a", "0a 1a– 2a 3a–", id="taken away twice"),
        pytest.param([{"a": ()}, {"a": "?"}, {"a": ()}], "a", "0a 1a? 2a", id="not to be read for a while"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}], "b", "0a 1b", id="moved"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}], "a", "0a 1a–", id="the id that was left"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"b": "gone"}], "b", "0a 1b 2b–", id="moved, then taken away"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"b": "gone", "c": ("b",)}], "c", "0a 1b 2c", id="moved twice, the last id named"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"b": "gone", "c": ("a", "b")}], "c", "0a 1b 2c", id="moved twice, all ids named"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"b": "gone", "a": ("b",)}, {"a": ()}], "a", "0a 1b 2a 3a", id="moved and back"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"b": "gone", "a": ("b",)}, {"a": "gone", "b": ("a",)}], "b", "0a 1b 2a 3b", id="to and fro"),
        pytest.param([{"a": ()}, {"a": "gone"}, {"b": ("a",)}], "b", "0a 2b", id="away first, then at its new place"),
        pytest.param([{"a": ()}, {"b": ("a",)}, {"a": ()}, {"a": "gone"}], "b", "0a 1b", id="at its new place first, changed at the old one, then away"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ()}, {"b": ("a",)}], "b", "0a 1b 2b", id="the former id said a step late"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"b": ()}], "b", "0a 1b 2b", id="the former id forgotten again"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"b": "?"}, {"b": ("a",)}], "b", "0a 1b 2b? 3b", id="moved, then not to be read"),
        pytest.param([{"a": ()}, {"a": "gone", "b": "?"}, {"b": ("a",)}], "b", "0a 1b? 2b", id="not to be read when it moved"),
        pytest.param([{"a": ()}, {"a": "gone", "b": ("a",)}, {"a": ()}, {"a": ()}], "b", "0a 1b", id="another record at the id that was left"),
        pytest.param([{"a": ()}, {"a": "gone"}, {"a": ()}, {"a": "gone", "b": ("a",)}], "b", "0a 1a– 2a 3b", id="away for a while before it moved"),
        pytest.param([{"a": (), "b": ()}, {"a": "gone", "b": ()}, {"b": ("a",)}], "b", "0b 1b 2b", id="a record that took another one in stays itself"),
        pytest.param([{"a": (), "b": ()}, {"b": ()}, {"a": "gone", "b": "gone", "c": ("a", "b")}], "c", "0a 0b 1b 2c", id="two that became one"),
        pytest.param([{"a": ("a",)}, {"a": ("a",)}], "a", "0a 1a", id="a record that names itself"),
        pytest.param([{"a": ("b",), "b": ("a",)}, {"a": ("b",), "b": ("a",)}], "a", "0a 1a", id="two that name each other"),
        pytest.param([{"a": ("b", "nowhere", "")}], "a", "0a", id="former ids that never were"),
    ],
)
def test_the_versions_of_a_record_are_those_of_its_former_ids_too(said: list[Said], name: str, expected: str) -> None:
    assert told(past(*said).of(name)) == expected


@pytest.mark.parametrize("former", ["a", {"a": 1}, 7, True, None, [["a"]], [7, None], [{"a": "b"}]])
def test_former_ids_that_are_no_list_of_names_are_none(former: object) -> None:
    step = Step(0, "c", date(2025, 1, 1))
    later = Step(1, "d", date(2025, 1, 2))
    known = Past("d", (step, later), {"a": (Version(step, "a", {}),), "b": (Version(later, "b", {"formerly": former}),)})
    assert told(known.of("b")) == "1b"


names = some.sampled_from("abcd")
said = some.dictionaries(names, some.one_of(some.just("gone"), some.just("?"), some.lists(names, max_size=3).map(tuple)), min_size=1, max_size=4)


@given(some.lists(said, min_size=1, max_size=8), names)
def test_whatever_the_former_ids_say_each_version_is_told_once_in_order_and_the_own_ones_are_there(steps: list[Said], name: str) -> None:
    known = past(*steps)
    found = known.of(name)
    keys = [(each.step.number, each.id) for each in found]
    assert len(set(keys)) == len(keys)
    assert [number for number, _ in keys] == sorted(number for number, _ in keys)
    assert all(each in found for each in known.versions.get(name, ()) if not each.is_gone)
    own = known.versions.get(name, ())
    if own and own[-1].is_gone:
        assert found[-1] == own[-1], "taken away at last"


def test_many_records_that_all_name_each_other_again_and_again_are_followed_to_an_end() -> None:
    """Name after name, through every other one, there would be more ways than anyone can go."""
    every = tuple(f"r{number}" for number in range(30))
    known = past(*(dict.fromkeys(every, "gone" if number % 2 else every) for number in range(30)), days=tuple(range(1, 31)))
    assert len(known.of("r0")) > 15


def test_a_long_chain_of_moves_is_followed_to_its_end() -> None:
    """Deeper than Python would follow function by function."""
    steps = tuple(Step(number, str(number), date(2025, 1, 1) + timedelta(number)) for number in range(3000))
    known = Past("head", steps, {f"r{each.number}": (Version(each, f"r{each.number}", {"formerly": [f"r{each.number - 1}"]}),) for each in steps})
    assert len(known.of("r2999")) == 3000


class TestWhatHadBeenRecordedByADay:
    def test_all_of_it(self) -> None:
        known = past({"a": ()}, {"a": ()})
        assert known.until(date(2025, 1, 2)) is known

    def test_a_part(self) -> None:
        known = past({"a": ()}, {"b": ("a",), "a": "gone"}).until(date(2025, 1, 1))
        assert [each.number for each in known.steps] == [0]
        assert dict(known.versions).keys() == {"a"}
        assert told(known.of("a")) == "0a"
        assert told(known.of("b")) == ""
        assert known.ids == {"a"}

    def test_nothing(self) -> None:
        known = past({"a": ()}).until(date(2024, 12, 31))
        assert (known.steps, known.versions, known.of("a")) == ((), {}, ())

    def test_each_step_counts_by_its_own_clock(self) -> None:
        """A clock that was wrong once hides or shows its own step and no other."""
        known = past({"a": ()}, {"a": ()}, {"a": ()}, days=(10, 20, 11)).until(date(2025, 1, 15))
        assert told(known.of("a")) == "0a 2a"

    def test_tags(self) -> None:
        whole = past({"a": ()}, {"a": ()})
        tagged = Past(whole.head, whole.steps, whole.versions, (Tag("one", 0, date(2025, 1, 1)), Tag("two", 1, date(2025, 1, 5))))
        assert [each.name for each in tagged.until(date(2025, 1, 2)).tags] == ["one"]


def test_where_nothing_is_recorded_nothing_is_known() -> None:
    assert NO_PAST.of("a") == ()
    assert NO_PAST.until(date(2025, 1, 1)) is NO_PAST
    assert NO_PAST.ids == frozenset()


def test_versions_that_say_something() -> None:
    assert told(tuple(readable(past({"a": ()}, {"a": "?"}, {"a": "gone"}, {"a": ()}).of("a")))) == "0a 3a"
