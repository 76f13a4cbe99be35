"""A finding: what happened, which body is responsible, why, what is done about it and what became of it, and who confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.dates import span
from tusoi.facts import Check, FindingFacts
from tusoi.record import Part, Record
from tusoi.views.pieces import FIRST_DAY, ActionLine, Event, action_line, check_event, enum_word, found_by, in_time, independence, report_event, seal_span
from tusoi.views.voices import is_few
from tusoi.views.world import World, view

_SUPPORT: Final = {True: "Đã đề nghị cấp trên hỗ trợ", False: "Không đề nghị cấp trên hỗ trợ"}
_PURPOSE: Final = {"sector_comment": "Nhận xét của cơ quan, ngành", "critique": "Giám sát, phản biện"}
PARTS = ("Hạn chế gì", "Ai chịu trách nhiệm", "Vì sao", "Sửa thế nào")
"""The four parts of a finding that is complete: it names the fault, the address, the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class FourParts:
    """Which of the four parts are there."""

    parts: tuple[tuple[str, bool], ...]
    told: bool

    @property
    def count(self) -> int:
        """How many are there."""
        return sum(there for _, there in self.parts)

    @property
    def absent(self) -> str:
        """What stands for a part that is not there."""
        return labels.NOT_STATED if self.told else labels.NOT_WRITTEN


@dataclass(frozen=True, slots=True)
class Responsible:
    """A body and its share."""

    ref: str
    share: str
    portion: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, and whose doing it was."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed the result, when and how; or why nobody is named."""

    sentence: str
    by: str = ""
    when: str = ""
    method: str = ""
    ref: str = ""
    independence: str = ""
    """Whether who confirmed is independent of who did the work."""


