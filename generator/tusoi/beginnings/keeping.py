"""What those write who keep the records: the project, organisations and posts, documents, criteria and sources."""

from __future__ import annotations

from typing import Final

from tusoi.beginnings import Begun, Node, begins, maybe, noted
from tusoi.beginnings.desk import Desk
from tusoi.record import Record

FORMAT: Final = 1
RANKS: Final = ("head", "deputy")
POSTS: Final = {
    "party_committee": ("bi-thu", "pho-bi-thu"),
    "party_cell": ("bi-thu", "pho-bi-thu"),
    "inspection_body": ("chu-nhiem", "pho-chu-nhiem"),
    "advisory_body": ("truong-ban", "pho-truong-ban"),
    "mass_org": ("chu-tich", "pho-chu-tich"),
    "authority": ("chu-tich", "pho-chu-tich"),
    "enterprise": ("giam-doc", "pho-giam-doc"),
    "school": ("hieu-truong", "pho-hieu-truong"),
}
"""What the head and the deputy of an organisation are usually called, as a file is named."""
OTHERWISE: Final = ("nguoi-dung-dau", "cap-pho")


@begins("project")
def project(desk: Desk) -> Begun:  # noqa: ARG001 -- every kind is given the same
    """Begin the record that says what counts for all others."""
    keys = ("title", "root", "audience", "enforce_from")
    return Begun("project", {"format": FORMAT, "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", **dict.fromkeys(keys)})


@begins("organisation")
def organisation(desk: Desk) -> Begun:
    """Begin an organisation, below the one that it is said to be below."""
    above = desk.about.id if isinstance(desk.about, Record) and desk.is_about("organisation") else None
    overseers = [each.id for each in desk.posts(above, "standing", "deputy", "member")] if above else []
    parent: Node = {"of": above, "from": desk.today}
    data: dict[str, Node] = {
        "name": noted(None, "folder") if not desk.organisation else None,
        "short_name": None,
        "type": None,
        "parents": (parent,) if above else maybe(({"of": None, "from": None},)),
        "overseen_by": (_overseer(desk, overseers),) if above else maybe(({"role": None, "from": None},)),
        "peer_group": None,
    }
    return Begun("don-vi-moi", data)


def _overseer(desk: Desk, posts: list[str]) -> Node:
    """Give room for the post above that looks after the organisation: the only one there is, or one of those that are named."""
    role: Node = posts[0] if len(posts) == 1 else noted(None, "posts_above", names=tuple(posts)) if posts else None
    return {"role": role, "from": desk.today}


@begins("role")
def role(desk: Desk) -> Begun:
    """Begin a post: the head's, or the deputy's, where there is none yet."""
    missing = next((number for number, rank in enumerate(RANKS) if not desk.posts(desk.organisation, rank)), None)
    above = desk.above()
    name = POSTS.get(desk.type, OTHERWISE)[missing] if missing is not None else "uy-vien"
    data: dict[str, Node] = {
        "name": None,
        "rank": noted(RANKS[missing], "other_posts", name=POSTS.get(desk.type, OTHERWISE)[1]) if missing == 0 else RANKS[1] if missing else None,
        "managed_by": above[0] if above and missing is not None else maybe(above[0] if above else None),
    }
    return Begun(name, data, is_wanted=missing == 0 and bool(desk.organisation))


@begins("document")
def document(desk: Desk) -> Begun:
    """Begin a document on which others rest."""
    return Begun(desk.stamp, {"title": None, "number": None, "dated": None, "nature": None, "implements": maybe((None,)), "valid_to": maybe(None)})


@begins("criteria")
def criteria(desk: Desk) -> Begun:
    """Begin a set of criteria."""
    items: Node = ({"group": None, "text": None}, {"group": None, "text": None})
    return Begun(str(desk.day.year), {"name": None, "version": None, "document": maybe({"number": None, "date": None}), "items": items})


@begins("source")
def source(desk: Desk) -> Begun:
    """Begin a source: an article or a paper that records tell of."""
    return Begun(desk.stamp, {"title": None, "publisher": None, "shown_on": None, "confidence": None, "url": None})
