"""Where a record was before it moved: a small page at every old address says so in words and leads on, at once where the browser does so by itself.

Such a page is in no search and in no map of the site, and asks not to be indexed. Its parts had addresses of their own; they lead on, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import urljoin

from markupsafe import Markup, escape

from tusoi.record import Record, Register
from tusoi.speech import _, language, speaking
from tusoi.titles import Titles, relative

_PAGE: Final = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={way}">
<link rel="canonical" href="{address}">
<link rel="icon" href="data:,">
<title>{moved}</title>
<style>:root {{ color-scheme: light dark; }} body {{ font: 1.125rem/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem; }}</style>
<script>location.replace(new URL("{way}", location).href + location.search + location.hash);</script>
</head>
<body>
<main>
<h1>{moved}</h1>
<p>{now}</p>
</main>
</body>
</html>
""")
"""The script does what the line above it does, and keeps the place in the page; without it the line is enough."""


def pages(register: Register, there: Collection[str], languages: tuple[str, ...], address: str = "") -> dict[str, str]:
    """Give the pages of old addresses, by their paths. `there` are the paths of the site's pages; `address` is that of the site, where it is known."""
    titles, made = Titles(register), {}
    for spoken in languages:
        root = "" if spoken == languages[0] else f"{spoken}/"
        with speaking(spoken):
            for old, new, title in _moved(register, titles):
                if f"{root}{new}" in there and f"{root}{old}" not in there:
                    made[f"{root}{old}"] = _page(f"{root}{old}", f"{root}{new}", title, address)
    return dict(sorted(made.items()))


def _moved(register: Register, titles: Titles) -> Iterator[tuple[str, str, Markup]]:
    """Give each old address, the new one, and what is there."""
    for record in register.records.values():
        for former in record.data.get("formerly", ()):
            yield f"{former}.html", f"{record.id}.html", _named(titles, record.ref, record)
            for part in record.parts:
                yield f"{former}/{part.id}.html", f"{record.id}/{part.id}.html", _named(titles, part.ref, record)


def _named(titles: Titles, ref: str, record: Record) -> Markup:
    """Name the page, in the language that it is called by."""
    spoken = str(record.data.get("lang") or "vi")
    title = titles.full(ref)
    return Markup('<span lang="{}">{}</span>').format(spoken, title) if spoken != language() else escape(title)


def _page(old: str, new: str, title: Markup, address: str) -> str:
    way = relative(old, new)
    link = Markup('<a href="{}">{}</a>').format(way, title)
    now = escape(_("Trang này nay ở: {page}")).format(page=link)
    return str(_PAGE.format(language=language(), way=way, address=urljoin(address, new) if address else way, moved=_("Trang này đã đổi chỗ"), now=now))
