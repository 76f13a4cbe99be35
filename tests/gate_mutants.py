"""Changes to real records, made by machine: dishonest ones of every kind, which the gate has to refuse, and honest ones, which it has to let pass.

Each is made in memory: what is there before and after, and the day. A seed decides which are taken where there are many.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from cases import SAMPLE
from tusoi import differences, flow, gate
from tusoi.change import Change
from tusoi.dates import span
from tusoi.kinds import Kinds
from tusoi.past import Past, Step, Version
from tusoi.problem import Problem
from tusoi.record import Record, Register, Source
from tusoi.settled import BIRTH, is_settled, set_seals, settling

EXAMPLE = Path(flow.__file__).parent / "example"
MOST = 60
"""How many of one kind are tried of one set of records."""
RECORDED = date(2026, 3, 1)
"""When everything of before was recorded."""
DAY = date(2026, 3, 16)
"""When a change is recorded."""

Data = dict[str, Any]
Files = Mapping[str, Data | None]


@dataclass(frozen=True)
class Attempt:
    """A change: what is otherwise than in the set of records, before and after. `None` is a record that is not there."""

    name: str
    after: Files
    before: Files = field(default_factory=dict)
    earlier: Files = field(default_factory=dict)
    """What had been recorded still earlier."""
    day: date = DAY
    recorded: date = RECORDED
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Records:
    """A set of records, as plain data."""

    name: str
    kinds: Kinds
    root: str
    data: Mapping[str, Data]

    @cached_property
    def made(self) -> dict[str, Record]:
        return {name: self.record(name, data) for name, data in self.data.items()}

    @cached_property
    def register(self) -> Register:
        return Register.of(self.kinds, self.made.values())

    def record(self, name: str, data: Data) -> Record:
        plural = name.split("/")[1] if "/" in name else "project" if name == "project" else "organisation"
        kind = self.kinds.of_plural(plural)
        assert kind, name
        return self.kinds.record(kind.name, name, data, Source(f"records/{name}.yml"), self.root)

    def with_files(self, *files: Files) -> Register:
        changed = {name: data for each in files for name, data in each.items()}
        if not changed:
            return self.register
        kept = [record for name, record in self.made.items() if name not in changed]
        return Register.of(self.kinds, [*kept, *(self.record(name, data) for name, data in changed.items() if data is not None)])

    def change(self, attempt: Attempt) -> Change:
        before = self.with_files(attempt.before)
        first, then = (Step(number, str(number) * 40, attempt.recorded - timedelta(days=9 - number)) for number in (0, 9))
        versions = {name: [Version(first, name, data)] for name, data in attempt.earlier.items() if data is not None}
        for name, record in before.records.items():
            versions.setdefault(name, []).append(Version(then, name, record.data))
        for name in attempt.earlier.keys() - before.records.keys():
            versions[name].append(Version(then, name, None, is_gone=True))
        past = Past(then.commit, (first, then), {name: tuple(found) for name, found in versions.items()})
        return Change(before, self.with_files(attempt.before, attempt.after), attempt.day, past, attempt.paths)

    def found(self, attempt: Attempt) -> tuple[Problem, ...]:
        return gate.problems(self.change(attempt))

    def copy(self, name: str) -> Data:
        made: Data = differences.plain(self.data[name])
        return made

    def settled(self, *kinds: str) -> Iterator[Record]:
        """Give the records that stay as they are, told ones left out."""
        for record in self.made.values():
            if (not kinds or record.kind in kinds) and not record.told and is_settled(record, self.kinds[record.kind]):
                yield record


@cache
def sets() -> tuple[Records, ...]:
    """Give the miniature and the example."""
    found = []
    for folder in (SAMPLE, EXAMPLE):
        register = flow.read(folder).register
        kinds, project = register.kinds, register.project
        assert isinstance(kinds, Kinds)
        assert project
        data = {name: differences.plain(record.data) for name, record in register.records.items()}
        found.append(Records(folder.name, kinds, str(project.get("root")), data))
    return tuple(found)


def some(attempts: Iterator[Attempt], seed: str) -> list[Attempt]:
    """Take as many attempts as are tried."""
    found = list(attempts)
    return random.Random(seed).sample(found, MOST) if len(found) > MOST else found


# ---- Ways to change a value


def leaves(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the ways to everything that is no list and no mapping."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if not isinstance(data, dict | list):
        yield way
    for key, value in items:
        yield from leaves(value, (*way, key))


def at(data: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        data = data[key]
    return data


def put(data: Data, way: tuple[Any, ...], value: Any) -> Data:
    at(data, way[:-1])[way[-1]] = value
    return data


def taken(data: Data, way: tuple[Any, ...]) -> Data:
    del at(data, way[:-1])[way[-1]]
    return data


def other(value: Any) -> Any:
    """Give another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    when = span(value)
    return (when.first - timedelta(days=1)).isoformat() if when and when.exact else f"{value} khác"


