"""Pages of records: what was said back stands beside the text, a review follows its form, few forms tell nothing, and what is for members stays with them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import ROOT
from registers import Data, kinds, register
from tusoi import asof, corrections, flow, page, progress, telling, templating
from tusoi.page import Page

DAY = date(2026, 3, 15)
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
MEMBERS = {"project": PROJECT | {"audience": "members"}}
Records = Mapping[str, Data]


def made(*parts: Records) -> Mapping[str, Page]:
    """Make the pages as `flow` does: with the values corrected."""
    there, corrected = corrections.apply(asof.at(register({"project": PROJECT}, *parts), DAY), DAY)
    return page.render(there, progress.measure(there, DAY, corrected))


def shown(pages: Mapping[str, Page], path: str) -> str:
    """Give what a reader sees of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", pages[path].html)).split())


def section(pages: Mapping[str, Page], path: str, anchor: str) -> str:
    """Give what a reader sees of one section of a page."""
    html = pages[path].html
    start = html.index(f'id="{anchor}"')
    end = html.find("</section>", start)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html[start - 4 : end])).split())


def commune(**finding: Any) -> dict[str, Data]:
    """Two organisations with posts, a cycle, a concluded review of one finding, and a plan of one action."""
    statement = {"id": "F1", "statement": "37 hồ sơ trả chậm.", "figures": [{"what": "hồ sơ trả chậm", "value": 37, "of": 410, "unit": "hồ sơ"}]}
    return {
        "huyen": {"name": "Huyện ủy Thử", "type": "party_committee"},
        "huyen/roles/bi-thu": {"name": "Bí thư Huyện ủy", "rank": "head"},
        "xa": {"name": "Đảng ủy xã Thử", "type": "party_committee", "parents": [{"of": "huyen"}]},
        "xa/roles/bi-thu": {"name": "Bí thư Đảng ủy xã Thử", "rank": "head"},
        "xa/roles/pho": {"name": "Phó Bí thư Đảng ủy xã Thử", "rank": "deputy"},
        "huyen/cycles/2025": {"name": "Kiểm điểm năm 2025", "kind": "annual", "from": 2025, "to": 2025, "scope": ["xa"], "steps": [{"step": "review"}]},
        "xa/reviews/2025": {
            "title": "Kiểm điểm năm 2025",
            "cycle": "huyen/cycles/2025",
            "findings": [statement | finding],
            "submitted": {"date": "2025-12-01"},
            "concluded": {"date": "2025-12-05"},
        },
        "xa/plans/2025": {
            "title": "Kế hoạch năm 2025",
            "of": ["xa/reviews/2025"],
            "accountable": "xa/roles/bi-thu",
            "direction": "Sửa từng việc.",
            "actions": [{"id": "A1", "findings": ["xa/reviews/2025#F1"], "content": "Lập sổ theo dõi.", "owner": "xa/roles/pho", "due": "2026-05-01"}],
            "approved": {"date": "2026-01-10"},
        },
    }


def correction(**more: Any) -> Data:
    """A correction of the number of the finding."""
    data: Data = {"nature": "correction", "of": "xa/reviews/2025#F1", "date": "2026-01-15", "text": "Hai hồ sơ bị tính hai lần."}
    return data | {"path": "figures/0/value", "stated": 37, "corrected": 35} | more


@functools.cache
def real() -> flow.Judged:
    """Give the records that newspapers tell."""
    return flow.judge(flow.read(ROOT), DAY)


class TestWhatWasSaidBack:
    def test_both_values_of_a_corrected_figure_are_in_sight_and_the_right_one_counts(self) -> None:
        pages = made(commune(), {"xa/corrections/1": correction()})
        beside = section(pages, "xa/reviews/2025/F1.html", "han-che")
        assert "Hồ sơ trả chậm: 35/410 hồ sơ (8,5 %) 37 → đính chính: 35 (15/01/2026)" in beside
        assert "Đính chính của Đảng ủy xã Thử 15/01/2026 Hồ sơ trả chậm: 37 → đính chính: 35 Hai hồ sơ bị tính hai lần." in beside
        assert 'href="../../corrections/1.html">đính chính: 35</a>' in pages["xa/reviews/2025/F1.html"].html

    @pytest.mark.parametrize("path", ["xa.html", "xa/reviews/2025.html"])
    def test_a_list_says_it_too(self, path: str) -> None:
        assert "Đính chính của Đảng ủy xã Thử : 37 → đính chính: 35 (15/01/2026)" in shown(made(commune(), {"xa/corrections/1": correction()}), path)

    def test_what_somebody_else_asks_to_correct_waits_for_an_answer_and_changes_nothing(self) -> None:
        asked = {"huyen/corrections/1": correction()}
        beside = section(made(commune(), asked), "xa/reviews/2025/F1.html", "han-che")
        assert "Đề nghị đính chính của Huyện ủy Thử" in beside
        assert "Chưa có trả lời" in beside
        assert "37/410 hồ sơ (9,0 %)" in beside
        said = {"of": "huyen/corrections/1", "date": "2026-02-01", "by": "xa/roles/bi-thu", "text": "Đã đối chiếu sổ."}
        refused = section(made(commune(), asked, {"xa/answers/1": said | {"result": "refused"}}), "xa/reviews/2025/F1.html", "han-che")
        assert "Không đồng ý Trả lời : Đã đối chiếu sổ." in refused
        assert "37/410 hồ sơ (9,0 %)" in refused
        agreed = section(made(commune(), asked, {"xa/answers/1": said | {"result": "agreed"}}), "xa/reviews/2025/F1.html", "han-che")
        assert "Đính chính của Huyện ủy Thử" in agreed
        assert "35/410 hồ sơ (8,5 %)" in agreed

    def test_a_corrected_text_is_shown_with_what_it_was(self) -> None:
        said = correction(path="statement", stated="37 hồ sơ trả chậm.", corrected="35 hồ sơ trả chậm.")
        beside = shown(made(commune(), {"xa/corrections/1": said}), "xa/reviews/2025/F1.html")
        assert "35 hồ sơ trả chậm" in beside[: beside.index("Đính chính")]
        assert "Nội dung hạn chế: “37 hồ sơ trả chậm” → đính chính: “35 hồ sơ trả chậm”" in beside

    def test_a_reply_is_a_box_beneath_the_statement(self) -> None:
        suggestion: Data = {"to": ["xa"], "issues": [{"id": "I1", "nature": "shortcoming", "statement": "Chậm."}], "issued": {"date": "2025-11-01"}}
        reply: Data = {"nature": "reply", "of": "huyen/suggestions/1#I1", "date": "2025-11-20", "by": "xa/roles/bi-thu", "text": "Đã xong từ tháng 10/2025."}
        pages = made(commune(), {"huyen/suggestions/1": suggestion, "xa/corrections/1": reply})
        told = shown(pages, "huyen/suggestions/1/I1.html")
        assert "Ý kiến phản hồi của Bí thư Đảng ủy xã Thử 20/11/2025 Đã xong từ tháng 10/2025." in told
        assert "Chậm" in told[: told.index("Ý kiến phản hồi")]
        assert "Ý kiến phản hồi" not in shown(pages, "huyen/suggestions/1.html")  # it stands where the point stands

    def test_a_reply_to_a_record_stands_on_its_page_and_so_does_one_to_a_part_without_a_page(self) -> None:
        meeting = [{"id": "S1", "kind": "collective", "from": "2025-12-01"}]
        records = commune()
        records["xa/reviews/2025"]["sessions"] = meeting
        reply: Data = {"nature": "reply", "date": "2026-01-20", "text": "Chúng tôi có ý kiến."}
        for of in ("xa/reviews/2025", "xa/reviews/2025#S1"):
            pages = made(records, {"huyen/corrections/1": reply | {"of": of}})
            assert "Ý kiến phản hồi của Huyện ủy Thử 20/01/2026 Chúng tôi có ý kiến." in shown(pages, "xa/reviews/2025.html"), of
            assert "Chúng tôi có ý kiến." not in shown(pages, "xa/reviews/2025/F1.html"), of

    def test_a_corrected_balance_and_a_corrected_total_show_both(self) -> None:
        balance = {"received": 10, "accepted": 6, "explained": 4, "in_clarification": 0, "out_of_scope": 0}
        feedback: Data = {"about": ["xa"], "forms": {"value": 40, "unit": "phiếu"}, "balance": balance, "compiled": {"date": "2025-11-01"}}
        said = correction(of="xa/feedback/1", path="balance/accepted", stated=6, corrected=5)
        pages = made(commune(), {"xa/feedback/1": feedback, "xa/corrections/1": said})
        assert "Tiếp thu 5/10 (50,0 %) 6 → đính chính: 5 (15/01/2026)" in shown(pages, "xa/feedback/1.html")
        assert "Chưa rõ đi đâu 1/10" in shown(pages, "xa/feedback/1.html")

    def test_a_small_number_of_persons_is_told_neither_before_nor_after(self) -> None:
        records = commune(figures=[{"what": "hộ bị ảnh hưởng", "value": 4, "of": 40, "unit": "hộ"}])
        pages = made(records, {"xa/corrections/1": correction(stated=4, corrected=3)})
        for path in ("xa/reviews/2025/F1.html", "xa/corrections/1.html", "xa.html"):
            assert re.search(r"dưới 5 (→|Đúng là)", shown(pages, path)), path
            assert not re.search(r"[^\d][34]( →|/40| hộ| \(15)|chính: 3|7,5|10,0", shown(pages, path)), path


