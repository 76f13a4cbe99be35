"""The gate on real repositories: which side's rules count, which day, what is compared, and what the command says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from conftest import commit, git
from gate_mutants import sets
from test_cli import tusoi
from tusoi import changing, flow, gate, looking_back
from tusoi.change import Change
from tusoi.past import Past
from tusoi.problem import Problem, Severity

pytestmark = pytest.mark.build

PLAN = "records/dang-uy-xa-an-mau/plans/2025.yml"
REPORT = "records/dang-uy-xa-an-mau/progress/2026-03-ke-hoach-2024.yml"
PROJECT = "records/project.yml"
WAIVER = "records/dang-uy-xa-an-mau/waivers/2026.yml"
WAIVED = "rule: R02\nof: dang-uy-xa-an-mau/plans/2025#A1\nreason: Bảng theo dõi chờ mẫu chung của tỉnh.\nuntil: 2026-06-30\n"
APPROVED = "approved: {date: 2026-01-12, by: dang-uy-xa-an-mau/roles/bi-thu, document: {number: 04-KH/ĐU, date: 2026-01-12}}\n"
LACKING = "    product: Bảng theo dõi ba công trình\n"
WHOLE = f"{LACKING}    owner: dang-uy-xa-an-mau/roles/pho-bi-thu\n"


def edit(folder: Path, file: str, old: str, new: str = "") -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    write(folder, file, text.replace(old, new))


def write(folder: Path, file: str, text: str) -> None:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")


def compared(folder: Path, base: str = "HEAD", at: str = "") -> list[Problem]:
    """Compare, and give what forbids the change."""

    def of(tree: flow.Tree) -> list[Problem]:
        day = flow.default_day(tree)
        assert day
        return list(changing.compared(flow.judge(tree, day), base).judged.problems_that_forbid)

    if at:
        with flow.reading(folder, at) as tree:
            return of(tree)
    return of(flow.read(folder))


def codes(*given: str | Path, base: str = "HEAD", at: str = "") -> list[str]:
    return sorted({each.code for each in compared(Path(given[0]), base, at)})


@pytest.fixture
def draft(project: Path) -> Path:
    """Give the miniature with a plan that is not approved yet, and whose first action names no owner."""
    edit(project, PLAN, APPROVED)
    edit(project, PLAN, WHOLE, LACKING)
    commit(project, "2026-03-14T21:00:00+00:00")
    return project


class TestRulesOfBefore:
    """A change cannot loosen the rules that judge it."""

    def approve(self, folder: Path) -> None:
        with (folder / PLAN).open("a", encoding="utf-8") as stream:
            stream.write(APPROVED)

    def test_without_anything_else_the_rule_itself_refuses(self, draft: Path) -> None:
        self.approve(draft)
        assert codes(draft) == ["R02"]

    def test_a_waiver_in_the_same_change_waives_nothing(self, draft: Path) -> None:
        self.approve(draft)
        write(draft, WAIVER, WAIVED + "approved: {date: 2026-01-15, by: tinh-uy-mau}\n")
        assert [each.code for each in flow.judge(flow.read(draft), date(2026, 3, 15)).problems_that_forbid] == []
        assert codes(draft) == ["R02"]

    def test_a_waiver_that_is_approved_in_the_same_change_waives_nothing(self, draft: Path) -> None:
        write(draft, WAIVER, WAIVED)
        commit(draft, "2026-03-14T22:00:00+00:00")
        assert codes(draft, base="HEAD~1") == []
        self.approve(draft)
        edit(draft, WAIVER, "until: 2026-06-30\n", "until: 2026-06-30\napproved: {date: 2026-01-15, by: tinh-uy-mau}\n")
        assert codes(draft) == ["R02"]

    def test_a_waiver_that_was_there_waives(self, draft: Path) -> None:
        write(draft, WAIVER, WAIVED + "approved: {date: 2026-01-15, by: tinh-uy-mau}\n")
        assert codes(draft) == []
        commit(draft, "2026-03-14T22:00:00+00:00")
        self.approve(draft)
        assert codes(draft) == []

    def test_a_waiver_of_its_own_may_be_for_what_was_wrong_before(self, draft: Path) -> None:
        """Otherwise nothing could ever be waived that is there already."""
        self.approve(draft)
        commit(draft, "2026-03-14T22:00:00+00:00")
        write(draft, WAIVER, WAIVED + "approved: {date: 2026-01-15, by: tinh-uy-mau}\n")
        assert codes(draft) == []

    def test_the_day_from_which_rules_are_enforced_does_not_move_along(self, draft: Path) -> None:
        self.approve(draft)
        edit(draft, PROJECT, "enforce_from: 2024-01-01", "enforce_from: 2026-03-01")
        assert codes(draft) == ["H06", "R02"]

    def test_a_profile_that_is_made_lighter_does_not_count_yet(self, draft: Path) -> None:
        self.approve(draft)
        own = "format: 1\ntitle: {vi: Xã, en: Commune}\nextends: party\nseverities:\n  - {rule: R02, severity: information}\n"
        write(draft, "profiles/xa.yml", own)
        edit(draft, PROJECT, "profile: party", "profile: xa")
        assert codes(draft) == ["H06", "R02"]

    def test_a_schema_that_asks_for_less_does_not_count_yet(self, draft: Path) -> None:
        more = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["followed_by"]}
        write(draft, "schemas/plan.schema.json", json.dumps(more))
        commit(draft, "2026-03-14T22:00:00+00:00")
        assert codes(draft) == []
        (draft / "schemas/plan.schema.json").unlink()
        edit(draft, PLAN, "followed_by: tinh-uy-mau\n")
        assert codes(draft) == ["H06", "S01"] or codes(draft)[0] == "H06"
        assert len(codes(draft)) == 2

    def test_loosening_apart_is_an_administrators_own_change(self, draft: Path) -> None:
        edit(draft, PROJECT, "enforce_from: 2024-01-01", "enforce_from: 2026-03-01")
        assert codes(draft) == []

    def test_that_it_does_not_count_yet_is_said(self, draft: Path) -> None:
        self.approve(draft)
        write(draft, WAIVER, WAIVED + "approved: {date: 2026-01-15, by: tinh-uy-mau}\n")
        said = tusoi("-C", draft, "check", "--base", "HEAD")
        assert said.returncode == 1
        assert f"{WAIVER}: Để biết H11" in said.stdout
        assert said.stdout.count("R02") == 1

    def test_where_nothing_was_there_everything_may_begin(self, tmp_path: Path) -> None:
        git(tmp_path, "init", "--quiet", "--initial-branch=main")
        write(tmp_path, "README.md", "Hồ sơ\n")
        commit(tmp_path, "2026-03-01T08:00:00+00:00")
        shutil.copytree(Path(__file__).parent / "sample", tmp_path, dirs_exist_ok=True)
        write(tmp_path, "mkdocs.yml", "site_name: Xã\n")
        commit(tmp_path, "2026-03-14T08:00:00+00:00")
        assert codes(tmp_path, base="HEAD~1") == []


class TestDays:
    def plan_of(self, day: str) -> str:
        return APPROVED.replace("{date: 2026-01-12", f"{{date: {day}", 1)

    def test_a_commit_speaks_of_its_own_day_in_the_projects_zone(self, draft: Path) -> None:
        """The commit is of the 20th in UTC, when it is the 21st in Vietnam."""
        edit(draft, PLAN, LACKING, WHOLE)
        commit(draft, "2026-03-14T22:00:00+00:00")
        for day, expected in (("2026-03-21", []), ("2026-03-22", ["H04"])):
            git(draft, "checkout", "--quiet", "-B", day, "main")
            (draft / PLAN).write_text((draft / PLAN).read_text(encoding="utf-8").split("approved:")[0] + self.plan_of(day), encoding="utf-8")
            commit(draft, "2026-03-20T20:00:00+00:00")
            assert codes(draft, base="main") == expected

    def test_what_is_not_committed_is_of_today(self, draft: Path) -> None:
        today = datetime.now(UTC).astimezone().date()
        for day, expected in ((today - timedelta(days=1), False), (today + timedelta(days=3), True)):
            (draft / PLAN).write_text((draft / PLAN).read_text(encoding="utf-8").split("approved:")[0] + self.plan_of(day.isoformat()), encoding="utf-8")
            assert ("H04" in codes(draft)) == expected

    def test_a_report_is_mended_in_the_days_that_the_project_gave_before(self, project: Path) -> None:
        edit(project, REPORT, "value: 7, of: 9", "value: 8, of: 9")
        commit(project, "2026-03-17T10:00:00+00:00")
        assert codes(project, base="HEAD~1") == []
        git(project, "commit", "--quiet", "--amend", "--no-edit", date="2026-03-18T20:00:00+00:00")
        assert codes(project, base="HEAD~1") == ["R30"]
        git(project, "reset", "--quiet", "--hard", "HEAD~1")
        edit(project, PROJECT, "format: 1\n", "format: 1\ngrace_days: 30\n")
        commit(project, "2026-03-16T10:00:00+00:00")
        edit(project, REPORT, "value: 7, of: 9", "value: 8, of: 9")
        commit(project, "2026-03-30T20:00:00+00:00")
        assert codes(project, base="HEAD~1") == []


class TestWhatIsCompared:
    def test_comments_and_layout_are_no_change(self, project: Path) -> None:
        for file in sorted((project / "records").rglob("*/*.yml")):
            file.write_text("# Ghi chú của người soạn.\n" + file.read_text(encoding="utf-8").replace("\n", "\r\n"), encoding="utf-8")
        assert codes(project) == []

    def test_two_changes_come_together(self, project: Path) -> None:
        """What the other side brought since is no change of this side."""
        git(project, "checkout", "--quiet", "-b", "bao-cao")
        write(
            project,
            "records/dang-uy-xa-an-mau/progress/2026-03.yml",
            "of: dang-uy-xa-an-mau/plans/2025\ndate: 2026-03-15\nby: dang-uy-xa-an-mau/roles/pho-bi-thu\ntext: Nhà thầu hẹn ngày ký.\n",
        )
        commit(project, "2026-03-16T08:00:00+00:00")
        git(project, "checkout", "--quiet", "main")
        write(
            project,
            "records/dang-uy-xa-an-mau/events/2026.yml",
            "title: Buổi nghe dân\nnature: listening\ndate: 2026-03-14\ntext: Nghe hai thôn nói về lịch thu gom.\n",
        )
        commit(project, "2026-03-16T09:00:00+00:00")
        assert codes(project, base="bao-cao") == []
        git(project, "checkout", "--quiet", "bao-cao")
        assert codes(project, base="main") == []
        git(project, "merge", "--quiet", "--no-edit", "main", date="2026-03-16T10:00:00+00:00")
        assert codes(project, base="main") == []

    def test_what_a_merge_makes_of_two_honest_changes_is_judged(self, draft: Path) -> None:
        """One side approves the plan, the other moves a date in the draft: neither did wrong, together they move a promise."""
        edit(draft, PLAN, LACKING, WHOLE)
        commit(draft, "2026-03-14T22:00:00+00:00")
        git(draft, "checkout", "--quiet", "-b", "doi-han")
        edit(draft, PLAN, "due: 2026-02-28", "due: 2026-03-31")
        commit(draft, "2026-03-15T08:00:00+00:00")
        git(draft, "checkout", "--quiet", "main")
        with (draft / PLAN).open("a", encoding="utf-8") as stream:
            stream.write(APPROVED)
        commit(draft, "2026-03-15T09:00:00+00:00")
        git(draft, "checkout", "--quiet", "doi-han")
        assert codes(draft, base="main") == []
        git(draft, "merge", "--quiet", "--no-edit", "main", date="2026-03-15T10:00:00+00:00")
        assert codes(draft, base="main") == ["R29"]

    def test_what_is_not_committed_counts_and_what_lies_about_does_not(self, project: Path) -> None:
        edit(project, PLAN, "due: 2026-02-28", "due: 2026-03-31")
        write(project, "nhap.txt", "ghi nháp")
        assert codes(project) == ["R29"]
        write(project, "templates/index.html.j2", "")
        assert codes(project) == ["H06", "R29"]

    def test_a_record_that_cannot_be_read_is_said_once(self, project: Path) -> None:
        (project / PLAN).write_text("title: [\n", encoding="utf-8")
        assert not {"H01", "R30", "R29"} & set(codes(project))
        assert codes(project)[0].startswith("L")

    def test_what_could_not_be_read_before_may_be_mended(self, project: Path) -> None:
        text = (project / PLAN).read_text(encoding="utf-8")
        (project / PLAN).write_text("title: [\n", encoding="utf-8")
        commit(project, "2026-03-15T08:00:00+00:00")
        (project / PLAN).write_text(text, encoding="utf-8")
        assert codes(project) == []

    def test_a_fault_of_before_may_be_mended_where_it_is_and_nowhere_else(self, project: Path) -> None:
        edit(project, PLAN, "reporting: monthly", "reporting: hang-thang")
        commit(project, "2026-03-15T08:00:00+00:00")
        edit(project, PLAN, "reporting: hang-thang", "reporting: monthly")
        assert codes(project) == []
        edit(project, PLAN, "due: 2026-02-28", "due: 2026-03-31")
        assert codes(project) == ["R29"]

    def test_a_link_and_a_repository_within_are_found_as_ever(self, project: Path) -> None:
        (project / "records/dang-uy-xa-an-mau/progress/2026-04.yml").symlink_to("../../project.yml")
        assert codes(project) == ["L02"]

    def test_a_part_of_the_history_is_not_enough(self, project: Path, tmp_path: Path) -> None:
        write(project, "records/dang-uy-xa-an-mau/events/2026.yml", "title: Buổi nghe dân\nnature: listening\ndate: 2026-03-14\n")
        commit(project, "2026-03-16T09:00:00+00:00")
        subprocess.run(["git", "clone", "--quiet", "--depth=1", project.as_uri(), str(tmp_path / "nong")], check=True)
        done = tusoi("-C", tmp_path / "nong", "check", "--base", "HEAD")
        assert done.returncode == 2
        assert "git fetch --unshallow" in done.stderr

    def test_a_bare_repository_is_judged_at_a_commit(self, project: Path, tmp_path: Path) -> None:
        edit(project, PLAN, "due: 2026-02-28", "due: 2026-03-31")
        commit(project, "2026-03-16T09:00:00+00:00")
        git(project, "clone", "--quiet", "--bare", ".", str(tmp_path / "kho.git"))
        done = tusoi("-C", tmp_path / "kho.git", "check", "--base", "main~1", "--at", "main")
        assert done.returncode == 1
        assert f"{PLAN}:19:10: Phải sửa R29" in done.stdout
        assert tusoi("-C", tmp_path / "kho.git", "check", "--base", "main", "--at", "main").returncode == 0

    def test_a_project_in_a_folder_of_its_repository(self, tmp_path: Path) -> None:
        git(tmp_path, "init", "--quiet", "--initial-branch=main")
        shutil.copytree(Path(__file__).parent / "sample", tmp_path / "xa")
        write(tmp_path, "hooks/pre-receive", "#!/bin/sh\n")
        commit(tmp_path, "2026-03-14T20:00:00+00:00")
        edit(tmp_path / "xa", PLAN, "due: 2026-02-28", "due: 2026-03-31")
        assert codes(tmp_path / "xa") == ["R29"]
        write(tmp_path, "hooks/pre-receive", "#!/bin/sh\nexit 0\n")
        assert codes(tmp_path / "xa") == ["H06", "R29"]


class TestCodeOwners:
    """The one file that comes along with organisations, since it is written from them."""

    ASKED = "code_owners: {records: '@minh-hoa/{organisation}', rest: '@minh-hoa/quan-tri'}\n"

    @pytest.fixture
    def asked(self, project: Path) -> Path:
        write(project, PROJECT, (project / PROJECT).read_text(encoding="utf-8") + self.ASKED)
        self.written(project)
        commit(project, "2026-03-15T08:00:00+00:00")
        return project

    def written(self, folder: Path) -> None:
        assert tusoi("-C", folder, "codeowners").returncode == 0

    def test_a_new_organisation_brings_its_line(self, asked: Path) -> None:
        write(asked, "records/xa-moi/organisation.yml", "name: Đảng ủy xã Mới\ntype: party_committee\nparents:\n  - {of: tinh-uy-mau}\n")
        assert codes(asked) == ["H08"]
        self.written(asked)
        assert codes(asked) == []

    def test_a_line_by_hand_is_an_administrators(self, asked: Path) -> None:
        write(asked, "records/dang-uy-xa-an-mau/events/2026.yml", "title: Buổi nghe dân\nnature: listening\ndate: 2026-03-14\n")
        write(asked, "CODEOWNERS", (asked / "CODEOWNERS").read_text(encoding="utf-8").replace("@minh-hoa/dang-uy-xa-an-mau", "@ai-do"))
        assert codes(asked) == ["H06", "H08"]

    def test_an_administrator_may_name_other_teams(self, asked: Path) -> None:
        edit(asked, PROJECT, "@minh-hoa/quan-tri", "@minh-hoa/van-phong")
        self.written(asked)
        assert codes(asked) == []


class TestReport:
    def test_the_last_line_says_with_what_was_compared(self, project: Path) -> None:
        base = git(project, "rev-parse", "HEAD").strip()
        for lang, words in (("vi", "người ghi: không xét"), ("en", "authorship: not judged")):
            done = tusoi("-C", project, "check", "--base", "HEAD", "--lang", lang)
            assert (done.returncode, done.stderr) == (0, "")
            assert base[:12] in done.stdout.splitlines()[-1]
            assert words in done.stdout.splitlines()[-1]

    @pytest.mark.parametrize("form", ["json", "sarif", "junit", "github", "codequality"])
    def test_every_form_carries_what_was_found(self, project: Path, form: str) -> None:
        edit(project, PLAN, "due: 2026-02-28", "due: 2026-03-31")
        done = tusoi("-C", project, "check", "--base", "HEAD", "--format", form)
        assert done.returncode == 1
        assert "R29" in done.stdout
        assert "việc thứ 2" in done.stdout
        assert ("So với lần ghi" in done.stderr) == (form != "json")

    def test_the_json_form_is_as_its_schema_says(self, project: Path) -> None:
        said = json.loads(tusoi("-C", project, "check", "--base", "HEAD", "--format", "json").stdout)
        schema = json.loads((Path(flow.__file__).parent / "check.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(said, schema)
        assert said["base"] == {"commit": git(project, "rev-parse", "HEAD").strip(), "authors": False}

    def test_the_rules_about_changes_are_kept_only_where_they_were_asked(self, project: Path) -> None:
        suites = [
            f'<testsuite name="{code}"' in tusoi("-C", project, "check", "--format", "junit", *more).stdout
            for code in ("R29", "R30")
            for more in ((), ("--base", "HEAD"))
        ]
        assert suites == [False, True, False, True]

    def test_the_summary_says_it_too(self, project: Path, tmp_path: Path) -> None:
        edit(project, PLAN, "due: 2026-02-28", "due: 2026-03-31")
        tusoi("-C", project, "check", "--base", "HEAD", "--summary", tmp_path / "tom-tat.md")
        said = (tmp_path / "tom-tat.md").read_text(encoding="utf-8")
        assert "So với lần ghi" in said
        assert "28/02/2026" in said

    @pytest.mark.parametrize(("words", "sentence"), [(("--base", "khong-co"), "khong-co"), (("--base", "--all"), "--all"), (("--people", "a.yml"), "--base")])
    def test_what_cannot_be_compared_is_said(self, project: Path, words: tuple[str, str], sentence: str) -> None:
        done = tusoi("-C", project, "check", *words)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("minh-hoa") / "kho"
    assert tusoi("example", folder, "--history").returncode == 0
    return folder


def steps(folder: Path) -> Iterator[Change]:
    """Give every step of a history as a change, read in one pass."""
    past = looking_back.past(folder, "Asia/Ho_Chi_Minh")
    all_of = sets()[1]
    before = None
    for step in past.steps:
        said = {each.id: dict(each.data or {}) for each in past.standing(step.number)}
        after = type(all_of)("", all_of.kinds, all_of.root, said).register
        earlier = {name: kept for name, versions in past.versions.items() if (kept := tuple(each for each in versions if each.step.number < step.number))}
        if before:
            yield Change(before, after, step.day, Past("", past.steps[: step.number], earlier))
        before = after


def test_every_step_of_the_examples_history_is_honest(replayed: Path) -> None:
    tried = 0
    for change in steps(replayed):
        assert [(each.message, each.place) for each in gate.problems(change)] == []
        tried += 1
    print(f"steps of the example's history: {tried} tried, {tried} accepted")  # noqa: T201 -- shown with `-s`
    assert tried > 100


@pytest.mark.parametrize("back", [0, 60, 120])
def test_the_command_accepts_steps_of_the_examples_history(replayed: Path, back: int) -> None:
    done = tusoi("-C", replayed, "check", "--base", f"HEAD~{back + 1}", "--at", f"HEAD~{back}")
    assert done.returncode == 0, done.stdout


def test_a_step_back_is_refused(replayed: Path) -> None:
    """The same history the other way round takes away what was recorded."""
    tree = git(replayed, "rev-parse", "HEAD~30^{tree}").strip()
    undone = git(replayed, "commit-tree", tree, "-p", "HEAD", "-m", "test").strip()
    found = compared(replayed, "HEAD", undone)
    assert "H01" in {each.code for each in found}
    assert all(each.severity is Severity.ERROR for each in found)


def test_two_bases_are_none(project: Path) -> None:
    """Where branches were merged into each other, nobody can say since when something changed: one of the two might be from before the promise."""
    git(project, "branch", "clerk")
    write(project, "docs/mot.md", "# Một\n")
    commit(project, "2026-03-14T21:00:00+00:00")
    git(project, "switch", "--quiet", "clerk")
    write(project, "docs/hai.md", "# Hai\n")
    commit(project, "2026-03-14T22:00:00+00:00")
    one, other = git(project, "rev-parse", "main").strip(), git(project, "rev-parse", "clerk").strip()
    git(project, "merge", "--quiet", "--no-edit", one)
    git(project, "switch", "--quiet", "main")
    git(project, "merge", "--quiet", "--no-ff", "--no-edit", other)
    said = tusoi("-C", project, "check", "--base", "clerk", "--at", "main")
    assert (said.returncode, said.stdout) == (2, "")
    assert "git merge" in said.stderr


def test_much_that_git_complains_of_holds_nothing_up(project: Path) -> None:
    """More than a pipe can hold: Git warns once for each file."""
    place = project / "records/dang-uy-xa-an-mau/files"
    for number in range(400):
        write(project, f"records/dang-uy-xa-an-mau/files/{number}.txt", "a")
    commit(project, "2026-03-14T21:00:00+00:00")
    write(project, "records/.gitattributes", "*.txt working-tree-encoding=UTF-16\n")
    for each in place.iterdir():
        each.touch()
    done = subprocess.run([sys.executable, "-m", "tusoi", "-C", project, "check", "--base", "HEAD"], capture_output=True, timeout=120, check=False)
    assert done.returncode in {0, 1, 2}
