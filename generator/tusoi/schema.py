"""Records against their schemas. jsonschema-rs alone decides; jsonschema is asked only about a record that was rejected, to word the message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import jsonschema
import jsonschema_rs

from tusoi import key_names
from tusoi import kinds as kinds_module
from tusoi.formats import FORMATS
from tusoi.kinds import ORGANISATION, SUFFIX, Kinds
from tusoi.nearby import Known
from tusoi.needs import Excuses, dishonest, kept_here, sealed, told, unsealed
from tusoi.problem import Path, Place, Problem, problem
from tusoi.record import Draft, Kind, Record
from tusoi.schema_sentences import Fault, Wording, mistakes, value_at

_MUCH: Final = 3
"""So many keys that are unknown or missing are no slip of the pen."""
_FORMS: Final = jsonschema.FormatChecker(formats=())
for _name, _is_of_form in FORMATS.items():
    _FORMS.checks(_name)(_is_of_form)


@dataclass(frozen=True, slots=True)
class _Check:
    """One schema, compiled: what decides, and what explains."""

    schema: dict[str, Any]
    decider: jsonschema_rs.Draft202012Validator
    explainer: jsonschema.Draft202012Validator


@dataclass(slots=True)
class _Accepted:
    """What becomes of the drafts."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: set[str] = field(default_factory=set)


def kinds(packaged: Mapping[str, dict[str, Any]], project: Mapping[str, dict[str, Any]] | None = None) -> tuple[Kinds, tuple[Problem, ...]]:
    """Read the schemas, by file name. The packaged ones always count; a project's add kinds, or ask more of the kinds that are there."""
    shapes, problems = kinds_module.read(packaged, project or {})
    checks: dict[str, tuple[_Check, ...]] = {}
    for name, shape in list(shapes.items()):
        checks[name] = tuple(check for schema in shape.schemas if (check := _compiled(name, schema, problems)))
        if not checks[name]:
            del shapes[name]
    return Kinds(shapes, checks), tuple(problems)


def accept(drafts: Iterable[Draft], kinds: Kinds) -> tuple[list[Record], list[Problem], set[str]]:
    """Judge the drafts by their schemas: the records that are accepted, what is wrong, and the ids of those that were rejected."""
    drafts = list(drafts)
    root = next((draft.data.get("root") for draft in drafts if draft.id == "project"), "")
    known = {draft.id: draft.data for draft in drafts}
    result = _Accepted()
    for draft in drafts:
        kind = kinds.of_plural(draft.plural)
        problems = [_unknown_kind(draft, kinds)] if kind is None else [*_misplaced(draft, kind), *_problems(draft, kind, kinds, known)]
        record = None
        if kind is not None and all(each.severity != "error" for each in problems):
            record = kinds.record(kind.name, draft.id, draft.data, draft.source, root if isinstance(root, str) else "")
            problems += _same_part_ids(record)
        if record and all(each.severity != "error" for each in problems):
            result.records.append(record)
        else:
            result.rejected |= {draft.id, *_meant(draft, problems)}
        result.problems += problems
    return result.records, result.problems, result.rejected


def _compiled(name: str, schema: dict[str, Any], problems: list[Problem]) -> _Check | None:
    try:
        decider = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, ignore_unknown_formats=False, formats=FORMATS)
    except ValueError as error:
        what = key_names.shown(str(error).split("\n", 1)[0])
        problems.append(problem("S30", Place(f"schemas/{name}{SUFFIX}"), variant="schema", what=what))
        return None
    return _Check(schema, decider, jsonschema.Draft202012Validator(schema, format_checker=_FORMS))


