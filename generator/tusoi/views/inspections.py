"""An inspection: how far it has come, what was looked at and by whom, what was found, who has to act and until when, what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import inspected, labels, telling
from tusoi.dates import span
from tusoi.facts import FindingState
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Record
from tusoi.speech import N_, _
from tusoi.views.followed import answer_event, answers_to, reminders
from tusoi.views.in_short import InShort, in_short, of_findings
from tusoi.views.owed import Owed, of_conclusion
from tusoi.views.owned import since_ended
from tusoi.views.pieces import Event, FindingLine, Signature, enum_word, finding_line, in_time, signatures
from tusoi.views.world import World, view

_PASSED: Final = Label("Đã qua", Shape.FULL, Tone.GOOD)
_HERE: Final = Label("Đang ở bước này", Shape.HALF, Tone.MOVING)
_PARTLY: Final = Label("Chưa đủ", Shape.HALF, Tone.WAITING)
_SKIPPED: Final = Label("Không qua bước này", Shape.DASH)
_AHEAD: Final = Label("Chưa tới", Shape.RING)
_OVER: Final = Label("Kết thúc theo dõi", Shape.FULL, Tone.GOOD)
_SETTLED: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)
_LOOKING: Final[Mapping[str, tuple[str, str]]] = {
    "inspection": (N_("Đang kiểm tra"), N_("Đã kiểm tra")),
    "supervision": (N_("Đang giám sát"), N_("Đã giám sát")),
    "inspectorate": (N_("Đang thanh tra"), N_("Đã thanh tra")),
    "audit": (N_("Đang kiểm toán"), N_("Đã kiểm toán")),
    "complaint": (N_("Đang giải quyết"), N_("Đã giải quyết")),
    "petition": (N_("Đang giải quyết"), N_("Đã giải quyết")),
}
"""What is done before there is a conclusion, by channel, and what it is called once it lies behind."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A step, and whether the facts of the day show it."""

    name: str
    words: str
    reached: bool
    is_partial: bool = False
    """Some of those who have to take it have."""
    past: str = ""
    """Its name once it lies behind, where that is another."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step on the way from the programme to the end."""

    name: str
    label: Label
    words: str
    """What has been reached: a date, or how many of how many."""
    is_here: bool
    """The one at which it stands on the day."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """An organisation that has to act on the conclusion."""

    ref: str
    named: tuple[str, ...]
    """Whom the conclusion names, where another answers for it today."""
    plans: tuple[str, ...]
    """Its own, or those of others in which it has an action."""
    label: Label
    plan_due: str
    report_due: str


@dataclass(frozen=True, slots=True)
class InspectionView:
    """The page of an inspection."""

    title: str
    short: InShort | None
    """None where it is held elsewhere."""
    told: bool
    is_held: bool
    about: tuple[str, ...]
    channel: str
    areas: tuple[str, ...]
    period: str
    received: str
    led_by: str
    team: str
    topics: tuple[str, ...]
    focus: str
    stages: tuple[Stage, ...]
    """Empty where a source tells of it, and where it is held elsewhere."""
    seals: tuple[Signature, ...]
    addressees: tuple[str, ...]
    owing: tuple[Addressee, ...]
    """The same with what each has to hand in, where something was found."""
    followed_by: str
    follower_ended: str
    """That who follows it up is no more, and who took it over; empty where that one stands."""
    plan_due: str
    report_due: str
    findings: tuple[FindingLine, ...]
    figures: tuple[Mapping[str, Any], ...]
    plans: tuple[str, ...]
    answers: tuple[Event, ...]
    reminders: tuple[Event, ...]
    is_planned: bool
    """It is in the plan and has not been concluded: there is nothing yet that could have been found."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@view
def inspection(world: World, record: Record) -> InspectionView:
    """Tell everything about an inspection."""
    data = record.data
    concluded = data.get("concluded", {})
    facts = (world.facts.findings.get(part.ref) for part in record.parts_of("finding"))
    return InspectionView(
        title=world.titles.of_record(record),
        short=_short(world, record),
        told=record.told,
        is_held="held_elsewhere" in data,
        about=tuple(data.get("about", ())),
        channel=enum_word(world, record, "channel"),
        areas=tuple(world.profile.word("areas", str(each)) for each in data.get("areas", ())),
        period=telling.day(data.get("period")),
        received=telling.day(data.get("received")),
        led_by=str(data.get("led_by", "")),
        team=str(data.get("team", "")),
        topics=tuple(data.get("topics", ())),
        focus=str(data.get("focus", "")),
        stages=tuple(_stages(world, record)),
        seals=signatures(world, record),
        addressees=tuple(concluded.get("addressees", ())),
        owing=tuple(_addressee(each) for each in of_conclusion(world, record)),
        followed_by=str(concluded.get("followed_by", "")),
        follower_ended=since_ended(world, str(concluded.get("followed_by", ""))),
        plan_due=telling.day(concluded.get("plan_due")),
        report_due=telling.day(concluded.get("report_due")),
        findings=tuple(finding_line(world, each) for each in facts if each),
        figures=tuple(data.get("figures", ())),
        plans=tuple(dict.fromkeys(each.id for each, link in world.register.sources_of(record.id, "plan") if link.path[0] == "of")),
        answers=in_time(answer_event(world, each) for each in answers_to(world, record)),
        reminders=reminders(world, record.id),
        is_planned="concluded" not in data and not record.told,
    )


