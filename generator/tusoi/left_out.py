"""The boards that a project leaves out: no page, no line in the menu, and no link that leads nowhere.

Templates and hand-written pages name boards as if all were there; what leads to one that is not is taken out here, in one place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from tusoi.titles import relative

FOLDER: Final = "bang/"
_LINK: Final = r'<a(?=\s)[^>]*\shref="(?:{ways})(?:[?#][^"]*)?"[^>]*>(?P<text>(?:(?!</a>).)*)</a>'
_HOLE: Final = "\0"
"""Where a line of a list was taken out: no page has such a sign."""
_ALONE: Final[Mapping[str, str]] = {
    r"<li[^>]*>\s*{link}\s*</li>\n?": _HOLE,
    r"<p[^>]*>\s*{link}\s*</p>\n?": "",
    r"\s·\s{link}(?!\w)": "",
    r"{link}\s·\s": "",
}
"""Around a link that says nothing but the name of a board: it goes with it, and this stays."""
_EMPTIED: Final = re.compile(rf"<(ul|ol)[^>]*>(?=[^<]*{_HOLE})[\s{_HOLE}]*</\1>\n?")
"""A list in which nothing is left; one that was empty before waits for a script to fill it."""
_WRITTEN: Final = re.compile(r"(?P<item>^[ \t]*[-*+][ \t]+)?\[(?P<text>[^\]\n]*)\]\((?P<way>[^)\s#]+)(?:#[^)\s]*)?\)(?P<rest>[ \t]*$\n?)?", re.MULTILINE)


def addresses(names: Collection[str]) -> frozenset[str]:
    """Give the addresses of the boards of these names."""
    return frozenset(f"{FOLDER}{each}.html" for each in names)


def links(html: str, here: str, gone: Collection[str]) -> str:
    """Take out of the page at `here` the links to addresses that are gone; what is said in a sentence stays as words."""
    ways = "|".join(re.escape(relative(here, each)) for each in sorted(gone))
    if not ways or not re.search(f'href="(?:{ways})["?#]', html):
        return html
    link = _LINK.format(ways=ways)
    for around, left in _ALONE.items():
        html = re.sub(around.replace("{link}", link.replace("?P<text>", "?:")), left, html, flags=re.DOTALL)
    return _EMPTIED.sub("", re.sub(link, r"\g<text>", html, flags=re.DOTALL)).replace(_HOLE, "")


def written(markdown: str, here: str, gone: Collection[str], folders: Sequence[str] = ()) -> str:
    """Take out of a hand-written page at `here` the links to addresses that are gone; a line of a list that is nothing else goes as a whole.

    `folders` are those of other languages, in which the same boards would be.
    """
    bare = [path for each in gone for path in (each, f"{each.removesuffix('.html')}.md")]
    sources = {f"{folder}/{path}" for folder in folders for path in bare} | set(bare)

    def instead(found: re.Match[str]) -> str:
        if posixpath.normpath(posixpath.join(posixpath.dirname(here), found["way"])) not in sources:
            return found[0]
        return "" if found["item"] and found["rest"] is not None else f"{found['item'] or ''}{found['text']}{found['rest'] or ''}"

    return _WRITTEN.sub(instead, markdown)


def menu(stated: Sequence[Any] | None, gone: Collection[str]) -> list[Any] | None:
    """Give the menu of mkdocs.yml without what is gone, and without sections in which nothing is left."""
    if stated is None or not gone:
        return None if stated is None else list(stated)
    kept = (_line(each, gone) for each in stated)
    return [each for each in kept if each is not None]


def _line(stated: Any, gone: Collection[str]) -> Any:
    if isinstance(stated, str):
        return None if _is_gone(stated, gone) else stated
    title, value = next(iter(stated.items())) if isinstance(stated, Mapping) else (None, stated)
    if isinstance(value, list):
        below = menu(value, gone)
        return {title: below} if below else None
    return None if isinstance(value, str) and _is_gone(value, gone) else stated


def _is_gone(path: str, gone: Collection[str]) -> bool:
    return f"{path.removesuffix('.md').removesuffix('.html')}.html" in gone
