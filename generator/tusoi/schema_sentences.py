"""What a rejected record is told: one problem for one mistake, in the words of its schema, with what to type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from tusoi import key_names, nearby
from tusoi.formats import FIRST_YEAR, LAST_YEAR, is_date, is_link, is_partial_date
from tusoi.key_names import at, nearest_key, nearest_word, noted, shown
from tusoi.kinds import Kinds
from tusoi.problem import Path, Problem
from tusoi.record import Draft, Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a validator found: the keyword that is not kept, where, the value there and the schema that says so."""

    keyword: str
    path: Path
    value: Any
    schema: Mapping[str, Any]
    keys: tuple[str, ...] = ()
    """The keys that are missing (required), unknown (additionalProperties), or of which one is needed (anyOf)."""
    is_explained: bool = True
    """Whether the validator that explains found it too."""


_FIRST: Final = ("additionalProperties", "required", "type", "const", "enum", "format", "minLength", "pattern", "minimum", "maximum", "exclusiveMinimum")
"""Of several faults of one value, the one that says most comes first; all that are not named here come after."""
_LINKS: Final = ("link", "part-link")
_ABOUT_KEYS: Final = frozenset({"additionalProperties", "required", "anyOf"})
_BULLET: Final = re.compile(r"[-\u2010-\u2015\u2212\u2022\u00b7\u25aa\u25cf\u25e6+]\s*(?=\S)")
_COUNTED: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s+(\D+)")
_WORDS_OF_DATES: Final = re.compile(r"ngày|tháng|năm|day|month|year|[dmytn]", re.IGNORECASE)
_STATES: Final = frozenset({"status", "state", "trang_thai", "trang-thai", "tinh_trang", "tinh-trang"})


def mistakes(faults: Iterable[Fault]) -> tuple[list[Fault], set[Path]]:
    """Drop what only follows from another mistake; give also the paths of keys that are there under a wrong name, so that nobody else asks for them."""
    found = sorted(faults, key=lambda fault: (_FIRST.index(fault.keyword) if fault.keyword in _FIRST else len(_FIRST), [str(key) for key in fault.path]))
    misnamed = {
        (*fault.path, near)
        for fault in found
        if fault.keyword == "additionalProperties"
        for key in fault.keys
        if (near := nearest_key(key, fault.schema.get("properties", {})))
    }
    kept: list[Fault] = []
    spoken: set[Path] = set()
    for fault in found:
        if fault.keyword in ("required", "anyOf"):
            wanted = tuple(key for key in fault.keys if (*fault.path, key) not in misnamed)
            if wanted != fault.keys and (fault.keyword == "anyOf" or not wanted):
                continue
            fault = Fault(fault.keyword, fault.path, fault.value, fault.schema, wanted, fault.is_explained)  # noqa: PLW2901 -- the same fault, less what is misnamed
        elif fault.keyword not in _ABOUT_KEYS:
            if fault.path in spoken:
                continue
            spoken.add(fault.path)
        kept.append(fault)
    return kept, misnamed


