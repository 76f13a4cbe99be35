"""Who may read what: a tree that everybody reads holds nothing that is for fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tusoi import key_names
from tusoi.key_names import noted
from tusoi.kinds import Kinds
from tusoi.outline import visit
from tusoi.problem import Problem
from tusoi.record import Kind, Record, Register

PUBLIC: Final = "public"


def problems(register: Register) -> list[Problem]:
    """R26: say what may not be in a tree whose audience is public, or not written. Where the project's record can not be read, the audience is not known."""
    project = register.project
    if (project is None and "project" in register.reserved) or (project is not None and project.get("audience") not in (None, PUBLIC)):
        return []
    kinds = Kinds.of(register.kinds)
    return [each for record in register.records.values() for each in _above(register, kinds, record)]


def readers(record: Record, kinds: Mapping[str, Kind]) -> str:
    """Say who may read a record: as it says itself, or as its kind has it."""
    return str(record.data.get("access", kinds[record.kind].access))


def _above(register: Register, kinds: Kinds, record: Record) -> Iterator[Problem]:
    kind = kinds[record.kind]
    reader = readers(record, kinds)
    if reader != PUBLIC:
        path = ("access",) if "access" in record.data else ()
        params = {"access": reader, **key_names.both("kind", kind.words)}
        yield noted("R26", record.place(*path), path, params, variant="record")
        return
    for found in visit(kinds.shapes[record.kind].outline, record.data):
        if found.part_kind:
            continue
        names = key_names.about(kind.schema, found.path)
        if found.outline.access not in ("", PUBLIC):
            yield noted("R26", record.source.key_place(found.path), found.path, {"access": found.outline.access, **names}, variant="field")
        elif found.outline.link_access and isinstance(found.value, str):
            target = register.find(found.value)
            if target is not None and found.outline.link_access.get(target.kind, PUBLIC) != PUBLIC:
                params = {"target": found.value, **key_names.both("is", kinds.words(target.kind)), **names}
                yield noted("R26", record.place(*found.path), found.path, params, variant="link")
