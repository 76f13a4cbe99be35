"""What several tests share: accepting new golden output, real Git repositories, the built sites and the browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from browser import FLAGS, chromium
from cases import SAMPLE

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="accept the new golden output")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether golden output is to be accepted."""
    return bool(request.config.getoption("--bless"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a real Git repository with the miniature and a mkdocs.yml, committed late on a day in UTC that is the next day in Vietnam."""
    folder = tmp_path / "project"
    shutil.copytree(SAMPLE, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "2026-03-14T20:00:00+00:00")
    return folder


def git(folder: Path, *words: str, date: str = "2026-03-14T20:00:00+00:00") -> str:
    """Run real Git with a name of the test's own and without the user's settings."""
    names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "test"), ("EMAIL", "test@example.org"), ("DATE", date))}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}  # a hook of this repository would name its own folder
    environment = kept | names | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


def commit(folder: Path, date: str) -> None:
    """Commit everything."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=test", date=date)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Give a real Chromium. Where there is none, the tests that need it fail and say how to get it."""
    from playwright.sync_api import sync_playwright

    place = chromium()
    assert place, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=place, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build a site once for a session: `real` is this repository's records, `example` is the example."""
    folders = {"real": ROOT, "example": ROOT / "generator/tusoi/example"}
    made: dict[str, Path] = {}

    def site(name: str) -> Path:
        if name not in made:
            output = tmp_path_factory.mktemp(name) / "site"
            words = ["-m", "tusoi", "-C", str(folders[name]), "build", "--output", str(output), "--as-of", "2026-03-15"]
            subprocess.run([_python(), *words], check=True, capture_output=True, text=True)
            made[name] = output
        return made[name]

    return site


def _python() -> str:
    import sys

    return sys.executable
