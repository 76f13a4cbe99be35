"""The boards: organisations A–Z, what newspapers tell apart and in no sum, columns that add up, and an empty page that says why it is empty."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from cases import SAMPLE
from conftest import ROOT
from registers import Data, kinds, register
from tusoi import asof, collation, flow, page, progress, slippage
from tusoi.page import Page
from tusoi.past import NO_PAST
from tusoi.problem import Place, Problem, Severity
from tusoi.views.menu import GROUPS
from tusoi.views.world import Background

DAY = date(2026, 3, 15)
EXAMPLE = Path(flow.HERE) / "example"
BOARDS = ("qua-han", "den-han", "nam-truoc", "goi-y", "xep-loai", "can-bo-sung", "ket-qua-xac-nhan", "gia-han", "ty-le-xuat-sac")
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}


@functools.cache
def example() -> flow.Judged:
    return flow.judge(flow.read(EXAMPLE), DAY)


@functools.cache
def pages() -> Mapping[str, Page]:
    return example().pages()


def made(*parts: Mapping[str, Data], day: date = DAY) -> Mapping[str, Page]:
    records = asof.at(register({"project": PROJECT}, *parts), day)
    return page.render(records, progress.measure(records, day))


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def headings(html: str, level: int = 2) -> list[str]:
    return [text(each) for each in re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", html, re.DOTALL)]


def body(name: str, day_text: str = "") -> Data:
    return {"name": name, "type": "party_committee"} | ({"note": day_text} if day_text else {})


def organisation(folder: str, name: str, *, due: str = "2026-01-31", told: bool = False) -> dict[str, Data]:
    """One organisation with a review, a plan and one action."""
    by: Data = {"told_by": ["common/sources/bao"]} if told else {}
    return {
        folder: body(name) | by,
        f"{folder}/roles/bi-thu": {"name": f"Bí thư {name}", "rank": "head"} | by,
        f"{folder}/reviews/2025": by
        | {
            "title": f"Kiểm điểm của {name}",
            "cycle": "huyen/cycles/2025",
            "findings": [{"id": "F1", "statement": f"Hạn chế của {name}"}],
            "concluded": {"date": "2025-12-12"},
        },
        f"{folder}/plans/2025": by
        | {
            "title": f"Kế hoạch của {name}",
            "of": [f"{folder}/reviews/2025"],
            "accountable": f"{folder}/roles/bi-thu",
            "direction": "Làm dần.",
            "actions": [{"id": "A1", "findings": [f"{folder}/reviews/2025#F1"], "content": f"Việc của {name}", "owner": f"{folder}/roles/bi-thu", "due": due}],
            "approved": {"date": "2026-01-05"},
        },
    }


DISTRICT: dict[str, Data] = {
    "huyen": body("Huyện ủy Thử"),
    "huyen/cycles/2025": {
        "name": "Kỳ năm 2025",
        "kind": "annual",
        "from": "2025-01-01",
        "to": "2025-12-31",
        "scope": ["huyen"],
        "steps": [{"step": "review"}],
        "opened": {"date": "2025-01-02"},
    },
}
SOURCE: dict[str, Data] = {"common/sources/bao": {"title": "Một bài báo", "publisher": "Báo Thử", "shown_on": 2020, "confidence": "low"}}


def board(pages: Mapping[str, Page], name: str) -> str:
    return pages[f"bang/{name}.html"].html


@pytest.mark.parametrize("name", BOARDS)
def test_an_empty_board_says_why_it_is_empty(name: str) -> None:
    html = board(made(DISTRICT), name)
    assert 'class="ts-empty"' in html
    assert len(text(html.split('class="ts-empty"')[1].split("</p>")[0])) > 40


@pytest.mark.parametrize("name", BOARDS)
def test_every_board_says_the_day_of_its_numbers(name: str) -> None:
    assert "Số liệu tính đến ngày 15/3/2026" in text(board(pages(), name))


def test_organisations_are_listed_a_to_z_and_never_worst_first() -> None:
    """Đông is late by far longer than An and Dương, and đ comes after d."""
    found = made(
        DISTRICT,
        organisation("dong", "Đảng ủy xã Đông", due="2026-01-10"),
        organisation("duong", "Đảng ủy xã Dương", due="2026-03-10"),
        organisation("an", "Đảng ủy xã An", due="2026-03-14"),
    )
    names = ["Đảng ủy xã An", "Đảng ủy xã Dương", "Đảng ủy xã Đông"]
    assert re.findall(r'<tbody data-group="([^"]+)">', board(found, "qua-han")) == names
    listed = re.findall(r"Đảng ủy xã \w+", text(found["don-vi.html"].html))
    assert list(dict.fromkeys(listed)) == names


def test_within_an_organisation_dates_decide() -> None:
    records = organisation("an", "Đảng ủy xã An")
    actions = records["an/plans/2025"]["actions"]
    actions.append({**actions[0], "id": "A2", "content": "Việc hứa sớm hơn", "due": "2026-01-15"})
    html = text(board(made(DISTRICT, records), "qua-han"))
    assert html.index("Việc hứa sớm hơn") < html.index("Việc của Đảng ủy xã An")
    assert "Quá hạn 59 ngày" in html
    assert "Quá hạn 43 ngày" in html


def test_what_is_due_soon_says_where_that_is_which_is_late() -> None:
    """What it once said to be missing is there now."""
    html = board(pages(), "den-han")
    said = html.partition('<p class="ts-lead">')[2].partition("</p>")[2].partition("</p>")[0]
    assert "không có ở đây" not in text(html)
    assert text(said).startswith("Kế hoạch đã quá kỳ báo cáo xem ở bảng Quá kỳ báo cáo ; bước đã qua hạn")
    for way in re.findall(r'href="([^"]+)"', said):
        assert f"bang/{way}" in pages()
    assert re.findall(r'href="([^"]+)"', said) == ["qua-ky-bao-cao.html", "chua-nop.html"]


def test_who_sees_something_wrong_learns_how_to_ask_for_a_correction() -> None:
    """What is said of the end of a page is there, and where nobody takes comments, nobody is sent there."""
    said = text(board(pages(), "dinh-chinh"))
    heading = "Phản hồi hoặc đính chính điều này"
    assert f"mục “{heading}”, có “Đề nghị đính chính”." in said
    assert "không tiện gửi theo cách ấy? Đến hòm thư góp ý ở bộ phận một cửa của từng xã" in said
    assert "không tiện gửi theo cách ấy" not in text(board(made(DISTRICT), "dinh-chinh"))
    sent: Data = {"to": ["an"], "issues": [{"id": "I1", "statement": "Trả hồ sơ chậm."}], "issued": {"date": "2025-10-10"}}
    found = made(DISTRICT, organisation("an", "Đảng ủy xã An"), {"huyen/suggestions/1": sent})
    for path in ("an/reviews/2025/F1.html", "huyen/suggestions/1.html", "huyen/suggestions/1/I1.html"):
        assert "Đề nghị đính chính" in text(found[path].html).partition(f"{heading} ")[2], path


def test_where_promises_are_counted_it_is_said_that_milestones_are_promises_too() -> None:
    """One action with two milestones, and a third without a date: three promises beside one action."""
    records = organisation("an", "Đảng ủy xã An")
    steps = [{"id": f"M{number}", "content": f"Mốc {number}", "due": "2026-01-20"} for number in (1, 2)]
    (action,) = records["an/plans/2025"]["actions"]
    action["milestones"] = [*steps, {"id": "M3", "content": "Mốc không hạn"}]
    there = asof.at(register({"project": PROJECT}, DISTRICT, records), DAY)
    facts = progress.measure(there, DAY)
    found = page.render(there, facts, background=Background(ledger=slippage.ledger(there, facts, NO_PAST)))
    why = "Lời hứa là mỗi việc và mỗi mốc có ghi hạn trong kế hoạch đã ban hành, nên số lời hứa có thể khác số việc."
    for path in ("an.html", "an/plans/2025.html"):
        said = text(found[path].html)
        assert "Giữ đúng hạn đầu 0/3 lời hứa" in said
        assert said.count(why) == 1
    assert why not in text(found["an/plans/2025/A1.html"].html), "nothing is counted there"


@pytest.mark.parametrize("name", ["qua-han", "den-han", "nam-truoc", "ket-qua-xac-nhan", "gia-han", "can-bo-sung"])
def test_what_a_newspaper_tells_is_on_no_board_of_what_organisations_did_or_did_not_do(name: str) -> None:
    found = made(DISTRICT, SOURCE, organisation("bao-ke", "Đảng ủy xã Báo Kể", told=True))
    assert "Báo Kể" not in board(found, name)
    own = made(DISTRICT, SOURCE, organisation("bao-ke", "Đảng ủy xã Báo Kể"))
    assert name != "qua-han" or "Báo Kể" in board(own, name)


def test_before_answers_are_due_a_public_site_does_not_say_who_has_not_answered() -> None:
    cycle: dict[str, Data] = {
        "huyen/cycles/2026": {
            "name": "Kỳ năm 2026",
            "kind": "annual",
            "from": "2026-01-01",
            "to": "2026-12-31",
            "previous": "huyen/cycles/2025",
            "scope": ["an", "binh"],
            "steps": [{"step": "carry_over", "due": "2026-11-30"}],
            "opened": {"date": "2026-01-02"},
        },
        "an/reviews/2026": {
            "cycle": "huyen/cycles/2026",
            "carry_over": [{"finding": "an/reviews/2025#F1", "answer": "resolved"}],
            "findings": [{"id": "F1", "statement": "Hạn chế mới"}],
            "concluded": {"date": "2026-03-01"},
        },
    }
    district = {**DISTRICT, "huyen/cycles/2025": {**DISTRICT["huyen/cycles/2025"], "scope": ["an", "binh"]}}
    bodies = [organisation("an", "Đảng ủy xã An"), organisation("binh", "Đảng ủy xã Bình")]
    early = board(made(district, cycle, *bodies), "nam-truoc")
    late = board(made(district, cycle, *bodies, day=date(2026, 12, 1)), "nam-truoc")
    assert "Đảng ủy xã An" in early
    assert "Đảng ủy xã Bình" not in early
    assert "chưa đến hạn trả lời" in text(early)
    assert "Đảng ủy xã Bình" in late
    assert "chưa đến hạn trả lời" not in text(late)


def test_ratings_show_numbers_with_denominators_or_say_that_the_source_gives_none() -> None:
    told: dict[str, Data] = {
        "huyen/classifications/2018": {
            "title": "Xếp loại năm 2018",
            "told_by": ["common/sources/bao"],
            "cycle": "huyen/cycles/2025",
            "totals": [
                {"what": "chi bộ", "stated_percent": 90, "is": "over", "unit": "chi bộ", "level": "good", "or_better": True},
                {"what": "đảng bộ", "value": 10, "of": 49, "unit": "đảng bộ", "level": "excellent"},
            ],
        }
    }
    html = text(board(made(DISTRICT, SOURCE, told), "xep-loai"))
    assert "trên 90 %" in html
    assert "nguồn không nêu số lượng" in html
    assert "10/49 đảng bộ (20,4 %)" in html


def test_ratings_that_are_only_proposed_are_not_public() -> None:
    proposed: Data = {
        "title": "Xếp loại năm 2025",
        "cycle": "huyen/cycles/2025",
        "scheme": "party/2025",
        "ratings": [{"id": "R1", "of": "an", "level": "not_completed"}],
        "proposed": {"date": "2025-12-20"},
    }
    decided = proposed | {"decided": {"date": "2025-12-28"}}
    an = organisation("an", "Đảng ủy xã An")
    assert "Không hoàn thành nhiệm vụ" not in board(made(DISTRICT, an, {"huyen/classifications/2025": proposed}), "xep-loai")
    assert "Không hoàn thành nhiệm vụ" in board(made(DISTRICT, an, {"huyen/classifications/2025": decided}), "xep-loai")


def test_what_is_to_be_completed_is_said_in_words_with_its_place() -> None:
    html = text(board(pages(), "can-bo-sung"))
    told = {each.source.file for each in example().register.records.values() if each.told}
    shown = [each for each in example().problems if each.severity == "warning" and each.place.file not in told]
    assert f"{len(shown)} chỗ nên bổ sung" in html if shown else "không có chỗ nào" in html
    for each in shown:
        assert each.place.file in html


def test_what_the_steward_has_to_settle_is_on_no_readers_page() -> None:
    records = asof.at(register({"project": PROJECT}), DAY)
    found = Problem("X22", Severity.WARNING, Place(records.records["project"].source.file), ("audience",))
    shown = page.render(records, progress.measure(records, DAY), [found])["bang/can-bo-sung.html"].html
    assert "X22" not in shown
    assert "không có chỗ nào" in shown


@pytest.mark.parametrize("folder", [ROOT, EXAMPLE])
def test_the_first_page_has_every_board_of_the_menu_in_its_groups(folder: Path) -> None:
    lines = (folder / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:\n")[1].splitlines()
    menu: dict[str, list[str]] = {}
    for line in lines:
        if group := re.fullmatch(r"  - (.+):", line):
            title = group[1]
        elif found := re.fullmatch(r"      - .+: bang/(.+)\.md", line):
            menu.setdefault(title, []).append(found[1])
    menu.pop("Dành cho người viết")
    assert {title: list(names) for title, names in GROUPS.items()} == menu
    html = pages()["index.html"].html
    assert [name for names in menu.values() for name in names if f'href="bang/{name}.html"' not in html] == []


def test_a_board_of_a_projects_own_is_in_the_list_too() -> None:
    own = '{% extends "_layout.html.j2" %}{% set path = "bang/rieng.html" %}{% set title = "Bảng riêng" %}'
    records = asof.at(register({"project": PROJECT}), DAY)
    shown = page.render(records, progress.measure(records, DAY), overrides={"rieng.html.j2": own})["index.html"].html
    assert "<h3>Các bảng khác</h3>" in shown
    assert '<a href="bang/rieng.html">Bảng riêng</a>' in shown


def test_every_kind_has_a_template_page_and_the_list_names_it() -> None:
    listed = text(pages()["mau/index.html"].html)
    for kind in kinds().values():
        html = pages()[f"mau/{kind.name}.html"].html
        assert kind.words["vi"] in listed
        assert html.count("data-ts-copy") == 2
        for key in kind.schema["required"]:
            assert re.search(rf"\n(# .*)?{key}:", unescape(html)), key


def test_the_words_of_every_schema_and_every_state_are_in_the_glossary() -> None:
    html = unescape(pages()["tu-ngu.html"].html)
    for kind in kinds().values():
        for allowed in _allowed(kind.schema):
            for value in allowed:
                assert f"<code>{value}</code>" in html
    for words in ("Đã khắc phục", "Chưa có thông tin", "Báo đã xong, chờ xác nhận", "Giữ vững, chưa thấy tái diễn", "Được gia hạn"):
        assert words in html


def _allowed(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for below in schema.get("properties", {}).values():
        for inner in (below, below.get("items", {})):
            if "x-words" in inner:
                yield inner["x-words"]
            yield from _allowed(inner)


def test_sources_are_shown_with_how_sure_their_date_is() -> None:
    html = text(made(SOURCE, {"bao-ke": body("Đảng ủy xã Báo Kể") | {"told_by": ["common/sources/bao"]}})["nguon.html"].html)
    assert "năm 2020" in html
    assert "Độ chắc của ngày Chưa chắc" in html
    assert "1 hồ sơ kể theo nguồn này" in html


def test_no_board_counts_or_lists_persons_and_posts() -> None:
    """A post is named as the owner of an action, and is never the heading of a group nor the head of a row."""
    for name in BOARDS:
        html = board(pages(), name)
        assert "/roles/" not in "".join(re.findall(r"<(?:h[1-6]|th)[^>]*>.*?</(?:h[1-6]|th)>", html, re.DOTALL)), name


SORTED = ("an An Ân mạ mác", "ma mà mả mã má mạ", "Dương Đông Em", "Bình_Cát Bình_Mẫu", "xã_1 xã_A", "o ô ơ", "u ư v", "tổ tờ từ")


@pytest.mark.parametrize(("first", "second"), [pair for line in SORTED for pair in itertools.pairwise(line.split())])
def test_words_sort_as_in_a_vietnamese_dictionary(first: str, second: str) -> None:
    assert collation.sort_key(first.replace("_", " ")) < collation.sort_key(second.replace("_", " "))


def test_the_sample_has_no_board_that_fails() -> None:
    made = flow.judge(flow.read(SAMPLE), DAY).pages()
    assert {f"bang/{name}.html" for name in BOARDS} <= set(made)


def test_what_is_overdue_says_when_another_date_was_asked_for_and_who_answers_for_an_ended_organisation() -> None:
    html = text(board(pages(), "qua-han"))
    assert re.search(r"Nộp đủ hồ sơ thanh toán.{0,80}Quá hạn 15 ngày Mốc trễ nhất: quá hạn 23 ngày Đang đề nghị gia hạn 28/02/2026", html)
    assert "Bí thư Đảng ủy xã Bình Mẫu Chức danh của đơn vị cũ; nay Đảng ủy xã Bình Cát trả lời" in html
    assert re.search(r"Họp Đảng ủy vào ngày 05 hằng tháng.{0,60}Việc làm thường xuyên: mỗi tháng", html)


def test_a_request_about_a_milestone_names_that_milestone_and_not_the_whole_action() -> None:
    assert re.search(r"Xong đoạn từ cổng chợ đến trường tiểu học Một mốc của việc: Tháo mái che.{0,70} 31/7/2025 15/9/2025", text(board(pages(), "gia-han")))
