"""What regulations and organisations choose is data with dates: before and after each regulation, laid over each other, refused where it can not be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases import SAMPLE
from registers import Data, kinds, plural, register
from tusoi import flow, load, page, progress, quota_shares, report, schema, skeleton
from tusoi.dates import Span, span
from tusoi.kinds import Kinds, profile_of
from tusoi.problem import Severity
from tusoi.profile import EMPTY, VOCABULARIES, Profile, Term, Validity
from tusoi.record import Draft, Record, Register, Source
from tusoi.record_days import day_of

PARTY = flow.profiles().profile("party")
GENERIC = flow.profiles().profile("generic")
DAY = date(2026, 3, 15)
REAL = Path(__file__).parents[1]
FIELD_WORDS = ("quy-tac", "doi-chieu-yeu-cau", "tu-ngu", "mau/")
"""Pages of the tool about itself: rules, the rows of the sources, keys and templates keep the words of the field."""
HEAD = "format: 1\ntitle: {vi: Huyện Minh Họa, en: Minh Họa}\nextends: party\n"


def on(text: str) -> date:
    return date.fromisoformat(text)


def project(tmp_path: Path, profiles: Mapping[str, str], name: str = "minh-hoa") -> flow.Tree:
    """Read the miniature with profiles of its own, of which it names one."""
    tree = tmp_path / "tree"
    shutil.copytree(SAMPLE, tree)
    (tree / "profiles").mkdir()
    for file, text in profiles.items():
        (tree / "profiles" / file).write_text(text, encoding="utf-8")
    place = tree / "records" / "project.yml"
    place.write_text(place.read_text(encoding="utf-8").replace("profile: party", f"profile: {name}"), encoding="utf-8")
    return flow.read(tree)


def wrong(tree: flow.Tree) -> list[str]:
    return [f"{each.message} {each.place.file}:{each.place.line}" for each in tree.problems if each.severity is not Severity.INFO]


class TestDates:
    @pytest.mark.parametrize(
        ("day", "scheme"),
        [
            ("2018-03-08", "party/2018"),
            ("2023-10-03", "party/2018"),
            ("2023-10-04", "party/2023"),
            ("2025-08-29", "party/2023"),
            ("2025-08-30", "party/2025"),
            ("2026-03-15", "party/2025"),
        ],
    )
    def test_each_regulation_brings_its_scale_and_ends_the_one_before(self, day: str, scheme: str) -> None:
        assert [each.id for each in PARTY.schemes_in_force(on(day)) if each.validity.basis] == [scheme]

    def test_before_the_first_regulation_no_scale_of_four_levels_is_in_force(self) -> None:
        assert [each.id for each in PARTY.schemes_in_force(on("2018-03-07"))] == ["party/trong-sach-vung-manh"]

    def test_the_older_scale_is_known_until_four_levels_were_said_of_collectives(self) -> None:
        assert PARTY.is_in_force("schemes", "party/trong-sach-vung-manh", on("2021-12-31"))
        assert not PARTY.is_in_force("schemes", "party/trong-sach-vung-manh", on("2023-10-04"))

    @pytest.mark.parametrize(
        ("day", "form"),
        [
            ("2012-10-09", "party/2012-collective"),
            ("2022-12-31", None),
            ("2023-11-09", None),
            ("2023-11-10", "party/2023-collective"),
            ("2025-10-30", "party/2023-collective"),
            ("2025-10-31", "party/2025-collective"),
        ],
    )
    def test_each_guidance_brings_its_form(self, day: str, form: str | None) -> None:
        assert [each.id for each in PARTY.templates_in_force(on(day), "collective")] == ([form] if form else [])

    def test_a_month_is_judged_as_all_its_days(self) -> None:
        """Whether March 2018 was before or after the 8th nobody knows: neither is refused."""
        assert PARTY.is_in_force("schemes", "party/2018", span("2018-03"))
        assert not PARTY.is_in_force("schemes", "party/2018", span("2018-02"))
        assert PARTY.is_in_force("schemes", "party/2023", span("2025"))
        assert PARTY.is_in_force("schemes", "party/2025", span("2025"))

    def test_what_has_no_day_was_ever_in_force(self) -> None:
        assert PARTY.is_in_force("schemes", "party/2018", None)
        assert not PARTY.is_in_force("schemes", "party/2017", None)

    def test_mending_everything_became_a_condition_of_the_highest_level(self) -> None:
        assert PARTY.severity("R15", "", on("2025-08-29")) is Severity.WARNING
        assert PARTY.severity("R15", "", on("2025-08-30")) is Severity.ERROR
        assert PARTY.severity("R01", "", DAY) is None

    def test_provincial_sessions_became_two_days(self) -> None:
        assert PARTY.number("session_days_min_provincial", on("2025-10-30")) == 1
        assert PARTY.number("session_days_min_provincial", on("2025-10-31")) == 2
        assert PARTY.number("plan_due_days", on("2025-10-31")) == PARTY.number("plan_due_days", on("2012-01-01")) == 30

    def test_reviews_came_each_quarter_too(self) -> None:
        assert PARTY.every("review", on("2024-01-01")) == ("year",)
        assert PARTY.every("review", on("2025-08-30")) == ("year", "quarter")

    def test_the_limit_for_members_was_that_of_one_guidance(self) -> None:
        assert PARTY.quotas(on("2019-10-17"), "individual") == ()
        (limit,) = PARTY.quotas(on("2019-10-18"), "individual")
        assert (limit.limit, limit.denominator, limit.validity.basis[0].number) == (20, "good", "21-HD/BTCTW")
        assert PARTY.quotas(on("2023-11-10"), "individual") == ()

    def test_own_rules_are_asked_for_since_the_decision_that_asks_for_them(self) -> None:
        assert PARTY.listed("local_rules_for", on("2013-12-11")) == ()
        assert "enterprise" in PARTY.listed("local_rules_for", on("2013-12-12"))

    def test_points_are_those_that_were_found(self) -> None:
        levels = {each.id: each.points for each in PARTY.scheme("party/2025").levels}  # type: ignore[union-attr]
        assert levels == {"excellent": (90, None), "good": (70, 90), "completed": (50, 70), "not_completed": (None, None)}


class TestDayOfARecord:
    @pytest.mark.parametrize(
        ("name", "data", "day"),
        [
            ("xa/classifications/1", {"cycle": "xa/cycles/1", "proposed": {"date": "2025-08-20"}, "decided": {"date": "2025-09-05"}}, "2025-09-05"),
            ("xa/classifications/1", {"cycle": "xa/cycles/1", "proposed": {"date": "2025-08-20"}}, "2025-08-20"),
            ("xa/classifications/1", {"cycle": "xa/cycles/1"}, "2025-12-31"),
            ("xa/cycles/1", {}, "2025-12-31"),
            ("xa/documents/1", {"dated": "2019-10-18"}, "2019-10-18"),
            ("xa/lessons/1", {"date": "2024"}, "2024"),
            ("xa/lessons/1", {}, None),
        ],
    )
    def test_it_is_that_of_the_last_seal_or_its_own_or_the_end_of_its_cycle(self, name: str, data: Data, day: str | None) -> None:
        cycle: Data = {"name": "Kỳ", "kind": "annual", "from": "2025-01-01", "to": "2025-12-31"}
        made = register({"xa/cycles/1": cycle}, {name: {**(cycle if "cycles" in name else {}), **data}})
        assert day_of(made.records[name], made) == span(day)


class TestContent:
    def test_every_number_is_in_both_profiles(self) -> None:
        """A rule that asks for a number gets one, whatever the profile and the day."""
        known = set(_schema()["properties"]["numbers"]["items"]["properties"]) - {"from", "to", "basis"}
        for profile in (PARTY, GENERIC):
            assert {name for name in known if profile.number(name, on("2001-01-01")) is not None} == known

    def test_a_number_that_nobody_states_is_a_mistake_of_the_rule(self) -> None:
        with pytest.raises(KeyError):
            PARTY.number("days_of_rain")

    def test_there_are_areas_and_three_go_wrong_easily(self) -> None:
        assert len(PARTY.areas()) == 21
        assert {each.id for each in PARTY.areas() if each.high_risk} == {"land", "construction", "finance"}

    @pytest.mark.parametrize("profile", [PARTY, GENERIC], ids=lambda each: str(each.name))
    def test_every_scale_has_one_top_and_remediation_among_its_criteria(self, profile: Profile) -> None:
        for scheme in profile.schemes:
            assert sum(each.is_top for each in scheme.levels) == 1
            assert scheme.levels[0].is_top
            if scheme.criteria:
                assert "remediation" in {each.id for each in scheme.criteria}

    @pytest.mark.parametrize("profile", [PARTY, GENERIC], ids=lambda each: str(each.name))
    def test_every_section_of_a_form_is_filled_by_keys_that_a_review_or_its_plan_has(self, profile: Profile) -> None:
        keys = {**flow.kinds()["review"].schema["properties"], "plan": {"properties": flow.kinds()["plan"].schema["properties"]}}
        for template in profile.templates:
            for section in template.sections:
                for path in section.filled_by:
                    here: Any = {"properties": keys}
                    for key in path.split("/"):
                        here = here["items"] if key == "*" else here["properties"][key]

    @pytest.mark.parametrize("profile", [PARTY, GENERIC], ids=lambda each: str(each.name))
    def test_lists_name_words_of_the_schemas(self, profile: Profile) -> None:
        types = flow.kinds()["organisation"].schema["properties"]["type"]["enum"]
        ranks = flow.kinds()["role"].schema["properties"]["rank"]["enum"]
        assert set(profile.listed("local_rules_for")) <= set(types)
        assert set(profile.listed("lead_ranks")) <= set(ranks)

    def test_every_own_name_is_of_something_that_is_there(self) -> None:
        for label in GENERIC.labels:
            name, *keys = label.of.split(".")
            parts = {part for kind in kinds().values() for _, _, part in kind.parts}
            assert name in kinds() or name in parts
            if keys:
                key, word = keys
                assert word in kinds()[name].schema["properties"][key]["x-words"]

    def test_every_vocabulary_of_a_schema_is_one_that_profiles_have(self) -> None:
        named = {each["x-vocabulary"] for kind in kinds().values() for each in _nodes(kind.schema) if "x-vocabulary" in each}
        assert named == {*VOCABULARIES, "profiles"}

    def test_what_an_editor_is_offered_without_the_program_is_in_the_profile_of_the_party(self) -> None:
        """Editors read the schemas alone: their examples stand in for the words."""
        for kind in kinds().values():
            for each in _nodes(kind.schema):
                if "x-vocabulary" in each:
                    assert set(each["examples"]) <= set(each["x-words"]) | set(flow.profiles().names), kind.name

    def test_the_schema_of_profiles_speaks_both_languages(self) -> None:
        silent = [
            key
            for node in _nodes(_schema())
            for key, each in node.get("properties", {}).items()
            if not (each.get("title") and each.get("description") and each.get("x-en", {}).get("title") and each.get("x-en", {}).get("description"))
        ]
        assert silent == []


class TestWords:
    def test_the_schemas_of_a_project_speak_its_profile(self) -> None:
        area = flow.kinds()["review"].schema["properties"]["findings"]["items"]["properties"]["area"]
        assert area["x-words"]["land"]["vi"] == "Đất đai, lâm nghiệp"
        other = flow.kinds("generic")["review"].schema["properties"]["findings"]["items"]["properties"]["area"]
        assert "land" not in other["x-words"]
        assert "procurement" in other["x-words"]

    def test_a_profile_may_call_kinds_parts_and_words_by_other_names(self) -> None:
        spoken = flow.kinds("generic")
        assert spoken["review"].words["vi"] == spoken["review"].schema["title"] == "Báo cáo tự đánh giá"
        assert spoken.words("finding")["vi"] == "điểm cần khắc phục"
        assert spoken["review"].schema["properties"]["findings"]["x-part"]["words"]["vi"] == "điểm cần khắc phục"
        assert spoken["organisation"].schema["properties"]["type"]["x-words"]["inspection_body"]["vi"] == "Ban kiểm toán, ban kiểm soát"
        assert flow.kinds()["review"].words["vi"] == "Báo cáo kiểm điểm"

    def test_fixed_texts_are_said_in_the_words_of_the_profile(self) -> None:
        assert GENERIC.reworded("Kiểm điểm và hạn chế, khuyết điểm của kỳ kiểm điểm") == "Tự đánh giá và điểm cần khắc phục của kỳ đánh giá"
        assert GENERIC.reworded("Gợi ý kiểm điểm; gợi ý") == "Lưu ý của cấp trên; lưu ý"
        assert GENERIC.reworded("hạn chế_x") == "hạn chế_x"
        assert PARTY.reworded("Kiểm điểm") == "Kiểm điểm"
        dated = replace(GENERIC, terms=(Term("kiểm điểm", "tự đánh giá", Validity("2026-01-01", "")),))
        assert dated.reworded("kiểm điểm", on("2025-12-31")) == "kiểm điểm"
        assert dated.reworded("kiểm điểm", on("2026-01-01")) == "tự đánh giá"

    def test_pages_and_files_of_a_school_speak_its_words_and_leave_its_records_alone(self) -> None:
        finding = {"id": "F1", "statement": "Kiểm điểm hạn chế của phòng máy còn muộn.", "causes": [{"kind": "subjective", "text": "Giao muộn."}]}
        records: dict[str, Data] = {
            "truong": {"name": "Trường Minh Họa", "type": "school"},
            "truong/cycles/2025": {"name": "Năm 2025", "kind": "annual", "from": 2025, "to": 2025, "scope": ["truong"], "opened": {"date": "2025-01-02"}},
            "truong/reviews/2025": {"cycle": "truong/cycles/2025", "findings": [finding], "concluded": {"date": "2025-12-12"}},
        }
        spoken = flow.kinds("generic")
        made, facts = _register_and_facts(records, spoken)
        pages = page.render(made, facts)
        assert "Kiểm điểm hạn chế của phòng máy còn muộn." in pages["truong/reviews/2025/F1.html"].html
        ours = {path: each.html.replace("Kiểm điểm hạn chế của phòng máy còn muộn", "") for path, each in pages.items() if not path.startswith(FIELD_WORDS)}
        assert {path for path, html in ours.items() if "kiểm điểm" in html.lower()} == set()
        assert len(ours) > 30
        heads = page.files_of(pages)["bang/giao-trach-nhiem.csv"].splitlines()[0]
        assert "Điểm cần khắc phục" in heads
        assert "Hạn chế" not in heads

    def test_kinds_without_a_profile_ask_for_nothing(self) -> None:
        assert profile_of({}) is EMPTY
        assert EMPTY.meanings("areas") == {}

    def test_a_template_offers_the_words_of_the_profile(self) -> None:
        assert "#   procurement = Mua sắm, đấu thầu" in skeleton.full(flow.kinds("generic")["review"])
        assert "#   land = Đất đai, lâm nghiệp" in skeleton.full(flow.kinds()["review"])

    @pytest.mark.parametrize(("value", "near"), [("Đất đai", "land"), ("Land", "land"), (12, "")])
    def test_a_word_of_a_wrong_form_is_told_which_words_there_are(self, value: object, near: str) -> None:
        data: dict[str, Any] = {"cycle": "a/cycles/1", "findings": [{"id": "F1", "statement": "Một.", "area": value}]}
        _, found, _ = schema.accept([Draft("a/reviews/1", "reviews", data, Source("x.yml"))], flow.kinds())
        (only,) = found
        assert only.code == "S04"
        assert dict(only.params).get("near", "") == near
        assert "finance = Tài chính, ngân sách" in report.hint(only, "vi")

    def test_a_level_has_the_words_of_its_scale(self) -> None:
        assert PARTY.level("exemplary_clean_strong", "party/trong-sach-vung-manh").words["vi"] == "Trong sạch, vững mạnh tiêu biểu"  # type: ignore[union-attr]
        assert PARTY.level("exemplary_clean_strong", "party/2025") is None
        assert GENERIC.word("levels", "excellent") == "Xuất sắc"
        assert PARTY.word("areas", "no_such_area") == "no_such_area"


class TestProfilesOfAProject:
    def test_it_adds_to_the_one_that_it_extends(self, tmp_path: Path) -> None:
        tree = project(
            tmp_path,
            {
                "minh-hoa.yml": HEAD
                + "areas:\n  - {id: land, words: {vi: Đất, en: Land}}\n  - {id: irrigation, words: {vi: Thủy lợi, en: Irrigation}, high_risk: true}\n"
                + "numbers:\n  - {plan_due_days: 45}\nseverities:\n  - {rule: R15, severity: information}\n  - {rule: R01.causes, severity: warning}\n"
            },
        )
        own = tree.profile
        assert wrong(tree) == []
        assert (own.name, own.title["vi"], own.is_whole) == ("minh-hoa", "Huyện Minh Họa", True)
        assert [each.id for each in own.areas()] == [*(each.id for each in PARTY.areas()), "irrigation"]
        assert own.word("areas", "land") == "Đất"
        assert (own.number("plan_due_days", DAY), own.number("answer_days", DAY)) == (45, 30)
        assert own.severity("R15", "", DAY) is Severity.INFO
        assert (own.severity("R01", "causes", DAY), own.severity("R01", "remedy", DAY)) == (Severity.WARNING, None)
        assert own.scheme("party/2025") == PARTY.scheme("party/2025")

    def test_one_may_extend_another_of_the_project(self, tmp_path: Path) -> None:
        tree = project(
            tmp_path,
            {
                "tinh-mau.yml": HEAD + "numbers:\n  - {plan_due_days: 20}\n",
                "minh-hoa.yml": HEAD.replace("party", "tinh-mau") + "numbers:\n  - {answer_days: 7}\n",
            },
        )
        assert wrong(tree) == []
        assert (tree.profile.number("plan_due_days"), tree.profile.number("answer_days")) == (20, 7)

    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            ({}, ["X24 records/project.yml:7"]),
            ({"minh-hoaa.yml": HEAD}, ["X24.near records/project.yml:7"]),
            ({"minh-hoa.yml": HEAD.replace("extends: party\n", "")}, ["X24.alone profiles/minh-hoa.yml:1"]),
            ({"minh-hoa.yml": HEAD.replace("extends: party", "extends: dang")}, ["X24.extends profiles/minh-hoa.yml:3"]),
            ({"minh-hoa.yml": HEAD.replace("extends: party", "extends: minh-hoa")}, ["X24.circle profiles/minh-hoa.yml:3"]),
            ({"minh-hoa.yml": HEAD, "party.yml": HEAD}, ["X24.taken profiles/party.yml:1"]),
            ({"minh-hoa.yml": HEAD, "Của xã.yml": HEAD}, ["X24.name profiles/Của xã.yml:0"]),
            ({"minh-hoa.yml": HEAD + "areas: [\n"}, ["L09.bracket profiles/minh-hoa.yml:5"]),
            ({"minh-hoa.yml": HEAD + "aeras:\n  - {id: a}\n"}, ["S02.near profiles/minh-hoa.yml:4"]),
            ({"minh-hoa.yml": HEAD + "severities:\n  - {rule: R99, severity: error}\n"}, ["X25.rule profiles/minh-hoa.yml:5"]),
            (
                {"minh-hoa.yml": HEAD + "cadences:\n  - {of: review, every: year, from: 2025, to: 2024}\n"},
                ["X25.order profiles/minh-hoa.yml:5"],
            ),
            (
                {"minh-hoa.yml": HEAD + "areas:\n  - {id: a, words: {vi: A, en: A}}\n  - {id: a, words: {vi: B, en: B}, from: 2025}\n"},
                ["X25.twice profiles/minh-hoa.yml:6"],
            ),
            (
                {"minh-hoa.yml": HEAD + "areas:\n  - {id: a, words: {vi: A, en: A}, to: 2024, replaced_by: b}\n"},
                ["X25.replaced profiles/minh-hoa.yml:5"],
            ),
            ({"minh-hoa.yml": HEAD}, []),
        ],
    )
    def test_what_is_wrong_with_one_is_said_with_its_place(self, files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
        found = wrong(project(tmp_path, files))
        assert [each for each in found if each[0] != "R"] == expected

    def test_two_readings_can_not_both_count(self, tmp_path: Path) -> None:
        own = (
            "quotas:\n  - id: ours\n    words: {vi: của huyện, en: ours}\n    for: organisation\n    level: excellent\n    limit: 20\n"
            "    denominator: all\n    group: organiser\n    rounding: up\n    counts: true\n"
        )
        assert wrong(project(tmp_path, {"minh-hoa.yml": HEAD + own})) == ["X25.counts profiles/minh-hoa.yml:13"]

    def test_an_entry_with_an_end_makes_room_for_another(self, tmp_path: Path) -> None:
        own = "areas:\n  - {id: a, words: {vi: A, en: A}, to: 2024}\n  - {id: a, words: {vi: B, en: B}, from: 2025}\n"
        tree = project(tmp_path, {"minh-hoa.yml": HEAD + own})
        assert wrong(tree) == []
        assert (tree.profile.word("areas", "a", when=on("2024-12-31")), tree.profile.word("areas", "a", when=on("2025-01-01"))) == ("A", "B")

    def test_while_one_can_not_be_read_nobody_is_told_that_its_words_are_unknown(self, tmp_path: Path) -> None:
        """One mistake gives one problem, not one for each record that uses the profile's own words."""
        tree = project(tmp_path, {"minh-hoa.yml": HEAD + "areas: [\n"})
        place = tree.folder / "records/dang-uy-xa-an-mau/reviews/2024.yml"
        place.write_text(place.read_text(encoding="utf-8").replace("area: land", "area: irrigation"), encoding="utf-8")
        judged = flow.judge(flow.read(tree.folder), DAY)
        assert [each.message for each in judged.problems if each.code in ("R57", "X24", "L09")] == ["L09.bracket"]
        assert not judged.tree.profile.is_whole

    def test_a_link_in_the_folder_of_profiles_is_refused(self, tmp_path: Path) -> None:
        tree = project(tmp_path, {"minh-hoa.yml": HEAD})
        (tree.folder / "profiles" / "other.yml").symlink_to("/etc/hostname")
        assert any(each.code == "L02" and each.place.file == "profiles/other.yml" for each in flow.read(tree.folder).problems)

    def test_a_folder_of_profiles_that_is_a_link_is_not_read(self, tmp_path: Path) -> None:
        tree = project(tmp_path, {"minh-hoa.yml": HEAD})
        (tree.folder / "profiles").rename(tmp_path / "elsewhere")
        (tree.folder / "profiles").symlink_to(tmp_path / "elsewhere")
        found = flow.read(tree.folder)
        assert [each.code for each in found.problems if each.severity is Severity.ERROR] == ["L02", "X24"]

    def test_a_name_that_can_be_no_file_is_told_once(self, tmp_path: Path) -> None:
        assert wrong(project(tmp_path, {}, "Đảng ủy")) == ["S04 records/project.yml:7"]

    def test_every_sentence_about_profiles_is_there_in_both_languages(self, tmp_path: Path) -> None:
        for number, files in enumerate(({}, {"minh-hoa.yml": HEAD.replace("party", "dang")}, {"minh-hoa.yml": HEAD, "party.yml": HEAD})):
            for each in project(tmp_path / str(number), files).problems:
                assert all(report.sentence(each, lang) and report.hint(each, lang) for lang in ("vi", "en"))


