"""Build the example with MkDocs, and from the pages that `tusoi build --pages-only` writes with Zensical; then compare the two sites, page by page.

The peer runs no plugin of ours: what it shows is what any other generator would make of the folder.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "generator" / "tusoi" / "example"
TUSOI = Path(sys.executable).with_name("tusoi")
NOT_OURS = {"404.html"}  # each generator brings its own
NOT_TEXT = {"script", "style", "template"}
IN_WORDS = {"a", "b", "bdi", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "sub", "sup"}
"""Elements that stand within a word, too: one generator colours code, the other says of a name which language it is in."""
SHOWN = 20


class Article(HTMLParser):
    """What a reader gets of one page: the words and the links inside `<article>`, in order."""

    def __init__(self) -> None:
        """Start outside the article."""
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.hidden = 0
        self.written = ""
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter the article or something hidden in it, and note where a link leads."""
        self.depth += tag == "article"
        self.hidden += tag in NOT_TEXT
        self._part(tag)
        named = dict(attrs)
        if self.depth and tag == "a" and (target := named.get("href")) and "headerlink" not in (named.get("class") or ""):
            self.said.append(f"→ {target}")

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        self.depth -= tag == "article"
        self.hidden -= tag in NOT_TEXT
        self._part(tag)

    def handle_data(self, data: str) -> None:
        """Note what is said; how it is broken into lines says nothing."""
        if self.depth and not self.hidden:
            self.written += data.replace("¶", " ")

    def _part(self, tag: str) -> None:
        """Take what was said up to the edge of a block as words."""
        if tag not in IN_WORDS:
            self.said.extend(self.written.split())
            self.written = ""


def run(*words: str | Path, cwd: Path | None = None) -> None:
    """Run a program; where it fails, what it said is what matters."""
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")


def articles(site: Path) -> dict[str, list[str]]:
    """Read every page of a site."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if name not in NOT_OURS:
            page = Article()
            page.feed(file.read_text(encoding="utf-8"))
            found[name] = page.said
    return found


def peer_site(zensical: Path, work: Path) -> Path:
    """Let the peer build the folder as it was written; only its own name for the theme's look is added."""
    pages = work / "pages"
    run(TUSOI, "-C", EXAMPLE, "build", "--pages-only", pages)
    look = json.loads((pages / "mkdocs.yml").read_text(encoding="utf-8"))
    look["theme"] |= {"variant": "classic"}
    (pages / "mkdocs.yml").write_text(json.dumps(look, ensure_ascii=False), encoding="utf-8")
    run(zensical, "build", "--config-file", pages / "mkdocs.yml", cwd=pages)
    return pages / "site"


def differences(ours: dict[str, list[str]], theirs: dict[str, list[str]]) -> Iterator[str]:
    """Say what one site has and the other has not."""
    yield from (f"{name}: missing in the peer's site" for name in sorted(ours.keys() - theirs.keys()))
    yield from (f"{name}: only in the peer's site" for name in sorted(theirs.keys() - ours.keys()))
    for name in sorted(ours.keys() & theirs.keys()):
        mine, other = ours[name], theirs[name]
        if mine != other:
            at = next((at for at, (one, two) in enumerate(zip(mine, other, strict=False)) if one != two), min(len(mine), len(other)))
            yield f"{name}: «{' '.join(mine[at : at + 8])}» here, «{' '.join(other[at : at + 8])}» there"


def main(zensical: Path) -> int:
    """Build both, compare, and say how many pages are the same."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(TUSOI, "-C", EXAMPLE, "build", "--output", work / "ours")
        ours, theirs = articles(work / "ours"), articles(peer_site(zensical, work))
    if not any(ours.values()):
        sys.exit("No page of our own site has any text: nothing was compared.")
    found = list(differences(ours, theirs))
    for line in found[:SHOWN]:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(ours)} pages by MkDocs, {len(theirs)} by the peer, {len(found)} differences.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute()))
