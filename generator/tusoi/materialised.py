"""The pages as files for other generators: each is a Markdown file whose body is one block of HTML. Beside them stand the hand-written pages and the style."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from markupsafe import escape

from tusoi import flow, handbook, joined, left_out, publishing, redirects, translations
from tusoi.marking import marked
from tusoi.page import Page, files_of, language_of
from tusoi.speech import OURS
from tusoi.views.world import Site, site_of


def notices(judged: flow.Judged) -> dict[str, str]:
    """Give the project's notice in each language of the site for pages that are not ours: those written by hand, and that of an address where nothing is."""
    return {each: _notice(judged, each) for each in site_of(judged.tree.register, judged.day).languages}


def _notice(judged: flow.Judged, language: str) -> str:
    """Give the notice as the project's catalogue has it in that language; where it has none, or one of an older text, the original, marked as what it is."""
    project = judged.tree.register.project
    said = translations.of(project, judged.tree.said, language).data.get("notice", "") if project else ""
    text = escape(said[:] if isinstance(said, translations.Overtaken) else str(said))
    return f'<div class="ts-banner ts-banner--notice" role="note">{text if language == OURS else marked(text)}</div>\n' if said else ""


def files(judged: flow.Judged, pages: Mapping[str, Page], hand_written: Path, address: str, brand: str, banner: str) -> dict[str, str | bytes]:  # noqa: PLR0913, PLR0917 -- each is one plain fact about the site
    """Give all files below `docs/`, by their paths. `address` is that of the site, where it is known; `brand` is the style of its colours."""
    site = site_of(judged.tree.register, judged.day)
    content: dict[str, str | bytes] = _written(hand_written, notices(judged), site)
    content |= {f"{path.removesuffix('.html')}.md": _text(page, banner) for path, page in pages.items()}
    content |= files_of(pages) | redirects.pages(judged.register, pages, site.languages, address)
    content |= judged.pictures(pages)
    content |= judged.search(pages, {}) | joined.both(brand) | {publishing.FILE: publishing.statement(judged)}
    return {f"docs/{path}": each for path, each in content.items()}


def _text(page: Page, banner: str) -> str:
    """Write a page. Other generators, too, put its title and description into their HTML as they are."""
    front = {"title": escape(page.title), "description": escape(page.description), "hide": ["toc"]}
    body = f'<p class="ts-banner ts-banner--preview" role="note">{banner}</p>\n{page.html}' if banner else page.html
    lines = "\n".join(line for line in body.splitlines() if line.strip())
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())  # JSON, which every reader of YAML reads as it is
    return f'---\n{head}---\n\n<div class="ts-materialised">\n{lines}\n</div>\n'


def _written(folder: Path, above: Mapping[str, str], site: Site) -> dict[str, str | bytes]:
    """Give the hand-written pages as the plugin builds them: the project's notice above their text, and no link to a board that is left out."""
    made = handbook.files(folder, site.languages)
    texts = {path: content for path, content in made.items() if isinstance(content, str)}
    for file in sorted(folder.rglob("*.md")) if any(above.values()) or site.left_out else ():
        texts[file.relative_to(folder).as_posix()] = file.read_text(encoding="utf-8-sig")
    for here, said in texts.items():
        text = left_out.written(said, here, site.left_out, site.languages[1:])
        head, mark, body = text.partition("\n---\n") if text.startswith("---\n") else ("", "", text)
        notice = above[language_of(here, site)]
        made[here] = f"{head}{mark}\n{notice}\n{body}" if notice else text
    return made
