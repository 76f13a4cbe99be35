"""The rule about what nobody would ask about any more: open findings whose organisation has ended, or whose record was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tusoi.dates import is_past
from tusoi.evidence import is_individual
from tusoi.facts import FindingFacts, FindingState
from tusoi.problem import Problem
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import id_of, name_of

CODE: Final = "R69"
_SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
_FINDING: Final = ("review", "inspection")


@rule(CODE, stage="always", kinds=("organisation", *_FINDING), source="S1-30 S2-18", looks_for=("organisation", "review", "inspection", "plan"))
def nothing_lost(record: Record, world: World) -> Iterator[Problem]:
    """No open finding is lost. Where an organisation has ended, or its record was withdrawn, another has taken over what it left open. And what a withdrawn review or inspection had found is found again, by the same id, in the one that replaces it, or was confirmed as resolved, or a plan says why it needs no action.

    vi: Không hạn chế nào đang mở bị bỏ rơi. Đơn vị đã thôi hoạt động, hoặc hồ sơ đơn vị đã rút, thì phải có đơn vị khác nhận những hạn chế còn mở. Hạn chế trong báo cáo kiểm điểm, kết luận kiểm tra đã rút phải có lại, cùng mã, trong hồ sơ thay thế; hoặc đã được xác nhận khắc phục xong; hoặc kế hoạch nêu lý do không phải lập biện pháp.
    """  # noqa: E501 -- the docstring is published as it is
    if not record.told:
        yield from _of_organisation(record, world) if record.kind == "organisation" else _of_nobody(record, world)


def _of_organisation(organisation: Record, world: World) -> Iterator[Problem]:
    """Find what an organisation left open when it ended, and what it withdrew."""
    if is_past(organisation.get("to"), world.facts.day):
        waiting = [each for each in world.by_cycle.findings.get(organisation.id, ()) if each.state not in _SETTLED]
        if waiting:
            ref = waiting[0].part.ref
            yield wrong(CODE, organisation, "to", variant="ended", name=name_of(organisation), id=organisation.id, count=len(waiting), ref=ref)
    for each in world.withdrawn.get(organisation.id, ()):
        if each.kind in _FINDING and "concluded" in each.data and not each.told and not is_individual(each):
            yield from _dropped(each, world)


def _of_nobody(record: Record, world: World) -> Iterator[Problem]:
    """Find the open findings of a review or an inspection whose organisation has no record any more, because it was withdrawn."""
    for part in record.parts_of("finding"):
        finding = world.facts.findings[part.ref]
        body = world.register.records.get(finding.organisation)
        if finding.counts and finding.state not in _SETTLED and body is not None and body.withdrawn:
            found = wrong(CODE, part, variant="body", name=name_of(body), id=body.id)
            yield replace(found, also=body.place("withdrawn"))
            return


def _dropped(record: Record, world: World) -> Iterator[Problem]:
    """Say once of a record that was withdrawn which of its findings are nowhere any more, at the first of them."""
    left = [each for part in record.parts_of("finding") if _is_nowhere(each := world.facts.findings[part.ref], world)]
    if left:
        statement = str(left[0].part.data.get("statement", ""))
        found = wrong(CODE, left[0].part, variant="withdrawn", count=len(left), finding=statement, id=left[0].part.id, ref=left[0].part.ref)
        yield replace(found, also=record.place("withdrawn"))


def _is_nowhere(finding: FindingFacts, world: World) -> bool:
    """Whether a finding that was withdrawn is open, and stands in nothing that took the place of its record."""
    others = _instead_of(finding.part.record, world)
    return finding.state not in _SETTLED and not any(part.id == finding.part.id for other in others for part in other.parts_of("finding"))


def _instead_of(record: Record, world: World) -> Iterator[Record]:
    """Give what may have taken the place of a record: what the same body concluded in the same cycle, or of the same inspection, however it is named."""
    for other in world.held_by.get((record.organisation, record.kind), ()):
        is_same = all(_same(other.get(key), record.get(key), world) for key in ("cycle", "about", "channel", "topics"))
        if is_same and "concluded" in other.data and not other.told and not is_individual(other):
            yield other


def _same(one: object, other: object, world: World) -> bool:
    """Whether two values are the same, where links count by what they name."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sorted(id_of(world.register, each) for each in one) == sorted(id_of(world.register, each) for each in other)
    return id_of(world.register, one) == id_of(world.register, other)
