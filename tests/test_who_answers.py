"""Who answers for what: shares of findings, who leads, drafts, oversees and counts, at the limits of their rules; and where pages show it."""

from __future__ import annotations

from datetime import date

import pytest

from registers import Data
from test_record_pages import MEMBERS, commune, made, section, shown
from test_rule_limits import ALONE, CYCLE, found

DEPUTY, MEMBER = {"who": "xa/roles/pho", "share": "lead"}, {"who": "xa/roles/vien", "share": "shared"}


def review(alone: int, count: int, other: tuple[Data, ...] = (DEPUTY, MEMBER)) -> dict[str, Data]:
    """A review of some findings: for the first of them one post answers alone."""
    shares = [[DEPUTY] if number < alone else list(other) for number in range(count)]
    return {"xa/reviews/2025": ALONE | {"findings": [{"id": f"F{number}", "statement": "Chậm.", "responsible": each} for number, each in enumerate(shares, 1)]}}


@pytest.mark.parametrize(
    ("alone", "count", "said"),
    [(3, 5, False), (4, 5, True), (4, 4, False), (6, 10, False), (7, 10, True)],
)
def test_one_post_alone_may_answer_for_sixty_per_cent_of_five_findings(alone: int, count: int, said: bool) -> None:  # noqa: FBT001 -- a table of cases
    assert found("R60", review(alone, count)) == (["warning R60 findings"] if said else [])


def test_posts_that_are_only_counted_are_not_called_one_and_the_same() -> None:
    counted: Data = {"posts": {"value": 1, "unit": "chức danh"}, "share": "lead"}
    assert found("R60", review(0, 5, (counted,))) == []
    assert found("R60", review(0, 5, (DEPUTY, counted))) == []


def test_in_the_review_of_one_post_that_post_answers_for_everything() -> None:
    alone = review(5, 5)["xa/reviews/2025"] | {"of": "xa/roles/pho"}
    assert found("R60", {"xa/reviews/2025-pho": alone}) == []


def rated(of: str, tally: str) -> dict[str, Data]:
    """A decision on one rating, and who made the tally."""
    ratings = [{"id": "R1", "of": of, "level": "good", "basis": ["xa/reviews/2025"]}]
    decided = {"date": "2025-12-29", "tally_by": tally}
    return {"huyen/classifications/2025": {"cycle": "huyen/cycles/2025", "scheme": "party/2025", "ratings": ratings, "decided": decided}}


def held(person: str) -> Data:
    return {"name": "Chức danh", "rank": "head", "holders": [{"person": person, "from": "2020"}]}


@pytest.mark.parametrize(
    ("of", "tally", "said"),
    [
        ("xa", "xa/roles/pho", True),
        ("xa", "xa", True),
        ("xa", "huyen/roles/a", False),
        ("xa/roles/truong", "xa/roles/truong", True),
        ("xa/roles/vien", "xa/roles/vien", True),
        ("xa/roles/truong", "xa/roles/pho", False),
        ("xa/roles/truong", "huyen/roles/cung-nguoi", True),
        ("xa/roles/truong", "huyen/roles/khac-nguoi", False),
    ],
)
def test_who_is_rated_does_not_count_what_was_mended(of: str, tally: str, said: bool) -> None:  # noqa: FBT001 -- a table of cases
    posts = {"xa/roles/truong": held("p-1"), "huyen/roles/cung-nguoi": held("p-1"), "huyen/roles/khac-nguoi": held("p-2")}
    told = [each for each in found("R14", rated(of, tally), posts) if "tally_own" in each]
    assert told == (["warning R14.tally_own decided/tally_by"] if said else [])


def overseen(**when: str) -> dict[str, Data]:
    """A commune whose overseer is named with a time, and by nobody else."""
    by = [{"role": "huyen/roles/a"} | when]
    return {
        "huyen/roles/a": {"name": "A", "rank": "standing"},
        "xa": {"name": "Xã", "type": "party_committee", "parents": [{"of": "huyen"}], "overseen_by": by},
    }


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({}, []),
        ({"to": "2025-01-01"}, []),
        ({"to": "2024-12-31"}, ["warning R51.not_then scope/0"]),
        ({"from": "2025-12-31"}, []),
        ({"from": "2026-01-01"}, ["warning R51.not_then scope/0"]),
    ],
)
def test_who_is_in_charge_is_so_on_some_day_of_the_cycle(when: dict[str, str], said: list[str]) -> None:
    assert [each for each in found("R51", overseen(**when)) if "scope" in each] == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"type": "advisory_body", "parents": [{"of": "huyen"}]}, []),
        ({"type": "inspection_body", "parents": [{"of": "huyen"}]}, []),
        ({"type": "mass_org", "parents": [{"of": "huyen"}]}, ["warning R51.not_above scope/0"]),
        ({"type": "advisory_body"}, ["warning R51.not_above scope/0"]),
    ],
)
def test_an_adviser_of_the_superior_may_be_in_charge(body: Data, said: list[str]) -> None:
    tree = overseen() | {"ban": {"name": "Ban"} | body, "ban/roles/truong": {"name": "Trưởng ban", "rank": "head"}}
    tree["xa"] = tree["xa"] | {"overseen_by": [{"role": "ban/roles/truong"}]}
    assert [each for each in found("R51", tree) if "scope" in each] == said
    managed = tree | {"xa": tree["xa"] | {"managed_by": ["ban"]}}
    assert [each for each in found("R51", managed) if "scope" in each] == []


