"""A review as its form has it: what went well, what was found, what became of earlier findings, who answers for what, who was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tusoi import carry_over, labels, telling
from tusoi.dates import span
from tusoi.evidence import first_day, is_individual
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.carried import check_label
from tusoi.views.findings import Cause, Responsible, bodies, causes, posts
from tusoi.views.in_short import InShort, in_short, of_findings
from tusoi.views.organisation_standing import counted
from tusoi.views.pieces import ActionLine, Event, FindingLine, Signature, action_line, enum_word, finding_line, in_time, signatures
from tusoi.views.review_form import Form, FormSection, form_of
from tusoi.views.scales import level_word
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of a review."""

    anchor: str
    kind: str
    of: str
    """Whose review it was: for members only."""
    when: str
    days: str
    chair: str
    present: Mapping[str, Any] | None
    observers: Mapping[str, Any] | None
    observed_by: tuple[str, ...]
    speakers: Mapping[str, Any] | None
    remarks: Mapping[str, Any] | None
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
    responsibility: str
    checked: labels.Label | None
    check: str
    """The verification, or empty."""
    counted: tuple[Mapping[str, Any], ...]
    """What whoever checked counted."""
    is_since: bool
    """Whether nobody had checked it when the review was made."""


@dataclass(frozen=True, slots=True)
class FormFinding:
    """A finding as the sections of the form ask for it."""

    ref: str
    ordinal: str
    """`Hạn chế 2`, or `Hạn chế` where it is the only one."""
    line: FindingLine
    causes: tuple[Cause, ...]
    bodies: tuple[Responsible, ...]
    posts: int
    lead_posts: int
    statement: str
    """All of it, where the title had to be shortened; else empty."""
    remedy: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a review says to a criterion, or to a finding of the collective."""

    criterion: str
    text: str
    remedy: str = ""
    """What the person will do about their part."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The page of a review."""

    title: str
    told: bool
    short: InShort | None
    """How many of its findings are mended, and who confirmed that; nothing of one that is held elsewhere, of one post, or without findings."""
    is_held: bool
    """Held elsewhere: then nothing of it is here, and nothing is asked for."""
    cycle: str
    of: str
    led_by: str
    form: str
    """The name of the form that it follows; empty where none is known."""
    sections: tuple[FormSection, ...]
    seals: tuple[Signature, ...]
    based_on: tuple[str, ...]
    preparation: tuple[Event, ...]
    strengths: tuple[str, ...]
    assessments: tuple[Assessment, ...]
    findings: tuple[FormFinding, ...]
    sessions: tuple[SessionLine, ...]
    explanations: tuple[Explanation, ...]
    carry: tuple[CarryLine, ...]
    collective: tuple[Assessment, ...]
    """What one post says of its part in the findings of all: for members only."""
    self_rating: str
    rating_is_hidden: bool
    """There is a rating of its own, and it is not for everybody before the superior has decided."""
    plans: tuple[str, ...]
    immediate: tuple[ActionLine, ...]
    figures: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)

    @property
    def pieces(self) -> tuple[str, ...]:
        """What there is of all that sections of a form may ask for."""
        there: Mapping[str, object] = {
            "strengths": self.strengths or self.assessments,
            "findings": self.findings,
            "causes": self.findings,
            "carry_over": self.carry,
            "explanations": self.explanations,
            "responsible": self.findings or self.collective,
            "remedy": self.findings or self.plans or any(each.remedy for each in self.collective),
            "immediate": self.immediate,
            "self_rating": self.self_rating or self.rating_is_hidden,
        }
        return tuple(piece for piece, said in there.items() if said)

    @property
    def shown(self) -> tuple[FormSection, ...]:
        """The sections to show: all of a form; of a story that follows none that is known, those that it tells of."""
        said = {"findings", *self.pieces}
        return tuple(each for each in self.sections if self.form or not self.told or each.text or said & set(each.pieces))

    def empty(self, pieces: tuple[str, ...]) -> str:
        """What stands in a section of which nothing is written."""
        if "findings" in pieces:
            return _("Nguồn không nêu hạn chế cụ thể nào.") if self.told else _("Hồ sơ chưa ghi hạn chế nào.")
        return _("Nguồn không nêu phần này.") if self.told else _("Báo cáo không ghi gì ở phần này.")


@view
def review(world: World, record: Record) -> ReviewView:
    """Tell everything about a review."""
    data = record.data
    form: Form = form_of(world, record)
    plans = tuple(dict.fromkeys(each.id for each, link in world.register.sources_of(record.id, "plan") if link.path[0] == "of"))
    is_open = not world.site.is_public or is_decided(world, record)
    return ReviewView(
        title=world.titles.of_record(record),
        told=record.told,
        short=_short(world, record),
        is_held="held_elsewhere" in data,
        cycle=str(data.get("cycle", "")),
        of="" if world.site.is_public else str(data.get("of", "")),
        led_by=str(data.get("led_by", "")),
        form=form.name,
        sections=form.sections,
        seals=signatures(world, record),
        based_on=tuple(data.get("based_on", ())),
        preparation=in_time(_step(world, record, row) for row in data.get("preparation", ())),
        strengths=tuple(data.get("strengths", ())),
        assessments=_assessments(data.get("assessments", ()), "criterion"),
        findings=tuple(_findings(world, record)),
        sessions=tuple(_session(world, part) for part in record.parts_of("session")),
        explanations=tuple(Explanation(*(str(row.get(key, "")) for key in ("of", "text", "cause", "responsibility"))) for row in data.get("explanations", ())),
        carry=tuple(_carry(world, record, row) for row in data.get("carry_over", ())),
        collective=() if world.site.is_public else _assessments(data.get("collective", ()), "finding"),
        self_rating=level_word(world, str(data.get("self_rating", ""))) if is_open else "",
        rating_is_hidden="self_rating" in data and not is_open,
        plans=plans,
        immediate=tuple(_immediate(world, record, plans)),
        figures=tuple(data.get("figures", ())),
    )


