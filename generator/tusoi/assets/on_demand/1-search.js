// Searching: asked for by a script tag when somebody begins to search, and never before. What is searched comes by script tags, too: a site on a disk has
// nobody to fetch from. A letter with a mark is found by the one without; texts keep their marks, and letters keep their places, so that what was found can be shown.
const tusoiSearch = (() => {
  const SLICE = 12; // milliseconds that a search may hold up the page at a time
  const AROUND = 90; // characters that are shown around what was found in a text
  const SCATTERED = 6; // the rank of a page in one of whose sentences the words stand apart
  const AFTER = 0.6; // what it costs to tell how something is done, and of nobody: what was done comes first
  const OTHER_MARKS = 3.2; // what it costs to have other marks than were typed: a text that has them comes before a title that has not
  const MOST = 0.7; // so many of the words of a question make a page worth showing, though they stand apart
  const SOME = 10; // so many pages are shown that have a part of the words
  const CANDIDATES = 100; // of so many pages the marks are looked at
  const LONG = 3; // letters: a shorter word says little
  const COMMON = 0.25; // a word that stands on so many of the pages says little, too
  const QUESTION = 4; // words: of so many most may stand apart; of fewer some have to stand together
  const APART = 0.4; // what a word counts that stands without its neighbours
  const NEAR = 0.9; // what words count that mean the same
  const TITLED = 0.5; // what is added for words in a title
  const AGAIN = 0.93; // what a page counts after one with the same words: so the other words have their turn
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
  let told; // on how many pages each word stands; counted when it is first needed
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
    told = undefined;
    for (const tell of waiting) tell();
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

  // Whether a page is about a record, or is a board of many: else it is a guide, a rule or a form.
  const isAbout = (row) => row.board || row.names !== "";

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

  // What of a page is compared with marks, made when it is first needed.
  const steadied = (row) => {
    if (row.steadyOf === row.text) return row;
    row.steadyOf = row.text;
    const all = [row.title, row.names, row.whose, row.kind, ...row.states.map(([words]) => words), ...row.areas, row.text].join(" | ");
    row.steady = ` ${steady(all)} `;
    row.all = ` ${folded(all)} `;
    return row;
  };

  // Whether words stand together on a page, with these marks.
  const isMarked = (row, { phrase, places }) => {
    for (let at = row.all.indexOf(phrase); at >= 0; at = row.all.indexOf(phrase, at + 1)) {
      if (places.every(([place, letter]) => row.steady[at + place] === letter)) return true;
    }
    return false;
  };

  // Whether the words stand on the page with the marks with which they were typed: together where they were found together, else each somewhere.
  // Folded and steady letters have the same places.
  const isExact = (row, typed, rank) => {
    if (!typed.marks.length) return true;
    steadied(row);
    if (rank === 3.5 || rank === 4 || rank === SCATTERED || typed.words.length < 2) return typed.marks.every((word) => row.steady.includes(` ${word}`));
    return isMarked(row, { phrase: ` ${typed.words.join(" ")}`, places: typed.places });
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
    return { row, words: way.words, rank: rank + (isFar ? OTHER_MARKS : 0) + (isAbout(row) || rank < 1.5 ? 0 : AFTER) + (whole < 0 ? 0.4 : 0) + (way.isNear ? 1.6 : 0) };
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

  const allOf = (row) => `${row.inTitle}${row.inNames}${row.inRest}${(row.inText ?? []).join("")}`;
  // On how many pages each word stands.
  const counted = async (isWanted) => {
    if (told) return told;
    const counts = new Map();
    const isWhole = await each((row) => {
      for (const word of new Set(allOf(row).split(" "))) counts.set(word, (counts.get(word) ?? 0) + 1);
    }, isWanted);
    counts.delete("");
    if (isWhole) told = counts;
    return told;
  };

  // Mends words that stand nowhere: typed on a keyboard that left the marks of Telex as letters, or with one slip. The word that stands on most pages wins.
  // Gives for each word what is searched instead of it.
  const mended = (words, counts) => {
    const best = (candidates) => candidates.reduce((top, word) => ((counts.get(word) ?? 0) > (counts.get(top) ?? 0) ? word : top), "");
    const known = [...counts.keys()];
    // Two words without the space between them.
    const parted = (word) => {
      const ways = [...word].map((_, at) => [word.slice(0, at), word.slice(at)]).filter((two) => two.every((each) => counts.has(each)));
      const least = (two) => Math.min(...two.map((each) => counts.get(each)));
      return ways.sort((one, other) => least(other) - least(one))[0]?.join(" ");
    };
    return words.map((word) => {
      if (counts.has(word)) return word;
      const bare = word.replace(/(aa|ee|oo|dd)/g, (two) => two[0]);
      const telex = [bare, bare.replace(/(?<=[aeiouy][a-z]*)[sfrxj](?=[aeiouywngcmpth]*$)/, ""), bare.replace(TELEX, "")].map((each) => [each, each.replace(/w/g, "")]).flat();
      return best(telex) || (word.length > 2 ? best(known.filter((each) => isClose(word, each))) : "") || parted(word) || word;
    });
  };

  // The words of a question one by one, pairs of neighbours, and words of a group that may stand instead: how each is searched, and with which marks.
  const sharesOf = (query, instead) => {
    const isBare = folded(query.normalize("NFC")) === steady(query);
    const needle = (text) => ({ phrase: ` ${wordsOf(text).join(" ")} `, places: isBare ? [] : marksOf(text).places });
    const typed = query.normalize("NFC").split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => folded(word).trim());
    const parts = wordsOf(query).flatMap((word, place) => (instead[place] === word ? [typed[place]] : instead[place].split(" ")).map((text) => ({ place, said: typed[place], text, word: folded(text), ...needle(text) })));
    const pairs = parts.slice(1).map((part, place) => needle(`${parts[place].text} ${part.text}`));
    const spots = near.flatMap((group) =>
      group.flatMap((one) => {
        const at = one.words.length ? parts.findIndex((_, place) => one.words.every((word, step) => parts[place + step]?.word === word)) : -1;
        const others = group.filter((other) => other !== one).map(({ said, words }) => ({ words, ...needle(said) }));
        return at < 0 ? [] : [{ places: one.words.map((_, step) => at + step), others }];
      }),
    );
    return { parts, pairs, spots };
  };

  // Which words of a question a page has, which of them beside a neighbour, and which by words that mean the same.
  const shareOf = (row, { parts, pairs, spots }, isHere) => {
    const there = parts.map(isHere);
    const together = parts.map(() => false);
    pairs.forEach((pair, place) => {
      if (!there[place] || !there[place + 1] || !isHere(pair)) return;
      together[place] = true;
      together[place + 1] = true;
    });
    // A word that was mended counts only beside a neighbour: alone it may be quite another.
    parts.forEach(({ said, text }, place) => {
      if (text !== said && !together[place]) there[place] = false;
    });
    const meant = spots.flatMap(({ places, others }) => {
      const other = places.every((place) => there[place]) && (places.length === 1 || places.every((place) => together[place])) ? undefined : others.find(isHere);
      return other ? [{ places, words: other.words }] : [];
    });
    return { row, there, together, meant };
  };

  // How much a page has of the question: the rarer a word, the more it says; words beside their neighbours and in titles say more. 0 where it is not worth showing:
  // short words and words that many pages have make none, nor does one syllable of a word: only where the other stands nowhere, it may be a word by itself.
  const worthOf = ({ row, there, together, meant }, { parts, pairs }, counts) => {
    const isNear = parts.map((_, place) => meant.some(({ places }) => places.includes(place)));
    const isTelling = parts.map(({ word }) => word.length >= LONG && (counts.get(word) ?? 0) <= rows.length * COMMON);
    const got = parts.filter((_, place) => there[place] || isNear[place]).length;
    const known = parts.filter(({ word }) => counts.has(word)).length;
    const isEnough = parts.length < QUESTION ? parts.length === 2 && known === 1 : got >= parts.length * MOST;
    const isJoined = pairs.some((_, place) => together[place] && together[place + 1] && (isTelling[place] || isTelling[place + 1]));
    const isTold = parts.some((_, place) => isTelling[place] && (there[place] || isNear[place]));
    if (!isTold || !(isJoined || meant.length || isEnough)) return 0;
    const titled = row.own || row.board ? 2 * TITLED : TITLED;
    const inTitle = (words) => (has(row.inTitle, words.join(" "), false) ? titled : 0);
    return parts.reduce((sum, { word }, place) => {
      const weight = Math.log(1 + rows.length / (1 + (counts.get(word) ?? 0)));
      const other = meant.find(({ places }) => places.includes(place));
      if (together[place]) return sum + weight * (1 + inTitle([word]));
      if (other) return sum + weight * NEAR * (1 + inTitle(other.words));
      return sum + (there[place] ? weight * APART : 0);
    }, 0);
  };

  // What is shown of such a page: the words that it has, beside their neighbours if any are, and those that it has not, as they were typed.
  const partly = (share, worth, { parts }) => {
    const { row, there, together, meant } = share;
    const isMeant = (place) => meant.some(({ places }) => places.includes(place));
    const own = parts.filter((_, place) => together[place]);
    const words = [...new Set([...(own.length || meant.length ? own : parts.filter((_, place) => there[place])).map(({ word }) => word), ...meant.flatMap((each) => each.words)])];
    const runs = [];
    parts.forEach(({ said, place: from }, place) => {
      if (there[place] || isMeant(place) || (place && parts[place - 1].place === from && runs.at(-1)?.end === place - 1)) return;
      if (place && runs.at(-1)?.end === place - 1) Object.assign(runs.at(-1), { end: place, words: [...runs.at(-1).words, said] });
      else runs.push({ end: place, words: [said] });
    });
    return { row, words, rank: -worth, lacking: [...new Set(runs.map((run) => run.words.join(" ")))].join(", ") };
  };

  // Pages that have a part of the words, where none has all of them.
  const some = async (query, instead, chosen, counts, isWanted) => {
    const asked = sharesOf(query, instead);
    if (asked.parts.length < 2) return [];
    const found = [];
    const isWhole = await each((row) => {
      if (!fits(row, chosen)) return;
      const all = allOf(row);
      const share = shareOf(row, asked, ({ phrase }) => all.includes(phrase));
      const worth = worthOf(share, asked, counts);
      if (worth) found.push({ row, rank: -worth });
    }, isWanted);
    if (!isWhole) return [];
    const sure = found
      .sort(better)
      .slice(0, CANDIDATES)
      .flatMap(({ row }) => {
        const share = shareOf(row, asked, (needle) => isMarked(steadied(row), needle));
        const worth = worthOf(share, asked, counts);
        return worth ? [partly(share, worth, asked)] : [];
      })
      .sort(better);
    const seen = new Map();
    for (const one of sure) {
      const before = seen.get(one.lacking) ?? 0;
      seen.set(one.lacking, before + 1);
      one.rank *= AGAIN ** before;
    }
    return sure.sort(better).slice(0, SOME);
  };
  // Finds pages: those with all words; else with mended words; else with a part of the words.
  const find = async (query, chosen = {}, isWanted = () => true) => {
    const found = await look(query, chosen, isWanted);
    if (!found) return undefined;
    const words = wordsOf(query);
    if (found.length || pending || !words.length) return { found };
    const counts = await counted(isWanted);
    if (!counts || !isWanted()) return undefined;
    const made = mended(words, counts);
    const instead = made.join(" ");
    const again = instead === words.join(" ") ? [] : await look(instead, chosen, isWanted);
    if (again?.length) return { found: again, instead };
    const part = await some(query, made, chosen, counts, isWanted);
    return isWanted() ? { found: part, some: part.length > 0 } : undefined;
  };

  return { open, read, find, folded, wordsOf, state: () => ({ head, rows, pending }), waiting, SLICE, AROUND };
})();
