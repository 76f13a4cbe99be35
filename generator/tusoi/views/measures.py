"""Sets of criteria, indicators and aggregate figures: numbers with what they were counted of, and what cannot be computed because nobody states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.counted import is_small
from tusoi.dates import span
from tusoi.labels import Label, Shape, Tone
from tusoi.record import Part, Record
from tusoi.speech import N_, _
from tusoi.views.beside import Was, was_at
from tusoi.views.document_name import document_words
from tusoi.views.pieces import enum_word
from tusoi.views.world import World, view

REACHED: Final = Label("Đạt", Shape.FULL, Tone.GOOD)
NOT_REACHED: Final = Label("Chưa đạt", Shape.HALF, Tone.WAITING)
_NARRATED: Final = {
    "included": N_("đã gồm các trường hợp kể riêng"),
    "besides": N_("chưa gồm các trường hợp kể riêng"),
    "unknown": N_("không rõ đã gồm các trường hợp kể riêng hay chưa"),
}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion of a set."""

    anchor: str
    text: str
    findings: tuple[str, ...]
    """The findings that are a sign of it: for members only."""


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    """Criteria that belong together; `start` is the number of the first one in the whole set."""

    name: str
    start: int
    lines: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class CriteriaView:
    """The page of a set of criteria."""

    title: str
    told: bool
    version: str
    period: str
    document: str
    document_ref: str
    count: int
    groups: tuple[CriterionGroup, ...]
    cycles: tuple[str, ...]
    results: tuple[str, ...]
    """Aggregate figures that were counted by it."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class CountLine:
    """One number: of what, how it was counted, how far it went."""

    what: str
    ref: str
    """The criterion, where it is about one."""
    figure: Mapping[str, Any]
    counting: str
    stage: str
    here: str
    """How many such cases have a record here."""


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The page of aggregate figures."""

    title: str
    told: bool
    nature: str
    about: tuple[str, ...]
    period: str
    criteria: str
    counts: tuple[CountLine, ...]
    caption: str
    """What all of them count, where that is the same."""
    counting: str
    """How all of them were counted, where that is the same and stated."""
    has_stages: bool
    has_here: bool
    has_instances: bool
    is_only_total: bool
    """Some are totals of which there is no list."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """What an indicator came to in a period."""

    period: str
    value: str
    was: Was | None
    left: str
    """Of a share, how many are left."""
    computed: str
    state: Label
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """The page of an indicator."""

    title: str
    told: bool
    about: tuple[str, ...]
    measure: str
    period: str
    baseline: Mapping[str, Any] | None
    is_from_baseline: bool
    target: str
    values: tuple[PeriodLine, ...]
    gap: str
    """Why nothing can be computed; empty where it can."""

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@view
def criteria_page(world: World, record: Record) -> CriteriaView:
    """Tell everything about a set of criteria, group by group."""
    data = record.data
    parts = record.parts_of("criterion")
    groups: dict[str, list[CriterionLine]] = {}
    for part in parts:
        groups.setdefault(str(part.data.get("group", "")), []).append(
            CriterionLine(part.id, str(part.data.get("text", "")), () if world.site.is_public else _signs(world, part))
        )
    return CriteriaView(
        title=world.titles.of_record(record),
        told=record.told,
        version=str(data.get("version", "")),
        period=telling.between(data.get("from"), data.get("until")),
        document=document_words(data.get("document")),
        document_ref=str(record.get("document", "of") or ""),
        count=len(parts),
        groups=_numbered(groups),
        cycles=tuple(each.id for each, _ in world.register.sources_of(record.id, "cycle")),
        results=tuple(each.id for each, link in world.register.sources_of(record.id, "figures") if link.path == ("criteria",)),
    )


@view
def figures_page(world: World, record: Record) -> FiguresView:
    """Tell aggregate figures number by number."""
    data = record.data
    counts = tuple(_count(world, record, each) for each in data.get("counts", ()))
    return FiguresView(
        title=world.titles.of_record(record),
        told=record.told,
        nature=enum_word(world, record, "nature"),
        about=tuple(data.get("about", ())),
        period=telling.between(data.get("from"), data.get("to")),
        criteria=str(data.get("criteria", "")),
        counts=counts,
        has_stages=any(each.stage for each in counts),
        has_here=any(each.here for each in counts),
        counting=counts[0].counting if len({each.counting for each in counts}) == 1 and "counting" in data["counts"][0] else "",
        caption=_caption(data.get("counts", ())),
        has_instances=any(each.get("counting") == "instances" for each in data.get("counts", ())),
        is_only_total=any(each.get("itemised") is False for each in data.get("counts", ())),
    )


@view
def indicator_page(world: World, record: Record) -> IndicatorView:
    """Tell what was to be reached and what was, period by period; what cannot be computed says why."""
    data = record.data
    needs_base = data.get("measure") == "increase"
    base = record.get("baseline", "value")
    gap = ""
    if needs_base and not base:
        gap = _("Không tính được: nguồn không nêu số gốc") if record.told else _("Không tính được: chưa ghi số gốc")
    elif not data.get("values"):
        gap = _("Nguồn không nêu kết quả của kỳ nào") if record.told else _("Chưa ghi kết quả của kỳ nào")
    return IndicatorView(
        title=world.titles.of_record(record),
        told=record.told,
        about=tuple(data.get("about", ())),
        measure=enum_word(world, record, "measure"),
        period=telling.between(data.get("from"), data.get("to")),
        baseline=data.get("baseline"),
        is_from_baseline=needs_base,
        target=_target(record),
        values=tuple(_period(world, record, index, row) for index, row in enumerate(data.get("values", ()))),
        gap=gap,
    )


def _signs(world: World, criterion: Part) -> tuple[str, ...]:
    """Give the findings that name a criterion, by their organisations A–Z: never the one with the most first."""
    links = [each for each in world.register.links_to(criterion.ref) if "signs" in each.path]
    records = [(world.register.records[each.source], each) for each in links]
    found = (part for record, link in records if not record.withdrawn for part in record.parts_of("finding") if part.path == link.path[: len(part.path)])
    named = {part.ref: part for part in found}
    return tuple(sorted(named, key=lambda ref: (sort_key(world.titles.organisation(named[ref])), ref)))


def _numbered(groups: Mapping[str, list[CriterionLine]]) -> tuple[CriterionGroup, ...]:
    made: list[CriterionGroup] = []
    for name, lines in groups.items():
        made.append(CriterionGroup(name, 1 + sum(len(each.lines) for each in made), tuple(lines)))
    return tuple(made)


def _count(world: World, record: Record, count: Mapping[str, Any]) -> CountLine:
    kind = world.kind("figures")
    schema = kind.schema if kind else {}
    criterion = world.register.find(str(count["criterion"])) if "criterion" in count else None
    text = str(criterion.data.get("text", "")).removesuffix(".") if isinstance(criterion, Part) else ""
    counting = labels.word(schema, "counts", "counting", str(count["counting"])) if "counting" in count else ""
    return CountLine(
        what=telling.sentence_case(text or str(count.get("what", ""))),
        ref=criterion.ref if isinstance(criterion, Part) else "",
        figure=count,
        counting=counting or (_(labels.NOT_STATED) if record.told else _(labels.NOT_WRITTEN)).lower(),
        stage=stages_of(world, record, count),
        here=_here(world, count),
    )


def stages_of(world: World, record: Record, count: Mapping[str, Any]) -> str:
    """Say how far a count went. Of disciplinary measures it is said, too, where nobody states whether they are proposed or decided."""
    kind = world.kind("figures")
    schema = kind.schema if kind else {}
    words = [labels.word(schema, "counts", key, str(count[key])) for key in ("stage", "response") if key in count]
    if count.get("response") == "discipline" and "stage" not in count:
        words.append(_("(nguồn không nêu mới đề nghị hay đã quyết định)") if record.told else _("(chưa ghi mới đề nghị hay đã quyết định)"))
    return telling.sentence_case(" ".join(words))


def _caption(counts: tuple[Mapping[str, Any], ...]) -> str:
    """Say what the numbers count, where each is about another criterion and all count the same."""
    whats = {str(each.get("what", "")) for each in counts if "criterion" in each}
    return telling.sentence_case(whats.pop()) if len(whats) == 1 and all("criterion" in each for each in counts) else ""


def _here(world: World, count: Mapping[str, Any]) -> str:
    """Say how many of an asserted total have a record here, and whether the cases that are told one by one are in it."""
    kind = str(count.get("of_kind", ""))
    if not kind:
        return ""
    number = len(list(world.register.of_kind(kind)))
    here = _("{number} hồ sơ", number=telling.number(number), count=number)
    narrated = _NARRATED.get(str(count.get("narrated")), "")
    return _("{here}; tổng số {narrated}", here=here, narrated=_(narrated)) if narrated else here


def _period(world: World, record: Record, index: int, row: Mapping[str, Any]) -> PeriodLine:
    unit = str(record.get("unit") or "")
    figure = {**{key: row[key] for key in ("value", "of") if key in row}, "unit": unit}
    computed = computed_of(record, row)
    value = telling.figure(figure, told=record.told)
    return PeriodLine(
        period=telling.sentence_case(telling.day(span(row.get("period")))),
        value=value,
        was=was_at(world, record, "values", index, "value"),
        left=left_of(record, row),
        computed=f"{telling.number(round(computed, 1))} {_scale(record)}" if computed is not None and not is_few_persons(row, unit) else "",
        state=_state(record, row, computed),
        text=str(row.get("text", "")),
    )


def computed_of(record: Record, row: Mapping[str, Any]) -> float | None:
    """Give what an indicator comes to in a period, in its own measure. None where it cannot be told."""
    value = row.get("value")
    if value is None:
        return None
    match record.get("measure"):
        case "increase":
            base = record.get("baseline", "value")
            return 100 * (value - base) / base if base else None
        case "share":
            return 100 * value / row["of"] if row.get("of") else None
    return float(value)


def is_few_persons(row: Mapping[str, Any], unit: str) -> bool:
    """Whether what is computed would tell a number of persons that may not be told."""
    return any(is_small(row.get(key), unit) for key in ("value", "of"))


def left_of(record: Record, row: Mapping[str, Any]) -> str:
    """Say how many of a share are left, as far as it may be told: `1 vụ`. Empty where it is no share, or where one of the two numbers is not stated."""
    unit = str(record.get("unit") or "")
    if record.get("measure") != "share" or not ("value" in row and "of" in row) or row["value"] > row["of"] or is_few_persons(row, unit):
        return ""
    return f"{telling.number_of({'value': round(row['of'] - row['value'], 6), 'unit': unit})} {unit}"


def _state(record: Record, row: Mapping[str, Any], computed: float | None) -> Label:
    if computed is None:
        return Label(_(_not_computed(record, row)), Shape.DASH)
    low = record.get("target", "from")
    if low is None:
        return Label("Không nêu mức phải đạt", Shape.DASH)
    return REACHED if computed >= low else NOT_REACHED


def _scale(record: Record) -> str:
    return "%" if record.get("measure") in ("increase", "share") else str(record.get("unit") or "")


def _target(record: Record) -> str:
    low, high = record.get("target", "from"), record.get("target", "to")
    if low is None:
        return ""
    return f"{telling.number(low)}–{telling.number(high)} {_scale(record)}" if high is not None else f"{telling.number(low)} {_scale(record)}"


def _not_computed(record: Record, row: Mapping[str, Any]) -> str:
    """Say what is missing to compute a result, as it is said by `_`."""
    if record.get("measure") == "increase":
        return N_("Không tính được: nguồn không nêu số gốc") if record.told else N_("Không tính được: chưa ghi số gốc")
    if "value" in row:
        return N_("Không tính được: nguồn không nêu tổng số") if record.told else N_("Không tính được: chưa ghi tổng số")
    return N_("Không tính được: nguồn không nêu con số") if record.told else N_("Không tính được: chưa ghi con số")
