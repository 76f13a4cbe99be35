// Searching: asked for by a script tag when somebody begins to search, and never before. What is searched comes by script tags, too: a site on a disk has
// nobody to fetch from. A letter with a mark is found by the one without; texts keep their marks, and letters keep their places, so that what was found can be shown.
const tusoiSearch = (() => {
  const SLICE = 12; // milliseconds that a search may hold up the page at a time
  const AROUND = 90; // characters that are shown around what was found in a text
  const SCATTERED = 6; // the rank of a page in one of whose sentences the words stand apart
  const OTHER_MARKS = 3.2; // what it costs to have other marks than were typed: a text that has them comes before a title that has not
  const MOST = 0.7; // of the words of a question
  const NOTHING = { words: [], marks: [], places: [] };
  const TELEX = /[sfrxjw]/g;

  // Everything that is no letter and no digit becomes a space, one for one.
  const folded = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, " ");
  const hay = (text) => ` ${folded(text)} `;
  // Small letters, and the mark of tone on one vowel of the two on which people put it: “hòa” is written “hoà”.
  const MOVED = Object.fromEntries([..."òóỏõọ"].flatMap((o, tone) => [...[..."ae"].map((next, place) => [o + next, `o${["àáảãạ", "èéẻẽẹ"][place][tone]}`]), ["ùúủũụ"[tone] + "y", `u${"ỳýỷỹỵ"[tone]}`]]));
  const steady = (text) =>
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/[òóỏõọ][ae]|[ùúủũụ]y/g, (two) => MOVED[two])
      .replace(/[^\p{L}\p{N}]/gu, " ");
  const wordsOf = (text) => folded(text.normalize("NFC")).split(" ").filter(Boolean);

  let head;
  let rows = [];
  let near = [];
  let pending = 0; // files of texts that are still to come
  const waiting = new Set();

  const open = (json) => {
    head = JSON.parse(json);
    const { rows: said, shared } = head;
    const [organisations, boards] = [new Set(head.organisations), new Set(head.boards)];
    rows = said.path.map((path, number) => ({
      path,
      number,
      title: said.title[number],
      kind: shared.kinds[said.kind[number]],
      whose: shared.whose[said.whose[number]],
      names: said.names[number].map((each) => shared.names[each]).join(" | "),
      own: organisations.has(number),
      board: boards.has(number),
      states: said.states[number].map((each) => shared.states[each]),
      choices: said.choices[number].map((each) => shared.choices[each]),
      areas: said.areas[number].map((each) => shared.areas[each]),
      years: said.years[number],
      lang: said.lang[number],
      open: number < head.open,
      text: "",
    }));
    near = head.near.map((group) => group.map((words) => ({ said: words, words: wordsOf(words) })));
    pending = head.texts.length;
  };

  const read = (json) => {
    const [first, texts] = JSON.parse(json);
    texts.forEach((text, place) => {
      const row = rows[first + place];
      row.text = text;
      row.inText = undefined;
    });
    pending -= 1;
    for (const told of waiting) told();
  };

  // What is searched of a page: folded when it is first needed.
  const ready = (row) => {
    row.inTitle ??= hay(row.title);
    row.called ??= [row.whose, ...row.names.split(" | ")].map(hay);
    row.inNames ??= row.called.join("");
    row.inRest ??= hay([row.kind, ...row.states.map(([words]) => words), ...row.areas, ...row.years].join(" | "));
    if (row.inText === undefined && row.text) row.inText = row.text.split("\n").map(hay);
    return row;
  };

  const has = (text, word, isLast) => text.includes(` ${word}${isLast ? "" : " "}`);
  const hasAll = (text, words, isWhole) => words.every((word, place) => has(text, word, !isWhole && place === words.length - 1));

  // How well a page fits: the lower, the better. Titles come before texts, words together before words apart; -1 where it does not fit.
  // A text counts where one of its sentences has all the words that stand nowhere else.
  const fit = (row, words, isWhole) => {
    const phrase = words.join(" ");
    const isTitled = has(row.inTitle, phrase, !isWhole);
    if (row.own && isTitled) return 0;
    if (row.inTitle === ` ${phrase} ` || (row.own && has(row.inNames, phrase, !isWhole))) return 1;
    if (isTitled) return row.board ? 1.5 : 2;
    if (has(row.inNames + row.inRest, phrase, !isWhole)) return 3;
    if (hasAll(row.inTitle, words, isWhole)) return 3.5;
    const missing = (known) => words.filter((word, place) => !has(known, word, !isWhole && place === words.length - 1));
    const own = row.inTitle + row.inRest;
    let left = missing(own);
    // A name counts as one: “Cát Mẫu” is not in “Bình Cát” and “Bình Mẫu”.
    if (left.length) left = row.called.map((name) => missing(own + name)).reduce((best, one) => (one.length < best.length ? one : best), left);
    if (!left.length) return 4;
    if (!row.inText) return -1;
    if (row.inText.some((text) => has(text, phrase, !isWhole))) return 5;
    return row.inText.some((text) => hasAll(text, left, isWhole || left.at(-1) !== words.at(-1))) ? SCATTERED : -1;
  };

  // Whether the words stand on the page with the marks with which they were typed: together where they were found together, else each somewhere.
  // Folded and steady letters have the same places.
  const isExact = (row, typed, rank) => {
    if (!typed.marks.length) return true;
    if (row.steadyOf !== row.text) {
      row.steadyOf = row.text;
      const all = [row.title, row.names, row.whose, row.kind, ...row.states.map(([words]) => words), ...row.areas, row.text].join(" | ");
      row.steady = ` ${steady(all)}`;
      row.all = ` ${folded(all)}`;
    }
    if (rank === 3.5 || rank === 4 || rank === SCATTERED || typed.words.length < 2) return typed.marks.every((word) => row.steady.includes(` ${word}`));
    const phrase = ` ${typed.words.join(" ")}`;
    for (let at = row.all.indexOf(phrase); at >= 0; at = row.all.indexOf(phrase, at + 1)) {
      if (typed.places.every(([place, letter]) => row.steady[at + place] === letter)) return true;
    }
    return false;
  };
  // What was typed with marks: the words, and the letters by their places among all words.
  const marksOf = (text) => {
    const words = wordsOf(text);
    const line = ` ${steady(text).split(" ").filter(Boolean).join(" ")}`;
    const bare = folded(line);
    return { words, marks: line.split(" ").filter((word) => word !== folded(word)), places: [...line].map((letter, place) => [place, letter]).filter(([place, letter]) => bare[place] !== letter) };
  };

  // A query, and the same with words that mean the same.
  const variants = (query) => {
    const words = wordsOf(query);
    const made = [{ words, said: query, isNear: false }];
    for (const group of near) {
      for (const one of group) {
        const at = words.findIndex((_, place) => one.words.every((word, step) => words[place + step] === word));
        if (at < 0 || !one.words.length) continue;
        for (const other of group) {
          if (other === one) continue;
          const changed = [...words.slice(0, at), ...other.words, ...words.slice(at + one.words.length)];
          if (made.some((each) => each.words.join(" ") === changed.join(" "))) continue;
          made.push({ words: changed, said: other.said, isNear: true, isWhole: at + one.words.length === words.length });
        }
      }
    }
    return made;
  };

  const pause = () => new Promise((go) => setTimeout(go));
  // Goes through all pages without holding anybody up; gives false where somebody has asked for something else meanwhile.
  const each = async (visit, isWanted) => {
    let start = performance.now();
    for (const [place, row] of rows.entries()) {
      visit(ready(row));
      if (place % 64 || performance.now() - start < SLICE) continue;
      await pause();
      if (!isWanted()) return false;
      start = performance.now();
    }
    return true;
  };

  const better = (one, other) => one.rank - other.rank || one.row.number - other.row.number;

  // How well a page fits one way of asking. The last word may go on; who typed marks means them: without them only whole words that stand together count.
  const judge = (row, way) => {
    if (!way.words.length) return { row, words: [], rank: 4 };
    const whole = fit(row, way.words, true);
    const rank = whole >= 0 || way.isWhole ? whole : fit(row, way.words, false);
    if (rank < 0) return undefined;
    const isFar = !isExact(row, way.typed, rank);
    if (isFar && (whole < 0 || whole >= SCATTERED)) return undefined;
    return { row, words: way.words, rank: rank + (isFar ? OTHER_MARKS : 0) + (whole < 0 ? 0.4 : 0) + (way.isNear ? 1.6 : 0) };
  };

  const look = async (query, chosen, isWanted) => {
    const asked = variants(query);
    const isBare = folded(query.normalize("NFC")) === steady(query);
    for (const way of asked) way.typed = isBare ? NOTHING : marksOf(way.said);
    const found = [];
    const isWhole = await each((row) => {
      if (!fits(row, chosen)) return;
      let best;
      for (const way of asked) {
        const one = judge(row, way);
        if (one && (!best || better(one, best) < 0)) best = one;
      }
      if (best) found.push(best);
    }, isWanted);
    return isWhole && found.sort(better);
  };

  const fits = (row, chosen) =>
    (!chosen.loai || row.kind === chosen.loai) &&
    (!chosen["linh-vuc"] || row.areas.includes(chosen["linh-vuc"])) &&
    (!chosen["tinh-trang"] || row.choices.includes(chosen["tinh-trang"])) &&
    (!chosen.nam || row.years.includes(Number(chosen.nam)));

  // One slip: a letter too many, too few, another, or two that changed places.
  const isClose = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    let end = 0;
    while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
    const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
    return Math.max(left.length, right.length) <= 1 || (left.length === 2 && left[0] === right[1] && left[1] === right[0]);
  };

  // Mends words that stand nowhere: typed on a keyboard that left the marks of Telex as letters, or with one slip. The word that stands on most pages wins.
  const mended = async (query, isWanted) => {
    const counts = new Map();
    const isWhole = await each((row) => {
      const here = new Set(`${row.inTitle}${row.inNames}${row.inRest}${(row.inText ?? []).join("")}`.split(" "));
      for (const word of here) counts.set(word, (counts.get(word) ?? 0) + 1);
    }, isWanted);
    if (!isWhole) return "";
    counts.delete("");
    const best = (candidates) => candidates.reduce((top, word) => ((counts.get(word) ?? 0) > (counts.get(top) ?? 0) ? word : top), "");
    const known = [...counts.keys()];
    // Two words without the space between them.
    const parted = (word) => {
      const ways = [...word].map((_, at) => [word.slice(0, at), word.slice(at)]).filter((two) => two.every((each) => counts.has(each)));
      const least = (two) => Math.min(...two.map((each) => counts.get(each)));
      return ways.sort((one, other) => least(other) - least(one))[0]?.join(" ");
    };
    const mend = (word) => {
      if (counts.has(word)) return word;
      const bare = word.replace(/(aa|ee|oo|dd)/g, (two) => two[0]);
      const telex = [bare, bare.replace(/(?<=[aeiouy][a-z]*)[sfrxj](?=[aeiouywngcmpth]*$)/, ""), bare.replace(TELEX, "")].map((each) => [each, each.replace(/w/g, "")]).flat();
      return best(telex) || (word.length > 2 ? best(known.filter((each) => isClose(word, each))) : "") || parted(word) || word;
    };
    const words = wordsOf(query);
    const made = words.map(mend);
    return made.join(" ") === words.join(" ") ? "" : made.join(" ");
  };

  // Pages that have most of the words, where none has all of them.
  const most = async (query, chosen, isWanted) => {
    const words = [...new Set(wordsOf(query))];
    if (words.length < 4) return [];
    const found = [];
    await each((row) => {
      if (!fits(row, chosen)) return;
      const all = `${row.inTitle}${row.inNames}${row.inRest}${(row.inText ?? []).join("")}`;
      const there = words.filter((word) => has(all, word, false));
      if (there.length >= words.length * MOST) found.push({ row, words: there, rank: -there.length - words.filter((word) => has(row.inTitle + row.inNames, word, false)).length / 100 });
    }, isWanted);
    return found.sort(better);
  };

  // Finds pages: those with all words; else with mended words; else with most words.
  const find = async (query, chosen = {}, isWanted = () => true) => {
    const found = await look(query, chosen, isWanted);
    if (!found) return undefined;
    if (found.length || pending || !wordsOf(query).length) return { found };
    const instead = await mended(query, isWanted);
    const again = instead ? await look(instead, chosen, isWanted) : [];
    if (again?.length) return { found: again, instead };
    const some = await most(instead || query, chosen, isWanted);
    return isWanted() ? { found: some, some: some.length > 0 } : undefined;
  };

  return { open, read, find, folded, wordsOf, state: () => ({ head, rows, pending }), waiting, SLICE, AROUND };
})();
