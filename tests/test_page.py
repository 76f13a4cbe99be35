"""Record pages: text stays text, small counts stay untold, stories never accuse, and the same records give the same bytes."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cases import SAMPLE
from registers import Data, register
from tusoi import asof, editing, flow, labels, page, progress, telling
from tusoi.facts import FindingState
from tusoi.page import Page
from tusoi.record import Register
from tusoi.titles import Titles

DAY = date(2026, 3, 15)
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
NASTY = "<script>alert(1)</script> {{ 7*7919 }} {% raw %} \" onclick='x' & <b>đậm</b> --8<-- mkdocs.yml"
SOURCE: Data = {"title": "Một bài báo", "publisher": "Báo Mẫu", "shown_on": "2022-07-04", "confidence": "low"}


class Reader(HTMLParser):
    """Collects the elements, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def made(*parts: Mapping[str, Data], overrides: Mapping[str, str] | None = None) -> Mapping[str, Page]:
    return rendered(register({"project": PROJECT}, *parts), overrides)


def rendered(records: Register, overrides: Mapping[str, str] | None = None) -> Mapping[str, Page]:
    there = asof.at(records, DAY)
    return page.render(there, progress.measure(there, DAY), overrides=overrides)


@functools.cache
def sample() -> Mapping[str, Page]:
    return flow.judge(flow.read(SAMPLE), DAY).pages()


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def commune(statement: str = "Hồ sơ trả chậm.", **finding: Any) -> dict[str, Data]:
    """One organisation with a concluded review of one finding, and a plan of one action."""
    return {
        "xa": {"name": "Đảng ủy xã Thử", "type": "party_committee"},
        "xa/roles/bi-thu": {"name": "Bí thư Đảng ủy xã Thử", "rank": "head"},
        "xa/roles/pho": {"name": "Phó Bí thư Đảng ủy xã Thử", "rank": "deputy"},
        "xa/cycles/2025": {"name": "Kiểm điểm năm 2025", "kind": "annual", "from": 2025, "to": 2025, "scope": ["xa"], "steps": [{"step": "review"}]},
        "xa/reviews/2025": {
            "title": "Kiểm điểm năm 2025",
            "cycle": "xa/cycles/2025",
            "findings": [{"id": "F1", "statement": statement, **finding}],
            "submitted": {"date": "2025-12-01"},
            "concluded": {"date": "2025-12-05"},
        },
        "xa/plans/2025": {
            "title": "Kế hoạch năm 2025",
            "of": ["xa/reviews/2025"],
            "accountable": "xa/roles/bi-thu",
            "direction": "Sửa từng việc.",
            "actions": [{"id": "A1", "findings": ["xa/reviews/2025#F1"], "content": "Lập sổ theo dõi.", "owner": "xa/roles/pho", "due": "2026-02-01"}],
            "approved": {"date": "2026-01-10"},
        },
    }


