"""Rules about what people say: rounds of comments, and petitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from tusoi.answered import PETITIONS, SETTLING, settling
from tusoi.dates import in_force, is_before, span
from tusoi.evidence import is_individual
from tusoi.problem import Place, Problem, Severity
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, id_of, in_cycle, name_of, record_of

BALANCE = ("accepted", "explained", "in_clarification", "out_of_scope")
"""Where every opinion ends, or waits."""
LEADERS = ("head", "deputy", "standing")
CELLS = ("workplace_cell", "residence_cell")


@rule("R19", stage="compiled concluded", kinds=("feedback", "review"), source="S3-09 S3-10 S3-11 S3-12 S3-14", needs=("R38",), looks_for=("feedback", "answer"))
def feedback_balance(record: Record, world: World) -> Iterator[Problem]:
    """No opinion is dropped: of all that were received each is accepted, explained, being clarified or outside the scope, and what was being clarified has its answer before the review is concluded. A review should have had a round of comments, a leader's one at both cells, and what was accepted should be seen in a finding.

    vi: Không bỏ sót ý kiến nào: số nhận được bằng số tiếp thu, giải trình, đang làm rõ và ngoài phạm vi cộng lại; ý kiến đang làm rõ phải có trả lời trước khi kết luận kiểm điểm. Mỗi kỳ kiểm điểm nên có một đợt góp ý, với cán bộ lãnh đạo thì ở cả chi bộ nơi làm việc và nơi cư trú; ý kiến đã tiếp thu nên thấy được ở một hạn chế.
    """  # noqa: E501 -- the docstring is published as it is
    if record.kind == "feedback":
        yield from _compiled(record)
    elif not record.told:
        yield from _reviewed(record, world)


def _compiled(feedback: Record) -> Iterator[Problem]:
    opens, closes = span(feedback.get("opens")), span(feedback.get("closes"))
    if opens and closes and is_before(closes, opens):
        yield wrong("R19", feedback, "closes", variant="closes", opens=feedback.get("opens"), closes=feedback.get("closes"))
    balance = feedback.get("balance") or {}
    if any(key not in balance for key in ("received", *BALANCE)):
        return
    added = sum(balance[key] for key in BALANCE)
    items = feedback.parts_of("opinion")
    if added != balance["received"]:
        yield wrong("R19", feedback, "balance", "received", variant="balance", received=balance["received"], added=added)
    elif items and all("disposition" in each.data for each in items):
        counted: Counter[str] = Counter()
        for each in items:
            counted[each.data["disposition"]] += each.data.get("opinions", 0)
        if any(counted[key] != balance[key] for key in BALANCE):
            yield wrong("R19", feedback, "items", variant="items", items=_listed(counted), balance=_listed(balance))


def _listed(numbers: dict[str, int] | Counter[str]) -> str:
    return ", ".join(f"{key} {numbers[key]}" for key in BALANCE)


def _reviewed(review: Record, world: World) -> Iterator[Problem]:
    rounds = list(_rounds(review, world))
    if cycle_of(review, world.register) is None:
        return  # nobody knows which round belongs to it
    if not rounds:
        yield wrong("R19", review, variant="none", severity=Severity.WARNING)
        return
    here = [each for each in rounds if "held_elsewhere" not in each.data]
    if is_individual(review):
        yield from _channels(review, rounds, world)
    # What was said of the whole body is settled by the body's own review.
    subject = id_of(world.register, review.get("of")) if is_individual(review) else review.organisation
    own = [each for each in here if subject in {id_of(world.register, ref) for ref in each.get("about") or ()}]
    for each in own:
        if not _is_in_time(each.get("compiled", "date"), review):
            yield _also(wrong("R19", review, "concluded", variant="open", round=name_of(each)), each.place())
        elif (waiting := (each.get("balance", "in_clarification") or 0) - _settled(each, review, world)) > 0:
            unsettled = wrong("R19", review, "concluded", variant="unsettled", round=name_of(each), ref=each.id, waiting=waiting)
            yield _also(unsettled, each.place("balance", "in_clarification"))
    accepted = sum(each.get("balance", "accepted") or 0 for each in own)
    if accepted and not any(_is_seen(each, review, world) for each in own):
        ref = next(each.id for each in own if each.get("balance", "accepted"))
        yield wrong("R19", review, "findings", variant="unused", severity=Severity.WARNING, accepted=accepted, ref=ref)


def _rounds(review: Record, world: World) -> list[Record]:
    """Give the rounds of the review's cycle about its organisation, or about the post that it is of."""
    cycle = cycle_of(review, world.register)
    subjects = [review.organisation, *([id_of(world.register, review.get("of"))] if is_individual(review) else ())]
    if cycle is None:
        return []
    about = {each.id: each for ref in subjects for each, link in world.register.sources_of(ref, "feedback") if link.path[0] == "about"}
    unsaid = {each.id: each for each in in_cycle(cycle.id, world.register, "feedback") if "about" not in each.data and each.organisation == review.organisation}
    return [each for _, each in sorted((about | unsaid).items()) if not each.told and id_of(world.register, each.get("cycle")) == cycle.id]


def _is_in_time(stated: object, review: Record) -> bool:
    """Whether something was done before the review was concluded, as far as the dates tell."""
    when, concluded = span(stated), span(review.get("concluded", "date"))
    return when is not None and not (concluded and is_before(concluded, when))


def _settled(feedback: Record, review: Record, world: World) -> int:
    """Count the opinions in clarification that were answered by the time the review was concluded."""
    wanted = {feedback.id: 1} | {each.ref: each.data.get("opinions", 1) for each in feedback.parts_of("opinion")}
    return sum(_answered(ref, opinions, review, world) for ref, opinions in wanted.items())


