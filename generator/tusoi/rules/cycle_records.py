"""What belongs to a cycle and to an organisation: the records that rules about a cycle look for. What a source tells is never among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tusoi.dates import span
from tusoi.record import Part, Record, Register
from tusoi.rules import World


def id_of(register: Register, ref: object) -> str:
    """Give the id of what a link names, following records that moved; the link itself where nothing is there."""
    found = register.find(str(ref))
    return found.ref if found else str(ref)


def cycle_of(record: Record, register: Register) -> Record | None:
    """Give the cycle that a record belongs to."""
    found = register.find(str(record.get("cycle")))
    return found if isinstance(found, Record) and found.kind == "cycle" else None


def in_cycle(cycle: str, register: Register, kind: str) -> Iterator[Record]:
    """Give the records of one kind that belong to a cycle."""
    return (record for record, link in register.sources_of(cycle, kind) if link.path == ("cycle",) and not record.told)


def suggestions_to(who: str, review: Record, world: World) -> Iterator[Record]:
    """Give the suggestions that a superior has issued to an organisation or a post in the cycle of a review."""
    cycle = id_of(world.register, review.get("cycle"))
    for each, link in world.register.sources_of(who, "suggestion"):
        is_one = link.path[0] == "to" and each.get("purpose") in (None, "suggestion") and "issued" in each.data and not each.told
        if is_one and id_of(world.register, each.get("cycle")) == cycle:
            yield each


def home(organisation: str, world: World) -> str:
    """Give the organisation that answers on the day for this one."""
    return world.family.home(id_of(world.register, organisation), world.facts.day)


def scope(cycle: Record, world: World) -> list[tuple[int, Record]]:
    """Give the organisations that a cycle is for, each with its number in the list, without those that are exempt or not here."""
    exempt = {id_of(world.register, each.get("of")) for each in cycle.get("exemptions") or ()}
    found = [(number, world.register.find(each)) for number, each in enumerate(cycle.get("scope") or ())]
    return [(number, each) for number, each in found if isinstance(each, Record) and each.id not in exempt]


def opened_on(cycle: Record) -> date | None:
    """Give the day on which a cycle was opened, as far as it could be; None where it was not, or nobody says when."""
    when = span(cycle.get("opened", "date"))
    return when.last if when else None


def record_of(target: Record | Part | None) -> Record | None:
    """Give the record that a link leads into."""
    return target.record if isinstance(target, Part) else target


def name_of(record: Record) -> str:
    """Give what a record is called in a message."""
    return str(record.get("short_name") or record.get("name") or record.get("title") or record.id)
