"""A space at the end of a line takes no room: a text that fits without it is not broken in its first word.

WeasyPrint 70 measures a text with the space behind it. If only that space has no room, Pango sees one line, and the
engine concludes that the text cannot be broken between words: it hyphenates the first word, and a justified line with
one syllable is stretched over the whole measure.
CSS Text 3, https://www.w3.org/TR/css-text-3/#white-space-phase-2
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publisher.layout.weasyprint.hooks import Hook, on_text

_COLLAPSING = ("normal", "pre-line")


def hanging_space_hooks() -> tuple[Hook, ...]:
    """Return the hook by which texts are broken as if no space followed them."""
    return (on_text(_first_line),)


def _first_line(
    proceed: Callable[..., Any], text: str, style: Any, context: Any, room: Any, *others: Any, **named: Any
) -> Any:
    """Return the first line of a text, which ends where it would without the space behind the text."""
    found = proceed(text, style, context, room, *others, **named)
    if not _is_broken_early(found, text, style):
        return found
    bare = proceed(text.rstrip(" "), style, context, room, *others, **named)
    if bare[2] is None:
        return proceed(text, style, context, None, *others, **named)
    return bare


def _is_broken_early(found: Any, text: str, style: Any) -> bool:
    """Whether a text of several words, with a space behind them, was broken in the first of them."""
    resume_at = found[2]
    if resume_at is None or not text.endswith(" ") or style["white_space"] not in _COLLAPSING:
        return False
    first, space, _ = text.strip(" ").partition(" ")
    return bool(space) and resume_at < len(first.encode()) + len(text) - len(text.lstrip(" "))