class TestAReviewInTheOrderOfItsForm:
    def review(self, **more: Any) -> dict[str, Data]:
        records = commune(causes=[{"kind": "subjective", "text": "Không ai theo dõi."}], remedy="Giao người theo dõi.")
        records["xa/reviews/2025"] |= {"strengths": ["Làm xong đường."], **more}
        return records

    def headings(self, records: dict[str, Data]) -> list[str]:
        html = made(records)["xa/reviews/2025.html"].html
        return [" ".join(unescape(each).split()) for each in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)]

    def test_the_form_in_force_on_its_day_gives_the_headings_with_their_numbers(self) -> None:
        found = self.headings(self.review())
        assert [each.partition(".")[0] for each in found[:7]] == ["I", "II", "III", "IV", "V", "VI", "VII"]
        assert found[1] == "II. Hạn chế, khuyết điểm và nguyên nhân"
        old = self.review(submitted={"date": "2024-12-01"}, concluded={"date": "2024-12-05"})
        assert "Mẫu báo cáo Mẫu 01: báo cáo kiểm điểm tập thể, năm 2023" in shown(made(old), "xa/reviews/2025.html")

    def test_each_section_has_what_its_form_says_fills_it(self) -> None:
        pages = made(self.review(), {"xa/reviews/2025": self.review()["xa/reviews/2025"] | {"self_rating": "good"}})
        assert section(pages, "xa/reviews/2025.html", "uu-diem").endswith("Làm xong đường.")
        assert "Nguyên nhân chủ quan: Không ai theo dõi." in section(pages, "xa/reviews/2025.html", "han-che")
        assert "Giao người theo dõi. Kế hoạch khắc phục Kế hoạch năm 2025" in section(pages, "xa/reviews/2025.html", "khac-phuc")
        assert "Báo cáo không ghi gì ở phần này." in section(pages, "xa/reviews/2025.html", "giai-trinh")
        assert "Mức tự xếp loại chỉ công khai khi cấp trên đã quyết định" in section(pages, "xa/reviews/2025.html", "tu-xep-loai")

    def test_a_thematic_form_has_its_own_parts_and_says_nothing_twice(self) -> None:
        records = self.review(template="party/2012-collective", sections=[{"id": "ii", "text": "Ba điều được gợi ý đều đúng."}])
        records["xa/plans/2025"]["actions"][0] |= {"urgency": "immediate"}
        assert self.headings(records)[:2] == ["I. Trách nhiệm theo ba nội dung của nghị quyết", "II. Kiểm điểm sâu những điều được gợi ý"]
        pages = made(records)
        assert "Ba điều được gợi ý đều đúng." in shown(pages, "xa/reviews/2025.html")
        assert "Nguyên nhân chủ quan" in section(pages, "xa/reviews/2025.html", "nguyen-nhan")
        assert "Nguyên nhân chủ quan" not in section(pages, "xa/reviews/2025.html", "uu-diem")
        assert "Lập sổ theo dõi." in section(pages, "xa/reviews/2025.html", "lam-ngay")
        assert shown(pages, "xa/reviews/2025.html").count("Giao người theo dõi.") == 1

    def test_the_cycles_form_counts_and_a_section_that_no_form_knows_is_not_lost(self) -> None:
        records = self.review(sections=[{"id": "phu-luc", "text": "Bảng kèm theo."}])
        records["huyen/cycles/2025"]["template"] = "party/2012-collective"
        assert self.headings(records)[0] == "I. Trách nhiệm theo ba nội dung của nghị quyết"
        assert "Mục phu-luc Bảng kèm theo." in shown(made(records), "xa/reviews/2025.html")

    def test_where_no_form_is_known_the_order_is_that_of_all_forms_without_numbers(self) -> None:
        found = self.headings(self.review(submitted={"date": "2019-12-01"}, concluded={"date": "2019-12-05"}))
        assert found[:3] == ["Ưu điểm, kết quả đạt được", "Hạn chế, khuyết điểm và nguyên nhân", "Năm trước hứa gì, nay ra sao"]

    def test_a_story_shows_only_what_it_tells_unless_its_form_is_known(self) -> None:
        pages = real().pages()
        told = shown(pages, "dang-uy-xa-vu-lang/reviews/2019.html")
        assert "Hạn chế, khuyết điểm và nguyên nhân" in told
        assert "Tự xếp loại" not in told
        assert "V. Những việc cần tập trung làm ngay Nguồn không nêu phần này." in shown(pages, "huyen-uy-duc-linh/reviews/2012.html")

    def test_how_it_was_prepared_and_who_met_is_there(self) -> None:
        session = {
            "id": "S1",
            "kind": "collective",
            "from": "2025-12-01",
            "to": "2025-12-01",
            "days": 1,
            "chair": "xa/roles/bi-thu",
            "present": {"value": 12, "of": 13, "unit": "người"},
            "observers": {"value": 3, "unit": "người"},
            "observed_by": ["huyen/groups/1"],
            "speakers": {"value": 9, "unit": "người"},
            "remarks": {"value": 21, "unit": "lượt"},
        }
        preparation = [{"step": "consulted", "date": "2025-11-20", "replied": {"value": 8, "of": 9, "unit": "chi bộ"}}]
        records = self.review(sessions=[session], preparation=preparation, led_by="xa/roles/bi-thu", based_on=["huyen/groups/1"])
        pages = made(records, {"huyen/groups/1": {"name": "Tổ số 1", "nature": "working", "covers": ["xa"]}})
        told = shown(pages, "xa/reviews/2025.html")
        assert "Người chỉ đạo Bí thư Đảng ủy xã Thử" in told
        assert "20/11/2025 Lấy ý kiến 8/9 chi bộ (88,9 %)" in told
        assert "Chủ trì Bí thư Đảng ủy xã Thử Có mặt 12/13 người (92,3 %) Cấp trên dự dưới 5 người – Tổ số 1 Phát biểu 9 người Lượt phát biểu 21 lượt" in told
        assert "Dự họp: Đảng ủy xã Thử" in shown(pages, "huyen/groups/1.html")

    def test_a_review_that_is_held_elsewhere_has_no_empty_sections(self) -> None:
        held: Data = {"title": "Bản kiểm điểm", "cycle": "huyen/cycles/2025", "held_elsewhere": {"kind": "Bản kiểm điểm", "by": "Ban Tổ chức", "posts": 3}}
        told = shown(made(commune(), {"xa/reviews/2025-ca-nhan": held}), "xa/reviews/2025-ca-nhan.html")
        assert "Không công khai, lưu tại Ban Tổ chức: bản kiểm điểm cá nhân" in told
        assert "phần này" not in told


