"""Time the look back beside one plain `git log --raw` of the same repository, in one run, in turns, and print the middle and the least of each, and the ratios.

The repository is that of the tests: 2 000 records, 5 000 commits, with merges, moves and changed dates. The first look back finds no memory and reads every old
content; the second finds all of it. Each is measured twice: as work alone, in one process that is warm, and as a program of its own, start and all, as
`git log` is. Nothing is asserted: a machine that is busy, or slow, is no mistake of the code.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from repositories import ZONE, big
from tusoi import looking_back

ALONE = "from pathlib import Path; import sys; from tusoi import looking_back; looking_back.past(Path(sys.argv[1]), sys.argv[2])"


def seconds(work: Callable[[], object]) -> float:
    """Time one piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain(folder: Path) -> None:
    """Let Git list every commit of the repository with the files that it changed."""
    subprocess.run(["git", "log", "--raw"], cwd=folder, stdout=subprocess.DEVNULL, check=True)  # noqa: S607 -- the one on the path, as users have it


def within(folder: Path) -> None:
    """Look back in this process."""
    looking_back.past(folder, ZONE.key)


def alone(folder: Path) -> None:
    """Look back in a process of its own."""
    subprocess.run([sys.executable, "-c", ALONE, str(folder), ZONE.key], check=True)


def started() -> None:
    """Start a process that could look back, and does not."""
    subprocess.run([sys.executable, "-c", "from tusoi import looking_back"], check=True)


def main() -> None:
    """Make the repository, look back and ask Git in turns, and say what was measured."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--records", type=int, default=2000)
    ask.add_argument("--commits", type=int, default=5000)
    ask.add_argument("--rounds", type=int, default=7)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "project"
        made = big(folder, asked.records, asked.commits)
        memory = folder / ".git" / "tusoi"
        times: dict[str, list[float]] = defaultdict(list)
        for _ in range(asked.rounds):
            times["git log --raw"].append(seconds(lambda: plain(folder)))
            for name, look in (("look back", within), ("look back, program of its own", alone)):
                shutil.rmtree(memory, ignore_errors=True)
                times[f"first {name}"].append(seconds(lambda look=look: look(folder)))  # type: ignore[misc]
                times[f"second {name}"].append(seconds(lambda look=look: look(folder)))  # type: ignore[misc]
            times["starting that program"].append(seconds(started))
        known = looking_back.past(folder, ZONE.key)
        size = sum(each.stat().st_size for each in memory.iterdir())
    base = statistics.median(times["git log --raw"])
    count = sum(map(len, known.versions.values()))
    print(
        f"{made.records} records, {made.commits} commits, {made.merges} merges; {len(made.steps)} of the main line, {count} versions; memory {size // 1024} KiB"
    )
    print(f"{asked.rounds} rounds in turns, wall-clock seconds, middle and least (all rounds in brackets), and the middle in times of git log --raw:")
    for name, found in times.items():
        middle = statistics.median(found)
        print(f"  {name:38} {middle:6.2f} {min(found):6.2f}  {middle / base:5.1f} ×  [{' '.join(f'{each:.2f}' for each in found)}]")


if __name__ == "__main__":
    main()
