"""What a screen reader is told, as text: Chromium's tree of roles, names and states of one page of each sort. `--bless` accepts a change; read the diff."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

import pytest

from conftest import ROOT
from visitor import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.build]

TREES = ROOT / "tests/trees"


@pytest.mark.parametrize("name", PAGES)
def test_a_screen_reader_is_told_what_was_accepted(name: str, opened: Callable[..., Any], bless: bool) -> None:  # noqa: FBT001 -- a fixture
    """On a phone. Of the first page all is kept, of the others what stands in the page itself: what is around it is the same everywhere."""
    tab = opened(PAGES[name])
    told = tree(tab, whole=name == "home")
    file = TREES / f"{name}.yml"
    if bless:
        TREES.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8", newline="\n")
    accepted = file.read_text(encoding="utf-8")
    assert told == accepted, "\n".join(difflib.unified_diff(accepted.splitlines(), told.splitlines(), "accepted", "now", lineterm="", n=1))


def tree(tab: Any, *, whole: bool) -> str:
    """Give the tree as text."""
    place = tab.locator("body") if whole else tab.locator("article")
    return str(place.aria_snapshot()) + "\n"


@pytest.mark.parametrize(
    "breaking",
    [
        "document.querySelector('article a').removeAttribute('href')",
        "document.querySelector('article h2').outerHTML = '<p>' + document.querySelector('article h2').textContent + '</p>'",
        "document.querySelector('article p').setAttribute('aria-hidden', 'true')",
    ],
)
def test_what_is_taken_from_a_screen_reader_is_seen_in_the_tree(breaking: str, opened: Callable[..., Any]) -> None:
    tab = opened(PAGES["finding"])
    before = tree(tab, whole=False)
    tab.evaluate(breaking)
    assert tree(tab, whole=False) != before
