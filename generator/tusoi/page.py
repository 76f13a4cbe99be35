"""Templates to pages: HTML that escapes by default, in `{path: Page}`.

How a page is added:

* Write one file `pages/<name>.html.j2` that begins with `{% extends "_layout.html.j2" %}` and fills `{% block body %}`. Nothing else needs to be touched.
* At its top level it says with `{% set … %}` (the first two as plain strings):
    - `each`: `""` for one page, or the kind of record or of part that has a page each: `"plan"`, `"finding"`. The layout then knows the thing as `it`.
    - `path`: the address of a single page, `"bang/viec-qua-han.html"`; where it is left out, `<name>.html`. A record's page is `<id>.html`, a part's
      `<id>/<part>.html`, always.
    - `title` (needed): the title, also of the window; `heading`: the h1 where it is another; `description`: one sentence for search results.
    - `rows`: the rows of the requirements that the page answers, `"S1-30 S1-31"`: `doi-chieu-yeu-cau.html` collects them. A hand-written page of `docs/`
      says it at its head: `rows: [S2-14, S3-34]`.
    - `shows_numbers = false` where the page has no number (the layout then leaves out "Số liệu tính đến ngày …"). Of the page of a record or part
      `views/open_matters.py` decides: where nothing waits, the page says the same every day and bears none.
* Every text is said by `_("…")`, in Vietnamese, as a whole sentence with named places: `{{ _("{count} trong {total} việc", count=3, total=9) }}`. It may hold
  tags of HTML; what is put into its places is escaped. `N_` marks what is said later. `locale/<language>/pages/*.po` has the other languages (speech.py).
* What it shows comes from a view: `{% set view = views.<name>(…) %}` calls the function `<name>` that a module of `tusoi/views/` marks with `@view`; its first
  argument, the `World`, is filled in. A view gives frozen dataclasses; a template does no arithmetic and digs in no record. What a child template sets at its
  top level is seen in its blocks.
* Everywhere in templates and macros: `site`, `facts`, `href(ref or path)`, `link(ref, text="")`, `title_of(ref)`, `short_of(ref)`, `path_of(ref)`,
  `asset(path)`, `picture_of(file)`, `language()`, `alternates()`, `address_of_page()`;
  the filters `day`, `on`, `named`, `number`, `figure`, `figure_line`, `sentence_case`, `shortened`, `paragraphs`; and `labels`, the
  module of words.
  `{% import "_macros.html.j2" as m %}` brings `m.chip(label)`, `m.chips(labels)`, `m.facts(rows)`, `m.empty(sentence)`, `m.note(kind)`, `m.copy(text)`,
  `m.table(caption, heads, rows)`, `m.tally(tally)`, … (each says what it does). `m.term(name, words)` explains a word by a tap, `m.explaining(sentence)` one
  within a sentence: from the list of words (views/words.py), which must have it; only where it is said first on a page (`explained`).
* A board is a view that gives a `Board` (views/board.py). `{% import "_board.html.j2" as b %}` and `{{ b.board(views.<name>(), title) }}` make its table,
  its filters, its form on paper, and its CSV file, which stands `beside` the page.
* Names that begin with `_` are not pages. `record.html.j2` is the page of every kind that has no template of its own.
* A project's `templates/<name>.html.j2` takes the place of ours, `_` or not, and may add pages. It may build upon ours, which is then called
  `tusoi/<name>.html.j2`. Which pages it makes (`each`, `path`, `rows`) ours says, where it does not say it itself.

A ref (`dang-uy-xa-an-mau/plans/2024#A1`) with nothing behind it becomes plain text that says so. Text of records is never marked safe: `paragraphs` and `link`
escape it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import SimpleNamespace
from typing import Final
from urllib.parse import quote

from tusoi import labels, left_out, rules, telling, views
from tusoi.collect import members
from tusoi.dates import Span
from tusoi.exports import csv_board
from tusoi.facts import Facts
from tusoi.kinds import profile_of
from tusoi.marking import marked
from tusoi.problem import Problem
from tusoi.record import Kind, Part, Record, Register
from tusoi.searching import Entry
from tusoi.speech import NAMES, OURS, _, language, speaking
from tusoi.templating import Markup, Source, Template, blaming, environment, escape, said_by, sources, untitled
from tusoi.titles import BROKEN, NO_RECORD, Titles, relative
from tusoi.translations import Overtaken, Translated
from tusoi.views import archived, searched, sharing
from tusoi.views.board import Board
from tusoi.views.words import Explained
from tusoi.views.world import Background, Site, View, World, site_of

HEADING: Final = "dau-trang"
"""The id of every page's h1: where the way past the menu leads."""
FALLBACK: Final = "record"
"""The template of every kind that has none of its own."""
EACH_KIND: Final = "kind"
"""What a template says in `each` that has a page for every kind of record."""
EACH_RULE: Final = "rule"
"""The same for every rule. Neither is about a record: the star in its `path` is the name of the kind, or the code of the rule."""
_ALL: Final = members(views, View, lambda each: each.name)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it is, what it is called, and what stands in it (the part inside the theme, with its h1)."""

    path: str
    title: str
    html: str
    description: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Files that belong to it, by their paths below the site: a board's CSV."""
    robots: str = ""
    """What is asked of search engines: `noindex` for what is only kept."""
    pictures: tuple[str, ...] = ()
    """The attached pictures that it shows, by their paths below the project's folder."""
    language: str = "vi"
    """What it speaks."""
    is_of_the_day: bool = False
    """Whether its numbers are those of the day of judgement."""
    entry: Entry | None = None
    """How it can be found by searching."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The page at hand in a language of the site: what the language calls itself, and the way there."""

    language: str
    name: str
    path: str
    is_here: bool


