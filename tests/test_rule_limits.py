"""Rules at their limits, where cases would only repeat themselves: days, numbers of people, words, and records that speak of each other."""

from __future__ import annotations

from datetime import date

import pytest

from registers import Data, register
from tusoi import corrections, progress, rules
from tusoi.rules import aggregates, wording

DAY = date(2026, 3, 15)
CYCLE: Data = {
    "name": "Kiểm điểm năm 2025",
    "kind": "annual",
    "from": "2025-01-01",
    "to": "2025-12-31",
    "scope": ["xa"],
    "steward": "huyen",
    "steps": [],
    "opened": {"date": "2025-03-01", "basis": [{"number": "1-QĐ", "date": "2025-01-01"}]},
}
TREE: dict[str, Data] = {
    "huyen": {"name": "Huyện", "type": "party_committee"},
    "huyen/roles/a": {"name": "A", "rank": "standing", "in_charge_of": ["xa"]},
    "xa": {"name": "Xã", "type": "party_committee", "parents": [{"of": "huyen"}]},
    "xa/roles/truong": {"name": "Trưởng", "rank": "head"},
    "xa/roles/pho": {"name": "Phó", "rank": "deputy"},
    "xa/roles/vien": {"name": "Ủy viên", "rank": "member"},
    "huyen/cycles/2025": CYCLE,
}
ALONE: Data = {"cycle": "huyen/cycles/2025", "concluded": {"date": "2025-12-20"}}


def found(code: str, *more: dict[str, Data], day: date = DAY, records: str = "") -> list[str]:
    """Give what one rule says, as `severity message path`; of one record only where its id is given."""
    made, known = corrections.apply(register(TREE, *more), day)
    said = [each for each in rules.run(made, progress.measure(made, day, known)) if each.code == code and each.place.file.startswith(f"records/{records}")]
    return [f"{each.severity} {each.message} {'/'.join(map(str, each.path))}".strip() for each in said]


@pytest.mark.parametrize(("members", "fits"), [(4, False), (5, True), (7, True), (8, False)])
def test_a_group_has_five_to_seven_members(members: int, fits: bool) -> None:  # noqa: FBT001 -- a table of cases
    group = {"name": "Tổ", "nature": "working", "lead": "huyen/roles/a", "members": {"value": members, "unit": "người"}, "established": {"date": "2025-03-01"}}
    assert found("R42", {"huyen/groups/1": group}) == ([] if fits else ["warning R42 members/value"])


@pytest.mark.parametrize(("received", "waits"), [("2026-02-13", False), ("2026-02-12", True), ("2026-02", False), ("2026-01", True)])
def test_a_petition_may_wait_thirty_days(received: str, waits: bool) -> None:  # noqa: FBT001 -- a table of cases
    petition = {"about": ["xa"], "channel": "petition", "topics": ["Đường"], "received": received}
    assert found("R53", {"huyen/inspections/1": petition}) == (["warning R53.waiting received"] if waits else [])


@pytest.mark.parametrize(("day", "said"), [("2025-06-30", []), ("2025-07-01", ["warning R51.briefing steps/0"])])
def test_a_step_may_be_done_on_its_last_day(day: str, said: list[str]) -> None:
    cycle = CYCLE | {"steps": [{"step": "briefing", "due": "2025-06-30"}]}
    assert found("R51", {"huyen/cycles/2025": cycle}, day=date.fromisoformat(day)) == said


@pytest.mark.parametrize(("day", "said"), [("2025-12-31", []), ("2026-01-01", ["warning R44 scope"])])
def test_risky_areas_may_be_inspected_until_the_year_is_over(day: str, said: list[str]) -> None:
    assert found("R44", day=date.fromisoformat(day)) == said


def test_what_is_inspected_in_a_cell_counts_for_the_cycle_above_it() -> None:
    cell: Data = {"name": "Chi bộ", "type": "party_cell", "parents": [{"of": "xa", "to": "2025-06-30"}]}
    checked: Data = {"about": ["chi-bo"], "channel": "inspection", "topics": ["Thu chi"], "areas": ["land", "finance", "construction"]}
    assert found("R44", {"chi-bo": cell, "noi-khac/inspections/1": checked | {"planned": {"date": "2025-05"}}}) == []
    assert found("R44", {"chi-bo": cell, "noi-khac/inspections/1": checked | {"planned": {"date": "2024-05"}}}) == ["warning R44 scope"]


def meeting(number: int, day: str, **more: str) -> Data:
    return {"id": f"S{number}", "kind": "individual", "from": day, **more}


