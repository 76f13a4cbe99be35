"""Who confirmed what: every check of an organisation's own actions and findings, and what still waits for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tusoi import labels, telling
from tusoi.dates import Span
from tusoi.facts import ActionFacts, ActionState, Check, FindingFacts, FindingState
from tusoi.speech import _
from tusoi.views import board, waived
from tusoi.views.board import Board, Cell, Column, Row
from tusoi.views.world import World, view

_CHECKED: Final = (
    Column("lan", "Lần kiểm tra"),
    Column("kiem-tra", "Kiểm tra gì", filterable=True),
    Column("ngay", "Ngày", "date", sortable=True),
    Column("ai", "Ai kiểm tra"),
    Column("cach", "Cách kiểm tra"),
    Column("ket-qua", "Kết quả", filterable=True, csv_head="Hạn chế hoặc việc, kết quả"),
)
_WAITING: Final = (
    Column("noi-dung", "Hạn chế hoặc việc"),
    Column("trang-thai", "Tình trạng", "chip", filterable=True),
    Column("ngay-bao", "Ngày báo xong", "date", sortable=True),
)
_Line = tuple[ActionFacts | FindingFacts, Check]


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The two tables of the page."""

    checked: Board
    waiting: Board


@view
def confirmations(world: World) -> Confirmations:
    """Gather the checks, the latest first within each organisation, and the claims that wait for one."""
    return Confirmations(
        Board(
            "ket-qua-xac-nhan",
            _CHECKED,
            board.of_organisations(world, _checks(world), lambda lines: lines[0][0].organisation, lambda lines: _checked(world, lines)),
            _("Chưa có lần kiểm tra nào đối với hồ sơ của đơn vị ở đây. Chuyện lấy từ bài báo không được đếm ở bảng này."),
        ),
        Board(
            "cho-xac-nhan",
            _WAITING,
            board.of_organisations(world, _claims(world), lambda each: each.organisation, lambda each: _claimed(world, each)),
            _("Không có việc nào đang chờ xác nhận."),
        ),
    )


def _checks(world: World) -> list[list[_Line]]:
    """Give each check of an organisation once, with all that was looked at, the latest first."""
    things: tuple[ActionFacts | FindingFacts, ...] = (*world.facts.counted_actions(), *world.facts.counted_findings())
    found = [(thing, check) for thing in things for check in thing.checks if not check.record.told]
    found.sort(key=lambda pair: pair[0].part.ref)
    once: dict[tuple[str, str, str], list[_Line]] = {}
    for thing, check in found:
        once.setdefault((check.record.id, thing.organisation, check.check), []).append((thing, check))
    return sorted(once.values(), key=lambda lines: (_last(lines[0][1]), lines[0][1].record.id, lines[0][1].check), reverse=True)


def _last(check: Check) -> date:
    return check.when.last if check.when else date.min


def _checked(world: World, lines: list[_Line]) -> Row:
    kind = world.kind("verification")
    check = lines[0][1]
    asked = labels.word(kind.schema, "entries", "check", check.check) if kind else ""
    by = str(check.record.data.get("by", ""))
    results = tuple(dict.fromkeys(labels.CHECK_RESULT[each.result].words for _, each in lines))
    cells = (
        board.link(world, check.record.id),
        board.words(telling.sentence_case(asked)),
        board.day(check.when),
        board.link(world, by) if by else board.remark(_(labels.NOT_WRITTEN)),
        board.words(check.record.data.get("method", "")),
        replace(board.several(_result(world, *each) for each in lines), choices=results),
    )
    return Row(cells)


def _result(world: World, thing: ActionFacts | FindingFacts, check: Check) -> Cell:
    """Say what was looked at, what came of it, and what the checker remarks."""
    about, result, text = board.of_part(world, thing.part), labels.CHECK_RESULT[check.result], str(check.entry.get("text", ""))
    return replace(
        about,
        chips=(result,),
        parts=(board.remark(text),) if text else (),
        csv=" – ".join(each for each in (about.plain, result.words, text) if each),
    )


def _claims(world: World) -> Iterator[ActionFacts | FindingFacts]:
    yield from (each for each in world.facts.counted_findings() if each.state is FindingState.CLAIMED)
    yield from (each for each in world.facts.counted_actions() if each.state is ActionState.COMPLETED)


def _claimed(world: World, thing: ActionFacts | FindingFacts) -> Row:
    label = labels.ACTION[thing.state] if isinstance(thing, ActionFacts) else labels.FINDING[thing.state]
    base = thing.part.record
    waiver = waived.in_force(world, "R11", base.id, thing.part.ref)
    when = _said(thing)
    return Row((board.of_part(world, thing.part), waived.beside(world, waiver, label), board.day(when) if when else board.remark(_(labels.NOT_WRITTEN))))


def _said(thing: ActionFacts | FindingFacts) -> Span | None:
    """Give the day on which something was last said to be done: an action by a report, a finding by a later review, or by the last of its actions."""
    if isinstance(thing, ActionFacts):
        return thing.claimed.when if thing.claimed else None
    answers = [each.when for each in thing.carried if each.entry.get("answer") == "resolved"]
    claims = [action.claimed.when for action in thing.actions if action.claimed]
    return max((each for each in (*answers, *claims) if each), key=lambda each: each.last, default=None)
