"""Rules about verifying: nobody confirms what they did themselves, whichever of their posts they do it in; and what was mended shows, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tusoi.dates import Span, span
from tusoi.evidence import is_individual
from tusoi.facts import ActionFacts, FindingState
from tusoi.posts import organisation_of, persons, post
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import name_of

CODE: Final = "R09"
OUTSIDE: Final = frozenset({"inspection_body", "mass_org"})
"""The bodies whose work it is to look at others'."""
ADVISORY: Final = "advisory_body"


@dataclass(frozen=True, slots=True)
class _Side:
    """Whose work was verified."""

    posts: tuple[tuple[Record, Span], ...]
    """The posts that did it or reported it done, each with the day on which it matters who held it."""
    organisations: tuple[str, ...]
    inspectors: frozenset[str]
    """The bodies whose inspection found what is being mended."""


_NOBODY: Final = _Side((), (), frozenset())


class Independence(StrEnum):
    """How whoever verifies stands to those whose work it was, as far as the records tell."""

    OTHER_PERSONS = "other_persons"
    """Another body, and the records say that other persons held the posts."""
    OTHER_POSTS = "other_posts"
    """Another body and another post; who held them is not said."""
    OTHER_BODY = "other_body"
    """Another body; in which post it was verified is not said."""
    NONE = "none"
    NOT_KNOWN = "not_known"


@rule(CODE, stage="always", kinds=("verification",), source="S0-26")
def verify_independent(verification: Record, world: World) -> Iterator[Problem]:
    """Whoever verifies neither did the work, nor reported it done, nor is accountable for its plan: not in the same post, and not in another, where the records say who held both. And the verifying body exists on that day, and is not the one whose work or whose plan it is, but a superior, an inspection body, a mass organisation, or an adviser of those above. What is not known is not judged.

    vi: Người xác nhận không được là người đã làm, đã báo xong việc ấy hay chịu trách nhiệm chung về kế hoạch: không cùng chức danh, cũng không phải cùng một người ở hai chức danh (khi hồ sơ ghi ai giữ chức danh). Nơi xác nhận phải còn hoạt động vào ngày kiểm tra, và là cấp trên, cơ quan kiểm tra, Mặt trận, đoàn thể hoặc cơ quan tham mưu, không phải chính đơn vị có việc hay đơn vị ban hành kế hoạch. Điều hồ sơ không ghi thì không suy đoán.
    """  # noqa: E501 -- the docstring is published as it is
    when = span(verification.get("date"))
    if verification.told or when is None:
        return
    verifier, body = post(world.register, verification.get("by")), organisation_of(world.register, verification.get("by"))
    name = name_of(verifier or world.family.records[body]) if body in world.family.records else body
    if body in world.family.records and not any(world.family.is_in_force(body, day) for day in (when.first, when.last)):
        yield wrong(CODE, verification, "by", variant="gone", body=name_of(world.family.records[body]), date=verification.get("date"))
        return
    said: set[tuple[str, str]] = set()
    for number, entry in enumerate(verification.get("entries") or ()):
        target = world.register.find(str(entry.get("of")))
        side = _side(target, when, world) if isinstance(target, Part) else _NOBODY
        found = _too_near(verification, side, when, world)
        if found and (found[0], found[1].id) not in said:
            said.add((found[0], found[1].id))
            yield wrong(CODE, verification, "entries", number, "of", variant=found[0], verifier=name, other=name_of(found[1]))


def independence(verification: Record, of: object, world: World) -> Independence:
    """Say whether whoever verified an action or finding is independent of those whose work it was: as the rule judges it. What it leaves open stays open."""
    when, target = span(verification.get("date")), world.register.find(str(of))
    verifier, body = post(world.register, verification.get("by")), organisation_of(world.register, verification.get("by"))
    if verification.told or when is None or not isinstance(target, Part):
        return Independence.NOT_KNOWN
    side = _side(target, when, world)
    if _too_near(verification, side, when, world):
        return Independence.NONE
    if not side.posts or not all(_is_told_apart(body, each, when, world) for each in side.organisations):
        return Independence.NOT_KNOWN
    if verifier is None:
        return Independence.OTHER_BODY
    is_known = persons(verifier, when) and all(persons(role, then) for role, then in side.posts)
    return Independence.OTHER_PERSONS if is_known else Independence.OTHER_POSTS


def nearness(verification: Record, of: object, world: World) -> str:
    """Say what makes whoever verified no outsider, by the variant of the rule: `role`, `person`, `own` or `body`. Empty where nothing is known to."""
    when, target = span(verification.get("date")), world.register.find(str(of))
    if verification.told or when is None or not isinstance(target, Part):
        return ""
    found = _too_near(verification, _side(target, when, world), when, world)
    return found[0] if found else ""


def _too_near(verification: Record, side: _Side, when: Span, world: World) -> tuple[str, Record] | None:
    """Give what makes whoever verified no outsider to a side, and the post or organisation by which it does."""
    verifier, body = post(world.register, verification.get("by")), organisation_of(world.register, verification.get("by"))
    return _same_person(verifier, side, when) or _not_outside(body, side, when, world)


