"""Find a real Chromium and a font with Vietnamese letters; as a program, install Debian's where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
ELSEWHERE = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
    Path("C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"),
)
PACKAGES = {"chromium": "chromium", "font": "fonts-noto-core"}
FONT_FILES = ("NotoSans-Regular.*", "DejaVuSans.ttf", "Roboto-Regular.*", "LiberationSans-Regular.ttf")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts")

FLAGS = (
    "--no-sandbox",  # needed where the tests run as root, as in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # The browser's own errands: a test is about the requests that the pages make.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Give the path of the browser: what `TUSOI_BROWSER` says, else the first one that is there."""
    if chosen := os.environ.get("TUSOI_BROWSER"):
        return chosen
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), next((str(path) for path in ELSEWHERE if path.exists()), None))


def has_font() -> bool:
    """Tell whether a font with all Vietnamese letters is installed; Windows and macOS always have one."""
    if not sys.platform.startswith("linux"):
        return True
    return any(next(folder.rglob(name), None) for folder in FONT_FOLDERS if folder.is_dir() for name in FONT_FILES)


def missing() -> list[str]:
    """Name the Debian packages of what is not here."""
    return [package for package, there in ((PACKAGES["chromium"], chromium()), (PACKAGES["font"], has_font())) if not there]


def apt() -> list[str]:
    """Give the words that run apt-get with the right to install: as root, or in CI through sudo where it asks nothing. Elsewhere there are none."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["apt-get"]
    may = os.environ.get("CI") and shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n", "apt-get"] if may else []


def install(packages: list[str]) -> str:
    """Install Debian packages; give a sentence that says what to do where that fails."""
    by_hand = f"Please install {' and '.join(packages)} (on Debian: apt-get install {' '.join(packages)}), or name a browser in TUSOI_BROWSER."
    if not (command := apt()):
        return by_hand
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run([*command, *words], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            return f"`apt-get {' '.join(words)}` failed. {by_hand}"
    return ""


def main() -> int:
    """Make sure that both are there, and say where the browser is."""
    wanted = missing()
    trouble = install(wanted) if wanted else ""
    if trouble or (wanted and missing()):
        sys.stderr.write(f"make browser: {trouble or 'installed, and yet not found: ' + ', '.join(missing())}\n")
        return 1
    sys.stdout.write(f"Browser: {chromium()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
