"""Words that the layout has put where there is no paper: D-004."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic
from publisher.pdf.assemble.content import PageContent, Sequence

_PIXEL = 0.75
_SHOWN = 40
"""How many characters of the words a message shows."""


def words_off_the_page(contents: tuple[PageContent, ...]) -> tuple[tuple[int, str], ...]:
    """Each page with words above its upper edge or below its lower one, and the first of them."""
    lost = ((content.index, _first_lost(content)) for content in contents)
    return tuple((page, words) for page, words in lost if words)


def _first_lost(content: PageContent) -> str:
    return next((each.text.strip() for each in content.sequences.values() if _is_off(content, each)), "")


def _is_off(content: PageContent, sequence: Sequence) -> bool:
    """Whether the line that words are on is off the page."""
    return sequence.at is not None and not 0 <= sequence.at[1] * _PIXEL <= content.height


def lost(label: str, words: str) -> Diagnostic:
    """D-004 on the page with this label."""
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return Diagnostic(
        code="D-004",
        message=f"words run off the edge of page {label}: “{shown}”",
        hint="it is higher than a page, or a style sheet has moved it there: divide it, or correct the style sheet",
    )
