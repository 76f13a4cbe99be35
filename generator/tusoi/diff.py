"""Two trees of records, compared and judged on one day: what was added, changed, moved, withdrawn, removed, and what that does to states, numbers, problems.

It loses nothing: `form` gives it as plain data for JSON, and `applied` makes the records of the head from those of the base with it. The form is

    format   1
    base, head   {asked, commit}: what was asked for and the commit that it is; no commit for the work tree
    day      the day for which both are judged
    records  [{id, kind, what, before?, record?, edits?}]: `what` is added, readable (`record`: all that it says), changed, withdrawn, moved (`before`: its id
             then; `edits`), removed or unreadable. An edit is {way, old?, new?}: the keys that lead to a value, `id=A1` for the item of a list whose `id` is
             A1; without `old` the value is new, without `new` it is gone. A way that ends in `*` says in which order the items of a list now stand.
    files    [{path, was?, is?}]: attachments that came, went or are others, by their SHA-256
    unread   {base, head}: the files that cannot be read, of which nothing can be said
    states   [{of, kind, before, after}] of findings and actions, each as {state, draft, withdrawn, overdue_days, stale_days, postponement}
    numbers  [{what, state?, before, before_of, after, after_of}]: the totals that changed, and of how many
    problems {added, mended}: [{code, variant, severity, file, line, path}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from tusoi import differences
from tusoi.differences import NOTHING, Edit
from tusoi.facts import ActionFacts, ActionState, Facts, FindingFacts, FindingState, Tally
from tusoi.kinds import Kinds
from tusoi.problem import Place, Problem
from tusoi.record import Part, Register, Source

FORMAT: Final = 1
_FORMERLY: Final = "formerly"

Data = Mapping[str, Any]


class What(StrEnum):
    """What became of a record."""

    ADDED = "added"
    READABLE = "readable"
    """It was there and could not be read; now it can."""
    CHANGED = "changed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    UNREADABLE = "unreadable"
    """It is there and can no longer be read."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Which records a side is made of."""

    asked: str
    """As it was asked for; empty for the work tree."""
    commit: str
    """Empty for the work tree."""
    is_shared: bool = False
    """Whether it is not what was asked for, but the last commit that it has in common with the head."""


@dataclass(frozen=True)
class Side:
    """One of the two trees."""

    revision: Revision
    said: Mapping[str, Data]
    """What each file says that can be read, by the id of its record."""
    files: Mapping[str, str]
    """The attachments, by path: their SHA-256."""
    unread: frozenset[str]
    """The paths of the files that cannot be read."""
    reserved: frozenset[str]
    """The ids of those that would be records."""
    register: Register
    """The records that were accepted, whatever the day."""
    facts: Facts
    problems: tuple[tuple[str, Problem], ...]
    """Each with the way to the place that it is about, as it stays when lines are added before it."""

    @cached_property
    def everything(self) -> Register:
        """The records with those that their schemas reject, as far as these go: what they mean is said all the same."""
        known = self.register
        kinds, root = Kinds.of(known.kinds), str(known.project.get("root") or "") if known.project else ""
        rejected = []
        for name, data in self.said.items():
            if name not in known.records and (kind := _kind(self, name)) in kinds:
                plain = {key: value for key, value in differences.plain(data).items() if key != _FORMERLY}
                rejected.append(kinds.record(kind, name, plain, Source(file_of(name)), root))
        return Register.of(known.kinds, [*known.records.values(), *rejected], known.reserved) if rejected else known


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record."""

    id: str
    """Its id in the head; in the base where it is no longer there."""
    before: str
    """Its id in the base."""
    kind: str
    what: What
    old: Data | None
    new: Data | None

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What makes the new of the old."""
        return tuple(differences.edits(self.old, self.new)) if self.old is not None and self.new is not None else ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """An attachment that came, went or is another: its SHA-256 before and after, empty where there was or is none."""

    path: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class StateChange:
    """A finding or an action that stands otherwise than before."""

    part: Part
    before: ActionFacts | FindingFacts
    after: ActionFacts | FindingFacts


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A total of the site that changed, and of how many it is; `what` is findings, actions, overdue or late, `state` empty for all of them."""

    what: str
    state: str
    before: int
    before_of: int
    after: int
    after_of: int


@dataclass(frozen=True)
class Diff:
    """What differs between two trees, on one day."""

    base: Side
    head: Side
    day: date
    changes: tuple[Change, ...]
    """By id."""
    files: tuple[FileChange, ...]
    states: tuple[StateChange, ...]
    numbers: tuple[NumberChange, ...]
    added: tuple[Problem, ...]
    mended: tuple[Problem, ...]

    @property
    def is_same(self) -> bool:
        """Whether the records say the same, as far as all of them can be read."""
        return not (self.changes or self.files or self.base.unread or self.head.unread)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing else changed with them either."""
        return self.is_same and not (self.states or self.numbers or self.added or self.mended)


