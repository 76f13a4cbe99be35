"""Rules about corrections."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi import corrections
from tusoi.key_names import shown
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong

_WHERE = {"incomplete": "stated", "nowhere": "path", "kept": "path", "stated": "stated", "same": "corrected", "value": "corrected"}


@rule("R55", stage="always", kinds=("correction",), source="S2-18")
def correction_fits(correction: Record, world: World) -> Iterator[Problem]:
    """A correction names a text or a number that is there, says what the record says of it, and says something else that could stand there. What was promised, signed or linked cannot be corrected: days, ids, links, words of a list, what stands in a seal.

    vi: Đính chính phải chỉ đúng một câu chữ hoặc con số đang có, chép lại đúng như hồ sơ ghi, và ghi điều đúng khác với điều đã ghi. Không đính chính được ngày hẹn, phần đã ký, mã, liên kết và từ chọn trong danh sách.
    """  # noqa: E501 -- the docstring is published as it is
    if correction.get("nature") != corrections.NATURE:
        return
    register, known = world.register, world.facts.corrections
    if why := corrections.misfit(correction, register, known):
        key = next((each for each in corrections.SAYS if each not in correction.data), _WHERE[why])
        said = {"path": correction.get("path"), "stated": shown(correction.get("stated")), "corrected": shown(correction.get("corrected"))}
        there = shown(corrections.said_of(correction, register, known))
        yield wrong("R55", correction, key, variant=why, key=key, there=there, **said)


@rule("R65", stage="always", kinds=("correction",), source="S2-18", severity=Severity.WARNING)
def corrected_in_words_too(correction: Record, world: World) -> Iterator[Problem]:
    """Where a number was corrected, a text beside it should not go on saying the old one: many pages quote that text without the correction.

    vi: Đã đính chính một con số thì câu chữ đi cùng cũng nên được đính chính: nhiều trang dẫn lại câu ấy mà không kèm lời đính chính.
    """
    key = corrections.left_in_words(correction, world.register, world.facts.corrections)
    if key:
        said = {name: shown(correction.get(name)) for name in ("stated", "corrected")}
        yield wrong("R65", correction, "corrected", severity=Severity.WARNING, in_words=key, **said)
