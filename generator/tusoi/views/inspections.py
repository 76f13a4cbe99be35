"""An inspection: what was looked at and by whom, what was found, who has to act and until when, what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tusoi import labels, telling
from tusoi.record import Record
from tusoi.views.followed import answer_event, answers_to, reminders
from tusoi.views.pieces import Event, FindingLine, Signature, enum_word, finding_line, in_time, signatures
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class InspectionView:
    """The page of an inspection."""

    title: str
    told: bool
    is_held: bool
    about: tuple[str, ...]
    channel: str
    areas: tuple[str, ...]
    period: str
    received: str
    led_by: str
    team: str
    topics: tuple[str, ...]
    focus: str
    seals: tuple[Signature, ...]
    addressees: tuple[str, ...]
    followed_by: str
    plan_due: str
    report_due: str
    findings: tuple[FindingLine, ...]
    figures: tuple[Mapping[str, Any], ...]
    plans: tuple[str, ...]
    answers: tuple[Event, ...]
    reminders: tuple[Event, ...]
    is_planned: bool
    """It is in the plan and has not been concluded: there is nothing yet that could have been found."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@view
def inspection(world: World, record: Record) -> InspectionView:
    """Tell everything about an inspection."""
    data = record.data
    concluded = data.get("concluded", {})
    facts = (world.facts.findings.get(part.ref) for part in record.parts_of("finding"))
    return InspectionView(
        title=world.titles.of_record(record),
        told=record.told,
        is_held="held_elsewhere" in data,
        about=tuple(data.get("about", ())),
        channel=enum_word(world, record, "channel"),
        areas=tuple(world.profile.word("areas", str(each)) for each in data.get("areas", ())),
        period=telling.day(data.get("period")),
        received=telling.day(data.get("received")),
        led_by=str(data.get("led_by", "")),
        team=str(data.get("team", "")),
        topics=tuple(data.get("topics", ())),
        focus=str(data.get("focus", "")),
        seals=signatures(world, record),
        addressees=tuple(concluded.get("addressees", ())),
        followed_by=str(concluded.get("followed_by", "")),
        plan_due=telling.day(concluded.get("plan_due")),
        report_due=telling.day(concluded.get("report_due")),
        findings=tuple(finding_line(world, each) for each in facts if each),
        figures=tuple(data.get("figures", ())),
        plans=tuple(dict.fromkeys(each.id for each, link in world.register.sources_of(record.id, "plan") if link.path[0] == "of")),
        answers=in_time(answer_event(world, each) for each in answers_to(world, record)),
        reminders=reminders(world, record.id),
        is_planned="concluded" not in data and not record.told,
    )
