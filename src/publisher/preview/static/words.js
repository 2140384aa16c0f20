// Words of a page: its text without calls, numbers and what the preview adds, and ranges of words that are looked for.
const LEFT_OUT = ".page-number, .paragraph-number, .note-call, aside.note, section.notes, .note-open, .preview-badge, .preview-edit, .line-number, script, style";
const BLOCKS = "p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, figcaption, caption, blockquote, div, section, pre";

// The folded text of an element, and for each character its node and offset.
export function indexed(root, { leftOut = LEFT_OUT } = {}) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let text = "", block = null;
  const nodes = [], offsets = [];
  const put = (character, node, offset) => {
    if (character === " " && (text === "" || text.endsWith(" "))) return;
    text += character;
    nodes.push(node);
    offsets.push(offset);
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const out = leftOut && parent.closest(leftOut);
    if (out && root.contains(out)) continue;
    const own = parent.closest(BLOCKS);
    if (own !== block) { put(" ", node, 0); block = own; }
    const data = node.data;
    for (let at = 0; at < data.length; at += 1) put(/\s/.test(data[at]) ? " " : data[at], node, at);
  }
  return { text, nodes, offsets };
}

const folded = (words) => words.replace(/\s+/g, " ");

// The range of words in an indexed text; what is around them decides between several places.
export function rangeOf(index, { words, before = "", after = "" }) {
  const wanted = folded(words).trim();
  if (!wanted) return null;
  const [head, tail] = [folded(before), folded(after)];
  let best = -1, score = -1;
  for (let at = index.text.indexOf(wanted); at >= 0; at = index.text.indexOf(wanted, at + 1)) {
    let same = 0;
    while (same < head.length && index.text[at - 1 - same] === head[head.length - 1 - same]) same += 1;
    let next = 0;
    const end = at + wanted.length;
    while (next < tail.length && index.text[end + next] === tail[next]) next += 1;
    if (same + next > score) { score = same + next; best = at; }
  }
  if (best < 0) return null;
  const range = index.nodes[best].ownerDocument.createRange();
  range.setStart(index.nodes[best], index.offsets[best]);
  const last = best + wanted.length - 1;
  range.setEnd(index.nodes[last], index.offsets[last] + 1);
  return range;
}

// The words of a selection with what is around them, as the text has them; null if none of it is text.
export function selectedWords(doc) {
  const selection = doc.getSelection();
  const root = doc.querySelector("main");
  if (!selection || selection.isCollapsed || !root || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return null;
  const index = indexed(root);
  let first = -1, last = -1;
  const point = doc.createRange();
  for (let at = 0; at < index.nodes.length; at += 1) {
    const node = index.nodes[at];
    if (at > 0 && index.nodes[at - 1] === node ? false : !range.intersectsNode(node)) {
      while (at + 1 < index.nodes.length && index.nodes[at + 1] === node) at += 1;
      continue;
    }
    if (range.comparePoint(node, index.offsets[at]) < 0) continue;
    point.setStart(node, index.offsets[at]);
    if (range.compareBoundaryPoints(Range.START_TO_END, point) >= 0 && point.compareBoundaryPoints(Range.START_TO_END, range) >= 0) {
      if (range.comparePoint(node, Math.min(node.data.length, index.offsets[at] + 1)) > 0) continue;
      if (first < 0) first = at;
      last = at;
    }
  }
  if (first < 0) return null;
  const exact = index.text.slice(first, last + 1);
  if (!exact.trim()) return null;
  return { exact, before: index.text.slice(Math.max(0, first - 300), first), after: index.text.slice(last + 1, last + 301) };
}
