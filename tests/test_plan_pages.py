"""Pages around a plan: how far a number was brought, which parts it has, what each action mends, who does and who follows what, and who checked it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from registers import Data, register
from tusoi import asof, load, page, progress, rules
from tusoi.page import Page
from tusoi.rules.verifying import Independence, independence
from tusoi.views.reach import reach
from tusoi.views.world import site_of

DAY = date(2026, 3, 15)
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}


def commune(action: Data | None = None, entry: Data | None = None, **more: Any) -> dict[str, Data]:
    """A commune with a finding, a plan of one action, a report on it, and the body that follows and checks it."""
    first: Data = {"id": "A1", "findings": ["xa/reviews/1#F1"], "content": "Dán lịch ở từng thôn.", "owner": "xa/roles/pho", "due": "2025-05-31"}
    finding: Data = {"id": "F1", "statement": "Rác tồn quá hai ngày."}
    plan: Data = {"title": "Kế hoạch", "of": ["xa/reviews/1"], "accountable": "xa/roles/bi-thu", "direction": "Làm từng thôn.", "followed_by": "ubkt"}
    return {
        "project": PROJECT,
        "huyen": {"name": "Huyện ủy Thử", "type": "party_committee"},
        "ubkt": {"name": "UBKT Thử", "type": "inspection_body", "parents": [{"of": "huyen"}]},
        "ubkt/roles/uy-vien": {"name": "Ủy viên UBKT Thử", "rank": "member"},
        "xa": {"name": "Đảng ủy xã Thử", "type": "party_committee", "parents": [{"of": "huyen"}]},
        "xa/roles/bi-thu": {"name": "Bí thư xã Thử", "rank": "head"},
        "xa/roles/pho": {"name": "Phó Bí thư xã Thử", "rank": "deputy"},
        "xa/reviews/1": {"title": "Kiểm điểm", "findings": [finding], "concluded": {"date": "2024-12-01"}},
        "xa/plans/1": plan | {"actions": [first | (action or {})], "approved": {"date": "2025-01-10"}} | more,
        "xa/progress/1": {"of": "xa/plans/1", "date": "2025-05-28", "by": "xa/roles/pho", "entries": [{"action": "A1", "state": "started"} | (entry or {})]},
    }


def made(records: Mapping[str, Data], audience: str = "public") -> Mapping[str, Page]:
    there = asof.at(register(records), DAY)
    return page.render(there, progress.measure(there, DAY), site=replace(site_of(there, DAY), audience=audience))


def shown(pages: Mapping[str, Page], path: str) -> str:
    """Give what a reader sees of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", pages[path].html)).split())


VILLAGES: Data = {"value": 9, "of": 9, "unit": "thôn"}


@pytest.mark.parametrize(
    ("goal", "said", "expected"),
    [
        (VILLAGES, [{"value": 7, "of": 9, "unit": "thôn"}], (7, 9, 77.78)),
        (VILLAGES, [{"value": 7, "unit": "Thôn"}], (7, 9, 77.78)),
        ({"value": 7, "of": 16, "unit": "thôn"}, [{"value": 4, "of": 16, "unit": "thôn"}], (4, 7, 57.14)),
        ({"value": 30, "unit": "buổi"}, [{"value": 35, "unit": "buổi"}], (35, 30, 100)),
        (VILLAGES, [{"value": 7, "of": 12, "unit": "thôn"}], None),
        (VILLAGES, [{"value": 7, "of": 9, "unit": "chi bộ"}], None),
        (VILLAGES | {"what": "thôn có lịch"}, [{"what": "thôn than phiền", "value": 7, "of": 9, "unit": "thôn"}], None),
        (VILLAGES, [{"what": "thôn có lịch", "value": 7, "of": 9, "unit": "thôn"}, {"what": "thôn than phiền", "value": 2, "of": 9, "unit": "thôn"}], None),
        ({"value": 30, "unit": "buổi"}, [{"value": 4, "unit": "buổi", "period": "2025-05"}], None),
        (VILLAGES, [{"stated_percent": 80, "unit": "thôn"}], None),
        (VILLAGES, [{"value": 7, "of": 9, "unit": "thôn", "is": "about"}], (7, 9, None)),
        ({"value": 20, "unit": "hộ"}, [{"value": 3, "unit": "hộ"}], (3, 20, None)),
        (VILLAGES, [], None),
    ],
)
def test_a_number_is_set_against_what_was_to_be_reached_only_where_it_counts_the_same(goal: Data, said: list[Data], expected: tuple[float, ...] | None) -> None:
    there = asof.at(register(commune({"covers": goal}, {"figures": said})), DAY)
    action = progress.measure(there, DAY).actions["xa/plans/1#A1"]
    found = reach(action, action.part.data["covers"])
    assert [(each.figure["value"], each.figure["of"], found.percent) for each in found.said] == ([expected] if expected else [])
    assert bool(found.absent) == (not expected)


