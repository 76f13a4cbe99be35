"""Records as somebody might edit them: the miniature's own, with values changed, taken away, added, doubled and moved about. For property tests."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from hypothesis import strategies as st

from cases import SAMPLE
from tusoi import load

Records = dict[str, dict[str, Any]]
"""What each file says, by the id of its record."""

_KEYS = ("title", "due", "owner", "*", "id=A1", "note", "actions", "formerly", "date", "x")
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from((1.0, 0.5)), st.sampled_from(("", "A1", "F1", "2025-06-30", "chữ", "common"))
)
_VALUES = st.recursive(_SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_KEYS), inner, max_size=3)), max_leaves=5)


@cache
def _sample() -> Records:
    return {each.id: each.data for each in load.records(SAMPLE).drafts}


def sample() -> Records:
    """Give what the files of the miniature say: a copy, to be changed."""
    return copy.deepcopy(_sample())


@st.composite
def records(draw: st.DrawFn) -> Records:
    """Give the miniature with a few edits: some that anybody might make, and some that nobody should."""
    found = sample()
    for _ in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from(sorted(found)))
        match draw(st.sampled_from(("edit", "edit", "edit", "remove", "add", "move", "copy", "header"))):
            case "edit":
                found[name] = draw(edited(found[name]))
            case "remove":
                del found[name]
            case "add":
                found[f"{name.partition('/')[0]}/plans/moi-{draw(st.integers(1, 3))}"] = draw(edited(found[name]))
            case "move":
                found[f"{name}-moi"] = {"formerly": [name], **found.pop(name)}
            case "copy":
                found[f"{name}-moi"] = {"formerly": [name], **found[name]}
            case _:
                found[name] = found[name] | {draw(st.sampled_from(("formerly", "withdrawn", "told_by", "access"))): draw(_VALUES)}
    return found


@st.composite
def edited(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    """Give a record with one place in it changed."""
    made = copy.deepcopy(data)
    here: Any = made
    while True:
        below = [each for each in (here.values() if isinstance(here, dict) else here) if isinstance(each, dict | list) and each]
        if not below or draw(st.booleans()):
            break
        here = draw(st.sampled_from(below))
    _change(draw, here)
    return made


def _change(draw: st.DrawFn, here: Any) -> None:
    keys = list(here) if isinstance(here, dict) else list(range(len(here)))
    what = draw(st.sampled_from(("set", "set", "drop", "add", "shuffle", "double")))
    if what == "set" and keys:
        here[draw(st.sampled_from(keys))] = draw(_VALUES)
    elif what == "drop" and keys:
        del here[draw(st.sampled_from(keys))]
    elif isinstance(here, dict):
        here[draw(st.sampled_from(_KEYS))] = draw(_VALUES)
    elif what == "shuffle":
        here[:] = draw(st.permutations(here))
    else:
        here.insert(draw(st.integers(0, len(here))), draw(_VALUES) if what == "add" or not here else copy.deepcopy(draw(st.sampled_from(here))))
