"""Pictures of where organisations stand: they count what boards and facts count, peers only, stories never, and the past as it was judged then."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from registers import Data, judged, register
from tusoi import asof, flow
from tusoi.facts import CarryColumn, FindingState
from tusoi.labels import Shape, Tone
from tusoi.record import Record
from tusoi.titles import Titles
from tusoi.views.carried import carried
from tusoi.views.drawn_bars import FINDINGS, BarRow, Bars, Fill
from tusoi.views.drawn_progress import drawn_progress
from tusoi.views.drawn_states import drawn_carried, drawn_overdue, drawn_ratings
from tusoi.views.submission_matrix import Matrix, submission_matrix
from tusoi.views.world import World, site_of

DAY = date(2026, 3, 15)
EXAMPLE = Path(flow.HERE) / "example"


@functools.cache
def tree() -> flow.Tree:
    return flow.read(EXAMPLE)


@functools.cache
def example(day: date = DAY, audience: str = "public") -> World:
    made = flow.judge(tree(), day)
    return World(made.register, made.facts, made.problems, replace(site_of(made.register, day), audience=audience), Titles(made.register))


def world(records: Mapping[str, Data], day: date = DAY, audience: str = "public") -> World:
    known = asof.at(register(records), day)
    return World(known, judged(known, day), (), replace(site_of(known, day), audience=audience), Titles(known))


def rows(picture: Bars | None) -> list[BarRow]:
    assert picture is not None
    return [row for group in picture.groups for row in group.rows]


def numbers(row: BarRow) -> dict[str, int]:
    return {part.fill.value: int(part.number) for part in row.parts}


def width(text: str) -> float:
    return float(text.removesuffix("%"))


def body(name: str, group: str = "", told: bool = False) -> Data:  # noqa: FBT001, FBT002 -- of a helper
    made: Data = {"name": name, "type": "party_committee"} | ({"peer_group": group} if group else {})
    return made | ({"told_by": ["common/sources/bao"]} if told else {})


def promise(folder: str, *dues: str, told: bool = False) -> dict[str, Data]:
    """Give an organisation with a plan of actions that are due on these days."""
    by: Data = {"told_by": ["common/sources/bao"]} if told else {}
    actions = [{"id": f"A{number}", "content": "Việc.", "due": due} for number, due in enumerate(dues, 1)]
    return {
        "common/sources/bao": {"title": "Một bài báo", "confidence": "low"},
        folder: body(f"Đảng ủy {folder}"),
        f"{folder}/reviews/1": {"title": "Kiểm điểm", "findings": [{"id": "F1", "statement": "Chậm."}], "concluded": {"date": "2024-12-20"}} | by,
        f"{folder}/plans/1": {"title": "Kế hoạch", "of": [f"{folder}/reviews/1"], "actions": actions, "approved": {"date": "2024-12-22"}} | by,
    }


class TestOverdue:
    def test_each_action_is_in_one_band(self) -> None:
        ago = [DAY - timedelta(days=days) for days in (0, 1, 30, 31, 90, 91, 365, 366, 400)]
        picture = drawn_overdue.make(world(promise("xa", *map(str, ago))))
        assert [(row.name, row.said) for row in rows(picture)] == [
            ("1–30 ngày", "2/8 việc (25,0\u00a0%)"),
            ("31–90 ngày", "2/8 việc (25,0\u00a0%)"),
            ("91–365 ngày", "2/8 việc (25,0\u00a0%)"),
            ("trên 365 ngày", "2/8 việc (25,0\u00a0%)"),
        ]
        assert picture.said[0].startswith("8 việc quá hạn trong 9 việc đã hứa")

    def test_a_band_without_actions_stays_with_its_zero(self) -> None:
        found = rows(drawn_overdue.make(world(promise("xa", "2026-03-10"))))
        assert [row.said.partition(" ")[0] for row in found] == ["1/1", "0/1", "0/1", "0/1"]
        assert [len(row.parts) for row in found] == [1, 0, 0, 0]

    def test_what_a_source_tells_is_not_in_it_and_nothing_late_is_no_picture(self) -> None:
        assert drawn_overdue.make(world(promise("xa", "2024-01-01", told=True))) is None
        assert drawn_overdue.make(world(promise("xa", "2026-12-31"))) is None

    def test_it_counts_what_the_board_counts(self) -> None:
        here = example()
        late = [each for each in here.facts.counted_actions() if each.overdue_days]
        picture = drawn_overdue.make(here)
        assert sum(int(row.said.partition("/")[0]) for row in rows(picture)) == len(late) == here.facts.whole.overdue
        assert picture is not None
        assert picture.said[0].startswith(f"{len(late)} việc quá hạn trong {len(here.facts.counted_actions())} việc")


class TestCarried:
    def test_pieces_add_up_to_the_tally_of_each_organisation(self) -> None:
        here = example()
        cycles = [each for each in carried.make(here).cycles if each.rows]
        assert len(cycles) > 1
        for cycle in cycles:
            picture = drawn_carried.make(here, cycle)
            found = {row.ref: row for row in rows(picture)}
            assert set(found) == {row.organisation for row in cycle.rows}
            most = max(row.total for row in cycle.rows)
            for row in cycle.rows:
                bar = found[row.organisation]
                assert sum(numbers(bar).values()) == row.total
                assert numbers(bar).get("good", 0) == row.number(CarryColumn.RESOLVED)
                assert numbers(bar).get("hatch", 0) == row.number(CarryColumn.UNRESOLVED)
                assert sum(width(part.place.width) for part in bar.parts) == pytest.approx(100 * row.total / most, abs=0.05)

    def test_organisations_stand_a_to_z_among_their_peers(self) -> None:
        here = example()
        picture = drawn_carried.make(here, next(each for each in carried.make(here).cycles if each.rows))
        assert picture is not None
        for group in picture.groups:
            assert {str(here.register.records[row.ref].data.get("peer_group", "")) for row in group.rows} == {group.title}
        assert [(group.title, [here.titles.full(row.ref) for row in group.rows]) for group in picture.groups] == [
            ("Chi bộ doanh nghiệp", ["Chi bộ Công ty Cấp nước Minh Họa"]),
            ("Chi bộ trường học", ["Chi bộ Trường Trung học cơ sở Đông Mẫu"]),
            ("Đảng ủy xã, thị trấn", [f"Đảng ủy xã {name}" for name in ("An Mẫu", "Bình Cát", "Đông Mẫu", "Giang Mẫu", "Minh Họa")]),
        ]

    def test_of_many_organisations_the_words_stand_once(self) -> None:
        here = example()
        cycle = next(each for each in carried.make(here).cycles if each.rows)
        assert drawn_carried.make(here, cycle).key == ()
        thirteen = replace(cycle, rows=tuple(replace(cycle.rows[0], organisation=f"xa-{number}") for number in range(13)))
        assert drawn_carried.make(here, thirteen).key


RATED: dict[str, Data] = {
    "huyen": body("Huyện ủy"),
    "a": body("Đảng ủy A", "Xã"),
    "b": body("Đảng ủy B", "Xã"),
    "c": body("Chi bộ C", "Trường"),
    "huyen/cycles/1": {"name": "Năm 2024", "scope": ["a", "b", "c"]},
    "huyen/classifications/1": {
        "cycle": "huyen/cycles/1",
        "ratings": [{"id": "R1", "of": "a", "level": "good"}, {"id": "R2", "of": "b", "level": "excellent"}, {"id": "R3", "of": "c", "level": "good"}],
        "decided": {"date": "2024-12-30"},
    },
}


class TestRatings:
    def test_a_bar_for_each_decision_and_group_of_peers(self) -> None:
        picture = drawn_ratings.make(world(RATED))
        assert [(group.title, [row.said for row in group.rows]) for group in picture.groups] == [("Trường", ["1 đơn vị"]), ("Xã", ["2 đơn vị"])]
        peers = rows(picture)[1]
        assert [(part.number, part.words) for part in peers.parts] == [
            ("1", "Hoàn thành xuất sắc nhiệm vụ (50,0\u00a0%)"),
            ("1", "Hoàn thành tốt nhiệm vụ (50,0\u00a0%)"),
        ]
        assert [part.fill for part in peers.parts] == [Fill.SOLID, Fill.DOTS]
        assert picture.table[1] == ("Xã", "Năm 2024", "Hoàn thành xuất sắc nhiệm vụ", "1/2", "50,0\u00a0%")

    @pytest.mark.parametrize("audience", ["public", "members"])
    def test_what_is_only_proposed_or_told_is_not_drawn(self, audience: str) -> None:
        data = dict(RATED["huyen/classifications/1"])
        told = RATED | {"common/sources/bao": {"title": "Báo", "confidence": "low"}, "huyen/classifications/1": data | {"told_by": ["common/sources/bao"]}}
        assert drawn_ratings.make(world(told, audience=audience)) is None
        del data["decided"]
        proposed = RATED | {"huyen/classifications/1": data | {"proposed": {"date": "2024-12-20"}}}
        assert drawn_ratings.make(world(proposed, audience=audience)) is None

    def test_the_earliest_decision_stands_first(self) -> None:
        found = rows(drawn_ratings.make(example()))
        years = [row.ref for row in found]
        assert years[-2:] == ["huyen-uy-minh-hoa/cycles/2024", "tinh-uy-mau/cycles/2025"]


class TestProgress:
    @pytest.mark.parametrize("ref", ["dang-uy-xa-an-mau", "huyen-uy-minh-hoa/cycles/2024", "tinh-uy-mau/cycles/2025"])
    def test_each_bar_is_what_the_site_would_have_shown_on_that_day(self, ref: str) -> None:
        here = example()
        thing = here.register.find(ref)
        assert isinstance(thing, Record)
        picture = drawn_progress.make(here, thing)
        assert picture is not None
        own = [each.part.ref for each in here.facts.counted_findings() if each.organisation == ref or str(each.part.record.get("cycle")) == ref]
        for row, cells in zip(rows(picture), picture.table, strict=True):
            assert row.name == cells[0]
            day, month, year = (int(each) for each in cells[0].rpartition(" ")[2].split("/"))
            then = example(date(year, month, day)).facts
            states = [each.state for each in then.counted_findings() if each.part.ref in own]
            assert int(cells[1]) == len(states) == sum(numbers(row).values())
            for state in FindingState:
                assert states.count(state) == numbers(row).get(FINDINGS[state][0].value, 0), (cells[0], state)

    def test_of_a_closed_cycle_nothing_changes_while_nothing_is_said(self) -> None:
        later = example(date(2028, 5, 5))
        ref = "huyen-uy-minh-hoa/cycles/2024"
        now, then = (drawn_progress.make(here, here.register.records[ref]) for here in (example(), later))
        assert now == then
        assert rows(now)[-1].name == "Ngày 26/02/2026"

    def test_there_are_never_more_bars_than_anybody_reads(self) -> None:
        here = example(date(2035, 5, 5))
        found = rows(drawn_progress.make(here, here.register.records["dang-uy-xa-an-mau"]))
        assert 3 <= len(found) <= 8
        assert found[-1].name == "Tính đến ngày 05/5/2035"

    def test_what_bears_no_date_is_said_and_not_guessed(self) -> None:
        """A newspaper that tells of a check without its day says nothing of any day before today."""
        made = promise("xa", "2026-01-31") | {
            "huyen": body("Huyện ủy"),
            "huyen/verifications/1": {"entries": [{"of": "xa/reviews/1#F1", "check": "completion", "result": "confirmed"}]},
        }
        here = world(made)
        picture = drawn_progress.make(here, here.register.records["xa"])
        first, last = rows(picture)[0], rows(picture)[-1]
        assert [(part.fill, part.words) for part in first.parts] == [(Fill.LIGHT, "không ghi ngày nên không rõ lúc ấy")]
        assert [part.fill for part in last.parts] == [Fill.GOOD]

    def test_a_month_without_its_day_is_counted_from_its_first_and_said(self) -> None:
        made = promise("xa", "2026-01-31") | {
            "huyen": body("Huyện ủy"),
            "huyen/verifications/1": {"date": "2025-06", "entries": [{"of": "xa/reviews/1#F1", "check": "completion", "result": "confirmed"}]},
        }
        here = world(made)
        picture = drawn_progress.make(here, here.register.records["xa"])
        assert picture is not None
        assert picture.said[-1] == "1 ngày chỉ ghi tháng hoặc năm: tính từ ngày đầu."
        assert [[part.fill.value for part in row.parts] for row in rows(picture)][1:3] == [["dashed"], ["good"]]

    def test_stories_and_what_has_ended_have_no_picture(self) -> None:
        told = world(promise("xa", "2026-01-31", told=True))
        assert drawn_progress.make(told, told.register.records["xa"]) is None
        cycle = promise("xa", "2026-01-31") | {"huyen": body("Huyện ủy"), "huyen/cycles/1": {"name": "Năm 2024", "told_by": ["common/sources/bao"]}}
        cycle["xa/reviews/1"] |= {"cycle": "huyen/cycles/1"}
        of_story = world(cycle)
        assert drawn_progress.make(of_story, of_story.register.records["huyen/cycles/1"]) is None
        del cycle["huyen/cycles/1"]["told_by"]
        of_cycle = world(cycle)
        assert drawn_progress.make(of_cycle, of_cycle.register.records["huyen/cycles/1"]) is not None
        ended = promise("xa", "2026-01-31")
        ended["xa"] |= {"to": "2025-06-30"}
        here = world(ended)
        assert drawn_progress.make(here, here.register.records["xa"]) is None


CYCLE: dict[str, Data] = {
    "huyen": body("Huyện ủy"),
    "b": body("Đảng ủy xã Đông"),
    "a": body("Đảng ủy xã Dương"),
    "huyen/cycles/1": {
        "name": "Năm 2025",
        "scope": ["b", "a"],
        "steps": [{"step": "review", "due": "2025-12-10"}, {"step": "plan", "due": "2026-06-30"}],
        "opened": {"date": "2025-11-01"},
    },
    "a/reviews/1": {"title": "Kiểm điểm", "cycle": "huyen/cycles/1", "findings": [{"id": "F1", "statement": "Chậm."}], "submitted": {"date": "2025-12-15"}},
}


class TestMatrix:
    def matrix(self, audience: str, day: date = DAY) -> Matrix:
        found = submission_matrix.make(world(CYCLE, day, audience), "huyen/cycles/1")
        assert isinstance(found, Matrix)
        return found

    def test_a_cell_for_everybody_and_every_step_a_to_z(self) -> None:
        found = self.matrix("members")
        assert found.heads == ("Báo cáo kiểm điểm", "Kế hoạch khắc phục")
        assert [(row.ref, [cell.words for cell in row.cells]) for row in found.rows] == [
            ("a", ["Đã nộp, chậm 5 ngày", "Chưa đến hạn"]),
            ("b", ["Chưa nộp, quá hạn 95 ngày", "Chưa đến hạn"]),
        ]
        assert [cell.shape for row in found.rows for cell in row.cells] == [Shape.CLOCK, Shape.RING, Shape.CLOCK, Shape.RING]

    def test_before_a_due_day_a_public_site_says_of_nobody_what_is_in(self) -> None:
        made = CYCLE | {"b/reviews/1": CYCLE["a/reviews/1"] | {"submitted": {"date": "2025-12-01"}}}
        early = world(made, date(2025, 12, 5))
        assert submission_matrix.make(early, "huyen/cycles/1") is None
        inside = submission_matrix.make(world(made, date(2025, 12, 5), "members"), "huyen/cycles/1")
        assert inside is not None
        assert [row.cells[0].words for row in inside.rows] == ["Chưa đến hạn", "Đã nộp"]
        late = submission_matrix.make(world(made | {"b/plans/1": plan_of("b")}, DAY), "huyen/cycles/1")
        assert late is not None
        assert [row.cells[1].words for row in late.rows] == ["Chưa đến hạn", "Chưa đến hạn"]

    def test_what_a_waiver_allows_for_stands_beside_it(self) -> None:
        found = submission_matrix.make(example(), "tinh-uy-mau/cycles/2025")
        assert found is not None
        late = {row.ref: row.cells[1] for row in found.rows if "Chưa nộp" in row.cells[1].words}
        assert late["dang-uy-xa-giang-mau"].words == "Chưa nộp. Tạm chưa áp dụng đến ngày 31/3/2026"
        assert late["dang-uy-xa-giang-mau"].tone is Tone.WAITING
        assert late["chi-bo-thon-doi-mau"].words == "Chưa nộp, quá hạn 43 ngày"

    def test_a_told_cycle_has_none(self) -> None:
        told = {name: data | {"told_by": ["common/sources/bao"]} if "/cycles/" in name else data for name, data in CYCLE.items()}
        assert submission_matrix.make(world(told | {"common/sources/bao": {"title": "Báo", "confidence": "low"}}), "huyen/cycles/1") is None


def plan_of(folder: str) -> dict[str, Any]:
    return {
        "title": "Kế hoạch",
        "of": [f"{folder}/reviews/1"],
        "actions": [{"id": "A1", "content": "Việc.", "due": "2026-12-31"}],
        "approved": {"date": "2026-01-10"},
    }
