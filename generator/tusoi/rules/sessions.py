"""Rules about the meetings of a review: in which order, how long, and who was there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tusoi.dates import Span, is_before, span
from tusoi.evidence import is_individual
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, in_cycle, suggestions_to

CODE = "R20"
ORDER = ("head", "deputy", "standing", "member", "staff")
"""Whose session comes first: the head's, then the deputies', then the others'."""
_FIRST = 2
"""How many ranks have a turn of their own: among the others no order is asked for."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """The session of one post."""

    session: Part
    when: Span | None
    place: int
    """When its turn is; as late as can be where the post is not known."""
    name: str


@rule(CODE, stage="concluded", kinds=("review",), source="S3-23 S3-24 S3-25 S3-30 S0-21", needs=("R08",))
def review_order(review: Record, world: World) -> Iterator[Problem]:
    """The collective is reviewed before any single post. It should take as long as the profile says, with the papers sent beforehand; the head's session should come first and the deputies' next; and where a superior has suggested something, its working group should be there.

    vi: Kiểm điểm tập thể xong mới đến từng cá nhân. Nên họp tập thể đủ số ngày theo bộ quy định, gửi tài liệu trước khi họp; người đứng đầu kiểm điểm trước, rồi đến cấp phó; nơi được gợi ý kiểm điểm thì tổ công tác của cấp trên nên dự.
    """  # noqa: E501 -- the docstring is published as it is
    if review.told:
        return
    together = _last_collective(review, world)
    for session in review.parts_of("session"):
        when = span(session.data.get("from"))
        if session.data.get("kind") == "individual" and when and together and is_before(when, Span(together.first, together.first)):
            yield wrong(CODE, session, "from", variant="order", stated=session.data["from"], collective=together.last.isoformat())
    yield from _turns(review, world)
    if not is_individual(review):
        yield from _collective(review, world)


def _last_collective(review: Record, world: World) -> Span | None:
    """Give the last day of the collective sessions: the review's own, or, for the review of one post, those of its organisation."""
    cycle = cycle_of(review, world.register)
    whole = [review]
    if is_individual(review) and cycle:
        whole = [each for each in in_cycle(cycle.id, world.register, "review") if each.organisation == review.organisation and not is_individual(each)]
    days = [span(part.data.get("to") or part.data.get("from")) for each in whole for part in each.parts_of("session") if part.data.get("kind") == "collective"]
    return max((each for each in days if each), key=lambda each: each.first, default=None)


def _turns(review: Record, world: World) -> Iterator[Problem]:
    """Find the sessions of the head and the deputies that came after one whose turn is later."""
    everybody = list(_of_posts(review, world))
    for mine in everybody:
        if mine.session.record is not review or mine.place >= _FIRST or mine.when is None:
            continue
        earlier = [each for each in everybody if each.place > mine.place and each.when and is_before(each.when, mine.when)]
        if earlier:
            first = earlier[0]
            variant = ORDER[mine.place]
            params = {"stated": mine.session.data["from"], "other": first.session.data["from"], "name": mine.name, "other_name": first.name}
            yield wrong(CODE, mine.session, "from", variant=variant, severity=Severity.WARNING, **params)


def _of_posts(review: Record, world: World) -> Iterator[_Turn]:
    """Give the sessions of single posts: of the organisation and the cycle, in whichever of its reviews they stand."""
    cycle = cycle_of(review, world.register)
    reviews = [each for each in in_cycle(cycle.id, world.register, "review") if each.organisation == review.organisation] if cycle else [review]
    for each in reviews:
        for session in each.parts_of("session"):
            if session.data.get("kind") != "individual":
                continue
            role = world.register.find(str(session.data.get("of") or each.get("of")))
            if isinstance(role, Record) and role.get("rank") in ORDER:
                yield _Turn(session, span(session.data.get("from")), ORDER.index(role.get("rank")), str(role.get("name")))


def _collective(review: Record, world: World) -> Iterator[Problem]:
    sessions = [each for each in review.parts_of("session") if each.data.get("kind") == "collective"]
    if not sessions:
        return
    days = [_days(each) for each in sessions]
    least = _least(review, world)
    if all(each is not None for each in days) and (taken := sum(each for each in days if each is not None)) < least:
        yield wrong(CODE, sessions[0], "days", variant="short", severity=Severity.WARNING, days=_number(taken), least=_number(least))
    yield from _papers(review, sessions)
    if any(_came_before(each, sessions) for each in suggestions_to(review.organisation, review, world)) and not any(
        each.data.get("observed_by") for each in sessions
    ):
        yield wrong(CODE, sessions[0], "observed_by", variant="observers", severity=Severity.WARNING, ref=_follower(review, world))


def _follower(review: Record, world: World) -> str:
    """Give the group that follows the organisation in the cycle, for an example; else how such an id looks."""
    groups = (each for each, link in world.register.sources_of(review.organisation, "group") if link.path[0] == "covers")
    return next((each.id for each in groups if each.get("cycle") == review.get("cycle")), "cap-tren/groups/2025-to-1")


def _came_before(suggestion: Record, sessions: list[Part]) -> bool:
    """Whether a suggestion may have been known when the collective met: at a meeting before it nobody could attend because of it."""
    issued, last = span(suggestion.get("issued", "date")), [span(each.data.get("to") or each.data.get("from")) for each in sessions]
    return issued is None or not last or any(each is None or is_before(each, issued) is not True for each in last)


def _least(review: Record, world: World) -> float:
    """Give how many days the collective should take. A cell reviews itself in one of its meetings."""
    own = world.register.find(review.organisation)
    is_cell = isinstance(own, Record) and own.get("type") == "party_cell"
    return 0 if is_cell else world.profile.number("session_days_min", span(review.get("concluded", "date")))


def _days(session: Part) -> float | None:
    """Give how many days a session took: as stated, or from its first day to its last; None where neither is known."""
    first, last = span(session.data.get("from")), span(session.data.get("to") or session.data.get("from"))
    if "days" in session.data:
        return float(session.data["days"])
    return float((last.last - first.first).days + 1) if first and last and first.exact and last.exact else None


def _papers(review: Record, sessions: list[Part]) -> Iterator[Problem]:
    starts = [each for each in (span(session.data.get("from")) for session in sessions) if each]
    sent = [(number, each) for number, each in enumerate(review.get("preparation") or ()) if each.get("step") == "papers_sent"]
    if not sent:
        yield wrong(CODE, review, "preparation", variant="papers", severity=Severity.WARNING)
        return
    first = min(starts, key=lambda each: each.first, default=None)
    number, step = min(sent, key=lambda each: str(each[1].get("date")))
    when = span(step.get("date"))
    if first and when and is_before(first, when):
        stated = {"stated": step.get("date"), "session": sessions[0].data.get("from")}
        yield wrong(CODE, review, "preparation", number, "date", variant="papers_late", severity=Severity.WARNING, **stated)


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)
