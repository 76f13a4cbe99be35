"""The file that says who looks after which folder: written from the organisations, read by three kinds of hosts, and never silently out of date."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cases import SAMPLE
from registers import Data, register
from tusoi import code_owners, flow
from tusoi.code_owners import Kept

EXAMPLE = Path(flow.__file__).parent / "example"
PROJECT: Data = {"format": 1, "code_owners": {"records": "@m/{organisation}", "rest": "@m/quan-tri"}}
DAY = date(2026, 3, 15)


def body(**more: object) -> Data:
    return {"name": "Đơn vị", "type": "party_committee", **more}


def followed(*steps: tuple[str, str, str]) -> list[Data]:
    return [{"of": name, "how": how, "date": day} for name, how, day in steps]


def teams(organisations: dict[str, Data], day: date = DAY) -> dict[str, str]:
    """Give whose each folder is, as GitHub reads it; what has no line is the administrators'."""
    lines = code_owners.text(register({"project": PROJECT}, organisations), day).splitlines()
    found = (line.split(" ", 1) for line in lines if line.startswith("/records/"))
    return {pattern.removeprefix("/records/").removesuffix("/"): owners for pattern, owners in found}


class TestOrganisations:
    def test_each_has_its_own_folder_in_the_order_of_the_names(self) -> None:
        found = teams({"b": body(), "a-b": body(), "a": body()})
        assert list(found.items()) == [("a", "@m/a"), ("a-b", "@m/a-b"), ("b", "@m/b")]

    def test_who_was_merged_or_renamed_is_looked_after_by_who_follows(self) -> None:
        ended = {"cu": body(to="2025-06-30"), "moi": body(lineage=followed(("cu", "merged", "2025-07-01")))}
        assert teams(ended)["cu"] == "@m/moi"
        assert teams(ended, date(2025, 6, 30))["cu"] == "@m/cu"
        assert teams(ended, date(2025, 7, 1))["cu"] == "@m/moi"
        without_end = {"cu": body(), "moi": body(lineage=followed(("cu", "renamed", "2025-07-01")))}
        assert teams(without_end)["cu"] == "@m/moi"

    def test_followers_are_followed_however_often(self) -> None:
        chain = {
            "a": body(to="2023-12-31"),
            "b": body(to="2024-12-31", lineage=followed(("a", "renamed", "2024-01-01"))),
            "c": body(lineage=followed(("b", "merged", "2025-01-01"))),
        }
        assert teams(chain) == {"a": "@m/c", "b": "@m/c", "c": "@m/c"}
        assert teams(chain, date(2024, 6, 1)) == {"a": "@m/b", "b": "@m/b", "c": "@m/c"}

    def test_what_was_split_stays_until_its_end_and_is_then_of_all_its_parts(self) -> None:
        split = {
            "a": body(to="2025-12-31"),
            "b": body(lineage=followed(("a", "split", "2025-07-01"))),
            "c": body(lineage=followed(("a", "split", "2025-07-01"))),
        }
        assert teams(split, date(2025, 12, 31))["a"] == "@m/a"
        assert teams(split, date(2026, 1, 1))["a"] == "@m/b @m/c"

    def test_what_nobody_took_over_is_the_administrators(self) -> None:
        assert teams({"a": body(to="2025-06-30"), "b": body()}) == {"b": "@m/b"}

    def test_what_has_not_begun_has_a_team_already(self) -> None:
        assert teams({"a": body(**{"from": "2027-01-01"})}) == {"a": "@m/a"}

    def test_what_a_source_tells_of_or_was_withdrawn_has_none(self) -> None:
        told, withdrawn = body(told_by=["common/sources/x"]), body(withdrawn={"date": "2025-01-01"})
        assert teams({"a": told, "b": withdrawn, "c": body(to="2024-01-01"), "d": body(told_by=["x"], lineage=followed(("c", "merged", "2024-01-02")))}) == {}

    def test_those_that_follow_each_other_in_a_circle_end_with_the_administrators(self) -> None:
        circle = {
            "a": body(to="2024-01-01", lineage=followed(("b", "merged", "2024-01-02"))),
            "b": body(to="2024-01-01", lineage=followed(("a", "merged", "2024-01-02"))),
        }
        assert teams(circle) == {}

    def test_it_is_the_same_in_whatever_order_the_records_come(self) -> None:
        many = {name: body() for name in ("c", "a", "b")}
        one = code_owners.text(register({"project": PROJECT}, many), DAY)
        assert one == code_owners.text(register(dict(reversed(many.items())), {"project": PROJECT}), DAY)

    def test_a_project_that_names_no_teams_has_none(self) -> None:
        assert code_owners.text(register({"project": {"format": 1}, "a": body()}), DAY) == ""


