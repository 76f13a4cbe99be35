"""What the schemas accept, what they refuse, and what an editor is told about it."""

from __future__ import annotations

import copy
import json
import re
import string
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tusoi import flow, key_names, key_slips, load, messages, schema
from tusoi.kinds import Kinds
from tusoi.problem import Problem, Severity
from tusoi.record import Draft, Source
from tusoi.strict_yaml import parse

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "schemas"
CASES = HERE / "cases" / "schemas"
PACKAGED = load.schemas(SCHEMAS)
_COMPILED, SCHEMA_PROBLEMS = schema.kinds(PACKAGED)
KINDS = _COMPILED.speaking(flow.profiles().profile("party"))
LINE = {"type": "string", "pattern": "^[^\n\r]*[^\\s][^\n\r]*$"}


def cases(verdict: str) -> list[Path]:
    return sorted(CASES.glob(f"*/{verdict}/*.yml"))


def name_of(path: Path) -> str:
    return path.relative_to(CASES).with_suffix("").as_posix()


def draft_of(kind: str, data: dict[str, Any], source: Source | None = None) -> Draft:
    """Make a draft that stands where its kind belongs."""
    about = KINDS[kind]
    top = "common" if about.folder == "common" else "don-vi"
    record_id = about.plural if about.folder == "root" else top if about.plural == kind and kind == "organisation" else f"{top}/{about.plural}/mot"
    return Draft(record_id, about.plural, data, source or Source(f"records/{record_id}.yml", {(): (1, 1)}))


def read(path: Path) -> Draft:
    parsed = parse(path.read_bytes(), path.name)
    assert parsed.data is not None, [each.message for each in parsed.problems]
    return draft_of(path.parent.parent.name, parsed.data, parsed.source)


def judged(draft: Draft, kinds: Kinds = KINDS) -> list[Problem]:
    return schema.accept([draft], kinds)[1]


def said(problems: list[Problem]) -> list[str]:
    return sorted(f"{each.message} {'/'.join(str(key) for key in each.path)}" for each in problems)


def errors(problems: list[Problem]) -> list[Problem]:
    return [each for each in problems if each.severity is Severity.ERROR]


def sentence(each: Problem, language: str) -> str:
    return messages.say(f"{each.message}.what", language, **dict(each.params)) + " " + messages.say(f"{each.message}.hint", language, **dict(each.params))


# --- the kinds ---------------------------------------------------------------------------------------------------------------------------------------------


def test_every_schema_file_but_the_shared_one_is_a_kind() -> None:
    assert SCHEMA_PROBLEMS == ()
    assert set(KINDS) == {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json")} - {"common"}


def test_a_kind_says_where_its_parts_stand() -> None:
    assert KINDS["plan"].parts == ((("actions",), "A", "action"), (("actions", "milestones"), "M", "milestone"))
    assert KINDS["plan"].seals == ("consulted", "approved", "ended")
    assert KINDS["plan"].words == {"vi": "Kế hoạch khắc phục", "en": "Remediation plan"}


def test_no_reference_is_left_in_the_schema_of_a_kind() -> None:
    assert not any("$ref" in str(dict(kind.schema)) for kind in KINDS.values())


def test_every_kind_has_valid_and_invalid_cases() -> None:
    assert {path.parent.parent.name for path in cases("valid")} == set(KINDS)
    assert {path.parent.parent.name for path in cases("invalid")} == set(KINDS)


NEW_KIND = {
    "title": "Ghi nhớ",
    "x-en": {"title": "Memo"},
    "x-kind": {"name": "memo", "plural": "memos", "folder": "organisation", "access": "public"},
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"title": "Nội dung", "x-en": {"title": "Text"}, "$ref": "common.schema.json#/$defs/text"}},
}


def test_a_project_adds_a_kind_by_adding_a_schema() -> None:
    kinds, problems = schema.kinds(PACKAGED, {"memo.schema.json": NEW_KIND})
    assert problems == ()
    draft = Draft("don-vi/memos/mot", "memos", {"text": "Phân công rõ."}, Source("records/don-vi/memos/mot.yml"))
    assert schema.accept([draft], kinds)[0][0].kind == "memo"
    assert said(judged(Draft(draft.id, draft.plural, {}, draft.source), kinds)) == ["S01 text"]


def test_a_projects_schema_of_a_packaged_kind_asks_for_more_and_never_for_less() -> None:
    theirs = copy.deepcopy(PACKAGED["role.schema.json"])
    theirs["required"] = ["managed_by"]
    theirs["properties"]["colour"] = {"type": "string"}
    kinds, problems = schema.kinds(PACKAGED, {"role.schema.json": theirs})
    assert problems == ()
    assert said(judged(draft_of("role", {"name": "Bí thư", "rank": "head"}), kinds)) == ["S01 managed_by"]
    assert said(judged(draft_of("role", {"managed_by": "don-vi", "name": "Bí thư"}), kinds)) == ["S01.words rank"]
    assert said(judged(draft_of("role", {"managed_by": "don-vi", "name": "Bí thư", "rank": "head", "colour": "đỏ"}), kinds)) == ["S02 colour"]


