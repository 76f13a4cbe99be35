"""Who may not record what: whoever does an action records neither that somebody else found it done, nor that more time was given for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tusoi.change import Change
from tusoi.dates import Span, span
from tusoi.key_names import noted
from tusoi.posts import organisation_of, persons, post
from tusoi.problem import Path, Problem
from tusoi.record import Part, Record, Register

CODE: Final = "H07"
VERIFICATION: Final = "verification"
ANSWER: Final = "answer"


def problems(change: Change) -> Iterator[Problem]:
    """Find the checks and answers that a person records about an action of that person's own. What is not known is not judged, and nobody is named."""
    for record in change.added:
        authors = (change.authors or {}).get(record.id, frozenset())
        when = span(record.get("date"))
        if authors and when and not record.told:
            yield from _own(record, when, authors, change.after)


def _own(record: Record, when: Span, authors: frozenset[str], register: Register) -> Iterator[Problem]:
    for path, target in _spoken_of(record, register):
        posts = [each for action in _actions(target, register) for each in _posts(action.data.get("owner"), register)]
        if any(authors & persons(each, when) for each in posts):
            yield noted(CODE, record.place(*path), path, {"date": record.get("date")}, variant=record.kind)
            return


def _spoken_of(record: Record, register: Register) -> Iterator[tuple[Path, Part]]:
    """Give the actions, milestones and findings of which a check or an answer speaks, each with where it does."""
    if record.kind == VERIFICATION:
        for number, entry in enumerate(record.get("entries") or ()):
            if isinstance(target := register.find(str(entry.get("of"))), Part):
                yield ("entries", number, "of"), target
    elif record.kind == ANSWER:
        asked = register.find(str(record.get("of")))
        target = register.find(str(asked.get("of"))) if isinstance(asked, Record) and asked.kind == "postponement" else None
        if isinstance(target, Part):
            yield ("of",), target


def _actions(target: Part, register: Register) -> Iterator[Part]:
    """Give the action that is meant, or to which a milestone belongs; of a finding those that mend it."""
    if target.kind == "finding":
        for plan, link in register.sources_of(target.ref, "plan"):
            if link.path[0] == "actions":
                yield from (each for each in plan.parts_of("action") if each.path == link.path[:2])
        return
    name = target.id.partition(".")[0]
    yield from (each for each in target.record.parts_of("action") if each.id == name)


def _posts(owner: object, register: Register) -> Iterator[Record]:
    """Give the post that does an action; where it is an organisation's, those at its head."""
    if role := post(register, owner):
        yield role
    elif own := organisation_of(register, owner):
        yield from (each for each in register.of_kind("role") if each.organisation == own and each.get("rank") == "head")
