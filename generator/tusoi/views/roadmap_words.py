"""What a roadmap says in sentences: what was promised first, what was agreed later, what came of it. The picture says nothing that these do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tusoi import labels, telling
from tusoi.dates import Span, span
from tusoi.facts import ActionFacts, ActionState, MilestoneFacts, Postponed
from tusoi.slippage import Promise
from tusoi.speech import _
from tusoi.views.drawn_lines import is_running
from tusoi.views.pieces import rhythm

_ENDED: Final = (ActionState.COMPLETED, ActionState.VERIFIED, ActionState.EFFECTIVE)


def of_action(action: ActionFacts, day: date) -> Iterator[str]:
    """Tell an action in sentences."""
    yield first(action)
    yield from requests(action.postponements)
    yield from outcome(action, day)


def first(action: ActionFacts) -> str:
    """Say what was promised first, and whose word it is."""
    when = telling.day(action.first_due)
    if said := rhythm(action.part.data):
        return _("{rhythm}.", rhythm=said)
    if action.told:
        return _("Theo nguồn, hạn là {when}.", when=when) if when else _("Nguồn không nêu hạn.")
    if not when:
        return _("Kế hoạch không ghi hạn.")
    if action.draft:
        return _("Dự thảo ghi hạn {when}; chưa ban hành nên chưa phải lời hứa.", when=when)
    return _("Lúc đầu hứa xong {when}.", when=telling.on(action.first_due))


def promise(action: ActionFacts) -> tuple[str, str]:
    """Name the first promise, whose word it is, and its date."""
    data, when = action.part.data, telling.day(action.first_due)
    if rhythm(data):
        return _("Làm thường xuyên"), telling.between(data.get("from"), data.get("until"))
    return (_("Hạn theo nguồn") if action.told else _("Hạn trong dự thảo") if action.draft else _("Hứa lần đầu")), when


def requests(postponements: Iterable[Postponed]) -> Iterator[str]:
    """Say what was asked to move the date, and what came of it."""
    for each in postponements:
        to = telling.day(each.to)
        if each.result == "agreed":
            yield _("Được gia hạn đến {to}.", to=to)
        elif each.result == "refused":
            yield _("Đề nghị gia hạn đến {to}, không được đồng ý.", to=to)
        else:
            yield _("Đang đề nghị gia hạn đến {to}, chưa có trả lời.", to=to)


def outcome(action: ActionFacts, day: date) -> Iterator[str]:
    """Say what came of it: when it was done or stopped, or how far it is on the day; then how that compares with both dates."""
    if action.draft:
        return
    yield _state(action)
    if action.told or action.withdrawn:
        return
    if is_running(action):
        yield from _on_the_day(action, day)
    elif action.ended:
        yield from _against(action)


def milestone(step: MilestoneFacts, action: ActionFacts, day: date) -> Iterator[str]:
    """Tell a milestone in sentences."""
    if step.first_due:
        yield _("Hạn đầu: {when}.", when=telling.day(step.first_due))
    yield from requests(step.postponements)
    if step.reached:
        when = telling.on(step.reached.when)
        yield _("Báo đạt {when}.", when=when) if when else _("Báo đã đạt, không ghi ngày.")
    elif is_running(action):
        yield _still(step.due, step.overdue_days, day)
    elif not (action.told or action.draft):
        yield _("Không có báo cáo nào nói đã đạt.")


def changed(promise: Promise | None) -> str:
    """Say that the date was changed in the file past the procedure; empty where it was not, or where nobody knows."""
    if promise is None or not promise.moved:
        return ""
    count = len(promise.moved)
    return _("Hạn trong hồ sơ bị đổi {times} lần không qua đề nghị gia hạn; hình vẽ theo hạn đầu.", times=telling.number(count), count=count)


def length(start: date | None, until: Span | None) -> str:
    """Say how long something lasts, in a sentence; empty where that is not known."""
    if start is None or until is None or not until.exact or until.first < start:
        return ""
    count = (until.first - start).days
    return _("Dài {days} ngày.", days=telling.number(count), count=count)


def made(action: ActionFacts) -> Span | None:
    """Give the day on which the plan was approved."""
    return span(action.part.record.get("approved", "date"))


def _state(action: ActionFacts) -> str:
    """Say how far it is, in the words that its page has for it."""
    when = telling.on(action.ended)
    if action.told:
        words = labels.action(action)[0].words
        return _("{state} ({when}).", state=words, when=when) if when and action.state in _ENDED else _("{state}.", state=words)
    if action.state is ActionState.STOPPED and action.replaced_by and when:
        return _("Thay bằng việc khác {when}.", when=when)
    if action.state is ActionState.STOPPED:
        return _("Dừng thực hiện {when}.", when=when) if when else _("Dừng thực hiện; không ghi ngày.")
    if action.state not in _ENDED:
        return _still_open(action)
    if not when:
        return _("{state}; không ghi ngày xong.", state=labels.ACTION[action.state].words)
    return _ended(action, when)


def _ended(action: ActionFacts, when: str) -> str:
    """Say when it was done, and whether anybody confirmed it."""
    if action.state is ActionState.COMPLETED:
        return _("Báo xong {when}, chờ xác nhận.", when=when)
    return _("Báo xong {when}, đã được xác nhận.", when=when) if action.claimed else _("Được xác nhận là đã xong {when}.", when=when)


def _still_open(action: ActionFacts) -> str:
    """Say how far it is while it is open."""
    if action.state is ActionState.PLANNED and action.is_blocked:
        return _("{state}.", state=labels.BLOCKED.words)
    if action.state is ActionState.PLANNED and (action.overdue_days or action.stale_days):
        return _("Chưa có báo cáo nào.")  # it may have been done: nobody has said so, and it is no longer too early
    return _("{state}.", state=labels.ACTION[action.state].words)


def _on_the_day(action: ActionFacts, day: date) -> Iterator[str]:
    if action.due or action.overdue_days:
        yield _still(action.due, action.overdue_days, day)


def _still(due: Span | None, over: int, day: date) -> str:
    """Say of what is open how it stands on the day."""
    said = telling.day(day)
    if over:
        return _("Tính đến ngày {day}: quá hạn {days} ngày.", day=said, days=telling.number(over), count=over)
    left = (due.last - day).days if due else None
    if left is None:
        return _("Tính đến ngày {day}: không có hạn để so.", day=said)
    if not left:
        return _("Ngày {day}: đến hạn.", day=said)
    return _("Tính đến ngày {day}: còn {days} ngày.", day=said, days=telling.number(left), count=left)


def _against(action: ActionFacts) -> Iterator[str]:
    """Compare the end with the first date, and with the agreed one where it is another."""
    if action.late is None or action.first_due is None:
        return
    if not action.late:
        if action.state is not ActionState.STOPPED:
            yield _("Đúng hạn đầu.")
        return
    late = action.late_days
    yield _("Chậm {days} ngày so với hạn đầu.", days=telling.number(late), count=late)
    if not action.due or action.due == action.first_due or not action.ended:
        return
    over = (action.ended.first - action.due.last).days
    yield _("Chậm {days} ngày so với hạn đã gia hạn.", days=telling.number(over), count=over) if over > 0 else _("Trong hạn đã gia hạn.")