def _short(world: World, record: Record) -> InShort | None:
    """Say how many of its findings are mended and confirmed; of one that is not concluded, that there is nothing to be mended yet."""
    if "held_elsewhere" in record.data:
        return None
    findings = [found for part in record.parts_of("finding") if (found := world.facts.findings.get(part.ref))]
    if findings or record.told:
        return of_findings(world, findings, told=record.told)
    if "concluded" in record.data:
        return in_short(_OVER, (_("Đã kết luận."), _("Kết luận không nêu hạn chế nào.")))
    label = labels.stage(record, world.kind("inspection"), world.facts.day) or labels.STAGE["draft"]
    return in_short(label, (label.words, _("Chưa kết luận, nên chưa có hạn chế nào.")))


def _addressee(each: Owed) -> Addressee:
    plans = (*each.plans, *each.shared)
    if each.plans:
        label = Label("Đã có kế hoạch", Shape.FULL, Tone.GOOD)
    elif each.shared:
        label = Label("Có việc trong kế hoạch của đơn vị khác", Shape.FULL, Tone.GOOD)
    elif each.is_settled:
        label = Label("Không cần kế hoạch: đã khắc phục xong", Shape.STOP)
    else:
        label = Label(N_("Kế hoạch còn là dự thảo") if each.drafts else N_("Chưa có kế hoạch"), Shape.DASH, Tone.WAITING)
    shown = plans or each.drafts
    return Addressee(each.organisation, each.named, tuple(plan.id for plan in shown), label, telling.day(each.plan_due), telling.day(each.report_due))


def _stages(world: World, record: Record) -> Iterator[Stage]:
    """Say how far an inspection has come, from the facts of the day: announcing the conclusion is not the end."""
    if record.told or "held_elsewhere" in record.data:
        return
    steps = tuple(_steps(world, record))
    here = max((number for number, each in enumerate(steps) if each.reached), default=0)
    for number, each in enumerate(steps):
        label = _label(each, number - here, is_end=number == len(steps) - 1)
        name = each.past if each.past and each.reached and number < here else each.name
        yield Stage(name, label, each.words, is_here=number == here)


def _label(step: _Step, ahead: int, *, is_end: bool) -> Label:
    """Say how a step stands to where the inspection is, `ahead` steps before it or, below zero, behind it."""
    if ahead == 0:
        return _OVER if is_end else _HERE
    if ahead > 0:
        return _AHEAD
    return _PARTLY if step.is_partial else _PASSED if step.reached else _SKIPPED


def _steps(world: World, record: Record) -> Iterator[_Step]:
    """Give each step, with what is known of it. Who goes unannounced was on no programme."""
    findings = [world.facts.findings[part.ref] for part in record.parts_of("finding")]
    concluded = "concluded" in record.data
    if "planned" in record.data:
        late = labels.LEFT_OVER.words if inspected.is_left_over(record, world.facts.day) else ""
        yield _Step(_("Đã lên kế hoạch"), ". ".join(each for each in (telling.day(record.get("planned", "date")), late) if each), reached=True)
    looking, looked = _LOOKING.get(str(record.get("channel")), _LOOKING["inspection"])
    yield _Step(_(looking), "", reached=concluded or "planned" not in record.data, past=_(looked))
    yield _Step(_("Đã kết luận"), telling.day(record.get("concluded", "date")), reached=concluded)
    if concluded and not findings:
        yield _Step(_("Không nêu hạn chế nào"), "", reached=True)
        return
    yield _plans_made(of_conclusion(world, record))
    moving = [each for each in findings if each.state not in (FindingState.NOT_KNOWN, FindingState.UNRESOLVED)]
    yield _Step(_("Đang khắc phục"), "", reached=concluded and bool(moving), past=_("Đã khắc phục"))
    done = [each for each in findings if each.state in _SETTLED]
    count, total = telling.number(len(done)), telling.number(len(findings))
    share = _("{done}/{total} hạn chế", done=count, total=total, count=len(findings)) if findings else ""
    yield _Step(_("Đã xác nhận, kết thúc theo dõi"), share, reached=concluded and len(done) == len(findings))


def _plans_made(owing: tuple[Owed, ...]) -> _Step:
    """Count who has a plan of those that have to act, and since when."""
    planned = [each for each in owing if each.plans or each.shared]
    days = [when.first for each in planned for plan in (*each.plans, *each.shared) if (when := span(plan.get("approved", "date")))]
    done, total = telling.number(len(planned)), telling.number(len(owing))
    share = _("{done}/{total} đơn vị", done=done, total=total, count=len(owing)) if owing else ""
    if owing and days:
        share = _("{done}/{total} đơn vị, từ {day}", done=done, total=total, day=telling.day(min(days)), count=len(owing))
    return _Step(_("Đã có kế hoạch"), share, reached=bool(planned), is_partial=0 < len(planned) < len(owing))
