"""Progress over time, drawn: how far the shortcomings of a cycle, or of an organisation, were at the end of each quarter.

Each bar is what the records would have shown on that day: they are judged anew as they were then (`asof`), with the same rules. So nothing is guessed. Where
what was said of a shortcoming bears no date, nobody knows how far it was on an earlier day, and its piece says so; a month or a year counts from its first day,
and the picture says how often that was so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from tusoi import asof, progress, telling
from tusoi.dates import Span
from tusoi.drawing import month_ends
from tusoi.facts import FindingFacts, FindingState
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views import drawn_bars
from tusoi.views.drawn_bars import FINDINGS, BarGroup, BarRow, Bars, Counted, Fill
from tusoi.views.world import World, view

_STEPS: Final = (3, 6, 12, 24, 60, 120)
"""Months between two bars."""
_MOST: Final = 8
"""More bars than these nobody reads: then they are farther apart."""
_UNKNOWN: Final = (Fill.LIGHT, N_("không ghi ngày nên không rõ lúc ấy"))


@view
def drawn_progress(world: World, it: Record) -> Bars | None:
    """Draw the shortcomings of a cycle or of an organisation over time. None where none was concluded, or where a source tells it.

    Of a cycle that was closed it ends with the last day on which anything was said of its shortcomings: so its page does not change while nothing is said.
    An organisation that has ended answers for nothing any more, and nothing is drawn of it.
    """
    found = _scope(world, it)
    is_over = "closed" in it.data
    days = _days(found, _last(world, found) if is_over else world.facts.day)
    if not days:
        return None
    name = "hinh-tien-do-" + it.id.replace("/", "-")
    counted = [_counted(world, found, day) for day in days]
    most = max(sum(each.count for each in counts) for counts in counted)
    named = [telling.sentence_case(telling.on(day)) for day in days]
    if not is_over:
        named[-1] = _("Tính đến ngày {day}", day=telling.day(days[-1]))
    rows = tuple(_bar(f"{name}-{number}", *each, most) for number, each in enumerate(zip(named, counted, strict=True), 1))
    explained = _("Mỗi thanh là các hạn chế đã kết luận đến ngày ấy, theo tình trạng của ngày ấy, tính lại từ ngày ghi trong hồ sơ.")
    return Bars(
        id=name,
        title=_("Tiến độ theo thời gian"),
        said=tuple(each for each in (explained, _vague(found)) if each),
        groups=(BarGroup("", rows),),
        heads=(_("Đến hết"), _("Tổng số"), *(_(words) for _fill, words in (*FINDINGS.values(), _UNKNOWN))),
        table=tuple((day, *drawn_bars.cells(counts)) for day, counts in zip(named, counted, strict=True)),
        key=drawn_bars.key(rows),
    )


def _scope(world: World, it: Record) -> list[FindingFacts]:
    """Give the shortcomings that are drawn: those of the cycle's own reviews and inspections, or those for which the organisation answers."""
    counted = world.facts.counted_findings()
    if it.kind == "cycle":
        return [] if it.told else [each for each in counted if world.register.find(str(each.part.record.get("cycle"))) is it]
    facts = world.facts.organisations.get(it.id)
    return [each for each in counted if each.organisation == it.id] if facts and facts.in_force else []


def _last(world: World, found: Iterable[FindingFacts]) -> date:
    """Give the last day on which anything was said of some shortcomings."""
    said = [when.last for each in found for when in (each.concluded, *_said(each)) if when]
    return min(max(said, default=world.facts.day), world.facts.day)


def _days(found: Sequence[FindingFacts], last: date) -> tuple[date, ...]:
    """Choose the days: ends of quarters, or of longer times, from the first conclusion on; the last is the day itself, and alone where that is ages ago."""
    begun = [each.concluded.first for each in found if each.concluded and each.concluded.first <= last]
    if not begun:
        return ()
    return next((days for step in _STEPS if len(days := month_ends(min(begun), last, step)) <= _MOST), (last,))


def _counted(world: World, found: Iterable[FindingFacts], day: date) -> list[Counted]:
    """Count the shortcomings by their state at the end of a day."""
    states = world.once(f"findings on {day}", lambda here: _states(here, day))
    there = [each for each in found if each.part.ref in states]
    unknown = [each for each in there if day < world.facts.day and _is_undated(each)]
    tally = Counter(states[each.part.ref] for each in there if each not in unknown)
    counts = [Counted(fill, tally[state], _(words)) for state, (fill, words) in FINDINGS.items()]
    return [*counts, Counted(_UNKNOWN[0], len(unknown), _(_UNKNOWN[1]))]


def _states(world: World, day: date) -> Mapping[str, FindingState]:
    """Judge all shortcomings as they were on a day."""
    facts = world.facts if day == world.facts.day else progress.measure(asof.at(world.register, day), day)
    return {each.part.ref: each.state for each in facts.counted_findings()}


def _bar(name: str, title: str, counts: list[Counted], most: int) -> BarRow:
    whole, done = sum(each.count for each in counts), next(each.count for each in counts if each.fill is Fill.GOOD)
    said = _("{share} đã khắc phục, được xác nhận", share=drawn_bars.share(done, whole)) if whole else _("chưa có hạn chế nào được kết luận")
    return drawn_bars.row(name, counts, most, said=said, title=title)


def _vague(found: Iterable[FindingFacts]) -> str:
    """Say how often a date that counts is known to the month or the year only; empty where that never is."""
    count = sum(when is not None and not when.exact for each in found for when in (each.concluded, *_said(each)))
    return _("{number} ngày chỉ ghi tháng hoặc năm: tính từ ngày đầu.", number=telling.number(count), count=count) if count else ""


def _is_undated(finding: FindingFacts) -> bool:
    """Whether something that was said of it bears no date, so that nobody knows from when it holds."""
    return any(when is None for when in _said(finding))


def _said(finding: FindingFacts) -> Iterator[Span | None]:
    """Give the days on which something was said of a shortcoming or of its actions."""
    yield from (each.when for each in finding.checks)
    yield from (each.when for each in finding.carried)
    for action in finding.actions:
        yield from (each.when for each in action.reports)
        yield from (each.when for each in action.checks)
