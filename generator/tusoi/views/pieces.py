"""The pieces that several pages share: a line about a finding or an action, an event in a history, a tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tusoi import labels, telling
from tusoi.dates import Span, span
from tusoi.facts import ActionFacts, Check, FindingFacts, FindingState, MilestoneFacts, Tally
from tusoi.labels import Label
from tusoi.record import Part, Record
from tusoi.rules import verifying
from tusoi.rules.verifying import Independence
from tusoi.speech import N_, _
from tusoi.views.beside import Beside, remarks
from tusoi.views.document_name import document_words
from tusoi.views.proofs import Proof, evidence
from tusoi.views.reach import Reach, reach
from tusoi.views.world import World

FIRST_DAY = date.min
_SEALS: Final[Mapping[tuple[str, str], str]] = {
    ("feedback", "opened"): N_("Bắt đầu lấy ý kiến"),
    ("waiver", "approved"): N_("Cho phép"),
    ("critique", "issued"): N_("Gửi"),
    ("sector_comment", "issued"): N_("Gửi"),
}
"""What a seal says in some kinds, or of some purposes, where it is not what it says in the others."""
_INDEPENDENCE: Final[Mapping[Independence, str]] = {
    Independence.OTHER_PERSONS: N_("Độc lập với người làm: khác đơn vị, khác người"),
    Independence.OTHER_POSTS: N_("Độc lập với người làm: khác đơn vị, khác chức danh (hồ sơ ở đây không ghi ai giữ chức danh)"),
    Independence.OTHER_BODY: N_("Độc lập với người làm: khác đơn vị"),
    Independence.NONE: N_("Không độc lập với người làm"),
    Independence.NOT_KNOWN: N_("Không rõ có độc lập với người làm hay không"),
}
"""How whoever verified stands to those whose work it was."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: when, what, and where it is written."""

    when: Span | None
    words: str
    ref: str = ""
    """The record that says so."""
    text: str = ""
    """What it says, in its own words."""
    label: Label | None = None
    figures: tuple[Mapping[str, Any], ...] = ()
    evidence: tuple[Proof, ...] = ()
    told: bool = False
    address: str = ""
    """Where the host shows what was recorded, where that is what happened."""

    @property
    def date(self) -> str:
        """The date for readers."""
        return telling.sentence_case(telling.day(self.when))


@dataclass(frozen=True, slots=True)
class Signature:
    """A seal as readers see it: what was done, when, by whom, in which document."""

    words: str
    when: str
    by: str
    """A ref, or empty."""
    document: str
    """`115-CV/HU, ngày 15/11/2024`."""
    document_ref: str = ""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in a list."""

    ref: str
    title: str
    chips: tuple[Label, ...]
    found_by: str
    """Who found it, as a sentence: `Đơn vị tự kiểm điểm, năm 2024`."""
    area: str
    told: bool
    organisation: str
    beside: tuple[Beside, ...] = ()
    """What was corrected in it or replied to it."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in a list or at the head of its page."""

    ref: str
    anchor: str
    ordinal: str
    content: str
    product: str
    owner: str
    """A ref, or empty."""
    supporting: tuple[str, ...]
    due: str
    """The last agreed date, or the rhythm of a recurring duty."""
    recurs: bool
    first_due: str
    """The first promise, where another date was agreed later."""
    mends: tuple[str, ...]
    """The findings or issues that it mends."""
    chips: tuple[Label, ...]
    covers: Reach | None
    members: Mapping[str, Any] | None
    target: Reach | None
    milestones: tuple[MilestoneLine, ...]
    last: Event | None
    """What was last reported."""
    told: bool


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A step on the way of an action."""

    anchor: str
    content: str
    due: str
    chip: Label
    first_due: str = ""
    after: str = ""
    """The steps that come before it: `mốc 1, mốc 2`."""


@dataclass(frozen=True, slots=True)
class TallyPart:
    """A state and how many are in it."""

    label: Label
    count: int
    percent: str


@dataclass(frozen=True, slots=True)
class TallyView:
    """How many there are in which state; the parts add up to the total."""

    parts: tuple[TallyPart, ...]
    total: int

    @property
    def some(self) -> tuple[TallyPart, ...]:
        """The states that occur."""
        return tuple(part for part in self.parts if part.count)


def finding_tally(tally: Tally) -> TallyView:
    """Show a tally of findings, every state with its number: what nobody knows is a column of its own."""
    total = tally.finding_total
    counts = [(labels.FINDING[state], tally.findings.get(state, 0)) for state in FindingState]
    return TallyView(tuple(TallyPart(label, count, telling.percent(count, total)) for label, count in counts), total)


def action_tally(actions: Iterable[ActionFacts]) -> TallyView:
    """Show where promised actions stand: what is late is counted as late, never as something that is not due yet."""
    found = Counter(each.standing for each in actions)
    counts = [(label, found[standing]) for standing, label in labels.STANDING.items()]
    return TallyView(tuple(TallyPart(label, count, telling.percent(count, found.total())) for label, count in counts), found.total())


def finding_chips(facts: FindingFacts) -> tuple[Label, ...]:
    """Give what stands beside a finding's title."""
    chips = [labels.STAGE["draft"]] if facts.draft and not facts.told else []
    return (*chips, labels.finding(facts), *finding_marks(facts))


