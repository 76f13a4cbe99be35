"""What a visitor may set on any page: its language, which leads to the same page, and light or dark, which stays so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from visitor import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.build]

GROUND = """
() => {
  const parts = /[\\d.]+/gu;
  for (let at = document.querySelector("article"); at; at = at.parentElement) {
    const [red, green, blue, share = 1] = getComputedStyle(at).backgroundColor.match(parts).map(Number);
    if (share > 0) return (red + green + blue) / 3;
  }
  return 255;
}
"""
"""How light the ground is on which the page is written."""


@pytest.mark.parametrize("name", PAGES)
def test_a_press_leads_to_the_same_page_in_the_other_language_and_back(name: str, opened: Callable[..., Any]) -> None:
    """With words of that language around, the same records below, and nothing wrong in the console on either."""
    tab = opened(PAGES[name])
    wrong: list[str] = []
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    here = tab.url
    days = tab.locator("article").inner_text().count("2025")
    for language, code in (("English", "en"), ("Tiếng Việt", "vi")):
        choose(tab, language)
        tab.wait_for_url(re.compile(r"/en/" if code == "en" else rf"^{re.escape(here)}"))
        assert tab.url.endswith(PAGES[name])
        assert tab.locator("html").get_attribute("lang") == code
        assert tab.locator("h1").count() == 1
    assert tab.url == here
    assert tab.locator("article").inner_text().count("2025") == days
    assert wrong == []


def choose(tab: Any, language: str) -> None:
    """Press the button for languages, then the language."""
    header = tab.get_by_role("banner")
    header.get_by_role("button", name=re.compile("ngôn ngữ|language", re.IGNORECASE)).focus()
    header.get_by_role("link", name=language).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_is_as_light_or_dark_as_the_visitors_device(scheme: str, opened: Callable[..., Any]) -> None:
    assert (opened(PAGES["home"], color_scheme=scheme).evaluate(GROUND) > 128) is (scheme == "light")


@pytest.mark.parametrize("by", ["press", "key"])
def test_light_and_dark_can_be_chosen_and_the_choice_stays_on_the_next_page(by: str, opened: Callable[..., Any]) -> None:
    tab = opened(PAGES["home"], color_scheme="light")
    turn(tab, by, lambda: tab.evaluate(GROUND) < 128)
    tab.goto(tab.url.replace(PAGES["home"], PAGES["plan"]))
    assert tab.evaluate(GROUND) < 128
    turn(tab, by, lambda: tab.evaluate(GROUND) > 128)


def turn(tab: Any, by: str, is_done: Callable[[], bool]) -> None:
    """Press the switch of colours until it is so: it has three places, the third is what the device says."""
    switch = tab.get_by_role("banner").locator("[data-md-component=palette]")
    for _ in range(3):
        if by == "press":
            switch.locator("label:visible").click()
        else:
            chosen = switch.locator("input:checked")
            (chosen if chosen.count() else switch.locator("input").first).focus()
            tab.keyboard.press("ArrowDown")
        tab.wait_for_timeout(50)
        if is_done():
            return
    pytest.fail("three presses, and the colours are the same")