def _answered(ref: str, opinions: int, review: Record, world: World) -> int:
    """Count the opinions that the answers to one line settle. The same answer filed twice settles nothing more; nor do several more than there were."""
    found = {
        (str(answer.get("by")), str(answer.get("text"))): int(answer.get("opinions") or opinions)
        for answer, link in world.register.sources_of(ref, "answer")
        if link.path == ("of",) and answer.get("result") in SETTLING and _is_in_time(answer.get("date"), review)
    }
    return sum(found.values()) if "#" not in ref else min(opinions, sum(found.values()))


def _channels(review: Record, rounds: list[Record], world: World) -> Iterator[Problem]:
    """Look for both cells in the rounds about the post; where it has none of its own, in those about its organisation. One held elsewhere may have both."""
    role = world.register.find(str(review.get("of")))
    own = [each for each in rounds if role and role.ref in {id_of(world.register, ref) for ref in each.get("about") or ()}]
    rounds = own or rounds
    if any("held_elsewhere" in each.data for each in rounds):
        return
    asked = {each.get("channel") for feedback in rounds for each in feedback.get("audiences") or ()}
    if isinstance(role, Record) and role.get("rank") in LEADERS and not asked.issuperset(CELLS):
        yield _also(wrong("R19", review, "of", variant="channels", severity=Severity.WARNING, round=name_of(rounds[0])), rounds[0].place("audiences"))


def _is_seen(feedback: Record, review: Record, world: World) -> bool:
    """Whether a finding of the review says that it comes from the round, or an item of the round that it is found in the review."""
    for finding in review.parts_of("finding"):
        if any(record_of(world.register.find(ref)) is feedback for ref in finding.data.get("from_feedback", ())):
            return True
    found = (world.register.find(ref) for each in feedback.parts_of("opinion") for ref in each.data.get("found_in", ()))
    return any(record_of(each) is review for each in found)


@rule("R38", stage="always", kinds=("feedback", "review", "inspection"), source="S2-16")
def triaged(record: Record, world: World) -> Iterator[Problem]:
    """Nothing is published of an opinion that nobody has sifted yet: items are there only in a compiled round, each with what became of it, and no finding cites a round that is not compiled.

    vi: Không công bố gì từ ý kiến chưa được gạn lọc: từng ý kiến chỉ được ghi khi đợt góp ý đã tổng hợp, mỗi ý kiến nói rõ đã xử lý thế nào; không hạn chế nào dẫn một đợt góp ý chưa tổng hợp.
    """  # noqa: E501 -- the docstring is published as it is
    if record.kind == "feedback":
        yield from _sifted(record, world)
        return
    for number, finding in enumerate(record.parts_of("finding"), start=1):
        for place, ref in enumerate(finding.data.get("from_feedback", ())):
            cited = record_of(world.register.find(ref))
            if cited and "compiled" not in cited.data and "held_elsewhere" not in cited.data and not any(_sifted(cited, world)):
                yield wrong("R38", finding, "from_feedback", place, variant="finding", number=number, round=name_of(cited))


def _sifted(feedback: Record, world: World) -> Iterator[Problem]:
    """In a public tree no item may be at all (R26); where nobody has written who reads the site, nothing is published."""
    items = feedback.parts_of("opinion")
    if not items or world.register.project is None or world.register.project.get("audience") != "members":
        return
    if "compiled" not in feedback.data:
        yield wrong("R38", feedback, "items", variant="compiled")
        return
    for number, each in enumerate(items, start=1):
        if "disposition" not in each.data:
            yield wrong("R38", each, "disposition", variant="disposition", number=number)


@rule("R53", stage="always", kinds=("inspection",), source="S1-17", severity=Severity.WARNING, looks_for=("answer",))
def petition_answered(inspection: Record, world: World) -> Iterator[Problem]:
    """Who petitions or complains gets an answer: once the matter is concluded, and in any case within the days that the profile gives. To pass it on is no answer yet.

    vi: Người kiến nghị, khiếu nại phải được trả lời: khi vụ việc đã kết luận, và dù sao cũng trong số ngày mà bộ quy định cho. Chuyển nơi khác thì chưa phải là đã trả lời.
    """  # noqa: E501 -- the docstring is published as it is
    if inspection.told or inspection.get("channel") not in PETITIONS or settling(world.register, inspection, world.family):
        return
    received = span(inspection.get("received"))
    days = (world.facts.day - received.last).days if received else 0
    if "concluded" in inspection.data:
        yield wrong("R53", inspection, variant="concluded", severity=Severity.WARNING)
    elif days > world.profile.days("answer_days", received):
        yield wrong("R53", inspection, "received", variant="waiting", severity=Severity.WARNING, days=days)


@rule("R64", stage="always", kinds=("project",), source="S2-15", severity=Severity.INFO, looks_for=("feedback",))
def channel_stated(project: Record, world: World) -> Iterator[Problem]:
    """A site that everybody reads says where comments go, unless a round of comments is open.

    vi: Trang mọi người đọc nên ghi góp ý gửi về đâu, trừ khi đang có đợt lấy ý kiến.
    """
    if project.get("audience") == "public" and "comments_to" not in project.data and not any(_is_open(each, world) for each in _all_rounds(world)):
        yield wrong("R64", project, "comments_to", severity=Severity.INFO)


def _all_rounds(world: World) -> Iterator[Record]:
    return (each for each in world.register.of_kind("feedback") if not each.told and "held_elsewhere" not in each.data)


def _is_open(feedback: Record, world: World) -> bool:
    return "opened" in feedback.data and in_force(feedback.get("opens"), feedback.get("closes"), world.facts.day)


def _also(found: Problem, place: Place) -> Problem:
    """Name the other end of what is wrong."""
    return replace(found, also=place)
