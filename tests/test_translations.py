"""Translations beside the records: what is read in another language, what has been changed since, and what may not be there.

The miniature is written to a folder, translated by the command as a translator would have it, and rendered.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from cases import SAMPLE
from test_cli import tusoi
from test_page import text
from tusoi import flow
from tusoi.materialised import files, notices
from tusoi.messages import Entry, UnreadableError, entries, written
from tusoi.page import Page
from tusoi.problem import Severity
from tusoi.record import Part, Record
from tusoi.translations import Translated, texts

DAY = date(2026, 3, 15)
PLAN = "dang-uy-xa-an-mau/plans/2025"
ACTION = "actions/A1/content"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give the miniature in two languages."""
    folder = tmp_path / "project"
    shutil.copytree(SAMPLE, folder)
    record = folder / "records/project.yml"
    said = re.sub(r"^languages:.*\n", "", record.read_text(encoding="utf-8"), flags=re.MULTILINE)
    record.write_text(f"{said}languages: [vi, en]\n", encoding="utf-8")
    return folder


def catalogue(project: Path, said: Mapping[str, tuple[str, str]], of: str = PLAN, head: str = HEAD) -> Path:
    """Write a translation: what the text was, and what it is in English, by its place."""
    file = project / f"records/{of}.en.po"
    file.write_text(head + "".join(f'\nmsgctxt "{place}"\nmsgid "{old}"\nmsgstr "{new}"\n' for place, (old, new) in said.items()), encoding="utf-8")
    return file


def content(project: Path) -> str:
    """Give what the action says."""
    part = flow.read(project).register.find(f"{PLAN}#A1")
    assert part is not None
    return str(part.data["content"])


def correct(project: Path, right: str, whose: str = "dang-uy-xa-an-mau", day: str = "2026-03-01") -> None:
    """Correct what the action says."""
    correction = {
        "of": PLAN,
        "nature": "correction",
        "path": ACTION,
        "stated": content(project),
        "corrected": right,
        "date": day,
        "by": f"{whose}/roles/bi-thu",
        "text": "Đếm sót.",
    }
    folder = project / f"records/{whose}/corrections"
    folder.mkdir(exist_ok=True)
    (folder / f"{day}.yml").write_text(json.dumps(correction, ensure_ascii=False), encoding="utf-8")


def bare(thing: object) -> object:
    """Give what was measured without any words of records: records and parts by their names, texts as they were before they were translated."""
    if isinstance(thing, Record):
        return thing.id
    if isinstance(thing, Part):
        return thing.ref
    if isinstance(thing, Translated):
        return thing.original
    if is_dataclass(thing):
        return {each.name: bare(getattr(thing, each.name)) for each in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(bare(key)): bare(value) for key, value in thing.items()}
    return [bare(each) for each in thing] if isinstance(thing, list | tuple | set | frozenset) else thing


def signs(html: str) -> Counter[str]:
    """Count the states and the numbers that a page shows, whatever their order."""
    return Counter(re.findall(r'ts-chip--[a-z]+|class="ts-fig">[^<]*|ts-tone--[a-z]+|class="ts-key__number">.*?</p>', html, re.DOTALL))


def pages(project: Path) -> Mapping[str, Page]:
    return flow.judge(flow.read(project), DAY).pages()


def found(project: Path) -> list[tuple[str, str, int]]:
    """Give what is wrong with the translations: the sentence, the file and the line."""
    there = flow.judge(flow.read(project), DAY).problems
    return [(each.message, Path(each.place.file).name, each.place.line) for each in there if each.place.file.endswith(".po")]


