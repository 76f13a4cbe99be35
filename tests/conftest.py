"""What several tests share: accepting new golden output, real Git repositories, the built sites and the browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import branded
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


FOLDERS = {"real": ROOT, "example": ROOT / "generator/tusoi/example"}
AS_OF = "2026-03-15"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that all workers of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(shared: Path) -> Callable[[str], Path]:
    """Build a site once for a run: `real` is this repository's records, `example` is the example, `history` is the example as a repository with a past.

    `branded` is the miniature in another name, with other colours, two languages and fewer boards.
    """

    def site(name: str) -> Path:
        output = shared / "sites" / name
        with FileLock(shared / f"{name}.lock"):
            if not output.exists():
                unfinished = output.with_name(f"{name}.unfinished")
                build_site(name, unfinished)
                unfinished.rename(output)
        return output

    return site


def build_site(name: str, output: Path) -> None:
    """Build one of the sites by the command, as users do."""
    shutil.rmtree(output, ignore_errors=True)
    output.parent.mkdir(exist_ok=True)
    folder = FOLDERS.get(name) or output.parent / "repository"
    if name == "branded":
        folder = output.parent / "branded-project"
        branded.write(folder)
    elif name not in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)
        _tusoi("example", str(folder), "--history")
    day = branded.AS_OF if name == "branded" else AS_OF
    _tusoi("-C", str(folder), "build", "--output", str(output), "--as-of", day, *(("--without-history",) if name == "branded" else ()))


def _tusoi(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "tusoi", *words], check=True, capture_output=True, text=True)


@pytest.fixture(scope="session")
def served(built: Callable[[str], Path]) -> Iterator[Callable[[str], str]]:
    """Serve a site on this machine and give its address."""
    servers: dict[str, http.server.ThreadingHTTPServer] = {}

    def address(name: str) -> str:
        if name not in servers:
            servers[name] = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(built(name))))
            threading.Thread(target=servers[name].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[name].server_port}/"

    yield address
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture
def opened(served: Callable[[str], str], browser: Any) -> Iterator[Callable[..., Any]]:
    """Open pages of the example with its past, each in a browser of its own; what moves stands still."""
    contexts: list[Any] = []

    def page(path: str, width: int = 390, *, height: int = 844, **more: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **{"reduced_motion": "reduce", "bypass_csp": True} | more))
        tab = contexts[-1].new_page()
        tab.goto(served("history") + path, wait_until="load")
        return tab

    yield page
    for each in contexts:
        each.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""