@dataclass(frozen=True, slots=True)
class Raised:
    """Who raised it, and where."""

    words: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """The page of a finding."""

    title: str
    statement: str
    told: bool
    found_by: str
    record: str
    about: tuple[str, ...]
    area: str
    criterion: str
    effect: str
    response: str
    """How it was responded to, where an inspection found it."""
    support: str
    """Whether help was asked of who stands above."""
    raised: tuple[Raised, ...]
    signs: tuple[str, ...]
    """Criteria that it is a sign of: for members only."""
    figures: tuple[Mapping[str, Any], ...]
    four: FourParts
    bodies: tuple[Responsible, ...]
    posts: int
    lead_posts: int
    causes: tuple[Cause, ...]
    remedy: str
    actions: tuple[ActionLine, ...]
    no_action: str
    carried: tuple[Event, ...]
    confirmation: Confirmation
    outcome: str
    side_effects: tuple[str, ...]
    issues: tuple[str, ...]
    """What it responds to."""
    recurrence_of: str
    recurred: tuple[str, ...]
    history: tuple[Event, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return self.four.absent


@view
def finding(world: World, part: Part) -> FindingView:
    """Tell everything about a finding."""
    data = part.data
    facts = world.facts.findings.get(part.ref)
    given, leads = posts(world, part)
    return FindingView(
        title=telling.shortened(str(data.get("statement", ""))),
        statement=str(data.get("statement", "")),
        told=part.told,
        found_by=found_by(world, part),
        record=part.record.id,
        about=tuple(part.record.data.get("about", ())) or (part.record.organisation,),
        area=enum_word(world, part, "area"),
        criterion=str(data.get("criterion", "")),
        effect=str(data.get("effect", "")),
        response=enum_word(world, part, "response"),
        support=_SUPPORT[data["support_requested"]] if "support_requested" in data else "",
        raised=tuple(raised_by(world, part)),
        signs=() if world.site.is_public else tuple(data.get("signs", ())),
        figures=tuple(data.get("figures", ())),
        four=FourParts(
            tuple(zip(map(world.reworded, PARTS), (key in data and bool(data[key]) for key in ("statement", "responsible", "causes", "remedy")), strict=True)),
            part.told,
        ),
        bodies=tuple(bodies(world, part)),
        posts=given,
        lead_posts=leads,
        causes=causes(world, part),
        remedy=str(data.get("remedy", "")),
        actions=tuple(action_line(world, each) for each in facts.actions) if facts else (),
        no_action=facts.reason if facts else "",
        carried=tuple(_carried(world, facts)) if facts else (),
        confirmation=confirmation(world, part, facts),
        outcome=str(data.get("outcome", "")),
        side_effects=tuple(data.get("side_effects", ())),
        issues=tuple(data.get("answers", ())),
        recurrence_of=str(data.get("recurrence_of", "")),
        recurred=facts.recurred if facts else (),
        history=in_time(_history(world, part, facts)),
    )


def bodies(world: World, part: Part) -> Iterator[Responsible]:
    """Name the organisations; posts are named only where the readers are members."""
    for row in part.data.get("responsible", ()):
        thing = world.register.find(str(row.get("who", "")))
        is_post = isinstance(thing, Record) and thing.kind == "role"
        if "who" not in row or (is_post and world.site.is_public):
            continue
        share = telling.sentence_case(_share_word(world, part, row))
        yield Responsible(str(row["who"]), share, "" if world.site.is_public else str(row.get("portion", "")))


def posts(world: World, part: Part) -> tuple[int, int]:
    """Count the posts that were given responsibility, and those that bear it in the first place."""
    total = leads = 0
    for row in part.data.get("responsible", ()):
        thing = world.register.find(str(row.get("who", "")))
        count = int(row["posts"].get("value", 0)) if "posts" in row else int(isinstance(thing, Record) and thing.kind == "role")
        total += count
        leads += count if row.get("share") == "lead" else 0
    return total, leads


def causes(world: World, part: Part) -> tuple[Cause, ...]:
    """Give the causes, each with whose doing it was."""
    return tuple(Cause(_cause_word(world, part, cause), str(cause.get("text", ""))) for cause in part.data.get("causes", ()))


def raised_by(world: World, part: Part) -> Iterator[Raised]:
    """Say who raised it: the organisation itself, a superior or a mass organisation, comments that came in; never which person."""
    record = part.record
    if record.kind != "review":
        yield Raised(found_by(world, part), record.id)
    elif part.data.get("self_identified"):
        yield Raised("Đơn vị tự nhận ra")
    for ref in part.data.get("answers", ()):
        issue = world.register.find(str(ref))
        if isinstance(issue, Part):
            purpose = _PURPOSE.get(str(issue.record.data.get("purpose", "")), "Gợi ý kiểm điểm")
            yield Raised(f"{purpose} – {world.titles.organisation(issue)}", issue.ref)
    for ref in dict.fromkeys(_round(world, str(each)) for each in part.data.get("from_feedback", ())):
        thing = world.register.find(ref)
        around = thing.record if isinstance(thing, Part) else thing
        hidden = around is None or is_few(world, around)
        yield Raised("Tiếp thu từ ý kiến góp ý", "" if hidden else ref)


def _round(world: World, ref: str) -> str:
    """Give what a reader may be led to: members to the opinion, everybody else to the round."""
    thing = world.register.find(ref)
    return thing.record.id if isinstance(thing, Part) and world.site.is_public else ref


def _share_word(world: World, part: Part, row: Mapping[str, Any]) -> str:
    kind = world.kind(part.record.kind)
    return labels.word(kind.schema, "findings", "responsible", "share", str(row.get("share", ""))) if kind else ""


def _cause_word(world: World, part: Part, cause: Mapping[str, Any]) -> str:
    kind = world.kind(part.record.kind)
    return labels.word(kind.schema, "findings", "causes", "kind", str(cause.get("kind", ""))) if kind else ""


def _carried(world: World, facts: FindingFacts) -> Iterator[Event]:
    """Tell what later reviews answered about it, each beside what the checker found."""
    for each in facts.carried:
        entry = each.entry
        text = "\n\n".join(str(entry[key]) for key in ("text", "obstacle") if key in entry)
        figures = (entry["degree"],) if "degree" in entry else ()
        words = f"{world.titles.of_record(each.record)}"
        yield Event(each.when, words, each.record.id, text, labels.claim(entry.get("answer"), told=each.record.told), figures, (), each.record.told)


def confirmation(world: World, part: Part, facts: FindingFacts | None) -> Confirmation:
    """Say who confirmed the result; or that nobody did, or that the source names nobody."""
    checks = [] if facts is None else [*facts.checks, *(check for action in facts.actions for check in action.checks)]
    best = (facts.confirmed if facts else None) or _last_confirmed(checks)
    if best is None:
        return Confirmation("Nguồn không nêu ai xác nhận." if part.told else "Chưa có cơ quan nào xác nhận.")
    by = str(best.record.data.get("by", ""))
    apart = independence(world, best.record, best.entry.get("of"))
    what = "hạn chế đã được khắc phục" if facts and facts.confirmed else "kết quả của việc khắc phục"
    return Confirmation(f"Đã xác nhận {what}.", by, telling.day(best.when), str(best.record.data.get("method", "")), best.record.id, apart)


def _last_confirmed(checks: list[Check]) -> Check | None:
    confirmed = [check for check in checks if check.result == "confirmed"]
    return max(confirmed, key=lambda check: (check.when.last if check.when else FIRST_DAY, check.record.id)) if confirmed else None


def _history(world: World, part: Part, facts: FindingFacts | None) -> Iterator[Event]:
    record = part.record
    for issue in part.data.get("answers", ()):
        thing = world.register.find(issue)
        if isinstance(thing, Part):
            yield Event(seal_span(thing.record, "issued"), f"Được gợi ý kiểm điểm – {world.titles.organisation(thing)}", thing.ref, told=thing.told)
    yield Event(seal_span(record, "concluded", "submitted", "announced"), f"Được nêu trong: {world.titles.of_record(record)}", record.id, told=record.told)
    if facts is None:
        return
    seen: set[str] = set()
    for action in facts.actions:
        plan = action.part.record
        if plan.id not in seen:
            seen.add(plan.id)
            yield Event(seal_span(plan, "approved", "consulted"), f"Có kế hoạch: {world.titles.of_record(plan)}", plan.id, told=plan.told)
        yield from (report_event(world, each.record, each.entry, each.when) for each in action.reports)
        yield from (check_event(world, check) for check in action.checks)
        for each in action.postponements:
            words = f"Xin lùi hạn đến {telling.on(each.to)}"
            yield Event(span(each.asked.isoformat()), words, each.record.id, str(each.record.data.get("reason", "")), labels.postponement(each))
    yield from _carried(world, facts)
    yield from (check_event(world, check) for check in facts.checks)
    for ref in facts.recurred:
        thing = world.register.find(ref)
        if isinstance(thing, Part):
            yield Event(seal_span(thing.record, "concluded", "submitted"), "Tái diễn", ref, label=labels.RECURRING, told=thing.told)
