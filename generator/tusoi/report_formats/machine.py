"""For programs: JSON that `check.schema.json` describes."""

from __future__ import annotations

import json

from tusoi.problem import Problem
from tusoi.report import count, hint, record_of, sentence
from tusoi.report_formats import Report, report_format


@report_format("json")
def as_json(given: Report) -> str:
    """Write everything that is known of each problem, in one stable shape."""
    said = {
        "format": 1,
        "project": {"audience": given.summary.audience},
        "as_of": given.summary.day.isoformat(),
        "records": given.summary.records,
        "counts": {str(severity): number for severity, number in count(given.problems).items()},
        "problems": [_plain(each, given) for each in given.problems],
    } | ({"base": {"commit": given.summary.base, "authors": given.summary.judges_authors}} if given.summary.base else {})
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _plain(each: Problem, given: Report) -> dict[str, object]:
    also = {"file": each.also.file, "line": each.also.line, "column": each.also.column} if each.also else None
    return {
        "code": each.code,
        "severity": str(each.severity),
        "file": each.place.file,
        "line": each.place.line,
        "column": each.place.column,
        "path": list(each.path),
        "record": record_of(each, given.names, given.lang),
        "message": sentence(each, given.lang),
        "hint": hint(each, given.lang),
        "also": also,
    }
