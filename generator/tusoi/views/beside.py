"""Corrections and replies, shown beside what they are about: what the record said stays in sight, and so does what is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import corrections, key_names, telling
from tusoi.dates import span
from tusoi.facts import Corrected
from tusoi.labels import Label, Shape, Tone
from tusoi.problem import Path
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.document_name import document_words
from tusoi.views.voices import is_few
from tusoi.views.world import World, view

UNANSWERED: Final = Label("Chưa có trả lời", Shape.DASH, Tone.WAITING)
ANSWERS: Final[Mapping[str, Label]] = {
    "agreed": Label("Đồng ý", Shape.FULL, Tone.GOOD),
    "accepted": Label("Tiếp thu", Shape.FULL, Tone.GOOD),
    "refused": Label("Không đồng ý", Shape.CROSS, Tone.BAD),
    "explained": Label("Đã giải thích", Shape.PAPER, Tone.QUIET),
    "referred": Label("Chuyển nơi khác giải quyết", Shape.PAPER, Tone.QUIET),
}
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Was:
    """A value that was corrected: what the record said, what is right, since when, and who says so."""

    stated: str
    corrected: str
    when: str
    ref: str
    """The correction."""
    what: str = ""
    """Which value of a figure it is, where it is not the number itself: `Trên tổng số`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A correction or a reply, as it stands beside what it is about."""

    ref: str
    title: str
    """`Ý kiến phản hồi của Đảng ủy xã An Mẫu`."""
    is_reply: bool
    about: str
    """Which value, in words; empty where it is about all of it."""
    was: Was | None
    text: str
    when: str
    document: str
    answer: Label | None
    """What was answered; None where nobody has to answer."""
    answer_ref: str
    answer_text: str


@view
def beside(world: World, it: Record | Part | None) -> tuple[Beside, ...]:
    """Give the corrections and replies that belong on the page of a record or part, in time."""
    return () if it is None else remarks(world, it)


@view
def was_of(world: World, figure: Mapping[str, Any]) -> tuple[Was, ...]:
    """Give what was corrected in a figure: one of the register itself, for it is known by where it stands."""
    found = ((record, path, entry) for (name, path), entry in world.facts.corrections.items() if (record := world.register.records.get(name)))
    return tuple(_was(world, record, path, entry) for record, path, entry in found if record.get(*path[:-1]) is figure)


def was_at(world: World, record: Record, *path: str | int) -> Was | None:
    """Say what the value at a place of a record was before it was corrected; None where it was not."""
    entry = world.facts.corrections.get((record.id, path))
    return _was(world, record, path, entry) if entry else None


def remarks(world: World, it: Record | Part) -> tuple[Beside, ...]:
    """Give the corrections and replies about a record or part, in time."""
    return tuple(line(world, each) for each in about(world, it))


def about(world: World, it: Record | Part) -> tuple[Record, ...]:
    """Give the corrections and replies about a record or part: those about its own parts, too, where these have no page."""
    record = it.record if isinstance(it, Part) else it
    refs = [it.ref, *(each.ref for each in record.parts if each.kind not in world.titles.paged and _is_within(each, it, world))]
    found = {each.id: each for ref in refs for each in _about(world, ref)}
    if isinstance(it, Part):
        found |= {each.id: each for each in _about(world, record.id) if (way := _way(each, record)) and way[: len(it.path)] == it.path}
    return tuple(sorted(found.values(), key=_first))


def line(world: World, each: Record) -> Beside:
    """Show one correction or reply. One of the organisation's own record counts at once; any other waits for an answer."""
    target = world.register.find(str(each.get("of")))
    record = target.record if isinstance(target, Part) else target
    path = _way(each, record)
    answer = _answer(world, each)
    is_reply = each.get("nature") == "reply"
    stands = record is None or record.organisation == each.organisation or _counts(world, each, record, path)
    words = _("Ý kiến phản hồi") if is_reply else _("Đính chính") if stands else _("Đề nghị đính chính")
    waits = None if stands or is_reply or each.told else UNANSWERED
    return Beside(
        ref=each.id,
        title=_("{words} của {str}", words=words, str=world.titles.full(str(each.get("by") or each.organisation))),
        is_reply=is_reply,
        about=_where(world, record, path),
        was=_claimed(each, record, path) if record is not None and not is_reply and not _is_hidden(world, record, path) else None,
        text=str(each.get("text") or ""),
        when=telling.day(each.get("date")),
        document=document_words(each.get("document")),
        answer=ANSWERS.get(str(answer.get("result") or "")) if answer else waits,
        answer_ref=answer.id if answer else "",
        answer_text=str(answer.get("text") or "") if answer else "",
    )


