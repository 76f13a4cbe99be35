"""Attached pictures: shown where the record says that nobody can be recognised, and never with what a camera wrote beside them."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registers import Data, register
from tusoi import asof, flow, load, page, pictures, progress
from tusoi.page import Page

DAY = date(2026, 3, 15)
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
GPS, ARTIST, ORIENTATION, THUMBNAIL, CAMERA = 0x8825, 0x013B, 0x0112, 0x0201, 0x8769


def notes(*tags: tuple[int, int, int, int], order: str = "<", following: int = 0) -> bytes:
    """Make the notes of a camera: each tag with its form, its length and its value."""
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}I", 8)
    return head + struct.pack(f"{order}H", len(tags)) + b"".join(struct.pack(f"{order}HHII", *each) for each in tags) + struct.pack(f"{order}I", following)


def jpeg(exif: bytes) -> bytes:
    """Make the beginning of a JPEG with such notes."""
    return JPEG + b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\x00\x00" + exif + b"\xff\xd9"


def chunk(name: bytes, content: bytes) -> bytes:
    """Make a piece of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.png", PNG, ""),
        ("a.JPG", JPEG, ""),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", ""),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVEfmt ", pictures.FORM),
        ("a.png", JPEG, pictures.FORM),
        ("a.jpg", b"<svg onload='x'>", pictures.FORM),
        ("a.png", PNG + b"\x00" * (2 * 1024 * 1024 - 8), ""),
        ("a.png", PNG + b"\x00" * (2 * 1024 * 1024 - 7), pictures.LARGE),
        ("a.jpg", jpeg(notes((ORIENTATION, 3, 1, 6))), ""),
        ("a.jpg", jpeg(notes((GPS, 4, 1, 26))), pictures.HIDDEN),
        ("a.jpg", jpeg(notes((ORIENTATION, 3, 1, 6), (GPS, 4, 1, 26), order=">")), pictures.HIDDEN),
        ("a.jpg", jpeg(notes((ARTIST, 2, 3, int.from_bytes(b"An\x00", "little")))), pictures.HIDDEN),
        ("a.jpg", jpeg(notes((ARTIST, 2, 3, int.from_bytes(b"  \x00", "little")))), ""),
        ("a.jpg", jpeg(notes((ORIENTATION, 3, 1, 6), following=26) + notes((THUMBNAIL, 4, 1, 40))[8:]), pictures.HIDDEN),
        ("a.jpg", jpeg(notes((CAMERA, 4, 1, 26)) + notes((0xA431, 2, 9, 0))[8:]), pictures.HIDDEN),
        ("a.jpg", jpeg(notes((CAMERA, 4, 1, 8), following=8)), ""),
        ("a.jpg", jpeg(notes((GPS, 4, 1, 26)))[:40], ""),
        ("a.jpg", JPEG + b"\xff\xd9" + jpeg(notes((GPS, 4, 1, 26))), pictures.HIDDEN),
        ("a.png", PNG + chunk(b"eXIf", notes((GPS, 4, 1, 26))), pictures.HIDDEN),
        ("a.png", PNG + chunk(b"tEXt", b"Author\x00Nguyen Van A"), pictures.HIDDEN),
        ("a.png", PNG + chunk(b"tEXt", b"Software\x00Paint"), ""),
        ("a.png", PNG + chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00<x:xmpmeta><exif:GPSLatitude>21</exif:GPSLatitude>"), pictures.HIDDEN),
        ("a.png", PNG + chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(b"<x:xmpmeta>")), pictures.HIDDEN),
        ("a.jpg", JPEG + b"\xff\xed\x00\x20Photoshop 3.0\x008BIM\x04\x04\x00\x00", pictures.HIDDEN),
    ],
)
def test_a_picture_is_what_its_name_says_and_carries_nothing_else(name: str, content: bytes, expected: str) -> None:
    assert pictures.is_picture(name)
    assert pictures.fault(name, content) == expected


def test_what_is_no_picture_by_its_name_is_none() -> None:
    assert not any(map(pictures.is_picture, ("a.pdf", "a.svg", "a.gif", "png", "a.png.txt", "a.")))


