"""What changed in one record, in words: of two versions of it, without need of the register of either.

    words = ChangeWords(register.kinds, lang, titles=Titles(register), is_public=audience != "members")
    words.sentences(older.data, newer.data, "plan")     # ("Việc 2: đổi hạn từ 31/3/2025 sang 30/9/2025", "Thêm việc 3: Lập sổ theo dõi")
    words.sentences(None, newer.data, "plan")           # ("Thêm hồ sơ", "Đã ban hành ngày 10/01/2025")
    words.sentences(older.data, UNREAD, "plan")         # ("Tệp hồ sơ không đọc được",)
    words.sentences(older.data, None, "plan")           # ("Bỏ hồ sơ",)

Data are taken as the files have them (`Version.data`). A sentence has no full stop at its end; those about one place are one sentence. None are given where
nothing changed. What everybody may not read is left out where `is_public`; that there was such a change is said. Nothing is said of texts but that they
changed, unless `has_quotes`: what was mended may be what should never have stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from tusoi import access, key_names, labels
from tusoi.differences import NOTHING, items, name_of, naming, same
from tusoi.messages import say
from tusoi.record import Kind
from tusoi.telling import day, sentence_case
from tusoi.titles import TEXT_OF_PART, Titles
from tusoi.value_words import NEVER_SAID, Schema, ValueWords, is_one, low


class _Unread:
    """What stands where there is a file that could not be read."""

    def __repr__(self) -> str:
        """Say so."""
        return "UNREAD"


UNREAD: Final = _Unread()

Said = Mapping[str, Any] | _Unread | None
"""What a file says; None where there is none."""

_UNDECIDED: Final = {"classification": ("ratings", "totals")}
"""By kind: what is not for everybody before it is decided."""
_RATED: Final = "self_rating"
"""Its word is not for everybody before the superior has decided; that it changed may be said."""

_OWNER: Final = "owner"
_ASKS: Final = re.compile(r"\b(?:ai|gì|đâu|sao|bao lâu)\b", re.IGNORECASE)
"""Titles that ask (`Ai làm`, `Đã làm gì`) stand in a sentence only between quotation marks."""


@dataclass(frozen=True)
class ChangeWords:
    """Says changes of records in words."""

    kinds: Mapping[str, Kind]
    lang: str = "vi"
    titles: Titles | None = None
    before: Titles | None = None
    """The titles of the older records, for links to what is no longer there."""
    is_public: bool = True
    """Whether everybody reads it: then what is for members only is not told."""
    has_quotes: bool = False

    def sentences(self, old: Said, new: Said, kind: str) -> tuple[str, ...]:
        """Say what changed from one version of a record of a kind to the next."""
        if new is None or isinstance(new, _Unread):
            has_changed = old is not new
            return (self._say("change.gone" if new is None else "change.unread"),) if has_changed else ()
        known = self.kinds.get(kind)
        if isinstance(old, Mapping):
            return () if same(old, new) else self._between(old, new, known)
        return (self._say("change.new"), *self._seals_of(known, new)) if old is None else (self._say("change.readable"),)

    def title(self, schema: Schema, key: str) -> str:
        """Give the title of a key, as it stands within a sentence."""
        named = key_names.title(schema, self.lang)
        return f"“{named}”" if _ASKS.search(named) else low(named) if named else f"“{key}”"

    def seal(self, kind: Kind, name: str) -> str:
        """Say what was done when a record was sealed: `ban hành`; of a project's own seals their titles."""
        title = key_names.title(key_names.at(kind.schema, (name,)), self.lang, name)
        return low(labels.SEAL.get(name, title)) if self.lang == "vi" else low(title)

    def sealed(self, kind: Kind, name: str, seal: Mapping[str, Any]) -> str:
        """Say that a record was sealed, when, and by which paper."""
        words = self._say("change.sealed", seal=self.seal(kind, name))
        if when := seal.get("date"):
            words = f"{words} {self._say('change.on', day=self.day(when))}"
        document = seal.get("document")
        number = document.get("number") if isinstance(document, Mapping) else ""
        return sentence_case(f"{words} ({self._say('change.paper', number=number)})" if number else words)

    def day(self, stated: object) -> str:
        """Write a day as readers of the language write it."""
        return (day(stated) if self.lang == "vi" else "") or str(stated)

    @cached_property
    def values(self) -> ValueWords:
        """The words of values."""
        return ValueWords(self.kinds, self.lang, self.titles, self.before, self.has_quotes)

    def _between(self, old: Mapping[str, Any], new: Mapping[str, Any], kind: Kind | None) -> tuple[str, ...]:
        if kind is None:
            return (self._say("change.some"),)
        if self.is_public and any(each.get("access", kind.access) != access.PUBLIC for each in (old, new)):
            return (self._say("change.hidden"),)
        return _Walk(self, kind, old, new).sentences()

    def _seals_of(self, kind: Kind | None, new: Mapping[str, Any]) -> Iterator[str]:
        if kind:
            yield from (self.sealed(kind, name, seal) for name in kind.seals if isinstance(seal := new.get(name), Mapping))

    def _say(self, name: str, **params: object) -> str:
        return say(name, self.lang, **params)


