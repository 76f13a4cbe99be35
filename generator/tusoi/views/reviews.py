"""A review and an inspection: what was found, what was answered about earlier findings, who was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tusoi import labels, telling
from tusoi.record import Part, Record
from tusoi.views.pieces import FindingLine, Signature, enum_word, finding_line, signatures
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of a review."""

    anchor: str
    kind: str
    when: str
    days: str
    present: Mapping[str, Any] | None
    observers: Mapping[str, Any] | None
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer to an issue that a superior raised."""

    of: str
    text: str
    cause: str
    responsibility: str


@dataclass(frozen=True, slots=True)
class CarryLine:
    """What became of an earlier finding: what the organisation says, and what was confirmed."""

    finding: str
    said: labels.Label | None
    degree: Mapping[str, Any] | None
    text: str
    obstacle: str
    checked: labels.Label | None
    check: str
    """The verification, or empty."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The page of a review or an inspection."""

    title: str
    told: bool
    cycle: str
    of: str
    seals: tuple[Signature, ...]
    strengths: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    sessions: tuple[SessionLine, ...]
    explanations: tuple[Explanation, ...]
    carry: tuple[CarryLine, ...]
    self_rating: str
    plans: tuple[str, ...]
    figures: tuple[Mapping[str, Any], ...]
    about: tuple[str, ...] = ()
    channel: str = ""
    topics: tuple[str, ...] = ()
    period: str = ""
    focus: str = ""
    addressees: tuple[str, ...] = ()
    followed_by: str = ""
    plan_due: str = ""
    report_due: str = ""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@view
def review(world: World, record: Record) -> ReviewView:
    """Tell everything about a review."""
    return _review(world, record)


@view
def inspection(world: World, record: Record) -> ReviewView:
    """Tell everything about an inspection."""
    return _review(world, record)


def is_decided(world: World, record: Record) -> bool:
    """Whether the organisation's rating of the cycle of this review has been decided: only then is its own rating for everybody."""
    return any(
        "decided" in each.data and any(part.data.get("of") == record.organisation for part in each.parts_of("rating"))
        for each, link in world.register.sources_of(str(record.data.get("cycle", "")), "classification")
        if link.path == ("cycle",)
    )


def _review(world: World, record: Record) -> ReviewView:
    data = record.data
    concluded = data.get("concluded", {})
    plans = dict.fromkeys(each.id for each, _ in world.register.sources_of(record.id, "plan"))
    is_open = not world.site.is_public or is_decided(world, record)
    return ReviewView(
        title=world.titles.of_record(record),
        told=record.told,
        cycle=str(data.get("cycle", "")),
        of="" if world.site.is_public else str(data.get("of", "")),
        seals=signatures(world, record),
        strengths=tuple(data.get("strengths", ())),
        findings=tuple(finding_line(world, facts) for part in record.parts_of("finding") if (facts := world.facts.findings.get(part.ref))),
        sessions=tuple(_session(world, part) for part in record.parts_of("session")),
        explanations=tuple(Explanation(*(str(row.get(key, "")) for key in ("of", "text", "cause", "responsibility"))) for row in data.get("explanations", ())),
        carry=tuple(_carry(world, record, row) for row in data.get("carry_over", ())),
        self_rating=enum_word(world, record, "self_rating") if is_open else "",
        plans=tuple(plans),
        figures=tuple(data.get("figures", ())),
        about=tuple(data.get("about", ())),
        channel=enum_word(world, record, "channel"),
        topics=tuple(data.get("topics", ())),
        period=telling.day(data.get("period")),
        focus=str(data.get("focus", "")),
        addressees=tuple(concluded.get("addressees", ())),
        followed_by=str(concluded.get("followed_by", "")),
        plan_due=telling.day(concluded.get("plan_due")),
        report_due=telling.day(concluded.get("report_due")),
    )


def _session(world: World, part: Part) -> SessionLine:
    data = part.data
    return SessionLine(
        anchor=part.id,
        kind=enum_word(world, part, "kind"),
        when=telling.between(data.get("from"), data.get("to")),
        days=f"{telling.number(data['days'])} ngày" if "days" in data else "",
        present=data.get("present"),
        observers=data.get("observers"),
        text=str(data.get("text", "")),
    )


def _carry(world: World, record: Record, row: Mapping[str, Any]) -> CarryLine:
    ref = str(row.get("finding", ""))
    facts = world.facts.findings.get(ref)
    answer = next((each for each in facts.carried if each.record.id == record.id), None) if facts else None
    check = answer.check if answer else None
    return CarryLine(
        finding=ref,
        said=labels.claim(row.get("answer"), told=record.told),
        degree=row.get("degree"),
        text=str(row.get("text", "")),
        obstacle=str(row.get("obstacle", "")),
        checked=labels.CHECK_RESULT.get(check.result) if check else None,
        check=check.record.id if check else "",
    )
