"""Differences lose nothing: what they say of two values makes the second of the first, and they say nothing where the two say the same."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from tusoi.differences import NAMING, NOTHING, Edit, applied, edits, items, name_of, naming, plain, same

words = some.sampled_from(["", "a", "b", "c", "A1", "A2", "id", "*", "id=A1", "=", "a=b", "ề"])
scalars = some.one_of(words, some.booleans(), some.integers(-2, 2), some.sampled_from([0.0, 1.0, 1.5, -0.0]), some.none())
keys = some.one_of(some.sampled_from(NAMING), words)


def lists(inner: some.SearchStrategy[Any]) -> some.SearchStrategy[Any]:
    """Give lists of all kinds: of anything, and of items that a key names, with names that may come twice or be missing."""
    item = some.builds(lambda key, name, rest: {**rest, key: name}, some.sampled_from(NAMING[:3]), scalars, some.dictionaries(keys, inner, max_size=3))
    named = some.builds(
        lambda key, rests: [{**rest, key: name} for name, rest in rests.items()],
        some.sampled_from(NAMING),
        some.dictionaries(words, some.dictionaries(keys, inner, max_size=3), max_size=4),
    )
    return some.one_of(some.lists(inner, max_size=4), some.lists(item, max_size=4), named)


values = some.recursive(scalars, lambda inner: some.one_of(some.dictionaries(keys, inner, max_size=4), lists(inner)), max_leaves=14)


@some.composite
def pairs(draw: some.DrawFn) -> tuple[Any, Any]:
    """Give a value and another one, or the same with something changed somewhere inside."""
    old = draw(values)
    return old, draw(values) if draw(some.booleans()) else draw(changed(old))


@some.composite
def changed(draw: some.DrawFn, value: Any) -> Any:
    """Change a value here and there: leave out, add, rename, double and reorder."""
    if isinstance(value, dict):
        kept = {key: draw(changed(each)) for key, each in value.items() if draw(some.integers(0, 5))}
        return kept | draw(some.dictionaries(keys, scalars, max_size=1))
    if isinstance(value, list):
        kept_items = [draw(changed(each)) for each in value if draw(some.integers(0, 5))]
        more = [draw(some.sampled_from(value))] if value and not draw(some.integers(0, 4)) else []
        return draw(some.permutations([*kept_items, *more]))
    return draw(scalars) if not draw(some.integers(0, 4)) else value


@given(pairs())
@example(({"a": {"*": [1]}}, {"a": {"*": [2, 1]}}))
@example(({"a": [{"id": "A1", "of": "x"}]}, {"a": [{"id": 1, "of": "x"}]}))
@example(({"a": [{"id": "A1", "*": 1}, {"id": "A2"}]}, {"a": [{"id": "A2"}, {"id": "A1", "*": 2}]}))
@example(({"a": [{"id": "id=A1"}, {"id": "A1"}]}, {"a": [{"id": "A1", "b": 1}, {"id": "id=A1", "b": 2}]}))
@example(({"id=A1": [{"id": "A1"}]}, {"id=A1": [{"id": "A1", "id=A1": {"id": "A1"}}]}))
def test_what_differs_makes_the_second_of_the_first(pair: tuple[Any, Any]) -> None:
    old, new = pair
    kept = copy.deepcopy(old)
    found = list(edits(old, new))
    assert same(applied(old, found), new)
    assert old == kept, "the first value changed"
    assert (not found) == same(old, new)


@given(pairs())
def test_what_was_written_as_json_and_read_again_loses_nothing_either(pair: tuple[Any, Any]) -> None:
    old, new = pair
    written = json.dumps(
        [{"way": each.way, **{name: value for name, value in (("old", each.old), ("new", each.new)) if value is not NOTHING}} for each in edits(old, new)]
    )
    read = [Edit(tuple(each["way"]), each.get("old", NOTHING), each.get("new", NOTHING)) for each in json.loads(written)]
    assert same(applied(json.loads(json.dumps(old)), read), new)


@given(pairs())
def test_what_differs_one_way_differs_the_other_way(pair: tuple[Any, Any]) -> None:
    old, new = pair
    there, back = list(edits(old, new)), list(edits(new, old))
    assert {each.way for each in there} == {each.way for each in back}
    assert same(applied(applied(old, there), back), old)


@given(values)
def test_a_value_says_the_same_as_itself_whatever_the_order_of_its_keys(value: Any) -> None:
    assert list(edits(value, turned(value))) == []
    assert same(value, turned(value))


def turned(value: Any) -> Any:
    """Turn the order of the keys round, everywhere."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(each) for each in value] if isinstance(value, list) else value


