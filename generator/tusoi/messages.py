"""Sentences in the reader's language, from gettext catalogues. The only module that knows Babel."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias

from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, normalize, read_po, write_po

LANGUAGES = ("vi", "en")
Sentence: TypeAlias = str | tuple[str, ...]
"""A translated sentence; several where it counts: for one, and for more."""
SHARED = "any"
"""What stands in the place of a rule's code in the names of sentences that all rules share."""
_HEAD: Final = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""No day and no name of a program: the same entries are the same bytes."""
_LINE: Final = re.compile(r'(?:(?P<key>msgctxt|msgid|msgstr)\s+)?(?P<text>"(?:[^"\\]|\\.)*")')
_AFTER: Final = {"": ("msgctxt", "msgid"), "msgctxt": ("msgid",), "msgid": ("msgstr",), "msgstr": ("msgctxt", "msgid")}
"""What may follow what in a catalogue. Babel lets other orders pass, and loses what stands there."""
_TOP: Final = re.compile(r'\A(?:#.*\n)*msgid ""\nmsgstr ""\n(?:".*"\n)*')
_BEFORE: Final = re.compile(r'#\|\s*(?:(?P<key>msgctxt|msgid)\s+)?(?P<text>".*")\s*')
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalogue says of one text."""

    context: str
    """Where the text stands."""
    text: str
    said: str
    """The translation; empty where there is none yet."""
    line: int = 0
    is_unsure: bool = False
    """Whether somebody has to look at it again: `fuzzy`."""
    before: str = ""
    """The text that was translated, where it has been changed since."""
    where: str = ""
    """What the place is called, for the translator."""
    notes: tuple[str, ...] = ()
    """What translators wrote beside it."""
    is_left_over: bool = False
    """Whether its text is no longer there, and the translation only kept: `#~`."""


