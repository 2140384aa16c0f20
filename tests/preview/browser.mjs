// Uses the preview as an editor does and prints what it found as JSON:
// `node browser.mjs MODULES chrome|firefox PROGRAM ADDRESS FOLDER AXE [PICTURES]`. FOLDER has the edition, whose files are changed here.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , modules, browserName, program, address, folder, axeFile, pictures] = process.argv;
const { default: puppeteer } = await import(pathToFileURL(path.join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js")));
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
const browser = await puppeteer.launch({
  browser: browserName,
  executablePath: program,
  headless: true,
  userDataDir: profile,
  args: browserName === "firefox" ? [] : ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const found = { errors: [], requests: [], timing: {} };
const PATIENCE = { timeout: 120000, polling: 50 };
const notes = path.join(folder, "notes", "editorial.md");
const read = (file) => fs.readFileSync(file, "utf8");
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const origin = new URL(address).origin;

const tab = await browser.newPage();
tab.setDefaultTimeout(PATIENCE.timeout);
tab.on("pageerror", (error) => found.errors.push(String(error.message ?? error)));
tab.on("console", (message) => { if (["error", "warn"].includes(message.type())) found.errors.push(`${message.text()} ${message.location()?.url ?? ""}`); });
tab.on("request", (request) => { if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) found.requests.push(request.url()); });
await tab.setViewport({ width: 1440, height: 900 });
await tab.goto(address);

process.once("uncaughtException", async (error) => {
  process.stderr.write(`${error.stack}\n${error.cause?.stack ?? ""}\n`);
  try {
    process.stderr.write(await tab.evaluate(() => `${document.body.dataset.phase}: ${document.body.innerText}`));
    await picture("failure");
  } finally {
    process.exit(1);
  }
});

const phase = (...names) => tab.waitForFunction((wanted) => wanted.includes(document.body.dataset.phase), PATIENCE, names);
const inText = (body, ...given) => tab.evaluate((source, values) => {
  const frame = document.querySelector("#frames iframe:not(.waiting)");
  return new Function("doc", "win", "values", `return (${source})(doc, win, ...values)`)(frame.contentDocument, frame.contentWindow, values);
}, body.toString(), given);
const untilText = async (body, ...given) => {
  for (let left = 1200; left; left -= 1) {
    try { if (await inText(`(...all) => Boolean((${body})(...all))`, ...given)) return true; } catch { /* the frame is being replaced */ }
    await wait(100);
  }
  throw new Error(`never true in the text: ${body}`);
};
const picture = async (name) => { if (pictures) await tab.screenshot({ path: path.join(pictures, `${name}.png`) }); };
const button = (label, within = "body") => tab.evaluate((words, place) => {
  [...document.querySelectorAll(`${place} button`)].find((one) => one.textContent.trim() === words && !one.closest("[hidden]")).click();
}, label, within);
const fill = (name, value) => tab.evaluate((field, words) => { const one = document.querySelector(`.form [name=${field}]`); one.value = words; one.dispatchEvent(new Event("input")); }, name, value);
const select = (words, nth = 0) => inText((doc, win, wanted, which) => {
  const walker = doc.createTreeWalker(doc.querySelector("main"), 4);
  for (let node = walker.nextNode(), left = which; node; node = walker.nextNode()) {
    const at = node.data.indexOf(wanted);
    if (at < 0 || node.parentElement.closest("aside") || left--) continue;
    const range = doc.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + wanted.length);
    node.parentElement.scrollIntoView({ block: "center" });
    doc.getSelection().removeAllRanges();
    doc.getSelection().addRange(range);
    return true;
  }
  return false;
}, words, nth);

// the page opens, the token has left the address, and everything becomes current
await phase("current");
await untilText((doc) => doc.querySelectorAll("aside.note").length > 0);
await tab.waitForFunction(() => !document.querySelector(".stale:not([hidden])"), PATIENCE);
found.address = new URL(tab.url()).pathname + new URL(tab.url()).search;
found.status = await tab.$eval("#status-words", (one) => one.textContent);
found.stale = await tab.$$eval(".stale:not([hidden])", (all) => all.length);
found.notesBefore = await inText((doc) => doc.querySelectorAll("aside.note").length);
found.editButtons = await inText((doc) => doc.querySelectorAll("aside .preview-edit").length);
await picture("preview");

// selected words become a note; the form is filled with the keyboard's focus where it belongs
const WORDS = found.selectedWords = "everybody believes";
found.selected = await select(WORDS);
await tab.waitForSelector("#float-note:not([hidden])");
await tab.click("#float-note");
await tab.waitForSelector(".form textarea");
found.focus = await tab.evaluate(() => document.activeElement?.name ?? document.activeElement?.tagName);
found.quoted = await tab.$eval(".form blockquote", (one) => one.textContent);
await tab.type(".form textarea", "Not *everybody* does.");
await fill("kind", "context");
await fill("id", "everybody");
await tab.evaluate(() => { const one = document.querySelector(".form [list=targets]"); one.value = document.querySelector("#targets option").value; });
await button("Insert", ".form");
found.inserted = await tab.$eval(".form textarea", (one) => one.value);
await picture("preview-note");
await button("Save", ".form");
await tab.waitForFunction(() => document.getElementById("side").hidden, PATIENCE);
found.written = read(notes);
await untilText((doc) => doc.getElementById("note-editorial-everybody"));
await phase("current");

// the reader's place is the same after a change of another file
await inText((doc, win) => {
  doc.documentElement.style.scrollBehavior = "auto";
  const all = [...doc.querySelectorAll("main p.numbered")];
  win.scrollTo({ top: all[Math.floor(all.length / 2)].getBoundingClientRect().top + win.scrollY - 90, behavior: "instant" });
});
const spot = () => inText((doc) => {
  const top = doc.querySelector(".site-header").getBoundingClientRect().bottom;
  const one = [...doc.querySelectorAll("main p.numbered")].find((each) => each.getBoundingClientRect().bottom > top + 4);
  return { id: one.id, top: Math.round(one.getBoundingClientRect().top) };
});
// the place counts when it no longer moves
const settled = async () => {
  let last = null;
  for (let left = 120; left; left -= 1) {
    await wait(250);
    const next = await spot().catch(() => null);  // the frame is being replaced
    if (last && next && next.id === last.id && next.top === last.top) return next;
    last = next;
  }
  return last;
};
found.before = await settled();
const shown = await tab.$eval("#frames", (one) => one.dataset.shown);
fs.writeFileSync(notes, read(notes).replace("Not *everybody* does.", "Not *everybody* does so."));
await tab.waitForFunction((old) => document.getElementById("frames").dataset.shown !== old, PATIENCE, shown);
await phase("current");
found.after = await settled();
if (found.before.id !== found.after.id || Math.abs(found.before.top - found.after.top) > 2) {
  throw new Error(`the position was not kept: ${JSON.stringify(found.before)} became ${JSON.stringify(found.after)}`);
}

// undo takes the note back only as far as nothing else changed: here the same place changed, which is said
await tab.click("#undo");
await tab.waitForSelector("#side .complaint", PATIENCE);
found.refusedUndo = await tab.$eval("#side .complaint", (one) => one.textContent);
await button("×", ".side-head");
fs.writeFileSync(notes, read(notes).replace("Not *everybody* does so.", "Not *everybody* does."));
await phase("checking", "building");
await phase("current");
await tab.click("#undo");
for (let left = 600; left && read(notes).includes("## everybody"); left -= 1) await wait(100);
found.undone = !read(notes).includes("## everybody");
await untilText((doc) => !doc.getElementById("note-editorial-everybody"));
await tab.click("#redo");
for (let left = 600; left && !read(notes).includes("## everybody"); left -= 1) await wait(100);
found.redone = read(notes) === found.written;
await untilText((doc) => doc.getElementById("note-editorial-everybody"));
await phase("current");

// a note that another program changes while its form is open: both are shown, nothing is lost
await inText((doc) => doc.querySelector("#note-editorial-everybody .preview-edit").click());
await tab.waitForSelector(".form textarea");
await tab.evaluate(() => { document.querySelector(".form textarea").value = "Mine."; });
fs.writeFileSync(notes, read(notes).replace("Not *everybody* does.", "Theirs."));
await button("Save", ".form");
await tab.waitForSelector(".complaint pre", PATIENCE);
found.conflict = await tab.$eval(".complaint", (one) => one.textContent);
found.afterConflict = read(notes);
await picture("preview-conflict");
await button("Write mine over it", ".complaint");
await tab.waitForFunction(() => document.getElementById("side").hidden, PATIENCE);
found.mine = read(notes);

// an error appears at its words, and the old page is marked as old
const text = path.join(folder, "notes", "editorial.md");
await phase("current");
fs.writeFileSync(text, read(text).replace(/> everybody believes|> .*\*\*everybody believes\*\*.*/, "> everybody belives"));
await phase("errors");
await tab.waitForFunction(() => document.querySelector("#show-problems").classList.contains("errors"), PATIENCE);
found.errorStatus = await tab.$eval("#status-words", (one) => one.textContent);
found.oldMark = await tab.$eval("#view-text .stale", (one) => (one.hidden ? "" : one.textContent));
await untilText((doc) => doc.querySelector("#note-editorial-everybody .preview-badge.error"));
found.badge = await inText((doc) => doc.querySelector(".preview-badge.error").textContent);
await inText((doc) => doc.querySelector(".preview-badge.error").click());
await tab.waitForSelector("#side .problem.is-here");
found.problem = await tab.$eval("#side .problem.is-here", (one) => one.textContent);
await picture("preview-errors");
await button("Explain N-003", ".problem.is-here");
await tab.waitForSelector(".explained");
found.explained = await tab.$eval("#side", (one) => one.textContent);
await button("‹ All problems", "#side");
await button("Choose other words…", "#side");
await tab.waitForSelector(".candidate");
await tab.click(".candidate");
await phase("current");
found.chosen = read(notes);

// the pages and the EPUB
await tab.click("#tab-pages");
await tab.waitForFunction(() => document.querySelectorAll(".leaf img").length > 0, PATIENCE);
await tab.waitForFunction(() => [...document.querySelectorAll(".leaf[data-seen=true]")].every((one) => one.querySelector("img") && !one.classList.contains("old")), PATIENCE);
found.pages = await tab.$$eval(".sheet", (all) => all.length);
found.findings = await tab.$$eval(".finding", (all) => all.length);
if (found.findings) {
  // the findings may be drawn anew between a look and a click: as a person would, click again
  await tab.waitForFunction(() => {
    const one = document.querySelector(".finding");
    const here = document.querySelector("#side .problem.is-here");
    if (!here) { one?.scrollIntoView({ block: "center" }); one?.click(); }
    return Boolean(here);
  }, { timeout: PATIENCE.timeout, polling: 500 });
  await tab.waitForFunction(() => [...document.querySelectorAll(".leaf[data-seen=true]")].every((one) => one.querySelector("img")), PATIENCE);
}
// words on the pages can be selected and found
await tab.waitForFunction(() => document.querySelectorAll(".leaf .words span").length > 0, PATIENCE);
await tab.type("#find-words", "proof is READ twice");
await tab.keyboard.press("Enter");
await tab.waitForSelector(".leaf .found", PATIENCE);
await tab.waitForFunction(() => document.querySelector(".found").closest(".leaf").querySelector(".words"), PATIENCE);
found.foundOn = await tab.evaluate(() => {
  const leaf = document.querySelector(".found").closest(".leaf");
  const marked = document.querySelector(".found").getBoundingClientRect();
  const words = [...leaf.querySelectorAll(".words span")].filter((one) => /proof is/.test(one.textContent)).map((one) => one.getBoundingClientRect());
  getSelection().selectAllChildren(leaf.querySelector(".words"));
  const selected = getSelection().toString();
  getSelection().removeAllRanges();
  return { near: words.some((one) => Math.abs(one.top - marked.top) < 6 && marked.left >= one.left - 3 && marked.right <= one.right + 6), selected };
});
await picture("preview-pages");
await tab.keyboard.press("Escape");
await tab.focus("#tab-pages");
await tab.keyboard.press("ArrowRight");
found.keyboardTab = await tab.$eval("#tab-epub", (one) => one.getAttribute("aria-selected"));
await tab.select("#epub-document", await tab.$eval("#epub-document", (one) => [...one.options].find((each) => each.value.endsWith("/text.xhtml")).value));
await tab.waitForFunction(() => document.querySelector("#book iframe")?.contentDocument?.querySelector("p"), PATIENCE);
found.epub = await tab.$eval("#book iframe", (one) => one.contentDocument.body.textContent.includes("A proof is read twice"));
await picture("preview-epub");
await tab.click("#tab-text");

// axe, in both schemes and at the width of a phone
const axe = fs.readFileSync(axeFile, "utf8");
const isChrome = browserName === "chrome";
if (isChrome) await tab.setBypassCSP(true);  // the others cannot: axe is not loaded there
found.violations = [];
for (const [width, scheme] of [[1440, "light"], [390, "dark"]]) {
  await tab.setViewport({ width, height: 844 });
  if (isChrome) await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.goto(origin);
  await phase("current");
  await untilText((doc) => doc.querySelectorAll("aside.note").length > 0);
  await tab.click("#show-problems");
  if (isChrome) {
    await tab.evaluate(axe);
    const result = await tab.evaluate(() => axe.run(document, { iframes: false, preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const one of result.violations) found.violations.push(`${width} ${scheme}: ${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
  }
  found[`wide${width}`] = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (width < 500) {
    await picture("preview-phone-problems");
    await tab.keyboard.press("Escape");
    await picture("preview-phone");
    await tab.click("#tab-pages");
    await tab.waitForFunction(() => document.querySelectorAll(".leaf img").length > 0, PATIENCE);
    await picture("preview-phone-pages");
  } else await picture("preview-problems");
}
await browser.close();
fs.rmSync(profile, { recursive: true, force: true });
process.stdout.write(JSON.stringify(found));
