"""Small histories for tests, written down step by step and made with one stream of `git fast-import`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from repositories import fill


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link."""

    to: str


@dataclass(frozen=True, slots=True)
class Module:
    """Another repository, at the commit whose id is this digit again and again."""

    digit: str


@dataclass(frozen=True, slots=True)
class Runnable:
    """A file that may be run."""

    text: str


Content = str | bytes | None | Link | Module | Runnable
"""What stands at a path from a step on; None takes it away."""


@dataclass(frozen=True, slots=True)
class Step:
    """One commit."""

    when: str
    """The committer's clock, `2025-01-31 23:30`, in Vietnam where it says no other zone."""
    changes: Mapping[str, Content] = field(default_factory=dict)
    parents: tuple[int, ...] | None = None
    """The numbers of other steps, from 1; None for the step before."""
    author: str = "an@example.org"


def planted(folder: Path, steps: Sequence[Step], *options: str, below: str = "") -> Path:
    """Make a repository of these steps; `below` is the project's folder in it, with a slash at the end. Give the project's folder."""
    fill(folder, stream(steps, 64 if "--object-format=sha256" in options else 40, below), *options)
    return folder / below


def stream(steps: Sequence[Step], width: int = 40, below: str = "") -> bytes:
    """Write the stream; `width` is how long the ids are."""
    written: list[bytes] = []
    for number, step in enumerate(steps, 1):
        given = step.parents if step.parents is not None else (number - 1,) if number > 1 else ()
        if not given and number > 1:
            written.append(b"reset refs/heads/main\n\n")
        clock = datetime.fromisoformat(step.when if "+" in step.when or "Z" in step.when else f"{step.when}+07:00")
        when = f"{int(clock.timestamp())} {clock.strftime('%z')}"
        lines = ["commit refs/heads/main", f"mark :{number}", f"author An <{step.author}> 0 +0000", f"committer Bình <binh@example.org> {when}", "data 0"]
        lines += [f"{'merge' if place else 'from'} :{parent}" for place, parent in enumerate(given)]
        written.append("\n".join([*lines, ""]).encode())
        written += [_change(f"{below}{path}", content, width) for path, content in step.changes.items()]
    return b"".join(written)


def _change(path: str, content: Content, width: int) -> bytes:
    name = _quoted(path)
    match content:
        case None:
            return b"D %b\n" % name
        case Module(digit):
            return b"M 160000 %b %b\n" % ((digit * width).encode(), name)
        case Link(text):
            mode = b"120000"
        case Runnable(text):
            mode = b"100755"
        case bytes() | str() as text:
            mode = b"100644"
    said = text.encode() if isinstance(text, str) else text
    return b"M %b inline %b\ndata %d\n%b\n" % (mode, name, len(said), said)


def _quoted(path: str) -> bytes:
    """Write a path as fast-import reads any path: in quotes, each byte as a number."""
    written = "".join(f"\\{byte:03o}" for byte in path.encode("utf-8", "surrogateescape"))
    return f'"{written}"'.encode("ascii")
