"""One page on each code that a diagnostic can carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What `publisher explain` prints about a code."""

    code: str
    title: str
    text: str
    """Markdown; its first line is `# X-001 · title`."""


def page(code: str) -> Page | None:
    """The page on a code, in whatever case it is written; None where there is none."""
    wanted = code.strip().strip("[]").upper()
    return next((found for found in pages() if found.code == wanted), None)


def pages() -> Iterator[Page]:
    """All pages in the order of their codes."""
    for name in codes():
        text = resources.files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")
        _, _, title = text.partition("\n")[0].partition(" · ")
        yield Page(code=name, title=title.strip(), text=text)


def codes() -> tuple[str, ...]:
    """All codes that have a page, sorted."""
    files = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in files if name.endswith(".md")))
