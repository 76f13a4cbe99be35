"""An independent count for tests: it knows neither register nor facts, reads plain data with whole dates as text, and looks through everything each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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


def body(name: str) -> str:
    """Say in whose folder a record is."""
    return name.split("/", maxsplit=1)[0]


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

    def are_one(self, name: str, others: list[str], day: str) -> bool:
        """Say whether an organisation is, on a day, one with any of some others."""
        then = Brute(self.records, day)
        return then.home(name) in {then.home(other) for other in others}

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

    # Whom it concerns

    def subjects(self, ref: str) -> list[str]:
        """Say about whom a finding was written, and whom an inspection looked at."""
        name, _, part = ref.partition("#")
        data = self.records[name]
        return [self.about(name, data, next(each for each in data["findings"] if each["id"] == part)), *data.get("about", ())]

    def reach(self, plan: Data) -> set[str]:
        """Give the findings of which a plan may speak: those of what it follows, and those that are carried over there."""
        followed = [(name, self.records[name]) for name in plan.get("of", ()) if name in self.records and self.is_there(name)]
        own = {f"{name}#{each['id']}" for name, data in followed for each in data.get("findings", ())}
        return own | {each["finding"] for _, data in followed for each in data.get("carry_over", ())}

    def may_report(self, name: str, data: Data, plan: str, action: str) -> bool:
        """Say whether a report is by whoever promised an action or whose work it is."""
        owners = [each["owner"] for each in self.records[plan].get("actions", ()) if each["id"] == action and "owner" in each]
        return self.are_one(body(name), [body(plan), *owners], data["date"])

    def may_agree(self, answer: str, plan: str) -> bool:
        """Say whether an answer about a later day is by who approved the plan, who follows it, or a body above; where there are none of these, by another."""
        then = Brute(self.records, self.records[answer]["date"])
        own, who = then.home(body(plan)), then.home(body(answer))
        data = self.records[plan]
        approver = [data["approved"]["by"]] if self.sealed(data, "approved") and "by" in data["approved"] else []
        follower = [data["followed_by"]] if "followed_by" in data else []
        above = {other for other, _ in self.all("organisation") if other != own and then.is_below(own, other)}
        known = above | {then.home(each) for each in (*approver, *follower)}
        return who != own and (who in known or known <= {own})

    # States

    def events(self, ref: str) -> list[tuple[str, int, str, Data]]:
        """Give what was said and seen of an action, in order."""
        plan, _, action = ref.partition("#")
        said = [
            (data["date"], 0, name, entry)
            for name, data in self.all("progress")
            for entry in data.get("entries", ())
            if data["of"] == plan and entry["action"] == action and "told_by" not in data and self.may_report(name, data, plan, action)
        ]
        return sorted([*said, *self.checks(ref)], key=lambda each: each[:3])

    def checks(self, ref: str) -> list[tuple[str, int, str, Data]]:
        """Give what was seen of an action or finding, in order. What was answered before is a finding, never an action."""
        found = [
            (data["date"], 1, name, entry)
            for name, data in self.all("verifications")
            for entry in data.get("entries", ())
            if entry["of"] == ref and "told_by" not in data and (entry["check"] != "carry_over" or self.is_of_an_answer(ref, data["date"], entry))
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
                if answer["of"] == name and answer["result"] in ("agreed", "refused") and self.may_agree(each, data["of"].split("#")[0])
            ]
            if data["of"] == ref and answers and max(answers)[2] == "agreed":
                moves.append((*max(answers)[:2], data["to"]))
        return str(max(moves)[2]) if moves else first

    def finding_state(self, ref: str) -> str:  # noqa: PLR0911 -- a list of answers, the first that fits
        """Give the state of a finding."""
        answers = self.answers(ref)
        if self.confirmed(ref):
            return "resolved"
        checks = [(when, entry["result"]) for when, _, _, entry in self.checks(ref)]
        plans = [(data["approved"]["date"], name, data) for name, data in self.own_plans() if ref in self.reach(data)]
        excuses = [
            (when, name)
            for when, name, data in plans
            if any(each["finding"] == ref for each in data.get("no_action", ())) and self.are_one(body(name), self.subjects(ref), when)
        ]
        mending = [(when, f"{name}#{action['id']}") for when, name, data in plans for action in data.get("actions", ()) if ref in action["findings"]]
        last = max(excuses, default=None)
        if last and not any(when > last[0] or action.startswith(f"{last[1]}#") for when, action in mending):
            return "no_action"
        bad = [when for when, result in checks if result in ("rejected", "partly")]
        moved = [event[0] for _, action in mending for event in self.events(action)]
        if answers and answers[-1][0] >= max(moved, default="") and self.stands(ref, len(answers) - 1):
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
        standing = [word for number, (_, word) in enumerate(answers) if self.stands(ref, number)]
        if (checks and checks[-1][1] == "partly") or standing[-1:] == ["in_progress"]:
            return "in_progress"
        return "unresolved" if moved or checks or standing else "not_known"

    def confirmed(self, ref: str, before: str = "9999") -> str:
        """Give the verification by which a finding was resolved before a day; empty where there is none that still stands."""
        found = ""
        for when, _, name, entry in self.checks(ref):
            if when >= before or (entry["check"], entry["result"]) == ("effectiveness", "partly"):
                continue
            words = self.words_seen(ref, when, entry) if entry["check"] == "carry_over" else {"resolved"}
            found = (found or name) if entry["result"] == "confirmed" and words == {"resolved"} else ""
        return found

    def words_seen(self, ref: str, when: str, entry: Data) -> set[str]:
        """Give what the check of an answer looked at: what it says that it saw, and what was answered."""
        number = self.answer_seen(ref, when, entry)
        answered = set() if number is None else {self.answers(ref)[number][1]}
        return answered | {entry[key] for key in ("answer",) if key in entry}

    def answer_seen(self, ref: str, when: str, entry: Data) -> int | None:
        """Say which answer a check is about: the last before it, unless it saw another and the next one is that and nearer."""
        given = self.answers(ref)
        past = sum(day <= when for day, _ in given)
        last = past - 1 if past else None
        if "answer" not in entry or past == len(given) or (last is not None and given[last][1] == entry["answer"]) or given[past][1] != entry["answer"]:
            return last
        today, coming = date.fromisoformat(when), date.fromisoformat(given[past][0])
        is_nearer = last is None or coming - today < today - date.fromisoformat(given[last][0])
        return past if is_nearer else last

    def is_of_an_answer(self, ref: str, when: str, entry: Data) -> bool:
        """Say whether a check of an answer is about one that was given; of an action there is none."""
        return "/plans/" not in ref and self.answer_seen(ref, when, entry) is not None

    def answers(self, ref: str) -> list[tuple[str, str]]:
        """Give what later collective reviews of those whom it concerns answered about a finding, in order."""
        return [(when, answer) for when, _, answer in self.answers_given(ref)]

    def answers_given(self, ref: str) -> list[tuple[str, str, str]]:
        """Give the same, each with the name of the review."""
        found = []
        for name, data in self.all("reviews"):
            seals = [data[seal]["date"] for seal in ("submitted", "concluded") if self.sealed(data, seal)]
            if seals and "of" not in data and "told_by" not in data and self.are_one(body(name), self.subjects(ref), seals[0]):
                found += [(seals[0], name, each["answer"]) for each in data.get("carry_over", ()) if each["finding"] == ref]
        return sorted(found, key=lambda each: each[:2])

    def stands(self, ref: str, number: int) -> bool:
        """Say whether an answer was not refused by who checked it."""
        word = self.answers(ref)[number][1]
        about = [
            entry["result"]
            for when, _, _, entry in self.checks(ref)
            if entry["check"] == "carry_over" and self.answer_seen(ref, when, entry) == number and entry.get("answer", word) == word
        ]
        return not about or about[-1] == "confirmed" or word == "unresolved" or (word, about[-1]) == ("in_progress", "partly")

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
