"""The command that makes a new record: where it goes, what it refuses, and that nothing is ever written over."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cases import SAMPLE
from test_skeleton import KINDS
from tusoi import beginnings, drafting, flow
from tusoi.cli import main
from tusoi.drafting import New, Refused, Wish

DAY = date(2026, 3, 15)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    shutil.copytree(SAMPLE, place)
    return place


def new(folder: Path, *words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["-C", str(folder), "new", *words])


def wish(folder: Path, kind: str, where: str = "", about: str = "") -> New | Refused:
    return drafting.new(flow.read(folder), Wish(kind, where, about, DAY))


def files(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_a_word_it_lists_every_kind_by_who_writes_it_and_gives_an_example_that_works(folder: Path, lang: str) -> None:
    done = new(folder, "--lang", lang)
    assert (done.exit_code, done.stderr) == (0, "")
    groups = [block for block in done.stdout.split("\n\n") if "\n  " in block]
    assert len(groups) == len(beginnings.WRITERS)
    assert sorted(line.split()[0] for block in groups for line in block.splitlines() if line.startswith("  ")) == sorted(KINDS)
    assert all(kind.words[lang] in done.stdout for kind in KINDS.values())
    example = next(line for line in done.stdout.splitlines() if "tusoi new plan " in line).rpartition("tusoi new ")[2]
    assert isinstance(wish(folder, *example.split()), New)


def test_an_organisation_is_enough(folder: Path) -> None:
    done = new(folder, "progress", "dang-uy-xa-an-mau")
    assert done.exit_code == 0, done.stderr
    made = set(files(folder)) - set(files(SAMPLE))
    assert len(made) == 1
    assert next(iter(made)).startswith("records/dang-uy-xa-an-mau/progress/")
    assert next(iter(made)) in done.stdout


def test_what_is_only_shown_is_not_written(folder: Path) -> None:
    before = files(folder)
    done = new(folder, "review", "dang-uy-xa-an-mau/2031", "--dry-run")
    assert done.exit_code == 0
    assert "\nfindings:\n" in done.stdout
    assert "records/dang-uy-xa-an-mau/reviews/" in done.stderr
    assert files(folder) == before


@pytest.mark.parametrize(
    "where",
    [
        "dang-uy-xa-an-mau/reviews/2031",
        "dang-uy-xa-an-mau/2031",
        "records/dang-uy-xa-an-mau/reviews/2031.yml",
        "./records/dang-uy-xa-an-mau/reviews/2031.yml",
        "records\\dang-uy-xa-an-mau\\reviews\\2031.yml",
    ],
)
def test_a_path_that_was_copied_will_do(folder: Path, where: str) -> None:
    made = wish(folder, "review", where)
    assert isinstance(made, New), made
    assert made.file == "records/dang-uy-xa-an-mau/reviews/2031.yml"


@pytest.mark.parametrize(
    ("kind", "where", "about", "sentence"),
    [
        ("reviews", "dang-uy-xa-an-mau", "", "new.kind.near"),
        ("Kế hoạch khắc phục", "dang-uy-xa-an-mau", "", "new.kind.near"),
        ("kế-hoạch", "dang-uy-xa-an-mau", "", "new.kind.near"),
        ("thing", "dang-uy-xa-an-mau", "", "new.kind"),
        ("review", "", "", "new.place"),
        ("review", "Đảng-ủy", "", "new.slug"),
        ("review", "../outside", "", "new.slug"),
        ("review", "nobody", "", "new.organisation.unknown"),
        ("review", "dang-uy-xa-an-mauu", "", "new.organisation.near"),
        ("review", "dang-uy-xa-an-mau/plans/2031", "", "new.place.folder"),
        ("review", "dang-uy-xa-an-mau/reviews/2024", "", "new.exists"),
        ("review", "dang-uy-xa-an-mau", "", "new.there.over"),
        ("plan", "dang-uy-xa-an-mau", "nothing/plans/1", "new.about"),
        ("organisation", "", "", "new.place.organisation"),
        ("organisation", "dang-uy-xa-an-mau", "", "new.exists.only"),
        ("project", "", "", "new.exists.only"),
        ("project", "dang-uy-xa-an-mau", "", "new.place.one"),
        ("source", "", "", "new.place.name"),
        ("criteria", "common", "", ""),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence_and_nothing_is_written(folder: Path, kind: str, where: str, about: str, sentence: str) -> None:
    before = files(folder)
    made = wish(folder, kind, where, about)
    assert (made.sentence if isinstance(made, Refused) else "") == sentence
    done = new(folder, kind, where, *(["--of", about] if about else []), "--dry-run")
    assert done.exit_code == (2 if sentence else 0)
    assert bool(done.stderr.strip())
    assert "Usage:" not in done.stderr
    assert files(folder) == before


def test_an_id_that_a_record_had_before_it_moved_is_not_given_again(folder: Path) -> None:
    place = folder / "records/dang-uy-xa-an-mau/reviews/2024.yml"
    place.write_text(place.read_text("utf-8") + "formerly: [dang-uy-xa-an-mau/reviews/2014]\n", "utf-8")
    made = wish(folder, "review", "dang-uy-xa-an-mau/reviews/2014")
    assert isinstance(made, Refused)
    assert made.sentence == "new.moved"


def test_a_file_that_came_in_between_is_not_written_over(folder: Path) -> None:
    made = wish(folder, "review", "dang-uy-xa-an-mau/2031")
    assert isinstance(made, New)
    (folder / made.file).write_text("somebody else's\n", "utf-8")
    refused = drafting.save(folder, made)
    assert refused
    assert refused.sentence == "new.exists"
    assert (folder / made.file).read_text("utf-8") == "somebody else's\n"


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "records/dang-uy-xa-an-mau/lessons").symlink_to(tmp_path / "elsewhere")
    done = new(folder, "lesson", "dang-uy-xa-an-mau")
    assert done.exit_code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_broken_record_elsewhere_stops_nobody_from_beginning_another(folder: Path) -> None:
    (folder / "records/dang-uy-xa-an-mau/reviews/2023.yml").write_text("title: a: b\n", "utf-8")
    (folder / "records/dang-uy-xa-dong-mau/organisation.yml").write_text("name:\n", "utf-8")
    for where in ("dang-uy-xa-an-mau", "dang-uy-xa-dong-mau"):
        assert isinstance(wish(folder, "review", f"{where}/2031"), New)


def test_an_empty_folder_begins_with_the_project_and_an_organisation(tmp_path: Path) -> None:
    for words in (("project",), ("organisation", "dang-uy-xa-moi")):
        done = new(tmp_path, *words)
        assert done.exit_code == 0, done.stderr
    assert sorted(files(tmp_path)) == ["records/dang-uy-xa-moi/organisation.yml", "records/project.yml"]
    assert new(tmp_path, "review", "dang-uy-xa-moi").exit_code == 0


def test_the_day_can_be_given_and_a_wrong_one_is_told(folder: Path) -> None:
    assert "\ndate: 2026-02-01\n" in new(folder, "progress", "dang-uy-xa-an-mau", "--as-of", "2026-02-01", "--dry-run").stdout
    done = new(folder, "progress", "dang-uy-xa-an-mau", "--as-of", "1/2/2026")
    assert done.exit_code == 2
    assert "1/2/2026" in done.stderr
