// The list of problems: each with its place, its hint, an explanation, and what can be done about it at once.
import { $, act, element, fetched, say } from "./dom.js";
import { closeSide, complaint, showSide } from "./side.js";

const shown = { problems: [], findings: [], stale: false, here: null, onShow: () => {}, onPage: () => {}, onNote: () => {} };

export const listen = (heard) => Object.assign(shown, heard);

export function setProblems(problems) { shown.problems = problems; }
export function setFindings(findings) { shown.findings = findings; }

export function openProblems(number = null, { finding = false, focus = true } = {}) {
  const list = element("ol", { class: "problems" }, ...shown.problems.map((one, at) => card(one, at)));
  const content = [];
  if (shown.stale) content.push(element("p", { class: "stale" }, "These may be old: the files are being checked."));
  if (shown.problems.length) content.push(list);
  else content.push(element("p", {}, "The files have no errors and no warnings."));
  const findings = element("ol", { class: "problems" }, ...shown.findings.map((one, at) => card(one, at, true)));
  if (shown.findings.length) content.push(element("h3", {}, "On the pages"), findings);
  showSide("problems", `Problems (${shown.problems.length + shown.findings.length})`, ...content);
  // a list that is made again marks the problem that was marked before, if it is still there
  const known = number === null ? shown.here : { finding, key: key((finding ? shown.findings : shown.problems)[number]) };
  shown.here = known;
  const at = number ?? (known ? (known.finding ? shown.findings : shown.problems).findIndex((one) => key(one) === known.key) : -1);
  const chosen = at < 0 ? null : ((known.finding ? findings : list).children[at] ?? null);
  chosen?.classList.add("is-here");
  if (!chosen || number === null) return;
  chosen.scrollIntoView({ block: "nearest" });
  if (focus) chosen.querySelector("button")?.focus({ preventScroll: true });
}

const key = (one) => (one ? `${one.code} ${one.message} ${one.place?.file ?? ""}` : "");

function card(one, number, isFinding = false) {
  const at = one.place;
  const where = at ? `${at.file}:${at.line}:${at.column}` : "";
  const actions = element("div", { class: "do" });
  if (isFinding) actions.append(element("button", { onclick: () => shown.onPage(one.page) }, "Show the page"));
  else if (at) actions.append(element("button", { onclick: () => shown.onShow(number) }, "Show the words"));
  if (one.code === "N-003" || one.code === "N-004") actions.append(element("button", { onclick: () => choose(one) }, "Choose other words…"));
  if (one.code === "T-004" || (one.code.startsWith("E-") && one.hint?.includes("sha256"))) actions.append(element("button", { onclick: acceptText }, "Accept the text…"));
  if (at?.heading && one.code.startsWith("N-")) actions.append(element("button", { onclick: () => shown.onNote({ file: at.file, note: at.heading }) }, "Edit the note"));
  actions.append(element("button", { onclick: () => explain(one.code) }, `Explain ${one.code}`));
  return element("li", { class: `problem ${one.severity}` },
    element("p", {}, element("strong", {}, `${one.severity} ${one.code}`), one.name ? ` ${one.name}` : ""),
    element("p", {}, one.message),
    where ? element("p", { class: "where" }, where) : null,
    at?.excerpt.trim() ? excerpt(at) : null,
    one.hint ? element("p", { class: "hint" }, `Hint: ${one.hint}`) : null,
    actions);
}

function excerpt(at) {
  const from = at.column - 1;
  const to = at.end_line === at.line ? Math.max(at.end_column - 1, from) : at.excerpt.length;
  return element("pre", {}, at.excerpt.slice(0, from), element("mark", {}, at.excerpt.slice(from, to) || " "), at.excerpt.slice(to));
}

const back = () => element("button", { onclick: () => openProblems() }, "‹ All problems");

async function explain(code) {
  const page = await fetched(`/explain/${code}`);
  showSide("explain", `${page.code} ${page.name}`, back(), element("div", { class: "explained" }, ...markdown(page.text)));
  $("side").focus();
}

// The pages on codes use headings, paragraphs and blocks of code alone.
function markdown(text) {
  return text.trim().split(/\n{2,}/).slice(1).map((part) => {
    if (part.startsWith("## ")) return element("h3", {}, part.slice(3));
    if (part.startsWith("    ")) return element("pre", {}, part.replace(/^ {4}/gm, ""));
    const pieces = part.replace(/\n/g, " ").split("`");
    return element("p", {}, ...pieces.map((piece, at) => (at % 2 ? element("code", {}, piece) : piece)));
  });
}

async function choose(problem) {
  const answer = await act("lost");
  if (answer.error) return showSide("choose", "Choose other words", back(), complaint(answer));
  const own = answer.lost.filter((one) => one.note === problem.place?.heading && one.file === problem.place?.file);
  const parts = own.flatMap((one) => [
    element("p", {}, "The note quotes: ", element("q", {}, one.lemma)),
    one.candidates.length ? null : element("p", {}, "Nothing in the text is like it."),
    ...one.candidates.map((candidate) => element("button", { class: "candidate", onclick: () => chosen(one, candidate) }, candidate.before, element("mark", {}, candidate.words), candidate.after)),
  ]);
  showSide("choose", `Words for note ${problem.place?.heading ?? ""}`, back(), ...(parts.length ? parts : [element("p", {}, "The note has its words now.")]));
  $("side").querySelector(".candidate")?.focus();
}

async function chosen(lost, candidate) {
  const answer = await act("choose", { file: lost.file, note: lost.note, lemma: lost.lemma, markdown: candidate.markdown });
  if (answer.error) return showSide("choose", "Choose other words", back(), complaint(answer));
  say("The note quotes the words that you chose.");
  closeSide();
}

async function acceptText() {
  const answer = await act("changes");
  if (answer.error) return showSide("accept", "Accept the text", back(), complaint(answer));
  const parts = answer.texts.flatMap((one) => [
    element("p", {}, element("strong", {}, one.file), one.same ? `: ${one.same} changed, and no word did.` : one.changes === null ? ": the earlier text is not known here." : `: passages that differ: ${one.count}`),
    one.changes?.length ? element("ul", {}, ...one.changes.map((each) => element("li", {}, `line ${each.line}: ${each.said}`))) : null,
    one.lost.length ? element("p", {}, `Notes that lose their words: ${one.lost.join(", ")}`) : null,
    one.near.length ? element("p", {}, `Notes in lines that changed: ${one.near.join(", ")}`) : null,
    element("button", { class: "main", onclick: () => accepted(one) }, "Record the text as it is now"),
  ]);
  showSide("accept", "Accept the text", back(), ...parts.filter(Boolean), answer.texts.length ? "" : element("p", {}, "The text is the one that was recorded."));
  $("side").focus();
}

async function accepted(one) {
  const answer = await act("accept", { edition: one.edition, digest: one.digest });
  if (answer.error) return showSide("accept", "Accept the text", back(), complaint(answer, element("button", { onclick: acceptText }, "Show what changed")));
  say("The text was recorded.");
  closeSide();
}
