"""A clerk with nothing but a browser: everything is copied from the pages of the site and filled in, in a host's editor. How many files, how many lines.

A new commune comes to the example, reviews itself with three findings, plans five actions, one of them weekly, reports twice and asks for more time.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from tusoi import flow
from tusoi.editing import NewFile
from tusoi.titles import Titles
from tusoi.views.offers import new_records
from tusoi.views.world import World, site_of

pytestmark = pytest.mark.build

EXAMPLE = Path(flow.__file__).parent / "example"
COMMUNE = "dang-uy-xa-moi-mau"
HEAD, DEPUTY = f"{COMMUNE}/roles/bi-thu", f"{COMMUNE}/roles/pho-bi-thu"
MORE_ACTIONS = f"""\
  - id: A4
    findings:
      - {COMMUNE}/reviews/2025#F1
    content: Giao ban sáng thứ hai, rà từng hồ sơ đất đai sắp đến hạn.
    product: Sổ giao ban
    owner: {DEPUTY}
    kind: recurring
    every: week
    from: 2026-01-05
  - id: A5
    findings:
      - {COMMUNE}/reviews/2025#F2
    content: Tập huấn cách chuẩn bị một kỳ sinh hoạt trong 90 phút cho bí thư mười chi bộ thôn.
    product: Danh sách chi bộ dự và tài liệu mẫu
    owner: {HEAD}
    due: 2026-04-20
"""


@dataclass
class Clerk:
    """Somebody who copies, fills in and saves, and what it took."""

    folder: Path
    typed: int = 0
    files: set[str] = field(default_factory=set)

    def offer(self, ref: str, words: str, day: date) -> NewFile:
        """Give a text to copy from the page of a record, as the site has it on a day."""
        judged = flow.judge(flow.read(self.folder), day)
        assert [each for each in judged.problems_that_forbid if COMMUNE in each.place.file] == []
        world = World(judged.register, judged.facts, (), site_of(judged.register, day), Titles(judged.register))
        offers: Sequence[NewFile] = new_records.make(world, judged.register.records[ref])
        return next(each for each in offers if each.words == words)

    def save(self, path: str, copied: str, text: str) -> None:
        """Save a file and count the lines that were not copied."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
        changes = difflib.SequenceMatcher(None, copied.splitlines(), text.splitlines(), autojunk=False).get_opcodes()
        self.typed += sum(end - start for what, _, _, start, end in changes if what in ("replace", "insert"))
        self.files.add(path)


