"""What a person calls the record and the part that a problem is about: "Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu, hạn chế thứ 2"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from tusoi import key_names
from tusoi.problem import Path, Problem
from tusoi.record import Kind, Record, Register
from tusoi.titles import Titles

_ROOT: Final = "records/"
_SUFFIX: Final = ".yml"
_SHARED: Final = "common"
_NAMING: Final = ("id", "of", "action", "finding", "who")
"""The keys that say which item of a list it is, wherever it stands in the list."""


@dataclass(frozen=True)
class RecordNames:
    """Names for all records of a tree, also for those that could not be accepted: of these only the file is known."""

    register: Register

    def of(self, each: Problem, lang: str) -> str:
        """Name the record and the part; empty where the problem is about no record."""
        return ", ".join(piece for piece in (self._record(each.place.file, lang), self._part(each, lang)) if piece)

    def of_file(self, file: str, lang: str) -> str:
        """Name the record of a file; empty where it is none."""
        return self._record(file, lang)

    def before(self, each: Problem, sentence: str, lang: str) -> str:
        """Put the record before a sentence about it; what the sentence itself says of the place is not said twice."""
        record, part, kind = self._record(each.place.file, lang), self._part(each, lang), self._kind(each.place.file)
        said = sentence.removeprefix(f"{key_names.title(kind.schema, lang)}, ") if kind else sentence
        if not record:
            return sentence
        if part and said.casefold().startswith(part.casefold()):
            return f"{record}, {part}{said[len(part) :]}"
        return f"{record}, {part}: {said}" if part else f"{record}: {said}"

    def anchor(self, each: Problem) -> str:
        """Say where in its record a problem is, in a way that stays when lines or items are added before it: `findings/F2/causes`."""
        record = self._by_file.get(each.place.file)
        here: Any = record.data if record else None
        pieces: list[str] = []
        for key in each.path:
            here = _below(here, key)
            pieces.append(_item_name(here) or str(key) if isinstance(key, int) else key)
        return "/".join(pieces)

    @cached_property
    def _by_file(self) -> Mapping[str, Record]:
        return {record.source.file: record for record in self.register.records.values()}

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.register)

    def _kind(self, file: str) -> Kind | None:
        """Give the kind of a record, or of what should become one, by its folder."""
        _, plural, _ = _place(file)
        return next((kind for kind in self.register.kinds.values() if kind.plural == plural), None)

    def _record(self, file: str, lang: str) -> str:
        """Give the record's title and whose it is. Of a record without a title its kind and its day or file are said; of what is none yet, its place."""
        organisation, _, name = _place(file)
        record, kind, owner = self._by_file.get(file), self._kind(file), self.register.records.get(organisation)
        if kind is None:
            return ""
        if record and (lang == "vi" or any(key in record.data for key in ("name", "title", "number"))):
            title = self._titles.of_record(record)
        else:
            title = f"{kind.words[lang]} {record.data.get('date', name) if record else name}".strip()
        whose = self._titles.of_record(owner) if owner else organisation
        return title if not whose or whose.casefold() in title.casefold() else f"{title} – {whose}"

    def _part(self, each: Problem, lang: str) -> str:
        """Name the item of a list that a path leads to or into: `hạn chế thứ 2`. What stands below it, the problem's own sentence says."""
        kind, start = self._kind(each.place.file), _to_last_item(each.path)
        if not kind or not start:
            return ""
        return key_names.where(kind.schema, start, lang).removeprefix(key_names.title(kind.schema, lang)).removeprefix(", ")


def _place(file: str) -> tuple[str, str, str]:
    """Say of a file below records/ whose it is, the folder that names its kind, and its name; all empty for any other file."""
    if file.startswith(_ROOT) and file.endswith(_SUFFIX):
        match file.removeprefix(_ROOT).removesuffix(_SUFFIX).split("/"):
            case ["project"]:
                return "", "project", ""
            case [name, "organisation"]:
                return "", "organisation", name
            case [organisation, plural, name]:
                return "" if organisation == _SHARED else organisation, plural, name
    return "", "", ""


def _to_last_item(path: Path) -> Path:
    ends = [number for number, key in enumerate(path, start=1) if isinstance(key, int)]
    return path[: ends[-1]] if ends else ()


def _below(here: Any, key: str | int) -> Any:
    if isinstance(here, Mapping):
        return here.get(str(key))
    return here[key] if isinstance(here, tuple) and isinstance(key, int) and key < len(here) else None


def _item_name(item: Any) -> str:
    """Give what names an item of a list: its id, or what it is about."""
    if isinstance(item, str):
        return item
    return next((str(item[key]) for key in _NAMING if key in item), "") if isinstance(item, Mapping) else ""
