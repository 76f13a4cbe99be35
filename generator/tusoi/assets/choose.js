// "My organisation": finds names by a part of them, with or without marks. Without scripts the list from A to Z stands there alone.
(() => {
  const SHOWN = 8;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const words = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  for (const place of document.querySelectorAll("[data-ts-bodies]")) {
    const said = JSON.parse(place.dataset.tsBodies);
    const names = [...place.querySelectorAll("[data-ts-names] > li")].map((item) => ({ item, words: words(`${item.textContent} ${item.dataset.also ?? ""}`) }));
    const ask = place.querySelector(".ts-bodies__ask");
    const field = ask.querySelector("input");
    const status = ask.querySelector("[role=status]");
    const list = ask.querySelector("ul");
    const links = () => [...list.querySelectorAll("a")];
    const tell = (text, number) => {
      status.textContent = text.replace("{number}", number).replace("{shown}", SHOWN);
    };

    const choose = () => {
      const asked = words(field.value);
      const found = asked.length ? names.filter((name) => asked.every((part) => name.words.some((word) => word.startsWith(part)))) : [];
      list.replaceChildren(...found.slice(0, SHOWN).map(({ item }) => item.cloneNode(true)));
      if (!asked.length) tell("", 0);
      else if (found.length > SHOWN) tell(said.more, found.length);
      else tell([said.none, said.one][found.length] ?? said.some, found.length);
    };

    ask.hidden = false;
    field.addEventListener("input", choose);
    ask.addEventListener("keydown", (event) => {
      const all = links();
      const at = all.indexOf(document.activeElement);
      if (event.key === "Escape" && (field.value || at >= 0)) {
        field.value = "";
        choose();
        field.focus();
      } else if (event.key === "ArrowDown" && at < all.length - 1) all[at + 1].focus();
      else if (event.key === "ArrowUp" && at >= 0) (all[at - 1] ?? field).focus();
      else if (event.key === "Enter" && at < 0 && all.length) {
        if (all.length === 1) all[0].click();
        else all[0].focus();
      } else return;
      event.preventDefault();
    });
    choose(); // a browser that comes back keeps what was typed
  }
})();
