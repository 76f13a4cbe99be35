"""The first line of a page in words: how far a thing is and who checked that. Where nobody knows who checked, it says so first; what is late bears its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tusoi import labels, telling
from tusoi.dates import Span
from tusoi.facts import ActionFacts, ActionState, Check, FindingFacts, FindingState
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.checked import checks_of, decisive, latest, nobody, who_checked
from tusoi.views.pieces import rhythm
from tusoi.views.world import World

_DRAFT: Final = Label("Dự thảo", Shape.DASH, Tone.WAITING)
_CLAIMED: Final = Label("Báo đã xong, chờ xác nhận", Shape.RING_TICK, Tone.WAITING)
_MOVING: Final = Label("Đang thực hiện", Shape.HALF, Tone.MOVING)
_SILENT: Final = Label("Chưa có báo cáo", Shape.RING, Tone.QUIET)
_DONE: Final = Label("Đã xong, đã xác nhận", Shape.FULL, Tone.GOOD)
_UNSTATED: Final = Label("Nguồn không nêu", Shape.DASH, Tone.QUIET)
SHOWN: Final = 3
"""So many actions stand in the first line; a reader finds the others below."""


@dataclass(frozen=True, slots=True)
class InShort:
    """What stands first: a few words that say how far it is, or that nobody knows who checked, and the sentences after them."""

    label: Label
    """Its shape and its colour; the words are those below."""
    first: str
    """Without a full stop."""
    rest: str


@dataclass(frozen=True, slots=True)
class DoneLine:
    """One thing that is done about a finding, with how far it is."""

    ref: str
    content: str
    chips: tuple[Label, ...]


def in_short(label: Label, sentences: Iterable[str]) -> InShort:
    """Put whole sentences one behind the other: the first is what a reader takes along."""
    first, *rest = [each for each in sentences if each]
    if first in (nobody(told=True), nobody(told=False)):  # no tick, and no other sign of something done, stands beside that
        label = replace(label, shape=Shape.DASH, tone=Tone.QUIET if label.tone is Tone.GOOD else label.tone)
    return InShort(label, first.removesuffix("."), " ".join(rest))


def done_lines(actions: Sequence[ActionFacts]) -> tuple[DoneLine, ...]:
    """Give the first actions about a finding, for the first line."""
    return tuple(_done_line(each) for each in actions[:SHOWN])


def _done_line(facts: ActionFacts) -> DoneLine:
    content = telling.shortened(str(facts.part.data.get("content", "")), 110)
    return DoneLine(facts.part.ref, content, () if facts.told else labels.action(facts)[:2])


def of_finding(world: World, facts: FindingFacts) -> InShort:
    """Say of a finding how far it is and who checked."""
    last = decisive(facts)
    states = tuple(_finding_states(facts))
    label = labels.finding(facts)
    if last is not None:
        return in_short(label, (states[0], who_checked(world, last), _scope(facts, last), *states[1:]))
    if not facts.told and (facts.draft or facts.state is FindingState.NOT_KNOWN):  # nobody claims anything that could be checked
        return in_short(label, (*states, f"{nobody(told=False)}."))
    return in_short(label, (nobody(told=facts.told), *states))


def _scope(facts: FindingFacts, check: Check) -> str:
    """Say what was confirmed, where it is less than that the finding is mended."""
    if facts.told or check.result != "confirmed" or check is facts.confirmed:
        return ""
    if check.check == "carry_over":
        return _("Điều được xác nhận là câu trả lời của đơn vị.")
    return _("Mới xác nhận từng việc, chưa xác nhận cả hạn chế.")


def _finding_states(facts: FindingFacts) -> Iterator[str]:
    if facts.draft:
        yield _("Còn là dự thảo, chưa kết luận.")
    if facts.told:
        yield _told_finding(facts)
        return
    match facts.state:
        case FindingState.RESOLVED:
            yield _("Đã khắc phục.")
        case FindingState.CLAIMED:
            when = telling.on(_claimed_on(facts))
            yield _("Đơn vị báo đã khắc phục {when}.", when=when) if when else _("Đơn vị báo đã khắc phục.")
        case FindingState.IN_PROGRESS if facts.total:
            done, total = telling.number(facts.done), telling.number(facts.total)
            yield _("Đang khắc phục: {done} trong {total} việc đã xong, đã được xác nhận.", done=done, total=total, count=facts.total)
        case FindingState.IN_PROGRESS:
            yield _("Đang khắc phục.")
        case FindingState.UNRESOLVED if facts.obstacle:
            yield _("Chưa khắc phục, còn vướng: {obstacle}.", obstacle=_inner(facts.obstacle))
        case FindingState.UNRESOLVED:
            yield _("Chưa khắc phục.")
        case FindingState.NO_ACTION:
            yield _("Không phải lập biện pháp riêng.")
        case _:
            yield _("Chưa có báo cáo nào về việc khắc phục.") if facts.actions else _("Chưa có thông tin về việc khắc phục.")
    yield from _late(facts.actions)


def _told_finding(facts: FindingFacts) -> str:
    if facts.state is FindingState.CLAIMED:
        return _("Nguồn kể đã khắc phục.")
    if "outcome" in facts.part.data:
        return _("Nguồn kể đã có chuyển biến.")
    if facts.state is FindingState.IN_PROGRESS:
        return _("Nguồn kể đang khắc phục.")
    return _("Nguồn không nêu kết quả.") if facts.state is FindingState.NOT_KNOWN else f"{labels.finding(facts).words}."


def _claimed_on(facts: FindingFacts) -> Span | None:
    """Give the day on which a finding was last said to be mended: by a later review, or by the last of its actions."""
    answers = (each.when for each in facts.carried if each.entry.get("answer") == "resolved")
    claims = (each.claimed.when for each in facts.actions if each.claimed)
    return max((each for each in (*answers, *claims) if each), key=lambda each: each.last, default=None)


def _late(actions: Iterable[ActionFacts]) -> Iterator[str]:
    """Count what is late, and what is late with nobody having said anything: the two are not the same."""
    late = [each for each in actions if each.overdue_days and each.counts]
    silent = [each for each in late if not each.reports]
    reported = len(late) - len(silent)
    if reported:
        yield _("{number} việc đang làm đã quá hạn.", number=telling.number(reported), count=reported)
    if silent:
        yield _("{number} việc đã quá hạn, chưa có báo cáo nào.", number=telling.number(len(silent)), count=len(silent))


def of_action(world: World, facts: ActionFacts) -> InShort:
    """Say of an action how far it is and who checked."""
    last = decisive(facts)
    label = labels.overdue(facts.overdue_days) if facts.overdue_days and not facts.draft else labels.action(facts)[0]
    states = tuple(_action_states(facts))
    if last is not None:
        return in_short(label, (states[0], who_checked(world, last), *states[1:]))
    if facts.draft or (not facts.reports and not facts.told):  # nobody claims anything that could be checked
        return in_short(label, states)
    return in_short(label, (nobody(told=facts.told), *states))


def _action_states(facts: ActionFacts) -> Iterator[str]:
    if facts.told:
        yield _told_action(facts)
        return
    if facts.draft:
        yield _("Còn là dự thảo, chưa ban hành.")
        return
    match facts.state:
        case ActionState.EFFECTIVE:
            yield _("Đã xong và còn giữ vững.")
        case ActionState.VERIFIED:
            yield _("Đã xong.")
        case ActionState.COMPLETED:
            when = telling.on(facts.claimed.when) if facts.claimed else ""
            yield _("Người làm báo đã xong {when}.", when=when) if when else _("Người làm báo đã xong.")
        case ActionState.STOPPED:
            yield from _stopped(facts)
            return
        case _:
            yield from _open(facts)
            return
    if facts.late and facts.late_days:
        days, due = telling.number(facts.late_days), telling.day(facts.first_due)
        yield _("Xong chậm {days} ngày so với hạn đầu {due}.", days=days, due=due, count=facts.late_days)
        if facts.ended and facts.due and facts.due != facts.first_due and facts.ended.first <= facts.due.last:
            yield _("Như vậy là trong hạn đã được gia hạn, {due}.", due=telling.day(facts.due))


def _told_action(facts: ActionFacts) -> str:
    said = {
        ActionState.PLANNED: _("Nguồn không nêu kết quả."),
        ActionState.IN_PROGRESS: _("Nguồn kể đã làm."),
        ActionState.COMPLETED: _("Nguồn kể đã xong."),
    }
    return said.get(facts.state) or f"{labels.action(facts)[0].words}."


def _stopped(facts: ActionFacts) -> Iterator[str]:
    yield _("Đã thay bằng việc khác.") if facts.replaced_by else _("Đã dừng thực hiện.")
    reason = facts.blocked or str(facts.reports[-1].entry.get("text", "") if facts.reports else "")
    if reason:
        yield _("Lý do: {reason}.", reason=_inner(reason))


def _open(facts: ActionFacts) -> Iterator[str]:
    """Say of what is still to be done whether it has begun, what is in its way, and when it was or is due."""
    due, days = telling.day(facts.due or facts.part.data.get("until")), telling.number(facts.overdue_days)
    if facts.overdue_days and not facts.reports:
        yield _("Hạn {due} đã qua {days} ngày, chưa có báo cáo nào.", due=due, days=days, count=facts.overdue_days)
        yield _("Hồ sơ ở đây không nói việc này đã làm hay chưa.")
    else:
        yield _begun(facts)
        if facts.overdue_days:
            yield _("Hạn {due} đã qua {days} ngày.", due=due, days=days, count=facts.overdue_days)
    if facts.due_in_days is not None:
        yield _ahead(facts, due)
    if words := rhythm(facts.part.data):
        yield f"{words}."
    if facts.stale_days:
        yield _("Kỳ báo cáo đã qua {days} ngày.", days=telling.number(facts.stale_days), count=facts.stale_days)
    waiting = facts.postponements[-1] if facts.postponements else None
    if waiting and waiting.result == "pending":
        yield _("Đang đề nghị gia hạn đến {when}.", when=telling.named(waiting.to))


def _begun(facts: ActionFacts) -> str:
    if facts.is_blocked and facts.blocked:
        return _("Đang vướng: {obstacle}.", obstacle=_inner(facts.blocked))
    if facts.is_blocked:
        return _("Đang vướng, chưa làm được.")
    if facts.state is ActionState.IN_PROGRESS:
        return _("Đang làm.")
    return _("Chưa có báo cáo nào.")


def _ahead(facts: ActionFacts, due: str) -> str:
    days = facts.due_in_days or 0
    return _("Hạn {due}, còn {days} ngày.", due=due, days=telling.number(days), count=days) if days else _("Đến hạn hôm nay, {due}.", due=due)


def of_plan(world: World, plan: Record, actions: Sequence[ActionFacts]) -> InShort:
    """Say of a plan how many of its actions are done and confirmed, what is late, and who confirmed last."""
    if plan.told:
        said = _("Nguồn kể {number} việc.", number=telling.number(len(actions)), count=len(actions)) if actions else _("Nguồn không nêu việc nào.")
        return in_short(_UNSTATED, (nobody(told=True), said))
    if "approved" not in plan.data:
        return in_short(_DRAFT, (_("Còn là dự thảo, chưa ban hành."), _("Chưa việc nào được tính là lời hứa.")))
    if not actions:
        return in_short(_SILENT, (_("Kế hoạch chưa ghi việc nào."),))
    done = sum(each.done for each in actions)
    claimed = sum(each.state is ActionState.COMPLETED for each in actions)
    number, total = telling.number(done), telling.number(len(actions))
    confirmed = _("{done} trong {total} việc đã xong, đã được xác nhận.", done=number, total=total, count=len(actions))
    waiting = _("{number} việc báo đã xong, chưa rõ ai xác nhận.", number=telling.number(claimed), count=claimed) if claimed else ""
    last = latest(check for each in actions for check in each.checks if check.result == "confirmed")
    who = who_checked(world, last) if last and done else ""
    first = (confirmed, waiting) if done or not claimed else (waiting, confirmed)
    ended = telling.on(plan.get("ended", "date"))
    label = _DONE if done == len(actions) else _CLAIMED if claimed and not done else _MOVING if any(each.reports for each in actions) else _SILENT
    return in_short(label, (*first, who, *_late(actions), _("Kết thúc theo dõi {when}.", when=ended) if ended else ""))


def of_findings(world: World, findings: Sequence[FindingFacts], *, told: bool) -> InShort:
    """Say of several findings how many are mended and confirmed, and who confirmed last."""
    done = sum(each.state is FindingState.RESOLVED for each in findings)
    total = len(findings)
    last = latest(check for each in findings for check in checks_of(each) if check.result == "confirmed")
    checked = who_checked(world, last) if last else ""
    if told:
        said = _("Nguồn kể {number} hạn chế.", number=telling.number(total), count=total) if total else _("Nguồn không nêu hạn chế nào.")
        return in_short(_UNSTATED, (said, checked) if last else (nobody(told=True), said))
    said = _("{done} trong {total} hạn chế đã khắc phục, đã được xác nhận.", done=telling.number(done), total=telling.number(total), count=total)
    label = _DONE if done == total else _MOVING if any(each.state not in (FindingState.NOT_KNOWN, FindingState.UNRESOLVED) for each in findings) else _SILENT
    if last is None:
        return in_short(label, (nobody(told=False), said))
    scopes = [_scope(each, last) for each in findings if last in checks_of(each)]
    return in_short(label, (said, checked, min(scopes, default="", key=len)))  # nothing to add where it confirms one of them as a whole


def _inner(text: str) -> str:
    """Fit a sentence into another: on one line and without its full stop."""
    return " ".join(text.split()).removesuffix(".")
