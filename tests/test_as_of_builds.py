"""Sites of a commit and of a day: the same two give the same bytes, and the next day changes nothing but what depends on it."""

from __future__ import annotations

import ast
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cases import SAMPLE
from conftest import ROOT, commit, git
from registers import Data, judged, register
from tusoi import asof, flow, page, searching
from tusoi.page import Page, files_of

EXAMPLE = ROOT / "generator/tusoi/example"
STAMP = "Số liệu tính đến ngày"
STAMPS = (STAMP, "Figures as of")
DAY = date(2026, 3, 15)
COMES_AND_GOES = "bang/can-bo-sung.csv"
GLOSSARY = "tu-ngu.html"
EXPLAINING = (GLOSSARY, f"en/{GLOSSARY}", "cach-doc.html", "en/cach-doc.html")
"""Pages that explain the words of the stamp."""
"""It explains the stamp, and bears none."""
FIRST_OF_MONTH = date(2026, 2, 28)
_OF_A_DAY = re.compile(
    r"[Tt]ính đến ngày \d|tiếp nhận đến ngày \d|tính đến ngày của số liệu|\d ngày|[Qq]uá hạn|[Cc]hậm|đến hạn|[Đđ]ã qua|[Qq]uá kỳ|Hạn </|[Gg]iữ đúng hạn|hạn đầu"
    r"|\d/\d{4} – \d\d/\d|con-phai-lam"
)
"""What a line may say that is another tomorrow: the stamp, a count of days, and what became due, late or stale, with its heading."""
_ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
_OFFERED = re.compile(r'<section class="ts-section ts-editing".*?</section>', re.DOTALL)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@cache
def pages(folder: Path, day: date) -> Mapping[str, Page]:
    return flow.judge(_tree(folder), day).pages()


@cache
def _tree(folder: Path) -> flow.Tree:
    return flow.read(folder)


def is_dated(path: str, page: Page) -> bool:
    return any(each in page.html for each in STAMPS) and path not in EXPLAINING


