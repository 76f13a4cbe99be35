"""The words of a history: which commit changed which files. What a file said then is asked of Git by the id of its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LINK: Final = "120000"
"""The mode of a symbolic link."""
MODULE: Final = "160000"
"""The mode of another repository inside this one."""
NOTHING: Final = "000000"
"""The mode of what is not there."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a commit did to one file."""

    path: str
    """POSIX, below the project's folder."""
    mode: str
    """As Git writes it; `NOTHING` where the commit took the file away."""
    blob: str
    """The id of the new content; empty where the file was taken away."""
    before: str
    """The id of the old content; empty where the file was not there."""

    @property
    def is_file(self) -> bool:
        """Whether a plain file is there afterwards."""
        return self.mode not in (LINK, MODULE, NOTHING)


@dataclass(frozen=True, slots=True)
class Commit:
    """One step of the main line. What a merge brings counts once, with the merge."""

    id: str
    parents: tuple[str, ...]
    seconds: int
    """When it was recorded, since 1970 in UTC."""
    author: str
    """The address that the author gave, as the commit has it; no page ever shows it."""
    changes: tuple[FileChange, ...] = ()

    def day(self, zone: str) -> date:
        """Give the day on which it was recorded, in a time zone."""
        return datetime.fromtimestamp(self.seconds, UTC).astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a commit."""

    path: str
    """POSIX, below the project's folder."""
    mode: str
    blob: str
