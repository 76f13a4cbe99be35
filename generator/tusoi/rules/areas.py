"""Rules about areas in which things easily go wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi import inspected
from tusoi.dates import Span, is_past, span
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import scope


@rule("R44", stage="always", kinds=("cycle",), source="S1-16", severity=Severity.WARNING, looks_for=("inspection",))
def risk_areas(cycle: Record, world: World) -> Iterator[Problem]:
    """By the end of a year each area that the profile calls risky has had an inspection, planned or concluded, by or of the organisations of the cycle.

    vi: Đến hết năm, mỗi lĩnh vực dễ sai phạm theo bộ quy định đều có ít nhất một cuộc kiểm tra, giám sát (đã đưa vào chương trình hoặc đã kết luận) do các đơn vị trong kỳ tiến hành hoặc được kiểm tra.
    """  # noqa: E501 -- the docstring is published as it is
    first, last = span(cycle.get("from")), span(cycle.get("to"))
    is_over = "closed" in cycle.data or is_past(cycle.get("to"), world.facts.day)
    if cycle.told or cycle.get("kind") != "annual" or "opened" not in cycle.data or not (first and last and is_over):
        return
    year = Span(first.first, last.last)
    seen = {area for each in _inspections(cycle, world) if _is_of(each, year) for area in inspected.areas(each)}
    open_areas = [each for each in world.profile.areas(year) if each.high_risk and each.id not in seen]
    if open_areas:
        params = {f"areas_{language}": "; ".join(each.words.get(language, each.id) for each in open_areas) for language in ("vi", "en")}
        yield wrong("R44", cycle, "scope", severity=Severity.WARNING, keys=", ".join(each.id for each in open_areas), **params)


def _is_of(inspection: Record, year: Span) -> bool:
    """Whether an inspection was planned or concluded in the year."""
    return not inspection.told and (inspected.is_concluded_in(inspection, year) or inspected.is_planned_for(inspection, year))


def _inspections(cycle: Record, world: World) -> Iterator[Record]:
    """Give the inspections by or of who organises the cycle, who is in its scope, and all that ever stood below them: bodies come and go within a year."""
    waiting = [cycle.organisation, *(each.id for _, each in scope(cycle, world))]
    reached: set[str] = set()
    while waiting:
        here = waiting.pop()
        if here in reached:
            continue
        reached.add(here)
        waiting += [each.id for each, link in world.register.sources_of(here, "organisation") if link.path[0] == "parents"]
        yield from world.held_by.get((here, "inspection"), ())
        yield from (each for each, link in world.register.sources_of(here, "inspection") if link.path[0] == "about")
