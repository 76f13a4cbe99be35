"""The first page: what it says first, what its numbers count, which stories are in sight, and how an organisation is found."""

from __future__ import annotations

import csv
import functools
import gzip
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from conftest import commit
from registers import Data, judged, register
from tusoi import asof, flow, page
from tusoi.record import Register
from tusoi.standings import ActionStanding
from tusoi.titles import Titles
from tusoi.views import choices, coming_dates, deadlines, home, latest_changes, pressing, stories
from tusoi.views.world import World, site_of

DAY = date(2026, 3, 15)
EXAMPLE = Path(flow.HERE) / "example"
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
SOURCE: dict[str, Data] = {"common/sources/bao": {"title": "Một bài báo", "publisher": "Báo Thử", "shown_on": 2020, "confidence": "low"}}
TOLD: Data = {"told_by": ["common/sources/bao"]}


def world(*parts: Mapping[str, Data], day: date = DAY) -> World:
    """Give what views look at, of records made by hand."""
    records = asof.at(register({"project": PROJECT}, *parts), day)
    return World(records, judged(records, day), (), site_of(records, day), Titles(records, frozenset({"finding", "action", "issue"})))


def first_page(*parts: Mapping[str, Data], project: Data | None = None, day: date = DAY) -> str:
    records: Register = asof.at(register({"project": PROJECT | (project or {})}, *parts), day)
    return page.render(records, judged(records, day))["index.html"].html


def body(name: str, **more: object) -> Data:
    return {"name": name, "type": "party_committee", **more}


def promise(folder: str, *dues: str, **more: object) -> dict[str, Data]:
    """One organisation with a review, and a plan with an action for each date."""
    name = f"Đảng ủy xã {folder.capitalize()}"
    actions = [
        {"id": f"A{number}", "findings": [f"{folder}/reviews/2025#F1"], "content": f"Việc {number} của {name}", "owner": f"{folder}/roles/bt", "due": due}
        for number, due in enumerate(dues, 1)
    ]
    review: Data = {"title": "Kiểm điểm", "findings": [{"id": "F1", "statement": f"Hạn chế của {name}"}], "concluded": {"date": "2025-12-12"}}
    plan: Data = {"title": f"Kế hoạch của {name}", "of": [f"{folder}/reviews/2025"], "actions": actions, "approved": {"date": "2026-01-05"}, **more}
    return {folder: body(name), f"{folder}/roles/bt": {"name": "Bí thư", "rank": "head"}, f"{folder}/reviews/2025": review, f"{folder}/plans/2025": plan}


def story(folder: str, number: int) -> dict[str, Data]:
    """One organisation of which a source tells so many shortcomings."""
    findings = [{"id": f"F{each}", "statement": f"Chuyện {each} của {folder}"} for each in range(1, number + 1)]
    return {folder: body(f"Đảng ủy xã {folder.capitalize()}") | TOLD, f"{folder}/reviews/2020": {"title": "Chuyện", "findings": findings} | TOLD}


