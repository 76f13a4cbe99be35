"""The MkDocs plugin, and the building of a site through it. The only module that knows MkDocs."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Mapping
from datetime import date
from html import escape
from importlib.resources import files
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the banner of the theme speaks to developers; see docs/decisions/

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import config_options as c
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from tusoi import flow, publishing, report, write
from tusoi.history import UnusableError
from tusoi.messages import say
from tusoi.page import HEADING, Page, files_of
from tusoi.past import NO_PAST, Past
from tusoi.views.world import site_of

log = get_plugin_logger("tusoi")
_asked: dict[str, str] = {}
"""What the command line asks of a served site: MkDocs reads its own settings again at every change, and offers no other way."""
THEME = files("tusoi") / "theme"
"""What stands in the place of the theme's own templates; a project's own `custom_dir` comes before it."""
_FIRST = "index.html"
ASSETS = tuple(sorted(each.name for each in (files("tusoi") / "assets").iterdir() if each.name.endswith((".css", ".js"))))
"""The style and the little script of the pages: every such file in `assets/`."""


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
        self.day = self.stamp = ""

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 -- MkDocs calls it by these names
        """Remember whether somebody is looking: then what can be read is shown, with a banner."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch the records, and add the style of the pages."""
        self.config.load_dict(_asked)
        folder = _folder(config)
        config.watch += [str(each) for each in (folder / "records", folder / "schemas", folder / "templates") if each.is_dir()]
        config.extra_css = [*(f"assets/tusoi/{name}" for name in ASSETS if name.endswith(".css")), *config.extra_css]
        config.extra_javascript = [*(f"assets/tusoi/{name}" for name in ASSETS if name.endswith(".js")), *config.extra_javascript]
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read, judge and render; every page becomes a generated file, and errors stop the build unless it is a preview."""
        judged = self.given or self._judged(config)
        preview = self.serving or self.config.preview
        if judged.is_unsafe or (judged.errors and not preview):
            raise PluginError("\n" + report.text(judged.problems, _summary(judged), self.config.lang))
        self.pages = judged.pages()
        self.day, self.stamp = judged.day.isoformat(), site_of(judged.tree.register, judged.day).as_of
        for path in self.pages:
            source = f"{path.removesuffix('.html')}.md"
            if previous := files.get_file_from_path(source):
                files.remove(previous)
            files.append(File.generated(config, source, content=""))
        beside = files_of(self.pages) | {f"assets/tusoi/{name}": _asset(name) for name in ASSETS} | {publishing.FILE: publishing.statement(judged)}
        for path, content in beside.items():
            if previous := files.get_file_from_path(path):
                files.remove(previous)
            files.append(File.generated(config, path, content=content))
        for path, picture in judged.pictures(self.pages).items():
            files.append(File.generated(config, path, content=picture))
        config.extra["tusoi_notice"] = _notice(judged)
        config.extra["tusoi_banner"] = say("build.preview", self.config.lang, count=judged.errors) if judged.errors else ""
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 -- MkDocs calls it by these names
        """Give a page of ours its title and description."""
        if made := self._made(page):
            page.meta.update({"title": made.title, "description": made.description, "hide": ["toc"]})
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 -- MkDocs calls it by these names
        """Put in our HTML where MkDocs has the HTML of an empty Markdown file; on every page the project's notice, and the banner of a preview.

        In `sitemap.xml` MkDocs would say of every page that it changed today. We say it of no page but those whose numbers are those of the day.
        """
        made = self._made(page)
        page.update_date = self.day if made and (made.path == _FIRST or self.stamp in made.html) else ""
        content = made.html if made else config.extra.get("tusoi_notice", "") + html
        if made:
            page.toc = TableOfContents([AnchorLink(made.title, HEADING, 1)])  # the theme makes its way past the menu of the first heading
        banner = config.extra.get("tusoi_banner")
        return f'<p class="ts-banner ts-banner--preview" role="note">{banner}</p>\n{content}' if banner else content

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


def _folder(config: MkDocsConfig) -> Path:
    """The project's folder: where mkdocs.yml is."""
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def _asset(name: str) -> str:
    place = files("tusoi") / "assets" / name
    return place.read_text(encoding="utf-8")


def _notice(judged: flow.Judged) -> str:
    """Give the project's notice for pages that are not ours: those written by hand, and that of an address where nothing is."""
    notice = site_of(judged.tree.register, judged.day).notice
    return f'<div class="ts-banner ts-banner--notice" role="note">{escape(notice)}</div>\n' if notice else ""


