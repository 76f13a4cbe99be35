"""What a rule does not ask of a record for now: then a board that says what is wanting says so, too."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tusoi import telling
from tusoi.dates import is_past, span
from tusoi.labels import Label, Tone
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views import board
from tusoi.views.board import Cell
from tusoi.views.world import World

WAIVED: Final = N_("Tạm chưa áp dụng")


def in_force(world: World, rule: str, *refs: str) -> Record | None:
    """Give the approved waiver of a rule for one of these records or parts that holds on the day, the one that holds longest; None where there is none."""
    linked = (waiver for ref in refs for waiver, link in world.register.sources_of(ref, "waiver") if link.path[0] == "of")
    return max((each for each in linked if _holds(world, each, rule)), key=lambda each: (str(each.get("until")), each.id), default=None)


def _holds(world: World, waiver: Record, rule: str) -> bool:
    return waiver.get("rule") == rule and "approved" in waiver.data and not is_past(waiver.get("until"), world.facts.day)


def words(waiver: Record) -> str:
    """Say until when it holds."""
    return _("Tạm chưa áp dụng đến {span}", span=telling.named(span(waiver.get("until"))))


def told(world: World, waiver: Record | None) -> Cell:
    """Make a cell that leads to the waiver; blank where there is none."""
    return board.link(world, waiver.id, words(waiver)) if waiver else board.BLANK


def beside(world: World, waiver: Record | None, *chips: Label | None, kinds: tuple[str, ...] = ()) -> Cell:
    """Make a cell of states, with the waiver below them where there is one: then nothing is owed for now.

    The filter has the states alone, by `kinds` where they say days or reasons.
    """
    state = board.states(*(replace(each, tone=Tone.WAITING) if waiver and each and each.tone is Tone.BAD else each for each in chips))
    choices = (*(kinds or state.values), *((_(WAIVED),) if waiver else ()))
    return replace(board.several([state, told(world, waiver)]) if waiver else state, choices=choices)
