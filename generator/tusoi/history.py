"""What Git knows. The only module that knows Git; it yields commits and contents and judges nothing.

It only reads: no hook runs, no lock is taken, nothing is fetched, and neither the user's nor the computer's settings change an answer. (`plant` is the one
exception: it makes a new repository in an empty folder.) A history that is cut short, or that stands for another, is refused: it would lie quietly.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread
from typing import IO, Any, BinaryIO, Final, Self

from tusoi.commits import NOTHING, Commit, Entry, FileChange

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # no Git on this machine is an answer here, not an error at import

import git

_PLACES: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE")
"""What Git tells its hooks of their own repository; the one that is asked here may be another."""
_QUIET: Final = {
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_OWN: Final = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
    "GIT_CONFIG_COUNT": "0",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_NAMESPACE": "",
}
"""What a repository of its own is not to know of another."""
_SETTINGS: Final = [
    f"core.excludesFile={os.devnull}",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
]
_RAW: Final = ["--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=none", f"-O{os.devnull}"]
_HEAD: Final = ["--encoding=UTF-8", "--format=%x00%H%x00%P%x00%ct%x00%ae"]
_ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_PROMISED: Final = re.compile(r"extensions\.partialclone|remote\..*\.promisor\Z", re.IGNORECASE | re.DOTALL)
"""The setting of a clone that leaves contents with another repository until somebody asks for them: we do not ask."""
_LAST_SECOND: Final = 253_402_214_400
"""Where the last day of a calendar of four digits begins in UTC: it is that day or the one before in every zone."""
_CHUNK: Final = 1 << 20


class UnusableError(Exception):
    """Git cannot say what is asked. The text is the reason, and the name of the sentence that says how to mend it: `history.<reason>`.

    `none`: no repository; `git`: no Git; `owner`: it belongs to another user; `empty`: no commit; `shallow`, `grafted`, `partial`: the history is not whole;
    `revision`: there is no such commit; `unrelated`: two commits have nothing in common; `crossed`: they share several last ones;
    `other`: Git says something else.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Repository:
    """A repository, opened for reading, and the project's folder in it."""

    def __init__(self, folder: Path) -> None:
        """Open the repository that holds a folder, or that is it (a bare one). Raises UnusableError."""
        self._repo = _opened(folder)
        self.is_bare = self._repo.bare
        top = None if self.is_bare else self._repo.working_tree_dir
        self.prefix = "" if top is None else _below(Path(top), folder)
        self._say("rev-parse", "--git-dir")

    def __enter__(self) -> Self:
        """Use it in a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of Git's processes."""
        self._repo.close()

    @property
    def memory(self) -> Path:
        """Git's own folder, which all work trees share: where what was read may be remembered."""
        return Path(self._repo.common_dir)

    def whole(self) -> Self:
        """Give itself where the history is whole. Raises UnusableError where it is cut short, or where another was put in its place."""
        place = self.memory
        if (place / "shallow").is_file():
            raise UnusableError("shallow")
        grafts = place / "info" / "grafts"
        if (grafts.is_file() and grafts.read_bytes().strip()) or self._say("for-each-ref", "--count=1", "--format=%(refname)", "refs/replace/"):
            raise UnusableError("grafted")
        if any(_PROMISED.match(each) for each in self._say("config", "--list", "--local", "--name-only", "-z").split("\0")):
            raise UnusableError("partial")
        return self

    def resolve(self, revision: str) -> str:
        """Give the id of the commit that a revision names. Raises UnusableError where there is none."""
        if not revision or revision.startswith("-") or "\0" in revision:
            raise UnusableError("revision", revision)
        try:
            found = self._say("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        except UnusableError as error:
            if error.reason in ("owner", "git"):
                raise
            raise UnusableError(self._why_not(revision), revision) from error
        if not _ID.match(found):  # `^main` names what is left out
            raise UnusableError("revision", revision)
        return found

    def main_branch(self) -> str:
        """Give the full name of the branch at which HEAD points, even where it has no commit yet. Raises UnusableError where HEAD is a commit."""
        return self._say("symbolic-ref", "HEAD")

    def merge_base(self, one: str, other: str) -> str:
        """Give the last commit that two commits have in common. Raises UnusableError where there is none."""
        try:
            found = self._say("merge-base", "--all", one, other).split()
        except UnusableError as error:
            raise UnusableError("unrelated") from error
        if len(found) > 1:
            raise UnusableError("crossed")
        return found[0]

    def contains(self, commit: str, earlier: str) -> bool:
        """Whether a commit is here and the history of another contains it. Both are full ids."""
        if not (_ID.match(commit) and _ID.match(earlier)):
            return False
        try:
            return self.merge_base(commit, earlier) == earlier
        except UnusableError:
            return False

    def tags(self) -> list[tuple[str, str]]:
        """Give the tags that name commits, each with its commit, in the order of their names."""
        lines = self._say("for-each-ref", "--format=%(refname:lstrip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)", "refs/tags/")
        found = []
        for line in lines.splitlines():
            name, kind, commit, inner, peeled = line.split("\0")
            if "commit" in (kind, inner):
                found.append((name, peeled or commit))
        return sorted(found)

    def is_clean(self, *paths: str) -> bool:
        """Whether what lies in the work tree below these paths of the project is what the last commit has."""
        words = ["--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=none"]
        return not self.is_bare and not self._say("status", *words, "--", *map(self._path, paths))

    def log(self, revision: str, *paths: str) -> Iterator[Commit]:
        """Stream the main line up to a commit (a full id), oldest first, with what each step changed below these paths of the project. One pass.

        The main line is that of the first parents: a merge is one step, and what it brings counts there.
        """
        words = ["--reverse", "--first-parent", "--diff-merges=first-parent", *_RAW, *_HEAD]
        with self._asked("log", *words, revision, "--", *map(self._path, paths)) as stream:
            yield from _commits(_pieces(stream), self.prefix)

    def main_line(self, revision: str) -> list[str]:
        """Give the ids of the commits of the main line up to a commit (a full id), oldest first."""
        return self._say("rev-list", "--first-parent", "--reverse", revision, "--").split()

    def commit(self, revision: str) -> Commit:
        """Give one commit (a full id), without its changes."""
        said = self._bytes("log", "-1", "--no-patch", *_HEAD, revision, "--")
        return next(_commits(iter(said.split(b"\0")), ""))

    def changed(self, base: str, head: str) -> list[FileChange]:
        """Give the files of the whole repository that differ between two commits (full ids). Paths are below the top of the repository."""
        said = self._bytes("diff-tree", "-r", *_RAW, base, head)
        tokens = iter(said.split(b"\0"))
        return [_change(meta, next(tokens), "") for meta in tokens if meta]

    def brought(self, base: str, head: str, *paths: str) -> Iterator[Commit]:
        """Stream every commit that the history of `head` has and that of `base` has not (full ids), with what each changed; what merges bring counts before."""
        words = ["--reverse", "--no-merges", "--full-history", *_RAW, *_HEAD]
        with self._asked("log", *words, head, f"^{base}", "--", *map(self._path, paths)) as stream:
            yield from _commits(_pieces(stream), self.prefix)

    def uncommitted(self, *new: str) -> list[str]:
        """Give the files of the whole repository that are not as the last commit has them; new ones only below some paths of the project.

        Paths are below the top of the repository. A bare one has none.
        """
        words = ["status", "--porcelain", "-z", "--no-renames", "--ignore-submodules=none"]
        known = b"" if self.is_bare else self._bytes(*words, "--untracked-files=no")
        added = b"" if self.is_bare else self._bytes(*words, "--untracked-files=all", "--", *map(self._path, new))
        return sorted({os.fsdecode(each[3:]) for each in (*known.split(b"\0"), *added.split(b"\0")) if each})

    def entries(self, revision: str, *paths: str) -> list[Entry]:
        """List the files of a commit (a full id) below these paths of the project."""
        said = self._bytes("ls-tree", "-r", "-z", "--full-tree", revision, "--", *map(self._path, paths))
        found = []
        for line in said.split(b"\0"):
            if line:
                meta, _, path = line.partition(b"\t")
                mode, _, blob = meta.decode("ascii").split(" ")
                found.append(Entry(os.fsdecode(path).removeprefix(self.prefix), mode, blob))
        return found

    def contents(self, blobs: Iterable[str], most: int = sys.maxsize) -> Iterator[tuple[str, bytes]]:
        """Stream contents by their ids, each once, in the order in which they are asked for; of each, no more bytes than `most`.

        Raises UnusableError where one is not here.
        """
        with tempfile.TemporaryFile() as asked:
            asked.writelines(f"{each}\n".encode("ascii") for each in dict.fromkeys(blobs))
            asked.seek(0)
            with self._asked("cat-file", "--batch", "--buffer", given=asked) as stream:
                while head := stream.readline():
                    name, _, size = head.decode("ascii").rstrip("\n").rpartition(" ")
                    if not size.isdigit():
                        raise UnusableError("partial")
                    rest = int(size) - most
                    yield name.split(" ", 1)[0], stream.read(min(int(size), most))
                    while rest > 0:
                        rest -= len(stream.read(min(rest, _CHUNK))) or rest
                    stream.read(1)

    def _why_not(self, revision: str) -> str:
        """Say why a revision names no commit: the last commit may not have been made yet, or may be lost."""
        if revision != "HEAD":
            return "revision"
        try:
            self._say("rev-parse", "--verify", "--quiet", "HEAD")
        except UnusableError:
            return "empty"
        return "other"

    def _path(self, path: str) -> str:
        return f"{self.prefix}{path}" or "."

    @contextmanager
    def _asked(self, *words: str, given: BinaryIO | None = None) -> Iterator[BinaryIO]:
        """Run Git for as long as its answer is read. Raises UnusableError where it fails."""
        try:
            process: Any = self._repo.git.execute([*_command(), *words], as_process=True, istream=given)
        except (git.GitError, OSError) as error:
            raise _unusable(error) from error
        complaints: list[bytes] = []
        # Whatever Git has to say beside its answer is read meanwhile: a full pipe that nobody empties would hold it up for ever.
        listening = Thread(target=lambda: complaints.extend(iter(partial(process.stderr.read, _CHUNK), b"")), daemon=True)
        listening.start()
        try:
            yield process.stdout
            code = process.proc.wait()
        finally:
            process.proc.kill()  # it has ended, unless whoever read its answer gave up
            listening.join()
            process.stdout.close()
            process.stderr.close()
        if code:
            said = b"".join(complaints).decode("utf-8", "replace")
            raise _unusable(git.GitCommandError(list(words), code, said))

    def _bytes(self, *words: str) -> bytes:
        with self._asked(*words) as stream:
            return stream.read()

    def _say(self, *words: str) -> str:
        return self._bytes(*words).decode("utf-8", "surrogateescape").strip("\n")


def last_day(folder: Path, zone: str, revision: str = "HEAD") -> date | None:
    """Give the day of a commit, else of the last one, of the repository that holds the folder, in the zone.

    None where there is no repository, no commit, no Git, or Git will not say (a repository of another user).
    """
    with suppress(UnusableError), Repository(folder) as repository:
        return repository.commit(repository.resolve(revision)).day(zone)
    return None


def plant(folder: Path, stream: bytes) -> None:
    """Make a new repository in a folder, fill it from a stream of `git fast-import`, and check out its branch `main`. Raises UnusableError.

    No setting of the user or the computer plays a part, and none of the variables by which Git, where it runs a hook, names another repository.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder.resolve() / ".git"
    own = {
        "GIT_DIR": place,
        "GIT_COMMON_DIR": place,
        "GIT_WORK_TREE": place.parent,
        "GIT_INDEX_FILE": place / "index",
        "GIT_OBJECT_DIRECTORY": place / "objects",
    }
    run = git.Git(folder)
    run.update_environment(**_QUIET, **_OWN, **{name: str(path) for name, path in own.items()})
    words = [str(git.Git.GIT_PYTHON_GIT_EXECUTABLE), "-c", f"core.hooksPath={os.devnull}", "-c", "core.autocrlf=false"]
    try:
        run.execute([*words, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main"])
        with tempfile.TemporaryFile() as given:
            given.write(stream)
            given.seek(0)
            run.execute([*words, "fast-import", "--quiet", "--done"], istream=given)
        run.execute([*words, "reset", "--quiet", "--hard", "main"])
    except (git.GitError, OSError) as error:
        raise _unusable(error) from error


def _opened(folder: Path) -> git.Repo:
    """Open the repository of a folder, also in a hook of another repository."""
    told = {name: os.environ.pop(name) for name in _PLACES if name in os.environ}
    try:
        repository = git.Repo(folder, search_parent_directories=True, expand_vars=False)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError, OSError) as error:
        raise UnusableError("none") from error
    finally:
        os.environ.update(told)
    repository.git.update_environment(**_QUIET)
    if told:
        place = str(repository.git_dir)
        own = (place, str(repository.working_dir), str(repository.common_dir), os.path.join(place, "index"))  # noqa: PTH118 -- as Git is told
        repository.git.update_environment(**dict(zip(_PLACES, own, strict=True)))
    return repository


def _command() -> list[str]:
    return [str(git.Git.GIT_PYTHON_GIT_EXECUTABLE), "--no-pager", *(piece for each in _SETTINGS for piece in ("-c", each))]


def _unusable(error: Exception) -> UnusableError:
    said = str(getattr(error, "stderr", "") or error)
    if isinstance(error, git.GitCommandNotFound | NotADirectoryError | PermissionError):  # the last two: what is on the path is no folder, or may not be run
        return UnusableError("git")
    if "safe.directory" in said or "dubious ownership" in said:
        return UnusableError("owner")
    if "promisor" in said or "lazy fetch" in said or "missing blob" in said:
        return UnusableError("partial")
    return UnusableError("other", " ".join(said.split()))


def _below(top: Path, folder: Path) -> str:
    """Give the way from the top of the work tree to the project's folder: empty, or with a slash at the end."""
    way = Path(os.path.relpath(Path(folder).resolve(), top.resolve())).as_posix()
    return "" if way == "." or way.split("/")[0] == ".." else f"{way}/"


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Cut a stream at its zero bytes."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    yield rest


def _commits(pieces: Iterator[bytes], prefix: str) -> Iterator[Commit]:
    """Read what `git log --raw -z` prints: four pieces of each commit, then two of each change."""
    head: list[str] = []
    changes: list[FileChange] = []
    for piece in pieces:
        said = piece.lstrip(b"\n")
        if said.startswith(b":"):
            changes.append(_change(said, next(pieces), prefix))
        elif said:
            if head:
                yield _commit(head, changes)
            head, changes = [each.decode("utf-8", "replace") for each in (said, next(pieces), next(pieces), next(pieces))], []
    if head:
        yield _commit(head, changes)


def _commit(head: list[str], changes: list[FileChange]) -> Commit:
    name, parents, seconds, author = head
    if not seconds.isdigit() or int(seconds) > _LAST_SECOND:
        raise UnusableError("other", f"bad date in commit {name}")
    return Commit(name, tuple(parents.split()), int(seconds), author.rstrip("\n"), tuple(changes))


def _change(meta: bytes, path: bytes, prefix: str) -> FileChange:
    _, mode, before, after, _ = meta.decode("ascii").lstrip(":").split(" ")
    return FileChange(_project_path(path, prefix), mode, "" if mode == NOTHING else after, "" if not before.strip("0") else before)


def _project_path(path: bytes, prefix: str) -> str:
    """Give a path below the project's folder; what is no UTF-8 is shown as �, and is no record's."""
    return path.decode("utf-8", "replace").removeprefix(prefix)
