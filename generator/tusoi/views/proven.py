"""What proves that something was done, line by line: what kind of proof, of which day, where it is kept, and who has looked since, independently or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tusoi import labels, telling
from tusoi.facts import ActionFacts, Check
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.checked import body, who_checked
from tusoi.views.pieces import FIRST_DAY
from tusoi.views.proofs import Proof, evidence
from tusoi.views.world import World


@dataclass(frozen=True, slots=True)
class Proven:
    """One proof."""

    kind: str
    proof: Proof
    when: str
    kept: str
    """Where it can be looked up, as far as the records say. What is restricted is never here."""
    source: str
    """The report or the check that names it."""
    said_by: str
    """`Báo cáo ngày 28/5/2025`."""
    checked: str
    """A sentence: who has confirmed since what it is to prove, and whether independently; or that nobody knows."""


def proofs_of(world: World, actions: Sequence[ActionFacts], checks: Iterable[Check] = ()) -> tuple[Proven, ...]:
    """Gather what proves some actions, and what `checks` of a finding itself bring: the oldest first, each once."""
    found = [line for facts in actions for line in _of_action(world, facts)]
    found += [line for check in checks for line in _of_check(world, check)]
    dated = sorted(found, key=lambda pair: pair[0])
    return tuple({(line.source, line.proof): line for _when, line in dated}.values())


def _of_action(world: World, facts: ActionFacts) -> Iterator[tuple[date, Proven]]:
    for report in facts.reports:
        after = [each for each in facts.checks if each.result == "confirmed" and _day(each.when) >= _day(report.when)]
        checked = who_checked(world, min(after, key=lambda each: _day(each.when))) if after else ""
        name = _("Báo cáo {when}", when=telling.on(report.when)) if report.when else _("Báo cáo")
        yield from _lines(world, report.record, report.entry, name, checked, _day(report.when))
    for check in facts.checks:
        yield from _of_check(world, check)


def _of_check(world: World, check: Check) -> Iterator[tuple[date, Proven]]:
    """Give what whoever checked brings: theirs is what was found, so nobody else has to confirm it."""
    name = _("Kiểm tra {when}", when=telling.on(check.when)) if check.when else _("Kiểm tra")
    who = body(world, check.record)
    checked = _("Do nơi kiểm tra đưa ra: {who}.", who=who) if who else _("Do nơi kiểm tra đưa ra.")
    yield from _lines(world, check.record, check.entry, name, checked, _day(check.when))


def _lines(world: World, record: Record, entry: Mapping[str, Any], name: str, checked: str, when: date) -> Iterator[tuple[date, Proven]]:  # noqa: PLR0913, PLR0917
    nobody = _("Nguồn không nêu ai xác nhận.") if record.told else _("Chưa rõ ai xác nhận.")
    for item in entry.get("evidence", ()):
        for proof in evidence(world, record, {"evidence": (item,)}):
            stated = item.get("date") or item.get("document", {}).get("date")
            line = Proven(
                kind=_kind(world, record, item),
                proof=proof,
                when=telling.sentence_case(telling.day(stated)),
                kept=_kept(record, item, proof),
                source=record.id,
                said_by=_("Nguồn kể") if record.told else name,
                checked=checked or nobody,
            )
            yield when, line


def _kind(world: World, record: Record, item: Mapping[str, Any]) -> str:
    """Say what kind of proof it is: as it is stated, else by what there is of it."""
    kind = world.kind(record.kind)
    if kind and "kind" in item:
        return telling.sentence_case(labels.word(kind.schema, "entries", "evidence", "kind", str(item["kind"])))
    return _("Văn bản") if "document" in item else _("Tệp") if "file" in item else _("Mô tả")


def _kept(record: Record, item: Mapping[str, Any], proof: Proof) -> str:
    if proof.picture:
        return _("Ảnh có ở trang này")
    if proof.ref:
        return _("Có hồ sơ văn bản ở đây")
    if "file" in item:
        return _("Tệp lưu cùng hồ sơ gốc, không đăng ở trang này")
    return _(labels.NOT_STATED) if record.told else _("Không đính kèm ở đây")


def _day(when: object) -> date:
    return getattr(when, "last", FIRST_DAY)
