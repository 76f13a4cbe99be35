"""The command that writes the catalogues for translators."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tusoi import asof, corrections, flow, write
from tusoi.cli.group import FINE, language, main, need
from tusoi.facts import Corrections
from tusoi.messages import LANGUAGES, UnreadableError, entries, head_of, say, written
from tusoi.record import Kind, Record
from tusoi.translations import brought_up_to_date


@main.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--to", "into", default="", metavar="LANGUAGE", help="Dịch sang tiếng nào; không ghi thì là các tiếng khác của trang. / Into which language.")
@language
@click.pass_obj
def translate(folder: Path, names: tuple[str, ...], into: str, lang: str) -> None:
    """Viết tệp dịch (.po) cạnh hồ sơ, hoặc cập nhật các tệp đã có. / Write catalogues for translators beside records, or bring them up to date."""
    need(folder.is_dir(), "folder.missing", lang, folder=folder)
    tree = flow.read(folder)
    need(into in ("", *LANGUAGES), "translate.language", lang, language=into, known=", ".join(LANGUAGES))
    for name in names:
        need(name in tree.register.records, "translate.unknown", lang, record=name)
    asked = [(tree.register.records[name], each) for name in names for each in _languages(tree, tree.register.records[name], into)]
    there = (
        [(tree.register.records[each.record], each.language) for each in tree.loaded.translations if each.record in tree.register.records]
        if tree.loaded
        else []
    )
    need(bool(asked or there), "translate.none", lang)
    day = flow.default_day(tree) or flow.today(tree)
    corrected = corrections.apply(asof.at(tree.register, day), day)[1]
    for record, tongue in asked or there:
        _write(folder, record, tree.register.kinds[record.kind], tongue, lang, corrected)
    sys.exit(FINE)


def _languages(tree: flow.Tree, record: Record, into: str) -> list[str]:
    """Give the languages into which a record is to be translated."""
    own = str(record.data.get("lang") or (tree.project.get("lang") if tree.project else "") or "vi")
    return [each for each in ([into] if into else LANGUAGES) if each != own]


def _write(folder: Path, record: Record, kind: Kind, tongue: str, lang: str, corrected: Corrections) -> None:  # noqa: PLR0913, PLR0917 -- the file is made of these
    file = f"{record.source.file.removesuffix('.yml')}.{tongue}.po"
    place = folder / file
    need(not place.is_symlink(), "translate.link", lang, file=file)
    try:
        before = place.read_text(encoding="utf-8") if place.is_file() else ""
        known = entries(before)
    except (UnreadableError, UnicodeDecodeError) as error:
        need(False, "translate.unreadable", lang, file=file, line=getattr(error, "line", 1))
        return
    made = brought_up_to_date(record, kind, known, corrected)
    write.texts(folder, {file: written(tongue, made, head_of(before))})
    current = [each for each in made if not each.is_left_over]
    done, unsure = sum(bool(each.said) and not each.is_unsure for each in current), sum(each.is_unsure for each in current)
    click.echo(say("translate.done", lang, file=file, done=done, all=len(current), unsure=unsure))
