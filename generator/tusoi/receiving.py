"""What a server that keeps the records lets in: the branch that is published only ever grows, and what comes is judged by the rules of what is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tusoi import changing, flow, people
from tusoi.history import Repository
from tusoi.past import NO_PAST

_BRANCH: Final = "refs/heads/"
_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Push:
    """What is asked for one name: Git gives it to a hook as a line."""

    old: str
    new: str
    ref: str

    @property
    def is_first(self) -> bool:
        """Whether the name was not there."""
        return not self.old.strip("0")

    @property
    def is_deletion(self) -> bool:
        """Whether the name is to go."""
        return not self.new.strip("0")

    @property
    def branch(self) -> str:
        """The name of the branch, for people."""
        return self.ref.removeprefix(_BRANCH)


class RefusedError(Exception):
    """It may not be at all, whatever the records say. The text is the reason: `deleted`, `rewritten` or `lines`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def pushes(lines: Iterable[str]) -> list[Push]:
    """Read what Git says to a `pre-receive` hook: the old commit, the new one and the name, line by line. Raises RefusedError where it is something else."""
    found = []
    for line in lines:
        words = line.rstrip("\n").split(" ", _WORDS - 1)
        if len(words) != _WORDS:
            raise RefusedError("lines")
        found.append(Push(*words))
    return found


def guarded(folder: Path, branches: Collection[str]) -> frozenset[str]:
    """Give the names that are judged: those of these branches, or else of the branch at which HEAD points, which is the one that is published."""
    if branches:
        return frozenset(f"{_BRANCH}{each.removeprefix(_BRANCH)}" for each in branches)
    with Repository(folder) as repository:
        return frozenset({repository.main_branch()})


@contextmanager
def judged(folder: Path, push: Push, whose: Path | None) -> Iterator[flow.Judged]:
    """Judge what comes to a guarded branch, for today. The first push is judged whole, as no rules are there yet.

    Raises RefusedError where a branch would go or lose what it has, and UnusableError where Git cannot say.
    """
    if push.is_deletion:
        raise RefusedError("deleted")
    if whose:
        people.read(whose, folder)  # a list that cannot be read is no list, also where nobody is judged by it yet
    with Repository(folder) as repository:
        if not push.is_first and not repository.whole().contains(repository.resolve(push.new), push.old):
            raise RefusedError("rewritten")
    with flow.reading(folder, push.new) as tree:
        found = flow.judge(tree, flow.today(tree), NO_PAST)
        yield found if push.is_first else changing.compared(found, push.old, whose=whose, keeps_day=True).judged
