"""The folder of records, read strictly: every file under `records/` is a record, an attachment or a problem. Nothing is ignored in silence, nothing raises.

    records/project.yml                          → project
    records/<organisation>/organisation.yml      → <organisation>
    records/<organisation>/<plural>/<name>.yml   → <organisation>/<plural>/<name>
    records/<organisation>/files/…               an attachment, any content
    records/common/…                             the same, for what belongs to no organisation here

Whether a plural is that of a kind is for the schemas to say.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tusoi import pictures
from tusoi.disk import Unread, content_of, entries_of, link_at, path_below, unread
from tusoi.file_names import (
    KEPT,
    NOT_READ,
    PROJECT,
    Fault,
    Spot,
    clashes,
    differ_in_form,
    fault_of_file,
    fault_of_folder,
    is_slug,
    of_catalogue,
    shown,
    slug,
    stem,
)
from tusoi.plain_text import Unreadable, text_of
from tusoi.problem import Place, Problem, Severity, in_order, problem
from tusoi.record import Draft
from tusoi.strict_yaml import LARGEST, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_ATTACHMENT: Final = 20 * 1024 * 1024
"""Bytes of an attachment."""
_ATTRIBUTES: Final = re.compile(r"\s\{[^{}]*\}\s*$")
"""What Markdown may say of a heading behind its words, such as its anchor."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A catalogue beside a record, as it was found."""

    record: str
    """The id of the record that it translates."""
    language: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is in the folder."""

    drafts: tuple[Draft, ...]
    """The records that could be read, in the order of their ids."""
    reserved: frozenset[str]
    """The ids of files that are there and could not be read."""
    attachments: Mapping[str, str]
    """The path of each attachment below the project's folder, and its SHA-256."""
    pictures: Mapping[str, str]
    """Those that are pictures by their names, and what forbids to show each; empty where nothing does."""
    problems: tuple[Problem, ...]
    files: int
    """How many files are records or should be."""
    translations: tuple[Translation, ...] = ()
    """The catalogues beside records, in the order of their files."""


def records(root: Path) -> Loaded:
    """Read everything under `root/records`. A folder without records gives no drafts and no problem: whether that is wrong depends on who asks."""
    reading = _Reading(root)
    reading.read_all()
    drafts = tuple(sorted(reading.drafts, key=lambda draft: draft.id))
    return Loaded(
        drafts,
        frozenset(reading.reserved) - {draft.id for draft in drafts},
        MappingProxyType(dict(sorted(reading.attachments.items()))),
        MappingProxyType(dict(sorted(reading.pictures.items()))),
        in_order(reading.problems),
        reading.files,
        tuple(sorted(reading.translations, key=lambda each: each.file)),
    )


def links_in(root: Path, folder: Path) -> list[Problem]:
    """Find the symbolic links in a folder that is built into the site (`docs/`): a link could show any file of the computer that builds."""
    problems: list[Problem] = []
    waiting = [root / folder]
    if waiting[0].is_symlink():
        return [link_at(path_below(root, waiting[0]))]
    while waiting:
        entries, fault = entries_of(waiting[-1])
        if fault:
            problems.append(fault.at(path_below(root, waiting[-1])))
        waiting.pop()
        for entry in entries:
            if entry.is_symlink():
                problems.append(link_at(path_below(root, Path(entry.path))))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
    return list(in_order(problems))


