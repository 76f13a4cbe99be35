"""The site wherever it is put: small on the wire, from a disk, below a path, at addresses where nothing is or something was; what it says when shared."""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import branded
from test_page import NASTY, commune, made, story
from tusoi import joined
from tusoi.views import sharing

LARGEST = 150_000
MOST = 12
DAY = "Số liệu tính đến ngày 15/3/2026."


def described(html: str) -> dict[str, str]:
    """Give what a page says of itself: by the name of each meta element."""
    return {name: unescape(text) for name, text in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)}


class TestShared:
    """The sentence that a page is shared with."""

    def test_an_organisation_says_how_many_findings_are_confirmed_and_how_much_is_overdue(self) -> None:
        said = made(commune())["xa.html"].description
        assert said == f"Đảng ủy xã Thử: 0 trong 1 hạn chế đã khắc phục và được xác nhận; 1 việc quá hạn. {DAY}"

    def test_a_finding_an_action_a_plan_and_a_review_say_their_state(self) -> None:
        pages = made(commune())
        assert pages["xa/reviews/2025/F1.html"].description.startswith("Hạn chế của Đảng ủy xã Thử: “Hồ sơ trả chậm”. ")
        assert pages["xa/plans/2025/A1.html"].description == f"Đảng ủy xã Thử hứa: “Lập sổ theo dõi”, hạn 01/02/2026. Quá hạn 42 ngày. {DAY}"
        plan, review = pages["xa/plans/2025.html"].description, pages["xa/reviews/2025.html"].description
        assert plan == f"Kế hoạch năm 2025 – Đảng ủy xã Thử: 0 trong 1 việc đã xong và được xác nhận; 1 việc quá hạn. {DAY}"
        assert review == f"Kiểm điểm năm 2025 – Đảng ủy xã Thử: 0 trong 1 hạn chế đã nêu nay đã khắc phục và được xác nhận. {DAY}"

    def test_boards_and_the_first_page_say_their_numbers(self) -> None:
        pages = made(commune())
        assert pages["index.html"].description.endswith(f"0 trong 1 hạn chế đã khắc phục và được xác nhận; 1 việc quá hạn. {DAY}")
        assert pages["bang/qua-han.html"].description == f"1 việc quá hạn của 1 đơn vị, theo hạn mới nhất đã được đồng ý. {DAY}"
        assert pages["bang/chi-tieu.html"].description.endswith(DAY)

    def test_what_a_newspaper_tells_is_never_said_to_be_late_and_bears_no_day(self) -> None:
        pages = made(story())
        told = [pages[path].description for path in ("xa-ke.html", "xa-ke/plans/2021.html", "xa-ke/reviews/2020/F1.html", "huyen/suggestions/2020.html")]
        for each in told:
            assert "chuyện kể theo bài báo" in each.lower(), each
            assert not re.search(r"quá hạn|Số liệu tính đến|chưa có", each), each

    def test_a_withdrawn_record_says_that_it_counts_nowhere(self) -> None:
        records = commune()
        records["xa/plans/2025"] |= {"withdrawn": {"date": "2026-03-01", "reason": "Lập nhầm."}}
        assert made(records)["xa/plans/2025.html"].description == "Kế hoạch năm 2025. Hồ sơ này đã rút; các con số không tính."

    def test_however_long_a_text_is_the_sentence_is_short_and_the_day_is_there(self) -> None:
        pages = made(commune("Hồ sơ trả chậm vì chưa ai theo dõi từng ngày. " * 20), {"xa": {"name": "Đảng ủy xã " * 30, "type": "party_committee"}})
        assert max(len(each.description) for each in pages.values()) <= sharing.LONGEST
        assert pages["xa.html"].description.endswith(DAY)
        assert pages["xa/reviews/2025/F1.html"].description.endswith(DAY)

    @pytest.mark.build
    def test_every_page_has_one_description_that_search_engines_and_chats_are_given_alike(self, built: Callable[[str], Path]) -> None:
        site = built("example")
        for page in site.rglob("*.html"):
            html = page.read_text(encoding="utf-8")
            said = described(html)
            if "refresh" in html or page.name == "404.html":
                continue
            assert html.count('name="description"') == 1, page
            assert said["description"] == said["og:description"], page
            assert 0 < len(said["description"]) <= sharing.LONGEST, page
            assert said["og:title"], page
            assert said["og:site_name"] == "Tự soi, tự sửa – huyện Minh Họa (hư cấu)"
            assert said["og:locale"] == ("en_GB" if page.is_relative_to(site / "en") else "vi_VN"), page
            assert said["og:type"] in ("article", "website"), page
            assert "og:url" not in said, page
            assert "og:image" not in said, page

    @pytest.mark.build
    def test_where_the_address_of_the_site_is_known_each_page_says_its_own(self, built: Callable[[str], Path]) -> None:
        html = (built("branded") / "bang/gia-han.html").read_text(encoding="utf-8")
        assert described(html)["og:url"] == f"{branded.ADDRESS}bang/gia-han.html"
        assert f'<link rel="canonical" href="{branded.ADDRESS}bang/gia-han.html">' in html

    @pytest.mark.browser
    @pytest.mark.build
    def test_the_title_of_a_record_runs_no_script_anywhere_on_its_page(self, built: Callable[[str], Path], browser: Any) -> None:
        """The theme puts titles into the head and the header as they are."""
        page = browser.new_page()
        page.add_init_script("window.alarms = []; window.alert = (words) => window.alarms.push(words)")
        page.goto((built("branded") / "dang-uy-xa-an-mau/reviews/2024.html").as_uri())
        assert page.title() == f"{branded.NASTY} – {branded.NAME}"
        assert page.locator("meta[property='og:title']").get_attribute("content") == branded.NASTY
        assert page.locator("header b").count() == 0
        assert page.evaluate("window.alarms") == []
        page.close()

    def test_hostile_text_stays_text_in_the_description(self) -> None:
        said = made(commune(NASTY))["xa/reviews/2025/F1.html"].description
        assert "<script>alert(1)</script>" in said  # plain text: whoever writes it into HTML escapes it, as the page above shows


