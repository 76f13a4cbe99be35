"""What was reported, checked, asked and answered: the pages of a progress report, a verification, a postponement and an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tusoi import labels, telling
from tusoi.dates import span
from tusoi.facts import ActionFacts, Check, Postponed
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.beside import ANSWERS
from tusoi.views.checked import body, nobody, who_checked
from tusoi.views.in_short import InShort, in_short
from tusoi.views.pieces import independence
from tusoi.views.proofs import Proof, evidence
from tusoi.views.voices import is_few
from tusoi.views.world import World, view

_REPORTED: Final = Label("Lời của người làm", Shape.RING_TICK, Tone.WAITING)
_TOLD: Final = Label("Lời kể của nguồn", Shape.DASH, Tone.QUIET)
_CONFIRMED: Final = labels.CHECK_RESULT["confirmed"]
_PARTLY: Final = labels.CHECK_RESULT["partly"]
_REJECTED: Final = labels.CHECK_RESULT["rejected"]
_ANSWERED: Final = Label("Trả lời", Shape.PAPER, Tone.MOVING)


@dataclass(frozen=True, slots=True)
class EntryView:
    """What a report or a verification says of one thing."""

    of: str
    label: Label | None
    asked: str
    text: str
    obstacle: str
    window: str
    reached: tuple[str, ...]
    replaced_by: str
    figures: tuple[Mapping[str, Any], ...]
    evidence: tuple[Proof, ...]
    independence: str = ""
    """Whether whoever verified it is independent of who did it; empty where the page says so of all."""
    checked: str = ""
    """Of what was reported: who confirmed it since, in a sentence; or that nobody knows."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """The page of a progress report, a verification, a postponement or an answer."""

    title: str
    short: InShort
    told: bool
    of: tuple[str, ...]
    date: str
    by: str
    text: str
    method: str = ""
    heard_by: str = ""
    to: str = ""
    previous: str = ""
    answer: str = ""
    entries: tuple[EntryView, ...] = ()
    opinions: int = 0
    """How many opinions an answer settles."""
    figures: tuple[Mapping[str, Any], ...] = ()
    independence: str = ""
    """Whether whoever verified is independent of those who did it; empty where it is not the same of all entries."""
    onward: tuple[tuple[str, str], ...] = ()

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@view
def progress(world: World, record: Record) -> ReportView:
    """Tell what a progress report says, and who has confirmed it since."""
    entries = tuple(_progress_entry(world, record, entry) for entry in record.data.get("entries", ()))
    return _report(world, record, _progress_short(world, record), entries)


def _progress_short(world: World, record: Record) -> InShort:
    """Say that a report is the word of who does it, and how much of it was confirmed since."""
    entries = record.data.get("entries", ())
    total = len(entries)
    done = [each for each in entries if each.get("state") == "completed"]
    confirmed = sum(_confirmed_since(world, record, each) is not None for each in done)
    said = _("Người làm báo {done} trong {total} việc đã xong.", done=telling.number(len(done)), total=telling.number(total), count=total) if total else ""
    if record.told:
        return in_short(_TOLD, (nobody(told=True), _("Đây là lời kể của nguồn.")))
    if not confirmed:
        return in_short(_REPORTED, (nobody(told=False), said, _("Đây là lời của người làm, chưa phải kết luận.")))
    checked = _("{confirmed} trong {done} việc báo xong đã được xác nhận sau đó.", confirmed=telling.number(confirmed), done=len(done), count=len(done))
    return in_short(_CONFIRMED if confirmed == len(done) == total else _PARTLY, (checked, said))


def _confirmed_since(world: World, report: Record, entry: Mapping[str, Any]) -> Check | None:
    """Give the first check after a report that confirmed what it says of an action."""
    thing, when = world.register.find(str(entry.get("action") or "")), span(report.get("date"))
    facts = world.facts.actions.get(thing.ref) if thing else None
    checks = facts.checks if facts and when else ()
    return next((each for each in checks if each.result == "confirmed" and each.when and when and each.when.last >= when.first), None)


@view
def verification(world: World, record: Record) -> ReportView:
    """Tell what a verifier found."""
    entries = record.data.get("entries", ())
    said = [independence(world, record, entry.get("of")) for entry in entries]
    same = said[0] if len(set(said)) == 1 else ""
    checked = tuple(_check_entry(world, record, entry, "" if same else words) for entry, words in zip(entries, said, strict=True))
    return replace(_report(world, record, _verification_short(world, record), checked), independence=same)


def _verification_short(world: World, record: Record) -> InShort:
    """Say how much was confirmed of what was looked at, by whom, and whether independently."""
    entries = record.data.get("entries", ())
    total, confirmed = len(entries), sum(each.get("result") == "confirmed" for each in entries)
    label = _CONFIRMED if total and confirmed == total else _PARTLY if confirmed or any(each.get("result") == "partly" for each in entries) else _REJECTED
    words = {"confirmed": telling.number(confirmed), "total": telling.number(total)}
    said = _("Xác nhận {confirmed} trong {total} điều được kiểm tra.", count=total, **words) if total else _("Đã kiểm tra.")
    who, when = body(world, record), telling.on(record.get("date"))
    if not who:
        return in_short(label, (nobody(told=record.told), said))
    return in_short(label, (said, _("{who} kiểm tra {when}.", who=who, when=when) if when else _("Nơi kiểm tra: {who}.", who=who)))


@view
def postponement(world: World, record: Record) -> ReportView:
    """Tell what was asked, why, and what came of it."""
    facts = next((each for action in world.facts.actions.values() for each in _all_postponements(action) if each.record.id == record.id), None)
    return ReportView(
        title=_title(world, record, _("Đề nghị gia hạn")),
        short=_request_short(world, facts),
        told=record.told,
        of=_refs(record.data.get("of")),
        date=telling.day(record.data.get("date")),
        by=str(record.data.get("by", "")),
        text=str(record.data.get("reason", "")),
        to=telling.day(record.data.get("to")),
        previous=telling.day(facts.previous) if facts else "",
        answer=facts.answer.id if facts and facts.answer else "",
        onward=_onward(world, _refs(record.data.get("of"))),
    )


@view
def answer(world: World, record: Record) -> ReportView:
    """Tell what was answered."""
    result = str(record.data.get("result", ""))
    asked = world.register.find(str(record.data.get("of", "")))
    around = asked.record if isinstance(asked, Part) else asked
    few = around is not None and around.kind == "feedback" and is_few(world, around)
    return ReportView(
        title=_title(world, record, _("Trả lời")),
        short=in_short(ANSWERS.get(result) or _ANSWERED, ((ANSWERS.get(result) or _ANSWERED).words, _who_answered(world, record))),
        told=record.told,
        of=_refs(record.data.get("of")),
        date=telling.day(record.data.get("date")),
        by=str(record.data.get("by", "")),
        text=str(record.data.get("text", "")),
        onward=_onward(world, _refs(record.data.get("of"))),
        opinions=0 if few else int(record.data.get("opinions", 0)),
        figures=tuple(record.data.get("figures", ())),
    )


def _request_short(world: World, facts: Postponed | None) -> InShort:
    """Say what came of a request to move a date, and who answered."""
    if facts is None:
        return in_short(_ANSWERED, (_("Đề nghị gia hạn."),))
    label = labels.postponement(facts)
    answered = _who_answered(world, facts.answer) if facts.answer else _("Chưa có trả lời; hạn cũ vẫn còn hiệu lực.")
    return in_short(label, (label.words, answered))


def _who_answered(world: World, answer: Record) -> str:
    """Say who answered, and when."""
    who, when = world.titles.full(str(answer.get("by") or answer.organisation)), telling.on(answer.get("date"))
    return _("{who} trả lời {when}.", who=who, when=when) if when else _("{who} trả lời.", who=who)


def _report(world: World, record: Record, short: InShort, entries: tuple[EntryView, ...]) -> ReportView:
    data = record.data
    return ReportView(
        title=_title(world, record, world.titles.kind(record.kind)),
        short=short,
        told=record.told,
        of=_refs(data.get("of")),
        date=telling.day(data.get("date")),
        by=str(data.get("by", "")),
        text=str(data.get("text", "")),
        method=str(data.get("method", "")),
        heard_by=str(data.get("heard_by", "")),
        entries=entries,
        onward=_onward(world, _refs(data.get("of")) or tuple(dict.fromkeys(each.of.partition("#")[0] for each in entries))),
        figures=tuple(data.get("figures", ())),
    )


def _title(world: World, record: Record, words: str) -> str:
    if own := record.data.get("title"):
        return str(own)
    when = telling.on(record.data.get("date"))
    return f"{words} {when}" if when else world.titles.of_record(record)


def _onward(world: World, refs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Say where to go from here: to what it is about."""
    return tuple((each, world.titles.full(each)) for each in refs if world.titles.path(each))


