"""What is late against the first promise though a later agreed date has not come: the table says which, and its numbers are those of the sums."""

from __future__ import annotations

import csv
import functools
import io
import re
from datetime import date
from pathlib import Path

import pytest

from registers import Data, register
from tusoi import flow, page, progress, slippage
from tusoi.past import NO_PAST
from tusoi.titles import Titles
from tusoi.views import deadlines, slipped
from tusoi.views.board import Board
from tusoi.views.slipped import NotKept
from tusoi.views.world import Background, World, site_of

EXAMPLE = Path(flow.HERE) / "example"
DAY = date(2026, 3, 15)
PLAN, ASKED = "xa/plans/2025", "xa/postponements/1"
MILESTONE: Data = {"id": "M1", "content": "Xong bản vẽ.", "due": "2025-04-30"}
ACTION: Data = {"id": "A1", "content": "Làm đường.", "owner": "xa/roles/ct", "due": "2025-06-30", "findings": ["xa/reviews/2024#F1"]}
BASE: dict[str, Data] = {
    "project": {"format": 1, "root": "xa", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"},
    "huyen": {"name": "Huyện ủy", "type": "party_committee"},
    "huyen/roles/bt": {"name": "Bí thư Huyện ủy", "rank": "head"},
    "xa": {"name": "Đảng ủy xã", "type": "party_committee", "parents": [{"of": "huyen"}]},
    "xa/roles/ct": {"name": "Chủ tịch", "rank": "head"},
    "xa/reviews/2024": {"findings": [{"id": "F1", "statement": "Đường hỏng."}], "concluded": {"date": "2024-12-01"}},
    PLAN: {"title": "Kế hoạch năm 2025", "of": ["xa/reviews/2024"], "actions": [ACTION], "approved": {"date": "2025-01-10"}},
    ASKED: {"of": f"{PLAN}#A1", "to": "2026-06-30", "date": "2025-06-10", "by": "xa/roles/ct", "reason": "Mưa."},
    "huyen/answers/1": {"of": ASKED, "result": "agreed", "date": "2025-06-20", "by": "huyen/roles/bt"},
}
HEADS = ("Việc", "Lời hứa đầu tiên", "Hạn mới được đồng ý", "Đã qua lời hứa đầu (ngày)", "Số lần được lùi", "Ai đồng ý", "Kế hoạch")


def world(more: dict[str, Data] | None = None, day: date = DAY) -> World:
    made = register(BASE | (more or {}))
    facts = progress.measure(made, day)
    background = Background(ledger=slippage.ledger(made, facts, NO_PAST))
    return World(made, facts, (), site_of(made, day), Titles(made, frozenset({"finding", "action", "issue"})), background=background)


def lines(here: World) -> list[tuple[str, ...]]:
    board: Board = slipped.slipped.make(here)
    assert tuple(column.head for column in board.columns) == HEADS
    return [tuple(cell.plain for cell in row.cells) for row in board.rows]


def parts(here: World) -> tuple[int, ...]:
    made: NotKept = slipped.not_kept.make(here)
    return made.settled, len(made.done), len(made.given_up), len(made.over), len(made.ahead)


def said(*entries: Data) -> dict[str, Data]:
    return {"xa/progress/1": {"of": PLAN, "date": "2025-12-01", "by": "xa/roles/ct", "entries": list(entries)}}


def test_a_line_says_both_dates_how_often_and_who_agreed() -> None:
    agreed = "Bí thư Huyện ủy, ngày 20/6/2025"
    assert lines(world()) == [("Làm đường.", "2025-06-30", "2026-06-30", "258", "1", agreed, "Kế hoạch năm 2025")]


def test_lines_stand_in_the_order_of_the_first_promises() -> None:
    """Whatever was agreed to since."""
    other: Data = {"id": "A2", "content": "Làm cầu.", "owner": "xa/roles/ct", "due": "2025-05-31", "findings": ["xa/reviews/2024#F1"]}
    more: dict[str, Data] = {
        PLAN: BASE[PLAN] | {"actions": [ACTION, other]},
        "xa/postponements/2": BASE[ASKED] | {"of": f"{PLAN}#A2", "to": "2026-12-31", "date": "2025-05-10"},
        "huyen/answers/2": BASE["huyen/answers/1"] | {"of": "xa/postponements/2", "date": "2025-05-20"},
    }
    assert [line[1:3] for line in lines(world(more))] == [("2025-05-31", "2026-12-31"), ("2025-06-30", "2026-06-30")]


def test_only_what_was_agreed_to_is_counted_as_a_postponement() -> None:
    refused: dict[str, Data] = {
        "xa/postponements/2": BASE[ASKED] | {"to": "2026-12-31", "date": "2026-02-10"},
        "huyen/answers/2": {"of": "xa/postponements/2", "result": "refused", "date": "2026-02-20", "by": "huyen/roles/bt"},
    }
    assert [line[2:6] for line in lines(world(refused))] == [("2026-06-30", "258", "1", "Bí thư Huyện ủy, ngày 20/6/2025")]


def test_what_is_here_is_not_overdue_and_what_is_overdue_is_not_here() -> None:
    for day, is_here in ((date(2026, 6, 30), True), (date(2026, 7, 1), False)):
        here = world(day=day)
        assert bool(lines(here)) is is_here
        assert bool(deadlines.overdue_board.make(here).count) is not is_here


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (1, 0, 0, 0, 1)),
        ({"huyen/answers/1": BASE["huyen/answers/1"] | {"result": "refused"}}, (1, 0, 0, 1, 0)),
        (said({"action": "A1", "state": "completed", "text": "Xong."}), (1, 1, 0, 0, 0)),
        (said({"action": "A1", "state": "stopped", "text": "Dừng."}), (1, 0, 1, 0, 0)),
        (said({"action": "A1", "state": "started", "text": "Đang làm."}), (1, 0, 0, 0, 1)),
    ],
)
def test_what_was_not_kept_is_in_one_place(more: dict[str, Data], expected: tuple[int, ...]) -> None:
    """Done since, given up after its date, past the agreed date too, or with a new date still to come."""
    here = world(more)
    assert parts(here) == expected
    assert slipped.not_kept.make(here).count == sum(expected[1:])


