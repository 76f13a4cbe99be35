"""Templates of records to copy and fill in, made from the schemas: a comment above every key says what belongs there and which words are allowed.

Comments stand on lines of their own, since one after a Vietnamese text reads like a piece of it. What is to be filled in is left empty: the loader refuses
an empty value and says so, so nothing that was forgotten can pass for an answer.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tusoi.key_names import meaning_of
from tusoi.record import Kind

WIDTH: Final = 100

COMMON: Final = ("lang", "access", "told_by", "missing", "formerly", "withdrawn", "publish_not_before", "note", "held_elsewhere", "figures", "rows")
"""Keys that every kind has and few records need: they stand last."""

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "project": ("audience",),
    "organisation": ("short_name", "parents"),
    "review": ("findings",),
    "inspection": ("findings",),
    "finding": ("area", "responsible", "causes", "remedy"),
    "responsible": ("who",),
    "issue": ("orientation",),
    "plan": ("followed_by", "reporting", "actions"),
    "action": ("product", "owner", "due"),
    "progress": ("entries",),
    "entries": ("state", "text"),
    "answer": ("text",),
    "classification": ("ratings",),
    "rating": ("level",),
}
"""Optional keys that a first record has nevertheless, by the kind, the kind of part or the key of the list that holds them."""

_SENTENCES: Final = {
    "vi": {
        "how": "Điền sau dấu hai chấm và một khoảng trắng. Dòng nào không dùng thì xóa cả dòng, không để trống. "
        "Ngày ghi dạng 2026-03-31; kể chuyện cũ thì biết đến đâu ghi đến đó: 2026-03 hoặc 2026.",
        "title": "{title}. {text}",
        "required": "{title} (BẮT BUỘC). {text}",
        "one_of": "Chọn một trong:",
        "many_of": "Ghi một hoặc nhiều, mỗi dòng một giá trị sau dấu “- ”:",
        "common": "Phần chung, ít dùng. Không cần thì xóa từ đây đến hết phần này.",
        "seals": "Dấu chốt. Chưa có dấu chốt thì hồ sơ là dự thảo; phần đã chốt thì không sửa nữa.",
        "seal": "Dấu chốt “{title}”. {text}",
        "needs": "Chỉ ghi khi đã có: {keys}.",
        "part": "Thêm {what} nữa: chép lại cả khối, đổi mã thành {ids}… Mã đã dùng thì không dùng lại.",
        "again": "Cần thêm dòng thì xem mục “{title}” ở trên, ghi giống như vậy.",
        "link": "Mã hồ sơ, dạng {what}.",
        "or": " hoặc ",
        "draft": "Bản này là dự thảo. Khi đã chốt thì thêm dòng tương ứng, bỏ dấu # ở đầu:",
        "boolean": "true (có) hoặc false (không).",
        "date": "Dạng 2026-03-31.",
        "partial-date": "Dạng 2026-03-31.",
    },
    "en": {
        "how": "Fill in after the colon and a space. Delete the lines that you do not need; leave none empty. "
        "Dates are like 2026-03-31; in what is told of the past as much as is known: 2026-03 or 2026.",
        "title": "{title}. {text}",
        "required": "{title} (REQUIRED). {text}",
        "one_of": "One of:",
        "many_of": "One or more, each on a line after “- ”:",
        "common": "For all kinds, rarely needed. Delete what follows where you do not need it.",
        "seals": "Seals. A record without a seal is a draft; what was sealed is not changed any more.",
        "seal": "Seal “{title}”. {text}",
        "needs": "Only with: {keys}.",
        "part": "For another {what}: copy the whole block and change its id to {ids} … Never use an id twice.",
        "again": "For more lines see “{title}” above.",
        "link": "The id of a record, like {what}.",
        "or": " or ",
        "draft": "This is a draft. When it is settled, add the line that fits, without the # before it:",
        "boolean": "true or false.",
        "date": "Like 2026-03-31.",
        "partial-date": "Like 2026-03-31.",
    },
}


def no_example(kind: str) -> str:  # noqa: ARG001 -- it stands for `Kinds.example`
    """Show a link of any kind, where nobody knows the kinds."""
    return "ten-don-vi/…"


def full(kind: Kind, example: Callable[[str], str] = no_example, lang: str = "vi") -> str:
    """Give the template with every key that the kind knows; `example` shows how a link to a kind looks (`Kinds.example`)."""
    writer = _Writer(_SENTENCES[lang], lang, example)
    properties = kind.schema["properties"]
    required = kind.schema.get("required", ())
    seals = [name for name in kind.seals if name in properties]
    common = [name for name in properties if name in COMMON and name not in required]
    writer.comment(writer.say["how"])
    writer.mapping({name: properties[name] for name in properties if name not in (*common, *seals)}, required)
    writer.heading(writer.say["common"])
    writer.mapping({name: properties[name] for name in common}, required)
    if seals:
        writer.heading(writer.say["seals"])
        for name in seals:
            writer.blank()
            writer.comment(writer.seal(name, kind.schema))
            writer.value(name, properties[name])
    return writer.text


def short(kind: Kind, known: Mapping[str, str] | None = None, example: Callable[[str], str] = no_example, lang: str = "vi") -> str:
    """Give what is enough for a first record: what is required and what is usual. `known` fills in values by their path: `of`, `entries/action`."""
    writer = _Writer(_SENTENCES[lang], lang, example, known or {}, everything=False)
    properties = kind.schema["properties"]
    wanted = [name for name in properties if name == "title" or writer.wants(name, kind.schema, kind.name, (name,))]
    writer.mapping({name: properties[name] for name in wanted}, kind.schema.get("required", ()))
    seals = [name for name in kind.seals if name in properties]
    if seals:
        writer.heading(writer.say["draft"])
        writer.lines.extend(f"# {name}: {{date: 2026-03-31}}" for name in seals)
    return writer.text


@dataclass(slots=True)
class _Writer:
    """Writes lines, and knows which shapes it has explained before."""

    say: Mapping[str, str]
    lang: str
    example: Callable[[str], str]
    known: Mapping[str, str] = field(default_factory=dict)
    everything: bool = True
    lines: list[str] = field(default_factory=list)
    explained: dict[tuple[str, ...], str] = field(default_factory=dict)

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
        home = schema if self.lang == "vi" else schema.get("x-en", {})
        return str(home.get("title", "")).rstrip("."), str(home.get("description", ""))

    def wants(self, name: str, schema: Mapping[str, Any], owner: str, path: tuple[str, ...]) -> bool:
        """Whether this key of this object is to be written."""
        return self.everything or name in schema.get("required", ()) or "/".join(path) in self.known or name in USUAL.get(owner, ())

    def seal(self, name: str, schema: Mapping[str, Any]) -> str:
        """Say what a seal means and what it needs."""
        title, text = self.words_of(schema["properties"][name])
        needs = next((seal.get("requires", ()) for seal in schema.get("x-seals", ()) if seal["name"] == name), ())
        sentence = self.say["seal"].format(title=title, text=text)
        return f"{sentence} {self.say['needs'].format(keys=', '.join(needs))}" if needs else sentence

    def mapping(self, properties: Mapping[str, Any], required: Iterable[str], indent: int = 0, path: tuple[str, ...] = ()) -> None:
        """Write the keys of an object, each under its comment."""
        must = tuple(required)
        for name, schema in properties.items():
            if indent == 0:
                self.blank()
            self.explain(schema, indent, must=name in must)
            self.value(name, schema, indent, path)

    def explain(self, schema: Mapping[str, Any], indent: int, *, must: bool) -> None:
        """Say what belongs to a key: what it is, its form, and the allowed words, each with its meaning."""
        item = schema.get("items", {})
        allowed = schema.get("x-words") or item.get("x-words") or {}
        title, text = self.words_of(schema)
        if text.rstrip(".") == title or (allowed and all(f"{word} = " in text for word in allowed)):
            text = ""
        pieces = [self.say["required" if must else "title"].format(title=title, text=text).strip()]
        form = schema.get("format") or item.get("format") or schema.get("type")
        if kinds := schema.get("x-link") or item.get("x-link"):
            pieces.append(self.say["link"].format(what=self.say["or"].join(dict.fromkeys(self.example(kind) for kind in kinds))))
        elif form in ("boolean", "date", "partial-date"):
            pieces.append(self.say[form])
        self.comment(" ".join(pieces), indent)
        if allowed:
            self.comment(self.say["many_of" if "x-words" in item else "one_of"], indent)
            self.lines.extend(f"{' ' * indent}#   {word} = {meaning_of(meaning, self.lang)}" for word, meaning in allowed.items())

    def value(self, name: str, schema: Mapping[str, Any], indent: int = 0, path: tuple[str, ...] = ()) -> None:
        """Write a key and what stands under it: nothing, where the writer of the record has to fill it in."""
        here = (*path, name)
        key = f"{' ' * indent}{name}:"
        if "properties" in schema:
            self.lines.append(key)
            self.object(schema, indent + 2, here, name, self.words_of(schema)[0])
        elif schema.get("type") == "array":
            self.lines.append(key)
            self.item(schema, indent + 2, here)
        else:
            self.lines.append(f"{key} {schema.get('const', self.known.get('/'.join(here), ''))}".rstrip())

    def object(self, schema: Mapping[str, Any], indent: int, path: tuple[str, ...], owner: str, title: str) -> None:
        """Write the keys of an object; a shape that was explained before is written with what it cannot do without."""
        properties = schema["properties"]
        shape = tuple(properties)
        needed = [*schema.get("required", ()), *next((one.get("required", ()) for one in schema.get("anyOf", ())), ())]
        first = self.explained.get(shape)
        if self.everything and first:
            self.comment(self.say["again"].format(title=first), indent)
            wanted = needed or list(properties)[:1]
        else:
            wanted = [name for name in properties if self.wants(name, schema, owner, (*path, name)) or (not self.everything and name in needed)]
        self.explained.setdefault(shape, title)
        self.mapping({name: properties[name] for name in properties if name in wanted}, schema.get("required", ()), indent, path)

    def item(self, schema: Mapping[str, Any], indent: int, path: tuple[str, ...]) -> None:
        """Write one item of a list."""
        item = schema["items"]
        part = schema.get("x-part")
        if "properties" not in item:
            self.lines.append(f"{' ' * indent}- {self.known.get('/'.join(path), '')}".rstrip())
            return
        if part:
            what = part.get("words", {}).get(self.lang, part["kind"])
            self.comment(self.say["part"].format(what=what, ids=f"{part['letter']}2, {part['letter']}3"), indent)
        start = len(self.lines)
        self.object(item, indent + 2, path, part["kind"] if part else path[-1], self.words_of(schema)[0])
        self.lines[start:] = list(_as_item(self.lines[start:], indent, part["letter"] if part else ""))


def _as_item(lines: list[str], indent: int, letter: str) -> Iterator[str]:
    """Put the dash of a list before the first key, and the id that a first part has after its key."""
    waiting = True
    for line in lines:
        is_id = bool(letter) and line == f"{' ' * (indent + 2)}id:"
        changed = f"{line} {letter}1" if is_id else line
        if not waiting:
            yield changed
        elif line.lstrip().startswith("#"):
            yield line[2:]
        else:
            waiting = False
            yield f"{' ' * indent}- {changed[indent + 2 :]}"
