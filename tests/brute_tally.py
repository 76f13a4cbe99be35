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
        is_reviewed = bool(review) and ("held_elsewhere" in reviews[review] or self.sealed(reviews[review], "concluded"))
        return review, columns, is_reviewed and "unanswered" not in columns.values()

    def best(self, place: str, reviews: dict[str, Data]) -> str:
        """Give the review of a row: the organisation's own before others', one that is here before one that is not, then the last."""
        ranked = sorted((name.startswith(f"{place}/"), "held_elsewhere" not in data, name) for name, data in reviews.items())
        return ranked[-1][2] if ranked else ""

    def heard(self, cycle: str) -> Iterator[tuple[str, Data]]:
        """Go through the reviews that speak for whole organisations in a cycle."""
        for name, data in self.all("reviews"):
            held = data.get("held_elsewhere", {})
            is_here = any(self.sealed(data, seal) for seal in ("submitted", "concluded"))
            is_elsewhere = bool(held) and held["submitted"] <= self.day and "posts" not in held
            if data.get("cycle") == cycle and "told_by" not in data and "of" not in data and (is_here or is_elsewhere):
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
        before = self.records[data["previous"]]
        for ref in self.findings():
            record = self.records[ref.split("#")[0]]
            own = record.get("cycle")
            is_earlier = own == data["previous"] if own else record["concluded"]["date"] <= before["to"]
            if is_earlier and not self.confirmed(ref, data["from"]):
                yield ref

    def home_of(self, ref: str, cycle: str) -> str:
        """Say who answers for a finding in a cycle."""
        return self.at(self.settled(cycle)).home(self.about_of(ref))

    def about_of(self, ref: str) -> str:
        """Say about whom a finding was written."""
        name, _, part = ref.partition("#")
        data = self.records[name]
        return self.about(name, data, next(each for each in data["findings"] if each["id"] == part))

    def column(self, ref: str, place: str, reviews: dict[str, Data]) -> str:
        """Say in which column a finding is."""
        given = [(self.spoke(data), name, each["answer"]) for name, data in reviews.items() for each in data.get("carry_over", ()) if each["finding"] == ref]
        if given:
            when, name, answer = max(given, key=lambda each: each[:2])
            return self.checked(ref, when, name, answer)
        is_held = any(self.stands_for(name, data, ref) for name, data in self.elsewhere(place, reviews))
        return "held" if is_held else "unanswered"

    def spoke(self, data: Data) -> str:
        """Say when a review spoke."""
        return str(next(data[seal]["date"] for seal in ("submitted", "concluded") if seal in data and self.sealed(data, seal)))

    def elsewhere(self, place: str, reviews: dict[str, Data]) -> Iterator[tuple[str, Data]]:
        """Go through the reviews held elsewhere that stand for one that is not here: the organisation's own, and those of others where it has none."""
        own = {name for name in reviews if name.startswith(f"{place}/")}
        for name, data in reviews.items():
            theirs = [other for other in reviews if other.split("/")[0] == name.split("/")[0] and "held_elsewhere" not in reviews[other]]
            if "held_elsewhere" in data and not theirs and (name in own or not own):
                yield name, data

    def stands_for(self, name: str, data: Data, ref: str) -> bool:
        """Say whether who keeps a review elsewhere answered for a finding on that day."""
        return self.at(data["held_elsewhere"]["submitted"]).home(self.about_of(ref)) == name.split("/", maxsplit=1)[0]

    def checked(self, ref: str, when: str, name: str, answer: str) -> str:
        """Say what becomes of an answer beside what was found about it."""
        given = self.given(ref)
        place = given.index((when, name))
        words = [each for _, each in self.answers(ref)]
        checks = [(day, entry) for day, _, _, entry in self.checks(ref)]
        about: list[str] = []
        others: list[str] = []
        for day, entry in checks:
            earlier = [number for number, (spoken, _) in enumerate(given) if spoken <= day]
            is_of = entry["check"] == "carry_over" and bool(earlier)
            if is_of and entry.get("answer", words[earlier[-1]]) != words[earlier[-1]]:
                continue
            if is_of and earlier[-1] == place:
                about.append(entry["result"])
            if day >= when:
                others.append(entry["result"])
        if answer == "resolved":
            found = about[-1:] or (["confirmed"] if self.confirmed(ref) else others[-1:])
            return {"confirmed": "resolved", "partly": "in_progress", "rejected": "unresolved"}[found[0]] if found else "claimed"
        return "unresolved" if answer == "in_progress" and about[-1:] == ["rejected"] else answer

    def given(self, ref: str) -> list[tuple[str, str]]:
        """Give the days and names of the reviews that answered about a finding, in order."""
        found = []
        for name, data in self.all("reviews"):
            seals = [data[seal]["date"] for seal in ("submitted", "concluded") if self.sealed(data, seal)]
            if seals and "of" not in data and "told_by" not in data:
                found += [(seals[0], name) for each in data.get("carry_over", ()) if each["finding"] == ref]
        return sorted(found)
