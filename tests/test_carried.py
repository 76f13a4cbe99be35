"""The board "Năm trước hứa gì, nay ra sao": each answer beside what the checker found, and a tally that adds up."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from registers import Data, register
from test_boards import DISTRICT, board, made, organisation, pages, text
from tusoi import asof, page, progress
from tusoi.page import Page

DAY = date(2027, 1, 15)
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
HELD: Data = {"cycle": "huyen/cycles/2026", "held_elsewhere": {"kind": "Báo cáo kiểm điểm", "by": "Văn phòng Huyện ủy", "submitted": "2026-12-10"}}


def cycle(*scope: str) -> dict[str, Data]:
    of_2025 = {**DISTRICT["huyen/cycles/2025"], "scope": list(scope)}
    more: Data = {"name": "Kỳ năm 2026", "from": "2026-01-01", "to": "2026-12-31", "previous": "huyen/cycles/2025", "opened": {"date": "2026-01-02"}}
    return {**DISTRICT, "huyen/cycles/2025": of_2025, "huyen/cycles/2026": of_2025 | more}


def review(of: str, answer: str = "", seal: str = "concluded", **more: Any) -> dict[str, Data]:
    entries = [{"finding": f"{of}/reviews/2025#F1", "answer": answer, **more}] if answer else []
    return {f"{of}/reviews/2026": {"cycle": "huyen/cycles/2026", "carry_over": entries, seal: {"date": "2026-12-11"}}}


def checked(of: str, result: str, check: str = "carry_over") -> dict[str, Data]:
    entry = {"of": f"{of}/reviews/2025#F1", "check": check, "result": result}
    return {f"huyen/verifications/{of}": {"date": "2026-12-20", "by": "huyen/roles/bi-thu", "method": "Xem sổ.", "entries": [entry]}}


def site(*parts: Mapping[str, Data]) -> Mapping[str, Page]:
    head: dict[str, Data] = {"huyen/roles/bi-thu": {"name": "Bí thư Huyện ủy Thử", "rank": "head"}}
    records = asof.at(register({"project": PROJECT}, head, *parts), DAY)
    return page.render(records, progress.measure(records, DAY))


def read(found: Mapping[str, Page], name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside the board's page, by the heads of their columns."""
    content = found["bang/nam-truoc.html"].beside[f"bang/{name}-huyen-cycles-2026.csv"]
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))


@functools.cache
def three() -> Mapping[str, Page]:
    """An says resolved, and was checked; Bình says nothing; Cát's review is held elsewhere."""
    bodies = [organisation(each, f"Đảng ủy xã {name}") for each, name in (("cat", "Cát"), ("binh", "Bình"), ("an", "An"))]
    answers = [review("an", "resolved", text="Đã vá đường."), review("binh", seal="submitted"), {"cat/reviews/2026": HELD}]
    return site(cycle("cat", "binh", "an"), *bodies, *answers, checked("an", "partly"))


def test_the_tally_says_what_each_answered_and_who_is_not_ready_to_be_rated() -> None:
    rows = [list(each.values()) for each in read(three(), "nam-truoc")]
    assert rows == [
        ["Đảng ủy xã An", "1", "0", "0", "1", "0", "0", "0", "Đã trả lời đủ"],
        ["Đảng ủy xã Bình", "1", "0", "0", "0", "0", "1", "0", "Chưa đủ để xếp loại"],
        ["Đảng ủy xã Cát", "1", "0", "0", "0", "0", "0", "1", "Theo báo cáo lưu ở nơi khác"],
    ]


def test_each_answer_stands_beside_who_checked_it_and_whether_they_agree() -> None:
    rows = read(three(), "tung-han-che")
    assert [each["Đơn vị"] for each in rows] == ["Đảng ủy xã An", "Đảng ủy xã Bình", "Đảng ủy xã Cát"]
    an, binh, cat = rows
    assert an == {
        "Đơn vị": "Đảng ủy xã An",
        "Hạn chế": "Hạn chế của Đảng ủy xã An",
        "Đơn vị trả lời": "Đã khắc phục",
        "Nội dung trả lời": "Đã vá đường.",
        "Ngày trả lời": "2026-12-11",
        "Kết quả kiểm tra": "Xác nhận một phần",
        "Ai kiểm tra": "Bí thư Huyện ủy Thử",
        "Ngày kiểm tra": "2026-12-20",
        "Tính vào cột": "Đang khắc phục",
    }
    assert (binh["Đơn vị trả lời"], binh["Kết quả kiểm tra"], binh["Tính vào cột"]) == ("Chưa trả lời", "Chưa ai kiểm tra", "Chưa trả lời")
    assert (cat["Đơn vị trả lời"], cat["Tính vào cột"]) == ("Báo cáo lưu tại Văn phòng Huyện ủy", "Trả lời lưu ở nơi khác")


