// Words explained by a tap, in a box beside them. Without this, or in a browser that has no such boxes, they lead to the page of all words.
(() => {
  const told = document.querySelector("template[data-ts-explained]")?.content;
  if (!told || !("popover" in HTMLElement.prototype)) return;
  const room = 12;
  const box = document.createElement("div");
  box.className = "ts-explained";
  box.id = "ts-explained";
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  let opener = null;
  let wasOpen = false; // when a finger came down on the word: the browser closes the box before it tells of the tap

  const isOpen = () => box.matches(":popover-open");

  const place = () => {
    const word = opener.getBoundingClientRect();
    const hasRoomBelow = word.bottom + box.offsetHeight + room < innerHeight || word.top < box.offsetHeight + room;
    const left = Math.min(word.left, document.documentElement.clientWidth - box.offsetWidth - room);
    box.style.left = `${scrollX + Math.max(left, room)}px`;
    box.style.top = `${scrollY + (hasRoomBelow ? word.bottom + room / 2 : word.top - box.offsetHeight - room / 2)}px`;
  };

  const open = (word) => {
    const text = told.querySelector(`[data-word="${word.hash.slice(1)}"]`);
    const ways = told.lastElementChild.cloneNode(true);
    ways.querySelector("a").href = word.href;
    ways.querySelector("button").addEventListener("click", () => box.hidePopover());
    box.replaceChildren(...text.cloneNode(true).children, ways);
    box.setAttribute("aria-label", box.firstElementChild.textContent);
    opener = word;
    word.after(box); // so that the next key leads on from the word
    box.showPopover();
    place();
    word.setAttribute("aria-expanded", "true");
    box.focus({ preventScroll: true });
  };

  box.addEventListener("toggle", (event) => {
    if (event.newState === "open" || isOpen()) return;
    for (const word of document.querySelectorAll(".ts-term[aria-expanded=true]")) word.setAttribute("aria-expanded", "false");
    if (document.activeElement === document.body || box.contains(document.activeElement)) opener.focus({ preventScroll: true });
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) box.hidePopover();
  });
  addEventListener("resize", () => isOpen() && place());

  for (const word of document.querySelectorAll(".ts-term")) {
    word.setAttribute("role", "button");
    word.setAttribute("aria-haspopup", "dialog");
    word.setAttribute("aria-expanded", "false");
    word.addEventListener("pointerdown", () => {
      wasOpen = isOpen() && opener === word;
    });
    word.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // somebody wants the page, in a window of its own
      event.preventDefault();
      if (!wasOpen) open(word);
      wasOpen = false;
    });
    word.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      word.click();
    });
  }
})();
