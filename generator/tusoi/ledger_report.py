"""The ledger of promises for `tusoi history`: in words, or as JSON.

The JSON has, in this order and always:

- `format` (1), `day`, `history` (`commit` and `steps`; null where no history was read);
- `total`, and `peer_groups` and `cycles` with a `sum` each: sums of everything that is listed;
- `organisations`, A–Z: `id`, `name`, `peer_group`, `sum`, `plans`; of a plan `id`, `title`, `stands`, `cycle`, `sum`, `promises`;
- of a promise `ref`, `stands` (whether it is still in the records), `content`, `first` (`due`, or `every`, `from`, `until`, as the record states them),
  `recorded` (`commit` and `day`; null where its history is not known), `agreed`, `done`, `outcome`, `kept` (null where not known or not yet), `days_late` and
  `days_over` (against the first and the last agreed date), `counts` (whether it is in sums), `postponements`, `changes` (past the procedure) and `copied`
  (changes that follow an agreed postponement).

A date that is known in part is `2025-03` or `2025`; what is not known is null. The number of `changes` in a sum is null where no history was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from tusoi import promise_counts, promise_words
from tusoi.collation import sort_key
from tusoi.dates import Span
from tusoi.facts import Postponed
from tusoi.messages import say
from tusoi.past import Past, Step
from tusoi.promise_counts import Sum
from tusoi.record import Record, Register
from tusoi.slippage import Ledger, Moved, Outcome, Promise, asked_after
from tusoi.titles import Titles

_SHORT: Final = 10
"""Characters of a commit's id that a reader needs."""


@dataclass(frozen=True)
class Listing:
    """The promises that are asked for, and what names them."""

    register: Register
    past: Past
    day: date
    ledger: Ledger
    """Of all that is asked for, and nothing else."""
    name: str = ""
    """What was asked for; empty where everything was."""

    def by_organisation(self) -> Iterator[tuple[str, Ledger]]:
        """Give the promises of each organisation, A–Z."""
        titles = Titles(self.register)
        homes = {each.organisation for each in self.ledger.promises.values()}
        for home in sorted(homes, key=lambda each: (sort_key(titles.full(each)), each)):
            yield home, self.ledger.only(lambda each, home=home: each.organisation == home)  # type: ignore[misc]

    def chosen(self, name: str, actions: Iterable[str] = ()) -> Listing | None:
        """Choose the promises of an organisation, a plan, an action, a milestone or a postponement, and those of some actions more.

        None where nothing has that id, nor had when it was taken away.
        """
        found = self.register.find(name)
        about = self.register.find(str(found.get("of"))) if isinstance(found, Record) and found.kind == "postponement" else None
        wanted = {found.ref if found else name, *actions, *([about.ref] if about else [])}
        chosen = self.ledger.only(lambda each: any(_belongs(each, one) for one in wanted))
        return replace(self, ledger=chosen, name=name) if found or chosen.promises else None


def text(listing: Listing, lang: str) -> str:
    """Tell the ledger in words: by organisation A–Z, then by plan."""
    return "\n".join([*_head(listing, lang), *(line for home, own in listing.by_organisation() for line in _organisation(listing, home, own, lang))]) + "\n"


