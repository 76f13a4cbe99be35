"""What a program thinks of somebody's words is told to editors, and never stands on a page that everybody reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cases import CASES, lay_over
from tusoi import flow, page, report, rules
from tusoi.problem import Place, Problem, Severity

DAY = date(2026, 3, 15)
BOARD = "bang/can-bo-sung.html"
AUDIENCE = "audience: public\n"


def judged(scratch: Path, audience: str, case: str = "a-remedy-could-stand-in-any-review") -> flow.Judged:
    """Judge a tree with one problem of R24, written for an audience; for nobody in particular where none is given. Other problems are left out."""
    tree = lay_over(CASES / "R24" / "fail" / case, scratch)
    project = tree / "records" / "project.yml"
    text = project.read_text(encoding="utf-8")
    assert AUDIENCE in text
    project.write_text(text.replace(AUDIENCE, f"audience: {audience}\n" if audience else ""), encoding="utf-8")
    made = flow.judge(flow.read(tree), DAY)
    return replace(made, problems=tuple(each for each in made.problems if each.code == "R24"))


def published(made: flow.Judged) -> dict[str, str]:
    """Give every text that a build writes: the pages, and the files beside them."""
    pages = made.pages()
    return {path: f"{each.title}\n{each.description}\n{each.html}" for path, each in pages.items()} | page.files_of(pages)


@pytest.mark.parametrize("case", sorted(each.name for each in (CASES / "R24" / "fail").iterdir()))
@pytest.mark.parametrize("audience", ["public", ""])
def test_a_public_site_is_the_same_with_and_without_it(tmp_path: Path, audience: str, case: str) -> None:
    made = judged(tmp_path, audience, case)
    assert len(made.problems) == 1
    assert published(made) == published(replace(made, problems=()))


def test_members_read_it_where_records_are_completed(tmp_path: Path) -> None:
    made = judged(tmp_path, "members")
    there, without = published(made), published(replace(made, problems=()))
    assert sorted(path for path in there if there[path] != without.get(path)) == [BOARD.replace(".html", ".csv"), BOARD]
    assert "mới là lời chung" in there[BOARD]
    assert "tăng cường" in there[BOARD]


def test_other_problems_stay_on_the_public_board(tmp_path: Path) -> None:
    """Left out is R24 alone: a problem about facts, in the same place, is still shown."""
    made = judged(tmp_path, "public")
    there = made.problems[0]
    other = replace(there, code="R01", variant="remedy", params=(("number", "1"),))
    html = replace(made, problems=(there, other)).pages()[BOARD].html
    assert html.count(there.place.file) == 1
    assert "chưa ghi phương hướng khắc phục" in html
    assert there.place.file not in made.pages()[BOARD].html


def test_the_public_page_says_what_it_does_not_show_and_how_superiors_get_it(tmp_path: Path) -> None:
    """By the check, which does print it, or by a site for members, which does show it: both are tried here."""
    made = judged(tmp_path / "public", "public")
    told = made.pages()[BOARD].html
    for said in (
        "không hiện ở trang công khai",
        "<code>tusoi check</code>",
        "<code>audience: members</code>",
        "quy-tac/R24.html",
        "quy-tac/R46.html",
        "quy-tac/R02.html",
    ):
        assert said in told
    assert " R24 – " in report.text(made.problems, report.Summary(1, DAY, "public"), "vi")
    inside = judged(tmp_path / "members", "members").pages()[BOARD].html
    assert "không hiện ở trang công khai" not in inside
    assert ">R24<" in inside


def test_which_rules_are_for_editors_is_said_by_the_rule() -> None:
    assert "R24" in {each.code for each in rules.all_rules() if not each.for_everybody}
    problems = [Problem(code, Severity.WARNING, Place("records/x.yml")) for code in ("R24", "R17", "S01")]
    assert [each.code for each in rules.for_everybody(problems)] == ["R17", "S01"]
