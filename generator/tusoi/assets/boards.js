// Boards: choose rows by selects and words, put those of a group in order, keep the choice in the address, download or print what is shown.
// Without scripts the whole table is there, and the same button downloads the whole file. Nothing is fetched: a site on a disk has nobody to ask.
(() => {
  const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?$/;
  const FORMULA = /(^|;)(?=\s*[=+\-@＝＋－＠]|[\t\r])/g;
  const WORDS = "tim";
  const ORDER = "sap";
  const PEERS = "nhom";
  const PAGE = "trang."; // what is chosen for all boards of a page
  const DATE = /^[0-9]{4}/;
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
  const whole = () => {
    for (const each of document.querySelectorAll(`[${OFF_PAPER}]`)) each.removeAttribute(OFF_PAPER);
  };

  // Records are in Vietnamese, on English pages too: Đ after D, tones in their order.
  const { compare } = new Intl.Collator("vi", { numeric: true });

  // Keep what is chosen in the address, so that it can be sent.
  const remember = (fields, prefix) => {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      asked.delete(prefix + field.name);
      if (field.value.trim()) asked.set(prefix + field.name, field.value.trim());
    }
    const search = asked.toString();
    try {
      history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
    } catch {
      // Some browsers keep the address of a page on a disk as it is; the board works all the same.
    }
  };
  const recall = (fields, prefix) => {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = asked.get(prefix + field.name) ?? "";
      field.value = value;
      if (field.selectedIndex !== -1) continue;
      // An address may ask for what is not there, or no longer: that is said, and never shown as if nothing had been asked.
      if (field.name !== ORDER) field.add(new Option(value, value));
      field.value = field.name === ORDER ? "" : value;
    }
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
      this.forAll = []; // what is chosen for the whole page
    }

    read(row) {
      const group = row.parentElement.dataset.group;
      const { by } = this.place.dataset;
      const line = [...(by ? [group] : []), ...[...row.cells].map(plain)];
      const choices = Object.fromEntries([...row.cells].map((cell, column) => [this.keys[column], values(cell)]));
      if (by) choices[by] = [group];
      choices[PEERS] ??= [row.dataset.peers ?? row.parentElement.dataset.peers ?? ""];
      return { row, line, choices, words: folded(`${by ? group : ""} ${row.textContent} ${line.join(" ")}`) };
    }

    start() {
      recall(this.fields, this.prefix);
      const folder = this.place.querySelector("[data-ts-choose]");
      folder.hidden = false;
      this.isAsked = this.fields.some((field) => field.value);
      folder.open = this.isAsked || window.matchMedia("(min-width: 600px)").matches;
      if (this.isAsked) this.place.closest("details")?.setAttribute("open", "");
      this.form.addEventListener("input", () => this.choose());
      this.form.addEventListener("reset", () => setTimeout(() => this.choose()));
      this.beside = [this];
      this.form.addEventListener("submit", (event) => event.preventDefault());
      const print = this.place.querySelector("[data-ts-print]");
      print.hidden = false;
      print.addEventListener("click", () => this.print());
      this.place.querySelector("[data-ts-csv]").addEventListener("click", (event) => this.download(event));
      this.show();
    }

    choose() {
      remember(this.fields, this.prefix);
      this.show();
    }

    show() {
      this.arrange();
      const chosen = [...this.forAll, ...this.fields].filter((field) => field.value.trim());
      for (const each of this.rows) each.row.hidden = !chosen.every((field) => this.fits(each, field));
      for (const group of this.place.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-ts-row]:not([hidden])");
      this.shown = this.ordered.filter((each) => !each.row.hidden);
      this.unfold(chosen.some((field) => field.name !== ORDER));
      this.addUp();
      for (const each of this.place.querySelectorAll("[data-ts-whole]")) each.hidden = this.isFiltered();
      this.say(chosen);
    }

    // On a phone the rows of a group may be folded (boards.css): a choice opens the groups that have what was chosen, and they fold again after it.
    unfold(isChosen) {
      for (const fold of this.place.querySelectorAll("[data-ts-fold]")) {
        const group = fold.closest("[data-group]");
        const words = fold.querySelector("[data-some]");
        const rows = [...group.querySelectorAll("[data-ts-row]")];
        const shown = rows.filter((row) => !row.hidden).length;
        words.dataset.whole ??= words.textContent;
        words.textContent = shown < rows.length ? filled(words.dataset.some, { shown: shown.toLocaleString(document.documentElement.lang) }) : words.dataset.whole;
        if (isChosen ? shown && !fold.open : fold.dataset.opened) {
          fold.open = isChosen;
          fold.dataset.opened = isChosen ? "yes" : "";
        }
      }
    }

    // Of chosen rows numbers are added up anew; what cannot be added up, such as “2/3”, has no sum then.
    addUp() {
      this.sums ??= [...this.place.querySelectorAll("tfoot :is(th, td)")].map((cell) => [cell, [...cell.childNodes]]);
      for (const [column, [cell, whole]] of this.sums.entries()) {
        const numbers = this.shown.map(({ row }) => plain(row.cells[column])).filter(Boolean);
        const isCount = cell.classList.contains("ts-num") && numbers.length && numbers.every((each) => /^[0-9]+$/.test(each));
        const sum = isCount ? numbers.reduce((all, each) => all + Number(each), 0).toLocaleString(document.documentElement.lang) : "";
        cell.replaceChildren(...(this.isFiltered() ? [column ? sum : this.words.sum] : whole));
      }
    }

    // Within each group only: organisations stay where they are. What says nothing stands last, in either direction.
    arrange() {
      const order = this.form.elements[ORDER]?.value ?? "";
      const key = order.replace(/^-/, "");
      const column = this.keys.indexOf(key);
      const isDate = Boolean(this.place.querySelector(`thead .ts-board__date[data-key="${key}"]`));
      const said = (each) => {
        const text = plain(each.row.cells[column]);
        return isDate && !DATE.test(text) ? "" : text;
      };
      const by = (one, other) => {
        const [first, second] = [said(one), said(other)];
        if (!first || !second) return Number(!first) - Number(!second);
        return (isDate ? Number(first > second) - Number(first < second) : compare(first, second)) * (order.startsWith("-") ? -1 : 1);
      };
      const groups = [...this.place.querySelectorAll("[data-group]")].map((group) => this.rows.filter((each) => each.row.parentElement === group));
      this.ordered = groups.flatMap((rows) => (order ? rows.sort(by) : rows));
      for (const each of this.ordered) each.row.parentElement.append(each.row);
      for (const head of this.place.querySelectorAll("thead [data-key]")) head.removeAttribute("aria-sort");
      if (order) this.place.querySelector(`thead [data-key="${key}"]`).setAttribute("aria-sort", order.startsWith("-") ? "descending" : "ascending");
    }

    fits(each, field) {
      if (field.name === ORDER) return true;
      if (field.name !== WORDS) return each.choices[field.name]?.includes(field.value) ?? true; // a board that has no such column
      return folded(field.value).split(/\s+/).every((word) => each.words.includes(word));
    }

    isFiltered() {
      return this.shown.length < this.rows.length;
    }

    isOrdered() {
      return Boolean(this.form.elements[ORDER]?.value);
    }

    say(chosen) {
      const number = (count) => count.toLocaleString(document.documentElement.lang);
      const values = { shown: number(this.shown.length), all: number(this.rows.length) };
      const { showing, none, whole, only, some, file, order } = this.words;
      const said = (field) => (field.selectedOptions?.[0].textContent ?? field.value).trim();
      const inOrder = this.isOrdered() ? ` ${filled(order, { words: said(this.form.elements[ORDER]) })}` : "";
      this.place.querySelector("[data-ts-count]").textContent = (this.isFiltered() ? filled(showing, values) + (this.shown.length ? "" : ` ${none}`) : whole) + inOrder;
      const words = chosen.filter((field) => field.name !== ORDER).map((field) => `${field.labels[0].textContent.toLowerCase()} “${said(field)}”`);
      this.chosen = (words.length ? ` ${filled(only, { ...values, words: words.join("; ") })}` : "") + inOrder;
      for (const each of this.beside) each.sayOnPaper();
      this.place.querySelector("[data-ts-csv]").textContent = this.isFiltered() ? filled(some, values) : file;
    }

    // The browser prints all boards of a page: where one of them is chosen from, each says whether it is whole.
    sayOnPaper() {
      const isOne = this.beside.some((each) => each.chosen);
      this.place.querySelector("[data-ts-chosen]").textContent = this.chosen || (isOne ? ` ${this.words.every}` : "");
    }

    print() {
      whole(); // of a print before, of whose end the browser did not tell
      alone(this.place);
      window.addEventListener("afterprint", whole, { once: true });
      window.print();
    }

    // The focus stays where it is: only the window moves.
    bringIntoView() {
      this.place.querySelector("[data-ts-count]").scrollIntoView({ block: "start", behavior: "instant" });
    }

    download(event) {
      if (!this.isFiltered() && !this.isOrdered()) return; // the file of the site is the whole board
      event.preventDefault();
      save(csv([JSON.parse(this.place.dataset.heads), ...this.shown.map((each) => each.line)]), `${this.place.dataset.tsBoard}-loc.csv`);
    }
  }

  // What is chosen once for all boards of a page: there is to choose what any of them has.
  const together = (boards) => {
    const form = document.querySelector("[data-ts-all]");
    if (!form || boards.length < 2) return;
    const fields = [...form.elements].filter((field) => field.name);
    for (const field of fields) {
      const found = new Set(boards.flatMap((board) => board.rows.flatMap((each) => each.choices[field.name] ?? [])).filter(Boolean));
      field.append(...[...found].sort(compare).map((each) => new Option(each)));
      field.parentElement.hidden = found.size < 2;
    }
    form.hidden = fields.every((field) => field.parentElement.hidden);
    recall(fields, PAGE);
    const show = () => {
      for (const board of boards) {
        board.forAll = fields;
        board.show();
        if (fields.some((field) => field.value) && board.shown.length) board.place.closest("details")?.setAttribute("open", "");
      }
    };
    form.addEventListener("input", () => {
      remember(fields, PAGE);
      show();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    if (fields.some((field) => field.value)) show();
  };

  // Who came back, or loaded the page again, finds it where it was; who came by an address with a place in it, finds that place.
  const isNew = () => performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash;
  let isFirst = true;

  // An address may lead to a group that is folded.
  const openNamed = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    named?.closest("[data-group]")?.querySelector("[data-ts-fold]")?.setAttribute("open", "");
  };
  window.addEventListener("hashchange", openNamed);

  const start = () => {
    const boards = [];
    for (const [number, place] of document.querySelectorAll("[data-ts-board]").entries()) {
      if (place.dataset.tsReady) continue;
      place.dataset.tsReady = "yes";
      const board = new Board(place, number);
      board.start();
      boards.push(board);
    }
    for (const each of boards) {
      each.beside = boards;
      each.sayOnPaper();
    }
    together(boards);
    openNamed();
    if (isFirst && isNew()) boards.find((each) => each.isAsked)?.bringIntoView();
    isFirst = false;
  };

  // Where the theme changes pages without loading them, it tells of every new one here.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
