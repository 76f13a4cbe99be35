"""The ledger of promises once more, counted another way: commit by commit, every plan read whole with plain PyYAML. It shares no line with the program.

Only tests use it. It answers what history alone can: what was promised first, where, and which changes there were after the approval.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

Said = str
"""What an action or a milestone promises, on one line: `due 2025-03-31`, `every week from 2025-01-13`, or nothing."""
GONE: dict[str, Any] = {}


@dataclass
class Line:
    """What history says of one action or milestone."""

    first: Said = ""
    commit: str = ""
    changes: list[tuple[str, Said, Said]] = field(default_factory=list)
    """The commit, before, after."""


def lines(folder: Path) -> dict[str, Line]:
    """Read a whole repository and tell of each action and milestone, by its plan's last id."""
    found: dict[str, Line] = {}
    plans, former = _told(folder)
    last = {name: each for name in plans if (each := _last_name(name, former))}
    for name in sorted(set(last.values())):
        family = {each for each, after in last.items() if after == name}
        events = sorted(((number, each, data, commit) for each in family for number, commit, data in plans[each]), key=lambda event: (event[0], event[1]))
        found.update({f"{name}#{part}": line for part, line in _counted(events).items()})
    return found


Event = tuple[int, str, Any, str]


def _counted(events: list[Event]) -> dict[str, Line]:
    here: dict[str, Any] = {}
    known: dict[str, Line] = {}
    now: dict[str, Said] = {}
    approved = False
    for number in sorted({event[0] for event in events}):
        of_commit = [event for event in events if event[0] == number]
        commit = of_commit[0][3]
        here |= {each: data for _, each, data, _ in of_commit}
        there = [data for _, _, data, _ in of_commit if data is not GONE]
        if there:
            data = there[-1]
        elif any(data is not GONE for data in here.values()) or _goes_on(events, number):
            continue
        else:
            data = GONE
        if not isinstance(data, dict) or data.get("told_by"):
            continue
        approved = approved or isinstance(data.get("approved"), dict)
        if not approved or not isinstance(data.get("actions", []), list):
            continue
        said = dict(_parts(data))
        for part in {*said, *now}:
            before, after = now.get(part, ""), said.get(part, "")
            line = known.setdefault(part, Line())
            if before != after and (before or line.changes):
                line.changes.append((commit, before, after))
            if not line.first and _is_promise(after):
                line.first, line.commit = after, commit
            now[part] = after
    return {part: line for part, line in known.items() if line.first or line.changes}


def _goes_on(events: list[Event], number: int) -> bool:
    """Whether a plan that is away after a commit comes back under another name: then it only moved, in two commits."""
    left = {name for when, name, data, _ in events if when == number and data is GONE}
    after = [(name, when) for when, name, data, _ in events if when > number and data is not GONE]
    return bool(after) and not left & {name for name, when in after if when == after[0][1]}


def _parts(data: dict[str, Any]) -> Iterator[tuple[str, Said]]:
    for action in data.get("actions", []):
        if not isinstance(action, dict) or "id" not in action:
            continue
        yield action["id"], _said(action)
        for milestone in action.get("milestones") or []:
            yield f"{action['id']}.{milestone['id']}", _said(milestone)


def _said(data: dict[str, Any]) -> Said:
    if data.get("kind") == "recurring":
        return " ".join(f"{key} {data[key]}" for key in ("every", "from", "until") if data.get(key) is not None)
    return f"due {data['due']}" if data.get("due") is not None else ""


def _is_promise(said: Said) -> bool:
    if not said.startswith("due "):
        return bool(said)
    pieces = said.removeprefix("due ").split("-")
    for form in ("%Y", "%Y-%m", "%Y-%m-%d"):
        try:
            datetime.strptime("-".join(pieces), form)  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
        return True
    return False


