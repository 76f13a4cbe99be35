"""The site on the editor's own machine: it is built again whenever a record changes, and shows what can be read."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.build

PATIENCE = 60
"""Seconds after which a page that did not change never will."""


def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(params=["tusoi", "mkdocs"])
def address(request: pytest.FixtureRequest, project: Path) -> Iterator[str]:
    """Serve the miniature with our command, and with MkDocs' own."""
    where = f"127.0.0.1:{free_port()}"
    words = {
        "tusoi": ["tusoi", "-C", str(project), "serve", "--address", where],
        "mkdocs": ["mkdocs", "serve", "--config-file", str(project / "mkdocs.yml"), "--dev-addr", where],
    }
    with subprocess.Popen([sys.executable, "-m", *words[request.param]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        yield f"http://{where}/"
        running.terminate()


def shows(address: str, words: str) -> bool:
    """Wait until a page shows the words."""
    for _ in range(PATIENCE * 5):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- an address on this machine
                if words in answer.read().decode():
                    return True
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    return False


def test_a_changed_record_is_shown_and_a_broken_one_hides_nothing(address: str, project: Path) -> None:
    page = f"{address}dang-uy-xa-an-mau/reviews/2024.html"
    assert shows(page, "37 trong 410 hồ sơ")
    place = project / "records/dang-uy-xa-an-mau/reviews/2024.yml"
    place.write_text(place.read_text(encoding="utf-8").replace("37 trong 410 hồ sơ", "38 trong 410 hồ sơ"), encoding="utf-8")
    assert shows(page, "38 trong 410 hồ sơ")
    (project / "records/dang-uy-xa-an-mau/reviews/2023.yml").write_text("title: a: b\n", encoding="utf-8")
    assert shows(page, "Bản xem thử")
    assert shows(page, "38 trong 410 hồ sơ")
