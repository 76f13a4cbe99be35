"""The command, end to end, in real Git repositories: exit codes, what is printed, and that nothing is lost."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from conftest import ROOT, commit, git

pytestmark = pytest.mark.build

BROKEN = "title: Ghi chú: phần này chưa đặt trong ngoặc kép\n"


def tusoi(*words: str | Path, at: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, in a process of its own."""
    return subprocess.run([sys.executable, "-m", "tusoi", *map(str, words)], cwd=at, capture_output=True, text=True, encoding="utf-8", check=False)


def fingerprint(folder: Path) -> dict[str, str]:
    """Give the bytes of every file that is not Git's."""
    files = (each for each in sorted(folder.rglob("*")) if each.is_file() and ".git" not in each.relative_to(folder).parts)
    return {each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def spoil(project: Path) -> Path:
    """Put one broken record in."""
    place = project / "records/dang-uy-xa-an-mau/reviews/2023.yml"
    place.write_text(BROKEN, encoding="utf-8")
    return place


def drop_remedy(project: Path) -> None:
    """Take a remedy away, so that a rule of the domain fires."""
    place = project / "records/dang-uy-xa-an-mau/reviews/2024.yml"
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if not line.startswith("    remedy: Ký lại")), encoding="utf-8")


class TestCheck:
    def test_good_records_give_0_and_one_line(self, project: Path) -> None:
        done = tusoi("-C", project, "check")
        assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")
        assert done.stdout.startswith("39 hồ sơ · 0 phải sửa · 0 nên bổ sung")

    def test_the_working_tree_is_untouched(self, project: Path) -> None:
        drop_remedy(project)
        before = fingerprint(project)
        tusoi("-C", project, "check")
        assert fingerprint(project) == before
        assert git(project, "status", "--porcelain").strip() == "M records/dang-uy-xa-an-mau/reviews/2024.yml"

    def test_an_error_gives_1_with_file_line_column_what_and_how(self, project: Path) -> None:
        drop_remedy(project)
        done = tusoi("-C", project, "check")
        assert done.returncode == 1
        lines = (project / "records/dang-uy-xa-an-mau/reviews/2024.yml").read_text(encoding="utf-8").splitlines()
        place = f"records/dang-uy-xa-an-mau/reviews/2024.yml:{lines.index('  - id: F2') + 1}:5"
        assert f"{place}: Phải sửa R01 – Hạn chế thứ 2: chưa ghi phương hướng khắc phục." in done.stdout
        assert "    Hồ sơ: Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu, hạn chế thứ 2\n" in done.stdout
        assert "    Thêm dòng `remedy:`" in done.stdout

    def test_messages_are_english_on_request(self, project: Path) -> None:
        drop_remedy(project)
        assert "Must be mended R01 – Finding 2: no remedy is given." in tusoi("-C", project, "check", "--lang", "en").stdout

    def test_a_warning_gives_0_and_1_with_strict(self, project: Path) -> None:
        place = project / "records/project.yml"
        place.write_text(place.read_text(encoding="utf-8").replace("audience: public\n", ""), encoding="utf-8")
        assert tusoi("-C", project, "check").returncode == 0
        assert tusoi("-C", project, "check", "--strict").returncode == 1

    def test_no_records_fail(self, tmp_path: Path) -> None:
        done = tusoi("-C", tmp_path, "check")
        assert done.returncode == 1
        assert "X20" in done.stdout

    def test_one_broken_file_hides_nothing_about_the_others(self, project: Path) -> None:
        spoil(project)
        drop_remedy(project)
        done = tusoi("-C", project, "check")
        assert done.returncode == 1
        assert "reviews/2023.yml:1:" in done.stdout
        assert "R01" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr

    def test_the_day_is_that_of_the_last_commit_in_the_zone_of_the_project(self, project: Path) -> None:
        place = project / "records/project.yml"
        place.write_text(place.read_text(encoding="utf-8").replace("as_of: 2026-03-15\n", ""), encoding="utf-8")
        commit(project, "2026-04-01T18:30:00+00:00")
        assert json.loads(tusoi("-C", project, "check", "--format", "json").stdout)["as_of"] == "2026-04-02"

    def test_a_day_can_be_given(self, project: Path) -> None:
        assert json.loads(tusoi("-C", project, "check", "--format", "json", "--as-of", "2025-12-31").stdout)["as_of"] == "2025-12-31"

    def test_an_unknown_day_is_never_guessed(self, project: Path, tmp_path: Path) -> None:
        place = project / "records/project.yml"
        place.write_text(place.read_text(encoding="utf-8").replace("as_of: 2026-03-15\n", ""), encoding="utf-8")
        (project / ".git").rename(tmp_path / "elsewhere")
        done = tusoi("-C", project, "check")
        assert done.returncode == 2
        assert "--as-of" in done.stderr

    def test_json_is_as_its_schema_says(self, project: Path) -> None:
        spoil(project)
        drop_remedy(project)
        report = json.loads(tusoi("-C", project, "check", "--format", "json").stdout)
        schema = json.loads((ROOT / "generator/tusoi/check.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(report)
        assert report["counts"]["error"] == sum(each["severity"] == "error" for each in report["problems"]) >= 2

    def test_sarif_is_as_the_official_schema_says(self, project: Path) -> None:
        spoil(project)
        drop_remedy(project)
        (project / "records/mẫu thử.yml").write_text("title: 😀\n", encoding="utf-8")
        log = json.loads(tusoi("-C", project, "check", "--format", "sarif").stdout)
        schema = json.loads((ROOT / "tests/vendored/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
        jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER).validate(log)
        assert len(log["runs"][0]["results"]) >= 3

    @pytest.mark.parametrize("form", ["codequality", "junit", "sarif"])
    def test_a_report_for_a_host_is_the_same_each_time_and_leaves_the_exit_code_as_it_is(self, project: Path, form: str) -> None:
        assert tusoi("-C", project, "check", "--format", form).returncode == 0
        spoil(project)
        one, two = (tusoi("-C", project, "check", "--format", form) for _ in range(2))
        assert (one.returncode, one.stderr) == (1, "")
        assert one.stdout == two.stdout
        assert "records/dang-uy-xa-an-mau/reviews/2023.yml" in one.stdout

    def test_a_project_in_a_folder_of_a_repository_is_named_from_its_top(self, project: Path) -> None:
        spoil(project)
        (issue,) = json.loads(tusoi("-C", "project", "check", "--format", "codequality", at=project.parent).stdout)
        assert issue["location"]["path"] == "project/records/dang-uy-xa-an-mau/reviews/2023.yml"

    def test_annotations_say_how_many_more_than_the_host_shows(self, project: Path) -> None:
        for number in range(15):
            (project / f"records/dang-uy-xa-an-mau/reviews/19{number:02d}.yml").write_text(BROKEN, encoding="utf-8")
        lines = tusoi("-C", project, "check", "--format", "github").stdout.splitlines()
        errors = [each for each in lines if each.startswith("::error")]
        assert len(errors) == 10
        assert "Còn 6" in errors[-1]

    def test_record_text_can_not_become_a_command_of_the_host(self, project: Path) -> None:
        place = project / "records/dang-uy-xa-an-mau/plans/2025.yml"
        text = place.read_text(encoding="utf-8").replace("    due: 2026-01-31", '    due: "::error::%0Agotcha"', 1)
        place.write_text(text, encoding="utf-8")
        lines = tusoi("-C", project, "check", "--format", "github").stdout.splitlines()
        commands = [each for each in lines if each.startswith("::")]
        assert len([each for each in commands if "S05" in each]) == 1
        assert [each.split(" ")[0] for each in commands] == ["::error"] * len(commands)
        assert "%0A" not in "".join(commands).replace("%250A", "")

    def test_the_summary_is_inert_markdown_with_links(self, project: Path, tmp_path: Path) -> None:
        place = project / "records/dang-uy-xa-an-mau/plans/2025.yml"
        text = place.read_text(encoding="utf-8").replace("    due: 2026-01-31", '    due: "<img src=x> @everyone [x](http://x)"', 1)
        place.write_text(text, encoding="utf-8")
        summary = tmp_path / "summary.md"
        tusoi("-C", project, "check", "--summary", summary, "--links", "https://host.example/blob/abc/")
        written = summary.read_text(encoding="utf-8")
        assert "(https://host.example/blob/abc/records/dang-uy-xa-an-mau/plans/2025.yml#L" in written
        assert "<img" not in written
        assert "@everyone" not in written
        assert "](http://x)" not in written


class TestBuild:
    def test_a_build_with_errors_leaves_the_last_output_untouched(self, project: Path, tmp_path: Path) -> None:
        output = tmp_path / "out"
        assert tusoi("-C", project, "build", "--output", output).returncode == 0
        before = fingerprint(output)
        assert len(before) > 30
        spoil(project)
        done = tusoi("-C", project, "build", "--output", output)
        assert done.returncode == 1
        assert fingerprint(output) == before
        assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "project"]

    def test_a_preview_is_built_with_a_banner_on_every_page(self, project: Path, tmp_path: Path) -> None:
        spoil(project)
        output = tmp_path / "out"
        assert tusoi("-C", project, "build", "--preview", "--output", output).returncode == 1
        pages = [each for each in output.rglob("*.html") if each.name != "404.html"]
        assert pages
        assert [each for each in pages if "Bản xem thử" not in each.read_text(encoding="utf-8")] == []

    def test_a_link_in_the_tree_stops_even_a_preview(self, project: Path, tmp_path: Path) -> None:
        """What it leads to could be any file of the computer that builds."""
        (project / "docs/secret.txt").symlink_to("/etc/hostname")
        for what in ("--output", "--pages-only"):
            assert tusoi("-C", project, "build", "--preview", what, tmp_path / "out").returncode == 1
        assert sorted(each.name for each in tmp_path.iterdir()) == ["project"]

    def test_a_folder_that_something_else_made_is_never_replaced(self, project: Path, tmp_path: Path) -> None:
        place = tmp_path / "mine"
        place.mkdir()
        (place / "thesis.txt").write_text("mine", encoding="utf-8")
        assert tusoi("-C", project, "build", "--output", place).returncode == 2
        assert (place / "thesis.txt").read_text(encoding="utf-8") == "mine"

    def test_two_builds_give_the_same_bytes(self, project: Path, tmp_path: Path) -> None:
        for name in ("one", "two"):
            subprocess.run(
                [sys.executable, "-m", "tusoi", "-C", str(project), "build", "--output", str(tmp_path / name)],
                env={**__import__("os").environ, "SOURCE_DATE_EPOCH": "1773504000"},
                check=True,
                capture_output=True,
            )
        assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")

    def test_neither_output_is_wrong_use(self, project: Path) -> None:
        assert tusoi("-C", project, "build").returncode == 2

    def test_mkdocs_itself_builds_the_same_pages(self, project: Path, tmp_path: Path) -> None:
        tusoi("-C", project, "build", "--output", tmp_path / "ours")
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "--quiet",
                "--config-file",
                str(project / "mkdocs.yml"),
                "--site-dir",
                str(tmp_path / "theirs"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        ours, theirs = ({name: value for name, value in fingerprint(tmp_path / each).items() if name.endswith(".html")} for each in ("ours", "theirs"))
        assert ours == theirs

    def test_mkdocs_itself_refuses_records_with_errors(self, project: Path, tmp_path: Path) -> None:
        spoil(project)
        words = ["build", "--strict", "--config-file", str(project / "mkdocs.yml"), "--site-dir", str(tmp_path / "theirs")]
        done = subprocess.run([sys.executable, "-m", "mkdocs", *words], capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert "reviews/2023.yml:1:" in done.stderr

    def test_properdocs_builds_the_same_pages_from_the_plugin(self, project: Path, tmp_path: Path) -> None:
        tusoi("-C", project, "build", "--output", tmp_path / "ours")
        words = ["build", "--strict", "--quiet", "--config-file", str(project / "mkdocs.yml"), "--site-dir", str(tmp_path / "theirs")]
        done = subprocess.run([sys.executable, "-m", "properdocs", *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert articles(tmp_path / "theirs") == articles(tmp_path / "ours")

    def test_pages_to_disk_are_one_block_of_html_each_and_mkdocs_builds_them_without_us(self, project: Path, tmp_path: Path) -> None:
        tusoi("-C", project, "build", "--output", tmp_path / "ours")
        assert tusoi("-C", project, "build", "--pages-only", tmp_path / "pages").returncode == 0
        words = ["build", "--strict", "--quiet", "--config-file", str(tmp_path / "pages/mkdocs.yml"), "--site-dir", str(tmp_path / "theirs")]
        done = subprocess.run([sys.executable, "-m", "mkdocs", *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        theirs, ours = articles(tmp_path / "theirs"), articles(tmp_path / "ours")
        # Where nothing is, each generator says so with a page of its own.
        assert "404 - Not found" in theirs.pop("404.html")
        assert "hư cấu" in (tmp_path / "ours/404.html").read_text(encoding="utf-8")
        ours.pop("404.html")
        assert "hư cấu" in ours["gioi-thieu.html"]
        assert theirs == ours


def articles(site: Path) -> dict[str, str]:
    """Give the text of every page's article, without tags and white space: what a reader reads."""
    import re

    found: dict[str, str] = {}
    for place in sorted(site.rglob("*.html")):
        html = place.read_text(encoding="utf-8")
        article = re.search(r"<article.*?</article>", html, re.DOTALL)
        text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", article[0] if article else "", flags=re.DOTALL)
        found[place.relative_to(site).as_posix()] = " ".join(text.split())
    return found


class TestTheOtherVerbs:
    def test_rules_are_listed_with_code_severity_stage_source_and_titles(self) -> None:
        listed = json.loads(tusoi("rules", "--format", "json").stdout)
        assert {"R01", "R02", "R05", "R08", "R17", "R26"} <= {each["code"] for each in listed}
        for each in listed:
            assert set(each) == {"code", "severity", "stage", "source", "title"}
            assert all(each["title"][lang] for lang in ("vi", "en"))

    def test_one_rule_is_explained_with_an_example(self) -> None:
        told = tusoi("rules", "R01")
        assert (told.returncode, told.stderr) == (0, "")
        for words in ("R01 – Phải sửa", "Đã kết luận", "Báo cáo kiểm điểm", "S3-26", "Viết đúng – records/", "Bị nhắc – records/", "Lời báo"):
            assert words in told.stdout
        assert "Reported – records/" in tusoi("rules", "r1", "--lang", "en").stdout
        machine = json.loads(tusoi("rules", "R01", "--format", "json").stdout)
        assert "review" in machine["kinds"]
        assert machine["example"]["files"][0]["good"] != machine["example"]["files"][0]["bad"]

    @pytest.mark.parametrize("code", ["R99", "S01", "quy-tac"])
    def test_an_unknown_rule_is_answered_kindly(self, code: str) -> None:
        told = tusoi("rules", code)
        assert (told.returncode, told.stdout) == (2, "")
        assert "tusoi rules" in told.stderr

    def test_the_list_says_in_words_when_a_rule_is_checked_and_what_its_marks_mean(self) -> None:
        told = tusoi("rules").stdout
        assert re.search(r"^R03 \[Phải sửa; khi có “[^”]+”\] ", told, re.MULTILINE)
        assert re.search(r"^R26 \[Phải sửa; mọi lúc\] ", told, re.MULTILINE)
        assert "mã dòng trong bảng yêu cầu" in told.splitlines()[-1]
        assert "mã dòng trong bảng yêu cầu" in tusoi("rules", "R03").stdout

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("chek",), "Không có lệnh “chek”. Có phải là “check”?"),
            (("zzz",), "Không có lệnh “zzz”. Các lệnh: build, check,"),
            (("chek", "--lang", "en"), "There is no command “chek”. Did you mean “check”?"),
            (("check", "records/a.yml"), "Thừa: records/a.yml."),
            (("check", "--srict"), "Không có tùy chọn --srict."),
            (("check", "--lang", "fr"), "--lang chỉ nhận: vi, en."),
            (("check", "--as-of"), "Sau --as-of phải có giá trị."),
            (("example",), "Thiếu TARGET."),
            (("build",), "Trang ghi vào đâu?"),
        ],
    )
    def test_a_command_that_is_called_wrongly_says_so_in_the_readers_language(self, words: tuple[str, ...], said: str) -> None:
        told = tusoi(*words)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr.startswith(said)
        assert not re.search(r"Usage|Error|Got unexpected|Missing", told.stderr)

    def test_the_example_can_be_written_and_checked(self, tmp_path: Path) -> None:
        assert tusoi("example", tmp_path / "new").returncode == 0
        assert tusoi("-C", tmp_path / "new", "check").returncode == 0
        assert tusoi("example", tmp_path / "new").returncode == 2

    def test_a_new_record_is_written_once_and_never_over_another(self, project: Path) -> None:
        done = tusoi("-C", project, "new", "review", "dang-uy-xa-an-mau/reviews/2026")
        assert done.returncode == 0, done.stderr
        place = project / "records/dang-uy-xa-an-mau/reviews/2026.yml"
        before = place.read_bytes()
        assert b"cycle" in before
        assert b"withdrawn" not in before
        assert tusoi("-C", project, "new", "--full", "review", "dang-uy-xa-an-mau/reviews/2027").returncode == 0
        assert b"withdrawn" in (project / "records/dang-uy-xa-an-mau/reviews/2027.yml").read_bytes()
        assert tusoi("-C", project, "new", "review", "dang-uy-xa-an-mau/reviews/2026").returncode == 2
        assert place.read_bytes() == before

    def test_a_new_record_with_vietnamese_letters_in_its_name_is_offered_a_better_one(self, project: Path) -> None:
        done = tusoi("-C", project, "new", "review", "đảng-ủy/reviews/2026")
        assert done.returncode == 2
        assert "dang-uy" in done.stderr

    def test_an_unknown_kind_is_answered_with_the_known_ones(self, project: Path) -> None:
        done = tusoi("-C", project, "new", "reviews", "x/reviews/2026")
        assert done.returncode == 2
        assert "review" in done.stderr

    def test_a_mistake_in_the_project_is_told_where_no_day_can_be_known(self, tmp_path: Path) -> None:
        assert tusoi("example", tmp_path / "new").returncode == 0
        place = tmp_path / "new/records/project.yml"
        place.write_text(place.read_text("utf-8").replace("audience: public", "audience: mọi người"), "utf-8")
        done = tusoi("-C", tmp_path / "new", "check")
        assert done.returncode == 1
        assert "records/project.yml:9:11" in done.stdout

    def test_a_folder_that_is_not_there_is_wrong_use(self, tmp_path: Path) -> None:
        assert tusoi("-C", tmp_path / "nowhere", "check").returncode == 2