@pytest.mark.parametrize(
    ("issued", "said"), [("2025-06-30", []), ("2025-07-01", ["warning R58.in_charge drafted_by"]), ("2025-07", ["warning R58.in_charge drafted_by"])]
)
def test_who_drafts_a_suggestion_is_in_charge_on_the_day(issued: str, said: list[str]) -> None:
    suggestion: Data = {"cycle": "huyen/cycles/2025", "to": ["xa"], "drafted_by": "huyen/roles/a", "issues": [], "issued": {"date": issued}}
    assert found("R58", overseen(to="2025-06-30"), {"huyen/suggestions/1": suggestion}) == said
    assert found("R58", overseen(to="2025-06-30"), {"huyen/suggestions/1": suggestion | {"purpose": "sector_comment"}}) == []
    assert found("R58", overseen(to="2025-06-30"), {"huyen/suggestions/1": suggestion | {"told_by": ["common/sources/bao"]}}) == []


@pytest.mark.parametrize(
    ("kind", "steps", "day", "said"),
    [
        ("annual", [], "2025-12-31", []),
        ("annual", [], "2026-01-01", ["warning R51.unbriefed steps"]),
        ("quarterly", [], "2026-01-01", []),
        ("ad_hoc", [], "2026-01-01", []),
        ("annual", [{"step": "briefing"}], "2026-01-01", ["warning R51.briefing steps/0"]),
    ],
)
def test_a_year_does_not_end_without_a_briefing(kind: str, steps: list[Data], day: str, said: list[str]) -> None:
    cycle = {"huyen/cycles/2025": CYCLE | {"kind": kind, "steps": steps}}
    assert found("R51", cycle, day=date.fromisoformat(day)) == said


def test_an_organisation_that_is_alone_in_a_cycle_wants_no_peers() -> None:
    other: dict[str, Data] = {"xa-2": {"name": "Xã 2", "type": "party_committee", "parents": [{"of": "huyen"}], "peer_group": "Xã"}}
    both = CYCLE | {"scope": ["xa", "xa-2"], "kind": "quarterly"}
    alone = CYCLE | {"kind": "quarterly"}
    in_charge: dict[str, Data] = {"huyen/roles/a": {"name": "A", "rank": "standing", "in_charge_of": ["xa", "xa-2"]}}
    assert found("R51", other, in_charge, {"huyen/cycles/2025": both}) == ["warning R51.peers scope"]
    assert found("R51", other, in_charge, {"huyen/cycles/2025": alone}) == []


def test_pages_show_who_does_a_step_and_what_has_lasted_for_ever() -> None:
    records = commune(chronic=True)
    records["huyen/cycles/2025"]["steps"] = [{"step": "briefing", "due": "2025-03-20", "by": "huyen/roles/bi-thu"}]
    pages = made(records)
    assert "Quán triệt, tập huấn hạn 20/3/2025 – Bí thư Huyện ủy" in section(pages, "huyen/cycles/2025.html", "cac-buoc")
    assert "Kéo dài nhiều năm" in shown(pages, "xa/reviews/2025.html")
    assert "Kéo dài nhiều năm" in shown(pages, "bang/tai-dien-keo-dai.html")
    known = made(commune(chronic=True, since=2012))
    assert "Kéo dài nhiều năm" not in shown(known, "bang/tai-dien-keo-dai.html")
    assert "Kéo dài từ năm 2012" in shown(known, "bang/tai-dien-keo-dai.html")


def test_how_a_post_mends_its_part_is_for_members() -> None:
    part = {"finding": "xa/reviews/2025#F1", "text": "Không nhắc ai.", "remedy": "Hỏi mỗi thứ hai."}
    own: Data = {"title": "Bản kiểm điểm", "cycle": "huyen/cycles/2025", "of": "xa/roles/pho", "collective": [part], "concluded": {"date": "2025-12-06"}}
    public, members = made(commune(), {"xa/reviews/2025-pho": own}), made(commune(), {"xa/reviews/2025-pho": own}, MEMBERS)
    assert "Hỏi mỗi thứ hai." in shown(members, "xa/reviews/2025-pho.html")
    assert all("Hỏi mỗi thứ hai." not in each.html for each in public.values())
