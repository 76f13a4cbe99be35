"""`tusoi fmt`: one layout for all records, and neither a value nor a comment that gets lost on the way."""

from __future__ import annotations

import json
import os
import random
import re
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import SAMPLE
from messy import messy
from tusoi import flow, in_place, key_order, messages, tidy_records
from tusoi.strict_yaml import parse
from tusoi.tidy import Tidy, nothing_first, tidy

ROOT = Path(__file__).parents[1]
PLANS = "records/dang-uy-xa-an-mau/plans"


def laid_out(text: str, keys: Sequence[str] = ()) -> str:
    """Lay out a text with these keys first."""
    return tidy(text, lambda _path: keys).text


def by_the_way(path: tuple[str, ...]) -> list[str]:
    """Want the letters forwards in one mapping and backwards in the mappings in it."""
    return sorted("abcdefghij", reverse=len(path) % 2 == 0)


def said(text: str) -> tuple[str, list[str]]:
    """Write down what a text says, with the type of each value, and what the loader warns of."""
    parsed = parse(text.encode(), "f")
    assert parsed.data is not None, parsed.problems
    return json.dumps(parsed.data, sort_keys=True), sorted(each.message for each in parsed.problems)


def lines_of_keys_and_values(text: str) -> list[str]:
    """Give the lines on which a key or a value begins."""
    parsed = parse(text.encode(), "f")
    starts = {line for line, _ in (*parsed.source.values.values(), *parsed.source.keys.values())}
    return [line for number, line in enumerate(text.splitlines(), 1) if number in starts]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_however_a_record_is_written_it_says_the_same_afterwards_and_stays_so(seed: int) -> None:
    """Values, comments and warnings are the same; a second time nothing changes; keys stand as asked for."""
    record = messy(random.Random(seed))
    before = said(record.text)
    made = tidy(record.text, by_the_way)
    assert said(made.text) == before
    assert sorted(made.comments) == sorted(record.comments)
    again = tidy(made.text, by_the_way)
    assert again.text == made.text
    assert sorted(again.comments) == sorted(record.comments)
    data = parse(made.text.encode(), "f").data or {}
    assert list(data) == sorted(data, reverse=True)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_line_stands_as_the_house_wants_it(seed: int) -> None:
    """Two spaces a level, none at the end, and every comment where it can be read as one."""
    record = messy(random.Random(seed))
    text = tidy(record.text, nothing_first).text
    assert text.endswith("\n")
    assert not text.startswith("\n")
    for line in lines_of_keys_and_values(text):
        assert (len(line) - len(line.lstrip(" "))) % 2 == 0, line
    for comment in record.comments:
        assert re.search(rf"(?m)(?:^(?:  )*|(?<=\S)  ){re.escape(comment)}$", text), comment


@settings(max_examples=300, deadline=None)
@given(st.text("ab:# -[],{}'\"|>+2\\\nế", max_size=40), st.sampled_from(["", "a: 1\n", "# c\n", "a:\n  - "]))
def test_any_text_is_laid_out_without_harm_or_left(text: str, start: str) -> None:
    """Whatever the loader accepts comes out saying the same, or is left alone; nothing raises."""
    content = (start + text).encode()
    parsed = parse(content, "f")
    if parsed.data is None:
        return
    after = tidy_records.laid_out(content, parsed, by_the_way)
    if after is not None:
        assert said(after.decode()) == said(content.decode())
        assert tidy_records.laid_out(after, parse(after, "f"), by_the_way) == after