def test_the_same_schema_twice_says_everything_once() -> None:
    kinds, problems = schema.kinds(PACKAGED, PACKAGED)
    assert problems == ()
    assert said(judged(draft_of("role", {}), kinds)) == ["S01 name", "S01.words rank"]


@pytest.mark.parametrize(
    ("change", "variant"),
    [
        ({"x-kind": {"name": "memo"}}, "kind"),
        ({"x-kind": {**NEW_KIND["x-kind"], "name": "other"}}, "name"),  # type: ignore[dict-item]
        ({"x-kind": {**NEW_KIND["x-kind"], "plural": "plans"}}, "plural"),  # type: ignore[dict-item]
        ({"properties": {"text": {"$ref": "https://example.vn/x.json"}}}, "reference"),
        ({"properties": {"text": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}}, "circle"),
        ({"properties": {"text": {"type": "chữ"}}}, "schema"),
        ({"properties": {"text": {"type": "string", "format": "email"}}}, "format"),
        ({"properties": {"text": {"type": "string", "pattern": "("}}}, "schema"),
    ],
)
def test_a_schema_that_can_not_be_used_is_one_problem_and_no_exception(change: dict[str, Any], variant: str) -> None:
    kinds, problems = schema.kinds(PACKAGED, {"memo.schema.json": {**NEW_KIND, **change}})
    assert [(each.message, each.place.file) for each in problems] == [(f"S30.{variant}", "schemas/memo.schema.json")]
    assert "memo" not in kinds
    assert all(sentence(each, language) for each in problems for language in messages.LANGUAGES)


def test_what_stands_beside_a_reference_counts_as_well() -> None:
    narrow = {**NEW_KIND, "properties": {"text": {"$ref": "common.schema.json#/$defs/text", "maxLength": 5}}}
    kinds, _ = schema.kinds(PACKAGED, {"memo": narrow})
    for text, expected in (("Ngắn", []), ("Dài quá năm", ["S08.long text"]), ("  ", ["S08.empty text"])):
        draft = Draft("don-vi/memos/mot", "memos", {"text": text}, Source("x.yml"))
        assert said(judged(draft, kinds)) == expected


# --- cases -------------------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", cases("valid"), ids=name_of)
def test_a_valid_case_is_accepted(path: Path) -> None:
    draft = read(path)
    records, problems, rejected = schema.accept([draft], KINDS)
    assert errors(problems) == []
    assert [record.id for record in records] == [draft.id]
    assert rejected == set()


@pytest.mark.parametrize("path", cases("invalid"), ids=name_of)
def test_an_invalid_case_is_told_exactly_what_is_wrong(path: Path) -> None:
    """The comments at the head of the file name the sentence and the path of each problem."""
    expected = sorted(line.removeprefix("# ") for line in path.read_text("utf-8").splitlines() if line.startswith("# "))
    records, problems, rejected = schema.accept([read(path)], KINDS)
    assert said(problems) == expected
    assert records == []
    assert len(rejected) == 1


@pytest.mark.parametrize("path", cases("invalid"), ids=name_of)
def test_a_message_names_the_line_and_speaks_both_languages(path: Path) -> None:
    for each in judged(read(path)):
        assert each.place.line > 0
        for language in messages.LANGUAGES:
            assert "{" not in messages.say(f"{each.message}.what", language, **dict(each.params)).replace("{…}", "")
            assert messages.say(f"{each.message}.hint", language, **dict(each.params))


def test_every_sentence_of_the_schemas_is_brought_about_by_a_test() -> None:
    """A sentence that nothing can bring about may be wrong for years."""
    met = {line.split()[1] for path in cases("invalid") for line in path.read_text("utf-8").splitlines() if line.startswith("# ")}
    here = Path(__file__).read_text("utf-8")
    every = {name.rsplit(".", 1)[0] for name in messages.catalogue("vi") if name.startswith("S") and name.endswith(".what") and name[1].isdigit()}
    assert {name for name in every if name not in met and f'"{name}' not in here and not name.startswith("S30.")} == set()


def test_both_languages_have_the_same_sentences_with_a_remedy_each_and_the_same_parameters() -> None:
    vi, en = ({name: text for name, text in messages.catalogue(language).items() if name[0] in "SX" and name[1].isdigit()} for language in ("vi", "en"))
    assert vi.keys() == en.keys()
    for name in vi:
        assert name.rsplit(".", 1)[0] + ".hint" in vi
        assert neutral(vi[name], "_vi") == neutral(en[name], "_en"), name


def neutral(text: str, language: str) -> set[str]:
    """Give the parameters of a sentence without the mark of its language; line and words are a matter of taste."""
    return {name.removesuffix(language) for _, name, _, _ in string.Formatter().parse(text) if name} - {"record"}


def test_the_message_that_the_model_gives_as_an_example() -> None:
    data = {"cycle": "h/cycles/2025", "findings": [{"id": "F1", "statement": "Một."}, {"id": "F2", "statement": "Hai.", "causes": [{"text": "Chưa giao ai."}]}]}
    (each,) = judged(draft_of("review", data))
    assert sentence(each, "vi") == (
        "Báo cáo kiểm điểm, hạn chế thứ 2, nguyên nhân (mục 1): chưa ghi “Loại nguyên nhân” (`kind`). "
        "Thêm dòng: `kind: subjective` – subjective = chủ quan; objective = khách quan."
    )
    assert sentence(each, "en").startswith("Review, finding 2, causes (item 1): “Kind” (`kind`) is not given.")


