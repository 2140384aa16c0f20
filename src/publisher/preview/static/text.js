// The text with its notes, in a frame: it is replaced when a new one is there, at the same place, with problems at their words.
import { $, element, fetched, place } from "./dom.js";
import { indexed, rangeOf, selectedWords } from "./words.js";

const frames = $("frames");
const chooser = $("text-page");
const text = { result: null, whole: null, info: null, href: null, frame: null, run: null, waiting: null, held: null, problems: [], onProblem: () => {}, onEdit: () => {}, onSelect: () => {}, onShown: () => {} };

export const listen = (heard) => Object.assign(text, heard);
export const current = () => text;

export async function showText(result) {
  if (text.result && text.result.run === result.run && text.result.part === result.part) return;
  text.result = result;
  const info = await fetched(place(result, "text.json"));
  if (text.result !== result) return;
  text.info = info;
  if (!info.only) text.whole = result;
  const hrefs = info.pages.map((one) => one.href);
  if (!hrefs.includes(text.href)) text.href = info.start ?? hrefs[0];
  chooser.replaceChildren(...info.pages.map((one) => element("option", { value: one.href }, one.label)));
  chooser.value = text.href;
  const isThere = text.run === result.run && text.frame && !text.waiting;  // made first, and shown
  if (holder() === result && !(isThere && result.part === "draft")) load();
}

// The result that has the page on the screen: what is made first has that page alone.
const holder = () => (text.info?.only && !text.info.only.includes(text.href) ? text.whole : text.result);
// Whether the page on the screen is that of a result.
export const shows = (result) => text.run === result.run;

export function goTo(href, then = null) {
  letGo();
  if (href === text.href && text.frame) return then && then();
  text.href = href;
  chooser.value = href;
  load({ atTop: true, then });
}

chooser.addEventListener("change", () => goTo(chooser.value));

// The place of the reader: the elements that can be seen, and where each is. The first that the next page has too counts.
const UNITS = "main :is(p, h1, h2, h3, h4, h5, h6, li, dt, dd, figure, table, pre)[id]";
export function position(frame) {
  const doc = frame?.contentDocument;
  if (!doc) return null;
  const top = doc.querySelector(".site-header")?.getBoundingClientRect().bottom ?? 0;
  const seen = [];
  for (const one of doc.querySelectorAll(UNITS)) {
    const box = one.getBoundingClientRect();
    if (box.height > 0 && box.bottom > top + 4 && !one.closest("aside")) seen.push({ id: one.id, top: box.top });
    if (seen.length > 20) break;
  }
  return seen.length ? seen : null;
}

function away(frame, where) {
  for (const one of where) {
    const found = frame.contentDocument?.getElementById(one.id);
    if (found) return found.getBoundingClientRect().top - one.top;
  }
  return 0;
}

// Holds the place while the page is still being laid out (typefaces, notes, buttons), until the reader moves.
function hold(frame, where) {
  letGo();
  if (!where) return;
  const doc = frame.contentDocument, win = frame.contentWindow;
  doc.documentElement.style.overflowAnchor = "none";
  const restore = () => { const by = away(frame, where); if (Math.abs(by) >= 1) win.scrollBy({ top: by, behavior: "instant" }); };
  const sizes = new win.ResizeObserver(restore);
  for (const one of [doc.documentElement, doc.body, doc.querySelector("main")]) if (one) sizes.observe(one);
  const moved = () => { if (Math.abs(away(frame, where)) > 2) letGo(); };
  doc.addEventListener("scroll", moved, { passive: true });
  text.held = { where, end: () => { sizes.disconnect(); doc.removeEventListener("scroll", moved); } };
  restore();
}

function letGo() {
  text.held?.end();
  text.held = null;
}

function load({ atTop = false, then = null } = {}) {
  const result = holder();
  if (!result) return;
  text.waiting?.remove();
  const frame = element("iframe", { title: "Text with notes", class: "waiting", src: place(result, `web/${text.href}`) });
  text.waiting = frame;
  frame.addEventListener("load", async () => {
    if (text.waiting !== frame) return;
    await frame.contentDocument.fonts?.ready;
    const arrived = frame.contentWindow.location.pathname;
    if (text.waiting !== frame) return;
    prepare(frame);
    const where = atTop ? null : text.held?.where ?? position(text.frame);
    mark(frame);
    hold(frame, where);
    const old = text.frame;
    text.frame = frame;
    text.run = result.run;
    text.waiting = null;
    frame.classList.remove("waiting");
    old?.remove();
    frames.querySelector(".empty")?.remove();
    frames.dataset.shown = arrived;
    text.onShown();
    if (then) requestAnimationFrame(() => then());
  }, { once: true });
  frames.append(frame);
}

function prepare(frame) {
  const doc = frame.contentDocument;
  doc.head.append(Object.assign(doc.createElement("link"), { rel: "stylesheet", href: "/static/marks.css" }));
  doc.addEventListener("selectionchange", () => text.onSelect(frame));
  doc.addEventListener("scroll", () => text.onSelect(frame), { passive: true });
  doc.addEventListener("keydown", (event) => document.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, code: event.code, altKey: event.altKey, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey })));
  doc.addEventListener("click", (event) => {
    const target = event.target.closest?.("button[data-preview], a[href]");
    if (!target) return;
    if (target.dataset.preview === "edit") text.onEdit(JSON.parse(target.dataset.note));
    else if (target.dataset.preview === "problem") text.onProblem(Number(target.dataset.problem));
    else follow(event, target, frame);
  }, true);
}

