"""What a page says of itself where people share its address in a chat, and where a search engine lists it: a sentence with the status, then the day.

Everything in it stands on the page, too. It is plain text; whoever writes it into HTML escapes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tusoi import labels, telling
from tusoi.dates import is_past
from tusoi.evidence import concerns_one_post, is_individual
from tusoi.facts import ActionFacts, FindingState, Tally
from tusoi.record import Part, Record
from tusoi.speech import _
from tusoi.views.around import SENT
from tusoi.views.deadlines import due_soon, overdue
from tusoi.views.followed import SUGGESTION, purpose
from tusoi.views.meeting import meeting
from tusoi.views.open_matters import has_open_matters
from tusoi.views.suggestions_board import threads
from tusoi.views.threads import explaining
from tusoi.views.world import World

LONGEST: Final = 200
"""Letters that chats and search engines show at most."""
_NAME: Final = 70
"""Letters of a name, so that the status is still seen."""
_QUOTED: Final = 90
"""Letters of what a record says itself."""


def described(world: World, path: str, it: Record | Part | None, said: str, *, has_numbers: bool) -> str:
    """Describe a page: of a record or a part, or of neither. `said` is what its template says of it: for what has no sentence here."""
    if it is not None:
        return _of_thing(world, it, said)
    counted = _BOARDS[path](world) if path in _BOARDS else ""
    return _whole(world, counted or said, has_day=bool(counted) or (has_numbers and bool(said)))


def _of_thing(world: World, it: Record | Part, said: str) -> str:
    record = it.record if isinstance(it, Part) else it
    if record.withdrawn:
        return _whole(world, _("{name}. Hồ sơ này đã rút; các con số không tính.", name=_name(world, it)), has_day=False)
    if record.told:
        return _whole(world, _told(world, it, said), has_day=False)
    say = _THINGS.get(it.kind)
    return _whole(world, (say(world, it) if say else "") or said or _plain(world, it), has_day=has_open_matters(world, it))


def _whole(world: World, text: str, *, has_day: bool) -> str:
    """Put the sentence and the day together, the sentence cut where both are too long."""
    day = f"{world.site.as_of}." if has_day else ""
    left = LONGEST - len(day) - 2
    cut = telling.shortened(text, left)
    ended = cut if not cut or cut.endswith(("…", ".", "!", "?")) else f"{cut}."
    return " ".join(each for each in (ended, day) if each)


def _name(world: World, it: Record | Part) -> str:
    return telling.shortened(world.titles.full(it.ref), _NAME)


def _owner(world: World, it: Record | Part, organisation: str = "") -> str:
    """Name the organisation that something is about, or in whose folder it is."""
    return telling.shortened(world.titles.full(organisation) if organisation else world.titles.organisation(it), _NAME)


def _told(world: World, it: Record | Part, said: str) -> str:
    """Say whose words it is: what a source tells is no record of the organisation."""
    record = it.record if isinstance(it, Part) else it
    finding, action = world.facts.findings.get(it.ref), world.facts.actions.get(it.ref)
    owner = _owner(world, it, finding.about if finding else "")
    if finding or action:
        state = labels.finding(finding) if finding else labels.action(action)[0] if action else None
        return _("Chuyện kể theo bài báo về {owner}: “{text}”. {state}.", owner=owner, text=_quoted(world, it), state=state.words if state else "")
    if record.kind == "suggestion" and said:
        return _("{owner}: “{text}”. Chuyện kể theo bài báo, không phải hồ sơ của đơn vị.", owner=owner, text=telling.shortened(said, _QUOTED))
    if record.kind == "organisation" or not owner:
        return _("{name}: chuyện kể theo bài báo, không phải hồ sơ của đơn vị.", name=_name(world, it))
    return _("{name} – {owner}: chuyện kể theo bài báo, không phải hồ sơ của đơn vị.", name=_name(world, it), owner=owner)


def _quoted(world: World, it: Record | Part) -> str:
    return telling.shortened(world.titles.full(it.ref), _QUOTED)


def _plain(world: World, it: Record | Part) -> str:
    """Say what something is, whose, and what its document says of itself."""
    record = it.record if isinstance(it, Part) else it
    stage = None if isinstance(it, Part) else labels.stage(record, world.kind(record.kind), world.facts.day)
    if stage is labels.STAGE["issued"] and purpose(record) != SUGGESTION:
        stage = SENT
    name, owner = _name(world, it), _owner(world, it)
    if not owner or owner in name:
        return _("{name}. {stage}.", name=name, stage=stage.words) if stage else name
    return _("{name} – {owner}. {stage}.", name=name, owner=owner, stage=stage.words) if stage else _("{name} – {owner}.", name=name, owner=owner)


def _organisation(world: World, it: Record | Part) -> str:
    facts, name = world.facts.organisations.get(it.ref), _name(world, it)
    if not facts:
        return ""
    if is_past(it.data.get("to"), world.facts.day):
        return _ended(name, has_heirs=bool(facts.successors))
    if facts.own.finding_total:
        return _counted(name, facts.own)
    if facts.whole.finding_total:
        return _counted(_("{name} và các đơn vị trực thuộc", name=name), facts.whole)
    return _("{name}: chưa có hạn chế nào được kết luận trong hồ sơ ở đây.", name=name)


def _ended(name: str, *, has_heirs: bool) -> str:
    if has_heirs:
        return _("{name} đã kết thúc hoạt động; hạn chế và lời hứa còn lại do đơn vị kế thừa trả lời.", name=name)
    return _("{name} đã kết thúc hoạt động.", name=name)


def _counted(name: str, tally: Tally) -> str:
    """Say how many findings are mended and confirmed, of how many, and how many actions are overdue."""
    total, done = tally.finding_total, tally.findings.get(FindingState.RESOLVED, 0)
    values: dict[str, Any] = {"name": name, "done": telling.number(done), "total": telling.number(total), "count": total}
    if tally.overdue:
        return _("{name}: {done} trong {total} hạn chế đã khắc phục và được xác nhận; {overdue} việc quá hạn.", overdue=telling.number(tally.overdue), **values)
    return _("{name}: {done} trong {total} hạn chế đã khắc phục và được xác nhận; không có việc nào quá hạn.", **values)


def _cycle(world: World, it: Record | Part) -> str:
    """Say what the sheet for the meeting of a cycle comes to."""
    sheet = meeting.make(world, it) if isinstance(it, Record) else None
    return " ".join((f"{_name(world, it)}:", *sheet.short)) if sheet and sheet.short else ""


def _finding(world: World, it: Record | Part) -> str:
    facts = world.facts.findings.get(it.ref)
    if not facts:
        return ""
    values: dict[str, Any] = {"owner": _owner(world, it, facts.about), "text": _quoted(world, it), "state": labels.finding(facts).words}
    return _("Hạn chế của {owner}: “{text}”. {state}.", **values)


def _action(world: World, it: Record | Part) -> str:
    facts = world.facts.actions.get(it.ref)
    if not facts:
        return ""
    first, *rest = [label.words for label in labels.action(facts)[:2]]
    states = "; ".join([first, *(f"{each[:1].lower()}{each[1:]}" for each in rest)])
    values: dict[str, Any] = {"owner": _owner(world, it), "text": _quoted(world, it), "state": states}
    if facts.due and facts.is_open:
        return _("{owner} hứa: “{text}”, hạn {due}. {state}.", due=telling.day(facts.due), **values)
    return _("{owner} hứa: “{text}”. {state}.", **values)


def _plan(world: World, it: Record | Part) -> str:
    record = it.record if isinstance(it, Part) else it
    if concerns_one_post(record, world.register):
        return ""
    actions = [world.facts.actions[part.ref] for part in record.parts_of("action") if part.ref in world.facts.actions]
    values: dict[str, Any] = {"name": _name(world, it), "owner": _owner(world, it)}
    if "approved" not in record.data:
        return _("{name} – {owner}: bản dự thảo, chưa ban hành.", **values)
    return _of_actions(actions, values)


def _of_actions(actions: list[ActionFacts], values: Mapping[str, Any]) -> str:
    total, done, late = len(actions), sum(each.done for each in actions), sum(bool(each.overdue_days) for each in actions)
    counts: dict[str, Any] = {**values, "done": telling.number(done), "total": telling.number(total), "count": total}
    if late:
        return _("{name} – {owner}: {done} trong {total} việc đã xong và được xác nhận; {overdue} việc quá hạn.", overdue=telling.number(late), **counts)
    return _("{name} – {owner}: {done} trong {total} việc đã xong và được xác nhận; không có việc nào quá hạn.", **counts)


def _review(world: World, it: Record | Part) -> str:
    """Say how many findings a review or an inspection has, and how many of them are mended."""
    record = it.record if isinstance(it, Part) else it
    if is_individual(record) or not record.parts_of("finding"):
        return ""
    found = [world.facts.findings[part.ref] for part in record.parts_of("finding") if part.ref in world.facts.findings]
    done = sum(each.state is FindingState.RESOLVED for each in found)
    values: dict[str, Any] = {
        "name": _name(world, it),
        "owner": _owner(world, it),
        "total": telling.number(len(found)),
        "done": telling.number(done),
        "count": len(found),
    }
    if "concluded" not in record.data:
        return _("{name} – {owner}: nêu {total} hạn chế, chưa kết luận.", **values)
    return _("{name} – {owner}: {done} trong {total} hạn chế đã nêu nay đã khắc phục và được xác nhận.", **values)


def _suggestion(world: World, it: Record | Part) -> str:
    thread = world.once("threads_by_ref", _threads).get(it.ref)
    if not thread:
        return _plain(world, it)
    asked, answered = thread
    values: dict[str, Any] = {
        "name": _name(world, it),
        "owner": _owner(world, it),
        "answered": telling.number(answered),
        "total": telling.number(asked),
        "count": asked,
    }
    return _("{name} – {owner}: đã trả lời {answered} trong {total} vấn đề được gợi ý.", **values)


def _threads(world: World) -> Mapping[str, tuple[int, int]]:
    return {thread.ref: (len(thread.issues), thread.answered) for cycle in threads.make(world).cycles for thread in cycle.rows}


def _issue(world: World, it: Record | Part) -> str:
    if not isinstance(it, Part) or purpose(it.record) != SUGGESTION:
        return ""
    values: dict[str, Any] = {"owner": _owner(world, it), "text": _quoted(world, it)}
    if explaining(world, it):
        return _("{owner} gợi ý kiểm điểm: “{text}”. Đã có giải trình.", **values)
    return _("{owner} gợi ý kiểm điểm: “{text}”. Chưa có giải trình.", **values)


def _home(world: World) -> str:
    return _counted(telling.shortened(world.site.name, _NAME), world.facts.whole) if world.facts.whole.finding_total else ""


def _overdue(world: World) -> str:
    found = overdue.make(world)
    values: dict[str, Any] = {"late": telling.number(found.count), "bodies": telling.number(len(found.groups)), "count": found.count}
    return _("{late} việc quá hạn của {bodies} đơn vị, theo hạn mới nhất đã được đồng ý.", **values) if found.count else ""


def _due_soon(world: World) -> str:
    found = due_soon.make(world)
    values: dict[str, Any] = {"due": telling.number(found.count), "bodies": telling.number(len(found.groups)), "count": found.count}
    return _("Trong 30 ngày tới {bodies} đơn vị có {due} việc, báo cáo hoặc bước của kỳ kiểm điểm đến hạn.", **values) if found.count else ""


def _suggestions(world: World) -> str:
    found = threads.make(world)
    values: dict[str, Any] = {"answered": telling.number(found.answered), "total": telling.number(found.issues), "count": found.issues}
    return _("Đơn vị đã trả lời {answered} trong {total} vấn đề cấp trên gợi ý.", **values) if found.issues else ""


_THINGS: Final[Mapping[str, Callable[[World, Record | Part], str]]] = {
    "organisation": _organisation,
    "cycle": _cycle,
    "finding": _finding,
    "action": _action,
    "plan": _plan,
    "review": _review,
    "inspection": _review,
    "suggestion": _suggestion,
    "issue": _issue,
}
"""What is said of a kind of record or part; empty where it has nothing to count. Of another kind it is what its template or its document says."""
_BOARDS: Final[Mapping[str, Callable[[World], str]]] = {
    "index.html": _home,
    "bang/qua-han.html": _overdue,
    "bang/den-han.html": _due_soon,
    "bang/goi-y.html": _suggestions,
}
"""What is said of a page with numbers; empty where there is nothing to count yet."""
