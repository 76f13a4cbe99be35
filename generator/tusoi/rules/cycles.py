"""Rules about cycles: what was announced is done, and somebody is there for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from tusoi.dates import Span, is_past, span
from tusoi.posts import organisation_of, post
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import id_of, in_cycle, name_of, opened_on, scope

BRIEFINGS: Final = ("briefing", "training", "conference")
HELPERS: Final = ("support", "steering")
BY_EACH: Final = ("feedback", "carry_over", "review", "plan", "progress")
"""The steps that every organisation of a cycle does itself: nobody is assigned to them."""
ROUTINE: Final = ("quarterly", "ad_hoc")
"""The cycles that come too often, or too suddenly, for a briefing of their own."""
ADVISERS: Final = ("advisory_body", "inspection_body")
CELL: Final = "party_cell"


@rule("R41", stage="opened", kinds=("cycle",), source="S0-11 S3-06", severity=Severity.WARNING)
def assessor(cycle: Record, world: World) -> Iterator[Problem]:
    """Each cell that a cycle is for has somebody who assesses it, and where a cycle says who assesses whom, so have the cells below its organisations. Each step that the organiser does says who does it.

    vi: Chi bộ nào trong kỳ kiểm điểm cũng phải có người được phân công đánh giá; kỳ đã phân công thì chi bộ dưới các đơn vị trong kỳ cũng vậy. Bước nào do nơi tổ chức làm thì ghi ai làm.
    """  # noqa: E501 -- the docstring is published as it is
    opened = opened_on(cycle)
    if cycle.told or opened is None:
        return
    yield from _unassigned_steps(cycle)
    assigned = {id_of(world.register, ref) for each in cycle.get("assignments") or () for ref in each.get("covers") or ()}
    exempt = {id_of(world.register, each.get("of")) for each in cycle.get("exemptions") or ()}
    cells = _cells(cycle, world, opened) if assigned else [each for _, each in scope(cycle, world) if each.get("type") == CELL and not each.told]
    if left := [each for each in cells if each.id not in assigned | exempt]:
        variant = "" if assigned else "none"
        names = "; ".join(name_of(each) for each in left)
        yield wrong("R41", cycle, "assignments", variant=variant, severity=Severity.WARNING, names=names, ref=left[0].id)


def _unassigned_steps(cycle: Record) -> Iterator[Problem]:
    """Say once which of the organiser's steps nobody was given, at the first of them."""
    left = [number for number, each in enumerate(cycle.get("steps") or ()) if each.get("step") not in BY_EACH and "by" not in each]
    if left:
        places = ", ".join(str(number + 1) for number in left)
        yield wrong("R41", cycle, "steps", left[0], "by", variant="steps", severity=Severity.WARNING, count=len(left), numbers=places)


def _cells(cycle: Record, world: World, day: date) -> list[Record]:
    """Give the cells of the cycle as they stood when it was opened, in the order of their ids."""
    reached = {each.id for _, each in scope(cycle, world)}
    above = {name: set(world.family.parents(name, day)) for name in world.family.records}
    while added := {name for name, parents in above.items() if name not in reached and parents & reached}:
        reached |= added
    return [record for name, record in sorted(world.family.records.items()) if name in reached and record.get("type") == CELL and not record.told]


