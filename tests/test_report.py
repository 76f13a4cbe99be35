"""Problems as a terminal, a host and a person read them."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from datetime import date

import pytest

from tusoi import report
from tusoi.messages import LANGUAGES, catalogue
from tusoi.problem import Place, Problem, Severity, in_order, problem

DAY = date(2026, 3, 15)
SUMMARY = report.Summary(3, DAY, "public")
ERROR = problem("R01", Place("records/a/reviews/2024.yml", 31, 5), ("findings", 1, "causes"), variant="causes", number=2)
WARNING = problem("X22", Place("records/project.yml", 1, 1), severity=Severity.WARNING)


def test_a_message_says_where_what_and_how() -> None:
    assert report.text([ERROR], SUMMARY, "vi").splitlines()[:2] == [
        "records/a/reviews/2024.yml:31:5: Phải sửa R01 – Hạn chế thứ 2: chưa ghi nguyên nhân.",
        "    Thêm: `causes: [{kind: subjective, text: …}]` – subjective = chủ quan, objective = khách quan.",
    ]


@pytest.mark.parametrize(
    ("until", "said"), [("2026-02-01", "đến hết ngày 01/02/2026."), ("2026-06-30", "đến hết ngày 30/6/2026."), ("2026-06", "đến hết tháng 6/2026.")]
)
def test_a_rule_says_days_as_they_are_read_and_shows_them_as_they_are_typed(until: str, said: str) -> None:
    found = problem("R56", Place("records/a/waivers/1.yml", 1, 1), variant="expired", until=until)
    assert said in report.sentence(found, "vi")
    assert until in report.sentence(found, "en")
    typed = problem("R13", Place("records/a/waivers/1.yml", 1, 1), variant="unanswered", finding="", ref="2026-02-01")
    assert "`- {finding: 2026-02-01," in report.hint(typed, "vi")


def test_what_is_to_be_typed_names_the_organisation_itself() -> None:
    found = problem("R02", Place("records/xa-a/plans/2024.yml", 1, 1), variant="owner", name="A1", number=1)
    assert "`owner: xa-a/roles/pho-bi-thu`" in report.hint(found, "vi")
    assert "`owner: xa-a/roles/post`" in report.hint(found, "en")
    assert "`owner: don-vi/roles/pho-bi-thu`" in report.hint(replace(found, place=Place("records/xa-a/inspections/1.yml")), "vi")


def test_a_quoted_text_that_ends_a_sentence_ends_it_once() -> None:
    found = problem("R13", Place("records/a/reviews/1.yml", 1, 1), variant="unanswered", finding="Hồ sơ trả chậm.", ref="a/reviews/0#F1")
    assert ".”." not in report.sentence(found, "vi")


def test_the_counts_stand_at_the_end() -> None:
    assert report.text([ERROR, WARNING], SUMMARY, "vi").splitlines()[-1] == "3 hồ sơ · 1 phải sửa · 1 nên bổ sung · 0 để biết · số liệu tính đến ngày 15/3/2026"
    assert report.text([], SUMMARY, "en").splitlines()[-1] == "3 records · 0 must be mended · 0 should be added · 0 for information · as of 2026-03-15"


def test_problems_come_in_the_order_of_their_places_and_once() -> None:
    later = problem("R01", Place("records/a/reviews/2024.yml", 100, 1), variant="causes", number=9)
    other = problem("R01", Place("records/b/reviews/2024.yml", 1, 1), variant="causes", number=1)
    assert in_order([other, later, ERROR, later]) == (ERROR, later, other)


def test_errors_come_first_in_the_summary() -> None:
    written = report.markdown([WARNING, ERROR], SUMMARY, "vi")
    assert written.index("### Phải sửa (1)") < written.index("### Nên bổ sung (1)")


def test_a_file_with_a_strange_name_gets_no_link() -> None:
    odd = problem("X22", Place("records/](x) y.yml", 1, 1))
    assert "](https://host/" not in report.markdown([odd], SUMMARY, "vi", "https://host/")


def odd(words: str) -> Problem:
    """A problem that repeats words of a record."""
    return problem("X03", Place("records/a,b:c/100%.yml", 1, 1), variant="files", id=words, other=words)


def test_the_words_of_a_record_are_only_text_in_the_summary() -> None:
    written = report.markdown([odd("<img src=x> [a](https://x) @ai `b` **c** #1")], SUMMARY, "vi", "https://host/")
    assert not re.search(r"<img|\]\(|@ai|`b`|\*\*c|#1\b", written)


@pytest.mark.parametrize(("day", "said"), [(date(2012, 5, 3), "03/5/2012"), (date(2025, 1, 10), "10/01/2025"), (date(2022, 10, 24), "24/10/2022")])
def test_a_day_is_written_as_offices_write_it(day: date, said: str) -> None:
    assert report.stated(day, "vi") == said


def test_both_languages_say_the_same_things_with_the_same_parameters() -> None:
    def names(words: str) -> set[str]:
        return {name.split("_vi")[0].split("_en")[0] for _, name, _, _ in string.Formatter().parse(words) if name}

    catalogues = [catalogue(lang) for lang in LANGUAGES]
    assert set(catalogues[0]) == set(catalogues[1])
    assert {name for name in catalogues[0] if names(catalogues[0][name]) != names(catalogues[1][name])} == set()
    assert all(words for each in catalogues for words in each.values())
