"""Each of the 151 rows of requirements has something that answers it, or a reason why nothing does; and no tag names a row that does not exist."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from registers import kinds
from tusoi import flow, page, requirements, rules
from tusoi.messages import LANGUAGES, catalogue
from tusoi.views import coverage

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "generator" / "tusoi" / "example"
ARTICLES = {"S0": 27, "S1": 43, "S2": 22, "S3": 35, "S4": 24}


@cache
def example() -> flow.Judged:
    tree = flow.read(EXAMPLE)
    day = flow.default_day(tree)
    assert day
    return flow.judge(tree, day)


@cache
def lines() -> tuple[Mapping[str, str], ...]:
    text = page.files_of(example().pages())["bang/doi-chieu-yeu-cau.csv"].removeprefix("\ufeff")
    return tuple(csv.DictReader(io.StringIO(text)))


def test_there_are_as_many_rows_as_the_articles_give() -> None:
    assert Counter(row[:2] for row in coverage.rows()) == ARTICLES
    for article, number in ARTICLES.items():
        assert [f"{article}-{each:02}" for each in range(1, number + 1)] == [row for row in coverage.rows() if row.startswith(article)]


def test_every_row_has_all_that_it_asks_for_or_says_why_it_has_not() -> None:
    assert len(lines()) == sum(ARTICLES.values())
    assert [line["Dòng"] for line in lines() if line["Tình trạng"].split("; ")[0] in (coverage.NOTHING.words, coverage.PARTLY.words)] == []
    for line in lines():
        answers = [line[head] for head in ("Mục trong hồ sơ", "Quy tắc", "Trang")]
        assert any(answers) or coverage.reason(line["Dòng"]), line


def test_it_is_known_of_every_row_what_it_asks_for() -> None:
    assert list(requirements.ASKED) != []
    assert set(requirements.ASKED) == set(coverage.rows())
    parts = {requirements.KEY, requirements.RULE, requirements.SHAPE, requirements.PAGE}
    assert all(asked and set(asked) <= parts for asked in requirements.ASKED.values())


def test_a_row_works_only_when_everything_that_it_asks_for_is_there() -> None:
    """The page is made of what it is given: one tag of three is not enough, and without any the row has nothing."""
    row = "S0-01"
    assert requirements.ASKED[row] == (requirements.KEY, requirements.RULE, requirements.PAGE)
    key, rule, shown, record = ({row: (each,)} for each in ("Gợi ý kiểm điểm", "R12", "bang/goi-y.html", "a/suggestions/1"))

    def found(*given: Mapping[str, tuple[str, ...]]) -> coverage.Answered:
        return coverage._answered(row, "", *given)  # noqa: SLF001 -- the one place where it is decided

    assert found({}, {}, {}, {}).state == coverage.NOTHING
    assert found({}, {}, {}, record).state == coverage.PARTLY
    assert found({}, rule, shown, {}).lacking == (requirements.KEY,)
    assert found(key, {}, shown, {}).lacking == (requirements.RULE,)
    assert found(key, rule, {}, record).lacking == (requirements.PAGE,)
    assert found(key, rule, shown, {}).state == coverage.WORKS


def test_every_rule_runs_and_answers_its_rows() -> None:
    """Also the two about changes, which ask only where there is something to compare with."""
    assert {each.code for each in rules.all_rules() if not each.runs} == set()
    answered = {row: set(line["Quy tắc"].split("; ")) for line in lines() for row in [line["Dòng"]]}
    for each in rules.all_rules():
        assert all(each.code in answered[row] for row in each.source.split()), each.code


def test_no_tag_names_a_row_that_does_not_exist() -> None:
    assert {row for row, _ in tags()} - set(coverage.rows()) == set()


def tags() -> Iterator[tuple[str, str]]:
    """Every row that anything names, with what names it."""
    for kind in kinds().values():
        yield from ((row, kind.name) for row, _ in coverage.tagged(kind.schema))
    for each in rules.all_rules():
        yield from ((row, each.code) for row in each.source.split())
    for path in (ROOT / "generator" / "tusoi" / "pages").glob("*.j2"):
        for named in re.findall(r'{% set rows = "([^"]*)" %}', path.read_text("utf-8")):
            yield from ((row, path.name) for row in named.split())
    for folder in (ROOT, EXAMPLE):
        for record in flow.read(folder).register.records.values():
            yield from ((str(row), record.id) for row in record.data.get("rows", ()))


def test_every_reason_is_about_a_row_and_stands_in_both_languages() -> None:
    said = [{name for name in catalogue(language) if name.startswith("row.")} for language in LANGUAGES]
    assert said[0] == said[1]
    assert {name.split(".")[1] for name in said[0]} == set(coverage.rows())
    assert {name.split(".")[2] for name in said[0] if name.count(".") > 1} <= {"later", "left_out"}


def test_every_link_of_the_page_leads_somewhere() -> None:
    pages = example().pages()
    html = pages["doi-chieu-yeu-cau.html"].html
    targets = {each.partition("#")[0] for each in re.findall(r'href="([^"]+)"', html)}
    written = {path.relative_to(EXAMPLE / "docs").with_suffix(".html").as_posix() for path in (EXAMPLE / "docs").rglob("*.md")}
    assert {each for each in targets if each.endswith(".html")} <= set(pages) | written
