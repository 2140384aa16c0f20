// The page of the preview: it shows the state that the server sends, and asks for what belongs to it.
import { $, act, fetched, place, say } from "./dom.js";
import * as epub from "./epub.js";
import * as notes from "./notes.js";
import * as pages from "./pages.js";
import * as problems from "./problems.js";
import { closeSide, complaint, showSide, sideShows } from "./side.js";
import * as text from "./text.js";

const shown = { state: null, view: "text", problemsRun: null };
const VIEWS = { text: "text", pages: "pdf", epub: "epub" };

// ---- what the preview is doing ------------------------------------------------------------------------------------
function words(state) {
  const problem = state.results.problems;
  switch (state.phase) {
    case "checking": return state.step ? `Checking: ${state.step}` : "Checking…";
    case "building": return state.step ? `Building: ${state.step}` : "Building…";
    case "current": return "Up to date";
    case "errors": return `${problem.errors} ${problem.errors === 1 ? "error" : "errors"}: pages are not current`;
    case "gone": return "The folder is not there: nothing is current";
    case "failed": return `Stopped unexpectedly: ${state.failure}`;
    default: return "Disconnected: nothing here is current";
  }
}

const REASONS = { checking: "the files are being checked", building: "it is being made again", errors: "the files have errors, and this was made before", gone: "the folder is not there", failed: "the last attempt stopped", offline: "the preview does not answer" };

function showStale(state) {
  for (const [view, kind] of Object.entries(VIEWS)) {
    const result = state.results[kind];
    const bar = document.querySelector(`#view-${view} .stale`);
    const isShown = { text: text.shows, epub: epub.shows }[view] ?? (() => true);
    const old = Boolean(result) && (!result.current || state.phase === "offline" || !isShown(result));
    bar.hidden = !old;
    bar.textContent = old ? `Not current: ${REASONS[state.phase] ?? "it is being made again"}.${view === "pages" ? sectionWords(state) : ""}` : "";
    bar.classList.toggle("errors", ["errors", "gone", "failed", "offline"].includes(state.phase));
  }
  $("frames").classList.toggle("old", !document.querySelector("#view-text .stale").hidden);
  $("book").classList.toggle("old", !document.querySelector("#view-epub .stale").hidden);
}

// Which pages are current although the others are not.
function sectionWords(state) {
  const section = state.results.section;
  if (!section?.current || state.phase === "offline") return "";
  const [first, last] = pages.labels(section);
  return first ? ` Current: ${first === last ? `page ${first}` : `pages ${first}–${last}`}.` : "";
}

function showStatus(state) {
  document.body.dataset.phase = state.phase;
  const now = words(state);
  const label = $("status-words");
  if (label.textContent !== now) label.textContent = now;
  for (const [id, what] of [["undo", state.undo], ["redo", state.redo]]) {
    $(id).disabled = !what;
    $(id).title = what ? `${id === "undo" ? "Undo" : "Redo"}: ${what}` : "";
    $(id).setAttribute("aria-label", what ? `${id === "undo" ? "Undo" : "Redo"}: ${what}` : id === "undo" ? "Undo" : "Redo");
  }
  showStale(state);
}

async function showProblems(state) {
  const result = state.results.problems;
  if (!result) return;
  const button = $("show-problems");
  const total = result.errors + result.warnings + result.notes + (state.results.findings?.count ?? 0);
  button.textContent = `Problems (${total})${result.current ? "" : " …"}`;
  button.classList.toggle("errors", result.errors > 0);
  problems.listen({ stale: !result.current });
  if (shown.problemsRun === result.run && shown.problemsErrors === result.errors) return;
  shown.problemsRun = result.run;
  shown.problemsErrors = result.errors;
  const found = await fetched(place({ run: result.run }, "problems.json"));
  if (shown.problemsRun !== result.run) return;
  problems.setProblems(found);
  text.showProblems(found);
  document.body.dataset.problems = String(result.run);
  if (sideShows("problems")) problems.openProblems(null, { focus: false });
}

async function show(state) {
  shown.state = state;
  showStatus(state);
  const { results } = state;
  const tasks = [showProblems(state)];
  if (results.text) tasks.push(text.showText(results.text).then(() => {
    const title = text.current().info?.title;
    if (title) { $("title").textContent = title; document.title = `${title} – preview`; }
  }));
  if (results.section?.current) pages.showSection(results.section);
  if (results.pdf) tasks.push(pages.showPages(results.pdf).then(async () => {
    const fitting = results.findings && results.findings.run === results.pdf.run ? results.findings : null;
    const found = await pages.showFindings(fitting);
    if (found) { problems.setFindings(found); if (sideShows("problems")) problems.openProblems(null, { focus: false }); }
  }));
  if (results.epub) tasks.push(epub.showBook(results.epub));
  for (const one of await Promise.allSettled(tasks)) if (one.status === "rejected") console.warn(String(one.reason));
}