class TestAFinding:
    def test_it_says_how_bad_it_is_what_it_led_to_and_who_raised_it(self) -> None:
        more = {"priority": "high", "effect": "Dân đi lại ba lần.", "support_requested": True, "side_effects": ["Một hộ tự tháo dỡ."], "self_identified": True}
        pages = made(
            commune(**more, from_feedback=["xa/feedback/1"]),
            {"xa/feedback/1": {"title": "Đợt góp ý", "about": ["xa"], "forms": {"value": 40, "unit": "phiếu"}}},
        )
        told = shown(pages, "xa/reviews/2025/F1.html")
        for words in ("Nổi cộm", "Hậu quả Dân đi lại ba lần.", "Đã đề nghị cấp trên hỗ trợ.", "Kết quả kéo theo Một hộ tự tháo dỡ."):
            assert words in told, words
        assert "Ai nêu Đơn vị tự nhận ra, trước khi cấp trên chỉ ra Tiếp thu từ ý kiến góp ý" in told
        assert 'href="../../feedback/1.html">Tiếp thu từ ý kiến góp ý' in pages["xa/reviews/2025/F1.html"].html
        assert "37 hồ sơ trả chậm" in section(pages, "xa/feedback/1.html", "da-tiep-thu")

    def test_a_round_with_very_few_forms_is_not_named(self) -> None:
        few = {"xa/feedback/1": {"title": "Đợt góp ý", "about": ["xa"], "forms": {"value": 3, "unit": "phiếu"}}}
        pages = made(commune(from_feedback=["xa/feedback/1"]), few)
        assert "Tiếp thu từ ý kiến góp ý" in shown(pages, "xa/reviews/2025/F1.html")
        assert "feedback/1" not in pages["xa/reviews/2025/F1.html"].html
        assert "da-tiep-thu" not in pages["xa/feedback/1.html"].html

    def test_how_an_inspection_responded_is_told(self) -> None:
        found = {"id": "F1", "statement": "Thu sai.", "response": "correction"}
        inspection: Data = {
            "title": "Kiểm tra",
            "about": ["xa"],
            "channel": "inspection",
            "topics": ["Thu chi"],
            "findings": [found],
            "concluded": {"date": "2025-10-01"},
        }
        told = shown(made(commune(), {"huyen/inspections/1": inspection}), "huyen/inspections/1/F1.html")
        assert "Mức xử lý Chấn chỉnh" in told
        assert "Ai nêu Kiểm tra – Huyện ủy Thử" in told

    def test_signs_and_portions_and_posts_are_for_members(self) -> None:
        responsible = [{"who": "xa/roles/pho", "share": "lead", "portion": "Không nhắc ai."}]
        records = commune(signs=["common/criteria/1#B1"], responsible=responsible)
        records["common/criteria/1"] = {"name": "Bộ biểu hiện", "version": "1", "items": [{"id": "B1", "text": "Hẹn rồi để quá ngày."}]}
        public = made(records)
        for path in ("xa/reviews/2025/F1.html", "xa/reviews/2025.html", "xa.html"):
            assert not re.search(r"Hẹn rồi|Không nhắc ai", public[path].html), path
        members = shown(made(records, MEMBERS), "xa/reviews/2025/F1.html")
        assert "Biểu hiện Hẹn rồi để quá ngày" in members
        assert "Phó Bí thư Đảng ủy xã Thử : chịu trách nhiệm chính – Không nhắc ai." in members

    def test_whose_session_it_was_and_what_a_post_says_of_its_part_are_for_members(self) -> None:
        own: Data = {
            "title": "Bản kiểm điểm",
            "cycle": "huyen/cycles/2025",
            "of": "xa/roles/pho",
            "collective": [{"finding": "xa/reviews/2025#F1", "text": "Tôi không nhắc ai."}],
            "sessions": [{"id": "S1", "kind": "individual", "of": "xa/roles/pho", "from": "2025-12-02"}],
        }
        public, members = made(commune(), {"xa/reviews/2025-pho": own}), made(commune(), {"xa/reviews/2025-pho": own}, MEMBERS)
        assert not re.search(r"Tôi không nhắc|Phó Bí thư", public["xa/reviews/2025-pho.html"].html)
        told = shown(members, "xa/reviews/2025-pho.html")
        assert "Cá nhân kiểm điểm Phó Bí thư Đảng ủy xã Thử" in told
        assert "Tôi không nhắc ai." in told
        assert "Kiểm điểm Phó Bí thư Đảng ủy xã Thử Có mặt" in told


