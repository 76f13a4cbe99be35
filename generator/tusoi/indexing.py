"""The files in which a browser searches, for every language of a site: beneath the root of each, so that each finds its own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files as packaged
from typing import Final

from tusoi import page, searching, searching_words
from tusoi.page import Page
from tusoi.searching import Entry
from tusoi.speech import speaking
from tusoi.views.world import Site

_NOT_FOUND: Final = ("index.html", searching.PAGE)
"""Nobody looks for the first page, nor for the one on which one searches."""


def files(  # noqa: PLR0913, PLR0917 -- each is one plain fact about the site
    pages: Iterable[Page],
    written: Mapping[str, Iterable[Entry]],
    site: Site,
    near: Iterable[str],
    overrides: Mapping[str, str],
    reword: Callable[[str], str] | None = None,
) -> dict[str, str]:
    """Give the files by their paths below the site.

    `written` are the entries of pages that were written by hand, by language; `near` are the groups of words that a project adds.
    """
    found = {each: list(written.get(each, ())) for each in site.languages}
    for made in pages:
        if made.entry and made.entry.path not in _NOT_FOUND:
            found[made.language].append(made.entry)
    groups, shapes = searching_words.groups(near), page.shapes(overrides)
    made_files: dict[str, str] = {}
    for language, entries in found.items():
        with speaking(language, reword):
            texts = searching.files(entries, program(), searching_words.said(), groups, shapes)
        made_files |= {f"{page.root_of(language, site)}{path}": text for path, text in texts.items()}
    return made_files


@cache
def program() -> str:
    """Give the script that searches and shows what was found."""
    there = (each for each in (packaged("tusoi") / "assets" / "on_demand").iterdir() if each.name.endswith(".js"))
    return "\n".join(each.read_text(encoding="utf-8") for each in sorted(there, key=lambda each: each.name))