def _short(world: World, record: Record) -> InShort | None:
    found = [world.facts.findings[part.ref] for part in record.parts_of("finding") if part.ref in world.facts.findings]
    if not found or is_individual(record) or "held_elsewhere" in record.data:
        return None
    if record.told:
        return of_findings(world, found, told=True)
    if "concluded" not in record.data:
        number = telling.number(len(found))
        return in_short(labels.STAGE["draft"], (_("Chưa kết luận."), _("Nêu {number} hạn chế.", number=number, count=len(found))))
    return counted(world, found)


def is_decided(world: World, record: Record) -> bool:
    """Whether the organisation's rating of the cycle of this review has been decided: only then is its own rating for everybody."""
    return any(
        "decided" in each.data and any(part.data.get("of") == record.organisation for part in each.parts_of("rating"))
        for each, link in world.register.sources_of(str(record.data.get("cycle", "")), "classification")
        if link.path == ("cycle",)
    )


def _findings(world: World, record: Record) -> Iterator[FormFinding]:
    parts = record.parts_of("finding")
    for number, part in enumerate(parts, 1):
        facts = world.facts.findings.get(part.ref)
        if facts is None:
            continue
        given, leads = posts(world, part)
        ordinal = _("Hạn chế {number}", number=number) if len(parts) > 1 else _("Hạn chế")
        line = finding_line(world, facts)
        yield FormFinding(
            ref=part.ref,
            ordinal=ordinal,
            line=line,
            causes=causes(world, part),
            bodies=tuple(bodies(world, part)),
            posts=given,
            lead_posts=leads,
            statement=str(part.data.get("statement", "")) if line.title.endswith("…") else "",
            remedy=str(part.data.get("remedy", "")),
        )


def _assessments(rows: Iterable[Mapping[str, Any]], key: str) -> tuple[Assessment, ...]:
    return tuple(Assessment(str(row.get(key, "")), str(row.get("text", "")), str(row.get("remedy", ""))) for row in rows)


def _step(world: World, record: Record, row: Mapping[str, Any]) -> Event:
    """Tell of a step of the preparation: when, what, by whom, and how many answered."""
    kind = world.kind(record.kind)
    words = telling.sentence_case(labels.word(kind.schema, "preparation", "step", str(row.get("step", "")))) if kind else ""
    if "by" in row:
        words = f"{words} – {world.titles.full(str(row['by']))}"
    return Event(span(row.get("date")), words, figures=(row["replied"],) if "replied" in row else (), told=record.told)


def _immediate(world: World, record: Record, plans: tuple[str, ...]) -> Iterator[ActionLine]:
    """Give the actions that are done at once, of the plans that follow a review."""
    mended = {part.ref for part in record.parts_of("finding")}
    for facts in world.facts.actions.values():
        data = facts.part.data
        if facts.part.record.id in plans and data.get("urgency") == "immediate" and mended & set(data.get("findings", ())):
            yield action_line(world, facts)


def _session(world: World, part: Part) -> SessionLine:
    data = part.data
    return SessionLine(
        anchor=part.id,
        kind=enum_word(world, part, "kind"),
        of="" if world.site.is_public else str(data.get("of", "")),
        when=telling.between(data.get("from"), data.get("to")),
        days=_("{days} ngày", days=telling.number(data["days"]), count=data["days"]) if "days" in data else "",
        chair=str(data.get("chair", "")),
        present=data.get("present"),
        observers=data.get("observers"),
        observed_by=tuple(data.get("observed_by", ())),
        speakers=data.get("speakers"),
        remarks=data.get("remarks"),
        text=str(data.get("text", "")),
    )


def _carry(world: World, record: Record, row: Mapping[str, Any]) -> CarryLine:
    ref = str(row.get("finding", ""))
    facts = world.facts.findings.get(ref)
    answer = next((each for each in facts.carried if each.record.id == record.id), None) if facts else None
    check = carry_over.check_of(answer, facts) if answer and facts else None
    return CarryLine(
        finding=ref,
        said=labels.claim(row.get("answer"), told=record.told),
        degree=row.get("degree"),
        text=str(row.get("text", "")),
        obstacle=str(row.get("obstacle", "")),
        responsibility=str(row.get("responsibility", "")),
        checked=check_label(answer, check) if answer and check else None,
        check=check.record.id if check else "",
        counted=tuple(check.entry.get("figures", ())) if check else (),
        is_since=check is None or answer is None or first_day(check.when) > first_day(answer.when),
    )
