"""Words that the layout has put where there is no paper: D-004."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic
from publisher.write.bind.content import PageContent, Sequence

_PIXEL = 0.75
_SHOWN = 40
"""How many characters of the words a message shows."""


def words_off_the_page(contents: tuple[PageContent, ...], labels: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """D-004 for each page with words above its upper edge or below its lower one, with the first of them."""
    lost = ((content, _first_lost(content)) for content in contents)
    return tuple(_lost(labels[content.index], words) for content, words in lost if words)


def _first_lost(content: PageContent) -> str:
    return next((each.text.strip() for each in content.sequences.values() if _is_off(content, each)), "")


def _is_off(content: PageContent, sequence: Sequence) -> bool:
    """Whether the line that words stand on is off the page."""
    return sequence.at is not None and not 0 <= sequence.at[1] * _PIXEL <= content.height


def _lost(label: str, words: str) -> Diagnostic:
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return Diagnostic(
        code="D-004",
        message=f"words run off the edge of page {label}: “{shown}”",
        hint="lists and tables in a note must fit on a page: divide them, or set the series at the end of the book",
    )