def render(  # noqa: PLR0913, PLR0917 -- each is one plain fact about the site
    register: Register,
    facts: Facts,
    problems: Sequence[Problem] = (),
    site: Site | None = None,
    overrides: Mapping[str, str] | None = None,
    answering: Mapping[str, tuple[str, str]] | None = None,
    pictures: frozenset[str] = frozenset(),
    background: Background = Background(),  # noqa: B008 -- it is frozen
    read_in: Mapping[str, tuple[Register, Facts]] | None = None,
) -> dict[str, Page]:
    """Make every page, in every language of the site.

    `overrides` are a project's own templates: the text by file name. `answering` are hand-written pages: their rows and titles. `pictures` are the attached
    pictures that may be shown, by their paths below the project's folder. `background` is what had been recorded by the day. `read_in` has the register and
    its facts with their texts translated, by language.
    """
    there = site or site_of(register, facts.day)
    made: dict[str, Page] = {}
    profile, when = profile_of(register.kinds), Span(facts.day, facts.day)
    for each in there.languages:
        with speaking(each, (lambda text: profile.reworded(text, when)) if profile.terms else None):
            spoken, measured = (read_in or {}).get(each, (register, facts))
            said = site_of(spoken, facts.day)
            own = there if spoken is register else replace(there, name=said.name, notice=said.notice, home=said.home, comments_to=said.comments_to)
            desk = _Desk(spoken, measured, problems, own, overrides or {}, answering or {}, pictures, background)
            with blaming(overrides or {}, lambda desk=desk: desk.here):  # type: ignore[misc]  # mypy cannot infer it
                made |= desk.pages()
    return dict(sorted(made.items()))


def shapes(overrides: Mapping[str, str]) -> dict[str, str]:
    """Draw the shapes of states, for what a script puts on a page."""
    with blaming(overrides, lambda: "index.html"):
        drawn = environment(overrides).get_template("_shapes.html.j2").module
        return {each.value: str(drawn.shape(each.value)).strip() for each in labels.Shape}  # type: ignore[attr-defined]  # set by the template


def place_of(picture: str) -> str:
    """Give the address of an attached picture on the site: beside the pages of its organisation."""
    return picture.removeprefix("records/")


def files_of(pages: Mapping[str, Page]) -> dict[str, str]:
    """Give the files that stand beside pages, in the order of their paths. Raises ValueError where two have one path: a mistake of a view."""
    made: dict[str, str] = {}
    for page in pages.values():
        if twice := made.keys() & page.beside.keys():
            raise ValueError(f"two boards have the file {min(twice)}")
        made |= page.beside
    return dict(sorted(made.items()))


def own_addresses(kinds: Mapping[str, Kind], overrides: Mapping[str, str] | None = None) -> frozenset[str]:
    """Give the addresses that are the site's own, whatever the records: no record may want one of them."""
    found = sources(environment(overrides or {}))
    single = {source.path for source in found if not source.each}
    return frozenset(single | {source.path.replace("*", name) for source in found for name in _named(source.each, kinds)})


def _named(each: str, kinds: Mapping[str, Kind]) -> Mapping[str, Kind | rules.Rule]:
    """Give what a template has pages for that is no record, by the name that stands in their addresses."""
    if each == EACH_KIND:
        return kinds
    return {rule.code: rule for rule in rules.all_rules()} if each == EACH_RULE else {}