def _summary(judged: flow.Judged) -> report.Summary:
    return report.Summary(len(judged.tree.register.records), judged.day, judged.audience)


class BuildFailedError(Exception):
    """MkDocs could not build the site; the text says why."""


def build_site(judged: flow.Judged, output: Path, lang: str, *, preview: bool) -> int:
    """Build the site of a judged tree with MkDocs into an empty folder and give the number of its pages.

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
    return sum(1 for _ in output.rglob("*.html"))


def write_pages(judged: flow.Judged, folder: Path, output: Path, lang: str) -> int:
    """Write as files what the plugin would add: each page is a Markdown file whose body is one block of HTML.

    Beside them stand the hand-written pages, the style, and a mkdocs.yml with the nav. Gives the number of pages.
    Raises BuildFailedError where mkdocs.yml is unusable.
    """
    try:
        config = load_config(config_file=str(folder / "mkdocs.yml"))
    except (MkDocsException, Abort, ConfigurationError) as error:
        raise BuildFailedError(str(error)) from error
    stated = dict(config.user_configs[0])
    keep = ("site_name", "theme", "nav", "use_directory_urls", "extra", "exclude_docs", "not_in_nav")
    settings = {key: stated[key] for key in keep if key in stated} | {
        "docs_dir": "docs",
        "plugins": ["search"],
        "markdown_extensions": [{name: config.mdx_configs[name]} if name in config.mdx_configs else name for name in config.markdown_extensions],
        "extra_css": [f"assets/tusoi/{name}" for name in ASSETS if name.endswith(".css")],
        "extra_javascript": [f"assets/tusoi/{name}" for name in ASSETS if name.endswith(".js")],
    }
    content: dict[str, str | bytes] = {"mkdocs.yml": json.dumps(settings, ensure_ascii=False, indent=2, default=str) + "\n"}
    hand_written = Path(config.docs_dir)
    if hand_written.is_dir():
        shutil.copytree(hand_written, output / "docs", dirs_exist_ok=True)
        content |= _with_notice(hand_written, _notice(judged))
    banner = say("build.preview", lang, count=judged.errors) if judged.errors else ""
    pages = judged.pages()
    for path, page in pages.items():
        front = {"title": page.title, "description": page.description, "hide": ["toc"]}
        body = f'<p class="ts-banner ts-banner--preview" role="note">{banner}</p>\n{page.html}' if banner else page.html
        lines = "\n".join(line for line in body.splitlines() if line.strip())
        content[f"docs/{path.removesuffix('.html')}.md"] = f'---\n{_front_matter(front)}---\n\n<div class="ts-materialised">\n{lines}\n</div>\n'
    content |= {f"docs/{path}": text for path, text in files_of(pages).items()}
    content |= {f"docs/{path}": picture for path, picture in judged.pictures(pages).items()}
    content |= {f"docs/assets/tusoi/{name}": _asset(name) for name in ASSETS} | {f"docs/{publishing.FILE}": publishing.statement(judged)}
    write.texts(output, content)
    return len(pages)


def _with_notice(hand_written: Path, notice: str) -> dict[str, str]:
    """Give the hand-written pages with the project's notice above their text, as the plugin puts it there."""
    made: dict[str, str] = {}
    for file in sorted(hand_written.rglob("*.md")) if notice else ():
        text = file.read_text(encoding="utf-8-sig")
        head, mark, body = text.partition("\n---\n") if text.startswith("---\n") else ("", "", text)
        made[f"docs/{file.relative_to(hand_written).as_posix()}"] = f"{head}{mark}\n{notice}\n{body}"
    return made


def _front_matter(values: Mapping[str, object]) -> str:
    """Write each value as JSON, which every YAML reader reads as it is."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


class _Counter(logging.Handler):
    """Collects warnings: what `mkdocs build --strict` would refuse, we refuse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())


def serve_site(folder: Path, *, as_of: str | None, lang: str, address: str) -> None:
    """Serve the site and build it again whenever a record changes, until somebody stops it. What can be read is shown, with a banner."""
    _asked.update({"lang": lang} | ({"as_of": as_of} if as_of else {}))
    mkdocs_serve.serve(config_file=str(folder / "mkdocs.yml"), dev_addr=address)
