"""A plan with its actions, an action with its history, and what was reported, asked, answered and verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tusoi import labels, telling
from tusoi.dates import span
from tusoi.facts import ActionFacts, Postponed
from tusoi.labels import Label
from tusoi.record import Part, Record
from tusoi.rules.plans import LONG
from tusoi.views.beside import ANSWERS
from tusoi.views.findings import FourParts
from tusoi.views.followed import HandoverLine, Voice, answer_event, answers_to, critiques, handovers, reminders
from tusoi.views.owned import since_ended
from tusoi.views.pieces import (
    FIRST_DAY,
    ActionLine,
    Event,
    Signature,
    action_line,
    check_event,
    enum_word,
    in_time,
    independence,
    report_event,
    signatures,
)
from tusoi.views.proofs import Picture, Proof, evidence
from tusoi.views.voices import is_few
from tusoi.views.world import World, view

PARTS: Final = ("Nội dung cụ thể", "Phương hướng", "Lộ trình", "Thời gian")
"""The four parts of a plan that is complete: what is done, in which direction, on which way, and when."""


@dataclass(frozen=True, slots=True)
class NoAction:
    """A finding that needs no measure of its own, and why."""

    finding: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """The page of a plan."""

    title: str
    told: bool
    of: tuple[str, ...]
    accountable: str
    direction: str
    four: FourParts
    followed_by: str
    follower_ended: str
    """That who follows it up is no more, and who took it over; empty where that one stands."""
    reporting: str
    seals: tuple[Signature, ...]
    end_reason: str
    actions: tuple[ActionLine, ...]
    done: int
    overdue: int
    no_action: tuple[NoAction, ...]
    reports: tuple[Event, ...]
    postponements: tuple[Event, ...]
    consulted_with: tuple[str, ...]
    """Whom the draft was sent to for comments."""
    critiques: tuple[Voice, ...]
    said: tuple[Event, ...]
    """What those answered who were asked about the draft."""
    reminders: tuple[Event, ...]
    handovers: tuple[HandoverLine, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@dataclass(frozen=True, slots=True)
class Resource:
    """What an action is paid or made with."""

    kind: str
    amount: Mapping[str, Any] | None
    text: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """The page of an action."""

    title: str
    line: ActionLine
    plan: str
    history: tuple[Event, ...]
    replaced_by: str
    nature: str
    check: str
    lead: str
    mandate: str
    resources: tuple[Resource, ...]
    partners: tuple[str, ...]
    pictures: tuple[Picture, ...]
    """In the order in which they were taken; those without a date come last."""
    critiques: tuple[Voice, ...]
    handovers: tuple[HandoverLine, ...]

    @property
    def has_before_and_after(self) -> bool:
        """Whether there are pictures of several days."""
        return len({each.taken for each in self.pictures if each.taken}) > 1

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.line.told else labels.NOT_WRITTEN


@dataclass(frozen=True, slots=True)
class EntryView:
    """What a report or a verification says of one thing."""

    of: str
    label: Label | None
    asked: str
    text: str
    obstacle: str
    window: str
    reached: tuple[str, ...]
    replaced_by: str
    figures: tuple[Mapping[str, Any], ...]
    evidence: tuple[Proof, ...]
    independence: str = ""
    """Whether whoever verified it is independent of who did it; empty where the page says so of all."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """The page of a progress report, a verification, a postponement or an answer."""

    title: str
    told: bool
    of: tuple[str, ...]
    date: str
    by: str
    text: str
    label: Label | None = None
    method: str = ""
    heard_by: str = ""
    to: str = ""
    previous: str = ""
    answer: str = ""
    entries: tuple[EntryView, ...] = ()
    opinions: int = 0
    """How many opinions an answer settles."""
    figures: tuple[Mapping[str, Any], ...] = ()
    independence: str = ""
    """Whether whoever verified is independent of those who did it; empty where it is not the same of all entries."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@view
