"""What was read is remembered by the id of its content: a second look reads only what is new, and nothing wrong is ever taken from memory."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import commit, git
from repositories import big
from streams import Step, planted
from tusoi import looking_back
from tusoi.history import Repository
from tusoi.past import Past
from tusoi.remembered import Memory

pytestmark = pytest.mark.build

ZONE = "Asia/Ho_Chi_Minh"
P = "records/x/plans/p.yml"


class Counting(Repository):
    """A repository that notes which contents it is asked for."""

    asked: list[str]

    def contents(self, blobs: Iterable[str], most: int = sys.maxsize) -> Iterator[tuple[str, bytes]]:
        self.asked = list(blobs)
        return super().contents(self.asked, most)


def look(folder: Path) -> tuple[Past, int]:
    """Look back; give what was seen, and how many contents were read for it."""
    with Counting(folder) as repository:
        past = looking_back.past_of(repository, ZONE, repository.resolve("HEAD"))
        return past, len(repository.asked)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return planted(tmp_path / "project", [Step(f"2025-01-0{number} 08:00", {P: f"title: {number}\n"}) for number in range(1, 6)])


def memory_of(folder: Path) -> Path:
    return folder / ".git/tusoi/read.sqlite3"


def test_a_second_look_reads_nothing_and_a_third_only_what_is_new(tmp_path: Path) -> None:
    made = big(tmp_path, 80, 160)
    first, many = look(tmp_path)
    assert many > 150
    assert look(tmp_path) == (first, 0)
    (tmp_path / P).parent.mkdir(parents=True)
    (tmp_path / P).write_text("title: new\n", encoding="utf-8")
    commit(tmp_path, "2026-03-14T20:00:00+00:00")
    third, new = look(tmp_path)
    assert new == 1
    assert third.steps[:-1] == first.steps
    assert third.of("x/plans/p")[0].data == {"title": "new"}
    with Counting(tmp_path) as repository:
        assert looking_back.past_of(repository, ZONE, made.head) == first
        assert repository.asked == []


def test_what_could_not_be_read_is_remembered_too(folder: Path) -> None:
    (folder / P).write_text("title: [\n", encoding="utf-8")
    commit(folder, "2026-03-14T20:00:00+00:00")
    first, many = look(folder)
    assert (many, first.of("x/plans/p")[-1].data) == (6, None)
    assert look(folder) == (first, 0)


def test_attachments_and_other_files_are_never_read(folder: Path) -> None:
    for name in ("records/x/files/a.pdf", "records/x/plans/b.txt", "docs/a.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    commit(folder, "2026-03-14T20:00:00+00:00")
    assert look(folder)[1] == 5


def not_a_database(file: Path) -> None:
    file.write_bytes(b"\0" * 5000)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:3000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def another_reader(file: Path) -> None:
    change(file, "UPDATE about SET reader = 'another'", 'UPDATE read SET said = \'{"title": "as another understands it"}\'')


def two_readers(file: Path) -> None:
    change(file, "INSERT INTO about VALUES ('another')")


def no_text(file: Path) -> None:
    change(file, "UPDATE read SET said = NULL")


def half_a_text(file: Path) -> None:
    change(file, "UPDATE read SET said = substr(said, 1, 5)")


def no_letters(file: Path) -> None:
    change(file, "UPDATE read SET said = CAST(x'ff' AS TEXT)")


def no_record(file: Path) -> None:
    change(file, "UPDATE read SET said = '[1]'")


def change(file: Path, *orders: str) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        for each in orders:
            base.execute(each)


@pytest.mark.parametrize("damage", [not_a_database, cut_off, empty, another_reader, two_readers, no_text, half_a_text, no_letters, no_record])
def test_a_memory_that_is_damaged_is_begun_anew(folder: Path, damage: Callable[[Path], None]) -> None:
    first, _ = look(folder)
    damage(memory_of(folder))
    assert look(folder) == (first, 5)
    assert look(folder) == (first, 0), "it did not recover"


def test_a_memory_of_other_tables_is_left_alone_and_everything_is_read(folder: Path) -> None:
    first, _ = look(folder)
    change(memory_of(folder), "DROP TABLE read", "CREATE TABLE read (something)")
    assert look(folder) == look(folder) == (first, 5)


def test_where_nothing_can_be_kept_everything_is_read_again(folder: Path) -> None:
    """There is a file where the folder would be: the folder can be made as little as where nothing may be written."""
    (folder / ".git/tusoi").write_text("", encoding="utf-8")
    first, many = look(folder)
    assert (len(first.of("x/plans/p")), many) == (5, 5)
    assert look(folder) == (first, 5)


def test_where_the_memory_cannot_be_opened_everything_is_read_again(folder: Path) -> None:
    """A folder has its name: not even the computer's administrator may open that as a file."""
    memory_of(folder).mkdir(parents=True)
    first, many = look(folder)
    assert (len(first.of("x/plans/p")), many) == (5, 5)
    assert look(folder) == (first, 5)