def _problems(draft: Draft, kind: Kind, kinds: Kinds, known: Known) -> list[Problem]:
    checks: tuple[_Check, ...] = kinds.checks[kind.name]
    is_plain = not {"missing", "held_elsewhere"} & draft.data.keys() and all(check.decider.is_valid(draft.data) for check in checks)
    if is_plain and not any(sealed(kind, draft.data)):
        return []
    if other := _other_kind(draft, kind, kinds):
        return [_in_wrong_folder(draft, kind, other)]
    wording = Wording(draft, kind, kinds, known)
    excuses = Excuses(draft, kind)
    excused: list[Path] = []
    faults, misnamed = mistakes(_faults(draft, checks, excuses, excused))
    found = [each for fault in faults for each in wording.problems(fault)]
    for seal, path in sealed(kind, draft.data):
        if excuses.waives(path) or path in misnamed or any(each.path == path for each in found):
            continue
        if excuses.covers(path):
            excused.append(path)
        else:
            found.append(unsealed(wording, seal, path))
    # Where a part has another shape than it should, nobody can say which parts are there.
    untrue = [each for each in dishonest(draft, kind) if not (found and each.variant == "nowhere")]
    return [*found, *(told(wording, path, excuses) for path in dict.fromkeys(excused)), *untrue, *kept_here(draft, kind)]


def _faults(draft: Draft, checks: Iterable[_Check], excuses: Excuses, excused: list[Path]) -> Iterator[Fault]:
    """Give what the deciding validator found and nothing excuses, as the other one explains it, or as it stands where that one found nothing."""
    seen: set[tuple[str, Path, tuple[str, ...]]] = set()
    for check in checks:
        decided: dict[tuple[str, Path], jsonschema_rs.ValidationError] = {}
        for error in check.decider.iter_errors(draft.data):
            decided.setdefault((error.kind.name, tuple(error.instance_path)), error)
        explained = _explained(check, draft.data) if decided else {}
        for (keyword, path), error in decided.items():
            value = value_at(draft.data, path)
            schema = explained.get((keyword, path))
            is_explained = schema is not None
            schema = schema if schema is not None else key_names.at(check.schema, path)
            keys = _keys(keyword, schema, value) or ((str(error.kind.as_dict().get("property")),) if keyword == "required" else ())
            if keyword in ("required", "anyOf"):
                keys = _left(keyword, keys, path, excuses, excused)
                if not keys and (keyword == "required" or _asks_for_keys(schema)):
                    continue
            if (keyword, path, keys) not in seen:
                seen.add((keyword, path, keys))
                yield Fault(keyword, path, value, schema, keys, is_explained)


def _explained(check: _Check, data: dict[str, Any]) -> dict[tuple[str, Path], Mapping[str, Any]]:
    """Ask the other validator: for each keyword and path that it finds too, the schema that says so. It may know fewer expressions; then it finds nothing."""
    try:
        return {
            (str(error.validator), tuple(error.absolute_path)): error.schema for error in check.explainer.iter_errors(data) if isinstance(error.schema, Mapping)
        }
    except re.error:
        return {}


def _keys(keyword: str, schema: Mapping[str, Any], value: Any) -> tuple[str, ...]:
    match keyword:
        case "required":
            return tuple(key for key in schema.get("required", ()) if key not in value)
        case "additionalProperties":
            return tuple(key for key in value if key not in schema.get("properties", {}))
        case "anyOf" if _asks_for_keys(schema):
            return tuple(dict.fromkeys(key for choice in schema["anyOf"] for key in choice["required"]))
    return ()


def _asks_for_keys(schema: Mapping[str, Any]) -> bool:
    return all(isinstance(choice, Mapping) and "required" in choice for choice in schema.get("anyOf", ({},)))


def _left(keyword: str, keys: tuple[str, ...], path: Path, excuses: Excuses, excused: list[Path]) -> tuple[str, ...]:
    """Take away what the source does not state; where one of several keys is needed, it is enough that the source leaves out one of them."""
    if excuses.waives(path):
        return tuple(key for key in keys if key == "id")
    covered = [key for key in keys if excuses.covers((*path, key))]
    excused += [(*path, key) for key in (covered if keyword == "required" else covered[:1])]
    if keyword == "anyOf":
        return () if covered else keys
    return tuple(key for key in keys if key not in covered)


