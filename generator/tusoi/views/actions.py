"""An action: how far it is and who checked that, what was promised of it and what became of it, what proves it, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tusoi import labels, telling
from tusoi.facts import ActionFacts
from tusoi.labels import Label
from tusoi.record import Part
from tusoi.speech import _
from tusoi.translations import Overtaken
from tusoi.views import histories, in_short
from tusoi.views.checked import Checked, Holding, checked, decisive, holding, latest, nobody, who_checked
from tusoi.views.followed import HandoverLine, Voice, critiques, handovers
from tusoi.views.in_short import InShort
from tusoi.views.pieces import FIRST_DAY, ActionLine, Event, action_line, enum_word
from tusoi.views.proofs import Picture, evidence
from tusoi.views.proven import Proven, proofs_of
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Resource:
    """What an action is paid or made with."""

    kind: str
    amount: Mapping[str, Any] | None
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What who does it, or who checked it, said last."""

    words: str
    """`Báo cáo gần nhất`."""
    when: str
    text: str
    figures: tuple[Mapping[str, Any], ...]
    ref: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """The page of an action."""

    title: str
    statement: str
    """What is to be done in full, where the title is only its beginning."""
    short: InShort
    marks: tuple[Label, ...]
    """What stands beside its state."""
    line: ActionLine
    plan: str
    said: tuple[Said, ...]
    """What was last reported and last checked."""
    checked: Checked | None
    """The check that says most."""
    checked_words: str
    """Who confirmed it, in a sentence; or that nobody knows."""
    holding: Holding
    proofs: tuple[Proven, ...]
    history: tuple[Event, ...]
    replaced_by: str
    nature: str
    check: str
    lead: str
    mandate: str
    resources: tuple[Resource, ...]
    partners: tuple[str, ...]
    pictures: tuple[Picture, ...]
    """In the order in which they were taken; those without a date come last."""
    critiques: tuple[Voice, ...]
    handovers: tuple[HandoverLine, ...]
    onward: tuple[tuple[str, str], ...]

    @property
    def has_before_and_after(self) -> bool:
        """Whether there are pictures of several days."""
        return len({each.taken for each in self.pictures if each.taken}) > 1

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return _(labels.NOT_STATED) if self.line.told else _(labels.NOT_WRITTEN)


@view
def action(world: World, part: Part) -> ActionView:
    """Tell everything about an action."""
    facts = world.facts.actions[part.ref]
    data = part.data
    completed = latest(each for each in facts.checks if each.result == "confirmed" and each.check != "effectiveness") if facts.done else None
    check = completed or decisive(facts)
    title, content = world.titles.of_part(part), " ".join(str(data.get("content", "")).split()).removesuffix(".")
    return ActionView(
        title=title,
        statement="" if content == title and not isinstance(data.get("content"), Overtaken) else str(data.get("content", "")),
        short=in_short.of_action(world, facts),
        marks=(labels.IMMEDIATE,) if data.get("urgency") == "immediate" else (),
        line=action_line(world, facts),
        plan=part.record.id,
        said=tuple(_said(facts)),
        checked=checked(world, check) if check else None,
        checked_words=who_checked(world, check) if check else f"{nobody(told=facts.told)}.",
        holding=holding(world, facts),
        proofs=proofs_of(world, [facts]),
        history=histories.of_action(world, facts),
        replaced_by=facts.replaced_by,
        nature=enum_word(world, part, "nature"),
        check=str(data.get("check", "")),
        lead=str(data.get("lead", "")),
        mandate=str(data.get("mandate", "")),
        resources=tuple(_resource(world, row) for row in data.get("resources", ())),
        partners=tuple(data.get("partners", ())),
        pictures=_pictures(world, facts),
        critiques=critiques(world, (part.ref,)),
        handovers=handovers(world, (part.ref,)),
        onward=tuple(_onward(world, part)),
    )


def _onward(world: World, part: Part) -> Iterator[tuple[str, str]]:
    """Say where to go from here: to what it mends, to the whole plan, to whose it is."""
    for ref in part.data.get("findings", ()):
        if world.titles.path(str(ref)):
            yield str(ref), world.titles.full(str(ref))
    yield part.record.id, world.titles.of_record(part.record)
    yield part.record.organisation, world.titles.full(part.record.organisation)


def _said(facts: ActionFacts) -> Iterator[Said]:
    """Give what was last reported: the words and numbers of who does it; and of the last check, those of who checked."""
    if facts.reports:
        last = facts.reports[-1]
        text = "\n\n".join(str(last.entry[key]) for key in ("text", "obstacle") if key in last.entry)
        words = _("Theo lời kể của nguồn") if facts.told else _("Người làm báo cáo")
        yield Said(words, telling.day(last.when), text, tuple(last.entry.get("figures", ())), last.record.id)
    if facts.checks:
        check = facts.checks[-1]
        yield Said(_("Nơi kiểm tra ghi"), telling.day(check.when), str(check.entry.get("text", "")), tuple(check.entry.get("figures", ())), check.record.id)


def _pictures(world: World, facts: ActionFacts) -> tuple[Picture, ...]:
    """Gather the photographs of an action, of who did it and of who checked, each once."""
    entries = [*((each.record, each.entry) for each in facts.reports), *((each.record, each.entry) for each in facts.checks)]
    found = {each.picture.file: each.picture for record, entry in entries for each in evidence(world, record, entry) if each.picture}
    return tuple(sorted(found.values(), key=lambda each: (each.taken is None, each.taken.last if each.taken else FIRST_DAY, each.file)))


def _resource(world: World, row: Mapping[str, Any]) -> Resource:
    kind = world.kind("plan")
    words = labels.word(kind.schema, "actions", "resources", "kind", str(row.get("kind", ""))) if kind else ""
    return Resource(telling.sentence_case(words), row.get("amount"), str(row.get("text", "")))
