"""Pages of what is kept beside the findings: groups, events, lessons, handovers, reminders, corrections, and rules that are not applied for now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import explaining, labels, rules, telling
from tusoi.counted import lacks_invited
from tusoi.dates import is_past, span
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _, language
from tusoi.views.beside import Beside, line
from tusoi.views.cycles import by_title
from tusoi.views.document_name import document_words
from tusoi.views.followed import reminder_event, reminders, stands, step_word, time_of
from tusoi.views.owned import followed_plans
from tusoi.views.pieces import Event, Signature, enum_word, in_time, seal_span, signatures
from tusoi.views.world import World, view

NOT_YET: Final = Label("Chưa được phép", Shape.DASH, Tone.WAITING)
OVER: Final = Label("Đã hết hạn", Shape.STOP, Tone.QUIET)


@dataclass(frozen=True, slots=True)
class GroupView:
    """The page of a working group."""

    title: str
    told: bool
    nature: str
    cycle: str
    lead: str
    members: Mapping[str, Any] | None
    covers: tuple[str, ...]
    duties: tuple[str, ...]
    follows: tuple[str, ...]
    """The plans that it follows up."""
    seals: tuple[Signature, ...]
    figures: tuple[Mapping[str, Any], ...]
    work: tuple[Event, ...]
    """What it did: meetings attended, reports heard, reminders sent, comments received."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class EventView:
    """The page of an event."""

    title: str
    told: bool
    nature: str
    when: str
    cycle: str
    about: tuple[str, ...]
    audiences: tuple[str, ...]
    attended: Mapping[str, Any] | None
    no_denominator: bool
    """It says how many came, and not how many were called."""
    sessions: Mapping[str, Any] | None
    figures: tuple[Mapping[str, Any], ...]
    text: str

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class LessonView:
    """The page of lessons, good practice or recognition."""

    title: str
    told: bool
    nature: str
    cycle: str
    date: str
    area: str
    lessons: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Something that was still open when a post was handed over, and how it stands now."""

    ref: str
    chips: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """The page of a handover: the post, and what was open. Never who came and who left."""

    title: str
    told: bool
    of: str
    date: str
    open: tuple[OpenLine, ...]
    text: str
    document: str
    document_ref: str


@dataclass(frozen=True, slots=True)
class ReminderView:
    """The page of a reminder."""

    title: str
    told: bool
    time: str
    """`Lần 2`."""
    of: str
    step: str
    to: tuple[str, ...]
    date: str
    by: str
    text: str
    document: str
    document_ref: str
    others: tuple[Event, ...]
    """The other reminders of the same thing."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The page of a correction or a reply."""

    title: str
    told: bool
    line: Beside
    of: str
    owner: str
    """Whose record it is about."""
    by: str
    date: str
    document_ref: str

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class WaiverView:
    """The page of a rule that is not applied for now."""

    title: str
    chip: Label
    name: str
    """The rule's short name."""
    rule: str
    """The rule's page; empty where there is no such rule."""
    statement: str
    of: str
    owner: str
    reason: str
    until: str
    seals: tuple[Signature, ...]


@view
def group_page(world: World, record: Record) -> GroupView:
    """Tell everything about a working group. How many members it has is told, who they are is not."""
    data = record.data
    return GroupView(
        title=world.titles.of_record(record),
        told=record.told,
        nature=enum_word(world, record, "nature"),
        cycle=str(data.get("cycle", "")),
        lead=str(data.get("lead", "")),
        members=data.get("members"),
        covers=by_title(world, tuple(data.get("covers", ()))),
        duties=tuple(data.get("duties", ())),
        follows=followed_plans(world, record.id),
        seals=signatures(world, record),
        figures=tuple(data.get("figures", ())),
        work=in_time(_work(world, record)),
    )


@view
def event_page(world: World, record: Record) -> EventView:
    """Tell everything about an event."""
    data = record.data
    attended = data.get("attended")
    return EventView(
        title=world.titles.of_record(record),
        told=record.told,
        nature=enum_word(world, record, "nature"),
        when=telling.sentence_case(telling.between(data.get("date"), data.get("to")) if "to" in data else telling.day(data.get("date"))),
        cycle=str(data.get("cycle", "")),
        about=tuple(data.get("about", ())),
        audiences=tuple(data.get("audiences", ())),
        attended=attended,
        no_denominator=lacks_invited(record),
        sessions=data.get("sessions"),
        figures=tuple(data.get("figures", ())),
        text=str(data.get("text", "")),
    )


@view
def lesson_page(world: World, record: Record) -> LessonView:
    """Tell lessons, good practice or recognition."""
    data = record.data
    return LessonView(
        title=world.titles.of_record(record),
        told=record.told,
        nature=enum_word(world, record, "nature"),
        cycle=str(data.get("cycle", "")),
        date=telling.sentence_case(telling.day(data.get("date"))),
        area=world.profile.word("areas", str(data["area"])) if "area" in data else "",
        lessons=tuple(data.get("lessons", ())),
        of=tuple(data.get("of", ())),
    )


