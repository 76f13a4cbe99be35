"""The ledger of promises, from real repositories: what was promised first, what was asked and changed, and what the numbers of the site are judged by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import naive_ledger
from conftest import git
from repositories import AS_OF, big
from stories import A1, DAY, HEAD, PLAN, ZONE, Data, Story, answered, plan, postponed, reported, text
from tusoi import flow, looking_back, promise_counts, slippage
from tusoi.dates import Span
from tusoi.first_promises import Terms
from tusoi.slippage import Outcome, Promise, asked_after

pytestmark = pytest.mark.build

MARCH, SEPTEMBER = date(2025, 3, 31), date(2025, 9, 30)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "story")


def exact(day: date) -> Span:
    return Span(day, day)


def one(judged: flow.Judged, ref: str = A1) -> Promise:
    return judged.ledger.promises[ref]


def moves(promise: Promise) -> list[tuple[str, str, str]]:
    return [(each.stated, each.changed, each.step.day.isoformat()) for each in promise.moved]


def said(terms: Terms) -> str:
    """Write what is promised as the naive count does."""
    if not terms.recurs:
        return f"due {terms.due}" if terms.due else ""
    return " ".join(f"{key} {value}" for key, value in (("every", terms.every), ("from", terms.since), ("until", terms.until)) if value)


def as_counted(ledger: slippage.Ledger) -> dict[str, tuple[Any, ...]]:
    """Give what the ledger says of history, in the form of the naive count."""
    found = {}
    for ref, each in ledger.promises.items():
        changes = sorted((*each.moved, *each.copied), key=lambda change: change.step.number)
        told = [(change.step.commit, change.step.day.isoformat(), said(change.before), said(change.after)) for change in changes]
        found[ref] = (said(each.terms) if each.step else "", each.step.commit if each.step else "", told)
    return found


def naively(folder: Path) -> dict[str, tuple[Any, ...]]:
    """Count everything once more, another way."""
    days = naive_ledger.days(folder, ZONE)
    lines = naive_ledger.lines(folder).items()
    return {ref: (each.first, each.commit, [(commit, days[commit], before, after) for commit, before, after in each.changes]) for ref, each in lines}


class TestTheFirstPromise:
    def test_is_what_stood_when_the_plan_was_approved(self, story: Story) -> None:
        """A draft may say anything, and say something else the next day."""
        story.on("2025-01-06", {PLAN: plan({"due": "2025-02-28"}, approved=False)})
        story.on("2025-01-07", {PLAN: plan({"due": "2025-04-30"}, approved=False)})
        approved = story.on("2025-01-12", {PLAN: plan()})
        found = one(story.judged())
        assert (found.first, found.moved) == (exact(MARCH), ())
        assert found.step is not None
        assert (found.step.commit, found.step.day) == (approved, date(2025, 1, 12))

    def test_stays_when_the_file_is_changed(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        changed = story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"})})
        judged = story.judged()
        found = one(judged)
        assert (found.first, found.agreed, moves(found)) == (exact(MARCH), exact(MARCH), [("2025-03-31", "2025-09-30", "2025-08-05")])
        assert [(each.step.commit, each.days) for each in found.moved] == [(changed, 183)]
        assert judged.tree.register.records[PLAN].get("actions", 0, "due") == "2025-09-30"
        assert judged.register.records[PLAN].get("actions", 0, "due") == "2025-03-31"

    def test_is_what_late_and_overdue_are_judged_by(self, story: Story) -> None:
        """A change of the file moves no number of the site."""
        story.on("2025-01-12", {PLAN: plan({"milestones": [{"id": "M1", "content": "Xong bản thảo.", "due": "2025-02-15"}]})})
        before = story.judged()
        story.on("2025-08-05", {PLAN: plan({"due": "2026-12-31", "milestones": [{"id": "M1", "content": "Xong bản thảo.", "due": "2026-11-30"}]})})
        after = story.judged()
        for judged in (before, after):
            action = judged.facts.actions[A1]
            assert (action.late, action.late_days, action.overdue_days, action.first_due) == (True, 349, 349, exact(MARCH))
            assert action.milestones[0].overdue_days == 393
        assert after.facts.whole == before.facts.whole
        assert (after.facts.whole.overdue, after.facts.whole.late) == (1, 1)
        assert flow.judge(after.tree, DAY).facts.whole.overdue == 0, "without the past nobody could tell"

    def test_problems_are_about_what_stands_in_the_files(self, story: Story) -> None:
        """A milestone that was put after its action is wrong in the file, whatever was promised."""
        steps = [{"id": "M1", "content": "Xong bản thảo.", "due": "2025-02-15"}]
        story.on("2025-01-12", {PLAN: plan({"milestones": steps})})
        story.on("2025-08-05", {PLAN: plan({"milestones": [steps[0] | {"due": "2026-11-30"}]})})
        judged = story.judged()
        assert judged.register.records[PLAN].get("actions", 0, "milestones", 0, "due") == "2025-02-15"
        wrong = [each.path for each in judged.problems if each.code == "R08"]
        assert wrong == [each.path for each in flow.judge(judged.tree, DAY).problems if each.code == "R08"]
        assert wrong

    def test_of_an_action_that_came_later_is_what_it_said_first(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        added = story.on("2025-02-01", {PLAN: plan({}, {"id": "A2", "due": "2025-06-30"})})
        story.on("2025-02-02", {PLAN: plan({}, {"id": "A2", "due": "2025-07-31"})})
        found = one(story.judged(), f"{PLAN}#A2")
        assert found.step is not None
        assert (found.first, found.step.commit, len(found.moved)) == (exact(date(2025, 6, 30)), added, 1)

    def test_of_what_had_no_date_is_the_first_that_was_stated(self, story: Story) -> None:
        """To promise what was not promised is no change."""
        story.on("2025-01-12", {PLAN: plan({"due": None})})
        story.on("2025-02-01", {PLAN: plan()})
        found = one(story.judged())
        assert (found.first, found.moved) == (exact(MARCH), ())

    def test_that_is_no_date_is_kept_as_it_was_stated_and_judged_by_the_first_that_is_one(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan({"due": "cuối quý I"})})
        mended = story.on("2025-01-20", {PLAN: plan()})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"})})
        found = one(story.judged())
        assert found.step is not None
        assert (found.first, found.step.commit) == (exact(MARCH), mended)
        assert [each[:2] for each in moves(found)] == [("cuối quý I", "2025-03-31"), ("2025-03-31", "2025-09-30")]
        assert [each.days for each in found.moved] == [None, 183]

    def test_that_is_a_month_goes_to_its_last_day(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan({"due": "2025-03"})})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-03-31"})})
        found = one(story.judged(date(2025, 8, 6)))
        assert (found.first, found.days_late, moves(found)) == (Span(date(2025, 3, 1), MARCH), 128, [("2025-03", "2025-03-31", "2025-08-05")])
        assert found.moved[0].days is None
        assert one(story.judged(date(2025, 3, 15))).outcome is Outcome.NOT_KNOWN

    def test_of_a_duty_that_recurs_is_its_rhythm(self, story: Story) -> None:
        duty: Data = {"due": None, "kind": "recurring", "every": "week", "from": "2025-01-13", "until": "2025-12-31"}
        story.on("2025-01-12", {PLAN: plan(duty)})
        story.on("2025-05-01", {PLAN: plan(duty | {"every": "quarter", "until": None})})
        judged = story.judged(date(2026, 1, 5))
        found = one(judged)
        assert (found.outcome, found.first, found.kept) == (Outcome.RHYTHM, None, None)
        assert moves(found) == [("week 2025-01-13/2025-12-31", "quarter 2025-01-13", "2025-05-01")]
        assert judged.register.records[PLAN].get("actions", 0, "every") == "week"
        assert judged.facts.actions[A1].overdue_days == 5

    def test_is_no_longer_dodged_by_making_it_a_duty_that_recurs(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-05-01", {PLAN: plan({"due": None, "kind": "recurring", "every": "year", "from": "2025-01-13"})})
        judged = story.judged()
        kept = judged.register.records[PLAN].get("actions", 0)
        assert {key: kept.get(key) for key in ("kind", "due", "every", "from", "until")} == {"kind": None, "due": "2025-03-31"} | dict.fromkeys(
            ("every", "from", "until")
        )
        assert judged.facts.actions[A1].overdue_days == 349
        assert [each[:2] for each in moves(one(judged))] == [("2025-03-31", "year 2025-01-13")]

    def test_is_the_record_s_own_where_nothing_is_recorded(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        tree = flow.read(story.folder)
        judged = flow.judge(tree, DAY)
        assert (one(judged).first, one(judged).step, one(judged).is_recorded, judged.ledger.is_read) == (exact(MARCH), None, False, False)
        assert slippage.as_promised(tree.register, judged.past) is tree.register

    def test_leaves_the_register_alone_where_nothing_was_changed(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        tree = flow.read(story.folder)
        assert slippage.as_promised(tree.register, flow.past(tree)) is tree.register

    def test_of_what_is_not_recorded_yet_is_the_record_s_own(self, story: Story) -> None:
        """What lies in the work tree and is in no commit has no past."""
        story.on("2025-01-12", {PLAN: plan()})
        (story.folder / f"records/{PLAN}.yml").write_text(text(plan({"due": "2025-09-30"}, {"id": "A2", "due": "2025-06-30"})), encoding="utf-8")
        judged = story.judged()
        assert (one(judged).first, one(judged).moved) == (exact(MARCH), ())
        added = one(judged, f"{PLAN}#A2")
        assert (added.first, added.step, judged.ledger.is_read) == (exact(date(2025, 6, 30)), None, True)


class TestChanges:
    def test_a_date_that_is_put_back_was_changed_twice(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"})})
        story.on("2025-08-06", {PLAN: plan()})
        assert [each[:2] for each in moves(one(story.judged()))] == [("2025-03-31", "2025-09-30"), ("2025-09-30", "2025-03-31")]

    def test_what_was_recorded_after_the_day_is_not_told(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"})})
        assert [len(one(story.judged(date(2025, 8, day))).moved) for day in (4, 5)] == [0, 1]
        assert one(story.judged(date(2025, 8, 4))).first == exact(MARCH)

    def test_a_plan_that_moves_takes_its_promises_along(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        moved = f"{PLAN}-ban-2"
        story.on("2025-08-05", {PLAN: None, moved: plan({"due": "2025-09-30"}, formerly=[PLAN])})
        judged = story.judged()
        assert list(judged.ledger.promises) == [f"{moved}#A1"]
        found = one(judged, f"{moved}#A1")
        assert found.step is not None
        assert (found.first, found.step.day, moves(found)) == (exact(MARCH), date(2025, 1, 12), [("2025-03-31", "2025-09-30", "2025-08-05")])

    def test_an_action_that_is_taken_away_stays_in_the_ledger(self, story: Story) -> None:
        second: Data = {"id": "A2", "due": "2025-06-30", "milestones": [{"id": "M1", "content": "Một.", "due": "2025-05-31"}]}
        story.on("2025-01-12", {PLAN: plan({}, second)})
        story.on("2025-08-05", {PLAN: plan()})
        judged = story.judged()
        assert list(judged.ledger.promises) == [A1, f"{PLAN}#A2", f"{PLAN}#A2.M1"]
        found = one(judged, f"{PLAN}#A2")
        assert (found.part, found.outcome, found.kept, found.organisation) == (None, Outcome.TAKEN_AWAY, None, "xa-mau")
        assert (found.first, moves(found)) == (exact(date(2025, 6, 30)), [("2025-06-30", "", "2025-08-05")])
        total = promise_counts.by_plan(judged.ledger)[PLAN]
        assert (total.outcomes[Outcome.TAKEN_AWAY], total.settled, total.moved) == (2, 1, 2)

    def test_a_plan_that_is_taken_away_stays_in_the_ledger(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-08-05", {PLAN: None})
        judged = story.judged()
        assert (one(judged).outcome, one(judged).counts, moves(one(judged))) == (Outcome.TAKEN_AWAY, True, [("2025-03-31", "", "2025-08-05")])
        assert promise_counts.by_organisation(judged.ledger)["xa-mau"].outcomes[Outcome.TAKEN_AWAY] == 1

    def test_a_date_that_is_taken_out_is_still_owed(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-08-05", {PLAN: plan({"due": None})})
        judged = story.judged()
        assert judged.facts.actions[A1].overdue_days == 349
        assert (one(judged).outcome, moves(one(judged))) == (Outcome.NOT_KEPT, [("2025-03-31", "", "2025-08-05")])

    def test_a_version_that_cannot_be_read_says_nothing(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-08-05", {PLAN: text(plan()) + "actions: [\n"})
        story.on("2025-08-06", {PLAN: plan() | {"actions": "sẽ bổ sung sau"}})
        story.on("2025-08-07", {PLAN: plan()})
        assert one(story.judged()).moved == ()

    def test_what_a_merge_brings_counts_once_with_the_merge(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan()})
        git(story.folder, "switch", "--quiet", "--create", "side")
        story.on("2025-06-01", {PLAN: plan({"due": "2025-06-30"})})
        story.on("2025-06-02", {PLAN: plan({"due": "2025-09-30"})})
        git(story.folder, "switch", "--quiet", "main")
        story.on("2025-06-03", {"xa-mau/roles/khac": {"name": "Ủy viên Đảng ủy xã Mẫu", "rank": "member"}})
        git(story.folder, "merge", "--quiet", "--no-ff", "--message=ghép", "side", date="2025-08-05T10:00:00+07:00")
        found = one(story.judged())
        assert moves(found) == [("2025-03-31", "2025-09-30", "2025-08-05")]
        assert found.moved[0].step.commit == story.head

    def test_a_milestone_has_promises_of_its_own(self, story: Story) -> None:
        def with_step(due: str) -> Data:
            return plan({"milestones": [{"id": "M1", "content": "Xong bản thảo.", "due": due}]})

        story.on("2025-01-12", {PLAN: with_step("2025-02-15")})
        story.on("2025-02-10", {PLAN: with_step("2025-03-15")})
        story.on("2025-03-01", {"xa-mau/progress/2025-03-01": reported("2025-03-01", "started", reached=["M1"])})
        judged = story.judged()
        found = one(judged, f"{A1}.M1")
        assert (found.first, found.done, found.outcome, found.days_late) == (exact(date(2025, 2, 15)), exact(date(2025, 3, 1)), Outcome.NOT_KEPT, 14)
        assert (len(found.moved), len(one(judged).moved)) == (1, 0)

    def test_what_a_source_tells_is_left_as_it_is(self, story: Story) -> None:
        source: Data = {"title": "Bài báo", "publisher": "Báo Mẫu", "shown_on": "2025-01-11", "confidence": "high"}
        told: Data = {"told_by": ["common/sources/bao"]}
        story.on("2025-01-12", {"common/sources/bao": source, PLAN: plan(**told)})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"}, **told)})
        judged = story.judged()
        assert judged.ledger.promises == {}
        assert judged.register.records[PLAN].get("actions", 0, "due") == "2025-09-30"

    def test_a_version_that_told_a_source_s_words_promised_nothing(self, story: Story) -> None:
        """Neither before the organisation's own approval, though it has a seal, nor after it."""
        source: Data = {"title": "Bài báo", "publisher": "Báo Mẫu", "shown_on": "2025-01-11", "confidence": "high"}
        told: Data = {"told_by": ["common/sources/bao"]}
        story.on("2025-01-12", {"common/sources/bao": source, PLAN: plan({"due": "2025-02-28"}, **told)})
        story.on("2025-01-20", {PLAN: plan({"due": "2025-04-30"}, approved=False)})
        story.on("2025-02-01", {PLAN: plan()})
        story.on("2025-02-02", {PLAN: plan({"due": "2025-05-31"}, **told)})
        story.on("2025-02-03", {PLAN: plan()})
        found = one(story.judged())
        assert found.step is not None
        assert (found.first, found.step.day, found.moved) == (exact(MARCH), date(2025, 2, 1), ())

    @pytest.mark.parametrize("is_kept", [True, False])
    def test_a_plan_that_was_withdrawn_promises_nothing_more(self, story: Story, is_kept: bool) -> None:  # noqa: FBT001 -- a column of the table
        """Neither while its page stays, nor when somebody takes the file away afterwards."""
        withdrawn: Data = {"withdrawn": {"date": "2025-08-05", "reason": "Gộp vào kế hoạch khác."}}
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"}, **withdrawn)})
        if not is_kept:
            story.on("2025-08-06", {PLAN: None})
        assert story.judged().ledger.promises == {}

    def test_a_correction_corrects_no_date(self, story: Story) -> None:
        """Days cannot be corrected: the first promise stays, and a correction is no change of it."""
        correction: Data = {
            "of": A1,
            "nature": "correction",
            "path": "due",
            "stated": "2025-03-31",
            "corrected": "2025-09-30",
            "date": "2025-08-05",
            "text": "Ghi nhầm.",
        }
        story.on("2025-01-12", {PLAN: plan()})
        story.on("2025-08-05", {"xa-mau/corrections/1": correction})
        found = one(story.judged())
        assert (found.first, found.moved, found.days_late) == (exact(MARCH), (), 349)

    def test_who_took_an_organisation_over_answers_for_its_promises(self, story: Story) -> None:
        merged: Data = {"name": "Đảng ủy xã Mới", "type": "party_committee", "parents": [{"of": HEAD}], "peer_group": "Đảng ủy xã"}
        merged |= {"lineage": [{"of": "xa-mau", "how": "merged", "date": "2025-07-01"}]}
        story.on("2025-01-12", {PLAN: plan({}, {"id": "A2", "due": "2025-06-30"})})
        story.on("2025-07-01", {"xa-moi": merged})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"})})
        judged = story.judged()
        assert {each.organisation for each in judged.ledger.promises.values()} == {"xa-moi"}
        assert promise_counts.by_organisation(judged.ledger)["xa-moi"].moved == 2
        assert {each.organisation for each in story.judged(date(2025, 6, 30)).ledger.promises.values()} == {"xa-mau"}


