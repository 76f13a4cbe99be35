"""Text to copy: records that an editor may want to write from a page, filled in as far as the records go. The same as the command `new` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from tusoi import offering, telling
from tusoi.beginnings import WRITERS, Beginning, Note, above, begin
from tusoi.beginnings.desk import FOR_OTHERS, Desk, last_piece
from tusoi.editing import NewFile, file_address, new_file
from tusoi.kinds import ORGANISATION
from tusoi.posts import follower_of
from tusoi.record import Kind, Part, Record
from tusoi.speech import N_, _, language
from tusoi.views.open_matters import has_open_matters
from tusoi.views.world import World, view

MAIN: Final = ("review", "plan")
"""What an organisation writes in every cycle: it stands first, whether or not it is waited for."""
_WORDS: Final = {"progress": N_("Báo cáo tháng này"), "postponement": N_("Đề nghị gia hạn"), "verification": N_("Xác nhận kết quả")}
_CHECKS: Final = ("verification", "reminder", "inspection", "suggestion", "figures", "indicator")
_ELSEWHERE: Final = ("answer", "correction")
"""An answer is offered for each thing that waits for one, a correction beside what it corrects."""


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
    """Give this month's report and a request for more time; and the confirmation, for who follows the plan."""
    if not has_open_matters(world, plan):
        return
    desk = Desk(world.office, world.office.family.home(plan.organisation, world.site.day), plan)
    yield from _offers(world, desk, ("progress", "postponement"))
    follower = follower_of(plan, world.register)
    if follower and "approved" in plan.data:
        yield from _offers(world, Desk(world.office, follower, plan), ("verification",))


def _of_organisation(world: World, it: Record) -> Iterator[NewFile]:
    """Give what the organisation writes about itself, then what it writes as the one above others or as the one that checks; what is waited for first."""
    desk = Desk(world.office, it.organisation)
    facts = world.facts.organisations.get(it.organisation)
    if facts and not facts.in_force:
        return
    found = [each for each in (*_begun(world, desk, _kinds(desk)), *_answers(world, desk)) if not _is_idle(each)]
    posts = [each for each in found if each.kind.name == "role" and each.is_wanted]
    first = posts + [each for each in found if each not in posts and (each.is_wanted or each.kind.name in MAIN)]
    yield from (_of_rhythm(world, each) for each in first)
    yield from (_of_rhythm(world, each, is_rare=True) for each in found if each not in first)


def _of_rhythm(world: World, begun: Beginning, *, is_rare: bool = False) -> NewFile:
    """Offer a record; of a report on a plan with a rhythm, with the name of the plan."""
    reporting = _reporting(world, begun)
    return replace(_offer(world, begun, reporting, is_rare=is_rare), is_report=bool(reporting))


def _reporting(world: World, begun: Beginning) -> str:
    """Say on which plan a report would be; empty where it is none, or nobody has said how often there is one."""
    plan = world.register.find(str(begun.data.get("of") or "")) if begun.kind.name == "progress" else None
    if not isinstance(plan, Record) or "reporting" not in plan.data:
        return ""
    name, month = world.titles.full(plan.id), world.facts.day.isoformat()[:7]
    if any(str(each.get("date")).startswith(month) for each, link in world.register.sources_of(plan.id, "progress") if link.path == ("of",)):
        return _("Thêm báo cáo trong tháng: {plan}", plan=name)
    return _("Báo cáo tháng này: {plan}", plan=name) if plan.get("reporting") == "monthly" else _("Báo cáo kỳ này: {plan}", plan=name)


def _answers(world: World, desk: Desk) -> Iterator[Beginning]:
    """Give an answer to each thing that waits for one."""
    kind = world.kind("answer")
    for each in above.waiting(desk) if kind else ():
        if kind:
            yield replace(begin(kind, Desk(desk.world, desk.organisation, each)), is_wanted=True)


def _kinds(desk: Desk) -> tuple[str, ...]:
    """Give the kinds that an organisation of this sort writes; all others can be copied from the templates."""
    checks = {"mass_org": ("suggestion", "verification")}.get(desk.type, _CHECKS if desk.type in FOR_OTHERS else ())
    own = WRITERS["own"] if desk.cycle or desk.own("review") or not checks else ("event", "lesson")
    runs = desk.run is not None and desk.world.family.home(desk.run.organisation, desk.day) == desk.organisation
    superior = (*WRITERS["above"], "verification", "organisation") if runs or desk.has_cells else ()
    return tuple(each for each in dict.fromkeys((*own, *checks, *superior, "role", "document")) if each not in _ELSEWHERE)


