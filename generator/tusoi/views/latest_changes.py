"""What changed last, for the first page: what was recorded last where that is known, else the last dated steps that the records tell of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tusoi import telling
from tusoi.dates import Span, span
from tusoi.evidence import concerns_one_post, is_individual
from tusoi.past import Version
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.value_words import low
from tusoi.views.pieces import signature
from tusoi.views.timelines import timeline
from tusoi.views.world import World

_NUMBER: Final = 3
_QUIET: Final = frozenset({"project", "organisation", "role", "source", "document"})
"""Kinds of which nobody asks what happened last: how the site is made, which bodies, posts and papers there are."""
_HAPPENED: Final = ("date", "dated")
"""The keys that say when something happened that no seal dates."""
_LONGEST: Final = 140


@dataclass(frozen=True, slots=True)
class LatestChange:
    """One step: on which day, whose record, and what changed in it."""

    day: str
    organisation: str
    ref: str
    words: str


def latest_changes(world: World) -> tuple[LatestChange, ...]:
    """Give the last three, the latest first, each of another record."""
    records = [each for each in world.register.records.values() if _is_for_readers(world, each)]
    recorded = [(version.step.day, version.step.number, each) for each in records if (version := _last_version(world, each))]
    if recorded:
        recorded.sort(key=lambda each: (each[0], each[1], each[2].id), reverse=True)
        return tuple(LatestChange(telling.day(day), each.organisation, each.id, _recorded(world, each)) for day, _number, each in recorded[:_NUMBER])
    stated = sorted((found for each in records if (found := _last_step(world, each))), key=lambda each: (each[0], each[2].id), reverse=True)
    return tuple(LatestChange(telling.day(day), each.organisation, each.id, words) for day, words, each in stated[:_NUMBER])


def _is_for_readers(world: World, record: Record) -> bool:
    """Whether a record is an organisation's own, about no single post, and tells of something that happened."""
    if record.told or record.kind in _QUIET or is_individual(record) or record.organisation not in world.facts.organisations:
        return False
    about = _plan_of(world, record)
    return about is None or not concerns_one_post(about, world.register)


def _plan_of(world: World, record: Record) -> Record | None:
    """Give the plan that a record is, reports on, or asks to change."""
    if record.kind == "plan":
        return record
    thing = world.register.find(str(record.get("of") or "")) if isinstance(record.get("of"), str) else None
    thing = thing.record if isinstance(thing, Part) else thing
    return thing if thing is not None and thing.kind == "plan" else None


def _last_version(world: World, record: Record) -> Version | None:
    versions = world.past.of(record.id)
    return versions[-1] if versions else None


def _recorded(world: World, record: Record) -> str:
    """Say what was recorded of it on the last day, in its first sentence; of what is new, what it is."""
    told = timeline.make(world, record)
    if not told:
        return ""
    if len(told.days) == 1:
        return _("Hồ sơ mới: {kind}", kind=low(world.titles.kind(record.kind)))
    return telling.shortened(told.days[-1].words[0], _LONGEST)


def _last_step(world: World, record: Record) -> tuple[date, str, Record] | None:
    """Give the last whole day that a record states for something done, and what was done; None where it states none."""
    return max(_steps(world, record), key=lambda each: each[0], default=None)


def _steps(world: World, record: Record) -> Iterator[tuple[date, str, Record]]:
    kind = world.kind(record.kind)
    for seal in kind.seals if kind else ():
        if when := _whole(world, record.get(seal, "date")):
            yield when, signature(world, record, seal).words, record
    for key in _HAPPENED:
        if when := _whole(world, record.get(key)):
            yield when, world.titles.kind(record.kind), record


def _whole(world: World, stated: object) -> date | None:
    """Give a day that is stated as a whole and has come."""
    when: Span | None = span(stated)
    return when.last if when and when.exact and when.last <= world.facts.day else None
