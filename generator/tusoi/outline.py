"""What stands where in a kind of record: links, parts, files, words of the profile, whole numbers. Made of a schema once, then walked beside its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tusoi.formats import whole_link
from tusoi.problem import Path


@dataclass(frozen=True, slots=True)
class Outline:
    """What the schema says of one place and of the places below it, as far as there is something to find."""

    below: Mapping[str, Outline]
    items: Outline | None
    links: tuple[str, ...]
    """The kinds that a link here may lead to; empty where there is no link."""
    base: str
    """The property of the record whose record a short link (`A1`) is in."""
    part: Mapping[str, Any] | None
    """Of a list of parts: their letter, kind and words."""
    access: str
    """Who may read the value, where that is not everybody."""
    link_access: Mapping[str, str]
    """Who may read a link, by the kind that it leads to."""
    word_access: Mapping[str, str]
    """Who may read a word of the schema, where not everybody may read each of them."""
    vocabulary: str
    """The list of the profile that a word here is from; empty where it is from none."""
    is_file: bool
    is_whole: bool
    is_worth_a_word: bool
    """Whether there is something to find at this very place."""

    def at(self, path: Path) -> Outline | None:
        """Give what is said of the place at `path`."""
        here: Outline | None = self
        for key in path:
            if here is None:
                return None
            here = here.items if isinstance(key, int) else here.below.get(key)
        return here

    def part_words(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Give the kinds of parts with their names in each language."""
        if self.part:
            yield self.part["kind"], self.part.get("words", {"vi": self.part["kind"], "en": self.part["kind"]})
        for outline in (*self.below.values(), *((self.items,) if self.items else ())):
            yield from outline.part_words()


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a record for which the outline has something to say; for an item of a list of parts, its kind and its id (`A1.M1`)."""

    path: Path
    value: Any
    outline: Outline
    part_kind: str = ""
    part_id: str = ""


def outline_of(schema: Mapping[str, Any]) -> Outline:
    """Read a schema whose references are resolved."""
    below = {key: outline_of(each) for key, each in schema.get("properties", {}).items() if isinstance(each, Mapping)}
    items = schema.get("items")
    types = schema.get("type", ())
    is_whole = "integer" in types and "number" not in types
    return Outline(
        below={key: outline for key, outline in below.items() if _says_something(outline)},
        items=_if_it_says_something(outline_of(items)) if isinstance(items, Mapping) else None,
        links=tuple(schema.get("x-link", ())),
        base=schema.get("x-link-base", ""),
        part=schema.get("x-part"),
        access=schema.get("x-access", ""),
        link_access=schema.get("x-link-access", {}),
        word_access=schema.get("x-word-access", {}),
        vocabulary=schema.get("x-vocabulary", ""),
        is_file=bool(schema.get("x-file")),
        is_whole=is_whole,
        is_worth_a_word=is_whole or any(schema.get(key) for key in ("x-link", "x-access", "x-word-access", "x-file", "x-vocabulary")),
    )


def visit(outline: Outline, data: Any) -> list[Found]:
    """Walk data beside its outline, in the order of the data, and give what the outline knows of. Data of another shape than the schema's is passed by."""
    found: list[Found] = []
    _visit(outline, data, (), "", found)
    return found


def _visit(outline: Outline, data: Any, path: Path, prefix: str, found: list[Found]) -> None:
    if outline.is_worth_a_word:
        found.append(Found(path, data, outline))
    if isinstance(data, list | tuple):
        for number, item in enumerate(data):
            here, within = (*path, number), prefix
            if outline.part and isinstance(item, Mapping):
                part_id = f"{prefix}{item.get('id')}"
                found.append(Found(here, item, outline, outline.part["kind"], part_id))
                within = f"{part_id}."
            if outline.items:
                _visit(outline.items, item, here, within, found)
    elif outline.below and isinstance(data, Mapping):
        for key, value in data.items():
            if below := outline.below.get(key):
                _visit(below, value, (*path, key), prefix, found)


def fitted(outline: Outline, data: Mapping[str, Any], root: str) -> Mapping[str, Any]:
    """Give data that its schema accepts with links written out and whole numbers whole; the same data where there is nothing to change."""
    changes: dict[Path, Any] = {}
    for found in visit(outline, data):
        value = found.value
        if isinstance(value, float) and found.outline.is_whole:
            changes[found.path] = int(value)
        elif isinstance(value, str) and found.outline.links:
            link = whole_link(value, data.get(found.outline.base) if found.outline.base else None, root)
            if link != value:
                changes[found.path] = link
    changed: Mapping[str, Any] = _with(data, (), changes) if changes else data
    return changed


def _with(data: Any, path: Path, changes: Mapping[Path, Any]) -> Any:
    if path in changes:
        return changes[path]
    if isinstance(data, Mapping):
        return {key: _with(value, (*path, key), changes) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_with(item, (*path, number), changes) for number, item in enumerate(data)]
    return data


def _says_something(outline: Outline) -> bool:
    return outline.is_worth_a_word or bool(outline.below or outline.items or outline.part)


def _if_it_says_something(outline: Outline) -> Outline | None:
    return outline if _says_something(outline) else None