@functools.cache
def example() -> str:
    return flow.judge(flow.read(EXAMPLE), DAY).pages()["index.html"].html


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def section(html: str, anchor: str) -> str:
    found = re.search(rf'<section [^>]*aria-labelledby="{anchor}">.*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def sections(html: str) -> list[str]:
    return re.findall(r'<section [^>]*aria-labelledby="([^"]+)"', html)


class TestTheOrder:
    def test_it_begins_with_the_day_and_goes_on_as_readers_ask(self) -> None:
        own = ["da-hua", "don-vi", "nam-truoc", "han", "goi-y", "xep-loai", "moi-nhat", "cau-chuyen", "gop-y", "cach-doc"]
        assert sections(example()) == own
        assert text(example().split("</h1>")[1]).startswith("Số liệu tính đến ngày 15/3/2026.")

    def test_each_section_leads_on_and_says_its_main_thing_in_one_sentence(self) -> None:
        leads = {anchor: text(re.findall(r'<p class="ts-lead">(.*?)</p>', section(example(), anchor))[0]) for anchor in ("da-hua", "nam-truoc", "han", "goi-y")}
        assert all(re.search(r"\d", lead) and len(lead) < 140 for lead in leads.values()), leads
        assert [anchor for anchor in sections(example())[:7] if 'class="ts-onward"' not in section(example(), anchor)] == []

    def test_where_no_address_for_comments_is_stated_none_is_invented(self) -> None:
        assert "Đến: hòm thư góp ý" in text(section(example(), "gop-y"))
        html = first_page(promise("an", "2026-04-01"))
        assert "gop-y" not in sections(html)
        assert "góp ý?" not in html

    def test_a_site_of_stories_begins_with_them_and_shows_no_zeros(self) -> None:
        html = first_page(SOURCE, story("an", 1), {"an/plans/2020": {"title": "Hứa", "of": ["an/reviews/2020"], "actions": []} | TOLD})
        assert sections(html) == ["cau-chuyen", "don-vi", "cach-doc"]
        assert "Câu chuyện lấy từ bài báo; không phải hồ sơ của đơn vị." in text(html)
        assert not re.search(r"\b0\s*/|Quá hạn", text(section(html, "cau-chuyen")))

    def test_an_empty_project_says_that_it_was_just_set_up(self) -> None:
        html = first_page()
        assert sections(html) == ["bat-dau", "cach-doc"]
        assert "Chưa có hồ sơ nào được công bố ở đây." in text(html)
        assert not re.search(r"\b0\s*/", text(html))

    def test_the_other_languages_of_the_site_are_a_click_away(self) -> None:
        records = asof.at(register({"project": PROJECT | {"languages": ["vi", "en"]}}, promise("an", "2026-04-01")), DAY)
        made = page.render(records, judged(records, DAY))
        assert re.search(r'<a href="en/index.html" lang="en" hreflang="en">English</a>', section(made["index.html"].html, "cach-doc"))
        assert re.search(r'<a href="../index.html" lang="vi" hreflang="vi">Tiếng Việt</a>', section(made["en/index.html"].html, "cach-doc"))


class TestWhatWasPromised:
    def test_the_numbers_are_those_of_the_records_and_add_up(self) -> None:
        shown = section(example(), "da-hua")
        keys = [(int(count), int(total)) for count, total in re.findall(r'ts-key__number">.*?<strong>(\d+)</strong><span class="ts-key__of">/(\d+)<', shown)]
        rest = [int(each) for each in re.findall(r'ts-counts__number"><strong>(\d+)</strong>', shown)]
        counted = Counter(each.standing for each in flow.judge(flow.read(EXAMPLE), DAY).facts.counted_actions())
        four = (ActionStanding.DONE, ActionStanding.CLAIMED, ActionStanding.MOVING, ActionStanding.OVERDUE)
        assert [count for count, _ in keys] == [counted[each] for each in four]
        assert {total for _, total in keys} == {counted.total()}
        assert sum(count for count, _ in keys) + sum(rest) == counted.total() > 0
        assert f"{counted[ActionStanding.OVERDUE]}/{counted.total()} việc đã hứa đang quá hạn" in text(section(example(), "han"))

    def test_what_is_late_is_late_though_nobody_reported_on_it(self) -> None:
        found = home.home.make(world(promise("an", "2026-02-01", "2026-05-01"))).promises
        assert {part.label.words: part.count for part in (*found.keys, *found.rest) if part.count} == {"Quá hạn, chưa xong": 1, "Chưa đến kỳ thực hiện": 1}

    def test_what_owes_a_report_or_is_blocked_is_not_called_early(self) -> None:
        weekly = promise("an", "2026-05-01", reporting="weekly")
        blocked: Data = {"of": "ba/plans/2025", "date": "2026-03-10", "entries": [{"action": "A1", "state": "blocked", "obstacle": "Chờ mẫu."}]}
        found = home.home.make(world(weekly, promise("ba", "2026-05-01"), {"ba/progress/1": blocked})).promises
        assert [part.label.words for part in found.rest] == ["Đang vướng, chưa làm được", "Quá kỳ báo cáo, chưa có báo cáo nào"]

    def test_the_bar_has_a_piece_for_each_state_and_is_whole(self) -> None:
        segments = home.home.make(world(promise("an", "2026-02-01", "2026-05-01", "2026-06-01"))).promises.bar
        assert [(each.start, each.width) for each in segments] == [("0.000", "33.333"), ("33.333", "66.667")]
        assert [each.middle for each in segments] == ["16.667", "66.667"]


class TestDates:
    def test_a_few_are_told_in_words_and_organisations_stand_a_to_z(self) -> None:
        found = pressing.dates_of(world(promise("ba", "2026-01-10"), promise("an", "2026-03-13", "2026-03-14", "2026-03-20"), promise("đa", "2026-01-20")))
        late = ["Việc 1 của Đảng ủy xã An", "Việc 2 của Đảng ủy xã An", "Việc 1 của Đảng ủy xã Ba", "Việc 1 của Đảng ủy xã Đa"]
        assert [line.content for line in found.late.lines] == late
        assert [line.chip.words for line in found.soon.lines if line.chip] == ["Còn 5 ngày"]
        assert (found.late.actions, found.soon.actions, found.own) == (4, 1, 5)

    def test_what_the_calendar_brings_is_no_promised_action_and_stands_apart(self) -> None:
        """As many as the board has rows of it."""

        def reported(folder: str, *dues: str) -> dict[str, Data]:
            told: Data = {"of": f"{folder}/plans/2025", "date": "2026-03-02", "entries": [{"action": "A1", "state": "in_progress"}]}
            return promise(folder, *dues, reporting="monthly") | {f"{folder}/progress/1": told}

        found = pressing.dates_of(world(reported("an", "2026-03-20", "2026-05-01"), reported("ba", "2026-05-01")))
        assert (found.soon.actions, found.soon.calendar) == (1, 2)
        assert [line.content for line in found.soon.lines] == ["Việc 1 của Đảng ủy xã An"]
        rows = deadlines.due_soon.make(world(reported("an", "2026-03-20", "2026-05-01")))
        assert [row.nature for group in rows.groups for row in group.rows] == [deadlines.ACTION, coming_dates.REPORT]
        assert {coming_dates.REPORT, coming_dates.YEARLY, coming_dates.STEP} == set(coming_dates.NATURES)
        pages = flow.judge(flow.read(EXAMPLE), DAY).pages()
        lines = list(csv.reader(io.StringIO(pages["bang/den-han.html"].beside["bang/den-han.csv"].removeprefix("\ufeff"))))[1:]
        brought = [line[1] for line in lines if line[2] in coming_dates.NATURES]
        assert len(brought) > len(set(brought)) > 0, "a step that several organisations take has a row for each"
        assert f"Theo lịch còn {len(brought)} mục đến hạn trong 30 ngày tới" in text(section(example(), "han"))

    def test_what_the_days_count_is_said_apart_where_it_is_a_step_of_an_action_still_in_time(self) -> None:
        records = promise("an", "2026-06-01")
        records["an/plans/2025"]["actions"][0]["milestones"] = [{"id": "M1", "content": "Mốc đầu", "due": "2026-03-01"}]
        found = pressing.dates_of(world(records))
        assert (found.late.actions, found.late.steps, [line.content for line in found.late.lines]) == (0, 1, ["Mốc đầu"])

    def test_many_are_numbers_that_lead_to_the_rows_of_the_organisation(self) -> None:
        html = first_page(promise("an", *["2026-02-01"] * 4), promise("ba", *["2026-02-02"] * 2), promise("ca", "2026-02-03"))
        late = section(html, "han")
        assert re.findall(r'href="(bang/qua-han.html\?don-vi=[^"]+)">(.*?)</a></li>', late) == [
            ("bang/qua-han.html?don-vi=%C4%90%E1%BA%A3ng%20%E1%BB%A7y%20x%C3%A3%20An", "Đảng ủy xã An: <strong>4 mục</strong>"),
            ("bang/qua-han.html?don-vi=%C4%90%E1%BA%A3ng%20%E1%BB%A7y%20x%C3%A3%20Ba", "Đảng ủy xã Ba: <strong>2 mục</strong>"),
        ]
        assert "Việc 1 của Đảng ủy xã Ca" in text(late)
        assert "Việc 1 của Đảng ủy xã An" not in text(late)


class TestWhatWasPointedOut:
    def test_points_without_an_answer_are_named_where_they_are_few(self) -> None:
        issues = [{"id": f"I{number}", "statement": f"Điều {number}"} for number in range(1, 4)]
        asked: Data = {"title": "Gợi ý", "to": ["an"], "issues": issues, "issued": {"date": "2025-11-01"}}
        few = home.home.make(world(promise("an", "2026-05-01"), {"huyen": body("Huyện ủy"), "huyen/suggestions/1": asked})).pointed
        assert (few.answered, few.points, [each.statement for each in few.waiting]) == (0, 3, ["Điều 1", "Điều 2", "Điều 3"])
        more = {**asked, "issues": [*issues, {"id": "I4", "statement": "Điều 4"}]}
        many = home.home.make(world(promise("an", "2026-05-01"), {"huyen": body("Huyện ủy"), "huyen/suggestions/1": more})).pointed
        assert (many.points, many.waiting) == (4, ())


class TestLatestChanges:
    def test_without_a_history_the_last_dated_steps_are_told(self) -> None:
        records = promise("an", "2026-05-01") | {
            "an/progress/1": {"of": "an/plans/2025", "date": "2026-03-10", "entries": []},
            "an/progress/2": {"of": "an/plans/2025", "date": "2026-03-20", "entries": []},
            "an/events/1": {"title": "Hội nghị", "nature": "training", "date": "2026-02"},
            "huyen": body("Huyện ủy") | TOLD,
            "huyen/reviews/2025": {"title": "Chuyện", "concluded": {"date": "2026-03-11"}} | TOLD,
        }
        found = latest_changes.latest_changes(world(SOURCE, records))
        assert [(each.day, each.ref, each.words) for each in found] == [
            ("10/3/2026", "an/progress/1", "Báo cáo tiến độ"),
            ("05/01/2026", "an/plans/2025", "Ban hành"),
            ("12/12/2025", "an/reviews/2025", "Kết luận"),
        ]

    def test_nothing_is_told_of_the_review_of_a_single_post_and_of_what_follows_it(self) -> None:
        records = promise("an", "2026-05-01")
        records["an/reviews/2025"]["of"] = "an/roles/bt"
        records["an/progress/1"] = {"of": "an/plans/2025", "date": "2026-03-10", "entries": []}
        assert latest_changes.latest_changes(world(records)) == ()

    @pytest.mark.build
    def test_where_the_history_is_known_what_was_recorded_last_is_told(self, project: Path) -> None:
        plan = project / "records/dang-uy-xa-an-mau/plans/2024.yml"
        plan.write_text(plan.read_text(encoding="utf-8").replace("direction: Sửa", "direction: Rà lại", 1), encoding="utf-8")
        report = "of: dang-uy-xa-an-mau/plans/2024\ndate: 2026-03-20\nby: dang-uy-xa-an-mau/roles/bi-thu\n"
        commit(project, "2026-04-01T03:00:00+00:00")
        (project / "records/dang-uy-xa-an-mau/progress/2026-03-20.yml").write_text(
            report + "entries:\n  - {action: A3, state: completed, text: Xong.}\n", encoding="utf-8"
        )
        commit(project, "2026-04-02T03:00:00+00:00")
        tree = flow.read(project)
        html = section(flow.judge(tree, date(2026, 12, 31), flow.past(tree)).pages()["index.html"].html, "moi-nhat")
        lines = [text(each) for each in re.findall(r"<li>(<p class=\"ts-quiet\">.*?)</li>", html, re.DOTALL)]
        assert len(lines) == 3
        assert lines[0].startswith("02/4/2026 · Đảng ủy xã An Mẫu")
        assert lines[0].endswith("Hồ sơ mới: báo cáo tiến độ")
        assert lines[1].startswith("01/4/2026 · Đảng ủy xã An Mẫu Kế hoạch khắc phục sau kiểm điểm năm 2024")
        assert "Rà lại" in lines[1] or "hướng" in lines[1].lower()


class TestStories:
    def test_five_stand_in_sight_each_organisation_in_turn_and_none_is_ranked(self) -> None:
        found = stories.stories_of(world(SOURCE, story("ca", 3), story("an", 4), story("ba", 1)))
        assert [each.title for each in found.shown] == ["Chuyện 1 của an", "Chuyện 2 của an", "Chuyện 1 của ba", "Chuyện 1 của ca", "Chuyện 2 của ca"]
        assert [each.title for each in found.folded] == ["Chuyện 3 của an", "Chuyện 4 của an", "Chuyện 3 của ca"]

    def test_of_the_real_records_the_others_open_on_demand(self, built: Callable[[str], Path]) -> None:
        html = (built("real") / "index.html").read_text(encoding="utf-8")
        shown = section(html, "cau-chuyen")
        seen, folded = shown.split("<details")
        assert seen.count('class="ts-card ts-story') == 5
        assert folded.count('class="ts-card ts-story') == 2
        assert "Xem thêm 2 chuyện" in text(folded)

    def test_a_story_says_what_was_wrong_who_checked_what_was_done_and_what_came_of_it(self) -> None:
        records = story("an", 1)
        records["an/reviews/2020"]["findings"][0] |= {"remedy": "Đã làm lại sổ.", "outcome": "Theo bài báo, sổ đã đủ."}
        told = text(section(first_page(SOURCE, records, {"an/plans/1": {"title": "Hứa", "actions": []} | TOLD}), "cau-chuyen"))
        pieces = ["Đảng ủy xã An", "Chuyện 1 của an", "Nguồn không nêu ai xác nhận.", "Đã làm Đã làm lại sổ.", "Kết quả Theo bài báo, sổ đã đủ."]
        places = [told.find(each) for each in pieces]
        assert -1 not in places
        assert places == sorted(places)

    def test_what_else_is_told_of_a_place_is_folded_below(self) -> None:
        other: dict[str, Data] = {"huyen": body("Huyện ủy") | TOLD, "huyen/cycles/2020": {"name": "Kỳ năm 2020", "kind": "annual"} | TOLD}
        html = first_page(SOURCE, story("an", 1), other)
        assert "Kỳ năm 2020" not in text(section(html, "cau-chuyen"))
        assert "Kỳ năm 2020" in text(section(html, "ho-so-khac").split("<details")[1])

    def test_what_an_article_does_not_say_was_done_is_not_stated_by_the_source(self) -> None:
        told = text(section(first_page(SOURCE, story("an", 1), {"an/plans/1": {"title": "Hứa", "actions": []} | TOLD}), "cau-chuyen"))
        assert "Đã làm Nguồn không nêu" in told


MERGED: dict[str, Data] = {
    "cu": body("Đảng ủy xã Cũ", to="2025-06-30"),
    "moi": body("Đảng ủy xã Mới", short_name="Thành Tân", lineage=[{"of": "cu", "how": "merged", "date": "2025-07-01"}], **{"from": "2025-07-01"}),
    "tan": body("Đảng ủy xã Tan", to="2025-06-30"),
    "dau": body("Đảng ủy xã Đầu", to="2024-12-31"),
    "cu-b": body("Đảng ủy xã Dở", lineage=[{"of": "dau", "how": "renamed", "date": "2025-01-01"}], **{"from": "2025-01-01", "to": "2025-06-30"}),
}
MERGED["moi"]["lineage"].append({"of": "cu-b", "how": "merged", "date": "2025-07-01"})


class TestMyOrganisation:
    def test_a_name_of_before_leads_to_who_answers_now_however_many_steps_away(self) -> None:
        found = {each.name: each for each in choices.choices.make(world(MERGED)).names}
        assert [(found[name].how, found[name].now) for name in ("Đảng ủy xã Cũ", "Đảng ủy xã Đầu")] == [("merged", ("moi",)), ("renamed", ("moi",))]
        assert found["Đảng ủy xã Mới"].short == "Thành Tân"
        assert found["Đảng ủy xã Tan"].ended == "ngày 30/6/2025"
        assert list(found) == ["Đảng ủy xã Cũ", "Đảng ủy xã Dở", "Đảng ủy xã Đầu", "Đảng ủy xã Mới", "Đảng ủy xã Tan"]
        assert choices.choices.make(world(MERGED)).number == 1

    def test_who_promised_something_stands_in_sight_as_long_as_they_are_few(self) -> None:
        others = {f"x{number:02}": body(f"Chi bộ {number:02}") for number in range(12)}
        found = choices.choices.make(world(others, promise("an", "2026-05-01"), promise("ba", "2026-05-01")))
        assert ([each.ref for each in found.first], found.are_few) == (["an", "ba"], False)
        many = [promise(f"b{letter}", "2026-05-01") for letter in "abcdefghiklmn"]
        assert choices.choices.make(world(*many)).first == ()
        few = choices.choices.make(world(promise("an", "2026-05-01")))
        assert (few.first, few.are_few) == ((), True)

    def test_it_says_in_a_sentence_what_became_of_it(self) -> None:
        html = section(first_page(MERGED, promise("an", "2026-05-01")), "don-vi")
        assert 'Đảng ủy xã Cũ đã sáp nhập ngày 01/7/2025, nay là <a href="moi.html">Đảng ủy xã Mới</a>' in html
        assert 'Đảng ủy xã Đầu đã đổi tên ngày 01/01/2025, nay là <a href="moi.html">Đảng ủy xã Mới</a>' in html
        assert '<a href="tan.html">Đảng ủy xã Tan</a>, hoạt động đến hết ngày 30/6/2025' in html
        assert 'data-also="Thành Tân"' in html


@pytest.fixture(scope="module")
def field(browser: Any, served: Callable[[str], str]) -> Iterator[Any]:
    """Open the first page of the example on a telephone."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    opened = context.new_page()
    opened.goto(f"{served('example')}index.html")
    yield opened
    context.close()


def found_by(opened: Any, typed: str) -> list[str]:
    opened.get_by_label("Gõ tên đơn vị").fill(typed)
    return [str(each) for each in opened.locator(".ts-bodies__found > li").all_inner_texts()]


class TestTheField:
    @pytest.mark.parametrize("typed", ["Bình Mẫu", "binh mau", "BÌNH MẪU", unicodedata.normalize("NFD", "bình mẫu"), "mau binh", "  bin  mâ "])
    def test_it_finds_a_name_with_and_without_marks(self, field: Any, typed: str) -> None:
        assert "Đảng ủy xã Bình Mẫu đã sáp nhập ngày 01/7/2025, nay là Đảng ủy xã Bình Cát" in found_by(field, typed)

    def test_it_tells_how_many_and_what_to_do_where_there_are_none_or_many(self, field: Any) -> None:
        status = field.locator(".ts-bodies [role=status]")
        assert len(found_by(field, "dang uy xa dong")) == 1
        assert status.inner_text() == "1 đơn vị"
        assert found_by(field, "không có") == []
        assert status.inner_text().startswith("Không có đơn vị nào tên như vậy")
        assert len(found_by(field, "mau")) == 8
        assert "gõ thêm chữ" in status.inner_text()
        assert found_by(field, " ") == []
        assert status.inner_text() == ""

    def test_keys_alone_lead_to_the_page(self, field: Any) -> None:
        assert len(found_by(field, "giang")) == 1
        field.get_by_label("Gõ tên đơn vị").focus()
        field.keyboard.press("ArrowDown")
        assert field.evaluate("document.activeElement.textContent") == "Đảng ủy xã Giang Mẫu"
        field.keyboard.press("ArrowUp")
        assert field.evaluate("document.activeElement.tagName") == "INPUT"
        field.keyboard.press("ArrowDown")
        field.keyboard.press("Escape")
        assert field.evaluate("document.activeElement.value") == ""
        field.keyboard.type("an mau, dang uy")
        field.keyboard.press("Enter")
        field.wait_for_url("**/dang-uy-xa-an-mau.html")
        field.go_back()

    def test_without_scripts_the_list_from_a_to_z_is_there_and_no_dead_field(self, browser: Any, served: Callable[[str], str]) -> None:
        context = browser.new_context(java_script_enabled=False)
        opened = context.new_page()
        opened.goto(f"{served('example')}index.html")
        assert not opened.get_by_label("Gõ tên đơn vị").is_visible()
        opened.get_by_text("Tất cả 17 đơn vị, từ A đến Z").click()
        opened.get_by_role("link", name="Đảng ủy xã Giang Mẫu").first.click()
        assert opened.title().startswith("Đảng ủy xã Giang Mẫu")
        context.close()

    def test_a_number_of_late_actions_leads_to_the_rows_of_that_organisation(self, field: Any) -> None:
        field.locator("#qua-han + ul").get_by_role("link", name="Đảng ủy xã Giang Mẫu: 5 mục").click()
        field.wait_for_url("**/bang/qua-han.html?*")
        groups = field.locator("[data-ts-board='qua-han'] [data-group]:not([hidden])")
        assert groups.evaluate_all("all => all.map((each) => each.dataset.group)") == ["Đảng ủy xã Giang Mẫu"]
        field.go_back()


@pytest.mark.parametrize("name", ["example", "real"])
def test_the_first_page_is_small(name: str, built: Callable[[str], Path]) -> None:
    """What a telephone on a slow line waits for: the page as it goes over the wire."""
    assert len(gzip.compress((built(name) / "index.html").read_bytes(), 6)) < 14_000