def _unknown_kind(draft: Draft, kinds: Kinds) -> Problem:
    folders = {kind.plural: kind for kind in kinds.values() if kind.folder != "root" and kind.name != ORGANISATION}
    listed = {f"folders_{lang}": ", ".join(f"`{plural}` ({kind.words[lang]})" for plural, kind in sorted(folders.items())) for lang in key_names.LANGUAGES}
    near = _folder_meant(draft.plural, folders) or _folder_of(draft, folders)
    return key_names.noted("S16", draft.source.place(), (), {"folder": draft.plural, "near": near, **listed}, variant="near" if near else "")


def _folder_meant(name: str, folders: Mapping[str, Kind]) -> str:
    """Give the folder that was meant by a name: `reviws`, `plan`, `ke-hoach-khac-phuc`, `tien-do`."""
    said = key_names.slug(name)
    called = {plural: {kind.name, *(key_names.slug(text) for text in kind.words.values())} for plural, kind in folders.items()}
    whole = [plural for plural, names in called.items() if said in names]
    holding = [plural for plural, names in called.items() if any(f"-{said}-" in f"-{text}-" for text in names)]
    near = key_names.nearest(name, folders)
    return whole[0] if whole else near or (holding[0] if len(holding) == 1 else "")


def _folder_of(draft: Draft, folders: Mapping[str, Kind]) -> str:
    """Give the folder of the only kind whose records look so."""
    fitting = [plural for plural, kind in folders.items() if _oddities(draft.data, kind) == 0]
    return fitting[0] if len(fitting) == 1 else ""


def _other_kind(draft: Draft, kind: Kind, kinds: Kinds) -> Kind | None:
    """Give the kind of which a record surely is, where it lies in the folder of another: at most one thing is odd there, and much is odd here."""
    odd = _oddities(draft.data, kind)
    if odd < _MUCH or not draft.data.keys() - key_names.RARE:
        return None
    others = sorted(
        (_oddities(draft.data, each), each.name) for each in kinds.values() if each is not kind and each.folder != "root" and each.name != ORGANISATION
    )
    (best, name), (second, _) = others[:2]
    return kinds[name] if best < second and best <= 1 and odd - best >= _MUCH else None


def _oddities(data: Mapping[str, Any], kind: Kind) -> int:
    """Count the keys of a record that its kind does not know, and those that it needs and that are not there."""
    return len(data.keys() - kind.schema["properties"].keys()) + len(set(kind.schema.get("required", ())) - data.keys())


def _in_wrong_folder(draft: Draft, kind: Kind, other: Kind) -> Problem:
    owner, _, name = draft.id.split("/") if draft.id.count("/") == len(("organisation", "name")) else ("ten-don-vi", "", draft.id)
    place = f"records/{'common' if other.folder == 'common' else owner}/{other.plural}/{name}.yml"
    return key_names.noted(
        "S23", draft.source.place(), (), {"place": place, "folder": other.plural, **key_names.both("kind", other.words), **key_names.both("here", kind.words)}
    )


def _meant(draft: Draft, problems: Iterable[Problem]) -> Iterator[str]:
    """Give the id that a record will have in the folder where it belongs: what leads there does not lead astray."""
    folders = (dict(each.params).get("near" if each.code == "S16" else "folder", "") for each in problems if each.code in ("S16", "S23"))
    yield from ("/".join((draft.id.split("/", 1)[0], folder, draft.id.rpartition("/")[2])) for folder in folders if folder)


def _misplaced(draft: Draft, kind: Kind) -> Iterator[Problem]:
    top = draft.id.split("/", 1)[0]
    here = "root" if "/" not in draft.id and kind.folder == "root" else "common" if top == "common" else "organisation"
    if here == kind.folder or (here == "common" and kind.schema["x-kind"].get("shared")):
        return
    yield key_names.noted("S17", draft.source.place(), (), {"folder": kind.plural, **key_names.both("kind", kind.words)}, variant=kind.folder)


def _same_part_ids(record: Record) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for part in record.parts:
        if part.id in seen:
            path = (*part.path, "id")
            also = record.source.place((*seen[part.id], "id"))
            free = key_names.next_id(part.data["id"][0], record.get(*part.path[:-1]))
            yield problem("S18", record.source.place(path), path, also=also, id=part.data["id"], line=also.line, free=free)
        seen.setdefault(part.id, part.path)
