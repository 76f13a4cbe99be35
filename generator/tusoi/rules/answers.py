"""Rules about what is owed to those who ask: a plan after a conclusion, an answer to each suggestion, and a suggestion from who may make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from tusoi.dates import is_before, is_past, span
from tusoi.evidence import is_individual
from tusoi.plan_dues import is_acted_on, is_seen_to, plan_due
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.carrying import reviews_of, settled_home, speaks_last
from tusoi.rules.cycle_records import cycle_of, id_of, in_cycle, name_of

SUGGESTION: Final = "suggestion"
SECTOR_COMMENT: Final = "sector_comment"
_LONGEST: Final = 80


@rule("R03", stage="concluded", kinds=("review", "inspection"), source="S0-12 S1-32 S4-01 S1-12", needs=("R62",), looks_for=("plan",))
def plan_exists(base: Record, world: World) -> Iterator[Problem]:
    """What a review or an inspection has found, a plan answers, approved by the day on which it is due; a finding that is settled by then, or on which another plan acts, wants none. By then a suggested shortcoming that was only explained has an action too, or the reason why it needs none; and what was suggested for improvement is explained or acted on.

    vi: Kết luận kiểm điểm, kiểm tra có hạn chế thì phải có kế hoạch khắc phục được ban hành trước hạn; hạn chế khi ấy đã khắc phục xong, hoặc đã có việc trong kế hoạch khác, thì không cần kế hoạch nữa. Đến hạn ấy, hạn chế được gợi ý mà mới chỉ giải trình cũng phải có việc trong kế hoạch, hoặc lý do không cần việc riêng; việc được gợi ý để làm tốt hơn thì phải được giải trình, hoặc có việc trong kế hoạch.
    """  # noqa: E501 -- the docstring is published as it is
    due = plan_due(base, world.register, world.profile)
    if base.told or is_individual(base) or due is None or world.facts.day <= due.last:
        return
    plans = _plans(base, world)
    is_planned = any(map(_is_made, plans))
    if not is_planned and any(not is_seen_to(each, world.register, world.facts) for each in base.parts_of("finding")):
        path = ("concluded", "plan_due") if base.get("concluded", "plan_due") else ("concluded", "date")
        yield wrong("R03", base, *path, variant="draft" if plans else "none", due=due.last, ref=base.id)
    elif base.kind == "review" and not any("held_elsewhere" in each.data for each in plans):
        yield from _only_words(base, due.last, world)


def _plans(base: Record, world: World) -> list[Record]:
    """Give the plans that answer a conclusion or a suggestion."""
    return [plan for plan, link in world.register.sources_of(base.id, "plan") if link.path[0] == "of" and not plan.told]


def _is_made(plan: Record) -> bool:
    return "approved" in plan.data or "held_elsewhere" in plan.data


def _only_words(review: Record, due: date, world: World) -> Iterator[Problem]:
    """Say which suggested issues nobody acts on: a shortcoming that was explained and is no finding, and what could be better and was not even explained."""
    cycle = cycle_of(review, world.register)
    if cycle is None or not speaks_last(review, world):
        return
    said = _said(cycle, review, world)
    for suggestion in _suggested(cycle, review, world):
        is_planned = any(map(_is_made, _plans(suggestion, world)))  # what such a plan leaves out, R05 says
        for issue in suggestion.parts_of("issue"):
            if issue.ref in said.found or is_acted_on(issue.ref, world.register):
                continue
            entries = said.explained.get(issue.ref, ())
            params: dict[str, Any] = {"issue": _short(issue), "ref": issue.ref, "suggestion": suggestion.id}
            if issue.data.get("nature") == "improvement" and not entries:
                yield replace(wrong("R03", review, "explanations", variant="improvement", **params), also=issue.place)
            elif issue.data.get("nature") == "shortcoming" and entries and not is_planned:
                own = [number for where, number, _ in entries if where.id == review.id]
                yield replace(wrong("R03", review, "explanations", *own[-1:], variant="explained", due=due, **params), also=issue.place)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the reviews of an organisation in a cycle say of suggested issues, by the issue."""

    explained: dict[str, list[tuple[Record, int, Mapping[str, Any]]]] = field(default_factory=dict)
    found: dict[str, list[Part]] = field(default_factory=dict)
    """The findings that respond to it."""


