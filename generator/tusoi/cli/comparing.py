"""The command that says in words what changes between two commits, or between a commit and the work tree."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

import click

from tusoi import diff, flow
from tusoi.access import PUBLIC
from tusoi.cli.group import day_option, language, main, need, stated
from tusoi.diff import Revision, Side
from tusoi.diff_report import DiffReport
from tusoi.history import Repository, UnusableError
from tusoi.record_names import RecordNames

_FOLDER: Final = "records"


@main.command("diff")
@click.argument("base")
@click.argument("head", default="")
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", help="Dạng kết quả. / The form of the answer.")
@day_option
@language
@click.pass_obj
def diff_command(  # noqa: PLR0913, PLR0917 -- each is one word of the command
    folder: Path, base: str, head: str, form: str, as_of: str | None, lang: str
) -> None:
    """Kể bằng lời điều gì thay đổi từ BASE (nhánh, nhãn, mã lần ghi) đến HEAD, hay đến hồ sơ trong thư mục. / Say in words what changes since BASE.

    BASE và HEAD đã tách nhau thì so từ điểm chung gần nhất. / Where the two have parted, from the last commit that they share.
    """
    need(folder.is_dir(), "folder.missing", lang, folder=folder)
    with ExitStack() as opened:
        try:
            since, until, has_same_files = _revisions(folder, base, head)
            old = opened.enter_context(flow.reading(folder, since.commit))
            new = opened.enter_context(flow.reading(folder, until.commit)) if until.commit else flow.read(folder)
            day = stated(as_of, lang, new) if as_of else flow.default_day(new)
            need(day is not None, "day.unknown", lang)
            found = diff.compare(_side(old, since, day or date.min), _side(new, until, day or date.min), day or date.min)
        except UnusableError as error:
            need(False, f"history.{error.reason}", lang, detail=error.detail)
            raise
        is_public = any(tree.project is None or tree.project.get("audience") in (None, PUBLIC) for tree in (old, new))
        report = DiffReport(found, lang, is_public, has_same_files)
        click.echo({"text": report.text, "markdown": report.markdown, "json": report.json}[form](), nl=False)


def _revisions(folder: Path, base: str, head: str) -> tuple[Revision, Revision, bool]:
    """Say which two are compared, and whether no file of the records differs. Where the head is older than the base, it goes back from the base itself."""
    with Repository(folder) as repository:
        asked, last = repository.resolve(base), repository.resolve(head or "HEAD")
        shared = repository.merge_base(asked, last)
        since = asked if head and shared == last else shared
        one, other = (repository.entries(each, _FOLDER) for each in (since, last))
        has_same_files = one == other and (bool(head) or repository.is_clean(_FOLDER))
        return Revision(base, since, since != asked), Revision(head, last if head else ""), has_same_files


def _side(tree: flow.Tree, revision: Revision, day: date) -> Side:
    """Judge one of the two."""
    judged = flow.judge(tree, day, flow.past(tree))
    loaded = tree.loaded
    said = {each.id: each.data for each in loaded.drafts} if loaded else {}
    readable = {each.source.file for each in loaded.drafts} if loaded else set()
    faults = {each.place.file for each in tree.problems if each.code.startswith("L") and each.place.file.startswith(f"{_FOLDER}/")}
    names = RecordNames(tree.register)
    return Side(
        revision=revision,
        said=said,
        files=loaded.attachments if loaded else {},
        unread=frozenset(faults - readable),
        reserved=loaded.reserved if loaded else frozenset(),
        register=tree.register,
        facts=judged.facts,
        problems=tuple((names.anchor(each), each) for each in judged.problems),
    )
