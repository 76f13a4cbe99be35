"""The lint for vague texts: how well it tells vague sentences from concrete ones, and what it says of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tusoi import vague, vague_words
from tusoi.syllables import sound, tokens
from tusoi.vague import Element

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "quy-tac-chung-chung.md"
LEAST = {"precision": 0.95, "recall": 0.95, "elements": 0.93}
"""A little below what was measured on the held-out half when the lint was written."""


@dataclass(frozen=True)
class Measured:
    """What the lint did with some sentences."""

    found: int
    wrongly: int
    missed: int
    exactly: int
    """Of those found, how many lack exactly what a person says they lack."""

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrongly)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def elements(self) -> float:
        return self.exactly / self.found


@cache
def sentences() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / "vague_sentences.yml").read_text(encoding="utf-8"))["sentences"]
    return rows


def half(*, held_out: bool) -> Iterator[dict[str, Any]]:
    """Give every other sentence of each class, in the order of the file, as its head says."""
    for is_vague in (True, False):
        yield from [each for each in sentences() if each["vague"] is is_vague][int(held_out) :: 2]


def written(row: dict[str, Any]) -> str:
    return unicodedata.normalize(row.get("form", "NFC"), row["text"])


@cache
def measured(*, held_out: bool) -> Measured:
    rows = [(each, vague.read(written(each))) for each in half(held_out=held_out)]
    hits = [(row, reading) for row, reading in rows if row["vague"] and reading.is_vague]
    return Measured(
        found=len(hits),
        wrongly=sum(reading.is_vague and not row["vague"] for row, reading in rows),
        missed=sum(row["vague"] and not reading.is_vague for row, reading in rows),
        exactly=sum(list(reading.lacks) == row["missing"] for row, reading in hits),
    )


def test_the_sentences_are_well_formed_and_both_classes_are_as_large() -> None:
    rows = sentences()
    assert len(rows) >= 200
    assert sum(each["vague"] for each in rows) * 2 == len(rows)
    assert len({each["id"] for each in rows}) == len({each["text"] for each in rows}) == len(rows)
    order = [str(each) for each in Element]
    for each in rows:
        assert set(each) - {"form"} == {"id", "text", "vague"} | ({"missing"} if each["vague"] else set())
        assert isinstance(each["text"], str)
        assert each["text"] == unicodedata.normalize("NFC", each["text"]).strip()
        assert each.get("form", "NFD") == "NFD"
        if each["vague"]:
            assert each["missing"]
            assert each["missing"] == [name for name in order if name in each["missing"]]


def test_the_halves_are_halves_and_share_nothing() -> None:
    ours, held = ([each["id"] for each in half(held_out=held_out)] for held_out in (False, True))
    assert len(ours) == len(held) == len(sentences()) / 2
    assert not set(ours) & set(held)


def test_the_sentences_are_hard() -> None:
    """Concrete ones speak in the same phrases as vague ones, and vague ones hold figures."""
    rows = sentences()
    general = re.compile("tăng cường|tiếp tục|nâng cao|đẩy mạnh|quan tâm", re.IGNORECASE)
    assert sum(bool(general.search(each["text"])) for each in rows if not each["vague"]) >= 25
    assert sum(bool(re.search(r"\d", each["text"])) for each in rows if each["vague"]) >= 20


@pytest.mark.parametrize("held_out", [False, True], ids=["development", "held out"])
def test_precision_and_recall_do_not_fall(held_out: bool) -> None:  # noqa: FBT001 -- pytest gives it by position
    now = measured(held_out=held_out)
    assert now.precision >= LEAST["precision"]
    assert now.recall >= LEAST["recall"]
    assert now.elements >= LEAST["elements"]


def test_what_the_page_publishes_is_what_is_measured() -> None:
    now = measured(held_out=True)
    text = PAGE.read_text(encoding="utf-8")
    wanted = {
        "Số câu dùng để đo": now.found + now.missed + len([each for each in half(held_out=True) if not each["vague"]]),
        "Độ chính xác": f"{_percent(now.precision)} ({now.found} trong {now.found + now.wrongly} câu bị báo)",
        "Độ phủ": f"{_percent(now.recall)} ({now.found} trong {now.found + now.missed} câu chung chung)",
        "Nêu đúng phần còn thiếu": f"{_percent(now.elements)} ({now.exactly} trong {now.found} câu bị báo đúng)",
    }
    for name, value in wanted.items():
        assert f"| {name} | {value} |" in text
    english = (PAGE.parent / "en" / PAGE.name).read_text(encoding="utf-8")
    results = re.findall(r"^\| (?:Sentences measured|Precision|Recall|Missing parts named rightly) \| (.*) \|$", english, re.MULTILINE)
    assert [re.findall(r"\d+", each) for each in results] == [re.findall(r"\d+", str(each)) for each in wanted.values()]


def _percent(part: float) -> str:
    return f"{100 * part:.1f}".replace(".", ",") + " %"


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Tăng cường công tác lãnh đạo, chỉ đạo.", "number product place date actor"),
        ("Thực hiện Nghị quyết 21, năm 2025 tiếp tục nâng cao ý thức trách nhiệm.", "number product place date actor"),
        ("Trước ngày 30/6/2025, nâng cao tinh thần phục vụ nhân dân.", "number product place actor"),
        ("Tại thôn Gò, tiếp tục quan tâm công tác hòa giải.", "number product date actor"),
        ("Giao Phó Chủ tịch xã tăng cường đôn đốc.", "number product place date"),
        ("Đẩy mạnh thực hiện “4 tại chỗ”, “6 rõ” và 3 khâu đột phá.", "number product place date actor"),
        ("100% cán bộ, đảng viên nâng cao nhận thức.", "number product place date actor"),
        ("Quán triệt Thông báo số 112-TB/HU ngày 14/3/2024 của Ban Thường vụ.", "number product place date actor"),
    ],
)
def test_a_hit_names_what_is_missing(text: str, lacks: str) -> None:
    reading = vague.read(text)
    assert reading.is_vague
    assert " ".join(reading.lacks) == lacks


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp tục nâng cao tỷ lệ trả đúng hẹn từ 91% lên 98%.",
        "Tăng cường kiểm tra 4 chi bộ.",
        "Nâng cao trách nhiệm bằng sổ trực có chữ ký.",
        "Tiếp tục thu hồi tiền chi sai.",
        "Tăng cường giám sát: Phó Bí thư giám sát tại thôn Gò trong tháng 4/2025.",
        "Giữ hai người cùng đi.",
        "",
    ],
)
def test_one_thing_that_can_be_checked_is_enough(text: str) -> None:
    """A number, a product, an act, or place, date and actor together; and where there is no general phrase nothing is said."""
    assert not vague.read(text).is_vague


def test_an_act_that_is_only_wished_for_is_no_act() -> None:
    assert vague.read("Tăng cường đối thoại với nhân dân.").is_vague
    assert vague.read("Đẩy mạnh việc kết nạp và luân chuyển cán bộ.").is_vague
    assert not vague.read("Nâng cao chất lượng: đối thoại với nhân dân.").is_vague


def test_who_is_only_spoken_of_does_not_act() -> None:
    assert Element.ACTOR in vague.read("Phát huy vai trò của kế toán.").lacks
    assert Element.ACTOR not in vague.read("Kế toán phát huy vai trò.").lacks


def test_phrases_that_stand_in_concrete_texts_too_make_none_vague_unless_there_are_several() -> None:
    assert not vague.read("Bổ sung người theo dõi.").is_vague
    assert vague.read("Bổ sung, theo dõi, xử lý kịp thời.").is_vague


def test_marks_may_stand_on_either_vowel_be_taken_apart_or_be_left_out() -> None:
    said = vague.read("Củng cố khối đoàn kết, hòa thuận.")
    assert said.is_vague
    for other in ("Củng cố khối đoàn kết, hoà thuận.", unicodedata.normalize("NFD", "Củng cố khối đoàn kết, hòa thuận."), "Cung co khoi doan ket, hoa thuan."):
        assert vague.read(other).lacks == said.lacks
        assert vague.read(other).is_vague
    assert sound("hoà") == sound("hòa") == sound(unicodedata.normalize("NFD", "Hoà"))
    assert sound("hoa") != sound("hòa")


def test_a_longer_phrase_wins_over_a_shorter_one() -> None:
    """`phát` is an act, `phát huy` is none; `đào` is an act, `đào tạo` is none."""
    assert vague.read("Phát huy dân chủ, quan tâm đào tạo.").is_vague
    assert not vague.read("Quan tâm bà con: phát áo phao.").is_vague


def test_general_phrases_are_quoted_as_they_stand() -> None:
    assert vague.read("Tăng cường lãnh đạo, chỉ đạo; TĂNG CƯỜNG kiểm tra.").general == ("tăng cường", "lãnh đạo, chỉ đạo")


def test_other_fields_say_what_a_text_leaves_out() -> None:
    text = "Tăng cường công tác lãnh đạo."
    assert vague.lacking(text, stated=[Element.DATE, Element.ACTOR])[1] == (Element.NUMBER, Element.PRODUCT, Element.PLACE)
    assert vague.lacking(text, stated=[Element.PRODUCT])[1] == ()
    assert vague.lacking(text, stated=[Element.NUMBER])[1] == ()
    assert vague.lacking(text, beside=["Ký quy chế phối hợp."])[1] == ()
    assert vague.lacking(text, beside=["Nâng cao nhận thức."])[1] == tuple(Element)


def test_a_place_a_date_and_an_actor_in_other_fields_do_not_make_a_text_checkable() -> None:
    assert vague.lacking("Tăng cường công tác lãnh đạo.", stated=[Element.PLACE, Element.DATE, Element.ACTOR])[1] == (Element.NUMBER, Element.PRODUCT)


def test_words_are_syllables_in_small_letters() -> None:
    for phrases in vague_words.PHRASES.values():
        assert phrases
        for phrase in phrases:
            assert phrase == unicodedata.normalize("NFC", phrase).lower()
            assert [each.text for each in tokens(phrase)] == [each.strip(",") for each in phrase.split()]
