"""Rules about what comes after: who verifies, who follows up, who answers, and what may be called finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from tusoi import action_progress, finding_progress
from tusoi.action_progress import grace_days
from tusoi.answered import settles
from tusoi.dates import Span, is_before, is_past, span, year_after
from tusoi.evidence import concerns_one_post, first_day, is_individual
from tusoi.facts import ActionFacts, ActionState, CarryColumn, FindingState
from tusoi.plan_dues import is_seen_to
from tusoi.posts import follower_of, organisation_of
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, name_of

MASS: Final = "mass_org"
_HALF_YEAR: Final = 183
"""The report on what came of a suggestion in a year tells of more than the first half of it (S4-10)."""
_SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)


@rule(
    "R11",
    stage="ended closed concluded",
    kinds=("plan", "cycle", "review", "inspection"),
    source="S4-02 S1-37",
    looks_for=("verification", "progress", "plan"),
)
def close_needs_verification(record: Record, world: World) -> Iterator[Problem]:
    """A plan ends when each of its actions was confirmed by somebody else or was stopped, or what it was to mend is resolved: neither a conclusion nor a report of one's own is the end. A review may say that a finding is resolved and wait for confirmation; it should not say so against the last check. A cycle closes when what its reviews have found has its plan. Nor should it close while answers wait for a check, or a conclusion's report fall due with nobody having looked.

    vi: Kế hoạch chỉ kết thúc khi từng việc đã được nơi khác xác nhận, đã dừng, hoặc hạn chế đã được xác nhận khắc phục xong; ra kết luận hay tự báo cáo chưa phải là xong. Báo cáo kiểm điểm được ghi “đã khắc phục” để chờ xác nhận, nhưng không nên trái với lần kiểm tra gần nhất; kỳ kiểm điểm chỉ kết thúc khi kế hoạch khắc phục sau kiểm điểm đã có, và không nên kết thúc khi còn câu trả lời chờ xác nhận; đến hạn báo cáo kết quả thực hiện kết luận thì nên có nơi kiểm tra.
    """  # noqa: E501 -- the docstring is published as it is
    if not record.told:
        yield from _CLOSING[record.kind](record, world)


def _ended(plan: Record, world: World) -> Iterator[Problem]:
    """Find what was open when a plan ended, and is so today: neither a later check nor a later confirmation makes a closed plan wrong."""
    ended = span(plan.get("ended", "date"))
    day = ended.last if ended else world.facts.day
    for number, part in enumerate(plan.parts_of("action"), start=1):
        action = world.facts.actions[part.ref]
        mended = [world.facts.findings[ref] for each in part.data.get("findings", ()) if (ref := _ref(each, world)) in world.facts.findings]
        is_resolved = mended and all(each.confirmed or finding_progress.seen_by(each, day).confirmed for each in mended)
        if action.done or action.state is ActionState.STOPPED or action_progress.was_done_by(action, day) or is_resolved:
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
    reviews = sorted((each for (name, _), found in world.by_cycle.reviews.items() if name == cycle.id for each in found), key=lambda each: each.id)
    for review in reviews:
        if _wanted_a_plan(review, span(cycle.get("closed", "date")), world):
            organisation = name_of(world.family.records[review.organisation])
            params = {"organisation": organisation, "closed": cycle.get("closed", "date"), "ref": review.id}
            yield replace(wrong("R11", cycle, "closed", "date", variant="plan", **params), also=review.place("concluded"))


def _wanted_a_plan(review: Record, closed: Span | None, world: World) -> bool:
    """Whether a concluded review had findings and no plan when its cycle was closed: one that was approved surely later was not there yet."""
    if "concluded" not in review.data:
        return False
    plans = [plan for plan, link in world.register.sources_of(review.id, "plan") if link.path[0] == "of" and not plan.told]
    approved = [span(each.get("approved", "date")) for each in plans if "approved" in each.data]
    if any("held_elsewhere" in each.data for each in plans) or any(not (when and closed and is_before(closed, when)) for when in approved):
        return False
    return bool(approved) or any(not is_seen_to(each, world.register, world.facts) for each in review.parts_of("finding"))


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


@rule("R22", stage="approved issued concluded", kinds=("plan", "suggestion", "inspection"), source="S4-10 S0-22 S2-10 S4-11", looks_for=("progress",))
def follow_up_body(record: Record, world: World) -> Iterator[Problem]:
    """A plan should name the body that follows it up, unless the conclusion that it answers does. A year after a suggestion, each organisation that was given it reports what came of it: a warning while the cycle is open, an error once it is closed. Whom a conclusion is addressed to should have reported by the day that it gives.

    vi: Kế hoạch nên ghi đơn vị theo dõi, đôn đốc, trừ khi kết luận đã ghi. Sau một năm thực hiện gợi ý kiểm điểm, từng đơn vị được gợi ý phải báo cáo kết quả: kỳ còn mở thì nhắc, kỳ đã kết thúc thì bắt buộc. Đơn vị phải thực hiện kết luận kiểm tra nên báo cáo kết quả trước hạn ghi trong kết luận.
    """  # noqa: E501 -- the docstring is published as it is
    if record.told:
        return
    if record.kind == "plan":
        bases = [world.register.find(each) for each in record.get("of") or ()]
        is_named = any(isinstance(each, Record) and each.get("concluded", "followed_by") for each in bases)
        if "followed_by" not in record.data and not is_named and not concerns_one_post(record, world.register):
            yield wrong("R22", record, "followed_by", variant="body", severity=Severity.WARNING)
    elif record.kind == "inspection":
        yield from _unreported(record, world)
    elif record.get("purpose") in (None, "suggestion"):
        yield from _year_later(record, world)


def _year_later(suggestion: Record, world: World) -> Iterator[Problem]:
    """Find the organisations that were given a suggestion more than a year ago and have not reported on it."""
    issued = span(suggestion.get("issued", "date"))
    due = year_after(issued.last) if issued else None
    if due is None or world.facts.day <= due + timedelta(days=grace_days(world.register)):
        return
    filed = [each for each, link in world.register.sources_of(suggestion.id, "progress") if link.path == ("of",) and not each.told]
    reports = [each for each in filed if not _is_too_early(each, issued)]
    reported = {_home(each.organisation, world) for each in reports}
    cycle = cycle_of(suggestion, world.register)
    severity = Severity.ERROR if cycle and "closed" in cycle.data else Severity.WARNING
    for number, each in enumerate(suggestion.get("to") or ()):
        organisation = world.facts.organisations.get(_home(organisation_of(world.register, each), world))
        if organisation and organisation.in_force and organisation.record.id not in reported:
            reported.add(organisation.record.id)
            params = {"organisation": name_of(organisation.record), "due": due.isoformat(), "ref": suggestion.id}
            yield wrong("R22", suggestion, "to", number, variant="report", severity=severity, **params)


def _is_too_early(report: Record, issued: Span | None) -> bool:
    """Whether a report came in the first half of the year that it should tell of."""
    when = span(report.get("date"))
    return when is not None and issued is not None and (when.last - issued.first).days < _HALF_YEAR


def _unreported(inspection: Record, world: World) -> Iterator[Problem]:
    """Find those to whom a conclusion is addressed, who act on it and have not reported, though it is time. Who has no plan yet, other rules say."""
    due = span(inspection.get("concluded", "report_due"))
    if due is None or world.facts.day <= due.last + timedelta(days=grace_days(world.register)):
        return
    findings = [world.facts.findings[each.ref] for each in inspection.parts_of("finding")]
    actions = {action.part.ref: action for each in findings if not each.checks and each.state not in _SETTLED for action in each.actions if action.counts}
    told: set[str] = set()
    for ref in inspection.get("concluded", "addressees") or ():
        organisation = world.facts.organisations.get(_home(organisation_of(world.register, ref), world))
        if not (organisation and organisation.in_force) or organisation.record.id in told:
            continue
        told.add(organisation.record.id)
        own = [each for each in actions.values() if organisation.record.id in _doing(each, world)]
        if own and not any(each.checks or each.stale_days or _has_report(each.part.record, world) for each in own):
            params = {"organisation": name_of(organisation.record), "due": inspection.get("concluded", "report_due"), "ref": own[0].part.record.id}
            yield wrong("R22", inspection, "concluded", "report_due", variant="conclusion", severity=Severity.WARNING, **params)


def _doing(action: ActionFacts, world: World) -> set[str]:
    """Give who answers on the day for those that have promised an action: the plan's organisation, and that of its owner."""
    return {_home(each, world) for each in (action.part.record.organisation, organisation_of(world.register, action.part.data.get("owner"))) if each}