def schemas(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the schemas in a folder, by file name. For the packaged ones: a schema that can not be read raises `ValueError`."""
    found, problems = _schemas(folder, folder.name)
    if problems:
        message = "; ".join(f"{each.place} {each.message} {dict(each.params)}" for each in problems)
        raise ValueError(message)
    return found


def project_schemas(root: Path) -> tuple[dict[str, dict[str, Any]], tuple[Problem, ...]]:
    """Read the schemas that a project adds in `root/schemas`, by file name, and say which can not be read."""
    found, problems = _schemas(root / "schemas", "schemas")
    return found, in_order(problems)


def project(root: Path) -> Draft | None:
    """Read the project's own record alone, for what has to be known before the others; None where it can not be read: `records` says why."""
    content, fault = content_of(root / "records" / f"{PROJECT}.yml", LARGEST, "record")
    parsed = None if fault else parse(content, f"records/{PROJECT}.yml")
    return Draft(PROJECT, PROJECT, parsed.data, parsed.source) if parsed and parsed.data is not None else None


def profiles(folder: Path, name: str = "profiles") -> tuple[list[Draft], set[str], list[Problem]]:
    """Read the profiles in a folder, as strictly as records: the drafts, the names of those that could not be read, and why. Places name the folder `name`."""
    drafts: list[Draft] = []
    unread: set[str] = set()
    problems: list[Problem] = []
    for entry in () if folder.is_symlink() else entries_of(folder)[0]:
        own = stem(entry.name)
        if own is None or entry.is_dir(follow_symlinks=False):
            continue
        place = f"{name}/{shown(entry.name)}"
        if not is_slug(own) or entry.name != f"{own}.yml":
            problems.append(problem("X24", Place(place), variant="name", better=f"{slug(own) or 'ten-moi'}.yml"))
            continue
        content, fault = content_of(Path(entry.path), LARGEST, "record")
        parsed = None if fault else parse(content, place)
        problems += [fault.at(place)] if fault else parsed.problems if parsed else ()
        if parsed is not None and parsed.data is not None:
            drafts.append(Draft(own, "profiles", parsed.data, parsed.source))
        else:
            unread.add(own)
    return drafts, unread, problems


def templates(root: Path) -> dict[str, str]:
    """Read a project's own templates in `root/templates`: the text by file name. Letters that are not UTF-8 are shown as �, where they stand on the page."""
    found: dict[str, str] = {}
    for entry in entries_of(root / "templates")[0]:
        content, fault = content_of(Path(entry.path), LARGEST, "record")
        if not fault:
            found[entry.name] = content.decode("utf-8", "replace")
    return found


def answering(root: Path) -> dict[str, tuple[str, str]]:
    """Read which hand-written pages say at their heads that they answer rows of requirements: the rows and the title of each, by its address on the site.

    It stands between two lines `---` at the very beginning: `rows: [S2-14, S3-34]`. What else is wrong there is for MkDocs to say.
    """
    found: dict[str, tuple[str, str]] = {}
    for file in sorted((root / "docs").rglob("*.md")):
        head, below = _head(root, file)
        rows = head.get("rows")
        if isinstance(rows, Sequence) and not isinstance(rows, str):
            title = next((_ATTRIBUTES.sub("", line.removeprefix("# ")).strip() for line in below.splitlines() if line.startswith("# ")), file.stem)
            address = file.relative_to(root / "docs").with_suffix(".html").as_posix()
            found[address] = (" ".join(map(str, rows)), str(head.get("title", title)))
    return found


def notes(root: Path) -> frozenset[str]:
    """Name the files of docs/ that are no pages of the site, by their paths below it: notes beside the pages, which say `page: false` at their heads."""
    written = sorted((root / "docs").rglob("*.md"))
    return frozenset(file.relative_to(root / "docs").as_posix() for file in written if _head(root, file)[0].get("page") is False)


def _head(root: Path, file: Path) -> tuple[Mapping[str, Any], str]:
    """Read what a hand-written page says at its head, and what stands below that."""
    content, fault = content_of(file, LARGEST, "record")
    text = "" if fault else content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    above, below = text.removeprefix("---\n").split("\n---\n", 1) if text.startswith("---\n") and "\n---\n" in text else ("", text)
    return parse(f"{above}\n".encode(), path_below(root, file)).data or {}, below


class _Reading:
    """One walk through the records."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.drafts: list[Draft] = []
        self.reserved: set[str] = set()
        self.attachments: dict[str, str] = {}
        self.pictures: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.translations: list[Translation] = []
        self.files = 0
        self.waiting: list[tuple[Path, Spot]] = []

    def read_all(self) -> None:
        top = self.root / "records"
        try:
            mode = top.lstat().st_mode
        except FileNotFoundError:
            return
        except OSError as error:
            self.problems.append(unread(error).at("records"))
            return
        if stat.S_ISLNK(mode):
            self.problems.append(link_at("records"))
        elif not stat.S_ISDIR(mode):
            self.problems.append(Unread("L01", "folder").at("records"))
        else:
            self.waiting.append((top, Spot()))
        while self.waiting:
            self._folder(*self.waiting.pop())

    def _folder(self, folder: Path, spot: Spot) -> None:
        entries, fault = entries_of(folder)
        if fault:
            self.problems.append(fault.at(spot.file))
        twins = clashes(entry.name for entry in entries)
        for entry in entries:
            here = spot.below(entry.name)
            if entry.is_symlink():
                self.problems.append(link_at(here.file))
                self._reserve(here)
                continue
            twin = twins.get(entry.name)
            if twin:
                variant = "form" if differ_in_form(entry.name, twin) else "case"
                also = Place(spot.below(twin).file)
                self.problems.append(problem("L04", Place(here.file), variant=variant, also=also, other=shown(twin)))
            if entry.is_dir(follow_symlinks=False):
                self._enter(Path(entry.path), here, has_twin=bool(twin))
            elif entry.is_file(follow_symlinks=False):
                self._file(Path(entry.path), here, has_twin=bool(twin))
            else:
                self.problems.append(Unread("L01", "special").at(here.file))
                self._reserve(here)

    def _enter(self, folder: Path, spot: Spot, *, has_twin: bool) -> None:
        """Judge the name of a folder and wait for its content; with a wrong name what is in it is read, but makes no record."""
        fault = None if has_twin else fault_of_folder(spot)
        if fault:
            self._name(fault, spot)
        if fault and fault.variant in NOT_READ:
            return
        self.waiting.append((folder, spot.spoilt() if fault or has_twin else spot))

    def _file(self, file: Path, spot: Spot, *, has_twin: bool) -> None:
        if spot.parts[-1] == KEPT:
            return
        fault = fault_of_file(spot)
        if fault and not has_twin:
            self._name(fault, spot)
        if fault and fault.variant in NOT_READ:
            return
        is_sound = not fault and not has_twin and not spot.is_spoilt
        if spot.is_attachment:
            if is_sound:
                self._attachment(file, spot)
        elif spot.is_catalogue:
            if is_sound:
                self._translation(file, spot)
        elif stem(spot.parts[-1]):
            self._record(file, spot, is_sound=is_sound)

    def _attachment(self, file: Path, spot: Spot) -> None:
        content, fault = content_of(file, LARGEST_ATTACHMENT, "attachment")
        if fault:
            self.problems.append(fault.at(spot.file))
            return
        self.attachments[spot.file] = hashlib.sha256(content).hexdigest()
        if pictures.is_picture(spot.file):
            self.pictures[spot.file] = pictures.fault(spot.file, content)

    def _translation(self, file: Path, spot: Spot) -> None:
        content, fault = content_of(file, LARGEST, "record")
        text = "" if fault else text_of(content)
        own, language = of_catalogue(spot.parts[-1]) or ("", "")
        if fault:
            self.problems.append(fault.at(spot.file))
        elif isinstance(text, Unreadable):
            line, column = text.at
            self.problems.append(
                Problem(text.code, Severity.ERROR, Place(spot.file, line + 1, column + 1), (), text.variant, tuple(sorted(text.params.items())))
            )
        else:
            self.translations.append(Translation(Spot((*spot.parts[:-1], own)).id, language, spot.file, text))

    def _record(self, file: Path, spot: Spot, *, is_sound: bool) -> None:
        self.files += 1
        self._reserve(spot)
        content, fault = content_of(file, LARGEST, "record")
        if fault:
            self.problems.append(fault.at(spot.file))
            return
        parsed = parse(content, spot.file)
        self.problems.extend(parsed.problems)
        if is_sound and parsed.data is not None and (record := spot.id):
            self.drafts.append(Draft(record, spot.plural, parsed.data, parsed.source))

    def _reserve(self, spot: Spot) -> None:
        if record := spot.id:
            self.reserved.add(record)

    def _name(self, fault: Fault, spot: Spot) -> None:
        self.problems.append(problem("L03", Place(spot.file), variant=fault.variant, **fault.params))


class _RepeatedError(ValueError):
    """A key stands twice in a JSON object."""


def _schemas(folder: Path, name: str) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for entry in entries_of(folder)[0]:
        if not entry.name.endswith(".schema.json"):
            continue
        place = f"{name}/{shown(entry.name)}"
        content, fault = content_of(Path(entry.path), LARGEST, "record")
        if fault:
            problems.append(fault.at(place))
            continue
        try:
            schema = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_repetition)
        except json.JSONDecodeError as error:
            problems.append(problem("L21", Place(place, error.lineno, error.colno), variant="json"))
        except UnicodeDecodeError:
            problems.append(problem("L06", Place(place)))
        except _RepeatedError as error:
            problems.append(problem("L21", Place(place), variant="repeated", key=error))
        except (ValueError, RecursionError):
            problems.append(problem("L21", Place(place), variant="json"))
        else:
            if isinstance(schema, dict):
                found[entry.name] = schema
            else:
                problems.append(problem("L21", Place(place), variant="object"))
    return found, problems


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise _RepeatedError(repeated)
    return dict(pairs)
