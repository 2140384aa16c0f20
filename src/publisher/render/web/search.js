// Search in a web edition: words in every paragraph and note of every page, and pages of the printed book.
// The index lies beside the pages and is loaded when the search is opened; nothing is sent anywhere.
(() => {
  "use strict";
  const MOST = 60;

  function begin() {
    const { addPanel, element, words, up } = window.publisherSite;
    let loading = null;

    const field = element("input", { type: "search", id: "search-field", placeholder: words.search_hint, autocomplete: "off" });
    const status = element("p", { role: "status", class: "result-place" });
    const results = element("ol", {});
    const form = element("form", { role: "search" },
      element("label", { for: "search-field", class: "visually-hidden" }, words.search_for), field, status, results);
    form.addEventListener("submit", (event) => event.preventDefault());

    function index() {
      loading ??= new Promise((resolve, reject) => {
        if (self.publisherIndex) { resolve(self.publisherIndex); return; }
        const script = element("script", { src: `${up}search-index.js` });
        script.addEventListener("load", () => resolve(self.publisherIndex));
        script.addEventListener("error", reject);
        document.head.append(script);
      });
      return loading;
    }

    // letters without accents, so that "naive" finds "naïve"; `at` gives the place of each letter in the text
    function folded(text) {
      let plain = "";
      const at = [];
      let place = 0;
      for (const letter of text) {
        const bare = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"');
        for (let i = 0; i < bare.length; i += 1) at.push(place);
        plain += bare;
        place += letter.length;
      }
      at.push(place);
      return { plain, at };
    }

    function pageResult(found, asked) {
      const label = asked.replace(/^\s*\p{L}+\.?\s*/u, "").trim() || asked.trim();
      return found.numbers.find(([number]) => number === label || number === asked.trim());
    }

    function excerpt(text, start, end) {
      const from = Math.max(0, start - 60);
      const to = Math.min(text.length, end + 90);
      const words_ = element("span", { class: "result-words" });
      words_.append(from > 0 ? "… " : "", text.slice(from, start), element("mark", {}, text.slice(start, end)), text.slice(end, to), to < text.length ? " …" : "");
      return words_;
    }

    async function search() {
      const asked = field.value.trim();
      results.replaceChildren();
      status.textContent = "";
      if (asked.length < 1) return;
      const found = await index();
      const current = field.value.trim();
      if (current !== asked) return;
      const page = pageResult(found, asked);
      if (page) results.append(element("li", {}, element("a", { href: up + page[1] }, words.page.replace("{0}", page[0]))));
      if (asked.length < 2) return;
      const want = folded(asked.replace(/\s+/g, " ")).plain;
      let count = 0;
      for (const [address, title, blocks] of found.pages) {
        for (const [id, text] of blocks) {
          const { plain, at } = folded(text);
          const start = plain.indexOf(want);
          if (start < 0) continue;
          count += 1;
          if (count > MOST) continue;
          const link = element("a", { href: `${up}${address}#${id}` }, excerpt(text, at[start], at[start + want.length]), element("span", { class: "result-place" }, title));
          results.append(element("li", {}, link));
        }
      }
      status.textContent = count === 0 ? (page ? "" : words.not_found)
        : words.found.replace("{0}", String(count)) + (count > MOST ? ` ${words.found_more.replace("{0}", String(MOST))}` : "");
    }

    let timer = null;
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 120); });
    results.addEventListener("click", (event) => { if (event.target.closest("a")) window.publisherSite.closePanels(); });
    const panel = addPanel("search", words.search, form, () => { index().catch(() => {}); field.focus(); });
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); panel.open(); }
    });
  }

  if (window.publisherSite) begin();
  else document.addEventListener("publisher-site", begin, { once: true });
})();
