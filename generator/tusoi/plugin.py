"""The MkDocs plugin, and the building of a site through it. The only module that knows MkDocs."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the banner of the theme speaks to developers; see docs/decisions/

from markupsafe import escape
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import config_options as c
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from tusoi import borrowed, colours, flow, handbook, joined, left_out, load, materialised, publishing, redirects, report, searching, write
from tusoi.history import UnusableError
from tusoi.marking import marked
from tusoi.messages import say
from tusoi.page import HEADING, Page, files_of, language_of, root_of
from tusoi.past import NO_PAST, Past
from tusoi.searching import Entry
from tusoi.speech import NAMES, OURS, _, speaking
from tusoi.telling import number
from tusoi.templating import UnusableTemplateError
from tusoi.views.world import Site, site_of

log = get_plugin_logger("tusoi")
_asked: dict[str, str] = {}
"""What the command line asks of a served site: MkDocs reads its own settings again at every change, and offers no other way."""
_REMARK = "is_remark"
"""Marks in the log what an administrator should know, and what stops no build."""
THEME = files("tusoi") / "theme"
"""What stands in the place of the theme's own templates; a project's own `custom_dir` comes before it."""
_NOT_NEEDED: Final = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""What the theme's own search would load: 950 KB that nobody asks for."""


class TusoiConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its own class hook without types
    """The plugin's options in mkdocs.yml. What counts is not here but in records/project.yml."""

    as_of = c.Optional(c.Type((str, date)))  # YAML makes a date of a day without quotes
    lang = c.Choice(("vi", "en"), default="vi")
    preview = c.Type(bool, default=False)
    history = c.Type(bool, default=True)
    """Whether pages tell what was recorded when. Where they do, a clone without the whole history is refused."""


