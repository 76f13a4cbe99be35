"""The rule about limits on the highest level."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi import quota_shares
from tusoi.problem import Problem, Severity
from tusoi.quota_shares import Reading
from tusoi.record import Record
from tusoi.record_days import day_of
from tusoi.rules import World, rule, wrong

CODE = "R16"


@rule(CODE, stage="decided", kinds=("classification",), source="S0-24", severity=Severity.WARNING, weighs=True)
def quota(record: Record, world: World) -> Iterator[Problem]:
    """Of the organisations that one body rates in one cycle, no more have the highest level than the profile's limit allows, by the reading that counts there: of how many, within which group, and how the limit is rounded are declared. All decisions of the cycle count together. What a source tells is never judged.

    vi: Trong các đơn vị do một nơi xếp loại trong một kỳ, số đơn vị ở mức cao nhất không vượt giới hạn theo cách tính mà bộ quy định dùng để xét: tính trên số nào, trong nhóm nào, làm tròn ra sao đều phải khai. Mọi quyết định trong kỳ tính chung. Chuyện lấy từ nguồn thì không xét.
    """  # noqa: E501 -- the docstring is published as it is
    if record.told:
        return
    records = quota_shares.together(record, world.register)
    if records[-1] is not record:
        return
    for reading in quota_shares.readings(records, world.register, world.profile):
        if reading.quota.counts and reading.over:
            yield _over(record, reading, world)


def _over(record: Record, reading: Reading, world: World) -> Problem:
    quota, share = reading.quota, f"{100 * reading.top / (reading.whole or 1):.1f}"
    scheme = str(record.get("scheme") or "")
    level = world.profile.level(quota.level, scheme)
    said = {
        **{f"level_{language}": level.words[language] if level else quota.level for language in ("vi", "en")},
        **{f"reading_{language}": quota.words[language] for language in ("vi", "en")},
        "share_vi": share.replace(".", ","),
        "share_en": share,
        "limit": f"{quota.limit:g}",
    }
    path = "ratings" if record.parts_of("rating") else "totals"
    severity = quota.severity or world.profile.severity(CODE, when=day_of(record, world.register)) or Severity.WARNING
    in_group, in_all = ("group", "") if reading.whole else ("group_empty", "empty")
    variant = in_group if reading.group else in_all
    return wrong(
        CODE, record, path, variant=variant, severity=severity, group=reading.group, top=reading.top, whole=reading.whole, allowed=reading.allowed, **said
    )
