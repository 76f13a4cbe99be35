"""Rules about ratings: nobody is rated before the shortcomings of the cycle before are accounted for, and a rating says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tusoi.cycle_reviews import is_held
from tusoi.dates import is_before, span
from tusoi.facts import CarryColumn, CarryRow
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.carrying import owed, reviews_of, tally_row
from tusoi.rules.cycle_records import cycle_of, id_of, name_of

REMEDIATION: Final = "remediation"
"""The criterion by which a rating answers for what was remedied."""
_OPEN: Final = (CarryColumn.CLAIMED, CarryColumn.IN_PROGRESS, CarryColumn.UNRESOLVED)


@rule("R14", stage="decided", kinds=("classification",), source="S1-30 S4-17 S1-31 S1-35 S0-23", looks_for=("review", "verification"))
def rating_gate(classification: Record, world: World) -> Iterator[Problem]:
    """No organisation is rated before its review is concluded and every earlier finding has an answer there, and a decision says who made the tally. It should say on what each rating rests, and remedying is one of its criteria.

    vi: Chỉ quyết định xếp loại khi đơn vị đã kết luận kiểm điểm và đã trả lời hết các hạn chế kỳ trước; quyết định phải ghi ai lập bảng tổng hợp khắc phục. Mỗi dòng xếp loại nên ghi căn cứ, và kết quả khắc phục phải là một tiêu chí.
    """  # noqa: E501 -- the docstring is published as it is
    if "tally_by" not in classification.data["decided"]:
        yield wrong("R14", classification, "decided", "tally_by", variant="tally_by")
    cycle = cycle_of(classification, world.register)
    if classification.told or cycle is None:
        return
    rated = [(each, organisation) for each in classification.parts_of("rating") if (organisation := _organisation(each, world))]
    for rating, organisation in rated:
        yield from _gate(rating, organisation, cycle, world)
    yield from _said(rated, "basis", lambda each: bool(each.data.get("basis")))
    scheme = world.profile.scheme(str(classification.get("scheme")))
    if scheme and any(each.id == REMEDIATION for each in scheme.criteria):
        yield from _said(rated, "criteria", lambda each: any(criterion.get("id") == REMEDIATION for criterion in each.data.get("criteria", ())))


def _organisation(rating: Part, world: World) -> Record | None:
    """Give the organisation that is rated; None where a post is."""
    found = world.register.find(str(rating.data.get("of")))
    return found if isinstance(found, Record) and found.kind == "organisation" else None


def _gate(rating: Part, organisation: Record, cycle: Record, world: World) -> Iterator[Problem]:
    """Say the first thing that keeps an organisation from being rated."""
    if organisation.id in {id_of(world.register, each.get("of")) for each in cycle.get("exemptions") or ()}:
        return
    reviews = reviews_of(cycle, organisation.id, world)
    name = name_of(organisation)
    if not any(is_held(each) or "concluded" in each.data for each in reviews):
        yield wrong("R14", rating, "of", variant="review", name=name, ref=cycle.id)
        return
    decided = span(rating.record.get("decided", "date"))
    days = [span(each.get("concluded", "date")) for each in reviews if "concluded" in each.data]
    if decided and days and all(day is not None and is_before(decided, day) for day in days) and not any(map(is_held, reviews)):
        yield wrong(
            "R14", rating, "of", variant="early", name=name, decided=rating.record.get("decided", "date"), concluded=reviews[-1].get("concluded", "date")
        )
        return
    if count := _unanswered(organisation, cycle, reviews, world):
        yield wrong("R14", rating, "of", variant="unanswered", name=name, count=count)


def _unanswered(organisation: Record, cycle: Record, reviews: tuple[Record, ...], world: World) -> int:
    """Count what has no answer, without that of which R13 speaks at the review that owes it."""
    row = tally_row(cycle, organisation.id, world)
    told = {each.part.ref for review in reviews if "concluded" in review.data for each in owed(review, world)}
    return sum(each.column is CarryColumn.UNANSWERED and each.finding.part.ref not in told for each in row.lines) if row else 0


def _said(rated: list[tuple[Part, Record]], key: str, is_said: Callable[[Part], bool]) -> Iterator[Problem]:
    """Say once how many rows leave something out, at the first of them."""
    silent = [(rating, organisation) for rating, organisation in rated if not is_said(rating)]
    if silent:
        rating, organisation = silent[0]
        yield wrong("R14", rating, key, variant=key, severity=Severity.WARNING, name=name_of(organisation), count=len(silent), total=len(rated))


@rule("R15", stage="decided", kinds=("classification",), source="S1-30 S1-35 S4-17", severity=Severity.WARNING, looks_for=("review",))
def rating_beside_tally(classification: Record, world: World) -> Iterator[Problem]:
    """The highest level is for those whose earlier findings are all resolved, and confirmed by somebody else; the profile says how much that weighs.

    vi: Mức cao nhất dành cho đơn vị mà mọi hạn chế kỳ trước đã khắc phục và được xác nhận; bộ quy định của dự án cho biết điều này là bắt buộc hay là khuyến nghị.
    """  # noqa: E501 -- the docstring is published as it is
    cycle = cycle_of(classification, world.register)
    scheme = world.profile.scheme(str(classification.get("scheme")))
    if classification.told or cycle is None or scheme is None or scheme.top is None:
        return
    severity = world.profile.severity("R15", when=span(classification.get("decided", "date"))) or Severity.WARNING
    for rating in classification.parts_of("rating"):
        organisation = _organisation(rating, world)
        row = tally_row(cycle, organisation.id, world) if organisation else None
        is_open = _open(row) if row else 0
        if organisation and row and is_open and rating.data.get("level") == scheme.top.id:
            yield wrong("R15", rating, "level", severity=severity, name=name_of(organisation), count=is_open, total=row.total)


def _open(row: CarryRow) -> int:
    """Count what was answered and is not confirmed as resolved. What has no answer keeps the rating from being decided at all."""
    return sum(row.number(each) for each in _OPEN)