def test_what_whoever_checked_counted_stands_beside_what_the_organisation_said() -> None:
    counted = checked("an", "partly")
    counted["huyen/verifications/an"]["entries"][0]["figures"] = [{"what": "thôn đã xong", "value": 2, "of": 5, "unit": "thôn"}]
    degree = {"value": 3, "of": 5, "unit": "thôn"}
    found = site(cycle("an"), organisation("an", "Đảng ủy xã An"), review("an", "in_progress", degree=degree), counted)
    (row,) = read(found, "tung-han-che")
    assert (row["Nội dung trả lời"], row["Ai kiểm tra"]) == ("Mức độ: 3/5 thôn (60,0 %)", "Bí thư Huyện ủy Thử; Thôn đã xong: 2/5 thôn (40,0 %)")
    answer = " ".join(re.sub(r"<[^>]+>", " ", found["an/reviews/2026.html"].html).split())
    assert "Thôn đã xong: 2/5 thôn (40,0 %)" in answer.replace("\u00a0", " ")


def test_what_is_not_done_says_how_far_it_is_and_what_stands_in_the_way() -> None:
    degree = {"value": 3, "of": 5, "unit": "thôn"}
    found = site(cycle("an"), organisation("an", "Đảng ủy xã An"), review("an", "in_progress", degree=degree, obstacle="Hai thôn chờ đo đạc."))
    (row,) = read(found, "tung-han-che")
    assert row["Nội dung trả lời"] == "Mức độ: 3/5 thôn (60,0 %); Còn vướng: Hai thôn chờ đo đạc."
    assert row["Tính vào cột"] == "Đang khắc phục"


@pytest.mark.parametrize(("result", "column"), [("confirmed", "Đã khắc phục và được xác nhận"), ("rejected", "Chưa khắc phục")])
def test_whoever_checks_decides_in_which_column_a_claim_counts(result: str, column: str) -> None:
    found = site(cycle("an"), organisation("an", "Đảng ủy xã An"), review("an", "resolved"), checked("an", result))
    (row,) = read(found, "tung-han-che")
    assert row["Tính vào cột"] == column


def test_a_nought_is_marked_so_that_a_phone_leaves_it_out() -> None:
    cells = re.findall(r'<td class="([^"]+)" data-label="([^"]+)"[^>]*><span>(\d+)</span>', board(three(), "nam-truoc"))
    assert {("ts-board__zero" in classes) for classes, _, number in cells if number == "0"} == {True}
    assert {("ts-board__zero" in classes) for classes, _, number in cells if number != "0"} == {False}


def test_the_first_page_lists_no_nought() -> None:
    found = site(cycle("an"), organisation("an", "Đảng ủy xã An"), review("an", "resolved"))
    html = text(found["index.html"].html)
    assert "Báo đã khắc phục, chờ xác nhận 1 /1" in html.replace(" :", "").replace(":", "")
    assert "Chưa trả lời" not in html


def files(prefix: str) -> list[list[list[str]]]:
    """The rows of the files of the example whose name begins so, the files in the order of their names; those without a row are left out."""
    beside = pages()["bang/nam-truoc.html"].beside
    found = [list(csv.reader(io.StringIO(beside[name].removeprefix("\ufeff"))))[1:] for name in sorted(beside) if name.startswith(f"bang/{prefix}-")]
    return [rows for rows in found if rows]


