"""Words of the field are explained by a tap: each once on a page, from the one list, in both languages, and without scripts by a link to the list."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest

import said
from conftest import ROOT
from tusoi import flow, page, progress
from tusoi.labels import ACTION, FINDING, Label
from tusoi.page import Page
from tusoi.views.words import Explained

DAY: Final = date(2026, 3, 15)
FINDING_PAGE: Final = "dang-uy-thi-tran-minh-hoa/reviews/2024/F1.html"
LIST: Final = "tu-ngu.html"
TERM: Final = re.compile(r'<a class="ts-term" href="([^"]*)" title="([^"]*)">(.*?)</a>', re.DOTALL)
KEPT: Final = re.compile(r'<div data-word="([^"]*)"><p class="ts-explained__name">(.*?)</p><p>(.*?)</p></div>', re.DOTALL)
ROW: Final = re.compile(r'<div class="ts-words__row" id="([^"]*)"><dt>(.*?)</dt><dd>(.*?)</dd>', re.DOTALL)
ASKED: Final = re.compile(r'(?:term|explaining)\((?:[^()]|\([^()]*\))*?"((?:word|kind|beside|finding|action)\.\w+)"')
MOST: Final = 1536
"""So many bytes (gzip) a page may be larger for what it explains."""

COVERED: Final = """
() => [...document.querySelectorAll(".ts-page a:not(.ts-term, .headerlink)")].filter((each) => each.checkVisibility()).filter((each) => {
  each.scrollIntoView({ block: "center" });
  const [box] = each.getClientRects();
  return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest(".ts-term");
}).map((each) => each.textContent)
"""
"""What a word lies over that is pressed as well."""


@cache
def both() -> dict[str, Page]:
    """The example in both languages."""
    return dict(flow.judge(flow.read(ROOT / "generator/tusoi/example"), DAY).pages())


def plain(html: str) -> str:
    """Give what is read of a piece of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def listed(language: str) -> dict[str, tuple[str, str]]:
    """Give what the page of words says: the word and its meaning, by anchor."""
    html = both()[LIST if language == "vi" else f"{language}/{LIST}"].html
    return {anchor: (plain(word), plain(meaning)) for anchor, word, meaning in ROW.findall(html)}


def explained(path: str) -> dict[str, str]:
    """Give the words that a page explains, as it writes them, by anchor."""
    return {address.partition("#")[2]: plain(words) for address, _, words in TERM.findall(both()[path].html)}


class _Around(HTMLParser):
    """Notes within which elements words are explained."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        if dict(attrs).get("class") == "ts-term":
            self.found.append(tuple(self.open))
        if tag not in {"br", "img", "input", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Forget an element that ends, and what ended in it without saying so."""
        while self.open and self.open.pop() != tag:
            pass


