"""The records of one side of a change under what the other side says of rules: its project record, and the waivers that were in force there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tusoi import differences
from tusoi.record import Draft, Record, Register

PROJECT: Final = "project"
_WAIVER: Final = "waiver"
_SEAL: Final = "approved"


def under(drafts: Iterable[Draft], before: Register) -> tuple[Draft, ...]:
    """Give the drafts with the project record of before, and with waivers as they were: one that is new, or newly approved, waives nothing yet."""
    project = before.project
    kept = [_waiver(each, before) for each in drafts if each.id != PROJECT or project is None]
    return tuple(sorted([*kept, *([_draft(project, project.id)] if project else [])], key=lambda each: each.id))


def _waiver(draft: Draft, before: Register) -> Draft:
    kind = before.kinds.get(_WAIVER)
    if kind is None or draft.plural != kind.plural:
        return draft
    former = draft.data.get("formerly")
    names = [draft.id, *(former if isinstance(former, list) else ())]
    old = next((found for name in names if (found := before.records.get(str(name)))), None)
    if old:
        return _draft(old, draft.id)
    return Draft(draft.id, draft.plural, {key: value for key, value in draft.data.items() if key != _SEAL}, draft.source)


def _draft(record: Record, name: str) -> Draft:
    plural = record.id.split("/")[1] if "/" in record.id else PROJECT
    return Draft(name, plural, differences.plain(record.data), record.source)
