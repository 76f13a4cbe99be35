"""The command that tells the ledger of promises."""

from __future__ import annotations

from pathlib import Path

import click

from tusoi import ledger_report
from tusoi.cli.group import day_option, judged_of, language, main, need
from tusoi.facts import Facts
from tusoi.key_names import nearest
from tusoi.ledger_report import Listing
from tusoi.messages import say


@main.command("history")
@click.argument("name", metavar="[ID]", required=False, default="")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Dạng kết quả. / The form of the list.")
@click.option("--at", default="", metavar="REV", help="Đọc hồ sơ của lần ghi này (mã, nhánh, nhãn). / The records of this commit.")
@day_option
@language
@click.pass_obj
def promises(  # noqa: PLR0913, PLR0917 -- each is one option of the command
    folder: Path, name: str, form: str, at: str, as_of: str | None, lang: str
) -> None:
    """Kể từng lời hứa về thời hạn: hạn đầu, mỗi lần đề nghị lùi, mỗi lần đổi. / Tell every promised date and each time that it moved."""
    click.echo(say("ledger.reading", lang, folder=folder / "records"), err=True)
    judged = judged_of(folder, as_of, lang, at=at, looks_back=True)
    everything = Listing(judged.register, judged.past, judged.day, judged.ledger)
    listing = everything.chosen(name, _mending(judged.facts, name)) if name else everything
    if listing is None:
        known = {*judged.register.records, *judged.ledger.by_plan, *judged.ledger.promises}
        near = nearest(name, known)
        need(False, "ledger.unknown.near" if near else "ledger.unknown", lang, name=name, near=near)
        return
    click.echo(ledger_report.as_json(listing) if form == "json" else ledger_report.text(listing, lang), nl=False)
    if unread := len(judged.tree.register.reserved - judged.tree.register.records.keys()):
        click.echo(say("ledger.files", lang, count=unread), err=True)


def _mending(facts: Facts, name: str) -> list[str]:
    """Give the actions that mend a finding, or any finding of a record, where the id names one."""
    return [action.part.ref for ref, finding in facts.findings.items() if name in (ref, ref.partition("#")[0]) for action in finding.actions]
