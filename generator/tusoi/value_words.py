"""The words of one value of a record, as its schema has it: a day, a word of a list, a figure, what a link leads to. Empty where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from tusoi import key_names, telling
from tusoi.access import PUBLIC
from tusoi.formats import pieces, whole_link
from tusoi.messages import say
from tusoi.record import Kind, Part
from tusoi.telling import shortened
from tusoi.titles import TEXT_OF_PART, Titles

Schema = Mapping[str, Any]
_QUOTED: Final = 70
"""How long a piece of a text may be that is repeated."""
NEVER_SAID: Final = frozenset({"person", "sha256"})
"""Keys that point at a person, or that only machines read: never said."""
_DOCUMENT: Final = frozenset({"number", "title", "date", "of"})
_TEXTS: Final = ("statement", "content", "text", "summary", "reason", "name", "task", "number", "title")
"""The keys that say what an item of a list is about, the best first."""


@dataclass(frozen=True)
class ValueWords:
    """Words for values. Without `titles` nothing is said of where a link leads."""

    kinds: Mapping[str, Kind]
    lang: str = "vi"
    titles: Titles | None = None
    before: Titles | None = None
    """The titles of the older records, for links to what is no longer there."""
    has_quotes: bool = False
    """Whether texts are repeated, shortened. A timeline leaves them out: what was mended in a text may be what should never have stood there."""

    def of(self, schema: Schema, value: Any, base: object = None, key: str = "") -> str:
        """Give the words of a value; `base` is the record in which a short link (`A1`) is."""
        if key in NEVER_SAID:
            return ""
        if isinstance(value, bool):
            return say("change.yes" if value else "change.no", self.lang)
        if isinstance(value, Mapping):
            return self._mapping(schema, value)
        if isinstance(value, list | tuple):
            words = [self.of(schema.get("items", {}), each, base) for each in value]
            return "; ".join(words) if all(words) else ""
        if "x-link" in schema or schema.get("format") in ("link", "part-link"):
            return self.link(str(value), base)
        return self._scalar(schema, value)

    def link(self, written: str, base: object = None) -> str:
        """Give the words of what a link leads to; empty where nobody knows them."""
        ref = whole_link(written, base, self._root)
        for titles in (self.titles, self.before):
            thing = titles.register.find(ref) if titles else None
            if titles and thing is not None:
                return self.part(thing, titles) if isinstance(thing, Part) else titles.short(ref)
        return ""

    def part(self, part: Part, titles: Titles) -> str:
        """Name a part: `việc 2 (lập tổ quản lý đất đai)`; a part that has no number of its own by its title."""
        number, text = self.number(part.id, part.kind), titles.of_part(part)
        return f"{number} ({text})" if number and part.kind in TEXT_OF_PART and text else number or text

    def number(self, part_id: str, kind: str) -> str:
        """Name a part by what it is and its number: `việc 2, mốc 1`. What a source calls otherwise is numbered all the same: ids are for machines."""
        own = part_id.rpartition(".")[2]
        words = self._parts.get(own[:1], {}) if self._parts.get(own[:1], {}).get("kind") == kind else {}
        name = str(words.get(self.lang, ""))
        if not name or not own[1:].isdigit():
            return ""
        around = part_id.rpartition(".")[0]
        outer = self._parts.get(around[:1], {})
        return f"{self.number(around, str(outer.get('kind', '')))}, {name} {own[1:]}" if around else f"{name} {own[1:]}"

    def part_word(self, kind: str) -> str:
        """Give the word for a kind of part: `việc`; empty where there is no such kind."""
        return next((str(each.get(self.lang, "")) for each in self._parts.values() if each.get("kind") == kind), "")

    def kind_of(self, written: str, base: object = None) -> str:
        """Say what kind of record or part a link leads to, from how it is written; empty where nobody can say."""
        _, record, part = pieces(whole_link(written, base, self._root))
        if part:
            return str(self._parts.get(part.rpartition(".")[2][:1], {}).get("kind", ""))
        plural = record.split("/")[1] if "/" in record else "organisation"
        return next((kind.name for kind in self.kinds.values() if kind.plural == plural), "")

    def is_hidden(self, schema: Schema, value: Any, base: object = None) -> bool:
        """Whether a value is not for everybody: by its key, by its word, or by what it leads to; of an item, by one of its links."""
        if schema.get("x-access", PUBLIC) != PUBLIC:
            return True
        if isinstance(value, str):
            words, links = schema.get("x-word-access", {}), schema.get("x-link-access", {})
            return words.get(value, PUBLIC) != PUBLIC or (bool(links) and links.get(self.kind_of(value, base), PUBLIC) != PUBLIC)
        if isinstance(value, Mapping):
            below = ((key_names.at(schema, (key,)), each) for key, each in value.items())
            return any("x-link-access" in inner and self.is_hidden(inner, each, base) for inner, each in below)
        return False

    def about(self, item: Mapping[str, Any]) -> str:
        """Say what an item of a list is about, in its own words."""
        text = next((str(item[key]) for key in _TEXTS if isinstance(item.get(key), str | int)), "")
        return shortened(text, _QUOTED) if text else ""

    def quoted(self, old: str, new: str) -> tuple[str, str]:
        """Give what is different in two texts, shortened: where both begin alike, from a word or two before the difference."""
        old, new = " ".join(old.split()), " ".join(new.split())
        start = next((number for number, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
        if start < _QUOTED // 2:
            return shortened(old, _QUOTED), shortened(new, _QUOTED)
        start = old.rfind(" ", 0, max(start - _QUOTED // 4, 0)) + 1
        return f"…{shortened(old[start:], _QUOTED)}", f"…{shortened(new[start:], _QUOTED)}"

    def _mapping(self, schema: Schema, value: Mapping[str, Any]) -> str:
        if _is_figure(value):
            return telling.figure_line(value)
        if is_document(schema):
            return " – ".join(str(value[key]) for key in ("number", "title") if key in value) or self._scalar({"format": "date"}, value.get("date", ""))
        return self.about(value) if self.has_quotes else ""

    def _scalar(self, schema: Schema, value: Any) -> str:
        if "x-words" in schema or "x-vocabulary" in schema:
            meant = key_names.meaning_of(schema.get("x-words", {}).get(str(value), {}), self.lang)
            return low(meant) if meant else str(value)
        if schema.get("format") in ("date", "partial-date"):
            return (telling.day(value) if self.lang == "vi" else "") or str(value)
        if isinstance(value, int | float):
            return telling.number(value) if self.lang == "vi" else str(value)
        text = " ".join(str(value).split())
        return f"“{shortened(text, _QUOTED)}”" if self.has_quotes and text else ""

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, str]]:
        """The kinds of parts by their letters, each with its words."""
        found: dict[str, Mapping[str, str]] = {}
        for kind in self.kinds.values():
            _gather(kind.schema, found)
        return found

    @cached_property
    def _root(self) -> str:
        project = self.titles.register.project if self.titles else None
        return str(project.get("root") or "") if project else ""


def is_document(schema: Schema) -> bool:
    """Whether a schema describes a paper that is named in line."""
    return set(schema.get("properties", ())) == _DOCUMENT


def is_one(schema: Schema, *values: Any) -> bool:
    """Whether mappings are said as one: a figure, a paper, a file."""
    return is_document(schema) or bool(schema.get("x-file")) or any(isinstance(each, Mapping) and _is_figure(each) for each in values)


def _is_figure(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is a figure that can be written as one: an older version of a file may hold anything."""
    numbers = [value[key] for key in ("value", "of", "stated_percent") if key in value]
    texts = [value[key] for key in ("unit", "what", "approx", "is", "counting") if key in value]
    are_right = all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers) and all(isinstance(each, str) for each in texts)
    return "unit" in value and are_right and isinstance(value.get("period", ""), str | int) and bool({"value", "stated_percent", "approx"} & value.keys())


def low(text: str) -> str:
    """Begin with a small letter inside a sentence, unless it is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _gather(schema: Schema, found: dict[str, Mapping[str, str]]) -> None:
    for below in schema.get("properties", {}).values():
        if part := below.get("x-part"):
            found.setdefault(part["letter"], {"kind": part["kind"], **part.get("words", {})})
        _gather(below.get("items", below), found)
