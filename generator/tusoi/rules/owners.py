"""Rules about who does it, who answers for it, and what happens when a post changes hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from tusoi.dates import Span, has_begun, is_past, span
from tusoi.evidence import concerns_one_post, is_individual
from tusoi.facts import ActionFacts, FindingState
from tusoi.plan_dues import plan_due
from tusoi.posts import Holder, holders, organisation_of, persons, post
from tusoi.problem import Path, Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import name_of

NEAR: Final = timedelta(days=30)
"""A handover stands this near to the day on which the post changed hands (S1-41)."""
INSPECTS: Final = "inspection_body"
MAY_LEAD: Final = ("head", "deputy", "standing", "member")
"""The ranks of a committee's members: they may lead an inspection (S4-08)."""
COMMITTEES: Final = ("party_committee", "party_cell")
"""The bodies whose own head answers for their plans: nobody above does it for them (S1-04)."""
_SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)


@rule("R06", stage="always", kinds=("plan",), source="S1-41", severity=Severity.WARNING, needs=("R02",))
def owner_is_role(plan: Record, world: World) -> Iterator[Problem]:
    """Every action should be owned by a post, and not by an organisation as a whole; and where it is known who holds the post, somebody should hold it on the day on which the action is due. It is a warning and no error: a body may well act as one, since the plan names the head who is accountable for all of it.

    vi: Mỗi việc nên giao cho một chức danh, không giao chung cho cả đơn vị; nếu hồ sơ ghi ai giữ chức danh thì đến hạn của việc phải còn người giữ. Đây là điều nên, không bắt buộc: cả đơn vị có thể cùng làm một việc, vì kế hoạch đã ghi người đứng đầu nào chịu trách nhiệm chung.
    """  # noqa: E501 -- the docstring is published as it is
    if plan.told:
        return
    for number, action in enumerate(plan.parts_of("action"), start=1):
        owner = world.register.find(action.data.get("owner", ""))
        if not isinstance(owner, Record):
            continue
        if owner.kind == "organisation":
            yield wrong("R06", action, "owner", variant="organisation", number=number, owner=name_of(owner), severity=Severity.WARNING)
        elif due := _unheld(owner, world.facts.actions[action.ref], world):
            yield wrong("R06", action, "owner", variant="vacant", number=number, post=name_of(owner), due=due, severity=Severity.WARNING)


def _unheld(role: Record, action: ActionFacts, world: World) -> date | None:
    """Give the day on which an open action is due and nobody holds its post; None where somebody may, and where the post changed hands: R31 asks about that."""
    due = action.due or span(action.part.data.get("until"))
    held = holders(role)
    if not (held and due and action.is_open) or any(each.may_have_held(due) for each in held):
        return None
    approved = span(action.part.record.get("approved", "date"))
    left = [each.end for each in held if each.end and each.end.first <= world.facts.day]
    return None if approved and any(each.last >= approved.first for each in left) else due.last


@rule("R07", stage="approved concluded planned", kinds=("plan", "review", "inspection"), source="S4-03 S1-04 S3-32 S4-08")
def accountable_head(record: Record, world: World) -> Iterator[Problem]:
    """The head of the committee answers for its plan: not another post, not an inspection body, to which not every action may be handed over either, and not the person who led the inspection that the plan answers. So a concluded review should say that the head led its preparation; and an inspection that is planned or concluded who leads it: a leader or a member of the body that inspects, of the committee above it, or of that committee's inspection body.

    vi: Người đứng đầu cấp ủy chịu trách nhiệm chung về kế hoạch, không khoán cho chức danh khác hay cho ủy ban kiểm tra; cũng không giao hết các việc cho ủy ban kiểm tra làm, và không phải là người đã chủ trì chính cuộc kiểm tra mà kế hoạch trả lời. Vì thế báo cáo kiểm điểm đã kết luận nên ghi người đứng đầu đã chủ trì chuẩn bị; cuộc kiểm tra đã lên kế hoạch hoặc đã kết luận nên ghi ai chủ trì: lãnh đạo hoặc ủy viên của nơi kiểm tra, của cấp ủy trên nơi kiểm tra, hoặc của ủy ban kiểm tra thuộc cấp ủy.
    """  # noqa: E501 -- the docstring is published as it is
    if record.told or is_individual(record):
        return
    if record.kind == "plan":
        yield from _accountable(record, world)
        return
    leader = post(world.register, record.get("led_by"))
    if "led_by" not in record.data:
        variant = "review_unsaid" if record.kind == "review" else "inspection_unsaid"
        yield wrong("R07", record, "led_by", variant=variant, severity=Severity.WARNING)
    elif leader and record.kind == "review" and not _is_head_of(leader, record, "concluded", world):
        yield wrong("R07", record, "led_by", variant="review", post=name_of(leader), severity=Severity.WARNING)
    elif leader and record.kind == "inspection":
        yield from _leads_inspection(leader, record, world)


