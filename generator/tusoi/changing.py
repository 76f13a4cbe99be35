"""From Git to the judgement of a change: both sides are read, the new one also as the old one's rules see it, and what happened between them is gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tusoi import code_owners, flow, gate, people
from tusoi.change import Change
from tusoi.history import Repository
from tusoi.kinds import Kinds
from tusoi.looking_back import RECORDS, files_of, id_of, past_of
from tusoi.problem import SEVERITY_ORDER, Place, Problem, Severity, in_order, problem
from tusoi.problem import Path as Way
from tusoi.record import Register
from tusoi.record_names import RecordNames
from tusoi.report_formats import fingerprints

_RULING: Final = ("schemas/", "profiles/", "records/project.yml")
_READ: Final = (RECORDS, "docs", "profiles", "schemas", "templates")
"""Where new files count before they are committed: what lies elsewhere plays no part."""
_OF_THE_WHOLE: Final = "H"
"""The family of what is no matter of rules about records: CODEOWNERS is as the new project record asks."""
_WAIVERS: Final = "/waivers/"


@dataclass(frozen=True, slots=True)
class Compared:
    """What the gate says."""

    base: str
    """The commit with which was compared."""
    judged: flow.Judged
    """What was judged, with the problems of both judgements and of the change itself."""


@dataclass(frozen=True, slots=True)
class _Between:
    """What happened between two commits, and in the work tree after them."""

    paths: tuple[str, ...]
    loose: frozenset[str]
    """What no commit has yet."""
    authors: Mapping[str, frozenset[str]] | None


def compared(judged: flow.Judged, revision: str, *, whose: Path | None = None, keeps_day: bool = False) -> Compared:
    """Judge what has changed since the last commit that a revision and the judged tree have in common.

    `whose` maps persons to addresses. Raises UnusableError where Git cannot tell, and people.UnusableFileError.
    """
    tree = judged.tree
    with Repository(tree.home or tree.folder) as repository:
        head = repository.whole().resolve(tree.revision)
        base = repository.merge_base(repository.resolve(revision), head)
        addresses = people.read(whose, *_work_trees(repository, tree)) if whose else None
        between = _between(repository, base, head, addresses, is_loose=tree.home is None)
        with files_of(repository, base) as files:
            before = flow.read(files)
            known = past_of(repository, before.zone, base)
            recorded = repository.commit(head).day(before.zone)
            today = max(recorded, flow.today(before))
            change = Change(
                before=_with_unaccepted(before),
                after=tree.register,
                day=recorded,
                past=known,
                paths=between.paths,
                derived=_derived(judged),
                faults=_faults(before),
                days={name: today for each in between.loose if (name := id_of(each))},
                authors=between.authors,
            )
            found = _united(judged, _as_before(judged, before, between.paths, keeps_day=keeps_day), between.paths)
    return Compared(base, replace(judged, problems=in_order([*found, *gate.problems(change)])))


def _between(repository: Repository, base: str, head: str, addresses: Mapping[str, frozenset[str]] | None, *, is_loose: bool) -> _Between:
    prefix = repository.prefix
    loose = frozenset(each.removeprefix(prefix) for each in repository.uncommitted(*_READ)) if is_loose else frozenset()
    changed = {each.path.removeprefix(prefix) for each in repository.changed(base, head)}
    return _Between(tuple(sorted(changed | loose)), loose, None if addresses is None else _authors(repository, base, head, addresses))


def _authors(repository: Repository, base: str, head: str, addresses: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Give the keys of those who recorded each record between two commits. What only a merge brought is its author's."""
    found: dict[str, set[str]] = {}
    for commit in repository.brought(base, head, RECORDS):
        for change in commit.changes:
            found.setdefault(id_of(change.path), set()).add(commit.author)
    for commit in repository.log(head, RECORDS):
        if len(commit.parents) > 1:
            for change in commit.changes:
                found.setdefault(id_of(change.path), {commit.author})
    return {name: frozenset(key for author in authors for key in addresses.get(author.strip().casefold(), ())) for name, authors in found.items()}


def _work_trees(repository: Repository, tree: flow.Tree) -> list[Path]:
    """Give the folders in which a file is part of the repository, or may soon be."""
    top = (tree.home or tree.folder).resolve()
    for _ in Path(repository.prefix).parts:
        top = top.parent
    memory = repository.memory.resolve()
    return [top, memory, *([memory.parent] if memory.name == ".git" else [])]


def _as_before(judged: flow.Judged, before: flow.Tree, paths: Iterable[str], *, keeps_day: bool) -> tuple[Problem, ...]:
    """Judge the records of a change by the rules, the project record and the waivers of before. What was wrong before as well, the change has not done."""
    if before.project is None or not any(map(_rules, paths)):
        return ()
    tree = replace(flow.read(judged.tree.folder, before), home=judged.tree.home, revision=judged.tree.revision)
    day = judged.day if keeps_day else flow.default_day(tree) or judged.day
    ruled, old = flow.judge(tree, day), flow.judge(before, day)
    marks = fingerprints(ruled.problems, RecordNames(tree.register))
    known = set(fingerprints(old.problems, RecordNames(before.register)).values())
    return tuple(each for each in ruled.problems if each.severity is not Severity.INFO and each.code[0] != _OF_THE_WHOLE and marks[each] not in known)


def _rules(path: str) -> bool:
    """Whether a file says how records are judged."""
    return path.startswith(_RULING) or (path.startswith(f"{RECORDS}/") and _WAIVERS in path)


def _united(judged: flow.Judged, ruled: tuple[Problem, ...], paths: Iterable[str]) -> list[Problem]:
    """Give the problems of both judgements. What weighs more under the rules of before is said once, with that weight; and why is said, too."""
    more = [each for each in ruled if each not in judged.problems]
    heavier = {(each.code, each.place, each.path): SEVERITY_ORDER[each.severity] for each in more}
    kept = [each for each in judged.problems if heavier.get((each.code, each.place, each.path), len(Severity)) >= SEVERITY_ORDER[each.severity]]
    if more:
        loosening = sorted(filter(_rules, paths))
        more.append(problem("H11", Place(loosening[0]), severity=Severity.INFO, files=", ".join(loosening)))
    return [*kept, *more]


def _derived(judged: flow.Judged) -> frozenset[str]:
    """Give the files that are written from the records, and are as they should be: whoever changes an organisation has to change them, too."""
    is_written = code_owners.asked(judged.tree.register) is not None and not any(each.code == "H08" for each in judged.problems)
    return frozenset({code_owners.FILE} if is_written else ())


def _faults(before: flow.Tree) -> dict[str, tuple[Way, ...]]:
    """Say where the records of before are not as their schemas ask, or lead astray."""
    found: dict[str, list[Way]] = {}
    for each in before.problems:
        if each.severity is Severity.ERROR and (name := id_of(each.place.file)):
            found.setdefault(name, []).append(each.path)
    return {name: tuple(paths) for name, paths in found.items()}


def _with_unaccepted(before: flow.Tree) -> Register:
    """Add the records of before that could be read but were not accepted, as far as they have the shape of their kind: they, too, are kept as they were."""
    register, kinds = before.register, Kinds.of(before.register.kinds)
    root = str(before.project.get("root") or "") if before.project else ""
    drafts = [each for each in (before.loaded.drafts if before.loaded else ()) if each.id in register.reserved and each.id not in register.records]
    found = [kinds.record(kind.name, each.id, each.data, each.source, root) for each in drafts if (kind := kinds.of_plural(each.plural))]
    return Register.of(register.kinds, [*register.records.values(), *found], register.reserved, register.problems)