class TestOtherOrganisations:
    def test_a_school_speaks_its_own_words_on_every_page(self) -> None:
        """The same program, without a word of the Party where the profile has another."""
        records: dict[str, Data] = {
            "project": {"format": 1, "root": "truong", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "generic", "audience": "public"},
            "truong": {"name": "Trường Mẫu", "type": "school"},
            "truong/cycles/2025": {"name": "Đánh giá năm 2025", "kind": "annual", "from": "2025-01-01", "to": "2025-12-31"},
            "truong/classifications/2025": {
                "cycle": "truong/cycles/2025",
                "scheme": "generic/four-levels",
                "ratings": [{"id": "R1", "of": "truong", "level": "completed"}],
                "decided": {"date": "2025-12-30", "by": "truong", "tally_by": "truong"},
            },
        }
        spoken = flow.kinds("generic")
        made = page.render(*_register_and_facts(records, spoken))
        assert "Đạt" in made["truong/classifications/2025.html"].html
        assert "Hoàn thành nhiệm vụ" not in made["truong/classifications/2025.html"].html
        assert "Báo cáo tự đánh giá" in made["mau/index.html"].html
        assert "Đất đai, lâm nghiệp" not in made["tu-ngu.html"].html


class TestQuotas:
    def test_the_two_readings_of_ten_of_forty_nine(self) -> None:
        """A newspaper tells of 10 excellent of 49, and that all are good or better."""
        tree = flow.read(REAL)
        record = tree.register.records["huyen-uy-bac-son/classifications/2020"]
        found = quota_shares.readings((record,), tree.register, tree.profile)
        assert [(each.quota.denominator, each.top, each.whole, each.allowed, each.is_derived) for each in found] == [
            ("good", 10, 39, 7, True),
            ("all", 10, 49, 9, False),
        ]

    @pytest.mark.parametrize(("rounding", "allowed"), [("down", 9), ("up", 10), ("nearest", 10)])
    def test_a_limit_that_is_no_whole_number_is_rounded_as_declared(self, rounding: str, allowed: int) -> None:
        assert reading(rounding=rounding, whole=49).allowed == allowed

    def test_exactly_the_limit_is_within_it(self) -> None:
        assert (reading(top=10, whole=50).over, reading(top=11, whole=50).over) == (0, 1)

    def test_a_small_denominator_is_not_judged(self) -> None:
        assert (reading(top=4, whole=4).over, reading(top=5, whole=5).over) == (0, 4)

    def test_decisions_of_one_body_in_one_cycle_count_together(self) -> None:
        """Rating a few at a time does not move a limit."""
        made = register(*(_decision(number) for number in (1, 2)), _bodies(10))
        first, second = (made.records[f"tinh/classifications/2025-{number}"] for number in (1, 2))
        assert quota_shares.together(first, made) == (first, second)
        (found,) = [each for each in quota_shares.readings((first, second), made, PARTY) if each.quota.denominator == "all"]
        assert (found.group, found.top, found.whole, found.over) == ("Nhóm một", 2, 10, 0)

    def test_a_group_is_judged_only_when_all_of_it_is_rated(self) -> None:
        made = register(_decision(1, open_row=True), _bodies(10))
        assert quota_shares.readings((made.records["tinh/classifications/2025-1"],), made, PARTY) == ()

    def test_posts_are_never_counted(self) -> None:
        rows = [{"id": f"R{number}", "of": f"xa-1/roles/chuc-{number}", "level": "excellent"} for number in range(1, 9)]
        posts = {f"xa-1/roles/chuc-{number}": {"name": "Chức danh", "rank": "member"} for number in range(1, 9)}
        made = register(_bodies(1), posts, {"tinh/classifications/2025-1": {**_decision(1)["tinh/classifications/2025-1"], "ratings": rows}})
        assert quota_shares.readings((made.records["tinh/classifications/2025-1"],), made, PARTY) == ()

    def test_the_board_shows_own_decisions_by_peer_group_with_every_reading(self) -> None:
        made = page.files_of(flow.judge(flow.read(SAMPLE), DAY).pages())["bang/ty-le-xuat-sac.csv"]
        assert "1/1 = 100 %" in made
        assert "1/2 = 50,0 %" in made
        assert "Không xét: mẫu số dưới 5" in made


