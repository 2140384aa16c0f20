"""One page on each code that a diagnostic can carry; `diagnostics/names.py` has their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from publisher.diagnostics.names import NAMES
from publisher.workspace import resources

HEADINGS = ("What it means", "Example", "How to fix it")
"""The headings of each page, in this order."""
SUGGESTED = 3
"""How many names are suggested for one that does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What `publisher explain` prints about a code."""

    code: str
    name: str
    """The code's name in kebab case, such as `lemma-not-found`."""
    title: str
    text: str
    """Markdown; its first line is `# X-001 name · title`, and its sections are `HEADINGS`."""


def page(wanted: str) -> Page | None:
    """Return the page on a code, given by its number or its name, in upper or lower case; None if there is none."""
    word = wanted.strip().strip("[]:").strip()
    return next((found for found in pages() if word.upper() == found.code or word.lower() == found.name), None)


def pages() -> Iterator[Page]:
    """Yield all pages in the order of their codes."""
    folder = resources("diagnostics/codes")
    for file in folder.matching("*.md"):
        text = folder.read(file).decode()
        _, _, title = text.partition("\n")[0].partition(" · ")
        code = file.removesuffix(".md")
        yield Page(code=code, name=NAMES.get(code, ""), title=title.strip(), text=text)


def suggestions(wanted: str) -> tuple[str, ...]:
    """Return the numbers or names that are most like what was typed, best first, at most `SUGGESTED`."""
    word = wanted.strip().strip("[]:").strip()
    near = [
        *get_close_matches(word.upper(), NAMES, n=SUGGESTED),
        *get_close_matches(word.lower(), NAMES.values(), n=SUGGESTED),
        *(name for name in NAMES.values() if word and word.lower() in name),
    ]
    return tuple(dict.fromkeys(near))[:SUGGESTED]