class TusoiPlugin(BasePlugin[TusoiConfig]):  # type: ignore[no-untyped-call]  # the same
    """Adds a page for every record, part and board to the site. Pages are HTML already: they never pass through Markdown, and never into the nav."""

    def __init__(self) -> None:
        """Begin with nothing judged."""
        self.serving = False
        self.given: flow.Judged | None = None
        self.pages: Mapping[str, Page] = {}
        self.day = ""
        self.site: Site | None = None
        self.borrowed: set[str] = set()
        self.navs: dict[str, Navigation] = {}
        self.palettes: dict[str, object] = {}
        self.judged: flow.Judged | None = None
        self.written: dict[str, list[Entry]] = {}
        self.brand = ""

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 -- MkDocs calls it by these names
        """Remember whether somebody is looking: then what can be read is shown, with a banner."""
        self.serving = command == "serve"

    def address(self, stated: str | None) -> str:
        """Give where the site will be read, as far as somebody has said it: while it is served, MkDocs names this computer instead."""
        return "" if self.serving else stated or ""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch the records, and add the style of the pages."""
        self.config.load_dict(_asked)
        folder = _folder(config)
        config.watch += [str(each) for each in (folder / "records", folder / "schemas", folder / "templates") if each.is_dir()]
        config.extra_css = [joined.STYLE, *config.extra_css]
        config.extra_javascript = [joined.SCRIPT, *config.extra_javascript]
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        self.brand = _brand(config, self.config.lang)
        if theirs := config.plugins.get("material/search"):
            theirs.config["enabled"] = False  # the site has a search of its own: docs/decisions/0012-search.md
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read, judge and render; every page becomes a generated file, and errors stop the build unless it is a preview."""
        judged = self.given or self._judged(config)
        preview = self.serving or self.config.preview
        if judged.is_unsafe or (judged.errors and not preview):
            raise PluginError("\n" + report.text(judged.problems, _summary(judged), self.config.lang))
        self.judged, self.written = judged, {}
        self.day, self.site = judged.day.isoformat(), site_of(judged.tree.register, judged.day)
        notes, unspoken = load.notes(_folder(config)), tuple(f"{each}/" for each in NAMES if each not in self.site.languages)
        for each in [each for each in files if each.src_uri.startswith((*_NOT_NEEDED, *unspoken)) or each.src_uri in notes]:
            files.remove(each)
        _add_handbook(files, config, self.site.languages)
        try:
            self.pages = judged.pages(self.address(config.site_url))
        except UnusableTemplateError as error:
            raise PluginError(say(error.sentence, self.config.lang, **error.params)) from error
        for path in self.pages:
            source = f"{path.removesuffix('.html')}.md"
            if previous := files.get_file_from_path(source):
                files.remove(previous)
            files.append(File.generated(config, source, content=""))
        beside = files_of(self.pages) | joined.both(self.brand) | {publishing.FILE: publishing.statement(judged)}
        beside |= redirects.pages(judged.register, self.pages, self.site.languages, config.site_url or "")
        config.nav = left_out.menu(config.nav, self.site.left_out)
        for path, content in beside.items():
            if previous := files.get_file_from_path(path):
                files.remove(previous)
            files.append(File.generated(config, path, content=content))
        for path, picture in judged.pictures(self.pages).items():
            files.append(File.generated(config, path, content=picture))
        self.borrowed = _borrow(files, config, self.site.languages)
        config.extra["tusoi_notices"] = materialised.notices(judged)
        config.extra["tusoi_languages"] = self.site.languages
        config.extra["tusoi_folders"] = sorted({path.partition("/")[0] for path in self.pages if "/" in path})
        config.extra["tusoi_banner"] = say("build.preview", self.config.lang, count=judged.errors) if judged.errors else ""
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make the menu once more for every other language of the site, and name the switches of the colours in each."""
        stated = config.theme.get("palette")
        for each in self.site.languages if self.site else ():
            with speaking(each):
                self.palettes[each] = colours.named(stated)
                if self.site and each != self.site.languages[0]:
                    self.navs[each] = _nav_in(config.nav or [], f"{each}/", files)
        return nav

    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Let the theme speak the language of the page, and lead to the same page in the others."""
        if self.site and len(self.site.languages) > 1:
            spoken = language_of(page.file.src_uri, self.site)
            config.theme["language"], config.theme["palette"] = spoken, self.palettes[spoken]
            bare = page.file.url.removeprefix(root_of(spoken, self.site))
            config.extra["alternate"] = [{"name": NAMES[each], "link": f"{root_of(each, self.site)}{bare}", "lang": each} for each in self.site.languages]
            context["nav"] = self.navs.get(spoken, nav)
        return context

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 -- MkDocs calls it by these names
        """Give a page of ours its title and description: escaped, for the theme puts them into its HTML as they are."""
        if made := self._made(page):
            page.meta.update({"title": escape(made.title), "description": escape(made.description), "robots": made.robots, "hide": ["toc"]})
        return left_out.written(markdown, page.file.src_uri, self.site.left_out, self.site.languages[1:]) if self.site else markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 -- MkDocs calls it by these names
        """Put in our HTML where MkDocs has the HTML of an empty Markdown file; on every page the project's notice, and the banner of a preview.

        In `sitemap.xml` MkDocs would say of every page that it changed today. We say it of no page but those whose numbers are those of the day.
        """
        made = self._made(page)
        page.update_date = self.day if made and made.is_of_the_day else ""
        content = made.html if made else self._by_hand(page, html, config)
        if not made:
            self._note(page, html)
        if made:
            page.toc = TableOfContents([AnchorLink(made.title, HEADING, 1)])  # the theme makes its way past the menu of the first heading
        banner = config.extra.get("tusoi_banner")
        return f'<p class="ts-banner ts-banner--preview" role="note">{banner}</p>\n{content}' if banner else content

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002 -- MkDocs calls it by these names
        """Mark what stays Vietnamese around a page in another language, such as the name of the site; in one written by hand also within it."""
        if not self.site or language_of(page.file.src_uri, self.site) == OURS:
            return output
        made = self._made(page)
        head, body, rest = output.partition("<body")
        before, own, after = rest.partition(made.html if made else "</body>")
        return f"{head}{body}{marked(before)}{own}{marked(after)}"

    def _by_hand(self, page: MkDocsPage, html: str, config: MkDocsConfig) -> str:
        """Give what somebody has written by hand, below the project's notice; where it is not in the language of its address, it says so."""
        if not self.site:
            return html
        spoken, title = language_of(page.file.src_uri, self.site), config.mdx_configs.get("toc", {}).get("permalink_title")
        with speaking(spoken):
            if page.file.src_uri in self.borrowed:
                html = borrowed.html(html)
            elif title:
                html = html.replace(f'title="{escape(title)}"', f'title="{escape(_(title))}"')
        return f"{config.extra['tusoi_notices'][spoken]}{html}"

    def _note(self, page: MkDocsPage, html: str) -> None:
        """Note how a page that somebody has written by hand can be found, unless it says `search: {exclude: true}`, as for the theme's own search."""
        if self.site and not (page.meta.get("search") or {}).get("exclude"):
            spoken = language_of(page.file.src_uri, self.site)
            with speaking(spoken):
                found = searching.of_written(page.file.url.removeprefix(root_of(spoken, self.site)), str(page.title or ""), html, _("Trang hướng dẫn"))
            is_borrowed = page.file.src_uri in self.borrowed
            self.written.setdefault(spoken, []).extend(replace(each, lang=self.site.languages[0]) if is_borrowed else each for each in found)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files in which a browser searches: only now are the pages known that are written by hand."""
        for path, text in self.judged.search(self.pages, self.written).items() if self.judged else ():
            write_file(text.encode(), str(Path(config.site_dir) / path))

    def _made(self, page: MkDocsPage) -> Page | None:
        return self.pages.get(f"{page.file.src_uri.removesuffix('.md')}.html")

    def _judged(self, config: MkDocsConfig) -> flow.Judged:
        tree = flow.read(_folder(config))
        day = self._day(tree)
        if day is None:
            raise PluginError(say("day.unknown", self.config.lang))
        judged = flow.judge(tree, day, self._past(tree))
        for each in judged.problems:
            place = f"{each.place}: {each.code} {report.sentence(each, self.config.lang)} {report.hint(each, self.config.lang)}"
            log.info(place) if not self.serving else log.error(place) if each.severity == "error" else log.info(place)
        return judged

    def _past(self, tree: flow.Tree) -> Past:
        try:
            return flow.past(tree) if self.config.history else NO_PAST
        except UnusableError as error:
            raise PluginError(say(f"history.{error.reason}", self.config.lang, detail=error.detail)) from error

    def _day(self, tree: flow.Tree) -> date | None:
        stated = str(self.config.as_of or "")
        if stated in ("", "today"):
            return flow.today(tree) if stated else flow.default_day(tree)
        try:
            return date.fromisoformat(stated)
        except ValueError as error:
            raise PluginError(say("day.wrong", self.config.lang, day=stated)) from error


def _add_handbook(files: Files, config: MkDocsConfig, languages: tuple[str, ...]) -> None:
    """Put in the hand-written pages that every site has, where neither the project nor another plugin has one of the name."""
    for path, content in handbook.files(Path(config.docs_dir), languages).items():
        if files.get_file_from_path(path) is None:
            files.append(File.generated(config, path, content=content))


def _borrow(files: Files, config: MkDocsConfig, languages: tuple[str, ...]) -> set[str]:
    """Put the hand-written pages that nobody has translated into every other language as they are, and name them."""
    roots = tuple(f"{each}/" for each in languages[1:])
    written = [each for each in files.documentation_pages() if not each.generated_by and not each.src_uri.startswith(roots)] if roots else []
    made: set[str] = set()
    for root in roots:
        for each in written:
            path = f"{root}{each.src_uri}"
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=borrowed.markdown(each.content_string, each.src_uri, path)))
                made.add(path)
    return made


def _nav_in(stated: Iterable[object], root: str, files: Files) -> Navigation:
    """Make the menu in the language that is being spoken: the same pages below `root`, by the names that the language has for them, or by their titles."""
    items = [_item_in(each, root, files) for each in stated]
    made = Navigation(items, list(_pages_of(items)))
    made.homepage = next((each for each in made.pages if each.file.src_uri == f"{root}index.md"), None)
    return made


def _item_in(stated: object, root: str, files: Files) -> StructureItem:
    title, value = next(iter(stated.items())) if isinstance(stated, dict) else (None, stated)
    if isinstance(value, list):
        section = Section(_(str(title)), [_item_in(each, root, files) for each in value])
        for child in section.children:
            child.parent = section
        return section
    file = files.get_file_from_path(f"{root}{value}")
    if file is None or not isinstance(file.page, MkDocsPage):
        return Link(_(str(title)), str(value))
    if title:
        file.page.title = str(_(str(title)))
    return file.page


def _pages_of(items: Iterable[StructureItem]) -> Iterator[MkDocsPage]:
    for each in items:
        if isinstance(each, MkDocsPage):
            yield each
        if isinstance(each, Section):
            yield from _pages_of(each.children)


def _brand(config: MkDocsConfig, lang: str) -> str:
    """Make the colours of mkdocs.yml readable, give their style, and say which could not stay as they are."""
    made = colours.apply(config.theme, config.theme.dirs)
    config.extra["tusoi_links"] = made.links
    with speaking(lang):
        for each in made.remarks:
            values = {"colour": each.colour, "used": each.used, "contrast": number(each.contrast), "least": number(each.least)}
            log.warning(say(each.name, lang, **values), extra={_REMARK: True})
    return made.style


def _folder(config: MkDocsConfig) -> Path:
    """The project's folder: where mkdocs.yml is."""
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def _summary(judged: flow.Judged) -> report.Summary:
    return report.Summary(len(judged.tree.register.records), judged.day, judged.audience)


