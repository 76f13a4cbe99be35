"""For editors and services that read SARIF 2.1.0, the OASIS standard for what an analysis found."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import tusoi
from tusoi import rules
from tusoi.messages import say
from tusoi.problem import Place, Problem, Severity
from tusoi.report import hint, record_of, sentence
from tusoi.report_formats import Report, fingerprints, report_format

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK: Final = re.compile(r"\[[^\]]*\]\(")
FINGERPRINT: Final = "problem/v1"


@report_format("sarif")
def sarif(given: Report) -> str:
    """Write one run: every rule of the domain, whatever else was found, and each problem with its place."""
    codes = _rules(given)
    marks = fingerprints(given.problems, given.names, given.prefix)
    index = {code: number for number, code in enumerate(codes)}
    driver = {"name": "tusoi", "version": tusoi.__version__, "semanticVersion": tusoi.__version__, "language": given.lang, "rules": list(codes.values())}
    run = {
        "tool": {"driver": driver},
        "language": given.lang,
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, given, index[each.code], marks[each]) for each in given.problems],
        "properties": {"asOf": given.summary.day.isoformat(), "records": given.summary.records},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rules(given: Report) -> dict[str, Mapping[str, Any]]:
    """Describe all rules that were asked, found or not, so that two files differ in their results only; other codes are described where they were found."""
    known = {each.code: each for each in rules.all_rules() if each.is_asked(compares=bool(given.summary.base))}
    others = {each.code for each in given.problems} - known.keys()
    return {code: _rule(known[code], given.lang) if code in known else _family(code, given.lang) for code in sorted(known.keys() | others)}


def _rule(each: rules.Rule, lang: str) -> Mapping[str, Any]:
    return {
        "id": each.code,
        "name": _name(each),
        **_described(each.titles[lang], say("rules.more", lang, code=each.code)),
        "defaultConfiguration": {"level": _LEVELS[each.severity]},
    }


def _name(each: rules.Rule) -> str:
    """Give the rule's name as the standard likes names: `finding_complete` is `FindingComplete`."""
    return "".join(piece.capitalize() for piece in getattr(each.check or each.of_tree or each.of_change, "__name__", each.code).split("_"))


def _family(code: str, lang: str) -> Mapping[str, Any]:
    """Describe a code that is no rule of the domain by the family that its letter names."""
    return {"id": code, **_described(say(f"family.{code[0]}", lang), say("family.more", lang))}


def _described(short: str, more: str) -> dict[str, Any]:
    return {"shortDescription": _message(short), "fullDescription": _message(short), "help": _message(f"{short} {more}")}


def _result(each: Problem, given: Report, number: int, mark: str) -> Mapping[str, Any]:
    location = _location(each.place, given.prefix)
    if record := record_of(each, given.names, given.lang):
        location["logicalLocations"] = [{"name": record}]
    found = {
        "ruleId": each.code,
        "ruleIndex": number,
        "level": _LEVELS[each.severity],
        "message": _message(f"{sentence(each, given.lang)} {hint(each, given.lang)}"),
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if each.also:
        there = _message(say("check.also", given.lang, place=f"{given.prefix}{each.also}"))
        found["relatedLocations"] = [{"id": 1, **_location(each.also, given.prefix), "message": there}]
    return found


def _location(place: Place, prefix: str) -> dict[str, Any]:
    """Give a place; a problem of a whole file has no region."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(prefix + place.file, errors="surrogateescape")}}
    if place.line:
        physical["region"] = {"startLine": place.line} | ({"startColumn": place.column} if place.column else {})
    return {"physicalLocation": physical}


def _message(words: str) -> Mapping[str, str]:
    """Write plain text as the standard asks: braces are doubled (3.11.5), and what would become a link is escaped (3.11.6)."""
    if _LINK.search(words):
        words = re.sub(r"([\\\[\]])", r"\\\1", words)
    return {"text": words.replace("{", "{{").replace("}", "}}")}
