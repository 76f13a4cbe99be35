"""Compare ways of searching a site of records: what each finds, and what it costs a browser, in one run and on the same entries.

Four are asked: the search of the theme with its index folded, Pagefind (where `pagefind[bin]` is installed), MiniSearch (where `--minisearch` names its
`dist/umd/index.js`), and ours. What they find is asked on the records of this repository and of the example, by the list of `tests/searches.py`. What they cost
is measured on the entries of the example many times over, with other names of places and other figures in each copy, in a Chromium of its own for each.
Nothing is asserted: a machine that is busy, or slow, is no mistake of the code.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import gzip
import http.server
import importlib.util
import json
import random
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import material  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Browser, sync_playwright

from tusoi import flow
from tusoi.searching import Entry

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import FLAGS, chromium  # noqa: E402 -- it is beside the tests
from searches import SEARCHES  # noqa: E402 -- the same

SITES = {"real": ROOT, "example": ROOT / "generator/tusoi/example"}
DAY = date(2026, 3, 15)
QUERIES = ("vu lang", "đất đai", "nuoc gieng an mau")
"""What is typed where the costs are measured: the first brings the index, the others find it there."""
PLACES = (
    "An Bình",
    "Cao Lâm",
    "Châu Sơn",
    "Đông Hà",
    "Giang Tiên",
    "Hòa Lộc",
    "Khánh Phú",
    "Long Thọ",
    "Mỹ Tân",
    "Ngọc Quang",
    "Phước Thịnh",
    "Vũ Lăng",
    "Yên Trà",
)
OTHER_WORDS = 0.3
"""So many of the words of a copy are others: else the copies would pack better than what people write."""
NAMES = re.compile(r"An Mẫu|Đông Mẫu|Bình Mẫu|Cát Mẫu|Giang Mẫu|Bình Cát|Minh Họa")


@dataclass
class Way:
    """One way of searching: how its files are written, and the page that asks it."""

    name: str
    write: Callable[[Sequence[Entry], Path], None]
    page: str
    figures: dict[str, list[float]] = field(default_factory=dict)


def folded(text: str) -> str:
    """Take the marks away."""
    return "".join(each for each in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) if not unicodedata.combining(each)).lower()


def words_of(entry: Entry) -> str:
    """Give everything by which an entry is to be found, besides its title, as one text."""
    states = " ".join(state.words for state in entry.states)
    return " ".join([entry.kind, entry.whose, " ".join(entry.names), states, " ".join(entry.areas), " ".join(map(str, entry.years)), *entry.texts])


def entries_of(folder: Path) -> tuple[flow.Judged, list[Entry]]:
    """Give the entries of a project, in Vietnamese."""
    judged = flow.judge(flow.read(folder), DAY)
    pages = [page for page in judged.pages().values() if page.language == "vi"]
    return judged, [page.entry for page in pages if page.entry and page.path not in ("index.html", "tim-kiem.html")]


def many(entries: Sequence[Entry], copies: int) -> Iterator[Entry]:
    """Give the entries again and again, with other places and other figures in each copy."""
    chance = random.Random(20260315)  # noqa: S311 -- the same in every run
    yield from entries
    about_records = [each for each in entries if each.names]
    words = sorted({word for each in about_records for text in each.texts for word in text.split()})
    for copy in range(1, copies):
        places: dict[str, str] = {}

        def other(found: re.Match[str], places: dict[str, str] = places) -> str:
            return places.setdefault(found[0], f"{chance.choice(PLACES)} {chance.randrange(100)}")

        def said(text: str, other: Callable[[re.Match[str]], str] = other) -> str:
            figures = re.sub(r"\d+", lambda figure: str(chance.randrange(10 ** len(figure[0]))), NAMES.sub(other, text))
            return " ".join(chance.choice(words) if chance.random() < OTHER_WORDS else word for word in figures.split())

        for each in about_records:
            yield replace(
                each,
                path=f"c{copy}-{each.path}",
                title=said(each.title),
                whose=NAMES.sub(other, each.whose),
                names=tuple(NAMES.sub(other, name) for name in each.names),
                texts=tuple(map(said, each.texts)),
            )


def write_ours(judged: flow.Judged) -> Callable[[Sequence[Entry], Path], None]:
    """Write what the site has."""

    def write(entries: Sequence[Entry], folder: Path) -> None:
        for path, text in judged.search({}, {"vi": entries}).items():
            (folder / path).parent.mkdir(exist_ok=True, parents=True)
            (folder / path).write_text(text, encoding="utf-8")

    return write


def write_theme(entries: Sequence[Entry], folder: Path) -> None:
    """Write the index of the theme's search, with the words without marks behind those with them, and what reads it."""
    shutil.copytree(Path(str(material.__file__)).parent / "templates/assets/javascripts", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.map"))
    docs = []
    for each in entries:
        text = words_of(each)
        docs.append({"location": each.path, "title": f"{each.title} {folded(each.title)}", "text": f"{text} {folded(text)}"})
    fields = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}}
    index = {"config": {"lang": ["vi"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"], "fields": fields}, "docs": docs}
    (folder / "search_index.json").write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_pagefind(entries: Sequence[Entry], folder: Path) -> None:
    """Let Pagefind make its index of small pages."""
    from pagefind.index import IndexConfig, PagefindIndex  # type: ignore[import-not-found]  # installed only for this comparison

    with tempfile.TemporaryDirectory() as pages:
        for each in entries:
            page = Path(pages) / each.path.partition("#")[0]
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f'<html lang="vi"><body><h1>{escape(each.title)}</h1><p>{escape(words_of(each))}</p></body></html>', encoding="utf-8")

        async def make() -> None:
            async with PagefindIndex(config=IndexConfig(output_path=str(folder / "pagefind"))) as index:
                await index.add_directory(pages)

        with ThreadPoolExecutor(1) as beside:  # a thread of its own: Playwright has a loop in ours
            beside.submit(asyncio.run, make()).result()


def write_minisearch(script: Path) -> Callable[[Sequence[Entry], Path], None]:
    """Write the entries; MiniSearch makes its index in the browser."""

    def write(entries: Sequence[Entry], folder: Path) -> None:
        shutil.copy(script, folder / "minisearch.js")
        docs = [{"id": each.path, "title": each.title, "names": f"{each.whose} {' '.join(each.names)}", "text": words_of(each)} for each in entries]
        (folder / "docs.js").write_text(f"take({json.dumps(json.dumps(docs, ensure_ascii=False))})", encoding="utf-8")

    return write


OURS = """
const script = (src) => new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src, onload: done })));
window.start = async () => {
  await script("tim-kiem/tim-kiem.js");
  await Promise.all(tusoiSearch.state().head.texts.map(([file]) => script(`tim-kiem/${file}`)));
};
window.titles = () => script("tim-kiem/tim-kiem.js");
window.ask = async (query) => (await tusoiSearch.find(query)).found.slice(0, 5).map(({ row }) => row.path);
"""
THEME = """
let worker; let heard;
window.start = () => new Promise((done) => {
  worker = new Worker("workers/WORKER");
  worker.onmessage = ({ data }) => { if (data.type === 1) done(); else if (data.type === 3) heard(data.data.items); };
  fetch("search_index.json").then((answer) => answer.json()).then((data) => worker.postMessage({ type: 0, data: { ...data, options: { suggest: false } } }));
});
window.ask = (query) => new Promise((done) => {
  heard = (items) => done(items.slice(0, 5).map((item) => (item[0] ?? item).location));
  worker.postMessage({ type: 2, data: query });
});
"""
PAGEFIND = """
let search;
window.start = async () => { search = await import("/pagefind/pagefind.js"); await search.init(); };
window.ask = async (query) => {
  const { results } = await search.search(query);
  return Promise.all(results.slice(0, 5).map(async (each) => (await each.data()).url.slice(1)));
};
"""
MINISEARCH = r"""
let docs; let search;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
window.take = (json) => { docs = JSON.parse(json); };
const script = (src) => new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src, onload: done })));
window.start = async () => {
  await Promise.all([script("minisearch.js"), script("docs.js")]);
  search = new MiniSearch({ fields: ["title", "names", "text"], processTerm: fold });
  await search.addAllAsync(docs, { chunkSize: 100 });
};
const how = { prefix: true, fuzzy: 0.15, combineWith: "AND", boost: { title: 5, names: 3 } };
window.ask = async (query) => search.search(query, how).slice(0, 5).map(({ id }) => id);
"""
HEAD = """<!doctype html><html lang="vi"><meta charset="utf-8"><link rel="icon" href="data:,"><title>-</title><script>
window.timed = async (work) => { const from = performance.now(); await work(); return performance.now() - from; };
window.blocked = []; new PerformanceObserver((list) => blocked.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
"""


def ways(judged: flow.Judged, minisearch: Path | None) -> list[Way]:
    """Give the ways that can be tried here, and say which cannot."""
    worker = next((Path(str(material.__file__)).parent / "templates/assets/javascripts/workers").glob("search.*.min.js")).name
    found = [Way("ours", write_ours(judged), OURS), Way("theme, folded", write_theme, THEME.replace("WORKER", worker))]
    if importlib.util.find_spec("pagefind"):
        found.append(Way("pagefind", write_pagefind, PAGEFIND))
    else:
        print("pagefind: not installed here (pip install 'pagefind[bin]'), left out")
    if minisearch:
        found.append(Way("minisearch", write_minisearch(minisearch), MINISEARCH))
    else:
        print("minisearch: --minisearch names no file, left out")
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def made(way: Way, entries: Sequence[Entry], folder: Path) -> float:
    """Write the files of one way; give the seconds that it took."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = time.perf_counter()
    way.write(entries, folder)
    (folder / "ask.html").write_text(f"{HEAD}{way.page}</script>", encoding="utf-8")
    return time.perf_counter() - start


def found_by(way: Way, known: dict[str, list[Entry]], folder: Path, browser: Browser) -> list[bool]:
    """Ask everything of the list whose pages are made from records; give which of the wanted pages came among the first."""
    right: list[bool] = []
    for site, entries in known.items():
        made(way, entries, folder)
        made_here = {each.path for each in entries}
        with served(folder) as address:
            page = browser.new_page()
            page.goto(f"{address}ask.html")
            page.evaluate("start()")
            for each in SEARCHES:
                if each.site == site and made_here.issuperset(each.wanted):
                    first = page.evaluate("(words) => ask(words)", each.words)
                    is_right = set(each.wanted) <= set(first[: each.within]) and bool(each.wanted or not first)
                    right.append(is_right)
                    if not is_right:
                        print(f"    {way.name} does not find “{each.words}” ({each.why or 'plain words'})")
            page.close()
    return right


def memory(browser: Any) -> float:
    """Give the memory of the browser's processes in MB, each shared page counted once."""
    total = 0
    for process in browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]:
        try:
            rollup = Path(f"/proc/{process['id']}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
    return total / 1000


def costs(way: Way, folder: Path, playwright: Any) -> dict[str, float]:
    """Measure one way in a browser of its own."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    with served(folder) as address:
        page = browser.new_page()
        fetched: list[int] = []
        page.on("response", lambda answer: fetched.append(len(answer.body())) if not answer.url.endswith("ask.html") else None)
        page.goto(f"{address}ask.html")
        page.wait_for_timeout(500)
        before = memory(browser)
        result: dict[str, float] = {}
        if way.name == "ours":
            other = browser.new_page()
            other.goto(f"{address}ask.html")
            result["first title, ms"] = other.evaluate("(query) => timed(async () => { await titles(); await ask(query); })", QUERIES[0])
            other.close()
        result["first result, ms"] = page.evaluate("(query) => timed(async () => { await start(); await ask(query); })", QUERIES[0])
        result["next result, ms"] = statistics.median(page.evaluate("(query) => timed(() => ask(query))", each) for each in QUERIES[1:])
        page.wait_for_timeout(500)
        blocked = page.evaluate("blocked")
        result |= {"longest block, ms": max(blocked, default=0), "all blocks, ms": sum(blocked)}
        result |= {"memory, MB": memory(browser) - before, "fetched, KB": sum(fetched) / 1000}
    browser.close()
    return result


def sizes(folder: Path) -> dict[str, float]:
    """Give what lies on the server."""
    files = [each for each in folder.rglob("*") if each.is_file() and each.name != "ask.html" and "lunr" not in each.parts and "bundle" not in each.name]
    packed = sum(len(gzip.compress(each.read_bytes(), 6)) for each in files)
    return {"files": len(files), "raw, KB": sum(each.stat().st_size for each in files) / 1000, "gzip, KB": packed / 1000}


def main() -> None:
    """Ask what each finds, measure what each costs, and print both."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--records", type=int, default=10_000)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--minisearch", type=Path)
    asked = ask.parse_args()
    read = {name: entries_of(folder) for name, folder in SITES.items()}
    known = {name: entries for name, (_, entries) in read.items()}
    judged = read["example"][0]
    here = ways(judged, asked.minisearch)
    big = list(many(known["example"], max(1, round(asked.records / len(judged.register.records)))))
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for way in here:
            right = found_by(way, known, folder / "small", browser)
            print(f"{way.name}: {sum(right)} of {len(right)} searches find what is wanted")
        browser.close()
        print(f"\n{len(big)} entries, as of about {asked.records} records; medians of {asked.rounds} rounds in turns:")
        seconds = {way.name: made(way, big, folder / way.name) for way in here}
        for _ in range(asked.rounds):
            for way in here:
                for figure, value in costs(way, folder / way.name, playwright).items():
                    way.figures.setdefault(figure, []).append(value)
        for way in here:
            told = {"build, s": seconds[way.name]} | sizes(folder / way.name) | {figure: statistics.median(values) for figure, values in way.figures.items()}
            print(f"  {way.name:14} " + "; ".join(f"{figure} {value:,.1f}" for figure, value in told.items()))


if __name__ == "__main__":
    main()