def reading(top: int = 10, whole: int = 50, rounding: str = "down") -> quota_shares.Reading:
    quota = PARTY.quota("excellent", DAY)
    assert quota
    return quota_shares.Reading(replace(quota, rounding=rounding), "", top, whole)


def _bodies(number: int) -> dict[str, Data]:
    bodies = {f"xa-{each}": {"name": f"Xã {each}", "type": "party_committee", "peer_group": "Nhóm một"} for each in range(1, number + 1)}
    return bodies | {"tinh": {"name": "Tỉnh", "type": "party_committee"}}


def _decision(number: int, *, open_row: bool = False) -> dict[str, Data]:
    """Five organisations, the first of them excellent."""
    first = 5 * (number - 1) + 1
    rows: list[Data] = [{"id": f"R{each}", "of": f"xa-{first + each - 1}", "level": "excellent" if each == 1 else "good"} for each in range(1, 6)]
    if open_row:
        del rows[4]["level"]
    decided = {"date": f"2025-12-2{number}", "by": "tinh", "tally_by": "tinh"}
    return {f"tinh/classifications/2025-{number}": {"cycle": "tinh/cycles/2025", "scheme": "party/2025", "ratings": rows, "decided": decided}}


def _register_and_facts(records: Mapping[str, Data], spoken: Kinds) -> tuple[Any, Any]:
    made: list[Record] = []
    for name, data in records.items():
        kind = next(each for each in spoken.values() if each.plural == plural(name))
        made.append(spoken.record(kind.name, name, data, Source(f"records/{name}.yml")))
    whole = Register.of(spoken, made)
    return whole, progress.measure(whole, DAY)


def _schema() -> dict[str, Any]:
    found = load.schemas(flow.HERE / "profiles")["profile.schema.json"]
    return dict(json.loads(json.dumps(found)))


def _nodes(schema_: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema_, Mapping):
        yield schema_
        for each in schema_.values():
            yield from _nodes(each)
    elif isinstance(schema_, list | tuple):
        for each in schema_:
            yield from _nodes(each)


def test_a_span_is_a_day_too() -> None:
    assert PARTY.is_in_force("schemes", "party/2018", Span(on("2018-03-08"), on("2018-03-08")))
