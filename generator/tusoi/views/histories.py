"""What happened, in one order and once each: what was promised, asked, reported, checked and recorded of an action, of a plan, of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tusoi import labels, promise_words, telling
from tusoi.dates import Span, span
from tusoi.facts import ActionFacts, FindingFacts, Postponed
from tusoi.record import Part, Record
from tusoi.speech import _, language
from tusoi.views import promised, timelines
from tusoi.views.followed import answer_event, answers_to, reminders
from tusoi.views.pieces import Event, check_event, in_time, report_event, seal_span
from tusoi.views.world import World


def of_action(world: World, facts: ActionFacts) -> tuple[Event, ...]:
    """Tell an action from its promise on. What proves it stands in a list of its own on the page, and is left out here."""
    told = (*_promise(world, facts), *_followed(world, facts), *timelines.recorded(world, facts.part), *reminders(world, facts.part.ref))
    return in_time(map(_without_proofs, told))


def of_plan(world: World, plan: Record, actions: Iterable[ActionFacts]) -> tuple[Event, ...]:
    """Tell a plan: when it was sealed, what was reported of it, how its dates were moved, what was answered and who was reminded."""
    every = tuple(actions)
    reports = (each for each, link in world.register.sources_of(plan.id, "progress") if link.path == ("of",))
    return in_time(
        (
            *_seals(world, plan),
            *(Event(span(each.get("date")), world.titles.of_record(each), each.id, str(each.get("text") or ""), told=each.told) for each in reports),
            *(event for facts in every for event in _moves(world, facts, ordinal(facts.part))),
            *(event for each in world.ledger.by_plan.get(plan.id, ()) if each.part is None for event in promised.changes(world, each, promised.name_of(each))),
            *(answer_event(world, each) for each in answers_to(world, plan)),
            *reminders(world, plan.id, [each.part.ref for each in every]),
        )
    )


def of_finding(world: World, part: Part, facts: FindingFacts | None) -> tuple[Event, ...]:
    """Tell a finding: who pointed it out, where it was found, what was planned, reported and checked, what later reviews answered, whether it came back."""
    events = [*_found(world, part), *timelines.recorded(world, part)]
    if facts:
        plans = dict.fromkeys(action.part.record.id for action in facts.actions)
        events += [event for plan in plans for event in _seals(world, world.register.records[plan])]
        events += [event for action in facts.actions for event in _followed(world, action, ordinal(action.part) if len(facts.actions) > 1 else "")]
        events += [check_event(world, check) for check in facts.checks]
        events += [*carried(world, facts), *_recurred(world, facts)]
    return in_time(map(_without_proofs, events))


def carried(world: World, facts: FindingFacts) -> Iterator[Event]:
    """Tell what later reviews answered about a finding."""
    for each in facts.carried:
        entry = each.entry
        text = "\n\n".join(str(entry[key]) for key in ("text", "obstacle") if key in entry)
        figures = (entry["degree"],) if "degree" in entry else ()
        label = labels.claim(entry.get("answer"), told=each.record.told)
        yield Event(each.when, world.titles.of_record(each.record), each.record.id, text, label, figures, (), each.record.told)


def ordinal(part: Part) -> str:
    """Name an action by its place in its plan: `Việc 2`."""
    return _("Việc {number}", number=telling.number(part.record.parts_of("action").index(part) + 1))


def _without_proofs(event: Event) -> Event:
    return replace(event, evidence=()) if event.evidence else event


def _promise(world: World, facts: ActionFacts) -> Iterator[Event]:
    """Tell what was promised first, on the day on which the plan was sealed."""
    plan = facts.part.record
    approved = span(plan.get("approved", "date"))
    first = world.ledger.promises.get(facts.part.ref)
    said = promise_words.first(first, language()) if first else ""
    if approved:
        yield Event(approved, _("Ban hành: {plan}", plan=world.titles.of_record(plan)), plan.id, said, told=plan.told)


def _followed(world: World, facts: ActionFacts, what: str = "") -> Iterator[Event]:
    """Tell what followed a promise; `what` is said first where the page is about several actions."""
    yield from _moves(world, facts, what)
    yield from (_about(what, report_event(world, each.record, each.entry, each.when)) for each in facts.reports)
    yield from (_about(what, check_event(world, check)) for check in facts.checks)


def _moves(world: World, facts: ActionFacts, what: str = "") -> Iterator[Event]:
    """Tell what was asked and what was changed of the dates of an action and of its milestones, each by its place in the plan."""
    yield from (_about(what, request_event(world, each)) for each in facts.postponements)
    for number, step in enumerate(facts.milestones, 1):
        which = promise_words.ordinal(step.part, language()) if what else _("Mốc {number}", number=telling.number(number))
        yield from (_about(which, request_event(world, each)) for each in step.postponements)
    for each in world.ledger.of_action(facts.part.ref):
        if each.part is None:
            continue
        name = promise_words.ordinal(each.part, language()) if what or each.ref != facts.part.ref else ""
        yield from promised.changes(world, each, name)


def _about(what: str, event: Event) -> Event:
    """Say first what an event is about."""
    return replace(event, words=f"{what}: {event.words}") if what else event


def request_event(world: World, facts: Postponed) -> Event:
    """Tell of a request to move a date: what was asked, how long before or after the date, why, and what was answered by whom."""
    asked, timing = promise_words.asked(facts, language()), promise_words.timing(facts, language())
    words = ", ".join(each for each in (asked, timing) if each)
    pieces = [str(facts.record.get("reason") or ""), promise_words.answered(facts, language())]
    if facts.answer:
        by, text = world.titles.full(str(facts.answer.get("by") or facts.answer.organisation)), str(facts.answer.get("text") or "")
        pieces.append(_("{who} trả lời: {text}", who=by, text=text) if text else _("{who} trả lời.", who=by))
    text = "\n\n".join(each for each in pieces if each)
    when = Span(facts.asked, facts.asked)
    return Event(when, telling.sentence_case(words), facts.record.id, text, labels.postponement(facts), told=facts.record.told)


def _seals(world: World, plan: Record) -> Iterator[Event]:
    """Tell when a plan was sent for comments, approved and ended."""
    title = world.titles.of_record(plan)
    if when := seal_span(plan, "consulted"):
        yield Event(when, _("Gửi lấy ý kiến: {plan}", plan=title), plan.id, told=plan.told)
    if "approved" in plan.data:
        yield Event(seal_span(plan, "approved"), _("Ban hành: {plan}", plan=title), plan.id, told=plan.told)
    if when := seal_span(plan, "ended"):
        yield Event(when, _("Kết thúc theo dõi: {plan}", plan=title), plan.id, str(plan.get("ended", "reason") or ""), told=plan.told)


def _found(world: World, part: Part) -> Iterator[Event]:
    """Tell who pointed a finding out before it was found, and in what it was found."""
    record = part.record
    for issue in part.data.get("answers", ()):
        thing = world.register.find(issue)
        if isinstance(thing, Part):
            words = _("Được gợi ý kiểm điểm – {who}", who=world.titles.organisation(thing))
            yield Event(seal_span(thing.record, "issued"), words, thing.ref, told=thing.told)
    words = _("Được nêu trong: {record}", record=world.titles.of_record(record))
    yield Event(seal_span(record, "concluded", "submitted", "announced"), words, record.id, told=record.told)


def _recurred(world: World, facts: FindingFacts) -> Iterator[Event]:
    for ref in facts.recurred:
        thing = world.register.find(ref)
        if isinstance(thing, Part):
            yield Event(seal_span(thing.record, "concluded", "submitted"), _("Tái diễn"), ref, label=labels.RECURRING, told=thing.told)
