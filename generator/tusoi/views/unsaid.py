"""What a source leaves out, in words for readers: `issues/I1/orientation` is "Định hướng khắc phục"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from tusoi.labels import key_title
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views.world import World

_PLACE: Final = re.compile(r"/(?:[A-Z]\d+(?:\.[A-Z]\d+)?|\d+|\*)(?=/|$)")
"""What says which one of several: a part's id, a place in a list, or all of them."""

_WORDS: Final[Mapping[str, str]] = {
    "about": N_("Kiểm tra, giám sát đơn vị nào"),
    "accountable": N_("Người chịu trách nhiệm về kế hoạch"),
    "actions/covers": N_("Phạm vi của từng việc"),
    "actions/covers/of": N_("Tổng số để so với phạm vi của việc"),
    "actions/due": N_("Hạn của từng việc"),
    "actions/every": N_("Bao lâu làm một lần"),
    "actions/findings": N_("Việc nào để khắc phục hạn chế nào"),
    "actions/from": N_("Ngày bắt đầu từng việc"),
    "actions/members": N_("Tổ có bao nhiêu người"),
    "actions/milestones/due": N_("Hạn của từng mốc"),
    "actions/owner": N_("Ai làm từng việc"),
    "actions/product": N_("Sản phẩm của từng việc"),
    "actions/supporting": N_("Ai phối hợp"),
    "actions/until": N_("Việc làm thường xuyên kéo dài đến bao giờ"),
    "announced": N_("Ngày thông báo kết luận"),
    "approved": N_("Ngày ban hành, số văn bản, người ký"),
    "closed": N_("Ngày kết thúc kỳ"),
    "concluded": N_("Ngày kết luận, người kết luận"),
    "concluded/by": N_("Người kết luận"),
    "cycle": N_("Thuộc kỳ kiểm điểm nào"),
    "decided": N_("Quyết định xếp loại: ngày, số văn bản, người ký"),
    "drafted_by": N_("Người tham mưu"),
    "entries/evidence": N_("Minh chứng cho từng việc"),
    "entries/figures": N_("Số liệu của từng việc"),
    "entries/figures/of": N_("Tổng số để so với số liệu của từng việc"),
    "entries/state": N_("Từng việc đã xong hay chưa"),
    "explanations/cause": N_("Nguyên nhân nêu trong giải trình"),
    "explanations/responsibility": N_("Trách nhiệm nêu trong giải trình"),
    "figures/counting": N_("Số liệu đếm theo người hay theo lượt"),
    "figures/of": N_("Tổng số để tính tỷ lệ"),
    "figures/period": N_("Số liệu của thời gian nào"),
    "figures/value": N_("Số lượng (chỉ có tỷ lệ, hoặc không có con số)"),
    "findings": N_("Các hạn chế"),
    "findings/causes": N_("Nguyên nhân của hạn chế"),
    "findings/figures": N_("Số liệu về hạn chế"),
    "findings/responsible": N_("Ai chịu trách nhiệm về hạn chế"),
    "findings/responsible/share": N_("Ai chịu trách nhiệm chính"),
    "findings/since": N_("Hạn chế có từ bao giờ"),
    "issued/by": N_("Người ký gợi ý"),
    "issued/document": N_("Số, ngày của văn bản gợi ý"),
    "issues/figures": N_("Số liệu về điều được gợi ý"),
    "issues/orientation": N_("Định hướng khắc phục"),
    "opened": N_("Ngày mở kỳ, văn bản mở kỳ"),
    "opened/basis/date": N_("Ngày của văn bản mở kỳ"),
    "opened/basis/number": N_("Số của văn bản mở kỳ"),
    "opened/date": N_("Ngày mở kỳ"),
    "ratings": N_("Mức xếp loại của từng đơn vị"),
    "ratings/basis": N_("Căn cứ xếp loại"),
    "ratings/level": N_("Mức xếp loại theo tên gọi chung"),
    "scope": N_("Các đơn vị tham gia"),
    "sessions": N_("Các phiên họp kiểm điểm"),
    "sessions/observers": N_("Số người của cấp trên dự họp"),
    "sessions/present": N_("Số người dự họp"),
    "steps/due": N_("Hạn của từng bước"),
    "submitted": N_("Ngày nộp báo cáo"),
    "to": N_("Gửi tới đơn vị nào"),
    "totals/of": N_("Tổng số đơn vị để tính tỷ lệ"),
    "totals/value": N_("Số đơn vị ở từng mức (chỉ có tỷ lệ)"),
}
"""Short questions that a reader would ask; any other key has the titles of its schema."""

_OF_KIND: Final[Mapping[str, str]] = {
    "criteria/items": N_("Từng tiêu chí"),
    "event/attended": N_("Bao nhiêu người dự"),
    "event/attended/of": N_("Số người được mời, để tính tỷ lệ"),
    "event/attended/value": N_("Số người dự (chỉ có tỷ lệ)"),
    "feedback/about": N_("Góp ý cho ai"),
    "feedback/audiences/forms": N_("Mỗi nơi bao nhiêu phiếu"),
    "feedback/balance": N_("Bao nhiêu ý kiến, ý kiến nào đi đâu"),
    "feedback/closes": N_("Ngày kết thúc lấy ý kiến"),
    "feedback/compiled": N_("Ngày tổng hợp"),
    "feedback/forms": N_("Phát bao nhiêu phiếu, thu về bao nhiêu"),
    "feedback/opened": N_("Ngày bắt đầu, văn bản"),
    "feedback/opens": N_("Ngày bắt đầu lấy ý kiến"),
    "figures/about": N_("Số liệu của đơn vị nào"),
    "figures/counts/counting": N_("Từng con số đếm mỗi nơi một lần, hay đếm theo lượt"),
    "figures/to": N_("Số liệu đến khi nào"),
    "group/covers": N_("Tổ phụ trách những đơn vị nào"),
    "group/established": N_("Ngày thành lập, văn bản"),
    "group/lead": N_("Ai là tổ trưởng"),
    "group/members": N_("Tổ có bao nhiêu người"),
    "indicator/about": N_("Chỉ tiêu của ai"),
    "indicator/baseline": N_("Số gốc"),
    "indicator/values": N_("Kết quả từng kỳ"),
    "lesson/date": N_("Rút ra khi nào"),
    "review/preparation/date": N_("Ngày của từng bước chuẩn bị"),
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
    return _(_OF_KIND.get(f"{kind}/{plain}") or _WORDS.get(plain, "")) or _titles(schema, plain)


def _titles(schema: Mapping[str, Any], path: str) -> str:
    titles: list[str] = []
    here: Any = schema
    for key in path.split("/"):
        below = here.get("items", here).get("properties", {}).get(key)
        if below is not None:
            here = below
            titles.append(key_title({"properties": {key: below}}, key))
    return " – ".join(titles)