class TestPostponements:
    REQUEST, ANSWER = "xa-mau/postponements/2025-04-14-a1", f"{HEAD}/answers/2025-04-20-a1"

    def told(self, story: Story, asked: str, *answers: Data) -> Promise:
        story.on("2025-01-12", {PLAN: plan()})
        story.on(asked, {self.REQUEST: postponed("2025-09-30", asked)})
        for each in answers:
            story.on(each["date"], {f"{HEAD}/answers/{each['date']}-a1": each})
        return one(story.judged())

    @pytest.mark.parametrize(("asked", "days"), [("2025-03-20", -11), ("2025-03-31", 0), ("2025-04-14", 14)])
    def test_a_request_says_how_long_before_or_after_the_date_it_was_made(self, story: Story, asked: str, days: int) -> None:
        found = self.told(story, asked)
        assert [(asked_after(each), each.after_due, each.days, each.result) for each in found.postponements] == [(days, days > 0, 183, "pending")]
        assert (found.agreed, found.days_late, found.days_over) == (exact(MARCH), 349, 349)

    def test_one_that_was_answered_on_the_day_it_was_made_was_still_late(self, story: Story) -> None:
        found = self.told(story, "2025-04-14", answered(self.REQUEST, "2025-04-14"))
        assert [(asked_after(each), each.after_due) for each in found.postponements] == [(14, True)]

    def test_one_that_was_refused_moves_nothing(self, story: Story) -> None:
        found = self.told(story, "2025-04-14", answered(self.REQUEST, "2025-04-20", "refused"))
        assert (found.postponements[0].result, found.agreed, found.days_over) == ("refused", exact(MARCH), 349)

    def test_one_that_was_agreed_moves_the_agreed_date_and_not_the_first(self, story: Story) -> None:
        found = self.told(story, "2025-04-14", answered(self.REQUEST, "2025-04-20"))
        assert (found.agreed, found.first, found.days_late, found.days_over) == (exact(SEPTEMBER), exact(MARCH), 349, 166)

    @pytest.mark.parametrize(("recorded", "is_copy"), [("2025-04-19", False), ("2025-04-20", True)])
    def test_a_change_that_follows_an_agreed_request_is_told_apart(self, story: Story, recorded: str, is_copy: bool) -> None:  # noqa: FBT001 -- a column
        """To write an agreed date into the plan moves nothing, and goes past nobody; to do so before it was agreed does."""
        self.told(story, "2025-04-14")
        story.on(recorded, {PLAN: plan({"due": "2025-09-30"})})
        story.on("2025-04-20", {self.ANSWER: answered(self.REQUEST, "2025-04-20")})
        judged = story.judged()
        found = one(judged)
        assert (len(found.moved), len(found.copied)) == ((0, 1) if is_copy else (1, 0))
        assert (found.first, found.agreed, judged.facts.actions[A1].due) == (exact(MARCH), exact(SEPTEMBER), exact(SEPTEMBER))

    def test_a_change_that_follows_a_refused_request_goes_past_it(self, story: Story) -> None:
        self.told(story, "2025-04-14", answered(self.REQUEST, "2025-04-20", "refused"))
        story.on("2025-04-21", {PLAN: plan({"due": "2025-09-30"})})
        found = one(story.judged())
        assert (len(found.moved), len(found.copied), found.agreed) == (1, 0, exact(MARCH))

    def test_to_take_an_agreed_date_back_out_goes_past_nobody_either(self, story: Story) -> None:
        self.told(story, "2025-04-14", answered(self.REQUEST, "2025-04-20"))
        story.on("2025-04-21", {PLAN: plan({"due": "2025-09-30"})})
        story.on("2025-04-22", {PLAN: plan()})
        found = one(story.judged())
        assert (len(found.moved), len(found.copied)) == (0, 2)

    def test_a_change_beside_an_agreed_request_goes_past_it(self, story: Story) -> None:
        self.told(story, "2025-04-14", answered(self.REQUEST, "2025-04-20"))
        story.on("2025-08-05", {PLAN: plan({"due": "2025-12-31"})})
        found = one(story.judged())
        assert (moves(found), found.copied, found.agreed) == ([("2025-03-31", "2025-12-31", "2025-08-05")], (), exact(SEPTEMBER))


