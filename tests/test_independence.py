"""Who may verify what: by post, by person on the day, and by body. What the records do not say is not held against anybody."""

from __future__ import annotations

from datetime import date

import pytest

from registers import Data, register
from tusoi import progress, rules

DAY = date(2026, 3, 15)
TREE: dict[str, Data] = {
    "huyen": {"name": "Huyện ủy", "type": "party_committee"},
    "xa": {"name": "Đảng ủy xã", "type": "party_committee", "parents": [{"of": "huyen"}]},
    "xa/roles/bi-thu": {"name": "Bí thư", "rank": "head"},
    "xa/roles/pho": {"name": "Phó Bí thư", "rank": "deputy"},
    "ubnd": {"name": "UBND xã", "type": "authority", "parents": [{"of": "xa"}]},
    "ubnd/roles/chu-tich": {"name": "Chủ tịch", "rank": "head"},
    "ubkt": {"name": "UBKT Huyện ủy", "type": "inspection_body", "parents": [{"of": "huyen"}]},
    "ubkt/roles/uy-vien": {"name": "Ủy viên", "rank": "member"},
    "xa-ben": {"name": "Đảng ủy xã bên", "type": "party_committee", "parents": [{"of": "huyen"}]},
    "ngoai": {"name": "Nơi không rõ cấp trên", "type": "agency"},
}
NOBODY: list[str] = []


def said(owner: str, by: str, *, of: str = "xa/plans/1#A1", date: object = "2025-06-20", more: dict[str, Data] | None = None, told: bool = False) -> list[str]:  # noqa: PLR0913 -- each is one plain fact
    """Judge one verification of one action, reported as done by its owner on 28 May 2025."""
    verification: Data = {"date": date, "by": by, "method": "Xem.", "entries": [{"of": of, "check": "completion", "result": "confirmed"}]}
    records: dict[str, Data] = TREE | {
        "xa/reviews/1": {"findings": [{"id": "F1", "statement": "Chậm."}], "concluded": {"date": "2024-12-01"}},
        "xa/plans/1": {
            "of": ["xa/reviews/1"],
            "actions": [{"id": "A1", "findings": ["xa/reviews/1#F1"], "content": "Làm.", "owner": owner, "due": "2025-05-31"}],
            "approved": {"date": "2025-01-10"},
        },
        "xa/progress/1": {"of": "xa/plans/1", "date": "2025-05-28", "by": owner, "entries": [{"action": "A1", "state": "completed"}]},
        "huyen/verifications/1": verification | ({"told_by": ["common/sources/bao"]} if told else {}),
    }
    made = register(records | (more or {}))
    return [each.message for each in rules.run(made, progress.measure(made, DAY)) if each.code == "R09"]


def holding(role: str, *holders: Data) -> dict[str, Data]:
    """Say who holds a post."""
    return {role: TREE[role] | {"holders": list(holders)}}


@pytest.mark.parametrize(
    ("owner", "by", "expected"),
    [
        ("xa/roles/pho", "ubkt/roles/uy-vien", NOBODY),
        ("xa/roles/pho", "huyen", NOBODY),
        ("xa/roles/pho", "xa/roles/pho", ["R09.role"]),
        ("xa/roles/pho", "xa/roles/bi-thu", ["R09.own"]),
        ("xa/roles/pho", "xa", ["R09.own"]),
        ("xa/roles/pho", "xa-ben", ["R09.body"]),
        ("xa/roles/pho", "ubnd", ["R09.body"]),
        ("ubnd/roles/chu-tich", "xa/roles/bi-thu", ["R09.own"]),
        ("ubnd", "ubnd/roles/chu-tich", ["R09.role"]),
        ("ngoai", "xa-ben", ["R09.body"]),
        ("xa/roles/khong-co", "huyen", NOBODY),
        ("xa/roles/pho", "khong-co", NOBODY),
    ],
)
def test_the_body_stands_outside(owner: str, by: str, expected: list[str]) -> None:
    """Whose superior is not recorded may be verified by anybody else, and a post that is not here by those above its plan."""
    assert said(owner, by) == expected


P1: Data = {"person": "p-1"}