def compare(base: Side, head: Side, day: date) -> Diff:
    """Compare two trees that were judged for one day."""
    changes = tuple(sorted(_changes(base, head), key=lambda each: each.id))
    moved = {each.before: each.id for each in changes if each.what is What.MOVED}
    added, mended = _problems(base, head, moved)
    return Diff(base, head, day, changes, tuple(_files(base, head)), tuple(_states(base, head, moved)), tuple(_numbers(base, head)), added, mended)


def form(diff: Diff) -> dict[str, Any]:
    """Give it as plain data for JSON, which loses nothing."""
    return {
        "format": FORMAT,
        "base": _revision(diff.base),
        "head": _revision(diff.head),
        "day": diff.day.isoformat(),
        "records": [_change(each) for each in diff.changes],
        "files": [{"path": each.path, **({"was": each.was} if each.was else {}), **({"is": each.now} if each.now else {})} for each in diff.files],
        "unread": {"base": sorted(diff.base.unread), "head": sorted(diff.head.unread)},
        "states": [{"of": each.part.ref, "kind": each.part.kind, "before": standing(each.before), "after": standing(each.after)} for each in diff.states],
        "numbers": [_number(each) for each in diff.numbers],
        "problems": {"added": [_problem(each) for each in diff.added], "mended": [_problem(each) for each in diff.mended]},
    }


def applied(form: Mapping[str, Any], said: Mapping[str, Data], files: Mapping[str, str]) -> tuple[dict[str, Data], dict[str, str]]:
    """Give what the records and attachments of the base become by the form: what each file says, by id, and the SHA-256 of each attachment, by path."""
    records, papers = dict(said), dict(files)
    gone = {each.get("before", each["id"]) for each in form["records"]}
    for name in gone:
        records.pop(name, None)
    for each in form["records"]:
        if "record" in each:
            records[each["id"]] = each["record"]
        elif "edits" in each:
            records[each["id"]] = differences.applied(said[each.get("before", each["id"])], map(_read, each["edits"]))
    for each in form["files"]:
        papers.pop(each["path"], None)
        if "is" in each:
            papers[each["path"]] = each["is"]
    return records, papers


def standing(facts: ActionFacts | FindingFacts) -> dict[str, Any]:
    """Say how a finding or an action stands, as far as it is compared."""
    found: dict[str, Any] = {"state": str(facts.state), "draft": facts.draft, "withdrawn": facts.withdrawn}
    if isinstance(facts, ActionFacts) and not facts.told:
        last = facts.postponements[-1].result if facts.postponements else ""
        found |= {"overdue_days": facts.overdue_days, "stale_days": facts.stale_days, "postponement": last}
    return found


def _changes(base: Side, head: Side) -> Iterator[Change]:
    """Pair the records of both sides: by their ids, and where one is new by the former id that it names."""
    former: dict[str, str] = {}
    for name in sorted(head.said.keys() - base.said.keys()):
        named = head.said[name].get(_FORMERLY)
        for old in named if isinstance(named, list | tuple) and name not in base.reserved else ():
            if isinstance(old, str) and old in base.said and old not in head.said and old not in head.reserved and old not in former.values():
                former[name] = old
                break
    for name in base.said.keys() - head.said.keys() - set(former.values()):
        what = What.UNREADABLE if name in head.reserved else What.REMOVED
        yield Change(name, name, _kind(base, name), what, base.said[name], None)
    for name, new in head.said.items():
        before = former.get(name, name)
        old = base.said.get(before)
        if old is None:
            what = What.READABLE if name in base.reserved else What.ADDED
            yield Change(name, name, _kind(head, name), what, None, new)
        elif before != name or not differences.same(old, new):
            withdrawn = What.WITHDRAWN if "withdrawn" in new and "withdrawn" not in old else What.CHANGED
            yield Change(name, before, _kind(head, name), What.MOVED if before != name else withdrawn, old, new)


def _kind(side: Side, name: str) -> str:
    """Say what kind of record an id is of: the one of its folder; the folder's name where there is no such kind."""
    pieces = name.split("/")
    plural = pieces[1] if len(pieces) > 1 else name if name == "project" else "organisation"
    return next((kind.name for kind in side.register.kinds.values() if kind.plural == plural), plural)


def file_of(name: str) -> str:
    """Give the file of a record."""
    return f"records/{name}.yml" if "/" in name or name == "project" else f"records/{name}/organisation.yml"


