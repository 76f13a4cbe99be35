"""Rules about who may read what."""

from __future__ import annotations

from tusoi import access
from tusoi.problem import Problem
from tusoi.record import Register
from tusoi.rules import rule_of_tree


@rule_of_tree("R26", source="S2-02 S1-29")
def access_tier(register: Register) -> list[Problem]:
    """A tree that everybody reads, or whose audience nobody has written, holds nothing that is for fewer: Git publishes every record, whatever the pages show. Which post answers for which share of a finding is for members; in public the posts are counted.

    vi: Bộ hồ sơ để mọi người đọc, hoặc chưa ghi người đọc, không chứa thứ gì dành cho phạm vi hẹp hơn: kho Git công bố mọi hồ sơ, dù trang có hiện hay không. Chức danh nào chịu phần nào của hạn chế là chuyện nội bộ; ở trang công khai chỉ nêu số chức danh.
    """  # noqa: E501 -- the docstring is published as it is
    return access.problems(register)
