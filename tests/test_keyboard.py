"""With keys alone: every control in sight is reached in its order, one sees where one is, nothing holds one back, and what folds, filters and opens does so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from visitor import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.build]

BEFORE = """
() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const isSeen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const isInSight = (each) => isSeen(each) && each.getClientRects().length > 0 && !each.closest("[inert]");
  const here = [...document.querySelectorAll(wanted)].filter((each) => each.tabIndex >= 0 && !each.disabled && isInSight(each));
  window.controls = here.filter((each) => each.type !== "radio" || each.checked || !here.some((other) => other.name === each.name && other.checked));
  return window.controls.length;
}
"""
"""Remember what a key must reach; of radio buttons of one name it is one."""

NOW = """
() => {
  const at = document.activeElement;
  if (at === null || at === document.body || at === document.documentElement) return null;
  const style = getComputedStyle(at);
  const painter = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    painter.clearRect(0, 0, 1, 1);
    painter.fillStyle = colour;
    painter.fillRect(0, 0, 1, 1);
    const shares = [...painter.getImageData(0, 0, 1, 1).data].map((each) => each / 255);
    const [red, green, blue] = shares.map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (place) => {
    const colour = place ? getComputedStyle(place).backgroundColor : "white";
    return place && /^rgba\\(.*, 0\\)$|transparent/u.test(colour) ? ground(place.parentElement) : colour;
  };
  const apart = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const box = [...at.getClientRects()].find((each) => each.width && each.height) ?? at.getBoundingClientRect();
  const label = at.labels?.[0] ?? null;
  const middle = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2; // of what is in sight of it
  const onTop = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
  const isThere = style.pointerEvents === "none" || (onTop && (at.contains(onTop) || onTop.contains(at) || label?.contains(onTop)));
  const isRinged = style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const contrast = style.outlineStyle === "auto" ? 21 : apart(light(style.outlineColor), light(ground(at.parentElement)));
  return {
    number: window.controls.indexOf(at),
    name: `${at.tagName.toLowerCase()} “${(at.getAttribute("aria-label") ?? at.textContent ?? "").trim().slice(0, 40)}”`,
    ring: isRinged ? (contrast >= 3 ? "" : `a ring that is hard to see (${contrast.toFixed(1)}:1)`) : "no ring around it",
    covered: isThere ? "" : `covered by ${onTop?.tagName.toLowerCase() ?? "nothing: it is out of sight"}.${onTop?.className ?? ""}`,
  };
}
"""
"""Say where the focus is, whether that can be seen, and whether anything lies over it; None where it is on no control."""


def walk(tab: Any) -> tuple[list[int], list[str]]:
    """Press Tab from the beginning of the page to its end; give the controls in the order in which they were reached, and what is wrong with any."""
    count = tab.evaluate(BEFORE)
    reached: list[int] = []
    wrong: list[str] = []
    for _ in range(count + 5):
        tab.keyboard.press("Tab")
        now = tab.evaluate(NOW)
        if now is None:
            break
        reached.append(now["number"])
        wrong += [f"{now['name']}: {now[what]}" for what in ("ring", "covered") if now[what]]
    else:
        wrong.append(f"after {count + 5} presses the page still holds the focus")
    names = tab.evaluate("window.controls.map((each) => `${each.tagName.toLowerCase()} ${each.id} “${each.textContent.trim().slice(0, 40)}”`)")
    wrong += [f"{names[number]}: not reached" for number in range(count) if number not in reached]
    return reached, wrong


@pytest.mark.parametrize(("name", "width"), [*((name, 390) for name in PAGES), ("home", 1280), ("board", 1280)])
def test_keys_reach_every_control_in_its_order_and_one_sees_where_one_is(name: str, width: int, opened: Callable[..., Any]) -> None:
    reached, wrong = walk(opened(PAGES[name], width))
    assert wrong == [], "\n".join(wrong)
    places = [number for number in reached if number >= 0]
    assert places == sorted(places), "the order of the page is another one"


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("*:focus { outline: none !important }", "no ring"),
        ("*:focus-visible { outline: 3px solid #fefefe !important }", "hard to see"),
        ("article { position: relative } article::after { content: ''; position: absolute; inset: 0; background: red; z-index: 9 }", "covered by"),
        ("article a { visibility: hidden } article a:focus { visibility: visible }", ""),
    ],
)
def test_a_page_that_is_broken_on_purpose_is_found(style: str, said: str, opened: Callable[..., Any]) -> None:
    tab = opened(PAGES["plan"])
    tab.add_style_tag(content=style)
    _, wrong = walk(tab)
    assert bool(wrong) is bool(said)
    assert all(said in each for each in wrong[:1])


def test_a_page_that_holds_the_focus_is_found(opened: Callable[..., Any]) -> None:
    tab = opened(PAGES["action"])
    tab.evaluate("document.querySelectorAll('article a')[3].addEventListener('keydown', (event) => event.key === 'Tab' && event.preventDefault())")
    assert any("still holds the focus" in each for each in walk(tab)[1])


def test_what_is_folded_opens_and_closes_with_enter_and_space(opened: Callable[..., Any]) -> None:
    tab = opened("thay-doi.html")
    folded = tab.locator("article details:not([open]) > summary").first
    folded.evaluate("(it) => it.parentElement.setAttribute('data-tried', '')")
    tried = tab.locator("details[data-tried]")
    for key, is_open in (("Enter", True), (" ", False), (" ", True), ("Enter", False)):
        tab.locator("[data-tried] > summary").focus()
        tab.keyboard.press(key)
        assert (tried.get_attribute("open") is not None) is is_open


def test_a_board_is_filtered_with_keys_alone_and_its_address_can_be_sent(opened: Callable[..., Any]) -> None:
    """A choice, and words in it without their marks; the address then opens the same rows elsewhere, and the button takes all away."""
    tab = opened(PAGES["board"], 1280)
    rows = tab.locator("[data-ts-row]:visible")
    whole = rows.count()
    tab.get_by_label("Đơn vị", exact=True).focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    some = rows.count()
    assert 0 < some < whole
    tab.get_by_label("Có chữ").first.focus()
    tab.keyboard.type("kho bac")
    assert 0 < rows.count() < some
    sent = opened(f"{PAGES['board']}?{tab.url.partition('?')[2]}", 1280)
    assert sent.locator("[data-ts-row]:visible").all_inner_texts() == rows.all_inner_texts()
    tab.get_by_role("button", name="Bỏ chọn").first.press("Enter")
    tab.wait_for_function("(count) => [...document.querySelectorAll('[data-ts-row]')].filter((each) => each.checkVisibility()).length === count", arg=whole)
    assert "?" not in tab.url
