"""Big repositories for tests and measurements: many records over many commits, made by one stream of `git fast-import`; a seed decides everything.

`big(folder, records, commits, seed)` fills a folder with a Git repository, checks out its branch `main`, and says what it did:

- Every office has an organisation, two posts, a concluded review and a plan with actions, milestones and due dates; offices begin in the first commits, some
  with a draft that is approved later. All that stands at the end is accepted by the schemas and found without errors for `AS_OF`.
- Then plans are edited, due dates and rhythms are moved past the procedure (some are moved back), postponements are asked and answered (some recorded long
  after their date, one record for each), actions come and go, plans move to another name with `formerly` (also in two commits, also back), are broken and
  mended, are taken away and put back.
- One commit in four is on a side branch; a merge brings one or several of them, and some merges change something themselves. Some commits are empty, and some
  computers have a wrong clock.

What it did is told as `Deed`s, each with the commit of the main line that brought it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

AS_OF: Final = date(2026, 3, 15)
ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_BEGIN, _END = datetime(2025, 1, 13, 1, tzinfo=UTC), datetime(2026, 3, 14, 1, tzinfo=UTC)
_FIRST: Final = date(2025, 1, 15)
"""No date is moved before it: plans are approved a few days earlier."""
_HEAD: Final = "huyen-uy-minh-hoa"
_MOST_BRANCHES: Final = 4


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done to the records."""

    what: str
    """`moved`, `rhythm`, `asked`, `agreed`, `refused`, `renamed`, `approved`, `added`, `dropped`, `edited`, `broken`, `mended`, `taken`, `put back`."""
    of: str
    """The action, milestone or record, by the id that its record had then (the old one for `renamed`)."""
    old: str = ""
    """The date, rhythm or id before; for a request the day it was asked."""
    new: str = ""
    """The date, rhythm or id after; for a request the date that is asked for."""
    commit: str = ""
    """The commit of the main line that brought it."""
    day: date = date.min
    """The day of that commit in Vietnam."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    folder: Path
    head: str
    records: int
    commits: int
    """All of them, those of side branches too."""
    merges: int
    steps: tuple[str, ...]
    """The commits of the main line, oldest first."""
    deeds: tuple[Deed, ...]
    """What was done after the beginning, in the order of the main line."""


def big(folder: Path, records: int = 2000, commits: int = 5000, seed: int = 1) -> Made:
    """Make a repository with so many records and commits. The same numbers give the same commit ids."""
    story = _Story(Random(seed), records, commits)
    for _ in story.told():
        pass
    marks = fill(folder, b"".join(story.stream))
    days = {mark: datetime.fromtimestamp(seconds, ZONE).date() for mark, seconds in story.steps.items()}
    deeds = tuple(Deed(each.what, each.of, each.old, each.new, marks[mark], days[mark]) for mark, each in story.deeds)
    steps = tuple(marks[mark] for mark in story.steps)
    return Made(folder, steps[-1], len(story.files), story.made, story.merges, steps, deeds)


def fill(folder: Path, stream: bytes, *options: str) -> dict[int, str]:
    """Make a repository of a stream of `git fast-import`, and check `main` out; give the ids by their marks. `options` are those of `git init`."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    marks = folder / ("marks" if "--bare" in options else ".git/marks")

    def run(*words: str, given: bytes = b"") -> None:
        subprocess.run(["git", *words], cwd=folder, env=environment, input=given, capture_output=True, check=True)

    run("init", "--quiet", "--initial-branch=main", *options)
    run("fast-import", "--quiet", f"--export-marks={marks}", given=stream)
    if "--bare" not in options:
        run("reset", "--quiet", "--hard", "main")
    return {int(mark[1:]): name for mark, name in map(str.split, marks.read_text(encoding="ascii").splitlines())}


@dataclass(slots=True)
class _Action:
    """One action of a plan."""

    number: int
    due: date
    milestones: list[date]
    every: str = ""
    """Its rhythm, where it is a recurring duty; then it has no due date."""
    last: date = date.max
    """The last day to which its date may be moved: all postponements ask for a later one."""
    ever: date = date.min
    """The latest due date that it ever had."""

    def day(self, which: int) -> date:
        """Give its due date, or that of a milestone, counted from 1."""
        return self.milestones[which - 1] if which else self.due

    def put(self, which: int, day: date) -> bool:
        """Move a date as far as makes sense: no milestone is due after its action. Say whether it moved."""
        before = self.day(which)
        day = max(day, _FIRST)
        if which:
            self.milestones[which - 1] = min(day, self.due)
        else:
            self.ever = max(self.ever, self.due)
            self.due = max([min(day, self.last), *self.milestones])
        return self.day(which) != before


