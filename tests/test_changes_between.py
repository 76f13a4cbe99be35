"""The page of what changed between two moments: months, cycles and tags, against what the records say."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from conftest import commit, git
from registers import Data, judged, register
from tusoi import asof, flow, page
from tusoi.page import Page
from tusoi.past import Past

DAY = date(2026, 3, 15)
BODIES: dict[str, Data] = {
    "xb": {"name": "Đảng ủy xã B", "type": "party_committee"},
    "xa": {"name": "Đảng ủy xã Á", "type": "party_committee"},
    "huyen": {"name": "Huyện ủy", "type": "party_committee"},
    "xa/roles/bi-thu": {"name": "Bí thư xã Á", "rank": "head"},
    "huyen/cycles/2025": {
        "name": "Kiểm điểm năm 2025",
        "kind": "year_end",
        "from": "2025-01-01",
        "to": "2025-12-31",
        "scope": ["xa", "xb"],
        "steps": [],
        "opened": {"date": "2025-11-20"},
    },
    "xa/reviews/2025": {
        "title": "Kiểm điểm của Á",
        "cycle": "huyen/cycles/2025",
        "findings": [{"id": "F1", "statement": "Trả kết quả chậm.", "area": "land"}, {"id": "F2", "statement": "Họp thưa.", "area": "land"}],
        "submitted": {"date": "2025-12-10"},
        "concluded": {"date": "2025-12-12"},
    },
    "xa/plans/2025": {
        "title": "Kế hoạch của Á",
        "of": ["xa/reviews/2025"],
        "actions": [
            {"id": "A1", "findings": ["xa/reviews/2025#F1"], "content": "Lập sổ.", "owner": "xa/roles/bi-thu", "due": "2026-02-10"},
            {"id": "A2", "findings": ["xa/reviews/2025#F1"], "content": "Niêm yết.", "owner": "xa/roles/bi-thu", "due": "2026-02-20"},
            {"id": "A3", "findings": ["xa/reviews/2025#F2"], "content": "Họp đủ.", "owner": "xa/roles/bi-thu", "due": "2026-01-20"},
        ],
        "approved": {"date": "2026-01-05"},
    },
    "xa/progress/1": {"of": "xa/plans/2025", "date": "2026-02-08", "entries": [{"action": "A1", "state": "completed", "text": "Xong."}]},
    "huyen/verifications/1": {
        "date": "2026-02-25",
        "entries": [{"of": "xa/plans/2025#A1", "check": "completion", "result": "confirmed"}],
    },
    "xa/postponements/1": {"of": "xa/plans/2025#A2", "to": "2026-04-30", "date": "2026-02-15", "reason": "Chờ mẫu."},
    "huyen/answers/1": {"of": "xa/postponements/1", "date": "2026-03-02", "result": "agreed"},
}


def made(*records: Mapping[str, Data], day: date = DAY) -> str:
    known = register(BODIES, *records)
    return page.render(asof.at(known, day), judged(known, day))["thay-doi.html"].html


def window(html: str, anchor: str) -> str:
    found = re.search(rf'<h2 id="{anchor}">.*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def groups(html: str) -> dict[str, str]:
    """Give what is said of each organisation, in the order of the page."""
    found = re.findall(r"<details.*?<summary>(.*?) <span.*?</summary>(.*?)</details>", html, re.DOTALL)
    return {text(name): text(inner) for name, inner in found}


class TestTheLastMonth:
    def test_states_before_and_after_with_what_they_are_a_part_of(self) -> None:
        month = window(made(), "thang")
        assert text(month).startswith("Trong tháng 02/2026 01/02/2026 – 28/02/2026")
        assert "Việc được xác nhận đã xong: 1/3" in text(month)
        assert "Việc báo đã xong, chờ xác nhận: 0/3" in text(month)
        assert "Việc chuyển sang quá hạn: 1/3" in text(month)
        assert "Đơn vị có thay đổi: 2/3" in text(month)
        own = groups(month)["Đảng ủy xã Á"]
        assert "Việc đổi tình trạng (1/3) Lập sổ · Chưa đến kỳ thực hiện → Đã xong, đã xác nhận" in own
        assert "Việc chuyển sang quá hạn (1/3) Niêm yết · hạn 20/02/2026" in own
        assert "Hạn chế đổi tình trạng (1/2) Trả kết quả chậm · Chưa có thông tin → Đang khắc phục" in own

    def test_requests_and_reports_are_new_records_and_what_came_in_another_month_is_not_told(self) -> None:
        month = window(made(), "thang")
        own = groups(month)["Đảng ủy xã Á"]
        assert "Thêm hồ sơ: đề nghị gia hạn" in own
        assert "· xin lùi hạn đến ngày 30/4/2026" in own
        assert "Thêm hồ sơ: báo cáo tiến độ" in own
        assert "ban hành" not in own
        assert "trả lời" not in text(month)
        april = groups(window(made(day=date(2026, 4, 20)), "thang"))
        assert "Thêm hồ sơ: trả lời" in april["Huyện ủy"]
        assert "· đồng ý" in april["Huyện ủy"]
        assert "Đảng ủy xã Á" not in april  # what is overdue no longer is no change of a state of an action

    def test_a_plan_is_told_when_it_is_approved_and_a_review_when_it_is_concluded(self) -> None:
        assert "Kế hoạch được ban hành Kế hoạch của Á · 3 việc" in groups(window(made(day=date(2026, 2, 3)), "thang"))["Đảng ủy xã Á"]
        assert "Kiểm điểm đã kết luận Kiểm điểm của Á · 2 hạn chế" in groups(window(made(day=date(2026, 1, 31)), "thang"))["Đảng ủy xã Á"]

    def test_ratings_are_told_at_the_organisation_once_they_are_decided_and_never_of_posts(self) -> None:
        decided: Data = {
            "title": "Xếp loại năm 2025",
            "cycle": "huyen/cycles/2025",
            "scheme": "party/2023",
            "ratings": [{"id": "R1", "of": "xb", "level": "good"}, {"id": "R2", "of": "xa/roles/bi-thu", "level": "good"}],
            "proposed": {"date": "2026-02-01"},
        }
        assert "Hoàn thành tốt" not in made({"huyen/classifications/1": decided})
        html = made({"huyen/classifications/1": {**decided, "decided": {"date": "2026-02-10"}}})
        assert "Xếp loại được quyết định Xếp loại năm 2025 · Hoàn thành tốt nhiệm vụ" in groups(window(html, "thang"))["Đảng ủy xã B"]
        assert "Bí thư" not in window(html, "thang")

    def test_nothing_is_told_of_single_posts_of_told_records_or_of_drafts(self) -> None:
        others: dict[str, Data] = {
            "xb/reviews/bi-thu": {"title": "Của riêng một người", "of": "xa/roles/bi-thu", "cycle": "huyen/cycles/2025", "concluded": {"date": "2026-02-02"}},
            "xb/plans/ke": {"title": "Báo kể", "told_by": ["common/sources/1"], "approved": {"date": "2026-02-02"}},
            "xb/plans/nhap": {"title": "Còn nháp", "of": [], "consulted": {"date": "2026-01-02"}},
        }
        assert "Đảng ủy xã B" not in groups(window(made(others), "thang"))

    def test_a_withdrawal_is_told_and_what_was_withdrawn_is_no_news(self) -> None:
        gone = {**BODIES["xa/progress/1"], "title": "Báo cáo nhầm", "date": "2026-01-15", "withdrawn": {"date": "2026-02-20", "reason": "Nhầm."}}
        assert "Hồ sơ đã rút Báo cáo nhầm" in groups(window(made({"xa/progress/2": gone}), "thang"))["Đảng ủy xã Á"]
        late = {**gone, "date": "2026-02-15"}
        assert "Báo cáo nhầm" not in window(made({"xa/progress/2": late}), "thang")

    def test_organisations_stand_in_the_order_of_their_names(self) -> None:
        extra: Data = {"of": "xa/plans/2025", "date": "2026-02-01", "entries": []}
        html = made({"xb/progress/1": extra, "huyen/events/1": {"title": "Hội nghị", "nature": "training", "date": "2026-02-03"}})
        assert list(groups(window(html, "thang"))) == ["Đảng ủy xã Á", "Đảng ủy xã B", "Huyện ủy"]

    def test_a_month_in_which_nothing_happened_says_so(self) -> None:
        html = window(made(day=date(2027, 3, 1)), "thang")
        assert "Không có gì thay đổi trong thời gian này." in html
        assert "/3" not in text(html).replace("02/2027", "")


class TestTheMonthThatRuns:
    def test_it_reaches_to_the_day_and_stands_before_the_last_month(self) -> None:
        html = made({"xa/progress/2": {"of": "xa/plans/2025", "date": "2026-03-14", "entries": [{"action": "A2", "state": "completed"}]}})
        running = window(html, "thang-nay")
        assert text(running).startswith("Từ đầu tháng 3/2026 đến nay 01/3/2026 – 15/3/2026")
        assert "Niêm yết · Chưa có báo cáo → Báo đã xong, chờ xác nhận" in groups(running)["Đảng ủy xã Á"]
        assert html.index('id="thang-nay"') < html.index('id="thang"')
        assert "Niêm yết · Chưa có báo cáo →" not in text(window(html, "thang"))

    def test_what_was_not_late_before_is_called_one_whose_time_had_not_come(self) -> None:
        html = made({"xa/progress/2": {"of": "xa/plans/2025", "date": "2026-02-14", "entries": [{"action": "A2", "state": "started"}]}})
        assert "Niêm yết · Chưa đến kỳ thực hiện → Đang thực hiện" in groups(window(html, "thang"))["Đảng ủy xã Á"]


class TestACycle:
    def test_the_window_begins_where_the_last_cycle_was_opened_or_closed(self) -> None:
        assert text(window(made(), "ky")).startswith("Từ khi mở kỳ: Kiểm điểm năm 2025 20/11/2025 – 28/02/2026")
        closed = {**BODIES["huyen/cycles/2025"], "closed": {"date": "2026-01-31"}}
        assert text(window(made({"huyen/cycles/2025": closed}), "ky")).startswith("Từ khi kết thúc kỳ: Kiểm điểm năm 2025 31/01/2026 – 28/02/2026")

    def test_what_was_opened_in_the_month_of_the_day_comes_next_month(self) -> None:
        closed = {**BODIES["huyen/cycles/2025"], "closed": {"date": "2026-03-02"}}
        assert text(window(made({"huyen/cycles/2025": closed}), "ky")).startswith("Từ khi mở kỳ")

    @pytest.mark.parametrize("cycle", [{"opened": {"date": "2025"}}, {"opened": {"date": "2025-11-20"}, "told_by": ["common/sources/1"]}, {}])
    def test_without_a_day_there_is_no_such_window(self, cycle: Data) -> None:
        bare = {key: value for key, value in BODIES["huyen/cycles/2025"].items() if key != "opened"}
        assert not window(made({"huyen/cycles/2025": {**bare, **cycle}}), "ky")


PLAN = "records/dang-uy-xa-an-mau/plans/2024.yml"
REVIEW = "records/dang-uy-xa-an-mau/reviews/2024.yml"


def between(project: Path, day: date = date(2026, 12, 31)) -> str:
    tree = flow.read(project)
    return window(dict(flow.judge(tree, day, flow.past(tree)).pages())["thay-doi.html"].html, "ban")


def replaced(project: Path, file: str, old: str, new: str) -> None:
    place = project / file
    text_of = place.read_text(encoding="utf-8")
    assert old in text_of
    place.write_text(text_of.replace(old, new, 1), encoding="utf-8")


@pytest.mark.build
class TestTwoTags:
    def test_what_was_recorded_at_both_is_compared(self, project: Path) -> None:
        git(project, "tag", "ban-1")
        assert not between(project)
        report = "of: dang-uy-xa-an-mau/plans/2024\ndate: 2026-03-20\nby: dang-uy-xa-an-mau/roles/bi-thu\n"
        report += "entries:\n  - {action: A3, state: completed, text: Xong.}\n"
        (project / "records/dang-uy-xa-an-mau/progress/2026-03-20.yml").write_text(report, encoding="utf-8")
        replaced(project, PLAN, "direction: Sửa", "direction: Rà lại")
        commit(project, "2026-04-01T03:00:00+00:00")
        git(project, "tag", "-a", "-m", "Bản hai", "ban-2")
        replaced(project, REVIEW, "title:", "title: Sau đó –")
        commit(project, "2026-05-01T03:00:00+00:00")
        found = between(project)
        assert text(found).startswith("Từ bản ban-1 đến bản ban-2 15/3/2026 – 01/4/2026")
        own = groups(found)["Đảng ủy xã An Mẫu"]
        assert "Thêm hồ sơ: báo cáo tiến độ" in own
        assert "Ký lại hợp đồng thu gom rác" in own
        assert "→ Báo đã xong, chờ xác nhận" in own
        assert "Hồ sơ được sửa Kế hoạch khắc phục sau kiểm điểm năm 2024" in own
        assert "Sau đó" not in own

    def test_tags_beside_the_main_line_after_the_day_or_of_the_same_records_do_not_count(self, project: Path) -> None:
        git(project, "tag", "ban-1")
        git(project, "checkout", "--quiet", "-b", "ben")
        replaced(project, PLAN, "direction: Sửa", "direction: Bên cạnh")
        commit(project, "2026-04-01T03:00:00+00:00")
        git(project, "tag", "ben-canh")
        git(project, "checkout", "--quiet", "main")
        (project / "docs/moi.md").write_text("# Mới\n", encoding="utf-8")
        commit(project, "2026-04-02T03:00:00+00:00")
        git(project, "tag", "cung-ho-so")
        assert not between(project)
        replaced(project, PLAN, "direction: Sửa", "direction: Rà lại")
        commit(project, "2026-05-01T03:00:00+00:00")
        git(project, "tag", "ban-2")
        assert not between(project, date(2026, 4, 30))
        assert text(between(project, date(2026, 5, 1))).startswith("Từ bản cung-ho-so đến bản ban-2 02/4/2026 – 01/5/2026")

    def test_a_tag_from_before_the_first_record_is_no_state_of_the_records(self, project: Path) -> None:
        shutil.rmtree(project / ".git")
        shutil.move(project / "records", project.parent / "records")
        git(project, "init", "--quiet", "--initial-branch=main")
        commit(project, "2026-03-01T03:00:00+00:00")
        git(project, "tag", "truoc")
        shutil.move(project.parent / "records", project / "records")
        commit(project, "2026-03-02T03:00:00+00:00")
        git(project, "tag", "dau")
        assert not between(project)

    def test_a_record_that_moved_has_neither_come_nor_gone(self, project: Path) -> None:
        git(project, "tag", "ban-1")
        new = "records/dang-uy-xa-an-mau/reviews/2024-tap-the.yml"
        git(project, "mv", REVIEW, new)
        with (project / new).open("a", encoding="utf-8") as stream:
            stream.write("formerly: [dang-uy-xa-an-mau/reviews/2024]\n")
        commit(project, "2026-04-01T03:00:00+00:00")
        git(project, "tag", "ban-2")
        own = groups(between(project))["Đảng ủy xã An Mẫu"]
        assert "Thêm hồ sơ" not in own
        assert "Không còn" not in own
        assert "đổi tình trạng" not in own

    def test_of_what_is_no_longer_there_only_the_kind_is_told(self, project: Path) -> None:
        lesson = project / "records/tinh-uy-mau/lessons"
        lesson.mkdir(parents=True, exist_ok=True)
        (lesson / "bi-mat.yml").write_text("title: Điều không nên có ở đây\nnature: lesson\ndate: 2026-01-05\nlessons: [Một.]\n", encoding="utf-8")
        commit(project, "2026-04-01T03:00:00+00:00")
        git(project, "tag", "ban-1")
        (lesson / "bi-mat.yml").unlink()
        commit(project, "2026-04-02T03:00:00+00:00")
        git(project, "tag", "ban-2")
        own = groups(between(project))["Tỉnh ủy Mẫu"]
        assert "Không còn trong bộ hồ sơ Bài học, cách làm hay" in own
        assert "Điều không nên có" not in between(project)

    def test_files_that_cannot_be_read_are_counted_and_not_compared(self, project: Path) -> None:
        whole = (project / PLAN).read_text(encoding="utf-8")
        git(project, "tag", "ban-1")
        (project / PLAN).write_text(f"{whole}sai: [\n", encoding="utf-8")
        commit(project, "2026-04-01T03:00:00+00:00")
        git(project, "tag", "ban-2")
        (project / PLAN).write_text(whole, encoding="utf-8")
        commit(project, "2026-04-02T03:00:00+00:00")
        found = between(project)
        assert "1 tệp hồ sơ của hai bản này không đọc được theo cách ghi hiện nay nên không so sánh." in found
        assert "Không còn" not in found

    def test_a_tag_knows_the_last_step_that_had_changed_a_record(self, project: Path) -> None:
        git(project, "tag", "dau")
        (project / "docs/moi.md").write_text("# Mới\n", encoding="utf-8")
        commit(project, "2026-04-01T03:00:00+00:00")
        git(project, "tag", "giua")
        past: Past = flow.past(flow.read(project))
        assert [(each.name, each.number, each.day.isoformat()) for each in past.tags] == [("dau", 0, "2026-03-15"), ("giua", 0, "2026-04-01")]
        assert [each.name for each in past.until(date(2026, 3, 31)).tags] == ["dau"]


def test_the_page_is_linked_from_the_first_page() -> None:
    known = register(BODIES)
    pages: Mapping[str, Page] = page.render(asof.at(known, DAY), judged(known, DAY))
    assert 'href="thay-doi.html"' in pages["index.html"].html
