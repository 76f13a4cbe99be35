"""The change in words: complete, in domain words, nothing lost; between real commits."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from conftest import commit, git
from edited import Records, records, sample
from registers import kinds
from tusoi import load, looking_back, progress
from tusoi.diff import Revision, Side, applied, compare, form
from tusoi.diff_report import DiffReport
from tusoi.differences import same
from tusoi.history import Repository
from tusoi.record import Register

pytestmark = pytest.mark.build

SAME = "Nội dung hồ sơ không thay đổi.\n"
DAY = date(2026, 3, 15)
PLAN = "records/dang-uy-xa-an-mau/plans/2024.yml"
NEXT = "records/dang-uy-xa-an-mau/plans/2025.yml"
CONTENT = "nộp đủ hồ sơ thanh toán 3,3 tỷ đồng còn lại tới kho bạc…"


def tusoi(folder: Path, *words: str, code: int = 0) -> str:
    """Run the real command; give what it says, or what it complains of where it is expected to."""
    done = subprocess.run([sys.executable, "-m", "tusoi", "-C", str(folder), *words], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stderr if code else done.stdout


def said(folder: Path, *words: str) -> str:
    return tusoi(folder, "diff", *(words or ("HEAD",)))


def edit(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    """Replace pieces of a file, each of which stands in it exactly once."""
    text = (folder / name).read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    write(folder, name, text)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def section(text: str, title: str) -> list[str]:
    """Give the lines of a section of the text."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(title))
    return [line.strip() for line in lines[start + 1 : next((n for n, line in enumerate(lines) if n > start and not line), len(lines))]]


def ask(folder: Path, name: str, when: str, to: str, reason: str = "reason: Chờ bản vẽ.\n") -> None:
    """Ask to move the date of the second action of the newer plan."""
    write(folder, f"records/dang-uy-xa-an-mau/postponements/{name}.yml", f"of: dang-uy-xa-an-mau/plans/2025#A2\nto: {to}\ndate: {when}\n{reason}")


def agree(folder: Path, to: str, when: str, result: str = "agreed") -> None:
    write(
        folder,
        f"records/dang-uy-xa-an-mau/answers/{to}.yml",
        f"of: dang-uy-xa-an-mau/postponements/{to}\ndate: {when}\nby: dang-uy-xa-an-mau/roles/bi-thu\nresult: {result}\n",
    )


class TestNothingNew:
    def test_no_file_differs(self, project: Path) -> None:
        assert said(project) == "Không có tệp hồ sơ nào thay đổi.\n"
        assert said(project, "HEAD", "HEAD", "--lang", "en") == "No file of the records changes.\n"

    def test_comments_quotes_layout_and_the_order_of_keys_are_no_content(self, project: Path) -> None:
        edit(
            project,
            PLAN,
            ("title: Kế hoạch khắc phục sau kiểm điểm năm 2024\nof: [dang-uy-xa-an-mau/reviews/2024]\n", ""),
            (
                "accountable:",
                "# Một lời ghi chú.\nof:\n  - 'dang-uy-xa-an-mau/reviews/2024'\ntitle: \"Kế hoạch khắc phục sau kiểm điểm năm 2024\"\naccountable:",
            ),
        )
        assert said(project) == SAME
        commit(project, "2026-03-15T02:00:00+00:00")
        assert said(project, "HEAD~1", "HEAD") == SAME
        assert said(project, "HEAD~1", "--format", "markdown").splitlines()[-1].endswith("không thay đổi.")
        assert json.loads(said(project, "HEAD~1", "--format", "json"))["records"] == []

    def test_what_is_not_a_record_is_no_content_of_the_records(self, project: Path) -> None:
        write(project, "docs/them.md", "# Trang mới\n")
        assert said(project) == "Không có tệp hồ sơ nào thay đổi.\n"


