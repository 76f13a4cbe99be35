"""Rules about what one cycle hands to the next: open findings are answered, what comes back is linked, and a review that finds nothing is looked at twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from tusoi import carry_over, cycle_reviews, finding_progress, key_names, posts
from tusoi.dates import span
from tusoi.evidence import first_day, is_individual
from tusoi.facts import CarriedOver, CarryColumn, CarryRow, Check, FindingFacts
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, id_of, name_of

NO_AREA: Final = "other"
"""Two findings of no area of their own have nothing in common."""
_LONGEST: Final = 80


@rule("R13", stage="concluded opened", kinds=("review", "cycle"), source="S1-30 S1-34 S0-12")
def carry_over_complete(record: Record, world: World) -> Iterator[Problem]:
    """A concluded review answers, once, for every finding of any source that was open when the cycle before ended, those of the organisations that it took over, too; what is not resolved names its obstacle. A cycle that names the one before it names the last of its kind that was opened and ended before it. An answer that was checked stays as it was checked, and no check is the copy of another.

    vi: Báo cáo kiểm điểm đã kết luận phải trả lời, mỗi hạn chế một lần, về mọi hạn chế còn mở khi kỳ trước kết thúc, từ bất kỳ nguồn nào, kể cả của đơn vị đã nhập vào; hạn chế chưa xong phải nêu vướng mắc. Kỳ kiểm điểm có ghi kỳ trước thì đó phải là kỳ gần nhất cùng loại đã mở và kết thúc trước nó. Câu trả lời đã được kiểm tra thì giữ nguyên như lúc kiểm tra, và nội dung kiểm tra không chép của việc khác.
    """  # noqa: E501 -- the docstring is published as it is
    yield from _follows(record, world) if record.kind == "cycle" else _accounts(record, world)


def _follows(cycle: Record, world: World) -> Iterator[Problem]:
    """Judge the cycle that a cycle names as the one before. One that a source tells, or that is held elsewhere, asks nothing; then the last other counts."""
    cycles = carry_over.asking(world.register)
    this, named = cycles.get(cycle.id), world.register.find(str(cycle.get("previous")))
    if this is None or not isinstance(named, Record) or named.told or "held_elsewhere" in named.data:
        return
    before = cycles.get(named.id)
    if before is None or not carry_over.is_before(before, this):
        yield wrong("R13", cycle, "previous", variant="previous", name=name_of(named))
        return
    alike = [each for each in cycles.values() if each.record.get("kind") == cycle.get("kind")]
    last = carry_over.last_before(this, alike, world.family)
    if last and last.end > before.end:
        yield wrong("R13", cycle, "previous", variant="skipped", name=name_of(named), other=name_of(last.record), id=last.id)


def _accounts(review: Record, world: World) -> Iterator[Problem]:
    """Judge what a review answers for, and what was found about its answers."""
    answered: dict[str, int] = {}
    for number, entry in enumerate(review.get("carry_over") or ()):
        if entry.get("answer") in ("in_progress", "unresolved") and "obstacle" not in entry:
            yield wrong("R13", review, "carry_over", number, "obstacle", variant="obstacle", number=number + 1)
        ref = id_of(world.register, entry.get("finding"))
        if ref in answered:
            yield wrong("R13", review, "carry_over", number, "finding", variant="twice", number=number + 1, first=answered[ref])
        answered.setdefault(ref, number + 1)
    if review.told or is_individual(review):
        return
    for number, entry in enumerate(review.get("carry_over") or ()):
        yield from _checked(review, number, entry, world)
    for finding in owed(review, world):
        yield wrong("R13", review, "carry_over", variant="unanswered", finding=_short(finding.part), ref=finding.part.ref)


def owed(review: Record, world: World) -> list[FindingFacts]:
    """Give the findings that a review leaves without an answer: the last that its organisation concluded in the cycle, where no successor's stands for it."""
    row = row_of(review, world)
    cycle = cycle_of(review, world.register)
    if row is None or cycle is None or not speaks_last(review, world):
        return []
    end = span(cycle.get("to"))
    otherwise = end.last if end else world.facts.day
    unanswered = [each.finding for each in row.lines if each.column is CarryColumn.UNANSWERED]
    return [each for each in unanswered if carry_over.speaks_for(review, each, world.family, otherwise)]


