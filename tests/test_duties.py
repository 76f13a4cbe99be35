"""Who verifies is not who did it: not in another post either, and not as whoever records it; where the records do not say who is who, nothing is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import commit, git
from test_cli import tusoi
from tusoi import changing, flow, people
from tusoi.people import UnusableFileError

pytestmark = pytest.mark.build

CHECK = "records/ubkt-huyen-uy-minh-hoa/verifications/2026-03-15.yml"
CHECKED = """\
date: 2026-03-15
by: ubkt-huyen-uy-minh-hoa/roles/uy-vien-1
method: Xem bảng theo dõi tại trụ sở.
entries:
  - of: {of}
    check: completion
    result: confirmed
    text: Bảng theo dõi có đủ ba công trình.
"""
ACTION = "dang-uy-xa-an-mau/plans/2025#A1"
ASKED = "of: dang-uy-xa-an-mau/plans/2025#A2\nto: 2026-04-30\ndate: 2026-02-20\nreason: Kho bạc đổi mẫu giấy nhận hồ sơ.\n"
ANSWER = "records/tinh-uy-mau/answers/2026-03-15.yml"
ANSWERED = "of: dang-uy-xa-an-mau/postponements/2026-02-20-a2\ndate: 2026-03-15\nby: tinh-uy-mau\nresult: agreed\n"
OWNER = "pho.bi.thu@example.org"


def write(folder: Path, file: str, text: str) -> None:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")


def held(folder: Path, post: str, *holders: str) -> None:
    with (folder / f"records/{post}.yml").open("a", encoding="utf-8") as stream:
        stream.write("holders:\n" + "".join(f"  - {each}\n" for each in holders))


def record(folder: Path, author: str, *words: str) -> None:
    """Commit everything as another author."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=test", f"--author=Ai đó <{author}>", *words, date="2026-03-16T08:00:00+00:00")


@pytest.fixture
def addresses(tmp_path: Path) -> Path:
    place = tmp_path / "ngoai-kho" / "nguoi.yml"
    write(place.parent, place.name, f"p-1: {OWNER}\np-2: [kiem.tra@example.org, Kiem.Tra.2@Example.org]\n")
    return place


@pytest.fixture
def kho(project: Path) -> Path:
    """Give the miniature with who holds the posts, and a request to move a day."""
    held(project, "dang-uy-xa-an-mau/roles/pho-bi-thu", "{person: p-0, from: 2020-01-01, to: 2025-12-31}", "{person: p-1, from: 2026-01-01}")
    held(project, "ubkt-huyen-uy-minh-hoa/roles/uy-vien-1", "{person: p-2, from: 2024-01-01}")
    write(project, "records/dang-uy-xa-an-mau/postponements/2026-02-20-a2.yml", ASKED)
    commit(project, "2026-03-14T21:00:00+00:00")
    return project


def found(folder: Path, whose: Path | None, base: str = "HEAD~1") -> list[str]:
    tree = flow.read(folder)
    day = flow.default_day(tree)
    assert day
    judged = changing.compared(flow.judge(tree, day), base, whose=whose).judged
    return [each.message for each in judged.problems if each.code == "H07"]


