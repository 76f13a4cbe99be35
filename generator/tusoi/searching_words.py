"""What people say in other words: groups of words that mean the same to who searches. A project adds its own in `near_words` of records/project.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tusoi.speech import N_, _, language, unfilled

BETWEEN: Final = "~"
"""What stands between the words of a group."""
OURS: Final = """
phá rừng ~ phát rừng ~ chặt rừng ~ phát nương
đất rừng ~ đất lâm nghiệp
đi trễ ~ đi muộn ~ đến muộn ~ chậm giờ
về sớm ~ về trước giờ
trễ hạn ~ quá hạn ~ chậm hạn ~ chậm so với hạn
chậm trả ~ trả chậm ~ trả muộn ~ trả trễ
gia hạn ~ lùi hạn ~ lùi thời hạn ~ xin lùi
hạn chế ~ khuyết điểm ~ tồn tại ~ yếu kém
khắc phục ~ sửa chữa ~ sửa sai
tái diễn ~ lặp lại
xác nhận ~ xác minh ~ thẩm định
nể nang ~ né tránh ~ dĩ hòa vi quý
xếp loại ~ phân loại ~ đánh giá chất lượng
góp ý ~ đóng góp ý kiến ~ ý kiến góp ý
khiếu nại ~ khiếu kiện ~ đơn thư
sổ đỏ ~ giấy chứng nhận quyền sử dụng đất
đền bù ~ bồi thường
xây dựng trái phép ~ xây dựng không phép ~ xây trái phép
lấn chiếm ~ lấn đất
một cửa ~ bộ phận một cửa ~ tiếp nhận và trả kết quả
uống rượu ~ rượu bia ~ bia rượu
rác thải ~ rác ~ vệ sinh môi trường
tuyên truyền ~ phổ biến ~ vận động
sáp nhập ~ nhập xã ~ hợp nhất
UBND ~ ủy ban nhân dân
HĐND ~ hội đồng nhân dân
UBKT ~ ủy ban kiểm tra
MTTQ ~ mặt trận tổ quốc
BTV ~ ban thường vụ
BCH ~ ban chấp hành
THCS ~ trung học cơ sở
THPT ~ trung học phổ thông
HTX ~ hợp tác xã
NTM ~ nông thôn mới
"""


def groups(added: Iterable[str] = ()) -> tuple[tuple[str, ...], ...]:
    """Give every group: those that a project adds, then ours."""
    return tuple(_read([*added, *OURS.strip().splitlines()]))


def _read(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        group = tuple(dict.fromkeys(" ".join(each.split()) for each in line.split(BETWEEN) if each.strip()))
        if len(group) > 1:
            yield group


def said() -> dict[str, str | list[str]]:
    """Give the sentences of the script that searches, in the language that is being spoken; of those that count, for one and for several."""
    return {
        "locale": language(),
        "list": _("Trang tìm thấy"),
        "count": _both(N_("Tìm thấy {count} trang.")),
        "all": _both(N_("Xem cả {count} trang")),
        "more": _both(N_("Xem thêm {count} trang")),
        "lists": _("Xem danh sách đơn vị và các bảng"),
        "reading": _("Đang tìm trong nội dung các trang…"),
        "none": _("Không có trang nào có đủ các chữ “{query}”. Thử ít chữ hơn, hoặc chọn trong danh sách bên dưới."),
        "nothing": _("Không có trang nào như đã chọn."),
        "instead": _("Không có trang nào có đủ các chữ “{query}”. Tìm gần đúng theo “{instead}”: {number}"),
        "some": _("Không trang nào có đủ các chữ đã gõ ở cùng một chỗ. Dưới đây là những trang có một phần:"),
        "lacking": _("Không có: {words}"),
        "apart": _("Có đủ các chữ, nhưng cách xa nhau"),
        "family": _("Tên trước hoặc sau sắp xếp:"),
    }


def _both(text: str) -> list[str]:
    return [unfilled(text, count=1), unfilled(text, count=2)]
