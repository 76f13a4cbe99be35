"""Boards of what should have followed, was voiced, measured and kept: who is on them, who is not, and what they count."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from registers import Data, register
from tusoi import asof, flow, progress, submissions
from tusoi.exports import csv_board
from tusoi.record import Register
from tusoi.submissions import Submitted
from tusoi.titles import Titles
from tusoi.views import (
    areas_board,
    confirmations,
    cycle_boards,
    following_boards,
    keeping_boards,
    measures_board,
    recurrence_board,
    responsibility_board,
    still_owed,
    submissions_board,
    voices,
)
from tusoi.views.board import Board
from tusoi.views.world import World, site_of

DAY = date(2026, 3, 15)
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
SOURCE: Data = {"title": "Một bài báo", "publisher": "Báo Thử", "shown_on": 2020, "confidence": "low"}
TOLD: Data = {"told_by": ["common/sources/bao"]}
CYCLE: Data = {
    "name": "Kỳ năm 2025",
    "kind": "annual",
    "from": "2025-01-01",
    "to": "2025-12-31",
    "scope": ["an", "binh", "chau"],
    "exemptions": [{"of": "chau", "reason": "Mới lập."}],
    "steps": [{"step": "review", "due": "2025-12-15"}, {"step": "plan", "due": "2026-01-31"}, {"step": "feedback", "due": "2026-12-31"}],
    "opened": {"date": "2025-01-02"},
}
FINDING: Data = {"id": "F1", "statement": "Trả hồ sơ chậm.", "responsible": [{"who": "an", "share": "lead"}]}
WORLD: dict[str, Data] = {
    "project": PROJECT,
    "common/sources/bao": SOURCE,
    "huyen": {"name": "Huyện ủy Thử", "type": "party_committee"},
    "an": {"name": "Đảng ủy xã An", "type": "party_committee"},
    "binh": {"name": "Đảng ủy xã Bình", "type": "party_committee"},
    "chau": {"name": "Đảng ủy xã Châu", "type": "party_committee"},
    "an/roles/bi-thu": {"name": "Bí thư xã An", "rank": "head"},
    "huyen/cycles/2025": CYCLE,
    "an/reviews/2025": {"cycle": "huyen/cycles/2025", "findings": [FINDING], "submitted": {"date": "2025-12-10"}, "concluded": {"date": "2025-12-12"}},
}


BOARDS = (
    *(following_boards.planless, following_boards.yearly, following_boards.stale, responsibility_board.divided, responsibility_board.without_share),
    *(recurrence_board.recurring, voices.feedback, voices.critiques, voices.petitions, measures_board.indicators, measures_board.aggregates),
    *(keeping_boards.handovers, keeping_boards.lessons, keeping_boards.waivers, areas_board.areas, cycle_boards.events, cycle_boards.review_quality),
    *(measures_board.told_indicators, keeping_boards.told_lessons, keeping_boards.corrections, confirmations.confirmations),
    submissions_board.submitted,
)


def table(name: str, *changes: Mapping[str, Data], day: date = DAY) -> list[dict[str, str]]:
    """Give the lines of a board's file."""
    records = asof.at(register(WORLD, *changes), day)
    world = World(records, progress.measure(records, day), (), site_of(records, day), Titles(records, frozenset({"finding", "action", "issue"})))
    made = [one for each in BOARDS for one in boards_in(each.make(world))]
    text = csv_board.text({each.name: each for each in made}[name])
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def boards_in(made: object) -> list[Board]:
    """Give the boards of a view: one, or one for each cycle."""
    if isinstance(made, tuple):
        return [one for each in made if isinstance(each, submissions_board.CycleBoard) for one in (each.board, each.missing)]
    if isinstance(made, confirmations.Confirmations):
        return [made.checked, made.waiting]
    return [made] if isinstance(made, Board) else []


def column(lines: list[dict[str, str]], head: str) -> list[str]:
    return [line[head] for line in lines]


def states(*changes: Mapping[str, Data], day: date = DAY) -> dict[tuple[str, str], Submitted]:
    records = asof.at(register(WORLD, *changes), day)
    found = submissions.of_cycle(records, records.records["huyen/cycles/2025"], day)
    return {(each.organisation, each.step): each.state for each in found}


# --- who has not handed in ---------------------------------------------------------------------------------------------------------------------------------


def test_each_body_in_the_scope_stands_with_each_step() -> None:
    assert states() == {
        ("an", "feedback"): Submitted.WAITING,
        ("binh", "feedback"): Submitted.WAITING,
        ("chau", "feedback"): Submitted.EXEMPT,
        ("an", "review"): Submitted.IN,
        ("binh", "review"): Submitted.MISSING,
        ("chau", "review"): Submitted.EXEMPT,
        ("an", "plan"): Submitted.MISSING,
        ("binh", "plan"): Submitted.MISSING,
        ("chau", "plan"): Submitted.EXEMPT,
    }


def test_a_review_concluded_after_the_day_for_plans_still_leaves_time_for_one() -> None:
    review = WORLD["an/reviews/2025"]
    late = {"an/reviews/2025": {**review, "submitted": {"date": "2026-02-20"}, "concluded": {**review.get("concluded", {}), "date": "2026-02-20"}}}
    assert states(late, day=date(2026, 3, 1))["an", "plan"] is Submitted.WAITING
    assert states(late, day=date(2026, 6, 1))["an", "plan"] is Submitted.MISSING