TOGETHER: Data = ALONE | {
    "sessions": [{"id": "S1", "kind": "collective", "from": "2025-12-10", "to": "2025-12-11", "days": 2}],
    "preparation": [{"step": "papers_sent", "date": "2025-12-01"}],
}


@pytest.mark.parametrize(("day", "said"), [("2025-12-10", ["error R20.order sessions/0/from"]), ("2025-12-11", []), ("2025-12", [])])
def test_the_review_of_a_post_is_held_to_the_meeting_of_its_collective(day: str, said: list[str]) -> None:
    """It may be in a record of its own; a day that is not known is no mistake."""
    own = ALONE | {"of": "xa/roles/truong", "sessions": [meeting(1, day)]}
    assert found("R20", {"xa/reviews/2025": TOGETHER, "xa/reviews/2025-truong": own}, records="xa/reviews/2025-truong") == said


def test_the_head_comes_first_whichever_record_the_sessions_are_in() -> None:
    head = ALONE | {"of": "xa/roles/truong", "sessions": [meeting(1, "2025-12-14")]}
    deputy = ALONE | {"of": "xa/roles/pho", "sessions": [meeting(1, "2025-12-13")]}
    member = ALONE | {"of": "xa/roles/vien", "sessions": [meeting(1, "2025-12-13")]}
    reviews = {"xa/reviews/2025": TOGETHER, "xa/reviews/2025-1": head, "xa/reviews/2025-2": deputy, "xa/reviews/2025-3": member}
    assert found("R20", reviews) == ["warning R20.head sessions/0/from"]


def test_half_days_add_up() -> None:
    halves = [{"id": f"S{number}", "kind": "collective", "from": "2025-12-10", "days": 0.5} for number in (1, 2)]
    assert found("R20", {"xa/reviews/2025": TOGETHER | {"sessions": halves}}) == []
    assert found("R20", {"xa/reviews/2025": TOGETHER | {"sessions": halves[:1]}}) == ["warning R20.short sessions/0/days"]


ROUND: Data = {
    "cycle": "huyen/cycles/2025",
    "about": ["xa"],
    "balance": {"received": 5, "accepted": 0, "explained": 2, "in_clarification": 3, "out_of_scope": 0},
    "compiled": {"date": "2025-12-01"},
}
OPINION: Data = {"id": "G1", "area": "land", "summary": "Chậm.", "opinions": 3, "disposition": "in_clarification"}


def answer(about: str, **more: object) -> Data:
    return {"of": about, "date": "2025-12-15", "by": "xa", "result": "explained", **more}


@pytest.mark.parametrize(
    ("answers", "settled"),
    [
        ([answer("xa/feedback/1", opinions=3)], True),
        ([answer("xa/feedback/1", opinions=2)], False),
        ([answer("xa/feedback/1", opinions=2), answer("xa/feedback/1", text="Đã nói rõ với thôn.")], True),
        ([answer("xa/feedback/1", opinions=2), answer("xa/feedback/1", opinions=2)], False),
        ([answer("xa/feedback/1#G1")], True),
        ([answer("xa/feedback/1", opinions=3, result="referred")], False),
        ([answer("xa/feedback/1", opinions=3, date="2025-12-21")], False),
        ([answer("xa/feedback/1", opinions=3, date="2025-12")], True),
    ],
)
def test_each_opinion_in_clarification_is_answered_before_the_conclusion(answers: list[Data], settled: bool) -> None:  # noqa: FBT001 -- a table of cases
    feedback = ROUND | {"items": [OPINION, {"id": "G2", "area": "land", "summary": "Hỏi.", "opinions": 2, "disposition": "explained"}]}
    tree = {"xa/feedback/1": feedback, "xa/reviews/2025": ALONE} | {f"xa/answers/{number}": each for number, each in enumerate(answers)}
    assert found("R19", tree) == ([] if settled else ["error R19.unsettled concluded"])


def test_what_was_said_of_the_body_is_not_asked_again_of_each_post() -> None:
    own = ALONE | {"of": "xa/roles/vien"}
    assert found("R19", {"xa/feedback/1": ROUND, "xa/reviews/2025-vien": own}) == []


def test_a_round_of_another_organisation_or_cycle_is_none() -> None:
    elsewhere: Data = {"cycle": "huyen/cycles/2025", "held_elsewhere": {"kind": "Đợt góp ý", "by": "Văn phòng"}}
    assert found("R19", {"xa/feedback/1": elsewhere, "xa/reviews/2025": ALONE}) == []
    assert found("R19", {"huyen/feedback/1": elsewhere, "xa/reviews/2025": ALONE}) == ["warning R19.none"]
    assert found("R19", {"xa/feedback/1": ROUND | {"cycle": "huyen/cycles/2024"}, "xa/reviews/2025": ALONE}) == ["warning R19.none"]