class Wording:
    """Makes problems of the faults of one record."""

    def __init__(self, draft: Draft, kind: Kind, kinds: Kinds, known: nearby.Known = MappingProxyType({})) -> None:
        self.draft = draft
        self.kind = kind
        self.kinds = kinds
        self.known = known
        """What the other files say that were read, by their ids: one of them may be meant."""
        self.own = draft.id.split("/", 1)[0]
        self.lines = key_names.Lines(kinds, self._example)
        self.by_keyword: Mapping[str, Callable[[Fault], Sequence[Problem]]] = {
            "required": self._required,
            "additionalProperties": self._unknown,
            "anyOf": self._one_of,
            "type": self._type,
            "enum": self._enum,
            "const": self._const,
            "format": self._format,
            "pattern": self._pattern,
            "minLength": self._length,
            "maxLength": self._length,
            "minItems": self._length,
            "maxItems": self._length,
            "minimum": self._range,
            "exclusiveMinimum": self._range,
            "maximum": self._range,
            "exclusiveMaximum": self._range,
            "uniqueItems": self._twice,
        }

    def problems(self, fault: Fault) -> Sequence[Problem]:
        """Say what is wrong and what to type."""
        word = self.by_keyword.get(fault.keyword) if fault.is_explained else None
        return word(fault) if word else [self._unexplained(fault)]

    def missing(self, path: Path, code: str = "S01", **params: str) -> Problem:
        """Say that the value at `path` is not there, and how to add it."""
        schema = at(self.kind.schema, path)
        listed, meanings = self.lines.meanings(schema)
        parts = at(self.kind.schema, path[:-2]).get("x-part") if path[-1:] == ("id",) else None
        line = f"id: {key_names.next_id(parts['letter'], value_at(self.draft.data, path[:-2]))}" if parts else self.lines.line(str(path[-1]), schema)
        inside = str(path[-2]) if len(path) > 1 and isinstance(path[-2], str) else ""
        said = {"line": line, "inside": inside, **key_names.about(self.kind.schema, path), **key_names.words(listed, meanings), **params}
        return noted(code, self.draft.source.place(path[:-1]), path, said, variant="words" if listed else "inside" if inside else "")

    def _say(self, code: str, fault: Fault, variant: str = "", **params: object) -> Problem:
        named = {**key_names.about(self.kind.schema, fault.path), "value": shown(fault.value), **params}
        return noted(code, self.draft.source.place(fault.path), fault.path, named, variant=variant)

    def _required(self, fault: Fault) -> Sequence[Problem]:
        return [self.missing((*fault.path, key)) for key in fault.keys]

    def _unknown(self, fault: Fault) -> Sequence[Problem]:
        properties = fault.schema.get("properties", {})
        return [self._unknown_key(fault, key, properties) for key in fault.keys]

    def _unknown_key(self, fault: Fault, key: str, properties: Mapping[str, Mapping[str, Any]]) -> Problem:
        near = nearest_key(key, properties)
        path = (*fault.path, key)
        variant = "near" if near else "state" if key.lower() in _STATES else ""
        params = {"key": shown(key), "near": near, **key_names.listed_keys(properties, fault.value), **key_names.wheres(self.kind.schema, fault.path)}
        params |= key_names.both("near", key_names.titles(properties.get(near, {}), near))
        return noted("S02", self.draft.source.key_place(path), path, params, variant=variant)

    def _one_of(self, fault: Fault) -> Sequence[Problem]:
        line = self.lines.line(fault.keys[0], at(fault.schema, (fault.keys[0],))) if fault.keys else "…"
        params = {"line": line, **key_names.wheres(self.kind.schema, fault.path)}
        for language in key_names.LANGUAGES:
            params[f"choices_{language}"] = ", ".join(f"“{key_names.title(at(fault.schema, (key,)), language, key)}” ({key})" for key in fault.keys)
        return [noted("S10", self.draft.source.place(fault.path), fault.path, params)]

    def _type(self, fault: Fault) -> Sequence[Problem]:
        if fault.schema.get("format") in ("date", "partial-date"):
            return self._format(fault)
        if fault.schema.get("enum") or self._words(fault):
            return self._enum(fault)
        if fault.schema.get("format") in _LINKS and isinstance(fault.value, int | float):
            return self._link(fault)
        if part_letter(fault.schema) and isinstance(fault.value, int | float):
            return self._pattern(fault)
        types = fault.schema.get("type", "string")
        shape = next((name for name in ("array", "object", "boolean", "number", "integer") if name in types), "string")
        key = key_names.about(self.kind.schema, fault.path)["key"]
        before = "- " if fault.path and isinstance(fault.path[-1], int) else f"{key}: "
        spoken = at(self.kind.schema, fault.path)
        variant, meant = self._meant(fault.value, spoken if spoken.get("type") == types else fault.schema, shape)
        return [self._say("S03", fault, variant, line=meant if variant == "dash" else before + meant)]

    def _meant(self, value: Any, schema: Mapping[str, Any], shape: str) -> tuple[str, str]:
        """Say which slip it is that a value has the wrong shape, and write what was probably meant."""
        match shape:
            case "array":
                items = schema.get("items", {})
                dashed = _dashed(value)
                ids = self._named(value, tuple(items["x-link"])) if isinstance(value, str) and "x-link" in items and "/" not in value else ()
                item = self._filled(value, items) if items.get("type") == "object" else ids[0] if len(ids) == 1 else _flat(value)
                return ("dash", dashed) if dashed else ("list", f"[{item}]")
            case "object":
                return "keys", self._filled(value, schema)
            case "boolean":
                return "flag", "true"
            case "number" | "integer":
                digits = _number_in(value)
                return ("whole", "3") if isinstance(value, float) else ("number_try", digits) if digits else ("number", "12")
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            return "single", _flat(value[0])
        return ("quotes", f'"{shown(value)}"') if isinstance(value, bool | int | float) else ("text", "…")

    def _filled(self, value: Any, schema: Mapping[str, Any]) -> str:
        """Write the mapping that was probably meant: a date, a link or a text that stands alone goes to the key that takes it."""
        line = self.lines.value(schema)
        properties = schema.get("properties", {})
        if is_partial_date(str(value)) and "date" in properties:
            return line.replace("date: 2025-03-31", f"date: {value}", 1)
        key = next((key for key in key_names.asked_for(schema) if "x-link" in properties.get(key, {})), "")
        if key and isinstance(value, str) and is_link(value):
            return line.replace(self.lines.line(key, properties[key]), f"{key}: {value}", 1)
        if {"value", "unit"} <= properties.keys() and isinstance(value, str) and (counted := _COUNTED.fullmatch(value.strip())):
            return f"{{value: {_number_in(counted[1])}, unit: {_flat(counted[2])}}}"
        return line.replace("…", _flat(value)) if isinstance(value, str) and line.count("…") == 1 else line

    def _enum(self, fault: Fault) -> Sequence[Problem]:
        schema = self._words(fault) or fault.schema
        meanings = schema.get("x-words", {})
        values = key_names.allowed(schema)
        near = nearest_word(str(fault.value), values, meanings)
        return [self._say("S04", fault, "near" if near else "", near=near, **key_names.words(values, meanings))]

    def _words(self, fault: Fault) -> Mapping[str, Any]:
        """Give the schema of a value that is a word of the profile; empty where it is none."""
        schema = at(self.kind.schema, fault.path)
        return schema if "x-vocabulary" in schema and key_names.allowed(schema) else {}

    def _const(self, fault: Fault) -> Sequence[Problem]:
        return [self._say("S13", fault, expected=shown(fault.schema.get("const")))]

    def _format(self, fault: Fault) -> Sequence[Problem]:
        form = fault.schema.get("format")
        text = str(fault.value)
        if form in ("date", "partial-date"):
            bare = unquoted(text)
            is_right = bare != text and (is_date(bare) if form == "date" else is_partial_date(bare))
            variant, tried = ("quotes", bare) if is_right else _date_meant(text, is_full=form == "date")
            return [self._say("S05", fault, variant, near=tried, first=FIRST_YEAR, last=LAST_YEAR)]
        if form in _LINKS:
            return self._link(fault)
        if form in ("time-zone", "uri"):
            return [self._say("S14", fault, "zone" if form == "time-zone" else "address")]
        return [self._unexplained(fault)]

    def _link(self, fault: Fault) -> Sequence[Problem]:
        """Say that a value is no link, and which was meant: a path that was copied, a part of what the record is about, or a record of that name."""
        wanted = tuple(at(self.kind.schema, fault.path).get("x-link") or fault.schema.get("x-link") or ("organisation",))
        text = unquoted(str(fault.value))
        near = _link_meant(text) or (text if text != str(fault.value) and is_link(text) else "")
        if not re.search(r"[/\\]", text) and set(wanted) != {"organisation"}:
            near = ""  # a name or a sentence: no folder is called like that, and it may be a person
        ids = [near] if near else self._named(text, wanted)
        variant = "" if not ids else "near" if len(ids) == 1 else "several"
        return [self._say("S06", fault, variant, near=nearby.listed(ids), example=self._example(wanted[0]))]

    def _named(self, text: str, wanted: tuple[str, ...]) -> Sequence[str]:
        """Give what bears the name that stands for a link: `F1` of the review that a plan is of, the cycle `2025`, the post `pho-bi-thu`."""
        part = nearby.part_id(text)
        parts = {kind.plural for kind in self.kinds.values() for path, letter, name in kind.parts if name in wanted and letter == part[:1] and len(path) == 1}
        if refs := [f"{base}#{part}" for base in nearby.bases(self.draft.data) if part and base.split("/")[1:2] and base.split("/")[1] in parts]:
            return refs
        return [each for each in nearby.named(self.known, self.own, nearby.folders(self.kinds, wanted), text) if each != self.draft.id]

    def _example(self, kind: str) -> str:
        """Show a link to something of a kind: one of the records that are close, else how such a link looks."""
        plurals = nearby.folders(self.kinds, (kind,))
        there = [each for each in nearby.usual(self.known, self.own, plurals) if each != self.draft.id]
        if there:
            return there[-1] if there[-1].rpartition("/")[2][:1].isdigit() else there[0]
        is_own = kind not in self.kinds or kind == self.kind.name
        return self.kinds.example(kind).replace("ten-don-vi", self.own if is_own and "/" in self.draft.id else "ten-don-vi")

    def _pattern(self, fault: Fault) -> Sequence[Problem]:
        text = str(fault.value)
        if not text.strip():
            return [self._say("S08", fault, "empty")]
        if self._words(fault):
            return self._enum(fault)
        if "\n" in text.rstrip("\n") and re.search(fault.schema["pattern"], " ".join(text.split())):
            return [self._say("S07", fault, "lines")]
        if letter := part_letter(fault.schema):
            return [self._say("S07", fault, "part", letter=letter)]
        said = {f"said_{language}": key_names.description(at(self.kind.schema, fault.path), language) for language in key_names.LANGUAGES}
        near = next((each for each in (key_names.slug(text), text.strip().upper(), _padded(text)) if each and re.search(fault.schema["pattern"], each)), "")
        variant = "near" if near else "" if any(said.values()) else "plain"
        return [self._say("S07", fault, variant, near=near, pattern=fault.schema["pattern"], **said)]

    def _length(self, fault: Fault) -> Sequence[Problem]:
        limit = fault.schema[fault.keyword]
        names = {"minLength": "short" if fault.value else "empty", "maxLength": "long", "minItems": "few" if fault.value else "none", "maxItems": "many"}
        return [self._say("S08", fault, names[fault.keyword], limit=limit, length=len(fault.value))]

    def _range(self, fault: Fault) -> Sequence[Problem]:
        if fault.schema.get("format") == "partial-date":
            return [self._say("S05", fault, "year", near="", first=FIRST_YEAR, last=LAST_YEAR)]
        names = {"minimum": "low", "exclusiveMinimum": "above", "maximum": "high", "exclusiveMaximum": "below"}
        return [self._say("S09", fault, names[fault.keyword], limit=shown(fault.schema[fault.keyword]))]

    def _twice(self, fault: Fault) -> Sequence[Problem]:
        items = list(fault.value)
        second = next((number for number, item in enumerate(items) if item in items[:number]), len(items) - 1)
        path = (*fault.path, second)
        first = self.draft.source.place((*fault.path, items.index(items[second])))
        named = {**key_names.about(self.kind.schema, fault.path), "value": shown(items[second])}
        return [noted("S11", self.draft.source.place(path), path, named, also=first)]

    def _unexplained(self, fault: Fault) -> Problem:
        """Say what is known where only the deciding validator found something: the keyword, the place and what the schema says to the editor."""
        said = {f"said_{language}": key_names.description(at(self.kind.schema, fault.path), language) or "–" for language in key_names.LANGUAGES}
        variant = "newline" if isinstance(fault.value, str) and fault.value != fault.value.rstrip("\n") else ""
        return self._say("S15", fault, variant, keyword=fault.keyword, **said)


