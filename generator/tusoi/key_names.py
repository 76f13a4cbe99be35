"""How a message calls what it speaks of: places in a record, words of a list, a line to type. Titles and words come from the schema only, in every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from tusoi.kinds import Kinds
from tusoi.problem import Path, Place, Problem, Severity

LANGUAGES: Final = ("vi", "en")
_LONGEST: Final = 60
_MOST_WORDS: Final = 24
_MOST_KEYS: Final = 12
RARE: Final = ("lang", "access", "told_by", "missing", "formerly", "withdrawn", "publish_not_before", "note", "held_elsewhere", "figures", "rows")
"""Keys that every kind has and few records need."""
_HARD: Final = re.compile("[\u00a0\u00ad\u2000-\u200f\u202f\u2060\u3000]")
"""Spaces that are none, and what can not be seen at all: a message shows them, or nobody would see what is wrong."""
_TWO_WORDS: Final = "hai chữ"
_PART: Final = {"vi": "{} thứ {}", "en": "{} {}"}
_ITEM: Final = {"vi": "{} (mục {})", "en": "{} (item {})"}
_UNTIL: Final = {"vi": "đến {}", "en": "until {}"}
_ENTRY: Final = {"vi": "mục {}", "en": "item {}"}


def noted(  # noqa: PLR0913 -- each is one plain fact about the problem
    code: str,
    place: Place,
    path: Path,
    params: Mapping[str, object],
    *,
    variant: str = "",
    severity: Severity = Severity.ERROR,
    also: Place | None = None,
) -> Problem:
    """Make a problem of parameters that were gathered, as most of those about schemas are: names in every language."""
    return Problem(code, severity, place, path, variant, tuple(sorted((name, str(value)) for name, value in params.items())), also)


def both(prefix: str, words: Mapping[str, str]) -> dict[str, str]:
    """Give a name in each language as parameters: `kind_vi`, `kind_en`."""
    return {f"{prefix}_{language}": words[language] for language in LANGUAGES}


def title(schema: Mapping[str, Any], language: str, key: str = "") -> str:
    """Give the title of a property in one language."""
    named = schema.get("title") if language == "vi" else schema.get("x-en", {}).get("title")
    return str(named or schema.get("title") or key)


def description(schema: Mapping[str, Any], language: str) -> str:
    """Give what the schema says to the editor about a property."""
    said = schema.get("description") if language == "vi" else schema.get("x-en", {}).get("description")
    return str(said or schema.get("description") or "")


def at(schema: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """Give the schema of the place at `path`; empty where the schema knows no such place."""
    for key in path:
        below = schema.get("items") if isinstance(key, int) else schema.get("properties", {}).get(key)
        if not isinstance(below, Mapping):
            return {}
        schema = below
    return schema


def is_text(schema: Mapping[str, Any]) -> bool:
    """Whether a schema is that of a text that somebody writes: a string in which two words can stand, no id, no key, no name of a scale."""
    is_chosen = any(key in schema for key in ("format", "enum", "const", "x-link", "x-vocabulary"))
    return schema.get("type") == "string" and not is_chosen and bool(re.search(schema.get("pattern", ""), _TWO_WORDS))


def titles(schema: Mapping[str, Any], key: str = "") -> dict[str, str]:
    """Give the title of a property in each language."""
    return {language: title(schema, language, key) for language in LANGUAGES}


def wheres(schema: Mapping[str, Any], path: Path) -> dict[str, str]:
    """Name the place at `path` in each language, as parameters."""
    return {f"where_{language}": where(schema, path, language) for language in LANGUAGES}


def where(schema: Mapping[str, Any], path: Path, language: str) -> str:
    """Name the place at `path` as a person would: `Báo cáo kiểm điểm, hạn chế thứ 2, nguyên nhân thứ 1`."""
    names = [title(schema, language)]
    here: Mapping[str, Any] = schema
    for key in path:
        below = at(here, (key,))
        if isinstance(key, int):
            part = here.get("x-part", {}).get("words", {}).get(language)
            names[-1] = _PART[language].format(part, key + 1) if part else _ITEM[language].format(names[-1], key + 1)
        else:
            names.append(_low(title(below, language, key)))
        here = below
    return ", ".join(names)


def about(schema: Mapping[str, Any], path: Path) -> dict[str, str]:
    """Give the parameters that name the value at `path`: where it is, its title and its key."""
    keys = [key for key in path if isinstance(key, str)]
    end = len(path) - (1 if path and isinstance(path[-1], int) else 0)
    params = {"key": keys[-1] if keys else ""}
    for language in LANGUAGES:
        params[f"where_{language}"] = where(schema, path[: max(end - 1, 0)], language)
        name = title(at(schema, path[:end]), language, params["key"])
        params[f"title_{language}"] = name if end == len(path) else f"{name} ({_ENTRY[language].format(int(path[-1]) + 1)})"
    return params


def words(values: Iterable[Any], meanings: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """List the words of a list with what each means."""
    listed = list(values)
    more = [f"… (+{len(listed) - _MOST_WORDS})"] if len(listed) > _MOST_WORDS else []
    return {f"words_{language}": "; ".join([*(_word(value, meanings, language) for value in listed[:_MOST_WORDS]), *more]) for language in LANGUAGES}


def _word(value: Any, meanings: Mapping[str, Mapping[str, str]], language: str) -> str:
    meaning = meaning_of(meanings.get(str(value), {}), language)
    return f"{value} = {meaning}" if meaning else str(value)


def meaning_of(words: Mapping[str, str], language: str) -> str:
    """Say what a word means, and until when it was in force where its profile knows an end."""
    meaning = words.get(language, "")
    return f"{meaning} ({_UNTIL[language].format(words['to'])})" if meaning and "to" in words else meaning


def shown(value: Any) -> str:
    """Write a value for a message: one line, and not too long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:3]) + "}"
    if isinstance(value, list | tuple):
        return "[…]"
    line = _HARD.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", " ".join(re.split(r"[ \t\n]+", str(value).strip(" \t\n"))))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was most likely meant, or the empty text: the longer a word, the more of it has to be right."""
    alike = max(0.6, 1 - 3 / max(len(word), 1))
    return next(iter(get_close_matches(word, sorted(known), 1, alike)), "")


