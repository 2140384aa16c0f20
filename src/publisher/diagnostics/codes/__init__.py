"""One page on each code that a diagnostic can carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.workspace import resources


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
    folder = resources("diagnostics/codes")
    for name in folder.matching("*.md"):
        text = folder.read(name).decode()
        _, _, title = text.partition("\n")[0].partition(" · ")
        yield Page(code=name.removesuffix(".md"), title=title.strip(), text=text)


def codes() -> tuple[str, ...]:
    """All codes that have a page, sorted."""
    return tuple(name.removesuffix(".md") for name in resources("diagnostics/codes").matching("*.md"))
