"""What can be found on the site: an entry for every page, and the files in which a browser looks. Pure: no file is read or written here.

The browser asks for these files only when somebody begins to search, by a script tag, so that a site on a disk is searched as well. The first holds the titles
and whatever is chosen by; the others hold the texts, in pieces that are read without holding anybody up. A text is written down as it is: the browser takes the
marks away from what was typed and from what is searched, so that the index is not there twice.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, Final

from tusoi.collation import sort_key

PAGE: Final = "tim-kiem.html"
"""Where one searches, and what the search box of every page leads to."""
FOLDER: Final = "tim-kiem/"
FIRST: Final = f"{FOLDER}tim-kiem.js"
"""What is asked for first: what searches, and the titles."""
_PIECE: Final = 300_000
"""About so many characters of text are in one file: read and folded in a moment on a telephone."""
_REFRAIN: Final = 4
"""A sentence that stands on so many pages about no record belongs to none of them."""
_TAG: Final = re.compile(r"<[^>]*>")
_EXPLAINED: Final = re.compile(r'<a class="ts-term"[^>]*>(.*?)</a>', re.DOTALL)
"""A word that is explained by a tap: it stands within a sentence as if there were nothing around it."""
_UNSEEN: Final = re.compile(r"<(script|style|svg|template|nav)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_HEADING: Final = re.compile(r"<h([1-4])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_SENTENCES: Final = re.compile(r'<(h[2-4]|dt|dd|p)(?: id="[^"]*"| class="ts-lead")?>(.*?)</\1>', re.DOTALL)
"""What a page says itself: heads, its own sentences, explained words. Not what it shows of records in cards and tables: that has pages of its own."""
_LISTED: Final = re.compile(r"<(table|ul|ol)\b.*?</\1>", re.DOTALL)
_ID: Final = re.compile(r'\bid="([^"]+)"')
_LINK_TO_ITSELF: Final = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class State:
    """A state as its chip shows it: words, shape, colour."""

    words: str
    shape: str
    tone: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One page, or one section of a page, as it can be found. All of it stands on the page, or on that of its organisation."""

    path: str
    """Below the root of its language."""
    title: str
    kind: str
    """What it is, in the words of the site: `Hạn chế`, `Kế hoạch khắc phục`."""
    whose: str = ""
    """The organisation that speaks, and the one that it is about where that is another."""
    names: tuple[str, ...] = ()
    """What the organisations of the page are called, and were called before they were merged or renamed."""
    states: tuple[State, ...] = ()
    choices: tuple[str, ...] = ()
    """The states by which it can be chosen: without days, numbers and reasons."""
    areas: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    is_open: bool = False
    """Whether something on it still waits: it is shown before what is settled."""
    lang: str = ""
    """The language of its title, where it is not that of the page around it."""
    is_organisation: bool = False
    is_board: bool = False


def plain(html: str) -> str:
    """Give what can be read on a page, as one line of text."""
    return line(unescape(_TAG.sub(" ", _UNSEEN.sub(" ", _EXPLAINED.sub(r"\1", html)))))


