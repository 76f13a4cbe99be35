"""The shape of boards: what the table, the CSV file and the paper say, with and without scripts."""

from __future__ import annotations

import csv
import functools
import io
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import ROOT
from registers import Data, register
from tusoi import asof, flow, page, plugin, progress
from tusoi.collation import sort_key
from tusoi.dates import span
from tusoi.exports import csv_board
from tusoi.labels import Label
from tusoi.page import Page
from tusoi.views import board
from tusoi.views.board import Board, BoardGroup, Cell, Column, Row

DAY = date(2026, 3, 15)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
MANY = 49
EACH = 4
HOSTILE = '=HYPERLINK("x"), hai\n\ndòng; -1 và ="y" <b>đậm</b> &amp;'


def table(*cells: Cell, **more: Any) -> Board:
    """Make a board of one column and one organisation."""
    return Board("thu", (Column("cot", "Cột", filterable=True),), (BoardGroup("Xã An", tuple(Row((each,)) for each in cells)),), "Trống.", **more)


def read(text: str) -> list[list[str]]:
    """Read a CSV file as another program would."""
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_the_file_has_a_line_for_each_row_with_its_group_first() -> None:
    made = csv_board.text(table(board.words("một"), board.words("hai"), foot=(board.words("cộng"),)))
    assert made == '\ufeff"Đơn vị","Cột"\n"Xã An","một"\n"Xã An","hai"\n'


def test_without_groups_the_file_has_only_the_columns() -> None:
    made = Board("thu", (Column("cot", "Cột", csv_head="Cột, đủ lời"),), (BoardGroup("", (Row((board.words("một"),)),)),), "Trống.", by=None)
    assert read(csv_board.text(made)) == [["Cột, đủ lời"], ["một"]]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (board.words('nói "có", rồi\nxuống\r\n\r\ndòng '), 'nói "có", rồi xuống dòng'),
        (board.words("ngắn…", "dài và đủ"), "dài và đủ"),
        (board.number(1949), "1949"),
        (board.number(-0.5), "-0.5"),
        (board.number(None), ""),
        (board.day(date(2025, 3, 9)), "2025-03-09"),
        (board.day("2019-12"), "2019-12"),
        (board.day(2019), "2019"),
        (board.day(span("2019-12")), "2019-12"),
        (board.day(span("2019")), "2019"),
        (board.day(span("2019-12-05")), "2019-12-05"),
        (board.day(None), ""),
        (board.states(Label("Quá hạn"), None, Label("Đang làm")), "Quá hạn; Đang làm"),
        (board.several([board.words("a…", "a đủ"), board.BLANK, board.day("2019-12-05")]), "a đủ; 2019-12-05"),
        (board.remark("Chưa có trả lời"), "Chưa có trả lời"),
    ],
)
def test_what_the_file_says_of_a_cell(cell: Cell, said: str) -> None:
    assert read(csv_board.text(table(cell)))[1] == ["Xã An", said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("=1+1", "'=1+1"),
        ("+84 28", "'+84 28"),
        ("-- giảm", "'-- giảm"),
        ("- giảm", "'- giảm"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1+1", "'＝1+1"),  # noqa: RUF001 -- a wide sign that spreadsheets take for the narrow one
        ("a; =1", "a;' =1"),
        ("a;-b", "a;'-b"),
        ("-5", "-5"),
        ("+5.25", "+5.25"),
        ("-5,25", "'-5,25"),
        ("a = b - c", "a = b - c"),
        ("", ""),
    ],
)
def test_no_cell_is_taken_for_a_formula(text: str, said: str) -> None:
    assert csv_board.safe(text) == said


def test_a_row_must_have_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="board thu: every row needs 1 cells"):
        Board("thu", (Column("cot", "Cột"),), (BoardGroup("Xã An", (Row(()),)),), "Trống.")
    with pytest.raises(ValueError, match="board thu"):
        table(foot=(board.BLANK, board.BLANK))


def test_what_can_be_chosen_stands_a_to_z_and_one_value_is_no_choice() -> None:
    made = table(board.words("Đông"), board.several([board.words("Dương"), board.words("An")]), board.words("An"), board.BLANK)
    assert [(column.key, choices) for column, choices in made.filters] == [("cot", ("An", "Dương", "Đông"))]
    assert table(board.words("An"), board.words("An")).filters == ()


def test_a_long_board_of_several_groups_is_folded_on_a_phone() -> None:
    def groups(*rows: int) -> bool:
        made = tuple(BoardGroup(f"Xã {each}", tuple(Row((board.words(f"{each}-{n}"),)) for n in range(many))) for each, many in enumerate(rows))
        return Board("thu", (Column("cot", "Cột"),), made, "Trống.").folds

    assert groups(6, 7)
    assert not groups(6, 6), "a dozen is read at once"
    assert not groups(13), "folded, there would be nothing"
    assert not groups(13, 0)


WHAT = Column("viec", "Việc", sortable=True)