def _has_report(plan: Record, world: World) -> bool:
    return any(link.path == ("of",) and not each.told for each, link in world.register.sources_of(plan.id, "progress"))


def _home(organisation: str, world: World) -> str:
    """Give the organisation that answers for this one on the day."""
    return world.family.home(organisation, world.facts.day)


@rule("R23", stage="issued approved", kinds=("suggestion", "plan"), source="S4-18 S4-21", looks_for=("answer",))
def critique_answered(record: Record, world: World) -> Iterator[Problem]:
    """Every critique is answered within the days that the profile gives, as a whole or point by point; to pass it on is no answer. And where an organisation has mass organisations of its own, one of them should have been consulted on its plan, follow it, or have criticised it.

    vi: Mỗi ý kiến giám sát, phản biện phải được trả lời trong số ngày quy định, trả lời chung hoặc từng vấn đề; chuyển nơi khác thì chưa phải là trả lời. Đơn vị có Mặt trận, đoàn thể thì kế hoạch nên được gửi lấy ý kiến trước khi ban hành.
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
    found = [each for each, link in world.register.sources_of(what.ref, "answer") if link.path == ("of",) and not each.told]
    critique = what.record if isinstance(what, Part) else what
    return any(settles(each, critique, world.family) for each in found)


def _consulted(plan: Record, world: World) -> Iterator[Problem]:
    approved = span(plan.get("approved", "date"))
    if approved is None or concerns_one_post(plan, world.register):
        return
    beside = sorted({each.id for each, link in world.register.sources_of(plan.organisation, "organisation") if link.path[0] == "parents"})
    at_hand = [each for each in beside if _is_mass(each, world) and plan.organisation in world.family.parents(each, approved.first)]
    asked = [*(plan.get("consulted", "with") or ()), follower_of(plan, world.register)]
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
