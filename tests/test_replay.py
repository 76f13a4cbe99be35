"""The example as a repository with a history: derived from what its records say, the same everywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cases import SAMPLE
from conftest import git
from tusoi import flow, history, looking_back, replay
from tusoi.record import Record
from tusoi.strict_yaml import parse

pytestmark = pytest.mark.build

EXAMPLE = Path(flow.__file__).parent / "example"
AN_MAU = "dang-uy-xa-an-mau"


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replayed") / "minh-hoa"
    history.plant(folder, replay.stream(EXAMPLE))
    return folder


def at(folder: Path, day: str, path: str) -> dict[str, object] | None:
    """Give what a file said at the end of a day; None where it was not there."""
    commit = git(folder, "rev-list", "-1", f"--before={day}T23:59:59+07:00", "HEAD").strip()
    if not git(folder, "ls-tree", "--name-only", commit, "--", path):
        return None
    return parse(git(folder, "show", f"{commit}:{path}").encode(), path).data


def files(folder: Path) -> dict[str, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file() and not {".git", "__pycache__", "site"} & set(each.relative_to(folder).parts))
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


def example(target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tusoi", "example", str(target), "--history"]
    return subprocess.run(words, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_the_last_commit_is_the_example_byte_for_byte(replayed: Path) -> None:
    assert files(replayed) == files(EXAMPLE)
    assert git(replayed, "status", "--porcelain") == ""


def test_the_same_commits_come_out_whatever_the_computer(replayed: Path, tmp_path: Path) -> None:
    """Another time zone, language, mask, template, kind of id, and another repository named by the environment: as in a hook."""
    templates, other = tmp_path / "templates", tmp_path / "other"
    (templates / "hooks").mkdir(parents=True)
    (templates / "hooks" / "reference-transaction").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (templates / "hooks" / "reference-transaction").chmod(0o755)
    settings = tmp_path / "gitconfig"
    settings.write_text(
        f"[init]\n\ttemplateDir = {templates}\n\tdefaultObjectFormat = sha256\n[core]\n\tautocrlf = true\n[user]\n\tname = A\n", encoding="utf-8"
    )
    other.mkdir()
    git(other, "init", "--quiet")
    before = os.umask(0o077)
    try:
        done = example(
            tmp_path / "again",
            TZ="America/New_York",
            LC_ALL="C",
            LANG="tr_TR.UTF-8",
            PYTHONHASHSEED="7",
            GIT_CONFIG_GLOBAL=str(settings),
            GIT_DEFAULT_HASH="sha256",
            GIT_TEMPLATE_DIR=str(templates),
            GIT_DIR=str(other / ".git"),
            GIT_INDEX_FILE="index",
            GIT_AUTHOR_DATE="2001-01-01T00:00:00Z",
            GIT_COMMITTER_NAME="B",
        )
    finally:
        os.umask(before)
    assert (done.returncode, done.stderr) == (0, "")
    assert git(tmp_path / "again", "rev-parse", "HEAD") == git(replayed, "rev-parse", "HEAD")
    assert files(tmp_path / "again") == files(EXAMPLE)
    assert git(other, "for-each-ref") == ""
    assert not (tmp_path / "again" / ".git" / "hooks").exists()


def test_there_is_one_commit_a_day_at_eight_by_an_office_and_none_after_the_day_of_judgement(replayed: Path) -> None:
    lines = git(replayed, "log", "--reverse", "--format=%aI|%cI|%an <%ae>|%cn").splitlines()
    days = [line[:10] for line in lines]
    assert len(days) > 150
    assert days == sorted(set(days))
    assert days[-1] <= "2026-03-15"
    assert {line[10:25] for line in lines} == {"T08:00:00+07:00"}
    assert {line.split("|", 2)[2] for line in lines} == {f"{replay.AUTHOR}|Văn phòng"}
    assert all(line.split("|")[0] == line.split("|")[1] for line in lines)


def test_a_seal_comes_on_its_own_day(replayed: Path) -> None:
    review = f"records/{AN_MAU}/reviews/2024.yml"
    assert at(replayed, "2024-12-10", review) is None
    first, last = at(replayed, "2024-12-11", review), at(replayed, "2024-12-12", review)
    assert first is not None
    assert last is not None
    assert "submitted" in first
    assert "concluded" not in first
    assert last == first | {"concluded": last["concluded"]}


def test_what_is_withdrawn_was_there_before(replayed: Path) -> None:
    review = "records/dang-uy-xa-giang-mau/reviews/2024-ban-nop-dau.yml"
    before, after = at(replayed, "2024-12-17", review), at(replayed, "2024-12-18", review)
    assert before is not None
    assert "withdrawn" not in before
    assert after is not None
    assert "withdrawn" in after


def test_what_is_counted_in_the_end_is_not_known_in_the_beginning(replayed: Path) -> None:
    feedback = f"records/{AN_MAU}/feedback/2025.yml"
    before, after = at(replayed, "2025-11-13", feedback), at(replayed, "2025-11-14", feedback)
    assert before is not None
    assert {"forms", "balance", "compiled"} & before.keys() == set()
    assert after is not None
    assert {"forms", "balance", "compiled"} <= after.keys()


def test_what_is_named_before_its_first_seal_is_there_as_a_draft(replayed: Path) -> None:
    """The Front comments on a plan that is approved six days later."""
    plan = f"records/{AN_MAU}/plans/2025.yml"
    draft, approved = at(replayed, "2026-01-06", plan), at(replayed, "2026-01-12", plan)
    assert draft is not None
    assert "approved" not in draft
    assert approved == draft | {"approved": approved["approved"]} if approved else False


def test_a_draft_without_a_day_comes_after_what_it_names(replayed: Path) -> None:
    draft = f"records/{AN_MAU}/reviews/2026-q1.yml"
    assert at(replayed, "2026-02-15", draft) is None
    assert at(replayed, "2026-02-16", draft) is not None


def test_a_record_moves_when_the_organisation_before_it_ended(replayed: Path) -> None:
    old, new, event = "records/huyen-uy-minh-hoa/cycles/2025.yml", "records/tinh-uy-mau/cycles/2025.yml", "records/tinh-uy-mau/events/2025-03-quan-triet.yml"
    before, after = at(replayed, "2025-06-29", old), at(replayed, "2025-06-30", new)
    assert before is not None
    assert after == {"formerly": ["huyen-uy-minh-hoa/cycles/2025"], **before}
    assert at(replayed, "2025-06-29", new) is None
    assert at(replayed, "2025-06-30", old) is None
    links = [(at(replayed, day, event) or {})["cycle"] for day in ("2025-06-29", "2025-06-30")]
    assert links == ["huyen-uy-minh-hoa/cycles/2025", "tinh-uy-mau/cycles/2025"]


def test_an_attached_file_comes_with_the_record_that_names_it(replayed: Path) -> None:
    for name in ("files/tram-dong-sim-sau.png", "progress/2025-05.yml"):
        added = git(replayed, "log", "--diff-filter=A", "--format=%as", "--", f"records/dang-uy-xa-cat-mau/{name}").split()
        assert added == ["2025-05-14"]


def test_what_a_source_tells_was_never_recorded_later(replayed: Path) -> None:
    told = "records/dang-uy-xa-giang-mau/reviews/2021.yml"
    assert git(replayed, "log", "--format=%H", "--", told).split() == git(replayed, "rev-list", "--max-parents=0", "HEAD").split()


def test_no_version_says_what_the_last_does_not_say(replayed: Path) -> None:
    """Nothing is made up: each version is the last without some of its keys, but for the former name of what has moved."""
    past = looking_back.past(replayed, "Asia/Ho_Chi_Minh")
    former = {"tinh-uy-mau/cycles/2025": "huyen-uy-minh-hoa/cycles/2025"}
    for name, versions in past.versions.items():
        last = past.of(former_to_new(name, former))[-1].data
        assert last is not None
        for version in versions:
            for key, value in (version.data or {}).items():
                assert value == last[key] or former.get(str(last[key])) == value
            assert version.data is not None or version.is_gone


def former_to_new(name: str, former: dict[str, str]) -> str:
    return next((new for new, old in former.items() if old == name), name)


def test_the_steps_are_found_without_errors(replayed: Path) -> None:
    with history.Repository(replayed) as repository:
        commits = list(repository.log(repository.resolve("HEAD")))
    for commit in [*commits[::16], commits[-1]]:
        with flow.reading(replayed, commit.id) as tree:
            judged = flow.judge(tree, commit.day(tree.zone), flow.past(tree))
            assert judged.problems_that_forbid == ()


def test_messages_say_in_words_what_was_recorded(replayed: Path) -> None:
    def said(day: str) -> str:
        return git(replayed, "log", "-1", "--format=%B", f"--before={day}T23:59:59+07:00")

    assert said("2024-12-18").strip() == "Báo cáo kiểm điểm tập thể năm 2024 (bản nộp lần đầu) – Đảng ủy xã Giang Mẫu: rút lại"
    assert said("2025-03-03").strip() == "Kiểm điểm cuối năm 2025 – Huyện ủy Minh Họa: mở kỳ"
    assert "- Kiểm điểm cuối năm 2025 – Tỉnh ủy Mẫu: chuyển đến thư mục của đơn vị tiếp nhận" in said("2025-06-30").splitlines()
    assert said("2024-12-11").startswith("Ghi 2 hồ sơ, ngày 11/12/2024\n\n- ")
    assert "- Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu: đã nộp" in said("2024-12-11").splitlines()


def test_what_a_source_tells_comes_when_the_source_was_published(tmp_path: Path) -> None:
    folder = tmp_path / "ho-so"
    shutil.copytree(SAMPLE, folder)
    source, told = folder / "records/common/sources/bao.yml", folder / "records/dang-uy-xa-an-mau/reviews/2021.yml"
    for place, text in (
        (source, "title: Bài báo\npublisher: Báo Mẫu\nshown_on: 2025-02-03\nconfidence: medium\n"),
        (told, "title: Kể lại\ntold_by: [common/sources/bao]\nmissing: [cycle, findings, concluded/by]\nconcluded: {date: 2024-12}\n"),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    history.plant(tmp_path / "replayed", replay.stream(folder))
    assert git(tmp_path / "replayed", "log", "--format=%as", "--", told.relative_to(folder).as_posix()).split() == ["2025-02-03"]


TEXT = """\
# Đầu tệp.
title: Một
# Về phần sau.
# Hai dòng.
submitted: {date: 2024-12-11}
note: |
  # không phải chú thích

  còn nữa
