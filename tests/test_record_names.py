"""What a message calls a record: in words, also where the record could not be read, and in both languages."""

from __future__ import annotations

import pytest

from cases import SAMPLE
from registers import register
from tusoi import flow
from tusoi.problem import Place, Problem, problem
from tusoi.record_names import RecordNames

REVIEW = "records/dang-uy-xa-an-mau/reviews/2024.yml"


@pytest.fixture(scope="module")
def names() -> RecordNames:
    return RecordNames(flow.read(SAMPLE).register)


def at(file: str, *path: str | int) -> Problem:
    return problem("R01", Place(file, 1, 1), path, variant="causes", number=2)


@pytest.mark.parametrize(
    ("file", "path", "vi", "en"),
    [
        (REVIEW, (), "Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu", "Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu"),
        (
            REVIEW,
            ("findings", 1, "causes"),
            "Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu, hạn chế thứ 2",
            "Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu, finding 2",
        ),
        (
            "records/dang-uy-xa-an-mau/plans/2024.yml",
            ("actions", 0, "milestones", 1, "due"),
            "Kế hoạch khắc phục sau kiểm điểm năm 2024 – Đảng ủy xã An Mẫu, việc thứ 1, mốc thứ 2",
            "Kế hoạch khắc phục sau kiểm điểm năm 2024 – Đảng ủy xã An Mẫu, action 1, milestone 2",
        ),
        ("records/dang-uy-xa-an-mau/organisation.yml", ("name",), "Đảng ủy xã An Mẫu", "Đảng ủy xã An Mẫu"),
        (
            "records/dang-uy-xa-an-mau/reviews/2019.yml",
            ("findings", 0),
            "Báo cáo kiểm điểm 2019 – Đảng ủy xã An Mẫu, hạn chế thứ 1",
            "Review 2019 – Đảng ủy xã An Mẫu, finding 1",
        ),
        ("records/ubnd-xa-moi/plans/2025.yml", (), "Kế hoạch khắc phục 2025 – ubnd-xa-moi", "Remediation plan 2025 – ubnd-xa-moi"),
        ("records/common/sources/bao.yml", (), "Nguồn bao", "Source bao"),
        ("docs/quan-tri.md", (), "", ""),
        ("records", (), "", ""),
        ("records/a/b/c/d.yml", (), "", ""),
        ("records/a/nothing-known/c.yml", ("findings", 0), "", ""),
        ("schemas/plan.schema.json", (), "", ""),
    ],
)
def test_a_record_is_named_in_words(names: RecordNames, file: str, path: tuple[str | int, ...], vi: str, en: str) -> None:
    assert names.of(at(file, *path), "vi") == vi
    assert names.of(at(file, *path), "en") == en


def test_a_record_without_a_title_is_named_by_its_kind_and_day() -> None:
    made = RecordNames(register({"xa": {"name": "Đảng ủy xã Mẫu", "type": "party"}, "xa/progress/2025-05": {"of": "xa/plans/1", "date": "2025-05-28"}}))
    said = at("records/xa/progress/2025-05.yml")
    assert made.of(said, "vi") == "Báo cáo tiến độ ngày 28/5/2025 – Đảng ủy xã Mẫu"
    assert made.of(said, "en") == "Progress report 2025-05-28 – Đảng ủy xã Mẫu"


def test_a_title_that_names_its_organisation_names_it_once() -> None:
    made = RecordNames(register({"xa": {"name": "Đảng ủy xã Mẫu", "type": "party"}, "xa/plans/1": {"title": "Kế hoạch của Đảng ủy xã Mẫu"}}))
    assert made.of(at("records/xa/plans/1.yml"), "vi") == "Kế hoạch của Đảng ủy xã Mẫu"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hạn chế thứ 2: chưa ghi nguyên nhân.", "{}, hạn chế thứ 2: chưa ghi nguyên nhân."),
        ("Chưa ghi nguyên nhân.", "{}, hạn chế thứ 2: Chưa ghi nguyên nhân."),
        ("Báo cáo kiểm điểm, hạn chế thứ 2, nguyên nhân thứ 1: chưa ghi.", "{}, hạn chế thứ 2, nguyên nhân thứ 1: chưa ghi."),
    ],
)
def test_a_sentence_after_its_record_says_the_place_once(names: RecordNames, sentence: str, expected: str) -> None:
    assert names.before(at(REVIEW, "findings", 1), sentence, "vi") == expected.format("Báo cáo kiểm điểm tập thể năm 2024 – Đảng ủy xã An Mẫu")


def test_a_sentence_about_no_record_stands_alone(names: RecordNames) -> None:
    assert names.before(at("docs/x.md"), "Đổi tên tệp.", "vi") == "Đổi tên tệp."


def test_an_anchor_names_parts_by_their_ids(names: RecordNames) -> None:
    assert names.anchor(at(REVIEW, "findings", 1, "causes")) == "findings/F2/causes"
    assert names.anchor(at(REVIEW, "findings", 99, "causes")) == "findings/99/causes"
    assert names.anchor(at("records/x/reviews/none.yml", "findings", 1)) == "findings/1"
