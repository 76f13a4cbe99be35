"""Words, shapes and colours of states: one home. The words are those of the model; a shape and words say everything, colour only repeats it.

A label keeps its Vietnamese words and gives them in the language in which pages are being made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from tusoi.facts import ActionFacts, ActionState, FindingFacts, FindingState, Postponed
from tusoi.inspected import is_left_over
from tusoi.record import Kind, Record
from tusoi.speech import N_, OURS, _, language
from tusoi.standings import ActionStanding
from tusoi.telling import named, number, percents

NOT_STATED: Final = N_("Nguồn không nêu")
NOT_WRITTEN: Final = N_("Chưa ghi")
TOLD: Final = N_("Câu chuyện lấy từ bài báo; không phải hồ sơ của đơn vị")
"""These three are said by `_(labels.NOT_STATED)`."""


class Shape(StrEnum):
    """The drawn form of a state, to be told apart without colour. `_shapes.html.j2` draws each."""

    FULL = "full"
    """A disc with a tick: done and confirmed."""
    SHIELD = "shield"
    """A shield with a tick: it has held."""
    RING_TICK = "ring-tick"
    """An empty ring with a tick: claimed, not confirmed."""
    HALF = "half"
    """A half-filled disc: under way."""
    RING = "ring"
    """An empty ring: not yet begun."""
    CROSS = "cross"
    """A filled square with a bar: not mended."""
    CLOCK = "clock"
    """A clock: a date has passed or is being moved."""
    STOP = "stop"
    """An empty square with a bar: stopped or superseded."""
    DASH = "dash"
    """A dashed ring: nobody knows."""
    LOOP = "loop"
    """A turning arrow: again and again."""
    STAR = "star"
    """A star: a merit."""
    FLAG = "flag"
    """A flag: what everybody looks at first."""
    PAPER = "paper"
    """A sheet: what a document says of itself."""


class Tone(StrEnum):
    """What the colour repeats."""

    GOOD = "good"
    WAITING = "waiting"
    MOVING = "moving"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Label:
    """What a chip shows."""

    said: str
    """The words in Vietnamese, or as a function here has already put them."""
    shape: Shape = Shape.PAPER
    tone: Tone = Tone.QUIET
    term: str = ""
    """The name of its entry in the list of words (views/words.py), where it has one."""

    @property
    def words(self) -> str:
        """The words in the language that is being spoken."""
        return _(self.said)


FINDING: Final[Mapping[FindingState, Label]] = {
    FindingState.RESOLVED: Label("Đã khắc phục", Shape.FULL, Tone.GOOD, "finding.resolved"),
    FindingState.CLAIMED: Label("Đơn vị báo đã khắc phục, chờ xác nhận", Shape.RING_TICK, Tone.WAITING, "finding.claimed"),
    FindingState.IN_PROGRESS: Label("Đang khắc phục", Shape.HALF, Tone.MOVING, "finding.in_progress"),
    FindingState.UNRESOLVED: Label("Chưa khắc phục", Shape.CROSS, Tone.BAD, "finding.unresolved"),
    FindingState.NO_ACTION: Label("Không phải lập biện pháp riêng", Shape.STOP, Tone.QUIET, "finding.no_action"),
    FindingState.NOT_KNOWN: Label("Chưa có thông tin", Shape.DASH, Tone.QUIET, "finding.not_known"),
}
"""The short words, for the heads of columns; `finding` gives the whole sentence."""

ACTION: Final[Mapping[ActionState, Label]] = {
    ActionState.PLANNED: Label("Chưa đến kỳ thực hiện", Shape.RING, Tone.QUIET, "action.planned"),
    ActionState.IN_PROGRESS: Label("Đang thực hiện", Shape.HALF, Tone.MOVING, "action.in_progress"),
    ActionState.COMPLETED: Label("Báo đã xong, chờ xác nhận", Shape.RING_TICK, Tone.WAITING, "action.completed"),
    ActionState.VERIFIED: Label("Đã xong, đã xác nhận", Shape.FULL, Tone.GOOD, "action.verified"),
    ActionState.EFFECTIVE: Label("Giữ vững, chưa thấy tái diễn", Shape.SHIELD, Tone.GOOD, "action.effective"),
    ActionState.STOPPED: Label("Dừng thực hiện", Shape.STOP, Tone.QUIET, "action.stopped"),
}

UNREPORTED: Final = N_("Chưa có báo cáo")
"""Of an action that nobody has reported to be under way, where it may be late or owe a report: it is not one whose time has not come."""

BLOCKED: Final = Label("Đang vướng, chưa làm được", Shape.CROSS, Tone.BAD)
"""An action of which the only thing that was reported is what stands in its way."""

STANDING: Final[Mapping[ActionStanding, Label]] = {
    ActionStanding.DONE: ACTION[ActionState.VERIFIED],
    ActionStanding.CLAIMED: ACTION[ActionState.COMPLETED],
    ActionStanding.MOVING: ACTION[ActionState.IN_PROGRESS],
    ActionStanding.OVERDUE: Label("Quá hạn, chưa xong", Shape.CLOCK, Tone.BAD),
    ActionStanding.BLOCKED: BLOCKED,
    ActionStanding.SILENT: Label("Quá kỳ báo cáo, chưa có báo cáo nào", Shape.DASH, Tone.WAITING),
    ActionStanding.PLANNED: ACTION[ActionState.PLANNED],
    ActionStanding.STOPPED: Label("Dừng, hoặc thay bằng việc khác", Shape.STOP, Tone.QUIET),
}
"""Where promised actions stand, in the order in which a reader asks: the words for counts."""

LEFT_OVER: Final = Label("Đã qua năm dự kiến, chưa có kết luận", Shape.CLOCK, Tone.WAITING)
"""An inspection on the programme of a year that is over."""

_TOLD_FINDING: Final[Mapping[FindingState, Label]] = {
    FindingState.CLAIMED: Label("Nguồn kể đã khắc phục; không nêu ai xác nhận", Shape.RING_TICK, Tone.WAITING),
    FindingState.IN_PROGRESS: Label("Nguồn kể đang khắc phục", Shape.HALF, Tone.MOVING),
    FindingState.NOT_KNOWN: Label("Nguồn không nêu kết quả", Shape.DASH),
}
_TOLD_OUTCOME: Final = Label("Nguồn kể đã có chuyển biến; không nêu ai xác nhận", Shape.RING_TICK, Tone.WAITING)
_TOLD_ACTION: Final[Mapping[ActionState, Label]] = {
    ActionState.PLANNED: Label("Nguồn không nêu kết quả", Shape.DASH),
    ActionState.IN_PROGRESS: Label("Nguồn kể đã làm", Shape.HALF, Tone.MOVING),
    ActionState.COMPLETED: Label("Nguồn kể đã xong; không nêu ai xác nhận", Shape.RING_TICK, Tone.WAITING),
}
"""What a newspaper tells is neither late nor confirmed: these words say whose words they are."""

POSTPONEMENT: Final[Mapping[str, Label]] = {
    "pending": Label("Đang đề nghị gia hạn", Shape.CLOCK, Tone.WAITING, "beside.postponement_pending"),
    "agreed": Label("Được gia hạn", Shape.CLOCK, Tone.MOVING, "beside.postponement_agreed"),
    "refused": Label("Không được gia hạn", Shape.CLOCK, Tone.BAD, "beside.postponement_refused"),
}

STAGE: Final[Mapping[str, Label]] = {
    "draft": Label("Dự thảo", Shape.DASH, Tone.WAITING, "beside.draft"),
    "submitted": Label("Đã nộp", Shape.PAPER, Tone.MOVING),
    "concluded": Label("Đã kết luận", Shape.PAPER, Tone.GOOD),
    "announced": Label("Đã thông báo kết luận", Shape.PAPER, Tone.GOOD),
    "consulted": Label("Đã lấy ý kiến", Shape.PAPER, Tone.MOVING),
    "approved": Label("Đã ban hành", Shape.PAPER, Tone.GOOD),
    "issued": Label("Đã ban hành", Shape.PAPER, Tone.GOOD),
    "proposed": Label("Đề xuất", Shape.PAPER, Tone.WAITING),
    "decided": Label("Đã quyết định", Shape.PAPER, Tone.GOOD),
    "opened": Label("Đang thực hiện", Shape.HALF, Tone.MOVING),
    "closed": Label("Kết thúc theo dõi", Shape.STOP, Tone.QUIET),
    "ended": Label("Kết thúc theo dõi", Shape.STOP, Tone.QUIET),
    "planned": Label("Đã lên kế hoạch", Shape.PAPER, Tone.MOVING),
    "established": Label("Đã thành lập", Shape.PAPER, Tone.GOOD),
    "compiled": Label("Đã tổng hợp", Shape.PAPER, Tone.GOOD),
    "sent": Label("Đã chuyển", Shape.PAPER, Tone.GOOD),
}

WITHDRAWN: Final = Label("Đã rút", Shape.STOP, Tone.QUIET, "beside.withdrawn")
SELF_IDENTIFIED: Final = Label("Đơn vị tự nhận ra", Shape.STAR, Tone.GOOD, "beside.self_identified")
RECURRING: Final = Label("Tái diễn", Shape.LOOP, Tone.BAD, "beside.recurring")
IMMEDIATE: Final = Label("Việc làm ngay", Shape.CLOCK, Tone.MOVING, "beside.immediate")
HOT_SPOT: Final = Label("Nổi cộm", Shape.FLAG, Tone.BAD, "beside.hot_spot")
LONG_STANDING: Final = Label("Kéo dài nhiều năm", Shape.LOOP, Tone.WAITING, "beside.long_standing")
"""Of a shortcoming of which nobody knows since when it has been there."""
CARRIED_OVER: Final = Label("Chuyển sang kỳ sau", Shape.LOOP, Tone.WAITING, "beside.carried_over")
CHECK_RESULT: Final[Mapping[str, Label]] = {
    "confirmed": Label("Xác nhận", Shape.FULL, Tone.GOOD),
    "partly": Label("Xác nhận một phần", Shape.HALF, Tone.WAITING),
    "rejected": Label("Không xác nhận", Shape.CROSS, Tone.BAD),
}
CHECK_SINCE: Final[Mapping[str, Label]] = {
    "confirmed": Label("Xác nhận đã xong sau đó", Shape.FULL, Tone.QUIET),
    "partly": Label("Xác nhận một phần sau đó", Shape.HALF, Tone.QUIET),
    "rejected": Label("Không xác nhận sau đó", Shape.CROSS, Tone.QUIET),
}
"""What was found of a finding after a review had answered that it is not mended yet: it is no check of that answer."""
CLAIM: Final[Mapping[str, Label]] = {
    "resolved": Label("Đơn vị trả lời: đã khắc phục", Shape.RING_TICK, Tone.WAITING),
    "in_progress": Label("Đơn vị trả lời: đang khắc phục", Shape.HALF, Tone.MOVING),
    "unresolved": Label("Đơn vị trả lời: chưa khắc phục", Shape.CROSS, Tone.BAD),
    "started": Label("Báo cáo: đang làm", Shape.HALF, Tone.MOVING),
    "completed": Label("Báo cáo: đã xong", Shape.RING_TICK, Tone.WAITING),
    "blocked": Label("Báo cáo: đang vướng", Shape.CROSS, Tone.BAD),
    "stopped": Label("Báo cáo: dừng", Shape.STOP, Tone.QUIET),
}
_TOLD_CLAIM: Final[Mapping[str, str]] = {
    "resolved": N_("Nguồn kể đã khắc phục"),
    "in_progress": N_("Nguồn kể đang khắc phục"),
    "unresolved": N_("Nguồn kể chưa khắc phục xong"),
    "started": N_("Nguồn kể đã làm"),
    "completed": N_("Nguồn kể đã xong"),
    "blocked": N_("Nguồn kể còn vướng"),
    "stopped": N_("Nguồn kể đã dừng"),
}
"""The same where a newspaper tells it: the organisation has reported nothing here."""
SEAL: Final = {
    "submitted": N_("Nộp"),
    "concluded": N_("Kết luận"),
    "announced": N_("Thông báo kết luận"),
    "consulted": N_("Lấy ý kiến"),
    "approved": N_("Ban hành"),
    "issued": N_("Ban hành"),
    "proposed": N_("Đề xuất"),
    "decided": N_("Quyết định"),
    "opened": N_("Mở kỳ"),
    "closed": N_("Kết thúc kỳ"),
    "ended": N_("Kết thúc"),
    "planned": N_("Lên kế hoạch"),
    "established": N_("Thành lập"),
    "compiled": N_("Tổng hợp"),
    "sent": N_("Chuyển"),
}
"""What was done when a record was sealed."""
EVERY: Final = {
    "day": N_("mỗi ngày"),
    "week": N_("mỗi tuần"),
    "month": N_("mỗi tháng"),
    "quarter": N_("mỗi quý"),
    "half_year": N_("nửa năm một lần"),
    "year": N_("mỗi năm"),
}


def finding(facts: FindingFacts) -> Label:
    """Give the words for how far a finding is: those of the model, with their numbers and reasons."""
    label = FINDING[facts.state]
    if facts.told and facts.state in _TOLD_FINDING:
        has_outcome = "outcome" in facts.part.data
        return _TOLD_OUTCOME if has_outcome and facts.state is not FindingState.CLAIMED else _TOLD_FINDING[facts.state]
    words = label.words
    if facts.state is FindingState.IN_PROGRESS and facts.percent:
        words = _("{state} ({how_far})", state=words, how_far=_how_far(facts))
    elif facts.state is FindingState.UNRESOLVED and facts.obstacle:
        words = _("{state} – còn vướng: {obstacle}", state=words, obstacle=_inner(facts.obstacle))
    elif facts.state is FindingState.NO_ACTION and facts.reason:
        words = _("{state} (lý do: {reason})", state=words, reason=_inner(facts.reason))
    return Label(words, label.shape, label.tone, label.term)


def action(facts: ActionFacts) -> tuple[Label, ...]:
    """Give the chips of an action: its state first, then what stands beside it. Nothing told by a source is ever late."""
    if facts.told:
        return (_told_action(facts),)
    chips: list[Label] = []
    if facts.draft:
        chips.append(STAGE["draft"])
    elif facts.is_blocked or not (facts.state is ActionState.PLANNED and (facts.overdue_days or facts.stale_days)):
        chips.append(_state(facts))
    if facts.overdue_days:
        chips.append(overdue(facts.overdue_days))
    if facts.postponements:
        chips.append(postponement(facts.postponements[-1]))
    if facts.stale_days:
        chips.append(stale(facts.stale_days))
    return tuple(chips)


def claim(said: object, *, told: bool) -> Label | None:
    """Give what an organisation says of itself, or what a source tells of it."""
    label = CLAIM.get(str(said or ""))
    return Label(_TOLD_CLAIM[str(said)], label.shape, label.tone) if label and told else label


def step(name: str, *, draft: bool = False) -> Label:
    """Say that a step of a thread is there, or that it is only drafted."""
    return Label(_("{step}: dự thảo", step=name), Shape.DASH, Tone.WAITING) if draft else Label(_("{step}: có", step=name), Shape.FULL, Tone.GOOD)


def not_there(why: str) -> Label:
    """Say that a step of a thread is not there, and why."""
    return Label(why, Shape.DASH)


def long_standing(since: object) -> Label:
    """Say since when a shortcoming has been there."""
    return Label(_("Kéo dài từ {when}", when=named(since)), Shape.LOOP, Tone.WAITING, LONG_STANDING.term)


def overdue(days: int) -> Label:
    """Say by how many days the last agreed date has passed."""
    return Label(_("Quá hạn {days} ngày", days=number(days), count=days), Shape.CLOCK, Tone.BAD, "beside.overdue")


def in_days(days: int) -> Label:
    """Say in how many days something is due."""
    words = _("Còn {days} ngày", days=number(days), count=days) if days else _("Đến hạn hôm nay")
    return Label(words, Shape.CLOCK, Tone.MOVING)


def stale(days: int) -> Label:
    """Say for how many days a report has been waited for."""
    return Label(_("Quá kỳ báo cáo {days} ngày", days=number(days), count=days), Shape.CLOCK, Tone.WAITING, "beside.stale")


def postponement(facts: Postponed) -> Label:
    """Say what came of a request to move a date."""
    return POSTPONEMENT.get(facts.result, POSTPONEMENT["pending"])


def stage(record: Record, kind: Kind | None, day: date) -> Label | None:
    """Give the last seal of a record, or say that it is a draft; None where its kind has no seals, or where a source tells it and gives none.

    Nor is anything said of a cycle that a source tells of: nobody knows whether it still runs. Of an inspection the day decides whether its year is over.
    """
    if kind is None or not kind.seals:
        return None
    last = next((seal for seal in reversed(kind.seals) if seal in record.data), "")
    if record.told and last in ("opened", "closed"):
        return None
    if not last:
        return None if record.told or "held_elsewhere" in record.data else STAGE["draft"]
    if last == "planned" and is_left_over(record, day):
        return LEFT_OVER
    return STAGE.get(last) or Label(key_title(kind.schema, last))


def word(schema: Mapping[str, Any], *path: str) -> str:
    """Give the word of an enum: the path of keys in the schema, then the value. The value itself where the schema has no word for it."""
    *keys, value = path
    here: Any = schema
    for key in keys:
        here = here.get("properties", {}).get(key, {}) if isinstance(here, Mapping) else {}
        here = here.get("items", here)
    words = here.get("x-words", {}).get(value, {})
    return str(words.get(language(), value))


def key_title(schema: Mapping[str, Any], *path: str) -> str:
    """Give the title of a key, as its schema has it."""
    here: Any = schema
    for key in path:
        here = here.get("items", here).get("properties", {}).get(key, {})
    said = here if language() == OURS else here.get("x-en", {})
    return str(said.get("title", path[-1]))


def _state(facts: ActionFacts) -> Label:
    label = BLOCKED if facts.state is ActionState.PLANNED and facts.is_blocked else ACTION[facts.state]
    if facts.state is ActionState.VERIFIED and facts.late and facts.late_days:
        days = facts.late_days
        return Label(_("Đã xong, chậm {days} ngày so với hạn đầu", days=number(days), count=days), label.shape, Tone.WAITING, "beside.late")
    if facts.state is ActionState.STOPPED:
        if facts.replaced_by:
            return Label("Thay bằng việc khác", label.shape, label.tone)
        reason = facts.blocked or str(facts.reports[-1].entry.get("text", "") if facts.reports else "")
        if not reason:
            return label
        return Label(_("{state} (lý do: {reason})", state=label.words, reason=_inner(reason)), label.shape, label.tone, label.term)
    return label


def _told_action(facts: ActionFacts) -> Label:
    return _TOLD_ACTION.get(facts.state, ACTION[facts.state])


def _how_far(facts: FindingFacts) -> str:
    """Say how much is confirmed. What is still being mended is never at 100 %, though each of its actions may have been confirmed."""
    if facts.done == facts.total:
        return _("{done}/{total} việc đã xác nhận", done=number(facts.done), total=number(facts.total))
    return _("khoảng {number}", number=percents(min(facts.percent or 0, 99)))


def _inner(text: str) -> str:
    """Fit a sentence into another: on one line and without its full stop."""
    return " ".join(text.split()).removesuffix(".")
