"""Hand-written pages in a language into which nobody has translated them: they stand there in their own, and say so."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from tusoi.speech import OURS, _

_FILE: Final = re.compile(r"(?<=\]\()(?!<|#|/|[a-z]+:)([^)\s#?]+\.(?!md\b)[A-Za-z0-9]+)")
"""Where a link or a picture of Markdown leads to a file that is no page."""


def markdown(text: str, path: str, borrowed: str) -> str:
    """Give the text of a page so that it finds its pictures from another address. `path` is its own, `borrowed` the other, both below docs/."""
    here, there = posixpath.dirname(path), posixpath.dirname(borrowed)
    return _FILE.sub(lambda found: posixpath.relpath(posixpath.join(here, found[1]), there), text)


def html(content: str) -> str:
    """Say above the content of such a page that it is in Vietnamese."""
    said = _("Trang này chỉ có tiếng Việt.")
    return f'<p class="ts-note ts-note--info" role="note">{said}</p>\n<div lang="{OURS}">\n{content}\n</div>'
