"""Pages speak two languages: every fixed text is said through the catalogue, every one has its English, and what stays Vietnamese says so."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from pypdf import PdfReader

import said
from conftest import ROOT
from tusoi import flow, labels, telling
from tusoi.marking import in_text, marked
from tusoi.page import Page
from tusoi.speech import N_, OURS, _, speaking

CATALOGUES = sorted((ROOT / "generator/tusoi/locale/en/pages").glob("*.po"))
NOT_SAID = {
    "generator/tusoi/telling.py": {"tháng", "năm", "ngày ", "lượt"},  # how Vietnamese dates are put together; and what a unit of a record begins with
    "generator/tusoi/views/world.py": {"Tự soi, tự sửa"},  # the name of a project that has none
}
"""Vietnamese texts that are no sentences of a page."""
PLACE = re.compile(r"\{(\w+)\}")
IN_THE_HEAD = ["head", "title"]
"""What the window is called holds no marks, and is made of the name of the page and that of the site."""
CANNOT_HOLD_MARKS = frozenset({"option", "title", "pre", "code"})
"""Elements that say as a whole what they are: those in which most words are not Vietnamese say nothing, such as the keys of a record with one name."""
OF_THE_THEME = ("Chuyển sang nền sáng", "Chuyển sang nền tối", "Theo thiết bị", "Liên kết tới mục này")
"""What mkdocs.yml says that is no record and no page."""


def entries() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Give each entry of the catalogues: the file, the meaning, the Vietnamese text, and what is said for it."""
    found = []
    for path in CATALOGUES:
        with path.open("rb") as stream:
            for message in read_po(stream, locale="en"):
                if message.id:
                    text = message.id if isinstance(message.id, str) else message.id[0]
                    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                    found.append((path.name, message.context or "", text, strings))
    return found