def test_the_columns_of_every_cycle_of_the_example_add_up() -> None:
    tallies = files("nam-truoc")
    feet = re.findall(r"<tfoot>(.*?)</tfoot>", board(pages(), "nam-truoc"), re.DOTALL)
    assert len(tallies) == len(feet) > 1
    sums = []
    for rows in tallies:
        numbers = [[int(each) for each in row[1:8]] for row in rows]
        sums.append([sum(column) for column in zip(*numbers, strict=True)])
        for row in (*numbers, sums[-1]):
            assert row[0] == sum(row[1:])
    shown = [[int(text(each)) for each in re.findall(r"<td[^>]*>(.*?)</td>", foot, re.DOTALL)[:7]] for foot in feet]
    assert sorted(shown) == sorted(sums)


def test_the_lines_are_as_many_as_the_tally_says() -> None:
    tallies, lines = files("nam-truoc"), files("tung-han-che")
    assert [len(each) for each in lines] == [sum(int(row[1]) for row in rows) for rows in tallies]


FOLDED = re.compile(r"<details(?: [^>]*)?>(?:(?!<details).)*?</details>", re.DOTALL)


def in_sight(html: str) -> str:
    """Leave out what is folded: from the innermost outwards."""
    while (left := FOLDED.sub("", html)) != html:
        html = left
    return html


def test_the_latest_cycle_stands_first_organisation_by_organisation_and_the_rest_is_folded() -> None:
    """Of the example: that of 2025 before that which is not due yet; its picture and sums before each finding."""
    html = board(pages(), "nam-truoc")
    headings = [text(each) for each in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)]
    assert headings == ["Kiểm điểm cuối năm 2025", "Kiểm điểm quý I năm 2026", "Kiểm điểm cuối năm 2024"]
    shown = in_sight(html)
    assert re.findall(r'data-ts-board="([^"]+)"', shown) == ["nam-truoc-tinh-uy-mau-cycles-2025"]
    assert shown.index("Mỗi đơn vị còn bao nhiêu") < shown.index("data-ts-board=")
    assert shown.count("Mỗi đơn vị còn bao nhiêu") == 1
    assert "1/2 (50,0 %) hạn chế của các kỳ trước đã khắc phục và được xác nhận." in text(shown)


def test_folding_loses_nothing() -> None:
    """Every file has its table on the page, with as many rows; without scripts a tap opens it."""
    html = board(pages(), "nam-truoc")
    rows = sum(len(lines) for prefix in ("nam-truoc", "thay-doi", "tung-han-che") for lines in files(prefix))
    assert html.count("<tr data-ts-row") == rows > in_sight(html).count("<tr data-ts-row")


def test_before_the_second_cycle_nothing_is_counted() -> None:
    assert "ts-board__grid" not in board(made(DISTRICT, organisation("an", "Đảng ủy xã An")), "nam-truoc")


def test_what_was_confirmed_after_an_answer_that_it_goes_on_confirms_no_answer() -> None:
    found = site(cycle("an"), organisation("an", "Đảng ủy xã An"), review("an", "in_progress"), checked("an", "confirmed", "completion"))
    (row,) = read(found, "tung-han-che")
    assert (row["Đơn vị trả lời"], row["Kết quả kiểm tra"], row["Tính vào cột"]) == ("Đang khắc phục", "Xác nhận đã xong sau đó", "Đang khắc phục")


@pytest.mark.parametrize(
    ("answer", "check", "said"),
    [
        ("resolved", "completion", "Xác nhận"),
        ("resolved", "carry_over", "Xác nhận"),
        ("in_progress", "carry_over", "Xác nhận"),
        ("in_progress", "completion", "Xác nhận đã xong sau đó"),
        ("", "completion", "Chưa ai kiểm tra"),
    ],
)
def test_the_review_itself_says_the_same_of_its_answer_as_the_board(answer: str, check: str, said: str) -> None:
    found = site(cycle("an"), organisation("an", "Đảng ủy xã An"), review("an", answer), checked("an", "confirmed", check))
    (row,) = read(found, "tung-han-che")
    assert row["Kết quả kiểm tra"] == said
    html = found["an/reviews/2026.html"].html
    if answer:
        assert re.search(rf"<span>{said}</span>|>{said}</span>", html)
        assert "Chưa có cơ quan nào xác nhận câu trả lời này" not in text(html)
        assert 'href="../../huyen/verifications/an.html"' in html