@dataclass
class Host:
    """A static host: it answers with gzip, keeps the site below a path, and shows its 404.html at any address where nothing is."""

    address: str
    log: list[tuple[str, int, int]] = field(default_factory=list)


@pytest.fixture(scope="module")
def hosted(built: Callable[[str], Path]) -> Iterator[Callable[[str, str], Host]]:
    """Host a site below a path."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def host(name: str, below: str) -> Host:
        made_host = Host("")
        site = built(name)

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                file = site / (path.removeprefix(below) or "index.html") if path.startswith(below) else site / "nowhere"
                found = file if file.is_file() else site / "404.html"
                status = 200 if file.is_file() else 404
                kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
                body = gzip.compress(found.read_bytes()) if not kind.startswith("image/") else found.read_bytes()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if not kind.startswith("image/"):
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)
                made_host.log.append((path, status, len(body)))

            do_HEAD = do_GET  # noqa: N815 -- the name that the server calls

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        made_host.address = f"http://127.0.0.1:{server.server_port}{below}"
        return made_host

    yield host
    for server in servers:
        server.shutdown()
        server.server_close()


def watched(browser: Any, **more: Any) -> tuple[Any, list[str]]:
    """Open a tab that notes every message of the console that is no remark, every error, and every request that fails."""
    tab = browser.new_context(viewport={"width": 390, "height": 844}, **more).new_page()
    wrong: list[str] = []
    tab.on("console", lambda message: wrong.append(f"{tab.url}: {message.text}") if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: wrong.append(f"{tab.url}: {error}"))
    return tab, wrong


@pytest.mark.browser
@pytest.mark.build
class TestFirstVisit:
    @pytest.mark.parametrize("name", ["real", "example"])
    def test_the_first_page_is_small_and_asks_for_little(self, name: str, hosted: Callable[[str, str], Host], browser: Any) -> None:
        host = hosted(name, "/")
        tab, wrong = watched(browser)
        tab.goto(host.address, wait_until="networkidle")
        asked = [path for path, _, _ in host.log]
        size = sum(length for _, _, length in host.log)
        tab.context.close()
        assert wrong == []
        assert size <= LARGEST, host.log
        assert len(asked) <= MOST, asked

    def test_no_script_stands_in_the_way(self, hosted: Callable[[str, str], Host], browser: Any) -> None:
        host = hosted("example", "/")
        tab, _ = watched(browser)
        tab.goto(host.address, wait_until="load")
        blocking = tab.evaluate(
            "performance.getEntriesByType('resource').filter(each => each.initiatorType === 'script' && each.renderBlockingStatus === 'blocking').length"
        )
        eager = tab.evaluate("[...document.scripts].filter(each => each.src && !each.defer && !each.async && each.type !== 'module').map(each => each.src)")
        loaded = tab.evaluate("[...document.scripts].filter(each => each.src).length")
        tab.context.close()
        assert loaded > 1
        assert blocking == 0
        assert eager == []

    def test_all_style_and_all_scripts_are_one_file_each(self) -> None:
        files = joined.both("x{}")
        assert files[joined.STYLE].endswith("x{}")
        assert "@media print" in files[joined.STYLE]
        assert files[joined.SCRIPT].count("data-ts-board") >= 1


PAGES = ("index.html", "bang/gia-han.html", "dang-uy-xa-an-mau.html", "en/index.html", "en/dang-uy-xa-an-mau/plans/2025.html", "tu-ngu.html", "cach-xem.html")


@pytest.mark.browser
@pytest.mark.build
class TestAnyPlace:
    def test_from_a_disk_every_sort_of_page_opens_without_a_word_in_the_console(self, built: Callable[[str], Path], browser: Any) -> None:
        """With two languages, too: the theme would ask for a map of the site behind every other language, and a disk has none to give."""
        tab, wrong = watched(browser)
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        for path in PAGES:
            tab.goto((built("branded") / path).as_uri(), wait_until="load")
            tab.wait_for_timeout(100)
            assert tab.locator("h1").count() == 1, path
        tab.context.close()
        assert wrong == []
        assert [each for each in asked if not each.startswith((built("branded").as_uri(), "data:", "blob:"))] == []

    def test_below_a_path_everything_is_found_and_nothing_is_asked_above_it(self, hosted: Callable[[str, str], Host], browser: Any) -> None:
        host = hosted("branded", "/xa/nhin-lai/")
        tab, wrong = watched(browser)
        for path in PAGES:
            tab.goto(host.address + path, wait_until="load")
        tab.context.close()
        assert wrong == []
        assert [each for each in host.log if each[1] != 200 or not each[0].startswith("/xa/nhin-lai/")] == []

    def test_without_scripts_one_comes_from_the_first_page_to_an_organisation(self, built: Callable[[str], Path], browser: Any) -> None:
        tab, _ = watched(browser, java_script_enabled=False)
        tab.goto((built("branded") / "don-vi.html").as_uri())
        tab.locator("article h3 a[href$='dang-uy-xa-an-mau.html']").click()
        assert tab.locator("h1").inner_text() == "Đảng ủy xã An Mẫu"
        tab.context.close()


@pytest.mark.browser
@pytest.mark.build
class TestNothingThere:
    """404.html."""

    @pytest.mark.parametrize("below", ["/", "/kho/trang/"])
    @pytest.mark.parametrize("path", ["khong-co.html", "dang-uy-xa-an-mau/plans/1999/A9.html", "la/lung/qua.html"])
    def test_at_any_depth_and_below_any_path_its_links_lead_into_the_site(
        self, below: str, path: str, hosted: Callable[[str, str], Host], browser: Any
    ) -> None:
        host = hosted("example", below)
        tab, _ = watched(browser)
        tab.goto(host.address + path, wait_until="networkidle")
        assert tab.locator("h1").inner_text() == "Không tìm thấy trang này"
        ways = tab.locator("main a:visible").evaluate_all("all => all.map(each => each.href)")
        assert {f"{host.address}index.html", f"{host.address}don-vi.html"} <= set(ways)
        assert (f"{host.address}dang-uy-xa-an-mau.html" in ways) == path.startswith("dang-uy")
        assert tab.locator("form").first.evaluate("form => form.action").startswith(host.address)
        leaving = [each for each, _, _ in host.log if not each.startswith(below)]
        tab.context.close()
        assert leaving == []

    def test_an_address_without_a_folder_makes_no_noise_of_its_own(self, hosted: Callable[[str, str], Host], browser: Any) -> None:
        """The browser itself says that the page is not there, once."""
        host = hosted("example", "/kho/")
        tab, wrong = watched(browser)
        tab.goto(f"{host.address}khong-co.html", wait_until="networkidle")
        tab.context.close()
        assert len(wrong) == 1
        assert wrong[0].startswith(f"{host.address}khong-co.html")

    def test_from_a_disk_its_links_lead_beside_it(self, built: Callable[[str], Path], browser: Any) -> None:
        tab, wrong = watched(browser)
        tab.goto((built("example") / "404.html").as_uri())
        tab.locator("a[data-way='don-vi.html']").click()
        assert tab.locator("h1").inner_text() == "Các đơn vị"
        tab.context.close()
        assert wrong == []

    def test_where_the_address_of_the_site_is_known_its_links_need_no_script(self, built: Callable[[str], Path]) -> None:
        html = (built("branded") / "404.html").read_text(encoding="utf-8")
        assert 'href="/nhin-lai/don-vi.html"' in html
        assert 'href="/nhin-lai/en/don-vi.html"' in html
        assert "This page cannot be found" in html
        assert f"--link: {branded.GREEN};" in html
        assert re.search(r'<link rel="icon" href="/nhin-lai/[^"]*(?:png|svg|ico)"', html)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_its_links_have_the_colour_and_its_tab_the_sign_of_other_pages(self, scheme: str, hosted: Callable[[str, str], Host], browser: Any) -> None:
        host = hosted("example", "/kho/")
        context = browser.new_context(color_scheme=scheme)
        tab = context.new_page()
        seen = []
        for path, link in (("khong/co/gi.html", "main a:visible"), ("don-vi.html", ".ts-page .ts-section a, .ts-page li a")):
            tab.goto(host.address + path, wait_until="networkidle")
            colour = tab.locator(link).first.evaluate("each => getComputedStyle(each).color")
            seen.append((colour, tab.locator("link[rel=icon]").evaluate("each => each.href")))
        context.close()
        assert seen[0] == seen[1]
        assert seen[0][1].startswith(host.address)


@pytest.mark.build
class TestMoved:
    """A record that moved: `formerly`."""

    OLD = f"{branded.FORMER}.html"

    def test_the_old_address_says_in_words_where_the_page_is(self, built: Callable[[str], Path]) -> None:
        html = (built("branded") / self.OLD).read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex">' in html
        assert f'<link rel="canonical" href="{branded.ADDRESS}dang-uy-xa-an-mau/plans/2024.html">' in html
        assert '<p>Trang này nay ở: <a href="2024.html">Kế hoạch khắc phục sau kiểm điểm năm 2024</a></p>' in html
        assert "This page is now at" in (built("branded") / "en" / self.OLD).read_text(encoding="utf-8")

    def test_it_is_in_no_map_of_the_site_and_in_no_search(self, built: Callable[[str], Path]) -> None:
        site = built("branded")
        assert "khac-phuc-dau-nam" not in (site / "sitemap.xml").read_text(encoding="utf-8")
        found = [each for each in site.rglob("*") if each.suffix in (".json", ".js") and "khac-phuc-dau-nam" in each.read_text(encoding="utf-8")]
        assert found == []

    @pytest.mark.browser
    @pytest.mark.parametrize("scripts", [True, False])
    @pytest.mark.parametrize("path", ["", "/A1"])
    def test_a_browser_is_led_on_to_the_record_and_to_its_parts(self, path: str, scripts: bool, built: Callable[[str], Path], browser: Any) -> None:  # noqa: FBT001 -- what is tried
        tab, _ = watched(browser, java_script_enabled=scripts)
        new = (built("branded") / f"dang-uy-xa-an-mau/plans/2024{path}.html").as_uri()
        tab.goto(f"{(built('branded') / f'{branded.FORMER}{path}.html').as_uri()}#dau-trang", wait_until="commit")
        tab.wait_for_url(re.compile(rf"^{re.escape(new)}"))
        assert tab.url == (f"{new}#dau-trang" if scripts else new)
        tab.context.close()


ARCHIVED = ("dang-uy-xa-an-mau/plans/2024/A1", "huyen-uy-minh-hoa/suggestions/2024-an-mau", "huyen-uy-minh-hoa/suggestions/2024-an-mau/I1")
"""Closed, and three yearly cycles old."""
FOLLOWED = ("dang-uy-xa-an-mau/plans/2024", "dang-uy-xa-an-mau/plans/2024/A3", "dang-uy-xa-an-mau/plans/2025", "dang-uy-xa-an-mau")
"""As old and still open, or not so old, or no matter at all."""


@pytest.mark.build
class TestArchive:
    def test_what_is_closed_and_old_is_marked_and_asks_not_to_be_indexed(self, built: Callable[[str], Path]) -> None:
        for ref in ARCHIVED:
            html = (built("branded") / f"{ref}.html").read_text(encoding="utf-8")
            assert '<meta name="robots" content="noindex">' in html, ref
            assert "<strong>Lưu trữ.</strong>" in html, ref
            assert "<strong>Archived.</strong>" in (built("branded") / f"en/{ref}.html").read_text(encoding="utf-8"), ref

    def test_what_is_open_or_newer_is_not(self, built: Callable[[str], Path]) -> None:
        for ref in FOLLOWED:
            html = (built("branded") / f"{ref}.html").read_text(encoding="utf-8")
            assert 'name="robots"' not in html, ref
            assert "<strong>Lưu trữ.</strong>" not in html, ref

    def test_the_map_of_the_site_has_what_is_followed_and_not_what_is_kept(self, built: Callable[[str], Path]) -> None:
        listed = set(re.findall(rf"<loc>{re.escape(branded.ADDRESS)}(.*?)\.html</loc>", (built("branded") / "sitemap.xml").read_text(encoding="utf-8")))
        assert set(FOLLOWED) <= listed
        assert {f"en/{each}" for each in FOLLOWED} <= listed
        assert listed & {*ARCHIVED, "luu-tru", "404", branded.FORMER} == set()

    def test_the_archive_lists_them_by_organisation_and_boards_leave_them_out(self, built: Callable[[str], Path]) -> None:
        page = (built("branded") / "luu-tru.html").read_text(encoding="utf-8")
        assert 'href="huyen-uy-minh-hoa/suggestions/2024-an-mau.html"' in page
        assert '<meta name="robots" content="noindex">' in page
        board = (built("branded") / "bang/goi-y.html").read_text(encoding="utf-8")
        assert "suggestions/2024-an-mau/I1.html" not in board
        assert "nằm ở mục Lưu trữ" in board

    def test_while_there_are_only_a_few_cycles_nothing_is_archived(self, built: Callable[[str], Path]) -> None:
        page = (built("real") / "luu-tru.html").read_text(encoding="utf-8")
        assert "Chưa có việc nào phải lưu trữ." in page
