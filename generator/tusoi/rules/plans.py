"""Rules about plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tusoi.dates import span
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong

LONG = timedelta(days=183)
"""A one-off action that takes longer than this (half a year) wants a milestone on the way (S4-06)."""
CHECKED = ("conduct", "training")
"""What is done by behaving otherwise leaves nothing to hold: it says how it will be checked (S1-14)."""
TASK_FORCE = ("lead", "mandate", "members")
"""What a task force has (S0-13)."""
JOINTLY = "phối hợp"
"""How the text of an action says that others take part in it (S1-06)."""


@rule("R02", stage="approved", kinds=("plan",), source="S4-13 S4-05 S4-06 S1-22 S1-14 S1-06 S0-13")
def plan_complete(plan: Record, world: World) -> Iterator[Problem]:  # noqa: ARG001 -- every rule is given the same
    """Every action of an approved plan says who does it, by when (a full date, or a rhythm and its first day for what is done again and again), and should say what comes out of it; one that takes over half a year should have milestones, one that is done jointly its partners, one that changes how people behave a way to check it, a task force its lead, its mandate and the number of its members.

    vi: Mỗi việc trong kế hoạch đã ban hành phải ghi ai làm, bao giờ xong (ngày đầy đủ; việc thường xuyên thì ghi bao lâu một lần và từ ngày nào), nên ghi sản phẩm; việc kéo dài trên sáu tháng nên có mốc, việc phối hợp nên ghi ai phối hợp, việc về nền nếp hoặc tập huấn nên ghi cách kiểm tra, tổ công tác nên có tổ trưởng, nhiệm vụ và số thành viên.
    """  # noqa: E501 -- the docstring is published as it is
    for number, action in enumerate(plan.parts_of("action"), start=1):
        if "owner" not in action.data:
            yield wrong("R02", action, "owner", variant="owner", number=number)
        yield from _timed(action, number)
        if "product" not in action.data:
            yield wrong("R02", action, "product", variant="product", number=number, severity=Severity.WARNING)
        start, due = span(plan.get("approved", "date")), span(action.data.get("due"))
        if start and due and due.first - start.last > LONG and "milestones" not in action.data:
            yield wrong("R02", action, "milestones", variant="milestones", number=number, severity=Severity.WARNING)
        if not plan.told:
            yield from _by_nature(action, number)


def _by_nature(action: Part, number: int) -> Iterator[Problem]:
    """Ask for what an action wants because of the way in which it is done."""
    nature = action.data.get("nature")
    wanted = TASK_FORCE if nature == "task_force" else ("check",) if nature in CHECKED else ()
    for key in wanted:
        if key not in action.data:
            yield wrong("R02", action, key, variant=key, number=number, severity=Severity.WARNING)
    if JOINTLY in str(action.data.get("content", "")).lower() and not (action.data.get("supporting") or action.data.get("partners")):
        yield wrong("R02", action, "supporting", variant="supporting", number=number, severity=Severity.WARNING)


def _timed(action: Part, number: int) -> Iterator[Problem]:
    if action.data.get("kind") == "recurring":
        for key in ("every", "from"):
            if key not in action.data:
                yield wrong("R02", action, key, variant=key, number=number)
        return
    due = span(action.data.get("due"))
    if due is None:
        yield wrong("R02", action, "due", variant="due", number=number)
    elif not due.exact and not action.told:
        yield wrong("R02", action, "due", variant="due_partial", number=number, stated=action.data["due"])


@rule("R05", stage="approved", kinds=("plan",), source="S1-01", looks_for=("plan",))
def no_orphans(plan: Record, world: World) -> Iterator[Problem]:
    """Every action mends a finding that the plan answers, and every such finding has an action, in this plan or in another that answers the same, or a reason why it needs none.

    vi: Mỗi việc phải khắc phục một hạn chế mà kế hoạch có nhiệm vụ khắc phục; mỗi hạn chế như vậy phải có việc (trong kế hoạch này hoặc kế hoạch khác cùng căn cứ), hoặc lý do không phải lập biện pháp riêng.
    """  # noqa: E501 -- the docstring is published as it is
    register = world.register
    bases = [base for base in (register.find(each) for each in plan.data.get("of", ())) if isinstance(base, Record)]
    if len(bases) < len(plan.data.get("of", ())):
        return
    wanted = {
        part.ref: part for base in bases for part in base.parts if part.kind == "finding" or (part.kind == "issue" and part.data.get("nature") == "shortcoming")
    }
    allowed = {part.ref for base in bases for part in base.parts if part.kind in ("finding", "issue")} | _answered(wanted) | _carried(bases)
    for number, action in enumerate(plan.parts_of("action"), start=1):
        for place, cited in enumerate(action.data.get("findings", ())):
            found = register.find(cited)
            if isinstance(found, Part) and found.ref not in allowed:
                yield wrong("R05", action, "findings", place, variant="outside", number=number, finding=_short(found))
    covered = _covered(bases, world)
    for part in wanted.values():
        if part.ref not in covered and not covered & set(part.data.get("answers", ())) and not _answering(part, world) & covered:
            yield wrong("R05", plan, "actions", variant="uncovered", finding=_short(part), ref=part.ref)


def _covered(bases: list[Record], world: World) -> set[str]:
    """What the plans that answer any of these records act on, or say needs no action."""
    plans = {record.id: record for base in bases for record, link in world.register.sources_of(base.id, "plan") if link.path[0] == "of"}
    acted = {cited for each in plans.values() for action in each.parts_of("action") for cited in action.data.get("findings", ())}
    return acted | {entry["finding"] for each in plans.values() for entry in each.data.get("no_action", ()) if "finding" in entry}


def _answered(wanted: dict[str, Part]) -> set[str]:
    """The suggested issues that these findings respond to: an action may cite either."""
    return {issue for part in wanted.values() for issue in part.data.get("answers", ())}


def _carried(bases: list[Record]) -> set[str]:
    """The earlier findings that these reviews carry over: their plans may go on mending them."""
    return {entry["finding"] for base in bases for entry in base.data.get("carry_over", ()) if "finding" in entry}


def _answering(part: Part, world: World) -> set[str]:
    """The findings that respond to a suggested issue."""
    if part.kind != "issue":
        return set()
    return {
        each.ref
        for record, _ in world.register.sources_of(part.ref, "review")
        for each in record.parts_of("finding")
        if part.ref in each.data.get("answers", ())
    }


def _short(part: Part) -> str:
    """Give the beginning of what a finding or an issue says."""
    statement = str(part.data.get("statement", ""))
    return statement if len(statement) <= 80 else f"{statement[:77].rstrip()}…"  # noqa: PLR2004 -- fits a line of a terminal