def slug(text: str) -> str:
    """Write a text as names are written in the records: `Xã An Mẫu` becomes `xa-an-mau`."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()).strip("-")


def nearest_key(key: str, properties: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the property that was most likely meant by `key`: by its name, or by its title (`nguyen_nhan`, `Nguyên nhân`), or by the beginning of its title."""
    named = {slug(title(schema, language)): name for name, schema in properties.items() for language in reversed(LANGUAGES)}
    near = nearest(key, properties) or nearest(key.lower(), properties) or named.get(slug(key), "")
    begun = {name for text, name in named.items() if slug(key) and text.startswith(f"{slug(key)}-")}
    return near or (begun.pop() if len(begun) == 1 else "")


def listed_keys(properties: Mapping[str, Mapping[str, Any]], given: Iterable[str] = ()) -> dict[str, str]:
    """List keys that may be written, each with its title, for a message: those that every kind has and few need are left to the templates."""
    left = [name for name in properties if name not in given and name not in RARE]
    more = " …" if len(left) > _MOST_KEYS else ""
    return {
        f"keys_{language}": ", ".join(f"`{name}` ({title(properties[name], language, name)})" for name in left[:_MOST_KEYS]) + more or "–"
        for language in LANGUAGES
    }


def nearest_word(value: str, values: Sequence[Any], meanings: Mapping[str, Mapping[str, str]]) -> str:
    """Give the word of a list that was most likely meant by `value`: by the word, or by what it means."""
    for word, meaning in meanings.items():
        if slug(value) in {slug(word), *(slug(text) for text in meaning.values())}:
            return word
    near = nearest(value.lower(), (each for each in values if isinstance(each, str)))
    if near or not slug(value):
        return near
    holding = [word for word, meaning in meanings.items() if any(f"-{slug(value)}-" in f"-{slug(text)}-" for text in meaning.values())]
    return holding[0] if len(holding) == 1 else ""


