"""Rules about who may read what."""

from __future__ import annotations

from tusoi import access
from tusoi.problem import Problem
from tusoi.record import Register
from tusoi.rules import rule_of_tree


@rule_of_tree("R26", source="S2-02 S1-29 S2-08 S3-13")
def access_tier(register: Register) -> list[Problem]:
    """A tree that everybody reads, or whose audience nobody has written, holds nothing that is for fewer: Git publishes every record, whatever the pages show. Which post answers for which share of a finding is for members; in public the posts are counted. A disciplinary measure that is only proposed is for members, and of fewer than five persons or households the exact number; how many sat at a meeting is no secret. No text has a stamp of secrecy, the number of an identity card or of a mobile telephone.

    vi: Bộ hồ sơ để mọi người đọc, hoặc chưa ghi người đọc, không chứa thứ gì dành cho phạm vi hẹp hơn: kho Git công bố mọi hồ sơ, dù trang có hiện hay không. Chức danh nào chịu phần nào của hạn chế là chuyện nội bộ; ở trang công khai chỉ nêu số chức danh. Mới đề nghị kỷ luật thì chưa công khai; dưới năm người, năm hộ thì không ghi số đúng, trừ số người dự họp. Không có chữ đóng dấu độ mật, số căn cước, số điện thoại di động.
    """  # noqa: E501 -- the docstring is published as it is
    return access.problems(register)
