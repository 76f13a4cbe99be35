"""Where Git cannot be asked: the reason is said in a sentence, nothing stands in for what is not known, and the repository stays as it is."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import commit, git
from repositories import fill
from streams import Step, planted, stream
from tusoi import looking_back
from tusoi.history import Repository, UnusableError, last_day
from tusoi.past import NO_PAST

pytestmark = pytest.mark.build

ZONE = "Asia/Ho_Chi_Minh"
P = "records/x/plans/p.yml"
STEPS = [Step(f"2025-01-0{number} 08:00", {P: f"title: {number}\n"}) for number in range(1, 6)]


def shallow(folder: Path, source: Path) -> None:
    git(folder.parent, "clone", "--quiet", "--depth=2", source.as_uri(), str(folder))


def shallow_and_bare(folder: Path, source: Path) -> None:
    git(folder.parent, "clone", "--quiet", "--bare", "--depth=2", source.as_uri(), str(folder))


def shallow_beside(folder: Path, source: Path) -> None:
    """A work tree beside a shallow clone."""
    shallow(folder.parent / "first", source)
    git(folder.parent / "first", "worktree", "add", "--quiet", "--detach", str(folder))


def grafted(folder: Path, source: Path) -> None:
    shutil.copytree(source, folder)
    (folder / ".git/info/grafts").write_text(git(folder, "rev-parse", "HEAD~2"), encoding="ascii")


def replaced(folder: Path, source: Path) -> None:
    shutil.copytree(source, folder)
    git(folder, "replace", "HEAD~1", "HEAD~3")


def replaced_elsewhere(folder: Path, source: Path) -> None:
    """Replacements that were packed away, so that no file of that name is there."""
    replaced(folder, source)
    git(folder, "pack-refs", "--all")
    assert not (folder / ".git/refs/replace").exists() or not any((folder / ".git/refs/replace").iterdir())


def partial(folder: Path, source: Path) -> None:
    git(source, "config", "uploadpack.allowFilter", "true")
    git(folder.parent, "clone", "--quiet", "--filter=blob:none", source.as_uri(), str(folder))


def partial_without_trees(folder: Path, source: Path) -> None:
    git(source, "config", "uploadpack.allowFilter", "true")
    git(folder.parent, "clone", "--quiet", "--filter=tree:0", source.as_uri(), str(folder))


def partial_with_all_that_is_asked(folder: Path, source: Path) -> None:
    """A clone that lacks nothing just now; what it may come to lack, some versions of Git would fetch without a word."""
    git(source, "config", "uploadpack.allowFilter", "true")
    git(folder.parent, "clone", "--quiet", "--filter=blob:limit=1m", source.as_uri(), str(folder))


def partial_by_its_extension(folder: Path, source: Path) -> None:
    """The same, as older versions of Git write it down."""
    partial_with_all_that_is_asked(folder, source)
    git(folder, "config", "--unset", "remote.origin.promisor")
    git(folder, "config", "extensions.partialClone", "origin")


def lost(folder: Path, source: Path) -> None:
    """An old content that is simply not there any more."""
    fill(folder, stream([*STEPS[:1], Step("2025-01-02 08:00", {P: "title: lost\n"}), Step("2025-01-03 08:00", {P: "title: 3\n"})]))
    blob = git(folder, "rev-parse", f"HEAD~1:{P}").strip()
    pack = next((folder / ".git/objects/pack").glob("*.pack"), None)
    if pack:
        kept = pack.read_bytes()
        for each in (folder / ".git/objects/pack").iterdir():
            each.unlink()
        subprocess.run(["git", "unpack-objects", "-q"], cwd=folder, input=kept, check=True)
    (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert source.is_dir()


REFUSED: dict[str, tuple[str, Callable[[Path, Path], None], str]] = {
    "shallow": ("shallow", shallow, "git fetch --unshallow"),
    "shallow, bare": ("shallow", shallow_and_bare, "git fetch --unshallow"),
    "beside a shallow one": ("shallow", shallow_beside, "git fetch --unshallow"),
    "grafted": ("grafted", grafted, ".git/info/grafts"),
    "replaced": ("grafted", replaced, "git replace -d"),
    "replaced, packed": ("grafted", replaced_elsewhere, "git replace -d"),
    "partial": ("partial", partial, "--filter"),
    "partial, without trees": ("partial", partial_without_trees, "--filter"),
    "partial, but not yet": ("partial", partial_with_all_that_is_asked, "--filter"),
    "partial, by its extension": ("partial", partial_by_its_extension, "--filter"),
    "damaged": ("partial", lost, "--filter"),
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a whole repository to clone."""
    return planted(tmp_path / "source", STEPS)