def test_the_line_to_add_holds_all_that_the_new_part_needs() -> None:
    (each,) = judged(draft_of("suggestion", {"cycle": "h/cycles/2025", "to": ["a"]}))
    assert dict(each.params)["line"] == "issues: [{id: I1, nature: shortcoming, statement: …}]"
    assert "shortcoming = Hạn chế cần khắc phục; improvement = Việc cần tập trung làm tốt hơn" in sentence(each, "vi")


@pytest.mark.parametrize(
    ("kind", "data", "line"),
    [
        ("organisation", {"name": "Xã", "type": "authority", "parents": "huyen"}, "parents: [{of: huyen}]"),
        ("organisation", {"name": "Xã", "type": "authority", "parents": ["huyen"]}, "- {of: huyen}"),
        ("organisation", {"name": "Xã", "type": "authority", "managed_by": "huyen"}, "managed_by: [huyen]"),
        (
            "review",
            {"cycle": "h/cycles/1", "findings": [{"id": "F1", "statement": "A", "causes": "Chưa giao: ai"}]},
            'causes: [{kind: subjective, text: "Chưa giao: ai"}]',
        ),
        ("review", {"cycle": "h/cycles/1", "concluded": "2024-12"}, "concluded: {date: 2024-12}"),
        ("review", {"cycle": "h/cycles/1", "findings": [{"id": "F7", "statement": "A"}, {"statement": "B"}]}, "id: F8"),
        ("progress", {"of": "a/plans/1", "date": 2025, "by": "a", "entries": [{"action": "A1", "evidence": [{}]}]}, "document: {number: …}"),
        ("document", {"number": 21, "title": "A", "dated": 2025}, 'number: "21"'),
    ],
)
def test_the_line_to_type_holds_what_was_written(kind: str, data: dict[str, Any], line: str) -> None:
    (each,) = judged(draft_of(kind, data))
    assert dict(each.params)["line"] == line


def test_a_part_with_a_used_id_is_offered_a_free_one() -> None:
    data = {"cycle": "h/cycles/1", "findings": [{"id": name, "statement": "A"} for name in ("F1", "F4", "F1")]}
    (each,) = judged(draft_of("review", data))
    assert dict(each.params)["free"] == "F5"


def test_a_name_given_by_its_vietnamese_title_is_recognised() -> None:
    (each,) = judged(draft_of("review", {"cycle": "h/cycles/2025", "Tự xếp loại": "good"}))
    assert each.message == "S02.near"
    assert "Sửa thành `self_rating:`" in sentence(each, "vi")


@pytest.mark.parametrize(
    ("written", "variant", "meant"),
    [
        ("31/3/2025", "near", "2025-03-31"),
        ("3.5.2012", "near", "2012-05-03"),
        ("ngày 31 tháng 3 năm 2025", "near", "2025-03-31"),
        (20250331, "near", "2025-03-31"),
        ("2025/3/31", "near", "2025-03-31"),
        ("2025-3-1", "near", "2025-03-01"),
        ("30/2/2025", "calendar", ""),
        ("2025-13-45", "calendar", ""),
        ("31/3/25", "year", ""),
        ("0225-03-31", "year", ""),
        (2025, "incomplete", "2025"),
        ("tháng 3/2025", "incomplete", "2025-03"),
        ("chưa rõ", "full", ""),
        (True, "full", ""),
        (["2025-03-31"], "near", "2025-03-31"),
        ("\u201c2025-03-31\u201d", "quotes", "2025-03-31"),  # "S05.quotes"
        ("\u201c31/3/2025\u201d", "near", "2025-03-31"),
    ],
)
def test_a_date_is_recognised_in_the_ways_people_write_it(written: object, variant: str, meant: str) -> None:
    data = {"of": "d/plans/2024#A1", "to": written, "date": "2025-03-20", "reason": "Chờ mẫu mới."}
    (each,) = judged(draft_of("postponement", data))
    assert each.message == f"S05.{variant}"
    if meant:
        assert dict(each.params)["near"] == meant


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        *((value, []) for value in (2019, "2019", "2019-12", "2019-12-05", 1900, 2100, "2024-02-29")),
        *((value, ["S05.year shown_on"]) for value in (1899, 2101, "1899", 12)),
        ("2023-02-29", ["S05.calendar shown_on"]),
        ("2019-", ["S05.near shown_on"]),
        ("12/2019", ["S05.near shown_on"]),
        ("khoảng đầu năm", ["S05.partial shown_on"]),
        (True, ["S05.partial shown_on"]),
        (2019.5, ["S05.near shown_on"]),
    ],
)
def test_partial_dates(stated: object, expected: list[str]) -> None:
    assert said(judged(draft_of("source", {"title": "Bài", "publisher": "Báo", "shown_on": stated, "confidence": "low"}))) == expected


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("37 hồ sơ", "37"),
        ("3,5", "3.5"),
        ("1.991", "1991"),
        ("1.949.000 đồng", "1949000"),
        ("1 300", "1300"),
        ("1\u00a0949\u00a0000 đồng", "1949000"),
        ("1 30", ""),
        ("12", "12"),
        ("ba", ""),
        ("3 trên 5", ""),
        ([3], ""),
    ],
)
def test_a_number_is_recognised_in_the_ways_people_write_it(written: object, number: str) -> None:
    (each,) = judged(draft_of("review", {"cycle": "h/cycles/2024", "figures": [{"value": written, "unit": "hồ sơ"}]}))
    assert each.message == ("S03.number_try" if number else "S03.number")
    assert dict(each.params)["line"] == f"value: {number or '12'}"


