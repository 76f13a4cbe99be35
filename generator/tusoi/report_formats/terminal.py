"""For a terminal."""

from __future__ import annotations

from tusoi import report
from tusoi.report_formats import Report, report_format


@report_format("text")
def text(given: Report) -> str:
    """Write each problem with its place, its record and how to mend it."""
    return report.text(given.problems, given.summary, given.lang, names=given.names)