def finding_marks(facts: FindingFacts) -> tuple[Label, ...]:
    """Give what stands beside the state of a finding: that it is looked at first, was found by themselves, came back, has been there for long."""
    data = facts.part.data
    chips: list[Label] = []
    if data.get("priority") == "high":
        chips.append(labels.HOT_SPOT)
    if data.get("self_identified"):
        chips.append(labels.SELF_IDENTIFIED)
    if data.get("recurrence_of") or facts.recurred:
        chips.append(labels.RECURRING)
    if "since" in data:
        chips.append(labels.long_standing(data["since"]))
    elif data.get("chronic"):
        chips.append(labels.LONG_STANDING)
    return tuple(chips)


def finding_line(world: World, facts: FindingFacts) -> FindingLine:
    """Make a line of a finding."""
    part = facts.part
    return FindingLine(
        ref=part.ref,
        title=telling.shortened(str(part.data.get("statement", "")), 160),
        chips=finding_chips(facts),
        found_by=found_by(world, part),
        area=enum_word(world, part, "area"),
        told=facts.told,
        organisation=facts.organisation,
        beside=remarks(world, part),
    )


def found_by(world: World, part: Part) -> str:
    """Say who found it and when."""
    record = part.record
    when = occasion(world, record)
    if record.kind == "review":
        who = _("Đơn vị tự kiểm điểm")
    else:
        kind = world.kind(record.kind)
        channel = labels.word(kind.schema, "channel", str(record.data["channel"])) if kind and "channel" in record.data else world.titles.kind(record.kind)
        who = f"{channel} – {world.titles.organisation(record)}"
    return dated(who, when)


def dated(who: str, when: str) -> str:
    """Put a day or a cycle behind who said something, as far as it is known."""
    if when and not when[0].islower():
        return f"{who} ({when})"
    return f"{who}, {when}" if when else who


def occasion(world: World, record: Record) -> str:
    """Say when a record was settled, or the cycle to which it belongs."""
    kind = world.kind(record.kind)
    for seal in kind.seals if kind else ():
        if when := record.get(seal, "date"):
            return telling.on(when)
    cycle = record.get("cycle")
    if isinstance(cycle, str) and world.register.find(cycle):
        return world.titles.full(cycle)
    return telling.on(record.get("date") or record.get("period"))


def action_line(world: World, facts: ActionFacts) -> ActionLine:
    """Make a line of an action."""
    part = facts.part
    data = part.data
    siblings = part.record.parts_of("action")
    chips = list(labels.action(facts))
    if data.get("urgency") == "immediate":
        chips.append(labels.IMMEDIATE)
    first, last = telling.day(facts.first_due), telling.day(facts.due)
    found = _checks_of_what_it_mends(world, facts)
    return ActionLine(
        ref=part.ref,
        anchor=part.id,
        ordinal=_("Việc {number}", number=siblings.index(part) + 1),
        content=str(data.get("content", "")),
        product=str(data.get("product", "")),
        owner=str(data.get("owner", "")),
        supporting=tuple(data.get("supporting", ())),
        due=rhythm(data) or last,
        recurs=bool(rhythm(data)),
        first_due=first if first != last else "",
        mends=tuple(data.get("findings", ())),
        chips=tuple(chips),
        covers=reach(facts, data["covers"], found) if "covers" in data else None,
        members=data.get("members"),
        target=reach(facts, data["target"], found) if "target" in data else None,
        milestones=tuple(_milestone(each, facts) for each in facts.milestones),
        last=report_event(world, facts.reports[-1].record, facts.reports[-1].entry, facts.reports[-1].when) if facts.reports else None,
        told=facts.told,
    )


def _checks_of_what_it_mends(world: World, facts: ActionFacts) -> tuple[Check, ...]:
    """Gather the checks of the findings that an action mends, the latest first."""
    mended = (world.facts.findings.get(str(ref)) for ref in facts.part.data.get("findings", ()))
    checks = (check for finding in mended if finding for check in finding.checks)
    return tuple(sorted(checks, key=lambda each: (each.when.last if each.when else FIRST_DAY, each.record.id), reverse=True))


def rhythm(data: Mapping[str, Any]) -> str:
    """Say how often a recurring duty is done; empty for what is done once."""
    if "every" not in data and data.get("kind") != "recurring":
        return ""
    every = _(labels.EVERY.get(data.get("every", ""), ""))
    period = telling.between(data.get("from"), data.get("until"))
    words = _("Việc làm thường xuyên: {every}", every=every) if every else _("Việc làm thường xuyên")
    return f"{words}, {period}" if period else words


