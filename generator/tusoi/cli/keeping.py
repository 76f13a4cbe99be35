"""The commands that keep what was published and decided: who looks after which folder, and what a server lets in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from tusoi import code_owners, fetching, flow, publishing, receiving, report, write
from tusoi.cli.group import FINE, WRONG, day_option, language, main, names_of, need, stated, summary_of
from tusoi.history import UnusableError
from tusoi.messages import say
from tusoi.people import UnusableFileError
from tusoi.problem import Problem


def problems_of_published(folder: Path, place: str, revision: str, lang: str) -> list[Problem]:
    """Compare what was published with the history up to a revision, or stop with a sentence."""
    try:
        published = publishing.read(fetching.fetched(place, publishing.FILE))
        return publishing.problems(published, folder, revision)
    except (fetching.NotFetchedError, publishing.NotPublishedError) as error:
        shown = re.sub(r"//[^/?#]*@", "//…@", place)  # never a password: what is said ends up in logs
        need(False, f"published.{error.reason}", lang, place=shown, detail=getattr(error, "detail", ""))
    except UnusableError as error:
        need(False, f"history.{error.reason}", lang, detail=error.detail)
    return []


@main.command("codeowners")
@click.option("--check", "looks_only", is_flag=True, help="Chỉ kiểm tra tệp có còn khớp không, không viết. / Only say whether the file still fits.")
@day_option
@language
@click.pass_obj
def write_code_owners(folder: Path, as_of: str | None, lang: str, *, looks_only: bool) -> None:
    """Viết tệp CODEOWNERS từ hồ sơ các đơn vị: ai duyệt thay đổi ở thư mục nào. / Write CODEOWNERS from the organisations."""
    need(folder.is_dir(), "folder.missing", lang, folder=folder)
    tree = flow.read(folder)
    day = stated(as_of, lang, tree) if as_of else flow.default_day(tree) or flow.today(tree)
    unread = sorted(each for each in tree.register.reserved if "/" not in each)
    need(not unread, "codeowners.unread", lang, organisations=", ".join(unread))
    need(code_owners.asked(tree.register) is not None, "codeowners.unasked", lang)
    place = folder / code_owners.FILE
    found = list(code_owners.problems(tree.register, day, tree.kept))
    if looks_only:
        for each in found:
            click.echo(f"{each.place}: {each.code} – {report.sentence(each, lang)}\n    {report.hint(each, lang)}")
    else:
        need(not place.is_symlink(), "codeowners.link", lang, place=place)
        write.texts(folder, {code_owners.FILE: code_owners.text(tree.register, day)})
    if not (looks_only and found):
        click.echo(say("codeowners.current" if looks_only else "codeowners.done", lang, place=place))
    sys.exit(WRONG if looks_only and found else FINE)


@main.command()
@click.option(
    "--branch", "branches", multiple=True, metavar="NAME", help="Nhánh được giữ; không ghi thì là nhánh chính. / A guarded branch; else the main one."
)
@click.option(
    "--people",
    "whose",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp ngoài kho: mã người và địa chỉ thư. / A file outside the repository: keys of persons and their addresses.",
)
@language
@click.pass_obj
def receive(folder: Path, branches: tuple[str, ...], whose: Path | None, lang: str) -> None:
    """Dùng trong hook pre-receive của kho trên máy chủ: chỉ nhận thay đổi đạt kiểm tra. / For a server's pre-receive hook."""
    try:
        asked = receiving.pushes(sys.stdin)
        guarded = receiving.guarded(folder, branches)
        refused = [each for each in asked if each.ref in guarded and not _is_received(folder, each, whose, lang)]
    except receiving.RefusedError as error:
        need(False, f"receive.{error.reason}", lang)
    except UnusableError as error:
        need(False, f"history.{error.reason}", lang, detail=error.detail)
    except UnusableFileError as error:
        need(False, f"people.{error.reason}", lang, file=whose, line=error.line)
    else:
        sys.exit(WRONG if refused else FINE)


def _is_received(folder: Path, push: receiving.Push, whose: Path | None, lang: str) -> bool:
    """Judge what comes to one branch, and say to who sends it what is wrong."""
    try:
        with receiving.judged(folder, push, whose) as judged:
            found = judged.problems_that_forbid
            click.echo(report.text(found, summary_of(judged), lang, judged.problems, names_of(judged)), nl=False, err=True)
            click.echo(say("receive.refused" if found else "receive.accepted", lang, branch=push.branch, count=len(found)), err=True)
            return not found
    except receiving.RefusedError as error:
        click.echo(say(f"receive.{error.reason}", lang, branch=push.branch), err=True)
        return False
