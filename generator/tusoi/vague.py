"""Whether a Vietnamese text of a plan says anything that one could go and check.

Known phrases are looked up in the row of its syllables, the longest first. A text is vague where it has general phrases ("tăng cường", "nâng cao") and
names neither a number, nor a product, nor an act that one can see done, nor place, date and actor together. One of these three alone does not save it:
one would know whom to ask, and not for what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from tusoi import vague_words as words
from tusoi.syllables import DAY, PAPER, YEAR, Token, bare, is_bare, sound, tokens


class Element(StrEnum):
    """What makes a promise checkable, in the order in which it is asked for."""

    NUMBER = "number"
    PRODUCT = "product"
    PLACE = "place"
    DATE = "date"
    ACTOR = "actor"


CHECKABLE: Final = frozenset({Element.NUMBER, Element.PRODUCT})
COMMON_ENOUGH: Final = 3
"""So many different phrases of the common kind make a text vague where there is none of the general kind."""
CIRCUMSTANCES: Final = frozenset({Element.PLACE, Element.DATE, Element.ACTOR})
ENOUGH: Final = 0.125
"""From this share of general phrases on a text can be vague: with fewer it says something else, even if in words that are not known here."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    general: tuple[str, ...]
    """Its general phrases, in its own words, each once."""
    share: float
    """How much of it they are, by syllables; 0 where they are few and of the kind that stands in concrete texts, too."""
    said: frozenset[Element]
    acts: bool
    """It names an act that one can see done."""

    @property
    def is_vague(self) -> bool:
        """Whether nobody could check it."""
        return self.share >= ENOUGH and not self.acts and not CHECKABLE & self.said and not self.said >= CIRCUMSTANCES

    @property
    def lacks(self) -> tuple[Element, ...]:
        """What it does not name."""
        return tuple(each for each in Element if each not in self.said)


def read(text: str) -> Reading:
    """Read a text: its general phrases, the elements that it names, and whether it names an act."""
    row = tuple(tokens(text))
    lexicon = _lexicon(plain=is_bare(text))
    spans = tuple(_spans(row, lexicon))
    general = [span for span in spans if {"general", "common"} & span.tags]
    phrases = dict.fromkeys(_written(row[span.start : span.end]) for span in general)
    share = sum(span.end - span.start for span in general) / max(len(row), 1)
    enough = any("general" in span.tags for span in general) or len(phrases) >= COMMON_ENOUGH
    said = {element for number in range(len(spans)) for element in _said(row, spans, number, lexicon)}
    return Reading(tuple(phrases), share if enough else 0, frozenset(said), _acts(row, spans))


def lacking(text: str, beside: Iterable[str] = (), stated: Iterable[Element] = ()) -> tuple[Reading, tuple[Element, ...]]:
    """Read a text, and give what it lacks where it is vague; nothing where it is not.

    `beside` are other texts that belong to it, such as its steps: one of them may be concrete. `stated` is what other fields say. A number or a product
    there makes the text checkable; a date and an actor do not, but are no longer missing.
    """
    reading, elsewhere = read(text), frozenset(stated)
    if not reading.is_vague or CHECKABLE & elsewhere or any(_is_concrete(read(each)) for each in beside):
        return reading, ()
    return reading, tuple(each for each in reading.lacks if each not in elsewhere)


def _is_concrete(reading: Reading) -> bool:
    return reading.acts or bool(CHECKABLE & reading.said)


def _written(phrase: Sequence[Token]) -> str:
    """Write a phrase as it stands in its text, in small letters."""
    return " ".join([*(f"{each.text}{each.sign}" for each in phrase[:-1]), phrase[-1].text]).casefold()


