"""Small repositories made step by step with real Git: a district, a commune that promises, and what happened to the promise on which day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from conftest import git
from tusoi import flow, looking_back

ZONE = "Asia/Ho_Chi_Minh"
DAY = date(2026, 3, 15)
PLAN = "xa-mau/plans/2024"
A1 = f"{PLAN}#A1"
HEAD = "huyen-mau"
Data = dict[str, Any]

ACTION: Data = {
    "id": "A1",
    "findings": ["xa-mau/reviews/2024#F1"],
    "content": "Lập bảng theo dõi hồ sơ đất đai.",
    "product": "Bảng theo dõi",
    "owner": "xa-mau/roles/pho",
    "due": "2025-03-31",
}
SEAL: Data = {"date": "2025-01-10", "by": f"{HEAD}/roles/bi-thu", "document": {"number": "02-KH/ĐU", "date": "2025-01-10"}}


def plan(*actions: Data, approved: bool = True, **more: Any) -> Data:
    """Give a plan of these actions; without any, of the usual one."""
    found = [ACTION | each for each in actions or ({},)]
    kept = [{key: value for key, value in each.items() if value is not None} for each in found]
    made: Data = {"title": "Kế hoạch năm 2024", "of": ["xa-mau/reviews/2024"], "accountable": "xa-mau/roles/bi-thu", "followed_by": HEAD}
    return made | {"direction": "Làm từng việc theo hạn.", "actions": kept} | ({"approved": SEAL} if approved else {}) | more


def postponed(to: str, day: str, of: str = A1) -> Data:
    """Give a request to move a date."""
    return {"of": of, "to": to, "date": day, "reason": "Chờ mẫu giấy hẹn mới của cấp trên."}


def answered(of: str, day: str, result: str = "agreed") -> Data:
    """Give the answer to it."""
    return {"of": of, "date": day, "by": f"{HEAD}/roles/bi-thu", "result": result}


def reported(day: str, state: str = "completed", **entry: Any) -> Data:
    """Give a report on the usual action."""
    return {"of": PLAN, "date": day, "by": "xa-mau/roles/pho", "entries": [{"action": "A1", "state": state, "text": "Đã làm như kế hoạch."} | entry]}


def ground() -> dict[str, Data]:
    """Give the records that all stories begin with."""
    finding: Data = {"id": "F1", "statement": "Năm 2024 có 37 hồ sơ đất đai trả chậm.", "area": "land", "remedy": "Giao người theo dõi hồ sơ."}
    finding |= {"responsible": [{"who": "xa-mau", "share": "lead"}], "causes": [{"kind": "subjective", "text": "Chưa giao ai theo dõi."}]}
    session = {"id": "S1", "kind": "collective", "from": "2024-12-10", "to": "2024-12-10", "present": {"value": 12, "of": 13, "unit": "người"}}
    return {
        "project": {"title": "Thử", "format": 1, "root": "thu", "lang": "vi", "time_zone": ZONE, "profile": "party", "audience": "public"},
        HEAD: {"name": "Huyện ủy Mẫu", "type": "party_committee"},
        f"{HEAD}/roles/bi-thu": {"name": "Bí thư Huyện ủy Mẫu", "rank": "head"},
        f"{HEAD}/cycles/2024": {
            "name": "Kiểm điểm năm 2024",
            "kind": "annual",
            "from": "2024-01-01",
            "to": "2024-12-31",
            "scope": ["xa-mau"],
            "steps": [{"step": "review", "due": "2024-12-31"}],
        },
        "xa-mau": {"name": "Đảng ủy xã Mẫu", "type": "party_committee", "parents": [{"of": HEAD}], "peer_group": "Đảng ủy xã"},
        "xa-mau/roles/bi-thu": {"name": "Bí thư Đảng ủy xã Mẫu", "rank": "head"},
        "xa-mau/roles/pho": {"name": "Phó Bí thư Đảng ủy xã Mẫu", "rank": "deputy"},
        "xa-mau/reviews/2024": {
            "title": "Báo cáo kiểm điểm năm 2024",
            "cycle": f"{HEAD}/cycles/2024",
            "sessions": [session],
            "strengths": ["Xong sớm đường liên thôn."],
            "findings": [finding],
            "self_rating": "good",
            "submitted": {"date": "2024-12-11"},
            "concluded": {"date": "2024-12-12", "by": f"{HEAD}/roles/bi-thu"},
        },
    }


class Story:
    """A repository that grows commit by commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        git(folder, "init", "--quiet", "--initial-branch=main")
        self.on("2025-01-05", ground())

    def on(self, day: str, records: Mapping[str, Data | str | None]) -> str:
        """Record on a day: data, a text as it is, or None for what is taken away. Give the commit."""
        for name, said in records.items():
            place = self.folder / "records" / (f"{name}/organisation.yml" if "/" not in name and name != "project" else f"{name}.yml")
            place.parent.mkdir(parents=True, exist_ok=True)
            if said is None:
                place.unlink()
            else:
                place.write_text(said if isinstance(said, str) else text(said), encoding="utf-8")
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message=ghi", date=f"{day}T10:00:00+07:00")
        return self.head

    @property
    def head(self) -> str:
        """The last commit."""
        return git(self.folder, "rev-parse", "HEAD").strip()

    def judged(self, day: date = DAY) -> flow.Judged:
        """Judge what stands now, with its past."""
        return flow.judge(flow.read(self.folder), day, looking_back.past(self.folder, ZONE))


def text(data: Mapping[str, Any]) -> str:
    """Write a record as its file has it: without the anchors that YAML has for what stands in several places."""
    return yaml.safe_dump(json.loads(json.dumps(data)), allow_unicode=True, sort_keys=False)
