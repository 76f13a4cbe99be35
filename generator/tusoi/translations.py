"""Texts of records in another language, from the gettext catalogues beside the records: `plans/2025.en.po` beside `plans/2025.yml`.

An entry says in `msgctxt` where its text stands (`findings/F1/statement`), in `msgid` what the text was when it was translated, in `msgstr` the translation.
Where the record says something else by now, the translation is outdated: the page shows what the record says, and below it, marked, what was translated.
An entry marked `fuzzy` is unsure, and shown in the same way. What a record says is what its page shows: where a correction counts, the corrected text is
offered to translators, and a translation of the text before it is outdated. The original alone is judged and counted; a translation changes nothing but what
is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from tusoi import access, key_names
from tusoi.corrections import HEADER, fits, way, with_values
from tusoi.facts import Corrections
from tusoi.messages import Entry, UnreadableError, entries
from tusoi.problem import Path, Place, Problem, Severity, problem
from tusoi.record import Kind, Part, Record, Register
from tusoi.rules.wording import offending
from tusoi.speech import NAMES

_LANGUAGE: Final = "vi"
_ODD: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What an escape could bring into a text, and no text may have."""
_COMPARED: Final = frozenset({"unit", "what", "approx", "peer_group", "number", "version", "kind", "branch", "folder"})
"""Texts that are compared with others, or say whom a number counts: they mean the same in every language only while they stay as they are."""


class Translated(str):
    """A text in the language of the page, put for what the record says in another."""

    __slots__ = ("language", "original")
    language: str
    original: str

    def __str__(self) -> str:
        """Give itself: who asks for the text must not lose where it comes from."""
        return self


class Overtaken(str):
    """What a record says by now; `before` is the translation of what it said earlier."""

    __slots__ = ("before", "language")
    before: str
    language: str

    def __str__(self) -> str:
        """Give itself, as above."""
        return self


class Found(Protocol):
    """A catalogue as it was found beside a record."""

    @property
    def record(self) -> str:
        """The id of the record."""

    @property
    def language(self) -> str:
        """Into which language."""

    @property
    def file(self) -> str:
        """Where it stands."""

    @property
    def text(self) -> str:
        """What is in it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is said of the texts of a record, by the way to each."""

    record: str
    language: str
    file: str
    said: Mapping[Path, Entry]


def read(register: Register, found: Sequence[Found]) -> tuple[tuple[Catalogue, ...], list[Problem]]:
    """Read the catalogues of a tree; whatever is wrong with them is a problem."""
    made: list[Catalogue] = []
    problems: list[Problem] = []
    for each in found:
        record = register.records.get(each.record)
        if each.language not in NAMES:
            problems.append(problem("X26", Place(each.file), severity=Severity.WARNING, variant="language", language=each.language, known=", ".join(NAMES)))
        elif record is None and each.record not in register.reserved:
            problems.append(problem("X26", Place(each.file), severity=Severity.WARNING, variant="record", record=each.record))
        elif record is not None and each.language == _own_language(record, register):
            problems.append(problem("X26", Place(each.file), variant="own", language=each.language))
        elif record is not None:
            try:
                made.append(_read(record, register.kinds[record.kind], each, problems))
            except UnreadableError as error:
                problems.append(problem("X26", Place(each.file, error.line, 1), variant="unreadable"))
    return tuple(made), problems + list(_unfit(register, made))


def into(register: Register, catalogues: Sequence[Catalogue], language: str, *, takes_all: bool = False) -> Register:
    """Give the register as it is read in a language; the same register where nothing is translated into it.

    `takes_all`: with what is overtaken, too, as if it fitted.
    """
    changed: dict[str, Record] = {}
    for each in catalogues:
        record = register.records.get(each.record)
        if record and (read := of(record, [each], language, takes_all=takes_all)) is not record:
            changed[record.id] = read
    if not changed:
        return register
    return Register.of(register.kinds, [changed.get(each.id, each) for each in register.records.values()], register.reserved, register.problems)


def of(record: Record, catalogues: Sequence[Catalogue], language: str, *, takes_all: bool = False) -> Record:
    """Give one record as it is read in a language; the same record where nothing of it is translated."""
    said = next((each for each in catalogues if (each.record, each.language) == (record.id, language)), None)
    values = _values(record, said, takes_all=takes_all) if said else {}
    return with_values(record, values) if values else record


def texts(record: Record, kind: Kind) -> Iterator[tuple[str, Path, str]]:
    """Give the texts of a record that can be translated: the way as a catalogue names it, the way in the record, and the text."""
    for path, name in _ways(record.data, (), ()):
        text = record.get(*path)
        if isinstance(text, str) and _is_translated(kind, path) and re.search(r"[^\W\d_]", text):
            yield "/".join(name), path, text


def overtaken(register: Register, catalogues: Sequence[Catalogue], corrected: Corrections) -> Iterator[Problem]:
    """Say which translations are of something else than what a page shows, or unsure."""
    for each in catalogues:
        record = register.records.get(each.record)
        for path, entry in each.said.items() if record else ():
            if record and (entry.is_unsure or not _same(entry.text, _now(record, path, corrected))):
                yield problem("X26", Place(each.file, entry.line, 1), path, severity=Severity.INFO, variant="overtaken", where=entry.context)


