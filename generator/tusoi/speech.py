"""The language in which pages are being made, and their sentences in it.

Fixed texts of pages stand in the code and in the templates in Vietnamese, each as a whole sentence or name with named places:
`_("{count} trong {total} việc", count=3, total=9)`. What another language says for it stands in `locale/<language>/pages/*.po` under the Vietnamese text.
A sentence that counts has `msgid_plural` there (the same Vietnamese text), and is chosen by `count`. What nobody has translated stays Vietnamese, and tests
find it.

The text of a record never goes through here: it is put into a named place as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from tusoi.messages import Sentence, sentences

OURS: Final = "vi"
"""The language in which fixed texts are written down."""
NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}
"""What each language calls itself."""


class Spoken(str):
    """What `_` has said: to say it once more changes nothing."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Tongue:
    """What is being spoken: the language, and what a project's profile says instead of our words."""

    language: str = OURS
    reword: Callable[[str], str] | None = None


_NOW: Final[ContextVar[Tongue]] = ContextVar("tongue", default=Tongue())  # noqa: B039 -- it is frozen


@contextmanager
def speaking(language: str, reword: Callable[[str], str] | None = None) -> Iterator[None]:
    """Speak a language, and the words of a profile, as long as it lasts."""
    token = _NOW.set(Tongue(language, reword))
    try:
        yield
    finally:
        _NOW.reset(token)


def language() -> str:
    """Give the language that is being spoken."""
    return _NOW.get().language


def unfilled(text: str, meaning: str = "", count: object = None) -> str:
    """Give what is said for a Vietnamese text, its places still to be filled. `meaning` tells apart what Vietnamese says in the same words."""
    tongue = _NOW.get()
    if tongue.language == OURS:
        return tongue.reword(text) if tongue.reword else text
    return _chosen(sentences(tongue.language).get((meaning, text), text), count)


def _(text: str, /, *, meaning: str = "", **values: object) -> str:
    """Say a fixed text: in the language that is being spoken, with its places filled in. Raises KeyError where a place has no value."""
    if isinstance(text, Spoken):
        return text
    found = unfilled(text, meaning, values.get("count"))
    return Spoken(found.format(**values) if values else found)


def N_(text: str, /) -> str:  # noqa: N802 -- the name that everybody uses for it
    """Mark a fixed text that is said later, by `_`: a constant of a module."""
    return text


def _chosen(found: Sentence, count: object) -> str:
    """Choose between one and several."""
    if isinstance(found, str):
        return found
    return found[0] if str(count) == "1" else found[-1]