@dataclass(slots=True)
class _Office:
    """One organisation, and what its plan says just now."""

    name: str
    actions: list[_Action]
    is_approved: bool = True
    plan: str = "2024"
    former: list[str] = field(default_factory=list)
    direction: str = "Làm từng việc theo hạn đã hứa."
    remark: str = ""
    is_broken: bool = False
    is_away: bool = False
    used: int = 0
    """The highest number that an action ever had: none is used again."""
    waiting: list[tuple[str, int, date]] = field(default_factory=list)
    """Requests without an answer: the name of each, its action, the day it was asked."""
    asked: int = 0
    was: list[tuple[_Action, int, date]] = field(default_factory=list)
    """Dates that were moved: the action, which milestone (0 for its own), and what stood there before."""

    @property
    def id(self) -> str:
        return f"{self.name}/plans/{self.plan}"

    @property
    def file(self) -> str:
        return f"records/{self.id}.yml"


_Changes = dict[str, str | None]


@dataclass(slots=True)
class _Branch:
    """A side branch: the offices that only it may touch, and what it changed."""

    tip: int
    offices: list[_Office]
    changes: _Changes = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)


class _Story:
    """Tells the stream: commit after commit."""

    def __init__(self, dice: Random, records: int, commits: int) -> None:
        self.dice = dice
        self.wanted_records = records
        self.wanted = commits
        self.files: dict[str, str] = {}
        self.stream: list[bytes] = []
        self.steps: dict[int, int] = {}
        self.deeds: list[tuple[int, Deed]] = []
        self.made = self.merges = self.planned = 0
        self.branches: list[_Branch] = []
        self.tip = 0
        count = max(1, (records - 4) // 8)
        self.offices = [self._office(f"dang-uy-xa-{number:04}") for number in range(1, count + 1)]
        self.now = _BEGIN

    def told(self) -> Iterator[int]:
        """Tell everything; give the mark of each commit."""
        yield self._step(_beginning())
        chunk = max(1, len(self.offices) * 5 // self.wanted)
        for start in range(0, len(self.offices), chunk):
            changes: _Changes = {}
            for each in self.offices[start : start + chunk]:
                changes |= _office_files(each) | {each.file: _plan_text(each)}
            yield self._step(changes)
        self.planned = len(self.files)
        while self.made + len(self.branches) + 1 < self.wanted:
            yield self._next()
        while self.branches:
            yield self._merge(1)
        rest, deeds = self._settled()
        while (number := len(self.files.keys() | rest.keys())) < self.wanted_records:
            rest[f"records/{self.dice.choice(self.offices).name}/roles/uy-vien-{number}.yml"] = f"name: Ủy viên thứ {number}\nrank: member\n"
        yield self._step(rest, deeds)

    def _settled(self) -> tuple[_Changes, list[Deed]]:
        """Mend at the end what is broken, and put back what is away."""
        changes: _Changes = {}
        deeds: list[Deed] = []
        for office in self.offices:
            if office.is_broken or office.is_away:
                deeds.append(Deed("mended" if office.is_broken else "put back", office.id))
                office.is_broken = office.is_away = False
                changes[office.file] = _plan_text(office)
        return changes, deeds

    def _next(self) -> int:
        """Make one commit of some kind."""
        chance = self.dice.random()
        ready = [each for each in self.branches if each.changes]
        room = self.wanted - self.made - len(self.branches)
        if chance < 0.08 and len(self.branches) < _MOST_BRANCHES and room > 10:
            free = self._free()
            chosen = self.dice.sample(free, min(len(free), self.dice.randint(1, 3)))
            if len(free) > len(chosen):
                self.branches.append(_Branch(self.tip, chosen))
                return self._on_branch(self.branches[-1])
        if chance < 0.32 and self.branches:
            return self._on_branch(self.dice.choice(self.branches))
        if chance < 0.38 and ready:
            return self._merge(self.dice.choice((1, 1, 1, 1, 2, 3)))
        if chance < 0.40:
            return self._step({})
        changes, deeds = self._work(self._free(), self.dice.choice((1, 1, 1, 2)))
        return self._step(changes, deeds)

    def _free(self) -> list[_Office]:
        taken = {each.name for branch in self.branches for each in branch.offices}
        return [each for each in self.offices if each.name not in taken]

    def _on_branch(self, branch: _Branch) -> int:
        changes, deeds = self._work(branch.offices, 1)
        branch.changes |= changes
        branch.deeds += deeds
        branch.tip = self._commit("refs/heads/side", [branch.tip], changes)
        return branch.tip

    def _merge(self, number: int) -> int:
        """Merge some branches into the main line; some merges change something of their own."""
        some = self.branches[:number]
        del self.branches[:number]
        self.merges += 1
        changes: _Changes = {}
        deeds: list[Deed] = []
        for each in some:
            changes |= each.changes
            deeds += each.deeds
        if self.dice.random() < 0.15:
            own, done = self._work(self._free(), 1)
            changes |= own
            deeds += done
        return self._step(changes, deeds, [each.tip for each in some])

    def _step(self, changes: _Changes, deeds: list[Deed] | None = None, merged: list[int] | None = None) -> int:
        """Make a commit of the main line."""
        self.tip = self._commit("refs/heads/main", [*([self.tip] if self.tip else []), *(merged or ())], changes)
        self.steps[self.tip] = int(self.now.timestamp())
        self.deeds += [(self.tip, each) for each in deeds or ()]
        for path, text in changes.items():
            if text is None:
                self.files.pop(path, None)
            else:
                self.files[path] = text
        return self.tip

    def _commit(self, name: str, parents: list[int], changes: _Changes) -> int:
        self.made += 1
        mark = self.made
        usual = _BEGIN + (_END - _BEGIN) * min(1.0, self.made / self.wanted)
        self.now = usual - timedelta(hours=self.dice.randint(1, 40)) if self.dice.random() < 0.01 else usual
        when = f"{int(self.now.timestamp())} {self.dice.choice(('+0700', '+0700', '+0000'))}"
        who = f"Người ghi {self.dice.randint(1, 9)} <ghi@example.org>"
        lines = [f"commit {name}", f"mark :{mark}", f"committer {who} {when}", "data 5", "ghi", ""]
        lines += [f"{'merge' if number else 'from'} :{parent}" for number, parent in enumerate(parents)]
        self.stream.append("\n".join([*lines, ""]).encode())
        for path, text in sorted(changes.items()):
            if text is None:
                self.stream.append(f"D {path}\n".encode())
            else:
                content = text.encode()
                self.stream.append(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(content), content))
        self.stream.append(b"\n")
        return mark

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def _office(self, name: str) -> _Office:
        def some_day() -> date:
            return date(2025, 2, 1) + timedelta(days=self.dice.randint(0, 500))

        actions = []
        for number in range(1, self.dice.randint(2, 4) + 1):
            due = some_day()
            milestones = [due - timedelta(days=10 * back) for back in range(self.dice.randint(0, 2), 0, -1)]
            every = "month" if number > 1 and self.dice.random() < 0.1 else ""
            actions.append(_Action(number, due, [] if every else milestones, every))
        return _Office(name, actions, is_approved=self.dice.random() > 0.1, used=len(actions))

    def _work(self, offices: list[_Office], number: int) -> tuple[_Changes, list[Deed]]:
        """Do something to the plans of some of these offices."""
        changes: _Changes = {}
        deeds: list[Deed] = []
        for office in self.dice.sample(offices, min(number, len(offices))):
            before = office.file
            deeds += self._deed(office)(office, changes)
            if office.file != before or office.is_away:
                changes[before] = None
            if not office.is_away:
                changes[office.file] = _plan_text(office)
        return changes, deeds

    def _deed(self, office: _Office) -> Callable[[_Office, _Changes], Iterator[Deed]]:
        if office.is_away:
            return self._put_back
        if office.is_broken:
            return self._mend
        if not office.is_approved:
            return self.dice.choice((self._move, self._edit, self._approve))
        adds = self.planned < self.wanted_records
        weights = {
            self._move: 26,
            self._move_back: 6,
            self._ask: 18 if adds else 0,
            self._answer: 40 if adds and office.waiting else 0,
            self._edit: 22,
            self._rhythm: 4,
            self._rename: 5,
            self._add: 3,
            self._drop: 1,
            self._break: 1,
            self._take: 1,
        }
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def _one(self, office: _Office) -> _Action:
        return self.dice.choice([each for each in office.actions if not each.every])

    def _move(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        """Move a date past the procedure; before the approval that is nobody's affair."""
        del changes
        action = self._one(office)
        which = self.dice.randint(0, len(action.milestones))
        yield from self._moved(office, action, which, self.dice.choice((-20, -5, 7, 15, 30, 60, 90)))

    def _moved(self, office: _Office, action: _Action, which: int, days: int) -> Iterator[Deed]:
        old = action.day(which)
        if action.put(which, old + timedelta(days=days)):
            office.was.append((action, which, old))
            yield Deed("moved", _ref(office, action, which), old.isoformat(), action.day(which).isoformat())

    def _move_back(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        """Undo the last move."""
        del changes
        if office.was:
            action, which, old = office.was.pop()
            current = action.day(which)
            if action in office.actions and action.put(which, old):
                yield Deed("moved", _ref(office, action, which), current.isoformat(), action.day(which).isoformat())

    def _ask(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        action = self._one(office)
        office.asked += 1
        self.planned += 1
        asked = max(self.today - timedelta(days=self.dice.choice((0, 0, 0, 1, 12, 45))), date(2025, 1, 11))
        to = max(asked, action.due, action.ever) + timedelta(days=self.dice.choice((15, 30, 61)))
        action.last = min(action.last, to - timedelta(days=1))
        name = f"{office.name}/postponements/{asked}-{office.asked}"
        ref = _ref(office, action, 0)
        changes[f"records/{name}.yml"] = f"of: {ref}\nto: {to}\ndate: {asked}\nreason: Chờ mẫu giấy tờ của cấp trên, lần thứ {office.asked}.\n"
        office.waiting.append((name, action.number, asked))
        yield Deed("asked", ref, asked.isoformat(), to.isoformat())

    def _answer(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        name, _, asked = office.waiting.pop(0)
        self.planned += 1
        day = max(asked, self.today - timedelta(days=self.dice.choice((0, 0, 3, 40))))
        result = self.dice.choice(("agreed", "agreed", "refused"))
        text = f"of: {name}\ndate: {day}\nby: {_HEAD}/roles/bi-thu\nresult: {result}\ntext: Đã xem lý do nêu trong đơn và trả lời như trên.\n"
        changes[f"records/{_HEAD}/answers/{day}-{name.replace('/postponements/', '-')}.yml"] = text
        yield Deed(result, name, asked.isoformat(), day.isoformat())

    def _edit(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        """Change words, or nothing but a remark."""
        del changes
        number = self.dice.randint(1, 10**6)
        if self.dice.random() < 0.3:
            office.remark = f"# Ghi chú của người soạn, lần {number}.\n"
        else:
            office.direction = f"Làm từng việc theo hạn đã hứa, soát lại lần {number}."
        yield Deed("edited", office.id)

    def _rhythm(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        for action in (each for each in office.actions if each.every):
            old, action.every = action.every, "quarter" if action.every == "month" else "month"
            yield Deed("rhythm", _ref(office, action, 0), old, action.every)
            return
        yield from self._edit(office, changes)

    def _rename(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        """Move the plan to another name, sometimes one that it had before, and sometimes change a date in the same breath."""
        del changes
        old = office.id
        back = office.former and self.dice.random() < 0.3
        name = self.dice.choice(office.former) if back else f"2024-ban-{len(office.former) + 2}"
        office.former = [each for each in (*office.former, office.plan) if each != name]
        office.plan = name
        yield Deed("renamed", old, old, office.id)
        if self.dice.random() < 0.3:
            yield from self._moved(office, self._one(office), 0, 21)

    def _approve(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        del changes
        office.is_approved = True
        yield Deed("approved", office.id)

    def _add(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        del changes
        office.used += 1
        office.actions.append(_Action(office.used, date(2026, 6, 30), [date(2026, 5, 31)]))
        yield Deed("added", _ref(office, office.actions[-1], 0), "", "2026-06-30")

    def _drop(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        """Take an action away, though it was promised, where nothing speaks of it."""
        if office.asked or len(office.actions) < 3:
            yield from self._edit(office, changes)
            return
        gone = office.actions.pop()
        yield Deed("dropped", _ref(office, gone, 0), gone.due.isoformat())

    def _break(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        del changes
        office.is_broken = True
        yield Deed("broken", office.id)

    def _mend(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        office.is_broken = False
        yield Deed("mended", office.id)
        if self.dice.random() < 0.5:
            yield from self._move(office, changes)

    def _take(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        del changes
        office.is_away = True
        yield Deed("taken", office.id)

    def _put_back(self, office: _Office, changes: _Changes) -> Iterator[Deed]:
        """Put a plan back: as it was, with another date, or under another name."""
        office.is_away = False
        yield Deed("put back", office.id)
        yield from self.dice.choice((self._edit, self._move, self._rename))(office, changes)


def _ref(office: _Office, action: _Action, which: int) -> str:
    return f"{office.id}#A{action.number}{f'.M{which}' if which else ''}"


def _beginning() -> _Changes:
    """Give the records that all offices share."""
    return {
        "records/project.yml": f"title: Huyện Minh Họa\nformat: 1\nroot: minh-hoa\nlang: vi\ntime_zone: {ZONE.key}\nprofile: party\naudience: public\n",
        f"records/{_HEAD}/organisation.yml": "name: Huyện ủy Minh Họa\ntype: party_committee\n",
        f"records/{_HEAD}/roles/bi-thu.yml": "name: Bí thư Huyện ủy\nrank: head\n",
        f"records/{_HEAD}/cycles/2024.yml": "name: Kiểm điểm cuối năm 2024\nkind: annual\nfrom: 2024-01-01\nto: 2024-12-31\nscope:\n  - dang-uy-xa-0001\n"
        "steps:\n  - {step: review, due: 2024-12-31}\n",
    }


def _office_files(office: _Office) -> _Changes:
    """Give the records of an office that never change."""
    name = office.name
    findings = "".join(
        f"  - id: F{number}\n    statement: Năm 2024 có {number + 10} hồ sơ của xã {name[-4:]} trả chậm.\n    area: land\n"
        f"    responsible:\n      - {{who: {name}, share: shared}}\n      - {{posts: {{value: 1, unit: chức danh}}, share: lead}}\n"
        f"    causes:\n      - {{kind: subjective, text: Chưa giao ai theo dõi hồ sơ thứ {number}.}}\n    remedy: Giao người theo dõi hồ sơ thứ {number}.\n"
        for number in (1, 2)
    )
    document = f"{{number: 88-BC/{name[-4:]}, date: 2024-12-12}}"
    return {
        f"records/{name}/organisation.yml": f"name: Đảng ủy xã {name[-4:]}\ntype: party_committee\nparents:\n  - {{of: {_HEAD}}}\n",
        f"records/{name}/roles/bi-thu.yml": f"name: Bí thư Đảng ủy xã {name[-4:]}\nrank: head\n",
        f"records/{name}/roles/pho-bi-thu.yml": f"name: Phó Bí thư Đảng ủy xã {name[-4:]}\nrank: deputy\n",
        f"records/{name}/reviews/2024.yml": f"title: Báo cáo kiểm điểm năm 2024\ncycle: {_HEAD}/cycles/2024\n"
        f"sessions:\n  - {{id: S1, kind: collective, from: 2024-12-10, to: 2024-12-10, present: {{value: 12, of: 13, unit: người}}}}\n"
        f"strengths:\n  - Hoàn thành sớm kế hoạch làm đường liên thôn.\nfindings:\n{findings}"
        f"self_rating: good\nsubmitted: {{date: 2024-12-11}}\nconcluded: {{date: 2024-12-12, by: {name}/roles/bi-thu, document: {document}}}\n",
    }


def _plan_text(office: _Office) -> str:
    """Give what the file of the plan says."""
    name = office.name
    lines = [f"{office.remark}title: Kế hoạch khắc phục sau kiểm điểm năm 2024"]
    if office.former:
        lines.append(f"formerly: [{', '.join(f'{name}/plans/{each}' for each in office.former)}]")
    lines += [f"of: [{name}/reviews/2024]", f"accountable: {name}/roles/bi-thu", f"followed_by: {_HEAD}", f"direction: {office.direction}", "actions:"]
    for action in office.actions:
        owner = f"{name}/roles/{'bi-thu' if action.number % 2 else 'pho-bi-thu'}"
        finding = f"{name}/reviews/2024#F{2 - action.number % 2}"
        lines += [
            f"  - id: A{action.number}",
            f"    findings: [{finding}]",
            f"    content: Lập bảng theo dõi hồ sơ thứ {action.number}, dán tại trụ sở.",
        ]
        lines += [f"    product: Bảng theo dõi thứ {action.number}", f"    owner: {owner}"]
        if action.every:
            lines += ["    kind: recurring", f"    every: {action.every}", "    from: 2025-02-01"]
            continue
        lines.append(f"    due: {action.due}")
        for number, due in enumerate(action.milestones, 1):
            lines += ["    milestones:"] if number == 1 else []
            lines += [f"      - id: M{number}", f"        content: Xong phần thứ {number} của bảng.", f"        due: {due}"]
    if office.is_approved:
        lines.append(f"approved: {{date: 2025-01-10, by: {name}/roles/bi-thu, document: {{number: 02-KH/{name[-4:]}, date: 2025-01-10}}}}")
    if office.is_broken:
        lines.append("actions: [")
    return "\n".join([*lines, ""])