def row_of(review: Record, world: World) -> CarryRow | None:
    """Give the row of the tally to which a review belongs."""
    cycle = cycle_of(review, world.register)
    return tally_row(cycle, review.organisation, world) if cycle else None


def tally_row(cycle: Record, organisation: str, world: World) -> CarryRow | None:
    """Give an organisation's row in the tally of a cycle: its own, or that of the one that took it over; None where the cycle asks it nothing."""
    return world.by_cycle.rows.get((cycle.id, settled_home(organisation, cycle, world)))


def settled_home(organisation: str, cycle: Record, world: World) -> str:
    """Give the organisation that answered for this one when the cycle ended, or answers on the day while it goes on."""
    return world.family.home(organisation, cycle_reviews.settled(cycle, world.facts.day))


def reviews_of(cycle: Record, organisation: str, world: World) -> tuple[Record, ...]:
    """Give the reviews that speak in a cycle for an organisation and for those with which it is one when the cycle ends."""
    return world.by_cycle.reviews.get((cycle.id, settled_home(organisation, cycle, world)), ())


def speaks_last(review: Record, world: World) -> bool:
    """Whether it is the last review that its organisation concluded in the cycle, and no successor has concluded one for it: what is not in it is nowhere."""
    cycle = cycle_of(review, world.register)
    if cycle is None:
        return False
    home = settled_home(review.organisation, cycle, world)
    concluded = [each for each in reviews_of(cycle, review.organisation, world) if "concluded" in each.data]
    followed = home != review.organisation and any(each.organisation == home for each in concluded)
    return not followed and [each.id for each in concluded if each.organisation == review.organisation][-1:] == [review.id]


def _checked(review: Record, number: int, entry: Any, world: World) -> Iterator[Problem]:
    """Compare an answer with what its checks say that they looked at, and its checks with those of other things."""
    finding = world.facts.findings.get(id_of(world.register, entry.get("finding")))
    answer = next((each for each in finding.carried if each.entry is entry), None) if finding else None
    for check in finding.checks if finding and answer else ():
        if check.record.told or finding is None or answer is None:
            continue
        place = next(count for count, each in enumerate(check.record.get("entries") or ()) if each is check.entry)
        if (other := _first(check, world)) and (check.check != "carry_over" or finding_progress.answered(check, finding.carried) is answer):
            copied = wrong("R13", check.record, "entries", place, variant="copied", severity=Severity.WARNING, number=place + 1, other=other.id)
            yield replace(copied, also=other.place())
        if check.check == "carry_over" and finding_progress.answered(check, finding.carried) is answer and not _looks_ahead(check, answer, review, world):
            yield from _compared(review, number, entry, check, place)


def _looks_ahead(check: Check, answer: CarriedOver, review: Record, world: World) -> bool:
    """Whether a check that saw another answer may have seen one that is still to come: it was made nearer to the end of the next cycle than to this answer."""
    cycles = carry_over.asking(world.register)
    own = cycle_of(review, world.register)
    when, given = first_day(check.when), first_day(answer.when)
    for cycle in cycles.values() if check.entry.get("answer", answer.entry.get("answer")) != answer.entry.get("answer") else ():
        before = carry_over.previous(cycle, cycles, world.register, world.family)
        if own and before and before.id == own.id and cycle.begin <= when and cycle.end - when < when - given:
            return True
    return False


def _first(check: Check, world: World) -> Record | None:
    """Give the earlier verification of something else that tells the same, word for word; None where there is none."""
    same = world.by_cycle.sightings.get(cycle_reviews.sighting(check.entry), ())
    first = same[0][0] if same else check.record
    return first if first.id != check.record.id and first.get("entries", same[0][1], "of") != check.entry.get("of") else None


def _compared(review: Record, number: int, entry: Any, check: Check, place: int) -> Iterator[Problem]:
    said = entry.get("answer")
    if "answer" not in check.entry:
        unsaid = wrong("R13", check.record, "entries", place, variant="unsaid", severity=Severity.WARNING, answer=said, number=place + 1)
        yield replace(unsaid, also=review.place("carry_over", number))
    elif check.entry["answer"] != said:
        changed = wrong("R13", review, "carry_over", number, "answer", variant="changed", answer=said, checked=check.entry["answer"], number=number + 1)
        yield replace(changed, also=check.record.place("entries", place))


