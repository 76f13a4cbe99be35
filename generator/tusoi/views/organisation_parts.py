"""The sections of an organisation's page: which there are, what each is called, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.first_few import FirstFew
from tusoi.views.organisation_record import OrganisationRecord
from tusoi.views.organisation_story import Recorded
from tusoi.views.organisations import OrganisationView
from tusoi.views.pieces import Event
from tusoi.views.promised import kept_of
from tusoi.views.still_owed import soon_owed, still_owed
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Parts:
    """The sections that have something to say."""

    titles: Mapping[str, str]
    """By their anchors, in the order of the page."""
    rows: tuple[tuple[str, str], ...]
    """Anchors with short names, for the table of contents."""


@view
def organisation_parts(  # noqa: PLR0913, PLR0917 -- the page is made of these
    world: World, record: Record, page: OrganisationView, more: OrganisationRecord, story: FirstFew[Event], recorded: Recorded | None
) -> Parts:
    """Choose the sections of an organisation's page: what is late first, then what was found, what was promised, what others said, what it is."""
    found = page.found
    promised = page.plans or page.postponements or kept_of.make(world, record)
    asked = page.suggestions.shown or more.comments or page.inspections or more.reminders
    asides = any(each.of != record.id for each in more.asides)
    own = (page.reviews, page.reports, more.handovers, more.rules, more.documents, more.groups, page.speaks, page.told_records)
    every: tuple[tuple[str, str, str, object], ...] = (
        ("con-phai-lam", _("Còn phải làm"), _("Còn phải làm"), still_owed.make(world, record) or soon_owed.make(world, record)),
        ("chuyen-ke", _("Chuyện kể theo nguồn"), _("Chuyện kể"), page.stories),
        (
            "han-che",
            _("Hạn chế: ai nêu, nay ra sao"),
            _("Hạn chế", meaning="several"),
            found.open or found.settled or found.drafts or _has_below(world, record),
        ),
        ("nguon-ke", _("Hạn chế theo lời kể của nguồn"), _("Hạn chế theo nguồn"), found.told),
        ("ke-hoach", _("Hứa sửa gì, giữ hạn ra sao"), _("Lời hứa"), promised),
        ("cap-tren", _("Cấp trên nêu gì, đã trả lời chưa"), _("Cấp trên nêu"), asked),
        ("y-kien", _("Người dân, đoàn thể nói gì, đã trả lời chưa"), _("Dân, đoàn thể nói"), more.rounds.shown or more.critiques or more.petitions),
        ("xep-loai", _("Xếp loại từng năm, căn cứ vào đâu"), _("Xếp loại"), page.ratings),
        ("diem-manh", _("Điểm mạnh, cách làm hay"), _("Điểm mạnh"), more.strengths or more.lessons),
        ("dinh-chinh", _("Đơn vị nói lại: phản hồi, đính chính"), _("Đơn vị nói lại"), asides),
        ("dien-bien", _("Diễn biến"), _("Diễn biến"), story.shown or recorded),
        ("don-vi", _("Ai theo dõi, kế thừa từ đâu"), _("Về đơn vị"), True),
        ("theo-doi", _("Kế hoạch khắc phục do đơn vị theo dõi"), _("Đơn vị theo dõi"), more.follows),
        ("ho-so", _("Mọi hồ sơ của đơn vị"), _("Mọi hồ sơ"), any(own)),
    )
    there = [each for each in every if each[3]]
    return Parts({anchor: title for anchor, title, _short, _there in there}, tuple((anchor, short) for anchor, _title, short, _there in there))


def _has_below(world: World, record: Record) -> bool:
    facts = world.facts.organisations.get(record.id)
    return bool(facts and facts.children and facts.whole.finding_total)
