"""The plugin's options: what mkdocs.yml may say of the day, and what is said where it is no day."""

from __future__ import annotations

from datetime import date

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from cases import SAMPLE
from tusoi import flow
from tusoi.plugin import TusoiPlugin


def judged(options: dict[str, object]) -> flow.Judged:
    plugin = TusoiPlugin()
    assert plugin.load_config(options) == ([], [])
    return plugin._judged(MkDocsConfig(str(SAMPLE / "mkdocs.yml")))  # noqa: SLF001 -- what MkDocs reaches through a whole build


@pytest.mark.parametrize("stated", ["2025-07-01", date(2025, 7, 1)], ids=["quoted", "as YAML reads it"])
def test_a_day_may_stand_with_or_without_quotes(stated: object) -> None:
    assert judged({"as_of": stated}).day == date(2025, 7, 1)


def test_without_a_day_the_one_that_the_project_fixes_counts() -> None:
    assert judged({}).day == date(2026, 3, 15)


def test_what_is_no_day_is_told_in_a_sentence() -> None:
    with pytest.raises(PluginError, match="15/3 nữa"):
        judged({"as_of": "15/3 nữa"})
