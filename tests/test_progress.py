"""Progress for a day: the states of actions and findings, due dates, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from registers import Data, judged
from tusoi.dates import Span
from tusoi.facts import ActionFacts, ActionState, FindingFacts, FindingState

F1 = "xa/reviews/2024#F1"
A1 = "xa/plans/2025#A1"
END = "2026-12-31"

ORGANISATIONS: dict[str, Data] = {"xa": {"name": "Xã", "type": "party_committee"}, "ub": {"name": "Ủy ban Kiểm tra", "type": "inspection_body"}}
REVIEW: dict[str, Data] = {"xa/reviews/2024": {"findings": [{"id": "F1", "statement": "Trả chậm."}], "concluded": {"date": "2024-12-12"}}}
TOLD: Data = {"told_by": ["common/sources/bai"]}


def plan(*actions: Data, **more: Any) -> dict[str, Data]:
    """A plan of the commune, approved on 10 January 2025; without actions of its own, one that is due on 31 March."""
    lines = [{"id": f"A{number}", "findings": [F1], "content": "Việc", **line} for number, line in enumerate(actions or ({"due": "2025-03-31"},), 1)]
    return {"xa/plans/2025": {"of": ["xa/reviews/2024"], "actions": lines, "approved": {"date": "2025-01-10"}, **more}}


def said(day: str, state: str = "", action: str = "A1", **more: Any) -> dict[str, Data]:
    """A progress record of one line."""
    entry = {"action": action, **({"state": state} if state else {}), **more}
    return {f"xa/progress/{day}-{action.lower()}-{state}": {"of": "xa/plans/2025", "date": day, "entries": [entry]}}


def seen(day: str, result: str = "confirmed", check: str = "completion", of: str = A1, **more: Any) -> dict[str, Data]:
    """A verification of one line."""
    return {f"ub/verifications/{day}-{check}-{result}": {"date": day, "entries": [{"of": of, "check": check, "result": result, **more}]}}


def asked(day: str, to: str, of: str = A1) -> dict[str, Data]:
    """A request to move a date."""
    return {f"xa/postponements/{day}": {"of": of, "to": to, "date": day, "reason": "Chờ mẫu mới."}}


def answered(day: str, request: str, result: str = "agreed") -> dict[str, Data]:
    """An answer to a request, named by the day it was asked."""
    return {f"ub/answers/{day}-{request}": {"of": f"xa/postponements/{request}", "date": day, "result": result}}


def review(year: int, answer: str, of: str = F1, **more: Any) -> dict[str, Data]:
    """A later review that answers for an earlier finding."""
    entry = {"finding": of, "answer": answer, **more}
    return {f"xa/reviews/{year}": {"carry_over": [entry], "concluded": {"date": f"{year}-12-12"}}}


def together(*parts: Mapping[str, Data]) -> dict[str, Data]:
    return {name: data for part in (ORGANISATIONS, REVIEW, *parts) for name, data in part.items()}


def action(*parts: Mapping[str, Data], day: str = END, ref: str = A1) -> ActionFacts:
    """Judge one action; without a plan among the parts, that of the usual plan."""
    has_plan = any(name == "xa/plans/2025" for part in parts for name in part)
    return judged(together(*parts, *(() if has_plan else (plan(),))), day).actions[ref]


def finding(*parts: Mapping[str, Data], day: str = END, ref: str = F1) -> FindingFacts:
    return judged(together(*parts), day).findings[ref]


# How far an action is


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "planned"),
        ([said("2025-02-01", "started")], "in_progress"),
        ([said("2025-02-01", text="Đang làm.")], "in_progress"),
        ([said("2025-02-01", reached=["M1"], obstacle="Thiếu tiền.")], "in_progress"),
        ([said("2025-02-01", "completed")], "completed"),
        ([said("2025-02-01", "completed"), seen("2025-02-02")], "verified"),
        ([said("2025-02-01", "completed"), seen("2025-02-02"), seen("2025-06-02", check="effectiveness")], "effective"),
        ([said("2025-02-01", "stopped")], "stopped"),
    ],
)
def test_an_action_goes_from_planned_to_effective(events: list[dict[str, Data]], state: str) -> None:
    assert action(*events).state == state


@pytest.mark.parametrize(
    ("events", "state"),
    [
        # A verification without a claim verifies; on one day, the check answers the claim.
        ([seen("2025-02-02")], "verified"),
        ([said("2025-02-02", "completed"), seen("2025-02-02", "rejected")], "in_progress"),
        # What was confirmed, the owner's later word does not change.
        ([seen("2025-02-02"), said("2025-03-01", "completed")], "verified"),
        ([seen("2025-02-02"), said("2025-03-01", "started")], "verified"),
        ([seen("2025-02-02"), said("2025-03-01", "stopped")], "verified"),
        # A refusal returns it, from wherever it was; a new claim, and a new check, count again.
        ([said("2025-02-01", "completed"), seen("2025-02-02", "rejected")], "in_progress"),
        ([said("2025-02-01", "completed"), seen("2025-02-02", "partly")], "in_progress"),
        ([said("2025-02-01", "completed"), seen("2025-02-02"), seen("2025-03-02", "rejected")], "in_progress"),
        ([said("2025-02-01", "completed"), seen("2025-02-02"), seen("2025-03-02", "partly")], "in_progress"),
        ([seen("2025-02-02", check="effectiveness"), seen("2025-03-02", "rejected", "effectiveness")], "in_progress"),
        ([said("2025-02-01", "completed"), seen("2025-02-02", "rejected"), said("2025-03-01", "completed")], "completed"),
        ([said("2025-02-01", "completed"), seen("2025-02-02", "rejected"), said("2025-03-01", "completed"), seen("2025-03-02")], "verified"),
        # An effect that is only partly there: the work is done all the same, and what is only claimed stays claimed.
        ([seen("2025-02-02", check="effectiveness"), seen("2025-03-02", "partly", "effectiveness")], "verified"),
        ([said("2025-02-01", "completed"), seen("2025-03-02", "partly", "effectiveness")], "completed"),
        ([seen("2025-03-02", "partly", "effectiveness")], "in_progress"),
        ([seen("2025-02-02", check="effectiveness"), seen("2025-03-02")], "effective"),
        # The owner may take a claim back, stop, and resume.
        ([said("2025-02-01", "completed"), said("2025-03-01", "started")], "in_progress"),
        ([said("2025-02-01", "completed"), said("2025-03-01", "blocked", obstacle="Thiếu tiền.")], "in_progress"),
        ([said("2025-02-01", "completed"), said("2025-03-01", text="Số liệu tháng ba.")], "completed"),
        ([said("2025-02-01", "completed"), said("2025-03-01", reached=["M1"])], "completed"),
        ([said("2025-02-01", "stopped"), said("2025-03-01", "started")], "in_progress"),
        ([said("2025-02-01", "stopped"), said("2025-03-01", reached=["M1"])], "in_progress"),
        ([said("2025-02-01", "stopped"), said("2025-03-01", text="Không có gì mới.")], "stopped"),
        ([said("2025-02-01", "stopped"), seen("2025-03-01", "partly")], "stopped"),
        ([said("2025-02-01", "stopped"), seen("2025-03-01")], "verified"),
        # An obstacle is no progress; neither is a check that found nothing.
        ([said("2025-02-01", "blocked", obstacle="Thiếu tiền.")], "planned"),
        ([said("2025-02-01", obstacle="Thiếu tiền.")], "planned"),
        ([seen("2025-02-01", "rejected")], "planned"),
        ([seen("2025-02-01", "partly")], "in_progress"),
    ],
)
def test_the_newest_claim_or_check_counts(events: list[dict[str, Data]], state: str) -> None:
    assert action(*events).state == state


def test_of_two_reports_of_one_day_the_later_by_id_counts() -> None:
    records = together(plan(), {f"xa/progress/{name}": said("2025-02-01", state).popitem()[1] for name, state in (("a", "completed"), ("b", "started"))})
    assert judged(records, END).actions[A1].state is ActionState.IN_PROGRESS
    records = together(plan(), {f"xa/progress/{name}": said("2025-02-01", state).popitem()[1] for name, state in (("b", "completed"), ("a", "started"))})
    assert judged(records, END).actions[A1].state is ActionState.COMPLETED


def test_nothing_said_after_the_day_counts() -> None:
    events = [said("2025-02-01", "started"), said("2025-03-01", "completed"), seen("2025-04-01"), seen("2025-05-01", "rejected")]
    days = ["2025-01-31", "2025-02-01", "2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01", "2025-04-30", "2025-05-01"]
    states = [action(*events, day=day).state for day in days]
    assert states == ["planned", "in_progress", "in_progress", "completed", "completed", "verified", "verified", "in_progress"]


def test_the_claim_that_stands_is_the_first_since_work_was_taken_up() -> None:
    events = [said("2025-02-01", "completed"), seen("2025-02-10", "rejected"), said("2025-03-01", "completed"), said("2025-04-01", "completed")]
    claimed = action(*events).claimed
    assert claimed
    assert claimed.when == Span(date(2025, 3, 1), date(2025, 3, 1))
    assert action(*events, seen("2025-04-02", "rejected")).claimed is None


def test_a_stopped_action_names_what_takes_its_place() -> None:
    two = plan({"due": "2025-03-31"}, {"due": "2025-06-30"})
    assert action(two, said("2025-02-01", "stopped", replaced_by="A2")).replaced_by == "xa/plans/2025#A2"
    assert action(two, said("2025-02-01", "stopped", replaced_by="A2"), said("2025-02-02", "started")).replaced_by == ""


def test_a_report_may_name_an_action_by_its_whole_link() -> None:
    assert action(said("2025-02-01", "started", A1)).state is ActionState.IN_PROGRESS


# Due dates


def test_a_promise_is_overdue_the_day_after_and_due_in_days_before() -> None:
    facts = [action(day=day) for day in ("2025-03-01", "2025-03-31", "2025-04-01", "2025-04-30")]
    assert [each.due_in_days for each in facts] == [30, 0, None, None]
    assert [each.overdue_days for each in facts] == [0, 0, 1, 30]
    assert [each.late for each in facts] == [False, False, True, True]
    assert [each.late_days for each in facts] == [0, 0, 1, 30]


@pytest.mark.parametrize("state", ["completed", "stopped"])
def test_a_claim_or_a_stop_ends_what_is_overdue_and_not_what_is_late(state: str) -> None:
    facts = action(said("2025-04-10", state), day="2025-06-01")
    assert (facts.overdue_days, facts.due_in_days, facts.late, facts.late_days) == (0, None, True, 10)
    assert action(said("2025-03-10", state), day="2025-03-20").due_in_days is None
    facts = action(said("2025-03-31", state), day="2025-06-01")
    assert (facts.overdue_days, facts.late, facts.late_days) == (0, False, 0)


def test_a_claim_in_time_that_is_confirmed_later_is_not_late() -> None:
    facts = action(said("2025-03-20", "completed"), said("2025-04-20", "completed"), seen("2025-05-01"))
    assert (facts.state, facts.late, facts.late_days) == ("verified", False, 0)


def test_without_a_claim_the_verification_says_when_it_was_done() -> None:
    facts = action(seen("2025-04-02"))
    assert (facts.late, facts.late_days) == (True, 2)


def test_a_claim_that_was_refused_is_no_completion() -> None:
    facts = action(said("2025-03-20", "completed"), seen("2025-03-25", "rejected"), day="2025-04-05")
    assert (facts.overdue_days, facts.late, facts.late_days) == (5, True, 5)


@pytest.mark.parametrize(
    ("answers", "result", "due"),
    [
        ([], "pending", date(2025, 3, 31)),
        ([answered("2025-03-25", "2025-03-20", "explained")], "pending", date(2025, 3, 31)),
        ([answered("2025-03-25", "2025-03-20", "referred")], "pending", date(2025, 3, 31)),
        ([answered("2025-03-25", "2025-03-20", "refused")], "refused", date(2025, 3, 31)),
        ([answered("2025-03-25", "2025-03-20")], "agreed", date(2025, 5, 31)),
        ([answered("2025-03-25", "2025-03-20", "refused"), answered("2025-03-28", "2025-03-20")], "agreed", date(2025, 5, 31)),
        ([answered("2025-03-25", "2025-03-20"), answered("2025-03-28", "2025-03-20", "refused")], "refused", date(2025, 3, 31)),
    ],
)
def test_only_an_agreed_postponement_moves_a_date(answers: list[dict[str, Data]], result: str, due: date) -> None:
    facts = action(asked("2025-03-20", "2025-05-31"), *answers, day="2025-06-01")
    assert [each.result for each in facts.postponements] == [result]
    assert facts.due == Span(due, due)
    assert facts.first_due == Span(date(2025, 3, 31), date(2025, 3, 31))
    assert facts.overdue_days == (date(2025, 6, 1) - due).days
    assert facts.late_days == 62


def test_until_it_is_answered_a_request_moves_nothing() -> None:
    events = [asked("2025-03-20", "2025-05-31"), answered("2025-04-10", "2025-03-20")]
    assert [action(*events, day=day).overdue_days for day in ("2025-04-09", "2025-04-10", "2025-06-01")] == [9, 0, 1]


def test_postponements_follow_each_other_in_the_order_of_their_answers() -> None:
    facts = action(
        asked("2025-03-01", "2025-05-31"),
        asked("2025-03-10", "2025-07-31"),
        asked("2025-06-10", "2025-09-30"),
        answered("2025-03-20", "2025-03-10"),
        answered("2025-03-25", "2025-03-01"),
    )
    first, second, third = facts.postponements
    assert (second.previous, second.days) == (facts.first_due, 122)
    assert (first.previous, first.days) == (Span(date(2025, 7, 31), date(2025, 7, 31)), -61)
    assert facts.due == Span(date(2025, 5, 31), date(2025, 5, 31))
    assert (third.result, third.previous, third.days) == ("pending", facts.due, 122)
    assert [each.after_due for each in facts.postponements] == [False, False, True]


def test_a_request_is_after_due_by_what_was_agreed_when_it_was_asked() -> None:
    facts = action(asked("2025-03-01", "2025-05-31"), answered("2025-03-20", "2025-03-01"), asked("2025-04-15", "2025-06-30"))
    assert [each.after_due for each in facts.postponements] == [False, False]
    facts = action(asked("2025-03-01", "2025-05-31"), answered("2025-04-20", "2025-03-01"), asked("2025-04-15", "2025-06-30"))
    assert [each.after_due for each in facts.postponements] == [False, True]


@pytest.mark.parametrize(
    ("answer", "is_after"),
    [
        (answered("2025-04-15", "2025-03-01"), False),
        (answered("2025-04-16", "2025-03-01"), True),
        (answered("2025-04-15", "2025-03-01", "refused"), True),
    ],
)
def test_what_was_answered_on_the_day_of_asking_was_known(answer: dict[str, Data], is_after: bool) -> None:  # noqa: FBT001 -- a column of the table
    facts = action(asked("2025-03-01", "2025-05-31"), asked("2025-04-15", "2025-06-30"), answer)
    assert facts.postponements[1].after_due is is_after


def test_asking_on_the_last_day_is_asking_in_time() -> None:
    assert [action(asked(day, "2025-05-31")).postponements[0].after_due for day in ("2025-03-31", "2025-04-01")] == [False, True]


def test_a_request_told_without_its_dates_moves_nothing() -> None:
    request: Data = {"of": A1, "reason": "Chờ.", **TOLD}
    answer: Data = {"of": "xa/postponements/1", "date": "2025-02-02", "result": "agreed", **TOLD}
    for dates in ({}, {"date": "2025-02-01"}, {"to": "2025-05-31"}):
        facts = action(plan(**TOLD), {"xa/postponements/1": {**request, **dates}, "ub/answers/1": answer})
        assert (facts.postponements, facts.due) == ((), facts.first_due)
    facts = action(plan({"due": 2025}, **TOLD), {"xa/postponements/1": {**request, "date": "2025-02-01", "to": "2026-05-31"}, "ub/answers/1": answer})
    assert [each.days for each in facts.postponements] == [None]


def test_a_duty_that_has_no_end_is_not_given_one_by_a_postponement() -> None:
    duty = plan({"kind": "recurring", "every": "week"})
    assert action(duty, asked("2025-02-01", "2025-03-01"), answered("2025-02-02", "2025-02-01")).overdue_days == 0


def test_milestones_have_dates_and_postponements_of_their_own() -> None:
    with_milestones = plan({"due": "2025-06-30", "milestones": [{"id": "M1", "content": "Một", "due": "2025-02-15"}, {"id": "M2", "content": "Hai"}]})
    first, second = action(with_milestones, day="2025-02-20").milestones
    assert (first.overdue_days, second.overdue_days, second.due) == (5, 0, None)
    moved = [asked("2025-02-01", "2025-02-28", f"{A1}.M1"), answered("2025-02-05", "2025-02-01")]
    facts = action(with_milestones, *moved, day="2025-03-02")
    assert (facts.milestones[0].overdue_days, facts.milestones[0].due, facts.due) == (2, Span(date(2025, 2, 28), date(2025, 2, 28)), facts.first_due)
    assert facts.postponements == ()
    reports = [said("2025-02-01", "started"), said("2025-02-10", "started", reached=["M1"]), said("2025-02-18", "started", reached=["M1", "M2"])]
    first, second = action(with_milestones, *reports, day="2025-03-01").milestones
    assert first.reached
    assert second.reached
    assert [each.reached.when.first for each in (first, second) if each.reached and each.reached.when] == [date(2025, 2, 10), date(2025, 2, 18)]
    assert first.overdue_days == 0
    assert action(with_milestones, said("2025-02-20", "stopped"), day="2025-03-01").milestones[0].overdue_days == 0


def test_a_milestone_belongs_to_its_own_action() -> None:
    milestone = {"id": "M1", "content": "Mốc", "due": "2025-02-15"}
    lines = [{"due": "2025-06-30", "milestones": [milestone]}] + [{"due": "2025-06-30"}] * 8 + [{"due": "2025-06-30", "milestones": [milestone]}]
    assert [each.part.id for each in action(plan(*lines)).milestones] == ["A1.M1"]
    assert [each.part.id for each in action(plan(*lines), ref="xa/plans/2025#A10").milestones] == ["A10.M1"]


def test_a_recurring_duty_has_no_due_date_and_is_never_overdue() -> None:
    duty = plan({"kind": "recurring", "every": "week", "from": "2025-01-13"})
    facts = action(duty, said("2025-02-01", "started"))
    assert (facts.state, facts.due, facts.first_due, facts.overdue_days, facts.late, facts.due_in_days) == ("in_progress", None, None, 0, False, None)


def test_a_recurring_duty_is_overdue_where_it_has_ended_and_nobody_says_so() -> None:
    duty = plan({"kind": "recurring", "every": "week", "from": "2025-01-13", "until": "2025-06-30"})
    facts = [action(duty, said("2025-02-01", "started"), day=day) for day in ("2025-06-30", "2025-07-02")]
    assert [(each.overdue_days, each.late, each.late_days, each.due) for each in facts] == [(0, False, 0, None), (2, True, 2, None)]
    facts = [action(duty, said("2025-07-05", "completed"), day=day) for day in ("2025-07-04", "2025-07-05")]
    assert [(each.overdue_days, each.late, each.late_days) for each in facts] == [(4, True, 4), (0, False, 0)]


def test_an_action_without_a_date_is_neither_late_nor_overdue_and_that_cannot_be_told() -> None:
    facts = action(plan({}), said("2025-02-01", "started"))
    assert (facts.due, facts.late, facts.late_days, facts.overdue_days, facts.due_in_days) == (None, None, 0, 0, None)


# Reports that do not come, and what stands in the way


@pytest.mark.parametrize(
    ("reporting", "fresh", "stale"),
    [
        ("weekly", "2025-02-01", "2025-02-02"),
        ("monthly", "2025-02-25", "2025-02-26"),
        ("quarterly", "2025-04-25", "2025-04-26"),
        ("half_yearly", "2025-07-25", "2025-07-26"),
    ],
)
def test_a_plan_is_stale_after_its_rhythm_and_fifteen_days(reporting: str, fresh: str, stale: str) -> None:
    reported = plan({"due": "2026-12-31"}, reporting=reporting)
    assert [action(reported, day=day).stale_days for day in (fresh, stale)] == [0, 1]


def test_any_progress_record_of_the_plan_makes_it_fresh_again() -> None:
    two = plan({"due": "2026-12-31"}, {"due": "2026-12-31"}, reporting="monthly")
    assert action(two, said("2025-02-20", "started", "A2"), day="2025-04-04").stale_days == 0
    assert action(two, said("2025-02-20", "started", "A2"), day="2025-04-05").stale_days == 1
    assert action(two, {"xa/progress/1": {"of": "xa/plans/2025", "date": "2025-02-20", "text": "Chung."}}, day="2025-04-05").stale_days == 1


@pytest.mark.parametrize(("since", "due"), [("2025-01-31", "2025-02-28"), ("2024-01-31", "2024-02-29"), ("2025-12-15", "2026-01-15")])
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(since: str, due: str) -> None:
    late = date.fromordinal(date.fromisoformat(due).toordinal() + 16)
    assert action(plan({"due": "2027-12-31"}, reporting="monthly", approved={"date": since}), day=late.isoformat()).stale_days == 1


def test_the_project_sets_the_days_of_grace() -> None:
    reported = plan({"due": "2026-12-31"}, reporting="weekly")
    for stated in ({"cadences": {"grace_days": 0}}, {"cadences": {"grace_days": 0}, "grace_days": 9}):
        assert action(reported, {"project": stated}, day="2025-01-18").stale_days == 1
        assert action(reported, {"project": stated}, day="2025-01-17").stale_days == 0


def test_the_days_in_which_a_report_may_be_mended_are_no_days_of_grace() -> None:
    reported = plan({"due": "2026-12-31"}, reporting="weekly")
    assert [action(reported, {"project": stated}, day="2025-02-18").stale_days for stated in ({}, {"grace_days": 0})] == [17, 17]


def test_what_is_done_or_ended_or_has_no_rhythm_is_never_stale() -> None:
    reported = plan({"due": "2026-12-31"}, {"due": "2026-12-31"}, reporting="weekly")
    assert action(reported, said("2025-02-01", "completed")).stale_days == 0
    assert action(reported, said("2025-02-01", "stopped")).stale_days == 0
    assert action(reported, said("2025-02-01", "completed"), ref="xa/plans/2025#A2").stale_days > 0
    assert action(plan({"due": "2026-12-31"}, reporting="weekly", ended={"date": "2025-03-01", "reason": "Xong"})).stale_days == 0
    assert action(plan({"due": "2026-12-31"})).stale_days == 0


def test_an_action_is_blocked_as_long_as_its_last_report_says_so() -> None:
    facts = action(said("2025-02-01", "started"), said("2025-03-01", "blocked", obstacle="Thiếu tiền."))
    assert (facts.state, facts.is_blocked, facts.blocked) == ("in_progress", True, "Thiếu tiền.")
    facts = action(said("2025-03-01", "blocked", obstacle="Thiếu tiền."), said("2025-04-01", "started"))
    assert (facts.is_blocked, facts.blocked) == (False, "")
    facts = action(said("2025-03-01", "blocked"))
    assert (facts.is_blocked, facts.blocked) == (True, "")
    facts = action(said("2025-03-01", "started", obstacle="Thiếu người."))
    assert (facts.state, facts.is_blocked, facts.blocked) == ("in_progress", True, "Thiếu người.")
    facts = action(said("2025-03-01", "stopped", obstacle="Hết tiền."))
    assert (facts.state, facts.is_blocked, facts.blocked) == ("stopped", False, "Hết tiền.")
    facts = action(said("2025-03-01", "blocked", text="Chờ mẫu."))
    assert (facts.is_blocked, facts.blocked) == (True, "Chờ mẫu.")
    facts = action(said("2025-03-01", "started", obstacle="Thiếu người."), seen("2025-04-01"))
    assert (facts.state, facts.is_blocked, facts.blocked) == ("verified", False, "")


# Told, draft, withdrawn, individual


def test_a_draft_promises_nothing() -> None:
    draft = plan(reporting="weekly")
    del draft["xa/plans/2025"]["approved"]
    facts = action(draft)
    assert (facts.draft, facts.late, facts.overdue_days, facts.stale_days, facts.due_in_days, facts.counts) == (True, False, 0, 0, None, False)
    assert action(draft, day="2025-03-01").due_in_days is None


def test_what_a_source_tells_is_never_overdue_or_stale_and_late_only_where_it_says_so() -> None:
    told = plan({"due": "2025-03-31"}, reporting="weekly", **TOLD)
    facts = action(told)
    assert (facts.told, facts.draft, facts.overdue_days, facts.stale_days, facts.late, facts.late_days) == (True, False, 0, 0, None, 0)
    done = {"xa/progress/1": {"of": "xa/plans/2025", "date": "2025-04-02", "entries": [{"action": "A1", "state": "completed"}], **TOLD}}
    facts = action(told, done)
    assert (facts.state, facts.late, facts.late_days) == ("completed", True, 2)


@pytest.mark.parametrize(("due", "done", "late"), [(2025, "2025-04-02", None), (2024, "2025-04-02", True), (2025, "2026-01-01", True), (2025, 2025, None)])
def test_an_uncertain_date_leaves_late_open(due: object, done: object, late: bool | None) -> None:  # noqa: FBT001 -- a column of the table
    report = {"xa/progress/1": {"of": "xa/plans/2025", "date": done, "entries": [{"action": "A1", "state": "completed"}], **TOLD}}
    assert action(plan({"due": due}, **TOLD), report).late is late


def test_a_source_that_gives_no_dates_and_no_seal_is_believed_without_them() -> None:
    told = plan({}, **TOLD)
    del told["xa/plans/2025"]["approved"]
    report = {"xa/progress/1": {"of": "xa/plans/2025", "entries": [{"action": "A1", "state": "completed"}], **TOLD}}
    facts = judged(together({"xa/reviews/2024": {**REVIEW["xa/reviews/2024"], **TOLD}}, told, report), END)
    assert (facts.actions[A1].state, facts.actions[A1].draft, facts.actions[A1].late) == ("completed", False, None)
    assert facts.findings[F1].state is FindingState.CLAIMED
    assert facts.whole.finding_total == facts.whole.action_total == 0


def test_a_review_told_without_a_seal_answers_for_what_is_told() -> None:
    told = {"xa/reviews/2024": {**REVIEW["xa/reviews/2024"], **TOLD}}
    answer: Data = {"carry_over": [{"finding": F1, "answer": "in_progress"}], **TOLD}
    facts = finding(told, {"xa/reviews/2025": answer})
    assert (facts.state, [each.when for each in facts.carried]) == ("in_progress", [None])


def test_what_is_not_stated_of_a_check_or_an_answer_is_neither_yes_nor_no() -> None:
    told = {"xa/reviews/2024": {**REVIEW["xa/reviews/2024"], **TOLD}}
    check: Data = {"date": "2025-02-01", "entries": [{"of": F1, "check": "completion"}], **TOLD}
    answer: Data = {"carry_over": [{"finding": F1}], **TOLD}
    assert finding(told, {"ub/verifications/1": check, "xa/reviews/2025": answer}).state is FindingState.NOT_KNOWN


def test_what_a_source_tells_says_nothing_of_what_counts() -> None:
    report = {name: {**data, **TOLD} for name, data in said("2025-02-01", "completed").items()}
    check = {name: {**data, **TOLD} for name, data in seen("2025-02-01").items()}
    answer = {name: {**data, **TOLD} for name, data in review(2025, "resolved").items()}
    request = {name: {**data, **TOLD} for name, data in (asked("2025-02-01", "2025-12-31") | answered("2025-02-02", "2025-02-01")).items()}
    facts = judged(together(plan(), report, check, answer, request), END)
    assert facts.actions[A1].state is ActionState.PLANNED
    assert facts.actions[A1].due == facts.actions[A1].first_due
    assert facts.findings[F1].state is FindingState.NOT_KNOWN
    assert finding({name: {**data, **TOLD} for name, data in plan().items()}).actions == ()


def test_withdrawn_records_are_judged_and_count_nowhere_and_say_nothing() -> None:
    withdrawn: Data = {"withdrawn": {"date": "2025-05-01", "by": "xa", "reason": "Nhầm"}}
    facts = judged(together(plan(**withdrawn)), END)
    assert facts.actions[A1].withdrawn
    assert facts.whole.action_total == 0
    assert facts.findings[F1].state is FindingState.NOT_KNOWN
    assert judged(together(plan(**withdrawn)), "2025-04-30").whole.action_total == 1
    silent = {name: {**data, **withdrawn} for name, data in (said("2025-02-01", "completed") | seen("2025-02-02") | review(2025, "resolved")).items()}
    facts = judged(together(plan(), silent), END)
    assert (facts.actions[A1].state, facts.findings[F1].state) == ("planned", "not_known")
    facts = judged({**together(), "xa/reviews/2024": {**REVIEW["xa/reviews/2024"], **withdrawn}}, END)
    assert facts.findings[F1].withdrawn
    assert facts.whole.finding_total == 0


def test_the_review_and_the_plan_of_one_post_count_nowhere() -> None:
    personal = {"xa/reviews/2024-bi-thu": {"of": "xa/roles/bi-thu", "findings": [{"id": "F1", "statement": "…"}], "concluded": {"date": "2024-12-12"}}}
    own = {
        "xa/plans/2025-bi-thu": {
            "of": ["xa/reviews/2024-bi-thu"],
            "actions": [{"id": "A1", "findings": ["xa/reviews/2024-bi-thu#F1", F1], "content": "Việc"}],
            "approved": {"date": "2025-01-10"},
        }
    }
    facts = judged(together(personal, own), END)
    assert facts.whole.finding_total == 1
    assert facts.whole.action_total == 0
    assert facts.actions["xa/plans/2025-bi-thu#A1"].individual
    assert (facts.findings["xa/reviews/2024-bi-thu#F1"].individual, facts.findings["xa/reviews/2024-bi-thu#F1"].total) == (True, 1)
    assert (facts.findings[F1].state, facts.findings[F1].total) == ("not_known", 0)
    answers = {"xa/reviews/2025-bi-thu": {"of": "xa/roles/bi-thu", "carry_over": [{"finding": F1, "answer": "resolved"}], "concluded": {"date": "2025-12-12"}}}
    assert finding(answers).state is FindingState.NOT_KNOWN


def test_a_plan_that_follows_a_collective_review_too_counts() -> None:
    personal = {"xa/reviews/2024-bi-thu": {"of": "xa/roles/bi-thu", "concluded": {"date": "2024-12-12"}}}
    assert action(personal, plan(of=["xa/reviews/2024-bi-thu", "xa/reviews/2024"])).counts
    assert action(plan(of=["xa/reviews/nowhere"])).counts


def test_a_draft_finding_is_judged_and_not_counted() -> None:
    facts = judged(together({"xa/reviews/2025": {"findings": [{"id": "F1", "statement": "…"}]}}), END)
    assert facts.findings["xa/reviews/2025#F1"].draft
    assert [each.part.ref for each in facts.counted_findings()] == [F1]


# How far a finding is


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "not_known"),
        ([plan()], "not_known"),
        ([plan(), said("2025-02-01", "blocked", obstacle="Thiếu tiền.")], "unresolved"),
        ([plan(), said("2025-02-01", "stopped")], "unresolved"),
        ([plan(), said("2025-02-01", "started")], "in_progress"),
        ([plan(), said("2025-02-01", "completed")], "claimed"),
        ([plan(), seen("2025-02-01")], "claimed"),
        ([plan(), seen("2025-02-01", check="effectiveness")], "claimed"),
        ([plan({}, {}), said("2025-02-01", "completed")], "in_progress"),
        ([plan({}, {}), said("2025-02-01", "completed"), said("2025-02-01", "stopped", "A2")], "claimed"),
        ([plan({}, {}), said("2025-02-01", "completed"), said("2025-02-01", "completed", "A2")], "claimed"),
        ([review(2025, "resolved")], "claimed"),
        ([review(2025, "in_progress")], "in_progress"),
        ([review(2025, "unresolved")], "unresolved"),
        ([review(2025, "resolved"), review(2026, "unresolved")], "unresolved"),
    ],
)
def test_a_finding_is_as_far_as_its_actions_and_its_answers_say(events: list[dict[str, Data]], state: str) -> None:
    assert finding(*events).state == state


@pytest.mark.parametrize(
    ("events", "state"),
    [
        # Only a verification of the finding itself resolves it.
        ([seen("2025-02-01", of=F1)], "resolved"),
        ([seen("2025-02-01", of=F1, check="effectiveness")], "resolved"),
        ([plan(), seen("2025-02-01", of=F1)], "resolved"),
        ([review(2025, "resolved"), seen("2025-12-20", of=F1, check="carry_over")], "resolved"),
        ([review(2025, "unresolved"), seen("2026-02-01", of=F1)], "resolved"),
        ([seen("2025-02-01", of=F1), review(2025, "unresolved")], "resolved"),
        # A later one that does not confirm takes it back; a further one may confirm again.
        ([seen("2025-02-01", of=F1), seen("2025-03-01", "rejected", of=F1)], "unresolved"),
        ([seen("2025-02-01", of=F1), seen("2025-03-01", "partly", of=F1)], "in_progress"),
        ([seen("2025-02-01", of=F1), seen("2025-03-01", "rejected", "effectiveness", of=F1)], "unresolved"),
        ([seen("2025-02-01", of=F1), seen("2025-03-01", "partly", "effectiveness", of=F1)], "resolved"),
        ([seen("2025-03-01", "rejected", of=F1), seen("2025-04-01", of=F1)], "resolved"),
        # To confirm an answer is to confirm what it says.
        ([review(2025, "in_progress"), seen("2025-12-20", of=F1, check="carry_over")], "in_progress"),
        ([review(2025, "unresolved"), seen("2025-12-20", of=F1, check="carry_over")], "unresolved"),
        # The check of an answer looked at one: the last before it; or the next, where it saw that, and was nearer to it.
        ([seen("2025-12-01", of=F1, check="carry_over")], "not_known"),
        ([seen("2025-12-01", of=F1, check="carry_over"), review(2025, "in_progress")], "in_progress"),
        ([seen("2025-12-01", of=F1, check="carry_over"), review(2025, "resolved")], "claimed"),
        ([seen("2025-12-01", of=F1, check="carry_over", answer="resolved")], "not_known"),
        ([seen("2025-12-01", of=F1, check="carry_over", answer="resolved"), review(2025, "resolved")], "resolved"),
        ([seen("2025-12-01", of=F1, check="carry_over", answer="resolved"), review(2025, "in_progress")], "in_progress"),
        ([review(2025, "in_progress"), seen("2026-12-01", of=F1, check="carry_over", answer="resolved"), review(2026, "resolved")], "resolved"),
        ([review(2025, "in_progress"), seen("2026-01-05", of=F1, check="carry_over", answer="resolved"), review(2026, "resolved")], "claimed"),
        ([review(2025, "resolved"), seen("2026-12-01", of=F1, check="carry_over", answer="resolved"), review(2026, "resolved")], "resolved"),
        ([seen("2025-02-01", of=F1), review(2025, "in_progress"), seen("2025-12-20", of=F1, check="carry_over")], "in_progress"),
        ([plan(), review(2025, "in_progress"), said("2025-12-15", "completed"), seen("2025-12-20", of=F1, check="carry_over")], "claimed"),
        # A refused answer does not stand.
        ([review(2025, "resolved"), seen("2025-12-20", "rejected", of=F1, check="carry_over")], "unresolved"),
        ([review(2025, "resolved"), seen("2025-12-20", "partly", of=F1, check="carry_over")], "in_progress"),
        ([review(2025, "in_progress"), seen("2025-12-20", "rejected", of=F1, check="carry_over")], "unresolved"),
        ([review(2025, "in_progress"), seen("2025-12-20", "partly", of=F1, check="carry_over")], "in_progress"),
        ([review(2025, "unresolved"), seen("2025-12-20", "rejected", of=F1, check="carry_over")], "unresolved"),
        ([review(2025, "resolved"), seen("2025-12-20", "rejected", of=F1)], "unresolved"),
        ([review(2025, "in_progress"), review(2026, "resolved"), seen("2026-12-20", "rejected", of=F1, check="carry_over")], "in_progress"),
        (
            [
                review(2025, "in_progress"),
                review(2026, "resolved"),
                seen("2026-12-20", "partly", of=F1, check="carry_over"),
                seen("2026-12-25", "rejected", of=F1),
            ],
            "in_progress",
        ),
        ([plan(), said("2025-02-01", "started"), review(2025, "resolved"), seen("2025-12-20", "rejected", of=F1, check="carry_over")], "in_progress"),
        ([plan(), said("2025-02-01", "completed"), seen("2025-03-01", "rejected", of=F1)], "in_progress"),
        ([plan(), said("2025-02-01", "completed"), seen("2025-01-20", "rejected", of=F1)], "claimed"),
        ([seen("2025-03-01", "rejected", of=F1)], "unresolved"),
        ([seen("2025-03-01", "partly", of=F1)], "in_progress"),
        ([plan(), seen("2025-03-01", "partly", of=F1)], "in_progress"),
        # The newest word counts, whether of the actions or of a review.
        ([plan(), said("2025-02-01", "completed"), review(2025, "unresolved")], "unresolved"),
        ([plan(), said("2025-02-01", "started"), review(2025, "resolved")], "claimed"),
        ([plan(), review(2025, "in_progress"), said("2026-02-01", "completed")], "claimed"),
        ([plan(), review(2025, "resolved"), said("2026-02-01", "started")], "in_progress"),
        ([plan(), review(2025, "unresolved"), said("2026-02-01", "started")], "in_progress"),
        ([plan(), review(2025, "in_progress"), said("2026-02-01", "blocked", obstacle="Thiếu tiền.")], "in_progress"),
        ([plan(), review(2025, "resolved"), said("2026-02-01", "blocked", obstacle="Thiếu tiền.")], "unresolved"),
        ([plan(), review(2025, "in_progress"), said("2025-12-12", "completed")], "in_progress"),
    ],
)
def test_the_newest_that_was_said_of_a_finding_counts(events: list[dict[str, Data]], state: str) -> None:
    assert finding(*events).state == state


def test_an_answer_speaks_once_its_review_is_submitted() -> None:
    later: Data = {"carry_over": [{"finding": F1, "answer": "in_progress"}], "submitted": {"date": "2025-12-01"}, "concluded": {"date": "2025-12-12"}}
    assert finding({"xa/reviews/2025": later}, day="2025-11-30").carried == ()
    carried = finding({"xa/reviews/2025": later}, day="2025-12-01").carried
    assert [each.when for each in carried] == [Span(date(2025, 12, 1), date(2025, 12, 1))]
    del later["submitted"], later["concluded"]
    assert finding({"xa/reviews/2025": later}).state is FindingState.NOT_KNOWN


def test_the_check_of_an_answer_stands_beside_it() -> None:
    events = [review(2025, "in_progress"), review(2026, "resolved"), seen("2025-12-20", of=F1, check="carry_over"), seen("2026-02-01", of=F1)]
    carried = finding(*events).carried
    assert [(each.entry["answer"], each.check and each.check.record.id) for each in carried] == [
        ("in_progress", "ub/verifications/2025-12-20-carry_over-confirmed"),
        ("resolved", None),
    ]


def test_a_plan_may_say_why_nothing_is_done() -> None:
    excused = {"xa/plans/2025": {"of": ["xa/reviews/2024"], "no_action": [{"finding": F1, "reason": "Đã sửa ngay."}], "approved": {"date": "2025-01-10"}}}
    facts = finding(excused)
    assert (facts.state, facts.reason, facts.obstacle) == ("no_action", "Đã sửa ngay.", "")
    assert finding(excused, day="2025-01-09").state is FindingState.NOT_KNOWN
    assert finding(excused, review(2025, "unresolved")).state is FindingState.NO_ACTION
    facts = finding(excused, seen("2025-02-01", of=F1))
    assert (facts.state, facts.reason) == ("resolved", "")


def test_a_later_plan_that_acts_all_the_same_ends_the_excuse_and_the_other_way_round() -> None:
    excused: Data = {"of": ["xa/reviews/2024"], "no_action": [{"finding": F1, "reason": "Không cần."}], "approved": {"date": "2025-01-05"}}
    assert finding(plan(), {"xa/plans/a": excused}).state is FindingState.NOT_KNOWN
    assert finding(plan(), {"xa/plans/a": {**excused, "approved": {"date": "2025-01-15"}}}).state is FindingState.NO_ACTION
    again = {"xa/plans/b": {**plan()["xa/plans/2025"], "approved": {"date": "2025-01-20"}}}
    assert finding(plan(), again, {"xa/plans/a": {**excused, "approved": {"date": "2025-01-15"}}}).state is FindingState.NOT_KNOWN
    del excused["approved"]
    assert finding({"xa/plans/a": excused}).state is FindingState.NOT_KNOWN


def test_a_draft_plan_does_nothing_about_a_finding() -> None:
    draft = plan()
    del draft["xa/plans/2025"]["approved"]
    facts = finding(draft)
    assert (facts.state, facts.actions, facts.total) == ("not_known", (), 0)


def test_the_degree_is_confirmed_actions_out_of_those_that_were_not_stopped() -> None:
    four = plan({}, {}, {}, {})
    events = [seen("2025-02-01"), said("2025-02-01", "completed", "A2"), said("2025-02-01", "stopped", "A3")]
    facts = finding(four, *events)
    assert (facts.state, facts.done, facts.total, facts.percent, len(facts.actions)) == ("in_progress", 1, 3, 33, 4)


def test_an_action_that_names_a_finding_twice_mends_it_once() -> None:
    moved = {"xa/reviews/2024": {**REVIEW["xa/reviews/2024"], "formerly": ["xa/reviews/old"]}}
    facts = finding(moved, plan({"findings": [F1, "xa/reviews/old#F1"]}))
    assert facts.total == 1


def test_the_obstacle_is_the_one_named_last() -> None:
    blocked = said("2025-02-01", "blocked", obstacle="Thiếu tiền.")
    assert finding(plan(), blocked).obstacle == "Thiếu tiền."
    assert finding(plan(), blocked, review(2025, "unresolved", obstacle="Thiếu đất.")).obstacle == "Thiếu đất."
    assert finding(plan(), said("2026-02-01", "blocked", obstacle="Thiếu tiền."), review(2025, "unresolved", obstacle="Thiếu đất.")).obstacle == "Thiếu tiền."
    assert finding(plan(), blocked, seen("2025-03-01", of=F1)).obstacle == ""


def test_a_finding_knows_what_came_back() -> None:
    again: Data = {"findings": [{"id": "F1", "statement": "…", "recurrence_of": F1}], "concluded": {"date": "2025-12-12"}}
    assert finding({"xa/reviews/2025": again}).recurred == ("xa/reviews/2025#F1",)
    assert finding({"xa/reviews/2025": {**again, **TOLD}}).recurred == ()
    assert finding({"xa/reviews/2025": again}, day="2025-12-11").recurred == ()
    assert finding({"xa/reviews/2025": {**again, "of": "xa/roles/bi-thu"}}).recurred == ()
    del again["concluded"]
    assert finding({"xa/reviews/2025": again}).recurred == ()
    told = {"xa/reviews/2024": {**REVIEW["xa/reviews/2024"], **TOLD}, "xa/reviews/2025": {**again, **TOLD}}
    assert finding(told).recurred == ("xa/reviews/2025#F1",)


def test_a_link_to_what_is_not_there_on_the_day_is_passed_over() -> None:
    records = together(
        plan(), said("2025-02-01", "started", "A9"), said("2025-02-01", "completed", "xa/plans/nowhere#A1"), seen("2025-02-02", of="xa/plans/x#A1")
    )
    assert judged(records, END).actions[A1].state is ActionState.PLANNED
    assert judged(records, "2024-12-31").actions == {}
    assert judged(records, "2024-12-01").findings == {}


def test_links_to_records_that_moved_are_followed() -> None:
    moved = plan(formerly=["xa/plans/old"])
    report = {"xa/progress/1": {"of": "xa/plans/old", "date": "2025-02-01", "entries": [{"action": "A1", "state": "started"}]}}
    assert action(moved, report).state is ActionState.IN_PROGRESS
    assert action(moved, seen("2025-03-01", of="xa/plans/old#A1")).state is ActionState.VERIFIED
    assert action(moved, asked("2025-02-01", "2025-05-31", "xa/plans/old#A1")).postponements[0].result == "pending"
