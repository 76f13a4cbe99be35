"""Tidy YAML: the same values and the same comments, laid out as the house does. Text in, text out.

Two spaces a level, also before the dash of a list; keys in the order that is asked for; comments above or behind what they are about; at most one blank line.
What a person decides stays as written: words, quotes, where a long text is broken, and what stands in `{}` or `[]` on one line. Brackets that go over several
lines become lines of their own, so that the comments between them have a place.

It reads only what the strict loader accepts. That no value changed and no comment was lost is for the caller to see, who can still leave the file as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from tusoi.strict_yaml import events

Order = Callable[[tuple[str, ...]], Sequence[str]]
"""Which keys come first, and in which order, in the mapping that these keys lead to; positions in lists are left out."""

STEP: Final = 2
_COMMENT_BEHIND: Final = "  "
_BLANK: Final = -1
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_NO_PLAIN_KEY: Final = frozenset({"null", "true", "false"})
_SPACES_BEHIND = re.compile(r"(?<!\\) +\Z")


@dataclass(frozen=True, slots=True)
class Tidy:
    """A text laid out, and its comments in the order in which they stood before."""

    text: str
    comments: tuple[str, ...]


def tidy(text: str, order: Order) -> Tidy:
    """Lay out a text that the strict loader accepts."""
    reading = _Reading(text)
    root = reading.document()
    if not root.entries:
        return Tidy(text, tuple(reading.comments))
    heading = _heading(root.entries[0])
    _settle(root, (), order)
    lines = [*heading, *_lines(root, 0)]
    return Tidy("".join(f"{line}\n" for line in lines), tuple(reading.comments))


def nothing_first(path: tuple[str, ...]) -> Sequence[str]:  # noqa: ARG001 -- it stands for an order
    """Leave every key where it is."""
    return ()


@dataclass(slots=True)
class _Entry:
    """A key with its value, or an item of a list, and the comments about it."""

    above: list[str]
    """The comments on the lines above; empty for a blank line."""
    name: str = ""
    key: str = ""
    """The name as it is written; empty for an item."""
    behind: str = ""
    """The comment that follows on the line."""
    value: _Text | _Block = field(default_factory=lambda: _Text([""]))


@dataclass(slots=True)
class _Text:
    """A value that is written as it was: its first line, and the others without their indentation."""

    lines: list[str]
    style: str = ""
    """One of the signs `'"|>{`, or nothing where no sign stands around it."""


@dataclass(slots=True)
class _Block:
    """A mapping or list whose entries stand on lines of their own."""

    is_list: bool
    column: int
    entries: list[_Entry] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    """The comments after the last entry that still belong to it."""


class _Reading:
    """One pass over a text, from what the parser sees and from what it leaves out: comments and blank lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.events = iter(events(text))
        self.comments: list[str] = []
        self.at = 0
        """How far the text is read."""
        self.line_of: _Entry | None = None
        """Whose line it is."""
        self.waiting: list[tuple[int, str]] = []
        """Comments, with their column, and blank lines that still wait for their place."""

    def document(self) -> _Block:
        """Read everything."""
        root = _Block(is_list=False, column=0)
        for event in self.events:
            self._pass(event)
            if _is(event, "MappingStart"):
                root.column = event.start_mark.column
                self._entries(root, (), is_flow=bool(event.flow_style))
        root.below += self._waiting()
        while root.below and not root.below[-1]:
            root.below.pop()
        return root

    def _pass(self, event: Any) -> None:
        """Read up to the end of a bracket, a dash or another sign, and keep the comments before it."""
        self._between(event.start_mark.index)
        self.at = max(self.at, event.end_mark.index)

    def _between(self, end: int) -> None:
        """Keep the comments and blank lines from here to `end`: between two values there is nothing else but signs."""
        pieces = self.text[self.at : end].split("\n")
        starts_line = self.at == 0 or self.text[self.at - 1] == "\n"
        column = 0 if starts_line else self.at - self.text.rfind("\n", 0, self.at) - 1
        for number, piece in enumerate(pieces):
            sign = piece.find("#")
            is_first = number == 0 and not starts_line
            if sign >= 0:
                self._comment(sign + column * is_first, piece[sign:].rstrip(), self.line_of if is_first else None, has_comma="," in piece[:sign])
            elif not is_first and number < len(pieces) - 1 and not piece.strip():
                self.waiting.append((_BLANK, ""))
        if len(pieces) > 1:
            self.line_of = None
        self.at = max(self.at, end)

    def _comment(self, column: int, comment: str, line_of: _Entry | None, *, has_comma: bool = False) -> None:
        self.comments.append(comment)
        if line_of and has_comma and isinstance(line_of.value, _Text) and not line_of.value.style:
            line_of.above.append(comment)  # without the comma it would look like more of the text
        elif line_of and not line_of.behind:
            line_of.behind = comment
        else:
            self.waiting.append((column, comment))

    def _waiting(self) -> list[str]:
        taken = [text for _, text in self.waiting]
        self.waiting.clear()
        return taken

    def _waiting_inside(self, column: int) -> list[str]:
        """Take the comments that are indented as far as the block that has just ended, or farther."""
        number = next((number for number, (at, _) in enumerate(self.waiting) if _BLANK < at < column), len(self.waiting))
        while number and self.waiting[number - 1][0] == _BLANK:
            number -= 1
        taken = [text for _, text in self.waiting[:number]]
        del self.waiting[:number]
        return taken

    def _entries(self, block: _Block, around: tuple[int, ...], *, is_flow: bool) -> None:
        """Read the entries of a block up to its end; `around` are the columns of the blocks that it is in."""
        inside = (*around, block.column)
        for event in self.events:
            if _is(event, "MappingEnd") or _is(event, "SequenceEnd"):
                self._pass(event)
                if is_flow:
                    self._close(block)
                elif around and block.column > around[-1]:
                    block.below += self._waiting_inside(block.column)
                return
            self._between(event.start_mark.index)
            entry = _Entry(self._waiting())
            block.entries.append(entry)
            if block.is_list:
                self._value(entry, event, inside)
            else:
                self._key(entry, event)
                self._value(entry, next(self.events), inside)

    def _close(self, block: _Block) -> None:
        """Take what stands before a closing bracket."""
        block.below += self._waiting()
        while block.below and not block.below[-1]:
            block.below.pop()

    def _key(self, entry: _Entry, event: Any) -> None:
        self._pass(event)
        entry.name = unicodedata.normalize("NFC", event.value)
        entry.key = self._key_text(event)
        self.line_of = entry

    def _key_text(self, event: Any) -> str:
        if _PLAIN_KEY.match(event.value) and event.value not in _NO_PLAIN_KEY:
            return str(event.value)
        return unicodedata.normalize("NFC", self.text[event.start_mark.index : event.end_mark.index])

    def _value(self, entry: _Entry, event: Any, inside: tuple[int, ...]) -> None:
        if _is(event, "Scalar"):
            self._between(event.start_mark.index)
            self._move_above(entry)
            entry.value = self._scalar(entry, event, inside[-1])
            self.line_of = entry
            return
        is_flow = bool(event.flow_style)
        self._between(event.start_mark.index)
        if is_flow:
            self._move_above(entry)
            self.line_of = entry
        self._pass(event)
        block = _Block(_is(event, "SequenceStart"), event.start_mark.column)
        self._entries(block, inside, is_flow=is_flow)
        entry.value = block
        if is_flow:
            if "\n" not in self.text[event.start_mark.index : self.at] or not block.entries:
                entry.value = _Text([_in_brackets(block)], "{")
                entry.above += block.below
            self.line_of = entry

    def _move_above(self, entry: _Entry) -> None:
        """What stands between a key and its value goes above both."""
        entry.above += [entry.behind] if entry.behind else []
        entry.above += self._waiting()
        entry.behind = ""

    def _scalar(self, entry: _Entry, event: Any, column: int) -> _Text:
        start, self.at = event.start_mark.index, event.end_mark.index
        raw = unicodedata.normalize("NFC", self.text[start : self.at])
        if event.style in ("|", ">"):
            return self._text_below(entry, event.style, raw, column)
        if "\n" not in raw:
            return _Text([raw], event.style or "")
        return _Text([_SPACES_BEHIND.sub("", line.lstrip(" \t")) for line in raw.split("\n")], event.style or "")

    def _text_below(self, entry: _Entry, style: str, raw: str, column: int) -> _Text:
        """Read a text that stands below its `|` or `>`; every space in it counts, but for those before all of its lines."""
        head, _, body = raw.partition("\n")
        head, sign, comment = head.partition("#")
        if sign:
            self._comment(0, (sign + comment).rstrip(), entry)
        digit = "".join(each for each in head if each.isdigit())
        ending = "".join(each for each in head if each in "+-")
        *lines, last = body.split("\n")
        if last:
            lines.append(last)
            ending = "-"  # the file ends within the text, which therefore has no line end
        indent = column + int(digit) if digit else _indent(lines)
        lines = [line[indent:] for line in lines]
        while ending != "+" and lines and not lines[-1]:
            lines.pop()
            self.waiting.append((_BLANK, ""))
        mark = STEP if _needs_mark(lines) else ""
        return _Text([f"{style}{mark}{ending}", *lines], style)


