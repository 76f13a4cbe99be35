"""New records that the command begins: what they are filled in with, and that each, once it is filled in as its comments say, is a record that nobody objects to.

The day is 2026-03-15 of the example. Whoever fills in writes plain answers into every empty value; whoever settles takes the # off the last seal but "ended".
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from test_skeleton import KINDS, answer
from tusoi import beginnings, drafting, flow
from tusoi.drafting import New, Refused, Wish
from tusoi.messages import LANGUAGES, has
from tusoi.problem import Severity
from tusoi.record import Kind

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
    "criterion": "x",
}


def plain(case: Case, key: str, node: Mapping[str, Any]) -> str:
    """Give what a person might write under a key."""
    said = dict(case.answers)
    if key in said:
        return said[key]
    if key in PLAIN and node.get("format") != "link" and "enum" not in node:
        return PLAIN[key]
    if node.get("x-words") and "enum" not in node:
        return next(iter(node["x-words"]))
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
    """Fill in what is empty on one line."""
    return re.sub(r"(\w+): (?=[,}])", lambda found: f"{found[1]}: {dict(case.answers).get(found[1]) or PLAIN[found[1]]}", line)


def settled(text: str, case: Case, kind: Kind) -> str:
    """Take the # off the seals up to the last that is set."""
    for seal in kind.seals:
        text = re.sub(rf"^# ({seal}: )", r"\1", text, flags=re.MULTILINE)
        if seal == case.seal:
            break
    return text


CASES = [
    Case("review", "dang-uy-xa-giang-mau", "", {"answer": "resolved", "of": "6", "value": "6", "self_rating": "good", "step": "papers_sent"}, "concluded"),
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
    Case("inspection", "ubkt-tinh-uy-mau", "dang-uy-xa-an-mau", {"channel": "inspection", "areas": "land", "led_by": "ubkt-tinh-uy-mau/roles/uy-vien-1"}, "planned"),
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
def found(request: pytest.FixtureRequest, made: dict[str, New], tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[tuple[str, str, str, str]]]:
    """What is wrong with a copy of the example that holds one new record of each kind, and was not wrong before."""
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    before = objections(folder)
    for case in CASES:
        kind, new = KINDS[case.kind], made[case.id]
        text = settled(new.text, case, kind) if request.param == "settled" and case.seal else new.text
        refused = drafting.save(folder, New(new.file, filled(text, case, kind)))
        assert refused is None
    yield objections(folder) - before


def test_every_kind_has_a_beginning_a_writer_and_a_case() -> None:
    assert set(beginnings.all_beginnings()) == set(KINDS)
    assert sorted(name for group in beginnings.WRITERS.values() for name in group) == sorted(KINDS)
    assert {case.kind for case in CASES} | {"project"} == set(KINDS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_filled_in_as_its_comments_say_it_is_accepted(case: Case, made: dict[str, New], found: set[tuple[str, str, str, str]]) -> None:
    assert sorted(":".join(each[1:]) for each in found if each[0] == made[case.id].file) == []
