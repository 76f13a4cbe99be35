"""Searching as a visitor does it: what is found, in which order, from a disk, from the keyboard and on a phone; and what the index may hold."""

from __future__ import annotations

import functools
import http.server
import json
import random
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from searches import PARTIAL, SEARCHES, Search
from tusoi import flow, indexing, searching, searching_words
from tusoi.page import Page
from tusoi.searching import Entry, State

DAY = date(2026, 3, 15)
FOLDERS = {"real": ROOT, "example": ROOT / "generator/tusoi/example"}
AXE = ROOT / "node_modules/axe-core/axe.min.js"
SITES = ("real", "example")
READY = "typeof tusoiSearch !== 'undefined' && tusoiSearch.state().pending === 0"
ASK = "async (words) => { const { found } = await tusoiSearch.find(words); return found.map(({ row }) => row.path); }"


@functools.cache
def judged(name: str) -> flow.Judged:
    return flow.judge(flow.read(FOLDERS[name]), DAY)


@functools.cache
def pages(name: str) -> Mapping[str, Page]:
    return judged(name).pages()


def _closed_up(text: str) -> str:
    return text.replace(" ", "")


def entries(name: str) -> list[Entry]:
    return [page.entry for page in pages(name).values() if page.entry and page.language == "vi"]


def written(found: Sequence[Entry], folder: Path, near: Sequence[str] = ()) -> str:
    """Write an index, and a page that searches it; give the address of the page on the disk."""
    shapes = {state.shape: "" for each in found for state in each.states}
    files = searching.files(found, indexing.program(), searching_words.said(), searching_words.groups(near), shapes)
    scripts = [searching.FIRST, *(path for path in files if path != searching.FIRST)]
    page = "".join(f'<script src="{path}"></script>' for path in scripts)
    for path, text in {**files, "trang.html": f"<!doctype html><html lang='vi'><meta charset='utf-8'>{page}"}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return (folder / "trang.html").as_uri()


@pytest.fixture
def small(browser: Any, tmp_path: Path) -> Iterator[Callable[..., list[str]]]:
    """Search a few entries; give the paths of what is found."""
    page = browser.new_page()

    def ask(words: str, found: Sequence[Entry], near: Sequence[str] = ()) -> list[str]:
        page.goto(written(found, tmp_path, near))
        paths: list[str] = page.evaluate(ASK, words)
        return paths

    yield ask
    page.close()


@pytest.fixture(scope="module")
def desks(built: Callable[[str], Path], browser: Any) -> Iterator[Callable[[str], Any]]:
    """Give the page on which one searches, of each site, opened from the disk with all texts there."""
    opened: dict[str, Any] = {}

    def desk(name: str) -> Any:
        if name not in opened:
            opened[name] = browser.new_page()
            opened[name].goto(f"{(built(name) / searching.PAGE).as_uri()}?q=a")
            opened[name].wait_for_function(READY)
        return opened[name]

    yield desk
    for page in opened.values():
        page.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine and give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def is_moved(page: Path) -> bool:
    """Whether a page only says where it has gone."""
    return 'http-equiv="refresh"' in page.read_text(encoding="utf-8")


# What is found


@pytest.mark.build
@pytest.mark.browser
@pytest.mark.parametrize("search", SEARCHES, ids=lambda each: f"{each.site}: {each.words}")
def test_what_people_type_leads_to_the_page_that_they_want(search: Search, desks: Callable[[str], Any]) -> None:
    found = desks(search.site).evaluate(ASK, search.words)
    if search.wanted:
        assert set(search.wanted) <= set(found[: search.within]), found[:5]
    else:
        assert found == []


def test_at_least_thirty_searches_are_tried() -> None:
    assert len(SEARCHES) >= 30
    assert {each.site for each in SEARCHES} == set(SITES)


LAND = Entry("a.html", "Giao đất rừng", "Hạn chế", names=("Xã An Mẫu",))


