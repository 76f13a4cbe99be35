"""The style and the scripts of the pages, each as one file: a phone on a slow line asks once for all of them.

Every `.css` and `.js` file of `assets/` is in it, in the order of their names. A script keeps its names to itself: each is one function that calls itself.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

STYLE: Final = "assets/tusoi/trang.css"
SCRIPT: Final = "assets/tusoi/trang.js"
"""Where they are on the site."""


def both(brand: str = "") -> dict[str, str]:
    """Give both files by their addresses. `brand` is the style of the site's own colours."""
    return {STYLE: f"{_all('.css')}{brand}", SCRIPT: _all(".js")}


def _all(ending: str) -> str:
    there = (each for each in (files("tusoi") / "assets").iterdir() if each.name.endswith(ending))
    return "\n".join(each.read_text(encoding="utf-8") for each in sorted(there, key=lambda each: each.name))
