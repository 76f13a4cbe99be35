"""What a clerk most likely did when the YAML parser stumbled: from the parser's words and the lines of the file to one of our sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Mark = tuple[int, int]
"""A line and a column, both from 0, as the parser counts."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_GLUED = re.compile(r"(?:- +)*[A-Za-z_][A-Za-z0-9_-]*:(?=[^\s:/])")
_ITEM = re.compile(r"(?:- +)+")
_ENTRY = re.compile(r"((?:- +)*[A-Za-z_][A-Za-z0-9_-]*: +|(?:- +)+)(?=\S)")
_HASH = re.compile(r"\S[ \t]+#")
_HARD = re.compile(r"[ -]*(?:[A-Za-z_][A-Za-z0-9_-]*:)?[ ]*([\u00a0\u2000-\u200b\u202f\u3000])")
"""A space that is none to the parser, where one is needed: before a name, or after its colon."""
_BULLET = re.compile(r"[-\u2010-\u2015\u2212\u2022\u00b7\u25aa\u25cf\u25e6+]\s*([A-Za-z_][A-Za-z0-9_-]*)\Z")
_SIGN = re.compile(r"\s*(?:[\u2010-\u2015\u2212\u2022\u00b7\u25aa\u25cf\u25e6+]\s*|-(?=[A-Za-z_]))(?=\S)")
"""What stands at the head of a line for the dash of an item: another sign, or a dash without its space."""
_MISSING_COMMA = re.compile(
    r"[{,]\s*[A-Za-z_][A-Za-z0-9_-]*:\s+(?:(?:[^\s;]+|\"[^\"]*\"|'[^']*'|\[[^\]]*\])(?P<space>\s+)|[^:]*?(?P<sign>\s*;\s*))[A-Za-z_][A-Za-z0-9_-]*\Z"
)
"""In brackets, a value of one word, or one that a semicolon ends, and the name of the next."""
_MARKS = {"<<<<<<<": "conflict", "=======": "conflict", ">>>>>>>": "conflict", "```": "fence"}
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Stumble:
    """What the parser says: what it missed, what it was reading, and where both are."""

    problem: str
    context: str
    at: Mark
    since: Mark


Words = Callable[["Stumble", Sequence[str]], "Slip"]


@dataclass(frozen=True, slots=True)
class Slip:
    """The sentence that fits: its code and variant, where to look, and its words."""

    code: str
    variant: str
    at: Mark
    params: Mapping[str, str] = field(default_factory=dict)


def explain(stumble: Stumble, lines: Sequence[str]) -> Slip:
    """Say which slip it is; what fits none is said plainly as "this line can not be read"."""
    if not is_inside_quotes(stumble) and (slip := _pasted(stumble, lines)):
        return slip
    for reading, missed, words in _STUMBLES:
        if reading in stumble.context and missed in stumble.problem:
            return words(stumble, lines)
    return Slip("L09", "other", stumble.at)


def hard_space(line: int, lines: Sequence[str]) -> Slip | None:
    """Find a space before a name or after its colon that only looks like one, as text from a word processor has."""
    if line >= len(lines) or not (found := _HARD.match(lines[line])):
        return None
    return Slip("L07", "space", (line, found.start(1)), {"character": f"U+{ord(found[1]):04X}"})


def bullet(line: int, key: str, lines: Sequence[str]) -> Slip | None:
    """Find a dash without its space, or another sign that was meant as one, before the name that begins an item of a list."""
    if not (found := _BULLET.match(key)):
        return None
    value = lines[line].partition(":")[2].strip()
    return Slip("L09", "item", (line, _indent(lines[line])), {"typed": f"- {found[1]}: {value}".strip()[:_LONGEST]})


def _other_sign(line: int, lines: Sequence[str]) -> Slip | None:
    """Find an item of a list, not its first, that begins with a dash without its space, or with another sign."""
    text = lines[line] if line < len(lines) else ""
    if not (found := _SIGN.match(text)):
        return None
    return Slip("L09", "item", (line, _indent(text)), {"typed": _cut(f"- {text[found.end() :].strip()}")})