def line(text: str) -> str:
    """Write a text on one line, each letter as one character."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def own_words(html: str) -> tuple[str, ...]:
    """Give what a page that is about no record says itself, each once."""
    return tuple(dict.fromkeys(found for each in _SENTENCES.finditer(_LISTED.sub(" ", _UNSEEN.sub(" ", html))) if (found := plain(each[2]))))


def shown(texts: Iterable[str], page: str) -> tuple[str, ...]:
    """Give those texts, each once and on one line, that stand on the page: whatever else a record says is not for its readers."""
    lines = dict.fromkeys(map(line, texts))
    return tuple(each for each in lines if each and each in page)


def of_written(path: str, title: str, html: str, kind: str) -> tuple[Entry, ...]:
    """Give the entries of a page that was written by hand: one for the page, and one for each of its sections that can be linked to."""
    html = _LINK_TO_ITSELF.sub("", html)
    heads = [each for each in _HEADING.finditer(html) if each[1] != "1" and _ID.search(each[2])]
    ends = [*(each.start() for each in heads), len(html)]
    entries = [Entry(path, line(title), kind, texts=_said(plain(_HEADING.sub(" ", html[: ends[0]]))))]
    for head, end in zip(heads, ends[1:], strict=True):
        place = _ID.search(head[2])
        anchor = place[1] if place else ""
        entries.append(Entry(f"{path}#{anchor}", plain(head[3]), kind, whose=line(title), texts=_said(plain(html[head.end() : end]))))
    return tuple(entries)


def _said(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def files(entries: Iterable[Entry], program: str, words: Mapping[str, Any], near: Sequence[Sequence[str]], shapes: Mapping[str, str]) -> dict[str, str]:
    """Give the files of one language, by their paths below its root. The order in which entries come does not matter.

    `program` is the script that searches; `words` are its sentences; `near` are groups of words that mean the same; `shapes` are the drawings of states.
    """
    order = sorted(_without_refrain(list(entries)), key=_rank)
    texts = dict(_pieces(order))
    made = {f"{FOLDER}chu-{_mark(text)}.js": (text, first) for first, text in texts.items()}
    head = _head(order) | {
        "words": dict(words),
        "near": [list(each) for each in near],
        "shapes": {each: shapes[each] for each in sorted({state.shape for entry in order for state in entry.states})},
        "texts": [[name.removeprefix(FOLDER), first] for name, (_, first) in made.items()],
    }
    return {FIRST: f"{program}\n{_call('open', head)}"} | {name: text for name, (text, _) in made.items()}


def _without_refrain(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Leave out what the pages about no record all say: notices, heads of columns."""
    told = Counter(text for each in entries if not each.names for text in each.texts)
    for each in entries:
        yield each if each.names else replace(each, texts=tuple(text for text in each.texts if told[text] < _REFRAIN))


def _rank(entry: Entry) -> tuple[Any, ...]:
    """Put what is open first, then what is newer, then what says how far it is: so its text is there first, too."""
    return not entry.is_open, -max(entry.years, default=0), not entry.states, sort_key(entry.title), entry.path


def _head(entries: Sequence[Entry]) -> dict[str, Any]:
    """Write down all but the texts: what many entries share stands once, and is named by its number."""
    kinds, whose, names, states, choices, areas = (_Numbers() for _ in range(6))
    rows = {
        "path": [each.path for each in entries],
        "title": [each.title for each in entries],
        "kind": [kinds.of(each.kind) for each in entries],
        "whose": [whose.of(each.whose) for each in entries],
        "names": [[names.of(name) for name in each.names] for each in entries],
        "states": [[states.of((state.words, state.shape, state.tone)) for state in each.states] for each in entries],
        "choices": [[choices.of(choice) for choice in each.choices] for each in entries],
        "areas": [[areas.of(area) for area in each.areas] for each in entries],
        "years": [list(each.years) for each in entries],
        "lang": [each.lang for each in entries],
    }
    shared = {"kinds": kinds, "whose": whose, "names": names, "states": states, "choices": choices, "areas": areas}
    return {
        "rows": rows,
        "shared": {name: list(each) for name, each in shared.items()},
        "open": sum(each.is_open for each in entries),  # they come first
        "organisations": [number for number, each in enumerate(entries) if each.is_organisation],
        "boards": [number for number, each in enumerate(entries) if each.is_board],
    }


class _Numbers(dict[Any, int]):
    """Gives each thing a number, in the order in which they come."""

    def of(self, thing: Any) -> int:
        """Give the number of a thing."""
        return self.setdefault(thing, len(self))


def _pieces(entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Cut the texts into files: the number of the first entry, and what the file says."""
    first, held, size = 0, list[str](), 0
    for number, entry in enumerate(entries):
        held.append("\n".join(entry.texts))
        size += len(held[-1])
        if size >= _PIECE or number == len(entries) - 1:
            yield first, _call("read", [first, held])
            first, held, size = number + 1, [], 0


def _call(name: str, value: object) -> str:
    """Write a script that hands something over. A browser reads JSON out of a text faster than it reads a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for found, instead in (("\\", "\\\\"), ("'", "\\'"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(found, instead)
    return f"tusoiSearch.{name}('{text}');\n"


def _mark(text: str) -> str:
    """Name a file by what it says: one that a browser has kept from an older site is never taken for one of this."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
