"""Rules about what comes after: who verifies, who follows up, who answers, and what may be called finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from tusoi.action_progress import grace_days
from tusoi.dates import is_past, span, year_after
from tusoi.evidence import concerns_one_post, first_day, is_individual
from tusoi.facts import ActionState, CarryColumn, FindingState
from tusoi.posts import organisation_of
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, name_of

MASS: Final = "mass_org"
_SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)


@rule("R11", stage="ended closed concluded", kinds=("plan", "cycle", "review", "inspection"), source="S4-02", looks_for=("verification", "progress"))
def close_needs_verification(record: Record, world: World) -> Iterator[Problem]:
    """A plan ends when each of its actions was confirmed by somebody else or was stopped, or what it was to mend is resolved: neither a conclusion nor a report of one's own is the end. A review may say that a finding is resolved and wait for confirmation; it should not say so against the last check. Nor should a cycle close while such answers wait, or a conclusion's report fall due with nobody having looked.

    vi: Kế hoạch chỉ kết thúc khi từng việc đã được nơi khác xác nhận, đã dừng, hoặc hạn chế đã được xác nhận khắc phục xong; ra kết luận hay tự báo cáo chưa phải là xong. Báo cáo kiểm điểm được ghi “đã khắc phục” để chờ xác nhận, nhưng không nên trái với lần kiểm tra gần nhất; kỳ kiểm điểm không nên kết thúc khi còn câu trả lời chờ xác nhận; đến hạn báo cáo kết quả thực hiện kết luận thì nên có nơi kiểm tra.
    """  # noqa: E501 -- the docstring is published as it is
    if not record.told:
        yield from _CLOSING[record.kind](record, world)


def _ended(plan: Record, world: World) -> Iterator[Problem]:
    for number, part in enumerate(plan.parts_of("action"), start=1):
        action = world.facts.actions[part.ref]
        mended = [world.facts.findings[ref] for each in part.data.get("findings", ()) if (ref := _ref(each, world)) in world.facts.findings]
        if action.done or action.state is ActionState.STOPPED or (mended and all(each.state in _SETTLED for each in mended)):
            continue
        variant = "claimed" if action.state is ActionState.COMPLETED else "open"
        yield wrong("R11", plan, "ended", variant=variant, number=number, content=str(part.data.get("content", "")), ref=part.ref)


def _ref(link: str, world: World) -> str:
    found = world.register.find(link)
    return found.ref if found else ""


def _closed(cycle: Record, world: World) -> Iterator[Problem]:
    for row in world.facts.carry:
        waiting = row.number(CarryColumn.CLAIMED)
        if row.cycle == cycle.id and waiting:
            organisation = name_of(world.family.records[row.organisation])
            yield wrong("R11", cycle, "closed", variant="cycle", severity=Severity.WARNING, count=waiting, organisation=organisation)


def _answered(review: Record, world: World) -> Iterator[Problem]:
    concluded = span(review.get("concluded", "date"))
    if is_individual(review) or concluded is None:
        return
    for number, entry in enumerate(review.get("carry_over") or ()):
        finding = world.facts.findings.get(_ref(str(entry.get("finding")), world))
        checks = [each for each in finding.checks if first_day(each.when) <= concluded.last] if finding else []
        if entry.get("answer") == "resolved" and checks and checks[-1].result != "confirmed":
            checked = checks[-1].record.get("date")
            yield wrong("R11", review, "carry_over", number, "answer", variant="refused", severity=Severity.WARNING, checked=checked)


def _reported(inspection: Record, world: World) -> Iterator[Problem]:
    due = inspection.get("concluded", "report_due")
    if not is_past(due, world.facts.day):
        return
    for number, part in enumerate(inspection.parts_of("finding"), start=1):
        finding = world.facts.findings[part.ref]
        is_unchecked = not finding.checks and not any(each.checks for each in finding.actions)
        if finding.state is FindingState.CLAIMED and is_unchecked:
            yield wrong("R11", part, variant="unchecked", severity=Severity.WARNING, number=number, due=due)


_CLOSING: Final = {"plan": _ended, "cycle": _closed, "review": _answered, "inspection": _reported}


@rule("R22", stage="approved issued", kinds=("plan", "suggestion"), source="S4-10 S0-22 S2-10", looks_for=("progress",))
def follow_up_body(record: Record, world: World) -> Iterator[Problem]:
    """A plan should name the body that follows it up, unless the conclusion that it answers does. A year after a suggestion, each organisation that was given it reports what came of it: a warning while the cycle is open, an error once it is closed.

    vi: Kế hoạch nên ghi đơn vị theo dõi, đôn đốc, trừ khi kết luận đã ghi. Sau một năm thực hiện gợi ý kiểm điểm, từng đơn vị được gợi ý phải báo cáo kết quả: kỳ còn mở thì nhắc, kỳ đã kết thúc thì bắt buộc.
    """  # noqa: E501 -- the docstring is published as it is
    if record.told:
        return
    if record.kind == "plan":
        bases = [world.register.find(each) for each in record.get("of") or ()]
        is_named = any(isinstance(each, Record) and each.get("concluded", "followed_by") for each in bases)
        if "followed_by" not in record.data and not is_named and not concerns_one_post(record, world.register):
            yield wrong("R22", record, "followed_by", variant="body", severity=Severity.WARNING)
    elif record.get("purpose") in (None, "suggestion"):
        yield from _year_later(record, world)


def _year_later(suggestion: Record, world: World) -> Iterator[Problem]:
    """Find the organisations that were given a suggestion more than a year ago and have not reported on it."""
    issued = span(suggestion.get("issued", "date"))
    due = year_after(issued.last) if issued else None
    if due is None or world.facts.day <= due + timedelta(days=grace_days(world.register)):
        return
    reports = [each for each, link in world.register.sources_of(suggestion.id, "progress") if link.path == ("of",) and not each.told]
    reported = {_home(each.organisation, world) for each in reports}
    cycle = cycle_of(suggestion, world.register)
    severity = Severity.ERROR if cycle and "closed" in cycle.data else Severity.WARNING
    for number, each in enumerate(suggestion.get("to") or ()):
        organisation = world.facts.organisations.get(_home(organisation_of(world.register, each), world))
        if organisation and organisation.in_force and organisation.record.id not in reported:
            reported.add(organisation.record.id)
            params = {"organisation": name_of(organisation.record), "due": due.isoformat(), "ref": suggestion.id}
            yield wrong("R22", suggestion, "to", number, variant="report", severity=severity, **params)


def _home(organisation: str, world: World) -> str:
    """Give the organisation that answers for this one on the day."""
    return world.family.home(organisation, world.facts.day)


@rule("R23", stage="issued approved", kinds=("suggestion", "plan"), source="S4-18 S4-21", looks_for=("answer",))
def critique_answered(record: Record, world: World) -> Iterator[Problem]:
    """Every critique is answered within the days that the profile gives, as a whole or point by point. And where an organisation has mass organisations of its own, one of them should have been consulted on its plan, follow it, or have criticised it.

    vi: Mỗi ý kiến giám sát, phản biện phải được trả lời trong số ngày quy định, trả lời chung hoặc từng vấn đề. Đơn vị có Mặt trận, đoàn thể thì kế hoạch nên được gửi lấy ý kiến trước khi ban hành.
    """  # noqa: E501 -- the docstring is published as it is
    if record.told:
        return
    if record.kind == "plan":
        yield from _consulted(record, world)
    elif record.get("purpose") == "critique":
        yield from _unanswered(record, world)


def _unanswered(critique: Record, world: World) -> Iterator[Problem]:
    issued = span(critique.get("issued", "date"))
    due = issued.last + timedelta(days=world.profile.days("critique_days", issued)) if issued else None
    if due is None or world.facts.day <= due or _has_answer(critique, world):
        return
    issues = critique.parts_of("issue")
    waiting = [each for each in issues if not _has_answer(each, world)]
    if len(waiting) == len(issues):
        yield wrong("R23", critique, "issued", variant="answer", due=due.isoformat(), ref=critique.id)
        return
    for each in waiting:
        yield wrong("R23", each, variant="issue", due=due.isoformat(), ref=each.ref)


def _has_answer(what: Record | Part, world: World) -> bool:
    return any(link.path == ("of",) and not each.told for each, link in world.register.sources_of(what.ref, "answer"))


def _consulted(plan: Record, world: World) -> Iterator[Problem]:
    approved = span(plan.get("approved", "date"))
    if approved is None or concerns_one_post(plan, world.register):
        return
    beside = sorted({each.id for each, link in world.register.sources_of(plan.organisation, "organisation") if link.path[0] == "parents"})
    at_hand = [each for each in beside if _is_mass(each, world) and plan.organisation in world.family.parents(each, approved.first)]
    asked = [*(plan.get("consulted", "with") or ()), plan.get("followed_by")]
    critics = [each.organisation for each, link in world.register.sources_of(plan.id, "suggestion") if link.path[0] == "of"]
    if at_hand and not any(_is_mass(organisation_of(world.register, each), world) for each in (*asked, *critics)):
        example = world.family.records[at_hand[0]]
        yield wrong("R23", plan, "consulted", variant="consulted", severity=Severity.WARNING, organisation=name_of(example), ref=example.id)


def _is_mass(organisation: str, world: World) -> bool:
    return organisation in world.family.records and world.family.records[organisation].get("type") == MASS


@rule("R40", stage="concluded", kinds=("review", "inspection"), source="S0-09", severity=Severity.WARNING, looks_for=("verification",))
def still_holding(record: Record, world: World) -> Iterator[Problem]:
    """Half a year or so after a finding was confirmed as resolved, somebody looks whether it has stayed so.

    vi: Hạn chế đã được xác nhận khắc phục một thời gian (theo bộ quy định) thì phải có lần kiểm tra xem kết quả có giữ vững không.
    """
    for number, part in enumerate(record.parts_of("finding"), start=1):
        finding = world.facts.findings[part.ref]
        when = finding.confirmed.when if finding.confirmed else None
        if not finding.counts or finding.state is not FindingState.RESOLVED or when is None or finding.recurred:
            continue
        checks = [each for checks in (finding.checks, *(action.checks for action in finding.actions)) for each in checks]
        days = (world.facts.day - when.last).days
        if days > world.profile.days("effectiveness_days", when) and not any(each.check == "effectiveness" for each in checks):
            yield wrong("R40", part, severity=Severity.WARNING, number=number, days=days, ref=part.ref)
