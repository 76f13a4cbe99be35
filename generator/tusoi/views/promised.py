"""What was promised of dates and what became of it: the timeline on the pages of a plan and of an action, and sums by peers and by cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tusoi import promise_counts, promise_words, telling
from tusoi.collation import sort_key
from tusoi.editing import commit_address
from tusoi.facts import Postponed
from tusoi.labels import Label, Shape, Tone, postponement
from tusoi.messages import say
from tusoi.promise_counts import Sum
from tusoi.record import Part, Record
from tusoi.slippage import Moved, Outcome, Promise
from tusoi.views import board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.order import by_name
from tusoi.views.world import World, view

PAST_PROCEDURE: Final = Label("Không qua đề nghị", Shape.PAPER, Tone.WAITING)
_LANG: Final = "vi"
_NUMBERS: Final = (
    Column("giu", "Giữ đúng hạn đầu"),
    Column("cham", "Chậm, trung vị (ngày)", "number"),
    Column("chua-den", "Chưa đến hạn đầu", "number"),
    Column("chua-ro", "Chưa rõ", "number"),
    Column("dung", "Dừng trước hạn", "number"),
    Column("bo", "Không còn trong kế hoạch", "number"),
    Column("de-nghi", "Đề nghị gia hạn (được, không, chờ)"),
    Column("sau-han", "Đề nghị khi hạn đã qua", "number"),
    Column("doi", "Đổi trong hồ sơ, không qua đề nghị", "number"),
)
_PEERS: Final = Column("nhom", "Nhóm tương đồng", filterable=True)
_OTHERS: Final = "Các đơn vị khác"
_NOTE: Final = (
    "Lời hứa là mỗi việc, mỗi mốc có ghi hạn trong kế hoạch đã ban hành. Mẫu số chỉ gồm lời hứa đã xong hoặc đã qua hạn đầu; chưa đến hạn, chưa rõ, "
    "dừng trước hạn, không còn trong kế hoạch thì đứng riêng. Ngày xong là ngày có báo cáo hoặc kiểm tra nói là xong; chưa xong thì tính số ngày chậm đến ngày "
    "của số liệu. Trung vị: một nửa chậm không quá chừng ấy ngày, một nửa chậm từ chừng ấy ngày trở lên."
)


@dataclass(frozen=True, slots=True)
class PromiseEvent:
    """A request, or a change in the file."""

    day: str
    words: str
    text: str
    label: Label
    ref: str = ""
    """The request, where it is one."""
    address: str = ""
    """Where the host shows the change."""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise: what was promised first, what was asked and changed, and how it came out against both dates."""

    ref: str
    """Empty where it no longer stands in the records."""
    ordinal: str
    content: str
    first: str
    chip: Label
    agreed: str
    """The last agreed date, where it is not the first."""
    done: str
    against_first: str
    against_agreed: str
    events: tuple[PromiseEvent, ...]


@dataclass(frozen=True, slots=True)
class PromisesView:
    """The promises of a plan or of an action."""

    lines: tuple[PromiseLine, ...]
    summary: tuple[str, ...]
    unread: str
    """That nothing is known of what was recorded; empty where it is."""


@view
def promises_of_plan(world: World, plan: Record) -> PromisesView | None:
    """Tell the promises of a plan; None where it has none."""
    return _promises(world, world.ledger.by_plan.get(plan.id, ()), counts=True)


@view
def promises_of_action(world: World, action: Part) -> PromisesView | None:
    """Tell the promises of an action and of its milestones; None where it has none."""
    return _promises(world, world.ledger.of_action(action.ref), counts=False)


@view
def kept_of(world: World, organisation: Record) -> tuple[str, ...]:
    """Say how an organisation kept its first dates, with those of the organisations that it took over; nothing where it promised none."""
    sums = world.once("promises by organisation", lambda here: promise_counts.by_organisation(here.ledger))
    found = sums.get(organisation.id)
    return tuple(promise_words.counted(found, _LANG, is_read=False)) if found else ()


@view
def kept_dates(world: World) -> Board:
    """Sum up by organisation, A–Z within its group of peers: how many promises were kept by their first date, of how many. Nobody is compared across groups."""
    sums = promise_counts.by_organisation(world.ledger)
    groups: dict[str, list[str]] = {}
    for organisation in by_name(world, sums):
        groups.setdefault(promise_counts.peer_group(organisation, world.register), []).append(organisation)
    ordered = sorted(groups, key=lambda each: (not each, sort_key(each)))
    named = any(ordered)
    return Board(
        "giu-han",
        (Column("don-vi", "Đơn vị"), *_NUMBERS),
        tuple(
            BoardGroup(
                title or (_OTHERS if named else ""),
                tuple(Row((board.link(world, each), *_numbers(sums[each]))) for each in groups[title]),
                anchor=f"giu-han-nhom-{number}",
            )
            for number, title in enumerate(ordered, 1)
        ),
        say("ledger.empty", _LANG),
        by=_PEERS if named else None,
        notes=tuple(each for each in (_NOTE, _unread(world.ledger.promises.values())) if each),
    )