@rule("R12", stage="concluded", kinds=("review",), source="S0-01 S0-12 S3-14 S3-20", needs=("R01",), looks_for=("review",))
def suggestion_answered(review: Record, world: World) -> Iterator[Problem]:
    """A concluded review explains each shortcoming that was suggested before, once, with its cause and who answers for it. A finding that responds to a suggestion should name a subjective cause.

    vi: Báo cáo kiểm điểm đã kết luận phải giải trình từng hạn chế được gợi ý trước đó, mỗi vấn đề một lần, nêu nguyên nhân và trách nhiệm. Hạn chế được gợi ý nên nêu nguyên nhân chủ quan.
    """  # noqa: E501 -- the docstring is published as it is
    if review.told:
        return
    yield from _twice(review, world)
    if is_individual(review):
        return
    yield from _subjective(review, world)
    cycle = cycle_of(review, world.register)
    if cycle is None or not speaks_last(review, world):
        return
    said = _said(cycle, review, world)
    for suggestion in _suggested(cycle, review, world):
        for issue in suggestion.parts_of("issue"):
            if issue.data.get("nature") != "improvement" and (found := _unexplained(issue, review, said)):
                yield replace(found, also=issue.place)


def _twice(review: Record, world: World) -> Iterator[Problem]:
    """Say where a review explains the same issue again: nobody could tell which of the two to believe."""
    explained: dict[str, int] = {}
    for number, entry in enumerate(review.get("explanations") or ()):
        ref = id_of(world.register, entry.get("of"))
        if ref in explained:
            first = explained[ref]
            found = wrong("R12", review, "explanations", number, "of", variant="twice", number=number + 1, first=first + 1)
            yield replace(found, also=review.place("explanations", first))
        explained.setdefault(ref, number)


def _subjective(review: Record, world: World) -> Iterator[Problem]:
    for number, finding in enumerate(review.parts_of("finding"), start=1):
        causes = finding.data.get("causes", ())
        issues = [world.register.find(each) for each in finding.data.get("answers", ())]
        is_suggested = any(isinstance(each, Part) and each.data.get("nature") == "shortcoming" for each in issues)
        if is_suggested and causes and not any(each.get("kind") == "subjective" for each in causes):
            yield wrong("R12", finding, "causes", variant="subjective", severity=Severity.WARNING, number=number)


def _suggested(cycle: Record, review: Record, world: World) -> list[Record]:
    """Give the suggestions of the cycle that the organisation, or one that it took over, surely had before it concluded."""
    concluded = span(review.get("concluded", "date"))
    found = []
    for each in suggestions_to(cycle, review, world):
        issued = span(each.get("issued", "date"))
        is_in_time = issued is not None and concluded is not None and is_before(issued, concluded) is True
        if each.get("purpose") in (None, SUGGESTION) and is_in_time and concluded and review.organisation in _addressed(each, concluded.first, world):
            found.append(each)
    return found


def suggestions_to(cycle: Record, review: Record, world: World) -> tuple[Record, ...]:
    """Give what was suggested, commented or criticised in a cycle to an organisation and to those with which it is one when the cycle ends."""
    return world.by_cycle.suggestions.get((cycle.id, settled_home(review.organisation, cycle, world)), ())


def _addressed(suggestion: Record, day: date, world: World) -> set[str]:
    """Give the organisations to which a suggestion is addressed as such, or those that had taken them over by the day."""
    targets = [world.register.find(str(each)) for each in suggestion.get("to") or ()]
    return {world.family.home(each.id, day) for each in targets if isinstance(each, Record) and each.kind == "organisation"}


def _said(cycle: Record, review: Record, world: World) -> _Said:
    """Gather what the reviews of the organisation, and of those that it took over, say in a cycle."""
    concluded = span(review.get("concluded", "date"))
    day = concluded.first if concluded else world.facts.day
    said = _Said()
    for each in reviews_of(cycle, review.organisation, world):
        if world.family.home(each.organisation, day) != review.organisation:
            continue
        for number, entry in enumerate(each.get("explanations") or ()):
            said.explained.setdefault(id_of(world.register, entry.get("of")), []).append((each, number, entry))
        for finding in each.parts_of("finding"):
            for issue in finding.data.get("answers", ()):
                said.found.setdefault(id_of(world.register, issue), []).append(finding)
    return said


