"""The rule about who may verify: nobody confirms what they did themselves, whichever of their posts they do it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tusoi.dates import Span, span
from tusoi.facts import ActionFacts
from tusoi.posts import organisation_of, persons, post
from tusoi.problem import Problem
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


@rule(CODE, stage="always", kinds=("verification",), source="S0-26")
def verify_independent(verification: Record, world: World) -> Iterator[Problem]:
    """Whoever verifies neither did the work nor reported it done: not in the same post, and not in another, where the records say who held both. And the verifying body is not the one whose work it is, but a superior, an inspection body, a mass organisation, or an adviser of those above. What is not known is not judged.

    vi: Người xác nhận không được là người đã làm hay đã báo xong việc ấy: không cùng chức danh, cũng không phải cùng một người ở hai chức danh (khi hồ sơ ghi ai giữ chức danh). Nơi xác nhận phải là cấp trên, cơ quan kiểm tra, Mặt trận, đoàn thể hoặc cơ quan tham mưu, không phải chính đơn vị có việc. Điều hồ sơ không ghi thì không suy đoán.
    """  # noqa: E501 -- the docstring is published as it is
    when = span(verification.get("date"))
    if verification.told or when is None:
        return
    verifier, body = post(world.register, verification.get("by")), organisation_of(world.register, verification.get("by"))
    name = name_of(verifier or world.family.records[body]) if body in world.family.records else body
    said: set[tuple[str, str]] = set()
    for number, entry in enumerate(verification.get("entries") or ()):
        target = world.register.find(str(entry.get("of")))
        side = _side(target, when, world) if isinstance(target, Part) else _NOBODY
        found = _same_person(verifier, side, when) or _not_outside(body, side, when, world)
        if found and (found[0], found[1].id) not in said:
            said.add((found[0], found[1].id))
            yield wrong(CODE, verification, "entries", number, "of", variant=found[0], verifier=name, other=name_of(found[1]))


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
        above = family.ancestors(own, when.first) | family.ancestors(own, when.last) | {family.id(each) for each in family.records[own].get("managed_by") or ()}
        kind = record.get("type")
        is_adviser = kind == ADVISORY and (not record.get("parents") or bool(family.ancestors(body, when.first) & (above | {own})))
        if above and body not in above | side.inspectors and kind not in OUTSIDE and not is_adviser:
            return "body", family.records[own]
    return None


def _side(target: Part, when: Span, world: World) -> _Side:
    """Gather whose work is verified: of an action its owner and who reported it done; of a finding those of all its actions, and who answers for it."""
    action = world.facts.actions.get(target.ref)
    finding = world.facts.findings.get(target.ref)
    if action:
        cited = [found for each in target.data.get("findings", ()) if isinstance(found := world.register.find(each), Part)]
        owner = organisation_of(world.register, target.data.get("owner")) or target.record.organisation
        return _Side(tuple(_doers(action, when, world)), (owner,), _inspectors(cited))
    if finding:
        doers = [each for action in finding.actions for each in _doers(action, when, world)]
        answering = [each["who"] for each in target.data.get("responsible", ()) if "who" in each]
        return _Side((*doers, *_posts(answering, when, world)), (finding.about,), _inspectors([target]))
    return _NOBODY


def _doers(action: ActionFacts, when: Span, world: World) -> Iterator[tuple[Record, Span]]:
    """Give the posts that own an action, on the day of the check and on those on which it was reported done, and those that reported it."""
    owner = action.part.data.get("owner")
    yield from _posts([owner], when, world)
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
