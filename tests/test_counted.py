"""Numbers: which of them point at somebody, how words in the place of a number are told, what of a share is left, and who was invited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import unescape

import pytest

from registers import Data, record, register
from tusoi import asof, counted, page, progress, telling
from tusoi.dates import Span
from tusoi.inspected import is_planned_for
from tusoi.kinds import profile_of
from tusoi.page import Page
from tusoi.rules.plans import JOINTLY
from tusoi.views.measures import left_of

DAY = date(2026, 3, 15)
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
BODIES: dict[str, Data] = {"project": PROJECT, "xa": {"name": "Đảng ủy xã Thử", "type": "party_committee"}}
TOLD: Data = {"told_by": ["common/sources/bao"]}


def made(records: Mapping[str, Data], overrides: Mapping[str, str] | None = None) -> Mapping[str, Page]:
    there = asof.at(register(BODIES, records), DAY)
    return page.render(there, progress.measure(there, DAY), overrides=overrides or {})


def shown(pages: Mapping[str, Page], path: str) -> str:
    """Give what a reader sees of a page, on one line and with plain spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", pages[path].html)).split())


@pytest.mark.parametrize(
    ("figure", "told", "words"),
    [
        ({"approx": "hàng tỷ đồng", "unit": "đồng"}, True, "hàng tỷ đồng – nguồn không nêu con số"),
        ({"approx": "hàng trăm", "unit": "hộ"}, False, "hàng trăm hộ – không ghi con số"),
        ({"approx": "gần hết", "of": 40, "unit": "hộ"}, False, "gần hết trong 40 hộ – không ghi con số"),
        ({"approx": "gần hết", "of": 4, "unit": "hộ"}, False, "gần hết hộ – không ghi con số"),
        ({"approx": "hàng chục", "value": 37, "unit": "vụ"}, False, "37 vụ"),
        ({"approx": "gần hết", "stated_percent": 90, "unit": "vụ"}, False, "90 % – không ghi số lượng"),
        ({"unit": "vụ"}, False, ""),
    ],
)
def test_words_stand_where_there_is_no_number(figure: Data, told: bool, words: str) -> None:  # noqa: FBT001 -- a case
    assert " ".join(telling.figure(figure, told=told).split()) == words


def test_every_figure_is_found_and_the_values_of_an_indicator_have_its_unit() -> None:
    data: Data = {"name": "Hộ có nước", "unit": "hộ", "measure": "share", "baseline": {"value": 3, "unit": "hộ"}, "values": [{"period": "2025", "value": 4}]}
    found = dict(counted.figures(record("xa/indicators/1", data)))
    assert list(found) == [("baseline",), ("values", 0)]
    assert found["values", 0] == {"unit": "hộ", "period": "2025", "value": 4}
    event: Data = {"attended": {"approx": "đông", "unit": "người"}, "sessions": {"unit": "lớp"}}
    assert [path for path, _ in counted.figures(record("xa/events/1", event))] == [("attended",)]


@pytest.mark.parametrize(
    ("event", "lacks"),
    [
        ({"nature": "briefing", "attended": {"value": 26, "unit": "người"}}, True),
        ({"nature": "briefing", "attended": {"value": 26, "of": 28, "unit": "người"}}, False),
        ({"nature": "briefing", "attended": {"stated_percent": 100, "unit": "người"}}, False),
        ({"nature": "briefing"}, False),
        ({"nature": "listening", "attended": {"value": 26, "unit": "người"}}, False),
        ({"nature": "other", "attended": {"value": 26, "unit": "người"}}, False),
    ],
)
def test_who_was_invited_is_missed_only_where_people_were_called(event: Data, lacks: bool) -> None:  # noqa: FBT001 -- a case
    assert counted.lacks_invited(record("xa/events/1", event)) is lacks


