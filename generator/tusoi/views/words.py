"""The glossary, gathered from where the words live: states from the labels, words of the field from here, the rest from the schemas.

It is the one list of words: the page `tu-ngu.html` shows it, and what other pages explain of a word by a tap is taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tusoi import labels, telling
from tusoi.collation import sort_key
from tusoi.key_names import meaning_of
from tusoi.labels import Label
from tusoi.messages import has, say
from tusoi.speech import N_, OURS, _, language
from tusoi.views.board import Board
from tusoi.views.templates import KindLine, kind_lines
from tusoi.views.world import World, view


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the list, and what it means."""

    name: str
    """By which templates and labels ask for it: `finding.resolved`. It stays when the words change, and with it the address."""
    title: str
    meaning: str
    label: Label | None = None
    """Of a state: how its chip looks."""
    forms: tuple[str, ...] = ()
    """How it is said within a sentence, in small letters; nothing where no sentence is looked through for it."""

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the list."""
        return anchor(self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the list within a sentence: the letters before it, itself as it is written there, and those after it."""

    before: str
    words: str
    after: str
    name: str


@dataclass(frozen=True, slots=True)
class Word:
    """An allowed word of a record and what it is called on the site."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class WordList:
    """The words that a key allows: one list for all keys of one title that allow the same."""

    title: str
    anchor: str
    """Where it stands on the page: the first kind that has it, and the way to the key there."""
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

    field: tuple[Entry, ...]
    findings: tuple[Entry, ...]
    actions: tuple[Entry, ...]
    others: tuple[Entry, ...]
    kinds: tuple[KindLine, ...]
    lists: tuple[WordList, ...]


@view
def words(world: World) -> Words:
    """Gather the words of the site from where they live."""
    entries = _entries(world)
    groups = {group: tuple(each for each in entries.values() if each.name.startswith(f"{group}.")) for group in ("word", "finding", "action", "beside")}
    return Words(groups["word"], groups["finding"], groups["action"], groups["beside"], kind_lines(world), _lists(world))


@view
def word(world: World, name: str) -> Entry:
    """Give an entry of the list. Raises ValueError where there is none: a mistake of whoever asks for it."""
    found = _entries(world).get(name)
    if found is None:
        raise ValueError(f"the list of words has no {name!r}")
    return found


@view
def word_in(world: World, sentence: str, own: str = "") -> Found | None:
    """Find a word of the list in a sentence: that of the state at hand, `own`, or else the first one, and of those that begin there the longest."""
    entries = _entries(world)
    for some in ((entries[own],) if own in entries else (), entries.values()):
        places = ((place, -len(form), each.name) for each in some for form in each.forms if (place := _place(form, sentence)) >= 0)
        if found := min(places, default=None):
            start, end = found[0], found[0] - found[1]
            return Found(sentence[:start], sentence[start:end], sentence[end:], found[2])
    return None


@view
def words_of(world: World, board: Board) -> tuple[str, ...]:
    """Name the words of the list that stand in a board as states, in the order of the list."""
    cells = [cell for row in board.rows for each in row.cells for cell in (each, *each.parts)]
    there = {chip.term for cell in cells for chip in cell.chips}
    return tuple(name for name in _entries(world) if name in there)


class Explained:
    """What one page explains: each word once, where it is first said, and not so many that the page is restless."""

    MOST: Final = 12

    def __init__(self, world: World) -> None:
        self._world = world
        self._here: dict[str, Entry] = {}

    def begin(self) -> None:
        """Begin another page."""
        self._here = {}

    def first(self, name: str) -> Entry | None:
        """Give the entry of a word that this page has not explained yet. Raises ValueError where the list has no such word."""
        entry: Entry = word.make(self._world, name)
        if name in self._here or len(self._here) >= self.MOST:
            return None
        self._here[name] = entry
        return entry

    def several(self, names: Iterable[str]) -> tuple[Entry, ...]:
        """Give those of some words that this page has not explained yet."""
        return tuple(entry for name in names if (entry := self.first(name)))

    def all(self) -> tuple[Entry, ...]:
        """Give what the page explains, in the order in which it is said."""
        return tuple(self._here.values())


def anchor(name: str) -> str:
    """Give the anchor of an entry by its name."""
    return name.replace(".", "-").replace("_", "-")


def _place(form: str, sentence: str) -> int:
    """Say where whole words begin in a sentence; -1 where they are not there."""
    found = re.search(rf"\b{re.escape(form)}\b", sentence.lower())
    return found.start() if found else -1


def _entries(world: World) -> Mapping[str, Entry]:
    """Give all that has a meaning of its own, by name."""
    return world.once("words", _gathered)


def _gathered(world: World) -> Mapping[str, Entry]:
    words = {f"word.{name}": _(words) for name, words in _FIELD.items()}
    states = {
        **{f"finding.{state}": label for state, label in labels.FINDING.items()},
        **{f"action.{state}": label for state, label in labels.ACTION.items()},
        **{f"beside.{name}": label for name, label in _BESIDE.items()},
    }
    every = (
        *(_entry(world, name, said) for name, said in words.items()),
        *(_entry(world, name, label.words, label) for name, label in states.items()),
        *(Entry(f"kind.{each.name}", each.title, each.description) for each in kind_lines(world)),
    )
    return {each.name: each for each in every}


def _entry(world: World, name: str, title: str, label: Label | None = None) -> Entry:
    forms = f"site.said.{name}"
    return Entry(name, title, _told(world, f"site.{name}"), label, tuple(_told(world, forms).split("|")) if has(forms, language()) else ())


def _told(world: World, name: str) -> str:
    """Say a sentence of the catalogue in the words of the profile."""
    sentence = say(name, language())
    return world.reworded(sentence) if language() == OURS else sentence


_FIELD: Final[Mapping[str, str]] = {
    "finding": N_("Hạn chế"),
    "cause_objective": N_("Nguyên nhân khách quan"),
    "cause_subjective": N_("Nguyên nhân chủ quan"),
    "remedy": N_("Hướng khắc phục"),
    "orientation": N_("Định hướng khắc phục"),
    "due": N_("Hạn, hạn đầu"),
    "postponement": N_("Gia hạn"),
    "milestone": N_("Mốc"),
    "product": N_("Sản phẩm"),
    "evidence": N_("Minh chứng"),
    "verification": N_("Xác nhận"),
    "holding": N_("Còn giữ vững"),
    "accountable": N_("Người chịu trách nhiệm"),
    "follower": N_("Đơn vị theo dõi"),
    "peer_group": N_("Nhóm tương đồng"),
    "told": N_("Nguồn kể"),
    "not_stated": labels.NOT_STATED,
    "not_written": labels.NOT_WRITTEN,
}
"""Words of the field that a reader may not know, in the order in which they are met."""


_BESIDE: Final[Mapping[str, Label]] = {
    "overdue": Label("Quá hạn … ngày", labels.Shape.CLOCK, labels.Tone.BAD),
    "late": Label("Đã xong, chậm … ngày so với hạn đầu", labels.Shape.FULL, labels.Tone.WAITING),
    "stale": Label("Quá kỳ báo cáo … ngày", labels.Shape.CLOCK, labels.Tone.WAITING),
    **{f"postponement_{name}": label for name, label in labels.POSTPONEMENT.items()},
    "self_identified": labels.SELF_IDENTIFIED,
    "recurring": labels.RECURRING,
    "carried_over": labels.CARRIED_OVER,
    "immediate": labels.IMMEDIATE,
    "hot_spot": labels.HOT_SPOT,
    "long_standing": labels.LONG_STANDING,
    "draft": labels.STAGE["draft"],
    "withdrawn": labels.WITHDRAWN,
}


def _lists(world: World) -> tuple[WordList, ...]:
    """Gather each list of allowed words once, however many keys and kinds use it. Which lists are one is the same in every language."""
    lang = language()
    found: dict[tuple[str, tuple[str, ...]], WordList] = {}
    for kind in world.register.kinds.values():
        for path, schema, allowed in _worded(kind.schema):
            key = path[-1]
            home = schema if lang == OURS else schema.get("x-en", {})
            title = str(home.get("title", key))
            meanings = tuple(Word(value, telling.sentence_case(meaning_of(meaning, lang))) for value, meaning in allowed.items())
            place = anchor("-".join((kind.name, *path)))
            same = (str(schema.get("title", key)), tuple(f"{value} {meaning_of(meaning, OURS)}" for value, meaning in allowed.items()))
            before = found.get(same) or WordList(title, place, title, str(home.get("description", "")), meanings, (), ())
            found[same] = replace(before, keys=_and(before.keys, key), kinds=_and(before.kinds, kind.words[lang]))
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


def _worded(schema: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any], Mapping[str, Any]]]:
    """Give each key that allows certain words, by the way to it, with the schema that names it, and the words: its own, or those of what it lists."""
    for key, below in schema.get("properties", {}).items():
        for inner in (below, below.get("items", {})):
            if "x-words" in inner:
                yield (*above, key), inner if "title" in inner else below, inner["x-words"]
            yield from _worded(inner, (*above, key))