def _last_name(name: str, former: dict[str, set[str]]) -> str:
    """Follow `formerly` from an id to the last one; of two that name each other, the one that stands counts."""
    seen = {name}
    while after := sorted(each for each in former.get(name, set()) if each not in seen):
        name = after[-1]
        seen.add(name)
    return name


def _told(folder: Path) -> tuple[dict[str, list[tuple[int, str, Any]]], dict[str, set[str]]]:
    """Walk the main line; give the versions of each plan, and which id says that it was once called what."""
    plans: dict[str, list[tuple[int, str, Any]]] = {}
    former: dict[str, set[str]] = {}
    contents = _Contents(folder)
    said = _git(folder, "log", "--first-parent", "-m", "--reverse", "--no-renames", "--name-only", "--format=commit %H", "HEAD").decode()
    for number, block in enumerate(said.split("commit ")[1:]):
        commit, *paths = block.split()
        for path in sorted(each for each in paths if each.endswith(".yml") and each.split("/")[2:3] == ["plans"]):
            name = path.removeprefix("records/").removesuffix(".yml")
            text = contents.of(f"{commit}:{path}")
            data = GONE if text is None else _read(text)
            plans.setdefault(name, []).append((number, commit, data))
            for old in data.get("formerly") or [] if isinstance(data, dict) else []:
                former.setdefault(str(old), set()).add(name)
    contents.close()
    for old in list(former):
        if old in plans and plans[old][-1][2] is not GONE:
            former[old] = set()  # it has that name again
    return plans, former


def _read(text: bytes) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return None


class _Contents:
    """One `git cat-file --batch` for all contents: a `git show` for each would take minutes."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(["git", "cat-file", "--batch"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def of(self, name: str) -> bytes | None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{name}\n".encode())
        self.process.stdin.flush()
        head = self.process.stdout.readline().split()
        return None if head[-1] == b"missing" else self.process.stdout.read(int(head[2]) + 1)[:-1]

    def close(self) -> None:
        self.process.communicate()


def days(folder: Path, zone: str) -> dict[str, str]:
    """Give the day of each commit of the main line."""
    said = _git(folder, "log", "--first-parent", "--format=%H %ct", "HEAD").decode().splitlines()
    pairs = (line.split() for line in said)
    return {name: datetime.fromtimestamp(int(seconds), UTC).astimezone(ZoneInfo(zone)).date().isoformat() for name, seconds in pairs}


def _git(folder: Path, *words: str) -> bytes:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, check=True).stdout


def requests(folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Give what was asked of each date as the files have it now: the day, the date that is asked for, and what came of it; in the order of the answers."""
    answers: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((folder / "records").glob("*/answers/*.yml")):
        answer = yaml.safe_load(path.read_bytes())
        answers.setdefault(answer["of"], []).append(answer | {"file": path.stem})
    now = dict(_names(folder))
    found: dict[str, list[tuple[Any, ...]]] = {}
    for path in (folder / "records").glob("*/postponements/*.yml"):
        asked = yaml.safe_load(path.read_bytes())
        name = path.relative_to(folder / "records").with_suffix("").as_posix()
        last = sorted(answers.get(name, []), key=lambda each: str(each["date"]))[-1:]
        result = last[0]["result"] if last else "pending"
        plan, _, part = asked["of"].partition("#")
        order = (str(last[0]["date"]), last[0]["file"]) if last else ("9999", "")
        found.setdefault(f"{now.get(plan, plan)}#{part}", []).append((order, str(asked["date"]), name, str(asked["to"]), result))
    return {ref: [(asked, to, result) for _, asked, _, to, result in sorted(each)] for ref, each in found.items()}


def _names(folder: Path) -> Iterator[tuple[str, str]]:
    """Say what each plan that moved is called now."""
    for path in (folder / "records").glob("*/plans/*.yml"):
        name = path.relative_to(folder / "records").with_suffix("").as_posix()
        yield from ((str(old), name) for old in yaml.safe_load(path.read_bytes()).get("formerly", []))
