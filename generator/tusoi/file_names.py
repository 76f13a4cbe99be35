"""Names of files and folders under `records/`: what each may be, and what to call those that are not so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ATTACHMENTS: Final = "files"
PROJECT: Final = "project"
ORGANISATION: Final = "organisation"
COMMON: Final = "common"
KEPT: Final = ".gitkeep"
"""Git keeps no empty folder; this file keeps one."""

_SLUG = re.compile(r"[a-z0-9-]+\Z")
_UNSAFE = re.compile('[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>:"|?*\\\\\udc80-\udcff]')
_MACHINES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", ".directory", ".spotlight-v100", ".trashes", "$recycle.bin"})
_CATALOGUE = re.compile(r"(.+)\.([a-z]{2,3})\.po")
_BACKUP = re.compile(r"~\$.*|\.~lock\..*|.*~|#.*#|\.#.*|.*\.(?:bak|swp|swo|swx|orig|rej|tmp|temp|old|part|crdownload)", re.IGNORECASE)
_YAML = re.compile(r"(.+?)\.(?:ya?ml|ya?ml\.txt)", re.IGNORECASE)
_OFFICE = frozenset(
    ".pdf .doc .docx .odt .rtf .xls .xlsx .ods .csv .ppt .pptx .odp .jpg .jpeg .png .gif .webp .heic .tif .tiff .bmp .mp3 .mp4 .zip .rar .7z".split()  # noqa: SIM905 -- one line instead of thirty
)
_NO_FILE_ON_WINDOWS = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a name will not do: the variant of the sentence and its words."""

    variant: str
    params: Mapping[str, Any] = field(default_factory=dict)


def shown(name: str) -> str:
    """Give a name that any screen can show: bytes that are no text and control characters are written out."""
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", lambda found: f"\\u{ord(found.group()):04x}", readable)


def is_slug(name: str) -> bool:
    """Whether the name may be part of an id as it stands."""
    return bool(_SLUG.match(name)) and name not in _NO_FILE_ON_WINDOWS


def slug(name: str) -> str:
    """Suggest a name: small letters without marks, đ → d, hyphens between; empty where nothing is left."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    words = "".join(letter for letter in plain if not unicodedata.combining(letter))
    suggested = re.sub("[^a-z0-9]+", "-", words).strip("-")
    return f"{suggested}-1" if suggested in _NO_FILE_ON_WINDOWS else suggested


def stem(name: str) -> str | None:
    """Give the name of a record without its ending, also where the ending is `.yaml` or in capitals; None where it is no record."""
    found = _YAML.fullmatch(name)
    return found.group(1) if found else None


def of_catalogue(name: str) -> tuple[str, str] | None:
    """Give the name of a record's file whose translation a file has, and the language: `2025.en.po`; None where the name says it otherwise."""
    found = _CATALOGUE.fullmatch(name)
    return (f"{found[1]}.yml", found[2]) if found and is_slug(found[1]) else None


def clashes(names: Iterable[str]) -> dict[str, str]:
    """Give, for each name that some computers can not tell from another in its folder, that other: they differ only in case or in Unicode form."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda each: (not is_slug(each.removesuffix(".yml")), unicodedata.normalize("NFC", each) != each, each)):
        other = first.setdefault(_folded(name), name)
        if other != name:
            found[name] = other
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def differ_in_form(one: str, other: str) -> bool:
    """Whether two names are the same letters, written with different characters."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in `records/` the walk is: the names on the way, and whether one of them will not do."""

    parts: tuple[str, ...] = ()
    is_spoilt: bool = False

    def below(self, name: str) -> Spot:
        """Give the place of something in this folder."""
        return Spot((*self.parts, name), self.is_spoilt)

    def spoilt(self) -> Spot:
        """Give the same place, where whatever is below makes no record."""
        return Spot(self.parts, is_spoilt=True)

    @property
    def file(self) -> str:
        """Give the path below the project's folder, as places name it."""
        return "/".join(("records", *map(shown, self.parts)))

    @property
    def is_attachment(self) -> bool:
        """Whether it is a file or folder of attachments."""
        return len(self.parts) > 2 and slug(self.parts[1]) == ATTACHMENTS  # noqa: PLR2004 -- organisation, files, …

    @property
    def id(self) -> str:
        """The id that a file here has, or would have if the names on the way were mended; empty where no record may stand."""
        own = stem(self.parts[-1])
        if own is None or self.is_attachment:
            return ""
        names = [name if is_slug(name) else slug(name) for name in (*self.parts[:-1], own)]
        if names == [PROJECT]:
            return PROJECT
        if len(names) == 2 and names[1] == ORGANISATION and names[0] not in _NO_ORGANISATION:  # noqa: PLR2004 -- organisation, name
            return names[0]
        is_record = len(names) == 3 and all(names) and names[0] != PROJECT and names[1] not in _NO_PLURAL  # noqa: PLR2004 -- organisation, plural, name
        return "/".join(names) if is_record else ""

    @property
    def is_catalogue(self) -> bool:
        """Whether it is, or should be, the translation of the record beside it."""
        return not self.is_attachment and self.parts[-1].lower().endswith(".po")

    @property
    def plural(self) -> str:
        """The folder that names the kind; the two files that have none give their own name."""
        return self.parts[1] if len(self.parts) > 2 else (stem(self.parts[-1]) or "")  # noqa: PLR2004


