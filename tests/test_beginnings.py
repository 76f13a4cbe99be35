"""New records that the command begins: what they are filled in with, and that each, filled in as it says, is a record to which nobody objects.

The day is 2026-03-15 of the example. Whoever fills in writes plain answers into every empty value; whoever settles takes the # off the last seal but "ended".
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from test_skeleton import KINDS, answer
from tusoi import beginnings, drafting, flow
from tusoi.beginnings.desk import Desk
from tusoi.beginnings.office import Office
from tusoi.drafting import New, Refused, Wish
from tusoi.editing import NewFile
from tusoi.messages import LANGUAGES, catalogue
from tusoi.problem import Severity
from tusoi.record import Kind
from tusoi.strict_yaml import parse
from tusoi.titles import Titles
from tusoi.views.offers import new_records
from tusoi.views.world import World, site_of

EXAMPLE = Path(flow.__file__).parent / "example"
DAY = date(2026, 3, 15)


@dataclass(frozen=True)
class Case:
    """What is asked for, and what a person would answer where a plain answer would be nonsense: by key, or by `list.key`."""

    kind: str
    where: str
    about: str = ""
    answers: Mapping[str, str] = ()  # type: ignore[assignment]
    seal: str = ""
    """The last seal that is set."""
    still: tuple[str, ...] = ()
    """What is rightly said of the settled record all the same: something else has not been written."""

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.where}"


PLAIN = {
    "statement": "Quý I năm 2026 có 4 trong 52 hồ sơ đất đai trả chậm so với giấy hẹn tại bộ phận một cửa.",
    "remedy": "Giao một người theo dõi hồ sơ sắp đến hạn, báo trước năm ngày, từ ngày 01/4/2026.",
    "content": "Lập bảng theo dõi 52 hồ sơ đất đai, dán tại bộ phận một cửa trước ngày 15/5/2026.",
    "product": "Bảng theo dõi hồ sơ",
    "direction": "Sửa quy trình tại bộ phận một cửa trước, xong trong tháng 5/2026.",
    "area": "land",
    "date": "2026-03-14",
    "from": "2026-03-10",
    "to": "2026-03-11",
    "due": "2026-06-30",
    "until": "2026-06-30",
    "closes": "2026-03-25",
    "plan_due": "2026-04-30",
    "report_due": "2026-12-31",
    "value": "6",
    "of": "6",
    "unit": "buổi",
    "number": "12-BC/ĐU",
    "criterion": "Quy chế làm việc của Đảng ủy, mỗi hồ sơ trả đúng ngày ghi trên giấy hẹn.",
}


def plain(case: Case, key: str, node: Mapping[str, Any]) -> str:
    """Give what a person might write under a key."""
    said = dict(case.answers)
    if key in said:
        return said[key]
    if key in PLAIN and node.get("format") != "link" and "enum" not in node:
        return PLAIN[key]
    if node.get("x-words") and "enum" not in node:
        return str(next(iter(node["x-words"])))
    return answer(node, KINDS[case.kind])


def filled(text: str, case: Case, kind: Kind) -> str:
    """Write an answer into every empty value, in blocks and on one line."""
    lines: list[str] = []
    way: list[tuple[int, Mapping[str, Any]]] = [(-1, kind.schema)]
    everything = text.splitlines()
    for number, line in enumerate(everything):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent, bare = len(line) - len(line.lstrip()), line.strip()
        if bare == "-" or bare.startswith("- "):
            while way[-1][0] >= indent:
                way.pop()
            item = way[-1][1]["items"]
            if bare == "-":
                name = re.sub(r".*\b(\w+):$", r"\1", lines[-1]) if lines else ""
                lines.append(f"{line} {plain(case, name, item)}")
                continue
            if "properties" not in item:
                lines.append(line)
                continue
            way.append((indent, item))
            indent, bare = indent + 2, bare[2:]
        key, _, value = bare.partition(":")
        while way[-1][0] >= indent:
            way.pop()
        node = way[-1][1]["properties"][key]
        following = next((each for each in everything[number + 1 :] if each.strip() and not each.lstrip().startswith("#")), "")
        is_leaf = not following or len(following) - len(following.lstrip()) <= indent
        if is_leaf and not value:
            lines.append(f"{line} {plain(case, key, node)}")
        else:
            lines.append(line if not value.strip().startswith(("{", "[")) else inline(line, case))
            way.append((indent, node))
    return "\n".join(lines) + "\n"


def inline(line: str, case: Case) -> str:
    """Fill in what is empty on one line: of a seal, its day."""
    said = {**dict(case.answers), "date": PLAIN["date"]}
    return re.sub(r"(\w+): (?=[,}])", lambda found: f"{found[1]}: {said.get(found[1]) or PLAIN[found[1]]}", line)


def settled(text: str, case: Case, kind: Kind) -> str:
    """Take the # off the seals up to the last that is set."""
    for seal in kind.seals:
        text = re.sub(rf"^# ({seal}: )", r"\1", text, flags=re.MULTILINE)
        if seal == case.seal:
            break
    return text