class TestPlansAndActions:
    def records(self) -> dict[str, Data]:
        records = commune()
        records["xa/plans/2025"]["actions"][0] |= {
            "nature": "task_force",
            "check": "Mở sổ xem ngẫu nhiên.",
            "lead": "xa/roles/bi-thu",
            "mandate": "Rà từng hồ sơ.",
            "target": {"what": "hồ sơ", "value": 410, "unit": "hồ sơ"},
            "resources": [{"kind": "budget", "amount": {"value": 20, "unit": "triệu đồng"}, "text": "Ngân sách xã."}],
            "partners": ["Điện lực"],
        }
        records["xa/plans/2025"]["consulted"] = {"date": "2026-01-05", "with": ["mat-tran"]}
        records["mat-tran"] = {"name": "Mặt trận xã", "type": "mass_org"}
        return records

    def test_how_an_action_is_done_and_by_whom(self) -> None:
        told = shown(made(self.records()), "xa/plans/2025/A1.html")
        assert "Chỉ tiêu Hồ sơ: 410 hồ sơ" in told
        for words in (
            "Loại việc Lập tổ công tác",
            "Tổ trưởng Bí thư Đảng ủy xã Thử",
            "Nhiệm vụ của tổ Rà từng hồ sơ.",
            "Sẽ kiểm tra bằng cách nào Mở sổ xem ngẫu nhiên.",
            "Nguồn lực Ngân sách: 20 triệu đồng – Ngân sách xã.",
            "Đối tác Điện lực",
        ):
            assert words in told, words
        assert "Gửi lấy ý kiến Mặt trận xã" in shown(made(self.records()), "xa/plans/2025.html")

    def test_reminders_are_counted_by_what_they_are_about_and_to_whom(self) -> None:
        reminder: Data = {"of": "xa/plans/2025", "to": ["xa"], "by": "huyen/roles/bi-thu"}
        sent = {f"huyen/reminders/{n}": reminder | {"date": f"2026-0{n}-10"} for n in (1, 2, 3)}
        sent["huyen/reminders/other"] = {"of": "xa/plans/2025", "to": ["mat-tran"], "date": "2026-01-20"}
        pages = made(self.records(), sent)
        plan = section(pages, "xa/plans/2025.html", "dien-bien")
        assert re.findall(r"(\d\d/\S+) Đôn đốc lần (\d)", plan) == [("10/01/2026", "1"), ("20/01/2026", "1"), ("10/02/2026", "2"), ("10/3/2026", "3")]
        assert "Lần thứ mấy Lần 2" in shown(pages, "huyen/reminders/2.html")
        assert "lần 3" in section(pages, "xa.html", "don-doc")
        assert "lần 1: Kế hoạch năm 2025" in section(pages, "mat-tran.html", "don-doc")

    def test_a_critique_of_an_action_stands_on_its_page_with_the_answer(self) -> None:
        critique: Data = {"title": "Phản biện", "purpose": "critique", "of": ["xa/plans/2025#A1"], "to": ["xa"], "issued": {"date": "2026-01-06"}}
        critique["issues"] = [{"id": "I1", "nature": "improvement", "statement": "Sổ để ở đâu?"}]
        answer: Data = {"of": "mat-tran/suggestions/1", "date": "2026-01-12", "by": "xa/roles/bi-thu", "result": "accepted", "text": "Để ở một cửa."}
        asked = {"mat-tran/suggestions/1": critique}
        for path in ("xa/plans/2025/A1.html", "xa/plans/2025.html", "xa.html"):
            assert "Mặt trận xã , 06/01/2026 Chưa trả lời Sổ để ở đâu?" in section(made(self.records(), asked), path, "giam-sat-phan-bien"), path
            told = section(made(self.records(), asked, {"xa/answers/1": answer}), path, "giam-sat-phan-bien")
            assert "Đã trả lời Sổ để ở đâu? 12/01/2026 Tiếp thu – Bí thư Đảng ủy xã Thử Để ở một cửa." in told, path
        own = shown(made(self.records(), asked), "mat-tran/suggestions/1.html")
        assert "Giám sát, phản biện · Mặt trận xã" in own
        assert "Chưa trả lời. Đã gửi ngày 06/01/2026." in own
        assert not re.search(r"Gợi ý kiểm điểm|Báo cáo sau một năm|Đã ban hành", own)

    def test_a_handover_stands_on_the_page_of_what_was_open(self) -> None:
        handover: Data = {"of": "xa/roles/pho", "date": "2026-02-01", "open": ["xa/plans/2025#A1"], "document": {"number": "01-BB"}}
        pages = made(self.records(), {"xa/handovers/1": handover})
        for path in ("xa/plans/2025/A1.html", "xa/plans/2025.html", "xa.html"):
            assert "Phó Bí thư Đảng ủy xã Thử · 01/02/2026" in section(pages, path, "ban-giao"), path
        told = shown(pages, "xa/handovers/1.html")
        assert "Biên bản 01-BB" in told
        assert "Lập sổ theo dõi Chưa đến kỳ thực hiện" in told


class TestAnOrganisation:
    def test_its_page_gathers_who_watches_asks_and_answers(self) -> None:
        comment: Data = {"title": "Nhận xét của ban", "purpose": "sector_comment", "to": ["xa"], "issued": {"date": "2025-11-01"}}
        comment["issues"] = [{"id": "I1", "nature": "shortcoming", "statement": "Báo cáo muộn."}]
        petition: Data = {"title": "Đơn về đường", "about": ["xa"], "channel": "petition", "topics": ["Đường"], "received": "2025-10-01"}
        pages = made(
            commune(),
            {
                "huyen/groups/1": {"name": "Tổ số 1", "nature": "steering", "cycle": "huyen/cycles/2025", "covers": ["xa"]},
                "ban": {"name": "Ban Tổ chức", "type": "advisory_body"},
                "ban/suggestions/1": comment,
                "huyen/inspections/1": petition,
                "xa/answers/1": {"of": "huyen/inspections/1", "date": "2025-10-20", "by": "xa/roles/bi-thu", "result": "explained", "text": "Làm trong quý I."},
                "xa/documents/1": {"number": "09-QC", "title": "Quy chế làm việc", "dated": "2025-01-01", "nature": "local_rule"},
                "xa/documents/2": {"number": "10-QC", "title": "Quy chế cũ", "dated": "2020-01-01", "valid_to": "2024-12-31", "nature": "local_rule"},
                "xa/lessons/1": {"title": "Bài học", "nature": "lesson", "lessons": ["Ghi cả mẫu số."]},
            },
        )
        assert "Tổ số 1 (Kiểm điểm năm 2025)" in section(pages, "xa.html", "don-vi")
        assert "Ban Tổ chức , 01/11/2025 Báo cáo muộn." in section(pages, "xa.html", "nhan-xet")
        assert "Nhận xét" not in shown(pages, "xa.html").partition("Nhận xét của cơ quan, ngành")[0]
        assert "Đơn về đường Nhận 01/10/2025 20/10/2025 Đã giải thích – Bí thư Đảng ủy xã Thử Làm trong quý I." in section(pages, "xa.html", "kien-nghi")
        assert 'id="kiem-tra"' not in pages["xa.html"].html  # a petition is no inspection
        assert "Quy chế làm việc" in section(pages, "xa.html", "quy-che")
        assert "Quy chế cũ" in section(pages, "xa.html", "van-ban")
        assert "Ghi cả mẫu số." in section(pages, "xa.html", "bai-hoc")

    def test_a_reply_can_be_written_from_what_is_said_of_somebody(self) -> None:
        html = unescape(made(commune())["xa/reviews/2025/F1.html"].html)
        offers = html[html.index('id="viet-ho-so"') :]
        assert "Phản hồi hoặc đính chính điều này" in offers
        assert "records/xa/corrections/" in offers
        assert "nature: reply\n" in offers
        assert "of: xa/reviews/2025#F1\n" in offers

    def test_a_reply_and_a_correction_of_one_day_go_into_different_files_that_name_the_part(self) -> None:
        html = unescape(made(commune())["xa/reviews/2025/F1.html"].html)
        paths = re.findall(r"records/xa/corrections/[\w-]+\.yml", html)
        assert sorted(set(paths)) == [f"records/xa/corrections/{DAY}-2025-f1-{what}.yml" for what in ("dinh-chinh", "phan-hoi")]