class BuildFailedError(Exception):
    """MkDocs could not build the site; the text says why."""


def build_site(judged: flow.Judged, output: Path, lang: str, *, preview: bool) -> tuple[int, list[str]]:
    """Build the site of a judged tree with MkDocs into an empty folder and give the number of its pages, and what whoever looks after it should know.

    Raises BuildFailedError where MkDocs cannot (a mistake in mkdocs.yml or in a hand-written page).
    """
    counter = _Counter()
    logging.getLogger("mkdocs").addHandler(counter)
    try:
        config = load_config(config_file=str(judged.tree.folder / "mkdocs.yml"), site_dir=str(output))
        plugin = config.plugins.get("tusoi")
        if not isinstance(plugin, TusoiPlugin):
            raise BuildFailedError("mkdocs.yml: plugins: [tusoi]")
        plugin.given = judged
        plugin.config.lang, plugin.config.preview = lang, preview
        mkdocs_build.build(config)
    except (MkDocsException, Abort, ConfigurationError, OSError) as error:
        raise BuildFailedError("\n".join([*counter.warnings, str(error)])) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)
    if counter.warnings:
        raise BuildFailedError("\n".join(counter.warnings))
    return sum(1 for _ in output.rglob("*.html")), counter.remarks


def write_pages(judged: flow.Judged, folder: Path, output: Path, lang: str) -> int:
    """Write as files what the plugin would add: each page is a Markdown file whose body is one block of HTML.

    Beside them stand the hand-written pages, the style, and a mkdocs.yml with the nav. Gives the number of pages.
    Raises BuildFailedError where mkdocs.yml is unusable.
    """
    try:
        config = load_config(config_file=str(folder / "mkdocs.yml"))
    except (MkDocsException, Abort, ConfigurationError) as error:
        raise BuildFailedError(str(error)) from error
    site, brand, stated = site_of(judged.tree.register, judged.day), _brand(config, lang), dict(config.user_configs[0])
    if brand:
        stated["theme"]["palette"] = config.theme["palette"]
    if "nav" in stated:
        stated["nav"] = left_out.menu(stated["nav"], site.left_out)
    keep = ("site_name", "theme", "nav", "use_directory_urls", "extra", "exclude_docs", "not_in_nav")
    settings = {key: stated[key] for key in keep if key in stated} | {
        "docs_dir": "docs",
        "plugins": ["search"],
        "markdown_extensions": [{name: config.mdx_configs[name]} if name in config.mdx_configs else name for name in config.markdown_extensions],
        "extra_css": [joined.STYLE],
        "extra_javascript": [joined.SCRIPT],
    }
    content: dict[str, str | bytes] = {"mkdocs.yml": json.dumps(settings, ensure_ascii=False, indent=2, default=str) + "\n"}
    if Path(config.docs_dir).is_dir():
        shutil.copytree(config.docs_dir, output / "docs", dirs_exist_ok=True)
    banner = say("build.preview", lang, count=judged.errors) if judged.errors else ""
    try:
        pages = judged.pages(config.site_url or "")
    except UnusableTemplateError as error:
        raise BuildFailedError(say(error.sentence, lang, **error.params)) from error
    content |= materialised.files(judged, pages, Path(config.docs_dir), config.site_url or "", brand, banner)
    write.texts(output, content)
    return len(pages)


class _Counter(logging.Handler):
    """Collects warnings: what `mkdocs build --strict` would refuse, we refuse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.remarks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        (self.remarks if getattr(record, _REMARK, False) else self.warnings).append(record.getMessage())


def serve_site(folder: Path, *, as_of: str | None, lang: str, address: str) -> None:
    """Serve the site and build it again whenever a record changes, until somebody stops it. What can be read is shown, with a banner."""
    _asked.update({"lang": lang} | ({"as_of": as_of} if as_of else {}))
    mkdocs_serve.serve(config_file=str(folder / "mkdocs.yml"), dev_addr=address)
