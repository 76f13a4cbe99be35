"""Whatever the schemas accept is judged: what a source leaves out, or what is kept elsewhere, stops nothing and is taken for nothing."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases import SAMPLE
from registers import Data, judged, kinds
from tusoi import asof, attachments, links, load, page, progress, report, rules, schema
from tusoi.facts import ActionState, FindingState
from tusoi.messages import LANGUAGES
from tusoi.problem import Problem, in_order
from tusoi.record import Draft, Source

DAYS = ("0001-01-01", "2019-01-01", "2024-06-30", "2025-07-01", "2026-03-15", "2030-01-01", "9999-12-31")
SEALS = {"submitted", "concluded", "approved", "issued", "proposed", "decided", "opened", "closed", "ended", "announced", "consulted"}
PAPER = Draft(
    "common/sources/bao", "sources", {"title": "Một bài báo", "publisher": "Báo Mẫu", "shown_on": 2022, "confidence": "low"}, Source("records/bao.yml")
)
OTHERS = ("khong-co", "khong-co/reviews/2020#F1", "noi-khac:a/plans/1", "dang-uy-xa-an-mau")


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every value."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


def stated(data: Any, path: tuple[Any, ...]) -> str:
    """Write a way as `missing` has it: with the ids of parts."""
    words = []
    for key in path:
        data = data[key]
        words.append(str(data.get("id", key)) if isinstance(key, int) and isinstance(data, dict) else str(key))
    return "/".join(words)


def spoilt(draft: Draft, dice: random.Random) -> Draft:
    """Take something away from a record, or put something else there, and say why it may be so."""
    data, left_out = copy.deepcopy(draft.data), []
    for _ in range(dice.randint(1, 3)):
        if not data:
            break
        path = dice.choice(list(places(data)))
        inner: Any = data
        for key in path[:-1]:
            inner = inner[key]
        old = inner[path[-1]]
        if isinstance(old, str) and dice.random() < 0.4:
            inner[path[-1]] = dice.choice([2019, "2019-12", "2030-01-01"]) if old[:2] == "20" else dice.choice(OTHERS)
        else:
            left_out.append(stated(data, path))
            del inner[path[-1]]
    if dice.random() < 0.7:
        data |= {"told_by": [PAPER.id], **({"missing": left_out} if left_out else {})}
    else:
        data |= {"held_elsewhere": {"kind": "Báo cáo", "by": "huyen-uy-minh-hoa", "submitted": "2024-12-11"}}
    if dice.random() < 0.2:
        data = {key: value for key, value in data.items() if key not in SEALS}
    return replace(draft, data=data)


def with_gaps(drafts: tuple[Draft, ...], dice: random.Random) -> Iterator[Draft]:
    """Spoil what can be spoilt so that its schema accepts it."""
    yield PAPER
    for draft in drafts:
        tries = (spoilt(draft, dice) for _ in range(2))
        yield next((each for each in tries if schema.accept([each], kinds())[0]), draft)


def problems_of(drafts: list[Draft], day: date) -> tuple[Problem, ...]:
    """Judge drafts as `flow` does, without a disk."""
    records, found, rejected = schema.accept(drafts, kinds())
    register = links.register(records, kinds(), rejected)
    there = asof.at(register, day)
    facts = progress.measure(there, day)
    problems = in_order([*found, *register.problems, *attachments.problems(register, {}), *rules.run_on_tree(register), *rules.run(there, facts)])
    assert page.render(there, facts, problems)
    return problems


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_schemas_accept_is_judged_and_told(seed: int) -> None:
    dice = random.Random(seed)
    drafts = list(with_gaps(load.records(SAMPLE).drafts, dice))
    for day in dice.sample(DAYS, 3):
        when = date.fromisoformat(day)
        found = problems_of(drafts, when)
        assert found
        for lang in LANGUAGES:
            assert report.text(found, report.Summary(1, when, "public"), lang)


PLAN: dict[str, Data] = {
    "xa": {"name": "Đảng ủy xã Thử", "type": "party_committee"},
    "xa/reviews/2024": {"findings": [{"id": "F1", "statement": "Chậm."}], "concluded": {"date": "2024-12-12"}},
    "xa/plans/2024": {
        "of": ["xa/reviews/2024"],
        "actions": [{"id": "A1", "findings": ["xa/reviews/2024#F1"], "content": "Làm.", "due": "2025-03-31"}],
        "approved": {"date": "2025-01-10"},
    },
    "xa/progress/2025-03": {"of": "xa/plans/2024", "date": "2025-03-01", "entries": [{"action": "xa/plans/2024#A1", "state": "completed"}]},
}


@pytest.mark.parametrize("of", ["xa/plans/2024#A1", "xa/reviews/2024#F1"])
def test_a_check_whose_result_is_not_stated_says_nothing(of: str) -> None:
    """It neither confirms what was claimed nor takes it back."""
    check = {"xa/verifications/1": {"date": "2025-04-01", "entries": [{"of": of, "check": "completion"}]}}
    facts = judged(PLAN | check, "2025-05-01")
    assert facts.actions["xa/plans/2024#A1"].state is ActionState.COMPLETED
    assert facts.findings["xa/reviews/2024#F1"].state is FindingState.CLAIMED


def test_an_answer_that_is_not_stated_is_none() -> None:
    later = {"xa/reviews/2025": {"carry_over": [{"finding": "xa/reviews/2024#F1"}], "submitted": {"date": "2025-12-01"}}}
    facts = judged(PLAN | later, "2026-01-01")
    assert facts.findings["xa/reviews/2024#F1"].carried == ()
    assert facts.findings["xa/reviews/2024#F1"].state is FindingState.CLAIMED


def test_records_without_titles_that_are_about_each_other_have_titles() -> None:
    """One answers the other, and the other the one: each is called by what it is and whose."""
    answers = {f"xa/answers/{one}": {"of": f"xa/answers/{other}", "date": "2025-01-02", "result": "explained"} for one, other in (("1", "2"), ("2", "1"))}
    records = {"xa": {"name": "Đảng ủy xã Thử", "type": "party_committee"}} | answers
    drafts = [Draft(name, name.split("/")[1] if "/" in name else "organisation", dict(data), Source(f"records/{name}.yml")) for name, data in records.items()]
    for draft in drafts[1:]:
        draft.data.update({"told_by": [PAPER.id], "missing": ["by"]})
    assert problems_of([PAPER, *drafts], date(2026, 1, 1))


def test_a_record_that_is_held_elsewhere_may_leave_out_when_it_was_handed_in() -> None:
    held = Draft("xa/reviews/2024", "reviews", {"held_elsewhere": {"kind": "Báo cáo", "by": "Văn phòng"}}, Source("records/xa/reviews/2024.yml"))
    body = Draft("xa", "organisation", {"name": "Đảng ủy xã Thử", "type": "party_committee"}, Source("records/xa/organisation.yml"))
    assert problems_of([body, held], date(2026, 1, 1)) is not None


def test_a_former_id_that_another_record_bears_takes_nothing_from_it() -> None:
    """The clash is a problem of its own; a preview shows both."""
    body = Draft("xa", "organisation", {"name": "Đảng ủy xã Thử", "type": "party_committee"}, Source("records/xa/organisation.yml"))
    other = Draft("xb", "organisation", {"name": "Đảng ủy xã Khác", "type": "party_committee", "formerly": ["xa"]}, Source("records/xb/organisation.yml"))
    assert [each.code for each in problems_of([body, other], date(2026, 1, 1)) if each.code != "R26"] == ["X03"]
