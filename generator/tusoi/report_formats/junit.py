"""For hosts that show test results: JUnit's XML, where every rule is a test.

A rule that nothing breaks passes; each problem that would fail the check is a failure, and any other one is skipped with its words.
The name of a test is the record and the sentence: hosts compare two runs by names, and a line number would make a known problem look new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tusoi import rules
from tusoi.messages import say
from tusoi.problem import Problem
from tusoi.report import hint, named, sentence
from tusoi.report_formats import Report, report_format

_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can not hold, not even escaped."""
_PACKAGE: Final = "tusoi"


@report_format("junit")
def junit(given: Report) -> str:
    """Write one suite for each rule that was asked, and for each other code that was found."""
    titles = {each.code: each.titles[given.lang] for each in rules.all_rules() if each.is_asked(compares=bool(given.summary.base))}
    suites = [_suite(code, titles.get(code, ""), given) for code in sorted(titles.keys() | {each.code for each in given.problems})]
    root = Element("testsuites", {"name": _PACKAGE, **_counted(suites)})
    root.extend(suites)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(code: str, title: str, given: Report) -> Element:
    found = [each for each in given.problems if each.code == code]
    cases = [_problem(each, name, given) for each, name in zip(found, _names(found, given), strict=True)]
    if not any(given.fails(each) for each in found) and title:
        cases.insert(0, _case(code, title))
    suite = Element("testsuite", {"name": code, "tests": str(len(cases)), **_numbers(cases)})
    suite.extend(cases)
    return suite


def _case(code: str, name: str) -> Element:
    return Element("testcase", {"classname": f"{_PACKAGE}.{code}", "name": _legal(name)})


def _problem(each: Problem, name: str, given: Report) -> Element:
    made = _case(each.code, name)
    made.set("file", _legal(given.prefix + each.place.file))
    if each.place.line:
        made.set("line", str(each.place.line))
    severity = say(f"severity.{each.severity}", given.lang)
    outcome = SubElement(made, "failure" if given.fails(each) else "skipped", {"message": _legal(sentence(each, given.lang)), "type": str(each.severity)})
    outcome.text = _legal("\n".join([f"{given.prefix}{each.place}: {severity} {each.code} – {sentence(each, given.lang)}", hint(each, given.lang)]))
    return made


def _names(found: Iterable[Problem], given: Report) -> list[str]:
    """Name the tests of one suite. A host leaves out the second of two with one name: they are counted."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for each in found:
        name = named(each, given.names, given.lang)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _numbers(cases: Iterable[Element]) -> dict[str, str]:
    outcomes = Counter(child.tag for case in cases for child in case)
    return {"failures": str(outcomes["failure"]), "errors": "0", "skipped": str(outcomes["skipped"])}


def _counted(suites: Iterable[Element]) -> dict[str, str]:
    suites = list(suites)
    return {key: str(sum(int(suite.get(key, "0")) for suite in suites)) for key in ("tests", "failures", "errors", "skipped")}


def _legal(words: str) -> str:
    """Show what XML can not hold by its number."""
    return _NOT_XML.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", words)