class TestNotice:
    """What a project says of itself above the pages that somebody has written by hand."""

    OURS = "Địa phương không có thật."

    @pytest.fixture
    def said(self, project: Path) -> str:
        """Let the project say it, and give that as its page shows it."""
        record = project / "records/project.yml"
        bare = re.sub(r"^notice:.*\n(?: .*\n)*", "", record.read_text(encoding="utf-8"), flags=re.MULTILINE)
        record.write_text(f"{bare}notice: {self.OURS}\n", encoding="utf-8")
        (project / "records/project.en.po").unlink(missing_ok=True)
        return f'<div class="ts-banner ts-banner--notice" role="note">{self.OURS}</div>\n'

    def test_what_nobody_has_translated_stands_there_as_what_it_is(self, project: Path, said: str) -> None:
        marked = said.replace(self.OURS, '<span lang="vi">Địa phương không có thật</span>.')
        assert notices(flow.judge(flow.read(project), DAY)) == {"vi": said, "en": marked}

    def test_it_is_read_in_the_language_of_the_page(self, project: Path, said: str) -> None:
        catalogue(project, {"notice": (self.OURS, "No such <place> is real.")}, of="project")
        assert notices(flow.judge(flow.read(project), DAY)) == {"vi": said, "en": said.replace(self.OURS, "No such &lt;place&gt; is real.")}

    def test_a_translation_of_something_older_does_not_count(self, project: Path, said: str) -> None:
        catalogue(project, {"notice": ("Địa phương hư cấu.", "A fictional place.")}, of="project")
        judged = flow.judge(flow.read(project), DAY)
        assert "Địa phương không có thật" in notices(judged)["en"]
        assert "fictional" not in notices(judged)["en"]
        assert notices(judged)["vi"] == said

    def test_other_generators_are_given_it_in_the_language_of_each_page(self, project: Path, said: str) -> None:
        catalogue(project, {"notice": (self.OURS, "Not a real place.")}, of="project")
        judged = flow.judge(flow.read(project), DAY)
        made = files(judged, {}, project / "docs", "", "", "")
        assert said in str(made["docs/huong-dan.md"])
        assert said.replace(self.OURS, "Not a real place.") in str(made["docs/en/huong-dan.md"])
        assert self.OURS not in str(made["docs/en/huong-dan.md"])

    def test_a_project_that_says_nothing_has_none(self, project: Path, said: str) -> None:
        record = project / "records/project.yml"
        record.write_text(record.read_text(encoding="utf-8").replace(f"notice: {self.OURS}\n", ""), encoding="utf-8")
        assert said not in (found := notices(flow.judge(flow.read(project), DAY))).values()
        assert found == {"vi": "", "en": ""}