@pytest.mark.parametrize(
    ("review", "state"),
    [
        ({"submitted": {"date": "2025-12-20"}}, Submitted.IN),
        ({}, Submitted.MISSING),
        ({"held_elsewhere": {"kind": "Báo cáo kiểm điểm", "by": "Huyện ủy", "submitted": "2025-12-20"}}, Submitted.HELD),
        ({"submitted": {"date": "2025-12-20"}, "withdrawn": {"date": "2026-01-05", "reason": "Sai mẫu."}}, Submitted.MISSING),
        ({"submitted": {"date": "2025-12-20"}} | TOLD, Submitted.MISSING),
        ({"submitted": {"date": "2025-12-20"}, "of": "an/roles/bi-thu"}, Submitted.MISSING),
    ],
)
def test_a_review_is_in_when_it_was_handed_in_or_is_held_elsewhere(review: Data, state: Submitted) -> None:
    assert states({"binh/reviews/2025": {"cycle": "huyen/cycles/2025"} | review})["binh", "review"] is state


def test_a_review_without_a_finding_needs_no_plan() -> None:
    empty: Data = {"cycle": "huyen/cycles/2025", "submitted": {"date": "2025-12-10"}, "concluded": {"date": "2025-12-12"}}
    assert states({"binh/reviews/2025": empty})["binh", "plan"] is Submitted.NOT_NEEDED


def test_after_a_merger_the_successor_hands_in() -> None:
    merged: Data = {"name": "Đảng ủy xã Mới", "type": "party_committee", "lineage": [{"of": "binh", "how": "merged", "date": "2025-07-01"}]}
    assert states({"moi": merged})["moi", "review"] is Submitted.MISSING
    assert ("binh", "review") not in states({"moi": merged})


def test_before_the_due_day_a_public_site_says_nothing_of_who_is_late_and_a_members_site_does() -> None:
    public = table("chua-nop-huyen-cycles-2025")
    assert set(column(public, "Phải nộp")) == {"Báo cáo kiểm điểm", "Kế hoạch khắc phục"}
    members = table("chua-nop-huyen-cycles-2025", {"project": PROJECT | {"audience": "members"}})
    assert set(column(members, "Phải nộp")) == {"Báo cáo kiểm điểm", "Kế hoạch khắc phục", "Tổng hợp góp ý"}
    late = {line["Đơn vị"]: line["Tình trạng"] for line in public if line["Phải nộp"] == "Báo cáo kiểm điểm"}
    assert late == {"Đảng ủy xã An": "Đã nộp", "Đảng ủy xã Bình": "Chưa nộp, quá hạn 90 ngày", "Đảng ủy xã Châu": "Được miễn; Mới lập."}


def test_what_is_missing_stands_first_and_every_step_after_it() -> None:
    missing, whole = table("con-thieu-huyen-cycles-2025"), table("chua-nop-huyen-cycles-2025")
    assert {line["Tình trạng"].partition(",")[0] for line in missing} == {"Chưa nộp"}
    late = [line for line in whole if line["Tình trạng"].startswith("Chưa nộp")]
    assert missing == [{key: value for key, value in line.items() if key != "Ngày nộp"} for line in late]
    assert len(whole) == 6


@pytest.mark.parametrize(
    ("day", "said"),
    [("2025-12-15", "Đã nộp"), ("2025-12-16", "Đã nộp, chậm 1 ngày"), ("2025-12", "Đã nộp"), ("2026-01", "Đã nộp, chậm 17 ngày")],
)
def test_what_came_late_says_by_how_many_days_where_that_is_certain(day: str, said: str) -> None:
    lines = table("chua-nop-huyen-cycles-2025", {"binh/reviews/2025": {"cycle": "huyen/cycles/2025", "submitted": {"date": day}}})
    assert [line["Tình trạng"] for line in lines if line["Đơn vị"] == "Đảng ủy xã Bình" and line["Phải nộp"] == "Báo cáo kiểm điểm"] == [said]


def test_a_plan_that_may_come_later_says_until_when() -> None:
    allowed: Data = {"rule": "R03", "of": "an/reviews/2025", "reason": "Chờ họp.", "until": "2026-03-31", "approved": {"date": "2026-02-01", "by": "huyen"}}
    others: list[Data] = [{"until": "2026-03-01"}, {"rule": "R21"}, {"approved": {"date": "2026-06-01"}}, {"approved": None}]
    late = "Chưa nộp, quá hạn 43 ngày"
    for change, said in [({}, "Chưa nộp; Tạm chưa áp dụng đến ngày 31/3/2026"), *((each, late) for each in others)]:
        waiver = {key: value for key, value in (allowed | change).items() if value is not None}
        lines = table("con-thieu-huyen-cycles-2025", {"huyen/waivers/1": waiver})
        assert [line["Tình trạng"] for line in lines if line["Đơn vị"] == "Đảng ủy xã An"] == [said]


def letters(*changes: Mapping[str, Data]) -> dict[str, str]:
    """Give the reminders to copy, by organisation."""
    records = asof.at(register(WORLD, *changes), DAY)
    world = World(records, progress.measure(records, DAY), (), site_of(records, DAY), Titles(records))
    (cycle,) = submissions_board.submitted.make(world)
    return {each.organisation: each.text for each in cycle.letters}


def test_nobody_is_reminded_of_what_is_not_asked_of_them_for_now() -> None:
    """An lacks the plan alone, for which a rule is waived; what else is missing is still asked for."""
    waived: Data = {"rule": "R03", "of": "an/reviews/2025", "reason": "Chờ họp.", "until": "2026-03-31", "approved": {"date": "2026-02-01", "by": "huyen"}}
    assert set(letters()) == {"an", "binh"}
    assert set(letters({"huyen/waivers/1": waived})) == {"binh"}
    assert set(letters({"huyen/waivers/1": waived | {"until": "2026-03-01"}})) == {"an", "binh"}, "it holds no longer"
    early = CYCLE | {"steps": [step | {"due": "2026-01-31"} for step in CYCLE["steps"]]}
    both = letters({"huyen/waivers/1": waived, "huyen/cycles/2025": early})
    assert "chưa nhận được tổng hợp góp ý (hạn 31/01/2026) của" in both["an"]
    assert "kế hoạch khắc phục" in both["binh"]