class Unmarked(HTMLParser):
    """Collects the Vietnamese texts of an English page that no element around them calls Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, str]] = []
        self.found: list[str] = []
        self.whole: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its language; the words for a picture are a text, too."""
        said_here = dict(attrs)
        spoken = said_here.get("lang") or (self.around[-1][1] if self.around else "en")
        if tag == "img" and spoken != "vi" and _is_mostly_vietnamese(said_here.get("alt") or ""):
            self.found.append(f"img: {said_here['alt']}")
        if tag not in NEVER_CLOSED:
            self.around.append((tag, spoken))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and what has ended in it without saying so; judge as a whole what can hold no marks."""
        while self.around and self.around.pop()[0] != tag:
            pass
        if self.whole and not CANNOT_HOLD_MARKS & {name for name, _ in self.around}:
            text, self.whole = "".join(self.whole), []
            self.found += [f"{tag}: {text}"] if _is_mostly_vietnamese(text) else []

    def handle_data(self, data: str) -> None:
        """Judge a text."""
        names = [name for name, _ in self.around]
        if not self.around or self.around[-1][1] == "vi" or {"script", "style"} & {*names} or names[-2:] == IN_THE_HEAD:
            return
        if CANNOT_HOLD_MARKS & {*names}:
            self.whole.append(data)
        elif said.is_vietnamese(data):
            self.found.append(f"{names[-1]}: {' '.join(data.split())}")


NEVER_CLOSED = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def unmarked(html: str) -> list[str]:
    """Give the Vietnamese texts of an English page that are not said to be Vietnamese."""
    reader = Unmarked()
    reader.feed(html)
    reader.close()
    return reader.found


def _is_mostly_vietnamese(text: str) -> bool:
    """Whether more than half of the words have a letter that only Vietnamese has."""
    words = re.findall(r"[^\W\d_]+", text)
    return 2 * sum(said.is_vietnamese(each) for each in words) > len(words)


class TestCatalogue:
    def test_every_text_of_a_page_has_its_english(self) -> None:
        there = {(meaning, text) for __, meaning, text, strings in entries() if all(strings)}
        lacking = {f"{', '.join(sorted(set(files)))}: {text}" for (meaning, text), files in said.everything().items() if (meaning, text) not in there}
        assert lacking == set()

    def test_no_english_is_left_of_a_text_that_nobody_says(self) -> None:
        used = said.everything()
        assert {f"{name}: {text}" for name, meaning, text, __ in entries() if (meaning, text) not in used} == set()

    def test_no_text_has_two_translations(self) -> None:
        found = Counter(each[1:3] for each in entries())
        assert [each for each, count in found.items() if count > 1] == []

    def test_both_languages_name_the_same_places(self) -> None:
        """Of one thing English may leave the number out."""
        wrong = [text for __, __, text, strings in entries() for each in strings[-1:] if set(PLACE.findall(each)) != set(PLACE.findall(text))]
        unknown = [text for __, __, text, strings in entries() for each in strings if set(PLACE.findall(each)) - set(PLACE.findall(text))]
        assert wrong + unknown == []

    def test_both_languages_have_the_same_tags(self) -> None:
        tags = re.compile(r"</?(?:a|br|code|em|span|strong)\b")
        assert [text for __, __, text, strings in entries() for each in strings if Counter(tags.findall(each)) != Counter(tags.findall(text))] == []

    def test_no_english_is_vietnamese(self) -> None:
        names = re.compile(r"huyện Minh Họa|BẮT BUỘC|(Bắc Sơn|Nghệ An|Bắc Mê|Đức Linh|Đắk Nông):")
        assert [each for __, __, __, strings in entries() for each in strings if said.is_vietnamese(names.sub("", each))] == []


class TestNothingIsUnsaid:
    @pytest.mark.parametrize("path", [each for each in said.modules() if each.stem != "searching_words"], ids=lambda path: path.stem)
    def test_a_module_says_its_texts(self, path: Path) -> None:
        left = NOT_SAID.get(path.relative_to(ROOT).as_posix(), set())
        assert [each for each in said.unsaid_in_code(path) if ast.literal_eval(each.partition(" ")[2]) not in left] == []

    @pytest.mark.parametrize("path", sorted(said.TEMPLATES.glob("*.j2")), ids=lambda path: path.name.removesuffix(".html.j2"))
    def test_a_template_says_its_texts(self, path: Path) -> None:
        assert list(said.unsaid_in_template(path)) == []

    @pytest.mark.parametrize("path", said.modules(), ids=lambda path: path.stem)
    def test_no_module_says_anything_when_it_is_read(self, path: Path) -> None:
        """What is said while modules are imported is said in Vietnamese for ever."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
        inside = {id(each) for function in functions for each in ast.walk(function)}
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"]
        assert [f"{path.name}:{each.lineno}" for each in calls if id(each) not in inside] == []

    def test_what_is_unsaid_is_seen(self, tmp_path: Path) -> None:
        """The tests above would notice."""
        template, module = tmp_path / "page.html.j2", tmp_path / "view.py"
        template.write_text('<p aria-label="Xem">Chữ {{ 1 }}</p>{{ "Bảng" }}{{ _("Hạn") }}<b>{{ 2 }}</b>', encoding="utf-8")
        module.write_text('"""Chữ."""\n\ndef view():\n    return _("Hạn") + f"Việc {1}" + "Bảng"\n', encoding="utf-8")
        assert [each.partition(" ")[2] for each in said.unsaid_in_template(template)] == ["'Xem'", "'Chữ …'", "'Bảng'"]
        assert [each.partition(" ")[2] for each in said.unsaid_in_code(module)] == ["'Bảng'", "'Việc '"]


class TestSpeaking:
    def test_the_language_is_that_of_the_page_at_hand(self) -> None:
        assert _("Đơn vị") == "Đơn vị"
        with speaking("en"):
            assert _("Đơn vị") == "Organisation"
            assert labels.SELF_IDENTIFIED.words == "Found by the organisation itself"
        assert labels.SELF_IDENTIFIED.words == "Đơn vị tự nhận ra"

    def test_one_and_several(self) -> None:
        with speaking("en"):
            assert [labels.overdue(days).words for days in (1, 2, 1200)] == ["1 day overdue", "2 days overdue", "1,200 days overdue"]

    def test_what_was_said_is_not_said_again(self) -> None:
        """A label that was built of a record's words keeps them, whatever a profile says instead of ours."""
        with speaking(OURS, lambda text: text.replace("việc", "điều")):
            built = _("{state} (lý do: {reason})", state="Dừng", reason="việc khác")
            assert (_(built), _(N_("Việc nào"))) == ("Dừng (lý do: việc khác)", "Việc nào")
            assert _("một việc") == "một điều"

    def test_dates_and_numbers_are_those_of_the_language(self) -> None:
        stated = {"value": 37, "of": 1949, "unit": "hồ sơ", "is": "about"}
        assert [telling.day(each) for each in ("2012-05-03", "2019-12", "2019")] == ["03/5/2012", "tháng\u00a012/2019", "năm\u00a02019"]
        assert telling.figure(stated) == "khoảng 37/1.949 hồ sơ (1,9\u00a0%)"
        with speaking("en"):
            assert [telling.day(each) for each in ("2012-05-03", "2019-12", "2019", "")] == ["3\u00a0May 2012", "December\u00a02019", "2019", ""]
            assert [telling.on(each) for each in ("2012-05-03", "2019-12", "2019", "")] == ["on 3\u00a0May 2012", "in December\u00a02019", "in 2019", ""]
            assert telling.figure(stated) == "about 37/1,949 hồ sơ (1.9%)"
            assert telling.number(-1234.5) == "-1,234.5"


