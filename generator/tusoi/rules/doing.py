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

_DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half_year": 184, "year": 366}
"""The most days that a rhythm lets pass."""
_REPORTING: Final[Mapping[str, str]] = {"weekly": "week", "monthly": "month", "quarterly": "quarter", "half_yearly": "half_year"}
_MISSED: Final = 2
"""How often a duty that recurs may go without a word (S0-08)."""
_MONTH: Final = 31
_OPEN: Final = (FindingState.IN_PROGRESS, FindingState.UNRESOLVED, FindingState.NOT_KNOWN)


@rule("R10", stage="always", kinds=("progress", "verification"), source="S0-07 S1-14 S1-07")
def evidence_to_complete(record: Record, world: World) -> Iterator[Problem]:
    """What is reported as completed is shown: by a document, a photograph, a count. A changed rule by its new document, with number and date; what was built should be shown with a date. A photograph says whether people can be recognised in it.

    vi: Việc báo đã xong phải có minh chứng: văn bản, ảnh hoặc con số. Việc sửa quy chế phải ghi số và ngày của văn bản mới; công trình nên có minh chứng ghi ngày. Ảnh phải ghi trong ảnh có người hay không.
    """  # noqa: E501 -- the docstring is published as it is
    for number, entry in enumerate(record.get("entries") or ()):
        path: Path = ("entries", number, "evidence")
        if record.kind == "progress" and entry.get("state") == "completed":
            action = world.register.find(inside(record, entry.get("action")))
            yield from _shown(record, entry, path, str(action.data.get("nature", "")) if isinstance(action, Part) else "")
        for place, each in enumerate(entry.get("evidence", ())):
            if each.get("kind") == "photo" and "people" not in each and not record.told:
                yield wrong("R10", record, *path, place, "people", variant="people")


def _shown(record: Record, entry: Mapping[str, Any], path: Path, nature: str) -> Iterator[Problem]:
    """Judge what there is to show for one action that is reported as completed."""
    evidence = entry.get("evidence", ())
    documents = [each["document"] for each in evidence if "document" in each]
    if nature == "rule_change":
        if not any("of" in each or ("number" in each and "date" in each) for each in documents):
            yield wrong("R10", record, *path, variant="document")
    elif not (evidence or entry.get("figures")):
        yield wrong("R10", record, *path, variant="evidence")
    elif nature == "building" and not record.told and not any("date" in each or "date" in each.get("document", {}) for each in evidence):
        yield wrong("R10", record, *path, variant="dated", severity=Severity.WARNING)


@rule("R21", stage="approved", kinds=("plan",), source="S3-07 S4-07 S0-08", severity=Severity.WARNING, looks_for=("progress",))
def freshness(plan: Record, world: World) -> Iterator[Problem]:
    """An approved plan with open actions is reported on in its rhythm, with a few days of grace; and of a duty that recurs something is heard at least every second time.

    vi: Kế hoạch còn việc đang mở phải được báo cáo đúng nhịp đã định, tính cả số ngày chờ thêm; việc làm thường xuyên không được quá hai nhịp mà không có báo cáo nào nhắc đến.
    """  # noqa: E501 -- the docstring is published as it is
    if "ended" in plan.data:
        return
    actions = [each for part in plan.parts_of("action") if (each := world.facts.actions[part.ref]).counts]
    stale = max((each.stale_days for each in actions), default=0)
    if stale:
        yield wrong("R21", plan, "reporting", variant="stale", severity=Severity.WARNING, days=stale)
        return
    for number, action in enumerate(actions, start=1):
        if action.is_open and (days := _silent_days(action, world)):
            yield wrong("R21", action.part, "every", variant="recurring", severity=Severity.WARNING, number=number, days=days)


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
    """A finding that has lasted for years says why it has, and whether the superior was asked for support.

    vi: Hạn chế kéo dài nhiều năm phải nêu nguyên nhân và ghi rõ có đề nghị cấp trên hỗ trợ hay không.
    """
    concluded = span(record.get("concluded", "date"))
    if record.told or is_individual(record) or concluded is None:
        return
    years = world.profile.days("chronic_years", concluded)
    for number, finding in enumerate(record.parts_of("finding"), start=1):
        since = span(finding.data.get("since"))
        if since is None or (concluded.first - since.last).days < int(years * YEAR):
            continue
        for key in ("causes", "support_requested"):
            if key not in finding.data:
                yield wrong("R43", finding, key, variant=key, severity=Severity.WARNING, number=number, since=finding.data["since"])