@pytest.mark.parametrize(
    ("link", "near"),
    [
        ("records/an-mau/plans/2024.yml", "an-mau/plans/2024"),
        ("./records/an-mau/organisation.yml", "an-mau"),
        ("Đảng ủy xã An Mẫu", ""),
        ("an-mau/reviews/2024#f1", "an-mau/reviews/2024#F1"),
        ("an-mau\\reviews\\2024", "an-mau/reviews/2024"),
        ("an-mau/reviews", ""),
        ("an-mau/reviews/2024#F0", ""),
        ("a:b:c", ""),
    ],
)
def test_a_link_is_recognised_in_the_ways_people_write_it(link: str, near: str) -> None:
    (each,) = judged(draft_of("postponement", {"of": link, "to": "2025-05-31", "date": "2025-03-20", "reason": "Chờ."}))
    assert (each.message, dict(each.params)["near"]) == ("S06.near" if near else "S06", near)


KNOWN: dict[str, dict[str, Any]] = {
    "h/cycles/2025": {"scope": ["don-vi"]},
    "h/cycles/2024": {"scope": ["don-vi"]},
    "t/cycles/2025": {"scope": ["h"]},
    "don-vi/roles/bi-thu": {"name": "Bí thư"},
    "a/roles/chu-tich": {},
    "b/roles/chu-tich": {},
    "don-vi/reviews/2025": {"findings": [{"id": "F1"}]},
}
"""Other files that were read."""


def beside_others(draft: Draft) -> list[Problem]:
    """Judge a draft among other files; of these nothing is said."""
    others = [Draft(each, each.split("/")[1], data, Source(f"records/{each}.yml")) for each, data in KNOWN.items()]
    return [each for each in schema.accept([*others, draft], KINDS)[1] if each.place.file == draft.source.file]


PLAN: dict[str, Any] = {"of": ["don-vi/reviews/2025"], "accountable": "don-vi/roles/bi-thu", "direction": "Sửa."}
ACTION = {"id": "A1", "content": "Làm."}


@pytest.mark.parametrize(
    ("kind", "data", "message", "near"),
    [
        ("review", {"cycle": 2025}, "S06.near", "h/cycles/2025"),
        ("review", {"cycle": 2030}, "S06", ""),
        ("plan", {**PLAN, "accountable": "Bí thư"}, "S06.near", "don-vi/roles/bi-thu"),
        ("plan", {**PLAN, "accountable": "Chủ tịch"}, "S06.several", "a/roles/chu-tich`, `b/roles/chu-tich"),
        ("plan", {**PLAN, "accountable": "\u201cdon-vi/roles/bi-thu\u201d"}, "S06.near", "don-vi/roles/bi-thu"),
        ("plan", {**PLAN, "actions": [{**ACTION, "findings": ["F1"]}]}, "S06.near", "don-vi/reviews/2025#F1"),
    ],
)
def test_a_piece_of_an_id_is_looked_for_among_the_records_that_are_there(kind: str, data: dict[str, Any], message: str, near: str) -> None:
    (each,) = beside_others(draft_of(kind, data))
    assert (each.message, dict(each.params)["near"]) == (message, near)
    assert all(sentence(each, language) for language in messages.LANGUAGES)


def test_a_line_to_add_names_records_that_are_there() -> None:
    (each,) = beside_others(draft_of("review", {}))
    assert dict(each.params)["line"] == "cycle: h/cycles/2025"
    (each,) = beside_others(draft_of("plan", {**PLAN, "actions": [{**ACTION, "findings": "F1"}]}))
    assert dict(each.params)["line"] == "findings: [don-vi/reviews/2025#F1]"


def test_a_link_to_a_part_is_shown_where_such_parts_mostly_are() -> None:
    assert KINDS.examples("finding") == ("ten-don-vi/reviews/ten-ho-so#F1", "ten-don-vi/inspections/ten-ho-so#F1")
    assert KINDS.example("finding") == "ten-don-vi/reviews/ten-ho-so#F1"
    (each,) = judged(draft_of("plan", {**PLAN, "of": ["don-vi/suggestions/1"], "actions": [{**ACTION, "findings": ["Hạn chế một"]}]}))
    assert dict(each.params)["example"] == "don-vi/reviews/ten-ho-so#F1"


def test_a_rule_is_named_by_two_digits() -> None:
    waiver = {"rule": "r3", "of": "a/plans/1", "reason": "Chờ.", "until": "2026-06-30"}
    (each,) = judged(draft_of("waiver", waiver))
    assert "`rule: R03`" in sentence(each, "vi")


