// Showing what was found: beneath the box in the head of every page, and on the page on which one searches. All words come with the index.
(() => {
  const IN_BOX = 6;
  const ON_DESK = 20;
  const WAIT = 90; // milliseconds after a letter: who types fast searches once
  const CHOICES = ["loai", "linh-vuc", "tinh-trang", "nam"];
  const { folded, wordsOf, AROUND } = tusoiSearch;
  const make = (tag, given = {}, ...inner) => {
    const made = Object.assign(document.createElement(tag), given);
    made.append(...inner);
    return made;
  };
  const said = (name, values = {}) => {
    const { words } = tusoiSearch.state().head;
    const text = Array.isArray(words[name]) ? words[name][values.count === 1 ? 0 : 1] : words[name];
    return text.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? values[key].toLocaleString(words.locale) : values[key]));
  };
  const collator = () => new Intl.Collator(tusoiSearch.state().head.words.locale);

  // Where the words stand in a text: the words together, or else each of them; the last may go on.
  const places = (text, words) => {
    const seen = ` ${folded(text)} `;
    if (!words.length || seen.length !== text.length + 2) return [];
    const together = spots(seen, [words.join(" ")]);
    return together.length ? together : spots(seen, words);
  };
  const spots = (seen, words) => {
    const found = [];
    for (const [place, word] of words.entries()) {
      const needle = ` ${word}${place === words.length - 1 ? "" : " "}`;
      for (let at = seen.indexOf(needle); at >= 0; at = seen.indexOf(needle, at + 1)) {
        const next = seen.indexOf(" ", at + 1 + word.length);
        found.push([at, next - 1]);
      }
    }
    return found.sort((one, other) => one[0] - other[0]).filter(([start], place, all) => !place || start >= all[place - 1][1]);
  };
  const isTogether = (text, words) => ` ${folded(text)} `.includes(` ${words.join(" ")}`);
  const marked = (text, words) => {
    const made = document.createDocumentFragment();
    let end = 0;
    for (const [start, stop] of places(text, words)) {
      made.append(text.slice(end, start), make("mark", { textContent: text.slice(start, stop) }));
      end = stop;
    }
    made.append(text.slice(end));
    return made;
  };

  // What of a text is shown: around the words, cut between words.
  const piece = ({ row, words }) => {
    if (!row.text) return "";
    const sentences = row.text.split("\n");
    const phrase = ` ${words.join(" ")}`;
    const has = (text) => words.filter((word) => ` ${folded(text)} `.includes(` ${word}`)).length + (` ${folded(text)} `.includes(phrase) ? 1 : 0);
    const counts = words.length ? sentences.map(has) : [];
    const best = counts.length ? sentences[counts.indexOf(Math.max(...counts))] : sentences[0];
    const first = places(best, words)[0]?.[0] ?? 0;
    const start = first > AROUND ? best.indexOf(" ", first - AROUND) + 1 : 0;
    const rest = best.slice(start, start + 2 * AROUND + 40);
    const end = start + rest.length < best.length ? rest.lastIndexOf(" ") : rest.length;
    return `${start ? "… " : ""}${rest.slice(0, end)}${start + end < best.length ? " …" : ""}`;
  };

  const chip = ([words, shape, tone]) => {
    const drawn = make("template", { innerHTML: tusoiSearch.state().head.shapes[shape] }).content;
    return make("span", { className: `ts-chip ts-chip--${tone}` }, drawn, make("span", { className: "ts-chip__words", textContent: words }));
  };
  const chips = ({ states }) => (states.length ? [make("p", { className: "ts-chips" }, ...states.flatMap((each) => [chip(each), " "]))] : []);
  const spoken = ({ lang }, isTold = true) => (lang && isTold ? { lang } : {});
  // A name is marked where all of it was found, not where a syllable of it was.
  const whole = (text, words) => (isTogether(text, words) ? marked(text, words) : text);
  const title = ({ row, words }) => {
    const isNamed = row.own || !words.length || isTogether(row.title, words);
    return make("span", spoken(row), isNamed ? whole(row.title, words) : marked(row.title, words));
  };
  const about = ({ row, words }) => {
    const made = make("p", { className: "ts-found__about" }, row.kind);
    if (row.whose) made.append(" · ", make("span", spoken(row, !row.own), whole(row.whose, words)));
    return made;
  };
  // Why a page was found by a name that is not on it: an organisation that was merged or renamed.
  const through = ({ row, words }) => {
    if (!row.own || !words.length) return [];
    const names = row.names.split(" | ");
    const name = names.find((each) => isTogether(each, words));
    return !name || isTogether(row.title, words) ? [] : [make("p", { className: "ts-found__about" }, `${said("family")} `, marked(name, words))];
  };
  // Which of the typed words a page has not, where none has all.
  const lacking = ({ lacking: words }) => (words === undefined ? [] : [make("p", { className: "ts-found__about" }, words ? said("lacking", { words }) : said("apart"))]);
  const address = (form, row) => new URL(row.path, new URL(".", form.action)).href;

  const count = ({ found, instead, some }, query) => {
    const { pending } = tusoiSearch.state();
    const number = said("count", { count: found.length });
    if (!found.length) return pending ? said("reading") : query ? said("none", { query }) : said("nothing");
    if (instead) return said("instead", { query, instead, number });
    if (some) return said("some");
    return pending ? `${number} ${said("reading")}` : number;
  };

  // Asks once for many letters, shows what comes last, and asks again when more texts are there.
  const asking = (ask, show) => {
    let turn = 0;
    let timer;
    const go = async () => {
      turn += 1;
      const mine = turn;
      const { query, chosen } = ask();
      const result = await tusoiSearch.find(query, chosen, () => mine === turn);
      if (mine === turn && result) show(result, query, chosen);
    };
    const soon = (wait = WAIT) => {
      clearTimeout(timer);
      timer = setTimeout(go, wait);
    };
    tusoiSearch.waiting.add(() => soon(0));
    return soon;
  };
  let isFetched = false;
  const fetchTexts = (form) => {
    if (isFetched) return;
    isFetched = true;
    for (const [file] of tusoiSearch.state().head.texts) {
      document.head.append(make("script", { src: new URL(`tim-kiem/${file}`, new URL(".", form.action)).href, async: true }));
    }
  };

  // The box in the head of a page: a list beneath it, in which the arrows go up and down.
  tusoiSearch.inBox = (form) => {
    const input = form.q;
    const status = form.querySelector("[role=status]");
    const list = make("ul", { id: "ts-box-list", className: "ts-found ts-found--box" });
    const note = make("p", { className: "ts-found__note", hidden: true }); // said by the status
    const frame = make("div", { className: "ts-search__list md-typeset", hidden: true }, note, list);
    form.append(frame);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", said("list"));

    let at = -1;
    let last = "";
    let isWanted = false; // who has closed the list does not want it back when more texts come
    const turn = (isOpen) => {
      isWanted = isOpen;
      frame.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) point(-1);
    };
    const point = (place) => {
      list.children[at]?.setAttribute("aria-selected", "false");
      at = place;
      const option = list.children[at];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const option = (way, place, ...inner) => {
      const made = make("li", { id: `ts-box-${place}`, className: "ts-found__one" }, ...inner);
      made.setAttribute("role", "option");
      made.setAttribute("aria-selected", "false");
      made.dataset.way = way;
      return made;
    };
    const show = (result, query) => {
      const { found } = result;
      if (!isWanted || !query.trim()) return turn(false);
      const shown = found.slice(0, IN_BOX);
      const before = query === last ? list.children[at]?.dataset.way : undefined;
      last = query;
      const all = new URL(form.action);
      all.searchParams.set("q", query.trim());
      list.replaceChildren(
        ...shown.map((each, place) => option(address(form, each.row), place, make("p", { className: "ts-found__title" }, title(each)), about(each), ...through(each), ...lacking(each), ...chips(each.row))),
        option(all.href, shown.length, make("p", { className: "ts-found__all" }, found.length ? said("all", { count: found.length }) : said("lists"))),
      );
      status.textContent = count(result, query.trim());
      note.textContent = status.textContent;
      note.hidden = found.length > 0 && !result.some && !result.instead;
      turn(true);
      return point([...list.children].findIndex((each) => each.dataset.way === before)); // more texts have come: what was chosen stays so
    };
    const soon = asking(() => ({ query: input.value, chosen: {} }), show);
    const begin = () => {
      isWanted = true;
      if (input.value.trim()) fetchTexts(form);
      soon();
    };
    input.addEventListener("input", begin);
    input.addEventListener("keydown", (event) => {
      const end = list.children.length - 1;
      if (event.key === "Escape" && !frame.hidden) {
        event.preventDefault();
        event.stopPropagation();
        turn(false);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && end >= 0 && input.value.trim()) {
        event.preventDefault();
        const isDown = event.key === "ArrowDown";
        if (frame.hidden) turn(true);
        point(isDown ? (at >= end ? 0 : at + 1) : at <= 0 ? end : at - 1);
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        location.assign(list.children[at].dataset.way);
      }
    });
    list.addEventListener("click", (event) => {
      const way = event.target.closest("[data-way]")?.dataset.way;
      if (way) location.assign(way);
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget)) turn(false);
    });
    if (input.value) begin();
  };

  // The page on which one searches: a list of links, and what to choose by; both stay in the address.
  tusoiSearch.onDesk = (form) => {
    const place = form.closest(".ts-page");
    const [status, list, more, lists] = ["status", "results", "more", "lists"].map((name) => place.querySelector(`[data-ts-${name}]`));
    const fields = CHOICES.map((name) => form.elements[name]);
    const { rows } = tusoiSearch.state();
    const options = {
      loai: [...new Set(rows.map((row) => row.kind))].sort(collator().compare),
      "linh-vuc": [...new Set(rows.flatMap((row) => row.areas))].sort(collator().compare),
      "tinh-trang": [...new Set(rows.flatMap((row) => row.choices))].sort(collator().compare),
      nam: [...new Set(rows.flatMap((row) => row.years))].sort((one, other) => other - one),
    };
    for (const field of fields) {
      field.append(...options[field.name].map((each) => make("option", { textContent: each })));
      field.parentElement.hidden = !options[field.name].length;
    }
    const folder = form.querySelector("[data-ts-choices]");
    folder.hidden = false;

    let found = [];
    let words = "";
    const card = (each) =>
      make(
        "li",
        { className: "ts-found__one" },
        make("h2", { className: "ts-found__title" }, make("a", { href: address(form, each.row) }, title(each))),
        about(each),
        ...through(each),
        ...lacking(each),
        ...chips(each.row),
        ...(each.row.text ? [make("p", { className: "ts-found__text", ...spoken(each.row) }, marked(piece(each), each.words))] : []),
      );
    const grow = () => {
      const from = list.children.length;
      list.append(...found.slice(from, from + ON_DESK).map(card));
      more.hidden = list.children.length >= found.length;
      more.textContent = said("more", { count: Math.min(ON_DESK, found.length - list.children.length) });
      return list.children[from];
    };
    const show = (result, query, chosen) => {
      const isAsked = Boolean(query.trim() || Object.values(chosen).some(Boolean));
      const before = list.children.length;
      const again = words === JSON.stringify([query, chosen]);
      words = JSON.stringify([query, chosen]);
      found = isAsked ? result.found : [];
      list.replaceChildren();
      grow();
      while (again && list.children.length < before && !more.hidden) grow(); // more texts have come: what was on the screen stays there
      lists.hidden = isAsked && found.length > 0;
      status.textContent = isAsked ? count(result, query.trim()) : "";
    };
    const ask = () => ({ query: form.q.value, chosen: Object.fromEntries(fields.map((field) => [field.name, field.value])) });
    const soon = asking(ask, show);
    const keep = () => {
      const { query, chosen } = ask();
      const asked = new URLSearchParams(Object.entries({ q: query.trim(), ...chosen }).filter(([, value]) => value));
      try {
        history.replaceState(history.state, "", `${location.pathname}${asked.size ? `?${asked}` : ""}${location.hash}`);
      } catch {
        // Some browsers keep the address of a page on a disk as it is.
      }
    };
    const begin = () => {
      const { query, chosen } = ask();
      if (query.trim() || Object.values(chosen).some(Boolean)) fetchTexts(form);
      soon();
    };
    const asked = new URLSearchParams(location.search);
    for (const field of [form.q, ...fields]) {
      field.value = asked.get(field.name) ?? field.value;
      if (field.selectedIndex === -1) field.value = "";
    }
    folder.open = fields.some((field) => field.value) || window.matchMedia("(min-width: 600px)").matches;
    form.addEventListener("input", () => {
      keep();
      begin();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep();
      begin();
    });
    form.addEventListener("reset", () => setTimeout(() => form.dispatchEvent(new Event("input"))));
    more.addEventListener("click", () => grow()?.querySelector("a").focus());
    begin();
  };
})();