@pytest.mark.browser
def test_titles_come_before_texts_and_open_matters_before_closed_ones(small: Callable[..., list[str]]) -> None:
    found = [
        replace(LAND, path="text.html", title="Rà soát", texts=("Có 3 thửa giao đất rừng chưa đúng.",), is_open=True),
        replace(LAND, path="closed.html"),
        replace(LAND, path="open.html", is_open=True),
        replace(LAND, path="apart.html", title="Rà soát việc giao", texts=("Nhiều thửa đất ở gần rừng.",), is_open=True),
    ]
    assert small("giao dat rung", found) == ["open.html", "closed.html", "text.html", "apart.html"]


@pytest.mark.browser
def test_what_was_done_comes_before_how_it_is_done_unless_that_is_what_was_asked_for(small: Callable[..., list[str]]) -> None:
    guide = Entry("huong-dan.html", "Cách ghi báo cáo", "Trang hướng dẫn", texts=("Báo cáo tiến độ ghi mỗi tháng.",))
    board = Entry("bang/bao-cao.html", "Bảng báo cáo", "Bảng theo dõi", texts=("Báo cáo tiến độ ghi mỗi tháng.",), is_board=True)
    report = Entry("xa/progress/1.html", "Tháng ba", "Báo cáo", names=("Xã An",), texts=("Báo cáo tiến độ ghi mỗi tháng.",))
    assert small("tiến độ ghi", [guide, report, board]) == ["bang/bao-cao.html", "xa/progress/1.html", "huong-dan.html"]
    assert small("cách ghi báo cáo", [report, guide, board])[0] == "huong-dan.html"


@pytest.mark.browser
def test_of_equals_what_says_how_far_it_is_comes_first(small: Callable[..., list[str]]) -> None:
    """Somebody who looks for a matter finds the shortcoming before the report in which it stands."""
    state = State("Đã khắc phục", "full", "good")
    found = [replace(LAND, path="report.html", title="Báo cáo giao đất rừng"), replace(LAND, path="finding.html", title="Giao đất rừng chậm", states=(state,))]
    assert small("giao đất rừng", found) == ["finding.html", "report.html"]


@pytest.mark.browser
def test_who_types_marks_means_them(small: Callable[..., list[str]]) -> None:
    """“đất” finds texts with “đất” before titles with “đạt”; “dat” finds both, titles first."""
    found = [
        replace(LAND, path="text.html", title="Rà soát", texts=("Có 3 thửa đất bỏ hoang.",)),
        replace(LAND, path="title.html", title="Ba xã chưa đạt chỉ tiêu", is_open=True),
    ]
    assert small("đất", found) == ["text.html", "title.html"]
    assert small("dat", found) == ["title.html", "text.html"]
    assert small("đạt chỉ tiêu", found) == ["title.html"]


@pytest.mark.browser
def test_words_that_stand_apart_in_different_sentences_are_not_found_together(small: Callable[..., list[str]]) -> None:
    found = [replace(LAND, title="Rà soát", texts=("Một vụ việc.", "Làng Đầm."))]
    assert small("vu lang", found) == []


@pytest.mark.browser
def test_a_name_counts_as_one(small: Callable[..., list[str]]) -> None:
    """“Cát Mẫu” is not in “Bình Cát” and “Bình Mẫu”."""
    assert small("cat mau", [replace(LAND, names=("Bình Mẫu | Bình Cát",))]) == []


@pytest.mark.browser
def test_a_project_adds_near_words(small: Callable[..., list[str]]) -> None:
    found = [replace(LAND, title="Chậm cắm mốc giới")]
    assert small("ranh đất", found) == []
    assert small("ranh đất", found, ["ranh đất ~ mốc giới"]) == ["a.html"]


