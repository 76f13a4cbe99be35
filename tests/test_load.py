"""The loader: each hostile file gives one clear problem, and whatever is sound is read whole, with the line and column of everything."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tusoi import load, messages, strict_yaml
from tusoi.disk import Unread, content_of
from tusoi.loader_sentences import SENTENCES
from tusoi.problem import Severity
from tusoi.yaml_slips import Stumble, explain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tusoi.problem import Problem

CASES = sorted((Path(__file__).parent / "cases" / "load").glob("*.yml"))
EXPECTED = re.compile(rb"(?:\xef\xbb\xbf)?# expect: ([^\r\n]*)")
LAX = {"directive-unknown", "escape-surrogate"}
"""What the parser written in Python lets pass, or leaves to us to refuse."""


def told(problems: Iterable[Problem]) -> str:
    """Write problems as the cases do: `L10.value 2:16; L11.cut 3:9 warning`."""
    each = [f"{one.message} {one.place.line}:{one.place.column}" + (f" {one.severity}" if one.severity is not Severity.ERROR else "") for one in problems]
    return "; ".join(each) or "nothing"


def has_its_words(problem: Problem) -> None:
    """Hold a problem to the table of sentences."""
    assert problem.message in SENTENCES
    assert {name for name, _ in problem.params} == set(SENTENCES[problem.message].split())


def parsed(text: str | bytes) -> strict_yaml.Parsed:
    """Read a text that is expected to be sound."""
    found = strict_yaml.parse(text.encode() if isinstance(text, str) else text, "records/a.yml")
    assert found.problems == ()
    assert found.data is not None
    return found


# Files


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_file_gives_exactly_the_problems_that_its_first_line_names(path: Path) -> None:
    content = path.read_bytes()
    line = EXPECTED.match(content)
    assert line is not None
    found = strict_yaml.parse(content, path.name)
    assert told(found.problems) == line.group(1).decode()
    assert (found.data is None) == any(one.severity is Severity.ERROR for one in found.problems)
    for one in found.problems:
        has_its_words(one)


def test_there_are_many_hostile_files() -> None:
    assert len([path for path in CASES if not path.stem.startswith("accepted")]) > 90


@pytest.mark.parametrize("path", [path for path in CASES if path.stem not in LAX], ids=lambda path: path.stem)
def test_the_parser_written_in_python_gives_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two parsers that were written apart agree on what is sound, and on the code of what is not."""
    ours = strict_yaml.parse(path.read_bytes(), path.name)
    monkeypatch.setattr(strict_yaml, "_LOADER", yaml.SafeLoader)
    theirs = strict_yaml.parse(path.read_bytes(), path.name)
    assert [one.code for one in theirs.problems] == [one.code for one in ours.problems]
    assert theirs.data == ours.data
    if ours.data is not None:
        assert (theirs.source.values, theirs.source.keys) == (ours.source.values, ours.source.keys)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("7", 7),
        ("-12", -12),
        ("123456789012345", 123456789012345),
        ("-999999999999999", -999999999999999),
        ("3.3", 3.3),
        ("-0.5", -0.5),
        ("0.10", 0.1),
        ("1.9490", 1.949),
        ("0.949", 0.949),
        ("12345678.1234567", 12345678.1234567),
        ('"true"', "true"),
        ("'7'", "7"),
        ('"null"', "null"),
        ("''", ""),
        ("True", "True"),
        ("yes", "yes"),
        ("no", "no"),
        ("off", "off"),
        ("010", "010"),
        ("00", "00"),
        ("+5", "+5"),
        ("5.", "5."),
        (".5", ".5"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1.949.000", "1.949.000"),
        ("3,5", "3,5"),
        ("12:30:45", "12:30:45"),
        (".nan", ".nan"),
        ("-.inf", "-.inf"),
        ("2024-11-15", "2024-11-15"),
        ("٣", "٣"),
        ("Hội đồng nhân dân", "Hội đồng nhân dân"),
        ("|\n  Một\n  Hai\n", "Một\nHai\n"),
        (">-\n  Một\n  hai\n", "Một hai"),
        ("Một\n  hai", "Một hai"),
    ],
)
def test_only_plain_truth_values_and_numbers_are_typed(written: str, meant: object) -> None:
    found = parsed(f"a: {written}").data
    assert found == {"a": meant}
    assert found is not None
    assert type(found["a"]) is type(meant)


