"""An organisation on one sheet of paper, for a notice board: as much as surely fits on it, whatever the length of its page, and the way to all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tusoi import labels, qr, telling
from tusoi.facts import ActionFacts
from tusoi.labels import Label, Tone
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views import sheet_room
from tusoi.views.board import Cell
from tusoi.views.followed import Voice
from tusoi.views.organisation_findings import FindingCard
from tusoi.views.organisation_record import OrganisationRecord, has_ended
from tusoi.views.organisation_standing import Standing
from tusoi.views.organisations import OrganisationView, RatingYear, SuggestionLine
from tusoi.views.owned import actions_of
from tusoi.views.pieces import rhythm
from tusoi.views.promised import kept_of
from tusoi.views.still_owed import still_owed
from tusoi.views.world import World, view

_FIRST: Final = (3, 4, 2, 1, 1)
"""Where there is not room for all: so many lines of each part come first, then one more of each in turn, as far as there is room."""
_MORE: Final = (
    N_("… và {number} việc nữa trên trang."),
    N_("… và {number} hạn chế nữa trên trang."),
    N_("… và {number} việc nữa trên trang."),
    N_("… và {number} lần nữa trên trang."),
    N_("… và {number} kế hoạch nữa trên trang."),
)
_RATINGS: Final = 2
_PREDECESSORS: Final = 4
_LENGTHS: Final = (220, 84)
"""Letters of what was found, promised or asked: more where there is room for all."""
_TRIED: Final = ((220, 22.0), (220, 18.0), (220, 16.0), (220, 14.0), (220, 12.0), (220, 11.0), (220, 10.0), (84, 10.0), (220, 9.0), (84, 9.0))
"""Letters of a text and size of the letters, the best first."""
_BY: Final = 90
"""Letters of who found it and when; the day stands last, and is not to be what is cut."""
_LATE: Final = 110
"""Letters of the states of what is late."""
_NAME: Final = 60
"""Letters of a name or of a state, beside other things."""
_TITLE: Final = 70
"""Letters of the name of the organisation, in large print."""
_STANDING: Final = 170
"""Letters of what stands beneath the name: how it stands, and the notice of the site."""
_SENTENCE: Final = 140
"""Letters of a fact: two lines of print."""
_WATCHERS: Final = 200
"""Letters of who watches, three lines of print: nobody who does so now is to be left out for want of room."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet: what, and how it stands."""

    words: str
    state: Label
    beside: str = ""
    """Who found it, or when it was due."""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of the sheet: its name, its lines, and a sentence on how many more the page has; empty where it has no more."""

    name: str
    lines: tuple[SheetLine, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet, with how much of each does not."""

    size: int
    """How large its letters are, in points."""
    site: str
    title: str
    standing: str
    """Who confirmed, and what else stands in the first line."""
    notices: tuple[str, ...]
    parts: tuple[SheetPart, ...]
    facts: tuple[tuple[str, str], ...]
    """What else a reader asks first: how dates were kept, ratings, where the comments went, who oversees, where to say something."""
    foot: str
    code: qr.Code | None
    """The way to the page; None where nobody has said where the site will be."""

    @property
    def is_large(self) -> bool:
        """Whether there is so little that it is set in large letters, to be read from afar."""
        return self.size > sheet_room.LARGE


@view
def organisation_sheet(world: World, record: Record, page: OrganisationView, more: OrganisationRecord, now: Standing, address: str) -> Sheet:  # noqa: PLR0913, PLR0917 -- the page is made of these
    """Choose what stands on the sheet of an organisation from what stands on its page. `address` is that of the page, empty where it is not known."""
    title, site, standing = _cut(page.title, _TITLE), _cut(world.site.name, _TITLE), _cut(now.short.rest, _STANDING)
    told = _("Câu chuyện lấy từ bài báo; không phải hồ sơ của đơn vị.") if page.told else ""
    notices = tuple(each for each in (_cut(world.site.notice, _STANDING), told) if each)
    facts = tuple(_facts(world, record, page, more))
    code = qr.code(address) if address else None
    whole = _("Xem đủ tại {address}", address=code.text) if code else _("Xem đủ trên trang “{site}”, mục Đơn vị, trang “{title}”.", site=site, title=title)
    states = [f"{each.label.words} {telling.number(each.count)}/{telling.number(now.tally.total)}" for each in now.tally.some]
    rooms: dict[float, float] = {}
    for points in sheet_room.SIZES:
        others = (site, f"{now.found} {now.done}", *notices)
        way = code.text if code else ""
        head = sheet_room.head(title, f"{now.short.first}. {standing}", others, way if points <= sheet_room.LARGE else "", points)
        around = sheet_room.tally(states, points) + sheet_room.facts(facts, points) + sheet_room.foot(f"{world.site.as_of}. {whole}", way, points)
        rooms[points] = sheet_room.SHEET - head - around
    size, parts = _fitting({length: tuple(_parts(world, record, page, more, length)) for length in _LENGTHS}, rooms)
    return Sheet(int(size), site, title, standing, notices, parts, facts, whole, code)


