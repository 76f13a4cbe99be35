"""The built sites as a visitor meets them: every link and anchor leads somewhere, nothing comes from another host, and they open from a disk."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.build

SITES = ("real", "history")
NO_PICTURE = "data:,"
"""What a page names as its small picture that wants the browser to ask for none."""


class Links(HTMLParser):
    """Collects what a page links to, loads, and can be linked at."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.leads_on = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that lead somewhere."""
        given = dict(attrs)
        self.ids |= {value for value in (given.get("id"), given.get("name")) if value}
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in ("img", "script", "iframe", "source", "audio", "video", "embed") and given.get("src"):
            self.loads.append(str(given["src"]))
        self.leads_on |= tag == "meta" and given.get("http-equiv") == "refresh"
        if tag == "link" and given.get("href") and given.get("rel") != "canonical":
            self.loads.append(str(given["href"]))


@functools.cache
def read(page: Path) -> Links:
    """Read a page once."""
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def pages(site: Path) -> list[Path]:
    """Give every page. The host shows 404.html at any depth, so its links are absolute and are not judged here."""
    return [each for each in sorted(site.rglob("*.html")) if each.name != "404.html"]


@pytest.mark.parametrize("name", SITES)
def test_every_link_and_anchor_resolves_on_a_disk(name: str, built: Callable[[str], Path]) -> None:
    """With relative addresses only, what resolves on a disk resolves from `file://` and from any host."""
    site = built(name)
    dangling: list[str] = []
    for page in pages(site):
        for link in read(page).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
            if not target.is_file() or not target.is_relative_to(site.resolve()) or (parts.fragment and unquote(parts.fragment) not in read(target).ids):
                dangling.append(f"{page.relative_to(site)} -> {link}")
    assert dangling == []


@pytest.mark.parametrize("name", SITES)
def test_no_page_loads_anything_from_another_host(name: str, built: Callable[[str], Path]) -> None:
    site = built(name)
    away = [f"{page.relative_to(site)} {load}" for page in pages(site) for load in read(page).loads if urlsplit(load).scheme or urlsplit(load).netloc]
    assert [each for each in away if not each.endswith(f" {NO_PICTURE}")] == []
    sheets = "".join(each.read_text(encoding="utf-8") for each in site.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", sheets) == []


def test_the_example_has_over_a_hundred_pages_and_says_on_each_that_it_is_invented(built: Callable[[str], Path]) -> None:
    all_pages = [each for each in pages(built("history")) if not read(each).leads_on]
    assert len(all_pages) > 100
    assert [str(each) for each in all_pages if "hư cấu" not in each.read_text(encoding="utf-8")] == []


def test_an_address_where_nothing_is_says_so_in_vietnamese_and_leads_back(built: Callable[[str], Path]) -> None:
    html = (built("history") / "404.html").read_text(encoding="utf-8")
    assert "Không tìm thấy trang này" in html
    assert "Huyện Minh Họa là địa phương hư cấu" in html
    assert {"/index.html", "/don-vi.html"} <= set(read(built("history") / "404.html").links)
    assert not re.search(r"Not found|Initializing", html)


def article(page: Path) -> str:
    """Give what stands in a page's article, in one line without tags."""
    found = re.search(r"<article.*?</article>", page.read_text(encoding="utf-8"), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_somebody_who_asks_about_the_forest_of_van_thuy_is_answered(built: Callable[[str], Path]) -> None:
    """What was pointed out, what was done, what came of it, and that nobody is known to have confirmed it: on one page."""
    thread = article(built("real") / "huyen-uy-bac-son/suggestions/2020-van-thuy.html").lower()
    for words in ("phát rừng", "mỗi tuần", "4/4", "sau sáu tháng", "nguồn không nêu", "không phải hồ sơ của đơn vị"):
        assert words in thread, words


def test_pages_of_stories_never_say_that_something_is_lacking(built: Callable[[str], Path]) -> None:
    """What a newspaper did not say is not what a commune did not do."""
    site = built("real")
    stories = [
        page
        for page in pages(site)
        if "Câu chuyện lấy từ bài báo" in article(page) and len(page.relative_to(site).parts) > 1 and page.relative_to(site).parts[0] not in ("bang", "mau")
    ]
    assert len(stories) > 30
    for page in stories:
        assert not re.search(r"Quá hạn|Quá kỳ báo cáo|Chưa ghi|Chưa nộp|\b[Tt]hiếu (báo cáo|kế hoạch|nguyên nhân|người)", article(page)), page


@pytest.mark.browser
def test_the_first_press_of_tab_offers_the_way_past_the_menu(built: Callable[[str], Path], browser: Any) -> None:
    """Without JavaScript, too."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((built("real") / "huyen-uy-bac-son/suggestions/2020-van-thuy.html").as_uri())
    page.keyboard.press("Tab")
    way = page.evaluate("document.activeElement.getAttribute('href')")
    assert way
    assert way.startswith("#")
    assert page.locator(way).evaluate("it => it.tagName") == "H1"


@pytest.mark.browser
def test_a_closed_menu_is_out_of_reach_and_keys_open_and_close_it(built: Callable[[str], Path], browser: Any) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto((built("history") / "bang/qua-han.html").as_uri())
    in_menu = "document.activeElement.closest('.md-sidebar--primary') !== null"
    for _ in range(30):
        page.keyboard.press("Tab")
        assert not page.evaluate(in_menu)
    opener = page.locator(".ts-menu-button")
    for key, is_open in (("Enter", True), ("Escape", False), (" ", True), (" ", False), ("Enter", True)):
        opener.focus()
        page.keyboard.press(key)
        assert page.locator("#__drawer").is_checked() is is_open
        assert opener.get_attribute("aria-expanded") == str(is_open).lower()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate(in_menu):
            break
    assert page.evaluate(in_menu)


@pytest.mark.browser
@pytest.mark.parametrize("name", SITES)
def test_the_site_opens_from_a_disk_and_at_320_pixels(name: str, built: Callable[[str], Path], browser: Any) -> None:
    """From `file://`, without JavaScript, on the narrowest phone: the home page can be read, and a link followed."""
    site = built(name)
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=True, offline=True)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((site / "index.html").as_uri())
    plain.locator("article a[href$='.html']").first.click()
    assert plain.locator("article h1").count() == 1
    context.close()
