"""Links, ids, circles, attached files and readers: what is wrong between records, and that both ends are named."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tusoi import access, attachments, links, load, messages, schema
from tusoi.problem import Problem, Severity
from tusoi.record import Draft, Register, Source

SCHEMAS = Path(__file__).parent.parent / "schemas"
KINDS, _ = schema.kinds(load.schemas(SCHEMAS))

ORGANISATION = {"name": "Đảng ủy xã An Mẫu", "type": "party_committee"}
ROLE = {"name": "Bí thư", "rank": "head"}
CYCLE = {"name": "Năm 2024", "kind": "annual", "from": 2024, "to": 2024, "scope": ["an-mau"], "steps": [{"step": "review"}]}
REVIEW = {"cycle": "huyen/cycles/2024", "findings": [{"id": "F1", "statement": "Một."}, {"id": "F2", "statement": "Hai."}], "submitted": {"date": "2024-12-11"}}
PLAN: dict[str, Any] = {
    "of": ["an-mau/reviews/2024"],
    "accountable": "an-mau/roles/bi-thu",
    "direction": "Sửa.",
    "actions": [{"id": "A1", "findings": ["an-mau/reviews/2024#F1"], "content": "Làm.", "milestones": [{"id": "M1", "content": "Mốc."}]}],
    "approved": {"date": "2025-01-10"},
}
TREE: dict[str, dict[str, Any]] = {
    "huyen": {"name": "Huyện ủy Minh Họa", "type": "party_committee"},
    "huyen/cycles/2024": CYCLE,
    "an-mau": ORGANISATION,
    "an-mau/roles/bi-thu": ROLE,
    "an-mau/reviews/2024": REVIEW,
    "an-mau/plans/2024": PLAN,
}


def drafts(tree: dict[str, dict[str, Any]]) -> list[Draft]:
    """Make drafts of a tree: each in its file, each value on a line of its own so that places differ."""
    made = []
    for record_id, data in tree.items():
        pieces = record_id.split("/")
        plural = pieces[1] if len(pieces) > 1 else "project" if record_id == "project" else "organisation"
        file = f"records/{record_id}/organisation.yml" if plural == "organisation" else f"records/{record_id}.yml"
        made.append(Draft(record_id, plural, data, Source(file, places(data, (), iter(range(1, 9999))))))
    return made


def places(data: Any, path: tuple[Any, ...], lines: Any) -> dict[tuple[Any, ...], tuple[int, int]]:
    found = {path: (next(lines), 1)}
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        found |= places(value, (*path, key), lines)
    return found


def register(changes: dict[str, dict[str, Any]] | None = None, reserved: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Register:
    """Make the register of the tree with some records changed or added."""
    tree = {record_id: data for record_id, data in {**TREE, **(changes or {})}.items() if record_id not in without}
    records, problems, rejected = schema.accept(drafts(tree), KINDS)
    assert [(each.message, each.path) for each in problems if each.severity is Severity.ERROR] == []
    assert not rejected
    return links.register(records, KINDS, reserved)


def said(problems: Any) -> list[str]:
    return [
        f"{each.severity} {each.message} {each.place.file.removeprefix('records/')} {'/'.join(str(key) for key in each.path)}".rstrip() for each in problems
    ]


def sentence(each: Problem, language: str = "vi") -> str:
    return messages.say(f"{each.message}.what", language, **dict(each.params)) + " " + messages.say(f"{each.message}.hint", language, **dict(each.params))


def one(problems: Any) -> Problem:
    (each,) = problems
    assert all(sentence(each, language) for language in messages.LANGUAGES)
    return each  # type: ignore[no-any-return]


def test_a_tree_in_order_has_no_problem_and_finds_its_parts() -> None:
    made = register()
    assert made.problems == ()
    assert made.find("an-mau/plans/2024#A1.M1") is made.records["an-mau/plans/2024"].parts[1]
    assert [link.source for link in made.links_to("an-mau/reviews/2024#F1")] == ["an-mau/plans/2024"]


# --- links that lead nowhere -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "variant", "near", "also"),
    [
        ("an-mau/reviews/2024#F3", "part", "F1`, `F2", True),
        ("an-mau/reviews/2042#F1", "near", "an-mau/reviews/2024#F1", False),
        ("an-mau/reviews/2042#F7", "beside", "an-mau/reviews/2024", False),
        ("khac-han/reviews/1999#F1", "", "", False),
        ("khac-han", "short", "an-mau/reviews/2024#F1`, `an-mau/reviews/2024#F2", False),
        ("f2", "near", "an-mau/reviews/2024#F2", False),
        ("an-mau/roles/bi-thu#F1", "no_part", "an-mau/reviews/2024#F1`, `an-mau/reviews/2024#F2", True),
        ("an-mau/plans/2025#A9", "", "", False),
    ],
)
def test_a_dangling_link_is_an_error_that_suggests_the_nearest(link: str, variant: str, near: str, also: bool) -> None:  # noqa: FBT001 -- a table
    plan = {**PLAN, "actions": [{**PLAN["actions"][0], "findings": [link]}]}
    each = one(register({"an-mau/plans/2024": plan}).problems)
    assert (each.code, each.variant, dict(each.params)["near"]) == ("X01", variant, near)
    assert each.severity is Severity.ERROR
    assert each.path == ("actions", 0, "findings", 0)
    assert each.place.line > 1
    assert bool(each.also) == also


@pytest.mark.parametrize(
    ("owner", "variant", "near"),
    [
        ("bi-thu", "near", "an-mau/roles/bi-thu"),
        ("bi-thuu", "near", "an-mau/roles/bi-thu"),
        ("huyenn", "near", "huyen"),
        ("khac-han", "organisation", ""),
        ("chu-tich", "several", "dong-mau/roles/chu-tich`, `huyen/roles/chu-tich"),
    ],
)
def test_a_name_alone_is_looked_for_in_the_organisations_own_folder_first(owner: str, variant: str, near: str) -> None:
    others: dict[str, dict[str, Any]] = dict.fromkeys(("dong-mau/roles/bi-thu", "dong-mau/roles/chu-tich", "huyen/roles/chu-tich"), ROLE)
    plan = {**PLAN, "actions": [{**PLAN["actions"][0], "owner": owner}]}
    each = one(register({"dong-mau": ORGANISATION, **others, "an-mau/plans/2024": plan}).problems)
    assert (each.message, dict(each.params)["near"]) == (f"X01.{variant}", near)


def test_of_several_cycles_of_one_name_the_one_that_asks_the_organisation_is_meant() -> None:
    other: dict[str, dict[str, Any]] = {"tinh": ORGANISATION, "tinh/cycles/2024": {**CYCLE, "scope": ["huyen"]}}
    each = one(register({**other, "an-mau/reviews/2024": {**REVIEW, "cycle": "2024"}}).problems)
    assert (each.message, dict(each.params)["near"]) == ("X01.near", "huyen/cycles/2024")


def test_the_id_of_a_part_in_small_letters_is_looked_for_in_what_the_record_is_about() -> None:
    progress = {"of": "an-mau/plans/2024", "date": 2025, "by": "an-mau", "entries": [{"action": "a1", "state": "started", "text": "Làm."}]}
    each = one(register({"an-mau/progress/1": progress}).problems)
    assert (each.message, dict(each.params)["near"]) == ("X01.near", "A1")


@pytest.mark.parametrize(("of", "message"), [("an-mau/plans/2042", "X01.near"), ("an-mau/reviews/2024", "X02")])
def test_actions_named_alone_are_no_problem_of_their_own_where_the_plan_is_not_there(of: str, message: str) -> None:
    entries = [{"action": name, "state": "started", "text": "Làm."} for name in ("A1", "A2", "A3")]
    each = one(register({"an-mau/progress/1": {"of": of, "date": 2025, "by": "an-mau", "entries": entries}}).problems)
    assert (each.message, each.path) == (message, ("of",))
    assert dict(each.params)["near"] == "an-mau/plans/2024"


def test_a_record_that_is_about_nothing_is_known_to_lead_astray() -> None:
    assert links.astray(register({"an-mau/plans/2024": {**PLAN, "of": ["an-mau/reviews/2023"]}})) == {"an-mau/plans/2024"}
    assert links.astray(register({"an-mau/plans/2024": {**PLAN, "accountable": "an-mau/roles/ai"}})) == frozenset()
    draft = {key: value for key, value in PLAN.items() if key != "approved"} | {"of": ["an-mau/reviews/2023"]}
    assert links.astray(register({"an-mau/plans/2024": draft})) == frozenset()


def test_where_no_part_is_near_the_record_is_named() -> None:
    made = register({"an-mau/answers/1": {"of": "an-mau/reviews/2024#S9", "date": 2025, "by": "an-mau", "result": "agreed"}})
    each = one(made.problems)
    assert each.message == "X01.part"
    assert "có hồ sơ `an-mau/reviews/2024` nhưng không có phần `S9`" in sentence(each)


def test_neither_the_record_itself_nor_another_commune_is_suggested() -> None:
    """A name that only looks alike would lead an editor astray."""
    others: dict[str, dict[str, Any]] = {"dang-uy-xa-binh-cat": ORGANISATION}
    for link in ("dang-uy-xa-minh-hoa/reviews/2025#F1", "dang-uy-xa-binh-cat/reviews/2024#F1"):
        others["dang-uy-xa-binh-cat/reviews/2025"] = {**REVIEW, "carry_over": [{"finding": link, "answer": "resolved"}]}
        assert one(register(others).problems).message == "X01"
    assert one(register({**others, "an-mau/plans/2024": {**PLAN, "of": ["dang-uy-xa-binh-cat/reviews/2005"]}}).problems[:1]).message == "X01.near"


def test_in_a_draft_a_dangling_link_is_a_warning() -> None:
    draft = {key: value for key, value in PLAN.items() if key != "approved"} | {"of": ["an-mau/reviews/2023"]}
    assert said(register({"an-mau/plans/2024": draft}).problems) == ["warning X01.near an-mau/plans/2024.yml of/0"]
    sealed = {**PLAN, "of": ["an-mau/reviews/2023"]}
    assert said(register({"an-mau/plans/2024": sealed}).problems) == ["error X01.near an-mau/plans/2024.yml of/0"]


def test_a_kind_without_seals_is_final_at_birth() -> None:
    answer = {"of": "an-mau/postponements/1", "date": 2025, "by": "huyen", "result": "agreed"}
    assert said(register({"huyen/answers/1": answer}).problems) == ["error X01 huyen/answers/1.yml of"]


def test_a_link_to_a_file_that_could_not_be_read_is_passed_over() -> None:
    made = register(without=("an-mau/reviews/2024",), reserved=("an-mau/reviews/2024",))
    assert made.problems == ()
    assert said(register(without=("an-mau/reviews/2024",)).problems) == [
        "error X01 an-mau/plans/2024.yml of/0",
        "error X01 an-mau/plans/2024.yml actions/0/findings/0",
    ]


def test_a_link_to_a_former_id_holds() -> None:
    moved = {"formerly": ["an-mau/reviews/nam-2024"], **REVIEW}
    plan = {**PLAN, "of": ["an-mau/reviews/nam-2024"]}
    assert register({"an-mau/reviews/2024": moved, "an-mau/plans/2024": plan}).problems == ()


def test_links_into_another_tree_are_a_warning() -> None:
    each = one(register({"an-mau/plans/2024": {**PLAN, "of": ["tinh-khac:an-mau/reviews/2024"]}}).problems)
    assert (each.message, each.severity) == ("X08", Severity.WARNING)


# --- links to the wrong kind -------------------------------------------------------------------------------------------------------------------------------


def test_a_link_to_the_wrong_kind_says_what_it_is_and_what_was_expected() -> None:
    each = one(register({"an-mau/plans/2024": {**PLAN, "accountable": "an-mau"}}).problems)
    assert each.message == "X02"
    assert each.also is not None
    assert each.also.file == "records/an-mau/organisation.yml"
    assert "phải dẫn tới: Chức danh; `an-mau` lại là: Đơn vị." in sentence(each)
    assert "must lead to: Post; but `an-mau` is: Organisation." in sentence(each, "en")


def test_a_link_to_a_record_where_a_part_is_expected_lists_its_parts() -> None:
    plan = {**PLAN, "actions": [{**PLAN["actions"][0], "findings": ["an-mau/reviews/2024"]}]}
    each = one(register({"an-mau/plans/2024": plan}).problems)
    assert each.message == "X02.part"
    assert "ví dụ `an-mau/reviews/2024#F1`, `an-mau/reviews/2024#F2`" in sentence(each)


def test_a_link_to_a_part_where_a_record_is_expected_names_the_record() -> None:
    each = one(register({"an-mau/plans/2024": {**PLAN, "of": ["an-mau/reviews/2024#F1"]}}).problems)
    assert (each.message, dict(each.params)["near"]) == ("X02.whole", "an-mau/reviews/2024")


# --- ids ---------------------------------------------------------------------------------------------------------------------------------------------------


def test_two_files_with_one_id_are_one_problem_that_names_both() -> None:
    first, second = drafts({"an-mau": ORGANISATION})[0], Draft("an-mau", "organisation", ORGANISATION, Source("records/an-mau/organisation.yaml"))
    records, _, _ = schema.accept([first, second], KINDS)
    each = one(links.register(records, KINDS).problems)
    assert each.message == "X03.files"
    assert {each.place.file, each.also.file if each.also else ""} == {"records/an-mau/organisation.yml", "records/an-mau/organisation.yaml"}


@pytest.mark.parametrize(
    ("formerly", "variant"),
    [("an-mau/reviews/2024", "itself"), ("an-mau/plans/2024", "formerly"), ("an-mau/reviews/cu#F1", "part"), ("noi-khac:an-mau/reviews/cu", "part")],
)
def test_a_former_id_is_the_records_own_past(formerly: str, variant: str) -> None:
    each = one(register({"an-mau/reviews/2024": {**REVIEW, "formerly": [formerly]}}).problems)
    assert each.message == f"X03.{variant}"
    assert bool(each.also) == (variant == "formerly")


def test_two_records_can_not_have_had_one_id() -> None:
    twin = {**REVIEW, "formerly": ["an-mau/reviews/cu"]}
    each = one(register({"an-mau/reviews/2024": twin, "an-mau/reviews/2025": twin}).problems)
    assert each.message == "X03.twice"
    assert each.also is not None
    assert (each.place.file, each.also.file) == ("records/an-mau/reviews/2025.yml", "records/an-mau/reviews/2024.yml")


def test_a_folder_of_an_organisation_that_nobody_describes_is_one_problem() -> None:
    assert said(register(without=("huyen",)).problems) == ["error X07 huyen/cycles/2024.yml"]
    assert register(without=("huyen",), reserved=("huyen",)).problems == ()
    assert all(sentence(each, language) for each in register(without=("huyen",)).problems for language in messages.LANGUAGES)


# --- circles -----------------------------------------------------------------------------------------------------------------------------------------------


def organisations(**parents: list[dict[str, Any]]) -> Register:
    tree = {name.replace("_", "-"): {**ORGANISATION, **({"parents": above} if above else {})} for name, above in parents.items()}
    records, problems, _ = schema.accept(drafts(tree), KINDS)
    assert problems == []
    return links.register(records, KINDS)


def test_organisations_above_each_other_are_named_all() -> None:
    each = one(organisations(a=[{"of": "b"}], b=[{"of": "c"}], c=[{"of": "a"}], d=[{"of": "a"}]).problems)
    assert each.message == "X04.parents"
    assert dict(each.params)["chain"] == "a → b → c → a"
    assert (each.place.file, each.also.file if each.also else "") == ("records/a/organisation.yml", "records/b/organisation.yml")
    assert dict(each.params)["files"].count("organisation.yml") == 3


def test_an_organisation_is_not_above_itself() -> None:
    assert one(organisations(a=[{"of": "a"}]).problems).message == "X04.parents_itself"


def test_two_circles_are_two_problems() -> None:
    found = organisations(a=[{"of": "b"}], b=[{"of": "a"}], c=[{"of": "d"}], d=[{"of": "c"}]).problems
    assert [dict(each.params)["chain"] for each in found] == ["a → b → a", "c → d → c"]


@pytest.mark.parametrize(
    ("until", "since", "is_circle"),
    [
        ("2020-12-31", "2021-01-01", False),
        ("2021-01-01", "2021-01-01", True),
        ("2025", "2021", True),
        (2021, 2021, False),
        ("2021-06", "2021-06", False),
        ("2019", "2021-05", False),
    ],
)
def test_only_periods_that_surely_overlap_make_a_circle(until: Any, since: Any, is_circle: bool) -> None:  # noqa: FBT001 -- a table
    made = organisations(a=[{"of": "b", "to": until}], b=[{"of": "a", "from": since}])
    assert [each.message for each in made.problems] == (["X04.parents"] if is_circle else [])


def test_circles_agree_with_a_search_by_hand() -> None:
    """Random trees of organisations, judged day by day the slow way."""
    for seed in range(60):
        chance = random.Random(seed)
        names = "abcde"
        above = {
            name: [
                {"of": chance.choice(names), "from": f"20{chance.randrange(10, 20)}-01-01", "to": f"20{chance.randrange(12, 22)}-12-31"}
                for _ in range(chance.randrange(3))
            ]
            for name in names
        }
        made = organisations(**above)
        assert bool(made.problems) == any(has_circle(above, f"20{year}-{month}") for year in range(9, 23) for month in ("01-01", "06-30", "12-31")), seed


def has_circle(above: dict[str, list[dict[str, Any]]], day: str) -> bool:
    edges = {name: {each["of"] for each in parents if each["from"] <= day <= each["to"]} for name, parents in above.items()}
    for start, above_it in edges.items():
        reached: set[str] = set()
        waiting = set(above_it)
        while waiting:
            here = waiting.pop()
            reached.add(here)
            waiting |= edges[here] - reached
        if start in reached:
            return True
    return False


def test_a_lineage_is_no_circle_on_any_day() -> None:
    tree = {
        "a": {**ORGANISATION, "lineage": [{"of": "b", "how": "merged", "date": 2020}]},
        "b": {**ORGANISATION, "lineage": [{"of": "a", "how": "split", "date": 2010}, {"of": "b", "how": "renamed", "date": 2011}]},
    }
    records, _, _ = schema.accept(drafts(tree), KINDS)
    found = links.register(records, KINDS).problems
    assert sorted(each.message for each in found) == ["X04.lineage", "X04.lineage_itself"]
    assert all(sentence(each, language) for each in found for language in messages.LANGUAGES)


def test_a_thicket_of_organisations_is_judged_in_reasonable_time_and_words() -> None:
    names = [f"o{number}" for number in range(60)]
    found = organisations(**{name: [{"of": other} for other in names] for name in names}).problems
    assert 0 < len(found) <= 20


# --- attached files ----------------------------------------------------------------------------------------------------------------------------------------

SHA = "0" * 64
PROGRESS = {
    "of": "an-mau/plans/2024",
    "date": "2025-05-28",
    "by": "an-mau/roles/bi-thu",
    "entries": [{"action": "A1", "evidence": [{"file": {"path": "files/bang.pdf", "sha256": SHA}}]}],
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"records/an-mau/files/bang.pdf": SHA}, []),
        ({"records/an-mau/files/bang.pdf": "1" * 64}, ["error X05.changed an-mau/progress/1.yml entries/0/evidence/0/file/sha256"]),
        ({}, ["error X05 an-mau/progress/1.yml entries/0/evidence/0/file/path"]),
        (
            {"records/an-mau/files/bangs.pdf": SHA},
            ["error X05.near an-mau/progress/1.yml entries/0/evidence/0/file/path", "warning X06 an-mau/files/bangs.pdf"],
        ),
        (
            {"records/huyen/files/bang.pdf": SHA},
            ["error X05 an-mau/progress/1.yml entries/0/evidence/0/file/path", "warning X06 huyen/files/bang.pdf"],
        ),
    ],
)
def test_an_attached_file_is_there_and_unchanged_and_named(files: dict[str, str], expected: list[str]) -> None:
    made = register({"an-mau/progress/1": PROGRESS})
    assert made.problems == ()
    found = attachments.problems(made, files)
    assert said(found) == expected
    assert all(sentence(each, language) for each in found for language in messages.LANGUAGES)


@pytest.mark.parametrize(
    ("fault", "more", "expected"),
    [
        ("", {"kind": "photo", "people": "none"}, []),
        ("", {}, ["warning X09.kind an-mau/progress/1.yml entries/0/evidence/0/file/path"]),
        ("large", {"kind": "photo"}, ["warning X09.large an-mau/progress/1.yml entries/0/evidence/0/file/path"]),
        ("form", {}, ["warning X09.form an-mau/progress/1.yml entries/0/evidence/0/file/path"]),
        ("hidden", {"kind": "photo"}, ["error X09.hidden an-mau/progress/1.yml entries/0/evidence/0/file/path"]),
        ("hidden", {}, ["error X09.hidden an-mau/progress/1.yml entries/0/evidence/0/file/path"]),
    ],
)
def test_why_a_picture_is_on_no_page_is_said_once(fault: str, more: dict[str, str], expected: list[str]) -> None:
    item = {"file": {"path": "files/kenh.png", "sha256": SHA}} | more
    made = register({"an-mau/progress/1": PROGRESS | {"entries": [{"action": "A1", "evidence": [item]}]}})
    found = attachments.problems(made, {"records/an-mau/files/kenh.png": SHA}, {"records/an-mau/files/kenh.png": fault})
    assert said(found) == expected
    assert all(sentence(each, language) for each in found for language in messages.LANGUAGES)


def test_a_file_may_be_named_by_a_record_that_could_not_be_read() -> None:
    assert attachments.problems(register(reserved=("an-mau/progress/1",)), {"records/an-mau/files/bang.pdf": SHA}) == []


# --- who reads what ----------------------------------------------------------------------------------------------------------------------------------------

PROJECT = {"format": 1, "root": "minh-hoa", "lang": "vi", "time_zone": "Asia/Ho_Chi_Minh", "profile": "party"}
ABOVE: dict[str, dict[str, Any]] = {
    "an-mau/reviews/2024": {
        **REVIEW,
        "of": "an-mau/roles/bi-thu",
        "findings": [
            {
                "id": "F1",
                "statement": "Một.",
                "responsible": [{"who": "an-mau/roles/bi-thu", "share": "lead", "portion": "Phần chính."}, {"who": "an-mau", "share": "shared"}],
            }
        ],
    },
    "an-mau/plans/2024": {**PLAN, "access": "restricted"},
}
SAID = [
    "error R26.record an-mau/plans/2024.yml access",
    "error R26.link an-mau/reviews/2024.yml findings/0/responsible/0/who",
    "error R26.field an-mau/reviews/2024.yml findings/0/responsible/0/portion",
    "error R26.field an-mau/reviews/2024.yml of",
]


@pytest.mark.parametrize(
    ("project", "expected"),
    [(PROJECT, SAID), ({**PROJECT, "audience": "public"}, SAID), ({**PROJECT, "audience": "members"}, []), (None, SAID)],
)
def test_a_tree_that_everybody_reads_holds_nothing_for_fewer(project: dict[str, Any] | None, expected: list[str]) -> None:
    made = register({**ABOVE, **({"project": project} if project else {})})
    assert made.problems == ()
    found = access.problems(made)
    assert sorted(said(found)) == sorted(expected)
    assert all(sentence(each, language) for each in found for language in messages.LANGUAGES)


def test_where_the_project_can_not_be_read_nobody_knows_who_reads() -> None:
    assert access.problems(register(ABOVE, reserved=("project",))) == []


def test_a_kind_that_is_for_members_is_so_without_saying_it() -> None:
    """A project may add such a kind; a record that says `public` is public."""
    memo = {
        "title": "Bài học",
        "x-kind": {"name": "memo", "plural": "memos", "folder": "organisation", "access": "members"},
        "type": "object",
        "properties": {"access": {"type": "string"}},
    }
    kinds, _ = schema.kinds(load.schemas(SCHEMAS), {"memo": memo})
    made = [Draft(f"an-mau/memos/{name}", "memos", data, Source(f"{name}.yml")) for name, data in (("a", {}), ("b", {"access": "public"}))]
    records, _, _ = schema.accept(made, kinds)
    found = access.problems(Register.of(kinds, records))
    assert said(found) == ["error R26.record a.yml"]


# --- order and speed ---------------------------------------------------------------------------------------------------------------------------------------


def test_the_order_of_the_files_does_not_matter() -> None:
    tree = {**TREE, **ABOVE, "an-mau/progress/1": {**PROGRESS, "of": "an-mau/plans/2023"}, "khac/roles/x": ROLE}
    answers = set()
    for seed in range(5):
        shuffled = drafts(tree)
        random.Random(seed).shuffle(shuffled)
        records, _, _ = schema.accept(shuffled, KINDS)
        made = links.register(records, KINDS)
        answers.add((tuple(said(made.problems)), tuple(made.records)))
    assert len(answers) == 1


def test_every_sentence_about_links_is_brought_about_by_a_test() -> None:
    here = Path(__file__).read_text("utf-8")
    every = {name.removesuffix(".what") for name in messages.catalogue("vi") if name[:2] == "X0" and name.endswith(".what")}
    said_here = {name for name in every if name in here or f'"{name.partition(".")[2]}"' in here}
    assert every == said_here


def test_among_a_thousand_records_each_dangling_link_is_told_once() -> None:
    tree = dict(TREE)
    for number in range(1000):
        plan = {**PLAN, "of": ["an-mau/reviews/2024", f"an-mau/reviews/{number}"]} if number % 100 == 0 else PLAN
        tree[f"an-mau/plans/n{number}"] = plan
    records, _, _ = schema.accept(drafts(tree), KINDS)
    made = links.register(records, KINDS)
    assert len(made.records) == len(records)
    assert len(made.problems) == 10
