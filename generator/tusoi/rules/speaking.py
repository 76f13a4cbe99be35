"""The rule about who may say what of whom: a report, an answer or an agreement of somebody whom it does not concern moves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tusoi import concerned
from tusoi.evidence import inside, is_individual, said
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import name_of

CODE: Final = "R61"
_DECIDING: Final = ("agreed", "refused")


@rule(CODE, stage="always", kinds=("progress", "review", "answer", "verification"), source="S4-05 S4-03 S1-30")
def whom_it_concerns(record: Record, world: World) -> Iterator[Problem]:
    """An action is reported on by the organisation that promised it or whose post does it, an earlier finding answered by the one that it is about, and a later day agreed to by who approved or follows the plan, or a body above, never by the post that does the action, nor by the same person in another post; after a merger by the successor. Only answers that were given are checked, and they are about findings, not actions. What anybody else says counts nowhere.

    vi: Việc nào thì đơn vị ban hành kế hoạch, hoặc đơn vị có người làm việc ấy, báo cáo; hạn chế kỳ trước thì chính đơn vị có hạn chế trả lời; lùi hạn thì nơi duyệt hoặc nơi theo dõi kế hoạch, hoặc cấp trên, đồng ý, không phải người làm việc ấy, dù ở chức danh khác; sau sáp nhập là đơn vị mới. Câu trả lời kỳ trước có rồi mới kiểm tra, và là về hạn chế, không phải về việc. Nơi không liên quan ghi thì không tính.
    """  # noqa: E501 -- the docstring is published as it is
    if not record.told:
        yield from _SPEAKING[record.kind](record, world)


def _reports(progress: Record, world: World) -> Iterator[Problem]:
    """Say it once of a report: at the first action of which it may not speak."""
    for number, entry in enumerate(progress.get("entries") or ()):
        action = world.register.find(inside(progress, entry.get("action")))
        if isinstance(action, Part) and not action.told and not concerned.may_report(progress, action, world.register, world.family):
            yield wrong(CODE, progress, "entries", number, "action", variant="report", who=_name(progress, world), whose=_name(action.record, world))
            return


def _answers(review: Record, world: World) -> Iterator[Problem]:
    if is_individual(review) or not {"submitted", "concluded"} & review.data.keys():
        return
    for number, entry in enumerate(review.get("carry_over") or ()):
        finding = world.register.find(str(entry.get("finding")))
        if isinstance(finding, Part) and not finding.told and not concerned.may_answer(review, finding, said(review), world.family):
            whose = world.family.records.get(concerned.about(finding, world.family), finding.record)
            yield wrong(CODE, review, "carry_over", number, "finding", variant="carry_over", number=number + 1, whose=name_of(whose))


def _agrees(answer: Record, world: World) -> Iterator[Problem]:
    asked = world.register.find(str(answer.get("of")))
    is_decision = isinstance(asked, Record) and asked.kind == "postponement" and not asked.told and answer.get("result") in _DECIDING
    if is_decision and isinstance(asked, Record) and not concerned.may_agree(answer, asked, world.register, world.family):
        by = world.register.find(str(answer.get("by")))
        who = name_of(by) if isinstance(by, Record) else _name(answer, world)
        variant = "person" if concerned.is_one_person(answer, asked, world.register) else "postponement"
        yield wrong(CODE, answer, "by", variant=variant, who=who)


def _checks(verification: Record, world: World) -> Iterator[Problem]:
    for number, entry in enumerate(verification.get("entries") or ()):
        target = world.register.find(str(entry.get("of")))
        if entry.get("check") != "carry_over" or not isinstance(target, Part) or target.told:
            continue
        if target.kind != "finding":
            yield wrong(CODE, verification, "entries", number, "check", variant="check", number=number + 1)
        elif "answer" not in entry and not any(each.entry is entry for each in world.facts.findings[target.ref].checks):
            yield wrong(CODE, verification, "entries", number, "check", variant="unanswered", severity=Severity.WARNING, number=number + 1)


_SPEAKING: Final[Mapping[str, Callable[[Record, World], Iterator[Problem]]]] = {
    "progress": _reports,
    "review": _answers,
    "answer": _agrees,
    "verification": _checks,
}


def _name(record: Record, world: World) -> str:
    """Give the name of the organisation in whose folder a record is."""
    own = world.family.records.get(record.organisation)
    return name_of(own) if own else record.organisation
