"""Strict YAML: bytes in, plain data out with the line and column of every value and key, or problems in a clerk's words. Never an exception.

It reads less than YAML allows, so that what is written can be read in one way only. A plain (unquoted) `true` or `false` is a truth value; a plain whole
number of at most 15 digits without leading zeros, and a plain decimal of at most 15 digits such as `3.3` or `-0.5`, are numbers; everything else is text,
also dates, `no`, `010`, `1e3`, `.nan` and `.inf` (the schemas then say that a text stands where a number should). Quoted values are always text.
Text is in Unicode form NFC.

A comment after a value is fine where the value is a number or one plain word and a space follows the `#` (`draft # not yet signed`). After several words, after
Vietnamese letters, or where the `#` touches what follows, it looks like a text that was cut off at the `#`, and is a warning.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

import yaml

from tusoi.plain_text import Unreadable, first_tab, hidden_character, short, text_of
from tusoi.problem import Path, Place, Problem, Severity, problem
from tusoi.record import Source
from tusoi.yaml_slips import Slip, Stumble, bullet, explain, glued, hard_space, is_inside_quotes, typed_in_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGEST: Final = 1024 * 1024
"""Bytes in a file."""
DEEPEST: Final = 32
"""Lists and mappings within each other."""
MOST_EVENTS: Final = 100_000
MOST_PROBLEMS: Final = 100
"""Of one file; after so many the rest is not read."""
LONGEST_NUMBER: Final = 15
"""Digits that a computer's number keeps exactly."""

