"""A review in the order of its form: which sections there are, what they are called, and what of the record stands in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tusoi.dates import span
from tusoi.evidence import is_individual
from tusoi.profile import Section, Template
from tusoi.record import Record
from tusoi.record_days import day_of
from tusoi.views.world import World

_PIECES: Final[Mapping[str, str]] = {
    "strengths": "strengths",
    "assessments": "strengths",
    "findings": "findings",
    "findings/*/causes": "causes",
    "carry_over": "carry_over",
    "explanations": "explanations",
    "findings/*/responsible": "responsible",
    "collective": "responsible",
    "findings/*/remedy": "remedy",
    "self_rating": "self_rating",
}
"""What of a review stands in a section, by what the form says it is filled by."""
_ANCHORS: Final[Mapping[str, str]] = {
    "strengths": "uu-diem",
    "findings": "han-che",
    "causes": "nguyen-nhan",
    "carry_over": "ky-truoc",
    "explanations": "giai-trinh",
    "responsible": "trach-nhiem",
    "remedy": "khac-phuc",
    "immediate": "lam-ngay",
    "self_rating": "tu-xep-loai",
}
_PLAIN: Final = (
    ("Ưu điểm, kết quả đạt được", ("strengths",)),
    ("Hạn chế, khuyết điểm và nguyên nhân", ("findings", "causes")),
    ("Năm trước hứa gì, nay ra sao", ("carry_over",)),
    ("Giải trình điều được gợi ý", ("explanations",)),
    ("Ai chịu trách nhiệm", ("responsible",)),
    ("Phương hướng, biện pháp khắc phục", ("remedy",)),
    ("Tự xếp loại", ("self_rating",)),
)
"""The order where no form is known: that of all forms, without their numbers."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section of a review."""

    anchor: str
    heading: str
    """`II. Hạn chế, khuyết điểm và nguyên nhân`."""
    text: str
    """What the record says to this section in words of its own."""
    pieces: tuple[str, ...]
    """What else of the record stands here: `strengths`, `findings`, `causes`, `carry_over`, `explanations`, `responsible`, `remedy`, …"""


@dataclass(frozen=True, slots=True)
class Form:
    """The form that a review follows: its name, empty where none is known, and its sections."""

    name: str
    sections: tuple[FormSection, ...]


def form_of(world: World, record: Record) -> Form:
    """Give a review in the order of the form that it names, or its cycle, or that was in force on its day; else in the order of all forms."""
    template = template_of(world, record)
    written = {str(each.get("id")).lower(): str(each.get("text") or "") for each in record.get("sections") or ()}
    sections = list(_sections(template, written)) if template else list(_plain())
    known = {each.id.lower() for each in template.sections} if template else set()
    others = (
        FormSection(f"muc-{name}", f"Mục {each.get('id')}", str(each.get("text") or ""), ())
        for each in record.get("sections") or ()
        if (name := str(each.get("id")).lower()) not in known
    )
    return Form(str(template.words["vi"]) if template else "", (*sections, *others))


def template_of(world: World, record: Record) -> Template | None:
    """Give the form of a review: the one that it names, its cycle's, or the newest of those in force on its day."""
    cycle = world.register.find(str(record.get("cycle") or ""))
    whose = "individual" if is_individual(record) else "collective"
    for stated in (record.get("template"), cycle.get("template") if isinstance(cycle, Record) else None):
        found = world.profile.template(str(stated)) if stated else None
        if found and (found.whose == whose or stated == record.get("template")):
            return found
    when = day_of(record, world.register) or next((met for part in record.parts_of("session") if (met := span(part.data.get("from")))), None)
    return next(iter(world.profile.templates_in_force(when, whose)), None) if when else None


def _sections(template: Template, written: Mapping[str, str]) -> Iterator[FormSection]:
    """Give the sections of a form. What stood in an earlier one is not said again: a second section of remedies is that of what is done at once."""
    shown: set[str] = set()
    for section in template.sections:
        pieces = tuple(dict.fromkeys(_PIECES[key] for key in section.filled_by if key in _PIECES))
        own = tuple(piece for piece in pieces if piece not in shown) or tuple("immediate" for piece in pieces if piece == "remedy")
        shown.update(pieces)
        yield FormSection(_anchor(section, own), f"{section.id}. {section.words['vi']}", written.get(section.id.lower(), ""), own)


def _plain() -> Iterator[FormSection]:
    return (FormSection(_ANCHORS[pieces[0]], heading, "", pieces) for heading, pieces in _PLAIN)


def _anchor(section: Section, pieces: tuple[str, ...]) -> str:
    return _ANCHORS[pieces[0]] if pieces else f"muc-{re.sub(r'[^a-z0-9]+', '-', section.id.lower())}"
