"""The files that pages are made of: where templates come from, what each says of itself, and how it says a text. The only module that knows Jinja."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NoReturn

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    DictLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from tusoi.speech import Spoken, unfilled

__all__ = [
    "FOLDER",
    "Environment",
    "Fault",
    "Markup",
    "Source",
    "Template",
    "UnusableTemplateError",
    "blaming",
    "environment",
    "escape",
    "faults",
    "said_by",
    "sources",
    "untitled",
]

SUFFIX: Final = ".html.j2"
FOLDER: Final = "templates"
"""Where a project has its own."""
OURS: Final = "tusoi"
"""The folder that our templates seem to be in, also where a project has one of the same name: `{% extends "tusoi/plan.html.j2" %}`."""
_QUOTED: Final = re.compile(r"'([^']+)'")


@dataclass(frozen=True, slots=True)
class Source:
    """A template and what it says of itself before anything is rendered."""

    name: str
    each: str
    path: str
    title: str = ""
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template of a project before anything is rendered: where, which sentence says it, and what is put into it."""

    name: str
    line: int
    what: str
    params: Mapping[str, str] = field(default_factory=dict)
    forbids: bool = True
    """Whether ours has to take its place."""


class UnusableTemplateError(ValueError):
    """A template of a project fails while a page is made: the name of the sentence that says so, and what is put into it."""

    def __init__(self, sentence: str, **params: object) -> None:
        super().__init__(f"{sentence}: {params}")
        self.sentence, self.params = sentence, params


