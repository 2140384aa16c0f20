"""The model of line numbers, on each page of a section: marked, so that the binder can set numbers as it is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import draw

from publisher.layout.weasyprint.features.folios import Mark, draw_marked

TAG = "PublisherLine"
"""The tag of the marked content."""
_CLASS = "line-number"


@contextmanager
def patch_line_numbers() -> Iterator[None]:
    """While this is open, what has the class `line-number` is drawn as a model, with all figures."""
    show = draw.draw_text

    def draw_text(stream: Any, box: Any, *others: Any) -> None:
        if box.element is not None and _CLASS in (box.element.get("class") or "").split():
            draw_marked(show, stream, box, *others, mark=_mark(box), tag=TAG)
        else:
            show(stream, box, *others)

    draw.draw_text = draw_text
    try:
        yield
    finally:
        draw.draw_text = show


def _mark(box: Any) -> Mark:
    right = box.style["text_align_all"] in ("right", "end")
    return Mark(style="decimal", before=0, align="right" if right else "left")
