"""What a published site says of its records, how it is fetched, and what is found when the history no longer contains it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import commit, git
from tusoi import fetching, flow, publishing
from tusoi.history import Repository, UnusableError

pytestmark = pytest.mark.build

REVIEW = "records/dang-uy-xa-an-mau/reviews/2024.yml"
SOUND = {"format": 1, "commit": "a" * 40, "records": f"sha256:{'b' * 64}", "as_of": "2026-03-15", "time_zone": "Asia/Ho_Chi_Minh", "tusoi": "0.1.0"}


def tusoi(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tusoi", "-C", str(folder), *map(str, words)], capture_output=True, text=True, check=False)


def published(folder: Path, revision: str = "") -> dict[str, object]:
    """Give what a site of the folder would say."""
    if not revision:
        return said_of(flow.read(folder))
    with flow.reading(folder, revision) as tree:
        return said_of(tree)


def said_of(tree: flow.Tree) -> dict[str, object]:
    said: dict[str, object] = json.loads(publishing.statement(flow.judge(tree, flow.default_day(tree) or flow.today(tree))))
    return said


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def edit(folder: Path, more: str = "note: Thêm.\n") -> None:
    place = folder / REVIEW
    place.write_text(place.read_text(encoding="utf-8") + more, encoding="utf-8")


def kept(folder: Path, place: Path, **changed: object) -> Path:
    """Keep what a site of the folder says now."""
    place.write_text(json.dumps(published(folder) | changed), encoding="utf-8")
    return place


class TestStatement:
    def test_it_says_the_commit_the_day_and_one_number_of_all_records(self, project: Path) -> None:
        said = published(project)
        lines = [
            f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.relative_to(project).as_posix()}\n"
            for each in (project / "records").rglob("*")
            if each.is_file()
        ]
        lines.sort(key=lambda line: line[66:].encode())
        assert said["commit"] == head(project)
        assert said["records"] == f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"
        assert (said["format"], said["as_of"], said["time_zone"]) == (1, "2026-03-15", "Asia/Ho_Chi_Minh")

    def test_the_number_is_that_of_sha256sum(self, project: Path) -> None:
        command = "find records -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"
        done = subprocess.run(["sh", "-c", command], cwd=project, capture_output=True, text=True, check=True)
        assert published(project)["records"] == f"sha256:{done.stdout.split()[0]}"

    def test_it_is_the_same_from_the_work_tree_and_from_its_commit(self, project: Path) -> None:
        assert published(project) == published(project, "HEAD")

    def test_records_that_differ_from_the_commit_have_none(self, project: Path) -> None:
        before = published(project)
        edit(project)
        assert published(project)["commit"] is None
        assert published(project)["records"] != before["records"]

    def test_a_new_file_and_a_staged_change_have_none_either(self, project: Path) -> None:
        edit(project)
        git(project, "add", "--all")
        assert published(project)["commit"] is None
        git(project, "reset", "--quiet", "--hard")
        (project / "records" / "dang-uy-xa-an-mau" / "files").mkdir(exist_ok=True)
        (project / "records" / "dang-uy-xa-an-mau" / "files" / "moi.txt").write_text("x", encoding="utf-8")
        assert published(project)["commit"] is None

    def test_a_file_that_git_was_told_to_ignore_is_shown_and_in_no_commit(self, project: Path) -> None:
        (project / ".gitignore").write_text("tam.yml\n", encoding="utf-8")
        commit(project, "2026-03-14T21:00:00+00:00")
        assert published(project)["commit"] == head(project)
        (project / "records" / "dang-uy-xa-an-mau" / "tam.yml").write_text("x: y\n", encoding="utf-8")
        assert published(project)["commit"] is None

    def test_what_else_is_edited_does_not_matter(self, project: Path) -> None:
        (project / "docs").mkdir(exist_ok=True)
        (project / "docs" / "moi.md").write_text("# Mới\n", encoding="utf-8")
        assert published(project)["commit"] == head(project)

    def test_without_a_repository_there_is_no_commit(self, project: Path, tmp_path: Path) -> None:
        before = published(project)
        (project / ".git").rename(tmp_path / "elsewhere")
        assert published(project) == before | {"commit": None}

    def test_other_line_ends_on_this_computer_change_nothing(self, project: Path) -> None:
        before = published(project)
        git(project, "config", "core.autocrlf", "true")
        for each in (project / "records").rglob("*.yml"):
            each.unlink()
        git(project, "checkout", "--quiet", "--", "records")
        assert b"\r\n" in (project / REVIEW).read_bytes()
        assert published(project) == before

    def test_it_is_in_the_site_and_among_the_pages(self, project: Path, tmp_path: Path) -> None:
        tusoi(project, "build", "--output", tmp_path / "site")
        tusoi(project, "build", "--pages-only", tmp_path / "pages")
        site, pages = (tmp_path / "site" / publishing.FILE).read_bytes(), (tmp_path / "pages" / "docs" / publishing.FILE).read_bytes()
        assert site == pages
        assert json.loads(site) == published(project)


class TestReading:
    def test_what_was_written_is_read(self) -> None:
        assert publishing.read(json.dumps(SOUND).encode()) == publishing.Published("a" * 40, "b" * 64, "2026-03-15")
        assert publishing.read(json.dumps(SOUND | {"commit": None, "more": 1}).encode()).commit == ""

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "json"),
            (b"<html>", "json"),
            (b"\xff\xfe", "json"),
            (b"[" * 100_000, "json"),
            (b"9" * 10_000, "json"),
            (b"[]", "form"),
            (b"{}", "form"),
            (json.dumps(SOUND | {"format": 2}).encode(), "newer"),
            (json.dumps(SOUND | {"format": True}).encode(), "form"),
            (json.dumps(SOUND | {"format": "1"}).encode(), "form"),
            (json.dumps(SOUND | {"commit": "abc"}).encode(), "form"),
            (json.dumps(SOUND | {"commit": "A" * 40}).encode(), "form"),
            (json.dumps(SOUND | {"commit": "--all".ljust(40, "x")}).encode(), "form"),
            (json.dumps(SOUND | {"commit": ["a" * 40]}).encode(), "form"),
            (json.dumps(SOUND | {"commit": ""}).encode(), "form"),
            (json.dumps(SOUND | {"records": "md5:abc"}).encode(), "form"),
            (json.dumps(SOUND | {"records": f"sha256:{'b' * 63}"}).encode(), "form"),
            (json.dumps(SOUND | {"as_of": "hôm nay"}).encode(), "form"),
            (json.dumps({key: value for key, value in SOUND.items() if key != "commit"}).encode(), "form"),
        ],
    )
    def test_anything_else_is_refused(self, content: bytes, reason: str) -> None:
        with pytest.raises(publishing.NotPublishedError) as error:
            publishing.read(content)
        assert error.value.reason == reason


def codes(folder: Path, place: Path, revision: str = "HEAD") -> list[str]:
    return [each.message for each in publishing.problems(publishing.read(place.read_bytes()), folder, revision)]


class TestContinuity:
    @pytest.fixture
    def grown(self, project: Path, tmp_path: Path) -> Path:
        """Give a project that was published and has grown since."""
        edit(project)
        commit(project, "2026-03-14T21:00:00+00:00")
        kept(project, tmp_path / "kept.json")
        edit(project, "# Thêm.\n")
        commit(project, "2026-03-14T22:00:00+00:00")
        return project

    def test_a_history_that_has_grown_contains_it(self, grown: Path, tmp_path: Path) -> None:
        assert codes(grown, tmp_path / "kept.json") == []
        assert codes(grown, tmp_path / "kept.json", "HEAD~1") == []

    def test_a_merge_contains_what_either_side_published(self, grown: Path, tmp_path: Path) -> None:
        git(grown, "checkout", "--quiet", "-b", "side", "HEAD~2")
        (grown / "x").write_text("x", encoding="utf-8")
        commit(grown, "2026-03-14T23:00:00+00:00")
        git(grown, "merge", "--quiet", "--no-edit", "main")
        assert codes(grown, tmp_path / "kept.json") == []

    def test_a_reset_is_found(self, grown: Path, tmp_path: Path) -> None:
        git(grown, "reset", "--quiet", "--hard", "HEAD~2")
        assert codes(grown, tmp_path / "kept.json") == ["H09"]

    def test_a_rewritten_commit_is_found_also_where_the_files_are_the_same(self, grown: Path, tmp_path: Path) -> None:
        git(grown, "reset", "--quiet", "--hard", "HEAD~1")
        git(grown, "commit", "--quiet", "--amend", "--message=other")
        assert codes(grown, tmp_path / "kept.json") == ["H09"]

    def test_a_commit_that_was_never_here_is_found(self, grown: Path, tmp_path: Path) -> None:
        kept(grown, tmp_path / "kept.json", commit="a" * 40)
        assert codes(grown, tmp_path / "kept.json") == ["H09"]
        blob = git(grown, "rev-parse", f"HEAD:{REVIEW}").strip()
        kept(grown, tmp_path / "kept.json", commit=blob)
        assert codes(grown, tmp_path / "kept.json") == ["H09"]

    def test_other_records_under_the_same_commit_are_found(self, grown: Path, tmp_path: Path) -> None:
        kept(grown, tmp_path / "kept.json", records=f"sha256:{'0' * 64}")
        assert codes(grown, tmp_path / "kept.json") == ["H10"]

    def test_without_a_commit_nothing_can_be_judged_and_that_is_information(self, grown: Path, tmp_path: Path) -> None:
        kept(grown, tmp_path / "kept.json", commit=None)
        found = publishing.problems(publishing.read((tmp_path / "kept.json").read_bytes()), grown)
        assert [(each.message, str(each.severity)) for each in found] == [("H09.unknown", "info")]

    def test_a_clone_that_is_cut_short_is_refused(self, grown: Path, tmp_path: Path) -> None:
        subprocess.run(["git", "clone", "--quiet", "--depth=1", grown.as_uri(), str(tmp_path / "short")], check=True, capture_output=True)
        with pytest.raises(UnusableError, match="shallow"):
            codes(tmp_path / "short", tmp_path / "kept.json")

    def test_a_project_below_the_top_is_compared_by_its_own_folder(self, project: Path, tmp_path: Path) -> None:
        inner = project / "kho" / "ho-so"
        inner.parent.mkdir()
        git(project, "clone", "--quiet", ".", "kho/ho-so")
        (inner / ".git").rename(tmp_path / "elsewhere")
        commit(project, "2026-03-14T21:00:00+00:00")
        kept(inner, tmp_path / "kept.json")
        assert published(inner)["commit"] == head(project)
        assert published(inner)["records"] == published(project)["records"]
        assert codes(inner, tmp_path / "kept.json") == []

    def test_the_command_says_so_where_all_is_well(self, grown: Path, tmp_path: Path) -> None:
        done = tusoi(grown, "check", "--published", tmp_path / "kept.json")
        assert (done.returncode, done.stderr) == (0, "Lịch sử ở đây vẫn chứa nguyên vẹn bản đã đăng.\n")
        git(grown, "reset", "--quiet", "--hard", "HEAD~2")
        assert "nguyên vẹn" not in tusoi(grown, "check", "--published", tmp_path / "kept.json").stderr

    @pytest.mark.parametrize("form", ["text", "json", "github", "junit", "sarif", "codequality"])
    def test_the_command_says_it_in_every_form_and_fails(self, grown: Path, tmp_path: Path, form: str) -> None:
        short = head(grown)
        git(grown, "reset", "--quiet", "--hard", "HEAD~2")
        done = tusoi(grown, "check", "--published", tmp_path / "kept.json", "--format", form)
        assert done.returncode == 1
        assert "H09" in done.stdout
        assert short not in done.stdout

    def test_a_folder_of_a_site_is_enough(self, grown: Path, tmp_path: Path) -> None:
        (tmp_path / "site").mkdir()
        (tmp_path / "kept.json").rename(tmp_path / "site" / publishing.FILE)
        done = tusoi(grown, "check", "--published", tmp_path / "site")
        assert (done.returncode, "H09" in done.stdout) == (0, False)


class TestDigest:
    def test_files_in_places_of_each_other_make_another_number(self) -> None:
        assert publishing.digest({"a": "1", "b": "2"}) != publishing.digest({"a": "2", "b": "1"})
        assert publishing.digest({"b": "2", "a": "1"}) == publishing.digest({"a": "1", "b": "2"})

    def test_links_and_repositories_within_are_no_files(self, project: Path) -> None:
        with Repository(project) as repository:
            before = publishing.digest_at(repository, head(project))
        (project / "records" / "link").symlink_to("/etc/passwd")
        git(project, "add", "--all")
        git(project, "update-index", "--add", "--cacheinfo", f"160000,{head(project)},records/inner")
        git(project, "commit", "--quiet", "--message=x")
        with Repository(project) as repository:
            assert publishing.digest_at(repository, head(project)) == before


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(**answers: Answer) -> Iterator[str]:
    """Serve answers by the first piece of the path, on this computer, for real."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answers[self.path.strip("/").split("/")[0].removesuffix(".json")](self)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def body(content: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def redirect(place: str, status: int = 302) -> Answer:
    return body(b"", status, Location=place)