def brought_up_to_date(record: Record, kind: Kind, said: Sequence[Entry], corrected: Corrections) -> list[Entry]:
    """Give the entries of a record's catalogue anew: every text once, in the order of the record, what was changed marked, what has gone kept at the end."""
    by_place = {each.context: each for each in said if not each.is_left_over}
    left = [each for each in said if each.is_left_over]
    made = [
        _anew(by_place.pop(name, None), name, str(_now(record, path, corrected)), key_names.where(kind.schema, path, _LANGUAGE))
        for name, path, _text in texts(record, kind)
    ]
    gone = [replace(each, is_left_over=True) for each in by_place.values() if each.said]
    return [*made, *left, *gone]


def _anew(known: Entry | None, name: str, text: str, where: str) -> Entry:
    """Give an entry anew. `text` is what the page shows."""
    if known is None:
        return Entry(name, text, "", where=where)
    if _same(known.text, text):
        return replace(known, text=text, where=where)
    before = known.before or known.text if known.said else ""
    return replace(known, text=text, is_unsure=bool(known.said), before=before, where=where)


def _own_language(record: Record, register: Register) -> str:
    """Give the language in which a record is written."""
    project = register.project
    return str(record.data.get("lang") or (project.data.get("lang") if project else "") or _LANGUAGE)


def _now(record: Record, path: Path, corrected: Corrections) -> object:
    """Give what a page shows of a value: what a correction made of it, where one counts."""
    right = corrected.get((record.id, path))
    return right.corrected if right else record.get(*path)


def _read(record: Record, kind: Kind, found: Found, problems: list[Problem]) -> Catalogue:
    """Read one catalogue. Raises UnreadableError."""
    said: dict[Path, Entry] = {}
    for entry in (each for each in entries(found.text) if not each.is_left_over):
        path = way(record, entry.context) if entry.context else None
        place = Place(found.file, entry.line, 1)
        if path is None or not _is_translated(kind, path):
            problems.append(problem("X26", place, severity=Severity.WARNING, variant="place", where=entry.context or "–"))
        elif path in said:
            problems.append(problem("X26", place, variant="twice", where=entry.context, line=said[path].line))
        elif entry.said.strip() and (_ODD.search(entry.said) or not fits(entry.said.strip(), key_names.at(kind.schema, path))):
            problems.append(problem("X26", place, path, variant="value", where=entry.context))
        elif entry.said.strip():
            said[path] = entry
    return Catalogue(record.id, found.language, found.file, said)


def _values(record: Record, catalogue: Catalogue, *, takes_all: bool) -> dict[Path, str]:
    """Give what is shown for each text that is translated."""
    made: dict[Path, str] = {}
    for path, entry in catalogue.said.items():
        text = record.get(*path)
        if isinstance(text, str):
            made[path] = _shown(text, entry, catalogue.language, fits=takes_all or (not entry.is_unsure and _same(entry.text, text)))
    return made


def _shown(text: str, entry: Entry, language: str, *, fits: bool) -> str:
    if not fits:
        overtaken = Overtaken(text)
        overtaken.before, overtaken.language = entry.said.strip(), language
        return overtaken
    translated = Translated(entry.said.strip())
    translated.original, translated.language = text, language
    return translated


def _unfit(register: Register, catalogues: Sequence[Catalogue]) -> Iterator[Problem]:
    """Say which translations have what no text should have: the rules about single texts, asked of what is read."""
    wanted = {each.record for each in catalogues} | {"project"}
    part = Register.of(register.kinds, [each for name in sorted(wanted) if (each := register.records.get(name))], register.reserved)
    known = {*access.problems(part), *(each for record in part.records.values() for each in offending(record))}
    ids = {record.source.file: record.id for record in part.records.values()}
    for language in dict.fromkeys(each.language for each in catalogues):
        spoken = into(part, catalogues, language, takes_all=True)
        there = {(each.record, path): (each.file, entry) for each in catalogues if each.language == language for path, entry in each.said.items()}
        for found in (*access.problems(spoken), *(each for record in spoken.records.values() for each in offending(record))):
            file, entry = there.get((ids.get(found.place.file, ""), found.path), ("", None))
            if entry and found not in known:
                yield replace(found, place=Place(file, entry.line, 1))


def _is_translated(kind: Kind, path: Path) -> bool:
    """Whether what stands there is a text that may be read in another language."""
    key = next((piece for piece in reversed(path) if isinstance(piece, str)), "")
    return path[0] not in HEADER and key not in _COMPARED and key_names.is_text(key_names.at(kind.schema, path))


def _same(one: object, other: object) -> bool:
    """Whether two texts say the same: spaces and line ends do not matter."""
    return str(one).split() == str(other).split()


def _ways(data: Any, path: Path, name: tuple[str, ...]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Give the way to every value that is no list and no mapping, and what a catalogue calls it: parts by their ids."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _ways(value, (*path, key), (*name, str(key)))
    elif isinstance(data, tuple | list):
        for number, value in enumerate(data):
            own = value.get("id") if isinstance(value, Mapping) else None
            yield from _ways(value, (*path, number), (*name, str(own or number)))
    else:
        yield path, name


def counts(thing: Record | Part) -> tuple[int, int]:
    """Count the texts of a record or part that are shown in translation, and those that were changed since they were translated."""
    shown = [value for path, _ in _ways(thing.data, (), ()) if isinstance(value := _at(thing.data, path), Translated | Overtaken)]
    return sum(isinstance(each, Translated) for each in shown), sum(isinstance(each, Overtaken) for each in shown)


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data
