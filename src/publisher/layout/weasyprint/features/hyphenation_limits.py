"""Lines that would be stretched: a word may be broken after two letters there, which is not done elsewhere.

CSS Text 4 (https://www.w3.org/TR/css-text-4/#hyphenate-char-limits) has one least number of letters before a break for
all lines. With two of them everywhere, a paragraph is full of such breaks; with three, some lines of it gape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publisher.layout.weasyprint.hooks import Hook, on_text

LIMITS = "hyphenate_limit_chars"
LOOSE = 0.07
"""From which share of its room on a line is stretched: what is left over makes spaces about twice as wide as normal."""
LETTERS = 2


def hyphenation_limit_hooks() -> tuple[Hook, ...]:
    """Return the hook by which justified lines that words leave short end with two letters of a word if they fit."""
    return (on_text(_first_line),)


def _first_line(
    proceed: Callable[..., Any], text: str, style: Any, context: Any, room: Any, *others: Any, **named: Any
) -> Any:
    """Return the first line of a text, with two letters of the next word if it would be loose without them."""
    found = proceed(text, style, context, room, *others, **named)
    if not _is_loose(found, style, room):
        return found
    total, _, after = style[LIMITS]
    patient = style.copy()
    patient[LIMITS] = (total, LETTERS, after)
    other = proceed(text, patient, context, room, *others, **named)
    return other if other[2] is None or other[2] > found[2] else found


def _is_loose(found: Any, style: Any, room: Any) -> bool:
    """Whether a line ends before a word that could be broken after two letters, far from the end of its room."""
    _, _, resume_at, width, *_ = found
    if resume_at is None or room is None or style["hyphens"] != "auto" or style["text_align_all"] != "justify":
        return False
    return style[LIMITS][1] > LETTERS and bool(room - width > LOOSE * room)
