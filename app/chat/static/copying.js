/* Copying from the chat, all of it in the browser: a button's own text with its notes, and what a reader selects.
   A button carries what it copies in "data-clip": JSON {html, text, marks, notes} as base64 of UTF-8.
   Texts of reports are only ever set as plain text here. */
window.insightsCopying ??= (() => {
  const SHOWN = 2500; // milliseconds, more for a long line
  const words = (name) => window.insightsCopyWords?.[name] ?? "";
  const clipOf = (button) =>
    JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(button.dataset.clip), (sign) => sign.charCodeAt(0))));

  const write = ({ html, text }) =>
    navigator.clipboard.write([
      new ClipboardItem({
        "text/html": new Blob([html], { type: "text/html" }),
        "text/plain": new Blob([text], { type: "text/plain" }),
      }),
    ]);

  // For browsers without the call above, or that refuse it.
  const writeByEvent = ({ html, text }) => {
    let written = false;
    const put = (event) => {
      event.clipboardData.setData("text/html", html);
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      written = true;
    };
    document.addEventListener("copy", put, true);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", put, true);
    return done && written;
  };

  const say = (line) => {
    let told = document.querySelector("#insights-copied");
    if (!told) {
      told = Object.assign(document.createElement("div"), { id: "insights-copied", role: "status" });
      document.body.append(told);
    }
    told.textContent = line;
    told.classList.add("shown");
    clearTimeout(say.timer);
    say.timer = setTimeout(() => {
      told.textContent = "";
      told.classList.remove("shown");
    }, Math.max(SHOWN, 60 * line.length));
  };

  const showByHand = (text, button) => {
    const dialog = Object.assign(document.createElement("dialog"), { id: "insights-by-hand" });
    const line = Object.assign(document.createElement("p"), { textContent: words("refused") });
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, rows: 8 });
    field.setAttribute("aria-label", words("text"));
    const close = Object.assign(document.createElement("button"), { textContent: words("close"), type: "button" });
    close.className = "insights-copy";
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      button.focus();
    });
    dialog.append(line, field, close);
    document.body.append(dialog);
    dialog.showModal();
    field.select();
  };

  const copy = async (button) => {
    const clip = clipOf(button);
    let done = true;
    try {
      await write(clip);
    } catch {
      done = writeByEvent(clip);
    }
    if (!done) return showByHand(clip.text, button);
    say(words("copied"));
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), SHOWN);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-clip]");
    if (button) copy(button);
  });

  // The text that a quote's button belongs to: in the nearest element around both.
  const textBeside = (button) => {
    let around = button.parentElement;
    while (around && around !== document.body) {
      const text = around.querySelector('[data-testid="stText"]');
      if (text) return text;
      around = around.parentElement;
    }
    return null;
  };

  const chosenWords = (range, text) => {
    const part = document.createRange();
    part.selectNodeContents(text);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    return part.toString().trim();
  };

  const escaped = (text) => Object.assign(document.createElement("p"), { textContent: text, dir: "auto" }).outerHTML;

  // A selection keeps the numbers of its quotes, which are buttons, and takes their sources along.
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (event.defaultPrevented || !selection?.rangeCount || selection.isCollapsed) return;
    if (document.activeElement?.matches("input, textarea")) return;
    const range = selection.getRangeAt(0);
    const notes = new Set();
    let whole = selection.toString();
    let from = 0;
    for (const button of document.querySelectorAll("button.insights-copy-quote[data-clip]")) {
      const text = textBeside(button);
      if (!text || !range.intersectsNode(text)) continue;
      const chosen = chosenWords(range, text);
      const clip = clipOf(button);
      if (!chosen || !clip.notes.length) continue;
      clip.notes.forEach((note) => notes.add(note));
      const at = whole.indexOf(chosen, from);
      if (at < 0) continue;
      from = at + chosen.length;
      whole = `${whole.slice(0, from)} ${clip.marks}${whole.slice(from)}`;
      from += clip.marks.length + 1;
    }
    if (!notes.size) return;
    const lines = [...whole.trim().split(/\n+/), ...notes];
    event.clipboardData.setData("text/plain", `${whole.trim()}\n\n${[...notes].join("\n")}`);
    event.clipboardData.setData("text/html", lines.map(escaped).join(""));
    event.preventDefault();
  });
  return { say };
})();