CASES = [
    Case(
        "review",
        "dang-uy-xa-giang-mau",
        "",
        {"answer": "resolved", "self_rating": "good", "area": "culture", "date": "2026-03-05"},
        "concluded",
        ("error:R19.open:concluded",),
    ),
    Case("plan", "dang-uy-xa-minh-hoa", "", {"owner": "dang-uy-xa-minh-hoa/roles/bi-thu"}, "approved"),
    Case("progress", "dang-uy-xa-an-mau", "", {"state": "started"}),
    Case("postponement", "dang-uy-xa-an-mau", "", {"to": "2026-06-30"}),
    Case("feedback", "dang-uy-xa-an-mau", "", {}, "opened"),
    Case("handover", "dang-uy-xa-an-mau"),
    Case("event", "dang-uy-xa-an-mau", "", {"value": "30", "of": "32"}),
    Case("lesson", "dang-uy-xa-an-mau"),
    Case("correction", "dang-uy-xa-an-mau", "tinh-uy-mau/suggestions/2025-an-mau#I1", {"nature": "reply"}),
    Case("cycle", "tinh-uy-mau", "", {"due": "2026-12-31"}, ""),
    Case("suggestion", "tinh-uy-mau", "", {"to": "dang-uy-xa-an-mau", "nature": "shortcoming"}, "issued"),
    Case("group", "tinh-uy-mau", "", {"lead": "tinh-uy-mau/roles/uy-vien-phu-trach-cum-1", "value": "5", "nature": "support"}, "established"),
    Case("answer", "tinh-uy-mau", "", {"result": "agreed"}),
    Case("classification", "tinh-uy-mau", "", {"level": "good"}),
    Case("reminder", "tinh-uy-mau"),
    Case("waiver", "tinh-uy-mau", "dang-uy-xa-an-mau/plans/2024", {"rule": "R24"}),
    Case(
        "inspection",
        "ubkt-tinh-uy-mau",
        "dang-uy-xa-an-mau",
        {"channel": "inspection", "areas": "land", "led_by": "ubkt-tinh-uy-mau/roles/uy-vien-1"},
        "planned",
    ),
    Case("verification", "ubkt-tinh-uy-mau", "", {"result": "confirmed"}),
    Case("figures", "ubkt-tinh-uy-mau", "", {"nature": "inspection", "counting": "instances", "unit": "lượt"}),
    Case("indicator", "ubkt-tinh-uy-mau", "", {"measure": "share", "from": "2026", "to": "2026", "period": "2026-03"}),
    Case("organisation", "dang-uy-xa-moi-mau", "tinh-uy-mau", {"role": "tinh-uy-mau/roles/uy-vien-phu-trach-cum-1", "type": "party_committee"}),
    Case("role", "mttq-xa-an-mau", "", {"rank": "deputy"}),
    Case("document", "tinh-uy-mau", "", {"dated": "2026-03-02", "nature": "plan"}),
    Case("criteria", "common/nam-noi-dung"),
    Case("source", "bao-minh-hoa-2026", "", {"shown_on": "2026-03-01", "url": "https://example.org/"}),
]
"""One for each kind but the project's own record, which is there once."""


@pytest.fixture(scope="module")
def tree() -> flow.Tree:
    return flow.read(EXAMPLE)


@pytest.fixture(scope="module")
def made(tree: flow.Tree) -> dict[str, New]:
    """What is begun for each case."""
    found = {case.id: drafting.new(tree, Wish(case.kind, case.where, case.about, DAY)) for case in CASES}
    assert {name: each for name, each in found.items() if isinstance(each, Refused)} == {}
    return {name: each for name, each in found.items() if isinstance(each, New)}