def as_json(listing: Listing) -> str:
    """Give the ledger as JSON."""
    register, ledger = listing.register, listing.ledger
    said = {
        "format": 1,
        "day": listing.day.isoformat(),
        "history": {"commit": listing.past.head, "steps": len(listing.past.steps)} if ledger.is_read else None,
        "total": _sum(promise_counts.sum_of(ledger.promises.values())),
        "peer_groups": [{"name": name, "sum": _sum(each)} for name, each in promise_counts.by_peer_group(ledger, register).items()],
        "cycles": [{"id": name, "sum": _sum(each)} for name, each in promise_counts.by_cycle(ledger, register).items()],
        "organisations": [_of_organisation(listing, home, own) for home, own in listing.by_organisation()],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _head(listing: Listing, lang: str) -> Iterator[str]:
    yield say("ledger.title", lang, day=promise_words.when(listing.day, lang))
    if listing.ledger.is_read:
        yield say("ledger.read", lang, steps=len(listing.past.steps), commit=listing.past.head[:_SHORT])
    else:
        yield say("ledger.unread", lang)
    if not listing.ledger.promises:
        yield ""
        yield say("ledger.empty.of", lang, name=Titles(listing.register).full(listing.name)) if listing.name else say("ledger.empty", lang)


def _organisation(listing: Listing, home: str, own: Ledger, lang: str) -> Iterator[str]:
    titles = Titles(listing.register)
    yield ""
    yield titles.full(home)
    if any(each.counts for each in own.promises.values()):
        if listing.name not in ("", home):
            yield f"  {say('ledger.part_of', lang)}"
        yield from (f"  {line}" for line in promise_words.counted(promise_counts.sum_of(own.promises.values()), lang, is_read=listing.ledger.is_read))
    for plan, promises in own.by_plan.items():
        yield ""
        stands = isinstance(listing.register.find(plan), Record)
        yield f"  {say('ledger.plan', lang, title=titles.full(plan), id=plan) if stands else say('ledger.plan.gone', lang, id=plan)}"
        for each in promises:
            yield f"    {_name(each, titles, lang)}"
            yield from (f"      {line}" for line in _lines(each, lang))


def _name(promise: Promise, titles: Titles, lang: str) -> str:
    """Name an action or a milestone by its place in the plan, and by what it says."""
    part = promise.part
    if part is None:
        return say("ledger.milestone.gone" if "." in promise.ref.partition("#")[2] else "ledger.action.gone", lang)
    return say("ledger.part", lang, name=promise_words.ordinal(part, lang), content=titles.of_part(part))


def _lines(promise: Promise, lang: str) -> Iterator[str]:
    """Tell a promise line by line: first what was promised, then what was asked and changed in the order of time, then what became of it."""
    yield promise_words.first(promise, lang, _SHORT)
    events = [(each.asked, _request(each, lang)) for each in promise.postponements]
    events += [(each.step.day, _commit(each.step, promise_words.moved(each, lang), lang)) for each in promise.moved]
    events += [(each.step.day, _commit(each.step, promise_words.moved(each, lang, is_copy=True), lang)) for each in promise.copied]
    yield from (line for _, line in sorted(events, key=lambda each: each[0]))
    if promise.done:
        yield say("ledger.done", lang, day=promise_words.when(promise.done, lang))
    if agreed := promise_words.against_agreed(promise, lang):
        yield say("ledger.against.first", lang, said=promise_words.against_first(promise, lang))
        yield say("ledger.against.agreed", lang, agreed=promise_words.when(promise.agreed, lang), said=agreed)
    else:
        yield f"{promise_words.result(promise, lang)}."


def _request(each: Postponed, lang: str) -> str:
    timing = promise_words.timing(each, lang)
    params = {"asked": promise_words.asked(each, lang), "timing": f", {timing}" if timing else "", "answered": promise_words.answered(each, lang)}
    reason = " ".join(str(each.record.get("reason") or "–").split())
    return say("ledger.request", lang, day=promise_words.when(each.asked, lang), reason=reason, **params)


def _commit(step: Step, said: str, lang: str) -> str:
    return say("ledger.commit", lang, said=said, commit=step.commit[:_SHORT])


def _of_organisation(listing: Listing, home: str, own: Ledger) -> dict[str, Any]:
    titles = Titles(listing.register)
    return {
        "id": home,
        "name": titles.full(home),
        "peer_group": promise_counts.peer_group(home, listing.register) or None,
        "sum": _sum(promise_counts.sum_of(own.promises.values())),
        "plans": [_of_plan(listing, plan, promises) for plan, promises in own.by_plan.items()],
    }


def _of_plan(listing: Listing, plan: str, promises: Iterable[Promise]) -> dict[str, Any]:
    found = listing.register.find(plan)
    return {
        "id": plan,
        "title": Titles(listing.register).of_record(found) if isinstance(found, Record) else None,
        "stands": isinstance(found, Record),
        "cycle": promise_counts.cycle_of(plan, listing.register) or None,
        "sum": _sum(promise_counts.sum_of(promises)),
        "promises": [_of_promise(each) for each in promises],
    }


def _of_promise(each: Promise) -> dict[str, Any]:
    terms = each.terms
    first = {"every": terms.every, "from": terms.since, "until": terms.until} if terms.recurs else {"due": terms.due}
    return {
        "ref": each.ref,
        "stands": each.part is not None,
        "content": str(each.part.data.get("content", "")) if each.part else None,
        "first": {key: value or None for key, value in first.items()},
        "recorded": _step(each.step) if each.step else None,
        "agreed": _iso(each.agreed),
        "done": _iso(each.done),
        "outcome": each.outcome.value,
        "kept": each.kept,
        "days_late": each.days_late,
        "days_over": each.days_over,
        "counts": each.counts,
        "postponements": [_of_request(request) for request in each.postponements],
        "changes": [_of_change(change) for change in each.moved],
        "copied": [_of_change(change) for change in each.copied],
    }


def _of_request(each: Postponed) -> dict[str, Any]:
    return {
        "record": each.record.id,
        "asked": each.asked.isoformat(),
        "agreed_then": _iso(each.then),
        "days_after_due": asked_after(each),
        "from": _iso(each.previous),
        "to": each.to.isoformat(),
        "days": each.days,
        "result": each.result,
        "answer": each.answer.id if each.answer else None,
        "answered": str(each.answer.get("date")) if each.answer else None,
        "reason": each.record.get("reason"),
    }


def _of_change(each: Moved) -> dict[str, Any]:
    return {**_step(each.step), "before": each.stated or None, "after": each.changed or None, "days": each.days}


def _step(step: Step) -> dict[str, Any]:
    return {"commit": step.commit, "day": step.day.isoformat()}


def _sum(each: Sum) -> dict[str, Any]:
    rest = {outcome.value: each.outcomes[outcome] for outcome in Outcome if outcome is not Outcome.KEPT}
    requests = {"asked": each.requests, "agreed": each.agreed, "refused": each.refused, "pending": each.pending, "after_due": each.after_due}
    share = {"promised": each.promised, "settled": each.settled, "kept": each.kept}
    return {**share, **rest, "median_days": each.median_days, "requests": requests, "changes": each.moved if each.knows_moved else None}


def _iso(known: Span | None) -> str | None:
    return promise_words.iso(known) if known else None


def _belongs(promise: Promise, ref: str) -> bool:
    """Whether a promise is that of a reference, or within it."""
    return ref in (promise.ref, promise.plan, promise.organisation, promise.plan.partition("/")[0]) or promise.ref.startswith(f"{ref}.")
