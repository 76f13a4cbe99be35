"""The rule about waivers."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi.dates import is_before, is_past, span
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import UNWAIVABLE, World, all_rules, is_within, judged, rule, wrong
from tusoi.rules.cycle_records import id_of, record_of


@rule("R56", stage="approved", kinds=("waiver",), source="S1-01")
def waiver_in_use(waiver: Record, world: World) -> Iterator[Problem]:
    """A waiver is of a rule that may be waived, is approved by somebody who is neither whom it is for nor below, has not run out, and there is still something that it waives.

    vi: Hồ sơ tạm chưa áp dụng chỉ dùng cho quy tắc được phép, do nơi khác (không phải chính đơn vị hay cấp dưới của đơn vị) duyệt, còn trong thời hạn, và vẫn còn việc cần đến nó.
    """  # noqa: E501 -- the docstring is published as it is
    code = str(waiver.get("rule"))
    about = record_of(world.register.find(str(waiver.get("of"))))
    approver = id_of(world.register, waiver.get("approved", "by")).split("/", 1)[0]
    if waiver.told:
        return
    if code in UNWAIVABLE:
        yield wrong("R56", waiver, "rule", variant="unwaivable", asked=code)
    elif code not in {each.code for each in all_rules()}:
        yield wrong("R56", waiver, "rule", variant="unknown", asked=code)
    elif about and _is_own(approver, about, waiver, world):
        yield wrong("R56", waiver, "approved", "by", variant="own")
    elif (end := span(waiver.get("until"))) and (start := span(waiver.get("approved", "date"))) and is_before(end, start):
        yield wrong("R56", waiver, "until", variant="late", until=waiver.get("until"), approved=waiver.get("approved", "date"))
    elif is_past(waiver.get("until"), world.facts.day):
        yield wrong("R56", waiver, "until", variant="expired", severity=Severity.WARNING, until=waiver.get("until"))
    elif about and _is_judged(code, world) and not _is_of_use(code, about, id_of(world.register, waiver.get("of")), world):
        yield wrong("R56", waiver, "of", variant="unused", severity=Severity.WARNING, asked=code)


def _is_own(approver: str, about: Record, waiver: Record, world: World) -> bool:
    """Whether a waiver was approved by the organisation that it is for, by who took that over, or by a body below."""
    approved = span(waiver.get("approved", "date"))
    day = approved.last if approved else world.facts.day
    own, by = world.family.home(about.organisation, day), world.family.home(approver, day)
    return by == own or own in world.family.ancestors(by, day)


def _is_judged(code: str, world: World) -> bool:
    """Whether the rule has anything to say now: while a file for which it looks cannot be read, nobody knows."""
    return not any(world.unread_kinds.intersection(each.looks_for) for each in all_rules() if each.code == code)


def _is_of_use(code: str, about: Record, ref: str, world: World) -> bool:
    return any(is_within(each, about, ref) for which, each in judged(about, world) if which.code == code)
