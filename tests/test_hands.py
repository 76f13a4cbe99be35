"""The hands: a folder is replaced whole or not at all, and Git is only read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from conftest import commit, git
from tusoi import history, write


def test_only_an_empty_folder_or_one_of_ours_may_be_replaced(tmp_path: Path) -> None:
    assert write.is_ours(tmp_path / "new")
    place = tmp_path / "site"
    place.mkdir()
    (place / ".gitignore").write_text("*\n", encoding="utf-8")
    assert write.is_ours(place)
    (place / "mine.txt").write_text("mine", encoding="utf-8")
    assert not write.is_ours(place)
    (place / write.MARK).write_text("", encoding="utf-8")
    assert write.is_ours(place)


def test_a_repository_is_never_taken_for_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert not write.is_ours(tmp_path)


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x", encoding="utf-8")
    assert not write.is_ours(tmp_path / "site")


def test_what_is_replaced_is_gone_and_dot_files_stay(tmp_path: Path) -> None:
    place, made = tmp_path / "site", tmp_path / "made"
    (place / "old").mkdir(parents=True)
    (place / "old/page.html").write_text("old", encoding="utf-8")
    (place / ".gitignore").write_text("*\n", encoding="utf-8")
    write.texts(made, {"index.html": "new\n", "a/b.html": "b\n"})
    write.replace(place, made)
    assert sorted(each.relative_to(place).as_posix() for each in place.rglob("*") if each.is_file()) == [".gitignore", write.MARK, "a/b.html", "index.html"]
    assert not made.exists()


def test_a_link_in_the_folder_is_removed_and_not_followed(tmp_path: Path) -> None:
    outside, place, made = tmp_path / "outside", tmp_path / "site", tmp_path / "made"
    write.texts(outside, {"precious.txt": "x"})
    place.mkdir()
    (place / "link").symlink_to(outside)
    write.texts(made, {"index.html": "new\n"})
    write.replace(place, made)
    assert (outside / "precious.txt").is_file()
    assert not (place / "link").exists()


def test_the_last_day_is_the_commit_s_day_in_the_zone(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a").write_text("a", encoding="utf-8")
    commit(tmp_path, "2025-12-31T18:00:00+00:00")
    assert history.last_day(tmp_path, "Asia/Ho_Chi_Minh") == date(2026, 1, 1)
    assert history.last_day(tmp_path, "Europe/London") == date(2025, 12, 31)


def test_without_a_commit_or_a_repository_the_day_is_not_known(tmp_path: Path) -> None:
    assert history.last_day(tmp_path, "Asia/Ho_Chi_Minh") is None
    git(tmp_path, "init", "--quiet")
    assert history.last_day(tmp_path, "Asia/Ho_Chi_Minh") is None


def test_a_hook_of_the_repository_is_never_run(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a").write_text("a", encoding="utf-8")
    commit(tmp_path, "2025-12-31T18:00:00+00:00")
    trap = tmp_path / "trap"
    script = tmp_path / "fsmonitor"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
    script.chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(script))
    history.last_day(tmp_path, "Asia/Ho_Chi_Minh")
    assert not trap.exists()
