"""What was read of old contents, remembered between runs by the id of each content: in Git's own folder, which no change that is proposed can write.

Only plain data is kept, as JSON; nothing is ever unpickled. Where nothing can be kept (no room, not allowed), everything is simply read again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

_MANY: Final = 500
"""Ids asked for at once: fewer than SQLite has room for."""


class Memory:
    """Texts by id, for one way of reading; what another way of reading left there is thrown away."""

    def __init__(self, folder: Path, reader: str) -> None:
        """Remember in `folder/tusoi/read.sqlite3`; `reader` names how contents are read, and changes whenever that does."""
        self.file = folder / "tusoi" / "read.sqlite3"
        self.reader = reader

    def known(self, ids: Iterable[str]) -> dict[str, str]:
        """Give what is remembered of these ids."""
        found: dict[str, str] = {}
        if not self.file.is_file():
            return found
        asked = list(dict.fromkeys(ids))
        with suppress(sqlite3.Error), closing(self._open()) as base, base:
            base.execute("BEGIN")  # nobody else begins anew between the next two questions
            if base.execute("SELECT reader FROM about").fetchall() != [(self.reader,)]:
                return found
            for start in range(0, len(asked), _MANY):
                some = asked[start : start + _MANY]
                marks = ",".join("?" * len(some))
                found.update(base.execute(f"SELECT id, said FROM read WHERE id IN ({marks})", some))  # noqa: S608 -- question marks only
        return found

    def learn(self, texts: Mapping[str, str]) -> None:
        """Remember more. A file that is damaged, or of another way of reading, is begun anew."""
        if not texts:
            return
        with suppress(OSError, sqlite3.Error):
            self.file.parent.mkdir(exist_ok=True)
            try:
                self._write(texts)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.file.unlink()
                self._write(texts)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, isolation_level=None)

    def _write(self, texts: Mapping[str, str]) -> None:
        with closing(self._open()) as base, base:
            base.execute("BEGIN IMMEDIATE")  # whoever reads in another way waits until this is written whole
            base.execute("CREATE TABLE IF NOT EXISTS about (reader TEXT)")
            base.execute("CREATE TABLE IF NOT EXISTS read (id TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID")
            if base.execute("SELECT reader FROM about").fetchall() != [(self.reader,)]:
                base.execute("DELETE FROM read")
                base.execute("DELETE FROM about")
                base.execute("INSERT INTO about VALUES (?)", (self.reader,))
            base.executemany("INSERT OR REPLACE INTO read VALUES (?, ?)", texts.items())
