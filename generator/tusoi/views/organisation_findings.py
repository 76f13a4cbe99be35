"""What was found of an organisation: who found it, what was done, what came back, who confirmed; what is still open apart from what is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from tusoi import labels, telling
from tusoi.dates import span
from tusoi.evidence import first_day
from tusoi.facts import Check, FindingFacts, FindingState, Report
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.checked import checks_of, holding, latest, nobody, who_checked
from tusoi.views.findings import Raised, raised_by
from tusoi.views.in_short import DoneLine, done_lines
from tusoi.views.owned import findings_of
from tusoi.views.pieces import Event, FindingLine, finding_line, occasion, report_event
from tusoi.views.world import World

SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
_DEEDS: Final = 1
"""So many actions stand on a card, what is still to be done before what is done; the page of the finding has all."""
_LONGEST: Final = 140
_BRIEF: Final = 70


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding as a reader wants it: found by whom, what was done, what came back, who confirmed."""

    line: FindingLine
    raised: str
    """Who found it and when, without what its states say already."""
    taken_over: str
    """The organisation of which it was found, where another one answers for it on the page."""
    answers_now: str
    """The organisation that answers for it now, where that is not the one of the page."""
    deeds: tuple[DoneLine, ...]
    more: int
    """Actions that do not stand here."""
    remedy: str
    """What it says of the way to mend it, where no action does."""
    outcome: str
    came_back: Event | None
    """What was reported last."""
    reported_on: str
    """The action of which it was reported, in a few words, where that is not the one that stands on the card."""
    checked: str
    """Who confirmed, in a sentence; empty where nothing is said to be done that could be confirmed."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found of an organisation, the newest occasion first."""

    open: tuple[FindingCard, ...]
    settled: tuple[FindingCard, ...]
    drafts: tuple[FindingCard, ...]
    told: tuple[FindingCard, ...]
    """What sources tell."""
    has_no_action: bool
    """Whether some of what is settled needed no action of its own."""


def found_of(world: World, organisation: str) -> Found:
    """Gather what was found of an organisation, and what it took over."""
    about = findings_of(world, organisation)
    own = [each for each in about if not each.told]
    return Found(
        open=_cards(world, organisation, (each for each in own if not each.draft and each.state not in SETTLED)),
        settled=_cards(world, organisation, (each for each in own if not each.draft and each.state in SETTLED)),
        drafts=_cards(world, organisation, (each for each in own if each.draft)),
        told=_cards(world, organisation, (each for each in about if each.told)),
        has_no_action=any(each.state is FindingState.NO_ACTION and not each.draft for each in own),
    )


def latest_day(record: Record) -> str:
    """Give the day by which the newest records of an organisation come first."""
    for key in ("concluded", "submitted", "issued", "approved", "decided", "opened", "announced", "proposed"):
        if when := span(record.get(key, "date")):
            return when.last.isoformat()
    when = span(record.get("date") or record.get("to") or record.get("from"))
    return when.last.isoformat() if when else ""


def _cards(world: World, organisation: str, findings: Iterable[FindingFacts]) -> tuple[FindingCard, ...]:
    """Newest occasions first; inside one, in the order of the record."""
    by_record: dict[str, list[FindingFacts]] = {}
    for each in findings:
        by_record.setdefault(each.part.record.id, []).append(each)
    records = sorted(by_record, key=lambda ref: (latest_day(world.register.records[ref]), ref), reverse=True)
    return tuple(_card(world, organisation, each) for ref in records for each in by_record[ref])


def _card(world: World, organisation: str, facts: FindingFacts) -> FindingCard:
    line = _line(world, facts)
    reports = [each for action in facts.actions for each in action.reports]
    last = max(reports, key=_when, default=None)
    came_back = report_event(world, last.record, last.entry, last.when) if last else None
    deeds = sorted(facts.actions, key=lambda each: not each.is_open)[:_DEEDS]
    others = [each for each in facts.actions if last in each.reports and each not in deeds]
    return FindingCard(
        line=line,
        raised=_raised(world, facts, line),
        taken_over=facts.about if facts.about != organisation else "",
        answers_now=facts.organisation if facts.organisation != organisation else "",
        deeds=done_lines(deeds),
        more=max(0, len(facts.actions) - _DEEDS),
        remedy=telling.shortened(str(facts.part.data.get("remedy", "")), _LONGEST),
        outcome=telling.shortened(str(facts.part.data.get("outcome", "")), _LONGEST),
        came_back=replace(came_back, text=telling.shortened(came_back.text, _LONGEST)) if came_back else None,
        reported_on=telling.shortened(str(others[0].part.data.get("content", "")), _BRIEF) if others else "",
        checked=_checked(world, facts, is_claimed=bool(reports or facts.carried)),
    )


def _when(report: Report) -> tuple[str, str]:
    return first_day(report.when).isoformat(), report.record.id


def _line(world: World, facts: FindingFacts) -> FindingLine:
    """Make a line of a finding that says who raised it, as its own page does; a review that says nothing of it is the organisation's own."""
    line = finding_line(world, facts)
    raised = list(raised_by(world, facts.part))
    if facts.part.record.kind != "review" or not raised:
        return line
    return replace(line, found_by=_raisers(world, facts, raised))


def _raisers(world: World, facts: FindingFacts, raised: list[Raised]) -> str:
    """Name who raised it, each with its own day; where none is known, the review in which it stands, in words: that day is not theirs."""
    where = "" if any(each.is_dated for each in raised) else _written(world, facts)
    return ", ".join(each for each in ("; ".join(each.words for each in raised), where) if each)


def _written(world: World, facts: FindingFacts) -> str:
    """Say in which review it stands."""
    when = occasion(world, facts.part.record)
    if when and not when[0].islower():
        return _("ghi ở lần kiểm điểm “{cycle}”", cycle=when)
    return _("ghi ở lần kiểm điểm {when}", when=when) if when else ""


def _raised(world: World, facts: FindingFacts, line: FindingLine) -> str:
    """Say who raised it and when. That the organisation saw it itself is among its states."""
    if labels.SELF_IDENTIFIED not in line.chips:
        return line.found_by
    others = list(raised_by(world, facts.part))[1:]
    return _raisers(world, facts, others) if others else telling.sentence_case(_written(world, facts))


def _checked(world: World, facts: FindingFacts, *, is_claimed: bool) -> str:
    check = _telling(facts)
    if check is None:
        return f"{nobody(told=facts.told)}." if is_claimed or facts.told else ""
    held = holding(world, facts)
    return " ".join(each for each in (who_checked(world, check), _what(facts, check), held.sentence if held.last or held.recurred else "") if each)


def _what(facts: FindingFacts, check: Check) -> str:
    """Say what was confirmed of a finding that is not mended: nobody is to take it for that."""
    if facts.told or facts.state in SETTLED or check.result != "confirmed":
        return ""
    if check.check == "carry_over":
        return _("Điều được xác nhận là câu trả lời của đơn vị, chưa phải hạn chế đã khắc phục.")
    return _("Điều được xác nhận là từng việc, chưa phải cả hạn chế.")


def _telling(facts: FindingFacts) -> Check | None:
    """Choose the check that says most: the one that settled it, else the last that confirmed anything, else the last."""
    checks = checks_of(facts)
    return facts.confirmed or latest(each for each in checks if each.result == "confirmed") or latest(checks)
