"""Rules about the order of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tusoi.dates import is_before, span
from tusoi.problem import Path, Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong

CODE = "R08"
RANGES = (("from", "to"), ("from", "until"), ("observed_from", "observed_to"))


@rule(CODE, stage="always", kinds=(), source="S3-23 S3-24 S3-25 S1-05 S3-15 S3-30")
def dates_sane(record: Record, world: World) -> Iterator[Problem]:
    """What comes first is not dated after what follows from it: a range begins before it ends, seals come in their order, a plan after the conclusion that it answers, a due date after the approval, an answer after the question, a report after its evidence, a round compiled after it closed, each step of a preparation after the one before it, a milestone after those that it depends on. Where only a month or a year is known, only what is certainly wrong is reported.

    vi: Việc trước không được ghi ngày sau việc tiếp theo: khoảng thời gian bắt đầu trước khi kết thúc, các lần ký đúng thứ tự, kế hoạch sau kết luận, hạn sau ngày ban hành, trả lời sau đề nghị, báo cáo sau minh chứng, tổng hợp sau khi hết hạn góp ý, các bước chuẩn bị theo thứ tự, mốc sau những mốc phải xong trước. Chỉ biết tháng hoặc năm thì chỉ báo khi chắc chắn sai.
    """  # noqa: E501 -- the docstring is published as it is
    said: set[Path] = set()
    for each in (*_ranges(record, record.data, ()), *_seals(record, world), *_PER_KIND.get(record.kind, _nothing)(record, world)):
        if each.path not in said:  # one wrong day may come before several others
            said.add(each.path)
            yield each


def _nothing(_record: Record, _world: World) -> Iterator[Problem]:
    return iter(())


def _late(what: Record | Part, path: Path, stated: object, other: object, variant: str) -> Iterator[Problem]:
    """Say so where `stated` is certainly before `other`."""
    here, there = span(stated), span(other)
    if here and there and is_before(here, there):
        yield wrong(CODE, what, *path, variant=variant, stated=stated, other=other)


def _ranges(record: Record, data: Any, path: Path) -> Iterator[Problem]:
    if isinstance(data, Mapping):
        for start, end in RANGES:
            yield from _late(record, (*path, end), data.get(end), data.get(start), "range")
        days, first, last = data.get("days"), span(data.get("from")), span(data.get("to"))
        if days is not None and first and last and first.exact and last.exact and days > (last.last - first.first).days + 1 > 0:
            yield wrong(CODE, record, *path, "days", variant="days", days=days, possible=(last.last - first.first).days + 1)
        for key, value in data.items():
            yield from _ranges(record, value, (*path, key))
    elif isinstance(data, tuple):
        for number, value in enumerate(data):
            yield from _ranges(record, value, (*path, number))


def _seals(record: Record, world: World) -> Iterator[Problem]:
    """Each seal against the nearest one before it that is set."""
    before: tuple[str, object] | None = None
    for name in world.register.kinds[record.kind].seals:
        when = record.get(name, "date")
        if when is None:
            continue
        if before:
            yield from _late(record, (name, "date"), when, before[1], "seals")
        before = (name, when)


def _plan(plan: Record, world: World) -> Iterator[Problem]:
    approved = plan.get("approved", "date")
    for base in (world.register.find(each) for each in plan.data.get("of", ())):
        if isinstance(base, Record):
            concluded = base.get("concluded", "date") or base.get("issued", "date")
            yield from _late(plan, ("approved", "date"), approved, concluded, "plan")
    for action in plan.parts_of("action"):
        yield from _late(action, ("due",), action.data.get("due"), approved, "due")
        yield from _late(action, ("until",), action.data.get("until"), approved, "due")
        milestones = {each["id"]: each for each in action.data.get("milestones", ())}
        for number, each in enumerate(action.data.get("milestones", ())):
            yield from _late(action, ("due",), action.data.get("due"), each.get("due"), "milestone")
            yield from _late(action, ("milestones", number, "due"), each.get("due"), approved, "due")
            for place, earlier in enumerate(each.get("depends_on", ())):
                if earlier not in milestones:
                    yield wrong(CODE, action, "milestones", number, "depends_on", place, variant="no_milestone", stated=earlier)
                yield from _late(action, ("milestones", number, "due"), each.get("due"), milestones.get(earlier, {}).get("due"), "depends")


def _review(review: Record, world: World) -> Iterator[Problem]:
    for finding in review.parts_of("finding"):
        for number, answered in enumerate(finding.data.get("answers", ())):
            issue = world.register.find(answered)
            if isinstance(issue, Part):
                found = list(_late(review, ("concluded", "date"), review.get("concluded", "date"), issue.record.get("issued", "date"), "answers"))
                yield from (each for each in found if number == 0)
    steps = review.get("preparation") or ()
    for number, (before, after) in enumerate(pairwise(steps), start=1):
        for late in _late(review, ("preparation", number, "date"), after.get("date"), before.get("date"), "preparation"):
            yield replace(late, severity=Severity.WARNING)
    for session in review.parts_of("session"):
        concluded = review.get("concluded", "date")
        began = list(_late(review, ("concluded", "date"), concluded, session.data.get("from"), "session"))
        yield from began or _late(session, ("to",), concluded, session.data.get("to"), "session_end")


def _inspection(inspection: Record, _world: World) -> Iterator[Problem]:
    concluded = inspection.get("concluded", "date")
    yield from _late(inspection, ("concluded", "plan_due"), inspection.get("concluded", "plan_due"), concluded, "plan_due")
    yield from _late(
        inspection, ("concluded", "report_due"), inspection.get("concluded", "report_due"), inspection.get("concluded", "plan_due") or concluded, "report_due"
    )


def _progress(progress: Record, world: World) -> Iterator[Problem]:
    about = world.register.find(progress.data.get("of", ""))
    if isinstance(about, Record):
        start = about.get("approved", "date") or about.get("issued", "date")
        yield from _late(progress, ("date",), progress.data.get("date"), start, "progress")
    for number, entry in enumerate(progress.data.get("entries", ())):
        for place, evidence in enumerate(entry.get("evidence", ())):
            for late in _late(progress, ("entries", number, "evidence", place, "date"), progress.data.get("date"), evidence.get("date"), "evidence"):
                yield replace(late, severity=Severity.WARNING)


def _postponement(postponement: Record, world: World) -> Iterator[Problem]:
    about = world.register.find(postponement.data.get("of", ""))
    if isinstance(about, Part):
        wanted, due = postponement.data.get("to"), about.data.get("due")
        yield from _late(postponement, ("to",), wanted, due, "postponement")
        if wanted is not None and wanted == due:
            yield wrong(CODE, postponement, "to", variant="same_day", stated=wanted)


def _answer(answer: Record, world: World) -> Iterator[Problem]:
    about = world.register.find(answer.data.get("of", ""))
    if isinstance(about, Record):
        asked = about.get("date") or about.get("issued", "date") or about.get("concluded", "date")
        yield from _late(answer, ("date",), answer.data.get("date"), asked, "answer")


def _verification(verification: Record, world: World) -> Iterator[Problem]:
    for number, entry in enumerate(verification.data.get("entries", ())):
        about = world.register.find(entry.get("of", ""))
        if isinstance(about, Part):
            start = about.record.get("approved", "date") or about.record.get("concluded", "date")
            found = _late(verification, ("entries", number, "of"), verification.data.get("date"), start, "verification")
            yield from found


def _feedback(feedback: Record, _world: World) -> Iterator[Problem]:
    yield from _late(feedback, ("compiled", "date"), feedback.get("compiled", "date"), feedback.get("closes"), "compiled")


_PER_KIND = {
    "feedback": _feedback,
    "plan": _plan,
    "review": _review,
    "inspection": _inspection,
    "progress": _progress,
    "postponement": _postponement,
    "answer": _answer,
    "verification": _verification,
}
