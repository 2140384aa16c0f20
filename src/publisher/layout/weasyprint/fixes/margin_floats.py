"""Notes in the margin whose call moves to the next line: no word before them is lost, and none is set twice.

Where a line turns out to be too long, WeasyPrint 70 breaks it at an earlier place, although it has met a float behind
that place already: it then continues behind the float, and the words between are printed nowhere; or it continues
before it, and the float is set for both lines. The functions that fill a line are wrapped, so that it continues where
it was broken, and floats behind that place wait for the line that they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, after, on_line


def margin_float_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which floats behind the end of a line belong to a later one."""
    lines = _Lines()
    return on_line(lines.fill), after(patches.BREAK_WAITING, lines.note_break)


@dataclass(slots=True)
class _Lines:
    """The lines and inline boxes that are being filled, each with the earlier place at which it was broken."""

    _broken: list[dict[int, Any] | None] = field(default_factory=list)

    def fill(
        self,
        proceed: Callable[..., Any],
        context: Any,
        box: Any,
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        line_placeholders: list[Any],
        waiting_floats: list[Any],
        *others: Any,
    ) -> Any:
        """Return a line or inline box that continues where it was broken."""
        self._broken.append(None)
        try:
            new_box, resume_at, *more = proceed(
                context,
                box,
                position_x,
                max_x,
                bottom_space,
                skip_stack,
                containing_block,
                absolute_boxes,
                fixed_boxes,
                line_placeholders,
                waiting_floats,
                *others,
            )
        finally:
            earlier = self._broken.pop()
        if earlier is not None:
            resume_at = earlier
            _put_back(context, box, next(iter(earlier)), waiting=waiting_floats)
        return (new_box, resume_at, *more)

    def note_break(self, found: dict[int, Any] | None, *given: Any) -> dict[int, Any] | None:
        """Return where a line was broken, noted for the box that is being filled."""
        self._broken[-1] = found
        return found


def _put_back(context: Any, box: Any, index: int, *, waiting: list[Any]) -> None:
    """Takes the floats behind the child with this index out of what the line has set or is about to set."""
    if not (waiting or context.excluded_shapes):
        return  # a page without floats; the rest of a long paragraph need not be searched for them
    later = {id(float_.element) for child in box.children[index + 1 :] for float_ in _floats(child)}
    if later:
        waiting[:] = [item for item in waiting if id(item.element) not in later]
        context.excluded_shapes[:] = [
            excluded_shape for excluded_shape in context.excluded_shapes if id(excluded_shape.element) not in later
        ]


def _floats(box: Any) -> Iterator[Any]:
    """The floats in a box, itself included."""
    if box.is_floated():
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from _floats(child)