def _is(event: Any, kind: str) -> bool:
    return type(event).__name__ == f"{kind}Event"


def _indent(lines: Iterable[str]) -> int:
    """Say how far the first line with letters is indented."""
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), max((len(line) for line in lines), default=0))


def _needs_mark(lines: Iterable[str]) -> bool:
    """Whether the indentation of a block text cannot be seen from its first line."""
    return next((line for line in lines if line), "").startswith(" ")


def _in_brackets(block: _Block) -> str:
    """Write what stood in brackets on one line on one line again."""
    pieces = [f"{each.key}: {_one_line(each.value)}" if each.key else _one_line(each.value) for each in block.entries]
    return f"[{', '.join(pieces)}]" if block.is_list else f"{{{', '.join(pieces)}}}"


def _one_line(value: _Text | _Block) -> str:
    return value.lines[0] if isinstance(value, _Text) else _in_brackets(value)


def _heading(first: _Entry) -> list[str]:
    """Take the comments that a blank line parts from the first key: they are about the file and stay at its head."""
    end = max((number + 1 for number, text in enumerate(first.above) if not text), default=0)
    taken = _without_repeated_blanks(first.above[:end])
    del first.above[:end]
    return taken if taken[:1] != [""] else taken[1:]


def _settle(block: _Block, path: tuple[str, ...], order: Order) -> None:
    """Put the keys in order, every comment where it will be found again, and no blank line under a key."""
    if not block.is_list:
        places = {name: number for number, name in enumerate(order(path))}
        block.entries.sort(key=lambda entry: places.get(entry.name, len(places)))
    for entry in block.entries:
        inner = entry.value
        if isinstance(inner, _Block):
            _settle(inner, (*path, entry.name) if entry.name else path, order)
            first = inner.entries[0]
            if block.is_list:
                entry.above += [*([entry.behind] if entry.behind else []), *first.above]
                first.above, entry.behind = [], ""
        entry.above = _without_repeated_blanks(entry.above)
    block.below = _without_repeated_blanks(block.below)
    if block.entries[0].above[:1] == [""]:
        del block.entries[0].above[0]


