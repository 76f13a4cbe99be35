"""The first line of an organisation's page: what was found, how much of it is mended, who checked that, and what is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.facts import ActionState, FindingFacts, FindingState, OrganisationFacts, Tally
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.speech import _
from tusoi.views.checked import body, checks_of, latest, nobody, who_checked
from tusoi.views.in_short import InShort, in_short, of_findings
from tusoi.views.organisation_findings import SETTLED, latest_day
from tusoi.views.owned import findings_of, plans_followed_by
from tusoi.views.pieces import TallyView, finding_tally
from tusoi.views.world import World, view

_NOTHING: Final = Label("Chưa có thông tin", Shape.DASH, Tone.QUIET)
_ENDED: Final = Label("Đã kết thúc hoạt động", Shape.STOP, Tone.QUIET)


_NAMED: Final = 3
"""So many shortcomings stand in the first lines; the section below has all."""
_LONGEST: Final = 110


@dataclass(frozen=True, slots=True)
class Named:
    """One shortcoming in a few words."""

    ref: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an organisation stands on the day, in a few sentences and in numbers."""

    short: InShort
    named: tuple[Named, ...]
    """What was wrong: what is said not to be mended, then of what else is open the newest, else of what is settled."""
    others: str
    """How many more there are, and how many of these are still open; empty where all are named."""
    where: str
    """The anchor of the section that has them all."""
    found: str
    """What was found, and how much of it by themselves."""
    done: str
    """How many actions are done and confirmed, and how many are late."""
    deeds: str
    """What was done, where a source tells one story alone."""
    outcome: str
    """What came of it, where a source tells one story alone."""
    tally: TallyView
    """Its own findings, with those that it took over."""
    whole: TallyView | None
    """With everything below it; only where there is something below."""


@view
def standing(world: World, organisation: Record) -> Standing:
    """Say how an organisation stands on the day."""
    facts = world.facts.organisations.get(organisation.id)
    every = findings_of(world, organisation.id)
    own = [each for each in every if each.counts and each.organisation == organisation.id]
    tally = facts.own if facts else Tally()
    chosen = _by_need(own or [each for each in every if each.told])
    return Standing(
        short=_short(world, organisation, facts, every, own),
        named=tuple(Named(each.part.ref, telling.shortened(str(each.part.data.get("statement", "")), _LONGEST)) for each in chosen[:_NAMED]),
        others=_others(chosen[_NAMED:]),
        where="han-che" if own else "nguon-ke",
        found=" ".join(_found(own)),
        done=" ".join(_done(tally)),
        deeds=_deeds(chosen),
        outcome=_outcome(chosen),
        tally=finding_tally(tally),
        whole=finding_tally(facts.whole) if facts and facts.children and facts.whole.finding_total > tally.finding_total else None,
    )


def _short(world: World, organisation: Record, facts: OrganisationFacts | None, every: Sequence[FindingFacts], own: Sequence[FindingFacts]) -> InShort:
    if facts and not facts.in_force and not own:
        return in_short(_ENDED, (_ended(organisation), *_inherited(world, organisation, facts, every)))
    if own:
        return counted(world, own)
    told = [each for each in every if each.told]
    if told:
        return of_findings(world, told, told=True)
    return in_short(_NOTHING, _silence(world, organisation, facts))


def _deeds(told: Sequence[FindingFacts]) -> str:
    """Name what was done in the one story that a source tells; several have their own lines."""
    alone = told[0] if len(told) == 1 and told[0].told else None
    return "; ".join(telling.shortened(str(each.part.data.get("content", "")), _LONGEST) for each in alone.actions) if alone else ""


def _outcome(told: Sequence[FindingFacts]) -> str:
    return telling.shortened(str(told[0].part.data.get("outcome", "")), _LONGEST) if len(told) == 1 and told[0].told else ""


def _by_need(findings: Sequence[FindingFacts]) -> list[FindingFacts]:
    """Sort the newest first; of all, those that are said not to be mended before those that are still open, and these before the others."""
    newest = sorted(findings, key=lambda each: latest_day(each.part.record), reverse=True)
    return sorted(newest, key=lambda each: (each.state in SETTLED, each.state is not FindingState.UNRESOLVED))


def _others(rest: Sequence[FindingFacts]) -> str:
    """Count those that are not named. How many of them are still open is said, too: nobody is to take what is named for all that is open."""
    number, is_open = len(rest), sum(each.state not in SETTLED for each in rest)
    if not rest:
        return ""
    if not is_open or rest[0].told:
        return _("và {number} hạn chế nữa", number=telling.number(number), count=number)
    if is_open == number:
        return _("và {number} hạn chế nữa chưa khắc phục xong", number=telling.number(number), count=number)
    return _("và {number} hạn chế nữa, trong đó {still} chưa khắc phục xong", number=telling.number(number), still=telling.number(is_open), count=number)


