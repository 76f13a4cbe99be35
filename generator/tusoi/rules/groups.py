"""Rules about groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tusoi.dates import span
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import id_of, in_cycle, name_of, scope

FOLLOWING = ("steering", "working")
"""The groups that share the organisations of a cycle among them."""


@rule("R35", stage="established opened", kinds=("group", "cycle"), source="S1-25")
def group_lead(record: Record, world: World) -> Iterator[Problem]:
    """A group is led by a post of the rank that the profile asks for. Where a cycle has steering or working groups, each of its organisations should be followed by exactly one.

    vi: Trưởng nhóm phải là chức danh ở cấp mà bộ quy định yêu cầu. Kỳ kiểm điểm đã lập tổ chỉ đạo, tổ công tác thì mỗi đơn vị nên do đúng một tổ theo dõi.
    """  # noqa: E501 -- the docstring is published as it is
    if record.kind == "cycle":
        yield from _covered(record, world)
        return
    lead = world.register.find(str(record.get("lead")))
    ranks = world.profile.listed("lead_ranks", span(record.get("established", "date")))
    if ranks and isinstance(lead, Record) and lead.get("rank") not in ranks:
        yield wrong("R35", record, "lead", variant="rank", name=lead.get("name"), rank=lead.get("rank"), ranks=", ".join(ranks))


def _covered(cycle: Record, world: World) -> Iterator[Problem]:
    groups = [each for each in in_cycle(cycle.id, world.register, "group") if each.get("nature") in FOLLOWING and "established" in each.data]
    times = Counter(id_of(world.register, ref) for each in groups for ref in each.get("covers") or ())
    if cycle.told or not times:
        return
    for number, organisation in scope(cycle, world):
        if times[organisation.id] != 1:
            variant = "twice" if times[organisation.id] else "uncovered"
            yield wrong("R35", cycle, "scope", number, variant=variant, severity=Severity.WARNING, name=name_of(organisation))


@rule("R42", stage="established", kinds=("group",), source="S0-20", severity=Severity.WARNING)
def group_size(group: Record, world: World) -> Iterator[Problem]:
    """A group has as many members as the profile says.

    vi: Số người của một tổ nằm trong khoảng mà bộ quy định nêu.
    """
    members, established = group.get("members", "value"), span(group.get("established", "date"))
    if group.told or members is None:
        return
    least, most = world.profile.days("group_members_min", established), world.profile.days("group_members_max", established)
    if not least <= members <= most:
        yield wrong("R42", group, "members", "value", severity=Severity.WARNING, members=f"{members:g}", least=least, most=most)
