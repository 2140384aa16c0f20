"""Lines of long words, for which no more of a text is set than can stand on them.

WeasyPrint 70 sets the beginning of a text to find its first line. If no line may end there, it sets the whole text
instead, for each line again, and tries each hyphen of the word from its end: the time grows with the square of the
text, and with the cube in a long word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint.layout import inline, preferred

_RUN = re.compile(r"[^ \n\t]{60}")
"""What a line may be too short for; other texts are left to the engine."""
_LOOKED_AT = 2000
_LEAST = 64
_RATIO = 4
"""How many characters may stand on a line that is as wide as its type is high; the engine takes the same."""
_GROWTH = 4


@contextmanager
def patch_long_words() -> Iterator[None]:
    """While this is open, long words are set in parts; the lines are the same."""
    original = inline.split_first_line

    def split_first_line(text: str, style: Any, context: Any, room: Any, *others: Any, **named: Any) -> Any:
        size = _size(room, style)
        if not size or len(text) <= size or not _RUN.search(text, 0, _LOOKED_AT):
            return original(text, style, context, room, *others, **named)
        first = size
        while size < len(text):
            part, own = text[:size], style if size == first else _without_hyphens(style)
            found = original(part, own, context, room, *others, **named)
            if _is_settled(found, part, room, slack=first // 2):
                return found
            size *= _GROWTH
        return original(text, _without_hyphens(style), context, room, *others, **named)

    inline.split_first_line = preferred.split_first_line = split_first_line
    try:
        yield
    finally:
        inline.split_first_line = preferred.split_first_line = original


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