def story() -> dict[str, Data]:
    """A story that a newspaper tells and that leaves out nearly everything."""
    told: Data = {"told_by": ["common/sources/bao"]}
    return {
        "common/sources/bao": SOURCE,
        "huyen": told | {"name": "Huyện ủy Thử", "type": "party_committee"},
        "xa-ke": told | {"name": "Đảng ủy xã Kể", "type": "party_committee"},
        "huyen/suggestions/2020": told
        | {
            "title": "Gợi ý về rừng",
            "missing": ["issues/I1/orientation"],
            "to": ["xa-ke"],
            "issues": [{"id": "I1", "nature": "shortcoming", "statement": "Có phát rừng."}],
        },
        "xa-ke/reviews/2020": told
        | {"title": "Giải trình", "findings": [{"id": "F1", "statement": "Có phát rừng.", "answers": ["huyen/suggestions/2020#I1"]}]},
        "xa-ke/plans/2021": told
        | {
            "title": "Kế hoạch giữ rừng",
            "of": ["huyen/suggestions/2020"],
            "actions": [{"id": "A1", "findings": ["xa-ke/reviews/2020#F1"], "content": "Lập tổ giữ rừng."}],
        },
        "xa-ke/progress/2021": told
        | {
            "title": "Sau sáu tháng",
            "of": "xa-ke/plans/2021",
            "date": 2021,
            "entries": [{"action": "xa-ke/plans/2021#A1", "state": "started", "figures": [{"value": 4, "of": 4, "unit": "trường hợp"}]}],
        },
    }


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("2012-05-03", "03/5/2012"),
        ("2025-01-10", "10/01/2025"),
        ("2024-02-29", "29/02/2024"),
        ("2022-10-24", "24/10/2022"),
        ("2019-12", "tháng\u00a012/2019"),
        ("2019-02", "tháng\u00a002/2019"),
        (2019, "năm\u00a02019"),
        ("2019", "năm\u00a02019"),
        (DAY, "15/3/2026"),
        (None, ""),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(stated: object, shown: str) -> None:
    assert telling.day(stated) == shown


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ({"value": 37, "of": 410, "unit": "hồ sơ"}, "37/410 hồ sơ (9,0\u00a0%)"),
        ({"value": 1949, "of": 1991, "unit": "đảng viên", "stated_percent": 98}, "1.949/1.991 đảng viên (97,9\u00a0%; văn bản ghi 98\u00a0%)"),
        ({"value": 4, "of": 4, "unit": "trường hợp"}, "4/4 trường hợp (100\u00a0%)"),
        ({"value": 1999, "of": 2000, "unit": "thôn"}, "1.999/2.000 thôn (99,95\u00a0%)"),
        ({"value": 0, "of": 9, "unit": "thôn"}, "0/9 thôn (0\u00a0%)"),
        ({"value": 6.2, "of": 9.5, "unit": "tỷ đồng"}, "6,2/9,5 tỷ đồng (65,3\u00a0%)"),
        ({"value": 3.3, "unit": "ha", "is": "over"}, "trên 3,3 ha"),
        ({"value": 20, "unit": "năm", "is": "about"}, "khoảng 20 năm"),
        ({"value": 322, "unit": "đảng viên", "counting": "instances"}, "322 lượt đảng viên"),
        ({"value": 322, "unit": "lượt", "counting": "instances"}, "322 lượt"),
    ],
)
def test_a_figure_says_its_numbers_and_computes_its_percentage(figure: Data, shown: str) -> None:
    assert telling.figure(figure) == shown


def test_a_percentage_without_numbers_says_that_there_are_none() -> None:
    figure = {"stated_percent": 90, "is": "over", "unit": "tổ chức đảng"}
    assert telling.figure(figure, told=True) == "trên 90\u00a0% – nguồn không nêu số lượng"
    assert telling.figure(figure) == "trên 90\u00a0% – không ghi số lượng"


@pytest.mark.parametrize("unit", ["người", "hộ", "hộ dân", "đảng viên", "cán bộ chủ chốt", "Đảng viên dự bị", "lượt đảng viên"])
def test_fewer_than_five_persons_or_households_are_not_counted_out(unit: str) -> None:
    for value in (1, 4):
        assert telling.figure({"value": value, "of": 13, "unit": unit}) == f"dưới 5 {unit} (trong tổng số 13)"
    assert telling.figure({"value": 5, "unit": unit}) == f"5 {unit}"


@pytest.mark.parametrize("unit", ["thôn", "hồ sơ", "hội nghị", "chức danh", "hộp thư"])
def test_small_counts_of_things_are_told(unit: str) -> None:
    assert telling.figure({"value": 3, "unit": unit}) == f"3 {unit}"


def test_a_small_count_of_persons_is_on_no_page_not_even_as_a_percentage() -> None:
    pages = made(commune(figures=[{"what": "hộ bị ảnh hưởng", "value": 3, "of": 40, "unit": "hộ"}]))
    shown = text(pages["xa/reviews/2025/F1.html"].html)
    assert "dưới 5 hộ (trong tổng số 40)" in shown
    assert "7,5 %" not in shown
    assert "3/40" not in shown