@rule("R51", stage="opened", kinds=("cycle",), source="S0-02 S0-25 S1-22 S1-24 S1-26 S3-05", severity=Severity.WARNING, looks_for=("role", "event"))
def steps_done(cycle: Record, world: World) -> Iterator[Problem]:
    """What a cycle announces is done: a briefing and a round of comments by their days, the comment of each body that was asked for one, a steering or support group for a thematic cycle. No cycle ends without a briefing, except those of a quarter and those that came unannounced. Somebody keeps its data, its organisations say with which others they may be compared, and during it a post of somebody above is in charge of each.

    vi: Việc đã định trong kỳ phải được làm: quán triệt, lấy ý kiến góp ý đúng hạn; cơ quan, đoàn thể được giao thì có nhận xét; đợt kiểm điểm chuyên đề thì có tổ chỉ đạo hoặc tổ giúp việc. Kỳ nào cũng có hội nghị quán triệt, tập huấn (trừ kỳ quý và kỳ đột xuất) và có nơi giữ số liệu; đơn vị nào cũng ghi nhóm đơn vị tương đồng và có cán bộ cấp trên phụ trách trong thời gian của kỳ.
    """  # noqa: E501 -- the docstring is published as it is
    if cycle.told:
        return
    yield from _steps(cycle, world)
    yield from _comments(cycle, world)
    groups = {each.get("nature") for each in in_cycle(cycle.id, world.register, "group") if "established" in each.data}
    if cycle.get("kind") == "thematic" and not groups & set(HELPERS):
        yield wrong("R51", cycle, "kind", variant="support", severity=Severity.WARNING)
    if "steward" not in cycle.data:
        yield wrong("R51", cycle, "steward", variant="steward", severity=Severity.WARNING)
    yield from _peers(cycle, world)
    yield from _in_charge(cycle, world)


def _steps(cycle: Record, world: World) -> Iterator[Problem]:
    """A step without a day of its own is to be done by the end of the cycle."""
    events = [each for each in in_cycle(cycle.id, world.register, "event") if each.get("nature") in BRIEFINGS]
    shown = {"briefing": bool(events), "feedback": any(in_cycle(cycle.id, world.register, "feedback"))}
    planned = [each.get("step") for each in cycle.get("steps") or ()]
    for number, each in enumerate(cycle.get("steps") or ()):
        due = each.get("due") or cycle.get("to")
        if not shown.get(each.get("step"), True) and is_past(due, world.facts.day):
            yield wrong("R51", cycle, "steps", number, variant=each["step"], severity=Severity.WARNING, due=due)
    is_over = "closed" in cycle.data or is_past(cycle.get("to"), world.facts.day)
    if is_over and not events and "briefing" not in planned and cycle.get("kind") not in ROUTINE:
        yield wrong("R51", cycle, "steps", variant="unbriefed", severity=Severity.WARNING)


def _comments(cycle: Record, world: World) -> Iterator[Problem]:
    """The comments help to suggest: they are due when the suggestions are, else when the reviews are, else when the cycle ends."""
    due = {each.get("step"): each.get("due") for each in reversed(cycle.get("steps") or ()) if "due" in each}
    wanted = due.get("suggestion") or due.get("review") or cycle.get("to")
    if not is_past(wanted, world.facts.day):
        return
    given = {each.organisation for each in in_cycle(cycle.id, world.register, "suggestion") if each.get("purpose") == "sector_comment"}
    for number, ref in enumerate(cycle.get("comments_from") or ()):
        organisation = world.register.find(ref)
        if isinstance(organisation, Record) and organisation.id not in given:
            params = {"name": name_of(organisation), "id": organisation.id, "due": wanted}
            yield wrong("R51", cycle, "comments_from", number, variant="comments", severity=Severity.WARNING, **params)


def _peers(cycle: Record, world: World) -> Iterator[Problem]:
    """Say once which organisations nobody can compare with those like them; an organisation that is alone in a cycle is compared with none there."""
    known = scope(cycle, world)
    left = [name_of(each) for _, each in known if "peer_group" not in each.data and not each.told]
    if left and len(known) > 1:
        yield wrong("R51", cycle, "scope", variant="peers", severity=Severity.WARNING, count=len(left), names="; ".join(left))