POINTED: Data = {"to": ["xa"], "issues": [{"id": "I1", "nature": "shortcoming", "statement": "Chậm."}], "issued": {"date": "2025-11-01"}}


class TestWhoRaisedIt:
    def test_the_page_of_the_organisation_says_it_as_the_page_of_the_finding_does(self) -> None:
        pages = made(commune(answers=["huyen/suggestions/1#I1"]), {"huyen/suggestions/1": POINTED})
        assert "Ai nêu Gợi ý kiểm điểm – Huyện ủy Thử, ngày 01/11/2025" in shown(pages, "xa/reviews/2025/F1.html")
        assert "Gợi ý kiểm điểm – Huyện ủy Thử, ngày 01/11/2025" in section(pages, "xa.html", "han-che")
        assert "Đơn vị tự kiểm điểm, ngày 01/12/2025" in section(made(commune()), "xa.html", "han-che")

    @pytest.mark.parametrize(("seal", "said"), [({"approved": {"date": "2026-01-10"}}, "có"), ({}, "dự thảo")])
    def test_a_plan_that_nobody_approved_is_a_draft_wherever_it_follows_a_suggestion(self, seal: Data, said: str) -> None:
        records = commune(answers=["huyen/suggestions/1#I1"])
        records["xa/plans/2025"] = {key: value for key, value in records["xa/plans/2025"].items() if key != "approved"} | seal
        pages = made(records, {"huyen/suggestions/1": POINTED})
        assert f"Kế hoạch khắc phục: {said}" in section(pages, "xa.html", "goi-y")
        is_draft = said == "dự thảo"
        assert ("Kế hoạch năm 2025 (dự thảo)" in shown(pages, "bang/goi-y.html")) == is_draft
        assert ("Kế hoạch năm 2025 (dự thảo)" in pages["bang/goi-y.html"].beside["bang/goi-y.csv"]) == is_draft

    @pytest.mark.parametrize(("issued", "said"), [("2025-11-05", "Chưa đến hạn: 05/11/2026"), ("2024-11-05", "Chưa có báo cáo sau một năm, hạn 05/11/2025")])
    def test_where_nobody_has_reported_after_a_year_the_board_says_until_when(self, issued: str, said: str) -> None:
        records = commune(), {"huyen/suggestions/1": POINTED | {"issued": {"date": issued}}}
        assert said in pages_of(records)
        report: Data = {"of": "huyen/suggestions/1", "date": "2025-11-01", "by": "xa/roles/bi-thu", "text": "Đã làm."}
        assert said not in pages_of((*records, {"xa/progress/1-nam": report}))

    def test_neither_who_comments_nor_who_criticises_stands_among_superiors(self) -> None:
        others = {f"huyen/suggestions/{each}": POINTED | {"purpose": each, "title": f"Ý kiến {each}"} for each in ("sector_comment", "critique")}
        pages = made(commune(), others, {"huyen/suggestions/1": POINTED | {"title": "Gợi ý năm 2025"}})
        first = section(pages, "index.html", "goi-y")
        assert "đã nêu 1 điều; các đơn vị đã trả lời 0/1 điều" in first
        assert "Ý kiến" not in first
        rows = pages["bang/goi-y.html"].beside
        assert [len(rows[f"bang/{name}.csv"].splitlines()) for name in ("goi-y", "nhan-xet")] == [2, 2]

    @pytest.mark.parametrize("is_explained", [True, False])
    def test_the_board_calls_a_told_issue_answered_where_its_own_page_tells_of_an_answer(self, is_explained: bool) -> None:  # noqa: FBT001 -- a column of the table
        told: Data = {"told_by": ["common/sources/bao"]}
        back: Data = {"explanations": [{"of": "huyen/suggestions/1#I1", "text": "Nhận là đúng."}]} if is_explained else {}
        finding = {"id": "F1", "statement": "Chậm.", "answers": ["huyen/suggestions/1#I1"]}
        source: Data = {"title": "Bản tin", "publisher": "Báo Thử", "shown_on": 2020, "confidence": "low"}
        records = {"common/sources/bao": source, "huyen/suggestions/1": POINTED | told, "xa/reviews/2019": {"findings": [finding]} | back | told}
        pages = made(commune(), records)
        page, board = shown(pages, "huyen/suggestions/1.html"), section(pages, "bang/goi-y.html", "chuyen-tu-bao")
        assert ("Nguồn không nêu giải trình" in page) != is_explained
        assert ("Nguồn không nêu trả lời" in board) != is_explained
        assert ("Đã trả lời" in board) == is_explained


def pages_of(records: tuple[Records, ...]) -> str:
    return made(*records)["bang/goi-y.html"].beside["bang/goi-y.csv"]


class TestWhoFollows:
    @pytest.mark.parametrize(
        ("heir", "said"),
        [
            ({}, "Ban Cũ (đã kết thúc hoạt động ngày 30/6/2025)"),
            ({"moi": {"name": "Ban Mới", "type": "inspection_body", "lineage": [{"of": "cu", "how": "merged", "date": "2025-07-01"}]}}, "Ban Cũ (nay Ban Mới)"),
        ],
    )
    def test_of_a_body_that_is_no_more_the_plan_says_who_took_it_over(self, heir: Records, said: str) -> None:
        records = commune()
        records["xa/plans/2025"] = records["xa/plans/2025"] | {"followed_by": "cu"}
        old: Data = {"name": "Ban Cũ", "type": "inspection_body", "to": "2025-06-30"}
        assert f"Đơn vị theo dõi {said}" in shown(made(records, {"cu": old}, heir), "xa/plans/2025.html")
        standing = shown(made(records, {"cu": {key: value for key, value in old.items() if key != "to"}}), "xa/plans/2025.html")
        assert "Đơn vị theo dõi Ban Cũ Chế độ báo cáo" in standing


class TestPrint:
    def test_what_stands_today_and_where_the_file_lies_are_marked_to_be_left_out(self) -> None:
        html = made(commune())["xa/reviews/2025.html"].html
        assert re.search(r'<div class="ts-today">\s*<p class="ts-chips">', html)
        assert '<p class="ts-file">' in html
        rules = (ROOT / "generator/tusoi/assets/tusoi.css").read_text(encoding="utf-8").partition("@media print")[2]
        assert re.search(r"\.ts-file,[^{}]*\.ts-form \.ts-today,[^{}]*\{\s*display: none;", rules)

    def test_a_heading_does_not_ask_whether_there_is_anything(self) -> None:
        html = made(commune())["xa/reviews/2025.html"].html
        assert "Giải trình" in html
        assert "(nếu có)" not in html

    @pytest.mark.parametrize(("posts", "said"), [(1, "Ban Tổ chức: bản kiểm điểm cá nhân."), (4, "cá nhân."), (5, "bản kiểm điểm của 5 chức danh.")])
    def test_what_few_posts_handed_in_is_not_counted(self, posts: int, said: str) -> None:
        held: Data = {"cycle": "huyen/cycles/2025", "held_elsewhere": {"kind": "Bản kiểm điểm", "by": "Ban Tổ chức", "posts": posts}}
        assert said in shown(made(commune(), {"xa/reviews/2025-ca-nhan": held}), "xa/reviews/2025-ca-nhan.html")


