"""Problems as a terminal, a host and a person read them."""

from __future__ import annotations

import re
import string
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


def test_the_counts_stand_at_the_end() -> None:
    assert report.text([ERROR, WARNING], SUMMARY, "vi").splitlines()[-1] == "3 hồ sơ · 1 phải sửa · 1 nên bổ sung · 0 để biết · số liệu tính đến ngày 15/3/2026"
    assert report.text([], SUMMARY, "en").splitlines()[-1] == "3 records · 0 errors · 0 warnings · 0 for information · as of 2026-03-15"


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
