"""The whole program: records → register → rules and progress → pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tusoi import (
    asof,
    attachments,
    code_owners,
    corrections,
    handbook,
    history,
    indexing,
    key_slips,
    links,
    load,
    looking_back,
    page,
    pictures,
    profile_files,
    progress,
    rules,
    ruling,
    schema,
    slippage,
    strict_yaml,
    templating,
    translations,
)
from tusoi.dates import Span
from tusoi.disk import content_of
from tusoi.file_names import is_slug
from tusoi.kinds import Kinds, profile_of
from tusoi.page import Page
from tusoi.past import NO_PAST, Past
from tusoi.problem import Place, Problem, Severity, in_order, problem
from tusoi.profile import Profile
from tusoi.profile_files import Shelf
from tusoi.record import Draft, Record, Register
from tusoi.searching import Entry
from tusoi.views.world import Background, site_of

ZONE = "Asia/Ho_Chi_Minh"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Tree:
    """What a project's folder holds, before any day is chosen."""

    folder: Path
    register: Register
    problems: tuple[Problem, ...]
    overrides: Mapping[str, str]
    answering: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The hand-written pages that answer rows of requirements: the rows and the title of each, by its address."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The attached pictures that pages may show, by their paths below the folder: the SHA-256 of each."""
    home: Path | None = None
    """Where Git is asked, where the files are those of a commit and lie in a folder of their own."""
    revision: str = "HEAD"
    """The commit whose files they are; `HEAD` for those of the work tree, which may differ from it."""
    said: tuple[translations.Catalogue, ...] = ()
    """What the catalogues beside the records say in other languages."""
    kept: code_owners.Kept = code_owners.NOTHING_KEPT
    """What it has of the file that says who looks after which folder."""
    loaded: load.Loaded | None = field(default=None, repr=False)
    """What was read, before any schema judged it: for who compares two trees."""

    @property
    def project(self) -> Record | None:
        """The record that says what counts."""
        return self.register.project

    @property
    def profile(self) -> Profile:
        """What its regulations and habits say."""
        return profile_of(self.register.kinds)

    @property
    def zone(self) -> str:
        """The time zone in which days are counted."""
        return str(self.project.get("time_zone")) if self.project else ZONE


