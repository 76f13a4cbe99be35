"""Rules about what is there twice."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi.evidence import is_individual
from tusoi.problem import Problem
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, in_cycle, name_of


@rule("R62", stage="concluded", kinds=("review",), source="S1-30 S0-01")
def one_review(review: Record, world: World) -> Iterator[Problem]:
    """An organisation concludes one review of itself in a cycle: a second would count its findings twice. What was concluded wrongly is withdrawn first, or corrected.

    vi: Mỗi đơn vị chỉ có một báo cáo kiểm điểm tập thể đã kết luận trong một kỳ: có hai thì hạn chế bị tính hai lần. Bản trước sai thì rút hoặc đính chính, không lập bản thứ hai bên cạnh.
    """  # noqa: E501 -- the docstring is published as it is
    cycle = cycle_of(review, world.register)
    if review.told or is_individual(review) or cycle is None:
        return
    others = [each for each in in_cycle(cycle.id, world.register, "review") if _is_own(each, review)]
    first = min(others, key=_order, default=None)
    if first and _order(first) < _order(review):
        yield wrong("R62", review, "cycle", cycle=name_of(cycle), ref=first.id)


def _is_own(each: Record, review: Record) -> bool:
    """Whether it is another concluded review of the same organisation as a whole."""
    is_whole = "concluded" in each.data and "held_elsewhere" not in each.data and not is_individual(each)
    return each.id != review.id and each.organisation == review.organisation and is_whole


def _order(review: Record) -> tuple[str, str]:
    return str(review.get("concluded", "date") or ""), review.id
