"""A server that keeps the records lets in only what passes the gate: real pushes to a real bare repository, with the hook as it is shipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import commit, git
from tusoi import flow, receiving

pytestmark = pytest.mark.build

HOOK = Path(flow.__file__).parent / "hooks" / "pre-receive"
REVIEW = "records/dang-uy-xa-an-mau/reviews/2024.yml"
PLAIN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "LANG": "C"}


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """Give a bare repository as an administrator makes it, and put the command where the hook looks for it."""
    folder = tmp_path / "kho.git"
    folder.mkdir()
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main")
    shutil.copy(HOOK, folder / "hooks" / "pre-receive")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "tusoi"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tusoi "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return folder


@pytest.fixture
def office(project: Path, server: Path) -> Path:
    """Give a clerk's repository whose records the server has."""
    git(project, "remote", "add", "origin", str(server))
    assert push(project, "main").returncode == 0
    return project


def push(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Push as a person does."""
    own = os.environ | PLAIN | {"PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"} | environment
    return subprocess.run(["git", "push", "origin", *words], cwd=folder, env=own, capture_output=True, text=True, encoding="utf-8", check=False)


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Give what the server said to who pushed."""
    return "\n".join(line.removeprefix("remote:").strip() for line in done.stderr.splitlines() if line.startswith("remote:"))


def tip(server: Path, branch: str = "main") -> str:
    return git(server, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}").strip()


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def change(folder: Path, old: str, new: str) -> None:
    place = folder / REVIEW
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")
    commit(folder, "2026-03-15T01:00:00+00:00")


def honest(folder: Path) -> None:
    """Add a comment: nothing that was said changes."""
    change(folder, "title:", "# Ghi thêm.\ntitle:")


def test_the_hook_is_a_short_plain_script_that_may_be_run() -> None:
    assert os.access(HOOK, os.X_OK)
    assert HOOK.read_bytes().startswith(b"#!/bin/sh\n")
    assert b"\r" not in HOOK.read_bytes()
    subprocess.run(["sh", "-n", str(HOOK)], check=True)


def test_the_first_push_is_let_in_and_judged_whole(project: Path, server: Path) -> None:
    git(project, "remote", "add", "origin", str(server))
    place = project / REVIEW
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("statement:", "statment:", 1), encoding="utf-8")
    commit(project, "2026-03-15T01:00:00+00:00")
    refused = push(project, "main")
    assert refused.returncode == 1
    assert f"{REVIEW}:" in said(refused)
    assert tip(server) == ""
    place.write_text(text, encoding="utf-8")
    commit(project, "2026-03-15T02:00:00+00:00")
    assert push(project, "main").returncode == 0
    assert tip(server) == head(project)


def test_a_list_of_people_that_cannot_be_read_lets_nothing_in(project: Path, server: Path, tmp_path: Path) -> None:
    """Also the first push, at which nobody is judged by it yet: else nobody would notice that it is not there."""
    git(project, "remote", "add", "origin", str(server))
    refused = push(project, "main", TUSOI_RECEIVE=f"--people {tmp_path / 'khong-co.yml'}")
    assert refused.returncode == 1
    assert "khong-co.yml" in said(refused)
    assert tip(server) == ""


def test_an_honest_change_is_let_in(office: Path, server: Path) -> None:
    honest(office)
    done = push(office, "main")
    assert (done.returncode, tip(server)) == (0, head(office))
    assert "Đã nhận vào nhánh main." in said(done)


def test_a_change_of_what_is_settled_is_refused_with_its_place_in_words(office: Path, server: Path) -> None:
    before = tip(server)
    change(office, "title: ", "title: Sửa ")
    done = push(office, "main")
    assert (done.returncode, tip(server)) == (1, before)
    assert f"{REVIEW}:1:8: Phải sửa R30 – " in said(done)
    assert "Không nhận vào nhánh main: 1 chỗ phải sửa." in said(done)
    assert "Traceback" not in done.stderr


def test_what_was_refused_leaves_nothing_behind_and_can_be_mended(office: Path, server: Path) -> None:
    change(office, "title: ", "title: Sửa ")
    wrong = head(office)
    assert push(office, "main").returncode == 1
    with pytest.raises(subprocess.CalledProcessError):
        git(server, "cat-file", "-e", wrong)
    git(office, "reset", "--quiet", "--hard", "HEAD~1")
    honest(office)
    assert push(office, "main").returncode == 0


