"""Who looks after which folder, written from the organisations: the file CODEOWNERS, by which a host asks the right team to approve a change.

It is written for three ways of reading at once. GitHub and GitLab take patterns of files, and the last line that fits wins; Gitea and Forgejo take regular
expressions of whole paths, and ask every team whose line fits. So each folder has two lines, and the line of one reading says nothing in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from tusoi import lineage
from tusoi.dates import is_past, span
from tusoi.lineage import Lineage
from tusoi.problem import Place, Problem, Severity, problem
from tusoi.record import Record, Register

FILE: Final = "CODEOWNERS"
SHADOW: Final = ".github/CODEOWNERS"
"""Where GitHub looks first: a file there would count instead of ours."""
KEY: Final = "code_owners"
_HERE: Final = "{organisation}"
_HEADER: Final = """\
# Tệp này do lệnh `tusoi codeowners` viết từ hồ sơ các đơn vị. Đừng sửa tay: sửa hồ sơ đơn vị hoặc records/project.yml, rồi chạy lại lệnh.
# Thay đổi trong thư mục nào thì nhóm ghi ở dòng của thư mục ấy duyệt; dòng sau thắng dòng trước. Hai dòng đầu: mọi thứ còn lại.
# Mỗi thư mục có hai dòng: dòng đầu cho GitHub và GitLab, dòng sau (biểu thức chính quy) cho Gitea và Forgejo.
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a project's folder has of it."""

    text: str | None = None
    """What the file says, with Unix line ends; None where there is none."""
    is_shadowed: bool = False


NOTHING_KEPT: Final = Kept()


def asked(register: Register) -> Mapping[str, Any] | None:
    """Give what the project says of teams; None where it wants no such file."""
    stated = register.project.get(KEY) if register.project else None
    return stated if isinstance(stated, Mapping) and {"records", "rest"} <= stated.keys() else None


def text(register: Register, day: date) -> str:
    """Write the file as it should be on a day. Of a project that wants none: nothing."""
    stated = asked(register)
    if stated is None:
        return ""
    lines = [f"* {stated['rest']}", f".* {stated['rest']}"]
    past = lineage.of(register)
    for organisation in sorted(past.records):
        if teams := _teams(past.records[organisation], past, day):
            owners = " ".join(str(stated["records"]).replace(_HERE, each) for each in teams)
            lines += [f"/records/{organisation}/ {owners}", f"records/{organisation}/.* {owners}"]
    return _HEADER + "\n".join(lines) + "\n"


def problems(register: Register, day: date, kept: Kept) -> Iterator[Problem]:
    """H08: the file is as it should be. Where only a day has passed since it was, it should be written anew; otherwise it must."""
    if asked(register) is None or any("/" not in each for each in register.reserved):
        return  # what stands in an organisation's own file is not known
    if kept.is_shadowed:
        yield problem("H08", Place(SHADOW), variant="shadow")
    if kept.text is None:
        yield problem("H08", register.project.place(KEY) if register.project else Place(FILE), (KEY,), variant="missing")
    elif kept.text != text(register, day):
        place = Place(FILE, _first_other(kept.text, text(register, day)))
        if any(kept.text == text(register, each) for each in days(register)):
            yield problem("H08", place, variant="day", severity=Severity.WARNING)
        else:
            yield problem("H08", place)


def days(register: Register) -> list[date]:
    """Give the days on which it changes although no record does: an organisation begins, follows another, or has ended the day before."""
    found = {date.min}
    for record in register.of_kind("organisation"):
        stated = [record.get("from"), *(each.get("date") for each in record.get("lineage") or ())]
        found |= {each.first for each in map(span, stated) if each}
        found |= {each.last + timedelta(days=1) for each in (span(record.get("to")),) if each and each.last < date.max}
    return sorted(found)


def _teams(record: Record, past: Lineage, day: date) -> list[str]:
    """Give the organisations whose teams look after a folder: its own while it exists, then those that took it over; none where nobody did."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [record.id]
    while waiting:
        here = waiting.pop()
        if here in seen or here not in past.records or past.records[here].told:
            continue
        seen.add(here)
        if _has_ended(here, past, day):
            waiting += past.successors(here, day)
        else:
            found.add(here)
    return sorted(found)


def _has_ended(organisation: str, past: Lineage, day: date) -> bool:
    """Whether it is over: merged, renamed, or past its last day. What has not begun has a team already: somebody has to prepare it."""
    return past.home(organisation, day) != organisation or is_past(past.records[organisation].get("to"), day)


def _first_other(one: str, other: str) -> int:
    """Give the first line in which two texts differ, from 1."""
    pairs = enumerate(zip(one.splitlines(), other.splitlines(), strict=False), start=1)
    return next((number for number, (here, there) in pairs if here != there), min(len(one.splitlines()), len(other.splitlines())) or 1)
