"""New records as they are offered: in which words a template speaks, the text of one, and the list of kinds by who writes them."""

from __future__ import annotations

from collections.abc import Mapping

from tusoi import beginnings, skeleton
from tusoi.beginnings import WRITERS, Beginning
from tusoi.beginnings.desk import Desk
from tusoi.beginnings.office import Office
from tusoi.facts import Facts, Tally
from tusoi.kinds import Kinds
from tusoi.messages import say
from tusoi.record import Kind, Part, Register
from tusoi.skeleton import Speech
from tusoi.titles import TEXT_OF_PART, Titles


def speech_of(register: Register, lang: str, today: str = "") -> Speech:
    """Give the words of a template for a register: how links look, what the things behind them are called, and until when words are in force."""
    kinds, titles = register.kinds, Titles(register)

    def named(ref: str) -> str:
        thing = register.find(ref)
        text = thing.data.get(TEXT_OF_PART.get(thing.kind, "")) if isinstance(thing, Part) else None
        return " ".join(str(text).split()) if text else titles.full(ref) if thing else ""

    project = register.project
    content = str(project.get("lang") or "vi") if project else "vi"
    return Speech(lang, kinds.examples if isinstance(kinds, Kinds) else skeleton.no_example, named, content, today)


def text_of(beginning: Beginning, speech: Speech, *, full: bool = False) -> str:
    """Write a new record, ready to be filled in."""
    return skeleton.full(beginning.kind, speech, beginning.data) if full else skeleton.short(beginning.kind, beginning.data, speech)


def blank(kind: Kind, kinds: Mapping[str, Kind], facts: Facts, lang: str) -> str:
    """Write the short template of a kind for a place of which nothing is known."""
    nothing = Register.of(kinds, ())
    desk = Desk(Office(nothing, Facts(facts.day, {}, {}, {}, Tally(), ())), is_blank=True)
    return text_of(beginnings.begin(kind, desk), speech_of(nothing, lang, facts.day.isoformat()))


def listed(kinds: Mapping[str, Kind], lang: str, example: str) -> str:
    """List the kinds that can be written, by who writes them, with an example of the command."""
    known = {name for group in WRITERS.values() for name in group}
    groups = {**WRITERS, "more": tuple(sorted(kinds.keys() - known))}
    width = max(map(len, kinds), default=0)
    lines = [say("new.list.head", lang), ""]
    for group, names in groups.items():
        here = [kinds[name] for name in names if name in kinds]
        if here:
            lines += [say(f"new.list.{group}", lang), *(f"  {each.name:<{width}}  {each.words.get(lang, each.name)}" for each in here), ""]
    return "\n".join([*lines, say("new.list.example", lang, example=example)]) + "\n"