def allowed(schema: Mapping[str, Any]) -> list[Any]:
    """Give the words that a value may be, those of a profile's vocabulary too; empty where it may be anything."""
    return list(schema.get("enum") or (schema.get("x-words", ()) if "x-vocabulary" in schema else ()))


class Lines:
    """Writes a line that an editor can type, from the schema alone."""

    def __init__(self, kinds: Kinds, example: Callable[[str], str] | None = None) -> None:
        self.kinds = kinds
        self.example = example or kinds.example
        """How a link to something of a kind looks: one that is there, where somebody knows one."""

    def line(self, key: str, schema: Mapping[str, Any]) -> str:
        """Write the line of one key: `causes: [{kind: subjective, text: …}]`."""
        return f"{key}: {self.value(schema)}"

    def value(self, schema: Mapping[str, Any]) -> str:
        """Write a value of the right shape."""
        known = [schema["const"]] if "const" in schema else allowed(schema) or schema.get("examples")
        if known:
            return str(known[0])
        types = schema.get("type", "string")
        match types if isinstance(types, str) else types[0]:
            case "array":
                return f"[{self._item(schema)}]"
            case "object":
                keys = asked_for(schema) or list(schema.get("properties", ()))[:1]
                return "{" + ", ".join(self.line(key, at(schema, (key,))) for key in keys) + "}"
            case "boolean":
                return "true"
            case "integer" | "number":
                return str(max(1, schema.get("minimum", 1)))
        return self._text(schema)

    def meanings(self, schema: Mapping[str, Any]) -> tuple[list[Any], dict[str, Mapping[str, str]]]:
        """Collect the words that the line of this schema lets one choose from, with what they mean."""
        if values := allowed(schema):
            return values, dict(schema.get("x-words", {}))
        listed: list[Any] = []
        meant: dict[str, Mapping[str, str]] = {}
        inner = [schema["items"]] if "items" in schema else [at(schema, (key,)) for key in asked_for(schema)]
        for below in inner:
            values, words_of_it = self.meanings(below)
            listed += values
            meant.update(words_of_it)
        return listed, meant

    def _item(self, schema: Mapping[str, Any]) -> str:
        item = schema.get("items", {})
        written = self.value(item)
        if "x-part" in schema:
            written = written.replace("id: …", f"id: {schema['x-part']['letter']}1", 1)
        return written

    def _text(self, schema: Mapping[str, Any]) -> str:
        match schema.get("format"):
            case "date" | "partial-date":
                return "2025-03-31"
            case "link" | "part-link":
                return self.example((schema.get("x-link") or ("organisation",))[0])
            case "time-zone":
                return "Asia/Ho_Chi_Minh"
            case "uri":
                return "https://…"
        return "…"


def next_id(letter: str, items: object) -> str:
    """Give the id that comes after those of a list of parts: `F3` after F1 and F2."""
    ids = [str(item.get("id", "")) for item in items if isinstance(item, Mapping)] if isinstance(items, list | tuple) else []
    numbers = [int(each[1:]) for each in ids if each[:1] == letter and each[1:].isascii() and each[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"


def asked_for(schema: Mapping[str, Any]) -> list[str]:
    """Give the keys that a mapping can not be without; of several that would do, the first."""
    keys = list(schema.get("required", ()))
    choices = [list(choice.get("required", ())) for choice in schema.get("anyOf", ())]
    if choices and not any(set(choice) <= set(keys) for choice in choices):
        keys += [key for key in choices[0] if key not in keys]
    return keys


def _low(text: str) -> str:
    """Begin with a small letter inside a sentence, unless it is an abbreviation."""
    return text if text[1:2].isupper() or not text[:1].isupper() else text[0].lower() + text[1:]
