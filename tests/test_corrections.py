"""Corrected values: totals count what is right, and what the record said is kept beside it."""

from __future__ import annotations

from datetime import date

import pytest

from registers import Data, register
from tusoi import corrections, progress, rules
from tusoi.record import Part, Record

DAY = date(2026, 3, 15)
XA: Data = {"name": "Xã", "type": "party_committee", "parents": [{"of": "huyen"}]}
REVIEW: Data = {
    "title": "Báo cáo",
    "cycle": "huyen/cycles/2025",
    "findings": [
        {
            "id": "F1",
            "statement": "37 hồ sơ trả chậm.",
            "area": "land",
            "figures": [{"what": "hồ sơ trả chậm", "value": 37, "of": 410, "unit": "hồ sơ", "stated_percent": 9}],
        }
    ],
    "concluded": {"date": "2025-12-10"},
}
RATINGS: Data = {
    "cycle": "huyen/cycles/2025",
    "scheme": "party/2025",
    "totals": [
        {"level": "excellent", "value": 9, "of": 49, "unit": "đơn vị"},
        {"level": "good", "value": 39, "of": 49, "unit": "đơn vị"},
        {"level": "completed", "value": 0, "of": 49, "unit": "đơn vị"},
        {"level": "not_completed", "value": 0, "of": 49, "unit": "đơn vị"},
    ],
    "decided": {"date": "2025-12-29"},
}
OF_FINDING: Data = {
    "nature": "correction",
    "of": "xa/reviews/2025#F1",
    "date": "2026-01-10",
    "path": "figures/0/value",
    "stated": 37,
    "corrected": 38,
    "text": "Sót một hồ sơ.",
}
OF_TOTAL: Data = {
    "nature": "correction",
    "of": "huyen/classifications/2025",
    "path": "totals/0/value",
    "stated": 9,
    "corrected": 10,
    "text": "Sót.",
    "date": "2026-01-10",
}
TREE: dict[str, Data] = {
    "huyen": {"name": "Huyện", "type": "party_committee"},
    "xa": XA,
    "xa-khac": XA | {"name": "Xã khác"},
    "xa/reviews/2025": REVIEW,
    "huyen/classifications/2025": RATINGS,
}


def applied(*more: dict[str, Data], day: date = DAY) -> tuple[dict[str, Record], dict[tuple[str, str], tuple[object, object, str]]]:
    """Give the records as corrected, and what was corrected: stated, right, and by which record."""
    made, known = corrections.apply(register(TREE, *more), day)
    return dict(made.records), {(name, "/".join(map(str, path))): (each.stated, each.corrected, each.record.id) for (name, path), each in known.items()}


def test_without_corrections_the_register_is_the_same() -> None:
    made = register(TREE)
    assert corrections.apply(made, DAY) == (made, {})


def test_a_figure_of_a_finding_is_corrected_in_the_record_and_in_its_part() -> None:
    records, known = applied({"xa/corrections/1": OF_FINDING})
    review = records["xa/reviews/2025"]
    (finding,) = review.parts_of("finding")
    assert review.get("findings", 0, "figures", 0, "value") == finding.data["figures"][0]["value"] == 38
    assert finding.record is review
    assert known == {("xa/reviews/2025", "findings/0/figures/0/value"): (37, 38, "xa/corrections/1")}


def test_rules_and_totals_count_the_corrected_value() -> None:
    """9 of 49 and 39 of 49 do not add up; 10 and 39 do."""

    def said(*more: dict[str, Data]) -> list[str]:
        made, known = corrections.apply(register(TREE, *more), DAY)
        facts = progress.measure(made, DAY, known)
        assert facts.corrections == known
        return [each.message for each in rules.run(made, facts) if each.code == "R17"]

    assert said() == ["R17.levels"]
    assert said({"huyen/corrections/1": OF_TOTAL}) == []


def test_the_links_to_a_corrected_record_still_lead_to_it() -> None:
    made, _ = corrections.apply(register(TREE, {"xa/corrections/1": OF_FINDING}), DAY)
    assert [record.id for record, _ in made.sources_of("xa/reviews/2025#F1", "correction")] == ["xa/corrections/1"]
    found = made.find("xa/reviews/2025#F1")
    assert isinstance(found, Part)
    assert found.data["figures"][0]["value"] == 38


ANSWER: Data = {"of": "huyen/corrections/1", "date": "2026-01-20", "by": "xa", "result": "accepted"}


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ({}, False),
        ({"xa/answers/1": ANSWER}, True),
        ({"xa/answers/1": ANSWER | {"result": "agreed"}}, True),
        ({"xa/answers/1": ANSWER | {"result": "refused"}}, False),
        ({"huyen/answers/1": ANSWER}, False),
        ({"xa/answers/1": ANSWER | {"withdrawn": {"date": "2026-02-01", "reason": "Nhầm."}}}, False),
    ],
)
def test_what_somebody_else_corrects_counts_once_the_organisation_agrees(answers: dict[str, Data], counts: bool) -> None:  # noqa: FBT001 -- a table of cases
    _, known = applied({"huyen/corrections/1": OF_FINDING}, answers)
    assert bool(known) == counts