let alive = 0;
function connect() {
  const source = new EventSource("/events");
  source.addEventListener("message", (event) => { alive = Date.now(); show(JSON.parse(event.data)); });
  source.addEventListener("error", () => {
    offline();
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  });
}
function offline() {
  const before = shown.state ?? { results: {}, undo: "", redo: "", step: "", failure: "" };
  showStatus({ ...before, phase: "offline" });
}
setInterval(() => { if (alive && Date.now() - alive > 40000) offline(); }, 5000);

// ---- views --------------------------------------------------------------------------------------------------------
function select(view, { focus = false } = {}) {
  shown.view = view;
  for (const name of Object.keys(VIEWS)) {
    const tab = $(`tab-${name}`);
    tab.setAttribute("aria-selected", String(name === view));
    tab.tabIndex = name === view ? 0 : -1;
    $(`view-${name}`).hidden = name !== view;
  }
  if (focus) $(`tab-${view}`).focus();
  $("float-note").hidden = true;
  showing();
}

// The server makes first what is on the screen.
let shownTo = 0;
function showing() {
  clearTimeout(shownTo);
  shownTo = setTimeout(() => fetch("/showing", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text: shown.view === "text" ? text.current().href ?? "" : "", page: shown.view === "pages" ? pages.current() : null }),
  }).catch(() => {}), 150);
}
const names = Object.keys(VIEWS);
for (const name of names) $(`tab-${name}`).addEventListener("click", () => select(name));
$("tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) select(names[(names.indexOf(shown.view) + step + names.length) % names.length], { focus: true });
  else if (event.key === "Home") select(names[0], { focus: true });
  else if (event.key === "End") select(names.at(-1), { focus: true });
});

// ---- notes --------------------------------------------------------------------------------------------------------
const float = $("float-note");
float.addEventListener("mousedown", (event) => event.preventDefault());
for (const button of [float, $("add-note")]) button.addEventListener("click", () => { float.hidden = true; select("text"); notes.newNote(); });
const restale = () => { if (shown.state) showStale(shown.state); };
epub.listen({ onShown: restale });
text.listen({
  onShown: () => { restale(); showing(); },
  onProblem: (number) => problems.openProblems(number),
  onEdit: (origin) => notes.editNote(origin),
  onSelect: () => {
    const box = shown.view === "text" && text.selection() ? text.selectionBox() : null;
    float.hidden = !box || box.bottom < 60 || box.top > innerHeight;
    if (!box) return;
    float.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 120))}px`;
    float.style.top = `${Math.max(60, box.top - 44)}px`;
  },
});
problems.listen({
  onShow: (number) => { select("text"); if (!text.showProblem(number)) say("These words are on no page of the text."); },
  onPage: (index) => { select("pages"); pages.showPage(index); },
  onNote: (origin) => notes.editNote(origin),
});
pages.listen({ onMove: showing, onFinding: (number) => problems.openProblems(number, { finding: true }) });

$("show-problems").addEventListener("click", () => (sideShows("problems") ? closeSide() : problems.openProblems()));

async function takeBack(action) {
  const answer = await act(action);
  if (answer.error) showSide("undo", action === "undo" ? "Undo" : "Redo", complaint(answer));
  else say(`${action === "undo" ? "Undone" : "Done again"}: ${answer.done}.`);
}
$("undo").addEventListener("click", () => takeBack("undo"));
$("redo").addEventListener("click", () => takeBack("redo"));

document.addEventListener("keydown", (event) => {
  if (shown.view === "pages" && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") { event.preventDefault(); $("find-words").select(); return; }
  if (event.altKey && event.code === "KeyN") { event.preventDefault(); float.hidden = true; select("text"); notes.newNote(); return; }
  if (!(event.ctrlKey || event.metaKey) || document.activeElement?.matches("input, textarea, select")) return;
  if (event.key.toLowerCase() === "z") { event.preventDefault(); takeBack(event.shiftKey ? "redo" : "undo"); }
  else if (event.key.toLowerCase() === "y") { event.preventDefault(); takeBack("redo"); }
});

connect();