def test_what_was_last_reported_and_checked_stands_beside_what_is_covered_in_words_and_as_a_bar() -> None:
    check: Data = {"of": "xa/plans/1#A1", "check": "completion", "result": "partly", "figures": [{"value": 6, "of": 9, "unit": "thôn"}]}
    verification: Data = {"date": "2025-06-20", "by": "ubkt/roles/uy-vien", "method": "Xem.", "entries": [check]}
    records = commune({"covers": VILLAGES}, {"figures": [{"value": 7, "of": 9, "unit": "thôn"}]}) | {"ubkt/verifications/1": verification}
    pages = made(records)
    for path in ("xa/plans/1.html", "xa/plans/1/A1.html", "xa/reviews/1/F1.html"):
        text = shown(pages, path).replace("\u00a0", " ").replace(" ,", ",")
        assert "Phạm vi Cả 9 thôn Đã làm được: 7/9 thôn (77,8 %), theo báo cáo ngày 28/5/2025" in text
        assert "Đã làm được: 6/9 thôn (66,7 %), theo kiểm tra ngày 20/6/2025" in text
        assert 'ts-bar__part--good" x="0" y="0" width="66.67"' in pages[path].html


def test_what_a_check_of_the_finding_counted_stands_beside_it_too_where_nobody_checked_the_action() -> None:
    counted: Data = {"what": "thôn đã có lịch", "value": 5, "of": 9, "unit": "thôn"}
    check: Data = {"of": "xa/reviews/1#F1", "check": "completion", "result": "partly", "figures": [counted]}
    verification: Data = {"date": "2025-06-20", "by": "ubkt/roles/uy-vien", "method": "Xem.", "entries": [check]}
    records = commune({"covers": VILLAGES}, {"figures": [{"value": 7, "of": 9, "unit": "thôn"}]}) | {"ubkt/verifications/1": verification}
    text = shown(made(records), "xa/plans/1/A1.html").replace("\u00a0", " ").replace(" ,", ",")
    assert "7/9 thôn (77,8 %), theo báo cáo ngày 28/5/2025" in text
    assert "5/9 thôn (55,6 %), theo kiểm tra hạn chế ngày 20/6/2025" in text
    own = check | {"of": "xa/plans/1#A1", "figures": [{"value": 6, "of": 9, "unit": "thôn"}]}
    both: Data = verification | {"entries": [check, own]}
    text = shown(made(records | {"ubkt/verifications/1": both}), "xa/plans/1/A1.html").replace("\u00a0", " ").replace(" ,", ",")
    assert "6/9 thôn (66,7 %), theo kiểm tra ngày 20/6/2025" in text
    assert "theo kiểm tra hạn chế" not in text


def test_a_milestone_says_how_far_it_is_itself_not_how_far_the_action_is() -> None:
    steps: list[Data] = [
        {"id": "M1", "content": "In lịch.", "due": "2025-04-30"},
        {"id": "M2", "content": "Dán lịch.", "due": "2026-12-31"},
        {"id": "M3", "content": "Họp thôn."},
    ]
    told = shown(made(commune({"due": "2026-12-31", "milestones": steps}, {"reached": ["M3"]})), "xa/plans/1.html")
    assert "In lịch. Hạn 30/4/2025. Quá hạn 319 ngày Dán lịch. Hạn 31/12/2026. Chưa đạt Họp thôn. Đã đạt, báo cáo ngày 28/5/2025" in told


