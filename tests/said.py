"""The fixed texts of pages, found in the code and in the templates: what `_("…")` says and what must be said so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, nodes

from conftest import ROOT

PACKAGE = ROOT / "generator/tusoi"
TEMPLATES = PACKAGE / "pages"
MARKS = frozenset({"ă", "â", "đ", "ê", "ô", "ơ", "ư", *"àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"})
SAYERS = {"_": (0,), "N_": (0,), "Label": (0,), "Column": (1,)}
"""The functions whose arguments are fixed texts, and which."""
NAMED = {"Column": ("csv_head", "head"), "Board": ("empty",), "Label": ("said",)}
READ = ("aria-label", "title", "alt", "placeholder", "data-label", "aria-description", "aria-roledescription")
"""The attributes that people read or hear."""
_HOLE = "\ue000"


def is_vietnamese(text: str) -> bool:
    """Whether a text has a letter with a Vietnamese mark."""
    return any(each in MARKS for each in text.lower())


def in_code(path: Path) -> Iterator[tuple[str, str]]:
    """Give the texts that a module says, with what each means where that is said, too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            given = [node.args[place] for place in SAYERS.get(name, ()) if place < len(node.args)]
            given += [each.value for each in node.keywords if each.arg in NAMED.get(name, ())]
            meaning = next((str(each.value.value) for each in node.keywords if each.arg == "meaning" and isinstance(each.value, ast.Constant)), "")
            for each in given:
                yield from ((meaning, text) for text in _texts(each))


def _texts(node: ast.expr) -> Iterator[str]:
    """Give the texts that an expression may be: itself, or either of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for each in node.values:
            yield from _texts(each)


def _named(path: Path) -> str:
    return (path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).as_posix()


def unsaid_in_code(path: Path) -> Iterator[str]:
    """Give the Vietnamese texts of a module that no `_` says."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {text for _, text in in_code(path)}
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented]
    for node in texts:
        if is_vietnamese(str(node.value)) and node.value not in said:
            yield f"{_named(path)}:{node.lineno} {node.value!r}"


def in_template(path: Path) -> Iterator[tuple[str, str]]:
    """Give the texts that a template says."""
    for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "N_") and call.args:
            meaning = next((str(each.value.value) for each in call.kwargs if each.key == "meaning" and isinstance(each.value, nodes.Const)), "")
            for text in call.args[0].find_all(nodes.Const) if not isinstance(call.args[0], nodes.Const) else [call.args[0]]:
                if isinstance(text.value, str) and text.value:
                    yield meaning, text.value


class _Read(HTMLParser):
    """Collects what people read of a template's own HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Note letters between tags."""
        if re.search(r"[^\W\d_]", data.replace(_HOLE, "")):
            self.found.append(" ".join(data.replace(_HOLE, "…").split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser calls it so
        """Note letters in attributes that are read."""
        self.found += [str(value) for key, value in attrs if key in READ and value and re.search(r"[^\W\d_]", value.replace(_HOLE, ""))]


def unsaid_in_template(path: Path) -> Iterator[str]:
    """Give the texts of a template that no `_` says: between its tags, in attributes that are read, and in its expressions."""
    text = path.read_text(encoding="utf-8")
    reader = _Read()
    bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    bare = re.sub(r"<(/?)\{\{.*?\}\}", r"<\1div", bare)
    reader.feed(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", _HOLE, bare, flags=re.DOTALL))
    reader.close()
    said = {each for _, each in in_template(path)}
    constants = [str(each.value) for each in Environment(autoescape=True).parse(text).find_all(nodes.Const)]
    for each in (*reader.found, *(each for each in constants if is_vietnamese(each) and each not in said)):
        yield f"{_named(path)} {each!r}"


def modules() -> list[Path]:
    """Give the modules whose texts stand on pages: all that say anything."""
    return sorted(each for each in PACKAGE.rglob("*.py") if "from tusoi.speech import" in each.read_text(encoding="utf-8") or each.parent.name == "views")


def everything() -> dict[tuple[str, str], list[str]]:
    """Give every text that pages say, by meaning and text, with the files that say it."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in modules():
        for each in in_code(path):
            found.setdefault(each, []).append(path.name)
    for path in sorted(TEMPLATES.glob("*.j2")):
        for each in in_template(path):
            found.setdefault(each, []).append(path.name)
    for settings in (ROOT / "mkdocs.yml", PACKAGE / "example/mkdocs.yml"):
        for title in in_settings(yaml.safe_load(settings.read_text(encoding="utf-8"))):
            found.setdefault(("", title), []).append("mkdocs.yml")
    return found


def in_settings(stated: dict[str, Any]) -> Iterator[str]:
    """Give what pages show of mkdocs.yml: the names in the menu, of the switches of the colours, and of the links to a section."""
    yield from in_menu(stated["nav"])
    yield from (each["toggle"]["name"] for each in stated["theme"]["palette"])
    yield from (each["toc"]["permalink_title"] for each in stated["markdown_extensions"] if isinstance(each, dict) and "toc" in each)


def in_menu(stated: list[Any]) -> Iterator[str]:
    """Give the names in a menu of mkdocs.yml."""
    for each in stated:
        for title, below in each.items() if isinstance(each, dict) else ():
            yield title
            yield from in_menu(below) if isinstance(below, list) else ()
