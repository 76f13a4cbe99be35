"""The pictures as a browser lays them out: no two words overlap, nothing leaves its frame, letters are large and whole; and who cannot see them is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.build, pytest.mark.browser]

PAGES = {
    "bang/nam-truoc.html": 2,
    "bang/qua-han.html": 1,
    "bang/xep-loai.html": 1,
    "bang/chua-nop.html": 3,
    "huyen-uy-minh-hoa/cycles/2024.html": 1,
    "dang-uy-xa-an-mau/plans/2024.html": 1,
    "dang-uy-xa-an-mau/plans/2024/A1.html": 1,
    "chi-bo-cong-ty-cap-nuoc-minh-hoa/plans/2024/A2.html": 1,
}
"""Pages with pictures, and how many each has."""
WIDTHS = (320, 390, 1280)
LOOK = """() => {
  const wrong = [], all = [...document.querySelectorAll('.ts-page .ts-drawn')];
  const box = each => each.getBoundingClientRect(), seen = each => each.checkVisibility() && box(each).width > 0 && box(each).height > 1;
  const name = each => (each.textContent || each.getAttribute('class') || each.tagName).trim().replace(/\\s+/g, ' ').slice(0, 40);
  for (const picture of all) {
    const frame = box(picture), words = '.ts-drawn__title, .ts-drawn__said, .ts-drawn__group, .ts-drawn__words, p.ts-drawn__facts';
    const every = [...picture.querySelectorAll(`${words}, li, text, td > span, th, caption`)];
    const labels = every.filter(each => seen(each) && !each.closest('details, thead, .ts-hidden'));
    for (const each of labels) {
      const style = getComputedStyle(each), letter = parseFloat(style.fontSize), line = parseFloat(style.lineHeight) || letter * 1.2;
      if (letter < 15.9) wrong.push(`small: ${name(each)}`);
      const isCut = line < letter * 1.3 || (each.scrollHeight > each.clientHeight + 2 && style.overflow !== 'visible');
      if (isCut && each.tagName !== 'text') wrong.push(`cut: ${name(each)}`);
      if (box(each).left < frame.left - 1 || box(each).right > frame.right + 1) wrong.push(`leaves: ${name(each)}`);
    }
    for (let one = 0; one < labels.length; one++) for (let other = one + 1; other < labels.length; other++) {
      const [a, b] = [labels[one], labels[other]];
      if (a.contains(b) || b.contains(a)) continue;
      const [p, q] = [box(a), box(b)];
      const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left), high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (wide > 1 && high > 1) wrong.push(`overlap: ${name(a)} / ${name(b)}`);
    }
    for (const drawing of picture.querySelectorAll('svg.ts-drawn__track, svg.ts-drawn__bars')) {
      const room = box(drawing);
      for (const shape of drawing.querySelectorAll('rect, line, circle.ts-drawn__ground, text')) {
        if (shape.closest('defs, pattern')) continue;
        const its = box(shape);
        if (its.left < room.left - 12 || its.right > room.right + 12 || its.right > frame.right + 1 || its.top < room.top - 2 || its.bottom > room.bottom + 2)
          wrong.push(`shape leaves: ${shape.getAttribute('class')}`);
      }
      for (const label of labels) {
        const its = box(label), high = Math.min(its.bottom, room.bottom) - Math.max(its.top, room.top);
        if (!drawing.contains(label) && high > 2 && its.right > room.left + 1 && its.left < room.right - 1) wrong.push(`words on a drawing: ${name(label)}`);
      }
      if (drawing.getAttribute('aria-hidden') === 'true') continue;
      const said = ['aria-labelledby', 'aria-describedby'].map(key => document.getElementById(drawing.getAttribute(key))?.textContent.trim());
      if (drawing.getAttribute('role') !== 'img' || !said[0] || !said[1]) wrong.push(`not told: ${drawing.outerHTML.slice(0, 80)}`);
    }
    if (!picture.matches('.ts-matrix') && !picture.querySelector('table') && !document.querySelector('[data-ts-board]')) wrong.push('no table beneath');
  }
  const ids = [...document.querySelectorAll('.ts-drawn [id]')].map(each => each.id);
  for (const id of ids) if (document.querySelectorAll(`[id="${id}"]`).length > 1) wrong.push(`id twice: ${id}`);
  for (const each of document.querySelectorAll('.ts-drawn [fill^=url]')) {
    const id = each.getAttribute('fill').slice(5, -1);
    if (!document.getElementById(id)?.matches('pattern')) wrong.push(`no pattern: ${id}`);
  }
  return {wrong, count: all.length};
}"""


@pytest.fixture(scope="module")
def opened(built: Callable[[str], Path], browser: Any) -> Iterator[Callable[[str, int], Any]]:
    """Open a page of the example from the disk, at a width."""
    site = built("example")
    contexts: dict[int, Any] = {}

    def page(path: str, width: int) -> Any:
        if width not in contexts:
            contexts[width] = browser.new_context(viewport={"width": width, "height": 900})
        for each in contexts[width].pages:
            each.close()
        made = contexts[width].new_page()
        made.goto((site / path).as_uri())
        return made

    yield page
    for each in contexts.values():
        each.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_overlap_and_nothing_leaves_its_frame(width: int, opened: Callable[[str, int], Any]) -> None:
    found = {path: opened(path, width).evaluate(LOOK) for path in PAGES}
    assert {path: each["wrong"] for path, each in found.items() if each["wrong"]} == {}
    assert {path: each["count"] for path, each in found.items()} == PAGES


@pytest.mark.parametrize(
    ("path", "spoil", "said"),
    [
        ("dang-uy-xa-an-mau/plans/2024.html", "all('text')[1].setAttribute('x', all('text')[0].getAttribute('x'))", "overlap: 01/2025"),
        ("dang-uy-xa-an-mau/plans/2024.html", "all('text')[0].setAttribute('x', '99%')", "leaves: 01/2025"),
        ("dang-uy-xa-an-mau/plans/2024.html", "all('rect.ts-drawn__bar')[0].setAttribute('width', '140%')", "shape leaves: ts-drawn__bar"),
        ("dang-uy-xa-an-mau/plans/2024.html", "all('.ts-drawn__facts')[0].style.marginTop = '-30px'", "overlap: Việc 1"),
        ("dang-uy-xa-an-mau/plans/2024.html", "all('.ts-drawn__track')[1].style.marginTop = '-40px'", "words on a drawing: Lúc đầu hứa"),
        ("bang/nam-truoc.html", "all('.ts-drawn__words')[0].style.lineHeight = '1'", "cut: Chi bộ Công ty"),
        ("bang/nam-truoc.html", "all('.ts-drawn__parts > li')[0].style.fontSize = '12px'", "small: 1 đang khắc phục"),
        ("bang/nam-truoc.html", "all('desc')[0].remove()", "not told: <svg"),
        ("bang/nam-truoc.html", "all('title')[1].id = all('title')[0].id", "id twice: hinh-"),
        ("bang/nam-truoc.html", "document.querySelector('pattern').id = 'x'", "no pattern: hinh-"),
        ("dang-uy-xa-an-mau/plans/2024.html", "document.querySelector('.ts-drawn table').remove()", "no table beneath"),
    ],
)
def test_a_page_that_was_spoilt_is_found(path: str, spoil: str, said: str, opened: Callable[[str, int], Any]) -> None:
    page = opened(path, 390)
    page.evaluate("() => { const all = what => document.querySelectorAll(`.ts-drawn ${what}`); " + spoil + " }")
    assert [each for each in page.evaluate(LOOK)["wrong"] if each.startswith(said)]


def test_states_are_told_apart_without_colour(opened: Callable[[str, int], Any]) -> None:
    """Every piece of a bar is filled with a pattern of its own, filled whole, or has an edge of its own."""
    page = opened("bang/nam-truoc.html", 390)
    looks = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.ts-drawn__parts li')].map(each => {
          const rect = each.querySelector('rect'), style = getComputedStyle(rect);
          const fill = rect.getAttribute('fill')?.replace(/.*-/, '') ?? (style.fill === style.color ? 'whole' : 'empty');
          return [each.querySelector('span').textContent, `${fill} ${style.strokeDasharray}`];
        }))"""
    )
    assert len(looks) >= 4
    assert len(set(looks.values())) == len(looks)


def test_pictures_are_made_of_shapes_alone(built: Callable[[str], Path]) -> None:
    """No script, no style in the page, no picture from elsewhere; and a page made twice is the same."""
    for path in PAGES:
        html = (built("example") / path).read_text(encoding="utf-8")
        for each in re.findall(r"<figure class=\"ts-drawn.*?</figure>", html, re.DOTALL):
            assert not re.search(r"<script|<style|\sstyle=|\son\w+=|<image|href=\"(?:https?:)?//", each)
            assert not re.search(r"\d\.\d{3,}%", each), "a place is written with two decimals at most"