@pytest.mark.parametrize("name", REFUSED)
def test_a_history_that_is_not_whole_is_refused_with_its_reason(name: str, source: Path, tmp_path: Path) -> None:
    reason, make, _ = REFUSED[name]
    make(tmp_path / "clone", source)
    with pytest.raises(UnusableError) as refused:
        looking_back.past(tmp_path / "clone", ZONE)
    assert refused.value.reason == reason
    assert not (Repository(tmp_path / "clone").memory / "tusoi").exists(), "nothing is learnt of a history that is not whole"


@pytest.mark.parametrize("make", [grafted, replaced])
def test_what_was_put_in_place_of_a_history_is_never_told(make: Callable[[Path, Path], None], source: Path, tmp_path: Path) -> None:
    """What needs no whole history is answered, by the commits themselves."""
    make(tmp_path / "clone", source)
    assert len(git(tmp_path / "clone", "rev-list", "HEAD").split()) == 3, "nothing was put in place"
    with Repository(tmp_path / "clone") as repository, Repository(source) as whole:
        head = whole.resolve("HEAD")
        assert list(repository.log(head)) == list(whole.log(head))
        assert repository.contains(head, whole.resolve("HEAD~4"))


def test_the_whole_one_is_not_refused(source: Path) -> None:
    assert len(looking_back.past(source, ZONE).of("x/plans/p")) == 5


def test_what_was_made_whole_again_is_not_refused(source: Path, tmp_path: Path) -> None:
    shallow(tmp_path / "clone", source)
    git(tmp_path / "clone", "fetch", "--quiet", "--unshallow")
    assert looking_back.past(tmp_path / "clone", ZONE) == looking_back.past(source, ZONE)
    replaced(tmp_path / "other", source)
    git(tmp_path / "other", "replace", "-d", git(tmp_path / "other", "replace", "--list").strip())
    assert looking_back.past(tmp_path / "other", ZONE) == looking_back.past(source, ZONE)


def test_nothing_is_fetched_to_answer(source: Path, tmp_path: Path) -> None:
    """The contents that a partial clone lacks are not asked of the other repository: a look back takes nothing from the net."""
    partial(tmp_path / "clone", source)
    before = fingerprint(tmp_path / "clone")
    with Repository(tmp_path / "clone") as repository:
        head = repository.resolve("HEAD")
        blobs = [each.blob for one in repository.log(head, "records") for each in one.changes]
        with pytest.raises(UnusableError, match="partial"):
            list(repository.contents(blobs))
    assert fingerprint(tmp_path / "clone") == before


def test_a_branch_with_an_odd_name_makes_no_partial_clone(source: Path) -> None:
    git(source, "config", "branch.promisor.remote", ".")
    git(source, "config", "remote.here.url", "promisor")
    assert looking_back.past(source, ZONE).steps


def nowhere(folder: Path) -> None:
    folder.mkdir()


def unborn(folder: Path) -> None:
    folder.mkdir()
    git(folder, "init", "--quiet")


def no_git(folder: Path) -> None:
    planted(folder, STEPS)


def of_somebody_else(folder: Path) -> None:
    planted(folder, STEPS)


NOTHING_KNOWN = {
    "none": (nowhere, {}),
    "empty": (unborn, {}),
    "git": (no_git, {"PATH": "/nowhere"}),
    "git, a file on the path": (no_git, {"PATH": __file__}),
    "owner": (of_somebody_else, {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}),
}
"""The last is Git's own way to try what it does in a repository of another user."""