def objections(folder: Path) -> set[tuple[str, str, str, str]]:
    judged = flow.judge(flow.read(folder), DAY)
    return {(each.place.file, str(each.severity), f"{each.code}.{each.variant}".rstrip("."), "/".join(map(str, each.path))) for each in judged.problems}


@pytest.fixture(scope="module", params=["draft", "settled"])
def found(request: pytest.FixtureRequest, made: dict[str, New], tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str, str]]:
    """What is wrong with a copy of the example that holds one new record of each kind, and was not wrong before."""
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    before = objections(folder)
    for case in CASES:
        kind, new = KINDS[case.kind], made[case.id]
        text = settled(new.text, case, kind) if request.param == "settled" and case.seal else new.text
        refused = drafting.save(folder, New(new.file, filled(text, case, kind)))
        assert refused is None
    return objections(folder) - before


def test_every_kind_has_a_beginning_a_writer_and_a_case() -> None:
    assert set(beginnings.all_beginnings()) == set(KINDS)
    assert sorted(name for group in beginnings.WRITERS.values() for name in group) == sorted(KINDS)
    assert {case.kind for case in CASES} | {"project"} == set(KINDS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_filled_in_as_its_comments_say_it_is_accepted(case: Case, made: dict[str, New], found: set[tuple[str, str, str, str]]) -> None:
    said = {":".join(each[1:]) for each in found if each[0] == made[case.id].file}
    assert said - set(case.still) == set()


def test_nothing_else_is_the_worse_for_it(made: dict[str, New], found: set[tuple[str, str, str, str]]) -> None:
    """A few of the new records rightly wake rules about others: what is said there is that something is still to be written.

    A new organisation makes the file of who looks after which folder incomplete.
    """
    files = {each.file for each in made.values()}
    assert {each[2] for each in found if each[0] not in files and each[1] == Severity.ERROR} == {"H08"}


class TestReview:
    def test_it_lists_each_open_finding_with_its_words_and_an_empty_answer(self, tree: flow.Tree) -> None:
        text = begun(tree, "review", "dang-uy-xa-an-mau/2026-q1-lan-hai").text
        owed = re.findall(r"^ +# (?:Hạn chế trước đây: )?(.+)\n(?:^ +# .+\n)*^  - finding: (\S+)\n(?:^ +#.*\n)*^    answer:$", text, re.MULTILINE)
        judged = flow.judge(tree, DAY)
        row = next(each for each in judged.facts.carry if each.cycle == "tinh-uy-mau/cycles/2026-q1" and each.organisation == "dang-uy-xa-an-mau")
        assert sorted(ref for _, ref in owed) == sorted(each.part.ref for each in row.findings)
        assert len(owed) > 2

    def test_what_was_suggested_is_to_be_explained(self, tree: flow.Tree) -> None:
        text = begun(tree, "review", "dang-uy-xa-an-mau", day=date(2025, 11, 20)).text
        shortcoming, better = re.split(r"^  - of: tinh-uy-mau/suggestions/2025-an-mau#I\d$", text.split("\nexplanations:\n")[1], flags=re.MULTILINE)[1:]
        assert re.findall(r"^    (\w+):$", shortcoming, re.MULTILINE)[:3] == ["text", "cause", "responsibility"]
        assert re.findall(r"^    (\w+):$", better.split("\n\n")[0], re.MULTILINE) == ["text"]

    def test_the_sections_of_the_form_are_named(self, tree: flow.Tree) -> None:
        text = begun(tree, "review", "dang-uy-xa-giang-mau").text
        assert "template: party/2025-collective" in text
        assert "# Phần II của mẫu: Hạn chế, khuyết điểm và nguyên nhân.\nfindings:" in text

    def test_the_cycle_is_the_newest_that_was_opened_and_has_the_organisation_in_its_scope(self, tree: flow.Tree) -> None:
        assert "\ncycle: tinh-uy-mau/cycles/2026-q1\n" in begun(tree, "review", "dang-uy-xa-giang-mau").text
        assert "\ncycle: tinh-uy-mau/cycles/2025\n" in begun(tree, "review", "dang-uy-xa-dong-mau/lan-hai").text
        assert "\ncycle: tinh-uy-mau/cycles/2025\n" in begun(tree, "review", "dang-uy-xa-giang-mau/lan-hai", day=date(2026, 2, 1)).text

    def test_a_cycle_whose_day_has_passed_comes_before_a_newer_one_and_the_other_is_named(self, tmp_path: Path) -> None:
        tree = without_the_review_of_2025(tmp_path)
        text = begun(tree, "review", "dang-uy-xa-giang-mau").text
        assert "\ncycle: tinh-uy-mau/cycles/2025\n" in text
        assert re.search(r"^# Kỳ khác cũng đang chờ .*tinh-uy-mau/cycles/2026-q1", text, re.MULTILINE)

    @pytest.mark.parametrize(("name", "cycle", "title"), [("2025", "2025", "cuối năm 2025"), ("2026-q1", "2026-q1", "quý I năm 2026")])
    def test_the_name_that_is_chosen_says_which_cycle(self, tmp_path: Path, name: str, cycle: str, title: str) -> None:
        text = begun(without_the_review_of_2025(tmp_path), "review", f"dang-uy-xa-giang-mau/reviews/{name}").text
        assert f"\ncycle: tinh-uy-mau/cycles/{cycle}\n" in text
        assert f"\ntitle: Báo cáo kiểm điểm {title}\n" in text

    @pytest.mark.parametrize(("where", "sentence", "place"), [("dang-uy-xa-an-mau", "new.there", "2026-q1"), ("dang-uy-xa-dong-mau", "new.there.over", "2025")])
    def test_a_second_review_of_a_cycle_is_begun_only_by_name_and_says_so(self, tree: flow.Tree, where: str, sentence: str, place: str) -> None:
        refused = drafting.new(tree, Wish("review", where, "", DAY))
        assert isinstance(refused, Refused)
        assert (refused.sentence, refused.params["place"]) == (sentence, f"records/{where}/reviews/{place}.yml")
        named = begun(tree, "review", f"{where}/lan-hai")
        assert named.file == f"records/{where}/reviews/lan-hai.yml"
        assert f"đã có báo cáo {where}/reviews/{place}" in " ".join(named.text.replace("\n# ", " ").split())

    def test_the_review_of_a_post_is_of_that_post(self, tree: flow.Tree) -> None:
        made = begun(tree, "review", "dang-uy-xa-an-mau", "dang-uy-xa-an-mau/roles/bi-thu")
        assert "\nof: dang-uy-xa-an-mau/roles/bi-thu\n" in made.text
        assert "carry_over" not in made.text
        assert made.file.endswith("-ca-nhan.yml")


class TestPlan:
    def test_it_answers_the_newest_conclusion_without_a_plan_with_an_action_for_each_finding(self, tree: flow.Tree) -> None:
        text = begun(tree, "plan", "dang-uy-xa-minh-hoa").text
        base = tree.register.records["ubkt-tinh-uy-mau/inspections/2026-xa-minh-hoa-quy-den-on"]
        assert f"\n  - {base.id}\n" in text
        assert re.findall(r"^ +- (\S+#F\d+)$", text, re.MULTILINE) == [each.ref for each in base.parts_of("finding")]
        assert "\nfollowed_by: ubkt-tinh-uy-mau\n" in text
        assert "\naccountable: dang-uy-xa-minh-hoa/roles/bi-thu\n" in text

    def test_where_nothing_waits_for_a_plan_the_one_that_is_being_written_is_named(self, tree: flow.Tree) -> None:
        refused = drafting.new(tree, Wish("plan", "dang-uy-xa-giang-mau", "", DAY))
        assert isinstance(refused, Refused)
        assert (refused.sentence, refused.params["place"]) == ("new.there", "records/dang-uy-xa-giang-mau/plans/2025.yml")
        assert begun(tree, "plan", "dang-uy-xa-giang-mau/2026").file.endswith("/plans/2026.yml")

    def test_what_an_action_may_mend_is_shown_in_reviews_too(self, tree: flow.Tree) -> None:
        text = begun(tree, "plan", "dang-uy-xa-giang-mau/2026").text
        assert "ten-don-vi/reviews/ten-ho-so#F1 hoặc" in " ".join(text.replace("#  ", "").replace("\n      # ", " ").split())

    def test_it_can_be_asked_for_about_one_conclusion(self, tree: flow.Tree) -> None:
        text = begun(tree, "plan", "dang-uy-xa-an-mau", "records/tinh-uy-mau/suggestions/2025-an-mau.yml").text
        assert "- tinh-uy-mau/suggestions/2025-an-mau#I1\n" in text
        assert "#I2" not in text  # what could be better needs no action


class TestProgress:
    def test_it_has_an_entry_for_each_open_action_and_claims_nothing(self, tree: flow.Tree) -> None:
        made = begun(tree, "progress", "dang-uy-xa-an-mau", "dang-uy-xa-an-mau/plans/2025", day=date(2026, 1, 31))
        of = re.search(r"^of: (\S+)$", made.text, re.MULTILINE)
        assert of
        facts = flow.judge(tree, date(2026, 1, 31)).facts.actions
        actions = [part.id for part in tree.register.records[of[1]].parts_of("action") if facts[part.ref].is_open]
        assert re.findall(r"^  - action: (\S+)\n(?:^ +#.*\n)*^    state:$", made.text, re.MULTILINE) == actions
        assert made.file == "records/dang-uy-xa-an-mau/progress/2026-01.yml"
        assert re.search(r"^ +# reached: \[M1\]$", made.text, re.MULTILINE)
        assert not re.search(r"^ +reached:", made.text, re.MULTILINE)

    def test_a_successor_reports_on_what_it_took_over(self, tree: flow.Tree) -> None:
        plans = {each["of"] for each in _data(begun(tree, "progress", "dang-uy-xa-binh-cat", "dang-uy-xa-binh-mau/plans/2024"))}
        assert plans == {"dang-uy-xa-binh-mau/plans/2024"}


class TestThePage:
    """What the page of an organisation offers to copy."""

    def offers(self, tree: flow.Tree, where: str) -> dict[str, NewFile]:
        judged = flow.judge(tree, DAY)
        world = World(judged.register, judged.facts, (), site_of(judged.register, DAY), Titles(judged.register))
        return {each.words: each for each in new_records.make(world, judged.register.records[where])}

    def test_each_cycle_that_waits_for_a_review_has_its_own_offer(self, tmp_path: Path) -> None:
        offers = self.offers(without_the_review_of_2025(tmp_path), "dang-uy-xa-giang-mau")
        paths = {words: each.path for words, each in offers.items() if "báo cáo kiểm điểm" in words}
        assert paths == {
            "Thêm hồ sơ: báo cáo kiểm điểm cuối năm 2025": "records/dang-uy-xa-giang-mau/reviews/2025.yml",
            "Thêm hồ sơ: báo cáo kiểm điểm quý I năm 2026": "records/dang-uy-xa-giang-mau/reviews/2026-q1.yml",
        }

    def test_what_is_there_is_opened_and_not_made_again(self, tree: flow.Tree) -> None:
        written = self.offers(tree, "dang-uy-xa-an-mau")["Báo cáo kiểm điểm đang viết"]
        assert (written.there, written.text) == ("dang-uy-xa-an-mau/reviews/2026-q1", "")
        over = self.offers(tree, "dang-uy-xa-dong-mau")["Đã có báo cáo kiểm điểm của kỳ này"]
        assert over.path == "records/dang-uy-xa-dong-mau/reviews/2025.yml"
        plan = self.offers(tree, "dang-uy-xa-giang-mau")["Kế hoạch khắc phục đang viết"]
        assert plan.path == "records/dang-uy-xa-giang-mau/plans/2025.yml"

    def test_each_running_plan_that_is_reported_on_has_its_own_offer(self, tree: flow.Tree) -> None:
        """No two of them have one file; a plan on which nothing is left to do has none."""
        reports = {words: each for words, each in self.offers(tree, "dang-uy-xa-an-mau").items() if re.match("Báo cáo (kỳ|tháng) này", words)}
        assert {words: re.findall(r"^of: (\S+)$", each.text, re.MULTILINE) for words, each in reports.items()} == {
            "Báo cáo tháng này: Kế hoạch khắc phục sau kiểm điểm năm 2025": ["dang-uy-xa-an-mau/plans/2025"],
            "Báo cáo kỳ này: Kế hoạch đưa việc hướng dẫn hồ sơ về thôn": ["dang-uy-xa-an-mau/plans/2025-goi-y-mot-cua"],
            "Báo cáo tháng này: Kế hoạch khắc phục sau kiểm điểm năm 2024": ["dang-uy-xa-an-mau/plans/2024"],
        }
        assert len({each.path for each in reports.values()}) == 3
        taken_over = {of for each in self.offers(tree, "dang-uy-xa-binh-cat").values() for of in re.findall(r"^of: (\S+/plans/\S+)$", each.text, re.MULTILINE)}
        assert "dang-uy-xa-binh-mau/plans/2024" in taken_over
        assert "dang-uy-xa-cat-mau/plans/2024-ket-luan-dau-tu-cong" not in taken_over

    def test_who_is_above_others_may_let_them_wait_with_a_rule(self, tree: flow.Tree) -> None:
        offer = self.offers(tree, "tinh-uy-mau")["Thêm hồ sơ: tạm chưa áp dụng quy tắc"]
        assert offer.is_rare
        assert "\nrule:\n" in offer.text, "nobody is named as one who would have to be let off"
        assert "Thêm hồ sơ: tạm chưa áp dụng quy tắc" not in self.offers(tree, "dang-uy-xa-giang-mau")


def _data(made: New) -> list[dict[str, str]]:
    return [{"of": each} for each in re.findall(r"^of: (\S+)$", made.text, re.MULTILINE)]


class TestOthers:
    def test_a_postponement_is_of_what_is_overdue_longest(self, tree: flow.Tree) -> None:
        facts = flow.judge(tree, DAY).facts.actions.values()
        late = [each for each in facts if each.organisation == "dang-uy-xa-an-mau" and each.counts and each.overdue_days]
        free = [each for each in late if all(asked.result != "pending" for asked in each.postponements)]
        worst = max(free, key=lambda each: each.overdue_days)
        assert f"\nof: {worst.part.ref}\n" in begun(tree, "postponement", "dang-uy-xa-an-mau").text

    def test_a_verification_lists_what_is_claimed_and_the_answers_with_what_they_say(self, tree: flow.Tree) -> None:
        text = begun(tree, "verification", "ubkt-tinh-uy-mau", "dang-uy-xa-an-mau").text
        judged = flow.judge(tree, DAY)
        claimed = [
            each.part.ref
            for each in judged.facts.counted_actions()
            if each.organisation == "dang-uy-xa-an-mau" and each.state == "completed" and each.part.record.get("followed_by") in (None, "ubkt-tinh-uy-mau")
        ]
        assert all(f"- of: {ref}\n" in text for ref in claimed)
        assert text.count("check: carry_over") == len(re.findall(r"^    answer: \w+$", text, re.MULTILINE))

    def test_a_classification_has_a_row_for_each_organisation_that_is_not_rated(self, tree: flow.Tree) -> None:
        text = begun(tree, "classification", "tinh-uy-mau", "tinh-uy-mau/cycles/2026-q1").text
        assert re.findall(r"^    of: (\S+)$", text, re.MULTILINE) == ["dang-uy-xa-an-mau", "dang-uy-xa-giang-mau"]
        again = begun(tree, "classification", "tinh-uy-mau", "tinh-uy-mau/cycles/2025").text
        rated = {part.data["of"] for part in tree.register.records["tinh-uy-mau/classifications/2025"].parts_of("rating")}
        assert rated
        assert not rated & set(re.findall(r"^    of: (\S+)$", again, re.MULTILINE))

    def test_a_group_covers_whom_no_other_follows(self, tree: flow.Tree) -> None:
        covered = {ref for name in ("1", "2") for ref in tree.register.records[f"tinh-uy-mau/groups/2025-to-chi-dao-{name}"].get("covers")}
        text = begun(tree, "group", "tinh-uy-mau", "tinh-uy-mau/cycles/2025").text
        assert not set(re.findall(r"^  - (\S+)$", text, re.MULTILINE)) & covered

    def test_a_reminder_is_about_what_is_missing_by_its_due_day(self, tree: flow.Tree) -> None:
        text = begun(tree, "reminder", "tinh-uy-mau").text
        assert "\nof: tinh-uy-mau/cycles/2025\n" in text
        assert "\nstep: plan\n" in text
        assert "  - dang-uy-xa-giang-mau\n" in text

    def test_a_handover_names_all_that_is_open(self, tree: flow.Tree) -> None:
        text = begun(tree, "handover", "dang-uy-xa-an-mau", "dang-uy-xa-an-mau/roles/bi-thu").text
        facts = flow.judge(tree, DAY).facts.actions.values()
        owned = [each.part.ref for each in facts if each.counts and each.is_open and each.part.data.get("owner") == "dang-uy-xa-an-mau/roles/bi-thu"]
        assert owned
        assert all(f"  - {ref}\n" in text for ref in owned)

    @pytest.mark.parametrize(
        ("about", "name", "path"), [("#F1", "2024-f1", "statement"), ("#F2", "2024-f2", "statement"), ("", "2024", "findings/F1/statement")]
    )
    def test_a_correction_bears_the_name_of_the_part_and_shows_a_path_that_leads_somewhere(self, tree: flow.Tree, about: str, name: str, path: str) -> None:
        made = begun(tree, "correction", "dang-uy-xa-giang-mau", f"dang-uy-xa-giang-mau/reviews/2024{about}")
        assert made.file == f"records/dang-uy-xa-giang-mau/corrections/2026-03-15-{name}.yml"
        assert f"(ví dụ path: {path})" in " ".join(made.text.replace("\n# ", " ").split())

    def test_no_milestone_is_told_with_two_stops(self, tree: flow.Tree) -> None:
        text = begun(tree, "progress", "dang-uy-xa-giang-mau", "dang-uy-xa-giang-mau/plans/2025-ket-luan-dat-cong-ich").text
        assert "M2 = " in text
        assert ".." not in text

    def test_who_may_say_what_follows_from_who_speaks(self, tree: flow.Tree) -> None:
        for who, purpose in (("tinh-uy-mau", "suggestion"), ("ban-to-chuc-tinh-uy-mau", "sector_comment"), ("mttq-xa-an-mau", "critique")):
            assert f"\npurpose: {purpose}\n" in begun(tree, "suggestion", who).text


class TestTheDay:
    def test_what_is_dated_later_is_not_known_yet(self, tree: flow.Tree) -> None:
        text = begun(tree, "review", "dang-uy-xa-an-mau", day=date(2025, 3, 31)).text
        assert "reviews/2025" not in text

    def test_a_name_that_a_later_record_has_is_not_proposed(self, tree: flow.Tree) -> None:
        made = begun(tree, "review", "dang-uy-xa-an-mau", day=date(2025, 3, 31))
        assert not (EXAMPLE / made.file).exists()


def test_every_organisation_can_begin_every_kind_on_every_day(tree: flow.Tree) -> None:
    """No gap in what is known stops it: what nobody knows is left to be filled in."""
    for day in (date(2019, 1, 1), date(2024, 12, 20), date(2025, 7, 1), DAY, date(2027, 1, 1)):
        judged = flow.judge(tree, day)
        world = Office(judged.register, judged.facts)
        for organisation in tree.register.of_kind("organisation"):
            desk = Desk(world, organisation.id)
            for kind in KINDS.values():
                begun_one = beginnings.begin(kind, desk)
                assert set(begun_one.data) <= set(kind.schema["properties"])


def without_the_review_of_2025(folder: Path) -> flow.Tree:
    """The example, as it would be had one commune not reviewed the year."""
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    (folder / "records/dang-uy-xa-giang-mau/reviews/2025.yml").unlink()
    return flow.read(folder)


def begun(tree: flow.Tree, kind: str, where: str, about: str = "", day: date = DAY) -> New:
    made = drafting.new(tree, Wish(kind, where, about, day))
    assert isinstance(made, New), made
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_every_key_it_is_still_filled_in_as_far_as_the_records_go(tree: flow.Tree, case: Case, lang: str) -> None:
    made = drafting.new(tree, Wish(case.kind, case.where, case.about, DAY, full=True, lang=lang))
    assert isinstance(made, New)
    assert {each.code for each in parse(made.text.encode(), "x.yml").problems} <= {"L05", "L13"}
    short = drafting.new(tree, Wish(case.kind, case.where, case.about, DAY, lang=lang))
    assert isinstance(short, New)
    keys = {line.strip() for line in short.text.splitlines() if re.match(r"[a-z_]+: \S", line)}
    assert keys <= {line.strip() for line in made.text.splitlines()}


def notes() -> set[str]:
    """The names of the sentences that the beginnings ask for."""
    found: set[str] = set()
    for path in (Path(flow.__file__).parent / "beginnings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if isinstance(node, ast.Call) and name in ("noted", "Note"):
                asked = node.args[1 if name == "noted" else 0]
                found |= {str(asked.value)} if isinstance(asked, ast.Constant) else set()
    return found


def test_every_note_has_its_sentence_and_every_sentence_its_note() -> None:
    for lang in LANGUAGES:
        assert {re.sub(r"^new\.(note|title)\.", "", name) for name in catalogue(lang) if re.match(r"new\.(note|title)\.", name)} == notes()
