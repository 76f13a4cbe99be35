"""Text → files. A folder is replaced whole or not at all, and never one that something else made."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

MARK = ".tusoi-site"
"""The file that says that a folder was made here and may be replaced."""


def is_ours(folder: Path) -> bool:
    """Whether the folder may be replaced: it is not there, holds nothing but dot-files, or bears our mark."""
    if not folder.exists():
        return True
    return folder.is_dir() and ((folder / MARK).is_file() or all(each.name.startswith(".") and each.name != ".git" for each in folder.iterdir()))


def replace(folder: Path, made: Path) -> None:
    """Put what is in `made` in place of what is in `folder`; files of `folder` whose names begin with a dot stay.

    Raises OSError where the disk refuses. `made` is used up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if not old.name.startswith("."):
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    for new in sorted(made.iterdir()):
        if not (folder / new.name).exists():
            shutil.move(new, folder / new.name)
    (folder / MARK).write_text("", encoding="utf-8")
    shutil.rmtree(made, ignore_errors=True)


def texts(folder: Path, content: Mapping[str, str | bytes]) -> None:
    """Write each text to its path below the folder, as UTF-8 with Unix line ends; what is no text as it is. Raises OSError where the disk refuses."""
    for path, text in sorted(content.items()):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            place.write_bytes(text)
        else:
            place.write_text(text, encoding="utf-8", newline="\n")


def fresh(place: Path, text: str) -> None:
    """Write a file that is not there yet. Raises FileExistsError where it is, and OSError where the disk refuses."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
