"""Let Lighthouse 12 look at the first page, an organisation and a plan of the example, five times each, and print the middle of what it gives.

It looks as it does by itself: a telephone of middling speed on a slow line. The site is built with its past and served compressed, as hosts do. Lighthouse is
installed from its own lock by `make lighthouse`; it is no part of the tests, since a busy machine makes a page slow. Nothing is asserted; the program ends with
1 where a middle is lower than what was promised.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from browser import FLAGS, chromium

HERE: Final = Path(__file__).resolve().parent
PAGES: Final = ("index.html", "dang-uy-xa-an-mau.html", "dang-uy-xa-an-mau/plans/2024.html")
PROMISED: Final[Mapping[str, int]] = {"performance": 95, "accessibility": 100, "best-practices": 100}
COMPRESSED: Final = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv")
LIGHTHOUSE: Final = HERE / "lighthouse/node_modules/lighthouse/cli/index.js"


class Compressing(http.server.SimpleHTTPRequestHandler):
    """A server that sends text compressed."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | None:
        """Send the head of an answer, and give the rest."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        content = path.read_bytes()
        is_compressed = path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        content = gzip.compress(content) if is_compressed else content
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) + ("; charset=utf-8" if path.suffix in COMPRESSED else ""))
        self.send_header("Content-Length", str(len(content)))
        if is_compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return io.BytesIO(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def built(place: Path) -> Path:
    """Build the example with its past."""
    tusoi = [sys.executable, "-m", "tusoi"]
    subprocess.run([*tusoi, "example", str(place / "example"), "--history"], check=True, capture_output=True)
    subprocess.run([*tusoi, "-C", str(place / "example"), "build", "--output", str(place / "site"), "--as-of", "2026-03-15"], check=True, capture_output=True)
    return place / "site"


def looked_at(address: str) -> dict[str, Any]:
    """Let Lighthouse look at a page once."""
    flags = " ".join(("--headless=new", *FLAGS))
    words = ["node", str(LIGHTHOUSE), address, "--output=json", "--quiet", f"--only-categories={','.join(PROMISED)}", f"--chrome-flags={flags}"]
    done = subprocess.run(words, check=True, capture_output=True, text=True, env=os.environ | {"CHROME_PATH": str(chromium())})
    return dict(json.loads(done.stdout))


def told(page: str, seen: Sequence[Mapping[str, Any]]) -> bool:
    """Print the middle of each score, what the page weighs, and what was not perfect; say whether what was promised is kept."""
    middles = {name: statistics.median(round(100 * each["categories"][name]["score"]) for each in seen) for name in PROMISED}
    last = seen[-1]["audits"]
    requests = last["network-requests"]["details"]["items"]
    weight = sum(each.get("transferSize", 0) for each in requests)
    print(f"{page}: " + ", ".join(f"{name} {middle:.0f}" for name, middle in middles.items()) + f"; {len(requests)} requests, {weight / 1024:.0f} KiB")
    scored = {ref["id"] for name in PROMISED if name != "performance" for ref in seen[-1]["categories"][name]["auditRefs"] if ref["weight"]}
    for name in sorted(scored):
        if last[name]["score"] not in (1, None):
            print(f"  {name}: {last[name]['title']}")
    for name in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"):
        print(f"  {last[name]['title']}: {last[name]['displayValue']}")
    return all(middles[name] >= least for name, least in PROMISED.items())


def main() -> int:
    """Look at each page, and say what was seen."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--site", type=Path, help="a site that is built already")
    ask.add_argument("--times", type=int, default=5)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        site = asked.site or built(Path(place))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressing, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        kept = [told(page, [looked_at(address + page) for _ in range(asked.times)]) for page in PAGES]
        server.shutdown()
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
