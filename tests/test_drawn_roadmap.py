"""The roadmap of an action and of a plan: what is drawn is what the records say, of a story nothing is late, and the words say all that is drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registers import Data, judged, register
from tusoi import asof
from tusoi.record import Part, Record
from tusoi.titles import Titles
from tusoi.views.drawn_lines import Line, Look
from tusoi.views.drawn_roadmap import Roadmap, roadmap
from tusoi.views.world import World, site_of

DAY = date(2026, 3, 15)
PLAN = "xa/plans/1"
ACTION: Data = {"id": "A1", "findings": ["xa/reviews/1#F1"], "content": "Lập bảng theo dõi.", "owner": "xa/roles/pho", "due": "2025-03-31"}


def records(*actions: Data, told: bool = False, approved: str = "2025-01-10", **more: Data) -> dict[str, Data]:
    """Give a commune with a review, a plan of these actions, and whatever else is given by the kind of its record."""
    by: Data = {"told_by": ["common/sources/bao"]} if told else {}
    sealed: Data = {"approved": {"date": approved}} if approved else {}
    made: dict[str, Data] = {
        "common/sources/bao": {"title": "Một bài báo", "confidence": "low"},
        "huyen": {"name": "Huyện ủy", "type": "party_committee"},
        "huyen/roles/bi-thu": {"name": "Bí thư Huyện ủy", "rank": "head"},
        "xa": {"name": "Đảng ủy xã", "type": "party_committee", "parents": [{"of": "huyen"}]},
        "xa/roles/pho": {"name": "Phó Bí thư", "rank": "deputy"},
        "xa/reviews/1": {"title": "Kiểm điểm", "findings": [{"id": "F1", "statement": "Chậm."}], "concluded": {"date": "2024-12-20"}} | by,
        PLAN: {"title": "Kế hoạch", "of": ["xa/reviews/1"], "followed_by": "huyen", "actions": [ACTION | each for each in actions or ({},)]} | sealed | by,
    }
    return made | {f"xa/{name.replace('_', '/', 1)}": data for name, data in more.items()}


def report(day: object, action: str = "A1", state: str = "completed", **entry: Any) -> Data:
    return {"of": PLAN, "entries": [{"action": action, "state": state, "text": "Đã làm."} | entry]} | ({"date": day} if day else {})


def asked(to: str, day: str, of: str = f"{PLAN}#A1") -> Data:
    return {"of": of, "to": to, "date": day, "reason": "Chờ."}


def agreed(day: str, of: str = "xa/postponements/1", result: str = "agreed") -> dict[str, Data]:
    return {"huyen/answers/1": {"of": of, "date": day, "by": "huyen/roles/bi-thu", "result": result}}


def drawn(made: dict[str, Data], ref: str = f"{PLAN}#A1", day: date = DAY) -> Roadmap:
    """Give the picture of something in some records on a day."""
    known = asof.at(register(made), day)
    thing = known.find(ref)
    assert isinstance(thing, Record | Part)
    found = roadmap.make(World(known, judged(known, day), (), site_of(known, day), Titles(known)), thing)
    assert isinstance(found, Roadmap)
    return found


def line(picture: Roadmap, place: int, of: int = 0) -> Line:
    return picture.rows[place].lines[of]


def looks(each: Line) -> list[str]:
    return [bar.look for bar in each.bars]


def number(text: str) -> float:
    return float(text.removesuffix("%"))


def end(each: Line, place: int = -1) -> float:
    return number(each.bars[place].place.x) + number(each.bars[place].place.width)


class TestAnAction:
    def test_asked_agreed_and_done_late(self) -> None:
        """Ninety days of promise, sixty-one agreed later, ten after that."""
        made = records(postponements_1=asked("2025-05-31", "2025-03-20"), progress_1=report("2025-06-10")) | agreed("2025-03-25")
        picture = drawn(made)
        assert [row.words for row in picture.rows] == ["Hứa lần đầu", "Được gia hạn", "Thực tế"]
        assert " ".join(picture.said) == (
            "Lúc đầu hứa xong ngày 31/3/2025. Được gia hạn đến 31/5/2025. Báo xong ngày 10/6/2025, chờ xác nhận. "
            "Chậm 71 ngày so với hạn đầu. Chậm 10 ngày so với hạn đã gia hạn."
        )
        first, moved, actual = (line(picture, place) for place in range(3))
        assert looks(first) == [Look.PROMISED]
        assert looks(moved) == [Look.PROMISED, Look.MOVED]
        assert looks(actual) == ["waiting", Look.MOVED, Look.OVER]
        assert number(first.bars[0].place.x) == number(moved.bars[0].place.x) == number(actual.bars[0].place.x) > 0
        assert end(first) == pytest.approx(end(actual, 0), abs=0.02)
        assert end(moved) == pytest.approx(end(actual, 1), abs=0.02)
        assert number(first.marks[0].x) < number(moved.marks[0].x) < number(actual.marks[0].x)
        assert number(actual.marks[0].x) == pytest.approx(end(actual), abs=0.02)
        assert [mark.shape for mark in actual.marks] == ["ring-tick"]
        assert picture.today == ""

    @pytest.mark.parametrize(
        ("result", "words"), [("refused", "Đề nghị gia hạn đến 31/5/2025, không được đồng ý."), ("", "Đang đề nghị gia hạn đến 31/5/2025, chưa có trả lời.")]
    )
    def test_what_was_not_agreed_moves_nothing(self, result: str, words: str) -> None:
        made = records(postponements_1=asked("2025-05-31", "2025-03-20"), progress_1=report("2025-04-30")) | (
            agreed("2025-03-25", result=result) if result else {}
        )
        picture = drawn(made)
        assert words in picture.said
        assert looks(line(picture, 1)) == []
        assert looks(line(picture, 2)) == ["waiting", Look.OVER]

    def test_what_is_open_goes_on_to_the_day(self) -> None:
        picture = drawn(records(progress_1=report("2025-02-20", state="started")))
        assert looks(line(picture, 1)) == ["moving", Look.OVER]
        assert line(picture, 1).marks[0].x == picture.today
        assert picture.today_words == "Tính đến ngày 15/3/2026"
        assert picture.said[-1] == "Tính đến ngày 15/3/2026: quá hạn 349 ngày."

    def test_before_its_date_nothing_is_after_it(self) -> None:
        picture = drawn(records(progress_1=report("2025-02-20", state="started")), day=date(2025, 3, 31))
        assert looks(line(picture, 1)) == ["moving"]
        assert picture.said[-1] == "Ngày 31/3/2025: đến hạn."
        assert drawn(records(), day=date(2025, 3, 1)).said[-1] == "Tính đến ngày 01/3/2025: còn 30 ngày."

    def test_done_on_the_very_day_is_in_time(self) -> None:
        """Both marks stand at one place, each on a line of its own."""
        picture = drawn(records(progress_1=report("2025-03-31")))
        assert picture.said[-1] == "Đúng hạn đầu."
        assert looks(line(picture, 1)) == ["waiting"]
        assert line(picture, 0).marks[0].x == line(picture, 1).marks[0].x

    def test_what_is_over_is_drawn_the_same_for_ever(self) -> None:
        made = records(progress_1=report("2025-04-20")) | {
            "huyen/verifications/1": {"date": "2025-05-02", "entries": [{"of": f"{PLAN}#A1", "check": "completion", "result": "confirmed"}]}
        }
        picture = drawn(made)
        assert picture == drawn(made, day=date(2029, 8, 9))
        assert looks(line(picture, 1)) == ["good", Look.OVER]
        assert picture.said[1] == "Báo xong ngày 20/4/2025, đã được xác nhận."

    def test_a_month_is_drawn_as_a_month_and_nothing_is_called_late_on_a_guess(self) -> None:
        picture = drawn(records({"due": "2025-03"}, progress_1=report("2025-03-20")))
        assert looks(line(picture, 0)) == [Look.PROMISED, Look.ABOUT]
        assert looks(line(picture, 1)) == ["waiting"]
        assert not any("hạn đầu" in each for each in picture.said[1:])
        assert picture.rows[0].said == ("tháng\u00a03/2025",)

    def test_a_plan_that_was_approved_after_its_dates_runs_nothing_backwards(self) -> None:
        picture = drawn(records(approved="2025-04-15", progress_1=report("2025-04-10")), day=date(2025, 5, 1))
        assert [looks(line(picture, place)) for place in (0, 1)] == [[], []]
        assert [mark.shape for place in (0, 1) for mark in line(picture, place).marks] == ["flag", "ring-tick"]

    def test_a_draft_has_promised_nothing(self) -> None:
        picture = drawn(records(approved=""))
        assert picture.said == ("Dự thảo ghi hạn 31/3/2025; chưa ban hành nên chưa phải lời hứa.",)
        assert [row.words for row in picture.rows] == ["Hạn trong dự thảo"]
        assert picture.today == ""

    def test_stopped_is_neither_done_nor_overdue(self) -> None:
        picture = drawn(records(progress_1=report("2025-02-01", state="stopped")))
        assert picture.said == ("Lúc đầu hứa xong ngày 31/3/2025.", "Dừng thực hiện ngày 01/02/2025.")
        assert looks(line(picture, 1)) == ["quiet"]
        assert line(picture, 1).marks[0].shape == "stop"

    def test_milestones_have_both_lines(self) -> None:
        steps = [{"id": "A1.M1", "content": "Xong bản thảo.", "due": "2025-02-01"}, {"id": "A1.M2", "content": "Lấy ý kiến.", "due": "2025-03-01"}]
        picture = drawn(records({"milestones": steps}, progress_1=report("2025-02-11", state="started", reached=["M1"])), day=date(2025, 2, 20))
        assert [(row.words, row.content) for row in picture.rows[2:]] == [("Mốc 1", "Xong bản thảo."), ("Mốc 2", "Lấy ý kiến.")]
        assert picture.rows[2].said == ("Hạn đầu: 01/02/2025.", "Báo đạt ngày 11/02/2025.")
        assert picture.rows[3].said == ("Hạn đầu: 01/3/2025.", "Tính đến ngày 20/02/2025: còn 9 ngày.")
        assert [looks(each) for each in picture.rows[2].lines] == [[Look.PROMISED], ["waiting", Look.OVER]]
        assert [looks(each) for each in picture.rows[3].lines] == [[Look.PROMISED], ["quiet"]]

    def test_a_duty_that_recurs_is_late_only_where_the_facts_say_so(self) -> None:
        """Confirmed after its last day, it was not done after it."""
        duty = {"kind": "recurring", "every": "month", "from": "2025-02-01", "until": "2025-11-30", "due": None}
        action = {key: value for key, value in (ACTION | duty).items() if value is not None}
        made = records() | {PLAN: records()[PLAN] | {"actions": [action]}}
        checked = {"huyen/verifications/1": {"date": "2025-12-20", "entries": [{"of": f"{PLAN}#A1", "check": "completion", "result": "confirmed"}]}}
        assert looks(line(drawn(made | checked), 1)) == ["good"]
        assert looks(line(drawn(made), 1))[-1] == Look.OVER
        assert drawn(made).rows[0].said == ("01/02/2025 – 30/11/2025",)

    def test_the_table_has_every_date(self) -> None:
        made = records(postponements_1=asked("2025-05-31", "2025-03-20"), progress_1=report("2025-06-10")) | agreed("2025-03-25")
        assert drawn(made).table == (
            ("Ban hành kế hoạch", "10/01/2025", ""),
            ("Hạn đầu", "31/3/2025", ""),
            ("Đề nghị gia hạn", "20/3/2025", "sang 31/5/2025: Được gia hạn"),
            ("Báo đã xong, chờ xác nhận", "10/6/2025", ""),
        )


class TestAStory:
    def test_nothing_is_late_and_no_day_passes(self) -> None:
        picture = drawn(records(told=True, progress_1=report("2025-06-10") | {"told_by": ["common/sources/bao"]}))
        assert [row.words for row in picture.rows] == ["Hạn theo nguồn", "Theo lời kể của nguồn"]
        assert looks(line(picture, 1)) == ["waiting"]
        assert " ".join(picture.said) == "Theo nguồn, hạn là 31/3/2025. Nguồn kể đã xong; không nêu ai xác nhận (ngày 10/6/2025)."
        open_one = drawn(records(told=True))
        assert (open_one.today, [row.words for row in open_one.rows if row.lines]) == ("", ["Hạn theo nguồn"])
        assert open_one == drawn(records(told=True), day=date(2030, 1, 1))

    def test_where_no_date_is_known_sentences_stand_alone(self) -> None:
        bare = {key: value for key, value in ACTION.items() if key != "due"}
        made = records(told=True, approved="")
        made[PLAN]["actions"] = [bare]
        picture = drawn(made)
        assert not picture.is_drawn
        assert picture.said == ("Nguồn không nêu hạn.", "Nguồn không nêu kết quả.")


class TestAPlan:
    def test_it_has_a_row_for_each_action_in_the_order_of_the_plan_on_one_axis(self) -> None:
        made = records({}, {"id": "A2", "due": "2025-09-30", "content": "Việc hai."}, progress_1=report("2025-04-10"))
        picture = drawn(made, PLAN)
        assert [(row.words, row.ref) for row in picture.rows] == [("Việc 1", f"{PLAN}#A1"), ("Việc 2", f"{PLAN}#A2")]
        assert [looks(each) for each in picture.rows[0].lines] == [[Look.PROMISED], ["waiting", Look.OVER]]
        assert [looks(each) for each in picture.rows[1].lines] == [[Look.PROMISED], ["quiet", Look.OVER]]
        assert number(picture.rows[0].lines[0].marks[0].x) < number(picture.rows[1].lines[0].marks[0].x) < number(picture.today)
        assert picture.table[0][:4] == ("Việc 1", "31/3/2025", "", "10/4/2025")
        assert len({row.id for row in picture.rows}) == 2

    def test_only_what_occurs_is_explained(self) -> None:
        keys = {words for _look, words in drawn(records(progress_1=report("2025-03-01")), PLAN).key}
        assert keys == {"Thanh mảnh: đã hứa", "Thanh dày: thực tế", "Hạn đầu"}
        assert {words for _look, words in drawn(records(), PLAN).key} == {*keys, "Sau hạn"}

    def test_a_plan_without_actions_has_no_picture(self) -> None:
        made = records()
        del made[PLAN]["actions"]
        known = asof.at(register(made), DAY)
        thing = known.find(PLAN)
        assert isinstance(thing, Record)
        assert roadmap.make(World(known, judged(known, DAY), (), site_of(known, DAY), Titles(known)), thing) is None
