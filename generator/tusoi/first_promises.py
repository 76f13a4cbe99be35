"""What plans promised, as their recorded versions have it: first of all, and each time that it was changed after the plan was approved.

The first promise is what stood in the first recorded version that had the seal `approved`; before it a draft may say anything. Of a part that came later it is
what stood in the first version that had it. What a source tells promises nothing, and a version that cannot be read says nothing. A date that is none
(`cuối quý I`) is kept as it was stated, and is no promise that could be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from tusoi.dates import Span, span
from tusoi.past import Past, Step, Version
from tusoi.problem import Path
from tusoi.record import Part, Record, Register

_RECURRING: Final = "recurring"
_RHYTHM: Final = ("every", "from", "until")
_ALL: Final = ("kind", "due", *_RHYTHM)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is promised of an action or milestone, as the record states it: a date; of a recurring duty how often, and between which days."""

    due: str = ""
    every: str = ""
    since: str = ""
    until: str = ""
    recurs: bool = False

    @property
    def says(self) -> bool:
        """Whether anything is promised."""
        return bool(self.due or self.every or self.since or self.until)

    @property
    def when(self) -> Span | None:
        """The promised date; of a recurring duty that of its end, where it has one. None where it cannot be read."""
        return span(self.until if self.recurs else self.due)

    @property
    def is_readable(self) -> bool:
        """Whether it can be judged: as a rhythm, or as a date."""
        return self.says and (self.recurs or self.when is not None)

    def __str__(self) -> str:
        """Write it on one line, as the record states it: `2025-03-31`, `week 2025-01-13/2025-12-31`."""
        days = f"{self.since}/{self.until}".rstrip("/")
        return " ".join(each for each in (self.every, days) if each) if self.recurs else self.due


@dataclass(frozen=True, slots=True)
class Change:
    """What was promised otherwise from a step on."""

    step: Step
    before: Terms
    after: Terms
    """Says nothing where the promise was taken away."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the versions of a plan say of one part since it was approved."""

    first: Terms
    """The first promise that can be read; says nothing where there is none."""
    step: Step | None
    """Where that was recorded."""
    last: Terms
    changes: tuple[Change, ...] = ()
    """Every change, oldest first; also those that put back what was there before."""


def terms(data: Mapping[str, Any]) -> Terms:
    """Read what an action or a milestone promises."""
    if data.get("kind") != _RECURRING:
        return Terms(_text(data.get("due")))
    every, since, until = (_text(data.get(key)) for key in _RHYTHM)
    return Terms("", every, since, until, recurs=True)


def is_own(plan: Record) -> bool:
    """Whether a plan promises anything: approved, standing, and the organisation's own."""
    return "approved" in plan.data and not plan.told and not plan.withdrawn


def recorded(versions: Iterable[Version]) -> dict[str, Recorded]:
    """Say what the versions of a plan, oldest first, promised of each of its parts, by the part's id."""
    found: dict[str, Recorded] = {}
    is_approved = False
    for version in versions:
        data = version.data
        is_approved = is_approved or (data is not None and not data.get("told_by") and isinstance(data.get("approved"), Mapping))
        if is_approved and (now := _now(version)) is not None:
            for name in dict.fromkeys((*now, *found)):
                found[name] = _next(found.get(name), now.get(name, Terms()), version.step)
    return {name: each for name, each in found.items() if each.last.says or each.changes}


def as_promised(register: Register, past: Past) -> Register:
    """Give the register with every promise as it was first made, where a record was changed past the procedure.

    So *late* is judged on the first promise, and *overdue* on what was agreed to move it; a change of the file moves neither.
    """
    if not past.versions:
        return register
    plans = [(each, recorded(past.of(each.id))) for each in register.of_kind("plan") if is_own(each)]
    made = {plan.id: _as_first(plan, wanted) for plan, said in plans if (wanted := dict(_otherwise(plan, said)))}
    if not made:
        return register
    return Register.of(register.kinds, [made.get(each.id, each) for each in register.records.values()], register.reserved, register.problems)


def _text(stated: object) -> str:
    return "" if stated is None else str(stated)


def _now(version: Version) -> dict[str, Terms] | None:
    """Give what a version promises; None where it says nothing that can be read, or tells what a source says."""
    if version.is_gone:
        return {}
    if version.data is None or version.data.get("told_by"):
        return None
    actions = version.data.get("actions", [])
    return dict(_parts(actions, "")) if isinstance(actions, list | tuple) else None


def _parts(items: Iterable[Any], around: str) -> Iterator[tuple[str, Terms]]:
    """Give actions with their milestones, by their ids; of two with one id the first counts, as everywhere."""
    seen: set[str] = set()
    for each in items:
        name = each.get("id") if isinstance(each, Mapping) else None
        if not isinstance(name, str) or name in seen:
            continue
        seen.add(name)
        yield f"{around}{name}", terms(each)
        steps = each.get("milestones", ())
        if not around and isinstance(steps, list | tuple):
            yield from _parts(steps, f"{name}.")


def _next(known: Recorded | None, now: Terms, step: Step) -> Recorded:
    """Add what a step says of a part. What was not promised before is no change."""
    is_first = (known is None or not known.first.says) and now.is_readable
    first, since = (now, step) if is_first else (known.first, known.step) if known else (Terms(), None)
    if known is None:
        return Recorded(first, since, now)
    is_new = not known.last.says and not known.changes
    changes = known.changes if now == known.last or is_new else (*known.changes, Change(step, known.last, now))
    return Recorded(first, since, now, changes)


def _otherwise(plan: Record, said: Mapping[str, Recorded]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Say which parts of a plan promise something else than at first: the way to each, and what its keys said."""
    for part in (*plan.parts_of("action"), *plan.parts_of("milestone")):
        first = said[part.id].first if part.id in said else Terms()
        if first.says and first != (now := terms(part.data)):
            yield part.path, _stated(part, first, is_other_kind=first.recurs != now.recurs)


def _stated(part: Part, first: Terms, *, is_other_kind: bool) -> Mapping[str, Any]:
    """Give the keys of a part as they were at first; those that were not there are None. What is not promised stays as it is."""
    was = {"kind": _RECURRING if first.recurs else None, "due": first.due, "every": first.every, "from": first.since, "until": first.until}
    keys = _ALL if is_other_kind and part.kind == "action" else _RHYTHM if first.recurs else ("due",)
    return {key: was[key] or None for key in keys}


def _as_first(plan: Record, wanted: Mapping[Path, Mapping[str, Any]]) -> Record:
    """Make a plan anew with other promises. Its links stay: no promise is one."""
    data: Any = plan.data
    for path, stated in wanted.items():
        data = _put(data, path, stated)
    made = replace(plan, data=data, parts=())
    parts = tuple(replace(part, record=made, data=_at(data, part.path)) for part in plan.parts)
    # A part knows its record and the record its parts: one of the two has to be told afterwards, and nobody else has seen the record yet.
    object.__setattr__(made, "parts", parts)
    return made


def _put(data: Any, path: Path, stated: Mapping[str, Any]) -> Any:
    """Set keys of the mapping at the end of a way; those that are None are left out."""
    if not path:
        return MappingProxyType({key: value for key, value in {**data, **stated}.items() if value is not None})
    key, rest = path[0], path[1:]
    if isinstance(data, Mapping):
        return MappingProxyType({name: _put(item, rest, stated) if name == key else item for name, item in data.items()})
    return tuple(_put(item, rest, stated) if number == key else item for number, item in enumerate(data))


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data
