"""Notes at the foot that the layout engine would lose, or print in the wrong order.

Where the last line of a page has room only because notes are put off to the next page, WeasyPrint 70 keeps the line and
forgets to look for calls in it: their notes are printed nowhere. Where some notes wait for the next page already, it
puts those that it makes room with behind them. The function that lays out lines is wrapped, so that such notes are put
off too, and all that wait do so in the order of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout import block


@contextmanager
def no_note_lost(root: Element) -> Iterator[None]:
    """While this is open, the note of each call in a document is laid out as well, and none before an earlier one."""
    original = block._linebox_layout
    places: dict[Element, int] = {}

    def place(note: Any) -> int:
        if note.element not in places:
            places.update((element, at) for at, element in enumerate(root.iter()))
        return places[note.element]

    def lay_out_lines(context: Any, box: Any, index: Any, child: Any, lines: Any, *others: Any) -> Any:
        before = len(lines)
        abort, stop, resume_at, position, notes, most = original(context, box, index, child, lines, *others)
        if not abort:
            notes = [*notes, *_put_off(context, lines[before:])]
        context.reported_footnotes.sort(key=place)
        return abort, stop, resume_at, position, notes, most

    block._linebox_layout = lay_out_lines
    try:
        yield
    finally:
        block._linebox_layout = original


def _put_off(context: Any, lines: list[Any]) -> Iterator[Any]:
    """The notes called in these lines that nobody has laid out; the next page begins with them."""
    for line in lines:
        for box in line.descendants():
            if box.footnote in context.footnotes:
                context.layout_footnote(box.footnote)
                context.report_footnote(box.footnote)
                yield box.footnote