def report_event(world: World, record: Record, entry: Mapping[str, Any], when: Span | None) -> Event:
    """Tell what a progress report says of one action."""
    reached = entry.get("reached", ())
    words = _("Theo lời kể của nguồn") if record.told else _("Báo cáo tiến độ")
    if reached:
        words = _("{report}: đã đạt {number} mốc", report=words, number=telling.number(len(reached)), count=len(reached))
    text = "\n\n".join(str(entry[key]) for key in ("text", "obstacle") if key in entry)
    label = labels.claim(entry.get("state"), told=record.told)
    return Event(when, words, record.id, text, label, tuple(entry.get("figures", ())), evidence(world, record, entry), record.told)


def check_event(world: World, check: Check) -> Event:
    """Tell what a verifier found."""
    kind = world.kind("verification")
    asked = labels.word(kind.schema, "entries", "check", check.check) if kind else check.check
    who = world.titles.full(str(check.record.data["by"])) if "by" in check.record.data else ""
    words = _("Kiểm tra {what} – {who}", what=asked, who=who) if who else _("Kiểm tra {what}", what=asked)
    window = telling.between(check.entry.get("observed_from"), check.entry.get("observed_to"))
    text = "\n\n".join(each for each in (str(check.entry.get("text", "")), _("Thời gian theo dõi: {period}", period=window) if window else "") if each)
    label = labels.CHECK_RESULT.get(check.result)
    shown = evidence(world, check.record, check.entry)
    return Event(check.when, words, check.record.id, text, label, tuple(check.entry.get("figures", ())), shown, check.record.told)


def independence(world: World, verification: Record, of: object) -> str:
    """Say whether whoever verified is independent of those whose work it was, as far as the records tell."""
    found = verifying.independence(verification, of, world.judgement)
    return _(labels.NOT_STATED) if verification.told else _(_INDEPENDENCE[found])


def signatures(world: World, record: Record) -> tuple[Signature, ...]:
    """Give the seals of a record in their order, those that are set."""
    kind = world.kind(record.kind)
    return tuple(signature(world, record, seal) for seal in kind.seals if isinstance(record.get(seal), Mapping)) if kind else ()


def signature(world: World, record: Record, seal: str) -> Signature:
    """Show one seal."""
    kind = world.kind(record.kind)
    data = record.data[seal]
    label = labels.STAGE.get(seal)
    words = _(_SEALS.get((str(record.get("purpose") or record.kind), seal)) or labels.SEAL.get(seal) or "") or (
        label.words if label else labels.key_title(kind.schema, seal) if kind else seal
    )
    document = data.get("document")
    return Signature(words, telling.day(data.get("date")), str(data.get("by", "")), document_words(document), str(document.get("of", "")) if document else "")


def enum_word(world: World, thing: Record | Part, key: str, value: str = "") -> str:
    """Give the Vietnamese word of an enum in a record or part, with a capital; empty where it is not stated."""
    record = thing.record if isinstance(thing, Part) else thing
    stated = value or thing.data.get(key)
    kind = world.kind(record.kind)
    if stated is None or kind is None:
        return ""
    path = [str(piece) for piece in thing.path if isinstance(piece, str)] if isinstance(thing, Part) else []
    return telling.sentence_case(labels.word(kind.schema, *path, key, str(stated)))


def in_time(events: Iterable[Event]) -> tuple[Event, ...]:
    """Sort by time; what has no date comes last, and what is of one day keeps its order."""
    return tuple(sorted(events, key=lambda event: (event.when is None, event.when.last if event.when else FIRST_DAY)))


def seal_span(record: Record, *seals: str) -> Span | None:
    """Give when the first of these seals that is there was set."""
    return next((when for seal in seals if (when := span(record.get(seal, "date")))), None)


def _milestone(facts: MilestoneFacts, action: ActionFacts) -> MilestoneLine:
    data, told = facts.part.data, action.told
    if facts.reached:
        chip = Label(_("Đã đạt, báo cáo {when}", when=telling.on(facts.reached.when)), labels.Shape.RING_TICK, labels.Tone.WAITING)
    elif facts.overdue_days and not told:
        chip = labels.overdue(facts.overdue_days)
    elif told:
        chip = Label(_(labels.NOT_STATED), labels.Shape.DASH)
    else:
        chip = Label("Chưa đạt", labels.Shape.RING)
    first, last = telling.day(facts.first_due), telling.day(facts.due)
    places = {each.part.data.get("id"): _("mốc {number}", number=telling.number(number)) for number, each in enumerate(action.milestones, 1)}
    after = ", ".join(places[each] for each in data.get("depends_on", ()) if each in places)
    return MilestoneLine(facts.part.id.rpartition(".")[2], str(data.get("content", "")), last, chip, first if first != last else "", after)
