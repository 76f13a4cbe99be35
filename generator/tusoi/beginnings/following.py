"""How an organisation mends what was found: its plan, its reports, its requests for time, and what passes from one holder of a post to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tusoi.beginnings import Begun, Node, Note, begins, maybe, noted, quoted
from tusoi.beginnings.desk import SETTLED, Desk, last_piece
from tusoi.dates import has_begun, span
from tusoi.evidence import first_day, is_individual
from tusoi.facts import ActionFacts
from tusoi.plan_dues import plan_due
from tusoi.posts import holders
from tusoi.record import Part, Record

RHYTHMS: Final = {"week": "weekly", "month": "monthly", "quarter": "quarterly", "half_year": "half_yearly"}
"""How a plan says what a profile says of reports."""


@begins("plan")
def plan(desk: Desk) -> Begun:
    """Begin the plan that answers a conclusion: an action for each finding that is still open."""
    bases = list(_unplanned(desk))
    base = desk.about_record if desk.is_about("review", "inspection", "suggestion") else bases[0] if bases else None
    earlier = desk.approved_plans()
    follower = _follower(desk, base, earlier)
    consulted = desk.beside(desk.organisation, "mass_org") if desk.record else []
    data: dict[str, Node] = {
        "title": _title(desk, base) if base else None,
        "of": (_dated(desk, base),) if base else (None,),
        "accountable": desk.head(),
        "direction": None,
        "followed_by": follower,
        "reporting": (earlier[0].get("reporting") if earlier else None) or _rhythm(desk),
        "actions": tuple(_actions(desk, base)),
        "no_action": noted(maybe(({"finding": None, "reason": None},)), "no_action"),
        "consulted": maybe(desk.seal(by=False, document=False, **({"with": tuple(consulted)} if consulted else {}))),
        "approved": maybe(desk.seal()),
        "ended": maybe(desk.seal(document=False, reason=None)),
    }
    name = last_piece(base.id) if base else str(desk.day.year)
    drafts = [each.id for each in desk.own("plan") if not base and "approved" not in each.data and "ended" not in each.data]
    return Begun(name, data, is_wanted=bool(bases), there=drafts[-1] if drafts else "")


def _title(desk: Desk, base: Record) -> Node:
    cycle = desk.register.find(str(base.get("cycle")))
    if base.kind == "review" and isinstance(cycle, Record):
        return Note("after_cycle", {"cycle": cycle.get("name")})
    return Note("after", {"base": base.get("title")}) if base.get("title") else None


def _dated(desk: Desk, base: Record) -> Node:
    due = plan_due(base, desk.register, desk.world.profile)
    return noted(base.id, "plan_due", due=due) if due else base.id


def _unplanned(desk: Desk) -> Iterator[Record]:
    """Give the conclusions of which something is open and to which the organisation has no plan, not even a draft; the newest first."""
    own = [each for each in desk.answered_for("review") if not is_individual(each)]
    named = [found for folder in desk.folders for found in desk.register.sources_of(folder, "inspection")]
    inspections = {each.id: each for each, link in named if not each.told and (link.path[0] == "about" or link.path[:2] == ("concluded", "addressees"))}
    concluded = [each for each in (*own, *inspections.values()) if "concluded" in each.data and not each.withdrawn]
    for base in sorted(concluded, key=lambda each: (first_day(span(each.get("concluded", "date"))), each.id), reverse=True):
        plans = [each for each in desk.sources(base.id, "plan", "of") if each.organisation in desk.folders]
        if not plans and any(_is_open(desk, part) for part in base.parts_of("finding")):
            yield base


def _is_open(desk: Desk, finding: Part) -> bool:
    """Whether nobody has settled a finding, nor promised to act on it."""
    facts = desk.world.facts.findings[finding.ref]
    return facts.state not in SETTLED and not any(each.counts for each in facts.actions)


def _follower(desk: Desk, base: Record | None, earlier: list[Record]) -> Node:
    """Give who follows the plan: as the conclusion says, else who followed the plan before, else the inspection body of those above."""
    said = base.get("concluded", "followed_by") if base else None
    before = (str(each.get("followed_by")) for each in earlier if each.get("followed_by"))
    standing = (each for each in before if (found := desk.world.facts.organisations.get(each)) and found.in_force)
    near = (each for above in desk.above() for each in desk.beside(above, "inspection_body"))
    return said or next(standing, None) or next(near, None)


def _rhythm(desk: Desk) -> str | None:
    """Give how often it is reported, as the profile has it."""
    return next((RHYTHMS[each] for each in desk.world.profile.every("reporting", desk.day) if each in RHYTHMS), None)


def _actions(desk: Desk, base: Record | None) -> Iterator[Node]:
    """Give room for an action for each finding, or suggested shortcoming, that nobody has settled; the first says what an action may have besides."""
    parts = base.parts if base else ()
    findings = [each for each in parts if each.kind == "finding" and desk.world.facts.findings[each.ref].state not in SETTLED]
    issues = [each for each in parts if each.kind == "issue" and each.data.get("nature") == "shortcoming"]
    for number, ref in enumerate([each.ref for each in findings or issues] or [None]):
        said: dict[str, Node] = {"findings": (ref,), "content": None, "product": None, "owner": None, "due": None}
        if not number:
            said["owner"] = desk.named_posts(None)
            said |= {"kind": noted(maybe("recurring"), "recurring"), "every": maybe(None), "from": maybe(None)}
            said["milestones"] = noted(maybe(({"id": "M1", "content": None, "due": None},)), "milestones")
        yield said


@begins("progress")
def progress(desk: Desk) -> Begun:
    """Begin a report: a line for each action that is still to be done. Of a suggestion it is the report that is due after a year.

    Reports of one month on several plans have names of their own: all but that on the first plan say on which one they are.
    """
    reports = sorted(desk.own("progress"), key=lambda each: (first_day(span(each.get("date"))), each.id))
    by = next((each.get("by") for each in reversed(reports) if desk.body(each.get("by")) == desk.organisation), None) or desk.head()
    if desk.is_about("suggestion") or (not desk.about and not desk.approved_plans() and (due := _year_later(desk))):
        suggestion = desk.about_record if desk.is_about("suggestion") else due
        return Begun(f"{desk.day:%Y-%m}-goi-y", _of_suggestion(desk, suggestion, by), is_wanted=True)
    plans = desk.approved_plans()
    month = f"{desk.day:%Y-%m}"
    reported = {each.get("of") for each in reports if str(each.get("date")).startswith(month)}
    waiting = sorted((each for each in plans if desk.open_actions([each])), key=lambda each: each.id in reported)
    about = desk.about_record if desk.about_record and desk.about_record.kind == "plan" else None
    of = about or next(iter(waiting or plans), None)
    actions = desk.open_actions([of]) if of else []
    is_first = of is next(iter(waiting or plans), of)
    data: dict[str, Node] = {
        "of": of.id if of else None,
        "date": desk.today,
        "by": desk.named_posts(by),
        "entries": tuple(_entry(each, is_first=not number) for number, each in enumerate(actions)) or ({"action": None, "state": None, "text": None},),
    }
    name = month if is_first or of is None else f"{month}-{last_piece(of.id)}"
    return Begun(name, data, is_wanted=of in waiting and of.id not in reported)


def _entry(action: ActionFacts, *, is_first: bool) -> Node:
    """Give room for what is said of one action, beneath its words and the day by which it was promised."""
    part = action.part
    said: dict[str, Node] = {"action": part.id, "state": None, "text": None}
    steps = tuple(each.part.id.rpartition(".")[2] for each in action.milestones if not each.reached)
    if steps:
        names = "; ".join(
            f"{each.part.id.rpartition('.')[2]} = {str(each.part.data.get('content')).rstrip('. ')}" for each in action.milestones if not each.reached
        )
        said["reached"] = noted(maybe(steps[:1]), "reached", steps=names)
    obstacle, evidence = maybe(None), maybe(({"document": {"number": None, "date": None}},))
    said |= {"obstacle": noted(obstacle, "blocked"), "evidence": noted(evidence, "evidence")} if is_first else {"obstacle": obstacle, "evidence": evidence}
    if part.data.get("kind") == "recurring":
        said["figures"] = noted(maybe(({"what": None, "value": None, "of": None, "unit": "lần"},)), "times")
        return quoted(said, part.data.get("content"))
    return quoted(noted(said, "action_due", due=action.due) if action.due else said, part.data.get("content"))


def _year_later(desk: Desk) -> Record | None:
    """Give the oldest suggestion of more than a year ago on which nothing was reported."""
    asked = [each for each in desk.sources(desk.organisation, "suggestion", "to") if each.get("purpose") in (None, "suggestion")]
    old = [each for each in asked if (when := span(each.get("issued", "date"))) and when.last.replace(day=1, year=when.last.year + 1) <= desk.day]
    silent = [each for each in old if not any(report.organisation == desk.organisation for report in desk.sources(each.id, "progress", "of"))]
    return min(silent, key=lambda each: (first_day(span(each.get("issued", "date"))), each.id), default=None)


def _of_suggestion(desk: Desk, suggestion: Record | None, by: Node) -> dict[str, Node]:
    of = suggestion.id if suggestion else None
    return {"of": of, "date": desk.today, "by": desk.named_posts(by), "text": noted(None, "one_year"), "heard_by": maybe(None)}


@begins("postponement")
def postponement(desk: Desk) -> Begun:
    """Begin a request for more time: for what is overdue, else for what is due next."""
    if desk.is_about("action", "milestone") and isinstance(desk.about, Part):
        part: Part | None = desk.about
    else:
        about = desk.about_record if desk.about_record and desk.about_record.kind == "plan" else None
        part = _pressing(desk, [about] if about else desk.approved_plans())
    action = desk.world.facts.actions.get(part.ref) if part else None
    of: Node = part.ref if part else None
    data: dict[str, Node] = {
        "of": noted(of, "action_due", due=action.due) if action and action.due else of,
        "to": None,
        "date": desk.today,
        "reason": None,
    }
    return Begun(f"{desk.stamp}-{part.id.lower().replace('.', '-')}" if part else desk.stamp, data, is_wanted=bool(action and action.overdue_days))


def _pressing(desk: Desk, plans: list[Record]) -> Part | None:
    """Give the action that is overdue for the longest time, else the one that is due next; not one for which time was asked and nobody has answered."""
    waiting = [each for each in desk.open_actions(plans) if each.due and not any(asked.result == "pending" for asked in each.postponements)]
    first = min(waiting, key=lambda each: (-each.overdue_days, each.due_in_days or 0, each.part.ref), default=None)
    return first.part if first else None


@begins("handover")
def handover(desk: Desk) -> Begun:
    """Begin what one holder of a post leaves to the next: all that is still open and theirs."""
    posts = [desk.about] if isinstance(desk.about, Record) and desk.is_about("role") else desk.posts(desk.organisation)
    laden = [each for each in posts if _open_of(desk, each)]
    left = [each for each in laden if _has_changed(desk, each)]
    post = next(iter(left or laden or posts), None)
    data: dict[str, Node] = {
        "of": post.id if post else None,
        "date": desk.today,
        "open": tuple(_open_of(desk, post)) or (None,) if post else (None,),
        "text": maybe(None),
        "document": maybe({"number": None, "date": None}),
    }
    return Begun(f"{desk.stamp}-{last_piece(post.id)}" if post else desk.stamp, data, is_wanted=bool(left))


def _open_of(desk: Desk, post: Record) -> list[str]:
    """Give the actions that a post owns and the findings that it answers for, as far as they are open."""
    facts = desk.world.facts
    named = [(each, link.path) for kind in ("plan", "review", "inspection") for each, link in desk.register.sources_of(post.id, kind)]
    theirs = [(each, path) for each, path in named if path[0] in ("actions", "findings") and path[-1] in ("owner", "who")]
    refs = dict.fromkeys(f"{each.id}#{each.get(*path[:2], 'id')}" for each, path in theirs)
    actions = [each for each in refs if each in facts.actions and facts.actions[each].counts and facts.actions[each].is_open]
    return actions + [each for each in refs if each in facts.findings and facts.findings[each].counts and facts.findings[each].state not in SETTLED]


def _has_changed(desk: Desk, post: Record) -> bool:
    """Whether the post has passed to somebody else and nobody has recorded a handover since."""
    ended = [each.end.last for each in holders(post) if each.end and each.end.last <= desk.day]
    given = [first_day(span(each.get("date"))) for each in desk.sources(post.id, "handover", "of")]
    return bool(ended) and not any(has_begun(str(max(ended)), each) for each in given)
