"""Rules about the words that a regulation or an organisation chooses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tusoi import key_names, record_days
from tusoi.dates import Span
from tusoi.kinds import Kinds
from tusoi.outline import Outline, visit
from tusoi.problem import Path, Problem, Severity
from tusoi.profile import CRITERIA, LEVELS, PROFILES, Level, Profile, Scheme, Validity, Word, Words
from tusoi.record import Record
from tusoi.rules import World, rule, wrong

CODE = "R57"


@dataclass(frozen=True, slots=True)
class _Use:
    """A word that a record uses: where, of which vocabulary, and on which day."""

    record: Record
    path: Path
    vocabulary: str
    word: str
    when: Span | None
    about: Mapping[str, str]
    """Where it stands, in the words of messages."""
    is_draft: bool
    """Whether the record has seals to come and none yet: a draft may still change."""


@rule(CODE, stage="always", kinds=(), source="S0-19 S1-11")
def words_in_force(record: Record, world: World) -> Iterator[Problem]:
    """A word that a regulation or an organisation chooses – an area, a level, a scale, a form, a criterion – is in the project's profile, and was in force on the record's day: that of its last seal, its date, or the end of its cycle. A level is one of the scale that the record names. That a word was replaced later is no fault. In a draft it only warns.

    vi: Từ do quy định hay đơn vị chọn – lĩnh vực, mức, thang xếp loại, mẫu báo cáo, tiêu chí – phải có trong bộ quy định của dự án và còn hiệu lực vào ngày của hồ sơ: ngày chốt sau cùng, ngày ghi trong hồ sơ, hoặc ngày cuối kỳ. Mức phải thuộc thang mà hồ sơ ghi. Từ về sau mới được thay thì không phải là lỗi. Hồ sơ còn là dự thảo thì chỉ nhắc.
    """  # noqa: E501 -- the docstring is published as it is
    kinds = world.register.kinds
    if not isinstance(kinds, Kinds) or not world.profile.is_whole or not _speaks(outline := kinds.shapes[record.kind].outline):
        return
    when = record_days.day_of(record, world.register)
    seals = kinds[record.kind].seals
    is_draft = bool(seals) and not any(each in record.data for each in seals)
    for found in visit(outline, record.data):
        vocabulary = found.outline.vocabulary
        if vocabulary and vocabulary != PROFILES and isinstance(found.value, str):
            about = key_names.about(kinds[record.kind].schema, found.path)
            yield from _judged(_Use(record, found.path, vocabulary, found.value, when, about, is_draft), world)


def _speaks(outline: Outline) -> bool:
    return bool(outline.vocabulary) or any(_speaks(each) for each in (*outline.below.values(), *((outline.items,) if outline.items else ())))


def _judged(use: _Use, world: World) -> Iterator[Problem]:
    profile = world.profile
    known = profile.find(use.vocabulary, use.word)
    scheme = _scheme(use, profile)
    meanings = _of_scheme(use, scheme) if scheme else profile.meanings(use.vocabulary, use.when)
    if not known:
        near = key_names.nearest_word(use.word, list(meanings), meanings)
        yield _say(use, "unknown_near" if near else "unknown", meanings, {"near": near})
    elif scheme:
        if use.word not in meanings:
            yield _say(use, "not_in_scheme", meanings, key_names.both("scheme", scheme.words))
    elif not any(each.validity.covers(use.when) for each in known):
        yield _say(use, "not_in_force", meanings, _period(known[0].validity))
    elif newer := _newer(use, known, world):
        yield _say(use, "newer", {}, {"newer": newer.id, **key_names.both("newer", newer.words)}, Severity.INFO)


def _period(validity: Validity) -> dict[str, str]:
    """Say from when to when a word was in force; an open end is left out."""
    return {
        f"period_{language}": " ".join(f"{name} {stated}" for name, stated in zip(names, (validity.start, validity.end), strict=True) if stated)
        for language, names in (("vi", ("từ", "đến")), ("en", ("from", "to")))
    }


def _scheme(use: _Use, profile: Profile) -> Scheme | None:
    """Give the scale that the record names, where the word is of a scale."""
    return profile.scheme(str(use.record.get("scheme") or "")) if use.vocabulary in (LEVELS, CRITERIA) else None


def _of_scheme(use: _Use, scheme: Scheme) -> dict[str, Words]:
    """Give the levels of a scale, or its criteria."""
    listed: tuple[Level | Word, ...] = scheme.levels if use.vocabulary == LEVELS else scheme.criteria
    return {each.id: each.words for each in listed}


def _newer(use: _Use, known: tuple[Word, ...], world: World) -> Word | None:
    """Give the word that says the same today, where the profile names one and the record's word has gone out of force since."""
    if any(each.validity.covers(world.facts.day) for each in known):
        return None
    name = next((each.replaced_by for each in known if each.replaced_by), "")
    return next(iter(world.profile.find(use.vocabulary, name)), None)


def _say(use: _Use, variant: str, meanings: Mapping[str, Words], params: Mapping[str, str], severity: Severity = Severity.ERROR) -> Problem:
    said = {**use.about, **key_names.words(meanings, meanings), "value": use.word, **params}
    weighs = Severity.WARNING if severity is Severity.ERROR and use.is_draft else severity
    return wrong(CODE, use.record, *use.path, variant=variant, severity=weighs, **said)