class TestPostponements:
    def test_the_sentence_of_a_third_request_after_the_date_without_a_reason(self, project: Path) -> None:
        ask(project, "lan-1", "2026-02-01", "2026-03-01")
        agree(project, "lan-1", "2026-02-03")
        ask(project, "lan-2", "2026-02-20", "2026-03-10")
        agree(project, "lan-2", "2026-02-21", "refused")
        commit(project, "2026-03-01T02:00:00+00:00")
        ask(project, "lan-3", "2026-03-15", "2026-06-01", "")
        lines = section(said(project), "Nội dung thay đổi")
        assert lines == [
            "Kế hoạch khắc phục sau kiểm điểm năm 2025 – Đảng ủy xã An Mẫu",
            f"An Mẫu, việc 2 ({CONTENT}): đề nghị gia hạn lần thứ 3, từ 01/3/2026 sang 01/6/2026, ghi nhận sau khi đã quá hạn 14 ngày. Chưa ghi lý do.",
        ]

    def test_a_first_request_in_time_says_neither_that_it_was_late_nor_that_a_reason_is_lacking(self, project: Path) -> None:
        ask(project, "lan-1", "2026-02-28", "2026-06-01")
        (_, sentence) = section(said(project), "Nội dung thay đổi")
        assert sentence == f"An Mẫu, việc 2 ({CONTENT}): đề nghị gia hạn lần đầu, từ 28/02/2026 sang 01/6/2026."
        english = section(said(project, "HEAD", "--lang", "en"), "Changes")[1]
        assert english.endswith("asks to move the date, for the first time, from 2026-02-28 to 2026-06-01.")

    def test_an_answer_says_who_agreed_and_the_new_date(self, project: Path) -> None:
        ask(project, "lan-1", "2026-02-20", "2026-06-01")
        commit(project, "2026-03-01T02:00:00+00:00")
        agree(project, "lan-1", "2026-02-25")
        text = said(project)
        assert f"An Mẫu, việc 2 ({CONTENT}): An Mẫu đồng ý gia hạn, hạn mới 01/6/2026." in text
        assert section(text, "Tình trạng thay đổi")[0].endswith("đang thực hiện, quá hạn 15 ngày, đang đề nghị gia hạn → đang thực hiện, được gia hạn.")
        agree(project, "lan-1", "2026-02-25", "refused")
        assert "An Mẫu không đồng ý gia hạn sang 01/6/2026, hạn không đổi." in said(project)

    def test_an_answer_that_does_not_count_moves_nothing(self, project: Path) -> None:
        """Who answers may have no right to: then nobody says that the date is a new one."""
        ask(project, "lan-1", "2026-02-20", "2026-06-01")
        write(
            project,
            "records/dang-uy-xa-dong-mau/answers/lan-1.yml",
            "of: dang-uy-xa-an-mau/postponements/lan-1\ndate: 2026-02-25\nby: dang-uy-xa-dong-mau/roles/bi-thu\nresult: agreed\n",
        )
        assert "trả lời đồng ý gia hạn sang 01/6/2026." in said(project)

    def test_a_date_that_an_approved_plan_had_promised_and_nobody_asked_to_move(self, project: Path) -> None:
        edit(project, NEXT, ("due: 2026-02-28", "due: 2026-05-30"), ("due: 2026-02-20", "due: 2026-04-20"))
        (_, milestone, action) = sorted(section(said(project), "Nội dung thay đổi"), key=len)
        assert "mốc 2" in milestone or "mốc 2" in action
        assert f"An Mẫu, việc 2 ({CONTENT}): hạn đã chốt được sửa thẳng trong kế hoạch đã ban hành, từ 28/02/2026 sang 30/5/2026" in said(project)
        edit(project, NEXT, ("approved: {", "# approved: {"))
        commit(project, "2026-03-15T02:00:00+00:00")
        edit(project, NEXT, ("due: 2026-05-30", "due: 2026-06-30"))
        assert section(said(project), "Nội dung thay đổi")[1:] == ["Việc 2: đổi hạn từ 30/5/2026 sang 30/6/2026."]


