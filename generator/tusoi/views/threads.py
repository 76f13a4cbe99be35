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
from tusoi.speech import _
from tusoi.views.checked import latest, nobody, who_checked
from tusoi.views.pieces import Event, check_event, in_time, seal_span
from tusoi.views.world import World

_YEAR = timedelta(days=365)
_THERE = Label("Có", Shape.FULL, Tone.GOOD)
_SETTLED = ("approved", "submitted", "concluded", "held_elsewhere")
"""What makes a plan or a review more than a draft."""


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
    """Who confirmed, in a sentence; or that nobody knows."""
    is_checked: bool
    confirmed_by: tuple[str, ...]
    told: bool
    steps: tuple[Step, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


def story(world: World, record: Record, issues: list[Part] | None = None) -> Story:
    """Follow a suggestion, or some of its issues, to where it is today."""
    parts = list(record.parts_of("issue")) if issues is None else issues
    findings = findings_of(world, parts)
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
        to=tuple(str(ref) for ref in record.data.get("to", ()) if not is_role(world, str(ref))),
        raised=tuple(str(part.data.get("statement", "")) for part in parts),
        measures=tuple(_measure(world, part) for part in actions),
        results=tuple(_results(reports, yearly, actions)),
        confirmed=_confirmed(world, checks, told=told),
        is_checked=bool(checks),
        confirmed_by=tuple(dict.fromkeys(str(check.record.data["by"]) for check in confirmed if "by" in check.record.data)),
        told=told,
        steps=(
            Step(
                _("Gợi ý"),
                "buoc-goi-y",
                (Event(issued, world.titles.of_record(record), record.id, told=told),) if issued else (),
                _("Nguồn không nêu ngày gợi ý") if told else _("Còn là dự thảo"),
            ),
            Step(
                _("Giải trình"),
                "buoc-giai-trinh",
                in_time(explanations(world, parts)),
                _("Nguồn không nêu giải trình") if told else _("Chưa có giải trình"),
                _are_drafts(said),
            ),
            Step(
                _("Kế hoạch khắc phục"),
                "buoc-ke-hoach",
                in_time(Event(seal_span(plan, "approved", "consulted"), world.titles.of_record(plan), plan.id, told=plan.told) for plan in plans),
                _("Nguồn không nêu kế hoạch") if told else _("Chưa có kế hoạch khắc phục"),
                _are_drafts(plans),
            ),
            Step(
                _("Tiến độ"),
                "buoc-tien-do",
                in_time(_progress_event(world, each, actions) for each in reports),
                _("Nguồn không nêu tiến độ") if told else _("Chưa có báo cáo tiến độ"),
            ),
            Step(
                _("Báo cáo sau một năm"),
                "buoc-mot-nam",
                in_time(_progress_event(world, each, ()) for each in yearly),
                _yearly_absent(world, issued, told=told),
            ),
            Step(
                _("Ai xác nhận"),
                "buoc-xac-nhan",
                in_time(check_event(world, check) for check in checks),
                nobody(told=told),
            ),
        ),
    )


def is_draft(record: Record) -> bool:
    """Whether a plan or a review is not in force, or not handed in: what stands in it nobody has said yet."""
    return record.kind in ("plan", "review") and not record.told and not any(key in record.data for key in _SETTLED)


def _are_drafts(records: list[Record]) -> bool:
    return bool(records) and all(map(is_draft, records))


def is_role(world: World, ref: str) -> bool:
    """Whether a link names a post."""
    thing = world.register.find(ref)
    return isinstance(thing, Record) and thing.kind == "role"


def findings_of(world: World, issues: Iterable[Part]) -> list[Part]:
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


def explanations(world: World, issues: Iterable[Part]) -> Iterator[Event]:
    """Tell what was said back to some issues."""
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
        for plan, __ in world.register.sources_of(ref, "plan"):
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
        words = _("{report} – nghe báo cáo: {who}", report=words, who=world.titles.full(str(heard)))
    return Event(span(record.data.get("date")), words, record.id, str(record.data.get("text", "")), None, figures, (), record.told)


def _yearly_absent(world: World, issued: Span | None, *, told: bool) -> str:
    if told:
        return _("Nguồn không nêu báo cáo sau một năm")
    if issued is None:
        return _("Chưa có báo cáo sau một năm")
    due = issued.last + _YEAR
    if due < world.site.day:
        return _("Chưa có báo cáo sau một năm (đến hạn {when})", when=telling.on(due))
    return _("Báo cáo sau một năm: chưa đến hạn ({day})", day=telling.day(due))


def _confirmed(world: World, checks: list[Check], *, told: bool) -> str:
    """Say who confirmed, or that nobody knows."""
    last = latest(each for each in checks if each.result == "confirmed") or latest(checks)
    return who_checked(world, last) if last else f"{nobody(told=told)}."
