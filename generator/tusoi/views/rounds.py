"""A feedback round: forms sent and returned, and where every opinion went. Never who; of a round with very few forms, their number only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.beside import Was, was_at
from tusoi.views.followed import answer_event, answers_to
from tusoi.views.pieces import Event, Signature, in_time, signatures
from tusoi.views.voices import compiling_due, fewest, forms_words, is_compiled, is_few, sifting
from tusoi.views.world import World, view

_WAYS: Final[Mapping[str, Label]] = {
    "accepted": Label("Tiếp thu", Shape.FULL, Tone.GOOD),
    "explained": Label("Giải trình", Shape.PAPER, Tone.MOVING),
    "in_clarification": Label("Đang làm rõ", Shape.HALF, Tone.WAITING),
    "out_of_scope": Label("Ngoài phạm vi", Shape.STOP, Tone.QUIET),
}
_GONE: Final = Label("Chưa rõ đi đâu", Shape.DASH, Tone.QUIET)


@dataclass(frozen=True, slots=True)
class Way:
    """Where opinions went: how many, and their piece of the bar in percent."""

    label: Label
    count: int
    percent: str
    start: float
    width: float
    was: Was | None


@dataclass(frozen=True, slots=True)
class Balance:
    """All opinions that came in, and where they went."""

    received: int
    was: Was | None
    ways: tuple[Way, ...]

    @property
    def sentence(self) -> str:
        """The same in words."""
        parts = [f"{way.label.words.lower()} {telling.number(way.count)}" for way in self.ways if way.count]
        return _("Nhận {received} ý kiến", received=telling.number(self.received), count=self.received) + (f": {', '.join(parts)}" if parts else "")


@dataclass(frozen=True, slots=True)
class AudienceLine:
    """A group that was asked."""

    who: str
    channel: str
    forms: str


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """Opinions that say the same, in neutral words: for members only."""

    anchor: str
    area: str
    summary: str
    opinions: int
    label: Label | None
    found_in: tuple[str, ...]
    explanation: str
    clarified_by: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """The page of a feedback round."""

    title: str
    told: bool
    is_few: bool
    few: str
    cycle: str
    about: tuple[str, ...]
    opens: str
    closes: str
    method: str
    audiences: tuple[AudienceLine, ...]
    forms: Mapping[str, Any] | None
    """None where they are so few that nothing but `few_forms` is said of them."""
    few_forms: str
    balance: Balance | None
    waiting: str
    """Why there is no balance."""
    sifting: Label | None
    """Where nothing was sifted yet: that nothing of it is published."""
    days: tuple[tuple[str, str], ...]
    """The days of a round that is not compiled: when it closes, is to be compiled, and may be published."""
    items: tuple[OpinionLine, ...]
    findings: tuple[str, ...]
    """Findings that took opinions in."""
    answers: tuple[Event, ...]
    seals: tuple[Signature, ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A feedback round in a list: its forms and, where they are not too few, its balance."""

    ref: str
    forms: Mapping[str, Any] | None
    few_forms: str
    balance: Balance | None


@view
def feedback_round(world: World, record: Record) -> RoundView:
    """Tell everything about a feedback round that may be told."""
    data = record.data
    few = is_few(world, record)
    return RoundView(
        title=world.titles.of_record(record),
        told=record.told,
        is_few=few,
        few=_("Đợt này thu về dưới {fewest} phiếu nên chỉ nêu tổng số phiếu: nêu thêm thì có thể đoán ra ai góp ý.", fewest=fewest(world, record)),
        cycle=str(data.get("cycle", "")),
        about=tuple(ref for ref in data.get("about", ()) if not (world.site.is_public and _is_post(world, ref))),
        opens=telling.day(data.get("opens")),
        closes=telling.day(data.get("closes")),
        method=str(data.get("method", "")),
        audiences=tuple(_audience(world, row, few=few) for row in data.get("audiences", ())),
        forms=None if few else data.get("forms"),
        few_forms=forms_words(world, record) if few else "",
        balance=balance_of(world, record),
        waiting=_waiting(record),
        sifting=None if is_compiled(record) else sifting(world, record),
        days=() if is_compiled(record) else tuple(_days(world, record)),
        items=() if few or world.site.is_public or not is_compiled(record) else tuple(_opinion(world, part) for part in record.parts_of("opinion")),
        findings=() if few else tuple(_findings(world, record)),
        answers=() if few else in_time(answer_event(world, each) for each in answers_to(world, record) if _is_told(world, each)),
        seals=signatures(world, record),
    )


