"""What is wrong, where, and how to mend it: a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Path = tuple[str | int, ...]
"""The way to a value inside a record: `("findings", 0, "causes")`; `()` is the whole record."""


class Severity(StrEnum):
    """How much a problem matters. The order of the members is the order on every list."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITY_ORDER = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file (POSIX path below the project's folder), a line and a column; both start at 1, and 0 is "the whole file"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Give the form that editors and terminals make clickable: `file:line:column`."""
        return ":".join(str(piece) for piece in (self.file, self.line, self.column) if piece)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the records.

    `code` is stable and never reused: L loader, S schema, X links, R rules of the domain, H history. Where one code has several sentences, `variant`
    tells them apart. The sentences are the messages `<code>[.<variant>].what` and `.hint`; `params` fill their `{names}`. `also` is the other end,
    where there is one.
    """

    code: str
    severity: Severity
    place: Place
    path: Path = ()
    variant: str = ""
    params: tuple[tuple[str, str], ...] = field(default=())
    also: Place | None = None

    @property
    def message(self) -> str:
        """The name of the sentence in the catalogues."""
        return f"{self.code}.{self.variant}" if self.variant else self.code

    @property
    def order(self) -> tuple[object, ...]:
        """By file and line, then by what is said: the order in which a person would mend."""
        return (self.place, SEVERITY_ORDER[self.severity], self.code, self.variant, self.params)


def problem(  # noqa: PLR0913 -- each is one plain fact about the problem
    code: str,
    place: Place,
    path: Path = (),
    *,
    severity: Severity = Severity.ERROR,
    variant: str = "",
    also: Place | None = None,
    **params: object,
) -> Problem:
    """Make a problem; the parameters of its sentence are given by name and kept as text."""
    words = tuple(sorted((name, str(value)) for name, value in params.items()))
    return Problem(code, severity, place, tuple(path), variant, words, also)


def in_order(problems: list[Problem] | tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Sort by place and drop exact repetitions."""
    return tuple(sorted(set(problems), key=lambda each: each.order))