class TestShown:
    def test_the_page_in_english_has_the_translation_and_says_that_the_original_counts(self, project: Path) -> None:
        before = pages(project)
        catalogue(project, {ACTION: (content(project), "List what is missing.")})
        after = pages(project)
        english = text(after[f"en/{PLAN}/A1.html"].html)
        assert "List what is missing" in english
        assert content(project) not in english
        assert "what counts is the original in Vietnamese" in english
        assert f'href="../../../../{PLAN}/A1.html"' in after[f"en/{PLAN}/A1.html"].html
        assert after[f"en/{PLAN}/A1.html"].title == "List what is missing"
        assert [path for path in before if not path.startswith("en/") and before[path] != after[path]] == []

    def test_nothing_that_is_translated_is_said_to_be_vietnamese(self, project: Path) -> None:
        catalogue(project, {ACTION: (content(project), "List what is missing.")})
        html = pages(project)[f"en/{PLAN}/A1.html"].html
        assert not re.search(r'lang="vi"[^>]*>[^<]*List what is missing', html)

    def test_states_and_numbers_are_those_of_the_original(self, project: Path) -> None:
        places = {f"actions/A{number}/content": number for number in (1, 2)}
        register = flow.read(project).register
        catalogue(project, {place: (str(register.find(f"{PLAN}#A{number}").data["content"]), f"Task {number}") for place, number in places.items()})  # type: ignore[union-attr]
        judged = flow.judge(flow.read(project), DAY)
        read_in = judged.read_in(("vi", "en"))
        assert list(read_in) == ["en"]
        assert {ref: each.state for ref, each in read_in["en"][1].actions.items()} == {ref: each.state for ref, each in judged.facts.actions.items()}
        assert read_in["en"][1].whole == judged.facts.whole

    def test_what_was_changed_since_is_shown_as_it_is_with_the_earlier_translation_marked(self, project: Path) -> None:
        catalogue(project, {ACTION: ("Một câu khác hẳn.", "Quite another sentence.")})
        html = pages(project)[f"en/{PLAN}/A1.html"].html
        assert re.search(
            r'<div class="ts-earlier"><p class="ts-quiet">The translation below was made before the original was changed:</p>\s*<p>Quite another', html
        )
        assert content(project) in text(html)
        assert "One text was changed after it was translated" in text(html)
        assert "Quite another" not in text(pages(project)[f"en/{PLAN}.html"].html.split("<h2")[0])  # no list is headed by what is no longer so
        assert [each for each in found(project) if each[0] == "X26.overtaken"] == [("X26.overtaken", "2025.en.po", 6)]

    def test_a_translation_that_is_unsure_is_shown_as_an_earlier_one(self, project: Path) -> None:
        file = catalogue(project, {ACTION: (content(project), "Perhaps so.")})
        file.write_text(file.read_text(encoding="utf-8").replace("\nmsgctxt", "\n#, fuzzy\nmsgctxt"), encoding="utf-8")
        assert re.search(r'class="ts-earlier">.*Perhaps so\.', pages(project)[f"en/{PLAN}/A1.html"].html, re.DOTALL)

    def test_an_organisation_is_called_by_its_translated_name_everywhere(self, project: Path) -> None:
        catalogue(project, {"name": ("Đảng ủy xã An Mẫu", "Party Committee of An Mẫu")}, "dang-uy-xa-an-mau/organisation")
        made = pages(project)
        assert made["en/dang-uy-xa-an-mau.html"].title == "Party Committee of An Mẫu"
        assert "Party Committee of An Mẫu" in text(made[f"en/{PLAN}.html"].html)
        assert "Party Committee" not in "".join(page.html for path, page in made.items() if not path.startswith("en/"))

    def test_no_other_language_is_named_for_a_translated_title(self, project: Path) -> None:
        record = project / f"records/{PLAN}.yml"
        record.write_text(f"lang: vi\n{record.read_text(encoding='utf-8')}", encoding="utf-8")
        assert pages(project)[f"en/{PLAN}.html"].html.count('<h1 id="dau-trang" lang="vi">') == 1
        title = str(flow.read(project).register.records[PLAN].data["title"])
        catalogue(project, {"title": (title, "The plan of 2025")})
        page = pages(project)[f"en/{PLAN}.html"]
        assert '<h1 id="dau-trang">The plan of 2025</h1>' in page.html
        assert page.entry is not None
        assert page.entry.lang == ""

    def test_a_translation_of_what_a_correction_says_is_no_earlier_one(self, project: Path) -> None:
        correct(project, "Lập bảng của bốn công trình.")
        catalogue(project, {ACTION: ("Lập bảng của bốn công trình.", "List four works.")})
        assert found(project) == []
        html = pages(project)[f"en/{PLAN}/A1.html"].html
        assert "List four works" in html
        assert "ts-earlier" not in html

    def test_a_translation_of_what_was_corrected_is_an_earlier_one(self, project: Path) -> None:
        catalogue(project, {ACTION: (content(project), "List three works.")})
        correct(project, "Lập bảng của bốn công trình.")
        assert found(project) == [("X26.overtaken", "2025.en.po", 6)]
        html = pages(project)[f"en/{PLAN}/A1.html"].html
        assert "ts-earlier" in html
        assert "Lập bảng của bốn công trình" in text(html)

    def test_a_correction_that_does_not_count_changes_nothing(self, project: Path) -> None:
        """Of another organisation, to which nobody agreed; and of a day that is still to come."""
        catalogue(project, {ACTION: (content(project), "List three works.")})
        correct(project, "Lập bảng của bốn công trình.", whose="huyen-uy-minh-hoa")
        correct(project, "Lập bảng của năm công trình.", day="2026-03-16")
        assert found(project) == []
        assert "List three works" in text(pages(project)[f"en/{PLAN}/A1.html"].html)

    def test_all_texts_in_other_words_change_no_state_no_number_and_nothing_that_a_rule_says(self, project: Path) -> None:
        correct(project, "Lập bảng của bốn công trình.")
        before, judged = pages(project), flow.judge(flow.read(project), DAY)
        count = 0
        for record in judged.register.records.values():
            there = list(texts(record, judged.register.kinds[record.kind]))
            said = [Entry(name, old, f"Words {LETTERS[len(old) % 26]}{LETTERS[number % 26]} to read") for number, (name, _path, old) in enumerate(there)]
            if said:
                file = project / record.source.file
                file.with_name(f"{file.stem}.en.po").write_text(written("en", said), encoding="utf-8")
            count += len(said)
        assert count > 150
        after, again = pages(project), flow.judge(flow.read(project), DAY)
        assert again.problems == judged.problems, "what rules say, and nothing of any translation"
        (_register, read) = again.read_in(("en",))["en"]
        assert bare(read) == bare(again.facts) == bare(judged.facts)
        english = "".join(page.html for path, page in after.items() if path.startswith("en/"))
        assert english.count("to read") > count
        for path, page in before.items():
            if path.startswith("en/"):
                assert signs(after[path].html) == signs(page.html), path
            else:
                assert after[path] == page, path

    def test_hostile_translations_stay_text(self, project: Path) -> None:
        catalogue(project, {ACTION: (content(project), "<script>alert(1)</script>")})
        html = pages(project)[f"en/{PLAN}/A1.html"].html
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


