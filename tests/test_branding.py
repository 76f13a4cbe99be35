"""A site in an administrator's own name: what mkdocs.yml and project.yml set is what a real browser shows, and own templates stand in the place of ours."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest
from filelock import FileLock

import branded
from cases import SAMPLE, line
from test_page import commune, made
from tusoi import colours, flow
from tusoi.templating import UnusableTemplateError

HOME, ORGANISATION, BOARD, HAND_WRITTEN = "index.html", "dang-uy-xa-an-mau.html", "bang/gia-han.html", "cach-xem.html"
PAGES: Final = (HOME, ORGANISATION, BOARD, HAND_WRITTEN, "dang-uy-xa-an-mau/plans/2025.html")
SCHEMES: Final = ("light", "dark")
TEXT, MARK = 4.5, 3.0
PAINTED: Final = """
(wanted) => {
  const parts = (said) => {
    const [red, green, blue, share = 1] = said.match(/[\\d.]+/gu).map(Number);
    return said.startsWith("color(") ? [red * 255, green * 255, blue * 255, share] : [red, green, blue, share];
  };
  const over = (above, below) => above.slice(0, 3).map((each, place) => each * above[3] + below[place] * (1 - above[3]));
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parts(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, above) => over(above, below), [255, 255, 255]);
  };
  const seen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && each.innerText.trim();
  return [...document.querySelectorAll(wanted)].filter(seen).map((each) => {
    const below = ground(each);
    return [each.innerText.trim().slice(0, 40), over(parts(getComputedStyle(each).color), below), below];
  });
}
"""
"""The colour of the letters of each element that can be seen, and of the ground on which they stand, as the browser paints them."""

GROUNDS: Final = [f"--ts-{each}" for each in ("page-bg", "panel", "card", "good-bg", "waiting-bg", "moving-bg", "bad-bg", "neutral-bg")]
ON_EVERY_GROUND: Final = """
(grounds) => {
  for (const each of grounds) {
    document.querySelector("article h1").insertAdjacentHTML("afterend", `<p style="background: var(${each})"><a href="#dau-trang">Trên ${each}</a></p>`);
  }
}
"""

Painted = tuple[str, colours.Colour, colours.Colour]


def painted(tab: Any, wanted: str) -> list[Painted]:
    """Give what the browser paints of each element that can be seen."""
    found = tab.evaluate(PAINTED, wanted)
    assert found, wanted
    return [(text, fraction(letters), fraction(ground)) for text, letters, ground in found]


def fraction(parts: list[float]) -> colours.Colour:
    red, green, blue = (each / 255 for each in parts)
    return red, green, blue


def said(tab: Any, element: str, name: str) -> str:
    """Give what a style says of an element."""
    return str(tab.locator(element).first.evaluate("(each, name) => getComputedStyle(each)[name]", name))


def rgb(code: str) -> str:
    red, green, blue = (round(each * 255) for each in colours.colour(code))
    return f"rgb({red}, {green}, {blue})"


def faint(tab: Any) -> list[Painted]:
    """Give the letters in the head and the links of a page that cannot be read."""
    shown = [*painted(tab, ".md-header .ts-name"), *painted(tab, "article a[href], .ts-site a, .md-nav__link[href]")]
    return [each for each in shown if colours.contrast(each[1], each[2]) < TEXT]


@pytest.fixture
def opening(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open an address in a browser of its own."""
    contexts: list[Any] = []

    def tab(address: str, width: int = 1280, **more: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **{"reduced_motion": "reduce"} | more))
        page = contexts[-1].new_page()
        page.goto(address, wait_until="load")
        return page

    yield tab
    for each in contexts:
        each.close()