def test_text_of_records_is_text_and_never_markup() -> None:
    """Tags, template marks and quotes come out as they were written."""
    records = commune(NASTY, causes=[{"kind": "subjective", "text": NASTY}], remedy=NASTY)
    records["xa"] |= {"name": NASTY, "note": NASTY, "lineage": [{"of": NASTY, "how": "merged", "date": 2020}]}
    for made_page in made(records).values():
        reader = Reader(made_page.html)
        assert not {"script", "b", "iframe", "style"} & set(reader.tags), made_page.path
        assert not [name for name, _ in reader.attributes if name.startswith("on") or name == "style"], made_page.path
        assert "55433" not in "".join(reader.words), made_page.path
    whole = " ".join("".join(Reader(made(records)["xa/reviews/2025/F1.html"].html).words).split())
    assert " ".join(NASTY.split()) in whole


def test_a_link_to_nothing_is_plain_text_that_says_so() -> None:
    records = commune()
    records["xa/plans/2025"]["followed_by"] = "khong-co"
    html = made(records)["xa/plans/2025.html"].html
    assert '<span class="ts-none">(chưa có hồ sơ)</span>' in html
    assert "khong-co" not in html


def test_posts_are_counted_for_the_public_and_named_for_members() -> None:
    shares = [{"who": "xa", "share": "shared"}, {"who": "xa/roles/pho", "share": "lead"}, {"posts": {"value": 2, "unit": "chức danh"}, "share": "shared"}]
    records = commune(responsible=shares)
    public = made(records)["xa/reviews/2025/F1.html"].html
    responsible = public[public.index('id="trach-nhiem"') : public.index('id="khac-phuc"')]
    assert "Đã giao trách nhiệm cho 3 chức danh, trong đó 1 chức danh chịu trách nhiệm chính." in text(responsible)
    assert "Phó Bí thư" not in responsible
    members = made(records, {"project": PROJECT | {"audience": "members"}})["xa/reviews/2025/F1.html"].html
    assert "Phó Bí thư" in members[members.index('id="trach-nhiem"') : members.index('id="khac-phuc"')]


def test_a_rating_is_for_everybody_only_when_it_is_decided() -> None:
    records = commune()
    records["xa/reviews/2025"]["self_rating"] = "excellent"
    rating: Data = {"title": "Xếp loại", "cycle": "xa/cycles/2025", "scheme": "party/2025", "ratings": [{"id": "R1", "of": "xa", "level": "good"}]}
    rating["proposed"] = {"date": "2025-12-20"}
    before = made(records, {"xa/classifications/2025": rating})
    for path in ("xa.html", "xa/reviews/2025.html", "xa/classifications/2025.html"):
        assert "Hoàn thành" not in text(before[path].html.partition('id="viet-ho-so"')[0]), path
    after = made(records, {"xa/classifications/2025": rating | {"decided": {"date": "2025-12-28"}}})
    assert "Hoàn thành tốt nhiệm vụ" in text(after["xa.html"].html)
    assert "Hoàn thành xuất sắc nhiệm vụ" in text(after["xa/reviews/2025.html"].html)
    assert "Hoàn thành tốt nhiệm vụ: 1/1 đơn vị (100 %)" in text(after["xa/classifications/2025.html"].html)


def test_an_overdue_action_says_by_how_many_days() -> None:
    shown = text(made(commune())["xa/plans/2025.html"].html)
    assert "Quá hạn 42 ngày" in shown
    assert "Chưa đến kỳ thực hiện" not in shown
    assert "0 trong 1 việc đã xong, đã được xác nhận. 1 việc đã quá hạn, chưa có báo cáo nào." in shown.replace(" ,", ",")  # a word of it is explained


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [(0, 2, ""), (1, 3, " (khoảng 33\u00a0%)"), (249, 250, " (khoảng 99\u00a0%)"), (2, 2, " (2/2 việc đã xác nhận)"), (0, 0, "")],
)
def test_what_is_still_being_mended_is_never_at_a_hundred_percent(done: int, total: int, said: str) -> None:
    there = asof.at(register({"project": PROJECT}, commune()), DAY)
    facts = progress.measure(there, DAY).findings["xa/reviews/2025#F1"]
    moving = dataclasses.replace(facts, state=FindingState.IN_PROGRESS, done=done, total=total)
    assert labels.finding(moving).words == f"Đang khắc phục{said}"