def test_the_filter_has_the_state_alone() -> None:
    late: Data = {"cycle": "huyen/cycles/2025", "submitted": {"date": "2025-12-20"}}
    records = asof.at(register(WORLD, {"binh/reviews/2025": late}), DAY)
    world = World(records, progress.measure(records, DAY), (), site_of(records, DAY), Titles(records))
    (cycle,) = submissions_board.submitted.make(world)
    assert {column.key: choices for column, choices in cycle.board.filters}["tinh-trang"] == ("Chưa nộp", "Đã nộp", "Đã nộp chậm", "Được miễn")


def test_lines_stand_by_who_oversees_and_say_the_last_reminder() -> None:
    group: Data = {"name": "Tổ số 1", "nature": "working", "cycle": "huyen/cycles/2025", "covers": ["binh"], "established": {"date": "2025-02-01"}}
    reminder: Data = {"of": "huyen/cycles/2025", "step": "review", "to": ["binh"], "date": "2026-01-05"}
    lines = table(
        "chua-nop-huyen-cycles-2025", {"huyen/groups/to-1": group, "huyen/reminders/1": reminder, "huyen/reminders/2": reminder | {"date": "2026-02-05"}}
    )
    found = {(line["Đơn vị"], line["Phải nộp"]): line for line in lines}
    assert found["Đảng ủy xã Bình", "Báo cáo kiểm điểm"]["Nơi theo dõi"] == "Tổ số 1"
    assert found["Đảng ủy xã Bình", "Báo cáo kiểm điểm"]["Đôn đốc"] == "Lần 2, ngày 05/02/2026"
    assert found["Đảng ủy xã Bình", "Kế hoạch khắc phục"]["Đôn đốc"] == "Chưa ghi lần nào"
    assert found["Đảng ủy xã An", "Báo cáo kiểm điểm"]["Đôn đốc"] == "", "it was handed in"
    assert found["Đảng ủy xã An", "Báo cáo kiểm điểm"]["Nơi theo dõi"] == "Chưa ghi nơi theo dõi"


# --- what one organisation owes, on its own page ---------------------------------------------------------------------------------------------------------


def owed(organisation: str, *changes: Mapping[str, Data], day: date = DAY) -> dict[str, list[tuple[str, str]]]:
    """Give by nature what stands on the page of an organisation: what it is, and its due day."""
    records = asof.at(register(WORLD, *changes), day)
    world = World(records, progress.measure(records, day), (), site_of(records, day), Titles(records, frozenset({"finding", "action", "issue"})))
    found = still_owed.still_owed.make(world, records.records[organisation])
    return {each.title: [(line.what.text, line.due) for line in each.lines] for each in found}


def test_a_plan_that_is_owed_stands_once_with_the_conclusion_that_asks_for_it() -> None:
    assert owed("an") == {"Lập kế hoạch sau kết luận": [("Báo cáo kiểm điểm – Đảng ủy xã An", "hạn 31/01/2026")]}


def test_what_nobody_asks_for_now_is_not_owed() -> None:
    assert owed("an", allowed("R03", "an/reviews/2025")) == {}
    written = {"an/reviews/2025": {key: value for key, value in WORLD["an/reviews/2025"].items() if key != "concluded"} | {"submitted": {"date": "2025-12-05"}}}
    assert set(owed("an", written)) == {"Nộp báo cáo, kế hoạch của kỳ kiểm điểm"}
    assert owed("an", written, allowed("R03", "an/reviews/2025")) == {}
    late = plan(approved={"date": "2025-12-20"}, reporting="monthly")
    assert set(owed("an", late)) - set(owed("an", late, allowed("R21", "an/plans/2025"))) == {"Báo cáo tiến độ kế hoạch"}
    sent: dict[str, Data] = {"huyen/suggestions/1": {"to": ["an"], "issues": [{"id": "I1", "statement": "Chậm."}], "issued": {"date": "2025-01-10"}}}
    assert set(owed("an", sent)) - set(owed("an", sent, allowed("R22", "huyen/suggestions/1"))) == {"Báo cáo sau một năm thực hiện gợi ý"}


def test_on_the_day_on_which_something_is_due_nobody_owes_it() -> None:
    assert owed("an", day=date(2026, 1, 31)) == {}
    assert owed("an", day=date(2026, 2, 1)) != {}


def test_who_has_concluded_nothing_owes_what_the_cycle_asks_for() -> None:
    (lines,) = owed("binh").values()
    assert [due for _, due in lines] == ["hạn 15/12/2025", "hạn 31/01/2026"]
    assert [what for what, _ in lines] == [f"{step} – {CYCLE['name']}" for step in ("Báo cáo kiểm điểm", "Kế hoạch khắc phục")]


def test_who_is_exempt_and_who_has_ended_what_was_asked_owe_nothing() -> None:
    assert owed("chau") == {}
    done = {"state": "completed", "evidence": [{"text": "Ảnh bảng hạn trả."}]}
    report: Data = {"of": "an/plans/2025", "date": "2026-03-01", "by": "an/roles/bi-thu", "entries": [{"action": "A1"} | done]}
    assert owed("an", plan(approved={"date": "2026-01-20"}), {"an/progress/1": report}) == {}