class TestRecords:
    def test_reports_checks_and_seals_are_said_of_what_they_are_about(self, project: Path) -> None:
        write(
            project,
            "records/dang-uy-xa-an-mau/progress/2026-03.yml",
            "of: dang-uy-xa-an-mau/plans/2025\ndate: 2026-03-10\nby: dang-uy-xa-an-mau/roles/bi-thu\nentries:\n"
            "  - {action: A1, state: completed}\n  - {action: A2, state: blocked, obstacle: Chờ bản vẽ.}\n",
        )
        write(
            project,
            "records/ubkt-huyen-uy-minh-hoa/verifications/2026-03.yml",
            "date: 2026-03-12\nby: ubkt-huyen-uy-minh-hoa/roles/uy-vien-1\nmethod: Xem hồ sơ.\nentries:\n"
            "  - {of: dang-uy-xa-an-mau/plans/2024#A3, check: completion, result: rejected, text: Còn hai thôn.}\n",
        )
        text = said(project)
        assert "việc 1 (lập bảng giấy tờ còn thiếu của ba công trình chưa thanh…): báo cáo đã xong." in text
        assert "báo cáo đang vướng, còn vướng: Chờ bản vẽ." in text
        assert "không xác nhận là đã xong." in text
        headings = [line for line in text.splitlines() if re.match(r"  \S", line)]
        assert headings[:2] == [f"  Kế hoạch khắc phục sau kiểm điểm năm {year} – Đảng ủy xã An Mẫu" for year in (2024, 2025)]

    def test_a_plan_that_is_approved_says_with_how_many_actions(self, project: Path) -> None:
        edit(project, NEXT, ("approved: {", "# approved: {"))
        commit(project, "2026-03-15T02:00:00+00:00")
        edit(project, NEXT, ("# approved: {", "approved: {"))
        text = said(project)
        assert "    Đã ban hành ngày 12/01/2026 (số 04-KH/ĐU), với 4 việc." in text
        assert "Việc trong các kế hoạch đã ban hành: " in text

    def test_decided_ratings_are_said_by_organisation_from_a_to_z_and_those_of_posts_never(self, project: Path) -> None:
        name = "records/tinh-uy-mau/classifications/2025.yml"
        edit(
            project,
            name,
            ("R1, of: dang-uy-xa-an-mau,", "R1, of: dang-uy-xa-dong-mau,"),
            ("R2, of: dang-uy-xa-dong-mau,", "R2, of: dang-uy-xa-an-mau,"),
            ("proposed:", "  - {id: R3, of: dang-uy-xa-an-mau/roles/bi-thu, level: not_completed}\nproposed:"),
            ("decided:", "decided: {}\n#"),
        )
        text = (project / name).read_text(encoding="utf-8")
        write(project, name, text[: text.index("decided: {}")])
        commit(project, "2026-03-15T02:00:00+00:00")
        with (project / name).open("a", encoding="utf-8") as file:
            file.write("decided: {date: 2025-12-29, by: tinh-uy-mau, tally_by: tinh-uy-mau}\n")
        assert section(said(project), "Nội dung thay đổi")[1:] == [
            "Đã quyết định ngày 29/12/2025, với 3 dòng xếp loại.",
            "An Mẫu: được xếp loại “hoàn thành xuất sắc nhiệm vụ” theo quyết định của Tỉnh ủy.",
            "Đông Mẫu: được xếp loại “hoàn thành tốt nhiệm vụ” theo quyết định của Tỉnh ủy.",
        ]

    def test_a_new_draft_says_how_much_is_in_it(self, project: Path) -> None:
        text = (project / NEXT).read_text(encoding="utf-8").replace("approved: {", "# approved: {")
        write(project, "records/dang-uy-xa-an-mau/plans/2026.yml", text.replace("title: ", "title: Dự thảo "))
        assert section(said(project), "Nội dung thay đổi")[1:] == ["Thêm hồ sơ, với 4 việc."]

    def test_moved_withdrawn_removed(self, project: Path) -> None:
        git(project, "mv", PLAN, "records/dang-uy-xa-an-mau/plans/nam-2024.yml")
        edit(
            project,
            "records/dang-uy-xa-an-mau/plans/nam-2024.yml",
            ("accountable:", "formerly: [dang-uy-xa-an-mau/plans/2024]\naccountable:"),
            ("11 chi bộ", "12 chi bộ"),
        )
        with (project / "records/dang-uy-xa-dong-mau/plans/2025.yml").open("a", encoding="utf-8") as file:
            file.write("withdrawn: {date: 2026-03-10, reason: Lập nhầm.}\n")
        (project / "records/tinh-uy-mau/events/2025-03-18.yml").unlink()
        text = said(project)
        assert "    Chuyển từ chỗ cũ: records/dang-uy-xa-an-mau/plans/2024.yml.\n    Việc 4: sửa nội dung việc, từ “" in text
        assert "    Rút hồ sơ ngày 10/3/2026: Lập nhầm." in text
        assert "    Bỏ hồ sơ." in text
        given = json.loads(said(project, "HEAD", "--format", "json"))
        assert {each["id"].partition("/")[2]: each["what"] for each in given["records"]} == {
            "plans/nam-2024": "moved",
            "plans/2025": "withdrawn",
            "events/2025-03-18": "removed",
        }

    def test_organisations_stand_in_the_order_of_the_alphabet(self, project: Path) -> None:
        for name in ("ubkt-huyen-uy-minh-hoa", "dang-uy-xa-an-mau", "tinh-uy-mau", "dang-uy-xa-dong-mau"):
            with (project / f"records/{name}/organisation.yml").open("a", encoding="utf-8") as file:
                file.write("note: Mới.\n")
        headings = [line.strip() for line in said(project).splitlines() if re.match(r"  \S", line)]
        assert headings == ["Đảng ủy xã An Mẫu", "Đảng ủy xã Đông Mẫu", "Tỉnh ủy Mẫu", "Ủy ban Kiểm tra Huyện ủy Minh Họa"]

    def test_attachments_by_their_content(self, project: Path) -> None:
        folder = "records/dang-uy-xa-an-mau/files"
        for name in ("bo.txt", "sua.txt"):
            write(project, f"{folder}/{name}", "cũ\n")
        commit(project, "2026-03-15T02:00:00+00:00")
        (project / folder / "bo.txt").unlink()
        write(project, f"{folder}/sua.txt", "mới\n")
        write(project, f"{folder}/them.txt", "mới\n")
        assert section(said(project), "Tệp kèm theo") == [f"Bỏ {folder}/bo.txt.", f"Thay nội dung {folder}/sua.txt.", f"Thêm {folder}/them.txt."]

    def test_a_file_that_cannot_be_read_is_named_whichever_side_it_is_on(self, project: Path) -> None:
        write(project, PLAN, "title: [\n")
        write(project, "records/dang-uy-xa-an-mau/plans/Sai Tên.yml", "title: x\n")
        text = said(project)
        assert "    Tệp hồ sơ không đọc được." in text
        assert section(text, "Tệp không đọc được ở bản này") == [PLAN, "records/dang-uy-xa-an-mau/plans/Sai Tên.yml"]
        commit(project, "2026-03-15T02:00:00+00:00")
        text = said(project)
        assert SAME.strip() not in text
        assert section(text, "Tệp không đọc được ở bản trước") == section(text, "Tệp không đọc được ở bản này")
        git(project, "checkout", "--quiet", "HEAD~1", "--", PLAN)
        assert "    Tệp hồ sơ đọc được trở lại." in said(project)

    def test_states_and_numbers_have_their_denominators(self, project: Path) -> None:
        write(
            project,
            "records/ubkt-huyen-uy-minh-hoa/verifications/2026-03.yml",
            "date: 2026-03-12\nby: ubkt-huyen-uy-minh-hoa/roles/uy-vien-1\nmethod: Xem hồ sơ.\nentries:\n"
            "  - {of: dang-uy-xa-an-mau/reviews/2024#F2, check: completion, result: confirmed, text: Đủ.}\n",
        )
        text = said(project)
        assert len(section(text, "Tình trạng thay đổi")) == 1
        numbers = section(text, "Số liệu chung của trang")
        assert any(re.fullmatch(r"Hạn chế đã khắc phục: (\d)/(\d+) \(.+\) → \d/\2 \(.+\)\.", each) for each in numbers), numbers

    def test_problems_are_the_same_where_only_their_lines_are_others(self, project: Path) -> None:
        edit(project, PLAN, ("    owner: dang-uy-xa-an-mau/roles/pho-bi-thu\n    due: 2025-04-30\n", "    due: 2025-04-30\n"))
        commit(project, "2026-03-15T02:00:00+00:00")
        edit(project, PLAN, ("actions:\n", "# Một dòng.\n# Hai dòng.\nactions:\n"))
        assert said(project) == SAME
        edit(project, PLAN, ("    due: 2025-04-30\n", "    owner: dang-uy-xa-an-mau/roles/bi-thu\n    due: 2025-04-30\n"))
        text = said(project)
        assert len(section(text, "Lỗi và việc cần bổ sung đã hết")) == 1
        assert "mới phát sinh" not in text

    def test_what_everybody_may_not_read_is_told_to_members_only(self, project: Path) -> None:
        edit(
            project,
            "records/dang-uy-xa-an-mau/reviews/2025.yml",
            ("self_rating: good", "self_rating: excellent\ncollective: [{finding: dang-uy-xa-an-mau/reviews/2024#F1, text: Chuyện riêng.}]"),
        )
        public = said(project) + said(project, "HEAD", "--format", "markdown")
        assert "Chuyện riêng" not in public
        assert "xuất sắc" not in public
        assert "Sửa phần không đưa lên trang công khai." in public
        edit(project, "records/project.yml", ("audience: public", "audience: members"))
        assert "xuất sắc" not in said(project)
        commit(project, "2026-03-15T02:00:00+00:00")
        edit(project, "records/dang-uy-xa-an-mau/reviews/2025.yml", ("self_rating: excellent", "self_rating: good"))
        assert "hoàn thành xuất sắc nhiệm vụ" in said(project)

    def test_of_a_record_that_is_not_for_everybody_only_whose_it_is(self, project: Path) -> None:
        folder = "records/dang-uy-xa-an-mau"
        write(project, f"{folder}/reviews/rieng.yml", "title: Chuyện riêng\ncycle: tinh-uy-mau/cycles/2025\nof: dang-uy-xa-an-mau/roles/bi-thu\n")
        text = (project / NEXT).read_text(encoding="utf-8")
        write(project, f"{folder}/plans/noi-bo.yml", text.replace("title: ", "access: members\ntitle: Chuyện riêng "))
        write(
            project,
            f"{folder}/plans/rieng.yml",
            text.replace("title: ", "title: Chuyện riêng ").replace("of: [dang-uy-xa-an-mau/reviews/2025]", "of: [dang-uy-xa-an-mau/reviews/rieng]"),
        )
        changes = section(said(project), "Nội dung thay đổi")
        assert changes == ["Hồ sơ không công khai – An Mẫu", "Thêm hồ sơ."]
        commit(project, "2026-03-15T02:00:00+00:00")
        edit(project, f"{folder}/plans/noi-bo.yml", ("direction: ", "direction: Chuyện riêng "), ("due: 2026-02-28", "due: 2026-05-30"))
        text = said(project)
        assert section(text, "Nội dung thay đổi") == ["Hồ sơ không công khai – An Mẫu", "Sửa phần không đưa lên trang công khai."]
        assert "Tình trạng" not in text
        edit(project, "records/project.yml", ("audience: public", "audience: members"))
        commit(project, "2026-03-15T03:00:00+00:00")
        edit(project, f"{folder}/reviews/rieng.yml", ("Chuyện riêng", "Chuyện khác"))
        assert "Sửa tên hồ sơ, từ “Chuyện riêng” thành “Chuyện khác”." in said(project)