@view
def handover_page(world: World, record: Record) -> HandoverView:
    """Tell what was handed over with a post, and how it stands now."""
    data = record.data
    return HandoverView(
        title=world.titles.of_record(record),
        told=record.told,
        of=str(data.get("of", "")),
        date=telling.day(data.get("date")),
        open=tuple(OpenLine(str(ref), stands(world, str(ref))) for ref in data.get("open", ())),
        text=str(data.get("text", "")),
        document=document_words(data.get("document")),
        document_ref=str(record.get("document", "of") or ""),
    )


@view
def reminder_page(world: World, record: Record) -> ReminderView:
    """Tell who was reminded of what, and which time it was."""
    data = record.data
    of = str(data.get("of", ""))
    thing = world.register.find(of)
    return ReminderView(
        title=world.titles.of_record(record),
        told=record.told,
        time=_("Lần {number}", number=telling.number(time_of(world, record))),
        of=of,
        step=step_word(world, record),
        to=tuple(data.get("to", ())),
        date=telling.day(data.get("date")),
        by=str(data.get("by", "")),
        text=str(data.get("text", "")),
        document=document_words(data.get("document")),
        document_ref=str(record.get("document", "of") or ""),
        others=tuple(each for each in reminders(world, thing.ref) if each.ref != record.id) if thing else (),
    )


@view
def correction_page(world: World, record: Record) -> CorrectionView:
    """Tell what was corrected or replied, with both values, and what was answered."""
    return CorrectionView(
        title=str(record.get("title") or "") or line(world, record).title,
        told=record.told,
        line=line(world, record),
        of=str(record.get("of") or ""),
        owner=_owner(world, str(record.get("of") or "")),
        by=str(record.get("by") or record.organisation),
        date=telling.day(record.get("date")),
        document_ref=str(record.get("document", "of") or ""),
    )


@view
def waiver_page(world: World, record: Record) -> WaiverView:
    """Tell which rule is not applied to what, why, and until when."""
    data = record.data
    code = str(data.get("rule", ""))
    known = next((each for each in rules.all_rules() if each.code == code), None)
    name = explaining.name(code, language())
    until = telling.on(data.get("until"))
    if "approved" not in data:
        chip = NOT_YET
    else:
        chip = OVER if is_past(data.get("until"), world.facts.day) else Label(_("Tạm chưa áp dụng đến {when}", when=until), Shape.CLOCK, Tone.WAITING)
    return WaiverView(
        title=str(data.get("title") or _("Tạm chưa áp dụng quy tắc “{name}” đến {when}", name=name, when=until)),
        chip=chip,
        name=name,
        rule=f"quy-tac/{code}.html" if known else "",
        statement=known.titles[language()] if known else "",
        of=str(data.get("of", "")),
        owner=_owner(world, str(data.get("of", ""))),
        reason=str(data.get("reason", "")),
        until=telling.day(data.get("until")),
        seals=signatures(world, record),
    )


def _work(world: World, record: Record) -> Iterator[Event]:
    """Tell what a group did, from the records that name it."""
    seen: set[tuple[str, str]] = set()
    for link in world.register.links_to(record.id):
        other = world.register.records[link.source]
        if other.withdrawn or (other.id, str(link.path[0])) in seen:
            continue
        seen.add((other.id, str(link.path[0])))
        match other.kind, link.path[0]:
            case "review", "sessions":
                part = next((each for each in other.parts_of("session") if each.path == link.path[: len(each.path)]), None)
                yield _attended(world, other, part)
            case "progress", "heard_by":
                yield Event(
                    span(other.get("date")), _("Nghe báo cáo: {report}", report=f"{_whose(world, other)}{_former(world, other)}"), other.id, told=other.told
                )
            case "suggestion", "sent":
                yield Event(seal_span(other, "sent"), _("Nhận: {record}", record=_whose(world, other)), other.id, told=other.told)
            case "reminder", "by":
                yield reminder_event(world, other)
            case "inspection", "team":
                yield Event(seal_span(other, "concluded", "planned"), _("Kiểm tra: {record}", record=_whose(world, other)), other.id, told=other.told)


def _whose(world: World, record: Record) -> str:
    """Give the title of a record with whose it is: many are called the same."""
    return f"{world.titles.of_record(record)} – {world.titles.organisation(record)}"


def _former(world: World, report: Record) -> str:
    """Say for which former organisation a report answers, where another was suggested to than the one that reports."""
    about = world.register.find(str(report.get("of")))
    named = about.get("to") if isinstance(about, Record) and about.kind == "suggestion" else None
    others = [ref for ref in named or () if str(ref).partition("/")[0] != report.organisation]
    return _(" (gợi ý đối với {organisations})", organisations=", ".join(world.titles.full(str(ref)) for ref in others)) if others else ""


def _owner(world: World, ref: str) -> str:
    thing = world.register.find(ref)
    return world.titles.organisation(thing) if thing else ""


def _attended(world: World, review: Record, part: Part | None) -> Event:
    when = part.data.get("from") if part else None
    return Event(span(when), _("Dự họp: {organisation}", organisation=world.titles.organisation(review)), review.id, told=review.told)
