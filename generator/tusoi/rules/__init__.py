"""The rules of the domain: one small function each, with a stable code; its docstring is published in both languages.

To add a rule, write one function in the module of its family, its sentences in `locale/*/rules.po`, and its cases in `tests/cases/<code>/`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from tusoi import copies, cycle_reviews, lineage
from tusoi.change import Change
from tusoi.collect import members
from tusoi.copies import Copy
from tusoi.cycle_reviews import ByCycle
from tusoi.dates import is_past, span
from tusoi.facts import Facts
from tusoi.key_names import about, noted
from tusoi.kinds import profile_of
from tusoi.lineage import Lineage
from tusoi.problem import Path, Problem, Severity
from tusoi.profile import Profile
from tusoi.record import Part, Record, Register


@dataclass(frozen=True)
class World:
    """What a rule may look at besides the record it judges."""

    register: Register
    facts: Facts
    unread: frozenset[str] = frozenset()
    """The ids of files that are there and were not accepted: nobody knows what they say."""

    @cached_property
    def unread_kinds(self) -> frozenset[str]:
        """The names of the kinds of which a file could not be accepted."""
        folders = {kind.plural: kind.name for kind in self.register.kinds.values()}
        return frozenset(folders[each.split("/")[1]] for each in self.unread if "/" in each and each.split("/")[1] in folders)

    @property
    def profile(self) -> Profile:
        """What the project's regulations and habits say, with its dates."""
        return profile_of(self.register.kinds)

    @cached_property
    def family(self) -> Lineage:
        """The organisations through time: who stood above whom, and who took over whom."""
        return lineage.of(self.register)

    @cached_property
    def by_cycle(self) -> ByCycle:
        """The reviews, suggestions and rows of the tally, by cycle and organisation."""
        return cycle_reviews.gather(self.register, self.facts, self.family)

    @cached_property
    def held_by(self) -> Mapping[tuple[str, str], tuple[Record, ...]]:
        """The records in the folder of an organisation, by organisation and kind; without those that were withdrawn."""
        found: dict[tuple[str, str], list[Record]] = {}
        for each in self.register.of_kind(*self.register.kinds):
            found.setdefault((each.organisation, each.kind), []).append(each)
        return {key: tuple(records) for key, records in found.items()}

    @cached_property
    def withdrawn(self) -> Mapping[str, tuple[Record, ...]]:
        """The records that were withdrawn, by the organisation in whose folder they are."""
        found: dict[str, list[Record]] = {}
        for each in self.register.records.values():
            if each.withdrawn:
                found.setdefault(each.organisation, []).append(each)
        return {key: tuple(records) for key, records in found.items()}

    @cached_property
    def waivers(self) -> Mapping[str, tuple[tuple[Record, str], ...]]:
        """The waivers in force, by their rule, each with the id of what it is for. What a source tells, or what is held elsewhere, waives nothing."""
        found: dict[str, list[tuple[Record, str]]] = {}
        for each in self.register.of_kind("waiver"):
            if "approved" in each.data and not each.told and "held_elsewhere" not in each.data and not is_past(each.get("until"), self.facts.day):
                target = self.register.find(str(each.get("of")))
                found.setdefault(str(each.get("rule")), []).append((each, target.ref if target else str(each.get("of"))))
        return {key: tuple(waivers) for key, waivers in found.items()}

    @cached_property
    def copies(self) -> Mapping[tuple[str, Path], Copy]:
        """The texts that stood before in another record, by record and place: found once for all records."""
        return copies.of(self.register, self.facts.day, self.family)


NOT_STATED = "not_stated"
"""The variant of every rule for what a record's source leaves out: nobody is said to have failed."""
CHANGE = "change"
"""The stage of the rules about changes."""
WAIVED = "waived"
"""The variant of every rule for what a waiver allows for now."""
BY_TIME = frozenset({"R03", "R04", "R22", "R23"})
"""The rules whose errors come about when a day passes, though no record changes. They are errors, and stand on the boards; but they neither stop the site,
which would then not show who is late, nor refuse somebody else's change."""
UNWAIVABLE = frozenset({"R26", "R29", "R30", "R38", "R56"})
"""The rules that nobody may waive: what is safe to publish, what is honest about the past, and the rule about waivers itself."""

