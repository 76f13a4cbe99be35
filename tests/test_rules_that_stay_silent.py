"""Records of which a rule asks nothing, each beside one of which it does: what is told, drafted, exempt, of another cycle, or somebody else's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases import Case, all_cases, line
from registers import Data
from test_rule_limits import ALONE, CYCLE, OPINION, found
from tusoi import flow

ABSENCE = ("R19", "R20", "R39", "R41", "R42", "R44", "R45", "R49", "R50", "R51", "R53")
"""Rules about what is not there, or is not as it should be: a newspaper's silence is nobody's fault."""
SOURCE = "title: Bài báo\npublisher: Báo Mẫu\nshown_on: 2022-07-04\nconfidence: high\n"


def told(case: Case) -> bool:
    """Whether the case is about a record that a newspaper could have told."""
    return case.name.split("/")[0] in ABSENCE and "/fail/" in case.name and "feedback" not in case.expected()[0]


@pytest.mark.parametrize("case", [each for each in all_cases() if told(each)], ids=lambda case: case.name)
def test_of_what_a_source_tells_nothing_is_missed(case: Case, tmp_path: Path) -> None:
    folder = case.laid_over(tmp_path)
    wrong = folder / case.expected()[0].split()[2]
    wrong.write_text("told_by: [common/sources/bao]\n" + wrong.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "records/common/sources").mkdir(parents=True, exist_ok=True)
    (folder / "records/common/sources/bao.yml").write_text(SOURCE, encoding="utf-8")
    judged = flow.judge(flow.read(folder), date.fromisoformat(str(case.told()["day"])))
    code = case.name.split("/")[0]
    assert any(each.told for each in judged.register.records.values() if each.source.file in str(wrong))
    assert [line(each) for each in judged.problems if each.code == code and each.place.file in str(wrong)] == []


RATED: Data = {"cycle": "huyen/cycles/2025", "scheme": "party/2025", "decided": {"date": "2025-12-29"}}
WHOLE = RATED | {"ratings": [{"id": "R1", "of": "xa", "level": "good"}]}


@pytest.mark.parametrize(
    ("role", "level", "collective", "said"),
    [
        ("truong", "excellent", WHOLE, ["warning R45 ratings/0/level"]),
        ("truong", "good", WHOLE, []),
        ("truong", "completed", WHOLE, []),
        ("pho", "excellent", WHOLE, []),
        ("truong", "excellent", WHOLE | {"cycle": "huyen/cycles/2024"}, []),
        ("truong", "excellent", {**{key: each for key, each in WHOLE.items() if key != "decided"}, "proposed": {"date": "2025-12-20"}}, []),
        ("truong", "excellent", WHOLE | {"ratings": [{"id": "R1", "of": "huyen", "level": "good"}]}, []),
        ("truong", "no-such-level", WHOLE, []),
    ],
)
def test_only_a_head_is_held_against_the_decided_rating_of_the_same_cycle(role: str, level: str, collective: Data, said: list[str]) -> None:
    heads = RATED | {"ratings": [{"id": "R1", "of": f"xa/roles/{role}", "level": level}]}
    tree = {"huyen/cycles/2024": CYCLE, "huyen/classifications/1": heads, "huyen/classifications/2": collective}
    assert found("R45", tree, records="huyen/classifications/1") == said


def test_a_told_rating_of_a_head_is_held_against_nothing() -> None:
    heads = RATED | {"ratings": [{"id": "R1", "of": "xa/roles/truong", "level": "excellent"}], "told_by": ["common/sources/bao"]}
    assert found("R45", {"huyen/classifications/1": heads, "huyen/classifications/2": WHOLE}) == []


LAID = ALONE | {"findings": [{"id": "F1", "statement": "Chậm.", "responsible": [{"who": "xa/roles/pho", "share": "lead"}]}]}


@pytest.mark.parametrize(
    ("collective", "own", "said"),
    [
        (LAID, {}, ["warning R49 collective"]),
        (LAID, {"collective": [{"finding": "xa/reviews/2025#F1", "text": "Phần tôi.", "remedy": "Hỏi mỗi thứ hai."}]}, []),
        (LAID, {"of": "xa/roles/truong"}, []),
        (LAID | {"cycle": "huyen/cycles/2024"}, {}, []),
        ({**{key: each for key, each in LAID.items() if key != "concluded"}, "submitted": {"date": "2025-12-20"}}, {}, []),
    ],
)
def test_a_post_answers_for_what_its_own_collective_has_concluded(collective: Data, own: Data, said: list[str]) -> None:
    tree = {"huyen/cycles/2024": CYCLE, "xa/reviews/2025": collective, "xa/reviews/2025-pho": ALONE | {"of": "xa/roles/pho"} | own}
    assert found("R49", tree, records="xa/reviews/2025-pho") == said
    elsewhere = {"huyen/reviews/2025": collective, "xa/reviews/2025-pho": ALONE | {"of": "xa/roles/pho"} | own}
    assert found("R49", elsewhere, records="xa/reviews/2025-pho") == []


GROUP: Data = {"name": "Tổ", "nature": "working", "cycle": "huyen/cycles/2025", "covers": ["huyen"], "established": {"date": "2025-03-01"}}


@pytest.mark.parametrize(
    ("group", "cycle", "said"),
    [
        (GROUP, {}, ["warning R35.uncovered scope/0"]),
        (GROUP | {"nature": "support"}, {}, []),
        ({key: each for key, each in GROUP.items() if key != "established"}, {}, []),
        (GROUP, {"exemptions": [{"of": "xa", "reason": "Mới lập."}]}, []),
        (GROUP | {"cycle": "huyen/cycles/2024"}, {}, []),
    ],
)
def test_only_groups_that_share_a_cycle_among_them_leave_anybody_out(group: Data, cycle: Data, said: list[str]) -> None:
    tree = {"huyen/cycles/2024": CYCLE | {"scope": ["huyen"]}, "huyen/cycles/2025": CYCLE | cycle, "huyen/groups/1": group}
    assert found("R35", tree, records="huyen/cycles/2025") == said


@pytest.mark.parametrize(
    ("cycle", "day", "said"),
    [
        ({}, "2026-01-01", ["warning R44 scope"]),
        ({"closed": {"date": "2025-12-15"}}, "2025-12-20", ["warning R44 scope"]),
        ({"kind": "thematic"}, "2026-01-01", []),
        ({"opened": None}, "2026-01-01", []),
    ],
)
def test_only_a_year_that_is_over_wants_its_risky_areas(cycle: Data, day: str, said: list[str]) -> None:
    changed = {key: each for key, each in (CYCLE | cycle).items() if each is not None}
    assert found("R44", {"huyen/cycles/2025": changed}, day=date.fromisoformat(day)) == said


def test_what_was_found_in_a_risky_area_shows_that_somebody_looked() -> None:
    findings = [{"id": f"F{number}", "statement": "Chậm.", "area": area} for number, area in enumerate(("land", "finance", "construction"), start=1)]
    checked: Data = {"about": ["xa"], "channel": "audit", "topics": ["Thu chi"], "findings": findings, "concluded": {"date": "2025-05-05"}}
    assert found("R44", {"noi-khac/inspections/1": checked}) == []
    assert found("R44", {"noi-khac/inspections/1": checked | {"about": ["noi-khac"]}}) == ["warning R44 scope"]
    assert found("R44", {"xa/inspections/1": checked | {"about": ["noi-khac"]}}) == []
    assert found("R44", {"noi-khac/inspections/1": checked | {"told_by": ["common/sources/bao"]}}) == ["warning R44 scope"]


COMMENT: Data = {"cycle": "huyen/cycles/2025", "purpose": "sector_comment", "to": ["xa"], "issues": [], "issued": {"date": "2025-10-01"}}


@pytest.mark.parametrize(
    ("steps", "comment", "day", "said"),
    [
        ([{"step": "suggestion", "due": "2025-10-31"}, {"step": "review", "due": "2025-12-10"}], {}, "2025-11-01", 1),
        ([{"step": "suggestion", "due": "2025-10-31"}], {}, "2025-10-31", 0),
        ([{"step": "suggestion"}, {"step": "review", "due": "2025-12-10"}], {}, "2025-12-10", 0),
        ([{"step": "suggestion"}, {"step": "review", "due": "2025-12-10"}], {}, "2025-12-11", 1),
        ([], {}, "2025-12-31", 0),
        ([], {}, "2026-01-01", 1),
        ([], COMMENT, "2026-01-01", 0),
        ([], COMMENT | {"purpose": "suggestion"}, "2026-01-01", 1),
        ([], COMMENT | {"cycle": "huyen/cycles/2024"}, "2026-01-01", 1),
    ],
)
def test_a_comment_is_due_when_it_can_still_help(steps: list[Data], comment: Data, day: str, said: int) -> None:
    mass: dict[str, Data] = {"mat-tran": {"name": "Mặt trận", "type": "mass_org"}} | ({"mat-tran/suggestions/1": comment} if comment else {})
    cycle = {"huyen/cycles/2025": CYCLE | {"steps": steps, "comments_from": ["mat-tran"]}, "huyen/cycles/2024": CYCLE | {"opened": {}}}
    told = found("R51", mass, cycle, day=date.fromisoformat(day), records="huyen/cycles/2025")
    assert sum("R51.comments" in each for each in told) == said


def test_who_is_in_charge_stands_above() -> None:
    nobody: dict[str, Data] = {"huyen/roles/a": {"name": "A", "rank": "standing"}}
    own: dict[str, Data] = {"xa/roles/truong": {"name": "Trưởng", "rank": "head", "in_charge_of": ["xa"]}}
    assert in_charge(nobody) == in_charge(nobody, own) == ["warning R51.in_charge scope/0"]
    overseen: dict[str, Data] = {"xa": {"name": "Xã", "type": "party_committee", "overseen_by": [{"role": "huyen/roles/a"}]}}
    assert in_charge(nobody, overseen) == []


def in_charge(*more: dict[str, Data]) -> list[str]:
    """Say what is wrong with who is in charge: all else that a cycle wants is another matter."""
    return [each for each in found("R51", *more) if "scope" in each]


def test_a_thematic_cycle_has_somebody_to_help() -> None:
    thematic = {"huyen/cycles/2025": CYCLE | {"kind": "thematic", "steps": [{"step": "briefing", "due": "2026-12-31"}]}}
    assert found("R51", thematic) == ["warning R51.support kind"]
    assert found("R51", thematic, {"huyen/groups/1": GROUP | {"nature": "support"}}) == []
    assert found("R51", thematic, {"huyen/groups/1": GROUP}) == ["warning R51.support kind"]
    planned = {key: each for key, each in GROUP.items() if key != "established"} | {"nature": "steering"}
    assert found("R51", thematic, {"huyen/groups/1": planned}) == ["warning R51.support kind"]


def test_a_cell_below_the_scope_wants_an_assessor_unless_it_is_exempt() -> None:
    cell: dict[str, Data] = {"chi-bo": {"name": "Chi bộ", "type": "party_cell", "parents": [{"of": "xa"}]}, "hoi": {"name": "Hội", "type": "mass_org"}}
    assigned = CYCLE | {"assignments": [{"who": "huyen/roles/a", "covers": ["hoi"]}]}
    assert found("R41", cell, {"huyen/cycles/2025": assigned}) == ["warning R41 assignments"]
    assert found("R41", cell, {"huyen/cycles/2025": assigned | {"exemptions": [{"of": "chi-bo", "reason": "Mới lập."}]}}) == []
    assert found("R41", cell, {"huyen/cycles/2025": CYCLE}) == []
    assert found("R41", {"chi-bo": cell["chi-bo"] | {"parents": [{"of": "xa", "from": "2025-04-01"}]}}, {"huyen/cycles/2025": assigned}) == []
    assert found("R41", {"chi-bo": cell["chi-bo"] | {"parents": [{"of": "hoi"}]}}, {"huyen/cycles/2025": assigned}) == []


TOTAL: Data = {"what": "gợi ý", "value": 0, "unit": "gợi ý", "of_kind": "suggestion", "narrated": "included"}
SUGGESTED: Data = {"cycle": "huyen/cycles/2025", "to": ["xa"], "issues": [], "issued": {"date": "2025-11-15"}}


@pytest.mark.parametrize(
    ("figures", "record", "said"),
    [
        ({}, SUGGESTED, ["warning R18.records counts/0/value"]),
        ({"from": "2025-11-15", "to": "2025-11-15"}, SUGGESTED, ["warning R18.records counts/0/value"]),
        ({"to": "2025-11-14"}, SUGGESTED, []),
        ({"from": "2025-11-16"}, SUGGESTED, []),
        ({"about": ["xa"]}, SUGGESTED, []),
        ({}, {key: each for key, each in SUGGESTED.items() if key != "issued"}, []),
        ({}, SUGGESTED | {"told_by": ["common/sources/bao"]}, []),
        ({"told_by": ["common/sources/bao"]}, SUGGESTED, []),
        ({"counts": [TOTAL | {"narrated": "besides"}]}, SUGGESTED, []),
        ({"counts": [TOTAL | {"itemised": False}]}, SUGGESTED, []),
        ({}, {"cycle": "huyen/cycles/2025", "held_elsewhere": {"kind": "Gợi ý", "by": "Văn phòng"}}, ["warning R18.records counts/0/value"]),
    ],
)
def test_a_total_is_held_against_the_records_that_it_speaks_of(figures: Data, record: Data, said: list[str]) -> None:
    assert found("R18", {"huyen/figures/1": {"nature": "suggestion", "counts": [TOTAL]} | figures, "huyen/suggestions/1": record}) == said


CRITERIA: dict[str, Data] = {"huyen/criteria/1": {"name": "Bộ", "version": "1", "items": [{"id": "B1", "text": "Một."}]}}


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (ALONE, ["error R37.assessments assessments"]),
        (ALONE | {"of": "xa/roles/pho"}, []),
        (ALONE | {"told_by": ["common/sources/bao"]}, []),
        ({"cycle": "huyen/cycles/2025", "submitted": {"date": "2025-12-12"}}, []),
    ],
)
def test_only_a_concluded_collective_review_addresses_the_criteria_of_its_cycle(review: Data, said: list[str]) -> None:
    assert found("R37", CRITERIA, {"huyen/cycles/2025": CYCLE | {"criteria": "huyen/criteria/1"}, "xa/reviews/2025": review}) == said


def test_a_set_without_a_list_asks_for_nothing() -> None:
    bare: dict[str, Data] = {"huyen/criteria/1": {"name": "Bộ", "version": "1"}, "huyen/criteria/2": CRITERIA["huyen/criteria/1"]}
    line_of_another: Data = {"value": 1, "unit": "cuộc", "criterion": "huyen/criteria/2#B1"}
    assert found("R37", bare, {"huyen/figures/1": {"criteria": "huyen/criteria/1", "counts": [line_of_another]}}) == []


BASE: Data = ALONE | {"findings": []}
PAPER = {"document": {"number": "1-BC", "date": "2025-12-20"}}


@pytest.mark.parametrize(
    ("base", "said"),
    [
        (BASE, ["warning R27.conclusion of/0"]),
        (BASE | {"concluded": {"date": "2025-12-20", "document": {"number": "1-BC"}}}, ["warning R27.conclusion of/0"]),
        (BASE | {"concluded": {"date": "2025-12-20", "document": {"date": "2025-12-20"}}}, ["warning R27.conclusion of/0"]),
        (BASE | {"concluded": {"date": "2025-12-20", **PAPER}}, []),
        (BASE | {"concluded": {"date": "2025-12-20", "document": {"of": "xa/documents/1"}}}, []),
        (BASE | {"told_by": ["common/sources/bao"]}, []),
        (BASE | {"held_elsewhere": {"kind": "Báo cáo", "by": "Văn phòng"}}, []),
        ({"cycle": "huyen/cycles/2025"}, []),
    ],
)
def test_a_plan_should_rest_on_a_conclusion_that_has_a_paper(base: Data, said: list[str]) -> None:
    plan: Data = {"of": ["xa/reviews/2025"], "accountable": "xa/roles/truong", "direction": "Sửa.", "actions": [], "approved": {"date": "2026-01-10"}}
    assert found("R27", {"xa/reviews/2025": base, "xa/plans/2025": plan}) == said


def test_a_basis_that_is_not_here_is_not_judged() -> None:
    """Its link is: that is another problem."""
    cycle = CYCLE | {"opened": {"date": "2025-03-01", "basis": [{"of": "trung-uong/documents/1"}]}}
    assert found("R27", {"huyen/cycles/2025": cycle}) == []


@pytest.mark.parametrize(
    ("sources", "said"),
    [(["low"], ["warning R32 told_by"]), (["low", "low"], ["warning R32 told_by"]), (["low", "medium"], []), (["high"], []), ([], [])],
)
def test_one_source_with_a_sure_date_is_enough(sources: list[str], said: list[str]) -> None:
    papers: dict[str, Data] = {f"common/sources/{number}": {"title": "Bài", "confidence": each} for number, each in enumerate(sources)}
    lesson: Data = {"nature": "lesson", "lessons": ["Một."], "told_by": list(papers) or ["common/sources/mat"]}
    assert found("R32", papers, {"xa/lessons/1": lesson}) == said
    assert found("R32", papers, {"xa/lessons/1": {key: each for key, each in lesson.items() if key != "told_by"}}) == []
    assert found("R32", papers, {"hoi": {"name": "Hội", "type": "mass_org", "told_by": lesson["told_by"]}}) == []


def test_a_number_that_looks_like_a_year_is_no_date() -> None:
    papers: dict[str, Data] = {"common/sources/1": {"title": "Bài", "confidence": "low"}}
    counted: Data = {"nature": "lesson", "lessons": ["Một."], "told_by": ["common/sources/1"], "figures": [{"value": 2021, "unit": "hồ sơ"}]}
    assert found("R32", papers, {"xa/lessons/1": counted}) == ["warning R32 told_by"]
    assert found("R32", papers, {"xa/lessons/1": counted | {"figures": [{"value": 5, "unit": "hồ sơ", "period": 2021}]}}) == ["warning R32 told_by"]
    assert found("R32", papers, {"xa/lessons/1": counted | {"date": 2021}}) == []


def test_a_paper_from_beside_leaves_no_level_out() -> None:
    """Only what comes from above the body right above does."""
    above: dict[str, Data] = {"tinh": {"name": "Tỉnh", "type": "party_committee"}, "tinh/documents/1": {"number": "1", "title": "Q", "dated": "2024-01-01"}}
    beside: dict[str, Data] = {"ban": {"name": "Ban", "type": "advisory_body"}, "ban/documents/1": {"number": "1", "title": "Q", "dated": "2024-01-01"}}
    ladder: dict[str, Data] = {"huyen": {"name": "Huyện", "type": "party_committee", "parents": [{"of": "vung"}]}}
    ladder["vung"] = {"name": "Vùng", "type": "party_committee", "parents": [{"of": "tinh"}]}

    def cycle(*basis: str) -> dict[str, Data]:
        return {"huyen/cycles/2025": CYCLE | {"opened": {"date": "2025-03-01", "basis": [{"of": each} for each in basis]}}}

    assert found("R27", above, beside, ladder, cycle("ban/documents/1")) == []
    assert found("R27", above, beside, ladder, cycle("tinh/documents/1")) == ["warning R27.gap opened/basis/0/of"]
    between: dict[str, Data] = {"vung/documents/1": {"number": "2", "title": "Q", "dated": "2024-02-01", "implements": ["tinh/documents/1"]}}
    assert found("R27", above, ladder, between, cycle("tinh/documents/1", "vung/documents/1")) == []
    assert found("R27", above, ladder, between, cycle("vung/documents/1")) == []


def test_a_document_of_one_that_stands_right_above_leaves_nobody_out() -> None:
    """Even where another one that stands right above is below it."""
    above: dict[str, Data] = {"tinh": {"name": "Tỉnh", "type": "party_committee"}, "tinh/documents/1": {"number": "1", "title": "Q", "dated": "2024-01-01"}}
    ladder: dict[str, Data] = {"vung": {"name": "Vùng", "type": "authority", "parents": [{"of": "tinh"}]}}
    ladder["huyen"] = {"name": "Huyện", "type": "party_committee", "parents": [{"of": "vung"}, {"of": "tinh"}]}
    own: Data = {"number": "2", "title": "K", "dated": "2024-03-01", "implements": ["tinh/documents/1"]}
    assert found("R63", above, ladder, {"huyen/documents/2": own}) == []
    ladder["huyen"] = {"name": "Huyện", "type": "party_committee", "parents": [{"of": "vung"}]}
    assert found("R63", above, ladder, {"huyen/documents/2": own}) == ["warning R63 implements/0"]
    assert found("R63", above, ladder, {"huyen/documents/2": own | {"told_by": ["common/sources/1"]}}) == []
    ladder["vung"] |= {"told_by": ["common/sources/1"]}
    assert found("R63", above, ladder, {"huyen/documents/2": own}) == []


FORM: Data = {"strengths": ["Tốt."], "self_rating": "good", "concluded": {"date": "2025-12-20"}, "cycle": "huyen/cycles/2025"}


@pytest.mark.parametrize(
    ("cycle", "review", "said"),
    [
        ("party/2025-collective", FORM, []),
        ("party/2025-collective", FORM | {"strengths": []}, ["error R39 strengths"]),
        ("party/2025-collective", {key: each for key, each in FORM.items() if key != "strengths"}, ["error R39 strengths"]),
        ("party/2025-collective", FORM | {"strengths": [], "template": "party/2025-collective"}, ["error R39 template"]),
        ("party/2025-collective", FORM | {"strengths": [], "of": "xa/roles/pho"}, ["error R39 strengths"]),
        ("party/2025-collective", FORM | {"strengths": [], "template": "party/no-such-form"}, []),
        ("", FORM | {"strengths": []}, ["error R39 strengths"]),
        ("", FORM | {"strengths": [], "concluded": {"date": "2020-12-20"}}, []),
        ("party/2025-collective", FORM | {"strengths": [], "sections": [{"id": "i", "text": "Không có."}]}, []),
        ("party/2025-collective", FORM | {"strengths": [], "told_by": ["common/sources/bao"]}, []),
    ],
)
def test_the_form_of_a_review_is_filled_in(cycle: str, review: Data, said: list[str]) -> None:
    assert found("R39", {"huyen/cycles/2025": CYCLE | ({"template": cycle} if cycle else {}), "xa/reviews/2025": review}) == said


COMPANY: Data = {"name": "Công ty", "type": "enterprise"}


@pytest.mark.parametrize(
    ("organisation", "said"),
    [
        (COMPANY, ["warning R50"]),
        (COMPANY | {"type": "agency"}, ["warning R50"]),
        (COMPANY | {"type": "school"}, []),
        (COMPANY | {"to": "2025-12-31"}, []),
        (COMPANY | {"told_by": ["common/sources/bao"]}, []),
    ],
)
def test_only_a_body_of_the_types_that_the_profile_names_wants_rules_of_its_own(organisation: Data, said: list[str]) -> None:
    assert found("R50", {"cong-ty": organisation}) == said


@pytest.mark.parametrize(
    ("where", "nature", "said"), [("cong-ty", "local_rule", []), ("huyen", "local_rule", ["warning R50"]), ("cong-ty", "plan", ["warning R50"])]
)
def test_rules_of_its_own_are_its_own_and_are_rules(where: str, nature: str, said: list[str]) -> None:
    papers: dict[str, Data] = {f"common/documents/{number}": {"number": f"{number}-QĐ/TW", "title": "Quy định", "dated": "2013-12-12"} for number in (217, 218)}
    own: Data = {"number": "1", "title": "Quy chế", "dated": "2024-01-01", "nature": nature, "implements": list(papers)}
    assert found("R50", papers, {"cong-ty": COMPANY, f"{where}/documents/1": own}) == said


def test_an_item_that_was_sifted_may_be_cited() -> None:
    review = ALONE | {"findings": [{"id": "F1", "statement": "Chậm.", "from_feedback": ["xa/feedback/1#G1"]}]}
    compiled: Data = {"about": ["xa"], "items": [OPINION], "compiled": {"date": "2025-12-01"}}
    assert found("R38", {"project": {"audience": "members"}, "xa/reviews/2025": review, "xa/feedback/1": compiled}) == []