def filled(text: str, answers: Sequence[str], changes: Mapping[str, str] = {}) -> str:
    """Write the answers into the empty values, one after the other, and put some lines in place of others."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    lines, waiting = text.splitlines(), list(answers)
    for number, line in enumerate(lines):
        rest = [each for each in lines[number + 1 :] if each.strip() and not each.lstrip().startswith("#")]
        depth = len(line) - len(line.lstrip()) + 2 * line.lstrip().startswith("- ")
        has_more = bool(rest) and (len(rest[0]) - len(rest[0].lstrip())) > depth
        if not line.lstrip().startswith("#") and (line.strip() == "-" or (line.endswith(":") and not has_more)):
            lines[number] = f"{line} {waiting.pop(0)}"
    assert waiting == []
    return "\n".join(lines) + "\n"


CRITERIA = (
    "Quy chế một cửa của xã, hồ sơ trả đúng ngày ghi trên giấy hẹn.",
    "Điều lệ Đảng, chi bộ sinh hoạt thường lệ mỗi tháng một lần.",
    "Quy chế thu chi của xã, mỗi quỹ niêm yết thu chi hằng tháng.",
)
FINDINGS = (
    ("Năm 2025 có 31 trong 280 hồ sơ đất đai trả chậm so với giấy hẹn.", "land", *CRITERIA[:1], "2", "subjective"),
    ("Chưa giao ai theo dõi hồ sơ sắp đến hạn.", "Giao một người ở bộ phận một cửa theo dõi, báo trước năm ngày."),
    ("Ba trong mười chi bộ thôn bỏ ít nhất một kỳ sinh hoạt trong năm 2025.", "party_building", *CRITERIA[1:2], "1", "subjective"),
    ("Không ai nhắc lịch họp khi trùng mùa gặt.", "Văn phòng đảng ủy gọi xác nhận lịch họp từng chi bộ trước ba ngày."),
    ("Quỹ đền ơn đáp nghĩa năm 2025 chưa niêm yết thu chi tại 6 trong 10 nhà văn hóa thôn.", "finance", *CRITERIA[2:], "1", "subjective"),
    ("Chưa quy định ngày niêm yết.", "Niêm yết thu chi trước ngày 10 hằng tháng tại cả 10 nhà văn hóa thôn."),
)
ACTIONS = (
    "Dán lịch trả hồ sơ đất đai tại phòng tiếp dân, ghi rõ ngày hẹn từng hồ sơ.",
    "Lịch trả hồ sơ",
    DEPUTY,
    "2026-03-31",
    "Lập lịch họp năm 2026 của mười chi bộ thôn.",
    "Lịch họp mười chi bộ",
    HEAD,
    "2026-01-31",
    "Niêm yết thu chi quỹ năm 2025 tại cả 10 nhà văn hóa thôn.",
    "Biên bản niêm yết của 10 thôn",
    DEPUTY,
    "2026-02-15",
)


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    """Walk the whole way."""
    folder = tmp_path_factory.mktemp("journey")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    it = Clerk(folder)
    _arrive(it)
    _review(it)
    _mend(it)
    return it


def _arrive(it: Clerk) -> None:
    day = date(2025, 11, 1)
    offer = it.offer("tinh-uy-mau", "Thêm hồ sơ: đơn vị", day)
    answers = ["Đảng ủy xã Mới Mẫu", "Mới Mẫu", "party_committee", "tinh-uy-mau/roles/uy-vien-phu-trach-cum-1", "Đảng ủy xã, thị trấn"]
    it.save(offer.path.replace("don-vi-moi", COMMUNE), offer.text, filled(offer.text, answers))
    offer = it.offer(COMMUNE, "Thêm hồ sơ: chức danh", day)
    assert offer.path == f"records/{HEAD}.yml"
    it.save(offer.path, offer.text, filled(offer.text, ["Bí thư Đảng ủy xã Mới Mẫu"]))
    it.save(f"records/{DEPUTY}.yml", offer.text, filled(offer.text, ["Phó Bí thư Đảng ủy xã Mới Mẫu"], {"rank: head": "rank: deputy"}))
    cycle = it.folder / "records/tinh-uy-mau/cycles/2025.yml"  # those who run the cycle add the commune
    cycle.write_text(cycle.read_text("utf-8").replace("scope:\n", f"scope:\n  - {COMMUNE}\n", 1), "utf-8")


def _review(it: Clerk) -> None:
    offer = it.offer(COMMUNE, "Thêm hồ sơ: báo cáo kiểm điểm cuối năm 2025", date(2025, 12, 5))
    answers = ["2025-12-01", "Lắp xong 4,2 km đường điện chiếu sáng ở ba thôn.", *(text for each in FINDINGS for text in each)]
    draft = filled(offer.text, [*answers, "2025-12-06", "2025-12-06", "14", "15", "good"])
    it.save(offer.path, offer.text, draft)
    document = "{number: 15-BC/ĐU, date: 2025-12-10}"
    changes = {
        "# submitted: {date: ,": "submitted: {date: 2025-12-08,",
        "# concluded: {date: ,": "concluded: {date: 2025-12-10,",
        "document: {number: , date: }": f"document: {document}",
    }
    it.save(offer.path, draft, filled(draft, [], changes))


def _mend(it: Clerk) -> None:
    offer = it.offer(COMMUNE, "Thêm hồ sơ: kế hoạch khắc phục", date(2025, 12, 12))
    changes = {
        "\n# Không lập biện pháp riêng": f"{MORE_ACTIONS}\n# Không lập biện pháp riêng",
        "# approved: {date: ,": "approved: {date: 2025-12-30,",
        "document: {number: , date: }}\n# Dấu chốt “Kết thúc”": "document: {number: 03-KH/ĐU, date: 2025-12-30}}\n# Dấu chốt “Kết thúc”",
    }
    direction = "Niêm yết quỹ trong tháng 01/2026, sau đó giữ lịch họp và giấy hẹn bằng người nhắc cụ thể."
    it.save(offer.path, offer.text, filled(offer.text, [direction, *ACTIONS], changes))
    plan = f"{COMMUNE}/plans/2025"
    offer = it.offer(plan, "Báo cáo tháng này", date(2026, 1, 28))
    said = [text for number in range(1, 6) for text in ("completed" if number == 2 else "started", f"Việc {number} đã làm xong phần của tháng 01/2026.")]
    report = filled(offer.text, said)
    second = report.index("- action: A2")
    blank, proof = "# evidence: [{document: {number: , date: }}]", "evidence: [{document: {number: 01-TB/ĐU, date: 2026-01-20}}]"
    it.save(offer.path, offer.text, report[:second] + report[second:].replace(blank, proof, 1))
    offer = it.offer(plan, "Báo cáo tháng này", date(2026, 2, 26))
    assert "action: A2" not in offer.text  # it is said to be done, and waits for somebody else
    said = [text for number in (1, 3, 4, 5) for text in ("started", f"Việc {number} đã làm xong phần của tháng 02/2026.")]
    it.save(offer.path, offer.text, filled(offer.text, said))
    offer = it.offer(plan, "Đề nghị gia hạn", date(2026, 3, 10))
    assert f"\nof: {plan}#A3\n" in offer.text  # overdue since February
    it.save(offer.path, offer.text, filled(offer.text, ["2026-04-15", "Hai nhà văn hóa thôn sửa mái đến hết tháng 3/2026."]))


def test_eight_files_are_enough_and_most_of_what_they_hold_is_copied(clerk: Clerk) -> None:
    assert len(clerk.files) == 8
    assert clerk.typed <= 90


def test_nothing_is_left_to_mend(clerk: Clerk) -> None:
    judged = flow.judge(flow.read(clerk.folder), date(2026, 3, 10))
    here = sorted((each.code, str(each.severity)) for each in judged.problems if COMMUNE in each.place.file)
    assert here == [("R19", "warning")]  # no round of comments was held


def test_the_request_is_offered_to_who_may_answer_it(clerk: Clerk) -> None:
    words = "Trả lời: Đề nghị gia hạn ngày 10/3/2026 – Niêm yết thu chi quỹ năm…"
    assert f"\nof: {COMMUNE}/postponements/2026-03-10-a3\n" in clerk.offer("tinh-uy-mau", words, date(2026, 3, 12)).text
    assert clerk.offer("ubkt-tinh-uy-mau", words, date(2026, 3, 12)).path.startswith("records/ubkt-tinh-uy-mau/answers/2026-03-12-")


def test_what_a_page_offers_is_what_the_command_writes(clerk: Clerk) -> None:
    from tusoi import drafting

    day = date(2026, 3, 12)
    made = drafting.new(flow.read(clerk.folder), drafting.Wish("event", COMMUNE, day=day))
    offer = clerk.offer(COMMUNE, "Thêm hồ sơ: sự kiện", day)
    assert isinstance(made, drafting.New)
    assert (made.file, made.text) == (offer.path, offer.text)


def test_where_a_review_is_there_neither_offers_a_second_one(clerk: Clerk) -> None:
    from tusoi import drafting

    day = date(2026, 3, 12)
    refused = drafting.new(flow.read(clerk.folder), drafting.Wish("review", COMMUNE, day=day))
    assert isinstance(refused, drafting.Refused)
    offer = clerk.offer(COMMUNE, "Đã có báo cáo kiểm điểm của kỳ này", day)
    assert (offer.there, offer.path, offer.text) == (f"{COMMUNE}/reviews/2025", refused.params["place"], "")