class TestLayout:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("a:\n- 1\n-   2\n", "a:\n  - 1\n  - 2\n"),
            ("a:\n      b:   1\n", "a:\n  b: 1\n"),
            ("a:\n  -\n    b: 1\n    c: 2\n", "a:\n  - b: 1\n    c: 2\n"),
            ("a: {b: 1,c:   [x,y ]}\n", "a: {b: 1, c: [x, y]}\n"),
            ("a: { }\nb: [ ]\n", "a: {}\nb: []\n"),
            ("{title: x, of: [y, {z: 1}]}\n", "title: x\nof: [y, {z: 1}]\n"),
            ('{\n  "title": "x: y",\n  "of": [1, 2]\n}\n', 'title: "x: y"\nof: [1, 2]\n'),
            ("---\na: 1\n...\n", "a: 1\n"),
            ("\n\na: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"),
            ("a: 1   \nb: 2", "a: 1\nb: 2\n"),
            ("? a\n: 1\n", "a: 1\n"),
            ("a:\n  'x'\n", "a: 'x'\n"),
        ],
    )
    def test_signs_and_spaces(self, before: str, after: str) -> None:
        assert laid_out(before) == after

    @pytest.mark.parametrize(
        "text",
        [
            "a: 1.0\nb: 010\nc: 2026-03-31\nd: 2020\ne: no\nf: 1e3\n",
            'a: \'đặt trong nháy đơn\'\nb: "\\u00e9 \\"x\\""\nc: "131"\nd: \'\'\n',
            "a: {value: 12, of: 13, unit: người}\n",
            f"a: {'rất dài ' * 60}hết\nb: {{c: {'rất dài ' * 60}hết}}\n",
            "a: >-\n  Một đoạn.\n  Cùng đoạn ấy.\n\n  Đoạn sau.\n",
            "a: |\n  x\n    thụt\n\n  y\nb: |+\n  x\n\n\nc: >2\n    lùi đầu dòng\n  x\n",
            'a: "một \\\n  hai"\nb: một\n  hai\nc: "một\\ \n  hai"\n',
            "a: |-\n  có dấu cách cuối dòng  \n  # không phải lời ghi chú\n",
            '"null": 1\n"true": 2\n"a b": 3\n',
        ],
        ids=[
            "numbers and words",
            "quotes",
            "brackets",
            "long lines",
            "folded",
            "block texts",
            "broken lines",
            "texts that look like something else",
            "keys in quotes",
        ],
    )
    def test_what_a_person_decided_stays(self, text: str) -> None:
        assert laid_out(text) == text

    def test_a_text_in_a_block_moves_as_a_whole(self) -> None:
        before = "a:\n- b: |\n        x\n          y\n  c: >-4\n          z\n"
        assert laid_out(before) == "a:\n  - b: |\n      x\n        y\n    c: >2-\n          z\n"

    def test_blank_lines_that_belong_to_a_text_get_no_company(self) -> None:
        """After `|+` every blank line is text."""
        text = "a:\n  - b: |+\n      x\n\n  # cuối a\nc: |+\n  y\n# cuối\n"
        assert laid_out(text) == text
        assert laid_out("b:\n\n  - 1\n\nc: |+\n  x\n\n", "cb") == "c: |+\n  x\n\nb:\n  - 1\n"
        assert laid_out("b: |+\n  x\nc: 1\n\n# cuối\n", "cb") == "c: 1\nb: |+\n  x\n# cuối\n"
        apart = "a:\n  b: |+\n    x\n  # cuối a\n\nc: 1\n"
        assert laid_out(apart) == apart
        assert laid_out("b: 1\n\n# về d\nd: 2\nc:\n  e: |+\n    x\n", "cd") == "c:\n  e: |+\n    x\n# về d\nd: 2\nb: 1\n"

    def test_letters_that_are_written_with_two_characters_become_one(self) -> None:
        assert laid_out("a: e\u0301\n") == "a: \u00e9\n"

    def test_brackets_over_several_lines_become_lines_with_room_for_comments(self) -> None:
        before = 'a: [\n  # trên\n  {b: 1}, # một\n  "x", # hai\n  hai chữ, # ba\n] # cuối\n'
        assert laid_out(before) == 'a:  # cuối\n  # trên\n  - {b: 1}  # một\n  - "x"  # hai\n  # ba\n  - hai chữ\n'

    def test_the_last_line_of_a_file_without_an_end_gets_one_and_the_text_in_it_none(self) -> None:
        assert laid_out("a: |\n  x") == "a: |-\n  x\n"


