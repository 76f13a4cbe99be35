"""The sheet for the meeting on a cycle, and the state of its steps: what each column holds, that the sums are right, and that it is one sheet of paper."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from registers import Data, register
from tusoi import asof, flow, page, progress, submissions
from tusoi.facts import CarryColumn, CarryLine, CarryRow
from tusoi.page import Page
from tusoi.views.meeting import adds_up

DAY = date(2026, 3, 15)
EXAMPLE = Path(flow.HERE) / "example"
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
MEMBERS: dict[str, Data] = {"project": PROJECT | {"audience": "members"}}
FINDING: Data = {"id": "F1", "statement": "Hồ sơ trả chậm.", "area": "land"}
STEPS = [
    {"step": "briefing", "due": "2025-10-01"},
    {"step": "carry_over", "due": "2025-11-25"},
    {"step": "review", "due": "2025-12-15"},
    {"step": "classification", "due": "2025-12-31"},
    {"step": "plan", "due": "2026-03-31"},
    {"step": "verification"},
]
CYCLE: Data = {"name": "Kỳ năm 2025", "kind": "annual", "from": "2025-01-01", "to": "2025-12-31", "scope": ["binh", "an", "dong"], "steps": STEPS}
CYCLE |= {"opened": {"date": "2025-01-02"}}
BEFORE: Data = {"name": "Kỳ năm 2024", "kind": "annual", "from": "2024-01-01", "to": "2024-12-31", "scope": ["an", "binh"], "opened": {"date": "2024-01-02"}}
ISSUE: Data = {"id": "I1", "nature": "shortcoming", "statement": "Trả hồ sơ chậm.", "orientation": "Giao người theo dõi."}
OPEN: Data = {"cycle": "huyen/cycles/2025", "carry_over": [{"finding": "an/reviews/2024#F1", "answer": "resolved", "text": "Đã sửa."}]}
ANSWERED: Data = OPEN | {"submitted": {"date": "2025-12-20"}, "findings": [FINDING | {"id": "F9", "answers": ["huyen/suggestions/1#I1"]}]}
CHECK: Data = {"date": "2025-12-22", "by": "huyen", "entries": [{"of": "an/reviews/2024#F1", "check": "completion", "result": "confirmed"}]}
WORLD: dict[str, Data] = {
    "project": PROJECT,
    "huyen": {"name": "Huyện ủy Thử", "type": "party_committee"},
    **{name: {"name": f"Đảng ủy xã {title}", "type": "party_committee"} for name, title in (("an", "An"), ("binh", "Bình"), ("dong", "Đông"))},
    "an/roles/bi-thu": {"name": "Bí thư xã An", "rank": "head"},
    "huyen/cycles/2024": BEFORE,
    "huyen/cycles/2025": CYCLE,
    "an/reviews/2024": {"cycle": "huyen/cycles/2024", "findings": [FINDING, FINDING | {"id": "F2"}], "concluded": {"date": "2024-12-10"}},
    "binh/reviews/2024": {"cycle": "huyen/cycles/2024", "findings": [FINDING], "concluded": {"date": "2024-12-10"}},
    "huyen/suggestions/1": {"cycle": "huyen/cycles/2025", "to": ["an", "binh"], "issues": [ISSUE], "issued": {"date": "2025-11-05"}},
    "an/reviews/2025": ANSWERED,
    "huyen/verifications/1": CHECK,
    "huyen/classifications/2025": {
        "cycle": "huyen/cycles/2025",
        "scheme": "party/2025",
        "ratings": [{"id": "R1", "of": "an", "level": "good"}, {"id": "R2", "of": "an/roles/bi-thu", "level": "excellent"}],
        "decided": {"date": "2025-12-28"},
    },
}


def pages(*changes: Mapping[str, Data], day: date = DAY) -> Mapping[str, Page]:
    records = asof.at(register(WORLD, *changes), day)
    return page.render(records, progress.measure(records, day))


def sheet(*changes: Mapping[str, Data], day: date = DAY, cycle: str = "huyen-cycles-2025") -> list[dict[str, str]]:
    """Give the lines of the file."""
    files = page.files_of(pages(*changes, day=day))
    return list(csv.DictReader(io.StringIO(files[f"bang/tong-hop-{cycle}.csv"].removeprefix("\ufeff"))))


def shown(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def html_of(*changes: Mapping[str, Data], day: date = DAY) -> str:
    return pages(*changes, day=day)["huyen/cycles/2025.html"].html


def sums(html: str) -> list[str]:
    """Give the last row: the sums."""
    return [shown(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html.partition("<tfoot>")[2].partition("</tfoot>")[0], re.DOTALL)]


def test_each_organisation_has_one_row_a_to_z() -> None:
    lines = sheet()
    assert [line["Đơn vị"] for line in lines] == ["Đảng ủy xã An", "Đảng ủy xã Bình", "Đảng ủy xã Đông"]
    an, binh, dong = (list(line.values())[1:] for line in lines)
    assert an == ["Đã nộp, chậm", "2", "1", "0", "0", "0", "1", "0", "0", "1/1", "1", "Hoàn thành tốt nhiệm vụ"]
    assert binh == ["Chưa nộp", "1", "0", "0", "0", "0", "1", "0", "0", "0/1", "1", ""]
    assert dong == ["Chưa nộp", "", "", "", "", "", "", "", "", "", "0", ""], "nobody asks it for anything of last year"


def test_the_sums_are_those_of_the_rows_and_the_parts_come_to_the_total() -> None:
    html = html_of()
    assert sums(html) == ["Cộng", "1/3", "3", "1", "0", "0", "0", "2", "", "0", "1/2", "2", "1/3"]
    assert "Số liệu khớp, tính đến ngày 15/3/2026: 1 + 0 + 0 + 0 + 2 = 3 hạn chế kỳ trước, mỗi hạn chế đếm một lần." in shown(html)
    said = shown(html.partition('id="tong-hop"')[2].partition("</ul>")[0])
    assert (
        "1/3 đơn vị đã nộp báo cáo kiểm điểm, trong đó 1 đơn vị nộp chậm. 1/3 hạn chế kỳ trước đã xong và được xác nhận. 1/2 điều gợi ý đã được trả lời."
        in said
    )


def test_whose_plan_is_there_is_said_once_its_day_has_come() -> None:
    plan: Data = {"title": "Kế hoạch", "of": ["an/reviews/2025"], "approved": {"date": "2026-03-01"}}
    asked = {"huyen/cycles/2025": CYCLE | {"steps": [*STEPS[:4], {"step": "plan", "due": "2026-03-14"}]}}
    assert "đã nộp kế hoạch khắc phục." not in shown(html_of())
    assert "trả lời. 0/3 đơn vị đã nộp kế hoạch khắc phục. In trang này" in shown(html_of(asked))
    assert "1/3 đơn vị đã nộp kế hoạch khắc phục." in shown(html_of(asked, {"an/plans/2025": plan}))


def merged(day: str) -> dict[str, Data]:
    """An and Bình become one."""
    ended = {name: WORLD[name] | {"to": (date.fromisoformat(day) - timedelta(days=1)).isoformat()} for name in ("an", "binh")}
    lineage = [{"of": name, "how": "merged", "date": day} for name in ("an", "binh")]
    return {**ended, "moi": {"name": "Đảng ủy xã Mới", "type": "party_committee", "from": day, "lineage": lineage}}


def test_whoever_took_over_two_counts_once() -> None:
    within = merged("2025-07-01"), {"moi/reviews/2025": ANSWERED, "an/reviews/2025": {"cycle": "huyen/cycles/2024"}}
    html = shown(html_of(*within))
    assert [line["Đơn vị"] for line in sheet(*within)] == ["Đảng ủy xã Đông", "Đảng ủy xã Mới"]
    assert html.count("1/2 đơn vị đã nộp") == 2, "the sheet and the step say the same"
    assert "/3 đơn vị" not in html
    waiting = page.files_of(pages(*within))["bang/den-han.csv"]
    assert waiting.count("Ban hành kế hoạch khắc phục") == 2, "of Đông and of Mới"


def test_whoever_took_over_later_leaves_the_ratings_as_they_were() -> None:
    html = shown(html_of(merged("2026-02-01")))
    assert sums(html_of(merged("2026-02-01")))[-1] == "1/3"
    assert "1/3 đơn vị đã có mức xếp loại được quyết định" in html


def test_whoever_took_over_is_exempt_where_all_before_it_were() -> None:
    def asked(*exempt: str) -> list[str]:
        cycle = CYCLE | {"exemptions": [{"of": name, "reason": "Mới lập."} for name in exempt], "steps": [{"step": "review", "due": "2025-12-15"}]}
        records = asof.at(register(WORLD, merged("2025-07-01"), {"huyen/cycles/2025": cycle, "an/reviews/2025": {"cycle": "huyen/cycles/2024"}}), DAY)
        return [each.reason for each in submissions.of_cycle(records, records.records["huyen/cycles/2025"], DAY) if each.organisation == "moi"]

    assert asked("an") == asked("binh") == [""]
    assert asked("an", "binh") == ["Mới lập."]


def test_ratings_that_another_decided_leave_the_step_of_those_above() -> None:
    steps = {"huyen/cycles/2025": CYCLE | {"steps": [{"step": "classification", "due": "2025-12-31", "by": "huyen"}]}}
    ratings: Data = {"cycle": "huyen/cycles/2025", "scheme": "party/2025", "ratings": [{"id": "R1", "of": "an", "level": "good"}]}
    own = {"an/classifications/2025": ratings | {"ratings": [{"id": "R1", "of": "an/roles/bi-thu", "level": "good"}], "decided": {"date": "2025-12-10"}}}

    def ahead(*more: Mapping[str, Data]) -> bool:
        return "Xếp loại" in page.files_of(pages(steps, *more, day=date(2025, 12, 20)))["bang/den-han.csv"]

    assert ahead(own, {"huyen/classifications/2025": ratings | {"proposed": {"date": "2025-12-10"}}})
    assert not ahead({"huyen/classifications/2025": ratings | {"decided": {"date": "2025-12-10"}}})


def test_the_sums_of_the_example_are_those_of_the_other_boards() -> None:
    """Each finding once, and as `nam-truoc` has it."""
    files = page.files_of(flow.judge(flow.read(EXAMPLE), DAY).pages())

    def table(name: str) -> dict[str, list[str]]:
        return {line[0]: line[1:] for line in csv.reader(io.StringIO(files[f"bang/{name}.csv"].removeprefix("\ufeff")))}

    here, there = table("tong-hop-tinh-uy-mau-cycles-2025"), table("nam-truoc-tinh-uy-mau-cycles-2025")
    assert len(here) == 1 + 9
    for name, numbers in list(there.items())[1:]:
        assert here[name][1:8] == numbers[:7], name


def test_what_does_not_add_up_is_said() -> None:
    facts = progress.measure(asof.at(register(WORLD), DAY), DAY)
    first = facts.findings["an/reviews/2024#F1"]
    twice = [CarryRow("c", name, None, (CarryLine(first, CarryColumn.RESOLVED),)) for name in ("an", "binh")]
    assert adds_up(twice[:1], "") == "Số liệu khớp: 1 + 0 + 0 + 0 + 0 = 1 hạn chế kỳ trước, mỗi hạn chế đếm một lần."
    assert adds_up(twice, "").startswith("Số liệu chưa khớp: các cột cộng lại được 2, tổng số là 2, số hạn chế khác nhau là 1")
    assert not adds_up((), "")


def test_before_its_day_the_public_sheet_says_of_nobody_whether_it_has_handed_in() -> None:
    early = date(2025, 12, 1)
    handed = {
        "an/reviews/2025": ANSWERED | {"submitted": {"date": "2025-11-20"}},
        "huyen/cycles/2025": CYCLE | {"steps": [{"step": "review", "due": "2025-12-15"}]},
    }
    lines = sheet(handed, day=early)
    assert {line["Báo cáo kiểm điểm"] for line in lines} == {"Chưa đến hạn"}
    assert [line["Hạn chế kỳ trước"] for line in lines] == ["", "", ""], "who has numbers would be who has handed in"
    assert "Số liệu khớp" not in shown(html_of(handed, day=early))
    assert [line["Báo cáo kiểm điểm"] for line in sheet(MEMBERS, handed, day=early)] == ["Đã nộp", "Chưa đến hạn", "Chưa đến hạn"]
    assert sums(html_of(handed, day=early))[1] == ""
    kept = "Trước hạn nộp (ngày 15/12/2025), trang công khai không nêu đơn vị nào đã nộp; cấp trên xem ở trang nội bộ."
    assert kept in shown(html_of(handed, day=early))
    assert "Trước hạn nộp" not in shown(html_of(MEMBERS, handed, day=early)) + shown(html_of())


def test_what_is_only_proposed_is_for_members() -> None:
    proposed = WORLD["huyen/classifications/2025"] | {"proposed": {"date": "2025-12-20"}}
    del proposed["decided"]
    assert {line["Mức xếp loại"] for line in sheet({"huyen/classifications/2025": proposed})} == {""}
    assert sheet(MEMBERS, {"huyen/classifications/2025": proposed})[0]["Mức xếp loại"] == "Hoàn thành tốt nhiệm vụ (đề xuất)"


def test_what_is_overdue_stands_beside_the_parts() -> None:
    action: Data = {"id": "A1", "findings": ["an/reviews/2024#F2"], "content": "Lập sổ.", "owner": "an/roles/bi-thu", "due": "2025-06-30"}
    plan = {"an/plans/1": {"of": ["an/reviews/2024"], "accountable": "an/roles/bi-thu", "actions": [action], "approved": {"date": "2025-01-05"}}}
    (an, *_) = sheet(plan)
    assert (an["Hạn chế kỳ trước"], an["Trong đó có việc quá hạn"], an["Kết luận chưa có kế hoạch"]) == ("2", "1", "0")


def test_there_is_no_sheet_of_a_cycle_that_is_told_or_that_nobody_opened() -> None:
    told: Data = {"told_by": ["common/sources/bao"]}
    source: dict[str, Data] = {"common/sources/bao": {"title": "Một bài báo", "publisher": "Báo Thử", "shown_on": 2020, "confidence": "low"}}
    unopened = {key: value for key, value in CYCLE.items() if key != "opened"}
    for cycle in (CYCLE | told, unopened):
        html = html_of(source, {"huyen/cycles/2025": cycle})
        assert 'id="tong-hop"' not in html
        assert steps_of(html)["Kiểm điểm"] == []


def test_the_sentence_that_is_shared_says_what_the_sheet_comes_to() -> None:
    assert "Kỳ năm 2025: 1/3 đơn vị đã nộp báo cáo kiểm điểm, trong đó 1 đơn vị nộp chậm." in pages()["huyen/cycles/2025.html"].description


# --- the state of the steps --------------------------------------------------------------------------------------------------------------------------------


def steps_of(html: str) -> dict[str, list[str]]:
    """Give what is said of each step."""
    part = html.partition('<ol class="ts-steps">')[2].partition("</ol>")[0]
    found = re.findall(r"<li>(.*?)</li>", part, re.DOTALL)
    return {
        shown(each.partition("<strong>")[2].partition("</strong>")[0]): [shown(one) for one in re.findall(r'ts-chip__words">(.*?)</span>', each)]
        for each in found
    }


def test_each_step_says_whether_its_day_has_passed_and_how_many_have_taken_it() -> None:
    assert steps_of(html_of()) == {
        "Quán triệt, tập huấn": ["Đã qua"],
        "Rà soát hạn chế kỳ trước": ["Đã qua", "0/2 đơn vị đã trả lời đủ"],
        "Kiểm điểm": ["Đã qua", "1/3 đơn vị đã nộp"],
        "Xếp loại": ["Đã qua", "1/3 đơn vị đã có mức xếp loại được quyết định"],
        "Lập kế hoạch khắc phục": ["Còn 16 ngày"],
        "Kiểm tra, xác nhận": [],
    }
    assert "Còn 16 ngày" not in shown(html_of({"huyen/cycles/2025": CYCLE | {"closed": {"date": "2026-03-01"}}}))


def test_who_is_exempt_is_not_counted_and_members_see_it_before_the_day() -> None:
    exempt = {"huyen/cycles/2025": CYCLE | {"exemptions": [{"of": "dong", "reason": "Mới lập."}]}}
    assert steps_of(html_of(exempt))["Kiểm điểm"] == ["Đã qua", "1/2 đơn vị đã nộp"]
    assert steps_of(html_of(exempt))["Xếp loại"][1].startswith("1/2 ")
    early = date(2025, 12, 10)
    assert steps_of(html_of(day=early))["Kiểm điểm"] == ["Còn 5 ngày"]
    assert steps_of(html_of(MEMBERS, day=early))["Kiểm điểm"] == ["Còn 5 ngày", "0/3 đơn vị đã nộp"]
    earlier = date(2025, 11, 20)
    assert steps_of(html_of(day=earlier))["Rà soát hạn chế kỳ trước"] == ["Còn 5 ngày"]
    assert steps_of(html_of(MEMBERS, day=earlier))["Rà soát hạn chế kỳ trước"] == ["Còn 5 ngày", "0/2 đơn vị đã trả lời đủ"]


def test_the_page_of_a_closed_cycle_says_its_day_while_its_sheet_may_change() -> None:
    over = {"huyen/cycles/2025": CYCLE | {"closed": {"date": "2026-03-01"}}}
    assert "Số liệu tính đến ngày 15/3/2026" in shown(html_of(over))
    settled = {"an/reviews/2024": None, "binh/reviews/2024": None, "huyen/suggestions/1": None}
    left = {name: data for name, data in WORLD.items() if name not in settled and not name.startswith("an/reviews")}
    handed: Data = {"cycle": "huyen/cycles/2025", "findings": [], "concluded": {"date": "2025-12-10"}}
    records = asof.at(register(left, over, {f"{name}/reviews/2025": handed for name in ("an", "binh", "dong")}), DAY)
    html = page.render(records, progress.measure(records, DAY))["huyen/cycles/2025.html"].html
    assert 'id="tong-hop"' in html
    assert "15/3/2026" not in shown(html)


# --- on paper ----------------------------------------------------------------------------------------------------------------------------------------------

_MORE = """count => {
  const section = document.querySelector(".ts-meeting");
  const rows = [...section.querySelectorAll("tr[data-ts-row]")];
  if (count > 16) section.classList.add("ts-meeting--long");
  for (let n = rows.length; n < count; n++) rows[0].parentNode.append(rows[n % rows.length].cloneNode(true));
}"""


@pytest.mark.parametrize("count", [9, 16, 17, 50])
def test_the_page_of_a_cycle_prints_as_one_upright_sheet(opened: Callable[..., Any], tmp_path: Path, count: int) -> None:
    tab = opened("tinh-uy-mau/cycles/2025.html", 1280)
    tab.evaluate(_MORE, count)
    tab.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    (leaf,) = PdfReader(tmp_path / "sheet.pdf").pages
    assert leaf.mediabox.height > leaf.mediabox.width
    said = " ".join((leaf.extract_text() or "").split())
    assert "Bảng tổng hợp cho cuộc họp – Kiểm điểm cuối năm 2025. Số liệu tính đến ngày 15/3/2026." in said
    assert said.count("Đảng ủy xã An Mẫu") == sum(number % 9 == 3 for number in range(count))
    assert "Huyện Minh Họa là địa phương hư cấu" in said
    assert "Số liệu khớp" in said
    assert "Các bước" not in said


def test_many_organisations_are_printed_closer() -> None:
    many = {f"xa-{number}": {"name": f"Đảng ủy xã {number}", "type": "party_committee"} for number in range(17)}
    assert "ts-meeting--long" in html_of(many, {"huyen/cycles/2025": CYCLE | {"scope": list(many)}})
    assert "ts-meeting--long" not in html_of()