def of_github(text: str, path: str) -> str:
    """Read as GitHub and GitLab do: patterns of files, the last that fits."""
    owner = ""
    for line in text.splitlines():
        pattern, _, owners = line.partition(" ")
        folder, name = pattern.rsplit("/", 1) if "/" in pattern else ("", pattern)
        fits = pattern == "*" or (pattern.startswith("/") and path.startswith(pattern[1:]))
        if name == ".*":
            fits = any(piece.startswith(".") for piece in path.removeprefix(f"{folder}/" if folder else "").split("/")) and path.startswith(folder)
        owner = owners if fits and not line.startswith("#") else owner
    return owner


def of_gitea(text: str, path: str) -> set[str]:
    """Read as Gitea and Forgejo do: expressions of whole paths, everyone whose line fits; a line that is no expression is left out."""
    found: set[str] = set()
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        try:
            if len(words) > 1 and re.fullmatch(words[0].removeprefix("!"), path):
                found |= set(words[1:])
        except re.error:
            continue
    return found


class TestReaders:
    TEXT = code_owners.text(register({"project": PROJECT, "an": body(), "an-mau": body()}), DAY)

    @pytest.mark.parametrize(
        ("path", "owner"),
        [
            ("records/an/organisation.yml", "@m/an"),
            ("records/an/plans/2024.yml", "@m/an"),
            ("records/an/files/.an.txt", "@m/an"),
            ("records/an-mau/plans/2024.yml", "@m/an-mau"),
            ("records/common/documents/1.yml", "@m/quan-tri"),
            ("records/project.yml", "@m/quan-tri"),
            ("records/chua-co/organisation.yml", "@m/quan-tri"),
            ("docs/records/an/x.md", "@m/quan-tri"),
            ("schemas/plan.schema.json", "@m/quan-tri"),
            (".github/workflows/check.yml", "@m/quan-tri"),
            ("CODEOWNERS", "@m/quan-tri"),
            ("mkdocs.yml", "@m/quan-tri"),
        ],
    )
    def test_every_file_has_one_owner_and_it_is_the_same_for_all_hosts(self, path: str, owner: str) -> None:
        """Hosts that ask everyone whose line fits ask the administrators, too."""
        assert of_github(self.TEXT, path) == owner
        assert of_gitea(self.TEXT, path) == {owner, "@m/quan-tri"}

    def test_every_record_of_the_example_is_looked_after(self) -> None:
        text = (EXAMPLE / code_owners.FILE).read_text(encoding="utf-8")
        for file in sorted((EXAMPLE / "records").rglob("*.yml")):
            path = file.relative_to(EXAMPLE).as_posix()
            assert {of_github(text, path), "@minh-hoa/quan-tri"} == of_gitea(text, path)
        assert of_github(text, "records/dang-uy-xa-cat-mau/plans/2024.yml") == "@minh-hoa/dang-uy-xa-binh-cat"
        assert of_github(text, "records/huyen-uy-minh-hoa/cycles/2024.yml") == "@minh-hoa/quan-tri"


