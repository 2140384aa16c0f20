"""The model of line numbers, on each page of a section: marked, so that the binder can set numbers as it is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publisher.layout.weasyprint.features.folios import Mark, draw_marked
from publisher.layout.weasyprint.hooks import Hook, on_drawing

TAG = "PublisherLine"
"""The tag of the marked content."""
_CLASS = "line-number"


def line_number_hooks() -> tuple[Hook, ...]:
    """Return the hook by which what has the class `line-number` is drawn as a model, with all figures."""
    return (on_drawing(_draw_text),)


def _draw_text(proceed: Callable[..., None], stream: Any, box: Any, *others: Any) -> None:
    """Draw a text, marked if it is a line number."""
    if box.element is not None and _CLASS in (box.element.get("class") or "").split():
        draw_marked(proceed, stream, box, *others, mark=_mark(box), tag=TAG)
    else:
        proceed(stream, box, *others)


def _mark(box: Any) -> Mark:
    right = box.style["text_align_all"] in ("right", "end")
    return Mark(style="decimal", before=0, align="right" if right else "left")
