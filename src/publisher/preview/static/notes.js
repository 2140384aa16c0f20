// The form of a note: a new one about selected words, or one that is in its file, with what to do if the file has changed.
import { $, act, element, say } from "./dom.js";
import { closeSide, complaint, showSide } from "./side.js";
import { selection } from "./text.js";

let outline = null;

async function known() {
  const answer = await act("outline");
  if (!answer.error) outline = answer;
  return answer;
}

const option = (value, label) => element("option", { value }, label ?? value);

function field(label, control, hint = "") {
  return element("label", {}, label, hint ? element("small", {}, hint) : null, control);
}

// What can be pointed at, with the Markdown that does it.
function targets(edition) {
  const own = outline?.editions.find((one) => one.edition === edition) ?? outline?.editions[0];
  if (!own) return [];
  return [
    ...own.references.map((one) => ({ label: `@${one.id} – ${one.label}`, markdown: `[@${one.id}]` })),
    ...own.agreements.map((one) => ({ label: `agreement ${one.id} – ${one.label}`, markdown: `[](agreement:${one.id})` })),
    ...own.notes.map((one) => ({ label: `note ${one.id}`, markdown: `[](note:${one.id})` })),
  ];
}

function inserter(area, edition) {
  const list = targets(edition);
  const chooser = element("input", { list: "targets", "aria-label": "Reference, agreement or note", placeholder: "Reference, agreement or note" });
  const insert = () => {
    const found = list.find((one) => one.label === chooser.value) ?? list.find((one) => chooser.value && one.label.toLowerCase().includes(chooser.value.toLowerCase()));
    if (!found) return say("Nothing has this name.");
    area.setRangeText(found.markdown, area.selectionStart, area.selectionEnd, "end");
    chooser.value = "";
    area.focus();
  };
  chooser.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); insert(); } });
  return element("div", { class: "row" }, chooser, element("datalist", { id: "targets" }, ...list.map((one) => option(one.label))), element("button", { type: "button", onclick: insert }, "Insert"));
}

function noteForm({ quoted, words = null, edition, series, seriesFixed = false, kind = "", id = "", idFixed = false, body = "", save, remove = null }) {
  const own = outline?.editions.find((one) => one.edition === edition) ?? outline?.editions[0];
  const area = element("textarea", { name: "body", required: true, spellcheck: "true" });
  area.value = body;
  const controls = {
    words: words === null ? null : element("input", { name: "words", value: words, required: true }),
    series: element("select", { name: "series", disabled: seriesFixed }, ...(own?.series ?? []).map((one) => option(one.id, one.title))),
    kind: element("input", { name: "kind", list: "kinds", value: kind ?? "", pattern: "[A-Za-z0-9\\-]*" }),
    id: element("input", { name: "id", value: id, required: true, disabled: idFixed, pattern: "[A-Za-z0-9][A-Za-z0-9\\-]*" }),
  };
  if (series) controls.series.value = series;
  const problem = element("div", {});
  const form = element("form", { class: "form" },
    quoted ? element("blockquote", {}, quoted) : null,
    controls.words ? field("Words of the text", controls.words, "Exactly as they are in the text") : null,
    element("div", { class: "two" }, field("Series", controls.series), field("Kind (optional)", controls.kind)),
    element("datalist", { id: "kinds" }, ...(own?.kinds ?? []).map((one) => option(one))),
    field("Id", controls.id),
    field("Note (Markdown)", area),
    inserter(area, edition),
    problem,
    element("div", { class: "row" }, element("button", { type: "submit", class: "main" }, "Save"), element("button", { type: "button", onclick: closeSide }, "Cancel"), remove ? element("button", { type: "button", class: "danger", onclick: () => remove(complain) }, "Delete") : null));
  const complain = (...parts) => { problem.replaceChildren(...parts); problem.scrollIntoView({ block: "nearest" }); };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    await save({ words: controls.words?.value ?? null, series: controls.series.value, kind: controls.kind.value.trim(), id: controls.id.value.trim(), body: area.value }, complain);
    button.disabled = false;
  });
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
  return { form, area, controls };
}

export async function newNote() {
  const selected = selection();
  const [about, found] = await Promise.all([known(), selected ? act("locate", { selected }) : null]);
  if (about.error) return showSide("note", "New note", complaint(about));
  if (found?.error) { showSide("note", "New note", complaint(found)); return $("side").focus(); }
  if (!outline.editions.some((one) => one.series.length)) {
    const message = "the edition has no series of notes";
    return showSide("note", "New note", complaint({ error: { code: "H-005", message, hint: "Add one to edition.yaml: series: [{id: editorial, title: Notes, file: notes/editorial.md}], and make the file." } }));
  }
  const edition = found?.edition ?? outline.editions[0].edition;
  const made = noteForm({
    quoted: found ? found.lemma.exact : null,
    words: found ? null : "",
    edition,
    id: found?.id ?? "",
    save: async (given, complain) => {
      const wanted = selected ?? { exact: given.words };
      const answer = await act("create", { selected: wanted, series: given.series, kind: given.kind, id: given.id, body: given.body });
      if (answer.error) return complain(complaint(answer));
      say(`Note ${given.id} was written.`);
      closeSide();
    },
  });
  showSide("note", "New note", made.form);
  (found ? made.area : made.controls.words).focus();
}

export async function editNote({ file, note }) {
  const [about, now] = await Promise.all([known(), act("read", { file, note })]);
  if (now.error) return showSide("note", `Note ${note}`, complaint(now));
  if (about.error) outline = outline ?? { editions: [] };
  open(now);
}

function open(now, { body = now.body, kind = now.kind } = {}) {
  const edition = outline.editions.find((one) => one.series.some((each) => each.file === now.file))?.edition;
  const settle = (answer, given, complain, mine) => {
    if (!answer.conflict || !answer.now) return complain(complaint(answer));
    return complain(complaint(answer,
      element("p", {}, "The file has now:"), element("pre", {}, answer.now.body),
      element("div", { class: "row" },
        element("button", { type: "button", onclick: () => mine({ ...now, digest: answer.now.digest }) }, "Write mine over it"),
        element("button", { type: "button", onclick: () => open({ ...now, ...answer.now }) }, "Take what the file has"))));
  };
  const store = async (given, complain, from = now) => {
    const answer = await act("change", { file: now.file, note: now.note, digest: from.digest, body: given.body, kind: given.kind });
    if (answer.error) return settle(answer, given, complain, (newer) => store(given, complain, newer));
    say(`Note ${now.note} was written.`);
    return closeSide();
  };
  const remove = async (complain, from = now) => {
    const answer = await act("delete", { file: now.file, note: now.note, digest: from.digest });
    if (answer.error) return settle(answer, null, complain, (newer) => remove(complain, newer));
    say(`Note ${now.note} was deleted. Undo brings it back.`);
    return closeSide();
  };
  const made = noteForm({ edition, series: now.series, seriesFixed: true, kind, id: now.note, idFixed: true, body, save: store, remove: (complain) => remove(complain) });
  showSide("note", `Note ${now.note}`, made.form);
  made.area.focus();
}
