"""The page of a kind that has no template of its own: every key that the schema knows, under its Vietnamese title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.world import World, view

_AROUND: Final = frozenset(
    {"title", "name", "lang", "access", "told_by", "missing", "formerly", "withdrawn", "publish_not_before", "note", "held_elsewhere", "rows"}
)
"""What the layout shows, or what is no reader's business."""
_FOR_WRITERS: Final[Mapping[str, frozenset[str]]] = {"project": frozenset({"format", "root", "time_zone", "cadences", "grace_days", "source_host"})}
"""By kind: what says how records are written and checked, and means nothing to whoever only reads."""
_NOWHERE: Final = frozenset({"person", "holders", "sha256"})
"""Keys that point at a person, or that only machines read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value: text, paragraphs, a link, or entries below it."""

    name: str
    form: str
    """`text`, `paragraphs`, `link` or `entries`."""
    value: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Generic:
    """A record as its schema describes it."""

    title: str
    entries: tuple[Entry, ...]
    for_writers: tuple[Entry, ...] = ()


@view
def generic(world: World, record: Record) -> Generic:
    """Show a record key by key."""
    kind = world.kind(record.kind)
    schema = kind.schema if kind else {}
    aside = _FOR_WRITERS.get(record.kind, frozenset())
    shown = {key: value for key, value in record.data.items() if key not in _AROUND}
    own, others = ({key: value for key, value in shown.items() if (key in aside) is wanted} for wanted in (False, True))
    return Generic(world.titles.of_record(record), tuple(_entries(world, schema, own, record)), tuple(_entries(world, schema, others, record)))


def _entries(world: World, schema: Mapping[str, Any], data: Mapping[str, Any], record: Record) -> Iterator[Entry]:
    for key, below in schema.get("properties", {}).items():
        is_hidden = key in _NOWHERE or key == "id"
        if key not in data or is_hidden or (world.site.is_public and _is_for_members(world, below, data[key])):
            continue
        yield _entry(world, str(below.get("title", key)), below, data[key], record)


def _entry(world: World, name: str, schema: Mapping[str, Any], value: Any, record: Record) -> Entry:
    if isinstance(value, tuple):
        items = schema.get("items", {})
        shown = (item for item in value if not (world.site.is_public and _is_for_members(world, items, item)))
        return Entry(name, "entries", "", tuple(_entry(world, "", items, item, record) for item in shown))
    if isinstance(value, Mapping):
        if "unit" in value:
            return Entry(name, "text", telling.figure_line(value, told=record.told))
        return Entry(name, "entries", "", tuple(_entries(world, schema, value, record)))
    return _scalar(name, schema, value)


def _is_for_members(world: World, schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is not for everybody: its key or its word says so, or it leads to something that is named to members only."""
    words = schema.get("x-word-access", {})
    if schema.get("x-access", "public") != "public" or (words and words.get(value, "public") != "public"):
        return True
    thing = world.register.find(value) if "x-link-access" in schema and isinstance(value, str) else None
    return thing is not None and schema["x-link-access"].get(thing.kind, "public") != "public"


def _scalar(name: str, schema: Mapping[str, Any], value: Any) -> Entry:
    if "x-link" in schema and isinstance(value, str):
        return Entry(name, "link", value)
    if "x-words" in schema:
        return Entry(name, "text", telling.sentence_case(labels.word(schema, str(value))))
    if schema.get("format") in ("date", "partial-date"):
        return Entry(name, "text", telling.day(value))
    if isinstance(value, bool):
        return Entry(name, "text", _("có") if value else _("không"))
    if isinstance(value, int | float):
        return Entry(name, "text", telling.number(value))
    return Entry(name, "paragraphs", str(value))
