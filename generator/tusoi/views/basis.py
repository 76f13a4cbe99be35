"""On what a check rests, for the board of checks: how whoever checked stands to those whose work it was, how they looked, and what there is to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tusoi import telling
from tusoi.facts import ActionFacts, Check, FindingFacts, Report
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.rules import verifying
from tusoi.rules.verifying import Independence
from tusoi.speech import N_, _
from tusoi.views import board
from tusoi.views.board import Cell
from tusoi.views.proofs import evidence
from tusoi.views.world import World

YES: Final = N_("Có")
NO: Final = N_("Không")
UNKNOWN: Final = N_("Chưa rõ")
"""What readers may choose of independence: the reasons stand in the rows."""
OWN: Final = N_("Lần kiểm tra có minh chứng")
REPORTED: Final = N_("Chỉ có minh chứng của người làm")
NOTHING: Final = N_("Chưa nêu minh chứng")
_APART: Final = Label("Có: khác đơn vị", Shape.FULL, Tone.GOOD)
_NEAR: Final[Mapping[str, Label]] = {
    "role": Label("Không: cùng chức danh", Shape.CROSS, Tone.WAITING),
    "person": Label("Không: cùng một người", Shape.CROSS, Tone.WAITING),
    "own": Label("Không: cùng đơn vị", Shape.CROSS, Tone.WAITING),
    "body": Label("Không: không phải cấp trên", Shape.CROSS, Tone.WAITING),
}
_NOT_KNOWN: Final = Label("Chưa rõ: hồ sơ chưa nêu đủ", Shape.DASH, Tone.QUIET)
_KINDS: Final[Mapping[str, str]] = {
    "document": N_("{number} văn bản"),
    "minutes": N_("{number} biên bản"),
    "photo": N_("{number} ảnh"),
    "count": N_("{number} con số"),
    "file": N_("{number} tệp"),
    "told": N_("{number} điều mô tả"),
    "other": N_("{number} minh chứng khác"),
}
"""Kinds of evidence, in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked at in a check."""

    thing: ActionFacts | FindingFacts
    check: Check

    @property
    def actions(self) -> tuple[ActionFacts, ...]:
        """The actions whose reports were looked at."""
        return (self.thing,) if isinstance(self.thing, ActionFacts) else tuple(self.thing.actions)


def apart(world: World, check: Check) -> Label:
    """Say whether whoever checked stands apart from those whose work it was, and why: as the rule about it judges."""
    of = check.entry.get("of")
    found = verifying.independence(check.record, of, world.judgement)
    near = verifying.nearness(check.record, of, world.judgement) if found is Independence.NONE else ""
    return _NEAR[near] if near else _NOT_KNOWN if found is Independence.NOT_KNOWN else _APART


def choice(label: Label) -> str:
    """Give what is chosen to see the rows of a label."""
    return _(NO) if label in _NEAR.values() else _(UNKNOWN) if label is _NOT_KNOWN else _(YES)


def is_shown(world: World, looked: Iterable[Looked]) -> bool:
    """Whether a check brings anything to show itself: evidence, or what was counted."""
    return any(_kinds(world, each.check.record, each.check.entry) for each in looked)


def rests_on(world: World, looked: Iterable[Looked]) -> Cell:
    """Say how it was checked, and what there is to show: of the check itself; where it has nothing, what whoever did the work had shown before."""
    lines = tuple(looked)
    record = lines[0].check.record
    method = str(record.data.get("method", ""))
    own = sum((_kinds(world, record, entry) for entry in {id(each.check.entry): each.check.entry for each in lines}.values()), Counter[str]())
    reports = () if own else tuple(_reported(world, lines))
    shown = (board.link(world, record.id, _("Kèm theo: {evidence}", evidence=_named(own))),) if own else reports or (board.remark(_(NOTHING)),)
    cell = board.several((board.words(method) if method else board.remark(_("Chưa nêu cách kiểm tra")), *shown))
    return replace(cell, choices=(_(OWN) if own else _(REPORTED) if reports else _(NOTHING),))


def _reported(world: World, looked: Iterable[Looked]) -> Iterator[Cell]:
    """Say what the reports had to show that claim, up to the day of the check, that the work is done: each report once."""
    found: dict[str, dict[int, Report]] = {}
    for each in looked:
        for report in (report for action in each.actions for report in action.reports if _is_claim_before(report, each.check)):
            found.setdefault(report.record.id, {})[id(report.entry)] = report
    for ref, reports in sorted(found.items()):
        kinds = sum((_kinds(world, each.record, each.entry) for each in reports.values()), Counter[str]())
        if kinds:
            when = telling.on(next(iter(reports.values())).when)
            yield board.link(world, ref, _("Chỉ người làm nêu, {when}: {evidence}", when=when, evidence=_named(kinds)))


def _is_claim_before(report: Report, check: Check) -> bool:
    return report.entry.get("state") == "completed" and bool(report.when and check.when and report.when.first <= check.when.last)


def _kinds(world: World, record: Record, entry: Mapping[str, Any]) -> Counter[str]:
    """Count what an entry has to show, by its kind. What may not be shown is not counted."""
    shown = [item for item in entry.get("evidence", ()) if evidence(world, record, {"evidence": (item,)})]
    found = Counter(_kind(item) for item in shown)
    if figures := len(entry.get("figures", ())):
        found["count"] += figures
    return found


def _kind(item: Mapping[str, Any]) -> str:
    return str(item["kind"]) if "kind" in item else "document" if "document" in item else "file" if "file" in item else "told"


def _named(kinds: Mapping[str, int]) -> str:
    """Name how many there are of which kind: `2 văn bản, 1 ảnh`."""
    return ", ".join(_(words, number=telling.number(kinds[kind]), count=kinds[kind]) for kind, words in _KINDS.items() if kinds.get(kind))
