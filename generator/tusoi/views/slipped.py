"""What is late against the first promise though a later agreed date has not come: item by item, beside the sums of which it is a part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tusoi import telling
from tusoi.facts import Postponed
from tusoi.slippage import Outcome, Promise
from tusoi.speech import _
from tusoi.views import board
from tusoi.views.board import Board, Cell, Column, Row
from tusoi.views.deadlines import NO_PLAN
from tusoi.views.world import World, view

_COLUMNS: Final = (
    Column("viec", "Việc", sortable=True),
    Column("hua-dau", "Lời hứa đầu tiên", "date", sortable=True),
    Column("han-moi", "Hạn mới được đồng ý", "date", sortable=True),
    Column("da-qua", "Đã qua lời hứa đầu (ngày)", "number"),
    Column("so-lan", "Số lần được lùi", "number"),
    Column("ai-dong-y", "Ai đồng ý"),
    Column("ke-hoach", "Kế hoạch"),
)


@dataclass(frozen=True, slots=True)
class NotKept:
    """The promises that were not kept by their first date, each in one of four places: the sums of how dates were kept count the same."""

    settled: int
    """Of how many it can be said whether they were kept."""
    done: tuple[Promise, ...]
    """Done since, as far as anybody says."""
    given_up: tuple[Promise, ...]
    over: tuple[Promise, ...]
    """Not done, and the last agreed date has passed, too."""
    ahead: tuple[Promise, ...]
    """Not done, and the last agreed date has not come."""

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, (self.done, self.given_up, self.over, self.ahead)))

    @property
    def sentence(self) -> str:
        """Say how many of how many were not kept, and where they stand."""
        numbers = {name: telling.number(len(getattr(self, name))) for name in ("done", "given_up", "over", "ahead")}
        said = _(
            "Trong {settled} việc và mốc đã xong hoặc đã qua lời hứa đầu tiên, {late} không kịp: {done} đã xong sau đó, {over} đã qua cả hạn mới nhất, "
            "{ahead} hạn mới chưa tới.",
            settled=telling.number(self.settled),
            late=telling.number(self.count),
            count=self.settled,
            **numbers,
        )
        gone = _("{given_up} đã dừng sau khi qua hạn.", count=len(self.given_up), **numbers) if self.given_up else ""
        return f"{said} {gone}".strip()


@view
def not_kept(world: World) -> NotKept:
    """Divide what was not kept by its first date."""
    counted = [each for each in world.ledger.promises.values() if each.counts]
    late = [each for each in counted if each.outcome is Outcome.NOT_KEPT]
    open_ones = [each for each in late if each.done is None and not each.is_given_up]
    return NotKept(
        settled=len(late) + sum(each.outcome is Outcome.KEPT for each in counted),
        done=tuple(each for each in late if each.done is not None),
        given_up=tuple(each for each in late if each.done is None and each.is_given_up),
        over=tuple(each for each in open_ones if each.days_over),
        ahead=tuple(each for each in open_ones if not each.days_over),
    )


@view
def slipped(world: World) -> Board:
    """Lay out what is late against the first promise and not against the agreed date: by organisation A–Z, within each by the first promise."""
    rows = sorted(not_kept.make(world).ahead, key=lambda each: (each.first.last if each.first else world.facts.day, each.ref))
    none = _("Không có việc hay mốc nào như vậy: không hạn nào đã được lùi mà lời hứa đầu tiên đã qua và hạn mới chưa tới.")
    return Board(
        "tre-hua-dau",
        _COLUMNS,
        board.of_organisations(world, rows, lambda each: each.organisation, lambda each: _row(world, each)),
        none if world.facts.counted_actions() else NO_PLAN,
    )


def _row(world: World, each: Promise) -> Row:
    agreed = [request for request in each.postponements if request.result == "agreed"]
    return Row(
        (
            _content(world, each),
            board.day(each.first),
            board.day(each.agreed),
            board.number(each.days_late),
            board.number(len(agreed)),
            board.several(_who(world, request) for request in agreed),
            board.link(world, each.plan),
        )
    )


def _content(world: World, each: Promise) -> Cell:
    """Name what was promised; a milestone with the action of which it is a step."""
    if each.part is None:
        return board.BLANK
    content = board.of_part(world, each.part)
    action = world.register.find(each.ref.partition(".")[0]) if "." in each.ref.partition("#")[2] else None
    if action is None:
        return content
    step_of = telling.shortened(str(action.data.get("content", "")))
    return board.several([content, board.remark(_("Một mốc của việc: {step_of}", step_of=step_of))])


def _who(world: World, each: Postponed) -> Cell:
    """Say who agreed to another date, and when."""
    if each.answer is None:
        return board.BLANK
    who = world.titles.full(str(each.answer.get("by") or each.answer.organisation))
    return board.link(world, each.answer.id, _("{who}, {when}", who=who, when=telling.on(each.answer.get("date"))))