def evidence(**more: Any) -> dict[str, Data]:
    """A commune with one action that is reported as done, with a picture."""
    item: Data = {"file": {"path": "files/kênh mới.png", "sha256": hashlib.sha256(PNG).hexdigest()}, "text": "Kênh <đã> thông.", "date": "2025-05-12"}
    entry: Data = {"action": "A1", "state": "completed", "evidence": [item | more]}
    actions: list[Data] = [{"id": "A1", "findings": ["xa/reviews/1#F1"], "content": "Nạo vét kênh.", "owner": "xa/roles/pho", "due": "2025-05-31"}]
    return {
        "xa": {"name": "Đảng ủy xã Thử", "type": "party_committee"},
        "xa/roles/pho": {"name": "Phó Bí thư", "rank": "deputy"},
        "xa/reviews/1": {"title": "Kiểm điểm", "findings": [{"id": "F1", "statement": "Kênh tắc."}], "concluded": {"date": "2024-12-01"}},
        "xa/plans/1": {"title": "Kế hoạch", "of": ["xa/reviews/1"], "actions": actions, "approved": {"date": "2025-01-10"}},
        "xa/progress/1": {"title": "Báo cáo", "of": "xa/plans/1", "date": "2025-05-28", "by": "xa/roles/pho", "entries": [entry]},
    }


FILE = "records/xa/files/kênh mới.png"
PAGES = ("xa/plans/1/A1.html", "xa/progress/1.html")


def made(records: Mapping[str, Data], shown: frozenset[str] = frozenset({FILE})) -> Mapping[str, Page]:
    there = asof.at(register(records), DAY)
    return page.render(there, progress.measure(there, DAY), pictures=shown)


@pytest.mark.parametrize("people", ["none", "consent"])
@pytest.mark.parametrize("path", PAGES)
def test_a_photograph_stands_on_the_pages_of_its_action_and_of_its_report(people: str, path: str) -> None:
    shown = made(evidence(kind="photo", people=people, credit="UBND xã Thử"))[path]
    way = "../../files/k%C3%AAnh%20m%E1%BB%9Bi.png" if path == PAGES[0] else "../files/k%C3%AAnh%20m%E1%BB%9Bi.png"
    assert f'<img src="{way}" alt="Kênh &lt;đã&gt; thông" loading="lazy" decoding="async">' in shown.html
    assert "<figcaption>Kênh &lt;đã&gt; thông, ngày 12/5/2025, nguồn ảnh: UBND xã Thử</figcaption>" in shown.html.replace("\u00a0", " ")
    assert shown.pictures == (FILE,)


@pytest.mark.parametrize("more", [{}, {"kind": "photo"}, {"people": "none"}, {"kind": "document", "people": "none"}])
def test_nothing_is_shown_of_which_nobody_says_whether_people_are_in_it(more: Data) -> None:
    pages = made(evidence(**more))
    assert not any("<img" in each.html or each.pictures for each in pages.values())
    assert "kênh mới.png" in pages[PAGES[1]].html


def test_what_may_not_be_shown_is_named_and_not_shown() -> None:
    pages = made(evidence(kind="photo", people="none"), frozenset())
    assert not any("<img" in each.html or each.pictures for each in pages.values())
    assert "kênh mới.png" in pages[PAGES[1]].html


def test_the_loader_says_of_each_picture_what_forbids_to_show_it(tmp_path: Path) -> None:
    folder = tmp_path / "records/xa/files"
    folder.mkdir(parents=True)
    for name, content in {"a.png": PNG, "b.jpg": jpeg(notes((GPS, 4, 1, 26))), "c.pdf": b"%PDF"}.items():
        (folder / name).write_bytes(content)
    assert dict(load.records(tmp_path).pictures) == {"records/xa/files/a.png": "", "records/xa/files/b.jpg": pictures.HIDDEN}


def test_a_picture_is_published_as_it_was_judged_and_not_otherwise(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(PNG)
    there = asof.at(register(evidence(kind="photo", people="none")), DAY)
    tree = flow.Tree(tmp_path, there, (), {}, pictures={FILE: hashlib.sha256(PNG).hexdigest()})
    judged = flow.Judged(tree, DAY, there, progress.measure(there, DAY), ())
    assert judged.pictures(judged.pages()) == {"xa/files/kênh mới.png": PNG}
    file.write_bytes(PNG + b"x")
    with pytest.raises(OSError, match="kênh mới"):
        judged.pictures(judged.pages())
