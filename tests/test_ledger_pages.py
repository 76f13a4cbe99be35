"""What is told of promises: by `tusoi history`, on the pages of a plan and of an action, and on the board of postponements."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from conftest import git
from stories import A1, DAY, HEAD, PLAN, Data, Story, answered, plan, postponed, reported
from tusoi import flow, ledger_report
from tusoi.ledger_report import Listing
from tusoi.page import Page

pytestmark = pytest.mark.build

REQUEST = "xa-mau/postponements/2025-04-14-a1"
UNREAD = "Chưa đọc được lịch sử ghi hồ sơ"
CHANGED = "Hạn trong hồ sơ bị đổi từ 31/3/2025 sang 31/12/2025 ngày 05/8/2025, không qua đề nghị gia hạn. Tính theo hạn đầu."
HOSTILE = "Chờ <script>alert(1)</script> mẫu giấy."


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A promise that was asked to be moved after its date, agreed to, changed past the procedure, and reported done; and an action that was taken away."""
    made = Story(tmp_path / "story")
    made.on("2025-01-12", {PLAN: plan({}, {"id": "A2", "due": "2025-06-30", "content": "Việc bí mật đã bỏ."})})
    made.on("2025-04-14", {REQUEST: postponed("2025-09-30", "2025-04-14") | {"reason": HOSTILE}})
    made.on("2025-04-20", {f"{HEAD}/answers/2025-04-20-a1": answered(REQUEST, "2025-04-20")})
    made.on("2025-08-05", {PLAN: plan({"due": "2025-12-31"}, {"id": "A2", "due": "2025-06-30", "content": "Việc bí mật đã bỏ."})})
    made.on("2025-08-06", {PLAN: plan({"due": "2025-12-31"})})
    made.on("2025-10-10", {"xa-mau/progress/2025-10": reported("2025-10-10")})
    return made