def part_letter(schema: Mapping[str, Any]) -> str:
    """Give the letter that the ids of these parts begin with; empty where the value is no id of a part."""
    found = re.match(r"\^([A-Z])\[1-9\]", str(schema.get("pattern", "")))
    return found[1] if found else ""


def value_at(data: Any, path: Path) -> Any:
    """Give the value at a path that is there."""
    for key in path:
        data = data[key]
    return data


def unquoted(text: str) -> str:
    """Take away the marks of quotation that a word processor writes, and that are none to the reader of records."""
    return text.strip().strip("\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb").strip()


def _padded(text: str) -> str:
    """Write a code with two digits: `r3` is R03."""
    found = re.fullmatch(r"\s*([A-Za-z])(\d)\s*", text)
    return f"{found[1].upper()}0{found[2]}" if found else ""


def _flat(value: Any) -> str:
    if isinstance(value, str) and re.search(r"[,:#\[\]{}\n]", value):
        return '"' + shown(value).replace('"', "'") + '"'
    return shown(value)


def _dashed(value: Any) -> str:
    """Write the first line of an item whose dash was forgotten, or was another sign; empty where it is something else."""
    if isinstance(value, Mapping) and value:
        key, first = next(iter(value.items()))
        return f"- {key}: {'…' if isinstance(first, list | Mapping) else _flat(first)}"
    sign = _BULLET.match(value) if isinstance(value, str) else None
    return f"- {value[sign.end() :]}" if sign else ""


