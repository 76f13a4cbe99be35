// What is wrong with the boxes of a page: too wide, cut off, one over another, too small to press. Each answer is a list of sentences that name the place.
window.boxes = (() => {
  const main = () => document.querySelector("article") ?? document.body;
  const name = (each) => {
    const words = (each.getAttribute?.("aria-label") || each.textContent || "").trim().replace(/\s+/gu, " ").slice(0, 40);
    const classes = [...each.classList].filter((one) => one.startsWith("ts-") || one.startsWith("md-")).slice(0, 2);
    return `${each.tagName.toLowerCase()}${classes.map((one) => `.${one}`).join("")} “${words}”`;
  };
  const isSeen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const isHidingText = (style) => [style.overflowX, style.overflowY].some((each) => each === "hidden" || each === "clip");
  const scrolls = (style) => [style.overflowX, style.overflowY].some((each) => each === "auto" || each === "scroll");
  // For screen readers alone: a box of a pixel, or all of it clipped away.
  const isForEars = (each) => {
    const box = each.getBoundingClientRect();
    const style = getComputedStyle(each);
    return (box.width <= 2 || box.height <= 2) && (isHidingText(style) || style.clip !== "auto" || style.clipPath !== "none");
  };
  const above = function* (each) {
    for (let at = each; at && at !== document.documentElement; at = at.parentElement) yield at;
  };

  // The lines of text in sight, each with its box and the element that it stands in.
  const lines = (place) => {
    const found = [];
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const known = new Map();
    const isRead = (each) => {
      if (!known.has(each)) known.set(each, isSeen(each) && ![...above(each)].some(isForEars));
      return known.get(each);
    };
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (!node.data.trim() || !isRead(holder) || ["SCRIPT", "STYLE", "OPTION", "TITLE", "DESC"].includes(holder.tagName.toUpperCase())) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) found.push({ holder, box, words: node.data.trim().slice(0, 40) });
    }
    return found;
  };

  const insideScroller = (each) => [...above(each.parentElement)].some((at) => scrolls(getComputedStyle(at)));

  const tooWide = () => {
    const room = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > room ? [`the page is ${document.documentElement.scrollWidth} wide, and there is room for ${room}`] : [];
    for (const { holder, box, words } of lines(main())) {
      if ((box.right > room + 1 || box.left < -1) && !insideScroller(holder)) found.push(`out of sight at the side: ${name(holder)} “${words}”`);
    }
    return found;
  };

  const cutOff = () => {
    const found = [];
    for (const each of main().querySelectorAll("*")) {
      if (!(each instanceof HTMLElement) || !isSeen(each) || !each.innerText?.trim() || isForEars(each)) continue;
      const style = getComputedStyle(each);
      const isCut = (how, whole, room) => (how === "hidden" || how === "clip") && whole > room + 1;
      if (isCut(style.overflowX, each.scrollWidth, each.clientWidth) || isCut(style.overflowY, each.scrollHeight, each.clientHeight)) found.push(`cut off: ${name(each)}`);
    }
    return found;
  };

  // Two lines of text one over the other: more than a third of the lower one is covered. Lines that are scrolled out of their own box are not looked at.
  const overlaps = () => {
    const found = [];
    const all = lines(main()).filter(({ holder }) => !insideScroller(holder));
    all.sort((one, other) => one.box.top - other.box.top);
    for (const [number, one] of all.entries()) {
      for (let next = number + 1; next < all.length && all[next].box.top < one.box.bottom; next += 1) {
        const other = all[next];
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (wide > 2 && high > Math.min(one.box.height, other.box.height) / 3) found.push(`“${one.words}” lies over “${other.words}”`);
      }
    }
    return found;
  };

  // What stands in one box stays in it, and neighbours do not lie over each other.
  const order = () => {
    const found = [];
    const isPlaced = (each) => {
      const style = getComputedStyle(each);
      return each instanceof HTMLElement && isSeen(each) && !/^inline|^contents|^none/u.test(style.display) && !["absolute", "fixed", "sticky"].includes(style.position);
    };
    for (const holder of [main(), ...main().querySelectorAll("*")]) {
      if (!(holder instanceof HTMLElement) || !isSeen(holder) || getComputedStyle(holder).display.startsWith("table")) continue;
      if (scrolls(getComputedStyle(holder)) || insideScroller(holder) || [...above(holder)].some(isForEars)) continue;
      const around = holder.getBoundingClientRect();
      const children = [...holder.children].filter(isPlaced).map((each) => ({ each, box: each.getBoundingClientRect() })).filter(({ box }) => box.width && box.height);
      for (const { each, box } of children) {
        if (!isForEars(each) && (box.right > around.right + 1 || box.left < around.left - 1)) found.push(`sticks out at the side: ${name(each)}`);
      }
      for (const [number, one] of children.entries()) {
        for (const other of children.slice(number + 1, number + 4)) {
          const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          if (wide > 1 && high > 1) found.push(`${name(one.each)} lies over ${name(other.each)}`);
          if (wide > 1 && other.box.bottom < one.box.top - 1) found.push(`${name(other.each)} is read after ${name(one.each)} and stands above it`);
        }
      }
    }
    return found;
  };

  // A link in a sentence or in a table is as high as its line (axe looks at the room around it). What stands by itself is 48 high, and everything 24.
  const small = (least, most) => {
    const found = [];
    const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    for (const each of main().querySelectorAll(wanted)) {
      if (!isSeen(each) || isForEars(each) || each.closest(".headerlink")) continue;
      const box = each.getBoundingClientRect();
      if (!box.width) continue;
      const isInText = each.tagName === "A" && (getComputedStyle(each).display === "inline" || each.closest("td, th"));
      const isTick = ["checkbox", "radio"].includes(each.type);
      const needed = isInText ? 0 : isTick ? least : most;
      if (box.height < needed - 0.5 || (!isInText && box.width < least)) found.push(`too small (${Math.round(box.width)} × ${Math.round(box.height)}): ${name(each)}`);
    }
    return found;
  };

  // What is read is large; what stands beside it may be a little smaller.
  const fine = (least, smallest) => {
    const found = new Set();
    for (const { holder } of lines(main())) {
      if (holder.closest("svg, sup, sub")) continue;
      const size = parseFloat(getComputedStyle(holder).fontSize);
      const isRead = holder.closest("p, li, dd, td")?.innerText.length > 60 && !holder.closest("code, pre, small, figcaption, [role=note], footer, .ts-quiet, .ts-chip");
      if (size < (isRead ? least : smallest) - 0.01) found.add(`${Math.round(size * 10) / 10} px: ${name(holder)}`);
    }
    return [...found];
  };

  const long = (most) => {
    const found = [];
    for (const each of main().querySelectorAll("p, li, dd")) {
      if (!isSeen(each) || each.querySelector("p, li, dd, table, svg")) continue;
      const tops = new Set(lines(each).map(({ box }) => Math.round(box.top / 8)));
      const letters = each.innerText.trim().length;
      if (tops.size > 2 && letters / tops.size > most) found.push(`lines of ${Math.round(letters / tops.size)} letters: ${name(each)}`);
    }
    return found;
  };

  const moving = () => {
    const seconds = (list) => Math.max(...list.split(",").map((each) => parseFloat(each) * (each.trim().endsWith("ms") ? 0.001 : 1)));
    const found = [];
    for (const each of document.querySelectorAll("body *")) {
      const style = getComputedStyle(each);
      if (isSeen(each) && (seconds(style.transitionDuration) > 0.01 || (style.animationName !== "none" && seconds(style.animationDuration) > 0.01))) found.push(name(each));
    }
    return [...found, ...(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["the page scrolls smoothly"] : [])];
  };

  return { tooWide, cutOff, overlaps, order, small, fine, long, moving };
})();