def _is_told_apart(body: str, organisation: str, when: Span, world: World) -> bool:
    """Whether the records say enough of two bodies to tell that one looks at the other's work from outside."""
    own = world.family.home(organisation, when.last)
    known = world.family.records
    return body in known and own in known and (known[body].get("type") in OUTSIDE or bool(_above(own, when, world)))


def _above(own: str, when: Span, world: World) -> frozenset[str]:
    family = world.family
    managers = {family.id(each) for each in family.records[own].get("managed_by") or ()}
    return frozenset(family.ancestors(own, when.first) | family.ancestors(own, when.last) | managers)


def _same_person(verifier: Record | None, side: _Side, when: Span) -> tuple[str, Record] | None:
    """Give the post on the other side that is the verifier's own, or the same person's."""
    for role, _ in side.posts if verifier else ():
        if verifier and role.id == verifier.id:
            return "role", role
    known = persons(verifier, when) if verifier else frozenset()
    for role, then in side.posts:
        if known & persons(role, then):
            return "person", role
    return None


def _not_outside(body: str, side: _Side, when: Span, world: World) -> tuple[str, Record] | None:
    """Give the organisation from which the verifying body is not independent."""
    family = world.family
    record = family.records.get(body)
    for organisation in side.organisations:
        own = family.home(organisation, when.last)
        if own not in family.records or record is None:
            continue
        if family.home(body, when.last) == own:
            return "own", family.records[own]
        above = _above(own, when, world)
        kind = record.get("type")
        advised = family.ancestors(body, when.first)
        is_adviser = kind == ADVISORY and (not record.get("parents") or (own not in advised and bool(advised & above)))
        if above and body not in above | side.inspectors and kind not in OUTSIDE and not is_adviser:
            return "body", family.records[own]
    return None


def _side(target: Part, when: Span, world: World) -> _Side:
    """Gather whose work is verified: of an action its owner, plan and reporters; of a finding those of all its actions, and who answers for it."""
    action = world.facts.actions.get(target.ref)
    finding = world.facts.findings.get(target.ref)
    if action:
        cited = [found for each in target.data.get("findings", ()) if isinstance(found := world.register.find(each), Part)]
        owner = organisation_of(world.register, target.data.get("owner")) or target.record.organisation
        return _Side(tuple(_doers(action, when, world)), tuple(dict.fromkeys((owner, target.record.organisation))), _inspectors(cited))
    if finding:
        doers = [each for action in finding.actions for each in _doers(action, when, world)]
        answering = [each["who"] for each in target.data.get("responsible", ()) if "who" in each]
        return _Side((*doers, *_posts(answering, when, world)), (finding.about,), _inspectors([target]))
    return _NOBODY


def _doers(action: ActionFacts, when: Span, world: World) -> Iterator[tuple[Record, Span]]:
    """Give the posts that own an action or are accountable for its plan on the day of the check, and those that owned or reported it when it was done."""
    owner = action.part.data.get("owner")
    yield from _posts([owner, action.part.record.get("accountable")], when, world)
    for report in action.reports:
        if report.entry.get("state") == "completed" and report.when and report.when.first <= when.last:
            yield from _posts([owner, report.record.get("by")], report.when, world)


def _posts(refs: Iterable[object], then: Span, world: World) -> Iterator[tuple[Record, Span]]:
    """Give the posts that links name; of an organisation those at its head, who answer for it."""
    for ref in refs:
        role = post(world.register, ref)
        own = world.held_by.get((organisation_of(world.register, ref), "role"), ())
        for each in (role,) if role else [each for each in own if each.get("rank") == "head"]:
            yield each, then


def _inspectors(findings: Iterable[Part]) -> frozenset[str]:
    return frozenset(each.record.organisation for each in findings if each.record.kind == "inspection")


@rule("R59", stage="always", kinds=("verification", "review", "inspection"), source="S0-09 S0-10")
def result_shows(record: Record, world: World) -> Iterator[Problem]:
    """A check whether a result holds says from when to when it was watched. And once somebody has confirmed that a finding is resolved, the finding should say what has changed for people: what was issued or built is not yet that.

    vi: Lần kiểm tra xem kết quả có giữ vững không phải ghi theo dõi từ ngày nào đến ngày nào. Hạn chế đã được xác nhận khắc phục thì nên ghi người dân, đơn vị được gì: ra văn bản, xây công trình chưa phải là thay đổi ấy.
    """  # noqa: E501 -- the docstring is published as it is
    if record.kind == "verification":
        yield from _unwatched(record)
    elif "concluded" in record.data and not record.told and not is_individual(record):
        for number, part in enumerate(record.parts_of("finding"), start=1):
            finding = world.facts.findings[part.ref]
            if finding.counts and finding.state is FindingState.RESOLVED and "outcome" not in part.data:
                yield wrong("R59", part, "outcome", variant="outcome", severity=Severity.WARNING, number=number)


def _unwatched(verification: Record) -> Iterator[Problem]:
    for number, entry in enumerate(verification.get("entries") or ()):
        absent = [key for key in ("observed_from", "observed_to") if key not in entry]
        if entry.get("check") == "effectiveness" and absent:
            yield wrong("R59", verification, "entries", number, absent[0], variant="window", number=number + 1)