def told_value(record: Record, path: Path, value: object) -> str:
    """Write a value as it may be told where it stands: a number in its unit, a text as it is said."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return f"“{telling.shortened(str(value), _LONGEST)}”"
    if path[-1] == "stated_percent":
        return telling.percents(value)
    around = record.get(*path[:-1])
    counted = {"value": value, **{key: around[key] for key in ("unit", "what") if key in around}} if isinstance(around, Mapping) else {"value": value}
    return telling.number_of({"unit": record.get("unit") or "", **counted})


def _about(world: World, ref: str) -> Iterator[Record]:
    return (each for each, link in world.register.sources_of(ref, "correction") if link.path == ("of",))


def _is_within(part: Part, it: Record | Part, world: World) -> bool:
    """Whether a part is shown on the page of a record or of another part."""
    if isinstance(it, Part):
        return part is not it and part.path[: len(it.path)] == it.path
    return not any(part.path[: len(each.path)] == each.path for each in it.parts if each.kind in world.titles.paged)


def _way(each: Record, record: Record | None) -> Path:
    """Give the way to what a correction is about, from the root of the record; empty where it names nothing there."""
    if record is None or each.get("path") is None:
        return ()
    name = str(each.get("of")).partition("#")[2]
    target: Record | Part = next((part for part in record.parts if part.id == name), record)
    return corrections.way(target, str(each.get("path"))) or ()


def _counts(world: World, each: Record, record: Record, path: Path) -> bool:
    """Whether totals and pages use the corrected value."""
    entry = world.facts.corrections.get((record.id, path))
    return entry is not None and each.get("corrected") in entry.values[1:]


def _claimed(each: Record, record: Record, path: Path) -> Was | None:
    """Give what a correction says was stated and is right, whether or not it counts."""
    if "stated" not in each.data or "corrected" not in each.data:
        return None
    stated, corrected = (told_value(record, path or ("",), each.data[key]) for key in ("stated", "corrected"))
    return Was(stated, corrected, telling.day(each.get("date")), each.id)


def _is_hidden(world: World, record: Record, path: Path) -> bool:
    """Whether a value may not be told: of a round with very few forms all but their number, and on a public site what is for members."""
    kind = world.kind(record.kind)
    if record.kind == "feedback" and is_few(world, record) and path[:1] != ("forms",):
        return True
    steps = [key_names.at(kind.schema, path[:end]) for end in range(1, len(path) + 1)] if kind else []
    return world.site.is_public and any(step.get("x-access", "public") != "public" for step in steps)


def _was(world: World, record: Record, path: Path, entry: Corrected) -> Was:
    stated, corrected = (told_value(record, path, value) for value in (entry.stated, entry.corrected))
    kind = world.kind(record.kind)
    is_in_figure = "unit" in (record.get(*path[:-1]) or ())
    what = key_names.title(key_names.at(kind.schema, path), "vi") if kind and is_in_figure and path[-1] != "value" else ""
    return Was(stated, corrected, telling.day(entry.record.get("date")), entry.record.id, what)


def _where(world: World, record: Record | None, path: Path) -> str:
    """Name the value that a correction is about: what a figure counts, or the key as its schema calls it."""
    kind = world.kind(record.kind) if record is not None else None
    if record is None or kind is None or not path:
        return ""
    around = record.get(*path[:-1])
    counted = str(around.get("what") or "") if isinstance(around, Mapping) else ""
    name = key_names.about(kind.schema, path)["title_vi"]
    return telling.sentence_case(counted if counted and path[-1] == "value" else f"{counted}, {name.lower()}" if counted else name)


def _answer(world: World, each: Record) -> Record | None:
    answers = [answer for answer, link in world.register.sources_of(each.id, "answer") if link.path == ("of",)]
    return max(answers, key=_first, default=None)


def _first(record: Record) -> tuple[str, str]:
    when = span(record.get("date"))
    return when.first.isoformat() if when else "", record.id
