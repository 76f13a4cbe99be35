"""Nobody is shut out: axe on every template with all its states.

axe runs over pages that stand for all (covering.py), light and dark, on a phone and on a desk, under its tags of WCAG 2.2 A and AA and of good practice.
What of it stays is in `seen/axe.yml`, by rule, with the reason: what stands around every page, and what axe cannot decide and a person has looked at. The
same visit finds messages in the console, requests that leave the site, and what is wider than the screen.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import FOLDERS, ROOT
from covering import Chosen, cover, kinds, single_pages, sort_of
from tusoi import flow

pytestmark = [pytest.mark.browser, pytest.mark.build]

AXE = ROOT / "node_modules/axe-core/axe.min.js"
KNOWN = ROOT / "tests/seen/axe.yml"
SITES = ("history", "real")
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
SHARES = 12
"""Into so many parts the pages are divided, each a test, so that workers share them. A sort of page is in one part only."""

PARTS = {
    "finding": "reviews/F",
    "action": "plans/A",
    "issue": "suggestions/I",
    "organisation": "organisation",
    "kind": "mau/*",
    "rule": "quy-tac/*",
    "record": "project",
}
WITHOUT_A_PAGE = {"handover"}
"""The kinds of which neither site has a record."""

RUN = """
async (excepted) => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations", "incomplete"] });
  const isExcepted = (rule, node, isDecided) => {
    const place = node.target.length === 1 && typeof node.target[0] === "string" ? document.querySelector(node.target[0]) : null;
    return excepted.some((each) => each.rule === rule && !(each.undecided && isDecided) && place?.matches(each.selector));
  };
  const why = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.data?.messageKey ?? check.id).join(" ");
  const listed = (rules, isDecided) =>
    rules.flatMap(({ id, nodes }) => nodes.map((node) => [id, why(node), node.target.join(" "), isExcepted(id, node, isDecided)]));
  const [wrong, undecided] = [listed(found.violations, true), listed(found.incomplete, false)];
  return {
    wrong: wrong.filter(([, , , known]) => !known).map(([rule, , target]) => `${rule}: ${target}`),
    excepted: [...wrong, ...undecided].filter(([, , , known]) => known).map(([rule]) => rule),
    undecided: undecided.filter(([, , , known]) => !known).map(([rule, reason]) => `${rule} (${reason})`),
    tooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    scheme: getComputedStyle(document.documentElement).colorScheme,
  };
}
"""


@functools.cache
def known() -> Mapping[str, list[dict[str, Any]]]:
    """Give what we have looked at."""
    found = yaml.safe_load(KNOWN.read_text(encoding="utf-8"))
    return {name: found[name] or [] for name in ("excepted", "undecided")}


def excepted() -> list[dict[str, Any]]:
    """Give what is excepted as the browser wants it."""
    return [{"rule": each["rule"], "selector": each["selector"], "undecided": each.get("undecided", False)} for each in known()["excepted"]]


@dataclass
class Visit:
    """What was found on pages, until somebody asks."""

    wrong: list[str] = field(default_factory=list)
    undecided: dict[str, set[str]] = field(default_factory=dict)

    def watch(self, tab: Any, address: str) -> None:
        """Note what the browser says by itself: messages, mistakes, and requests that leave the site."""
        tab.on("console", lambda message: self.wrong.append(f"{tab.url}: console: {message.text}") if message.type == "error" else None)
        tab.on("pageerror", lambda error: self.wrong.append(f"{tab.url}: error: {error}"))
        tab.on("request", lambda asked: self.wrong.append(f"{tab.url}: leaves: {asked.url}") if not asked.url.startswith((address, "data:", "blob:")) else None)

    def look(self, tab: Any, page: Chosen, address: str, scheme: str) -> None:
        """Open a page, unfold everything, and let axe look at it at each width."""
        tab.goto(address + page.path, wait_until="load")
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            found = tab.evaluate(RUN, excepted())
            place = f"{page.site} {page.path} ({width}, {scheme})"
            self.wrong.extend(f"{place}: {each}" for each in found["wrong"])
            self.wrong.extend([f"{place}: wider than the screen"] if found["tooWide"] else [])
            for each in found["undecided"]:
                self.undecided.setdefault(each, set()).add(page.sort)


@pytest.fixture(scope="session")
def chosen(built: Callable[[str], Path]) -> list[Chosen]:
    """Give the pages that stand for all."""
    return cover({name: built(name) for name in SITES})


def shares(chosen: list[Chosen]) -> list[list[Chosen]]:
    """Divide the pages, each sort as a whole, so that the parts are about as large."""
    sorts: dict[str, list[Chosen]] = {}
    for page in chosen:
        sorts.setdefault(page.sort, []).append(page)
    parts: list[list[Chosen]] = [[] for _ in range(SHARES)]
    for pages in sorted(sorts.values(), key=len, reverse=True):
        min(parts, key=len).extend(pages)
    return parts


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_and_the_browser_find_nothing_wrong_on_any_sort_of_page(share: int, chosen: list[Chosen], served: Callable[[str], str], browser: Any) -> None:
    """In light and dark, on a phone and on a desk, with everything unfolded."""
    pages = shares(chosen)[share]
    visit = Visit()
    for scheme in SCHEMES:
        for site in SITES:
            context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
            tab = context.new_page()
            visit.watch(tab, served(site))
            for page in (each for each in pages if each.site == site):
                visit.look(tab, page, served(site), scheme)
            context.close()
    wrong = [*visit.wrong, *_not_looked_at(visit.undecided, {page.sort for page in pages})]
    assert wrong == [], "\n".join(wrong)


def _not_looked_at(undecided: Mapping[str, set[str]], sorts: set[str]) -> list[str]:
    """Say where what axe cannot decide differs from what somebody has looked at."""
    listed = {each["what"]: each["pages"] for each in known()["undecided"]}
    found = {(what, sort) for what, on in undecided.items() for sort in on if listed.get(what) != "*"}
    looked_at = {(what, sort) for what, on in listed.items() if on != "*" for sort in sorts.intersection(on)}
    new = [f"look at it, and write it down in {KNOWN.name}: {what} on {sort}" for what, sort in sorted(found - looked_at)]
    return [*new, *(f"no longer so, take it out of {KNOWN.name}: {what} on {sort}" for what, sort in sorted(looked_at - found))]


def test_every_template_and_every_state_is_among_the_pages_that_stand_for_all(chosen: list[Chosen], built: Callable[[str], Path]) -> None:
    """Each sort of page that the sites have, and each template that is not of a kind without any record in them."""
    sorts = {page.sort for page in chosen}
    there = {sort_of(file.relative_to(built(name)).as_posix()) for name in SITES for file in built(name).rglob("*.html")}
    assert {sort for sort in there if ":" not in sort} - sorts == set()
    assert single_pages() - sorts == set()
    plurals = {name: kind.plural for name, kind in flow.read(FOLDERS["example"]).register.kinds.items()}
    sorts_of_kinds = {kind: PARTS.get(kind, plurals.get(kind, kind)) for kind in kinds()}
    assert {kind for kind, sort in sorts_of_kinds.items() if sort not in sorts} == WITHOUT_A_PAGE


def test_what_is_excepted_is_still_there_and_says_since_when_and_why(served: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": WIDTHS[0], "height": 900}, reduced_motion="reduce", bypass_csp=True)
    for path in sorted({each["seen_on"] for each in known()["excepted"]}):
        tab.goto(served("history") + path)
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        found = set()
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            found |= set(tab.evaluate(RUN, excepted())["excepted"])
        assert {each["rule"] for each in known()["excepted"] if each["seen_on"] == path} - found == set(), path
    tab.close()
    for each in known()["excepted"]:
        assert isinstance(each["since"], date)
    for each in (*known()["excepted"], *known()["undecided"]):
        assert len(each["because"]) > 20


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<p style='color: #888; background: #999'>Chữ mờ</p>", "color-contrast"),
        ("<button></button>", "button-name"),
        ("<input type='text'>", "label"),
        ("<button style='all: unset; font-size: 8px'>Nhỏ</button>" * 2, "target-size"),
        ("<h6>Nhảy bậc</h6>", "heading-order"),
    ],
)
def test_a_page_that_is_broken_on_purpose_is_found(html: str, rule: str, served: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": WIDTHS[0], "height": 900}, bypass_csp=True)
    tab.goto(served("history"))
    tab.evaluate("(html) => document.querySelector('article').insertAdjacentHTML('beforeend', html)", html)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    wrong = tab.evaluate(RUN, excepted())["wrong"]
    assert [each for each in wrong if each.startswith(f"{rule}:")], wrong
    tab.close()