def test_before_the_first_promise_has_passed_nothing_is_late() -> None:
    assert parts(world(day=date(2025, 6, 30))) == (0, 0, 0, 0, 0)


def test_a_milestone_stands_with_the_action_of_which_it_is_a_step() -> None:
    stepped = {PLAN: BASE[PLAN] | {"actions": [ACTION | {"milestones": [MILESTONE]}]}, ASKED: BASE[ASKED] | {"of": f"{PLAN}#A1.M1"}}
    first, *rest = lines(world(stepped))
    assert (first[0], rest) == ("Xong bản vẽ.; Một mốc của việc: Làm đường", [])


def test_the_plan_of_one_post_is_in_no_sum() -> None:
    alone = {"xa/reviews/2024": BASE["xa/reviews/2024"] | {"subject": "individual", "of": "xa/roles/ct"}}
    assert parts(world(alone)) == (0, 0, 0, 0, 0)


@functools.cache
def example() -> flow.Judged:
    return flow.judge(flow.read(EXAMPLE), DAY)


def test_an_organisations_page_lists_as_many_requests_as_it_counts_and_lists_them_once() -> None:
    """What another body asked for an action of An Mẫu counts there, too: 3 times asked, and 3 in the one list."""
    told = 0
    for path, shown in example().pages().items():
        counted = re.search(r"Đề nghị gia hạn (\d+) lần", shown.html)
        if counted and "/" not in path:
            told += 1
            listed = re.findall(r"Đề nghị (?:lùi|gia) hạn \((\d+)\)", re.sub(r"<[^>]+>", "", shown.html))
            assert (path, listed) == (path, [counted[1]])
    assert told > 2


def test_the_sums_of_the_example_are_those_of_how_dates_were_kept() -> None:
    judged = example()
    pages = judged.pages()
    files = {name: list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))) for name, text in page.files_of(pages).items() if name.endswith(".csv")}
    shares = [line["Giữ đúng hạn đầu"].partition(" ")[0].partition("/") for line in files["bang/giu-han.csv"] if "/" in line["Giữ đúng hạn đầu"]]
    kept, settled = (sum(int(share[place]) for share in shares) for place in (0, 2))
    late = [each for each in judged.ledger.promises.values() if each.counts and each.days_late]
    done = sum(each.done is not None for each in late)
    rows = files["bang/tre-hua-dau.csv"]
    over = settled - kept - done - len(rows)
    assert 0 < len(rows) < over
    assert (
        f"Trong {settled} việc và mốc đã xong hoặc đã qua lời hứa đầu tiên, {settled - kept} không kịp: {done} đã xong sau đó, "
        in pages["bang/qua-han.html"].html
    )
    assert f"{over} đã qua cả hạn mới nhất, {len(rows)} hạn mới chưa tới." in pages["bang/qua-han.html"].html
    overdue = {(line["Đơn vị"], line["Việc"]) for line in files["bang/qua-han.csv"]}
    assert overdue.isdisjoint({(line["Đơn vị"], line["Việc"]) for line in rows})


def test_an_overdue_action_says_how_late_the_latest_of_its_milestones_is() -> None:
    """It has one row; a milestone that is later than the action itself may not be lost in it."""
    late: Data = {
        "title": "Kế hoạch năm 2025",
        "of": ["xa/reviews/2024"],
        "actions": [ACTION | {"milestones": [MILESTONE]}],
        "approved": {"date": "2025-01-10"},
    }
    (row,) = deadlines.overdue_board.make(world({PLAN: late, ASKED: BASE[ASKED] | {"to": "2025-07-01"}})).rows
    assert row.cells[2].plain == "Quá hạn 257 ngày; Mốc trễ nhất: quá hạn 319 ngày"
    sooner = late | {"actions": [ACTION | {"milestones": [MILESTONE | {"due": "2025-07-31"}]}]}
    (row,) = deadlines.overdue_board.make(world({PLAN: sooner, ASKED: BASE[ASKED] | {"to": "2025-07-01"}})).rows
    assert row.cells[2].plain == "Quá hạn 257 ngày"
