"""Which answers bring a matter to an end. To pass it on is none, nor is the word of somebody who was not asked: whoever asked is still waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tusoi import concerned
from tusoi.lineage import Lineage
from tusoi.record import Part, Record, Register

SETTLING: Final = ("agreed", "accepted", "explained", "refused")
PETITIONS: Final = ("petition", "complaint")
"""The channels of what somebody asked for who waits for an answer."""


def answers(register: Register, asked: Record) -> Iterator[Record]:
    """Give the answers to a record or to one of its parts; what a source tells is none."""
    for ref in (asked.id, *(part.ref for part in asked.parts)):
        yield from (each for each, link in register.sources_of(ref, "answer") if link.path == ("of",) and not each.told)


def settling(register: Register, asked: Record, lineage: Lineage) -> list[Record]:
    """Give the answers that bring a matter to an end, the earliest first."""
    found = (each for each in answers(register, asked) if settles(each, asked, lineage))
    return sorted(found, key=lambda each: (str(each.get("date") or ""), each.id))


def settles(answer: Record, asked: Record | Part, lineage: Lineage) -> bool:
    """Whether an answer brings a matter to an end: it says what comes of it, and comes from whoever was asked."""
    return answer.get("result") in SETTLING and concerned.may_settle(answer, asked, lineage)