def test_every_value_and_key_knows_its_line_and_column() -> None:
    text = '# ghi chú\ntitle: Kế hoạch\nby:\n  {date: 2024, "document": {number: 88-BC/ĐU}}\nto:\n  - a\n  -   - b\n  - c: >-\n      d\n'
    found = parsed(text)
    assert found.data == {"title": "Kế hoạch", "by": {"date": 2024, "document": {"number": "88-BC/ĐU"}}, "to": ["a", ["b"], {"c": "d"}]}
    assert found.source.values == {
        (): (2, 1),
        ("title",): (2, 8),
        ("by",): (4, 3),
        ("by", "date"): (4, 10),
        ("by", "document"): (4, 28),
        ("by", "document", "number"): (4, 37),
        ("to",): (6, 3),
        ("to", 0): (6, 5),
        ("to", 1): (7, 7),
        ("to", 1, 0): (7, 9),
        ("to", 2): (8, 5),
        ("to", 2, "c"): (8, 8),
    }
    assert found.source.keys == {
        ("title",): (2, 1),
        ("by",): (3, 1),
        ("by", "date"): (4, 4),
        ("by", "document"): (4, 16),
        ("by", "document", "number"): (4, 29),
        ("to",): (5, 1),
        ("to", 2, "c"): (8, 5),
    }


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_line_ends_and_the_mark_of_other_systems_change_nothing(end: str) -> None:
    text = "title: Kế hoạch\nnote: |\n  Một\n  Hai\nto: [a,\n  b]\n"
    here, there = parsed(text), parsed(b"\xef\xbb\xbf" + text.replace("\n", end).encode())
    assert there == here


def test_text_and_keys_are_in_one_unicode_form() -> None:
    apart = unicodedata.normalize("NFD", '"tên": Điều chỉnh\nnote: |\n  Kế hoạch\nb: "h\\u1ed9i e\\u0302"\n')
    found = parsed(apart)
    assert found.data == {"tên": "Điều chỉnh", "note": "Kế hoạch\n", "b": "hội ê"}
    assert ("tên",) in found.source.keys


def test_a_repeated_key_names_both_ends() -> None:
    (one,) = strict_yaml.parse(b"a: 1\nb: 2\na: 3\n", "f.yml").problems
    assert (one.place.line, one.path, one.also and one.also.line) == (3, ("a",), 1)


def test_a_hint_says_what_to_type_and_what_it_says_is_sound() -> None:
    """Whoever types what the hint shows has mended the line, and nothing of the text is lost."""
    for text in ("Kế hoạch: năm 2024", 'Nói "nhanh": làm chậm', "Bí thư: 'tự soi', \"tự sửa\"", "Đường số #5 chưa xong", "C:\\hồ sơ: mất"):
        (one,) = strict_yaml.parse(f"title: {text}\n".encode(), "f.yml").problems
        assert parsed(dict(one.params)["typed"]).data == {"title": text}
    (one,) = strict_yaml.parse("cause: {text: Đường số #5\n}\n".encode(), "f.yml").problems
    assert dict(one.params)["typed"] == '"…"'
    (one,) = strict_yaml.parse(b"note: a\ntitle:b c\n", "f.yml").problems
    assert parsed(dict(one.params)["typed"]).data == {"title": "b c"}


def test_what_the_parser_says_that_nobody_foresaw_has_a_plain_sentence() -> None:
    slip = explain(Stumble("something new", "", (0, 3), (0, 0)), ["a: b"])
    assert (slip.code, slip.variant, slip.at) == ("L09", "other", (0, 3))
    assert "L09.other" in SENTENCES


def test_a_file_may_have_a_megabyte_and_no_more() -> None:
    start = b"a: "
    assert parsed(start + b"x" * (strict_yaml.LARGEST - len(start))).data is not None
    assert told(strict_yaml.parse(start + b"x" * (strict_yaml.LARGEST - 2), "f").problems) == "L05.record 0:0"


