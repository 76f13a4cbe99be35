"""What happened at an organisation, the latest first, and on which days that was written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tusoi import telling
from tusoi.dates import span
from tusoi.evidence import concerns_one_post, is_individual
from tusoi.facts import ActionFacts, FindingFacts
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.first_few import FirstFew, first_few
from tusoi.views.followed import reminder_event
from tusoi.views.owned import actions_of, findings_of, records_of
from tusoi.views.pieces import FIRST_DAY, Event, signature
from tusoi.views.timelines import timeline
from tusoi.views.world import World, view

_SHOWN: Final = 3
"""So many happenings stand in sight; the others are a tap away."""
_DAYS: Final = 10
"""So many days of writing are told in full."""
_NO_EVENT: Final = frozenset({"organisation", "role", "document", "source", "indicator", "figures", "criteria", "group", "waiver", "handover"})
"""Kinds that do not happen at an organisation: what it is, what it counts, and who works there."""
_ABOUT: Final = {"suggestion": "to", "inspection": "about", "reminder": "to", "classification": "ratings", "feedback": "about", "correction": "of"}
"""By kind, the key by which a record of another organisation is about this one."""


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A record that changed on a day."""

    ref: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """A day on which something about the organisation was written down."""

    day: str
    lines: tuple[RecordedLine, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The days on which the records of an organisation changed, the latest first."""

    days: tuple[RecordedDay, ...]
    earlier: tuple[RecordedDay, ...]
    """Those before: which records changed, and not how."""
    remarks: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What stands in sight while the rest is folded."""
        number, last = len(self.days) + len(self.earlier), self.days[0].day
        if number == 1:
            return _("Quá trình ghi hồ sơ: ghi ngày {day}", day=last)
        return _("Quá trình ghi hồ sơ: {number} ngày có thay đổi, gần nhất ngày {day}", number=telling.number(number), day=last, count=number)


@view
def organisation_story(world: World, organisation: Record) -> FirstFew[Event]:
    """Tell what happened at an organisation, from the dates that its records and those about it state."""
    events = [each for record in _records(world, organisation) for each in _events(world, organisation, record) if each.when]
    ordered = sorted(events, key=lambda each: (each.when.last if each.when else FIRST_DAY, each.ref), reverse=True)
    return first_few(ordered, _SHOWN)


@view
def organisation_recorded(world: World, organisation: Record) -> Recorded | None:
    """Tell on which days the records of an organisation were written or changed; None where nothing is known of it."""
    found: dict[date, list[RecordedLine]] = {}
    remarks: tuple[str, ...] = ()
    for record in records_of(world, organisation.id):
        told = timeline.make(world, record)
        for each in told.days if told else ():
            found.setdefault(each.on, []).append(RecordedLine(record.id, each.words))
        remarks = told.remarks if told and record.id == organisation.id else remarks
    if not found:
        return None
    days = [RecordedDay(telling.day(when), tuple(sorted(found[when], key=lambda line: line.ref))) for when in sorted(found, reverse=True)]
    return Recorded(tuple(days[:_DAYS]), tuple(days[_DAYS:]), remarks)


def _records(world: World, organisation: Record) -> Iterator[Record]:
    """Give the records of an organisation in which something happens, and those of others that are about it or about what was found of it."""
    found: dict[str, Record] = {each.id: each for each in records_of(world, organisation.id)}
    found |= {each.id: each for kind, key in _ABOUT.items() for each, link in world.register.sources_of(organisation.id, kind) if link.path[0] == key}
    found |= {each.id: each for each in _checks(world, organisation)}
    for each in found.values():
        if each.kind not in _NO_EVENT and not each.withdrawn and not _is_of_one_post(world, each):
            yield each


def _checks(world: World, organisation: Record) -> Iterator[Record]:
    """Give the verifications of what an organisation did."""
    both: list[ActionFacts | FindingFacts] = [*findings_of(world, organisation.id), *actions_of(world, organisation.id)]
    yield from (check.record for each in both for check in each.checks)


def _is_of_one_post(world: World, record: Record) -> bool:
    """Whether something is about one post alone: of that nothing is told here."""
    return (record.kind == "review" and is_individual(record)) or (record.kind == "plan" and concerns_one_post(record, world.register))


def _events(world: World, organisation: Record, record: Record) -> Iterator[Event]:
    """Give what a record says to have happened: one event a seal; one without seals happened on its own day."""
    if record.kind == "classification" and world.site.is_public and "decided" not in record.data and not record.told:
        return
    if record.kind == "reminder":
        yield reminder_event(world, record)
        return
    kind = world.kind(record.kind)
    title = world.titles.of_record(record)
    whose = f"{title} – {world.titles.organisation(record)}" if record.organisation != organisation.id else title
    sealed = [(seal, when) for seal in (kind.seals if kind else ()) if (when := span(record.get(seal, "date")))]
    for seal, when in sealed:
        yield Event(when, f"{signature(world, record, seal).words}: {whose}", record.id, told=record.told)
    if not sealed:
        yield Event(span(record.get("date") or record.get("received")), whose, record.id, told=record.told)
