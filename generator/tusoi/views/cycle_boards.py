"""Boards of how a cycle went: what was held for whom, how the reviews were carried out, which documents follow which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tusoi import labels, posts, telling
from tusoi.collation import sort_key
from tusoi.counted import lacks_invited
from tusoi.dates import span
from tusoi.evidence import is_individual
from tusoi.kinds import SHARED
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views import board
from tusoi.views.board import BLANK, Board, BoardGroup, Cell, Column, Row
from tusoi.views.responsibility_board import is_self_found
from tusoi.views.world import World, view

_EVENTS: Final = (
    Column("su-kien", "Sự kiện"),
    Column("loai", "Loại", filterable=True),
    Column("ngay", "Ngày", "date", sortable=True),
    Column("thanh-phan", "Thành phần"),
    Column("so-buoi", "Số lớp, buổi", "number"),
    Column("so-nguoi", "Người dự", "number"),
    Column("so-lieu", "Số liệu khác"),
)
_REVIEWS: Final = (
    Column("bao-cao", "Báo cáo kiểm điểm"),
    Column("so-phien", "Phiên họp", "number"),
    Column("so-ngay", "Số ngày", "number"),
    Column("co-mat", "Có mặt", "number"),
    Column("phat-bieu", "Người phát biểu", "number"),
    Column("luot", "Lượt phát biểu", "number"),
    Column("uu-diem", "Ưu điểm nêu ra", "number"),
    Column("han-che", "Hạn chế nêu ra", "number"),
    Column("keo-dai", "Trong đó kéo dài", "number"),
    Column("tu-nhan", "Tự nhận ra", "number"),
    Column("da-giao", "Đã giao đến chức danh", "number"),
)
_DOCUMENTS: Final = (
    Column("van-ban", "Văn bản"),
    Column("loai", "Loại", filterable=True),
    Column("ngay", "Ngày", "date", sortable=True),
    Column("theo", "Thực hiện văn bản"),
    Column("duoc-theo", "Được thực hiện bởi"),
)
_COMMON: Final = N_("Văn bản chung, của cấp trên ngoài các đơn vị ở đây")
"""The heading of documents that nobody here issued: they begin the chain."""


@view
def events(world: World) -> Board:
    """Gather briefings, trainings and meetings by cycle."""
    none = _("Chưa có hội nghị, lớp tập huấn hay buổi sinh hoạt nào được ghi ở đây.")
    return _event_board(world, "su-kien", [each for each in world.register.of_kind("event") if not each.told], board.none_of_own(world, "event", none))


@view
def told_events(world: World) -> Board:
    """The same of what sources tell."""
    return _event_board(world, "su-kien-nguon-ke", [each for each in world.register.of_kind("event") if each.told], _("Không có buổi nào được nguồn kể lại."))


def _event_board(world: World, name: str, listed: list[Record], none: str) -> Board:
    found = sorted(listed, key=lambda each: (str(span(each.get("date")) or ""), each.id))
    cycles = {str(each.get("cycle") or "") for each in found}
    ordered = sorted(cycles, key=lambda ref: (not ref, sort_key(world.titles.full(ref)) if ref else (), ref))
    titles = {ref: world.titles.full(ref) if ref else _("Không thuộc kỳ nào") for ref in ordered}
    groups = tuple(BoardGroup(titles[ref], tuple(_event(world, each) for each in found if str(each.get("cycle") or "") == ref), ref) for ref in ordered)
    return Board(name, _EVENTS, groups, none, by=Column("ky", "Kỳ kiểm điểm", filterable=True))


@view
def review_quality(world: World) -> Board:
    """Gather the collective reviews that were concluded: how long, how many took part and spoke, what was found. Counts only, never who."""
    found = [each for each in world.register.of_kind("review") if not each.told and "concluded" in each.data and not is_individual(each)]
    found.sort(key=lambda each: (str(span(each.get("concluded", "date")) or ""), each.id))
    return Board(
        "chat-luong-kiem-diem",
        _REVIEWS,
        board.of_organisations(world, found, lambda each: each.organisation, lambda each: _review(world, each)),
        _("Chưa có báo cáo kiểm điểm nào đã kết luận ở đây, nên chưa có gì để đếm."),
        notes=(
            _("Chỉ là số đếm: không nêu ai nói gì. Tự nhận ra hạn chế là điều đáng quý, không phải điểm trừ."),
            _("Ưu điểm, hạn chế đếm theo số mục trong báo cáo; kéo dài là hạn chế có ghi “Có từ” khi nào hoặc “Kéo dài nhiều năm”."),
        ),
    )


@view
def documents(world: World) -> Board:
    """Gather the documents, by who issued them, with what each carries out and what carries it out: the chain from the top to the cell."""
    found = [each for each in world.register.of_kind("document") if not each.told]
    none = _("Chưa có văn bản nào được ghi thành hồ sơ riêng ở đây.")
    return _document_board(world, "chuoi-van-ban", found, board.none_of_own(world, "document", none))


@view
def told_documents(world: World) -> Board:
    """The same of the documents that sources tell of."""
    found = [each for each in world.register.of_kind("document") if each.told]
    return _document_board(world, "chuoi-van-ban-nguon-ke", found, _("Không có văn bản nào được nguồn kể lại."))


def _document_board(world: World, name: str, listed: list[Record], none: str) -> Board:
    found = sorted(listed, key=lambda each: (str(span(each.get("dated")) or ""), each.id))
    groups = board.of_organisations(world, found, lambda each: each.organisation, lambda each: _document(world, each))
    common = (replace(each, title=_(_COMMON), ref="", anchor=f"{name}-chung") for each in groups if each.ref == SHARED)
    return Board(name, _DOCUMENTS, (*common, *(each for each in groups if each.ref != SHARED)), none)


def _event(world: World, each: Record) -> Row:
    kind = world.kind("event")
    return Row(
        (
            board.link(world, each.id),
            board.words(telling.sentence_case(labels.word(kind.schema, "nature", str(each.get("nature"))))) if kind else BLANK,
            board.day(each.get("date")) if "date" in each.data else board.remark(_(labels.NOT_STATED)),
            board.words("; ".join(str(one) for one in each.data.get("audiences", ()))),
            _figure(each, "sessions"),
            _attended(each),
            board.several(board.words(telling.figure_line(one, told=each.told)) for one in each.data.get("figures", ())),
        )
    )


def _figure(each: Record, key: str) -> Cell:
    return board.words(telling.figure(each.data[key], told=each.told)) if key in each.data else BLANK


def _attended(each: Record) -> Cell:
    """Write how many came, as the page of the event does."""
    remark = (_(" (nguồn không nêu số được mời)") if each.told else _(" (không ghi số được mời)")) if lacks_invited(each) else ""
    return board.words(f"{_figure(each, 'attended').text}{remark}")


def _review(world: World, each: Record) -> Row:
    sessions = [part.data for part in each.parts_of("session") if part.data.get("kind") == "collective"]
    findings = each.parts_of("finding")
    days = sum(float(one["days"]) for one in sessions if "days" in one)
    return Row(
        (
            board.link(world, each.id),
            board.number(len(sessions)) if sessions else BLANK,
            board.number(int(days) if days.is_integer() else days) if days else BLANK,
            _last(sessions, "present"),
            _last(sessions, "speakers"),
            _last(sessions, "remarks"),
            board.number(len(each.data.get("strengths", ()))),
            board.number(len(findings)),
            board.number(sum("since" in part.data or bool(part.data.get("chronic")) for part in findings)),
            board.number(sum(map(is_self_found, findings))),
            board.words(f"{sum(posts.shares(part, world.register) > 0 for part in findings)}/{len(findings)}") if findings else BLANK,
        )
    )


def _last(sessions: Sequence[Mapping[str, Any]], key: str) -> Cell:
    stated = [one[key] for one in sessions if key in one]
    return board.words(telling.figure(stated[-1])) if stated else BLANK


def _document(world: World, each: Record) -> Row:
    kind = world.kind("document")
    below = [record for record, link in world.register.sources_of(each.id, "document") if link.path[0] == "implements"]
    nature = labels.word(kind.schema, "nature", str(each.get("nature"))) if kind and "nature" in each.data else ""
    return Row(
        (
            board.link(world, each.id),
            board.words(telling.sentence_case(nature)),
            board.day(each.get("dated")),
            board.several(board.link(world, str(ref)) for ref in each.data.get("implements", ())) if each.get("implements") else BLANK,
            board.several(board.link(world, one.id) for one in below) if below else BLANK,
        )
    )
