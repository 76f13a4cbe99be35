"""The thread of a suggestion: what was pointed out, explanation, plan, progress, the report after a year, who confirmed. A step that is not there says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tusoi import labels, telling
from tusoi.dates import Span, span
from tusoi.facts import Check
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.views.followed import SUGGESTION, answer_event, answers_to, purpose, reminders, voice
from tusoi.views.pieces import Event, Signature, check_event, enum_word, in_time, seal_span, signatures
from tusoi.views.world import World, view

_YEAR = timedelta(days=365)
_THERE = Label("Có", Shape.FULL, Tone.GOOD)
_SETTLED = ("approved", "submitted", "concluded", "held_elsewhere")
"""What makes a plan or a review more than a draft."""


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
class Step:
    """A step of the thread: what it is called, what is there, or why nothing is."""

    name: str
    anchor: str
    events: tuple[Event, ...]
    absent: str
    """The sentence that stands where nothing is there."""
    is_draft: bool = False
    """Whether all that is there are drafts."""

    @property
    def label(self) -> Label:
        """Whether it is there, as a chip."""
        if self.is_draft:
            return labels.STAGE["draft"]
        return _THERE if self.events else Label(self.absent, Shape.DASH, Tone.QUIET)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: words and figures, and where they are written."""

    text: str
    figures: tuple[Mapping[str, Any], ...]
    when: str
    ref: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What was decided to be done, and how far it is."""

    ref: str
    content: str
    chips: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A thread in ten seconds: what was pointed out, what was done, what came of it, who confirmed."""

    ref: str
    title: str
    when: str
    by: str
    to: tuple[str, ...]
    raised: tuple[str, ...]
    measures: tuple[Measure, ...]
    results: tuple[Result, ...]
    confirmed: str
    confirmed_by: tuple[str, ...]
    told: bool
    steps: tuple[Step, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """The page of a suggestion."""

    title: str
    cycle: str
    to: tuple[str, ...]
    posts: Mapping[str, Any] | None
    role_count: int
    """How many posts it is sent to by name; they are counted, not named."""
    issues: tuple[IssueLine, ...]
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
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@dataclass(frozen=True, slots=True)
class IssueView:
    """The page of one issue."""

    title: str
    line: IssueLine
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
    roles = [ref for ref in to if _is_role(world, ref)]
    return SuggestionView(
        title=world.titles.of_record(record),
        cycle=str(record.data.get("cycle", "")),
        to=to if not world.site.is_public else tuple(ref for ref in to if ref not in roles),
        posts=record.data.get("posts"),
        role_count=len(roles) if world.site.is_public else 0,
        issues=tuple(issue_line(world, part) for part in record.parts_of("issue")),
        seals=signatures(world, record),
        drafted_by=str(record.data.get("drafted_by", "")),
        story=story(world, record),
        figures=tuple(record.data.get("figures", ())),
        told=record.told,
        purpose=purpose(record),
        purpose_words=enum_word(world, record, "purpose"),
        of=tuple(record.data.get("of", ())),
        sent_to=str(record.get("sent", "to") or ""),
        answers=in_time(answer_event(world, each) for each in answers_to(world, record)),
        chip=voice(world, record).chip,
        taken_up=tuple(part.ref for part in _findings(world, record.parts_of("issue"))),
        reminders=reminders(world, record.id),
    )


@view
def issue(world: World, part: Part) -> IssueView:
    """Tell everything about one issue."""
    return IssueView(
        title=world.titles.of_part(part),
        line=issue_line(world, part),
        suggestion=part.record.id,
        findings=tuple(finding.ref for finding in _findings(world, [part])),
        explanations=in_time(_explanations(world, [part])),
        story=story(world, part.record, [part]),
        is_suggestion=purpose(part.record) == SUGGESTION,
    )


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


def story(world: World, record: Record, issues: list[Part] | None = None) -> Story:
    """Follow a suggestion, or some of its issues, to where it is today."""
    parts = list(record.parts_of("issue")) if issues is None else issues
    findings = _findings(world, parts)
    plans = _plans(world, record, findings, parts)
    actions = [part for plan in plans for part in plan.parts_of("action") if _mends(part, findings, parts) or not findings]
    reports = [each for plan in plans for each, link in world.register.sources_of(plan.id, "progress") if link.path == ("of",)]
    yearly = [each for each, link in world.register.sources_of(record.id, "progress") if link.path == ("of",)]
    checks = _checks(world, actions, findings)
    confirmed = [check for check in checks if check.result == "confirmed"]
    told = record.told
    said = [each for part in parts for each, _ in explaining(world, part)]
    issued = seal_span(record, "issued")
    return Story(
        ref=record.id,
        title=world.titles.of_record(record),
        when=telling.day(issued),
        by=record.organisation,
        to=tuple(str(ref) for ref in record.data.get("to", ()) if not _is_role(world, str(ref))),
        raised=tuple(str(part.data.get("statement", "")) for part in parts),
        measures=tuple(_measure(world, part) for part in actions),
        results=tuple(_results(reports, yearly, actions)),
        confirmed=_confirmed(told=told, checks=checks, confirmed=confirmed),
        confirmed_by=tuple(dict.fromkeys(str(check.record.data["by"]) for check in confirmed if "by" in check.record.data)),
        told=told,
        steps=(
            Step(
                "Gợi ý",
                "buoc-goi-y",
                (Event(issued, world.titles.of_record(record), record.id, told=told),) if issued else (),
                _absent("ngày gợi ý", told=told, otherwise="Còn là dự thảo"),
            ),
            Step(
                "Giải trình",
                "buoc-giai-trinh",
                in_time(_explanations(world, parts)),
                _absent("giải trình", told=told, otherwise="Chưa có giải trình"),
                _are_drafts(said),
            ),
            Step(
                "Kế hoạch khắc phục",
                "buoc-ke-hoach",
                in_time(Event(seal_span(plan, "approved", "consulted"), world.titles.of_record(plan), plan.id, told=plan.told) for plan in plans),
                _absent("kế hoạch", told=told, otherwise="Chưa có kế hoạch khắc phục"),
                _are_drafts(plans),
            ),
            Step(
                "Tiến độ",
                "buoc-tien-do",
                in_time(_progress_event(world, each, actions) for each in reports),
                _absent("tiến độ", told=told, otherwise="Chưa có báo cáo tiến độ"),
            ),
            Step(
                "Báo cáo sau một năm",
                "buoc-mot-nam",
                in_time(_progress_event(world, each, ()) for each in yearly),
                _yearly_absent(world, issued, told=told),
            ),
            Step(
                "Ai xác nhận",
                "buoc-xac-nhan",
                in_time(check_event(world, check) for check in checks),
                _absent("ai xác nhận", told=told, otherwise="Chưa có cơ quan nào xác nhận"),
            ),
        ),
    )


def is_draft(record: Record) -> bool:
    """Whether a plan or a review is not in force, or not handed in: what stands in it nobody has said yet."""
    return record.kind in ("plan", "review") and not record.told and not any(key in record.data for key in _SETTLED)


def _are_drafts(records: list[Record]) -> bool:
    return bool(records) and all(map(is_draft, records))


def _is_role(world: World, ref: str) -> bool:
    thing = world.register.find(ref)
    return isinstance(thing, Record) and thing.kind == "role"


def _findings(world: World, issues: Iterable[Part]) -> list[Part]:
    """Give the findings that answer the issues."""
    found: dict[str, Part] = {}
    for part in issues:
        for link in world.register.links_to(part.ref):
            record = world.register.records[link.source]
            if "answers" in link.path and not record.withdrawn:
                around = next((each for each in record.parts_of("finding") if each.path == link.path[: len(each.path)]), None)
                if around:
                    found[around.ref] = around
    return list(found.values())


def explaining(world: World, part: Part) -> tuple[tuple[Record, Mapping[str, Any]], ...]:
    """Give what was said back to an issue: the explanations of reviews, then the answers, each with the record in which it stands."""
    reviews = ((record, link.path) for record, link in world.register.sources_of(part.ref, "review") if link.path[0] == "explanations")
    rows = tuple((record, record.get(*path[:2])) for record, path in reviews)
    return (*rows, *((record, record.data) for record, _ in world.register.sources_of(part.ref, "answer")))


def _explanations(world: World, issues: Iterable[Part]) -> Iterator[Event]:
    for part in issues:
        for record, row in explaining(world, part):
            if record.kind == "review":
                text = "\n\n".join(str(row[key]) for key in ("text", "cause", "responsibility") if key in row)
                yield Event(seal_span(record, "submitted", "concluded"), world.titles.of_record(record), record.id, text, told=record.told)
                continue
            yield Event(span(record.data.get("date")), world.titles.of_record(record), record.id, str(record.data.get("text", "")), told=record.told)


def _plans(world: World, record: Record, findings: list[Part], issues: list[Part]) -> list[Record]:
    """Give the plans that follow: of the suggestion itself, or with an action for a finding or an issue of it."""
    found: dict[str, Record] = {}
    for ref in (record.id, *(part.ref for part in (*findings, *issues))):
        for plan, _ in world.register.sources_of(ref, "plan"):
            found[plan.id] = plan
    return [found[each] for each in sorted(found)]


def _mends(action: Part, findings: list[Part], issues: list[Part]) -> bool:
    wanted = {part.ref for part in (*findings, *issues)}
    return any(ref in wanted for ref in action.data.get("findings", ()))


def _checks(world: World, actions: list[Part], findings: list[Part]) -> list[Check]:
    checks: list[Check] = []
    for part in actions:
        if facts := world.facts.actions.get(part.ref):
            checks += facts.checks
    for part in findings:
        if found := world.facts.findings.get(part.ref):
            checks += found.checks
    return checks


def _results(reports: list[Record], yearly: list[Record], actions: list[Part]) -> Iterator[Result]:
    """Give what the last report of a plan and the one-year report say."""
    wanted = {part.ref for part in actions}
    for record in [*_latest(reports), *_latest(yearly)]:
        rows = [row for row in record.data.get("entries", ()) if row.get("action") in wanted]
        text = str(record.data.get("text", "")) or "\n\n".join(str(row["text"]) for row in rows if "text" in row)
        figures = (*record.data.get("figures", ()), *(figure for row in rows for figure in row.get("figures", ())))
        if text or figures:
            yield Result(text, figures, telling.day(record.data.get("date")), record.id)


def _measure(world: World, part: Part) -> Measure:
    facts = world.facts.actions.get(part.ref)
    return Measure(part.ref, str(part.data.get("content", "")), labels.action(facts)[:2] if facts else ())


def _latest(records: list[Record]) -> list[Record]:
    dated = [(when.last, each.id, each) for each in records if (when := span(each.data.get("date")))]
    return [max(dated, key=lambda row: row[:2])[2]] if dated else records[-1:]


def _progress_event(world: World, record: Record, actions: Iterable[Part]) -> Event:
    wanted = {part.ref for part in actions}
    rows = [row for row in record.data.get("entries", ()) if row.get("action") in wanted]
    figures = (*record.data.get("figures", ()), *(figure for row in rows for figure in row.get("figures", ())))
    words = world.titles.of_record(record)
    if heard := record.data.get("heard_by"):
        words = f"{words} – nghe báo cáo: {world.titles.full(str(heard))}"
    return Event(span(record.data.get("date")), words, record.id, str(record.data.get("text", "")), None, figures, (), record.told)


def _absent(what: str, *, told: bool, otherwise: str) -> str:
    return f"{labels.NOT_STATED} {what}" if told else otherwise


def _yearly_absent(world: World, issued: Span | None, *, told: bool) -> str:
    if told:
        return f"{labels.NOT_STATED} báo cáo sau một năm"
    if issued is None:
        return "Chưa có báo cáo sau một năm"
    due = issued.last + _YEAR
    return f"Chưa có báo cáo sau một năm (đến hạn {telling.on(due)})" if due < world.site.day else f"Báo cáo sau một năm: chưa đến hạn ({telling.day(due)})"


def _confirmed(*, told: bool, checks: list[Check], confirmed: list[Check]) -> str:
    if confirmed:
        days = [check.when.last for check in confirmed if check.when]
        return f"Đã có xác nhận, gần nhất {telling.on(max(days))}." if days else "Đã có xác nhận."
    if checks:
        return "Đã kiểm tra, chưa xác nhận xong."
    return "Nguồn không nêu ai xác nhận." if told else "Chưa có cơ quan nào xác nhận."
