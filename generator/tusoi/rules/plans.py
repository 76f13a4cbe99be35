"""Rules about plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from tusoi import concerned
from tusoi.dates import span
from tusoi.formats import pieces
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong

LONG = timedelta(days=183)
"""A one-off action that takes longer than this (half a year) wants a milestone on the way (S4-06)."""
CHECKED = ("conduct", "training")
"""What is done by behaving otherwise leaves nothing to hold: it says how it will be checked (S1-14)."""
TASK_FORCE = ("lead", "mandate", "members")
"""What a task force has (S0-13)."""
ORGANISATION = (
    r"(?i:công an|mặt trận|mttq|đoàn thể|đoàn thanh niên|công đoàn|liên đoàn|ủy ban|uỷ ban|ubnd|ubkt|viện kiểm sát|tòa án|ngân hàng|nhà trường"
    r"|hội (?:nông dân|phụ nữ|liên hiệp|cựu chiến binh|người cao tuổi|chữ thập đỏ|khuyến học)"
    r"|ngành (?:điện|y tế|giáo dục|thuế|nông nghiệp|tài nguyên|tài chính|giao thông|kiểm lâm|tư pháp|văn hóa|bảo hiểm)"
    r"|các (?:ban|ngành|phòng|sở|hội|cơ quan|đơn vị|địa phương|doanh nghiệp|xã|huyện))\b"
    r"|(?:Ban|Phòng|Sở|Bộ|Hội|Đoàn|Viện|Văn phòng|Chi cục|Chi nhánh|Trung tâm|Trạm|Hạt|Trường|Công ty|Hợp tác xã|Đảng ủy|Huyện ủy|Thường trực)\b"
)
"""How the name of an organisation begins. With a small letter only what has no other meaning after “cùng”: “cùng xã”, “cùng phòng” is one and the same."""
JOINTLY = re.compile(
    r"(?i:phối hợp|liên ngành|liên tịch)"
    rf"|(?i:(?<!cuối )(?<!sau )\bcùng(?: với)?|\b(?:với|có) sự tham gia của) (?:(?i:các|một số) )?(?:{ORGANISATION})"
)
"""How the text of an action says that others take part in it (S1-06)."""


@rule("R02", stage="approved", kinds=("plan",), source="S4-13 S4-05 S4-06 S1-22 S1-14 S1-06 S0-13 S0-14")
def plan_complete(plan: Record, world: World) -> Iterator[Problem]:  # noqa: ARG001 -- every rule is given the same
    """Every action of an approved plan says who does it, by when (a full date, or a rhythm and its first day for what is done again and again), and should say what comes out of it; one that takes over half a year should have milestones, one that is done jointly its partners, one that covers a number of things how many there are in all, one that changes how people behave a way to check it, a task force its lead, its mandate and the number of its members.

    vi: Mỗi việc trong kế hoạch đã ban hành phải ghi ai làm, bao giờ xong (ngày đầy đủ; việc thường xuyên thì ghi bao lâu một lần và từ ngày nào), nên ghi sản phẩm; việc kéo dài trên sáu tháng nên có mốc, việc phối hợp nên ghi ai phối hợp, việc có phạm vi nên ghi trên tổng số bao nhiêu, việc về nền nếp hoặc tập huấn nên ghi cách kiểm tra, tổ công tác nên có tổ trưởng, nhiệm vụ và số thành viên.
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
    if "covers" in action.data and "of" not in action.data["covers"]:
        yield wrong("R02", action, "covers", "of", variant="covers", number=number, severity=Severity.WARNING)
    if JOINTLY.search(str(action.data.get("content", ""))) and not (action.data.get("supporting") or action.data.get("partners")):
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
    """Every action mends a finding that the plan answers, and every such finding has an action, in this plan or in another approved one that answers the same, or a reason why it needs none. Only those whom a finding is about say that, in a plan that answers it and does not act on it.

    vi: Mỗi việc phải khắc phục một hạn chế mà kế hoạch có nhiệm vụ khắc phục; mỗi hạn chế như vậy phải có việc (trong kế hoạch này hoặc kế hoạch khác đã ban hành cùng căn cứ), hoặc lý do không phải lập biện pháp riêng. Lý do ấy do chính đơn vị có hạn chế nêu, trong kế hoạch có căn cứ chứa hạn chế và không có việc nào khắc phục hạn chế ấy.
    """  # noqa: E501 -- the docstring is published as it is
    bases = [each for each in map(world.register.find, plan.data.get("of", ())) if isinstance(each, Record)]
    yield from _outside(plan, world)
    covered = _covered(bases, plan, world)
    for part in (part for base in bases for part in base.parts if not base.withdrawn and _wants_an_action(part)):
        if not covered & {part.ref, *_refs(part.data.get("answers", ()), world), *_answering(part, world)}:
            yield wrong("R05", plan, "actions", variant="uncovered", finding=_short(part), ref=part.ref)