def counted(world: World, findings: Sequence[FindingFacts]) -> InShort:
    """Say how many findings are mended and who confirmed these; where nobody confirmed anything, that comes first."""
    mended = [each for each in findings if each.state is FindingState.RESOLVED]
    claimed = sum(each.state is FindingState.CLAIMED for each in findings)
    words: dict[str, Any] = {"done": telling.number(len(mended)), "total": telling.number(len(findings)), "count": len(findings)}
    sentence = _("{done} trong {total} hạn chế đã khắc phục, đã được xác nhận.", **words)
    waiting = _("{number} hạn chế đơn vị báo đã khắc phục, chưa rõ ai xác nhận.", number=telling.number(claimed), count=claimed) if claimed else ""
    if mended:
        label = labels.FINDING[FindingState.RESOLVED if len(mended) == len(findings) else FindingState.IN_PROGRESS]
        return in_short(label, (sentence, _confirmed(world, mended), waiting))
    last = latest(check for each in findings for check in checks_of(each) if check.result == "confirmed")
    label = labels.FINDING[FindingState.CLAIMED if claimed else FindingState.IN_PROGRESS if last else FindingState.NOT_KNOWN]
    if last is None:
        return in_short(label, (nobody(told=False), sentence, waiting))
    return in_short(label, (sentence, who_checked(world, last), _("Điều được xác nhận là từng việc, chưa phải cả hạn chế."), waiting))


def _confirmed(world: World, mended: Sequence[FindingFacts]) -> str:
    """Name who confirmed what is mended, and when that was last; and whether all of them are independent of who did the work."""
    checks = [each.confirmed for each in mended if each.confirmed]
    last = latest(checks)
    bodies = sorted({name for each in checks if (name := body(world, each.record))}, key=sort_key)
    if last is None or not bodies:
        return f"{nobody(told=False)}."
    if len(bodies) == 1:
        return who_checked(world, last)
    return _("Nơi xác nhận: {bodies}; lần gần nhất {when}.", bodies=", ".join(bodies), when=telling.on(last.when))


def _silence(world: World, organisation: Record, facts: OrganisationFacts | None) -> Iterator[str]:
    """Say that nothing was found, and whose silence that is."""
    stories = [each for each, link in world.register.sources_of(organisation.id, "suggestion") if link.path[0] == "to" and each.told]
    if organisation.told and stories:
        yield _("Nguồn kể cấp trên đã gợi ý, không nêu hạn chế nào được kết luận.")
    elif organisation.told:
        yield _("Nguồn không nêu hạn chế nào của riêng đơn vị này.")
    else:
        yield _("Hồ sơ ở đây chưa có hạn chế nào được kết luận của riêng đơn vị này.")
    if follows := plans_followed_by(world, organisation.id):
        number = telling.number(len(follows))
        yield _("Đơn vị này theo dõi {number} kế hoạch khắc phục của nơi khác.", number=number, count=len(follows))
    if facts and facts.children and facts.whole.finding_total:
        yield _("Con số của các đơn vị trực thuộc ở ngay dưới đây.")


def _ended(organisation: Record) -> str:
    when = telling.on(organisation.get("to"))
    return _("Đã kết thúc hoạt động {when}.", when=when) if when else _("Đã kết thúc hoạt động.")


def _inherited(world: World, organisation: Record, facts: OrganisationFacts, every: Sequence[FindingFacts]) -> Iterator[str]:
    """Say who answers now for what was found of an organisation that is no more, and how far that is."""
    taken = [each for each in every if each.counts and each.about == organisation.id]
    heirs = sorted({each.organisation for each in taken} - {organisation.id} or set(facts.successors), key=lambda ref: sort_key(world.titles.full(ref)))
    if heirs:
        yield _("Hạn chế và lời hứa còn lại nay do {heirs} trả lời.", heirs=", ".join(world.titles.full(each) for each in heirs))
    if taken:
        so_far = counted(world, taken)
        yield f"{so_far.first}."
        yield so_far.rest


def _found(own: Sequence[FindingFacts]) -> Iterator[str]:
    total, themselves = len(own), sum(bool(each.part.data.get("self_identified")) for each in own)
    taken = sum(each.about != each.organisation for each in own)
    if total:
        yield _("{total} hạn chế đã kết luận.", total=telling.number(total), count=total)
    if themselves:
        yield _("{number} hạn chế do đơn vị tự nhận ra, điều đáng ghi nhận.", number=telling.number(themselves), count=themselves)
    if taken:
        yield _("{number} hạn chế nhận lại từ đơn vị cũ.", number=telling.number(taken), count=taken)


def _done(tally: Tally) -> Iterator[str]:
    """Count what was promised: done and confirmed, said to be done, and late."""
    if not tally.action_total:
        return
    done = sum(tally.actions.get(state, 0) for state in (ActionState.VERIFIED, ActionState.EFFECTIVE))
    values: dict[str, Any] = {"done": telling.number(done), "total": telling.number(tally.action_total), "count": tally.action_total}
    yield _("{done} trong {total} việc đã xong, đã được xác nhận.", **values)
    if tally.overdue:
        yield _("{number} việc quá hạn.", number=telling.number(tally.overdue), count=tally.overdue)
