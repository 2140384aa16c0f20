"""Notes at the foot that the layout engine would lose, print in the wrong order, or put off to a later page.

Where the last line of a page has room only because notes are put off to the next page, WeasyPrint 70 keeps the line and
forgets to look for calls in it: their notes are printed nowhere. Where some notes wait for the next page already, it
puts those that it makes room with behind them. The function that lays out lines is wrapped, so that such notes are put
off too, and all that wait do so in the order of the document.

Where a paragraph has room for its first line at the foot of a page and not for a second one, it would rather put off
the notes of the page than the paragraph. Here the paragraph begins on the next page, unless what is put off is the rest
of a long note.

Where a short paragraph, which may not be broken, calls a long note, it would put off the paragraph rather than the rest
of its note, and leave the title above it and most of the page behind. Here as much of the note is put off as the lines
of the paragraph need.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout import LayoutContext, block

from publisher.layout.weasyprint.features.note_bands import in_bands

_PLACED = slice(1, 3)
"""Which of the arguments after the lines hold the boxes that are placed by themselves."""


@contextmanager
def patch_footnote_loss(root: Element) -> Iterator[None]:
    """While this is open, the note of each call in a document is laid out as well, and none before an earlier one."""
    original, set_notes = block._linebox_layout, LayoutContext._update_footnote_area
    places: dict[Element, int] = {}

    def place(note: Any) -> int:
        if note.element not in places:
            places.update((element, at) for at, element in enumerate(root.iter()))
        return places[note.element]

    def lay_out_lines(context: Any, box: Any, index: Any, child: Any, lines: Any, *others: Any) -> Any:
        before, shapes = len(lines), [*context.excluded_shapes]
        context.current_page_footnotes = _OnTheirPage(context.current_page_footnotes)
        abort, stop, resume_at, position, notes, most = original(context, box, index, child, lines, *others)
        if abort and any(_may_follow(note) and note in context.current_page_footnotes for note in notes):
            block.remove_placeholders(context, lines[before:], *others[_PLACED])
            del lines[before:]
            context.excluded_shapes[:] = shapes
            for note in notes:
                context.unlayout_footnote(note)
            with _text_first(context, notes):
                found = original(context, box, index, child, lines, *others)
            abort, stop, resume_at, position, notes, most = found
        if not abort:
            notes = [*notes, *_put_off(context, lines[before:])]
        context.reported_footnotes.sort(key=place)
        return abort, stop, resume_at, position, notes, most

    def update_footnote_area(context: Any) -> Any:
        notes = context.current_page_footnotes
        context.current_page_footnotes = in_bands(notes)
        try:
            return set_notes(context)
        finally:
            context.current_page_footnotes = notes

    block._linebox_layout, LayoutContext._update_footnote_area = lay_out_lines, update_footnote_area
    try:
        yield
    finally:
        block._linebox_layout, LayoutContext._update_footnote_area = original, set_notes


class _OnTheirPage(list[Any]):
    """The notes at the foot of a page; none, to whoever asks for one to put off, where the last one has to stay."""

    def __bool__(self) -> bool:
        return len(self) > 0 and _may_follow(self[-1])


def _may_follow(note: Any) -> bool:
    """Whether it may be printed on a later page than its call, as every part of a long note but its first."""
    return bool(note.style["footnote_policy"] != "line")


@contextmanager
def _text_first(context: Any, notes: list[Any]) -> Iterator[None]:
    """While this is open, a line that lacks room gets that of the last of these notes, as long as they may follow."""
    overflows, own = context.overflows_page, frozenset(id(note) for note in notes)

    def overflows_page(space: float, position: float) -> bool:
        while over := overflows(space, position):
            on_page = context.current_page_footnotes
            if not on_page or not _may_follow(on_page[-1]) or id(on_page[-1]) not in own:
                break
            context.report_footnote(on_page[-1])
        return bool(over)

    context.overflows_page = overflows_page
    try:
        yield
    finally:
        del context.overflows_page


def _put_off(context: Any, lines: list[Any]) -> Iterator[Any]:
    """The notes called in these lines that nobody has laid out; the next page begins with them."""
    for line in lines:
        for box in line.descendants():
            if box.footnote in context.footnotes:
                context.layout_footnote(box.footnote)
                context.report_footnote(box.footnote)
                yield box.footnote