// Links inside the edition are pages of the text; links to elsewhere open in a window of their own.
function follow(event, link, frame) {
  const address = new URL(link.getAttribute("href"), frame.contentWindow.location.href);
  if (address.origin !== location.origin) {
    event.preventDefault();
    window.open(address.href, "_blank", "noopener,noreferrer");
    return;
  }
  if (address.pathname === frame.contentWindow.location.pathname) return;
  const href = address.pathname.split("/web/")[1];
  event.preventDefault();
  if (text.info.pages.some((one) => one.href === href)) goTo(href, () => { if (address.hash) text.frame.contentWindow.location.replace(address.hash); });
}

export function showProblems(problems) {
  text.problems = problems;
  if (text.frame) mark(text.frame);
}

// The page on which a problem is, by the last line before it; null if its file has no page.
export function pageOf(problem) {
  const at = problem.place;
  if (!at || !text.info) return null;
  let found = null;
  for (const [file, line, href, id] of text.info.places) {
    if (file !== at.file) continue;
    if (!found || (line <= at.line && line >= found.line)) found = { href, id, line };
  }
  return found;
}

function noteElement(doc, at) {
  if (!at.heading || !text.info) return null;
  const id = Object.keys(text.info.notes).find((one) => text.info.notes[one].file === at.file && text.info.notes[one].note === at.heading);
  return id ? doc.getElementById(id) : null;
}

// Where on the page a problem is: the words, and the block that holds them.
function located(doc, index, problem) {
  const at = problem.place;
  const note = noteElement(doc, at);
  if (note) return { range: rangeOf(indexed(note, { leftOut: ".preview-badge, .preview-edit" }), plain(at)), block: note };
  const page = pageOf(problem);
  const range = page && page.href !== text.href ? null : page ? rangeOf(index, plain(at)) : null;
  if (range) return { range, block: range.startContainer.parentElement.closest("p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, figcaption, blockquote, pre") };
  if (page && page.href === text.href) return { range: null, block: doc.getElementById(page.id) };
  return null;
}

const plain = (at) => ({ words: at.words.replace(/[*_`\\]/g, ""), before: at.before, after: at.after });

function mark(frame) {
  const doc = frame.contentDocument, win = frame.contentWindow;
  for (const one of doc.querySelectorAll(".preview-badge, .preview-edit")) one.remove();
  for (const [id, origin] of Object.entries(text.info.notes)) {
    const note = doc.getElementById(id);
    if (!note || note.tagName !== "ASIDE") continue;
    const button = doc.createElement("button");
    Object.assign(button, { type: "button", className: "preview-edit", textContent: "Edit" });
    button.setAttribute("aria-label", `Edit note ${origin.note}`);
    button.dataset.preview = "edit";
    button.dataset.note = JSON.stringify(origin);
    (note.querySelector(":scope > p:last-of-type") ?? note).append(button);
  }
  const index = indexed(doc.querySelector("main") ?? doc.body);
  const ranges = { error: [], warning: [] };
  text.problems.forEach((problem, number) => {
    if (!problem.place) return;
    const found = located(doc, index, problem);
    if (!found) return;
    if (found.range) ranges[problem.severity === "error" ? "error" : "warning"].push(found.range);
    if (!found.block) return;
    const badge = doc.createElement("button");
    Object.assign(badge, { type: "button", className: `preview-badge ${problem.severity}`, textContent: problem.code, title: problem.message });
    badge.setAttribute("aria-label", `${problem.severity} ${problem.code}: ${problem.message}`);
    badge.dataset.preview = "problem";
    badge.dataset.problem = String(number);
    found.block.append(badge);
    if (found.block.tagName === "ASIDE") atCall(doc, found.block, badge);
  });
  win.dispatchEvent(new Event("resize"));  // notes beside the text are as high as they are now
  if (!win.CSS.highlights || !win.Highlight) return;
  for (const [name, list] of Object.entries(ranges)) win.CSS.highlights.set(`publisher-${name}`, new win.Highlight(...list));
}

// The same badge at the first call of a note, where its words are.
function atCall(doc, note, badge) {
  const call = [...doc.querySelectorAll("main a.note-call")].find((one) => one.getAttribute("href") === `#${note.id}`);
  call?.after(badge.cloneNode(true));
}

// Shows the place of a problem; false if the text has none.
export function showProblem(number) {
  const problem = text.problems[number];
  const page = problem.place ? pageOf(problem) : null;
  const find = () => {
    const badge = text.frame?.contentDocument.querySelector(`[data-problem="${number}"]`);
    if (badge) letGo();
    badge?.scrollIntoView({ block: "center" });
    badge?.focus({ preventScroll: true });
    return Boolean(badge);
  };
  if (find()) return true;
  if (!page || page.href === text.href) return false;
  goTo(page.href, find);
  return true;
}

export function selection() {
  const doc = text.frame?.contentDocument;
  return doc ? selectedWords(doc) : null;
}

export function selectionBox() {
  const doc = text.frame?.contentDocument;
  const own = doc?.getSelection();
  if (!own || own.isCollapsed || !own.rangeCount) return null;
  const box = own.getRangeAt(0).getBoundingClientRect(), outer = text.frame.getBoundingClientRect();
  return { left: outer.left + box.left, top: outer.top + box.top, bottom: outer.top + box.bottom };
}
