"""What comes from above: the cycle, what is pointed out, who follows it, answers, ratings, reminders, and leave to wait."""

from __future__ import annotations

import re

from tusoi import submissions
from tusoi.beginnings import Begun, Node, begins, maybe, noted
from tusoi.beginnings.desk import Desk, last_piece
from tusoi.cycle_reviews import is_held
from tusoi.dates import span
from tusoi.evidence import first_day
from tusoi.record import Part, Record
from tusoi.rules import UNWAIVABLE, all_rules, carrying
from tusoi.submissions import Submitted

COMMENTING = ("advisory_body", "inspection_body", "authority", "agency")
STEPS = ("briefing", "suggestion", "feedback", "review", "plan", "classification")
"""The steps of a cycle where no earlier one says which there are."""


@begins("cycle")
def cycle(desk: Desk) -> Begun:
    """Begin a cycle like the one before it, for all that stand below."""
    own = [each for each in desk.world.cycles if desk.world.family.home(each.organisation, desk.day) == desk.organisation]
    before = desk.about_record if desk.is_about("cycle") else next((each for each in own if each.get("kind") == "annual"), own[0] if own else None)
    scope = (desk.scope(before) if before else []) or desk.below()
    steps = tuple(dict.fromkeys(each["step"] for each in before.get("steps") or ())) if before else STEPS
    data: dict[str, Node] = {
        "name": None,
        "kind": before.get("kind") if before else None,
        "from": None,
        "to": None,
        **_a_year_on(before),
        "scope": tuple(scope) or (None,),
        "steps": tuple({"step": each, "due": None} for each in steps),
        "criteria": before.get("criteria") if before and before.get("criteria") else maybe(None),
        "theme": maybe(None),
        "steward": before.get("steward") if before and before.get("steward") else None,
        **({"previous": before.id} if before else {}),
        "opened": maybe(desk.seal(basis=({"number": None, "date": None},))),
        "closed": maybe(desk.seal(document=False)),
    }
    return Begun(str(data["to"] or desk.day.year)[:4], data)


def _a_year_on(before: Record | None) -> dict[str, Node]:
    """Give name and ends of a cycle of a year as they are one year later; nothing where the cycle before is of another kind."""
    ends = (span(before.get("from")), span(before.get("to"))) if before and before.get("kind") == "annual" else (None, None)
    if before is None or ends[0] is None or ends[1] is None:
        return {}
    year, name = ends[1].last.year, str(before.get("name"))
    later = {key: end.replace(year=end.year + 1).isoformat() for key, end in (("from", ends[0].first), ("to", ends[1].last)) if (end.month, end.day) != (2, 29)}
    return {**({"name": name.replace(str(year), str(year + 1))} if str(year) in name else {}), **later}


@begins("suggestion")
def suggestion(desk: Desk) -> Begun:
    """Begin what is pointed out: by those above to be reviewed, by a sector as its comment, by a mass organisation as its opinion on a plan."""
    plan = desk.about_record if desk.about_record and desk.about_record.kind == "plan" else None
    plan = plan or (_criticisable(desk) if desk.type == "mass_org" and not desk.about else None)
    purpose = "critique" if plan else "sector_comment" if desk.type in (*COMMENTING, "mass_org") else "suggestion"
    cycle = desk.run or desk.cycle
    to = plan.organisation if plan else desk.about.id if isinstance(desk.about, Record) and desk.is_about("organisation", "role") else None
    data: dict[str, Node] = {
        "title": None,
        "cycle": cycle.id if cycle else None,
        "purpose": purpose,
        **({"of": (plan.id,)} if plan else {}),
        "to": (to or _whom(desk, cycle),),
        "issues": ({"nature": None, "statement": None, "area": None, "orientation": None},),
        "issued": maybe(desk.seal(document=purpose == "suggestion")),
        "sent": maybe({"date": None, "to": cycle.organisation if cycle and purpose == "sector_comment" else None}),
    }
    year = last_piece(cycle.id) if cycle else str(desk.day.year)
    return Begun(f"{year}-{last_piece(to)}" if to else year, data, is_wanted=plan is not None and "approved" not in plan.data)


