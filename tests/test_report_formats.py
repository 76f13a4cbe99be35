"""The forms of a check's report for machines: each as its readers want it, the same bytes each time, and no word of a record breaks one."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import report_formats_read as reading
from cases import SAMPLE
from registers import register
from tusoi import flow, report_formats, rules
from tusoi.messages import LANGUAGES
from tusoi.problem import Place, Problem, Severity, problem
from tusoi.record_names import RecordNames
from tusoi.report import Summary
from tusoi.report_formats import Report, all_formats, code_quality, fingerprints, github, sarif

DAY = date(2026, 3, 15)
ASKED = [each for each in rules.all_rules() if each.is_asked(compares=False)]
"""A rule that could not be asked has not been kept."""
FILE = "records/dang-uy-xa-an-mau/reviews/2024.yml"
ERROR = problem("R01", Place(FILE, 31, 5), ("findings", 1, "causes"), variant="causes", number=2)
WARNING = problem("R02", Place("records/dang-uy-xa-an-mau/plans/2025.yml", 9, 3), ("actions", 0), severity=Severity.WARNING, variant="product", number=1)
WHOLE_FILE = problem("X21", Place("records/project.yml"))
BOTH_ENDS = problem("X23", Place("docs/quy-tac.md"), also=Place(FILE, 3, 1), page="quy-tac.html")


@cache
def names() -> RecordNames:
    return RecordNames(flow.read(SAMPLE).register)


def given(problems: Sequence[Problem] = (ERROR, WARNING, WHOLE_FILE, BOTH_ENDS), **more: Any) -> Report:
    return replace(Report(tuple(problems), Summary(26, DAY, "public"), "vi", names()), **more)


def written(form: str, problems: Sequence[Problem] = (ERROR, WARNING, WHOLE_FILE, BOTH_ENDS), **more: Any) -> str:
    return all_formats()[form].write(given(problems, **more))


HOSTILE = "\x00\x07\x1b[31m ]]> &amp; <failure/> \"' {0} {{x}} [x](http://x) \ufffe \U0001f600 ::error::"


def hostile() -> Problem:
    """A problem that repeats the worst words of a record, in a file with the worst name."""
    return problem("X03", Place('records/a b/<"&>#?%.yml', 1, 1), variant="files", id=HOSTILE, other=HOSTILE)


@pytest.mark.parametrize("form", sorted(all_formats()))
def test_every_form_is_the_same_each_time_and_ends_its_last_line(form: str) -> None:
    problems = [ERROR, WARNING, WHOLE_FILE, BOTH_ENDS, hostile()]
    assert written(form, problems) == written(form, problems)
    assert written(form, problems).endswith("\n")
    assert written(form, ()).endswith("\n")
    assert not written(form, problems).startswith("\ufeff")


@pytest.mark.parametrize("form", ["text", "json", "codequality", "junit", "sarif"])
def test_every_form_names_the_record_in_words(form: str) -> None:
    assert "Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu, hạn chế thứ 2" in written(form, [ERROR])


@pytest.mark.parametrize("form", sorted(all_formats()))
def test_every_form_speaks_the_language_that_was_asked_for(form: str) -> None:
    said = {lang: written(form, [ERROR], lang=lang) for lang in LANGUAGES}
    assert "chưa ghi nguyên nhân" in said["vi"]
    assert "chưa ghi" not in said["en"]


@pytest.mark.parametrize("form", ["codequality", "junit", "sarif", "github"])
def test_a_host_is_told_the_way_from_the_top_of_the_repository(form: str) -> None:
    assert f"commune/{FILE}" in written(form, [ERROR], prefix="commune/")


class TestJson:
    def test_it_is_as_its_schema_says(self) -> None:
        schema = json.loads((Path(flow.__file__).parent / "check.schema.json").read_text(encoding="utf-8"))
        told = json.loads(written("json", [ERROR, WARNING, WHOLE_FILE, BOTH_ENDS, hostile()]))
        jsonschema.Draft202012Validator(schema).validate(told)
        assert told["problems"][0]["record"].endswith("hạn chế thứ 2")


class TestSarif:
    def run(self, problems: Sequence[Problem] = (ERROR, WARNING, WHOLE_FILE, BOTH_ENDS), **more: Any) -> dict[str, Any]:
        (run,) = json.loads(written("sarif", problems, **more))["runs"]
        return dict(run)

    def test_each_problem_is_a_result_with_its_rule_level_place_and_hint(self) -> None:
        run = self.run()
        known = run["tool"]["driver"]["rules"]
        for result, each in zip(run["results"], (ERROR, WARNING, WHOLE_FILE, BOTH_ENDS), strict=True):
            assert known[result["ruleIndex"]]["id"] == result["ruleId"] == each.code
        assert [each["level"] for each in run["results"]] == ["error", "warning", "error", "error"]
        first = run["results"][0]
        assert first["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": FILE}, "region": {"startLine": 31, "startColumn": 5}}
        assert first["message"]["text"].startswith("Hạn chế thứ 2: chưa ghi nguyên nhân. Thêm: ")

    def test_a_problem_of_a_whole_file_has_no_region(self) -> None:
        assert self.run([WHOLE_FILE])["results"][0]["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "records/project.yml"}}

    def test_the_other_end_is_a_related_location(self) -> None:
        (there,) = self.run([BOTH_ENDS])["results"][0]["relatedLocations"]
        assert there["physicalLocation"]["artifactLocation"]["uri"] == FILE
        assert f"{FILE}:3:1" in there["message"]["text"]

    def test_every_rule_is_described_found_or_not(self) -> None:
        for problems in ([], [ERROR], [WHOLE_FILE]):
            described = {each["id"]: each for each in self.run(problems)["tool"]["driver"]["rules"]}
            assert {each.code for each in ASKED} | {each.code for each in problems} == set(described)
            for each in ASKED:
                assert described[each.code]["shortDescription"]["text"] == each.titles["vi"].replace("{", "{{").replace("}", "}}")
                assert re.fullmatch(r"[A-Z][A-Za-z0-9]+", described[each.code]["name"])

    def test_columns_are_counted_in_code_points(self, tmp_path: Path) -> None:
        """A letter outside the basic plane is one column, not two as in UTF-16, and not four as in UTF-8."""
        (tmp_path / "records").mkdir()
        (tmp_path / "records/project.yml").write_text("{title: 😀ế, format: 9}\n", encoding="utf-8")
        found = next(each for each in flow.read(tmp_path).problems if each.path == ("format",))
        assert found.place.column == "{title: 😀ế, format: 9}".index("9") + 1
        assert self.run()["columnKind"] == "unicodeCodePoints"

    def test_braces_are_doubled_and_record_text_makes_no_link(self) -> None:
        """As the standard asks (3.11.5, 3.11.6): a reader would put something in the place of `{0}`."""
        text = self.run([hostile()])["results"][0]["message"]["text"]
        assert "{{0}}" in text
        assert not re.search(r"(?<![{\d]){\d", text)
        assert "[x](" not in text
        assert "{{kind: subjective, text: …}}" in self.run([ERROR])["results"][0]["message"]["text"]

    def test_the_name_of_a_file_is_a_valid_address(self) -> None:
        assert self.run([hostile()])["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "records/a%20b/%3C%22%26%3E%23%3F%25.yml"

    def test_it_is_a_sarif_log_as_far_as_the_standard_is_told_here(self) -> None:
        """The whole official schema is asked in `test_cli.py`; this one is quick, and allows nothing that is not written on purpose."""
        reading.sarif_schema().validate(json.loads(written("sarif", [ERROR, WARNING, WHOLE_FILE, BOTH_ENDS, hostile()])))


class TestCodeQuality:
    def issues(self, problems: Sequence[Problem], **more: Any) -> list[dict[str, Any]]:
        return list(json.loads(written("codequality", problems, **more)))

    def test_it_is_as_its_schema_says(self) -> None:
        schema = json.loads((Path(code_quality.__file__).parent / "code-quality.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(self.issues([ERROR, WARNING, WHOLE_FILE, BOTH_ENDS, hostile()]))

    def test_an_issue_says_record_sentence_and_hint_with_severity_and_line(self) -> None:
        (issue,) = self.issues([ERROR])
        assert issue["description"].startswith("Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu, hạn chế thứ 2: chưa ghi nguyên nhân. Thêm: ")
        assert (issue["check_name"], issue["severity"], issue["location"]) == ("R01", "major", {"path": FILE, "lines": {"begin": 31}})
        assert [each["severity"] for each in self.issues([WARNING])] == ["minor"]

    def test_no_two_issues_have_one_fingerprint(self) -> None:
        """GitLab shows only one of them."""
        alike = [replace(ERROR, place=Place(FILE, line)) for line in (1, 2, 3)]
        assert len({each["fingerprint"] for each in self.issues([*alike, WARNING, WHOLE_FILE])}) == 5


REVIEW = {"findings": [{"id": "F1", "statement": "Một."}, {"id": "F2", "statement": "Hai."}], "concluded": {"date": "2024-12-12"}}
MORE = REVIEW | {"findings": [{"id": "F3", "statement": "Mới."}, *REVIEW["findings"]]}


def mark(data: dict[str, Any], each: Problem) -> str:
    """Give the fingerprint of one problem in a register of one review."""
    return fingerprints([each], RecordNames(register({"xa/reviews/2024": data})))[each]


class TestFingerprints:
    place = Place("records/xa/reviews/2024.yml", 10, 5)
    problem = problem("R01", place, ("findings", 1, "causes"), variant="causes", number=2)

    def test_a_problem_is_known_again_when_lines_and_items_are_added_above_it(self) -> None:
        moved = problem("R01", Place(self.place.file, 99, 7), ("findings", 2, "causes"), variant="causes", number=3)
        assert mark(REVIEW, self.problem) == mark(MORE, moved)

    @pytest.mark.parametrize(
        "other",
        [
            replace(problem, code="R02"),
            replace(problem, variant="remedy"),
            replace(problem, path=("findings", 0, "causes")),
            replace(problem, path=("findings", 1, "remedy")),
            replace(problem, place=Place("records/xa/reviews/2025.yml", 10, 5)),
            replace(problem, params=(("ref", "xa/reviews/2024#F1"),)),
        ],
        ids=["code", "variant", "item", "key", "file", "what it is about"],
    )
    def test_another_problem_is_told_from_it(self, other: Problem) -> None:
        assert mark(REVIEW, self.problem) != mark(REVIEW, other)


class TestJUnit:
    def test_every_rule_is_a_test_and_passes_where_nothing_breaks_it(self) -> None:
        tests = reading.as_gitlab(written("junit", ()))
        assert {each.name for each in tests} == {each.titles["vi"] for each in ASKED}
        assert {each.status for each in tests} == {"success"}

    def test_an_error_fails_and_a_warning_is_skipped(self) -> None:
        told = {each.classname: each for each in reading.as_gitlab(written("junit")) if each.status != "success"}
        assert {name: each.status for name, each in told.items()} == {
            "tusoi.R01": "failed",
            "tusoi.R02": "skipped",
            "tusoi.X21": "failed",
            "tusoi.X23": "failed",
        }
        assert told["tusoi.R01"].file == FILE
        assert told["tusoi.R01"].output.startswith(f"{FILE}:31:5: Phải sửa R01 – ")
        assert "Thêm: `causes:" in told["tusoi.R01"].output

    def test_a_warning_fails_where_warnings_fail(self) -> None:
        assert {each.status for each in reading.as_gitlab(written("junit", [WARNING], strict=True)) if each.classname == "tusoi.R02"} == {"failed"}

    @pytest.mark.parametrize("strict", [False, True])
    def test_what_only_a_passing_day_has_brought_about_is_no_failure(self, strict: bool) -> None:  # noqa: FBT001 -- a parameter
        """The check does not fail for it either: nobody's change has done it."""
        late = problem("R03", Place(FILE, 3, 1), ("concluded",), variant="none", due="2026-01-31", ref="x", finding="x")
        assert "R03" in rules.BY_TIME
        assert {each.status for each in reading.as_gitlab(written("junit", [late], strict=strict)) if each.classname == "tusoi.R03"} == {"success", "skipped"}

    def test_a_rule_with_warnings_only_still_passes(self) -> None:
        assert [each.status for each in reading.as_gitlab(written("junit", [WARNING])) if each.classname == "tusoi.R02"] == ["success", "skipped"]

    def test_the_numbers_of_a_suite_are_those_of_its_tests(self) -> None:
        root = ET.fromstring(written("junit"))  # noqa: S314 -- our own output
        for suite in root:
            assert int(suite.attrib["tests"]) == len(suite)
            assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
            assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
            assert suite.attrib["errors"] == "0"
            for case in suite:
                assert {"name", "classname"} <= case.attrib.keys()
                assert all("message" in child.attrib for child in case)
        for key in ("tests", "failures", "errors", "skipped"):
            assert int(root.attrib[key]) == sum(int(suite.attrib[key]) for suite in root)

    def test_no_two_tests_have_one_name(self) -> None:
        """GitLab leaves out the second."""
        alike = [replace(ERROR, place=Place(FILE, line)) for line in (1, 2, 3)]
        found = [each.name for each in reading.as_gitlab(written("junit", alike)) if each.classname == "tusoi.R01"]
        assert len(set(found)) == 3

    def test_a_name_holds_no_line_so_that_a_problem_is_known_again(self) -> None:
        moved = replace(ERROR, place=Place(FILE, 99, 1))
        assert [each.name for each in reading.as_gitlab(written("junit", [ERROR]))] == [each.name for each in reading.as_gitlab(written("junit", [moved]))]

    def test_no_word_of_a_record_breaks_the_xml(self) -> None:
        (told,) = (each for each in reading.as_gitlab(written("junit", [hostile()])) if each.classname == "tusoi.X03")
        assert "]]> &amp; <failure/>" in told.output
        assert "⟨U+0000⟩" in told.output
        assert "⟨U+001B⟩[31m" in told.output
        assert "⟨U+FFFE⟩" in told.output
        assert "😀" in told.output


