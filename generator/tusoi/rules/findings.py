"""Rules about what was found."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi.problem import Problem
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong

CODE = "R01"


@rule(CODE, stage="concluded", kinds=("review",), source="S3-26 S1-29 S0-06")
def finding_complete(review: Record, world: World) -> Iterator[Problem]:
    """Every finding of a concluded review says what happened, who is responsible, why, and how it will be mended; where a superior pointed it out, posts are responsible, and not only the collective.

    vi: Mỗi hạn chế trong báo cáo kiểm điểm đã kết luận phải nêu đủ: việc gì, ai chịu trách nhiệm, nguyên nhân, hướng khắc phục; hạn chế do cấp trên chỉ ra phải giao đến chức danh, không chỉ tập thể.
    """  # noqa: E501 -- the docstring is published as it is
    for number, finding in enumerate(review.parts_of("finding"), start=1):
        for key in ("responsible", "causes", "remedy"):
            if not finding.data.get(key):
                yield wrong(CODE, finding, key, variant=key, number=number)
        if finding.data.get("responsible") and finding.data.get("answers") and not names_posts(finding, world):
            yield wrong(CODE, finding, "responsible", variant="posts", number=number)


def names_posts(finding: Part, world: World) -> bool:
    """Whether any share of a finding is a post's: by name, or counted."""
    for entry in finding.data.get("responsible", ()):
        who = world.register.find(entry["who"]) if "who" in entry else None
        if "posts" in entry or (isinstance(who, Record) and who.kind == "role"):
            return True
    return False
