// The documents of the EPUB, one at a time, in a frame without scripts; the place in a document is kept.
import { $, element, fetched, place } from "./dom.js";

const book = $("book");
const chooser = $("epub-document");
const shown = { result: null, documents: [], run: null, onShown: () => {} };
let frame = null;

export const listen = (heard) => Object.assign(shown, heard);
// Whether the document on the screen is that of a result.
export const shows = (result) => shown.run === result.run;

export async function showBook(result) {
  if (shown.result?.run === result.run) return;
  shown.result = result;
  const { documents } = await fetched(place(result, "epub.json"));
  if (shown.result !== result) return;
  shown.documents = documents;
  const chosen = chooser.value;
  chooser.replaceChildren(...documents.map((one) => element("option", { value: one.href }, one.label)));
  if (documents.some((one) => one.href === chosen)) chooser.value = chosen;
  open({ again: true });
}

function open({ again = false } = {}) {
  if (!shown.result || !chooser.value) return;
  const where = again && frame?.contentDocument ? frame.contentDocument.scrollingElement?.scrollTop ?? 0 : 0;
  const next = element("iframe", { title: "Document of the EPUB", sandbox: "allow-same-origin", src: place(shown.result, `epub/${chooser.value}`) });
  next.style.width = $("epub-width").value;
  const { run } = shown.result;
  next.addEventListener("load", () => {
    shown.run = run;
    shown.onShown();
    if (where && next.contentDocument?.scrollingElement) next.contentDocument.scrollingElement.scrollTop = where;
    const href = next.contentWindow.location.pathname.split("/epub/")[1];
    if (shown.documents.some((one) => one.href === href)) chooser.value = href;
  });
  book.replaceChildren(next);
  frame = next;
}

function step(by) {
  const at = chooser.selectedIndex + by;
  if (at < 0 || at >= chooser.options.length) return;
  chooser.selectedIndex = at;
  open();
}
chooser.addEventListener("change", () => open());
$("epub-previous").addEventListener("click", () => step(-1));
$("epub-next").addEventListener("click", () => step(1));
$("epub-width").addEventListener("change", () => { if (frame) frame.style.width = $("epub-width").value; });
