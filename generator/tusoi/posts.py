"""Posts: whose they are, and who held them when. What the records do not say stays unknown: no person is ever assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tusoi.dates import Span, span
from tusoi.record import Part, Record, Register


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, by key, in a post; an end that is left out is open."""

    person: str
    start: Span | None
    end: Span | None

    def held(self, when: Span) -> bool:
        """Whether the person surely held the post all through a time."""
        return (self.start is None or self.start.last <= when.first) and (self.end is None or self.end.first >= when.last)

    def may_have_held(self, when: Span) -> bool:
        """Whether the person may have held the post at some time within."""
        return (self.start is None or self.start.first <= when.last) and (self.end is None or self.end.last >= when.first)


def holders(role: Record) -> tuple[Holder, ...]:
    """Give those who held a post, in the order of the record; empty where nobody says who."""
    stated: Iterable[Mapping[str, Any]] = role.get("holders") or ()
    return tuple(Holder(str(each["person"]), span(each.get("from")), span(each.get("to"))) for each in stated if "person" in each)


def persons(role: Record, when: Span | None) -> frozenset[str]:
    """Give the keys of those who surely held a post then; empty where that is not known."""
    return frozenset(each.person for each in holders(role) if when is not None and each.held(when))


def post(register: Register, ref: object) -> Record | None:
    """Give the post that a link names; None where it names something else, or nothing."""
    found = register.find(ref) if isinstance(ref, str) else None
    return found if isinstance(found, Record) and found.kind == "role" else None


def organisation_of(register: Register, ref: object) -> str:
    """Give the id of the organisation that a link to it, or to one of its posts, names; empty where nothing is there."""
    found = register.find(ref) if isinstance(ref, str) else None
    return found.organisation if isinstance(found, Record) and found.kind in ("role", "organisation") else ""


def follower_of(plan: Record, register: Register) -> str:
    """Give the id of the organisation that follows a plan: the one that is named, or whose group is; empty where nobody is."""
    found = register.find(str(plan.get("followed_by")))
    return found.organisation if isinstance(found, Record) and found.kind in ("organisation", "group") else ""


def shares(finding: Part, register: Register) -> int:
    """Count the posts that carry a share of a finding: those that are named, and those that are only counted."""
    total = 0
    for entry in finding.data.get("responsible", ()):
        if "who" in entry and post(register, entry["who"]):
            total += 1
        elif "posts" in entry:
            total += int(entry["posts"].get("value", 0))
    return total
