"""The forms in which `tusoi check` gives its list of problems. Every form is a view of the same list.

To add a form, write one module here with one function that `@report_format` names; the command finds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tusoi import rules
from tusoi.collect import members
from tusoi.problem import Problem, Severity
from tusoi.record_names import RecordNames
from tusoi.report import Summary


@dataclass(frozen=True, slots=True)
class Report:
    """All that a form is made of."""

    problems: tuple[Problem, ...]
    summary: Summary
    lang: str
    names: RecordNames
    prefix: str = ""
    """The folder of the project within the repository: a host knows files by their way from the top."""
    strict: bool = False
    """Whether warnings fail, too."""

    def fails(self, each: Problem) -> bool:
        """Whether a problem alone would make the check fail; what only a passing day has brought about does not."""
        if each.severity is Severity.ERROR:
            return each.code not in rules.BY_TIME
        return self.strict and each.severity is Severity.WARNING


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One form: the word after `--format`, and what writes it."""

    name: str
    write: Callable[[Report], str]


def report_format(name: str) -> Callable[[Callable[[Report], str]], ReportFormat]:
    """Make a function a form."""
    return lambda write: ReportFormat(name, write)


@cache
def all_formats() -> Mapping[str, ReportFormat]:
    """Give every form by its name."""
    from tusoi import report_formats

    return {each.name: each for each in members(report_formats, ReportFormat, lambda each: each.name)}


def fingerprints(problems: Iterable[Problem], names: RecordNames, prefix: str = "") -> dict[Problem, str]:
    """Give each problem a name by which a host knows it again in a later run.

    It does not hang on the line, nor on numbers and names of places in the sentence: those move when something is added above. Of several that are alike
    all the same, the later ones are counted.
    """
    seen: dict[str, int] = {}
    found: dict[Problem, str] = {}
    for each in problems:
        words = (f"{name}={value}" for name, value in each.params if not name.endswith(("_vi", "_en")) and not _is_number(value))
        plain = "\n".join([each.message, prefix + each.place.file, names.anchor(each), *words])
        seen[plain] = seen.get(plain, 0) + 1
        found[each] = hashlib.sha256(f"{plain}\n{seen[plain]}".encode("utf-8", "backslashreplace")).hexdigest()
    return found


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()