def _fitting(every: Mapping[int, Sequence[SheetPart]], rooms: Mapping[float, float]) -> tuple[float, tuple[SheetPart, ...]]:
    """Choose the size of the letters, and what stands there: all, if any size has room for it. `every` is all of it, by how many letters a text may have."""
    for length, points in _TRIED:
        if sum(_height(part, points) for part in every[length]) <= rooms[points]:
            return points, tuple(part for part in every[length] if part.lines)
    points = min(rooms)
    return points, tuple(_filled(every[min(every)], rooms[points], points))


def _filled(every: Sequence[SheetPart], room: float, points: float) -> Iterator[SheetPart]:
    """Fill the room: the first of each part, then the others. A part of which something has no room ends there, and says so."""
    shown, full, more = [0] * len(every), set[int](), sheet_room.row("…", "", "", "", points)
    first = (place for place, number in enumerate(_FIRST) for _line in range(number))
    longest = max(len(part.lines) for part in every)
    for place in (*first, *(place for _line in range(longest) for place, _part in enumerate(every))):
        if place in full or shown[place] == len(every[place].lines):
            continue
        begun = 0.0 if shown[place] else sheet_room.name(every[place].name, points) + more
        cost = begun + _row(every[place].lines[shown[place]], points)
        if cost > room:
            full.add(place)
            continue
        shown[place] += 1
        room -= cost - (more if shown[place] == len(every[place].lines) else 0.0)
    for part, number, words in zip(every, shown, _MORE, strict=True):
        rest = len(part.lines) - number
        if number:
            yield SheetPart(part.name, part.lines[:number], _(words, number=telling.number(rest), count=rest) if rest else "")


def _height(part: SheetPart, points: float) -> float:
    return sheet_room.name(part.name, points) + sum(_row(each, points) for each in part.lines) if part.lines else 0.0


def _row(line: SheetLine, points: float) -> float:
    return sheet_room.row(line.words, f"({line.beside})" if line.beside else "", line.answer, line.state.words, points)


def _parts(world: World, record: Record, page: OrganisationView, more: OrganisationRecord, length: int) -> Iterator[SheetPart]:
    """Give all that the sheet could have, in its order; `length` is how many letters a text may have."""
    late = [(owing.title, line) for owing in still_owed.make(world, record) for line in owing.lines]
    owed = {ref for _title, line in late for ref in _refs(line.what)}
    yield SheetPart(
        _("Đã quá hạn, chưa có hoặc chưa xong"),
        tuple(SheetLine(_cut(line.what.plain, length), _short(_state(line.state, title), _LATE), line.due) for title, line in late),
    )
    found = (*page.found.open, *page.found.settled, *page.found.told)
    yield SheetPart(_("Hạn chế, nay ra sao"), tuple(_finding(each, length) for each in found))
    promised = sorted((each for each in actions_of(world, record.id) if each.counts and each.part.ref not in owed), key=_when)
    yield SheetPart(_("Đã hứa làm gì, đến đâu"), tuple(_action(each, length) for each in promised))
    asked = (_suggestion(world, each, length) for each in (*page.suggestions.shown, *page.suggestions.rest) if each.raised)
    voices = (_voice(world, each, length) for each in (*more.critiques, *more.comments) if each.points)
    yield SheetPart(_("Cấp trên, đoàn thể nêu gì, trả lời ra sao"), (*asked, *voices))
    yield SheetPart(_("Đơn vị theo dõi việc khắc phục của nơi khác"), tuple(_followed(world, each, length) for each in more.follows))


def _finding(card: FindingCard, length: int) -> SheetLine:
    state = next(each for each in card.line.chips if each is not labels.SELF_IDENTIFIED)
    return SheetLine(_cut(card.line.title, length), _short(state), _cut(card.line.found_by, _BY))


def _when(facts: ActionFacts) -> tuple[bool, str, str]:
    """What is still to be done comes first, by its date."""
    return not facts.is_open, facts.due.last.isoformat() if facts.due else "9999", facts.part.ref


def _action(facts: ActionFacts, length: int) -> SheetLine:
    data = facts.part.data
    due = _("hạn {day}", day=telling.day(facts.due)) if facts.due else ""
    return SheetLine(_cut(str(data.get("content", "")), length), _short(labels.action(facts)[0]), _cut(rhythm(data) or due, _NAME))


def _suggestion(world: World, line: SuggestionLine, length: int) -> SheetLine:
    return _said(world, line.raised[0], line.by, line.when, line.steps[0], line.answer, length)


def _voice(world: World, each: Voice, length: int) -> SheetLine:
    answer = next((event.text for event in each.answers if event.text), "")
    return _said(world, each.points[0], each.by, each.when, each.chip or Label(""), answer, length)


