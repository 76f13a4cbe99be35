"""What the reader of files found wrong with a key, in the words of the kind of record: which key was meant, and whether one that is empty may be left out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from tusoi import key_names
from tusoi.key_names import noted
from tusoi.kinds import Kinds
from tusoi.problem import Problem
from tusoi.record import Kind


def spoken(problems: Iterable[Problem], kinds: Kinds) -> list[Problem]:
    """Give the problems of the reader, each in the words of the schemas where these say more."""
    return [_spoken(each, kind, kinds) if (kind := _kind_of(each, kinds)) else each for each in problems]


def _kind_of(each: Problem, kinds: Kinds) -> Kind | None:
    """Give the kind of the record in whose file a key was refused."""
    file = PurePosixPath(each.place.file)
    is_key = each.message in ("L10.key", "L10.flow", "L13.value", "L13.flow", "L13.hash") and each.path and file.parts[:1] == ("records",)
    return kinds.of_plural(file.stem if len(file.parts) < len(("records", "", "plans", "")) else file.parent.name) if is_key else None


def _spoken(each: Problem, kind: Kind, kinds: Kinds) -> Problem:
    around, key = key_names.at(kind.schema, each.path[:-1]), str(each.path[-1])
    properties = around.get("properties", {})
    if each.code == "L10" and (near := key_names.nearest_key(key, properties)):
        params = {"key": key_names.shown(key), "near": near, **key_names.listed_keys(properties), **key_names.wheres(kind.schema, each.path[:-1])}
        params |= key_names.both("near", key_names.titles(properties[near], near))
        return noted("S02", each.place, each.path, params, variant="near")
    if each.code == "L13" and key in around.get("required", ()):
        params = {"line": key_names.Lines(kinds).line(key, properties[key]), **key_names.about(kind.schema, each.path)}
        return noted("S24", each.place, each.path, params, variant="inside" if len(each.path) > 1 else "")
    return each