class TestProblems:
    RECORDS = register(
        {"project": PROJECT, "cu": body(to="2025-06-30"), "moi": body(lineage=followed(("cu", "merged", "2025-07-01")), **{"from": "2025-07-01"})}
    )

    def found(self, kept: Kept, day: date = DAY) -> list[str]:
        return [f"{each.severity} {each.message} {each.place}" for each in code_owners.problems(self.RECORDS, day, kept)]

    def test_nothing_is_said_of_a_file_that_fits(self) -> None:
        assert self.found(Kept(code_owners.text(self.RECORDS, DAY))) == []

    def test_a_file_that_is_not_there_is_missed(self) -> None:
        assert self.found(Kept()) == ["error H08.missing records/project.yml"]

    def test_any_other_file_is_an_error_at_the_first_line_that_differs(self) -> None:
        text = code_owners.text(self.RECORDS, DAY)
        line = text.splitlines().index("/records/moi/ @m/moi") + 1
        assert self.found(Kept(text.replace("/records/moi/ @m/moi", "/records/moi/ @m/khac"))) == [f"error H08 CODEOWNERS:{line}"]
        assert self.found(Kept(f"{text}/ @m/khac\n")) == [f"error H08 CODEOWNERS:{len(text.splitlines())}"]
        assert self.found(Kept(text.rstrip("\n"))) == [f"error H08 CODEOWNERS:{len(text.splitlines())}"]
        assert self.found(Kept("")) == ["error H08 CODEOWNERS:1"]

    def test_a_day_that_passes_brings_a_warning_and_stops_nothing(self) -> None:
        before = code_owners.text(self.RECORDS, date(2025, 6, 30))
        assert before != code_owners.text(self.RECORDS, DAY)
        assert [each.split(":")[0] for each in self.found(Kept(before))] == ["warning H08.day CODEOWNERS"]
        assert [each.split(":")[0] for each in self.found(Kept(code_owners.text(self.RECORDS, DAY)), date(2025, 6, 30))] == ["warning H08.day CODEOWNERS"]

    def test_another_file_that_would_count_instead_is_an_error(self) -> None:
        assert self.found(Kept(code_owners.text(self.RECORDS, DAY), is_shadowed=True)) == ["error H08.shadow .github/CODEOWNERS"]

    def test_nothing_is_said_where_the_project_wants_none(self) -> None:
        plain = register({"project": {"format": 1}, "a": body()})
        assert list(code_owners.problems(plain, DAY, Kept("x", is_shadowed=True))) == []


def tusoi(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tusoi", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.build
class TestCommand:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "ho-so"
        shutil.copytree(SAMPLE, folder)
        with (folder / "records" / "project.yml").open("a", encoding="utf-8") as stream:
            stream.write('code_owners: {records: "@m/{organisation}", rest: "@m/quan-tri"}\n')
        return folder

    def test_it_writes_what_the_check_asks_for(self, folder: Path) -> None:
        missing = tusoi(folder, "check")
        assert missing.returncode == 1
        assert "H08" in missing.stdout
        assert "`tusoi codeowners`" in missing.stdout
        assert tusoi(folder, "codeowners", "--check").returncode == 1
        assert not (folder / "CODEOWNERS").exists()
        assert tusoi(folder, "codeowners").returncode == 0
        assert tusoi(folder, "codeowners", "--check").returncode == 0
        assert tusoi(folder, "check").returncode == 0
        assert (folder / "CODEOWNERS").read_bytes().count(b"\n/records/") == 3

    def test_a_new_organisation_makes_it_old(self, folder: Path) -> None:
        tusoi(folder, "codeowners")
        (folder / "records" / "xa-moi").mkdir()
        (folder / "records" / "xa-moi" / "organisation.yml").write_text("name: Đảng ủy xã Mới\ntype: party_committee\n", encoding="utf-8")
        done = tusoi(folder, "codeowners", "--check")
        assert done.returncode == 1
        assert re.match(r"CODEOWNERS:\d+: H08 – ", done.stdout)

    def test_other_line_ends_are_no_difference(self, folder: Path) -> None:
        tusoi(folder, "codeowners")
        place = folder / "CODEOWNERS"
        place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
        assert tusoi(folder, "codeowners", "--check").returncode == 0

    def test_an_organisation_that_cannot_be_read_is_no_reason_to_take_its_team_away(self, folder: Path) -> None:
        tusoi(folder, "codeowners")
        before = (folder / "CODEOWNERS").read_bytes()
        (folder / "records" / "dang-uy-xa-an-mau" / "organisation.yml").write_text("name: [\n", encoding="utf-8")
        done = tusoi(folder, "codeowners")
        assert (done.returncode, (folder / "CODEOWNERS").read_bytes()) == (2, before)
        assert "dang-uy-xa-an-mau" in done.stderr
        assert "H08" not in tusoi(folder, "check").stdout

    def test_it_is_not_written_through_a_link_nor_where_nobody_asks_for_it(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").write_text("x", encoding="utf-8")
        (folder / "CODEOWNERS").symlink_to(tmp_path / "elsewhere")
        assert tusoi(folder, "codeowners").returncode == 2
        assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "x"
        (folder / "CODEOWNERS").unlink()
        shutil.copy(SAMPLE / "records" / "project.yml", folder / "records" / "project.yml")
        done = tusoi(folder, "codeowners")
        assert done.returncode == 2
        assert 'code_owners: {records: "@minh-hoa/{organisation}", rest: "@minh-hoa/quan-tri"}' in done.stderr
        assert not (folder / "CODEOWNERS").exists()