class TestFeedback:
    def feedback(self, forms: int, **more: Any) -> dict[str, Data]:
        balance = {"received": 7, "accepted": 4, "explained": 2, "in_clarification": 1, "out_of_scope": 0}
        audiences = [{"who": "chi bộ nơi ở", "channel": "residence_cell", "forms": {"value": 2, "of": 20, "unit": "phiếu"}}]
        items = [{"id": "O1", "summary": "Đường vào thôn tối.", "opinions": 3, "disposition": "accepted"}]
        data: Data = {"title": "Góp ý năm 2025", "about": ["xa"], "forms": {"value": forms, "of": 60, "unit": "phiếu"}, "audiences": audiences}
        return {"xa/feedback/1": data | {"balance": balance, "items": items, "compiled": {"date": "2025-11-01"}} | more}

    def test_the_balance_is_a_bar_and_words(self) -> None:
        pages = made(commune(), self.feedback(40))
        told = section(pages, "xa/feedback/1.html", "y-kien-di-dau")
        assert "Nhận 7 ý kiến: tiếp thu 4, giải trình 2, đang làm rõ 1." in told
        assert "Tiếp thu 4/7 (57,1 %)" in told
        assert pages["xa/feedback/1.html"].html.count("ts-bar__part ") == 3
        assert "Nhận 7 ý kiến" in section(pages, "xa.html", "y-kien-gop-y")

    def test_few_forms_of_one_group_are_not_counted_out(self) -> None:
        told = shown(made(commune(), self.feedback(40)), "xa/feedback/1.html")
        assert "Chi bộ nơi ở (chi bộ nơi cư trú) : dưới 5 phiếu" in told
        assert "2/20" not in told

    @pytest.mark.parametrize("forms", [0, 1, 4])
    def test_a_round_of_fewer_than_five_forms_shows_its_total_only(self, forms: int) -> None:
        answer: Data = {"of": "xa/feedback/1", "date": "2025-12-01", "by": "xa/roles/bi-thu", "result": "explained", "opinions": 2, "text": "Đã xem."}
        said = correction(of="xa/feedback/1", path="balance/accepted", stated=3, corrected=4)
        records = commune(), self.feedback(forms), {"xa/answers/1": answer, "xa/corrections/1": said}
        for site in (made(*records), made(*records, MEMBERS)):
            told = shown(site, "xa/feedback/1.html")
            assert f"Phiếu thu về {forms}/60 phiếu" in told
            assert "chỉ nêu tổng số phiếu" in told
            assert told.endswith("Chi bộ nơi ở (chi bộ nơi cư trú) Hồ sơ gốc: records/xa/feedback/1.yml")
            every = {path: shown(site, path) for path in ("xa/feedback/1.html", "xa.html", "xa/answers/1.html", "xa/corrections/1.html")}
            for path, words in every.items():
                assert not re.search(r"ý kiến: tiếp thu|4/7|2/20 |Đường vào thôn|được trả lời 2|3 → đính|Đúng là 4", words), path

    @pytest.mark.parametrize("path", ["xa/feedback/1.html", "xa.html", "bang/y-kien-gop-y.html"])
    def test_of_few_forms_no_page_and_no_file_has_a_share_or_a_number_of_opinions(self, path: str) -> None:
        page = made(commune(), self.feedback(4))[path]
        assert "4/60 phiếu" in " ".join(unescape(re.sub(r"<[^>]+>", " ", page.html)).split())
        for each in (page.html, *page.beside.values()):
            assert not re.search(r"6,7.%|Nhận 7 ý kiến|>7<|\"7\"", each)

    def test_a_round_of_five_tells_all(self) -> None:
        assert "Tiếp thu 4/7" in shown(made(commune(), self.feedback(5)), "xa/feedback/1.html")

    def test_what_was_said_is_for_members(self) -> None:
        public, members = made(commune(), self.feedback(40)), made(commune(), self.feedback(40), MEMBERS)
        assert "Đường vào thôn" not in "".join(each.html for each in public.values())
        assert "Đường vào thôn tối. Tiếp thu 3 ý kiến" in shown(members, "xa/feedback/1.html")

    def test_a_round_about_a_post_names_it_to_members_only(self) -> None:
        records = commune(), self.feedback(40, about=["xa/roles/pho"])
        assert "Phó Bí thư" not in shown(made(*records), "xa/feedback/1.html")
        assert "Góp ý cho Phó Bí thư" in shown(made(*records, MEMBERS), "xa/feedback/1.html")
        assert "Góp ý năm 2025" in shown(made(*records, MEMBERS), "xa.html")


class TestMeasures:
    def test_an_indicator_without_its_base_says_so(self) -> None:
        data: Data = {"name": "Tăng số cuộc", "about": ["xa"], "unit": "cuộc", "measure": "increase", "target": {"from": 10, "to": 20}}
        assert "Không tính được: chưa ghi số gốc." in shown(made(commune(), {"xa/indicators/1": data}), "xa/indicators/1.html")
        told = shown(real().pages(), "huyen-uy-bac-me/indicators/2015-2020-so-cuoc-kiem-tra.html")
        assert "Không tính được: nguồn không nêu số gốc." in told
        assert "Số gốc Nguồn không nêu Mức phải đạt 10–20 %" in told

    def test_an_indicator_is_computed_from_what_is_stated(self) -> None:
        base = {"value": 20, "unit": "cuộc", "period": 2024}
        data: Data = {
            "name": "Tăng",
            "unit": "cuộc",
            "measure": "increase",
            "baseline": base,
            "target": {"from": 10},
            "values": [{"period": 2025, "value": 23}],
        }
        assert "Năm 2025 23 cuộc 15 % Đạt" in shown(made(commune(), {"xa/indicators/1": data}), "xa/indicators/1.html")

    def test_an_indicator_of_few_persons_tells_neither_their_number_nor_their_share(self) -> None:
        data: Data = {"name": "Hộ được trả", "unit": "hộ", "measure": "share", "target": {"from": 100}, "values": [{"period": 2025, "value": 3, "of": 40}]}
        told = shown(made(commune(), {"xa/indicators/1": data}), "xa/indicators/1.html")
        assert "dưới 5 hộ (trong tổng số 40)" in told
        assert "7,5" not in told

    def test_criteria_stand_by_group_and_only_aggregates_are_told(self) -> None:
        items = [{"id": f"B{n}", "group": "Một" if n < 3 else "Hai", "text": f"Điều {n}."} for n in (1, 2, 3)]
        figures: Data = {"title": "Tự soi", "about": ["xa"], "nature": "assessment", "criteria": "common/criteria/1"}
        figures["counts"] = [{"criterion": "common/criteria/1#B1", "what": "chi bộ tự nhận", "value": 2, "of": 11, "unit": "chi bộ", "counting": "distinct"}]
        pages = made(commune(), {"common/criteria/1": {"name": "Bộ", "version": "1", "items": items}, "xa/figures/1": figures})
        assert "Một Điều 1. Điều 2. Hai Điều 3. Kết quả soi, chỉ có số gộp Tự soi" in shown(pages, "common/criteria/1.html")
        assert 'start="3"' in pages["common/criteria/1.html"].html
        assert "Cách đếm Mỗi người, mỗi nơi đếm một lần Chi bộ tự nhận Nội dung Con số Điều 1 2/11 chi bộ (18,2 %)" in shown(pages, "xa/figures/1.html")

    def test_the_figures_that_a_newspaper_tells_point_at_nobody(self) -> None:
        told = shown(real().pages(), "ubkt-cac-cap-bac-me/figures/2017-6-thang.html")
        assert "Đảng viên dự bị bị xóa tên dưới 5 người" in told
        assert "Đảng viên bị đề nghị kỷ luật dưới 5 người nguồn không nêu Đề nghị kỷ luật" in told
        assert "“Đề nghị” chưa phải là quyết định." in told
        assert not re.search(r"[^\d][1-4] (người|đảng viên)", told)


