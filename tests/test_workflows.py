"""Each `run:` block of the workflows is executed, in a scratch clone and with the shell that the host uses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    assert (runner.clone / "preview" / "index.html").exists()
    is_public = "\naudience: public\n" in (runner.clone / "records" / "project.yml").read_text(encoding="utf-8")
    assert done["pages"].returncode == (0 if is_public else said["pages"]["allow_failure"]["exit_codes"]), done["pages"].stderr
    assert (runner.clone / "public" / "index.html").exists()