def _criticisable(desk: Desk) -> Record | None:
    """Give the newest plan of the committee beside which a mass organisation stands, unless it has spoken of it before, or the plan has ended."""
    plans = [each for above in desk.above() for each in desk.world.held_by.get((above, "plan"), ()) if not each.told and "ended" not in each.data]
    unsaid = [each for each in plans if not any(said.organisation == desk.organisation for said in desk.sources(each.id, "suggestion", "of"))]
    return max(unsaid, key=lambda each: (first_day(span(each.get("approved", "date"))), each.id), default=None)


def _whom(desk: Desk, cycle: Record | None) -> Node:
    """Say who in the scope of a cycle has nothing from the organisation yet."""
    left = tuple(_unaddressed(desk, cycle)) if cycle else ()
    return noted(None, "to", names=left) if left else None


def _unaddressed(desk: Desk, cycle: Record) -> list[str]:
    own = [each for each in desk.own("suggestion") if each.get("cycle") == cycle.id]
    addressed = {desk.body(to) for each in own for to in each.get("to") or ()}
    return [each for each in desk.scope(cycle) if each not in addressed and each != desk.organisation]


@begins("group")
def group(desk: Desk) -> Begun:
    """Begin a group for those in the scope that no other group follows."""
    cycle = desk.run
    groups = [each for each in desk.world.held_by.get((desk.organisation, "group"), ()) if cycle and each.get("cycle") == cycle.id]
    covered = {desk.world.family.id(str(ref)) for each in groups if each.get("nature") in ("steering", "working") for ref in each.get("covers") or ()}
    free = [each for each in desk.scope(cycle) if each not in covered] if cycle else []
    ranks = desk.world.profile.listed("lead_ranks", desk.day)
    data: dict[str, Node] = {
        "name": None,
        "nature": None,
        "cycle": cycle.id if cycle else None,
        "lead": noted(None, "lead_ranks", ranks=", ".join(ranks)) if ranks else None,
        "members": {"value": None, "unit": "người"},
        "covers": tuple(free) if free else maybe((None,)),
        "duties": (None,),
        "established": maybe(desk.seal()),
    }
    year = last_piece(cycle.id) if cycle else str(desk.day.year)
    return Begun(f"{year}-to-{len(groups) + 1}", data, is_wanted=bool(free and groups))


@begins("classification")
def classification(desk: Desk) -> Begun:
    """Begin the ratings of a cycle: a row for each organisation in its scope that is not rated yet, resting on its review."""
    cycle = desk.run if desk.run and desk.run.organisation == desk.organisation else desk.cycle or desk.run
    rows = _unrated(desk, cycle) if cycle else []
    scheme = next(iter(desk.world.profile.schemes_in_force(desk.day)), None)
    data: dict[str, Node] = {
        "cycle": cycle.id if cycle else None,
        "scheme": scheme.id if scheme else None,
        "ratings": tuple(_row(desk, cycle, each) for each in rows) or (_blank_row(),),
        "proposed": maybe(desk.seal(document=False)),
        "decided": maybe(desk.seal(tally_by=cycle.get("steward") if cycle else None)),
    }
    ready = [each for each in rows if cycle and _review(desk, cycle, each)]
    return Begun(last_piece(cycle.id) if cycle else str(desk.day.year), data, is_wanted=bool(ready))


def _unrated(desk: Desk, cycle: Record) -> list[str]:
    """Give those whom the organisation rates: all in the scope where it runs the cycle, else those below it; without those whose rating was decided."""
    home = desk.world.family.home(cycle.organisation, desk.day)
    mine = [each for each in desk.scope(cycle) if each != desk.organisation and (home == desk.organisation or each in desk.reach)]
    decided = [each for each in desk.sources(cycle.id, "classification", "cycle") if "decided" in each.data]
    rated = {desk.body(part.data.get("of")) for each in decided for part in each.parts_of("rating")}
    return [each for each in mine if each not in rated]


def _row(desk: Desk, cycle: Record | None, organisation: str) -> Node:
    review = _review(desk, cycle, organisation) if cycle else None
    basis: Node = (review.id,) if review else noted(maybe((None,)), "not_reviewed")
    return {"of": organisation, "level": None, "basis": basis, "criteria": ({"id": "remediation", "text": None},)}


