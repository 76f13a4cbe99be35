"""Rules about what a text says: whether anybody could check it, and whether it is this organisation's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tusoi.copies import KEYS
from tusoi.key_names import both, noted, wheres
from tusoi.problem import Path, Place, Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule
from tusoi.vague import Element, lacking, read

CODE: Final = "R24"
LANGUAGE: Final = "vi"
"""The language that the lint knows."""
NAMES: Final = {
    "vi": {
        Element.NUMBER: "con số",
        Element.PRODUCT: "sản phẩm",
        Element.PLACE: "nơi làm",
        Element.DATE: "thời gian",
        Element.ACTOR: "ai làm",
    },
    "en": {
        Element.NUMBER: "a number",
        Element.PRODUCT: "a product",
        Element.PLACE: "a place",
        Element.DATE: "a date",
        Element.ACTOR: "who does it",
    },
}
_QUOTED: Final = 4


@rule(CODE, stage="always", kinds=("review", "inspection", "plan"), source="S4-04 S4-14", severity=Severity.WARNING, for_everybody=False)
def generic_text(record: Record, world: World) -> Iterator[Problem]:
    """A remedy, and the content of an action, should say something that one can go and check: a number, a product, an act, or where, when and who; and it should be this organisation's own for this cycle. A program judges the words, so this is told to editors and never shown in public.

    vi: Hướng khắc phục và nội dung việc nên có điều kiểm được: con số, sản phẩm, một việc nhìn thấy được, hoặc ở đâu, bao giờ, ai làm; và là lời của chính đơn vị cho kỳ này, không chép nơi khác hay kỳ trước. Đây là nhận xét của máy về câu chữ nên chỉ báo cho người viết, không bao giờ hiện ở trang công khai.
    """  # noqa: E501 -- the docstring is published as it is
    if record.told:
        return
    for part in record.parts:
        key = KEYS.get((record.kind, part.kind), "")
        if part.data.get(key):
            path = (*part.path, key)
            if _language(record, world) == LANGUAGE:
                yield from _vague(part, key, path, world)
            yield from _copied(record, path, world)


def _language(record: Record, world: World) -> str:
    project = world.register.project
    return str(record.data.get("lang") or (project.get("lang") if project else "") or LANGUAGE)


def _vague(part: Part, key: str, path: Path, world: World) -> Iterator[Problem]:
    """Say that a text could stand in any plan, and what it leaves open."""
    reading, lacks = lacking(str(part.data[key]), _steps(part), _stated(part))
    if not lacks:
        return
    quoted = [f"“{phrase}”" for phrase in reading.general[:_QUOTED]]
    phrases = ", ".join(quoted) + ("…" if len(reading.general) > _QUOTED else "")
    named = {language: ", ".join(names[each] for each in lacks) for language, names in NAMES.items()}
    yield _noted(part.record, path, world, "vague", {"phrases": phrases, **both("lacks", named)})


def _steps(part: Part) -> Iterator[str]:
    return (str(each["content"]) for each in part.data.get("milestones", ()) if "content" in each)


def _stated(part: Part) -> Iterator[Element]:
    """Give what the other fields of an action state. A product in general words is none."""
    data = part.data
    if "covers" in data or "members" in data:
        yield Element.NUMBER
    if data.get("product") and not read(str(data["product"])).is_vague:
        yield Element.PRODUCT
    if "due" in data or "every" in data:
        yield Element.DATE
    if "owner" in data:
        yield Element.ACTOR


def _copied(record: Record, path: Path, world: World) -> Iterator[Problem]:
    """Say where the same text stood before."""
    copy = world.copies.get((record.id, path))
    if copy is not None:
        first = copy.first
        variant = "copied" if copy.elsewhere else "repeated"
        yield _noted(record, path, world, variant, {"other": first.part.record.id}, first.part.record.place(*first.path))


def _noted(  # noqa: PLR0913, PLR0917 -- each is one plain fact about the problem
    record: Record, path: Path, world: World, variant: str, params: Mapping[str, str], also: Place | None = None
) -> Problem:
    where = wheres(world.register.kinds[record.kind].schema, path)
    return noted(CODE, record.place(*path), path, {**where, **params}, variant=variant, severity=Severity.WARNING, also=also)