def _cut(typed: str) -> str:
    return typed if len(typed) <= _LONGEST else f"{typed[:_LONGEST]}…"


def _pasted(stumble: Stumble, lines: Sequence[str]) -> Slip | None:
    """Find what came along when the text was pasted, or when two versions of it were put together."""
    for line in (stumble.since[0], stumble.at[0]):
        text = lines[line] if line < len(lines) else ""
        if variant := next((variant for mark, variant in _MARKS.items() if text.startswith(mark)), ""):
            return Slip("L09", variant, (line, 0))
        if slip := hard_space(line, lines):
            return slip
    return None


def is_inside_quotes(stumble: Stumble) -> bool:
    """Whether the parser was inside quotes when it stumbled."""
    return "quoted scalar" in stumble.context


def typed_in_quotes(line: str, *, whole: bool = True) -> str:
    """Give the line as it should be typed: the value in quotes; with `…` for the value where the line holds only a piece of it."""
    line = line.strip()
    entry = _ENTRY.match(line)
    head, value = (entry.group(), line[entry.end() :]) if entry else ("", line)
    if not whole:
        return f'{head}"…"'
    if len(value) > _LONGEST:
        value = value[:_LONGEST] + "…"
    return f"{head}'{value.replace(chr(39), chr(39) * 2)}'" if '"' in value or "\\" in value else f'{head}"{value}"'


def _where_it_began(code: str, variant: str) -> Words:
    return lambda stumble, _: Slip(code, variant, stumble.since)


def _where_it_stopped(code: str, variant: str) -> Words:
    return lambda stumble, _: Slip(code, variant, stumble.at)


def _bad_start(stumble: Stumble, lines: Sequence[str]) -> Slip:
    """Explain a value that begins with a sign that means something else in YAML."""
    return Slip("L09", "start", stumble.at, {"sign": _from(stumble.at, lines)[:1]})


def _colon(stumble: Stumble, lines: Sequence[str]) -> Slip:
    """Explain a colon where none may be: in a text, under a line that already has a value, or under one that is no `name: value`."""
    line, column = at = stumble.at
    before = _ITEM.sub("", lines[line][:column].strip(), count=1)
    if not _NAME.match(before):
        if not _ENTRY.match(lines[line].strip()):
            return Slip("L10", "lines", at)
        return Slip("L10", "value", at, {"typed": typed_in_quotes(lines[line])})
    above = _line_above(line, lines)
    text = lines[above].strip() if above is not None else ""
    if above is not None and (slip := glued(above, lines)):
        return slip
    if above is not None and ": " not in text and not text.endswith(":") and not text.startswith("- "):
        return Slip("L09", "name", (above, _indent(lines[above])))
    return Slip("L09", "indent", (line, _indent(lines[line])))


def _no_colon(stumble: Stumble, lines: Sequence[str]) -> Slip:
    """Explain a line that should be `name: value` and has no colon, or nothing between the colon and the value."""
    return glued(stumble.since[0], lines) or _other_sign(stumble.since[0], lines) or Slip("L09", "name", stumble.since)


def _inside_brackets(stumble: Stumble, lines: Sequence[str]) -> Slip:
    """Explain brackets that are not closed, or a colon in a text between them."""
    line, column = stumble.at
    before = lines[line][:column] if line < len(lines) else ""
    if _from(stumble.at, lines)[:1] == ":" and (found := _MISSING_COMMA.search(before)):
        name = "sign" if found["sign"] else "space"
        typed = _cut(f"{lines[line][: found.start(name)]}, {lines[line][found.end(name) :]}".strip())
        return Slip("L09", "comma", (line, found.start(name)), {"typed": typed})
    if _from(stumble.at, lines)[:1] == ":" and not _NAME.match(before.strip()):
        return Slip("L10", "inside", stumble.at)
    if before.rstrip()[-1:] in tuple("\"']}") and _ENTRY.match(_from(stumble.at, lines)):
        return Slip("L09", "comma", stumble.at, {"typed": _cut(f"{before.rstrip()}, {_from(stumble.at, lines)}".strip())})
    return Slip("L09", "bracket", stumble.since)


