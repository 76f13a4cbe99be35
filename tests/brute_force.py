"""An independent count for tests: it knows neither register nor facts, reads plain data with whole dates as text, and looks through everything each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]

SEALS = {
    "reviews": ("submitted", "concluded"),
    "inspections": ("concluded", "announced"),
    "plans": ("consulted", "approved", "ended"),
    "cycles": ("opened", "closed"),
}

# What becomes of an action: by its state, and by what is said or seen. `begun` and `stopped` remember whether work was ever reported.
SAID = {
    "planned": {"started": "begun", "reached": "begun", "text": "begun", "blocked": "planned", "completed": "completed", "stopped": "stopped"},
    "begun": {"started": "begun", "reached": "begun", "text": "begun", "blocked": "begun", "completed": "completed", "stopped": "stopped after work"},
    "completed": {
        "started": "begun",
        "reached": "completed",
        "text": "completed",
        "blocked": "begun",
        "completed": "completed",
        "stopped": "stopped after work",
    },
    "stopped": {"started": "begun", "reached": "begun", "text": "stopped", "blocked": "planned", "completed": "completed", "stopped": "stopped"},
    "stopped after work": {
        "started": "begun",
        "reached": "begun",
        "text": "stopped after work",
        "blocked": "begun",
        "completed": "completed",
        "stopped": "stopped after work",
    },
}
REFUSED = {"planned": {"rejected": "planned", "partly": "begun"}, "stopped": {}, "stopped after work": {}}
EFFECT_PARTLY = {"planned": "begun", "completed": "completed", "verified": "verified", "effective": "verified"}
STATES = {"begun": "in_progress", "stopped after work": "stopped"}


@dataclass
class Brute:
    """Plain records on a day."""

    records: dict[str, Data]
    day: str

    def plural(self, name: str) -> str:
        """Say what kind of record this is."""
        return name.split("/")[1] if "/" in name else "organisation"

    def all(self, plural: str) -> Iterator[tuple[str, Data]]:
        """Go through what was there on the day and was not withdrawn by then, by id."""
        for name in sorted(self.records):
            data = self.records[name]
            if self.plural(name) == plural and self.is_there(name) and not ("withdrawn" in data and data["withdrawn"]["date"] <= self.day):
                yield name, data

    def is_there(self, name: str) -> bool:
        """Say whether a record was there on the day."""
        data = self.records[name]
        set_on = [data[seal]["date"] for seal in SEALS.get(self.plural(name), ()) if seal in data]
        return min(set_on, default="") <= self.day and data.get("date", "") <= self.day

    def sealed(self, data: Data, seal: str) -> bool:
        """Say whether a seal was set by the day."""
        return seal in data and bool(data[seal]["date"] <= self.day)

    # Organisations

    def home(self, name: str) -> str:
        """Say who answers for an organisation on the day."""
        followers = sorted(
            (step["date"], other, step["how"])
            for other, data in self.all("organisation")
            for step in data.get("lineage", ())
            if step["of"] == name and step["date"] <= self.day
        )
        ending = [other for _, other, how in followers if how != "split"]
        if ending:
            return self.home(ending[0])
        if self.records.get(name, {}).get("to", "9999") < self.day and followers:
            return self.home(min(other for _, other, _ in followers))
        return name

    def exists(self, name: str) -> bool:
        """Say whether an organisation exists on the day."""
        data = self.records[name]
        replaced = any(
            step["of"] == name and step["how"] != "split" and step["date"] <= self.day
            for _, other in self.all("organisation")
            for step in other.get("lineage", ())
        )
        unborn = any(step["how"] != "merged" and step["date"] > self.day for step in data.get("lineage", ()))
        return data.get("from", "") <= self.day <= data.get("to", "9999") and not replaced and not unborn

    def parents(self, name: str) -> set[str]:
        """Say who stands above an organisation on the day."""
        if not self.exists(name):
            return set()
        stated = [each["of"] for each in self.records[name].get("parents", ()) if each.get("from", "") <= self.day <= each.get("to", "9999")]
        return {self.home(each) for each in stated if self.exists(self.home(each))} - {name}

    def is_below(self, name: str, above: str, tried: frozenset[str] = frozenset()) -> bool:
        """Say whether an organisation is another, or stands somewhere below it."""
        return name == above or any(self.is_below(parent, above, tried | {name}) for parent in self.parents(name) if parent not in tried)

    # What counts

    def findings(self) -> dict[str, tuple[str, str]]:
        """Give place and state of every finding that counts."""
        found = {}
        for plural in ("reviews", "inspections"):
            for name, data in self.all(plural):
                if not self.sealed(data, "concluded") or "told_by" in data or (plural == "reviews" and "of" in data):
                    continue
                for finding in data.get("findings", ()):
                    ref = f"{name}#{finding['id']}"
                    found[ref] = (self.home(self.about(name, data, finding)), self.finding_state(ref))
        return found

    def about(self, name: str, data: Data, finding: Data) -> str:
        """Say whose finding it is."""
        if "about" not in data:
            return name.split("/", maxsplit=1)[0]
        leads = [each["who"] for each in finding.get("responsible", ()) if each["share"] == "lead" and each["who"] in data["about"]]
        return str([*leads, *data["about"]][0])

    def actions(self) -> dict[str, tuple[str, str, bool, bool]]:
        """Give place and state of every action that counts, and whether it is overdue and late."""
        found = {}
        for name, data in self.own_plans():
            for action in data.get("actions", ()):
                ref = f"{name}#{action['id']}"
                found[ref] = (self.home(name.split("/")[0]), self.action_state(ref), *self.lateness(ref, action))
        return found

    def own_plans(self) -> Iterator[tuple[str, Data]]:
        """Go through the approved plans of whole bodies that are not told."""
        for name, data in self.all("plans"):
            if self.sealed(data, "approved") and "told_by" not in data and not self.is_for_one_post(data):
                yield name, data

    def is_for_one_post(self, plan: Data) -> bool:
        """Say whether a plan follows reviews of posts only."""
        kept = [name for name in plan.get("of", ()) if self.is_there(name)]
        missing = len(kept) < len(plan.get("of", ()))
        return bool(kept) and not missing and all("of" in self.records[name] for name in kept)

    # States

    def events(self, ref: str) -> list[tuple[str, int, str, Data]]:
        """Give what was said and seen of an action, in order."""
        plan, _, action = ref.partition("#")
        said = [
            (data["date"], 0, name, entry)
            for name, data in self.all("progress")
            for entry in data.get("entries", ())
            if data["of"] == plan and entry["action"] == action and "told_by" not in data
        ]
        return sorted([*said, *self.checks(ref)], key=lambda each: each[:3])

    def checks(self, ref: str) -> list[tuple[str, int, str, Data]]:
        """Give what was seen of an action or finding, in order."""
        found = [
            (data["date"], 1, name, entry)
            for name, data in self.all("verifications")
            for entry in data.get("entries", ())
            if entry["of"] == ref and "told_by" not in data
        ]
        return sorted(found, key=lambda each: each[:3])

    def steps(self, ref: str) -> list[tuple[str, str]]:
        """Give the states through which an action went, each with its day."""
        states = [("", "planned")]
        for when, is_check, _, entry in self.events(ref):
            before = states[-1][1]
            if not is_check:
                word = self.word(entry)
                after = before if word == "blocked, perhaps" else SAID.get(before, {}).get(word, before)
            elif entry["result"] == "confirmed":
                after = "effective" if "effective" in (before, entry["check"][:9]) else "verified"
            elif entry["result"] == "partly" and entry["check"] == "effectiveness":
                after = EFFECT_PARTLY.get(before, before)
            else:
                after = REFUSED.get(before, {"rejected": "begun", "partly": "begun"}).get(entry["result"], before)
            states.append((when, after))
        return states

    def word(self, entry: Data) -> str:
        """Say in one word what a report says."""
        if "reached" in entry:
            return "started" if entry.get("state") == "blocked" else str(entry.get("state", "reached"))
        return str(entry.get("state") or ("blocked, perhaps" if "obstacle" in entry else "text"))

    def action_state(self, ref: str) -> str:
        """Give the state of an action."""
        last = self.steps(ref)[-1][1]
        return STATES.get(last, last)

    def lateness(self, ref: str, action: Data) -> tuple[bool, bool]:
        """Say whether an action is overdue, and whether it is late."""
        steps = self.steps(ref)
        is_open = self.action_state(ref) in ("planned", "in_progress")
        recurs = action.get("kind") == "recurring"
        first = action.get("until" if recurs else "due")
        overdue = is_open and not (recurs and not first) and self.agreed(ref, first or "9999") < self.day
        if recurs:
            return overdue, overdue
        return overdue, first is not None and (self.day if is_open else self.ended(steps)) > first

    def ended(self, steps: list[tuple[str, str]]) -> str:
        """Give the day since which an action is done or stopped: going back as far as it was so without a break."""
        kinds = ["stopped" if state.startswith("stopped") else "open" if state in ("planned", "begun") else "done" for _, state in steps]
        start = len(kinds) - 1
        while kinds[start - 1] == kinds[-1]:
            start -= 1
        return steps[start][0]

    def agreed(self, ref: str, first: str) -> str:
        """Give the last agreed date."""
        moves = []
        for name, data in self.all("postponements"):
            answers = [
                (answer["date"], each, answer["result"])
                for each, answer in self.all("answers")
                if answer["of"] == name and answer["result"] in ("agreed", "refused")
            ]
            if data["of"] == ref and answers and max(answers)[2] == "agreed":
                moves.append((*max(answers)[:2], data["to"]))
        return str(max(moves)[2]) if moves else first

    def finding_state(self, ref: str) -> str:  # noqa: PLR0911 -- a list of answers, the first that fits
        """Give the state of a finding."""
        answers = self.answers(ref)
        if self.confirmed(ref):
            return "resolved"
        checks = [(when, entry["check"], entry["result"], entry.get("answer")) for when, _, _, entry in self.checks(ref)]
        plans = list(self.own_plans())
        excuses = [data["approved"]["date"] for _, data in plans for each in data.get("no_action", ()) if each["finding"] == ref]
        mending = [
            (data["approved"]["date"], f"{name}#{action['id']}") for name, data in plans for action in data.get("actions", ()) if ref in action["findings"]
        ]
        if excuses and max(excuses) >= max(mending, default=("",))[0]:
            return "no_action"
        bad = [when for when, _, result, _ in checks if result in ("rejected", "partly")]
        moved = [event[0] for _, action in mending for event in self.events(action)]
        if answers and answers[-1][0] >= max(moved, default="") and self.stands(answers, len(answers) - 1, checks):
            when, word = answers[-1]
            if word != "resolved":
                return word
            if not bad or max(bad) < when:
                return "claimed"
        states = [self.action_state(action) for _, action in mending]
        going = [state for state in states if state != "stopped"]
        unrefused = not bad or bool(moved and max(bad) < max(moved))
        if going and unrefused and all(state in ("completed", "verified", "effective") for state in going):
            return "claimed"
        if any(state != "planned" for state in going):
            return "in_progress"
        standing = [word for number, (_, word) in enumerate(answers) if self.stands(answers, number, checks)]
        if (checks and checks[-1][2] == "partly") or standing[-1:] == ["in_progress"]:
            return "in_progress"
        return "unresolved" if states or checks or standing else "not_known"

    def confirmed(self, ref: str, before: str = "9999") -> str:
        """Give the verification by which a finding was resolved before a day; empty where there is none that still stands."""
        found = ""
        for when, _, name, entry in self.checks(ref):
            heard = [answer for day, answer in self.answers(ref) if day <= when] if entry["check"] == "carry_over" else []
            looked_at = {heard[-1] if heard else "resolved", entry.get("answer", "resolved") if entry["check"] == "carry_over" else "resolved"}
            if when >= before or (entry["check"], entry["result"]) == ("effectiveness", "partly"):
                continue
            found = (found or name) if entry["result"] == "confirmed" and looked_at == {"resolved"} else ""
        return found

    def answers(self, ref: str) -> list[tuple[str, str]]:
        """Give what later collective reviews answered about a finding, in order."""
        found = []
        for name, data in self.all("reviews"):
            seals = [data[seal]["date"] for seal in ("submitted", "concluded") if self.sealed(data, seal)]
            if seals and "of" not in data and "told_by" not in data:
                found += [(seals[0], name, each["answer"]) for each in data.get("carry_over", ()) if each["finding"] == ref]
        return [(when, answer) for when, _, answer in sorted(found, key=lambda each: each[:2])]

    def stands(self, answers: list[tuple[str, str]], number: int, checks: list[tuple[str, str, str, str | None]]) -> bool:
        """Say whether an answer was not refused by who checked it."""
        until = [when for when, _ in answers[number + 1 :]]
        about = [
            result
            for when, check, result, said in checks
            if check == "carry_over" and answers[number][0] <= when and (not until or when < until[0]) and said in (None, answers[number][1])
        ]
        return not about or about[-1] == "confirmed" or answers[number][1] == "unresolved" or (answers[number][1], about[-1]) == ("in_progress", "partly")

    # Totals

    def count(self, *places: str) -> Counter[str]:
        """Count findings and actions by state at some places, each once."""
        found: Counter[str] = Counter()
        for place, state in self.findings().values():
            found[f"finding {state}"] += place in places
        for place, state, overdue, late in self.actions().values():
            found[f"action {state}"] += place in places
            found["overdue"] += overdue and place in places
            found["late"] += late and place in places
        return +found

    def own(self, name: str) -> Counter[str]:
        """Count what is at an organisation itself."""
        return self.count(name)

    def whole(self, name: str) -> Counter[str]:
        """Count what is at an organisation and below it."""
        return self.count(*(other for other, _ in self.all("organisation") if self.is_below(other, name)))
