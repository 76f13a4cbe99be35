"""Rules about what was found."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi import posts
from tusoi.problem import Problem
from tusoi.record import Record
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
        if finding.data.get("responsible") and finding.data.get("answers") and not posts.shares(finding, world.register):
            yield wrong(CODE, finding, "responsible", variant="posts", number=number)