def test_near_words_of_a_project_come_on_top_of_ours_and_reach_the_index(tmp_path: Path) -> None:
    assert searching_words.groups(["a b ~ c  d", " ~ x "])[0] == ("a b", "c d")
    assert searching_words.groups()[0][:2] == ("phá rừng", "phát rừng")
    project = tmp_path / "du-an"
    (project / "records").mkdir(parents=True)
    text = (FOLDERS["example"] / "records/project.yml").read_text(encoding="utf-8")
    (project / "records/project.yml").write_text(f"{text}near_words: [ranh đất ~ mốc giới]\n", encoding="utf-8")
    tree = flow.read(project)
    assert [each.code for each in tree.problems if each.place.file == "records/project.yml"] == []
    first = flow.judge(tree, DAY).search({}, {})[searching.FIRST]
    assert '["ranh đất","mốc giới"]' in first


def test_near_words_without_a_second_one_are_no_group(tmp_path: Path) -> None:
    """The check says so, with the line."""
    (tmp_path / "records").mkdir()
    text = (FOLDERS["example"] / "records/project.yml").read_text(encoding="utf-8")
    (tmp_path / "records/project.yml").write_text(f"{text}near_words: [ranh đất]\n", encoding="utf-8")
    wrong = [each for each in flow.read(tmp_path).problems if each.place.file == "records/project.yml"]
    assert [each.place.line for each in wrong] == [len(text.splitlines()) + 1]


PART = "async ([words, chosen]) => (await tusoiSearch.find(words, chosen)).found.map(({ row, lacking }) => [row.path, lacking ?? null])"


@pytest.mark.build
@pytest.mark.browser
@pytest.mark.parametrize("search", PARTIAL, ids=lambda each: f"{each.site}: {each.words}")
def test_where_no_page_has_all_words_those_with_most_of_them_come(search: Search, desks: Callable[[str], Any]) -> None:
    found = dict(desks(search.site).evaluate(PART, [search.words, {}]))
    assert set(search.wanted) <= set(list(found)[: search.within]), found
    assert found[search.wanted[0]] == search.lacking
    assert len(found) <= 10
    assert None not in found.values()


@pytest.mark.build
@pytest.mark.browser
def test_pages_with_all_words_lack_nothing_and_are_alone(desks: Callable[[str], Any]) -> None:
    """Each search that finds pages with all words finds these only, as if there were no other way."""
    whole = 0
    for search in SEARCHES:
        result = desks(search.site).evaluate(
            "async (query) => { const { found, some } = await tusoiSearch.find(query); return [some ?? null, found.filter((each) => each.lacking).length]; }",
            search.words,
        )
        assert result[0] or result[1] == 0
        whole += result[0] is None
    assert whole == len([each for each in SEARCHES if each.wanted]) - 1  # one is a question, of which each page has a part


@pytest.mark.build
@pytest.mark.browser
def test_a_part_of_the_words_is_found_among_what_was_chosen_only(desks: Callable[[str], Any]) -> None:
    desk = desks("real")
    everything = desk.evaluate(PART, ["phá rừng Vũ Lăng", {}])
    chosen = desk.evaluate(PART, ["phá rừng Vũ Lăng", {"nam": "2019", "loai": "Hạn chế"}])
    assert {path for path, _ in chosen} == {"dang-uy-xa-vu-lang/reviews/2019/F1.html", "dang-uy-xa-vu-lang/reviews/2019/F2.html"}
    assert len(everything) == 10
    assert desk.evaluate(PART, ["phá rừng Vũ Lăng", {"nam": "1990"}]) == []


OTHERS = [replace(LAND, path=f"{number}.html", title="Rà soát", names=("Xã Đông Mẫu",)) for number in range(8)]


@pytest.mark.browser
def test_rarer_words_and_more_words_come_before_fewer(small: Callable[..., list[str]]) -> None:
    found = [
        replace(LAND, path="more.html", title="Chuyện", texts=("Mất nước giếng khoan.",)),
        replace(LAND, path="rare.html", title="Chuyện", texts=("Có nước giếng.",)),
        replace(LAND, path="usual.html", title="Chuyện", texts=("Đường làng xấu.",), is_open=True),
        replace(LAND, path="usual-2.html", title="Chuyện", texts=("Đường làng tốt.",)),
        replace(LAND, path="usual-3.html", title="Chuyện", texts=("Đường làng rộng.",)),
    ]
    assert small("nước giếng khoan đường làng", [*found, *OTHERS]) == ["more.html", "rare.html", "usual.html", "usual-2.html", "usual-3.html"]