def test_the_board_of_events_says_what_the_event_says() -> None:
    figures = [{"what": "đảng viên được triệu tập đã dự", "value": 1949, "of": 1991, "unit": "đảng viên", "stated_percent": 98}]
    event: Data = {"title": "Hội nghị", "nature": "briefing", "date": "2025-03-18", "attended": {"value": 148, "unit": "người"}, "figures": figures}
    listening: Data = {"title": "Nghe dân nói", "nature": "listening", "date": "2025-03-19", "attended": {"value": 64, "unit": "người"}}
    board = shown(made({"xa/events/1": event, "xa/events/2": listening, "xa/events/3": event | TOLD}), "bang/su-kien.html")
    assert "148 người (không ghi số được mời) Đảng viên được triệu tập đã dự: 1.949/1.991 đảng viên (97,9 %; văn bản ghi 98 %)" in board
    assert "148 người (nguồn không nêu số được mời)" in board
    assert "64 người (" not in board


@pytest.mark.parametrize(
    ("unit", "value", "of", "left"),
    [("vụ", 17, 18, "1 vụ"), ("vụ", 18, 18, "0 vụ"), ("km", 2.9, 3.2, "0,3 km"), ("hộ", 18, 20, "dưới 5 hộ"), ("hộ", 3, 20, ""), ("vụ", 19, 18, "")],
)
def test_what_of_a_share_is_left_is_said(unit: str, value: float, of: float, left: str) -> None:
    assert left_of(record("xa/indicators/1", {"unit": unit, "measure": "share"}), {"value": value, "of": of}) == left


@pytest.mark.parametrize(("measure", "row"), [("level", {"value": 17, "of": 18}), ("share", {"value": 17}), ("share", {"of": 18})])
def test_only_a_share_with_both_numbers_has_something_left(measure: str, row: Data) -> None:
    assert left_of(record("xa/indicators/1", {"unit": "vụ", "measure": measure}), row) == ""


def test_what_is_left_stands_on_the_page_and_on_the_board() -> None:
    values = [{"period": "2025", "value": 17, "of": 18}]
    pages = made({"xa/indicators/1": {"name": "Đã xử lý", "unit": "vụ", "measure": "share", "target": {"from": 100}, "values": values}})
    assert "17/18 vụ (94,4 %) Còn lại: 1 vụ" in shown(pages, "xa/indicators/1.html")
    assert "17/18 vụ (94,4 %) 1 vụ 94,4 %" in shown(pages, "bang/chi-tieu.html")


def test_each_line_of_an_assessment_says_which_sign_it_counts() -> None:
    signs = [{"id": "B1", "text": "Đến muộn."}, {"id": "B2", "text": "Hẹn rồi để quá ngày."}]
    counts = [{"criterion": f"common/criteria/1#{each['id']}", "what": "chi bộ tự nhận", "value": 2, "of": 11, "unit": "chi bộ"} for each in signs]
    records: dict[str, Data] = {"common/criteria/1": {"name": "Hai biểu hiện", "version": "2025", "items": signs}}
    board = shown(made({**records, "xa/figures/1": {"nature": "assessment", "counts": counts}}), "bang/so-lieu-tong-hop.html")
    assert "Đến muộn – chi bộ tự nhận 2/11" in board
    assert "Hẹn rồi để quá ngày – chi bộ tự nhận 2/11" in board


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Kỷ luật (chưa ghi mới đề nghị hay đã quyết định)"),
        (TOLD, "Kỷ luật (nguồn không nêu mới đề nghị hay đã quyết định)"),
    ],
)
def test_discipline_that_nobody_says_is_decided_says_so(more: Data, words: str) -> None:
    counts = [{"what": "đảng viên", "value": 6, "unit": "người", "response": "discipline"}, {"what": "tổ chức", "value": 6, "unit": "tổ chức"}]
    pages = made({"xa/figures/1": {"nature": "discipline", "counts": counts} | more})
    assert words in shown(pages, "xa/figures/1.html")
    assert shown(pages, "bang/so-lieu-tong-hop.html").count(words) == 1


