"""What every view is given: the register, the facts of the day, the problems, the site; and how views are marked and found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from tusoi import left_out, rules
from tusoi.beginnings.office import Office
from tusoi.editing import Host
from tusoi.facts import Facts
from tusoi.kinds import profile_of
from tusoi.offering import speech_of
from tusoi.past import NO_PAST, Past
from tusoi.problem import Problem
from tusoi.profile import Profile
from tusoi.record import Kind, Register
from tusoi.skeleton import Speech
from tusoi.slippage import EMPTY, Ledger
from tusoi.speech import _
from tusoi.telling import day as told_day
from tusoi.titles import Titles

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same on every page."""

    name: str
    day: date
    lang: str = "vi"
    """What its records are written in."""
    languages: tuple[str, ...] = ("vi",)
    """What its pages are made in: the first has the short addresses."""
    audience: str = "public"
    notice: str = ""
    home: str = ""
    comments_to: str = ""
    host: Host | None = None
    left_out: frozenset[str] = frozenset()
    """The addresses of boards that the project does without."""
    address: str = ""
    """Where its pages will be read, with a stroke at its end; empty where nobody has said it."""

    @property
    def as_of(self) -> str:
        """The sentence that every page with a number carries."""
        return _("Số liệu tính đến ngày {day}", day=told_day(self.day))

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the pages."""
        return self.audience != "members"


def site_of(register: Register, day: date) -> Site:
    """Read from the project's record what is the same on every page."""
    data = register.project.data if register.project else {}
    host = data.get("source_host")
    return Site(
        name=str(data.get("title", "Tự soi, tự sửa")),
        day=day,
        lang=str(data.get("lang", "vi")),
        languages=tuple(data.get("languages") or (data.get("lang", "vi"),)),
        audience=str(data.get("audience", "public")),
        notice=str(data.get("notice", "")),
        home=str(data.get("home", "")),
        comments_to=str(data.get("comments_to", "")),
        left_out=left_out.addresses(data.get("boards_left_out", ())),
        host=Host(host["kind"], host["url"].rstrip("/"), host["branch"], host.get("folder", "").strip("/")) if host else None,
    )


@dataclass(frozen=True)
class Background:
    """What lies behind the records: what had been recorded by the day, and the promises with their dates."""

    past: Past = NO_PAST
    ledger: Ledger = EMPTY


@dataclass(frozen=True)
class World:
    """Everything a view may look at."""

    register: Register
    facts: Facts
    problems: Sequence[Problem]
    site: Site
    titles: Titles
    pictures: frozenset[str] = frozenset()
    """The attached pictures that may be shown, by their paths below the project's folder."""
    background: Background = Background()

    @property
    def past(self) -> Past:
        """What had been recorded by the day; empty where nothing is known of it."""
        return self.background.past

    @property
    def ledger(self) -> Ledger:
        """The promises, and how each was kept."""
        return self.background.ledger

    @property
    def profile(self) -> Profile:
        """What the project's regulations and habits say."""
        return profile_of(self.register.kinds)

    @cached_property
    def judgement(self) -> rules.World:
        """What rules look at, for what is told on a page as a rule judges it: gathered once for all pages."""
        return rules.World(self.register, self.facts)

    @cached_property
    def office(self) -> Office:
        """What the beginnings of new records look at: gathered once for all pages."""
        return Office(self.register, self.facts)

    @cached_property
    def speech(self) -> Speech:
        """The words of templates."""
        return speech_of(self.register, self.site.lang, self.site.day.isoformat())

    def reworded(self, text: str) -> str:
        """Say a fixed text in the words of the profile. Never the text of a record."""
        return self.profile.reworded(text, self.site.day)

    @cached_property
    def _gathered(self) -> dict[str, Any]:
        """What views have gathered for all pages."""
        return {}

    def once(self, name: str, gather: Callable[[World], Thing]) -> Thing:
        """Give what a view gathers for all pages, by a name of its own: gathered when the first page asks for it."""
        if name not in self._gathered:
            self._gathered[name] = gather(self)
        found: Thing = self._gathered[name]
        return found

    def kind(self, name: str) -> Kind | None:
        """Give a kind of record by its name."""
        return self.register.kinds.get(name)


@dataclass(frozen=True, slots=True)
class View:
    """A function that templates may call: its first argument is the world, which the template leaves out."""

    name: str
    make: Callable[..., Any]


def view(make: Callable[..., Any]) -> View:
    """Mark a function as a view."""
    return View(make.__name__, make)
