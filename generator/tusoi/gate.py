"""The gate: what a change may not do to what was there. R29 and R30 say what stays as it is; here is what else keeps the past whole.

Nothing of this can be waived. Who may change the gate itself, it cannot say: `docs/decisions/0011-the-gate.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from tusoi import duties, lineage, reused, rules, settled
from tusoi.change import Change
from tusoi.dates import span
from tusoi.key_names import about, both, noted
from tusoi.problem import Path, Place, Problem, in_order
from tusoi.record import Record

_PROJECT: Final = "records/project.yml"
_TEXT: Final = re.compile(r"docs/.+\.(?:md|png|jpe?g|webp)", re.IGNORECASE)
"""The hand-written pages and their pictures: anybody may write them beside records."""
_MOST_NAMED: Final = 3
_PASSED_ON: Final = "cycle"
_POST: Final = "role"

Judge = Callable[[Change], Iterable[Problem]]


def problems(change: Change) -> tuple[Problem, ...]:
    """Give all that is wrong with a change as such; what is wrong with the records themselves is not said here."""
    return in_order([*rules.run_on_change(change), *(found for judge in _JUDGES for found in judge(change))])


def _gone(change: Change) -> Iterator[Problem]:
    """H01: no record disappears. It is withdrawn, or moves and says from where."""
    for old in change.gone:
        heir = change.claimed.get(old.id)
        params = {"id": old.id, "other": heir.id if heir else "", **both("kind", change.kind_of(old).words)}
        yield noted("H01", Place(old.source.file), (), params, variant="heir" if heir else "", also=heir.place("formerly") if heir else None)


def _out_of_order(change: Change) -> Iterator[Problem]:
    """H03: seals are set in their order."""
    for pair in change.pairs:
        seals = pair.kind.seals
        for number, seal in enumerate(seals):
            later = next((each for each in seals[number + 1 :] if each in pair.old.data), None)
            is_new = seal in pair.new.data and seal not in pair.old.data
            if is_new and later and not (pair.old.told and pair.old.is_missing((seal,))):
                yield _at(pair.new, change, "H03", (seal,), later=later, **_titles(change, pair.new, later, "later"))


def _ahead(change: Change) -> Iterator[Problem]:
    """H04: nothing is recorded as done before its day has come. Only what is certain is said."""
    for record, path in _new_days(change):
        when, day = span(record.get(*path)), change.recorded(record)
        if when and when.first > day:
            yield _at(record, change, "H04", path, date=record.get(*path), day=day)


def _new_days(change: Change) -> Iterator[tuple[Record, Path]]:
    """Give the dates of what is sealed, withdrawn or said with a change."""
    known = {pair.new.id: pair.old for pair in change.pairs}
    for record in (*change.added, *(pair.new for pair in change.pairs)):
        kind, old = change.kind_of(record), known.get(record.id)
        for seal in settled.seals(kind):
            if seal in record.data and (old is None or seal not in old.data):
                yield record, (seal, "date")
        if old is None and settled.is_born_settled(kind):
            yield record, ("date",)


def _told(change: Change) -> Iterator[Problem]:
    """H05: whether an organisation speaks for itself, or a source tells of it, is so from the first day."""
    for pair in change.pairs:
        if pair.old.told != pair.new.told:
            yield _at(pair.new, change, "H05", (settled.TOLD,) if pair.new.told else (), variant="added" if pair.new.told else "removed")


def _speakers(change: Change) -> Iterator[Problem]:
    """H12: what an organisation has said, and its posts, do not become another's. Who took it over is no other; and a cycle may pass to who runs it now."""
    family = lineage.of(change.before)
    for pair in change.pairs:
        old, new = pair.old, pair.new
        if old.organisation == new.organisation or old.told or pair.kind.name == _PASSED_ON:
            continue
        itself = change.after.find(old.organisation)
        same = {new.organisation} & {family.home(old.organisation, change.day), itself.ref if itself else ""}
        if not same and (settled.is_settled(old, pair.kind) or pair.kind.name == _POST):
            params = {"id": old.id, **both("kind", pair.kind.words)}
            yield noted("H12", new.place("formerly"), ("formerly",), params, also=Place(old.source.file))


def _administrators(change: Change) -> Iterator[Problem]:
    """H06: what decides how records are judged and shown is not changed together with them. Where no record was there, everything only begins."""
    touched = [each for each in change.paths if each.startswith("records/") and each != _PROJECT]
    others = sorted(each for each in change.paths if each not in touched and each not in change.derived and not _TEXT.fullmatch(each))
    if others and touched and (change.before.records or change.before.reserved):
        more = f" … (+{len(others) - _MOST_NAMED})" if len(others) > _MOST_NAMED else ""
        yield noted("H06", Place(others[0]), (), {"files": ", ".join(others[:_MOST_NAMED]) + more, "count": len(others)})


_JUDGES: Final[tuple[Judge, ...]] = (_gone, reused.problems, _out_of_order, _ahead, _told, _speakers, _administrators, duties.problems)


def _at(record: Record, change: Change, code: str, path: Path, *, variant: str = "", **params: object) -> Problem:
    """Say what is wrong at a place of a record, with the names of the place."""
    words = about(change.kind_of(record).schema, path)
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in params.items()}
    return noted(code, record.place(*path), path, {**words, "ref": record.id, **plain}, variant=variant)


def _titles(change: Change, record: Record, key: str, name: str) -> dict[str, str]:
    words = about(change.kind_of(record).schema, (key,))
    return {f"{name}_vi": words["title_vi"], f"{name}_en": words["title_en"]}
