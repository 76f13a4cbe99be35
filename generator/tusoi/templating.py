"""The files that pages are made of: where templates come from, what each says of itself, and how it says a text. The only module that knows Jinja."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import BytecodeCache, ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined, Template, nodes
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from tusoi.speech import Spoken, unfilled

__all__ = ["Environment", "Markup", "Source", "Template", "environment", "escape", "said_by", "sources"]

SUFFIX: Final = ".html.j2"


@dataclass(frozen=True, slots=True)
class Source:
    """A template and what it says of itself before anything is rendered."""

    name: str
    each: str
    path: str
    title: str = ""
    rows: str = ""


def environment(overrides: Mapping[str, str]) -> Environment:
    """Make what reads templates: a project's own first, and everything escaped."""
    return Environment(
        loader=ChoiceLoader([DictLoader(dict(overrides)), PackageLoader("tusoi", "pages")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )


def sources(templates: Environment) -> list[Source]:
    """Give every template that has pages, and what it says of itself."""
    return [_source(templates, name) for name in templates.list_templates() if _is_page(name)]


def _is_page(name: str) -> bool:
    return name.endswith(SUFFIX) and not name.startswith("_")


def _source(templates: Environment, name: str) -> Source:
    """Read what a template says of itself."""
    said = _said(templates.loader.get_source(templates, name)[0] if templates.loader else "")
    bare = name.removesuffix(SUFFIX)
    return Source(name, said.get("each", ""), said.get("path", f"{bare}.html"), said.get("title", bare), said.get("rows", ""))


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
def _said(text: str) -> Mapping[str, str]:
    """Give the plain strings that a template sets at its top level."""
    tree = Environment(autoescape=True).parse(text)
    named = ((node.target, _told(node.node)) for node in tree.body if isinstance(node, nodes.Assign))
    return {target.name: str(value.value) for target, value in named if isinstance(target, nodes.Name) and isinstance(value, nodes.Const)}


def _told(value: nodes.Node) -> nodes.Node:
    """Give the text that `_("…")` says, or the value itself."""
    is_said = isinstance(value, nodes.Call) and isinstance(value.node, nodes.Name) and value.node.name == "_" and len(value.args) == 1
    return value.args[0] if is_said and isinstance(value, nodes.Call) else value
