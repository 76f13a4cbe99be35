"""Vietnamese text as a row of syllables and figures, so that two texts can be compared whatever keyboard they were typed on.

Vietnamese writes a space between syllables: known phrases are rows of them, and to look one up needs no tokenizer that knows words. (The one that was
tried brings 300 MB and takes longer to start than a whole check.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_SIGNS: Final = ".,;:!?…\"'“”‘’«»()[]-–—"
_ENDS: Final = ".;:!?…,"
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_GLUED: Final = re.compile(r"(\d+(?:[.,]\d+)*)(%|m²|m2|ha|km|kg)")
DAY: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,2}/\d{4}")
PAPER: Final = re.compile(r"(?=.*[^\W\d])\w+(?:[/-]\w+)+")
"""The number of a paper: `37-QĐ/TW`."""
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[–-](?:19|20)\d\d)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, or a figure."""

    text: str
    sound: str
    """As it is compared: small letters, the mark of tone at the end."""
    sign: str
    """The sign that ends a clause behind it; empty where there is none."""

    @property
    def is_figure(self) -> bool:
        """Whether it begins as a number does."""
        return self.text[0].isdigit()

    @property
    def is_name(self) -> bool:
        """Whether it could name one thing of many: `Sim`, `3`, `3A`."""
        return self.is_figure or self.text[0].isupper()


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """Write a syllable so that it is the same wherever its mark of tone stands (`hòa`, `hoà`), and however it is encoded."""
    pieces = unicodedata.normalize("NFD", word.casefold())
    letters = "".join(each for each in pieces if each not in _TONES)
    return unicodedata.normalize("NFC", letters) + "".join(each for each in pieces if each in _TONES)


def bare(word: str) -> str:
    """Take every mark away, as people write who have no keyboard for them."""
    return "".join(each for each in unicodedata.normalize("NFD", word.casefold().replace("đ", "d")) if not unicodedata.combining(each))


def is_bare(text: str) -> bool:
    """Whether a text has no letter with a mark."""
    return not any(each.isalpha() and not each.isascii() for each in text)


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into syllables and figures."""
    for piece in unicodedata.normalize("NFC", text).split():
        word = piece.strip(_SIGNS)
        if not word:
            continue
        if glued := _GLUED.fullmatch(word):
            yield Token(glued[1], glued[1], "")
            word = glued[2]
        yield Token(word, sound(word), piece[-1] if piece[-1] in _ENDS else "")