class TestRevisions:
    def test_where_the_two_have_parted_the_last_commit_that_they_share_is_the_base(self, project: Path) -> None:
        start = git(project, "rev-parse", "HEAD").strip()
        git(project, "switch", "--quiet", "--create", "thay-doi")
        edit(project, PLAN, ("reporting: quarterly", "reporting: monthly"))
        commit(project, "2026-03-15T02:00:00+00:00")
        git(project, "switch", "--quiet", "main")
        edit(project, NEXT, ("reporting: monthly", "reporting: quarterly"))
        commit(project, "2026-03-15T03:00:00+00:00")
        text = said(project, "main", "thay-doi")
        assert f"lần ghi {start[:12]}, điểm chung gần nhất với main" in text
        assert section(text, "Nội dung thay đổi")[1:] == ["Đổi chế độ báo cáo từ hằng quý sang hằng tháng."]
        git(project, "switch", "--quiet", "thay-doi")
        assert section(said(project, "main"), "Nội dung thay đổi")[1:] == ["Đổi chế độ báo cáo từ hằng quý sang hằng tháng."]

    def test_from_a_newer_commit_to_an_older_one_it_goes_back(self, project: Path) -> None:
        edit(project, PLAN, ("reporting: quarterly", "reporting: monthly"))
        commit(project, "2026-03-15T02:00:00+00:00")
        assert section(said(project, "HEAD", "HEAD~1"), "Nội dung thay đổi")[1:] == ["Đổi chế độ báo cáo từ hằng tháng sang hằng quý."]
        assert said(project, "HEAD", "--", "HEAD") == "Không có tệp hồ sơ nào thay đổi.\n"

    def test_what_git_cannot_give_is_said_in_a_sentence(self, project: Path, tmp_path: Path) -> None:
        assert "khong-co" in tusoi(project, "diff", "khong-co", code=2)
        assert "BASE" in tusoi(project, "diff", code=2)
        edit(project, PLAN, ("reporting: quarterly", "reporting: monthly"))
        commit(project, "2026-03-15T02:00:00+00:00")
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project}", "shallow")
        assert "git fetch --unshallow" in tusoi(tmp_path / "shallow", "diff", "HEAD", code=2)
        git(project, "switch", "--quiet", "--orphan", "khac")
        git(project, "commit", "--quiet", "--allow-empty", "--message=test")
        assert "không có lần ghi nào chung" in tusoi(project, "diff", "main", code=2)

    def test_neither_the_work_tree_nor_the_repository_is_touched(self, project: Path) -> None:
        edit(project, PLAN, ("reporting: quarterly", "reporting: monthly"))
        before = git(project, "status", "--porcelain"), git(project, "rev-parse", "HEAD"), git(project, "worktree", "list")
        said(project, "HEAD", "--format", "json")
        assert (git(project, "status", "--porcelain"), git(project, "rev-parse", "HEAD"), git(project, "worktree", "list")) == before