def test_reports_answers_and_actions_that_are_late_are_owed_with_their_day() -> None:
    early = plan(approved={"date": "2026-01-20"}, reporting="monthly")
    early["an/plans/2025"]["actions"][0]["due"] = "2026-03-01"
    issue: Data = {"id": "I1", "nature": "shortcoming", "statement": "Chậm.", "orientation": "Làm đúng hẹn."}
    suggestion: Data = {"title": "Gợi ý 2024", "cycle": "huyen/cycles/2025", "to": ["an"], "issues": [issue], "issued": {"date": "2025-02-10"}}
    found = owed("an", early, {"huyen/suggestions/1": suggestion})
    assert found["Báo cáo sau một năm thực hiện gợi ý"] == [("Gợi ý 2024", "hạn 10/02/2026")]
    assert found["Việc quá hạn"] == [("Dán bảng hạn trả.", "hạn 01/3/2026")]
    assert len(found["Báo cáo tiến độ kế hoạch"]) == 1
    before: Data = {**CYCLE, "from": "2024-01-01", "to": "2024-12-31", "steps": [], "opened": {"date": "2024-01-02"}}
    review: Data = {"cycle": "huyen/cycles/2024", "findings": [FINDING], "concluded": {"date": "2024-12-12"}}
    answers = owed("an", {"huyen/cycles/2024": before | {"kind": CYCLE["kind"]}, "an/reviews/2024": review})["Trả lời hạn chế kỳ trước"]
    assert [(what.partition(" – ")[0], due) for what, due in answers] == [("1 hạn chế chưa được trả lời", "hạn 15/12/2025")]


# --- what should have followed -----------------------------------------------------------------------------------------------------------------------------


def plan(**more: object) -> dict[str, Data]:
    action = {"id": "A1", "findings": ["an/reviews/2025#F1"], "content": "Dán bảng hạn trả.", "owner": "an/roles/bi-thu", "due": "2026-06-30"}
    base: Data = {"of": ["an/reviews/2025"], "accountable": "an/roles/bi-thu", "direction": "Làm dần.", "actions": [action]}
    return {"an/plans/2025": base | more}


def test_a_conclusion_with_findings_waits_for_its_plan() -> None:
    (line,) = table("ket-luan-chua-co-ke-hoach")
    assert (line["Đơn vị"], line["Hạn có kế hoạch"], line["Tình trạng"]) == ("Đảng ủy xã An", "2026-01-31", "Quá hạn 43 ngày")
    (line,) = table("ket-luan-chua-co-ke-hoach", plan())
    assert line["Tình trạng"] == "Quá hạn 43 ngày; Đã có dự thảo"
    assert table("ket-luan-chua-co-ke-hoach", plan(approved={"date": "2026-01-20"})) == []
    assert table("ket-luan-chua-co-ke-hoach", {"an/reviews/2025": WORLD["an/reviews/2025"] | TOLD}) == []


def test_what_needs_no_plan_by_the_rule_needs_none_on_the_board() -> None:
    issue = {"id": "I1", "nature": "shortcoming", "statement": "Trả hồ sơ chậm."}
    asked: Data = {"cycle": "huyen/cycles/2025", "to": ["an"], "issues": [issue], "issued": {"date": "2025-11-05"}}
    answering: Data = WORLD["an/reviews/2025"] | {"findings": [FINDING | {"answers": ["huyen/suggestions/1#I1"]}]}
    early: Data = {"of": ["huyen/suggestions/1"], "actions": [{"id": "A1", "findings": ["huyen/suggestions/1#I1"]}], "approved": {"date": "2025-11-20"}}
    records = {"huyen/suggestions/1": asked, "an/reviews/2025": answering, "an/plans/som": early}
    assert table("ket-luan-chua-co-ke-hoach", records) == []
    assert len(table("ket-luan-chua-co-ke-hoach", records | {"an/plans/som": early | {"approved": {}} | TOLD})) == 1


def test_where_no_day_is_stated_the_profiles_days_count_as_in_the_rule() -> None:
    cycle = CYCLE | {"steps": [{"step": "review", "due": "2025-12-15"}]}
    (line,) = table("ket-luan-chua-co-ke-hoach", {"huyen/cycles/2025": cycle})
    assert (line["Hạn có kế hoạch"], line["Tình trạng"]) == ("2026-01-11", "Quá hạn 63 ngày")


def test_after_two_mergers_the_last_body_answers() -> None:
    first: Data = {"name": "Đảng ủy xã Giữa", "type": "party_committee", "lineage": [{"of": "an", "how": "merged", "date": "2026-01-01"}]}
    last: Data = {"name": "Đảng ủy xã Cuối", "type": "party_committee", "lineage": [{"of": "giua", "how": "merged", "date": "2026-02-01"}]}
    (line,) = table("ket-luan-chua-co-ke-hoach", {"giua": first, "cuoi": last})
    assert line["Đơn vị"] == "Đảng ủy xã Cuối"


def test_a_suggestion_is_reported_on_after_a_year() -> None:
    issue = {"id": "I1", "nature": "shortcoming", "statement": "Trả chậm.", "orientation": "Giao người."}
    asked: Data = {"cycle": "huyen/cycles/2025", "to": ["an"], "issues": [issue], "issued": {"date": "2025-02-01"}}
    (line,) = table("bao-cao-mot-nam", {"huyen/suggestions/an": asked})
    assert (line["Hạn báo cáo"], line["Tình trạng"]) == ("2026-02-01", "Quá hạn 42 ngày")
    report: Data = {"of": "huyen/suggestions/an", "date": "2026-01-25", "by": "an", "heard_by": "huyen"}
    (line,) = table("bao-cao-mot-nam", {"huyen/suggestions/an": asked, "an/progress/1": report})
    assert (line["Tình trạng"], line["Nơi nghe báo cáo"]) == ("Đã báo cáo", "Huyện ủy Thử")
    (line,) = table("bao-cao-mot-nam", {"huyen/suggestions/an": asked, "an/progress/1": report | {"date": "2025-06-25"}})
    assert line["Tình trạng"] == "Mới có báo cáo giữa chừng"
    (line,) = table("bao-cao-mot-nam", {"huyen/suggestions/an": asked | {"issued": {"date": "2024-02-01"}}})
    assert line["Hạn báo cáo"] == "2025-02-01"
    assert table("bao-cao-mot-nam", {"huyen/suggestions/an": asked | TOLD}) == []
    assert table("bao-cao-mot-nam", {"huyen/suggestions/an": asked | {"purpose": "critique"}}) == []