class TestAuthors:
    @pytest.mark.parametrize("of", [ACTION, "dang-uy-xa-an-mau/plans/2025#A2", "dang-uy-xa-an-mau/reviews/2025#F1"])
    def test_whoever_does_it_does_not_record_that_it_was_verified(self, kho: Path, addresses: Path, of: str) -> None:
        write(kho, CHECK, CHECKED.format(of=of))
        record(kho, OWNER)
        assert found(kho, addresses) == ["H07.verification"]

    def test_nor_that_more_time_was_given(self, kho: Path, addresses: Path) -> None:
        write(kho, ANSWER, ANSWERED)
        record(kho, OWNER.upper())
        assert found(kho, addresses) == ["H07.answer"]

    @pytest.mark.parametrize("author", ["kiem.tra@example.org", "kiem.tra.2@example.org", "la@example.org", "khong-phai-dia-chi"])
    def test_anybody_else_may(self, kho: Path, addresses: Path, author: str) -> None:
        write(kho, CHECK, CHECKED.format(of=ACTION))
        write(kho, ANSWER, ANSWERED)
        record(kho, author)
        assert found(kho, addresses) == []

    def test_what_somebody_else_does_may_be_recorded(self, kho: Path, addresses: Path) -> None:
        write(kho, CHECK, CHECKED.format(of="dang-uy-xa-an-mau/plans/2025#A4"))
        record(kho, OWNER)
        assert found(kho, addresses) == []

    def test_who_held_the_post_on_another_day_may(self, kho: Path, tmp_path: Path) -> None:
        whose = tmp_path / "nguoi.json"
        whose.write_text(json.dumps({"p-0": OWNER}), encoding="utf-8")
        write(kho, CHECK, CHECKED.format(of=ACTION))
        record(kho, OWNER)
        assert found(kho, whose) == []
        write(kho, CHECK, CHECKED.format(of="dang-uy-xa-an-mau/plans/2024#A1").replace("2026-03-15", "2025-09-01"))
        record(kho, OWNER, "--amend")
        assert found(kho, whose) == ["H07.verification"]

    def test_where_nobody_says_who_held_the_post_nothing_is_said(self, project: Path, addresses: Path) -> None:
        write(project, CHECK, CHECKED.format(of=ACTION))
        record(project, OWNER)
        assert found(project, addresses) == []

    def test_without_the_file_nothing_is_judged(self, kho: Path) -> None:
        write(kho, CHECK, CHECKED.format(of=ACTION))
        record(kho, OWNER)
        assert found(kho, None) == []

    def test_what_is_not_committed_has_no_author(self, kho: Path, addresses: Path) -> None:
        write(kho, CHECK, CHECKED.format(of=ACTION))
        assert found(kho, addresses, "HEAD") == []

    def test_the_author_counts_and_not_who_merges(self, kho: Path, addresses: Path) -> None:
        git(kho, "checkout", "--quiet", "-b", "xac-nhan")
        write(kho, CHECK, CHECKED.format(of=ACTION))
        record(kho, OWNER)
        git(kho, "checkout", "--quiet", "main")
        git(kho, "merge", "--quiet", "--no-ff", "--no-edit", "xac-nhan", date="2026-03-16T10:00:00+00:00")
        assert found(kho, addresses) == ["H07.verification"]

    def test_what_only_a_merge_brings_is_whoevers_merge_it_is(self, kho: Path, addresses: Path) -> None:
        git(kho, "checkout", "--quiet", "-b", "khac")
        write(kho, "docs/khac.md", "# Khác\n")
        record(kho, "la@example.org")
        git(kho, "checkout", "--quiet", "main")
        git(kho, "merge", "--quiet", "--no-ff", "--no-commit", "khac")
        write(kho, CHECK, CHECKED.format(of=ACTION))
        record(kho, OWNER)
        assert found(kho, addresses) == ["H07.verification"]

    def test_no_address_is_ever_shown(self, kho: Path, addresses: Path) -> None:
        write(kho, CHECK, CHECKED.format(of=ACTION))
        record(kho, OWNER)
        for form in ("text", "json", "sarif", "junit", "github", "codequality"):
            done = tusoi("-C", kho, "check", "--base", "HEAD~1", "--people", addresses, "--format", form)
            assert done.returncode == 1
            assert "H07" in done.stdout
            assert "@" not in done.stdout + done.stderr
            assert "p-1" not in done.stdout + done.stderr
        assert "đã xét" in tusoi("-C", kho, "check", "--base", "HEAD~1", "--people", addresses).stdout


