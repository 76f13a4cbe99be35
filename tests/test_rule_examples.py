"""What a rule's explanation shows is true: each example is cut out of a case, and is said of it what the check says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from rule_examples import PACKAGED, made, written
from tusoi import explaining, flow, report, rules
from tusoi.explaining import Example, ExampleFile, Line
from tusoi.messages import LANGUAGES

CODES = [each.code for each in rules.all_rules() if each.runs]


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_rule_is_cut_from_its_cases(code: str, tmp_path: Path, bless: bool) -> None:  # noqa: FBT001 -- a fixture
    """`make bless` writes the examples anew; read the diff before committing it."""
    example = made(code, tmp_path)
    assert example is not None, f"no case breaks {code}"
    place = PACKAGED / f"{code}.json"
    if bless:
        place.parent.mkdir(exist_ok=True)
        place.write_text(written(example), encoding="utf-8", newline="\n")
        explaining.example.cache_clear()
    assert place.is_file(), "run `make bless` and read the diff"
    assert place.read_text(encoding="utf-8") == written(example), "run `make bless` and read the diff"


def test_no_example_is_left_of_a_rule_that_is_gone() -> None:
    assert {path.stem for path in PACKAGED.iterdir()} - set(CODES) == set()


@pytest.mark.parametrize("code", CODES)
def test_an_example_shows_a_difference_and_what_is_said_of_it(code: str) -> None:
    shown = explaining.example(code)
    assert shown is not None
    assert shown.problems
    assert {each.code for each in shown.problems} == {code}
    assert shown.files
    for each in shown.files:
        assert each.good or each.bad
        assert [line.text for line in each.good] != [line.text for line in each.bad]


def test_that_a_file_is_missing_is_said_only_where_nothing_else_is_wrong() -> None:
    there = (Line("a: 1", changed=False),)
    good, bad, both = ExampleFile("good", there, ()), ExampleFile("bad", (), there), ExampleFile("both", there, there)

    def told(*files: ExampleFile) -> list[tuple[str, bool, int]]:
        return [(each.file, each.is_good, len(each.lines)) for each in Example("", files, ()).sides()]

    assert told(good) == [("good", True, 1), ("good", False, 0)]
    assert told(bad) == [("bad", False, 1)]
    assert told(good, bad) == [("good", True, 1), ("bad", False, 1)]
    assert told(good, both) == [("good", True, 1), ("both", True, 1), ("both", False, 1)]


@pytest.mark.parametrize("code", CODES)
def test_what_is_shown_of_a_file_is_still_yaml(code: str) -> None:
    """Whoever copies it must not be given a mistake that is not the example's."""
    shown = explaining.example(code)
    assert shown is not None
    for each in shown.files:
        for side in (each.good, each.bad):
            yaml.safe_load("\n".join(line.text for line in side))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_rule_is_explained_in_both_languages(code: str, lang: str) -> None:
    each, shown = explaining.find(code), explaining.example(code)
    assert each is not None
    assert shown is not None
    told = explaining.text(each, flow.kinds(), lang)
    said = [report.sentence(shown.problems[0], lang), report.hint(shown.problems[0], lang)]
    for words in (f"{code} – ", each.titles[lang], *each.source.split(), *(file.file for file in shown.files), *said):
        assert words in told
    machine = json.loads(explaining.as_json(each, flow.kinds()))
    assert machine["title"][lang] == each.titles[lang]
    assert machine["example"]["said"][0][lang] == {"message": said[0], "hint": said[1]}


@pytest.mark.parametrize("written", ["R01", "r01", "R1", "r1", "R001"])
def test_a_rule_is_found_however_its_code_is_written(written: str) -> None:
    found = explaining.find(written)
    assert found is not None
    assert found.code == "R01"


@pytest.mark.parametrize("word", ["R00", "R99", "", "R", "rule", "S01", "R" + "9" * 5000, "R٣", "../R01"])
def test_what_is_no_rule_is_answered_with_the_nearest_ones(word: str) -> None:
    assert explaining.find(word) is None
    for lang in LANGUAGES:
        assert "tusoi rules" in explaining.unknown(word, lang)


def test_the_nearest_rules_are_those_with_the_nearest_numbers() -> None:
    assert "R08" in explaining.nearest("R08a")
    assert explaining.nearest("R99") == ()
    assert CODES[-1] in explaining.unknown("R99", "vi")
    assert explaining.nearest("R90") == ("R09",)
    assert "S01" in explaining.unknown("s01", "vi")
    assert "R0" not in explaining.unknown("s01", "vi"), "a message about a file is no mistyped rule"