_LOADER = yaml.CSafeLoader
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_WHOLE_FILE = (-1, -1)
_TRUTH = {"true": True, "false": False}
_ONE_WORD = re.compile(r"[!-~]+\Z")
_RECORD = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)+\Z")
_PART = re.compile(r"#[A-Z][0-9]+(\.[A-Z][0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says: `data` is None where it has an error; warnings leave it."""

    data: dict[str, Any] | None
    source: Source
    problems: tuple[Problem, ...]


def parse(content: bytes, file: str) -> Parsed:
    """Read the content of a file; `file` is only how the places are named."""
    reading = _Reading(file)
    with suppress(_Refusal):
        reading.read(content)
    is_sound = not any(each.severity is Severity.ERROR for each in reading.problems)
    return Parsed(reading.data if is_sound else None, Source(file, reading.values, reading.keys), tuple(reading.problems))


class _Refusal(Exception):  # noqa: N818 -- nobody outside this module sees it
    """The rest of the file can not be read; the problem is already noted."""


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("is_flow", "is_odd", "items", "key", "path")

    def __init__(self, items: dict[str, Any] | list[Any], path: Path, *, is_flow: bool) -> None:
        self.items = items
        self.path = path
        self.is_flow = is_flow
        self.key: str | None = None
        """The key that waits for its value."""
        self.is_odd = False
        """Whether that key was already refused, so that its value need not be."""


class _Reading:
    """One pass over one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: dict[str, Any] | None = None
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.lines: Sequence[str] = ()
        self.has_tabs = False
        self.has_hash = False
        self.open: list[_Frame] = []
        self.quoted: list[tuple[int, int]] = []
        """Where quotes begin and end; only kept for a file with tabs."""

    def read(self, content: bytes) -> None:
        """Read the whole file, or raise `_Refusal` after noting why not."""
        text = self._text(content)
        self.lines = text.split("\n")
        self.has_tabs = "\t" in text
        self.has_hash = "#" in text
        try:
            for number, event in enumerate(events(text)):
                if number >= MOST_EVENTS:
                    self._refuse("L05", event, "events", limit=MOST_EVENTS)
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._stumbled(_stumble(error), text)
        except (yaml.YAMLError, ValueError, OverflowError):
            self._refuse_at("L09", (0, 0), "other")
        if tab := first_tab(text, len(text), self.quoted):
            self._refuse_at("L08", tab)

    def _text(self, content: bytes) -> str:
        if len(content) > LARGEST:
            self._refuse_at("L05", _WHOLE_FILE, "record", limit=LARGEST // 1024 // 1024)
        text = text_of(content)
        if isinstance(text, Unreadable):
            self._refuse_at(text.code, text.at, text.variant, **text.params)
        return text

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._refuse_decoration(event)
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._refuse_decoration(event)
            self._start(event, {} if kind is yaml.MappingStartEvent else [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.open.pop()
        elif kind is yaml.AliasEvent:
            self._refuse("L15", event, "alias")
        elif kind is yaml.DocumentStartEvent:
            self._document(event)
        elif kind is yaml.StreamEndEvent and self.data is None:
            self._refuse_at("L20", _WHOLE_FILE, "empty")

    def _document(self, event: Any) -> None:
        if self.data is not None:
            self._refuse("L17", event)
        if event.version or event.tags:
            line = next(number for number, text in enumerate(self.lines) if text.startswith("%"))
            self._refuse_at("L16", (line, 0), "directive")

    def _refuse_decoration(self, event: Any) -> None:
        """Anchors and tags give a value a second name or a hidden type."""
        if event.anchor is not None:
            self._refuse("L15", event, "anchor")
        if event.tag is not None:
            self._refuse("L16", event, "tag")

    def _start(self, event: Any, items: dict[str, Any] | list[Any]) -> None:
        if len(self.open) >= DEEPEST:
            self._refuse("L18", event, limit=DEEPEST)
        path: Path = ()
        if self.open:
            if self._waits_for_key():
                self._refuse("L19", event, "complex")
            path = self._put(items, event)
        elif isinstance(items, dict):
            self.data = items
            self.values[()] = _at(event)
        else:
            self._refuse("L20", event, "list")
        self.open.append(_Frame(items, path, is_flow=bool(event.flow_style)))

    def _waits_for_key(self) -> bool:
        return isinstance(self.open[-1].items, dict) and self.open[-1].key is None

    def _next_path(self) -> Path:
        """Give the way to the value that comes next."""
        frame = self.open[-1]
        return (*frame.path, len(frame.items) if frame.key is None else frame.key)

    def _put(self, value: Any, event: Any) -> Path:
        """Give the value its place in the list or mapping that is open."""
        frame, path = self.open[-1], self._next_path()
        if isinstance(frame.items, list):
            frame.items.append(value)
        elif frame.key is not None:
            frame.items[frame.key] = value
        frame.key = None
        self.values[path] = _at(event)
        return path

    def _scalar(self, event: Any) -> None:
        if not self.open:
            self._no_mapping(event)
        if event.style in ("'", '"') and self.has_tabs:
            self.quoted.append((event.start_mark.index, event.end_mark.index))
        if event.style == '"' and (character := hidden_character(event.value)):
            self._note("L07", event, "escape", character=character)
        if self._waits_for_key():
            self._key(event)
        else:
            self._value(event)

    def _no_mapping(self, event: Any) -> NoReturn:
        """Refuse a file that is one single value."""
        if not event.style and event.value in _NOTHING:
            self._refuse_at("L20", _WHOLE_FILE, "empty")
        if slip := glued(event.start_mark.line, self.lines):
            self._refuse_at(slip.code, slip.at, slip.variant, **slip.params)
        self._refuse("L20", event, "text")

    def _key(self, event: Any) -> None:
        frame = self.open[-1]
        key = unicodedata.normalize("NFC", event.value)
        path = (*frame.path, key)
        is_plain = not event.style
        if is_plain and key == "<<":
            self._refuse("L15", event, "merge")
        frame.is_odd = is_plain and self._is_odd_key(event, key, path, is_flow=frame.is_flow)
        if key in frame.items and not frame.is_odd:
            line, column = self.keys[path]
            self._note("L12", event, also=Place(self.file, line, column), path=path, key=short(key), line=line)
        else:
            self.keys[path] = _at(event)
        frame.key = key

    def _is_odd_key(self, event: Any, key: str, path: Path, *, is_flow: bool) -> bool:
        """Note what is wrong with an unquoted key: it is nothing, no name, or a piece of text that a `: ` cut off."""
        if key in _NOTHING:
            self._note("L19", event, "nothing")
        elif key in _TRUTH or _NUMBER.match(key):
            self._note("L19", event, "number", key=short(key))
        elif not is_flow and (slip := bullet(event.start_mark.line, key, self.lines) or (None if _ONE_WORD.match(key) else self._hard(event))):
            self._note(slip.code, (slip.at[0] + 1, slip.at[1] + 1), slip.variant, **dict[str, Any](slip.params))
        elif not _ONE_WORD.match(key) and is_flow:
            self._note("L10", event, "flow", path=path, key=short(key))
        elif not _ONE_WORD.match(key):
            line = self.lines[event.start_mark.line]
            self._note("L10", event, "key", path=path, key=short(key), typed=typed_in_quotes(line[event.start_mark.column :]))
        else:
            return False
        return True

    def _hard(self, event: Any) -> Slip | None:
        return hard_space(event.start_mark.line, self.lines)

    def _value(self, event: Any) -> None:
        frame = self.open[-1]
        path = self._next_path()
        if event.style:
            self._put(unicodedata.normalize("NFC", event.value), event)
        elif event.value not in _NOTHING:
            value = self._typed(event, path)
            if self.has_hash and isinstance(value, str):
                self._warn_of_hash(event, path)
            self._put(value, event)
        else:
            if not frame.is_odd:
                self._nothing(event, path, frame.key, is_flow=frame.is_flow)
            self._put("", event)

    def _typed(self, event: Any, path: Path) -> str | bool | int | float:
        text: str = event.value
        if text in _TRUTH:
            return _TRUTH[text]
        number = _NUMBER.match(text)
        if not number:
            return unicodedata.normalize("NFC", text)
        if len(text.replace(".", "").lstrip("-0")) > LONGEST_NUMBER:
            self._note("L14", event, "long", path=path, number=short(text), limit=LONGEST_NUMBER)
            return text
        if number.group(1) is None:
            return int(text)
        if _THOUSANDS.match(text):
            whole = text.replace(".", "")
            self._note("L14", event, "thousands", path=path, number=text, whole=whole, decimal=f"{text}0")
        return float(text)

    def _nothing(self, event: Any, path: Path, key: str | None, *, is_flow: bool) -> None:
        """Note an empty value, in the words that fit where it stands."""
        rest = self.lines[event.end_mark.line][event.end_mark.column :] if event.end_mark.line < len(self.lines) else ""
        place = self.keys.get(path) or _at(event)
        if event.value:
            self._note("L13", event, "null", path=path, value=event.value)
        elif key is None:
            self._note("L13", event, "item", path=path)
        elif is_flow and ":" in key:
            self._note("L09", place, "space", path=path, typed=short(key.replace(":", ": ", 1)))
        elif is_flow:
            self._note("L13", place, "flow", path=path, key=short(key))
        elif rest.lstrip().startswith("#"):
            typed = typed_in_quotes(f"{key}: {rest.strip()}")
            self._note("L13", place, "hash", path=path, key=short(key), typed=typed)
        else:
            self._note("L13", place, "value", path=path, key=short(key))

    def _warn_of_hash(self, event: Any, path: Path) -> None:
        end = event.end_mark
        line = self.lines[end.line]
        rest = line[end.column :].lstrip()
        if not rest.startswith("#") or (_ONE_WORD.match(event.value) and rest[1:2] in (" ", "")):
            return
        at = (end.line + 1, len(line) - len(rest) + 1)
        if _RECORD.match(event.value) and _PART.match(rest):
            self._note("L11", at, "link", path=path, typed=event.value + rest)
            return
        typed = '"…"' if self.open[-1].is_flow else typed_in_quotes(line, whole=event.start_mark.line == end.line)
        self._note("L11", at, "cut", Severity.WARNING, path=path, rest=short(rest), typed=typed)

    def _stumbled(self, stumble: Stumble, text: str) -> None:
        """Say what the parser could not read; where a tab stands before, the tab is the reason."""
        if not is_inside_quotes(stumble):
            end = sum(len(line) + 1 for line in self.lines[: stumble.at[0]]) + stumble.at[1] + 1
            if tab := first_tab(text, end, self.quoted):
                self._refuse_at("L08", tab)
        if self.problems and self.problems[-1].message in ("L09.item", "L07.space"):
            raise _Refusal  # what stands below that item is only out of step because of it
        slip = explain(stumble, self.lines)
        place = Place(self.file, slip.at[0] + 1, slip.at[1] + 1)
        self.problems = [each for each in self.problems if each.place != place and not (slip.variant == "rest" and _is_of_brackets(each, place.line))]
        self._refuse_at(slip.code, slip.at, slip.variant, **slip.params)

    def _note(  # noqa: PLR0913 -- each is one plain fact about the problem
        self,
        code: str,
        at: Any,
        variant: str = "",
        severity: Severity = Severity.ERROR,
        *,
        path: Path = (),
        also: Place | None = None,
        **params: Any,
    ) -> None:
        """Note a problem and read on."""
        line, column = at if isinstance(at, tuple) else _at(at)
        self.problems.append(problem(code, Place(self.file, line, column), path, severity=severity, variant=variant, also=also, **params))
        if len(self.problems) >= MOST_PROBLEMS:
            self._refuse_at("L05", (line - 1, column - 1), "problems", limit=MOST_PROBLEMS)

    def _refuse(self, code: str, event: Any, variant: str = "", **params: Any) -> NoReturn:
        """Note a problem after which nothing can be read."""
        self._refuse_at(code, (event.start_mark.line, event.start_mark.column), variant, **params)

    def _refuse_at(self, code: str, mark: tuple[int, int], variant: str = "", **params: Any) -> NoReturn:
        self.problems.append(problem(code, Place(self.file, mark[0] + 1, mark[1] + 1), variant=variant, **params))
        raise _Refusal


def _is_of_brackets(each: Problem, line: int) -> bool:
    """Whether it was found between brackets of a line: where these were only signs of a text, it says nothing."""
    return each.place.line == line and each.message in ("L10.flow", "L13.flow", "L09.space")


def events(text: str) -> Iterator[Any]:
    """Stream what the parser sees, one event at a time: it never builds anything, so no nesting can bring it down."""
    return yaml.parse(text, Loader=_LOADER)  # type: ignore[no-any-return, no-untyped-call, unused-ignore]


def _stumble(error: yaml.MarkedYAMLError) -> Stumble:
    at = error.problem_mark or error.context_mark
    since = error.context_mark or at
    return Stumble(
        error.problem or "",
        error.context or "",
        (at.line, at.column) if at else (0, 0),
        (since.line, since.column) if since else (0, 0),
    )


def _at(event: Any) -> tuple[int, int]:
    """Line and column of an event, from 1."""
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
