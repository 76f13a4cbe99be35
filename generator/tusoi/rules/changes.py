"""Rules about what a change may do to what was sealed. They are listed here, and judge once there is something to compare with (`--base`)."""

from __future__ import annotations

from tusoi.rules import rule_of_change


@rule_of_change("R29", source="S4-06", kinds=("plan",))
def postponement_visible() -> None:
    """A date that was promised does not move in silence: the first promise stays, and a postponement with its reason and its answer moves it. Needs `--base`.

    vi: Hạn đã hứa không được lặng lẽ dời: hạn đầu giữ nguyên, muốn lùi phải có đề nghị kèm lý do và có trả lời. Cần `--base` để so với bản trước.
    """


@rule_of_change("R30", source="S2-18")
def history_honest() -> None:
    """What was sealed, reported, verified or decided is not changed afterwards: a correction says what was wrong, and both stay. Needs `--base`.

    vi: Điều đã chốt, đã báo cáo, đã xác nhận, đã quyết định thì không sửa lại: ghi sai thì đính chính, cả hai cùng hiện. Cần `--base` để so với bản trước.
    """
