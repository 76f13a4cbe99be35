"""Rules about what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tusoi import posts
from tusoi.dates import span
from tusoi.evidence import is_individual
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import id_of

CODE = "R01"
WANTED = {"review": ("responsible", "causes", "remedy"), "inspection": ("responsible", "causes")}
"""What a finding has when it is concluded. How a finding of an inspection is mended its addressee decides afterwards: R03 and R05 ask the plan."""
FEW = 5
"""Of fewer findings than this nobody is asked how they are shared out."""


@rule(CODE, stage="concluded", kinds=("review", "inspection"), source="S3-26 S1-29 S0-06 S0-05")
def finding_complete(record: Record, world: World) -> Iterator[Problem]:
    """Every finding of a concluded review or inspection says what happened, who is responsible and why, and that of a review how it will be mended; after an inspection the addressee's plan says so. Where a superior or an inspection pointed it out, posts are responsible, and not only the collective. It should name the rule or the target that was not met.

    vi: Mỗi hạn chế trong báo cáo kiểm điểm, kết luận kiểm tra phải nêu đủ: việc gì, ai chịu trách nhiệm, nguyên nhân; báo cáo kiểm điểm nêu cả hướng khắc phục, còn sau kiểm tra thì kế hoạch của đơn vị nêu. Hạn chế do cấp trên hoặc nơi kiểm tra chỉ ra phải giao đến chức danh, không chỉ tập thể. Nên ghi quy định hay chỉ tiêu nào chưa thực hiện đúng.
    """  # noqa: E501 -- the docstring is published as it is
    is_own = not record.told and not is_individual(record)
    for number, finding in enumerate(record.parts_of("finding"), start=1):
        for key in WANTED[record.kind]:
            if not finding.data.get(key):
                yield wrong(CODE, finding, key, variant=key, number=number)
        if finding.data.get("responsible") and _is_pointed_out(finding) and not posts.shares(finding, world.register):
            yield wrong(CODE, finding, "responsible", variant="posts", number=number)
        if is_own and "criterion" not in finding.data:
            yield wrong(CODE, finding, "criterion", variant="criterion", severity=Severity.WARNING, number=number)


def _is_pointed_out(finding: Part) -> bool:
    """Whether somebody else named the shortcoming: a superior who suggested it, or who inspected."""
    return bool(finding.data.get("answers")) or finding.record.kind == "inspection"


@rule("R60", stage="concluded", kinds=("review",), source="S1-29", severity=Severity.WARNING, for_everybody=False)
def shared_out(review: Record, world: World) -> Iterator[Problem]:
    """Where at least five shortcomings were found, no single post should be the only one to answer for most of them; how many are most, the profile says. Nobody is named and nothing is counted for any post: only what the review does as a whole is said, and only to its editors.

    vi: Báo cáo nêu từ năm hạn chế trở lên thì không nên để một chức danh một mình chịu trách nhiệm về phần lớn; phần lớn là bao nhiêu do bộ quy định định. Quy tắc không nêu chức danh nào, không đếm theo chức danh, chỉ nhắc người soạn báo cáo xem lại việc chia trách nhiệm.
    """  # noqa: E501 -- the docstring is published as it is
    findings = review.parts_of("finding")
    if review.told or is_individual(review) or len(findings) < FEW:
        return
    alone = Counter(post for each in findings if (post := _only_post(each, world)))
    most = world.profile.number("one_post_share", span(review.get("concluded", "date")))
    if alone and max(alone.values()) * 100 > most * len(findings):
        yield wrong("R60", review, "findings", severity=Severity.WARNING, most=f"{most:g}")


def _only_post(finding: Part, world: World) -> str:
    """Give the id of the post that alone carries a finding; empty where several do, or where posts are only counted."""
    named = {id_of(world.register, each["who"]) for each in finding.data.get("responsible", ()) if posts.post(world.register, each.get("who"))}
    return next(iter(named)) if len(named) == 1 and posts.shares(finding, world.register) == 1 else ""