class TestMarkdown:
    EVIL = '"<img src=x onerror=y> @everyone [x](http://x) `rm` **đậm** | # 1. - $(id) ${{ secrets.X }} <!-- --> &lt; javascript:x"'

    def test_what_records_say_is_only_ever_text(self, project: Path) -> None:
        write(project, f"records/dang-uy-xa-an-mau/plans/{'a' * 8}.yml", "title: [\n")
        edit(project, PLAN, ("title: Kế hoạch khắc phục sau kiểm điểm năm 2024", f"title: {self.EVIL}"), ("product: Sổ giao ban", f"product: {self.EVIL}"))
        ask(project, "lan-1", "2026-02-01", "2026-03-01", f"reason: {self.EVIL}\n")
        text = said(project, "HEAD", "--format", "markdown")
        assert "onerror" in text
        for sign in ("<", ">", "@", "](", "`", "**đậm", "|", "${", "http:", "javascript:"):
            assert sign not in re.sub(r"^\*\*.*\*\*$", lambda found: found[0][2:-2], text, flags=re.MULTILINE), sign

    def test_what_is_too_long_is_cut_at_a_line_and_said_to_be(self) -> None:
        old = sample()
        new = sample()
        for data in new.values():
            data["note"] = "Ghi chú dài. " * 20
        report = DiffReport(compare(side(old), side(new), DAY))
        whole = report.markdown()
        assert "vì quá dài" not in whole
        for largest in (1000, 3000):
            cut = report.markdown(largest)
            assert len(cut.encode()) <= largest
            *kept, _, last = cut.splitlines()
            assert whole.startswith("\n".join(kept))
            left = len([line for line in whole.splitlines()[len(kept) :] if line])
            assert last.startswith(f"Còn {left} dòng không hiện ở đây vì quá dài")