@pytest.mark.parametrize(
    ("role", "channels", "said"),
    [
        ("truong", [], ["warning R19.channels of"]),
        ("truong", ["workplace_cell"], ["warning R19.channels of"]),
        ("truong", ["workplace_cell", "residence_cell"], []),
        ("vien", [], []),
    ],
)
def test_both_cells_are_asked_about_a_leading_post(role: str, channels: list[str], said: list[str]) -> None:
    about = ROUND | {"audiences": [{"who": "chi bộ", "channel": each} for each in channels]}
    assert found("R19", {"xa/feedback/1": about, "xa/reviews/2025-1": ALONE | {"of": f"xa/roles/{role}"}}) == said


@pytest.mark.parametrize(("audience", "said"), [("members", ["error R38.compiled items"]), ("public", []), (None, [])])
def test_where_nothing_is_published_or_no_item_may_be_nobody_asks_what_became_of_items(audience: str | None, said: list[str]) -> None:
    """In a public tree an item is another rule's business."""
    project: Data = {"audience": audience} if audience else {}
    assert found("R38", {"project": project, "xa/feedback/1": {"about": ["xa"], "items": [OPINION]}}) == said


def test_a_finding_may_cite_a_round_that_is_held_elsewhere() -> None:
    review = ALONE | {"findings": [{"id": "F1", "statement": "Chậm.", "from_feedback": ["xa/feedback/1"]}]}
    assert found("R38", {"xa/reviews/2025": review, "xa/feedback/1": {"about": ["xa"]}}) == ["error R38.finding findings/0/from_feedback/0"]
    elsewhere = {"held_elsewhere": {"kind": "Đợt góp ý", "by": "Văn phòng"}}
    assert found("R38", {"xa/reviews/2025": review, "xa/feedback/1": {"about": ["xa"], **elsewhere}}) == []


@pytest.mark.parametrize("changes", [{"channel": "inspection"}, {"told_by": ["common/sources/bao"]}])
def test_only_who_petitions_here_waits_for_an_answer(changes: Data) -> None:
    petition: Data = {"about": ["xa"], "channel": "complaint", "topics": ["Đường"], "received": "2025-01-12"}
    assert found("R53", {"huyen/inspections/1": petition}) == ["warning R53.waiting received"]
    assert found("R53", {"huyen/inspections/1": petition | changes}) == []


def test_among_the_others_no_order_is_asked_for() -> None:
    standing: dict[str, Data] = {"xa/roles/thuong-vu": {"name": "Ủy viên Ban Thường vụ", "rank": "standing"}}
    later = ALONE | {"of": "xa/roles/thuong-vu", "sessions": [meeting(1, "2025-12-14")]}
    member = ALONE | {"of": "xa/roles/vien", "sessions": [meeting(1, "2025-12-13")]}
    assert found("R20", standing, {"xa/reviews/2025": TOGETHER, "xa/reviews/2025-1": later, "xa/reviews/2025-2": member}) == []


def test_how_long_a_meeting_took_may_be_left_to_its_days() -> None:
    """Without `days` the days of the calendar count, and one day where there is no last one."""
    for session in ({"from": "2025-12-10", "to": "2025-12-11"}, {"from": "2025-12-10"}, {"from": "2025-12"}):
        assert found("R20", {"xa/reviews/2025": TOGETHER | {"sessions": [{"id": "S1", "kind": "collective", **session}]}}) == []


@pytest.mark.parametrize("unit", ["tổ chức", "Đảng viên", "chi bộ thôn", "người", "organisations", "members"])
def test_people_and_organisations_are_counted_once_or_each_time(unit: str) -> None:
    assert aggregates.COUNTED.search(unit)


@pytest.mark.parametrize("unit", ["hồ sơ", "tỷ đồng", "ha", "cuộc", "phiếu", "buổi", "unity"])
def test_other_things_have_no_second_way_of_counting(unit: str) -> None:
    assert not aggregates.COUNTED.search(unit)


@pytest.mark.parametrize("text", ["Cả bọn chúng nó.", "Thằng ấy chịu trách nhiệm.", "Đồ chó!", "You idiot."])
def test_an_insult_is_found_wherever_it_stands(text: str) -> None:
    assert found("R46", {"xa/lessons/1": {"nature": "lesson", "lessons": ["Tốt.", text]}}) == ["warning R46 lessons/1"]


@pytest.mark.parametrize(
    "text",
    ["Thẳng thắn nhận lỗi.", "Trận lũ tháng 9 làm hỏng bờ kè.", "Bê tông mặt dày 20 cm.", "Phòng chống lừa đảo qua mạng.", "Không tẩy chay, không kích động."],
)
def test_a_decent_sentence_is_left_alone(text: str) -> None:
    assert found("R46", {"xa/lessons/1": {"nature": "lesson", "lessons": [text]}}) == []


