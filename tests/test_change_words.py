"""What changed in one record, in words: as a clerk would say it, without ids, and without what is not for everybody."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edited import edited, sample
from registers import kinds, register
from tusoi.change_words import UNREAD, ChangeWords, Said
from tusoi.differences import same
from tusoi.record import Register
from tusoi.titles import Titles

PLAN = "dang-uy-xa-an-mau/plans/2024"
REVIEW = "dang-uy-xa-an-mau/reviews/2024"
RATING = "tinh-uy-mau/classifications/2025"
ROLE = "dang-uy-xa-an-mau/roles/bi-thu"


@cache
def whole() -> Register:
    return register(sample())


def words(**more: Any) -> ChangeWords:
    return ChangeWords(kinds(), **{"titles": Titles(whole()), **more})


def said(old: Said, new: Said, kind: str = "plan", **more: Any) -> tuple[str, ...]:
    return words(**more).sentences(old, new, kind)


def two(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a record of the miniature twice: as it is, and to be changed."""
    return sample()[name], sample()[name]


class TestPlan:
    def test_a_date_and_an_owner_are_said_from_what_to_what(self) -> None:
        old, new = two(PLAN)
        new["actions"][2] |= {"due": "2025-09-30", "owner": "dang-uy-xa-an-mau/roles/bi-thu"}
        owner = "Phó Bí thư Đảng ủy, Chủ tịch Ủy ban nhân dân xã An Mẫu"
        assert said(old, new) == (f"Việc 3: đổi người làm từ {owner} sang Bí thư Đảng ủy xã An Mẫu; đổi hạn từ 30/4/2025 sang 30/9/2025",)
        assert said(old, new, lang="en", titles=None) == (
            "Action 3: “Ai làm” changed".replace("“Ai làm”", "owner") + "; due changed from 2025-04-30 to 2025-09-30",
        )

    def test_a_milestone_is_named_within_its_action(self) -> None:
        old, new = two(PLAN)
        new["actions"][0]["milestones"][0]["due"] = "2025-03"
        assert said(old, new) == ("Việc 1, mốc 1: đổi hạn từ 15/02/2025 sang tháng\u00a03/2025",)

    def test_parts_that_come_and_go_are_counted_by_their_numbers(self) -> None:
        old, new = two(PLAN)
        new["actions"][1]["id"] = "A7"
        new["actions"][0]["milestones"].append({"id": "M2", "content": "Dán bảng.", "due": "2025-03-01"})
        assert said(old, new) == ("Việc 1: thêm mốc 2", "Thêm việc 7", "Bỏ việc 2")
        assert said(old, new, has_quotes=True)[0] == "Việc 1: thêm mốc 2: Dán bảng"

    def test_items_that_only_change_places_are_said_to_do_so(self) -> None:
        old, new = two(PLAN)
        new["actions"].reverse()
        assert said(old, new) == ("Xếp lại thứ tự các việc",)

    def test_of_a_text_only_that_it_changed_unless_it_may_be_repeated(self) -> None:
        old, new = two(PLAN)
        new["direction"] = f"{old['direction']} Mỗi tháng báo cáo một lần."
        assert said(old, new) == ("Sửa phương hướng khắc phục",)
        assert said(old, new, has_quotes=True) == (
            "Sửa phương hướng khắc phục, từ “…theo dõi từng ngày” thành “…theo dõi từng ngày. Mỗi tháng báo cáo một lần”",
        )

    def test_words_of_a_list_and_figures_are_said_as_the_site_says_them(self) -> None:
        old, new = two(PLAN)
        new["reporting"] = "monthly"
        new["actions"][2]["covers"]["value"] = 7
        assert said(old, new) == ("Đổi chế độ báo cáo từ hằng quý sang hằng tháng", "Việc 3: đổi phạm vi từ 9/9 thôn (100\u00a0%) sang 7/9 thôn (77,8\u00a0%)")

    def test_a_small_number_of_persons_is_not_told(self) -> None:
        old, new = two(REVIEW)
        old["sessions"][0]["observers"] = {"value": 2, "unit": "người"}
        new["sessions"][0]["observers"] = {"value": 3, "unit": "người"}
        (sentence,) = said(old, new, "review")
        assert not re.search(r"\b[23]\b", sentence)

    def test_links_that_lead_nowhere_any_more_are_named_as_they_were(self) -> None:
        old, new = two(PLAN)
        new["followed_by"] = "tinh-uy-mau"
        then = {name: data for name, data in sample().items() if name != "ubkt-huyen-uy-minh-hoa"}
        assert said(old, new, titles=Titles(register(then))) == ("Sửa đơn vị theo dõi",)
        assert said(old, new, titles=Titles(register(then)), before=Titles(whole()))[0].startswith("Đổi đơn vị theo dõi từ ")


