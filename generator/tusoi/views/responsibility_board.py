"""How far responsibility is divided: for each finding, whether posts answer for it, and how many. Never by post, and never sorted by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tusoi import labels, posts
from tusoi.facts import FindingFacts
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import N_, _
from tusoi.views import board
from tusoi.views.board import BLANK, Board, Cell, Column, Row
from tusoi.views.followed import COMMENT, CRITIQUE, SUGGESTION, purpose
from tusoi.views.world import World, view

DIVIDED: Final = Label("Đã giao đến chức danh", Shape.FULL, Tone.GOOD)
COLLECTIVE: Final = Label("Mới giao cho tập thể", Shape.HALF, Tone.WAITING)
NOBODY: Final = Label("Chưa giao trách nhiệm", Shape.DASH, Tone.BAD)
SELF_FOUND: Final = N_("Đơn vị tự nhận ra")
REVIEWED: Final = N_("Đơn vị tự kiểm điểm")
"""Of a finding of a review that says no more."""
_ANSWERED: Final[Mapping[str, str]] = {SUGGESTION: N_("Cấp trên gợi ý"), CRITIQUE: N_("Giám sát, phản biện"), COMMENT: N_("Ý kiến của cơ quan, đoàn thể")}
_LEADING: Final = ("head", "deputy", "standing")

_COLUMNS: Final = (
    Column("han-che", "Hạn chế"),
    Column("neu-boi", "Nêu từ đâu", filterable=True),
    Column("da-giao", "Đã giao đến đâu", "chip", filterable=True),
    Column("so-chuc-danh", "Số chức danh", "number"),
    Column("don-vi-khac", "Đơn vị khác cùng chịu"),
)
_WITH_POSTS: Final = (*_COLUMNS, Column("chuc-danh", "Chức danh chịu phần nào"))
"""For members: which posts, and whether the post's own review takes its part up."""
_POSTS: Final = (Column("chuc-danh", "Chức danh chủ chốt chưa nhận phần nào"),)


@view
def divided(world: World) -> Board:
    """Gather the findings that count: whether each is divided to posts. On a members' site each says to which, and whether the post has taken its part up."""
    found = sorted(world.facts.counted_findings(), key=lambda each: each.part.ref, reverse=True)
    return Board(
        "giao-trach-nhiem",
        _COLUMNS if world.site.is_public else _WITH_POSTS,
        board.of_organisations(world, found, lambda each: each.organisation, lambda each: _row(world, each)),
        _("Chưa có hạn chế nào do đơn vị ở đây kết luận, nên chưa có gì để giao trách nhiệm."),
        notes=(_("Hạn chế do cấp trên nêu phải giao đến chức danh, không chỉ giao cho tập thể. Bảng chỉ đếm, không xếp, không so chức danh."),),
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
        _("Ở mọi đơn vị có hạn chế, chức danh chủ chốt nào cũng đã nhận một phần trách nhiệm."),
    )


def _row(world: World, each: FindingFacts) -> Row:
    count = posts.shares(each.part, world.register)
    return Row(
        (
            board.of_part(world, each.part),
            board.several(map(board.words, raised_by(each.part, world))),
            board.states(DIVIDED if count else COLLECTIVE if each.part.data.get("responsible") else NOBODY),
            board.number(count) if count else BLANK,
            _others(world, each),
            *(() if world.site.is_public else (_carriers(world, each.part),)),
        )
    )


def raised_by(finding: Part, world: World) -> tuple[str, ...]:
    """Say where a finding comes from, all that is written of it, as its own page does: the organisation itself, what it answers, comments, or an inspection."""
    record = finding.record
    if record.kind == "inspection":
        kind = world.kind("inspection")
        return (_("Kết luận: {word}", word=labels.word(kind.schema, "channel", str(record.get("channel")))) if kind else _("Kết luận"),)
    issues = (world.register.find(str(each)) for each in finding.data.get("answers", ()))
    said = [_(SELF_FOUND)] if is_self_found(finding) else []
    said += [_(_ANSWERED.get(purpose(each.record), _ANSWERED[SUGGESTION])) for each in issues if isinstance(each, Part)]
    said += [_("Ý kiến góp ý")] if finding.data.get("from_feedback") else []
    return tuple(dict.fromkeys(said)) or (_(REVIEWED),)


def is_self_found(finding: Part) -> bool:
    """Whether a review says that the organisation came upon a finding itself: the one count of it on all boards."""
    return finding.record.kind == "review" and bool(finding.data.get("self_identified"))


def _others(world: World, each: FindingFacts) -> Cell:
    """Name the bodies besides the organisation itself that answer for it."""
    who = (world.register.find(str(entry["who"])) for entry in each.part.data.get("responsible", ()) if "who" in entry)
    bodies = {one.id for one in who if isinstance(one, Record) and one.kind == "organisation"} - {each.about, each.organisation}
    return board.several(board.link(world, body) for body in sorted(bodies)) if bodies else BLANK


def _carriers(world: World, finding: Part) -> Cell:
    """Name the posts that carry a share of a finding, each with its share and whether its own review speaks of it."""
    named = [(post, entry) for entry in finding.data.get("responsible", ()) if (post := posts.post(world.register, entry.get("who")))]
    lines = [(board.link(world, post.id), board.remark(_part(world, finding, post, entry))) for post, entry in named]
    return board.several(map(board.several, lines)) if lines else BLANK


def _part(world: World, finding: Part, post: Record, entry: Mapping[str, Any]) -> str:
    kind = world.kind(finding.record.kind)
    share = labels.word(kind.schema, "findings", "responsible", "share", str(entry.get("share", ""))) if kind else ""
    return "; ".join(each for each in (share, str(entry.get("portion", "")).rstrip("."), _echo(world, finding, post)) if each)


def _echo(world: World, finding: Part, post: Record) -> str:
    """Say whether a post's own review takes up its part in a finding. A review of another cycle need not, and one that is held elsewhere cannot be read."""
    own = [each for each, link in world.register.sources_of(post.id, "review") if link.path == ("of",) and not each.told]
    taken_up = {known.ref for each in own for entry in each.get("collective") or () if (known := world.register.find(str(entry.get("finding"))))}
    if finding.ref in taken_up:
        return _("bản kiểm điểm cá nhân đã nói đến")
    cycle = world.register.find(str(finding.record.get("cycle")))
    handed_in = (each for each in own if any(seal in each.data for seal in ("submitted", "concluded", "held_elsewhere")))
    of_cycle = [each for each in handed_in if cycle and world.register.find(str(each.get("cycle"))) is cycle]
    if not of_cycle:
        return _("chưa có bản kiểm điểm cá nhân ở đây để đối chiếu")
    is_held = all("held_elsewhere" in each.data for each in of_cycle)
    return _("bản kiểm điểm cá nhân lưu ở nơi khác") if is_held else _("bản kiểm điểm cá nhân chưa nói đến")
