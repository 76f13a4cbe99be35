"""A source and a document, with what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

from tusoi import telling
from tusoi.collation import sort_key
from tusoi.record import Record
from tusoi.views.pieces import enum_word
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class SourceView:
    """The page of a source: what it is and which records it tells."""

    title: str
    publisher: str
    shown_on: str
    confidence: str
    about_confidence: str
    url: str
    tells: tuple[tuple[str, tuple[str, ...]], ...]
    """By organisation: its name, and the records."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The page of a document."""

    title: str
    number: str
    dated: str
    valid_to: str
    nature: str
    implements: tuple[str, ...]
    implemented_by: tuple[str, ...]
    """Documents that carry it out, by their dates: the next links of the chain."""
    named_in: tuple[str, ...]


@view
def source(world: World, record: Record) -> SourceView:
    """Tell what a source is, and which records it tells."""
    data = record.data
    told: dict[str, list[str]] = {}
    for link in world.register.links_to(record.id):
        if link.path[0] == "told_by":
            told.setdefault(world.register.records[link.source].organisation, []).append(link.source)
    organisations = sorted(told, key=lambda ref: sort_key(world.titles.full(ref)))
    return SourceView(
        title=world.titles.of_record(record),
        publisher=str(data.get("publisher", "")),
        shown_on=telling.day(data.get("shown_on")),
        confidence=enum_word(world, record, "confidence"),
        about_confidence=str(data.get("about_confidence", "")),
        url=str(data.get("url", "")),
        tells=tuple((world.titles.full(each), tuple(sorted(told[each]))) for each in organisations),
    )


@view
def document(world: World, record: Record) -> DocumentView:
    """Tell what a document is, which it carries out, which carry it out, and where it is named."""
    data = record.data
    followers = {each.id for each, link in world.register.sources_of(record.id, "document") if link.path[0] == "implements"}
    return DocumentView(
        title=str(data.get("title") or world.titles.of_record(record)),
        number=str(data.get("number", "")),
        dated=telling.day(data.get("dated")),
        valid_to=telling.day(data.get("valid_to")),
        nature=enum_word(world, record, "nature"),
        implements=tuple(data.get("implements", ())),
        implemented_by=tuple(sorted(followers, key=lambda ref: (str(world.register.records[ref].get("dated") or ""), ref))),
        named_in=tuple(sorted({link.source for link in world.register.links_to(record.id)} - followers)),
    )
