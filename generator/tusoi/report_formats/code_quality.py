"""For GitLab's Code Quality widget: a list of issues, each known again by its fingerprint. `code-quality.schema.json` beside this module describes it."""

from __future__ import annotations

import json
from typing import Final

from tusoi.problem import Problem, Severity
from tusoi.report import hint, named
from tusoi.report_formats import Report, fingerprints, report_format

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


@report_format("codequality")
def code_quality(given: Report) -> str:
    """Write one issue for each problem. An issue has no place for a hint: the description holds it."""
    marks = fingerprints(given.problems, given.names, given.prefix)
    return json.dumps([_issue(each, given, marks[each]) for each in given.problems], ensure_ascii=False, indent=2) + "\n"


def _issue(each: Problem, given: Report, mark: str) -> dict[str, object]:
    return {
        "description": f"{named(each, given.names, given.lang)} {hint(each, given.lang)}",
        "check_name": each.code,
        "fingerprint": mark,
        "severity": _SEVERITIES[each.severity],
        "location": {"path": given.prefix + each.place.file, "lines": {"begin": each.place.line or 1}},
    }