def _unexplained(issue: Part, review: Record, said: _Said) -> Problem | None:
    """Say what a suggested shortcoming is still without; the first thing only."""
    entries = said.explained.get(issue.ref, ())
    short = _short(issue)
    if not entries:
        return wrong("R12", review, "explanations", variant="explanation", issue=short, ref=issue.ref)
    findings = said.found.get(issue.ref, ())
    where, number, _ = entries[-1]
    for key, of_finding in (("cause", "causes"), ("responsibility", "responsible")):
        is_said = any(key in entry for _, _, entry in entries) or any(of_finding in each.data for each in findings)
        if not is_said and where.id == review.id:
            return wrong("R12", review, "explanations", number, key, variant=key, number=number + 1, issue=short)
    return None


@rule("R33", stage="closed", kinds=("cycle",), source="S0-04", looks_for=("review",))
def individual_answers(cycle: Record, world: World) -> Iterator[Problem]:
    """When a cycle is closed, each post to which something was suggested has answered it in a review of its own, or in one that is held elsewhere.

    vi: Khi kết thúc kỳ, mỗi chức danh được gợi ý phải có bản kiểm điểm cá nhân trả lời gợi ý ấy; bản kiểm điểm có thể lưu ở nơi khác.
    """
    if cycle.told:
        return
    suggestions = [each for each in in_cycle(cycle.id, world.register, "suggestion") if each.get("purpose") in (None, SUGGESTION) and "issued" in each.data]
    reviews = [each for each in in_cycle(cycle.id, world.register, "review") if is_individual(each)]
    waiting: dict[str, dict[str, tuple[int, Record]]] = {}
    for suggestion in sorted(suggestions, key=lambda each: each.id):
        for target in (world.register.find(str(each)) for each in suggestion.get("to") or ()):
            if isinstance(target, Record) and target.kind == "role" and not any(_answers(each, target, suggestion, world) for each in reviews):
                waiting.setdefault(settled_home(target.organisation, cycle, world), {})[target.id] = (1, suggestion)
        if unnamed := _unnamed(suggestion, reviews, world):
            waiting.setdefault(settled_home(_body(suggestion, world), cycle, world), {})[suggestion.id] = (unnamed, suggestion)
    for organisation, posts in sorted(waiting.items()):
        held = sum(_held(each) for each in reviews if settled_home(each.organisation, cycle, world) == organisation)
        count = sum(number for number, _ in posts.values())
        if count > held:
            body = world.register.records.get(organisation)
            found = wrong("R33", cycle, "closed", "date", name=name_of(body) if body else organisation, count=count - held)
            yield replace(found, also=posts[min(posts)][1].place("to"))


def _answers(review: Record, role: Record, suggestion: Record, world: World) -> bool:
    """Whether a post's review, here or held elsewhere, answers what was suggested to it."""
    if id_of(world.register, review.get("of")) != role.id:
        return False
    return "held_elsewhere" in review.data or (_is_handed_in(review) and _speaks_of(review, suggestion, world))


def _is_handed_in(review: Record) -> bool:
    return "submitted" in review.data or "concluded" in review.data


def _speaks_of(review: Record, suggestion: Record, world: World) -> bool:
    """Whether a review explains an issue of a suggestion, has a finding that responds to one, or rests on it."""
    said = [each.get("of") for each in review.get("explanations") or ()]
    said += [issue for finding in review.parts_of("finding") for issue in finding.data.get("answers", ())]
    issues = {each.ref for each in suggestion.parts_of("issue")}
    rests_on = {id_of(world.register, each) for each in review.get("based_on") or ()}
    return suggestion.id in rests_on or any(id_of(world.register, each) in issues for each in said)


def _body(suggestion: Record, world: World) -> str:
    """Give the one organisation to which a suggestion is addressed as such; empty where there are none or several."""
    targets = [world.register.find(str(each)) for each in suggestion.get("to") or ()]
    bodies = [each.id for each in targets if isinstance(each, Record) and each.kind == "organisation"]
    return bodies[0] if len(bodies) == 1 else ""