def environment(overrides: Mapping[str, str]) -> Environment:
    """Make what reads templates: a project's own first, and everything escaped."""
    return Environment(
        loader=ChoiceLoader([DictLoader(dict(overrides)), PackageLoader("tusoi", "pages"), PrefixLoader({OURS: PackageLoader("tusoi", "pages")})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )


def sources(templates: Environment) -> list[Source]:
    """Give every template that has pages, and what it says of itself."""
    there = frozenset(templates.list_templates())
    return [_source(templates, name, there) for name in sorted(there) if _is_page(name)]


def _is_page(name: str) -> bool:
    return name.endswith(SUFFIX) and not name.startswith("_") and "/" not in name


def _source(templates: Environment, name: str, there: frozenset[str]) -> Source:
    """Read what a template says of itself."""
    said = _saying(templates, name, there)
    bare = name.removesuffix(SUFFIX)
    return Source(name, said.get("each", ""), said.get("path", f"{bare}.html"), said.get("title", bare), said.get("rows", ""))


def _saying(templates: Environment, name: str, there: frozenset[str]) -> Mapping[str, str]:
    """Give what a template says of itself; what it leaves out, the one of ours says upon which it is built, or whose place it takes."""
    said, parent = _said(templates.loader.get_source(templates, name)[0] if templates.loader else "")
    below = parent if parent.startswith(f"{OURS}/") else f"{OURS}/{name}"
    return {**_saying(templates, below, there), **said} if below in there else said


def faults(overrides: Mapping[str, str]) -> list[Fault]:
    """Give what is wrong with a project's templates before anything is rendered."""
    found = [*_unreadable(overrides), *_misnamed(overrides)]
    sound = {name: text for name, text in overrides.items() if name not in {each.name for each in found}}
    return sorted([*found, *_doubles(sources(environment(sound)), sound)], key=lambda each: (each.name, each.line))


def _unreadable(overrides: Mapping[str, str]) -> Iterator[Fault]:
    for name, text in overrides.items():
        if not name.endswith(SUFFIX):
            continue
        try:
            tree = Environment(autoescape=True).parse(text, name)
        except TemplateSyntaxError as error:
            yield Fault(name, error.lineno, "syntax", {"detail": str(error.message).rstrip(".")})
            continue
        built_upon: Iterable[nodes.Extends | nodes.Include] = [*tree.find_all(nodes.Extends), *tree.find_all(nodes.Include)]
        brought: Iterable[nodes.Import | nodes.FromImport] = [*tree.find_all(nodes.Import), *tree.find_all(nodes.FromImport)]
        again = (each for each in (*built_upon, *brought) if isinstance(each.template, nodes.Const) and each.template.value == name)
        yield from (Fault(name, each.lineno, "itself", {"name": name, "ours": f"{OURS}/{name}"}) for each in again)


def _misnamed(overrides: Mapping[str, str]) -> Iterator[Fault]:
    """Give the files that bear the name of a template of ours but for its end: they would do nothing, in silence."""
    ours = {each.removesuffix(SUFFIX) for each in environment({}).list_templates()}
    for name in overrides:
        if not name.endswith(SUFFIX) and (bare := name.partition(".")[0]) in ours:
            yield Fault(name, 0, "name", {"name": f"{bare}{SUFFIX}"}, forbids=False)


def _doubles(found: list[Source], overrides: Mapping[str, str]) -> Iterator[Fault]:
    """Give the templates of a project that would make the pages of another once more."""
    wanted: dict[tuple[str, str], str] = {}
    for each in sorted(found, key=lambda each: each.name in overrides):
        key = each.each, each.path if not each.each or "*" in each.path else ""
        if (other := wanted.setdefault(key, each.name)) != each.name:
            yield Fault(each.name, 0, "twice", {"page": each.path if key[1] else each.each, "other": other})


@contextmanager
def blaming(overrides: Mapping[str, str], page: Callable[[], str]) -> Iterator[None]:
    """Say which of a project's templates fails, and in which line. What fails without them is a mistake of the program, and stays what it is.

    `page` gives the address of the page at hand.
    """
    try:
        yield
    except UnusableTemplateError:
        raise
    except Exception as error:
        if found := _blamed(error, overrides):
            raise _unusable(error, *found, page()) from error
        raise


def untitled(name: str) -> NoReturn:
    """Refuse a template that sets no title."""
    raise UnusableTemplateError("template.untitled", place=_place(name))


def _place(name: str, line: int = 0) -> str:
    return f"{FOLDER}/{name}:{line}" if line else f"{FOLDER}/{name}"


def _blamed(error: Exception, overrides: Mapping[str, str]) -> tuple[str, int] | None:
    """Give the template of a project, and its line, that was at work when something failed, or that lacks what another asks of it."""
    if isinstance(error, TemplateSyntaxError):
        return (error.name, error.lineno) if error.name and error.name in overrides else None
    at_work = [(each.f_globals.get("__jinja_template__"), line) for each, line in traceback.walk_tb(error.__traceback__)]
    own = [(each.name, each.get_corresponding_lineno(line)) for each, line in at_work if isinstance(each, Template) and each.name in overrides]
    lacking = [(each, 0) for each in _lacking(overrides, _QUOTED.findall(str(error)))] if isinstance(error, UndefinedError) else []
    return next(((str(name), line) for name, line in [*reversed(own), *lacking]), None)


def _lacking(overrides: Mapping[str, str], words: list[str]) -> Iterator[str]:
    """Give the templates of a project that are named, or in which a macro of ours is missing that others call."""
    originals = environment({})
    for name, text in overrides.items():
        macro = f"macro {words[-1]}(" if words else ""
        ours = originals.loader.get_source(originals, name)[0] if originals.loader and name in originals.list_templates() else ""
        if name in words or (macro and macro in ours and macro not in text):
            yield name


def _unusable(error: Exception, name: str, line: int, page: str) -> UnusableTemplateError:
    place = _place(name, line)
    if isinstance(error, TemplateNotFound):
        return UnusableTemplateError("template.missing", place=place, name=error.name)
    if isinstance(error, TemplateSyntaxError):
        return UnusableTemplateError("template.syntax", place=place, detail=str(error.message).rstrip("."))
    lacking = _QUOTED.findall(str(error))[-1:] if isinstance(error, UndefinedError) else []
    if lacking == ["title"]:
        return UnusableTemplateError("template.untitled", place=place)
    if lacking:
        return UnusableTemplateError("template.undefined" if line else "template.lacking", place=place, name=lacking[0], page=page)
    detail = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return UnusableTemplateError("template.wrong", place=place, detail=detail, page=page)


class _Compiled(BytecodeCache):
    """Compiled templates by what they say: a template is compiled once however often pages are rendered."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of the same text."""
        if code := self.codes.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.codes[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


def said_by(text: str, /, *, meaning: str = "", **values: object) -> Markup:
    """Say a fixed text in a template: its own tags count, and what is put into its places is escaped."""
    if isinstance(text, Markup | Spoken):
        return Markup("{}").format(text)
    found = Markup(unfilled(text, meaning, values.get("count")))  # noqa: S704 -- fixed text of ours
    return found.format(**values) if values else found


@cache
def _said(text: str) -> tuple[Mapping[str, str], str]:
    """Give the plain strings that a template sets at its top level, and the name of the template upon which it is built."""
    tree = Environment(autoescape=True).parse(text)
    named = ((node.target, _told(node.node)) for node in tree.body if isinstance(node, nodes.Assign))
    parent = next((str(node.template.value) for node in tree.body if isinstance(node, nodes.Extends) and isinstance(node.template, nodes.Const)), "")
    return {target.name: str(value.value) for target, value in named if isinstance(target, nodes.Name) and isinstance(value, nodes.Const)}, parent


def _told(value: nodes.Node) -> nodes.Node:
    """Give the text that `_("…")` says, or the value itself."""
    is_said = isinstance(value, nodes.Call) and isinstance(value.node, nodes.Name) and value.node.name == "_" and len(value.args) == 1
    return value.args[0] if is_said and isinstance(value, nodes.Call) else value
