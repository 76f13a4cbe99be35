"""The kinds of record, read from their schemas: adding a kind is adding a schema. Every reference is resolved here, once, into one plain schema per kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tusoi.formats import FORMATS
from tusoi.outline import Outline, fitted, outline_of, visit
from tusoi.problem import Path, Place, Problem, problem
from tusoi.profile import EMPTY, Profile
from tusoi.record import Kind, Link, Part, Record, Source, frozen
from tusoi.vocabulary import worded

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIX: Final = ".schema.json"
SHARED: Final = "common"
"""The schema that is no kind: what several of them use."""
ORGANISATION: Final = "organisation"
"""The kind whose records are folders: their id is the folder's name."""
USUAL: Final = {"finding": "review"}
"""The kind of record in which most parts of a kind stand, where several kinds of record have such parts."""
FOLDERS: Final = ("organisation", "common", "root")
_NOT_ASSERTIONS: Final = frozenset({"title", "description", "x-en", "$comment", "examples", "default"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind, where its links and parts stand, and the schemas that a record of it must fit: the packaged one, and what the project adds."""

    kind: Kind
    outline: Outline
    schemas: tuple[dict[str, Any], ...]


@dataclass(frozen=True, eq=False)
class Kinds(Mapping[str, Kind]):
    """All kinds by name. `checks` belongs to `schema.py`: what decides on records of each kind."""

    shapes: Mapping[str, Shape]
    checks: Mapping[str, Any] = field(default_factory=dict, repr=False)
    profile: Profile = field(default=EMPTY, repr=False)
    """Whose words the schemas speak where they name a vocabulary."""

    @staticmethod
    def of(kinds: Mapping[str, Kind]) -> Kinds:
        """Give the kinds of a register with where their links and parts stand."""
        return kinds if isinstance(kinds, Kinds) else Kinds({name: Shape(kind, outline_of(kind.schema), ()) for name, kind in kinds.items()})

    def __getitem__(self, name: str) -> Kind:
        """Give the kind of this name."""
        return self.shapes[name].kind

    def __iter__(self) -> Iterator[str]:
        """Give the names of the kinds, in their order."""
        return iter(self.shapes)

    def __len__(self) -> int:
        """Say how many kinds there are."""
        return len(self.shapes)

    def speaking(self, profile: Profile) -> Kinds:
        """Give the same kinds with the words of a profile: in every list that is its own, and in the names that it chooses."""
        shapes = {name: replace(shape, kind=worded(shape.kind, profile)) for name, shape in self.shapes.items()}
        return Kinds(shapes, self.checks, profile)

    def of_plural(self, plural: str) -> Kind | None:
        """Give the kind whose records live in folders of this name."""
        return next((kind for kind in self.values() if kind.plural == plural), None)

    def words(self, name: str) -> Mapping[str, str]:
        """Give the name of a kind of record or of part in each language."""
        if name in self.shapes:
            return self[name].words
        if own := self.profile.label(name):
            return {"vi": own, "en": self.profile.label(name, "en")}
        for shape in self.shapes.values():
            for part, words in shape.outline.part_words():
                if part == name:
                    return words
        return {"vi": name, "en": name}

    def links(self, name: str, path: Path) -> tuple[str, ...]:
        """Give the kinds that a link at `path` of such a record may lead to."""
        outline = self.shapes[name].outline.at(path)
        return outline.links if outline else ()

    def example(self, name: str) -> str:
        """Show how a link to something of this kind looks."""
        return self.examples(name)[0]

    def examples(self, name: str) -> tuple[str, ...]:
        """Show how links to something of this kind look: to a part, in every kind of record that has such parts, first where most of them are."""
        if name in self.shapes:
            return (_example(self[name]),)
        found = []
        for kind in self.values():
            ids: dict[Path, str] = {}
            for path, letter, part in kind.parts:
                ids[path] = f"{ids[path[:-1]]}.{letter}1" if path[:-1] in ids else f"{letter}1"
                if part == name:
                    found.append((kind.name != USUAL.get(name), f"{_example(kind)}#{ids[path]}"))
        return tuple(each for _, each in sorted(found)) or ("don-vi",)

    def record(self, name: str, record_id: str, data: Mapping[str, Any], source: Source, root: str = "") -> Record:
        """Make a record of data that its schema accepts, with its parts and links. Links are written out; a whole number such as `12.0` becomes `12`."""
        outline = self.shapes[name].outline
        data = frozen(fitted(outline, data, root))
        found = visit(outline, data)
        links = tuple(Link(record_id, each.path, each.value) for each in found if each.outline.links and isinstance(each.value, str))
        record = Record(name, record_id, data, source, (), links)
        parts = tuple(Part(record, each.part_kind, each.part_id, each.path, each.value) for each in found if each.part_kind and isinstance(each.value, Mapping))
        # A part knows its record and the record its parts: one of the two has to be told afterwards, and nobody else has seen the record yet.
        object.__setattr__(record, "parts", parts)
        return record


def profile_of(kinds: Mapping[str, Kind]) -> Profile:
    """Give the profile whose words these kinds speak."""
    return kinds.profile if isinstance(kinds, Kinds) else EMPTY


def read(packaged: Mapping[str, dict[str, Any]], project: Mapping[str, dict[str, Any]]) -> tuple[dict[str, Shape], list[Problem]]:
    """Read the schemas, by file name or by name of the kind. A project's schema of a packaged kind counts in addition to it."""
    ours, theirs = _by_name(packaged), _by_name(project)
    shared = _definitions(ours.get(SHARED, {}))
    shapes: dict[str, Shape] = {}
    problems: list[Problem] = []
    for name, schema in ours.items():
        if name != SHARED:
            _add(shapes, problems, name, schema, shared)
    shared = {**_definitions(theirs.get(SHARED, {})), **shared}
    for name, schema in theirs.items():
        if name != SHARED and ours.get(name) != schema:
            _add(shapes, problems, name, schema, shared)
    return dict(sorted(shapes.items())), problems


def _add(shapes: dict[str, Shape], problems: list[Problem], name: str, schema: dict[str, Any], shared: Mapping[str, Any]) -> None:
    place = Place(f"schemas/{name}{SUFFIX}")
    try:
        resolved = _resolved(schema, shared, {**_definitions(schema)}, ())
        known = shapes.get(name)
        if known:
            shapes[name] = Shape(known.kind, known.outline, (*known.schemas, resolved))
            return
        kind = _kind(name, resolved)
    except _UnusableError as fault:
        problems.append(problem("S30", place, variant=fault.variant, what=fault.what))
        return
    twin = next((other.kind.name for other in shapes.values() if other.kind.plural == kind.plural), None)
    if twin:
        problems.append(problem("S30", place, variant="plural", what=kind.plural, other=twin))
        return
    shapes[name] = Shape(kind, outline_of(resolved), (resolved,))


class _UnusableError(Exception):
    """A schema that can not be used, and why; it does not leave this module."""

    def __init__(self, variant: str, what: str) -> None:
        super().__init__(variant, what)
        self.variant = variant
        self.what = what


def _kind(name: str, schema: dict[str, Any]) -> Kind:
    about = schema.get("x-kind")
    if not isinstance(about, dict) or not {"name", "plural", "folder", "access"} <= about.keys() or about["folder"] not in FOLDERS:
        raise _UnusableError("kind", "x-kind")
    if about["name"] != name:
        raise _UnusableError("name", str(about["name"]))
    return Kind(
        name=name,
        plural=about["plural"],
        words=MappingProxyType({"vi": schema.get("title", name), "en": schema.get("x-en", {}).get("title", name)}),
        seals=tuple(seal["name"] for seal in schema.get("x-seals", ())),
        parts=tuple(_parts(schema, ())),
        folder=about["folder"],
        access=about["access"],
        schema=frozen(schema),
    )


def _parts(schema: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str, str]]:
    """Find the lists of parts, outer ones first; a list of a list's items is named by the keys alone."""
    for key, below in schema.get("properties", {}).items():
        if "x-part" in below:
            yield (*path, key), below["x-part"]["letter"], below["x-part"]["kind"]
        yield from _parts(below.get("items", below), (*path, key))


def _example(kind: Kind) -> str:
    if kind.folder == "root":
        return kind.plural
    if kind.name == ORGANISATION:
        return "ten-don-vi"
    return f"{'common' if kind.folder == 'common' else 'ten-don-vi'}/{kind.plural}/ten-ho-so"


def _by_name(schemas: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name.rsplit("/", 1)[-1].removesuffix(SUFFIX): schema for name, schema in sorted(schemas.items())}


def _definitions(schema: Mapping[str, Any]) -> dict[str, Any]:
    return dict(schema.get("$defs", {}))


def _resolved(schema: Any, shared: Mapping[str, Any], own: Mapping[str, Any], within: Sequence[str]) -> Any:
    """Put in the place of every reference what it names. What stands beside a reference counts too; where both say the same thing, both are asked."""
    if isinstance(schema, list):
        return [_resolved(item, shared, own, within) for item in schema]
    if not isinstance(schema, dict):
        return schema
    here = {
        key: value if key in ("enum", "const") or key.startswith("x-") else _resolved(value, shared, own, within)
        for key, value in schema.items()
        if key not in ("$ref", "$defs", "$id", "$schema")
    }
    form = schema.get("format")
    if isinstance(form, str) and form not in FORMATS:
        raise _UnusableError("format", form)
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return here
    if reference in within:
        raise _UnusableError("circle", reference)
    file, _, name = reference.partition("#/$defs/")
    named = own.get(name) if not file else shared.get(name) if file == f"{SHARED}{SUFFIX}" else None
    if named is None:
        raise _UnusableError("reference", reference)
    target = _resolved(named, shared, own if not file else shared, (*within, reference))
    if (target.keys() & here.keys()) <= _NOT_ASSERTIONS | {key for key in here if key.startswith("x-")}:
        return {**target, **here}
    return {**target, **{key: value for key, value in here.items() if key in _NOT_ASSERTIONS or key.startswith("x-")}, "allOf": [here]}
