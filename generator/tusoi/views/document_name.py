"""What a document is called where a record names it in line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tusoi import telling


def document_words(document: Mapping[str, Any] | None) -> str:
    """Name a document: number, title, date."""
    if not document:
        return ""
    pieces = [str(document[key]) for key in ("number", "title") if key in document]
    if "date" in document:
        pieces.append(telling.on(document["date"]))
    return ", ".join(pieces)