def test_reading_stops_where_there_is_too_much_to_tell() -> None:
    found = strict_yaml.parse(b"".join(b"k%d:\n" % number for number in range(500)), "f").problems
    assert len(found) == strict_yaml.MOST_PROBLEMS + 1
    assert told(found[-1:]) == f"L05.problems {strict_yaml.MOST_PROBLEMS}:1"
    has_its_words(found[-1])
    found = strict_yaml.parse(b"a:\n" + b"- x\n" * strict_yaml.MOST_EVENTS, "f").problems
    assert [one.message for one in found] == ["L05.events"]
    has_its_words(found[0])


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp"]), max_size=12),
)
TREES = st.dictionaries(
    st.text("abcdeêđ_", min_size=1, max_size=5),
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcê ", min_size=1, max_size=4), inner, max_size=4), max_leaves=12
    ),
    max_size=5,
)


def in_one_form(value: Any) -> Any:
    """Give the same data with every text in NFC."""
    if isinstance(value, dict):
        return {in_one_form(key): in_one_form(item) for key, item in value.items()}
    if isinstance(value, list):
        return [in_one_form(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


class Quoting(yaml.SafeDumper):
    """Writes every text in double quotes, so that none can be taken for anything else."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- the name that PyYAML calls
        """Write repeated things out in full."""
        return True


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@settings(max_examples=60, deadline=None)
@given(TREES, st.booleans())
def test_whatever_is_written_is_read_back(data: dict[str, Any], in_brackets: bool) -> None:  # noqa: FBT001 -- drawn
    if len(in_one_form(data)) < len(data):
        return
    text = yaml.dump(data, Dumper=Quoting, allow_unicode=True, default_flow_style=in_brackets)
    found = parsed(text or "{}")
    assert found.data == in_one_form(data)
    assert len(found.source.values) == leaves(found.data)


def leaves(value: Any) -> int:
    """Count the values of a tree, itself among them."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(leaves(item) for item in inner)


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text("ab:# -[]{}\"'&*!|>%@?,~\n\t\r0.ế\ufeff", max_size=60).map(str.encode)))
def test_any_bytes_give_data_with_places_or_a_problem(content: bytes) -> None:
    found = strict_yaml.parse(content, "f.yml")
    assert (found.data is None) == any(one.severity is Severity.ERROR for one in found.problems)
    if found.data is not None:
        assert len(found.source.values) == leaves(found.data)
    lines = len(content.splitlines()) + 2
    for one in found.problems:
        has_its_words(one)
        assert 0 <= one.place.line <= lines