def test_a_title_in_another_language_is_named_as_such_where_it_leads() -> None:
    document: Data = {"number": "WG-02", "title": "Guide to small stations", "lang": "en", "dated": "2024-01-05"}
    shown = made({"common/documents/guide": document})["bang/chuoi-van-ban.html"].html
    assert '<a href="../common/documents/guide.html" lang="en">WG-02: Guide to small stations</a>' in shown
    assert "chưa có hồ sơ" not in shown
    assert Titles(register({"project": PROJECT})).full("common") == "Văn bản dùng chung"


def test_what_only_writers_need_of_the_project_is_folded_away() -> None:
    own, _, writers = made()["project.html"].html.partition("<details")
    assert "Người đọc" in own
    assert "Asia/Ho_Chi_Minh" not in own
    assert "Asia/Ho_Chi_Minh" in writers


def reported(plan: Data, entry: Data | None) -> str:
    """Give the text of the plan's page on 15/3/2026, with an action as it is given and one report of it, or none."""
    records = commune()
    records["xa/plans/2025"]["actions"][0] |= plan
    if "every" in plan:
        records["xa/plans/2025"]["reporting"] = "monthly"
        del records["xa/plans/2025"]["actions"][0]["due"]
    report: Data = {"of": "xa/plans/2025", "date": "2026-02-20", "by": "xa/roles/pho", "entries": [{"action": "A1", **(entry or {})}]}
    return text(made(records, {"xa/progress/2026-02": report} if entry else {})["xa/plans/2025.html"].html)


def test_an_action_that_is_blocked_says_so_and_one_that_owes_a_report_is_not_called_early() -> None:
    assert "Chưa đến kỳ thực hiện" in reported({"due": "2026-06-30"}, None)
    blocked = reported({"due": "2026-06-30"}, {"state": "blocked", "obstacle": "Máy chủ hỏng."})
    assert "Đang vướng, chưa làm được" in blocked
    assert "Chưa đến kỳ thực hiện" not in blocked
    late = reported({"due": "2026-03-01"}, {"state": "blocked", "obstacle": "Máy chủ hỏng."})
    assert "Đang vướng, chưa làm được Quá hạn 14 ngày" in late
    weekly = reported({"kind": "recurring", "every": "week", "from": "2026-01-16"}, None)
    assert "Quá kỳ báo cáo" in weekly
    assert "Chưa đến kỳ thực hiện" not in weekly


def test_a_story_never_accuses_and_says_whose_story_it_is() -> None:
    pages = made(story())
    told = {path: text(each.html) for path, each in pages.items() if path.startswith(("huyen", "xa-ke"))}
    assert len(told) == 9
    for path, shown in told.items():
        assert "Câu chuyện lấy từ bài báo; không phải hồ sơ của đơn vị." in shown, path
        assert "Một bài báo . Nơi đăng: Báo Mẫu. Ngày ghi trên trang: 04/7/2022 (chưa chắc)." in shown, path
        assert not re.search(r"thiếu|[Cc]hưa ghi|[Cc]hưa có|Quá hạn|Dự thảo|quá kỳ", shown), path


def test_a_thread_answers_in_its_first_line_and_then_issue_by_issue() -> None:
    """What was pointed out, what was done, what came of it, who confirmed."""
    html = made(story())["huyen/suggestions/2020.html"].html
    assert "Nguồn không nêu ai xác nhận. Nguồn kể đã có kết quả. Điều được nêu Có phát rừng Đã làm Lập tổ giữ rừng" in text(html[: html.index('id="goi-y"')])
    first = text(html[html.index('id="goi-y"') : html.index('id="ve-goi-y"')])
    assert "Có phát rừng." in first
    assert "Việc khắc phục Lập tổ giữ rừng. Nguồn kể đã làm" in first
    assert "4/4 trường hợp (100 %)" in first
    assert "Ai xác nhận Nguồn không nêu ai xác nhận." in first
    steps = text(html[html.index('id="tung-buoc"') :])
    assert "Báo cáo sau một năm Nguồn không nêu báo cáo sau một năm" in steps


