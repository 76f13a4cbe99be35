"""Records that are to be written anew where they stand: which files are asked for, and how each is replaced, whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from tusoi.disk import Unread, entries_of, path_below, unread
from tusoi.file_names import NOT_READ, Spot, fault_of_file, stem

RECORDS: Final = "records"


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that is to be written anew."""

    path: Path
    file: str
    """Its path below the project's folder, as places name it."""
    spot: Spot
    """Where it is below the nearest folder `records/`."""
    fault: Unread | None = None
    """Why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A path that nothing can be done with: it is not there, not in the project, a symbolic link, or no record."""

    path: Path
    reason: Literal["missing", "outside", "link", "other"]


def asked_for(root: Path, paths: Sequence[Path]) -> list[Asked] | Refused:
    """Give the records at these paths, or all of the project's, in the order of their names; or the first path that will not do.

    Attachments are never among them.
    """
    top = Path(os.path.abspath(root))  # noqa: PTH100 -- resolving would follow links
    found: dict[str, Asked] = {}
    for path in paths or (root / RECORDS,):
        here = _at(top, path)
        if isinstance(here, Refused):
            return here
        found |= {asked.file: asked for asked in here}
    return [found[file] for file in sorted(found)]


def replace(file: Path, content: bytes) -> Unread | None:
    """Put content in the place of a file, which keeps its rights. Whoever reads meanwhile sees the old file or the new one, never half of it."""
    made = ""
    try:
        mode = file.lstat().st_mode
        if not stat.S_ISREG(mode):
            return Unread("L02" if stat.S_ISLNK(mode) else "L01", "" if stat.S_ISLNK(mode) else "special")
        handle, made = tempfile.mkstemp(prefix=".tusoi-", dir=file.parent)
        with open(handle, "wb") as stream:  # noqa: PTH123 -- it is open already
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(made).chmod(stat.S_IMODE(mode))
        Path(made).replace(file)
    except OSError as error:
        if made:
            Path(made).unlink(missing_ok=True)
        return unread(error)
    return None


def _whole(top: Path, path: Path) -> Path:
    """Give a path in full: seen from here, or else from the project's folder, as messages name files."""
    seen_from_here = Path(os.path.abspath(path))  # noqa: PTH100 -- resolving would follow links
    return seen_from_here if os.path.lexists(seen_from_here) else Path(os.path.abspath(top / path))  # noqa: PTH100 -- the same


def _at(top: Path, given: Path) -> list[Asked] | Refused:
    path = _whole(top, given)
    if not os.path.lexists(path):
        return Refused(given, "missing")
    if not path.is_relative_to(top):
        return Refused(given, "outside")
    names = path.relative_to(top).parts
    if any(top.joinpath(*names[:number]).is_symlink() for number in range(1, len(names) + 1)):
        return Refused(given, "link")
    if path.is_dir():
        return list(_below(top, path))
    asked = _record(top, path)
    return [asked] if asked else Refused(given, "other")


def _below(top: Path, folder: Path) -> Iterator[Asked]:
    """Find the records in a folder, without a look at hidden folders and at what is behind links; one that is a link itself will not be read."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        entries, fault = entries_of(here)
        if fault:
            yield Asked(here, path_below(top, here), Spot(), fault)
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    waiting.append(path)
            elif asked := _record(top, path):
                yield asked


def _record(top: Path, path: Path) -> Asked | None:
    """Give the file if it is a record by its name and place, be it a wrong one. An attachment is none: it stays as its sha256 says."""
    names = path.relative_to(top).parts
    if RECORDS not in names[:-1]:
        return None
    start = len(names) - 1 - names[-2::-1].index(RECORDS)
    spot = Spot(names[start:])
    fault = fault_of_file(spot)
    if spot.is_attachment or stem(names[-1]) is None or (fault and fault.variant in NOT_READ):
        return None
    return Asked(path, path_below(top, path), spot)
