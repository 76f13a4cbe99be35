"""A diff → what a person reads in a terminal and on the page of a pull request, and plain data for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tusoi import report
from tusoi.diff import Diff, FileChange, Side, form
from tusoi.diff_words import DiffWords, Line
from tusoi.messages import say
from tusoi.problem import Problem
from tusoi.record_names import RecordNames

LARGEST: Final = 900 * 1024
"""Bytes of Markdown: a host shows at most a mebibyte of a step's summary."""
_SHORT: Final = 12
"""How much of a commit's id tells it from all others."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and what stands below it: sentences, some under a heading of their own."""

    title: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class DiffReport:
    """Writes a diff. `has_same_files` says that no file differs at all."""

    diff: Diff
    lang: str = "vi"
    is_public: bool = True
    has_same_files: bool = False

    def text(self) -> str:
        """Write for a terminal."""
        if self.diff.is_quiet:
            return f"{self._quiet()}\n"
        lines = [self._about(), ""]
        for section in self._sections():
            lines.append(section.title)
            for heading, sentences in section.groups:
                lines += [f"  {heading}"] if heading else []
                lines += [f"{'    ' if heading else '  '}{each}" for each in sentences]
            lines.append("")
        return "\n".join(lines).rstrip("\n") + "\n"

    def markdown(self, largest: int = LARGEST) -> str:
        """Write for the page of a pull request. What is too long is cut, and said to be."""
        lines = [f"## {say('diff.title', self.lang)}", ""]
        if self.diff.is_quiet:
            return "\n".join([*lines, _inert(self._quiet()), ""])
        lines += [_inert(self._about()), "", *self._marked()]
        return _cut(lines, largest, lambda count: _inert(say("diff.cut", self.lang, count=count, command=self._command())))

    def json(self) -> str:
        """Write for programs: the form that loses nothing, and the sentences about the records."""
        said = [{"of": each.of, "about": each.heading, "sentence": each.sentence} for each in self.words.lines()]
        return json.dumps(form(self.diff) | {"sentences": said}, ensure_ascii=False, indent=2) + "\n"

    def _marked(self) -> Iterator[str]:
        for section in self._sections():
            yield from (f"### {_inert(section.title)}", "")
            for heading, sentences in section.groups:
                yield from (f"**{_inert(heading)}**", "") if heading else ()
                yield from (f"- {_inert(each)}" for each in sentences)
                yield ""

    def _quiet(self) -> str:
        return say("diff.nothing_at_all" if self.has_same_files else "diff.same", self.lang)

    def _about(self) -> str:
        """Say which two trees are compared, and for which day they are judged."""
        base, head = (self._side(each) for each in (self.diff.base, self.diff.head))
        return say("diff.about", self.lang, base=base, head=head, day=report.stated(self.diff.day, self.lang))

    def _side(self, side: Side) -> str:
        short, asked = side.revision.commit[:_SHORT], side.revision.asked
        if not short:
            return say("diff.work_tree", self.lang)
        if asked and not side.revision.commit.startswith(asked):
            return say("diff.shared" if side is self.diff.base and side.revision.is_shared else "diff.named", self.lang, commit=short, name=asked)
        return say("diff.commit", self.lang, commit=short)

    def _command(self) -> str:
        base, head = self.diff.base.revision.commit[:_SHORT], self.diff.head.revision.commit[:_SHORT]
        return f"tusoi diff {base} {head}".strip()

    def _sections(self) -> Iterator[_Section]:
        diff = self.diff
        if diff.is_same:
            yield _Section(say("diff.same", self.lang), ())
        yield from self._section("diff.records", self.words.lines())
        yield from self._list("diff.files", (self._file(each) for each in diff.files))
        yield from self._list("diff.unread.base", sorted(diff.base.unread))
        yield from self._list("diff.unread.head", sorted(diff.head.unread))
        yield from self._section("diff.states", self.words.states())
        yield from self._list("diff.numbers", (f"{self.words.number(each)}." for each in diff.numbers if each.before != each.after))
        yield from self._list("diff.added", self._problems(diff.added, diff.head))
        yield from self._list("diff.mended", self._problems(diff.mended, diff.base))

    def _section(self, name: str, lines: Iterable[Line]) -> Iterator[_Section]:
        groups: dict[str, list[str]] = {}
        for line in lines:
            groups.setdefault(line.heading, []).append(line.sentence)
        if groups:
            count = sum(map(len, groups.values()))
            yield _Section(say(name, self.lang, count=count), tuple((heading, tuple(dict.fromkeys(said))) for heading, said in groups.items()))

    def _list(self, name: str, sentences: Iterable[str]) -> Iterator[_Section]:
        said = tuple(sentences)
        if said:
            yield _Section(say(name, self.lang, count=len(said)), (("", said),))

    def _file(self, change: FileChange) -> str:
        name = "diff.file.changed" if change.was and change.now else "diff.file.new" if change.now else "diff.file.gone"
        return say(name, self.lang, path=change.path)

    def _problems(self, problems: Iterable[Problem], side: Side) -> Iterator[str]:
        names = RecordNames(side.register)
        for each in sorted(problems, key=lambda each: each.order):
            severity = say(f"severity.{each.severity}", self.lang)
            yield f"{each.place}: {severity} {each.code} – {report.named(each, names, self.lang)}"

    @cached_property
    def words(self) -> DiffWords:
        """What says it in sentences."""
        return DiffWords(self.diff, self.lang, self.is_public)


def _inert(words: str) -> str:
    """Write words so that they are only ever words, and one line."""
    return report.inert(" ".join(words.split()))


def _cut(lines: list[str], largest: int, more: Callable[[int], str]) -> str:
    """Join lines up to a size; where that is not all of them, say how many are left out."""
    whole = "\n".join(lines).rstrip("\n") + "\n"
    if len(whole.encode()) <= largest:
        return whole
    room = largest - len(f"\n\n{more(len(lines))}\n".encode())
    kept = 0
    for number, line in enumerate(lines):
        room -= len(line.encode()) + 1
        if room < 0:
            break
        kept = number + 1
    return "\n".join(lines[:kept]).rstrip("\n") + f"\n\n{more(sum(map(bool, lines[kept:])))}\n"
