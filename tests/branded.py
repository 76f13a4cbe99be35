"""A project as another administrator would set it up: the miniature with its own name, colours, logo, languages and boards, some years later."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from cases import SAMPLE

NAME: Final = "Xã An Mẫu nhìn lại mình"
ADDRESS: Final = "https://an-mau.example/nhin-lai/"
GREEN: Final = "#0b5d3b"
PALE: Final = "#ffd54f"
AS_OF: Final = "2028-03-15"
LEFT_OUT: Final = ("qua-han", "to-cong-tac", "xep-loai", "ty-le-xuat-sac")
HOST: Final = "https://git.an-mau.example/xa/ho-so"
COMMENTS: Final = "bộ phận một cửa, số điện thoại 0200 000 000"
NASTY: Final = 'Báo cáo <script>alert(1)</script> "năm" 2024 & <b>đậm</b>'
LOGO: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="currentColor" d="M4 20 12 4l8 16z"/></svg>\n'
FORMER: Final = "dang-uy-xa-an-mau/plans/khac-phuc-dau-nam"
PAGE: Final = """# Cách xem

- [Việc quá hạn](bang/qua-han.md)
- [Các lần gia hạn](bang/gia-han.md)

Xem thêm [Xếp loại](bang/xep-loai.md) và [Các đơn vị](don-vi.md).
"""
OVERRIDE: Final = """{% extends "_layout.html.j2" %}
{% set title = "Nguồn của xã" %}
{% block body %}<p>Trang do xã tự làm.</p>{% endblock %}
"""
BOARD: Final = """{% extends "_layout.html.j2" %}
{% import "_board.html.j2" as b %}
{% set title = "Bà con nói gì" %}
{% block body %}
<p>Xã xem bảng này mỗi sáng thứ hai.</p>
{{ b.board(views.feedback(), title) }}
{% endblock %}
"""
ORGANISATION: Final = """{% extends "tusoi/organisation.html.j2" %}
{% block body %}
<p class="xa">Trang của {{ view.title }}, {{ facts.day | on }}; hồ sơ {{ it.ref }}; xem {{ link("huyen-uy-minh-hoa") }}.</p>
{{ super() }}
{% endblock %}
"""
CYCLE: Final = """name: Kiểm điểm cuối năm {year}
kind: annual
from: {year}-01-01
to: {year}-12-31
scope: [dang-uy-xa-an-mau]
steps:
  - {{step: review, due: {year}-12-15}}
"""


def write(folder: Path) -> None:
    """Write the project."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SAMPLE, folder)
    _records(folder / "records")
    dress(folder)
    (folder / "templates").mkdir()
    for name, text in {"nguon": OVERRIDE, "y-kien-gop-y": BOARD, "organisation": ORGANISATION}.items():
        (folder / f"templates/{name}.html.j2").write_text(text, encoding="utf-8")


def dress(folder: Path) -> None:
    """Give a project the name, the colours, the logo and the menu of this one."""
    _settings(folder / "mkdocs.yml")
    (folder / "docs/anh").mkdir()
    (folder / "docs/anh/bieu-tuong.svg").write_text(LOGO, encoding="utf-8")
    (folder / "docs/cach-xem.md").write_text(PAGE, encoding="utf-8")


def _settings(file: Path) -> None:
    text = re.sub(r"^site_name:.*", f"site_name: {NAME}\nsite_url: {ADDRESS}", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = text.replace("primary: indigo", f'primary: "{GREEN}"').replace("accent: indigo", f'accent: "{PALE}"')
    text = text.replace("  icon:\n    logo: material/mirror\n", "  logo: anh/bieu-tuong.svg\n  favicon: anh/bieu-tuong.svg\n")
    menu = "nav:\n  - Trang đầu: index.md\n  - Bảng:\n      - Việc quá hạn: bang/qua-han.md\n      - Các lần gia hạn: bang/gia-han.md\n"
    more = "  - Chỉ có bảng bỏ đi:\n      - Xếp loại: bang/xep-loai.md\n  - Cách xem: cach-xem.md\n"
    file.write_text(text.replace("nav:\n  - Trang đầu: index.md\n", menu + more), encoding="utf-8")


def _records(folder: Path) -> None:
    project = folder / "project.yml"
    text = re.sub(r"^(as_of|comments_to|title|languages):.*\n", "", project.read_text(encoding="utf-8"), flags=re.MULTILINE)
    own = f"title: {NAME}\nlanguages: [vi, en]\ncomments_to: {COMMENTS}\nboards_left_out: [{', '.join(LEFT_OUT)}]\n"
    project.write_text(f"{text}{own}source_host: {{kind: gitlab, url: {HOST}, branch: main}}\n", encoding="utf-8")
    for year in (2026, 2027):
        (folder / f"tinh-uy-mau/cycles/{year}.yml").write_text(CYCLE.format(year=year), encoding="utf-8")
    plan, review = folder / "dang-uy-xa-an-mau/plans/2024.yml", folder / "dang-uy-xa-an-mau/reviews/2024.yml"
    plan.write_text(f"formerly: [{FORMER}]\n{plan.read_text(encoding='utf-8')}", encoding="utf-8")
    review.write_text(re.sub(r"^title:.*", f"title: '{NASTY}'", review.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE), encoding="utf-8")
