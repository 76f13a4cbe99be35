"""Rules about cycles: what was announced is done, and somebody is there for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tusoi.dates import is_past
from tusoi.problem import Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import id_of, in_cycle, name_of, opened_on, scope

BRIEFINGS = ("briefing", "training", "conference")
HELPERS = ("support", "steering")


@rule("R41", stage="opened", kinds=("cycle",), source="S0-11", severity=Severity.WARNING)
def assessor(cycle: Record, world: World) -> Iterator[Problem]:
    """Where a cycle says who assesses whom, each cell in its scope, or below it, has an assessor.

    vi: Kỳ kiểm điểm đã phân công người đánh giá thì chi bộ nào trong kỳ cũng phải có người đánh giá.
    """
    opened = opened_on(cycle)
    if cycle.told or not cycle.get("assignments") or opened is None:
        return
    assigned = {id_of(world.register, ref) for each in cycle.get("assignments") for ref in each.get("covers") or ()}
    exempt = {id_of(world.register, each.get("of")) for each in cycle.get("exemptions") or ()}
    left = [each for each in _cells(cycle, world, opened) if each.id not in assigned | exempt]
    if left:
        yield wrong("R41", cycle, "assignments", severity=Severity.WARNING, names="; ".join(name_of(each) for each in left), ref=left[0].id)


def _cells(cycle: Record, world: World, day: date) -> list[Record]:
    """Give the cells of the cycle as they stood when it was opened, in the order of their ids."""
    reached = {each.id for _, each in scope(cycle, world)}
    above = {name: set(world.family.parents(name, day)) for name in world.family.records}
    while added := {name for name, parents in above.items() if name not in reached and parents & reached}:
        reached |= added
    return [record for name, record in sorted(world.family.records.items()) if name in reached and record.get("type") == "party_cell" and not record.told]


@rule("R51", stage="opened", kinds=("cycle",), source="S0-02 S0-25 S1-24 S1-26 S3-05", severity=Severity.WARNING, looks_for=("role",))
def steps_done(cycle: Record, world: World) -> Iterator[Problem]:
    """What a cycle announces is done: a briefing and a round of comments by their days, the comment of each body that was asked for one, a support group for a thematic cycle. Somebody keeps its data, and a superior post is in charge of each of its organisations.

    vi: Việc đã định trong kỳ phải được làm: quán triệt, lấy ý kiến góp ý đúng hạn; cơ quan, đoàn thể được giao thì có nhận xét; đợt kiểm điểm chuyên đề thì có tổ giúp việc. Kỳ nào cũng có nơi giữ số liệu, đơn vị nào cũng có cán bộ cấp trên phụ trách.
    """  # noqa: E501 -- the docstring is published as it is
    if cycle.told:
        return
    yield from _steps(cycle, world)
    yield from _comments(cycle, world)
    groups = {each.get("nature") for each in in_cycle(cycle.id, world.register, "group")}
    if cycle.get("kind") == "thematic" and not groups & set(HELPERS):
        yield wrong("R51", cycle, "kind", variant="support", severity=Severity.WARNING)
    if "steward" not in cycle.data:
        yield wrong("R51", cycle, "steward", variant="steward", severity=Severity.WARNING)
    yield from _in_charge(cycle, world)


def _steps(cycle: Record, world: World) -> Iterator[Problem]:
    events = [each for each in in_cycle(cycle.id, world.register, "event") if each.get("nature") in BRIEFINGS]
    shown = {"briefing": bool(events), "feedback": any(in_cycle(cycle.id, world.register, "feedback"))}
    for number, each in enumerate(cycle.get("steps") or ()):
        if not shown.get(each.get("step"), True) and is_past(each.get("due"), world.facts.day):
            yield wrong("R51", cycle, "steps", number, variant=each["step"], severity=Severity.WARNING, due=each["due"])


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


def _in_charge(cycle: Record, world: World) -> Iterator[Problem]:
    for number, organisation in scope(cycle, world):
        posts = (role for role, link in world.register.sources_of(organisation.id, "role") if link.path[0] == "in_charge_of")
        if not organisation.get("overseen_by") and all(each.organisation == organisation.id for each in posts):
            yield wrong("R51", cycle, "scope", number, variant="in_charge", severity=Severity.WARNING, name=name_of(organisation), id=organisation.id)
