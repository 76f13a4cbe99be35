"""What a source leaves out, in words for readers: `issues/I1/orientation` is "Định hướng khắc phục"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from tusoi.record import Record
from tusoi.views.world import World

_PLACE: Final = re.compile(r"/(?:[A-Z]\d+(?:\.[A-Z]\d+)?|\d+|\*)(?=/|$)")
"""What says which one of several: a part's id, a place in a list, or all of them."""

_WORDS: Final[Mapping[str, str]] = {
    "about": "Kiểm tra, giám sát đơn vị nào",
    "accountable": "Người chịu trách nhiệm về kế hoạch",
    "actions/covers": "Phạm vi của từng việc",
    "actions/covers/of": "Tổng số để so với phạm vi của việc",
    "actions/due": "Hạn của từng việc",
    "actions/every": "Bao lâu làm một lần",
    "actions/findings": "Việc nào để khắc phục hạn chế nào",
    "actions/from": "Ngày bắt đầu từng việc",
    "actions/members": "Tổ có bao nhiêu người",
    "actions/milestones/due": "Hạn của từng mốc",
    "actions/owner": "Ai làm từng việc",
    "actions/product": "Sản phẩm của từng việc",
    "actions/supporting": "Ai phối hợp",
    "actions/until": "Việc làm thường xuyên kéo dài đến bao giờ",
    "announced": "Ngày thông báo kết luận",
    "approved": "Ngày ban hành, số văn bản, người ký",
    "closed": "Ngày kết thúc kỳ",
    "concluded": "Ngày kết luận, người kết luận",
    "concluded/by": "Người kết luận",
    "cycle": "Thuộc kỳ kiểm điểm nào",
    "decided": "Quyết định xếp loại: ngày, số văn bản, người ký",
    "drafted_by": "Người tham mưu",
    "entries/evidence": "Minh chứng cho từng việc",
    "entries/figures": "Số liệu của từng việc",
    "entries/figures/of": "Tổng số để so với số liệu của từng việc",
    "entries/state": "Từng việc đã xong hay chưa",
    "explanations/cause": "Nguyên nhân nêu trong giải trình",
    "explanations/responsibility": "Trách nhiệm nêu trong giải trình",
    "figures/counting": "Số liệu đếm theo người hay theo lượt",
    "figures/of": "Tổng số để tính tỷ lệ",
    "figures/period": "Số liệu của thời gian nào",
    "figures/value": "Số lượng (chỉ có tỷ lệ, hoặc không có con số)",
    "findings": "Các hạn chế",
    "findings/causes": "Nguyên nhân của hạn chế",
    "findings/figures": "Số liệu về hạn chế",
    "findings/responsible": "Ai chịu trách nhiệm về hạn chế",
    "findings/responsible/share": "Ai chịu trách nhiệm chính",
    "findings/since": "Hạn chế có từ bao giờ",
    "issued/by": "Người ký gợi ý",
    "issued/document": "Số, ngày của văn bản gợi ý",
    "issues/figures": "Số liệu về điều được gợi ý",
    "issues/orientation": "Định hướng khắc phục",
    "opened": "Ngày mở kỳ, văn bản mở kỳ",
    "opened/basis/date": "Ngày của văn bản mở kỳ",
    "opened/basis/number": "Số của văn bản mở kỳ",
    "opened/date": "Ngày mở kỳ",
    "ratings": "Mức xếp loại của từng đơn vị",
    "ratings/basis": "Căn cứ xếp loại",
    "ratings/level": "Mức xếp loại theo tên gọi chung",
    "scope": "Các đơn vị tham gia",
    "sessions": "Các phiên họp kiểm điểm",
    "sessions/observers": "Số người của cấp trên dự họp",
    "sessions/present": "Số người dự họp",
    "steps/due": "Hạn của từng bước",
    "submitted": "Ngày nộp báo cáo",
    "to": "Gửi tới đơn vị nào",
    "totals/of": "Tổng số đơn vị để tính tỷ lệ",
    "totals/value": "Số đơn vị ở từng mức (chỉ có tỷ lệ)",
}
"""Short questions that a reader would ask; any other key has the titles of its schema."""

_OF_KIND: Final[Mapping[str, str]] = {
    "criteria/items": "Từng tiêu chí",
    "event/attended": "Bao nhiêu người dự",
    "event/attended/of": "Số người được mời, để tính tỷ lệ",
    "event/attended/value": "Số người dự (chỉ có tỷ lệ)",
    "feedback/about": "Góp ý cho ai",
    "feedback/audiences/forms": "Mỗi nơi bao nhiêu phiếu",
    "feedback/balance": "Bao nhiêu ý kiến, ý kiến nào đi đâu",
    "feedback/closes": "Ngày kết thúc lấy ý kiến",
    "feedback/compiled": "Ngày tổng hợp",
    "feedback/forms": "Phát bao nhiêu phiếu, thu về bao nhiêu",
    "feedback/opened": "Ngày bắt đầu, văn bản",
    "feedback/opens": "Ngày bắt đầu lấy ý kiến",
    "figures/about": "Số liệu của đơn vị nào",
    "figures/counts/counting": "Từng con số đếm mỗi nơi một lần, hay đếm theo lượt",
    "figures/to": "Số liệu đến khi nào",
    "group/covers": "Tổ phụ trách những đơn vị nào",
    "group/established": "Ngày thành lập, văn bản",
    "group/lead": "Ai là tổ trưởng",
    "group/members": "Tổ có bao nhiêu người",
    "indicator/about": "Chỉ tiêu của ai",
    "indicator/baseline": "Số gốc",
    "indicator/values": "Kết quả từng kỳ",
    "lesson/date": "Rút ra khi nào",
    "review/preparation/date": "Ngày của từng bước chuẩn bị",
}
"""The same for keys that say something else in one kind than in the others, or that only one kind has."""


def unsaid(world: World, record: Record) -> tuple[str, ...]:
    """Name what the source leaves out, each thing once."""
    kind = world.kind(record.kind)
    if not record.told or kind is None:
        return ()
    return tuple(dict.fromkeys(_words(record.kind, kind.schema, str(path)) for path in record.data.get("missing", ())))


def _words(kind: str, schema: Mapping[str, Any], path: str) -> str:
    plain = _PLACE.sub("", path)
    return _OF_KIND.get(f"{kind}/{plain}") or _WORDS.get(plain) or _titles(schema, plain)


def _titles(schema: Mapping[str, Any], path: str) -> str:
    titles: list[str] = []
    here: Any = schema
    for key in path.split("/"):
        below = here.get("items", here).get("properties", {}).get(key)
        if below is not None:
            here = below
            titles.append(str(below.get("title", key)))
    return " – ".join(titles)
