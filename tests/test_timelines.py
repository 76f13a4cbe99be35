"""How a record came to say what it says, on its page: out of real Git repositories."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from conftest import commit, git
from tusoi import flow
from tusoi.page import Page
from tusoi.past import NO_PAST

pytestmark = pytest.mark.build
PLAN = "records/dang-uy-xa-an-mau/plans/2024.yml"
REVIEW = "records/dang-uy-xa-an-mau/reviews/2024.yml"
A1 = "dang-uy-xa-an-mau/plans/2024/A1.html"
PLAN_PAGE, REVIEW_PAGE = (path.removeprefix("records/").replace(".yml", ".html") for path in (PLAN, REVIEW))
FIRST = ("15/3/2026", "Thêm hồ sơ")
DAY = date(2026, 12, 31)
DUE = "    due: 2025-03-31\n"


def edit(project: Path, file: str, old: str, new: str) -> None:
    place = project / file
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(project: Path, file: str, text: str) -> None:
    place = project / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def record(project: Path, day: str, hour: int = 3) -> None:
    commit(project, f"{day}T{hour:02d}:00:00+00:00")


def pages(project: Path, day: date = DAY) -> dict[str, Page]:
    tree = flow.read(project)
    return dict(flow.judge(tree, day, flow.past(tree)).pages())


def section(page: Page) -> str:
    found = re.search(r'<section class="ts-section ts-timeline".*?</section>', page.html, re.DOTALL)
    return found[0] if found else ""


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def told(page: Page) -> list[tuple[str, ...]]:
    """Give each day with what is said of it."""
    found = re.findall(r'<p class="ts-timeline__day">(.*?)</p>\n<ul class="ts-timeline__words">(.*?)</ul>', section(page), re.DOTALL)
    return [(text(day), *(text(each).removesuffix(".") for each in re.findall(r"<li>(.*?)</li>", words, re.DOTALL))) for day, words in found]


def recorded(page: Page) -> list[tuple[str, str]]:
    """Give from the history of a page what was changed in its record: the day and the words."""
    events = re.findall(r'<li class="ts-event">(.*?)</li>\n(?=<li class="ts-event">|</ol>)', page.html, re.DOTALL)
    found = (re.search(r'__when">(.*?)</p>.*?__what">\n<p>(.*?)</p>', each, re.DOTALL) for each in events if "Hồ sơ được sửa" in each)
    return [(text(each[1]), text(each[2])) for each in found if each]


def remarks(page: Page) -> list[str]:
    return [text(each) for each in re.findall(r'<p class="ts-quiet">(.*?)</p>', section(page))]


def test_each_day_is_told_in_words_and_commits_of_one_day_together(project: Path) -> None:
    edit(project, PLAN, DUE, "    due: 2025-06-30\n")
    record(project, "2026-04-01", 2)
    edit(project, PLAN, "reporting: quarterly", "reporting: monthly")
    record(project, "2026-04-01", 9)
    edit(project, PLAN, "direction: Sửa", "direction: Rà lại")
    record(project, "2026-05-02")
    made = pages(project)
    (first, second, third) = told(made[PLAN_PAGE])
    assert first == (*FIRST, "Đã ban hành ngày 10/01/2025 (số 02-KH/ĐU)")
    assert second == ("01/4/2026", "Đổi chế độ báo cáo từ hằng quý sang hằng tháng", "Việc 1: đổi hạn từ 31/3/2025 sang 30/6/2025")
    assert third == ("02/5/2026", "Sửa phương hướng khắc phục")
    assert "Quá trình ghi hồ sơ: 3 ngày có thay đổi, gần nhất ngày 02/5/2026" in text(section(made[PLAN_PAGE]))
    assert "<details" in section(made[PLAN_PAGE])
    assert "data-search-exclude" in section(made[PLAN_PAGE])


def test_what_changes_nothing_is_not_told(project: Path) -> None:
    edit(project, PLAN, "reporting: quarterly", "reporting: 'quarterly'   # chữ này chỉ là ghi chú")
    record(project, "2026-04-01")
    edit(project, PLAN, DUE, "    due: 2025-06-30\n")
    record(project, "2026-04-02", 2)
    edit(project, PLAN, "    due: 2025-06-30\n", DUE)
    record(project, "2026-04-02", 3)
    git(project, "commit", "--quiet", "--allow-empty", "--message=trống", date="2026-04-03T03:00:00+00:00")
    assert [each[0] for each in told(pages(project)[PLAN_PAGE])] == ["15/3/2026"]


def test_the_page_of_a_part_tells_what_changed_in_it_alone_within_its_own_history(project: Path) -> None:
    edit(project, PLAN, "content: Lấy ý kiến các thôn về quy trình.", "content: Lấy ý kiến.")
    edit(project, PLAN, "direction: Sửa", "direction: Rà lại")
    record(project, "2026-04-01")
    made = pages(project)
    assert recorded(made[A1]) == [("01/4/2026", "Việc 1, mốc 1: sửa nội dung mốc")]
    assert recorded(made[A1.replace("A1", "A2")]) == []
    assert not section(made[A1]), "one history is enough"


def test_a_promise_that_was_changed_is_told_once_and_in_the_words_of_promises(project: Path) -> None:
    edit(project, PLAN, DUE, "    due: 2025-06-30\n")
    edit(project, PLAN, "        due: 2025-02-15\n", "        due: 2025-02-20\n")
    edit(project, PLAN, "product: Quyết định ban hành quy trình", "product: Quy trình")
    record(project, "2026-04-01")
    made = pages(project)
    assert recorded(made[A1]) == [("01/4/2026", "Việc 1: sửa sản phẩm")]
    told = text(made[A1].html)
    assert told.count("Hạn trong hồ sơ bị đổi từ 31/3/2025 sang 30/6/2025 ngày 01/4/2026, không qua đề nghị gia hạn. Tính theo hạn đầu.") == 1
    assert "Việc 1, mốc 1: Hạn trong hồ sơ bị đổi từ 15/02/2025 sang 20/02/2025" in told
    assert "đổi hạn từ" not in told


def test_what_came_into_a_plan_in_force_says_so_and_what_was_there_does_not(project: Path) -> None:
    there = (project / PLAN).read_text(encoding="utf-8")
    added = "  - {id: A9, findings: [dang-uy-xa-an-mau/reviews/2024#F1], content: Thêm sau., owner: dang-uy-xa-an-mau/roles/bi-thu, due: 2026-12-31}\n"
    add(project, PLAN, there.replace("approved:", f"{added}approved:", 1))
    record(project, "2026-04-01")
    made = pages(project)
    ((day, words),) = recorded(made[A1.replace("A1", "A9")])
    assert (day, words.startswith("Thêm việc")) == ("01/4/2026", True)
    assert recorded(made[A1]) == []


def test_a_version_that_cannot_be_read_is_told_plainly_and_nothing_is_lost(project: Path) -> None:
    whole = (project / PLAN).read_text(encoding="utf-8")
    add(project, PLAN, whole + "sai: [\n")
    record(project, "2026-04-01")
    add(project, PLAN, whole.replace(DUE, "    due: 2025-06-30\n"))
    record(project, "2026-04-02")
    made = pages(project)
    change = "Việc 1: đổi hạn từ 31/3/2025 sang 30/6/2025"
    assert told(made[PLAN_PAGE])[1:] == [("01/4/2026", "Tệp hồ sơ không đọc được"), ("02/4/2026", "Tệp hồ sơ đọc được trở lại", change)]


def test_a_record_that_moved_goes_on_with_what_it_was(project: Path) -> None:
    new = "records/dang-uy-xa-an-mau/reviews/2024-tap-the.yml"
    git(project, "mv", REVIEW, new)
    add(project, new, (project / new).read_text(encoding="utf-8") + "formerly: [dang-uy-xa-an-mau/reviews/2024]\n")
    record(project, "2026-04-01")
    made = pages(project)
    page = made["dang-uy-xa-an-mau/reviews/2024-tap-the.html"]
    assert [each[0] for each in told(page)] == ["15/3/2026", "01/4/2026"]
    assert told(page)[1][1:] == ("Chuyển từ chỗ khác sang",)
    assert recorded(made["dang-uy-xa-an-mau/reviews/2024-tap-the/F1.html"]) == []


def test_what_was_taken_away_and_put_back_is_told_so(project: Path) -> None:
    whole = (project / PLAN).read_text(encoding="utf-8")
    (project / PLAN).unlink()
    record(project, "2026-04-01")
    add(project, PLAN, whole)
    record(project, "2026-04-02")
    made = pages(project)
    assert [each[:2] for each in told(made[PLAN_PAGE])] == [FIRST, ("01/4/2026", "Bỏ hồ sơ"), ("02/4/2026", "Thêm hồ sơ")]
    assert recorded(made[A1]) == []


def test_a_withdrawal_is_told(project: Path) -> None:
    text_of = (project / PLAN).read_text(encoding="utf-8")
    add(project, PLAN, text_of + "withdrawn: {date: 2026-04-01, by: dang-uy-xa-an-mau/roles/bi-thu, reason: Ghi nhầm.}\n")
    record(project, "2026-06-01")
    page = pages(project)[PLAN_PAGE]
    assert told(page)[1] == ("01/6/2026", "Rút hồ sơ ngày 01/4/2026")
    assert "Rút hồ sơ ngày 01/4/2026: ghi vào hệ thống sau 61 ngày." in remarks(page)


def test_dates_that_were_recorded_late_stand_in_sight_in_neutral_words(project: Path) -> None:
    made = pages(project)
    assert remarks(made[PLAN_PAGE]) == ["Ban hành ngày 10/01/2025: ghi vào hệ thống sau 429 ngày."]
    report = made["dang-uy-xa-an-mau/progress/2026-02.html"]
    assert remarks(report) == []
    for owner in ("common", "dang-uy-xa-an-mau"):
        add(project, f"records/{owner}/documents/a.yml", "title: Hướng dẫn\nnumber: 1-HD\ndated: 2019\n")
    record(project, "2026-04-01")
    later = pages(project)
    assert remarks(later["dang-uy-xa-an-mau/documents/a.html"]) == ["Văn bản năm 2019: ghi vào hệ thống sau ít nhất 2.283 ngày."]
    assert remarks(later["common/documents/a.html"]) == []
    assert remarks(made[A1]) == []


def test_what_a_source_tells_is_recorded_from_a_source_and_never_late(project: Path) -> None:
    add(project, "records/common/sources/bao.yml", "title: Bài báo\npublisher: Báo\nshown_on: 2020-01-01\nconfidence: high\n")
    add(
        project,
        "records/dang-uy-xa-an-mau/plans/2019.yml",
        "title: Kế hoạch cũ\nof: [dang-uy-xa-an-mau/reviews/2024]\ntold_by: [common/sources/bao]\n"
        "missing: [accountable, direction, actions]\napproved: {date: 2019}\n",
    )
    record(project, "2026-04-01")
    page = pages(project)["dang-uy-xa-an-mau/plans/2019.html"]
    assert told(page)[0][:2] == ("01/4/2026", "Ghi lại theo nguồn")
    assert remarks(page) == ["Ghi lại theo nguồn."]


def test_nothing_recorded_or_dated_after_the_day_is_told(project: Path) -> None:
    edit(project, PLAN, DUE, "    due: 2025-06-30\n")
    (project / PLAN).write_text((project / PLAN).read_text(encoding="utf-8") + "ended: {date: 2026-05-01, reason: Xong.}\n", encoding="utf-8")
    record(project, "2026-04-01")
    assert [each[0] for each in told(pages(project, date(2026, 3, 31))[PLAN_PAGE])] == ["15/3/2026"]
    assert told(pages(project, date(2026, 4, 30))[PLAN_PAGE])[1] == ("01/4/2026", "Việc 1: đổi hạn từ 31/3/2025 sang 30/6/2025")
    assert "Đã kết thúc ngày 01/5/2026" in told(pages(project, date(2026, 5, 1))[PLAN_PAGE])[1]


def test_no_page_names_who_recorded_it_or_when_of_the_day_and_a_host_is_linked_only_where_it_is_known(project: Path) -> None:
    head = git(project, "rev-parse", "HEAD").strip()
    for path, page in pages(project).items():
        assert not re.search(r"test@example\.org|\d\d:\d\d", page.html), path
        assert head not in page.html, path
    with (project / "records/project.yml").open("a", encoding="utf-8") as stream:
        stream.write("source_host: {kind: gitlab, url: https://gitlab.example.org/a/b, branch: main}\n")
    made = pages(project)
    assert f'<a href="https://gitlab.example.org/a/b/-/commit/{head}" rel="noopener">15/3/2026</a>' in made[PLAN_PAGE].html


def test_a_day_of_several_commits_leads_nowhere(project: Path) -> None:
    with (project / "records/project.yml").open("a", encoding="utf-8") as stream:
        stream.write("source_host: {kind: github, url: https://github.com/a/b, branch: main}\n")
    edit(project, PLAN, DUE, "    due: 2025-06-30\n")
    record(project, "2026-04-01", 2)
    edit(project, PLAN, "reporting: quarterly", "reporting: monthly")
    record(project, "2026-04-01", 3)
    assert section(pages(project)[PLAN_PAGE]).count("/commit/") == 1


def test_what_was_taken_out_of_a_text_does_not_come_back_on_the_page(project: Path) -> None:
    whole = (project / PLAN).read_text(encoding="utf-8")
    add(project, PLAN, whole.replace("direction: Sửa", "direction: Gọi ông Nguyễn Văn Giấu 0912 345 678. Sửa"))
    record(project, "2026-04-01")
    add(project, PLAN, whole)
    record(project, "2026-04-02")
    made = pages(project)
    assert [each[1:] for each in told(made[PLAN_PAGE])[1:]] == [("Sửa phương hướng khắc phục",)] * 2
    assert not [path for path, page in made.items() if "Giấu" in page.html or "0912" in page.html]


def test_what_is_for_members_only_is_not_told_on_a_site_for_everybody(project: Path) -> None:
    post = "      - {who: dang-uy-xa-an-mau/roles/pho-bi-thu, share: shared, portion: một nửa}\n"
    edit(project, REVIEW, "    responsible:\n", f"    responsible:\n{post}")
    record(project, "2026-04-01")
    edit(project, REVIEW, post, "")
    record(project, "2026-04-02")
    page = pages(project)["dang-uy-xa-an-mau/reviews/2024/F1.html"]
    assert [words for _, words in recorded(page)] == ["Sửa phần không đưa lên trang công khai"] * 2
    edit(project, "records/project.yml", "audience: public", "audience: members")
    page = pages(project)["dang-uy-xa-an-mau/reviews/2024/F1.html"]
    assert recorded(page)[0][1] == "Hạn chế 1: thêm 1 mục vào trách nhiệm"


def test_a_merge_is_told_once_with_the_day_that_brought_it(project: Path) -> None:
    git(project, "checkout", "--quiet", "-b", "ben")
    edit(project, PLAN, DUE, "    due: 2025-06-30\n")
    record(project, "2026-04-01")
    git(project, "checkout", "--quiet", "main")
    edit(project, REVIEW, "title:", "title: Sửa –")
    record(project, "2026-04-02")
    git(project, "merge", "--quiet", "--no-edit", "ben", date="2026-04-05T03:00:00+00:00")
    assert [each[0] for each in told(pages(project)[PLAN_PAGE])] == ["15/3/2026", "05/4/2026"]


def test_without_history_nothing_is_said(project: Path) -> None:
    assert not [path for path, page in flow.judge(flow.read(project), DAY, NO_PAST).pages().items() if "ts-timeline" in page.html]
