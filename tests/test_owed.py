"""What boards and pages say of what is owed after a conclusion, pointed out, sifted, shared out and done at once; and what stays off them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

import pytest

from registers import Data, register
from tusoi import asof, page, progress
from tusoi.exports import csv_board
from tusoi.page import Page
from tusoi.titles import Titles
from tusoi.views import (
    areas_board,
    carried,
    cycle_boards,
    deadlines,
    following_boards,
    keeping_boards,
    recurrence_board,
    responsibility_board,
    suggestions_board,
    voices,
)
from tusoi.views.board import Board
from tusoi.views.world import View, World, site_of

DAY = date(2026, 3, 15)
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
MEMBERS: dict[str, Data] = {"project": PROJECT | {"audience": "members"}}
TOLD: Data = {"told_by": ["common/sources/bao"]}
FINDING: Data = {"id": "F1", "statement": "Hồ sơ trả chậm.", "area": "land"}
CYCLE: Data = {"name": "Kỳ năm 2025", "kind": "annual", "from": "2025-01-01", "to": "2025-12-31", "scope": ["an"], "opened": {"date": "2025-01-02"}}
CONCLUDED: Data = {"date": "2026-03-01", "addressees": ["an", "binh"], "followed_by": "huyen", "plan_due": "2026-04-01", "report_due": "2026-04-10"}
INSPECTION: Data = {"title": "Kiểm tra đất đai", "about": ["an", "binh"], "channel": "inspection", "topics": ["Đất đai."], "findings": [FINDING]}
WORLD: dict[str, Data] = {
    "project": PROJECT,
    "common/sources/bao": {"title": "Một bài báo", "publisher": "Báo Thử", "shown_on": 2020, "confidence": "low"},
    "huyen": {"name": "Huyện ủy Thử", "type": "party_committee"},
    "an": {"name": "Đảng ủy xã An", "type": "party_committee", "parents": [{"of": "huyen"}]},
    "binh": {"name": "Đảng ủy xã Bình", "type": "party_committee", "parents": [{"of": "huyen"}]},
    "an/roles/bi-thu": {"name": "Bí thư xã An", "rank": "head"},
    "binh/roles/bi-thu": {"name": "Bí thư xã Bình", "rank": "head"},
    "huyen/cycles/2025": CYCLE,
}


def world(*changes: Mapping[str, Data], day: date = DAY) -> World:
    records = asof.at(register(WORLD, *changes), day)
    return World(records, progress.measure(records, day), (), site_of(records, day), Titles(records, frozenset({"finding", "action", "issue"})))


def table(view: View, *changes: Mapping[str, Data], day: date = DAY) -> list[dict[str, str]]:
    """Give the lines of a board's file."""
    made = view.make(world(*changes, day=day))
    assert isinstance(made, Board)
    return list(csv.DictReader(io.StringIO(csv_board.text(made).removeprefix("\ufeff"))))


def pages(*changes: Mapping[str, Data], day: date = DAY) -> Mapping[str, Page]:
    records = asof.at(register(WORLD, *changes), day)
    return page.render(records, progress.measure(records, day))


