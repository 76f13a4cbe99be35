"""The templates of records: one page for each kind, made from its schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tusoi import offering, skeleton
from tusoi.collation import sort_key
from tusoi.kinds import ORGANISATION, Kinds
from tusoi.record import Kind
from tusoi.speech import OURS, _, language
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of record: its name, one sentence, and its template's page."""

    name: str
    title: str
    description: str
    path: str
    folder: str


def kind_lines(world: World) -> tuple[KindLine, ...]:
    """List the kinds of record by their names."""
    lines = (_kind_line(kind) for kind in world.register.kinds.values())
    return tuple(sorted(lines, key=lambda line: sort_key(line.title)))


def _kind_line(kind: Kind) -> KindLine:
    home = kind.schema if language() == OURS else kind.schema.get("x-en", {})
    return KindLine(kind.name, kind.words[language()], str(home.get("description", "")), f"mau/{kind.name}.html", folder_of(kind))


def folder_of(kind: Kind) -> str:
    """Say where a record of the kind is kept."""
    if kind.folder == "root":
        return f"records/{kind.name}.yml"
    if kind.name == ORGANISATION:
        return _("records/<đơn vị>/{name}.yml", name=kind.name)
    return _("records/{value}/{plural}/<tên>.yml", value="common" if kind.folder == "common" else _("<đơn vị>"), plural=kind.plural)


@dataclass(frozen=True, slots=True)
class SealLine:
    """A seal and what it needs."""

    name: str
    title: str
    description: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """The page of a kind's template."""

    title: str
    description: str
    folder: str
    short: str
    full: str
    seals: tuple[SealLine, ...]
    link: str
    """How a link to a record of this kind is written."""


@view
def template(world: World, kind: Kind) -> TemplateView:
    """Make the page from which a record of this kind is copied."""
    line = _kind_line(kind)
    examples = examples_of(world)
    lang = language()
    return TemplateView(
        title=line.title,
        description=line.description,
        folder=line.folder,
        short=offering.blank(kind, world.register.kinds, world.facts, lang),
        full=skeleton.full(kind, skeleton.Speech(lang, examples, content=lang)),
        seals=tuple(_seal(kind, seal, lang) for seal in kind.schema.get("x-seals", ())),
        link=examples(kind.name)[0],
    )


def examples_of(world: World) -> Callable[[str], tuple[str, ...]]:
    """Give what shows how links to a kind of record or part look."""
    kinds = world.register.kinds
    return kinds.examples if isinstance(kinds, Kinds) else skeleton.no_example


@view
def templates(world: World) -> tuple[KindLine, ...]:
    """List the kinds of record that can be written."""
    return kind_lines(world)


def _seal(kind: Kind, seal: Mapping[str, Any], lang: str) -> SealLine:
    schema = kind.schema["properties"].get(seal["name"], {})
    home = schema if lang == "vi" else schema.get("x-en", {})
    return SealLine(seal["name"], str(home.get("title", seal["name"])), str(home.get("description", "")), tuple(seal.get("requires", ())))
