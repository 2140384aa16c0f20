"""Notes at the foot that the layout engine would lose.

Where the last line of a page has room only because notes are put off to the next page, WeasyPrint 70 keeps the line and
forgets to look for calls in it: their notes are printed nowhere. The function that lays out lines is wrapped, so that
such notes are put off too, after the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block


@contextmanager
def no_note_lost() -> Iterator[None]:
    """While this is open, the note of each call that is laid out is laid out as well."""
    original = block._linebox_layout

    def lay_out_lines(context: Any, box: Any, index: Any, child: Any, lines: Any, *others: Any) -> Any:
        before = len(lines)
        abort, stop, resume_at, position, notes, most = original(context, box, index, child, lines, *others)
        if not abort:
            notes = [*notes, *_put_off(context, lines[before:])]
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
