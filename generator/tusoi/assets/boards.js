// Boards: choose rows by selects and words, keep the choice in the address, download or print what is shown.
// Without scripts the whole table is there, and the same button downloads the whole file. Nothing is fetched: a site on a disk has nobody to ask.
(() => {
  const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?$/;
  const FORMULA = /(^|;)(?=\s*[=+\-@＝＋－＠]|[\t\r])/g;
  const WORDS = "tim";
  const OFF_PAPER = "data-ts-off-paper";

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const plain = (cell) => cell.dataset.csv ?? cell.textContent.trim();
  const values = (cell) => (cell.dataset.values ? JSON.parse(cell.dataset.values) : [plain(cell)]);
  // A reader may type without marks: “duong” finds “Đường”.
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

  // The same text as exports/csv_board.py writes.
  const quoted = (text) => `"${(NUMBER.test(text) ? text : text.replace(FORMULA, "$1'")).replaceAll('"', '""')}"`;
  const csv = (lines) => `\ufeff${lines.map((line) => `${line.map(quoted).join(",")}\n`).join("")}`;

  const save = (text, name) => {
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const way = Object.assign(document.createElement("a"), { href: address, download: name });
    way.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };

  // The button of a board prints that board: what stands beside its way up the page is marked, and paper leaves out what is marked (boards.css).
  const alone = (board) => {
    const page = board.closest(".ts-page");
    for (let each = board; page && each !== page; each = each.parentElement) {
      for (const beside of each.parentElement.children) {
        if (beside !== each && !beside.matches("h1, .ts-banner--notice")) beside.setAttribute(OFF_PAPER, "");
      }
    }
  };
  const together = () => {
    for (const each of document.querySelectorAll(`[${OFF_PAPER}]`)) each.removeAttribute(OFF_PAPER);
  };

  class Board {
    constructor(place, number) {
      this.place = place;
      this.form = place.querySelector("[data-ts-filters]");
      this.words = JSON.parse(place.dataset.words);
      this.prefix = number ? `${place.dataset.tsBoard}.` : ""; // of several boards on a page only the first has the short names
      this.keys = [...place.querySelectorAll("thead [data-key]")].map((head) => head.dataset.key);
      this.rows = [...place.querySelectorAll("[data-ts-row]")].map((row) => this.read(row));
      this.fields = [...this.form.elements].filter((field) => field.name);
    }

    read(row) {
      const group = row.parentElement.dataset.group;
      const { by } = this.place.dataset;
      const line = [...(by ? [group] : []), ...[...row.cells].map(plain)];
      const choices = Object.fromEntries([...row.cells].map((cell, column) => [this.keys[column], values(cell)]));
      return { row, line, choices: by ? { ...choices, [by]: [group] } : choices, words: folded(`${by ? group : ""} ${row.textContent} ${line.join(" ")}`) };
    }

    start() {
      const asked = new URLSearchParams(location.search);
      for (const field of this.fields) {
        field.value = asked.get(this.prefix + field.name) ?? "";
        if (field.selectedIndex === -1) field.value = ""; // an old address may ask for what is no longer there
      }
      const folder = this.place.querySelector("[data-ts-choose]");
      folder.hidden = false;
      this.isAsked = this.fields.some((field) => field.value);
      folder.open = this.isAsked || window.matchMedia("(min-width: 600px)").matches;
      if (this.isAsked) this.place.closest("details")?.setAttribute("open", "");
      this.form.addEventListener("input", () => this.choose());
      this.form.addEventListener("reset", () => setTimeout(() => this.choose()));
      this.form.addEventListener("submit", (event) => event.preventDefault());
      const print = this.place.querySelector("[data-ts-print]");
      print.hidden = false;
      print.addEventListener("click", () => this.print());
      this.place.querySelector("[data-ts-csv]").addEventListener("click", (event) => this.download(event));
      this.show();
    }

    choose() {
      const asked = new URLSearchParams(location.search);
      for (const field of this.fields) {
        asked.delete(this.prefix + field.name);
        if (field.value.trim()) asked.set(this.prefix + field.name, field.value.trim());
      }
      const search = asked.toString();
      try {
        history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
      } catch {
        // Some browsers keep the address of a page on a disk as it is; the board works all the same.
      }
      this.show();
    }

    show() {
      const chosen = this.fields.filter((field) => field.value.trim());
      for (const each of this.rows) each.row.hidden = !chosen.every((field) => this.fits(each, field));
      for (const group of this.place.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-ts-row]:not([hidden])");
      this.shown = this.rows.filter((each) => !each.row.hidden);
      const foot = this.place.querySelector("tfoot");
      if (foot) foot.hidden = this.isFiltered();
      this.say(chosen);
    }

    fits(each, field) {
      if (field.name !== WORDS) return each.choices[field.name].includes(field.value);
      return folded(field.value).split(/\s+/).every((word) => each.words.includes(word));
    }

    isFiltered() {
      return this.shown.length < this.rows.length;
    }

    say(chosen) {
      const number = (count) => count.toLocaleString(document.documentElement.lang);
      const values = { shown: number(this.shown.length), all: number(this.rows.length) };
      const { showing, none, whole, only, some, file } = this.words;
      this.place.querySelector("[data-ts-count]").textContent = this.isFiltered() ? filled(showing, values) + (this.shown.length ? "" : ` ${none}`) : whole;
      const words = chosen.map((field) => `${field.labels[0].textContent.toLowerCase()} “${field.value.trim()}”`);
      this.place.querySelector("[data-ts-chosen]").textContent = words.length ? ` ${filled(only, { ...values, words: words.join("; ") })}` : "";
      this.place.querySelector("[data-ts-csv]").textContent = this.isFiltered() ? filled(some, values) : file;
    }

    print() {
      together(); // of a print before, of whose end the browser did not tell
      alone(this.place);
      window.addEventListener("afterprint", together, { once: true });
      window.print();
    }

    // The focus stays where it is: only the window moves.
    bringIntoView() {
      this.place.querySelector("[data-ts-count]").scrollIntoView({ block: "start", behavior: "instant" });
    }

    download(event) {
      if (!this.isFiltered()) return; // the file of the site is the whole board
      event.preventDefault();
      save(csv([JSON.parse(this.place.dataset.heads), ...this.shown.map((each) => each.line)]), `${this.place.dataset.tsBoard}-loc.csv`);
    }
  }

  // Who came back, or loaded the page again, finds it where it was; who came by an address with a place in it, finds that place.
  const isNew = () => performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash;
  let isFirst = true;

  const start = () => {
    const boards = [];
    for (const [number, place] of document.querySelectorAll("[data-ts-board]").entries()) {
      if (place.dataset.tsReady) continue;
      place.dataset.tsReady = "yes";
      const board = new Board(place, number);
      board.start();
      boards.push(board);
    }
    if (isFirst && isNew()) boards.find((each) => each.isAsked)?.bringIntoView();
    isFirst = false;
  };

  // Where the theme changes pages without loading them, it tells of every new one here.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