STEPS: list[Data] = [{"id": "M3", "content": "Họp thôn."}, {"id": "M1", "content": "In lịch.", "depends_on": ["M3"]}]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ({}, "4/4"),
        ({"due": "2025-12-31"}, "3/4 phần: Nội dung cụ thể Phương hướng Lộ trình (chưa ghi) Thời gian"),
        ({"due": "2025-12-31", "milestones": STEPS}, "4/4"),
        ({"due": None}, "2/4 phần: Nội dung cụ thể Phương hướng Lộ trình (chưa ghi) Thời gian (chưa ghi)"),
        ({"due": None, "kind": "recurring", "every": "week", "from": "2025-02-01"}, "4/4"),
    ],
)
def test_a_plan_says_which_of_its_four_parts_are_there(action: Data, expected: str) -> None:
    records = commune()
    first = records["xa/plans/1"]["actions"][0] | action
    records["xa/plans/1"]["actions"] = [{key: value for key, value in first.items() if value is not None}]
    assert f"Hồ sơ ghi {expected}" in shown(made(records), "xa/plans/1.html")


def test_a_card_in_a_plan_names_what_it_mends_and_the_steps_that_come_before() -> None:
    pages = made(commune({"milestones": STEPS}))
    html = pages["xa/plans/1.html"].html
    assert 'Để khắc phục: <a href="../reviews/1/F1.html">Rác tồn quá hai ngày</a>' in html
    assert "In lịch. Sau khi xong mốc 1." in shown(pages, "xa/plans/1.html")
    assert "Để khắc phục" not in pages["xa/reviews/1/F1.html"].html
    assert 'id="M1"' in pages["xa/plans/1/A1.html"].html
    assert 'id="M1"' not in html  # every action has a first step: only the page of one of them has an anchor for it


def test_a_post_says_what_it_does_and_answers_for_and_never_how_much() -> None:
    pages = made(commune())
    assert "Việc được giao trong các kế hoạch" in shown(pages, "xa/roles/pho.html")
    assert "Dán lịch ở từng thôn. · Hạn 31/5/2025" in shown(pages, "xa/roles/pho.html")
    assert "Chịu trách nhiệm chung các kế hoạch Kế hoạch · Đảng ủy xã Thử" in shown(pages, "xa/roles/bi-thu.html")
    for role in ("bi-thu", "pho"):
        assert not re.search(r"\d+ (việc|kế hoạch)|Quá hạn|Đang thực hiện", shown(pages, f"xa/roles/{role}.html"))


def test_who_follows_plans_lists_them_and_so_does_whose_group_it_is() -> None:
    listed = "Kế hoạch khắc phục do đơn vị theo dõi Xếp theo thứ tự chữ cái. Kế hoạch · Đảng ủy xã Thử"
    assert listed in shown(made(commune()), "ubkt.html")
    group: Data = {"name": "Tổ theo dõi", "nature": "follow_up"}
    pages = made(commune(followed_by="ubkt/groups/1") | {"ubkt/groups/1": group})
    assert listed in shown(pages, "ubkt.html")
    assert "Kế hoạch khắc phục tổ theo dõi Kế hoạch · Đảng ủy xã Thử" in shown(pages, "ubkt/groups/1.html")


def test_a_document_that_proves_something_leads_to_its_own_record() -> None:
    document: Data = {"title": "Quy trình", "number": "21-QĐ/UBND", "dated": "2025-05-26"}
    item: Data = {"document": {"number": "21-QĐ/UBND", "date": "2025-05-26", "of": "xa/documents/21"}, "text": "Bản có chữ ký."}
    pages = made(commune(None, {"evidence": [item]}) | {"xa/documents/21": document})
    for path in ("xa/progress/1.html", "xa/plans/1/A1.html", "xa/reviews/1/F1.html"):
        way = "../" * (path.count("/") - 1) + "documents/21.html"
        shown_there = pages[path].html.replace("\u00a0", " ")
        assert shown_there.count(f'<a href="{way}">21-QĐ/UBND, ngày 26/5/2025</a>, Bản có chữ ký') == 1, "once on each page"