@dataclass(frozen=True, slots=True)
class _Span:
    """Some tokens that make a known phrase, or one token that is a figure or unknown."""

    tags: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Every known phrase, as a row of sounds, with what it tells."""

    phrases: Mapping[tuple[str, ...], frozenset[str]]
    longest: Mapping[str, int]
    """How long the longest phrase is that begins with a sound."""

    def tags(self, row: Sequence[Token], start: int, end: int) -> frozenset[str]:
        """Give what a phrase tells; nothing where it is not known."""
        return self.phrases.get(tuple(each.sound for each in row[start:end]), _NOTHING)


_NOTHING: Final[frozenset[str]] = frozenset()


@cache
def _lexicon(*, plain: bool) -> _Lexicon:
    """Read the words. `plain` is for texts that have no marks at all."""
    write = bare if plain else sound
    found: dict[tuple[str, ...], set[str]] = {}
    for tag, phrases in words.PHRASES.items():
        for phrase in phrases:
            found.setdefault(tuple(write(each.strip(",")) for each in phrase.split()), set()).add(tag)
    longest: dict[str, int] = {}
    for syllables in found:
        longest[syllables[0]] = max(len(syllables), longest.get(syllables[0], 0))
    return _Lexicon({syllables: frozenset(tags) for syllables, tags in found.items()}, longest)


def _spans(row: Sequence[Token], lexicon: _Lexicon) -> Iterator[_Span]:
    """Cut a text into known phrases, the longest first, and what is left over."""
    start = 0
    while start < len(row):
        furthest = min(len(row), start + lexicon.longest.get(row[start].sound, 1))
        found = (_Span(lexicon.tags(row, start, end), start, end) for end in range(furthest, start, -1))
        span = next((each for each in found if each.tags), _Span(_NOTHING, start, start + 1))
        yield span
        start = span.end


def _tags(spans: Sequence[_Span], number: int) -> frozenset[str]:
    return spans[number].tags if 0 <= number < len(spans) else _NOTHING


def _acts(row: Sequence[Token], spans: Sequence[_Span]) -> bool:
    """Whether an act is named. One that only a general phrase rules (`đẩy mạnh việc thu hồi, đấu giá`) is wished for, and not promised."""
    ruled = False
    for span in spans:
        if "act" in span.tags and not ruled:
            return True
        rules = bool({"general", "common"} & span.tags) and "going on" not in span.tags
        word = row[span.end - 1]
        ruled = (rules or (ruled and bool({"act", "link"} & span.tags))) and word.sign != ":"
    return False


def _said(row: Sequence[Token], spans: Sequence[_Span], number: int, lexicon: _Lexicon) -> Iterator[Element]:
    """Give the elements that a phrase names where it stands."""
    span = spans[number]
    before, after = _tags(spans, number - 1), _tags(spans, number + 1)
    if row[span.start].is_figure:
        yield from _figure(row, spans, number)
    elif "number" in span.tags and "unit" in after and not {"reference", "number"} & before:
        yield Element.NUMBER
    if "product" in span.tags or ("paper" in span.tags and _is_made(spans, number)):
        yield Element.PRODUCT
    if "date" in span.tags:
        yield Element.DATE
    if "actor" in span.tags and "object" not in before:
        yield Element.ACTOR
    if _is_place(row, span, before, lexicon):
        yield Element.PLACE


def _figure(row: Sequence[Token], spans: Sequence[_Span], number: int) -> Iterator[Element]:
    """Tell what a figure is: a date, a number of something, or the name of a paper, a year, a slogan."""
    before, after, then = (_tags(spans, each) for each in (number - 1, number + 1, number + 2))
    at = spans[number].start
    text = row[at].text
    if (DAY.fullmatch(text) and "unit" not in after) or "calendar" in before:
        # The date of a numbered paper is no date of ours: `số 112-TB/HU ngày 14/3/2024`.
        if not any(PAPER.fullmatch(each.text) for each in row[max(0, at - 3) : at]):
            yield Element.DATE
    elif _counts(text, before, after) and not (text == "100" and "everybody" in then):
        yield Element.NUMBER


def _counts(text: str, before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether a figure says how many or how much."""
    is_name = PAPER.fullmatch(text) or YEAR.fullmatch(text) or {"reference", "named"} & before
    return not is_name and "slogan" not in after


def _is_made(spans: Sequence[_Span], number: int) -> bool:
    """Whether an act stands shortly before a paper: `ban hành quy chế`."""
    return any("act" in each.tags for each in spans[max(0, number - 3) : number])


def _is_place(row: Sequence[Token], span: _Span, before: frozenset[str], lexicon: _Lexicon) -> bool:
    """Whether a phrase names a place: after `tại`, or with a name behind it (`thôn Đồi Sim`, `quầy số 3`)."""
    if "place" in span.tags and "at" in before:
        return True
    is_named = span.end < len(row) and row[span.end].is_name and not row[span.end - 1].sign
    return is_named and any("named" in lexicon.tags(row, start, span.end) for start in range(max(span.start, span.end - 3), span.end))