def test_a_plan_whose_report_is_late_by_its_own_rhythm_is_listed_once() -> None:
    changes = plan(approved={"date": "2025-12-20"}, reporting="monthly")
    (line,) = table("qua-ky-bao-cao", changes)
    assert line["Nhịp báo cáo"] == "hằng tháng"
    assert line["Báo cáo gần nhất"] == "Chưa có báo cáo nào"
    report: Data = {"of": "an/plans/2025", "date": "2026-03-10", "by": "an", "entries": [{"action": "an/plans/2025#A1", "state": "started"}]}
    assert table("qua-ky-bao-cao", changes, {"an/progress/1": report}) == []


@pytest.mark.parametrize(
    ("ended", "heirs", "said"),
    [
        ({}, {}, "Ban Cũ"),
        ({"to": "2025-06-30"}, {}, "Ban Cũ (đã kết thúc hoạt động ngày 30/6/2025)"),
        ({}, {"moi": {"name": "Ban Mới", "type": "inspection_body", "lineage": [{"of": "cu", "how": "merged", "date": "2025-07-01"}]}}, "Ban Cũ (nay Ban Mới)"),
    ],
)
def test_a_follower_that_is_no_more_is_not_named_as_if_it_still_followed(ended: Data, heirs: dict[str, Data], said: str) -> None:
    bodies: dict[str, Data] = {"cu": {"name": "Ban Cũ", "type": "inspection_body"} | ended} | heirs
    action = {"id": "A1", "findings": ["an/reviews/2025#F1"], "content": "Sửa.", "owner": "an/roles/bi-thu", "due": "2026-12-01"}
    plan: Data = {"of": ["an/reviews/2025"], "reporting": "monthly", "actions": [action], "approved": {"date": "2025-12-15"}, "followed_by": "cu"}
    assert column(table("qua-ky-bao-cao", {"an/plans/2025": plan}, bodies), "Nơi theo dõi") == [said]


def test_who_answers_for_a_finding_is_counted_and_never_named() -> None:
    (line,) = table("giao-trach-nhiem")
    assert (line["Đã giao đến đâu"], line["Số chức danh"]) == ("Mới giao cho tập thể", "")
    shares = [{"posts": {"value": 2, "unit": "chức danh"}, "share": "lead"}, {"who": "binh", "share": "shared"}]
    review = WORLD["an/reviews/2025"] | {"findings": [FINDING | {"responsible": shares}]}
    (line,) = table("giao-trach-nhiem", {"an/reviews/2025": review})
    assert (line["Đã giao đến đâu"], line["Số chức danh"], line["Đơn vị khác cùng chịu"]) == ("Đã giao đến chức danh", "2", "Đảng ủy xã Bình")


def test_leading_posts_without_a_share_are_listed_on_a_members_site_only() -> None:
    members = {"project": PROJECT | {"audience": "members"}}
    (line,) = table("chuc-danh-chua-nhan-phan", members)
    assert line == {"Đơn vị": "Đảng ủy xã An", "Chức danh chủ chốt chưa nhận phần nào": "Bí thư xã An"}
    with pytest.raises(KeyError):
        table("chuc-danh-chua-nhan-phan")


def test_what_lasts_and_what_comes_back_is_told() -> None:
    old = {"cycle": "huyen/cycles/2025", "concluded": {"date": "2023-02-01"}, "findings": [FINDING | {"since": 2015, "support_requested": True}]}
    again = {"cycle": "huyen/cycles/2025", "concluded": {"date": "2025-12-12"}, "findings": [FINDING | {"recurrence_of": "an/reviews/2022#F1"}]}
    lines = table("tai-dien-keo-dai", {"an/reviews/2022": old, "an/reviews/2025": again})
    assert column(lines, "Dấu hiệu") == ["Đã tái diễn sau đó; Kéo dài từ năm 2015", "Tái diễn"]
    assert column(lines, "Đề nghị cấp trên hỗ trợ") == ["Có", "Chưa ghi"]
    assert table("tai-dien-keo-dai") == []
    lasting = {"cycle": "huyen/cycles/2025", "concluded": {"date": "2025-12-12"}, "findings": [FINDING | {"since": "2023-03-01"}]}
    assert column(table("tai-dien-keo-dai", {"an/reviews/2025": lasting}), "Dấu hiệu") == ["Kéo dài từ ngày 01/3/2023"]
    lasting["findings"] = [FINDING | {"since": "2023-04-01"}]
    assert table("tai-dien-keo-dai", {"an/reviews/2025": lasting}) == []


# --- what people say ---------------------------------------------------------------------------------------------------------------------------------------

ROUND: Data = {
    "cycle": "huyen/cycles/2025",
    "about": ["an"],
    "opens": "2025-10-01",
    "closes": "2025-10-20",
    "method": "Phiếu kín.",
    "forms": {"value": 50, "of": 60, "unit": "phiếu"},
    "balance": {"received": 12, "accepted": 8, "explained": 3, "in_clarification": 1, "out_of_scope": 0},
    "opened": {"date": "2025-10-01"},
    "compiled": {"date": "2025-10-25"},
}