class TestComments:
    def test_a_comment_goes_with_its_key(self) -> None:
        before = "# về b\n# hai dòng\nb: 1  # cạnh b\n# về a\na: 2\n"
        assert laid_out(before, "ab") == "# về a\na: 2\n# về b\n# hai dòng\nb: 1  # cạnh b\n"

    def test_a_heading_parted_by_a_blank_line_stays_at_the_head_of_the_file(self) -> None:
        assert laid_out("# Bộ hồ sơ\n\n# về b\nb: 1\na: 2\n", "ab") == "# Bộ hồ sơ\n\na: 2\n# về b\nb: 1\n"

    def test_comments_in_a_block_stay_in_it(self) -> None:
        before = "b:\n    - 1\n    # cuối b\n# về a\na: 2\n"
        assert laid_out(before, "ab") == "# về a\na: 2\nb:\n  - 1\n  # cuối b\n"

    def test_a_comment_that_stands_further_out_than_the_block_is_about_the_next_key(self) -> None:
        assert laid_out("b:\n    c: 1\n   # về a\na: 2\n", "ab") == "# về a\na: 2\nb:\n  c: 1\n"
        assert laid_out("b:\n- 1\n# về a\na: 2\n", "ab") == "# về a\na: 2\nb:\n  - 1\n"

    def test_a_comment_between_items_is_about_the_next(self) -> None:
        before = "a:\n- b: 1\n# về mục hai\n- b: 2\n  # cuối mục hai\n"
        assert laid_out(before) == "a:\n  - b: 1\n  # về mục hai\n  - b: 2\n    # cuối mục hai\n"

    def test_a_comment_between_dash_and_key_goes_above_the_dash(self) -> None:
        assert laid_out("a:\n  - # về mục\n    b: 1\n") == "a:\n  # về mục\n  - b: 1\n"

    def test_a_comment_between_key_and_value_goes_above_the_key(self) -> None:
        assert laid_out("a: # về a\n  # thêm\n  giá trị\n") == "# về a\n# thêm\na: giá trị\n"

    def test_a_comment_behind_a_key_or_a_block_text_stays_behind(self) -> None:
        text = "a:  # về a\n  b: >-  # về b\n    chữ\n"
        assert laid_out(text.replace("  #", " #")) == text

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("a: # về a\n  [1]\n", "# về a\na: [1]\n"),
            ("a: [ # trống\n  # chưa có gì\n]\n", "# chưa có gì\na: []  # trống\n"),
        ],
        ids=["before them", "with nothing in them"],
    )
    def test_comments_at_brackets(self, before: str, after: str) -> None:
        assert laid_out(before) == after

    def test_what_looks_like_a_comment_in_a_text_is_none(self) -> None:
        assert tidy("a: 'x # y'\nb: |\n  # z\nc: d#e\n", nothing_first).comments == ()

    def test_a_comment_is_never_changed(self) -> None:
        assert laid_out("a: 1 #không cách\n#:  e\u0301 \n") == "a: 1  #không cách\n#:  e\u0301\n"


class TestOrder:
    def order(self, kind: str, *path: str) -> Sequence[str]:
        return key_order.order_of(flow.kinds()[kind])(path)

    def test_a_record_begins_with_what_it_is_and_ends_with_its_seals_and_notes(self) -> None:
        order = self.order("plan")
        assert order[:5] == ("title", "lang", "access", "told_by", "missing")
        wanted = ["told_by", "of", "actions", "consulted", "approved", "ended", "figures", "note", "withdrawn"]
        assert sorted(wanted, key=order.index) == wanted

    @pytest.mark.parametrize("kind", sorted(flow.kinds()))
    def test_every_key_has_one_place(self, kind: str) -> None:
        order = self.order(kind)
        assert sorted(order) == sorted(set(order))
        assert set(flow.kinds()[kind].schema["properties"]) <= set(order)

    def test_keys_in_a_list_stand_as_in_the_schema(self) -> None:
        schema = flow.kinds()["plan"].schema["properties"]["actions"]["items"]
        assert self.order("plan", "actions") == tuple(schema["properties"])
        assert self.order("plan", "actions", "milestones") == tuple(schema["properties"]["milestones"]["items"]["properties"])

    def test_of_what_no_schema_knows_nothing_comes_first(self) -> None:
        assert self.order("plan", "khong_co", "gi") == ()
        assert laid_out("x: 1\nb: 2\ny: 3\na: 4\n", "ab") == "a: 4\nb: 2\nx: 1\ny: 3\n"


