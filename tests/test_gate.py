"""The gate: a change is judged by what was there before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gate_mutants import DAY, DISHONEST, HONEST, sets, some
from registers import Data, register
from tusoi import gate
from tusoi.change import Change
from tusoi.past import Past, Step, Version


@pytest.mark.parametrize("kind", DISHONEST)
def test_a_dishonest_change_is_refused(kind: str) -> None:
    make, codes = DISHONEST[kind]
    wanted, tried = set(codes.split()), 0
    for all_of in sets():
        for attempt in some(make(all_of), kind):
            tried += 1
            found = all_of.found(attempt)
            assert wanted & {each.code for each in found}, (all_of.name, attempt.name, [each.message for each in found])
    print(f"{kind}: {tried} tried, {tried} refused")  # noqa: T201 -- shown with `-s`
    assert tried


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_change_is_accepted(kind: str) -> None:
    tried = 0
    for all_of in sets():
        for attempt in some(HONEST[kind](all_of), kind):
            tried += 1
            assert [(each.message, each.place, each.params) for each in all_of.found(attempt)] == [], (all_of.name, attempt.name)
    print(f"{kind}: {tried} tried, {tried} accepted")  # noqa: T201 -- shown with `-s`
    assert tried


# ---- Single changes, made by hand

DRAFT: Data = {"of": ["xa/reviews/1"], "actions": [{"id": "A1", "due": "2026-04-01"}, {"id": "A2", "due": "2026-05-01"}]}
TOLD: Data = {"told_by": ["common/sources/bao"], "missing": ["findings/F1/causes", "concluded"], "findings": [{"id": "F1", "statement": "Trả hồ sơ chậm."}]}
FINDING = TOLD["findings"][0]
REPORT: Data = {"of": "xa/plans/1", "date": "2026-03-01", "entries": [{"action": "xa/plans/1#A1", "state": "started", "text": "Đang làm."}]}
CYCLE: Data = {"name": "Kỳ", "opened": {"date": "2026-01-01"}, "exemptions": [{"of": "xa", "reason": "Mới lập."}]}
REVIEW: Data = {"concluded": {"date": "2026-01-10"}, "findings": [{"id": "F1", "statement": "Chậm.", "outcome": "Dân hết chờ."}]}
CITING: Data = {"of": "xa/plans/1", "entries": [{"action": "xa/plans/1#A1", "state": "started"}], "date": "2026-03-01"}


def said(before: dict[str, Data], after: dict[str, Data], *, days: int = 1, paths: tuple[str, ...] = (), earlier: dict[str, Data] | None = None) -> list[str]:
    """Judge a change of some records that were recorded some days ago."""
    first, then = (Step(number, str(number) * 40, DAY - timedelta(days=days)) for number in (0, 1))
    versions = {name: (Version(first, name, data),) for name, data in (earlier or {}).items()}
    versions = {name: (*versions.get(name, ()), Version(then, name, before.get(name), is_gone=name not in before)) for name in (*before, *versions)}
    change = Change(register(before), register(after), DAY, Past(then.commit, (first, then), versions), paths)
    return [each.message for each in gate.problems(change)]


def one(name: str, old: Data, new: Data, **more: Any) -> list[str]:
    return said({name: old}, {name: new}, **more)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({**TOLD, "findings": [{**FINDING, "causes": [{"kind": "subjective", "text": "Chưa giao."}]}], "missing": ["concluded"]}, []),
        ({**TOLD, "concluded": {"date": "2020"}, "missing": ["findings/F1/causes"]}, []),
        ({**TOLD, "submitted": {"date": "2020"}}, []),
        ({**TOLD, "told_by": ["common/sources/bao", "common/sources/dai"]}, []),
        ({**TOLD, "told_by": ["common/sources/dai"]}, ["R30.told"]),
        ({**TOLD, "missing": ["concluded", "findings"]}, ["R30.told"]),
        ({**TOLD, "findings": [{**FINDING, "remedy": "Giao người."}]}, ["R30.told"]),
        ({**TOLD, "findings": [{**FINDING, "statement": "Trả hồ sơ rất chậm."}]}, ["R30.told"]),
        ({**TOLD, "findings": []}, ["R30.told"]),
        ({key: value for key, value in TOLD.items() if key != "told_by"}, ["H05.removed"]),
    ],
)
def test_what_a_source_tells_is_settled_before_any_seal(new: Data, expected: list[str]) -> None:
    assert one("xa/reviews/1", TOLD, new) == expected


def test_what_is_called_missing_and_is_there_is_not_filled_in() -> None:
    wrong = {**TOLD, "missing": ["findings"]}
    assert one("xa/reviews/1", wrong, {**wrong, "findings": [{**FINDING, "statement": "Khác."}]}) == ["R30.told"]


def test_a_told_report_is_not_mended_in_place() -> None:
    told = {**REPORT, "told_by": ["common/sources/bao"]}
    other = {**told, "entries": [{**told["entries"][0], "text": "Đã làm."}]}
    assert one("xa/progress/1", told, other) == ["R30.told"]
    assert one("xa/progress/1", REPORT, {key: value for key, value in other.items() if key != "told_by"}) == []


@pytest.mark.parametrize("key", ["state", "reached", "obstacle", "replaced_by"])
def test_only_words_figures_and_evidence_of_a_report_are_mended(key: str) -> None:
    assert len(one("xa/progress/1", REPORT, {**REPORT, "entries": [{**REPORT["entries"][0], key: "khác"}]})) == 1
    assert one("xa/progress/1", REPORT, {**REPORT, "date": "2026-03-02"}) == ["R30.changed"]
    assert one("xa/progress/1", REPORT, {**REPORT, "entries": []}) == ["R30.changed"]


def test_a_report_is_mended_while_nobody_rests_on_it() -> None:
    other = {**REPORT, "entries": [{**REPORT["entries"][0], "text": "Đã làm."}]}
    plan = {"xa/plans/1": {**DRAFT, "approved": {"date": "2026-01-01"}}}
    check = {"date": "2026-03-05", "entries": [{"of": "xa/plans/1#A1", "check": "completion", "result": "confirmed"}]}
    for citing in ({"xa/verifications/1": check}, {"xa/corrections/1": {"of": "xa/progress/1", "date": "2026-03-05"}}):
        assert said({"xa/progress/1": REPORT, **plan, **citing}, {"xa/progress/1": other, **plan, **citing}) == ["R30.cited"]
        assert said({"xa/progress/1": REPORT, **plan}, {"xa/progress/1": other, **plan, **citing}) == ["R30.cited"]
    earlier = {"xa/verifications/1": {**check, "date": "2026-02-05"}}
    assert said({"xa/progress/1": REPORT, **plan, **earlier}, {"xa/progress/1": other, **plan, **earlier}) == []
    unsure = {"xa/verifications/1": {**check, "date": "2026"}}
    assert said({"xa/progress/1": REPORT, **plan, **unsure}, {"xa/progress/1": other, **plan, **unsure}) == ["R30.cited"]


@pytest.mark.parametrize(("stated", "days", "expected"), [({}, 3, []), ({}, 4, ["R30.late"]), ({"grace_days": 0}, 1, ["R30.late"]), ({"grace_days": 9}, 9, [])])
def test_the_project_says_how_long_a_report_may_be_mended(stated: Data, days: int, expected: list[str]) -> None:
    other = {**REPORT, "entries": [{**REPORT["entries"][0], "text": "Đã làm."}]}
    assert said({"project": stated, "xa/progress/1": REPORT}, {"project": {"grace_days": 60}, "xa/progress/1": other}, days=days) == expected


def test_what_may_be_added_later_is_added_once() -> None:
    more = [*CYCLE["exemptions"], {"of": "xa-hai", "reason": "Mới nhập."}]
    assert one("xa/cycles/1", CYCLE, {**CYCLE, "exemptions": more}) == []
    assert one("xa/cycles/1", CYCLE, {**CYCLE, "exemptions": more[::-1]}) == []
    assert one("xa/cycles/1", {**CYCLE, "exemptions": more}, {**CYCLE, "exemptions": more[::-1]}) == ["R30.order"]
    assert one("xa/cycles/1", CYCLE, {**CYCLE, "exemptions": [{"of": "xa", "reason": "Khác."}]}) == ["R30.changed"]
    assert one("xa/cycles/1", CYCLE, {**CYCLE, "exemptions": []}) == ["R30.changed"]
    assert one("xa/reviews/1", REVIEW, {**REVIEW, "findings": [{**REVIEW["findings"][0], "outcome": "Khác."}]}) == ["R30.changed"]
    values = {"name": "Tỷ lệ", "values": [{"period": 2024, "value": 1}, {"period": 2025, "value": 2}]}
    assert one("xa/indicators/1", values, {**values, "values": [*values["values"], {"period": 2026, "value": 3}]}) == []
    assert one("xa/indicators/1", values, {**values, "values": values["values"][:1]}) == ["R30.changed"]


def test_a_record_of_another_kind_is_not_what_became_of_one() -> None:
    moved = {"xa/events/1": {"title": "Kế hoạch", "formerly": ["xa/plans/1"]}}
    assert said({"xa/plans/1": DRAFT}, moved) == ["H01.heir"]
    assert said({"xa/plans/1": DRAFT}, {"xa/plans/2": {**DRAFT, "formerly": ["xa/plans/1"]}}) == []


def test_an_id_that_was_left_belongs_to_whoever_left_it() -> None:
    old = {"xa/plans/1": {**DRAFT, "title": "Kế hoạch cũ"}}
    claims = {"xa/plans/2": {**DRAFT, "title": "Kế hoạch khác hẳn", "formerly": ["xa/plans/1"]}}
    assert said({}, claims, earlier=old) == ["H02.claimed"]
    assert said({}, {"xa/plans/2": {**old["xa/plans/1"], "formerly": ["xa/plans/1"]}}, earlier=old) == []
    assert said({"xa/plans/2": DRAFT}, {"xa/plans/2": {**DRAFT, "formerly": ["xa/plans/1"]}}, earlier=old) == ["H02.claimed"]
    assert said({}, {"xa/plans/2": {**DRAFT, "formerly": ["xa/plans/chua-tung-co"]}}) == []


def test_in_a_draft_that_nobody_cites_ids_are_free() -> None:
    first, second = DRAFT["actions"]
    swapped = {**DRAFT, "actions": [{**first, "due": second["due"]}, {**second, "due": first["due"]}]}
    assert one("xa/plans/1", DRAFT, swapped) == []
    assert said({"xa/plans/1": DRAFT, "xa/progress/1": CITING}, {"xa/plans/1": swapped, "xa/progress/1": CITING}) == ["H02.swapped"]
    without, back = {**DRAFT, "actions": [second]}, {**DRAFT, "actions": [{"id": "A1", "content": "Việc khác"}, second]}
    assert one("xa/plans/1", without, back, earlier={"xa/plans/1": DRAFT}) == []
    assert one("xa/plans/1", without, back, earlier={"xa/plans/1": {**DRAFT, "consulted": {"date": "2026-01-01"}}}) == ["H02.part"]
    assert one("xa/plans/1", without, DRAFT, earlier={"xa/plans/1": {**DRAFT, "consulted": {"date": "2026-01-01"}}}) == []
    cited = {"xa/progress/1": CITING}
    assert said({"xa/plans/1": without, **cited}, {"xa/plans/1": back, **cited}, earlier={"xa/plans/1": DRAFT}) == ["H02.part"]
    renumbered = {**DRAFT, "actions": [{**first, "id": "A3"}, second]}
    assert said({"xa/plans/1": DRAFT, **cited}, {"xa/plans/1": renumbered, **cited}) == ["H02.renumbered"]


@pytest.mark.parametrize(
    ("day", "is_ahead"), [("2026-03-16", False), ("2026-03-17", True), ("2026-03", False), ("2026", False), ("2026-04", True), ("2027", True)]
)
def test_only_a_day_that_surely_has_not_come_is_ahead(day: str, is_ahead: bool) -> None:  # noqa: FBT001 -- what is expected
    assert one("xa/plans/1", DRAFT, {**DRAFT, "consulted": {"date": day}}) == ["H04"] * is_ahead
    assert said({}, {"xa/events/1": {"title": "Buổi nghe dân", "date": day}}) == ["H04"] * is_ahead
    assert said({}, {"xa/documents/1": {"number": "1", "dated": day}}) == []


def test_seals_that_come_at_once_are_in_order() -> None:
    assert said({}, {"xa/reviews/1": {"submitted": {"date": "2026-01-01"}, "concluded": {"date": "2026-01-02"}}}) == []
    assert one("xa/reviews/1", {"concluded": {"date": "2026-01-02"}}, {"submitted": {"date": "2026-01-01"}, "concluded": {"date": "2026-01-02"}}) == ["H03"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("mkdocs.yml",), []),
        (("records/xa/plans/1.yml", "docs/index.md", "docs/anh/a.png"), []),
        (("records/xa/plans/1.yml", "records/project.yml"), ["H06"]),
        (("records/xa/plans/1.yml", "docs/a.js"), ["H06"]),
        (("records/xa/files/a.pdf", "CODEOWNERS"), ["H06"]),
        (("docs/index.md", "mkdocs.yml"), []),
        (("records/project.yml", "schemas/plan.schema.json"), []),
    ],
)
def test_what_an_administrator_answers_for_comes_apart_from_records(paths: tuple[str, ...], expected: list[str]) -> None:
    assert said({"xa/plans/1": DRAFT}, {"xa/plans/1": DRAFT}, paths=paths) == expected
    assert said({}, {}, paths=paths) == []


def test_what_is_written_from_the_records_may_come_along() -> None:
    before = register({"xa/plans/1": DRAFT})
    change = Change(before, before, DAY, paths=("records/xa/organisation.yml", "CODEOWNERS"), derived=frozenset({"CODEOWNERS"}))
    assert gate.problems(change) == ()


TAKEN_OVER: Data = {"name": "Xã mới", "type": "party_committee", "lineage": [{"of": "xa", "how": "merged", "date": "2026-01-01"}]}


@pytest.mark.parametrize(
    ("others", "kind", "old", "expected"),
    [
        ({}, "reviews", REVIEW, ["H12"]),
        ({}, "roles", {"name": "Bí thư", "rank": 1}, ["H12"]),
        ({"khac": TAKEN_OVER}, "reviews", REVIEW, []),
        ({}, "reviews", {"findings": REVIEW["findings"]}, []),
        ({}, "documents", {"number": "1-HD", "title": "Hướng dẫn", "dated": "2024-01-01"}, []),
        ({}, "cycles", CYCLE, []),
    ],
)
def test_what_was_said_and_posts_do_not_become_anothers(others: dict[str, Data], kind: str, old: Data, expected: list[str]) -> None:
    """Unless it took over whoever said it, before this change."""
    bodies: dict[str, Data] = {"xa": {"name": "Xã", "type": "party_committee"}, "khac": {"name": "Khác", "type": "party_committee"}, **others}
    before, after = {**bodies, f"xa/{kind}/1": old}, {**bodies, f"khac/{kind}/1": {**old, "formerly": [f"xa/{kind}/1"]}}
    assert said(before, after) == expected


def test_who_took_over_whom_is_said_before_anything_moves() -> None:
    body: Data = {"name": "Xã", "type": "party_committee"}
    after = {"xa": body, "khac": TAKEN_OVER, "khac/reviews/1": {**REVIEW, "formerly": ["xa/reviews/1"]}}
    assert said({"xa": body, "khac": {**TAKEN_OVER, "lineage": []}, "xa/reviews/1": REVIEW}, after) == ["H12"]


def test_an_organisation_may_move_with_all_that_it_said() -> None:
    body: Data = {"name": "Xã", "type": "party_committee"}
    after = {"xa-moi": {**body, "formerly": ["xa"]}, "xa-moi/reviews/1": {**REVIEW, "formerly": ["xa/reviews/1"]}}
    assert said({"xa": body, "xa/reviews/1": REVIEW}, after) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, "2099-01-01", ["R30.added"]),
        ({"publish_not_before": "2026-01-01"}, "2099-01-01", ["R30.changed"]),
        ({"publish_not_before": "2099-01-01"}, "2026-01-01", []),
    ],
)
def test_what_is_settled_is_not_hidden_until_later(old: Data, new: str, expected: list[str]) -> None:
    assert one("xa/reviews/1", {**REVIEW, **old}, {**REVIEW, "publish_not_before": new}) == expected
    assert one("xa/reviews/1", {"findings": [], **old}, {"findings": [], "publish_not_before": new}) == []


def test_a_commit_that_says_it_is_older_than_the_report_mends_nothing() -> None:
    mended = {**REPORT, "entries": [{**REPORT["entries"][0], "text": "Đã làm."}]}
    assert one("xa/progress/1", REPORT, mended, days=1) == []
    assert one("xa/progress/1", REPORT, mended, days=-1) == ["R30.late"]