def test_every_opinion_is_in_one_of_four_places() -> None:
    (line,) = table("y-kien-gop-y", {"an/feedback/2025": ROUND})
    assert [line[head] for head in ("Ý kiến nhận", "Tiếp thu", "Giải trình", "Đang làm rõ", "Ngoài phạm vi")] == ["12", "8", "3", "1", "0"]
    assert line["Tình trạng"].startswith("Đủ")
    (line,) = table("y-kien-gop-y", {"an/feedback/2025": ROUND | {"balance": ROUND["balance"] | {"accepted": 7}}})
    assert line["Tình trạng"].startswith("Chưa đủ")
    assert table("y-kien-gop-y", {"an/feedback/2025": ROUND | TOLD}) == []


def test_a_round_with_few_forms_shows_its_total_only() -> None:
    (line,) = table("y-kien-gop-y", {"an/feedback/2025": ROUND | {"forms": {"value": 4, "of": 60, "unit": "phiếu"}}})
    assert [line[head] for head in ("Ý kiến nhận", "Tiếp thu", "Giải trình", "Đang làm rõ", "Ngoài phạm vi")] == [""] * 5
    assert line["Phiếu thu về"] == "4/60 phiếu"
    assert line["Tình trạng"] == "Dưới 5 phiếu: chỉ nêu tổng số"


@pytest.mark.parametrize(("asked", "few"), [(10, True), (8, False), (2, False)])
def test_a_profile_may_ask_for_more_forms_before_more_is_told_and_never_for_fewer_than_five(asked: int, few: bool) -> None:  # noqa: FBT001 -- a parameter
    kinds = flow.kinds()
    numbers = tuple(replace(each, values={**each.values, "feedback_min_forms": asked}) for each in kinds.profile.number_sets)
    asking = kinds.speaking(replace(kinds.profile, number_sets=numbers))
    parts = register(WORLD, {"an/feedback/2025": ROUND | {"forms": {"value": 8, "unit": "phiếu"}}})
    records = asof.at(Register.of(asking, parts.records.values()), DAY)
    world = World(records, progress.measure(records, DAY), (), site_of(records, DAY), Titles(records, frozenset()))
    assert voices.is_few(world, records.records["an/feedback/2025"]) is few
    assert voices.fewest(world) >= 5


def test_a_critique_says_when_it_was_answered() -> None:
    issue = {"id": "I1", "nature": "improvement", "statement": "Dán thêm bảng."}
    sent: Data = {"cycle": "huyen/cycles/2025", "purpose": "critique", "to": ["an"], "issues": [issue], "issued": {"date": "2026-01-05"}}
    (line,) = table("giam-sat-phan-bien", {"binh/suggestions/1": sent})
    assert (line["Trả lời"], line["Sau bao nhiêu ngày"]) == ("Chưa trả lời", "")
    answer: Data = {"of": "binh/suggestions/1#I1", "date": "2026-01-12", "by": "an", "result": "accepted"}
    (line,) = table("giam-sat-phan-bien", {"binh/suggestions/1": sent, "an/answers/1": answer})
    assert (line["Trả lời"], line["Sau bao nhiêu ngày"]) == ("Đã trả lời", "7")
    assert table("giam-sat-phan-bien", {"binh/suggestions/1": sent | {"purpose": "suggestion"}}) == []


def test_a_petition_says_when_it_came_and_was_answered() -> None:
    asked: Data = {"about": ["an"], "channel": "petition", "topics": ["Đường vào thôn."], "received": "2026-01-05"}
    answer: Data = {"of": "huyen/inspections/1", "date": "2026-02-04", "by": "huyen", "result": "explained"}
    (line,) = table("kien-nghi", {"huyen/inspections/1": asked, "huyen/answers/1": answer})
    assert (line["Ngày nhận"], line["Ngày trả lời"], line["Sau bao nhiêu ngày"]) == ("2026-01-05", "2026-02-04", "30")
    assert table("kien-nghi", {"huyen/inspections/1": asked | {"channel": "supervision"}}) == []


def test_a_petition_that_was_passed_on_still_waits_for_its_answer() -> None:
    asked: Data = {"about": ["an"], "channel": "petition", "topics": ["Đường vào thôn."], "received": "2026-01-05"}
    passed: Data = {"of": "huyen/inspections/1", "date": "2026-01-20", "by": "huyen", "result": "referred"}
    (line,) = table("kien-nghi", {"huyen/inspections/1": asked, "huyen/answers/1": passed})
    assert (line["Trả lời"], line["Ngày trả lời"], line["Sau bao nhiêu ngày"]) == ("Chưa trả lời, đã chuyển nơi khác", "", "")
    (line,) = table("kien-nghi", {"huyen/inspections/1": asked})
    assert line["Trả lời"] == "Chưa trả lời"


# --- what is measured and kept -----------------------------------------------------------------------------------------------------------------------------

INDICATOR: Data = {
    "name": "Số cuộc kiểm tra",
    "unit": "cuộc",
    "measure": "increase",
    "target": {"from": 10, "to": 20},
    "values": [{"period": 2025, "value": 23}],
}


