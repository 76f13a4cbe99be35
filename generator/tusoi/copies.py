"""Texts that stand, nearly the same, in records of two organisations or of two cycles.

Two texts are nearly the same where they share most of their pairs of neighbouring syllables and name the same figures; years, days and numbers of papers
do not count, since they are what one changes in a copy. The first of them in time is nobody's copy.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from tusoi.dates import span
from tusoi.lineage import Lineage
from tusoi.problem import Path
from tusoi.record import Part, Record, Register
from tusoi.syllables import DAY, PAPER, YEAR, tokens

SHORTEST: Final = 8
"""Shorter texts, by syllables, may well be alike by chance."""
ALIKE: Final = 0.75
"""The part of all their pairs of syllables that two texts share: about one word in fifteen may differ."""
KEYS: Final = {("review", "finding"): "remedy", ("inspection", "finding"): "remedy", ("plan", "action"): "content"}
"""What is compared: each with its like only, since a plan may well say in the words of the review what is to be done."""

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of one record."""

    part: Part
    key: str
    home: str
    """The organisation whose text it is on the day: a successor goes on with its predecessor's."""
    when: date
    """When the record was sealed; a draft comes last."""
    cycles: frozenset[str]
    recurring: bool

    @property
    def path(self) -> Path:
        """Where it stands in its record."""
        return (*self.part.path, self.key)

    @property
    def order(self) -> tuple[object, ...]:
        """First what was sealed first."""
        return (self.when, self.part.ref)


@dataclass(frozen=True, slots=True)
class Copy:
    """Where the same text stood before."""

    first: Passage
    elsewhere: bool
    """In another organisation; else in another cycle of the same."""


def of(register: Register, day: date, family: Lineage) -> Mapping[tuple[str, Path], Copy]:
    """Give, by record and place, each text that stood before in another organisation, or in another cycle of its own. What a source tells is left out."""
    alike: dict[tuple[str, tuple[str, ...]], dict[Pairs, list[Passage]]] = {}
    for passage in _passages(register, day, family):
        figures, pairs = print_of(str(passage.part.data[passage.key]))
        if len(pairs) >= SHORTEST - 1:
            alike.setdefault((passage.part.record.kind, figures), {}).setdefault(pairs, []).append(passage)
    found: dict[tuple[str, Path], Copy] = {}
    for texts in alike.values():
        near = neighbours(texts)
        for pairs, passages in texts.items():
            others = sorted((each for other in near[pairs] for each in texts[other]), key=lambda each: each.order)
            found |= {(each.part.record.id, each.path): copy for each in passages if (copy := _copy(each, others))}
    return found


def print_of(text: str) -> tuple[tuple[str, ...], Pairs]:
    """Give what a text is known by: its figures, and its pairs of syllables, without years, days and numbers of papers."""
    row = [each for each in tokens(text) if not (YEAR.fullmatch(each.text) or DAY.fullmatch(each.text) or PAPER.fullmatch(each.text))]
    return tuple(sorted(each.text for each in row if each.is_figure)), frozenset(pairwise(each.sound for each in row if not each.is_figure))


def neighbours(texts: Iterable[Pairs]) -> Mapping[Pairs, list[Pairs]]:
    """Give for each text those that are nearly the same, itself among them.

    Two such texts share a pair among the rarest of each: only texts that do are compared, so that a large register is not compared each with each.
    """
    known = list(texts)
    common = Counter(pair for each in known for pair in each)
    near = {each: [each] for each in known}
    holding: dict[tuple[str, str], list[Pairs]] = {}
    for each in known:
        rarest = sorted(each, key=lambda pair: (common[pair], pair))[: len(each) - math.ceil(ALIKE * len(each)) + 1]
        for other in dict.fromkeys(other for pair in rarest for other in holding.get(pair, ())):
            if len(each & other) >= ALIKE * len(each | other):
                near[each].append(other)
                near[other].append(each)
        for pair in rarest:
            holding.setdefault(pair, []).append(each)
    return near


def _passages(register: Register, day: date, family: Lineage) -> Iterator[Passage]:
    for record in register.of_kind("review", "inspection", "plan"):
        if record.told or "held_elsewhere" in record.data:
            continue
        home, when, cycles = family.home(record.organisation, day), _sealed(register, record), frozenset(_cycles(register, record))
        for part in record.parts:
            key = KEYS.get((record.kind, part.kind))
            if key and part.data.get(key):
                yield Passage(part, key, home, when, cycles, part.data.get("kind") == "recurring")


def _sealed(register: Register, record: Record) -> date:
    """Give the day of the first seal whose day is known."""
    days = (span(record.get(name, "date")) for name in register.kinds[record.kind].seals)
    return next((each.first for each in days if each), date.max)


def _cycles(register: Register, record: Record) -> Iterator[str]:
    """Give the cycles that a record belongs to: its own, or those of what a plan answers."""
    if cycle := record.data.get("cycle"):
        yield str(cycle)
    for base in map(register.find, record.data.get("of", ()) if record.kind == "plan" else ()):
        if isinstance(base, Record) and "cycle" in base.data:
            yield str(base.data["cycle"])


def _copy(mine: Passage, others: Iterable[Passage]) -> Copy | None:
    """Give the first of the others that this one could be a copy of."""
    for other in others:
        if other.when > mine.when:
            return None
        if other.home != mine.home:
            return Copy(other, elsewhere=True)
        again = mine.cycles and other.cycles and not mine.cycles & other.cycles
        if again and not (mine.recurring and other.recurring):
            return Copy(other, elsewhere=False)
    return None
