"""Pages of findings, plans, actions and suggestions as people meet them on a phone: what was wrong, what was done and who checked stand on the first screen."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.build, pytest.mark.browser]

FINDING = "dang-uy-xa-an-mau/reviews/2024/F1.html"
ACTION = "dang-uy-xa-an-mau/plans/2024/A1.html"
PLAN = "dang-uy-xa-an-mau/plans/2024.html"
LONG = (FINDING, ACTION, PLAN)
CHECKED = re.compile(r"xác nhận|kiểm tra|chưa có báo cáo nào|Chưa có báo cáo nào|Còn là dự thảo|trả lời|Chưa kết luận|không nêu hạn chế", re.IGNORECASE)

KINDS = {"finding": r"(reviews|inspections)/[^/]+/F\d+", "action": r"plans/[^/]+/A\d+", "plan": r"plans/[^/]+", "issue": r"suggestions/[^/]+/I\d+"}


def box(tab: Any, selector: str) -> dict[str, float]:
    found = tab.locator(selector).first.bounding_box()
    assert found, selector
    return dict(found)


@pytest.mark.parametrize("path", LONG)
def test_the_first_screen_of_a_phone_says_how_far_it_is_and_who_checked(path: str, opened: Callable[..., Any]) -> None:
    tab = opened(path)
    title, line = box(tab, ".ts-page h1"), box(tab, ".ts-status__line")
    assert title["y"] > 0
    assert title["y"] + title["height"] <= line["y"], "one below the other"
    assert line["y"] + line["height"] <= 844
    assert CHECKED.search(tab.locator(".ts-status__line").inner_text())


@pytest.mark.parametrize("path", LONG)
def test_a_long_page_has_its_contents_on_top_and_each_is_easily_hit_and_leads_to_its_section(path: str, opened: Callable[..., Any]) -> None:
    tab = opened(path)
    links = tab.locator(".ts-contents a")
    assert links.count() >= 4
    boxes = [links.nth(number).bounding_box() for number in range(links.count())]
    assert all(each["height"] >= 48 for each in boxes)
    assert all(one["y"] + one["height"] <= other["y"] or one["x"] + one["width"] <= other["x"] for one, other in itertools.pairwise(boxes))
    for number in range(links.count()):
        links.nth(number).click()
        anchor = tab.evaluate("decodeURIComponent(location.hash.slice(1))")
        heading = tab.locator(f'h2[id="{anchor}"]')
        assert heading.count() == 1, anchor
        assert tab.evaluate("(one) => one.getBoundingClientRect().top >= 40 && one.getBoundingClientRect().top < innerHeight", heading.element_handle()), anchor


def test_the_actions_of_a_plan_are_cards_on_a_phone_and_a_table_where_there_is_room(opened: Callable[..., Any]) -> None:
    def places(width: int) -> list[dict[str, float]]:
        row = opened(PLAN, width).locator(".ts-actions tbody tr").first
        return [row.locator("th, td").nth(number).bounding_box() for number in range(4)]

    narrow, wide = places(390), places(1280)
    assert all(one["y"] + one["height"] <= other["y"] + 1 for one, other in itertools.pairwise(narrow)), "below each other"
    assert len({each["y"] for each in wide}) == 1, "beside each other"
    assert all(one["x"] + one["width"] <= other["x"] + 1 for one, other in itertools.pairwise(wide))
    assert wide[0]["width"] > wide[1]["width"]


@pytest.mark.parametrize("path", [*LONG, "huyen-uy-minh-hoa/suggestions/2024-an-mau.html", "dang-uy-xa-an-mau/progress/2025-05.html"])
def test_nothing_is_wider_than_the_narrowest_phone(path: str, opened: Callable[..., Any]) -> None:
    assert opened(path, 320).evaluate("document.documentElement.scrollWidth") == 320


class TestEveryPage:
    def found(self, built: Callable[[str], Path], name: str, kind: str) -> list[tuple[str, str]]:
        site = built(name)
        paths = [path for path in sorted(site.rglob("*.html")) if re.fullmatch(rf"[a-z0-9-]+/{KINDS[kind]}\.html", path.relative_to(site).as_posix())]
        assert paths, kind
        return [(path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")) for path in paths]

    @pytest.mark.parametrize("name", ["real", "history"])
    @pytest.mark.parametrize("kind", KINDS)
    def test_its_first_line_says_something_of_who_checked(self, name: str, kind: str, built: Callable[[str], Path]) -> None:
        for path, html in self.found(built, name, kind):
            (line,) = re.findall(r'<p class="ts-status__line">(.*?)</p>', html, re.DOTALL)
            words = re.sub(r"</?a\b[^>]*>", "", line)  # a word of it may be explained
            words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", words, flags=re.DOTALL)
            assert CHECKED.search(words), f"{path}: {words}"
            assert "  đã qua" not in words, path
            assert not re.search(r"\{\w+\}|\.\.", words), path

    @pytest.mark.parametrize("name", ["real", "history"])
    @pytest.mark.parametrize("kind", ["finding", "action"])
    def test_it_has_one_history(self, name: str, kind: str, built: Callable[[str], Path]) -> None:
        for path, html in self.found(built, name, kind):
            assert html.count('id="dien-bien"') == 1, path
            assert "ts-timeline" not in html, path
            events = re.findall(r'<li class="ts-event">.*?</li>\n', html[html.index('id="dien-bien"') :], re.DOTALL)
            assert len(events) == len(set(events)), path

    def test_no_story_is_late_and_says_first_that_the_source_names_nobody(self, built: Callable[[str], Path]) -> None:
        for kind in ("finding", "action", "plan"):
            for path, html in self.found(built, "real", kind):
                assert "<strong>Nguồn không nêu ai xác nhận.</strong>" in re.sub(r"</?a\b[^>]*>", "", html), path
                assert not re.search(r"Quá hạn \d|đã qua \d+ ngày|Chưa rõ ai xác nhận", html), path
