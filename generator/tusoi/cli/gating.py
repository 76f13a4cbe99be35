"""`tusoi check --base`: what was judged, together with what a change does to what was there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tusoi import flow, report
from tusoi.cli.group import need, summary_of
from tusoi.history import UnusableError


def against(judged: flow.Judged, base: str, whose: Path | None, lang: str, *, keeps_day: bool) -> tuple[flow.Judged, report.Summary]:
    """Judge the change since a commit, or stop with a sentence."""
    from tusoi import changing
    from tusoi.people import UnusableFileError

    try:
        found = changing.compared(judged, base, whose=whose, keeps_day=keeps_day)
    except UnusableError as error:
        need(False, f"history.{error.reason}", lang, detail=error.detail)
        raise
    except UnusableFileError as error:
        need(False, f"people.{error.reason}", lang, file=whose, line=error.line)
        raise
    return found.judged, replace(summary_of(judged), base=found.base, judges_authors=whose is not None)
