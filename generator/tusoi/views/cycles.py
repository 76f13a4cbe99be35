"""A cycle and a classification: steps and scope, ratings with their numbers and denominators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.record import Part, Record
from tusoi.views.pieces import Signature, document_words, enum_word, signatures
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a cycle."""

    name: str
    due: str
    text: str


@dataclass(frozen=True, slots=True)
class CycleView:
    """The page of a cycle."""

    title: str
    told: bool
    kind: str
    period: str
    theme: str
    steward: str
    previous: str
    scope: tuple[str, ...]
    steps: tuple[StepLine, ...]
    exemptions: tuple[tuple[str, str], ...]
    basis: tuple[tuple[str, str], ...]
    """Words and, where there is a record, its ref."""
    seals: tuple[Signature, ...]
    figures: tuple[Mapping[str, Any], ...]
    suggestions: tuple[str, ...]
    reviews: tuple[str, ...]
    classifications: tuple[str, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@dataclass(frozen=True, slots=True)
class RatingLine:
    """An organisation and its level."""

    anchor: str
    of: str
    level: str
    stated: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many organisations got a level, of how many."""

    level: str
    figure: str


@dataclass(frozen=True, slots=True)
class ClassificationView:
    """The page of a classification."""

    title: str
    told: bool
    cycle: str
    scheme: str
    ratings: tuple[RatingLine, ...]
    counts: tuple[LevelCount, ...]
    totals: tuple[tuple[str, str], ...]
    seals: tuple[Signature, ...]
    tally_by: str
    is_hidden: bool
    """Ratings are not for everybody before they are decided."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@view
def cycle(world: World, record: Record) -> CycleView:
    """Tell everything about a cycle."""
    data = record.data
    named = {
        kind: [each.id for each, link in world.register.sources_of(record.id, kind) if link.path == ("cycle",)]
        for kind in ("suggestion", "review", "classification")
    }
    return CycleView(
        title=world.titles.of_record(record),
        told=record.told,
        kind=enum_word(world, record, "kind"),
        period=telling.between(data.get("from"), data.get("to")),
        theme=str(data.get("theme", "")),
        steward=str(data.get("steward", "")),
        previous=str(data.get("previous", "")),
        scope=by_title(world, data.get("scope", ())),
        steps=tuple(StepLine(_step_word(world, record, step), telling.day(step.get("due")), str(step.get("text", ""))) for step in data.get("steps", ())),
        exemptions=tuple((str(row["of"]), str(row.get("reason", ""))) for row in data.get("exemptions", ()) if "of" in row),
        basis=tuple((document_words(each), str(each.get("of", ""))) for each in record.get("opened", "basis") or ()),
        seals=signatures(world, record),
        figures=tuple(data.get("figures", ())),
        suggestions=tuple(named["suggestion"]),
        reviews=tuple(named["review"]),
        classifications=tuple(named["classification"]),
    )


@view
def classification(world: World, record: Record) -> ClassificationView:
    """Tell everything about a classification: numbers with their denominators, organisations A–Z."""
    data = record.data
    is_hidden = world.site.is_public and "decided" not in data and not record.told
    ratings = [] if is_hidden else sorted(record.parts_of("rating"), key=lambda part: sort_key(world.titles.full(str(part.data.get("of", "")))))
    return ClassificationView(
        title=world.titles.of_record(record),
        told=record.told,
        cycle=str(data.get("cycle", "")),
        scheme=labels.scheme(str(data.get("scheme", ""))),
        ratings=tuple(_rating(world, part) for part in ratings),
        counts=tuple(_counts(world, record, ratings)),
        totals=() if is_hidden else tuple(_total(world, record, each) for each in data.get("totals", ())),
        seals=signatures(world, record),
        tally_by=str(record.get("decided", "tally_by") or ""),
        is_hidden=is_hidden,
    )


def by_title(world: World, refs: tuple[str, ...]) -> tuple[str, ...]:
    """Sort refs A–Z by what a reader sees."""
    return tuple(sorted(refs, key=lambda ref: sort_key(world.titles.full(ref))))


def _step_word(world: World, record: Record, step: Mapping[str, Any]) -> str:
    kind = world.kind(record.kind)
    return labels.word(kind.schema, "steps", "step", str(step.get("step", ""))) if kind else ""


def _rating(world: World, part: Part) -> RatingLine:
    data = part.data
    level = enum_word(world, part, "level") if "level" in data else ""
    return RatingLine(part.id, str(data.get("of", "")), level, str(data.get("stated", "")), tuple(data.get("basis", ())))


def _counts(world: World, record: Record, ratings: list[Part]) -> list[LevelCount]:
    """Count the organisations of each level; every level is there, also with none."""
    kind = world.kind(record.kind)
    levels = [part.data["level"] for part in ratings if "level" in part.data]
    if not levels or kind is None:
        return []
    unit = {"of": len(levels), "unit": "đơn vị"}
    words = kind.schema["properties"]["ratings"]["items"]["properties"]["level"]["enum"]
    return [LevelCount(labels.word(kind.schema, "ratings", "level", each), telling.figure({"value": levels.count(each), **unit})) for each in words]


def _total(world: World, record: Record, total: Mapping[str, Any]) -> tuple[str, str]:
    kind = world.kind(record.kind)
    level = labels.word(kind.schema, "totals", "level", str(total.get("level", ""))) if kind else ""
    return (f"{level} trở lên" if total.get("or_better") else level), telling.figure(total, told=record.told)
