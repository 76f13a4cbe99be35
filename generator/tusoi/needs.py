"""What a record needs beyond its shape: what a seal makes necessary, and what a source may leave out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tusoi import key_names
from tusoi.problem import Path, Problem, Severity, problem
from tusoi.record import Draft, Kind, Record
from tusoi.schema_sentences import Wording

_OURS: Final = ("held_elsewhere", "withdrawn")
"""What those who keep the records say of them: no source can leave it out."""
_BESIDE: Final = ("held_elsewhere", "withdrawn", "figures")
"""What may stand beside `held_elsewhere`, besides plain values and links."""


class Excuses:
    """What a record may be without: everything where it is held elsewhere, and what its source does not state."""

    def __init__(self, draft: Draft, kind: Kind) -> None:
        data = draft.data
        self.is_elsewhere = isinstance(data.get("held_elsewhere"), dict)
        stated = data.get("missing")
        is_told = isinstance(data.get("told_by"), list) and bool(data["told_by"])
        self.stated = [path for path in stated if isinstance(path, str)] if is_told and isinstance(stated, list) else []
        self.record = Record(kind.name, draft.id, {**data, "missing": self.stated}, draft.source) if self.stated else None

    def covers(self, path: Path) -> bool:
        """Whether the source does not state the value at `path`. The id of a part and why a record was withdrawn are ours to give."""
        return self.record is not None and path[-1] != "id" and path[0] not in _OURS and self.record.is_missing(path)

    def waives(self, path: Path) -> bool:
        """Whether nothing is asked of what is at `path`, because the record is held elsewhere and only says where."""
        return self.is_elsewhere and path[:1] not in {(each,) for each in _OURS}


def sealed(kind: Kind, data: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Give each seal that is set and what it makes necessary and is not there; of two seals that ask for the same, the first that was set.

    A seal may ask only `when` a key has one of some words: the first of them is meant where the key is left out.
    """
    asked: set[Path] = set()
    for seal in kind.schema.get("x-seals", ()):
        if seal["name"] not in data or any(data.get(key, words[0]) not in words for key, words in seal.get("when", {}).items()):
            continue
        for wanted in seal["requires"]:
            for path in _not_there(wanted.split("/"), data, ()):
                if path not in asked:
                    asked.add(path)
                    yield seal["name"], path


def unsealed(wording: Wording, seal: str, path: Path) -> Problem:
    """Say that a seal was set before its record was ready for it."""
    schema = key_names.at(wording.kind.schema, (seal,))
    return wording.missing(path, "S12", seal=seal, **key_names.both("seal", key_names.titles(schema, seal)))


def told(wording: Wording, path: Path, excuses: Excuses) -> Problem:
    """Say that a source leaves out what the record needs: a warning, and nobody's fault."""
    draft = wording.draft
    number = next((number for number, stated in enumerate(excuses.stated) if _leads(stated, path, draft)), 0)
    named = key_names.about(wording.kind.schema, path)
    also = draft.source.place(("missing", number))
    return key_names.noted("S20", draft.source.place(path[:-1]), path, named, severity=Severity.WARNING, also=also)


def dishonest(draft: Draft, kind: Kind) -> Iterator[Problem]:
    """Find what `missing` says and is not so: without a source, of something that is there, of something that no such record has."""
    stated = draft.data.get("missing")
    if not isinstance(stated, list) or not stated:
        return
    if "told_by" not in draft.data:
        yield problem("S21", draft.source.key_place(("missing",)), ("missing",))
        return
    for number, path in enumerate(stated):
        if isinstance(path, str):
            yield from _untrue(draft, kind, number, path)


def kept_here(draft: Draft, kind: Kind) -> Iterator[Problem]:
    """Find what stands in a record that says that it is held elsewhere: a seal or content. Such a record says what there is and where, and nothing more."""
    if not isinstance(draft.data.get("held_elsewhere"), dict):
        return
    here = next((key for key, value in draft.data.items() if key not in _BESIDE and (key in kind.seals or _is_content(value))), None)
    if here is not None:
        params = key_names.about(kind.schema, (here,))
        variant = "seal" if here in kind.seals else "content"
        yield key_names.noted("S27", draft.source.key_place((here,)), (here,), params, variant=variant, also=draft.source.place(("held_elsewhere",)))


def _is_content(value: Any) -> bool:
    """Whether a value is a list of things with keys of their own: findings, actions, answers, entries."""
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _untrue(draft: Draft, kind: Kind, number: int, stated: str) -> Iterator[Problem]:
    here = ("missing", number)
    pieces = stated.split("/")
    schema: Mapping[str, Any] = kind.schema
    for depth, piece in enumerate(pieces):
        properties = schema.get("properties", {})
        below = schema.get("items") if schema.get("type") == "array" else properties.get(piece)
        if not isinstance(below, Mapping):
            near = key_names.nearest_key(piece, properties)
            near = "/".join([*pieces[:depth], near, *pieces[depth + 1 :]]) if near else ""
            said = {"stated": stated, "near": near, **key_names.listed_keys(properties)}
            yield key_names.noted("S22", draft.source.place(here), here, said, variant="near" if near else "unknown")
            return
        schema = below
    found = list(_matches(pieces, draft.data, ()))
    there = next((path for path, is_there in found if is_there), None)
    if there is not None:
        params = {"stated": stated, **key_names.about(kind.schema, there)}
        yield key_names.noted("S22", draft.source.place(here), here, params, variant="there", also=draft.source.place(there))
    elif not found:
        yield problem("S22", draft.source.place(here), here, variant="nowhere", stated=stated)


def _matches(pieces: list[str], data: Any, path: Path) -> Iterator[tuple[Path, bool]]:
    """Give the places that a stated path names and whether something is there; nothing where it names an item that a list does not have."""
    if not pieces:
        yield path, True
        return
    name, rest = pieces[0], pieces[1:]
    if isinstance(data, list):
        for number, item in enumerate(data):
            part_id = item.get("id") if isinstance(item, Mapping) else None
            if name in ("*", str(number), part_id):
                yield from _matches(rest, item, (*path, number))
        if name == "*" and not data:
            yield path, False
    elif isinstance(data, Mapping) and name in data:
        yield from _matches(rest, data[name], (*path, name))
    else:
        yield (*path, name), False


def _not_there(pieces: list[str], data: Any, path: Path) -> Iterator[Path]:
    if not pieces:
        return
    name, rest = pieces[0], pieces[1:]
    if isinstance(data, list) and name == "*":
        for number, item in enumerate(data):
            yield from _not_there(rest, item, (*path, number))
    elif isinstance(data, Mapping):
        if name in data:
            yield from _not_there(rest, data[name], (*path, name))
        elif not rest or rest[0] != "*":
            yield (*path, name)


def _leads(stated: str, path: Path, draft: Draft) -> bool:
    return Record("", draft.id, {**draft.data, "missing": [stated]}, draft.source).is_missing(path)
