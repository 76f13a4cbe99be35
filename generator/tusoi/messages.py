"""Sentences in the reader's language, from gettext catalogues. The only module that knows Babel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from babel.dates import format_date
from babel.messages.pofile import read_po

LANGUAGES = ("vi", "en")
Sentence: TypeAlias = str | tuple[str, ...]
"""A translated sentence; several where it counts: for one, and for more."""
SHARED = "any"
"""What stands in the place of a rule's code in the names of sentences that all rules share."""


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