def _is_idle(begun: Beginning) -> bool:
    """Whether there is nothing that the record could be about: no plan to report on, no request to answer, nothing that waits for a check."""
    return begun.kind.name in ("progress", "postponement", "handover") and begun.data.get("of") is None


def _corrections(world: World, it: Record | Part) -> Iterator[NewFile]:
    """Give the way to reply to something, or to correct it. Of what waits for nothing the page is the same every day: its writer then fills in the day."""
    record = it.record if isinstance(it, Part) else it
    kind = world.kind("correction")
    if kind is None:
        return
    desk = Desk(world.office, _spoken_of(world, record), it, is_blank=not has_open_matters(world, it))
    ways = (("reply", "phan-hoi", _("Gửi ý kiến phản hồi"), False), ("correction", "dinh-chinh", _("Đề nghị đính chính", meaning="to do"), True))
    for nature, ending, words, asks in ways:
        begun = begin(kind, desk)
        parts = ("path", "stated", "corrected")
        data = {key: (value.value if asks else value) if key in parts else value for key, value in begun.data.items() if asks or key not in parts}
        name = last_piece(begun.id).removeprefix(f"{desk.stamp}-") if desk.is_blank else last_piece(begun.id)
        named = desk.id_of(kind, f"{name}-{ending}", is_chosen=False)
        yield _offer(world, replace(begun, id=named, data={**data, "nature": nature}), words)


def _spoken_of(world: World, record: Record) -> str:
    """Give whose folder a reply belongs in: that of the organisation that is spoken of."""
    for ref in (*(record.get("to") or ()), *(record.get("about") or ())):
        thing = world.register.find(str(ref))
        if thing is not None:
            return thing.ref.partition("/")[0]
    return record.organisation


def _begun(world: World, desk: Desk, kinds: Iterable[str]) -> Iterator[Beginning]:
    for kind in filter(None, (world.kind(each) for each in dict.fromkeys(kinds))):
        desks = [Desk(desk.world, desk.organisation, each) for each in _each_about(desk, kind)]
        yield from (begin(kind, each) for each in desks or [Desk(desk.world, "", desk.record) if kind.name == ORGANISATION else desk])


def _each_about(desk: Desk, kind: Kind) -> list[Record]:
    """Give what an organisation writes a record of its own about: each open cycle a review, each running plan with a rhythm of reports a report."""
    if desk.about is not None or kind.name not in ("review", "progress"):
        return []
    return desk.open_cycles if kind.name == "review" else [each for each in desk.approved_plans() if "reporting" in each.data and desk.open_actions([each])]


def _offers(world: World, desk: Desk, kinds: Iterable[str]) -> Iterator[NewFile]:
    return (_offer(world, each) for each in _begun(world, desk, kinds))


def _offer(world: World, begun: Beginning, words: str = "", *, is_rare: bool = False) -> NewFile:
    said = words or _(_WORDS.get(begun.kind.name, "")) or _("Thêm hồ sơ: {small}", small=_small(begun.kind.words[language()]))
    there = world.register.find(begun.there)
    if isinstance(there, Record):
        is_over = "concluded" in there.data or "held_elsewhere" in there.data
        words, small = begun.kind.words[language()], _small(begun.kind.words[language()])
        is_in = "submitted" in there.data
        said = _("Đã có {small} của kỳ này", small=small) if is_over else _("{words} đã nộp", words=words) if is_in else _("{words} đang viết", words=words)
        return NewFile(said, there.source.file, "", file_address(world.site.host, there.source.file), is_rare=is_rare, there=there.id)
    if begun.kind.name == "review" and isinstance(title := begun.data.get("title"), Note):
        said = _("Thêm hồ sơ: {small}", small=_small(world.speech.title(title)))
    if begun.kind.name == "answer" and isinstance(of := begun.data.get("of"), str):
        said = _("Trả lời: {of}", of=telling.shortened(world.titles.full(of), 60))
    return new_file(world.site.host, said, begun.file, offering.text_of(begun, world.speech), is_rare=is_rare)


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
