// The tools of a web edition: notes beside the text or in place, display, position, citation of selected words.
// The pages are complete without this script. Nothing is loaded from elsewhere, and nothing is sent.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("site-data").textContent);
  const words = data.words;
  const root = document.documentElement;
  const tools = document.getElementById("site-tools");
  const WIDE = window.matchMedia("(min-width: 78rem)");

  const stored = {
    get(name) { try { return localStorage.getItem(`publisher-${name}`); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(`publisher-${name}`, value); } catch { /* not allowed: kept for this page only */ } },
  };

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  // ---- panels -------------------------------------------------------------------------------------------------
  const panels = [];

  function closePanels(returnFocus = false) {
    for (const { button, panel } of panels) {
      if (!panel.hidden && returnFocus) button.focus();
      panel.hidden = true;
      button.setAttribute("aria-expanded", "false");
    }
  }

  function addPanel(name, label, content, opened = () => {}) {
    const title = element("h2", { id: `panel-${name}-title` }, label);
    const close = element("button", { type: "button", class: "panel-close", "aria-label": words.close, onclick: () => closePanels(true) }, "×");
    const panel = element("section", { class: "site-panel", id: `panel-${name}`, role: "dialog", "aria-labelledby": title.id, hidden: true }, title, close, content);
    const button = element("button", { type: "button", "aria-expanded": "false", "aria-controls": panel.id }, label);
    button.addEventListener("click", () => {
      const open = panel.hidden;
      closePanels();
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open) opened(panel);
    });
    tools.append(button);
    document.body.append(panel);
    panels.push({ button, panel });
    return { button, panel, open() { closePanels(); panel.hidden = false; button.setAttribute("aria-expanded", "true"); opened(panel); } };
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = panels.find(({ panel }) => !panel.hidden);
    if (open) closePanels(true);
    else closeNote(true);
  });

  // ---- notes --------------------------------------------------------------------------------------------------
  const calls = [...document.querySelectorAll("main a.note-call")];
  const noteOf = (call) => {
    const [path, id] = call.getAttribute("href").split("#");
    return path === "" ? document.getElementById(id) : null;
  };
  let openNote = null;

  function closeNote(returnFocus = false) {
    if (!openNote) return;
    openNote.box.remove();
    openNote.call.removeAttribute("aria-expanded");
    if (returnFocus) openNote.call.focus();
    openNote = null;
  }

  function openInPlace(call, note) {
    closeNote();
    const box = element("div", { class: "note-open", role: "note", tabindex: "-1" });
    for (const child of note.childNodes) box.append(child.cloneNode(true));
    for (const one of box.querySelectorAll("[id]")) one.removeAttribute("id");
    for (const one of box.querySelectorAll("a.note-mark, a.note-way-back")) one.replaceWith(element("span", { class: "note-mark" }, one.textContent));
    box.append(element("button", { type: "button", class: "note-close", "aria-label": words.close_note, onclick: () => closeNote(true) }, "×"));
    const block = call.closest("p, li, dd, td, th, figcaption, blockquote, h1, h2, h3, h4, h5, h6") ?? call;
    const table = block.closest("table");
    if (table) (table.closest(".table") ?? table).after(box);
    else if (block.matches("li, dd")) block.append(box);
    else block.after(box);
    call.setAttribute("aria-expanded", "true");
    openNote = { call, box };
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  }

  function highlight(note, on) {
    note.classList.toggle("is-here", on);
    for (const call of calls) if (noteOf(call) === note) call.classList.toggle("is-here", on);
  }

  for (const call of calls) {
    const note = noteOf(call);
    if (!note) continue;
    call.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (root.classList.contains("with-beside") && WIDE.matches) {
        event.preventDefault();
        for (const other of document.querySelectorAll(".is-here")) other.classList.remove("is-here");
        highlight(note, true);
        note.scrollIntoView({ block: "nearest" });
        return;
      }
      event.preventDefault();
      if (openNote && openNote.call === call) closeNote(true);
      else openInPlace(call, note);
    });
    call.addEventListener("mouseenter", () => highlight(note, true));
    call.addEventListener("mouseleave", () => highlight(note, false));
  }

  function placeBeside() {
    const beside = WIDE.matches;
    root.classList.toggle("with-beside", beside && calls.some((call) => noteOf(call)));
    for (const doc of document.querySelectorAll("main .document")) {
      const notes = [...doc.querySelectorAll("aside.note.listed")].filter((note) => calls.some((call) => noteOf(call) === note));
      for (const list of doc.querySelectorAll("section.notes")) list.classList.toggle("notes-beside", beside && notes.some((note) => list.contains(note)));
      doc.style.minHeight = "";
      for (const note of notes) {
        note.classList.toggle("beside", beside);
        note.style.top = "";
      }
      if (!beside) continue;
      closeNote();
      const top = doc.getBoundingClientRect().top;
      const placed = notes
        .filter((note) => !note.hidden)
        .map((note) => ({ note, at: calls.find((call) => noteOf(call) === note && !call.hidden).getBoundingClientRect().top - top }))
        .sort((a, b) => a.at - b.at);
      let free = 0;
      for (const { note, at } of placed) {
        const y = Math.max(at, free);
        note.style.top = `${y}px`;
        free = y + note.offsetHeight + 10;
      }
      if (placed.length) doc.style.minHeight = `${free}px`;
    }
  }

  // ---- display ------------------------------------------------------------------------------------------------
  const SIZES = ["normal", "large", "largest"];

  function setColours(value) {
    if (value === "light" || value === "dark") root.dataset.colours = value;
    else delete root.dataset.colours;
    stored.set("colours", value);
    for (const button of document.querySelectorAll("[data-set-colours]")) button.setAttribute("aria-pressed", String(button.dataset.setColours === value));
  }

  function setSize(value) {
    const size = SIZES.includes(value) ? value : "normal";
    root.dataset.size = size;
    stored.set("size", size);
    placeBeside();
  }

  function setSeries(id, shown) {
    for (const one of document.querySelectorAll(`main .series-${CSS.escape(id)}`)) one.hidden = !shown;
    stored.set(`hide-${id}`, shown ? "" : "hidden");
    closeNote();
    placeBeside();
  }

  function displayPanel() {
    const colours = element("fieldset", {}, element("legend", {}, words.colours));
    for (const [value, label] of [["automatic", words.automatic], ["light", words.light], ["dark", words.dark]]) {
      colours.append(element("button", { type: "button", "data-set-colours": value, "aria-pressed": "false", onclick: () => setColours(value) }, label));
    }
    const step = (by) => () => setSize(SIZES[Math.min(SIZES.length - 1, Math.max(0, SIZES.indexOf(root.dataset.size) + by))]);
    const sizes = element("fieldset", {}, element("legend", {}, words.type_size),
      element("button", { type: "button", "aria-label": words.smaller, onclick: step(-1) }, "A−"),
      element("button", { type: "button", "aria-label": words.larger, onclick: step(1) }, "A+"));
    const content = element("div", {}, colours, sizes);
    const here = data.series.filter((one) => document.querySelector(`main .series-${CSS.escape(one.id)}`));
    if (here.length) {
      const series = element("fieldset", {}, element("legend", {}, words.show_notes));
      for (const { id, title } of here) {
        const box = element("input", { type: "checkbox", checked: stored.get(`hide-${id}`) !== "hidden", onchange: (event) => setSeries(id, event.target.checked) });
        series.append(element("label", {}, box, title));
      }
      content.append(series);
    }
    return { content, here };
  }

  // ---- position -----------------------------------------------------------------------------------------------
  const pages = [...document.querySelectorAll("main .page-number")];
  const paragraphs = [...document.querySelectorAll("main .paragraph-number")];

  function lastAbove(list, limit) {
    let found = null;
    for (const one of list) {
      if (one.getBoundingClientRect().top > limit) break;
      found = one;
    }
    return found;
  }

  function placeOf(container, offset) {
    const node = container.nodeType === Node.ELEMENT_NODE ? (container.childNodes[Math.min(offset, container.childNodes.length - 1)] ?? container) : container;
    const block = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("p, li, dd, blockquote, td");
    const own = block && block.querySelector(".paragraph-number");
    const before = (one) => one.compareDocumentPosition(node) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY);
    return { page: pages.filter(before).at(-1) ?? null, paragraph: own ?? paragraphs.filter(before).at(-1) ?? null };
  }

  function placeWords(page, paragraph) {
    const parts = [];
    if (page) parts.push(words.onPage.replace("{0}", page.textContent.trim()));
    if (paragraph) parts.push(`¶\u00a0${paragraph.textContent.trim()}`);
    return parts.join(", ");
  }

  let waiting = false;
  function showPosition() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const limit = document.querySelector(".site-header").getBoundingClientRect().bottom + 24;
      document.getElementById("site-position").textContent = placeWords(lastAbove(pages, limit) ?? pages[0], lastAbove(paragraphs, limit));
    });
  }

  // ---- citation -----------------------------------------------------------------------------------------------
  let citePanel = null;
  let citeButton = null;
  const citeContent = element("dl", {});

  function fragmentOf(text) {
    const encode = (part) => encodeURIComponent(part).replace(/-/g, "%2D");
    const clean = text.replace(/\s+/g, " ").trim();
    if (clean.length <= 120) return `:~:text=${encode(clean)}`;
    const parts = clean.split(" ");
    return `:~:text=${encode(parts.slice(0, 5).join(" "))},${encode(parts.slice(-5).join(" "))}`;
  }

  function selectedText(range) {
    const copy = range.cloneContents();
    for (const one of copy.querySelectorAll(".page-number, .paragraph-number, .note-call, .note-open")) one.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function citeSelection() {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const text = selectedText(range);
    const note = (range.startContainer.parentElement ?? document.body).closest("aside.note");
    const call = note ? calls.find((one) => noteOf(one) === note) : null;
    const from = call ? placeOf(call, 0) : placeOf(range.startContainer, range.startOffset);
    const to = call ? from : placeOf(range.endContainer, Math.max(0, range.endOffset - 1));
    const pageSpan = [from.page, to.page].filter(Boolean).map((one) => one.textContent.trim());
    const shownPages = [...new Set(pageSpan)].join("–");
    const shownParagraphs = [...new Set([from.paragraph, to.paragraph].filter(Boolean).map((one) => one.textContent.trim()))];
    const numbers = shownParagraphs.length > 1 ? `¶¶\u00a0${shownParagraphs.join("–")}` : shownParagraphs.map((one) => `¶\u00a0${one}`).join("");
    const onPages = pageSpan[0] === pageSpan.at(-1) ? words.onPage : words.onPages;
    const place = [shownPages && (onPages.includes("{0}") ? onPages.replace("{0}", shownPages) : `${onPages}\u00a0${shownPages}`), numbers].filter(Boolean).join(", ");
    const holder = (range.startContainer.nodeType === Node.ELEMENT_NODE ? range.startContainer : range.startContainer.parentElement)?.closest("[id]");
    const address = `${location.href.split("#")[0]}#${holder && holder.id !== "main" ? holder.id : ""}`;
    const put = (template) => template.replaceAll(data.place, place || data.section);
    citeContent.replaceChildren();
    const rows = [
      [words.words, `“${text.length > 300 ? `${text.slice(0, 200)} … ${text.slice(-60)}` : text}”`],
      [words.place, [data.section, place].filter(Boolean).join(", ")],
      [words.link, address + fragmentOf(text)],
      [words.citation, put(data.citation)],
      [words.reference, data.reference],
      ["BibTeX", put(data.bibtex)],
      ["RIS", put(data.ris)],
    ];
    for (const [name, value] of rows) {
      const copy = element("button", { type: "button", "aria-label": `${words.copy}: ${name}` }, words.copy);
      copy.addEventListener("click", async () => {
        await copyText(value);
        copy.textContent = words.copied;
        setTimeout(() => { copy.textContent = words.copy; }, 1500);
      });
      citeContent.append(element("dt", {}, name), element("dd", {}, element("span", { class: "value" }, value), copy));
    }
    citePanel.open();
    hideCiteButton();
  }

  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = element("textarea", { class: "visually-hidden", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  function hideCiteButton() { if (citeButton) citeButton.hidden = true; }

  function offerCitation() {
    const selection = window.getSelection();
    const main = document.getElementById("main");
    if (!selection || selection.isCollapsed || !main.contains(selection.anchorNode) || !selection.toString().trim()) {
      hideCiteButton();
      return;
    }
    if (!citeButton) {
      citeButton = element("button", { type: "button", class: "cite-button", onclick: citeSelection }, words.cite);
      citeButton.addEventListener("mousedown", (event) => event.preventDefault());
      document.body.append(citeButton);
    }
    const box = selection.getRangeAt(0).getBoundingClientRect();
    citeButton.hidden = false;
    citeButton.style.top = `${box.bottom + window.scrollY + 6}px`;
    citeButton.style.left = `${Math.max(4, Math.min(box.left + window.scrollX, window.innerWidth - 140))}px`;
  }

  // ---- start --------------------------------------------------------------------------------------------------
  const contents = document.getElementById("site-contents");
  const broad = window.matchMedia("(min-width: 62rem)");
  const openContents = () => { contents.open = broad.matches; };
  broad.addEventListener("change", openContents);
  openContents();

  tools.hidden = false;
  root.classList.add("with-script");
  window.publisherSite = { addPanel, element, words, closePanels, up: document.body.dataset.up };
  document.dispatchEvent(new Event("publisher-site"));
  const { content, here } = displayPanel();
  addPanel("display", words.display, content);
  citePanel = addPanel("cite", words.cite, citeContent, () => { if (!citeContent.childElementCount) citeSelection(); });
  citePanel.button.hidden = true;
  setColours(stored.get("colours") ?? "automatic");
  setSize(stored.get("size") ?? "normal");
  for (const { id } of here) if (stored.get(`hide-${id}`) === "hidden") setSeries(id, false);
  WIDE.addEventListener("change", placeBeside);
  window.addEventListener("resize", placeBeside);
  window.addEventListener("load", placeBeside);
  if (document.fonts) document.fonts.ready.then(placeBeside);
  window.addEventListener("scroll", showPosition, { passive: true });
  document.addEventListener("selectionchange", offerCitation);
  window.addEventListener("beforeprint", () => closeNote());
  showPosition();
})();