class TestPages:
    def test_what_most_people_read_explains_some_words_and_not_many(self) -> None:
        paths = (FINDING_PAGE, "dang-uy-xa-an-mau.html", "dang-uy-xa-an-mau/reviews/2024.html", "dang-uy-xa-an-mau/plans/2024.html")
        counts = {path: len(explained(path)) for path in (*paths, "dang-uy-xa-an-mau/plans/2025/A2.html", "bang/ket-qua-xac-nhan.html")}
        assert {path: count for path, count in counts.items() if not 3 <= count <= Explained.MOST} == {}
        assert max(len(TERM.findall(each.html)) for each in both().values()) <= Explained.MOST

    def test_the_first_status_line_says_a_word_that_is_explained(self) -> None:
        assert explained(FINDING_PAGE)["finding-in-progress"] == "Đang khắc phục"
        assert explained(f"en/{FINDING_PAGE}")["finding-in-progress"] == "In progress"

    def test_every_word_leads_to_its_entry_in_the_language_of_the_page(self) -> None:
        there = {each: set(re.findall(r'\sid="([^"]*)"', both()[each].html)) for each in (LIST, f"en/{LIST}")}
        wrong = []
        for path, each in both().items():
            for address, _, words in TERM.findall(each.html):
                way, _, anchor = address.partition("#")
                place = posixpath.normpath(posixpath.join(posixpath.dirname(path), way))
                if place != (LIST if each.language == "vi" else f"en/{LIST}") or anchor not in there[place]:
                    wrong.append(f"{path}: {words} → {address}")
        assert wrong == []

    def test_a_page_explains_a_word_once_and_holds_what_the_list_says(self) -> None:
        lists = {each: listed(each) for each in ("vi", "en")}
        for path, each in both().items():
            anchors = [address.partition("#")[2] for address, _, _ in TERM.findall(each.html)]
            assert max(Counter(anchors).values(), default=1) == 1, path
            kept = {anchor: (plain(word), plain(meaning)) for anchor, word, meaning in KEPT.findall(each.html)}
            assert kept == {anchor: lists[each.language][anchor] for anchor in anchors}, path

    def test_no_word_is_explained_within_a_link_a_heading_or_a_row_of_a_board(self) -> None:
        wrong = set()
        for path, each in both().items():
            reader = _Around()
            reader.feed(each.html)
            forbidden = {"a", "h1", "h2", "h3", "h4", "button", "summary"} | ({"tr"} if 'data-ts-board="' in each.html else set())
            wrong |= {path for inside in reader.found if forbidden.intersection(inside)}
        assert wrong == set()

    def test_it_costs_a_page_little(self) -> None:
        """Measured against the same page without it."""
        costs = {}
        for path, each in both().items():
            bare = re.sub(r"<template data-ts-explained>.*?</template>", "", TERM.sub(r"\3", each.html), flags=re.DOTALL)
            costs[path] = len(gzip.compress(each.html.encode())) - len(gzip.compress(bare.encode()))
        assert {path: cost for path, cost in costs.items() if cost > MOST} == {}

    def test_the_script_finds_the_ways_last(self) -> None:
        """It takes what stands last as the way to all words, and the button that closes."""
        assert re.search(r'<p class="ts-explained__ways"><a href="[^"]*tu-ngu\.html">.*</button></p>\s*</template>', both()[FINDING_PAGE].html)


class TestList:
    def test_every_entry_has_an_address_of_its_own_and_the_same_in_both_languages(self) -> None:
        rows = [re.findall(r'<(?:div class="ts-words__row"|details class="ts-details")([^>]*)>', both()[path].html) for path in (LIST, f"en/{LIST}")]
        entries = [[each for each in some if "id=" in each] for some in rows]
        assert sorted(entries[0]) == sorted(entries[1])
        assert len(set(entries[0])) == len(entries[0]) > 60
        assert {f"finding-{each.replace('_', '-')}" for each in FINDING} | {f"action-{each.replace('_', '-')}" for each in ACTION} <= listed("vi").keys()

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_every_entry_says_something_else_than_itself(self, language: str) -> None:
        assert {anchor: each for anchor, each in listed(language).items() if len(each[1]) < 15 or each[0] == each[1]} == {}

    def test_every_name_that_a_template_asks_for_is_in_it(self) -> None:
        """Also where no page of the example says the word."""
        asked = {name for path in said.TEMPLATES.glob("*.j2") for name in ASKED.findall(path.read_text(encoding="utf-8"))}
        assert len(asked) > 15
        assert {each for each in asked if each.replace(".", "-").replace("_", "-") not in listed("vi")} == set()

    def test_every_state_that_names_an_entry_names_one(self) -> None:
        named = {each.term for each in _labels() if each.term}
        assert len(named) > 15
        assert {each for each in named if each.replace(".", "-").replace("_", "-") not in listed("vi")} == set()

    def test_a_word_that_the_list_does_not_have_fails_the_build(self) -> None:
        own = '{% extends "_layout.html.j2" %}{% set title = "x" %}{% block body %}{{ m.term("word.nothing", "x") }}{% endblock %}'
        records = flow.read(ROOT / "tests/sample").register
        with pytest.raises(ValueError, match=r"the list of words has no 'word\.nothing'"):
            page.render(records, progress.measure(records, DAY), overrides={"rieng.html.j2": own})

    def test_of_two_words_in_a_sentence_that_of_the_state_is_explained_or_else_the_first_and_longest(self) -> None:
        """Whole words only, and what a sentence has of HTML stays text."""
        own = (
            '{% extends "_layout.html.j2" %}{% set title = "x" %}{% block body %}'
            '<p>{{ m.explaining("Đang làm; 2 việc báo đã xong, chưa rõ ai xác nhận", "word.verification") }}</p>'
            '<p>{{ m.explaining("Có 2 việc báo đã xong, chưa rõ ai xác nhận") }}</p>'
            '<p>{{ m.explaining("<b>đã xonga</b>") }}</p>'
            '<p>{{ m.explaining("<b> đã xong") }}</p>{% endblock %}'
        )
        records = flow.read(ROOT / "tests/sample").register
        html = page.render(records, progress.measure(records, DAY), overrides={"rieng.html.j2": own})["rieng.html"].html
        assert [words for _, _, words in TERM.findall(html)] == ["xác nhận", "báo đã xong", "đã xong"]
        assert "&lt;b&gt;đã xonga&lt;/b&gt;" in html
        assert "&lt;b&gt; <a" in html