class TestRecord:
    def test_a_new_record_says_its_seals(self) -> None:
        assert said(None, sample()[PLAN]) == ("Thêm hồ sơ", "Đã ban hành ngày 10/01/2025 (số 02-KH/ĐU)")

    def test_a_seal_that_is_set_changed_and_taken_away(self) -> None:
        old, new = two(PLAN)
        draft = {key: value for key, value in old.items() if key != "approved"}
        new["approved"] = old["approved"] | {"date": "2025-01-11"}
        assert said(draft, old) == ("Đã ban hành ngày 10/01/2025 (số 02-KH/ĐU)",)
        assert said(old, draft) == ("Bỏ dấu chốt “đã ban hành”",)
        assert said(old, new) == ("Ban hành: đổi ngày từ 10/01/2025 sang 11/01/2025",)
        assert said(draft, old, lang="en") == ("Sealed as approved on 2025-01-10 (no. 02-KH/ĐU)",)

    def test_withdrawn_moved_removed_and_unreadable(self) -> None:
        old, new = two(PLAN)
        assert said(old, new | {"withdrawn": {"date": "2026-02-01", "reason": "Lập nhầm."}}) == ("Rút hồ sơ ngày 01/02/2026",)
        assert said(old | {"withdrawn": {"date": "2026-02-01", "reason": "Lập nhầm."}}, new) == ("Bỏ việc rút hồ sơ",)
        assert said(old, new | {"formerly": ["dang-uy-xa-an-mau/plans/nam-2024"]}) == ("Chuyển từ chỗ khác sang",)
        assert said(old, None) == ("Bỏ hồ sơ",)
        assert said(old, UNREAD) == ("Tệp hồ sơ không đọc được",)
        assert said(UNREAD, new) == ("Tệp hồ sơ đọc được trở lại",)
        assert said(UNREAD, UNREAD) == said(None, None) == said(old, new) == ()

    def test_the_order_of_keys_is_no_change(self) -> None:
        old, _ = two(PLAN)
        assert said(old, dict(reversed(old.items()))) == ()

    def test_of_a_kind_that_no_schema_describes_it_is_said_that_it_changed(self) -> None:
        assert said({"a": 1}, {"a": 2}, "thingamy") == ("Sửa nội dung hồ sơ",)

    def test_a_key_that_no_schema_knows_is_said_as_it_stands(self) -> None:
        old, new = two(PLAN)
        assert said(old, new | {"khong_co": 1}) == ("Ghi “khong_co”: 1",)


class TestNotForEverybody:
    def test_which_post_answers_for_what_is_told_to_members_only(self) -> None:
        old, new = two(REVIEW)
        new["findings"][0]["responsible"].append({"who": ROLE, "share": "lead"})
        assert said(old, new, "review") == ("Sửa phần không đưa lên trang công khai",)
        assert said(old, new, "review", is_public=False) == ("Hạn chế 1: thêm 1 mục vào trách nhiệm",)

    def test_whether_named_or_not_the_post_stays_unsaid(self) -> None:
        """Where each item has a name, the name is the post."""
        old, new = two(REVIEW)
        old["findings"][0]["responsible"] = [{"who": ROLE, "share": "lead"}]
        new["findings"][0]["responsible"] = [{"who": ROLE, "share": "shared"}]
        assert said(old, new, "review") == ("Sửa phần không đưa lên trang công khai",)
        assert said(old, new, "review", is_public=False) == (
            "Hạn chế 1, Bí thư Đảng ủy xã An Mẫu: đổi vai trò từ chịu trách nhiệm chính sang cùng chịu trách nhiệm",
        )

    @pytest.mark.parametrize("key", ["portion"])
    def test_a_key_for_members_hides_its_value(self, key: str) -> None:
        old, new = two(REVIEW)
        new["findings"][0]["responsible"][0][key] = "chuyện riêng"
        assert said(old, new, "review", has_quotes=True) == ("Sửa phần không đưa lên trang công khai",)

    def test_ratings_before_they_are_decided(self) -> None:
        old, new = two(RATING)
        new["ratings"][0]["level"] = "completed"
        draft, other = ({key: value for key, value in each.items() if key != "decided"} for each in (old, new))
        assert said(draft, other, "classification") == ("Sửa phần không đưa lên trang công khai",)
        assert "mức xếp loại" in said(old, new, "classification")[0]
        assert "mức xếp loại" in said(draft, other, "classification", is_public=False)[0]

    def test_a_rating_of_ones_own_is_said_to_have_changed_and_no_more(self) -> None:
        old, new = two(REVIEW)
        old["self_rating"], new["self_rating"] = "good", "excellent"
        assert said(old, new, "review") == ("Sửa tự xếp loại",)
        assert said(old, new, "review", is_public=False) == ("Đổi tự xếp loại từ hoàn thành tốt nhiệm vụ sang hoàn thành xuất sắc nhiệm vụ",)

    def test_a_record_for_members_is_said_to_have_changed_and_no_more(self) -> None:
        old, new = two(PLAN)
        assert said(old | {"access": "members"}, new, has_quotes=True) == ("Sửa phần không đưa lên trang công khai",)

    @pytest.mark.parametrize("is_public", [True, False])
    @pytest.mark.parametrize("more", [[], [{"person": "p-017", "from": "2023"}]], ids=["once", "twice"])
    def test_who_holds_a_post_is_never_said(self, more: list[dict[str, str]], *, is_public: bool) -> None:
        """Where one person holds it twice, no name tells the items apart, and they are compared one by one."""
        old, new = two(ROLE)
        old["holders"] = [{"person": "p-017", "from": "2020"}, *more]
        new["holders"] = [{"person": "p-018", "from": "2024-05-01"}, *more]
        found = said(old, new, "role", is_public=is_public, has_quotes=True)
        assert found
        assert "p-01" not in " ".join(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
@given(st.data())
def test_something_is_said_exactly_where_something_changed(data: st.DataObject) -> None:
    """Whatever is edited, in both languages, for everybody or for members, with quotes or without; and a changed record says so once at least."""
    name = data.draw(st.sampled_from(sorted(sample())))
    old = data.draw(edited(sample()[name]))
    new = data.draw(edited(old))
    kind = whole().records[name].kind
    for lang in ("vi", "en"):
        for is_public in (True, False):
            found = ChangeWords(kinds(), lang, Titles(whole()), is_public=is_public, has_quotes=is_public).sentences(old, new, kind)
            assert bool(found) != same(old, new)
            assert all(each.strip() and not each.endswith((":", ";")) for each in found)