@pytest.mark.browser
def test_short_words_common_words_and_single_syllables_make_no_hit(small: Callable[..., list[str]]) -> None:
    found = [replace(LAND, title="Ở xã ta", texts=("Họ làm đường làng. Ai đi.",))]
    everywhere = [replace(each, texts=("Việc này của các xã.",)) for each in OTHERS]
    assert small("ai đi xyztq", [*found, *OTHERS]) == []  # short
    assert small("của các nước", [*found, *everywhere]) == []  # common
    assert small("làng nghề", [*found, *OTHERS, replace(LAND, path="b.html", title="Nghề mộc")]) == []  # a syllable of a word
    assert small("làng xyzt", [*found, *OTHERS]) == ["a.html"]  # the other stands nowhere: a word by itself
    assert small("đường làng nghề", [*found, *OTHERS]) == ["a.html"]


@pytest.mark.browser
def test_other_marks_are_another_word(small: Callable[..., list[str]]) -> None:
    found = [replace(LAND, title="Đất rừng"), replace(LAND, path="b.html", title="Đạt rụng"), *OTHERS]
    assert small("đất rừng Sơn La", found) == ["a.html"]
    assert sorted(small("dat rung son la", found)) == ["a.html", "b.html"]


@pytest.mark.build
@pytest.mark.browser
def test_the_page_says_what_each_result_has_not(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, f"{(built('real') / searching.PAGE).as_uri()}?q=phá rừng Vũ Lăng")
    page.wait_for_selector("[data-ts-results] > li")
    assert page.locator("[data-ts-status]").inner_text() == searching_words.said()["some"]
    results = page.locator("[data-ts-results] > li")
    assert results.count() == 10
    assert not page.locator("[data-ts-lists]").is_visible()
    place = results.filter(has=page.locator("a[href$='/dang-uy-xa-vu-lang.html']"))
    assert "Không có: phá rừng" in place.inner_text()
    assert results.filter(has_text="Không có: Vũ Lăng").count() >= 3
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate("async () => (await axe.run('.ts-page')).violations.map(({ id }) => id)") == []
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_box_says_what_was_not_found(width: int, built: Callable[[str], Path], browser: Any) -> None:
    """In a part of the words, in none, and no more where all were found; to the eye and to screen readers."""
    page = opened(browser, (built("real") / "don-vi.html").as_uri(), width)
    if width < 1000:
        page.locator("[data-ts-opener]").click()
    box, note, status = (page.locator(f"[data-ts-search] {each}") for each in ("input", ".ts-found__note", "[role=status]"))
    box.fill("phá rừng Vũ Lăng")
    page.wait_for_selector("[role=option]:has-text('Không có: Vũ Lăng')")
    assert note.inner_text() == status.text_content() == searching_words.said()["some"]
    assert page.locator("[role=option]").count() == 7
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.keyboard.press("ArrowUp")  # the last, which leads to all
    last = page.locator("[role=option][aria-selected=true]").bounding_box()
    assert last["y"] + last["height"] <= 900
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate("async () => (await axe.run('[data-ts-search]')).violations.map(({ id }) => id)") == []
    box.fill("kinh khí cầu")
    page.wait_for_function("document.querySelectorAll('[role=option]').length === 1")
    assert note.is_visible()
    assert note.inner_text().startswith("Không có trang nào có đủ các chữ “kinh khí cầu”")
    box.fill("vũ lăng")
    page.wait_for_function("document.querySelectorAll('[role=option]').length === 7")
    assert not note.is_visible()
    page.context.close()


# What the index holds


@pytest.mark.parametrize("name", SITES)
def test_the_index_holds_nothing_that_the_page_does_not_show(name: str) -> None:
    everything = " ".join(searching.plain(page.html) for page in pages(name).values())
    checked = 0
    for page in pages(name).values():
        shown = _closed_up(searching.plain(page.html))  # in English pages a Vietnamese name has a mark in the middle of a sentence
        for said in page.entry.texts if page.entry else ():
            assert _closed_up(said) in shown, (page.path, said)
            checked += 1
        for state in page.entry.states if page.entry else ():
            assert searching.line(state.words) in everything, (page.path, state)
    assert checked > 300


