"""The rules, as their docstrings say them, for everybody who wants to know what is asked of the records."""

from __future__ import annotations

from dataclasses import dataclass

from tusoi import rules
from tusoi.views.world import World, view

STAGES = {
    "always": "Luôn luôn",
    "submitted": "Khi nộp",
    "concluded": "Khi kết luận",
    "approved": "Khi ban hành kế hoạch",
    "issued": "Khi ban hành gợi ý",
    "proposed": "Khi đề xuất xếp loại",
    "decided": "Khi quyết định xếp loại",
    "closed": "Khi kết thúc kỳ",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as a reader meets it."""

    code: str
    vietnamese: str
    english: str
    stage: str
    kinds: str
    source: str


@view
def all_rules(world: World) -> tuple[RuleLine, ...]:
    """Gather the rules, by code."""
    return tuple(_line(world, each) for each in rules.all_rules())


def _line(world: World, each: rules.Rule) -> RuleLine:
    kinds = [world.titles.kind(name) for name in each.kinds]
    return RuleLine(each.code, each.titles["vi"], each.titles["en"], STAGES[each.stage], "; ".join(kinds) or "Mọi hồ sơ", each.source.replace(" ", ", "))
