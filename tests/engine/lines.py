"""The lines of HTML files as WeasyPrint alone lays them out, as one JSON list for each file; a program of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from weasyprint import HTML
from weasyprint.formatting_structure.boxes import LineBox, MarginBox, TextBox


def lines(file: str) -> list[str]:
    """Each line as `page @ top: text`, the top in pixels; in the order of the boxes, what is in a margin last."""
    return [
        f"{number} @ {'margin' if isinstance(child, MarginBox) else round(line.position_y)}: {text}"
        for number, page in enumerate(HTML(filename=file).render().pages, 1)
        for child in page._page_box.children
        for line in _lines(child)
        if (text := _text(line).strip())
    ]


def _lines(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield child
        else:
            yield from _lines(child)


def _text(box: Any) -> str:
    """The text of a line, what floats beside it in brackets; from left to right if the line runs to the left."""
    if isinstance(box, TextBox):
        return str(box.text)
    children = getattr(box, "children", ())
    if box.style["direction"] == "rtl":
        children = sorted(children, key=lambda item: item.position_x)
    inner = "".join(map(_text, children))
    return f"[{inner}]" if box.is_floated() else inner


if __name__ == "__main__":
    print(json.dumps([lines(file) for file in sys.argv[1:]]))  # noqa: T201