A1, A2, A3 = {"id": "A1", "due": "2025-03-31"}, {"id": "A2"}, {"id": "A3"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({"a": 1}, {"a": 1}, [], id="nothing"),
        pytest.param({"a": 1}, {"a": 2}, [("a", 1, 2)], id="a value"),
        pytest.param({}, {"a": 1}, [("a", NOTHING, 1)], id="a new key"),
        pytest.param({"a": 1}, {}, [("a", 1, NOTHING)], id="a key taken away"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, [], id="keys in another order"),
        pytest.param({"a": True}, {"a": 1}, [("a", True, 1)], id="a truth value is no number"),
        pytest.param({"a": [0]}, {"a": [False]}, [("a", [0], [False])], id="nor in a list"),
        pytest.param({"a": 12}, {"a": 12.0}, [], id="the same number"),
        pytest.param({"a": "12"}, {"a": 12}, [("a", "12", 12)], id="a text is no number"),
        pytest.param({"a": {}}, {"a": []}, [("a", {}, [])], id="a list is no mapping"),
        pytest.param({"a": ""}, {}, [("a", "", NOTHING)], id="an empty text is something"),
        pytest.param({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}, [("a b c", 1, 2)], id="far inside"),
        pytest.param({"a": {"b": 1}}, {"a": 1}, [("a", {"b": 1}, 1)], id="a mapping that became a value"),
        pytest.param({"s": ["x", "y"]}, {"s": ["y", "x"]}, [("s", ["x", "y"], ["y", "x"])], id="a plain list is one value"),
        pytest.param({"s": [A1, A2]}, {"s": [A2, A1]}, [("s *", ("id=A1", "id=A2"), ("id=A2", "id=A1"))], id="items in another order"),
        pytest.param({"s": [A1]}, {"s": [A1, A2]}, [("s id=A2", NOTHING, A2)], id="a new item at the end"),
        pytest.param({"s": [A2]}, {"s": [A1, A2]}, [("s id=A1", NOTHING, A1), ("s *", ("id=A2",), ("id=A1", "id=A2"))], id="a new item before"),
        pytest.param({"s": [A1]}, {"s": [A1, A3, A2]}, [("s id=A3", NOTHING, A3), ("s id=A2", NOTHING, A2)], id="new items at the end, in their order"),
        pytest.param({"s": [A1, A2, A3]}, {"s": [A1, A3]}, [("s id=A2", A2, NOTHING)], id="an item taken away"),
        pytest.param({"s": [A1]}, {"s": [A2]}, [("s id=A2", NOTHING, A2), ("s id=A1", A1, NOTHING)], id="an item with another name is another item"),
        pytest.param(
            {"s": [A1, A2]},
            {"s": [A2, A1 | {"due": "2025-06-30"}]},
            [("s id=A1 due", "2025-03-31", "2025-06-30"), ("s *", ("id=A1", "id=A2"), ("id=A2", "id=A1"))],
            id="moved and changed",
        ),
        pytest.param({"s": [A1, A1]}, {"s": [A1]}, [("s", [A1, A1], [A1])], id="two of one name: one value"),
        pytest.param({"s": [{"id": "A1", "of": "x"}]}, {"s": [{"of": "x"}]}, [("s", [{"id": "A1", "of": "x"}], [{"of": "x"}])], id="named in another way"),
        pytest.param({"s": []}, {"s": [A1]}, [("s", [], [A1])], id="a list that was empty"),
        pytest.param(
            {"e": [{"action": "A1", "state": "started"}]},
            {"e": [{"action": "A1", "state": "completed"}]},
            [("e action=A1 state", "started", "completed")],
            id="by what it is about",
        ),
        pytest.param(
            {"p": [{"of": "x", "to": "1"}]},
            {"p": [{"of": "x", "to": "2"}, {"of": "x", "from": "2"}]},
            [("p", [{"of": "x", "to": "1"}], [{"of": "x", "to": "2"}, {"of": "x", "from": "2"}])],
            id="about the same thing twice: one value",
        ),
        pytest.param(
            {"s": [{"id": "A1", "m": [{"id": "M1", "due": "1"}]}]},
            {"s": [{"id": "A1", "m": [{"id": "M1", "due": "2"}]}]},
            [("s id=A1 m id=M1 due", "1", "2")],
            id="an item in an item",
        ),
        pytest.param([A1], [A1, A2], [("", [A1], [A1, A2])], id="a whole value that is a list"),
        pytest.param(1, 2, [("", 1, 2)], id="a whole value"),
        pytest.param({"a": {"*": 1}}, {"a": {"*": 2}}, [("a *", 1, 2)], id="a key that looks like an order"),
    ],
)
def test_each_difference_is_told_by_its_way(old: Any, new: Any, expected: list[tuple[str, Any, Any]]) -> None:
    found = list(edits(old, new))
    assert [(" ".join(each.way), each.old, each.new) for each in found] == expected
    assert same(applied(old, found), new)
    assert [each.is_order for each in found if each.way[-1:] == ("*",)] == [True for each in found if each.way[-1:] == ("*",)]