Check = Callable[[Record, World], Iterable[Problem]]
TreeCheck = Callable[[Register], Iterable[Problem]]
ChangeCheck = Callable[[Change], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called, when it fires, and where it comes from."""

    code: str
    severity: Severity
    stage: str
    """The seal at which it fires, or `always`; of a rule about several kinds, the seals of each, with spaces between."""
    kinds: tuple[str, ...]
    source: str
    """The rows of the domain that ask for it."""
    check: Check | None
    of_tree: TreeCheck | None = None
    """For a rule that judges the tree as it is, whatever the day: withdrawn records and later ones, too."""
    needs: tuple[str, ...] = ()
    """The rules that the record must satisfy first: where one of them failed, this one is silent, so that one mistake gives one problem."""
    looks_for: tuple[str, ...] = ()
    """The kinds of which it asks that a record be there: while a file of one of them cannot be read, it is silent, since that may be the record."""
    for_everybody: bool = True
    """Whether what it finds may stand on a page that everybody reads. What a program thinks of somebody's words may not."""

    weighs: bool = False
    """Whether it says itself how much each problem weighs, by what the profile declares for it: nothing else in the profile changes that."""

    of_change: ChangeCheck | None = None
    """For a rule about what a change does to what was there before: it needs `--base`."""

    @property
    def runs(self) -> bool:
        """Whether there is something that judges."""
        return any((self.check, self.of_tree, self.of_change))

    def is_asked(self, *, compares: bool) -> bool:
        """Whether it judges where there is only one tree, or, with `compares`, also one to compare it with."""
        return self.runs and (compares or self.of_change is None)

    @property
    def titles(self) -> dict[str, str]:
        """The docstring: English first, Vietnamese after `vi:`."""
        english, _, vietnamese = (inspect.getdoc(self.check or self.of_tree or self.of_change) or "").partition("vi:")
        return {"vi": " ".join(vietnamese.split()), "en": " ".join(english.split())}

    def fires(self, record: Record) -> bool:
        """Whether the record has come to the rule's stage. What is held elsewhere has no stage; what was sealed here is here, whatever else it says."""
        return "held_elsewhere" not in record.data if self.stage == "always" else bool(self.seal(record))

    def is_about(self, record: Record, world: World) -> bool:
        """Whether it has something to ask of a record, and can know the answer."""
        return (not self.kinds or record.kind in self.kinds) and self.fires(record) and not world.unread_kinds.intersection(self.looks_for)

    def seal(self, record: Record) -> str:
        """Give the seal of the record at which the rule fires; empty where it has none of them."""
        return next((each for each in self.stage.split() if each in record.data), "")


def rule(  # noqa: PLR0913 -- each is one plain fact about the rule
    code: str,
    *,
    stage: str,
    kinds: tuple[str, ...],
    source: str,
    severity: Severity = Severity.ERROR,
    needs: tuple[str, ...] = (),
    looks_for: tuple[str, ...] = (),
    for_everybody: bool = True,
    weighs: bool = False,
) -> Callable[[Check], Rule]:
    """Make a function a rule. An empty `kinds` means every kind."""
    return lambda check: Rule(code, severity, stage, kinds, source, check, needs=needs, looks_for=looks_for, for_everybody=for_everybody, weighs=weighs)


def rule_of_tree(code: str, *, source: str) -> Callable[[TreeCheck], Rule]:
    """Make a function a rule about the tree as a whole."""
    return lambda check: Rule(code, Severity.ERROR, "always", (), source, None, check)


def rule_of_change(code: str, *, source: str, kinds: tuple[str, ...] = ()) -> Callable[[ChangeCheck], Rule]:
    """Make a function a rule about changes: it judges nothing without `--base`."""
    return lambda check: Rule(code, Severity.ERROR, CHANGE, kinds, source, None, of_change=check)


def wrong(code: str, what: Record | Part, *path: str | int, variant: str = "", severity: Severity = Severity.ERROR, **params: object) -> Problem:
    """Say that a value of a record, or of a part, is wrong or not there."""
    record, start = (what.record, what.path) if isinstance(what, Part) else (what, ())
    full: Path = (*start, *path)
    return noted(code, record.source.place(full), full, params, variant=variant, severity=severity)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Give every rule there is, by code."""
    from tusoi import rules

    return members(rules, Rule, lambda each: each.code)


def for_everybody(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out what may not stand on a page that everybody reads."""
    kept_back = {each.code for each in all_rules() if not each.for_everybody}
    return [each for each in problems if each.code not in kept_back]


def run(register: Register, facts: Facts, unread: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Judge every record by every rule that has come to its stage; `unread` are the ids of files that are there and were not accepted, or lead astray.

    The profile may give a rule another severity. Three things make less of an error: the value is one that the record's source leaves out, the record is
    older than the day from which the project enforces its rules, or a waiver says that the rule does not bind the record yet.
    """
    world = World(register, facts, unread)
    enforced = register.project.get("enforce_from") if register.project else None
    for record in register.of_kind(*register.kinds):
        for which, found in judged(record, world):
            weighed = _weighed(found, which, record, world.profile)
            softened = _softened(weighed, which, record, enforced, register.kinds[record.kind].schema)
            yield _waived(softened, record, world)


def judged(record: Record, world: World) -> Iterator[tuple[Rule, Problem]]:
    """Judge one record by the rules that have come to its stage, with what each finds before anything makes less of it.

    A rule is silent where one that it needs has failed. Where only one part has failed, and that is waived or not stated by a source, it is silent within that
    part, and judges the others.
    """
    ruled = {each.code: each for each in all_rules() if each.check and each.is_about(record, world)}
    found: dict[str, list[Problem]] = {}

    def judge(code: str) -> list[Problem]:
        if code not in ruled:
            return []
        if code not in found:
            which = ruled[code]
            failed = [each for needed in which.needs for each in judge(needed) if each.severity is Severity.ERROR]
            is_silent = any(_part(each, record) is None or not _is_excused(each, record, world) for each in failed)
            left_out = [_part(each, record) for each in failed]
            said = () if is_silent or which.check is None else which.check(record, world)
            found[code] = [each for each in said if not left_out or _part(each, record) not in left_out]
        return found[code]

    for code, which in ruled.items():
        yield from ((which, each) for each in judge(code))


def run_on_tree(register: Register) -> Iterator[Problem]:
    """Judge the whole tree, as it is in its files, by the rules that know no day."""
    for each in all_rules():
        if each.of_tree:
            yield from each.of_tree(register)


def run_on_change(change: Change) -> Iterator[Problem]:
    """Judge what a change does to what was there before. Nobody waives this, and it does not matter from when the project enforces its rules."""
    for each in all_rules():
        if each.of_change:
            yield from each.of_change(change)


def _weighed(found: Problem, which: Rule, record: Record, profile: Profile) -> Problem:
    """Give a problem the severity that the profile has for it on the record's day; what nobody may waive no profile makes lighter."""
    said = None if which.weighs or found.code in UNWAIVABLE else profile.severity(found.code, found.variant, span(_dated(record, which)))
    return replace(found, severity=said) if said else found


def _softened(found: Problem, which: Rule, record: Record, enforced: object, schema: Mapping[str, Any]) -> Problem:
    if found.severity is not Severity.ERROR:
        return found
    if record.is_missing(found.path):
        return replace(found, severity=Severity.WARNING, variant=NOT_STATED, params=tuple(sorted(about(schema, found.path).items())))
    start = span(enforced)
    old = start is not None and found.code not in UNWAIVABLE and is_past(_dated(record, which), start.first)
    return replace(found, severity=Severity.WARNING) if old else found


def _dated(record: Record, which: Rule) -> object:
    """Give the day from which a rule binds a record: of its seal; what has no seal is final at birth; for a rule of no seal, the last that was set."""
    stated = record.get(which.seal(record), "date") or record.get("date")
    seals = [each["date"] for key, each in record.data.items() if key != "withdrawn" and isinstance(each, Mapping) and "date" in each]
    return stated or max(seals, key=str, default=None)


def _waived(found: Problem, record: Record, world: World) -> Problem:
    """Make information of what a waiver is for: the whole record, or the part in which the problem stands."""
    if waiver := _waiver(found, record, world):
        until = str(waiver.get("until"))
        return replace(found, severity=Severity.INFO, variant=WAIVED, params=(("until", until),), also=waiver.place())
    return found


def _waiver(found: Problem, record: Record, world: World) -> Record | None:
    """Give the waiver of a problem; None where nobody waives it."""
    waivers = () if found.code in UNWAIVABLE else world.waivers.get(found.code, ())
    return next((waiver for waiver, ref in waivers if is_within(found, record, ref)), None)


def _is_excused(found: Problem, record: Record, world: World) -> bool:
    return record.is_missing(found.path) or _waiver(found, record, world) is not None


def _part(found: Problem, record: Record) -> Part | None:
    """Give the outermost part of the record in which a problem stands; None where it is about the whole, or about another record."""
    if found.place.file != record.source.file:
        return None
    return next((each for each in record.parts if found.path[: len(each.path)] == each.path), None)


def is_within(found: Problem, record: Record, ref: str) -> bool:
    """Whether a problem stands in the record or part that a link names."""
    if ref == record.id:
        return True
    part = next((each for each in record.parts if each.ref == ref), None)
    return part is not None and found.path[: len(part.path)] == part.path
