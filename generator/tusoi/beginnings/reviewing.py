"""How an organisation looks at itself: its review, the round of comments before it, what it told its people, what it learnt."""

from __future__ import annotations

from collections.abc import Mapping

from tusoi.beginnings import Begun, Node, Note, begins, maybe, noted, quoted
from tusoi.beginnings.desk import Desk, last_piece
from tusoi.dates import is_before, span
from tusoi.facts import CarryColumn, FindingFacts
from tusoi.profile import Section, Template
from tusoi.record import Part, Record
from tusoi.rules import carrying, papers

STUBS = 3
"""How many findings a new review has room for: the first explained, the others short."""


@begins("review")
def review(desk: Desk) -> Begun:
    """Begin the review of a whole organisation, or of the one post that it is about."""
    cycle = desk.cycle
    post = desk.about.id if isinstance(desk.about, Record) and desk.is_about("role") else None
    form = _form(desk, cycle, whose="individual" if post else "collective")
    issues = [] if post else _suggested(desk, cycle)
    there = None if post else desk.review_in(cycle)
    data: dict[str, Node] = {
        "title": Note("of_cycle", {"cycle": cycle.get("name")}) if cycle and not post else None,
        "cycle": _asked_in(desk, cycle, "review") if post else _among_others(desk, cycle, _asked_in(desk, cycle, "review")),
        **({"of": post} if post else {"led_by": desk.head()}),
        **({"template": form.id} if form else {}),
        "based_on": tuple(each.id for each in papers.reviews_before(cycle, desk.organisation, desk.world)) if cycle and not post else (),
        "preparation": ({"step": "papers_sent", "date": None},),
        "strengths": (None,),
        "findings": tuple(finding(desk, number, issues) for number in range(1 if post else STUBS)),
        "sessions": (_session(desk, issues),),
        "explanations": tuple(_explanation(each) for each in issues),
        "carry_over": tuple(_carried(each, is_first=not number) for number, each in enumerate([] if post else _owed(desk, cycle))),
        "assessments": tuple(quoted({"criterion": each.ref, "text": None}, each.data.get("text")) for each in _criteria(desk, cycle)),
        "self_rating": None,
        "submitted": maybe(desk.seal(document=False)),
        "concluded": maybe(desk.seal()),
    }
    if form and (own := tuple(_own_section(each) for each in form.sections if not each.filled_by)):
        data["sections"] = own
    is_wanted = cycle is not None and not post and there is None
    name = last_piece(cycle.id) if cycle else str(desk.day.year)
    given = {key: each for key, each in data.items() if each != ()}
    return Begun(f"{name}-ca-nhan" if post else name, _by_section(given, form) if form else given, is_wanted, there.id if there else "")


def _asked_in(desk: Desk, cycle: Record | None, step: str) -> Node:
    """Give the cycle, with the day by which it wants a step; where the organisation is in the scope of none, that of those above, and whom to ask."""
    if cycle is None:
        return noted(desk.run.id, "not_in_scope") if desk.run and desk.run.organisation != desk.organisation else None
    due = desk.due(cycle, step)
    return noted(cycle.id, "cycle_due", due=due) if due else cycle.id


def _among_others(desk: Desk, cycle: Record | None, value: Node) -> Node:
    """Say that the cycle has a review already, or which other cycles still wait for one."""
    if (there := desk.review_in(cycle)) is not None:
        return noted(value, "reviewed", id=there.id)
    others = tuple(each.id for each in desk.open_cycles if cycle and each.id != cycle.id and desk.review_in(each) is None)
    return noted(value, "other_cycles", names=others) if others else value


def finding(desk: Desk, number: int, issues: list[Part] | None = None) -> Node:
    """Give room for one finding. In public the posts that answer for it are counted, not named."""
    posts: Node = {"posts": {"value": None, "unit": "chức danh"}, "share": "lead"} if desk.is_public else {"who": None, "share": "lead"}
    posts = posts if number else noted(posts, "posts_counted") if desk.is_public else desk.named_posts(posts)
    said: dict[str, Node] = {"statement": None, "area": None} | ({} if desk.is_about("role") else {"criterion": None})
    if issues and not number:
        said["answers"] = noted(maybe((issues[0].ref,)), "answers")
    said |= {
        "responsible": ({"who": desk.organisation or None, "share": "shared"}, posts),
        "causes": ({"kind": None, "text": None},),
        "remedy": None,
    }
    return noted(said, "another_finding") if number == 1 else said


def _form(desk: Desk, cycle: Record | None, whose: str) -> Template | None:
    """Give the form that the cycle names, else the newest in force."""
    named = desk.world.profile.template(str(cycle.get("template"))) if cycle else None
    if named and named.whose == whose:
        return named
    return next(iter(desk.world.profile.templates_in_force(desk.day, whose)), None)


def _by_section(data: Mapping[str, Node], form: Template) -> dict[str, Node]:
    """Say above each key which section of the form it is."""
    found: dict[str, Node] = dict(data)
    for section in reversed(form.sections):
        key = section.filled_by[0].split("/")[0] if section.filled_by else ""
        if key in found and section.filled_by[0] == key:
            found[key] = noted(found[key], "section", id=section.id, title=section.words)
    return found


def _own_section(section: Section) -> Node:
    return noted({"id": section.id.lower(), "text": None}, "section", id=section.id, title=section.words)


def _suggested(desk: Desk, cycle: Record | None) -> list[Part]:
    """Give the issues that superiors have raised in the cycle with the organisation as a whole."""
    if cycle is None:
        return []
    key = (cycle.id, carrying.settled_home(desk.organisation, cycle, desk.world))
    found = desk.world.by_cycle.suggestions.get(key, ())
    return [part for each in found if each.get("purpose") in (None, "suggestion") and "issued" in each.data for part in each.parts_of("issue")]


