"""Readers of the forms of a report, as the programs read them that the forms are for."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema


@dataclass(frozen=True)
class Test:
    """One test as GitLab shows it."""

    __test__ = False

    classname: str
    name: str
    status: str
    file: str
    output: str


def as_gitlab(xml: str) -> list[Test]:
    """Read JUnit's XML as GitLab does: `testsuites` at the top, suites in it, the text of a failure as its output."""
    root = ET.fromstring(xml)  # noqa: S314 -- our own output
    assert root.tag == "testsuites"
    return [each for suite in root.findall("testsuite") for each in _tests(suite)]


def _tests(suite: ET.Element) -> Iterator[Test]:
    for case in suite.findall("testcase"):
        status, output = "success", ""
        for tag, meaning in (("skipped", "skipped"), ("failure", "failed")):
            if (found := case.find(tag)) is not None:
                status, output = meaning, found.text or ""
        yield Test(case.attrib["classname"], case.attrib["name"], status, case.get("file", ""), output)


def _closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


_TEXT = {"type": "string", "minLength": 1}
_MESSAGE = _closed(["text"], text=_TEXT)
_LANGUAGE = {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"}
_NUMBER = {"type": "integer", "minimum": 1}
_PHYSICAL = _closed(
    ["artifactLocation"],
    artifactLocation=_closed(["uri"], uri=_TEXT),
    region=_closed(["startLine"], startLine=_NUMBER, startColumn=_NUMBER),
)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = _closed(
    ["id", "shortDescription", "fullDescription", "help"],
    id=_TEXT,
    name=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_closed(["level"], level=_LEVEL),
)
_RESULT = _closed(
    ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations={
        "type": "array",
        "minItems": 1,
        "maxItems": 1,
        "items": _closed(["physicalLocation"], physicalLocation=_PHYSICAL, logicalLocations={"type": "array", "items": _closed(["name"], name=_TEXT)}),
    },
    relatedLocations={
        "type": "array",
        "items": _closed(["id", "physicalLocation", "message"], id=_NUMBER, physicalLocation=_PHYSICAL, message=_MESSAGE),
    },
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
)
_DRIVER = _closed(
    ["name", "version", "semanticVersion", "language", "rules"],
    name=_TEXT,
    version=_TEXT,
    semanticVersion=_TEXT,
    language=_LANGUAGE,
    rules={"type": "array", "uniqueItems": True, "items": _RULE},
)
_RUN = _closed(
    ["tool", "language", "columnKind", "results", "properties"],
    tool=_closed(["driver"], driver=_DRIVER),
    language=_LANGUAGE,
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": _RESULT},
    properties={"type": "object"},
)


@cache
def sarif_schema() -> jsonschema.Draft202012Validator:
    """Give a schema of what we write of SARIF 2.1.0, told from the standard: closed, so that nothing gets in unnoticed."""
    log = _closed(["$schema", "version", "runs"], version={"const": "2.1.0"}, runs={"type": "array", "minItems": 1, "maxItems": 1, "items": _RUN})
    log["properties"]["$schema"] = {"type": "string"}
    return jsonschema.Draft202012Validator(log)