@dataclass
class _Walk:
    """One pass through two versions of a record, beside its schema."""

    told: ChangeWords
    kind: Kind
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    found: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    """What is said, by place, in the order of the record."""
    is_hidden: bool = False

    def sentences(self) -> tuple[str, ...]:
        for key in (*self.new, *(key for key in self.old if key not in self.new)):
            self._top(key, self.old.get(key, NOTHING), self.new.get(key, NOTHING))
        said: list[str] = []
        for place, words in self.found.items():
            said += [f"{sentence_case(', '.join(place))}: {'; '.join(words)}"] if place else map(sentence_case, words)
        return (*said, *((self._say("change.hidden"),) if self.is_hidden else ()))

    def _top(self, key: str, old: Any, new: Any) -> None:
        """Say what changed below a key of the record itself."""
        if key in _UNDECIDED.get(self.kind.name, ()) and self.told.is_public and "decided" not in self.new and not self.new.get("told_by"):
            self.is_hidden = self.is_hidden or not same(old, new)
        elif key in self.kind.seals and isinstance(new, Mapping) and not isinstance(old, Mapping):
            self._add((), self.told.sealed(self.kind, key, new))
        elif key in self.kind.seals and new is NOTHING:
            self._add((), self._say("change.unsealed", seal=self.told.seal(self.kind, key)))
        elif key == "withdrawn" and isinstance(new, Mapping) and not isinstance(old, Mapping):
            when = self._say("change.on", day=self.told.day(new["date"])) if "date" in new else ""
            why = f": {self.told.values.about(new)}" if self.told.has_quotes else ""
            self._add((), f"{self._say('change.withdrawn')} {when}".strip() + why)
        elif key == "withdrawn" and new is NOTHING:
            self._add((), self._say("change.restored"))
        elif key == "formerly" and new is not NOTHING and not same(old, new):
            self._add((), self._say("change.moved"))
        elif not (isinstance(old, Mapping) and isinstance(new, Mapping) and key in self.kind.seals):
            self._value(key_names.at(self.kind.schema, (key,)), key, old, new, ())
        else:
            self._inside(key_names.at(self.kind.schema, (key,)), old, new, (self.told.seal(self.kind, key),))

    def _inside(self, schema: Schema, old: Mapping[str, Any], new: Mapping[str, Any], place: tuple[str, ...]) -> None:
        """Say what changed in a mapping."""
        for key in (*new, *(key for key in old if key not in new)):
            self._value(key_names.at(schema, (key,)), key, old.get(key, NOTHING), new.get(key, NOTHING), place)

    def _value(self, schema: Schema, key: str, old: Any, new: Any, place: tuple[str, ...]) -> None:
        """Say what became of one value."""
        if same(old, new):
            return
        if self._hides(schema, old) or self._hides(schema, new):
            self.is_hidden = True
        elif isinstance(old, Mapping) and isinstance(new, Mapping) and not is_one(schema, old, new):
            self._inside(schema, old, new, (*place, self.told.title(schema, key)))
        elif (was := _listed(old)) is not None and (now := _listed(new)) is not None and (was or now):
            self._list(schema, key, was, now, place)
        else:
            self._add(place, self._changed(schema, key, old, new))

    def _changed(self, schema: Schema, key: str, old: Any, new: Any) -> str:
        """Say of a single value what it was and what it is, as far as there are words for it."""
        title = self.told.title(schema, key)
        if self.told.has_quotes and key not in NEVER_SAID and _is_text(schema, old) and _is_text(schema, new):
            was, now = self.told.values.quoted(old, new)
            return self._say("change.quoted", title=title, old=was, new=now)
        is_open = key != _RATED or not self.told.is_public
        was, now = (self._words(schema, each, key, data) if is_open else "" for each, data in ((old, self.old), (new, self.new)))
        if old is NOTHING:
            return self._say("change.set", title=title, value=now) if now else self._say("change.added", title=title)
        if key == _OWNER and was and now and was != now:
            return self._say("change.owner", old=was, new=now)
        if new is NOTHING:
            return self._say("change.unset", title=title, value=was) if was else self._say("change.taken", title=title)
        return self._say("change.turned", title=title, old=was, new=now) if was and now and was != now else self._say("change.mended", title=title)

    def _list(self, schema: Schema, key: str, old: Sequence[Any], new: Sequence[Any], place: tuple[str, ...]) -> None:
        """Say what became of the items of a list: by their names where they have such, else by what is no longer or newly there."""
        named = naming(new) if not old else naming(old)
        if named and (not new or named == naming(new)) and (not old or named == naming(old)):
            self._named(schema, key, items(old, named), items(new, named), place)
            return
        below = schema.get("items", {})
        gone, come = _without(old, new), _without(new, old)
        if len(old) == len(new) and len(gone) == len(come) and all(isinstance(each, Mapping) for each in (*old, *new)) and not is_one(below, *gone, *come):
            for number, (was, now) in enumerate(zip(old, new, strict=True), start=1):
                self._item(below, was, now, (*place, self._say("change.item", title=self.told.title(schema, key), number=number)))
            return
        title = self.told.title(schema, key)
        for name, those, data in (("change.item_new", come, self.new), ("change.item_gone", gone, self.old)):
            shown = [each for each in those if not self._hides(below, each)]
            self.is_hidden = self.is_hidden or len(shown) < len(those)
            words = [self._words(below, each, "", data) for each in shown]
            if shown and all(words):
                self._add(place, self._say(name, title=title, value="; ".join(words)))
            elif shown:
                self._add(place, self._say(f"{name}s", title=title, count=len(shown)))
        if not gone and not come:
            self._add(place, self._say("change.order", title=title))

    def _named(self, schema: Schema, key: str, old: Mapping[str, Any], new: Mapping[str, Any], place: tuple[str, ...]) -> None:
        """Say what became of items that have names."""
        below = schema.get("items", {})
        for name in (*new, *(name for name in old if name not in new)):
            was, now = old.get(name, NOTHING), new.get(name, NOTHING)
            if same(was, now):
                continue
            if self._hides(below, was) or self._hides(below, now):
                self.is_hidden = True
                continue
            number = list(old if now is NOTHING else new).index(name) + 1
            called = self._called(schema, key, name, number, self.old if now is NOTHING else self.new)
            if was is NOTHING or now is NOTHING:
                self._add(
                    place,
                    self._say(
                        "change.part_new" if was is NOTHING else "change.part_gone", part=self._with_text(schema, called, now if was is NOTHING else was)
                    ),
                )
            else:
                self._item(below, was, now, (*place, called))
        if [name for name in new if name in old] != [name for name in old if name in new]:
            self._add(place, self._say("change.order", title=self.told.title(schema, key)))

    def _item(self, schema: Schema, old: Any, new: Any, place: tuple[str, ...]) -> None:
        if self._hides(schema, old) or self._hides(schema, new):
            self.is_hidden = self.is_hidden or not same(old, new)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            self._inside(schema, old, new, place)

    def _called(self, schema: Schema, key: str, step: str, number: int, data: Mapping[str, Any]) -> str:
        """Name an item: a part by its number, another by what it is about, else by its place in the list."""
        name, by = name_of(step), step.partition("=")[0]
        part, inner = schema.get("x-part"), key_names.at(schema.get("items", {}), (by,))
        words = self.told.values.number(name, str(part["kind"])) if part and by == "id" else ""
        if not words and "x-link" in inner:
            base = data.get(inner.get("x-link-base", ""))
            words = self.told.values.link(name, base) or self.told.values.number(name.rpartition("#")[2], self.told.values.kind_of(name, base))
        elif not words and "x-words" in inner:
            words = self.told.values.of(inner, name)
        return words or self._say("change.item", title=self.told.title(schema, key), number=number)

    def _with_text(self, schema: Schema, called: str, item: Any) -> str:
        """Say of a part that came or went what it says."""
        text = item.get(TEXT_OF_PART.get(schema.get("x-part", {}).get("kind", ""), "")) if isinstance(item, Mapping) else None
        return f"{called}: {self.told.values.about({'text': text})}" if text and self.told.has_quotes else called

    def _words(self, schema: Schema, value: Any, key: str, data: Mapping[str, Any]) -> str:
        return "" if value is NOTHING else self.told.values.of(schema, value, data.get(schema.get("x-link-base", "")), key)

    def _hides(self, schema: Schema, value: Any) -> bool:
        return self.told.is_public and self.told.values.is_hidden(schema, value, self.new.get(schema.get("x-link-base", "")))

    def _add(self, place: tuple[str, ...], words: str) -> None:
        self.found.setdefault(place, []).append(words)

    def _say(self, name: str, **params: object) -> str:
        return say(name, self.told.lang, **params)


def _listed(value: Any) -> Sequence[Any] | None:
    """Give the items of a list, none of what is not there; None of anything else."""
    if value is NOTHING:
        return ()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else None


def _is_text(schema: Schema, value: Any) -> bool:
    """Whether a value is prose, of which only the difference is worth repeating."""
    return isinstance(value, str) and not any(key in schema for key in ("format", "x-link", "x-words", "x-vocabulary"))


def _without(these: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Give what stands in one list and not in the other, each as often as it stands there more."""
    left = list(others)
    found = []
    for each in these:
        place = next((number for number, other in enumerate(left) if same(each, other)), None)
        if place is None:
            found.append(each)
        else:
            del left[place]
    return found