def changed_lines(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [each[1:] for each in lines if each[:1] in "+-" and each[:3] not in ("+++", "---")]


def is_same(folder: Path, one: date, other: date) -> bool:
    """Whether nothing in the records is dated between two days."""
    before, after = (asof.at(_tree(folder).register, day).records for day in (one, other))
    return {name: each.data for name, each in before.items()} == {name: each.data for name, each in after.items()}


class TestTheNextDay:
    @pytest.mark.parametrize("folder", [SAMPLE, EXAMPLE], ids=["miniature", "example"])
    @pytest.mark.parametrize("day", [DAY, date(2025, 6, 30), FIRST_OF_MONTH, date(2026, 12, 31)], ids=str)
    def test_a_page_without_the_day_does_not_change(self, folder: Path, day: date) -> None:
        after = day + timedelta(days=1)
        one, other = pages(folder, day), pages(folder, after)
        if not is_same(folder, day, after):
            pytest.fail(f"something is dated {after}: choose another day")
        assert one.keys() == other.keys()
        assert [path for path, page in one.items() if not is_dated(path, page) and page != other[path]] == []

    @pytest.mark.parametrize("folder", [SAMPLE, EXAMPLE], ids=["miniature", "example"])
    def test_nor_does_it_years_later_while_nothing_is_recorded(self, folder: Path) -> None:
        one, other = (pages(folder, day) for day in (date(2026, 4, 30), date(2029, 4, 30)))
        assert is_same(folder, date(2026, 4, 30), date(2029, 4, 30))
        assert [path for path, page in one.items() if not is_dated(path, page) and page != other[path]] == []

    @pytest.mark.parametrize("folder", [SAMPLE, EXAMPLE], ids=["miniature", "example"])
    def test_a_page_with_the_day_changes_only_in_what_depends_on_it(self, folder: Path) -> None:
        one, other = pages(folder, DAY), pages(folder, DAY + timedelta(days=1))
        ours = {path: page for path, page in one.items() if page.language == "vi"}
        wrong = {path: lines for path, page in ours.items() if is_dated(path, page) and (lines := list(self.unexplained(path, page, other[path])))}
        assert wrong == {}

    def unexplained(self, path: str, old: Page, new: Page) -> Iterator[str]:
        """Give the Vietnamese lines that changed although nothing in them depends on the day. What is offered to be written bears the day of writing."""
        if path in ("bang/can-bo-sung.html", "bang/den-han.html"):  # what rules ask for, or what is due, within so many days comes and goes as a whole
            return
        one, other = (_ISO.sub("", _OFFERED.sub("", _ROW.sub(lambda row: row[0].replace("\n", " "), each.html))) for each in (old, new))
        before, after = (Counter(line for line in each.splitlines() if re.sub(r"<[^>]+>", "", line).strip()) for each in (one, other))
        yield from (line for line in ((before - after) | (after - before)) if not _OF_A_DAY.search(line))

    def test_the_page_of_what_changed_tells_of_the_running_month_first(self) -> None:
        first, later, next_month = (pages(EXAMPLE, day)["thay-doi.html"].html for day in (date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 1)))
        assert "01/4/2026 – 30/4/2026" in later
        assert "01/4/2026 – 30/4/2026" not in first
        assert later.index("01/4/2026 – 30/4/2026") < later.index("01/3/2026 – 31/3/2026")
        assert next_month.index("01/5/2026") < next_month.index("01/4/2026 – 30/4/2026")

    def test_files_beside_pages_change_only_in_days(self) -> None:
        one, other = (files_of(pages(EXAMPLE, day)) for day in (DAY, DAY + timedelta(days=1)))
        kept = {path: text for path, text in one.items() if not path.endswith(COMES_AND_GOES)}
        named = {path: [re.sub(r"\d+", "N", line) for line in changed_lines(text, other[path])] for path, text in kept.items()}
        daily = re.compile(r"ngày|hạn|day|[Oo]verdue|due")
        odd = {path: {line for line in lines if lines.count(line) % 2 and not daily.search(line)} for path, lines in named.items()}
        assert {path: lines for path, lines in odd.items() if lines} == {}

    def test_what_is_open_bears_the_day_and_what_is_closed_does_not(self) -> None:
        made, facts = pages(EXAMPLE, DAY), flow.judge(_tree(EXAMPLE), DAY).facts
        for ref, action in facts.actions.items():
            page = made[f"{ref.replace('#', '/')}.html"]
            assert is_dated("", page) is (not action.told and (not action.done and action.state != "stopped")), ref
        for kind in ("documents", "sources", "verifications", "progress", "answers", "events"):
            found = {path: is_dated(path, page) for path, page in made.items() if f"/{kind}/" in path and not path.startswith("mau/")}
            assert found, kind
            assert not any(found.values()), kind
        assert not is_dated("", made["dang-uy-xa-an-mau/plans/2023.html"])
        assert is_dated("", made["dang-uy-xa-an-mau/plans/2025.html"])
        assert is_dated("", made["dang-uy-xa-an-mau.html"])
        assert not is_dated("", made["doi-chieu-yeu-cau.html"])


XA: dict[str, Data] = {
    "xa": {"name": "Đảng ủy xã Á", "type": "party_committee"},
    "huyen": {"name": "Huyện ủy", "type": "party_committee"},
    "cu": {"name": "Xã cũ", "type": "party_committee", "to": "2025-06-30"},
    "moi": {"name": "Xã mới", "type": "party_committee", "from": "2026-07-01"},
    "xa/roles/bi-thu": {"name": "Bí thư", "rank": "head"},
    "xa/reviews/1": {"title": "Kiểm điểm", "findings": [{"id": "F1", "statement": "Chậm."}], "concluded": {"date": "2025-12-01"}},
    "xa/plans/1": {
        "title": "Kế hoạch",
        "of": ["xa/reviews/1"],
        "actions": [{"id": "A1", "content": "Mở.", "due": "2026-02-01"}, {"id": "A2", "content": "Xong.", "due": "2026-02-01"}],
        "approved": {"date": "2026-01-01"},
    },
    "huyen/verifications/1": {"date": "2026-02-20", "entries": [{"of": "xa/plans/1#A2", "check": "completion", "result": "confirmed"}]},
}
ASKED: Data = {"of": "xa/plans/1#A1", "to": "2026-05-01", "date": "2026-01-20", "reason": "Chờ."}
REPLY: Data = {"of": "xa/postponements/1", "date": "2026-01-25", "by": "huyen", "result": "refused"}
PETITION: Data = {"title": "Đơn", "channel": "petition", "about": ["xa"], "received": "2026-01-01", "concluded": {"date": "2026-01-05"}}