@pytest.mark.parametrize("reason", NOTHING_KNOWN)
def test_where_there_is_no_history_nothing_is_known_and_nothing_is_wrong(reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make, environment = NOTHING_KNOWN[reason]
    make(tmp_path / "project")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert looking_back.past(tmp_path / "project", ZONE) is NO_PAST
    assert last_day(tmp_path / "project", ZONE) is None
    with pytest.raises(UnusableError) as refused, Repository(tmp_path / "project") as repository:
        repository.resolve("HEAD")
    assert refused.value.reason == reason.partition(",")[0]


def test_the_administrator_may_say_that_a_repository_of_somebody_else_is_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all users of the computer, too."""
    folder = planted(tmp_path / "project", STEPS)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    (tmp_path / "settings").write_text(f"[safe]\n    directory = {folder}\n", encoding="utf-8")
    for name in ("GLOBAL", "SYSTEM"):
        with monkeypatch.context() as patch:
            patch.setenv(f"GIT_CONFIG_{name}", str(tmp_path / "settings"))
            assert looking_back.past(folder, ZONE).steps


@pytest.mark.parametrize(
    "revision",
    ["", "nowhere", "-x", "--all", "--output=x", "HEAD~99", "HEAD:records", "a b", "a\nb", "a\0b", "@{99}", "0" * 40, "HEAD HEAD", "..", "^HEAD", "HEAD^@"],
)
def test_what_names_no_commit_is_refused_by_name(source: Path, revision: str) -> None:
    with Repository(source) as repository, pytest.raises(UnusableError) as refused:
        repository.resolve(revision)
    assert (refused.value.reason, refused.value.detail) == ("revision", revision)


def test_two_histories_with_nothing_in_common(tmp_path: Path) -> None:
    folder = planted(tmp_path, [Step("2025-01-01 08:00", {P: "title: a\n"}), Step("2025-01-01 09:00", {P: "title: b\n"}, ())])
    other = git(folder, "commit-tree", "-m", "other", "HEAD^{tree}", date="2020-01-01T00:00:00+00:00").strip()
    with Repository(folder) as repository:
        with pytest.raises(UnusableError, match="unrelated"):
            repository.merge_base(repository.resolve("HEAD"), other)
        assert not repository.contains(repository.resolve("HEAD"), other)


def test_a_head_that_leads_nowhere_is_damage_and_no_new_repository(source: Path) -> None:
    (source / ".git/refs/heads/main").write_text(f"{'1' * 40}\n", encoding="ascii")
    with Repository(source) as repository, pytest.raises(UnusableError) as refused:
        repository.resolve("HEAD")
    assert refused.value.reason == "other"
    with pytest.raises(UnusableError):
        looking_back.past(source, ZONE)


@pytest.mark.parametrize("clock", ["253402300800 +0000", "99999999999999 +0000", "9999999999999999999999999 +0000", "", "-5 +0000", "abc +0000"])
def test_a_commit_without_a_day_of_any_calendar_is_named(source: Path, clock: str) -> None:
    """Only a forged or broken commit has none; no other day stands in for it."""
    raw = f"tree {git(source, 'rev-parse', 'HEAD~1^{tree}').strip()}\nparent {git(source, 'rev-parse', 'HEAD').strip()}\n"
    raw += f"author An <an@example.org> 1 +0000\ncommitter An <an@example.org> {clock}\n\nx\n"
    words = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    made = subprocess.run(words, cwd=source, input=raw.encode(), capture_output=True, check=True).stdout.decode().strip()
    (source / ".git/refs/heads/main").write_text(f"{made}\n", encoding="ascii")
    with pytest.raises(UnusableError) as refused:
        looking_back.past(source, ZONE)
    assert refused.value.reason == "other"
    assert made in refused.value.detail
    assert last_day(source, ZONE) is None


def test_the_last_day_of_the_calendar_is_one(tmp_path: Path) -> None:
    folder = planted(tmp_path, [Step("9999-12-30T19:00:00+07:00", {P: "title: a\n"})])
    assert str(last_day(folder, "Pacific/Kiritimati")) == "9999-12-31"


def fingerprint(folder: Path) -> dict[str, tuple[str, int]]:
    """Say what lies in the repository and its work tree, to the byte and the moment of the last change; what is remembered does not count."""
    found = {}
    for each in sorted(folder.rglob("*")):
        name = each.relative_to(folder).as_posix()
        if not name.startswith(".git/tusoi") and name != ".git":
            found[name] = (hashlib.sha256(each.read_bytes()).hexdigest() if each.is_file() else "", each.lstat().st_mtime_ns)
    return found


@pytest.mark.parametrize("packed", [False, True])
def test_a_repository_is_only_read(source: Path, *, packed: bool) -> None:
    if packed:
        git(source, "gc", "--quiet")
    git(source, "tag", "v1")
    os.utime(source / P, (1, 1))  # so that Git would like to write down that the content is still the same
    git(source, "config", "gc.auto", "1")
    git(source, "config", "core.untrackedCache", "true")
    git(source, "config", "maintenance.auto", "true")
    before = fingerprint(source)
    with Repository(source) as repository:
        head = repository.resolve("HEAD")
        commits = list(repository.log(head, "records"))
        list(repository.contents(change.blob for each in commits for change in each.changes))
        assert repository.is_clean()
        repository.changed(commits[0].id, head)
        repository.contains(head, commits[0].id)
        repository.tags()
        repository.commit(head)
        with looking_back.files_of(repository, head):
            pass
    looking_back.past(source, ZONE)
    assert fingerprint(source) == before
    assert [each.name for each in (source / ".git/tusoi").iterdir()] == ["read.sqlite3"]


class TestTheCommand:
    """`tusoi build`, as a user meets it."""

    @pytest.mark.parametrize("name", ["shallow", "grafted", "replaced", "partial"])
    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_it_says_what_is_missing_how_to_mend_it_and_how_to_do_without(self, name: str, lang: str, project: Path, tmp_path: Path) -> None:
        commit_again(project)
        _, make, remedy = REFUSED[name]
        make(tmp_path / "clone", project)
        done = tusoi(tmp_path / "clone", "build", "--output", str(tmp_path / "site"), "--lang", lang)
        assert done.returncode == 2
        assert remedy in done.stderr
        assert done.stderr.splitlines()[-1].endswith("`--without-history`.")
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "site").exists()

    def test_without_history_a_shallow_clone_is_built(self, project: Path, tmp_path: Path) -> None:
        commit_again(project)
        shallow(tmp_path / "clone", project)
        done = tusoi(tmp_path / "clone", "build", "--pages-only", str(tmp_path / "pages"), "--without-history")
        assert done.returncode == 0, done.stderr
        assert any((tmp_path / "pages").rglob("*.md"))

    @pytest.mark.parametrize("reason", ["none", "git", "owner", "empty"])
    def test_where_there_is_no_history_the_site_is_built_without(self, reason: str, project: Path, tmp_path: Path) -> None:
        if reason == "none":
            shutil.rmtree(project / ".git")
        if reason == "empty":
            shutil.rmtree(project / ".git")
            git(project, "init", "--quiet")
        done = tusoi(project, "build", "--pages-only", str(tmp_path / "pages"), "--as-of", "2026-03-15", **NOTHING_KNOWN[reason][1])
        assert done.returncode == 0, done.stderr
        assert any((tmp_path / "pages").rglob("*.md"))

    def test_a_revision_that_is_not_there_is_named(self, project: Path, tmp_path: Path) -> None:
        done = tusoi(project, "build", "--pages-only", str(tmp_path / "pages"), "--at", "nowhere")
        assert done.returncode == 2
        assert "“nowhere”" in done.stderr
        assert "--without-history" not in done.stderr, "that would not help"

    def test_a_check_needs_no_history(self, project: Path, tmp_path: Path) -> None:
        commit_again(project)
        shallow(tmp_path / "clone", project)
        assert tusoi(tmp_path / "clone", "check").returncode == 0


def commit_again(folder: Path) -> None:
    for number in range(3):
        (folder / "note.txt").write_text(str(number), encoding="utf-8")
        commit(folder, f"2026-03-14T2{number}:00:00+00:00")


def tusoi(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tusoi", "-C", str(folder), *words], env=os.environ | environment, capture_output=True, text=True, check=False)
