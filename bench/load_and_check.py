"""Time `tusoi check` against check-jsonschema on the same files, in one run, in turns, and print the medians and their ratio.

The tree is `tests/sample/` many times over, each copy under names of its own, so that it holds records of the shape that people write. The two programs do not
do the same work: check-jsonschema judges shape alone, one kind of record to a call; `tusoi check` judges shape, follows every link, measures progress, and runs
the rules. Nothing is asserted: a machine that is busy, or slow, is no mistake of the code.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample" / "records"
SCHEMAS = ROOT / "schemas"
HERE = Path(sys.executable).parent
SHARED = {"common"}
PLURALS = {
    "answers": "answer",
    "classifications": "classification",
    "corrections": "correction",
    "criteria": "criteria",
    "cycles": "cycle",
    "documents": "document",
    "events": "event",
    "feedback": "feedback",
    "figures": "figures",
    "groups": "group",
    "handovers": "handover",
    "indicators": "indicator",
    "inspections": "inspection",
    "lessons": "lesson",
    "organisation.yml": "organisation",
    "plans": "plan",
    "postponements": "postponement",
    "progress": "progress",
    "project.yml": "project",
    "reminders": "reminder",
    "reviews": "review",
    "roles": "role",
    "sources": "source",
    "suggestions": "suggestion",
    "verifications": "verification",
    "waivers": "waiver",
}


def multiply(records: Path, wanted: int) -> int:
    """Write the sample again and again under `records` until there are `wanted` files; each copy has organisations of its own."""
    files = {path.relative_to(SAMPLE): path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.yml"))}
    once = {name: text for name, text in files.items() if len(name.parts) == 1 or name.parts[0] in SHARED}
    again = {name: text for name, text in files.items() if name not in once}
    names = "|".join(sorted({name.parts[0] for name in again}))
    owner = re.compile(rf"(?<![\w-])({names})(?![\w-])")
    for name, text in once.items():
        write(records / name, text)
    written, copy = len(once), 0
    while written < wanted:
        copy += 1
        for name, text in again.items():
            write(records / f"c{copy}-{name.parts[0]}" / Path(*name.parts[1:]), owner.sub(rf"c{copy}-\1", text))
        written += len(again)
    return written


def write(path: Path, text: str) -> None:
    """Write one file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def by_kind(records: Path) -> dict[str, list[str]]:
    """Sort the files by the schema that judges them."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(records.rglob("*.yml")):
        found[PLURALS.get(path.name) or PLURALS[path.parent.name]].append(str(path))
    return found


def seconds(*commands: Sequence[str]) -> float:
    """Time commands, one after the other; both programs find the records good, so anything else is a mistake here."""
    start = time.perf_counter()
    for words in commands:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(words[:6])} … gave {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return time.perf_counter() - start


def main() -> None:
    """Make the tree, let both programs read it in turns, and say what was measured."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--records", type=int, default=1000)
    ask.add_argument("--rounds", type=int, default=5)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records"
        count = multiply(records, asked.records)
        judge = [str(HERE / "check-jsonschema"), "--base-uri", f"{SCHEMAS.as_uri()}/"]
        theirs = [[*judge, "--schemafile", str(SCHEMAS / f"{kind}.schema.json"), *files] for kind, files in by_kind(records).items()]
        ours = [str(HERE / "tusoi"), "-C", folder, "check"]
        times: dict[str, list[float]] = defaultdict(list)
        for _ in range(asked.rounds):
            times["tusoi check"].append(seconds(ours))
            times["check-jsonschema"].append(seconds(*theirs))
            times["starting tusoi"].append(seconds([ours[0], "--version"]))
            times["starting check-jsonschema"].append(seconds(*([judge[0], "--version"] for _ in theirs)))
    middle = {name: statistics.median(measured) for name, measured in times.items()}
    print(f"{count} records, {asked.rounds} rounds in turns, medians of wall-clock seconds (all rounds in brackets):")
    for name, measured in times.items():
        print(f"  {name:26} {middle[name]:7.2f}   [{' '.join(f'{each:.2f}' for each in measured)}]")
    work = {name: middle[name] - middle[f"starting {name.split()[0]}"] for name in ("tusoi check", "check-jsonschema")}
    print(f"check-jsonschema, {len(theirs)} calls, takes {middle['check-jsonschema'] / middle['tusoi check']:.1f} times as long as tusoi check;")
    print(f"without the time to start, {work['check-jsonschema'] / work['tusoi check']:.1f} times.")


if __name__ == "__main__":
    main()