@settings(max_examples=120, deadline=None)
@given(st.text("ab: -[],#'\"\n", max_size=40))
def test_both_parsers_agree_on_what_is_sound(text: str) -> None:
    """Where the two stand apart, ours must be the one that refuses: nothing is read that another reader would read otherwise."""
    ours = strict_yaml.parse(text.encode(), "f.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "_LOADER", yaml.SafeLoader)
        theirs = strict_yaml.parse(text.encode(), "f.yml")
    if ours.data is not None and theirs.data is not None:
        assert (ours.data, ours.source.values) == (theirs.data, theirs.source.values)


# Folders

A = b"title: a\n"
ENOUGH = b"%PDF"


@dataclass(frozen=True)
class Link:
    """A symbolic link to somewhere."""

    to: str


PIPE = object()


@dataclass(frozen=True)
class Tree:
    """Files below `records/`, what is said of them, and the ids that are kept free or read."""

    files: dict[str, Any]
    problems: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()


GOOD = {"project.yml": A, "xa-a/organisation.yml": A, "xa-a/plans/2024.yml": A}
READ = ("project", "xa-a", "xa-a/plans/2024")
COMPOSED, APART = (unicodedata.normalize(form, "xa-a/files/bản.pdf") for form in ("NFC", "NFD"))

FOLDERS = {
    "what the grammar names is read": Tree(
        {**GOOD, "common/sources/bao-1.yml": A, ".gitkeep": b"", "xa-a/reviews/.gitkeep": b"", "xa-a/files/2024/Biên bản.pdf": ENOUGH},
        drafts=("common/sources/bao-1", *READ),
    ),
    "whether a plural is known is not for the loader to say": Tree({"xa-a/anything/1.yml": A}, drafts=("xa-a/anything/1",)),
    "a broken file hides no other and keeps its id": Tree(
        {**GOOD, "xa-a/plans/2025.yml": b"a: b: c\n"}, ("xa-a/plans/2025.yml L10.value",), ("xa-a/plans/2025",), READ
    ),
    "a file of bytes that are no text": Tree({**GOOD, "xa-a/plans/2025.yml": b"\xff\xfe\x00"}, ("xa-a/plans/2025.yml L06",), ("xa-a/plans/2025",), READ),
    "a warning is no reason to leave a record out": Tree({"xa-a/plans/1.yml": b"title: a b # c\n"}, ("xa-a/plans/1.yml L11.cut",), (), ("xa-a/plans/1",)),
    "the wrong ending": Tree({"xa-a/plans/2024.yaml": A}, ("xa-a/plans/2024.yaml L03.ending name=2024.yml",), ("xa-a/plans/2024",)),
    "the ending that Notepad adds": Tree({"xa-a/plans/2024.yml.txt": A}, ("xa-a/plans/2024.yml.txt L03.ending name=2024.yml",), ("xa-a/plans/2024",)),
    "the ending in capitals": Tree({"xa-a/plans/2024.YML": A}, ("xa-a/plans/2024.YML L03.ending name=2024.yml",), ("xa-a/plans/2024",)),
    "capitals": Tree({"xa-a/plans/Q1.yml": A}, ("xa-a/plans/Q1.yml L03.capitals name=q1.yml",), ("xa-a/plans/q1",)),
    "Vietnamese letters": Tree(
        {"xa-a/plans/Kế hoạch đất đai.yml": A}, ("xa-a/plans/Kế hoạch đất đai.yml L03.letters name=ke-hoach-dat-dai.yml",), ("xa-a/plans/ke-hoach-dat-dai",)
    ),
    "nothing left of the name": Tree({"xa-a/plans/计划.yml": A}, ("xa-a/plans/计划.yml L03.letters.none",)),
    "a folder with capitals makes no record and is told once": Tree(
        {"Xa-B/organisation.yml": A, "Xa-B/plans/1.yml": A, "Xa-B/plans/2.yml": b"a:\n"},
        ("Xa-B L03.capitals name=xa-b", "Xa-B/plans/2.yml L13.value"),
        ("xa-b", "xa-b/plans/1", "xa-b/plans/2"),
    ),
    "a folder with Vietnamese letters": Tree({"Xã Đồng/plans/1.yml": A}, ("Xã Đồng L03.letters name=xa-dong",), ("xa-dong/plans/1",)),
    "the folder of attachments with a capital": Tree({"xa-a/Files/a.pdf": ENOUGH}, ("xa-a/Files L03.capitals name=files",)),
    "an attachment in the folder of a kind": Tree({"xa-a/plans/2024.PDF": ENOUGH}, ("xa-a/plans/2024.PDF L03.attachment folder=records/xa-a/files/",)),
    "a translation without its language": Tree({"xa-a/plans/2024.po": A}, ("xa-a/plans/2024.po L03.catalogue",)),
    "a note that is no record": Tree({"README.md": A, "xa-a/plans/ghi-chu": A}, ("README.md L03.other", "xa-a/plans/ghi-chu L03.other")),
    "a record at the top": Tree({"plan.yml": A}, ("plan.yml L03.place.top name=plan.yml",)),
    "a record in no kind's folder": Tree(
        {"xa-a/2024.yml": A, "common/organisation.yml": A}, ("common/organisation.yml L03.place name=organisation.yml", "xa-a/2024.yml L03.place name=2024.yml")
    ),
    "a folder too deep is told once": Tree({"xa-a/plans/cu/2024.yml": b"a:\n"}, ("xa-a/plans/cu L03.deep",)),
    "a folder whose name means something else": Tree(
        {"project/organisation.yml": A, "xa-a/organisation/1.yml": A, "xa-a/project/1.yml": A},
        ("project L03.taken name=project", "xa-a/organisation L03.taken name=organisation", "xa-a/project L03.taken name=project"),
    ),
    "what computers and editors leave behind": Tree(
        {
            ".DS_Store": b"\0",
            "xa-a/Thumbs.db": b"\0",
            "xa-a/plans/._2024.yml": b"\0",
            "xa-a/plans/2024.yml~": A,
            "xa-a/plans/.2024.yml.swp": A,
            "xa-a/files/~$a.docx": A,
        },
        (
            ".DS_Store L03.machine",
            "xa-a/Thumbs.db L03.machine",
            "xa-a/files/~$a.docx L03.backup",
            "xa-a/plans/.2024.yml.swp L03.backup",
            "xa-a/plans/._2024.yml L03.machine",
            "xa-a/plans/2024.yml~ L03.backup",
        ),
    ),
    "hidden files and folders": Tree(
        {".git/config": A, "xa-a/.env": A, "xa-a/plans/.2024.yml": A}, (".git L03.hidden", "xa-a/.env L03.hidden", "xa-a/plans/.2024.yml L03.hidden")
    ),
    "a name that Windows keeps": Tree({"xa-a/plans/con.yml": A}, ("xa-a/plans/con.yml L03.reserved name=con-1.yml",), ("xa-a/plans/con-1",)),
    "names that many computers can not write": Tree(
        {"xa-a/files/a:b.pdf": ENOUGH, "xa-a/files/c\nd.pdf": ENOUGH, "xa-a/files/e .": ENOUGH},
        ("xa-a/files/a:b.pdf L03.characters", "xa-a/files/c\\u000ad.pdf L03.characters", "xa-a/files/e . L03.characters"),
    ),
    "an attachment with its marks apart": Tree({APART: ENOUGH}, (f"{APART} L03.form name={Path(COMPOSED).name}",)),
    "names that differ in case": Tree(
        {**GOOD, "xa-a/plans/2024.YML": A, "Xa-A/plans/3.yml": A},
        ("Xa-A L04.case other=xa-a", "xa-a/plans/2024.YML L04.case other=2024.yml"),
        ("xa-a/plans/3",),
        READ,
    ),
    "names that differ in Unicode form": Tree({COMPOSED: ENOUGH, APART: ENOUGH}, (f"{APART} L04.form other={Path(COMPOSED).name}",)),
    "attachments that differ in case and form at once": Tree(
        {COMPOSED: ENOUGH, APART.replace("b", "B"): ENOUGH, "xa-a/files/MASS.pdf": ENOUGH, "xa-a/files/maß.pdf": ENOUGH},
        (f"{APART.replace('b', 'B')} L04.case other={Path(COMPOSED).name}", "xa-a/files/maß.pdf L04.case other=MASS.pdf"),
    ),
    "links to a file, a folder and nothing": Tree(
        {
            **GOOD,
            "xa-a/plans/2025.yml": Link("2024.yml"),
            "xa-b": Link("xa-a"),
            "xa-a/files/a.pdf": Link("/nowhere"),
            "xa-a/.gitkeep": Link("organisation.yml"),
        },
        ("xa-a/.gitkeep L02", "xa-a/files/a.pdf L02", "xa-a/plans/2025.yml L02", "xa-b L02"),
        ("xa-a/plans/2025",),
        READ,
    ),
    "a pipe is not waited for": Tree({"xa-a/plans/2024.yml": PIPE}, ("xa-a/plans/2024.yml L01.special",), ("xa-a/plans/2024",)),
    "a record of more than a megabyte": Tree({"xa-a/plans/1.yml": b"a: " + b"x" * 1024 * 1024}, ("xa-a/plans/1.yml L05.record limit=1",), ("xa-a/plans/1",)),
}


def planted(root: Path, files: dict[str, Any]) -> Path:
    """Write files, links and pipes below `root/records`."""
    for name, content in files.items():
        path = root / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            path.symlink_to(content.to)
        elif content is PIPE:
            os.mkfifo(path)
        else:
            path.write_bytes(content)
    return root


def said(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Write problems as the table of folders does."""
    return tuple(
        " ".join([one.place.file.removeprefix("records/"), one.message, *(f"{name}={text}" for name, text in one.params if one.code in {"L03", "L04", "L05"})])
        for one in problems
    )


@pytest.mark.parametrize("name", FOLDERS)
def test_every_file_is_a_record_an_attachment_or_a_problem(name: str, tmp_path: Path) -> None:
    tree = FOLDERS[name]
    found = load.records(planted(tmp_path, tree.files))
    assert said(found.problems) == tree.problems
    assert found.reserved == set(tree.reserved)
    assert tuple(draft.id for draft in found.drafts) == tuple(sorted(tree.drafts))
    for one in found.problems:
        has_its_words(one)


def test_a_draft_knows_its_kind_and_its_file(tmp_path: Path) -> None:
    found = load.records(planted(tmp_path, {**GOOD, "common/sources/b.yml": A}))
    assert [(draft.id, draft.plural, draft.source.file, draft.data) for draft in found.drafts] == [
        ("common/sources/b", "sources", "records/common/sources/b.yml", {"title": "a"}),
        ("project", "project", "records/project.yml", {"title": "a"}),
        ("xa-a", "organisation", "records/xa-a/organisation.yml", {"title": "a"}),
        ("xa-a/plans/2024", "plans", "records/xa-a/plans/2024.yml", {"title": "a"}),
    ]
    assert found.files == 4


def test_an_attachment_is_known_by_its_path_and_its_sha256(tmp_path: Path) -> None:
    found = load.records(planted(tmp_path, {"xa-a/files/2024/Biên bản.pdf": ENOUGH, "common/files/a.yml": b"\xff", "xa-a/files/.gitkeep": b""}))
    assert dict(found.attachments) == {
        "records/common/files/a.yml": hashlib.sha256(b"\xff").hexdigest(),
        "records/xa-a/files/2024/Biên bản.pdf": hashlib.sha256(ENOUGH).hexdigest(),
    }
    assert (found.problems, found.files) == ((), 0)


def test_an_attachment_may_be_large_and_not_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "LARGEST_ATTACHMENT", 2 * 1024 * 1024)
    found = load.records(planted(tmp_path, {"xa-a/files/a.pdf": b"x" * 2 * 1024 * 1024, "xa-a/files/b.pdf": b"x" * (2 * 1024 * 1024 + 1)}))
    assert said(found.problems) == ("xa-a/files/b.pdf L05.attachment limit=2",)
    assert list(found.attachments) == ["records/xa-a/files/a.pdf"]
    has_its_words(found.problems[0])


def test_a_project_without_records_has_no_drafts_and_no_problem(tmp_path: Path) -> None:
    for root in (tmp_path / "nothing", tmp_path):
        found = load.records(root)
        assert (found.drafts, found.problems, found.files) == ((), (), 0)


@pytest.mark.parametrize(("kind", "expected"), [("file", "L01.folder"), ("link", "L02")])
def test_records_itself_must_be_a_folder(kind: str, expected: str, tmp_path: Path) -> None:
    elsewhere = planted(tmp_path / "elsewhere", GOOD) / "records"
    (tmp_path / "here").mkdir()
    if kind == "file":
        (tmp_path / "here" / "records").write_bytes(A)
    else:
        (tmp_path / "here" / "records").symlink_to(elsewhere)
    found = load.records(tmp_path / "here")
    assert [(str(one.place), one.message) for one in found.problems] == [("records", expected)]
    assert found.drafts == ()


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOENT, "L01.gone"), (errno.EACCES, "L01.permission"), (errno.EIO, "L01.other"), (errno.ELOOP, "L02")],
)
def test_what_the_disk_refuses_is_a_problem(number: int, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a file goes away, or becomes a link, between being listed and being read."""
    planted(tmp_path, {**GOOD, "xa-a/plans/2025.yml": A})
    real = os.open

    def refused(path: str | os.PathLike[str], *rest: Any, **named: Any) -> int:
        if str(path).endswith("2025.yml"):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", refused)
    found = load.records(tmp_path)
    assert said(found.problems) == (f"xa-a/plans/2025.yml {expected}",)
    assert found.reserved == {"xa-a/plans/2025"}
    assert tuple(draft.id for draft in found.drafts) == READ
    has_its_words(found.problems[0])


def test_what_becomes_a_link_or_a_pipe_after_it_was_listed_is_neither_followed_nor_waited_for(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_bytes(A)
    (tmp_path / "a.yml").symlink_to(tmp_path / "secret.yml")
    os.mkfifo(tmp_path / "b.yml")
    assert content_of(tmp_path / "a.yml", 100, "record") == (b"", Unread("L02"))
    assert content_of(tmp_path / "b.yml", 100, "record") == (b"", Unread("L01", "special"))


def test_a_folder_that_can_not_be_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(tmp_path, GOOD)
    real = os.scandir

    def refused(path: Path) -> Any:
        if Path(path).name == "plans":
            raise PermissionError(errno.EACCES, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refused)
    found = load.records(tmp_path)
    assert said(found.problems) == ("xa-a/plans L01.permission",)
    assert [draft.id for draft in found.drafts] == ["project", "xa-a"]


def test_a_name_that_is_no_text_is_shown_and_breaks_nothing(tmp_path: Path) -> None:
    folder = planted(tmp_path, GOOD) / "records" / "xa-a" / "plans"
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yml")).write_bytes(A)
    found = load.records(tmp_path)
    assert said(found.problems) == ("xa-a/plans/\\xff.yml L03.characters",)
    assert found.problems[0].place.file.encode()


def test_links_in_docs_are_found_at_every_depth(tmp_path: Path) -> None:
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_bytes(A)
    (tmp_path / "docs" / "guide" / "z.md").symlink_to("/etc/hostname")
    (tmp_path / "docs" / "all").symlink_to("..")
    found = load.links_in(tmp_path, Path("docs"))
    assert [(str(one.place), one.message) for one in found] == [("docs/all", "L02"), ("docs/guide/z.md", "L02")]
    assert load.links_in(tmp_path, tmp_path / "docs") == found
    (tmp_path / "pages").symlink_to("docs")
    assert [str(one.place) for one in load.links_in(tmp_path, Path("pages"))] == ["pages"]


# What a project adds


def test_schemas_are_read_by_file_name_and_what_is_wrong_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "plan.schema.json").write_text(json.dumps({"title": "Kế hoạch"}), encoding="utf-8-sig")
    (folder / "readme.md").write_bytes(A)
    assert load.schemas(folder) == {"plan.schema.json": {"title": "Kế hoạch"}}
    (folder / "a.schema.json").write_bytes(b'{\n  "a": 1,\n}')
    (folder / "b.schema.json").write_bytes(b'{"a": {"b": 1, "b": 2}}')
    (folder / "c.schema.json").write_bytes(b"[1]")
    (folder / "d.schema.json").write_bytes(b'{"a": "\xff"}')
    (folder / "e.schema.json").write_bytes(b"[" * 100_000)
    (folder / "f.schema.json").symlink_to("plan.schema.json")
    found, problems = load.project_schemas(tmp_path)
    assert list(found) == ["plan.schema.json"]
    assert [(one.place.file, one.message) for one in problems] == [
        ("schemas/a.schema.json", "L21.json"),
        ("schemas/b.schema.json", "L21.repeated"),
        ("schemas/c.schema.json", "L21.object"),
        ("schemas/d.schema.json", "L06"),
        ("schemas/e.schema.json", "L21.json"),
        ("schemas/f.schema.json", "L02"),
    ]
    assert problems[0].place.line == 3 or problems[0].place.line == 2
    for one in problems:
        has_its_words(one)
    with pytest.raises(ValueError, match=r"a\.schema\.json"):
        load.schemas(folder)


def test_templates_are_read_by_file_name_and_never_through_a_link(tmp_path: Path) -> None:
    assert load.templates(tmp_path) == {}
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_bytes("Kế".encode() + b"\xff")
    (tmp_path / "templates" / "b.html").symlink_to("/etc/hostname")
    assert load.templates(tmp_path) == {"a.html": "Kế�"}


# Sentences


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("name", SENTENCES)
def test_every_problem_has_its_two_sentences(name: str, language: str) -> None:
    words = SENTENCES[name].split()
    needed: set[str] = set()
    for part in ("what", "hint"):
        sentence = messages.catalogue(language)[f"{name}.{part}"]
        needed |= {field for _, field, _, _ in Formatter().parse(sentence) if field}
        assert len(messages.say(f"{name}.{part}", language, **dict.fromkeys(words, "x"))) > 4
    assert needed == set(words)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_has_no_sentence_that_nobody_says(language: str) -> None:
    loader = {name for name in messages.catalogue(language) if re.match(r"L[0-9]{2}[.]", name)}
    assert loader == {f"{name}.{part}" for name in SENTENCES for part in ("what", "hint")}


def test_every_sentence_is_the_answer_to_some_case() -> None:
    """A sentence without a case may say something wrong for years."""
    here = Path(__file__).read_text(encoding="utf-8")
    answers = " ".join(line.group(1).decode() for path in CASES if (line := EXPECTED.match(path.read_bytes())))
    missing = {name for name in SENTENCES if not re.search(rf"{re.escape(name)}(?![.\w])", answers + here)}
    assert missing == set()
