"""A record that has to move says what it was called (`formerly`): nothing that is judged or counted changes by that, whoever goes on using the old id."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases import SAMPLE
from tusoi import asof, flow, progress, rules
from tusoi.record import Record, Register

DAY = date(2026, 3, 15)
MOVED = "-chuyen"


@functools.cache
def whole() -> Register:
    return flow.read(SAMPLE).register


def movable() -> list[str]:
    """Every record but those that name a folder."""
    return [each.id for each in whole().records.values() if each.kind not in ("organisation", "project")]


def moved(record: Record) -> Record:
    """The record under another id, with its old one."""
    data: dict[str, Any] = {**record.data, "formerly": (*record.data.get("formerly", ()), record.id)}
    return replace(flow.kinds().record(record.kind, f"{record.id}{MOVED}", data, record.source), data=data)


def outline(records: list[Record]) -> tuple[Any, ...]:
    """What is said and counted, with the new id read as the old one."""
    register = asof.at(Register.of(whole().kinds, records), DAY)
    facts = progress.measure(register, DAY)

    def old(ref: str) -> str:
        return ref.replace(MOVED, "")

    said = Counter((each.message, each.place.file, each.path) for each in rules.run(register, facts))
    findings = {old(ref): (each.state, each.organisation, len(each.actions), len(each.carried)) for ref, each in facts.findings.items()}
    actions = {old(ref): (each.state, each.due, each.overdue_days, each.stale_days) for ref, each in facts.actions.items()}
    rows = {(old(row.cycle), row.organisation): {old(line.finding.part.ref): line.column for line in row.lines} for row in facts.carry}
    return said, findings, actions, rows


@pytest.mark.parametrize("name", movable())
def test_nothing_changes_when_a_record_moves(name: str) -> None:
    records = whole().records
    assert outline([moved(each) if each.id == name else each for each in records.values()]) == outline(list(records.values()))