def test_the_words_that_are_looked_up_are_written_as_texts_are_read() -> None:
    assert [each for each in wording.OFFENSIVE if each != each.lower() or len(each) < 4] == []


def waiver(**more: object) -> dict[str, Data]:
    whole: Data = {"rule": "R20", "of": "xa/reviews/2025", "reason": "Họp gấp.", "until": "2026-03-15", "approved": {"date": "2026-01-05", "by": "huyen"}}
    return {"xa/reviews/2025": TOGETHER | {"preparation": []}, "xa/waivers/1": whole | more}


def test_a_waiver_counts_until_the_end_of_its_last_day() -> None:
    assert found("R56", waiver()) == []
    assert found("R56", waiver(), day=date(2026, 3, 16)) == ["warning R56.expired until"]


def test_a_waiver_of_a_part_is_in_use_only_where_the_part_has_the_problem() -> None:
    assert found("R56", waiver(of="xa/reviews/2025#S1")) == ["warning R56.unused of"]
    assert found("R56", waiver(approved={"date": "2026-01-05", "by": "xa/roles/pho"})) == ["error R56.own approved/by"]


def test_what_is_older_than_the_project_enforces_only_warns_and_what_is_unsafe_never_less() -> None:
    project: Data = {"audience": "members", "enforce_from": "2026-01-01"}
    opened = {"opened": {"date": "2025-11-01"}, "items": [OPINION]}
    uneven = ROUND | {"balance": {**ROUND["balance"], "received": 6}, "items": [OPINION]}
    assert found("R19", {"project": project, "xa/feedback/1": uneven}) == ["warning R19.balance balance/received"]
    assert found("R38", {"project": project, "xa/feedback/1": {"about": ["xa"], **opened}}) == ["error R38.compiled items"]


def test_a_rule_of_no_seal_goes_by_the_last_seal_that_was_set() -> None:
    criteria: dict[str, Data] = {"huyen/criteria/1": {"name": "Bộ", "version": "1", "items": [{"id": "B1", "text": "Một."}]}}
    cycle = {"huyen/cycles/2025": CYCLE | {"criteria": "huyen/criteria/1"}, "xa/reviews/2025": ALONE}
    assert found("R37", criteria, cycle, {"project": {"enforce_from": "2025-12-20"}}) == ["error R37.assessments assessments"]
    assert found("R37", criteria, cycle, {"project": {"enforce_from": "2025-12-21"}}) == ["warning R37.assessments assessments"]


@pytest.mark.parametrize(("until", "ends"), [("2026-03-14", True), ("2026-03-15", False)])
def test_rules_of_its_own_stand_as_long_as_they_are_in_force(until: str, ends: bool) -> None:  # noqa: FBT001 -- a table of cases
    company: dict[str, Data] = {"cong-ty": {"name": "Công ty", "type": "enterprise"}}
    papers: dict[str, Data] = {f"common/documents/{number}": {"number": f"{number}-QĐ/TW", "title": "Quy định", "dated": "2013-12-12"} for number in (217, 218)}
    own: Data = {"number": "1", "title": "Quy chế", "dated": "2024-01-01", "nature": "local_rule", "implements": list(papers), "valid_to": until}
    assert found("R50", company, papers, {"cong-ty/documents/1": own}) == (["warning R50"] if ends else [])


def test_the_review_of_a_post_stands_beside_that_of_its_body() -> None:
    """Whichever of the two was concluded first."""
    own = ALONE | {"of": "xa/roles/vien", "concluded": {"date": "2025-12-18"}}
    assert found("R62", {"xa/reviews/2025-vien": own, "xa/reviews/2025": ALONE}) == []
    assert found("R62", {"xa/reviews/2025-a": ALONE, "xa/reviews/2025": ALONE}) == ["error R62 cycle"]


def test_entries_are_compared_only_where_they_name_an_action_and_a_source_may_leave_out_what_is_in_the_way() -> None:
    report: Data = {"of": "huyen/suggestions/1", "date": "2026-01-05", "by": "xa", "entries": [{"text": "Một."}, {"text": "Hai."}]}
    assert found("R10", {"xa/progress/1": report}) == []
    blocked = report | {"entries": [{"action": "A1", "state": "blocked"}]}
    assert found("R10", {"xa/progress/1": blocked}) == ["warning R10.obstacle entries/0/obstacle"]
    assert found("R10", {"xa/progress/1": blocked | {"told_by": ["common/sources/bao"]}}) == []
