"""Dates, numbers and figures as Vietnamese offices write them: 03/5/2012, 1.949, 6,2 and "37/410 hồ sơ (9,0 %)".

Where pages are made in English, as the English write them: 3 May 2012, 1,949, 6.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any, Final

from tusoi.counted import SMALL, is_small, whom
from tusoi.dates import Span, span
from tusoi.messages import dated
from tusoi.speech import N_, OURS, _, language

_BOUNDS: Final = {"over": N_("trên {number}"), "about": N_("khoảng {number}"), "under": N_("dưới {number}")}
_LAST_PADDED_MONTH: Final = 2
_DECEMBER: Final = 12
_SENTENCE_LENGTH: Final = 90
_TOGETHER: Final = "\u00a0"
"""A space at which no line breaks: between `năm` and its number, between a number and `%`."""


def day(stated: object) -> str:
    """Write a date as far as it is known: `03/5/2012`, `tháng 12/2019`, `năm 2019`; empty where nothing is stated."""
    when = _span(stated)
    if when is None:
        return ""
    first, last = when.first, when.last
    if language() != OURS:
        return _abroad(when)
    if first == last:
        return f"{first.day:02d}/{_month(first)}"
    if first.year == last.year and first.month == last.month:
        return f"tháng{_TOGETHER}{_month(first)}"
    if first.year == last.year and (first.month, last.month) == (1, _DECEMBER):
        return f"năm{_TOGETHER}{first.year}"
    return f"{day(first)} – {day(last)}"


def on(stated: object) -> str:
    """Write a date as it stands in a sentence: `ngày 03/5/2012`, `tháng 12/2019`, `năm 2019`."""
    text = day(stated)
    if not text:
        return ""
    if language() != OURS:
        return f"on {text}" if _is_one_day(stated) else f"in {text}"
    return f"ngày {text}" if text[:1].isdigit() else text


def named(stated: object) -> str:
    """Write a date as it stands behind a word of its own (`đến ngày 03/5/2012`, `until 3 May 2012`)."""
    return on(stated) if language() == OURS else day(stated)


def between(start: object, end: object) -> str:
    """Write a period: one day where both ends are the same, and the end that is known where only one is."""
    first, last = day(start), day(end)
    if first and last:
        return first if first == last else f"{first} – {last}"
    return _("từ {day}", day=first) if first else _("đến {day}", day=last) if last else ""


def number(value: float) -> str:
    """Write a number with dots for thousands and a comma for decimals."""
    whole, _, rest = f"{Decimal(str(value)):f}".partition(".")
    thousands, decimals = (".", ",") if language() == OURS else (",", ".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    if whole.startswith("-") and not grouped.startswith("-"):
        grouped = f"-{grouped}"
    rest = rest.rstrip("0")
    return f"{grouped}{decimals}{rest}" if rest else grouped


def percent(value: float, of: float) -> str:
    """Compute a percentage to one decimal; only what is whole reads 100 %, and only what is nothing 0 %. Empty where there is nothing to divide by."""
    whole, part = Decimal(str(of)), Decimal(str(value))
    if not whole:
        return ""
    share = 100 * part / whole
    if share in (0, 100):
        return percents(int(share))
    rounded = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounded in (0, 100):
        rounded = share.quantize(Decimal("0.01"), ROUND_DOWN if rounded else ROUND_UP)
    return f"{rounded:f}".replace(".", "," if language() == OURS else ".") + _percent_sign()


def percents(value: float) -> str:
    """Write a number of percents as it is stated: `98 %`, which no line break takes apart."""
    return f"{number(value)}{_percent_sign()}"


def figure(stated: Mapping[str, Any], *, told: bool = False) -> str:
    """Write a figure with its unit, its denominator and its computed percentage: `37/410 hồ sơ (9,0 %)`; what is stated in words only, in those words."""
    value, of = stated.get("value"), stated.get("of")
    unit = _unit(stated)
    bound = stated.get("is", "")
    if value is None:
        return _without_number(stated, bound, unit, told=told)
    who, shown = whom(stated), number_of(stated)
    if is_small(of, who) or shown != _bounded(bound, number(value)) or bound == "under":
        return f"{shown} {unit}" + (_(" (trong tổng số {total})", total=_few(of, who)) if of is not None else "")
    if of is None:
        stated_share = stated.get("stated_percent")
        return f"{shown} {unit}" + (f" ({percents(stated_share)})" if stated_share is not None else "")
    return f"{shown}/{number(of)} {unit}{_share(stated, value, of)}"


def number_of(stated: Mapping[str, Any]) -> str:
    """Write the number of a figure alone, as far as it may be told: `1.949`, `trên 3,3`, `dưới 5`. What is over so and so many points at nobody."""
    value, bound = stated.get("value", 0), stated.get("is", "")
    return _bounded(bound, number(value)) if bound == "over" or not is_small(value, whom(stated)) else _few(value, whom(stated))


def figure_line(stated: Mapping[str, Any], *, told: bool = False) -> str:
    """Write a figure with what it counts and its period: `Hồ sơ trả chậm: 37/410 hồ sơ (9,0 %), năm 2024`."""
    text = figure(stated, told=told)
    if stated.get("period") is not None:
        text = f"{text}, {on(stated['period'])}"
    return f"{sentence_case(str(stated['what']))}: {text}" if stated.get("what") else text


def shortened(text: str, length: int = _SENTENCE_LENGTH) -> str:
    """Cut a text at a word, with an ellipsis; line breaks become spaces and the full stop of a single sentence goes."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line.removesuffix(".") if not line.endswith("..") else line
    return f"{line[: length - 1].rsplit(' ', 1)[0].rstrip(' ,;:.–-')}…"


def sentence_case(text: str) -> str:
    """Begin with a capital and leave the rest alone."""
    return text[:1].upper() + text[1:]


def _span(stated: object) -> Span | None:
    if isinstance(stated, Span):
        return stated
    return Span(stated, stated) if isinstance(stated, date) else span(stated)


def _abroad(when: Span) -> str:
    """Write a date in a language that is not ours: `3 May 2012`, `December 2019`, `2019`."""
    first, last = when.first, when.last
    if first == last:
        return dated(first, f"d'{_TOGETHER}'MMMM y", language())
    if first.year == last.year and first.month == last.month:
        return dated(first, f"MMMM'{_TOGETHER}'y", language())
    if first.year == last.year and (first.month, last.month) == (1, _DECEMBER):
        return str(first.year)
    return f"{_abroad(Span(first, first))} – {_abroad(Span(last, last))}"


def _is_one_day(stated: object) -> bool:
    when = _span(stated)
    return when is not None and when.first == when.last


def _percent_sign() -> str:
    """Write the sign of percents as the language does: with a space that no line break takes, or without."""
    return f"{_TOGETHER}%" if language() == OURS else "%"


def _bounded(bound: str, text: str) -> str:
    """Say that a number is a bound: `trên 3,3`."""
    return _(_BOUNDS[bound], number=text) if bound in _BOUNDS else text


def _month(when: date) -> str:
    month = f"{when.month:02d}" if when.month <= _LAST_PADDED_MONTH else str(when.month)
    return f"{month}/{when.year}"


def _unit(stated: Mapping[str, Any]) -> str:
    unit = str(stated.get("unit", ""))
    return _("lượt {unit}", unit=unit) if stated.get("counting") == "instances" and not unit.lower().startswith("lượt") else unit


def _share(stated: Mapping[str, Any], value: float, of: float) -> str:
    computed = percent(value, of)
    claim = stated.get("stated_percent")
    words = [computed] if computed else []
    if claim is not None and percents(claim) != computed:
        words.append(_("văn bản ghi {share}", share=percents(claim)))
    return f" ({'; '.join(words)})" if words else ""


def _few(value: float, unit: str) -> str:
    return _(_BOUNDS["under"], number=SMALL) if is_small(value, unit) else number(value)


def _without_number(stated: Mapping[str, Any], bound: str, unit: str, *, told: bool) -> str:
    """Write what came without its number, and say so: a percentage alone, or words (`hàng tỷ đồng`)."""
    of = stated.get("of")
    whole = f"{number(of)} {unit}" if of is not None and not is_small(of, whom(stated)) else ""
    if "stated_percent" in stated:
        share = _bounded(bound, percents(stated["stated_percent"]))
        said = _("{share} của {whole}", share=share, whole=whole) if whole else share
        return _("{said} – nguồn không nêu số lượng", said=said) if told else _("{said} – không ghi số lượng", said=said)
    if "approx" in stated:
        words = str(stated["approx"])
        named = _("{words} trong {whole}", words=words, whole=whole) if whole else words if unit.lower() in words.lower() else f"{words} {unit}"
        return _("{said} – nguồn không nêu con số", said=named) if told else _("{said} – không ghi con số", said=named)
    return ""