def _wants_an_action(part: Part) -> bool:
    return part.kind == "finding" or (part.kind == "issue" and part.data.get("nature") == "shortcoming")


def _outside(plan: Record, world: World) -> Iterator[Problem]:
    """Find what a plan says of findings that are not its business. What is in a file that is not here nobody knows; in another project's there is none."""
    if any(world.register.find(each) is None and not pieces(each)[0] for each in plan.data.get("of", ())):
        return
    reached = concerned.reach(plan, world.register)
    acted = set()
    for number, action in enumerate(plan.parts_of("action"), start=1):
        for place, cited in enumerate(action.data.get("findings", ())):
            found = world.register.find(cited)
            if isinstance(found, Part):
                acted.add(found.ref)
                if not concerned.is_within(found, reached):
                    yield wrong("R05", action, "findings", place, variant="outside", number=number, finding=_short(found))
    for place, entry in enumerate(plan.get("no_action") or ()):
        found = world.register.find(str(entry.get("finding")))
        if isinstance(found, Part) and not plan.told:
            is_own = concerned.is_within(found, reached) and concerned.may_excuse(plan, found, world.family)
            variant = "not_its_own" if not is_own else "both" if found.ref in acted else ""
            if variant:
                yield wrong("R05", plan, "no_action", place, "finding", variant=variant, finding=_short(found))


def _covered(bases: list[Record], plan: Record, world: World) -> set[str]:
    """What the approved plans that answer any of these records act on, or say needs no action. What a source tells covers nothing of an organisation's own."""
    answering = {record.id: record for base in bases for record, link in world.register.sources_of(base.id, "plan") if link.path[0] == "of"}
    covered: set[str] = set()
    for each in answering.values():
        if "approved" in each.data and (plan.told or not each.told):
            covered |= _refs((cited for action in each.parts_of("action") for cited in action.data.get("findings", ())), world)
            excused = map(world.register.find, (str(entry.get("finding")) for entry in each.get("no_action") or ()))
            covered |= {part.ref for part in excused if isinstance(part, Part) and (each.told or concerned.may_excuse(each, part, world.family))}
    return covered


def _refs(links: Iterable[str], world: World) -> set[str]:
    """What links name, by its id of today."""
    return {found.ref for each in links if (found := world.register.find(each))}


def _answering(part: Part, world: World) -> set[str]:
    """The findings that respond to a suggested issue."""
    if part.kind != "issue":
        return set()
    return {
        each.ref
        for record, _ in world.register.sources_of(part.ref, "review")
        for each in record.parts_of("finding")
        if part.ref in _refs(each.data.get("answers", ()), world)
    }


def _short(part: Part) -> str:
    """Give the beginning of what a finding or an issue says."""
    statement = str(part.data.get("statement", ""))
    return statement if len(statement) <= 80 else f"{statement[:77].rstrip()}…"  # noqa: PLR2004 -- fits a line of a terminal
