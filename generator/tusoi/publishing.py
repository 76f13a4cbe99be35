"""What a published site says of its own records, and whether the history still contains what was published.

Each site carries a small file, `phien-ban.json`: the commit whose records it shows, and one number made of all of them. Whoever keeps an old one can say later
whether the history was rewritten since.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tusoi import __version__, flow
from tusoi.commits import LINK, MODULE
from tusoi.history import Repository, UnusableError
from tusoi.looking_back import RECORDS
from tusoi.problem import Place, Problem, Severity, problem

FILE: Final = "phien-ban.json"
FORMAT: Final = 1
"""The number of the form; a later form has a higher one."""
SHORT: Final = 12
"""Letters of a commit's id, for people."""
_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Published:
    """What a published site says of its records."""

    commit: str
    """Empty where it was built from records that no commit has."""
    digest: str
    day: str


class NotPublishedError(Exception):
    """It is no such file. The text is the reason: `json`, `newer` or `form`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def statement(judged: flow.Judged) -> str:
    """Write the file of a site: the same for the same commit and day."""
    tree = judged.tree
    commit, digest = _recorded(tree)
    said = {
        "format": FORMAT,
        "commit": commit or None,
        "records": f"sha256:{digest}",
        "as_of": judged.day.isoformat(),
        "time_zone": tree.zone,
        "tusoi": __version__,
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def read(content: bytes) -> Published:
    """Read such a file. Raises NotPublishedError."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotPublishedError("json") from error
    if not isinstance(said, dict) or not isinstance(said.get("format"), int) or isinstance(said["format"], bool):
        raise NotPublishedError("form")
    if said["format"] > FORMAT:
        raise NotPublishedError("newer")
    return _formed(said)


def problems(published: Published, folder: Path, revision: str = "HEAD") -> list[Problem]:
    """Compare what was published with the history up to a revision. Raises UnusableError where there is no history, or not all of it."""
    if not published.commit:
        return [problem("H09", Place(RECORDS), severity=Severity.INFO, variant="unknown", day=published.day)]
    commit, day = published.commit[:SHORT], published.day
    with Repository(folder) as repository:
        if not repository.whole().contains(repository.resolve(revision), published.commit):
            return [problem("H09", Place(RECORDS), commit=commit, day=day)]
        if digest_at(repository, published.commit) != published.digest:
            return [problem("H10", Place(RECORDS), commit=commit, day=day)]
    return []


def digest(contents: Mapping[str, str]) -> str:
    """Make one number of many files, each given with its SHA-256: what `sha256sum` says of what `sha256sum` says of each, in the order of their paths."""
    lines = (f"{contents[path]}  {path}\n" for path in sorted(contents, key=str.encode))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def digest_at(repository: Repository, commit: str) -> str:
    """Make the number of the records of a commit (a full id)."""
    blobs = {each.path: each.blob for each in repository.entries(commit, RECORDS) if each.mode not in (LINK, MODULE)}
    known = {blob: hashlib.sha256(content).hexdigest() for blob, content in repository.contents(blobs.values())}
    return digest({path: known[blob] for path, blob in blobs.items()})


def _recorded(tree: flow.Tree) -> tuple[str, str]:
    """Give the commit that has exactly these records, empty where none has, and their number."""
    try:
        with Repository(tree.home or tree.folder) as repository:
            commit = repository.resolve(tree.revision)
            if tree.home or _is_as(repository, commit, tree.folder):
                return commit, digest_at(repository, commit)
    except UnusableError:
        pass
    files = _files(tree.folder)
    return "", digest({path: hashlib.sha256((tree.folder / path).read_bytes()).hexdigest() for path in files})


def _is_as(repository: Repository, commit: str, folder: Path) -> bool:
    """Whether the work tree has the records of a commit: the same files, also those that Git was told to ignore, and each as it is there."""
    return repository.is_clean(RECORDS) and _files(folder) == {each.path for each in repository.entries(commit, RECORDS)}


def _files(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in (folder / RECORDS).rglob("*") if each.is_file() and not each.is_symlink()}


def _formed(said: Mapping[str, Any]) -> Published:
    commit, records, day = said.get("commit", ""), str(said.get("records", "")), str(said.get("as_of", ""))
    name, _, number = records.partition(":")
    is_commit = commit is None or (isinstance(commit, str) and _COMMIT.match(commit))
    if not is_commit or name != "sha256" or not _DIGEST.match(number) or not _DAY.match(day):
        raise NotPublishedError("form")
    return Published(commit or "", number, day)
