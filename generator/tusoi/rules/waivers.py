"""The rule about waivers."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi.dates import is_past
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import UNWAIVABLE, World, all_rules, is_within, judged, rule, wrong
from tusoi.rules.cycle_records import id_of, record_of


@rule("R56", stage="approved", kinds=("waiver",), source="S4-22")
def waiver_in_use(waiver: Record, world: World) -> Iterator[Problem]:
    """A waiver is of a rule that may be waived, is approved by somebody else than whom it is for, has not run out, and there is still something that it waives.

    vi: Hồ sơ tạm chưa áp dụng chỉ dùng cho quy tắc được phép, do nơi khác (không phải chính đơn vị) duyệt, còn trong thời hạn, và vẫn còn việc cần đến nó.
    """
    code = str(waiver.get("rule"))
    about = record_of(world.register.find(str(waiver.get("of"))))
    approver = id_of(world.register, waiver.get("approved", "by")).split("/", 1)[0]
    if code in UNWAIVABLE:
        yield wrong("R56", waiver, "rule", variant="unwaivable", asked=code)
    elif code not in {each.code for each in all_rules()}:
        yield wrong("R56", waiver, "rule", variant="unknown", asked=code)
    elif about and approver == about.organisation:
        yield wrong("R56", waiver, "approved", "by", variant="own")
    elif is_past(waiver.get("until"), world.facts.day):
        yield wrong("R56", waiver, "until", variant="expired", severity=Severity.WARNING, until=waiver.get("until"))
    elif about and not any(is_within(each, about, id_of(world.register, waiver.get("of"))) for which, each in judged(about, world) if which.code == code):
        yield wrong("R56", waiver, "of", variant="unused", severity=Severity.WARNING, asked=code)
