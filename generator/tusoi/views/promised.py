"""What was promised of dates and what became of it: beside the roadmaps of a plan and of an action, and sums by peers and by cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tusoi import promise_counts, promise_words, telling
from tusoi.collation import sort_key
from tusoi.dates import Span
from tusoi.editing import commit_address
from tusoi.labels import Label, Shape, Tone
from tusoi.messages import say
from tusoi.promise_counts import Sum
from tusoi.record import Part, Record
from tusoi.slippage import Moved, Outcome, Promise
from tusoi.speech import N_, _, language
from tusoi.views import board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.order import by_name
from tusoi.views.pieces import Event
from tusoi.views.world import World, view

PAST_PROCEDURE: Final = Label("Không qua đề nghị", Shape.PAPER, Tone.WAITING)
AGREED_COPY: Final = Label("Ghi hạn đã được đồng ý", Shape.PAPER)
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
_OTHERS: Final = N_("Các đơn vị khác")
_NOTE: Final = N_(
    "Lời hứa là mỗi việc, mỗi mốc có ghi hạn trong kế hoạch đã ban hành. Mẫu số chỉ gồm lời hứa đã xong hoặc đã qua hạn đầu; chưa đến hạn, chưa rõ, "
    "dừng trước hạn, không còn trong kế hoạch thì đứng riêng. Ngày xong là ngày có báo cáo hoặc kiểm tra nói là xong; chưa xong thì tính số ngày chậm đến ngày "
    "của số liệu. Trung vị: một nửa chậm không quá chừng ấy ngày, một nửa chậm từ chừng ấy ngày trở lên."
)


@dataclass(frozen=True, slots=True)
class GoneLine:
    """A promise that no longer stands in the records, with what is known of it: never what it said."""

    name: str
    first: str
    chip: Label


@dataclass(frozen=True, slots=True)
class PromisesView:
    """What is known of the promises of a plan or of an action beside their roadmap: how many were kept, and which are gone."""

    summary: tuple[str, ...]
    gone: tuple[GoneLine, ...]
    unread: str
    """That nothing is known of what was recorded; empty where it is."""


@view
def promises_of_plan(world: World, plan: Record) -> PromisesView | None:
    """Tell the promises of a plan; None where it has none."""
    return _promises(world.ledger.by_plan.get(plan.id, ()), counts=True)


@view
def promises_of_action(world: World, action: Part) -> PromisesView | None:
    """Tell the promises of an action and of its milestones; None where it has none."""
    return _promises(world.ledger.of_action(action.ref), counts=False)


@view
def kept_of(world: World, organisation: Record) -> tuple[str, ...]:
    """Say how an organisation kept its first dates, with those of the organisations that it took over; nothing where it promised none."""
    sums = world.once("promises by organisation", lambda here: promise_counts.by_organisation(here.ledger))
    found = sums.get(organisation.id)
    return tuple(promise_words.counted(found, language(), is_read=False)) if found else ()


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
                title or (_(_OTHERS) if named else ""),
                tuple(Row((board.link(world, each), *_numbers(sums[each]))) for each in groups[title]),
                anchor=f"giu-han-nhom-{number}",
            )
            for number, title in enumerate(ordered, 1)
        ),
        say("ledger.empty", language()),
        by=_PEERS if named else None,
        notes=tuple(each for each in (_NOTE, _unread(world.ledger.promises.values())) if each),
    )


@view
def kept_by_cycle(world: World) -> Board:
    """Sum up by cycle: that of the review to which a plan answers."""
    sums = promise_counts.by_cycle(world.ledger, world.register)
    ordered = sorted(sums, key=lambda each: (not each, sort_key(world.titles.full(each)) if each else (), each))
    rows = tuple(Row((board.link(world, each) if each else board.remark(_("Không theo kỳ nào")), *_numbers(sums[each]))) for each in ordered)
    return Board(
        "giu-han-theo-ky",
        (Column("ky", "Kỳ kiểm điểm"), *_NUMBERS),
        (BoardGroup("", rows),) if rows else (),
        say("ledger.empty", language()),
        by=None,
        notes=(_NOTE,),
    )


def name_of(promise: Promise) -> str:
    """Name what no longer stands in the records; no content of an earlier version is shown."""
    return say("ledger.milestone.gone" if "." in promise.ref.partition("#")[2] else "ledger.action.gone", language())


def _promises(promises: Iterable[Promise], *, counts: bool) -> PromisesView | None:
    told = tuple(promises)
    if not told:
        return None
    summary = promise_words.counted(promise_counts.sum_of(told), language(), is_read=False) if counts and any(each.counts for each in told) else []
    gone = tuple(GoneLine(name_of(each), promise_words.first(each, language()), promise_words.chip(each)) for each in told if each.part is None)
    return PromisesView(tuple(summary), gone, _unread(told))


def _unread(promises: Iterable[Promise]) -> str:
    """Say that the history was not read, where none of some promises has any."""
    told = tuple(promises)
    return say("ledger.unread", language()) if told and not any(each.is_recorded for each in told) else ""


def changes(world: World, promise: Promise, what: str = "") -> Iterator[Event]:
    """Tell of each change of a promise in the file, on the day that it was recorded; `what` is said first where the page is about several."""
    yield from (_changed(world, each, what, is_copy=False) for each in promise.moved)
    yield from (_changed(world, each, what, is_copy=True) for each in promise.copied)


def _changed(world: World, each: Moved, what: str, *, is_copy: bool) -> Event:
    said = promise_words.moved(each, language(), is_copy=is_copy)
    words = f"{what}: {said}" if what else said
    when = Span(each.step.day, each.step.day)
    return Event(when, words, label=AGREED_COPY if is_copy else PAST_PROCEDURE, address=commit_address(world.site.host, each.step.commit))


def _numbers(each: Sum) -> tuple[Cell, ...]:
    """Lay out a sum; a share never stands without its denominator."""
    share = f"{telling.number(each.kept)}/{telling.number(each.settled)} ({telling.percent(each.kept, each.settled)})" if each.settled else ""
    requests = f"{telling.number(each.requests)} ({telling.number(each.agreed)}, {telling.number(each.refused)}, {telling.number(each.pending)})"
    rare = (each.outcomes[Outcome.STOPPED], each.outcomes[Outcome.TAKEN_AWAY])
    return (
        board.words(share) if share else board.remark(_("Chưa có hạn nào qua")),
        board.number(each.median_days),
        board.number(each.outcomes[Outcome.AHEAD]),
        board.number(each.outcomes[Outcome.NOT_KNOWN]),
        *(board.number(number) if number else BLANK for number in rare),
        board.words(requests) if each.requests else board.number(0),
        board.number(each.after_due),
        board.number(each.moved) if each.knows_moved else board.remark(_("Chưa đọc lịch sử")),
    )


def moved_rows(world: World) -> Iterator[tuple[str, date, Promise, Moved]]:
    """Give the changes that went past the procedure, of promises that count: whose, when recorded, of what, and which."""
    for promise in world.ledger.promises.values():
        if promise.counts:
            yield from ((promise.organisation, each.step.day, promise, each) for each in promise.moved)
