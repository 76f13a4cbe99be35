"""Rules about what is being done: reported in time, with something to show for it, first what cannot wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from tusoi.action_progress import grace_days
from tusoi.dates import YEAR, Span, span
from tusoi.evidence import inside, is_individual
from tusoi.facts import ActionFacts, FindingFacts, FindingState
from tusoi.problem import Path, Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong

RULE_CHANGE: Final = "rule_change"
_DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half_year": 184, "year": 366}
"""The most days that a rhythm lets pass."""
_REPORTING: Final[Mapping[str, str]] = {"weekly": "week", "monthly": "month", "quarterly": "quarter", "half_yearly": "half_year"}
_MISSED: Final = 2
"""How often a duty that recurs may go without a word (S0-08)."""
_MONTH: Final = 31
_HALF_YEAR: Final = 183
"""A plan that takes longer than this is heard of on the way, whether or not it has a rhythm (S0-15)."""
_HOLDS: Final = ("completion", "effectiveness")
"""The checks that say that an action is done."""
_OPEN: Final = (FindingState.IN_PROGRESS, FindingState.UNRESOLVED, FindingState.NOT_KNOWN)


@rule("R10", stage="always", kinds=("progress", "verification"), source="S0-07 S1-14 S1-07")
def evidence_to_complete(record: Record, world: World) -> Iterator[Problem]:
    """What is reported as completed is shown: by a document, a photograph, a count, or what is told with its day; words alone do not do. A changed rule by its new document, with number and date, also where nobody reported it and a check confirms it; what was built should be shown with a date. A photograph says whether people can be recognised in it. A report has each action once, and what is blocked should say by what.

    vi: Việc báo đã xong phải có minh chứng: văn bản, ảnh, con số, hoặc mô tả có ghi ngày; chỉ có lời thì chưa đủ. Việc sửa quy chế phải ghi số và ngày của văn bản mới, kể cả khi đơn vị chưa báo mà lần kiểm tra đã xác nhận xong; công trình nên có minh chứng ghi ngày. Ảnh phải ghi trong ảnh có người hay không. Mỗi báo cáo ghi mỗi việc một lần; việc đang vướng nên ghi vướng gì.
    """  # noqa: E501 -- the docstring is published as it is
    yield from _entries(record)
    for number, entry in enumerate(record.get("entries") or ()):
        path: Path = ("entries", number, "evidence")
        if record.kind == "progress" and entry.get("state") == "completed":
            action = world.register.find(inside(record, entry.get("action")))
            yield from _shown(record, entry, path, str(action.data.get("nature", "")) if isinstance(action, Part) else "")
        if record.kind == "verification" and entry.get("result") == "confirmed" and entry.get("check") in _HOLDS and _is_unseen_rule(entry, world):
            yield wrong("R10", record, *path, variant="adopted")
        for place, each in enumerate(entry.get("evidence", ())):
            if each.get("kind") == "photo" and "people" not in each and not record.told:
                yield wrong("R10", record, *path, place, "people", variant="people")


def _entries(record: Record) -> Iterator[Problem]:
    """Find an action that one report has twice, and one that is said to be blocked by nothing."""
    seen: set[str] = set()
    for number, entry in enumerate(record.get("entries") or () if record.kind == "progress" else ()):
        action = inside(record, entry["action"]) if "action" in entry else ""
        if action and action in seen:
            yield wrong("R10", record, "entries", number, "action", variant="twice", number=number + 1)
        seen.add(action)
        if entry.get("state") == "blocked" and "obstacle" not in entry and not record.told:
            yield wrong("R10", record, "entries", number, "obstacle", variant="obstacle", number=number + 1, severity=Severity.WARNING)


def _shown(record: Record, entry: Mapping[str, Any], path: Path, nature: str) -> Iterator[Problem]:
    """Judge what there is to show for one action that is reported as completed."""
    evidence = entry.get("evidence", ())
    if nature == RULE_CHANGE:
        if not _names_document(entry):
            yield wrong("R10", record, *path, variant="document")
    elif not (evidence or entry.get("figures")):
        yield wrong("R10", record, *path, variant="evidence")
    elif not (record.told or entry.get("figures") or any(map(_can_be_seen, evidence))):
        yield wrong("R10", record, *path, variant="words")
    elif nature == "building" and not record.told and not any("date" in each or "date" in each.get("document", {}) for each in evidence):
        yield wrong("R10", record, *path, variant="dated", severity=Severity.WARNING)


def _can_be_seen(evidence: Mapping[str, Any]) -> bool:
    """Whether somebody could go and look at a piece of evidence: a document that is named, a file, a photograph, or something that is told with its day."""
    document = evidence.get("document", {})
    is_named = any(key in document for key in ("of", "number", "title"))
    return is_named or "file" in evidence or "kind" in evidence or ("text" in evidence and "date" in evidence)


def _names_document(entry: Mapping[str, Any]) -> bool:
    """Whether the evidence of an entry has a document of which number and date are known, or that has a record of its own."""
    documents = [each["document"] for each in entry.get("evidence", ()) if "document" in each]
    return any("of" in each or ("number" in each and "date" in each) for each in documents)


def _is_unseen_rule(entry: Mapping[str, Any], world: World) -> bool:
    """Whether a check confirms that a rule was changed, and neither it nor any report or other check names the new document.

    Where a report claims it, the report is asked.
    """
    part = world.register.find(str(entry.get("of")))
    action = world.facts.actions.get(part.ref) if isinstance(part, Part) else None
    if action is None or action.part.data.get("nature") != RULE_CHANGE or action.claimed or "progress" in world.unread_kinds:
        return False
    said = (*(each.entry for each in action.reports), *(each.entry for each in action.checks))
    return not any(_names_document(each) for each in (entry, *said))


@rule("R21", stage="approved", kinds=("plan",), source="S3-07 S4-07 S0-08 S0-15", severity=Severity.WARNING, looks_for=("progress",))
def freshness(plan: Record, world: World) -> Iterator[Problem]:
    """An approved plan with open actions is reported on in its rhythm, with a few days of grace; one that has no rhythm and takes longer than half a year, at least every half year. And of a duty that recurs something is heard at least every second time.

    vi: Kế hoạch còn việc đang mở phải được báo cáo đúng nhịp đã định, tính cả số ngày chờ thêm; kế hoạch dài hơn sáu tháng mà không định nhịp thì ít nhất sáu tháng một lần. Việc làm thường xuyên không được quá hai nhịp mà không có báo cáo nào nhắc đến.
    """  # noqa: E501 -- the docstring is published as it is
    if "ended" in plan.data:
        return
    actions = [each for part in plan.parts_of("action") if (each := world.facts.actions[part.ref]).counts]
    stale = max((each.stale_days for each in actions), default=0)
    if stale:
        yield wrong("R21", plan, "reporting", variant="stale", severity=Severity.WARNING, days=stale)
        return
    if unheard := _unheard_days(plan, actions, world):
        yield wrong("R21", plan, "reporting", variant="unheard", severity=Severity.WARNING, days=unheard)
        return
    for number, action in enumerate(actions, start=1):
        if action.is_open and (days := _silent_days(action, world)):
            yield wrong("R21", action.part, "every", variant="recurring", severity=Severity.WARNING, number=number, days=days)


def _unheard_days(plan: Record, actions: list[ActionFacts], world: World) -> int:
    """Give the days without a report on a long plan that has no rhythm, where these are more than half a year. Else 0."""
    approved = span(plan.get("approved", "date"))
    if plan.told or approved is None or "reporting" in plan.data or not any(each.is_open and _is_long(each, approved) for each in actions):
        return 0
    reported = [span(each.get("date")) for each, link in world.register.sources_of(plan.id, "progress") if link.path == ("of",)]
    heard = [*reported, *(report.when for action in actions for report in action.reports)]
    days = (world.facts.day - max([approved.last, *(each.last for each in heard if each)])).days
    return days if days > _HALF_YEAR else 0


def _is_long(action: ActionFacts, approved: Span) -> bool:
    """Whether an action ends more than half a year after its plan was approved, or goes on without an end."""
    data = action.part.data
    end = action.first_due or span(data.get("until"))
    return (end.first - approved.last).days > _HALF_YEAR if end else data.get("kind") == "recurring"


def _silent_days(action: ActionFacts, world: World) -> int:
    """Give the days without a word of a duty that recurs, where it is more than two of its turns; where reports come more seldom, of theirs. Else 0."""
    data, plan = action.part.data, action.part.record
    if data.get("kind") != "recurring" or "every" not in data:
        return 0
    heard = [span(data.get("from")), span(plan.get("approved", "date")), *(each.when for each in action.reports), *(each.when for each in action.checks)]
    since = max((each.last for each in heard if each), default=world.facts.day)
    turn = max(_DAYS[data["every"]], _DAYS[_REPORTING[plan.get("reporting")]] if plan.get("reporting") else 0)
    until = span(data.get("until"))
    silent = (min(world.facts.day, until.last if until else world.facts.day) - since).days
    return silent if silent > _MISSED * turn + grace_days(world.register) else 0


@rule("R47", stage="concluded", kinds=("review", "inspection"), source="S2-19", severity=Severity.WARNING, looks_for=("progress", "verification"))
def hot_spot(record: Record, world: World) -> Iterator[Problem]:
    """While a finding of high priority is open, its plan is reported on every month.

    vi: Hạn chế nổi cộm còn chưa khắc phục xong thì tháng nào cũng phải có báo cáo về việc khắc phục.
    """
    for number, part in enumerate(record.parts_of("finding"), start=1):
        finding = world.facts.findings[part.ref]
        if part.data.get("priority") == "high" and finding.counts and finding.state in _OPEN and (since := _last_word(finding)):
            days = (world.facts.day - since).days - _MONTH - grace_days(world.register)
            if days > 0 and not any(each.stale_days for each in finding.actions):
                yield wrong("R47", part, "priority", severity=Severity.WARNING, number=number, since=since.isoformat())


def _last_word(finding: FindingFacts) -> date | None:
    """Give the day on which somebody last reported on a finding, or promised to mend it; None where no plan does: other rules ask for one."""
    promised = [span(each.part.record.get("approved", "date")) for each in finding.actions]
    reported = [report.when for action in finding.actions for report in action.reports]
    checked = [check.when for checks in (finding.checks, *(action.checks for action in finding.actions)) for check in checks]
    heard = [each.when for each in finding.carried]
    return max((each.last for each in (*promised, *reported, *checked, *heard) if each), default=None) if finding.actions else None


@rule("R48", stage="approved", kinds=("plan",), source="S3-18", severity=Severity.WARNING, needs=("R02",))
def do_now(plan: Record, world: World) -> Iterator[Problem]:
    """What is to be done at once is due within sixty days of the conclusion that the plan answers.

    vi: Việc làm ngay phải có hạn trong vòng sáu mươi ngày kể từ ngày kết luận mà kế hoạch thực hiện.
    """
    concluded = _concluded(plan, world)
    if plan.told or concluded is None:
        return
    most = timedelta(days=world.profile.days("immediate_days", concluded))
    for number, action in enumerate(plan.parts_of("action"), start=1):
        key = "from" if action.data.get("kind") == "recurring" else "due"
        due = span(action.data.get(key))
        if action.data.get("urgency") == "immediate" and due and due.first - concluded.last > most:
            days = (due.first - concluded.last).days
            yield wrong("R48", action, key, severity=Severity.WARNING, number=number, days=days, most=most.days)


def _concluded(plan: Record, world: World) -> Span | None:
    """Give the day of the last conclusion that a plan answers."""
    bases = [each for each in (world.register.find(ref) for ref in plan.get("of") or ()) if isinstance(each, Record)]
    known = [span(each.get("concluded", "date") or each.get("issued", "date")) for each in bases]
    return max((each for each in known if each), key=lambda each: each.last, default=None)


@rule("R43", stage="concluded", kinds=("review", "inspection"), source="S1-02", severity=Severity.WARNING, needs=("R01",))
def long_standing(record: Record, world: World) -> Iterator[Problem]:
    """A finding that has lasted for years, or is said to have without a year, says whether the superior was asked for support; why it has lasted its causes say (R01).

    vi: Hạn chế kéo dài nhiều năm, biết từ năm nào hay chỉ biết là đã lâu, phải ghi rõ có đề nghị cấp trên hỗ trợ hay không; vì sao kéo dài thì nêu ở nguyên nhân (quy tắc R01).
    """  # noqa: E501 -- the docstring is published as it is
    concluded = span(record.get("concluded", "date"))
    if record.told or is_individual(record) or concluded is None:
        return
    years = world.profile.days("chronic_years", concluded)
    for number, finding in enumerate(record.parts_of("finding"), start=1):
        since = span(finding.data.get("since"))
        if "support_requested" in finding.data:
            continue
        if since and (concluded.first - since.last).days >= int(years * YEAR):
            params = {"number": number, "since": finding.data["since"]}
            yield wrong("R43", finding, "support_requested", variant="support_requested", severity=Severity.WARNING, **params)
        elif since is None and finding.data.get("chronic"):
            yield wrong("R43", finding, "support_requested", variant="chronic", severity=Severity.WARNING, number=number)
