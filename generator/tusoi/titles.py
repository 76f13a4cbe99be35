"""What a person calls a record or a part of it, and where its page is. No reader ever sees an id."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tusoi.record import Part, Record, Register
from tusoi.speech import N_, _, language
from tusoi.telling import day, on, shortened
from tusoi.translations import Translated

NO_RECORD: Final = N_("(chưa có hồ sơ)")
BROKEN: Final = N_("(hồ sơ đang chờ sửa)")
_COMMON: Final = "common"
_SHARED: Final = N_("Văn bản dùng chung")
"""What belongs to no organisation here has no page of its own to be named after."""
TEXT_OF_PART: Final = {"finding": "statement", "issue": "statement", "action": "content", "milestone": "content", "criterion": "text"}


@dataclass(frozen=True)
class Titles:
    """Names and addresses of everything in a register. `paged` are the kinds of part that have a page of their own."""

    register: Register
    paged: frozenset[str] = frozenset()
    _words: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def kind(self, name: str) -> str:
        """Give the name of a kind of record."""
        kind = self.register.kinds.get(name)
        return kind.words.get(language(), name) if kind else name

    def full(self, ref: str) -> str:
        """Give the title of a record or part; what is not there says so."""
        thing = self.register.find(ref)
        if ref == _COMMON:
            return _(_SHARED)
        if thing is None:
            return _(BROKEN if ref.partition("#")[0] in self.register.reserved else NO_RECORD)
        return self.of_part(thing) if isinstance(thing, Part) else self.of_record(thing)

    def short(self, ref: str) -> str:
        """Give a short title, for lists and chips: an organisation by its short name."""
        thing = self.register.find(ref)
        if isinstance(thing, Record) and thing.kind == "organisation":
            return str(thing.data.get("short_name") or self.of_record(thing))
        return shortened(self.full(ref))

    def organisation(self, record_or_part: Record | Part) -> str:
        """Give the name of the organisation in whose folder something is."""
        record = record_or_part.record if isinstance(record_or_part, Part) else record_or_part
        return self.full(record.organisation) if record.organisation in self.register.records and record.organisation != record.id else ""

    def of_record(self, record: Record, *, about: bool = True) -> str:
        """Give the title of a record: its own, or one made of what it is, whose it is and when it was.

        `about` is False where the title is a piece of another: records without titles may be about each other.
        """
        data = record.data
        if record.kind == "organisation":
            return str(data.get("name") or data.get("title") or self.kind(record.kind))
        if record.kind == "document":
            return ": ".join(str(data[key]) for key in ("number", "title") if key in data) or self.kind(record.kind)
        if own := data.get("name") or data.get("title"):
            return str(own)
        pieces = [self.kind(record.kind)]
        if when := data.get("date"):
            pieces.append(on(when))
        if subject := self._about(record) if about else self.organisation(record):
            pieces.append(f"– {subject}")
        return " ".join(pieces)

    def of_part(self, part: Part) -> str:
        """Give the title of a part: what it says, shortened."""
        if key := TEXT_OF_PART.get(part.kind):
            return shortened(str(part.data.get(key, "")))
        if part.kind == "rating" and "of" in part.data:
            return self.full(str(part.data["of"]))
        if part.kind == "session":
            when = on(part.data.get("from"))
            return _("Phiên họp {when}", when=when) if when else _("Phiên họp")
        return self.of_record(part.record, about=False)

    def language(self, ref: str, ours: str) -> str:
        """Give the language of what a ref is called, where it is not ours; else nothing."""
        thing = self.register.find(ref)
        record = thing.record if isinstance(thing, Part) else thing
        spoken = str(record.data.get("lang", ours)) if record else ours
        return spoken if spoken != ours and not self.is_translated(ref) else ""

    def is_translated(self, ref: str) -> bool:
        """Whether what a ref is called by is a translation."""
        return isinstance(self._own(self.register.find(ref)), Translated)

    def _own(self, thing: Record | Part | None) -> object:
        """Give the text that a record or part is called by."""
        if isinstance(thing, Part):
            return thing.data.get(TEXT_OF_PART.get(thing.kind, ""))
        return (thing.data.get("name") or thing.data.get("title")) if thing else None

    def path(self, ref: str) -> str | None:
        """Give the address of a record or part, from the root of the site; None where nothing is there."""
        thing = self.register.find(ref)
        if thing is None:
            return None
        if isinstance(thing, Record):
            return f"{thing.id}.html"
        if thing.kind in self.paged:
            return f"{thing.record.id}/{thing.id}.html"
        outer = thing.id.rpartition(".")[0]
        around = f"{thing.record.id}#{outer}" if outer else thing.record.id
        return f"{self.path(around) or f'{thing.record.id}.html'}#{thing.id.rpartition('.')[2]}"

    def _about(self, record: Record) -> str:
        about = record.data.get("of") or record.data.get("about") or record.data.get("to")
        first = about[0] if isinstance(about, tuple) and about else about
        thing = self.register.find(first) if isinstance(first, str) else None
        if isinstance(thing, Record) and thing.kind == "role" and record.kind == "feedback":
            return self.short(thing.organisation)  # which post is asked about is for members, and every page shows titles
        if isinstance(thing, Record) and thing.kind != "organisation":
            return shortened(self.of_record(thing, about=False))
        if thing is not None:
            return self.short(thing.ref)
        start = day(record.data.get("from"))
        return self.organisation(record) or start


def relative(here: str, there: str) -> str:
    """Give the way from one page to another, so that the site opens from any folder, and from a disk."""
    page, mark, anchor = there.partition("#")
    way = posixpath.relpath(page, posixpath.dirname(here) or ".")
    return f"{way}{mark}{anchor}"
