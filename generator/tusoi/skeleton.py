"""Templates of records to copy and fill in, made from the schemas: a comment above every key says what belongs there and which words are allowed.

Comments stand on lines of their own, since one after a Vietnamese text reads like a piece of it. What is to be filled in is left empty: the loader refuses
an empty value and says so, so nothing that was forgotten can pass for an answer. What only some need stands as a comment of one line: without its # it is
a line of the record, whose empty values are refused like any other.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tusoi.beginnings import Given, Node, Note
from tusoi.key_names import RARE, meaning_of
from tusoi.messages import say
from tusoi.record import Kind
from tusoi.telling import day as told_day

WIDTH: Final = 100
FEW: Final = 4
"""So many words are listed also where one of them is filled in: it may have to be changed. So many forms of a link are shown."""

COMMON: Final = RARE
"""They stand last."""
_PLAIN: Final = re.compile(r"[^\W_](?:[\w ./()#“”–%-]*[\w./()#”%])?")
_WORDS_OF_YAML: Final = ("true", "false", "null", "yes", "no", "on", "off")


def no_example(kind: str) -> tuple[str, ...]:  # noqa: ARG001 -- it stands for `Kinds.examples`
    """Show a link of any kind, where nobody knows the kinds."""
    return ("ten-don-vi/…",)


def no_name(ref: str) -> str:  # noqa: ARG001 -- it stands for what names records
    """Name nothing, where nobody knows the records."""
    return ""


@dataclass(frozen=True, slots=True)
class Speech:
    """How a template speaks: the language of its comments, that of the record, how links to a kind look, and what the thing behind a link is called."""

    lang: str = "vi"
    examples: Callable[[str], tuple[str, ...]] = no_example
    naming: Callable[[str], str] = no_name
    content: str = "vi"
    today: str = ""
    """The day on which it is written, as records write it: words that are in force no more are left out. Empty where that does not matter."""

    def is_current(self, meaning: Mapping[str, str]) -> bool:
        """Whether a word is still in force."""
        return not (self.today and "to" in meaning and str(meaning["to"]) < self.today)

    def word(self, name: str, /, **params: object) -> str:
        """Give a sentence that all templates share."""
        return say(f"new.form.{name}", self.lang, **params)

    def note(self, note: Note, /) -> str:
        """Give a note as a sentence."""
        return say(f"new.note.{note.name}", self.lang, **{name: self._shown(value) for name, value in note.params.items()})

    def title(self, note: Note) -> str:
        """Give a title, in the language of the record; what it speaks of begins small there."""
        return say(f"new.title.{note.name}", self.content, **{name: f"{str(each)[:1].lower()}{str(each)[1:]}" for name, each in note.params.items()})

    def _shown(self, value: object) -> str:
        if isinstance(value, tuple):
            return "; ".join(filter(None, (f"{each} = {self.naming(each)}".removesuffix(" = ") for each in value)))
        if isinstance(value, Mapping):
            return str(value.get(self.lang, ""))
        return value if isinstance(value, str) else told_day(value) or str(value)


PLAIN_SPEECH: Final = Speech()


def full(kind: Kind, speech: Speech = PLAIN_SPEECH, given: Mapping[str, Node] | None = None) -> str:
    """Give the template with every key that the kind knows; what is given is filled in."""
    writer = _Writer(speech)
    known = given or {}
    properties = kind.schema["properties"]
    required = kind.schema.get("required", ())
    seals = [name for name in kind.seals if name in properties]
    common = [name for name in properties if name in COMMON and name not in required]
    writer.comment(speech.word("how"))
    writer.mapping({name: properties[name] for name in properties if name not in (*common, *seals)}, required, known)
    writer.heading(speech.word("common"))
    writer.mapping({name: properties[name] for name in common}, required, known)
    if seals:
        writer.heading(speech.word("seals"))
        for name in seals:
            writer.blank()
            writer.comment(writer.seal(name, kind.schema))
            writer.value(name, properties[name], None)
    return writer.text


def short(kind: Kind, given: Mapping[str, Node], speech: Speech = PLAIN_SPEECH) -> str:
    """Give what is enough for a first record: what is required and what is given, filled in as far as it is known."""
    writer = _Writer(speech, everything=False)
    properties, required = kind.schema["properties"], kind.schema.get("required", ())
    seals = [name for name in kind.seals if name in properties]
    writer.comment(speech.word("short"))
    writer.mapping({name: properties[name] for name in properties if (name in given or name in required) and name not in seals}, required, given)
    if seals:
        writer.heading(speech.word("draft"))
        for name in seals:
            writer.comment(writer.seal(name, kind.schema))
            writer.option(name, given.get(name, {"date": None}))
    return writer.text


@dataclass(slots=True)
class _Writer:
    """Writes lines, and knows which shapes it has explained before."""

    speech: Speech
    everything: bool = True
    lines: list[str] = field(default_factory=list)
    explained: dict[tuple[str, ...], str] = field(default_factory=dict)
    is_told: bool = False
    """Whether the keys at hand were explained before, in an earlier item of the same list."""

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines).strip("\n") + "\n"

    def blank(self) -> None:
        """Leave a line free, but never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def comment(self, text: str, indent: int = 0) -> None:
        """Write a comment, on as many lines as it needs."""
        pad = " " * indent + "# "
        self.lines.extend(textwrap.wrap(text, WIDTH, initial_indent=pad, subsequent_indent=pad, break_long_words=False, break_on_hyphens=False))

    def heading(self, text: str) -> None:
        """Begin a new section."""
        self.blank()
        self.lines.append("# " + "=" * 40)
        self.comment(text)

    def words_of(self, schema: Mapping[str, Any]) -> tuple[str, str]:
        """Give title and description."""
        home = schema if self.speech.lang == "vi" else schema.get("x-en", {})
        return str(home.get("title", "")).rstrip("."), str(home.get("description", ""))

    def seal(self, name: str, schema: Mapping[str, Any]) -> str:
        """Say what a seal means and what it needs."""
        title, text = self.words_of(schema["properties"][name])
        needs = next((seal.get("requires", ()) for seal in schema.get("x-seals", ()) if seal["name"] == name), ())
        sentence = self.speech.word("seal", title=title, text=text)
        return f"{sentence} {self.speech.word('needs', keys=', '.join(needs))}" if needs else sentence

    def mapping(self, properties: Mapping[str, Any], required: Iterable[str], given: Mapping[str, Node], indent: int = 0, path: tuple[str, ...] = ()) -> None:
        """Write the keys of an object, each under its comment; in a short one, those that only some need come last."""
        must = tuple(required)
        for name in sorted(properties, key=lambda each: path != () and self._is_option(given.get(each))):
            schema, node = properties[name], given.get(name)
            value = node.value if isinstance(node, Given) else node
            if indent == 0:
                self.blank()
            if not self.is_told:
                self.explain(schema, value, indent, must=name in must)
            for note in node.notes if isinstance(node, Given) else ():
                self.comment(self.speech.note(note), indent)
            if self._is_option(node):
                self.option(name, value, indent)
            else:
                self.value(name, schema, None if isinstance(node, Given) and node.is_optional else value, indent, path)

    def _is_option(self, node: Node) -> bool:
        return not self.everything and isinstance(node, Given) and node.is_optional

    def explain(self, schema: Mapping[str, Any], value: Node, indent: int, *, must: bool) -> None:
        """Say what belongs to a key: what it is, its form, and the allowed words, each with its meaning; of what is filled in, what it is."""
        item = schema.get("items", {})
        allowed = {word: meaning for word, meaning in (schema.get("x-words") or item.get("x-words") or {}).items() if self.speech.is_current(meaning)}
        title, text = self.words_of(schema)
        if text.rstrip(".") == title or (allowed and all(f"{word} = " in text for word in allowed)):
            text = ""
        kinds = schema.get("x-link") or item.get("x-link")
        if isinstance(value, str) and kinds:
            named = self.speech.naming(value)
            self.comment(f"{title}: {named}" if named else f"{title}.", indent)
            return
        if isinstance(value, str) and value in allowed and len(allowed) > FEW:
            self.comment(f"{title}: {meaning_of(allowed[value], self.speech.lang)}", indent)
            return
        pieces = [self.speech.word("required" if must and not _is_filled(value) else "title", title=title, text=text).strip()]
        form = schema.get("format") or item.get("format") or schema.get("type")
        if _is_filled(value):
            pass
        elif kinds:
            pieces.append(self.speech.word("link", what=self.links(kinds)))
        elif form in ("boolean", "date", "partial-date"):
            pieces.append(self.speech.word(form))
        self.comment(" ".join(pieces), indent)
        if allowed:
            self.comment(self.speech.word("many_of" if "x-words" in item else "one_of"), indent)
            self.lines.extend(f"{' ' * indent}#   {word} = {meaning_of(meaning, self.speech.lang)}" for word, meaning in allowed.items())

    def links(self, kinds: Iterable[str]) -> str:
        """Show how links to these kinds look; a few of them, where there are many."""
        shown = list(dict.fromkeys(each for kind in kinds for each in self.speech.examples(kind)))
        return self.speech.word("or").join(shown[:FEW]) + ("…" if len(shown) > FEW else "")

    def option(self, name: str, node: Node, indent: int = 0) -> None:
        """Write a key that only some need, as a comment of one line."""
        value = node.value if isinstance(node, Given) else node
        self.lines.append(f"{' ' * indent}# {name}: {self.flow(value)}".rstrip())

    def flow(self, node: Node) -> str:
        """Write a value on one line."""
        value = node.value if isinstance(node, Given) else node
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{key}: {self.flow(each)}" for key, each in value.items()) + "}"
        if isinstance(value, tuple):  # an empty list would be a value, and nobody would see that it was forgotten
            return "" if value == (None,) else f"[{', '.join(map(self.flow, value))}]"
        return self.scalar(value)

    def scalar(self, value: Node) -> str:
        """Write a value so that it is read as it was: in quotes where it could be taken for something else; nothing where it is to be filled in."""
        if value is None:
            return ""
        if isinstance(value, Note):
            return self.scalar(self.speech.title(value))
        if not isinstance(value, str):
            return json.dumps(value)
        is_plain = _PLAIN.fullmatch(value) and " #" not in value and value.lower() not in _WORDS_OF_YAML and not _is_number(value)
        return value if is_plain else json.dumps(value, ensure_ascii=False)

    def value(self, name: str, schema: Mapping[str, Any], given: Node, indent: int = 0, path: tuple[str, ...] = ()) -> None:
        """Write a key and what stands under it: nothing, where the writer of the record has to fill it in."""
        here = (*path, name)
        key = f"{' ' * indent}{name}:"
        if "properties" in schema:
            self.lines.append(key)
            self.object(schema, given or {}, indent + 2, here, self.words_of(schema)[0])
        elif schema.get("type") == "array":
            self.lines.append(key)
            for number, each in enumerate(given or (None,)):
                self.item(schema, each, number, indent + 2, here)
        else:
            self.lines.append(f"{key} {self.scalar(schema.get('const', given))}".rstrip())

    def object(self, schema: Mapping[str, Any], given: Mapping[str, Node], indent: int, path: tuple[str, ...], title: str) -> None:
        """Write the keys of an object; a shape that was explained before is written with what it cannot do without."""
        properties = schema["properties"]
        shape = tuple(properties)
        choices = [set(one.get("required", ())) for one in schema.get("anyOf", ())]
        needed = [*schema.get("required", ()), *(() if any(each & given.keys() for each in choices) else next(iter(choices), ()))]
        first = self.explained.get(shape)
        wanted = [*needed, *given] or list(properties)[:1]
        if self.everything and first:
            self.comment(self.speech.word("again", title=first), indent)
        elif self.everything:
            wanted = list(properties)
        self.explained.setdefault(shape, title)
        self.mapping({name: properties[name] for name in properties if name in wanted}, schema.get("required", ()), given, indent, path)

    def item(self, schema: Mapping[str, Any], node: Node, number: int, indent: int, path: tuple[str, ...]) -> None:
        """Write one item of a list; those after the first say less."""
        item, part = schema["items"], schema.get("x-part")
        value = node.value if isinstance(node, Given) else node
        notes = node.notes if isinstance(node, Given) else ()
        if "properties" not in item:
            self._plain_item(value, notes, indent)
            return
        if part and not number:
            what = part.get("words", {}).get(self.speech.lang, part["kind"])
            self.comment(self.speech.word("part", what=what, ids=f"{part['letter']}2, {part['letter']}3"), indent)
        for note in notes:
            self.comment(self.speech.note(note), indent)
        if number and not notes and not self.is_told:
            self._say_link(item, value, indent)
        start, was_told = len(self.lines), self.is_told
        self.is_told = was_told or number > 0
        self.object(item, value or {}, indent + 2, path, self.words_of(schema)[0])
        self.is_told = was_told
        given_id = (value or {}).get("id")
        letter = f"{part['letter']}{number + 1}" if part and not given_id else ""
        self.lines[start:] = list(_as_item(self.lines[start:], indent, letter))

    def _plain_item(self, value: Node, notes: Iterable[Note], indent: int) -> None:
        """Write an item that is one value: beneath the name of what it leads to."""
        for note in notes:
            self.comment(self.speech.note(note), indent)
        if isinstance(value, str) and (named := self.speech.naming(value)):
            self.comment(named, indent)
        self.lines.append(f"{' ' * indent}- {self.scalar(value)}".rstrip())

    def _say_link(self, item: Mapping[str, Any], value: Node, indent: int) -> None:
        """Name what an item is about, where its keys are not explained any more."""
        for name, schema in item["properties"].items():
            ref = (value or {}).get(name)
            if "x-link" in schema and isinstance(ref, str) and (named := self.speech.naming(ref)):
                self.comment(named, indent)
                return


def _is_filled(value: Node) -> bool:
    """Whether nothing at the top of a value is left to fill in: it is one value, or a list of such."""
    if isinstance(value, tuple):
        return all(isinstance(each.value if isinstance(each, Given) else each, str) for each in value)
    return value is not None and not isinstance(value, Mapping)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _as_item(lines: list[str], indent: int, part_id: str) -> Iterator[str]:
    """Put the dash of a list before the first key, and the id that a part has after its key."""
    waiting = True
    for line in lines:
        is_id = bool(part_id) and line == f"{' ' * (indent + 2)}id:"
        changed = f"{line} {part_id}" if is_id else line
        if not waiting:
            yield changed
        elif line.lstrip().startswith("#"):
            yield line[2:]
        else:
            waiting = False
            yield f"{' ' * indent}- {changed[indent + 2 :]}"
