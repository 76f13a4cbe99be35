"""The twenty questions of people who come to the site, ten of members and ten of superiors: each is answered at most two presses away from the first page.

What the answer must say is taken from the records as they stand in their files, and worked out here; nothing is taken from the pages. `--bless` accepts
the table of where the answers stand, which the design document shows.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from brute_force import Data
from brute_tally import BruteTally
from conftest import AS_OF, FOLDERS, ROOT
from visitor import Answer, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.build]

FARTHEST = 2
"""So many presses away from the first page an answer may be."""
TABLE = ROOT / "tests/seen/twenty-questions.md"
HEADS = "| Câu hỏi | Lần bấm | Trang | Ở mục |\n|---|---|---|---|\n"
MINE = "Đảng ủy xã An Mẫu"
CYCLE = "tinh-uy-mau/cycles/2025"
AN_MAU = "dang-uy-xa-an-mau"


@functools.cache
def records() -> Mapping[str, Data]:
    """Read the records of the example as plain text, by their ids."""
    folder = FOLDERS["example"] / "records"
    found = {}
    for file in sorted(folder.rglob("*.yml")):
        data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 -- it makes nothing but text
        for finding in data.get("findings", ()):
            finding["responsible"] = [{"share": "", "who": ""} | each for each in finding.get("responsible", ())]
        found[file.relative_to(folder).with_suffix("").as_posix().removesuffix("/organisation")] = data
    return found


@functools.cache
def tally() -> BruteTally:
    """Count the findings of the example independently of the program."""
    return BruteTally(dict(records()), AS_OF)


@functools.cache
def findings() -> Mapping[str, tuple[str, str]]:
    """Give place and state of every finding that counts."""
    return tally().findings()


@functools.cache
def carried(place: str) -> tuple[Counter[str], bool]:
    """Count an organisation's findings of earlier cycles by column, and say whether it answered for each."""
    _, columns, is_ready = tally().row(CYCLE, place)
    return Counter(columns.values()), is_ready


def part(ref: str) -> Data:
    """Give a part of a record."""
    name, _, given = ref.partition("#")
    data = records()[name]
    return next(each for key in ("findings", "actions", "issues", "ratings") for each in data.get(key, ()) if each["id"] == given)


def told(day: str) -> str:
    """Write a date as the pages do: with a nought before a day below 10, and before January and February."""
    then = date.fromisoformat(day)
    return f"{then.day:02d}/{then.month:02d}/{then.year}" if then.month < 3 else f"{then.day:02d}/{then.month}/{then.year}"


