"""Says in the HTML of a page that is not in Vietnamese which of its words are: `<span lang="vi">`, so that a screen reader speaks them as they are spoken.

Texts and names of records stay in their language wherever they stand, often inside a sentence. What has a letter that only Vietnamese has is Vietnamese; what
cannot be a Vietnamese syllable is not; what could be either goes with its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LANGUAGE: Final = "vi"
_PIECE: Final = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_SAYS: Final = re.compile(r'\slang="([^"]*)"')
_NEVER_CLOSED: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_LEFT_ALONE: Final = frozenset({"script", "style", "svg", "option", "title", "textarea", "pre", "code"})
"""Elements that hold no marks, or whose text nobody reads aloud as a sentence."""
_WORD: Final = re.compile(r"(?:[^\W\d_]|&#39;|[\u0300-\u0323])+")
_ONLY_OURS: Final = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ph|th|tr|ch|gh|gi|kh|qu|b|c|d|g|h|k|l|m|n|p|q|r|s|t|v|x)?(?:uye|ie|ye|uo|ua|ia|oa|oe|ue|uy|uu|ui|oo|ai|ao|au|ay|eo|oi|a|e|i|o|u|y)+(?:ng|nh|ch|c|m|n|p|t)?",
    re.IGNORECASE,
)


def marked(html: str) -> str:
    """Give the HTML with its Vietnamese words marked; what already says its language is left as it is."""
    made: list[str] = []
    open_tags: list[tuple[str, bool]] = []
    end = 0
    for piece in _PIECE.finditer(html):
        text = html[end : piece.start()]
        made += [text if any(silent for _, silent in open_tags) else in_text(text), piece[0]]
        _follow(piece[0], open_tags)
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


def _follow(tag: str, open_tags: list[tuple[str, bool]]) -> None:
    """Note an element that begins or ends, and whether nothing is marked in it."""
    found = _TAG.match(tag)
    if not found or found[2].lower() in _NEVER_CLOSED or tag.endswith("/>"):
        return
    name = found[2].lower()
    if not found[1]:
        open_tags.append((name, name in _LEFT_ALONE or _SAYS.search(tag) is not None))
        return
    while open_tags:  # a paragraph may end without saying so
        if open_tags.pop()[0] == name:
            return


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