def test_an_organisations_own_thread_says_what_has_not_come() -> None:
    records = commune()
    issued = {"title": "Gợi ý", "cycle": "xa/cycles/2025", "to": ["xa"], "issues": [{"id": "I1", "nature": "shortcoming", "statement": "Chậm."}]}
    records["xa/suggestions/2025"] = issued | {"issued": {"date": "2025-11-01"}}
    shown = text(made(records)["xa/suggestions/2025.html"].html)
    assert "Giải trình Chưa có giải trình" in shown
    assert "Báo cáo sau một năm: chưa đến hạn (01/11/2026)" in shown


def test_a_withdrawn_record_keeps_its_page_and_says_why() -> None:
    records = commune()
    records["xa/plans/2025"]["withdrawn"] = {"date": "2026-02-03", "reason": "Ghi nhầm năm."}
    pages = made(records)
    assert "Hồ sơ này đã rút ngày 03/02/2026." in text(pages["xa/plans/2025.html"].html)
    assert "Ghi nhầm năm." in text(pages["xa/plans/2025/A1.html"].html)
    assert "Kế hoạch năm 2025" not in text(pages["xa.html"].html)


def test_a_draft_is_called_one() -> None:
    records = commune()
    del records["xa/plans/2025"]["approved"]
    assert "Dự thảo" in text(made(records)["xa/plans/2025.html"].html)


def test_every_page_has_one_h1_no_id_twice_and_says_its_notice() -> None:
    for path, each in sample().items():
        reader = Reader(each.html)
        ids = [value for name, value in reader.attributes if name == "id"]
        assert reader.tags.count("h1") == 1, path
        assert len(ids) == len(set(ids)), path
        assert each.title, path
        assert "Huyện Minh Họa là địa phương hư cấu" in each.html, path


def test_record_pages_show_no_ids_to_readers() -> None:
    for path, each in sample().items():
        record = path.removesuffix(".html").split("/")
        if record[0] in ("mau", "project", "quy-tac") or "/" not in path:
            continue
        shown = text(each.html.split('<section class="ts-section ts-editing"')[0].split('<footer class="ts-foot">')[0])
        assert not re.search(r"(?<![\w-])[FAIMSR][1-9](?![\w-])", shown), path


def test_every_paged_part_and_every_record_has_its_address_for_ever() -> None:
    pages = sample()
    for path in (
        "dang-uy-xa-an-mau.html",
        "dang-uy-xa-an-mau/plans/2024.html",
        "dang-uy-xa-an-mau/plans/2024/A1.html",
        "dang-uy-xa-an-mau/reviews/2024/F1.html",
    ):
        assert path in pages
    assert 'id="M1"' in pages["dang-uy-xa-an-mau/plans/2024/A1.html"].html
    assert "dang-uy-xa-an-mau/plans/2024/A1.M1.html" not in pages


def test_a_projects_template_takes_the_place_of_ours() -> None:
    ours = '{% extends "_layout.html.j2" %}{% set each = "plan" %}{% set title = "Trang riêng" %}{% block body %}{{ it.data.direction }}{% endblock %}'
    records = commune()
    records["xa/plans/2025"]["direction"] = NASTY
    pages = made(records, overrides={"plan.html.j2": ours})
    assert pages["xa/plans/2025.html"].title == "Trang riêng"
    assert "<script>" not in pages["xa/plans/2025.html"].html
    assert set(pages) == set(made(records))