class TestRefused:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ('msgctxt "title"\nmsgid "a\nmsgstr "b"\n', ("X26.unreadable", 2)),
            ("Bản dịch\n", ("X26.unreadable", 1)),
            ('msgctxt "title"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', ("X26.unreadable", 3)),
            ('msgctxt "title"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "title"\nmsgid "a"\nmsgstr "c"\n', ("X26.unreadable", 7)),
            ('msgctxt "title"\nmsgstr "b"\n', ("X26.unreadable", 2)),
            ('msgctxt "title"\nmsgid ""\nmsgstr "b"\n', ("X26.unreadable", 3)),
            ('msgctxt "title"\nmsgid "a"\nmsgstr "b"\nmsgstr "c"\n', ("X26.unreadable", 4)),
            ('"a"\n', ("X26.unreadable", 1)),
            ('msgctxt "title"\nmsgid "a"\n', ("X26.unreadable", 3)),
            (f'msgctxt "title"\nmsgid "a"\nmsgstr "{"x" * 3000}"\n', ("X26.value", 2)),
            ('msgctxt "title"\nmsgid "a"\nmsgstr "b\\tc"\n', ("X26.value", 2)),
            ('msgctxt "actions/A9/content"\nmsgid "a"\nmsgstr "b"\n', ("X26.place", 2)),
            ('msgctxt "actions/A1/owner"\nmsgid "a"\nmsgstr "b"\n', ("X26.place", 2)),
            ('msgid "a"\nmsgstr "b"\n', ("X26.place", 1)),
            ('msgctxt "title"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "title"\nmsgid "c"\nmsgstr "d"\n', ("X26.twice", 6)),
        ],
    )
    def test_what_cannot_be_used_is_named_with_its_line(self, written: str, expected: tuple[str, int], project: Path) -> None:
        (project / f"records/{PLAN}.en.po").write_text(written, encoding="utf-8")
        assert (expected[0], "2025.en.po", expected[1]) in found(project)
        assert "en/index.html" in pages(project)

    def test_a_catalogue_in_the_language_of_the_record_takes_no_text_away(self, project: Path) -> None:
        file = catalogue(project, {ACTION: (content(project), "Đã xong hết rồi.")})
        file.rename(file.with_name("2025.vi.po"))
        assert found(project) == [("X26.own", "2025.vi.po", 0)]
        assert "Đã xong hết rồi" not in pages(project)[f"{PLAN}/A1.html"].html

    def test_an_insult_in_a_translation_is_named_as_one_in_a_text_is(self, project: Path) -> None:
        catalogue(project, {ACTION: (content(project), "They are stupid people.")})
        assert ("R46", "2025.en.po", 6) in found(project)

    def test_a_long_line_of_nothing_is_read_at_once(self) -> None:
        with pytest.raises(UnreadableError):
            entries(f"{' ' * 1_000_000}x")

    def test_no_unit_and_no_group_is_translated_since_numbers_are_hidden_and_compared_by_them(self, project: Path) -> None:
        catalogue(project, {"peer_group": ("Đảng ủy xã", "Communes")}, "dang-uy-xa-an-mau/organisation")
        assert found(project) == [("X26.place", "organisation.en.po", 6)]

    @pytest.mark.parametrize(
        ("name", "expected"), [("2025.po", "L03.catalogue"), ("2025.EN.po", "L03.catalogue"), ("1999.en.po", "X26.record"), ("2025.xx.po", "X26.language")]
    )
    def test_a_file_that_translates_nothing_is_named(self, name: str, expected: str, project: Path) -> None:
        (project / "records/dang-uy-xa-an-mau/plans" / name).write_text(HEAD, encoding="utf-8")
        assert [each[0] for each in found(project)] == [expected]

    def test_what_no_public_text_may_have_no_translation_has_either(self, project: Path) -> None:
        """Also one that is overtaken, since it is shown, too."""
        for old in (content(project), "Câu cũ."):
            catalogue(project, {ACTION: (old, "Call 0912 345 678.")})
            wrong = [each for each in flow.read(project).problems if each.code == "R26"]
            assert [(each.message, each.severity, Path(each.place.file).name, each.place.line) for each in wrong] == [
                ("R26.phone", Severity.ERROR, "2025.en.po", 6)
            ]

    def test_letters_that_cannot_be_seen_are_refused(self, project: Path) -> None:
        catalogue(project, {ACTION: (content(project), "Do\u202e this.")})
        assert [each[0] for each in found(project)] == ["L07.invisible"]