class TestOutcomes:
    @pytest.mark.parametrize(
        ("report", "day", "outcome", "late", "over"),
        [
            (None, "2025-03-31", Outcome.AHEAD, 0, 0),
            (None, "2025-04-01", Outcome.NOT_KEPT, 1, 1),
            (reported("2025-03-31"), "2026-03-15", Outcome.KEPT, 0, 0),
            (reported("2025-04-10"), "2026-03-15", Outcome.NOT_KEPT, 10, 10),
            (reported("2025-04-10", "started"), "2025-04-20", Outcome.NOT_KEPT, 20, 20),
            (reported("2025-03-20", "stopped"), "2026-03-15", Outcome.STOPPED, 0, 0),
            (reported("2025-04-10", "stopped"), "2026-03-15", Outcome.NOT_KEPT, 10, 10),
        ],
    )
    def test_a_promise_is_kept_by_the_first_date_or_not(  # noqa: PLR0913, PLR0917 -- each is a column of the table
        self, story: Story, report: Data | None, day: str, outcome: Outcome, late: int, over: int
    ) -> None:
        story.on("2025-01-12", {PLAN: plan()} | ({"xa-mau/progress/2025-04": report} if report else {}))
        found = one(story.judged(date.fromisoformat(day)))
        assert (found.outcome, found.days_late, found.days_over) == (outcome, late, over)
        assert found.kept is {Outcome.KEPT: True, Outcome.NOT_KEPT: False}.get(outcome)
        assert found.is_given_up is bool(report and report["entries"][0]["state"] == "stopped")

    def test_a_milestone_of_which_nobody_spoke_is_not_known_once_its_action_is_done(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan({"milestones": [{"id": "M1", "content": "Xong bản thảo.", "due": "2025-02-15"}]})})
        assert one(story.judged(), f"{A1}.M1").outcome is Outcome.NOT_KEPT
        story.on("2025-03-30", {"xa-mau/progress/2025-03": reported("2025-03-30")})
        assert (one(story.judged(), f"{A1}.M1").outcome, one(story.judged()).outcome) == (Outcome.NOT_KNOWN, Outcome.KEPT)

    def test_sums_name_what_is_in_no_share_beside_it(self, story: Story) -> None:
        dues = {"A1": "2025-03-31", "A2": "2025-05-31", "A3": "2026-12-31", "A4": "2026-02-15"}
        duty: Data = {"id": "A5", "due": None, "kind": "recurring", "every": "week", "from": "2025-01-13"}
        story.on("2025-01-12", {PLAN: plan(*({"id": name, "due": due} for name, due in dues.items()), duty)})
        story.on("2025-03-20", {"xa-mau/progress/2025-03": reported("2025-03-20")})
        sums = promise_counts.by_organisation(story.judged().ledger)["xa-mau"]
        assert (sums.promised, sums.kept, sums.settled, sums.median_days) == (5, 1, 3, 158)
        assert {each: number for each, number in sums.outcomes.items() if number} == {
            Outcome.KEPT: 1,
            Outcome.NOT_KEPT: 2,
            Outcome.AHEAD: 1,
            Outcome.RHYTHM: 1,
        }
        assert (sums.requests, sums.after_due, sums.moved, sums.unread, sums.knows_moved) == (0, 0, 0, 0, True)

    def test_sums_go_by_action_plan_organisation_peers_and_cycle(self, story: Story) -> None:
        story.on("2025-01-12", {PLAN: plan({"milestones": [{"id": "M1", "content": "Một.", "due": "2025-02-15"}]}, {"id": "A2", "due": "2025-06-30"})})
        judged = story.judged()
        number = {name: each.promised for name, each in promise_counts.by_action(judged.ledger).items()}
        assert number == {A1: 2, f"{PLAN}#A2": 1}
        for found, name in (
            (promise_counts.by_plan(judged.ledger), PLAN),
            (promise_counts.by_organisation(judged.ledger), "xa-mau"),
            (promise_counts.by_peer_group(judged.ledger, judged.register), "Đảng ủy xã"),
            (promise_counts.by_cycle(judged.ledger, judged.register), f"{HEAD}/cycles/2024"),
        ):
            assert {key: each.promised for key, each in found.items()} == {name: 3}

    def test_the_plan_of_one_post_is_in_no_sum(self, story: Story) -> None:
        review: Data = {"title": "Bản kiểm điểm cá nhân", "of": "xa-mau/roles/pho", "cycle": f"{HEAD}/cycles/2024", "submitted": {"date": "2024-12-11"}}
        review |= {"findings": [{"id": "F1", "statement": "Chưa đi cơ sở."}], "concluded": {"date": "2024-12-12"}}
        own = plan({"findings": ["xa-mau/reviews/2024-pho#F1"]}, of=["xa-mau/reviews/2024-pho"])
        story.on("2025-01-12", {"xa-mau/reviews/2024-pho": review, PLAN: own})
        story.on("2025-08-05", {PLAN: plan({"due": "2025-09-30"}, of=["xa-mau/reviews/2024-pho"])})
        judged = story.judged()
        assert (one(judged).counts, len(one(judged).moved)) == (False, 1)
        assert promise_counts.by_organisation(judged.ledger) == {}
        assert promise_counts.sum_of(judged.ledger.promises.values()).promised == 0
        story.on("2025-08-06", {PLAN: None})
        assert one(story.judged()).counts is False