def test_who_took_an_organisation_over_corrects_its_records() -> None:
    heir: Data = {"name": "Xã mới", "type": "party_committee", "lineage": [{"of": "xa", "how": "merged", "date": "2026-01-01"}]}
    assert applied({"xa-moi": heir, "xa-moi/corrections/1": OF_FINDING})[1]
    assert not applied({"xa-moi": heir, "xa-moi/corrections/1": OF_FINDING}, day=date(2025, 12, 31))[1]


def test_of_several_corrections_the_last_counts_and_all_are_kept() -> None:
    later = OF_FINDING | {"date": "2026-02-01", "stated": 38, "corrected": 36}
    made, known = corrections.apply(register(TREE, {"xa/corrections/a": later, "xa/corrections/b": OF_FINDING}), DAY)
    (entry,) = known.values()
    assert (entry.values, entry.record.id) == ((37, 38, 36), "xa/corrections/a")
    assert [corrections.misfit(made.records[f"xa/corrections/{name}"], made, known) for name in "ab"] == ["", ""]


def test_of_several_corrections_the_last_one_alone_says_that_the_text_has_the_old_number() -> None:
    again = OF_FINDING | {"date": "2026-01-20", "stated": 38, "corrected": 39}
    records, known = corrections.apply(register(TREE, {"xa/corrections/1": OF_FINDING, "xa/corrections/2": again}), DAY)
    assert [corrections.left_in_words(records.records[f"xa/corrections/{number}"], records, known) for number in (1, 2)] == ["", "statement"]
    whole = again | {"of": "xa/reviews/2025", "path": "findings/F1/figures/0/value"}
    records, known = corrections.apply(register(TREE, {"xa/corrections/2": whole | {"stated": 37}}), DAY)
    assert corrections.left_in_words(records.records["xa/corrections/2"], records, known) == "findings/F1/statement"


def test_a_text_is_corrected_and_spaces_do_not_matter() -> None:
    said = OF_FINDING | {"path": "statement", "stated": "37 hồ sơ\n trả chậm.", "corrected": "38 hồ sơ trả chậm."}
    records, known = applied({"xa/corrections/1": said})
    assert records["xa/reviews/2025"].get("findings", 0, "statement") == "38 hồ sơ trả chậm."
    assert known["xa/reviews/2025", "findings/0/statement"][0] == "37 hồ sơ trả chậm."


def test_a_value_may_be_named_by_the_id_of_its_part() -> None:
    said = OF_FINDING | {"of": "xa/reviews/2025", "path": "findings/F1/figures/0/value"}
    assert list(applied({"xa/corrections/1": said})[1]) == [("xa/reviews/2025", "findings/0/figures/0/value")]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"stated": 36}, "stated"),
        ({"stated": "37"}, "stated"),
        ({"corrected": 37}, "same"),
        ({"corrected": "38"}, "value"),
        ({"corrected": -1}, "value"),
        ({"path": "figures/0/of", "stated": 410, "corrected": 0}, "value"),
        ({"path": "figures/0/wert"}, "nowhere"),
        ({"path": "figures/1/value"}, "nowhere"),
        ({"path": "statement/0"}, "nowhere"),
        ({"path": "id", "stated": "F1", "corrected": "F2"}, "kept"),
        ({"path": "area", "stated": "land", "corrected": "finance"}, "kept"),
        ({"path": "figures/0", "stated": 1}, "kept"),
        ({"of": "xa/reviews/2025", "path": "concluded/date", "stated": "2025-12-10", "corrected": "2025-12-11"}, "kept"),
        ({"of": "xa/reviews/2025", "path": "cycle", "stated": "huyen/cycles/2025", "corrected": "huyen/cycles/2024"}, "kept"),
        ({"of": "xa/reviews/2025", "path": "title", "stated": "Báo cáo", "corrected": "  "}, "value"),
        ({"of": "huyen/classifications/2025", "path": "scheme", "stated": "party/2025", "corrected": "party/2023"}, "kept"),
    ],
)
def test_what_does_not_fit_corrects_nothing(changes: Data, why: str) -> None:
    made = register(TREE, {"xa/corrections/1": OF_FINDING | changes})
    assert corrections.misfit(made.records["xa/corrections/1"], made, {}) == why
    assert corrections.apply(made, DAY) == (made, {})


@pytest.mark.parametrize("changes", [{"nature": "reply"}, {"withdrawn": {"date": "2026-02-01", "reason": "Nhầm."}}, {"told_by": ["common/sources/bao"]}])
def test_a_reply_a_withdrawn_and_a_told_correction_correct_nothing(changes: Data) -> None:
    assert not applied({"xa/corrections/1": OF_FINDING | changes})[1]


def test_what_is_not_here_corrects_nothing_and_is_no_misfit() -> None:
    made = register(TREE, {"xa/corrections/1": OF_FINDING | {"of": "xa/reviews/2024#F1"}})
    assert corrections.misfit(made.records["xa/corrections/1"], made, {}) == ""
    assert corrections.apply(made, DAY) == (made, {})