def tusoi(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as an administrator does."""
    return subprocess.run([sys.executable, "-m", *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False)


def project(folder: Path, **templates: str) -> Path:
    """Write the miniature with templates of its own."""
    shutil.copytree(SAMPLE, folder)
    (folder / "templates").mkdir()
    for name, text in templates.items():
        (folder / f"templates/{name}.html.j2").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def pale(shared: Path) -> Path:
    """Build the miniature in one language, with a pale brand, and with hosting at a Gitea; what was said is beside it."""
    output = shared / "sites" / "pale"
    with FileLock(shared / "pale.lock"):
        if not output.exists():
            folder = shared / "pale-project"
            shutil.rmtree(folder, ignore_errors=True)
            project(folder)
            settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
            own = settings.replace("primary: indigo", f'primary: "{branded.PALE}"').replace("accent: indigo", f'accent: "{branded.PALE}"')
            (folder / "mkdocs.yml").write_text(own, encoding="utf-8")
            done = tusoi("tusoi", "-C", folder, "build", "--output", output, "--without-history")
            assert done.returncode == 0, done.stdout + done.stderr
            (folder / "said.txt").write_text(done.stderr, encoding="utf-8")
    return output


@pytest.mark.browser
@pytest.mark.build
class TestName:
    @pytest.mark.parametrize("root", ["", "en/"])
    def test_the_name_leads_home_from_the_head_and_stands_in_every_title(self, root: str, served: Callable[[str], str], opening: Callable[..., Any]) -> None:
        tab = opening(served("branded") + root + HOME, 390)
        for path in PAGES:
            tab.goto(served("branded") + root + path)
            name = tab.get_by_role("banner").locator(".ts-name")
            assert name.inner_text() == branded.NAME
            assert branded.NAME in tab.title()
            name.click()
            tab.wait_for_url(f"{served('branded')}{root}index.html")

    def test_no_page_has_another_name(self, built: Callable[[str], Path]) -> None:
        for page in built("branded").rglob("*.html"):
            html = page.read_text(encoding="utf-8")
            title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
            assert "refresh" in html or (title and title[1].strip().endswith(branded.NAME)), page


@pytest.mark.browser
@pytest.mark.build
class TestColours:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_the_line_above_every_page_and_the_links_have_the_colour_of_the_brand(
        self,
        scripts: bool,  # noqa: FBT001 -- what is tried
        served: Callable[[str], str],
        opening: Callable[..., Any],
    ) -> None:
        """Without scripts, too: then only the first palette of mkdocs.yml counts, which follows the device and names no colour."""
        tab = opening(served("branded") + ORGANISATION, java_script_enabled=scripts)
        assert said(tab, ".md-header", "boxShadow").startswith(rgb(branded.GREEN))
        assert said(tab, ".xa a", "color") == rgb(branded.GREEN)

    def test_in_the_dark_the_line_is_the_same_and_links_are_a_lighter_shade_of_it(self, served: Callable[[str], str], opening: Callable[..., Any]) -> None:
        tab = opening(served("branded") + ORGANISATION, color_scheme="dark")
        assert said(tab, ".md-header", "boxShadow").startswith(rgb(branded.GREEN))
        ((_, letters, ground),) = painted(tab, ".xa a")
        assert letters[1] > max(letters[0], letters[2]), "still green"
        assert colours.contrast(letters, ground) >= TEXT

    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_the_head_and_all_links_can_be_read(self, scheme: str, served: Callable[[str], str], opening: Callable[..., Any]) -> None:
        tab = opening(served("branded") + HOME, color_scheme=scheme)
        for path in PAGES:
            tab.goto(served("branded") + path)
            assert faint(tab) == [], path

    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_with_a_pale_brand_as_well_and_what_has_the_focus_is_seen(self, scheme: str, pale: Path, opening: Callable[..., Any]) -> None:
        tab = opening((pale / HOME).as_uri(), color_scheme=scheme)
        for path in (HOME, ORGANISATION, BOARD):
            tab.goto((pale / path).as_uri())
            assert said(tab, ".md-header", "boxShadow").startswith(rgb(branded.PALE))
            assert faint(tab) == [], path
            tab.keyboard.press("Tab")
            tab.keyboard.press("Tab")
            frame = fraction([float(each) for each in re.findall(r"\d+", said(tab, ":focus-visible", "outlineColor"))[:3]])
            ((_, _, ground),) = painted(tab, ".md-header .ts-name")
            assert colours.contrast(frame, ground) >= MARK

    def test_whoever_chose_a_pale_colour_is_told_which_is_used_for_links(self, pale: Path, shared: Path) -> None:
        told = (shared / "pale-project/said.txt").read_text(encoding="utf-8")
        assert pale.is_dir()
        assert f"theme.palette.primary: màu “{branded.PALE}” quá nhạt" in told
        assert f"theme.palette.accent: màu “{branded.PALE}” quá nhạt" in told
        assert len(re.findall(r"theme\.palette", told)) == 2, "once for each"

    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("colour", ["#fff", "#808080", "#c00", "#000", "yellow", "deep purple", "blue grey", "white", "black"])
    def test_with_any_colour_at_all_the_page_can_be_read(self, colour: str, scheme: str, built: Callable[[str], Path], opening: Callable[..., Any]) -> None:
        """On every ground on which a link may stand."""
        tab = opening((built("branded") / HAND_WRITTEN).as_uri(), color_scheme=scheme)
        (sheet,) = (built("branded") / "assets/stylesheets").glob("palette.*.css")
        brand = colours.brand({"primary": colour, "accent": colour}, sheet.read_text(encoding="utf-8"))
        for key in ("primary", "accent"):
            tab.evaluate("([key, value]) => document.body.setAttribute(`data-md-color-${key}`, value.replaceAll(' ', '-'))", [key, brand.palette[key]])
        tab.add_style_tag(content=brand.style or "/* the theme's own */")
        tab.evaluate(ON_EVERY_GROUND, GROUNDS)
        assert faint(tab) == []
        tab.set_viewport_size({"width": 390, "height": 844})
        tab.locator("#__drawer").evaluate("each => each.click()")
        tab.wait_for_timeout(100)
        assert [each for each in painted(tab, ".md-nav--primary .md-nav__title[for=__drawer]") if colours.contrast(each[1], each[2]) < TEXT] == []


@pytest.mark.browser
@pytest.mark.build
class TestLogo:
    def test_logo_and_icon_come_from_the_site_itself(self, served: Callable[[str], str], opening: Callable[..., Any]) -> None:
        address = f"{served('branded')}anh/bieu-tuong.svg"
        tab = opening(served("branded") + HOME)
        assert tab.request.get(address).text() == branded.LOGO
        for path in PAGES:
            tab.goto(served("branded") + path)
            logo = tab.locator(".md-header .md-logo img")
            assert logo.evaluate("each => [each.src, each.complete && each.naturalWidth > 0]") == [address, True], path
            assert tab.locator("link[rel=icon]").evaluate("each => each.href") == address, path


@pytest.mark.browser
@pytest.mark.build
class TestLanguages:
    def test_the_switch_has_the_languages_of_the_project_and_no_other(self, served: Callable[[str], str], opening: Callable[..., Any]) -> None:
        tab = opening(served("branded") + BOARD)
        offered = tab.locator(".md-header [hreflang]").evaluate_all("all => all.map(each => [each.hreflang, each.href])")
        assert offered == [["vi", served("branded") + BOARD], ["en", f"{served('branded')}en/{BOARD}"]]

    def test_a_project_in_one_language_has_no_switch_and_no_folder_of_another(self, pale: Path, opening: Callable[..., Any]) -> None:
        assert not (pale / "en").exists()
        tab = opening((pale / HOME).as_uri())
        assert tab.locator("[hreflang]").count() == 0
        assert tab.get_by_role("banner").get_by_role("button", name=re.compile("ngôn ngữ")).count() == 0


GONE: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(branded.LEFT_OUT)})\.(?:html|csv|md)\b")


@pytest.mark.build
class TestBoardsLeftOut:
    def test_they_are_nowhere_in_the_site(self, built: Callable[[str], Path]) -> None:
        """Neither as a file nor as the address of anything, in no language, in no index, in no map of the site."""
        site = built("branded")
        files = [each for each in site.rglob("*") if each.is_file()]
        assert [each for each in files if GONE.search(each.name)] == []
        texts = {each: each.read_text(encoding="utf-8") for each in files if each.suffix in (".html", ".js", ".json", ".xml", ".csv", ".txt")}
        assert [each for each, text in texts.items() if GONE.search(text)] == []
        assert not GONE.search(gzip.decompress((site / "sitemap.xml.gz").read_bytes()).decode())
        assert "bang/gia-han.html" in texts[site / "sitemap.xml"], "the others are there"

    def test_no_link_of_any_page_leads_to_nothing(self, built: Callable[[str], Path]) -> None:
        site = built("branded")
        pages = [each for each in site.rglob("*.html") if each.name != "404.html"]  # its links begin at the root of the site, wherever that is
        ways = {(page, unescape(way)) for page in pages for way in re.findall(r'\shref="([^"#?:]+)["#?]', page.read_text(encoding="utf-8"))}
        assert len(ways) > len(pages)
        assert [(page, way) for page, way in ways if not (page.parent / way).exists()] == []

    @pytest.mark.browser
    def test_the_menu_has_neither_their_lines_nor_a_section_in_which_nothing_is_left(self, served: Callable[[str], str], opening: Callable[..., Any]) -> None:
        for root in ("", "en/"):
            lines = opening(f"{served('branded')}{root}{HOME}").locator(".md-nav--primary .md-nav__link").all_text_contents()
            shown = [" ".join(each.split()) for each in lines]
            assert any(each in shown for each in ("Các lần gia hạn", "Postponements")), shown
            assert [each for each in shown if each in ("Việc quá hạn", "Overdue actions", "Xếp loại", "Ratings", "Chỉ có bảng bỏ đi")] == []

    @pytest.mark.browser
    def test_a_hand_written_page_keeps_its_words_and_loses_the_links(self, served: Callable[[str], str], opening: Callable[..., Any]) -> None:
        tab = opening(served("branded") + HAND_WRITTEN)
        assert tab.locator("article").inner_text().count("Xem thêm Xếp loại và Các đơn vị.") == 1
        assert tab.locator("article ul > li").all_inner_texts() == ["Các lần gia hạn"]


@pytest.mark.browser
@pytest.mark.build
class TestHostAndComments:
    def test_every_way_to_the_records_leads_to_the_host_of_the_project(self, built: Callable[[str], Path], opening: Callable[..., Any]) -> None:
        tab = opening((built("branded") / ORGANISATION).as_uri())
        ways = tab.locator("article a[href^='http']").evaluate_all("all => all.map(each => each.href)")
        assert len(ways) > 3
        assert [each for each in ways if not each.startswith(f"{branded.HOST}/-/")] == []
        source = tab.get_by_role("link", name="Xem hồ sơ gốc").get_attribute("href")
        assert source == f"{branded.HOST}/-/blob/main/records/dang-uy-xa-an-mau/organisation.yml"
        assert any(each.startswith(f"{branded.HOST}/-/new/main?file_name=records/dang-uy-xa-an-mau/") for each in ways)

    def test_without_a_host_nothing_leads_away(self, pale: Path) -> None:
        for page in (pale / "dang-uy-xa-an-mau.html", pale / "dang-uy-xa-an-mau/plans/2025.html"):
            assert re.findall(r'<a [^>]*href="https?:[^"]*"', page.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize("root", ["", "en/"])
    def test_the_first_page_says_where_comments_go(self, root: str, built: Callable[[str], Path], opening: Callable[..., Any]) -> None:
        tab = opening((built("branded") / root / HOME).as_uri(), 390)
        head = tab.get_by_role("heading", name="Any comments?" if root else "Muốn góp ý?")
        assert branded.COMMENTS in head.locator("xpath=following::p[1]").inner_text()


@pytest.mark.browser
@pytest.mark.build
class TestOwnTemplates:
    @pytest.mark.parametrize("root", ["", "en/"])
    def test_a_file_of_the_same_name_takes_the_place_of_a_page(self, root: str, built: Callable[[str], Path], opening: Callable[..., Any]) -> None:
        tab = opening((built("branded") / root / "nguon.html").as_uri())
        assert tab.title() == f"Nguồn của xã – {branded.NAME}"
        assert tab.locator("h1").inner_text() == "Nguồn của xã"
        assert "Trang do xã tự làm." in tab.locator("article").inner_text()

    def test_a_board_of_its_own_stays_at_its_address_with_its_rows_and_its_file(self, built: Callable[[str], Path], opening: Callable[..., Any]) -> None:
        """Though the template says no address: that of ours is taken."""
        tab = opening((built("branded") / "index.html").as_uri())
        way = tab.locator("article a[href='bang/y-kien-gop-y.html']").first
        tab.goto(way.evaluate("each => each.href"))
        assert tab.locator("h1").inner_text() == "Bà con nói gì"
        assert "Xã xem bảng này mỗi sáng thứ hai." in tab.locator("article").inner_text()
        assert tab.locator("[data-ts-board]").count() == 1
        assert (built("branded") / "bang/y-kien-gop-y.csv").is_file()
        assert not (built("branded") / "y-kien-gop-y.html").exists()

    def test_what_is_built_upon_ours_has_all_that_ours_has(self, built: Callable[[str], Path], pale: Path, opening: Callable[..., Any]) -> None:
        tab = opening((built("branded") / ORGANISATION).as_uri())
        own = tab.locator("p.xa")
        assert own.inner_text() == "Trang của Đảng ủy xã An Mẫu, ngày 15/3/2028; hồ sơ dang-uy-xa-an-mau; xem Huyện ủy Minh Họa."
        assert own.locator("a").get_attribute("href") == "huyen-uy-minh-hoa.html"
        assert tab.title() == f"Đảng ủy xã An Mẫu – {branded.NAME}"
        ours = opening((pale / ORGANISATION).as_uri()).locator("article h2[id]").evaluate_all("all => all.map(each => each.id)")
        heads = tab.locator("article h2[id]").evaluate_all("all => all.map(each => each.id)")
        assert len(ours) > 4
        assert set(ours) <= set(heads)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the miniature."""
    return project(tmp_path / "project")


def put(folder: Path, name: str, text: str) -> Path:
    (folder / "templates" / name).write_text(text, encoding="utf-8")
    return folder


LAYOUT: Final = '{% extends "_layout.html.j2" %}\n'
UNREADABLE: Final = {
    "a tag that Jinja does not know": ("nguon.html.j2", f'{LAYOUT}{{% set title = "Nguồn" %}}\n{{% sai %}}\n', "error X30.syntax templates/nguon.html.j2:3"),
    "a block that nobody ends": ("_macros.html.j2", "{% macro chip(label) %}\n", "error X30.syntax templates/_macros.html.j2:1"),
    "a template that calls itself": ("plan.html.j2", '\n{% extends "plan.html.j2" %}\n', "error X30.itself templates/plan.html.j2:2"),
    "the page of another": ("them.html.j2", '{% set path = "bang/qua-han.html" %}{% set title = "Thêm" %}', "error X30.twice templates/them.html.j2"),
    "the pages of another": ("them.html.j2", '{% set each = "plan" %}{% set title = "Thêm" %}', "error X30.twice templates/them.html.j2"),
    "a name that is none": ("nguon.html", "<p>Nguồn</p>", "warning X30.name templates/nguon.html"),
}


class TestUnusable:
    """A template that does not work: a sentence with the file and the line, and never a traceback."""

    @pytest.mark.parametrize(("name", "text", "expected"), UNREADABLE.values(), ids=list(UNREADABLE))
    def test_what_cannot_be_used_is_a_problem_of_the_records_folder(self, name: str, text: str, expected: str, folder: Path) -> None:
        tree = flow.read(put(folder, name, text))
        assert [f"{line(each)}{f':{each.place.line}' * bool(each.place.line)}" for each in tree.problems] == [expected]
        assert (name in tree.overrides) is expected.startswith("warning"), "ours takes its place"

    @pytest.mark.parametrize(
        ("text", "sentence", "place"),
        [
            (f'{LAYOUT}{{% set title = "X" %}}\n{{% block body %}}\n{{{{ khong_co }}}}{{% endblock %}}', "template.undefined", "templates/plan.html.j2:4"),
            (f'{LAYOUT}{{% set title = "X" %}}\n{{{{ views.khong() }}}}\n{{% set a = views.khong() %}}', "template.undefined", "templates/plan.html.j2:4"),
            (f'{{% set title = "X" %}}\n{{{{ link("{"a" * 9}", 1, 2) }}}}', "template.wrong", "templates/plan.html.j2:2"),
            ('{% set title = "X" %}\n\n{{ title | khong }}', "template.syntax", "templates/plan.html.j2:3"),
            ('{% extends "_khung.html.j2" %}\n{% set title = "X" %}', "template.missing", "templates/plan.html.j2:1"),
            (f"{LAYOUT}<p>Không tên</p>", "template.untitled", "templates/plan.html.j2:1"),
            ("<p>Không tên</p>", "template.untitled", "templates/plan.html.j2"),
        ],
    )
    def test_what_fails_while_a_page_is_made_says_where(self, text: str, sentence: str, place: str) -> None:
        with pytest.raises(UnusableTemplateError) as raised:
            made(commune(), overrides={"plan.html.j2": text})
        assert (raised.value.sentence, raised.value.params["place"]) == (sentence, place)

    def test_a_piece_in_which_something_is_missing_that_our_pages_need_is_named(self) -> None:
        with pytest.raises(UnusableTemplateError) as raised:
            made(commune(), overrides={"_macros.html.j2": "{% macro chip(label) %}{% endmacro %}"})
        assert raised.value.sentence == "template.lacking"
        assert raised.value.params["place"] == "templates/_macros.html.j2"

    def test_a_mistake_of_the_program_is_not_blamed_on_a_project(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from tusoi import telling

        def wrong(*_: object) -> str:
            raise KeyError("ours")

        monkeypatch.setattr(telling, "day", wrong)
        with pytest.raises(KeyError, match="ours"):
            made(commune(), overrides={"nguon.html.j2": branded.OVERRIDE})

    @pytest.mark.build
    @pytest.mark.parametrize("command", ["build --output {out}", "build --pages-only {out}", "mkdocs"])
    def test_the_commands_say_it_in_one_sentence(self, command: str, folder: Path, tmp_path: Path) -> None:
        put(folder, "nguon.html.j2", f'{LAYOUT}{{% set title = "Nguồn" %}}\n{{% block body %}}\n{{{{ khong_co }}}}\n{{% endblock %}}\n')
        out = tmp_path / "out"
        own = ("mkdocs", "build", "--config-file", folder / "mkdocs.yml", "--site-dir", out)
        done = tusoi(*own) if command == "mkdocs" else tusoi("tusoi", "-C", folder, *command.format(out=out).split(), "--without-history")
        told = done.stdout + done.stderr
        assert done.returncode == 1
        assert "templates/nguon.html.j2:4: mẫu dùng “khong_co”, mà ở đó không có gì tên như vậy (khi làm trang nguon.html)." in told
        assert "Traceback" not in told
        assert not (out / "index.html").exists()

    @pytest.mark.build
    def test_check_says_it_too(self, folder: Path) -> None:
        done = tusoi("tusoi", "-C", put(folder, "nguon.html.j2", "{% sai %}"), "check")
        assert done.returncode == 1
        assert "templates/nguon.html.j2:1: Phải sửa X30" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr

    def test_with_the_template_mended_all_is_as_it_should_be(self, folder: Path) -> None:
        """Were every template a problem, the tests above would hold for nothing."""
        tree = flow.read(put(put(folder, "nguon.html.j2", branded.OVERRIDE), "organisation.html.j2", branded.ORGANISATION))
        assert tree.problems == ()
        assert "Trang do xã tự làm." in flow.judge(tree, date(2026, 3, 15)).pages()["nguon.html"].html
