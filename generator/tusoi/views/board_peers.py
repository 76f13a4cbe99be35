"""Groups of peers beside the rows of a board: who wants to look at communes alone, or at districts alone, chooses so. No column, and not in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tusoi.collation import sort_key
from tusoi.promise_counts import peer_group
from tusoi.views.board import Board
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Peers:
    """The groups of peers of the organisations of a board."""

    key: ClassVar[str] = "nhom"
    """Its name in the address of a filtered board."""
    groups: Mapping[str, str]
    """The group of each organisation that says one, by the organisation's id."""

    @property
    def choices(self) -> tuple[str, ...]:
        """What readers may choose: A–Z. One group alone is no choice."""
        found = sorted(set(self.groups.values()), key=lambda each: (sort_key(each), each))
        return tuple(found) if len(found) > 1 else ()

    def of(self, ref: str) -> str:
        """Give the group of an organisation; empty where it says none, and for what is no organisation."""
        return self.groups.get(ref, "")


@view
def peers_of(world: World, board: Board) -> Peers:
    """Find the groups of peers of what a board is grouped by, or of what its rows stand for. None where its columns or groups say them already."""
    if Peers.key in {column.key for column in (board.by, *board.columns) if column}:
        return Peers({})
    refs = {group.ref for group in board.groups} | {row.cells[0].ref for row in board.rows}
    found = ((ref, peer_group(ref, world.register)) for ref in sorted(refs - {""}))
    return Peers({ref: peers for ref, peers in found if peers})