class _Desk:
    """Renders pages one after the other; links are relative to the one at hand."""

    def __init__(  # noqa: PLR0913, PLR0917 -- the same
        self,
        register: Register,
        facts: Facts,
        problems: Sequence[Problem],
        site: Site,
        overrides: Mapping[str, str],
        answering: Mapping[str, tuple[str, str]],
        pictures: frozenset[str],
        background: Background,
    ) -> None:
        self.here = ""
        self.lang = ""
        self.root = root_of(language(), site)
        self.beside: dict[str, str] = {}
        self.pictures: dict[str, None] = {}
        self.site = site
        self.register = register
        self.profile = profile_of(register.kinds)
        self.day = Span(facts.day, facts.day)
        self.environment = environment(overrides)
        self.sources = [each for each in sources(self.environment) if each.path not in site.left_out]
        parts = {part.kind for record in register.records.values() for part in record.parts}
        parts |= {part for kind in register.kinds.values() for _, _, part in kind.parts}
        self.titles = Titles(register, frozenset(source.each for source in self.sources) & parts)
        shown = rules.for_everybody(problems) if site.is_public else problems
        self.world = world = World(register, facts, shown, site, self.titles, pictures, background)
        self.explained = Explained(world)
        self.environment.globals.update(
            heading_id=HEADING,
            site=site,
            facts=facts,
            page_rows={(each.each or each.path): (each.rows, _page_name(each)) for each in self.sources} | _written(answering, self.root),
            labels=labels,
            views=SimpleNamespace(**{each.name: partial(each.make, world) for each in _ALL}),
            href=self.href,
            asset=self.asset,
            language=language,
            alternates=self.alternates,
            address_of_page=self.address,
            _=said_by,
            N_=str,
            csv_of=self.csv_of,
            picture_of=self.picture_of,
            reworded=self.reworded,
            explained=self.explained,
            link=self.link,
            spoken=self.spoken,
            title_of=self.titles.full,
            short_of=self.titles.short,
            path_of=self.titles.path,
        )
        self.environment.filters.update(
            day=telling.day,
            on=telling.on,
            named=telling.named,
            number=telling.number,
            figure=telling.figure,
            figure_line=telling.figure_line,
            sentence_case=telling.sentence_case,
            shortened=telling.shortened,
            paragraphs=self.paragraphs,
        )

    def pages(self) -> dict[str, Page]:
        """Make every page, in the order of their addresses. Raises ValueError where two have one address: a mistake of a template."""
        made: dict[str, Page] = {}
        for page in self._all():
            if page.path in made:
                raise ValueError(f"two pages have the address {page.path}")
            made[page.path] = page
        return dict(sorted(made.items()))

    def href(self, ref: str) -> str:
        """Give the way from this page to a record, a part, or an address from the root of the site."""
        if ref.partition("#")[0].endswith((".css", ".js", ".json", ".svg", ".png", ".pdf", ".xml")):
            return self.asset(ref)
        if ref.partition("#")[0].endswith((".html", ".csv")):
            return relative(self.here, f"{self.root}{ref}")
        return relative(self.here, f"{self.root}{self.titles.path(ref) or f'{ref}.html'}")

    def asset(self, path: str) -> str:
        """Give the way from this page to a file that is the same in every language."""
        return relative(self.here, path)

    def address(self) -> str:
        """Give the whole address under which this page will be read; empty where nobody has said where the site will be."""
        return f"{self.site.address}{quote(self.here)}" if self.site.address else ""

    def alternates(self) -> tuple[Alternate, ...]:
        """Give this page in every language of the site, where there are several."""
        bare = self.here.removeprefix(self.root)
        ways = ((each, relative(self.here, f"{root_of(each, self.site)}{bare}")) for each in self.site.languages)
        return tuple(Alternate(each, NAMES[each], way, each == language()) for each, way in ways) if len(self.site.languages) > 1 else ()

    def link(self, ref: str, text: str = "") -> Markup:
        """Link to a record or part by its title, or by `text`; where nothing is there, the text says so."""
        there = self.titles.path(ref)
        title = self.titles.full(ref)
        if there is None and title not in (_(NO_RECORD), _(BROKEN)):  # what has a name and no page: what belongs to no organisation
            return escape(text or title)
        if there is None:
            return Markup('<span class="ts-none">{}</span>').format(title if text in ("", title) else f"{text} {title}")
        return Markup('<a href="{}"{}>{}</a>').format(relative(self.here, f"{self.root}{there}"), self.spoken(ref, text), text or title)

    def spoken(self, ref: str, text: str = "") -> Markup:
        """Give the attribute that names the language of a title, where it is not the site's; nothing where the text is another than the title."""
        other = self.titles.language(ref, self.site.lang) if text in ("", self.titles.full(ref)) else ""
        return Markup(' lang="{}"').format(other) if other else Markup("")

    def reworded(self, board: Board) -> Board:
        """Give a board without what is only kept, and whose fixed texts are in the words of the profile."""
        return archived.without_archived(self.world, board).reworded(_)

    def csv_of(self, board: Board) -> str:
        """Put the board's CSV file beside this page and give the way to it. Raises ValueError where another board of the page has its name."""
        if f"{self.root}{board.path}" in self.beside:
            raise ValueError(f"two boards have the file {board.path}")
        self.beside[f"{self.root}{board.path}"] = csv_board.text(board)
        return self.href(board.path)

    def picture_of(self, file: str) -> str:
        """Put an attached picture beside this page and give the way to it."""
        self.pictures[file] = None
        return quote(relative(self.here, place_of(file)))

    def paragraphs(self, text: object, lang: str | None = None) -> Markup:
        """Make paragraphs of plain text: a blank line begins another, a line break stays one. All is escaped; a language other than the site's is named."""
        if isinstance(text, Overtaken):
            return Markup('{}\n<div class="ts-earlier"><p class="ts-quiet">{}</p>\n{}</div>').format(
                self.paragraphs(text[:], lang), _("Bản dịch dưới đây có trước khi bản gốc được sửa:"), self.paragraphs(text.before, "")
            )
        spoken = "" if isinstance(text, Translated) else self.lang if lang is None else lang
        start = Markup('<p lang="{}">').format(spoken) if spoken else Markup("<p>")
        blocks = ("\n".join(line.strip() for line in block.splitlines()).strip() for block in str(text).replace("\r\n", "\n").split("\n\n"))
        breaks = Markup("<br>\n")
        return Markup("\n").join(start + breaks.join(escape(line) for line in block.split("\n")) + Markup("</p>") for block in blocks if block)

    def _all(self) -> Iterator[Page]:
        own = {source.each for source in self.sources}
        for source in self.sources:
            template = self.environment.get_template(source.name)
            if not source.each:
                yield self._page(template, source.path, None)
                continue
            for name, about in _named(source.each, self.register.kinds).items():
                yield self._page(template, source.path.replace("*", name), None, {source.each: about})
            for thing in self._things(source.each, own):
                yield self._page(template, str(self.titles.path(thing.ref)), thing)

    def _things(self, each: str, own: set[str]) -> Iterator[Record | Part]:
        """Give the records or parts that a template has a page for; withdrawn ones keep theirs."""
        for record in self.register.records.values():
            if record.kind == each or (each == FALLBACK and record.kind not in own):
                yield record
            yield from (part for part in record.parts if part.kind == each)

    def _page(self, template: Template, path: str, it: Record | Part | None, about: Mapping[str, Kind | rules.Rule] | None = None) -> Page:
        record = it.record if isinstance(it, Part) else it
        said = record.data.get("lang", self.site.lang) if record else self.site.lang
        self.here, self.lang, self.beside, self.pictures = f"{self.root}{path}", said if said != language() else "", {}, {}
        self.explained.begin()
        module = template.make_module({"it": it, "record": record, "path": path, **(about or {})})
        html = left_out.links(f"{str(module).strip()}\n", path, self.site.left_out)
        title = _plain(module.title) if hasattr(module, "title") else untitled(str(template.name))  # a record without words has an empty one
        return Page(
            path=self.here,
            title=title,
            html=html if language() == OURS else marked(html),
            description=sharing.described(self.world, path, it, _plain(getattr(module, "description", "")), has_numbers=getattr(module, "shows_numbers", True)),
            beside=self.beside,
            robots=_plain(getattr(module, "robots", "")) or ("noindex" if archived.is_archived(self.world, it) else ""),
            pictures=tuple(self.pictures),
            language=language(),
            is_of_the_day=path == "index.html" or str(escape(self.site.as_of)) in html,
            entry=searched.entry(self.world, it, path, title, html),
        )


def _page_name(source: Source) -> str:
    """Name a page, or the pages of a kind, in the table of requirements."""
    return _("Trang {kind}", kind=source.each) if source.each else _(source.title)


def _written(answering: Mapping[str, tuple[str, str]], root: str) -> dict[str, tuple[str, str]]:
    """Give the hand-written pages that answer rows, called as their translations are where there are such: `root` is the folder of the language."""
    own = {address: said for address, said in answering.items() if not address.startswith(tuple(f"{each}/" for each in NAMES if each != OURS))}
    return {address: (rows, answering.get(f"{root}{address}", (rows, title))[1]) for address, (rows, title) in own.items()}


def _plain(said: object) -> str:
    """Give what a template has set as one line of plain text."""
    text = said.striptags() if isinstance(said, Markup) else str(said)
    return " ".join(text.split())


def root_of(tongue: str, site: Site) -> str:
    """Give the folder below which the pages of a language are: none for the first, `en/` for another."""
    return "" if tongue == site.languages[0] else f"{tongue}/"


def language_of(path: str, site: Site) -> str:
    """Give the language of an address: that of the folder in which it is."""
    return next((each for each in site.languages[1:] if path.startswith(root_of(each, site))), site.languages[0])