@pytest.mark.parametrize(
    ("change", "computed", "state"),
    [
        ({"baseline": {"value": 20, "unit": "cuộc"}}, "15 %", "Đạt"),
        ({"baseline": {"value": 22, "unit": "cuộc"}}, "4,5 %", "Chưa đạt"),
        ({}, "", "Không tính được: không có số gốc"),
        (TOLD, "", "Không tính được: nguồn không nêu số gốc"),
        ({"measure": "share", "values": [{"period": 2025, "value": 9, "of": 10}]}, "90 %", "Đạt"),
        ({"measure": "share"}, "", "Không tính được: không có tổng số"),
        ({"measure": "level"}, "23 cuộc", "Đạt"),
    ],
)
def test_an_indicator_is_computed_or_says_what_is_not_known(change: Data, computed: str, state: str) -> None:
    told = "told_by" in change
    (line,) = table("chi-tieu-nguon-ke" if told else "chi-tieu", {"huyen/indicators/1": INDICATOR | change})
    assert (line["Tính ra"], line["Tình trạng"]) == (computed, state)


def test_an_asserted_total_says_how_many_records_are_here_and_small_counts_are_hidden() -> None:
    counts = [
        {"what": "nơi được gợi ý", "value": 18, "unit": "tổ chức", "of_kind": "review", "narrated": "besides"},
        {"what": "người bị đề nghị kỷ luật", "value": 3, "unit": "người", "counting": "distinct", "stage": "proposed", "response": "discipline"},
    ]
    lines = table("so-lieu-tong-hop", {"huyen/figures/1": {"counts": counts}})
    assert column(lines, "Có hồ sơ ở đây") == ["1 hồ sơ, ngoài tổng số này", ""]
    assert column(lines, "Con số") == ["18 tổ chức", "dưới 5 người"]
    assert column(lines, "Đến bước nào") == ["", "Đề nghị kỷ luật"]


def test_a_handover_says_how_what_was_handed_over_stands_now() -> None:
    handed: Data = {"of": "an/roles/bi-thu", "date": "2026-02-01", "open": ["an/plans/2025#A1"]}
    (line,) = table("ban-giao", plan(approved={"date": "2026-01-20"}), {"an/handovers/1": handed})
    assert (line["Ngày bàn giao"], line["Việc bàn giao"], line["Nay ra sao"]) == ("2026-02-01", "Dán bảng hạn trả.", "Chưa đến kỳ thực hiện")


def test_a_waiver_says_until_when_and_that_it_is_over() -> None:
    allowed: Data = {"rule": "R03", "of": "an/reviews/2025", "reason": "Chờ họp.", "until": "2026-03-31", "approved": {"date": "2026-02-01", "by": "huyen"}}
    (line,) = table("tam-chua-ap-dung", {"huyen/waivers/1": allowed})
    assert line["Tình trạng"] == "Tạm chưa áp dụng đến ngày 31/3/2026"
    (line,) = table("tam-chua-ap-dung", {"huyen/waivers/1": allowed | {"until": "2026-03-01"}})
    assert line["Tình trạng"] == "Đã hết hạn"


def test_a_risk_area_says_whether_it_is_inspected_this_year() -> None:
    looked: Data = {"about": ["an"], "channel": "inspection", "topics": ["Hồ sơ."], "areas": ["land"], "period": "2026", "planned": {"date": "2026-01-05"}}
    found = {line["Lĩnh vực"]: line["Năm nay"] for line in table("linh-vuc", {"huyen/inspections/1": looked})}
    assert found["Đất đai, lâm nghiệp"] == "Đã lên kế hoạch trong năm"
    assert found["Xây dựng cơ bản"] == "Năm nay chưa có cuộc kiểm tra nào"
    assert found["Môi trường"] == ""
    done = looked | {"concluded": {"date": "2026-02-05"}}
    assert {line["Lĩnh vực"]: line["Năm nay"] for line in table("linh-vuc", {"huyen/inspections/1": done})}["Đất đai, lâm nghiệp"] == "Đã kiểm tra trong năm"
    ahead = looked | {"planned": {"date": "2025-12-20"}}
    found = {line["Lĩnh vực"]: line["Năm nay"] for line in table("linh-vuc", {"huyen/inspections/1": ahead})}
    assert found["Đất đai, lâm nghiệp"] == "Đã lên kế hoạch trong năm"


def test_what_was_held_and_learned_stands_under_its_cycle() -> None:
    held: Data = {"nature": "briefing", "date": "2025-03", "cycle": "huyen/cycles/2025", "attended": {"value": 148, "of": 160, "unit": "người"}}
    learned: Data = {"nature": "lesson", "cycle": "huyen/cycles/2025", "lessons": ["Giao rõ người.", "Ghi rõ hạn."]}
    (line,) = table("su-kien", {"huyen/events/1": held})
    assert (line["Kỳ kiểm điểm"], line["Người dự"]) == ("Kỳ năm 2025", "148/160 người (92,5 %)")
    assert column(table("bai-hoc", {"huyen/lessons/1": learned}), "Bài học, cách làm") == ["Giao rõ người.", "Ghi rõ hạn."]


def test_how_a_review_went_is_counts_only() -> None:
    session = {"id": "S1", "kind": "collective", "from": "2025-12-10", "days": 1, "speakers": {"value": 11, "of": 13, "unit": "người"}}
    review = WORLD["an/reviews/2025"] | {"sessions": [session], "findings": [FINDING | {"self_identified": True}]}
    (line,) = table("chat-luong-kiem-diem", {"an/reviews/2025": review})
    assert (line["Số ngày"], line["Người phát biểu"], line["Tự nhận ra"], line["Đã giao đến chức danh"]) == ("1", "11/13 người (84,6 %)", "1", "0/1")


# --- what is allowed for now, what sources tell, and what a board leaves out ----------------------------------------------------------------------------


def allowed(rule: str, of: str, until: str = "2026-06-30") -> dict[str, Data]:
    return {"huyen/waivers/1": {"rule": rule, "of": of, "reason": "Chờ họp.", "until": until, "approved": {"date": "2026-02-01", "by": "huyen"}}}


