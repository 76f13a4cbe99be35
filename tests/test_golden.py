"""Everything that is made of the miniature on a fixed day, to be read as a diff when it changes."""

from __future__ import annotations

import functools
import random
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cases import HERE, SAMPLE
from tusoi import flow, load, page, schema
from tusoi.page import Page
from tusoi.record import Register

GOLDEN = HERE / "golden"
DAY = date(2026, 3, 15)


def pages_of(folder: Path, day: date = DAY) -> dict[str, str]:
    """Make every page and give its text."""
    return as_text(flow.judge(flow.read(folder), day).pages())


def as_text(pages: Mapping[str, Page]) -> dict[str, str]:
    """Give all of every page, and every file beside one."""
    return {path: f"{made.title}\n{made.description}\n{made.html}\n" for path, made in pages.items()} | page.files_of(pages)


@functools.cache
def miniature() -> dict[str, str]:
    """Make the pages of the miniature once: for tests that only read them."""
    return pages_of(SAMPLE)


def test_the_pages_are_as_accepted(bless: bool) -> None:  # noqa: FBT001 -- a fixture
    """`make bless` accepts a change; read its diff before committing it."""
    made = miniature()
    if bless:
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, text in made.items():
            place = GOLDEN / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
    accepted = {each.relative_to(GOLDEN).as_posix(): each.read_text(encoding="utf-8") for each in sorted(GOLDEN.rglob("*")) if each.is_file()}
    assert sorted(made) == sorted(accepted), "run `make bless` and read the diff"
    assert {path for path in made if made[path] != accepted[path]} == set(), "run `make bless` and read the diff"


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_the_records_makes_no_difference(seed: int) -> None:
    tree = flow.read(SAMPLE)
    shuffled = list(tree.register.records.values())
    random.Random(seed).shuffle(shuffled)
    mixed = replace(tree, register=Register.of(tree.register.kinds, shuffled, tree.register.reserved))
    assert as_text(flow.judge(mixed, DAY).pages()) == miniature()


def test_two_runs_give_the_same_text() -> None:
    assert pages_of(SAMPLE) == miniature()


def test_every_record_and_every_finding_action_and_issue_has_its_page() -> None:
    tree = flow.read(SAMPLE)
    made = miniature()
    records = {f"{each.id}.html" for each in tree.register.records.values() if each.kind != "project"}
    parts = {f"{each.record.id}/{each.id}.html" for each in tree.register.parts("finding", "action", "issue")}
    assert records | parts <= set(made)


def test_the_packaged_schemas_accept_the_miniature() -> None:
    kinds, problems = schema.kinds(load.schemas(flow.packaged_schemas()))
    records, shape, rejected = schema.accept(load.records(SAMPLE).drafts, kinds)
    assert (list(problems), shape, rejected) == ([], [], set())
    assert len(records) == 39
