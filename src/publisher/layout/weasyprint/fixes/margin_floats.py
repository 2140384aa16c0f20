"""Notes in the margin whose call moves to the next line: no word before them is lost, and none is set twice.

Where a line turns out to be too long, WeasyPrint 70 breaks it at an earlier place, although it has met a float behind
that place already: it then goes on behind the float, and the words between are printed nowhere; or it goes on before
it, and the float is set for both lines. The functions that fill a line are wrapped, so that it goes on where it was
broken, and floats behind that place wait for the line that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline


@contextmanager
def patch_margin_floats() -> Iterator[None]:
    """While this is open, floats behind the end of a line belong to a later one."""
    fill, break_earlier = inline.split_inline_box, inline._break_waiting_children
    broken: list[dict[int, Any] | None] = []

    def split_inline_box(context: Any, box: Any, *others: Any) -> Any:
        broken.append(None)
        try:
            new_box, resume_at, *more = fill(context, box, *others)
        finally:
            earlier = broken.pop()
        if earlier is not None:
            resume_at = earlier
            _put_back(context, box, next(iter(earlier)), waiting=others[8])
        return (new_box, resume_at, *more)

    def break_waiting_children(*given: Any) -> Any:
        found = break_earlier(*given)
        broken[-1] = found
        return found

    inline.split_inline_box, inline._break_waiting_children = split_inline_box, break_waiting_children
    try:
        yield
    finally:
        inline.split_inline_box, inline._break_waiting_children = fill, break_earlier


def _put_back(context: Any, box: Any, index: int, *, waiting: list[Any]) -> None:
    """Takes the floats behind the child with this index out of what the line has set or is about to set."""
    later = {id(float_.element) for child in box.children[index + 1 :] for float_ in _floats(child)}
    if later:
        waiting[:] = [one for one in waiting if id(one.element) not in later]
        context.excluded_shapes[:] = [one for one in context.excluded_shapes if id(one.element) not in later]


def _floats(box: Any) -> Iterator[Any]:
    """The floats in a box, itself included."""
    if box.is_floated():
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from _floats(child)