class TestSmallCounts:
    @pytest.mark.parametrize(
        "unit",
        [
            "người",
            "hộ",
            "đảng viên",
            "cán bộ",
            "hội viên",
            "đại biểu",
            "trẻ em",
            "lượt người",
            "học sinh",
            "gia đình",
            "thành viên",
            "công nhân",
            "households",
            "people",
        ],
    )
    def test_persons_and_households_are_not_counted_out(self, unit: str) -> None:
        assert telling.figure({"value": 3, "unit": unit}) == f"dưới 5 {unit}"
        assert telling.figure({"value": 0, "unit": unit}) == f"0 {unit}"
        assert telling.figure({"value": 5, "unit": unit}) == f"5 {unit}"

    @pytest.mark.parametrize(
        "unit", ["chức danh", "thôn", "chi bộ", "tổ chức đảng", "phiếu", "hồ sơ", "triệu đồng/người", "hộp thư", "nghìn người", "hội nghị"]
    )
    def test_posts_and_things_are(self, unit: str) -> None:
        assert telling.figure({"value": 3, "unit": unit}) == f"3 {unit}"

    def test_instances_are_of_whom_the_words_say(self) -> None:
        assert telling.figure({"what": "lượt đảng viên được giám sát", "value": 3, "unit": "lượt"}) == "dưới 5 lượt"
        assert telling.figure({"what": "lượt xe qua phà", "value": 3, "unit": "lượt"}) == "3 lượt"

    @pytest.mark.parametrize(
        ("stated", "told"),
        [
            ({"value": 0, "of": 3}, "0 hộ (trong tổng số dưới 5)"),
            ({"value": 3, "of": 3}, "dưới 5 hộ (trong tổng số dưới 5)"),
            ({"value": 5, "is": "under"}, "dưới 5 hộ"),
            ({"value": 5, "of": 13, "is": "under"}, "dưới 5 hộ (trong tổng số 13)"),
            ({"value": 3, "is": "over"}, "trên 3 hộ"),
            ({"of": 3, "stated_percent": 33}, "33\u00a0% – không ghi số lượng"),
        ],
    )
    def test_neither_a_denominator_nor_a_percentage_gives_it_away(self, stated: Data, told: str) -> None:
        assert telling.figure({"unit": "hộ"} | stated) == told

    @pytest.mark.parametrize("name", ["real", "example"])
    def test_no_page_and_no_file_counts_out_few_persons(self, name: str) -> None:
        """The page of requirements quotes the articles' own row about who was there; nothing else gives a number below five."""
        judged = real() if name == "real" else flow.judge(flow.read(ROOT / "generator/tusoi/example"), DAY)
        pages = judged.pages()
        files = {path: shown(pages, path) for path in pages} | page.files_of(pages)
        people = "người|hộ|đảng viên|cán bộ|hội viên|đại biểu|trẻ em|học sinh|gia đình|thành viên"
        small = re.compile(rf"(?<![\d.,/-])[1-4](?:/(?!20\d\d)\d+)? (?:lượt )?(?:{people})(?![\w-])")
        assert [path for path, told in files.items() if "doi-chieu-yeu-cau" not in path and small.search(told)] == []
        if name == "real":
            assert "Cấp trên dự dưới 5 người" in files["huyen-uy-duc-linh/reviews/2012.html"]


class TestClassifications:
    def rating(self, **more: Any) -> dict[str, Data]:
        criteria = [{"id": "remediation", "score": 9, "text": "Xong 5/6 hạn chế."}]
        rows = [{"id": "R1", "of": "xa", "level": "good", "score": 78, "criteria": criteria, "basis": ["xa/reviews/2025"]}]
        rows.append({"id": "R2", "of": "xa/roles/pho", "level": "excellent"})
        data: Data = {"title": "Xếp loại", "cycle": "huyen/cycles/2025", "scheme": "party/2025", "ratings": rows, "decided": {"date": "2025-12-28"}}
        return {"huyen/classifications/2025": data | more}

    def test_it_says_by_which_scale_and_criteria_and_on_what_basis(self) -> None:
        told = shown(made(commune(), self.rating()), "huyen/classifications/2025.html")
        assert "Thang xếp loại Thang xếp loại của Đảng, năm 2025" in told
        assert (
            "Hoàn thành tốt nhiệm vụ (78 điểm) Theo tiêu chí Kết quả khắc phục hạn chế, khuyết điểm: 9 điểm – Xong 5/6 hạn chế. Căn cứ: Kiểm điểm năm 2025"
            in told
        )

    def test_the_rating_of_a_post_is_for_members(self) -> None:
        public = shown(made(commune(), self.rating()), "huyen/classifications/2025.html")
        assert "Phó Bí thư" not in public
        assert "Hoàn thành tốt nhiệm vụ: 1/1 đơn vị" in public
        assert "Phó Bí thư Đảng ủy xã Thử" in shown(made(commune(), self.rating(), MEMBERS), "huyen/classifications/2025.html")