def _number_in(value: Any) -> str:
    """Find the number that a text holds: `12 hồ sơ`, `3,5`, `1.991`, `1 991`; the empty text where there is none, or where it could be read in two ways."""
    found = re.fullmatch(r"\D*?([1-9]\d{0,2}(?:[\s\u00a0]\d{3})+|\d+(?:[.,]\d+)*)\D*", value) if isinstance(value, str) else None
    if not found:
        return ""
    if re.fullmatch(r"[1-9]\d{0,2}([.,\s\u00a0]\d{3})+", found[1]):
        return re.sub(r"[.,\s\u00a0]", "", found[1])
    return found[1].replace(",", ".") if re.fullmatch(r"\d+([.,]\d+)?", found[1]) else ""


def _date_meant(text: str, *, is_full: bool) -> tuple[str, str]:
    """Say what kind of slip a date is, and which date was meant: `31/3/2025` is 2025-03-31."""
    together = re.fullmatch(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})", text)
    written = list(together.groups()) if together else re.findall(r"[0-9]+", text)
    if re.search(r"[^\W\d_]", _WORDS_OF_DATES.sub("", text)):
        written = []  # `quý II/2026` says more than its numbers
    if len(written) not in (1, 2, 3) or any(len(number) > len("2025") for number in written):
        return "full" if is_full else "partial", ""
    if len(written[0]) < len("2025") == len(written[-1]):
        written.reverse()  # the year was written last, as people do
    numbers = [int(number) for number in written]
    tried = "-".join(f"{number:04}" if place == 0 else f"{number:02}" for place, number in enumerate(numbers))
    if is_partial_date(tried) and (is_date(tried) or not is_full):
        return "near", tried
    if is_full and is_partial_date(tried):
        return "incomplete", tried
    if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        return "year", ""
    return "calendar" if re.fullmatch(r"[0-9-]+", tried) else "full" if is_full else "partial", tried


def _link_meant(text: str) -> str:
    """Find the link that was meant by a path or by words: `records/an-mau/plans/2024.yml` is an-mau/plans/2024."""
    record, mark, part = text.strip().partition("#")
    record = re.sub(r"\.ya?ml$", "", re.sub(r"^(\./)?(records/)?", "", record.replace("\\", "/")))
    record = "/".join(key_names.slug(piece) for piece in record.removesuffix("/organisation").split("/"))
    tried = record + mark + part.strip().upper()
    return tried if is_link(tried) and tried != text else ""