@pytest.mark.parametrize(
    ("path", "records", "waits"),
    [
        ("xa/postponements/1", {"xa/postponements/1": ASKED}, True),
        ("xa/postponements/1", {"xa/postponements/1": ASKED, "huyen/answers/1": REPLY}, False),
        ("xa/handovers/1", {"xa/handovers/1": {"of": "xa/roles/bi-thu", "date": "2026-01-01", "open": ["xa/plans/1#A1"]}}, True),
        ("xa/handovers/1", {"xa/handovers/1": {"of": "xa/roles/bi-thu", "date": "2026-01-01", "open": ["xa/plans/1#A2"]}}, False),
        ("huyen/waivers/1", {"huyen/waivers/1": {"rule": "R02", "of": ["xa/plans/1"], "until": "2026-03-15", "approved": {"date": "2026-01-01"}}}, True),
        ("huyen/waivers/1", {"huyen/waivers/1": {"rule": "R02", "of": ["xa/plans/1"], "until": "2026-03-14", "approved": {"date": "2026-01-01"}}}, False),
        ("huyen/cycles/1", {"huyen/cycles/1": {"name": "Kỳ", "scope": ["xa"], "opened": {"date": "2025-11-01"}}}, True),
        ("huyen/cycles/1", {"huyen/cycles/1": {"name": "Kỳ", "scope": ["xa"], "opened": {"date": "2025-11-01"}, "closed": {"date": "2026-01-01"}}}, False),
        ("xa/feedback/1", {"xa/feedback/1": {"opened": {"date": "2026-01-01"}, "closes": "2026-02-01"}}, True),
        ("xa/feedback/1", {"xa/feedback/1": {"opened": {"date": "2026-01-01"}, "closes": "2026-02-01", "compiled": {"date": "2026-02-02"}}}, False),
        ("huyen/classifications/1", {"huyen/classifications/1": {"ratings": [], "proposed": {"date": "2026-01-01"}}}, True),
        ("huyen/classifications/1", {"huyen/classifications/1": {"ratings": [], "decided": {"date": "2026-01-01"}}}, False),
        ("huyen/corrections/1", {"huyen/corrections/1": {"of": "xa/plans/1", "nature": "correction", "date": "2026-01-02", "text": "Sai."}}, True),
        ("huyen/corrections/1", {"huyen/corrections/1": {"of": "xa/plans/1", "nature": "reply", "date": "2026-01-02", "text": "Không phải."}}, False),
        ("xa/corrections/1", {"xa/corrections/1": {"of": "xa/plans/1", "nature": "correction", "date": "2026-01-02", "text": "Sai."}}, False),
        ("huyen/inspections/1", {"huyen/inspections/1": PETITION}, True),
        ("huyen/inspections/1", {"huyen/inspections/1": {**PETITION, "channel": "inspection"}}, False),
        ("huyen/inspections/1", {"huyen/inspections/1": {"title": "Sẽ kiểm tra", "about": ["xa"], "planned": {"date": "2026-01-01"}}}, True),
        ("xa/plans/1", {}, True),
        ("xa/plans/1/A1", {}, True),
        ("xa/plans/1/A2", {}, False),
        ("xa/reviews/1", {}, True),
        ("xa/reviews/2", {"xa/reviews/2": {"title": "Dự thảo"}}, True),
        ("xa", {}, True),
        ("cu", {}, False),
        ("cu", {"cu/reviews/1": {"findings": [{"id": "F1", "statement": "Cũ."}], "concluded": {"date": "2024-01-01"}}}, True),
        ("moi", {}, True),
        ("xa/roles/bi-thu", {}, False),
    ],
)
def test_a_page_bears_the_day_while_something_on_it_waits(path: str, records: Mapping[str, Data], *, waits: bool) -> None:
    known = register(XA, records)
    made = page.render(asof.at(known, DAY), judged(known, DAY))
    assert is_dated(path, made[f"{path}.html"]) is waits


