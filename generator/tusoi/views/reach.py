"""How far a number was brought that a plan set itself: what is to be reached, beside what was last said to be. Only numbers of the same things are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tusoi import telling
from tusoi.facts import ActionFacts, Check
from tusoi.labels import Tone
from tusoi.speech import _

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said was reached."""

    figure: Mapping[str, Any]
    """The number, out of what was to be reached."""
    whose: str
    """`theo báo cáo ngày 24/02/2026`."""
    ref: str
    """The record that says so."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an action is to reach, and what was last reported and last checked."""

    goal: Mapping[str, Any]
    whole: str
    """`cả 9 thôn`, where nothing is left out; else empty."""
    said: tuple[Said, ...]
    absent: str
    """What stands where reports say nothing of it; empty where there is no report yet."""
    tone: str
    """The bar's: of what was checked, or of what was only reported."""
    percent: float | None
    """The length of the bar; None where there is no number, or none that may be told or is exact."""

    @property
    def rest(self) -> float:
        """What the bar leaves."""
        return _WHOLE - (self.percent or 0)


def reach(facts: ActionFacts, goal: Mapping[str, Any], of_findings: Iterable[Check] = ()) -> Reach:
    """Find what was last said of a number that an action is to reach: by who does it, and by who checked it, or else what it is to mend."""
    reporter = _("theo nguồn") if facts.told else _("theo báo cáo")
    reports = ((each.record.id, each.entry, f"{reporter} {telling.on(each.when)}".strip()) for each in reversed(facts.reports))
    checks = ((each.record.id, each.entry, _("theo kiểm tra {when}", when=telling.on(each.when)).strip()) for each in reversed(facts.checks))
    of_what_it_mends = ((each.record.id, each.entry, _("theo kiểm tra hạn chế {when}", when=telling.on(each.when)).strip()) for each in of_findings)
    reported, checked = _last(reports, goal), _last(checks, goal) or _last(of_what_it_mends, goal)
    best = checked or reported
    unsaid = _("Nguồn không nêu đã làm được bao nhiêu") if facts.told else _("Chưa có báo cáo nào ghi đã làm được bao nhiêu")
    return Reach(
        goal=goal,
        whole=_("cả {number_of} {unit}", number_of=telling.number_of(goal), unit=goal["unit"]) if "value" in goal and goal["value"] == goal.get("of") else "",
        said=tuple(each for each in (reported, checked) if each),
        absent=unsaid if facts.reports and not best else "",
        tone=Tone.GOOD if checked else Tone.MOVING,
        percent=_percent(best.figure) if best else None,
    )


def _last(entries: Iterable[tuple[str, Mapping[str, Any], str]], goal: Mapping[str, Any]) -> Said | None:
    for ref, entry, whose in entries:
        same = [each for each in entry.get("figures", ()) if _is_same(each, goal)]
        if len(same) == 1:  # of two numbers of one unit nobody knows which is meant
            return Said(_out_of(same[0], goal), whose, ref)
    return None


def _is_same(figure: Mapping[str, Any], goal: Mapping[str, Any]) -> bool:
    """Whether a number counts what was to be reached: the same unit, out of the same whole, and nothing that is called or counted otherwise.

    A number of one month, out of nothing, says nothing of what was reached in all.
    """
    if "value" not in figure or "value" not in goal or _plain(figure["unit"]) != _plain(goal["unit"]):
        return False
    called, counted = ({_plain(each[key]) for each in (figure, goal) if key in each} for key in ("what", "counting"))
    is_of_the_same = figure.get("of", goal["value"]) in (goal["value"], goal.get("of"))
    return is_of_the_same and len(called) <= 1 and len(counted) <= 1 and ("of" in figure or "period" not in figure)


def _out_of(figure: Mapping[str, Any], goal: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set a number against what was to be reached, whatever whole the report names; as it stands where that is the same."""
    if figure.get("of") == goal["value"] or not goal["value"]:
        return figure
    return {key: value for key, value in figure.items() if key != "stated_percent"} | {"of": goal["value"]}


def _percent(figure: Mapping[str, Any]) -> float | None:
    """Compute the length of the bar. A number that may not be told, or that is only about so and so many, has none."""
    if "of" not in figure or telling.number_of(figure) != telling.number(figure["value"]):
        return None
    return float(min(_WHOLE, round(_WHOLE * figure["value"] / figure["of"], 2)))


def _plain(text: object) -> str:
    return " ".join(str(text).lower().split())
