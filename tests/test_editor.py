"""What an editor knows of our records: which schema belongs to which folder, and that the server that editors use understands our schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cases import SAMPLE
from editor import ROOT, SETTINGS, Editor, ServerEndedError
from tusoi import kinds, load
from tusoi.record import Kind

KINDS = {name: shape.kind for name, shape in kinds.read(load.schemas(ROOT / "schemas"), {})[0].items()}

OTHERS = {
    "yaml.schemaStore.enable": False,
    "yaml.kubernetesCRDStore.enable": False,
    "yaml.format.enable": False,
    "redhat.telemetry.enabled": False,
    "files.encoding": "utf8",
    "files.eol": "\n",
    "[yaml]": {
        "editor.autoIndent": "keep",
        "editor.detectIndentation": False,
        "editor.formatOnSave": False,
        "editor.insertSpaces": True,
        "editor.quickSuggestions": {"comments": "off", "other": "on", "strings": "on"},
        "editor.tabSize": 2,
        "editor.wordWrap": "on",
    },
}
"""Nothing is asked of the network; `tusoi fmt` lays records out, and nothing else does; long texts are broken on the screen only."""


def files_of(kind: Kind, organisation: str = "*", name: str = "*") -> str:
    """Say where the records of a kind are."""
    if kind.folder == "root":
        return f"records/{kind.plural}.yml"
    if kind.name == "organisation":
        return f"records/{organisation}/organisation.yml"
    return f"records/{'common' if kind.folder == 'common' else organisation}/{kind.plural}/{name}.yml"


def test_the_editor_knows_the_schema_of_every_kind(*, bless: bool) -> None:
    """The settings say what the kinds say."""
    schemas = {f"schemas/{name}{kinds.SUFFIX}": files_of(kind) for name, kind in sorted(KINDS.items())}
    wanted = json.dumps({"yaml.schemas": schemas, **OTHERS}, ensure_ascii=False, indent=2) + "\n"
    if bless:
        SETTINGS.write_text(wanted, encoding="utf-8")
    assert SETTINGS.read_text(encoding="utf-8") == wanted, "a kind was added or moved: run `make bless`"


def test_the_editor_is_told_what_it_needs() -> None:
    recommended = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    """Give an editor with this folder open."""
    with Editor() as running:
        yield running


@pytest.mark.build
class TestServer:
    REVIEW = "records/dang-uy-xa-an-mau/reviews/2031.yml"

    def test_a_wrong_key_is_pointed_at(self, editor: Editor) -> None:
        found = editor.open(self.REVIEW, "title: x\ncycle: tinh-uy-mau/cycles/2031\nnguyen_nhan: gì\n")
        assert [each["message"] for each in found] == ["Property nguyen_nhan is not allowed."]
        assert found[0]["range"] == {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 11}}

    def test_a_wrong_word_and_a_missing_key_deep_inside_are_pointed_at(self, editor: Editor) -> None:
        """Half of what is said about them stands in the schema that all kinds share."""
        found = editor.open(self.REVIEW, "cycle: tinh-uy-mau/cycles/2031\nfindings:\n  - id: F1\n    causes:\n      - {kind: khách quan, text: x}\n")
        assert sorted((each["range"]["start"]["line"], each["message"].partition(".")[0]) for each in found) == [
            (2, 'Missing property "statement"'),
            (4, "Value is not accepted"),
        ]

    @pytest.mark.parametrize("name", sorted(KINDS))
    def test_every_key_is_offered_with_its_description(self, editor: Editor, name: str) -> None:
        """In a new file of each kind, in Vietnamese, out of the schema that the folder asks for."""
        kind = KINDS[name]
        offered = editor.offers(files_of(kind, "dang-uy-xa-an-mau", "2031"), "|")
        wanted = {key: schema["description"] for key, schema in kind.schema["properties"].items()}
        assert {key: item["documentation"] for key, item in offered.items() if key in wanted} == wanted

    def test_keys_are_offered_in_the_parts_of_a_record_and_in_the_example(self, editor: Editor) -> None:
        place = "generator/tusoi/example/records/dang-uy-xa-an-mau/plans/2031.yml"
        offered = editor.offers(place, "actions:\n  - id: A1\n    |")
        actions = KINDS["plan"].schema["properties"]["actions"]["items"]["properties"]
        assert offered["due"]["documentation"] == actions["due"]["description"]
        assert "statement" not in offered

    @pytest.mark.parametrize("text", ["causes:\n      - kind: |", "causes:\n      - {kind: |}"], ids=["on its own line", "in brackets"])
    def test_the_words_of_a_list_are_offered_and_explained(self, editor: Editor, text: str) -> None:
        offered = editor.offers(self.REVIEW, f"findings:\n  - id: F1\n    {text}")
        assert {"objective", "subjective"} <= offered.keys()
        assert "chủ quan" in offered["subjective"]["documentation"]

    def test_with_our_miniature_nothing_is_wrong(self, editor: Editor) -> None:
        """Neither whole nor partial dates, neither numbers nor words are anything else for the editor than for `tusoi check`."""
        files = sorted(SAMPLE.glob("records/**/*.yml"))
        assert files
        found = {file.name: editor.open(shown(file), file.read_text(encoding="utf-8")) for file in files}
        assert {file: said for file, said in found.items() if said} == {}

    def test_told_dates_may_be_partial(self, editor: Editor) -> None:
        for since in ("2019", "2019-12", "2019-12-05"):
            assert editor.open(self.REVIEW, f"cycle: a/cycles/b\nfindings:\n  - {{id: F1, statement: x, since: {since}}}\n") == []
        assert editor.open(self.REVIEW, "cycle: a/cycles/b\nfindings:\n  - {id: F1, statement: x, since: [2019]}\n") != []


@pytest.mark.build
def test_nothing_is_asked_of_the_network() -> None:
    """The test above would not pass otherwise: a server that may fetch schemas does so at once, and is ended for it."""
    changed: dict[str, Any] = {"yaml.schemaStore.enable": True}
    with pytest.raises(ServerEndedError, match="wants the network"), Editor(**changed) as editor:
        editor.open(TestServer.REVIEW, "title: x\n")


def shown(file: Path) -> str:
    """Give the path of a file as the editor has it."""
    return file.relative_to(ROOT).as_posix()
