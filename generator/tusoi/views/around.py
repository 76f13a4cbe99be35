"""What stands around every page: where the reader is, what the record is, whose story it is, and where its source is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, translations
from tusoi.counted import SMALL
from tusoi.editing import file_address
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _, language
from tusoi.telling import shortened
from tusoi.views.followed import SUGGESTION, purpose
from tusoi.views.pieces import enum_word, finding_chips
from tusoi.views.unsaid import unsaid
from tusoi.views.world import World, view

SENT: Final = Label("Đã gửi", Shape.PAPER, Tone.GOOD)
"""What is said of a comment or a critique: nobody but a superior issues anything."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way from the first page to this one."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Teller:
    """A source that tells the story, and how sure its date is."""

    ref: str
    publisher: str
    shown_on: object
    confidence: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the layout shows of a page's record; nothing where a page is about no record."""

    crumbs: tuple[Crumb, ...] = ()
    eyebrow: str = ""
    chips: tuple[Label, ...] = ()
    lang: str = ""
    """Named where the record is written in another language than the site."""
    told: tuple[Teller, ...] = ()
    missing: tuple[str, ...] = ()
    """What the source leaves out."""
    withdrawn: Mapping[str, Any] | None = None
    held: Mapping[str, Any] | None = None
    held_posts: int = 0
    """Of how many posts something held elsewhere is; 0 where they are so few that the number points at somebody."""
    note: str = ""
    file: str = ""
    file_address: str = ""
    translated: int = 0
    """So many of its texts are shown in translation."""
    overtaken: int = 0
    """So many were changed after they were translated, and are shown as they are."""
    original: str = ""
    """What the language is called in which it is written."""
    original_code: str = ""


@view
def around(world: World, it: Record | Part | None) -> Around:
    """Gather what stands around the page of a record or part."""
    if it is None:
        return Around()
    record = it.record if isinstance(it, Part) else it
    data = record.data
    translated, overtaken = translations.counts(it)
    return Around(
        crumbs=_crumbs(world, it, record),
        eyebrow=_eyebrow(world, it, record),
        chips=_chips(world, it, record),
        lang=world.titles.language(it.ref, language()),
        told=tuple(_teller(world, source) for source in data.get("told_by", ())),
        missing=() if isinstance(it, Part) else unsaid(world, record),
        withdrawn=data.get("withdrawn"),
        held=data.get("held_elsewhere"),
        held_posts=posts if (posts := int(record.get("held_elsewhere", "posts") or 0)) >= SMALL else 0,
        note="" if isinstance(it, Part) else str(data.get("note", "")),
        file=record.source.file,
        file_address=file_address(world.site.host, record.source.file),
        translated=translated,
        overtaken=overtaken,
        original=_("tiếng Anh") if data.get("lang", world.site.lang) == "en" else _("tiếng Việt"),
        original_code=str(data.get("lang", world.site.lang)),
    )


def _crumbs(world: World, it: Record | Part, record: Record) -> tuple[Crumb, ...]:
    steps = [Crumb(_("Trang đầu"), "index.html")]
    if record.id != record.organisation and record.organisation in world.register.records:
        steps.append(Crumb(world.titles.short(record.organisation), f"{record.organisation}.html"))
    if isinstance(it, Part):
        steps.append(Crumb(shortened(world.titles.of_record(record), 60), f"{record.id}.html"))
    return tuple(steps)


def _eyebrow(world: World, it: Record | Part, record: Record) -> str:
    if isinstance(it, Part):
        return f"{_ordinal(it)} · {world.titles.organisation(record)}"
    if record.kind == "organisation":
        kind = world.kind("organisation")
        return labels.word(kind.schema, "type", record.data["type"]) if kind and "type" in record.data else ""
    owner = world.titles.organisation(record)
    words = (enum_word(world, record, "purpose") if record.kind == "suggestion" else "") or world.titles.kind(record.kind)
    return f"{words} · {owner}" if owner else words


def _ordinal(part: Part) -> str:
    """Say which part this is in words for readers: its place in the record, never its id."""
    siblings = part.record.parts_of(part.kind)
    number = siblings.index(part) + 1
    words = {"finding": _("Hạn chế"), "action": _("Việc"), "issue": _("Vấn đề")}.get(part.kind, _("Phần"))
    return f"{words} {number}" if len(siblings) > 1 else words


def _chips(world: World, it: Record | Part, record: Record) -> tuple[Label, ...]:
    if record.withdrawn:
        return (labels.WITHDRAWN,)
    if isinstance(it, Part):
        if it.ref in world.facts.findings:
            return finding_chips(world.facts.findings[it.ref])
        facts = world.facts.actions.get(it.ref)
        return labels.action(facts) if facts else ()
    stage = labels.stage(record, world.kind(record.kind), world.facts.day)
    if stage is labels.STAGE["issued"] and purpose(record) != SUGGESTION:
        stage = SENT
    return (stage,) if stage else ()


def _teller(world: World, ref: str) -> Teller:
    source = world.register.find(ref)
    kind = world.kind("source")
    if not isinstance(source, Record) or kind is None:
        return Teller(ref, "", None, "")
    data = source.data
    confidence = labels.word(kind.schema, "confidence", data["confidence"]) if "confidence" in data else ""
    return Teller(ref, str(data.get("publisher", "")), data.get("shown_on"), confidence)
