"""A cycle and a classification: steps and scope, ratings with their numbers and denominators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.dates import span
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.cycle_steps import StepLine, steps
from tusoi.views.document_name import document_words
from tusoi.views.followed import COMMENT, CRITIQUE, purpose, reminders
from tusoi.views.pieces import Event, Signature, enum_word, signatures
from tusoi.views.quota_board import NO_GROUP
from tusoi.views.scales import level_word, levels_of, scheme_word
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who was given what in a cycle."""

    who: str
    covers: tuple[str, ...]
    task: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A body that has to comment on organisations of a cycle, and the comments that it filed."""

    of: str
    filed: tuple[tuple[str, str], ...]
    """The comment, and the group to which it was sent; empty where it was not."""


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
    critiques: tuple[str, ...]
    reviews: tuple[str, ...]
    classifications: tuple[str, ...]
    template: str
    criteria: str
    assignments: tuple[Assignment, ...]
    comments: tuple[CommentLine, ...]
    """Who has to comment, A–Z, and what came."""
    groups: tuple[str, ...]
    events: tuple[str, ...]
    rounds: tuple[str, ...]
    lessons: tuple[str, ...]
    reminders: tuple[Event, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """What a rating says to one criterion of its scale."""

    name: str
    score: str
    text: str


@dataclass(frozen=True, slots=True)
class RatingLine:
    """An organisation and its level."""

    anchor: str
    of: str
    level: str
    stated: str
    basis: tuple[str, ...]
    score: str
    criteria: tuple[CriterionScore, ...]
    """The criteria of which it says how well they were met."""
    bare: tuple[str, ...]
    """Those of which it says only that they were looked at."""


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many organisations got a level, of how many."""

    level: str
    figure: str


@dataclass(frozen=True, slots=True)
class PeerLines:
    """Organisations that may be compared, A–Z, with how many got each level."""

    title: str
    """Empty where all are of one group that has no name."""
    counts: tuple[LevelCount, ...]
    ratings: tuple[RatingLine, ...]