concluded:
  date: 2024-12-12
# Cuối tệp.
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("keys", "gone"),
    [
        (set(), []),
        ({"submitted"}, [2, 3, 4]),
        ({"concluded"}, [9, 10, 11]),
        ({"submitted", "concluded"}, [2, 3, 4, 9, 10, 11]),
        ({"note"}, [5, 6, 7, 8]),
        ({"title"}, [1]),
    ],
)
def test_keys_go_with_their_lines_and_the_comments_above_them(keys: set[str], gone: list[int], line_end: str) -> None:
    text = TEXT.replace("\n", line_end).encode()
    parsed = parse(text, "x")
    record = Record("review", "x", parsed.data or {}, parsed.source)
    lines = text.splitlines(keepends=True)
    assert replay.without(text, record, keys) == b"".join(line for number, line in enumerate(lines) if number not in gone)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    done = example(tmp_path)
    assert done.returncode == 2
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


def test_without_git_it_says_so(tmp_path: Path) -> None:
    done = example(tmp_path / "new", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "chưa có Git" in done.stderr
    assert "Traceback" not in done.stderr


def test_days_are_those_of_the_records() -> None:
    """Every day on which something happened here has its commit."""
    tree = flow.read(EXAMPLE)
    days = {each.day for each in replay._Replay(EXAMPLE, tree.register, date(2026, 3, 15)).versions()}  # noqa: SLF001 -- the stream would have to be read back
    seals = {
        date.fromisoformat(str(record.get(seal, "date")))
        for record in tree.register.records.values()
        if not record.told
        for seal in tree.register.kinds[record.kind].seals
        if seal in record.data
    }
    assert seals <= days