def _in_charge(cycle: Record, world: World) -> Iterator[Problem]:
    """Find the organisations of which nobody was in charge during the cycle; where somebody is named, say why that post does not count."""
    during = _between(cycle, Span(date.min, world.facts.day))
    for number, organisation in scope(cycle, world):
        named = list(_overseers(organisation, world))
        then = [(role, days) for role, when in named if (days := _common(when, _between(organisation, during)))]
        if any(_is_above(role, organisation, day, world) for role, days in then for day in (days.first, days.last)):
            continue
        variant = "not_above" if then else "not_then" if named else "in_charge"
        posts = "; ".join(dict.fromkeys(name_of(role) for role, _ in then or named))
        yield wrong("R51", cycle, "scope", number, variant=variant, severity=Severity.WARNING, name=name_of(organisation), id=organisation.id, posts=posts)


def _between(record: Record, widest: Span) -> Span:
    """Give the days from `from` to `to` of a record; an end that is left out is that of the widest span."""
    first, last = span(record.get("from")), span(record.get("to"))
    return Span(max(first.first, widest.first) if first else widest.first, min(last.last, widest.last) if last else widest.last)


def _common(one: Span, other: Span) -> Span | None:
    """Give the days that belong to both; None where none does."""
    found = Span(max(one.first, other.first), min(one.last, other.last))
    return found if found.first <= found.last else None


def _overseers(organisation: Record, world: World) -> Iterator[tuple[Record, Span]]:
    """Give the posts of others that are said to be in charge of an organisation, with the days; a post that says so itself names none."""
    for each in organisation.get("overseen_by") or ():
        role = post(world.register, each.get("role"))
        if role and role.organisation != organisation.id:
            first, last = span(each.get("from")), span(each.get("to"))
            yield role, Span(first.first if first else date.min, last.last if last else date.max)
    for role, link in world.register.sources_of(organisation.id, "role"):
        if link.path[0] == "in_charge_of" and role.organisation != organisation.id:
            yield role, Span(date.min, date.max)


def _is_above(role: Record, organisation: Record, day: date, world: World) -> bool:
    """Whether a post belongs to a body above an organisation on a day, to one that manages it, or to an adviser or the inspection body of such.

    Where nobody is known to be above it, nobody is said not to be.
    """
    family = world.family
    above = family.ancestors(organisation.id, day) | {family.id(each) for each in organisation.get("managed_by") or ()}
    own = family.records.get(role.organisation)
    is_adviser = own is not None and own.get("type") in ADVISERS and bool(family.ancestors(own.id, day) & above)
    return not above or role.organisation in above or is_adviser


@rule("R58", stage="issued", kinds=("suggestion",), source="S0-02", severity=Severity.WARNING, looks_for=("role",))
def drafted_by_who_knows(suggestion: Record, world: World) -> Iterator[Problem]:
    """Where a suggestion says who drafted it, that is a post in charge of every organisation to which it is addressed, on the day on which it was issued; and never one of the addressee's own.

    vi: Gợi ý kiểm điểm có ghi người tham mưu thì đó là chức danh đang phụ trách mọi đơn vị được gợi ý vào ngày ban hành, không phải người của chính đơn vị được gợi ý.
    """  # noqa: E501 -- the docstring is published as it is
    drafter, issued = post(world.register, suggestion.get("drafted_by")), span(suggestion.get("issued", "date"))
    if suggestion.told or drafter is None or issued is None or suggestion.get("purpose") not in (None, "suggestion"):
        return
    named = dict.fromkeys(organisation_of(world.register, each) for each in suggestion.get("to") or ())
    addressed = [world.family.records[each] for each in named if each in world.family.records]
    own = [each for each in addressed if each.id == drafter.organisation]
    others = [each for each in addressed if not any(role.id == drafter.id and _common(when, issued) for role, when in _overseers(each, world))]
    if own or others:
        variant, names = ("own", own) if own else ("in_charge", others)
        params = {"post": name_of(drafter), "names": "; ".join(name_of(each) for each in names), "id": names[0].id}
        yield wrong("R58", suggestion, "drafted_by", variant=variant, severity=Severity.WARNING, **params)
