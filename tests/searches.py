"""What people type, and the page that they want: for the test of the search, and for `bench/search.py`, which asks other searches the same."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Search:
    """Words that somebody types on a site, and the pages that have to be among the first so many. No page means that nothing may be found."""

    site: str
    words: str
    wanted: tuple[str, ...]
    within: int = 3
    why: str = ""
    lacking: str | None = None
    """Where no page has all the words: those that the first of the wanted pages has not."""


def _real(words: str, *wanted: str, within: int = 3, why: str = "") -> Search:
    return Search("real", words, wanted, within, why)


def _example(words: str, *wanted: str, within: int = 3, why: str = "") -> Search:
    return Search("example", words, wanted, within, why)


SEARCHES: Final = (
    _real("vu lang", "dang-uy-xa-vu-lang.html", within=1, why="no marks"),
    _real("VŨ LĂNG", "dang-uy-xa-vu-lang.html", within=1, why="capitals"),
    _real(unicodedata.normalize("NFD", "Vũ Lăng"), "dang-uy-xa-vu-lang.html", within=1, why="NFD"),
    _real("vũ lang", "dang-uy-xa-vu-lang.html", within=1, why="some marks"),
    _real("vũ lă", "dang-uy-xa-vu-lang.html", within=1, why="not yet typed to the end"),
    _real("vụ lăng", "dang-uy-xa-vu-lang.html", why="a wrong mark"),
    _real("vu lnag", "dang-uy-xa-vu-lang.html", why="a slip: two letters changed places"),
    _real("vux lawng", "dang-uy-xa-vu-lang.html", why="Telex that was not switched on"),
    _real("vulang", "dang-uy-xa-vu-lang.html", why="no space"),
    _real("dat rung", "dang-uy-xa-van-thuy/reviews/2020/F1.html", within=5, why="no marks, words apart in the title"),
    _real("đất rừng", "dang-uy-xa-van-thuy/reviews/2020/F1.html", within=5),
    _real("pha rung", "huyen-uy-bac-son/suggestions/2020-van-thuy.html", why="a near word, no marks"),
    _real("phá rừng", "huyen-uy-bac-son/suggestions/2020-van-thuy.html", why="a near word"),
    _real("phat rung", "huyen-uy-bac-son/suggestions/2020-van-thuy.html"),
    _real("di tre", "dang-uy-xa-vu-lang/reviews/2019/F1.html", why="a near word, no marks"),
    _real("đi trễ", "dang-uy-xa-vu-lang/reviews/2019/F1.html", why="a near word"),
    _real("đi muộn", "dang-uy-xa-vu-lang/reviews/2019/F1.html"),
    _real("Vạn Thuỷ", "dang-uy-xa-van-thuy.html", within=1, why="the mark on the other vowel"),
    _real("thai hoà", "thi-uy-thai-hoa.html", within=1, why="the mark on the other vowel"),
    _real("duc linh", "huyen-uy-duc-linh.html", within=1, why="đ typed as d"),
    _real("Đức Linh", "huyen-uy-duc-linh.html", within=1, why="đ"),
    _real("học nghị quyết", "dang-uy-xa-dong-thanh/plans/sau-kiem-diem/A1.html"),
    _real("thu tuc hanh chinh", "dang-uy-xa-vu-lang/reviews/2019/F2.html", within=5),
    _real("nghe an 2022", "tinh-uy-nghe-an/cycles/2022.html", why="a place and a year"),
    _real("huong dan", "huong-dan.html", within=1, why="a page written by hand"),
    _real("kinh khí cầu", why="nothing is there"),
    _example("binh mau", "dang-uy-xa-binh-mau.html", "dang-uy-xa-binh-cat.html", why="the name before a merger leads to both"),
    _example("Bình Cát", "dang-uy-xa-binh-cat.html", within=1, why="the name after a merger"),
    _example("thị trấn Minh Họa", "dang-uy-thi-tran-minh-hoa.html", "dang-uy-xa-minh-hoa.html", why="the name before a renaming leads to both"),
    _example("thitran minh hoa", "dang-uy-thi-tran-minh-hoa.html", why="no space"),
    _example("đất đai an mẫu", "dang-uy-xa-an-mau/reviews/2024/F1.html", within=5, why="an area and an organisation"),
    _example("moi truong an mau", "dang-uy-xa-an-mau/reviews/2024/F2.html", within=5, why="an area that no text names"),
    _example("quá hạn", "bang/qua-han.html", within=1, why="a state, which is a board"),
    _example("qua han binh cat", "dang-uy-xa-binh-cat/plans/2025/A3.html", why="a state and an organisation"),
    _example("trễ hạn bình cát", "dang-uy-xa-binh-cat/plans/2025/A3.html", within=5, why="a near word of a state"),
    _example("xep loai 2025", "tinh-uy-mau/classifications/2025.html", why="a year"),
    _example("xếp loại an mẫu", "tinh-uy-mau/classifications/2025.html", why="an organisation that the page names"),
    _example("nước giếng", "dang-uy-xa-cat-mau/reviews/2024/F2.html", within=1),
    _example("nuocws giengf", "dang-uy-xa-cat-mau/reviews/2024/F2.html", why="Telex that was not switched on"),
    _example("nươc giêng", "dang-uy-xa-cat-mau/reviews/2024/F2.html", why="letters without their tones"),
    _example("UBKT", "ubkt-huyen-uy-minh-hoa.html", "ubkt-tinh-uy-mau.html", why="an abbreviation"),
    _example("ubnd an mau", "ubnd-xa-an-mau.html", why="an abbreviation that no record has"),
    _example("rac", "dang-uy-xa-an-mau/plans/2024/A3.html", within=5, why="one syllable"),
    _example("đất công ích giang mẫu", "ubkt-tinh-uy-mau/inspections/2025-giang-mau-dat-cong-ich.html", within=5),
    _example("ban giao giang mau", "dang-uy-xa-giang-mau/reviews/2025/F2.html", within=5, why="a finding"),
    _example("27 bieu hien", "common/criteria/27-bieu-hien.html", why="a number"),
    _example("tai dien", "bang/tai-dien-keo-dai.html", why="a board"),
    _example("lùi hạn", "bang/gia-han.html", "huong-dan.html#xin-lui-han", within=6, why="a board by a near word, and the guide"),
    _example("đính chính số liệu sai", "huong-dan.html#inh-chinh-va-phan-hoi", within=1, why="the guide"),
    _example("hướng dẫn viết báo cáo tiến độ", "huong-dan.html#bon-ieu-can-biet", within=1, why="the guide"),
    _example("cach doc", "cach-doc.html", within=1, why="a page written by hand"),
    _example("ai đã xác nhận việc trả hồ sơ đất đai đúng hẹn ở xã An Mẫu", "ubkt-tinh-uy-mau/verifications/2025-12-16-an-mau.html", within=5, why="a question"),
)
"""Names before and after mergers, areas, states, years, slips, and every way in which a keyboard leaves out marks."""
PARTIAL: Final = (
    Search("real", "phá rừng Vũ Lăng", ("dang-uy-xa-van-thuy/reviews/2020/F1.html", "dang-uy-xa-vu-lang.html"), 5, "a matter of another place", "Vũ Lăng"),
    Search("real", "pha rung vu lang", ("dang-uy-xa-vu-lang.html", "dang-uy-xa-van-thuy/reviews/2020/F1.html"), 5, "no marks", "pha rung"),
    Search("real", "gia hạn Vũ Lăng", ("dang-uy-xa-vu-lang.html", "bang/gia-han.html"), 3, "an organisation and a board", "gia hạn"),
    Search("real", "kinh khí cầu Vũ Lăng", ("dang-uy-xa-vu-lang.html",), 1, "half of it stands nowhere", "kinh khí cầu"),
    Search("real", "vux lawng kinh khí cầu", ("dang-uy-xa-vu-lang.html",), 1, "Telex that was not switched on", "kinh khí cầu"),
    Search(
        "real", "học nghị quyết Vạn Thủy", ("dang-uy-xa-dong-thanh/plans/sau-kiem-diem/A1.html", "dang-uy-xa-van-thuy.html"), 3, "more words first", "Vạn Thủy"
    ),
    Search("real", "thủ tục hành chính Vạn Thủy", ("dang-uy-xa-vu-lang/reviews/2019/F2.html", "dang-uy-xa-van-thuy.html"), 5, "the same", "Vạn Thủy"),
    Search("real", "đi trễ Bắc Mê", ("dang-uy-xa-vu-lang/reviews/2019/F1.html", "huyen-uy-bac-me.html"), 5, "a near word", "Bắc Mê"),
    Search("example", "nước giếng Sơn La", ("dang-uy-xa-cat-mau/reviews/2024/F2.html",), 1, "a place that is not there", "Sơn La"),
)
"""What no page has all of, the pages that have a part, and what these have not."""