@pytest.mark.parametrize(("kind", "other"), [("plan", "reviews"), ("review", "plans"), ("progress", "plans"), ("feedback", "roles")])
def test_a_record_in_the_folder_of_another_kind_is_one_problem_that_says_where_it_belongs(kind: str, other: str) -> None:
    for path in sorted((CASES / kind / "valid").glob("*.yml")):
        made = read(path)
        draft = Draft(f"don-vi/{other}/mot", other, made.data, made.source)
        _, problems, rejected = schema.accept([draft], KINDS)
        if "told_by" in made.data or "held_elsewhere" in made.data:
            continue
        (each,) = problems
        assert each.message == "S23"
        assert f"`records/don-vi/{KINDS[kind].plural}/mot.yml`" in sentence(each, "vi")
        assert rejected == {draft.id, f"don-vi/{KINDS[kind].plural}/mot"}, "what leads there does not lead astray"


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("a/plans/1.yml", "Phương hướng khắc phục: Sửa.\n", "S02.near Phương hướng khắc phục"),
        ("a/plans/1.yml", "actions:\n  - id: A1\n    sản_phẩm: Bảng\n", "S02.near actions/0/sản_phẩm"),
        ("a/plans/1.yml", "actions:\n  - {id: A1, hạn: 2026-04-30}\n", "S02.near actions/0/hạn"),
        ("a/plans/1.yml", "Kế hoạch lớn: Sửa.\n", "L10.key Kế hoạch lớn"),
        ("a/plans/1.yml", "direction:\n", "S24 direction"),
        ("a/plans/1.yml", "actions:\n  - id: A1\n    content:\n", "S24.inside actions/0/content"),
        ("a/plans/1.yml", "actions:\n  - id: A1\n    product:\n", "L13.value actions/0/product"),
        ("a/plans/1.yml", "reporting:\n", "L13.value reporting"),
        ("a/organisation.yml", "name:\n", "S24 name"),
        ("project.yml", "root:\n", "S24 root"),
        ("a/things/1.yml", "direction:\n", "L13.value direction"),
    ],
)
def test_what_the_reader_refuses_of_a_key_is_said_in_the_words_of_the_kind(file: str, text: str, expected: str) -> None:
    (each,) = key_slips.spoken(parse(text.encode(), f"records/{file}").problems, KINDS)
    assert said([each]) == [expected]
    assert each.severity is Severity.ERROR
    for language in messages.LANGUAGES:
        assert sentence(each, language)
        assert "bỏ hẳn dòng" not in sentence(each, language) or each.code == "L13"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"cycle": "h/cycles/1", "findings": [{"id": "F1", "statement": {"a": 1}}]}, "S03.text findings/0/statement"),
        ({"cycle": "h/cycles/1", "sessions": [{"id": "S1", "kind": "collective", "days": 0}]}, "S09.above sessions/0/days"),
        ({"cycle": "h/cycles/1", "note": "a" * 6001}, "S08.long note"),
        ({"cycle": "h/cycles/1", "figures": [{"value": "nhiều", "unit": "hồ sơ"}]}, "S03.number figures/0/value"),
        ({"cycle": "h/cycles/1", "missing": ["cycle"]}, "S21 missing"),
        ({"cycle": "h/cycles/1", "told_by": ["common/sources/a"], "missing": ["gi_do"]}, "S22.unknown missing/0"),
    ],
)
def test_one_mistake_is_one_problem(data: dict[str, Any], expected: str) -> None:
    assert said(judged(draft_of("review", data))) == [expected]


