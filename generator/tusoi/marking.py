"""Says in the HTML of a page that is not in Vietnamese which of its words are: `<span lang="vi">`, so that a screen reader speaks them as they are spoken.

Texts and names of records stay in their language wherever they stand, often inside a sentence. What has a letter that only Vietnamese has is Vietnamese; what
cannot be a Vietnamese syllable is not; what could be either goes with its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LANGUAGE: Final = "vi"
_PIECE: Final = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_SAYS: Final = re.compile(r'\slang="([^"]*)"')
_NEVER_CLOSED: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_LEFT_ALONE: Final = frozenset({"script", "style", "svg", "textarea"})
"""Elements that hold no marks."""
_WHOLE: Final = frozenset({"option", "title", "pre", "code"})
"""Elements that hold none, but can say of themselves what most of their words are; `title` is that of a picture."""
_DESCRIBED: Final = re.compile(r'<img(?=\s)[^>]*\salt="([^"]*)"')
_WORD: Final = re.compile(r"(?:[^\W\d_]|&#39;|[\u0300-\u0323])+")
_ONLY_OURS: Final = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ph|th|tr|ch|gh|gi|kh|qu|b|c|d|g|h|k|l|m|n|p|q|r|s|t|v|x)?(?:uye|ie|ye|uo|ua|ia|oa|oe|ue|uy|uu|ui|oo|ai|ao|au|ay|eo|oi|a|e|i|o|u|y)+(?:ng|nh|ch|c|m|n|p|t)?",
    re.IGNORECASE,
)


def marked(html: str) -> str:
    """Give the HTML with its Vietnamese words marked; what already says its language is left as it is."""
    made: list[str] = []
    open_tags: list[_Open] = []
    end = 0
    for piece in _PIECE.finditer(html):
        text = html[end : piece.start()]
        made += [text if any(each.is_silent for each in open_tags) else in_text(text), piece[0]]
        _follow(piece[0], open_tags, made)
        end = piece.end()
    return "".join([*made, in_text(html[end:])])


def in_text(text: str) -> str:
    """Mark the Vietnamese words of a text without tags."""
    if not _ONLY_OURS.search(unicodedata.normalize("NFC", text)):
        return text
    made, end = [], 0
    for start, stop in _runs(text):
        made += [text[end:start], f'<span lang="{LANGUAGE}">', text[start:stop], "</span>"]
        end = stop
    return "".join([*made, text[end:]])


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun: its name, where that stands among what was made, whether nothing is marked in it, and whether it can say its language."""

    name: str
    place: int
    is_silent: bool
    is_whole: bool


def _follow(tag: str, open_tags: list[_Open], made: list[str]) -> None:
    """Note an element that begins or ends, and whether nothing is marked in it; where it ends, let it say its language if that is all that it can."""
    found = _TAG.match(tag)
    if not found:
        return
    name, says = found[2].lower(), _SAYS.search(tag) is not None
    described = _DESCRIBED.match(tag)
    if described and not says and _is_mostly_ours(described[1]):
        made[-1] = _with_language(tag)
    if name in _NEVER_CLOSED or tag.endswith("/>"):
        return
    if not found[1]:
        around = [each for each in open_tags if each.is_silent]
        is_whole = name in _WHOLE and not says and all(each.name == "svg" for each in around)
        open_tags.append(_Open(name, len(made) - 1, says or name in _LEFT_ALONE | _WHOLE, is_whole))
        return
    while open_tags:  # a paragraph may end without saying so
        closed = open_tags.pop()
        if closed.name == name:
            if closed.is_whole and _is_mostly_ours("".join(each for each in made[closed.place + 1 :] if not each.startswith("<"))):
                made[closed.place] = _with_language(made[closed.place])
            return


def _with_language(tag: str) -> str:
    """Let the element that begins say that it is Vietnamese."""
    return re.sub(r"^<[^\s/>]+", rf'\g<0> lang="{LANGUAGE}"', tag)


def _is_mostly_ours(text: str) -> bool:
    """Whether a text that can hold no marks is rather Vietnamese than not."""
    if not _ONLY_OURS.search(unicodedata.normalize("NFC", text)):
        return False
    ours = sum(len(_WORD.findall(text[start:stop])) for start, stop in _runs(text))
    return 2 * ours >= len(_WORD.findall(text))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Find where Vietnamese begins and ends."""
    words = [(each.start(), each.end(), _kind(each[0])) for each in _WORD.finditer(text)]
    place = 0
    while place < len(words):
        if words[place][2] != "ours":
            place += 1
            continue
        first = last = place
        while first and words[first - 1][2] == "name" and not text[words[first - 1][1] : words[first][0]].strip():
            first -= 1
        place += 1
        while place < len(words) and words[place][2] != "theirs":
            last = place if words[place][2] == "ours" else last
            place += 1
        while last + 1 < len(words) and words[last + 1][2] == "name" and not text[words[last][1] : words[last + 1][0]].strip():
            last += 1
        place = last + 1
        yield words[first][0], words[last][1]


def _kind(word: str) -> str:
    """Say whose a word is: `ours`, `theirs`, or a Vietnamese-looking `name`, or `either`."""
    plain = unicodedata.normalize("NFC", word)
    if _ONLY_OURS.search(plain):
        return "ours"
    if not _SYLLABLE.fullmatch(plain):
        return "theirs"
    return "name" if plain[:1].isupper() else "either"