def _files(base: Side, head: Side) -> Iterator[FileChange]:
    for path in sorted(base.files.keys() | head.files.keys()):
        was, now = base.files.get(path, ""), head.files.get(path, "")
        if was != now:
            yield FileChange(path, was, now)


def _states(base: Side, head: Side, moved: Mapping[str, str]) -> Iterator[StateChange]:
    """Give the findings and actions that stand otherwise. Those that came or went with their records are not among them."""
    before = {_now(each.part.ref, moved): each for each in _standings(base.facts)}
    for after in _standings(head.facts):
        was = before.get(after.part.ref)
        if was and standing(was) != standing(after):
            yield StateChange(after.part, was, after)


def _standings(facts: Facts) -> Iterator[ActionFacts | FindingFacts]:
    yield from facts.findings.values()
    yield from facts.actions.values()


def _now(ref: str, moved: Mapping[str, str]) -> str:
    record, mark, part = ref.partition("#")
    return f"{moved.get(record, record)}{mark}{part}"


def _numbers(base: Side, head: Side) -> Iterator[NumberChange]:
    """Give the totals of the site that changed."""
    for was, now in zip(_counted(base.facts.whole), _counted(head.facts.whole), strict=True):
        if was != now:
            yield NumberChange(*now[:2], *was[2:], *now[2:])


def _counted(tally: Tally) -> Iterator[tuple[str, str, int, int]]:
    """Give every total with what it is a part of; of all findings and all actions, themselves."""
    yield "findings", "", tally.finding_total, tally.finding_total
    for finding_state in FindingState:
        yield "findings", str(finding_state), tally.findings.get(finding_state, 0), tally.finding_total
    yield "actions", "", tally.action_total, tally.action_total
    for action_state in ActionState:
        yield "actions", str(action_state), tally.actions.get(action_state, 0), tally.action_total
    yield "overdue", "", tally.overdue, tally.action_total
    yield "late", "", tally.late, tally.action_total


_Key = tuple[str, ...]


def _problems(base: Side, head: Side, moved: Mapping[str, str]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Give the problems that are new and those that are mended. One is the same as before where its code, its severity and its place in the record are."""
    files = {file_of(old): file_of(new) for old, new in moved.items()}
    before, after = _keyed(base.problems, files), _keyed(head.problems, {})
    return tuple(_more(after, before)), tuple(_more(before, after))


def _keyed(problems: Iterable[tuple[str, Problem]], files: Mapping[str, str]) -> dict[_Key, list[Problem]]:
    found: dict[_Key, list[Problem]] = {}
    for anchor, each in problems:
        file = files.get(each.place.file, each.place.file)
        found.setdefault((each.code, each.variant, each.severity, file, anchor), []).append(each)
    return found


def _more(these: Mapping[_Key, list[Problem]], others: Mapping[_Key, list[Problem]]) -> Iterator[Problem]:
    """Give the problems that are there on one side more often than on the other: of several at one place, those that say something new."""
    for key, problems in these.items():
        twins = others.get(key, [])
        known = [each.params for each in twins]
        new_first = sorted(problems, key=lambda each: each.params in known)
        yield from new_first[: max(0, len(problems) - len(twins))]


def _revision(side: Side) -> dict[str, str]:
    return {"asked": side.revision.asked, "commit": side.revision.commit}


def _change(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {"id": change.id, "kind": change.kind, "what": str(change.what)}
    if change.before != change.id:
        found["before"] = change.before
    if change.old is None:
        found["record"] = differences.plain(change.new)
    elif change.new is not None:
        found["edits"] = [_edit(each) for each in change.edits]
    return found


def _edit(edit: Edit) -> dict[str, Any]:
    old = {} if edit.old is NOTHING else {"old": differences.plain(edit.old)}
    new = {} if edit.new is NOTHING else {"new": differences.plain(edit.new)}
    return {"way": list(edit.way), **old, **new}


def _read(edit: Mapping[str, Any]) -> Edit:
    return Edit(tuple(edit["way"]), edit.get("old", NOTHING), edit.get("new", NOTHING))


def _number(number: NumberChange) -> dict[str, Any]:
    state = {"state": number.state} if number.state else {}
    return {"what": number.what, **state, "before": number.before, "before_of": number.before_of, "after": number.after, "after_of": number.after_of}


def _problem(each: Problem) -> dict[str, Any]:
    place: Place = each.place
    return {
        "code": each.code,
        "variant": each.variant,
        "severity": str(each.severity),
        "file": place.file,
        "line": place.line,
        "path": list(each.path),
    }
