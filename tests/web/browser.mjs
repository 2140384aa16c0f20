// Opens the pages of a web edition in a browser and prints what it found as JSON:
// `node browser.mjs MODULES chrome|firefox PROGRAM SITE PAGE AXE`.
// Driven through WebDriver BiDi or the DevTools protocol by puppeteer-core; nothing is loaded but the files of the site.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , modules, browserName, program, site, page, axeFile] = process.argv;
const { default: puppeteer } = await import(pathToFileURL(path.join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js")));
const axe = fs.readFileSync(axeFile, "utf8");
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const browser = await puppeteer.launch({
  browser: browserName,
  executablePath: program,
  headless: true,
  userDataDir: profile,
  args: browserName === "chrome" ? flags : [],
});
const found = { violations: [], wide: [], requests: [], errors: [], pages: 0 };
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const address = (name) => pathToFileURL(path.join(site, name)).href;
const root = pathToFileURL(site).href;

async function open(tab, name, { width = 1400, height = 900, scheme = "light" } = {}) {
  await tab.setViewport({ width, height });
  if (browserName === "chrome") await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.goto(address(name));
  await tab.waitForFunction(() => document.documentElement.classList.contains("with-script"));
  await wait(80);
}

async function newTab() {
  const tab = await browser.newPage();
  tab.on("pageerror", (error) => found.errors.push(String(error.message ?? error)));
  tab.on("console", (message) => { if (message.type() === "error") found.errors.push(message.text()); });
  if (browserName === "chrome") {
    tab.on("request", (request) => { if (!request.url().startsWith(root) && !request.url().startsWith("data:")) found.requests.push(request.url()); });
  }
  return tab;
}

const isFocused = (tab, selector) => tab.evaluate((one) => document.activeElement?.matches(one) ?? false, selector);
const names = ["index.html", ...fs.readdirSync(path.join(site, "text")).map((name) => `text/${name}`)];

// every page at three widths and in both schemes
{
  const tab = await newTab();
  if (browserName === "chrome") await tab.setBypassCSP(true);
  for (const scheme of browserName === "chrome" ? ["light", "dark"] : ["light"]) {
    for (const width of [320, 900, 1500]) {
      for (const name of names) {
        await open(tab, name, { width, scheme });
        found.pages += 1;
        const over = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 1) found.wide.push(`${name} at ${width}: ${over} px too wide`);
        if (browserName === "chrome") {
          await tab.evaluate(axe);
          const result = await tab.evaluate(() => axe.run({ preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
          for (const one of result.violations) found.violations.push(`${name} at ${width}, ${scheme}: ${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
        }
      }
    }
  }
  await tab.close();
}

// with the keyboard alone: past the navigation, a note opened and closed, a search, an answer followed
{
  const tab = await newTab();
  await open(tab, page, { width: 500 });
  await tab.keyboard.press("Tab");
  found.skipLink = await isFocused(tab, ".skip-link");
  await tab.keyboard.press("Enter");
  await wait(80);
  found.skipped = await tab.evaluate(() => location.hash === "#main" && document.activeElement === document.getElementById("main"));
  await tab.focus("main a.note-call");
  await tab.keyboard.press("Enter");
  await wait(80);
  found.noteInPlace = await tab.evaluate(() => {
    const call = document.querySelector("main a.note-call");
    const note = document.getElementById(call.getAttribute("href").slice(1));
    const box = document.querySelector(".note-open");
    const words = (one) => one.textContent.replace(/[\s×]+/g, " ").trim();
    return Boolean(box) && words(box) === words(note) && call.getAttribute("aria-expanded") === "true" && document.activeElement === box;
  });
  await tab.keyboard.press("Escape");
  await wait(50);
  found.noteClosed = await tab.evaluate(() => !document.querySelector(".note-open") && document.activeElement === document.querySelector("main a.note-call"));
  await tab.keyboard.press("/");
  await wait(80);
  found.searchFocused = await isFocused(tab, "#search-field");
  const word = await tab.evaluate(() => document.querySelector("main p").textContent.match(/\p{L}{5,}/u)[0]);
  await tab.keyboard.type(word.toLowerCase());
  await tab.waitForSelector(".site-panel li a", { timeout: 5000 });
  found.results = await tab.evaluate(() => [...document.querySelectorAll(".site-panel li a")].length);
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  await wait(300);
  found.followed = await tab.evaluate(() => location.hash.length > 1 && Boolean(document.querySelector(location.hash.replace(/:/g, "\\:"))));
  await tab.close();
}

// a page number as it is printed leads to the page
{
  const tab = await newTab();
  await open(tab, page);
  await tab.keyboard.press("/");
  const label = await tab.evaluate(() => [...document.querySelectorAll("main .page-number")].at(-1).textContent);
  await tab.keyboard.type(`p. ${label}`);
  await tab.waitForSelector(".site-panel li a", { timeout: 5000 });
  found.pageFound = await tab.evaluate((wanted) => document.querySelector(".site-panel li a").textContent.endsWith(wanted), label);
  await tab.close();
}

// beside the text: each note at the height of its call or below the note before it
{
  const tab = await newTab();
  await open(tab, page, { width: 1500 });
  await wait(300);
  found.beside = await tab.evaluate(() => {
    const notes = [...document.querySelectorAll("main aside.note.beside")].map((one) => one.getBoundingClientRect()).sort((a, b) => a.top - b.top);
    const text = document.querySelector("main .document").getBoundingClientRect();
    return { count: notes.length, apart: notes.every((one, at) => at === 0 || one.top >= notes[at - 1].bottom), outside: notes.every((one) => one.left >= text.right), inside: notes.every((one) => one.right <= window.innerWidth) };
  });
  found.hiddenSeries = await tab.evaluate(() => {
    [...document.querySelectorAll(".site-tools button")].find((one) => document.getElementById(one.getAttribute("aria-controls")).querySelector("input[type=checkbox]")).click();
    const box = document.querySelector(".site-panel input[type=checkbox]");
    const before = document.querySelectorAll("main a.note-call:not([hidden])").length;
    box.click();
    const after = document.querySelectorAll("main a.note-call:not([hidden])").length;
    box.click();
    return after < before && document.querySelectorAll("main a.note-call:not([hidden])").length === before;
  });
  await tab.close();
}

// selected words are cited
{
  const tab = await newTab();
  await open(tab, page, { width: 1500 });
  found.cited = await tab.evaluate(async () => {
    const paragraph = [...document.querySelectorAll("main p.numbered")].at(1);
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    await new Promise((resolve) => setTimeout(resolve, 200));
    document.querySelector(".cite-button").click();
    const rows = [...document.querySelectorAll(".site-panel dd .value")].map((one) => one.textContent);
    return { number: paragraph.querySelector(".paragraph-number").textContent, id: paragraph.id, rows };
  });
  await tab.close();
}

// colours and size that were chosen are remembered on the next page
{
  const tab = await newTab();
  await open(tab, page);
  await tab.evaluate(() => document.querySelector("[data-set-colours=dark]").click());
  await open(tab, "index.html");
  found.remembered = await tab.evaluate(() => document.documentElement.dataset.colours);
  await tab.close();
}

// without script: every word is there (Firefox runs nothing in a page whose scripts are off, not even this)
if (browserName === "chrome") {
  const tab = await newTab();
  await tab.setJavaScriptEnabled(false);
  await tab.setViewport({ width: 390, height: 800 });
  await tab.goto(address(page));
  found.withoutScript = await tab.$$eval("main aside.note", (notes) => notes.length > 0 && notes.every((one) => one.getBoundingClientRect().height > 0));
  await tab.close();
}

if (browserName === "chrome") {
  const tab = await newTab();
  await open(tab, page);
  found.pdf = Buffer.from(await tab.pdf({ format: "A4" })).toString("base64");
  await tab.close();
}
await browser.close();
fs.rmSync(profile, { recursive: true, force: true });
process.stdout.write(JSON.stringify(found));
