// Elements made without markup, and requests to the server of the preview.
export const $ = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "value") made.value = value;
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

export async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

// What an action answers; errors are answers too: { error: { code, message, hint }, conflict, now }.
export async function act(action, given = {}) {
  try {
    const answer = await fetch(`/api/${action}`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
    if (answer.status === 413) return { error: { code: "H-005", message: "the note is too long", hint: "divide it" } };
    return await answer.json();
  } catch {
    return { error: { code: "H-006", message: "the preview does not answer", hint: "is the command still running?" } };
  }
}

export function say(words) {
  $("said").textContent = "";
  requestAnimationFrame(() => { $("said").textContent = words; });
}

export const place = (folder, name) => `/run/${folder.run}/${folder.part ? `${folder.part}/` : ""}${name}`;
