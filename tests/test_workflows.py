"""Each `run:` block of the workflows is executed, in a scratch clone and with the shell that the host uses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from report_formats_read import as_gitlab

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]  # what the host makes of `shell: bash`
LEFT_OUT = ("MAKE", "MFLAGS", "PYTEST", "COV", "GITHUB_", "GIT_", "VIRTUAL_ENV", "PYTHONPATH", "TUSOI_")
EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
PINNED = re.compile(r"[\w-]+/[\w.-]+@[0-9a-f]{40}")
WHO = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Văn phòng"), ("EMAIL", "van-phong@localhost"))}


def read(path: Path) -> dict[str, Any]:
    """Read a workflow. YAML 1.1 takes its key `on` for a truth value."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in said.items()}


def steps(workflow: Path) -> list[dict[str, Any]]:
    """Give the steps of all jobs."""
    return [step for job in read(workflow)["jobs"].values() for step in job["steps"]]


@dataclass
class Runner:
    """A host's runner, as far as our blocks can tell: a clone, a temporary folder, files to write to, and what earlier steps gave."""

    clone: Path
    temp: Path
    context: dict[str, str] = field(default_factory=dict)
    said: dict[str, subprocess.CompletedProcess[str]] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What stands on the page of the run."""
        return self._file("summary").read_text(encoding="utf-8")

    def git(self, *words: str) -> str:
        """Run Git in the clone."""
        return subprocess.run(["git", *words], cwd=self.clone, env=self._environment(), capture_output=True, text=True, check=True).stdout.strip()

    def commit(self, message: str) -> str:
        """Commit everything; give the commit's name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def job(self, workflow: Path, name: str) -> None:
        """Run the blocks of a job in order, each where the host would."""
        for step in read(workflow)["jobs"][name]["steps"]:
            if "run" in step and self._is_due(step.get("if", "success()")):
                done = self._step(step)
                self.said[step["name"]] = done
                self.context[f"steps.{step.get('id')}.outcome"] = "failure" if done.returncode else "success"

    def _is_due(self, condition: str) -> bool:
        """Judge the conditions that our steps have; a new one must be taught here."""
        if condition == "success()":
            return not any(done.returncode for done in self.said.values())
        if given := re.fullmatch(r"\$\{\{ (vars\.\w+) != '' \}\}", condition):
            return bool(self.context.get(given[1])) and self._is_due("success()")
        wanted = re.fullmatch(r"\$\{\{ !cancelled\(\) && (steps\.\w+\.outcome) == 'success' \}\}", condition)
        assert wanted is not None, condition
        return self.context.get(wanted[1]) == "success"

    def execute(self, block: str, own: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Execute one block in the clone, with variables of its own."""
        script = self._file("step.sh")
        script.write_text(block, encoding="utf-8")
        return subprocess.run([*SHELL, str(script)], cwd=self.clone, env=self._environment() | own, capture_output=True, text=True, check=False)

    def _step(self, step: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        """Execute one step; what it wrote as output can be asked for by later ones."""
        output = self._file("output")
        output.write_text("", encoding="utf-8")
        own = {key: EXPRESSION.sub(lambda found: self.context[found[1]], value) for key, value in step.get("env", {}).items()}
        done = self.execute(step["run"], own)
        for line in output.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            self.context[f"steps.{step['id']}.outputs.{key}"] = value
        return done

    def _file(self, name: str) -> Path:
        """Give the path of a file that belongs to the host, outside the clone."""
        path = self.temp.parent / name
        path.touch()
        return path

    def _environment(self) -> dict[str, str]:
        """Give this machine's environment without what belongs to the tests, and what a host adds."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(LEFT_OUT)}
        return kept | WHO | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self._file("summary")),
            "GITHUB_OUTPUT": str(self._file("output")),
            "GITHUB_SERVER_URL": "https://git.example.vn",
            "GITHUB_REPOSITORY": "minh-hoa/ho-so",
            "GITHUB_SHA": "0" * 40,
            "RUNNER_TEMP": str(self.temp),
        }  # fmt: skip


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Make a repository of its own from the files that Git would take of this tree."""
    made = Runner(tmp_path / "clone", tmp_path / "temp")
    made.temp.mkdir()
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (made.clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, made.clone / name)
    made.git("init", "--quiet", "--initial-branch=main")
    made.context["github.event.pull_request.base.sha"] = made.commit("Như hiện nay")
    return made


def organisation(runner: Runner) -> Path:
    """Give the record of one of the real organisations, the first by name."""
    return min((runner.clone / "records").glob("*/organisation.yml"))


def blocks() -> Iterator[Any]:
    """Give every `run:` block, named by file and step."""
    for workflow in WORKFLOWS:
        for step in steps(workflow):
            if "run" in step:
                yield pytest.param(step["run"], id=f"{workflow.stem}-{step.get('name', 'run')}")


@pytest.mark.parametrize("block", list(blocks()))
def test_no_block_has_words_of_others_put_into_it(block: str) -> None:
    """What a pull request says reaches a block through the environment only, where it stays a word."""
    assert "${{" not in block


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_and_permissions_are_the_least(workflow: Path) -> None:
    said = read(workflow)
    assert said["permissions"] == {}
    assert "pull_request_target" not in said["on"]
    for step in steps(workflow):
        assert "run" in step or PINNED.fullmatch(step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_only_a_public_audience_is_deployed() -> None:
    """The condition stands at the job that has the right to publish, and no other job has it."""
    jobs = read(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    assert [name for name, job in jobs.items() if "write" in job["permissions"].values()] == ["deploy"]
    assert jobs["deploy"]["if"] == "${{ needs.build.outputs.audience == 'public' }}"
    assert jobs["deploy"]["needs"] == "build"


def test_the_tests_of_the_software_are_what_runs_here() -> None:
    """This one block is not run by a test: it is what runs the tests."""
    assert [step["run"] for step in steps(ROOT / ".github" / "workflows" / "tests.yml") if "run" in step] == ["bash .ci/run"]
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)


@pytest.mark.build
def test_a_proposed_change_is_checked_and_shown(runner: Runner) -> None:
    """A good change: every block succeeds, the summary says so, the text of changed pages is there, and so is the site."""
    record = organisation(runner)
    text = record.read_text(encoding="utf-8")
    changed = re.sub(r"^name: (.+)$", r"name: \1 thử nghiệm", text, flags=re.MULTILINE)
    assert changed != text
    record.write_text(changed, encoding="utf-8")
    runner.commit("Đổi tên")
    runner.job(ROOT / ".github" / "workflows" / "check.yml", "records")
    assert {name: done.stderr for name, done in runner.said.items() if done.returncode} == {}
    words = (runner.temp / "thay-doi.txt").read_text(encoding="utf-8")
    assert re.search(r"đổi tên đầy đủ từ|sửa tên đầy đủ, từ", words, re.IGNORECASE)
    assert runner.summary.startswith("## Thay đổi trong hồ sơ\n")
    assert runner.summary.index("thử nghiệm") < runner.summary.index("## Kết quả kiểm tra hồ sơ") < runner.summary.index("## Số trang thay đổi")
    pages = (runner.temp / "changed-pages.txt").read_text(encoding="utf-8")
    assert re.search(r"^\+.*thử nghiệm", pages, re.MULTILINE)
    assert not re.search(r"<(?:a|p|div|table)\b", pages)
    assert re.search(r"^## Số trang thay đổi: [1-9]", runner.summary, re.MULTILINE)
    assert "thử nghiệm" in (runner.temp / "site" / "index.html").parent.joinpath(f"{record.parent.name}.html").read_text(encoding="utf-8")
    assert runner.git("status", "--porcelain") == ""


@pytest.mark.build
def test_a_change_with_an_error_fails_and_is_still_shown(runner: Runner) -> None:
    """The check fails and says where; the pages and the preview are made all the same."""
    record = organisation(runner)
    lines = len(record.read_text(encoding="utf-8").splitlines())
    with record.open("a", encoding="utf-8") as file:
        file.write("khong_co_khoa_nay: 1\n")
    runner.commit("Thêm một khóa lạ")
    runner.job(ROOT / ".github" / "workflows" / "check.yml", "records")
    assert [name for name, done in runner.said.items() if done.returncode] == ["Kiểm tra hồ sơ"]
    name = record.relative_to(runner.clone).as_posix()
    assert f"::error file={name},line={lines + 1}" in runner.said["Kiểm tra hồ sơ"].stdout
    assert runner.summary.index("khong&#95;co&#95;khoa&#95;nay") < runner.summary.index("## Kết quả kiểm tra hồ sơ")
    assert f"https://git.example.vn/minh-hoa/ho-so/blob/{'0' * 40}/{name}#L{lines + 1}" in runner.summary
    assert (runner.temp / "site" / "index.html").exists()


@pytest.mark.build
@pytest.mark.parametrize(("workflow", "job"), [("check", "records"), ("publish", "build")])
def test_a_link_stops_everything_before_anything_is_built(runner: Runner, workflow: str, job: str) -> None:
    """A symbolic link in `docs/` would bring a file of the host into the site."""
    (runner.clone / "docs").mkdir(exist_ok=True)
    (runner.clone / "docs" / "leak.txt").symlink_to("/proc/self/environ")
    runner.commit("Thêm liên kết")
    runner.job(ROOT / ".github" / "workflows" / f"{workflow}.yml", job)
    assert [done.returncode for done in runner.said.values()] == [1]
    assert "docs/leak.txt" in runner.summary


@pytest.mark.build
def test_what_is_published_was_checked_and_says_for_whom_it_is(runner: Runner) -> None:
    """The audience that the deployment asks for is the one that an administrator wrote."""
    runner.job(ROOT / ".github" / "workflows" / "publish.yml", "build")
    assert {name: done.stderr for name, done in runner.said.items() if done.returncode} == {}
    written = re.search(r"^audience: (\w+)", (runner.clone / "records" / "project.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert runner.context["steps.audience.outputs.audience"] == (written[1] if written else "")
    assert ("Chưa công bố" in runner.summary) == (written is None or written[1] != "public")
    assert (runner.temp / "site" / "index.html").exists()
    assert not list((runner.temp / "site").rglob("*.yml"))


@pytest.mark.build
def test_a_history_that_no_longer_has_what_was_published_is_not_published(runner: Runner) -> None:
    """The site that stands on the network says what it was made of: a branch that was pushed over is found out before anything is built."""
    publish, step = ROOT / ".github" / "workflows" / "publish.yml", "Lịch sử còn nguyên từ lần công bố trước?"
    runner.job(publish, "build")
    assert step not in runner.said
    site, network = runner.temp / "site", runner.temp / "network"
    site.rename(network)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(network))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        runner.context["vars.TUSOI_DIA_CHI"] = f"http://127.0.0.1:{server.server_port}/"
        for message, code in (("", 0), ("Viết lại", 1)):
            if message:
                runner.git("commit", "--quiet", "--amend", "--message", message)
            runner.said.clear()
            runner.job(publish, "build")
            assert (runner.said[step].returncode, "H09" in runner.said[step].stdout) == (code, bool(code)), runner.said[step].stdout
            assert (site / "index.html").exists() == (not code)
            shutil.rmtree(site, ignore_errors=True)
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    """Gives files and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as the library names it
        """Say nothing."""