def side(said: Records) -> Side:
    """Give a tree of which nothing was accepted: what its files say is all that counts."""
    empty = Register.of(kinds(), [])
    return Side(Revision("", ""), said, {}, frozenset(), frozenset(), empty, progress.measure(empty, DAY), ())


def assert_lossless(base: Side, head: Side) -> None:
    """Apply the form, as it comes back from JSON, to the base, and find the head."""
    given = json.loads(json.dumps(form(compare(base, head, DAY))))
    made, files = applied(given, base.said, base.files)
    assert made.keys() == head.said.keys()
    assert [name for name in made if not same(made[name], head.said[name])] == []
    assert files == dict(head.files)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(), records())
def test_nothing_is_lost_and_nothing_stays_unsaid(old: Records, new: Records) -> None:
    """The JSON form makes the head of the base, whatever was edited; each record that changed is spoken of, and what is odd in it stops nobody."""
    base, head = side(old), side(new)
    assert_lossless(base, head)
    found = compare(base, head, DAY)
    for lang in ("vi", "en"):
        report = DiffReport(found, lang)
        text = report.text()
        assert (not found.changes) == (text in (SAME, "The content of the records does not change.\n"))
        assert report.markdown()
        about = report.words.lines()
        assert {line.of for line in about} == {change.id for change in found.changes}


