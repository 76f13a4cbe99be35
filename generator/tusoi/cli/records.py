"""The commands that read, check, write and show records: each is a few lines."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import click

from tusoi import explaining, flow, history, report, report_formats, write
from tusoi.cli.gating import against
from tusoi.cli.group import FINE, MISUSED, WRONG, code_of, day_option, judged_of, language, main, names_of, need, prefix_of, stated, strict_option, summary_of
from tusoi.cli.keeping import problems_of_published
from tusoi.messages import say
from tusoi.problem import in_order

SAYS_BASE = ("text", "json")
"""The forms of a report in which it stands with which commit was compared; beside the others it is said."""


@main.command()
@click.option("--format", "form", type=click.Choice(tuple(report_formats.all_formats())), default="text", help="Dạng kết quả. / The form of the report.")
@click.option(
    "--summary",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi thêm bản tóm tắt Markdown vào cuối tệp này. / Append a Markdown summary to this file.",
)
@click.option("--links", default="", metavar="URL", help="Địa chỉ đặt trước tên tệp trong bản tóm tắt. / What makes an address of a file in the summary.")
@click.option("--base", default="", metavar="REV", help="Xét cả việc thay đổi so với lần ghi này. / Judge the change since this commit, too.")
@click.option("--at", default="", metavar="REV", help="Kiểm tra hồ sơ của lần ghi này (mã, nhánh, nhãn). / The records of this commit.")
@click.option(
    "--people",
    "whose",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp ngoài kho: mã người và địa chỉ thư. / A file outside the repository: keys of persons and their addresses.",
)
@click.option(
    "--published", default="", metavar="FILE-OR-URL", help="Lịch sử có còn chứa bản đã đăng này không. / Whether the history still contains what was published."
)
@strict_option
@day_option
@language
@click.pass_obj
def check(  # noqa: PLR0913, PLR0917 -- each is one option of the command
    folder: Path,
    form: str,
    summary: Path | None,
    links: str,
    base: str,
    at: str,
    whose: Path | None,
    published: str,
    as_of: str | None,
    lang: str,
    *,
    strict: bool,
) -> None:
    """Kiểm tra hồ sơ, không sửa gì. / Check the records and change nothing."""
    need(bool(base) or whose is None, "gate.people", lang)
    judged = judged_of(folder, as_of, lang, at=at, looks_back=None)
    facts = summary_of(judged)
    if base:
        judged, facts = against(judged, base, whose, lang, keeps_day=as_of is not None)
    if published:
        found = problems_of_published(folder, published, at or "HEAD", lang)
        judged = replace(judged, problems=in_order([*judged.problems, *found]))
        if not found:
            click.echo(say("published.fine", lang), err=True)
    names = names_of(judged)
    given = report_formats.Report(judged.problems, facts, lang, names, prefix_of(folder), strict)
    click.echo(report_formats.all_formats()[form].write(given), nl=False)
    if base and form not in SAYS_BASE:
        click.echo(report.comparison(facts, lang), err=True)
    if summary:
        with summary.open("a", encoding="utf-8") as stream:
            stream.write(report.markdown(judged.problems, facts, lang, links, names))
    sys.exit(code_of(judged, strict=strict))


@main.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Thư mục của trang. / Where the site goes.")
@click.option(
    "--pages-only", type=click.Path(path_type=Path, file_okay=False), help="Chỉ ghi các trang thành tệp Markdown. / Only write the pages as Markdown files."
)
@click.option("--preview", is_flag=True, help="Dựng cả khi còn lỗi, mỗi trang có dòng báo. / Build in spite of errors, with a banner.")
@click.option("--at", default="", metavar="REV", help="Dựng từ hồ sơ của lần ghi này (mã, nhánh, nhãn). / The records of this commit.")
@click.option("--without-history", "forgets", is_flag=True, help="Không kể điều gì được ghi khi nào. / Do not tell what was recorded when.")
@strict_option
@day_option
@language
@click.pass_obj
def build(  # noqa: PLR0913, PLR0917 -- the same
    folder: Path, output: Path | None, pages_only: Path | None, at: str, as_of: str | None, lang: str, *, preview: bool, forgets: bool, strict: bool
) -> None:
    """Kiểm tra rồi dựng trang. / Check, then build the site."""
    need((output is None) != (pages_only is None), "build.where", lang)
    place = output or pages_only or Path()
    need(write.is_ours(place), "build.occupied", lang, place=place)
    click.echo(say("build.reading", lang, folder=folder / "records"), err=True)
    judged = judged_of(folder, as_of, lang, at=at, looks_back=not forgets)
    refused = code_of(judged, strict=strict) != FINE
    click.echo(report.text(judged.problems if refused else (), summary_of(judged), lang, judged.problems, names_of(judged)), nl=False)
    if refused and (judged.is_unsafe or not preview):
        click.echo(say("build.refused", lang, count=judged.errors), err=True)
        sys.exit(WRONG)
    need((judged.tree.folder / "mkdocs.yml").is_file(), "build.config", lang, folder=folder.resolve())
    if pages_only:
        _write_pages(judged, judged.tree.folder, pages_only, lang)
    else:
        _build_site(judged, place, lang, preview=preview)
    sys.exit(WRONG if judged.errors else FINE)


def _build_site(judged: flow.Judged, place: Path, lang: str, *, preview: bool) -> None:
    """Build beside the last output, and take its place only when all went well."""
    from tusoi import plugin

    click.echo(say("build.judged", lang, records=len(judged.tree.register.records)), err=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".tusoi-", dir=place.resolve().parent))
    try:
        number, remarks = plugin.build_site(judged, made, lang, preview=preview)
        write.replace(place, made)
    except (plugin.BuildFailedError, OSError) as error:
        click.echo(say("build.failed", lang, reason=error), err=True)
        sys.exit(WRONG)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for each in remarks:
        click.echo(each, err=True)
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
@day_option
@language
@click.pass_obj
def serve(folder: Path, address: str, as_of: str | None, lang: str) -> None:
    """Xem thử trên máy, tự dựng lại khi hồ sơ thay đổi. / Serve the site and build again when a record changes."""
    from tusoi import plugin

    need((folder / "mkdocs.yml").is_file(), "build.config", lang, folder=folder.resolve())
    judged_of(folder, as_of, lang)
    plugin.serve_site(folder, as_of=as_of, lang=lang, address=address)


@main.command("rules")
@click.argument("code", default="")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@language
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
@day_option
@language
@click.pass_obj
def new(  # noqa: PLR0913, PLR0917 -- the same
    folder: Path, kind: str, where: str, about: str, as_of: str | None, lang: str, *, full: bool, only_shows: bool
) -> None:
    """Tạo một hồ sơ mới, đã điền sẵn những gì kho hồ sơ biết. / Make a new record, filled in as far as the records go."""
    from tusoi import drafting

    need(folder.is_dir(), "folder.missing", lang, folder=folder)
    tree = flow.read(folder)
    if not kind:
        click.echo(drafting.listed(tree, lang), nl=False)
        return
    day = stated(as_of, lang, tree) if as_of else None
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
@language
@click.pass_obj
def fmt(folder: Path, paths: tuple[Path, ...], lang: str, *, looks_only: bool, shows: bool) -> None:
    """Sắp lại cách trình bày hồ sơ, không đổi giá trị nào. / Lay out the records; no value changes."""
    from tusoi import in_place, tidy_records

    need(folder.is_dir(), "folder.missing", lang, folder=folder)
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
@click.option("--history", "remembers", is_flag=True, help="Thành một kho Git có lịch sử từng ngày. / As a Git repository with a history, day by day.")
@language
def example(target: Path, lang: str, *, remembers: bool) -> None:
    """Chép bộ ví dụ huyện Minh Họa (hư cấu) ra một thư mục. / Write a copy of the example."""
    from tusoi import replay

    need(not target.exists() or (target.is_dir() and not any(target.iterdir())), "example.occupied", lang, place=target)
    with as_file(files("tusoi") / "example") as packaged:
        if not remembers:
            shutil.copytree(packaged, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*replay.NOT_COPIED))
        else:
            try:
                history.plant(target, replay.stream(packaged))
            except history.UnusableError as error:
                need(False, f"history.{error.reason}", lang, detail=error.detail)
    click.echo(say("example.history" if remembers else "example.done", lang, place=target))
