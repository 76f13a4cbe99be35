"""The register as it was on a day."""

from __future__ import annotations

from datetime import date

import pytest

from registers import Data, register
from tusoi import asof
from tusoi.record import Record, Register

DAY = date(2025, 6, 15)
XA: dict[str, Data] = {"xa": {"name": "Xã", "type": "party_committee"}}


def at(records: dict[str, Data], day: date = DAY) -> Register:
    return asof.at(register(XA, records), day)


def one(name: str, data: Data, day: date = DAY) -> Record | None:
    found = at({name: data}, day).find(name)
    assert found is None or isinstance(found, Record)
    return found


@pytest.mark.parametrize("plural", ["progress", "postponements", "answers", "verifications"])
def test_what_is_dated_after_the_day_is_not_there(plural: str) -> None:
    assert one(f"xa/{plural}/1", {"date": "2025-06-15"})
    assert one(f"xa/{plural}/1", {"date": "2025-06-16"}) is None


def test_a_document_dated_after_the_day_is_not_there() -> None:
    assert one("xa/documents/1", {"number": "1", "dated": "2025-06"})
    assert one("xa/documents/1", {"number": "1", "dated": "2025-07"}) is None


def test_a_later_seal_is_stripped_with_its_links_and_the_record_stays() -> None:
    plan = one(
        "xa/plans/1",
        {
            "of": ["xa/reviews/1"],
            "consulted": {"date": "2025-06-01", "by": "xa/roles/a"},
            "approved": {"date": "2025-06-16", "by": "xa/roles/b"},
            "ended": {"date": "2025-12-01", "reason": "Xong"},
        },
    )
    assert plan
    assert "consulted" in plan.data
    assert not {"approved", "ended"} & set(plan.data)
    assert [link.target for link in plan.links] == ["xa/reviews/1", "xa/roles/a"]


def test_a_record_with_only_later_seals_did_not_exist() -> None:
    assert one("xa/reviews/1", {"submitted": {"date": "2025-06-16"}, "concluded": {"date": "2025-06-20"}}) is None
    assert one("xa/reviews/1", {"submitted": {"date": "2025-06-15"}, "concluded": {"date": "2025-06-20"}})


def test_a_record_without_a_seal_is_a_draft_and_stays() -> None:
    assert one("xa/reviews/1", {"cycle": "xa/cycles/1"})


def test_a_seal_told_without_a_date_stays() -> None:
    found = one("xa/reviews/1", {"told_by": ["common/sources/a"], "missing": ["concluded/date"], "concluded": {"by": "xa"}})
    assert found
    assert "concluded" in found.data


@pytest.mark.parametrize(("stated", "is_there"), [(2025, True), ("2025-06", True), ("2025-07", False), (2026, False)])
def test_a_partial_date_counts_from_its_first_day(stated: object, is_there: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert (one("xa/reviews/1", {"concluded": {"date": stated}}) is not None) is is_there
    assert (one("xa/progress/1", {"date": stated}) is not None) is is_there


def test_what_may_not_be_published_yet_is_not_there() -> None:
    assert one("xa/reviews/1", {"publish_not_before": "2025-06-15"})
    assert one("xa/reviews/1", {"publish_not_before": "2025-06-16", "concluded": {"date": "2025-01-01"}}) is None


def test_what_is_withdrawn_later_is_not_yet_withdrawn() -> None:
    withdrawn = {"date": "2025-06-16", "by": "xa/roles/a", "reason": "Nhầm"}
    found = one("xa/reviews/1", {"concluded": {"date": "2025-01-01"}, "withdrawn": withdrawn})
    assert found
    assert not found.withdrawn
    assert not found.links
    found = one("xa/reviews/1", {"concluded": {"date": "2025-01-01"}, "withdrawn": {**withdrawn, "date": "2025-06-15"}})
    assert found
    assert found.withdrawn


def test_what_is_held_elsewhere_is_there_once_it_was_submitted() -> None:
    held = {"kind": "Báo cáo kiểm điểm", "by": "Văn phòng"}
    assert one("xa/reviews/1", {"held_elsewhere": held})
    assert one("xa/reviews/1", {"held_elsewhere": {**held, "submitted": "2025-06-15"}})
    assert one("xa/reviews/1", {"held_elsewhere": {**held, "submitted": "2025-06-16"}}) is None


def test_organisations_roles_and_the_project_are_always_there() -> None:
    found = at({"project": {"root": "xa"}, "xb": {"name": "B", "from": "2030-01-01"}, "xa/roles/a": {"name": "Bí thư", "rank": "head"}})
    assert set(found.records) == {"project", "xa", "xb", "xa/roles/a"}


def test_parts_refer_to_the_record_as_it_was() -> None:
    found = at(
        {
            "xa/plans/1": {
                "actions": [{"id": "A1", "milestones": [{"id": "M1", "content": "Mốc"}]}],
                "consulted": {"date": "2025-01-01"},
                "approved": {"date": "2025-12-01"},
            }
        }
    )
    plan = found.records["xa/plans/1"]
    assert [part.ref for part in plan.parts] == ["xa/plans/1#A1", "xa/plans/1#A1.M1"]
    assert all(part.record is plan for part in plan.parts)
    assert found.find("xa/plans/1#A1.M1") is plan.parts[1]


def test_a_link_to_what_was_left_out_leads_nowhere_and_does_not_dangle() -> None:
    found = at({"xa/plans/1": {"of": ["xa/reviews/1"]}, "xa/reviews/1": {"concluded": {"date": "2026-01-01"}}})
    assert found.find("xa/reviews/1") is None
    assert "xa/reviews/1" in found.reserved
    assert [link.source for link in found.links_to("xa/reviews/1")] == ["xa/plans/1"]


def test_kinds_problems_and_reserved_ids_are_kept() -> None:
    made = register(XA)
    made = Register.of(made.kinds, made.records.values(), ["xa/plans/broken"], made.problems)
    found = asof.at(made, DAY)
    assert found.kinds is made.kinds
    assert found.reserved == {"xa/plans/broken"}
    assert found.problems == made.problems


def test_the_register_itself_is_left_as_it_is() -> None:
    made = register(XA, {"xa/plans/1": {"consulted": {"date": "2025-01-01"}, "approved": {"date": "2025-12-01"}}})
    asof.at(made, DAY)
    assert "approved" in made.records["xa/plans/1"].data


def test_going_back_in_two_steps_is_going_back_in_one() -> None:
    made = register(
        XA,
        {
            "xa/plans/1": {"consulted": {"date": "2025-01-01"}, "approved": {"date": "2025-06-20"}, "ended": {"date": "2025-12-01", "reason": "Xong"}},
            "xa/progress/1": {"date": "2025-06-10"},
            "xa/progress/2": {"date": "2025-06-20"},
        },
    )
    once = asof.at(made, DAY)
    twice = asof.at(asof.at(made, date(2025, 7, 1)), DAY)
    assert {name: record.data for name, record in once.records.items()} == {name: record.data for name, record in twice.records.items()}
