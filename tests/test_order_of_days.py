"""R08 between records: each day is compared with the one that it follows from."""

from __future__ import annotations

from datetime import date

import pytest

from registers import Data, register
from tusoi import progress, rules

DAY = date(2026, 3, 15)
SAID: dict[str, Data] = {
    "huyen/suggestions/2024": {"issues": [{"id": "I1", "statement": "Chậm."}], "issued": {"date": "2024-11-15"}},
    "huyen/inspections/2024": {"findings": [{"id": "F1", "statement": "Sai."}], "concluded": {"date": "2024-10-01", "report_due": "2025-10-01"}},
    "xa/plans/2024": {"of": ["huyen/suggestions/2024"], "actions": [{"id": "A1", "content": "Làm.", "due": "2025-03-31"}], "approved": {"date": "2025-01-10"}},
    "xa/progress/2025": {"of": "huyen/suggestions/2024", "date": "2025-11-15", "entries": []},
    "huyen/verifications/2025": {"date": "2025-06-20", "entries": [{"of": "huyen/inspections/2024#F1"}]},
    "huyen/answers/2025": {"of": "huyen/suggestions/2024", "date": "2025-02-01"},
}


def found(changes: dict[str, Data]) -> list[str]:
    """Judge the records with some of them changed."""
    made = register(SAID, {name: SAID[name] | change for name, change in changes.items()})
    problems = rules.run(made, progress.measure(made, DAY))
    return [f"{each.message} {each.place.file} {'/'.join(str(key) for key in each.path)}" for each in problems if each.code == "R08"]


def test_days_in_their_order_are_right() -> None:
    assert found({}) == []


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("xa/plans/2024", {"approved": {"date": "2024-11-14"}}, "plan approved/date"),
        ("huyen/inspections/2024", {"concluded": {"date": "2024-10-01", "report_due": "2024-09-30"}}, "report_due concluded/report_due"),
        (
            "huyen/inspections/2024",
            {"concluded": {"date": "2024-10-01", "plan_due": "2024-12", "report_due": "2024-11"}},
            "report_due concluded/report_due",
        ),
        ("xa/progress/2025", {"date": "2024-11-14"}, "progress date"),
        ("huyen/verifications/2025", {"date": "2024-09-30"}, "verification entries/0/of"),
        ("huyen/answers/2025", {"date": "2024-11-14"}, "answer date"),
    ],
)
def test_what_follows_is_not_dated_before(name: str, change: Data, expected: str) -> None:
    variant, path = expected.split()
    assert found({name: change}) == [f"R08.{variant} records/{name}.yml {path}"]
