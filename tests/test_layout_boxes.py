"""How pages are laid out: exactly by the boxes of what stands on them, coarsely by pictures, and both seen to find a page that is broken on purpose.

Nothing is too wide, cut off, or lies over another thing: on the narrowest phone, on a desk, enlarged, with wide spacing, unfolded, and on paper. What is
pressed is large enough, what is read is, too, nothing moves for who does not want it, and with the colours of the system everything is still seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import ROOT
from looks import look, read
from visitor import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.build]

BOXES = (ROOT / "tests/boxes.js").read_text(encoding="utf-8")
LOOKS = ROOT / "tests/seen/looks"
MORE = {
    "last year": "bang/nam-truoc.html",
    "areas": "bang/linh-vuc.html",
    "moved dates": "bang/gia-han.html",
    "ratings": "bang/xep-loai.html",
    "organisations": "don-vi.html",
    "changes": "thay-doi.html",
    "words": "tu-ngu.html",
    "search": "tim-kiem.html",
    "review": "dang-uy-xa-an-mau/reviews/2024.html",
    "suggestion": "tinh-uy-mau/suggestions/2025-an-mau.html",
    "rule": "quy-tac/R01.html",
    "templates": "mau/plan.html",
    "not found": "404.html",
}
ALL = dict(PAGES) | MORE
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
"""What WCAG 1.4.12 lets a reader ask for."""
LARGE = "html { font-size: 250% !important }"
"""Twice as large as the theme has it, letters alone."""
UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true"
BOX_CHECKS = ("tooWide()", "cutOff()", "overlaps()", "order()")
PAPER = 718
"""The width of an A4 sheet between its margins, in dots."""


def complaints(tab: Any, how: str, checks: tuple[str, ...] = BOX_CHECKS) -> list[str]:
    """Say what is wrong with the boxes now."""
    return [f"{how}: {each}" for check in checks for each in tab.evaluate(f"window.boxes.{check}")]


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_too_wide_or_cut_off_or_lies_over_another_thing(name: str, opened: Callable[..., Any]) -> None:
    """At 320 dots and on a desk at 200 %, on a phone and on a desk; with the spacing that a reader may ask for, with letters twice as large; on paper."""
    tab = opened(ALL[name], 1280, height=900)
    tab.evaluate(BOXES)
    wrong: list[str] = []
    for width, how in ((1280, "desk"), (640, "desk at 200 %"), (390, "phone"), (320, "narrowest phone")):
        tab.set_viewport_size({"width": width, "height": 844})
        wrong += complaints(tab, how)
    tab.evaluate(UNFOLD)
    wrong += complaints(tab, "narrowest phone, unfolded")
    tab.set_viewport_size({"width": 390, "height": 844})
    wide = tab.add_style_tag(content=SPACING)
    wrong += complaints(tab, "phone, unfolded, with wide spacing")
    wide.evaluate("(it) => it.remove()")
    tab.set_viewport_size({"width": 1280, "height": 900})
    wrong += complaints(tab, "desk, unfolded")
    large = tab.add_style_tag(content=LARGE)
    wrong += complaints(tab, "desk, letters twice as large", BOX_CHECKS[:3])
    large.evaluate("(it) => it.remove()")
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": PAPER, "height": 1000})
    wrong += complaints(tab, "on paper")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("name", ALL)
def test_what_is_pressed_and_what_is_read_is_large_enough_and_nothing_moves(name: str, opened: Callable[..., Any]) -> None:
    """What stands by itself is 48 dots high, ticks 24, a link in a sentence as its line; text is 18 dots, beside it 16; lines are no longer than 90 letters."""
    tab = opened(ALL[name])
    tab.evaluate(BOXES)
    tab.evaluate(UNFOLD)
    wrong = complaints(tab, "phone", ("small(24, 48)", "fine(18, 16)", "moving()"))
    tab.set_viewport_size({"width": 1280, "height": 900})
    wrong += complaints(tab, "desk", ("long(90)", "small(24, 48)"))
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize(
    ("style", "check", "said"),
    [
        ("article p:first-of-type { width: 900px }", "tooWide()", "there is room for 390"),
        ("article h2 { height: 8px; overflow: hidden }", "cutOff()", "cut off: h2"),
        ("article h2 + * { margin-top: -40px !important }", "overlaps()", "lies over"),
        ("article > .ts-page { display: flex; flex-direction: column-reverse }", "order()", "stands above it"),
        ("article section > * { margin-left: -30px !important }", "order()", "sticks out at the side"),
        ("article summary { min-height: 0 !important; padding: 0 !important; line-height: 1 !important }", "small(24, 48)", "too small"),
        ("article p, article li, article dd { font-size: 14px !important }", "fine(18, 16)", "14 px"),
        ("article a { transition: color 2s !important }", "moving()", "a"),
        (".ts-page, .ts-page * { max-width: none !important } .ts-page { width: 3000px }", "long(90)", "letters"),
    ],
)
def test_boxes_of_a_page_that_is_broken_on_purpose_are_found(style: str, check: str, said: str, opened: Callable[..., Any]) -> None:
    tab = opened(PAGES["finding"])
    tab.evaluate(BOXES)
    tab.evaluate("document.querySelector('article .ts-page').insertAdjacentHTML('beforeend', `<p>${'Một câu dài để đọc. '.repeat(60)}</p>`)")
    assert complaints(tab, "whole", (check,)) == []
    tab.add_style_tag(content=style)
    assert [each for each in complaints(tab, "broken", (check,)) if said in each]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_the_colours_of_the_system_every_shape_is_still_seen(scheme: str, opened: Callable[..., Any]) -> None:
    """Each drawing has something in a colour that stands out from the ground, and no colour of ours is left on words."""
    for name in ("home", "organisation", "plan", "words"):
        tab = opened(ALL[name], forced_colors="active", color_scheme=scheme)
        tab.evaluate(UNFOLD)
        assert tab.evaluate(FORCED) == [], name


FORCED = """
() => {
  const painter = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    painter.clearRect(0, 0, 1, 1);
    painter.fillStyle = colour;
    painter.fillRect(0, 0, 1, 1);
    const dots = [...painter.getImageData(0, 0, 1, 1).data];
    const [red, green, blue] = dots.map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return dots[3] ? 0.2126 * red + 0.7152 * green + 0.0722 * blue : null;
  };
  const probe = document.body.appendChild(document.createElement("p"));
  probe.style = "color: CanvasText; background: Canvas; forced-color-adjust: none";
  const ground = light(getComputedStyle(probe).backgroundColor);
  probe.remove();
  const standsOut = (colour) => {
    const own = colour === "none" ? null : light(colour);
    return own !== null && (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05) >= 3;
  };
  const found = [];
  for (const drawing of document.querySelectorAll("article svg")) {
    if (!drawing.checkVisibility() || drawing.closest("a.headerlink")) continue;
    const pieces = [...drawing.querySelectorAll("path, circle, rect, line, polyline, polygon, text")].map((each) => getComputedStyle(each));
    const isSeen = pieces.some((style) => standsOut(style.fill) || (standsOut(style.stroke) && parseFloat(style.strokeWidth) > 0));
    if (!isSeen) found.push(`not seen: ${drawing.outerHTML.slice(0, 80)}`);
  }
  for (const each of document.querySelectorAll("article :is(p, li, td, th, dd, a, button, summary, .ts-chip)")) {
    if (each.checkVisibility() && each.innerText.trim() && !standsOut(getComputedStyle(each).color)) found.push(`not read: ${each.innerText.slice(0, 40)}`);
  }
  return found;
}
"""


def test_a_shape_that_is_lost_among_the_colours_of_the_system_is_found(opened: Callable[..., Any]) -> None:
    tab = opened(PAGES["plan"], forced_colors="active")
    tab.add_style_tag(content="article svg * { fill: Canvas !important; stroke: none !important }")
    assert tab.evaluate(FORCED) != []


@pytest.mark.parametrize("name", ["home", "organisation", "finding", "plan", "action"])
def test_what_is_read_on_the_screen_is_read_on_paper(name: str, opened: Callable[..., Any], tmp_path: Path) -> None:
    """A4 upright, every word of what paper is to show, and neither menu nor search."""
    tab = opened(PAGES[name], 1280, color_scheme="dark")
    tab.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "page.pdf").pages
    assert {(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in sheets} == {(595, 842)}
    printed = "".join(re.sub(r"\s+", "", sheet.extract_text()) for sheet in sheets)
    tab.emulate_media(media="print")
    words = tab.locator("article").inner_text().split()
    lost = [word for word in words if word not in printed]
    assert len(lost) <= len(words) * 0.01, lost
    assert len(words) > 50
    assert "Chọnngônngữ" not in printed
    assert "Lênđầutrang" not in printed


@pytest.fixture(scope="module")
def scaler(browser: Any) -> Iterator[Any]:
    """Give an empty page that scales pictures."""
    tab = browser.new_page()
    yield tab
    tab.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_looks_as_was_accepted(name: str, scheme: str, opened: Callable[..., Any], scaler: Any, bless: bool) -> None:  # noqa: FBT001 -- a fixture
    """Coarsely, on a phone and on a desk."""
    tab = opened(PAGES[name], color_scheme=scheme)
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 844})
        seen, file = look(tab, scaler), LOOKS / f"{name}-{scheme}-{width}.txt"
        if bless:
            LOOKS.mkdir(parents=True, exist_ok=True)
            file.write_text(seen.text(), encoding="utf-8", newline="\n")
        assert seen.against(read(file.read_text(encoding="utf-8"))) == "", file.name


@pytest.mark.parametrize(
    "breaking",
    [
        "for (const each of document.styleSheets) each.disabled = /tusoi|frame|boards/.test(each.href ?? '')",
        "for (const each of [document.body, ...document.querySelectorAll('article, main')]) each.style.background = '#15181d'",
        "document.querySelector('article').style.marginTop = '60vh'",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"position: fixed; inset: 20% 0 0; background: #223; z-index: 99\"></p>')",
    ],
)
def test_the_look_of_a_page_that_is_broken_on_purpose_is_found(breaking: str, opened: Callable[..., Any], scaler: Any) -> None:
    tab = opened(PAGES["home"])
    before = look(tab, scaler)
    assert look(tab, scaler).against(before) == ""
    tab.evaluate(breaking)
    assert look(tab, scaler).against(before) != ""


def test_another_font_is_no_other_look(opened: Callable[..., Any], scaler: Any) -> None:
    tab = opened(PAGES["home"])
    before = look(tab, scaler)
    tab.add_style_tag(content="* { font-family: 'DejaVu Sans', 'Liberation Sans', sans-serif !important }")
    assert look(tab, scaler).against(before) == ""
