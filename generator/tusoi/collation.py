"""The order of Vietnamese words: letters first (đ after d), then tones, then capitals; as dictionaries and ICU have it."""

from __future__ import annotations

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""None (ngang), huyền, hỏi, ngã, sắc, nặng."""
_LETTER_RANK = {letter: number for number, letter in enumerate(_LETTERS)}
_TONE_RANK = {tone: number for number, tone in enumerate(_TONES)}

SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...]]


def sort_key(text: str) -> SortKey:
    """Give a key that sorts Vietnamese text: spaces and signs, then digits, then letters; tones and capitals decide between words that are else alike."""
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    capitals: list[bool] = []
    for character in unicodedata.normalize("NFC", text):
        pieces = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in pieces if mark in _TONES[1:]), "")
        letter = unicodedata.normalize("NFC", pieces.replace(tone, "") if tone else pieces)
        letters.append(_primary(letter.lower()))
        tones.append(_TONE_RANK[tone])
        capitals.append(letter != letter.lower())
    return tuple(letters), tuple(tones), tuple(capitals)


def _primary(letter: str) -> tuple[int, int]:
    """Rank one letter, without its tone and in lower case."""
    if letter in _LETTER_RANK:
        return 2, _LETTER_RANK[letter]
    if letter.isdecimal():
        return 1, ord(letter[0])
    return (3 if letter.isalpha() else 0), ord(letter[0])
