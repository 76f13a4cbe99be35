"""A finding: what happened, which body is responsible, why, what is done about it and what became of it, and who confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.facts import FindingFacts
from tusoi.labels import Label
from tusoi.record import Part, Record
from tusoi.speech import N_, _
from tusoi.translations import Overtaken
from tusoi.views import histories, in_short
from tusoi.views.checked import Checked, Holding, checked, decisive, holding, nobody, who_checked
from tusoi.views.in_short import DoneLine, InShort
from tusoi.views.pieces import ActionLine, Event, action_line, dated, enum_word, finding_marks, found_by, occasion
from tusoi.views.proven import Proven, proofs_of
from tusoi.views.voices import is_few
from tusoi.views.world import World, view

_LONGEST_HEADING: Final = 240
_SUPPORT: Final = {True: N_("Đã đề nghị cấp trên hỗ trợ"), False: N_("Không đề nghị cấp trên hỗ trợ")}
_PURPOSE: Final = {"sector_comment": N_("Nhận xét của cơ quan, ngành – {who}"), "critique": N_("Giám sát, phản biện – {who}")}
_TERMS: Final = {"objective": "word.cause_objective", "subjective": "word.cause_subjective"}
PARTS: Final = (N_("Hạn chế gì"), N_("Ai chịu trách nhiệm"), N_("Vì sao"), N_("Sửa thế nào"))
"""The four parts of a finding that is complete: it names the fault, the address, the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class FourParts:
    """Which of the four parts are there."""

    parts: tuple[tuple[str, bool], ...]
    told: bool

    @property
    def count(self) -> int:
        """How many are there."""
        return sum(there for _, there in self.parts)

    @property
    def absent(self) -> str:
        """What stands for a part that is not there."""
        return _(labels.NOT_STATED) if self.told else _(labels.NOT_WRITTEN)


