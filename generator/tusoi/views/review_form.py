"""A review in the order of its form: which sections there are, what they are called, and what of the record stands in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tusoi import forms
from tusoi.profile import Section, Template
from tusoi.record import Record
from tusoi.speech import N_, _, language
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
    "collective/*/remedy": "remedy",
    "self_rating": "self_rating",
    forms.AT_ONCE: "immediate",
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
    (N_("Ưu điểm, kết quả đạt được"), ("strengths",)),
    (N_("Hạn chế, khuyết điểm và nguyên nhân"), ("findings", "causes")),
    (N_("Năm trước hứa gì, nay ra sao"), ("carry_over",)),
    (N_("Giải trình điều được gợi ý"), ("explanations",)),
    (N_("Ai chịu trách nhiệm"), ("responsible",)),
    (N_("Phương hướng, biện pháp khắc phục"), ("remedy",)),
    (N_("Tự xếp loại"), ("self_rating",)),
)
"""The order where no form is known: that of all forms, without their numbers."""

_IF_ANY: Final = N_(" (nếu có)")
"""What a form adds for those who fill it in: who reads what was filled in sees whether there is anything."""


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
    template = forms.template_of(record, world.register, world.profile)
    written = {str(each.get("id")).lower(): str(each.get("text") or "") for each in record.get("sections") or ()}
    sections = list(_sections(template, written)) if template else list(_plain())
    known = {each.id.lower() for each in template.sections} if template else set()
    others = (
        FormSection(f"muc-{name}", _("Mục {id}", id=each.get("id")), str(each.get("text") or ""), ())
        for each in record.get("sections") or ()
        if (name := str(each.get("id")).lower()) not in known
    )
    return Form(str(template.words.get(language(), template.words["vi"])) if template else "", (*sections, *others))


def _sections(template: Template, written: Mapping[str, str]) -> Iterator[FormSection]:
    """Give the sections of a form. What stood in an earlier one is not said again."""
    shown: set[str] = set()
    for section in template.sections:
        pieces = tuple(dict.fromkeys(_PIECES[key] for key in section.filled_by if key in _PIECES))
        own = tuple(piece for piece in pieces if piece not in shown)
        shown.update(pieces)
        heading = f"{section.id}. {section.words.get(language(), section.words['vi']).removesuffix(_(_IF_ANY))}"
        yield FormSection(_anchor(section, own), heading, written.get(section.id.lower(), ""), own)


def _plain() -> Iterator[FormSection]:
    return (FormSection(_ANCHORS[pieces[0]], _(heading), "", pieces) for heading, pieces in _PLAIN)


def _anchor(section: Section, pieces: tuple[str, ...]) -> str:
    return _ANCHORS[pieces[0]] if pieces else f"muc-{re.sub(r'[^a-z0-9]+', '-', section.id.lower())}"
