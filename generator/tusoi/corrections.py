"""Values that were corrected: what the record said, what is right, and which correction says so. Totals use the corrected value; pages can show both.

An organisation's correction of its own record counts at once; somebody else's when the organisation has agreed to it, as of the day. What nobody may correct
is what was promised, signed or linked: ids, links, days, words of a list, and whatever stands in a seal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from tusoi import key_names, lineage
from tusoi.dates import span
from tusoi.evidence import first_day
from tusoi.facts import Corrected, Corrections
from tusoi.problem import Path
from tusoi.record import Part, Record, Register

NATURE: Final = "correction"
SAYS: Final = ("path", "stated", "corrected")
"""What a correction of a value has to say."""
AGREED: Final = ("agreed", "accepted")
_VIETNAMESE: Final = str.maketrans({",": ".", ".": ","})
HEADER: Final = frozenset({"told_by", "missing", "formerly", "withdrawn", "held_elsewhere", "publish_not_before", "lang", "access", "rows"})


def apply(register: Register, day: date) -> tuple[Register, Corrections]:
    """Give the register with the values corrected, and what was corrected: by the record's id and the way to the value in it."""
    family = lineage.of(register)
    known: dict[tuple[str, Path], Corrected] = {}
    for correction in sorted(_of_values(register), key=lambda each: (first_day(span(each.get("date"))), each.id)):
        target = register.find(str(correction.get("of")))
        if target is None or misfit(correction, register, known) or not _may_speak(correction, target):
            continue
        owners = {_record(target).organisation, family.home(_record(target).organisation, day)}
        answer = _agreed(correction, register, owners)
        if answer or correction.organisation in owners:
            key = (_record(target).id, way(target, str(correction.get("path"))) or ())
            before = known[key].values if key in known else (_at(_record(target).data, key[1]),)
            known[key] = Corrected(correction, answer, (*before, correction.get("corrected")))
    if not known:
        return register, MappingProxyType({})
    return _with_all(register, known), MappingProxyType(known)


def misfit(correction: Record, register: Register, known: Corrections) -> str:
    """Say why a correction does not fit what it is about, as the variant of R55; empty where it fits, and where what it is about is not here.

    `known` are the corrections that the register has seen already: what a value was before is there.
    """
    if any(key not in correction.data for key in SAYS):
        return "incomplete"
    target = register.find(str(correction.get("of")))
    path = way(target, str(correction.get("path"))) if target else None
    if target is None or path is None:
        return "nowhere" if target else ""
    record = _record(target)
    schema = _correctable(register, record, path)
    before = known[record.id, path].values if (record.id, path) in known else (_at(record.data, path),)
    return "kept" if schema is None else _slip(correction, before, schema)


def _slip(correction: Record, before: tuple[Any, ...], schema: Mapping[str, Any]) -> str:
    """Say what is wrong with what a correction says of a value that may be corrected and has been so and so before."""
    said, right = correction.get("stated"), correction.get("corrected")
    if not any(_same(said, each) for each in before):
        return "stated"
    if _same(said, right):
        return "same"
    return "" if fits(right, schema) else "value"


def way(target: Record | Part, stated: str) -> Path | None:
    """Give the way to a value as the record has it; what is stated may name parts by their ids: `findings/F2/statement`. None where nothing is there."""
    start: Path = target.path if isinstance(target, Part) else ()
    here: Any = target.data
    found: list[str | int] = []
    for piece in stated.split("/"):
        key = _key(here, piece)
        if key is None:
            return None
        found.append(key)
        here = here[key]
    return (*start, *found)


def said_of(correction: Record, register: Register, known: Corrections) -> Any:
    """Give what the record says where the correction points, before anything was corrected; None where nothing is there."""
    target = register.find(str(correction.get("of")))
    path = way(target, str(correction.get("path"))) if target else None
    if target is None or path is None:
        return None
    entry = known.get((_record(target).id, path))
    return entry.stated if entry else _at(_record(target).data, path)


