"""From Git to the past of the records, and to the files of a commit: where history meets the reading of files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tusoi.commits import LINK, MODULE
from tusoi.file_names import Spot, shown
from tusoi.history import Repository, UnusableError
from tusoi.past import NO_PAST, Past, Step, Tag, Version
from tusoi.remembered import Memory
from tusoi.strict_yaml import LARGEST, parse

RECORDS: Final = "records"
_READERS: Final = ("strict_yaml.py", "yaml_slips.py", "plain_text.py")
"""The modules that decide what a file says."""
_NO_HISTORY: Final = frozenset({"none", "git", "owner", "empty"})
"""The reasons for which nothing is known of the past, and nothing is wrong: there is none here, or none that may be read."""


def past(folder: Path, zone: str, revision: str = "HEAD") -> Past:
    """Give the past of a project's records up to a revision; `NO_PAST` where there is no repository and no commit.

    Raises UnusableError where the history is cut short or replaced: then it would lie.
    """
    try:
        with Repository(folder) as repository:
            return past_of(repository, zone, repository.resolve(revision))
    except UnusableError as error:
        if error.reason in _NO_HISTORY:
            return NO_PAST
        raise


def past_of(repository: Repository, zone: str, head: str) -> Past:
    """Give the past of the records up to a commit. Raises UnusableError."""
    commits = [each for each in repository.whole().log(head, RECORDS) if each.changes]
    ids = {path: id_of(path) for path in {change.path for commit in commits for change in commit.changes}}
    said = _said(repository, (change.blob for commit in commits for change in commit.changes if change.is_file and ids[change.path]))
    steps = [Step(number, commit.id, commit.day(zone), commit.author) for number, commit in enumerate(commits)]
    versions: dict[str, list[Version]] = {}
    for step, commit in zip(steps, commits, strict=True):
        for change in commit.changes:
            if name := ids[change.path]:
                found = Version(step, name, said.get(change.blob) if change.is_file else None, is_gone=not change.is_file)
                versions.setdefault(name, []).append(found)
    return Past(head, tuple(steps), {name: tuple(found) for name, found in sorted(versions.items())}, _tags(repository, zone, head, steps))


def _tags(repository: Repository, zone: str, head: str, steps: Iterable[Step]) -> tuple[Tag, ...]:
    """Give the tags of the main line up to a commit, each with the last step that had changed a record by then."""
    named = repository.tags()
    if not named:
        return ()
    numbers, number, places = {step.commit: step.number for step in steps}, -1, {}
    for place, commit in enumerate(repository.main_line(head)):
        number = numbers.get(commit, number)
        places[commit] = (place, number)
    found = sorted((places[commit][0], name, commit) for name, commit in named if commit in places)
    return tuple(Tag(name, places[commit][1], repository.commit(commit).day(zone)) for _, name, commit in found)


@contextmanager
def files_of(repository: Repository, commit: str) -> Iterator[Path]:
    """Put the files that a commit has in the project's folder into a folder of their own, for as long as they are needed.

    A symbolic link becomes one that leads nowhere, and a repository within this one an empty folder: both are then found wrong, and neither is followed.
    """
    with TemporaryDirectory(prefix="tusoi-", ignore_cleanup_errors=True) as place:
        top = Path(place)
        try:
            _lay_out(repository, commit, top)
        except (OSError, ValueError) as error:
            raise UnusableError("other", str(error)) from error
        yield top


def id_of(path: str) -> str:
    """Give the id of the record whose file has this path below the project's folder; empty where it is no record's."""
    first, *names = path.split("/")
    if first != RECORDS or not names:
        return ""
    name = Spot(tuple(names)).id
    return name if name and path in (f"{RECORDS}/{name}.yml", f"{RECORDS}/{name}/organisation.yml") else ""


def _said(repository: Repository, blobs: Iterable[str]) -> dict[str, Mapping[str, Any] | None]:
    """Give what each content says, None where it could not be read: from memory, and what is new from Git."""
    asked = list(dict.fromkeys(blobs))
    memory = Memory(repository.memory, _reader())
    said: dict[str, Mapping[str, Any] | None] = {}
    for blob, text in memory.known(asked).items():
        with suppress(TypeError, ValueError):  # a damaged text is as good as none
            data = json.loads(text)
            if data is None or isinstance(data, dict):
                said[blob] = data
    new = {blob: parse(content, "").data for blob, content in repository.contents((each for each in asked if each not in said), LARGEST + 1)}
    memory.learn({blob: json.dumps(data, ensure_ascii=False) for blob, data in new.items()})
    return said | new


def _lay_out(repository: Repository, commit: str, top: Path) -> None:
    """Write the files of a commit. Raises ValueError where one would lie elsewhere, or two in one place: only a forged commit has such."""
    wanted: dict[str, list[Path]] = {}
    there: set[Path] = set()
    for entry in repository.entries(commit, ""):
        path = top / entry.path
        if ".." in path.parts or not path.is_relative_to(top) or path in there:
            raise ValueError(shown(entry.path))
        there.add(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.mode == MODULE:
            path.mkdir(exist_ok=True)
        elif entry.mode == LINK:
            path.symlink_to("/nowhere")
        else:
            wanted.setdefault(entry.blob, []).append(path)
    for blob, content in repository.contents(wanted):
        for path in wanted[blob]:
            path.write_bytes(content)


@cache
def _reader() -> str:
    """Name how files are read: another reader may understand them differently."""
    digest = hashlib.sha256(version("PyYAML").encode())
    for name in _READERS:
        digest.update((files("tusoi") / name).read_bytes())
    return digest.hexdigest()
