"""Problems → what a person reads: in a terminal, and on the page of a pull request. Forms for machines are in `report_formats/`."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tusoi import rules, telling
from tusoi.messages import say, unfilled
from tusoi.problem import Problem, Severity
from tusoi.record_names import RecordNames

_DAY: Final = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d)?")
"""A day or a month as records have it."""
_OWN_FILE: Final = re.compile(r"records/(?!common/)([^/]+)/(?:reviews|plans)/")
_SHORT: Final = 12
"""So much of a commit's id is shown."""
_ANYBODY: Final = re.compile(r"\b(?:(?:ma-|ten-)?don-vi|(?:the-)?organisation)(?=[/\]])")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a check says besides its problems."""

    records: int
    day: date
    audience: str
    """What the project says; empty where nobody has written it."""
    base: str = ""
    """The commit with which was compared; empty where there was none."""
    judges_authors: bool = False
    """Whether it was known who is who."""


def count(problems: Iterable[Problem]) -> dict[Severity, int]:
    """Count by severity, with every severity named."""
    counts = dict.fromkeys(Severity, 0)
    for each in problems:
        counts[each.severity] += 1
    return counts


def sentence(each: Problem, lang: str) -> str:
    """Say what is wrong, in one line."""
    return _one_line(_filled(f"{each.message}.what", each, lang))


def hint(each: Problem, lang: str) -> str:
    """Say how to mend it, in one line."""
    return _one_line(_filled(f"{each.message}.hint", each, lang))


def _filled(name: str, each: Problem, lang: str) -> str:
    """Fill in a sentence. A rule speaks of days as its readers write them; what they are to type, between marks of code, stays as records have it."""
    if each.code[0] not in "RH":
        return say(name, lang, **dict(each.params))
    params, text = dict(each.params), ""
    for words, key, _, _ in string.Formatter().parse(unfilled(name, lang)):
        # A text that ends in a stop, in quotes, ends the sentence.
        text += words[:1] + words[1:].removeprefix(".") if text.endswith(".") and words.startswith(("”.", "’.")) else words
        value = params[key] if key else ""
        if lang == "vi" and _DAY.fullmatch(value) and text.count("`") % 2 == 0:
            text = text if len(value) == len("2026-03-31") else text.removesuffix("ngày ")
            value = telling.day(value)
        text += value
    return _for_whom(text, each.place.file)


def _for_whom(text: str, file: str) -> str:
    """Write, in what is to be typed into a review or a plan, the organisation's own id for the one that stands for any."""
    found = _OWN_FILE.match(file)
    if not found:
        return text
    pieces = text.split("`")
    pieces[1::2] = [_ANYBODY.sub(found[1], each) for each in pieces[1::2]]
    return "`".join(pieces)


def text(problems: Iterable[Problem], summary: Summary, lang: str, counted: Iterable[Problem] | None = None, names: RecordNames | None = None) -> str:
    """Write for a terminal: place, what is wrong, in which record, how to mend it; at the end the counts, of `counted` where only some are written out."""
    problems = tuple(problems)
    lines: list[str] = []
    for each in problems:
        lines.append(f"{each.place}: {say(f'severity.{each.severity}', lang)} {each.code} – {sentence(each, lang)}")
        if record := record_of(each, names, lang):
            lines.append(f"    {say('check.record', lang, record=record)}")
        lines.append(f"    {hint(each, lang)}")
        if each.also:
            lines.append(f"    ({say('check.also', lang, place=each.also)})")
    lines.append(closing(problems if counted is None else counted, summary, lang))
    lines += [said] if (said := comparison(summary, lang)) else []
    return "\n".join(lines) + "\n"


def record_of(each: Problem, names: RecordNames | None, lang: str) -> str:
    """Name the record in words, in one line; empty where nothing is known of it."""
    return _one_line(names.of(each, lang)) if names else ""


def named(each: Problem, names: RecordNames, lang: str) -> str:
    """Say what is wrong with the record named before it, in one line: for readers who see nothing else."""
    return _one_line(names.before(each, sentence(each, lang), lang))


def closing(problems: Iterable[Problem], summary: Summary, lang: str) -> str:
    """Write the last line: how many records, and how many problems of each severity."""
    found = tuple(problems)
    counts = {str(severity): number for severity, number in count(found).items()}
    late = sum(each.severity is Severity.ERROR and each.code in rules.BY_TIME for each in found)
    said = say("check.done", lang, records=summary.records, day=stated(summary.day, lang), **counts)
    return f"{said}. {say('check.late', lang, late=late)}" if late else said


def comparison(summary: Summary, lang: str) -> str:
    """Say with which commit was compared, and whether it was known who is who; empty where nothing was compared."""
    authors = say("gate.authors.judged" if summary.judges_authors else "gate.authors.unjudged", lang)
    return say("gate.against", lang, base=summary.base[:_SHORT], authors=authors) if summary.base else ""


def stated(day: date, lang: str) -> str:
    """Write a day as people of the language write it."""
    return telling.day(day.isoformat()) if lang == "vi" else day.isoformat()


def markdown(problems: Iterable[Problem], summary: Summary, lang: str, links: str = "", names: RecordNames | None = None) -> str:
    """Write a short list for the job summary of a pull request: errors first, each with its file and line.

    `links` is put before the file to make an address.
    """
    found = tuple(problems)
    lines = [f"## {say('check.title', lang)}", "", inert(closing(found, summary, lang)), ""]
    lines += [inert(said), ""] if (said := comparison(summary, lang)) else []
    if not any(each.severity is Severity.ERROR for each in found):
        lines += [say("check.fine", lang), ""]
    for severity in Severity:
        part = [each for each in found if each.severity is severity]
        if part:
            lines += [f"### {say(f'severity.{severity}', lang)} ({len(part)})", ""]
            lines += [_item(each, lang, links, names) for each in part]
            lines.append("")
    return "\n".join(lines)


def _item(each: Problem, lang: str, links: str, names: RecordNames | None) -> str:
    record = record_of(each, names, lang)
    return "<br>".join(
        [
            f"- {_where(each, links)} {inert(sentence(each, lang))}",
            *([inert(say("check.record", lang, record=record))] if record else []),
            f"→ {inert(hint(each, lang))}",
        ]
    )


def _where(each: Problem, links: str) -> str:
    place = inert(f"{each.place.file}:{each.place.line}" if each.place.line else each.place.file)
    if not links or re.search(r"[^\w./-]", each.place.file):
        return f"**{place}**"
    return f"[{place}]({links}{each.place.file}{f'#L{each.place.line}' if each.place.line else ''})"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def inert(words: str) -> str:
    """Escape for Markdown, so that record text is only ever text: no links, images, mentions or HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>&@~:-])", lambda found: f"&#{ord(found[0])};", words)
