"""A suggestion and its issues: what was pointed out, what was answered, what is done about it and who confirmed, issue by issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.facts import FindingState
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.checked import nobody
from tusoi.views.followed import SUGGESTION, answer_event, answers_to, purpose, reminders, voice
from tusoi.views.in_short import InShort, in_short
from tusoi.views.pieces import Event, Signature, enum_word, in_time, seal_span, signatures
from tusoi.views.threads import Story, explanations, findings_of, is_role, story
from tusoi.views.world import World, view

_OPEN: Final = Label("Chưa có trả lời", Shape.RING, Tone.QUIET)
_MOVING: Final = Label("Đang khắc phục", Shape.HALF, Tone.MOVING)
_DONE: Final = Label("Đã khắc phục", Shape.FULL, Tone.GOOD)
_CLAIMED: Final = Label("Nguồn kể đã xong", Shape.RING_TICK, Tone.WAITING)
_UNSTATED: Final = Label("Nguồn không nêu", Shape.DASH, Tone.QUIET)
_SENT: Final = Label("Đã gửi", Shape.PAPER, Tone.QUIET)


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One point that was raised."""

    ref: str
    nature: str
    area: str
    statement: str
    orientation: str
    figures: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """The page of a suggestion."""

    title: str
    short: InShort
    cycle: str
    to: tuple[str, ...]
    posts: Mapping[str, Any] | None
    role_count: int
    """How many posts it is sent to by name; they are counted, not named."""
    issues: tuple[IssueView, ...]
    """Each with what was answered and done about it."""
    seals: tuple[Signature, ...]
    drafted_by: str
    story: Story
    figures: tuple[Mapping[str, Any], ...]
    told: bool
    purpose: str
    """`suggestion`, `sector_comment` or `critique`."""
    purpose_words: str
    of: tuple[str, ...]
    """What a critique is about."""
    sent_to: str
    """The group to which a comment was passed on."""
    answers: tuple[Event, ...]
    chip: Label | None
    """Whether a critique was answered."""
    taken_up: tuple[str, ...]
    """Findings that answer it."""
    reminders: tuple[Event, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class IssueView:
    """The page of one issue."""

    title: str
    short: InShort
    line: IssueLine
    is_longer: bool
    """Whether the issue says more than the title."""
    suggestion: str
    findings: tuple[str, ...]
    explanations: tuple[Event, ...]
    story: Story
    is_suggestion: bool
    """Of a superior: then it is followed to the end. What others say is answered."""


@view
def suggestion(world: World, record: Record) -> SuggestionView:
    """Tell everything about a suggestion."""
    to = tuple(str(ref) for ref in record.data.get("to", ()))
    whole = story(world, record)
    roles = [ref for ref in to if is_role(world, ref)]
    return SuggestionView(
        title=world.titles.of_record(record),
        short=_short(world, record, record.parts_of("issue"), whole),
        cycle=str(record.data.get("cycle", "")),
        to=to if not world.site.is_public else tuple(ref for ref in to if ref not in roles),
        posts=record.data.get("posts"),
        role_count=len(roles) if world.site.is_public else 0,
        issues=tuple(_issue(world, part) for part in record.parts_of("issue")),
        seals=signatures(world, record),
        drafted_by=str(record.data.get("drafted_by", "")),
        story=whole,
        figures=tuple(record.data.get("figures", ())),
        told=record.told,
        purpose=purpose(record),
        purpose_words=enum_word(world, record, "purpose"),
        of=tuple(record.data.get("of", ())),
        sent_to=str(record.get("sent", "to") or ""),
        answers=in_time(answer_event(world, each) for each in answers_to(world, record)),
        chip=voice(world, record).chip,
        taken_up=tuple(part.ref for part in findings_of(world, record.parts_of("issue"))),
        reminders=reminders(world, record.id),
    )


@view
def issue(world: World, part: Part) -> IssueView:
    """Tell everything about one issue."""
    return _issue(world, part)


def _issue(world: World, part: Part) -> IssueView:
    own = story(world, part.record, [part])
    line = issue_line(world, part)
    return IssueView(
        title=world.titles.of_part(part),
        short=_short(world, part.record, (part,), own),
        line=line,
        is_longer=telling.shortened(line.statement) != telling.shortened(line.statement, len(line.statement) + 1),
        suggestion=part.record.id,
        findings=tuple(finding.ref for finding in findings_of(world, [part])),
        explanations=in_time(explanations(world, [part])),
        story=own,
        is_suggestion=purpose(part.record) == SUGGESTION,
    )


def _short(world: World, record: Record, issues: tuple[Part, ...], told: Story) -> InShort:
    """Say of a suggestion, or of one of its issues, how many were answered, how many are mended and confirmed, and who confirmed."""
    if purpose(record) != SUGGESTION:
        return _heard(world, record)
    if record.told:
        return in_short(_CLAIMED if told.results else _UNSTATED, (told.confirmed, _told_result(told)))
    answered = sum(bool(findings_of(world, [part]) or tuple(explanations(world, [part]))) for part in issues)
    said = _("{answered} trong {total} điều được nêu đã có trả lời.", answered=answered, total=len(issues), count=len(issues))
    findings = [found for part in findings_of(world, issues) if (found := world.facts.findings.get(part.ref))]
    done = sum(each.state is FindingState.RESOLVED for each in findings)
    mended = _("{done} trong {total} hạn chế đã khắc phục, đã được xác nhận.", done=done, total=len(findings), count=len(findings)) if findings else ""
    label = _DONE if findings and done == len(findings) else _MOVING if findings or told.measures else _OPEN
    return in_short(label, (mended or said, told.confirmed, said if mended else "") if told.is_checked else (told.confirmed, said, mended))


def _told_result(told: Story) -> str:
    if told.results:
        return _("Nguồn kể đã có kết quả.")
    if told.measures:
        return _("Nguồn kể {number} việc khắc phục.", number=len(told.measures), count=len(told.measures))
    return _("Nguồn không nêu kết quả.")


def _heard(world: World, record: Record) -> InShort:
    """Say of what others than a superior said whether it was answered."""
    chip = voice(world, record).chip
    answers = in_time(answer_event(world, each) for each in answers_to(world, record))
    said = f"{answers[-1].words}, {answers[-1].date}." if answers and answers[-1].date else f"{answers[-1].words}." if answers else ""
    if record.told:
        return in_short(_UNSTATED, (nobody(told=True), said))
    when = telling.on(seal_span(record, "issued", "sent"))
    sent = _("Đã gửi {when}.", when=when) if when else _("Còn là dự thảo, chưa gửi.")
    if chip is None:
        return in_short(_SENT, (sent, said or _("Nhận xét này không chờ trả lời riêng.")))
    return in_short(chip, (chip.words, said or sent))


def issue_line(world: World, part: Part) -> IssueLine:
    """Make a line of an issue."""
    data = part.data
    return IssueLine(
        ref=part.ref,
        nature=enum_word(world, part, "nature"),
        area=enum_word(world, part, "area"),
        statement=str(data.get("statement", "")),
        orientation=str(data.get("orientation", "")),
        figures=tuple(data.get("figures", ())),
    )