_NO_ORGANISATION = frozenset({COMMON, PROJECT})
_NO_PLURAL = frozenset({ORGANISATION, PROJECT, ATTACHMENTS})
NOT_READ = frozenset({"machine", "hidden", "backup", "deep"})
"""Faults of a name after which what is in the file or folder does not matter."""


def fault_of_folder(spot: Spot) -> Fault | None:
    """Say what is wrong with a folder's name or with where it stands."""
    name = spot.parts[-1]
    if spot.is_attachment:
        return _fault_of_attachment(name)
    if fault := _fault_of_any(name) or _fault_of_slug(name, ""):
        return fault
    if spot.parts == (PROJECT,) or (len(spot.parts) == 2 and name in _NO_PLURAL - {ATTACHMENTS}):  # noqa: PLR2004 -- organisation, plural
        return Fault("taken", {"name": name})
    return Fault("deep") if len(spot.parts) > 2 else None  # noqa: PLR2004 -- organisation, plural


def fault_of_file(spot: Spot) -> Fault | None:
    """Say what is wrong with a file's name or with where it stands."""
    name = spot.parts[-1]
    if spot.is_attachment:
        return _fault_of_attachment(name)
    organisation = spot.parts[0] if len(spot.parts) > 1 else ""
    if fault := _fault_of_record(name, shown(organisation)):
        return fault
    if spot.id or spot.is_spoilt or spot.is_catalogue:
        return None
    return Fault("place.top" if len(spot.parts) == 1 else "place", {"name": name})


def _fault_of_attachment(name: str) -> Fault | None:
    """Say what is wrong with the name of an attachment or a folder of attachments: any letters will do that every computer can write."""
    if fault := _fault_of_any(name):
        return fault
    whole = unicodedata.normalize("NFC", name)
    return None if whole == name else Fault("form", {"name": whole})


def _fault_of_record(name: str, organisation: str) -> Fault | None:
    """Say what is wrong with the name of a file that should be a record."""
    if fault := _fault_of_any(name):
        return fault
    own = stem(name)
    if name.lower().endswith(".po"):
        return None if of_catalogue(name) else Fault("catalogue")
    if own is None:
        kind = PurePosixPath(name).suffix.lower()
        return Fault("attachment", {"folder": f"records/{organisation}/{ATTACHMENTS}/"}) if kind in _OFFICE and organisation else Fault("other")
    if name != f"{own}.yml" and is_slug(own):
        return Fault("ending", {"name": f"{own}.yml"})
    return _fault_of_slug(own, ".yml")


def _fault_of_any(name: str) -> Fault | None:
    if name.lower() in _MACHINES or name.startswith("._"):
        return Fault("machine")
    if _BACKUP.fullmatch(name):
        return Fault("backup")
    if name.startswith("."):
        return Fault("hidden")
    return Fault("characters") if _UNSAFE.search(name) or name.endswith((" ", ".")) else None


def _fault_of_slug(name: str, ending: str) -> Fault | None:
    if is_slug(name):
        return None
    if name in _NO_FILE_ON_WINDOWS:
        return Fault("reserved", {"name": f"{slug(name)}{ending}"})
    suggested = slug(name)
    if not suggested:
        return Fault("letters.none")
    variant = "capitals" if is_slug(name.lower()) else "letters"
    return Fault(variant, {"name": f"{suggested}{ending}"})
