"""Who may read what: a tree that everybody reads holds nothing that is for fewer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tusoi import key_names
from tusoi.counted import SMALL, figures, is_small, whom
from tusoi.key_names import noted
from tusoi.kinds import Kinds
from tusoi.outline import visit
from tusoi.problem import Path, Problem
from tusoi.record import Kind, Record, Register

PUBLIC: Final = "public"
AT_WORK: Final = ("attended", "members", "observers", "posts", "present", "remarks", "replied", "sessions", "speakers")
"""Keys of figures that count who was at a meeting or in a group, or how many posts answer for something: they were there by their office."""
_STAMP: Final = re.compile(r"TUYỆT MẬT|TỐI MẬT|(?:^|[(\[–—-] *)MẬT(?= *(?:$|[)\]–—:.-]))|(?i:độ mật *: *(?:tuyệt mật|tối mật|mật))")
"""The stamps of secrecy, as they stand on papers."""
_IDENTITY: Final = re.compile(r"(?<![0-9.,-])0[0-9]{11}(?![0-9]|[.,-][0-9])|(?i:cccd|cmnd|căn cước|chứng minh nhân dân)[^0-9]{0,20}[0-9]{9}(?![0-9])")
"""The number of an identity card: twelve digits, the first of them 0; of an old one nine, where the text says so."""
_MOBILE: Final = re.compile(r"(?<![0-9.,/-])(?:0|\+84 ?)[35789][0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3}(?![0-9]|[.,/-][0-9])")
"""The number of a mobile telephone. Those of offices begin otherwise."""
_NOT_HERE: Final = (("stamp", _STAMP), ("identity", _IDENTITY), ("phone", _MOBILE))
_WORTH_A_LOOK: Final = re.compile(r"MẬT|[Đđ]ộ mật|[0-9](?:[ .-]?[0-9]){8}")


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
    """Say what in a record is not for everybody."""
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
        elif isinstance(found.value, str) and found.outline.word_access.get(found.value, PUBLIC) != PUBLIC:
            meant = key_names.at(kind.schema, found.path)["x-words"][found.value]
            params = {"access": found.outline.word_access[found.value], "word": found.value, **key_names.both("means", meant), **names}
            yield noted("R26", record.place(*found.path), found.path, params, variant="word")
    yield from _few(record, kind)
    yield from _never(record, kind, record.data, ())


def _never(record: Record, kind: Kind, data: Any, path: Path) -> Iterator[Problem]:
    """Say which texts have what no public text may have. The words themselves are not repeated. Where comments go, the project may name a telephone."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _never(record, kind, value, (*path, key))
    elif isinstance(data, tuple | list):
        for number, value in enumerate(data):
            yield from _never(record, kind, value, (*path, number))
    elif isinstance(data, str) and "://" not in data and _WORTH_A_LOOK.search(data):
        for variant, form in _NOT_HERE:
            if form.search(data) and not (variant == "phone" and record.kind == "project"):
                yield noted("R26", record.place(*path), path, key_names.about(kind.schema, path), variant=variant)


def _few(record: Record, kind: Kind) -> Iterator[Problem]:
    """Say which numbers of persons or households are written although they are so small that they point at somebody: pages hide them, and the file does not."""
    for path, figure in figures(record):
        exact = ("of",) if figure.get("is") in ("under", "over") else ("value", "of")
        key = next((key for key in exact if is_small(figure.get(key), whom(figure))), "")
        if key and path[-1] not in AT_WORK:
            params = {"unit": figure["unit"], "small": SMALL, **key_names.about(kind.schema, (*path, key))}
            yield noted("R26", record.place(*path, key), (*path, key), params, variant=f"few_{key}")