@pytest.mark.parametrize(
    ("verifier", "owner", "date", "expected"),
    [
        ([P1], [P1], "2025-06-20", ["R09.person"]),
        ([P1], [], "2025-06-20", NOBODY),
        ([], [P1], "2025-06-20", NOBODY),
        ([P1], [{"person": "p-2"}], "2025-06-20", NOBODY),
        ([{"person": "p-2"}, P1], [P1], "2025-06-20", ["R09.person"]),
        # The last day belongs to the post, and so does the first.
        ([{**P1, "from": "2025-06-20"}], [{**P1, "from": "2025-05-01", "to": "2025-06-20"}], "2025-06-20", ["R09.person"]),
        # Whoever reported it done and left confirms their own work; whoever left before, or came after, does not.
        ([{**P1, "from": "2025-06-01"}], [{**P1, "to": "2025-05-28"}], "2025-06-20", ["R09.person"]),
        ([{**P1, "from": "2025-06-01"}], [{**P1, "to": "2025-05-27"}], "2025-06-20", NOBODY),
        ([{**P1, "to": "2025-06-30"}], [{**P1, "from": "2025-07-01"}], "2025-06-20", NOBODY),
        # A month or a year may mean another day: nobody is accused on a guess.
        ([{**P1, "from": "2025-06"}], [P1], "2025-06-20", NOBODY),
        ([P1], [{**P1, "to": "2025-05"}], "2025-06-20", NOBODY),
        ([P1], [{**P1, "from": 2025, "to": "2025-05-20"}], "2025-06-20", NOBODY),
        ([{**P1, "from": "2025-06-10"}], [P1], "2025-06", NOBODY),
        ([{**P1, "from": "2025-06-01"}], [P1], "2025-06", ["R09.person"]),
    ],
)
def test_a_person_is_one_person_in_every_post(verifier: list[Data], owner: list[Data], date: str, expected: list[str]) -> None:
    more = holding("ubkt/roles/uy-vien", *verifier) | holding("xa/roles/pho", *owner)
    assert said("xa/roles/pho", "ubkt/roles/uy-vien", date=date, more=more) == expected


def test_the_secretary_is_also_the_chairman() -> None:
    """The case of the articles: what one post did, the other may not confirm (S0-26)."""
    both = holding("xa/roles/bi-thu", P1) | holding("ubnd/roles/chu-tich", P1)
    assert said("ubnd/roles/chu-tich", "xa/roles/bi-thu", more=both) == ["R09.person"]
    assert said("ubnd", "xa/roles/bi-thu", more=both) == ["R09.person"]
    assert said("ubnd/roles/chu-tich", "xa/roles/bi-thu", more=both, told=True) == NOBODY


def test_a_finding_belongs_to_those_who_mend_it_and_those_who_answer_for_it() -> None:
    both = holding("ubkt/roles/uy-vien", P1) | holding("xa/roles/pho", P1)
    assert said("xa/roles/pho", "ubkt/roles/uy-vien", of="xa/reviews/1#F1", more=both) == ["R09.person"]
    assert said("ubnd/roles/chu-tich", "ubkt/roles/uy-vien", of="xa/reviews/1#F1", more=both) == NOBODY
    named: Data = {"id": "F1", "statement": "Chậm.", "responsible": [{"who": "xa/roles/pho", "share": "lead"}]}
    more = both | {"xa/reviews/1": {"findings": [named], "concluded": {"date": "2024-12-01"}}}
    assert said("ubnd/roles/chu-tich", "ubkt/roles/uy-vien", of="xa/reviews/1#F1", more=more) == ["R09.person"]
    assert said("ubnd/roles/chu-tich", "xa/roles/bi-thu", of="xa/reviews/1#F1") == ["R09.own"]


def test_who_took_it_over_is_no_stranger() -> None:
    """After a merger the new commune answers for the old one's work: it can not confirm it from outside, and those above it can."""
    merged: Data = {
        "name": "Đảng ủy xã mới",
        "type": "party_committee",
        "parents": [{"of": "huyen"}],
        "lineage": [{"of": "xa", "how": "merged", "date": "2025-06-01"}],
    }
    assert said("xa/roles/pho", "xa-moi", more={"xa-moi": merged}) == ["R09.own"]
    assert said("xa/roles/pho", "huyen", more={"xa-moi": merged}) == NOBODY


def test_who_manages_it_stands_above_it() -> None:
    assert said("xa/roles/pho", "ngoai", more={"xa": TREE["xa"] | {"managed_by": ["ngoai"]}}) == NOBODY
    assert said("xa/roles/pho", "ngoai") == ["R09.body"]
