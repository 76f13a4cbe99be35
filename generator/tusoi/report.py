"""Problems → what a terminal, a machine, a code host and a person read. Every form is a view of the same list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tusoi import rules, telling
from tusoi.messages import say
from tusoi.problem import Problem, Severity

HOST_LIMIT = 10
"""How many annotations of one severity the host shows for a step."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a check says besides its problems."""

    records: int
    day: date
    audience: str
    """What the project says; empty where nobody has written it."""


def count(problems: Iterable[Problem]) -> dict[Severity, int]:
    """Count by severity, with every severity named."""
    counts = dict.fromkeys(Severity, 0)
    for each in problems:
        counts[each.severity] += 1
    return counts


def sentence(each: Problem, lang: str) -> str:
    """Say what is wrong, in one line."""
    return _one_line(say(f"{each.message}.what", lang, **dict(each.params)))


def hint(each: Problem, lang: str) -> str:
    """Say how to mend it, in one line."""
    return _one_line(say(f"{each.message}.hint", lang, **dict(each.params)))


def text(problems: Iterable[Problem], summary: Summary, lang: str, counted: Iterable[Problem] | None = None) -> str:
    """Write for a terminal: place, what is wrong, how to mend it; at the end the counts, of `counted` where only some are written out."""
    problems = tuple(problems)
    lines: list[str] = []
    for each in problems:
        lines.append(f"{each.place}: {say(f'severity.{each.severity}', lang)} {each.code} – {sentence(each, lang)}")
        lines.append(f"    {hint(each, lang)}")
        if each.also:
            lines.append(f"    ({say('check.also', lang, place=each.also)})")
    lines.append(closing(problems if counted is None else counted, summary, lang))
    return "\n".join(lines) + "\n"


def closing(problems: Iterable[Problem], summary: Summary, lang: str) -> str:
    """Write the last line: how many records, and how many problems of each severity."""
    counts = {str(severity): number for severity, number in count(problems).items()}
    return say("check.done", lang, records=summary.records, day=stated(summary.day, lang), **counts)


def stated(day: date, lang: str) -> str:
    """Write a day as people of the language write it."""
    return telling.day(day.isoformat()) if lang == "vi" else day.isoformat()


def as_json(problems: Iterable[Problem], summary: Summary, lang: str) -> str:
    """Write for a machine; `check.schema.json` beside this module describes it."""
    problems = tuple(problems)
    report = {
        "format": 1,
        "project": {"audience": summary.audience},
        "as_of": summary.day.isoformat(),
        "records": summary.records,
        "counts": {str(severity): number for severity, number in count(problems).items()},
        "problems": [_plain(each, lang) for each in problems],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _plain(each: Problem, lang: str) -> dict[str, object]:
    also = {"file": each.also.file, "line": each.also.line, "column": each.also.column} if each.also else None
    return {
        "code": each.code,
        "severity": str(each.severity),
        "file": each.place.file,
        "line": each.place.line,
        "column": each.place.column,
        "path": list(each.path),
        "message": sentence(each, lang),
        "hint": hint(each, lang),
        "also": also,
    }


def host_commands(problems: Iterable[Problem], lang: str, prefix: str = "") -> str:
    """Write the host's commands: at most so many of each severity as it shows, and how many more there are.

    `prefix` is the folder of the project within the repository.
    """
    commands = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
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
            lines.append(f"::{commands[severity]} {properties}::{_escaped(f'{sentence(each, lang)} {hint(each, lang)}')}")
        if len(found) > HOST_LIMIT:
            more = say("check.more", lang, count=len(found) - HOST_LIMIT + 1, severity=say(f"severity.{severity}", lang))
            lines.append(f"::{commands[severity]} ::{_escaped(more)}")
    return "".join(f"{line}\n" for line in lines)


def markdown(problems: Iterable[Problem], summary: Summary, lang: str, links: str = "") -> str:
    """Write a short list for the job summary of a pull request: errors first, each with its file and line.

    `links` is put before the file to make an address.
    """
    found = tuple(problems)
    lines = [f"## {say('check.title', lang)}", "", _inert(closing(found, summary, lang)), ""]
    if not any(each.severity is Severity.ERROR for each in found):
        lines += [say("check.fine", lang), ""]
    for severity in Severity:
        part = [each for each in found if each.severity is severity]
        if part:
            lines += [f"### {say(f'severity.{severity}', lang)} ({len(part)})", ""]
            lines += [f"- {_where(each, links)} {_inert(sentence(each, lang))}<br>→ {_inert(hint(each, lang))}" for each in part]
            lines.append("")
    return "\n".join(lines)


def _where(each: Problem, links: str) -> str:
    place = _inert(f"{each.place.file}:{each.place.line}" if each.place.line else each.place.file)
    if not links or re.search(r"[^\w./-]", each.place.file):
        return f"**{place}**"
    return f"[{place}]({links}{each.place.file}{f'#L{each.place.line}' if each.place.line else ''})"


def rules_text(code: str, lang: str) -> str:
    """List the rules, or show one; empty where there is none of that code."""
    wanted = [each for each in rules.all_rules() if not code or each.code == code]
    return "".join(f"{each.code} [{say(f'severity.{each.severity}', lang)}, {each.stage}] {each.titles[lang]} ({each.source})\n" for each in wanted)


def rules_json(code: str) -> str:
    """List the rules for a machine: code, severity, stage, source, title in both languages."""
    wanted = [each for each in rules.all_rules() if not code or each.code == code]
    return json.dumps([_rule(each) for each in wanted], ensure_ascii=False, indent=2) + "\n"


def _rule(each: rules.Rule) -> Mapping[str, object]:
    return {"code": each.code, "severity": str(each.severity), "stage": each.stage, "source": each.source, "title": each.titles}


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _escaped(words: str, *, property_: bool = False) -> str:
    """Escape for the host's commands, so that record text can never become one."""
    words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.replace(":", "%3A").replace(",", "%2C") if property_ else words


def _inert(words: str) -> str:
    """Escape for Markdown, so that record text is only ever text: no links, images, mentions or HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>&@~:-])", lambda found: f"&#{ord(found[0])};", words)