def of_commit(repository: Repository, name: str) -> Side:
    """Give what the files of a commit say."""
    with looking_back.files_of(repository, name) as files:
        loaded = load.records(files)
    return replace(side({each.id: each.data for each in loaded.drafts}), files=loaded.attachments, reserved=loaded.reserved)


@pytest.mark.parametrize("of", [[None], [7, "xa/reviews/1"], [{"xa": 1}], [], None, 7])
def test_a_plan_of_which_nobody_can_say_what_it_is_about_stops_nobody(of: object) -> None:
    """It may be about one post: then its words are not for everybody."""
    plan = {"of": of, "direction": "Chuyện của một người.", "actions": []}
    found = compare(side({}), side({"xa/plans/1": plan}), DAY)
    text = DiffReport(found, "vi").text()
    assert text != SAME
    assert not isinstance(of, list) or not of or "Chuyện của một người" not in text


def test_nothing_is_lost_between_versions_that_no_schema_accepts(project: Path) -> None:
    """Schemas change over the years: what an old version says is compared as it is, accepted or not, and what cannot be read is nobody's content."""
    review, answer = project / "records/dang-uy-xa-an-mau/reviews/2024.yml", project / "records/dang-uy-xa-an-mau/answers/2019.yml"
    text = review.read_text(encoding="utf-8")
    versions = [
        text.replace("findings:", "shortcomings:", 1),
        f"{text}status: done\nscore: [1, true, {{a: 2.5}}]\n",
        text.replace("  - id: F1\n", "  - id: F2\n", 1),
        "title: [\n",
        "findings: none\n",
        text,
    ]
    for number, version in enumerate(versions):
        review.write_text(version, encoding="utf-8")
        answer.write_text("of: 7\n", encoding="utf-8") if number % 2 else answer.unlink(missing_ok=True)
        commit(project, f"2026-03-14T2{number % 4}:30:00+00:00")
    with Repository(project) as repository:
        sides = [of_commit(repository, each.id) for each in repository.log(repository.resolve("HEAD"), "records")]
    assert len(sides) == len(versions) + 1
    assert len({json.dumps(each.said, sort_keys=True) for each in sides}) == len(sides)
    for base, head in itertools.permutations(sides, 2):
        assert_lossless(base, head)


def test_nothing_is_lost_between_the_days_of_the_example(tmp_path: Path) -> None:
    """Drafts that are sealed, requests, answers, reports: as the days of two years brought them."""
    tusoi(tmp_path, "example", str(tmp_path / "example"), "--history")
    with Repository(tmp_path / "example") as repository:
        names = [each.id for each in repository.log(repository.resolve("HEAD"), "records")]
        assert len(names) > 100
        sides = [of_commit(repository, name) for name in names[::25]]
    for base, head in itertools.pairwise(sides):
        assert_lossless(base, head)
        assert_lossless(head, base)