class TestMarking:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Nothing here", "Nothing here"),
            ("Review of Đảng ủy xã An Mẫu, 2025", 'Review of <span lang="vi">Đảng ủy xã An Mẫu</span>, 2025'),
            ("An Mẫu: 3 of 7 findings", '<span lang="vi">An Mẫu</span>: 3 of 7 findings'),
            ("From Tỉnh ủy Mẫu and for Huyện ủy", 'From <span lang="vi">Tỉnh ủy Mẫu</span> and for <span lang="vi">Huyện ủy</span>'),
            ("Chậm trả hồ sơ đất đai", '<span lang="vi">Chậm trả hồ sơ đất đai</span>'),
        ],
    )
    def test_vietnamese_words_are_marked(self, text: str, expected: str) -> None:
        assert in_text(text) == expected

    def test_what_says_its_language_is_left_alone(self) -> None:
        html = '<p lang="vi">Đất</p><a title="Đất">Đất</a><br>Đất'
        assert marked(html) == html.replace('">Đất</a><br>Đất', '"><span lang="vi">Đất</span></a><br><span lang="vi">Đất</span>')

    @pytest.mark.parametrize("name", ["option", "title", "code", "pre"])
    def test_what_can_hold_no_mark_says_itself_what_it_is(self, name: str) -> None:
        """As a whole, by the language of most of its words; what has said it, or stands in what has, need not."""
        assert marked(f'<{name} class="x">Đảng ủy xã An Mẫu</{name}>') == f'<{name} lang="vi" class="x">Đảng ủy xã An Mẫu</{name}>'
        assert marked(f"<{name}>Party Committee of Mẫu commune</{name}>") == f"<{name}>Party Committee of Mẫu commune</{name}>"
        for html in (f'<{name} lang="vi">Đất</{name}>', f'<p lang="vi"><{name}>Đất</{name}></p>', f"<{name}>All</{name}>"):
            assert marked(html) == html

    def test_the_outermost_of_two_says_it_and_a_picture_by_its_words(self) -> None:
        assert marked("<pre><code>Đất <b>đai</b></code></pre>") == '<pre lang="vi"><code>Đất <b>đai</b></code></pre>'
        assert marked("<svg><title>Đất</title><text>Đất</text></svg>") == '<svg><title lang="vi">Đất</title><text>Đất</text></svg>'
        assert (
            marked('<img src="a.png" alt="Trạm bơm"> <img alt="A pump in the village of Mẫu">')
            == '<img lang="vi" src="a.png" alt="Trạm bơm"> <img alt="A pump in the village of Mẫu">'
        )
        assert marked("<script>Đất</script><textarea>Đất</textarea>") == "<script>Đất</script><textarea>Đất</textarea>"


@pytest.fixture(scope="module")
def both() -> dict[str, Page]:
    """The example in both languages."""
    tree = flow.read(ROOT / "generator/tusoi/example")
    return dict(flow.judge(tree, date(2026, 3, 15)).pages())