def _explanation(issue: Part) -> Node:
    """A shortcoming is explained with its cause and who answers for it; what could be better, in one sentence."""
    said: dict[str, Node] = {"of": issue.ref, "text": None}
    if issue.data.get("nature") != "improvement":
        said |= {"cause": None, "responsibility": None}
    return said


def _owed(desk: Desk, cycle: Record | None) -> list[FindingFacts]:
    """Give the earlier findings that the review has to answer: those that the cycle asks for, else all that were open before it."""
    if cycle is None:
        return desk.open_findings()
    row = carrying.tally_row(cycle, desk.organisation, desk.world)
    if row:
        return [each.finding for each in row.lines if each.column is CarryColumn.UNANSWERED]
    begin = span(cycle.get("from"))
    return [each for each in desk.open_findings() if each.concluded and begin and is_before(each.concluded, begin)]


def _carried(found: FindingFacts, *, is_first: bool) -> Node:
    return {"finding": found.part.ref, "answer": None, "obstacle": noted(None, "obstacle") if is_first else None}


def _criteria(desk: Desk, cycle: Record | None) -> tuple[Part, ...]:
    criteria = desk.register.find(str(cycle.get("criteria"))) if cycle else None
    return criteria.parts_of("criterion") if isinstance(criteria, Record) else ()


def _session(desk: Desk, issues: list[Part]) -> Node:
    said: dict[str, Node] = {"kind": "collective", "from": None, "to": None, "present": {"value": None, "of": None, "unit": "người"}}
    if issues:
        groups = [each.id for above in desk.above() for each in desk.world.held_by.get((above, "group"), ()) if desk.organisation in (each.get("covers") or ())]
        said["observed_by"] = maybe(tuple(groups[-1:]) or (None,))
    return said


@begins("feedback")
def feedback(desk: Desk) -> Begun:
    """Begin a round of comments: what it needs to be opened; what it needs to be compiled stands as a comment."""
    cycle, about = desk.cycle, desk.about if desk.is_about("role", "plan", "organisation") else None
    unit = "phiếu"
    data: dict[str, Node] = {
        "title": Note("feedback", {"cycle": cycle.get("name")}) if cycle else None,
        "cycle": _asked_in(desk, cycle, "feedback"),
        "about": (about.ref if about else desk.organisation or None,),
        "opens": desk.today,
        "closes": None,
        "method": None,
        "audiences": ({"who": None, "channel": None},),
        "forms": noted(maybe({"value": None, "of": None, "unit": unit}), "compiled"),
        "balance": noted(maybe(dict.fromkeys(("received", "accepted", "explained", "in_clarification", "out_of_scope"))), "balance"),
        "opened": maybe(desk.seal(document=False)),
        "compiled": maybe(desk.seal(document=False)),
    }
    rounds = [each for each in desk.own("feedback") if cycle and each.get("cycle") == cycle.id]
    is_over = cycle is not None and any(each.get("cycle") == cycle.id and "concluded" in each.data for each in desk.own("review"))
    return Begun(last_piece(cycle.id) if cycle else str(desk.day.year), data, is_wanted=cycle is not None and not rounds and not is_over)


@begins("event")
def event(desk: Desk) -> Begun:
    """Begin what is told of a meeting."""
    cycle = desk.cycle or desk.run
    data: dict[str, Node] = {
        "title": None,
        "nature": None,
        "date": desk.today,
        "cycle": cycle.id if cycle else None,
        "audiences": (None,),
        "attended": {"value": None, "of": None, "unit": "người"},
        "text": None,
    }
    return Begun(desk.stamp, data)


@begins("lesson")
def lesson(desk: Desk) -> Begun:
    """Begin what was learnt, from the newest plan where there is one."""
    of = desk.about.ref if desk.is_about("review", "plan", "action", "finding", "inspection", "organisation") and desk.about else None
    plans = desk.approved_plans()
    cycle = desk.cycle or desk.run
    data: dict[str, Node] = {
        "title": None,
        "nature": None,
        "cycle": cycle.id if cycle else None,
        "date": desk.today,
        "area": maybe(None),
        "lessons": (None,),
        "of": (of,) if of else maybe((plans[0].id,)) if plans else maybe((None,)),
    }
    return Begun(desk.stamp, data)


@begins("correction")
def correction(desk: Desk) -> Begun:
    """Begin a correction of what a record says, or a reply to it."""
    data: dict[str, Node] = {
        "nature": None,
        "of": desk.about.ref if desk.about else None,
        "date": desk.today,
        "by": desk.head(),
        "path": maybe(noted(None, "correction_only", path=_path_to_correct(desk.about))),
        "stated": maybe(None),
        "corrected": maybe(None),
        "text": None,
        "document": maybe({"number": None, "date": None}),
    }
    about = desk.about.ref.lower().replace("#", "-").replace(".", "-") if desk.about else ""
    return Begun(f"{desk.stamp}-{last_piece(about)}" if about else desk.stamp, data)


def _path_to_correct(about: Record | Part | None) -> str:
    """Show how the place of a value is written: below the part that the correction is of, or below the record."""
    if isinstance(about, Part):
        return next((each for each in ("statement", "content", "text") if each in about.data), next(iter(about.data)))
    parts = about.parts_of("finding") if about else ()
    return "title" if about and not parts else f"findings/{parts[0].id if parts else 'F1'}/statement"