def shown(html: str) -> str:
    """Give what a reader sees, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def plan(body: str, owner: str, **action: Any) -> Data:
    """A plan of one action for the finding of the inspection."""
    content = {"id": "A1", "findings": ["huyen/inspections/1#F1"], "content": "Lập sổ.", "owner": owner, "due": "2026-06-30"}
    return {"of": ["huyen/inspections/1"], "accountable": f"{body}/roles/bi-thu", "actions": [content | action], "approved": {"date": "2026-03-05"}}


# --- what superiors pointed out, and what is none of it ----------------------------------------------------------------------------------------------------

ISSUE: Data = {"id": "I1", "nature": "shortcoming", "statement": "Trả hồ sơ chậm.", "orientation": "Giao người theo dõi."}
ASKED: Data = {"cycle": "huyen/cycles/2025", "to": ["an"], "issues": [ISSUE], "issued": {"date": "2025-11-05"}}
SAID = {
    "huyen/suggestions/1": ASKED,
    "binh/suggestions/nhan-xet": ASKED | {"purpose": "sector_comment"},
    "binh/suggestions/phan-bien": ASKED | {"purpose": "critique"},
}


def test_comments_and_critiques_are_no_suggestions_that_wait_for_an_answer() -> None:
    (line,) = table(suggestions_board.suggested, SAID)
    assert (line["Nơi gợi ý"], line["Trả lời"]) == ("Huyện ủy Thử", "Chưa có trả lời")
    found = suggestions_board.threads.make(world(SAID))
    assert (found.answered, found.issues) == (0, 1)
    (line,) = table(suggestions_board.comments, SAID)
    assert (line["Nơi nhận xét"], line["Đã chuyển tới"], line["Ngày chuyển"]) == ("Đảng ủy xã Bình", "Chưa chuyển", "")
    (line,) = table(voices.critiques, SAID)
    assert line["Nơi gửi"] == "Đảng ủy xã Bình"
    assert "các đơn vị đã trả lời 0/1 điều" in shown(pages(SAID)["index.html"].html)


def test_a_comment_says_to_whom_it_was_passed_on() -> None:
    group: Data = {"name": "Tổ số 1", "nature": "steering"}
    sent = SAID["binh/suggestions/nhan-xet"] | {"sent": {"date": "2025-11-12", "to": "huyen/groups/1"}}
    (line,) = table(suggestions_board.comments, {"huyen/groups/1": group, "binh/suggestions/nhan-xet": sent})
    assert (line["Đã chuyển tới"], line["Ngày chuyển"]) == ("Tổ số 1", "2025-11-12")


@pytest.mark.parametrize(
    ("seal", "answered"),
    [
        ({}, "Mới trả lời trong bản dự thảo"),
        ({"submitted": {"date": "2025-12-01"}}, "Đã trả lời"),
        ({"concluded": {"date": "2025-12-05"}}, "Đã trả lời"),
    ],
)
def test_what_a_draft_says_is_no_answer_yet(seal: Data, answered: str) -> None:
    review = {"cycle": "huyen/cycles/2025", "findings": [FINDING | {"answers": ["huyen/suggestions/1#I1"]}]} | seal
    (line,) = table(suggestions_board.suggested, {"huyen/suggestions/1": ASKED, "an/reviews/2025": review})
    assert line["Trả lời"] == answered


def test_a_suggestion_to_posts_alone_stands_at_their_organisation() -> None:
    (line,) = table(suggestions_board.suggested, {"huyen/suggestions/1": ASKED | {"to": ["an/roles/bi-thu"]}})
    assert line["Đơn vị"] == "Đảng ủy xã An"


# --- what is owed after a conclusion -----------------------------------------------------------------------------------------------------------------------


def concluded(**more: Any) -> dict[str, Data]:
    return {"huyen/inspections/1": INSPECTION | {"concluded": CONCLUDED | more}}


def owing(*changes: Mapping[str, Data]) -> list[str]:
    return [line["Đơn vị"] for line in table(following_boards.planless, concluded(), *changes)]


def test_each_addressee_owes_a_plan_of_its_own() -> None:
    """That another addressee acts on the same finding does not hide it."""
    assert owing() == ["Đảng ủy xã An", "Đảng ủy xã Bình"]
    assert owing({"an/plans/1": plan("an", "an/roles/bi-thu")}) == ["Đảng ủy xã Bình"]
    assert owing({"an/plans/1": plan("an", "an/roles/bi-thu"), "binh/plans/1": plan("binh", "binh/roles/bi-thu")}) == []


def test_an_action_in_the_plan_of_another_is_enough() -> None:
    assert owing({"an/plans/1": plan("an", "binh/roles/bi-thu")}) == []


def test_what_only_concerns_another_and_is_mended_wants_no_plan() -> None:
    findings = [FINDING | {"responsible": [{"who": "an", "share": "lead"}]}, FINDING | {"id": "F2", "responsible": [{"who": "binh", "share": "lead"}]}]
    checked: Data = {"date": "2026-03-10", "by": "huyen", "entries": [{"of": "huyen/inspections/1#F1", "check": "completion", "result": "confirmed"}]}
    made = {"huyen/inspections/1": INSPECTION | {"findings": findings, "concluded": CONCLUDED}, "huyen/verifications/1": checked}
    assert owing(made) == ["Đảng ủy xã Bình"]


def test_what_a_conclusion_asks_for_is_among_what_is_due_soon() -> None:
    lines = table(deadlines.due_soon_board, concluded(), {"an/plans/1": plan("an", "an/roles/bi-thu")})
    assert [(line["Đơn vị"], line["Loại"], line["Hạn"]) for line in lines] == [
        ("Đảng ủy xã An", "Báo cáo kết quả", "2026-04-10"),
        ("Đảng ủy xã Bình", "Lập kế hoạch", "2026-04-01"),
        ("Đảng ủy xã Bình", "Báo cáo kết quả", "2026-04-10"),
    ]
    later = concluded(plan_due="2026-05-01", report_due="2026-06-01")
    assert table(deadlines.due_soon_board, later) == []


def test_a_report_about_the_day_on_which_it_is_due_is_the_report() -> None:
    made = concluded() | {"an/plans/1": plan("an", "an/roles/bi-thu"), "binh/plans/1": plan("binh", "binh/roles/bi-thu")}
    assert [line["Đơn vị"] for line in table(following_boards.reports_due, made)] == ["Đảng ủy xã An", "Đảng ủy xã Bình"]
    report: Data = {"of": "an/plans/1", "date": "2026-03-12", "by": "an/roles/bi-thu", "entries": [{"action": "A1", "state": "started"}]}
    assert [line["Đơn vị"] for line in table(following_boards.reports_due, made, {"an/progress/1": report})] == ["Đảng ủy xã Bình"]
    (early, _) = table(following_boards.reports_due, made, {"an/progress/1": report | {"date": "2026-03-09"}})
    assert early["Báo cáo gần nhất"] == "Báo cáo ngày 09/3/2026"
    late = table(following_boards.reports_due, made, day=date(2026, 4, 20))
    assert {line["Tình trạng"] for line in late} == {"Quá hạn 10 ngày"}


def stages(*changes: Mapping[str, Data]) -> list[tuple[str, str]]:
    """Give the steps on the page of the inspection, with what is said of each."""
    html = pages(*changes)["huyen/inspections/1.html"].html
    steps = re.findall(r'<li class="ts-way__step[^"]*"(.*?)</li>', html, re.DOTALL)
    return [(shown(each.split('ts-way__name">')[1].split("</span>")[0]), shown(each.split('ts-chip__words">')[1].split("</span>")[0])) for each in steps]


def test_the_page_of_an_inspection_says_how_far_it_has_come() -> None:
    planned = {"huyen/inspections/1": INSPECTION | {"findings": [], "planned": {"date": "2026-01-10"}, "period": 2026}}
    assert stages(planned)[:2] == [("Đã lên kế hoạch", "Đang ở bước này"), ("Đang kiểm tra", "Chưa tới")]
    assert stages({"huyen/inspections/1": INSPECTION | {"findings": []}})[0] == ("Đang kiểm tra", "Đang ở bước này")
    assert stages(concluded())[1] == ("Đã kết luận", "Đang ở bước này")
    assert stages(concluded(), {"an/plans/1": plan("an", "an/roles/bi-thu")})[2] == ("Đã có kế hoạch", "Đang ở bước này")
    report: Data = {"of": "an/plans/1", "date": "2026-03-12", "by": "an/roles/bi-thu", "entries": [{"action": "A1", "state": "started"}]}
    moving = stages(concluded(), {"an/plans/1": plan("an", "an/roles/bi-thu"), "an/progress/1": report})
    assert moving[2:] == [("Đã có kế hoạch", "Chưa đủ"), ("Đang khắc phục", "Đang ở bước này"), ("Đã xác nhận, kết thúc theo dõi", "Chưa tới")]


def test_announcing_a_conclusion_does_not_end_it_and_confirming_does() -> None:
    announced = {"huyen/inspections/1": INSPECTION | {"concluded": CONCLUDED, "announced": {"date": "2026-03-03"}}}
    assert stages(announced)[-1][1] == "Chưa tới"
    checked: Data = {"date": "2026-03-10", "by": "huyen", "entries": [{"of": "huyen/inspections/1#F1", "check": "completion", "result": "confirmed"}]}
    assert stages(announced, {"huyen/verifications/1": checked})[2:] == [
        ("Đã có kế hoạch", "Không qua bước này"),
        ("Đã khắc phục", "Đã qua"),
        ("Đã xác nhận, kết thúc theo dõi", "Kết thúc theo dõi"),
    ]
    nothing = {"huyen/inspections/1": INSPECTION | {"findings": [], "concluded": CONCLUDED}}
    assert stages(nothing)[-1] == ("Không nêu hạn chế nào", "Kết thúc theo dõi")
    assert stages({"huyen/inspections/1": INSPECTION | TOLD}) == []


def test_the_page_of_an_inspection_has_a_line_for_each_addressee() -> None:
    merged: Data = {"name": "Đảng ủy xã Mới", "type": "party_committee", "lineage": [{"of": "binh", "how": "merged", "date": "2026-03-05"}]}
    html = pages(concluded(), {"an/plans/1": plan("an", "an/roles/bi-thu"), "moi": merged})["huyen/inspections/1.html"].html
    told = shown(html[html.index('id="ke-hoach"') :])
    assert "Đảng ủy xã An Đã có kế hoạch" in told
    assert "Đảng ủy xã Mới Kết luận gửi Đảng ủy xã Bình ; nay đơn vị này trả lời Chưa có kế hoạch 01/4/2026 10/4/2026" in told


# --- what the calendar brings ------------------------------------------------------------------------------------------------------------------------------

REPORTED: Data = {"of": "an/plans/1", "date": "2026-02-20", "by": "an/roles/bi-thu", "entries": [{"action": "A1", "state": "started"}]}


def monthly(**more: Any) -> dict[str, Data]:
    """A plan that is reported every month: the next time a month after it was approved, on 5 April."""
    return concluded(report_due="2026-12-31") | {"an/plans/1": plan("an", "an/roles/bi-thu") | {"reporting": "monthly"} | more}


def brought(nature: str, *changes: Mapping[str, Data], day: date = DAY) -> list[tuple[str, str, str]]:
    lines = table(deadlines.due_soon_board, *changes, day=day)
    return [(line["Đơn vị"], line["Hạn"], line["Tình trạng"]) for line in lines if line["Loại"] == nature]


def test_the_next_report_of_a_plan_is_among_what_is_due_soon() -> None:
    assert brought("Báo cáo tiến độ", monthly()) == [("Đảng ủy xã An", "2026-04-05", "Còn 21 ngày")]
    assert brought("Báo cáo tiến độ", monthly(reporting="quarterly")) == [], "that is in June"
    assert brought("Báo cáo tiến độ", monthly(), {"an/progress/1": REPORTED | {"date": "2026-03-14"}}) == [("Đảng ủy xã An", "2026-04-14", "Còn 30 ngày")]
    (line,) = (each for each in table(deadlines.due_soon_board, monthly()) if each["Loại"] == "Báo cáo tiến độ")
    assert line["Kế hoạch"] in line["Việc"]
    assert "Báo cáo tiến độ: " in shown(pages(monthly())["an.html"].html).partition("Đến hạn trong 30 ngày tới")[2]


def test_a_report_is_not_late_within_the_days_of_grace_and_then_stands_elsewhere() -> None:
    graced = {"project": PROJECT | {"cadences": {"grace_days": 5}}}
    assert brought("Báo cáo tiến độ", graced, monthly(), day=date(2026, 4, 10)) == [("Đảng ủy xã An", "2026-04-05", "Đã đến kỳ, chưa tính là quá kỳ")]
    assert table(following_boards.stale, graced, monthly(), day=date(2026, 4, 10)) == []
    assert brought("Báo cáo tiến độ", graced, monthly(), day=date(2026, 4, 11)) == []
    assert len(table(following_boards.stale, graced, monthly(), day=date(2026, 4, 11))) == 1


def test_no_report_is_asked_for_of_what_is_told_or_done_or_waived() -> None:
    waiver: Data = {"of": "an/plans/1", "rule": "R21", "until": "2026-12-31", "reason": "Đang sáp nhập.", "approved": {"date": "2026-03-01"}}
    assert brought("Báo cáo tiến độ", monthly(), {"an/waivers/1": waiver}) == []
    assert brought("Báo cáo tiến độ", monthly(**TOLD)) == []
    done = REPORTED | {"date": "2026-03-12", "entries": [{"action": "A1", "state": "completed"}]}
    assert brought("Báo cáo tiến độ", monthly(), {"an/progress/1": done}) == []


def test_the_report_a_year_after_a_suggestion_is_among_what_is_due_soon() -> None:
    asked = {"huyen/suggestions/1": ASKED | {"issued": {"date": "2025-04-01"}, "to": ["an", "binh"]}}
    report: Data = {"of": "huyen/suggestions/1", "date": "2026-03-01", "by": "an/roles/bi-thu", "text": "Đã sửa."}
    assert [each[:2] for each in brought("Báo cáo sau một năm", asked, {"an/progress/1": report})] == [("Đảng ủy xã Bình", "2026-04-01")]
    early = brought("Báo cáo sau một năm", asked, {"an/progress/1": report | {"date": "2025-06-01"}})
    assert [each[0] for each in early] == ["Đảng ủy xã An", "Đảng ủy xã Bình"], "a report halfway is not that of the year"


STEPS = [
    {"step": "briefing", "due": "2026-03-10"},
    {"step": "suggestion", "due": "2026-03-20", "by": "huyen/roles/bi-thu"},
    {"step": "review", "due": "2026-03-31"},
    {"step": "classification", "due": "2026-04-05"},
    {"step": "report", "due": "2026-06-30"},
]
RUNNING: dict[str, Data] = {"huyen/cycles/2025": CYCLE | {"to": "2026-06-30", "scope": ["an", "binh"], "steps": STEPS}}
_STEP = "Bước của kỳ kiểm điểm"


def test_the_steps_of_a_cycle_are_among_what_is_due_soon() -> None:
    lines = [line for line in table(deadlines.due_soon_board, RUNNING) if line["Loại"] == _STEP]
    assert [(line["Đơn vị"], line["Việc"].partition(" – ")[0], line["Hạn"]) for line in lines] == [
        ("Đảng ủy xã An", "Nộp báo cáo kiểm điểm", "2026-03-31"),
        ("Đảng ủy xã Bình", "Nộp báo cáo kiểm điểm", "2026-03-31"),
        ("Huyện ủy Thử", "Gợi ý kiểm điểm", "2026-03-20"),
        ("Huyện ủy Thử", "Xếp loại", "2026-04-05"),
    ]
    assert lines[0]["Tình trạng"] == "Còn 16 ngày; Hạn chung của cả kỳ"
    decided: Data = {"cycle": "huyen/cycles/2025", "scheme": "party/2025", "ratings": [], "decided": {"date": "2026-03-10"}}
    assert ("Huyện ủy Thử", "2026-04-05", "Còn 21 ngày") not in brought(_STEP, RUNNING, {"huyen/classifications/1": decided})


def test_before_its_day_a_public_site_does_not_say_who_has_taken_a_step() -> None:
    handed = {"an/reviews/2025": {"cycle": "huyen/cycles/2025", "submitted": {"date": "2026-03-01"}}}
    assert [each[0] for each in brought(_STEP, RUNNING, handed)][:2] == ["Đảng ủy xã An", "Đảng ủy xã Bình"]
    for_members = brought(_STEP, MEMBERS, RUNNING, handed)
    assert [each for each in for_members if each[1] == "2026-03-31"] == [("Đảng ủy xã Bình", "2026-03-31", "Còn 16 ngày")]


@pytest.mark.parametrize(
    "change", [{"exemptions": [{"of": "an", "reason": "Mới lập."}, {"of": "binh", "reason": "Mới lập."}]}, {"closed": {"date": "2026-03-01"}}, TOLD]
)
def test_no_step_is_due_of_who_is_exempt_or_in_a_cycle_that_is_over_or_told(change: Data) -> None:
    (cycle,) = RUNNING.values()
    found = brought(_STEP, {"huyen/cycles/2025": cycle | change})
    assert "2026-03-31" not in [each[1] for each in found]
    unopened = {key: value for key, value in cycle.items() if key != "opened"}
    assert brought(_STEP, {"huyen/cycles/2025": unopened}) == []


def test_who_has_to_answer_for_earlier_findings_sees_the_day() -> None:
    before: dict[str, Data] = {
        "huyen/cycles/2024": CYCLE | {"name": "Kỳ năm 2024", "from": "2024-01-01", "to": "2024-12-31", "steps": []},
        "an/reviews/2024": {"cycle": "huyen/cycles/2024", "findings": [FINDING], "concluded": {"date": "2024-12-10"}},
    }
    asks = {"huyen/cycles/2025": CYCLE | {"from": "2025-01-01", "to": "2026-06-30", "steps": [{"step": "carry_over", "due": "2026-03-25"}]}}
    assert brought(_STEP, before, asks) == [("Đảng ủy xã An", "2026-03-25", "Còn 10 ngày; Hạn chung của cả kỳ")]


# --- what is done at once, and what everybody looks at first -----------------------------------------------------------------------------------------------


def test_what_is_to_be_done_at_once_can_be_chosen_and_has_a_list_of_its_own() -> None:
    urgent = {"an/plans/1": plan("an", "an/roles/bi-thu", urgency="immediate", due="2026-03-20")}
    (line,) = (each for each in table(deadlines.due_soon_board, concluded(), urgent) if each["Kế hoạch"] and each["Loại"] == "Việc làm ngay")
    assert line["Hạn"] == "2026-03-20"
    (line,) = table(deadlines.at_once, concluded(), urgent, day=date(2026, 4, 1))
    assert line["Tình trạng"] == "Quá hạn 12 ngày"
    report: Data = {"of": "an/plans/1", "date": "2026-03-12", "by": "an/roles/bi-thu", "entries": [{"action": "A1", "state": "completed"}]}
    assert table(deadlines.at_once, concluded(), urgent, {"an/progress/1": report}) == []
    assert "Cả 1 việc làm ngay" in shown(pages(concluded(), urgent, {"an/progress/1": report})["bang/den-han.html"].html)


def test_an_open_hot_spot_is_on_the_board_of_what_recurs_and_lasts() -> None:
    hot = {"huyen/inspections/1": INSPECTION | {"findings": [FINDING | {"priority": "high"}], "concluded": CONCLUDED}}
    (line,) = table(recurrence_board.recurring, hot)
    assert line["Dấu hiệu"] == "Nổi cộm"
    checked: Data = {"date": "2026-03-10", "by": "huyen", "entries": [{"of": "huyen/inspections/1#F1", "check": "completion", "result": "confirmed"}]}
    assert table(recurrence_board.recurring, hot, {"huyen/verifications/1": checked}) == []


def test_every_open_finding_stands_below_its_area() -> None:
    findings = [FINDING, FINDING | {"id": "F2", "statement": "Thu sai.", "area": "finance"}, {"id": "F3", "statement": "Việc khác."}]
    lines = table(areas_board.open_by_area, {"huyen/inspections/1": INSPECTION | {"findings": findings, "concluded": CONCLUDED}})
    assert [(line["Lĩnh vực"], line["Hạn chế"]) for line in lines] == [
        ("Đất đai, lâm nghiệp", "Hồ sơ trả chậm."),
        ("Tài chính, ngân sách", "Thu sai."),
        ("Chưa ghi lĩnh vực", "Việc khác."),
    ]
    html = pages({"huyen/inspections/1": INSPECTION | {"findings": findings, "concluded": CONCLUDED}})["bang/linh-vuc.html"].html
    assert 'href="linh-vuc.html#linh-vuc-land">1</a>' in html
    assert 'id="linh-vuc-land"' in html


def test_groups_that_a_source_tells_of_stand_apart() -> None:
    group: Data = {"name": "Tổ giúp việc", "nature": "support"} | TOLD
    assert table(keeping_boards.groups, {"huyen/groups/1": group}) == []
    (line,) = table(keeping_boards.told_groups, {"huyen/groups/1": group})
    assert (line["Loại tổ"], line["Tổ trưởng"], line["Số thành viên"]) == ("Tổ giúp việc", "Nguồn không nêu", "Nguồn không nêu")
    said = shown(pages({"huyen/groups/1": group})["bang/to-cong-tac.html"].html)
    assert "những tổ mà nguồn kể lại ở mục riêng" in said
    assert "Chưa có tổ chỉ đạo" not in said


def test_a_review_counts_its_strengths_and_what_has_lasted() -> None:
    review: Data = {"cycle": "huyen/cycles/2025", "strengths": ["Một.", "Hai."], "findings": [FINDING, FINDING | {"id": "F2", "since": 2019}]}
    (line,) = table(cycle_boards.review_quality, {"an/reviews/2025": review | {"concluded": {"date": "2025-12-05"}}})
    assert (line["Ưu điểm nêu ra"], line["Hạn chế nêu ra"], line["Trong đó kéo dài"]) == ("2", "2", "1")


# --- who answers, and whose words are not out yet ----------------------------------------------------------------------------------------------------------

SHARED: Data = {
    "cycle": "huyen/cycles/2025",
    "findings": [FINDING | {"responsible": [{"who": "an/roles/bi-thu", "share": "lead", "portion": "Ký duyệt chậm."}]}],
    "concluded": {"date": "2025-12-05"},
}


@pytest.mark.parametrize(
    ("own", "echo"),
    [
        ({}, "chưa có bản kiểm điểm cá nhân ở đây để đối chiếu"),
        ({"concluded": {"date": "2025-12-10"}}, "bản kiểm điểm cá nhân chưa nói đến"),
        ({"concluded": {"date": "2025-12-10"}, "collective": [{"finding": "an/reviews/2025#F1", "text": "Nhận."}]}, "bản kiểm điểm cá nhân đã nói đến"),
        ({"held_elsewhere": {"kind": "Bản kiểm điểm", "by": "Huyện ủy"}}, "bản kiểm điểm cá nhân lưu ở nơi khác"),
    ],
)
def test_members_see_which_post_has_which_part_and_whether_it_took_it_up(own: Data, echo: str) -> None:
    records = {"an/reviews/2025": SHARED, "an/reviews/2025-bi-thu": {"cycle": "huyen/cycles/2025", "of": "an/roles/bi-thu"} | own}
    (line,) = table(responsibility_board.divided, records, MEMBERS)
    assert line["Chức danh chịu phần nào"] == f"Bí thư xã An; chịu trách nhiệm chính; Ký duyệt chậm; {echo}"
    (line,) = table(responsibility_board.divided, records)
    assert "Chức danh chịu phần nào" not in line
    assert "Bí thư" not in "".join(line.values())


ROUND: Data = {
    "cycle": "huyen/cycles/2025",
    "about": ["an"],
    "opens": "2026-03-01",
    "closes": "2026-03-10",
    "forms": {"value": 50, "of": 60, "unit": "phiếu"},
    "balance": {"received": 12, "accepted": 8, "explained": 3, "in_clarification": 1, "out_of_scope": 0},
    "opened": {"date": "2026-03-01"},
    "compiled": {"date": "2026-03-25"},
}


def test_nothing_of_a_round_is_told_before_it_is_compiled() -> None:
    (line,) = table(voices.feedback, {"an/feedback/1": ROUND}, day=date(2026, 3, 5))
    assert line["Tình trạng"] == "Đang lấy ý kiến: chưa công bố ý kiến nào"
    (line,) = table(voices.feedback, {"an/feedback/1": ROUND})
    assert (line["Tình trạng"], line["Ý kiến nhận"], line["Tiếp thu"]) == ("Đang gạn lọc: chưa công bố ý kiến nào", "", "")
    html = shown(pages({"an/feedback/1": ROUND})["an/feedback/1.html"].html)
    assert "Đang gạn lọc: chưa công bố ý kiến nào" in html
    assert "Kết thúc nhận 10/3/2026" in html
    assert "12 ý kiến" not in html
    (line,) = table(voices.feedback, {"an/feedback/1": ROUND}, day=date(2026, 3, 25))
    assert (line["Tổng hợp"], line["Ý kiến nhận"]) == ("2026-03-25", "12")


def test_a_round_says_by_when_its_cycle_wants_it_compiled() -> None:
    cycle = CYCLE | {"steps": [{"step": "feedback", "due": "2026-03-20"}]}
    (line,) = table(voices.feedback, {"an/feedback/1": ROUND, "huyen/cycles/2025": cycle})
    assert line["Tổng hợp"] == "Hạn 20/3/2026"
    assert "Hạn tổng hợp 20/3/2026" in shown(pages({"an/feedback/1": ROUND, "huyen/cycles/2025": cycle})["an/feedback/1.html"].html)


def test_what_is_mended_says_what_people_see_of_it() -> None:
    before: Data = CYCLE | {"name": "Kỳ năm 2024", "from": "2024-01-01", "to": "2024-12-31", "opened": {"date": "2024-01-02"}}
    cycles = {"huyen/cycles/2024": before, "huyen/cycles/2025": CYCLE | {"previous": "huyen/cycles/2024"}}
    old: Data = {"cycle": "huyen/cycles/2024", "findings": [FINDING | {"outcome": "Hồ sơ trả đúng hẹn."}], "concluded": {"date": "2024-12-05"}}
    new: Data = {"cycle": "huyen/cycles/2025", "carry_over": [{"finding": "an/reviews/2024#F1", "answer": "resolved"}], "concluded": {"date": "2025-12-05"}}
    entry = {"of": "an/reviews/2024#F1", "check": "carry_over", "result": "confirmed"}
    checked: Data = {"date": "2025-12-06", "by": "huyen", "entries": [entry]}
    records = cycles | {"an/reviews/2024": old, "an/reviews/2025": new, "huyen/verifications/1": checked}
    (cycle,) = carried.carried.make(world(records)).cycles
    (line,) = csv.DictReader(io.StringIO(csv_board.text(cycle.changes).removeprefix("\ufeff")))
    assert (line["Thay đổi thấy được"], line["Ai xác nhận"], line["Ngày xác nhận"]) == ("Hồ sơ trả đúng hẹn.", "Huyện ủy Thử", "2025-12-06")


def test_the_list_of_organisations_says_who_is_below_whom() -> None:
    circle: dict[str, Data] = {
        "tron-1": {"name": "Đơn vị Tròn 1", "type": "agency", "parents": [{"of": "tron-2"}]},
        "tron-2": {"name": "Đơn vị Tròn 2", "type": "agency", "parents": [{"of": "tron-1"}]},
    }
    html = pages(circle)["don-vi.html"].html
    outline = html[html.index('id="theo-cap"') : html.index("</section>", html.index('id="theo-cap"'))]
    assert shown(outline).endswith("Đơn vị Tròn 1 Đơn vị Tròn 2 Huyện ủy Thử Đảng ủy xã An Đảng ủy xã Bình")
    assert outline.count("<ul") == 2
