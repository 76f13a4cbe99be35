"""Rules about what records rest on: documents, sources, forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tusoi import carry_over, forms
from tusoi.cycle_reviews import is_held
from tusoi.dates import Span, is_before, span
from tusoi.evidence import is_individual
from tusoi.problem import Problem, Severity
from tusoi.profile import Section
from tusoi.record import Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.carrying import reviews_of
from tusoi.rules.cycle_records import cycle_of, id_of, name_of, suggestions_to

NO_DATE_OF_ITS_OWN = ("organisation", "role", "source", "document", "criteria", "project")
OF_NUMBERS = ("indicator", "figures")
WHEN = ("date", "dated", "from", "to", "period", "opens", "shown_on")


@rule("R27", stage="opened approved concluded", kinds=("cycle", "plan", "review"), source="S1-19 S2-03 S3-16")
def basis_cited(record: Record, world: World) -> Iterator[Problem]:
    """A cycle rests on dated documents that were in force when it was opened, and no level between it and them should be left out; a plan should rest on a conclusion that has a document, and a review on that of the cycle before.

    vi: Kỳ kiểm điểm phải căn cứ văn bản có ngày và còn hiệu lực lúc mở kỳ; chuỗi văn bản không nên bỏ qua cấp nào ở giữa. Kế hoạch nên căn cứ một kết luận có văn bản kèm ngày; báo cáo kiểm điểm nên lấy báo cáo kỳ trước làm căn cứ.
    """  # noqa: E501 -- the docstring is published as it is
    if record.kind == "cycle":
        yield from _bases(record, world)
        yield from _gap(record, world)
    elif record.kind == "review":
        yield from _before(record, world)
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


def _before(review: Record, world: World) -> Iterator[Problem]:
    """Say that a review does not rest on what its organisation found in the cycle before. Of one that is held elsewhere nobody here knows what it says."""
    cycle = cycle_of(review, world.register)
    if review.told or is_individual(review) or cycle is None:
        return
    earlier = reviews_before(cycle, review.organisation, world)
    named = {id_of(world.register, each) for each in review.get("based_on") or ()}
    if earlier and not named & {each.id for each in earlier}:
        yield wrong("R27", review, "based_on", variant="previous", severity=Severity.WARNING, name=name_of(earlier[-1]), ref=earlier[-1].id)


def reviews_before(cycle: Record, organisation: str, world: World) -> list[Record]:
    """Give the reviews of an organisation in the cycle before; without those that are held elsewhere."""
    cycles = carry_over.asking(world.register)
    this = cycles.get(cycle.id)
    before = carry_over.previous(this, cycles, world.register, world.family) if this else None
    reviews = reviews_of(before.record, organisation, world) if before else ()
    return [each for each in reviews if each.organisation == organisation and not is_held(each)]


@rule("R63", stage="always", kinds=("document",), source="S2-03", severity=Severity.WARNING, looks_for=("document",))
def chain_unbroken(document: Record, world: World) -> Iterator[Problem]:
    """Where a document carries out one of a body that stands higher than the body right above, the one in between should have carried it out, too.

    vi: Văn bản thực hiện văn bản của cấp trên nữa thì cấp ở giữa nên có văn bản triển khai, để chuỗi văn bản không bỏ qua cấp nào.
    """
    dated = span(document.get("dated"))
    if document.told or dated is None or document.organisation not in world.family.records:
        return
    right_above = world.family.parents(document.organisation, dated.last)
    for number, ref in enumerate(document.get("implements") or ()):
        upper = _document(ref, world)
        if upper is None or upper.organisation in {document.organisation, *right_above}:
            continue
        between = [each for each in sorted(right_above) if upper.organisation in world.family.ancestors(each, dated.last)]
        if between and not any(world.family.records[each].told or _has_carried_out(each, upper, world) for each in between):
            above, middle = (name_of(world.family.records[each]) for each in (upper.organisation, between[0]))
            params = {"name": upper.get("number"), "above": above, "between": middle, "ref": upper.id}
            yield wrong("R63", document, "implements", number, severity=Severity.WARNING, **params)


def _has_carried_out(organisation: str, upper: Record, world: World) -> bool:
    """Whether an organisation has a document that carries out another, directly or through others."""
    own = world.held_by.get((organisation, "document"), ())
    return any(each is upper for document in own for each in _carried_out(document, world))


@rule("R32", stage="always", kinds=(), source="S0-27 S4-24", severity=Severity.WARNING)
def source_dated(record: Record, world: World) -> Iterator[Problem]:
    """What is told has a day, a month or a year: its own, its cycle's, or that of a source whose date can be relied on.

    vi: Việc kể lại phải có mốc thời gian: ngày, tháng hoặc năm của chính việc ấy, của kỳ kiểm điểm, hoặc của nguồn có ngày đăng tin được.
    """
    cycle = cycle_of(record, world.register)
    if not record.told or record.kind in NO_DATE_OF_ITS_OWN or _has_date(record.data) or _counts_in_time(record) or (cycle and _has_date(cycle.data)):
        return
    sources = [found for ref in record.get("told_by") if isinstance(found := world.register.find(ref), Record)]
    if sources and all(each.get("confidence") == "low" for each in sources):
        yield wrong("R32", record, "told_by", severity=Severity.WARNING)


def _has_date(data: Any) -> bool:
    """Whether a record says anywhere when something was. The time that a figure is about is not that of what is told."""
    if isinstance(data, Mapping):
        told = ((key, value) for key, value in data.items() if key != "withdrawn" and not (key == "period" and "value" in data))
        return any((key in WHEN and span(value) is not None) or _has_date(value) for key, value in told)
    return isinstance(data, tuple) and any(_has_date(each) for each in data)


def _counts_in_time(record: Record) -> bool:
    """Whether a record tells numbers and nothing else, each with its time."""
    return record.kind in OF_NUMBERS and any("period" in each for key in ("counts", "values") for each in record.get(key) or ())


@rule("R39", stage="concluded", kinds=("review",), source="S3-17", needs=("R01", "R12", "R13"))
def template_filled(review: Record, world: World) -> Iterator[Problem]:
    """A review leaves no section empty of the form that it names, else its cycle's, else the one in force on its day. What there is nothing to say of is no gap: no suggestion to answer, nothing to carry over.

    vi: Báo cáo không bỏ trống phần nào của mẫu mà báo cáo hoặc kỳ kiểm điểm ghi; không ghi thì theo mẫu có hiệu lực ngày ấy. Phần không có gì để nói thì không tính: không được gợi ý, không có việc kỳ trước chuyển sang.
    """  # noqa: E501 -- the docstring is published as it is
    template = forms.template_of(review, world.register, world.profile)
    named = review.get("template")
    if review.told or template is None or named not in (None, template.id):  # that nobody knows the form that it names is another rule's business
        return
    written = {str(each.get("id")).lower() for each in review.get("sections") or ()}
    for section in template.sections:
        if (
            section.id.lower() not in written
            and _is_asked(section, review, world)
            and not any(_is_filled(review.data, key.split("/")) for key in section.filled_by)
        ):
            yield _empty(section, review, world)


def _empty(section: Section, review: Record, world: World) -> Problem:
    """Say that a section is empty, at the key that names the form, else at that which would fill the section."""
    names = {f"section_{language}": section.words.get(language, section.id) for language in ("vi", "en")}
    params: dict[str, Any] = {"id": section.id, "section_id": section.id.lower(), **names}
    if forms.AT_ONCE in section.filled_by:
        plan = forms.plans_of(review, world.register)[-1]
        return wrong("R39", review, "sections", variant="immediate", ref=plan.id, **params)
    key = "template" if "template" in review.data or not section.filled_by else section.filled_by[0].split("/")[0]
    return wrong("R39", review, key, keys=", ".join(section.filled_by) or "sections", **params)


def _is_asked(section: Section, review: Record, world: World) -> bool:
    """Whether there is anything that the section could say. That a review has no finding at all is another rule's business."""
    keys = {each.split("/")[0] for each in section.filled_by}
    if forms.AT_ONCE in section.filled_by:  # once there is a plan: before that nobody knows what it does first
        plans = forms.plans_of(review, world.register)
        return bool(plans) and not any("held_elsewhere" in each.data or _is_filled({"plan": each.data}, forms.AT_ONCE.split("/")) for each in plans)
    if keys <= {"findings", "collective"}:
        return any(review.get(each) for each in keys)
    if keys == {"carry_over"}:
        rows = [each for each in world.facts.carry if each.cycle == id_of(world.register, review.get("cycle")) and each.organisation == review.organisation]
        return any(each.total for each in rows) and not is_individual(review)
    if keys == {"explanations"}:
        about = id_of(world.register, review.get("of")) if is_individual(review) else review.organisation
        return any(_wants_a_word(each, review) for each in suggestions_to(about, review, world))
    return True


def _wants_a_word(suggestion: Record, review: Record) -> bool:
    """Whether a suggestion names a shortcoming, and came before the review was concluded."""
    issued, concluded = span(suggestion.get("issued", "date")), span(review.get("concluded", "date"))
    is_in_time = issued is not None and concluded is not None and is_before(issued, concluded) is True
    return is_in_time and any(each.data.get("nature") == "shortcoming" for each in suggestion.parts_of("issue"))


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