def test_findings_stand_under_their_signs_for_members_only() -> None:
    criteria: Data = {"title": "Biểu hiện", "items": [{"id": "C1", "text": "Né tránh."}]}
    records = commune() | {"common/criteria/1": criteria}
    records["xa/reviews/1"]["findings"][0]["signs"] = ["common/criteria/1#C1"]
    assert "Hạn chế có biểu hiện này Rác tồn quá hai ngày · Đảng ủy xã Thử" in shown(made(records, "members"), "common/criteria/1.html")
    assert "Rác tồn" not in made(records)["common/criteria/1.html"].html


def test_where_comments_go_stands_on_the_page_of_an_organisation() -> None:
    records = commune() | {"project": PROJECT | {"comments_to": "hòm thư ở trụ sở"}}
    assert "Muốn góp ý? Đến hòm thư ở trụ sở." in shown(made(records), "xa.html")
    assert "Muốn góp ý" not in shown(made(commune()), "xa.html")


HELD = {ref: {"holders": [{"person": f"p-{number}"}]} for number, ref in enumerate(("xa/roles/pho", "xa/roles/bi-thu", "ubkt/roles/uy-vien"), 1)}


@pytest.mark.parametrize(
    ("by", "more", "expected"),
    [
        ("ubkt/roles/uy-vien", {}, Independence.OTHER_POSTS),
        ("ubkt/roles/uy-vien", HELD, Independence.OTHER_PERSONS),
        ("ubkt/roles/uy-vien", HELD | {"ubkt/roles/uy-vien": HELD["xa/roles/pho"]}, Independence.NONE),
        ("ubkt", {}, Independence.OTHER_BODY),
        ("xa/roles/bi-thu", {}, Independence.NONE),
        ("xa/roles/pho", {}, Independence.NONE),
        ("huyen", {"xa": {"parents": None}}, Independence.NOT_KNOWN),
        ("ubkt", {"xa": {"parents": None}}, Independence.OTHER_BODY),
        (None, {}, Independence.NOT_KNOWN),
    ],
)
def test_how_a_verifier_stands_to_who_did_the_work_is_told_as_far_as_the_records_do(by: str | None, more: Mapping[str, Data], expected: Independence) -> None:
    entry: Data = {"of": "xa/plans/1#A1", "check": "completion", "result": "confirmed"}
    records = commune() | {"ubkt/verifications/1": {"date": "2025-06-20", "method": "Xem.", "entries": [entry]} | ({"by": by} if by else {})}
    for ref, changes in more.items():
        records[ref] = {key: value for key, value in (records[ref] | changes).items() if value is not None}
    there = asof.at(register(records), DAY)
    world = rules.World(there, progress.measure(there, DAY))
    assert independence(there.records["ubkt/verifications/1"], "xa/plans/1#A1", world) is expected


def test_a_hand_written_page_says_at_its_head_which_rows_it_answers(tmp_path: Path) -> None:
    texts = {
        "a.md": "---\nrows: [S2-14, S3-34]\n---\n\n# Giới thiệu {#gioi-thieu}\n",
        "sâu/b.md": "---\r\ntitle: Tên khác\r\nrows: [S1-01]\r\n---\r\n# Giới thiệu\r\n",
        "c.md": "# Không có gì\n\n---\nrows: [S1-02]\n---\n",
        "d.md": "---\nrows: S1-03\n---\n# Không phải một danh sách\n",
        "e.md": "---\nrows: [\n---\n# Gãy\n",
    }
    for name, text in texts.items():
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_bytes(text.encode())
    assert load.answering(tmp_path) == {"a.html": ("S2-14 S3-34", "Giới thiệu"), "sâu/b.html": ("S1-01", "Tên khác")}


def test_the_table_of_requirements_names_hand_written_pages() -> None:
    there = asof.at(register({"project": PROJECT}), DAY)
    pages = page.render(there, progress.measure(there, DAY), answering={"gioi-thieu.html": ("S2-14", "Giới thiệu")})
    assert '<a href="gioi-thieu.html">Giới thiệu</a>' in pages["doi-chieu-yeu-cau.html"].html
