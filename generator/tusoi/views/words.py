"""The glossary, gathered from where the words live: states from the labels, the rest from the schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.key_names import meaning_of
from tusoi.labels import Label
from tusoi.messages import say
from tusoi.speech import language
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
    """The words that a key allows: one list for all keys of one title that allow the same."""

    title: str
    heading: str
    """The title; with the kinds that use it where other lists are called the same."""
    description: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    """The keys as they stand in a file."""
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
    lang = language()
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
    """Gather each list of allowed words once, however many keys and kinds use it."""
    lang = language()
    found: dict[tuple[str, tuple[Word, ...]], WordList] = {}
    for kind in world.register.kinds.values():
        for key, schema, allowed in _worded(kind.schema):
            home = schema if lang == "vi" else schema.get("x-en", {})
            title = str(home.get("title", key))
            meanings = tuple(Word(value, telling.sentence_case(meaning_of(meaning, lang))) for value, meaning in allowed.items())
            before = found.get((title, meanings)) or WordList(title, title, str(home.get("description", "")), meanings, (), ())
            found[title, meanings] = replace(before, keys=_and(before.keys, key), kinds=_and(before.kinds, kind.words[lang]))
    told = _apart(found.values(), lambda each: f"{each.title} – {', '.join(each.kinds)}")
    told = _apart(told, lambda each: f"{each.heading} ({', '.join(each.keys)})")
    return tuple(sorted(told, key=lambda each: (sort_key(each.title), each.kinds, each.keys)))


def _apart(lists: Iterable[WordList], more: Callable[[WordList], str]) -> list[WordList]:
    """Say more in the headings of those lists that are called the same."""
    every = list(lists)
    headings = [each.heading for each in every]
    return [replace(each, heading=more(each)) if headings.count(each.heading) > 1 else each for each in every]


def _and(known: tuple[str, ...], another: str) -> tuple[str, ...]:
    return known if another in known else (*known, another)


def _worded(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Give each key that allows certain words, with the schema that names it, and the words: its own, or those of the things in its list."""
    for key, below in schema.get("properties", {}).items():
        for inner in (below, below.get("items", {})):
            if "x-words" in inner:
                yield key, inner if "title" in inner else below, inner["x-words"]
            yield from _worded(inner)
