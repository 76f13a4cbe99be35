"""The disk, read with care: only regular files, never through a link, never more than asked for; what can not be read is a value that says why."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from tusoi.file_names import shown
from tusoi.problem import Place, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEGABYTE = 1024 * 1024
_AS_A_FILE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Never through a link, and never waiting: opening a pipe that nobody writes to would otherwise last for ever."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file or folder could not be read: the sentence and its words, without the place."""

    code: str
    variant: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    def at(self, file: str) -> Problem:
        """Give the problem, for the file or folder that it is about."""
        return problem(self.code, Place(file), variant=self.variant, **self.params)


def entries_of(folder: Path) -> tuple[list[os.DirEntry[str]], Unread | None]:
    """Give what is in a folder, in the order of the names."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name), None
    except OSError as error:
        return [], unread(error)


def content_of(file: Path, limit: int, what: str) -> tuple[bytes, Unread | None]:
    """Read a regular file that is no larger than the limit, whatever happens to it meanwhile."""
    too_large = Unread("L05", what, {"limit": limit // _MEGABYTE})
    try:
        with open(os.open(file, os.O_RDONLY | _AS_A_FILE), "rb") as stream:  # noqa: PTH123 -- a Path can not be opened with flags
            state = os.fstat(stream.fileno())
            if not stat.S_ISREG(state.st_mode):
                return b"", Unread("L01", "special")
            if state.st_size > limit:
                return b"", too_large
            content = stream.read(limit + 1)
    except OSError as error:
        return b"", unread(error)
    return (b"", too_large) if len(content) > limit else (content, None)


def unread(error: OSError) -> Unread:
    """Say in our words why the computer refused."""
    if error.errno == errno.ELOOP:
        return Unread("L02")
    if isinstance(error, FileNotFoundError):
        return Unread("L01", "gone")
    if isinstance(error, PermissionError):
        return Unread("L01", "permission")
    return Unread("L01", "other", {"reason": error.strerror or type(error).__name__})


def link_at(file: str) -> Problem:
    """Give the problem of a symbolic link."""
    return problem("L02", Place(file))


def path_below(root: Path, path: Path) -> str:
    """Give a path as places do: below the project's folder, with `/` between."""
    relative = PurePosixPath(Path(os.path.relpath(path, root)).as_posix())
    return "/".join(map(shown, relative.parts))
