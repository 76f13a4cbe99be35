"""Who confirmed what, whether they stand apart and on what they rest: every check of an organisation's own, and what still waits for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tusoi import labels, telling
from tusoi.dates import Span
from tusoi.facts import ActionFacts, ActionState, Check, FindingFacts, FindingState
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views import basis, board, waived
from tusoi.views.basis import Looked
from tusoi.views.board import Board, Cell, Column, Row
from tusoi.views.world import World, view

_CHECKED: Final = (
    Column("lan", "Lần kiểm tra"),
    Column("kiem-tra", "Kiểm tra gì", filterable=True),
    Column("ngay", "Ngày", "date", sortable=True),
    Column("ai", "Ai kiểm tra"),
    Column("doc-lap", "Độc lập?", "chip", filterable=True),
    Column("dua-vao", "Dựa vào đâu", filterable=True),
    Column("ket-qua", "Kết quả", filterable=True, csv_head="Hạn chế hoặc việc, kết quả"),
)
_WAITING: Final = (
    Column("noi-dung", "Hạn chế hoặc việc"),
    Column("trang-thai", "Tình trạng", "chip", filterable=True),
    Column("ngay-bao", "Ngày báo xong", "date", sortable=True),
)
_Things = tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The two tables of the page."""

    checked: Board
    waiting: Board
    count: int
    """How many checks there are: one that looks at several organisations is one."""
    said: tuple[str, ...]
    """How many of them are independent, and how many have something of their own to show."""


@view
def confirmations(world: World) -> Confirmations:
    """Gather the checks, the latest first within each organisation, and the claims that wait for one."""
    checks = _checks(world)
    by_record: dict[str, list[Looked]] = {}
    for each in (each for things in checks for each in things):
        by_record.setdefault(each.check.record.id, []).append(each)
    said = _summed(world, list(by_record.values()))
    return Confirmations(
        Board(
            "ket-qua-xac-nhan",
            _CHECKED,
            board.of_organisations(
                world, checks, lambda things: things[0].thing.organisation, lambda things: _checked(world, things), lambda found: _folded(world, found)
            ),
            _("Chưa có lần kiểm tra nào đối với hồ sơ của đơn vị ở đây. Chuyện lấy từ bài báo không được đếm ở bảng này."),
            notes=(_("Lần kiểm tra ở nhiều đơn vị có một dòng ở mỗi đơn vị."),) if len(checks) > len(by_record) else (),
        ),
        Board(
            "cho-xac-nhan",
            _WAITING,
            board.of_organisations(world, _claims(world), lambda each: each.organisation, lambda each: _claimed(world, each)),
            _("Không có việc nào đang chờ xác nhận."),
        ),
        len(by_record),
        (*said, *_rows_said(len(by_record), len(checks))),
    )


def _rows_said(checks: int, rows: int) -> Iterator[str]:
    """Say why the table has more rows than there are checks."""
    if rows > checks:
        yield _(
            "Bảng có {rows} dòng cho {checks} lần kiểm tra: lần kiểm tra ở nhiều đơn vị có một dòng ở mỗi đơn vị.",
            rows=telling.number(rows),
            checks=telling.number(checks),
            count=checks,
        )


def _folded(world: World, found: Sequence[_Things]) -> str:
    """Say of the checks of one organisation, where their rows are folded, how many are independent and when the last was."""
    apart = sum({basis.choice(basis.apart(world, each.check)) for each in things} == {_(basis.YES)} for things in found)
    last = found[0][0].check.when
    number, apart_number = telling.number(len(found)), telling.number(apart)
    if last is None:
        return _("{apart}/{number} lần độc lập", number=number, apart=apart_number, count=len(found))
    return _("{apart}/{number} lần độc lập; gần nhất {when}", number=number, apart=apart_number, when=telling.day(last), count=len(found))


