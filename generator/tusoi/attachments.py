"""Attached files: each is where its record says and unchanged since, and none lies about unnamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tusoi import key_names
from tusoi.kinds import Kinds
from tusoi.outline import visit
from tusoi.problem import Path, Place, Problem, Severity, problem
from tusoi.record import Record, Register

PHOTO: Final = "photo"
"""What evidence says that it is, where it is a photograph."""


def problems(register: Register, files: Mapping[str, str], pictures: Mapping[str, str] | None = None) -> list[Problem]:
    """Compare what the records name with what is there: `files` are the paths below the project's folder, each with its SHA-256.

    `pictures` are those of them that a page could show, each with what forbids it.
    """
    kinds = Kinds.of(register.kinds)
    found: list[Problem] = []
    named: set[str] = set()
    for record in register.records.values():
        for path, stated, sha256 in _files(record, kinds):
            named.add(f"records/{record.organisation}/{stated}")
            found += _compared(record, path, stated, sha256, files) or _shown(record, path, stated, pictures or {})
    uncertain = {each.split("/", 1)[0] for each in register.reserved}
    for file in sorted(files.keys() - named):
        # A record that could not be read may well name it.
        if file.split("/")[1] not in uncertain:
            found.append(problem("X06", Place(file), severity=Severity.WARNING, file=file.split("/", 2)[2], sha256=files[file]))
    return found


def _files(record: Record, kinds: Kinds) -> Iterator[tuple[Path, str, str]]:
    for found in visit(kinds.shapes[record.kind].outline, record.data):
        if found.outline.is_file and isinstance(found.value, Mapping) and isinstance(found.value.get("path"), str):
            yield found.path, found.value["path"], str(found.value.get("sha256", ""))


def may_be_shown(evidence: Mapping[str, Any]) -> bool:
    """Whether a record says of a file that it is a photograph, and that it shows nobody, or nobody who has not agreed."""
    return evidence.get("kind") == PHOTO and "people" in evidence


def _shown(record: Record, path: Path, stated: str, pictures: Mapping[str, str]) -> list[Problem]:
    """Say why a picture is on no page. What tells where or by whom it was taken is told to nobody, and is not published either."""
    file = f"records/{record.organisation}/{stated}"
    if file not in pictures:
        return []
    fault = pictures[file]
    if not fault and not record.told and (record.get(*path[:-1]) or {}).get("kind") != PHOTO:
        return [problem("X09", record.place(*path, "path"), (*path, "path"), variant="kind", severity=Severity.WARNING, file=stated)]
    severity = Severity.ERROR if fault == "hidden" else Severity.WARNING
    return [problem("X09", record.place(*path, "path"), (*path, "path"), variant=fault, severity=severity, file=stated)] if fault else []


def _compared(record: Record, path: Path, stated: str, sha256: str, files: Mapping[str, str]) -> list[Problem]:
    file = f"records/{record.organisation}/{stated}"
    if file not in files:
        folder = f"records/{record.organisation}/"
        near = key_names.nearest(stated, (each.removeprefix(folder) for each in files if each.startswith(folder)))
        return [problem("X05", record.place(*path, "path"), (*path, "path"), variant="near" if near else "", file=stated, near=near, folder=folder)]
    if files[file] != sha256:
        return [problem("X05", record.place(*path, "sha256"), (*path, "sha256"), variant="changed", also=Place(file), file=stated, sha256=files[file])]
    return []
