"""The first line of a page, and who checked: it says first that nobody knows who confirmed, what is late bears its date, and of a story nothing is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registers import Data, judged, register
from tusoi import asof
from tusoi.labels import Shape
from tusoi.titles import Titles
from tusoi.views import checked, in_short, proven
from tusoi.views.in_short import InShort
from tusoi.views.world import World, site_of

DAY = date(2026, 3, 15)
PLAN = "xa/plans/1"
FINDING = "xa/reviews/1#F1"
BEFORE: Data = {"date": "2025-06-20", "by": "ubkt/roles/uy-vien", "method": "Xem sổ."}
ELSEWHERE = "độc lập với người làm."


def records(action: Data | None = None, *, told: bool = False, sealed: bool = True, **more: Any) -> dict[str, Data]:
    """Give a commune with a finding and a plan of one action, and whatever else is given by the kind of its record."""
    by: Data = {"told_by": ["common/sources/bao"]} if told else {}
    first: Data = {"id": "A1", "findings": [FINDING], "content": "Dán lịch.", "owner": "xa/roles/pho", "due": "2025-05-31"}
    made: dict[str, Data] = {
        "common/sources/bao": {"title": "Một bài báo", "confidence": "low"},
        "huyen": {"name": "Huyện ủy", "type": "party_committee"},
        "huyen/roles/bi-thu": {"name": "Bí thư", "rank": "head"},
        "ubkt": {"name": "Ủy ban Kiểm tra", "type": "inspection_body", "parents": [{"of": "huyen"}]},
        "ubkt/roles/uy-vien": {"name": "Ủy viên", "rank": "member"},
        "xa": {"name": "Đảng ủy xã", "type": "party_committee", "parents": [{"of": "huyen"}]},
        "xa/roles/bi-thu": {"name": "Bí thư xã", "rank": "head"},
        "xa/roles/pho": {"name": "Phó Bí thư xã", "rank": "deputy"},
        "xa/reviews/1": {"title": "Kiểm điểm", "findings": [{"id": "F1", "statement": "Rác tồn."}], "concluded": {"date": "2024-12-20"}} | by,
        PLAN: {"title": "Kế hoạch", "of": ["xa/reviews/1"], "accountable": "xa/roles/bi-thu", "actions": [first | (action or {})]} | by,
    }
    if sealed and not told:
        made[PLAN]["approved"] = {"date": "2025-01-10"}
    return made | {name.replace("_", "/"): data for name, data in more.items()}


def report(state: str = "completed", day: str = "2025-05-28", **entry: object) -> Data:
    return {"of": PLAN, "date": day, "by": "xa/roles/pho", "entries": [{"action": "A1", "state": state} | entry]}


def check(result: str = "confirmed", of: str = f"{PLAN}#A1", what: str = "completion", **more: object) -> Data:
    return BEFORE | {"entries": [{"of": of, "check": what, "result": result}]} | more


def world(made: dict[str, Data]) -> World:
    known = asof.at(register(made), DAY)
    return World(known, judged(known, DAY), (), site_of(known, DAY), Titles(known))


def line(made: dict[str, Data], ref: str = f"{PLAN}#A1") -> InShort:
    there = world(made)
    if "#" not in ref:
        return in_short.of_plan(there, there.register.records[ref], [each for each in there.facts.actions.values() if each.part.record.id == ref])
    return in_short.of_action(there, there.facts.actions[ref]) if "#A" in ref else in_short.of_finding(there, there.facts.findings[ref])


def said(made: dict[str, Data], ref: str = f"{PLAN}#A1") -> str:
    found = line(made, ref)
    return f"{found.first}. {found.rest}".strip()


CONFIRMED = f"Ủy ban Kiểm tra xác nhận ngày 20/6/2025, {ELSEWHERE}"


class TestAnAction:
    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            (records(), "Hạn 31/5/2025 đã qua 288 ngày, chưa có báo cáo nào. Hồ sơ ở đây không nói việc này đã làm hay chưa."),
            (records({"due": "2026-05-31"}), "Chưa có báo cáo nào. Hạn 31/5/2026, còn 77 ngày."),
            (records({"due": "2026-03-15"}), "Chưa có báo cáo nào. Đến hạn hôm nay, 15/3/2026."),
            (records(sealed=False), "Còn là dự thảo, chưa ban hành."),
            (records(xa_progress_1=report("started")), "Chưa rõ ai xác nhận. Đang làm. Hạn 31/5/2025 đã qua 288 ngày."),
            (records(xa_progress_1=report("blocked", obstacle="Chờ đo đạc.")), "Chưa rõ ai xác nhận. Đang vướng: Chờ đo đạc. Hạn 31/5/2025 đã qua 288 ngày."),
            (records(xa_progress_1=report()), "Chưa rõ ai xác nhận. Người làm báo đã xong ngày 28/5/2025."),
            (
                records(xa_progress_1=report(day="2025-06-10")),
                "Chưa rõ ai xác nhận. Người làm báo đã xong ngày 10/6/2025. Xong chậm 10 ngày so với hạn đầu 31/5/2025.",
            ),
            (records(xa_progress_1=report("stopped", text="Đã có việc khác.")), "Chưa rõ ai xác nhận. Đã dừng thực hiện. Lý do: Đã có việc khác."),
            (records(xa_progress_1=report(), ubkt_verifications_1=check()), f"Đã xong. {CONFIRMED}"),
            (
                records(xa_progress_1=report(), ubkt_verifications_1=check("partly")),
                "Đang làm. Ủy ban Kiểm tra kiểm tra ngày 20/6/2025: mới xác nhận một phần. Hạn 31/5/2025 đã qua 288 ngày.",
            ),
            (
                records(xa_progress_1=report(), ubkt_verifications_1=check("rejected")),
                "Đang làm. Ủy ban Kiểm tra kiểm tra ngày 20/6/2025: chưa xác nhận. Hạn 31/5/2025 đã qua 288 ngày.",
            ),
            (
                records(xa_progress_1=report(), ubkt_verifications_1=check(), ubkt_verifications_2=check(what="effectiveness", date="2025-12-16")),
                f"Đã xong và còn giữ vững. Ủy ban Kiểm tra xác nhận ngày 16/12/2025, {ELSEWHERE}",
            ),
            (
                records({"kind": "recurring", "due": None, "every": "month", "from": "2025-02-01", "until": "2025-12-31"}),
                (
                    "Hạn 31/12/2025 đã qua 74 ngày, chưa có báo cáo nào. Hồ sơ ở đây không nói việc này đã làm hay chưa. "
                    "Việc làm thường xuyên: mỗi tháng, 01/02/2025 – 31/12/2025."
                ),
            ),
            (records(told=True), "Nguồn không nêu ai xác nhận. Nguồn không nêu kết quả."),
            (records(told=True, xa_progress_1=report() | {"told_by": ["common/sources/bao"]}), "Nguồn không nêu ai xác nhận. Nguồn kể đã xong."),
        ],
    )
    def test_it_says_how_far_it_is_and_who_checked(self, made: dict[str, Data], expected: str) -> None:
        assert said(made) == expected

    def test_what_is_late_with_no_report_is_a_clock_and_never_not_due_yet(self) -> None:
        found = line(records())
        assert found.label.shape is Shape.CLOCK
        assert "Chưa đến kỳ" not in f"{found.first} {found.rest}"

    def test_within_an_agreed_extension_is_said_so(self) -> None:
        request: Data = {"of": f"{PLAN}#A1", "to": "2025-07-31", "date": "2025-05-20", "reason": "Chờ."}
        agreed: Data = {"of": "xa/postponements/1", "date": "2025-05-25", "by": "huyen/roles/bi-thu", "result": "agreed"}
        made = records(xa_progress_1=report(day="2025-07-10"), xa_postponements_1=request, huyen_answers_1=agreed)
        assert said(made).endswith("Xong chậm 40 ngày so với hạn đầu 31/5/2025. Như vậy là trong hạn đã được gia hạn, 31/7/2025.")
        late = records(xa_progress_1=report(day="2025-08-10"), xa_postponements_1=request, huyen_answers_1=agreed)
        assert "Như vậy" not in said(late)

    def test_a_request_that_waits_is_said(self) -> None:
        request: Data = {"of": f"{PLAN}#A1", "to": "2026-04-20", "date": "2026-03-01", "reason": "Chờ."}
        assert said(records(xa_progress_1=report("started"), xa_postponements_1=request)).endswith("Đang đề nghị gia hạn đến ngày 20/4/2026.")


class TestAFinding:
    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            (
                records(),
                "Chưa có báo cáo nào về việc khắc phục. 1 việc đã quá hạn, chưa có báo cáo nào. Chưa rõ ai xác nhận.",
            ),
            (records(xa_progress_1=report()), "Chưa rõ ai xác nhận. Đơn vị báo đã khắc phục ngày 28/5/2025."),
            (
                records(xa_progress_1=report("started")),
                "Chưa rõ ai xác nhận. Đang khắc phục: 0 trong 1 việc đã xong, đã được xác nhận. 1 việc đang làm đã quá hạn.",
            ),
            (records(xa_progress_1=report(), ubkt_verifications_1=check(of=FINDING)), f"Đã khắc phục. {CONFIRMED}"),
            (
                records(xa_progress_1=report(), ubkt_verifications_1=check()),
                f"Đơn vị báo đã khắc phục ngày 28/5/2025. {CONFIRMED} Mới xác nhận từng việc, chưa xác nhận cả hạn chế.",
            ),
            (records(told=True), "Nguồn không nêu ai xác nhận. Nguồn không nêu kết quả."),
            (records(told=True, xa_progress_1=report() | {"told_by": ["common/sources/bao"]}), "Nguồn không nêu ai xác nhận. Nguồn kể đã khắc phục."),
        ],
    )
    def test_it_says_how_far_it_is_and_who_checked(self, made: dict[str, Data], expected: str) -> None:
        assert said(made, FINDING) == expected

    def test_who_confirmed_an_answer_has_not_confirmed_that_it_is_mended(self) -> None:
        later: Data = {"title": "Kiểm điểm sau", "carry_over": [{"finding": FINDING, "answer": "in_progress"}], "concluded": {"date": "2025-06-01"}}
        made = records(xa_reviews_2=later, ubkt_verifications_1=check(of=FINDING, what="carry_over"))
        assert f"{CONFIRMED} Điều được xác nhận là câu trả lời của đơn vị." in said(made, FINDING)

    def test_a_later_check_that_does_not_confirm_is_not_hidden_by_an_earlier_one(self) -> None:
        again = check("rejected", FINDING, "effectiveness", date="2025-12-16")
        made = records(xa_progress_1=report(), ubkt_verifications_1=check(of=FINDING), ubkt_verifications_2=again)
        assert "Ủy ban Kiểm tra kiểm tra ngày 16/12/2025: chưa xác nhận." in said(made, FINDING)

    @pytest.mark.parametrize(
        ("of", "what", "added"),
        [(f"{PLAN}#A1", "completion", " Mới xác nhận từng việc, chưa xác nhận cả hạn chế."), (FINDING, "resolution", "")],
    )
    def test_of_several_findings_it_says_when_only_an_action_was_confirmed(self, of: str, what: str, added: str) -> None:
        there = world(records(xa_progress_1=report(), ubkt_verifications_1=check(of=of, what=what)))
        found = in_short.of_findings(there, list(there.facts.findings.values()), told=False)
        assert found.rest == f"{CONFIRMED}{added}"

    def test_a_draft_says_that_it_is_one(self) -> None:
        made = records()
        del made["xa/reviews/1"]["concluded"]
        assert said(made, FINDING).startswith("Còn là dự thảo, chưa kết luận.")


class TestAPlan:
    def test_it_counts_what_is_confirmed_of_how_many_and_what_is_late(self) -> None:
        assert said(records(), PLAN) == "0 trong 1 việc đã xong, đã được xác nhận. 1 việc đã quá hạn, chưa có báo cáo nào."
        assert said(records(xa_progress_1=report(), ubkt_verifications_1=check()), PLAN) == f"1 trong 1 việc đã xong, đã được xác nhận. {CONFIRMED}"

    def test_what_is_only_said_to_be_done_comes_first_with_that_nobody_knows_who_confirmed(self) -> None:
        expected = "1 việc báo đã xong, chưa rõ ai xác nhận. 0 trong 1 việc đã xong, đã được xác nhận."
        assert said(records(xa_progress_1=report()), PLAN) == expected

    def test_a_story_is_never_late(self) -> None:
        assert said(records(told=True), PLAN) == "Nguồn không nêu ai xác nhận. Nguồn kể 1 việc."

    def test_a_draft_promises_nothing(self) -> None:
        assert said(records(sealed=False), PLAN) == "Còn là dự thảo, chưa ban hành. Chưa việc nào được tính là lời hứa."


class TestWhoChecked:
    def test_who_is_of_the_same_body_is_said_not_to_be_independent(self) -> None:
        own = check() | {"by": "xa/roles/bi-thu"}
        assert said(records(xa_progress_1=report(), xa_verifications_1=own)).endswith(
            "Đảng ủy xã xác nhận ngày 20/6/2025; nơi xác nhận không độc lập với người làm."
        )

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            ({}, "Chưa có kết quả nào được xác nhận để xem có giữ vững không."),
            ({"ubkt_verifications_1": check()}, "Chưa rõ: chưa có lần kiểm tra nào xem kết quả có giữ vững không."),
            (
                {"ubkt_verifications_1": check(), "ubkt_verifications_2": check(what="effectiveness", date="2025-12-16")},
                "Còn giữ vững, theo lần kiểm tra ngày 16/12/2025.",
            ),
            (
                {"ubkt_verifications_1": check(), "ubkt_verifications_2": check("rejected", what="effectiveness", date="2025-12-16")},
                "Không giữ được, theo lần kiểm tra ngày 16/12/2025.",
            ),
            (
                {"ubkt_verifications_1": check(), "ubkt_verifications_2": check("partly", what="effectiveness", date="2025-12-16")},
                "Chỉ giữ được một phần, theo lần kiểm tra ngày 16/12/2025.",
            ),
        ],
    )
    def test_whether_it_holds_is_said_with_the_day(self, more: dict[str, Any], expected: str) -> None:
        there = world(records(xa_progress_1=report(), **more))
        for found in (there.facts.actions[f"{PLAN}#A1"], there.facts.findings[FINDING]):
            holding = checked.holding(there, found)
            assert holding.sentence == expected
            assert bool(holding.next) == bool(more), "that no next look is written down is said where there is something to look at"

    def test_what_came_back_did_not_hold(self) -> None:
        later: Data = {"title": "Sau", "findings": [{"id": "F1", "statement": "Lại tồn.", "recurrence_of": FINDING}], "concluded": {"date": "2025-12-20"}}
        there = world(records(xa_progress_1=report(), ubkt_verifications_1=check(of=FINDING), xa_reviews_2=later))
        found = checked.holding(there, there.facts.findings[FINDING])
        assert (found.sentence, found.recurred) == ("Không giữ được: điều này đã được nêu lại lần nữa.", ("xa/reviews/2#F1",))


class TestWhatProvesIt:
    PROOFS: tuple[Data, ...] = (
        {"document": {"number": "21-QĐ/UBND", "date": "2025-05-26"}},
        {"document": {"number": "22-QĐ/UBND", "of": "xa/documents/22"}},
        {"file": {"path": "files/lich.txt", "sha256": "0" * 64}, "text": "Lịch thu gom.", "kind": "count"},
        {"text": "Sổ ở thôn.", "date": "2025-05"},
    )

    def lines(self, **more: Any) -> list[tuple[str, ...]]:
        document: Data = {"title": "Quyết định", "number": "22-QĐ/UBND", "dated": "2025-05-26"}
        there = world(records(xa_progress_1=report(evidence=list(self.PROOFS)), xa_documents_22=document, **more))
        found = proven.proofs_of(there, [there.facts.actions[f"{PLAN}#A1"]])
        return [(each.kind, each.proof.document or each.proof.words, each.when, each.kept, each.checked) for each in found]

    def test_each_says_what_kind_of_which_day_and_where_it_is_kept(self) -> None:
        assert self.lines() == [
            ("Văn bản", "21-QĐ/UBND, ngày 26/5/2025", "26/5/2025", "Không đính kèm ở đây", "Chưa rõ ai xác nhận."),
            ("Văn bản", "22-QĐ/UBND", "", "Có hồ sơ văn bản ở đây", "Chưa rõ ai xác nhận."),
            ("Số đếm", "Lịch thu gom, lich.txt", "", "Tệp lưu cùng hồ sơ gốc, không đăng ở trang này", "Chưa rõ ai xác nhận."),
            ("Mô tả", "Sổ ở thôn, tháng\u00a05/2025", "Tháng\u00a05/2025", "Không đính kèm ở đây", "Chưa rõ ai xác nhận."),
        ]

    def test_who_confirmed_after_it_was_shown_stands_beside_it_and_who_did_before_does_not(self) -> None:
        assert {each[-1] for each in self.lines(ubkt_verifications_1=check())} == {CONFIRMED}
        assert {each[-1] for each in self.lines(ubkt_verifications_1=check(date="2025-05-20"))} == {"Chưa rõ ai xác nhận."}
        assert {each[-1] for each in self.lines(ubkt_verifications_1=check("partly"))} == {"Chưa rõ ai xác nhận."}

    def test_what_whoever_checked_brings_needs_nobody_else(self) -> None:
        brought = check(entries=[{"of": f"{PLAN}#A1", "check": "completion", "result": "partly", "evidence": [{"text": "Biên bản."}]}])
        assert self.lines(ubkt_verifications_1=brought)[-1][-1] == "Do nơi kiểm tra đưa ra: Ủy ban Kiểm tra."
