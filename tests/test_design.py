"""What docs/design.md promises, measured: colours, letters, targets, narrow screens, shapes without colour, and the one list of all labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest
from jinja2 import Environment, PackageLoader

import label_list
from conftest import ROOT
from tusoi import labels
from tusoi.labels import Label, Shape, Tone

DESIGN: Final = ROOT / "docs/design.md"
SCHEMES: Final = {"light": "default", "dark": "slate"}
TONES: Final = ("good", "waiting", "moving", "bad", "neutral")
GROUNDS: Final = ("page-bg", "card", "panel")
PAIRS: Final = (
    *((tone, f"{tone}-bg", 4.5) for tone in TONES),
    *((tone, ground, 4.5) for tone in TONES for ground in GROUNDS),
    *((ink, ground, 4.5) for ink in ("fg", "quiet", "link") for ground in (*GROUNDS, "neutral-bg")),
    *(("fg", f"{tone}-bg", 4.5) for tone in TONES),
    *(("quiet", f"{tone}-bg", 4.5) for tone in TONES),
    *(("link", f"{tone}-bg", 4.5) for tone in TONES),
    *(("page-bg", tone, 3.0) for tone in TONES),
    ("quiet", "card", 3.0),
)
"""What is written or drawn on what, and how much they must differ: letters 4,5, shapes and the edges of what is pressed 3."""
SAMPLE: Final = (
    "index.html",
    "don-vi.html",
    "thay-doi.html",
    "tu-ngu.html",
    "nguon.html",
    "cach-doc.html",
    "gioi-thieu.html",
    "dang-uy-xa-an-mau.html",
    "huyen-uy-minh-hoa.html",
    "dang-uy-xa-an-mau/reviews/2024.html",
    "dang-uy-xa-an-mau/reviews/2024/F1.html",
    "dang-uy-xa-an-mau/plans/2024.html",
    "dang-uy-xa-an-mau/plans/2024/A1.html",
    "dang-uy-xa-an-mau/feedback/2025.html",
    "dang-uy-xa-an-mau/progress/2025-05.html",
    "dang-uy-xa-an-mau/roles/bi-thu.html",
    "bang/qua-han.html",
    "bang/nam-truoc.html",
    "bang/xep-loai.html",
    "bang/linh-vuc.html",
    "mau/index.html",
    "quy-tac.html",
    "quy-tac/R01.html",
)
"""A page of every kind that looks different."""
CONTRAST = """
([pairs, scheme]) => {
  document.body.setAttribute("data-md-color-scheme", scheme);
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {willReadFrequently: true});
  const probe = document.body.appendChild(document.createElement("p"));
  const colour = (name) => { probe.style.color = `var(--ts-${name})`; return getComputedStyle(probe).color; };
  const light = (...layers) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const each of layers) { canvas.fillStyle = each; canvas.fillRect(0, 0, 1, 1); }
    const linear = (each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((each) => linear(each / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return pairs.map(([ink, ground]) => {
    const [one, other] = [light(colour(ground), colour(ink)), light(colour(ground))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  });
}
"""
FAULTS = """
() => {
  const faults = new Set();
  const isSeen = (each) => each.checkVisibility({visibilityProperty: true, opacityProperty: true}) && each.getClientRects().length > 0;
  const name = (each) => `${each.tagName.toLowerCase()}.${[...each.classList].join(".")} "${each.textContent.trim().slice(0, 30)}"`;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.add(`wider than the screen: ${root.scrollWidth} > ${root.clientWidth}`);

  const theirs = ".md-nav--primary .md-nav__link, .md-header__button";
  const ours = ".ts-button, .ts-name, .ts-site a, .ts-onward a, .ts-back a, .ts-crumbs a, .ts-links a";
  for (const each of document.querySelectorAll(`button, select, input:not(.md-toggle, .md-option), summary, ${theirs}, ${ours}`)) {
    if (isSeen(each) && each.getBoundingClientRect().height < 47.5) faults.add(`lower than 48 px: ${name(each)}`);
  }

  const small = ".md-header__title, .ts-chip, .ts-banner, .ts-foot, .md-footer, .md-top, .headerlink, code, pre, table, svg, figure";
  const pen = document.createElement("canvas").getContext("2d");
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const each = words.currentNode.parentElement;
    if (!words.currentNode.textContent.trim() || each.closest("script, style, noscript, .md-skip") || !isSeen(each)) continue;
    const style = getComputedStyle(each);
    const size = parseFloat(style.fontSize);
    if (size < 15.99) faults.add(`letters under 16 px: ${size} ${name(each)}`);
    if (size < 17.99 && !each.closest(small)) faults.add(`letters under 18 px: ${size} ${name(each)}`);
    if (style.hyphens === "auto") faults.add(`hyphens: ${name(each)}`);
    if (each.closest("svg, pre, code")) continue;
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const drawn = pen.measureText("ẪỘỮgyợậ");
    const height = drawn.actualBoundingBoxAscent + drawn.actualBoundingBoxDescent;
    if (parseFloat(style.lineHeight) < height) faults.add(`lines ${style.lineHeight} lower than the letters ${height}: ${name(each)}`);
    if (parseFloat(style.letterSpacing) < 0) faults.add(`letters closer than they are made: ${name(each)}`);
  }
  for (const each of document.querySelectorAll(".md-ellipsis, .md-nav__title, .md-header__topic")) {
    const isCut = getComputedStyle(each).overflowY !== "visible" && each.scrollHeight > each.clientHeight + 1;
    if (isSeen(each) && isCut) faults.add(`cut above or below: ${name(each)}`);
  }
  return [...faults];
}
"""
DRAWN = """
async (markup) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 40});
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const image = new Image();
  const source = markup.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" ')
    .replaceAll('class="ts-fill"', 'fill="#555"')
    .replaceAll('class="ts-cut"', 'fill="none" stroke="#fff" stroke-width="2.2"')
    .replaceAll('class="ts-line ts-dashed"', 'fill="none" stroke="#555" stroke-width="2" stroke-dasharray="3.4 3"')
    .replaceAll('class="ts-line"', 'fill="none" stroke="#555" stroke-width="2"');
  image.src = "data:image/svg+xml," + encodeURIComponent(source);
  await image.decode();
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 40, 40);
  pen.drawImage(image, 0, 0, 40, 40);
  return [...pen.getImageData(0, 0, 40, 40).data].filter((_, place) => place % 4 === 0);
}
"""
MODEL: Final = (
    "Đã khắc phục", "Đang khắc phục", "Chưa khắc phục", "Đơn vị báo đã khắc phục, chờ xác nhận", "Tái diễn", "Chuyển sang kỳ sau", "Kết thúc theo dõi",
    "Đơn vị tự nhận ra", "Không phải lập biện pháp riêng", "Chưa đến kỳ thực hiện", "Đang thực hiện", "Báo đã xong, chờ xác nhận", "Đã xong, đã xác nhận",
    "Giữ vững, chưa thấy tái diễn", "Đang đề nghị gia hạn", "Được gia hạn", "Không được gia hạn", "Dừng thực hiện", "Thay bằng việc khác", "Việc làm ngay",
    "Dự thảo", "Đã nộp", "Đã kết luận", "Đã ban hành", "Đề xuất", "Đã quyết định", "Nguồn không nêu", "Phải sửa", "Nên bổ sung", "Để biết",
    "Việc quá hạn", "Đơn vị chưa nộp", "Năm trước hứa gì, nay ra sao", "Gợi ý kiểm điểm và trả lời", "Kết luận chưa có kế hoạch khắc phục",
    "Báo cáo sau một năm", "Đã giao trách nhiệm đến đâu", "Kết quả được ai xác nhận", "Tỷ lệ xuất sắc", "Việc tái diễn, kéo dài", "Ý kiến góp ý đi đâu",
    "Giám sát, phản biện của đoàn thể", "Các lần gia hạn", "Quá kỳ báo cáo", "Hồ sơ cần bổ sung", "Bàn giao việc đang theo dõi",
    "Đính chính và ý kiến phản hồi", "Lĩnh vực dễ sai phạm", "Đến hạn 30 ngày tới",
)  # fmt: skip
"""The words of the model: whoever changes one of them in the code changes what was agreed."""


class TestLabels:
    def test_the_list_of_labels_is_what_the_code_says(self, *, bless: bool) -> None:
        """Somebody reviews the words in one file; it must be all of them, and no other."""
        if bless:
            label_list.FILE.write_text(label_list.text(), encoding="utf-8")
        assert label_list.FILE.read_text(encoding="utf-8") == label_list.text(), "run `make bless` and read the difference"

    def test_the_words_of_the_model_are_in_it(self) -> None:
        said = {cell.strip() for line in label_list.text().splitlines() if line.startswith("|") for cell in line.split("|")}
        assert [each for each in MODEL if each not in said] == []

    def test_every_shape_and_tone_has_a_name_there(self) -> None:
        assert set(label_list.SHAPES) == set(Shape)
        assert set(label_list.TONES) == set(Tone)

    @pytest.mark.parametrize("states", [labels.FINDING, labels.ACTION, labels.CHECK_RESULT])
    def test_no_two_states_of_one_thing_have_the_same_shape_or_words(self, states: Mapping[Any, Label]) -> None:
        shapes = [each.shape for each in states.values()]
        assert len(set(shapes)) == len(shapes)
        assert len({each.words for each in states.values()}) == len(shapes)


def test_no_style_is_written_for_what_is_not_there() -> None:
    """Every class of the style sheets is one that a template, a script or the code gives to something."""
    assets = ROOT / "generator/tusoi/assets"
    styles = "".join(re.sub(r"/\*.*?\*/", "", each.read_text(encoding="utf-8"), flags=re.DOTALL) for each in sorted(assets.glob("*.css")))
    sources = (each for each in (ROOT / "generator/tusoi").rglob("*") if each.suffix in {".py", ".j2", ".js", ".html"})
    given = set(re.findall(r"ts-[\w-]+", "".join(each.read_text(encoding="utf-8") for each in sources)))
    begun = tuple(each for each in given if each.endswith(("-", "__")))
    assert sorted(each for each in set(re.findall(r"\.(ts-[\w-]+)", styles)) - given if not each.startswith(begun)) == []


def drawing(shape: Shape) -> str:
    """Draw a shape as the pages do."""
    macros = Environment(loader=PackageLoader("tusoi", "pages"), autoescape=True).get_template("_shapes.html.j2").module
    return str(macros.shape(shape.value))  # type: ignore[attr-defined] # a macro is an attribute of its module


@pytest.mark.build
def test_notes_for_developers_are_no_pages(built: Callable[[str], Path]) -> None:
    site = built("real")
    assert not [each for each in ("design.html", "anh/thiet-ke-xam.png", "decisions") if (site / each).exists()]
    assert "make bless" not in (site / "tu-ngu.html").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.build
def test_every_shape_is_another_one_in_shades_of_grey(browser: Any) -> None:
    """All in one grey, as on a photocopy: any two differ in at least a twentieth of their square."""
    tab = browser.new_page()
    pixels = {shape: tab.evaluate(DRAWN, drawing(shape)) for shape in Shape}
    tab.close()
    alike = {(one.value, other.value): sum(abs(a - b) > 64 for a, b in zip(pixels[one], pixels[other], strict=True)) for one, other in combinations(Shape, 2)}
    assert {pair: count for pair, count in alike.items() if count < 80} == {}


@pytest.mark.browser
@pytest.mark.build
class TestOnPages:
    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_every_pair_of_colours_can_be_read(self, scheme: str, served: Callable[[str], str], browser: Any) -> None:
        found = contrasts(served("example"), scheme, browser)
        assert {f"{ink} on {ground}": round(found[ink, ground], 2) for ink, ground, least in PAIRS if found[ink, ground] < least} == {}

    def test_the_design_says_the_contrasts_that_are_measured(self, served: Callable[[str], str], browser: Any) -> None:
        light, dark = (contrasts(served("example"), scheme, browser) for scheme in SCHEMES)
        rows = re.findall(r"^\| `--ts-([a-z-]+)` on `--ts-([a-z-]+)` \| ([\d.]+) \| ([\d.]+) \|$", DESIGN.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(rows) >= len(TONES) + 3
        assert [(ink, ground, f"{light[ink, ground]:.1f}", f"{dark[ink, ground]:.1f}") for ink, ground, _, _ in rows] == rows

    @pytest.mark.parametrize("width", [320, 390, 640, 1280])
    def test_letters_and_targets_are_large_and_nothing_is_cut(self, width: int, served: Callable[[str], str], browser: Any) -> None:
        """640 pixels are what is left of 1280 at a zoom of 200 %."""
        tab = browser.new_page(viewport={"width": width, "height": 900})
        faults = [f"{path}: {fault}" for path, _ in opened(tab, served("example")) for fault in tab.evaluate(FAULTS)]
        tab.close()
        assert faults == []

    def test_the_menu_of_a_phone_fits_the_narrowest(self, served: Callable[[str], str], browser: Any) -> None:
        tab = browser.new_page(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
        tab.goto(f"{served('example')}bang/qua-han.html")
        tab.locator(".ts-menu-button").click()
        tab.wait_for_timeout(200)
        menu = tab.locator(".md-sidebar--primary").bounding_box()
        assert abs(menu["x"]) < 1
        assert 200 < menu["width"] < 320
        assert tab.evaluate(FAULTS) == []
        tab.close()

    def test_with_colours_of_the_readers_own_a_tick_is_still_seen_in_its_disc(self, served: Callable[[str], str], browser: Any) -> None:
        context = browser.new_context(forced_colors="active", color_scheme="dark")
        tab = context.new_page()
        tab.goto(f"{served('example')}dang-uy-xa-an-mau/reviews/2024/F1.html")
        look = "it => [getComputedStyle(it.querySelector('.ts-fill')).fill, getComputedStyle(it.querySelector('.ts-cut')).stroke]"
        drawn = [each.evaluate(look) for each in tab.locator(".ts-shape:has(.ts-fill):has(.ts-cut)").all()]
        context.close()
        assert drawn
        assert all(disc != tick for disc, tick in drawn), drawn

    def test_nothing_moves_for_who_asked_for_that(self, served: Callable[[str], str], browser: Any) -> None:
        context = browser.new_context(reduced_motion="reduce")
        tab = context.new_page()
        tab.goto(f"{served('example')}index.html")
        moving = "[...document.querySelectorAll('*')].flatMap(it => getComputedStyle(it).transitionDuration.split(',')).filter(it => parseFloat(it) > 0.01)"
        assert tab.evaluate(moving) == []
        context.close()

    def test_paper_has_neither_head_nor_menu_nor_grounds_of_colour(self, served: Callable[[str], str], browser: Any) -> None:
        """Who reads at night prints black on white all the same."""
        tab = browser.new_page(color_scheme="dark")
        tab.emulate_media(media="print")
        for path in ("dang-uy-xa-an-mau/reviews/2024/F1.html", "dang-uy-xa-an-mau/plans/2024.html", "cach-doc.html"):
            tab.goto(served("example") + path)
            assert tab.locator(":is(.md-header, .md-sidebar, .md-footer, .ts-onward, .ts-crumbs):visible").count() == 0
            seen = "[...document.querySelectorAll('.ts-page *:not(.ts-qr, .ts-qr *)')].filter(it => it.checkVisibility())"
            grounds = set(tab.evaluate(f"{seen}.map(it => getComputedStyle(it).backgroundColor)"))
            assert grounds <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)", "rgb(0, 0, 0)"}, path
            assert tab.locator(".md-typeset p:visible").first.evaluate("it => getComputedStyle(it).color") == "rgb(0, 0, 0)", path
            assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", path
        tab.close()


def contrasts(address: str, scheme: str, browser: Any) -> dict[tuple[str, str], float]:
    """Measure every pair, as the browser mixes the colours."""
    tab = browser.new_page(color_scheme=scheme)
    tab.goto(f"{address}index.html")
    pairs = [(ink, ground) for ink, ground, _ in PAIRS]
    found = tab.evaluate(CONTRAST, [pairs, SCHEMES[scheme]])
    tab.close()
    return dict(zip(pairs, found, strict=True))


def opened(tab: Any, address: str) -> Iterator[tuple[str, Any]]:
    """Open each page of the sample; what opens on demand is opened, so that it is measured, too."""
    for path in SAMPLE:
        tab.goto(address + path)
        tab.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
        yield path, tab