def test_nothing_is_let_in_beside_what_is_refused(office: Path, server: Path) -> None:
    git(office, "branch", "phu")
    change(office, "title: ", "title: Sửa ")
    assert push(office, "main", "phu").returncode == 1
    assert tip(server, "phu") == ""


def test_a_record_that_disappears_is_refused(office: Path, server: Path) -> None:
    before = tip(server)
    (office / REVIEW).unlink()
    commit(office, "2026-03-15T01:00:00+00:00")
    done = push(office, "main")
    assert (done.returncode, tip(server)) == (1, before)
    assert "H01" in said(done)


@pytest.mark.parametrize("words", [("--force", "main"), ("+main",), ("--force-with-lease", "main")])
def test_a_history_that_was_rewritten_is_refused(office: Path, server: Path, words: tuple[str, ...]) -> None:
    before = tip(server)
    git(office, "commit", "--quiet", "--amend", "--message=other")
    done = push(office, *words)
    assert (done.returncode, tip(server)) == (1, before)
    assert "dùng --force" in said(done)


def test_an_older_commit_is_refused(office: Path, server: Path) -> None:
    honest(office)
    assert push(office, "main").returncode == 0
    before = tip(server)
    assert push(office, "--force", "HEAD~1:main").returncode == 1
    assert tip(server) == before


def test_the_branch_cannot_be_deleted_and_begun_anew(office: Path, server: Path) -> None:
    before = tip(server)
    git(server, "config", "receive.denyDeleteCurrent", "ignore")
    done = push(office, "--delete", "main")
    assert (done.returncode, tip(server)) == (1, before)
    assert "Không xóa được nhánh main" in said(done)


def test_other_branches_and_tags_pass(office: Path, server: Path) -> None:
    change(office, "title: ", "title: Sửa ")
    git(office, "tag", "thu")
    assert push(office, "main:thu-nghiem", "thu").returncode == 0
    assert tip(server, "thu-nghiem") == head(office)
    assert push(office, "--force", "main~1:thu-nghiem").returncode == 0
    assert push(office, "--delete", "thu-nghiem").returncode == 0


def test_the_branch_at_which_head_points_is_the_one(office: Path, server: Path) -> None:
    git(server, "symbolic-ref", "HEAD", "refs/heads/chinh")
    change(office, "title: ", "title: Sửa ")
    assert push(office, "main").returncode == 0
    assert push(office, "main:chinh").returncode == 0
    change(office, "title: ", "title: Lại sửa ")
    assert push(office, "main:chinh").returncode == 1


def test_more_branches_can_be_guarded(office: Path) -> None:
    honest(office)
    assert push(office, "main:ban-chinh").returncode == 0
    change(office, "title: ", "title: Sửa ")
    done = push(office, "main:ban-chinh", TUSOI_RECEIVE="--branch main --branch ban-chinh --lang en")
    assert done.returncode == 1
    assert "Not let into the branch ban-chinh" in said(done)


def test_without_the_command_nothing_is_let_in(office: Path, server: Path) -> None:
    before = tip(server)
    honest(office)
    done = push(office, "main", TUSOI="khong-co-lenh-nay")
    assert (done.returncode, tip(server)) == (1, before)
    assert "máy chủ chưa có lệnh tusoi" in said(done)


def test_a_server_whose_history_is_cut_short_says_so(office: Path, server: Path) -> None:
    honest(office)
    (server / "shallow").write_text(f"{tip(server)}\n", encoding="utf-8")
    done = push(office, "main")
    assert done.returncode == 1
    assert "git fetch --unshallow" in said(done)


def test_the_command_alone_says_what_it_is_for(project: Path) -> None:
    words = [sys.executable, "-m", "tusoi", "-C", str(project), "receive"]
    done = subprocess.run(words, input="xin chào\n", capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 2
    assert "pre-receive" in done.stderr
    assert subprocess.run(words, input="", capture_output=True, text=True, check=False).returncode == 0


def test_lines_are_read_as_git_writes_them() -> None:
    old, new = "0" * 40, "a" * 40
    found = receiving.pushes([f"{old} {new} refs/heads/một hai\n"])
    assert found == [receiving.Push(old, new, "refs/heads/một hai")]
    assert (found[0].is_first, found[0].is_deletion, found[0].branch) == (True, False, "một hai")
    with pytest.raises(receiving.RefusedError):
        receiving.pushes([f"{old} {new}\n"])
