// Copy buttons, and names for what the theme leaves without one. The pages are readable without scripts: the text beside a copy button can be selected.
(() => {
  const words = {
    vi: { drawer: "Mở hoặc đóng danh mục", search: "Mở hoặc đóng ô tìm kiếm", dialog: "Tìm kiếm" },
    en: { drawer: "Open or close the menu", search: "Open or close the search", dialog: "Search" },
  };
  const said = words[document.documentElement.lang] ?? words.vi;
  for (const [place, name] of [
    ["#__drawer", said.drawer],
    ["#__search", said.search],
    [".md-search[role=dialog]", said.dialog],
  ]) {
    document.querySelector(place)?.setAttribute("aria-label", name);
  }

  // The button of the menu on a narrow screen is a label, which no key reaches and no screen reader calls a button: a real one takes its place.
  const drawer = document.querySelector("#__drawer");
  const label = document.querySelector(".md-header__button[for=__drawer]");
  if (drawer && label) {
    const opener = document.createElement("button");
    opener.type = "button";
    opener.className = `${label.className} ts-menu-button`;
    opener.setAttribute("aria-label", said.drawer);
    opener.append(...label.childNodes);
    label.replaceWith(opener);
    const told = () => opener.setAttribute("aria-expanded", String(drawer.checked));
    const turn = (open) => {
      drawer.checked = open;
      drawer.dispatchEvent(new Event("change"));
    };
    told();
    drawer.addEventListener("change", told);
    opener.addEventListener("click", () => turn(!drawer.checked));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drawer.checked) return;
      turn(false);
      opener.focus();
    });
  }

  for (const button of document.querySelectorAll("[data-ts-print-page]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      return true;
    } catch {
      select(text); // from a disk there is no clipboard to write to: select, and ask the browser in the old way
      return document.execCommand("copy");
    }
  };

  for (const button of document.querySelectorAll("[data-ts-copy]")) {
    const name = button.textContent;
    const text = button.parentElement.querySelector("code");
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (await copy(text)) {
        button.textContent = button.dataset.tsDone;
        setTimeout(() => {
          button.textContent = name;
        }, 2000);
      }
    });
  }
})();
