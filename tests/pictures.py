"""Takes the pictures of docs/anh: `python tests/pictures.py`. All are of the invented district; take them again when pages look different.

A picture is the first screen of a page, at a fixed size, standing still, as WebP, which the browser writes itself. `man-hinh/` has four pages on a phone and on
a desk, light and dark; beside it are those of docs/huong-dan.md and of docs/quan-tri.md, these before and after somebody has given the example a name, colours
and a logo of its own.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

import branded
from browser import FLAGS, chromium
from conftest import AS_OF, FOLDERS, ROOT, build_site

OUTPUT: Final = ROOT / "docs/anh"
SCREENS: Final = ((390, 844), (1280, 900))
SCHEMES: Final = ("light", "dark")
PAGES: Final = {
    "trang-dau": "index.html",
    "don-vi": "dang-uy-xa-an-mau.html",
    "ke-hoach": "dang-uy-xa-an-mau/plans/2025.html",
    "qua-han": "bang/qua-han.html",
}
GUIDE: Final = {
    "viet-ho-so": "dang-uy-xa-an-mau.html#viet-ho-so",
    "mau": "mau/review.html",
    "viec": "dang-uy-xa-an-mau/plans/2025.html",
    "can-bo-sung": "bang/can-bo-sung.html",
}
"""The pictures of docs/huong-dan.md; what stands at a `#` is at the top."""
QUALITY: Final = 45
"""Letters stay sharp, and the picture is small."""
OWN_PAGE: Final = """{% extends "tusoi/organisation.html.j2" %}
{% block chips %}
<p>Đảng ủy tiếp dân sáng thứ năm hằng tuần, phòng 102, trụ sở xã.</p>
{{ super() }}
{% endblock %}
"""


@dataclass(frozen=True)
class Picture:
    """What is taken: which page of which site, how large, light or dark."""

    name: str
    site: str
    page: str
    width: int
    height: int
    scheme: str = "light"


def wanted() -> Iterator[Picture]:
    """Give all pictures."""
    for name, page in PAGES.items():
        for width, height in SCREENS:
            for scheme in SCHEMES:
                yield Picture(f"man-hinh/{name}-{width}-{scheme}", "history", page, width, height, scheme)
    for name, page in GUIDE.items():
        yield Picture(name, "history", page, 760, 600)
    yield Picture("ten-mau-truoc", "history", "index.html", 1240, 600)
    yield Picture("ten-mau-sau", "dressed", "index.html", 1240, 600)
    yield Picture("ten-mau-toi", "dressed", "dang-uy-xa-an-mau/plans/2025.html", 390, 600, "dark")
    yield Picture("trang-rieng", "dressed", "dang-uy-xa-an-mau.html", 390, 844)


def build(name: str, folder: Path) -> Path:
    """Build a site; `dressed` is the example in the name of somebody else, with a page of their own."""
    output = folder / "sites" / name
    if name != "dressed":
        build_site(name, output)
        return output
    project = folder / "dressed"
    shutil.copytree(FOLDERS["example"], project)
    branded.dress(project)
    counts = project / "records/project.yml"
    named = re.sub(r"^title:.*", f"title: {branded.NAME}", counts.read_text(encoding="utf-8"), flags=re.MULTILINE)
    counts.write_text(f"{named}boards_left_out: [{', '.join(branded.LEFT_OUT)}]\n", encoding="utf-8")
    (project / "templates").mkdir()
    (project / "templates/organisation.html.j2").write_text(OWN_PAGE, encoding="utf-8")
    words = ("-C", str(project), "build", "--output", str(output), "--as-of", AS_OF, "--without-history")
    subprocess.run([sys.executable, "-m", "tusoi", *words], check=True, capture_output=True)
    return output


def taken(browser: Any, address: str, picture: Picture) -> bytes:
    """Take a picture."""
    size = {"width": picture.width, "height": picture.height}
    context = browser.new_context(viewport=size, color_scheme=picture.scheme, reduced_motion="reduce", locale="vi-VN")
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)  # the theme's script places the menu beside the page
    made = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    context.close()
    return base64.b64decode(made["data"])


def main() -> int:
    """Take all pictures and say how large they are."""
    total = 0
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        pictures = list(wanted())
        sites = {each: build(each, Path(place)) for each in dict.fromkeys(picture.site for picture in pictures)}
        for each in pictures:
            page, mark, place_in_it = each.page.partition("#")
            content = taken(running, (sites[each.site] / page).as_uri() + mark + place_in_it, each)
            file = OUTPUT / f"{each.name}.webp"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            total += len(content)
            sys.stdout.write(f"{len(content):7} {file.relative_to(ROOT)}\n")
        running.close()
    sys.stdout.write(f"{total:7} in all\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