class TestWhatIsKept:
    def test_a_group_says_what_it_did(self) -> None:
        comment: Data = {
            "title": "Nhận xét",
            "purpose": "sector_comment",
            "to": ["xa"],
            "issued": {"date": "2025-11-01"},
            "sent": {"date": "2025-11-05", "to": "huyen/groups/1"},
        }
        report: Data = {"title": "Báo cáo", "of": "xa/plans/2025", "date": "2026-02-01", "by": "xa/roles/pho", "heard_by": "huyen/groups/1"}
        group: Data = {"name": "Tổ số 1", "nature": "steering", "lead": "huyen/roles/bi-thu", "members": {"value": 4, "unit": "người"}, "covers": ["xa"]}
        told = shown(made(commune(), {"huyen/groups/1": group, "huyen/suggestions/1": comment, "xa/progress/1": report}), "huyen/groups/1.html")
        assert "Số thành viên dưới 5 người" in told
        assert "05/11/2025 Nhận: Nhận xét – Huyện ủy Thử" in told
        assert "01/02/2026 Nghe báo cáo: Báo cáo – Đảng ủy xã Thử" in told

    def test_an_event_says_that_nobody_states_how_many_were_invited(self) -> None:
        event: Data = {"title": "Hội nghị", "nature": "briefing", "date": "2025-03-18", "attended": {"value": 148, "unit": "người"}}
        assert "Số người dự 148 người (không ghi số được mời)" in shown(made(commune(), {"xa/events/1": event}), "xa/events/1.html")
        assert "636 người (nguồn không nêu số được mời)" in shown(real().pages(), "huyen-uy-bac-me/events/2017-hoi-nghi-truc-tuyen.html")

    @pytest.mark.parametrize(
        ("more", "chip"),
        [
            ({"approved": {"date": "2026-01-01", "by": "huyen/roles/bi-thu"}}, "Tạm chưa áp dụng đến ngày 31/5/2026"),
            ({"approved": {"date": "2026-01-01", "by": "huyen/roles/bi-thu"}, "until": "2026-02-01"}, "Đã hết hạn"),
            ({}, "Chưa được phép"),
        ],
    )
    def test_a_waiver_says_whether_it_holds(self, more: Data, chip: str) -> None:
        waiver: Data = {"rule": "R03", "of": "xa/reviews/2025", "reason": "Chờ họp lại.", "until": "2026-05-31"} | more
        told = shown(made(commune(), {"huyen/waivers/1": waiver}), "huyen/waivers/1.html")
        assert chip in told
        assert "Hồ sơ Kiểm điểm năm 2025 (Đảng ủy xã Thử) Lý do Chờ họp lại." in told

    def test_a_cycle_says_who_was_given_what_and_whose_comments_came(self) -> None:
        records = commune()
        records["huyen/cycles/2025"] |= {"assignments": [{"who": "huyen/roles/bi-thu", "covers": ["xa"], "task": "Dự họp."}], "comments_from": ["ban", "vien"]}
        comment: Data = {"title": "Nhận xét", "purpose": "sector_comment", "cycle": "huyen/cycles/2025", "to": ["xa"], "issued": {"date": "2025-11-01"}}
        bodies = {"ban": {"name": "Ban Tổ chức", "type": "advisory_body"}, "vien": {"name": "Viện Kiểm sát", "type": "agency"}}
        told = shown(made(records, bodies, {"ban/suggestions/1": comment}), "huyen/cycles/2025.html")
        assert "Phân công Bí thư Huyện ủy Dự họp. Phụ trách: Đảng ủy xã Thử" in told
        assert "Ban Tổ chức Nhận xét – chưa chuyển Viện Kiểm sát : chưa gửi" in told

    def test_a_document_names_the_next_links_of_its_chain(self) -> None:
        above: Data = {"number": "01-QĐ", "title": "Quy định", "dated": "2025-01-01", "nature": "regulation"}
        below: Data = {"number": "02-KH", "title": "Kế hoạch", "dated": "2025-02-01", "implements": ["huyen/documents/1"]}
        told = shown(made(commune(), {"huyen/documents/1": above, "xa/documents/2": below}), "huyen/documents/1.html")
        assert "Loại văn bản Quy định" in told
        assert "Được triển khai bằng 02-KH: Kế hoạch" in told


def test_every_kind_of_record_that_a_clerk_writes_has_a_page_of_its_own() -> None:
    own = {each.name.removesuffix(templating.SUFFIX) for each in (ROOT / "generator/tusoi/pages").glob("*.j2")}
    assert set(kinds()) - own == {"project"}


def test_a_link_for_members_is_left_out_where_a_record_is_shown_key_by_key() -> None:
    """The page that a kind without a template gets hides what the schema keeps for members, links too."""
    pages = made(commune(), {"xa/feedback/1": {"about": ["xa/roles/pho", "xa"]}})
    override = {
        "feedback.html.j2": '{% extends "record.html.j2" %}\n{% set each = "feedback" %}\n{% set view = views.generic(it) %}\n{% set title = view.title %}\n'
    }
    there = asof.at(register({"project": PROJECT}, commune(), {"xa/feedback/1": {"about": ["xa/roles/pho", "xa"]}}), DAY)
    generic = page.render(there, progress.measure(there, DAY), overrides=override)
    assert "Phó Bí thư" not in generic["xa/feedback/1.html"].html
    assert "Đảng ủy xã Thử" in shown(generic, "xa/feedback/1.html")
    assert "Phó Bí thư" not in pages["xa/feedback/1.html"].html


def test_boards_and_their_files_tell_few_persons_no_better_than_pages_do() -> None:
    """Neither a computed share, nor a level, nor what was corrected gives the number away."""
    target = {"from": 100}
    measures: dict[str, Data] = {
        "xa/indicators/1": {"name": "Hộ được trả", "unit": "hộ", "measure": "share", "target": target, "values": [{"period": 2025, "value": 3, "of": 40}]},
        "xa/indicators/2": {"name": "Số hộ", "unit": "hộ", "measure": "level", "target": target, "values": [{"period": 2025, "value": 3}]},
        "xa/corrections/1": correction(stated=4, corrected=3),
    }
    files = page.files_of(made(commune(figures=[{"what": "hộ bị ảnh hưởng", "value": 4, "of": 40, "unit": "hộ"}]), measures))
    assert '"dưới 5 hộ (trong tổng số 40)","",' in files["bang/chi-tieu.csv"]
    assert '"dưới 5 hộ","",' in files["bang/chi-tieu.csv"]
    assert '"dưới 5","dưới 5","Hai hồ sơ' in files["bang/dinh-chinh.csv"]


def test_a_post_says_what_it_is_in_charge_of_and_never_who_holds_it() -> None:
    records = commune()
    records["huyen/roles/bi-thu"] |= {"holders": [{"person": "p-017"}], "managed_by": "huyen"}
    records["xa"]["overseen_by"] = [{"role": "huyen/roles/bi-thu"}]
    records["huyen/cycles/2025"]["assignments"] = [{"who": "huyen/roles/bi-thu", "covers": ["xa"], "task": "Dự họp."}]
    group: Data = {"name": "Tổ số 1", "nature": "steering", "lead": "huyen/roles/bi-thu"}
    told = shown(made(records, {"huyen/groups/1": group}), "huyen/roles/bi-thu.html")
    assert "Cấp Người đứng đầu Thuộc diện quản lý của Huyện ủy Thử Phụ trách đơn vị Đảng ủy xã Thử Tổ trưởng của Tổ số 1" in told
    assert "Được giao trong từng kỳ Kiểm điểm năm 2025 Dự họp. Phụ trách: Đảng ủy xã Thử" in told
    assert "p-017" not in told


@pytest.mark.browser
@pytest.mark.build
def test_a_review_prints_upright_in_the_order_of_its_form(built: Callable[[str], Path], browser: Any, tmp_path: Path) -> None:
    """On A4 sheets with their numbers, dark screens or not, without what only a screen can use."""
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto((built("example") / "dang-uy-xa-an-mau/reviews/2024.html").as_uri())
    tab.pdf(path=tmp_path / "review.pdf", prefer_css_page_size=True)
    context.close()
    sheets = PdfReader(tmp_path / "review.pdf").pages
    assert {(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in sheets} == {(595, 842)}
    texts = [re.sub(r"\s+", "", sheet.extract_text()) for sheet in sheets]
    assert all(f"Trang{number}/{len(texts)}" in told for number, told in enumerate(texts, 1))
    whole = "".join(texts)
    heads = ("I.Ưuđiểm", "II.Hạnchế", "III.Kếtquảkhắcphục", "IV.Giảitrình", "V.Tráchnhiệm", "VI.Phươnghướng", "VII.Đềnghị")
    places = [whole.index(head) for head in heads]
    assert places == sorted(places)
    assert "Chépnộidung" not in whole
