"""An organisation on one sheet of paper, for a notice board: what fits on it, whatever the length of its page, and the way to all the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tusoi import labels, qr, telling
from tusoi.labels import Label
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.board import Cell
from tusoi.views.organisation_findings import FindingCard
from tusoi.views.organisation_record import OrganisationRecord
from tusoi.views.organisation_standing import Standing
from tusoi.views.organisations import OrganisationView, RatingYear
from tusoi.views.promised import kept_of
from tusoi.views.still_owed import still_owed
from tusoi.views.world import World, view

_ROOM: Final = 10
"""Lines of what was found and what is late that have room on the sheet, two lines of print each."""
_ROOMY: Final = 6
_LATE: Final = 4
_RATINGS: Final = 2
_OVERSEERS: Final = 4
_LONGEST: Final = 84
_BY: Final = 64
"""Letters of what was found or is late, and of who found it: together two lines of print."""
_NAME: Final = 60
"""Letters of a name or of a state, beside other things."""
_TITLE: Final = 70
"""Letters of the name of the organisation, in large print."""
_FIRST: Final = 170
"""Letters of what stands beneath the name: how it stands, and the notice of the site."""
_SENTENCE: Final = 140
"""Letters of a fact: two lines of print."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet: what, and how it stands."""

    words: str
    state: Label
    beside: str = ""
    """Who found it, or when it was due."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet, with how much of each does not."""

    title: str
    standing: str
    """Who confirmed, and what else stands in the first line."""
    notice: str
    findings: tuple[SheetLine, ...]
    more_findings: int
    late: tuple[SheetLine, ...]
    more_late: int
    facts: tuple[tuple[str, str], ...]
    """What else a reader asks first: how dates were kept, ratings, where the comments went, who oversees."""
    code: qr.Code | None
    """The way to the page; None where nobody has said where the site will be."""

    @property
    def is_roomy(self) -> bool:
        """Whether so little stands on it that its letters may be larger."""
        return len(self.findings) + len(self.late) <= _ROOMY


@view
def organisation_sheet(world: World, record: Record, page: OrganisationView, more: OrganisationRecord, now: Standing, address: str) -> Sheet:  # noqa: PLR0913, PLR0917 -- the page is made of these
    """Choose what stands on the sheet of an organisation from what stands on its page. `address` is that of the page, empty where it is not known."""
    found = (*page.found.open, *page.found.settled, *page.found.told)
    late = [(owing.title, line) for owing in still_owed.make(world, record) for line in owing.lines]
    room = _ROOM - min(len(late), _LATE)
    return Sheet(
        title=_cut(page.title, _TITLE),
        standing=_cut(now.short.rest, _FIRST),
        notice=_cut(world.site.notice, _FIRST),
        findings=tuple(_finding(each) for each in found[:room]),
        more_findings=max(0, len(found) - room),
        late=tuple(SheetLine(_cut(line.what.plain, _LONGEST), _state(line.state, title), line.due) for title, line in late[:_LATE]),
        more_late=max(0, len(late) - _LATE),
        facts=tuple((name, _cut(words, _SENTENCE)) for name, words in _facts(world, record, page, more)),
        code=qr.code(address) if address else None,
    )


def _finding(card: FindingCard) -> SheetLine:
    states = [each for each in card.line.chips if each is not labels.SELF_IDENTIFIED]
    state = states[0]
    short = Label(_cut(state.words, _NAME), state.shape, state.tone)
    return SheetLine(_cut(card.line.title, _LONGEST), short, _cut(card.line.found_by, _BY))


def _state(cell: Cell, title: str) -> Label:
    """Give the first state that a cell of a board shows, however deep; where it shows none, what is owed."""
    return next(_chips(cell), Label(title))


def _chips(cell: Cell) -> Iterator[Label]:
    yield from cell.chips
    for part in cell.parts:
        yield from _chips(part)


def _facts(world: World, record: Record, page: OrganisationView, more: OrganisationRecord) -> Iterator[tuple[str, str]]:
    kept = kept_of.make(world, record)
    if kept:
        yield _("Giữ hạn đã hứa"), kept[0]
    if page.ratings:
        yield _("Xếp loại"), "; ".join(_rating(world, each) for each in page.ratings[:_RATINGS])
    balance = next((each.balance for each in (*more.rounds.shown, *more.rounds.rest) if each.balance), None)
    if balance:
        yield _("Ý kiến góp ý gần nhất"), f"{balance.sentence}."
    overseers = tuple(dict.fromkeys((*page.overseen_by, *(each.ref for each in more.overseers), *more.followers)))
    if overseers:
        yield _("Ai theo dõi"), "; ".join(_cut(world.titles.full(each), _NAME) for each in overseers[:_OVERSEERS])
    if page.successors:
        yield _("Đơn vị kế thừa"), "; ".join(f"{_cut(world.titles.full(kin.ref), _NAME)} ({kin.words})" for kin in page.successors[:_RATINGS])
    if page.predecessors:
        yield _("Kế thừa từ"), "; ".join(f"{_cut(world.titles.full(kin.ref), _NAME)} ({kin.words})" for kin in page.predecessors[:_OVERSEERS])


def _rating(world: World, each: RatingYear) -> str:
    level = each.level or each.stated or _(labels.NOT_STATED)
    cycle = _cut(world.titles.full(each.cycle), _NAME) if each.cycle else ""
    return _("{cycle}: {level}", cycle=cycle, level=level) if cycle else level


def _cut(text: str, length: int) -> str:
    """Cut what is too long; the rest stays as it is, with its full stop and its hard spaces."""
    return text if len(text) <= length else telling.shortened(text, length)