def test_a_whole_number_may_be_written_with_a_point_and_others_may_not() -> None:
    data = {"format": 1.0, "root": "a", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party", "grace_days": 7.0}
    (record,), problems, _ = schema.accept([draft_of("project", data)], KINDS)
    assert problems == []
    assert repr(record.data["grace_days"]) == "7"
    assert said(judged(draft_of("project", {**data, "grace_days": 7.5}))) == ["S03.whole grace_days"]


def test_bounds_that_only_a_projects_schema_asks_for_are_worded_too() -> None:
    properties = {
        "short": {"type": "string", "minLength": 3},
        "few": {"type": "array", "minItems": 2},
        "many": {"type": "array", "maxItems": 1},
        "below": {"type": "number", "exclusiveMaximum": 5},
        "plain": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "odd": {"not": {"const": 1}},
    }
    kinds, unusable = schema.kinds(PACKAGED, {"memo": {**NEW_KIND, "required": [], "properties": properties}})
    assert unusable == ()
    data = {"short": "a", "few": [1], "many": [1, 2], "below": 5, "plain": "123", "odd": 1}
    problems = judged(Draft("d/memos/1", "memos", data, Source("x.yml")), kinds)
    assert said(problems) == ["S07.plain plain", "S08.few few", "S08.many many", "S08.short short", "S09.below below", "S15 odd"]
    assert all(sentence(each, language) for each in problems for language in messages.LANGUAGES)


# --- told by a source, sealed, held elsewhere --------------------------------------------------------------------------------------------------------------


def test_what_a_source_does_not_state_is_a_warning_and_the_record_is_accepted() -> None:
    draft = read(CASES / "suggestion" / "valid" / "ke-theo-nguon.yml")
    records, problems, rejected = schema.accept([draft], KINDS)
    assert said(problems) == ["S20 cycle", "S20 issues/0/orientation"]
    assert {each.severity for each in problems} == {Severity.WARNING}
    assert [each.also.line for each in problems if each.also] == [2, 2]
    assert len(records) == 1
    assert not rejected


def test_one_of_several_keys_may_be_left_out_by_the_source() -> None:
    data = {"told_by": ["common/sources/a"], "missing": ["findings/F1/responsible/*/who"], "cycle": "h/cycles/1"}
    data["findings"] = [{"id": "F1", "statement": "Một.", "responsible": [{"share": "lead"}]}]  # type: ignore[list-item]
    assert said(judged(draft_of("review", data))) == ["S20 findings/0/responsible/0/who"]


def test_a_seal_asks_for_nothing_before_it_is_set() -> None:
    data: dict[str, Any] = {"about": ["a"], "channel": "audit", "topics": ["Ngân sách"], "focus": "Khoản chi cuối năm."}
    assert judged(draft_of("inspection", data)) == []
    found = judged(draft_of("inspection", {**data, "concluded": {"date": "2024-06-30"}}))
    assert [each.path[-1] for each in found] == ["addressees", "followed_by", "plan_due", "report_due"]
    assert "đã ghi “Kết luận” (`concluded`) thì phải có “Đơn vị phải thực hiện” (`addressees`)" in sentence(found[0], "vi")


def test_a_record_that_is_held_elsewhere_needs_nothing_but_where_it_is() -> None:
    held = {"kind": "Bản kiểm điểm", "by": "Ban Tổ chức"}
    assert judged(draft_of("plan", {"held_elsewhere": held})) == []
    assert said(judged(draft_of("plan", {"held_elsewhere": held, "approved": {"date": "2025-01-10"}}))) == ["S27.seal approved"]
    assert said(judged(draft_of("plan", {"held_elsewhere": {"kind": "Bản kiểm điểm"}}))) == ["S01.inside held_elsewhere/by"]
    assert said(judged(draft_of("plan", {"held_elsewhere": held, "actions": [{"content": "Một."}]}))) == ["S01 actions/0/id", "S27.content actions"]


def test_a_later_seal_without_an_earlier_one_is_no_mistake_of_shape() -> None:
    data = {"of": ["a/reviews/1"], "accountable": "a/roles/b", "direction": "Sửa.", "ended": {"date": "2025-01-01", "reason": "Xong."}}
    assert judged(draft_of("plan", data)) == []


# --- where records stand -----------------------------------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_kind_is_told_which_it_probably_is() -> None:
    found = {}
    for folder in ("plan", "reviws", "ke-hoach-khac-phuc", "linh-tinh", "progres", "feedbacks", "tien-do", "gop-y"):
        (each,) = judged(Draft(f"don-vi/{folder}/mot", folder, {}, Source("x.yml")))
        found[folder] = dict(each.params)["near"]
        assert each.message == ("S16.near" if found[folder] else "S16")
    assert found == {
        "plan": "plans",
        "reviws": "reviews",
        "ke-hoach-khac-phuc": "plans",
        "linh-tinh": "",
        "progres": "progress",
        "feedbacks": "feedback",
        "tien-do": "progress",
        "gop-y": "feedback",
    }
    (each,) = judged(Draft("don-vi/linh-tinh/mot", "linh-tinh", {}, Source("x.yml")))
    assert all(f"`{kind.plural}`" in sentence(each, "vi") for kind in KINDS.values() if kind.name not in ("organisation", "project"))


def test_a_folder_of_no_known_name_is_known_by_what_lies_in_it() -> None:
    review = read(CASES / "review" / "valid" / "2024.yml")
    _, (each,), rejected = schema.accept([Draft("don-vi/bao-cao/mot", "bao-cao", review.data, review.source)], KINDS)
    assert (each.message, dict(each.params)["near"]) == ("S16.near", "reviews")
    assert "don-vi/reviews/mot" in rejected


def test_a_kind_lives_in_its_folder() -> None:
    role = {"name": "Bí thư", "rank": "head"}
    source = {"title": "Bài", "publisher": "Báo", "shown_on": 2022, "confidence": "low"}
    document = {"number": "1-QĐ", "title": "Quyết định", "dated": 2022}
    expected: dict[tuple[str, str], tuple[dict[str, Any], list[str]]] = {
        ("common/roles/a", "roles"): (role, ["S17.organisation "]),
        ("don-vi/sources/a", "sources"): (source, ["S17.common "]),
        ("common/sources/a", "sources"): (source, []),
        ("common/documents/a", "documents"): (document, []),
        ("don-vi/documents/a", "documents"): (document, []),
        ("don-vi/project/a", "project"): (dict(parse((CASES / "project/valid/du-an.yml").read_bytes(), "x").data or {}), ["S17.root "]),
    }
    for (record_id, plural), (data, problems) in expected.items():
        found = judged(Draft(record_id, plural, data, Source("x.yml")))
        assert said(found) == problems
        assert all(sentence(each, language) for each in found for language in messages.LANGUAGES)


# --- parts and links ---------------------------------------------------------------------------------------------------------------------------------------


def test_parts_bear_their_ids_and_know_their_record() -> None:
    (plan,), _, _ = schema.accept([read(CASES / "plan" / "valid" / "2024.yml")], KINDS)
    assert [(part.kind, part.ref) for part in plan.parts] == [
        ("action", "don-vi/plans/mot#A1"),
        ("milestone", "don-vi/plans/mot#A1.M1"),
        ("milestone", "don-vi/plans/mot#A1.M2"),
        ("action", "don-vi/plans/mot#A2"),
    ]
    assert all(part.record is plan for part in plan.parts)
    assert plan.parts[1].data["due"] == "2025-02-15"
    assert plan.parts[1].path == ("actions", 0, "milestones", 0)
    assert plan == schema.accept([read(CASES / "plan" / "valid" / "2024.yml")], KINDS)[0][0]


def test_the_same_milestone_id_in_two_actions_is_two_milestones() -> None:
    draft = read(CASES / "plan" / "valid" / "2024.yml")
    draft.data["actions"][1]["milestones"] = [{"id": "M1", "content": "Một."}]
    assert judged(draft) == []


def test_links_are_what_the_schema_calls_links() -> None:
    (progress,), _, _ = schema.accept([read(CASES / "progress" / "valid" / "2025-05.yml")], KINDS)
    assert [(link.path, link.target) for link in progress.links] == [
        (("of",), "dang-uy-xa-an-mau/plans/2024"),
        (("by",), "dang-uy-xa-an-mau/roles/pho-bi-thu"),
        (("entries", 0, "action"), "dang-uy-xa-an-mau/plans/2024#A1"),
        (("entries", 1, "action"), "dang-uy-xa-an-mau/plans/2024#A2"),
    ]
    assert progress.get("entries", 0, "action") == "dang-uy-xa-an-mau/plans/2024#A1"


def test_the_projects_own_root_is_left_out_of_links() -> None:
    project = parse((CASES / "project/valid/du-an.yml").read_bytes(), "x").data or {}
    plan = {"of": ["minh-hoa:a/reviews/1", "noi-khac:a/reviews/2"], "accountable": "minh-hoa:a/roles/b", "direction": "Sửa."}
    records, problems, _ = schema.accept([draft_of("plan", plan), draft_of("project", project)], KINDS)
    assert problems == []
    record = next(each for each in records if each.kind == "plan")
    assert record.data["of"] == ("a/reviews/1", "noi-khac:a/reviews/2")
    assert {link.target for link in record.links} == {"a/reviews/1", "noi-khac:a/reviews/2", "a/roles/b"}


def test_records_can_not_be_changed() -> None:
    (plan,), _, _ = schema.accept([read(CASES / "plan" / "valid" / "2024.yml")], KINDS)
    with pytest.raises(TypeError):
        plan.data["actions"][0]["content"] = "khác"
    assert isinstance(plan.data["actions"], tuple)


# --- two validators, one answer ----------------------------------------------------------------------------------------------------------------------------


def mutations(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    """Give one change at every place of a record: a key dropped, added or misspelt, a value of the wrong shape, a line break at the end, a bad word."""
    items = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for key, value in items:
        here = (*path, key)
        if isinstance(data, dict):
            yield "drop", here, None
        for wrong in (["x"], {"x": "y"}, 7.25, -1, True, "", "  ", "không có trong danh sách", 5):
            if type(wrong) is not type(value) or wrong != value:
                yield "set", here, wrong
        if isinstance(value, str):
            yield "set", here, value + "\n"
            yield "set", here, value + "\n\n"
            yield "set", here, value.upper() + " "
        yield from mutations(value, here)
    if isinstance(data, dict):
        yield "set", (*path, "khong_co_muc_nay"), "x"


def mutated(data: dict[str, Any], change: str, path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    whole = copy.deepcopy(data)
    inner: Any = whole
    for key in path[:-1]:
        inner = inner[key]
    if change == "drop":
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return whole


@pytest.mark.parametrize("path", cases("valid"), ids=name_of)
def test_after_one_change_the_validators_agree_and_at_most_one_thing_is_said(path: Path) -> None:
    """Where they differ the deciding one is worded alone.

    More than one thing is said only where one change is several mistakes: what was needed is gone and what stands there instead is wrong too.
    """
    draft = read(path)
    kind = path.parent.parent.name
    told = len(judged(draft))
    (check,) = KINDS.checks[kind]
    alone = 0
    for change, where, value in mutations(draft.data):
        data = mutated(draft.data, change, where, value)
        found = judged(Draft(draft.id, draft.plural, data, draft.source))
        decided = check.decider.is_valid(data)
        if decided != check.explainer.is_valid(data):
            assert not decided, f"only jsonschema refuses {where} = {value!r}"
            alone += 1
            assert any(each.message == "S15.newline" for each in found), (where, value)
        if not decided and "told_by" not in data and "held_elsewhere" not in data:
            assert errors(found), (change, where, value)
        for each in found:
            assert all(sentence(each, language) for language in messages.LANGUAGES)
        if not (isinstance(value, dict) or where[0] in ("told_by", "missing", "held_elsewhere") or where[-1] in KINDS[kind].seals):
            assert len(found) <= max(told, 1) + (1 if told else 0), (change, where, value, said(found))
    if kind in ("project", "organisation", "role", "source", "cycle"):
        assert alone > 0, "no mutation of a line ended with a line break"


def test_where_the_explaining_validator_knows_an_expression_less_the_deciding_one_is_worded_alone() -> None:
    kinds, problems = schema.kinds(PACKAGED, {"memo": {**NEW_KIND, "properties": {"text": {"type": "string", "pattern": r"^\p{L}+$"}}}})
    assert problems == ()
    assert judged(Draft("d/memos/1", "memos", {"text": "Chữ"}, Source("x.yml")), kinds) == []
    assert said(judged(Draft("d/memos/1", "memos", {"text": "12"}, Source("x.yml")), kinds)) == ["S15 text"]


# --- what a message tells one to type can be typed ---------------------------------------------------------------------------------------------------------


def written_out(lines: key_names.Lines, properties: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, below in properties.items():
        if key in ("missing", "held_elsewhere", "withdrawn"):
            continue
        parsed = parse(f"{lines.line(key, below)}\n".encode(), "x.yml")
        assert parsed.data is not None, (lines.line(key, below), parsed.problems)
        yield key, parsed.data[key]


HINTED_BY_HAND = {
    ("project", "root"): "minh-hoa",
    ("project", "source_host"): {"kind": "github", "url": "https://git.example.vn/a", "branch": "main"},
    ("source", "url"): "https://bao.example.vn/1",
    ("role", "holders"): [{"person": "p-1"}],
    ("classification", "scheme"): "party/2023",
}
"""Where the line has an ellipsis that stands for something with a form of its own."""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_line_that_a_message_offers_is_accepted(kind: str) -> None:
    lines = key_names.Lines(KINDS)
    about: Any = KINDS[kind].schema
    data = dict(written_out(lines, about["properties"]))
    data.update({key: value for (of, key), value in HINTED_BY_HAND.items() if of == kind})
    if "findings" in data:
        data["findings"] = [dict(written_out(lines, about["properties"]["findings"]["items"]["properties"])) | {"id": "F1"}]
    found = judged(draft_of(kind, data))
    assert [each for each in said(found) if not each.startswith("S12")] == []


# --- speed -------------------------------------------------------------------------------------------------------------------------------------------------


def test_many_records_are_judged_without_compiling_anything_again() -> None:
    draft = read(CASES / "review" / "valid" / "2024.yml")
    many = [Draft(f"don-vi/reviews/{number}", "reviews", draft.data, draft.source) for number in range(1000)]
    start = time.process_time()
    records, problems, _ = schema.accept(many, KINDS)
    spent = time.process_time() - start
    assert (len(records), problems) == (1000, [])
    print(f"\n1000 reviews in {spent:.2f} s")  # noqa: T201 -- durations are reported, not asserted


GUIDE = (HERE.parent / "docs" / "huong-dan.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", re.findall(r"^```yaml\n# records/(\S+)\.yml$", GUIDE, re.MULTILINE))
def test_a_record_that_the_guide_shows_is_accepted(file: str) -> None:
    text = GUIDE.partition(f"```yaml\n# records/{file}.yml\n")[2].partition("```")[0]
    parsed = parse(text.encode(), f"records/{file}.yml")
    assert (parsed.problems, parsed.data is None) == ((), False)
    assert judged(Draft(file, file.split("/")[1], parsed.data or {}, parsed.source)) == []


def test_a_number_with_its_unit_is_offered_as_a_figure() -> None:
    responsible = [{"posts": "2 chức danh", "share": "lead"}]
    (each,) = judged(draft_of("review", {"cycle": "h/cycles/2025", "findings": [{"id": "F1", "statement": "Một.", "responsible": responsible}]}))
    assert sentence(each, "vi").endswith("`posts: {value: 2, unit: chức danh}`")


def test_a_space_that_only_looks_like_one_is_shown() -> None:
    (each,) = judged(draft_of("review", {"cycle": "h/cycles/2025", "findings": [{"id": "F1", "statement": "Một.", "area": "land\u00a0"}]}))
    assert "“land⟨U+00A0⟩”. Có phải là `area: land`?" in sentence(each, "vi")


def described(node: Any, path: str) -> Iterator[str]:
    """Name the properties of a schema that do not say what they are in both languages."""
    if isinstance(node, dict):
        for key, each in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            own = all(each.get(word) for word in ("title", "description")) and all(each.get("x-en", {}).get(word) for word in ("title", "description"))
            if not own:
                yield f"{path}/{key}"
        for key, each in node.items():
            yield from described(each, f"{path}/{key}")


@pytest.mark.parametrize("file", sorted(SCHEMAS.glob("*.json")), ids=lambda file: file.stem)
def test_every_property_says_what_it_is_in_both_languages(file: Path) -> None:
    schema_ = json.loads(file.read_text(encoding="utf-8"))
    assert list(described(schema_, file.stem)) == []
    assert all(schema_[word] and schema_["x-en"][word] for word in ("title", "description"))
