// The panel beside the views: the list of problems, an explanation, or a form.
import { $, element } from "./dom.js";

const side = $("side");
let returnTo = null;
let shown = "";

export function showSide(name, title, ...content) {
  if (side.hidden) returnTo = document.activeElement;
  shown = name;
  $("side-title").textContent = title;
  $("side-content").replaceChildren(...content);
  side.hidden = false;
  $("show-problems").setAttribute("aria-expanded", String(name === "problems"));
}

export const sideShows = (name) => !side.hidden && shown === name;

export function closeSide() {
  if (side.hidden) return;
  side.hidden = true;
  shown = "";
  $("show-problems").setAttribute("aria-expanded", "false");
  if (returnTo && returnTo.isConnected) returnTo.focus();
}

export function complaint(answer, ...more) {
  const { code, message, hint } = answer.error;
  return element("div", { class: "complaint", role: "alert" }, element("p", {}, `${code}: ${message}`), hint ? element("p", {}, hint) : null, ...more);
}

$("side-close").addEventListener("click", closeSide);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeSide(); });