def tusoi(*words: object, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tusoi", *map(str, words)], env=os.environ | extra, capture_output=True, text=True, check=False)


def built(folder: Path, output: Path, *words: object, **extra: str) -> dict[str, bytes]:
    """Build a site and give all its files."""
    done = tusoi("-C", folder, "build", "--output", output, *words, **extra)
    assert done.returncode == 0, done.stdout + done.stderr
    return {each.relative_to(output).as_posix(): each.read_bytes() for each in sorted(output.rglob("*")) if each.is_file()}


def spoil(folder: Path) -> None:
    """Leave a work tree that could not be built."""
    (folder / "records/dang-uy-xa-an-mau/plans/2024.yml").write_text("sai: [\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("plugins: [nothing-of-this-name]\n", encoding="utf-8")
    (folder / "docs/moi.md").write_text("# Chưa ghi\n", encoding="utf-8")
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates/plan.html.j2").write_text("{% sai %}", encoding="utf-8")
    shutil.rmtree(folder / "records/ubkt-huyen-uy-minh-hoa")


@pytest.fixture
def addressed(project: Path) -> Path:
    """Give the project with an address, so that its site map says something."""
    place = project / "mkdocs.yml"
    place.write_text(f"site_url: https://example.org/\n{place.read_text(encoding='utf-8')}", encoding="utf-8")
    commit(project, "2026-03-14T21:00:00+00:00")
    return project


@pytest.mark.build
class TestACommit:
    def test_the_same_commit_and_day_give_the_same_bytes_wherever_and_whenever_it_is_built(self, addressed: Path, tmp_path: Path) -> None:
        head = git(addressed, "rev-parse", "HEAD").strip()
        one = built(addressed, tmp_path / "one", "--at", "HEAD", "--as-of", "2026-03-20", PYTHONHASHSEED="1", TZ="Asia/Ho_Chi_Minh")
        clone = tmp_path / "elsewhere" / "clone"
        git(tmp_path, "clone", "--quiet", str(addressed), str(clone))
        spoil(clone)
        before = os.umask(0o077)
        try:
            # MkDocs has no other clock than this variable.
            strange = {"PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "0"}
            other = built(clone, tmp_path / "other", "--at", head, "--as-of", "2026-03-20", **strange)
        finally:
            os.umask(before)
        assert {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)} == set()

    def test_records_project_documents_templates_and_settings_are_those_of_the_commit(self, project: Path, tmp_path: Path) -> None:
        first = git(project, "rev-parse", "HEAD").strip()
        (project / "docs/moi.md").write_text("# Trang mới\n", encoding="utf-8")
        (project / "templates").mkdir()
        (project / "templates/bai-hoc.html.j2").write_text(
            "{% set path = 'bang/bai-hoc.html' %}{% set title = 'Khác' %}<h1>Bài học khác</h1>", encoding="utf-8"
        )
        (project / "mkdocs.yml").write_text((project / "mkdocs.yml").read_text(encoding="utf-8").replace("site_name: ", "site_name: Mới – "), encoding="utf-8")
        records = project / "records"
        edited = (records / "project.yml").read_text(encoding="utf-8").replace("as_of: 2026-03-15\n", "").replace("notice: ", "notice: Bản mới. ")
        (records / "project.yml").write_text(edited, encoding="utf-8")
        organisation = records / "dang-uy-xa-an-mau/organisation.yml"
        organisation.write_text(organisation.read_text(encoding="utf-8").replace("name: ", "name: Tên mới của ", 1), encoding="utf-8")
        commit(project, "2026-04-01T18:00:00+00:00")
        git(project, "tag", "ban-2")
        second = built(project, tmp_path / "second", "--at", "ban-2", "--preview")
        old = built(project, tmp_path / "first", "--at", first)
        for site, is_new in ((old, False), (second, True)):
            home = site["index.html"].decode()
            assert ("moi.html" in site) is is_new
            assert ("Bài học khác" in site["bang/bai-hoc.html"].decode()) is is_new
            assert ("Mới – " in home) is is_new
            assert ("Bản mới." in home) is is_new
            assert ("Tên mới của" in site["dang-uy-xa-an-mau.html"].decode()) is is_new
        assert f"{STAMP} 15/3/2026" in old["index.html"].decode()  # as the project fixed it then
        assert f"{STAMP} 02/4/2026" in second["index.html"].decode()  # the day of the commit, in the project's time zone

    @pytest.mark.parametrize(("lang", "says"), [("vi", "Lịch sử ghi hồ sơ"), ("en", "history")])
    def test_a_clone_that_was_cut_short_is_refused_with_a_sentence(self, project: Path, tmp_path: Path, lang: str, says: str) -> None:
        (project / "docs/moi.md").write_text("# Trang mới\n", encoding="utf-8")
        commit(project, "2026-04-01T18:00:00+00:00")
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project}", "shallow")
        done = tusoi("-C", tmp_path / "shallow", "build", "--at", "HEAD", "--output", tmp_path / "site", "--lang", lang)
        assert done.returncode == 2
        assert says in done.stderr or "git fetch --unshallow" in done.stderr
        assert "git fetch --unshallow" in done.stderr
        assert not (tmp_path / "site").exists()
        without = tusoi("-C", tmp_path / "shallow", "build", "--at", "HEAD", "--without-history", "--output", tmp_path / "site")
        assert without.returncode == 0, without.stderr

    @pytest.mark.parametrize("revision", ["khong-co", "HEAD~9", "--output=x", "0" * 40])
    def test_what_names_no_commit_is_refused_with_a_sentence(self, project: Path, tmp_path: Path, revision: str) -> None:
        done = tusoi("-C", project, "build", f"--at={revision}", "--output", tmp_path / "site")
        assert done.returncode == 2
        assert revision in done.stderr
        assert "Traceback" not in done.stderr


def says_the_day(site: Mapping[str, bytes], path: str) -> bool:
    return any(each in site[path].decode() for each in STAMPS) and path not in EXPLAINING


def index(site: Mapping[str, bytes]) -> dict[str, list[Any]]:
    """Give what the search says of each page, in each language that the site has: its title, its states with their words, whose it is."""
    found: dict[str, list[Any]] = {}
    for root in (each for each in ("", "en/") if f"{each}{searching.FIRST}" in site):
        call = site[f"{root}{searching.FIRST}"].decode().strip().splitlines()[-1]
        head = json.loads(ast.literal_eval(call.removeprefix("tusoiSearch.open(").removesuffix(");")))
        for number, path in enumerate(head["rows"]["path"]):
            row = {key: values[number] for key, values in head["rows"].items()}
            found[f"{root}{path}"] = [row["title"], [head["shared"]["states"][each] for each in row["states"]], head["shared"]["whose"][row["whose"]]]
    return found


@pytest.mark.build
def test_neither_the_site_map_nor_the_search_index_changes_for_pages_without_the_day(addressed: Path, tmp_path: Path) -> None:
    days = ("2026-03-20", "2026-03-21")
    one, other = (built(addressed, tmp_path / day, "--at", "HEAD", "--as-of", day) for day in days)
    for day, site in zip(days, (one, other), strict=True):
        entries = re.findall(r"<loc>https://example.org/(.*?)</loc>\s*(?:<lastmod>(.*?)</lastmod>)?", site["sitemap.xml"].decode())
        assert {path: last for path, last in entries if last not in ("", day)} == {}
        for path, last in entries:
            assert bool(last) is says_the_day(site, path or "index.html"), path
    found = [index(site) for site in (one, other)]
    moved = {path for path in found[0].keys() | found[1].keys() if found[0].get(path) != found[1].get(path)}
    assert "bang/qua-han.html" in found[0]
    assert {path for path in moved if not says_the_day(one, path)} == set()
    assert {path for path in one.keys() | other.keys() if path.endswith(".html") and not says_the_day(one, path) and one[path] != other[path]} == set()
