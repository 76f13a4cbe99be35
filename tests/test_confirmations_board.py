"""Who confirmed what: the board says of each check whether whoever checked stands apart, why, and on what the check rests."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registers import Data, register
from test_independence import TREE, holding
from tusoi import flow, page, progress
from tusoi.titles import Titles
from tusoi.views import confirmations
from tusoi.views.board import Cell
from tusoi.views.confirmations import Confirmations
from tusoi.views.world import World, site_of

DAY = date(2026, 3, 15)
EXAMPLE = Path(flow.HERE) / "example"
A1, F1 = "xa/plans/1#A1", "xa/reviews/1#F1"
PAPER: Data = {"document": {"number": "21-QĐ/UBND", "date": "2025-05-26"}}


def shown(by: str, *entries: Data, more: dict[str, Data] | None = None, reported: tuple[Data, ...] = (), **said: Any) -> Confirmations:
    """Give what the board makes of one check of one action, which its owner reported as done, and of its finding."""
    claim: Data = {"action": "A1", "state": "completed"} | ({"evidence": list(reported)} if reported else {})
    records: dict[str, Data] = TREE | {
        "project": {"format": 1, "root": "thu", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "audience": "public"},
        "xa/reviews/1": {"findings": [{"id": "F1", "statement": "Trả hồ sơ chậm."}], "concluded": {"date": "2024-12-01"}},
        "xa/plans/1": {
            "of": ["xa/reviews/1"],
            "actions": [{"id": "A1", "findings": [F1], "content": "Lập sổ.", "owner": "xa/roles/pho", "due": "2025-05-31"}],
            "approved": {"date": "2025-01-10"},
        },
        "xa/progress/1": {"of": "xa/plans/1", "date": "2025-05-28", "by": "xa/roles/pho", "entries": [claim]},
        "huyen/verifications/1": {"date": "2025-06-20", "by": by, "method": "Đọc sổ.", "entries": list(entries or (entry(A1),))} | said,
    }
    made = register(records | (more or {}))
    world = World(made, progress.measure(made, DAY), (), site_of(made, DAY), Titles(made, frozenset({"finding", "action", "issue"})))
    board: Confirmations = confirmations.confirmations.make(world)
    return board


def entry(of: str, **more: Any) -> Data:
    return {"of": of, "check": "completion", "result": "confirmed"} | more


def cells(made: Confirmations, number: int = 0) -> dict[str, Cell]:
    return {column.key: cell for column, cell in zip(made.checked.columns, made.checked.rows[number].cells, strict=True)}


@pytest.mark.parametrize(
    ("by", "words", "chosen"),
    [
        ("ubkt/roles/uy-vien", "Có: khác đơn vị", "Có"),
        ("huyen", "Có: khác đơn vị", "Có"),
        ("xa/roles/pho", "Không: cùng chức danh", "Không"),
        ("xa/roles/bi-thu", "Không: cùng đơn vị", "Không"),
        ("xa-ben", "Không: không phải cấp trên", "Không"),
        ("khong-co", "Chưa rõ: hồ sơ chưa nêu đủ", "Chưa rõ"),
    ],
)
def test_whether_whoever_checked_stands_apart_is_a_word_and_a_choice(by: str, words: str, chosen: str) -> None:
    cell = cells(shown(by))["doc-lap"]
    assert [label.words for label in cell.chips] == [words]
    assert cell.values == (chosen,)


def test_one_person_in_two_posts_is_named_as_that() -> None:
    both = holding("ubkt/roles/uy-vien", {"person": "p-1"}) | holding("xa/roles/pho", {"person": "p-1"})
    assert cells(shown("ubkt/roles/uy-vien", more=both))["doc-lap"].plain == "Không: cùng một người"


def test_what_a_check_has_to_show_is_counted_by_kind_and_leads_to_it() -> None:
    photo: Data = {"kind": "minutes", "text": "Biên bản kiểm."}
    cell = cells(shown("huyen", entry(A1, evidence=[PAPER, PAPER, photo], figures=[{"what": "sổ", "value": 5, "unit": "quyển"}])))["dua-vao"]
    method, own = cell.parts
    assert method.text == "Đọc sổ."
    assert (own.text, own.ref) == ("Kèm theo: 2 văn bản, 1 biên bản, 1 con số", "huyen/verifications/1")
    assert cell.values == ("Lần kiểm tra có minh chứng",)


def test_what_shows_nothing_is_not_counted_as_shown() -> None:
    assert cells(shown("huyen", entry(A1, evidence=[PAPER, {"kind": "minutes"}])))["dua-vao"].parts[1].text == "Kèm theo: 1 văn bản"


def test_where_a_check_has_nothing_what_the_owner_showed_is_named_as_theirs() -> None:
    cell = cells(shown("huyen", entry(A1), entry(F1), reported=(PAPER,)))["dua-vao"]
    assert [(each.text, each.ref) for each in cell.parts[1:]] == [("Chỉ người làm nêu, ngày 28/5/2025: 1 văn bản", "xa/progress/1")]
    assert cell.values == ("Chỉ có minh chứng của người làm",)


def test_what_is_not_stated_is_said_to_be_so() -> None:
    cell = cells(shown("huyen", method=""))["dua-vao"]
    assert [(each.text, each.quiet) for each in cell.parts] == [("Chưa nêu cách kiểm tra", True), ("Chưa nêu minh chứng", True)]
    assert cell.values == ("Chưa nêu minh chứng",)


def test_a_report_of_after_the_check_is_nothing_that_it_rests_on() -> None:
    assert cells(shown("huyen", reported=(PAPER,), date="2025-05-20"))["dua-vao"].values == ("Chưa nêu minh chứng",)


def test_a_check_stands_once_with_an_organisation_whatever_was_asked() -> None:
    made = shown("huyen", entry(A1), entry(F1, check="effectiveness", text="Vẫn đúng hẹn."))
    assert (made.count, made.checked.count) == (1, 1)
    row = cells(made)
    assert row["kiem-tra"].values == ("Đã xong chưa", "Có giữ vững không")
    assert row["ket-qua"].plain == "Lập sổ. – Xác nhận – Đã xong chưa; Trả hồ sơ chậm. – Xác nhận – Có giữ vững không – Vẫn đúng hẹn."


def test_where_not_all_is_checked_from_outside_each_line_says_which() -> None:
    """Who answers for the finding may confirm what another did, and not what is their own."""
    named: Data = {"findings": [{"id": "F1", "statement": "Trả hồ sơ chậm.", "responsible": [{"who": "ubkt/roles/uy-vien", "share": "lead"}]}]}
    made = shown("ubkt/roles/uy-vien", entry(A1), entry(F1), more={"xa/reviews/1": named | {"concluded": {"date": "2024-12-01"}}})
    row = cells(made)
    assert row["doc-lap"].values == ("Có", "Không")
    assert [[remark.text for remark in part.parts] for part in row["ket-qua"].parts] == [["Có: khác đơn vị"], ["Không: cùng chức danh"]]
    assert made.said[0] == "0 trong 1 lần kiểm tra độc lập với người làm; 1 lần không độc lập; 0 lần chưa rõ."


def test_what_a_source_tells_is_not_judged() -> None:
    made = shown("huyen", told_by=["common/sources/bao"])
    assert (made.count, made.checked.count, made.said) == (0, 0, ())


def test_the_sums_of_the_example_are_those_of_its_rows() -> None:
    judged = flow.judge(flow.read(EXAMPLE), DAY)
    files = page.files_of(judged.pages())
    lines = list(csv.DictReader(io.StringIO(files["bang/ket-qua-xac-nhan.csv"].removeprefix("\ufeff"))))
    own = [each for each in judged.tree.register.of_kind("verification") if not each.told]
    assert {line["Độc lập?"] for line in lines} == {"Có: khác đơn vị"}
    html = judged.pages()["bang/ket-qua-xac-nhan.html"].html
    assert len(lines) > len(own)  # one looks at three communes
    assert f"Đã kiểm tra ({len(own)} lần)" in html
    assert f"{len(own)} trong {len(own)} lần kiểm tra độc lập với người làm; 0 lần không độc lập; 0 lần chưa rõ." in html
    shows = sum(any("evidence" in each or "figures" in each for each in record.data["entries"]) for record in own)
    assert f"{shows} trong {len(own)} lần kiểm tra có nêu minh chứng" in html
    assert f"Bảng có {len(lines)} dòng cho {len(own)} lần kiểm tra: lần kiểm tra ở nhiều đơn vị có một dòng ở mỗi đơn vị." in html
    assert "Mặt trận, đoàn thể và cơ quan kiểm tra được tính là độc lập cả khi trực thuộc chính đơn vị được kiểm tra" in html


def test_where_each_check_is_one_row_nothing_is_said_of_rows() -> None:
    assert not any("dòng" in each for each in shown("huyen", entry(A1), entry(F1)).said)


@pytest.mark.parametrize(("by", "said"), [("huyen", "1/1 lần độc lập; gần nhất 20/6/2025"), ("xa/roles/bi-thu", "0/1 lần độc lập; gần nhất 20/6/2025")])
def test_folded_checks_of_an_organisation_say_how_many_stand_apart_and_when_the_last_was(by: str, said: str) -> None:
    assert [each.said for each in shown(by).checked.groups] == [said]
