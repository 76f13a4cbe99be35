"""What is asked of the records is published, as the rules themselves say it: a list, and a page for each rule with its example."""

from __future__ import annotations

from datetime import date
from functools import cache
from html import unescape

import pytest

from cases import SAMPLE
from tusoi import explaining, flow, page, rules
from tusoi.messages import LANGUAGES
from tusoi.page import Page
from tusoi.views.rules_page import SEVERITIES

ALL = rules.all_rules()
NO_SEAL = ("always", rules.CHANGE)


@cache
def pages() -> dict[str, Page]:
    return dict(flow.judge(flow.read(SAMPLE), date(2026, 3, 15)).pages())


def test_the_list_says_every_rule_and_leads_to_its_page() -> None:
    html = pages()["quy-tac.html"].html
    for each in ALL:
        assert each.titles["vi"] in unescape(html)
        assert f'id="{each.code}"' in html
        assert f'href="quy-tac/{each.code}.html"' in html


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.code)
def test_a_rule_has_a_page_in_both_languages_with_its_source_and_what_is_said(each: rules.Rule) -> None:
    made = pages()[f"quy-tac/{each.code}.html"]
    html = unescape(made.html)
    for words in (*each.titles.values(), ", ".join(each.source.split()), SEVERITIES[each.severity].words, 'href="../quy-tac.html"'):
        assert words in html
    shown = explaining.example(each.code)
    assert (shown is not None) == each.runs
    if shown is None:
        assert "--base" in html
        return
    for side in shown.sides():
        assert side.file in html
        assert [line.text for line in side.lines if line.text.strip() not in html] == []
    assert html.count("<mark>") == sum(line.changed for side in shown.sides() for line in side.lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_a_short_name_of_its_own(lang: str) -> None:
    names = [explaining.name(each.code, lang) for each in ALL]
    assert {each.code for each in ALL} & set(names) == set()
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 75


def test_a_rule_that_nobody_knows_is_called_by_its_code() -> None:
    assert explaining.name("R99", "vi") == "R99"


def test_the_addresses_of_the_rules_are_taken() -> None:
    """A record at one of them would be hidden by the rule's page."""
    assert {f"quy-tac/{each.code}.html" for each in ALL} <= page.own_addresses(flow.kinds())


def test_every_stage_of_a_rule_is_a_seal_of_its_kinds() -> None:
    kinds = flow.kinds()
    for each in ALL:
        for name in each.kinds:
            assert each.stage in NO_SEAL or set(each.stage.split()) & set(kinds[name].seals), each.code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_when_a_rule_is_checked_is_said_with_the_title_of_the_seal(lang: str) -> None:
    kinds = flow.kinds()
    for each in ALL:
        told = explaining.explained(each, kinds, lang)
        for seal in () if each.stage in NO_SEAL else each.stage.split():
            assert f"(`{seal}`)" in told.when
            assert f"“{seal}”" not in told.when, "a seal without a title"
