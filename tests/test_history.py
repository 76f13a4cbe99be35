"""What Git recorded, row by row: which step of the main line did what to which file, and what the records said from then on.

Each row is a history of its own, made with `git fast-import`. Then all of them are told again, in every kind of repository and under settings that would
change an answer.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import git
from repositories import big
from streams import Content, Link, Module, Runnable, Step, planted
from tusoi import differences, looking_back
from tusoi.commits import LINK, MODULE, NOTHING, FileChange
from tusoi.history import Repository, UnusableError
from tusoi.past import Past, Version

pytestmark = pytest.mark.build

ZONE = "Asia/Ho_Chi_Minh"
P, Q, R = "records/x/plans/p.yml", "records/x/plans/q.yml", "records/x/plans/r.yml"


@dataclass(frozen=True, slots=True)
class Row:
    """A history, and what is to be told of it."""

    name: str
    steps: Sequence[Step]
    told: Sequence[str]
    """Day, what, path: of each change, in the order of the main line, and within a step of the paths."""
    past: Sequence[str]
    """Day, id, title: of each version; `?` where it could not be read, `–` where it was gone."""
    of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The same of single records, with what they said under former ids."""


def one(title: str, *former: str) -> str:
    """Give the text of a record."""
    return f"title: {title}\n" + (f"formerly: [{', '.join(former)}]\n" if former else "")


def days(*changes: Mapping[str, Content]) -> list[Step]:
    """Give steps one after the other, a day apart."""
    return [Step(f"2025-01-{number:02} 08:00", each) for number, each in enumerate(changes, 1)]


