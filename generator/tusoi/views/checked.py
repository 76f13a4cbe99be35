"""Who checked, when and how, how they stand to those who did the work, and whether the result still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tusoi import labels, telling
from tusoi.facts import ActionFacts, ActionState, Check, FindingFacts
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.rules import verifying
from tusoi.rules.verifying import Independence
from tusoi.speech import _
from tusoi.views.pieces import FIRST_DAY, independence
from tusoi.views.world import World

_APART: Final = (Independence.OTHER_PERSONS, Independence.OTHER_POSTS, Independence.OTHER_BODY)
_UNWATCHED: Final = Label("Chưa rõ", Shape.DASH, Tone.QUIET)
"""Nobody has looked whether a result holds, or nothing is there yet that could hold."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One check as a reader wants it."""

    by: str
    """The post that checked, as a ref; empty where nobody is named."""
    body: str
    """The name of its organisation; empty where nobody is named."""
    when: str
    label: Label | None
    asked: str
    """What was looked at: `Kiểm tra đã xong chưa`."""
    method: str
    independence: str
    window: str
    """From when to when the result was watched."""
    ref: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether a result still holds: in one sentence, with the last look at it and the next."""

    label: Label
    sentence: str
    last: Checked | None = None
    next: str = ""
    """When somebody will look again; that nothing is written of it, where a result is there to be watched."""
    recurred: tuple[str, ...] = ()
    """Later findings that say the same again."""


def checked(world: World, check: Check) -> Checked:
    """Show a check."""
    record, entry = check.record, check.entry
    kind = world.kind("verification")
    what = labels.word(kind.schema, "entries", "check", check.check) if kind else check.check
    return Checked(
        by=str(record.get("by") or ""),
        body=body(world, record),
        when=telling.day(check.when),
        label=labels.CHECK_RESULT.get(check.result),
        asked=_("Kiểm tra {what}", what=what),
        method=str(record.get("method") or ""),
        independence=independence(world, record, entry.get("of")),
        window=telling.between(entry.get("observed_from"), entry.get("observed_to")),
        ref=record.id,
    )


def body(world: World, verification: Record) -> str:
    """Name the organisation whose post checked: a reader knows it, and not the post."""
    by = world.register.find(str(verification.get("by") or ""))
    if not isinstance(by, Record):
        return ""
    return world.titles.organisation(by) or world.titles.full(by.id)


def latest(checks: Iterable[Check]) -> Check | None:
    """Give the last of some checks; what has no date comes before what has one."""
    return max(checks, key=lambda each: (each.when.last if each.when else FIRST_DAY, each.record.id), default=None)


def decisive(facts: ActionFacts | FindingFacts) -> Check | None:
    """Choose the check that says most about how far something is on the day; None where nobody has checked."""
    if isinstance(facts, FindingFacts):
        return facts.confirmed or _of_finding(facts)
    confirmed = [each for each in facts.checks if each.result == "confirmed"]
    if facts.state is ActionState.EFFECTIVE:
        return latest(each for each in confirmed if each.check == "effectiveness") or latest(confirmed)
    if facts.state is ActionState.VERIFIED:
        return latest(each for each in confirmed if each.check != "effectiveness") or latest(confirmed)
    return latest(facts.checks)


def _of_finding(facts: FindingFacts) -> Check | None:
    """Choose for a finding that nobody has confirmed to be mended: what was found of itself, else what was confirmed of its actions, else the last of all."""
    own = latest(facts.checks)
    if own and own.result != "confirmed":
        return own
    every = checks_of(facts)
    confirmed = latest(each for each in every if each.result == "confirmed")
    return confirmed if confirmed and (facts.done or own) else latest(every)


def who_checked(world: World, check: Check) -> str:
    """Say in a sentence who checked, when, with what result, and whether independently of who did the work."""
    who, when = body(world, check.record), telling.on(check.when)
    if check.record.told:
        return _told(who, when)
    if check.result == "partly":
        return _("{who} kiểm tra {when}: mới xác nhận một phần.", who=who, when=when)
    if check.result != "confirmed":
        return _("{who} kiểm tra {when}: chưa xác nhận.", who=who, when=when)
    found = verifying.independence(check.record, check.entry.get("of"), world.judgement)
    if found in _APART:
        return _("{who} xác nhận {when}, độc lập với người làm.", who=who, when=when)
    if found is Independence.NONE:
        return _("{who} xác nhận {when}; nơi xác nhận không độc lập với người làm.", who=who, when=when)
    return _("{who} xác nhận {when}; chưa rõ có độc lập với người làm hay không.", who=who, when=when)


def _told(who: str, when: str) -> str:
    if not who:
        return _("Nguồn kể đã có kiểm tra, không nêu ai kiểm tra.")
    return _("Nguồn kể {who} đã kiểm tra {when}.", who=who, when=when) if when else _("Nguồn kể {who} đã kiểm tra, không nêu ngày.", who=who)


def nobody(*, told: bool) -> str:
    """Say, without a full stop, that nobody knows who checked: a source says nothing of it, or nothing of it is recorded."""
    return _("Nguồn không nêu ai xác nhận") if told else _("Chưa rõ ai xác nhận")


def holding(world: World, facts: ActionFacts | FindingFacts) -> Holding:
    """Say whether a result still holds: an action's, or that of a finding by all that was looked at."""
    recurred = facts.recurred if isinstance(facts, FindingFacts) else ()
    if recurred:
        return Holding(labels.RECURRING, _("Không giữ được: điều này đã được nêu lại lần nữa."), recurred=recurred)
    looks = [each for each in checks_of(facts) if each.check == "effectiveness"]
    last = latest(looks)
    if last is None:
        return _unwatched(facts)
    when = telling.on(last.when)
    said = {
        "confirmed": (labels.CHECK_RESULT["confirmed"], _("Còn giữ vững, theo lần kiểm tra {when}.", when=when)),
        "partly": (labels.CHECK_RESULT["partly"], _("Chỉ giữ được một phần, theo lần kiểm tra {when}.", when=when)),
    }
    label, sentence = said.get(last.result, (labels.CHECK_RESULT["rejected"], _("Không giữ được, theo lần kiểm tra {when}.", when=when)))
    if facts.told:
        return Holding(label, _("Nguồn kể đã có kiểm tra xem có giữ vững không."), checked(world, last))
    return Holding(label, sentence, checked(world, last), _unplanned())


def _unwatched(facts: ActionFacts | FindingFacts) -> Holding:
    if facts.told:
        return Holding(_UNWATCHED, _("Nguồn không nêu kết quả có giữ vững không."))
    if not any(each.result == "confirmed" for each in checks_of(facts)):
        return Holding(_UNWATCHED, _("Chưa có kết quả nào được xác nhận để xem có giữ vững không."))
    return Holding(_UNWATCHED, _("Chưa rõ: chưa có lần kiểm tra nào xem kết quả có giữ vững không."), next=_unplanned())


def _unplanned() -> str:
    return _("Hồ sơ không ghi ngày kiểm tra lần sau.")


def checks_of(facts: ActionFacts | FindingFacts) -> tuple[Check, ...]:
    """Give the checks of an action; of a finding its own and those of its actions."""
    return facts.checks if isinstance(facts, ActionFacts) else (*facts.checks, *(check for each in facts.actions for check in each.checks))