def _unnamed(suggestion: Record, reviews: list[Record], world: World) -> int:
    """Count the posts that a suggestion only counts and that have not answered."""
    body, count = _body(suggestion, world), suggestion.get("posts", "value")
    if not body or count is None:
        return 0
    named = {id_of(world.register, each) for each in suggestion.get("to") or ()}
    theirs = [each for each in reviews if each.organisation == body and each.get("of") and id_of(world.register, each.get("of")) not in named]
    answered = sum(_is_handed_in(each) and _speaks_of(each, suggestion, world) for each in theirs)
    return max(0, int(count) - answered)


def _held(review: Record) -> int:
    """Give how many posts a record stands for whose reviews are held elsewhere, where it does not say which."""
    return int(review.get("held_elsewhere", "posts") or 0) if review.get("of") is None else 0


@rule("R34", stage="issued", kinds=("suggestion",), source="S0-18")
def authority(suggestion: Record, world: World) -> Iterator[Problem]:
    """A suggestion comes from above: from a body that stood above the addressee on the day, or that manages it.

    vi: Gợi ý kiểm điểm phải do cấp trên của nơi nhận vào ngày ấy, hoặc cơ quan quản lý nơi nhận, ban hành.
    """
    issued = span(suggestion.get("issued", "date"))
    if suggestion.told or suggestion.get("purpose") not in (None, SUGGESTION) or issued is None:
        return
    for number, ref in enumerate(suggestion.get("to") or ()):
        target = world.register.find(str(ref))
        if isinstance(target, Record) and not any(_may_suggest(suggestion.organisation, target, day, world) for day in (issued.first, issued.last)):
            who = name_of(world.register.records.get(suggestion.organisation, suggestion))
            yield wrong("R34", suggestion, "to", number, target=name_of(target), who=who)


def _may_suggest(who: str, target: Record, day: date, world: World) -> bool:
    """Whether a body stood above an organisation or a post on a day, or manages it; a post stands below its own organisation, and below who manages that."""
    body = world.family.records.get(target.organisation)
    stated = [each.get("managed_by") or () for each in (target, *((body,) if body else ()))]
    managers = {world.family.home(id_of(world.register, one), day) for each in stated for one in ((each,) if isinstance(each, str) else each)}
    own = {target.organisation} if target.kind == "role" else set()
    return who in own | managers | world.family.ancestors(target.organisation, day)


@rule("R36", stage="concluded", kinds=("review",), source="S1-27 S1-26", looks_for=("review",))
def dispatched(review: Record, world: World) -> Iterator[Problem]:
    """No sector comment is lost: each that was made on the organisation in the cycle was sent on by the day on which the review was concluded.

    vi: Không để rơi ý kiến nào: mỗi bản nhận xét của cơ quan, ngành về đơn vị trong kỳ phải được chuyển đi trước khi kết luận kiểm điểm, chậm nhất là ngày kết luận.
    """  # noqa: E501 -- the docstring is published as it is
    cycle = cycle_of(review, world.register)
    concluded = span(review.get("concluded", "date"))
    if review.told or is_individual(review) or cycle is None or concluded is None or not speaks_last(review, world):
        return
    for each in suggestions_to(cycle, review, world):
        is_made = each.get("purpose") == SECTOR_COMMENT and is_past(each.get("issued", "date"), concluded.first) and "held_elsewhere" not in each.data
        if not is_made or review.organisation not in _addressed(each, concluded.first, world):
            continue
        sender = name_of(world.register.records.get(each.organisation, each))
        sent = span(each.get("sent", "date"))
        if "sent" not in each.data:
            yield replace(wrong("R36", review, "concluded", "date", variant="unsent", who=sender, ref=each.id), also=each.place())
        elif sent and is_before(concluded, sent):
            late = wrong("R36", review, "concluded", "date", variant="late", who=sender, sent=each.get("sent", "date"), ref=each.id)
            yield replace(late, also=each.place("sent", "date"))


def _short(part: Part) -> str:
    """Give the beginning of what an issue says."""
    statement = str(part.data.get("statement", ""))
    return statement if len(statement) <= _LONGEST else f"{statement[: _LONGEST - 3].rstrip()}…"
