"""Bars that are cut by states, one below the other. Each piece has its number and its words beside it, and a look of its own.

Organisations stand A–Z, and beside each other only where they are peers. Bars of one picture have one scale: twice as long is twice as many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tusoi import telling
from tusoi.drawing import Piece, scaled
from tusoi.facts import FindingState
from tusoi.speech import N_, _


class Fill(StrEnum):
    """How a piece is filled: told apart in black and white too."""

    GOOD = "good"
    """Filled: confirmed."""
    LINES = "lines"
    """Lined: claimed."""
    DOTS = "dots"
    """Dotted: under way."""
    HATCH = "hatch"
    """Hatched: not mended, or over its date."""
    PLAIN = "quiet"
    """Empty."""
    DASHED = "dashed"
    """Empty with a broken edge: nobody knows."""
    SOLID = "solid"
    """Filled, where nothing is better or worse: the first of several levels."""
    LIGHT = "light"
    """Filled lightly, the same."""


FINDINGS: Final = {
    FindingState.RESOLVED: (Fill.GOOD, N_("đã khắc phục, được xác nhận")),
    FindingState.CLAIMED: (Fill.LINES, N_("báo đã khắc phục, chờ xác nhận")),
    FindingState.IN_PROGRESS: (Fill.DOTS, N_("đang khắc phục")),
    FindingState.UNRESOLVED: (Fill.HATCH, N_("chưa khắc phục")),
    FindingState.NO_ACTION: (Fill.PLAIN, N_("không phải lập biện pháp riêng")),
    FindingState.NOT_KNOWN: (Fill.DASHED, N_("chưa có thông tin")),
}
"""The looks of the states of findings, in the order of their pieces."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a piece shows: how it looks, how many there are, and of what."""

    fill: Fill
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class BarPart:
    """A piece and what stands for it in words."""

    place: Piece
    fill: Fill
    number: str
    words: str
    """Empty where the words of the bar say it."""


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar."""

    id: str
    name: str
    """What it is of; empty where `ref` says it."""
    ref: str
    """The record that it is of."""
    said: str
    """The whole, and the share that is asked for first."""
    parts: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars that may be compared."""

    title: str
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of bars."""

    id: str
    title: str
    said: tuple[str, ...]
    """What it shows, in sentences."""
    groups: tuple[BarGroup, ...]
    heads: tuple[str, ...] = ()
    """Those of the table beneath; none where the table stands on the page anyway."""
    table: tuple[tuple[str, ...], ...] = ()
    key: tuple[tuple[Fill, str], ...] = ()
    """What the looks mean, where it is said once for all bars: then beside a piece stands its number alone. Empty where the words stand beside each piece."""


def row(  # noqa: PLR0913 -- each is one plain fact
    name: str, counts: Sequence[Counted], most: int, *, said: str, title: str = "", ref: str = ""
) -> BarRow:
    """Make a bar of some numbers, those that are none left out. `most` is the whole of the longest one beside it."""
    some = [each for each in counts if each.count]
    places = scaled([each.count for each in some], most)
    parts = (BarPart(place, each.fill, telling.number(each.count), each.words) for place, each in zip(places, some, strict=True))
    return BarRow(name, title, ref, said, tuple(parts))


def key(rows: Iterable[BarRow]) -> tuple[tuple[Fill, str], ...]:
    """Gather what the looks of some bars mean, in the order of their pieces."""
    found = {part.fill: part.words for each in rows for part in each.parts}
    return tuple((fill, found[fill]) for fill in Fill if fill in found)


def cells(counts: Iterable[Counted]) -> tuple[str, ...]:
    """Give the same numbers for a table, the whole first."""
    every = list(counts)
    return (telling.number(sum(each.count for each in every)), *(telling.number(each.count) for each in every))


def share(count: int, total: int) -> str:
    """Say how many of how many, and the share: `3/7 (42,9 %)`."""
    return _("{part}/{total} ({percent})", part=telling.number(count), total=telling.number(total), percent=telling.percent(count, total))