def shown(pages: Mapping[str, Page], path: str) -> str:
    """Give what a reader sees of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", pages[path].html)).split()).replace(" .", ".")


def rows(page: Page, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.beside[f"bang/{name}.csv"].removeprefix("\ufeff"))))


def tusoi(story: Story, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tusoi", "-C", str(story.folder), "history", *words, "--as-of", DAY.isoformat()]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


class TestPages:
    @pytest.mark.parametrize("path", [f"{PLAN}.html", f"{PLAN}/A1.html"])
    def test_the_page_tells_both_dates_and_one_history_every_move(self, story: Story, path: str) -> None:
        page = shown(story.judged().pages(), path)
        told = page[page.index("Hứa gì, nay ra sao", page.index("Diễn biến")) :]
        assert "Lúc đầu hứa xong ngày 31/3/2025. Được gia hạn đến 30/9/2025. Báo xong ngày 10/10/2025, chờ xác nhận." in told
        assert "Chậm 193 ngày so với hạn đầu. Chậm 10 ngày so với hạn đã gia hạn." in told
        history = told[told.rindex("Diễn biến") :]
        asked = history.index("Đề nghị gia hạn đến 30/9/2025, thêm 183 ngày, sau khi hạn 31/3/2025 đã qua 14 ngày")
        assert asked < history.index("Được đồng ý ngày 20/4/2025.") < history.index(CHANGED) < history.index("10/10/2025")
        assert page.count(CHANGED) == 1
        assert UNREAD not in page

    def test_an_action_says_when_its_first_promise_was_fixed(self, story: Story) -> None:
        page = shown(story.judged().pages(), f"{PLAN}/A1.html")
        assert page.count("Hạn đầu 31/3/2025, chốt trong hồ sơ ngày 12/01/2025.") == 1

    def test_what_was_taken_away_is_told_without_what_it_said(self, story: Story) -> None:
        """It may have been taken away for what it said."""
        pages = story.judged().pages()
        told = shown(pages, f"{PLAN}.html")
        assert "Một việc không còn trong kế hoạch Không còn trong kế hoạch, chưa rõ đã xong chưa" in told
        assert "Hạn 30/6/2025 bị bỏ khỏi hồ sơ ngày 06/8/2025, không qua đề nghị gia hạn. Không qua đề nghị" in told
        assert "Quá trình ghi hồ sơ" in told
        assert [path for path, page in pages.items() if "bí mật" in page.html or any("bí mật" in text for text in page.beside.values())] == []

    def test_the_sums_of_a_plan_and_of_its_organisation_say_what_went_past_the_procedure(self, story: Story) -> None:
        pages = story.judged().pages()
        plan_page, body = shown(pages, f"{PLAN}.html"), shown(pages, "xa-mau.html")
        for told in (plan_page[plan_page.index("Lộ trình các việc") :], body[body.index("Giữ hạn đã hứa") :]):
            assert "Giữ đúng hạn đầu 0/1 lời hứa đã xong hoặc đã qua hạn đầu." in told
            assert "Đổi trong hồ sơ không qua đề nghị gia hạn: 2 lần." in told
        assert "Giữ hạn đã hứa" not in pages[f"{HEAD}.html"].html

    def test_the_text_of_a_record_is_escaped(self, story: Story) -> None:
        pages = story.judged().pages()
        for path in (f"{PLAN}.html", f"{PLAN}/A1.html", "bang/gia-han.html"):
            assert "<script>alert" not in pages[path].html
            assert "&lt;script&gt;alert" in pages[path].html

    def test_no_page_tells_who_recorded_a_change(self, story: Story) -> None:
        for page in story.judged().pages().values():
            assert "test@example.org" not in page.html

    def test_without_the_past_one_sentence_says_that_it_was_not_read(self, story: Story) -> None:
        """Neither that nothing was changed, nor anything that is not so."""
        pages = flow.judge(flow.read(story.folder), DAY).pages()
        for path in (f"{PLAN}.html", f"{PLAN}/A1.html", "bang/gia-han.html"):
            assert shown(pages, path).count(UNREAD) == (1 if path != "bang/gia-han.html" else 2), "on paper the notes of a board stand a second time"
            assert "không qua đề nghị gia hạn. Tính" not in shown(pages, path)
        assert [row["Đổi trong hồ sơ, không qua đề nghị"] for row in rows(pages["bang/gia-han.html"], "giu-han")] == ["Chưa đọc lịch sử"]

    def test_a_plan_without_promises_has_no_such_section(self, tmp_path: Path) -> None:
        made = Story(tmp_path / "story")
        made.on("2025-01-12", {PLAN: plan(approved=False)})
        pages = made.judged().pages()
        assert "Giữ đúng hạn đầu" not in pages[f"{PLAN}.html"].html
        assert "Giữ đúng hạn đầu" not in pages["bang/gia-han.html"].html

    def test_the_board_has_requests_and_changes_in_the_order_of_their_days(self, story: Story) -> None:
        found = rows(story.judged().pages()["bang/gia-han.html"], "gia-han")
        kept = ("Từ hạn", "Sang hạn", "Thêm (ngày)", "Ngày đề nghị", "Hạn đã qua khi đề nghị", "Trả lời", "Ngày ghi vào hồ sơ")
        assert [tuple(row[each] for each in kept) for row in found] == [
            ("2025-03-31", "2025-09-30", "183", "2025-04-14", "Có, đã qua 14 ngày", "Được gia hạn", ""),
            ("2025-03-31", "2025-12-31", "275", "", "", "Không qua đề nghị", "2025-08-05"),
            ("2025-06-30", "Bỏ khỏi hồ sơ", "", "", "", "Không qua đề nghị", "2025-08-06"),
        ]
        assert {row["Đơn vị"] for row in found} == {"Đảng ủy xã Mẫu"}

    def test_shares_stand_with_their_denominators_by_peers_and_by_cycle(self, story: Story) -> None:
        page = story.judged().pages()["bang/gia-han.html"]
        (peers,), (cycle,) = rows(page, "giu-han"), rows(page, "giu-han-theo-ky")
        same = {"Giữ đúng hạn đầu": "0/1 (0\u00a0%)", "Chậm, trung vị (ngày)": "193", "Chưa đến hạn đầu": "0", "Chưa rõ": "0", "Dừng trước hạn": ""}
        same |= {"Không còn trong kế hoạch": "1", "Đề nghị gia hạn (được, không, chờ)": "1 (1, 0, 0)", "Đề nghị khi hạn đã qua": "1"}
        same |= {"Đổi trong hồ sơ, không qua đề nghị": "2"}
        plainly = {key: " ".join(value.split()) for key, value in same.items()}
        assert peers == {"Nhóm tương đồng": "Đảng ủy xã", "Đơn vị": "Đảng ủy xã Mẫu"} | plainly
        assert cycle == {"Kỳ kiểm điểm": "Kiểm điểm năm 2024"} | plainly

    def test_organisations_stand_a_to_z_and_never_by_what_they_kept(self, tmp_path: Path) -> None:
        made = Story(tmp_path / "story")
        body: Data = {"type": "party_committee", "parents": [{"of": HEAD}]}
        names = {"xa-z": ("Đảng ủy xã Ấm", "Đảng ủy xã"), "xa-a": ("Đảng ủy xã Yên", "Đảng ủy xã"), "xa-b": ("Chi bộ Bình", "")}
        records: dict[str, Data | str | None] = {PLAN: plan()}
        for folder, (name, group) in names.items():
            records[folder] = body | {"name": name} | ({"peer_group": group} if group else {})
            records[f"{folder}/plans/2024"] = plan({"due": "2026-12-31" if folder == "xa-z" else "2025-03-31"})
        made.on("2025-01-12", records)
        found = [(row["Nhóm tương đồng"], row["Đơn vị"]) for row in rows(made.judged().pages()["bang/gia-han.html"], "giu-han")]
        peers = [("Đảng ủy xã", name) for name in ("Đảng ủy xã Ấm", "Đảng ủy xã Mẫu", "Đảng ủy xã Yên")]
        assert found == [*peers, ("Các đơn vị khác", "Chi bộ Bình")]

    def test_the_plan_of_one_post_is_on_no_board(self, tmp_path: Path) -> None:
        made = Story(tmp_path / "story")
        review: Data = {"title": "Bản kiểm điểm cá nhân", "of": "xa-mau/roles/pho", "cycle": f"{HEAD}/cycles/2024", "submitted": {"date": "2024-12-11"}}
        review |= {"findings": [{"id": "F1", "statement": "Chưa đi cơ sở."}], "concluded": {"date": "2024-12-12"}}
        about: Data = {"of": ["xa-mau/reviews/2024-pho"]}
        made.on("2025-01-12", {"xa-mau/reviews/2024-pho": review, PLAN: plan(**about)})
        made.on("2025-08-05", {PLAN: plan({"due": "2025-12-31"}, **about)})
        page = made.judged().pages()["bang/gia-han.html"]
        assert rows(page, "gia-han") == []
        assert "bang/giu-han.csv" not in page.beside


class TestCommand:
    def test_text_tells_the_whole_story_with_its_commits(self, story: Story) -> None:
        done = tusoi(story)
        assert done.returncode == 0
        changed = git(story.folder, "log", "--format=%H", "--reverse").split()[4]
        lines = [line.strip() for line in done.stdout.splitlines()]
        assert lines[0] == "Các lời hứa về thời hạn, tính đến ngày 15/3/2026."
        assert f"{CHANGED} (Lần ghi {changed[:10]}.)" in lines
        assert (
            "Ngày 14/4/2025: đề nghị gia hạn đến 30/9/2025, thêm 183 ngày, sau khi hạn 31/3/2025 đã qua 14 ngày. Được đồng ý ngày 20/4/2025. "
            f"Lý do: {HOSTILE}" in lines
        )
        assert "Giữ đúng hạn đầu 0/1 lời hứa đã xong hoặc đã qua hạn đầu." in lines
        assert "Đổi trong hồ sơ không qua đề nghị gia hạn: 2 lần." in lines
        assert "#A" not in done.stdout, "no ids of parts in text for readers"

    def test_english_is_complete(self, story: Story) -> None:
        said = tusoi(story, "--lang", "en").stdout
        assert "The date in the record was changed from 2025-03-31 to 2025-12-31 on 2025-08-05, without a postponement. The first date counts." in said
        assert "Against the last agreed date (2025-09-30): 10 days late." in said
        assert not re.search(r"\b(?:hạn|ngày|Hạn|Ngày|lần)\b", re.sub(r"Lập bảng.*|Chờ.*|Kế hoạch.*", "", said))

    def test_json_has_the_documented_keys_and_numbers(self, story: Story) -> None:
        said = json.loads(tusoi(story, "--format", "json").stdout)
        assert list(said) == ["format", "day", "history", "total", "peer_groups", "cycles", "organisations"]
        assert said["history"] == {"commit": story.head, "steps": 7}
        (organisation,) = said["organisations"]
        (made,) = organisation["plans"]
        first, gone = made["promises"]
        assert (organisation["id"], made["id"], made["stands"], made["cycle"]) == ("xa-mau", PLAN, True, f"{HEAD}/cycles/2024")
        assert {key: first[key] for key in ("ref", "first", "agreed", "done", "outcome", "kept", "days_late", "days_over")} == {
            "ref": A1,
            "first": {"due": "2025-03-31"},
            "agreed": "2025-09-30",
            "done": "2025-10-10",
            "outcome": "not_kept",
            "kept": False,
            "days_late": 193,
            "days_over": 10,
        }
        assert [(each["asked"], each["days_after_due"], each["result"], each["answered"]) for each in first["postponements"]] == [
            ("2025-04-14", 14, "agreed", "2025-04-20")
        ]
        assert [(each["before"], each["after"], each["day"], each["days"]) for each in first["changes"]] == [("2025-03-31", "2025-12-31", "2025-08-05", 275)]
        assert (gone["stands"], gone["content"], gone["kept"], gone["changes"][0]["after"]) == (False, None, None, None)
        documented = set(re.findall(r"`(\w+)`", str(ledger_report.__doc__)))
        assert {*said, *organisation, *made, *first} <= documented
        assert tusoi(story, "--format", "json").stdout == tusoi(story, "--format", "json").stdout

    @pytest.mark.parametrize(
        ("name", "refs"),
        [
            ("xa-mau", ["A1", "A2"]),
            (PLAN, ["A1", "A2"]),
            (A1, ["A1"]),
            (f"{PLAN}#A2", ["A2"]),
            (REQUEST, ["A1"]),
            ("xa-mau/reviews/2024#F1", ["A1"]),
            ("xa-mau/reviews/2024", ["A1"]),
            ("xa-mau/roles/pho", []),
        ],
    )
    def test_an_id_chooses_what_belongs_to_it(self, story: Story, name: str, refs: list[str]) -> None:
        done = tusoi(story, name, "--format", "json")
        assert done.returncode == 0
        plans = [made for each in json.loads(done.stdout)["organisations"] for made in each["plans"]]
        assert [each["ref"].partition("#")[2] for made in plans for each in made["promises"]] == refs

    def test_what_promises_nothing_is_answered_with_a_sentence(self, story: Story) -> None:
        assert "Phó Bí thư Đảng ủy xã Mẫu: không có lời hứa nào về thời hạn." in tusoi(story, "xa-mau/roles/pho").stdout

    def test_an_unknown_id_is_answered_with_the_nearest(self, story: Story) -> None:
        done = tusoi(story, "xa-mau/plans/2042#A1")
        assert (done.returncode, done.stdout) == (2, "")
        assert f"Không có hồ sơ, việc hay mốc nào mang mã “xa-mau/plans/2042#A1”. Có phải là `{A1}` không?" in done.stderr
        assert "tusoi history" in tusoi(story, "zzz").stderr

    def test_a_history_that_is_cut_short_is_refused(self, story: Story, tmp_path: Path) -> None:
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{story.folder}", "shallow")
        story.folder = tmp_path / "shallow"
        done = tusoi(story)
        assert (done.returncode, done.stdout) == (2, "")
        assert "git fetch --unshallow" in done.stderr

    def test_at_a_commit_tells_what_stood_then(self, story: Story) -> None:
        first = git(story.folder, "log", "--format=%H", "--reverse").split()[1]
        (made,) = json.loads(tusoi(story, "--at", first, "--format", "json").stdout)["organisations"][0]["plans"]
        assert [(each["stands"], each["changes"]) for each in made["promises"]] == [(True, []), (True, [])]

    def test_without_a_repository_only_the_records_speak(self, story: Story) -> None:
        (story.folder / ".git").rename(story.folder / "git")
        done = tusoi(story)
        assert done.returncode == 0
        assert UNREAD in done.stdout
        assert "ghi vào hồ sơ" not in done.stdout


def test_what_only_begins_alike_is_not_chosen(tmp_path: Path) -> None:
    """The first action is not the tenth; who took an organisation over is asked for its promises, and so is the organisation itself."""
    made = Story(tmp_path / "story")
    merged: Data = {"name": "Đảng ủy xã Mới", "type": "party_committee", "parents": [{"of": HEAD}]}
    merged |= {"lineage": [{"of": "xa-mau", "how": "merged", "date": "2025-07-01"}]}
    records: dict[str, Data | str | None] = {"xa-mau-2": {"name": "Đảng ủy xã Mẫu 2", "type": "party_committee"}, "xa-mau-2/plans/2024": plan()}
    made.on("2025-01-12", records | {PLAN: plan({}, {"id": "A10"}), "xa-moi": merged})
    judged = made.judged()
    everything = Listing(judged.register, judged.past, judged.day, judged.ledger)

    def refs(name: str) -> list[str]:
        chosen = everything.chosen(name)
        assert chosen is not None
        return list(chosen.ledger.promises)

    assert refs(A1) == [A1]
    assert refs("xa-moi") == refs("xa-mau") == refs(PLAN) == [A1, f"{PLAN}#A10"]


def test_a_listing_of_nothing_says_so() -> None:
    empty: Any = flow.judge(flow.read(flow.HERE / "example" / "docs"), DAY)
    listing = Listing(empty.register, empty.past, DAY, empty.ledger)
    assert "Chưa có lời hứa nào" in ledger_report.text(listing, "vi")
    assert json.loads(ledger_report.as_json(listing))["organisations"] == []


def test_a_part_of_the_list_says_that_it_is_one(story: Story) -> None:
    assert "Trong phần được hỏi:" in tusoi(story, A1).stdout
    for words in ((), ("xa-mau",)):
        assert "Trong phần được hỏi:" not in tusoi(story, *words).stdout


def test_files_that_cannot_be_read_are_counted(story: Story) -> None:
    assert "tệp hồ sơ chưa đọc được" not in tusoi(story).stderr
    (story.folder / f"records/{REQUEST}.yml").write_text("of: [\n", encoding="utf-8")
    done = tusoi(story)
    assert "1 tệp hồ sơ chưa đọc được" in done.stderr
    assert "tusoi check" in done.stderr