@pytest.mark.parametrize("name", SITES)
def test_an_organisation_is_found_by_no_name_that_is_on_no_page(name: str) -> None:
    everything = " ".join(" ".join(unescape(re.sub(r"<[^>]+>", " ", page.html)).split()) for page in pages(name).values())
    names = {one for each in entries(name) for called in each.names for one in called.split(" | ")}
    assert len(names) > 10
    assert [each for each in names if each not in everything] == []


def test_only_what_stands_on_the_page_is_taken_from_a_record() -> None:
    assert searching.shown(["Chỉ nội bộ đọc.", "Mọi người\n đọc.", "Mọi người đọc."], "A. Mọi người đọc. B.") == ("Mọi người đọc.",)


def test_the_order_in_which_entries_come_does_not_matter() -> None:
    found = entries("real")
    mixed = random.Random(1).sample(found, len(found))
    shapes = {state.shape: "" for each in found for state in each.states}
    one, other = (searching.files(each, "", searching_words.said(), searching_words.groups(), shapes) for each in (found, mixed))
    assert one == other
    assert len(one) > 1


def test_a_text_cannot_leave_the_script_in_which_it_stands() -> None:
    """Quotes, backslashes, line separators and the end of a script: what comes out is what went in."""
    hostile = "'); alert(1); ('\\ \u2028 \u2029 </script> \" `${x}`"
    made = searching.files([Entry("a.html", hostile, "Trang", texts=(hostile,))], "", {}, (), {})
    call = made[searching.FIRST].strip()
    literal = call.removeprefix("tusoiSearch.open('").removesuffix("');")
    assert "'" not in re.sub(r"\\.", "", literal)
    assert not re.search("[\u2028\u2029\n]", literal)
    assert json.loads(re.sub(r"\\(u[0-9a-f]{4}|.)", lambda found: chr(int(found[1][1:], 16)) if len(found[1]) > 1 else found[1], literal))["rows"]["title"] == [
        hostile
    ]


def test_each_language_has_an_index_of_its_own_beneath_its_root() -> None:
    ours = judged("real")
    register = replace(ours.register, records={**ours.register.records})
    project = register.records["project"]
    both = replace(project, data={**project.data, "languages": ("vi", "en")})
    tree = replace(ours.tree, register=replace(register, records={**register.records, "project": both}))
    here = replace(ours, tree=tree, register=tree.register)
    made_pages = here.pages()
    made = here.search(made_pages, {"en": [Entry("huong-dan.html", "Guide", "Page")]})
    assert {path.rpartition("/")[0] for path in made} == {"tim-kiem", "en/tim-kiem"}
    vietnamese, english = made["tim-kiem/tim-kiem.js"], made["en/tim-kiem/tim-kiem.js"]
    assert '"Guide"' in english
    assert '"Guide"' not in vietnamese
    assert '"locale":"en"' in english
    for text in (vietnamese, english):  # addresses begin at the root of their language
        assert '"dang-uy-xa-vu-lang.html"' in text
        assert '"en/' not in text.rpartition("tusoiSearch.open")[2]


@pytest.mark.build
@pytest.mark.browser
@pytest.mark.parametrize("name", SITES)
def test_every_page_is_in_the_index_and_every_address_in_it_leads_somewhere(name: str, built: Callable[[str], Path], desks: Callable[[str], Any]) -> None:
    site = built(name)
    paths = desks(name).evaluate("tusoiSearch.state().rows.map(({ path }) => path)")
    assert len(paths) == len(set(paths))
    for path in paths:
        page, mark, anchor = path.partition("#")
        assert (site / page).is_file(), path
        assert not mark or f'id="{anchor}"' in (site / page).read_text(encoding="utf-8"), path
    every = {each.relative_to(site).as_posix() for each in site.rglob("*.html") if "en" not in each.relative_to(site).parts[:1] and not is_moved(each)}
    assert every - {page.partition("#")[0] for page in paths} == {"index.html", "404.html", searching.PAGE}


