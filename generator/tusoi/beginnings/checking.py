"""What those write who look at others' work: inspections, verifications, and the numbers that they give."""

from __future__ import annotations

from tusoi.beginnings import Begun, Node, begins, maybe, noted, quoted
from tusoi.beginnings.desk import Desk
from tusoi.beginnings.office import Claim
from tusoi.beginnings.reviewing import finding
from tusoi.dates import span
from tusoi.evidence import first_day
from tusoi.facts import ActionFacts, CarryLine
from tusoi.posts import follower_of
from tusoi.record import Record


@begins("inspection")
def inspection(desk: Desk) -> Begun:
    """Begin an inspection, from its plan to its conclusion."""
    about = desk.about.id if isinstance(desk.about, Record) and desk.is_about("organisation") else None
    posts = desk.posts(desk.organisation, "deputy", "standing", "member")
    found: dict[str, Node] = dict(finding(desk, 0))
    found["responsible"] = ({"who": about, "share": "lead"}, *found["responsible"][1:])
    data: dict[str, Node] = {
        "title": None,
        "about": (about,),
        "channel": None,
        "topics": (None,),
        "areas": (None,),
        "period": None if desk.is_blank else desk.day.year,
        "focus": None,
        "led_by": posts[0].id if len(posts) == 1 else desk.named_posts(None),
        "received": noted(maybe(None), "received"),
        "findings": noted((found,), "not_concluded"),
        "planned": maybe(desk.seal()),
        "concluded": maybe(desk.seal(addressees=(about,), followed_by=desk.organisation or None, plan_due=None, report_due=None)),
        "announced": maybe(desk.seal(document=False)),
    }
    return Begun(f"{desk.day.year}-{about}" if about else desk.stamp, data)


@begins("verification")
def verification(desk: Desk) -> Begun:
    """Begin a check of what one organisation says is done: actions, and answers about earlier findings."""
    claims = {who: own for who in sorted(desk.reach & desk.world.claims.keys()) if (own := [each for each in desk.world.claims[who] if _is_mine(desk, each)])}
    about = desk.about_record.organisation if desk.about_record else ""
    oldest = min(claims, key=lambda who: (min(each.said for each in claims[who]), who), default="")
    where = desk.world.family.home(about, desk.day) if about else oldest
    entries = tuple(_entry(each.of) for each in claims.get(where, ()))
    data: dict[str, Node] = {
        "date": desk.today,
        "by": desk.named_posts(_verifier(desk)),
        "method": None,
        "entries": entries or ({"of": None, "check": None, "result": None, "text": None},),
    }
    return Begun(f"{desk.stamp}-{where}" if where else desk.stamp, data, is_wanted=bool(entries))


def _verifier(desk: Desk) -> str | None:
    """Give the post that verified last, or the only one there is."""
    earlier = sorted(desk.own("verification"), key=lambda each: (first_day(span(each.get("date"))), each.id))
    posts = [each.id for each in desk.posts(desk.organisation)]
    last = next((str(each.get("by")) for each in reversed(earlier) if each.get("by") in posts), None)
    return last or (posts[0] if len(posts) == 1 else None)


def _is_mine(desk: Desk, claim: Claim) -> bool:
    """Whether the organisation checks it: an answer about an earlier finding, and an action of a plan that it follows, or that nobody who is named follows."""
    return isinstance(claim.of, CarryLine) or follower_of(claim.of.part.record, desk.register) in ("", desk.organisation)


def _entry(claimed: ActionFacts | CarryLine) -> Node:
    if isinstance(claimed, CarryLine):
        answer = claimed.answer.entry.get("answer") if claimed.answer else None
        return {"of": claimed.finding.part.ref, "check": "carry_over", "answer": answer, "result": None, "text": maybe(None)}
    return {"of": claimed.part.ref, "check": "completion", "result": None, "text": maybe(None)}


@begins("figures")
def figures(desk: Desk) -> Begun:
    """Begin the numbers of a set of criteria, where the cycle asks about one; else numbers of any kind."""
    cycle = desk.cycle or desk.run
    named = desk.about_record if desk.is_about("criteria") else desk.register.find(str(cycle.get("criteria"))) if cycle else None
    criteria = named if isinstance(named, Record) and named.parts_of("criterion") else None
    period = {"from": cycle.get("from"), "to": cycle.get("to")} if cycle and criteria else {"from": None, "to": None}
    data: dict[str, Node] = {
        "title": None,
        **({"about": (desk.organisation,)} if desk.organisation else {}),
        "nature": "assessment" if criteria else None,
        **period,
        **({"criteria": criteria.id} if criteria else {}),
        "counts": _by_criterion(criteria) if criteria else ({"what": None, "value": None, "unit": None, "counting": noted(None, "counting")},),
    }
    return Begun(str(desk.day.year), data)


def _by_criterion(criteria: Record) -> Node:
    parts = criteria.parts_of("criterion")
    return tuple(quoted({"value": None, "of": None, "unit": None, "criterion": each.ref}, each.data.get("text")) for each in parts)


@begins("indicator")
def indicator(desk: Desk) -> Begun:
    """Begin a measure: where it starts, where it should come, and its first value."""
    data: dict[str, Node] = {
        "name": None,
        **({"about": (desk.organisation,)} if desk.organisation else {}),
        "unit": None,
        "measure": None,
        "from": None,
        "to": None,
        "baseline": {"value": None, "unit": None, "period": None},
        "target": {"from": None},
        "values": ({"period": None, "value": None, "of": noted(None, "share")},),
    }
    return Begun(str(desk.day.year), data)
