"""Records as nobody would write them: random values in every style and layout that the strict loader accepts, with a comment wherever one may stand."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from tusoi.strict_yaml import parse

WORDS = (
    "hạn chế", "Đảng ủy xã", "2019", "1.0", "2026-03-31", "010", "no", "~x", "37/410", "sạt lở", "it's", 'nói "rõ"', "a: b", "a #b", "- x", "? y",
    "{z}", "[w]", "&neo", "*sao", "!chú", "|", ">", "%", "@", "`", "x,y", "true", "null", "", " ", "  hai", "cuối ", "\\", "\\n", "=", "–", "…", "😀",
    "e\u0301", "#", ":",
)  # fmt: skip


@dataclass
class Messy:
    """A text, what it says, and the comments in it."""

    text: str
    comments: list[str]


def scalar(chance: random.Random) -> Any:
    """Give a value: mostly text, from single words to several paragraphs."""
    kind = chance.randrange(12)
    if kind == 0:
        return chance.choice((True, False, 0, 7, -3, 1949, 6.2, 1.0, 0.5))
    text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 6)))
    if kind < 3:
        text = "\n".join("".join(chance.choice((*WORDS, " ", "\n")) for _ in range(chance.randint(0, 5))) for _ in range(chance.randint(1, 4)))
    return text


def tree(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    """Give a mapping with what may be in it."""
    return {key: _value(chance, depth) for key in chance.sample("abcdefghij", chance.randint(1, 4))}


def _value(chance: random.Random, depth: int) -> Any:
    kind = chance.randrange(6) if depth < 4 else 0
    if kind == 1:
        return tree(chance, depth + 1)
    if kind == 2:
        return [_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    return scalar(chance)


def messy(chance: random.Random) -> Messy:
    """Give a random record, written down at random."""
    writer = _Writer(chance)
    if chance.random() < 0.1:
        writer.between(0)
        writer.lines.append("---" + writer.behind())
    writer.mapping(tree(chance), 0)
    writer.between(chance.randrange(5))
    text = "\n".join(writer.lines) + "\n" * chance.choice((1, 1, 1, 3))
    return Messy(text, writer.comments)


@dataclass
class _Writer:
    chance: random.Random
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    farthest: int = 99
    """How far the next line may be indented that is no text: under a text in a block everything else would be more of it."""

    def comment(self) -> str:
        """Make a comment that is like no other."""
        text = f"#{self.chance.choice(('', ' ', '# '))}c{len(self.comments)}{self.chance.choice(('', ' hạn: chưa', ' {', ' - x', ' # lại', ' ]'))}"
        self.comments.append(text)
        return text

    def between(self, indent: int) -> None:
        """Put blank lines and comments between two lines."""
        for _ in range(self.chance.choice((0, 0, 0, 1, 2, 3))):
            at = min(max(0, indent + self.chance.choice((0, 0, 0, -2, 2, 5))), self.farthest)
            if self.chance.random() < 0.5:
                self.lines.append(" " * at + self.comment())
                self.farthest = 99
            else:
                self.lines.append(" " * self.chance.choice((0, min(3, self.farthest))))

    def behind(self) -> str:
        """Put a comment behind something, or spaces, or nothing."""
        return self.chance.choice(("", "", "", "  ", " ")) if self.chance.random() < 0.7 else self.chance.choice((" ", "    ")) + self.comment()

    def mapping(self, data: dict[str, Any], indent: int, start: str = "") -> None:
        """Write a mapping on lines of its own; `start` is a dash that its first key follows."""
        for key, value in data.items():
            if not start:
                self.between(indent)
            name = self.chance.choice((key, key, key, f'"{key}"', f"'{key}'"))
            self.farthest = 99
            self.value(f"{start or ' ' * indent}{name}{self.chance.choice(('', '', ' '))}:", value, indent)
            start = ""

    def value(self, start: str, value: Any, indent: int, *, is_item: bool = False) -> None:
        """Write what follows a key or a dash."""
        if isinstance(value, dict | list) and (not value or self.chance.random() < 0.3):
            self.flow(start, value, indent)
        elif isinstance(value, list):
            self.lines.append(start + self.behind())
            inner = indent + (self.chance.choice((1, 2, 4)) if is_item else self.chance.choice((0, 2, 2, 3)))
            self.list(value, inner)
        elif isinstance(value, dict):
            if is_item and self.chance.random() < 0.7:
                spaces = self.chance.choice((1, 1, 3))
                self.mapping(value, len(start) + spaces, start + " " * spaces)
                return
            self.lines.append(start + self.behind())
            self.mapping(value, indent + self.chance.choice((1, 2, 2, 4)))
        else:
            self.scalar(start, value, indent)

    def list(self, data: list[Any], indent: int) -> None:
        """Write a list on lines of its own."""
        for value in data:
            self.between(indent)
            self.value(f"{' ' * indent}-", value, indent, is_item=True)

    def flow(self, start: str, value: Any, indent: int) -> None:
        """Write a mapping or list in brackets, on one line or on several."""
        is_long = self.chance.random() < 0.4
        text = self._flow(value, indent, is_long=is_long)
        *before, last = f"{start}{self.chance.choice((' ', '  '))}{text}".split("\n")
        self.lines += [*before, last + self.behind()]

    def _flow(self, value: Any, indent: int, *, is_long: bool) -> str:
        def gap() -> str:
            if not is_long or self.chance.random() < 0.5:
                return self.chance.choice(("", " "))
            behind = f" {self.comment()}" if self.chance.random() < 0.4 else ""
            return f"{behind}\n{self.chance.choice(('', chr(10)))}{' ' * (indent + self.chance.choice((1, 2, 4)))}"

        if isinstance(value, list | dict):
            if isinstance(value, dict):
                pieces = [f"{self.chance.choice((key, chr(34) + key + chr(34)))}: {self._flow(each, indent, is_long=is_long)}" for key, each in value.items()]
            else:
                pieces = [self._flow(each, indent, is_long=is_long) for each in value]
            inside = "".join(
                gap() + piece + gap() + ("," if number < len(pieces) - 1 else self.chance.choice(("", ","))) for number, piece in enumerate(pieces)
            )
            return f"{'{' if isinstance(value, dict) else '['}{inside}{gap()}{'}' if isinstance(value, dict) else ']'}"
        return self.chance.choice(ways(value, is_flow=True))

    def scalar(self, start: str, value: Any, indent: int) -> None:
        """Write a single value in one of the ways in which it can be written."""
        if isinstance(value, str) and (block := _block(self.chance, value, indent)) and self.chance.random() < 0.5:
            head, *lines = block
            self.lines += [f"{start} {head}{self.behind()}", *lines]
            self.farthest = indent
            return
        text = self.chance.choice(ways(value, is_flow=False))
        if self.chance.random() < 0.15 and text:
            self.lines.append(start + self.behind())
            self.between(indent + 1)
            start = " " * (indent + self.chance.choice((0, 1, 4)))
        *before, last = f"{start} {_broken(self.chance, text, indent)}".split("\n")
        self.lines += [*before, last + self.behind()]


def ways(value: Any, *, is_flow: bool) -> list[str]:
    """Give the ways to write a value on one line."""
    if not isinstance(value, str):
        return [str(value).lower() if isinstance(value, bool) else str(value)]
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    found = [f'"{escaped}"']
    if "\n" not in value:
        found.append("'" + value.replace("'", "''") + "'")
        around = ("k: {k: ", "}\n") if is_flow else ("k: ", "\n")
        parsed = parse(f"{around[0]}{value}{around[1]}".encode(), "f")
        wanted = {"k": {"k": value}} if is_flow else {"k": value}
        if parsed.data == wanted and not parsed.problems:
            found += [value] * 3
    return found


def _block(chance: random.Random, value: str, indent: int) -> list[str]:
    """Write a text as a block, or give nothing where that cannot be done."""
    if not value or not value.strip() or any(line.strip(" ") == "" and line for line in value.split("\n")):
        return []
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    chomping = "-" if ends == 0 else chance.choice(("", "+")) if ends == 1 else "+"
    step = chance.choice((1, 2, 3))
    mark = str(step) if body.startswith((" ", "\n")) or chance.random() < 0.2 else ""
    lines = [f"{' ' * (indent + step)}{line}" if line else "" for line in body.split("\n")] + [""] * (ends - 1 if chomping == "+" else 0)
    return [f"|{chance.choice((mark + chomping, chomping + mark))}", *lines]


def _broken(chance: random.Random, text: str, indent: int) -> str:
    """Break a text over several lines, where single spaces stand between words."""
    places = [found.start() for found in re.finditer(r"(?<=[a-zạế]) (?=[a-zạế])", text)]
    if not places or chance.random() < 0.6:
        return text
    place = chance.choice(places)
    return f"{text[:place]}{chance.choice(('', '  '))}\n{' ' * (indent + chance.choice((1, 2, 6)))}{text[place + 1 :]}"
