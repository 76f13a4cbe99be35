"""Few pages that stand for all: of the built sites as many as are needed to see every template, every state on it, and every piece of which pages are made.

The choice is made from the pages as they are built. A page is of a sort: the template that makes it. What it shows are its states (their colours, on
each sort of page; each shape and each state's words somewhere) and its pieces (the class names of our style sheets, somewhere).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from conftest import FOLDERS, ROOT

_CHIP: Final = re.compile(r'class="[^"]*\bts-chip--(\w+)[^"]*"[^>]*>\s*<svg[^>]*>(.*?)</svg>\s*<span[^>]*>(.*?)</span>', re.DOTALL)
_CLASSES: Final = re.compile(r'class="([^"]*\bts-[^"]*)"')
_NUMBERS: Final = re.compile(r"\d[\d.,/]*|[(–:].*", re.DOTALL)
_SET: Final = re.compile(r'^{% set (each|path) = "(.*)" %}$', re.MULTILINE)
_LANGUAGE: Final = re.compile(r"[a-z]{2}")


@dataclass(frozen=True)
class Chosen:
    """A page that stands for others."""

    site: str
    path: str
    sort: str


def cover(sites: Mapping[str, Path]) -> list[Chosen]:
    """Choose pages: again and again the one that shows most of what was not seen yet; of equals, one of the first site, and the shortest."""
    shown: dict[Chosen, frozenset[tuple[str, ...]]] = {}
    lengths: dict[Chosen, int] = {}
    for site, folder in sites.items():
        for file in sorted(folder.rglob("*.html")):
            path = file.relative_to(folder).as_posix()
            html = file.read_text(encoding="utf-8")
            page = Chosen(site, path, sort_of(path))
            shown[page], lengths[page] = frozenset(_features(page, html)), len(html)
    chosen: list[Chosen] = []
    left, order = set().union(*shown.values()), list(sites)
    while left:
        best = min(shown, key=lambda page: (-len(shown[page] & left), order.index(page.site), lengths[page], page.path))
        chosen.append(best)
        left -= shown[best]
    return sorted(chosen, key=lambda page: (page.sort, page.site, page.path))


def sort_of(path: str) -> str:
    """Say which template makes a page: `plans`, `reviews/F`, `bang/qua-han`, `organisation`; before a page of another language stands its name."""
    parts = path.removesuffix(".html").split("/")
    if _LANGUAGE.fullmatch(parts[0]):
        return f"{parts[0]}:{sort_of('/'.join(parts[1:]) + '.html')}"
    if len(parts) == 1:
        return parts[0] if parts[0] in {*single_pages(), *written_pages(), "404", "project"} else "organisation"
    if parts[0] in ("mau", "quy-tac"):
        return f"{parts[0]}/{'index' if parts[1] == 'index' else '*'}"
    if parts[0] == "bang":
        return path.removesuffix(".html")
    return "/".join((parts[1], *(re.sub(r"\d", "", each) for each in parts[3:])))


MAIN: Final = frozenset(("index", "organisation", "reviews/F", "plans", "plans/A", "bang/qua-han", "don-vi"))
"""What most people read: these pages are looked at in every language."""


@functools.cache
def single_pages() -> frozenset[str]:
    """Name the pages of templates without `each`."""
    said = {name: dict(_SET.findall(text)) for name, text in templates().items()}
    return frozenset(each.get("path", f"{name}.html").removesuffix(".html") for name, each in said.items() if "each" not in each)


@functools.cache
def written_pages() -> frozenset[str]:
    """Name the pages that are written by hand."""
    return frozenset(file.stem for folder in (ROOT, FOLDERS["example"]) for file in (folder / "docs").glob("*.md"))


def kinds() -> frozenset[str]:
    """Name the kinds of records and parts that have a template of their own."""
    return frozenset(each for text in templates().values() if (each := dict(_SET.findall(text)).get("each")))


@functools.cache
def templates() -> Mapping[str, str]:
    """Give the text of every template of a page, by its name."""
    folder = ROOT / "generator/tusoi/pages"
    return {file.name.removesuffix(".html.j2"): file.read_text(encoding="utf-8") for file in sorted(folder.glob("[!_]*.html.j2"))}


def _features(page: Chosen, html: str) -> Iterable[tuple[str, ...]]:
    language, colon, sort = page.sort.partition(":")
    if colon:  # the same templates in other words
        yield from [("language", language, sort)] if sort in MAIN else []
        return
    yield ("sort", page.sort)
    if page.sort == "index":
        yield ("first page", page.site)
    for tone, drawn, words in _CHIP.findall(html):
        yield ("colour", page.sort, tone)
        yield ("shape", re.sub(r"\s+", " ", drawn))
        yield ("words", " ".join(_NUMBERS.sub("", unescape(re.sub(r"<[^>]+>", "", words))).split()))
    for classes in _CLASSES.findall(html):
        for each in classes.split():
            yield ("piece", each)
