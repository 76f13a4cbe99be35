"""The one list of all labels, `docs/tu-ngu.md`, made from the code, the templates and the schemas, so that somebody can review every word in one place."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Environment, nodes

from conftest import ROOT
from tusoi.labels import Shape, Tone
from tusoi.speech import speaking, unfilled

FILE: Final = ROOT / "docs/tu-ngu.md"
PACKAGE: Final = ROOT / "generator/tusoi"
SHAPES: Final[Mapping[Shape, str]] = {
    Shape.FULL: "hình tròn đặc có dấu tích",
    Shape.SHIELD: "tấm khiên có dấu tích",
    Shape.RING_TICK: "vòng tròn rỗng có dấu tích",
    Shape.HALF: "hình tròn tô một nửa",
    Shape.RING: "vòng tròn rỗng",
    Shape.CROSS: "ô vuông đặc có gạch ngang",
    Shape.CLOCK: "đồng hồ",
    Shape.STOP: "ô vuông rỗng có gạch ngang",
    Shape.DASH: "vòng tròn nét đứt",
    Shape.LOOP: "mũi tên vòng",
    Shape.STAR: "ngôi sao",
    Shape.FLAG: "lá cờ",
    Shape.PAPER: "tờ giấy",
}
TONES: Final[Mapping[Tone, str]] = {Tone.GOOD: "xanh lá", Tone.WAITING: "vàng", Tone.MOVING: "xanh dương", Tone.BAD: "đỏ", Tone.QUIET: "xám"}
FRAMES: Final = frozenset({"$defs", "additionalProperties", "allOf", "anyOf", "else", "if", "items", "oneOf", "patternProperties", "properties", "then"})
"""What stands between the keys of a record in its schema."""
MANY: Final = 3
"""Of more kinds of records only the number is given."""
HEAD: Final = """---
page: false
---

# Mọi nhãn, mọi tên trên trang: một danh mục để rà soát