class TestFile:
    """The file that says who is who."""

    def read(self, folder: Path, text: str) -> dict[str, list[str]]:
        write(folder, "nguoi.yml", text)
        return {address: sorted(keys) for address, keys in people.read(folder / "nguoi.yml").items()}

    @pytest.mark.parametrize(
        "text",
        ["p-1: a@example.org\np-2: [b@example.org, A@example.org]\n", '{"p-1": "a@example.org", "p-2": ["B@example.org ", "a@example.org"]}'],
        ids=["yaml", "json"],
    )
    def test_keys_lead_to_one_address_or_several(self, tmp_path: Path, text: str) -> None:
        assert self.read(tmp_path, text) == {"a@example.org": ["p-1", "p-2"], "b@example.org": ["p-2"]}

    @pytest.mark.parametrize(
        ("text", "reason", "line"),
        [
            ("", "form", 0),
            ("- a@example.org\n", "form", 1),
            ("p-1: [\n", "form", 2),
            ("p-1: a@example.org\np-1: b@example.org\n", "form", 2),
            ("p-1: a@example.org\np-2: Nguyễn Văn A\n", "entry", 2),
            ("p-1: []\n", "entry", 1),
            ("p-1: 12\n", "entry", 1),
            ("p-1: {a: b@example.org}\n", "entry", 1),
            ("p-1: [a@example.org, b]\n", "entry", 1),
            ("p-1: '@'\n", "entry", 1),
        ],
    )
    def test_what_is_no_such_file_is_said_with_its_line(self, tmp_path: Path, text: str, reason: str, line: int) -> None:
        with pytest.raises(UnusableFileError) as raised:
            self.read(tmp_path, text)
        assert (raised.value.reason, raised.value.line > 0) == (reason, line > 0)

    def test_a_file_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(UnusableFileError) as raised:
            people.read(tmp_path / "khong-co.yml")
        assert raised.value.reason == "unread"

    @pytest.mark.parametrize("lang", ["vi", "en"])
    @pytest.mark.parametrize("place", ["nguoi.yml", ".git/nguoi.yml", "records/../nguoi.yml"])
    def test_it_is_refused_inside_the_repository(self, project: Path, place: str, lang: str) -> None:
        write(project, place, f"p-1: {OWNER}\n")
        done = tusoi("-C", project / ".", "check", "--base", "HEAD", "--people", project / place, "--lang", lang)
        assert done.returncode == 2
        assert ("nằm trong kho" if lang == "vi" else "lies in the repository") in done.stderr
        assert "@" not in done.stderr

    def test_a_link_into_the_repository_does_not_help(self, project: Path, tmp_path: Path) -> None:
        write(project, "nguoi.yml", f"p-1: {OWNER}\n")
        (tmp_path / "nguoi.yml").symlink_to(project / "nguoi.yml")
        assert "nằm trong kho" in tusoi("-C", project, "check", "--base", "HEAD", "--people", tmp_path / "nguoi.yml").stderr

    def test_it_is_refused_beside_the_project_in_the_same_repository(self, tmp_path: Path) -> None:
        git(tmp_path, "init", "--quiet", "--initial-branch=main")
        shutil.copytree(Path(__file__).parent / "sample", tmp_path / "xa")
        commit(tmp_path, "2026-03-14T20:00:00+00:00")
        write(tmp_path, "nguoi.yml", f"p-1: {OWNER}\n")
        assert "nằm trong kho" in tusoi("-C", tmp_path / "xa", "check", "--base", "HEAD", "--people", tmp_path / "nguoi.yml").stderr

    def test_a_wrong_file_says_its_line_and_repeats_nothing(self, project: Path, tmp_path: Path) -> None:
        write(tmp_path, "nguoi.yml", "p-1: a@example.org\np-2: Nguyễn Văn Bí Mật\n")
        done = tusoi("-C", project, "check", "--base", "HEAD", "--people", tmp_path / "nguoi.yml")
        assert done.returncode == 2
        assert "dòng 2" in done.stderr
        assert "Bí Mật" not in done.stderr