@dataclass(frozen=True)
class Judged:
    """A tree on a day: every page can be made from it."""

    tree: Tree
    day: date
    register: Register
    """As it was on the day, with the values that had been corrected."""
    facts: progress.Facts
    problems: tuple[Problem, ...]
    past: Past = NO_PAST
    """What had been recorded by the day."""
    ledger: slippage.Ledger = slippage.EMPTY
    """The promises, and how each was kept."""

    @property
    def errors(self) -> int:
        """How many problems forbid publishing: all errors but those that only a passing day has brought about."""
        return len(self.problems_that_forbid)

    @property
    def problems_that_forbid(self) -> tuple[Problem, ...]:
        """What forbids publishing, and refuses a change."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR and each.code not in rules.BY_TIME)

    @property
    def is_unsafe(self) -> bool:
        """Whether the tree holds a symbolic link: building it, even to look at it, could show any file of this computer."""
        return any(each.code == "L02" for each in self.problems)

    @property
    def audience(self) -> str:
        """Who may read the site; empty where nobody has said it."""
        return str(self.tree.project.get("audience") or "") if self.tree.project else ""

    def pages(self, address: str = "") -> Mapping[str, Page]:
        """Make every page, by its path below the site. `address` is where the site will be read, as far as that is known."""
        tree = self.tree
        background = Background(self.past, self.ledger)
        pictures = frozenset(tree.pictures)
        site = replace(site_of(self.register, self.facts.day), address=f"{address.rstrip('/')}/" if address else "")
        written = {**handbook.named(tree.folder / "docs", site.languages), **tree.answering}
        return page.render(self.register, self.facts, self.problems, site, tree.overrides, written, pictures, background, self.read_in(site.languages))

    def read_in(self, languages: Sequence[str]) -> dict[str, tuple[Register, progress.Facts]]:
        """Give the register and its facts as they are read in the languages into which something is translated."""
        spoken = {each: translations.into(self.register, self.tree.said, each) for each in languages}
        corrected = self.facts.corrections
        return {each: (read, progress.measure(read, self.day, corrected)) for each, read in spoken.items() if read is not self.register}

    def pictures(self, pages: Mapping[str, Page]) -> dict[str, bytes]:
        """Read the pictures that pages show, by their paths below the site. Raises OSError where one is no longer what was judged."""
        found: dict[str, bytes] = {}
        for file in sorted({each for made in pages.values() for each in made.pictures}):
            content, fault = content_of(self.tree.folder / file, pictures.LARGEST, "attachment")
            if fault or hashlib.sha256(content).hexdigest() != self.tree.pictures[file]:
                raise OSError(file)
            found[page.place_of(file)] = content
        return found

    def search(self, pages: Mapping[str, Page], written: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
        """Give the files in which a browser searches, by their paths below the site. `written` are pages written by hand, by language."""
        site, profile, when = site_of(self.register, self.day), self.tree.profile, Span(self.day, self.day)
        near = self.tree.project.get("near_words") or () if self.tree.project else ()
        return indexing.files(pages.values(), written, site, near, self.tree.overrides, (lambda text: profile.reworded(text, when)) if profile.terms else None)


def packaged_schemas() -> Path:
    """Give the folder of the schemas that always count: in the package, or beside it in a checkout."""
    inside = HERE / "schemas"
    return inside if inside.is_dir() else HERE.parents[1] / "schemas"


@cache
def kinds(profile: str = profile_files.DEFAULT) -> Kinds:
    """Give the packaged kinds in the words of a packaged profile, compiled once. Raises ValueError where one is unusable: that is a mistake of the program."""
    return _compiled().speaking(profiles().profile(profile))


@cache
def _compiled() -> Kinds:
    found, problems = schema.kinds(load.schemas(packaged_schemas()))
    if problems:
        raise ValueError(problems)
    return found


@cache
def profiles() -> Shelf:
    """Give the packaged profiles. Raises ValueError where one is unusable: that is a mistake of the program."""
    return profile_files.shelf(_packaged_profiles(), (), _kinds_of_profiles())


@cache
def _kinds_of_profiles() -> Kinds:
    """Give the one kind that profiles are."""
    shared = {name: each for name, each in load.schemas(packaged_schemas()).items() if name.startswith("common.")}
    found, problems = schema.kinds(shared | load.schemas(HERE / "profiles"))
    if problems:
        raise ValueError(problems)
    return found


def _packaged_profiles() -> list[Draft]:
    drafts, unread, problems = load.profiles(HERE / "profiles", "tusoi/profiles")
    if unread or problems:
        raise ValueError(problems)
    return drafts


def read(folder: Path, judge: Tree | None = None) -> Tree:
    """Read the records of a project's folder and put them in a register; whatever is wrong becomes a problem.

    With a `judge`, it is that tree's schemas, profiles, project record and waivers that count, and not the folder's own.
    """
    loaded = load.records(folder)
    if judge:
        loaded = replace(loaded, drafts=ruling.under(loaded.drafts, judge.register))
    found, kind_problems = kinds_of(judge.folder if judge else folder, loaded)
    records, shape_problems, rejected = schema.accept(loaded.drafts, found)
    register = links.register(records, found, loaded.reserved | rejected)
    problems = [*key_slips.spoken(loaded.problems, found), *kind_problems, *shape_problems, *register.problems]
    problems += [*attachments.problems(register, loaded.attachments, loaded.pictures), *rules.run_on_tree(register)]
    said, unfit = translations.read(register, loaded.translations)
    problems += unfit
    problems += [*_whole(register, loaded), *_outside(folder)]
    overrides, faults = _templates(folder)
    problems += faults
    shown = {file: loaded.attachments[file] for file, fault in loaded.pictures.items() if not fault}
    problems += _addresses(folder, register, page.own_addresses(found, overrides))
    return Tree(folder, register, in_order(problems), overrides, load.answering(folder), shown, said=said, kept=_kept(folder), loaded=loaded)


@contextmanager
def reading(folder: Path, revision: str) -> Iterator[Tree]:
    """Read the records of a commit, whose files are there for as long as they are needed. Raises UnusableError where Git cannot give them."""
    with history.Repository(folder) as repository:
        commit = repository.resolve(revision)
        with looking_back.files_of(repository, commit) as files:
            yield replace(read(files), home=folder, revision=commit)


def past(tree: Tree) -> Past:
    """Give the past of a tree's records; nothing where there is no history. Raises UnusableError where the history is not whole."""
    return looking_back.past(tree.home or tree.folder, tree.zone, tree.revision)


def judge(tree: Tree, day: date, past: Past = NO_PAST) -> Judged:
    """Judge a tree for a day. `past` is what had been recorded: dates that moved past the procedure are judged as they were promised."""
    known = past.until(day)
    written = asof.at(tree.register, day)
    promised = slippage.as_promised(written, known)
    register, corrected = corrections.apply(promised, day)
    facts = progress.measure(register, day, corrected)
    as_written = register if promised is written else corrections.apply(written, day)[0]  # problems are about what stands in the files
    found = [*rules.run(as_written, facts, tree.register.reserved | links.astray(tree.register)), *code_owners.problems(tree.register, day, tree.kept)]
    problems = in_order([*tree.problems, *found, *translations.overtaken(tree.register, tree.said, corrected)])
    return Judged(tree, day, register, facts, problems, known, slippage.ledger(register, facts, known))


