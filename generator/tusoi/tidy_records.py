"""The records laid out as the house does: read strictly, laid out, and compared before anything is written. Where there is a doubt, the file stays."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tusoi import flow, in_place, key_order, kinds, load, report
from tusoi.disk import Unread, content_of
from tusoi.in_place import Asked
from tusoi.kinds import Kinds
from tusoi.messages import say
from tusoi.plain_text import Unreadable, text_of
from tusoi.problem import Problem, Severity
from tusoi.strict_yaml import LARGEST, Parsed, parse
from tusoi.tidy import Order, nothing_first, tidy


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, or would."""

    file: str
    path: Path
    before: bytes = b""
    after: bytes = b""
    problems: tuple[Problem, ...] = ()
    """Why it could not be read or written; then it stays as it is."""
    is_doubtful: bool = False
    """Whether it stays as it is because laying it out would have changed a value or lost a comment."""

    @property
    def is_kept(self) -> bool:
        """Whether it stays as it is although nobody knows whether it is well laid out."""
        return self.is_doubtful or bool(self.problems)

    @property
    def is_changed(self) -> bool:
        """Whether it is not laid out as it should be, and can be."""
        return self.before != self.after


def outcomes(folder: Path, asked: Iterable[Asked]) -> Iterator[Outcome]:
    """Lay out these records, one after the other, without writing."""
    own, _ = load.project_schemas(folder)
    shapes, _ = kinds.read(load.schemas(flow.packaged_schemas()), own)
    known = Kinds(shapes)
    return (outcome(each, known) for each in asked)


def outcome(asked: Asked, known: Kinds) -> Outcome:
    """Lay out one record."""
    content, fault = (b"", asked.fault) if asked.fault else content_of(asked.path, LARGEST, "record")
    if fault:
        return _unread(asked, fault)
    parsed = parse(content, asked.file)
    if parsed.data is None:
        return Outcome(asked.file, asked.path, problems=tuple(each for each in parsed.problems if each.severity is Severity.ERROR))
    after = laid_out(content, parsed, _order(asked, known))
    return Outcome(asked.file, asked.path, content, after or content, is_doubtful=after is None)


def laid_out(content: bytes, parsed: Parsed, order: Order) -> bytes | None:
    """Lay out the content of a file that was read. None where the result would not say the same: every value, every comment, every warning."""
    text = text_of(content)
    if isinstance(text, Unreadable):
        return None
    made = tidy(text, order)
    after = made.text.encode()
    again = parse(after, parsed.source.file)
    if again.data is None or _as_read(again) != _as_read(parsed):
        return None
    return after if sorted(made.comments) == sorted(tidy(made.text, nothing_first).comments) else None


def write(changed: Outcome) -> Outcome:
    """Write what was laid out; the disk may refuse, and then the file stays as it is."""
    fault = in_place.replace(changed.path, changed.after)
    return Outcome(changed.file, changed.path, problems=(fault.at(changed.file),)) if fault else changed


def told(done: Outcome, lang: str, *, writes: bool) -> str:
    """Say what became of a file; nothing where it was as it should be."""
    if done.is_doubtful:
        return f"{say('fmt.doubtful', lang, file=done.file)}\n"
    if done.problems:
        lines = [f"{each.place}: {each.code} – {report.sentence(each, lang)}\n    {report.hint(each, lang)}\n" for each in done.problems]
        return f"{''.join(lines)}    {say('fmt.kept', lang)}\n"
    return f"{say('fmt.changed' if writes else 'fmt.would', lang, file=done.file)}\n" if done.is_changed else ""


def closing(files: int, changed: int, kept: int, lang: str, *, writes: bool) -> str:
    """Say how many files there were, and what became of them."""
    if not changed and not kept:
        return say("fmt.fine", lang, files=files)
    return say("fmt.done" if writes else "fmt.todo", lang, files=files, changed=changed, kept=kept)


def difference(changed: Outcome) -> str:
    """Show what changes in a file, in the form that Git has."""
    before, after = (content.decode("utf-8", "replace").splitlines(keepends=True) for content in (changed.before, changed.after))
    lines = difflib.unified_diff(before, after, f"a/{changed.file}", f"b/{changed.file}")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _order(asked: Asked, known: Kinds) -> Callable[[tuple[str, ...]], Sequence[str]]:
    kind = known.of_plural(asked.spot.plural) if asked.spot.id else None
    return key_order.order_of(kind) if kind else nothing_first


def _as_read(parsed: Parsed) -> tuple[str, list[str]]:
    """Write down everything that was read, so that 1, 1.0 and true differ; the order of keys says nothing."""
    return json.dumps(parsed.data, sort_keys=True), sorted(each.message for each in parsed.problems)


def _unread(asked: Asked, fault: Unread) -> Outcome:
    return Outcome(asked.file, asked.path, problems=(fault.at(asked.file),))