def test_frozen_values_say_the_same_as_plain_ones() -> None:
    assert same(({"a": (1, 2)},), [{"a": [1, 2]}])
    assert not same((1, 2), (1, 2, 3))
    assert plain(({"a": (1, 2)},)) == [{"a": [1, 2]}]
    assert same(applied({"a": (A1, A2)}, edits({"a": (A1, A2)}, {"a": (A2,)})), {"a": [A2]})


@pytest.mark.parametrize(("old", "new"), [({}, {"a": ({"b": (1,)},)}), ({"a": (A1,)}, {"a": (A1, A2 | {"b": ({"c": 1},)})}), (1, {"a": ({"b": 1},)})])
def test_what_is_made_is_plain_and_shares_nothing_with_what_it_was_made_of(old: Any, new: Any) -> None:
    kept = copy.deepcopy(new)
    made = applied(old, edits(old, new))
    assert made == json.loads(json.dumps(new))
    made["a"][-1].clear()
    assert new == kept


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ([A1, A2], "id"),
        ([{"id": "A1", "of": "x"}, {"of": "y"}], "of"),
        ([{"id": "A1", "of": "x"}, {"id": "A1", "of": "y"}], "of"),
        ([{"id": 1}], ""),
        ([{"id": "A1"}, "A2"], ""),
        ([], ""),
        ({"id": "A1"}, ""),
        ("id", ""),
        (None, ""),
        (((A1), (A2)), "id"),
    ],
)
def test_what_tells_items_apart(value: Any, key: str) -> None:
    assert naming(value) == key


def test_the_names_of_items_on_a_way() -> None:
    assert list(items([A1, A2], "id")) == ["id=A1", "id=A2"]
    assert [name_of(step) for step in ("id=A1", "of=a=b", "due", "a=b", "=", "*")] == ["A1", "a=b", "due", "a=b", "=", "*"]


def test_what_stands_where_nothing_is_says_so() -> None:
    assert repr(NOTHING) == "NOTHING"
    assert not same(NOTHING, None)
    assert same(NOTHING, NOTHING)