def _out_of_step(stumble: Stumble, lines: Sequence[str]) -> Slip:
    """Explain a line that does not stand under the others, or text after a closing quote or bracket."""
    line, column = at = stumble.at
    if slip := _other_sign(line, lines):
        return slip
    if _from(at, lines)[:1] in ("]", "}", ","):
        return Slip("L09", "stray", at, {"sign": _from(at, lines)[:1]})
    if _from(at, lines)[:1] == ":":
        return Slip("L09", "name", at)
    if lines[line][:column].strip(" -") if line < len(lines) else "":
        return Slip("L09", "rest", at, {"typed": typed_in_quotes(lines[line])})
    above = _line_above(line, lines)
    if above is not None and (mark := _HASH.search(lines[above])) and not _NAME.match(_from(at, lines).partition(":")[0]):
        return Slip("L11", "lines", (above, mark.end() - 1), {"typed": typed_in_quotes(lines[above], whole=False)})
    return Slip("L09", "indent", at)


def _after_the_end(stumble: Stumble, lines: Sequence[str]) -> Slip:
    """Explain what follows a document that was already whole."""
    line, column = stumble.at
    if any(text.startswith("...") for text in lines[:line]):
        return Slip("L17", "", stumble.at)
    return Slip("L09", "rest" if lines[line][:column].strip() else "name", stumble.at, {"typed": typed_in_quotes(lines[line])} if column else {})


def glued(line: int, lines: Sequence[str]) -> Slip | None:
    """Find `name:value`, without the space after the colon."""
    text = lines[line] if line < len(lines) else ""
    if not (found := _GLUED.match(text, _indent(text))):
        return None
    typed = f"{text[: found.end()].strip()} {text[found.end() :].strip()}"
    return Slip("L09", "space", (line, found.end() - 1), {"typed": typed[:_LONGEST]})


def _line_above(line: int, lines: Sequence[str]) -> int | None:
    """Give the nearest line above that says something."""
    return next((number for number in range(line - 1, -1, -1) if lines[number].strip() and not lines[number].lstrip().startswith("#")), None)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _from(at: Mark, lines: Sequence[str]) -> str:
    line, column = at
    return lines[line][column:] if line < len(lines) else ""


_STUMBLES: tuple[tuple[str, str, Words], ...] = (
    ("quoted scalar", "escape", _where_it_stopped("L09", "escape")),
    ("quoted scalar", "", _where_it_began("L09", "quote")),
    ("an anchor", "", _where_it_began("L15", "anchor")),
    ("an alias", "", _where_it_began("L15", "alias")),
    ("a tag", "", _where_it_began("L16", "tag")),
    ("", "undefined tag handle", _where_it_began("L16", "tag")),
    ("a directive", "", _where_it_began("L16", "directive")),
    ("a %", "", _where_it_began("L16", "directive")),
    ("", "incompatible YAML document", _where_it_stopped("L16", "directive")),
    ("", " directive", _where_it_stopped("L16", "directive")),
    ("a block scalar", "", _where_it_began("L09", "block")),
    ("", "sequence entries are not allowed", _where_it_stopped("L09", "dash")),
    ("", "document start", _after_the_end),
    ("", "mapping values are not allowed", _colon),
    ("", "expected ':'", _no_colon),
    ("flow", "", _inside_brackets),
    ("", "start any token", _bad_start),
    ("", "mapping keys are not allowed", _bad_start),
    ("block", "", _out_of_step),
)
"""What the parser was reading, what it missed, and who explains it; the first that fits."""