ROWS = (
    Row(
        "a record is new, changed and taken away",
        days({P: one("a")}, {P: one("b"), Q: one("c")}, {P: None}),
        [f"2025-01-01 new {P}", f"2025-01-02 changed {P}", f"2025-01-02 new {Q}", f"2025-01-03 gone {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p b", "2025-01-02 x/plans/q c", "2025-01-03 x/plans/p –"],
    ),
    Row(
        "a merge counts what it brings once, on its own day",
        [
            Step("2025-01-01 08:00", {P: one("a"), Q: one("a")}),
            Step("2025-01-02 08:00", {P: one("b")}),
            Step("2025-01-03 08:00", {P: one("c")}),
            Step("2025-01-04 08:00", {Q: one("d")}, (1,)),
            Step("2025-01-05 08:00", {P: one("c")}, (4, 3)),
        ],
        [f"2025-01-01 new {P}", f"2025-01-01 new {Q}", f"2025-01-04 changed {Q}", f"2025-01-05 changed {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-01 x/plans/q a", "2025-01-04 x/plans/q d", "2025-01-05 x/plans/p c"],
    ),
    Row(
        "a merge that keeps nothing of its branch is no step",
        [
            Step("2025-01-01 08:00", {P: one("a")}),
            Step("2025-01-02 08:00", {P: one("b")}),
            Step("2025-01-03 08:00", {}, (1,)),
            Step("2025-01-04 08:00", {}, (3, 2)),
        ],
        [f"2025-01-01 new {P}"],
        ["2025-01-01 x/plans/p a"],
    ),
    Row(
        "a merge that itself changes something counts that too",
        [
            Step("2025-01-01 08:00", {P: one("a"), Q: one("a"), R: one("a")}),
            Step("2025-01-02 08:00", {P: one("b")}),
            Step("2025-01-03 08:00", {Q: one("c")}, (1,)),
            Step("2025-01-04 08:00", {P: one("b"), Q: one("evil"), R: one("evil")}, (3, 2)),
        ],
        [*(f"2025-01-01 new {each}" for each in (P, Q, R)), f"2025-01-03 changed {Q}", *(f"2025-01-04 changed {each}" for each in (P, Q, R))],
        [
            *("2025-01-01 x/plans/p a", "2025-01-01 x/plans/q a", "2025-01-01 x/plans/r a", "2025-01-03 x/plans/q c"),
            *("2025-01-04 x/plans/p b", "2025-01-04 x/plans/q evil", "2025-01-04 x/plans/r evil"),
        ],
    ),
    Row(
        "an octopus merge is one step",
        [
            Step("2025-01-01 08:00", {P: one("a"), Q: one("a")}),
            Step("2025-01-02 08:00", {P: one("b")}, (1,)),
            Step("2025-01-03 08:00", {Q: one("c")}, (1,)),
            Step("2025-01-04 08:00", {R: one("d")}, (1,)),
            Step("2025-01-05 08:00", {P: one("b"), Q: one("c"), R: one("d")}, (1, 2, 3, 4)),
        ],
        [f"2025-01-01 new {P}", f"2025-01-01 new {Q}", f"2025-01-05 changed {P}", f"2025-01-05 changed {Q}", f"2025-01-05 new {R}"],
        ["2025-01-01 x/plans/p a", "2025-01-01 x/plans/q a", "2025-01-05 x/plans/p b", "2025-01-05 x/plans/q c", "2025-01-05 x/plans/r d"],
    ),
    Row(
        "a side branch that the main line was simply moved to counts commit by commit",
        [Step("2025-01-01 08:00", {P: one("a")}), Step("2025-01-02 08:00", {P: one("b")}, (1,)), Step("2025-01-03 08:00", {P: one("c")}, (2,))],
        [f"2025-01-01 new {P}", f"2025-01-02 changed {P}", f"2025-01-03 changed {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p b", "2025-01-03 x/plans/p c"],
    ),
    Row(
        "where the main line was merged into a branch, and that became the main line, the branch tells and the merge brings the rest",
        [
            Step("2025-01-01 08:00", {P: one("a")}),
            Step("2025-01-02 08:00", {P: one("b")}),
            Step("2025-01-03 08:00", {Q: one("c")}, (1,)),
            Step("2025-01-04 08:00", {P: one("b")}, (3, 2)),
        ],
        [f"2025-01-01 new {P}", f"2025-01-03 new {Q}", f"2025-01-04 changed {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-03 x/plans/q c", "2025-01-04 x/plans/p b"],
    ),
    Row(
        "another history that is merged in counts with the merge",
        [Step("2025-01-01 08:00", {P: one("a")}), Step("2024-05-05 08:00", {Q: one("old")}, ()), Step("2025-01-03 08:00", {Q: one("old")}, (1, 2))],
        [f"2025-01-01 new {P}", f"2025-01-03 new {Q}"],
        ["2025-01-01 x/plans/p a", "2025-01-03 x/plans/q old"],
    ),
    Row(
        "a change that is undone is two changes",
        days({P: one("a")}, {P: one("b")}, {P: one("a")}),
        [f"2025-01-01 new {P}", f"2025-01-02 changed {P}", f"2025-01-03 changed {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p b", "2025-01-03 x/plans/p a"],
    ),
    Row(
        "a commit that changes no record is no step",
        days({}, {P: one("a")}, {}, {"docs/a.md": "a", "records.yml": "a", "recordsx/x/plans/p.yml": "a"}, {P: one("b")}, {}),
        [f"2025-01-02 new {P}", f"2025-01-05 changed {P}"],
        ["2025-01-02 x/plans/p a", "2025-01-05 x/plans/p b"],
    ),
    Row(
        "a record that is taken away and put back has an end and goes on",
        days({P: one("a")}, {P: None}, {P: one("b")}),
        [f"2025-01-01 new {P}", f"2025-01-02 gone {P}", f"2025-01-03 new {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-03 x/plans/p b"],
        {"x/plans/p": ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-03 x/plans/p b"]},
    ),
    Row(
        "clocks that run backwards change no order",
        [
            Step("2025-03-01 08:00", {P: one("a")}),
            Step("2024-12-31 08:00", {P: one("b")}),
            Step("2025-02-01 08:00", {P: one("c")}),
            Step("1970-01-01 08:00", {P: one("d")}),
        ],
        [f"2025-03-01 new {P}", f"2024-12-31 changed {P}", f"2025-02-01 changed {P}", f"1970-01-01 changed {P}"],
        ["2025-03-01 x/plans/p a", "2024-12-31 x/plans/p b", "2025-02-01 x/plans/p c", "1970-01-01 x/plans/p d"],
    ),
    Row(
        "the day ends at midnight in Vietnam, whatever zone the writer's clock has",
        [
            Step("2025-01-01T16:59:59+00:00", {P: one("a")}),
            Step("2025-01-01T17:00:00+00:00", {P: one("b")}),
            Step("2025-01-02T06:59:59+14:00", {P: one("c")}),
            Step("2025-01-03T23:00:00+06:00", {P: one("d")}),
            Step("2025-01-03T23:59:59+06:59", {P: one("e")}),
        ],
        [f"2025-01-01 new {P}", f"2025-01-02 changed {P}", f"2025-01-01 changed {P}", f"2025-01-04 changed {P}", f"2025-01-04 changed {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p b", "2025-01-01 x/plans/p c", "2025-01-04 x/plans/p d", "2025-01-04 x/plans/p e"],
    ),
    Row(
        "line ends and the right to run are changes of the file, not of what it says",
        days({P: "title: a\n"}, {P: "title: a\r\n"}, {P: Runnable("title: a\r\n")}),
        [f"2025-01-01 new {P}", f"2025-01-02 changed {P}", f"2025-01-03 changed {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p a", "2025-01-03 x/plans/p a"],
    ),
    Row(
        "letters with marks, in both forms of Unicode, stay as they are; only a name that could be a record's makes a record",
        days(
            {"records/x/files/Đề án số 3.pdf": "a"},
            {"records/x/files/De\u0302\u0300 a\u0301n.pdf": "b"},
            {"records/x/plans/kế-hoạch.yml": one("a"), "records/x/plans/P.yml": one("b")},
        ),
        [
            "2025-01-01 new records/x/files/Đề án số 3.pdf",
            "2025-01-02 new records/x/files/De\u0302\u0300 a\u0301n.pdf",
            "2025-01-03 new records/x/plans/P.yml",
            "2025-01-03 new records/x/plans/kế-hoạch.yml",
        ],
        [],
    ),
    Row(
        "names that look like something else are names",
        days(
            {
                "records/x/plans/tab\t.yml": "a",
                "records/x/plans/line\nend.yml": "a",
                'records/x/plans/"quoted".yml': "a",
                "records/x/plans/back\\slash.yml": "a",
            },
            {"records/:colon": "a", "records/:(exclude)x": "a", "records/*": "a", "records/-p": "a", "records/ ": "a", "records/\udcff": "a"},
            {P: one("a"), "records/x/plans/p.yml\n": one("b"), "records/x/plans/:100644 100644 a b M": one("c")},
        ),
        [
            *(f"2025-01-01 new records/x/plans/{name}.yml" for name in ('"quoted"', "back\\slash", "line\nend", "tab\t")),
            *(f"2025-01-02 new records/{name}" for name in (" ", "*", "-p", ":(exclude)x", ":colon", "�")),
            *(f"2025-01-03 new {name}" for name in ("records/x/plans/:100644 100644 a b M", P, f"{P}\n")),
        ],
        ["2025-01-03 x/plans/p a"],
    ),
    Row(
        "another repository inside this one is seen, and is no record, whatever is asked about it",
        days(
            {P: one("a"), ".gitmodules": '[submodule "m"]\n\tpath = records/x/plans/m\n\turl = /m\n\tignore = all\n', "records/x/plans/m": Module("1")},
            {"records/x/plans/m": Module("2")},
            {Q: Module("3")},
            {Q: one("b"), "records/x/plans/m": None},
        ),
        [
            "2025-01-01 module records/x/plans/m",
            f"2025-01-01 new {P}",
            "2025-01-02 module records/x/plans/m",
            f"2025-01-03 module {Q}",
            "2025-01-04 gone records/x/plans/m",
            f"2025-01-04 changed {Q}",
        ],
        ["2025-01-01 x/plans/p a", "2025-01-03 x/plans/q –", "2025-01-04 x/plans/q b"],
    ),
    Row(
        "a file that becomes a link is gone, also where the link leads to a record, and is there again when it is a file",
        days({P: one("a"), Q: one("q")}, {P: Link("q.yml")}, {P: Link("/etc/passwd")}, {P: one("b")}),
        [f"2025-01-01 new {P}", f"2025-01-01 new {Q}", f"2025-01-02 link {P}", f"2025-01-03 link {P}", f"2025-01-04 changed {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-01 x/plans/q q", "2025-01-02 x/plans/p –", "2025-01-03 x/plans/p –", "2025-01-04 x/plans/p b"],
    ),
    Row(
        "all records that become a link, a file and a folder",
        days({P: one("a")}, {P: None, "records": Link("/etc")}, {"records": "a file"}, {"records": None, P: one("b")}, {P: None, f"{P}/in.yml": one("c")}),
        [
            *(f"2025-01-01 new {P}", "2025-01-02 link records", f"2025-01-02 gone {P}", "2025-01-03 changed records", "2025-01-04 gone records"),
            *(f"2025-01-04 new {P}", f"2025-01-05 gone {P}", f"2025-01-05 new {P}/in.yml"),
        ],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-04 x/plans/p b", "2025-01-05 x/plans/p –"],
    ),
    Row(
        "an old version that cannot be read says nothing and hides nothing else",
        days(
            {P: one("a"), Q: one("q")},
            {P: "title: [\n"},
            {P: b"title: \xff\xfe\n"},
            {P: f"title: {'a' * 1024 * 1024}\n", Q: one("r")},
            {P: "", Q: 'title: "\\ud800"\n'},
            {P: one("b")},
        ),
        [
            *(f"2025-01-01 new {P}", f"2025-01-01 new {Q}", f"2025-01-02 changed {P}", f"2025-01-03 changed {P}", f"2025-01-04 changed {P}"),
            *(f"2025-01-04 changed {Q}", f"2025-01-05 changed {P}", f"2025-01-05 changed {Q}", f"2025-01-06 changed {P}"),
        ],
        [
            *("2025-01-01 x/plans/p a", "2025-01-01 x/plans/q q", "2025-01-02 x/plans/p ?", "2025-01-03 x/plans/p ?", "2025-01-04 x/plans/p ?"),
            *("2025-01-04 x/plans/q r", "2025-01-05 x/plans/p ?", "2025-01-05 x/plans/q ?", "2025-01-06 x/plans/p b"),
        ],
    ),
    Row(
        "the same words under another name are another record, whatever Git would call it",
        days({P: one("a")}, {P: None, Q: one("a")}),
        [f"2025-01-01 new {P}", f"2025-01-02 gone {P}", f"2025-01-02 new {Q}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-02 x/plans/q a"],
        {"x/plans/q": ["2025-01-02 x/plans/q a"], "x/plans/p": ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –"]},
    ),
    Row(
        "a record that moved is the same record, though no word stayed",
        days({P: one("a")}, {P: None, Q: one("entirely other words", "x/plans/p")}, {Q: one("c", "x/plans/p")}),
        [f"2025-01-01 new {P}", f"2025-01-02 gone {P}", f"2025-01-02 new {Q}", f"2025-01-03 changed {Q}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-02 x/plans/q entirely other words", "2025-01-03 x/plans/q c"],
        {"x/plans/q": ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/q entirely other words", "2025-01-03 x/plans/q c"]},
    ),
    Row(
        "a record that moved twice, whether the last name tells both former ones or one",
        days({P: one("a")}, {P: None, Q: one("b", "x/plans/p")}, {Q: None, R: one("c", "x/plans/q")}, {R: one("d", "x/plans/p", "x/plans/q")}),
        [f"2025-01-01 new {P}", f"2025-01-02 gone {P}", f"2025-01-02 new {Q}", f"2025-01-03 gone {Q}", f"2025-01-03 new {R}", f"2025-01-04 changed {R}"],
        [
            *("2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-02 x/plans/q b"),
            *("2025-01-03 x/plans/q –", "2025-01-03 x/plans/r c", "2025-01-04 x/plans/r d"),
        ],
        {"x/plans/r": ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/q b", "2025-01-03 x/plans/r c", "2025-01-04 x/plans/r d"]},
    ),
    Row(
        "a record that moved away and back",
        days({P: one("a")}, {P: None, Q: one("b", "x/plans/p")}, {Q: None, P: one("c", "x/plans/q")}),
        [f"2025-01-01 new {P}", f"2025-01-02 gone {P}", f"2025-01-02 new {Q}", f"2025-01-03 new {P}", f"2025-01-03 gone {Q}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-02 x/plans/q b", "2025-01-03 x/plans/p c", "2025-01-03 x/plans/q –"],
        {"x/plans/p": ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/q b", "2025-01-03 x/plans/p c"]},
    ),
    Row(
        "a move in two commits: first away, then put at its new place",
        days({P: one("a")}, {P: None}, {Q: one("b", "x/plans/p")}),
        [f"2025-01-01 new {P}", f"2025-01-02 gone {P}", f"2025-01-03 new {Q}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p –", "2025-01-03 x/plans/q b"],
        {"x/plans/q": ["2025-01-01 x/plans/p a", "2025-01-03 x/plans/q b"]},
    ),
    Row(
        "a move in two commits: first put at its new place, then away; what is changed at the old place meanwhile is not the record",
        days({P: one("a")}, {Q: one("b", "x/plans/p"), P: one("old")}, {P: None}),
        [f"2025-01-01 new {P}", f"2025-01-02 changed {P}", f"2025-01-02 new {Q}", f"2025-01-03 gone {P}"],
        ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/p old", "2025-01-02 x/plans/q b", "2025-01-03 x/plans/p –"],
        {"x/plans/q": ["2025-01-01 x/plans/p a", "2025-01-02 x/plans/q b"]},
    ),
)
"""What is told in a step is in the order of its paths, byte by byte, as Git has it; in `past`, in the order of the ids."""


def what(change: FileChange) -> str:
    kinds = {LINK: "link", MODULE: "module", NOTHING: "gone"}
    return kinds.get(change.mode, "changed" if change.before else "new")


def told(repository: Repository) -> list[str]:
    commits = repository.log(repository.resolve("HEAD"), looking_back.RECORDS)
    return [f"{each.day(ZONE)} {what(change)} {change.path}" for each in commits for change in each.changes]


def version(each: Version) -> str:
    return f"{each.step.day} {each.id} {'–' if each.is_gone else '?' if each.data is None else each.data['title']}"


def versions(past: Past) -> list[str]:
    found = sorted((each.step.number, each.id, each) for all_of in past.versions.values() for each in all_of)
    return [version(each) for _, _, each in found]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_history_is_told_as_it_was(row: Row, tmp_path: Path) -> None:
    folder = planted(tmp_path, row.steps)
    with Repository(folder) as repository:
        assert told(repository) == list(row.told)
    past = looking_back.past(folder, ZONE)
    assert versions(past) == list(row.past)
    assert {name: [version(each) for each in past.of(name)] for name in row.of} == dict(row.of)
    assert looking_back.past(folder, ZONE) == past, "told otherwise from memory"


def chained() -> list[Step]:
    """Put the histories of all rows one after the other in one repository, each below a folder of its own."""
    steps: list[Step] = []
    for number, row in enumerate(ROWS):
        before = len(steps)
        for place, each in enumerate(row.steps, 1):
            given = each.parents if each.parents is not None else (place - 1,)
            parents = tuple(before + parent for parent in given if before + parent) if given else ()
            changes = {path.replace("records/x/", f"records/x{number}/"): content for path, content in each.changes.items() if path != "records"}
            steps.append(Step(each.when, changes, parents, each.author))
    return steps


@dataclass(frozen=True)
class Known:
    """The histories of all rows in one plain repository, and what is told of them."""

    folder: Path
    told: list[str]
    versions: list[str]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    folder = planted(tmp_path_factory.mktemp("plain"), chained())
    return Known(folder, *answers(folder))


def answers(folder: Path) -> tuple[list[str], list[str]]:
    with Repository(folder) as repository:
        return told(repository), versions(looking_back.past(folder, ZONE))


def answers_about_trees(folder: Path) -> tuple[object, ...]:
    """Tell of the files that differ between two commits, and of the files of one."""
    with Repository(folder) as repository:
        base, head = repository.resolve("HEAD~40"), repository.resolve("HEAD")
        entries = repository.entries(head, "records")
        return repository.changed(base, head), entries, list(repository.contents(each.blob for each in entries if each.mode != MODULE))


class TestEveryKindOfRepositoryGivesTheSameAnswers:
    def test_there_is_something_to_tell(self, known: Known) -> None:
        assert len(known.told) > 90
        assert {each.split(" ")[1] for each in known.told} == {"new", "changed", "gone", "link", "module"}

    def test_a_project_in_a_folder_of_its_repository(self, known: Known, tmp_path: Path) -> None:
        folder = planted(tmp_path, chained(), below=":dự án*/hồ sơ/")
        assert Repository(folder).prefix == ":dự án*/hồ sơ/"
        assert answers(folder) == (known.told, known.versions)
        assert answers_about_trees(folder)[1:] == answers_about_trees(known.folder)[1:]

    def test_a_bare_repository(self, known: Known, tmp_path: Path) -> None:
        folder = planted(tmp_path, chained(), "--bare")
        assert Repository(folder).is_bare
        assert answers(folder) == (known.told, known.versions)

    def test_a_repository_with_long_ids(self, known: Known, tmp_path: Path) -> None:
        folder = planted(tmp_path, chained(), "--object-format=sha256")
        with Repository(folder) as repository:
            head = repository.resolve("HEAD")
            assert len(head) == 64
            assert repository.contains(head, head)
        assert answers(folder) == (known.told, known.versions)

    def test_a_work_tree_beside_the_first_one_shares_its_memory(self, known: Known, tmp_path: Path) -> None:
        first = planted(tmp_path / "one", [*chained(), Step("2025-12-31 08:00", {"du-an/records/x/plans/p.yml": one("a")})])
        git(first, "worktree", "add", "--quiet", "--detach", str(tmp_path / "two"))
        second = tmp_path / "two"
        assert answers(second) == (known.told, known.versions)
        assert Repository(second).memory.resolve() == (first / ".git").resolve()
        assert Repository(second / "du-an").prefix == "du-an/"
        assert answers(second / "du-an") == (["2025-12-31 new records/x/plans/p.yml"], ["2025-12-31 x/plans/p a"])

    def test_a_packed_repository_with_a_commit_graph(self, known: Known, tmp_path: Path) -> None:
        folder = planted(tmp_path, chained())
        git(folder, "gc", "--quiet")
        git(folder, "commit-graph", "write", "--reachable", "--changed-paths")
        assert answers(folder) == (known.told, known.versions)

    def test_the_hooks_of_another_repository(self, known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Git tells a hook where its own repository, index and work tree are; what is asked of here may be another."""
        other = planted(tmp_path / "other", days({P: one("other")}))
        clean = planted(tmp_path / "clean", days({P: one("a")}))
        for name, place in (("DIR", ".git"), ("COMMON_DIR", ".git"), ("INDEX_FILE", ".git/index"), ("WORK_TREE", "")):
            monkeypatch.setenv(f"GIT_{name}", str(other / place))
        assert answers(known.folder) == (known.told, known.versions)
        assert Repository(known.folder).memory == known.folder / ".git"
        assert Repository(clean).is_clean("records")
        (clean / P).write_text("other", encoding="utf-8")
        assert not Repository(clean).is_clean("records")

    def test_a_hook_that_names_its_repository_from_where_it_stands(self, known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server runs hooks in the repository, which it calls `.`."""
        folder = planted(tmp_path, chained(), "--bare")
        monkeypatch.setenv("GIT_DIR", ".")
        monkeypatch.chdir(folder)
        assert answers(Path()) == (known.told, known.versions)


HOSTILE = """
[log]
    showSignature = true
    follow = true
    showRoot = false
    diffMerges = separate
    date = relative
    mailmap = true
    abbrevCommit = true
    decorate = full
[diff]
    renames = copies
    noprefix = true
    mnemonicPrefix = true
    orderFile = {order}
    ignoreSubmodules = all
    external = {trap}
    relative = true
    submodule = log
[diff "trap"]
    command = {trap}
    textconv = {trap}
[core]
    quotePath = true
    fsmonitor = {trap}
    hooksPath = {hooks}
    pager = {trap}
    attributesFile = {attributes}
    excludesFile = {excludes}
    abbrev = 4
    commentChar = :
    warnAmbiguousRefs = false
[color]
    ui = always
[format]
    pretty = oneline
    notes = *
[i18n]
    logOutputEncoding = UTF-16
[alias]
    log = !{trap}
    cat-file = !{trap}
    rev-parse = !{trap}
[pager]
    log = {trap}
    cat-file = {trap}
[status]
    showUntrackedFiles = no
    short = true
    branch = true
    renames = copies
[gpg]
    program = {trap}
[submodule]
    recurse = true
[mailmap]
    file = {mailmap}
"""


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[str]:
    """Give settings full of programs that leave a trace, and find that none of them ran."""
    trace, hooks = tmp_path / "trace", tmp_path / "hooks"
    script = tmp_path / "trap"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\n', encoding="utf-8")
    script.chmod(0o755)
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman", "pre-commit"):
        (hooks / name).symlink_to(script)
    (tmp_path / "order").write_text("records/x0/plans/r*\n*q.yml\nrecords/x3/plans/q*\n", encoding="utf-8")
    (tmp_path / "attributes").write_text("* diff=trap\n", encoding="utf-8")
    (tmp_path / "excludes").write_text("*.yml\n", encoding="utf-8")
    (tmp_path / "mailmap").write_text("Other <other@example.org> <an@example.org>\n", encoding="utf-8")
    places = {name: tmp_path / name for name in ("trap", "hooks", "order", "attributes", "excludes", "mailmap")}
    yield HOSTILE.format(**places)
    assert not trace.exists(), trace.read_text(encoding="utf-8")


class TestNoSettingChangesAnAnswerAndNothingRuns:
    @pytest.mark.parametrize("where", ["the repository", "the user", "the computer"])
    def test_settings(self, known: Known, trap: str, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = planted(tmp_path / "project", chained())
        sign(folder)
        if where == "the repository":
            config = folder / ".git/config"
            config.write_text(config.read_text(encoding="utf-8") + trap, encoding="utf-8")
        else:
            (tmp_path / "settings").write_text(trap, encoding="utf-8")
            monkeypatch.setenv("GIT_CONFIG_GLOBAL" if where == "the user" else "GIT_CONFIG_SYSTEM", str(tmp_path / "settings"))
        with Repository(folder) as repository:
            head = repository.resolve("HEAD")
            assert answers(folder) == (known.told, known.versions)
            assert answers_about_trees(folder) == answers_about_trees(known.folder)
            assert {each.author for each in repository.log(head)} == {"an@example.org"}
            assert repository.commit(head).author == "an@example.org"
            assert repository.tags() == []
            assert repository.is_clean("records")
            (folder / "records/x0/plans/new.yml").write_text("title: a\n", encoding="utf-8")
            assert not repository.is_clean("records")

    def test_hooks_of_the_repository_itself(self, known: Known, trap: str, tmp_path: Path) -> None:
        assert trap
        folder = planted(tmp_path / "project", chained())
        for each in (tmp_path / "hooks").iterdir():
            (folder / ".git/hooks" / each.name).symlink_to(each.resolve())
        assert answers(folder) == (known.told, known.versions)
        with Repository(folder) as repository:
            repository.is_clean("records")

    def test_what_a_calling_git_was_told_with_c(self, known: Known, trap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert trap
        settings = (
            "log.showRoot=false",
            "log.follow=true",
            "diff.renames=copies",
            f"core.fsmonitor={tmp_path / 'trap'}",
            f"diff.orderFile={tmp_path / 'order'}",
        )
        monkeypatch.setenv("GIT_CONFIG_PARAMETERS", " ".join(f"'{each}'" for each in settings))
        assert answers(known.folder) == (known.told, known.versions)


def sign(folder: Path) -> None:
    """Put a signature into the last commit, so that whoever wants to see it must run a program."""
    raw = git(folder, "cat-file", "commit", "HEAD")
    head, _, words = raw.partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n{words}"
    done = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin"], cwd=folder, input=signed.encode(), capture_output=True, check=True)
    git(folder, "update-ref", "refs/heads/main", done.stdout.decode().strip())


def test_a_mailmap_changes_no_author(tmp_path: Path) -> None:
    """The address as it was committed counts: a change that is proposed could bring a mailmap with it."""
    mapped = "Other <other@example.org> <an@example.org>\nOther <other@example.org> <be@example.org>\n"
    folder = planted(tmp_path, [Step("2025-01-01 08:00", {P: one("a"), ".mailmap": mapped}), Step("2025-01-02 08:00", {P: one("b")}, author="be@example.org")])
    with Repository(folder) as repository:
        assert [each.author for each in repository.log(repository.resolve("HEAD"))] == ["an@example.org", "be@example.org"]
        assert repository.commit(repository.resolve("HEAD")).author == "be@example.org"
    assert [each.author for each in looking_back.past(folder, ZONE).steps] == ["an@example.org", "be@example.org"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: a\nnote: b\n", "title: a\r\nnote: b\r\n"), ("title: a\nnote: b\n", "note: 'b'\n# why\ntitle: \"a\"\n"), ("title: ề\n", "title: e\u0302\u0300\n")],
)
def test_line_ends_order_quotes_remarks_and_forms_of_letters_change_nothing_that_is_said(tmp_path: Path, old: str, new: str) -> None:
    first, second = looking_back.past(planted(tmp_path, days({P: old}, {P: new})), ZONE).of("x/plans/p")
    assert list(differences.edits(first.data, second.data)) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_log_is_what_comparing_tree_after_tree_gives(tmp_path: Path, seed: int) -> None:
    """The independent way: list every file of every commit of the main line, and compare each list with the one before."""
    made = big(tmp_path, 60, 150, seed)
    expected = []
    before: dict[str, str] = {}
    for commit in made.steps:
        after = {line.split("\t")[1]: line.split("\t")[0] for line in git(tmp_path, "ls-tree", "-r", commit, "records").splitlines()}
        differing = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
        expected += [(commit, path, after.get(path, "").split(" ")[-1], before.get(path, "").split(" ")[-1]) for path in differing]
        before = after
    with Repository(tmp_path) as repository:
        found = [(each.id, change.path, change.blob, change.before) for each in repository.log(made.head, "records") for change in each.changes]
    assert found == expected
    assert made.merges > 2


class TestWhatElseIsAsked:
    def test_the_files_that_differ_between_two_commits(self, tmp_path: Path) -> None:
        folder = planted(tmp_path, days({P: one("a"), "docs/a.md": "a"}, {P: one("b"), "docs/a.md": None, Q: Link("p.yml")}), below="du-an/")
        with Repository(folder) as repository:
            found = repository.changed(repository.resolve("HEAD~1"), repository.resolve("HEAD"))
            assert [(what(each), each.path) for each in found] == [("gone", "du-an/docs/a.md"), ("changed", f"du-an/{P}"), ("link", f"du-an/{Q}")]

    def test_revisions(self, tmp_path: Path) -> None:
        folder = planted(tmp_path, days({P: one("a")}, {P: one("b")}))
        git(folder, "tag", "--annotate", "--message=x", "v1", "HEAD~1")
        git(folder, "branch", "v1")
        git(folder, "tag", "of-a-file", f"HEAD:{P}")
        git(folder, "tag", "a-first", "HEAD")
        with Repository(folder) as repository:
            first, last = repository.resolve("HEAD~1"), repository.resolve("main")
            assert repository.resolve("refs/tags/v1") == repository.resolve(first[:9]) == first
            assert repository.tags() == [("a-first", last), ("v1", first)]
            assert repository.merge_base(last, first) == first
            assert repository.contains(last, first)
            assert repository.contains(last, last)
            assert not repository.contains(first, last)
            assert not repository.contains(last, "0" * 40)
            assert not repository.contains(last, "main")

    @pytest.mark.parametrize("content", ["", "no newline", "a\0b\r\n", "\n" * 3])
    def test_contents_are_given_byte_by_byte_and_each_once(self, tmp_path: Path, content: str) -> None:
        folder = planted(tmp_path, days({P: content, Q: "x" * 5000}))
        with Repository(folder) as repository:
            blobs = [each.blob for each in repository.entries(repository.resolve("HEAD"), "records")]
            assert list(repository.contents([*blobs, *blobs])) == [(blobs[0], content.encode()), (blobs[1], b"x" * 5000)]
            assert list(repository.contents(reversed(blobs), 3)) == [(blobs[1], b"xxx"), (blobs[0], content.encode()[:3])]
            assert list(repository.contents([])) == []


@pytest.mark.parametrize("names", [("../out.yml",), ("..",), ("a/../../out.yml",), ("{outside}/out.yml",), ("a", "a"), ("a", "a/b")], ids=" ".join)
def test_a_forged_commit_writes_nothing_outside_its_folder(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Git keeps a tree with any names where nobody checks it. The first of two that clash is a link."""
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = planted(tmp_path / "project", days({P: one("a")}))
    commit = forged(folder, [name.format(outside=outside) for name in names])
    with Repository(folder) as repository, pytest.raises(UnusableError) as refused, looking_back.files_of(repository, commit):
        pass
    assert refused.value.reason == "other"
    assert refused.value.detail
    assert sorted(each.name for each in tmp_path.iterdir()) == ["outside", "project"]
    assert not any(outside.iterdir())


def forged(folder: Path, names: Sequence[str]) -> str:
    """Make a commit whose tree has these names as they are; where there are several, the first is a link."""
    blob = bytes.fromhex(git(folder, "rev-parse", f"HEAD:{P}").strip())
    modes = ["120000", "100644"] if len(names) > 1 else ["100644"]
    tree = b"".join(f"{mode} {name}".encode() + b"\0" + blob for mode, name in zip(modes, names, strict=True))
    words = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    made = subprocess.run(words, cwd=folder, input=tree, capture_output=True, check=True).stdout.decode().strip()
    return git(folder, "commit-tree", "-m", "forged", made).strip()