FREE = ("access", "publish_not_before")


def content(record: Record) -> list[tuple[Any, ...]]:
    """Give the ways to what a record says, apart from what may change."""
    return [way for way in leaves(differences.plain(record.data)) if way[0] not in (*FREE, "formerly")]


def lists(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the ways to lists of at least two things that differ."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if isinstance(data, list) and len(data) > 1 and data[0] != data[1]:
        yield way
    for key, value in items:
        yield from lists(value, (*way, key))


# ---- Dishonest changes


def edited(all_of: Records) -> Iterator[Attempt]:
    """Change a value of a settled record."""
    for record in all_of.settled():
        ways = content(record)
        for way in random.Random(record.id).sample(ways, min(4, len(ways))):
            data = all_of.copy(record.id)
            yield Attempt(f"{record.id} {way}", {record.id: put(data, way, other(at(data, way)))})


def part_taken(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.settled():
        for part in record.parts:
            yield Attempt(part.ref, {record.id: taken(all_of.copy(record.id), part.path)})


def part_added(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.settled():
        for part in record.parts[:1]:
            data = all_of.copy(record.id)
            holder = at(data, part.path[:-1])
            holder.append({**differences.plain(part.data), "id": f"{part.data['id'][0]}99"})
            yield Attempt(f"{record.id} +1", {record.id: data})


def key_taken(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.settled():
        for key in record.data:
            if key not in (*FREE, "formerly"):
                yield Attempt(f"{record.id} -{key}", {record.id: taken(all_of.copy(record.id), (key,))})


def deleted(all_of: Records) -> Iterator[Attempt]:
    yield from (Attempt(name, {name: None}) for name in all_of.data)


def back_dated(all_of: Records) -> Iterator[Attempt]:
    """Move the day of a seal, or of a report, into the past."""
    for record in all_of.made.values():
        kind = all_of.kinds[record.kind]
        ways = [(seal, "date") for seal in set_seals(record, kind)]
        when = settling(kind)
        ways += [("date",)] if when and when.at == BIRTH and "date" in record.data else []  # type: ignore[list-item]
        for way in ways:
            data = all_of.copy(record.id)
            if (found := span(at(data, way))) and found.exact:
                yield Attempt(f"{record.id} {way}", {record.id: put(data, way, (found.first - timedelta(days=40)).isoformat())})


def reordered(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.settled():
        for way in lists(differences.plain(record.data)):
            if way[0] not in (*FREE, "formerly"):
                data = all_of.copy(record.id)
                holder = at(data, way)
                holder[0], holder[1] = holder[1], holder[0]
                yield Attempt(f"{record.id} {way}", {record.id: data})


def renumbered(all_of: Records) -> Iterator[Attempt]:
    """Let two parts of a record change their ids: of what is settled, and of a draft to which others link."""
    for record in all_of.made.values():
        first = record.parts[0].path[:-1] if record.parts else ()
        beside = [each for each in record.parts if each.path[:-1] == first][:2]
        if len(beside) == 2 and not record.told:
            data = all_of.copy(record.id)
            one, two = (at(data, each.path) for each in beside)
            one["id"], two["id"] = two["id"], one["id"]
            if is_settled(record, all_of.kinds[record.kind]):
                yield Attempt(record.id, {record.id: data})
            draft = _unsealed(all_of, record)
            if draft and any(all_of.register.links_to(each.ref) for each in beside):
                open_data = {key: value for key, value in data.items() if key in draft}
                yield Attempt(f"{record.id} (draft)", {record.id: open_data}, {record.id: draft})


def renamed(all_of: Records) -> Iterator[Attempt]:
    yield from (Attempt(name, {name: None, f"{name}-moi": all_of.copy(name)}) for name in all_of.data if name != "project")


def renamed_and_edited(all_of: Records) -> Iterator[Attempt]:
    """Move a settled record as one should, and change what it says on the way."""
    for record in all_of.settled():
        way = content(record)[0]
        data = all_of.copy(record.id)
        put(data, way, other(at(data, way)))["formerly"] = [*(record.get("formerly") or ()), record.id]
        yield Attempt(record.id, {record.id: None, f"{record.id}-moi": data})


def claimed_by_another(all_of: Records) -> Iterator[Attempt]:
    """Delete a record, and let another, of its kind or of none, say that it is the one."""
    last: dict[str, str] = {}
    for record in all_of.made.values():
        heir = last.get(record.kind) or next(name for name in all_of.data if name != record.id)
        last[record.kind] = record.id
        yield Attempt(f"{record.id} {heir}", {record.id: None, heir: {**all_of.copy(heir), "formerly": [record.id]}})


def swapped(all_of: Records) -> Iterator[Attempt]:
    """Exchange what two settled records of a kind say."""
    last: dict[str, str] = {}
    for record in all_of.settled():
        before = last.get(record.kind)
        last[record.kind] = record.id
        if before and all_of.data[before] != all_of.data[record.id]:
            yield Attempt(f"{before} {record.id}", {before: all_of.copy(record.id), record.id: all_of.copy(before)})


def unsealed(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.made.values():
        for seal in (*set_seals(record, all_of.kinds[record.kind]), *(["withdrawn"] if record.withdrawn else [])):
            yield Attempt(f"{record.id} -{seal}", {record.id: taken(all_of.copy(record.id), (seal,))})


def sealed_otherwise(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.made.values():
        for seal, said in set_seals(record, all_of.kinds[record.kind]).items():
            for way in leaves(differences.plain(said)):
                data = all_of.copy(record.id)
                full = (seal, *way)
                yield Attempt(f"{record.id} {full}", {record.id: put(data, full, other(at(data, full)))})


def sealed_ahead(all_of: Records) -> Iterator[Attempt]:
    """Set a seal, or hand in a report, of a day that has not come."""
    ahead = (DAY + timedelta(days=1)).isoformat()
    for record in all_of.made.values():
        kind = all_of.kinds[record.kind]
        seals = tuple(set_seals(record, kind))
        for seal in seals[-1:]:
            data = all_of.copy(record.id)
            yield Attempt(f"{record.id} {seal}", {record.id: put(data, (seal, "date"), ahead)}, {record.id: taken(all_of.copy(record.id), (seal,))})
        when = settling(kind)
        if when and when.at == BIRTH and "date" in record.data:
            yield Attempt(record.id, {record.id: put(all_of.copy(record.id), ("date",), ahead)}, {record.id: None})
        yield Attempt(f"{record.id} withdrawn", {record.id: {**all_of.copy(record.id), "withdrawn": {"date": "2027"}}}, _open(all_of, record))


def sealed_out_of_order(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.made.values():
        seals = tuple(set_seals(record, all_of.kinds[record.kind]))
        for seal in seals[:-1]:
            yield Attempt(f"{record.id} {seal}", {record.id: all_of.copy(record.id)}, {record.id: taken(all_of.copy(record.id), (seal,))})


def told_later(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.made.values():
        if not record.told and "told_by" in all_of.kinds[record.kind].schema["properties"]:
            yield Attempt(record.id, {record.id: {**all_of.copy(record.id), "told_by": ["common/sources/bao"]}})


def untold(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.made.values():
        if record.told:
            yield Attempt(record.id, {record.id: taken(all_of.copy(record.id), ("told_by",))})
            yield Attempt(f"{record.id} other", {record.id: {**all_of.copy(record.id), "told_by": ["common/sources/khac"]}})
            for way in content(record)[:6]:
                if way[0] not in ("told_by", "missing"):
                    data = all_of.copy(record.id)
                    yield Attempt(f"{record.id} {way}", {record.id: put(data, way, other(at(data, way)))})


def rated_otherwise(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.settled("classification"):
        for number, row in enumerate(record.get("ratings")):
            for key in row:
                if key != "id" and isinstance(row[key], str):
                    data = all_of.copy(record.id)
                    way = ("ratings", number, key)
                    yield Attempt(f"{record.id} {way}", {record.id: put(data, way, other(at(data, way)))})


def dates_moved(all_of: Records) -> Iterator[Attempt]:
    """Move, take away or add a date or rhythm of what an approved plan promises."""
    for record in all_of.settled("plan"):
        for part in record.parts:
            for key in ("due", "every", "from", "until"):
                way = (*part.path, key)
                data = all_of.copy(record.id)
                if key in part.data:
                    moved = put(data, way, "year" if key == "every" else (date.fromisoformat(at(data, way)) + timedelta(days=30)).isoformat())
                    yield Attempt(f"{part.ref} {key}", {record.id: moved})
                    yield Attempt(f"{part.ref} -{key}", {record.id: taken(all_of.copy(record.id), way)})
                elif part.kind == "action":
                    yield Attempt(f"{part.ref} +{key}", {record.id: put(data, way, "month" if key == "every" else "2027-01-31")})


def id_again(all_of: Records) -> Iterator[Attempt]:
    """Give a new record the id of one that is gone."""
    for record in all_of.made.values():
        way = next((each for each in content(record) if isinstance(at(record.data, each), str)), None)
        if way:
            data = all_of.copy(record.id)
            yield Attempt(record.id, {record.id: put(data, way, other(at(data, way)))}, {record.id: None}, {record.id: all_of.copy(record.id)})


def part_id_again(all_of: Records) -> Iterator[Attempt]:
    """Take a part of a record away that was sealed once, and later give its id to another."""
    for record in all_of.made.values():
        draft = _unsealed(all_of, record)
        for part in record.parts if draft and len(record.parts) > 1 and not record.told else ():
            if len(part.path) == 2 and draft:
                without = taken(differences.plain(draft), part.path)
                back = differences.plain(draft)
                for key, value in at(back, part.path).items():
                    if isinstance(value, str) and key != "id":
                        put(back, (*part.path, key), "Một điều hoàn toàn khác, chưa từng ghi ở đây bao giờ.")
                yield Attempt(part.ref, {record.id: back}, {record.id: without}, {record.id: all_of.copy(record.id)})


def mended_late(all_of: Records) -> Iterator[Attempt]:
    for way, record in _figures(all_of):
        data = all_of.copy(record.id)
        yield Attempt(f"{record.id} {way}", {record.id: put(data, way, other(at(data, way)))}, recorded=DAY - timedelta(days=4))


def forgotten(all_of: Records) -> Iterator[Attempt]:
    """Forget a former id."""
    for record in all_of.made.values():
        old = {**all_of.copy(record.id), "formerly": [f"{record.id}-cu", f"{record.id}-cu-nua"]}
        yield Attempt(record.id, {record.id: {**old, "formerly": [f"{record.id}-cu"]}}, {record.id: old})


ADMINISTRATORS = (
    ".github/workflows/check.yml",
    ".gitlab-ci.yml",
    "requirements/runtime.lock",
    "mkdocs.yml",
    "templates/index.html.j2",
    "schemas/plan.schema.json",
    "profiles/xa.yml",
    "generator/tusoi/gate.py",
    "hooks/pre-receive",
    "overrides/main.html",
    "CODEOWNERS",
    "records/project.yml",
    "docs/them.js",
    "docs/bang.html",
    ".gitattributes",
    "pyproject.toml",
)


def together(all_of: Records) -> Iterator[Attempt]:
    del all_of
    yield from (Attempt(path, {}, paths=("records/a/plans/1.yml", path)) for path in ADMINISTRATORS)


DISHONEST: Mapping[str, tuple[Callable[[Records], Iterator[Attempt]], str]] = {
    "a settled value edited": (edited, "R29 R30"),
    "a key taken away": (key_taken, "R30"),
    "a part taken away": (part_taken, "R30"),
    "a part added": (part_added, "R30"),
    "a record deleted": (deleted, "H01"),
    "back-dated": (back_dated, "R30"),
    "reordered": (reordered, "R30"),
    "renumbered": (renumbered, "R29 R30 H02"),
    "renamed without `formerly`": (renamed, "H01"),
    "renamed and edited": (renamed_and_edited, "R29 R30"),
    "`formerly` claimed by another": (claimed_by_another, "H01"),
    "contents swapped": (swapped, "R30 R29"),
    "a seal taken away": (unsealed, "R30"),
    "a seal altered": (sealed_otherwise, "R30"),
    "a seal or report ahead of its day": (sealed_ahead, "H04"),
    "seals out of order": (sealed_out_of_order, "H03"),
    "`told_by` added": (told_later, "H05"),
    "told otherwise": (untold, "H05 R30"),
    "a decided rating changed": (rated_otherwise, "R30"),
    "a promised date moved": (dates_moved, "R29"),
    "an id used again": (id_again, "H02"),
    "the id of a part used again": (part_id_again, "H02"),
    "a report mended too late": (mended_late, "R30"),
    "a former id forgotten": (forgotten, "R30"),
    "with what an administrator answers for": (together, "H06"),
}
"""The kinds of dishonest changes, each with the codes of which at least one has to be found."""


# ---- Honest changes


def unchanged(all_of: Records) -> Iterator[Attempt]:
    """Write the same in another order of keys."""
    for name, data in all_of.data.items():
        yield Attempt(name, {name: dict(reversed(differences.plain(data).items()))})


def new(all_of: Records) -> Iterator[Attempt]:
    """Add a record: a report, a request, an answer, a check, a plan that is approved at once."""
    yield from (Attempt(name, {name: all_of.copy(name)}, {name: None}) for name in all_of.data if name != "project")


def new_draft(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.made.values():
        if draft := _unsealed(all_of, record):
            yield Attempt(record.id, {record.id: draft}, {record.id: None})


def next_seal(all_of: Records) -> Iterator[Attempt]:
    """Set each seal of a record after those before it."""
    for record in all_of.made.values():
        seals = tuple(set_seals(record, all_of.kinds[record.kind]))
        for number, seal in enumerate(seals):
            later = {key: value for key, value in all_of.copy(record.id).items() if key not in seals[number + 1 :]}
            yield Attempt(f"{record.id} {seal}", {record.id: later}, {record.id: {key: value for key, value in later.items() if key != seal}})


def withdrawn(all_of: Records) -> Iterator[Attempt]:
    seal = {"date": "2026-03-16", "by": "huyen-uy-minh-hoa/roles/bi-thu", "reason": "Ghi nhầm đơn vị."}
    yield from (Attempt(record.id, {record.id: {**all_of.copy(record.id), "withdrawn": seal}}) for record in all_of.made.values() if not record.withdrawn)


def moved(all_of: Records) -> Iterator[Attempt]:
    """Move a record, and the links to it or not."""
    for record in all_of.made.values():
        if record.id.count("/") == 2:
            to = f"{record.id}-moi"
            data = {**all_of.copy(record.id), "formerly": [*(record.get("formerly") or ()), record.id]}
            followed = {
                name: _linking(all_of, name, record.id, to) for name in {link.source for part in _refs(record) for link in all_of.register.links_to(part)}
            }
            yield Attempt(record.id, {record.id: None, to: data})
            yield Attempt(f"{record.id} followed", {**followed, record.id: None, to: data})
            back = {**data, "formerly": [to]}
            yield Attempt(f"{record.id} back", {to: None, record.id: back}, {record.id: None, to: data}, {record.id: all_of.copy(record.id)})


def outcome_added(all_of: Records) -> Iterator[Attempt]:
    for record in all_of.settled("review", "inspection"):
        for part in record.parts_of("finding"):
            if "outcome" not in part.data:
                yield Attempt(part.ref, {record.id: put(all_of.copy(record.id), (*part.path, "outcome"), "Dân không phải chờ nữa.")})


def foreseen(all_of: Records) -> Iterator[Attempt]:
    """Add what may be added to a cycle that is open, and to an indicator."""
    added: dict[str, dict[str, Data]] = {
        "cycle": {"exemptions": {"of": "xa", "reason": "Mới lập."}, "assignments": {"who": "xa"}},
        "indicator": {"values": {"period": "2027", "value": 1}},
    }
    for record in all_of.settled("cycle", "indicator"):
        for key, value in added[record.kind].items():
            yield Attempt(f"{record.id} {key}", {record.id: {**all_of.copy(record.id), key: [*(all_of.copy(record.id).get(key) or ()), value]}})


def draft_edited(all_of: Records) -> Iterator[Attempt]:
    """Mend a word of a draft, or take a part out of one that nobody cites."""
    for record in all_of.made.values():
        draft = _unsealed(all_of, record)
        if draft and not record.told:
            way = next((way for way in leaves(draft) if isinstance(at(draft, way), str) and " " in at(draft, way)), None)
            if way:
                yield Attempt(f"{record.id} {way}", {record.id: put(differences.plain(draft), way, at(draft, way) + " (đã sửa)")}, {record.id: draft})


def filled_in(all_of: Records) -> Iterator[Attempt]:
    """Fill in what a source left out, or name another source."""
    for record in all_of.made.values():
        if record.told:
            yield Attempt(f"{record.id} +source", {record.id: {**all_of.copy(record.id), "told_by": [*record.get("told_by"), "common/sources/khac"]}})
        for number, stated in enumerate(record.get("missing") or ()):
            way = _way(record, stated)
            if way:
                data = taken(all_of.copy(record.id), ("missing", number))
                yield Attempt(f"{record.id} {stated}", {record.id: put(data, way, "Nay nguồn khác nói rõ.")})


def readers_changed(all_of: Records) -> Iterator[Attempt]:
    for name in all_of.data:
        yield Attempt(name, {name: {**all_of.copy(name), "access": "members"}})


def mended_in_time(all_of: Records) -> Iterator[Attempt]:
    for way, record in _figures(all_of):
        data = all_of.copy(record.id)
        is_cited = any(each.kind in {"verification", "correction"} for each in all_of.made.values() if _speaks_of(each, record, all_of))
        if not is_cited:
            yield Attempt(f"{record.id} {way}", {record.id: put(data, way, other(at(data, way)))}, recorded=DAY - timedelta(days=3))


def put_back(all_of: Records) -> Iterator[Attempt]:
    """Put a record back that had been taken away, as it was."""
    yield from (Attempt(name, {name: all_of.copy(name)}, {name: None}, {name: all_of.copy(name)}) for name in all_of.data if name != "project")


def apart(all_of: Records) -> Iterator[Attempt]:
    """Change what an administrator answers for and nothing else, or write pages beside records."""
    del all_of
    yield from (Attempt(path, {}, paths=(path, "mkdocs.yml")) for path in ADMINISTRATORS)
    yield from (Attempt(path, {}, paths=(path, "records/a/plans/1.yml")) for path in ("docs/index.md", "docs/anh/ban-do.png", "records/a/files/so.pdf"))


def living(all_of: Records) -> Iterator[Attempt]:
    """Change an organisation, a post, a document, a source, criteria, a group or the project."""
    for record in all_of.made.values():
        if settling(all_of.kinds[record.kind]) is None:
            ways = [way for way in content(record) if way[0] not in (*all_of.kinds[record.kind].seals, "told_by", "missing", "withdrawn")]
            data = all_of.copy(record.id)
            yield Attempt(record.id, {record.id: put(data, ways[-1], other(at(data, ways[-1])))})


HONEST: Mapping[str, Callable[[Records], Iterator[Attempt]]] = {
    "only the order of keys": unchanged,
    "a new record": new,
    "a new draft": new_draft,
    "the next seal": next_seal,
    "withdrawn": withdrawn,
    "moved with `formerly`": moved,
    "what came of a finding added": outcome_added,
    "what the schema foresees added": foreseen,
    "a draft mended": draft_edited,
    "what a source left out filled in": filled_in,
    "who may read it changed": readers_changed,
    "a report mended in time": mended_in_time,
    "put back as it was": put_back,
    "what is not settled changed": living,
    "an administrator's change apart": apart,
}


def _unsealed(all_of: Records, record: Record) -> Data | None:
    """Give a record as it was before its first seal; None where its kind has none."""
    kind = all_of.kinds[record.kind]
    when = settling(kind)
    if not kind.seals or when is None or when.at == BIRTH:
        return None
    return {key: value for key, value in all_of.copy(record.id).items() if key not in (*kind.seals, "withdrawn")}


def _open(all_of: Records, record: Record) -> Files:
    return {record.id: {key: value for key, value in all_of.copy(record.id).items() if key != "withdrawn"}}


def _figures(all_of: Records) -> Iterator[tuple[tuple[Any, ...], Record]]:
    """Give the figures and words of reports."""
    for record in all_of.settled("progress"):
        for number, entry in enumerate(record.get("entries") or ()):
            if "text" in entry:
                yield ("entries", number, "text"), record
            if "figures" in entry:
                yield ("entries", number, "figures", 0, "value"), record


def _speaks_of(citing: Record, report: Record, all_of: Records) -> bool:
    """Whether a check or a correction is about a report or its actions."""
    targets = {link.target for link in citing.links}
    actions = {f"{report.get('of')}#{each['action']}" if "#" not in each["action"] else each["action"] for each in report.get("entries") or ()}
    own = {link.target.partition("#")[0] for link in citing.links}
    found = {str(all_of.register.find(each).ref) for each in targets if all_of.register.find(each)}  # type: ignore[union-attr]
    named = {str(all_of.register.find(each).ref) for each in actions if all_of.register.find(each)}  # type: ignore[union-attr]
    return report.id in own or bool(found & named)


def _refs(record: Record) -> Iterator[str]:
    yield record.id
    yield from (part.ref for part in record.parts)


def _linking(all_of: Records, name: str, old: str, new_id: str) -> Data:
    """Give a record with its links to another following it to its new id."""
    data = all_of.copy(name)
    for link in all_of.made[name].links:
        if link.target.partition("#")[0] == old:
            put(data, link.path, new_id + link.target.removeprefix(old))
    return data


def _way(record: Record, stated: str) -> tuple[Any, ...] | None:
    """Give the way to what is missing, where only its last step is not there."""
    here: Any = record.data
    way: list[Any] = []
    *names, last = stated.split("/")
    for name in names:
        if isinstance(here, tuple):
            key: Any = next((number for number, each in enumerate(here) if isinstance(each, Mapping) and each.get("id") == name), None)
        else:
            key = name if isinstance(here, Mapping) and name in here else None
        if key is None:
            return None
        way.append(key)
        here = here[key]
    return (*way, last) if isinstance(here, Mapping) and last not in here else None