def round_line(world: World, record: Record) -> RoundLine:
    """Make a line of a feedback round."""
    few = is_few(world, record)
    return RoundLine(record.id, None if few else record.data.get("forms"), forms_words(world, record) if few else "", balance_of(world, record))


def balance_of(world: World, record: Record) -> Balance | None:
    """Say where the opinions of a round went; None where nobody has said it, before they were sifted, and where the forms are too few."""
    stated = record.get("balance")
    if not isinstance(stated, Mapping) or "received" not in stated or is_few(world, record) or not is_compiled(record):
        return None
    received = int(stated["received"])
    return Balance(received, was_at(world, record, "balance", "received"), tuple(_ways(world, record, stated, received)))


def _ways(world: World, record: Record, stated: Mapping[str, Any], received: int) -> Iterator[Way]:
    counts = [(key, label, int(stated.get(key, 0))) for key, label in _WAYS.items()]
    whole = max(received, sum(count for _, _, count in counts)) or 1
    start = 0.0
    for key, label, count in counts:
        width = round(100 * count / whole, 2)
        yield Way(label, count, telling.percent(count, received), start, width, was_at(world, record, "balance", key))
        start = round(start + width, 2)
    if (left := received - sum(count for _, _, count in counts)) > 0:
        yield Way(_GONE, left, telling.percent(left, received), start, round(100 * left / whole, 2), None)


def _waiting(record: Record) -> str:
    if record.told:
        return _("Nguồn không nêu bao nhiêu ý kiến, đi đâu.")
    return _("Đã tổng hợp, chưa ghi ý kiến đi đâu.") if "compiled" in record.data else _("Chưa tổng hợp, nên chưa công bố ý kiến nào.")


def _days(world: World, record: Record) -> Iterator[tuple[str, str]]:
    yield _("Kết thúc nhận"), telling.day(record.get("closes"))
    yield _("Hạn tổng hợp"), compiling_due(world, record)
    yield _("Công bố không trước ngày"), telling.day(record.get("publish_not_before"))


def _audience(world: World, row: Mapping[str, Any], *, few: bool) -> AudienceLine:
    """Show a group that was asked; how many of its forms came back only where that points at nobody."""
    kind = world.kind("feedback")
    channel = labels.word(kind.schema, "audiences", "channel", str(row["channel"])) if kind and row.get("channel", "other") != "other" else ""
    forms = row.get("forms") or {}
    value = forms.get("value")
    is_small = isinstance(value, int | float) and 0 < value < fewest(world)
    words = (
        "" if few or not forms else _("dưới {fewest} {unit}", fewest=fewest(world), unit=forms.get("unit", _("phiếu"))) if is_small else telling.figure(forms)
    )
    return AudienceLine(str(row.get("who", "")), channel, words)


def _opinion(world: World, part: Part) -> OpinionLine:
    data = part.data
    area = world.profile.word("areas", str(data["area"])) if "area" in data else ""
    return OpinionLine(
        anchor=part.id,
        area=area,
        summary=str(data.get("summary", "")),
        opinions=int(data.get("opinions", 0)),
        label=_WAYS.get(str(data.get("disposition", ""))),
        found_in=tuple(data.get("found_in", ())),
        explanation=str(data.get("explanation", "")),
        clarified_by=str(data.get("clarified_by", "")),
    )


def _findings(world: World, record: Record) -> Iterator[str]:
    """Name the findings that say they took opinions of the round in; a link to a single opinion is for members."""
    refs = (record.id, *(() if world.site.is_public else (part.ref for part in record.parts_of("opinion"))))
    seen: dict[str, None] = {}
    for link in (link for ref in refs for link in world.register.links_to(ref)):
        source = world.register.records[link.source]
        if "from_feedback" in link.path and not source.withdrawn:
            seen |= {part.ref: None for part in source.parts_of("finding") if part.path == link.path[: len(part.path)]}
    yield from seen


def _is_told(world: World, answer: Record) -> bool:
    """Whether an answer may be shown: one to a single opinion is for members."""
    return not world.site.is_public or "#" not in str(answer.get("of"))


def _is_post(world: World, ref: object) -> bool:
    thing = world.register.find(str(ref))
    return isinstance(thing, Record) and thing.kind == "role"
