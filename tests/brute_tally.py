"""An independent tally of earlier findings for tests: like `brute_force`, it reads plain data with whole dates and looks through everything each time."""

from __future__ import annotations

from collections.abc import Iterator

from brute_force import Brute, Data


class BruteTally(Brute):
    """Plain records on a day, asked what a cycle asks."""

    def at(self, day: str) -> Brute:
        """Give the organisations as they were on an earlier day; everything else as on this one."""
        return Brute(self.records, day)

    def settled(self, cycle: str) -> str:
        """Give the day on which it is settled who answers."""
        return min(self.day, str(self.records[cycle]["to"]))

    def row(self, cycle: str, place: str) -> tuple[str, dict[str, str], bool]:
        """Give an organisation's review, the column of each of its findings, and whether it may be rated."""
        reviews = {name: data for name, data in self.heard(cycle) if self.at(self.settled(cycle)).home(name.split("/")[0]) == place}
        review = self.best(place, reviews)
        columns = {ref: self.column(ref, place, reviews) for ref in self.asked(cycle) if self.home_of(ref, cycle) == place}
        is_own_stub = bool(review) and self.is_held(reviews[review]) and review.startswith(f"{place}/")
        is_reviewed = is_own_stub or (bool(review) and self.sealed(reviews[review], "concluded"))
        return review, columns, is_reviewed and "unanswered" not in columns.values()

    def best(self, place: str, reviews: dict[str, Data]) -> str:
        """Give the review of a row: the organisation's own before others', one that is here before one that is not, then the last."""
        ranked = sorted((name.startswith(f"{place}/"), not self.is_held(data), name) for name, data in reviews.items())
        return ranked[-1][2] if ranked else ""

    def is_held(self, data: Data) -> bool:
        """Say whether a review is elsewhere: nothing was handed in or concluded here."""
        return "held_elsewhere" in data and not any(self.sealed(data, seal) for seal in ("submitted", "concluded"))

    def heard(self, cycle: str) -> Iterator[tuple[str, Data]]:
        """Go through the reviews that speak for whole organisations in a cycle."""
        for name, data in self.all("reviews"):
            held = data.get("held_elsewhere", {})
            is_here = any(self.sealed(data, seal) for seal in ("submitted", "concluded"))
            is_elsewhere = bool(held) and held["submitted"] <= self.day and self.records[name.split("/")[0]]["name"] not in held["by"]
            if data.get("cycle") == cycle and "told_by" not in data and "of" not in data and "posts" not in held and (is_here or is_elsewhere):
                yield name, data

    def must_have_rows(self, cycle: str) -> set[str]:
        """Say who has a row at least, where the cycle asks at all: those who spoke, and those in its scope who are not exempt, each by who took it over."""
        data = self.records[cycle]
        if not (self.sealed(data, "opened") and data["from"] <= self.day):
            return set()
        exempt = {each["of"] for each in data["exemptions"]}
        then = self.at(self.settled(cycle))
        spoke = {then.home(name.split("/")[0]) for name, _ in self.heard(cycle)}
        return spoke | {then.home(each) for each in data["scope"] if each not in exempt and then.exists(then.home(each))}

    def asked(self, cycle: str) -> Iterator[str]:
        """Go through the findings of which a cycle asks: there when the one before ended, and not confirmed before this one began."""
        data = self.records[cycle]
        before = self.before(cycle)
        for ref in self.findings():
            record = self.records[ref.split("#")[0]]
            own = record.get("cycle")
            was_there = record["concluded"]["date"] <= self.records[before]["to"]
            if own != cycle and (own == before or was_there) and not self.confirmed(ref, data["from"]):
                yield ref

    def before(self, cycle: str) -> str:
        """Say which cycle was the one before: the one that is named, if it ended before; else the last that did."""
        ended = {name: data["to"] for name, data in self.all("cycles") if self.sealed(data, "opened") and data["to"] < self.records[cycle]["to"]}
        named = self.records[cycle].get("previous")
        return named if named in ended else max(ended, key=lambda name: ended[name])

    def home_of(self, ref: str, cycle: str) -> str:
        """Say who answers for a finding in a cycle."""
        return self.at(self.settled(cycle)).home(self.about_of(ref))

    def about_of(self, ref: str) -> str:
        """Say about whom a finding was written."""
        return self.subjects(ref)[0]

    def column(self, ref: str, place: str, reviews: dict[str, Data]) -> str:
        """Say in which column a finding is."""
        given = [number for number, (_, name, _) in enumerate(self.answers_given(ref)) if name in reviews]
        if given:
            return self.checked(ref, given[-1])
        is_held = any(self.stands_for(name, data, ref) for name, data in self.elsewhere(place, reviews))
        return "held" if is_held else "unanswered"

    def elsewhere(self, place: str, reviews: dict[str, Data]) -> Iterator[tuple[str, Data]]:
        """Go through the reviews held elsewhere that stand for one that is not here: the organisation's own, and those of others where it has none."""
        own = {name for name in reviews if name.startswith(f"{place}/")}
        for name, data in reviews.items():
            theirs = [other for other in reviews if other.split("/")[0] == name.split("/")[0] and not self.is_held(reviews[other])]
            if self.is_held(data) and not theirs and (name in own or not own):
                yield name, data

    def stands_for(self, name: str, data: Data, ref: str) -> bool:
        """Say whether who keeps a review elsewhere answered for a finding on that day."""
        return self.at(data["held_elsewhere"]["submitted"]).home(self.about_of(ref)) == name.split("/", maxsplit=1)[0]

    def checked(self, ref: str, place: int) -> str:
        """Say what becomes of an answer beside what was found about it."""
        when, _, answer = self.answers_given(ref)[place]
        about: list[str] = []
        others: list[str] = []
        for day, _, _, entry in self.checks(ref):
            seen = self.answer_seen(ref, day, entry) if entry["check"] == "carry_over" else None
            if seen is not None and entry.get("answer", self.answers(ref)[seen][1]) != self.answers(ref)[seen][1]:
                continue
            if seen == place:
                about.append(entry["result"])
            if day >= when and seen in (None, place):
                others.append(entry["result"])
        if answer == "resolved":
            found = about[-1:] or (["confirmed"] if self.confirmed(ref) else others[-1:])
            return {"confirmed": "resolved", "partly": "in_progress", "rejected": "unresolved"}[found[0]] if found else "claimed"
        return "unresolved" if answer == "in_progress" and about[-1:] == ["rejected"] else answer
