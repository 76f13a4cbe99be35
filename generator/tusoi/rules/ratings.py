"""Rules about ratings: nobody is rated before the shortcomings of the cycle before are accounted for, and a rating says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from tusoi import carry_over
from tusoi.cycle_reviews import is_held, is_kept_by_itself
from tusoi.dates import is_before, span
from tusoi.facts import CarryColumn, CarryLine
from tusoi.posts import organisation_of, persons, post
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.carrying import owed, reviews_of, settled_home, tally_row
from tusoi.rules.cycle_records import cycle_of, id_of, name_of

REMEDIATION: Final = "remediation"
"""The criterion by which a rating answers for what was remedied."""


@rule("R14", stage="decided", kinds=("classification",), source="S1-30 S4-17 S1-31 S1-35 S0-23", looks_for=("review", "verification"))
def rating_gate(classification: Record, world: World) -> Iterator[Problem]:
    """No organisation is rated before its review is concluded and every earlier finding has an answer there; who was exempt from the review is not rated either while an earlier finding is open. A decision names each organisation, not only how many there were, and says who made the tally. That should not be somebody who is rated by it. It should say on what each rating rests, and remedying is one of its criteria.

    vi: Chỉ quyết định xếp loại khi đơn vị đã kết luận kiểm điểm và đã trả lời hết các hạn chế kỳ trước; đơn vị được miễn kiểm điểm mà còn hạn chế kỳ trước thì cũng chưa xếp loại. Quyết định phải ghi từng đơn vị, không chỉ ghi con số tổng hợp, và ghi ai lập bảng tổng hợp khắc phục. Người tổng hợp không nên là người, hay thuộc đơn vị, được xếp loại trong quyết định ấy. Mỗi dòng xếp loại nên ghi căn cứ, và kết quả khắc phục phải là một tiêu chí.
    """  # noqa: E501 -- the docstring is published as it is
    if "tally_by" not in classification.data["decided"]:
        yield wrong("R14", classification, "decided", "tally_by", variant="tally_by")
    cycle = cycle_of(classification, world.register)
    if classification.told or cycle is None:
        return
    if not classification.parts_of("rating"):
        yield wrong("R14", classification, "ratings", variant="rows")
    yield from _tallied(classification, world)
    rated = [(each, organisation) for each in classification.parts_of("rating") if (organisation := _organisation(each, world))]
    for rating, organisation in rated:
        yield from _gate(rating, organisation, cycle, world)
    yield from _said(rated, "basis", lambda each: bool(each.data.get("basis")))
    scheme = world.profile.scheme(str(classification.get("scheme")))
    if scheme and any(each.id == REMEDIATION for each in scheme.criteria):
        yield from _said(rated, "criteria", lambda each: any(criterion.get("id") == REMEDIATION for criterion in each.data.get("criteria", ())))


def _tallied(classification: Record, world: World) -> Iterator[Problem]:
    """Say once that whoever counted what was mended is rated by the decision: as the post itself, as the same person, or as the body."""
    ref, when = classification.get("decided", "tally_by"), span(classification.get("decided", "date"))
    counting, body = post(world.register, ref), organisation_of(world.register, ref)
    for rating in classification.parts_of("rating") if body else ():
        rated = world.register.find(str(rating.data.get("of")))
        if not isinstance(rated, Record):
            continue
        is_own_body = rated.kind == "organisation" and when is not None and world.family.home(body, when.first) == world.family.home(rated.id, when.first)
        is_own_post = rated.kind == "role" and counting is not None and (rated.id == counting.id or bool(persons(rated, when) & persons(counting, when)))
        if is_own_body or is_own_post:
            yield wrong("R14", classification, "decided", "tally_by", variant="tally_own", severity=Severity.WARNING, name=name_of(rated))
            return


def _organisation(rating: Part, world: World) -> Record | None:
    """Give the organisation that is rated; None where a post is."""
    found = world.register.find(str(rating.data.get("of")))
    return found if isinstance(found, Record) and found.kind == "organisation" else None


def _gate(rating: Part, organisation: Record, cycle: Record, world: World) -> Iterator[Problem]:
    """Say the first thing that keeps an organisation from being rated."""
    name = name_of(organisation)
    reviews = reviews_of(cycle, organisation.id, world)
    is_exempt = organisation.id in {id_of(world.register, each.get("of")) for each in cycle.get("exemptions") or ()}
    if is_exempt and not reviews:
        if count := _left(organisation, cycle, world):
            yield wrong("R14", rating, "of", variant="exempt", name=name, count=count)
        return
    own = {organisation.id, settled_home(organisation.id, cycle, world)}
    if not any("concluded" in each.data or (is_held(each) and each.organisation in own) for each in reviews):
        kept = [each for name in own for each in world.held_by.get((name, "review"), ()) if cycle_of(each, world.register) is cycle]
        is_kept = any(is_kept_by_itself(each, world.register) for each in kept)
        yield wrong("R14", rating, "of", variant="kept" if is_kept else "review", name=name, ref=cycle.id)
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


def _left(organisation: Record, cycle: Record, world: World) -> int:
    """Count the earlier findings of an organisation that is exempt, and so answers for none of them, that nobody has confirmed as resolved."""
    cycles = carry_over.asking(world.register)
    this = cycles.get(cycle.id)
    before = carry_over.previous(this, cycles, world.register, world.family) if this else None
    if this is None or before is None:
        return 0
    home = settled_home(organisation.id, cycle, world)
    earlier = (each for each in world.facts.findings.values() if settled_home(each.about, cycle, world) == home)
    return sum(each.confirmed is None and carry_over.is_asked(each, this, before, cycles, world.register) for each in earlier)


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


@rule("R15", stage="decided", kinds=("classification",), source="S1-30 S1-35 S4-17", severity=Severity.WARNING, looks_for=("review", "verification"))
def rating_beside_tally(classification: Record, world: World) -> Iterator[Problem]:
    """The highest level is for those whose earlier findings were all resolved, and confirmed by somebody else, when it was decided; an answer that is held elsewhere shows nothing of the sort. The profile says how much that weighs.

    vi: Mức cao nhất dành cho đơn vị mà đến ngày quyết định, mọi hạn chế kỳ trước đã khắc phục và được xác nhận; câu trả lời lưu ở nơi khác chưa phải là xác nhận. Bộ quy định của dự án cho biết điều này là bắt buộc hay là khuyến nghị.
    """  # noqa: E501 -- the docstring is published as it is
    cycle = cycle_of(classification, world.register)
    scheme = world.profile.scheme(str(classification.get("scheme")))
    if classification.told or cycle is None or scheme is None or scheme.top is None:
        return
    decided = span(classification.get("decided", "date"))
    severity = world.profile.severity("R15", when=decided) or Severity.WARNING
    for rating in classification.parts_of("rating"):
        organisation = _organisation(rating, world)
        row = tally_row(cycle, organisation.id, world) if organisation else None
        is_open = sum(_is_open(each, decided.last if decided else world.facts.day) for each in row.lines) if row else 0
        if organisation and row and is_open and rating.data.get("level") == scheme.top.id:
            yield wrong("R15", rating, "level", severity=severity, name=name_of(organisation), count=is_open, total=row.total)


def _is_open(line: CarryLine, day: date) -> bool:
    """Whether an earlier finding was not confirmed as resolved by a day. What has no answer keeps the rating from being decided at all."""
    column = carry_over.column_by(line, day)
    is_confirmed = column is CarryColumn.RESOLVED or (column is CarryColumn.HELD and carry_over.was_confirmed_by(line, day))
    return not is_confirmed and column is not CarryColumn.UNANSWERED
