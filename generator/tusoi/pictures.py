"""Attached pictures: whether one is what its name says, small enough for a page, and carries nothing but the picture.

What a camera or a program writes beside a picture says where and by whom it was taken, and may hold it as it was before something in it was covered.
Nothing is taken out in silence: such a picture is not shown, and whoever attached it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a picture that is shown on a page."""
LARGE: Final = "large"
FORM: Final = "form"
HIDDEN: Final = "hidden"

_FORMS: Final = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n", ".webp": b"RIFF"}
"""How a picture begins, by the ending of its name."""
_TAGS: Final = frozenset({0x013B, 0x0201, 0x8298, 0x8825, 0x927C, 0x9C9D, 0xA430, 0xA431, 0xA435})
"""The author, a small copy of the picture, the copyright, the position, the maker's own notes, the author again, the camera's owner, two serial numbers."""
_EXIF: Final = 0x8769
_TEXT: Final = 2
"""The form of a tag that is text."""
_ENTRY: Final = 12
_MOST_ENTRIES: Final = 512
_DIRECTORIES: Final = 8
_WRITTEN: Final = re.compile(
    rb"8BIM\x04\x04|Raw profile type|XML:com\.adobe\.xmp\x00\x01|(?:tEXt|zTXt|iTXt)(?:Author|Copyright)\x00"
    rb"|exif:GPS|dc:creator|dc:rights|xmpRights:|Iptc4xmp|photoshop:(?:City|State|Country|Credit|Source|Author)|mwg-rs:|MPReg:|xmpNote:HasExtendedXMP"
)
"""What programs write beside a picture about who made it, where, and who is in it: the notes of news agencies, the words of a PNG, XMP."""


def is_picture(name: str) -> bool:
    """Whether a file is a picture that a page can show, by the ending of its name."""
    return _ending(name) in _FORMS


def fault(name: str, content: bytes) -> str:
    """Say what forbids to show a picture: it is too `large`, not of the `form` that its name says, or carries something `hidden`. Empty where nothing does."""
    ending = _ending(name)
    if not content.startswith(_FORMS[ending]) or (ending == ".webp" and content[8:12] != b"WEBP"):
        return FORM
    if _WRITTEN.search(content) or any(_says_who_or_where(content[start:]) for start in _headers(content)):
        return HIDDEN
    return LARGE if len(content) > LARGEST else ""


def _ending(name: str) -> str:
    return name[name.rfind(".") :].lower() if "." in name else ""


def _headers(content: bytes) -> Iterator[int]:
    """Find where notes of a camera begin, wherever in the file they are: in front of the picture, behind it, or with a second one."""
    return (each.start() for each in re.finditer(rb"II\*\x00|MM\x00\*", content))


def _says_who_or_where(notes: bytes) -> bool:
    """Whether the notes of a camera hold one of the tags that are not for everybody. Notes that break off hold what stands before."""
    order: Literal["little", "big"] = "little" if notes.startswith(b"II") else "big"

    def number(start: int, size: int) -> int:
        return int.from_bytes(notes[start : start + size], order)

    waiting, seen = [number(4, 4)], set[int]()
    while waiting and len(seen) < _DIRECTORIES:
        start = waiting.pop()
        count = number(start, 2)
        if start in seen or not 0 < count <= _MOST_ENTRIES or start + 2 + count * _ENTRY > len(notes):
            continue
        seen.add(start)
        for entry in range(start + 2, start + 2 + count * _ENTRY, _ENTRY):
            tag, form, length, value = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4), number(entry + 8, 4)
            text = notes[value : value + length] if length > 4 else notes[entry + 8 : entry + 8 + length]  # noqa: PLR2004 -- what fits stands in the entry itself
            if tag in _TAGS and (form != _TEXT or text.strip(b"\x00 ")):
                return True
            if tag == _EXIF:
                waiting.append(value)
        waiting.append(number(start + 2 + count * _ENTRY, 4))
    return False