def left_in_words(correction: Record, register: Register, known: Corrections) -> str:
    """Give the path of a text that still says the number that was corrected beside it, in the same part; empty where none does, or where nothing was corrected.

    `register` has what was corrected: a text that was corrected too says what is right.
    """
    target, stated = register.find(str(correction.get("of"))), str(correction.get("path"))
    path = way(target, stated) if target else None
    entry = known.get((_record(target).id, path)) if target and path else None
    if target is None or path is None or entry is None or entry.record.id != correction.id or not _is_number(entry.stated) or entry.stated == entry.corrected:
        return ""
    record = _record(target)
    start = max((part.path for part in record.parts if path[: len(part.path)] == part.path), key=len, default=())
    numbers = "|".join(re.escape(each) for each in _written(entry.stated))
    says = re.compile(rf"(?<![\w.,/])(?:{numbers})(?![\w%]|[.,]\d|/\d+/)")
    texts = ((key, text) for key, text in _at(record.data, start).items() if isinstance(text, str) and _correctable(register, record, (*start, key)))
    left = next((key for key, text in texts if says.search(text)), "")
    around = stated.split("/")[: len(start) - len(target.path if isinstance(target, Part) else ())]
    return "/".join((*around, left)) if left else ""


def _written(number: Any) -> set[str]:
    """Give how people write a number: `1.949`, `1949`, `3,9`."""
    return {f"{number:,}".translate(_VIETNAMESE), f"{number}".replace(".", ",")}


def _of_values(register: Register) -> Iterator[Record]:
    return (each for each in register.of_kind("correction") if each.get("nature") == NATURE and "held_elsewhere" not in each.data)


def _may_speak(correction: Record, target: Record | Part) -> bool:
    """Whether a correction may change what it is about: what a source tells never changes what an organisation says."""
    return not correction.told or target.told


def _agreed(correction: Record, register: Register, owners: set[str]) -> Record | None:
    """Give the answer with which the organisation that the record is of agreed."""
    answers = [
        record
        for record, link in register.sources_of(correction.id, "answer")
        if link.path == ("of",) and record.organisation in owners and record.get("result") in AGREED and record.told <= correction.told
    ]
    return answers[-1] if answers else None


def _record(target: Record | Part) -> Record:
    return target.record if isinstance(target, Part) else target


def _key(here: Any, piece: str) -> str | int | None:
    """Give the key or the number that a piece of a path means."""
    if isinstance(here, Mapping):
        return piece if piece in here else None
    if not isinstance(here, tuple):
        return None
    for number, item in enumerate(here):
        if piece in {str(number), item.get("id") if isinstance(item, Mapping) else None}:
            return number
    return None


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _correctable(register: Register, record: Record, path: Path) -> Mapping[str, Any] | None:
    """Give the schema of a text or number that may be corrected; None of anything else."""
    kind = register.kinds[record.kind]
    if path[0] in HEADER or path[0] in kind.seals:
        return None
    schema = key_names.at(kind.schema, path)
    if schema.get("type") in ("number", "integer"):
        return schema
    return schema if key_names.is_text(schema) else None


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a corrected value could stand in the record."""
    if schema["type"] == "string":
        return isinstance(value, str) and len(value) <= schema.get("maxLength", len(value)) and bool(re.search(schema.get("pattern", ""), value))
    if not _is_number(value) or (schema["type"] == "integer" and not float(value).is_integer()):
        return False
    above, least, most = (schema.get(key) for key in ("exclusiveMinimum", "minimum", "maximum"))
    return (above is None or value > above) and (least is None or value >= least) and (most is None or value <= most)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same: spaces and line ends of a text do not matter."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return _is_number(one) and _is_number(other) and bool(one == other)


def _with_all(register: Register, known: Corrections) -> Register:
    """Make the register anew with what was corrected."""
    wanted: dict[str, dict[Path, Any]] = {}
    for (name, path), entry in known.items():
        wanted.setdefault(name, {})[path] = entry.corrected
    records = [with_values(each, wanted[each.id]) if each.id in wanted else each for each in register.records.values()]
    return Register.of(register.kinds, records, register.reserved, register.problems)


def with_values(record: Record, values: Mapping[Path, Any]) -> Record:
    """Make a record anew with other texts and numbers. Its links stay: no link can be corrected."""
    data: Any = record.data
    for path, value in values.items():
        data = _put(data, path, value)
    made = replace(record, data=data, parts=())
    parts = tuple(replace(part, record=made, data=_at(data, part.path)) for part in record.parts)
    # A part knows its record and the record its parts: one of the two has to be told afterwards, and nobody else has seen the record yet.
    object.__setattr__(made, "parts", parts)
    return made


def _put(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(data, Mapping):
        return MappingProxyType({name: _put(item, rest, value) if name == key else item for name, item in data.items()})
    return tuple(_put(item, rest, value) if number == key else item for number, item in enumerate(data))