def _labels() -> Iterator[Label]:
    """Give every state that the module of labels has."""
    from tusoi import labels

    for each in vars(labels).values():
        yield from (some for some in (each.values() if isinstance(each, dict) else [each]) if isinstance(some, Label))
    yield from (labels.overdue(3), labels.stale(3), labels.long_standing("2012"))


@pytest.mark.browser
@pytest.mark.build
class TestInABrowser:
    @pytest.mark.parametrize("width", [390, 1280])
    def test_a_tap_opens_what_the_list_says_and_nothing_of_it_lies_outside_the_screen(self, width: int, opened: Callable[..., Any]) -> None:
        tab = opened(FINDING_PAGE, width, has_touch=True)
        for number in range(tab.locator(".ts-term").count()):
            word = tab.locator(".ts-term").nth(number)
            anchor = (word.get_attribute("href") or "").partition("#")[2]
            word.tap()
            assert tuple(tab.locator(".ts-explained > p:not(.ts-explained__ways)").all_inner_texts()) == listed("vi")[anchor]
            assert tab.url.endswith(FINDING_PAGE)
            box, view = tab.locator(".ts-explained").bounding_box(), tab.viewport_size
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= view["width"]
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= view["height"]
            tab.keyboard.press("Escape")

    def test_with_keys_it_opens_and_closes_and_one_is_where_one_was(self, opened: Callable[..., Any]) -> None:
        tab = opened(FINDING_PAGE)
        word = tab.locator(".ts-term").nth(1)
        for key in ("Enter", "Space"):
            word.focus()
            tab.keyboard.press(key)
            assert tab.locator(".ts-explained:popover-open").count() == 1
            assert tab.evaluate("document.activeElement.id") == "ts-explained"
            tab.keyboard.press("Escape")
            assert tab.locator(".ts-explained:popover-open").count() == 0
            assert word.evaluate("it => it === document.activeElement")
        word.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "Mọi từ ngữ"
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        assert tab.locator(".ts-explained:popover-open").count() == 0
        assert word.evaluate("it => it === document.activeElement")

    def test_a_tap_beside_it_closes_it_and_so_does_the_word_itself(self, opened: Callable[..., Any]) -> None:
        tab = opened(FINDING_PAGE, 1280)
        word = tab.locator(".ts-term").first
        word.click()
        tab.mouse.click(5, 500)
        tab.wait_for_function("document.activeElement.matches('.ts-term')")
        assert tab.locator(".ts-explained:popover-open").count() == 0
        word.click()
        word.click()
        assert tab.locator(".ts-explained:popover-open").count() == 0
        word.click()
        assert tab.locator(".ts-explained:popover-open").count() == 1

    def test_leaving_it_by_a_key_closes_it(self, opened: Callable[..., Any]) -> None:
        tab = opened(FINDING_PAGE)
        tab.locator(".ts-term").first.press("Enter")
        for _ in range(3):
            tab.keyboard.press("Tab")
        assert tab.locator(".ts-explained:popover-open").count() == 0
        assert tab.evaluate("document.activeElement !== document.body && !document.activeElement.matches('.ts-explained, .ts-explained *')")

    def test_a_screen_reader_is_told_that_it_opens_something_and_what(self, opened: Callable[..., Any]) -> None:
        tab = opened(FINDING_PAGE)
        word = tab.locator(".ts-term").first
        told = tab.get_by_role("button", name="Đang khắc phục", exact=True, expanded=False)
        assert told.count() == 1
        assert word.get_attribute("title") == "Giải thích từ này"
        word.press("Enter")
        assert tab.get_by_role("button", name="Đang khắc phục", exact=True, expanded=True).count() == 1
        assert tab.get_by_role("dialog", name="Đang khắc phục", exact=True).count() == 1

    def test_english_pages_explain_in_english(self, opened: Callable[..., Any]) -> None:
        tab = opened(f"en/{FINDING_PAGE}")
        tab.locator(".ts-term").first.click()
        assert tab.locator(".ts-explained").inner_text().split("\n\n") == [*listed("en")["finding-in-progress"], "All words\nClose"]

    def test_without_scripts_it_leads_to_the_entry(self, opened: Callable[..., Any]) -> None:
        tab = opened(FINDING_PAGE, java_script_enabled=False)
        word = tab.locator(".ts-term").nth(1)
        anchor = (word.get_attribute("href") or "").partition("#")[2]
        assert tab.locator(".ts-explained__name").count() == 0
        word.click()
        assert tab.url.endswith(f"/{LIST}#{anchor}")
        assert tab.locator(f"#{anchor}").bounding_box()["y"] > 40

    def test_a_browser_without_such_boxes_follows_the_link(self, opened: Callable[..., Any]) -> None:
        tab = opened("index.html")
        tab.add_init_script("delete HTMLElement.prototype.popover")
        tab.goto(tab.url.replace("index.html", FINDING_PAGE))
        tab.locator(".ts-term").first.click()
        tab.wait_for_url(f"**/{LIST}#finding-in-progress")

    def test_it_works_from_a_disk(self, built: Callable[[str], Path], browser: Any) -> None:
        tab = browser.new_page()
        tab.goto((built("history") / FINDING_PAGE).as_uri())
        tab.locator(".ts-term").first.click()
        assert tab.locator(".ts-explained:popover-open > p").nth(1).inner_text() == listed("vi")["finding-in-progress"][1]
        tab.locator(".ts-explained a").click()
        tab.wait_for_url(f"**/{LIST}#finding-in-progress")
        tab.close()

    @pytest.mark.parametrize("path", [FINDING_PAGE, "dang-uy-xa-an-mau/plans/2024.html", "bang/ket-qua-xac-nhan.html"])
    def test_a_finger_has_room(self, path: str, opened: Callable[..., Any]) -> None:
        """Where it stands alone 48 pixels, where it stands among words 24; and it never lies over what else is pressed."""
        tab = opened(path)
        sizes = tab.evaluate(
            """() => [...document.querySelectorAll(".ts-term")].filter((each) => each.checkVisibility()).map((each) => {
              each.scrollIntoView({ block: "center" });
              const box = each.getClientRects()[0];
              const hits = (y) => each.contains(document.elementFromPoint(box.left + box.width / 2, y));
              let [top, bottom] = [box.top + box.height / 2, box.top + box.height / 2];
              while (hits(top - 1)) top -= 1;
              while (hits(bottom + 1)) bottom += 1;
              return [each.textContent, Boolean(each.closest("dt, .ts-label, .ts-chip")), bottom - top + 1];
            })"""
        )
        assert sizes
        assert [each for each in sizes if each[2] < (48 if each[1] else 24)] == []
        assert tab.evaluate(COVERED) == []

    def test_paper_shows_nothing_of_it(self, opened: Callable[..., Any]) -> None:
        tab = opened("bang/ket-qua-xac-nhan.html", 1280)
        tab.locator(".ts-term").first.click()
        tab.emulate_media(media="print")
        assert tab.locator(":is(.ts-explained, .ts-terms):visible").count() == 0
        lines = tab.locator(".ts-term:visible").evaluate_all("all => all.map(it => getComputedStyle(it).textDecorationLine)")
        assert set(lines) == {"none"}
