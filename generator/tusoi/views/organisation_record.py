"""What else is known of an organisation: who watches and asks it, what it was told, what it answered, what it handed over, learned and laid down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.dates import in_force, span
from tusoi.record import Part, Record
from tusoi.views.beside import Beside, line
from tusoi.views.followed import COMMENT, CRITIQUE, HandoverLine, Voice, answer_event, answers_to, purpose, reminders_to, voice
from tusoi.views.owned import followed_plans
from tusoi.views.pieces import Event, in_time
from tusoi.views.rounds import RoundLine, round_line
from tusoi.views.world import World, view

PETITIONS: Final = ("petition", "complaint")
SHOWN: Final = frozenset({"correction", "document", "feedback", "group", "handover", "lesson"})
"""The kinds of an organisation's own records that have a section of their own here."""


@dataclass(frozen=True, slots=True)
class Overseer:
    """Somebody who watches an organisation: a group or who was assigned, in which cycle, and what for."""

    ref: str
    cycle: str
    task: str


@dataclass(frozen=True, slots=True)
class Petition:
    """What residents asked, and what was answered."""

    ref: str
    received: str
    answers: tuple[Event, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Lessons:
    """A record of lessons, with what it says."""

    ref: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A correction or reply, and what it is about."""

    of: str
    line: Beside


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """What stands on an organisation's page beside findings, plans, reviews and ratings."""

    overseers: tuple[Overseer, ...]
    comments: tuple[Voice, ...]
    critiques: tuple[Voice, ...]
    petitions: tuple[Petition, ...]
    rounds: tuple[RoundLine, ...]
    reminders: tuple[Event, ...]
    asides: tuple[Aside, ...]
    handovers: tuple[HandoverLine, ...]
    lessons: tuple[Lessons, ...]
    groups: tuple[str, ...]
    """Those that it set up itself."""
    follows: tuple[str, ...]
    """The plans that it follows up, whoever owns them."""
    rules: tuple[str, ...]
    """Its own working rules that are in force."""
    documents: tuple[str, ...]


@view
def organisation_record(world: World, record: Record) -> OrganisationRecord:
    """Gather what else is known of an organisation."""
    own = [each for each in world.register.records.values() if each.organisation == record.id and each.kind in SHOWN and not each.withdrawn]
    documents = [each for each in own if each.kind == "document"]
    rules = [each for each in documents if each.get("nature") == "local_rule" and in_force(each.get("dated"), each.get("valid_to"), world.site.day)]
    return OrganisationRecord(
        overseers=tuple(_overseers(world, record)),
        comments=_voices(world, record, COMMENT),
        critiques=_voices(world, record, CRITIQUE),
        petitions=tuple(_petitions(world, record)),
        rounds=tuple(round_line(world, each) for each in _newest(_rounds(world, record, own))),
        reminders=reminders_to(world, record.id),
        asides=tuple(_asides(world, record)),
        handovers=tuple(
            HandoverLine(each.id, str(each.get("of") or ""), telling.day(each.get("date"))) for each in _newest(each for each in own if each.kind == "handover")
        ),
        lessons=tuple(Lessons(each.id, tuple(each.get("lessons") or ())) for each in _newest(each for each in own if each.kind == "lesson")),
        groups=_by_title(world, (each for each in own if each.kind == "group")),
        follows=followed_plans(world, record.id, *(each.id for each in own if each.kind == "group")),
        rules=_by_title(world, rules),
        documents=_by_title(world, (each for each in documents if each not in rules)),
    )


def _overseers(world: World, record: Record) -> Iterator[Overseer]:
    """Give the groups that cover an organisation and those to whom it was assigned in a cycle; the latest first."""
    groups = [each for each, link in world.register.sources_of(record.id, "group") if link.path[0] == "covers"]
    for each in _newest(groups):
        yield Overseer(each.id, str(each.get("cycle") or ""), "")
    for cycle, link in world.register.sources_of(record.id, "cycle"):
        if link.path[0] == "assignments":
            row = cycle.get(*link.path[:2]) or {}
            yield Overseer(str(row.get("who", "")), cycle.id, str(row.get("task", "")))


def _voices(world: World, record: Record, wanted: str) -> tuple[Voice, ...]:
    found = {each.id: each for each, link in world.register.sources_of(record.id, "suggestion") if link.path[0] == "to" and purpose(each) == wanted}
    return tuple(voice(world, each) for each in _newest(found.values()))


def _petitions(world: World, record: Record) -> Iterator[Petition]:
    found = {each.id: each for each, link in world.register.sources_of(record.id, "inspection") if link.path[0] == "about" and each.get("channel") in PETITIONS}
    for each in _newest(found.values()):
        yield Petition(each.id, telling.day(each.get("received")), in_time(answer_event(world, one) for one in answers_to(world, each)), each.told)


def _rounds(world: World, record: Record, own: list[Record]) -> Iterator[Record]:
    """Give the feedback rounds about an organisation or one of its plans, or that it held; those about one of its posts are for members."""
    named = {each.id for each, link in world.register.sources_of(record.id, "feedback") if link.path[0] == "about"}
    for each in world.register.of_kind("feedback"):
        about = [thing for ref in each.get("about") or () if (thing := world.register.find(str(ref)))]
        posts = [thing for thing in about if isinstance(thing, Record) and thing.kind == "role"]
        is_hidden = world.site.is_public and posts and len(posts) == len(about)
        if not is_hidden and (each.id in named or each in own or any(thing.ref.partition("/")[0] == record.id for thing in about)):
            yield each


def _asides(world: World, record: Record) -> Iterator[Aside]:
    """Give the corrections and replies that an organisation wrote, and those about its records; the latest first."""
    found = {each.id: each for each in world.register.of_kind("correction") if record.id in (each.organisation, _about(world, each))}
    for each in _newest(found.values()):
        yield Aside(str(each.get("of") or ""), line(world, each))


def _about(world: World, each: Record) -> str:
    thing = world.register.find(str(each.get("of")))
    around = thing.record if isinstance(thing, Part) else thing
    return around.organisation if around else ""


def _newest(records: Iterable[Record]) -> list[Record]:
    """Sort the latest first; what has no date comes last."""
    return sorted(records, key=lambda each: (_day(each), each.id), reverse=True)


def _day(each: Record) -> str:
    for stated in (
        each.get("date"),
        each.get("received"),
        each.get("closes"),
        each.get("opens"),
        *(each.get(seal, "date") for seal in ("issued", "sent", "established", "concluded")),
    ):
        if when := span(stated):
            return when.last.isoformat()
    return ""


def _by_title(world: World, records: Iterable[Record]) -> tuple[str, ...]:

    return tuple(each.id for each in sorted(records, key=lambda each: (sort_key(world.titles.of_record(each)), each.id)))
