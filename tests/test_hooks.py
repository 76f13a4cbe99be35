"""The hooks that a repository of records can take from here, run by the real pre-commit in a real repository.

Only how they are installed is not as it is for others: pre-commit would fetch our dependencies, so here the hooks find the command that is installed already.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, git

pytestmark = pytest.mark.build

HOOKS = ROOT / ".pre-commit-hooks.yaml"
REVIEW = "records/dang-uy-xa-an-mau/reviews/2024.yml"


def hooks() -> dict[str, dict[str, Any]]:
    """Read the hooks as they are offered."""
    return {each["id"]: each for each in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository, with ours on the path and nothing of the user's."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "test"), ("EMAIL", "test@example.org"))}
    return subprocess.run(words, cwd=folder, env=environment | who, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def hooked(project: Path) -> Path:
    """Give a repository of records that uses both hooks before each commit."""
    assert run(project, "tusoi", "fmt").returncode == 0
    local = [hooks()[name] | {"language": "system"} for name in ("tusoi-fmt", "tusoi-check")]
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]}, allow_unicode=True), encoding="utf-8")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=hooks")
    assert run(project, "pre-commit", "install").returncode == 0
    return project


def commit(project: Path) -> subprocess.CompletedProcess[str]:
    """Commit everything, as a person does."""
    git(project, "add", "--all")
    return run(project, "git", "commit", "--message=change")


def test_pre_commit_reads_what_is_offered() -> None:
    done = run(ROOT, "pre-commit", "validate-manifest", str(HOOKS))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hooks_run_the_command_that_the_package_installs() -> None:
    """With `language: python` pre-commit installs this repository and runs its entry from there."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    for each in hooks().values():
        assert each["language"] == "python"
        assert each["entry"].split()[0] in scripts


def test_a_good_change_is_committed(hooked: Path) -> None:
    place = hooked / REVIEW
    place.write_text(place.read_text(encoding="utf-8").replace("Ký lại hợp đồng theo lịch", "Ký lại hợp đồng thu gom theo lịch"), encoding="utf-8")
    done = commit(hooked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert git(hooked, "status", "--porcelain") == ""


def test_a_change_with_an_error_is_refused_and_says_what_to_mend(hooked: Path) -> None:
    place = hooked / REVIEW
    text = "".join(line for line in place.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("    remedy: Ký lại"))
    place.write_text(text, encoding="utf-8")
    before = git(hooked, "rev-parse", "HEAD")
    done = commit(hooked)
    assert done.returncode != 0
    assert "chưa ghi phương hướng khắc phục" in done.stdout + done.stderr
    assert git(hooked, "rev-parse", "HEAD") == before
    assert place.read_text(encoding="utf-8") == text


def test_a_record_that_others_link_to_can_not_be_taken_away(hooked: Path) -> None:
    """Git names no file that is gone, so the check must not wait for one."""
    (hooked / "records/dang-uy-xa-an-mau/roles/bi-thu.yml").unlink()
    done = commit(hooked)
    assert done.returncode != 0
    assert "records/dang-uy-xa-an-mau/plans/" in done.stdout + done.stderr


def test_the_first_commit_of_all_can_be_checked(tmp_path: Path, hooked: Path) -> None:
    """Before there is any commit, no day of a commit is known."""
    fresh = tmp_path / "fresh"
    hooked.rename(fresh)
    (fresh / ".git").rename(tmp_path / "old")
    project = fresh / "records/project.yml"
    project.write_text(project.read_text(encoding="utf-8").replace("as_of: 2026-03-15\n", ""), encoding="utf-8")
    git(fresh, "init", "--quiet", "--initial-branch=main")
    assert run(fresh, "pre-commit", "install").returncode == 0
    done = commit(fresh)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_laid_out_badly_is_laid_out_well_before_it_is_committed(hooked: Path) -> None:
    place = hooked / REVIEW
    good = place.read_text(encoding="utf-8")
    first, second, rest = good.split("\n", maxsplit=2)
    place.write_text(f"{second}\n\n\n{first} (bản in)   \n{rest}", encoding="utf-8")
    done = commit(hooked)
    assert done.returncode != 0
    assert "files were modified by this hook" in done.stdout + done.stderr
    assert place.read_text(encoding="utf-8").startswith(f"{first} (bản in)\n{second}\n")
    assert commit(hooked).returncode == 0