class TestPages:
    def test_every_page_is_there_in_both_languages(self, both: dict[str, Page]) -> None:
        ours = {path for path in both if not path.startswith("en/")}
        assert {f"en/{path}" for path in ours} == {path for path in both if path.startswith("en/")}
        assert {both[path].language for path in ours} == {"vi"}
        assert {both[f"en/{path}"].language for path in ours} == {"en"}

    def test_vietnamese_stands_in_english_pages_only_where_it_says_so(self, both: dict[str, Page]) -> None:
        assert sorted({f"{path}: {each}" for path, page in both.items() if page.language == "en" for each in unmarked(page.html)})[:20] == []

    def test_an_english_page_has_as_many_sections_as_the_vietnamese_one(self, both: dict[str, Page]) -> None:
        """Nothing is lost: the same anchors and rows, though what stands A–Z may stand in another order."""
        for path, page in both.items():
            if page.language == "vi":
                other = both[f"en/{path}"].html
                ids = [sorted(re.findall(r'\sid="([^"]*)"', each)) for each in (page.html, other)]
                assert ids[0] == ids[1], path
                assert page.html.count("<tr") == other.count("<tr"), path


class TestWrittenPages:
    """The pages that somebody has written by hand, for the site and for the example."""

    @pytest.mark.parametrize("folder", ["docs", "generator/tusoi/example/docs"])
    def test_each_has_its_english(self, folder: str) -> None:
        shown = {
            path.name
            for path in (ROOT / folder).glob("*.md")
            if path.name != "design.md" and not path.read_text(encoding="utf-8").startswith("---\npage: false")
        }
        assert shown == {path.name for path in (ROOT / folder / "en").glob("*.md")}

    @pytest.mark.parametrize("name", ["huong-dan.md", "quan-tri.md", "quy-tac-chung-chung.md"])
    def test_a_guide_has_the_same_parts_in_both_languages(self, name: str) -> None:
        """The same sections at the same anchors, links, pictures, rows and examples; what is translated in an example is a remark, or a place to fill in."""
        ours, theirs = ((ROOT / folder / name).read_text(encoding="utf-8") for folder in ("docs", "docs/en"))
        assert _parts(ours) == _parts(theirs)


@pytest.fixture(scope="module")
def english(built: Callable[[str], Path]) -> dict[str, str]:
    """Give the English half of the example as it stands on the site."""
    site = built("history")
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in sorted(site.glob("en/**/*.html"))}


@pytest.mark.build
class TestOnTheSite:
    """Whole pages, as they are read: with the theme's menu around them, those written by hand, and that of an address where nothing is."""

    def test_vietnamese_stands_only_where_it_says_so(self, english: dict[str, str]) -> None:
        assert len(english) > 500
        assert sorted({f"{path}: {each}" for path, html in english.items() for each in unmarked(html)})[:20] == []

    def test_that_an_address_is_of_nothing_is_said_in_both_languages(self, built: Callable[[str], Path]) -> None:
        html = (built("history") / "404.html").read_text(encoding="utf-8")
        ours, theirs = re.findall(r'<section lang="\w\w">.*?</section>', html, re.DOTALL)
        assert "đều không có thật" in ours
        assert "no organisation, number or date here is real" in theirs
        assert list(unmarked(f'<html lang="en">{theirs}')) == []

    def test_no_fixed_text_is_left_vietnamese_in_what_is_only_heard(self, english: dict[str, str]) -> None:
        """An attribute cannot say its language. What a record says may stand there, and the name of the site; what we say may not."""
        ours = {text for _, text in said.everything()} | set(OF_THE_THEME)
        attributes = re.compile(rf'\s(?:{"|".join(said.READ)})="([^"]*)"')
        heard = {each: path for path, html in english.items() for each in attributes.findall(html)}
        assert {each: path for each, path in heard.items() if said.is_vietnamese(each) and each in ours} == {}

    @pytest.mark.parametrize("name", ["huong-dan", "cach-doc", "quy-tac-chung-chung", "gioi-thieu", "index"])
    def test_the_notice_is_english_on_every_page(self, english: dict[str, str], name: str) -> None:
        notices = re.findall(r'<div class="ts-banner ts-banner--notice" role="note">(.*?)</div>', english[f"en/{name}.html"], re.DOTALL)
        assert len(notices) == 1
        assert re.sub(r"<[^>]*>", "", notices[0]).strip().startswith("Minh Họa district (“minh họa” is “illustration”) is invented (“hư cấu”), only to show")

    def test_what_chats_and_search_engines_are_told_of_a_page_written_by_hand_is_english(self, english: dict[str, str]) -> None:
        for name in ("huong-dan", "cach-doc", "quy-tac-chung-chung", "gioi-thieu"):
            told = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)">', english[f"en/{name}.html"])
            assert len(told) == 2, name
            assert not said.is_vietnamese(told[0]), name


