"""For GitHub Actions: commands that become annotations beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tusoi.messages import say
from tusoi.problem import Problem, Severity
from tusoi.report import closing, hint, sentence
from tusoi.report_formats import Report, report_format

HOST_LIMIT: Final = 10
"""How many annotations of one severity the host shows for a step."""
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@report_format("github")
def commands(given: Report) -> str:
    """Write the host's commands, and the counts for the log."""
    return f"{host_commands(given.problems, given.lang, given.prefix)}{closing(given.problems, given.summary, given.lang)}\n"


def host_commands(problems: Sequence[Problem], lang: str, prefix: str = "") -> str:
    """Write the host's commands: at most so many of each severity as it shows, and how many more there are.

    `prefix` is the folder of the project within the repository.
    """
    lines: list[str] = []
    for severity in Severity:
        found = [each for each in problems if each.severity is severity]
        for each in found[:HOST_LIMIT] if len(found) <= HOST_LIMIT else found[: HOST_LIMIT - 1]:
            where = {
                "file": prefix + each.place.file,
                "line": each.place.line or 1,
                "col": each.place.column or 1,
                "title": f"{say(f'severity.{severity}', lang)} {each.code}",
            }
            properties = ",".join(f"{key}={_escaped(str(value), property_=True)}" for key, value in where.items())
            lines.append(f"::{_COMMANDS[severity]} {properties}::{_escaped(f'{sentence(each, lang)} {hint(each, lang)}')}")
        if len(found) > HOST_LIMIT:
            more = say("check.more", lang, count=len(found) - HOST_LIMIT + 1, severity=say(f"severity.{severity}", lang))
            lines.append(f"::{_COMMANDS[severity]} ::{_escaped(more)}")
    return "".join(f"{line}\n" for line in lines)


def _escaped(words: str, *, property_: bool = False) -> str:
    """Escape for the host's commands, so that record text can never become one."""
    words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.replace(":", "%3A").replace(",", "%2C") if property_ else words