@pytest.mark.build
def test_the_search_of_the_theme_is_not_shipped(built: Callable[[str], Path]) -> None:
    site = built("example")
    assert not (site / "search").exists()
    assert not (site / "assets/javascripts/workers").exists()
    assert not (site / "assets/javascripts/lunr").exists()


# Showing it


def opened(browser: Any, address: str, width: int = 1280, **more: Any) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", **more).new_page()
    page.goto(address)
    return page


@pytest.mark.build
@pytest.mark.browser
def test_nothing_is_loaded_before_somebody_searches_and_then_by_script_tags_only(built: Callable[[str], Path], browser: Any) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)) if not request.url.endswith((".png", ".svg", ".ico")) else None)
    with served(built("example")) as address:
        page.goto(f"{address}dang-uy-xa-an-mau/reviews/2024/F1.html", wait_until="networkidle")
        assert [url for _, url in asked if "/tim-kiem/" in url] == []
        asked.clear()
        page.keyboard.press("/")
        page.keyboard.type("binh mau")
        page.wait_for_selector("[role=option]")
        page.wait_for_function(READY)
        assert {kind for kind, _ in asked} == {"script"}
        assert all(url.startswith(f"{address}tim-kiem/") for _, url in asked)
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_the_keyboard_is_enough(built: Callable[[str], Path], browser: Any) -> None:
    """From a disk: “/” goes to the box, arrows go up and down, Enter opens, Escape closes."""
    page = opened(browser, (built("example") / "dang-uy-xa-an-mau/reviews/2024/F1.html").as_uri())
    page.keyboard.press("/")
    box = page.locator("[data-ts-search] input")
    assert page.evaluate("document.activeElement.name") == "q"
    assert box.input_value() == ""
    page.keyboard.type("binh mau")
    page.wait_for_selector("[role=option]:first-child[data-way$='/dang-uy-xa-binh-mau.html']")
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator("[role=status]").first.text_content().startswith("Tìm thấy")
    chosen = "document.querySelector('[aria-selected=true]')?.id ?? ''"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == page.evaluate(chosen) == "ts-box-0"
    page.keyboard.press("ArrowUp")
    last = page.locator("[role=option]").count() - 1
    assert page.evaluate(chosen) == f"ts-box-{last}"
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dang-uy-xa-binh-*.html")
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_enter_without_a_choice_leads_to_all_that_was_found(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, (built("example") / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("đất đai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem.html?q=*")
    page.wait_for_selector("[data-ts-results] li")
    assert page.locator("#ts-desk-q").input_value() == "đất đai"
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_a_slash_in_a_field_is_a_slash(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, (built("example") / searching.PAGE).as_uri())
    page.locator("#ts-desk-q").fill("37")
    page.keyboard.press("/")
    assert page.locator("#ts-desk-q").input_value() == "37/"
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_on_a_phone_a_button_opens_the_box_and_it_can_be_closed_again(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, (built("example") / "don-vi.html").as_uri(), 390)
    box, opener = page.locator("[data-ts-search]"), page.locator("[data-ts-opener]")
    assert not box.is_visible()
    opener.click()
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("vu")
    page.wait_for_selector("[role=option]")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.keyboard.press("Escape")
    assert box.is_visible()
    page.keyboard.press("Escape")
    assert not box.is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('data-ts-opener')")
    opener.click()
    page.locator("[data-ts-close]").click()
    assert not box.is_visible()
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_a_result_says_what_it_is_whose_it_is_and_how_far_in_words_and_shape(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, f"{(built('example') / searching.PAGE).as_uri()}?q=nuoc gieng")
    page.wait_for_function(READY)
    result = page.locator("[data-ts-results] > li").first
    result.wait_for()
    assert "Hạn chế · Đảng ủy xã Cát Mẫu" in result.inner_text()
    chip = result.locator(".ts-chip").first
    assert chip.inner_text().startswith("Chưa khắc phục")
    assert chip.locator("svg.ts-shape rect").count() == 1  # the shape of what is not mended
    assert [each.lower() for each in result.locator("a mark").all_inner_texts()] == ["nước giếng"]
    assert result.locator("a").get_attribute("href").endswith("dang-uy-xa-cat-mau/reviews/2024/F2.html")
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_an_old_name_says_how_it_led_to_the_new_one(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, f"{(built('example') / searching.PAGE).as_uri()}?q=cat mau")
    new = page.locator("[data-ts-results] > li", has=page.locator("a[href$='/dang-uy-xa-binh-cat.html']"))
    new.wait_for()
    assert "Tên trước hoặc sau sắp xếp: Đảng ủy xã Cát Mẫu" in new.inner_text()
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_what_is_chosen_is_kept_in_the_address(built: Callable[[str], Path], browser: Any) -> None:
    """By area, state, year and sort of page, with words or without; whoever is sent the address sees the same."""
    start = (built("example") / searching.PAGE).as_uri()
    page = opened(browser, start)
    page.wait_for_function("typeof tusoiSearch !== 'undefined'")
    for name, value in (("linh-vuc", "Môi trường"), ("tinh-trang", "Chưa khắc phục"), ("nam", "2024"), ("loai", "Hạn chế")):
        page.locator(f"select[name={name}]").select_option(value)
    page.wait_for_function("document.querySelectorAll('[data-ts-results] > li').length === 1")
    assert "giếng khoan" in page.locator("[data-ts-results]").inner_text()
    address = page.url
    assert address != start
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("document.querySelectorAll('[data-ts-results] > li').length === 1")
    assert page.locator("select[name=nam]").input_value() == "2024"
    page.locator("select[name=nam]").select_option("2025")
    page.wait_for_function("document.querySelectorAll('[data-ts-results] > li').length === 0")
    assert page.locator("[data-ts-status]").inner_text() == "Không có trang nào như đã chọn."
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_many_results_come_in_portions_and_the_focus_goes_to_the_first_new_one(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, f"{(built('example') / searching.PAGE).as_uri()}?q=an mau")
    page.wait_for_function(READY)
    page.wait_for_function("document.querySelectorAll('[data-ts-results] > li').length === 20")
    page.locator("[data-ts-more]").click()
    assert page.locator("[data-ts-results] > li").count() == 40
    assert page.evaluate("document.activeElement === document.querySelectorAll('[data-ts-results] > li')[20].querySelector('a')")
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "told"), [("nuocws giengf", "Tìm gần đúng theo “nuoc gieng”: Tìm thấy"), ("kinh khí cầu", "Không có trang nào có đủ các chữ “kinh khí cầu”")]
)
def test_what_was_not_found_as_typed_is_said(words: str, told: str, built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, f"{(built('example') / searching.PAGE).as_uri()}?q={words}")
    page.wait_for_function(f"document.querySelector('[data-ts-status]').textContent.includes({json.dumps(told)})")
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_texts_of_records_and_queries_are_never_html(browser: Any, built: Callable[[str], Path]) -> None:
    hostile = '<img src=x onerror="window.harmed = 1">'
    page = opened(browser, (built("example") / searching.PAGE).as_uri())
    page.wait_for_function("typeof tusoiSearch !== 'undefined'")
    page.evaluate(
        "(text) => { const row = tusoiSearch.state().rows[0]; row.title = row.whose = row.text = text; row.inTitle = row.called = undefined; }", hostile
    )
    page.locator("#ts-desk-q").fill("img src")
    page.wait_for_selector("[data-ts-results] > li")
    page.locator("#ts-desk-q").fill("<s>zzzz")
    page.wait_for_function("document.querySelector('[data-ts-status]').textContent.includes('<s>zzzz')")
    assert page.locator("[data-ts-status] *").count() == 0
    assert page.evaluate("window.harmed") is None
    assert page.locator(".ts-page img[src=x]").count() == 0
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_without_scripts_the_way_to_search_leads_to_a_list_of_organisations_and_boards(built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, (built("example") / "dang-uy-xa-an-mau.html").as_uri(), java_script_enabled=False)
    assert not page.locator("[data-ts-search]").is_visible()
    page.locator("[data-ts-opener]").click()
    page.wait_for_url("**/tim-kiem.html")
    links = page.locator("[data-ts-lists] a").all_inner_texts()
    assert {"Đảng ủy xã An Mẫu", "Đảng ủy xã Bình Mẫu", "Việc quá hạn"} <= set(links)
    assert "nay là Đảng ủy xã Bình Cát" in " ".join(page.locator("[data-ts-lists]").inner_text().split())
    assert page.locator("noscript").inner_text()
    assert not page.locator("[data-ts-choices]").is_visible()
    page.context.close()