Told = Callable[[Story], None]


def _put_back(story: Story) -> None:
    story.on("2025-01-12", {PLAN: plan()})
    story.on("2025-02-01", {PLAN: None})
    story.on("2025-02-02", {PLAN: plan({"due": "2025-04-30"})})


def _moved_in_two_commits(story: Story) -> None:
    story.on("2025-01-12", {PLAN: plan()})
    story.on("2025-02-01", {PLAN: None})
    story.on("2025-02-02", {f"{PLAN}-ban-2": plan({"due": "2025-04-30"}, formerly=[PLAN])})


def _moved_and_back(story: Story) -> None:
    story.on("2025-01-12", {PLAN: plan()})
    story.on("2025-02-01", {PLAN: None, f"{PLAN}-ban-2": plan({"due": "2025-04-30"}, formerly=[PLAN])})
    story.on("2025-03-01", {PLAN: plan({"due": "2025-05-31"}, formerly=[f"{PLAN}-ban-2"]), f"{PLAN}-ban-2": None})


def _approved_late(story: Story) -> None:
    story.on("2025-01-06", {PLAN: plan({"due": "2025-02-28"}, approved=False)})
    story.on("2025-01-12", {PLAN: plan()})
    story.on("2025-01-13", {PLAN: plan({"due": "2025-04-30"}, approved=False)})
    story.on("2025-01-14", {PLAN: text(plan()) + "actions: [\n"})
    story.on("2025-01-15", {PLAN: plan({"due": "2025-05-31"}, {"id": "A2", "due": None})})
    story.on("2025-01-16", {PLAN: plan({"due": 2025}, {"id": "A2", "due": "2025-06"})})


