"""How far responsibility is divided: for each finding, whether posts answer for it, and how many. Never by post, and never sorted by number."""

from __future__ import annotations

from typing import Final

from tusoi import labels, posts
from tusoi.evidence import is_individual
from tusoi.facts import FindingFacts
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.views import board
from tusoi.views.board import BLANK, Board, Cell, Column, Row
from tusoi.views.world import World, view

DIVIDED: Final = Label("Đã giao đến chức danh", Shape.FULL, Tone.GOOD)
COLLECTIVE: Final = Label("Mới giao cho tập thể", Shape.HALF, Tone.WAITING)
NOBODY: Final = Label("Chưa giao trách nhiệm", Shape.DASH, Tone.BAD)
_LEADING: Final = ("head", "deputy", "standing")

_COLUMNS: Final = (
    Column("han-che", "Hạn chế"),
    Column("neu-boi", "Ai nêu", filterable=True),
    Column("da-giao", "Đã giao đến đâu", "chip", filterable=True),
    Column("so-chuc-danh", "Số chức danh", "number"),
    Column("don-vi-khac", "Đơn vị khác cùng chịu"),
)
_POSTS: Final = (Column("chuc-danh", "Chức danh chủ chốt chưa nhận phần nào"),)


@view
def divided(world: World) -> Board:
    """Gather the findings that count and are open or were concluded in a review or inspection: whether each is divided to posts."""
    found = sorted(world.facts.counted_findings(), key=lambda each: each.part.ref, reverse=True)
    return Board(
        "giao-trach-nhiem",
        _COLUMNS,
        board.of_organisations(world, found, lambda each: each.organisation, lambda each: _row(world, each)),
        "Chưa có hạn chế nào do đơn vị ở đây kết luận, nên chưa có gì để giao trách nhiệm.",
        notes=("Hạn chế do cấp trên nêu phải giao đến chức danh, không chỉ giao cho tập thể. Bảng chỉ đếm, không xếp, không so chức danh.",),
    )


@view
def without_share(world: World) -> Board | None:
    """On a members' site: the leading posts of each organisation that carry no share of any finding. None on a public one."""
    if world.site.is_public:
        return None
    carrying = {str(entry["who"]) for each in world.facts.counted_findings() for entry in each.part.data.get("responsible", ()) if "who" in entry}
    found = {each.organisation for each in world.facts.counted_findings()}
    idle = [each for each in world.register.of_kind("role") if each.get("rank") in _LEADING and each.id not in carrying and each.organisation in found]
    return Board(
        "chuc-danh-chua-nhan-phan",
        _POSTS,
        board.of_organisations(world, idle, lambda each: each.organisation, lambda each: Row((board.link(world, each.id),))),
        "Ở mọi đơn vị có hạn chế, chức danh chủ chốt nào cũng đã nhận một phần trách nhiệm.",
    )


def _row(world: World, each: FindingFacts) -> Row:
    count = posts.shares(each.part, world.register)
    return Row(
        (
            board.of_part(world, each.part),
            board.words(raised_by(each.part, world)),
            board.states(DIVIDED if count else COLLECTIVE if each.part.data.get("responsible") else NOBODY),
            board.number(count) if count else BLANK,
            _others(world, each),
        )
    )


def raised_by(finding: Part, world: World) -> str:
    """Say who pointed a finding out: a suggestion of superiors, an inspection by its channel, or the organisation itself."""
    record = finding.record
    if record.kind == "inspection":
        kind = world.kind("inspection")
        return f"Kết luận: {labels.word(kind.schema, 'channel', str(record.get('channel')))}" if kind else "Kết luận"
    if finding.data.get("answers"):
        return "Cấp trên gợi ý"
    if finding.data.get("from_feedback"):
        return "Ý kiến góp ý"
    return "Đơn vị tự nhận ra" if finding.data.get("self_identified") or not is_individual(record) else ""


def _others(world: World, each: FindingFacts) -> Cell:
    """Name the bodies besides the organisation itself that answer for it."""
    who = (world.register.find(str(entry["who"])) for entry in each.part.data.get("responsible", ()) if "who" in entry)
    bodies = {one.id for one in who if isinstance(one, Record) and one.kind == "organisation"} - {each.about, each.organisation}
    return board.several(board.link(world, body) for body in sorted(bodies)) if bodies else BLANK
