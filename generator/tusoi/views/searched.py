"""How each page can be found: what it is, whose it is, how far it is, and what it says. No template calls this: `page.py` does, for each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tusoi import labels, lineage, searching
from tusoi.dates import span
from tusoi.facts import ActionFacts, ActionState, FindingState
from tusoi.inspected import areas as areas_of
from tusoi.labels import Label
from tusoi.lineage import Lineage
from tusoi.problem import Path
from tusoi.record import Part, Record
from tusoi.record_days import day_of
from tusoi.searching import Entry, State
from tusoi.speech import N_, _, language
from tusoi.titles import TEXT_OF_PART
from tusoi.views.around import around
from tusoi.views.open_matters import has_open_matters
from tusoi.views.pieces import finding_marks
from tusoi.views.world import World

_PARTS: Final[Mapping[str, str]] = {"finding": N_("Hạn chế"), "action": N_("Việc khắc phục"), "issue": N_("Vấn đề được gợi ý")}
_BOARDS: Final = "bang"
_FOLDERS: Final[Mapping[str, str]] = {_BOARDS: N_("Bảng theo dõi"), "quy-tac": N_("Quy tắc kiểm tra"), "mau": N_("Mẫu hồ sơ")}
_OTHER: Final = N_("Trang")
_REASONED: Final = (FindingState.UNRESOLVED, FindingState.NO_ACTION)
OVERDUE: Final = N_("Quá hạn")
STALE: Final = N_("Quá kỳ báo cáo")


def entry(world: World, it: Record | Part | None, path: str, title: str, html: str) -> Entry:
    """Make the entry of a page from what it shows. `path` is below the root of its language; `html` is all of the page."""
    if it is None:
        return _of_page(path, title, html)
    page = searching.plain(html)
    record = it.record if isinstance(it, Part) else it
    organisations = _organisations(world, it, record, page)
    names = world.once("search_names", _names)
    return Entry(
        path=path,
        title=searching.line(title),
        kind=_kind(world, it, record),
        whose=_whose(world, it, record),
        names=tuple(names[each] for each in organisations if each in names),
        states=tuple(State(each.words, each.shape.value, each.tone.value) for each in _states(world, it, page)),
        choices=tuple(each for each in _choices(world, it, record) if isinstance(it, Part) or searching.line(each) in page),
        areas=_areas(world, it),
        years=_years(world, record),
        texts=tuple(each for each in searching.shown(_texts(it), page) if each.rstrip(".") != title.rstrip(".")),
        is_open=has_open_matters(world, it),
        lang=_spoken(world, it, record),
        is_organisation=isinstance(it, Record) and it.kind == "organisation",
    )


def _spoken(world: World, it: Record | Part, record: Record) -> str:
    """Name the language of the title, where it is not that of the page."""
    spoken = str(record.data.get("lang", world.site.lang))
    return spoken if spoken != language() and not world.titles.is_translated(it.ref) else ""


def _of_page(path: str, title: str, html: str) -> Entry:
    """Make the entry of a page that is about no record."""
    folder = path.rpartition("/")[0]
    return Entry(path, searching.line(title), _(_FOLDERS.get(folder, _OTHER)), texts=searching.own_words(html), is_board=folder == _BOARDS)


def _states(world: World, it: Record | Part, page: str) -> Iterator[Label]:
    """Give the chips of a page: of a record those that the page shows, of a part how far it is, without the reasons that somebody has written."""
    found, action = world.facts.findings.get(it.ref), world.facts.actions.get(it.ref)
    if it.record.withdrawn if isinstance(it, Part) else not (found or action):
        yield from (each for each in around.make(world, it).chips if searching.line(each.words) in page)
    elif found:
        if found.draft and not found.told:
            yield labels.STAGE["draft"]
        yield labels.FINDING[found.state] if found.state in _REASONED and not found.told else labels.finding(found)
        yield from finding_marks(found)
    elif action:
        is_reasoned = action.state is ActionState.STOPPED and not action.replaced_by and not action.told
        yield from (labels.ACTION[action.state],) if is_reasoned else labels.action(action)


def _kind(world: World, it: Record | Part, record: Record) -> str:
    return _(_PARTS[it.kind]) if isinstance(it, Part) and it.kind in _PARTS else world.titles.kind(record.kind)


def _whose(world: World, it: Record | Part, record: Record) -> str:
    """Say whose it is, and whom it is about where that is somebody else."""
    if record.id == record.organisation:
        return _which(world, record)
    speaker = world.titles.organisation(record)
    found = world.facts.findings.get(it.ref)
    about = world.titles.full(found.about) if found and found.about in world.register.records else ""
    return _("{speaker}, về {about}", speaker=speaker, about=about) if about and speaker and about != speaker else speaker or about


def _which(world: World, organisation: Record) -> str:
    """Say which organisation it is: of what type, and below whom. Many communes have one name."""
    kind, facts = world.kind("organisation"), world.facts.organisations.get(organisation.id)
    words = labels.word(kind.schema, "type", organisation.data["type"]) if kind and "type" in organisation.data else ""
    above = ", ".join(world.titles.short(each) for each in facts.parents) if facts else ""
    return _("{kind}, thuộc {organisation}", kind=words, organisation=above) if words and above else words or above


def _organisations(world: World, it: Record | Part, record: Record, page: str) -> tuple[str, ...]:
    """Give the organisations that a page is about: in whose folder it is, and those that the record names and the page shows. An organisation is itself."""
    if it.ref == record.organisation:
        return (record.organisation,)
    found = world.facts.findings.get(it.ref)
    named = [found.about] if found else []
    path: Path = it.path if isinstance(it, Part) else ()
    linked = (world.register.find(link.target) for link in record.links if link.path[: len(path)] == path)
    named += [each.id for each in linked if isinstance(each, Record) and each.kind == "organisation"]
    wanted = (each for each in dict.fromkeys(named) if _is_named(world, each, page))
    return tuple(dict.fromkeys([record.organisation, *wanted]))


def _is_named(world: World, organisation: str, page: str) -> bool:
    return organisation in world.register.records and any(searching.line(name) in page for name in _called(world, organisation))


def _names(world: World) -> Mapping[str, str]:
    """Give, for every organisation, what it is called: in full, in short, and as those were called that it took over and as who took it over is."""
    family = lineage.of(world.register)
    return {each: " | ".join(dict.fromkeys(searching.line(name) for one in _around(family, each) for name in _called(world, one))) for each in family.records}


def _around(family: Lineage, organisation: str) -> Iterator[str]:
    """Give an organisation, and those before and after it, however far."""
    yield organisation
    for steps, side in ((family.steps_to, "before"), (family.steps, "after")):
        seen, waiting = {organisation}, [organisation]
        while waiting:
            near = [str(getattr(step, side)) for step in steps.get(waiting.pop(), ())]
            fresh = [each for each in near if each in family.records and each not in seen]
            seen.update(fresh)
            waiting += fresh
            yield from fresh


def _called(world: World, organisation: str) -> Iterator[str]:
    yield world.titles.full(organisation)
    yield world.titles.short(organisation)


def _choices(world: World, it: Record | Part, record: Record) -> tuple[str, ...]:
    """Give the states by which a reader may choose: the word alone, without its days, numbers and reasons."""
    if record.withdrawn:
        return (labels.WITHDRAWN.words,)
    if isinstance(it, Record):
        stage = labels.stage(record, world.kind(record.kind), world.facts.day)
        return (stage.words,) if stage and it.kind != "organisation" else ()
    found, action = world.facts.findings.get(it.ref), world.facts.actions.get(it.ref)
    if found:
        return (labels.finding(found).words if found.told else labels.FINDING[found.state].words,)
    return tuple(_of_action(action)) if action else ()


def _of_action(action: ActionFacts) -> Iterator[str]:
    if action.told:
        yield from (each.words for each in labels.action(action))
        return
    label: Label = labels.STAGE["draft"] if action.draft else labels.ACTION[action.state]
    if not (action.state is ActionState.PLANNED and (action.overdue_days or action.stale_days)):
        yield (labels.BLOCKED if action.is_blocked and action.is_open else label).words
    if action.overdue_days:
        yield _(OVERDUE)
    if action.postponements:
        yield labels.postponement(action.postponements[-1]).words
    if action.stale_days:
        yield _(STALE)


def _areas(world: World, it: Record | Part) -> tuple[str, ...]:
    """Give the areas of a finding, of what an inspection is about, and of an action by the findings that it mends."""
    words = {each.id: each.words.get(language(), each.id) for each in world.profile.areas()}
    named = {str(it.data["area"])} if "area" in it.data else set()
    if isinstance(it, Record) and it.kind == "inspection":
        named |= areas_of(it)
    if isinstance(it, Part) and it.kind == "action":
        named |= world.once("areas_of_actions", _areas_of_actions).get(it.ref, frozenset())
    return tuple(sorted(words[each] for each in named if each in words))


def _areas_of_actions(world: World) -> Mapping[str, frozenset[str]]:
    """Give the areas of the findings that each action mends."""
    found: dict[str, frozenset[str]] = {}
    for finding in world.facts.findings.values():
        if area := finding.part.data.get("area"):
            for action in finding.actions:
                found[action.part.ref] = found.get(action.part.ref, frozenset()) | {str(area)}
    return found


def _years(world: World, record: Record) -> tuple[int, ...]:
    """Give the years that a reader may mean: that of the cycle, of the record's own or of what it is about, and that of its day."""
    if record.kind == "organisation":
        return ()
    stated = record.data.get("of") or ()
    about = [world.register.find(str(each)) for each in (stated if isinstance(stated, tuple) else (stated,))]
    near = [record, *(each.record if isinstance(each, Part) else each for each in about if each is not None)]
    cycles = [world.register.find(str(each.data["cycle"])) for each in near if "cycle" in each.data]
    days = [day_of(record, world.register), *(span(each.data.get("from")) for each in cycles if isinstance(each, Record))]
    return tuple(sorted({each.first.year for each in days if each}))


def _texts(it: Record | Part) -> Iterator[str]:
    """Give what a record or part says in sentences; what has a page of its own says it there."""
    if isinstance(it, Part):
        yield from _sentences(it.data, ())
        return
    elsewhere = frozenset(part.path for part in it.parts if part.kind in TEXT_OF_PART and part.kind in _PARTS)
    yield from _sentences(it.data, elsewhere)


def _sentences(data: Any, elsewhere: frozenset[Path] | tuple[()], path: Path = ()) -> Iterator[str]:
    if path in elsewhere:
        return
    if isinstance(data, str):
        if " " in data.strip():
            yield data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _sentences(value, elsewhere, (*path, key))
    elif isinstance(data, tuple):
        for number, value in enumerate(data):
            yield from _sentences(value, elsewhere, (*path, number))