def _swapped(story: Story) -> None:
    duty: Data = {"due": None, "kind": "recurring", "every": "week", "from": "2025-01-13"}
    story.on("2025-01-12", {PLAN: plan(duty, {"id": "A2", "milestones": [{"id": "M1", "content": "Một.", "due": "2025-02-15"}]})})
    story.on("2025-02-01", {PLAN: plan({}, {"id": "A3"})})
    story.on("2025-02-02", {PLAN: plan(duty | {"until": "2025-12-31"}, {"id": "A2"})})


class TestItEqualsTheNaiveCount:
    """The same history, read another way by another program."""

    @pytest.mark.parametrize("told", [_put_back, _moved_in_two_commits, _moved_and_back, _approved_late, _swapped])
    def test_of_a_small_repository(self, story: Story, told: Told) -> None:
        told(story)
        found = as_counted(story.judged().ledger)
        assert found
        assert found == naively(story.folder)

    def test_of_a_big_one(self, tmp_path: Path) -> None:
        """2 000 records, 5 000 commits; the ledger, the requests, and what the sums are made of."""
        made = big(tmp_path / "big")
        judged = flow.judge(flow.read(made.folder), AS_OF, looking_back.past(made.folder, ZONE))
        found, expected = as_counted(judged.ledger), naively(made.folder)
        assert {ref for ref in found.keys() | expected.keys() if found.get(ref) != expected.get(ref)} == set()
        assert sum(len(each[2]) for each in found.values()) > 1500
        firsts = {ref: each[0].removeprefix("due ") for ref, each in expected.items() if each[0].startswith("due ")}
        _same_requests(judged.ledger, naive_ledger.requests(made.folder), firsts)
        _same_sums(judged, expected)


