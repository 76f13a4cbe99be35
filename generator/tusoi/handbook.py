"""The hand-written pages that every site has: how to write records, how to read the pages.

They stand once, in `docs/` of the repository, which the wheel has within the package. A project's own page of the same name takes the place of ours in every
language, and a picture of its own that of the picture.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from tusoi import borrowed, load
from tusoi.speech import OURS

HERE: Final = Path(__file__).parent
PAGES: Final = ("cach-doc.md", "huong-dan.md", "quy-tac-chung-chung.md")
"""What is true of every site: they name no record that is there, and no page that a project could lack but for boards."""
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


def home() -> Path:
    """Give the folder in whose `docs/` they are: the package, or the checkout around it."""
    return HERE if (HERE / "docs").is_dir() else HERE.parents[1]


def files(own: Path, languages: Sequence[str]) -> dict[str, str | bytes]:
    """Give the pages and the pictures that they show, by their paths below `docs/`, without what a project's `own` folder has."""
    docs = home() / "docs"
    pages = {place: borrowed.markdown((docs / source).read_text(encoding="utf-8"), source, place) for place, source in _places(own, languages).items()}
    shown = {posixpath.normpath(posixpath.join(posixpath.dirname(place), way)) for place, text in pages.items() for way in _PICTURE.findall(text)}
    return pages | {each: (docs / each).read_bytes() for each in sorted(shown) if not (own / each).exists()}


def named(own: Path, languages: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Give those that say at their heads that they are to be linked, as `load.answering` does for a project's own pages."""
    said, places = _said(), {_address(place): _address(source) for place, source in _places(own, languages).items()}
    return {place: said[source] for place, source in places.items() if source in said}


def _places(own: Path, languages: Sequence[str]) -> dict[str, str]:
    """Give where our pages stand on a site, and the file of ours that each is made from."""
    wanted = [each for each in PAGES if not (own / each).exists()]
    all_places = {_below(spoken, languages[0], page): _below(spoken, OURS, page) for spoken in languages for page in wanted}
    return {place: source for place, source in all_places.items() if not (own / place).exists()}


def _below(language: str, first: str, page: str) -> str:
    return page if language == first else f"{language}/{page}"


def _address(path: str) -> str:
    return f"{path.removesuffix('.md')}.html"


@cache
def _said() -> Mapping[str, tuple[str, str]]:
    return load.answering(home())