def test_a_project_may_change_one_piece_of_every_page_and_add_a_page() -> None:
    added = {"_shapes.html.j2": "{% macro shape(name) %}<i>hình {{ name }}</i>{% endmacro %}", "them.html.j2": '{% set title = "Thêm" %}<h1>Thêm</h1>'}
    pages = made(commune(), overrides=added)
    assert "<i>hình " in pages["xa/plans/2025.html"].html
    assert pages["them.html"].html == "<h1>Thêm</h1>\n"


def test_two_pages_with_one_address_are_a_mistake_of_a_template() -> None:
    with pytest.raises(ValueError, match=r"two pages have the address index\.html"):
        made(commune(), overrides={"trung.html.j2": '{% set path = "index.html" %}{% set title = "Trùng" %}<h1>Trùng</h1>'})


def test_a_kind_without_a_template_is_shown_by_its_schema() -> None:
    shown = text(made(commune())["xa/roles/bi-thu.html"].html)
    assert "Cấp Người đứng đầu" in shown


def test_the_keys_of_persons_are_on_no_page() -> None:
    records = commune()
    records["xa/roles/bi-thu"]["holders"] = [{"person": "p-987", "from": "2024-01-01"}]
    assert not [path for path, each in made(records).items() if "p-987" in each.html]


@pytest.mark.parametrize(
    ("kind", "new", "file"),
    [
        (
            "github",
            "https://may.vi/du-an/new/main?filename=ho-so/records/xa/progress/2026-03.yml&value=",
            "https://may.vi/du-an/blob/main/ho-so/records/xa.yml",
        ),
        (
            "gitlab",
            "https://may.vi/du-an/-/new/main?file_name=ho-so/records/xa/progress/2026-03.yml&content=",
            "https://may.vi/du-an/-/blob/main/ho-so/records/xa.yml",
        ),
        (
            "gitea",
            "https://may.vi/du-an/_new/main/ho-so/records/xa/progress?filename=2026-03.yml&value=",
            "https://may.vi/du-an/src/branch/main/ho-so/records/xa.yml",
        ),
    ],
)
def test_an_editor_is_led_to_the_hosts_own_pages(kind: str, new: str, file: str) -> None:
    host = editing.Host(kind, "https://may.vi/du-an", "main", "ho-so")
    offer = editing.new_file(host, "Báo cáo", "records/xa/progress/2026-03.yml", 'of: xa/plans/2025 # "&<'.replace('"', "'"))
    assert offer.address.startswith(new)
    assert "%26%3C" in offer.address
    assert editing.file_address(host, "records/xa.yml") == file
    source: Data = {"source_host": {"kind": kind, "url": "https://may.vi/du-an/", "branch": "main", "folder": "ho-so"}}
    html = unescape(made(commune(), {"project": PROJECT | source})["xa/plans/2025.html"].html)
    assert new in html
    assert "Báo cáo tháng này" in html
    assert "Đề nghị gia hạn" in html


def test_without_a_host_the_text_can_be_copied() -> None:
    html = made(commune())["xa/plans/2025.html"].html
    assert "<code>records/xa/progress/2026-03.yml</code>" in html
    assert "data-ts-copy" in html
    assert "of: xa/plans/2025" in unescape(html)


def test_a_text_too_long_for_an_address_is_left_out_of_it() -> None:
    host = editing.Host("github", "https://may.vi/du-an", "main")
    offer = editing.new_file(host, "Báo cáo", "records/a.yml", "đ" * 3000)
    assert offer.address == "https://may.vi/du-an/new/main?filename=records/a.yml"
    assert offer.text == "đ" * 3000


def test_another_language_is_named() -> None:
    said = " ".join(["The files were late, and nobody told the people who were waiting for them on which day theirs would be ready."] * 3)
    records = commune(said)
    records["xa/reviews/2025"]["lang"] = "en"
    html = made(records)["xa/reviews/2025/F1.html"].html
    assert '<h1 id="dau-trang" lang="en">' in html
    assert f'<p lang="en">{said}</p>' in html


def test_templates_mark_nothing_safe() -> None:
    """Escaping is switched off nowhere."""
    for template in (Path(page.__file__).parent / "pages").glob("*.j2"):
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", template.read_text(encoding="utf-8")), template.name