@dataclass(frozen=True, slots=True)
class Responsible:
    """A body and its share."""

    ref: str
    share: str
    portion: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, and whose doing it was."""

    kind: str
    text: str
    term: str = ""
    """By which the list of words has the kind."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed the result, and when; empty where nobody is named."""

    by: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """Who raised it, and where."""

    words: str
    """With the day on which that was, as far as it is known."""
    ref: str = ""
    is_dated: bool = False
    """Whether the words say when it was raised, and not only by whom."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """The page of a finding."""

    title: str
    short: InShort | None
    done: tuple[DoneLine, ...]
    """The first of its actions."""
    more: int
    """How many more there are."""
    marks: tuple[Label, ...]
    """What stands beside its state."""
    statement: str
    heading: str
    """The statement, shortened only where it would fill the screen."""
    is_longer: bool
    """Whether the statement says more than the heading."""
    told: bool
    found_by: str
    record: str
    about: tuple[str, ...]
    area: str
    criterion: str
    effect: str
    response: str
    """How it was responded to, where an inspection found it."""
    support: str
    """Whether help was asked of who stands above."""
    raised: tuple[Raised, ...]
    signs: tuple[str, ...]
    """Criteria that it is a sign of: for members only."""
    figures: tuple[Mapping[str, Any], ...]
    four: FourParts
    bodies: tuple[Responsible, ...]
    posts: int
    lead_posts: int
    causes: tuple[Cause, ...]
    remedy: str
    actions: tuple[ActionLine, ...]
    no_action: str
    carried: tuple[Event, ...]
    checked: Checked | None
    """The check that says most."""
    said: str
    """Who confirmed it, in a sentence; or that nobody knows."""
    holding: Holding | None
    proofs: tuple[Proven, ...]
    outcome: str
    side_effects: tuple[str, ...]
    issues: tuple[str, ...]
    """What it responds to."""
    recurrence_of: str
    recurred: tuple[str, ...]
    history: tuple[Event, ...]
    onward: tuple[tuple[str, str], ...]

    @property
    def absent(self) -> str:
        """What stands where nothing is written."""
        return self.four.absent


@view
def finding(world: World, part: Part) -> FindingView:
    """Tell everything about a finding."""
    data = part.data
    facts = world.facts.findings.get(part.ref)
    statement = str(data.get("statement", ""))
    heading = telling.shortened(statement, _LONGEST_HEADING)
    given, leads = posts(world, part)
    actions = facts.actions if facts else ()
    check = decisive(facts) if facts else None
    return FindingView(
        title=telling.shortened(statement),
        short=in_short.of_finding(world, facts) if facts else None,
        done=in_short.done_lines(actions),
        more=max(0, len(actions) - in_short.SHOWN),
        marks=finding_marks(facts) if facts else (),
        statement=statement,
        is_longer=len(heading) < len(telling.shortened(statement, len(statement) + 1)) or isinstance(data.get("statement"), Overtaken),
        heading=heading,
        told=part.told,
        found_by=found_by(world, part),
        record=part.record.id,
        about=tuple(part.record.data.get("about", ())) or (part.record.organisation,),
        area=enum_word(world, part, "area"),
        criterion=str(data.get("criterion", "")),
        effect=str(data.get("effect", "")),
        response=enum_word(world, part, "response"),
        support=_(_SUPPORT[data["support_requested"]]) if "support_requested" in data else "",
        raised=tuple(raised_by(world, part)),
        signs=() if world.site.is_public else tuple(data.get("signs", ())),
        figures=tuple(data.get("figures", ())),
        four=FourParts(
            tuple(zip(map(_, PARTS), (key in data and bool(data[key]) for key in ("statement", "responsible", "causes", "remedy")), strict=True)),
            part.told,
        ),
        bodies=tuple(bodies(world, part)),
        posts=given,
        lead_posts=leads,
        causes=causes(world, part),
        remedy=str(data.get("remedy", "")),
        actions=tuple(action_line(world, each) for each in actions),
        no_action=facts.reason if facts else "",
        carried=tuple(histories.carried(world, facts)) if facts else (),
        checked=checked(world, check) if check else None,
        said=who_checked(world, check) if check else f"{nobody(told=part.told)}.",
        holding=holding(world, facts) if facts else None,
        proofs=proofs_of(world, actions, facts.checks if facts else ()),
        outcome=str(data.get("outcome", "")),
        side_effects=tuple(data.get("side_effects", ())),
        issues=tuple(data.get("answers", ())),
        recurrence_of=str(data.get("recurrence_of", "")),
        recurred=facts.recurred if facts else (),
        history=histories.of_finding(world, part, facts),
        onward=tuple(_onward(world, part, facts)),
    )


def _onward(world: World, part: Part, facts: FindingFacts | None) -> Iterator[tuple[str, str]]:
    """Say where to go from here: to the plans that mend it, and to whose it is."""
    for ref in dict.fromkeys(each.part.record.id for each in (facts.actions if facts else ())):
        yield ref, world.titles.full(ref)
    owner = facts.about if facts else part.record.organisation  # not who took it over since: a page that waits for nothing says the same every day
    yield owner, _("Mọi hạn chế của {organisation}", organisation=world.titles.full(owner))


def bodies(world: World, part: Part) -> Iterator[Responsible]:
    """Name the organisations; posts are named only where the readers are members."""
    for row in part.data.get("responsible", ()):
        thing = world.register.find(str(row.get("who", "")))
        is_post = isinstance(thing, Record) and thing.kind == "role"
        if "who" not in row or (is_post and world.site.is_public):
            continue
        share = telling.sentence_case(_share_word(world, part, row))
        yield Responsible(str(row["who"]), share, "" if world.site.is_public else str(row.get("portion", "")))


def posts(world: World, part: Part) -> tuple[int, int]:
    """Count the posts that were given responsibility, and those that bear it in the first place."""
    total = leads = 0
    for row in part.data.get("responsible", ()):
        thing = world.register.find(str(row.get("who", "")))
        count = int(row["posts"].get("value", 0)) if "posts" in row else int(isinstance(thing, Record) and thing.kind == "role")
        total += count
        leads += count if row.get("share") == "lead" else 0
    return total, leads


def causes(world: World, part: Part) -> tuple[Cause, ...]:
    """Give the causes, each with whose doing it was."""
    return tuple(
        Cause(_cause_word(world, part, cause), str(cause.get("text", "")), _TERMS.get(cause.get("kind", ""), "")) for cause in part.data.get("causes", ())
    )


def raised_by(world: World, part: Part) -> Iterator[Raised]:
    """Say who raised it, and when that was: the organisation itself, a superior or a mass organisation, comments that came in; never which person.

    The day is that of the suggestion or of the round, not that of the review that took it up.
    """
    record = part.record
    if record.kind != "review":
        yield Raised(found_by(world, part), record.id, bool(occasion(world, record)))
    elif part.data.get("self_identified"):
        is_told_from_below = part.data.get("from_feedback") and not part.data.get("answers")
        yield Raised(_("Đơn vị tự nhận ra, trước khi cấp trên chỉ ra") if is_told_from_below else _("Đơn vị tự nhận ra"))
    for ref in part.data.get("answers", ()):
        issue = world.register.find(str(ref))
        if isinstance(issue, Part):
            said = _PURPOSE.get(str(issue.record.data.get("purpose", "")), N_("Gợi ý kiểm điểm – {who}"))
            when = occasion(world, issue.record)
            yield Raised(dated(_(said, who=world.titles.organisation(issue)), when), issue.ref, bool(when))
    for ref in dict.fromkeys(_round(world, str(each)) for each in part.data.get("from_feedback", ())):
        thing = world.register.find(ref)
        around = thing.record if isinstance(thing, Part) else thing
        hidden = around is None or is_few(world, around)
        closes = telling.on(around.get("closes")) if around and not hidden else ""
        words = _("Tiếp thu từ ý kiến góp ý, nhận đến {day}", day=closes) if closes else _("Tiếp thu từ ý kiến góp ý")
        yield Raised(words, "" if hidden else ref, bool(closes))


def _round(world: World, ref: str) -> str:
    """Give what a reader may be led to: members to the opinion, everybody else to the round."""
    thing = world.register.find(ref)
    return thing.record.id if isinstance(thing, Part) and world.site.is_public else ref


def _share_word(world: World, part: Part, row: Mapping[str, Any]) -> str:
    kind = world.kind(part.record.kind)
    return labels.word(kind.schema, "findings", "responsible", "share", str(row.get("share", ""))) if kind else ""


def _cause_word(world: World, part: Part, cause: Mapping[str, Any]) -> str:
    kind = world.kind(part.record.kind)
    return labels.word(kind.schema, "findings", "causes", "kind", str(cause.get("kind", ""))) if kind else ""


def confirmation(world: World, part: Part, facts: FindingFacts) -> Confirmation:  # noqa: ARG001 -- pages that list findings call it as they call a view
    """Say who confirmed the result of a finding, or of one of its actions."""
    check = decisive(facts)
    if check is None or check.result != "confirmed":
        return Confirmation()
    return Confirmation(str(check.record.data.get("by", "")), telling.day(check.when))
