"""The glossary, gathered from where the words live: states from the labels, the rest from the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.key_names import meaning_of
from tusoi.labels import Label
from tusoi.messages import say
from tusoi.views.templates import KindLine, kind_lines
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state, as its chip shows it, and what it means."""

    label: Label
    meaning: str


@dataclass(frozen=True, slots=True)
class Word:
    """An allowed word of a record and what it is called on the site."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class WordList:
    """The words that one key allows."""

    key: str
    title: str
    description: str
    words: tuple[Word, ...]
    kinds: tuple[str, ...]
    """The kinds of record that use it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The glossary."""

    findings: tuple[StateWord, ...]
    actions: tuple[StateWord, ...]
    others: tuple[StateWord, ...]
    kinds: tuple[KindLine, ...]
    lists: tuple[WordList, ...]


@view
def words(world: World) -> Words:
    """Gather the words of the site from where they live: the states from the labels, the rest from the schemas."""
    lang = world.site.lang
    return Words(
        findings=tuple(StateWord(label, say(f"site.finding.{state}", lang)) for state, label in labels.FINDING.items()),
        actions=tuple(StateWord(label, say(f"site.action.{state}", lang)) for state, label in labels.ACTION.items()),
        others=tuple(StateWord(label, say(f"site.beside.{name}", lang)) for name, label in _BESIDE.items()),
        kinds=kind_lines(world),
        lists=_lists(world),
    )


_BESIDE: Final[Mapping[str, Label]] = {
    "overdue": Label("Quá hạn … ngày", labels.Shape.CLOCK, labels.Tone.BAD),
    "late": Label("Đã xong, chậm … ngày so với hạn đầu", labels.Shape.FULL, labels.Tone.WAITING),
    "stale": Label("Quá kỳ báo cáo … ngày", labels.Shape.CLOCK, labels.Tone.WAITING),
    **{f"postponement_{name}": label for name, label in labels.POSTPONEMENT.items()},
    "self_identified": labels.SELF_IDENTIFIED,
    "recurring": labels.RECURRING,
    "carried_over": labels.CARRIED_OVER,
    "immediate": labels.IMMEDIATE,
    "withdrawn": labels.WITHDRAWN,
}


def _lists(world: World) -> tuple[WordList, ...]:
    """Gather each list of allowed words once, however many kinds use it."""
    found: dict[tuple[str, tuple[str, ...]], WordList] = {}
    for kind in world.register.kinds.values():
        for key, schema in _worded(kind.schema):
            allowed = schema["x-words"]
            mark = (key, tuple(allowed))
            title = kind.words[world.site.lang]
            if mark in found:
                if title not in found[mark].kinds:
                    found[mark] = _with(found[mark], title)
                continue
            home = schema if world.site.lang == "vi" else schema.get("x-en", {})
            meanings = tuple(Word(value, telling.sentence_case(meaning_of(meaning, world.site.lang))) for value, meaning in allowed.items())
            found[mark] = WordList(key, str(home.get("title", key)), str(home.get("description", "")), meanings, (title,))
    return tuple(sorted(found.values(), key=lambda each: (sort_key(each.title), each.kinds)))


def _with(words: WordList, kind: str) -> WordList:
    return WordList(words.key, words.title, words.description, words.words, (*words.kinds, kind))


def _worded(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, below in schema.get("properties", {}).items():
        for inner in (below, below.get("items", {})):
            if "x-words" in inner:
                yield key, inner
            yield from _worded(inner)
