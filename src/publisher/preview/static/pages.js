// The pages of the PDF as pictures, with the findings of the proof as boxes that can be reached with the keyboard.
import { $, element, fetched, place, say } from "./dom.js";

const sheets = $("sheets");
const chooser = $("page-number");
const pages = { result: null, section: null, findingsRun: null, zoom: 1, onFinding: () => {}, onMove: () => {} };
const seen = new IntersectionObserver((entries) => {
  for (const one of entries) {
    one.target.dataset.seen = String(one.isIntersecting);
    if (one.isIntersecting) draw(one.target);
  }
}, { root: sheets, rootMargin: "400px" });

export const listen = (heard) => Object.assign(pages, heard);

export async function showPages(result) {
  if (pages.result?.run === result.run) return;
  pages.result = result;
  const info = await fetched(place(result, "pdf.json"));
  if (pages.result !== result) return;
  sheets.querySelector(".empty")?.remove();
  const there = [...sheets.querySelectorAll(".sheet")];
  info.pages.forEach((page, at) => {
    const sheet = there[at] ?? added();
    const label = page.label || String(at + 1);
    sheet.querySelector("figcaption").textContent = `Page ${label}${label === String(at + 1) ? "" : ` (sheet ${at + 1})`}`;
    const leaf = sheet.firstElementChild;
    leaf.style.aspectRatio = `${page.width} / ${page.height}`;
    leaf.dataset.index = String(at);
    leaf.dataset.label = label;
    from(leaf, `page/${result.run}/${at}`);
  });
  for (const one of there.slice(info.pages.length)) { seen.unobserve(one.firstElementChild); one.remove(); }
  const chosen = chooser.selectedIndex;
  chooser.replaceChildren(...info.pages.map((page, at) => element("option", { value: String(at) }, page.label || String(at + 1))));
  chooser.selectedIndex = Math.max(0, Math.min(chosen, info.pages.length - 1));
  const link = $("open-pdf");
  link.href = place(result, "book.pdf");
  link.hidden = false;
}

// The pages of a section that was laid out before the others; all other pages are old until the whole PDF is there.
export function showSection(result) {
  if (!pages.result || result.run <= pages.result.run || pages.section?.run === result.run) return;
  pages.section = result;
  [...sheets.querySelectorAll(".leaf")].forEach((leaf, at) => {
    const isIn = at >= result.first && at < result.first + Math.min(result.count, result.was);
    if (isIn) from(leaf, `section/${result.run}/${at - result.first}`);
    else leaf.classList.add("old");
  });
}

// The labels of the first and last page of such a section.
export function labels(result) {
  const leaves = sheets.querySelectorAll(".leaf");
  const last = result.first + Math.min(result.count, result.was) - 1;
  return [leaves[result.first]?.dataset.label, leaves[last]?.dataset.label];
}

// The index of the page at the top of the screen.
export const current = () => Math.max(0, chooser.selectedIndex);

function from(leaf, source) {
  leaf.dataset.source = source;
  leaf.classList.toggle("old", leaf.dataset.drawn !== source && Boolean(leaf.querySelector("img")));
  if (leaf.dataset.seen === "true") draw(leaf);
}

function added() {
  const leaf = element("div", { class: "leaf" });
  const sheet = element("figure", { class: "sheet" }, leaf, element("figcaption"));
  sheets.append(sheet);
  seen.observe(leaf);
  return sheet;
}

function draw(leaf) {
  const width = Math.min(2400, Math.ceil((leaf.clientWidth * Math.min(window.devicePixelRatio, 2)) / 100) * 100);
  const source = leaf.dataset.source, address = `/${source}/${width}`;
  if (!leaf.clientWidth || leaf.dataset.address === address) return;
  leaf.dataset.address = address;
  const picture = new Image();
  picture.alt = `Page ${leaf.dataset.label}`;
  picture.addEventListener("load", () => {
    if (leaf.dataset.address !== address) return;
    leaf.querySelector("img")?.remove();
    leaf.prepend(picture);
    leaf.dataset.drawn = source;
    leaf.classList.remove("old");
    write(leaf, source);
  });
  picture.addEventListener("error", () => { if (leaf.dataset.address === address) delete leaf.dataset.address; });
  picture.src = address;
}

