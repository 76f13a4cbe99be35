// Copy buttons. Everything else on the pages works without scripts, and so does the text beside each button: it can be selected.
(() => {
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