def test_a_memory_that_somebody_else_writes_just_now_is_read_and_not_waited_for_for_ever(folder: Path) -> None:
    first, _ = look(folder)
    with closing(sqlite3.connect(memory_of(folder), isolation_level=None)) as base:
        base.execute("BEGIN IMMEDIATE")
        assert look(folder) == (first, 0)


def test_two_at_once_see_the_same_and_leave_a_sound_memory(tmp_path: Path) -> None:
    big(tmp_path, 80, 160)
    code = f"from pathlib import Path; from tusoi import looking_back; print(looking_back.past(Path({str(tmp_path)!r}), {ZONE!r}))"
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [each.communicate() for each in running]
    assert {errors for _, errors in said} == {""}
    assert len({answer for answer, _ in said}) == 1
    assert look(tmp_path)[1] == 0
    with closing(sqlite3.connect(memory_of(tmp_path))) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_memory_holds_only_plain_texts(folder: Path) -> None:
    look(folder)
    with closing(sqlite3.connect(memory_of(folder))) as base:
        kept = base.execute("SELECT id, said FROM read").fetchall()
    assert {git(folder, "cat-file", "-t", name).strip() for name, _ in kept} == {"blob"}
    assert sorted(json.loads(said)["title"] for _, said in kept) == [1, 2, 3, 4, 5]


def test_another_way_of_reading_remembers_nothing_of_the_first(tmp_path: Path) -> None:
    Memory(tmp_path, "one").learn({"a": "1"})
    assert Memory(tmp_path, "one").known(["a", "b"]) == {"a": "1"}
    assert Memory(tmp_path, "two").known(["a"]) == {}
    Memory(tmp_path, "two").learn({"b": "2"})
    assert Memory(tmp_path, "two").known(["a", "b"]) == {"b": "2"}
    assert Memory(tmp_path, "one").known(["a", "b"]) == {}


def test_many_ids_and_ids_that_look_like_orders(tmp_path: Path) -> None:
    texts = {f"{number:040}": str(number) for number in range(70_000)} | {"'; DROP TABLE read; --": "x"}
    memory = Memory(tmp_path, "one")
    memory.learn(texts)
    assert memory.known([*texts, *texts, "unknown"]) == texts
    assert memory.known([]) == {}


class Hasty(Memory):
    """A memory that does not wait where another process writes."""

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, isolation_level=None, timeout=0)


class Meddled(Memory):
    """A memory in which, just before an order, another process that reads in another way learns something."""

    order = ""

    def _open(self) -> sqlite3.Connection:
        base = super()._open()
        base.set_trace_callback(lambda said: Hasty(self.file.parents[1], "two").learn({"a": "2", "c": "2"}) if said.startswith(self.order) else None)
        return base


def test_nothing_comes_between_asking_who_read_and_asking_what(tmp_path: Path) -> None:
    Memory(tmp_path, "one").learn({"a": "1"})
    meddled = Meddled(tmp_path, "one")
    meddled.order = "SELECT id"
    assert meddled.known(["a"]) == {"a": "1"}


def test_nothing_comes_between_asking_who_read_and_writing_what(tmp_path: Path) -> None:
    Memory(tmp_path, "one").learn({"a": "1"})
    meddled = Meddled(tmp_path, "one")
    meddled.order = "INSERT"
    meddled.learn({"b": "1"})
    assert Memory(tmp_path, "two").known(["a", "b", "c"]) == {}
    assert Memory(tmp_path, "one").known(["a", "b", "c"]) == {"a": "1", "b": "1"}
