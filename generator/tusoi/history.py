"""What Git knows. The only module that knows Git, and it only reads."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # no Git on this machine is an answer here, not an error at import

import git

_QUIET = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def last_day(folder: Path, zone: str) -> date | None:
    """Give the day of the last commit of the repository that holds the folder, in the zone.

    None where there is no repository, no commit, no Git, or Git will not say (a repository of another user).
    """
    try:
        with git.Repo(folder, search_parent_directories=True) as repository:
            repository.git.update_environment(**_QUIET)
            stamp = repository.git(c=["core.fsmonitor=false", "core.hooksPath=/dev/null"]).log("-1", "--format=%cI", "HEAD")
    except (git.GitError, OSError, ValueError):
        return None
    return _day(stamp, zone)


def _day(stamp: str, zone: str) -> date | None:
    try:
        return datetime.fromisoformat(stamp.strip()).astimezone(ZoneInfo(zone)).date()
    except ValueError:
        return None
