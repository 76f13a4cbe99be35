"""Rules about what records rest on: documents, sources, forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tusoi.dates import Span, is_before, span
from tusoi.evidence import is_individual
from tusoi.problem import Problem, Severity
from tusoi.profile import Section, Template
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, id_of, suggestions_to

NO_DATE_OF_ITS_OWN = ("organisation", "role", "source", "document", "criteria", "project")
WHEN = ("date", "dated", "from", "to", "period", "opens", "shown_on")


@rule("R27", stage="opened approved", kinds=("cycle", "plan"), source="S1-19 S2-03")
def basis_cited(record: Record, world: World) -> Iterator[Problem]:
    """A cycle rests on dated documents that were in force when it was opened, and no level between it and them should be left out; a plan should rest on a conclusion that has a document.

    vi: Kỳ kiểm điểm phải căn cứ văn bản có ngày và còn hiệu lực lúc mở kỳ; chuỗi văn bản không nên bỏ qua cấp nào ở giữa. Kế hoạch nên căn cứ một kết luận có văn bản kèm ngày.
    """  # noqa: E501 -- the docstring is published as it is
    if record.kind == "cycle":
        yield from _bases(record, world)
        yield from _gap(record, world)
    elif not record.told:
        yield from _concluded(record, world)


def _bases(cycle: Record, world: World) -> Iterator[Problem]:
    """One dated basis is needed; of what a source tells, no more than that is asked."""
    listed = [(number, each, _document(each.get("of"), world)) for number, each in enumerate(cycle.get("opened", "basis") or ())]
    has_date = any(_stated(each, document) is not None for _, each, document in listed)
    for number, each, document in listed:
        if _stated(each, document) is not None:
            yield from _in_force(cycle, number, each, document)
        elif (document or "of" not in each) and not (has_date and cycle.told):
            severity = Severity.WARNING if has_date else Severity.ERROR
            yield wrong("R27", cycle, "opened", "basis", number, "date", variant="undated", severity=severity, name=_named(each, document))


def _in_force(cycle: Record, number: int, basis: Mapping[str, Any], document: Record | None) -> Iterator[Problem]:
    path = ("opened", "basis", number)
    said = cycle.get("opened", "date")
    valid_to = document.get("valid_to") if document else None
    dated, opened, until = span(_stated(basis, document)), span(said), span(valid_to)
    if opened and dated and is_before(opened, dated):
        yield wrong("R27", cycle, *path, "date", variant="later", name=_named(basis, document), dated=_stated(basis, document), opened=said)
    if opened and until and is_before(until, opened):
        yield wrong("R27", cycle, *path, "of", variant="expired", name=_named(basis, document), until=valid_to, opened=said)


def _stated(basis: Mapping[str, Any], document: Record | None) -> Any:
    """Give the day on which a basis was issued: as the cycle says, or the document's record."""
    return basis.get("date") or (document.get("dated") if document else None)


def _named(basis: Mapping[str, Any], document: Record | None) -> str:
    return str(basis.get("number") or (document.get("number") if document else None) or basis.get("title") or "")


def _document(ref: object, world: World) -> Record | None:
    found = world.register.find(str(ref))
    return found if isinstance(found, Record) and found.kind == "document" else None


def _gap(cycle: Record, world: World) -> Iterator[Problem]:
    """Say where a basis comes from a higher level and the body right above has issued nothing in between."""
    opened = span(cycle.get("opened", "date"))
    if cycle.told or opened is None:
        return
    cited = [(number, found) for number, each in enumerate(cycle.get("opened", "basis") or ()) if (found := _document(each.get("of"), world))]
    right_above = set(world.family.parents(cycle.organisation, opened.last)) if cycle.organisation in world.family.records else set()
    higher = _all_above(right_above, world, opened) - right_above - {cycle.organisation}
    issuers = {each.organisation for _, found in cited for each in _carried_out(found, world)}
    for number, found in cited:
        if found.organisation in higher and not issuers & (right_above | {cycle.organisation}):
            name = world.family.records[min(right_above)].get("name")
            yield wrong("R27", cycle, "opened", "basis", number, "of", variant="gap", severity=Severity.WARNING, name=found.get("number"), between=name)


def _all_above(organisations: set[str], world: World, when: Span) -> set[str]:
    found: set[str] = set()
    waiting = sorted(organisations)
    while waiting:
        for each in world.family.parents(waiting.pop(), when.last):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _carried_out(document: Record, world: World) -> Iterator[Record]:
    """Give a document and all those that it carries out."""
    seen: set[str] = set()
    waiting = [document]
    while waiting:
        here = waiting.pop()
        if here.id not in seen:
            seen.add(here.id)
            yield here
            waiting += [found for ref in here.get("implements") or () if (found := _document(ref, world))]


def _concluded(plan: Record, world: World) -> Iterator[Problem]:
    for number, ref in enumerate(plan.get("of") or ()):
        base = world.register.find(ref)
        if not isinstance(base, Record) or base.told or "held_elsewhere" in base.data:
            continue
        seal = next((key for key in ("concluded", "issued") if key in base.data), "")
        document = base.get(seal, "document") or {}
        if seal and not ("of" in document or ("date" in document and "number" in document)):
            yield wrong("R27", plan, "of", number, variant="conclusion", severity=Severity.WARNING, seal=seal, file=base.source.file)


