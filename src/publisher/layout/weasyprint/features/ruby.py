"""Characters with a reading above them, as the lines around them see them: lines end next to them as next to text.

A ruby is a block in a line. WeasyPrint takes it for a picture, next to which a line may always end; the rules for small
letters and marks (https://www.unicode.org/reports/tr14/) hold next to its characters too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

_CLASS, _BASE = "ruby", "rb"


def ruby_hooks() -> tuple[Hook, ...]:
    """Return the hook by which lines end next to characters with readings as in addition to others."""
    return (around(patches.INLINE_LEVEL, _show_letters),)


def _show_letters(proceed: Callable[..., Any], context: Any, box: Any, *others: Any, **named: Any) -> Any:
    """Return what is on a line of a box, with its first and its last letter if it is a ruby."""
    made, resume_at, preserved, first, last, *more = proceed(context, box, *others, **named)
    if is_ruby(box):
        letters = "".join(base_letters(box))
        first, last = (letters[0], letters[-1]) if letters else (first, last)
    return (made, resume_at, preserved, first, last, *more)


def is_ruby(box: Any) -> bool:
    """Return whether a box is that of characters with a reading."""
    return box.element is not None and _CLASS in box.element.get("class", "").split() and not hasattr(box, "text")


def base_letters(box: Any) -> Iterator[str]:
    """Yield the characters that have the reading."""
    for element in box.element.iter():
        if _BASE in element.get("class", "").split():
            yield from map(str, element.itertext())
