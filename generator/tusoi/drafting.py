"""A new record for the command: where it goes, what stands in it, and the sentence that says why it can not be made. One file is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from tusoi import file_names, flow, offering, write
from tusoi.beginnings import Beginning, begin
from tusoi.beginnings.desk import Desk
from tusoi.beginnings.office import Office
from tusoi.key_names import nearest
from tusoi.record import Kind, Part, Record, Register

MOST: Final = 12
"""So many organisations are named to somebody who has named none."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a record is not made: the sentence and its words."""

    sentence: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: the kind, where, about what, on which day, how much of it, and in which language it is explained."""

    kind: str
    where: str = ""
    about: str = ""
    day: date | None = None
    full: bool = False
    lang: str = "vi"


@dataclass(frozen=True, slots=True)
class New:
    """A record that can be made: its file, from the project's folder, and its text."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class _Place:
    organisation: str = ""
    name: str = ""


def new(tree: flow.Tree, wish: Wish) -> New | Refused:
    """Make a record that nobody has yet."""
    kind = tree.register.kinds.get(wish.kind)
    if kind is None:
        return _unknown(wish.kind, tree)
    place = _place(kind, _id(wish.where), tree.register)
    if isinstance(place, Refused):
        return place
    about = tree.register.find(_id(wish.about)) if wish.about else None
    if wish.about and about is None:
        return Refused("new.about", {"ref": wish.about, "example": kind_example(tree.register, "plan")})
    judged = flow.judge(tree, wish.day or writing_day(tree))
    desk = Desk(Office(judged.register, judged.facts), place.organisation, _as_of(judged.register, about), judged.problems)
    begun = begin(kind, desk, place.name)
    if refused := _occupied(tree, begun) or (_second(judged.register, begun, wish) if not (place.name or wish.about) else None):
        return refused
    speech = offering.speech_of(judged.register, wish.lang, judged.day.isoformat())
    return New(begun.file, offering.text_of(begun, speech, full=wish.full))


def writing_day(tree: flow.Tree) -> date:
    """Give the day on which a record is written: the one that the project fixes, else today."""
    fixed = tree.project.get("as_of") if tree.project else None
    return date.fromisoformat(fixed) if fixed else flow.today(tree)


def save(folder: Path, made: New) -> Refused | None:
    """Write the file; never over another, and through no link."""
    place = folder / made.file
    way = [place, *place.parents[: len(Path(made.file).parts) - 1]]
    if any(each.is_symlink() for each in way):
        return Refused("new.link", {"place": place})
    try:
        write.fresh(place, made.text)
    except FileExistsError:
        return Refused("new.exists", {"place": place})
    except OSError as error:
        return Refused("new.failed", {"place": place, "reason": error.strerror or error})
    return None


def listed(tree: flow.Tree, lang: str) -> str:
    """Answer somebody who has named no kind."""
    return offering.listed(tree.register.kinds, lang, kind_example(tree.register, "plan"))


def kind_example(register: Register, kind: str) -> str:
    """Give the id of an organisation for an example: one that has such a record, else any."""
    with_one = (each.organisation for each in register.of_kind(kind) if not each.told)
    anybody = (each.id for each in register.of_kind("organisation") if not each.told)
    return next(with_one, None) or next(anybody, None) or "ten-don-vi"


def _id(text: str) -> str:
    """Give the id in what may be a path that somebody has copied: `records/xa/plans/2025.yml#A1`."""
    bare, mark, part = text.replace("\\", "/").strip("/").partition("#")
    bare = bare.removeprefix("./").removeprefix("records/").removesuffix(".yml").removesuffix("/organisation")
    return f"{bare}{mark}{part}"


def _as_of(register: Register, about: Record | Part | None) -> Record | Part | None:
    """Give the same thing as it was on the day; as it is where it was not there yet."""
    return (register.find(about.ref) or about) if about else None