@pytest.mark.browser
class TestInABrowser:
    """English words are longer than Vietnamese syllables."""

    @pytest.mark.parametrize(
        ("path", "width"),
        [
            ("en/huong-dan.html", 390),
            ("en/huong-dan.html", 1280),
            ("en/bang/xep-loai.html", 1280),
            ("en/tinh-uy-mau/cycles/2025.html", 1280),
            ("en/dang-uy-xa-an-mau.html", 1280),
        ],
    )
    def test_no_word_is_broken_in_a_table(self, opened: Callable[..., Any], path: str, width: int) -> None:
        assert opened(path, width).evaluate(BROKEN) == []

    @pytest.mark.parametrize(
        "path", ["en/tinh-uy-mau/cycles/2025.html", "en/dang-uy-xa-an-mau.html", "en/bang/goi-y.html", "en/bang/nam-truoc.html", "en/bang/chua-nop.html"]
    )
    def test_a_table_is_no_wider_than_the_page(self, opened: Callable[..., Any], path: str) -> None:
        assert opened(path, 1280).evaluate(WIDER) == []

    @pytest.mark.parametrize("path", ["en/dang-uy-xa-an-mau/reviews/2024/F1.html", "en/bang/goi-y.html"])
    def test_paper_is_numbered_in_the_language_of_the_page(self, opened: Callable[..., Any], path: str, tmp_path: Path) -> None:
        opened(path, 1280).pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
        sheets = [re.sub(r"\s+", "", sheet.extract_text()) for sheet in PdfReader(tmp_path / "sheet.pdf").pages]
        assert all(f"Page{number}/{len(sheets)}" in told for number, told in enumerate(sheets, 1))

    def test_the_sheet_for_the_meeting_is_one_upright_sheet(self, opened: Callable[..., Any], tmp_path: Path) -> None:
        opened("en/tinh-uy-mau/cycles/2025.html", 1280).pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
        (sheet,) = PdfReader(tmp_path / "sheet.pdf").pages
        assert sheet.mediabox.width < sheet.mediabox.height


BROKEN = r"""() => {
  document.querySelectorAll("details").forEach((each) => (each.open = true));
  const range = document.createRange(), broken = [];
  for (const cell of document.querySelectorAll("article :is(th, td)")) {
    if (!cell.checkVisibility() || getComputedStyle(cell.closest("thead") ?? cell).position === "absolute") continue;
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (innerWidth < 720 && texts.currentNode.parentElement.closest("code")) continue; // names of folders may be broken on a phone
      for (const word of texts.currentNode.textContent.matchAll(/[\p{L}\p{M}\p{N}]{2,}/gu)) {
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].filter((each) => each.width > 0.5).map((each) => Math.round(each.top))).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""The words in tables that stand on two lines."""
WIDER = """() => {
  document.querySelectorAll("details").forEach((each) => (each.open = true));
  const wider = [...document.querySelectorAll(".ts-table")].filter((each) => each.scrollWidth > each.clientWidth);
  return wider.map((each) => `${each.scrollWidth}/${each.clientWidth}`);
}"""
"""The tables that are pushed sideways."""


def _parts(text: str) -> dict[str, list[str]]:
    """Give what a hand-written page has in every language."""
    blocks = re.findall(r"^ *```.*?^ *```$", text, re.MULTILINE | re.DOTALL)
    bare = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^(#+) (.*?)(?: \{#(.*)\})?$", bare, re.MULTILINE)
    return {
        "sections": [f"{level} {anchor or _anchor(title)}" for level, title, anchor in heads],
        "links": [each.removeprefix("../") for each in re.findall(r"\]\(([^)\s]+)\)", bare)],
        "rows": [str(each.count("|")) for each in bare.splitlines() if each.startswith("|")],
        "items": re.findall(r"^ *(?:-|\d+\.)(?= )", bare, re.MULTILINE),
        "examples": [re.sub(r"<[^<>]*>", "<>", re.sub(r"(?<!\S)#(?!\d).*", "", each)) for each in blocks],
    }


def _anchor(title: str) -> str:
    """Make of a title what MkDocs makes: `đ` is lost."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
