"""The command: each verb is a few lines. The only module that knows click.

Exit 0 is fine (warnings included), 1 at least one error (with --strict: a warning), 2 wrong use.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from tusoi import explaining, flow, report, report_formats, write
from tusoi.key_names import nearest
from tusoi.messages import LANGUAGES, say
from tusoi.problem import Severity
from tusoi.record_names import RecordNames

FINE, WRONG, MISUSED = 0, 1, 2


def _language(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--lang", type=click.Choice(LANGUAGES), default="vi", help="Ngôn ngữ của thông báo. / Language of the messages.")(command)


def _day(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--as-of", "as_of", metavar="D", help="Tính số liệu đến ngày này: 2026-03-15, hoặc today. / Judge for this day.")(command)


def _strict(command: Callable[..., Any]) -> Callable[..., Any]:
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


@main.command()
@click.option("--format", "form", type=click.Choice(tuple(report_formats.all_formats())), default="text", help="Dạng kết quả. / The form of the report.")
@click.option(
    "--summary",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi thêm bản tóm tắt Markdown vào cuối tệp này. / Append a Markdown summary to this file.",
)
@click.option("--links", default="", metavar="URL", help="Địa chỉ đặt trước tên tệp trong bản tóm tắt. / What makes an address of a file in the summary.")
@_strict
@_day
@_language
@click.pass_obj
def check(  # noqa: PLR0913, PLR0917 -- each is one option of the command
    folder: Path, form: str, summary: Path | None, links: str, as_of: str | None, lang: str, *, strict: bool
) -> None:
    """Kiểm tra hồ sơ, không sửa gì. / Check the records and change nothing."""
    judged = _judged(folder, as_of, lang)
    facts, names = _summary(judged), _names(judged)
    given = report_formats.Report(judged.problems, facts, lang, names, _prefix(folder), strict)
    click.echo(report_formats.all_formats()[form].write(given), nl=False)
    if summary:
        with summary.open("a", encoding="utf-8") as stream:
            stream.write(report.markdown(judged.problems, facts, lang, links, names))
    sys.exit(_code(judged, strict=strict))


@main.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Thư mục của trang. / Where the site goes.")
@click.option(
    "--pages-only", type=click.Path(path_type=Path, file_okay=False), help="Chỉ ghi các trang thành tệp Markdown. / Only write the pages as Markdown files."
)
@click.option("--preview", is_flag=True, help="Dựng cả khi còn lỗi, mỗi trang có dòng báo. / Build in spite of errors, with a banner.")
@_strict
@_day
@_language
@click.pass_obj
def build(  # noqa: PLR0913 -- the same
    folder: Path, output: Path | None, pages_only: Path | None, as_of: str | None, lang: str, *, preview: bool, strict: bool
) -> None:
    """Kiểm tra rồi dựng trang. / Check, then build the site."""
    _need((output is None) != (pages_only is None), "build.where", lang)
    place = output or pages_only or Path()
    _need(write.is_ours(place), "build.occupied", lang, place=place)
    click.echo(say("build.reading", lang, folder=folder / "records"), err=True)
    judged = _judged(folder, as_of, lang)
    refused = _code(judged, strict=strict) != FINE
    click.echo(report.text(judged.problems if refused else (), _summary(judged), lang, judged.problems, _names(judged)), nl=False)
    if refused and (judged.is_unsafe or not preview):
        click.echo(say("build.refused", lang, count=judged.errors), err=True)
        sys.exit(WRONG)
    _need((folder / "mkdocs.yml").is_file(), "build.config", lang, folder=folder.resolve())
    if pages_only:
        _write_pages(judged, folder, pages_only, lang)
    else:
        _build_site(judged, place, lang, preview=preview)
    sys.exit(WRONG if judged.errors else FINE)


def _build_site(judged: flow.Judged, place: Path, lang: str, *, preview: bool) -> None:
    """Build beside the last output, and take its place only when all went well."""
    from tusoi import plugin

    click.echo(say("build.judged", lang, records=len(judged.tree.register.records), pages=len(judged.pages())), err=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".tusoi-", dir=place.resolve().parent))
    try:
        number = plugin.build_site(judged, made, lang, preview=preview)
        write.replace(place, made)
    except (plugin.BuildFailedError, OSError) as error:
        click.echo(say("build.failed", lang, reason=error), err=True)
        sys.exit(WRONG)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    click.echo(say("build.done", lang, pages=number, place=place / "index.html"))


def _write_pages(judged: flow.Judged, folder: Path, place: Path, lang: str) -> None:
    """Write every page as a Markdown file whose body is one block of HTML, with the hand-written pages, the style and a nav, for any generator."""
    from tusoi import plugin

    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".tusoi-", dir=place.resolve().parent))
    try:
        number = plugin.write_pages(judged, folder, made, lang)
        write.replace(place, made)
    except (plugin.BuildFailedError, OSError) as error:
        click.echo(say("build.failed", lang, reason=error), err=True)
        sys.exit(WRONG)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    click.echo(say("build.pages", lang, pages=number, place=place))


@main.command()
@click.option("--address", default="127.0.0.1:8000", metavar="HOST:PORT")
@_day
@_language
@click.pass_obj
def serve(folder: Path, address: str, as_of: str | None, lang: str) -> None:
    """Xem thử trên máy, tự dựng lại khi hồ sơ thay đổi. / Serve the site and build again when a record changes."""
    from tusoi import plugin

    _need((folder / "mkdocs.yml").is_file(), "build.config", lang, folder=folder.resolve())
    _judged(folder, as_of, lang)
    plugin.serve_site(folder, as_of=as_of, lang=lang, address=address)


@main.command("rules")
@click.argument("code", default="")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@_language
def list_rules(code: str, form: str, lang: str) -> None:
    """Liệt kê các quy tắc, hoặc giải thích một quy tắc kèm ví dụ. / List the rules, or explain one with an example."""
    if not code:
        click.echo(explaining.listed_json() if form == "json" else explaining.listed(flow.kinds(), lang), nl=False)
        return
    rule = explaining.find(code)
    if rule is None:
        click.echo(explaining.unknown(code, lang), err=True)
        sys.exit(MISUSED)
    click.echo(explaining.as_json(rule, flow.kinds()) if form == "json" else explaining.text(rule, flow.kinds(), lang), nl=False)


@main.command()
@click.argument("kind", default="")
@click.argument("where", default="")
@click.option("--of", "about", default="", metavar="REF", help="Về hồ sơ nào: kế hoạch, việc, đơn vị… / What it is about.")
@click.option("--full", is_flag=True, help="Mọi mục của loại hồ sơ này, không chỉ các mục thường dùng. / Every key of the kind.")
@click.option("--dry-run", "only_shows", is_flag=True, help="Chỉ in ra, không ghi tệp nào. / Print it and write nothing.")
@_day
@_language
@click.pass_obj
def new(  # noqa: PLR0913, PLR0917 -- the same
    folder: Path, kind: str, where: str, about: str, as_of: str | None, lang: str, *, full: bool, only_shows: bool
) -> None:
    """Tạo một hồ sơ mới, đã điền sẵn những gì kho hồ sơ biết. / Make a new record, filled in as far as the records go."""
    from tusoi import drafting

    _need(folder.is_dir(), "folder.missing", lang, folder=folder)
    tree = flow.read(folder)
    if not kind:
        click.echo(drafting.listed(tree, lang), nl=False)
        return
    day = _stated(as_of, lang, tree) if as_of else None
    made = drafting.new(tree, drafting.Wish(kind, where, about, day, full, lang))
    if isinstance(made, drafting.New) and only_shows:
        click.echo(made.text, nl=False)
        click.echo(say("new.shown", lang, place=folder / made.file), err=True)
        return
    refused = made if isinstance(made, drafting.Refused) else drafting.save(folder, made)
    if refused:
        click.echo(say(refused.sentence, lang, **refused.params), err=True)
        sys.exit(MISUSED)
    if isinstance(made, drafting.New):
        click.echo(say("new.done", lang, place=folder / made.file))


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "looks_only", is_flag=True, help="Chỉ nêu tệp nào sẽ đổi, không sửa. / Only name the files that would change.")
@click.option("--diff", "shows", is_flag=True, help="Chỉ cho xem từng chỗ sẽ đổi, không sửa. / Only show what would change.")
@_language
@click.pass_obj
def fmt(folder: Path, paths: tuple[Path, ...], lang: str, *, looks_only: bool, shows: bool) -> None:
    """Sắp lại cách trình bày hồ sơ, không đổi giá trị nào. / Lay out the records; no value changes."""
    from tusoi import in_place, tidy_records

    _need(folder.is_dir(), "folder.missing", lang, folder=folder)
    asked = in_place.asked_for(folder, paths)
    if isinstance(asked, in_place.Refused):
        click.echo(say(f"fmt.refused.{asked.reason}", lang, path=asked.path), err=True)
        sys.exit(MISUSED)
    writes = not (looks_only or shows)
    changed = kept = 0
    for outcome in tidy_records.outcomes(folder, asked):
        done = tidy_records.write(outcome) if writes and outcome.is_changed else outcome
        click.echo(tidy_records.difference(done) if shows and done.is_changed else tidy_records.told(done, lang, writes=writes), nl=False)
        changed, kept = changed + done.is_changed, kept + done.is_kept
    click.echo(tidy_records.closing(len(asked), changed, kept, lang, writes=writes), err=shows)
    sys.exit(WRONG if kept or (looks_only and changed) else FINE)


@main.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@_language
def example(target: Path, lang: str) -> None:
    """Chép bộ ví dụ huyện Minh Họa (hư cấu) ra một thư mục. / Write a copy of the example."""
    _need(not target.exists() or (target.is_dir() and not any(target.iterdir())), "example.occupied", lang, place=target)
    with as_file(files("tusoi") / "example") as packaged:
        shutil.copytree(packaged, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "site"))
    click.echo(say("example.done", lang, place=target))


def _judged(folder: Path, as_of: str | None, lang: str) -> flow.Judged:
    """Read and judge, or stop with a sentence."""
    _need(folder.is_dir(), "folder.missing", lang, folder=folder)
    tree = flow.read(folder)
    day = _stated(as_of, lang, tree) if as_of else flow.default_day(tree)
    if day is None and any(each.severity is Severity.ERROR for each in tree.problems):
        day = flow.today(tree)  # what is wrong comes first: it may be the very file that says the day
    _need(day is not None, "day.unknown", lang)
    return flow.judge(tree, day or date.min)


def _stated(as_of: str, lang: str, tree: flow.Tree) -> date:
    if as_of == "today":
        return flow.today(tree)
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        _need(False, "day.wrong", lang, day=as_of)
        raise


def _need(condition: bool, sentence: str, lang: str, /, **params: object) -> None:  # noqa: FBT001 -- it is the condition
    """Stop with a sentence where the command was used in a way that cannot work."""
    if not condition:
        click.echo(say(sentence, lang, **params), err=True)
        sys.exit(MISUSED)


def _summary(judged: flow.Judged) -> report.Summary:
    return report.Summary(len(judged.tree.register.records), judged.day, judged.audience)


def _names(judged: flow.Judged) -> RecordNames:
    """Give what names the records in messages: all of the tree, whatever the day."""
    return RecordNames(judged.tree.register)


def _code(judged: flow.Judged, *, strict: bool) -> int:
    return WRONG if judged.errors or (strict and report.count(judged.problems)[Severity.WARNING]) else FINE


def _prefix(folder: Path) -> str:
    """The project's folder as the host knows it, where the command runs at the top of the repository."""
    return "" if folder == Path() or folder.is_absolute() else f"{folder.as_posix()}/"