def test_what_is_wanting_says_until_when_nobody_asks_for_it() -> None:
    (line,) = table("ket-luan-chua-co-ke-hoach", allowed("R03", "an/reviews/2025"))
    assert line["Tình trạng"].endswith("; Tạm chưa áp dụng đến ngày 30/6/2026")
    for other in (allowed("R21", "an/reviews/2025"), allowed("R03", "an/reviews/2025", "2026-03-01")):
        (line,) = table("ket-luan-chua-co-ke-hoach", other)
        assert "Tạm chưa" not in line["Tình trạng"]
    late = plan(approved={"date": "2025-12-20"}, reporting="monthly")
    (line,) = table("qua-ky-bao-cao", late, allowed("R21", "an/plans/2025"))
    assert line["Tình trạng"].endswith("; Tạm chưa áp dụng đến ngày 30/6/2026")
    sent: Data = {"to": ["an"], "issues": [{"id": "I1", "statement": "Chậm."}], "issued": {"date": "2025-01-10"}}
    (line,) = table("bao-cao-mot-nam", {"huyen/suggestions/1": sent}, allowed("R22", "huyen/suggestions/1"))
    assert line["Tình trạng"] == "Quá hạn 64 ngày; Tạm chưa áp dụng đến ngày 30/6/2026"


def test_what_sources_tell_stands_apart() -> None:
    told: Data = {"nature": "lesson", "lessons": ["Giao rõ người."]} | TOLD
    own: Data = {"nature": "lesson", "lessons": ["Ghi rõ hạn."]}
    records = {"huyen/lessons/1": told, "huyen/lessons/2": own}
    assert column(table("bai-hoc", records), "Bài học, cách làm") == ["Ghi rõ hạn."]
    assert column(table("bai-hoc-nguon-ke", records), "Bài học, cách làm") == ["Giao rõ người."]


def test_where_a_finding_comes_from_is_said_whole_and_counted_once() -> None:
    both = FINDING | {"self_identified": True, "from_feedback": ["an/feedback/2025"]}
    review = WORLD["an/reviews/2025"] | {"findings": [both, FINDING | {"id": "F2"}]}
    records = {"an/reviews/2025": review, "an/feedback/2025": ROUND}
    assert sorted(column(table("giao-trach-nhiem", records), "Nêu từ đâu")) == ["Đơn vị tự kiểm điểm", "Đơn vị tự nhận ra; Ý kiến góp ý"]
    assert column(table("chat-luong-kiem-diem", records), "Tự nhận ra") == ["1"]


def test_without_records_of_organisations_no_area_is_called_uninspected() -> None:
    assert table("linh-vuc", {"an/reviews/2025": WORLD["an/reviews/2025"] | TOLD}) == []


def test_an_inspection_of_a_year_that_is_over_is_not_simply_planned() -> None:
    looked: Data = {"about": ["an"], "channel": "inspection", "topics": ["Hồ sơ."], "areas": ["land"], "period": "2025", "planned": {"date": "2025-01-05"}}
    lines = {line["Lĩnh vực"]: line["Cuộc kiểm tra đã lên kế hoạch"] for line in table("linh-vuc", {"huyen/inspections/1": looked})}
    assert lines["Đất đai, lâm nghiệp"].endswith("Đã qua năm dự kiến, chưa có kết luận")
    lines = {line["Lĩnh vực"]: line["Cuộc kiểm tra đã lên kế hoạch"] for line in table("linh-vuc", {"huyen/inspections/1": looked | {"period": "2026"}})}
    assert "Đã qua" not in lines["Đất đai, lâm nghiệp"]


def test_a_petition_says_of_each_of_several_findings_how_it_stands() -> None:
    findings = [FINDING, FINDING | {"id": "F2", "statement": "Thu phí sai."}]
    asked: Data = {"about": ["an"], "channel": "petition", "topics": ["Đường vào thôn."], "findings": findings, "concluded": {"date": "2026-01-20"}}
    (line,) = table("kien-nghi", {"huyen/inspections/1": asked})
    assert line["Hạn chế nêu ra, nay ra sao"] == "Trả hồ sơ chậm. – Chưa có thông tin; Thu phí sai. – Chưa có thông tin"
    assert (line["Ngày nhận"], line["Có từ"]) == ("Chưa ghi", "Chưa ghi")


def test_a_check_of_several_things_stands_once_with_how_it_was_done() -> None:
    entries = [
        {"of": "an/reviews/2025#F1", "check": "completion", "result": "confirmed"},
        {"of": "an/reviews/2025#F2", "check": "completion", "result": "rejected", "text": "Còn chậm."},
    ]
    check: Data = {"date": "2026-02-10", "by": "huyen", "method": "Xem sổ.", "entries": entries}
    review = WORLD["an/reviews/2025"] | {"findings": [FINDING, FINDING | {"id": "F2", "statement": "Thu phí sai."}]}
    (line,) = table("ket-qua-xac-nhan", {"an/reviews/2025": review, "huyen/verifications/1": check})
    assert (line["Dựa vào đâu"], line["Ngày"]) == ("Xem sổ.; Chưa nêu minh chứng", "2026-02-10")
    assert line["Hạn chế hoặc việc, kết quả"] == "Trả hồ sơ chậm. – Xác nhận; Thu phí sai. – Không xác nhận – Còn chậm."


def test_a_reply_says_who_replies_and_to_whose_record() -> None:
    reply: Data = {"nature": "reply", "of": "an/reviews/2025#F1", "date": "2026-01-10", "by": "binh", "text": "Không đúng."}
    (line,) = table("dinh-chinh", {"binh/corrections/1": reply})
    assert (line["Nói về hồ sơ của"], line["Của ai"]) == ("Đảng ủy xã An", "Đảng ủy xã Bình")
