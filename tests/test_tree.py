"""What is wrong with a tree as a whole, whatever its records say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cases import SAMPLE, line
from tusoi import flow


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a copy of the miniature."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "tree"))


def said(tree: Path) -> list[str]:
    """Read a tree and give its problems."""
    return [line(each) for each in flow.read(tree).problems]


def test_an_organisation_may_not_have_the_address_of_a_page(tree: Path) -> None:
    place = tree / "records/nguon/organisation.yml"
    place.parent.mkdir()
    place.write_text("name: Đảng ủy xã Nguồn\ntype: party_committee\n", encoding="utf-8")
    assert said(tree) == ["error X23 records/nguon/organisation.yml"]


@pytest.mark.parametrize("name", ["index.md", "bang/qua-han.md", "mau/plan.md", "dang-uy-xa-an-mau.md"])
def test_a_hand_written_page_may_not_have_the_address_of_another(tree: Path, name: str) -> None:
    place = tree / "docs" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("# Trang\n", encoding="utf-8")
    assert said(tree) == [f"error X23 docs/{name}"]


@pytest.mark.parametrize(("head", "problems"), [("page: false", []), ("page: true", ["error X23 docs/tu-ngu.md"]), ("title: x", ["error X23 docs/tu-ngu.md"])])
def test_a_note_beside_the_pages_takes_nobodys_address(tree: Path, head: str, problems: list[str]) -> None:
    (tree / "docs/tu-ngu.md").write_text(f"---\n{head}\n---\n\n# Ghi chú\n", encoding="utf-8")
    assert said(tree) == problems


def test_a_link_among_the_hand_written_pages_is_refused(tree: Path) -> None:
    """It could show any file of the computer that builds."""
    (tree / "docs/env.txt").symlink_to("/etc/hostname")
    assert [each.split()[1].split(".")[0] for each in said(tree)] == ["L02"]


def test_a_folder_of_hand_written_pages_that_is_a_link_is_refused(tree: Path, tmp_path: Path) -> None:
    shutil.rmtree(tree / "docs")
    (tmp_path / "elsewhere").mkdir()
    (tree / "docs").symlink_to(tmp_path / "elsewhere")
    assert [each.split()[1].split(".")[0] for each in said(tree)] == ["L02"]


def test_a_tree_without_its_project_record_says_how_to_make_one(tree: Path) -> None:
    (tree / "records/project.yml").unlink()
    assert "error X21 records/project.yml" in said(tree)


def test_a_project_record_that_cannot_be_read_is_not_also_missing(tree: Path) -> None:
    (tree / "records/project.yml").write_text("format: 1: 2\n", encoding="utf-8")
    assert not [each for each in said(tree) if "X21" in each]


def test_a_tree_that_nobody_may_read_yet_is_a_warning(tree: Path) -> None:
    place = tree / "records/project.yml"
    place.write_text(place.read_text(encoding="utf-8").replace("audience: public\n", ""), encoding="utf-8")
    assert said(tree) == ["warning X22 records/project.yml"]


def test_a_projects_own_schema_asks_more(tree: Path) -> None:
    (tree / "schemas").mkdir()
    (tree / "schemas/role.schema.json").write_text('{"type": "object", "required": ["managed_by"]}', encoding="utf-8")
    assert {each.split()[1].split(".")[0] for each in said(tree)} == {"S01"}


def test_a_projects_own_template_takes_the_place_of_ours(tree: Path) -> None:
    from datetime import date

    (tree / "templates").mkdir()
    own = '{% set title = "Của tôi" %}<h1>Của tôi</h1>'
    (tree / "templates/nguon.html.j2").write_text(own, encoding="utf-8")
    assert flow.judge(flow.read(tree), date(2026, 3, 15)).pages()["nguon.html"].html == "<h1>Của tôi</h1>\n"
