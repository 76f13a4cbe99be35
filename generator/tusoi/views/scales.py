"""Scales and levels in the words of the profile: those of the scale that a record names, or of the one in force."""

from __future__ import annotations

from tusoi.dates import span
from tusoi.profile import Scheme
from tusoi.record import Record
from tusoi.speech import language
from tusoi.views.world import World


def scheme_word(world: World, record: Record) -> str:
    """Name the scale of a classification; as written where the profile does not know it."""
    stated = str(record.data.get("scheme", ""))
    return world.profile.word("schemes", stated) if stated else ""


def level_word(world: World, level: str, scheme: str = "") -> str:
    """Give the Vietnamese name of a level; as written where no scale has it, empty where none is stated."""
    known = world.profile.level(level, scheme) if level else None
    return str(known.words.get(language(), known.words["vi"])) if known else level


def scale_of(world: World, record: Record) -> Scheme | None:
    """Give the scale of a classification: the one that it names, or else the newest that was in force when it was decided, or when its cycle ended."""
    named = world.profile.scheme(str(record.data.get("scheme", "")))
    if named:
        return named
    cycle = world.register.find(str(record.data.get("cycle", "")))
    when = record.get("decided", "date") or (cycle.get("to") if isinstance(cycle, Record) else None)
    return next(iter(world.profile.schemes_in_force(span(when))), None)


def levels_of(world: World, record: Record) -> tuple[str, ...]:
    """Give the levels of a classification's scale, the best first; where nobody knows the scale, those that its rows have."""
    scale = scale_of(world, record)
    rated = tuple(dict.fromkeys(str(part.data["level"]) for part in record.parts_of("rating") if "level" in part.data))
    known = tuple(each.id for each in scale.levels) if scale else ()
    return (*known, *(each for each in rated if each not in known))