def _followed(world: World, plan: str, length: int) -> SheetLine:
    of = world.register.records[plan]
    return SheetLine(
        _cut(world.titles.of_record(of), length),
        _short(labels.stage(of, world.kind("plan"), world.facts.day) or Label("")),
        _cut(world.titles.organisation(of), _NAME),
    )


def _said(world: World, what: str, by: str, when: str, state: Label, answer: str, length: int) -> SheetLine:  # noqa: PLR0913, PLR0917 -- the line is made of these
    beside = ", ".join(each for each in (_cut(world.titles.full(by), _NAME) if by else "", when) if each)
    words = _("Trả lời: {text}", text=_cut(" ".join(answer.split()), length)) if answer else ""
    return SheetLine(_cut(what, length), _short(state), beside, words)


def _short(state: Label, length: int = _NAME) -> Label:
    return Label(_cut(state.words, length), state.shape, state.tone)


def _state(cell: Cell, title: str) -> Label:
    """Give all states that a cell of a board shows, with the sign of the first: who asked for more time is not only late. Without any, what is owed."""
    first, *others = dict.fromkeys(_chips(cell)) or (Label(title),)
    waiting_first = sorted(others, key=lambda each: each.tone is not Tone.WAITING)
    said = "; ".join((first.words, *(f"{each.words[:1].lower()}{each.words[1:]}" for each in waiting_first)))
    return Label(said, first.shape, first.tone)


def _chips(cell: Cell) -> Iterator[Label]:
    yield from cell.chips
    for part in cell.parts:
        yield from _chips(part)


def _refs(cell: Cell) -> Iterator[str]:
    yield cell.ref
    for part in cell.parts:
        yield from _refs(part)


def _facts(world: World, record: Record, page: OrganisationView, more: OrganisationRecord) -> Iterator[tuple[str, str]]:
    """Give what else a reader asks first."""
    yield from ((name, _cut(words, _SENTENCE)) for name, words in _how_it_did(world, record, page, more))
    if watchers := _watchers(world, page, more):
        yield _("Ai theo dõi"), watchers
    yield from ((name, _cut(words, _SENTENCE)) for name, words in _where_it_belongs(world, page))


def _how_it_did(world: World, record: Record, page: OrganisationView, more: OrganisationRecord) -> Iterator[tuple[str, str]]:
    kept = kept_of.make(world, record)
    if kept:
        yield _("Giữ hạn đã hứa"), kept[0]
    if page.ratings:
        yield _("Xếp loại"), "; ".join(_rating(world, each) for each in page.ratings[:_RATINGS])
    balance = next((each.balance for each in (*more.rounds.shown, *more.rounds.rest) if each.balance), None)
    if balance:
        yield _("Ý kiến góp ý gần nhất"), f"{balance.sentence}."


def _watchers(world: World, page: OrganisationView, more: OrganisationRecord) -> str:
    """Name who watches now, as many as there is room for, and count the others. Those whose cycle is closed or who are no more stand on the page only."""
    assigned = (each.ref for each in more.overseers if not each.is_over)
    refs = dict.fromkeys((*page.overseen_by, *(ref for ref, __ in more.followers), *assigned))
    names = [_cut(world.titles.full(ref), _NAME) for ref in refs if not has_ended(world, ref)]
    shown = max((number for number in range(1, len(names) + 1) if len("; ".join(names[:number])) <= _WATCHERS), default=0)
    rest = len(names) - shown
    others = _("và {number} nơi nữa", number=telling.number(rest), count=rest) if rest else ""
    return "; ".join(each for each in (*names[:shown], others) if each)


def _where_it_belongs(world: World, page: OrganisationView) -> Iterator[tuple[str, str]]:
    if page.parents and not page.told:
        yield _("Cấp trên trực tiếp"), "; ".join(_cut(world.titles.full(each), _NAME) for each in page.parents[:_RATINGS])
    if page.successors:
        yield _("Đơn vị kế thừa"), "; ".join(f"{_cut(world.titles.full(kin.ref), _NAME)} ({kin.words})" for kin in page.successors[:_RATINGS])
    if page.predecessors:
        yield _("Kế thừa từ"), "; ".join(f"{_cut(world.titles.full(kin.ref), _NAME)} ({kin.words})" for kin in page.predecessors[:_PREDECESSORS])
    if world.site.comments_to and not page.told:
        yield _("Muốn góp ý?"), _("Đến {place}.", place=world.site.comments_to)


def _rating(world: World, each: RatingYear) -> str:
    level = each.level or each.stated or _(labels.NOT_STATED)
    cycle = _cut(world.titles.full(each.cycle), _NAME) if each.cycle else ""
    return _("{cycle}: {level}", cycle=cycle, level=level) if cycle else level


def _cut(text: str, length: int) -> str:
    """Cut what is too long; the rest stays as it is, with its full stop and its hard spaces."""
    return text if len(text) <= length else telling.shortened(text, length)