@view
def kept_by_cycle(world: World) -> Board:
    """Sum up by cycle: that of the review to which a plan answers."""
    sums = promise_counts.by_cycle(world.ledger, world.register)
    ordered = sorted(sums, key=lambda each: (not each, sort_key(world.titles.full(each)) if each else (), each))
    rows = tuple(Row((board.link(world, each) if each else board.remark("Không theo kỳ nào"), *_numbers(sums[each]))) for each in ordered)
    return Board(
        "giu-han-theo-ky",
        (Column("ky", "Kỳ kiểm điểm"), *_NUMBERS),
        (BoardGroup("", rows),) if rows else (),
        say("ledger.empty", _LANG),
        by=None,
        notes=(_NOTE,),
    )


def name_of(promise: Promise) -> str:
    """Name what no longer stands in the records; no content of an earlier version is shown."""
    return say("ledger.milestone.gone" if "." in promise.ref.partition("#")[2] else "ledger.action.gone", _LANG)


def _promises(world: World, promises: Iterable[Promise], *, counts: bool) -> PromisesView | None:
    told = tuple(promises)
    if not told:
        return None
    summary = promise_words.counted(promise_counts.sum_of(told), _LANG, is_read=False) if counts and any(each.counts for each in told) else []
    return PromisesView(tuple(_line(world, each) for each in told), tuple(summary), _unread(told))


def _unread(promises: Iterable[Promise]) -> str:
    """Say that the history was not read, where none of some promises has any."""
    told = tuple(promises)
    return say("ledger.unread", _LANG) if told and not any(each.is_recorded for each in told) else ""


def _line(world: World, each: Promise) -> PromiseLine:
    part = each.part
    agreed = promise_words.against_agreed(each, _LANG)
    return PromiseLine(
        ref=part.ref if part else "",
        ordinal=promise_words.ordinal(part, _LANG) if part else "",
        content=world.titles.of_part(part) if part else name_of(each),
        first=promise_words.first(each, _LANG).removesuffix("."),
        chip=promise_words.chip(each),
        agreed=telling.day(each.agreed) if agreed else "",
        done=telling.day(each.done),
        against_first=promise_words.against_first(each, _LANG),
        against_agreed=agreed,
        events=tuple(event for _, event in sorted(_events(world, each), key=lambda pair: pair[0])),
    )


def _events(world: World, promise: Promise) -> Iterator[tuple[date, PromiseEvent]]:
    """Give what was asked, on the day it was asked, and what was changed, on the day that was recorded."""
    yield from ((each.asked, _asked(each)) for each in promise.postponements)
    yield from ((each.step.day, _changed(world, each, is_copy=False)) for each in promise.moved)
    yield from ((each.step.day, _changed(world, each, is_copy=True)) for each in promise.copied)


def _asked(each: Postponed) -> PromiseEvent:
    words = ", ".join(words for words in (promise_words.asked(each, _LANG), promise_words.timing(each, _LANG)) if words)
    text = "\n\n".join(text for text in (str(each.record.get("reason") or ""), promise_words.answered(each, _LANG)) if text)
    return PromiseEvent(telling.day(each.asked), telling.sentence_case(words), text, postponement(each), each.record.id)


def _changed(world: World, each: Moved, *, is_copy: bool) -> PromiseEvent:
    words = promise_words.moved(each, _LANG, is_copy=is_copy)
    label = Label("Ghi hạn đã được đồng ý", Shape.PAPER) if is_copy else PAST_PROCEDURE
    return PromiseEvent(telling.day(each.step.day), words, "", label, address=commit_address(world.site.host, each.step.commit))


def _numbers(each: Sum) -> tuple[Cell, ...]:
    """Lay out a sum; a share never stands without its denominator."""
    share = f"{telling.number(each.kept)}/{telling.number(each.settled)} ({telling.percent(each.kept, each.settled)})" if each.settled else ""
    requests = f"{telling.number(each.requests)} ({telling.number(each.agreed)}, {telling.number(each.refused)}, {telling.number(each.pending)})"
    rare = (each.outcomes[Outcome.STOPPED], each.outcomes[Outcome.TAKEN_AWAY])
    return (
        board.words(share) if share else board.remark("Chưa có hạn nào qua"),
        board.number(each.median_days),
        board.number(each.outcomes[Outcome.AHEAD]),
        board.number(each.outcomes[Outcome.NOT_KNOWN]),
        *(board.number(number) if number else BLANK for number in rare),
        board.words(requests) if each.requests else board.number(0),
        board.number(each.after_due),
        board.number(each.moved) if each.knows_moved else board.remark("Chưa đọc lịch sử"),
    )


def moved_rows(world: World) -> Iterator[tuple[str, date, Promise, Moved]]:
    """Give the changes that went past the procedure, of promises that count: whose, when recorded, of what, and which."""
    for promise in world.ledger.promises.values():
        if promise.counts:
            yield from ((promise.organisation, each.step.day, promise, each) for each in promise.moved)