def default_day(tree: Tree) -> date | None:
    """Give the day that the project fixes, or that of the last commit in its time zone; None where neither is known."""
    fixed = tree.project.get("as_of") if tree.project else None
    return date.fromisoformat(fixed) if fixed else history.last_day(tree.home or tree.folder, tree.zone, tree.revision)


def today(tree: Tree) -> date:
    """Give today's date in the project's time zone: for published and daily builds."""
    return datetime.now(ZoneInfo(tree.zone)).date()


def kinds_of(folder: Path, loaded: load.Loaded | None = None) -> tuple[Kinds, tuple[Problem, ...]]:
    """Give the kinds of a project, in the words of the profile that it names, and what is wrong with the schemas and profiles that it adds."""
    found, unusable = _own_kinds(folder)
    shelf, unread = _own_profiles(folder)
    project = next((each for each in loaded.drafts if each.id == "project"), None) if loaded else load.project(folder)
    named = project.data.get("profile") if project else None
    name = named if isinstance(named, str) else profile_files.DEFAULT
    unknown = [shelf.unknown(name, project.source.place(("profile",)))] if project and is_slug(name) and not shelf.has(name) else []
    spoken = kinds(name) if found is _compiled() and shelf is profiles() and shelf.has(name) else found.speaking(shelf.profile(name))
    return spoken, (*unusable, *unread, *shelf.problems, *unknown)


def _own_kinds(folder: Path) -> tuple[Kinds, tuple[Problem, ...]]:
    if not (folder / "schemas").is_dir():
        return _compiled(), ()
    own, unread = load.project_schemas(folder)
    found, unusable = schema.kinds(load.schemas(packaged_schemas()), own)
    return found, (*unread, *unusable)


def _own_profiles(folder: Path) -> tuple[Shelf, list[Problem]]:
    """Give the profiles that a project may choose, and say which of its own could not be read."""
    drafts, unread, problems = load.profiles(folder / "profiles")
    return profile_files.shelf(_packaged_profiles(), drafts, _kinds_of_profiles(), unread) if drafts or unread else profiles(), problems


def _kept(folder: Path) -> code_owners.Kept:
    """Read the file that says who looks after which folder, and whether another would count instead."""
    content, fault = content_of(folder / code_owners.FILE, strict_yaml.LARGEST, "record")
    text = None if fault else content.decode("utf-8", "replace").replace("\r\n", "\n")
    return code_owners.Kept(text, (folder / code_owners.SHADOW).exists())


def _outside(folder: Path) -> list[Problem]:
    """What is wrong with the folders besides records/ that are read or built into the site."""
    there = (name for name in ("docs", "profiles", "templates") if (folder / name).exists() or (folder / name).is_symlink())
    return [found for name in there for found in load.links_in(folder, Path(name))]


def _templates(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Give the project's own templates that can be used, and what is wrong with the others: ours take their places."""
    there = load.templates(folder)
    faults = templating.faults(there)
    for each in faults:
        if each.forbids:
            there.pop(each.name, None)
    severity = {True: Severity.ERROR, False: Severity.WARNING}
    found = []
    for each in faults:
        params: dict[str, Any] = dict(each.params)
        found.append(problem("X30", Place(f"{templating.FOLDER}/{each.name}", each.line), severity=severity[each.forbids], variant=each.what, **params))
    return there, found


def _addresses(folder: Path, register: Register, own: frozenset[str]) -> list[Problem]:
    """Two things want one address: a record that of the site's own pages, or a hand-written page that of either."""
    records = {f"{each.id}.html": each.place() for each in register.records.values()}
    wanted = [(address, place) for address, place in records.items() if address in own]
    notes = load.notes(folder)
    for written in sorted((folder / "docs").rglob("*.md")):
        name = written.relative_to(folder / "docs")
        path = name.with_suffix(".html").as_posix()
        if (path in own or path in records) and name.as_posix() not in notes:
            wanted.append((path, Place(written.relative_to(folder).as_posix())))
    return [problem("X23", place, page=address, also=records.get(address) if address not in own else None) for address, place in wanted]


def _whole(register: Register, loaded: load.Loaded) -> list[Problem]:
    """What is wrong with the tree as a whole."""
    if not loaded.files:
        return [problem("X20", Place("records"), folder="records/")]
    project = register.project
    if project is None:
        return [] if "project" in register.reserved else [problem("X21", Place("records/project.yml"))]
    return [] if project.get("audience") else [problem("X22", project.place(), severity=Severity.WARNING)]