def _refs(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _progress_entry(world: World, record: Record, entry: Mapping[str, Any]) -> EntryView:
    of = str(entry.get("action", ""))
    since = _confirmed_since(world, record, entry)
    return EntryView(
        of=of,
        label=labels.claim(entry.get("state"), told=record.told),
        asked="",
        text=str(entry.get("text", "")),
        obstacle=str(entry.get("obstacle", "")),
        window="",
        reached=tuple(f"{of}.{each}" for each in entry.get("reached", ())),
        replaced_by=str(entry.get("replaced_by", "")),
        figures=tuple(entry.get("figures", ())),
        evidence=evidence(world, record, entry),
        checked=who_checked(world, since) if since else f"{nobody(told=record.told)}." if entry.get("state") == "completed" else "",
    )


def _check_entry(world: World, record: Record, entry: Mapping[str, Any], apart: str) -> EntryView:
    kind = world.kind("verification")
    asked = labels.word(kind.schema, "entries", "check", str(entry.get("check", ""))) if kind else ""
    answer = labels.word(kind.schema, "entries", "answer", str(entry["answer"])) if kind and "answer" in entry else ""
    looked = _("Kiểm tra {what} (đơn vị trả lời: {answer})", what=asked, answer=answer) if answer else _("Kiểm tra {what}", what=asked)
    return EntryView(
        of=str(entry.get("of", "")),
        label=labels.CHECK_RESULT.get(str(entry.get("result", ""))),
        asked=looked if asked else "",
        text=str(entry.get("text", "")),
        obstacle="",
        window=telling.between(entry.get("observed_from"), entry.get("observed_to")),
        reached=(),
        replaced_by="",
        figures=tuple(entry.get("figures", ())),
        evidence=evidence(world, record, entry),
        independence=apart,
    )


def _all_postponements(facts: ActionFacts) -> Iterator[Postponed]:
    yield from facts.postponements
    for milestone in facts.milestones:
        yield from milestone.postponements