@rule("R32", stage="always", kinds=(), source="S0-27 S4-24", severity=Severity.WARNING)
def source_dated(record: Record, world: World) -> Iterator[Problem]:
    """What is told has a day, a month or a year: its own, its cycle's, or that of a source whose date can be relied on.

    vi: Việc kể lại phải có mốc thời gian: ngày, tháng hoặc năm của chính việc ấy, của kỳ kiểm điểm, hoặc của nguồn có ngày đăng tin được.
    """
    cycle = cycle_of(record, world.register)
    if not record.told or record.kind in NO_DATE_OF_ITS_OWN or _has_date(record.data) or (cycle and _has_date(cycle.data)):
        return
    sources = [found for ref in record.get("told_by") if isinstance(found := world.register.find(ref), Record)]
    if sources and all(each.get("confidence") == "low" for each in sources):
        yield wrong("R32", record, "told_by", severity=Severity.WARNING)


def _has_date(data: Any) -> bool:
    """Whether a record says anywhere when something was."""
    if isinstance(data, Mapping):
        return any((key in WHEN and span(value) is not None) or _has_date(value) for key, value in data.items() if key != "withdrawn")
    return isinstance(data, tuple) and any(_has_date(each) for each in data)


@rule("R39", stage="concluded", kinds=("review",), source="S3-17", needs=("R01", "R12", "R13"))
def template_filled(review: Record, world: World) -> Iterator[Problem]:
    """A review that follows a form leaves no section of it empty. What there is nothing to say of is no gap: no suggestion to answer, nothing to carry over.

    vi: Báo cáo làm theo mẫu thì không bỏ trống phần nào. Phần không có gì để nói thì không tính: không được gợi ý, không có việc kỳ trước chuyển sang.
    """
    template = _template(review, world)
    if review.told or template is None:
        return
    written = {str(each.get("id")).lower() for each in review.get("sections") or ()}
    for section in template.sections:
        if (
            section.id.lower() not in written
            and _is_asked(section, review, world)
            and not any(_is_filled(review.data, key.split("/")) for key in section.filled_by)
        ):
            names = {f"section_{language}": section.words.get(language, section.id) for language in ("vi", "en")}
            keys = ", ".join(section.filled_by) or "sections"
            params: dict[str, Any] = {"id": section.id, "keys": keys, "section_id": section.id.lower(), **names}
            yield wrong("R39", review, "template", **params)


def _template(review: Record, world: World) -> Template | None:
    """Give the form that a review says it follows, else its cycle's, where that is for such a review."""
    cycle = cycle_of(review, world.register)
    found = world.profile.template(str(review.get("template") or (cycle.get("template") if cycle else "")))
    whose = "individual" if is_individual(review) else "collective"
    return found if found and (found.whose == whose or "template" in review.data) else None


def _is_asked(section: Section, review: Record, world: World) -> bool:
    """Whether there is anything that the section could say. That a review has no finding at all is another rule's business."""
    keys = {each.split("/")[0] for each in section.filled_by}
    if keys == {"findings"}:
        return bool(review.get("findings"))
    if keys == {"carry_over"}:
        rows = [each for each in world.facts.carry if each.cycle == id_of(world.register, review.get("cycle")) and each.organisation == review.organisation]
        return any(each.total for each in rows) and not is_individual(review)
    if keys == {"explanations"}:
        about = id_of(world.register, review.get("of")) if is_individual(review) else review.organisation
        return any(suggestions_to(about, review, world))
    return True


def _is_filled(data: Any, pieces: list[str]) -> bool:
    """Whether anything stands at a path, whose `*` is any item of a list."""
    if not pieces:
        return bool(data) or isinstance(data, int | float)
    if isinstance(data, tuple):
        return any(_is_filled(each, pieces[1:] if pieces[0] == "*" else pieces) for each in data)
    return isinstance(data, Mapping) and pieces[0] in data and _is_filled(data[pieces[0]], pieces[1:])


@rule("R50", stage="always", kinds=("organisation",), source="S4-20", severity=Severity.WARNING, looks_for=("document",))
def local_rules(organisation: Record, world: World) -> Iterator[Problem]:
    """An organisation of the types that the profile names has rules of its own that carry out the documents that the profile names.

    vi: Đơn vị thuộc loại mà bộ quy định nêu phải có quy chế riêng cụ thể hóa các văn bản mà bộ quy định nêu.
    """
    day = world.facts.day
    facts = world.facts.organisations.get(organisation.id)
    if organisation.told or not (facts and facts.in_force) or organisation.get("type") not in world.profile.listed("local_rules_for", day):
        return
    own = [each for each in world.register.of_kind("document") if each.organisation == organisation.id and each.get("nature") == "local_rule"]
    until = {each.id: span(each.get("valid_to")) for each in own}
    standing = [each for each in own if not ((end := until[each.id]) and end.last < day)]
    numbers = {str(found.get("number")) for each in standing for found in _carried_out(each, world)}
    left = [each for each in world.profile.listed("local_rules_basis", day) if each not in numbers]
    if left:
        yield wrong("R50", organisation, severity=Severity.WARNING, numbers=", ".join(left))
