"""The page of an organisation: its first line, what was found and who answers for it, what happened, and the one sheet that a printer gives, with its code."""

from __future__ import annotations

import base64
import functools
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from registers import Data, register
from stories import PLAN, Story, plan, reported
from tusoi import asof, corrections, flow, page, progress, qr, slippage
from tusoi.page import Page
from tusoi.past import NO_PAST
from tusoi.plugin import TusoiPlugin, write_pages
from tusoi.views.world import Background, site_of

DAY = date(2026, 3, 15)
ADDRESS = "https://minh-hoa.example.org/tu-soi/"
PROJECT: Data = {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"}
Records = dict[str, Data]


def commune() -> Records:
    """A commune of three findings with a plan of an action for each, and the two bodies that check it."""
    findings: list[Data] = [{"id": f"F{n}", "statement": f"Điều thứ {n} còn chậm.", "self_identified": n == 1} for n in (1, 2, 3)]
    action: Data = {"owner": "xa/roles/bi-thu"}
    actions = [action | {"id": f"A{n}", "findings": [f"xa/reviews/1#F{n}"], "content": f"Làm việc thứ {n}.", "due": f"2025-0{n}-28"} for n in (1, 2, 3)]
    plan: Data = {"title": "Kế hoạch năm 2024", "of": ["xa/reviews/1"], "accountable": "xa/roles/bi-thu", "direction": "Làm dần.", "actions": actions}
    return {
        "project": PROJECT,
        "huyen": {"name": "Huyện ủy Thử", "type": "party_committee"},
        "ubkt": {"name": "UBKT Thử", "type": "inspection_body", "parents": [{"of": "huyen"}]},
        "ubkt/roles/uy-vien": {"name": "Ủy viên UBKT", "rank": "member"},
        "mat-tran": {"name": "Mặt trận Thử", "type": "mass_org"},
        "mat-tran/roles/chu-tich": {"name": "Chủ tịch Mặt trận", "rank": "head"},
        "xa": {"name": "Đảng ủy xã Thử", "type": "party_committee", "parents": [{"of": "huyen"}]},
        "xa/roles/bi-thu": {"name": "Bí thư xã Thử", "rank": "head"},
        "xa/reviews/1": {"title": "Kiểm điểm năm 2024", "findings": findings, "concluded": {"date": "2024-12-10"}},
        "xa/plans/1": plan | {"approved": {"date": "2025-01-10"}},
    }


def report(*numbers: int, day: str = "2025-03-01") -> Records:
    entries = [{"action": f"A{n}", "state": "completed", "text": "Đã dán bảng."} for n in numbers]
    return {f"xa/progress/{day}": {"of": "xa/plans/1", "date": day, "by": "xa/roles/bi-thu", "entries": entries}}


def checked(number: int, by: str = "ubkt/roles/uy-vien", day: str = "2025-04-01", of: str = "xa/reviews/1#F") -> Records:
    entry = {"of": f"{of}{number}", "check": "completion", "result": "confirmed"}
    return {f"{by.split('/', 1)[0]}/verifications/{day}": {"date": day, "by": by, "method": "Xem tận nơi.", "entries": [entry]}}


def suggested() -> Records:
    """The same review, with one finding that its superior had suggested, one from comments, one that they saw themselves, and one of two of these."""
    review = commune()["xa/reviews/1"]
    one, two, three = review["findings"]
    back: Data = {"answers": ["huyen/suggestions/1#I1"]}
    return {
        "xa/reviews/1": review | {"findings": [one, two | back, three | {"from_feedback": ["xa/feedback/1"]}, one | back | {"id": "F4"}]},
        "huyen/suggestions/1": {"title": "Gợi ý", "to": ["xa"], "issues": [{"id": "I1", "statement": "Thu sai."}], "issued": {"date": "2024-11-01"}},
        "xa/feedback/1": {"about": ["xa"], "opens": "2024-11-10", "closes": "2024-11-20", "forms": {"sent": 60, "returned": 50}},
    }


def made(*parts: Mapping[str, Data], address: str = "", audience: str = "public") -> Mapping[str, Page]:
    there, corrected = corrections.apply(asof.at(register(*parts), DAY), DAY)
    site = replace(site_of(there, DAY), address=address, audience=audience)
    facts = progress.measure(there, DAY, corrected)
    return page.render(there, facts, site=site, background=Background(ledger=slippage.ledger(there, facts, NO_PAST)))


def words(html: str) -> str:
    """Give what a reader sees, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" .", ".").replace(" ,", ",")


def piece(html: str, start: str, end: str) -> str:
    """Give the piece of a page between two marks, as a reader sees it."""
    begin = html.index(start)
    return words(html[begin - 4 : html.index(end, begin)])


def screen(html: str) -> str:
    """Give a page without its sheet."""
    return html[: html.index('<section class="ts-sheet')]


def first_line(pages: Mapping[str, Page], name: str = "xa") -> str:
    return piece(pages[f"{name}.html"].html, 'class="ts-status__line"', "</p>")


def titles(html: str) -> list[str]:
    """Give the sections of a page by their anchors."""
    return re.findall(r'<h2 id="([^"]+)"', html)


class TestTheFirstLine:
    def test_what_was_wrong_stands_in_the_first_lines_what_is_open_before_what_is_settled(self) -> None:
        pages = made(commune(), report(2), checked(1, "mat-tran/roles/chu-tich"), report(1, day="2025-03-02"))
        html = screen(pages["xa.html"].html)
        box = html[html.index('class="ts-status ') : html.index("</dl>")]
        assert re.findall(r"Điều thứ (\d) còn chậm", box) == ["2", "3", "1"]
        assert box.count('<a href="xa/reviews/') == 3

    def test_those_that_are_not_named_are_counted_and_none_that_is_said_not_to_be_mended_is_among_them(self) -> None:
        box = functools.partial(piece, start='class="ts-measures"', end="</ul>")
        html = made(hostile())["xa.html"].html
        assert box(html).endswith("và 17 hạn chế nữa, trong đó 15 chưa khắc phục xong")
        assert '<li><a href="#han-che">và 17 hạn chế nữa' in html
        assert "hạn chế nữa" not in box(made(commune())["xa.html"].html), "all three are named"
        new: Data = {"title": "Kiểm điểm năm 2025", "concluded": {"date": "2025-12-10"}}
        stated = [{"finding": f"xa/reviews/1#F{n}", "answer": "unresolved"} for n in (3,)]
        later: Records = {"xa/reviews/2": new | {"findings": [{"id": f"G{n}", "statement": f"Điều mới {n}."} for n in (1, 2, 3)], "carry_over": stated}}
        pages = made(commune(), later, report(1), checked(1))
        said = box(pages["xa.html"].html)
        assert said.index("Điều thứ 3") < said.index("Điều mới 1") < said.index("Điều mới 2")
        assert said.endswith("và 3 hạn chế nữa, trong đó 2 chưa khắc phục xong")

    def test_where_nobody_checked_it_says_so_before_anything_else(self) -> None:
        said = first_line(made(commune(), report(1)))
        assert re.search(r"Chưa rõ ai xác nhận\. 0 trong 3 hạn chế đã khắc phục, đã được xác nhận\.", said), said
        assert "1 hạn chế đơn vị báo đã khắc phục, chưa rõ ai xác nhận." in said

    def test_one_body_is_named_with_its_day_and_several_are_named_a_to_z(self) -> None:
        one = first_line(made(commune(), report(1), checked(1)))
        assert "1 trong 3 hạn chế đã khắc phục, đã được xác nhận. UBKT Thử xác nhận ngày 01/4/2025, độc lập với người làm." in one
        two = first_line(made(commune(), report(1, 2), checked(1), checked(2, "mat-tran/roles/chu-tich", "2025-05-02")))
        assert "2 trong 3 hạn chế đã khắc phục, đã được xác nhận. Nơi xác nhận: Mặt trận Thử, UBKT Thử; lần gần nhất ngày 02/5/2025." in two

    def test_who_confirmed_one_action_is_not_said_to_have_confirmed_what_is_mended(self) -> None:
        """The latest check is of an action of another finding: it has no place among those who confirmed what is mended."""
        later = checked(2, "mat-tran/roles/chu-tich", "2025-06-01", "xa/plans/1#A")
        said = first_line(made(commune(), report(1, 2), checked(1), later))
        assert "UBKT Thử xác nhận ngày 01/4/2025" in said
        assert "Mặt trận" not in said
        alone = first_line(made(commune(), report(2), later))
        assert "0 trong 3 hạn chế" in alone
        assert "Mặt trận Thử xác nhận ngày 01/6/2025" in alone
        assert "Điều được xác nhận là từng việc, chưa phải cả hạn chế." in alone

    def test_what_the_organisation_saw_itself_is_to_its_credit_and_what_is_late_is_counted(self) -> None:
        status = piece(made(commune())["xa.html"].html, '<div class="ts-status', '<p class="ts-asof"')
        assert "3 hạn chế đã kết luận. 1 hạn chế do đơn vị tự nhận ra, điều đáng ghi nhận." in status
        assert "0 trong 3 việc đã xong, đã được xác nhận. 3 việc quá hạn." in status
        assert "Số liệu tính đến ngày 15/3/2026." in screen(made(commune())["xa.html"].html)

    def test_a_source_is_told_as_one_and_an_organisation_without_findings_says_whose_silence_it_is(self) -> None:
        told: Records = {"xa": commune()["xa"] | {"told_by": ["common/sources/bao"]}, "common/sources/bao": {"title": "Bài báo"}}
        bare = {name: data for name, data in commune().items() if not name.startswith("xa/")}
        assert "Nguồn không nêu hạn chế nào của riêng đơn vị này." in first_line(made(bare, told))
        assert "Hồ sơ ở đây chưa có hạn chế nào được kết luận của riêng đơn vị này." in first_line(made(bare))
        followed = {"xa/plans/1": commune()["xa/plans/1"] | {"followed_by": "ubkt"}}
        assert "Đơn vị này theo dõi 1 kế hoạch khắc phục của nơi khác." in first_line(made(commune(), followed), "ubkt")
        ended = {"ubkt": commune()["ubkt"] | {"to": "2025-06-30"}}
        assert "Theo dõi kế hoạch khắc phục UBKT Thử – đã kết thúc hoạt động ngày 30/6/2025" in words(made(commune(), followed, ended)["xa.html"].html)
        by_itself = {"xa/plans/1": commune()["xa/plans/1"] | {"followed_by": "xa"}}
        assert "của nơi khác" not in words(made(commune(), by_itself)["xa.html"].html), "its own plan is nobody else's"


def test_a_confirmed_answer_or_action_is_never_taken_for_a_finding_that_is_mended() -> None:
    pages = made(commune(), report(2), checked(2, of="xa/plans/1#A"), checked(1, "mat-tran/roles/chu-tich"), report(1, day="2025-03-02"))
    html = screen(pages["xa.html"].html)
    cards = {n: card for card in html.split('<li class="ts-card">') for n in "123" if f"Điều thứ {n} còn chậm" in card}
    assert "Điều được xác nhận là từng việc, chưa phải cả hạn chế." in words(cards["2"])
    assert "Điều được xác nhận" not in words(cards["1"])
    assert "Ai xác nhận" not in words(cards["3"]), "nobody has said that anything is done there"
    html = html[html.index('id="han-che"') :]
    places = [html.index(each) for each in ("Điều thứ 3 còn chậm", "1 hạn chế đã khắc phục<", "Điều thứ 1 còn chậm")]
    assert places == sorted(places), "what is mended is folded, after what is not"


def in_sight(html: str) -> str:
    """Give what stands in sight while nothing is opened."""
    shown = re.sub(r"(<details[^>]*>\s*<summary>.*?</summary>)", r"\1<folded>", html.replace("</details>", "</folded></details>"), flags=re.DOTALL)
    while (less := re.sub(r"<folded>(?:(?!<folded>).)*?</folded>", "", shown, flags=re.DOTALL)) != shown:
        shown = less
    return shown


class TestWhatIsInSight:
    def test_of_many_only_the_first_are_and_nothing_is_lost(self) -> None:
        html = screen(made(hostile())["xa.html"].html)
        section = html[html.index('id="han-che"') : html.index("</section>", html.index('id="han-che"'))]
        cards = re.findall(r'ts-card__title"><a href="([^"]+)"', section)
        assert len(cards) == len(set(cards)) == 20
        assert re.findall(r'ts-card__title"><a href="([^"]+)"', in_sight(section)) == cards[:4]
        assert "14 hạn chế nữa chưa khắc phục xong" in words(section)

    def test_what_a_reader_wants_to_know_of_one_is_and_the_rest_is_a_tap_away(self) -> None:
        """Who found it and who confirmed stand there; what was done opens, and is said once."""
        section = screen(made(commune(), report(1, 2), checked(2, of="xa/plans/1#A"))["xa.html"].html)
        section = section[section.index('id="han-che"') :]
        cards = {n: card for card in section.split('<li class="ts-card">') for n in "12" if f"Điều thứ {n} còn chậm" in card}
        assert "UBKT Thử xác nhận ngày 01/4/2025" in words(in_sight(cards["2"]))
        assert "Làm việc thứ 2" not in words(in_sight(cards["2"]))
        assert "Làm việc thứ 2" in words(cards["2"])
        assert words(cards["1"]).count("Đơn vị tự nhận ra") == 1
        assert "Ghi ở lần kiểm điểm ngày 10/12/2024" in words(in_sight(cards["1"]))
        assert "Đơn vị tự kiểm điểm" in words(in_sight(cards["2"]))

    def test_the_day_beside_who_raised_it_is_that_of_the_suggestion_or_the_round(self) -> None:
        """On the cards and on the sheet; where nothing but the day of the review is known, it says in words that it is the review's."""
        for audience in ("public", "members"):
            page = made(commune(), suggested(), audience=audience)["xa.html"].html
            cards = words(screen(page))
            sheet = words(sheet_of(page))
            for said in ("Gợi ý kiểm điểm – Huyện ủy Thử, ngày 01/11/2024", "Tiếp thu từ ý kiến góp ý, nhận đến ngày 20/11/2024"):
                assert said in cards
                assert f"({said})" in sheet
            assert "Ghi ở lần kiểm điểm ngày 10/12/2024" in cards
            assert "(Đơn vị tự nhận ra, ghi ở lần kiểm điểm ngày 10/12/2024)" in sheet
            assert "(Đơn vị tự nhận ra; Gợi ý kiểm điểm – Huyện ủy Thử, ngày 01/11/2024)" in sheet

    def test_a_suggestion_whose_day_nobody_knows_has_that_of_the_review_in_words(self) -> None:
        undated = {key: value for key, value in suggested()["huyen/suggestions/1"].items() if key != "issued"}
        sheet = words(sheet_of(made(commune(), suggested(), {"huyen/suggestions/1": undated})["xa.html"].html))
        assert "(Gợi ý kiểm điểm – Huyện ủy Thử, ghi ở lần kiểm điểm ngày 10/12/2024)" in sheet

    @pytest.mark.parametrize(
        ("dues", "said"),
        [
            (("2025-01-28", "2026-04-01"), "Tính đến ngày 15/3/2026: trước hết là những gì đã quá hạn"),
            (("2025-01-28", "2027-04-01"), "Đã quá hạn mà theo hồ sơ ở đây vẫn chưa có hoặc chưa xong, tính đến ngày 15/3/2026"),
            (("2027-01-28", "2026-04-01"), "Tính đến ngày 15/3/2026, theo hồ sơ ở đây không có gì quá hạn; dưới đây là những gì sắp đến hạn"),
        ],
    )
    def test_what_is_said_of_what_it_owes_is_true_of_all_that_follows(self, dues: tuple[str, str], said: str) -> None:
        """What is late, what is due soon, or both."""
        plan_of = commune()["xa/plans/1"]
        actions = [each | {"due": due} for each, due in zip(plan_of["actions"][1:], dues, strict=True)]
        html = made(commune(), {"xa/plans/1": plan_of | {"actions": actions}})["xa.html"].html
        start = html.index('id="con-phai-lam"')
        told = words(html[start - 4 : html.index("</section>", start)])
        assert told.startswith(f"Còn phải làm {said}")
        assert ("Đến hạn trong 30 ngày tới" in told) == ("2026" in dues[1])
        assert ("Quá hạn" in told) == ("2025" in dues[0])

    def test_the_reports_of_running_plans_are_offered_before_anything_is_opened(self) -> None:
        """Once, and not among the kinds to choose from."""
        html = made(commune(), {"xa/plans/1": commune()["xa/plans/1"] | {"reporting": "monthly"}})["xa.html"].html
        editing = html[html.index('id="viet-ho-so"') :]
        report_offer, choice = "Báo cáo tháng này: Kế hoạch năm 2024", "Thêm hồ sơ: chọn loại"
        assert editing.count(f"<summary>{report_offer}") == 1
        assert editing.index(report_offer) < editing.index(choice)
        assert "Thêm hồ sơ: kế hoạch khắc phục" in editing[editing.index(choice) :]

    def test_what_was_done_and_what_came_of_it_is_said_at_once_where_a_source_tells_one_story(self) -> None:
        source: Records = {"common/sources/bao": {"title": "Bài báo"}}
        finding: Data = {"id": "F1", "statement": "Phát rừng.", "outcome": "Không còn phát rừng."}
        action: Data = {"id": "A1", "findings": ["xa/reviews/1#F1"], "content": "Lập tổ kiểm tra."}
        told: Records = {
            "xa/reviews/1": {"told_by": ["common/sources/bao"], "title": "Kể", "findings": [finding]},
            "xa/plans/1": {"told_by": ["common/sources/bao"], "title": "Kể", "of": ["xa/reviews/1"], "actions": [action]},
        }
        both: Records = {"xa/reviews/1": told["xa/reviews/1"] | {"findings": [finding, finding | {"id": "F2"}]}}
        assert "Đã làm Lập tổ kiểm tra Kết quả, theo nguồn Không còn phát rừng" in words(made(commune(), source, told)["xa.html"].html)
        assert "Kết quả, theo nguồn" not in words(made(commune(), source, told, both)["xa.html"].html), "of two nobody would know which"

    def test_a_review_that_was_handed_in_is_not_called_unfinished(self) -> None:
        cycle: Data = {"name": "Kỳ năm 2025", "kind": "annual", "from": "2025-01-01", "to": "2025-12-31", "scope": ["xa"], "opened": {"date": "2025-01-02"}}
        written: Records = {"huyen/cycles/2025": cycle, "xa/reviews/2025": {"cycle": "huyen/cycles/2025", "findings": []}}
        handed: Records = {"xa/reviews/2025": written["xa/reviews/2025"] | {"submitted": {"date": "2025-12-01"}}}
        assert "Báo cáo kiểm điểm đang viết" in words(made(commune(), written)["xa.html"].html)
        assert "Báo cáo kiểm điểm đã nộp" in words(made(commune(), written, handed)["xa.html"].html)

    def test_a_month_that_has_its_report_is_not_asked_for_one_again(self) -> None:
        monthly = {"xa/plans/1": commune()["xa/plans/1"] | {"reporting": "monthly"}}
        for day, words_of_it in (("2026-02-27", "Báo cáo tháng này"), ("2026-03-02", "Thêm báo cáo trong tháng")):
            told: Data = {"of": "xa/plans/1", "date": day, "entries": [{"action": "A1", "state": "started"}]}
            assert f"<summary>{words_of_it}: Kế hoạch năm 2024" in made(commune(), monthly, {"xa/progress/9": told})["xa.html"].html

    def test_the_longest_page_of_the_example_says_little_before_anything_is_opened(self, example: Mapping[str, Page]) -> None:
        html = screen(longest(example).html)
        html = html[html.index('id="han-che"') :]
        assert len(words(in_sight(html))) < len(words(html)) / 2
        assert len(re.findall("<li", in_sight(html))) < 60

    def test_progress_over_time_is_drawn_beside_what_was_found_with_its_numbers(self) -> None:
        html = screen(made(commune(), report(1), checked(1))["xa.html"].html)
        section = html[html.index('id="han-che"') : html.index('id="ke-hoach"')]
        assert 'id="hinh-tien-do-xa-ten"' in section
        assert "Tiến độ theo thời gian: hình của 6 thời điểm" in words(in_sight(section))
        assert "Số liệu của hình này" in words(section)
        assert "hinh-tien-do-xa" not in in_sight(section)

    def test_one_day_is_no_progress_and_is_not_drawn(self) -> None:
        new = commune()["xa/reviews/1"] | {"concluded": {"date": "2026-03-15"}}
        assert "hinh-tien-do" not in made(commune(), {"xa/reviews/1": new})["xa.html"].html


def merged() -> Records:
    """The commune merged into another on 1 July 2025."""
    return commune() | {
        "xa": commune()["xa"] | {"to": "2025-06-30"},
        "moi": {"name": "Đảng ủy xã Mới", "type": "party_committee", "from": "2025-07-01", "lineage": [{"of": "xa", "how": "merged", "date": "2025-07-01"}]},
        "moi/roles/bi-thu": {"name": "Bí thư xã Mới", "rank": "head"},
    }


def test_after_a_merger_both_pages_say_who_answers_and_what_was_carried_over() -> None:
    pages = made(merged(), report(1), checked(1))
    before = pages["xa.html"].html
    assert "Đã kết thúc hoạt động ngày 30/6/2025. Hạn chế và lời hứa còn lại nay do Đảng ủy xã Mới trả lời. 1 trong 3 hạn chế" in first_line(pages)
    assert "Nay Đảng ủy xã Mới trả lời." in words(screen(before))
    assert "Đảng ủy xã Mới (sáp nhập ngày 01/7/2025) Chuyển giao 3 hạn chế, 3 việc; còn 2 việc chưa xong." in piece(before, 'id="don-vi"', "</section>")
    after = screen(pages["moi.html"].html)
    assert "1 trong 3 hạn chế đã khắc phục" in first_line(pages, "moi")
    assert "3 hạn chế nhận lại từ đơn vị cũ." in words(after)
    assert words(after).count("Nhận lại từ Đảng ủy xã Thử.") == 3
    assert "0 trong 3 việc đã xong, đã được xác nhận; 2 việc quá hạn · nhận lại từ Đảng ủy xã Thử" in piece(after, 'id="ke-hoach"', "</section>")
    assert "Đảng ủy xã Thử (sáp nhập ngày 01/7/2025) Chuyển giao 3 hạn chế, 3 việc; còn 2 việc chưa xong." in piece(after, 'id="don-vi"', "</section>")


def test_a_rating_says_what_it_rests_on_strengths_whose_words_they_are_and_a_request_what_came_of_it() -> None:
    rated: Records = {
        "huyen/cycles/2024": {"name": "Kiểm điểm cuối năm 2024", "kind": "annual", "from": 2024, "to": 2024, "scope": ["xa"]},
        "huyen/classifications/2024": {
            "title": "Xếp loại năm 2024",
            "cycle": "huyen/cycles/2024",
            "ratings": [{"id": "R1", "of": "xa", "level": "good", "basis": ["xa/reviews/1"]}],
            "decided": {"date": "2024-12-30"},
        },
        "xa/reviews/1": commune()["xa/reviews/1"] | {"strengths": [f"Điểm mạnh {n}." for n in range(7)]},
        "xa/postponements/1": {"of": "xa/plans/1#A1", "to": "2025-09-30", "date": "2025-02-20", "reason": "Chờ vốn."},
        "huyen/roles/bi-thu": {"name": "Bí thư Huyện ủy Thử", "rank": "head"},
        "huyen/answers/1": {"of": "xa/postponements/1", "date": "2025-02-25", "by": "huyen/roles/bi-thu", "result": "refused"},
    }
    html = screen(made(commune(), rated)["xa.html"].html)
    rating = piece(html, 'id="xep-loai"', "</section>")
    assert "Hoàn thành tốt nhiệm vụ" in rating
    assert "quyết định ngày 30/12/2024" in rating
    assert rating.endswith("Căn cứ: Kiểm điểm năm 2024")
    strengths = piece(html, 'id="diem-manh"', "</section>")
    assert "Theo Kiểm điểm năm 2024. Điểm mạnh 0." in strengths
    assert strengths.endswith("Điểm mạnh 4. và 2 điều nữa")
    assert "Đề nghị ngày 20/02/2025: từ hạn 28/01/2025 sang hạn 30/9/2025 Không được gia hạn Làm việc thứ 1" in piece(html, 'id="gia-han"', "</section>")


class TestTheTimeline:
    def records(self) -> Records:
        """Twelve reports of as many days, another body's check, a record of one post, and one of a day that is still to come."""
        many = {name: each for n in range(1, 13) for name, each in report(1, day=f"2025-{n:02d}-05").items()}
        alone = {"title": "Kiểm điểm của một người", "of": "xa/roles/bi-thu", "concluded": {"date": "2026-01-01"}}
        titled = {name: each | {"title": "Xem bảng"} for name, each in checked(1, day="2026-02-02").items()}
        return commune() | many | titled | {"xa/reviews/ca-nhan": alone} | report(2, day="2026-04-01")

    def test_all_that_happened_stands_there_the_latest_first_three_in_sight(self) -> None:
        html = screen(made(self.records())["xa.html"].html)
        story = html[html.index('id="dien-bien"') : html.index('id="don-vi"')]
        shown, folded = story[: story.index("<details")], story[story.index("<details") :]
        days = re.findall(r'ts-days__when">([^<]*)<', shown)
        assert days == ["02/02/2026", "05/12/2025", "05/11/2025"]
        assert "Trước đó: 12 lần nữa" in words(folded)
        earlier = [*(f"05/{n}/2025" for n in range(10, 2, -1)), "05/02/2025", "10/01/2025", "05/01/2025", "10/12/2024"]
        assert re.findall(r'ts-days__when">([^<]*)<', folded) == earlier
        assert "Xem bảng – UBKT Thử" in words(shown), "what others do is said to be theirs"
        assert "Ban hành: Kế hoạch năm 2024" in words(folded)
        assert "2026" not in "".join(days[1:]), "nothing of one post, nothing from later"
        assert "Kiểm điểm của một người" not in words(story)

    @pytest.mark.build
    def test_when_it_was_written_down_covers_all_records_and_stands_above_what_editors_write(self, tmp_path: Path) -> None:
        story = Story(tmp_path / "story")
        story.on("2025-01-12", {PLAN: plan()})
        for n in range(1, 13):
            story.on(f"2025-{n:02d}-20", {f"xa-mau/progress/2025-{n:02d}": reported(f"2025-{n:02d}-20", "started")})
        html = story.judged().pages()["xa-mau.html"].html
        written = html[html.index('<div class="ts-timeline"') : html.index('id="don-vi"')]
        latest, earlier = written.split("Các ngày trước đó")
        days = re.findall(r'ts-timeline__day">([^<]*)<', latest)
        assert len(days) == 10
        assert days[0] == "20/12/2025"
        assert "Thêm hồ sơ" in words(latest)
        assert "xa-mau/progress/2025-12.html" in latest
        assert len(re.findall(r'ts-timeline__day">', earlier)) >= 3
        assert "xa-mau/plans/2024.html" in earlier
        assert "Thêm hồ sơ" not in words(earlier), "the records' own pages say what changed"
        assert html.count('ts-timeline"') == 1, "no second one of its own file"
        assert html.index('ts-timeline"') < html.index('id="viet-ho-so"')


def test_the_contents_lead_to_every_section_in_its_order(example: Mapping[str, Page]) -> None:
    html = screen(longest(example).html)
    rows = re.findall(r'<li><a href="#([^"]+)">', html[html.index('class="ts-contents"') : html.index("</nav>", html.index('class="ts-contents"'))])
    assert rows.pop() == "viet-ho-so"
    assert rows.pop() == "mot-trang"
    assert 'id="viet-ho-so"' in longest(example).html
    assert rows == [each for each in titles(html) if each in rows]
    assert set(titles(html)) - set(rows) == {"gop-y", "mot-trang"} | (set(titles(html)) & {"ghi-chu"})
    ids = re.findall(r'\sid="([^"]+)"', longest(example).html)
    assert len(ids) == len(set(ids))


def test_every_organisation_has_a_first_line_and_a_sheet(example: Mapping[str, Page]) -> None:
    pages = [each for path, each in example.items() if re.fullmatch(r"[a-z0-9-]+\.html", path) and 'class="ts-sheet' in each.html]
    assert len(pages) == 24
    for each in pages:
        assert each.html.count('class="ts-status__line"') == 1
        assert each.html.count('class="ts-sheet__status"') == 1


@functools.cache
def rendered() -> Mapping[str, Page]:
    return flow.judge(flow.read(flow.HERE / "example"), DAY).pages(ADDRESS.rstrip("/"))


@pytest.fixture(scope="module")
def example() -> Mapping[str, Page]:
    """Give the pages of the example, at an address."""
    return rendered()


def longest(pages: Mapping[str, Page], language: str = "vi") -> Page:
    """Give the longest page of an organisation in a language."""
    found = (each for each in pages.values() if 'class="ts-sheet' in each.html and each.language == language)
    return max(found, key=lambda each: len(words(screen(each.html))))


class TestTheCode:
    def test_it_says_what_it_is_told_with_the_white_that_the_standard_asks_for(self) -> None:
        """Drawn squares against those of the encoder, one by one."""
        for text in ("https://a.example/x.html", ADDRESS + "mot-dia-chi-rat-dai/" * 6 + "x.html"):
            found = qr.code(text)
            matrix = [bytes(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix]
            assert found.text == text
            assert found.size == len(matrix) + 8
            dark = {(column, row) for row, line in enumerate(matrix, 4) for column, square in enumerate(line, 4) if square}
            assert drawn(found.path) == dark

    def test_it_bears_the_address_of_its_own_page(self) -> None:
        bilingual = {"project": PROJECT | {"languages": ["vi", "en"]}}
        pages = made(commune(), bilingual, address=ADDRESS)
        for path, there in (("xa.html", f"{ADDRESS}xa.html"), ("en/xa.html", f"{ADDRESS}en/xa.html")):
            html = pages[path].html
            paths = re.findall(r'<path fill="#000" d="([^"]*)"', html)
            assert paths == [qr.code(there).path] * 2, "on the screen and on the sheet"
            assert html.count(f"<figcaption>{there}</figcaption>") == 2

    def test_without_an_address_there_is_no_code_and_nothing_is_invented(self) -> None:
        html = made(commune())["xa.html"].html
        assert 'class="ts-qr"' not in html
        assert "http" not in html[html.index('<section class="ts-sheet') :]
        assert "Trên tờ có mã QR" not in words(html)

    @pytest.mark.build
    @pytest.mark.filterwarnings("ignore:user_configs:DeprecationWarning")  # MkDocs has no other way to what its user wrote
    def test_it_comes_from_the_address_in_mkdocs_yml_and_not_while_somebody_only_looks(self, project: Path, tmp_path: Path) -> None:
        config = project / "mkdocs.yml"
        config.write_text(config.read_text(encoding="utf-8") + f"\nsite_url: {ADDRESS.rstrip('/')}\n", encoding="utf-8")
        judged = flow.judge(flow.read(project), DAY)
        write_pages(judged, project, tmp_path, "vi")
        organisations = [each.id for each in judged.register.of_kind("organisation")]
        for each in organisations:
            assert f"{ADDRESS}{each}.html" in (tmp_path / f"docs/{each}.md").read_text(encoding="utf-8")
        looking = TusoiPlugin()
        for command, there in (("serve", ""), ("build", ADDRESS)):
            looking.on_startup(command=command, dirty=False)
            assert looking.address(ADDRESS) == there


def drawn(path: str) -> set[tuple[int, int]]:
    """Give the squares that a path fills: it draws strokes one square high, each moved to, along, down and back."""
    strokes = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{along}v1h-{back}z" for x, y, along, back in strokes) == path
    assert all(along == back for _, _, along, back in strokes)
    return {(int(x) + step, int(y)) for x, y, along, _ in strokes for step in range(int(along))}


def hostile() -> Records:
    """A commune that fills its sheet: more findings than there is room for, all that may be long as long as it may be, and much that is late."""
    long = "Đường Nguyễn Thượng Hiền và những đoạn đường thuộc khu vực trung tâm còn nhiều chỗ hư hỏng nặng " * 3
    findings: list[Data] = [{"id": f"F{n}", "statement": f"{n} {long}", "self_identified": True, "answers": ["huyen/suggestions/1#I1"]} for n in range(1, 20)]
    actions: list[Data] = [
        {"id": f"A{n}", "findings": [f"xa/reviews/1#F{n}"], "content": f"{n} {long}", "owner": "xa/roles/bi-thu", "due": "2025-01-31"} for n in range(1, 20)
    ]
    entries: list[Data] = [{"action": f"A{n}", "state": "blocked", "obstacle": long} for n in range(1, 16)]
    entries += [{"action": "A16", "state": "started", "text": long}, *({"action": f"A{n}", "state": "completed", "text": long} for n in (17, 18))]
    ratings: Records = {
        f"huyen/classifications/{year}": {
            "title": long,
            "cycle": f"huyen/cycles/{year}",
            "ratings": [{"id": "R1", "of": "xa", "level": "good"}],
            "decided": {"date": f"{year}-12-30"},
        }
        for year in (2023, 2024, 2025)
    }
    cycles: Records = {
        f"huyen/cycles/{year}": {"name": f"{year} {long}", "kind": "annual", "from": year, "to": year, "scope": ["xa"]} for year in (2023, 2024, 2025)
    }
    posts: Records = {f"huyen/roles/{n}": {"name": f"{n} {long}", "rank": "member"} for n in range(6)}
    old: Records = {f"cu-{n}": {"name": f"{n} {long}", "type": "party_committee", "to": "2020-06-30"} for n in range(5)}
    lineage = [{"of": name, "how": "merged", "date": "2020-07-01"} for name in old]
    return (
        commune()
        | cycles
        | ratings
        | posts
        | old
        | {
            "project": PROJECT | {"title": long, "notice": long},
            "huyen": commune()["huyen"] | {"name": long},
            "ubkt": commune()["ubkt"] | {"name": f"UBKT {long}"},
            "huyen/suggestions/1": {"title": long, "to": ["xa"], "issues": [{"id": "I1", "statement": long}], "issued": {"date": "2024-11-01"}},
            "xa": commune()["xa"] | {"name": long, "overseen_by": [{"role": name} for name in posts], "lineage": lineage},
            "xa/reviews/1": commune()["xa/reviews/1"] | {"findings": findings},
            "xa/plans/1": commune()["xa/plans/1"] | {"actions": actions[:18], "no_action": [{"finding": "xa/reviews/1#F19", "reason": long}]},
            "xa/reviews/2": {"title": long, "findings": [{"id": "F1", "statement": long}], "concluded": {"date": "2024-12-11"}},
            "xa/progress/1": {"of": "xa/plans/1", "date": "2025-02-28", "by": "xa/roles/bi-thu", "entries": entries},
            "xa/feedback/1": {
                "title": long,
                "about": ["xa"],
                "opens": "2025-01-01",
                "closes": "2025-01-20",
                "method": "Phiếu kín.",
                "forms": {"value": 90, "of": 100, "unit": "phiếu"},
                "balance": {"received": 40, "accepted": 10, "explained": 10, "in_clarification": 10, "out_of_scope": 10},
                "opened": {"date": "2025-01-01"},
                "compiled": {"date": "2025-01-25"},
            },
        }
        | checked(1)
    )


def nothing_yet() -> Records:
    """Give a commune of which there is no record yet."""
    return {key: each for key, each in commune().items() if key in ("project", "xa", "huyen")}


@pytest.fixture(scope="module")
def shell(built: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory, example: Mapping[str, Page]) -> Callable[[str], str]:
    """Put pages of organisations into a page of the built example, with its theme, on a disk; give the address of one by its name."""
    site = built("example")
    folder = tmp_path_factory.mktemp("organisations")
    shutil.copytree(site / "assets", folder / "assets")
    frame = (site / "dang-uy-xa-an-mau.html").read_text(encoding="utf-8")
    start, end = frame.index('<div class="ts-page">'), frame.index("</article>")
    full = made(hostile(), address=ADDRESS + "mot-thu-muc-rat-dai/" * 3)["xa.html"]
    bare = made(commune())["xa.html"]
    large = made(nothing_yet(), address=ADDRESS)["xa.html"]
    for name, each in {"longest": longest(example), "english": longest(example, "en"), "hostile": full, "bare": bare, "large": large}.items():
        (folder / f"{name}.html").write_text(frame[:start] + each.html + frame[end:], encoding="utf-8")
    return lambda name: (folder / f"{name}.html").as_uri()


@pytest.fixture
def paper(shell: Callable[[str], str], browser: Any) -> Iterator[Callable[[str, str], Any]]:
    """Open one of the pages on a light or a dark screen that is as wide as what may be printed on: 179 mm."""
    contexts: list[Any] = []

    def opened(name: str, scheme: str = "light") -> Any:
        context = browser.new_context(color_scheme=scheme, viewport={"width": 677, "height": 1123})
        contexts.append(context)
        tab = context.new_page()
        tab.goto(shell(name))
        return tab

    yield opened
    for each in contexts:
        each.close()


def squeezed(text: str) -> str:
    """Leave out spaces and line breaks: on paper they stand where there is room; and take letters that are drawn as one apart."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize(
    ("name", "scheme"), [("longest", "light"), ("longest", "dark"), ("english", "light"), ("hostile", "light"), ("bare", "light"), ("large", "light")]
)
def test_a_printer_gives_exactly_one_a4_sheet_and_nothing_on_it_is_cut_off(name: str, scheme: str, paper: Callable[[str, str], Any], tmp_path: Path) -> None:
    tab = paper(name, scheme)
    tab.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    (sheet,) = PdfReader(tmp_path / "sheet.pdf").pages
    assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)
    told = squeezed(sheet.extract_text())
    tab.emulate_media(media="print")
    for each in tab.locator(".ts-sheet :is(p, dt, dd, figcaption, .ts-sheet__what, .ts-sheet__state)").all_text_contents():
        assert squeezed(each) in told
    inside = tab.evaluate("""() => {
        const sheet = document.querySelector(".ts-sheet"), box = sheet.getBoundingClientRect();
        const all = [...sheet.querySelectorAll("*")].map((each) => each.getBoundingClientRect());
        const beyond = (side) => Math.max(...all.map((each) => each[side])) - box[side];
        return [sheet.scrollHeight - sheet.clientHeight, beyond("bottom"), beyond("right")];
    }""")
    assert max(inside) <= 0.5
    assert squeezed("Trên trang này") not in told
    assert squeezed("Mọi hồ sơ của đơn vị") not in told, "nothing but the sheet"
    drawn_in = b"".join(content.get_data() for content in [sheet.get_contents()] if content is not None)
    colours = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", drawn_in)
    assert all(red == green == blue for red, green, blue in colours), "readable from any printer"


@pytest.mark.browser
@pytest.mark.build
def test_the_sheet_has_the_essentials_of_the_longest_organisation(paper: Callable[[str, str], Any], example: Mapping[str, Page], tmp_path: Path) -> None:
    tab = paper("longest", "light")
    tab.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    (sheet,) = PdfReader(tmp_path / "sheet.pdf").pages
    told, made_of = squeezed(sheet.extract_text()), longest(example)
    line = words(re.findall(r'<p class="ts-status__line">(.*?)</p>', made_of.html)[0])
    heads = ("Đã quá hạn, chưa có hoặc chưa xong", "Hạn chế, nay ra sao", "Giữ hạn đã hứa", "Xếp loại", "Ai theo dõi", "Ý kiến góp ý gần nhất")
    for each in (made_of.title, line, "Số liệu tính đến ngày 15/3/2026.", f"{ADDRESS}{made_of.path}", *heads):
        assert squeezed(each) in told, each
    assert re.search(r"Quáhạn\d+ngày", told)
    assert re.search(r"Đãkhắcphục\d+/\d+", told)


def sheet_of(html: str) -> str:
    start = html.index('<section class="ts-sheet')
    return html[start : html.index("</section>", start)]


class TestWhatTheSheetSays:
    def test_what_was_promised_asked_and_answered_and_where_to_say_something(self) -> None:
        asked: Records = {
            "project": PROJECT | {"title": "Huyện Thử", "comments_to": "hòm thư ở nhà văn hóa"},
            "huyen/suggestions/1": {"title": "Gợi ý", "to": ["xa"], "issues": [{"id": "I1", "statement": "Thu phí sai."}], "issued": {"date": "2024-11-01"}},
            "huyen/roles/bi-thu": {"name": "Bí thư Huyện ủy", "rank": "head"},
            "xa/answers/1": {"of": "huyen/suggestions/1#I1", "date": "2024-11-20", "by": "xa/roles/bi-thu", "result": "explained", "text": "Đã trả lại."},
        }
        sheet = words(sheet_of(made(commune(), report(1), checked(1, of="xa/plans/1#A"), asked)["xa.html"].html))
        assert "Đã hứa làm gì, đến đâu Làm việc thứ 1. (hạn 28/01/2025)" in sheet
        assert sheet.count("Làm việc thứ 2") == 1, "what is overdue stands above, and is not said twice"
        assert "Thu phí sai. (Huyện ủy Thử, 01/11/2024) Trả lời: Đã trả lại. Giải trình: có" in sheet
        assert "Muốn góp ý? Đến hòm thư ở nhà văn hóa." in sheet

    def test_who_watches_now_stands_there_and_who_does_no_more_does_not(self) -> None:
        cycle: Data = {"title": "Kiểm điểm năm 2024", "from": "2024-01-01", "to": "2024-12-31"}
        group: Data = {"lead": "huyen/roles/bi-thu", "covers": ["xa"], "established": {"date": "2024-11-01"}}
        ended: Data = {"name": "UBKT đã hết", "type": "inspection_body", "parents": [{"of": "huyen"}], "to": "2025-06-30"}
        first = commune()["xa/plans/1"]
        watched: Records = {
            "huyen/roles/bi-thu": {"name": "Bí thư Huyện ủy", "rank": "head"},
            "huyen/cycles/2024": cycle | {"opened": {"date": "2024-09-01"}, "closed": {"date": "2025-02-14"}},
            "huyen/cycles/2025": cycle | {"title": "Kiểm điểm năm 2025", "from": "2025-01-01", "to": "2025-12-31", "opened": {"date": "2025-09-01"}},
            "huyen/groups/cu": group | {"name": "Tổ của kỳ đã khép", "cycle": "huyen/cycles/2024"},
            "huyen/groups/nay": group | {"name": "Tổ của kỳ đang chạy", "cycle": "huyen/cycles/2025"},
            "het": ended,
            "xa/plans/1": first | {"followed_by": "ubkt"},
            "xa/plans/2": first | {"title": "Kế hoạch thứ hai", "followed_by": "het"},
            "xa/plans/3": first | {"title": "Kế hoạch thứ ba", "followed_by": "mat-tran"},
        }
        html = made(commune(), watched)["xa.html"].html
        assert "Tổ của kỳ đã khép" in words(screen(html)), "the page still has them"
        sheet = words(sheet_of(html))
        assert "Ai theo dõi Mặt trận Thử; UBKT Thử; Tổ của kỳ đang chạy Cấp trên" in sheet

    def test_watchers_without_room_are_counted(self) -> None:
        group: Data = {"lead": "huyen/roles/bi-thu", "covers": ["xa"], "established": {"date": "2024-11-01"}}
        groups: Records = {f"huyen/groups/{n}": group | {"name": f"Tổ số {n} {'rất dài ' * 5}"} for n in range(1, 8)}
        sheet = words(sheet_of(made(commune(), {"huyen/roles/bi-thu": {"name": "Bí thư", "rank": "head"}}, groups)["xa.html"].html))
        named, rest = re.findall(r"Tổ số \d", sheet), re.search(r"và (\d) nơi nữa", sheet)
        assert rest
        assert len(named) + int(rest[1]) == 7

    def test_who_asked_for_more_time_is_not_only_late(self, example: Mapping[str, Page]) -> None:
        """The request stands beside the days, as on the page, and before what else is said there."""
        assert "Quá hạn 15 ngày; đang đề nghị gia hạn; mốc trễ nhất: quá hạn 23 ngày" in words(sheet_of(example["dang-uy-xa-an-mau.html"].html))
        request: Data = {"of": "xa/plans/1#A1", "date": "2025-01-20", "by": "xa/roles/bi-thu", "to": "2026-04-20", "reason": "Chờ vốn."}
        pages = made(commune(), {"xa/postponements/1": request})
        assert "Đang đề nghị gia hạn" in piece(pages["xa.html"].html, 'id="con-phai-lam"', "</section>")
        assert "Làm việc thứ 1. (hạn 28/01/2025) Quá hạn 411 ngày; đang đề nghị gia hạn Làm việc thứ 2" in words(sheet_of(pages["xa.html"].html))

    def test_without_an_address_it_says_in_words_where_the_page_is(self) -> None:
        sheet = words(sheet_of(made(commune(), {"project": PROJECT | {"title": "Huyện Thử"}})["xa.html"].html))
        assert sheet.endswith("Số liệu tính đến ngày 15/3/2026. Xem đủ trên trang “Huyện Thử”, mục Đơn vị, trang “Đảng ủy xã Thử”.")
        assert sheet_of(made(commune(), address=ADDRESS)["xa.html"].html).count(f"Xem đủ tại {ADDRESS}xa.html") == 1

    def test_what_has_no_room_is_counted(self) -> None:
        sheet = sheet_of(made(hostile())["xa.html"].html)
        shown = [words(each) for each in re.findall(r"<li>(.*?)</li>", sheet, re.DOTALL)]
        rest = [int(number) for each in shown for number in re.findall(r"^… và (\d+) ", each)]
        assert len(rest) == 2
        late, found = (len(re.findall(r"ts-sheet__state", part)) for part in sheet.split('class="ts-sheet__name"')[1:3])
        assert (late, found) == (late, 20 - rest[1])
        assert late >= 3
        assert found >= 4

    def test_little_is_written_in_larger_letters(self) -> None:
        assert 'class="ts-sheet ts-sheet--22 ts-sheet--large"' in made(nothing_yet())["xa.html"].html
        assert 'class="ts-sheet ts-sheet--14 ts-sheet--large"' in made(commune())["xa.html"].html
        assert 'class="ts-sheet ts-sheet--9"' in made(hostile())["xa.html"].html

    def test_the_code_stands_at_the_foot_of_a_sheet_in_large_letters_and_else_in_its_head(self) -> None:
        for records, part in ((nothing_yet(), "ts-sheet__foot"), (hostile(), "ts-sheet__head")):
            sheet = sheet_of(made(records, address=ADDRESS)["xa.html"].html)
            parts = re.split(r'(?=<div class="ts-sheet__(?:head|foot)">)', sheet)
            assert [re.findall(r'class="(ts-sheet__\w+)', each)[0] for each in parts if 'class="ts-qr"' in each] == [part]


@pytest.mark.browser
@pytest.mark.build
def test_the_sheet_of_every_organisation_fits_even_in_a_wide_typeface_and_the_room_is_used(
    shell: Callable[[str], str], browser: Any, example: Mapping[str, Page]
) -> None:
    """All of the example in both languages, and the one that is as long as anything may be, in letters wider than those of most readers."""
    context = browser.new_context(viewport={"width": 677, "height": 1123})
    tab = context.new_page()
    tab.goto(shell("hostile"))
    tab.emulate_media(media="print")
    tab.add_style_tag(content=".ts-sheet.ts-sheet * { font-family: 'DejaVu Sans', Verdana !important; font-style: normal !important; }")
    sheets = {each.path: sheet_of(each.html) for each in example.values() if 'class="ts-sheet' in each.html}
    sheets["hostile"] = sheet_of(made(hostile(), address=ADDRESS + "mot-thu-muc-rat-dai/" * 3)["xa.html"].html)
    sheets["bare"] = sheet_of(made(nothing_yet(), address=ADDRESS + "mot-thu-muc-rat-dai/" * 3)["xa.html"].html)
    measured = tab.evaluate(_FITS, sheets)
    context.close()
    assert len(measured) == 50
    assert {path: over for path, (over, _free) in measured.items() if over > 0.5} == {}
    assert {path: free for path, (_over, free) in measured.items() if "… " in words(sheets[path]) and "ts-sheet--9" in sheets[path] and free > 45} == {}


_FITS = """(sheets) => Object.fromEntries(Object.entries(sheets).map(([path, html]) => {
    document.querySelector(".ts-sheet").outerHTML = html;
    const sheet = document.querySelector(".ts-sheet"), end = sheet.lastElementChild.getBoundingClientRect();
    const filled = [...sheet.children].reduce((all, each) => all + each.getBoundingClientRect().height, 0);
    const free = (sheet.getBoundingClientRect().height - filled) / 96 * 25.4;
    return [path, [Math.max(sheet.scrollHeight - sheet.clientHeight, end.bottom - sheet.getBoundingClientRect().bottom), free]];
}))"""


_PIXELS = """async ([data, size]) => {
    const image = await createImageBitmap(await (await fetch(data)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height), paint = canvas.getContext("2d");
    paint.drawImage(image, 0, 0);
    const middle = (square, whole) => Math.floor((square + 0.5) * whole / size);
    const at = (x, y) => [...paint.getImageData(middle(x, image.width), middle(y, image.height), 1, 1).data].slice(0, 3);
    return Array.from({length: size}, (_, y) => Array.from({length: size}, (_, x) => at(x, y)));
}"""


@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_code_is_black_on_white_and_large_enough_in_any_light(media: str, forced: str, shell: Callable[[str], str], browser: Any) -> None:
    """What stands on a dark screen and on paper, square by square, is what the code says; its own squares are 25 mm wide at least."""
    context = browser.new_context(color_scheme="dark", forced_colors=forced, viewport={"width": 677, "height": 1123}, device_scale_factor=2)
    tab = context.new_page()
    tab.goto(shell("longest"))
    tab.emulate_media(media=media)
    picture = tab.locator("#mot-trang ~ .ts-qr > svg" if media == "screen" else ".ts-sheet .ts-qr > svg")
    box = picture.bounding_box()
    expected = qr.code(f"{ADDRESS}{longest(rendered()).path}")
    assert box["width"] == pytest.approx(box["height"], abs=0.5)
    assert box["width"] * 25.4 / 96 * (expected.size - 8) / expected.size >= 25
    data = "data:image/png;base64," + base64.b64encode(picture.screenshot()).decode()
    pixels = tab.evaluate(_PIXELS, [data, expected.size])
    context.close()
    found = {(x, y) for y, row in enumerate(pixels) for x, colour in enumerate(row) if max(colour) < 64}
    white = {(x, y) for y, row in enumerate(pixels) for x, colour in enumerate(row) if min(colour) > 224}
    assert found == drawn(expected.path)
    assert len(found) + len(white) == expected.size**2


@pytest.mark.browser
@pytest.mark.build
def test_a_button_prints_the_sheet(opened: Callable[..., Any]) -> None:
    tab = opened("dang-uy-xa-an-mau.html")
    tab.evaluate("window.print = () => { window.printed = true }")
    tab.get_by_role("link", name="Bản in", exact=True).click()
    tab.get_by_role("button", name="In tờ A4").click()
    assert tab.evaluate("window.printed")
