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

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout import block

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.note_bands import in_bands
from publisher.layout.weasyprint.hooks import Hook, around, around_lines, before_page

_HELD = "publisher_held_footnotes"
"""An attribute of the layout context: the notes that stay on the page, and those called before them.

The engine puts off notes from `current_page_footnotes`, the last one first, and would put off these as well.
"""


def footnote_loss_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hooks by which the note of each call in a document is laid out, and none before an earlier one."""
    return (
        around_lines(_Notes(root).lay_out_lines),
        around(patches.FOOTNOTE_AREA, _update_area),
        around(patches.LAY_OUT_FOOTNOTE, _lay_out),
        around(patches.UNLAY_FOOTNOTE, _with_all),
        around(patches.REPORT_FOOTNOTE, _with_all),
        before_page(_forget_held),
    )


def notes_on_page(context: Any) -> list[Any]:
    """Return the notes that are laid out at the foot of a page, in the order of their calls."""
    return [*getattr(context, _HELD, ()), *context.current_page_footnotes]


@contextmanager
def without_notes(context: Any) -> Iterator[None]:
    """While this is open, there are no notes at the foot of the page."""
    held, notes = getattr(context, _HELD, []), context.current_page_footnotes
    setattr(context, _HELD, [])
    context.current_page_footnotes = []
    try:
        yield
    finally:
        setattr(context, _HELD, held)
        context.current_page_footnotes = notes


@dataclass(slots=True)
class _Notes:
    """The notes of a document, in its order."""

    root: Element
    _places: dict[Element, int] = field(default_factory=dict)

    def _place(self, note: Any) -> int:
        if note.element not in self._places:
            self._places.update((element, at) for at, element in enumerate(self.root.iter()))
        return self._places[note.element]

    def lay_out_lines(
        self,
        proceed: Callable[..., Any],
        context: Any,
        box: Any,
        index: int,
        child: Any,
        lines: list[Any],
        page_is_empty: bool,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        *others: Any,
    ) -> Any:
        """Return what the engine returns for the lines of a block, with the notes of all of them."""

        def lay_out() -> Any:
            return proceed(context, box, index, child, lines, page_is_empty, absolute_boxes, fixed_boxes, *others)

        before, shapes = len(lines), [*context.excluded_shapes]
        abort, stop, resume_at, position, notes, most = lay_out()
        if abort and any(_may_follow(note) and note in notes_on_page(context) for note in notes):
            block.remove_placeholders(context, lines[before:], absolute_boxes, fixed_boxes)
            del lines[before:]
            context.excluded_shapes[:] = shapes
            for note in notes:
                context.unlayout_footnote(note)
            with _text_first(context, notes):
                abort, stop, resume_at, position, notes, most = lay_out()
        if not abort:
            notes = [*notes, *_put_off(context, lines[before:])]
        context.reported_footnotes.sort(key=self._place)
        return abort, stop, resume_at, position, notes, most


def _forget_held(context: Any, *others: Any) -> None:
    """Begin a page without notes."""
    setattr(context, _HELD, [])


def _lay_out(proceed: Callable[..., bool], context: Any, footnote: Any) -> bool:
    """Whether the notes of a page have no room with one more."""
    overflow = proceed(context, footnote)
    _hold(context)
    return overflow


def _with_all(proceed: Callable[..., None], context: Any, footnote: Any) -> None:
    """Take a note off the page, whether it is held there or not."""
    context.current_page_footnotes = notes_on_page(context)
    setattr(context, _HELD, [])
    proceed(context, footnote)
    _hold(context)


def _hold(context: Any) -> None:
    """Hold the last note that has to stay on its page, and those before it."""
    notes = notes_on_page(context)
    count = max((at for at, note in enumerate(notes, 1) if not _may_follow(note)), default=0)
    setattr(context, _HELD, notes[:count])
    context.current_page_footnotes = notes[count:]


def _update_area(proceed: Callable[[Any], bool], context: Any) -> bool:
    """Whether the notes of a page have no room, those that are held among them, in their bands."""
    notes = context.current_page_footnotes
    context.current_page_footnotes = in_bands(notes_on_page(context))
    try:
        return proceed(context)
    finally:
        context.current_page_footnotes = notes


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
            if not on_page or id(on_page[-1]) not in own:
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
