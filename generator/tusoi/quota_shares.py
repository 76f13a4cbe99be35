"""The share of a limited level, by every reading of its limit that the profile declares: of how many, in which group, and how many are allowed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from tusoi.profile import Profile, Quota, Scheme
from tusoi.record import Part, Record, Register
from tusoi.record_days import day_of

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one limit, for one group."""

    quota: Quota
    group: str
    """The peer group; empty where all are counted together, or where no group is written."""
    top: int
    """How many have the limited level."""
    whole: int | None
    """Of how many; None where nobody says it."""
    is_derived: bool = False
    """Whether the denominator stands nowhere and follows from other numbers."""
    rated: int | None = None
    """How many were rated in the group; None where nobody says it."""

    @property
    def allowed(self) -> int | None:
        """How many may have the level, rounded as the reading says."""
        if self.whole is None:
            return None
        exact = Fraction(str(self.quota.limit)) * self.whole / _WHOLE
        match self.quota.rounding:
            case "up":
                return math.ceil(exact)
            case "nearest":
                return math.floor(exact + Fraction(1, 2))
        return math.floor(exact)

    @property
    def is_judged(self) -> bool:
        """Whether the group is large enough for the limit to mean anything. Where enough were rated and two are at the top, a small whole excuses nothing."""
        is_large = self.whole is not None and self.whole >= self.quota.smallest
        return is_large or (self.whole is not None and self.top > 1 and (self.rated or 0) >= self.quota.smallest)

    @property
    def over(self) -> int:
        """By how many the limit is passed; 0 where it is kept or not judged."""
        return max(0, self.top - (self.allowed or 0)) if self.is_judged else 0


@dataclass(frozen=True, slots=True)
class _Count:
    """What a denominator is made of."""

    top: int
    rated: int | None
    good: int | None
    is_derived: bool = False

    def of(self, denominator: str) -> tuple[int | None, bool]:
        """Give a denominator, and whether it was derived."""
        match denominator:
            case "good":
                return self.good, self.is_derived
            case "good_or_better":
                return (None if self.good is None else self.good + self.top), self.is_derived
        return self.rated, False


def together(record: Record, register: Register) -> tuple[Record, ...]:
    """Give all that one body has decided on ratings in one cycle, in the order of the days: a limit is for all of it."""
    if record.told:
        return (record,)
    cycle = _cycle(record, register)
    found = [
        each
        for each in register.of_kind("classification")
        if not each.told and each.organisation == record.organisation and _cycle(each, register) == cycle and "decided" in each.data
    ]
    return tuple(sorted(found, key=lambda each: (str(each.get("decided", "date")), each.id))) or (record,)


def _cycle(record: Record, register: Register) -> str:
    """Give the id of the cycle of a decision, by whichever of its ids it is named."""
    found = register.find(str(record.get("cycle")))
    return found.ref if found else str(record.get("cycle"))


def readings(records: tuple[Record, ...], register: Register, profile: Profile) -> tuple[Reading, ...]:
    """Give every reading of every limit in force when these decisions were taken: by group A–Z, and in each the reading that counts first."""
    last = records[-1]
    when = day_of(last, register)
    scheme = profile.scheme(str(last.get("scheme") or "")) or next(iter(profile.schemes_in_force(when)), None)
    found: list[Reading] = []
    for quota in profile.quotas(when):
        for group, count in _counts(records, register, quota, scheme):
            whole, is_derived = count.of(quota.denominator)
            found.append(Reading(quota, group, count.top, whole, is_derived, count.rated))
    return tuple(sorted(found, key=lambda each: (not each.group, each.group, not each.quota.counts)))


def _counts(records: tuple[Record, ...], register: Register, quota: Quota, scheme: Scheme | None) -> Iterator[tuple[str, _Count]]:
    """Count each group from its rows; where there are none, or a source tells it, all together from the totals."""
    good = scheme.good.id if scheme and scheme.good else ""
    rows = [] if records[-1].told else [part for record in records for part in record.parts_of("rating") if _is_organisation(part, register)]
    if not rows:
        count = _of_totals([each for record in records for each in record.get("totals") or ()], quota.level, good)
        if count:
            yield "", count
        return
    groups: dict[str, list[Part]] = {}
    for part in rows:
        groups.setdefault(_peer_group(part, register) if quota.group == "peer_group" else "", []).append(part)
    for group, parts in groups.items():
        if all("level" in part.data for part in parts):
            levels = Counter(part.data["level"] for part in parts)
            yield group, _Count(levels[quota.level], len(parts), levels[good] if good else None)


def _is_organisation(part: Part, register: Register) -> bool:
    """Whether an organisation is rated: posts are never counted."""
    rated = register.find(str(part.data.get("of", "")))
    return isinstance(rated, Record) and rated.kind == "organisation"


def _peer_group(part: Part, register: Register) -> str:
    rated = register.find(str(part.data.get("of", "")))
    return str(rated.get("peer_group") or "") if isinstance(rated, Record) else ""


def _of_totals(totals: Iterable[Mapping[str, Any]], level: str, good: str) -> _Count | None:
    """Read totals that are exact: the limited level with its denominator, and the good level, told or following from those that are good or better."""
    exact = [each for each in totals if each.get("is", "exact") == "exact"]
    top = next((each for each in exact if each["level"] == level and not each.get("or_better") and "value" in each), None)
    if top is None:
        return None
    number, rated = int(top["value"]), int(top["of"]) if "of" in top else None
    told = next((each for each in exact if each["level"] == good and not each.get("or_better") and "value" in each), None)
    if told:
        return _Count(number, rated, int(told["value"]))
    better = next((each for each in exact if each["level"] == good and each.get("or_better")), None)
    all_good = _or_better(better, rated) if better else None
    return _Count(number, rated, None if all_good is None else all_good - number, is_derived=all_good is not None)


def _or_better(total: Mapping[str, Any], rated: int | None) -> int | None:
    """Give how many are good or better: as stated, or all where the record says 100 %."""
    if "value" in total:
        return int(total["value"])
    return rated if total.get("stated_percent") == _WHOLE else None