def dated(*rows: tuple[str, str], first: Column = WHAT) -> Board:
    """Make a board of two organisations with the same rows of a name and a day."""
    lines = tuple(Row((board.words(name), board.day(span(day)) if day else board.BLANK)) for name, day in rows)
    return Board("thu", (first, Column("ngay", "Ngày", "date", sortable=True)), (BoardGroup("Xã An", lines), BoardGroup("Xã Bình", lines)), "Trống.")


def test_an_order_is_offered_where_rows_of_one_group_differ() -> None:
    assert [each.key for each in dated(("Một", "2025-01-02"), ("Hai", "2025-03-04")).orders] == ["viec", "ngay"]
    assert [each.key for each in dated(("Một", "2025-01-02"), ("Hai", "2025-01-02")).orders] == ["viec"]
    assert dated(("Một", "2025-01-02")).orders == (), "organisations stay where they are, so there is nothing to put in order"


@pytest.mark.parametrize(
    "column",
    [
        Column("don-vi", "Đơn vị", sortable=True),
        Column("don-vi", "Đơn vị"),
        Column("so", "Số", "number", sortable=True),
        Column("tinh-trang", "Tình trạng", "chip", sortable=True),
        Column("sap", "Sắp"),
        Column("tim", "Tìm"),
    ],
)
def test_no_view_can_let_organisations_or_numbers_be_put_in_order(column: Column) -> None:
    with pytest.raises(ValueError, match="board thu: "):
        dated(("Một", "2025-01-02"), first=column)


def test_no_order_of_any_board_is_by_a_post_or_a_person() -> None:
    """What is sorted is set beside each other: things and days, never who did them."""
    offered = {value for each in example().values() for value in re.findall(r'<option value="-?([a-z-]+)">', each.html)}
    assert offered >= {"viec", "tu-han", "ngay-de-nghi", "ngay-kiem-tra"}
    assert offered <= {"viec", "han", "han-dau", "tu-han", "den-han", "han-che", "cuoi", "nhan", "ket-thuc", "den-ngay"} | {
        e for e in offered if e.startswith("ngay")
    }


def test_a_column_that_says_nothing_is_in_the_file_only() -> None:
    columns = (Column("viec", "Việc"), Column("so", "Số", "number"), Column("tong", "Tổng", "number"))
    rows = (Row((board.words("Một"), board.BLANK, board.BLANK)), Row((board.words("Hai"), board.BLANK, board.BLANK)))
    made = Board("thu", columns, (BoardGroup("Xã An", rows),), "Trống.", foot=(board.words("Cộng"), board.BLANK, board.number(0)))
    assert made.hidden == {"so"}
    assert made.width == 2
    assert made.heads == ("Đơn vị", "Việc", "Số", "Tổng")
    assert table(board.BLANK).hidden == frozenset()


def requests(many: int = MANY, each: int = EACH) -> dict[str, Data]:
    """Many organisations, each of which asked several times for another date; the first says something hostile."""
    records: dict[str, Data] = {
        "project": {"format": 1, "root": "goc", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "audience": "public", "title": "Tên <nơi>"}
    }
    for number in range(many):
        place, name = f"xa-{number:02d}", f"Đảng ủy xã Thử {number:02d}"
        actions = [
            {"id": f"A{n}", "findings": [], "content": f"Việc thứ {n} của xã {number:02d}", "owner": f"{place}/roles/bi-thu", "due": "2026-01-31"}
            for n in range(each)
        ]
        own: dict[str, Data] = {
            place: {"name": name, "type": "party_committee"},
            f"{place}/roles/bi-thu": {"name": f"Bí thư {name}", "rank": "head"},
            f"{place}/plans/2025": {
                "of": [],
                "accountable": f"{place}/roles/bi-thu",
                "direction": "Làm.",
                "actions": actions,
                "approved": {"date": "2025-01-05"},
            },
        }
        for n in range(each):
            own[f"{place}/postponements/{n}"] = {
                "of": f"{place}/plans/2025#A{n}",
                "from": "2026-01-31",
                "to": "2026-04-30",
                "date": f"2026-01-{10 + n}",
                "reason": HOSTILE if n == number == 0 else f"Mưa đợt {n}, đường vào xã {number:02d} không đi được trong nhiều ngày.",
            }
        records |= own
    return records


@functools.cache
def many() -> Page:
    """Make the board of those organisations."""
    records = asof.at(register(requests()), DAY)
    return page.render(records, progress.measure(records, DAY))["bang/gia-han.html"]


@functools.cache
def example() -> dict[str, Page]:
    return dict(flow.judge(flow.read(flow.HERE / "example"), DAY).pages())


