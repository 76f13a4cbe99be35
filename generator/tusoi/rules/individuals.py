"""Rules about single posts beside their collective."""

from __future__ import annotations

from collections.abc import Iterator

from tusoi.evidence import is_individual
from tusoi.problem import Problem, Severity
from tusoi.record import Part, Record
from tusoi.rules import World, rule, wrong
from tusoi.rules.cycle_records import cycle_of, id_of, in_cycle


@rule("R45", stage="decided", kinds=("classification",), source="S1-23", severity=Severity.WARNING)
def head_beside_collective(classification: Record, world: World) -> Iterator[Problem]:
    """A head should not be rated above the collective that this post leads.

    vi: Người đứng đầu không nên được xếp mức cao hơn tập thể do mình đứng đầu.
    """
    cycle = cycle_of(classification, world.register)
    for rating in classification.parts_of("rating"):
        role = world.register.find(str(rating.data.get("of")))
        if classification.told or cycle is None or not isinstance(role, Record) or role.get("rank") != "head":
            continue
        own = _level(rating, world)
        for each in in_cycle(cycle.id, world.register, "classification"):
            for other in each.parts_of("rating") if "decided" in each.data else ():
                if id_of(world.register, other.data.get("of")) == role.organisation and own is not None and _is_below(other, own, world):
                    levels = {"level": _word(rating, world), "collective": _word(other, world)}
                    yield wrong("R45", rating, "level", severity=Severity.WARNING, name=role.get("name"), **levels)


def _level(rating: Part, world: World) -> int | None:
    """Give how many levels of the scale are above the rating; None where it is no level of its scale."""
    scheme = world.profile.scheme(str(rating.record.get("scheme")))
    names = [each.id for each in scheme.levels] if scheme else []
    level = rating.data.get("level")
    return names.index(level) if level in names else None


def _is_below(rating: Part, level: int, world: World) -> bool:
    other = _level(rating, world)
    return other is not None and other > level


def _word(rating: Part, world: World) -> str:
    return world.profile.word("levels", str(rating.data.get("level")))


@rule("R49", stage="concluded", kinds=("review",), source="S3-22 S3-29", severity=Severity.WARNING)
def echoed(review: Record, world: World) -> Iterator[Problem]:
    """What the collective review lays upon a post is taken up in that post's own review; and what a post takes up it says how it will mend, there or in a plan of its own.

    vi: Phần trách nhiệm mà báo cáo kiểm điểm tập thể giao cho một chức danh phải được chức danh ấy nói đến trong bản kiểm điểm cá nhân; phần đã nhận thì nêu cách khắc phục, ngay trong bản kiểm điểm hoặc bằng kế hoạch riêng.
    """  # noqa: E501 -- the docstring is published as it is
    cycle = cycle_of(review, world.register)
    if review.told or not is_individual(review) or cycle is None:
        return
    role = id_of(world.register, review.get("of"))
    taken_up = {id_of(world.register, each.get("finding")) for each in review.get("collective") or ()}
    yield from _unmended(review, world)
    for whole in in_cycle(cycle.id, world.register, "review"):
        if is_individual(whole) or whole.organisation != role.split("/", 1)[0] or "concluded" not in whole.data:
            continue
        for number, finding in enumerate(whole.parts_of("finding"), start=1):
            named = {id_of(world.register, each.get("who")) for each in finding.data.get("responsible", ())}
            if role in named and finding.ref not in taken_up:
                yield wrong("R49", review, "collective", severity=Severity.WARNING, number=number, ref=finding.ref)


def _unmended(review: Record, world: World) -> Iterator[Problem]:
    """Find the parts of which nobody says how they will be mended. A plan of the post's own says so for all of them."""
    plans = [plan for plan, link in world.register.sources_of(review.id, "plan") if link.path[0] == "of"]
    if any("approved" in each.data or "held_elsewhere" in each.data for each in plans):
        return
    for number, entry in enumerate(review.get("collective") or ()):
        if "remedy" not in entry:
            yield wrong("R49", review, "collective", number, "remedy", variant="remedy", severity=Severity.WARNING, number=number + 1)