def _leads_inspection(leader: Record, inspection: Record, world: World) -> Iterator[Problem]:
    if leader.get("rank") not in MAY_LEAD:
        yield wrong("R07", inspection, "led_by", variant="inspection", post=name_of(leader), severity=Severity.WARNING)
        return
    sealed = span(inspection.get("concluded", "date") or inspection.get("planned", "date"))
    days = (sealed.first, sealed.last) if sealed else (world.facts.day,)
    if not any(_belongs(leader.organisation, inspection.organisation, day, world) for day in days):
        yield wrong("R07", inspection, "led_by", variant="inspection_elsewhere", post=name_of(leader), severity=Severity.WARNING)


def _belongs(leading: str, inspecting: str, day: date, world: World) -> bool:
    """Whether a body may lead what another inspects: itself, the committee right above it, or the inspection body of its own."""
    here, there = world.family.home(leading, day), world.family.home(inspecting, day)
    return here in {there, *_above(inspecting, day, world)} or (_inspects(leading, world) and there in _above(leading, day, world))


def _accountable(plan: Record, world: World) -> Iterator[Problem]:
    register = world.register
    accountable = post(register, plan.get("accountable"))
    if accountable is None or concerns_one_post(plan, register):
        return
    if _inspects(plan.organisation, world) and not _is_its_own(plan, world):
        yield wrong("R07", plan, "of", variant="handed_off")
    elif _inspects(accountable.organisation, world) and accountable.organisation != plan.organisation:
        yield wrong("R07", plan, "accountable", variant="inspects", post=name_of(accountable))
    elif accountable.get("rank") != "head":
        yield wrong("R07", plan, "accountable", variant="head", post=name_of(accountable))
    elif not _is_head_of(accountable, plan, "approved", world):
        yield wrong("R07", plan, "accountable", variant="elsewhere", post=name_of(accountable))
    elif _is_left_to_inspectors(plan, world):
        yield wrong("R07", plan, "actions", variant="left_to_inspectors")
    elif leading := _led_what_it_answers(accountable, plan, world):
        yield wrong("R07", plan, "accountable", variant="inspector", post=name_of(accountable), other=name_of(leading))


def _is_left_to_inspectors(plan: Record, world: World) -> bool:
    """Whether the inspection body of others is to do everything that a plan promises."""
    doing = [organisation_of(world.register, each.data.get("owner")) for each in plan.parts_of("action")]
    return bool(doing) and all(each != plan.organisation and _inspects(each, world) for each in doing)


def _led_what_it_answers(accountable: Record, plan: Record, world: World) -> Record | None:
    """Give the post in which the person who is accountable for a plan surely led an inspection by somebody else that the plan answers."""
    known = persons(accountable, span(plan.get("approved", "date")))
    bases = (world.register.find(str(each)) for each in plan.get("of") or ())
    for base in bases if known else ():
        if isinstance(base, Record) and base.kind == "inspection" and base.organisation != plan.organisation:
            leader = post(world.register, base.get("led_by"))
            if leader and known & persons(leader, span(base.get("concluded", "date"))):
                return leader
    return None


def _is_head_of(role: Record, record: Record, seal: str, world: World) -> bool:
    """Whether a post is the head of the organisation on a day on which the seal may have been set; of a body that is no committee, also one right above."""
    sealed = span(record.get(seal, "date"))
    is_head = bool(role.get("rank") == "head")
    own = world.family.records.get(record.organisation)
    is_committee = own is not None and own.get("type") in COMMITTEES
    return is_head and (
        sealed is None
        or any(
            world.family.home(role.organisation, day)
            in {world.family.home(record.organisation, day), *(() if is_committee else _above(record.organisation, day, world))}
            for day in (sealed.first, sealed.last)
        )
    )


def _above(organisation: str, day: date, world: World) -> tuple[str, ...]:
    return world.family.parents(organisation, day) if organisation in world.family.records else ()


def _inspects(organisation: str, world: World) -> bool:
    record = world.register.find(organisation)
    return isinstance(record, Record) and record.get("type") == INSPECTS


def _is_its_own(plan: Record, world: World) -> bool:
    """Whether a plan mends what its own organisation has to mend."""
    for base in (world.register.find(each) for each in plan.get("of") or ()):
        if isinstance(base, Record):
            named = {"inspection": base.get("about"), "suggestion": base.get("to")}.get(base.kind) or (base.organisation,)
            if plan.organisation not in {organisation_of(world.register, each) for each in named}:
                return False
    return True


@rule("R31", stage="always", kinds=("role", "handover"), source="S1-41", severity=Severity.WARNING, looks_for=("handover", "progress", "verification"))
def handover(record: Record, world: World) -> Iterator[Problem]:
    """When a post with open actions passes to somebody else, there should be a handover, within thirty days, and it should name every one of them.

    vi: Khi chức danh đang có việc dở được giao cho người khác, trong ba mươi ngày nên có biên bản bàn giao, và biên bản nêu đủ từng việc.
    """
    if record.told:
        return
    if record.kind == "handover":
        yield from _left_out(record, world)
        return
    for number, left in enumerate(holders(record)):
        if not left.end or not is_past(str(left.end.last + NEAR), world.facts.day) or _stays(left, record):
            continue
        waiting = _open_actions(record, left.end, world)
        if waiting and not _handed_over(record, left.end, world):
            params = {"post": name_of(record), "role": record.id, "ref": waiting[0].part.ref}
            yield wrong("R31", record, "holders", number, variant="none", severity=Severity.WARNING, count=len(waiting), days=NEAR.days, **params)