@dataclass(frozen=True, slots=True)
class ClassificationView:
    """The page of a classification."""

    title: str
    told: bool
    cycle: str
    scheme: str
    groups: tuple[PeerLines, ...]
    totals: tuple[tuple[str, str], ...]
    seals: tuple[Signature, ...]
    tally_by: str
    is_hidden: bool
    """Ratings are not for everybody before they are decided."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@view
def cycle(world: World, record: Record) -> CycleView:
    """Tell everything about a cycle."""
    data = record.data
    named = {
        kind: [each.id for each, link in world.register.sources_of(record.id, kind) if link.path == ("cycle",)]
        for kind in ("suggestion", "review", "classification", "group", "event", "feedback", "lesson")
    }
    comments = {ref for ref in named["suggestion"] if purpose(world.register.records[ref]) == COMMENT}
    critiques = {ref for ref in named["suggestion"] if purpose(world.register.records[ref]) == CRITIQUE}
    return CycleView(
        title=world.titles.of_record(record),
        told=record.told,
        kind=enum_word(world, record, "kind"),
        period=telling.between(data.get("from"), data.get("to")),
        theme=str(data.get("theme", "")),
        steward=str(data.get("steward", "")),
        previous=str(data.get("previous", "")),
        scope=by_title(world, data.get("scope", ())),
        steps=steps(world, record),
        exemptions=tuple((str(row["of"]), str(row.get("reason", ""))) for row in data.get("exemptions", ()) if "of" in row),
        basis=tuple((document_words(each), str(each.get("of", ""))) for each in record.get("opened", "basis") or ()),
        seals=signatures(world, record),
        figures=tuple(data.get("figures", ())),
        suggestions=tuple(each for each in named["suggestion"] if each not in comments | critiques),
        critiques=tuple(sorted(critiques)),
        reviews=_by_owner(world, named["review"]),
        classifications=_by_owner(world, named["classification"]),
        template=world.profile.word("templates", str(data["template"])) if "template" in data else "",
        criteria=str(data.get("criteria", "")),
        assignments=tuple(
            Assignment(str(row.get("who", "")), by_title(world, tuple(row.get("covers", ()))), str(row.get("task", ""))) for row in data.get("assignments", ())
        ),
        comments=tuple(_comments(world, record, comments)),
        groups=by_title(world, tuple(named["group"])),
        events=tuple(sorted(named["event"], key=lambda ref: (_first_day(world, ref), ref))),
        rounds=_by_owner(world, named["feedback"]),
        lessons=_by_owner(world, named["lesson"]),
        reminders=reminders(world, record.id),
    )


@view
def classification(world: World, record: Record) -> ClassificationView:
    """Tell everything about a classification: numbers with their denominators, organisations A–Z."""
    data = record.data
    is_hidden = world.site.is_public and "decided" not in data and not record.told
    shown = [part for part in record.parts_of("rating") if not (world.site.is_public and _is_post(world, part))]
    ratings = [] if is_hidden else sorted(shown, key=lambda part: sort_key(world.titles.full(str(part.data.get("of", "")))))
    return ClassificationView(
        title=world.titles.of_record(record),
        told=record.told,
        cycle=str(data.get("cycle", "")),
        scheme=scheme_word(world, record),
        groups=tuple(_peers(world, record, ratings)),
        totals=() if is_hidden else tuple(_total(world, record, each) for each in data.get("totals", ())),
        seals=signatures(world, record),
        tally_by=str(record.get("decided", "tally_by") or ""),
        is_hidden=is_hidden,
    )


def by_title(world: World, refs: tuple[str, ...]) -> tuple[str, ...]:
    """Sort refs A–Z by what a reader sees."""
    return tuple(sorted(refs, key=lambda ref: sort_key(world.titles.full(ref))))


def _by_owner(world: World, refs: Iterable[str]) -> tuple[str, ...]:
    """Sort records by whose they are, A–Z; those of one organisation stay in their order."""
    return tuple(sorted(refs, key=lambda ref: sort_key(world.titles.full(ref.partition("/")[0]))))


def _comments(world: World, record: Record, filed: set[str]) -> Iterator[CommentLine]:
    """Give each body that has to comment, A–Z, and each that did without being asked."""
    asked = dict.fromkeys(str(ref) for ref in record.data.get("comments_from", ()))
    others = (world.register.records[ref].organisation for ref in sorted(filed))
    for of in by_title(world, tuple({**asked, **dict.fromkeys(others)})):
        own = [world.register.records[ref] for ref in sorted(filed) if world.register.records[ref].organisation == of]
        yield CommentLine(of, tuple((each.id, str(each.get("sent", "to") or "")) for each in own))


def _first_day(world: World, ref: str) -> str:
    when = span(world.register.records[ref].get("date"))
    return when.first.isoformat() if when else ""


def _rating(world: World, part: Part) -> RatingLine:
    data = part.data
    level = level_word(world, str(data.get("level", "")), str(part.record.data.get("scheme", "")))
    criteria = [_criterion(world, row) for row in data.get("criteria", ())]
    return RatingLine(
        anchor=part.id,
        of=str(data.get("of", "")),
        level=level,
        stated=str(data.get("stated", "")),
        basis=tuple(data.get("basis", ())),
        score=_("{score} điểm", score=telling.number(data["score"]), count=data["score"]) if "score" in data else "",
        criteria=tuple(each for each in criteria if each.score or each.text),
        bare=tuple(each.name for each in criteria if not (each.score or each.text)),
    )


def _criterion(world: World, row: Mapping[str, Any]) -> CriterionScore:
    score = _("{score} điểm", score=telling.number(row["score"]), count=row["score"]) if "score" in row else ""
    return CriterionScore(world.profile.word("rating_criteria", str(row.get("id", ""))), score, str(row.get("text", "")))


def _is_post(world: World, part: Part) -> bool:
    """Whether a post is rated: that is for members only."""
    thing = world.register.find(str(part.data.get("of", "")))
    return isinstance(thing, Record) and thing.kind == "role"


def _peers(world: World, record: Record, ratings: list[Part]) -> Iterator[PeerLines]:
    """Give the ratings by peer group: only inside one may organisations be compared. Those of no group stand last."""
    groups: dict[str, list[Part]] = {}
    for part in ratings:
        body = world.register.find(str(part.data.get("of", "")))
        groups.setdefault(str(body.data.get("peer_group", "")) if body else "", []).append(part)
    for title in sorted(groups, key=lambda each: (not each, sort_key(each))):
        found = groups[title]
        named = title or (_(NO_GROUP) if len(groups) > 1 else "")
        yield PeerLines(named, tuple(_counts(world, record, found)), tuple(_rating(world, part) for part in found))


def _counts(world: World, record: Record, ratings: list[Part]) -> list[LevelCount]:
    """Count the organisations of each level that somebody got."""
    rated = [part.data["level"] for part in ratings if "level" in part.data]
    if not rated:
        return []
    unit = {"of": len(rated), "unit": _("đơn vị")}
    scheme = str(record.data.get("scheme", ""))
    got = [each for each in levels_of(world, record) if each in rated]
    return [LevelCount(level_word(world, each, scheme), telling.figure({"value": rated.count(each), **unit})) for each in got]


def _total(world: World, record: Record, total: Mapping[str, Any]) -> tuple[str, str]:
    level = level_word(world, str(total.get("level", "")), str(record.data.get("scheme", "")))
    return (_("{level} trở lên", level=level) if total.get("or_better") else level), telling.figure(total, told=record.told)