def _without_repeated_blanks(lines: Iterable[str]) -> list[str]:
    return [line for text, same in groupby(lines) for line in (same if text else [""])]


def _lines(block: _Block, indent: int) -> list[str]:
    lines: list[str] = []
    is_open = False
    for entry in block.entries:
        lines += _indented(entry.above[1:] if is_open and entry.above[:1] == [""] else entry.above, indent)
        lines += _item(entry, indent) if block.is_list else _pair(entry, indent)
        is_open = _is_open(entry.value)
    return lines + _indented(block.below[1:] if is_open and block.below[:1] == [""] else block.below, indent)


def _is_open(value: _Text | _Block) -> bool:
    """Whether blank lines that follow would be read as a part of the value."""
    if isinstance(value, _Block):
        return not value.below and _is_open(value.entries[-1].value)
    return value.style in ("|", ">") and value.lines[0].endswith("+")


def _pair(entry: _Entry, indent: int) -> list[str]:
    behind = _COMMENT_BEHIND + entry.behind if entry.behind else ""
    if isinstance(entry.value, _Block):
        return [f"{' ' * indent}{entry.key}:{behind}", *_lines(entry.value, indent + STEP)]
    return _text(f"{' ' * indent}{entry.key}: ", entry.value, indent + STEP, behind)


def _item(entry: _Entry, indent: int) -> list[str]:
    behind = _COMMENT_BEHIND + entry.behind if entry.behind else ""
    dash = f"{' ' * indent}- "
    if isinstance(entry.value, _Block):
        first, *others = _lines(entry.value, indent + STEP)
        return [dash + first[indent + STEP :], *others]
    return _text(dash, entry.value, indent + STEP, behind)


def _text(start: str, value: _Text, indent: int, behind: str) -> list[str]:
    """Write a value that stays as it was, with the comment behind it."""
    lines = [start + value.lines[0], *_indented(value.lines[1:], indent)]
    lines[0 if value.style in ("|", ">") else -1] += behind
    return lines


def _indented(lines: Iterable[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else "" for line in lines]
