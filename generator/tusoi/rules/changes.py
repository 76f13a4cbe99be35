"""Rules about what a change may do to what was there before. They judge where there is something to compare with (`--base`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from tusoi import key_names, mending
from tusoi.change import Change, path_of
from tusoi.differences import NOTHING, Edit, Way, same
from tusoi.key_names import noted
from tusoi.problem import Path, Place, Problem
from tusoi.rules import rule_of_change
from tusoi.settled import Breach, Broken, broken

PROMISED: Final = "R29"
SETTLED: Final = "R30"
_DATES: Final = ("due", "from", "until")
_RHYTHM: Final = "every"
_DEPTHS: Final = (3, 5)
"""How long the way to a date is: of an action, and of a milestone."""
_BEFORE: Final = 24
"""So many letters are shown before the first that differs."""
_EDITED: Final = (Breach.CHANGED, Breach.ADDED, Breach.REMOVED)
_MENDED: Final = (*_EDITED, Breach.ORDER)


@rule_of_change(PROMISED, source="S4-06", kinds=("plan",))
def postponement_visible(change: Change) -> Iterator[Problem]:
    """A date that was promised does not move in silence: the first promise stays, and a postponement with its reason and its answer moves it. Needs `--base`.

    vi: Hạn đã hứa không được lặng lẽ dời: hạn đầu giữ nguyên, muốn lùi phải có đề nghị kèm lý do và có trả lời. Cần `--base` để so với bản trước.
    """
    for each in broken(change):
        if _is_promise(each):
            variant = "rhythm" if each.edit.way[-1] == _RHYTHM else "moved" if each.breach is Breach.CHANGED else each.breach.value
            yield _said(PROMISED, variant, each, ref=f"{each.pair.new.id}#{_part(each.edit.way)}", organisation=each.pair.new.organisation)


@rule_of_change(SETTLED, source="S2-18")
def history_honest(change: Change) -> Iterator[Problem]:
    """What was sealed, reported, verified or decided is not changed afterwards: a correction says what was wrong, and both stay. Needs `--base`.

    vi: Điều đã chốt, đã báo cáo, đã xác nhận, đã quyết định thì không sửa lại: ghi sai thì đính chính, cả hai cùng hiện. Cần `--base` để so với bản trước.
    """
    for each in broken(change):
        if not _is_promise(each):
            yield from _settled(each, change)


def _settled(each: Broken, change: Change) -> Iterator[Problem]:
    pair = each.pair
    params: dict[str, object] = {"ref": pair.new.id, "organisation": pair.new.organisation}
    variant = each.breach.value
    if each.breach in _MENDED and mending.is_mendable(pair, each.edit.way):
        citing = mending.rests_on(pair, change)
        if citing is None and mending.is_in_time(pair, change):
            return
        if citing:
            variant, params["other"] = "cited", citing.id
        elif mending.first_recorded(pair, change):
            variant, params["days"] = "late", mending.days(change.before)
    elif pair.kind.name == "classification" and each.breach in _EDITED and each.edit.way[0] == "ratings":
        variant = "rating"
    yield _said(SETTLED, variant, each, **params)


def _is_promise(each: Broken) -> bool:
    way = each.edit.way
    is_date = way[0] == "actions" and len(way) in _DEPTHS and way[-1] in (*_DATES, _RHYTHM) and not each.edit.is_order
    return each.pair.kind.name == "plan" and each.breach in _EDITED and is_date


def _part(way: Way) -> str:
    """Give the id of the action or milestone on the way to its date: `A2.M1`."""
    return ".".join(step.partition("=")[2] for step in way if "=" in step)


def _said(code: str, variant: str, each: Broken, **params: object) -> Problem:
    """Say of an edit what it changes: where, what it is called there, what it was and what it is."""
    pair, edit = each.pair, each.edit
    way = edit.way[:-1] if edit.is_order else edit.way
    here, there = path_of(pair.new.data, way), path_of(pair.old.data, way)
    named = there if len(there) == len(way) > len(here) else here
    file = pair.new.source
    place = file.place(here) if len(here) == len(way) else file.key_place(here) if here else file.place()
    words = {**_where(pair.kind.schema, named), **_values(pair.kind.schema, named, edit)}
    return noted(code, place, here, {**words, **params}, variant=variant, also=_other_file(each))


def _other_file(each: Broken) -> Place | None:
    """Give the file in which the record was, where it has moved."""
    return Place(each.pair.old.source.file) if each.pair.has_moved else None


def _where(schema: Mapping[str, Any], path: Path) -> dict[str, str]:
    names = key_names.about(schema, path)
    return {key: value for key, value in names.items() if key != "key"}


def _values(schema: Mapping[str, Any], path: Path, edit: Edit) -> dict[str, str]:
    """Write what was and what is, as far as they differ."""
    below = key_names.at(schema, path)
    old, new = _apart(edit.old, edit.new)
    return {f"{name}_{lang}": _shown(value, below, lang) for name, value in (("old", old), ("new", new)) for lang in key_names.LANGUAGES}


def _apart(old: Any, new: Any) -> tuple[Any, Any]:
    """Give the first values within two others that differ; of long texts, what stands around the first difference."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        key = next(key for key in (*new, *old) if not same(old.get(key, NOTHING), new.get(key, NOTHING)))
        return _apart(old.get(key, NOTHING), new.get(key, NOTHING))
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        pairs = zip_longest(old, new, fillvalue=NOTHING)
        return next((_apart(*each) for each in pairs if not same(*each)), (old, new))
    if isinstance(old, str) and isinstance(new, str):
        start = next((number for number, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new)))
        begin = old.rfind(" ", 0, max(0, start - _BEFORE)) + 1
        return (f"…{old[begin:]}", f"…{new[begin:]}") if begin else (old, new)
    return old, new


def _shown(value: Any, schema: Mapping[str, Any], lang: str) -> str:
    """Write a value: a word of a list by its meaning; of a list or mapping, what says most."""
    if value is NOTHING:
        return "–"
    meaning = schema.get("x-words", {}).get(value, {}) if isinstance(value, str) else {}
    return key_names.meaning_of(meaning, lang) or key_names.shown(_inner(value))


def _inner(value: Any) -> Any:
    """Give what says most of a value that has others in it."""
    while isinstance(value, list | tuple | Mapping) and value:
        inside = tuple(value.values()) if isinstance(value, Mapping) else tuple(value)
        texts = [each for each in inside if isinstance(each, str) and " " in each]
        value = texts[0] if texts else inside[0]
    return value
