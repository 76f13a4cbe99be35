"""Who confirmed what: every check of an organisation's own actions and findings, and what still waits for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tusoi import labels, telling
from tusoi.facts import ActionFacts, ActionState, Check, FindingFacts, FindingState
from tusoi.views import board
from tusoi.views.board import Board, Column, Row
from tusoi.views.world import World, view

_CHECKED: Final = (
    Column("noi-dung", "Hạn chế hoặc việc"),
    Column("kiem-tra", "Kiểm tra gì", filterable=True),
    Column("ket-qua", "Kết quả", "chip", filterable=True),
    Column("ngay", "Ngày", "date"),
    Column("ai", "Ai kiểm tra"),
    Column("cach", "Cách kiểm tra"),
    Column("nhan-xet", "Nhận xét"),
    Column("van-ban", "Văn bản"),
)
_WAITING: Final = (
    Column("noi-dung", "Hạn chế hoặc việc"),
    Column("trang-thai", "Đơn vị báo", "chip", filterable=True),
    Column("ngay-bao", "Ngày báo xong", "date"),
)


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
            board.of_organisations(world, _checks(world), lambda pair: pair[0].organisation, lambda pair: _checked(world, *pair)),
            "Chưa có lần kiểm tra nào đối với hồ sơ của đơn vị ở đây. Chuyện lấy từ bài báo không được đếm ở bảng này.",
        ),
        Board(
            "cho-xac-nhan",
            _WAITING,
            board.of_organisations(world, _claims(world), lambda each: each.organisation, lambda each: _claimed(world, each)),
            "Không có việc nào đang chờ xác nhận.",
        ),
    )


def _checks(world: World) -> list[tuple[ActionFacts | FindingFacts, Check]]:
    things: tuple[ActionFacts | FindingFacts, ...] = (*world.facts.counted_actions(), *world.facts.counted_findings())
    found = [(thing, check) for thing in things for check in thing.checks if not check.record.told]
    return sorted(found, key=lambda pair: (_last(pair[1]), pair[1].record.id, pair[0].part.ref), reverse=True)


def _last(check: Check) -> date:
    return check.when.last if check.when else date.min


def _checked(world: World, thing: ActionFacts | FindingFacts, check: Check) -> Row:
    kind = world.kind("verification")
    asked = labels.word(kind.schema, "entries", "check", check.check) if kind else ""
    by = str(check.record.data.get("by", ""))
    cells = (
        board.of_part(world, thing.part),
        board.words(telling.sentence_case(asked)),
        board.states(labels.CHECK_RESULT[check.result]),
        board.day(check.when),
        board.link(world, by) if by else board.remark(labels.NOT_WRITTEN),
        board.words(check.record.data.get("method", "")),
        board.words(check.entry.get("text", "")),
        board.link(world, check.record.id),
    )
    return Row(cells)


def _claims(world: World) -> Iterator[ActionFacts | FindingFacts]:
    yield from (each for each in world.facts.counted_findings() if each.state is FindingState.CLAIMED)
    yield from (each for each in world.facts.counted_actions() if each.state is ActionState.COMPLETED)


def _claimed(world: World, thing: ActionFacts | FindingFacts) -> Row:
    claim = thing.claimed if isinstance(thing, ActionFacts) else None
    label = labels.ACTION[thing.state] if isinstance(thing, ActionFacts) else labels.FINDING[thing.state]
    return Row((board.of_part(world, thing.part), board.states(label), board.day(claim.when if claim else None)))
