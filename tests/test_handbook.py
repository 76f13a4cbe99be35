"""The hand-written pages that every site has: from one place, in every language of the site, unless the project writes its own."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cases import HERE, SAMPLE
from tusoi import flow, handbook, load, plugin

ROOT = HERE.parent
DAY = date(2026, 3, 15)
OWN = "---\nrows: []\n---\n# Lối làm của xã\n\nHỏi văn phòng.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give the miniature, as a folder of its own."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "project"))


def first_page(folder: Path) -> str:
    return flow.judge(flow.read(folder), DAY).pages()["index.html"].html


class TestWhatIsGiven:
    def test_the_wheel_has_each_page_in_both_languages_and_the_pictures_that_it_shows_and_nothing_else(self) -> None:
        packed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
        given = handbook.files(Path("nowhere"), ("vi", "en"))
        assert {ours: theirs for ours, theirs in packed.items() if ours != "schemas"} == {f"docs/{path}": f"tusoi/docs/{path}" for path in given}
        assert len([path for path in given if path.endswith(".md")]) == 2 * len(handbook.PAGES)
        assert sum(path.endswith(".webp") for path in given) >= 4

    def test_the_repository_has_each_text_once(self) -> None:
        """Beside the one in `docs/`, the example has a page of its own on how to read it."""
        found = {
            path.relative_to(ROOT).as_posix() for at in ("docs", "generator", "tests") for path in (ROOT / at).rglob("*.md") if path.name in handbook.PAGES
        }
        example = {f"generator/tusoi/example/docs/{page}" for page in ("cach-doc.md", "en/cach-doc.md")}
        assert found == {f"{at}/{page}" for at in ("docs", "docs/en") for page in handbook.PAGES} | example

    def test_a_site_that_begins_with_english_has_the_english_page_at_the_top_and_finds_the_pictures(self) -> None:
        given = handbook.files(Path("nowhere"), ("en", "vi"))
        assert "# A guide for those who write records" in str(given["huong-dan.md"])
        assert "(anh/mau.webp)" in str(given["huong-dan.md"])
        assert "# Hướng dẫn người viết hồ sơ" in str(given["vi/huong-dan.md"])
        assert "(../anh/mau.webp)" in str(given["vi/huong-dan.md"])
        assert "anh/mau.webp" in given

    def test_a_site_in_one_language_has_that_one(self) -> None:
        assert not [path for path in handbook.files(Path("nowhere"), ("vi",)) if path.startswith("en/")]

    def test_a_page_of_the_project_takes_the_place_of_ours_in_every_language_and_a_picture_that_of_the_picture(self, tmp_path: Path) -> None:
        (tmp_path / "huong-dan.md").write_text(OWN, encoding="utf-8")
        assert not {"huong-dan.md", "en/huong-dan.md", "anh/mau.webp"} & handbook.files(tmp_path, ("vi", "en")).keys()
        (tmp_path / "huong-dan.md").unlink()
        (tmp_path / "anh").mkdir()
        (tmp_path / "anh/mau.webp").write_bytes(b"")
        assert {"huong-dan.md", "en/huong-dan.md", "anh/viec.webp"} <= handbook.files(tmp_path, ("vi", "en")).keys()
        assert "anh/mau.webp" not in handbook.files(tmp_path, ("vi", "en"))


class TestWhereItIsLinked:
    def test_the_first_page_the_list_of_templates_and_where_an_editor_writes_lead_to_the_guide(self) -> None:
        made = flow.judge(flow.read(SAMPLE), DAY).pages()
        for path in ("index.html", "mau/index.html", "dang-uy-xa-an-mau.html", "dang-uy-xa-an-mau/plans/2024.html"):
            assert re.search(r'<a href="[./]*huong-dan\.html">Hướng dẫn người viết hồ sơ</a>', made[path].html), path

    def test_a_page_of_the_project_is_linked_by_its_title_and_a_note_not_at_all(self, project: Path) -> None:
        page = project / "docs/huong-dan.md"
        page.write_text(OWN, encoding="utf-8")
        assert '<a href="huong-dan.html">Lối làm của xã</a>' in first_page(project)
        page.write_text("---\npage: false\n---\n# Ghi chép\n", encoding="utf-8")
        assert "huong-dan.html" not in first_page(project)

    def test_the_english_title_is_that_of_the_english_page_without_its_anchor(self) -> None:
        assert load.answering(ROOT)["en/huong-dan.html"][1] == "A guide for those who write records"
        assert handbook.named(Path("nowhere"), ("en",))["huong-dan.html"][1] == "A guide for those who write records"


@pytest.mark.build
class TestOnTheSite:
    def test_the_example_has_the_guide_in_both_languages_in_its_menu_and_search(self, built: Callable[[str], Path]) -> None:
        """That its links and pictures lead somewhere is for test_site.py to say: it reads every page of this site."""
        site = built("history")
        for path, title in {"huong-dan.html": "Hướng dẫn người viết hồ sơ", "en/huong-dan.html": "A guide for those who write records"}.items():
            html = (site / path).read_text(encoding="utf-8")
            assert f'<h1 id="huong-dan-nguoi-viet-ho-so">{title}<' in html, path
            assert ("không có thật" in html) != ("number or date here is real" in html), path
            assert '<a href="huong-dan.html" class="md-nav__link">' in (site / path).with_name("index.html").read_text(encoding="utf-8"), path
            assert '"huong-dan.html"' in (site / path).with_name("tim-kiem").joinpath("tim-kiem.js").read_text(encoding="utf-8"), path

    def test_a_page_of_the_project_stands_on_its_site(self, project: Path, tmp_path: Path) -> None:
        (project / "docs/huong-dan.md").write_text(OWN, encoding="utf-8")
        plugin.build_site(flow.judge(flow.read(project), DAY), tmp_path / "site", "vi", preview=False)
        assert "Hỏi văn phòng." in (tmp_path / "site/huong-dan.html").read_text(encoding="utf-8")
        assert not (tmp_path / "site/anh/mau.webp").exists()

    @pytest.mark.filterwarnings("ignore:user_configs:DeprecationWarning")  # MkDocs has no other way to what its user wrote
    def test_other_generators_are_given_the_same_pages_below_the_notice(self, project: Path, tmp_path: Path) -> None:
        plugin.write_pages(flow.judge(flow.read(project), DAY), project, tmp_path / "pages", "vi")
        head, _, body = (tmp_path / "pages/docs/huong-dan.md").read_text(encoding="utf-8").partition("\n---\n")
        assert head.startswith("---\nrows:")
        assert body.lstrip().startswith('<div class="ts-banner ts-banner--notice"')
        assert (tmp_path / "pages/docs/anh/mau.webp").read_bytes() == (ROOT / "docs/anh/mau.webp").read_bytes()
