"""A visitor who begins at the first page in a real browser: what they press and type is counted, and only what they can see is read.

Things are found by their role and the words on them, never by where a design puts them. What is folded up is opened first, and that is a press, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

PAGES: Final[Mapping[str, str]] = {
    "home": "index.html",
    "organisation": "dang-uy-xa-an-mau.html",
    "finding": "dang-uy-xa-an-mau/reviews/2024/F1.html",
    "plan": "dang-uy-xa-an-mau/plans/2024.html",
    "action": "dang-uy-xa-an-mau/plans/2025/A2.html",
    "board": "bang/qua-han.html",
}
"""What most people read, in the example: one page of each sort."""

SEEING: Final = """
  const plain = (text) => (text ?? "").normalize("NFC").replace(/\\s+/gu, " ").replace(/\\s*¶$/u, "").trim();
  const main = document.querySelector("article, main") ?? document.body;
  const title = () => plain(document.querySelector("h1").innerText);
  const above = (place) => {
    const heads = [...document.querySelectorAll("h1, h2, h3, h4")].filter((head) => head.checkVisibility() && !place.contains(head));
    return plain(heads.filter((head) => head.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING || head.contains(place)).at(-1)?.innerText);
  };
"""

READS: Final = (
    "({ wanted, longest }) => {"
    + SEEING
    + """
  let best = null;
  for (const each of [main, ...main.querySelectorAll("*")]) {
    if (!each.checkVisibility()) continue;
    const text = plain(each.innerText);
    if ((best === null || text.length <= best.text.length) && wanted.every((words) => text.includes(words))) best = { each, text };
  }
  if (best && best.text.length <= longest) return { text: best.text, seen: [title(), above(best.each)] };
  return { missing: wanted.filter((words) => !plain(main.innerText).includes(words)) };
}"""
)
"""The smallest piece of the page in which all the words can be seen together, and the heading above it."""

ROW: Final = (
    "(wanted) => {"
    + SEEING
    + """
  const group = (row) => [...(row.closest("tbody")?.querySelectorAll("th[scope=colgroup], th[scope=rowgroup]") ?? [])];
  const seen = (row) => plain([...group(row), row].map((each) => each.innerText).join(" "));
  for (const row of main.querySelectorAll("tbody tr, tfoot tr")) {
    if (!row.checkVisibility() || !wanted.every((words) => seen(row).includes(words))) continue;
    const heads = [...row.closest("table").querySelectorAll("thead th")].map((head) => plain(head.textContent));
    let column = 0;
    const cells = [...row.cells].map((cell) => {
      const head = plain(cell.dataset.label ?? heads[column] ?? String(column));
      column += cell.colSpan;
      return [head, plain(cell.textContent)];
    });
    return { cells: Object.fromEntries(cells), seen: [title(), above(row)] };
  }
  return null;
}"""
)
"""A row of a table by the words in it or above it, as a mapping of heads to cells."""

FOLDED: Final = """
(link) => {
  const folded = [];
  for (let each = link.closest("details:not([open])"); each; each = each.parentElement?.closest("details:not([open])")) folded.unshift(each);
  return folded.length ? folded.map((each) => each.querySelector("summary").innerText.trim()) : null;
}
"""


@dataclass(frozen=True)
class Answer:
    """What a visitor found, and what it took."""

    clicks: int
    typed: int
    page: str
    """The title that stands on the page."""
    where: str
    """The heading under which the answer stands."""


class Visitor:
    """Somebody in a browser, on the first page of a site."""

    def __init__(self, tab: Any, address: str) -> None:
        self.tab = tab
        self.home = address
        self.clicks = 0
        self.typed = 0
        self.seen: list[tuple[str, ...]] = []
        tab.goto(f"{address}index.html", wait_until="domcontentloaded")

    def follow(self, *words: str) -> None:
        """Press the link that says the first of these that there is, unfolding what it stands in; where the page has none, the one in the menu."""
        link = next((found for each in words if (found := self._on_page(each))), None) or self._in_menu(words[-1])
        for summary in link.evaluate(FOLDED) or ():
            self._press(self.tab.locator("summary", has_text=summary).first)
        self._press(link)
        self.seen.clear()
        self.tab.wait_for_load_state("domcontentloaded")

    def unfold(self, words: str) -> None:
        """Press the line that begins so, below which something is folded up."""
        self._press(self._main().locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).first)

    def type(self, label: str, words: str) -> None:
        """Type words into the field that is called so."""
        self._main().get_by_label(label).first.press_sequentially(words)
        self.typed += 1

    def download(self, words: str) -> str:
        """Press the link or button that gives a file, and read the file."""
        with self.tab.expect_download() as awaited:
            self._press(self._on_page(words))
        with open(awaited.value.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123 -- a path that may be text
            return file.read()

    def read(self, *wanted: str, longest: int = 900) -> str:
        """Read the piece of the page in which all these words can be seen, and nothing longer than somebody reads in a moment."""
        found: Mapping[str, Any] = self.tab.evaluate(READS, {"wanted": [_plain(each) for each in wanted], "longest": longest})
        assert "text" in found, f"{self.tab.url}: not seen together in {longest} characters: {wanted}; not on the page at all: {found['missing']}"
        self.seen.append(tuple(found["seen"]))
        return str(found["text"])

    def row(self, *wanted: str) -> dict[str, str]:
        """Give the cells of the row of a table that has these words, by their heads."""
        found = self.tab.evaluate(ROW, [_plain(each) for each in wanted])
        assert found, f"{self.tab.url}: no row in sight has {wanted}"
        self.seen.append(tuple(found["seen"]))
        return dict(found["cells"])

    def answer(self) -> Answer:
        """Say what it took, and where the first thing stood that was read on the last page."""
        return Answer(self.clicks, self.typed, *self.seen[0])

    def _main(self) -> Any:
        articles = self.tab.locator("article")
        return (articles if articles.count() else self.tab.locator("main")).first

    def _press(self, what: Any) -> None:
        what.click()
        self.clicks += 1

    def _on_page(self, words: str) -> Any:
        """Find what can be pressed: first what says exactly this and is in sight, then what begins so, then what is folded up."""
        main = self._main()
        either = main.get_by_role("link").or_(main.get_by_role("button"))
        for how in (rf"^\s*{re.escape(words)}\s*$", rf"^\s*{re.escape(words)}"):
            for found in (either.filter(has_text=re.compile(how)), main.locator("details:not([open]) a").filter(has_text=re.compile(how))):
                if found.count():
                    return found.first.element_handle()
        return None

    def _in_menu(self, words: str) -> Any:
        """Find a link of the menu: on a phone the menu is opened first, and everywhere the group in which the link stands."""
        link = self.tab.locator("nav.md-nav--primary a").filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")).first
        assert link.count(), f"{self.tab.url}: nothing to press says “{words}”"
        opener = self.tab.locator(".ts-menu-button")
        if opener.is_visible():
            self._press(opener)
        if not link.is_visible():
            self._press(link.locator("xpath=ancestor::li[contains(@class, 'md-nav__item--nested')][1]").locator("label.md-nav__link").first)
        return link.element_handle()


def _plain(text: str) -> str:
    return " ".join(text.split())