def days(first: str, last: str = AS_OF) -> int:
    """Count the days from one date to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def short(text: str, letters: int = 50) -> str:
    """Give the beginning of a text: pages may shorten it."""
    return text[:letters].rsplit(" ", 1)[0] if len(text) > letters else text.removesuffix(".")


def my_organisation(visitor: Visitor) -> None:
    """Type some letters of its name, as they come from a telephone, and press what is offered."""
    visitor.type("Gõ tên đơn vị", "an mau")
    visitor.follow(MINE)


# What members and residents ask


def promised_and_done(visitor: Visitor) -> None:
    """An own finding that counts, with its state; and how many of all are resolved."""
    own = [state for place, state in findings().values() if place == AN_MAU]
    my_organisation(visitor)
    visitor.read("Đã khắc phục", f"{own.count('resolved')}/{len(own)}", longest=200)
    open_one, done = "dang-uy-xa-an-mau/reviews/2024#F3", "dang-uy-xa-an-mau/reviews/2024#F1"
    assert (findings()[open_one], findings()[done]) == ((AN_MAU, "unresolved"), (AN_MAU, "resolved"))
    visitor.read(short(part(open_one)["statement"]), "Chưa khắc phục")
    visitor.unfold(f"{own.count('resolved')} hạn chế đã khắc phục")
    visitor.read(short(part(done)["statement"]), "Đã khắc phục")


def overdue(visitor: Visitor) -> None:
    action = part("dang-uy-xa-an-mau/plans/2025#A2")
    visitor.follow("Mọi việc quá hạn", "Việc quá hạn")
    row = visitor.row(MINE, short(action["content"]))
    assert f"Quá hạn {days(action['due'])} ngày" in row["Tình trạng"]
    assert row["Hạn"] == told(action["due"])
    assert records()[action["owner"]]["name"] in row["Ai làm"]


def last_year(visitor: Visitor) -> None:
    columns, _ = carried(AN_MAU)
    visitor.follow("Xem từng đơn vị, từng hạn chế", "Năm trước hứa gì, nay ra sao")
    row = visitor.row(MINE, "Đã trả lời")
    assert row["Tổng số"] == str(columns.total())
    assert row["Đã khắc phục và được xác nhận"] == str(columns["resolved"])
    assert row["Đang khắc phục"] == str(columns["in_progress"])
    assert row["Chưa khắc phục"] == str(columns["unresolved"])


def really_fixed(visitor: Visitor) -> None:
    check = records()["ubkt-tinh-uy-mau/verifications/2025-12-16-an-mau"]
    right = str(records()["dang-uy-xa-an-mau/corrections/2025-01-so-ho-so-bang-loi"]["corrected"])
    my_organisation(visitor)
    visitor.follow(short(right, 30))
    visitor.read("xác nhận", records()[check["by"]]["name"], told(check["date"]), short(check["method"]))
    visitor.read("21-QĐ/UBND")
    visitor.read("giữ vững", told(check["date"]), longest=300)


def why_and_who(visitor: Visitor) -> None:
    finding = part("dang-uy-xa-an-mau/reviews/2024#F3")
    posts = next(each["posts"] for each in finding["responsible"] if "posts" in each)
    my_organisation(visitor)
    visitor.follow(short(finding["statement"], 30))
    visitor.read("Nguyên nhân chủ quan", *(each["text"] for each in finding["causes"]))
    visitor.read(f"{posts['value']} {posts['unit']}", "chịu trách nhiệm chính", longest=300)


def comments(visitor: Visitor) -> None:
    feedback = records()["dang-uy-xa-an-mau/feedback/2025"]
    visitor.follow("Ý kiến góp ý đi đâu")
    visitor.unfold(MINE)
    row = visitor.row(MINE, feedback["title"])
    assert row["Phiếu thu về"].startswith(f"{feedback['forms']['value']}/{feedback['forms']['of']} {feedback['forms']['unit']}")
    for head, key in (
        ("Ý kiến nhận", "received"),
        ("Tiếp thu", "accepted"),
        ("Giải trình", "explained"),
        ("Đang làm rõ", "in_clarification"),
        ("Ngoài phạm vi", "out_of_scope"),
    ):
        assert row[head] == feedback["balance"][key]


def every_year(visitor: Visitor) -> None:
    again = part("dang-uy-xa-an-mau/reviews/2025#F2")
    before = part(again["recurrence_of"])
    visitor.follow("Việc tái diễn, kéo dài")
    visitor.unfold(MINE)
    visitor.read(short(again["statement"]), "Tái diễn", short(before["statement"]))


def ratings(visitor: Visitor) -> None:
    decision = records()["tinh-uy-mau/classifications/2025"]
    basis = records()[next(each["basis"] for each in decision["ratings"] if each["of"] == AN_MAU)[0]]
    visitor.follow("Từng đơn vị, từng năm, và căn cứ", "Xếp loại theo năm")
    visitor.unfold("Đảng ủy xã, thị trấn")
    row = visitor.row(MINE, records()[CYCLE]["name"])
    assert row["Mức đã quyết định"] == {"good": "Hoàn thành tốt nhiệm vụ"}[next(each["level"] for each in decision["ratings"] if each["of"] == AN_MAU)]
    assert basis["title"] in row["Căn cứ"]
    excellent = sum(each["level"] == "excellent" for each in decision["ratings"])
    visitor.read("Hoàn thành xuất sắc nhiệm vụ", f"{excellent}/{len(decision['ratings'])} đơn vị")


def pointed_out(visitor: Visitor) -> None:
    issue = part("tinh-uy-mau/suggestions/2025-an-mau#I1")
    visitor.follow("Mọi gợi ý và trả lời", "Gợi ý kiểm điểm và trả lời")
    visitor.unfold(MINE)
    row = visitor.row(MINE, short(issue["statement"]))
    assert row["Trả lời"] == "Đã trả lời"
    assert records()["dang-uy-xa-an-mau/reviews/2025"]["title"] in row["Trả lời ở đâu"]
    assert row["Ngày gợi ý"] == told(records()["tinh-uy-mau/suggestions/2025-an-mau"]["issued"]["date"])


def what_changed(visitor: Visitor) -> None:
    """And a table to take away: the file has a line for each row."""
    visitor.follow("Những gì thay đổi")
    visitor.unfold(MINE)
    late = part("dang-uy-xa-an-mau/plans/2025#A2")
    assert late["due"] == "2026-02-28", "it was still in time in February"
    visitor.read("Việc chuyển sang quá hạn", short(late["content"]), told(late["due"]))
    away = Visitor(visitor.tab, visitor.home)
    away.follow("Mọi việc quá hạn", "Việc quá hạn")
    rows = list(csv.DictReader(io.StringIO(away.download("Tải bảng (CSV)"))))
    action = part("dang-uy-xa-an-mau/plans/2025#A2")
    assert next(row["Tình trạng"] for row in rows if row["Việc"] == action["content"]).startswith(f"Quá hạn {days(action['due'])} ngày")
    assert away.clicks <= FARTHEST


# What superiors and inspectors ask


def not_submitted(visitor: Visitor) -> None:
    step = next(each for each in records()[CYCLE]["steps"] if each["step"] == "plan")
    assert "chi-bo-thon-doi-mau/plans/2025" not in records()
    visitor.follow("Đơn vị chưa nộp")
    row = visitor.row(records()["chi-bo-thon-doi-mau"]["name"], "Chưa nộp")
    assert row["Phải nộp"] == "Kế hoạch khắc phục"
    assert row["Hạn"] == told(step["due"])
    assert f"quá hạn {days(step['due'])} ngày" in row["Tình trạng"]


def before_rating(visitor: Visitor) -> None:
    visitor.follow("Xem từng đơn vị, từng hạn chế", "Năm trước hứa gì, nay ra sao")
    for place in ("dang-uy-xa-binh-cat", "dang-uy-xa-dong-mau", "dang-uy-xa-giang-mau"):
        columns, is_ready = carried(place)
        row = visitor.row(records()[place]["name"], "Đã trả lời" if is_ready else "Chưa")
        counted = (row["Tổng số"], row["Đã khắc phục và được xác nhận"], row["Báo đã khắc phục, chờ xác nhận"], row["Đang khắc phục"], row["Chưa khắc phục"])
        assert counted == tuple(str(each) for each in (columns.total(), columns["resolved"], columns["claimed"], columns["in_progress"], columns["unresolved"]))


def without_a_plan(visitor: Visitor) -> None:
    inspection = records()["ubkt-tinh-uy-mau/inspections/2026-xa-minh-hoa-quy-den-on"]
    assert not [
        name for name, data in records().items() if "ubkt-tinh-uy-mau/inspections/2026-xa-minh-hoa-quy-den-on" in data.get("of", ()) and "/plans/" in name
    ]
    visitor.follow("Kết luận chưa có kế hoạch khắc phục")
    row = visitor.row(inspection["title"])
    assert row["Ngày kết luận"] == told(inspection["concluded"]["date"])
    assert row["Hạn có kế hoạch"] == told(inspection["concluded"]["plan_due"])


def divided(visitor: Visitor) -> None:
    finding = part("dang-uy-xa-an-mau/reviews/2024#F3")
    posts = next(each["posts"]["value"] for each in finding["responsible"] if "posts" in each)
    visitor.follow("Đã giao trách nhiệm đến đâu")
    row = visitor.row(MINE, short(finding["statement"]))
    assert row["Đã giao đến đâu"] == "Đã giao đến chức danh"
    assert row["Số chức danh"] == posts


def generic_or_copied(visitor: Visitor) -> None:
    """Every plan of the example says what, who and by when; what a machine thinks of wording is for editors alone, and the page says so."""
    visitor.follow("Hồ sơ cần bổ sung")
    visitor.read("không có chỗ nào phải sửa hay nên bổ sung", longest=300)
    visitor.read("chung chung", "chép", "không hiện ở trang công khai", longest=500)


def by_area(visitor: Visitor) -> None:
    land = [(place, state) for ref, (place, state) in findings().items() if part(ref).get("area") == "land" and state != "resolved"]
    visitor.follow("Lĩnh vực dễ sai phạm")
    row = visitor.row("Đất đai, lâm nghiệp")
    assert row["Hạn chế đang mở"] == str(len(land))
    assert row["Ở bao nhiêu đơn vị"] == str(len({place for place, _ in land}))


def excellent(visitor: Visitor) -> None:
    levels = Counter(each["level"] for each in records()["tinh-uy-mau/classifications/2025"]["ratings"])
    visitor.follow("Tỷ lệ xuất sắc")
    row = visitor.row("Đảng ủy xã, thị trấn", records()["tinh-uy-mau/classifications/2025"]["title"], "So với số xếp hoàn thành tốt")
    assert row["Tỷ lệ"].startswith(f"{levels['excellent']}/{levels['good']} = ")
    assert row["Giới hạn"] == "20 %"
    row = visitor.row("Đảng ủy xã, thị trấn", records()["tinh-uy-mau/classifications/2025"]["title"], "So với tất cả đơn vị được xếp loại")
    assert row["Tỷ lệ"].startswith(f"{levels['excellent']}/{levels.total()} = ")


def independent(visitor: Visitor) -> None:
    check = records()["ubkt-tinh-uy-mau/verifications/2025-12-16-an-mau"]
    assert check["by"].split("/")[0] != AN_MAU
    visitor.follow("Việc nào xong, ai xác nhận", "Kết quả được ai xác nhận")
    visitor.read(check["title"], records()[check["by"]]["name"], short(check["method"]), longest=1200)
    visitor.follow(check["title"])
    visitor.read("Độc lập với người làm", "khác đơn vị", longest=200)


def dates_moved(visitor: Visitor) -> None:
    request = records()["dang-uy-xa-an-mau/postponements/2026-03-09-thanh-toan"]
    due = part(request["of"])["due"]
    visitor.follow("Hạn nào đã được lùi", "Các lần gia hạn")
    row = visitor.row(MINE, short(part(request["of"])["content"]))
    assert (row["Từ hạn"], row["Sang hạn"], row["Thêm (ngày)"]) == (told(due), told(request["to"]), str(days(due, request["to"])))
    assert row["Hạn đã qua khi đề nghị"] == f"Có, đã qua {days(due, request['date'])} ngày"


def one_page(visitor: Visitor) -> None:
    """The sheet of the cycle has a last row, and it is the sum of what the records have; a sentence says that the parts come to the total."""
    visitor.follow("Bảng tổng hợp cho cuộc họp")
    scope = {place for place, _ in findings().values()}
    columns = sum((carried(place)[0] for place in scope), Counter[str]())
    row = visitor.row("Cộng", str(columns.total()))
    assert row["Hạn chế kỳ trước"] == str(columns.total())
    assert row["Đã xong, được xác nhận"] == str(columns["resolved"])
    assert row["Đang khắc phục"] == str(columns["in_progress"])
    assert f"= {columns.total()} hạn chế kỳ trước, mỗi hạn chế đếm một lần" in visitor.tab.inner_text("article")


@dataclass(frozen=True)
class Question:
    """One question, in the words of who asks, and how the answer is looked for."""

    asked: str
    look: Callable[[Visitor], None]


MEMBERS = (
    Question("Đơn vị tôi đã hứa sửa gì, xong chưa?", promised_and_done),
    Question("Việc gì quá hạn, bao lâu rồi, ai làm?", overdue),
    Question("Hạn chế năm trước nay ra sao?", last_year),
    Question("Có thật đã sửa không, ai kiểm tra, bằng cách nào, còn giữ vững không?", really_fixed),
    Question("Vì sao có hạn chế ấy, ai chịu trách nhiệm?", why_and_who),
    Question("Chúng tôi góp ý: nhận bao nhiêu, tiếp thu bao nhiêu, giải trình bao nhiêu?", comments),
    Question("Việc nào năm nào cũng tái diễn?", every_year),
    Question("Đơn vị nào xếp loại gì, dựa vào đâu?", ratings),
    Question("Cấp trên chỉ ra điều gì, đã trả lời thế nào?", pointed_out),
    Question("Có gì mới; tải về, in ra được không?", what_changed),
)
SUPERIORS = (
    Question("Đơn vị nào chưa nộp?", not_submitted),
    Question("Trước khi xếp loại: hạn chế kỳ trước của từng đơn vị đã xong, đang làm, chưa xong bao nhiêu?", before_rating),
    Question("Kết luận nào chưa có kế hoạch?", without_a_plan),
    Question("Từng hạn chế đã giao đến chức danh chưa?", divided),
    Question("Kế hoạch nào chung chung, chép lại, không có lộ trình?", generic_or_copied),
    Question("Lĩnh vực nào hay có vấn đề, ở bao nhiêu đơn vị?", by_area),
    Question("Tỷ lệ xuất sắc có trong giới hạn không, so với mẫu số nào?", excellent),
    Question("Người xác nhận có độc lập không, dựa vào đâu?", independent),
    Question("Hạn có bị lùi, hồ sơ cũ có bị sửa không?", dates_moved),
    Question("Một bảng tóm tắt cho cuộc họp, các số cộng lại có khớp không?", one_page),
)
ASKED = {f"{who}{number}": question for who, questions in (("M", MEMBERS), ("S", SUPERIORS)) for number, question in enumerate(questions, 1)}


@pytest.fixture(scope="module")
def tabs(browser: Any) -> Iterator[Mapping[str, Any]]:
    """Members come with a phone; superiors sit at a desk, in a browser in which no script runs."""
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN", accept_downloads=True)
    desk = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN", java_script_enabled=False)
    yield {"M": phone.new_page(), "S": desk.new_page()}
    phone.close()
    desk.close()


@pytest.mark.parametrize("code", ASKED)
def test_a_question_is_answered_two_presses_from_the_first_page(code: str, tabs: Mapping[str, Any], served: Callable[[str], str], bless: bool) -> None:  # noqa: FBT001 -- a fixture
    visitor = Visitor(tabs[code[0]], served("history"))
    ASKED[code].look(visitor)
    answer = visitor.answer()
    assert answer.clicks <= FARTHEST
    assert answer.typed <= 1
    line = f"| {code} {ASKED[code].asked} | {answer.clicks}{' (và gõ tên)' if answer.typed else ''} | {answer.page} | {answer.where} |"
    accepted = TABLE.read_text(encoding="utf-8").removeprefix(HEADS).splitlines() if TABLE.exists() else []
    if bless:
        TABLE.parent.mkdir(exist_ok=True)
        accepted = (
            [line if each.startswith(f"| {code} ") else each for each in accepted]
            if any(each.startswith(f"| {code} ") for each in accepted)
            else [*accepted, line]
        )
        TABLE.write_text(HEADS + "\n".join(sorted(accepted, key=_order)) + "\n", encoding="utf-8", newline="\n")
    assert line in accepted, "run `make seen` and read the table"


@pytest.fixture
def small(tmp_path: Path, tabs: Mapping[str, Any]) -> Visitor:
    """Let somebody come to a page of three lines."""
    folded = '<details><summary>Xem thêm</summary><p>Đã xong 3/7</p><a href="index.html">Đi tiếp</a></details>'
    page = f'<meta charset="utf-8"><article><h1>Trang thử</h1>{folded}<p hidden>Giấu kín</p><a href="index.html" style="display: none">Không thấy</a></article>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    return Visitor(tabs["M"], f"{tmp_path.as_uri()}/")


def test_what_is_folded_up_costs_a_press_and_cannot_be_read_before(small: Visitor) -> None:
    with pytest.raises(AssertionError, match="not on the page at all"):
        small.read("Đã xong", "3/7")
    small.unfold("Xem thêm")
    assert small.read("Đã xong", "3/7") == "Đã xong 3/7"
    assert small.answer() == Answer(1, 0, "Trang thử", "Trang thử")
    small.tab.reload()
    small.follow("Đi tiếp")
    assert small.clicks == 3, "one to unfold at first; then one to unfold again, and one to go on"


def test_what_is_hidden_is_neither_read_nor_pressed(small: Visitor) -> None:
    with pytest.raises(AssertionError, match="Giấu kín"):
        small.read("Giấu kín")
    with pytest.raises(AssertionError, match="nothing to press"):
        small.follow("Không thấy")


def test_the_table_has_the_twenty_questions_and_nothing_else() -> None:
    codes = re.findall(r"^\| ([MS]\d+) ", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert codes == list(ASKED)


def _order(line: str) -> int:
    return list(ASKED).index(line.split(" ")[1])