def endless(pause: float, piece: bytes) -> Answer:
    """Answer piece by piece, for ever."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return answer


def dripping_head(handler: BaseHTTPRequestHandler) -> None:
    """Never come to an end of what stands before the answer."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-A: ")
    while True:
        handler.wfile.write(b"b")
        handler.wfile.flush()
        time.sleep(0.1)


def why(place: str, within: str = publishing.FILE) -> tuple[str, str]:
    with pytest.raises(fetching.NotFetchedError) as error:
        fetching.fetched(place, within)
    return error.value.reason, error.value.detail


class TestFetching:
    def test_an_address_gives_what_is_there(self) -> None:
        with serving(here=body(b"{}")) as address:
            assert fetching.fetched(f"{address}here.json") == b"{}"

    def test_an_address_of_a_folder_means_the_file_within(self) -> None:
        with serving(**{publishing.FILE.removesuffix(".json"): body(b"1"), "minh-hoa": body(b"2")}) as address:
            assert fetching.fetched(address, publishing.FILE) == b"1"
            assert fetching.fetched(f"{address}minh-hoa/", publishing.FILE) == b"2"

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_it_goes_where_it_is_sent_on_the_web(self, status: int) -> None:
        with serving(a=redirect("/b", status), b=body(b"there")) as address:
            assert fetching.fetched(f"{address}a") == b"there"

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    @pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x", "FILE:///etc/passwd", "jar:x"])
    def test_it_goes_nowhere_else(self, place: str, status: int) -> None:
        with serving(a=redirect(place, status)) as address:
            assert why(f"{address}a") == ("scheme", f"{place.partition(':')[0].lower()}:")

    def test_it_gives_nobody_a_name_or_a_password(self) -> None:
        with serving(a=redirect("http://a:b@127.0.0.1/")) as address:
            assert why(f"{address}a")[0] == "credentials"
        assert why("https://a:b@minh-hoa.example/")[0] == "credentials"

    def test_it_does_not_go_round_in_circles(self) -> None:
        with serving(a=redirect("/a")) as address:
            assert why(f"{address}a") == ("status", "302")

    @pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/", "javascript:1", "data:,{}"])
    def test_only_addresses_of_the_web_are_asked(self, place: str) -> None:
        assert why(place)[0] == "scheme"

    @pytest.mark.parametrize(
        "place", ["http://", "http:///x", "http://[::1", "http://a:b:c/", "http://127.0.0.1:99999/", "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y"]
    )
    def test_what_is_no_address_is_not_asked(self, place: str) -> None:
        assert why(place)[0] in {"address", "credentials"}

    @pytest.mark.parametrize("status", [401, 403, 404, 500])
    def test_a_refusal_is_said(self, status: int) -> None:
        with serving(a=body(b"x" * 100, status)) as address:
            assert why(f"{address}a") == ("status", str(status))

    def test_nobody_there_is_said(self) -> None:
        assert why("http://127.0.0.1:1/x")[0] == "unreachable"

    def test_an_answer_that_breaks_off_is_no_answer(self) -> None:
        with serving(a=body(b"{}", Content_Length="100")) as address:
            assert why(f"{address}a") == ("unreachable", "IncompleteRead")

    def test_no_more_is_read_than_ten_megabytes(self) -> None:
        with serving(a=body(b"x" * fetching.LARGEST), b=body(b"x" * (fetching.LARGEST + 1)), c=endless(0, b"x" * 1_000_000)) as address:
            assert len(fetching.fetched(f"{address}a")) == fetching.LARGEST
            assert why(f"{address}b") == ("large", "10")
            assert why(f"{address}c") == ("large", "10")

    @pytest.mark.parametrize("answer", [endless(0.1, b"x"), dripping_head, lambda _: time.sleep(5)], ids=["body", "head", "silence"])
    def test_nobody_is_waited_for_longer_than_the_time_for_everything(self, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each single piece comes in time; all of it never would."""
        monkeypatch.setattr(fetching, "LONGEST", 0.7)
        with serving(a=answer) as address:
            assert why(f"{address}a")[0] == "slow"

    def test_what_a_server_says_is_never_shown_as_it_is(self) -> None:
        assert fetching.NotFetchedError("unreachable", "a\x1b[31m\r\n::error::b" + "c" * 1000).detail.startswith("a?[31m??::error::bc")
        assert len(fetching.NotFetchedError("unreachable", "c" * 1000).detail) == 200

    def test_a_file_is_read_and_no_more_of_it_than_that(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"{}")
        (tmp_path / "b").write_bytes(b"x" * (fetching.LARGEST + 1))
        assert fetching.fetched(str(tmp_path / "a")) == b"{}"
        assert why(str(tmp_path / "b"))[0] == "large"
        assert why(str(tmp_path / "c"))[0] == "file"
        assert why(str(tmp_path), "")[0] == "file"

    def test_the_command_stops_with_a_sentence_and_without_the_password(self, project: Path) -> None:
        done = tusoi(project, "check", "--published", "http://ten:mat-khau@127.0.0.1:1/")
        assert done.returncode == 2
        assert "mat-khau" not in done.stderr + done.stdout
        assert "http://…@127.0.0.1:1/" in done.stderr

    def test_over_the_web_as_from_a_file(self, project: Path, tmp_path: Path) -> None:
        content = kept(project, tmp_path / "kept.json").read_bytes()
        with serving(site=body(content), page=body(b"<html></html>")) as address:
            assert tusoi(project, "check", "--published", f"{address}site/").returncode == 0
            done = tusoi(project, "check", "--published", f"{address}page")
            assert (done.returncode, "JSON" in done.stderr) == (2, True)
            git(project, "commit", "--quiet", "--amend", "--message=other")
            assert tusoi(project, "check", "--published", f"{address}site/").returncode == 1
