"""Lines of long words, for which no more of a text is set than can be on them.

WeasyPrint 70 sets the beginning of a text to find its first line. If no line may end there, it sets the whole text
instead, for each line again, and tries each hyphen of the word from its end: the time grows with the square of the
text, and with the cube in a long word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf
from typing import Any

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

_RUN = re.compile(r"[^ \n\t]{60}")
"""What a line may be too short for; other texts are left to the engine."""
_LOOKED_AT = 2000
_LEAST = 64
_RATIO = 4
"""How many characters may be on a line that is as wide as its type is high; the engine takes the same."""
_GROWTH = 4


def long_word_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which long words are set in parts; the lines are the same."""
    return tuple(around(target, _first_line) for target in (patches.FIRST_LINE, patches.FIRST_LINE_PREFERRED))


def _first_line(
    proceed: Callable[..., Any], text: str, style: Any, context: Any, room: Any, *others: Any, **named: Any
) -> Any:
    """Return the first line of a text, for which no more of it is set than can be on it."""
    size = _size(room, style)
    if not size or len(text) <= size or not _RUN.search(text, 0, _LOOKED_AT):
        return proceed(text, style, context, room, *others, **named)
    first = size
    while size < len(text):
        part, own = text[:size], style if size == first else _without_hyphens(style)
        found = proceed(part, own, context, room, *others, **named)
        if _is_settled(found, part, room, slack=first // 2):
            return found
        size *= _GROWTH
    return proceed(text, _without_hyphens(style), context, room, *others, **named)


def _size(room: Any, style: Any) -> int:
    """How many characters are enough for a line and the word behind it; 0 if a line takes whatever comes."""
    if room is None or room == inf or not style["font_size"]:
        return 0
    return _LEAST + 2 * int(max(room, 0) / style["font_size"] * _RATIO)


def _is_settled(found: Any, part: str, room: float, *, slack: int) -> bool:
    """Whether a line of the beginning of a text is that of the whole text."""
    _, _, resume_at, width, *_ = found
    if resume_at is None:
        return False
    return bool(width > room) or len(part) - len(part.encode()[:resume_at].decode(errors="ignore")) >= slack


def _without_hyphens(style: Any) -> Any:
    """The style for a word that is longer than any word of a language."""
    if style["hyphens"] == "none":
        return style
    plain = style.copy()
    plain["hyphens"] = "none"
    return plain