def tusoi(*words: str | Path, at: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return subprocess.run([sys.executable, "-m", "tusoi", *map(str, words)], cwd=at, capture_output=True, text=True, encoding="utf-8", check=False)


UNTIDY = "of: [dang-uy-xa-an-mau/reviews/2024]\n# tên\ntitle:   Kế hoạch\nactions:\n- id: A1\n"
TIDY = "# tên\ntitle: Kế hoạch\nof: [dang-uy-xa-an-mau/reviews/2024]\nactions:\n  - id: A1\n"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Give a project with one untidy record, one tidy one and one that cannot be read."""
    place = tmp_path / PLANS
    place.mkdir(parents=True)
    (place / "2024.yml").write_text(UNTIDY, encoding="utf-8")
    (place / "2025.yml").write_text(TIDY, encoding="utf-8")
    return tmp_path


@pytest.mark.build
class TestCommand:
    def test_it_writes_what_is_untidy_and_nothing_else(self, records: Path) -> None:
        tidy_one = records / PLANS / "2025.yml"
        os.utime(tidy_one, (1, 1))
        done = tusoi("-C", records, "fmt")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines() == [
            f"Đã sắp lại {PLANS}/2024.yml",
            "2 hồ sơ · 1 đã sắp lại · 0 để nguyên. Không giá trị nào thay đổi, không lời ghi chú nào mất.",
        ]
        assert (records / PLANS / "2024.yml").read_text(encoding="utf-8") == TIDY
        assert tidy_one.stat().st_mtime == 1
        assert sorted(each.name for each in (records / PLANS).iterdir()) == ["2024.yml", "2025.yml"]

    def test_check_names_the_files_writes_nothing_and_gives_1(self, records: Path) -> None:
        done = tusoi("-C", records, "fmt", "--check", "--lang", "en")
        assert done.returncode == 1
        assert done.stdout.splitlines()[0] == f"Would be laid out: {PLANS}/2024.yml"
        assert (records / PLANS / "2024.yml").read_text(encoding="utf-8") == UNTIDY

    def test_check_says_so_where_all_is_well(self, records: Path) -> None:
        tusoi("-C", records, "fmt")
        done = tusoi("-C", records, "fmt", "--check")
        assert (done.returncode, done.stdout) == (0, "2 hồ sơ đã ngay ngắn, không có gì phải sắp lại.\n")

    def test_diff_shows_what_git_would_and_writes_nothing(self, records: Path) -> None:
        done = tusoi("-C", records, "fmt", "--diff")
        assert done.returncode == 0
        (records / PLANS / "2024.yml").write_text(UNTIDY, encoding="utf-8")
        applied = subprocess.run(["git", "apply", "-"], cwd=records, input=done.stdout, text=True, encoding="utf-8", capture_output=True, check=False)
        assert applied.returncode == 0, applied.stderr
        assert (records / PLANS / "2024.yml").read_text(encoding="utf-8") == TIDY

    def test_a_record_that_cannot_be_read_stays_and_is_explained_and_the_others_are_laid_out(self, records: Path) -> None:
        broken = records / PLANS / "2023.yml"
        broken.write_text("title:   Kế hoạch: chưa có ngoặc\n", encoding="utf-8")
        done = tusoi("-C", records, "fmt")
        assert done.returncode == 1
        assert f"{PLANS}/2023.yml:1:" in done.stdout
        assert "Tệp này để nguyên." in done.stdout
        assert f"Đã sắp lại {PLANS}/2024.yml" in done.stdout
        assert broken.read_text(encoding="utf-8") == "title:   Kế hoạch: chưa có ngoặc\n"
        assert "Traceback" not in done.stdout + done.stderr

    def test_a_path_is_seen_from_here_or_from_the_project(self, records: Path) -> None:
        for path, at in ((f"{PLANS}/2024.yml", None), ("2024.yml", records / PLANS), (records / PLANS, None)):
            (records / PLANS / "2024.yml").write_text(UNTIDY, encoding="utf-8")
            done = tusoi("-C", records, "fmt", path, at=at)
            assert done.returncode == 0, done.stderr
            assert f"Đã sắp lại {PLANS}/2024.yml" in done.stdout

    def test_rights_stay_and_line_ends_and_the_mark_of_utf_8_go(self, records: Path) -> None:
        place = records / PLANS / "2024.yml"
        place.write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode())
        place.chmod(0o640)
        tusoi("-C", records, "fmt")
        assert place.read_bytes() == TIDY.encode()
        assert stat.S_IMODE(place.stat().st_mode) == 0o640

    def test_an_attachment_is_never_touched(self, records: Path) -> None:
        place = records / "records/dang-uy-xa-an-mau/files/phu-luc.yml"
        place.parent.mkdir()
        place.write_text("a:   1\n", encoding="utf-8")
        tusoi("-C", records, "fmt")
        assert place.read_text(encoding="utf-8") == "a:   1\n"
        assert tusoi("-C", records, "fmt", place).returncode == 2

    def test_other_yaml_of_the_project_is_never_touched(self, records: Path) -> None:
        place = records / "mkdocs.yml"
        place.write_text("site_name:   x\n", encoding="utf-8")
        assert tusoi("-C", records, "fmt", records).returncode == 0
        done = tusoi("-C", records, "fmt", place)
        assert done.returncode == 2
        assert "không phải là hồ sơ" in done.stderr
        assert place.read_text(encoding="utf-8") == "site_name:   x\n"

    def test_links_are_refused(self, records: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        outside = tmp_path_factory.mktemp("outside")
        (outside / "2022.yml").write_text(UNTIDY, encoding="utf-8")
        (records / PLANS / "2022.yml").symlink_to(outside / "2022.yml")
        (records / "records/lien-ket").symlink_to(outside)
        done = tusoi("-C", records, "fmt")
        assert done.returncode == 1
        assert f"{PLANS}/2022.yml: L02" in done.stdout
        for path in (f"{PLANS}/2022.yml", "records/lien-ket", "records/lien-ket/2022.yml"):
            done = tusoi("-C", records, "fmt", path)
            assert done.returncode == 2
            assert "liên kết tượng trưng" in done.stderr
        assert (outside / "2022.yml").read_text(encoding="utf-8") == UNTIDY
        assert (records / PLANS / "2022.yml").is_symlink()

    def test_a_path_elsewhere_or_nowhere_is_wrong_use(self, records: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        place = tmp_path_factory.mktemp("elsewhere") / "records/x/plans/2024.yml"
        place.parent.mkdir(parents=True)
        place.write_text(UNTIDY, encoding="utf-8")
        assert tusoi("-C", records, "fmt", place).returncode == 2
        assert tusoi("-C", records, "fmt", "records/khong-co").returncode == 2
        assert place.read_text(encoding="utf-8") == UNTIDY


def test_a_file_is_left_where_laying_it_out_would_change_what_it_says() -> None:
    """A key of several lines is nothing that we can write on one."""
    content = b'? "a\n  b"\n: 1\n'
    parsed = parse(content, "f")
    assert parsed.data == {"a b": 1}
    assert tidy_records.laid_out(content, parsed, nothing_first) is None


@pytest.mark.parametrize(
    "made",
    [Tidy("a: 1.0  # c\n", ("# c",)), Tidy("a: '1'  # c\n", ("# c",)), Tidy("a: true  # c\n", ("# c",)), Tidy("a: 1\n", ("# c",)), Tidy("a: [\n", ("# c",))],
    ids=["a number of another kind", "a text", "a truth value", "no comment", "nothing that can be read"],
)
def test_whatever_laying_out_does_to_a_file_no_harm_is_written(made: Tidy, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"a: 1 # c\n"
    monkeypatch.setattr(tidy_records, "tidy", lambda text, order: made if text == content.decode() else tidy(text, order))
    assert tidy_records.laid_out(content, parse(content, "f"), nothing_first) is None


def test_a_doubtful_file_is_explained() -> None:
    done = tidy_records.Outcome("records/x.yml", Path("x"), is_doubtful=True)
    assert done.is_kept
    assert not done.is_changed
    assert "để nguyên" in tidy_records.told(done, "vi", writes=True)


def test_what_the_disk_refuses_is_said_and_the_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.yml"
    place.write_bytes(b"a:   1\n")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.fsync", refuse)
    done = tidy_records.write(tidy_records.Outcome("a.yml", place, b"a:   1\n", b"a: 1\n"))
    assert [each.message for each in done.problems] == ["L01.permission"]
    assert not done.is_changed
    assert [each.name for each in tmp_path.iterdir()] == ["a.yml"]
    assert place.read_bytes() == b"a:   1\n"


@pytest.mark.parametrize("folder", [ROOT, SAMPLE, ROOT / "generator/tusoi/example"], ids=["records", "sample", "example"])
def test_all_our_records_can_be_laid_out_and_stay_so(folder: Path) -> None:
    """None is doubtful, and what was laid out is not laid out again."""
    asked = in_place.asked_for(folder, ())
    assert isinstance(asked, list)
    found = list(tidy_records.outcomes(folder, asked))
    assert found
    assert [each.file for each in found if each.is_kept] == []
    for each in found:
        kind = flow.kinds().of_plural(in_place.asked_for(folder, [each.path])[0].spot.plural)  # type: ignore[index]
        assert kind is not None, each.file
        assert tidy_records.laid_out(each.after, parse(each.after, each.file), key_order.order_of(kind)) == each.after


def test_both_languages_have_every_sentence() -> None:
    sentences = {lang: {name for name in messages.catalogue(lang) if name.startswith("fmt.")} for lang in messages.LANGUAGES}
    assert sentences["vi"] == sentences["en"] >= {f"fmt.refused.{reason}" for reason in ("missing", "outside", "link", "other")}


@pytest.mark.parametrize("folder", [ROOT, ROOT / "generator/tusoi/example"], ids=["records", "example"])
def test_our_own_records_are_laid_out(folder: Path) -> None:
    """Run `tusoi fmt` in the folder."""
    ran = subprocess.run([sys.executable, "-m", "tusoi", "-C", str(folder), "fmt", "--check"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