def test_every_board_of_a_page_has_its_file_and_a_way_to_it() -> None:
    shown = {path: re.findall(r'data-ts-board="([^"]+)"', each.html) for path, each in example().items()}
    assert shown["bang/ket-qua-xac-nhan.html"] == ["ket-qua-xac-nhan", "cho-xac-nhan"]
    files = page.files_of(example())
    for path, names in shown.items():
        for name in names:
            assert re.search(rf'href="(?:\.\./)*(?:bang/)?{name}\.csv"', example()[path].html)
            rows = read(files[f"bang/{name}.csv"])
            assert len({len(row) for row in rows}) == 1, name
    assert {f"bang/{name}.csv" for names in shown.values() for name in names} <= set(files)


def test_an_empty_board_has_a_file_of_heads_and_no_button() -> None:
    records = register({"project": requests(0)["project"]})
    empty = page.render(records, progress.measure(records, DAY))["bang/gia-han.html"]
    assert [row[:2] for row in read(empty.beside["bang/gia-han.csv"])] == [["Đơn vị", "Việc"]]
    assert "data-ts-csv" not in empty.html


def test_two_boards_cannot_have_one_file() -> None:
    again = '{% set title = "t" %}{% import "_board.html.j2" as b %}{{ b.board(views.requests(), "a") }}'
    records = register(requests(1, 1))
    facts = progress.measure(records, DAY)
    with pytest.raises(ValueError, match=r"two boards have the file bang/gia-han\.csv"):
        page.files_of(page.render(records, facts, overrides={"lai.html.j2": again}))
    with pytest.raises(ValueError, match=r"two boards have the file bang/gia-han\.csv"):
        page.render(records, facts, overrides={"lai.html.j2": again + '{{ b.board(views.requests(), "b") }}'})


def test_the_text_of_records_is_escaped_in_the_table() -> None:
    assert "<b>đậm" not in many().html
    assert "Tên <nơi>" not in many().html


def test_a_board_has_nothing_that_a_strict_security_policy_forbids() -> None:
    """No script, handler or style inside the page: all of it comes from files of the site."""
    assert re.findall(r"<(?:script|style)\b|<[^>]*\s(?:on\w+|style)=|javascript:", many().html) == []


def test_rows_say_their_column_on_a_phone() -> None:
    """Every cell carries the head of its column, for cards."""
    cells = re.findall(r"<t[hd][^>]*data-label=\"([^\"]*)\"", many().html)
    heads = re.findall(r'data-key="[^"]*">([^<]*)</th>', many().html)
    assert cells == heads * (MANY * EACH)


@pytest.mark.build
@pytest.mark.filterwarnings("ignore:user_configs:DeprecationWarning")  # MkDocs has no other way to what its user wrote
def test_the_files_are_in_the_site_and_beside_pages_for_other_generators(built: Callable[[str], Path], tmp_path: Path) -> None:
    folder = flow.HERE / "example"
    plugin.write_pages(flow.judge(flow.read(folder), DAY), folder, tmp_path, "vi")
    made = page.files_of(example())
    assert len(made) > 2
    for path, text in made.items():
        assert (built("example") / path).read_bytes() == text.encode()
        assert (tmp_path / "docs" / path).read_bytes() == text.encode()