@rule("R25", stage="concluded", kinds=("review",), source="S1-02 S0-09", severity=Severity.WARNING)
def recurrence(review: Record, world: World) -> Iterator[Problem]:
    """A finding in the area of one that was settled in the cycle before should say whether the old one has come back. What was still open is answered among the earlier findings instead.

    vi: Hạn chế cùng lĩnh vực với một hạn chế kỳ trước đã khắc phục thì nên ghi rõ có phải việc cũ tái diễn hay không. Hạn chế kỳ trước còn mở thì trả lời ở phần kết quả khắc phục kỳ trước.
    """  # noqa: E501 -- the docstring is published as it is
    if review.told or is_individual(review):
        return
    parts = review.parts_of("finding")
    said = {each.data.get("area") for each in parts if "recurrence_of" in each.data}
    earlier = _settled(review, world)
    for number, finding in enumerate(parts, start=1):
        area = str(finding.data.get("area", ""))
        if area in earlier and area not in said:
            said.add(area)
            old = earlier[area].part
            named = _area(world, area)
            yield wrong("R25", finding, "recurrence_of", severity=Severity.WARNING, number=number, finding=_short(old), ref=old.ref, **named)


def _settled(review: Record, world: World) -> dict[str, FindingFacts]:
    """Give, by area, the last finding of the cycle before that was confirmed as resolved by now, or that this review calls resolved."""
    cycles = carry_over.asking(world.register)
    cycle = cycle_of(review, world.register)
    this = cycles.get(cycle.id) if cycle else None
    before = carry_over.previous(this, cycles, world.register, world.family) if this else None
    concluded = span(review.get("concluded", "date"))
    if before is None or concluded is None:
        return {}
    called = {id_of(world.register, each.get("finding")) for each in review.get("carry_over") or () if each.get("answer") == "resolved"}
    found: dict[str, FindingFacts] = {}
    for finding in world.by_cycle.findings.get(world.family.home(review.organisation, world.facts.day), ()):
        area = str(finding.part.data.get("area", NO_AREA))
        is_settled = finding.part.ref in called or (finding.confirmed is not None and first_day(finding.confirmed.when) <= concluded.last)
        is_own = world.family.home(finding.about, concluded.first) == review.organisation
        if area != NO_AREA and is_own and is_settled and carry_over.is_of(finding, before, world.register):
            found[area] = finding
    return found


def _area(world: World, area: str) -> dict[str, str]:
    return {f"area_{language}": world.profile.word("areas", area, language) for language in key_names.LANGUAGES}


@rule("R28", stage="concluded", kinds=("review",), source="S1-20 S4-15 S4-23", severity=Severity.WARNING, needs=("R01",))
def zero_finding(review: Record, world: World) -> Iterator[Problem]:
    """A concluded review that finds no shortcoming at all, or none for which any post answers, deserves a second look; and so does a single finding for which only the collective answers, where for others posts do.

    vi: Báo cáo kiểm điểm đã kết luận mà không nêu hạn chế nào, hoặc không chức danh nào chịu trách nhiệm về hạn chế nào, thì nên xem lại: có nể nang, né tránh không. Hạn chế chỉ giao cho tập thể, trong khi hạn chế khác đã giao đến chức danh, cũng nên xem lại.
    """  # noqa: E501 -- the docstring is published as it is
    if review.told or is_individual(review):
        return
    findings = review.parts_of("finding")
    unshared = {number: each for number, each in enumerate(findings, start=1) if not posts.shares(each, world.register)}
    if not findings:
        yield wrong("R28", review, "findings", variant="none", severity=Severity.WARNING)
    elif len(unshared) == len(findings):
        yield wrong("R28", review, "findings", variant="posts", severity=Severity.WARNING, count=len(findings))
    else:
        for number, each in unshared.items():
            yield wrong("R28", each, "responsible", variant="finding", severity=Severity.WARNING, number=number)


def _short(part: Part) -> str:
    """Give the beginning of what a finding says."""
    statement = str(part.data.get("statement", ""))
    return statement if len(statement) <= _LONGEST else f"{statement[: _LONGEST - 3].rstrip()}…"
