"""The boards of the site, in the groups of the menu: for whoever looks for one on the first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tusoi.speech import N_, _
from tusoi.views.order import Group
from tusoi.views.world import World, view

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    N_("Đã hứa, đã làm"): ("nam-truoc", "qua-han", "den-han", "gia-han", "ket-qua-xac-nhan", "tai-dien-keo-dai"),
    N_("Cấp trên nêu, đơn vị trả lời"): (
        *("goi-y", "chua-nop", "ket-luan-chua-co-ke-hoach", "bao-cao-mot-nam", "qua-ky-bao-cao", "giao-trach-nhiem", "xep-loai", "ty-le-xuat-sac"),
    ),
    N_("Góp ý, kiến nghị"): ("y-kien-gop-y", "giam-sat-phan-bien", "kien-nghi", "dinh-chinh"),
    N_("Theo dõi chung"): (
        *("linh-vuc", "chat-luong-kiem-diem", "to-cong-tac", "su-kien", "chuoi-van-ban"),
        *("chi-tieu", "so-lieu-tong-hop", "ban-giao", "bai-hoc", "tam-chua-ap-dung"),
    ),
}
"""The same groups in the same order as in mkdocs.yml, where they are the menu."""
_OTHERS: Final = N_("Các bảng khác")
_FOR_WRITERS: Final = ("can-bo-sung",)


@view
def menu(world: World, pages: Mapping[str, tuple[str, str]]) -> tuple[Group[tuple[str, str]], ...]:  # noqa: ARG001 -- every view is given the world
    """Give the address and the title of every board by group; `pages` gives the rows and the title of each page of the site, by its address.

    A project's own boards come last: none is left out.
    """
    titles = {address: title for address, (__, title) in pages.items() if address.startswith("bang/")}
    named = {title: tuple(f"bang/{name}.html" for name in names) for title, names in GROUPS.items()}
    known = {address for addresses in named.values() for address in addresses} | {f"bang/{name}.html" for name in _FOR_WRITERS}
    named[_OTHERS] = tuple(sorted(titles.keys() - known))
    groups = (Group(_(title), tuple((address, titles[address]) for address in addresses if address in titles)) for title, addresses in named.items())
    return tuple(group for group in groups if group.rows)