def _same_requests(ledger: slippage.Ledger, expected: Mapping[str, list[tuple[str, str, str]]], firsts: Mapping[str, str]) -> None:
    """Compare what was asked and what came of it, and the date that is agreed in the end."""
    asked = {ref: each.postponements for ref, each in ledger.promises.items() if each.postponements}
    assert len(asked) > 100
    assert {ref: sorted((each.asked.isoformat(), each.to.isoformat(), each.result) for each in found) for ref, found in asked.items()} == {
        ref: sorted(each[:3] for each in found) for ref, found in expected.items()
    }
    for ref, promise in ledger.promises.items():
        if ref in firsts and promise.part is not None:
            agreed = next((to for _, to, result in reversed(expected.get(ref, [])) if result == "agreed"), firsts[ref])
            assert promise.agreed == exact(date.fromisoformat(agreed)), ref


def _same_sums(judged: flow.Judged, expected: Mapping[str, tuple[Any, ...]]) -> None:
    """Nobody has reported anything there: what was due has not been kept, by organisation."""
    due: dict[str, list[int]] = {}
    for ref, (first, _, changes) in expected.items():
        if first.startswith("due ") and not (changes and not changes[-1][3]):
            days = (AS_OF - date.fromisoformat(first.removeprefix("due "))).days
            due.setdefault(ref.partition("/")[0], []).extend([days] if days > 0 else [])
    sums = promise_counts.by_organisation(judged.ledger)
    assert {name: (each.kept, each.settled, each.median_days) for name, each in sums.items()} == {
        name: (
            0,
            len(days),
            sorted(days)[len(days) // 2] if len(days) % 2 else sum(sorted(days)[len(days) // 2 - 1 : len(days) // 2 + 1]) / 2 if days else None,
        )
        for name, days in due.items()
    }
    assert judged.facts.whole.late == sum(each.outcome is Outcome.NOT_KEPT and each.ref.count(".") == 0 for each in judged.ledger.promises.values())