class TestCommand:
    def test_it_writes_every_text_once_and_again_the_same_bytes(self, project: Path) -> None:
        assert tusoi("-C", project, "translate", PLAN).returncode == 0
        file = project / f"records/{PLAN}.en.po"
        first = file.read_bytes()
        said = entries(first.decode())
        assert ACTION in [each.context for each in said]
        assert len({each.context for each in said}) == len(said)
        assert {each.said for each in said} == {""}
        assert tusoi("-C", project, "translate").returncode == 0
        assert file.read_bytes() == first
        assert found(project) == []

    def test_it_keeps_what_was_translated_and_marks_what_was_changed(self, project: Path) -> None:
        tusoi("-C", project, "translate", PLAN)
        file = project / f"records/{PLAN}.en.po"
        said = content(project)
        file.write_text(file.read_text(encoding="utf-8").replace(f'msgid "{said}"\nmsgstr ""', f'msgid "{said}"\nmsgstr "List it."'), encoding="utf-8")
        record = project / f"records/{PLAN}.yml"
        record.write_text(record.read_text(encoding="utf-8").replace(said, "Lập bảng mới."), encoding="utf-8")
        for _ in range(2):  # the second time nothing is new, and nothing may be forgotten
            done = tusoi("-C", project, "translate")
            assert "1 câu phải xem lại" in done.stdout
            entry = next(each for each in entries(file.read_text(encoding="utf-8")) if each.context == ACTION)
            assert (entry.text, entry.said, entry.before, entry.is_unsure) == ("Lập bảng mới.", "List it.", said, True)

    def test_it_offers_what_a_correction_made_of_a_text_and_marks_what_was_translated_before(self, project: Path) -> None:
        said, right = content(project), "Lập bảng của bốn công trình."
        catalogue(project, {ACTION: (said, "List three works.")})
        correct(project, right)
        correct(project, "Lập bảng của năm công trình.", whose="huyen-uy-minh-hoa")
        for _ in range(2):
            assert tusoi("-C", project, "translate", PLAN).returncode == 0
            entry = next(each for each in entries((project / f"records/{PLAN}.en.po").read_text(encoding="utf-8")) if each.context == ACTION)
            assert (entry.text, entry.said, entry.before, entry.is_unsure) == (right, "List three works.", said, True)

    def test_notes_and_the_head_of_translators_stay(self, project: Path) -> None:
        head = HEAD.rstrip("\n").replace('"Content', '"Last-Translator: Van phong\\n"\n"Content') + "\n"
        file = catalogue(project, {ACTION: (content(project), "List it.")}, head=head)
        file.write_text(file.read_text(encoding="utf-8").replace("\nmsgctxt", "\n# Hỏi lại từ “bảng”.\nmsgctxt"), encoding="utf-8")
        for _ in range(2):
            assert tusoi("-C", project, "translate").returncode == 0
            assert file.read_text(encoding="utf-8").startswith(head)
            assert file.read_text(encoding="utf-8").count("# Hỏi lại từ “bảng”.\n") == 1

    @pytest.mark.parametrize("mark", ["", '#, fuzzy\n#| msgid "Việc cũ hơn."\n'])
    def test_a_translation_whose_text_has_gone_is_kept_at_the_end(self, mark: str, project: Path) -> None:
        file = catalogue(project, {"actions/A9/content": ("Việc đã bỏ.", "A task that was dropped.")})
        file.write_text(file.read_text(encoding="utf-8").replace("\nmsgctxt", f"\n{mark}msgctxt"), encoding="utf-8")
        for _ in range(2):
            assert tusoi("-C", project, "translate").returncode == 0
            written = (project / f"records/{PLAN}.en.po").read_text(encoding="utf-8")
            assert written.count('#~ msgstr "A task that was dropped."') == 1
        assert found(project) == []

    def test_a_file_that_cannot_be_read_is_not_written_over(self, project: Path) -> None:
        file = project / f"records/{PLAN}.en.po"
        file.write_text("hỏng\n", encoding="utf-8")
        done = tusoi("-C", project, "translate", PLAN)
        assert done.returncode == 2
        assert "2025.en.po, dòng 1" in done.stderr
        assert file.read_text(encoding="utf-8") == "hỏng\n"

    @pytest.mark.parametrize(("words", "said"), [(("khong-co",), "khong-co"), ((PLAN, "--to", "zz"), "zz"), ((), "Chưa có bản dịch nào")])
    def test_what_it_cannot_do_it_says_in_a_sentence(self, words: tuple[str, ...], said: str, project: Path) -> None:
        done = tusoi("-C", project, "translate", *words)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr
