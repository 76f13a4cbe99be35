"""The colours of a site's brand, made readable: any colour of `theme.palette` in mkdocs.yml, by the theme's name for it or as a code such as `#0b5d3b`.

The colour itself is that of the bar at the head. Its letters are white or black, whichever can be read. Links have the same colour as far as it can be read on
the page, else the nearest shade that can; whoever chose it is told so.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from tusoi.speech import _

Colour: TypeAlias = tuple[float, float, float]
"""Red, green, blue, from 0 to 1."""

TEXT: Final = 4.5
"""The least contrast of text, as WCAG 2.2 has it (1.4.3)."""
MARK: Final = 3.0
"""The least contrast of what is no text, such as the frame around what has the focus (1.4.11)."""
_LIGHT: Final = "#edebe5"
"""The darkest ground on which links stand where the page is light."""
_DARK: Final = "#34363f"
"""The lightest where it is dark."""
_DARK_SCHEME: Final = "slate"
_CODE: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_HSL: Final = re.compile(r"hsla?\(\s*([\d.]+)\s*,\s*([\d.]+)%\s*,\s*([\d.]+)%")
_LEFT_TO_THE_THEME: Final = frozenset({"white", "black", "custom"})
"""What the theme draws in a way of its own, or the project by its own style."""
_STEPS: Final = 100
_DARKEST: Final = 0.04045
"""Below it a screen is linear."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that whoever chose the colours should know: the name of the sentence, and what is put into it."""

    name: str
    colour: str
    used: str = ""
    contrast: float = 0
    least: float = 0


@dataclass(frozen=True, slots=True)
class Brand:
    """The palette as the theme understands it, the style of the colours that it does not know, and what is to be said of them."""

    palette: Any
    style: str = ""
    remarks: tuple[Remark, ...] = ()
    links: tuple[str, str] = ("#3f51b5", "#a9c0ff")
    """The colour of links on a light and on a dark page, for a page without that style."""


def brand(palette: Any, sheet: str) -> Brand:
    """Make a palette readable. `palette` is what mkdocs.yml says, `sheet` the style in which the theme names its colours."""
    entries = _entries(palette)
    made, rules, remarks = [], {}, {}
    for entry in _said_first(entries):
        changed = dict(entry)
        for key, role in _ROLES.items():
            stated = str(entry.get(key) or "").strip()
            found = role.shades(stated, sheet)
            if not found:
                if stated and stated.replace(" ", "-") not in _LEFT_TO_THE_THEME and not role.named(stated, sheet):
                    remarks[key, stated] = Remark(f"colour.unknown.{key}", stated)
                continue
            changed[key] = found.name
            rules[key, found.name] = role.rule(found)
            if found.remark:
                remarks[key, stated] = found.remark
        made.append(changed)
    whole = made if isinstance(palette, list) else made[0] if made else palette
    return Brand(whole, "\n".join(rules.values()), tuple(remarks.values()), _links(entries, sheet))


def apply(theme: MutableMapping[str, Any], folders: Sequence[str]) -> Brand:
    """Let a theme have a readable palette. `folders` are those of its files, among them the style in which it names its colours."""
    sheets = (sheet for folder in folders for sheet in sorted(Path(folder).glob("assets/stylesheets/palette.*.css")))
    made = brand(theme.get("palette"), next((sheet.read_text(encoding="utf-8") for sheet in sheets), ""))
    if _entries(theme.get("palette")):
        theme["palette"] = made.palette
    return made


def named(palette: object) -> object:
    """Give `theme.palette` with the names of its switches in the language that is being spoken, as far as it knows them."""
    if not isinstance(palette, list):
        return palette
    return [
        each | {"toggle": each["toggle"] | {"name": str(_(each["toggle"]["name"]))}} if (each.get("toggle") or {}).get("name") else each for each in palette
    ]


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colour(code: str) -> Colour:
    """Read `#0b5d3b`, `#fa0` or `hsl(34,100%,50%)`. Raises ValueError where it is none of them."""
    if found := _HSL.match(code):
        hue, saturation, lightness = (float(each) for each in found.groups())
        return colorsys.hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
    if not _CODE.fullmatch(code):
        raise ValueError(code)
    digits = code[1:] if len(code) > len("#fff") else "".join(each * 2 for each in code[1:])
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class _Shades:
    """A colour and what stands on it, and its shades that can be read on a light and on a dark page."""

    name: str
    own: Colour
    on: str
    on_light: Colour
    on_dark: Colour
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class _Role:
    """What a colour is for."""

    key: str
    least: float

    def named(self, name: str, sheet: str) -> Colour | None:
        """Give a colour of the theme by its name."""
        found = re.search(rf"\[data-md-color-{self.key}={re.escape(name.replace(' ', '-'))}\]\{{--md-{self.key}-fg-color:([^;}}]+)", sheet)
        return colour(found[1]) if found and (_HSL.match(found[1]) or _CODE.fullmatch(found[1])) else None

    def shades(self, stated: str, sheet: str) -> _Shades | None:
        """Give the shades of a colour; None where the theme's own can be read, or where it is no colour at all."""
        is_code = bool(_CODE.fullmatch(stated))
        own = colour(stated) if is_code else self.named(stated, sheet) if stated.replace(" ", "-") not in _LEFT_TO_THE_THEME else None
        if own is None:
            return None
        ground, white = colour(_LIGHT), contrast(own, colour("#fff"))
        light = _readable(own, ground, self.least)
        if not is_code and light == own:
            return None
        on = "#fff" if white >= TEXT or white >= contrast(own, colour("#000")) else "#000"
        remark = None if light == own else Remark(f"colour.{self.key}", stated, _code(light), round(contrast(own, ground), 1), self.least)
        return _Shades(f"m{_code(own)[1:]}", own, on, light, _readable(own, colour(_DARK), self.least), remark)

    def rule(self, shades: _Shades) -> str:
        """Write the style."""
        here, dark = f"[data-md-color-{self.key}={shades.name}]", f"[data-md-color-scheme={_DARK_SCHEME}]"
        own = _code(shades.own)
        ground = f"--md-{self.key}-bg-color:{shades.on};--md-{self.key}-bg-color--light:{shades.on}b;"
        if self.key == "accent":
            light, far = _code(shades.on_light), _code(shades.on_dark)
            return (
                f"{here}{{--md-accent-fg-color:{light};--md-accent-fg-color--transparent:{light}1a;{ground}}}\n"
                f"{dark}{here}{{--md-accent-fg-color:{far};--md-accent-fg-color--transparent:{far}1a}}"
            )
        paler, deeper = _code(_mixed(shades.own, 1.0)), _code(_mixed(shades.own, 0.0))
        return (
            f"{here}{{--md-primary-fg-color:{own};--md-primary-fg-color--light:{paler};--md-primary-fg-color--dark:{deeper};{ground}"
            f"--md-typeset-a-color:{_code(shades.on_light)};--ts-link:{_code(shades.on_light)}}}\n"
            f"{dark}{here}{{--md-typeset-a-color:{_code(shades.on_dark)};--ts-link:{_code(shades.on_dark)}}}"
        )


_ROLES: Final[Mapping[str, _Role]] = {"primary": _Role("primary", TEXT), "accent": _Role("accent", MARK)}


def _links(entries: Sequence[Mapping[str, Any]], sheet: str) -> tuple[str, str]:
    """Give the colours of links on a light and on a dark page."""
    role = _ROLES["primary"]
    stated = next((str(each["primary"]) for each in _said_first(entries) if each.get("primary")), "")
    if found := role.shades(stated, sheet):
        return _code(found.on_light), _code(found.on_dark)
    own = role.named(stated, sheet)
    return _code(own) if own else Brand(None).links[0], Brand(None).links[1]


def _entries(palette: Any) -> list[Mapping[str, Any]]:
    """Give the entries of a palette: mkdocs.yml may have one, several, or none."""
    return palette if isinstance(palette, list) else [palette] if isinstance(palette, Mapping) else []


def _said_first(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give the first entry, where it follows the device and names no colours, those of the next: without scripts it is the only one that counts."""
    stated = {key: next((each[key] for each in entries if each.get(key)), None) for key in _ROLES}
    known = {key: value for key, value in stated.items() if value}
    return [{**known, **entries[0]}, *entries[1:]] if entries else []


def _readable(own: Colour, ground: Colour, least: float) -> Colour:
    """Give the nearest shade of a colour that can be read on a ground: darker on a light one, lighter on a dark one."""
    return next((each for each in _towards(own, 0.0 if _luminance(ground) > _luminance((0.5, 0.5, 0.5)) else 1.0) if contrast(each, ground) >= least), own)


def _towards(own: Colour, end: float) -> Iterator[Colour]:
    """Give a colour, then shades of it that are nearer and nearer to black or to white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*own)
    yield own
    for step in range(1, _STEPS + 1):
        yield colour(_code(colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / _STEPS, saturation)))


def _mixed(own: Colour, end: float) -> Colour:
    red, green, blue = (each + (end - each) * 0.15 for each in own)
    return red, green, blue


def _luminance(stated: Colour) -> float:
    """Give the relative luminance, as WCAG defines it."""
    red, green, blue = (each / 12.92 if each <= _DARKEST else ((each + 0.055) / 1.055) ** 2.4 for each in stated)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _code(stated: Colour) -> str:
    return "#" + "".join(f"{round(each * 255):02x}" for each in stated)
