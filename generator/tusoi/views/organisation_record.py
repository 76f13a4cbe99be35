"""What else is known of an organisation: who watches and asks it, what it was told, what it answered, what it handed over, learned and laid down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.dates import in_force, span
from tusoi.evidence import is_individual
from tusoi.record import Part, Record
from tusoi.views.beside import Beside, line
from tusoi.views.cycles import by_title
from tusoi.views.first_few import FirstFew, first_few
from tusoi.views.followed import COMMENT, CRITIQUE, HandoverLine, Voice, answer_event, answers_to, purpose, reminders_to, voice
from tusoi.views.owned import plans_followed_by, records_of, since_ended
from tusoi.views.pieces import Event, in_time
from tusoi.views.rounds import RoundLine, round_line
from tusoi.views.world import World, view

_STRENGTHS: Final = 5
_ROUNDS: Final = 1
PETITIONS: Final = ("petition", "complaint")
SHOWN: Final = frozenset({"correction", "document", "feedback", "group", "handover", "lesson"})
"""The kinds of an organisation's own records that have a section of their own here."""


@dataclass(frozen=True, slots=True)
class Overseer:
    """Somebody who watches an organisation: a group or who was assigned, in which cycle, and what for."""

    ref: str
    cycle: str
    task: str
    is_over: bool
    """Whether the cycle is closed, or the body that watched is no more."""


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
class Strengths:
    """What a review names as done well."""

    ref: str
    texts: tuple[str, ...]
    more: int
    """Those that do not stand here."""
    told: bool


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
    rounds: FirstFew[RoundLine]
    reminders: tuple[Event, ...]
    asides: tuple[Aside, ...]
    handovers: tuple[HandoverLine, ...]
    lessons: tuple[Lessons, ...]
    strengths: Strengths | None
    """Of the latest review that was concluded, or of a told one where there is no other."""
    followers: tuple[tuple[str, str], ...]
    """Who follows up its own plans that are not closed; and of a body that is no more, what became of it."""
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
    own = [each for each in records_of(world, record.id) if each.kind in SHOWN and not each.withdrawn]
    documents = [each for each in own if each.kind == "document"]
    rules = [each for each in documents if each.get("nature") == "local_rule" and in_force(each.get("dated"), each.get("valid_to"), world.site.day)]
    return OrganisationRecord(
        overseers=tuple(_overseers(world, record)),
        comments=_voices(world, record, COMMENT),
        critiques=_voices(world, record, CRITIQUE),
        petitions=tuple(_petitions(world, record)),
        rounds=first_few((round_line(world, each) for each in _newest(_rounds(world, record, own))), _ROUNDS),
        reminders=reminders_to(world, record.id),
        asides=tuple(_asides(world, record)),
        handovers=tuple(
            HandoverLine(each.id, str(each.get("of") or ""), telling.day(each.get("date"))) for each in _newest(each for each in own if each.kind == "handover")
        ),
        lessons=tuple(Lessons(each.id, tuple(each.get("lessons") or ())) for each in _newest(each for each in own if each.kind == "lesson")),
        strengths=_strengths(world, record),
        followers=_followers(world, record),
        groups=_by_title(world, (each for each in own if each.kind == "group")),
        follows=plans_followed_by(world, record.id),
        rules=_by_title(world, rules),
        documents=_by_title(world, (each for each in documents if each not in rules)),
    )


def _overseers(world: World, record: Record) -> Iterator[Overseer]:
    """Give the groups that cover an organisation and those to whom it was assigned in a cycle; the latest first."""
    groups = [each for each, link in world.register.sources_of(record.id, "group") if link.path[0] == "covers"]
    for each in _newest(groups):
        yield _overseer(world, each.id, str(each.get("cycle") or ""))
    for cycle, link in world.register.sources_of(record.id, "cycle"):
        if link.path[0] == "assignments":
            row = cycle.get(*link.path[:2]) or {}
            yield _overseer(world, str(row.get("who", "")), cycle.id, str(row.get("task", "")))


def _overseer(world: World, ref: str, cycle: str, task: str = "") -> Overseer:
    closed = world.register.find(cycle) if cycle else None
    return Overseer(ref, cycle, task, (isinstance(closed, Record) and "closed" in closed.data) or has_ended(world, ref))


def has_ended(world: World, ref: str) -> bool:
    """Tell whether a body, or the one that a group or a post belongs to, is no more."""
    thing = world.register.find(ref)
    return isinstance(thing, Record) and bool(since_ended(world, thing.id if thing.kind == "organisation" else thing.organisation))


def _strengths(world: World, record: Record) -> Strengths | None:
    """Give what the latest review of the organisation as a whole names as done well."""
    reviews = [each for each in records_of(world, record.id) if each.kind == "review" and not each.withdrawn and not is_individual(each)]
    counting = [each for each in reviews if each.get("strengths") and (each.told or "concluded" in each.data)]
    found = max(counting, key=lambda each: (not each.told, _day(each), each.id), default=None)
    if found is None:
        return None
    texts = tuple(str(each) for each in found.data["strengths"])
    return Strengths(found.id, texts[:_STRENGTHS], max(0, len(texts) - _STRENGTHS), bool(found.told))


def _followers(world: World, record: Record) -> tuple[tuple[str, str], ...]:
    plans = (each for each in records_of(world, record.id) if each.kind == "plan" and not each.withdrawn and "ended" not in each.data)
    named = dict.fromkeys(str(each.data["followed_by"]) for each in plans if "followed_by" in each.data)
    return tuple((ref, since_ended(world, ref)) for ref in by_title(world, tuple(named)))


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
