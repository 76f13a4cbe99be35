"""What a person is told of one rule: what it asks, when, of which records, why, and a good and a bad example. The terminal and the site say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from tusoi import key_names, report, rules
from tusoi.messages import LANGUAGES, catalogue, has, say
from tusoi.problem import Place, Problem, Severity
from tusoi.record import Kind

EXAMPLES: Final = "rule_examples"
"""The packaged folder of examples, made of the cases of the tests (`make bless`): one file for each rule."""
CHANGED: Final = "> "
"""How a line begins in which the good and the bad example differ; the others begin with as many spaces."""
_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an example; `changed` where good and bad differ."""

    text: str
    changed: bool

    @property
    def indentation(self) -> str:
        """The spaces that it begins with."""
        return self.text[: len(self.text) - len(self.text.lstrip())]


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """One file of an example, as it should be and as it should not; no lines where there is no such file."""

    file: str
    good: tuple[Line, ...]
    bad: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an example, as it is shown: a file that is good or bad, with its lines; none where a file should be there and is not."""

    is_good: bool
    file: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A case of the tests, cut down to what matters, and what is said of the bad one."""

    case: str
    files: tuple[ExampleFile, ...]
    problems: tuple[Problem, ...]

    def sides(self) -> Iterator[Side]:
        """Give what is shown: each file as it should be and as it should not. That a file is missing is said only where nothing else is wrong."""
        missing = not any(each.bad for each in self.files)
        for each in self.files:
            if each.good:
                yield Side(True, each.file, each.good)
            if each.bad or missing:
                yield Side(False, each.file, each.bad)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule in the words of one language."""

    code: str
    severity: Severity
    statement: str
    when: str
    kinds: tuple[str, ...]
    """Empty where the rule is for every record."""
    sources: tuple[str, ...]
    example: Example | None


def explained(each: rules.Rule, kinds: Mapping[str, Kind], lang: str) -> Explanation:
    """Explain a rule."""
    asked = tuple(kinds[name].words[lang] for name in each.kinds if name in kinds)
    return Explanation(each.code, each.severity, each.titles[lang], _when(each, kinds, lang), asked, tuple(each.source.split()), example(each.code))


def name(code: str, lang: str) -> str:
    """Give the short name of a rule; a rule that has none yet, or that nobody knows, is called by its code."""
    asked = f"rule.{code}.name"
    return say(asked, lang) if has(asked, lang) else code


def _when(each: rules.Rule, kinds: Mapping[str, Kind], lang: str) -> str:
    """Say at which stage the rule fires: always, or at a seal (of several kinds: at one of each)."""
    if each.stage in ("always", rules.CHANGE):
        return say(f"rules.stage.{each.stage}", lang)
    seals = [say("rules.stage.seal", lang, title=_seal(name, _schemas(each, kinds), lang), key=name) for name in each.stage.split()]
    return say("rules.stage.sealed", lang, seals=say("rules.stage.or", lang).join(seals))


def _schemas(each: rules.Rule, kinds: Mapping[str, Kind]) -> list[Mapping[str, Any]]:
    return [kinds[name].schema for name in each.kinds or kinds if name in kinds]


def _seal(name: str, schemas: list[Mapping[str, Any]], lang: str) -> str:
    """Give the title of a seal, as the first of the kinds says it that has one."""
    return next((key_names.title(below, lang, name) for schema in schemas if (below := key_names.at(schema, (name,)))), name)


@cache
def example(code: str) -> Example | None:
    """Read the packaged example of a rule; None where there is none yet."""
    place = files("tusoi") / EXAMPLES / f"{code}.json"
    return from_plain(json.loads(place.read_text(encoding="utf-8"))) if place.is_file() else None


def from_plain(data: Mapping[str, Any]) -> Example:
    """Make an example of what its file says."""
    shown = tuple(ExampleFile(each["file"], _lines(each["good"]), _lines(each["bad"])) for each in data["files"])
    return Example(data["case"], shown, tuple(_problem(each) for each in data["problems"]))


def _lines(written: list[str]) -> tuple[Line, ...]:
    return tuple(Line(each[len(CHANGED) :], each.startswith(CHANGED)) for each in written)


def _problem(data: Mapping[str, Any]) -> Problem:
    code, _, variant = data["message"].partition(".")
    return Problem(code, Severity(data["severity"]), Place(data["file"]), (), variant, tuple(sorted(data["params"].items())))


def find(code: str) -> rules.Rule | None:
    """Give the rule of a code, however it is written: `R01`, `r1`."""
    letter, number = code[:1].upper(), code[1:]
    wanted = f"{letter}{int(number):02}" if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS else code.upper()
    return next((each for each in rules.all_rules() if each.code == wanted), None)


def nearest(code: str) -> tuple[str, ...]:
    """Give the codes that may have been meant: the neighbours of the number, or those with its figures the other way round. None where it is far from all."""
    digits = "".join(letter for letter in code if letter in "0123456789")[:_MOST_DIGITS]
    number = int(digits or "-9")
    return tuple(each.code for each in rules.all_rules() if abs(int(each.code[1:]) - number) <= 1 or (digits and each.code[1:] == digits.zfill(2)[::-1]))


def unknown(code: str, lang: str) -> str:
    """Say that there is no rule of this code, and what may have been meant."""
    if any(name.startswith(f"{code.upper()}.") and name.endswith(".what") for name in catalogue(lang)):
        return say("rules.unknown.family", lang, code=code.upper())
    near = nearest(code)
    if not near:
        return say("rules.unknown.far", lang, code=code, first=rules.all_rules()[0].code, last=rules.all_rules()[-1].code)
    return say("rules.unknown", lang, code=code, near=", ".join(near))


def listed(kinds: Mapping[str, Kind], lang: str) -> str:
    """List the rules, one a line, and say what the marks on a line mean."""
    lines = [
        f"{each.code} [{say(f'severity.{each.severity}', lang)}; {_briefly(each, kinds, lang)}] {each.titles[lang]} ({each.source})"
        for each in rules.all_rules()
    ]
    return "\n".join([*lines, "", say("rules.marks", lang)]) + "\n"


def _briefly(each: rules.Rule, kinds: Mapping[str, Kind], lang: str) -> str:
    """Say at which stage the rule fires, in a few words."""
    if each.stage in ("always", rules.CHANGE):
        return say(f"rules.briefly.{each.stage}", lang)
    titles = dict.fromkeys(f"“{_seal(name, _schemas(each, kinds), lang)}”" for name in each.stage.split())
    return say("rules.briefly.sealed", lang, seals=say("rules.stage.or", lang).join(titles))


def listed_json() -> str:
    """List the rules for a machine: code, severity, stage, source, title in both languages."""
    return _json([_header(each) for each in rules.all_rules()])


def text(each: rules.Rule, kinds: Mapping[str, Kind], lang: str) -> str:
    """Explain a rule for a terminal."""
    told = explained(each, kinds, lang)
    rows = {
        "rules.when": told.when,
        "rules.kinds": "; ".join(told.kinds) or say("rules.kinds.every", lang),
        "rules.source": say("rules.rows", lang, rows=", ".join(told.sources)),
    }
    lines = [f"{told.code} – {say(f'severity.{told.severity}', lang)}", "", told.statement, ""]
    lines += [f"{say(name, lang)}: {value}" for name, value in rows.items()]
    return "\n".join([*lines, *(_example_lines(told.example, lang) if told.example else ())]) + "\n"


def _example_lines(shown: Example, lang: str) -> Iterator[str]:
    for each in shown.sides():
        yield from ("", f"{say('rules.good' if each.is_good else 'rules.bad', lang)} – {each.file}", "")
        yield from (f"  {CHANGED if line.changed else '  '}{line.text}".rstrip() for line in each.lines)
        if not each.lines:
            yield f"    {say('rules.absent', lang)}"
    yield from ("", say("rules.says", lang), "")
    for problem in shown.problems:
        yield f"  {say(f'severity.{problem.severity}', lang)} {problem.code} – {report.sentence(problem, lang)}"
        yield f"      {report.hint(problem, lang)}"


def as_json(each: rules.Rule, kinds: Mapping[str, Kind]) -> str:
    """Explain a rule for a machine, in both languages."""
    told = {lang: explained(each, kinds, lang) for lang in LANGUAGES}
    shown = example(each.code)
    return _json(
        _header(each)
        | {
            "when": {lang: told[lang].when for lang in LANGUAGES},
            "kinds": list(each.kinds),
            "example": _plain_example(shown) if shown else None,
        }
    )


def _header(each: rules.Rule) -> dict[str, object]:
    return {"code": each.code, "severity": str(each.severity), "stage": each.stage, "source": each.source, "title": each.titles}


def _plain_example(shown: Example) -> dict[str, object]:
    return {
        "files": [
            {"file": each.file, "good": "".join(f"{line.text}\n" for line in each.good), "bad": "".join(f"{line.text}\n" for line in each.bad)}
            for each in shown.files
        ],
        "said": [
            {lang: {"message": report.sentence(problem, lang), "hint": report.hint(problem, lang)} for lang in LANGUAGES} | {"severity": str(problem.severity)}
            for problem in shown.problems
        ],
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