def plan(world: World, record: Record) -> PlanView:
    """Tell everything about a plan."""
    data = record.data
    facts = [world.facts.actions[part.ref] for part in record.parts_of("action") if part.ref in world.facts.actions]
    reports = [each for each, link in world.register.sources_of(record.id, "progress") if link.path == ("of",)]
    actions = [part.ref for part in record.parts_of("action")]
    return PlanView(
        title=world.titles.of_record(record),
        told=record.told,
        of=_refs(data.get("of")),
        accountable=str(data.get("accountable", "")),
        direction=str(data.get("direction", "")),
        four=FourParts(tuple(zip(PARTS, _four(record), strict=True)), record.told),
        followed_by=str(data.get("followed_by", "")),
        follower_ended=since_ended(world, str(data.get("followed_by", ""))),
        reporting=enum_word(world, record, "reporting"),
        seals=signatures(world, record),
        end_reason=str(record.get("ended", "reason") or ""),
        actions=tuple(action_line(world, each) for each in facts),
        done=sum(each.done for each in facts),
        overdue=sum(bool(each.overdue_days) and not each.told and not each.draft for each in facts),
        no_action=tuple(
            NoAction(str(row["finding"]), str(row.get("reason", "")), str(row.get("by", ""))) for row in data.get("no_action", ()) if "finding" in row
        ),
        reports=in_time(
            Event(span(each.data.get("date")), world.titles.of_record(each), each.id, str(each.data.get("text", "")), told=each.told) for each in reports
        ),
        postponements=in_time(postponement_event(world, each, action_line(world, action).ordinal) for action in facts for each in _all_postponements(action)),
        consulted_with=_refs(record.get("consulted", "with")),
        critiques=critiques(world, (record.id, *actions)),
        said=in_time(answer_event(world, each) for each in answers_to(world, record)),
        reminders=reminders(world, record.id, actions),
        handovers=handovers(world, (record.id, *actions)),
    )


@view
def action(world: World, part: Part) -> ActionView:
    """Tell everything about an action."""
    facts = world.facts.actions[part.ref]
    data = part.data
    return ActionView(
        title=world.titles.of_part(part),
        line=action_line(world, facts),
        plan=part.record.id,
        history=in_time((*_history(world, facts), *reminders(world, part.ref))),
        replaced_by=facts.replaced_by,
        nature=enum_word(world, part, "nature"),
        check=str(data.get("check", "")),
        lead=str(data.get("lead", "")),
        mandate=str(data.get("mandate", "")),
        resources=tuple(_resource(world, row) for row in data.get("resources", ())),
        partners=tuple(data.get("partners", ())),
        pictures=_pictures(world, facts),
        critiques=critiques(world, (part.ref,)),
        handovers=handovers(world, (part.ref,)),
    )


@view
def progress(world: World, record: Record) -> ReportView:
    """Tell what a progress report says."""
    return _report(world, record, tuple(_progress_entry(world, record, entry) for entry in record.data.get("entries", ())))


@view
def verification(world: World, record: Record) -> ReportView:
    """Tell what a verifier found."""
    entries = record.data.get("entries", ())
    said = [independence(world, record, entry.get("of")) for entry in entries]
    same = said[0] if len(set(said)) == 1 else ""
    checked = tuple(_check_entry(world, record, entry, "" if same else words) for entry, words in zip(entries, said, strict=True))
    return replace(_report(world, record, checked), independence=same)


@view
def postponement(world: World, record: Record) -> ReportView:
    """Tell what was asked, why, and what came of it."""
    facts = next((each for action in world.facts.actions.values() for each in _all_postponements(action) if each.record.id == record.id), None)
    return ReportView(
        title=_title(world, record, "Đề nghị gia hạn"),
        told=record.told,
        of=_refs(record.data.get("of")),
        date=telling.day(record.data.get("date")),
        by=str(record.data.get("by", "")),
        text=str(record.data.get("reason", "")),
        label=labels.postponement(facts) if facts else None,
        to=telling.day(record.data.get("to")),
        previous=telling.day(facts.previous) if facts else "",
        answer=facts.answer.id if facts and facts.answer else "",
    )


@view
def answer(world: World, record: Record) -> ReportView:
    """Tell what was answered."""
    result = str(record.data.get("result", ""))
    asked = world.register.find(str(record.data.get("of", "")))
    around = asked.record if isinstance(asked, Part) else asked
    few = around is not None and around.kind == "feedback" and is_few(world, around)
    return ReportView(
        title=_title(world, record, "Trả lời"),
        told=record.told,
        of=_refs(record.data.get("of")),
        date=telling.day(record.data.get("date")),
        by=str(record.data.get("by", "")),
        text=str(record.data.get("text", "")),
        label=ANSWERS.get(result),
        opinions=0 if few else int(record.data.get("opinions", 0)),
        figures=tuple(record.data.get("figures", ())),
    )


def postponement_event(world: World, facts: Postponed, what: str = "") -> Event:
    """Tell of a request to move a date."""
    by = f", lùi {telling.number(facts.days)} ngày" if facts.days else ""
    words = f"{what}: xin lùi hạn đến {telling.on(facts.to)}{by}" if what else f"Xin lùi hạn đến {telling.on(facts.to)}{by}"
    text = str(facts.record.data.get("reason", ""))
    if facts.answer:
        answered = facts.answer.data
        said = f"Trả lời {telling.on(answered.get('date'))} – {world.titles.full(str(answered.get('by', '')))}"
        text = f"{text}\n\n{said}: {answered['text']}" if "text" in answered else f"{text}\n\n{said}."
    return Event(span(facts.asked.isoformat()), words, facts.record.id, text, labels.postponement(facts), told=facts.record.told)


