"""Text to copy: records that an editor may want to write from a page, with what is known already filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tusoi import skeleton, telling
from tusoi.dates import is_past, span
from tusoi.editing import NewFile, new_file
from tusoi.evidence import is_individual
from tusoi.facts import FindingState
from tusoi.kinds import Kinds
from tusoi.record import Part, Record
from tusoi.views.followed import CRITIQUE, answers_to, purpose
from tusoi.views.organisation_record import PETITIONS
from tusoi.views.world import World, view

_DONE: Final = (FindingState.RESOLVED, FindingState.NO_ACTION)


@view
def new_records(world: World, it: Record | Part) -> tuple[NewFile, ...]:
    """Give what an editor may want to write from a page: of an organisation, a plan, or something that may be answered or corrected."""
    record = it.record if isinstance(it, Part) else it
    if record.told or "withdrawn" in record.data:
        return ()
    if isinstance(it, Part) or record.kind == "suggestion":
        return tuple(_corrections(world, it))
    return tuple(_of_plan(world, record) if record.kind == "plan" else _of_organisation(world, record))


def _of_plan(world: World, plan: Record) -> Iterator[NewFile]:
    """Give this month's report and a request for more time."""
    day = world.site.day
    action = next((part.id for part in plan.parts_of("action")), "A1")
    report = _path(world, plan.organisation, "progress", f"{day:%Y-%m}")
    yield from _new(world, "Báo cáo tháng này", report, _text(world, "progress", {"of": plan.id, "entries/action": action}))
    asked = _path(world, plan.organisation, "postponements", f"{day.isoformat()}-{action.lower()}")
    yield from _new(world, "Đề nghị gia hạn", asked, _text(world, "postponement", {"of": f"{plan.id}#{action}", "date": day.isoformat()}))


def _of_organisation(world: World, it: Record) -> Iterator[NewFile]:
    """Give a review with what it has to answer, the plan that follows it, and what belongs to the latest plan; then what waits for an answer."""
    own, year = it.organisation, str(world.site.day.year)
    cycle = _cycle(world, own)
    about = {"cycle": cycle} if cycle else {}
    text = _text(world, "review", about)
    yield from _new(world, "Thêm hồ sơ: báo cáo kiểm điểm", _path(world, own, "reviews", year), text and text + _carry_over(world, own))
    review = _review(world, own)
    yield from _new(world, "Thêm hồ sơ: kế hoạch khắc phục", _path(world, own, "plans", year), _text(world, "plan", {"of": review} if review else {}))
    plans = [each for each in world.register.of_kind("plan") if each.organisation == own and not each.told]
    if plans:
        yield from _of_plan(world, plans[-1])
    for asked in _waiting(world, own):
        name = f"{world.site.day.isoformat()}-{asked.id.rpartition('/')[2]}"
        words = f"Trả lời: {telling.shortened(world.titles.of_record(asked), 60)}"
        yield from _new(world, words, _path(world, own, "answers", name), _text(world, "answer", {"of": asked.id, "date": world.site.day.isoformat()}))
    yield from _new(world, "Thêm hồ sơ: đợt lấy ý kiến góp ý", _path(world, own, "feedback", year), _text(world, "feedback", {**about, "about": own}))
    yield from _new(world, "Thêm hồ sơ: hội nghị, buổi lắng nghe ý kiến", _path(world, own, "events", f"{world.site.day:%Y-%m}"), _text(world, "event", about))
    yield from _new(world, "Thêm hồ sơ: bài học, cách làm hay", _path(world, own, "lessons", year), _text(world, "lesson", about))


def _corrections(world: World, it: Record | Part) -> Iterator[NewFile]:
    """Give the way to correct something, or to reply to it."""
    day = world.site.day.isoformat()
    record = it.record if isinstance(it, Part) else it
    owner = _spoken_of(world, record)
    known = {"of": it.ref, "date": day}
    yield from _new(
        world, "Gửi ý kiến phản hồi", _path(world, owner, "corrections", f"{day}-phan-hoi"), _text(world, "correction", {"nature": "reply", **known})
    )
    values = {"nature": "correction", **known, "path": "", "stated": "", "corrected": ""}
    yield from _new(world, "Đề nghị đính chính", _path(world, owner, "corrections", f"{day}-dinh-chinh"), _text(world, "correction", values))


def _spoken_of(world: World, record: Record) -> str:
    """Give whose folder a reply belongs in: that of the organisation that is spoken of."""
    for ref in (*(record.get("to") or ()), *(record.get("about") or ())):
        thing = world.register.find(str(ref))
        if thing is not None:
            return thing.ref.partition("/")[0]
    return record.organisation


def _new(world: World, words: str, path: str, text: str) -> Iterator[NewFile]:
    if text:
        yield new_file(world.site.host, words, path, text)


def _text(world: World, kind: str, known: Mapping[str, str]) -> str:
    """Write a first record of a kind; empty where the project has no such kind."""
    found = world.kind(kind)
    return skeleton.short(found, dict(known), _example(world)) if found else ""


def _carry_over(world: World, organisation: str) -> str:
    """Write the part of a review that answers for what is open: each finding with what it says, and the answer left to be filled in."""
    found = [each for each in world.facts.counted_findings() if each.organisation == organisation and each.state not in _DONE]
    lines = [
        f"  # {telling.shortened(str(each.part.data.get('statement', '')))}\n  - finding: {each.part.ref}\n    answer:\n"
        for each in sorted(found, key=lambda each: each.part.ref)
    ]
    words = "\n# Kết quả khắc phục từng hạn chế kỳ trước: resolved = đã khắc phục, in_progress = đang khắc phục, unresolved = chưa khắc phục.\n"
    return f"{words}carry_over:\n{''.join(lines)}" if lines else ""


def _cycle(world: World, organisation: str) -> str:
    """Give the cycle that an organisation is in on the day: the latest that is open."""
    found = [
        each
        for each, link in world.register.sources_of(organisation, "cycle")
        if link.path[0] == "scope" and "closed" not in each.data and not each.told and not is_past(each.get("to"), world.site.day)
    ]
    return max(found, key=lambda each: (str(span(each.get("from"))), each.id)).id if found else ""


def _review(world: World, organisation: str) -> str:
    """Give the review that waits for a plan."""
    reviews = [each for each in world.register.of_kind("review") if each.organisation == organisation and "concluded" in each.data and not is_individual(each)]
    return next((each.id for each in reversed(reviews) if not any(world.register.sources_of(each.id, "plan"))), "")


def _waiting(world: World, organisation: str) -> Iterator[Record]:
    """Give the critiques and petitions that nobody has answered."""
    for kind, key in (("suggestion", "to"), ("inspection", "about")):
        for each, link in world.register.sources_of(organisation, kind):
            asks = purpose(each) == CRITIQUE and "issued" in each.data if kind == "suggestion" else each.get("channel") in PETITIONS
            if link.path[0] == key and asks and not each.told and not answers_to(world, each):
                yield each


def _path(world: World, organisation: str, plural: str, name: str) -> str:
    """Give a path that no record has."""
    taken = {each.id for each in world.register.records.values()} | world.register.reserved
    names = (name, *(f"{name}-{number}" for number in range(2, 100)))
    return f"records/{organisation}/{plural}/{next(each for each in names if f'{organisation}/{plural}/{each}' not in taken)}.yml"


def _example(world: World) -> Callable[[str], str]:
    """Give what shows how a link to a kind looks."""
    kinds = world.register.kinds
    return kinds.example if isinstance(kinds, Kinds) else skeleton.no_example
