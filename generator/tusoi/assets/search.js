// The search box. What searches, and what is searched, is asked for only when somebody begins: with the first letter, or with the box under the finger.
// Without scripts the box leads to the page on which one searches, and that page lists what there is.
(() => {
  const box = document.querySelector("[data-ts-search]"); // the form in the head of the page
  const desk = document.querySelector("[data-ts-desk]"); // the form of the page on which one searches
  const form = desk ?? box;
  if (!form) return;

  let asked;
  const load = () => {
    asked ??= new Promise((done, failed) => {
      const src = new URL("tim-kiem/tim-kiem.js", form.action).href;
      document.head.append(Object.assign(document.createElement("script"), { src, onload: () => done(tusoiSearch), onerror: failed }));
    });
    return asked;
  };

  if (desk) load().then((search) => search.onDesk(desk));
  if (box && !desk) {
    let isReady = false;
    const begin = () => {
      if (isReady) return;
      isReady = true;
      load().then((search) => search.inBox(box));
    };
    box.addEventListener("pointerdown", begin);
    box.addEventListener("input", begin);
    // On a narrow screen the head has room for a button only; it opens the box over the head.
    const opener = document.querySelector("[data-ts-opener]");
    opener?.addEventListener("click", (event) => {
      event.preventDefault();
      box.dataset.isOpen = "";
      form.q.focus();
      begin();
    });
    const close = () => delete box.dataset.isOpen;
    box.addEventListener("pointerdown", (event) => event.target !== form.q && event.preventDefault()); // the box keeps the focus
    box.addEventListener("focusout", ({ relatedTarget }) => box.contains(relatedTarget) || close());
    box.querySelector("[data-ts-close]").addEventListener("click", close);
    box.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !("isOpen" in box.dataset)) return;
      close();
      opener.focus();
    });
  }

  // “/” goes to the box, unless somebody is writing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const opener = document.querySelector("[data-ts-opener]");
    if (!desk && opener?.offsetParent) opener.click();
    form.q.focus();
    form.q.select();
  });
})();