@pytest.mark.build
@pytest.mark.browser
def test_searching_works_below_a_path_of_a_host(built: Callable[[str], Path], browser: Any, tmp_path: Path) -> None:
    (tmp_path / "mot" / "hai").mkdir(parents=True)
    (tmp_path / "mot/hai/trang").symlink_to(built("example"))
    with served(tmp_path) as address:
        page = opened(browser, f"{address}mot/hai/trang/dang-uy-xa-an-mau/reviews/2024/F1.html")
        page.keyboard.press("/")
        page.keyboard.type("binh cat")
        page.wait_for_selector("[role=option]:first-child[data-way$='/dang-uy-xa-binh-cat.html']")
        page.keyboard.press("ArrowDown")
        with page.expect_navigation() as gone:
            page.keyboard.press("Enter")
        assert gone.value.status == 200
        assert page.url == f"{address}mot/hai/trang/dang-uy-xa-binh-cat.html"
        page.context.close()


@pytest.mark.build
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_what_was_found(width: int, scheme: str, built: Callable[[str], Path], browser: Any) -> None:
    page = opened(browser, f"{(built('example') / searching.PAGE).as_uri()}?q=đất", width, color_scheme=scheme, bypass_csp=True)
    page.wait_for_function(READY)
    page.wait_for_selector("[data-ts-results] > li")
    axe = AXE.read_text(encoding="utf-8")
    run = "async (where) => (await axe.run(where)).violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])"
    page.evaluate(axe)
    assert page.evaluate(run, ".ts-page") == []
    page.goto((built("example") / "bang/xep-loai.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("đất")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.evaluate(axe)
    assert page.evaluate(run, "[data-ts-search]") == []
    page.context.close()


def test_a_page_written_by_hand_is_found_by_its_sections() -> None:
    html = '<h1 id="a">Hướng dẫn</h1><p>Mở đầu.</p><h2 id="b">Gửi<a class="headerlink" href="#b">¶</a></h2><p>Bấm nút.</p><h3>Không có neo</h3>'
    page, section = searching.of_written("huong-dan.html", "Hướng dẫn", html, "Trang hướng dẫn")
    assert (page.path, page.texts) == ("huong-dan.html", ("Mở đầu.",))
    assert (section.path, section.title, section.whose, section.texts) == ("huong-dan.html#b", "Gửi", "Hướng dẫn", ("Bấm nút. Không có neo",))


def test_what_every_page_repeats_is_left_out() -> None:
    found = [Entry(f"{number}.html", f"Bảng {number}", "Bảng", texts=("Dòng nhắc lại.", f"Riêng {number}.")) for number in range(6)]
    made = searching.files(found, "", {}, (), {})
    text = "".join(made.values())
    assert "Dòng nhắc lại" not in text
    assert "Riêng 5." in text


def test_a_state_is_shown_with_its_drawing() -> None:
    found = [Entry("a.html", "A", "Hạn chế", states=(State("Đã khắc phục", "full", "good"),))]
    first = searching.files(found, "", {}, (), {"full": "<svg/>", "half": "<svg/>"})[searching.FIRST]
    assert '"shapes":{"full":"<svg/>"}' in first
