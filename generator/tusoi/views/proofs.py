"""What proves that something was done: documents, files, descriptions, and photographs that may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tusoi import telling
from tusoi.attachments import may_be_shown
from tusoi.dates import Span, span
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.document_name import document_words
from tusoi.views.world import World


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph of what was done, or of how it was before."""

    file: str
    """Its path below the project's folder."""
    caption: str
    taken: Span | None
    words: str
    """The caption, the day and whose picture it is."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves something: a document, and what else is said of it."""

    document: str
    """`21-QĐ/UBND, ngày 26/5/2025`; empty where it is no document."""
    ref: str
    """The document's own record, or empty."""
    words: str
    """The description, the file, the day."""
    picture: Picture | None = None
    """Where it is a photograph that may be shown."""


def evidence(world: World, record: Record, entry: Mapping[str, Any]) -> tuple[Proof, ...]:
    """Name what proves it: documents, files, photographs, descriptions."""
    proofs = (_proof(world, record, item) for item in entry.get("evidence", ()))
    return tuple(each for each in proofs if each.document or each.words or each.picture)


def _proof(world: World, record: Record, item: Mapping[str, Any]) -> Proof:
    document = item.get("document", {})
    ref, path = str(document.get("of", "")), str(item.get("file", {}).get("path", ""))
    file = f"records/{record.organisation}/{path}"
    is_shown = may_be_shown(item) and file in world.pictures
    caption = str(item.get("text", "")).strip().removesuffix(".")
    pieces = (
        caption,
        "" if is_shown else path.rsplit("/", 1)[-1],
        telling.on(item["date"]) if "date" in item else "",
        _("nguồn ảnh: {name}", name=item["credit"]) if "credit" in item else "",
    )
    words = ", ".join(piece for piece in pieces if piece)
    picture = Picture(file, caption or _("Ảnh minh chứng, không có lời chú"), span(item.get("date")), words) if is_shown else None
    return Proof(document_words(document) or (world.titles.full(ref) if ref else ""), ref, words, picture)