def _unknown(name: str, tree: flow.Tree) -> Refused:
    kinds = tree.register.kinds
    words = {each.plural: each.name for each in kinds.values()} | {file_names.slug(text): each.name for each in kinds.values() for text in each.words.values()}
    said = file_names.slug(name)
    alike = sorted({kind for text, kind in words.items() if said and text.startswith(said)})
    meant = words.get(name) or words.get(said) or nearest(name.lower(), kinds) or (alike[0] if len(alike) == 1 else "")
    params = {"kind": name, "known": ", ".join(sorted(kinds))}
    return Refused("new.kind.near", {**params, "meant": meant}) if meant else Refused("new.kind", params)


def _place(kind: Kind, where: str, register: Register) -> _Place | Refused:
    """Read where the record is to go: an organisation, or the whole id."""
    pieces = where.split("/") if where else []
    for piece in pieces:
        if not file_names.is_slug(piece):
            return Refused("new.slug", {"name": piece, "suggestion": file_names.slug(piece) or "ten-moi"})
    match kind.folder, kind.name:
        case "root", _:
            return _Place() if pieces in ([], [kind.name]) else Refused("new.place.one", {"kind": kind.name})
        case "common", _:
            return _common(kind, pieces)
        case _, "organisation":
            return _Place(pieces[0]) if len(pieces) == 1 else Refused("new.place.organisation", {"id": pieces[0] if pieces else "ten-don-vi"})
    return _within(kind, pieces, register) if pieces else _nowhere(kind, register)


def _within(kind: Kind, pieces: list[str], register: Register) -> _Place | Refused:
    """Read an organisation, and after it the name where one is given."""
    organisation, *rest = pieces
    if len(rest) > 2 or (len(rest) == 2 and rest[0] != kind.plural):  # noqa: PLR2004 -- the kind's folder and the name
        return Refused("new.place.folder", {"kind": kind.name, "id": f"{organisation}/{kind.plural}/{pieces[-1]}"})
    return _known(kind, organisation, register) or _Place(organisation, rest[-1] if rest else "")


def _common(kind: Kind, pieces: list[str]) -> _Place | Refused:
    """Read the name of what belongs to no organisation: alone, or with the folders before it."""
    name = pieces[1:] if pieces[:1] == ["common"] else pieces
    name = name[1:] if len(name) > 1 and name[0] == kind.plural else name
    return _Place("common", name[0]) if len(name) == 1 else Refused("new.place.name", {"kind": kind.name})


def _nowhere(kind: Kind, register: Register) -> Refused:
    here = [each.id for each in register.of_kind("organisation") if not each.told]
    if not here:
        return Refused("new.organisation.none")
    named = ", ".join(here[:MOST]) + (" …" if len(here) > MOST else "")
    return Refused("new.place", {"kind": kind.name, "example": kind_example(register, kind.name), "known": named})


def _known(kind: Kind, organisation: str, register: Register) -> Refused | None:
    """Say that an organisation is not here yet. One whose file could not be read is."""
    found = register.find(organisation)
    is_shared = organisation == "common" and kind.schema["x-kind"].get("shared")
    if is_shared or isinstance(found, Record) or organisation in register.reserved:
        return None
    near = nearest(organisation, (each.id for each in register.of_kind("organisation")))
    return Refused("new.organisation.near" if near else "new.organisation.unknown", {"id": organisation, "near": near, "kind": kind.name})


def _second(register: Register, begun: Beginning, wish: Wish) -> Refused | None:
    """Say that the record is there already, where nobody has asked for a second one by name."""
    there = register.find(begun.there)
    if not isinstance(there, Record):
        return None
    is_over = "concluded" in there.data or "held_elsewhere" in there.data
    return Refused("new.there.over" if is_over else "new.there", {"place": there.source.file, "kind": wish.kind, "where": there.organisation})


def _occupied(tree: flow.Tree, begun: Beginning) -> Refused | None:
    """Say that something is there already, or was before it moved."""
    place = tree.folder / begun.file
    if place.exists() or place.is_symlink():
        return Refused("new.exists.only" if begun.kind.name in ("project", "organisation") else "new.exists", {"place": place})
    moved = tree.register.find(begun.id)
    return Refused("new.moved", {"id": begun.id, "now": moved.ref}) if moved else None