@pytest.fixture(scope="module")
def shell(built: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Put boards into a page of the built example, with its theme, on a disk; give the address of one by its name."""
    site = built("example")
    folder = tmp_path_factory.mktemp("boards")
    shutil.copytree(site / "assets", folder / "assets")
    (folder / "bang").mkdir()
    frame = (site / "bang/gia-han.html").read_text(encoding="utf-8")
    start, end = frame.index('<div class="ts-page">'), frame.index("</article>")
    of_example = {name: example()[f"bang/{name}.html"] for name in ("ket-qua-xac-nhan", "nam-truoc", "chua-nop")}
    for name, made in {"gia-han-minh-hoa": example()["bang/gia-han.html"], **of_example, "gia-han": many()}.items():
        (folder / f"bang/{name}.html").write_text(frame[:start] + made.html + frame[end:], encoding="utf-8")
        for path, text in made.beside.items():
            (folder / path).write_text(text, encoding="utf-8", newline="")
    return lambda name: (folder / f"bang/{name}.html").as_uri()


def squeezed(text: str) -> str:
    """Leave out spaces and line breaks: on paper they stand where there is room."""
    return re.sub(r"\s+", "", text)


def printed(tab: Any, path: Path) -> list[str]:
    """Print a page to a file, look at its format and colours, and give the text of each sheet."""
    tab.pdf(path=path, prefer_css_page_size=True)
    sheets = PdfReader(path).pages
    assert {(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in sheets} == {(842, 595)}
    drawn = b"".join(content.get_data() for sheet in sheets if (content := sheet.get_contents()) is not None)
    assert set(re.findall(rb"([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)\b", drawn)) == {b"0 0 0"}
    return [squeezed(sheet.extract_text()) for sheet in sheets]


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("scripts", [True, False])
def test_a_board_of_49_organisations_prints_on_a4_across(scripts: bool, shell: Callable[[str], str], browser: Any, tmp_path: Path) -> None:  # noqa: FBT001 -- a case
    """Each sheet repeats what the table is and its heads, and has its number; the last one has the place for signatures."""
    context = browser.new_context(java_script_enabled=scripts, color_scheme="dark")
    tab = context.new_page()
    tab.goto(shell("gia-han"))
    sheets = printed(tab, tmp_path / "board.pdf")
    context.close()
    assert len(sheets) > 5
    for number, sheet in enumerate(sheets, 1):
        assert f"Trang{number}/{len(sheets)}" in sheet
    for sheet in sheets:
        assert squeezed("Tên <nơi> – Các lần gia hạn. Số liệu tính đến ngày 15/3/2026.") in sheet
        assert squeezed("Hạn đã qua khi đề nghị") in sheet
        assert "củaxã" in sheet, "no sheet of signatures alone"
        assert not re.search(r"ĐảngủyxãThử\d\d$", sheet), "no name of an organisation below which nothing stands"
    together = "".join(sheets)
    for number in range(MANY):
        assert together.count(f"ĐảngủyxãThử{number:02d}") == 1
        for n in range(EACH):
            assert together.count(f"Việcthứ{n}củaxã{number:02d}") == 1
    assert [squeezed("Người lập biểu") in sheet for sheet in sheets] == [False] * (len(sheets) - 1) + [True]
    assert squeezed("Lọc, sắp bảng") not in together
    assert squeezed("Tải bảng") not in together
    assert squeezed("Các đơn vị") not in together, "the menu is not printed"


@pytest.mark.browser
@pytest.mark.build
def test_a_filtered_board_is_sent_downloaded_and_printed_as_filtered(shell: Callable[[str], str], browser: Any, tmp_path: Path) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    left: list[str] = []
    tab.on("request", lambda request: left.append(request.url) if not request.url.startswith(("file:", "data:", "blob:")) else None)
    tab.goto(shell("gia-han"))
    tab.get_by_label("Đơn vị", exact=True).select_option("Đảng ủy xã Thử 00")
    assert tab.locator("[data-ts-row]:visible").count() == EACH
    assert tab.locator(".ts-board").get_by_role("status").text_content() == "Đang hiện 4 trong 196 dòng."
    with tab.expect_download() as download:
        tab.get_by_text("Tải 4 dòng đang hiện (CSV)").click()
    heads, *lines = many().beside["bang/gia-han.csv"].splitlines(keepends=True)
    assert download.value.suggested_filename == "gia-han-loc.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8") == heads + "".join(each for each in lines if "Thử 00" in each)
    assert "'=HYPERLINK" in "".join(lines)

    other = browser.new_page()
    other.goto(tab.url)
    assert "?don-vi=" in tab.url
    assert other.locator("[data-ts-row]:visible").count() == EACH
    sheets = printed(other, tmp_path / "filtered.pdf")
    assert len(sheets) <= 2
    assert squeezed("Chỉ gồm: đơn vị “Đảng ủy xã Thử 00” (4 trong 196 dòng).") in sheets[0]
    assert squeezed("xã Thử 01") not in "".join(sheets)

    tab.get_by_role("button", name="Bỏ chọn").click()
    tab.wait_for_function("!location.search")
    assert tab.locator(".ts-board").get_by_role("status").text_content() == "196 dòng."
    with tab.expect_download() as whole:
        tab.get_by_text("Tải bảng (CSV)").click()
    assert Path(whole.value.path()).read_text(encoding="utf-8") == many().beside["bang/gia-han.csv"]
    assert left == []
    tab.close()
    other.close()


@pytest.mark.browser
@pytest.mark.build
def test_words_are_found_without_their_marks_and_what_is_not_there_is_said(shell: Callable[[str], str], browser: Any) -> None:
    """On a phone, where what can be chosen is folded up at first."""
    tab = browser.new_page(viewport={"width": 390, "height": 900})
    tab.goto(shell("gia-han"))
    tab.get_by_text("Lọc, sắp bảng", exact=True).click()
    tab.get_by_label("Có chữ").fill("DUONG vao 07")
    assert tab.locator("[data-ts-row]:visible").count() == EACH
    tab.get_by_label("Có chữ").fill("không hề có")
    assert tab.locator(".ts-board").get_by_role("status").text_content() == "Đang hiện 0 trong 196 dòng. Không có dòng nào khớp với điều đã chọn."
    assert tab.locator("[data-group]:visible").count() == 0
    tab.close()


@pytest.mark.browser
@pytest.mark.build
def test_two_boards_on_a_page_are_filtered_each_for_itself(shell: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page()
    tab.goto(shell("ket-qua-xac-nhan"))
    first, second = tab.locator(".ts-board").all()
    before = first.locator("[data-ts-row]:visible").count()
    second.get_by_label("Đơn vị", exact=True).select_option("Đảng ủy xã Bình Cát")
    assert "?cho-xac-nhan.don-vi=" in tab.url
    assert first.locator("[data-ts-row]:visible").count() == before
    assert second.locator("[data-group]:visible").count() == 1
    tab.close()


SHOWN = "[data-ts-row]:visible"
LINES = "(rows) => rows.map((row) => row.closest('[data-group]').dataset.group)"


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_a_long_board_is_folded_by_organisations_and_each_opens_by_a_tap(
    scripts: bool,  # noqa: FBT001 -- a case
    shell: Callable[[str], str],
    browser: Any,
    tmp_path: Path,
) -> None:
    """Without scripts, too; on paper and on a wide screen all rows are there, whatever is folded."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    tab = context.new_page()
    tab.goto(shell("gia-han"))
    folds = tab.locator(".ts-board__fold > summary")
    assert folds.count() == MANY
    assert tab.locator(SHOWN).count() == 0
    assert min(each.bounding_box()["height"] for each in folds.all()[:3]) >= 48
    assert folds.nth(7).text_content() == "Đảng ủy xã Thử 07: Xem 4 dòng"
    folds.nth(7).click()
    assert tab.locator(SHOWN).evaluate_all(LINES) == ["Đảng ủy xã Thử 07"] * EACH
    together = "".join(printed(tab, tmp_path / "phone.pdf"))
    assert together.count("Việcthứ") == MANY * EACH
    assert squeezed("Xem 4 dòng") not in together
    folds.nth(7).click()
    assert tab.locator(SHOWN).count() == 0
    tab.set_viewport_size({"width": 1280, "height": 844})
    assert tab.locator(SHOWN).count() == MANY * EACH
    assert tab.locator(".ts-board__fold:visible").count() == 0
    context.close()


@pytest.mark.browser
@pytest.mark.build
def test_what_is_chosen_opens_what_has_it_and_all_folds_again_but_what_the_reader_opened(shell: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(shell("gia-han"))
    tab.locator(".ts-board__fold > summary").nth(3).click()
    tab.get_by_text("Lọc, sắp bảng", exact=True).click()
    tab.get_by_label("Sắp trong từng đơn vị").select_option("Ngày đề nghị: muộn trước")
    assert tab.locator(SHOWN).count() == EACH, "another order is no choice"
    tab.get_by_label("Có chữ").fill("07 2026-01-12")
    assert tab.locator(SHOWN).evaluate_all(LINES) == ["Đảng ủy xã Thử 07"]
    assert tab.locator(".ts-board__fold:visible").inner_text().strip().endswith("1 trong 4 dòng")
    tab.get_by_role("button", name="Bỏ chọn").click()
    tab.wait_for_function("!location.search")
    assert tab.locator(SHOWN).evaluate_all(LINES) == ["Đảng ủy xã Thử 03"] * EACH
    assert tab.locator(".ts-board__fold > summary").nth(7).text_content() == "Đảng ủy xã Thử 07: Xem 4 dòng"
    tab.goto(f"{shell('gia-han')}?don-vi=Đảng ủy xã Thử 09")
    assert tab.locator(SHOWN).evaluate_all(LINES) == ["Đảng ủy xã Thử 09"] * EACH, "an address that was sent"
    tab.goto(f"{shell('gia-han')}#gia-han-xa-11")
    assert tab.locator(SHOWN).evaluate_all(LINES) == ["Đảng ủy xã Thử 11"] * EACH, "a way to one group"
    tab.evaluate("location.hash = 'gia-han-xa-12'")
    tab.wait_for_function("document.querySelectorAll('.ts-board__fold[open]').length === 2")
    tab.close()


@pytest.mark.browser
@pytest.mark.build
def test_who_confirmed_is_seen_at_a_glance_on_a_phone(shell: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(shell("ket-qua-xac-nhan"))
    assert tab.evaluate("document.documentElement.scrollHeight") < 10_000
    folded = tab.locator(".ts-board").first.locator("[data-group]")
    names = folded.evaluate_all("(each) => each.map((one) => one.dataset.group)")
    assert names == sorted(names, key=sort_key)
    assert "6/6 lần độc lập; gần nhất 05/3/2026" in folded.filter(has_text="Đảng ủy xã An Mẫu").first.locator("summary").text_content()
    tab.close()


def first_lines(tab: Any, group: str) -> list[str]:
    """Give what the rows of one organisation are about, in the order in which they stand."""
    return [each.strip() for each in tab.locator(f'[data-group="{group}"] [data-ts-row] > th').all_inner_texts()]


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("width", [390, 1280])
def test_rows_are_put_in_another_order_within_each_organisation_only(width: int, shell: Callable[[str], str], browser: Any, tmp_path: Path) -> None:
    """By its choice, in the address that is sent, in the file and on paper; the organisations stay A–Z, and one button brings all back."""
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(shell("gia-han"))
    groups = tab.locator("[data-group]").evaluate_all("(each) => each.map((one) => one.dataset.group)")
    before = [f"Việc thứ {n} của xã 07" for n in range(EACH)]
    assert first_lines(tab, "Đảng ủy xã Thử 07") == before
    if width < 600:
        tab.get_by_text("Lọc, sắp bảng", exact=True).click()
    tab.get_by_label("Sắp trong từng đơn vị").select_option("Ngày đề nghị: muộn trước")
    assert tab.url.endswith("?sap=-ngay-de-nghi")
    assert tab.locator("[data-group]").evaluate_all("(each) => each.map((one) => one.dataset.group)") == groups == sorted(groups)
    assert first_lines(tab, "Đảng ủy xã Thử 07") == before[::-1]
    assert tab.locator("[data-group] > tr:first-child").count() == tab.locator("[data-group] > .ts-board__group:first-child").count() == MANY
    assert tab.locator(".ts-board").get_by_role("status").text_content() == "196 dòng. Sắp theo Ngày đề nghị: muộn trước."
    assert tab.locator("[aria-sort]").evaluate_all("(each) => each.map((one) => one.dataset.key + one.ariaSort)") == ["ngay-de-nghidescending"]
    with tab.expect_download() as download:
        tab.get_by_text("Tải bảng (CSV)").click()
    lines = read(Path(download.value.path()).read_bytes().decode())
    assert [line[1] for line in lines if line[0] == "Đảng ủy xã Thử 07"] == before[::-1]
    assert sorted(lines[1:]) == sorted(read(many().beside["bang/gia-han.csv"])[1:])

    other = browser.new_page(viewport={"width": width, "height": 900})
    other.goto(tab.url)
    assert first_lines(other, "Đảng ủy xã Thử 07") == before[::-1]
    sheets = "".join(printed(other, tmp_path / "ordered.pdf"))
    assert squeezed("Sắp theo Ngày đề nghị: muộn trước.") in sheets
    assert squeezed("Chỉ gồm") not in sheets
    other.close()

    tab.get_by_role("button", name="Bỏ chọn").click()
    tab.wait_for_function("!location.search")
    assert first_lines(tab, "Đảng ủy xã Thử 07") == before
    assert tab.locator("[aria-sort]").count() == 0
    tab.close()


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize(
    ("page_name", "order"),
    [
        ("nam-truoc", "ngay-kiem-tra"),
        ("nam-truoc", "-ngay-kiem-tra"),
        ("nam-truoc", "han-che"),
        ("gia-han-minh-hoa", "ngay-tra-loi"),
        ("gia-han-minh-hoa", "-ngay-tra-loi"),
    ],
)
def test_dates_go_by_days_and_names_by_the_dictionary_and_what_says_nothing_stands_last(
    page_name: str, order: str, shell: Callable[[str], str], browser: Any
) -> None:
    """“Chưa có trả lời” says no day either."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    named = re.search(r'data-ts-board="(tung-han-che-[^"]+)"', example()["bang/nam-truoc.html"].html)
    assert named
    name = named[1] if page_name == "nam-truoc" else "gia-han"
    tab.goto(f"{shell(page_name)}?{name + '.' if page_name == 'nam-truoc' else ''}sap={order}")
    key = order.removeprefix("-")
    place = f'[data-ts-board="{name}"]'
    column = tab.locator(f"{place} thead [data-key]").evaluate_all("(each) => each.map((one) => one.dataset.key)").index(key)
    text = "(rows) => rows.map((row) => row.cells[COLUMN].dataset.csv ?? row.cells[COLUMN].textContent.trim())".replace("COLUMN", str(column))
    kinds = set()
    for group in tab.locator(f"{place} [data-group]").all():
        said = group.locator("[data-ts-row]").evaluate_all(text)
        stated = [each for each in said if each and (key == "han-che" or each[0].isdigit())]
        wanted = sorted(stated, key=sort_key if key == "han-che" else None, reverse=order.startswith("-"))
        assert said[: len(stated)] == wanted
        kinds |= {"changed"} if len(set(stated)) > 1 else set()
        kinds |= {"blank"} if 0 < len(stated) < len(said) else set()
    assert kinds == {"changed", "blank"} if key != "han-che" else {"changed"}, "the example has what is to be seen here"
    tab.close()


@pytest.mark.browser
@pytest.mark.build
def test_an_organisation_is_chosen_once_for_all_tables_of_a_page_and_its_address_can_be_sent(shell: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(shell("nam-truoc"))
    names = "(each) => [...new Set(each.map((row) => row.closest('[data-group]').dataset.group || row.cells[0].textContent.trim()))]"
    everybody = tab.locator("[data-ts-row]").evaluate_all(names)
    rows = tab.locator("[data-ts-row]:not([hidden])")
    assert len(everybody) > 3
    tab.get_by_label("Đơn vị (mọi bảng)").select_option("Đảng ủy xã An Mẫu")
    assert rows.evaluate_all(names) == ["Đảng ủy xã An Mẫu"]
    assert rows.count() > 2
    assert tab.locator("[data-ts-row]:visible").count() == rows.count(), "what is folded opens where there is something"
    boards = tab.locator("[data-ts-board]").count()
    assert tab.locator("[data-ts-chosen]").filter(has_text="Chỉ gồm: đơn vị (mọi bảng) “Đảng ủy xã An Mẫu”").count() == boards > 2
    other = browser.new_page()
    other.goto(tab.url)
    assert other.locator("[data-ts-row]:not([hidden])").all_text_contents() == rows.all_text_contents()
    other.goto(f"{shell('nam-truoc')}?trang.don-vi=Đảng ủy xã Đã Mất")
    assert not other.locator("[data-ts-row]:not([hidden])").count(), "an address that asks for what is not there is not answered with everything"
    assert other.get_by_text("Không có dòng nào khớp với điều đã chọn.").count() == boards
    assert other.get_by_label("Đơn vị (mọi bảng)").input_value() == "Đảng ủy xã Đã Mất"
    other.close()
    tab.get_by_label("Đơn vị (mọi bảng)").select_option("Tất cả")
    tab.get_by_label("Nhóm tương đồng (mọi bảng)").select_option("Chi bộ trường học")
    assert rows.evaluate_all(names) == ["Chi bộ Trường Trung học cơ sở Đông Mẫu"]
    assert "don-vi" not in tab.url
    tab.close()


@pytest.mark.browser
@pytest.mark.build
def test_a_board_is_looked_at_within_one_group_of_peers(shell: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(shell("nam-truoc"))
    first = tab.locator(".ts-board").first
    whole = first.locator("[data-ts-row]:visible").count()
    first.get_by_label("Nhóm tương đồng").select_option("Chi bộ trường học")
    some = first.locator("[data-ts-row]:visible")
    assert 0 < some.count() < whole
    assert some.locator("th").all_inner_texts() == ["Chi bộ Trường Trung học cơ sở Đông Mẫu"]
    sums = first.locator("tfoot").locator("th, td")
    said = [int(each) if each else 0 for each in (cell.strip() for cell in sums.all_text_contents()[1:-1])]
    assert sums.first.text_content() == "Cộng các dòng đang hiện"
    assert said == [int(each.strip() or 0) for each in some.first.locator("td").all_text_contents()[:-1]]
    assert said[0] == sum(said[1:]) == 2
    first.get_by_label("Nhóm tương đồng").select_option("Tất cả")
    assert sums.first.text_content().strip() == "Cộng"
    assert int(sums.nth(1).text_content()) == sum(int(each) for each in first.locator("[data-ts-row] > td:nth-child(2)").all_text_contents()) > 2
    first.get_by_label("Nhóm tương đồng").select_option("Chi bộ trường học")
    assert "nhom=" in tab.url
    tab.close()


@pytest.mark.browser
@pytest.mark.build
def test_the_button_of_a_board_prints_that_board_alone_and_then_all_is_there_again(shell: Callable[[str], str], browser: Any, tmp_path: Path) -> None:
    """Of two boards with pictures around them: the heading, the notice that a place is invented, and the second board as it is filtered."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    tab.goto(shell("ket-qua-xac-nhan"))
    everything = printed(tab, tmp_path / "everything.pdf")
    first, second = tab.locator(".ts-board").all()
    second.get_by_label("Đơn vị", exact=True).select_option("Đảng ủy xã Bình Cát")
    second.get_by_role("button", name="In bảng").click()
    assert tab.evaluate("window.printed") == 1
    tab.emulate_media(media="print")
    assert not first.locator("table").is_visible()
    assert second.locator("table").is_visible()
    shown = "[...document.querySelector('.ts-page').children].filter((each) => each.checkVisibility()).map((each) => each.tagName + '.' + each.className)"
    assert tab.evaluate(shown) == ["DIV.ts-banner ts-banner--notice", "H1.", "SECTION.ts-section"]
    sheets = printed(tab, tmp_path / "alone.pdf")
    together = "".join(sheets)
    assert len(sheets) < len(everything)
    assert [number for number, sheet in enumerate(sheets, 1) if sheet == f"Trang{number}/{len(sheets)}"] == [], "no empty sheet"
    assert squeezed("Chỉ gồm: đơn vị “Đảng ủy xã Bình Cát”") in together
    assert squeezed("Huyện Minh Họa là địa phương hư cấu") in together
    assert squeezed("Tính theo hồ sơ đã tiếp nhận đến ngày 15/3/2026.") in together
    assert together.count(squeezed("Người lập biểu")) == 1
    assert "".join(everything).count(squeezed("Người lập biểu")) == 2

    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert first.locator("table").is_visible(), "the browser's own menu prints the page"
    tab.emulate_media(media="screen")
    assert first.locator("table").is_visible()
    assert tab.locator("[data-ts-off-paper]").count() == 0
    tab.close()


@pytest.mark.browser
@pytest.mark.build
def test_where_one_board_of_a_page_is_filtered_each_says_on_paper_what_of_it_is_there(shell: Callable[[str], str], browser: Any, tmp_path: Path) -> None:
    """The browser prints all boards of a page, as they are on the screen; nobody is to take a whole one for what was chosen."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(shell("ket-qua-xac-nhan"))
    rows = [each.locator("[data-ts-row]").count() for each in tab.locator(".ts-board").all()]
    whole = squeezed(f"chờ xác nhận. Số liệu tính đến ngày 15/3/2026. Cả bảng, {rows[1]} dòng.")
    assert squeezed("Cả bảng") not in "".join(printed(tab, tmp_path / "whole.pdf"))
    tab.locator(".ts-board").first.get_by_label("Đơn vị", exact=True).select_option("Đảng ủy xã An Mẫu")
    sheets = "".join(printed(tab, tmp_path / "one.pdf"))
    assert squeezed(f"đã kiểm tra. Số liệu tính đến ngày 15/3/2026. Chỉ gồm: đơn vị “Đảng ủy xã An Mẫu” (6 trong {rows[0]} dòng).") in sheets
    assert whole in sheets
    assert squeezed("Kiểm tra tuyến ống phố Chợ") not in sheets, "what was filtered out"
    other = browser.new_page()
    other.goto(f"{shell('ket-qua-xac-nhan')}?don-vi=Đảng ủy xã An Mẫu")
    assert whole in "".join(printed(other, tmp_path / "sent.pdf")), "of an address that was sent, too"
    other.close()
    tab.locator(".ts-board").first.get_by_role("button", name="Bỏ chọn").click()
    tab.wait_for_function("!location.search")
    assert squeezed("Cả bảng") not in "".join(printed(tab, tmp_path / "again.pdf"))
    tab.close()


BROUGHT = """
    window.brought = 0;
    const bring = Element.prototype.scrollIntoView;
    Element.prototype.scrollIntoView = function (...how) {
        if (this.matches("[data-ts-count]")) window.brought += 1;
        bring.apply(this, how);
    };
"""
PLACE = "document.querySelectorAll('[data-ts-board] .ts-board__tools')[{}].getBoundingClientRect().top"


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("width", [390, 1280])
def test_an_address_with_a_filter_opens_where_that_board_is_and_coming_back_keeps_the_place(width: int, shell: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 844})
    tab.add_init_script(BROUGHT)
    tab.goto(f"{shell('ket-qua-xac-nhan')}?cho-xac-nhan.don-vi=Đảng ủy xã Bình Cát")
    assert tab.evaluate("window.brought") == 1
    header = tab.locator(".md-header").bounding_box()["height"]
    count = tab.locator(".ts-board").nth(1).get_by_role("status").bounding_box()["y"]
    assert header <= count < tab.evaluate(PLACE.format(1)) < 200
    assert tab.evaluate("document.activeElement === document.body")

    tab.evaluate("window.scrollTo({ top: 30, behavior: 'instant' })")
    tab.goto(shell("gia-han"))
    assert tab.evaluate("window.scrollY") == 0, "nothing is filtered"
    tab.go_back()
    tab.wait_for_function("window.scrollY === 30")
    tab.reload()
    tab.wait_for_function("window.scrollY === 30")
    assert tab.evaluate("window.brought") == 0
    assert tab.evaluate(PLACE.format(1)) > 200
    tab.close()


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("ending", ["?khac=1", "?cho-xac-nhan.don-vi=Đảng ủy xã Bình Cát#__skip"])
def test_the_window_stays_where_it_is_when_nothing_is_chosen_or_a_place_is_named(ending: str, shell: Callable[[str], str], browser: Any) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(shell("ket-qua-xac-nhan") + ending)
    assert tab.evaluate(PLACE.format(1)) > 844
    tab.close()


@pytest.mark.browser
@pytest.mark.build
def test_without_scripts_the_whole_table_and_its_file_are_there(shell: Callable[[str], str], browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(shell("gia-han"))
    assert tab.locator("[data-ts-row]:visible").count() == MANY * EACH
    assert tab.locator("form select:visible").count() == 0
    assert tab.locator("[data-ts-print]:visible").count() == 0
    assert tab.get_by_text("Tải bảng (CSV)").get_attribute("href") == "gia-han.csv"
    context.close()


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_board_is_for_everybody(width: int, scheme: str, shell: Callable[[str], str], browser: Any) -> None:
    """No axe violation of any impact, nothing wider than the screen, and nothing to press that is smaller than a finger; cards on a phone."""
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    tab.goto(shell("ket-qua-xac-nhan"))
    for folded in tab.locator(":is([data-ts-choose], .ts-board__fold) > summary").all() if width < 600 else []:
        folded.click()
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run('.ts-page', {resultTypes: ['violations']})")
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found["violations"]] == []
    assert not tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    pressed = tab.locator(".ts-board :is(select, input, button, summary, .ts-button)").locator("visible=true").all()
    assert len(pressed) > 10
    assert [each.text_content() for each in pressed if each.bounding_box()["height"] < 48] == []
    assert tab.locator(".ts-board thead").first.bounding_box()["width"] < 2 or width > 600
    tab.close()