def _blank_row() -> Node:
    return {"of": None, "level": None, "basis": (None,), "criteria": ({"id": "remediation", "text": None},)}


def _review(desk: Desk, cycle: Record, organisation: str) -> Record | None:
    found = [each for each in carrying.reviews_of(cycle, organisation, desk.world) if "concluded" in each.data or is_held(each)]
    return found[-1] if found else None


@begins("answer")
def answer(desk: Desk) -> Begun:
    """Begin an answer to what has waited longest for one from this organisation."""
    asked = () if desk.about else waiting(desk)
    of = desk.about or next(iter(asked), None)
    record = of.record if isinstance(of, Part) else of
    data: dict[str, Node] = {
        "of": of.ref if of else None,
        "date": desk.today,
        "by": desk.named_posts(desk.head()),
        "result": None,
        "text": None,
    }
    about = re.sub(r"^[\d-]+-", "", last_piece(record.id)) if record else ""
    return Begun("-".join(filter(None, (desk.stamp, record.organisation if record else "", about))), data, is_wanted=bool(asked))


def waiting(desk: Desk) -> tuple[Record, ...]:
    """Give what waits for an answer from the organisation, the oldest first."""
    return desk.world.asked.get(desk.organisation, ())


@begins("reminder")
def reminder(desk: Desk) -> Begun:
    """Begin a reminder of what is missing: of a step of a cycle that the organisation runs, else of a plan that it follows and that is late."""
    data: dict[str, Node] = {"of": None, "to": (None,), "date": desk.today, "by": desk.head(), "text": maybe(None)}
    found = _missing_step(desk) or _late_plan(desk)
    if desk.about:
        to = desk.world.family.home(desk.about_record.organisation, desk.day) if desk.about_record and desk.about_record.kind != "cycle" else None
        found = {"of": desk.about.ref, "to": (to,)}
    return Begun(desk.stamp, data | (found or {}), is_wanted=bool(found))


def _missing_step(desk: Desk) -> dict[str, Node]:
    for cycle in desk.world.cycles:
        if desk.world.family.home(cycle.organisation, desk.day) != desk.organisation:
            continue
        late = [each for each in submissions.of_cycle(desk.register, cycle, desk.day) if each.state is Submitted.MISSING]
        if late:
            step = late[0].step
            names = tuple(sorted(each.organisation for each in late if each.step == step))
            return {"of": cycle.id, "step": noted(step, "step_due", due=late[0].due), "to": names, "by": cycle.get("steward") or desk.head()}
    return {}


def _late_plan(desk: Desk) -> dict[str, Node]:
    followers = (desk.organisation, *(each.id for each in desk.own("group")))
    for plan in (each for ref in followers for each in desk.sources(ref, "plan", "followed_by")):
        late = [each for each in desk.open_actions([plan]) if each.counts and (each.stale_days or each.overdue_days)]
        if late and "ended" not in plan.data:
            stale = late[0].stale_days
            return {"of": noted(plan.id, "report_late", days=stale) if stale else plan.id, "to": (desk.world.family.home(plan.organisation, desk.day),)}
    return {}


@begins("waiver")
def waiver(desk: Desk) -> Begun:
    """Begin leave to wait with a rule: the first that stops somebody whom the organisation oversees."""
    known = {each.code for each in all_rules()} - UNWAIVABLE
    files = {each.source.file: each for each in desk.register.records.values()} if desk.problems else {}
    problems = [(each, files.get(each.place.file)) for each in desk.problems if each.code in known and each.severity == "error"]
    if desk.about_record:
        problems = [(each, record) for each, record in problems if record is desk.about_record]
    found = next(((each, record) for each, record in problems if record is not None and record.organisation in desk.reach), None)
    data: dict[str, Node] = {
        "rule": found[0].code if found else None,
        "of": desk.about.ref if desk.about else found[1].id if found else None,
        "reason": None,
        "until": None,
        "approved": maybe(desk.seal()),
    }
    return Begun(f"{desk.stamp}-{found[0].code.lower()}" if found else desk.stamp, data, is_wanted=False)