def _four(plan: Record) -> tuple[bool, bool, bool, bool]:
    """Say which of the four parts of a plan are there. Of a duty that recurs its rhythm is the way; what is done within half a year needs no steps."""
    actions = plan.parts_of("action")
    way = all(_has_way(each) for each in actions) if not plan.told else any("milestones" in each.data for each in actions)
    timed = all("due" in each.data or {"every", "from"} <= each.data.keys() for each in actions)
    return bool(actions) and all(each.data.get("content") for each in actions), bool(plan.get("direction")), bool(actions) and way, bool(actions) and timed


def _has_way(action: Part) -> bool:
    start, due = span(action.record.get("approved", "date")), span(action.data.get("due"))
    is_short = start is None or due is None or due.first - start.last <= LONG
    return "milestones" in action.data or ("due" in action.data and is_short) or {"every", "from"} <= action.data.keys()


def _pictures(world: World, facts: ActionFacts) -> tuple[Picture, ...]:
    """Gather the photographs of an action, of who did it and of who checked, each once."""
    entries = [*((each.record, each.entry) for each in facts.reports), *((each.record, each.entry) for each in facts.checks)]
    found = {each.picture.file: each.picture for record, entry in entries for each in evidence(world, record, entry) if each.picture}
    return tuple(sorted(found.values(), key=lambda each: (each.taken is None, each.taken.last if each.taken else FIRST_DAY, each.file)))


def _resource(world: World, row: Mapping[str, Any]) -> Resource:
    kind = world.kind("plan")
    words = labels.word(kind.schema, "actions", "resources", "kind", str(row.get("kind", ""))) if kind else ""
    return Resource(telling.sentence_case(words), row.get("amount"), str(row.get("text", "")))


def _all_postponements(facts: ActionFacts) -> Iterator[Postponed]:
    yield from facts.postponements
    for milestone in facts.milestones:
        yield from milestone.postponements


def _history(world: World, facts: ActionFacts) -> Iterator[Event]:
    plan = facts.part.record
    approved = span(plan.get("approved", "date"))
    if approved:
        yield Event(approved, f"Ban hành: {world.titles.of_record(plan)}", plan.id, told=plan.told)
    yield from (postponement_event(world, each) for each in _all_postponements(facts))
    yield from (report_event(world, each.record, each.entry, each.when) for each in facts.reports)
    yield from (check_event(world, check) for check in facts.checks)


def _report(world: World, record: Record, entries: tuple[EntryView, ...]) -> ReportView:
    data = record.data
    return ReportView(
        title=_title(world, record, world.titles.kind(record.kind)),
        told=record.told,
        of=_refs(data.get("of")),
        date=telling.day(data.get("date")),
        by=str(data.get("by", "")),
        text=str(data.get("text", "")),
        method=str(data.get("method", "")),
        heard_by=str(data.get("heard_by", "")),
        entries=entries,
        figures=tuple(data.get("figures", ())),
    )


def _title(world: World, record: Record, words: str) -> str:
    if own := record.data.get("title"):
        return str(own)
    when = telling.on(record.data.get("date"))
    return f"{words} {when}" if when else world.titles.of_record(record)


def _refs(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _progress_entry(world: World, record: Record, entry: Mapping[str, Any]) -> EntryView:
    of = str(entry.get("action", ""))
    return EntryView(
        of=of,
        label=labels.claim(entry.get("state"), told=record.told),
        asked="",
        text=str(entry.get("text", "")),
        obstacle=str(entry.get("obstacle", "")),
        window="",
        reached=tuple(f"{of}.{each}" for each in entry.get("reached", ())),
        replaced_by=str(entry.get("replaced_by", "")),
        figures=tuple(entry.get("figures", ())),
        evidence=evidence(world, record, entry),
    )


def _check_entry(world: World, record: Record, entry: Mapping[str, Any], apart: str) -> EntryView:
    kind = world.kind("verification")
    asked = labels.word(kind.schema, "entries", "check", str(entry.get("check", ""))) if kind else ""
    answer = f" (đơn vị trả lời: {labels.word(kind.schema, 'entries', 'answer', str(entry['answer']))})" if kind and "answer" in entry else ""
    return EntryView(
        of=str(entry.get("of", "")),
        label=labels.CHECK_RESULT.get(str(entry.get("result", ""))),
        asked=f"Kiểm tra {asked}{answer}" if asked else "",
        text=str(entry.get("text", "")),
        obstacle="",
        window=telling.between(entry.get("observed_from"), entry.get("observed_to")),
        reached=(),
        replaced_by="",
        figures=tuple(entry.get("figures", ())),
        evidence=evidence(world, record, entry),
        independence=apart,
    )