class UnreadableError(ValueError):
    """A catalogue cannot be read; `line` is where, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def entries(content: str) -> list[Entry]:
    """Read the entries of a catalogue, in their order. Raises UnreadableError."""
    lines = [line for line in content.split("\n") if not line.startswith("#~|")]
    _check_order(content.split("\n"))
    try:
        read = read_po(io.BytesIO("\n".join(lines).encode()), charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        raise UnreadableError(error.lineno + 1) from error
    except (ValueError, LookupError) as error:  # a head that names a plural or an encoding that nobody knows
        raise UnreadableError(1) from error
    found = [(each, False) for each in read if each.id] + [(each, True) for each in read.obsolete.values()]
    if odd := next((each for each, _ in found if not isinstance(each.id, str)), None):  # the text of a record never counts
        raise UnreadableError(odd.lineno or 1)
    return [
        Entry(
            each.context or "",
            str(each.id),
            str(each.string or ""),
            each.lineno or 1,
            each.fuzzy and not is_left_over,
            "" if is_left_over else _before(lines, each.lineno or 1),
            notes=tuple(each.user_comments),
            is_left_over=is_left_over,
        )
        for each, is_left_over in found
    ]


def _check_order(lines: list[str]) -> None:
    """See that each entry has its keys once and in their order, and that no text stands twice. Raises UnreadableError at the line where that is not so."""
    last, parts, known = "", {"msgctxt": "", "msgid": "", "msgstr": ""}, set()
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found or (found["key"] or last) not in ((*_AFTER[last],) if found["key"] else (last,)) or not (found["key"] or last):
            raise UnreadableError(number)
        if found["key"] in ("msgctxt", "msgid") and last in ("", "msgstr"):
            parts = dict.fromkeys(parts, "")
        if found["key"] == "msgstr":
            entry = (parts["msgctxt"], parts["msgid"])
            if entry in known or (parts["msgctxt"] and not parts["msgid"]):
                raise UnreadableError(number)
            known.add(entry)
        last = found["key"] or last
        parts[last] += found["text"][1:-1]
    if last not in ("", "msgstr"):
        raise UnreadableError(len(lines))


def head_of(content: str) -> str:
    """Give the head of a catalogue, with what programs for translators keep there; empty where it has none."""
    found = _TOP.match(content)
    return found[0] if found else ""


def _before(lines: list[str], line: int) -> str:
    """Give the earlier text that stands above an entry, which begins on a line (from 1): Babel writes it and does not read it."""
    above: list[str] = []
    for each in reversed(lines[: line - 1]):
        if not each.startswith("#") and not each.startswith("msgctxt"):
            break
        above.insert(0, each)
    pieces, is_text = [], False
    for each in above:
        if found := _BEFORE.fullmatch(each):
            is_text = found["key"] == "msgid" or (is_text and not found["key"])
            pieces += _QUOTED.findall(found["text"]) if is_text else []
    return denormalize("\n".join(pieces)) if pieces else ""


def written(language: str, said: Iterable[Entry], head: str = "") -> str:
    """Write a catalogue, in the order of its entries; what is only kept stands at the end. `head` is that of the file as it was."""
    in_order = sorted(said, key=lambda each: each.is_left_over)
    return (f"{head}\n" if head else _HEAD.format(language=language)) + "\n".join(map(_block, in_order))


def _block(entry: Entry) -> str:
    made = Catalog()
    message = Message(
        entry.text,
        entry.said,
        context=entry.context,
        flags=("fuzzy",) if entry.is_unsure else (),
        user_comments=entry.notes,
        auto_comments=[entry.where] if entry.where else [],
    )
    if entry.is_left_over:
        made.obsolete[entry.context, entry.text] = message
    else:
        made[entry.text] = message
    out = io.BytesIO()
    write_po(out, made, width=0, omit_header=True)
    text = out.getvalue().decode().strip("\n") + "\n"
    if not entry.before or not entry.is_unsure or entry.is_left_over:
        return text
    before = "".join(f"#| {line}\n" for line in f"msgid {normalize(entry.before, width=0)}".split("\n"))  # Babel would break it between words
    return text.replace("msgctxt", f"{before}msgctxt", 1)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Read every catalogue of a language: the sentence by its name. Raises ValueError where two files name one sentence."""
    sentences: dict[str, str] = {}
    folder = files("tusoi") / "locale" / language
    for path in sorted((each for each in folder.iterdir() if each.name.endswith(".po")), key=lambda each: each.name):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if not message.id:
                    continue
                if message.id in sentences:
                    error = f"{path.name}: {message.id} is in two catalogues"
                    raise ValueError(error)
                sentences[str(message.id)] = str(message.string)
    return sentences


@cache
def sentences(language: str) -> Mapping[tuple[str, str], Sentence]:
    """Read what the pages say in a language other than Vietnamese, by the meaning (mostly empty) and the Vietnamese text."""
    found: dict[tuple[str, str], Sentence] = {}
    folder = files("tusoi") / "locale" / language / "pages"
    for path in sorted((each for each in folder.iterdir() if each.name.endswith(".po")), key=lambda each: each.name):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and message.string:
                    text = message.id if isinstance(message.id, str) else message.id[0]
                    found.setdefault((message.context or "", text), message.string if isinstance(message.string, str) else tuple(message.string))
    return found


def dated(when: date, pattern: str, language: str) -> str:
    """Write a date as a pattern says (`d MMMM y`), with the month's name in a language."""
    return str(format_date(when, pattern, locale=language))


def has(name: str, language: str) -> bool:
    """Whether there is a sentence of this name."""
    return name in catalogue(language)


def say(name: str, language: str, /, **params: object) -> str:
    """Give a sentence with its parameters filled in. A variant that all rules share (`R01.not_stated.what`) has one sentence: `any.not_stated.what`.

    Raises KeyError where the catalogue has no such sentence, or the sentence names a parameter that is not given: both are mistakes of the program, and the
    tests look for them.
    """
    return unfilled(name, language).format(**params)


def unfilled(name: str, language: str, /) -> str:
    """Give a sentence with its parameters still to be filled in."""
    sentences = catalogue(language)
    shared = f"{SHARED}.{name.partition('.')[2]}"
    return sentences[name if name in sentences or shared not in sentences else shared]