def _checks(world: World) -> list[_Things]:
    """Give each check of an organisation once, with all that was looked at, the latest first."""
    things: tuple[ActionFacts | FindingFacts, ...] = (*world.facts.counted_actions(), *world.facts.counted_findings())
    found = [Looked(thing, check) for thing in things for check in thing.checks if not check.record.told]
    found.sort(key=lambda each: (each.check.check, each.thing.part.ref))
    once: dict[tuple[str, str], list[Looked]] = {}
    for each in found:
        once.setdefault((each.check.record.id, each.thing.organisation), []).append(each)
    return sorted(map(tuple, once.values()), key=lambda looked: (_last(looked[0].check), looked[0].check.record.id), reverse=True)


def _last(check: Check) -> date:
    return check.when.last if check.when else date.min


def _summed(world: World, checks: Sequence[Sequence[Looked]]) -> Iterator[str]:
    """Say of the checks how many are independent, and how many have something to show; where one thing of a check is not, the check is not."""
    if not checks:
        return
    said = [{basis.choice(basis.apart(world, each.check)) for each in looked} for looked in checks]
    near = sum(_(basis.NO) in each for each in said)
    unknown = sum(_(basis.UNKNOWN) in each and _(basis.NO) not in each for each in said)
    total, shown = telling.number(len(checks)), sum(basis.is_shown(world, looked) for looked in checks)
    apart = telling.number(len(checks) - near - unknown)
    yield _(
        "{apart} trong {total} lần kiểm tra độc lập với người làm; {near} lần không độc lập; {unknown} lần chưa rõ.",
        apart=apart,
        total=total,
        near=telling.number(near),
        unknown=telling.number(unknown),
        count=len(checks),
    )
    yield _(
        "{shown} trong {total} lần kiểm tra có nêu minh chứng hoặc con số của chính lần kiểm tra.",
        shown=telling.number(shown),
        total=total,
        count=len(checks),
    )


def _checked(world: World, things: _Things) -> Row:
    record = things[0].check.record
    by = str(record.data.get("by", ""))
    labelled = tuple(dict.fromkeys(basis.apart(world, each.check) for each in things))
    results = tuple(dict.fromkeys(labels.CHECK_RESULT[each.check.result].words for each in things))
    asked = tuple(dict.fromkeys(_asked(world, each.check) for each in things))
    cells = (
        board.link(world, record.id, _name(record), world.titles.full(record.id)),
        Cell(board.SEPARATOR.join((*asked[:1], *(each[:1].lower() + each[1:] for each in asked[1:]))), choices=asked),
        board.day(things[0].check.when),
        board.link(world, by) if by else board.remark(_(labels.NOT_WRITTEN)),
        replace(board.states(*labelled), choices=tuple(dict.fromkeys(map(basis.choice, labelled)))),
        basis.rests_on(world, things),
        replace(board.several(_result(world, each, _apart_by(world, each, asked, labelled)) for each in things), choices=results),
    )
    return Row(cells)


def _name(record: Record) -> str:
    """Name a check briefly where it has no name of its own: the day and who checked stand beside it."""
    return str(record.data.get("title") or _("Kiểm tra {when}", when=telling.on(record.data.get("date"))))


def _asked(world: World, check: Check) -> str:
    kind = world.kind("verification")
    return telling.sentence_case(labels.word(kind.schema, "entries", "check", check.check)) if kind else ""


def _apart_by(world: World, each: Looked, asked: tuple[str, ...], labelled: tuple[labels.Label, ...]) -> tuple[str, ...]:
    """Say of one thing what is not the same of all things of a check: what was asked, and whether whoever checked stands apart."""
    by_question = (_asked(world, each.check),) if len(asked) > 1 else ()
    return (*by_question, basis.apart(world, each.check).words) if len(labelled) > 1 else by_question


def _result(world: World, looked: Looked, apart: tuple[str, ...]) -> Cell:
    """Say what was looked at, what came of it, and what the checker remarks."""
    check = looked.check
    about, result, text = board.of_part(world, looked.thing.part), labels.CHECK_RESULT[check.result], str(check.entry.get("text", ""))
    remarks = tuple(each for each in (*apart, text) if each)
    return replace(
        about,
        chips=(result,),
        parts=tuple(map(board.remark, remarks)),
        csv=" – ".join(each for each in (about.plain, result.words, *remarks) if each),
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
