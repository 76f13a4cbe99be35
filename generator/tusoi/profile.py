"""What a regulation or an organisation chooses – areas, scales, forms, limits, numbers, how much a rule matters – with its dates of validity.

Every question is asked for a day, a span of days (a record may know its month only) or None, which means "ever". What stands later in a profile says more
than what stands earlier: a project's profile comes after the one that it extends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeVar

from tusoi.dates import Span, span
from tusoi.problem import Severity

Thing = TypeVar("Thing")

When = date | Span | None
"""The day of a record, as far as it is known; None where it is not, or does not matter."""
Words = Mapping[str, str]
"""What something is called in each language: `{"vi": …, "en": …}`."""

AREAS: Final = "areas"
LEVELS: Final = "levels"
SCHEMES: Final = "schemes"
TEMPLATES: Final = "templates"
CRITERIA: Final = "rating_criteria"
PROFILES: Final = "profiles"
"""The vocabulary of the profiles themselves: the loader knows which there are, no profile does."""
VOCABULARIES: Final = (AREAS, LEVELS, SCHEMES, TEMPLATES, CRITERIA)
"""What a schema may name in `x-vocabulary`."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that something rests on: its number, and its date where that is known."""

    number: str
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when something is in force, as stated; an end that is left out is open. `basis` are the documents that say so."""

    start: str = ""
    end: str = ""
    basis: tuple[Basis, ...] = ()

    def covers(self, when: When) -> bool:
        """Whether it was in force: surely, or possibly where a date is known as a month or a year only. Always, where no day is asked for."""
        asked = Span(when, when) if isinstance(when, date) else when
        if asked is None:
            return True
        first, last = span(self.start or None), span(self.end or None)
        return not ((first and asked.last < first.first) or (last and asked.first > last.last))

    def meets(self, other: Validity) -> bool:
        """Whether there is a day on which both are in force."""
        first, last = span(other.start or None), span(other.end or None)
        return self.covers(Span(first.first if first else date.min, last.last if last else date.max))


ALWAYS: Final = Validity()


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a vocabulary: how records write it, what it is called, and when it was in force."""

    id: str
    words: Words
    validity: Validity = ALWAYS
    replaced_by: str = ""
    """The word that says the same today."""
    high_risk: bool = False
    """Of an area: whether it wants checks of its own accord."""
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: how records should write it, and how else people do."""

    id: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a scale. They stand in their order, the best first."""

    id: str
    words: Words
    is_top: bool = False
    is_good: bool = False
    """Whether it is the level that quotas call "good"."""
    points: tuple[float | None, float | None] = (None, None)
    """From how many points (included) to how many (not included), where the scale counts points."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scale of ratings: its levels, and the criteria that a rating answers to."""

    id: str
    words: Words
    validity: Validity
    levels: tuple[Level, ...]
    criteria: tuple[Word, ...] = ()
    note: Words = field(default_factory=dict)

    def level(self, name: str) -> Level | None:
        """Give the level of this name."""
        return next((each for each in self.levels if each.id == name), None)

    @property
    def top(self) -> Level | None:
        """The highest level."""
        return next((each for each in self.levels if each.is_top), None)

    @property
    def good(self) -> Level | None:
        """The level that quotas call "good"."""
        return next((each for each in self.levels if each.is_good), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a form, and where in a review its content stands: `findings/*/causes`."""

    id: str
    words: Words
    filled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A form of report, section by section."""

    id: str
    words: Words
    validity: Validity
    whose: str
    """`collective` or `individual`."""
    sections: tuple[Section, ...]
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quota:
    """One reading of a limit on a level: of how many, within which group, and how what is no whole number is rounded."""

    id: str
    whose: str
    """`organisation` or `individual`."""
    level: str
    limit: float
    """Per cent."""
    denominator: str
    """`all`, `good` (rated exactly good) or `good_or_better`."""
    group: str
    """`peer_group`, or `organiser`: all that one body decided in one cycle."""
    rounding: str
    """`down`, `up` or `nearest`."""
    counts: bool
    """Whether rules judge by this reading; the others are shown beside it."""
    smallest: int = 1
    """A denominator below this is not judged."""
    severity: Severity | None = None
    words: Words = field(default_factory=dict)
    note: Words = field(default_factory=dict)
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers that rules and pages ask for by name."""

    values: Mapping[str, float]
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often something is done where nobody says otherwise: `review`, `reporting`, `follow_up`."""

    of: str
    every: str
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a rule, or one of its variants (`R20.head`), matters."""

    rule: str
    severity: Severity
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Naming:
    """Another name for a kind of record or part (`finding`), or for a word of its schema (`organisation.type.inspection_body`)."""

    of: str
    words: Words
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field in the fixed texts of pages and templates, and the word that is said here instead: `kiểm điểm` → `tự đánh giá`."""

    said: str
    instead: str
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Requirement:
    """Lists that rules ask for by name: `local_rules_for`, `local_rules_basis`, `lead_ranks`."""

    lists: Mapping[str, tuple[str, ...]]
    validity: Validity = ALWAYS


@dataclass(frozen=True)
class Profile:
    """All that a project's regulations and habits say. It is asked, never changed."""

    name: str
    title: Words = field(default_factory=dict)
    area_words: tuple[Word, ...] = ()
    units: tuple[Unit, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    templates: tuple[Template, ...] = ()
    limits: tuple[Quota, ...] = ()
    number_sets: tuple[Numbers, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    weights: tuple[Weight, ...] = ()
    labels: tuple[Naming, ...] = ()
    terms: tuple[Term, ...] = ()
    requires: tuple[Requirement, ...] = ()
    names: Mapping[str, Words] = field(default_factory=dict)
    """The profiles that a project here may choose, by name."""
    is_whole: bool = True
    """False where it stands in for one that could not be read: then nobody may say that a word is unknown."""

    def areas(self, when: When = None) -> tuple[Word, ...]:
        """Give the areas in force."""
        return tuple(each for each in self.area_words if each.validity.covers(when))

    def usual_unit(self, written: str) -> str:
        """Say how a unit of measure is usually written; empty where it is written so, or is none that the profile knows."""
        usual = self._spellings.get(written.casefold(), "")
        return "" if written in (usual, *(each.id for each in self.units)) else usual

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        return {spelling.casefold(): each.id for each in self.units for spelling in (*each.spellings, each.id)}

    def scheme(self, name: str) -> Scheme | None:
        """Give a scale by its name, whenever it was in force."""
        return next((each for each in self.schemes if each.id == name), None)

    def schemes_in_force(self, when: When) -> tuple[Scheme, ...]:
        """Give the scales in force, the newest first."""
        return tuple(each for each in reversed(self.schemes) if each.validity.covers(when))

    def template(self, name: str) -> Template | None:
        """Give a form by its name, whenever it was in force."""
        return next((each for each in self.templates if each.id == name), None)

    def templates_in_force(self, when: When, whose: str = "") -> tuple[Template, ...]:
        """Give the forms in force, the newest first; only those for a `collective` or an `individual` where that is said."""
        return tuple(each for each in reversed(self.templates) if each.validity.covers(when) and whose in ("", each.whose))

    def level(self, name: str, scheme: str = "", when: When = None) -> Level | None:
        """Give a level of a scale; where no scale is named, or it is not known, of the newest one in force that has it."""
        known = self.scheme(scheme)
        for each in (known,) if known else (*self.schemes_in_force(when), *reversed(self.schemes)):
            if found := each.level(name):
                return found
        return None

    def vocabulary(self, name: str) -> Iterator[Word]:
        """Give the words of a vocabulary with their dates; one that several scales have comes once for each of them, the newest first."""
        match name:
            case "areas":
                yield from self.area_words
            case "levels":
                yield from (Word(level.id, level.words, each.validity) for each in reversed(self.schemes) for level in each.levels)
            case "schemes":
                yield from (Word(each.id, each.words, each.validity) for each in reversed(self.schemes))
            case "templates":
                yield from (Word(each.id, each.words, each.validity) for each in reversed(self.templates))
            case "rating_criteria":
                yield from (Word(each.id, each.words, scheme.validity) for scheme in reversed(self.schemes) for each in scheme.criteria)
            case "profiles":
                yield from (Word(each, words) for each, words in self.names.items())

    def meanings(self, vocabulary: str, when: When = None) -> dict[str, Words]:
        """Give the words in force with what they mean, as a schema has them in `x-words`; one that has an end has it as `to`."""
        found: dict[str, Words] = {}
        for each in self.vocabulary(vocabulary):
            if each.validity.covers(when):
                end = {"to": each.validity.end} if each.validity.end else {}
                found.setdefault(each.id, {**each.words, **end})
        return found

    def find(self, vocabulary: str, word: str) -> tuple[Word, ...]:
        """Give a word as often as the vocabulary has it: it may have come and gone."""
        return tuple(each for each in self.vocabulary(vocabulary) if each.id == word)

    def is_in_force(self, vocabulary: str, word: str, when: When) -> bool:
        """Whether a word is known and was in force."""
        return any(each.validity.covers(when) for each in self.find(vocabulary, word))

    def word(self, vocabulary: str, word: str, lang: str = "vi", when: When = None) -> str:
        """Say what a word is called; the word itself where the profile does not know it."""
        found = self.find(vocabulary, word)
        best = next((each for each in found if each.validity.covers(when)), found[0] if found else None)
        return str(best.words.get(lang, word)) if best else word

    def quotas(self, when: When, whose: str = "organisation") -> tuple[Quota, ...]:
        """Give the readings of the limits in force: those that count first."""
        found = [each for each in self.limits if each.whose == whose and each.validity.covers(when)]
        return tuple(sorted(found, key=lambda each: not each.counts))

    def quota(self, level: str, when: When, whose: str = "organisation") -> Quota | None:
        """Give the reading of a level's limit by which rules judge."""
        return next((each for each in reversed(self.limits) if each.level == level and each.counts and each in self.quotas(when, whose)), None)

    def number(self, name: str, when: When = None) -> float:
        """Give a number in force: the last that the profile states. Raises KeyError where it states none: a mistake of a rule."""
        for each in reversed(self.number_sets):
            if name in each.values and each.validity.covers(when):
                return each.values[name]
        raise KeyError(name)

    def days(self, name: str, when: When = None) -> int:
        """Give a number that counts days, people or papers."""
        return int(self.number(name, when))

    def every(self, what: str, when: When = None) -> tuple[str, ...]:
        """Say how often something is done: `week`, `month`, `quarter`, `half_year`, `year`; of several, all."""
        return tuple(dict.fromkeys(each.every for each in self.cadences if each.of == what and each.validity.covers(when)))

    def severity(self, code: str, variant: str = "", when: When = None) -> Severity | None:
        """Say how much a rule matters on a day; what is said of the variant comes before what is said of the rule. None where nothing is said."""
        for name in (f"{code}.{variant}", code) if variant else (code,):
            if said := _last(each.severity for each in self.weights if each.rule == name and each.validity.covers(when)):
                return said
        return None

    def listed(self, name: str, when: When = None) -> tuple[str, ...]:
        """Give a list in force: the last that the profile states; empty where it states none."""
        return _last(each.lists[name] for each in self.requires if name in each.lists and each.validity.covers(when)) or ()

    def label(self, of: str, lang: str = "vi", when: When = None) -> str:
        """Give the profile's own name of a kind of record or part; empty where it has none."""
        found = _last(each.words for each in self.labels if each.of == of and each.validity.covers(when))
        return str(found.get(lang, "")) if found else ""

    def reworded(self, text: str, when: When = None) -> str:
        """Say a fixed Vietnamese text in the words of the profile: longer words first, small and capital letters as they were. Never the text of a record."""
        words = {each.said.lower(): each.instead for each in self.terms if each.validity.covers(when)}
        if not words:
            return text
        longest = sorted(words, key=lambda each: (-len(each), each))
        pattern = rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)"
        return re.sub(pattern, lambda found: _as_written(found[0], words[found[0].lower()]), text, flags=re.IGNORECASE)


EMPTY: Final = Profile("", is_whole=False)
"""The profile of kinds that were made without one."""


def by_name(words: Iterable[tuple[str, Words]]) -> Mapping[str, Words]:
    """Make the list of profiles that may be chosen."""
    return MappingProxyType(dict(sorted(words)))


def _as_written(before: str, instead: str) -> str:
    """Begin with a capital where the other did."""
    return instead[:1].upper() + instead[1:] if before[:1].isupper() else instead


def _last(found: Iterable[Thing]) -> Thing | None:
    """Give the last of several things; None where there is none."""
    things = list(found)
    return things[-1] if things else None