// The words of the page over its picture: to be selected and read aloud. Their size follows that of the page.
async function write(leaf, source) {
  if (leaf.dataset.written === source) return;
  leaf.dataset.written = source;
  const { words } = await fetched(`/words/${source}`).catch(() => ({ words: [] }));
  if (leaf.dataset.written !== source) return;
  const layer = element("div", { class: "words" });
  let line = null;
  for (const [content, left, top, width, height] of words) {
    const span = element("span", {}, content);
    Object.assign(span.style, { left: `${left * 100}%`, top: `${top * 100}%`, fontSize: `${height * 100}cqh` });
    span.dataset.width = String(width);
    if (line !== null && Math.abs(top - line) > height / 2) layer.append(element("br"));
    line = top;
    layer.append(span);
  }
  leaf.querySelector(".words")?.remove();
  leaf.querySelector("img").after(layer);
  const spans = [...layer.children].filter((one) => one.dataset.width);
  const scales = spans.map((one) => (Number(one.dataset.width) * leaf.clientWidth) / one.offsetWidth);
  spans.forEach((one, at) => { if (Number.isFinite(scales[at])) one.style.transform = `scaleX(${scales[at]})`; });
}

// ---- words looked for in all pages ---------------------------------------------------------------------------------
const sought = { words: "", page: 0, number: 0 };
async function find(words) {
  if (!pages.result || !words.trim()) return;
  const again = words === sought.words;
  const at = again ? sought.page : current(), number = again ? sought.number + 1 : 0;
  const { place: found } = await fetched(`/find/${pages.result.run}/${at}/${number}?words=${encodeURIComponent(words)}`).catch(() => ({ place: null }));
  for (const one of sheets.querySelectorAll(".found")) one.remove();
  if (!found) { say(`“${words}” is on no page.`); return; }
  Object.assign(sought, { words, page: found.page, number: found.number });
  const leaf = sheets.querySelectorAll(".leaf")[found.page];
  if (!leaf) return;
  for (const [left, top, width, height] of found.boxes) {
    const box = element("span", { class: "found" });
    Object.assign(box.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
    leaf.append(box);
  }
  leaf.querySelector(".found")?.scrollIntoView({ block: "center" });
  say(`Page ${leaf.dataset.label}.`);
}
$("find").addEventListener("submit", (event) => { event.preventDefault(); find($("find-words").value); });
$("find-words").addEventListener("input", () => { if (!$("find-words").value) for (const one of sheets.querySelectorAll(".found")) one.remove(); });

export async function showFindings(result) {
  const key = result ? result.run : null;
  if (pages.findingsRun === key) return;
  pages.findingsRun = key;
  for (const one of sheets.querySelectorAll(".finding")) one.remove();
  if (!result) return [];
  const found = await fetched(place(result, "findings.json"));
  if (pages.findingsRun !== key) return [];
  const leaves = [...sheets.querySelectorAll(".leaf")];
  found.forEach((finding, number) => {
    for (const [left, top, width, height] of finding.boxes) {
      const box = element("button", { class: `finding ${finding.severity}`, title: finding.message, "aria-label": `${finding.code}: ${finding.message}`, onclick: () => pages.onFinding(number, finding) });
      Object.assign(box.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${Math.max(width, 0.01) * 100}%`, height: `${Math.max(height, 0.01) * 100}%` });
      leaves[finding.page]?.append(box);
    }
  });
  return found;
}

export function showPage(index) {
  sheets.querySelectorAll(".sheet")[index]?.scrollIntoView({ block: "start" });
}

chooser.addEventListener("change", () => showPage(chooser.selectedIndex));
sheets.addEventListener("scroll", () => {
  const top = sheets.getBoundingClientRect().top;
  const at = [...sheets.querySelectorAll(".sheet")].findIndex((one) => one.getBoundingClientRect().bottom > top + 40);
  if (at >= 0 && at !== chooser.selectedIndex) { chooser.selectedIndex = at; pages.onMove(); }
}, { passive: true });

function zoom(by) {
  pages.zoom = Math.max(0.4, Math.min(2.5, pages.zoom * by));
  sheets.style.setProperty("--zoom", String(pages.zoom));
  sheets.classList.toggle("large", pages.zoom > 1.01);
  requestAnimationFrame(() => { for (const leaf of sheets.querySelectorAll('.leaf[data-seen="true"]')) draw(leaf); });
}
$("zoom-in").addEventListener("click", () => zoom(1.25));
$("zoom-out").addEventListener("click", () => zoom(0.8));
$("show-findings").addEventListener("change", (event) => sheets.classList.toggle("plain", !event.target.checked));
new ResizeObserver(() => { for (const leaf of sheets.querySelectorAll('.leaf[data-seen="true"]')) draw(leaf); }).observe(sheets);