class TestGithub:
    def test_the_annotation_of_a_project_in_a_folder_names_the_file_as_the_host_knows_it(self) -> None:
        assert written("github", [ERROR], prefix="commune/").startswith(f"::error file=commune/{FILE},line=31,col=5,title=Phải sửa R01::")

    def test_the_words_of_a_record_never_become_a_command_of_the_host(self) -> None:
        bad = problem("X03", Place("records/a,b:c/100%.yml", 1, 1), variant="files", id="x\n::error::y%0A", other="x")
        (line,) = github.host_commands([bad], "vi").splitlines()
        assert line.startswith("::error file=records/a%2Cb%3Ac/100%25.yml,line=1,col=1,title=")
        assert "y%250A" in line

    @pytest.mark.parametrize("more", [0, 1, 5])
    def test_the_host_is_given_as_many_annotations_as_it_shows_and_told_how_many_more(self, more: int) -> None:
        found = [problem("X22", Place(f"records/{number:02}.yml", 1, 1)) for number in range(github.HOST_LIMIT + more)]
        lines = github.host_commands(found, "vi").splitlines()
        assert len(lines) == github.HOST_LIMIT
        assert ("records/" in lines[-1]) is not bool(more)
        assert not more or str(more + 1) in lines[-1]


def test_the_forms_are_those_that_the_documents_name() -> None:
    assert set(report_formats.all_formats()) == {"text", "json", "github", "sarif", "codequality", "junit"}
    for page in ("docs/quan-tri.md", "docs/en/quan-tri.md"):
        told = (Path(__file__).parent.parent / page).read_text(encoding="utf-8")
        assert [form for form in report_formats.all_formats() if f"`{form}`" not in told] == []
    assert sarif.SCHEMA.endswith("/sarif-schema-2.1.0.json")
