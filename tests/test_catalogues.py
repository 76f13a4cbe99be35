"""The catalogues are complete: whatever the program can say has its sentence in every language, and no sentence is there that nobody says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest

from test_conventions import modules
from tusoi.messages import LANGUAGES, SHARED, catalogue

SAYERS = {"say": 0, "has": 0, "_need": 1}
"""The functions that are given the name of a sentence, and which of their arguments it is."""
FINDERS = {"problem", "noted", "wrong"}
"""The functions that are given the code of a problem, and by name its variant."""
PROBLEM = re.compile(r"(?P<code>[LSXRH]\d\d)(?:\.(?P<variant>.+))?\.(?:what|hint)")


@dataclass
class Words:
    """What stands in the program as text."""

    constants: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    """Texts of which something is known, and places in them to be filled: `severity.{…}`, `{…}_itself`."""
    said: set[str] = field(default_factory=set)
    """The names of sentences that are asked for by name."""
    found: set[str] = field(default_factory=set)
    """The problems whose code and variant stand at the place that finds them."""


@cache
def words() -> Words:
    """Read the program."""
    made = Words()
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        codes = dict(_codes(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                made.constants.add(node.value)
            elif isinstance(node, ast.JoinedStr) and any(isinstance(each, ast.Constant) and re.search(r"\w{3}", str(each.value)) for each in node.values):
                made.patterns.add("".join(re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".+" for each in node.values))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                _read_call(node, codes, made)
    return made


def _codes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give the texts that a module names at its top: `CODE = "R01"`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from ((each.id, node.value.value) for each in node.targets if isinstance(each, ast.Name))


def _read_call(node: ast.Call, codes: dict[str, str], made: Words) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    place = SAYERS.get(name)
    if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
        made.said.add(str(node.args[place].value))  # type: ignore[attr-defined]
    if name in FINDERS and node.args:
        first = node.args[0]
        code = codes.get(first.id, "") if isinstance(first, ast.Name) else str(first.value) if isinstance(first, ast.Constant) else ""
        variants = [each.value for each in node.keywords if each.arg == "variant"]
        if re.fullmatch(r"[LSXRH]\d\d", code) and all(isinstance(each, ast.Constant) for each in variants):
            made.found.add(".".join([code, *(str(each.value) for each in variants)]))  # type: ignore[attr-defined]


def names(language: str) -> set[str]:
    return set(catalogue(language))


def test_the_program_was_read() -> None:
    """Were nothing found, the tests below would hold for nothing."""
    assert {"check.title", "day.unknown", "rules.unknown"} <= words().said
    assert {"R02.owner", "X23", "R01.posts"} <= words().found
    assert any(re.fullmatch(pattern, "severity.error") for pattern in words().patterns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_said_by_name_has_a_sentence(language: str) -> None:
    assert words().said - names(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_two_sentences(language: str) -> None:
    asked = {f"{each}.{part}" for each in words().found for part in ("what", "hint")}
    shared = {each for each in asked if f"{SHARED}.{each.partition('.')[2]}" in names(language)}
    assert asked - shared - names(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_other_half(language: str) -> None:
    """What is wrong without how to mend it would be half a message."""
    halves = {each for each in names(language) if PROBLEM.fullmatch(each)}
    assert {each for each in halves if f"{each.rpartition('.')[0]}.{'hint' if each.endswith('.what') else 'what'}" not in halves} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_there_that_nobody_says(language: str) -> None:
    assert {each for each in names(language) if not is_said(each)} == set()


def is_said(name: str) -> bool:
    """Whether the program can come to say it: by name, by the beginning of the name, or as the code and the variant of a problem."""
    known = words()
    beginnings = (each for each in known.constants if re.fullmatch(r"\w{3,}\.", each))
    if name in known.constants or name.startswith(tuple(beginnings)):
        return True
    if any(re.fullmatch(pattern, name) for pattern in known.patterns if not pattern.startswith(".+")):
        return True
    bare = name.rpartition(".")[0]
    found = PROBLEM.fullmatch(name)
    if bare in known.constants or name.startswith(f"{SHARED}."):
        return bare.partition(".")[2] in known.constants or bare in known.constants
    if not found or found["code"] not in known.constants:
        return False
    return not found["variant"] or found["variant"] in known.constants or any(re.fullmatch(pattern, found["variant"]) for pattern in known.patterns)


def test_a_sentence_that_nobody_says_is_noticed() -> None:
    assert not is_said("nobody.ever.says")
    assert not is_said("R99.what")
    assert not is_said("R01.no_such_variant_of_it.what")
    assert is_said("R01.causes.what")
