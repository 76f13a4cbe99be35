"""What a new record begins with: all that the register already says of it, and what is still to be said. No file, no clock: the day comes with the facts.

To give a kind its beginning, write one function in a module of this package and mark it with `@begins("kind")`. It is given a `Desk` and gives a `Begun`.
A kind without one begins with what its schema requires.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tusoi.collect import members
from tusoi.kinds import ORGANISATION
from tusoi.record import Kind

if TYPE_CHECKING:
    from tusoi.beginnings.desk import Desk

Node = Any
"""What stands under a key: text, a number, a mapping, a tuple, a `Given` – or None, which is what its writer has to fill in."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the catalogue, `new.<name>`, that helps to fill something in. A parameter may be a date, or a word in each language."""

    name: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """A value with what is to be known about it. An optional one stands as a comment, ready to be used."""

    value: Node
    notes: tuple[Note, ...] = ()
    is_optional: bool = False


def noted(value: Node, name: str, /, **params: object) -> Given:
    """Give a value with one sentence about it; further ones are put around it."""
    note = Note(name, params)
    return Given(value.value, (note, *value.notes), value.is_optional) if isinstance(value, Given) else Given(value, (note,))


def maybe(value: Node) -> Given:
    """Give a value that only some need: it stands as a comment."""
    return Given(value.value, value.notes, is_optional=True) if isinstance(value, Given) else Given(value, (), is_optional=True)


def quoted(value: Node, text: object) -> Given:
    """Give a value beneath the words of a record."""
    return noted(value, "quote", text=" ".join(str(text).split()))


@dataclass(frozen=True, slots=True)
class Begun:
    """What a kind's function gives: the name that a file should have, and what it says."""

    name: str
    data: Mapping[str, Node]
    is_wanted: bool = False
    """Whether something waits for such a record now."""
    there: str = ""
    """The id of a record that is there already and to which this one would be a second."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A new record: its kind, the id that it should have, and what it says."""

    kind: Kind
    id: str
    data: Mapping[str, Node]
    is_wanted: bool = False
    there: str = ""

    @property
    def file(self) -> str:
        """Its file, from the project's folder."""
        return f"records/{self.id}/{ORGANISATION}.yml" if self.kind.name == ORGANISATION else f"records/{self.id}.yml"


@dataclass(frozen=True, slots=True)
class Begins:
    """The function of a kind."""

    kind: str
    make: Callable[[Desk], Begun]


def begins(kind: str) -> Callable[[Callable[[Desk], Begun]], Begins]:
    """Make a function the beginning of a kind."""
    return lambda make: Begins(kind, make)


WRITERS: Final[Mapping[str, tuple[str, ...]]] = {
    "own": ("review", "plan", "progress", "postponement", "feedback", "handover", "event", "lesson", "correction"),
    "above": ("cycle", "suggestion", "group", "answer", "classification", "reminder", "waiver"),
    "checks": ("inspection", "verification", "figures", "indicator"),
    "keeps": ("project", "organisation", "role", "document", "criteria", "source"),
}
"""Who writes which kind, as a rule: the organisation about itself, those above it, those who check, and whoever keeps the records."""


@cache
def all_beginnings() -> Mapping[str, Begins]:
    """Give the function of every kind that has one."""
    from tusoi import beginnings

    return {each.kind: each for each in members(beginnings, Begins, lambda each: each.kind)}


def begin(kind: Kind, desk: Desk, name: str = "") -> Beginning:
    """Begin a record. `name` is the last piece of its id, where somebody has chosen one; else a name is proposed that no record has."""
    known = all_beginnings().get(kind.name)
    desk = replace(desk, name=name) if name else desk
    begun = known.make(desk) if known else Begun("", dict.fromkeys(kind.schema.get("required", ())))
    return Beginning(kind, desk.id_of(kind, name or begun.name or desk.day.isoformat(), is_chosen=bool(name)), begun.data, begun.is_wanted, begun.there)
