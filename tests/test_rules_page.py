"""What is asked of the records is published, as the rules themselves say it."""

from __future__ import annotations

from datetime import date
from html import unescape

from cases import SAMPLE
from tusoi import flow, rules
from tusoi.views.rules_page import STAGES


def test_every_rule_is_published_in_both_languages_with_its_source() -> None:
    html = unescape(flow.judge(flow.read(SAMPLE), date(2026, 3, 15)).pages()["quy-tac.html"].html)
    for each in rules.all_rules():
        assert each.titles["vi"] in html
        assert each.titles["en"] in html
        assert each.source.replace(" ", ", ") in html


def test_every_stage_of_a_rule_has_its_words_and_is_a_seal_of_its_kinds() -> None:
    kinds = flow.kinds()
    for each in rules.all_rules():
        assert each.stage in STAGES
        assert each.stage == "always" or all(each.stage in kinds[name].seals for name in each.kinds)