Danh mục này do `make bless` viết ra từ mã nguồn, khuôn trang và lược đồ; không sửa tay. Đổi một chữ thì đổi ở nơi cột cuối nêu, rồi chạy lại.
Nguyên tắc: “hạn chế” chỉ là khuyết điểm; “hoàn thành” chỉ là mức xếp loại; dùng “xác nhận”, không dùng “xác minh”; lời trung tính, không buộc tội;
không biết thì nói không biết. Hình và chữ nói đủ, màu chỉ nhắc lại. Dấu “–” ở cột tiếng Anh: chưa có bản dịch.
Danh mục không phải là một trang của trang web; trang [Từ ngữ] cho người đọc do chương trình dựng.
"""


@dataclass(frozen=True, order=True)
class Said:
    """One label: its words, how it looks, and where it is said."""

    where: str
    words: str
    shape: str
    tone: str


@cache
def text() -> str:
    """Give the whole list."""
    parts = [
        HEAD,
        _table("Dấu hiệu và tình trạng", ("Tiếng Việt", "Tiếng Anh", "Hình", "Màu", "Ở đâu"), _states()),
        _table("Chữ khác đi cùng tình trạng", ("Tiếng Việt", "Tiếng Anh"), _others()),
        _table("Tên trang và bảng", ("Tiếng Việt", "Tiếng Anh", "Khuôn trang"), ((said, english(said), f"`{where}`") for where, said in titles())),
        _table("Đầu cột của các bảng", ("Tiếng Việt", "Tiếng Anh", "Ở đâu"), ((said, english(said), f"`{where}`") for where, said in heads())),
        _table("Từ của hồ sơ", ("Hồ sơ", "Khóa", "Giá trị", "Tiếng Việt", "Tiếng Anh"), _words()),
    ]
    return "\n".join(parts)


def english(words: str) -> str:
    """Give what English says for a text, or a dash where nobody has said it yet."""
    with speaking("en"):
        found = unfilled(words, count=2)
    return found if found != words else "–"


def states() -> list[Said]:
    """Give every label that the code makes, in the order of where it stands."""
    found = {each for path in sorted(PACKAGE.rglob("*.py")) for each in _labels(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))}
    return sorted(found)


def titles() -> list[tuple[str, str]]:
    """Give the fixed titles of pages, by template."""
    found = ((path.name, _title(path.read_text(encoding="utf-8"))) for path in sorted((PACKAGE / "pages").glob("[!_]*.html.j2")))
    return [(name, said) for name, said in found if said]


def heads() -> list[tuple[str, str]]:
    """Give the heads of columns, by module."""
    made: dict[tuple[str, str], None] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in _calls(path.read_text(encoding="utf-8"), "Column"):
            given = [*call.args[1:2], *(each.value for each in call.keywords if each.arg in ("head", "csv_head"))]
            made.update({(path.relative_to(PACKAGE).as_posix(), said): None for each in given for said in _texts(each)})
    return list(made)


def _states() -> Iterator[tuple[str, ...]]:
    for each in states():
        yield each.words, english(each.words), each.shape, each.tone, f"`{each.where}`"


def _others() -> Iterator[tuple[str, ...]]:
    """Give the other fixed words of the module of labels."""
    for call in _calls((PACKAGE / "labels.py").read_text(encoding="utf-8"), "N_"):
        yield from ((said, english(said)) for said in _texts(call))


def _words() -> Iterator[tuple[str, ...]]:
    """Give the words of values, each once, with the kinds of records that have it."""
    kinds: dict[tuple[str, ...], dict[str, None]] = {}
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        for keys, words in _enums(json.loads(path.read_text(encoding="utf-8")), ()):
            for value, said in words.items():
                row = (f"`{'.'.join(keys)}`", f"`{value}`", said.get("vi", "–"), said.get("en", "–"))
                kinds.setdefault(row, {})[path.name.partition(".")[0]] = None
    for said_so, names in kinds.items():
        yield (", ".join(f"`{each}`" for each in names) if len(names) <= MANY else f"{len(names)} loại hồ sơ", *said_so)


def _enums(schema: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Mapping[str, str]]]]:
    """Give the values of enums that have words, by the way of keys to them."""
    if isinstance(schema, dict):
        if "x-words" in schema:
            yield keys, schema["x-words"]
        for name, value in schema.items():
            if name != "x-words":
                yield from _enums(value, keys if name in FRAMES else (*keys, name))
    elif isinstance(schema, list):
        for value in schema:
            yield from _enums(value, keys)


def _labels(name: str, source: str) -> Iterator[Said]:
    for call in _calls(source, "Label"):
        given = [*call.args[:1], *(each.value for each in call.keywords if each.arg == "said")]
        shape, tone = _look(call.args[1:2], Shape, SHAPES, Shape.PAPER), _look(call.args[2:3], Tone, TONES, Tone.QUIET)
        for each in given:
            yield from (Said(name, said, shape, tone) for said in _texts(each))


def _look(given: list[ast.expr], kind: type[Shape | Tone], names: Mapping[Any, str], usual: Shape | Tone) -> str:
    """Give a shape or a tone in words; where a label takes that of another, it says so."""
    name = given[0].attr if given and isinstance(given[0], ast.Attribute) else ""
    if name in kind.__members__:
        return names[kind[name]]
    return "theo tình trạng" if given else names[usual]


def _calls(source: str, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and (called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else "") == name:
            yield node


def _texts(node: ast.expr) -> Iterator[str]:
    """Give the fixed texts that an argument may be: written there, said by `_` or marked by `N_`; either of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_") and node.args:
        yield from _texts(node.args[0])


def _title(template: str) -> str:
    """Give the title that a template has for all its pages; nothing where each has its own."""
    for node in Environment(autoescape=True).parse(template).find_all(nodes.Assign):
        if isinstance(node.target, nodes.Name) and node.target.name == "title":
            said = node.node.args[0] if isinstance(node.node, nodes.Call) and node.node.args else node.node
            return str(said.value) if isinstance(said, nodes.Const) else ""
    return ""


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *dict.fromkeys(rows)]
    return f"## {title}\n\n" + "".join(f"| {' | '.join(_cell(each) for each in line)} |\n" for line in lines)


def _cell(words: str) -> str:
    return re.sub(r"\s+", " ", words).replace("|", "\\|").strip()
