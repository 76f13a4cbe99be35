"""The group of the commands: what they share, and what is said where one is used in a way that cannot work."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from tusoi import flow, report
from tusoi.history import UnusableError
from tusoi.key_names import nearest
from tusoi.messages import LANGUAGES, say
from tusoi.past import NO_PAST
from tusoi.problem import Severity
from tusoi.record_names import RecordNames

FINE, WRONG, MISUSED = 0, 1, 2


def language(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--lang`."""
    return click.option("--lang", type=click.Choice(LANGUAGES), default="vi", help="Ngôn ngữ của thông báo. / Language of the messages.")(command)


def day_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--as-of`."""
    return click.option("--as-of", "as_of", metavar="D", help="Tính số liệu đến ngày này: 2026-03-15, hoặc today. / Judge for this day.")(command)


def strict_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--strict`."""
    return click.option("--strict", is_flag=True, help="Coi việc nên bổ sung cũng là phải sửa. / Warnings fail, too.")(command)


class _Commands(click.Group):
    """The group of the commands: where one is used in a way that cannot work, it says so in the reader's language, and how it is used."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 -- as Click has it
        **extra: Any,
    ) -> Any:
        """Run a command."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.UsageError as error:
            written = list(args or sys.argv[1:])
            words = _misuse(error, "en" if "--lang=en" in written or ("--lang", "en") in pairwise(written) else "vi", tuple(self.commands))
            click.echo(words, err=True) if words else error.show()
            sys.exit(MISUSED)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(WRONG)
        sys.exit(code if isinstance(code, int) else FINE)


def _misuse(error: click.UsageError, lang: str, commands: tuple[str, ...]) -> str:
    """Say what was wrong with how a command was called, and where its use is explained; empty where Click has only help to show."""
    if isinstance(error, NoArgsIsHelpError):
        return ""
    way = error.ctx.command_path if error.ctx else "tusoi"
    param = error.param if isinstance(error, click.BadParameter) else None
    called = param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name if param else ""
    if isinstance(error, click.NoSuchOption):
        words = say("usage.option", lang, name=error.option_name)
    elif isinstance(error, click.MissingParameter):
        words = say("usage.missing", lang, name=called)
    elif isinstance(error, click.BadParameter):
        choices = param.type.choices if param and isinstance(param.type, click.Choice) else ()
        words = say("usage.choice", lang, name=called, choices=", ".join(map(str, choices))) if choices else say("usage.value", lang, name=called)
    elif isinstance(error, click.BadOptionUsage):
        words = say("usage.without", lang, name=error.option_name)
    elif isinstance(error, NoSuchCommand):
        near = nearest(error.command_name, commands)
        words = say("usage.command.near" if near else "usage.command", lang, name=error.command_name, near=near, known=", ".join(sorted(commands)))
    else:
        more = re.search(r"\(([^()]*)\)$", error.message)
        words = say("usage.extra", lang, way=way, more=more[1]) if more else error.message
    return f"{words} {say('usage.help', lang, way=way)}"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C", "folder", type=click.Path(path_type=Path), default=Path(), metavar="DIR", help="Thư mục của bộ hồ sơ (có records/). / The project's folder."
)
@click.version_option(package_name="tusoi")
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Tự soi, tự sửa: hồ sơ kiểm điểm và kế hoạch khắc phục thành trang công khai. / Reviews and remediation plans in Git, checked and published."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    context.obj = folder


def judged_of(folder: Path, as_of: str | None, lang: str, *, at: str = "", looks_back: bool | None = False) -> flow.Judged:
    """Read and judge, or stop with a sentence: the work tree, or the records of the commit `at`; with their past where a command needs it.

    Where `looks_back` is None the past counts as far as it can be known, and nothing is said where it cannot.
    """
    need(folder.is_dir(), "folder.missing", lang, folder=folder)
    try:
        tree = click.get_current_context().with_resource(flow.reading(folder, at)) if at else flow.read(folder)
    except UnusableError as error:
        _without(error, lang)
    try:
        past = NO_PAST if looks_back is False else flow.past(tree)
    except UnusableError as error:
        if looks_back:
            _without(error, lang, of_the_past=True)
        past = NO_PAST
    day = stated(as_of, lang, tree) if as_of else flow.default_day(tree)
    if day is None and any(each.severity is Severity.ERROR for each in tree.problems):
        day = flow.today(tree)  # what is wrong comes first: it may be the very file that says the day
    need(day is not None, "day.unknown", lang)
    return flow.judge(tree, day or date.min, past)


def _without(error: UnusableError, lang: str, *, of_the_past: bool = False) -> NoReturn:
    """Stop and say why Git cannot be asked, and where only the past is not known and the command goes without it, how."""
    click.echo(say(f"history.{error.reason}", lang, detail=error.detail), err=True)
    if of_the_past and any("--without-history" in each.opts for each in click.get_current_context().command.params):
        click.echo(say("history.without", lang), err=True)
    sys.exit(MISUSED)


def stated(as_of: str, lang: str, tree: flow.Tree) -> date:
    """Give the day that was asked for, or stop with a sentence."""
    if as_of == "today":
        return flow.today(tree)
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        need(False, "day.wrong", lang, day=as_of)
        raise


def need(condition: bool, sentence: str, lang: str, /, **params: object) -> None:  # noqa: FBT001 -- it is the condition
    """Stop with a sentence where the command was used in a way that cannot work."""
    if not condition:
        click.echo(say(sentence, lang, **params), err=True)
        sys.exit(MISUSED)


def summary_of(judged: flow.Judged) -> report.Summary:
    """Say what was judged."""
    return report.Summary(len(judged.tree.register.records), judged.day, judged.audience)


def names_of(judged: flow.Judged) -> RecordNames:
    """Give what names the records in messages: all of the tree, whatever the day."""
    return RecordNames(judged.tree.register)


def code_of(judged: flow.Judged, *, strict: bool) -> int:
    """Give the exit code of what was judged."""
    return WRONG if judged.errors or (strict and report.count(judged.problems)[Severity.WARNING]) else FINE


def prefix_of(folder: Path) -> str:
    """Give the project's folder as the host knows it, where the command runs at the top of the repository."""
    return "" if folder == Path() or folder.is_absolute() else f"{folder.as_posix()}/"
