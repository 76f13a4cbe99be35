"""The sources: what they are, how sure their date is, and what they tell."""

from __future__ import annotations

from dataclasses import dataclass

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.record import Record
from tusoi.views.order import Group, by_name
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, how sure its date is, and what it tells."""

    ref: str
    title: str
    publisher: str
    shown_on: str
    confidence: str
    about_confidence: str
    url: str
    records: tuple[Group[str], ...]
    """The records that it tells, by organisation."""
    count: int


@view
def sources(world: World) -> tuple[SourceLine, ...]:
    """Gather the sources, by title."""
    found = [_source(world, record) for record in world.register.of_kind("source")]
    return tuple(sorted(found, key=lambda each: (sort_key(each.title), each.ref)))


def _source(world: World, record: Record) -> SourceLine:
    data = record.data
    kind = world.kind("source")
    told: dict[str, list[str]] = {}
    for link in world.register.links_to(record.id):
        if link.path[0] == "told_by" and not world.register.records[link.source].withdrawn:
            told.setdefault(world.register.records[link.source].organisation, []).append(link.source)
    groups = tuple(Group(world.titles.full(each), tuple(sorted(told[each])), each) for each in by_name(world, told))
    return SourceLine(
        ref=record.id,
        title=str(data.get("title", record.id)),
        publisher=str(data.get("publisher", "")),
        shown_on=telling.day(data.get("shown_on")),
        confidence=telling.sentence_case(labels.word(kind.schema, "confidence", str(data["confidence"]))) if kind and "confidence" in data else "",
        about_confidence=str(data.get("about_confidence", "")),
        url=str(data.get("url", "")),
        records=groups,
        count=sum(len(group.rows) for group in groups),
    )
