"""The templates of records: they show every key and word of the schemas, and what is filled in is a record that the loader and the schema accept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from tusoi import flow, offering, schema, skeleton
from tusoi.facts import Facts, Tally
from tusoi.key_names import meaning_of
from tusoi.kinds import Kinds
from tusoi.record import Draft, Kind
from tusoi.skeleton import Speech
from tusoi.strict_yaml import parse

KINDS = flow.kinds()
assert isinstance(KINDS, Kinds)
ALL = list(KINDS.values())
NOTHING = Facts(date(2026, 3, 15), {}, {}, {}, Tally(), ())
SPOKEN = {lang: Speech(lang, KINDS.examples) for lang in ("vi", "en")}


def objects(node: Mapping[str, Any], title: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object shape inside a schema, with the title of what it is."""
    if "properties" in node:
        yield title, node
        for name, below in node["properties"].items():
            yield from objects(below, name)
    if "items" in node:
        yield from objects(node["items"], title)


def keys(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What the schema says of every key, however deep."""
    for below in node.get("properties", {}).values():
        yield below
        yield from keys(below)
        yield from keys(below.get("items", {}))


def answer(node: Mapping[str, Any], kind: Kind) -> str:
    """What a person might write for a value."""
    if "enum" in node:
        return str(node["enum"][0])
    if node.get("examples"):
        return str(node["examples"][0])
    form = node.get("format")
    if form == "link":
        wanted = node.get("x-link") or [kind.name]
        return KINDS.example(wanted[0])
    by_form = {"date": "2026-03-31", "partial-date": "2026-03-31", "part-link": "A1", "uri": "https://example.org/", "time-zone": "Asia/Ho_Chi_Minh"}
    if form in by_form:
        return by_form[form]
    pattern = str(node.get("pattern", ""))
    by_pattern = {"[0-9a-f]{64}": "a" * 64, "^M": "M1", "^p-": "p-017", "[a-z0-9]+(-": "mot-ten", "^[A-Za-z0-9_*]": "nothing", "[a-z0-9-]+/": "party/2023"}
    for piece, text in by_pattern.items():
        if piece in pattern:
            return f'"{text}"'
    simple = {"boolean": "true", "integer": "1", "number": "3.5"}
    return simple.get(str(node.get("type")), "Chữ do người viết điền vào")


def filled(text: str, kind: Kind) -> str:
    """Fill in every empty value of a template, as its schema wants it."""
    lines: list[str] = []
    way: list[tuple[int, Mapping[str, Any]]] = [(-1, kind.schema)]
    all_lines = text.splitlines()
    for number, line in enumerate(all_lines):
        if not line.strip() or line.lstrip().startswith("#"):
            lines.append(line)
            continue
        indent = len(line) - len(line.lstrip())
        bare = line.strip()
        is_item = bare == "-" or bare.startswith("- ")
        if is_item:
            while way[-1][0] >= indent:
                way.pop()
            item = way[-1][1]["items"]
            if bare == "-":
                lines.append(f"{line} {answer(item, kind)}")
                continue
            way.append((indent, item))
            indent, bare = indent + 2, bare[2:]
        key, _, value = bare.partition(":")
        while way[-1][0] >= indent:
            way.pop()
        node = way[-1][1]["properties"][key]
        follows = next((each for each in all_lines[number + 1 :] if each.strip() and not each.lstrip().startswith("#")), "")
        is_leaf = not follows or len(follows) - len(follows.lstrip()) <= indent
        if is_leaf and not value:
            lines.append(f"{line} {answer(node, kind)}")
        else:
            lines.append(line)
            way.append((indent, node))
    return "\n".join(lines) + "\n"


def short(kind: Kind) -> str:
    """The short template of a kind, for a place of which nothing is known."""
    return offering.blank(kind, KINDS, NOTHING, "vi")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_template_has_every_key_of_its_schema(kind: Kind, lang: str) -> None:
    text = skeleton.full(kind, SPOKEN[lang])
    keys = set(re.findall(r"^\s*(?:- )?([a-z0-9_]+):", text, re.MULTILINE))
    wanted = {name for _, node in objects(kind.schema) for name in node["properties"]}
    assert keys == wanted


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_template_explains_every_key_and_every_allowed_word(kind: Kind, lang: str) -> None:
    text = skeleton.full(kind, SPOKEN[lang])
    comments = " ".join(line.strip().removeprefix("#").strip() for line in text.splitlines() if line.lstrip().startswith("#"))
    for node in keys(kind.schema):
        home = node if lang == "vi" else node["x-en"]
        assert str(home["title"]).rstrip(".") in comments
        for word, meaning in {**node.get("x-words", {}), **node.get("items", {}).get("x-words", {})}.items():
            assert f"#   {word} = {meaning_of(meaning, lang)}\n" in text


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_required_keys_are_marked_and_no_others(kind: Kind) -> None:
    lines = skeleton.full(kind, SPOKEN["vi"]).splitlines()
    marked: set[str] = set()
    block: list[str] = []
    for line in lines:
        if line.lstrip().startswith("#"):
            block.append(line)
            continue
        if line.strip() and any("(BẮT BUỘC)" in each for each in block) and not line.startswith((" ", "-")):
            marked.add(line.split(":")[0])
        block = []
    assert marked == set(kind.schema.get("required", ()))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_seal_is_there_in_order_with_what_it_needs(kind: Kind) -> None:
    text = skeleton.full(kind, SPOKEN["vi"])
    places = [text.index(f"\n{seal}:") for seal in kind.seals]
    assert places == sorted(places)
    flat = " ".join(line.removeprefix("#").strip() for line in text.splitlines())
    for seal in kind.schema.get("x-seals", ()):
        if seal.get("requires"):
            assert f"Chỉ ghi khi đã có: {', '.join(seal['requires'])}." in flat


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
@pytest.mark.parametrize("size", ["short", "full"])
def test_a_template_that_nobody_filled_in_is_refused(kind: Kind, size: str) -> None:
    text = skeleton.full(kind, SPOKEN["vi"]) if size == "full" else short(kind)
    found = parse(text.encode(), "records/a/b/c.yml")
    assert found.data is None
    assert {each.code for each in found.problems} - {"L05"} == {"L13"}, [each.message for each in found.problems]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
@pytest.mark.parametrize("size", ["short", "full"])
def test_a_template_that_was_filled_in_is_a_record(kind: Kind, size: str) -> None:
    text = skeleton.full(kind, SPOKEN["vi"]) if size == "full" else short(kind)
    found = parse(filled(text, kind).encode(), "records/a/b/c.yml")
    assert [each.message for each in found.problems] == []
    assert found.data is not None
    found.data.pop("missing", None)  # everything was filled in, so nothing is missing
    found.data.pop("held_elsewhere", None)  # of what is kept elsewhere, nothing else is said
    record_id = "project" if kind.folder == "root" else "a" if kind.plural == kind.name else f"{'common' if kind.folder == 'common' else 'a'}/{kind.plural}/c"
    records, problems, _ = schema.accept([Draft(record_id, kind.plural, found.data, found.source)], KINDS)
    assert [(each.message, each.path, each.params) for each in problems if each.severity == "error"] == []
    assert [each.kind for each in records] == [kind.name]


def test_what_is_known_is_filled_in() -> None:
    text = skeleton.short(KINDS["progress"], {"of": "xa/plans/2025", "entries": ({"action": "A1", "state": None},)}, SPOKEN["vi"])
    assert "\nof: xa/plans/2025\n" in text
    assert "- action: A1\n" in text


def test_a_short_template_is_short_and_says_how_it_is_sealed() -> None:
    text = short(KINDS["review"])
    assert len(text) < len(skeleton.full(KINDS["review"], SPOKEN["vi"])) / 2
    assert re.search(r"^# submitted: \{date: , by: \}$", text, re.MULTILINE)
    assert "withdrawn" not in text


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_without_its_mark_what_stands_as_a_comment_is_refused_until_it_is_filled_in(kind: Kind) -> None:
    """Nothing that was only shown can become a claim by taking a # away."""
    for line in short(kind).splitlines():
        found = re.fullmatch(r"\s*# ([a-z_]+: ?.*)", line)
        if found and found[1].split(":")[0] in {name for _, node in objects(kind.schema) for name in node["properties"]}:
            parsed = parse(f"{found[1]}\n".encode(), "x.yml")
            assert parsed.data is None or found[1] in ("kind: recurring", "milestones: [M1]"), line


def test_a_value_is_read_as_it_was_written() -> None:
    texts = (
        "Về đất đai: còn chậm",
        "12",
        "1e3",
        "true",
        "null",
        "a # b",
        "2026-03-15",
        "05-QĐ/TU",
        "Hỏi “gì”?",
        "- x",
        "kết thúc:",
        "[a]",
        "007",
        "x'y",
        'x"y',
    )
    kind = KINDS["lesson"]
    text = skeleton.short(kind, {"nature": "lesson", "lessons": texts}, SPOKEN["vi"])
    data = parse(text.encode(), "x.yml").data
    assert data is not None
    assert data["lessons"] == list(texts)