@pytest.mark.parametrize(
    ("planned", "period", "year"),
    [
        ("2025-12-15", "2026", 2026),
        ("2026-01-15", "2025", 2026),
        ("2025-03-15", "2025", 2025),
        ("2025-03-15", None, 2025),
        ("2024-12-20", "2025-06", 2025),
    ],
)
def test_a_planned_inspection_is_for_one_year(planned: str, period: str | None, year: int) -> None:
    inspection = record("xa/inspections/1", {"planned": {"date": planned}} | ({"period": period} if period else {}))
    years = [each for each in range(2023, 2029) if is_planned_for(inspection, Span(date(each, 1, 1), date(each, 12, 31)))]
    assert years == [year]


def test_what_is_on_no_programme_is_planned_for_no_year() -> None:
    assert not is_planned_for(record("xa/inspections/1", {"period": "2025"}), Span(date(2025, 1, 1), date(2025, 12, 31)))


@pytest.mark.parametrize(
    ("unit", "usual"),
    [("hecta", "ha"), ("Héc-ta", "ha"), ("HA", "ha"), ("ha", ""), ("m2", "m²"), ("tỉ đồng", "tỷ đồng"), ("VNĐ", "đồng"), ("đồng", ""), ("vụ", ""), ("", "")],
)
def test_a_unit_of_measure_has_one_usual_spelling(unit: str, usual: str) -> None:
    for name in ("party", "generic"):
        profile = profile_of(register({"project": PROJECT | {"profile": name}}).kinds)
        assert profile.usual_unit(unit) == usual


@pytest.mark.parametrize(
    "content",
    [
        "Phối hợp cưỡng chế hai hộ lấn hành lang.",
        "Cùng Công an xã tuần tra ban đêm.",
        "Rà soát sổ bộ cùng với Mặt trận xã.",
        "Cùng ngành điện làm trạm biến áp.",
        "Kiểm tra cùng các phòng, ban của huyện.",
        "Lập đoàn kiểm tra liên ngành.",
        "Họp thôn với sự tham gia của Ủy ban nhân dân xã.",
    ],
)
def test_a_sentence_says_that_others_take_part(content: str) -> None:
    assert JOINTLY.search(content)


@pytest.mark.parametrize(
    "content",
    [
        "Cùng ngày, công khai số liệu tại nhà văn hóa.",
        "Niêm yết ở các thôn cùng xã.",
        "Hai người cùng phòng không ký thay nhau.",
        "Xếp hồ sơ cùng ngành vào một tủ.",
        "Cuối cùng Ủy ban đọc kết quả.",
        "Họp với sự tham gia của người dân trong thôn.",
        "Đo lại khối lượng cùng trưởng thôn.",
    ],
)
def test_one_and_the_same_is_nobody_who_takes_part(content: str) -> None:
    assert not JOINTLY.search(content)


@pytest.mark.parametrize(
    ("value", "unit", "small"),
    [(4, "hộ", True), (5, "hộ", False), (0, "hộ", False), (None, "hộ", False), (4, "chức danh", False), (4, "thôn", False)],
)
def test_a_small_count_is_one_of_persons_or_households(value: int | None, unit: str, small: bool) -> None:  # noqa: FBT001 -- a case
    assert counted.is_small(value, unit) is small


def test_a_word_for_members_is_left_out_where_a_record_is_shown_key_by_key() -> None:
    page_of = '{% extends "record.html.j2" %}\n{% set each = "inspection" %}\n{% set view = views.generic(it) %}\n{% set title = view.title %}\n'
    findings = [{"id": f"F{number}", "statement": "Thiếu biên bản.", "response": word} for number, word in enumerate(("discipline_proposed", "correction"), 1)]
    told = shown(made({"xa/inspections/1": {"title": "Kiểm tra", "findings": findings}}, {"inspection.html.j2": page_of}), "xa/inspections/1.html")
    assert "Chấn chỉnh" in told
    assert "kỷ luật" not in told