@pytest.mark.build
def test_the_other_host_does_the_same(runner: Runner) -> None:
    """The scripts of `.gitlab-ci.yml`: a good change is shown, and what is built is published only for the public."""
    said = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    base = runner.context["github.event.pull_request.base.sha"]
    record = organisation(runner)
    record.write_text(re.sub(r"^name: (.+)$", r"name: \1 thử nghiệm", record.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    runner.commit("Đổi tên")
    done = {
        name: runner.execute("\n".join([*said[said[name]["extends"]]["before_script"], *said[name]["script"]]), {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
        for name in ("baseline", "records", "pages")
    }
    assert done["records"].returncode == 0, done["records"].stderr
    assert done["baseline"].returncode == 0, done["baseline"].stderr
    for name in ("baseline", "records"):
        reports = said[name]["artifacts"]["reports"]
        assert isinstance(json.loads((runner.clone / reports["codequality"]).read_text(encoding="utf-8")), list)
        assert as_gitlab((runner.clone / reports["junit"]).read_text(encoding="utf-8"))
    assert re.search(r"^\+.*thử nghiệm", (runner.clone / "changed-pages.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert "thử nghiệm" in (runner.clone / "thay-doi.txt").read_text(encoding="utf-8")
    assert "thử nghiệm" in done["records"].stdout.split("hồ sơ ·", 1)[0]
    assert (runner.clone / "preview" / "index.html").exists()
    is_public = "\naudience: public\n" in (runner.clone / "records" / "project.yml").read_text(encoding="utf-8")
    assert done["pages"].returncode == (0 if is_public else said["pages"]["allow_failure"]["exit_codes"]), done["pages"].stderr
    assert (runner.clone / "public" / "index.html").exists()


COMMENT = ROOT / ".github" / "workflows" / "comment.yml"
MARK = "<!-- tusoi diff -->"
HOST = """#!{python}
import json, os, pathlib, sys
place = pathlib.Path({place!r})
words = sys.argv[1:]
address = next(each for each in words if each.startswith("repos/"))
method = words[words.index("--method") + 1] if "--method" in words else "GET"
fields = dict(words[number + 1].split("=", 1) for number, each in enumerate(words) if each in ("-f", "-F"))
assert words[0] == "api" and os.environ["GH_TOKEN"] == "token-of-the-host"
if "body" in fields:
    fields["body"] = pathlib.Path(fields["body"].removeprefix("@")).read_text(encoding="utf-8")
with (place / "asked.jsonl").open("a", encoding="utf-8") as log:
    log.write(json.dumps([method, address, fields]) + "\\n")
if address.endswith("/zip"):
    sys.stdout.buffer.write((place / "artefact").read_bytes())
elif method == "GET":
    print(json.loads((place / "answers.json").read_text(encoding="utf-8"))[address.split("?")[0].rsplit("/", 1)[1]])
"""
"""What stands for the host's own command: it writes down what it is asked, and answers from files."""


@dataclass
class Host:
    """A host of which a workflow asks, as far as the comment needs it: open changes, what a run left, comments."""

    runner: Runner
    pulls: list[dict[str, Any]] = field(default_factory=lambda: [{"number": 7, "head": {"sha": "c" * 40}}])
    artifacts: list[dict[str, Any]] = field(default_factory=lambda: [{"id": 55, "expired": False, "size_in_bytes": 900}])
    comments: list[dict[str, Any]] = field(default_factory=list)
    entries: dict[str, bytes] = field(default_factory=lambda: {"thay-doi.txt": b"So.\n"})
    packed: bytes = b""
    """The archive itself, where a test has made it."""

    def run(self, **own: str) -> subprocess.CompletedProcess[str]:
        """Run the one block of the workflow."""
        place = self.runner.temp.parent / "host"
        place.mkdir(exist_ok=True)
        command = place / "gh"
        command.write_text(HOST.format(python=sys.executable, place=str(place)), encoding="utf-8")
        command.chmod(0o755)
        said = {"pulls": self.pulls, "artifacts": {"artifacts": self.artifacts}, "comments": self.comments}
        (place / "answers.json").write_text(json.dumps({key: json.dumps(value) for key, value in said.items()}), encoding="utf-8")
        if self.packed:
            (place / "artefact").write_bytes(self.packed)
        else:
            with zipfile.ZipFile(place / "artefact", "w") as papers:
                for name, content in self.entries.items():
                    papers.writestr(name, content)
        (place / "asked.jsonl").write_text("", encoding="utf-8")
        (step,) = steps(COMMENT)
        event = {"OWNER": "nguoi-la", "BRANCH": "nhanh", "COMMIT": "c" * 40, "RUN": "12", "MARK": MARK, "GH_TOKEN": "token-of-the-host"} | own
        assert event.keys() == step["env"].keys()
        return self.runner.execute(step["run"], event | {"PATH": f"{place}:{os.environ['PATH']}"})

    def written(self) -> list[tuple[str, str, str]]:
        """Give what was written to the host: how, where and what."""
        asked = map(json.loads, (self.runner.temp.parent / "host" / "asked.jsonl").read_text(encoding="utf-8").splitlines())
        return [(method, address, fields["body"]) for method, address, fields in asked if method != "GET"]


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """Give a host and a runner with nothing checked out."""
    runner = Runner(tmp_path / "clone", tmp_path / "temp")
    runner.clone.mkdir()
    runner.temp.mkdir()
    return Host(runner)


class TestComment:
    """The comment at a proposed change: with the right to write, so what it takes from the change's own run is hostile."""

    def test_it_is_asked_for_checks_nothing_out_and_may_only_write_comments(self) -> None:
        said = read(COMMENT)
        (job,) = said["jobs"].values()
        assert said["on"] == {"workflow_run": {"workflows": [read(ROOT / ".github/workflows/check.yml")["name"]], "types": ["completed"]}}
        assert "vars.TUSOI_BINH_LUAN == 'true'" in job["if"]
        assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
        assert [step for step in steps(COMMENT) if "uses" in step] == []
        (step,) = steps(COMMENT)
        assert step["env"]["MARK"] == MARK

    def test_the_text_that_the_other_workflow_left_becomes_a_comment(self, host: Host) -> None:
        (left,) = [step["with"] for step in steps(ROOT / ".github/workflows/check.yml") if step.get("with", {}).get("name") == "thay-doi"]
        assert left["path"] == "${{ runner.temp }}/thay-doi.txt"
        host.entries = {"thay-doi.txt": "So A với B.\n\nNội dung thay đổi (1)\n  Kế hoạch\n    Việc 1: đổi hạn.\n".encode()}
        done = host.run()
        assert done.returncode == 0, done.stderr
        ((method, address, body),) = host.written()
        assert (method, address) == ("POST", "repos/minh-hoa/ho-so/issues/7/comments")
        assert body.startswith(f"{MARK}\n\n**Thay đổi bằng lời**")
        assert body.endswith("\n\n    So A với B.\n\n    Nội dung thay đổi (1)\n      Kế hoạch\n        Việc 1: đổi hạn.\n\n")

    def test_its_own_earlier_comment_is_written_anew_and_nobody_elses(self, host: Host) -> None:
        host.comments = [
            {"id": 1, "user": {"login": "nguoi-la"}, "body": f"{MARK} của tôi"},
            {"id": 2, "user": {"login": "github-actions[bot]"}, "body": f"Trích: {MARK}"},
            {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\n\ncũ"},
        ]
        assert host.run().returncode == 0
        assert [(method, address) for method, address, _ in host.written()] == [("PATCH", "repos/minh-hoa/ho-so/issues/comments/3")]

    def test_nothing_in_a_hostile_text_is_more_than_text(self, host: Host) -> None:
        """Indented by four spaces after an empty line, a line is shown as it stands, whatever it says; only ends of lines could end that."""
        evil = "```\n</pre><script>x</script> @everyone [x](http://x) ${{ secrets.X }} $(id) `id`\n\n# Đã duyệt\n- [x] tốt\r# thoát\r\n"
        evil += "và\u2028này\x0b\x0c\x1b[31m\u202etối\x00"
        host.entries = {"thay-doi.txt": evil.encode() + b"\xff\xfe"}
        done = host.run(BRANCH="x; touch ../hacked; $(touch ../hacked) `touch ../hacked`")
        assert done.returncode == 0, done.stderr
        ((_, _, body),) = host.written()
        head, _, rest = body.partition("\n\n    ")
        assert head.count("\n") == 2
        assert all(line.startswith("    ") or not line for line in f"    {rest}".splitlines())
        assert "@everyone" in rest
        assert not any(not each.isprintable() and each != "\n" for each in body)
        assert not list(host.runner.temp.parent.glob("**/hacked"))
        asked = (host.runner.temp.parent / "host" / "asked.jsonl").read_text(encoding="utf-8")
        assert json.loads(asked.splitlines()[0])[2]["head"] == "nguoi-la:x; touch ../hacked; $(touch ../hacked) `touch ../hacked`"

    @pytest.mark.parametrize("content", [b"a" * 50_000_000, b"\n" * 50_000_000, b"a b\n" * 5_000_000], ids=["one word", "no words", "short lines"])
    def test_a_bomb_is_cut_and_said_to_be(self, host: Host, content: bytes) -> None:
        with zipfile.ZipFile(host.runner.temp / "x", "w", zipfile.ZIP_DEFLATED) as papers:
            papers.writestr("thay-doi.txt", content)
        host.entries = {}
        host.packed = (host.runner.temp / "x").read_bytes()
        assert host.run().returncode == 0
        ((_, _, body),) = host.written()
        assert len(body) < 65536
        assert "vì quá dài" in body

    def test_other_files_of_the_artefact_are_left_where_they_are(self, host: Host) -> None:
        host.entries |= {"../../escaped.txt": b"x", "comment.md": b"x", "number": b"99", "gh": b"#!/bin/sh\ntouch hacked\n"}
        assert host.run().returncode == 0
        ((_, address, body),) = host.written()
        assert address == "repos/minh-hoa/ho-so/issues/7/comments"
        assert "x" not in body.splitlines()
        assert sorted(each.name for each in host.runner.temp.iterdir()) == ["artefact.zip", "comment.md"]

    @pytest.mark.parametrize(
        ("what", "value"),
        [
            ("pulls", []),
            ("pulls", [{"number": 7, "head": {"sha": "d" * 40}}]),
            ("artifacts", []),
            ("artifacts", [{"id": 55, "expired": True, "size_in_bytes": 9}]),
            ("artifacts", [{"id": 55, "expired": False, "size_in_bytes": 2_000_000}]),
        ],
        ids=["no change is open", "it went on", "nothing was left", "it is gone", "it is too large"],
    )
    def test_where_there_is_nothing_to_say_nothing_is_written(self, host: Host, what: str, value: list[dict[str, Any]]) -> None:
        setattr(host, what, value)
        assert host.run().returncode == 0
        assert host.written() == []

    def test_what_is_no_archive_stops_it(self, host: Host) -> None:
        host.packed = b"nothing of the kind"
        assert host.run().returncode != 0
        assert host.written() == []