def _left_out(record: Record, world: World) -> Iterator[Problem]:
    role, when = post(world.register, record.get("of")), span(record.get("date"))
    named = {found.ref for each in record.get("open") or () if (found := world.register.find(each))}
    for action in _open_actions(role, when, world) if role and when else ():
        mended = {found.ref for each in action.part.data.get("findings", ()) if (found := world.register.find(each))}
        if not named & {action.part.ref, action.part.record.id, *mended}:
            content = str(action.part.data.get("content", ""))
            yield wrong("R31", record, "open", variant="left_out", severity=Severity.WARNING, content=content, ref=action.part.ref)


def _open_actions(role: Record, when: Span, world: World) -> list[ActionFacts]:
    """Give the actions of a post that had been promised by then and are still open."""
    owned = [f"{plan.id}#{plan.get(*link.path[:2], 'id')}" for plan, link in world.register.sources_of(role.id, "plan") if link.path[-1] == "owner"]
    actions = [world.facts.actions[each] for each in owned]
    return [each for each in actions if each.counts and each.is_open and has_begun(each.part.record.get("approved", "date"), when.first)]


def _stays(left: Holder, role: Record) -> bool:
    """Whether the same person goes on holding the post: appointed anew."""
    return any(
        each.person == left.person and each is not left and left.end and each.start and abs(each.start.first - left.end.last) <= timedelta(days=1)
        for each in holders(role)
    )


def _handed_over(role: Record, when: Span, world: World) -> bool:
    for each, link in world.register.sources_of(role.id, "handover"):
        day = span(each.get("date"))
        if link.path == ("of",) and (day is None or when.first - NEAR <= day.first <= when.last + NEAR):
            return True
    return False


@rule("R04", stage="concluded", kinds=("review", "inspection"), source="S4-12 S1-04", needs=("R01", "R03", "R62"), looks_for=("plan",))
def plan_fan_out(base: Record, world: World) -> Iterator[Problem]:
    """Once the plan is due, every organisation that a conclusion is addressed to, or that a finding holds responsible, has a plan of its own or owns an action in one that answers the same conclusion.

    vi: Hết hạn lập kế hoạch, mỗi đơn vị phải thực hiện kết luận hoặc chịu trách nhiệm về một hạn chế phải có kế hoạch riêng, hoặc làm chủ ít nhất một việc trong kế hoạch cùng căn cứ.
    """  # noqa: E501 -- the docstring is published as it is
    day = world.facts.day
    if base.told or is_individual(base) or not _plan_is_due(base, world):
        return
    acting = {world.family.home(each, day) for each in _acting(base, world)}
    for organisation, what, path in _asked(base, world):
        home = world.family.home(organisation.id, day)
        known = world.facts.organisations.get(home)
        if known and known.in_force and home not in acting:
            acting.add(home)
            yield wrong("R04", what, *path, variant="addressee" if path[0] == "concluded" else "responsible", organisation=name_of(organisation), ref=base.id)


def _plan_is_due(base: Record, world: World) -> bool:
    due = plan_due(base, world.register, world.profile)
    return due is not None and due.last < world.facts.day


def _acting(base: Record, world: World) -> Iterator[str]:
    """Give the organisations that have a plan for what was concluded, or own an action in one. A plan that is held elsewhere is one."""
    for plan, link in world.register.sources_of(base.id, "plan"):
        if link.path[0] == "of" and ("approved" in plan.data or "held_elsewhere" in plan.data):
            yield plan.organisation
    for finding in base.parts_of("finding"):
        for action in world.facts.findings[finding.ref].actions:
            yield action.part.record.organisation
            yield organisation_of(world.register, action.part.data.get("owner"))


def _lacks_owner(actions: Iterable[ActionFacts]) -> bool:
    """Whether one of some actions of an organisation's own does not say who does it. R02 asks for that; until then nobody knows who acts."""
    return any("owner" not in each.part.data for each in actions if not each.part.told)


def _asked(base: Record, world: World) -> Iterator[tuple[Record, Record | Part, Path]]:
    """Give the organisations that have something to do, with where that is said: those addressed, and those responsible for what is still to be mended."""
    findings = [each for each in base.parts_of("finding") if world.facts.findings[each.ref].state not in _SETTLED]
    open_findings = [each for each in findings if not _lacks_owner(world.facts.findings[each.ref].actions)]
    named: list[tuple[str, Record | Part, Path]] = []
    if len(open_findings) == len(findings) > 0:
        named += [(each, base, ("concluded", "addressees", number)) for number, each in enumerate(base.get("concluded", "addressees") or ())]
    for finding in open_findings:
        shares = enumerate(finding.data.get("responsible", ()))
        named += [(str(each["who"]), finding, ("responsible", number, "who")) for number, each in shares if "who" in each]
    for ref, what, path in named:
        organisation = world.register.find(ref)
        if isinstance(organisation, Record) and organisation.kind == "organisation":
            yield organisation, what, path
