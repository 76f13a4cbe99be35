"""Every rule says exactly what its cases expect: nothing more, nothing less."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases import CASES, SAMPLE, Case, all_cases, line
from tusoi import flow, rules


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_a_case_gives_exactly_the_problems_it_expects(case: Case, tmp_path: Path) -> None:
    assert case.problems(tmp_path) == case.expected()


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_a_fail_case_expects_its_rule_and_a_pass_case_does_not(case: Case) -> None:
    code, verdict = case.name.split("/")[:2]
    speaks = any(each.split()[1].split(".")[0] == code for each in case.expected())
    assert speaks == (verdict == "fail")


def test_every_rule_has_a_pass_and_a_fail_case() -> None:
    wanted = {f"{each.code}/{verdict}" for each in rules.all_rules() if each.runs for verdict in ("pass", "fail")}
    assert wanted <= {"/".join(case.name.split("/")[:2]) for case in all_cases()}


def test_every_variant_of_every_rule_has_a_fail_case() -> None:
    """A sentence that no case can bring about may be wrong for years."""
    from tusoi.messages import catalogue

    sentences = {name.removesuffix(".what") for name in catalogue("vi") if name.startswith("R") and name.endswith(".what")}
    assert sentences <= {each.split()[1] for case in all_cases() for each in case.expected()}


def test_the_miniature_has_no_problem_at_all() -> None:
    assert [line(each) for each in flow.judge(flow.read(SAMPLE), date(2026, 3, 15)).problems] == []


def test_cases_hold_only_what_differs() -> None:
    same = [path for path in CASES.glob("R*/*/*/records/**/*.yml") if _original(path).is_file() and _original(path).read_bytes() == path.read_bytes()]
    assert same == []


def _original(path: Path) -> Path:
    return SAMPLE / Path(*path.relative_to(CASES).parts[3:])
